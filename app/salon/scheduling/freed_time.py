"""What an act of the journal gave back of the masters' time, and who gave it up."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from app.errors import (
    Gone,
)
from app.frozen import frozen
from app.models.connection import Database
from app.models.kept import read_wall
from app.salon import journal
from app.salon.journal import RowChange
from app.salon.scheduling.day_book import master_day
from app.salon.scheduling.intervals import Interval, merged, without
from app.vocabulary import Action

_NEWS_DAYS = 7
"""So far ahead new hours are news: whoever plans half a year has called nobody."""
_MOST_NEWS = 20
"""So many acts of another workplace are looked at together, the last ones."""
_LONGEST_NEWS = 200_000


@frozen
class Freed:
    """A master's time that an act gave back."""

    staff_id: int
    staff_name: str
    interval: Interval


def freed_by(database: Database, entry_id: int, now: datetime) -> list[Freed]:
    """The masters' time that an act of the journal gave back and that is still free after ``now`` (wall time).

    An act that is taken back gives nothing: what is free then was free before it. Hours that somebody works in
    addition within the next days are free time like any other.
    """
    found = database.row(
        """
        WITH RECURSIVE back (entry) AS (
            SELECT ? UNION ALL
            SELECT j.undoes FROM journal_entry j JOIN back ON j.id = back.entry WHERE j.undoes IS NOT NULL)
        SELECT changes, (SELECT count(*) - 1 FROM back) FROM journal_entry
        WHERE id = ? AND (instr(changes, '"occupancy"') OR instr(changes, '"shift"'))
        """,
        (entry_id, entry_id),
    )
    # What took back an act that had taken one back does the first one again.
    if found is None or found[1] % 2:
        return []
    given: defaultdict[int, list[Interval]] = defaultdict(list)
    changes = journal.read_changes(found[0])
    for staff_id, interval in _hours_won(changes, now):
        given[staff_id].append(interval)
    for row in changes:
        before = row.before if row.table == "occupancy" and row.after is None else None
        if before is not None and before.get("staff_id") is not None:
            given[before["staff_id"]].append(Interval(read_wall(before["starts_at"]), read_wall(before["ends_at"])))
    freed = [
        Freed(staff_id, "", interval) for staff_id, intervals in sorted(given.items()) for interval in merged(intervals)
    ]
    return still_free(database, freed, now)


def _hours_won(changes: Sequence[RowChange], now: datetime) -> list[tuple[int, Interval]]:
    """The hours of the next days that somebody works since an act and did not work before it, by master."""
    new: defaultdict[int, list[Interval]] = defaultdict(list)
    old: defaultdict[int, list[Interval]] = defaultdict(list)
    last = now + timedelta(days=_NEWS_DAYS)
    for row in changes:
        if row.table != "shift":
            continue
        for kept, there in ((new, row.after), (old, row.before)):
            if there is not None and {"staff_id", "starts_at", "ends_at"} <= there.keys():
                hours = Interval(read_wall(there["starts_at"]), read_wall(there["ends_at"]))
                if now < hours.ends_at and hours.starts_at < last:
                    kept[there["staff_id"]].append(hours)
    return [
        (staff_id, won)
        for staff_id, intervals in sorted(new.items())
        for hours in merged(intervals)
        for won in without(hours, old[staff_id])
    ]


def acts_since(database: Database, entry_id: int) -> list[int]:
    """The acts of the journal after an entry that may have set time free: an import is none."""
    rows = database.rows(
        "SELECT id FROM journal_entry WHERE id > ? AND length(changes) < ? AND action <> ? ORDER BY id DESC LIMIT ?",
        (entry_id, _LONGEST_NEWS, Action.PLACE_RELEASED, _MOST_NEWS),
    )
    return [row[0] for row in reversed(rows)]


def last_act(database: Database) -> int:
    """The last entry of the journal; 0 when there is none."""
    return int(database.value("SELECT MAX(id) FROM journal_entry") or 0)


def still_free(database: Database, freed: Sequence[Freed], now: datetime) -> list[Freed]:
    """What is left of time that became free: within the masters' hours, taken by nobody, not past."""
    left: list[Freed] = []
    for one in freed:
        if one.interval.ends_at <= now:
            continue
        rest = Interval(max(one.interval.starts_at, now), one.interval.ends_at)
        try:
            day = master_day(database, one.staff_id, rest.starts_at.date())
        except Gone:
            continue  # taking them on was undone
        taken = [each.interval for each in day.taken]
        for worked in merged(day.shifts):
            begin, end = max(worked.starts_at, rest.starts_at), min(worked.ends_at, rest.ends_at)
            if begin < end:
                left += [Freed(one.staff_id, day.name, free) for free in without(Interval(begin, end), taken)]
    return left


def client_of_act(database: Database, entry_id: int) -> int | None:
    """Who gave a place up by an act of the journal, and so is not called to take it; None for an act taken back."""
    found: int | None = database.value(
        "SELECT client FROM journal_entry WHERE id = ? AND undoes IS NULL AND action <> ?",
        (entry_id, Action.PLACE_RELEASED),
    )
    return found
