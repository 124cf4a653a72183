"""The one doorway to a salon's open database file; only this and opening, upgrading and guarding it know the engine.

Reads are plain SQL with ``?`` into tuples; writes go row by row through ``insert``, ``update`` and ``delete``, which
use the tables' fields to turn values into what the engine keeps. What SQLite says when one of them
fails becomes one of our typed errors here and nowhere else.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.errors import DatabaseBusy, DatabaseReadOnly, DatabaseUnreadable, DiskFull, Gone, Trouble
from app.models.guards import OVERLAP

if TYPE_CHECKING:
    import peewee

    from app.models.table import Table

WAIT_SECONDS = 5
"""How long a write waits for another program before it says that the file is busy."""
MOMENT_SECONDS = 0.25
"""How long it waits where somebody looks at the window meanwhile and nothing is lost by trying again."""

_PRAGMAS = (
    "journal_mode = wal",
    "synchronous = full",
    "foreign_keys = 1",
    "cache_size = -4000",
    "wal_autocheckpoint = 8000",
)
"""Four megabytes of pages a connection: the system keeps the file in its own memory anyway. The log is folded into the
file by ``fold`` while nobody waits; by itself, within somebody's writing, only when it has grown to 32 megabytes."""
_REMAINS = 1
"""Kept in the file's own number: remains of what was removed for good may lie in free pages and in the log."""
_PAGES = 4096
"""So many pages are copied before it is told how far it is."""
_ASK_EVERY = 200_000
"""So many steps of the engine take a few hundredths of a second."""

Told = Callable[[int, int], None]
"""Told how many steps are done, and of how many."""

_OUTER = ("BEGIN IMMEDIATE", ("ROLLBACK",), "COMMIT")
_INNER = ("SAVEPOINT act", ("ROLLBACK TO act", "RELEASE act"), "RELEASE act")
"""How a transaction, and one within it, begins, is undone and ends."""


class _Alone:
    """Holds the one connection of a database in memory, as ``threading.local`` holds one a thread."""

    connection: sqlite3.Connection
    remembered: dict[str, Any]


class OverlapRefused(Exception):
    """The database itself refused a second occupancy over the first."""


class StillUsed(Exception):
    """The database keeps a row because another one refers to it."""


class Database:
    """An open salon file. Each thread has a connection of its own; close them with ``close``."""

    def __init__(self, path: Path | None) -> None:
        """Open ``path``; None is a database in memory, which lives as long as this object."""
        self.path = path
        self._own: threading.local | _Alone = _Alone() if path is None else threading.local()
        self._insert_text: dict[tuple[type[Table], tuple[str, ...]], str] = {}
        self.taken_out: tuple[str, ...] = ()
        """The triggers and views that the program had not made and took out when it opened the file, by their names."""
        self.made_again: tuple[str, ...] = ()
        """The guards that it found missing, or another than its own, and made again then."""

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's connection, opened when it is first needed. In memory all threads share the one."""
        found: sqlite3.Connection | None = getattr(self._own, "connection", None)
        if found is None:
            place = ":memory:" if self.path is None else str(self.path)
            shared = self.path is None
            found = sqlite3.connect(place, WAIT_SECONDS, isolation_level=None, check_same_thread=not shared)
            for pragma in _PRAGMAS:
                found.execute(f"PRAGMA {pragma}")
            self._own.connection = found
        return found

    @property
    def remembered(self) -> dict[str, Any]:
        """What this thread has read and may go by again, by what it is. It goes with the thread's connection."""
        found: dict[str, Any] | None = getattr(self._own, "remembered", None)
        if found is None:
            found = self._own.remembered = {}
        return found

    def as_peewee(self) -> peewee.SqliteDatabase:
        """This thread's connection as peewee's steps and comparisons of tables want it."""
        from app.models.borrowed import Borrowed

        return Borrowed(self.connection)

    # ---- reading ---------------------------------------------------------------------------------------------

    def rows(self, sql: str, params: Sequence[Any] | dict[str, Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query, as tuples of what the engine keeps; ``params`` for its ``?``, or for its ``:names``."""
        try:
            return self.connection.execute(sql, params if isinstance(params, dict) else tuple(params)).fetchall()
        except sqlite3.Error as error:
            raise self.meaning(error) from error

    def row(self, sql: str, params: Sequence[Any] = ()) -> tuple[Any, ...] | None:
        """The first row of a query, or None."""
        try:
            found: tuple[Any, ...] | None = self.connection.execute(sql, tuple(params)).fetchone()
        except sqlite3.Error as error:
            raise self.meaning(error) from error
        return found

    def value(self, sql: str, params: Sequence[Any] = ()) -> Any:
        """The first column of the first row, or None."""
        found = self.row(sql, params)
        return None if found is None else found[0]

    # ---- writing ---------------------------------------------------------------------------------------------

    @contextmanager
    def writing(self) -> Generator[None]:
        """One transaction that holds the write lock from its beginning; all of it or nothing.

        BEGIN IMMEDIATE, because a transaction that reads first and writes later is refused at once when somebody
        else wrote in between, whatever the waiting time.
        """
        with self._told():
            connection = self.connection
            begin, undo, end = _OUTER if not connection.in_transaction else _INNER
            connection.execute(begin)
            try:
                yield
                connection.execute(end)
            except BaseException:
                if connection.in_transaction:  # a full disk has rolled everything back already
                    for step in undo:
                        connection.execute(step)
                raise

    @contextmanager
    def only_a_moment(self) -> Generator[None]:
        """Within it a write does not wait longer than MOMENT_SECONDS for whoever writes now: DatabaseBusy."""
        self.rows(f"PRAGMA busy_timeout = {round(MOMENT_SECONDS * 1000)}")
        try:
            yield
        finally:
            self.rows(f"PRAGMA busy_timeout = {round(WAIT_SECONDS * 1000)}")

    def insert(self, table: type[Table], values: dict[str, Any]) -> int:
        """Add a row and return its id. ``values`` are Python values by field name; defaults are filled in.

        Raises Gone when the row refers to one that is no longer there, as the two others do.
        """
        return self.insert_row(table, kept_values(table, values))

    def insert_row(self, table: type[Table], kept: dict[str, Any]) -> int:
        """Add a row from kept values by column, as ``kept_values`` gives them, and return its id. Raises Gone."""
        text = self._text_to_insert(table, tuple(kept))
        try:
            return int(self.connection.execute(text, tuple(kept.values())).lastrowid or 0)
        except sqlite3.Error as error:
            raise self._ownerless(error) from error

    def insert_rows(self, table: type[Table], rows: Sequence[dict[str, Any]]) -> list[int]:
        """Add rows of the same columns from kept values within a transaction; returns their ids. Raises Gone."""
        text = self._text_to_insert(table, tuple(rows[0]))
        try:
            self.connection.executemany(text, [tuple(row.values()) for row in rows])
        except sqlite3.Error as error:
            raise self._ownerless(error) from error
        # Within a transaction nobody comes between: the numbers follow each other.
        last = int(self.value("SELECT last_insert_rowid()"))
        return list(range(last - len(rows) + 1, last + 1))

    def _text_to_insert(self, table: type[Table], columns: tuple[str, ...]) -> str:
        text = self._insert_text.get((table, columns))
        if text is None:
            marks = ", ".join("?" * len(columns))
            text = f'INSERT INTO "{table_name(table)}" ({", ".join(columns)}) VALUES ({marks})'
            self._insert_text[(table, columns)] = text
        return text

    def insert_kept(self, name: str, row: dict[str, Any]) -> None:
        """Add a row of table ``name`` from kept values by column, its id among them (undo and replay)."""
        marks = ", ".join("?" * len(row))
        try:
            self.connection.execute(f'INSERT INTO "{name}" ({", ".join(row)}) VALUES ({marks})', tuple(row.values()))
        except sqlite3.Error as error:
            raise self._ownerless(error) from error

    def update_kept(self, name: str, row_id: int, row: dict[str, Any]) -> None:
        """Set kept values by column in one row of table ``name``."""
        sets = ", ".join(f"{column} = ?" for column in row)
        try:
            self.connection.execute(f'UPDATE "{name}" SET {sets} WHERE id = ?', (*row.values(), row_id))
        except sqlite3.Error as error:
            raise self._ownerless(error) from error

    def delete_kept(self, name: str, row_id: int) -> None:
        """Remove one row of table ``name``. Raises StillUsed when another row refers to it."""
        try:
            with self._told():
                self.connection.execute(f'DELETE FROM "{name}" WHERE id = ?', (row_id,))
        except sqlite3.IntegrityError as error:
            raise StillUsed from error

    def delete_kept_rows(self, name: str, row_ids: Sequence[int]) -> None:
        """Remove rows of table ``name`` in one go. Raises StillUsed when another row refers to one of them."""
        try:
            with self._told():
                self.connection.execute(
                    f'DELETE FROM "{name}" WHERE id IN (SELECT value FROM json_each(?))', (json.dumps(list(row_ids)),)
                )
        except sqlite3.IntegrityError as error:
            raise StillUsed from error

    def insert_many(self, table: type[Table], rows: Iterable[dict[str, Any]]) -> None:
        """Add many rows of the same fields at once (imports, samples).

        Values are turned into what the engine keeps column by column, which takes half the time of row by row.
        """
        together = list(rows)
        if not together:
            return
        meta: Any = table._meta  # noqa: SLF001 - see table_name
        columns: list[str] = []
        kept: list[list[Any]] = []
        for name, field in meta.fields.items():
            if name in together[0]:
                keep = _kept_by(field)
                kept.append([keep(row[name]) for row in together])
            elif field.default is not None:
                kept.append([field.db_value(field.default)] * len(together))
            else:
                continue
            columns.append(field.column_name)
        text = f'INSERT INTO "{table_name(table)}" ({", ".join(columns)}) VALUES ({", ".join("?" * len(columns))})'
        with self._told():
            self.connection.executemany(text, list(zip(*kept, strict=True)))

    def insert_kept_many(self, table: type[Table], columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
        """Add very many rows of kept values by ``columns``; the other fields get their defaults (large samples)."""
        meta: Any = table._meta  # noqa: SLF001 - see table_name
        others = {
            field.column_name: field.db_value(field.default)
            for field in meta.fields.values()
            if field.default is not None and field.column_name not in columns
        }
        names = (*columns, *others)
        rest = tuple(others.values())
        text = f'INSERT INTO "{table_name(table)}" ({", ".join(names)}) VALUES ({", ".join("?" * len(names))})'
        with self._told():
            self.connection.executemany(text, (row + rest for row in rows))

    def kept_row(self, name: str, row_id: int, columns: Sequence[str] | None = None) -> dict[str, Any] | None:
        """One row of table ``name`` by column as the engine keeps it, or None."""
        wanted = "*" if columns is None else ", ".join(columns)
        with self._told():
            cursor = self.connection.execute(f'SELECT {wanted} FROM "{name}" WHERE id = ?', (row_id,))
            found = cursor.fetchone()
            return None if found is None else dict(zip([d[0] for d in cursor.description], found, strict=True))

    def kept_rows(self, name: str, row_ids: Sequence[int]) -> dict[int, dict[str, Any]]:
        """Those rows of table ``name`` that are there, by their numbers, as ``kept_row`` gives one."""
        with self._told():
            cursor = self.connection.execute(
                f'SELECT * FROM "{name}" WHERE id IN (SELECT value FROM json_each(?))', (json.dumps(list(row_ids)),)
            )
            columns = [described[0] for described in cursor.description]
            rows = [dict(zip(columns, row, strict=True)) for row in cursor]
        return {row["id"]: row for row in rows}

    def references_to(self, name: str) -> list[tuple[str, str]]:
        """Every table and column that points to table ``name`` by a foreign key, in alphabetical order."""
        return self.rows(
            """
            SELECT m.name, f."from" FROM sqlite_master m, pragma_foreign_key_list(m.name) f
            WHERE m.type = 'table' AND f."table" = ? ORDER BY m.name, f."from"
            """,
            (name,),
        )

    def unique_columns(self, name: str) -> list[tuple[str, ...]]:
        """The columns of table ``name`` that together no two rows may share, as its unique indexes have them."""
        found: dict[str, tuple[str, ...]] = {}
        for index, column in self.rows(
            """
            SELECT i.name, c.name FROM pragma_index_list(?) i, pragma_index_info(i.name) c
            WHERE i."unique" ORDER BY i.name, c.seqno
            """,
            (name,),
        ):
            found[index] = (*found.get(index, ()), column)
        return list(found.values())

    def last_id(self, table: type[Table]) -> int:
        """The highest id that ``table`` ever gave, even to a row that was removed since; 0 for none."""
        name = table_name(table)
        return int(
            self.value(
                f"""
                SELECT MAX(COALESCE((SELECT seq FROM sqlite_sequence WHERE name = ?), 0),
                           COALESCE((SELECT MAX(id) FROM "{name}"), 0))
                """,
                (name,),
            )
        )

    # ---- beside the file -------------------------------------------------------------------------------------

    @cached_property
    def files_folder(self) -> Path:
        """The folder of photos and files beside the salon's file; what is in memory has one that goes with it."""
        if self.path is not None:
            return files_folder_of(self.path)
        import shutil
        import tempfile
        import weakref

        lent = Path(tempfile.mkdtemp(prefix="vizit-"))
        weakref.finalize(self, shutil.rmtree, lent, ignore_errors=True)
        return lent

    # ---- life ------------------------------------------------------------------------------------------------

    @contextmanager
    def reading_untouched(self) -> Generator[Database]:
        """Read a file that nobody has open as it is: neither it nor what lies beside it is changed by one byte.

        What is wrong with it is raised when it is read: DatabaseUnreadable.
        """
        place = f"{self.path.absolute().as_uri()}?mode=ro&immutable=1" if self.path is not None else ":memory:"
        with self._told():
            self._own.connection = sqlite3.connect(place, isolation_level=None, uri=True)
        try:
            yield self
        finally:
            self.close()

    def close(self) -> None:
        """Close this thread's connection; the write-ahead log is folded into the file when it is the last."""
        found: sqlite3.Connection | None = getattr(self._own, "connection", None)
        if found is not None:
            del self._own.connection
            self.remembered.clear()
            found.close()

    def fold(self) -> None:
        """Bring what was written into the file itself, as far as nobody reads: on a worker, while nobody waits.

        The first writing into a log that begins anew waits for the disk twice. It is done here too, so that no booking
        has to: the same number is written once more.
        """
        if self.path is None:
            return
        _busy, in_log, folded = self.rows("PRAGMA wal_checkpoint(PASSIVE)")[0]
        if in_log == folded > 0:
            with self.writing():
                self.rows(f"PRAGMA user_version = {self.value('PRAGMA user_version')}")

    def note_remains(self) -> None:
        """Note within a transaction that the file has to be scoured: something was removed from it for good."""
        self.rows(f"PRAGMA user_version = {_REMAINS}")

    @property
    def has_remains(self) -> bool:
        """Whether something was removed for good and the file was not scoured since."""
        return bool(self.value("PRAGMA user_version") == _REMAINS)

    def scour(self) -> None:
        """Leave nothing of what was removed in the file or beside it: write it anew and empty its log.

        Takes a second for every hundred megabytes, on a worker. Raises DatabaseBusy while somebody reads or writes, and
        DiskFull: the file needs its size once more for a moment. It is to be tried again then.
        """
        with self._told():
            self.connection.execute("VACUUM")
        if self.path is not None and self.rows("PRAGMA wal_checkpoint(TRUNCATE)")[0][0]:
            raise DatabaseBusy
        with self.writing():  # last of all: whatever breaks off before it is done once more
            self.rows("PRAGMA user_version = 0")

    @contextmanager
    def in_thread(self) -> Generator[Database]:
        """Use the database in a worker thread and close that thread's connection afterwards, if it had none before."""
        had_one = getattr(self._own, "connection", None) is not None
        try:
            yield self
        finally:
            if not had_one:
                self.close()

    @contextmanager
    def asking(self, go_on: Callable[[], object]) -> Generator[None]:
        """Ask ``go_on`` every now and then while the engine works on this thread, also within one long query.

        What it raises breaks the query off and is raised here.
        """
        raised: list[BaseException] = []

        def ask() -> int:
            try:
                go_on()
            except BaseException as problem:  # noqa: BLE001 - raised again below: the engine lets none through
                raised.append(problem)
            return len(raised)

        self.connection.set_progress_handler(ask, _ASK_EVERY)
        try:
            yield
        except Exception:
            if raised:
                raise raised[0] from None
            raise
        finally:
            self.connection.set_progress_handler(None, 0)

    def backup_to(self, path: Path, told: Told | None = None) -> None:
        """A consistent copy by the engine's own means; a file copy of a live database may be torn.

        The copy has its name only when it is whole. ``told`` hears how many pages are copied, and may give it up by
        raising. Raises DatabaseReadOnly when ``path`` cannot be written.
        """
        unfinished = path.with_name(f"{path.name}.unfinished")
        try:
            with closing(sqlite3.connect(unfinished)) as target, self._told():
                if told is None:
                    self.connection.backup(target)
                else:
                    self.connection.backup(
                        target, pages=_PAGES, progress=lambda _code, left, pages: told(pages - left, pages)
                    )
                if self.has_remains:
                    target.execute("VACUUM")
                if target.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                    raise DatabaseUnreadable(self.path or path)
            unfinished.replace(path)
        except (sqlite3.Error, OSError) as error:
            raise DatabaseReadOnly(path) from error
        finally:
            for left in (unfinished, unfinished.with_name(f"{unfinished.name}-journal")):  # a full disk leaves both
                left.unlink(missing_ok=True)

    def _ownerless(self, error: sqlite3.Error) -> Exception:
        """What a failed writing of a row means: what it refers to is gone, or anything else."""
        if isinstance(error, sqlite3.IntegrityError) and "FOREIGN KEY" in str(error):
            return Gone()
        return self.meaning(error)

    @contextmanager
    def _told(self) -> Generator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise self.meaning(error) from error

    def meaning(self, error: Exception) -> Exception:
        """What the engine's failure means. The real cause may lie deep in the chain (a failed rollback hides it)."""
        for cause in _chain(error):
            code = getattr(cause, "sqlite_errorname", "") or ""
            if OVERLAP in str(cause):
                return OverlapRefused()
            trouble = self._trouble(code)
            if trouble is not None:
                return trouble
        return error

    def _trouble(self, code: str) -> Trouble | None:
        if code.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            return DatabaseBusy()
        if code == "SQLITE_FULL":
            return DiskFull()
        if code.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN")):
            return DatabaseReadOnly(self.path)
        if code.startswith("SQLITE_CORRUPT") or code == "SQLITE_NOTADB":
            return DatabaseUnreadable(self.path or Path(":memory:"))
        return None


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """The error and what it came from. The wrappers of a step can name each other as their context, in a ring."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def files_folder_of(path: Path) -> Path:
    """The folder of the photos and files of the salon in ``path``."""
    return path.with_name(f"{path.name}.files")


def table_name(table: type[Table]) -> str:
    """The table's name in the database."""
    return str(table._meta.table_name)  # noqa: SLF001 - peewee's documented way to a table's facts


def kept_values(table: type[Table], values: dict[str, Any]) -> dict[str, Any]:
    """``values`` by field name → what the engine keeps by column, with the fields' defaults filled in."""
    ways, defaults = _ways_of(table)
    kept = dict(defaults)
    for name, value in values.items():
        column, keep = ways[name]
        kept[column] = keep(value)
    return kept


@cache
def _ways_of(table: type[Table]) -> tuple[dict[str, tuple[str, Callable[[Any], Any]]], dict[str, Any]]:
    """How each field is kept, by name, and the defaults by column."""
    meta: Any = table._meta  # noqa: SLF001 - see table_name
    ways = {name: (field.column_name, _kept_by(field)) for name, field in meta.fields.items()}
    defaults = {
        field.column_name: field.db_value(field.default) for field in meta.fields.values() if field.default is not None
    }
    return ways, defaults


def _kept_by(field: Any) -> Callable[[Any], Any]:
    """What turns a value of ``field`` into what is kept. A reference is always told by its number here."""
    told_by = getattr(field, "rel_field", field)
    keep: Callable[[Any], Any] = told_by.db_value
    return keep
