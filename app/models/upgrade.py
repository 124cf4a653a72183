"""Bringing a salon's file up to date: the pending steps, after a safety copy beside it, and the guards at the end."""

from __future__ import annotations

import os
import re
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.errors import DatabaseNewer, DatabaseReadOnly, DatabaseUnreadable
from app.models.guards import GUARDS, ensure_guards, standing, strangers, take_out

if TYPE_CHECKING:
    from app.models.connection import Database, Told

_SHARE = 100
"""Of how far it is to bring a file up to date, so much is each step, and so much the safety copy."""
_PAGES_AN_ASK = 8_000
"""A step reads and writes so many pages of the file, about, from one question of the engine to the next."""

Beside = Callable[[Callable[["Told"], None], Path], None]
"""Does the work of bringing a file up to date, perhaps on another thread, and comes back when it is done. The path is
the safety copy that the work makes first."""


def migrate(database: Database, beside: Beside | None = None, *, keeps_copy: bool = True) -> None:
    """Run the pending steps, each in one transaction, and see that the guards stand and nothing else does.

    A step that rebuilds a table drops its triggers without a word (playhouse.migrate on SQLite), so the guards are
    made anew after every run.
    """
    from app.paths import migrations

    folder = migrations()
    shipped = {path.stem for path in folder.glob("[0-9]*.py")}
    done = _steps_done(database)
    newer = done - shipped
    if newer:
        raise DatabaseNewer(database.path or Path(":memory:"), tuple(sorted(newer)))
    # One reading tells of a guard that is missing (the program was killed before it was made), of one that another
    # version made, and of what no version did.
    found = standing(database) if done else []
    made = {name: text for kind, name, text in found if kind == "trigger"}
    if others := strangers(found):
        take_out(database, others)
    pending = sorted(shipped - done)
    if not pending:
        if made != GUARDS:
            database.made_again = tuple(name for name, text in GUARDS.items() if made.get(name) != text)
            ensure_guards(database)
        return
    if not done or database.path is None:
        _bring_up_to_date(database, folder, pending, None, tell_nobody)
        return
    copy = database.path.with_suffix(f".before-{pending[0]}{database.path.suffix}")

    def work(told: Told) -> None:
        with database.in_thread():
            _bring_up_to_date(database, folder, pending, copy if keeps_copy else None, told)

    if beside is None:
        work(tell_nobody)
    else:
        database.close()
        beside(work, copy)


def _bring_up_to_date(database: Database, folder: Path, pending: list[str], copy: Path | None, told: Told) -> None:
    """The ``pending`` steps in ``folder``, after the safety copy, with the guards at the end.

    The steps' machinery is imported only when a step is pending: it costs start-up time.
    """
    everything = _SHARE * (len(pending) + 1)
    told(0, everything)
    if copy is not None:
        _keep_copy(database, pending[0], copy, lambda pages, of: told(_SHARE * pages // of, everything))
    if standing(database):  # they are for the tables as they were, and may only be called as ours
        with database.writing():
            for name in GUARDS:
                database.rows(f"DROP TRIGGER IF EXISTS {name}")
    import peewee
    import playhouse.migrations  # pyright: ignore[reportMissingTypeStubs]

    try:
        runner: Any = playhouse.migrations.Runner(database.as_peewee(), str(folder))  # pyright: ignore[reportUnknownMemberType]
        for number, step in enumerate(pending, 1):
            told(_SHARE * number, everything)
            with database.asking(_progress_within(number, everything, told, _usual_asks(database))):
                _up(database, runner, step)
    except peewee.PeeweeException as error:
        raise database.meaning(error) from error
    ensure_guards(database)
    told(everything, everything)


def _usual_asks(database: Database) -> int:
    """How often the engine asks within a step, about: every page of the file is read and many are written."""
    return 1 + int(database.value("PRAGMA page_count")) // _PAGES_AN_ASK


def _progress_within(number: int, everything: int, told: Told, usual: int) -> Callable[[], None]:
    """Tells how far a step is whenever the engine asks: nobody knows how long it takes, but it goes on.

    With ``usual`` questions half of its share is done, with three times as many three quarters; never all of it.
    """
    asked = 0

    def go_on() -> None:
        nonlocal asked
        asked += 1
        told(_SHARE * number + _SHARE * asked // (asked + usual), everything)

    return go_on


def _keep_copy(database: Database, step: str, copy: Path, told: Told) -> None:
    """The safety copy of before ``step``; where another program has taken it meanwhile, its copy is the one of before.

    Ours may have been made after it then, and must not take the place of that one.
    """
    _clear_broken_off(copy)
    mark = copy.with_name(f"{copy.name}.{os.getpid()}-{threading.get_ident()}")  # nobody else's at the same time
    own = copy.with_name(f"{mark.name}.made")
    try:
        with closing(sqlite3.connect(mark, 0, isolation_level=None)) as being_made:
            being_made.execute("BEGIN EXCLUSIVE")  # the system ends it with the program, however that ends
            database.backup_to(own, told)
            with closing(sqlite3.connect(own)) as made:
                is_after = made.execute("SELECT 1 FROM schema_migration WHERE name = ?", (step,)).fetchone()
            if not is_after and step not in _steps_done(database):
                own.replace(copy)
            own.unlink(missing_ok=True)
    except (OSError, sqlite3.Error) as error:
        raise DatabaseReadOnly(copy) from error
    finally:
        for left in (own, mark):
            left.unlink(missing_ok=True)


def _clear_broken_off(copy: Path) -> None:
    """Take away what programs that were killed have left of safety copies; nothing that somebody is making now."""
    suffix = copy.suffix
    of_salon = re.escape(copy.name[: copy.name.rindex(".before-")])
    unfinished = re.compile(rf"{of_salon}\.before-.+{re.escape(suffix)}\.\d+-\d+")
    with suppress(OSError):
        names = [path.name for path in copy.parent.iterdir()]
        marks = {found[0] for name in names if (found := unfinished.match(name))}
        for mark in marks:
            if not _is_being_made(copy.with_name(mark)):
                for name in names:
                    if name.startswith((f"{mark}.", f"{mark}-")):  # not those of a longer number
                        copy.with_name(name).unlink(missing_ok=True)
                copy.with_name(mark).unlink(missing_ok=True)


def _is_being_made(mark: Path) -> bool:
    """Whether a program that runs is making the safety copy of this ``mark``."""
    try:
        with closing(sqlite3.connect(mark, 0, isolation_level=None)) as tried:
            tried.execute("BEGIN EXCLUSIVE")
    except sqlite3.Error as error:
        return (error.sqlite_errorname or "").startswith("SQLITE_BUSY")
    return False


def _up(database: Database, runner: Any, step: str) -> None:
    """Take a step, unless another program that was started at the same time has taken it, before us or under us."""
    if step in _steps_done(database):
        return
    try:
        runner.up(step)
    except Exception:
        # A table, a column or a row that the other program has made or taken away under our step ends it with an error
        # of any kind. Where the other's step stands, ours was not needed; else the error goes on.
        if step not in _steps_done(database):
            raise


def tell_nobody(_done: int, _steps: int) -> None:
    """Nobody waits for it."""


def _steps_done(database: Database) -> set[str]:
    tables = {row[0] for row in database.rows("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if "schema_migration" not in tables:
        if tables:
            raise DatabaseUnreadable(database.path or Path(":memory:"))
        return set()
    return {row[0] for row in database.rows("SELECT name FROM schema_migration")}
