"""What an import is about to write: rows with their ids, and the source keys by which they will be known.

Everything is drafted in memory and written table by table, so that two thousand visits take a moment; and nothing is
drafted that an earlier import has brought already.
"""

from collections import defaultdict
from typing import Any

from app.models import ImportedRecord, Table
from app.models.connection import Database, table_name
from app.salon.exchange.rows import hidden_key, source_key


class Batch:
    """Drafted rows by table, beside the records that earlier imports brought."""

    def __init__(self, database: Database, profile_name: str) -> None:
        self._database = database
        self._profile_name = profile_name
        self._known = _known_records(database)
        self._rows: dict[type[Table], list[dict[str, Any]]] = defaultdict(list)
        self._keys: list[tuple[str, str, int]] = []
        self._next_id: dict[type[Table], int] = {}

    @property
    def is_first(self) -> bool:
        """Whether nothing was ever imported here."""
        return not self._known

    def key(self, *parts: str) -> str:
        """The source key of something that is no row of a file: a client, a visit, a shift."""
        return source_key(self._profile_name, *parts)

    def is_known(self, key: str) -> bool:
        """Whether an earlier import brought what this key names."""
        return self._known_by(key) is not None

    def found(self, table: type[Table], key: str) -> int | None:
        """The record of ``table`` that an earlier import made of ``key``."""
        known = self._known_by(key)
        return known[1] if known is not None and known[0] == table_name(table) else None

    def _known_by(self, key: str) -> tuple[str, int] | None:
        """What an earlier import made of ``key``, also when its person was forgotten since: they do not come back."""
        return self._known.get(key) or self._known.get(hidden_key(key))

    def add(self, table: type[Table], key: str | None, **fields: Any) -> int:
        """Draft a row of ``table``; its source key makes it known to the next import. Returns its id."""
        if table not in self._next_id:
            self._next_id[table] = 1 + self._database.last_id(table)
        row_id = self._next_id[table]
        self._next_id[table] += 1
        self._rows[table].append({"id": row_id, **fields})
        if key is not None:
            self.note(key, table_name(table), row_id)
        return row_id

    def note(self, key: str, record_table: str, record: int) -> None:
        """Make ``key`` known to the next import."""
        self._keys.append((key, record_table, record))

    def count(self, table: type[Table]) -> int:
        """How many rows of ``table`` are drafted."""
        return len(self._rows[table])

    def rows(self, table: type[Table], run_id: int) -> list[dict[str, Any]]:
        """The rows to add to ``table`` in the run ``run_id``."""
        if table is not ImportedRecord:
            return self._rows[table]
        return [
            {"run": run_id, "source_key": key, "record_table": name, "record": record}
            for key, name, record in self._keys
        ]


def _known_records(database: Database) -> dict[str, tuple[str, int]]:
    """What earlier imports brought; a client whose card was merged into another is that other one now."""
    found = database.rows(
        """
        SELECT r.source_key, r.record_table, COALESCE(c.merged_into_id, r.record) FROM imported_record r
        LEFT JOIN client c ON r.record_table = 'client' AND c.id = r.record
        """
    )
    return {key: (name, record) for key, name, record in found}
