"""Two programs at the same place at the same moment, and programs that are killed in the middle."""

import signal
import sqlite3
from pathlib import Path

import pytest

from app.clock import standing_at
from app.models.connection import Database
from app.models.opening import open_existing
from app.salon import check
from app.salon.catalogue import rooms
from app.salon.scheduling import booking
from app.salon.transaction import Salon, carry_out
from app.vocabulary import RoomKind
from tests import rivals
from tests.builders import at, small_salon

WRITERS = 4


@pytest.fixture
def shared_file(tmp_path: Path) -> Path:
    """A small salon in a file that several programs open."""
    path = tmp_path / "salon.vizit"
    made = small_salon(Database(path))
    made.client("Анна Щёлкина")
    made.database.close()
    return path


def race(path: Path, *masters: int) -> None:
    """Let a program for each of ``masters`` book every place; each place is won once, whoever comes first."""
    won = rivals.race(path, booking.book, *masters)
    database = open_existing(path)
    assert sum(won) == rivals.PLACES
    assert database.value("SELECT COUNT(*) FROM visit") == rivals.PLACES
    assert database.value("SELECT COUNT(*) FROM occupancy WHERE staff_id IS NOT NULL") == rivals.PLACES
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
    assert database.value("SELECT COUNT(*) FROM occupancy WHERE room_id = 1") == rivals.PLACES
    database.close()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system cannot kill without a word")
@pytest.mark.parametrize("kills", [10, pytest.param(200, marks=pytest.mark.slow)])
def test_a_program_killed_in_the_middle_loses_no_visit_it_had_told_of(shared_file: Path, kills: int) -> None:
    told: set[int] = set()
    for _round in range(kills):
        told |= rivals.book_until_killed(shared_file, len(told) + 7 * _round, after=1 + _round % 5)
    database = open_existing(shared_file)
    kept = {row[0] for row in database.rows("SELECT id FROM visit")}
    assert told <= kept
    assert len(kept) <= len(told) + 7 * kills
    assert check.faults(database) == []
    database.close()


def test_a_half_written_log_is_folded_in_without_a_question(shared_file: Path) -> None:
    rivals.book_until_killed(shared_file, 0, after=3)
    database = open_existing(shared_file)
    assert database.value("SELECT COUNT(*) FROM visit") >= 3
    assert database.value("PRAGMA quick_check") == "ok"
    database.close()
    assert sqlite3.connect(shared_file).execute("PRAGMA integrity_check").fetchone() == ("ok",)
