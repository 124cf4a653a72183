"""Rows of the sample, collected by table and written in bulk.

Ids are counted here, because a sample goes into an empty file. The time of each visit passes the same triggers as
any other booking.
"""

from collections import defaultdict
from typing import Any

from app.models import ALL_TABLES, Table
from app.models.connection import Database


class Rows:
    """Collects rows by table, each with its id, and writes them in the order of their tables."""

    def __init__(self) -> None:
        self._rows: dict[type[Table], list[dict[str, Any]]] = defaultdict(list)

    def add(self, table: type[Table], **values: Any) -> int:
        """Note a row and return its id. All rows of a table are told by the same fields."""
        rows = self._rows[table]
        row_id = len(rows) + 1
        values["id"] = row_id
        rows.append(values)
        return row_id

    def count(self, table: type[Table]) -> int:
        """How many rows of ``table`` were noted."""
        return len(self._rows[table])

    def write(self, database: Database) -> None:
        """Write everything, parents before children."""
        for table in ALL_TABLES:
            database.insert_many(table, self._rows[table])
