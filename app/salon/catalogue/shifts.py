"""Planning somebody's hours anew from a day on, without taking a shift away from under a booked visit."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app import models
from app.errors import BadDuration, BadPeriod, ShiftBegun
from app.models.connection import Database
from app.models.kept import read_wall
from app.salon.catalogue.staff import WorkingHours
from app.salon.scheduling.intervals import Interval
from app.salon.transaction import Work
from app.vocabulary import Action


@dataclass(frozen=True, slots=True)
class HoursPlan:
    """The hours of somebody by weekday, from ``first`` to ``last``; a weekday without hours is free."""

    staff_id: int
    hours: tuple[WorkingHours, ...]
    first: date
    last: date

    def of_day(self, day: date) -> Interval | None:
        """The working hours of ``day``; None when it is free."""
        one = next((each for each in self.hours if each.weekday == day.weekday()), None)
        if one is None:
            return None
        midnight = datetime(day.year, day.month, day.day)
        return Interval(midnight + timedelta(minutes=one.opens), midnight + timedelta(minutes=one.closes))


@dataclass(frozen=True, slots=True)
class VisitOutside:
    """A booked service that would lie outside the planned hours."""

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


def outside(database: Database, plan: HoursPlan) -> list[VisitOutside]:
    """The booked services that would lie outside the planned hours, by time; their days would keep their shifts.

    A day without a shift has nothing to keep, so a visit that stands there already is not named.
    """
    rows = database.rows(_BOOKED, (plan.staff_id, plan.first.isoformat(), plan.last.isoformat()))
    found: dict[int, VisitOutside] = {}
    for booked_id, visit_id, client, service, begins, ends, busy_from, busy_to in rows:
        hours = plan.of_day(read_wall(busy_from).date())
        if hours is None or not hours.covers(Interval(read_wall(busy_from), read_wall(busy_to))):
            found[booked_id] = VisitOutside(visit_id, client, service, read_wall(begins), read_wall(ends))
    return list(found.values())


def replan(work: Work, plan: HoursPlan) -> Replanned:
    """Give somebody these hours; days with a visit outside them keep their shifts.

    Raises ShiftBegun when the plan begins before tomorrow, BadPeriod when it ends before it begins, BadDuration when
    somebody would finish before beginning.
    """
    if plan.first <= work.wall_now.date():
        raise ShiftBegun
    if plan.last < plan.first:
        raise BadPeriod(plan.first, plan.last)
    if any(not 0 <= one.opens < one.closes <= 24 * 60 for one in plan.hours):
        raise BadDuration(0)
    work.tell(Action.SHIFTS_CHANGED)
    kept = {one.starts_at.date() for one in outside(work.database, plan)}
    standing = _standing(work.database, plan)
    changed = 0
    for offset in range((plan.last - plan.first).days + 1):
        day = plan.first + timedelta(days=offset)
        if day not in kept:
            changed += _give(work, plan, day, standing.get(day, []))
    return Replanned(changed, tuple(sorted(kept)))


def _standing(database: Database, plan: HoursPlan) -> dict[date, list[tuple[int, Interval]]]:
    rows = database.rows(
        "SELECT id, day, starts_at, ends_at FROM shift WHERE staff_id = ? AND day BETWEEN ? AND ?",
        (plan.staff_id, plan.first.isoformat(), plan.last.isoformat()),
    )
    days: dict[date, list[tuple[int, Interval]]] = {}
    for shift_id, day, begins, ends in rows:
        stretch = Interval(read_wall(begins), read_wall(ends))
        days.setdefault(date.fromisoformat(day), []).append((shift_id, stretch))
    return days


def _give(work: Work, plan: HoursPlan, day: date, standing: list[tuple[int, Interval]]) -> bool:
    """Give ``day`` its planned hours; whether anything had to be changed for it."""
    hours = plan.of_day(day)
    if [stretch for _shift_id, stretch in standing] == ([] if hours is None else [hours]):
        return False
    for shift_id, _stretch in standing:
        work.delete(models.Shift, shift_id)
    if hours is not None:
        work.insert(models.Shift, staff=plan.staff_id, day=day, starts_at=hours.starts_at, ends_at=hours.ends_at)
    return True


_BOOKED = """
SELECT b.id, v.id, COALESCE(c.name, ''), s.name, b.starts_at, b.ends_at, o.starts_at, o.ends_at
FROM occupancy o JOIN booked_service b ON b.id = o.booked_service_id JOIN visit v ON v.id = b.visit_id
JOIN service s ON s.id = b.service_id LEFT JOIN client c ON c.id = v.client_id
WHERE o.staff_id = ? AND v.day BETWEEN ? AND ? AND EXISTS (
    SELECT 1 FROM shift h WHERE h.staff_id = o.staff_id AND h.day = v.day)
ORDER BY o.starts_at, b.id
"""
