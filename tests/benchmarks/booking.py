"""Booking into the ten years: its time, its fsyncs, and races for one place."""

import multiprocessing
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from app.clock import standing_at
from app.errors import SlotTaken
from app.models.opening import create, open_existing
from app.salon import check
from app.salon.catalogue import services
from app.salon.scheduling import booking, free_places
from app.salon.scheduling.booking import BookingRequest, ServiceWish
from app.salon.scheduling.free_places import FreePlace, PlaceSearch
from app.salon.scheduling.intervals import Lengths
from app.salon.transaction import Salon, carry_out
from tests.benchmarks import ten_years
from tests.benchmarks.measuring import Took, in_turn, said, told
from tests.builders import at, small_salon

ROOT = Path(__file__).parents[2]
BOOKINGS = 500
COUNTED = 20
TILL_REST = 20
"""After so many bookings in a row the front desk has a quiet moment."""
RACES, RACERS = 10_000, 4


def acts(folder: Path) -> None:
    """A booking with its reminder, checklist and journal beside a bare transaction into as many rows."""
    with tempfile.TemporaryDirectory(dir=folder) as made:
        path = ten_years.copy(folder, f"{Path(made).name}/salon.vizit")
        plain = _bare_salon(path, Path(made) / "bare.db")
        salon = Salon(open_existing(path), standing_at(ten_years.NOW, ten_years.ZONE))
        places = _apart(salon, BOOKINGS)

        def book(number: int, place: FreePlace) -> Callable[[], object]:
            one = place.planned[0]
            wish = ServiceWish(one.service_id, one.staff_id, place.starts_at, one.lengths, one.price)
            return lambda: carry_out(salon, booking.book, BookingRequest(100 + number, (wish,)))

        mine = [book(number, place) for number, place in enumerate(places)]
        bare = [_barely(plain, place.planned[0].staff_id, place.starts_at) for place in places]
        times: tuple[list[Took], list[Took]] = ([], [])
        for first in range(0, len(mine), TILL_REST):
            for kept, some in zip(times, in_turn(mine[first:][:TILL_REST], bare[first:][:TILL_REST]), strict=True):
                kept += some
            # The window folds the log when it rests.
            salon.database.fold()
        told("a booking with checklist, reminder and journal, beside a bare transaction", *times, line="5 ×, 10 ms")
        plain.close()
        salon.database.close()


def _apart(salon: Salon, count: int) -> list[FreePlace]:
    """Free places that do not stand in each other's way."""
    wanted = free_places.wanted(next(one for one in services.offered(salon.database) if one.service_id == 1))
    search = PlaceSearch((wanted,), ten_years.TODAY + timedelta(days=2), days=27)
    found = free_places.find(salon.database, search, not_before=ten_years.NOW, step_minutes=15, zone=ten_years.ZONE)
    return found[:: max(1, len(found) // count)][:count]


def _bare_salon(source: Path, path: Path) -> sqlite3.Connection:
    """A million appointments and 200,000 reminders in bare tables with the indices that a calendar needs."""
    plain = sqlite3.connect(path, isolation_level=None)
    plain.execute("PRAGMA journal_mode = wal")
    plain.execute("PRAGMA synchronous = full")
    plain.execute("PRAGMA cache_size = -16000")
    plain.execute("ATTACH ? AS salon", (str(source),))
    plain.execute("BEGIN")
    plain.execute(
        "CREATE TABLE appointment (id INTEGER PRIMARY KEY, day, master_id, client_id, start_ts, end_ts, text)"
    )
    plain.execute("CREATE TABLE reminder (appointment_id, due_ts, state)")
    plain.execute("CREATE TABLE journal (text)")
    plain.execute(
        "INSERT INTO appointment SELECT b.id, v.day, b.staff_id, v.client_id, b.starts_at, b.ends_at, v.comment "
        "FROM salon.booked_service b JOIN salon.visit v ON v.id = b.visit_id"
    )
    plain.execute("CREATE INDEX by_day ON appointment (day, master_id, start_ts)")
    plain.execute("CREATE INDEX by_master ON appointment (master_id, start_ts, end_ts)")
    plain.execute("CREATE INDEX by_client ON appointment (client_id, start_ts)")
    plain.execute("INSERT INTO reminder SELECT id, start_ts, 1 FROM appointment WHERE id % 5 = 0")
    plain.execute("CREATE INDEX due ON reminder (due_ts) WHERE state = 0")
    plain.execute("CREATE INDEX of_appointment ON reminder (appointment_id)")
    plain.execute("COMMIT")
    plain.execute("DETACH salon")
    plain.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return plain


def _barely(plain: sqlite3.Connection, staff: int, starts_at: datetime) -> Callable[[], object]:
    start, end = str(starts_at)[:16], str(starts_at + timedelta(minutes=15))[:16]

    def write() -> None:
        plain.execute("BEGIN IMMEDIATE")
        plain.execute(
            "SELECT 1 FROM appointment WHERE master_id = ? AND start_ts < ? AND start_ts > ? AND end_ts > ?",
            (staff, end, start[:10], start),
        ).fetchone()
        row = plain.execute(
            "INSERT INTO appointment (day, master_id, client_id, start_ts, end_ts, text) VALUES (?, ?, ?, ?, ?, '')",
            (start[:10], staff, 100, start, end),
        ).lastrowid
        for _ in range(2):
            plain.execute("INSERT INTO reminder VALUES (?, ?, 0)", (row, start))
        plain.execute("INSERT INTO journal VALUES (?)", ("x" * 300,))
        plain.execute("COMMIT")

    return write


# ---- fsyncs --------------------------------------------------------------------------------------------------

_BOOKER = """
import os, sys
from datetime import timedelta
from pathlib import Path
from app.clock import standing_at
from app.models.opening import open_existing
from app.salon.scheduling import booking
from app.salon.scheduling.booking import BookingRequest, ServiceWish
from app.salon.scheduling.intervals import Lengths
from app.salon.transaction import Salon, carry_out
from tests.builders import at

salon = Salon(open_existing(Path(sys.argv[1])), standing_at(at(8), "Europe/Moscow"))
for number in range(int(sys.argv[2]) + 1):
    wish = ServiceWish(1, 1, at(9, days=1 + number // 100) + timedelta(minutes=5 * (number % 100)), Lengths(5), 100)
    os.write(1, b"booking\\n" if number else b"warm\\n")
    carry_out(salon, booking.book, BookingRequest(1, (wish,)))
os.write(1, b"done\\n")
salon.database.close()
"""


def fsyncs(folder: Path) -> None:
    """How often a booking waits for the disk, counted from outside."""
    strace = shutil.which("strace")
    if strace is None:
        said("fsyncs of a booking", "not counted: strace is not here", line="1")
        return
    with tempfile.TemporaryDirectory(dir=folder) as made:
        path = Path(made) / "salon.vizit"
        small = small_salon(create(path))
        small.client("Анна Щёлкина", "8 912 345-67-89")
        small.database.close()
        log = Path(made) / "calls"
        command = [strace, "-f", "-qq", "-o", str(log), "-e", "trace=fsync,fdatasync,write"]
        subprocess.run(
            [*command, sys.executable, "-c", _BOOKER, str(path), str(COUNTED)],
            check=True,
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
        )
        counts: list[int] = []
        for line in log.read_text().splitlines():
            if '"booking\\n"' in line:
                counts.append(0)
            elif '"done\\n"' in line:
                break
            elif counts and re.search(r"\b(fsync|fdatasync)\(", line):
                counts[-1] += 1
    said(f"fsyncs of a booking ({len(counts)} bookings)", f"{min(counts)} to {max(counts)}", "1", line="1")


# ---- races ---------------------------------------------------------------------------------------------------


def _race(path: str, gate: Any, wins: Any) -> None:
    salon = Salon(open_existing(Path(path)), standing_at(at(8), "Europe/Moscow"))
    won = 0
    for number in range(RACES):
        if number % 100 == 0:
            gate.wait()
        start = at(9, days=1 + number // 140) + timedelta(minutes=5 * (number % 140))
        wish = ServiceWish(1, 1, start, Lengths(5), None)
        try:
            carry_out(salon, booking.book, BookingRequest(1, (wish,)))
            won += 1
        except SlotTaken:
            pass
    salon.database.close()
    wins.put(won)


def races(folder: Path) -> None:
    """Programs of their own that all want the same ten thousand places at the same time."""
    with tempfile.TemporaryDirectory(dir=folder) as made:
        path = Path(made) / "salon.vizit"
        small = small_salon(create(path))
        small.client("Анна Щёлкина")
        small.database.close()
        context = multiprocessing.get_context("spawn")
        gate, wins = context.Barrier(RACERS), context.Queue()
        racers = [context.Process(target=_race, args=(str(path), gate, wins)) for _ in range(RACERS)]
        for racer in racers:
            racer.start()
        won = [wins.get() for _ in racers]
        for racer in racers:
            racer.join()
        database = open_existing(path)
        visits = database.value("SELECT count(*) FROM visit")
        twice = database.value(check.PROMISES["overlapping_occupancy"].replace("a.id || '/' || b.id", "count(*)"))
        faults = len(check.faults(database))
        database.close()
    said(
        f"{RACES:,} races of {RACERS} programs for one place",
        f"{twice} double bookings, {visits} booked, won {' + '.join(map(str, won))}, {faults} faults",
        line="0",
    )
