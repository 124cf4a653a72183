"""A salon that was kept by an earlier version opens with everything it had."""

import sqlite3
from contextlib import closing
from pathlib import Path
from threading import Thread

import pytest

from app.models import connection, upgrade
from app.models.connection import Database, OverlapRefused
from app.models.guards import GUARDS
from app.models.opening import open_existing
from app.paths import migrations
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


def test_a_copy_that_was_broken_off_is_cleared_at_the_next_start(earlier: Path) -> None:
    """But for one that a program is making at this moment, and those of another salon."""
    (step, *_rest) = [path.stem for path in sorted(migrations().glob("[0-9]*.py")) if path.stem not in _done(earlier)]
    dead = f"salon.before-{step}.vizit.712-9"
    living = f"salon.before-{step}.vizit.712-99"
    other = f"other.before-{step}.vizit.712-9"
    endings = ("", "-journal", ".unfinished", ".made", ".made.unfinished", ".made.unfinished-journal")
    for name in (*(f"{dead}{ending}" for ending in endings), f"{living}.made.unfinished", other):
        (earlier.parent / name).write_bytes(b"Anna")
    with closing(sqlite3.connect(earlier.parent / living, isolation_level=None)) as being_made:
        being_made.execute("BEGIN EXCLUSIVE")
        open_existing(earlier).close()
        left = {path.name for path in earlier.parent.iterdir() if "712" in path.name} - {f"{living}-journal"}
        assert left == {living, f"{living}.made.unfinished", other}


def test_a_program_that_is_killed_while_it_copies_is_cleared_after(earlier: Path) -> None:
    """As a killed program leaves it: what it held is open no more, and nothing of its own was tidied up."""
    kept: dict[str, bytes] = {}

    def told(steps: int, _of: int) -> None:
        if steps and not kept:
            kept.update({path.name: path.read_bytes() for path in earlier.parent.iterdir() if "before" in path.name})
            raise Killed

    with pytest.raises(Killed):
        open_existing(earlier, lambda work, _copy: work(told))
    assert kept
    for name, content in kept.items():
        (earlier.parent / name).write_bytes(content)
    open_existing(earlier).close()
    assert [path.suffix for path in earlier.parent.iterdir() if "before" in path.name] == [".vizit"]


class Killed(Exception):
    """The program was ended from outside."""


def _done(file: Path) -> set[str]:
    with closing(sqlite3.connect(file)) as kept:
        return {row[0] for row in kept.execute("SELECT name FROM schema_migration")}


def test_it_is_seen_that_a_step_goes_on(earlier: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It moves within each step and never back, and nothing is said to be done before it is."""
    monkeypatch.setattr(connection, "_ASK_EVERY", 200)
    monkeypatch.setattr(upgrade, "_PAGES_AN_ASK", 1)
    steps = len(list(migrations().glob("[0-9]*.py"))) - len(_done(earlier))
    told: list[tuple[int, int]] = []
    open_existing(earlier, lambda work, _copy: work(lambda done, of: told.append((done, of)))).close()
    assert {of for _done, of in told} == {100 * (steps + 1)}
    moved = [done for done, _of in told]
    assert moved == sorted(moved)
    assert moved[-1] == 100 * (steps + 1)
    for step in range(1, steps + 1):
        within = {done - 100 * step for done in moved[:-1] if 0 <= done - 100 * step < 100}
        assert len(within) > 3, f"step {step} stands still"


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
