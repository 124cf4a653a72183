"""Databases in memory that are lent to one test after the other.

Whoever opens a new one waits until the engine has read all tables of a salon and prepared every question anew, which
takes longer than most tests. Here the connection stays with what it has read and prepared, and only the content is put
in its place beneath it: for the engine that is as if another program had written into the file, and it looks.
"""

import sqlite3
from itertools import count
from weakref import WeakKeyDictionary, finalize

from app.models.connection import WAIT_SECONDS, Database

_ASIDE = ("foreign_keys = 1", "ignore_check_constraints = 0", "query_only = 0", f"busy_timeout = {WAIT_SECONDS * 1000}")
"""What a story may have turned, as ``Database`` turns it for itself."""
_QUESTIONS = 1_000
"""So many prepared questions are kept, those of all screens."""

_numbers = count(1)
_free: dict[int, list["_Place"]] = {}
_shapes: WeakKeyDictionary[Database, tuple[int, int]] = WeakKeyDictionary()


class _Place:
    """Memory that two connections reach: one serves the stories, the other puts the content in place."""

    def __init__(self, shape: int) -> None:
        self.shape = shape
        name = f"file:/vizit-{next(_numbers)}?vfs=memdb"
        self._filling = sqlite3.connect(name, 0, isolation_level=None, uri=True, check_same_thread=False)
        for pragma in ("journal_mode = off", "synchronous = off"):
            self._filling.execute(f"PRAGMA {pragma}")
        self.serving = sqlite3.connect(
            name, isolation_level=None, uri=True, check_same_thread=False, cached_statements=_QUESTIONS
        )
        self._stamp = 0

    def fill(self, content: Database) -> None:
        """Put everything that a database of this place's shape holds here."""
        content.connection.backup(self._filling)
        if not self._stamp:
            self._stamp = _stamp(self._filling)
            for pragma in ("journal_mode = memory", "synchronous = off", "cache_size = -4000"):
                self.serving.execute(f"PRAGMA {pragma}")
        # The tables are what they were: the engine need not read them again.
        self._filling.execute(f"PRAGMA schema_version = {self._stamp}")
        for pragma in _ASIDE:
            self.serving.execute(f"PRAGMA {pragma}")

    def take_back(self) -> None:
        """A story is over: the next one may have the place, unless its tables were changed or it is still read."""
        try:
            if self.serving.in_transaction:
                self.serving.rollback()
            self.serving.set_trace_callback(None)
            self.serving.set_progress_handler(None, 0)
            self._filling.execute("BEGIN EXCLUSIVE")
            untouched = _stamp(self._filling) == self._stamp
            self._filling.execute("ROLLBACK")
        except sqlite3.Error:
            untouched = False
        if untouched:
            _free.setdefault(self.shape, []).append(self)
        else:
            self.serving.close()
            self._filling.close()


class _Lent(Database):
    """A database in memory over a place that is given back when it is closed or forgotten."""

    def __init__(self, place: _Place) -> None:
        super().__init__(None)
        self._own.connection = place.serving
        self._give_back = finalize(self, place.take_back)
        self._give_back.atexit = False

    def close(self) -> None:
        """Give the place back."""
        if self._give_back.alive:
            del self._own.connection
            self.remembered.clear()
        self._give_back()


def copied(content: Database) -> Database:
    """A database in memory that holds what the given one holds, to do with as one likes."""
    shape = _shape(content)
    free = _free.get(shape)
    place = free.pop() if free else _Place(shape)
    place.fill(content)
    return _Lent(place)


def _shape(content: Database) -> int:
    """The same number for databases whose tables are the same and begin at the same pages."""
    stamp = _stamp(content.connection)
    known = _shapes.get(content)
    if known is None or known[0] != stamp:
        tables = content.rows("SELECT type, name, rootpage, sql FROM sqlite_master ORDER BY rowid")
        known = _shapes[content] = stamp, hash(tuple(tables))
    return known[1]


def _stamp(connection: sqlite3.Connection) -> int:
    """A number that the engine changes whenever the tables are changed."""
    return int(connection.execute("PRAGMA schema_version").fetchone()[0])
