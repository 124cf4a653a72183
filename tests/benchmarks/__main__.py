"""The figures of the README: ``.venv/bin/python -m tests.benchmarks [--cache FOLDER] [NAME ...]``, all without a name.

Reported, never asserted. Each is a p50 and a p99 beside the bare work that it cannot be faster than, measured in turn
in the same run, so that a slow moment of the machine meets both. Most run on a salon of ten years with a million
booked services, which takes a minute or two to make: ``--cache`` keeps it for the next time.
"""

import argparse
import importlib
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

from app import settings
from app.clock import standing_at
from app.models.opening import create, open_existing
from app.salon.clients import finder
from app.salon.exchange import salon_import, sample
from app.salon.scheduling import agenda, booking
from app.salon.scheduling.booking import BookingRequest, ServiceWish
from app.salon.scheduling.intervals import Lengths
from app.salon.transaction import Salon, carry_out
from app.settings import Settings
from tests.benchmarks.measuring import in_turn, told
from tests.builders import small_salon

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
REAL = ROOT.parent / "shared" / "data" / "salon-2018"
ROUNDS = 15
TIMES = 300


def start(folder: Path) -> None:
    """From the start of the process to the first painted calendar, beside an empty PySide6 window."""
    file, moment, zone = _salon_to_open(folder)
    preferred = folder / "settings.toml"
    settings.write(preferred, Settings(database=str(file)))
    environment = {**os.environ, "XDG_CONFIG_HOME": str(folder), "XDG_DATA_HOME": str(folder)}
    environment["QT_QPA_PLATFORM"] = f"offscreen:configfile={_screen(folder)}"
    # As on a person's machine: what was compiled at the first start (which is not counted) is there at the second.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    environment["PYTHONPYCACHEPREFIX"] = str(folder / "compiled")
    program = [str(HERE / "program_start.py"), str(preferred), moment.isoformat(), zone]
    mine: list[float] = []
    bare: list[float] = []
    for turn in range(ROUNDS + 1):
        for command, times in ((program, mine), ([str(HERE / "empty_window.py")], bare)):
            took = _until_painted(command, environment)
            if turn:
                times.append(took)
    told("start to the first painted calendar, beside an empty PySide6 window", mine, bare)


def _screen(folder: Path) -> Path:
    """A screen as a front desk has it. Qt's own is 800 pixels wide, where the calendar shows half of its columns."""
    file = folder / "screen.json"
    screen = {"name": "desk", "x": 0, "y": 0, "width": 1440, "height": 900, "logicalDpi": 96, "dpr": 1}
    file.write_text(json.dumps({"screens": [screen]}), encoding="utf-8")
    return file


def _until_painted(command: list[str], environment: dict[str, str]) -> float:
    path = os.pathsep.join([str(ROOT), environment.get("PYTHONPATH", "")])
    began = time.perf_counter()
    child = subprocess.Popen(
        [sys.executable, *command],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**environment, "PYTHONPATH": path},
        cwd=ROOT,
        text=True,
    )
    assert child.stdout is not None
    line = child.stdout.readline()
    took = time.perf_counter() - began
    child.stdout.close()
    child.wait()
    if not line.startswith("painted"):
        raise RuntimeError(f"nothing was painted by {command[0]}")
    return took * 1000


def _salon_to_open(folder: Path) -> tuple[Path, datetime, str]:
    file = folder / "salon.vizit"
    if REAL.is_dir():
        zone, moment = "America/Vancouver", datetime(2018, 7, 31, 11, 12)
        salon = Salon(create(file), standing_at(moment - timedelta(days=1), zone))
        salon_import.run(salon, "salon-csv", REAL, today=date(2018, 7, 30), dry_run=False)
    else:
        zone, moment = "Europe/Moscow", datetime(2026, 5, 14, 11, 12)
        salon = Salon(create(file), standing_at(moment, zone))
        sample.make(salon, moment.date(), now=moment)
    salon.database.close()
    return file, moment, zone


def work(folder: Path) -> None:
    """Booking, reading a day and searching, each beside its bare SQL."""
    _booking(folder)
    moment = datetime(2026, 5, 14, 11, 12)
    salon = Salon(create(folder / "sample.vizit"), standing_at(moment, "Europe/Moscow"))
    sample.make(salon, moment.date(), now=moment)
    database = salon.database
    bare = sqlite3.connect(folder / "sample.vizit")
    days = [moment.date() - timedelta(days=ahead % 200) for ahead in range(TIMES)]
    text = (
        "SELECT b.*, v.*, s.name, c.name FROM booked_service b JOIN visit v ON v.id = b.visit_id JOIN service s "
        "ON s.id = b.service_id LEFT JOIN client c ON c.id = v.client_id WHERE b.starts_at >= ? AND b.starts_at < ?"
    )
    mine_day, bare_day = in_turn(
        [lambda day=day: agenda.of_day(database, day) for day in days],
        [lambda day=day: bare.execute(text, (f"{day} 00:00", f"{day} 24:00")).fetchall() for day in days],
    )
    told("reading a day of the sample salon", mine_day, bare_day)
    typed = ["9", "97", "973", "ан", "анн", "щёлк", "fyyf", "6789"] * (TIMES // 8)
    like = "SELECT id, name FROM client WHERE search LIKE ? ORDER BY name LIMIT 12"
    mine_search, bare_search = in_turn(
        [lambda part=part: finder.find(database, part, moment.date()) for part in typed],
        [lambda part=part: bare.execute(like, (f"%{part}%",)).fetchall() for part in typed],
    )
    told("one key of the client search, 400 clients", mine_search, bare_search)
    bare.close()
    database.close()


def _booking(folder: Path) -> None:
    small = small_salon(create(folder / "booking.vizit"))
    client = small.client("Анна Щёлкина", "8 912 345-67-89")
    starts = [
        datetime(2026, 5, 13, 9) + timedelta(days=number // 100, minutes=5 * (number % 100)) for number in range(TIMES)
    ]
    bare = sqlite3.connect(folder / "bare.db", isolation_level=None)
    bare.executescript(
        "PRAGMA journal_mode = wal; PRAGMA synchronous = full; CREATE TABLE a (s, e, c, t); "
        "CREATE TABLE r (a, d); CREATE TABLE j (t); CREATE INDEX i ON a (s, e);"
    )

    def book(start: datetime) -> Callable[[], object]:
        request = BookingRequest(client, (ServiceWish(small.manicure, small.olga, start, Lengths(5), 180_000),))
        return lambda: carry_out(small.salon, booking.book, request)

    def barely(start: datetime) -> Callable[[], object]:
        def write() -> None:
            bare.execute("BEGIN IMMEDIATE")
            bare.execute("SELECT 1 FROM a WHERE s < ? AND e > ?", (str(start), str(start))).fetchone()
            bare.execute("INSERT INTO a VALUES (?, ?, 1, 'x')", (str(start), str(start)))
            bare.execute("INSERT INTO r VALUES (1, ?)", (str(start),))
            bare.execute("INSERT INTO r VALUES (1, ?)", (str(start),))
            bare.execute("INSERT INTO j VALUES ('x')")
            bare.execute("COMMIT")

        return write

    mine_times, bare_times = in_turn([book(start) for start in starts], [barely(start) for start in starts])
    told("booking with checklist, reminder and journal, beside a bare transaction", mine_times, bare_times)
    bare.close()
    small.database.close()
    reopened = open_existing(folder / "booking.vizit")
    assert reopened.value("SELECT COUNT(*) FROM visit") == TIMES
    reopened.close()


def _of_ten_years(module: str, name: str) -> Callable[[Path], None]:
    """A benchmark on the file of ten years, loaded when it is wanted: the start must not find Qt loaded."""

    def run(folder: Path) -> None:
        getattr(importlib.import_module(f"tests.benchmarks.{module}"), name)(folder)

    return run


_IN_A_FOLDER_OF_ITS_OWN = {"start": start, "work": work}
_ON_TEN_YEARS = {
    "day": _of_ten_years("reading", "day"),
    "places": _of_ten_years("reading", "places"),
    "search": _of_ten_years("reading", "search"),
    "card": _of_ten_years("cards", "opening"),
    "booking": _of_ten_years("booking", "acts"),
    "fsyncs": _of_ten_years("booking", "fsyncs"),
    "races": _of_ten_years("booking", "races"),
    "memory": _of_ten_years("memory", "window"),
    "clients": _of_ten_years("client_list", "scrolling"),
    "clients-memory": _of_ten_years("client_list", "memory"),
    "frames": _of_ten_years("painting", "frames"),
    "days": _of_ten_years("painting", "days"),
}


def main() -> None:
    """Print the table of what was asked for."""
    asked = argparse.ArgumentParser(prog="tests.benchmarks")
    asked.add_argument("--cache", type=Path, help="where the file of ten years is kept")
    asked.add_argument("names", nargs="*", choices=[*_IN_A_FOLDER_OF_ITS_OWN, *_ON_TEN_YEARS, []])
    given = asked.parse_args()
    print("| what | Vizit p50 (p99), ms | bare p50 (p99), ms | ratio | line |\n|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as made:
        kept: Path = given.cache or Path(made)
        kept.mkdir(parents=True, exist_ok=True)
        for name in given.names or [*_IN_A_FOLDER_OF_ITS_OWN, *_ON_TEN_YEARS]:
            if name in _ON_TEN_YEARS:
                _ON_TEN_YEARS[name](kept)
            else:
                with tempfile.TemporaryDirectory() as own:
                    _IN_A_FOLDER_OF_ITS_OWN[name](Path(own))


if __name__ == "__main__":
    main()
