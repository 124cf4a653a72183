"""A connection lent to peewee, for the steps and for comparing tables; it stays ours to close."""

import sqlite3
from typing import Any

import peewee


class Borrowed(peewee.SqliteDatabase):
    """peewee's idea of a database over a connection that is open already."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        super().__init__(None)  # pyright: ignore[reportUnknownMemberType]
        self._lent = connection
        self.init("lent")  # pyright: ignore[reportUnknownMemberType]

    def _connect(self) -> sqlite3.Connection:
        return self._lent

    def _close(self, conn: Any) -> None:
        """It is not ours to close."""
