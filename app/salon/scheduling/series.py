"""A visit that is repeated: booked as a whole or not at all, changed from a visit on, and never in what has begun.

Everything goes through ``booking``, inside one act: checklists, reminders, the journal and undo come by themselves. A
visit that was changed alone stands apart from its series from then on, and a change of the series leaves it alone.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from app import models
from app.errors import DoNotBook, Gone, NothingToBook, SalonError, SeriesChangedMeanwhile, SeriesDateRefused
from app.models.connection import Database
from app.models.kept import read_wall
from app.salon.reminders.queue import BEGINS
from app.salon.scheduling import booking, held, recurrence
from app.salon.scheduling.booking import BookingRequest, ServiceWish
from app.salon.scheduling.held import HeldVisit
from app.salon.scheduling.intervals import Interval
from app.salon.scheduling.recurrence import Pattern
from app.salon.scheduling.series_check import PlannedDate
from app.salon.scheduling.series_shape import Shape, before_apart, like, shape_of
from app.salon.transaction import Salon, Work
from app.salon.typed import text
from app.vocabulary import AWAITED_STATUSES, Action, CancelReason, SeriesScope, SeriesUnit, VisitStatus

_CHANGES_ONE = frozenset({Action.VISIT_MOVED, Action.VISIT_RESIZED, Action.VISIT_CHANGED, Action.VISIT_CANCELLED})


@dataclass(frozen=True, slots=True)
class SeriesVisit:
    """One visit of a series."""

    visit_id: int
    starts_at: datetime
    status: VisitStatus
    is_apart: bool
    """Whether it was changed apart from its series."""
    is_open: bool
    """Whether it is still awaited and has not begun: only such visits follow their series."""
    masters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StandingSeries:
    """A series as it stands."""

    series_id: int
    pattern: Pattern
    client_name: str
    """Empty for somebody without a card."""
    services: tuple[str, ...]
    visits: tuple[SeriesVisit, ...]
    """By time."""

    @property
    def open_visits(self) -> tuple[SeriesVisit, ...]:
        """Those that have not begun and are awaited."""
        return tuple(one for one in self.visits if one.is_open)


@dataclass(frozen=True, slots=True)
class BookedSeries:
    """What booking a series gave."""

    series_id: int
    visit_ids: tuple[int, ...]
    """The visits that this act booked, by time."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What can be done to the other visits of a series after one of them was changed alone."""

    visit_id: int
    is_cancelled: bool
    reason: CancelReason | None
    """Why it was cancelled."""
    following: int
    """How many later visits would follow."""
    others: int
    """How many others there are, earlier ones that have not begun included."""


@dataclass(frozen=True, slots=True)
class Rearranged:
    """A series by another pattern, from one of its visits on."""

    planned: tuple[PlannedDate, ...]
    """The dates after that visit: where its visits would stand, and those to be booked."""
    cancelled: tuple[int, ...]
    """Visits for which the new pattern has no day."""


# ---- reading -------------------------------------------------------------------------------------------------


def of_visit(database: Database, visit_id: int) -> int | None:
    """The series to which a visit belongs, or None."""
    found: int | None = database.value("SELECT series_id FROM visit WHERE id = ?", (visit_id,))
    return found


def read(salon: Salon, series_id: int) -> StandingSeries:
    """A series with all its visits. Raises Gone."""
    database = salon.database
    pattern = _pattern(database, series_id)
    rows = database.rows(
        """
        SELECT b.visit_id, s.name, m.name FROM booked_service b JOIN visit v ON v.id = b.visit_id
        JOIN service s ON s.id = b.service_id JOIN staff_member m ON m.id = b.staff_id
        WHERE v.series_id = ? AND b.takes_time ORDER BY b.starts_at, b.position, b.id
        """,
        (series_id,),
    )
    visits = tuple(
        replace(one, masters=tuple(dict.fromkeys(row[2] for row in rows if row[0] == one.visit_id)))
        for one in _visits(database, series_id, salon.wall_now())
    )
    client = database.value(
        "SELECT c.name FROM visit v JOIN client c ON c.id = v.client_id WHERE v.series_id = ? ORDER BY v.id LIMIT 1",
        (series_id,),
    )
    usual = next((one for one in reversed(visits) if not one.is_apart), visits[-1] if visits else None)
    services = tuple(row[1] for row in rows if usual is not None and row[0] == usual.visit_id)
    return StandingSeries(series_id, pattern, client or "", services, visits)


def is_ahead(salon: Salon, visit_id: int) -> bool:
    """Whether a visit is still awaited and has not begun."""
    row = salon.database.row(f"SELECT v.status, {BEGINS} FROM visit v WHERE v.id = ?", (visit_id,))
    return row is not None and _is_awaited(VisitStatus(row[0]), read_wall(row[1]), salon.wall_now())


def usual_days(database: Database, visit_id: int) -> int | None:
    """After how many days the services of a visit are recommended again: the shortest interval of them, or None."""
    found: int | None = database.value(
        """
        SELECT MIN(s.interval_days) FROM booked_service b JOIN service s ON s.id = b.service_id
        WHERE b.visit_id = ? AND b.takes_time
        """,
        (visit_id,),
    )
    return found


def follow_up(salon: Salon, entry_id: int) -> FollowUp | None:
    """What can follow the act of a journal entry; None when it was not the change of one visit of a series."""
    row = salon.database.row(
        """
        SELECT e.action, v.id, v.status, v.cancel_reason FROM journal_entry e JOIN visit v ON v.id = e.visit
        WHERE e.id = ? AND v.series_id IS NOT NULL AND v.is_exception
        """,
        (entry_id,),
    )
    if row is None or row[0] not in _CHANGES_ONE:
        return None
    found = apart(salon, row[1])
    return found if found is not None and (row[0] == Action.VISIT_CANCELLED or not found.is_cancelled) else None


def apart(salon: Salon, visit_id: int) -> FollowUp | None:
    """What can be done to the others of a visit that stands apart; None when nothing can."""
    row = salon.database.row("SELECT status, cancel_reason, is_exception FROM visit WHERE id = ?", (visit_id,))
    if row is None or not row[2]:
        return None
    is_cancelled = VisitStatus(row[0]) is VisitStatus.CANCELLED
    if not is_cancelled and before_apart(salon.database, visit_id) == shape_of(salon.database, visit_id):
        return None
    following, others = (
        count_concerned(salon, visit_id, scope, with_apart=is_cancelled)
        for scope in (SeriesScope.FOLLOWING, SeriesScope.ALL)
    )
    if not others:
        return None
    return FollowUp(visit_id, is_cancelled, CancelReason(row[1]) if row[1] else None, following, others)


def repeats(salon: Salon, visit_id: int, pattern: Pattern) -> tuple[PlannedDate, ...]:
    """The dates on which a visit would be repeated: its services, masters and lengths, at today's prices.

    A visit that is still awaited is the first of its series and counts as one; from a visit that has begun, or was
    missed, the dates ahead are counted alone. Raises Gone, NothingToBook (nothing of it is offered any more) and what
    ``recurrence.days`` raises.
    """
    visit = held.hold(salon.database, visit_id)
    if not _is_awaited(visit.status, visit.starts_at, salon.wall_now()) and pattern.times is not None:
        pattern = replace(pattern, times=pattern.times + 1)
    return _ahead(salon, visit, pattern)


def further(salon: Salon, series_id: int, *, times: int | None, until: date | None) -> tuple[PlannedDate, ...]:
    """The dates with which a series would go on: so many more, or until a day. Raises what ``repeats`` raises."""
    standing = read(salon, series_id)
    pattern = replace(standing.pattern, times=None if times is None else times + 1, until=until)
    return _ahead(salon, held.hold(salon.database, last_of(standing).visit_id), pattern)


def _ahead(salon: Salon, visit: HeldVisit, pattern: Pattern) -> tuple[PlannedDate, ...]:
    """The dates of a pattern after a visit, from now on."""
    usual = next((one.wish for one in visit.services if one.is_offered), None)
    if usual is None:
        raise NothingToBook
    once = PlannedDate(held.once_more(visit, usual.staff_id, visit.starts_at).services)
    starts = recurrence.starts(pattern, visit.starts_at, not_before=_first_day_left(salon, visit.starts_at))
    return tuple(once.at(start) for start in starts[1:])


def rearranged(salon: Salon, visit_id: int, pattern: Pattern) -> Rearranged:
    """How the visits after this one would lie by another pattern that begins with it.

    A visit that stands on one of the days stays there; the others go to the days that are left, in order; further days
    are booked, and visits without a day are cancelled. What stands apart stays. Raises what ``repeats`` raises.
    """
    database = salon.database
    place = before_apart(database, visit_id).starts_at
    concerned = _concerned(database, visit_id, SeriesScope.FOLLOWING, place, salon.wall_now())
    usual = {one.starts_at.date(): one for one in concerned if not one.is_apart}
    wanted = repeats(salon, visit_id, pattern)
    planned: dict[datetime, PlannedDate] = {}
    for one in wanted:
        standing = usual.pop(one.starts_at.date(), None)
        if standing is not None:
            services = shape_of(database, standing.visit_id).services
            planned[one.starts_at] = PlannedDate(services, standing.visit_id).at(one.starts_at)
    left = list(usual.values())
    for one in wanted:
        if one.starts_at not in planned:
            moved = left.pop(0) if left else None
            if moved is None:
                planned[one.starts_at] = one
            else:
                services = shape_of(database, moved.visit_id).services
                planned[one.starts_at] = PlannedDate(services, moved.visit_id).at(one.starts_at)
    dates = tuple(planned[one.starts_at] for one in wanted)
    return Rearranged(dates, tuple(one.visit_id for one in left))


def following(salon: Salon, visit_id: int, scope: SeriesScope) -> tuple[PlannedDate, ...]:
    """Where the other visits of the series would go if they became like this one, which was changed alone.

    Their start changes by as much as its own did; its services, masters and lengths are theirs. What stands apart, and
    what has begun, is not among them. Raises Gone.
    """
    database = salon.database
    before, after = before_apart(database, visit_id), shape_of(database, visit_id)
    by = after.starts_at - before.starts_at
    return tuple(
        PlannedDate(like(shape_of(database, one.visit_id), before, after, one.starts_at + by), one.visit_id)
        for one in _concerned(database, visit_id, scope, before.starts_at, salon.wall_now())
        if not one.is_apart
    )


def count_concerned(salon: Salon, visit_id: int, scope: SeriesScope, *, with_apart: bool) -> int:
    """How many other visits of the series an act of this scope concerns; 0 when it has no series."""
    if of_visit(salon.database, visit_id) is None:
        return 0
    before = before_apart(salon.database, visit_id)
    found = _concerned(salon.database, visit_id, scope, before.starts_at, salon.wall_now())
    return sum(with_apart or not one.is_apart for one in found)


# ---- acts ----------------------------------------------------------------------------------------------------


def book_series(
    work: Work,
    like_visit: int,
    pattern: Pattern,
    planned: Sequence[PlannedDate],
    *,
    series_id: int | None = None,
    unwanted: str = "",
    alerts_seen: Sequence[int] = (),
) -> BookedSeries:
    """Book ``planned`` as repeats of a visit: all of them with their reminders, or nothing.

    An awaited visit becomes the first of the new series; with ``series_id`` the dates go on with that series, and
    ``pattern`` tells by how many or until when. ``unwanted``: why a client is booked whom the salon does not want to
    book; it stands in the journal. ``alerts_seen`` stood before the eyes of whoever books, so that each of the dates
    has them acknowledged. Raises SeriesDateRefused for the first date that cannot be had, DoNotBook,
    NothingToBook, Gone, and SeriesChangedMeanwhile when the visit has got a series since.
    """
    if not planned:
        raise NothingToBook
    client_id = shape_of(work.database, like_visit).client_id
    work.tell(Action.SERIES_BOOKED, client=client_id, note=text(unwanted))
    if series_id is None:
        series_id = _begin(work, like_visit, pattern, planned[0].starts_at.date())
    else:
        _go_on(work, series_id, pattern, len(planned))
    usual = BookingRequest(client_id, (), alerts_seen=tuple(alerts_seen), unwanted_reason=unwanted)
    return BookedSeries(series_id, _book(work, series_id, usual, planned))


def follow(work: Work, visit_id: int, scope: SeriesScope, planned: Sequence[PlannedDate], *, unwanted: str = "") -> int:
    """Let the other visits of a series become like this one; returns how many did.

    ``planned`` are the dates of ``following``, some perhaps at a proposal. A visit that is left out stays where it is
    and stands apart. Where only a part of the series changes, that part becomes a series of its own. ``unwanted`` is as
    for ``book_series``, where the series goes over to another client. Raises SeriesDateRefused, DoNotBook,
    SeriesChangedMeanwhile and Gone; then nothing was written.
    """
    database, now = work.database, work.wall_now
    series_id = of_visit(database, visit_id)
    if series_id is None:
        raise SeriesChangedMeanwhile
    whole = _visits(database, series_id, now)
    before, after = before_apart(database, visit_id), shape_of(database, visit_id)
    concerned = _concerned(database, visit_id, scope, before.starts_at, now)
    usual = {one.visit_id for one in concerned if not one.is_apart}
    if not {one.visit_id for one in planned} <= usual:
        raise SeriesChangedMeanwhile
    work.tell(Action.SERIES_CHANGED, visit=visit_id, client=after.client_id, note=text(unwanted))
    itself = [one.visit_id for one in whole if one.visit_id == visit_id and one.is_open]
    going = [*itself, *(one.visit_id for one in concerned)]
    if not going:
        raise SeriesChangedMeanwhile
    home = _home(work, series_id, whole, going, (after.starts_at.date() - before.starts_at.date()).days)
    for one in _in_passable_order(database, planned):
        _change(work, one, before, after, unwanted)
    for one in going:
        work.update(models.Visit, one, series=home)
    for one in planned:
        work.update(models.Visit, _known(one.visit_id), is_exception=one.is_apart)
    for left in usual - {one.visit_id for one in planned}:
        work.update(models.Visit, left, is_exception=True)
    for one in itself:
        work.update(models.Visit, one, is_exception=False)
    _settle_bounds(work, {series_id, home})
    _expect_the_past_untouched(work, whole)
    _expect(sum(_count(database, one) for one in {series_id, home}) == len(whole), "no visit came or went")
    return len(planned)


def rearrange(
    work: Work,
    visit_id: int,
    pattern: Pattern,
    planned: Sequence[PlannedDate],
    *,
    unwanted: str = "",
    alerts_seen: Sequence[int] = (),
) -> None:
    """Let a series go on by another pattern from this visit on, as a series of its own where others came before.

    ``planned`` are the dates of ``rearranged``, some perhaps at a proposal. Visits that are not among them are
    cancelled, what stands apart stays. ``unwanted`` and ``alerts_seen`` are as for ``book_series``, where new dates are
    booked. Raises
    SeriesDateRefused, DoNotBook, SeriesChangedMeanwhile and Gone; then nothing was written.
    """
    database, now = work.database, work.wall_now
    series_id = of_visit(database, visit_id)
    if series_id is None:
        raise SeriesChangedMeanwhile
    whole, shape = _visits(database, series_id, now), shape_of(database, visit_id)
    concerned = _concerned(database, visit_id, SeriesScope.FOLLOWING, before_apart(database, visit_id).starts_at, now)
    usual = {one.visit_id for one in concerned if not one.is_apart}
    standing = [one for one in planned if one.visit_id is not None]
    kept = {_known(one.visit_id) for one in standing}
    if not kept <= usual:
        raise SeriesChangedMeanwhile
    work.tell(Action.SERIES_CHANGED, visit=visit_id, client=shape.client_id, note=text(unwanted))
    for left in sorted(usual - kept):
        # Nobody said who wished the other pattern, and the client still comes: no figure may count it as a refusal.
        booking.cancel(work, left, CancelReason.OTHER)
    itself = [one.visit_id for one in whole if one.visit_id == visit_id and one.is_open]
    going = [*itself, *(one.visit_id for one in concerned)]
    home = series_id
    if len(going) < len(whole):
        home = work.insert(models.Series, created_at=work.now, **_kept(pattern, shape.starts_at.date()))
    else:
        work.update(models.Series, series_id, **_kept(pattern, shape.starts_at.date()))
    for one in _in_passable_order(database, standing):
        _change(work, one, shape, shape, unwanted)
    for one in going:
        work.update(models.Visit, one, series=home)
    for one in standing:
        work.update(models.Visit, _known(one.visit_id), is_exception=one.is_apart)
    for one in itself:
        work.update(models.Visit, one, is_exception=False)
    new = [one for one in planned if one.visit_id is None]
    usual = BookingRequest(shape.client_id, (), alerts_seen=tuple(alerts_seen), unwanted_reason=unwanted)
    _book(work, home, usual, new)
    _expect_the_past_untouched(work, whole)
    counted = sum(_count(database, one) for one in {series_id, home})
    _expect(counted == len(whole) + len(new), "only what was missing was booked, and nothing is lost")


def cancel(work: Work, visit_id: int, scope: SeriesScope, reason: CancelReason, *, with_apart: bool = True) -> int:
    """Cancel the other visits of a series that have not begun, and this one if it is still awaited.

    Returns how many were cancelled. ``with_apart``: also those that were changed alone. Raises SeriesChangedMeanwhile.
    """
    database, now = work.database, work.wall_now
    series_id = of_visit(database, visit_id)
    if series_id is None:
        raise SeriesChangedMeanwhile
    whole = _visits(database, series_id, now)
    work.tell(Action.SERIES_CANCELLED, visit=visit_id, client=shape_of(database, visit_id).client_id, note=reason)
    concerned = _concerned(database, visit_id, scope, before_apart(database, visit_id).starts_at, now)
    wanted = [one.visit_id for one in whole if one.visit_id == visit_id and one.is_open]
    wanted += [one.visit_id for one in concerned if with_apart or not one.is_apart]
    for one in wanted:
        booking.cancel(work, one, reason)
    _expect_the_past_untouched(work, whole)
    _expect(_count(database, series_id) == len(whole), "a cancelled visit is still there")
    return len(wanted)


# ---- parts ---------------------------------------------------------------------------------------------------


def _book(work: Work, series_id: int, usual: BookingRequest, planned: Sequence[PlannedDate]) -> tuple[int, ...]:
    """Book the dates of a series, each as ``usual``; the first that cannot be had ends the whole act."""
    before = _count(work.database, series_id)
    booked: list[int] = []
    for one in planned:
        try:
            visit_id = booking.book(work, replace(usual, services=one.services))
        except DoNotBook:
            raise  # it is the client, and no date
        except SalonError as error:
            raise SeriesDateRefused(one.starts_at, error) from error
        work.update(models.Visit, visit_id, series=series_id, is_exception=one.is_apart)
        booked.append(visit_id)
    _expect(_count(work.database, series_id) == before + len(planned), "each date is one visit")
    return tuple(booked)


def _change(work: Work, planned: PlannedDate, before: Shape, after: Shape, unwanted: str) -> None:
    visit_id = _known(planned.visit_id)
    own = shape_of(work.database, visit_id)
    client_id = own.client_id if after.client_id == before.client_id else after.client_id
    comment = own.comment if after.comment == before.comment else after.comment
    try:
        request = BookingRequest(client_id, planned.services, comment, unwanted_reason=unwanted)
        booking.change(work, visit_id, request)
    except DoNotBook:
        raise  # it is the client, and no date
    except SalonError as error:
        raise SeriesDateRefused(planned.starts_at, error) from error


def _visits(database: Database, series_id: int, now: datetime) -> list[SeriesVisit]:
    rows = database.rows(
        f"SELECT v.id, {BEGINS}, v.status, v.is_exception FROM visit v WHERE v.series_id = ? ORDER BY 2, 1",
        (series_id,),
    )
    visits: list[SeriesVisit] = []
    for visit_id, starts, word, is_apart in rows:
        starts_at, status = read_wall(starts), VisitStatus(word)
        is_open = _is_awaited(status, starts_at, now)
        visits.append(SeriesVisit(visit_id, starts_at, status, bool(is_apart), is_open, ()))
    return visits


def _is_awaited(status: VisitStatus, starts_at: datetime, now: datetime) -> bool:
    """Whether a visit lies ahead: everything else is history, and a series never touches it."""
    return status in AWAITED_STATUSES and starts_at > now


def _concerned(
    database: Database, visit_id: int, scope: SeriesScope, place: datetime, now: datetime
) -> list[SeriesVisit]:
    """The other open visits: all of them, or those after ``place``, where this one stood in its series."""
    series_id = of_visit(database, visit_id)
    if series_id is None:
        return []
    return [
        one
        for one in _visits(database, series_id, now)
        if one.is_open and one.visit_id != visit_id and (scope is SeriesScope.ALL or one.starts_at > place)
    ]


def _pattern(database: Database, series_id: int) -> Pattern:
    row = database.row("SELECT unit, every, weekdays, times, until_day FROM series WHERE id = ?", (series_id,))
    if row is None:
        raise Gone
    unit, every, bits, times, until = row
    weekdays = frozenset(weekday for weekday in range(7) if bits & 1 << weekday)
    return Pattern(SeriesUnit(unit), every, weekdays, times, date.fromisoformat(until) if until else None)


def _kept(pattern: Pattern, first_day: date) -> dict[str, Any]:
    """The columns of a pattern. A weekly one always keeps its weekdays: the first visit may move."""
    weekdays = pattern.weekdays or ({first_day.weekday()} if pattern.unit is SeriesUnit.WEEK else frozenset())
    return {
        "unit": pattern.unit,
        "every": pattern.every,
        "weekdays": sum(1 << weekday for weekday in weekdays),
        "times": pattern.times,
        "until_day": pattern.until,
        "first_day": first_day,
    }


def _begin(work: Work, like_visit: int, pattern: Pattern, first_day: date) -> int:
    """Make the series; the visit that is repeated is its first, if it still lies ahead."""
    row = work.database.row(f"SELECT v.status, {BEGINS}, v.series_id FROM visit v WHERE v.id = ?", (like_visit,))
    if row is None:
        raise Gone
    status, starts_at, has_series = VisitStatus(row[0]), read_wall(row[1]), row[2] is not None
    is_first = _is_awaited(status, starts_at, work.wall_now)
    if is_first and has_series:
        raise SeriesChangedMeanwhile
    # The weekdays of a pattern without any are those of the visit that is repeated.
    kept = _kept(pattern, starts_at.date()) | {"first_day": starts_at.date() if is_first else first_day}
    series_id = work.insert(models.Series, created_at=work.now, **kept)
    if is_first:
        work.update(models.Visit, like_visit, series=series_id)
    return series_id


def _go_on(work: Work, series_id: int, pattern: Pattern, more: int) -> None:
    times = None if pattern.times is None else _count(work.database, series_id) + more
    work.update(models.Series, series_id, times=times, until_day=pattern.until)


def _home(work: Work, series_id: int, whole: Sequence[SeriesVisit], going: Sequence[int], days: int) -> int:
    """The series of the visits that change: their own, or a new one where others stay behind as they were.

    Visits that have begun are a reason to part only when the days change: they stood by the old pattern.
    """
    staying = [one for one in whole if one.visit_id not in going]
    pattern = _pattern(work.database, series_id).shifted(days)
    first_day = min(one.starts_at.date() for one in whole if one.visit_id in going) + timedelta(days=days)
    if any(one.is_open for one in staying) or (staying and days):
        return work.insert(models.Series, created_at=work.now, **_kept(pattern, first_day))
    if days:
        work.update(models.Series, series_id, **_kept(pattern, first_day))
    return series_id


def _settle_bounds(work: Work, changed: Iterable[int]) -> None:
    """Say how many visits each part of a parted series has, and until when."""
    parts = sorted(changed)
    if len(parts) < 2:
        return
    for series_id in parts:
        pattern, visits = _pattern(work.database, series_id), _visits(work.database, series_id, work.wall_now)
        last = max(one.starts_at.date() for one in visits)
        if pattern.times is not None:
            work.update(models.Series, series_id, times=len(visits))
        if series_id == parts[0] and pattern.until is not None:
            work.update(models.Series, series_id, until_day=last)


def _in_passable_order(database: Database, planned: Sequence[PlannedDate]) -> list[PlannedDate]:
    """So that nobody is sent to where another of them still stands: a daily series moves on from its end."""
    left = list(planned)
    standing = {_known(one.visit_id): _span(shape_of(database, _known(one.visit_id)).services) for one in planned}
    ordered: list[PlannedDate] = []
    while left:
        passable = (
            one
            for one in left
            if not any(
                standing[_known(other.visit_id)].overlaps(_span(one.services)) for other in left if other is not one
            )
        )
        chosen = next(passable, left[0])
        left.remove(chosen)
        ordered.append(chosen)
    return ordered


def _span(services: Sequence[ServiceWish]) -> Interval:
    return Interval(min(one.starts_at for one in services), max(one.ends_at for one in services))


def last_of(standing: StandingSeries) -> SeriesVisit:
    """The visit after which a series goes on: the last that stands where the pattern has it."""
    kept = [one for one in standing.visits if not one.is_apart and one.status is not VisitStatus.CANCELLED]
    found = kept or [one for one in standing.visits if not one.is_apart] or list(standing.visits)
    if not found:
        raise Gone
    return found[-1]


def _first_day_left(salon: Salon, usual: datetime) -> date:
    """The first day whose usual time still lies ahead."""
    now = salon.wall_now()
    return now.date() + timedelta(days=now.time() >= usual.time())


def _known(visit_id: int | None) -> int:
    if visit_id is None:
        raise SeriesChangedMeanwhile
    return visit_id


def _count(database: Database, series_id: int) -> int:
    return int(database.value("SELECT count(*) FROM visit WHERE series_id = ?", (series_id,)))


def _expect_the_past_untouched(work: Work, whole: Sequence[SeriesVisit]) -> None:
    """No row of a visit that had begun was changed: a fault of ours would undo the whole act."""
    past = {one.visit_id for one in whole if not one.is_open}
    touched = {change.row_id for change in work.rows_of(models.Visit)}
    for change in work.rows_of(models.BookedService):
        found = work.database.value("SELECT visit_id FROM booked_service WHERE id = ?", (change.row_id,))
        touched.add(int(found or (change.before or {})["visit_id"]))
    _expect(past.isdisjoint(touched), "the past stays as it is")


def _expect(holds: bool, promise: str) -> None:
    if not holds:
        raise AssertionError(promise)
