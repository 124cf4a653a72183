"""Which rows of which tables belong to a client: the foreign keys of the database itself tell it.

So a table that is added later is not forgotten: neither when a client asks what the salon holds about them, nor when
they ask to be forgotten.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from app.models.connection import Database
from app.models.personal import BEHIND, PERSONAL
from app.salon.journal import RowChange, read_changes

Rows = dict[str, set[int]]
"""Row ids by table."""
_OWNER = "client_id"
"""The column that says on whose card a row stands, whatever else it names."""


@dataclass(frozen=True, slots=True)
class Key:
    """A foreign key: the row of ``table`` names in ``column`` a row of ``target``."""

    table: str
    column: str
    target: str


def keys(database: Database) -> list[Key]:
    """Every foreign key of the database."""
    return [
        Key(table, column, target)
        for table, column, target in database.rows(
            """
            SELECT t.name, k."from", k."table" FROM sqlite_master t, pragma_foreign_key_list(t.name) k
            WHERE t.type = 'table' ORDER BY t.name, k.id
            """
        )
    ]


def owned_tables(database: Database) -> set[str]:
    """The tables whose rows belong to clients, directly or through others."""
    found, every = {"client"}, keys(database)
    while more := {key.table for key in every if key.target in found} - found:
        found |= more
    return found


def cards_of(database: Database, client_id: int) -> tuple[int, ...]:
    """The card and those that were merged into it, or with it into another: they are one person. The first is the one
    that is shown."""
    root = client_id
    while (into := database.value("SELECT merged_into_id FROM client WHERE id = ?", (root,))) is not None:
        root = int(into)
    rows = database.rows(
        """
        WITH RECURSIVE same (id) AS (
            SELECT ? UNION SELECT c.id FROM client c JOIN same ON c.merged_into_id = same.id
        )
        SELECT id FROM same
        """,
        (root,),
    )
    return (root, *sorted(row[0] for row in rows if row[0] != root))


def of_clients(database: Database, client_ids: Iterable[int]) -> Rows:
    """Every row that belongs to these clients."""
    owned: Rows = {"client": set(client_ids)}
    every = [key for key in keys(database) if key.table != "client"]
    with_owner = {key.table for key in every if key.column == _OWNER}
    grew = True
    while grew:
        grew = False
        for key in every:
            named = owned.get(key.target)
            if named:
                found = _naming(database, key.table, key.column, named)
                if key.target != "client" and key.table in with_owner:
                    found -= _of_somebody_else(database, key.table, found, owned["client"])
                grew |= _add(owned, key.table, found)
    for table, column, target in BEHIND:
        rows = database.rows(
            f'SELECT DISTINCT "{column}" FROM "{table}" WHERE id IN (SELECT value FROM json_each(?))'
            f' AND "{column}" IS NOT NULL',
            (_listed(owned.get(table, set())),),
        )
        _add(owned, target, {row[0] for row in rows})
    return {table: rows for table, rows in owned.items() if rows}


def _of_somebody_else(database: Database, table: str, rows: set[int], client_ids: set[int]) -> set[int]:
    """A photo stays with whoever's card it is on, also when its visit was handed to another client since."""
    found = database.rows(
        f'SELECT id FROM "{table}" WHERE id IN (SELECT value FROM json_each(?))'
        f' AND "{_OWNER}" NOT IN (SELECT value FROM json_each(?))',
        (_listed(rows), _listed(client_ids)),
    )
    return {row[0] for row in found}


def _naming(database: Database, table: str, column: str, named: set[int]) -> set[int]:
    rows = database.rows(
        f'SELECT id FROM "{table}" WHERE "{column}" IN (SELECT value FROM json_each(?))', (_listed(named),)
    )
    return {row[0] for row in rows}


def _add(owned: Rows, table: str, rows: set[int]) -> bool:
    standing = owned.setdefault(table, set())
    before = len(standing)
    standing |= rows
    return len(standing) > before


def _listed(rows: Iterable[int]) -> str:
    return json.dumps(sorted(rows))


@dataclass
class Traces:
    """What the journal tells of clients: rows that stand, rows that are gone since, and the entries with either.

    The journal of many years is long, so it can be read beforehand, while nobody is kept from writing; ``follow``
    reads only what was written since.
    """

    client_ids: frozenset[int]
    rows: Rows = field(default_factory=dict[str, set[int]])
    """Every row that belongs to them now or did once."""
    entries: set[int] = field(default_factory=set[int])
    """The ids of the journal's entries that tell of them."""
    last_entry: int = 0

    def follow(self, database: Database) -> None:
        """Read the journal on to its end."""
        for table, found in of_clients(database, self.client_ids).items():
            _add(self.rows, table, found)
        columns = _columns(database)
        while self._read(database, columns):
            self.last_entry = 0  # a row was seen first when it was removed: what was told of it before is looked for

    def _read(self, database: Database, columns: dict[str, list[tuple[str, str]]]) -> bool:
        """Read on; returns whether it has to be read once more from the beginning."""
        is_late = False
        for entry_id, text, visit, client in _entries(database, self.last_entry):
            self.last_entry = entry_id
            is_told = client in self.client_ids or visit in self.rows.get("visit", ())
            changes = read_changes(text)
            is_mixed = mixes_with_others(changes, self.client_ids)  # what it moved is where it was before
            for change in changes:
                if self._is_theirs(change, columns):
                    is_told = True
                    if is_mixed:
                        continue
                    if change.row_id not in self.rows.get(change.table, ()):
                        _add(self.rows, change.table, {change.row_id})
                        is_late |= change.before is not None
                    self._note_behind(change)
            if is_told:
                self.entries.add(entry_id)
        return is_late

    def _is_theirs(self, change: RowChange, columns: dict[str, list[tuple[str, str]]]) -> bool:
        if change.row_id in self.rows.get(change.table, ()):
            return True
        return any(
            values.get(column) in self.rows.get(target, ())
            and (target == "client" or values.get(_OWNER) is None or values[_OWNER] in self.client_ids)
            for column, target in columns.get(change.table, ())
            for values in (change.before or {}, change.after or {})
        )

    def _note_behind(self, change: RowChange) -> None:
        for table, column, target in BEHIND:
            if table == change.table:
                for values in (change.before or {}, change.after or {}):
                    if values.get(column):
                        _add(self.rows, target, {values[column]})


def traces(database: Database, client_ids: Iterable[int]) -> Traces:
    """What the journal tells of these clients up to now."""
    found = Traces(frozenset(client_ids))
    found.follow(database)
    return found


def mixes_with_others(changes: Iterable[RowChange], client_ids: Iterable[int]) -> bool:
    """Whether an act merged these clients with somebody who is not one of them, or took such a mistake back.

    It wrote the words of one card onto the other, and no row of it tells whose they were. Pure.
    """
    merged: set[int] = set()
    for one in changes:
        into = [values["merged_into_id"] for values in (one.before, one.after) if values and "merged_into_id" in values]
        if one.table == "client" and into:
            merged |= {one.row_id, *(card for card in into if card is not None)}
    return not merged <= set(client_ids)


def _columns(database: Database) -> dict[str, list[tuple[str, str]]]:
    """Of the tables that belong to clients: the columns that say to whom, with the tables that they name."""
    found: dict[str, list[tuple[str, str]]] = {}
    for key in keys(database):
        if key.table != "client" and key.target in PERSONAL and (key.table, key.column, key.target) not in BEHIND:
            found.setdefault(key.table, []).append((key.column, key.target))
    return found


def _entries(database: Database, after: int) -> Iterator[tuple[int, str, int | None, int | None]]:
    """The journal from its entry ``after`` on, a thousand at a time."""
    while True:
        rows = database.rows(
            "SELECT id, changes, visit, client FROM journal_entry WHERE id > ? ORDER BY id LIMIT 1000", (after,)
        )
        yield from rows
        if not rows:
            return
        after = rows[-1][0]
