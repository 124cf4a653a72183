"""Repeated hours: a week or a cycle from a day on, from which the shifts are laid out ahead.

Shifts stand as rows as far as ``HORIZON_WEEKS`` ahead, for the calendar and the validator read nothing else. As time
goes on they are laid out further (``extend``), which is no act of a person and stands in no window's list of undo.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from app import models
from app.errors import BadPeriod, ShiftBegun
from app.models.connection import Database
from app.salon.catalogue import patterns, working_days
from app.salon.catalogue.patterns import OFF, Hours, Pattern, Stretch
from app.salon.catalogue.working_days import NOTHING, Replanned, VisitOutside
from app.salon.transaction import Work
from app.vocabulary import Action

HORIZON_WEEKS = 26
"""So far ahead shifts are laid out."""
SHORT_WEEKS = 22
"""When fewer weeks than this are laid out, it is time for more."""
FARTHEST_WEEKS = 104
"""Nobody looks farther ahead; a slip of the keyboard to another century lays nothing out."""
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class StandingRoster:
    """A roster that somebody has."""

    roster_id: int
    staff_id: int
    pattern: Pattern


def of(database: Database, staff_ids: Iterable[int]) -> list[StandingRoster]:
    """The rosters of these people, by their first day, in two queries."""
    wanted = sorted(set(staff_ids))
    among = f"({', '.join('?' * len(wanted))})"
    days: dict[tuple[int, int], list[Stretch]] = {}
    for roster, position, opens, closes in database.rows(
        f"""
        SELECT d.roster_id, d.position, d.opens_minute, d.closes_minute
        FROM roster_day d JOIN roster r ON r.id = d.roster_id WHERE r.staff_id IN {among} ORDER BY d.opens_minute
        """,
        wanted,
    ):
        days.setdefault((roster, position), []).append(Stretch(opens, closes))
    return [
        StandingRoster(
            roster,
            staff,
            Pattern(
                date.fromisoformat(first),
                tuple(tuple(days.get((roster, position), ())) for position in range(cycle)),
                date.fromisoformat(last) if last else None,
            ),
        )
        for roster, staff, first, last, cycle in database.rows(
            f"""
            SELECT id, staff_id, first_day, last_day, cycle_days FROM roster
            WHERE staff_id IN {among} ORDER BY first_day, id
            """,
            wanted,
        )
    ]


def hours_by(rosters: Iterable[StandingRoster], day: date) -> Hours | None:
    """What the rosters of one person say of ``day``; None when none of them plans it."""
    for one in rosters:
        if one.pattern.holds_on(day):
            return one.pattern.of_day(day)
    return None


def plan(work: Work, staff_id: int, pattern: Pattern) -> Replanned:
    """Somebody works by this pattern from its first day on; until its last, what held before holds again after it.

    Days that were planned by hand, absences and holidays stay; days with a visit outside the new hours keep theirs.
    Raises ShiftBegun when the pattern begins before tomorrow, BadPeriod, BadDuration.
    """
    if pattern.first <= work.wall_now.date():
        raise ShiftBegun
    return begin(work, staff_id, pattern)


def begin(work: Work, staff_id: int, pattern: Pattern) -> Replanned:
    """The same for somebody who begins: the pattern may begin today. Raises BadPeriod, BadDuration."""
    if pattern.last is not None and pattern.last < pattern.first:
        raise BadPeriod(pattern.first, pattern.last)
    patterns.check(pattern.days)
    work.tell(Action.SHIFTS_CHANGED)
    _make_room(work, staff_id, pattern)
    _add(work, staff_id, pattern)
    return lay_out(work, staff_id, pattern.first, pattern.last or date.max)


def visits_outside(database: Database, staff_id: int, pattern: Pattern, today: date) -> list[VisitOutside]:
    """The booked services that would lie outside the pattern's hours, by time; their days would keep their shifts."""
    last = min(pattern.last or date.max, max(_horizon(today), _last_laid(database, staff_id) or today))
    rosters = [StandingRoster(0, staff_id, pattern)]
    return working_days.outside(database, staff_id, _wanted(database, staff_id, rosters, pattern.first, last))


def lay_out(work: Work, staff_id: int, first: date, last: date) -> Replanned:
    """Bring somebody's shifts in line with rosters, absences and holidays; what is before today is history.

    Days that were planned by hand, and days that no roster plans, stay as they are. Days beyond what is laid out wait
    for their turn, and those between are laid out with them: laying out further goes on after the last shift, so that
    a hole before it would never be filled.
    """
    today, last = work.wall_now.date(), min(last, laid_until(work))
    begins = (last_laid_out(work.database, staff_id) or today - _DAY) + _DAY
    if begins < first <= last:
        _lay_out(work, staff_id, max(begins, today), first - _DAY)
    return _lay_out(work, staff_id, max(first, today), last)


def laid_until(work: Work) -> date:
    """Up to this day the shifts of the salon are laid out: the horizon, or farther where somebody has looked."""
    horizon = _horizon(work.wall_now.date())
    last = work.database.value("SELECT day FROM shift WHERE NOT is_by_hand ORDER BY day DESC LIMIT 1")
    return horizon if last is None else max(horizon, date.fromisoformat(last))


def is_short(database: Database, day: date) -> bool:
    """Whether somebody's shifts are not laid out up to ``day`` although a roster plans it. One query.

    Whoever is absent from their last shift on until then lacks none.
    """
    said, enough = day.isoformat(), (day - timedelta(weeks=1)).isoformat()
    found = database.value(
        """
        SELECT 1 FROM roster r JOIN staff_member m ON m.id = r.staff_id
        WHERE m.archived_at IS NULL AND r.first_day <= ? AND (r.last_day IS NULL OR r.last_day >= ?)
          AND EXISTS (SELECT 1 FROM roster_day d WHERE d.roster_id = r.id)
          AND COALESCE((SELECT MAX(h.day) FROM shift h WHERE h.staff_id = r.staff_id AND NOT h.is_by_hand), '') < ?
          AND NOT EXISTS (
            SELECT 1 FROM absence a WHERE a.staff_id = r.staff_id AND a.last_day >= ? AND a.first_day <= date(
              COALESCE((SELECT MAX(h.day) FROM shift h WHERE h.staff_id = r.staff_id AND NOT h.is_by_hand),
                       r.first_day), '+7 days'))
        LIMIT 1
        """,
        (said, said, enough, enough),
    )
    return found is not None


def soon(today: date) -> date:
    """Up to this day shifts have to be laid out at the start of a day."""
    return today + timedelta(weeks=SHORT_WEEKS)


def farthest(today: date) -> date:
    """Up to this day shifts are laid out at most, when somebody looks that far."""
    return today + timedelta(weeks=FARTHEST_WEEKS)


def extend(work: Work, until: date | None = None) -> int:
    """Lay the shifts of everybody with a roster out further; returns how many days were added.

    Up to the horizon, or up to ``until`` when somebody looks beyond it. What is laid out already stays as it is.
    """
    work.tell(Action.SHIFTS_CHANGED)
    today = work.wall_now.date()
    last = min(max(_horizon(today), until or today), farthest(today))
    people = work.database.rows(
        """
        SELECT DISTINCT r.staff_id FROM roster r JOIN staff_member m ON m.id = r.staff_id
        WHERE m.archived_at IS NULL AND (r.last_day IS NULL OR r.last_day >= ?)
        """,
        (today.isoformat(),),
    )
    added = 0
    for (staff_id,) in people:
        laid = last_laid_out(work.database, staff_id)
        first = today if laid is None else max(today, laid + _DAY)
        added += _lay_out(work, staff_id, first, last).changed
    return added


def bring_in_line(work: Work, staff_id: int, *, after: date, is_all_laid_out: bool) -> None:
    """Let what is laid out after a day follow the rosters as they stand now.

    ``is_all_laid_out``: whether all that stands there was laid out by a roster, so that days which no roster plans any
    more are free; a day with a visit keeps its hours.
    """
    last = last_laid_out(work.database, staff_id)
    if last is None or last <= after:
        return
    lay_out(work, staff_id, after + _DAY, last)
    if is_all_laid_out:
        known = of(work.database, (staff_id,))
        by_hand = working_days.by_hand(work.database, staff_id, after + _DAY, last)
        days = (day for day in patterns.each_day(after + _DAY, last) if day not in by_hand)
        working_days.give(work, staff_id, {day: OFF for day in days if hours_by(known, day) is None})


def settle(work: Work, staff_id: int, days: Collection[date], *, is_replanned: bool = False) -> None:
    """See that none of these days has hours although it is free, or none although it is laid out and worked.

    ``is_replanned``: nor those of an older roster. Of what is laid out after today; by hand, and under a visit outside
    the hours, a day keeps what it has.
    """
    reached = last_laid_out(work.database, staff_id) or date.min
    ahead = {day for day in days if work.wall_now.date() < day <= reached}
    if not ahead:
        return
    first, last = min(ahead), max(ahead)
    free = free_days(work.database, staff_id, first, last)
    worked = working_days.worked(work.database, staff_id, first, last)
    wanted = _wanted(work.database, staff_id, of(work.database, (staff_id,)), first, last)
    wrong = {day for day in ahead & wanted.keys() if is_replanned or (day in free if day in worked else wanted[day])}
    working_days.give(work, staff_id, {day: wanted[day] for day in sorted(wrong)})


def free_days(database: Database, staff_id: int, first: date, last: date) -> set[date]:
    """The days on which somebody is absent or the salon is closed."""
    rows = database.rows(
        "SELECT first_day, last_day FROM absence WHERE staff_id = ? AND first_day <= ? AND last_day >= ?",
        (staff_id, last.isoformat(), first.isoformat()),
    )
    days = {
        day for begins, ends in rows for day in patterns.each_day(date.fromisoformat(begins), date.fromisoformat(ends))
    }
    closed = database.rows("SELECT day FROM holiday WHERE day BETWEEN ? AND ?", (first.isoformat(), last.isoformat()))
    return days | {date.fromisoformat(row[0]) for row in closed}


def last_laid_out(database: Database, staff_id: int) -> date | None:
    """The last day that was laid out: a day far ahead that somebody planned by hand is none."""
    last = database.value("SELECT MAX(day) FROM shift WHERE staff_id = ? AND NOT is_by_hand", (staff_id,))
    return None if last is None else date.fromisoformat(last)


# ---- parts ---------------------------------------------------------------------------------------------------


def _lay_out(work: Work, staff_id: int, first: date, last: date) -> Replanned:
    if last < first:
        return NOTHING
    rosters = of(work.database, (staff_id,))
    return working_days.give(work, staff_id, _wanted(work.database, staff_id, rosters, first, last))


def _wanted(
    database: Database, staff_id: int, rosters: list[StandingRoster], first: date, last: date
) -> dict[date, Hours]:
    by_hand = working_days.by_hand(database, staff_id, first, last)
    free = free_days(database, staff_id, first, last)
    wanted: dict[date, Hours] = {}
    for day in patterns.each_day(first, last):
        hours = OFF if day in free else hours_by(rosters, day)
        if hours is not None and day not in by_hand:
            wanted[day] = hours
    return wanted


def _make_room(work: Work, staff_id: int, pattern: Pattern) -> None:
    """End the rosters that the new one takes the place of; what holds after its last day begins anew there."""
    for standing in of(work.database, (staff_id,)):
        old = standing.pattern
        ends_before = old.last is not None and old.last < pattern.first
        begins_after = pattern.last is not None and old.first > pattern.last
        if ends_before or begins_after:
            continue
        if pattern.last is not None and (old.last is None or old.last > pattern.last):
            _add(work, staff_id, old.continued(pattern.last + _DAY))
        if old.first < pattern.first:
            work.update(models.Roster, standing.roster_id, last_day=pattern.first - _DAY)
        else:
            _remove(work, standing.roster_id)


def _add(work: Work, staff_id: int, pattern: Pattern) -> None:
    roster = work.insert(
        models.Roster,
        staff=staff_id,
        first_day=pattern.first,
        last_day=pattern.last,
        cycle_days=len(pattern.days),
        created_at=work.now,
    )
    for position, hours in enumerate(pattern.days):
        for one in hours:
            work.insert(
                models.RosterDay, roster=roster, position=position, opens_minute=one.opens, closes_minute=one.closes
            )


def _remove(work: Work, roster_id: int) -> None:
    for (row_id,) in work.database.rows("SELECT id FROM roster_day WHERE roster_id = ?", (roster_id,)):
        work.delete(models.RosterDay, row_id)
    work.delete(models.Roster, roster_id)


def _horizon(today: date) -> date:
    return today + timedelta(weeks=HORIZON_WEEKS)


def _last_laid(database: Database, staff_id: int) -> date | None:
    last = database.value("SELECT MAX(day) FROM shift WHERE staff_id = ?", (staff_id,))
    return None if last is None else date.fromisoformat(last)
