"""How full days are, without reading a single visit in full: for the month and for the week of all masters."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from app.frozen import frozen
from app.models.connection import Database
from app.models.kept import read_wall
from app.salon.scheduling.agenda import AWAY, absent
from app.salon.scheduling.intervals import Interval, merged, without
from app.vocabulary import AbsenceKind


@frozen
class DayLoad:
    """One day of the salon, or of one master, in numbers. Minutes of the masters together."""

    day: date
    visits: int = 0
    """How many visits take place or took place."""
    booked_minutes: int = 0
    shift_minutes: int = 0

    @property
    def load_percent(self) -> int | None:
        """Booked share of the working time; None when nobody works."""
        return None if self.shift_minutes == 0 else round(100 * self.booked_minutes / self.shift_minutes)


@frozen
class MasterLoad:
    """A master's day as the week of all shows it."""

    load: DayLoad
    shifts: tuple[Interval, ...]
    taken: tuple[Interval, ...]
    """By visits, breaks and held places; touching ones joined."""
    absence: AbsenceKind | None = None
    """Why the master is absent that day, though the roster says otherwise."""

    def free(self, not_before: datetime) -> tuple[Interval, ...]:
        """What is left of the shifts from a wall time on: nobody books the past."""
        return tuple(
            Interval(max(left.starts_at, not_before), left.ends_at)
            for shift in merged(self.shifts)
            for left in without(shift, self.taken)
            if left.ends_at > not_before
        )

    def free_minutes(self, not_before: datetime) -> int:
        """How long all of that is."""
        return sum(interval.minutes for interval in self.free(not_before))


@frozen
class MasterWeek:
    """A master with the loads of the days that were asked for, in their order."""

    staff_id: int
    name: str
    days: tuple[MasterLoad, ...]


_LIVE = "v.status NOT IN ('cancelled', 'no_show')"
_BUSY = "b.before_minutes + b.working_minutes + b.finishing_minutes + b.after_minutes"
_WORKED = f"""CASE WHEN EXISTS (
    SELECT 1 FROM shift h WHERE h.staff_id = b.staff_id AND h.day = v.day
        AND h.starts_at < b.ends_at AND h.ends_at > b.starts_at) THEN {_BUSY} ELSE 0 END"""
"""As the day itself counts: who is ill is not busy with those who are to be called."""
_MINUTES = "(strftime('%s', h.ends_at) - strftime('%s', h.starts_at)) / 60"


_MASTERS = f"""
SELECT s.id, s.name, s.is_master, s.archived_at IS NULL, {AWAY}
FROM staff_member s ORDER BY s.position, s.id
"""
_WORKED_BY_MASTERS = f"""
SELECT h.day, sum({_MINUTES}) FROM shift h JOIN staff_member s ON s.id = h.staff_id
WHERE h.day >= ? AND h.day <= ? AND (s.is_master OR EXISTS (
    SELECT 1 FROM booked_service b JOIN visit v ON v.id = b.visit_id
    WHERE b.staff_id = h.staff_id AND b.starts_at >= h.day || ' 00:00' AND b.starts_at < h.day || ' 24:00'
      AND b.takes_time AND v.hour_known AND v.status <> 'cancelled'))
GROUP BY h.day
"""
"""The hours of those who have a column on that day: an administrator works, but nobody is booked with them."""


def of_days(database: Database, first: date, days: int) -> tuple[DayLoad, ...]:
    """The salon's load on so many days from ``first`` on: two queries, however many visits."""
    dates = _dates(first, days)
    booked = {
        day: (visits, minutes)
        for day, visits, minutes in database.rows(
            f"""
            SELECT v.day, count(DISTINCT v.id), sum({_WORKED})
            FROM visit v JOIN booked_service b ON b.visit_id = v.id
            WHERE v.day >= ? AND v.day <= ? AND {_LIVE} AND v.hour_known AND b.takes_time
            GROUP BY v.day
            """,
            (dates[0].isoformat(), dates[-1].isoformat()),
        )
    }
    worked = dict(database.rows(_WORKED_BY_MASTERS, (dates[0].isoformat(), dates[-1].isoformat())))
    return tuple(DayLoad(day, *booked.get(day.isoformat(), (0, 0)), worked.get(day.isoformat(), 0)) for day in dates)


def of_masters(database: Database, first: date, days: int) -> tuple[MasterWeek, ...]:
    """Each master's load on so many days from ``first`` on, in the order of the calendar: four queries.

    Who is archived is in it only where they still have hours or visits on these days, and who is no master, where they
    have visits: also missed ones, which count for nothing and are shown by the day.
    """
    dates = _dates(first, days)
    named = (dates[0].isoformat(), dates[-1].isoformat())
    booked = {
        (staff, day): (visits, minutes)
        for staff, day, visits, minutes in database.rows(
            f"""
            SELECT b.staff_id, v.day, count(DISTINCT CASE WHEN {_LIVE} THEN v.id END),
                   sum(CASE WHEN {_LIVE} THEN {_WORKED} ELSE 0 END)
            FROM visit v JOIN booked_service b ON b.visit_id = v.id
            WHERE v.day >= ? AND v.day <= ? AND v.status <> 'cancelled' AND v.hour_known AND b.takes_time
            GROUP BY b.staff_id, v.day
            """,
            named,
        )
    }
    shifts = _intervals(
        database.rows("SELECT staff_id, starts_at, ends_at FROM shift WHERE day >= ? AND day <= ?", named)
    )
    taken = _intervals(
        database.rows(
            """
            SELECT staff_id, starts_at, ends_at FROM occupancy
            WHERE staff_id IN (SELECT id FROM staff_member) AND starts_at >= ? AND starts_at < ?
            """,
            (f"{named[0]} 00:00", f"{named[1]} 24:00"),
        )
    )
    found: list[MasterWeek] = []
    for staff_id, name, is_master, is_here, away in database.rows(_MASTERS, (named[1], named[0])):
        week = tuple(
            _load(day, booked.get((staff_id, day.isoformat()), (0, 0)), shifts, taken, staff_id, away) for day in dates
        )
        has_visits = any((staff_id, day.isoformat()) in booked for day in dates)
        if has_visits or (is_master and (is_here or any(one.shifts for one in week))):
            found.append(MasterWeek(staff_id, name, week))
    return tuple(found)


def _load(
    day: date,
    booked: tuple[int, int],
    shifts: dict[tuple[int, date], list[Interval]],
    taken: dict[tuple[int, date], list[Interval]],
    staff_id: int,
    away: str | None,
) -> MasterLoad:
    mine = tuple(shifts.get((staff_id, day), ()))
    load = DayLoad(day, *booked, sum(shift.minutes for shift in mine))
    return MasterLoad(load, mine, tuple(merged(taken.get((staff_id, day), ()))), absent(away, day))


def _intervals(rows: Sequence[tuple[int, str, str]]) -> dict[tuple[int, date], list[Interval]]:
    found: dict[tuple[int, date], list[Interval]] = {}
    for staff_id, starts_at, ends_at in rows:
        interval = Interval(read_wall(starts_at), read_wall(ends_at))
        found.setdefault((staff_id, interval.starts_at.date()), []).append(interval)
    return found


def _dates(first: date, days: int) -> list[date]:
    return [first + timedelta(days=ahead) for ahead in range(days)]
