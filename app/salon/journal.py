"""The journal: every row that an act changed, before and after; undo reads it backwards."""

import json
import sqlite3
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from app import models
from app.errors import ChangedSince, Gone, NothingToUndo, PersonForgotten
from app.frozen import frozen
from app.models.connection import Database, OverlapRefused, StillUsed, table_name
from app.models.kept import read_instant
from app.vocabulary import Action

if TYPE_CHECKING:
    from app.salon.transaction import Work


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
    """``changes`` as the journal keeps them."""
    return _WRITER.encode([[c.table, c.row_id, c.before, c.after] for c in changes])


def read_changes(text: str) -> list[RowChange]:
    """The changes that the journal keeps as ``text``."""
    return [RowChange(table, row_id, before, after) for table, row_id, before, after in json.loads(text)]


def of_visit(database: Database, visit_id: int) -> list[JournalLine]:
    """What happened to a visit, oldest first."""
    rows = database.rows(
        "SELECT id, at, actor, action, note FROM journal_entry WHERE visit = ? ORDER BY id", (visit_id,)
    )
    return [JournalLine(i, read_instant(at), actor, Action(action), note) for i, at, actor, action, note in rows]


def undo(work: "Work", entry_id: int) -> Action:
    """Take back one act, row by row, in reverse. Undoing an undo does it again.

    Returns the act that was taken back. Raises ChangedSince when one of its rows was changed by somebody since:
    what others did later is never overwritten. The guards of the database hold here too. Raises PersonForgotten when
    it concerned somebody whose data are no longer there.
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
    for change in reversed(changes):
        _revert(work, change)
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
    found = database.row("SELECT visit, changes FROM journal_entry WHERE id = ?", (entry_id,))
    if found is None:
        return []
    visit, text = found
    changed = {change.row_id for change in read_changes(text) if change.table == "visit"}
    return sorted(changed if visit is None else changed | {visit})


def _revert(work: "Work", change: RowChange) -> None:
    standing = work.database.kept_row(change.table, change.row_id)
    try:
        if change.after is None:
            if standing is not None:
                raise ChangedSince
            work.insert_kept(change.table, change.before or {})
        elif standing is None or any(standing[column] != value for column, value in change.after.items()):
            raise ChangedSince
        elif change.before is None:
            work.delete_kept(change.table, change.row_id)
        else:
            work.update_kept(change.table, change.row_id, change.before)
    except (Gone, OverlapRefused, StillUsed, sqlite3.IntegrityError) as error:
        # The last is a row that may be there only once, and somebody has written it anew since.
        raise ChangedSince from error
