"""Other programs at the same file at the same moment.

What they need is loaded once, by the program that they are forked from, where the system can fork: loading it takes
longer than what they do. So nothing that they do not need is imported here.
"""

import multiprocessing
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from multiprocessing.connection import Connection
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

from app.clock import standing_at
from app.errors import NoRoomFree, SlotTaken
from app.models import ALL_TABLES
from app.models.opening import open_existing
from app.salon.scheduling import booking
from app.salon.scheduling.booking import BookingRequest, ServiceWish
from app.salon.scheduling.intervals import Lengths
from app.salon.transaction import Salon, carry_out
from tests.builders import ZONE, at
from tests.patience import PATIENCE

PLACES = 12
"""How many hours of a master are fought for."""

PROGRAMS = multiprocessing.get_context(
    "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
)
PROGRAMS.set_forkserver_preload([__name__])
assert ALL_TABLES, "they are loaded before anybody is forked"


def race(path: Path, operation: Callable[..., Any], *masters: int) -> list[int]:
    """Let a program for each of these masters take every place by an operation of the salon; what each of them won."""
    gate, wins = PROGRAMS.Barrier(len(masters)), PROGRAMS.Queue()
    rivals = [
        PROGRAMS.Process(target=_take_everything, args=(str(path), operation, master, gate, wins)) for master in masters
    ]
    for rival in rivals:
        rival.start()
    won = [wins.get(timeout=PATIENCE) for _ in rivals]
    for rival in rivals:
        rival.join()
    return won


def _take_everything(path: str, operation: Callable[..., Any], master: int, gate: Barrier, wins: "Queue[int]") -> None:
    salon = _salon_of(path)
    gate.wait()
    won = 0
    for number in range(PLACES):
        wish = ServiceWish(1, master, at(9 + number, days=1), Lengths(60), None)
        try:
            carry_out(salon, operation, BookingRequest(None, (wish,)))
            won += 1
        except (SlotTaken, NoRoomFree):
            pass
    salon.database.close()
    wins.put(won)


def book_until_killed(path: Path, place: int, after: int) -> set[int]:
    """Let a program book from ``place`` on and kill it once it has told of ``after`` visits; those it told of."""
    here, there = PROGRAMS.Pipe(duplex=False)
    booker = PROGRAMS.Process(target=_book_on, args=(str(path), place, there))
    booker.start()
    there.close()
    told = {here.recv() for _ in range(after)}
    booker.kill()
    with suppress(EOFError):
        while True:
            told.add(here.recv())
    booker.join()
    here.close()
    return told


def _book_on(path: str, place: int, told: "Connection[int, int]") -> None:
    salon = _salon_of(path)
    while True:
        start = at(9, days=1 + place // 140) + timedelta(minutes=5 * (place % 140))
        wish = ServiceWish(1, 1, start, Lengths(5), None)
        told.send(carry_out(salon, booking.book, BookingRequest(1, (wish,))).value)
        place += 1


def _salon_of(path: str) -> Salon:
    """The salon of a file, at eight in the morning; on a slow disk it waits long for its turn."""
    database = open_existing(Path(path))
    database.rows(f"PRAGMA busy_timeout = {1_000 * PATIENCE}")
    return Salon(database, standing_at(at(8), ZONE))
