"""What stood in a master's week once and does not stand there any more, as the journal tells it.

Whoever put an earlier file of that week into a calendar has it there still: the next file has to take it out.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from app.models.connection import Database
from app.models.kept import read_wall
from app.salon import journal
from app.salon.journal import RowChange
from app.salon.scheduling.intervals import Interval
from app.vocabulary import Action

MOST_ACTS = 20_000
"""So many acts of the whole salon are looked at, the last ones: months of a small one, weeks of a very large one."""

_LONGEST_ACT = 1_000_000
"""An import that is taken back is longer: nobody had its visits in a calendar."""
_TAKES_NOTHING = (Action.VISIT_BOOKED, Action.VISIT_STATUS_SET, Action.VISIT_CANCELLED, Action.SERIES_BOOKED)
"""The most frequent acts: none of them takes a service from a master and leaves the visit alone."""
_COLUMNS = ("visit_id", "before_minutes", "gap_minutes", "finishing_minutes", "after_minutes")


@dataclass(slots=True)
class StoodOnce:
    """A visit of which an act took something away from the master and the week."""

    visit_id: int
    created_at: str = ""
    """As the database keeps it; empty where nobody knows any more."""
    client_name: str = ""
    taken: list[dict[int, Interval]] = field(default_factory=list[dict[int, Interval]])
    """What each of the acts took, by booked service."""


def of_week(database: Database, staff_id: int, monday: date) -> list[StoodOnce]:
    """The visits that lost a place with a master in the week of ``monday``; three queries."""
    acts = _acts(database, staff_id, [monday + timedelta(days=number) for number in range(7)])
    booked, visits = _rows_that_went(changes for _visit, changes in acts)
    taken = [(visit, _taken_from(staff_id, monday, changes)) for visit, changes in acts]
    ids = {booked_id for _visit, one in taken for booked_id in one}
    for booked_id, *row in database.rows(
        f"SELECT id, {', '.join(_COLUMNS)} FROM booked_service WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(ids)),),
    ):
        booked[booked_id] = dict(zip(_COLUMNS, row, strict=True))
    found: dict[int, StoodOnce] = {}
    for visit, one in taken:
        by_visit: defaultdict[int, dict[int, Interval]] = defaultdict(dict)
        for booked_id, interval in one.items():
            row = booked.get(booked_id, {})
            visit_id = row.get("visit_id", visit)
            if visit_id is not None:
                by_visit[visit_id][booked_id] = _with_the_client(interval, row)
        for visit_id, services in by_visit.items():
            found.setdefault(visit_id, StoodOnce(visit_id)).taken.append(services)
    for visit_id, row in visits.items():
        if visit_id in found:
            found[visit_id].created_at = row["created_at"]
    for visit_id, created_at, name in database.rows(
        "SELECT v.id, v.created_at, COALESCE(c.name, '') FROM visit v LEFT JOIN client c ON c.id = v.client_id "
        "WHERE v.id IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(found)),),
    ):
        found[visit_id].created_at, found[visit_id].client_name = created_at, name
    return [one for one in found.values() if one.created_at]


def _acts(database: Database, staff_id: int, days: list[date]) -> list[tuple[int | None, list[RowChange]]]:
    """The last acts that changed a place of the master on one of the days, with the visit that each was told of."""
    rows = database.rows(
        f"""
        SELECT visit, changes FROM journal_entry
        WHERE id > (SELECT MAX(id) FROM journal_entry) - ? AND length(changes) < ?
          AND action NOT IN ({", ".join("?" for _one in _TAKES_NOTHING)}) ORDER BY id
        """,
        (MOST_ACTS, _LONGEST_ACT, *_TAKES_NOTHING),
    )
    # Python looks through a text many times faster than the engine does.
    place, master = (
        re.compile(f'"starts_at":"(?:{"|".join(day.isoformat() for day in days)})'),
        f'"staff_id":{staff_id},',
    )
    return [(visit, journal.read_changes(text)) for visit, text in rows if master in text and place.search(text)]


def _rows_that_went(acts: Iterable[list[RowChange]]) -> tuple[dict[int, dict[str, Any]], dict[int, dict[str, Any]]]:
    """The booked services and the visits that are no longer there, by id."""
    booked: dict[int, dict[str, Any]] = {}
    visits: dict[int, dict[str, Any]] = {}
    for change in (change for changes in acts for change in changes):
        if change.before is not None and change.after is None:
            if change.table == "booked_service":
                booked[change.row_id] = change.before
            elif change.table == "visit":
                visits[change.row_id] = change.before
    return booked, visits


def _taken_from(staff_id: int, monday: date, changes: list[RowChange]) -> dict[int, Interval]:
    """From when until when the master had each service of the week that an act took from its place."""
    found: dict[int, Interval] = {}
    for change in changes:
        row = change.before
        if change.table != "occupancy" or row is None or change.after is not None or row["staff_id"] != staff_id:
            continue
        booked_id, interval = row["booked_service_id"], Interval(read_wall(row["starts_at"]), read_wall(row["ends_at"]))
        if booked_id is None or not monday <= interval.starts_at.date() < monday + timedelta(days=7):
            continue
        known = found.get(booked_id, interval)
        found[booked_id] = Interval(
            min(known.starts_at, interval.starts_at), max(known.ends_at, interval.ends_at)
        )  # a processing gap lies between two of them
    return found


def _with_the_client(taken: Interval, row: dict[str, Any]) -> Interval:
    """The time of a service without what the master needs before and after it, with a gap that nothing ends."""
    minutes = {column: row.get(column, 0) for column in _COLUMNS}
    begins = taken.starts_at + timedelta(minutes=minutes["before_minutes"])
    ends = taken.ends_at - timedelta(minutes=minutes["after_minutes"])
    if not minutes["finishing_minutes"] + minutes["after_minutes"]:
        ends += timedelta(minutes=minutes["gap_minutes"])
    return Interval(begins, ends) if begins < ends else taken
