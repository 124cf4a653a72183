"""The file of ten years that most benchmarks run on: made once, kept where the command line says."""

import shutil
import sqlite3
from datetime import date, datetime
from pathlib import Path

from app.clock import standing_at
from app.models.opening import create
from app.salon.exchange import sample
from app.salon.transaction import Salon

TODAY = date(2026, 5, 14)
NOW = datetime(2026, 5, 14, 11, 12)
ZONE = "Europe/Moscow"
NAME = "ten-years-2.vizit"
"""With a number that rises when the sample changes."""


def file(folder: Path) -> Path:
    """The file in ``folder``; making it takes about a minute and a half."""
    path = folder / NAME
    if not path.exists():
        unfinished = folder / f"{NAME}.unfinished"
        unfinished.unlink(missing_ok=True)
        salon = Salon(create(unfinished), standing_at(NOW, ZONE))
        sample.make_large(salon, TODAY)
        database = salon.database
        with database.writing():
            # One service that every master does, to look for a place with all of them.
            database.rows(
                "INSERT INTO staff_service (staff_id, service_id) SELECT id, 1 FROM staff_member "
                "WHERE is_master AND id NOT IN (SELECT staff_id FROM staff_service WHERE service_id = 1)"
            )
        database.close()
        unfinished.replace(path)
    return path


def copy(folder: Path, name: str) -> Path:
    """A copy to write into."""
    there = folder / name
    shutil.copyfile(file(folder), there)
    return there


def bare(path: Path) -> sqlite3.Connection:
    """The file as a program without this house would open it."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA cache_size = -16000")
    return connection
