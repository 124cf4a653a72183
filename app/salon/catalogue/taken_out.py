"""Hours that an absence or a holiday took from somebody without a schedule: nobody but the journal knows them."""

from collections.abc import Iterable
from datetime import date

from app import models
from app.models.connection import Database, table_name
from app.salon import journal
from app.salon.catalogue import patterns, rosters, working_days
from app.salon.catalogue.patterns import Hours
from app.salon.catalogue.working_days import NOTHING, Replanned
from app.salon.journal import RowChange
from app.salon.transaction import Work
from app.vocabulary import Action

BY_TIME_OFF = frozenset({Action.ABSENCE_PLANNED, Action.HOLIDAY_PLANNED})
"""What takes hours out that come back when it ends."""
BY_ANYBODY = BY_TIME_OFF | {Action.SHIFTS_CHANGED}
"""A day off by hand as well: whoever wants the day as it was means that too."""
_OTHERS = (Action.ABSENCE_ENDED, Action.HOLIDAY_ENDED, Action.CATALOGUE_CHANGED, Action.UNDONE)


def give_back(
    work: Work, staff_id: int, first: date, last: date, *, taken_by: frozenset[Action] = BY_TIME_OFF
) -> Replanned:
    """Give somebody the hours of these days that were taken out, where no roster says what they are.

    A day comes back only if one of the acts ``taken_by`` was the last to change it, and if nothing else keeps it
    free. Days that are over stay as they are.
    """
    first = max(first, work.wall_now.date())
    if last < first:
        return NOTHING
    known = rosters.of(work.database, (staff_id,))
    free = rosters.free_days(work.database, staff_id, first, last)
    wanted = {day for day in patterns.each_day(first, last) if day not in free and rosters.hours_by(known, day) is None}
    taken = _last_changes(work.database, staff_id, wanted, taken_by)
    return working_days.give(
        work, staff_id, {day: _before(work.database, staff_id, day, changes) for day, changes in taken.items()}
    )


def _last_changes(
    database: Database, staff_id: int, days: Iterable[date], taken_by: frozenset[Action]
) -> dict[date, list[RowChange]]:
    """What the last act that changed the hours of each of these days did to them, where it is one of ``taken_by``."""
    left = {day.isoformat() for day in days}
    found: dict[date, list[RowChange]] = {}
    for (entry_id,) in database.rows(_ACTS, sorted({*BY_ANYBODY, *_OTHERS})) if left else ():
        action, text = database.rows("SELECT action, changes FROM journal_entry WHERE id = ?", (entry_id,))[0]
        touched: dict[str, list[RowChange]] = {}
        for change in journal.read_changes(text):
            if change.table == table_name(models.Shift):
                standing = database.kept_row("shift", change.row_id)
                row = {**(standing or {}), **(change.before or {}), **(change.after or {})}
                if row.get("staff_id") == staff_id and row.get("day") in left:
                    touched.setdefault(row["day"], []).append(change)
        left -= touched.keys()
        if Action(action) in taken_by:
            # Where hours were put in as well, the day was not taken out but given other ones.
            found |= {
                date.fromisoformat(day): changes
                for day, changes in touched.items()
                if all(change.before is not None for change in changes)
            }
        if not left:
            break
    return found


def _before(database: Database, staff_id: int, day: date, changes: Iterable[RowChange]) -> Hours:
    """The hours of a day before these changes, the last that were made to it."""
    rows = {
        row[0]: (row[1], row[2])
        for row in database.rows(
            "SELECT id, starts_at, ends_at FROM shift WHERE staff_id = ? AND day = ?", (staff_id, day.isoformat())
        )
    }
    for change in changes:
        before, (begins, ends) = change.before or {}, rows.get(change.row_id, ("", ""))
        rows[change.row_id] = before.get("starts_at", begins), before.get("ends_at", ends)
    return tuple(sorted(working_days.stretch(begins, ends, day) for begins, ends in rows.values()))


_ACTS = "SELECT id FROM journal_entry WHERE visit IS NULL AND action IN (?, ?, ?, ?, ?, ?, ?) ORDER BY id DESC"
