"""Vacations, sick leave, training, days off: days on which somebody does not work although the roster says so.

Nobody can be booked with them any more, but the visits that stand there stay until each client was called: they are
the absence's list of calls (``scheduling.calls``).
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app import models
from app.errors import BadPeriod, Gone, ShiftBegun
from app.models.connection import Database
from app.models.kept import read_instant, read_wall, wall_text
from app.salon.catalogue import patterns, rosters, taken_out, working_days
from app.salon.catalogue.working_days import VisitOutside
from app.salon.transaction import Work
from app.salon.typed import text
from app.vocabulary import AbsenceKind, Action

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class AbsencePlan:
    """Who does not work from a day to a day, both included, and why."""

    staff_id: int
    first: date
    last: date
    kind: AbsenceKind
    note: str = ""


@dataclass(frozen=True, slots=True)
class StandingAbsence:
    """An absence that stands."""

    absence_id: int
    staff_id: int
    staff_name: str
    first: date
    last: date
    kind: AbsenceKind
    note: str
    to_call: int
    """How many of its visits still stand with the one who is absent."""
    calls: int
    """How many clients it concerned."""


def concerned(database: Database, staff_id: int, first: date, last: date, now: datetime) -> list[VisitOutside]:
    """The visits that would have to be called about, by time: awaited or waiting, and not over ``now`` (wall time)."""
    rows = database.rows(_CONCERNED, (staff_id, first.isoformat(), f"{last.isoformat()} 24:00", wall_text(now)))
    return [VisitOutside(v, client, services, read_wall(a), read_wall(b)) for v, client, services, a, b in rows]


def plan(work: Work, absence: AbsencePlan) -> int:
    """Somebody does not work on these days; returns the absence's id.

    Their hours from today on are taken out, by hand or not; their visits stay and become a list of calls. Of today,
    what they have worked already stays. Raises BadPeriod, TextTooLong, and ShiftBegun when the last day is over.
    """
    if absence.last < absence.first:
        raise BadPeriod(absence.first, absence.last)
    if absence.last < work.wall_now.date():
        raise ShiftBegun
    work.tell(Action.ABSENCE_PLANNED, note=_name(work, absence.staff_id))
    absence_id = work.insert(
        models.Absence,
        staff=absence.staff_id,
        first_day=absence.first,
        last_day=absence.last,
        kind=absence.kind,
        note=text(absence.note),
        created_at=work.now,
    )
    _take_out(work, absence_id, absence.staff_id, absence.first, absence.last)
    return absence_id


def fall_ill(work: Work, staff_id: int, last: date | None = None) -> int:
    """Somebody is ill today, or till ``last``; returns the absence's id. An illness that stands is only prolonged.

    Raises what ``plan`` raises.
    """
    today = work.wall_now.date()
    until = last or today
    standing = work.database.row(
        """
        SELECT id, last_day FROM absence WHERE staff_id = ? AND kind = ? AND first_day <= ? AND last_day >= ?
        ORDER BY last_day DESC
        """,
        (staff_id, AbsenceKind.SICK_LEAVE, today.isoformat(), today.isoformat()),
    )
    if standing is None:
        return plan(work, AbsencePlan(staff_id, today, until, AbsenceKind.SICK_LEAVE))
    if until > date.fromisoformat(standing[1]):
        change(work, standing[0], until)
    return int(standing[0])


def change(work: Work, absence_id: int, last: date) -> None:
    """The absence lasts longer or less long. Days that are no longer part of it get their hours by the roster.

    Raises Gone, BadPeriod.
    """
    staff_id, first, before = _read(work, absence_id)
    if last < first:
        raise BadPeriod(first, last)
    work.tell(Action.ABSENCE_PLANNED, note=_name(work, staff_id))
    work.update(models.Absence, absence_id, last_day=last)
    if last > before:
        _take_out(work, absence_id, staff_id, before + _DAY, last)
    else:
        _forget_calls(work, absence_id, last + _DAY, before)
        rosters.lay_out(work, staff_id, last + _DAY, before)
        taken_out.give_back(work, staff_id, last + _DAY, before)


def end(work: Work, absence_id: int) -> None:
    """Somebody works again from today on; the days that are over stay as they were. Raises Gone."""
    staff_id, first, last = _read(work, absence_id)
    today = work.wall_now.date()
    work.tell(Action.ABSENCE_ENDED, note=_name(work, staff_id))
    if first < today <= last:
        work.update(models.Absence, absence_id, last_day=today - _DAY)
        _forget_calls(work, absence_id, today, last)
    elif last >= today:
        _forget_all_calls(work, absence_id)
        work.delete(models.Absence, absence_id)
    rosters.lay_out(work, staff_id, first, last)
    taken_out.give_back(work, staff_id, first, last)


def leave_out(work: Work, absence_id: int, day: date) -> None:
    """One day is no longer part of an absence: what comes after it goes on. Raises Gone."""
    staff_id, first, last = _read(work, absence_id)
    work.tell(Action.ABSENCE_ENDED, note=_name(work, staff_id))
    if first == last:
        _forget_all_calls(work, absence_id)
        work.delete(models.Absence, absence_id)
    elif day == first:
        work.update(models.Absence, absence_id, first_day=day + _DAY)
    else:
        work.update(models.Absence, absence_id, last_day=day - _DAY)
    _forget_calls(work, absence_id, day, day)
    if first < day < last:
        _go_on(work, absence_id, day + _DAY, last)


def standing(database: Database, first: date, last: date) -> list[StandingAbsence]:
    """The absences that have a day from ``first`` to ``last``, by their first day."""
    rows = database.rows(_STANDING, (last.isoformat(), first.isoformat()))
    return [
        StandingAbsence(
            i, staff, name, date.fromisoformat(a), date.fromisoformat(b), AbsenceKind(kind), note, to_call, calls
        )
        for i, staff, name, a, b, kind, note, to_call, calls in rows
    ]


def away(database: Database, first: date, last: date) -> dict[tuple[int, date], AbsenceKind]:
    """Who is absent on which day from ``first`` to ``last``, and why."""
    rows = database.rows(
        "SELECT staff_id, first_day, last_day, kind FROM absence WHERE first_day <= ? AND last_day >= ? ORDER BY id",
        (last.isoformat(), first.isoformat()),
    )
    return {
        (staff, day): AbsenceKind(kind)
        for staff, begins, ends, kind in rows
        for day in patterns.each_day(max(first, date.fromisoformat(begins)), min(last, date.fromisoformat(ends)))
    }


# ---- parts ---------------------------------------------------------------------------------------------------


def _take_out(work: Work, absence_id: int, staff_id: int, first: date, last: date) -> None:
    today = work.wall_now.date()
    known = {
        row[0] for row in work.database.rows("SELECT visit_id FROM absence_call WHERE absence_id = ?", (absence_id,))
    }
    for one in concerned(work.database, staff_id, max(first, today), last, work.wall_now):
        if one.visit_id not in known:
            work.insert(models.AbsenceCall, absence=absence_id, visit=one.visit_id)
    worked = _worked_until(work, staff_id) if first <= today <= last else None
    if worked is not None:
        working_days.end_day_at(work, staff_id, today, worked)
        working_days.clear(work, staff_id, today + _DAY, last)
    else:
        working_days.clear(work, staff_id, max(first, today), last)


def _worked_until(work: Work, staff_id: int) -> datetime | None:
    """Until when somebody has worked today, or is at work with the client in the chair; None when not at all."""
    today = work.wall_now.date().isoformat()
    until = work.database.value(
        """
        SELECT MAX(o.ends_at) FROM occupancy o JOIN booked_service b ON b.id = o.booked_service_id
        JOIN visit v ON v.id = b.visit_id
        WHERE o.staff_id = ? AND o.starts_at >= ? AND o.starts_at < ? AND v.status IN ('in_service', 'completed')
        """,
        (staff_id, today, f"{today} 24:00"),
    )
    return None if until is None else read_wall(until)


def _forget_calls(work: Work, absence_id: int, first: date, last: date) -> None:
    for row_id in _calls(work, absence_id, first, last):
        work.delete(models.AbsenceCall, row_id)


def _forget_all_calls(work: Work, absence_id: int) -> None:
    """Also of visits that were moved out of its days meanwhile."""
    for (row_id,) in work.database.rows("SELECT id FROM absence_call WHERE absence_id = ?", (absence_id,)):
        work.delete(models.AbsenceCall, row_id)


def _calls(work: Work, absence_id: int, first: date, last: date) -> list[int]:
    rows = work.database.rows(
        """
        SELECT k.id FROM absence_call k JOIN visit v ON v.id = k.visit_id
        WHERE k.absence_id = ? AND v.day BETWEEN ? AND ?
        """,
        (absence_id, first.isoformat(), last.isoformat()),
    )
    return [row[0] for row in rows]


def _go_on(work: Work, absence_id: int, first: date, last: date) -> None:
    """A second part of an absence, with the calls of its days."""
    staff, kind, note, created_at = work.database.rows(
        "SELECT staff_id, kind, note, created_at FROM absence WHERE id = ?", (absence_id,)
    )[0]
    calls = _calls(work, absence_id, first, last)
    part = work.insert(
        models.Absence,
        staff=staff,
        first_day=first,
        last_day=last,
        kind=AbsenceKind(kind),
        note=note,
        created_at=read_instant(created_at),
    )
    for row_id in calls:
        work.update(models.AbsenceCall, row_id, absence=part)


def _read(work: Work, absence_id: int) -> tuple[int, date, date]:
    row = work.database.row("SELECT staff_id, first_day, last_day FROM absence WHERE id = ?", (absence_id,))
    if row is None:
        raise Gone
    return row[0], date.fromisoformat(row[1]), date.fromisoformat(row[2])


def _name(work: Work, staff_id: int) -> str:
    name = work.database.value("SELECT name FROM staff_member WHERE id = ?", (staff_id,))
    if name is None:
        raise Gone
    return str(name)


_CONCERNED = """
SELECT v.id, COALESCE(c.name, ''), group_concat(s.name, ', '), MIN(b.starts_at), MAX(b.ends_at)
FROM visit v JOIN booked_service b ON b.visit_id = v.id JOIN service s ON s.id = b.service_id
LEFT JOIN client c ON c.id = v.client_id
WHERE b.staff_id = ? AND b.starts_at >= ? AND b.starts_at < ? AND v.status IN ('booked', 'confirmed', 'arrived')
  AND b.takes_time AND v.hour_known AND b.ends_at > ?
GROUP BY v.id ORDER BY MIN(b.starts_at), v.id
"""

_STANDING = """
SELECT a.id, a.staff_id, m.name, a.first_day, a.last_day, a.kind, a.note,
       (SELECT count(*) FROM absence_call k JOIN visit v ON v.id = k.visit_id
        WHERE k.absence_id = a.id AND v.day BETWEEN a.first_day AND a.last_day
          AND v.status IN ('booked', 'confirmed', 'arrived') AND EXISTS (
            SELECT 1 FROM booked_service b WHERE b.visit_id = v.id AND b.staff_id = a.staff_id AND b.takes_time)),
       (SELECT count(*) FROM absence_call k WHERE k.absence_id = a.id)
FROM absence a JOIN staff_member m ON m.id = a.staff_id
WHERE a.first_day <= ? AND a.last_day >= ? ORDER BY a.first_day, m.position, a.id
"""
