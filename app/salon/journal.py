"""The journal: every row that an act changed, before and after; undo reads it backwards."""

import json
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, Any

from app import models
from app.errors import ChangedSince, Gone, NothingToUndo, PersonForgotten
from app.frozen import frozen
from app.models.connection import Database, OverlapRefused, StillUsed, table_name
from app.models.kept import read_instant
from app.vocabulary import Action

if TYPE_CHECKING:
    from app.salon.transaction import Work


_READER = json.JSONDecoder()
_BETWEEN = re.compile(r"[\s,]*")
_AT_ONCE = 500
"""So many rows of a table are taken back together."""

DERIVED = {"client": frozenset({"search"})}
"""Columns that say nothing of their own, but what other rows say too: whoever changes those brings them in line."""

Progress = Callable[[int, int], None]
"""Is told how many changes of how many are taken back; may raise, and then nothing is."""

_WRITTEN_AT_ONCE = 30
_WRITER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False)


@frozen
class RowChange:
    """One row of one table before and after, by column as the engine keeps it. None: it was not there.

    Where both are None it belonged to somebody who was forgotten: what it said is no longer in the journal.
    """

    table: str
    row_id: int
    before: dict[str, Any] | None
    after: dict[str, Any] | None

    @property
    def is_forgotten(self) -> bool:
        """Whether its person was forgotten."""
        return self.before is None and self.after is None


@frozen
class JournalLine:
    """One act as the journal tells it."""

    entry_id: int
    at: datetime
    actor: str
    action: Action
    note: str


def written(changes: Iterable[RowChange]) -> str:
    """``changes`` as the journal keeps them.

    A few at a time: each time costs something, but all of a large act at once would hold up every other thread, and
    with them the window.
    """
    rows = ([c.table, c.row_id, c.before, c.after] for c in changes)
    told: list[str] = []
    while some := list(islice(rows, _WRITTEN_AT_ONCE)):
        told.append(_WRITER.encode(some)[1:-1])
    return f"[{','.join(told)}]"


def read_changes(text: str) -> list[RowChange]:
    """The changes that the journal keeps as ``text``; one by one, as they are written."""
    found: list[RowChange] = []
    place = _BETWEEN.match(text, 1).end()  # type: ignore[union-attr]
    while place < len(text) and text[place] != "]":
        change, place = _READER.raw_decode(text, place)
        found.append(RowChange(*change))
        place = _BETWEEN.match(text, place).end()  # type: ignore[union-attr]
    return found


def of_visit(database: Database, visit_id: int) -> list[JournalLine]:
    """What happened to a visit, oldest first."""
    rows = database.rows(
        "SELECT id, at, actor, action, note FROM journal_entry WHERE visit = ? ORDER BY id", (visit_id,)
    )
    return [JournalLine(i, read_instant(at), actor, Action(action), note) for i, at, actor, action, note in rows]


def last_entry(database: Database) -> int:
    """The number of the last act; 0 when there is none."""
    return int(database.value("SELECT MAX(id) FROM journal_entry") or 0)


def entries_after(database: Database, entry_id: int) -> list[int]:
    """The numbers of the acts after that one."""
    return [row[0] for row in database.rows("SELECT id FROM journal_entry WHERE id > ?", (entry_id,))]


def undo(work: "Work", entry_id: int, progress: Progress = lambda _done, _total: None) -> Action:
    """Take back one act in reverse. Undoing an undo does it again.

    Returns the act that was taken back. Raises ChangedSince when one of its rows was changed by somebody since:
    what others did later is never overwritten. What is DERIVED is no change of somebody's: ``work.out_of_line`` names
    the rows in which the caller brings it in line. The guards of the database hold here too. Raises PersonForgotten
    when it concerned somebody whose data are no longer there.
    """
    found = work.database.row("SELECT action, changes, visit, client FROM journal_entry WHERE id = ?", (entry_id,))
    if found is None or work.database.value("SELECT 1 FROM journal_entry WHERE undoes = ?", (entry_id,)):
        raise NothingToUndo
    action, text, visit, client = found
    changes = read_changes(text)
    if any(change.is_forgotten for change in changes):
        raise PersonForgotten
    work.undoes = entry_id
    work.tell(Action.UNDONE, visit=visit, client=client, note=action)
    done = 0
    for together in _runs(changes[::-1]):
        _revert(work, together)
        done += len(together)
        progress(done, len(changes))
    if _meets_strangers(work, entry_id):
        raise ChangedSince
    return Action(action)


def _meets_strangers(work: "Work", entry_id: int) -> bool:
    """Whether what was put back stands over something that was not there before the act.

    The triggers let a place be shared where that was permitted, but the permission was for the neighbours of then.
    """
    back = json.dumps([change.row_id for change in work.rows_of(models.Occupancy) if change.after is not None])
    rows = [
        row
        for place in ("staff_id", "room_id")
        for row in work.database.rows(
            f"""
            SELECT DISTINCT other.id FROM json_each(?) back JOIN occupancy mine ON mine.id = back.value
            JOIN occupancy other ON other.{place} = mine.{place}
              AND other.starts_at >= substr(mine.starts_at, 1, 10)
              AND other.starts_at < mine.ends_at AND other.ends_at > mine.starts_at
            LEFT JOIN booked_service its ON its.id = mine.booked_service_id
            LEFT JOIN booked_service theirs ON theirs.id = other.booked_service_id
            WHERE other.id NOT IN (SELECT value FROM json_each(?))
              AND (other.room_id IS NULL OR its.visit_id IS NULL OR its.visit_id IS NOT theirs.visit_id)
            """,
            (back, back),
        )
    ]
    return bool(rows) and not {row[0] for row in rows}.isdisjoint(_came_after(work.database, entry_id))


def _came_after(database: Database, entry_id: int) -> set[int]:
    """The occupancies that did not stand yet when the act of ``entry_id`` began, but were made later."""
    is_new: dict[int, bool] = {}
    for (text,) in database.rows("SELECT changes FROM journal_entry WHERE id > ? ORDER BY id", (entry_id,)):
        for change in read_changes(text):
            if change.table == table_name(models.Occupancy):
                is_new.setdefault(change.row_id, change.before is None)
    return {row_id for row_id, new in is_new.items() if new}


def visits_of(database: Database, entry_id: int) -> list[int]:
    """The visits that an act concerned."""
    found = database.row(_OF_VISITS, (entry_id,))
    if found is None:
        return []
    visit, text = found
    changed = {change.row_id for change in read_changes(text) if change.table == "visit"}
    return sorted(changed if visit is None else changed | {visit})


_OF_VISITS = """
SELECT visit, CASE WHEN instr(changes, '"visit"') THEN changes ELSE '[]' END FROM journal_entry WHERE id = ?
"""


def _runs(changes: Sequence[RowChange]) -> Iterator[Sequence[RowChange]]:
    """``changes`` in order, those together that added rows to one table, or removed rows from it."""
    begin = 0
    for place, change in enumerate(changes):
        begun = changes[begin]
        is_one = (change.table, change.before is None, change.after is None) == (
            begun.table,
            begun.before is None,
            begun.after is None,
        )
        is_alone = begun.before is not None and begun.after is not None
        if place > begin and (not is_one or is_alone or place - begin == _AT_ONCE):
            yield changes[begin:place]
            begin = place
    if changes:
        yield changes[begin:]


def _revert(work: "Work", together: Sequence[RowChange]) -> None:
    change = together[0]
    standing = work.database.kept_rows(change.table, [one.row_id for one in together])
    try:
        if change.after is None:
            if standing:
                raise ChangedSince
            for one in together:
                work.insert_kept(one.table, one.before or {})
            return
        if len(standing) < len(together) or any(_has_changed(standing[one.row_id], one) for one in together):
            raise ChangedSince
        if change.before is None:
            work.delete_kept_rows(change.table, [standing[one.row_id] for one in together])
        else:
            if _is_derived_anew(standing[change.row_id], change):
                work.out_of_line.add((change.table, change.row_id))
            work.update_kept(change.table, change.row_id, change.before)
    except (Gone, OverlapRefused, StillUsed, sqlite3.IntegrityError) as error:
        # The last is a row that may be there only once, and somebody has written it anew since.
        raise ChangedSince from error


def _has_changed(standing: dict[str, Any], change: RowChange) -> bool:
    derived = DERIVED.get(change.table, ())
    return any(standing[column] != value for column, value in (change.after or {}).items() if column not in derived)


def _is_derived_anew(standing: dict[str, Any], change: RowChange) -> bool:
    after = change.after or {}
    return any(column in after and standing[column] != after[column] for column in DERIVED.get(change.table, ()))
