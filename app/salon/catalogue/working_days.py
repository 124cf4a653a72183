"""The rows behind somebody's working days: what stands, what is in their way, and giving a day other hours.

The one rule: hours are never taken away from under a booked visit without a word. Such a day keeps what it has.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from app import models
from app.models.connection import Database
from app.models.kept import read_wall, wall_text
from app.salon.catalogue.patterns import DAY_MINUTES, OFF, Hours, Stretch
from app.salon.scheduling.intervals import Interval
from app.salon.transaction import Work


@dataclass(frozen=True, slots=True)
class VisitOutside:
    """What is booked with somebody in a time in which they would not work."""

    visit_id: int
    client_name: str
    service_name: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Replanned:
    """How many days got other hours, and which kept theirs because of their visits."""

    changed: int
    kept: tuple[date, ...]

    def __add__(self, other: "Replanned") -> "Replanned":
        """Both together."""
        return Replanned(self.changed + other.changed, tuple(sorted({*self.kept, *other.kept})))


NOTHING = Replanned(0, ())


def outside(database: Database, staff_id: int, wanted: Mapping[date, Hours]) -> list[VisitOutside]:
    """The booked services that would lie outside the ``wanted`` hours, by time.

    A day without a shift has nothing to keep, so a visit that stands there already is not named.
    """
    if not wanted:
        return []
    rows = database.rows(_BOOKED, (staff_id, min(wanted).isoformat(), f"{max(wanted).isoformat()} 24:00"))
    found: dict[int, VisitOutside] = {}
    for booked_id, visit_id, client, service, begins, ends, busy_from, busy_to in rows:
        busy = Interval(read_wall(busy_from), read_wall(busy_to))
        day = busy.starts_at.date()
        if day in wanted and not any(one.on(day).covers(busy) for one in wanted[day]):
            found[booked_id] = VisitOutside(visit_id, client, service, read_wall(begins), read_wall(ends))
    return list(found.values())


def give(work: Work, staff_id: int, wanted: Mapping[date, Hours], *, by_hand: bool = False) -> Replanned:
    """Give somebody these hours on these days; a day with a visit outside them keeps what it has."""
    if not wanted:
        return NOTHING
    kept = {one.starts_at.date() for one in outside(work.database, staff_id, wanted)}
    standing = _standing(work.database, staff_id, min(wanted), max(wanted))
    changed = 0
    for day, hours in wanted.items():
        if day in kept:
            continue
        rows = standing.get(day, [])
        if [row[1:] for row in rows] == [(one.on(day), by_hand) for one in hours]:
            continue
        put(work, staff_id, day, [row[0] for row in rows], hours, by_hand=by_hand)
        changed += 1
    return Replanned(changed, tuple(sorted(kept)))


def put(work: Work, staff_id: int, day: date, shift_ids: Iterable[int], hours: Hours, *, by_hand: bool = False) -> None:
    """Take these shifts of a day out and put the ``hours`` in, whatever is booked."""
    for shift_id in shift_ids:
        work.delete(models.Shift, shift_id)
    for one in hours:
        there = one.on(day)
        work.insert(
            models.Shift, staff=staff_id, day=day, starts_at=there.starts_at, ends_at=there.ends_at, is_by_hand=by_hand
        )


def clear(work: Work, staff_id: int, first: date, last: date) -> None:
    """Take somebody's shifts out, from ``first`` to ``last``, whatever is booked: the caller has said so."""
    for day, rows in _standing(work.database, staff_id, first, last).items():
        put(work, staff_id, day, [row[0] for row in rows], OFF)


def end_day_at(work: Work, staff_id: int, day: date, moment: datetime) -> None:
    """Somebody goes home: what is left of the day after ``moment`` is no working time any more.

    Nobody planned the rest by hand: whoever comes back has the hours of the roster.
    """
    rows = work.database.rows(
        "SELECT id, starts_at FROM shift WHERE staff_id = ? AND day = ? AND ends_at > ?",
        (staff_id, day.isoformat(), wall_text(moment)),
    )
    for shift_id, begins in rows:
        if read_wall(begins) < moment:
            work.update(models.Shift, shift_id, ends_at=moment, is_by_hand=False)
        else:
            work.delete(models.Shift, shift_id)


def stretch(begins: str, ends: str, day: date) -> Stretch:
    """The time of work of a day between two wall times as the table keeps them."""
    start, end = read_wall(begins), read_wall(ends)
    return Stretch(start.hour * 60 + start.minute, end.hour * 60 + end.minute if end.date() == day else DAY_MINUTES)


def worked(database: Database, staff_id: int, first: date, last: date) -> Collection[date]:
    """The days from ``first`` to ``last`` on which somebody has hours."""
    rows = database.rows(
        "SELECT DISTINCT day FROM shift WHERE staff_id = ? AND day BETWEEN ? AND ?",
        (staff_id, first.isoformat(), last.isoformat()),
    )
    return {date.fromisoformat(row[0]) for row in rows}


def by_hand(database: Database, staff_id: int, first: date, last: date) -> Collection[date]:
    """The days from ``first`` to ``last`` whose hours were planned by hand."""
    rows = database.rows(
        "SELECT DISTINCT day FROM shift WHERE staff_id = ? AND day BETWEEN ? AND ? AND is_by_hand",
        (staff_id, first.isoformat(), last.isoformat()),
    )
    return {date.fromisoformat(row[0]) for row in rows}


def _standing(
    database: Database, staff_id: int, first: date, last: date
) -> dict[date, list[tuple[int, Interval, bool]]]:
    rows = database.rows(
        """
        SELECT id, day, starts_at, ends_at, is_by_hand FROM shift
        WHERE staff_id = ? AND day BETWEEN ? AND ? ORDER BY starts_at
        """,
        (staff_id, first.isoformat(), last.isoformat()),
    )
    days: dict[date, list[tuple[int, Interval, bool]]] = {}
    for shift_id, day, begins, ends, hand in rows:
        stretch = Interval(read_wall(begins), read_wall(ends))
        days.setdefault(date.fromisoformat(day), []).append((shift_id, stretch, bool(hand)))
    return days


_BOOKED = """
SELECT b.id, v.id, COALESCE(c.name, ''), s.name, b.starts_at, b.ends_at, o.starts_at, o.ends_at
FROM occupancy o JOIN booked_service b ON b.id = o.booked_service_id JOIN visit v ON v.id = b.visit_id
JOIN service s ON s.id = b.service_id LEFT JOIN client c ON c.id = v.client_id
WHERE o.staff_id = ? AND o.starts_at >= ? AND o.starts_at < ? AND EXISTS (
    SELECT 1 FROM shift h WHERE h.staff_id = o.staff_id AND h.day = v.day)
ORDER BY o.starts_at, b.id
"""
