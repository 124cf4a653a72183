"""Two programs at the same place at the same moment, and programs that are killed in the middle."""

import multiprocessing
import os
import signal
import sqlite3
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from app.clock import standing_at
from app.errors import NoRoomFree, SlotTaken
from app.models.connection import Database, open_existing
from app.salon import check
from app.salon.catalogue import rooms
from app.salon.transaction import Salon, carry_out
from app.vocabulary import RoomKind
from tests.builders import at, small_salon

WRITERS = 4
PLACES = 12


@pytest.fixture
def shared_file(tmp_path: Path) -> Path:
    """A small salon in a file that several programs open."""
    path = tmp_path / "salon.vizit"
    made = small_salon(Database(path))
    made.client("Анна Щёлкина")
    made.database.close()
    return path


def _book_everything(
    path: str, gate: "multiprocessing.synchronize.Barrier", wins: "multiprocessing.Queue[int]", master: int = 1
) -> None:
    from app.clock import standing_at
    from app.salon.scheduling import booking
    from app.salon.scheduling.booking import BookingRequest, ServiceWish
    from app.salon.scheduling.intervals import Lengths
    from app.salon.transaction import Salon, carry_out

    database = open_existing(Path(path))
    salon = Salon(database, standing_at(at(8), "Europe/Moscow"))
    gate.wait()
    won = 0
    for number in range(PLACES):
        wish = ServiceWish(1, master, at(9, days=1) + timedelta(hours=number), Lengths(60), None)
        try:
            carry_out(salon, booking.book, BookingRequest(1, (wish,)))
            won += 1
        except (SlotTaken, NoRoomFree):
            pass
    database.close()
    wins.put(won)


def race(path: Path, *masters: int) -> None:
    """Let a program for each of ``masters`` book every place; each place is won once, whoever comes first."""
    context = multiprocessing.get_context("spawn")
    gate, wins = context.Barrier(len(masters)), context.Queue()
    writers = [context.Process(target=_book_everything, args=(str(path), gate, wins, one)) for one in masters]
    for writer in writers:
        writer.start()
    won = [wins.get(timeout=60) for _ in writers]
    for writer in writers:
        writer.join()
    database = open_existing(path)
    assert sum(won) == PLACES
    assert database.value("SELECT COUNT(*) FROM visit") == PLACES
    assert database.value("SELECT COUNT(*) FROM occupancy WHERE staff_id IS NOT NULL") == PLACES
    assert check.faults(database) == []
    database.close()


def test_of_several_who_book_the_same_place_exactly_one_succeeds(shared_file: Path) -> None:
    """BUGS_OF_OTHERS 1."""
    race(shared_file, *[1] * WRITERS)


def test_of_two_masters_who_want_the_one_chair_exactly_one_has_it(shared_file: Path) -> None:
    """BUGS_OF_OTHERS 1, for a room: both masters are free, the chair seats one client."""
    database = open_existing(shared_file)
    salon = Salon(database, standing_at(at(8), "Europe/Moscow"))
    carry_out(salon, rooms.keep, None, rooms.RoomFacts("Кресло", RoomKind.CHAIR), [1])
    database.close()
    race(shared_file, 1, 2)
    database = open_existing(shared_file)
    assert database.value("SELECT COUNT(*) FROM occupancy WHERE room_id = 1") == PLACES
    database.close()


_BOOKER = """
import sys
from datetime import timedelta
from pathlib import Path
from app.clock import standing_at
from app.models.connection import open_existing
from app.salon.scheduling import booking
from app.salon.scheduling.booking import BookingRequest, ServiceWish
from app.salon.scheduling.intervals import Lengths
from app.salon.transaction import Salon, carry_out
from tests.builders import at

salon = Salon(open_existing(Path(sys.argv[1])), standing_at(at(8), "Europe/Moscow"))
place = int(sys.argv[2])
while True:
    start = at(9, days=1 + place // 140) + timedelta(minutes=5 * (place % 140))
    wish = ServiceWish(1, 1, start, Lengths(5), None)
    visit = carry_out(salon, booking.book, BookingRequest(1, (wish,))).value
    sys.stdout.write(f"{visit}\\n")
    sys.stdout.flush()
    place += 1
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system cannot kill without a word")
@pytest.mark.parametrize("kills", [10, pytest.param(200, marks=pytest.mark.slow)])
def test_a_program_killed_in_the_middle_loses_no_visit_it_had_told_of(shared_file: Path, kills: int) -> None:
    told: set[int] = set()
    for _round in range(kills):
        told |= _book_until_killed(shared_file, len(told) + 7 * _round, after=1 + _round % 5)
    database = open_existing(shared_file)
    kept = {row[0] for row in database.rows("SELECT id FROM visit")}
    assert told <= kept
    assert len(kept) <= len(told) + 7 * kills
    assert check.faults(database) == []
    database.close()


def _book_until_killed(path: Path, place: int, after: int) -> set[int]:
    """Let a program book from ``place`` on and kill it once it has told of ``after`` visits."""
    root = Path(__file__).resolve().parents[2]
    booker = subprocess.Popen(
        [sys.executable, "-S", "-c", _start_with_path(), str(path), str(place)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=root,
        text=True,
    )
    assert booker.stdout is not None
    seen = {int(booker.stdout.readline()) for _ in range(after)}
    os.kill(booker.pid, signal.SIGKILL)
    rest = booker.stdout.read()
    booker.wait()
    booker.stdout.close()
    return seen | {int(line) for line in rest.splitlines(keepends=True) if line.endswith("\n")}


def _start_with_path() -> str:
    return f"import sys; sys.path[:0] = {[entry for entry in sys.path if entry]!r}\n" + _BOOKER


def test_a_half_written_log_is_folded_in_without_a_question(shared_file: Path) -> None:
    _book_until_killed(shared_file, 0, after=3)
    database = open_existing(shared_file)
    assert database.value("SELECT COUNT(*) FROM visit") >= 3
    assert database.value("PRAGMA quick_check") == "ok"
    database.close()
    assert sqlite3.connect(shared_file).execute("PRAGMA integrity_check").fetchone() == ("ok",)
