"""A salon that was kept by an earlier version opens with everything it had."""

import sqlite3
from contextlib import closing
from pathlib import Path
from threading import Thread

import pytest

from app.models.connection import Database, OverlapRefused, open_existing
from app.models.guards import GUARDS
from app.salon import check

GOLDEN = Path(__file__).parent / "golden"
COUNTED = ("client", "visit", "booked_service", "occupancy", "reminder", "visit_step", "journal_entry", "shift")


@pytest.fixture(params=sorted(path.stem for path in GOLDEN.glob("*.sql")))
def earlier(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The file of a salon as a released version left it."""
    file = tmp_path / "salon.vizit"
    with closing(sqlite3.connect(file)) as made:
        made.executescript((GOLDEN / f"{request.param}.sql").read_text(encoding="utf-8"))
    return file


def counts(database: Database) -> dict[str, int]:
    """How many rows each table has."""
    return {name: database.value(f"SELECT COUNT(*) FROM {name}") for name in COUNTED}


def test_nothing_is_lost_on_the_way(earlier: Path) -> None:
    before = Database(earlier)
    had, taken = counts(before), before.rows("SELECT id, staff_id, starts_at, ends_at, is_override FROM occupancy")
    before.close()
    opened = open_existing(earlier)
    assert counts(opened) == had
    assert opened.rows("SELECT id, staff_id, starts_at, ends_at, is_override FROM occupancy") == taken
    assert check.faults(opened) == []
    opened.close()
    assert list(earlier.parent.glob("salon.before-*.vizit")), "a safety copy stands beside the file"


@pytest.mark.parametrize("meets_at", [0, 1, 100], ids=["before the copy", "while it copies", "after it"])
def test_two_programs_that_are_started_at_once_leave_the_copy_of_before(earlier: Path, meets_at: int) -> None:
    """The second is quicker at some moment; neither fails, and no copy of after takes the place of that of before."""
    before = Database(earlier)
    done, had = before.rows("SELECT name FROM schema_migration"), counts(before)
    before.close()
    met: list[Thread] = []

    def second() -> None:
        open_existing(earlier).close()

    def told(steps: int, _of: int) -> None:
        if steps >= meets_at and not met:
            met.append(Thread(target=second))
            met[0].start()
            met[0].join()

    opened = open_existing(earlier, lambda work, _copy: work(told))
    assert met
    assert counts(opened) == had
    assert check.faults(opened) == []
    opened.close()
    (copy,) = [path for path in earlier.parent.iterdir() if ".before-" in path.name]
    with closing(sqlite3.connect(copy)) as kept:
        assert kept.execute("SELECT name FROM schema_migration").fetchall() == done


def test_the_guards_stand_again(earlier: Path) -> None:
    opened = open_existing(earlier)
    assert {row[0] for row in opened.rows("SELECT name FROM sqlite_master WHERE type = 'trigger'")} == set(GUARDS)
    with pytest.raises(OverlapRefused):
        opened.rows(
            "INSERT INTO occupancy (staff_id, starts_at, ends_at, booked_service_id, is_override) "
            "SELECT staff_id, starts_at, ends_at, booked_service_id, 0 FROM occupancy WHERE NOT is_override LIMIT 1"
        )
    opened.close()


@pytest.mark.parametrize("table", ["occupancy", "reminder"])
def test_a_number_that_was_given_once_is_never_given_again(earlier: Path, table: str) -> None:
    """These tables are made anew on the way; the journal names their rows by number."""
    before = Database(earlier)
    last = before.value("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,))
    before.close()
    opened = open_existing(earlier)
    assert opened.value("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)) == last
    assert last >= opened.value(f"SELECT MAX(id) FROM {table}")
    opened.close()
