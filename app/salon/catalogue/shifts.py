"""Who works when, day by day: the plan of a month as people look at it, and single days that are planned by hand."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from app import models
from app.errors import ShiftBegun
from app.models.connection import Database
from app.salon.catalogue import absences, holidays, patterns, rosters, taken_out, working_days
from app.salon.catalogue.patterns import OFF, Hours, Pattern, Stretch
from app.salon.catalogue.rosters import StandingRoster
from app.salon.catalogue.working_days import NOTHING, Replanned, VisitOutside
from app.salon.transaction import Work
from app.vocabulary import AbsenceKind, Action


@dataclass(frozen=True, slots=True)
class PlannedDay:
    """One day of one person."""

    day: date
    hours: Hours
    is_by_hand: bool
    absence: AbsenceKind | None
    holiday: str | None
    """The name of the salon's holiday; None when it is none."""
    visits: int
    """How many visits stand there."""

    @property
    def minutes(self) -> int:
        """The working time."""
        return sum(one.minutes for one in self.hours)


@dataclass(frozen=True, slots=True)
class PlannedMaster:
    """Somebody with the days of the period."""

    staff_id: int
    name: str
    title: str
    days: tuple[PlannedDay, ...]
    rosters: tuple[Pattern, ...]
    """By what they work, from the one that holds on the first day of the period on."""

    @property
    def minutes(self) -> int:
        """The working time of the period."""
        return sum(one.minutes for one in self.days)

    @property
    def working_days(self) -> int:
        """On how many days they work."""
        return sum(bool(one.hours) for one in self.days)


@dataclass(frozen=True, slots=True)
class DayWish:
    """The hours that somebody shall have on a day; none is a day off."""

    staff_id: int
    day: date
    hours: Hours


def planned(database: Database, first: date, last: date) -> list[PlannedMaster]:
    """Everybody's days from ``first`` to ``last``, in the order of the calendar: seven queries, however many people.

    The masters who work here, and whoever else has hours or a roster.
    """
    period = (first.isoformat(), last.isoformat())
    people = database.rows(_PEOPLE, period)
    ids = [row[0] for row in people]
    hours: defaultdict[tuple[int, date], list[Stretch]] = defaultdict(list)
    by_hand: set[tuple[int, date]] = set()
    for staff, day, begins, ends, hand in database.rows(_SHIFTS, period):
        at = (staff, date.fromisoformat(day))
        hours[at].append(working_days.stretch(begins, ends, at[1]))
        if hand:
            by_hand.add(at)
    visits = {(staff, date.fromisoformat(day)): count for staff, day, count in database.rows(_VISITS, period)}
    closed = {one.day: one.name for one in holidays.standing(database, first, last)}
    away = absences.away(database, first, last)
    patterns_of: defaultdict[int, list[Pattern]] = defaultdict(list)
    for one in rosters.of(database, ids):
        if one.pattern.last is None or one.pattern.last >= first:
            patterns_of[one.staff_id].append(one.pattern)
    return [
        PlannedMaster(
            staff,
            name,
            title,
            tuple(
                PlannedDay(
                    day,
                    tuple(hours[staff, day]),
                    (staff, day) in by_hand,
                    away.get((staff, day)),
                    closed.get(day),
                    visits.get((staff, day), 0),
                )
                for day in patterns.each_day(first, last)
            ),
            tuple(patterns_of[staff]),
        )
        for staff, name, title in people
    ]


def outside(database: Database, wishes: Iterable[DayWish]) -> list[VisitOutside]:
    """The booked services that would lie outside the wished hours; their days would keep what they have."""
    return [
        one
        for staff_id, wanted in _by_person(wishes).items()
        for one in working_days.outside(database, staff_id, wanted)
    ]


def set_days(work: Work, wishes: Sequence[DayWish]) -> Replanned:
    """Plan single days by hand: longer, shorter, split, off, or an extra day. They survive every new roster.

    A day off that the roster does not know is noted as an absence of that day; a day with hours is one no longer. What
    the roster says anyway is not by hand, unless the day is not laid out yet. Days with a visit outside the new hours
    keep theirs. Raises ShiftBegun for a day that is over, and BadDuration.
    """
    for wish in wishes:
        patterns.check([wish.hours])
    if any(one.day < work.wall_now.date() for one in wishes):
        raise ShiftBegun
    work.tell(Action.SHIFTS_CHANGED)
    done = NOTHING
    for staff_id, wanted in _by_person(wishes).items():
        done += _set_days(work, staff_id, wanted)
    return done


def restore_days(work: Work, days: Iterable[tuple[int, date]]) -> Replanned:
    """Give days of people (by id) back to their rosters: what was planned by hand is forgotten.

    Whoever has no roster gets the hours that they had before the day was taken out. A day beyond what is laid out has
    none before its turn comes.

    Days with a visit outside the roster's hours keep theirs. Raises ShiftBegun for a day that is over.
    """
    wanted = sorted(set(days))
    if any(day < work.wall_now.date() for _staff, day in wanted):
        raise ShiftBegun
    work.tell(Action.SHIFTS_CHANGED)
    done = NOTHING
    for staff_id, day in wanted:
        _end_day_off(work, staff_id, day)
        done += _leave_to_roster(work, staff_id, day)
        done += rosters.lay_out(work, staff_id, day, day)
        done += taken_out.give_back(work, staff_id, day, day, taken_by=taken_out.BY_ANYBODY)
    return done


# ---- parts ---------------------------------------------------------------------------------------------------


def _set_days(work: Work, staff_id: int, wanted: dict[date, Hours]) -> Replanned:
    by_roster = rosters.of(work.database, (staff_id,))
    first, last = min(wanted), max(wanted)
    laid_out = rosters.last_laid_out(work.database, staff_id) or date.min
    free = {one.day for one in holidays.standing(work.database, first, last)}
    free |= {
        day
        for (staff, day), kind in absences.away(work.database, first, last).items()
        if staff == staff_id and kind is not AbsenceKind.DAY_OFF
    }
    done = NOTHING
    for day, hours in wanted.items():
        usual = OFF if day in free else rosters.hours_by(by_roster, day)
        by_hand = bool(hours) and (hours != usual or day > laid_out)
        given = working_days.give(work, staff_id, {day: hours}, by_hand=by_hand)
        if not given.kept:
            _note_day_off(work, staff_id, day, hours, by_roster)
        done += given
    return done


def _leave_to_roster(work: Work, staff_id: int, day: date) -> Replanned:
    """The day is no longer one by hand; what is not laid out yet has no hours until its turn comes."""
    last = rosters.last_laid_out(work.database, staff_id)
    is_planned = rosters.hours_by(rosters.of(work.database, (staff_id,)), day) is not None
    if is_planned and (last is None or day > last):
        return working_days.give(work, staff_id, {day: OFF})
    for (shift_id,) in work.database.rows(
        "SELECT id FROM shift WHERE staff_id = ? AND day = ? AND is_by_hand", (staff_id, day.isoformat())
    ):
        work.update(models.Shift, shift_id, is_by_hand=False)
    return NOTHING


def _note_day_off(work: Work, staff_id: int, day: date, hours: Hours, by_roster: list[StandingRoster]) -> None:
    """A free day that would be worked by the roster is an absence; else the next laying out would fill it again."""
    if hours:
        _end_day_off(work, staff_id, day)
        return
    standing = work.database.value(
        "SELECT 1 FROM absence WHERE staff_id = ? AND first_day <= ? AND last_day >= ?",
        (staff_id, day.isoformat(), day.isoformat()),
    )
    if standing is None and rosters.hours_by(by_roster, day):
        work.insert(
            models.Absence,
            staff=staff_id,
            first_day=day,
            last_day=day,
            kind=AbsenceKind.DAY_OFF,
            created_at=work.now,
        )


def _end_day_off(work: Work, staff_id: int, day: date) -> None:
    """The day is no longer off: a longer time off is cut around it."""
    rows = work.database.rows(
        "SELECT id FROM absence WHERE staff_id = ? AND kind = ? AND first_day <= ? AND last_day >= ?",
        (staff_id, AbsenceKind.DAY_OFF, day.isoformat(), day.isoformat()),
    )
    for (absence_id,) in rows:
        absences.leave_out(work, absence_id, day)


def _by_person(wishes: Iterable[DayWish]) -> dict[int, dict[date, Hours]]:
    found: dict[int, dict[date, Hours]] = {}
    for one in wishes:
        found.setdefault(one.staff_id, {})[one.day] = one.hours
    return found


_PEOPLE = """
SELECT m.id, m.name, m.title FROM staff_member m
WHERE m.archived_at IS NULL AND (m.is_master OR EXISTS (SELECT 1 FROM roster r WHERE r.staff_id = m.id)
    OR EXISTS (SELECT 1 FROM shift h WHERE h.staff_id = m.id AND h.day BETWEEN ? AND ?))
ORDER BY m.position, m.id
"""

_SHIFTS = "SELECT staff_id, day, starts_at, ends_at, is_by_hand FROM shift WHERE day BETWEEN ? AND ? ORDER BY starts_at"

_VISITS = """
SELECT b.staff_id, v.day, COUNT(DISTINCT v.id) FROM visit v JOIN booked_service b ON b.visit_id = v.id
WHERE v.day BETWEEN ? AND ? AND v.status NOT IN ('cancelled', 'no_show') AND b.takes_time
GROUP BY b.staff_id, v.day
"""
