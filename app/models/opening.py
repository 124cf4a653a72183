"""Opening a salon's file, or one that may be anybody's, with its tables brought up to date."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.errors import DatabaseAltered, DatabaseBusy, DatabaseMissing, DatabaseReadOnly, DatabaseUnreadable
from app.models.connection import Database, Told, table_name
from app.models.guards import standing, strangers
from app.models.shared_folder import refuse_shared_folder
from app.models.upgrade import Beside, migrate, tell_nobody

if TYPE_CHECKING:
    from app.models.table import Table


def create(path: Path | None) -> Database:
    """A new, empty salon file with all its tables (None: in memory)."""
    if path is not None:
        refuse_shared_folder(path)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise DatabaseReadOnly(path) from error
    return _ready(Database(path))


def open_existing(path: Path, beside: Beside | None = None) -> Database:
    """Open a salon's file, after bringing its tables up to date with a safety copy beside it.

    That may take many seconds: where somebody waits, ``beside`` does it and shows that. Triggers and views that the
    program did not make are taken out, see ``taken_out_file``.

    Raises DatabaseMissing, DatabaseUnreadable (left untouched), DatabaseNewer, FolderShared.
    """
    return _ready(_closed(path), beside)


def _closed(path: Path) -> Database:
    """The salon's file at ``path``, as far as can be seen without opening it."""
    if not path.is_file():
        raise DatabaseMissing(path)
    refuse_shared_folder(path)
    if not is_salon_file(path):
        raise DatabaseUnreadable(path)
    return Database(path)


@contextmanager
def foreign(path: Path) -> Generator[None]:
    """What a file at ``path`` that may be anybody's cannot answer. Raises DatabaseUnreadable."""
    import peewee

    try:
        yield
    except (sqlite3.Error, peewee.PeeweeException) as error:
        raise DatabaseUnreadable(path) from error


def open_foreign(path: Path, told: Told | None = None, *, takes_out: bool = False) -> Database:
    """Open a file that may be anybody's: a copy of it, because its tables are brought up to date.

    ``takes_out``: what the program did not make is taken out, as of its own file, and not refused. ``told`` hears how
    far that is, and may give it up by raising. Raises what ``open_existing`` raises, DatabaseAltered, and
    DatabaseUnreadable also for a database in which there is no salon yet and for one that lacks a table or a column of
    a salon, whatever steps it says were done.
    """
    with foreign(path):
        database = _closed(path)
        try:
            if database.value("SELECT 1 FROM sqlite_master WHERE name = 'salon_profile'") is None:
                raise DatabaseUnreadable(path)
            found = strangers(standing(database))
            if found and not takes_out:
                raise DatabaseAltered(path, tuple(name for _kind, name, _text in found))
            migrate(database, lambda work, _copy: work(told or tell_nobody), keeps_copy=False)
            if _lacks_something(database):
                raise DatabaseUnreadable(path)
        except Exception:
            database.close()
            raise
    return database


def _lacks_something(database: Database) -> bool:
    from app.models import ALL_TABLES, DERIVED_TABLES

    every = (*ALL_TABLES, *DERIVED_TABLES)
    wanted = {(table_name(table), field.column_name) for table in every for field in _fields_of(table)}
    found = database.rows(
        "SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table'"
    )
    search = "SELECT 1 FROM sqlite_master WHERE name = 'client_search' AND sql LIKE 'CREATE VIRTUAL TABLE%'"
    return not wanted <= set(found) or database.value(search) is None


def _fields_of(table: type[Table]) -> list[Any]:
    meta: Any = table._meta  # noqa: SLF001 - see table_name
    return list(meta.fields.values())


def withdraw(path: Path) -> None:
    """Fold everything into the file at ``path`` and leave it to whoever moves it. Raises DatabaseBusy when it is open.

    A file that is damaged has nothing to fold.
    """
    try:
        with closing(sqlite3.connect(path, 0, isolation_level=None)) as alone:
            # Only who has the file alone can change this.
            if alone.execute("PRAGMA journal_mode = delete").fetchone() != ("delete",):
                raise DatabaseBusy
    except sqlite3.OperationalError as error:
        raise DatabaseBusy from error
    except sqlite3.DatabaseError:
        return


def is_salon_file(path: Path) -> bool:
    """Whether ``path`` is a database by its first bytes. Raises DatabaseReadOnly when it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(16) == b"SQLite format 3\x00"
    except OSError as error:
        raise DatabaseReadOnly(path) from error


def _ready(database: Database, beside: Beside | None = None) -> Database:
    try:
        migrate(database, beside)
    except Exception:
        database.close()
        raise
    return database
