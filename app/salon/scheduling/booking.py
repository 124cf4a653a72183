"""Booking, moving, lengthening, cancelling: every change of a visit, all through one validator."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from app import models
from app.clock import happens_once, lasts_as_planned
from app.errors import (
    BadDuration,
    Gone,
    NoSuchTime,
    NothingToBook,
    NotYetStarted,
    ReasonMissing,
    SlotTaken,
    StatusNotPossible,
    StepsStillOpen,
    VisitClosed,
)
from app.models.connection import OverlapRefused
from app.models.kept import read_wall
from app.salon.checklists import steps
from app.salon.journal import RowChange
from app.salon.reminders import queue
from app.salon.scheduling import overbooking
from app.salon.scheduling.availability import MasterDay, Taken, Wish, refusal
from app.salon.scheduling.day_book import master_day
from app.salon.scheduling.intervals import Interval, Lengths, occupied
from app.salon.transaction import Work
from app.salon.typed import text
from app.vocabulary import LIVE_STATUSES, Action, CancelReason, VisitStatus

_NEXT = {
    VisitStatus.BOOKED: {"confirmed", "arrived", "in_service", "completed", "cancelled", "no_show"},
    VisitStatus.CONFIRMED: {"booked", "arrived", "in_service", "completed", "cancelled", "no_show"},
    VisitStatus.ARRIVED: {"booked", "confirmed", "in_service", "completed", "cancelled"},
    VisitStatus.IN_SERVICE: {"arrived", "completed"},
    VisitStatus.COMPLETED: {"in_service"},
    VisitStatus.CANCELLED: {"booked"},
    VisitStatus.NO_SHOW: {"booked", "arrived"},
}
"""Which status may follow which. Cancelled and missed visits come back only to where they can be kept."""

_MOVABLE = frozenset({VisitStatus.BOOKED, VisitStatus.CONFIRMED, VisitStatus.ARRIVED, VisitStatus.IN_SERVICE})


@dataclass(frozen=True, slots=True)
class ServiceWish:
    """One service of a visit to book: master, start (wall time), lengths (minutes), price (minor units)."""

    service_id: int
    staff_id: int
    starts_at: datetime
    lengths: Lengths
    price: int | None

    @property
    def ends_at(self) -> datetime:
        """When the client gets up."""
        return self.starts_at + timedelta(minutes=self.lengths.total)


@dataclass(frozen=True, slots=True)
class BookingRequest:
    """A visit to book. ``client_id`` None is a walk-in without a card."""

    client_id: int | None
    services: tuple[ServiceWish, ...]
    comment: str = ""
    overbooked_reason: str = ""
    """Not empty: book although the place is taken; the reason stands in the journal and on the tile."""


@dataclass(frozen=True, slots=True)
class _Booked:
    """A booked service as the table holds it."""

    booked_id: int
    service_id: int
    service_name: str
    staff_id: int
    starts_at: datetime
    lengths: Lengths

    def stands_at(self, wish: ServiceWish) -> bool:
        """Whether ``wish`` is where this service stands already: same master, same time, same lengths."""
        return (self.staff_id, self.starts_at, self.lengths) == (wish.staff_id, wish.starts_at, wish.lengths)


def book(work: Work, request: BookingRequest) -> int:
    """Book a visit with its checklist and its reminder; returns the visit's id.

    Raises NothingToBook, NoSuchTime, BadDuration, CannotPerform, OutsideShift, SlotTaken, TextTooLong, and Gone when
    the client, the master or the service is no longer there.
    """
    if not request.services:
        raise NothingToBook
    reason = text(request.overbooked_reason)
    visit_id = work.insert(
        models.Visit,
        client=request.client_id,
        day=_one_day(request.services),
        status=VisitStatus.BOOKED,
        comment=text(request.comment),
        overbooked_reason=reason,
        created_at=work.now,
    )
    work.tell(Action.VISIT_BOOKED, visit=visit_id, client=request.client_id, note=reason)
    for position, wish in enumerate(request.services):
        _add_service(work, visit_id, position, wish, override=bool(reason))
    _follow(work, visit_id)
    return visit_id


def change(work: Work, visit_id: int, request: BookingRequest) -> None:
    """Replace what a visit consists of: its client, services, times, prices and comment.

    Steps that were ticked for a service that stays are kept, and a service that stays where it is needs no second
    permission to share its place. Raises what ``book`` raises, and VisitClosed.
    """
    _movable(work, visit_id)
    if not request.services:
        raise NothingToBook
    work.tell(Action.VISIT_CHANGED, visit=visit_id, client=request.client_id)
    standing, before = _services(work, visit_id), _starts_at(work, visit_id)
    kept = [_taken_from(standing, wish) for wish in request.services]
    for dropped in standing:
        _release(work, dropped.booked_id)
        steps.forget(work, dropped.booked_id)
        work.delete(models.BookedService, dropped.booked_id)
    moving = [one for one, wish in zip(kept, request.services, strict=True) if one and not one.stands_at(wish)]
    for one in moving:
        _release(work, one.booked_id)
    reason = text(request.overbooked_reason)
    day = _one_day(request.services)
    work.update(
        models.Visit, visit_id, client=request.client_id, day=day, hour_known=True, comment=text(request.comment)
    )
    _take_along(work, visit_id, day)
    if reason:
        work.update(models.Visit, visit_id, overbooked_reason=reason)
    for position, (one, wish) in enumerate(zip(kept, request.services, strict=True)):
        if one is None:
            _add_service(work, visit_id, position, wish, override=bool(reason))
            continue
        work.update(models.BookedService, one.booked_id, position=position, price=wish.price)
        if one in moving:
            _place(work, one.booked_id, wish, one.service_name, override=bool(reason))
    _follow(work, visit_id, before)


def move(work: Work, booked_id: int, staff_id: int, starts_at: datetime) -> None:
    """Move a booked service to another time and master, as by dragging its tile.

    When it is the first of its visit, the other services keep their distance to it; another day takes the whole
    visit along, for a visit has one date. The reminder moves with it. Raises what ``book`` raises, and VisitClosed.
    """
    visit_id = _visit_of(work, booked_id)
    _movable(work, visit_id)
    services, before = _services(work, visit_id), _starts_at(work, visit_id)
    moved = _one_of(services, booked_id)
    shift = starts_at - moved.starts_at
    together = moved == services[0] or starts_at.date() != moved.starts_at.date()
    work.tell(Action.VISIT_MOVED, visit=visit_id, client=_client_of(work, visit_id))
    wishes = {moved: ServiceWish(moved.service_id, staff_id, starts_at, moved.lengths, None)}
    for one in services:
        if one != moved and together and shift:
            wishes[one] = ServiceWish(one.service_id, one.staff_id, one.starts_at + shift, one.lengths, None)
    for one in wishes:
        _release(work, one.booked_id)
    day = _one_day(tuple(wishes.values()))
    work.update(models.Visit, visit_id, day=day)
    _take_along(work, visit_id, day)
    for one, wish in wishes.items():
        _place(work, one.booked_id, wish, one.service_name)
    _follow(work, visit_id, before)


def resize(work: Work, booked_id: int, starts_at: datetime, ends_at: datetime) -> None:
    """Give a booked service another start or end, as by dragging an edge of its tile.

    The start changes the working time; the end changes the finishing time where there is one, else the working
    time. Raises what ``book`` raises, and VisitClosed.
    """
    visit_id = _visit_of(work, booked_id)
    _movable(work, visit_id)
    before, one = _starts_at(work, visit_id), _one_of(_services(work, visit_id), booked_id)
    earlier = int((one.starts_at - starts_at).total_seconds()) // 60
    later = int((ends_at - one.starts_at).total_seconds()) // 60 - one.lengths.total
    lengths = replace(one.lengths, working=one.lengths.working + earlier)
    if lengths.finishing:
        lengths = replace(lengths, finishing=lengths.finishing + later)
    else:
        lengths = replace(lengths, working=lengths.working + later)
    work.tell(Action.VISIT_RESIZED, visit=visit_id, client=_client_of(work, visit_id))
    wish = ServiceWish(one.service_id, one.staff_id, starts_at, lengths, None)
    neighbours = _neighbours(work, visit_id, one)
    _release(work, booked_id)
    _place(work, booked_id, wish, one.service_name, neighbours=neighbours)
    _follow(work, visit_id, before)


def set_status(work: Work, visit_id: int, status: VisitStatus, *, reason: str = "") -> None:
    """Say where a visit stands.

    Completing with required steps open needs a ``reason`` (StepsStillOpen); a no-show is possible only after the
    start (NotYetStarted); a cancelled or missed visit comes back only if its place is still free (SlotTaken).
    Raises StatusNotPossible for any step that the life of a visit does not know. Cancelling is ``cancel``.
    """
    before = _status(work, visit_id)
    if before is status:
        return
    if status is VisitStatus.CANCELLED or status not in _NEXT[before]:
        raise StatusNotPossible(before, status)
    if status is VisitStatus.NO_SHOW and work.wall_now < _starts_at(work, visit_id):
        raise NotYetStarted(_starts_at(work, visit_id))
    action = Action.VISIT_STATUS_SET if before in LIVE_STATUSES else Action.VISIT_RESTORED
    work.tell(action, visit=visit_id, client=_client_of(work, visit_id), note=status)
    if status is VisitStatus.COMPLETED:
        _close_steps(work, visit_id, reason)
    work.update(models.Visit, visit_id, status=status)
    _follow_status(work, visit_id, before, status)


def cancel(work: Work, visit_id: int, reason: CancelReason | None, note: str = "") -> None:
    """Cancel a visit with its reason: its time is free again and its reminder is off.

    Raises ReasonMissing, TextTooLong and StatusNotPossible.
    """
    if reason is None:
        raise ReasonMissing
    before = _status(work, visit_id)
    if VisitStatus.CANCELLED not in _NEXT[before]:
        raise StatusNotPossible(before, VisitStatus.CANCELLED)
    more = text(note)
    said = f"{reason}: {more}" if more else str(reason)
    work.tell(Action.VISIT_CANCELLED, visit=visit_id, client=_client_of(work, visit_id), note=said)
    work.update(models.Visit, visit_id, status=VisitStatus.CANCELLED, cancel_reason=reason)
    _stand_apart(work, visit_id)
    _follow_status(work, visit_id, before, VisitStatus.CANCELLED)


def may_follow(status: VisitStatus) -> frozenset[VisitStatus]:
    """The statuses that a visit may take after ``status``, as far as its own life decides."""
    return frozenset(VisitStatus(word) for word in _NEXT[status])


def is_movable(status: VisitStatus) -> bool:
    """Whether a visit may still go to another time; a completed, cancelled or missed one is history."""
    return status in _MOVABLE


# ---- parts ---------------------------------------------------------------------------------------------------


def _close_steps(work: Work, visit_id: int, reason: str) -> None:
    still_open, said = steps.open_required(work.database, visit_id), text(reason)
    if still_open and not said:
        raise StepsStillOpen(tuple(still_open))
    work.update(models.Visit, visit_id, open_steps_reason=said if still_open else "")


def _follow_status(work: Work, visit_id: int, before: VisitStatus, after: VisitStatus) -> None:
    """Give back or take again the masters' time when a visit leaves or enters life, and re-plan its reminder."""
    if before in LIVE_STATUSES and after not in LIVE_STATUSES:
        for one in _services(work, visit_id):
            _release(work, one.booked_id)
    if before not in LIVE_STATUSES and after in LIVE_STATUSES:
        work.update(models.Visit, visit_id, cancel_reason=None)
        for one in _services(work, visit_id):
            wish = ServiceWish(one.service_id, one.staff_id, one.starts_at, one.lengths, None)
            _place(work, one.booked_id, wish, one.service_name)
    overbooking.settle(work, visit_id)
    queue.replan(work, visit_id, was_mistaken=before is VisitStatus.ARRIVED)


def _follow(work: Work, visit_id: int, before: datetime | None = None) -> None:
    """Bring in line with the visit what hangs on it: shared places, and its reminder. ``before``: its old start."""
    overbooking.settle(work, visit_id)
    if before is not None and any(_is_another_plan(change) for change in work.rows_of(models.BookedService)):
        _stand_apart(work, visit_id)
    if before is not None and before != _starts_at(work, visit_id):
        queue.close_messages(work, visit_id)
    queue.replan(work, visit_id)


def _is_another_plan(change: RowChange) -> bool:
    """Whether a service came, went or has another place; a price of its own is no other plan."""
    return not change.before or not change.after or bool(change.after.keys() - {"price", "position"})


def _stand_apart(work: Work, visit_id: int) -> None:
    """A visit that is changed alone leaves its series: a change of the series passes it by from now on."""
    sql = "SELECT 1 FROM visit WHERE id = ? AND series_id IS NOT NULL AND NOT is_exception"
    if work.database.value(sql, (visit_id,)):
        work.update(models.Visit, visit_id, is_exception=True)


def _take_along(work: Work, visit_id: int, day: date) -> None:
    """Let the services without a place of their own follow the visit to ``day``: a visit has one date."""
    rows = work.database.rows(
        "SELECT id, starts_at, ends_at FROM booked_service WHERE visit_id = ? AND NOT takes_time", (visit_id,)
    )
    for booked_id, starts_at, ends_at in rows:
        by = day - read_wall(starts_at).date()
        work.update(
            models.BookedService, booked_id, starts_at=read_wall(starts_at) + by, ends_at=read_wall(ends_at) + by
        )


def _one_of(services: Sequence[_Booked], booked_id: int) -> _Booked:
    """The service with a place of its own that is meant. Raises Gone: the others cannot be dragged."""
    found = next((one for one in services if one.booked_id == booked_id), None)
    if found is None:
        raise Gone
    return found


def _taken_from(standing: list[_Booked], wish: ServiceWish) -> _Booked | None:
    """The first standing service that ``wish`` asks for once more; it is taken out of ``standing``."""
    kept = next((one for one in standing if one.service_id == wish.service_id), None)
    if kept is not None:
        standing.remove(kept)
    return kept


def _add_service(work: Work, visit_id: int, position: int, wish: ServiceWish, *, override: bool) -> None:
    name = work.database.value("SELECT name FROM service WHERE id = ?", (wish.service_id,))
    if name is None:
        raise Gone
    booked_id = work.insert(
        models.BookedService,
        visit=visit_id,
        service=wish.service_id,
        staff=wish.staff_id,
        position=position,
        price=wish.price,
        **_times(wish),
    )
    _place(work, booked_id, wish, name, override=override)
    steps.copy_for(work, visit_id, booked_id, wish.service_id)


def _times(wish: ServiceWish) -> dict[str, Any]:
    return {
        "starts_at": wish.starts_at,
        "ends_at": wish.ends_at,
        "working_minutes": wish.lengths.working,
        "gap_minutes": wish.lengths.gap,
        "finishing_minutes": wish.lengths.finishing,
    }


@dataclass(frozen=True, slots=True)
class _Neighbours:
    """Over whom a service stands already, and whether it is the one that was permitted to."""

    taken: tuple[Taken, ...] = ()
    is_permitted: bool = False

    def away_from(self, day: MasterDay) -> MasterDay:
        """The master's day without them: they are no reason against what is agreed already."""
        return replace(day, taken=tuple(one for one in day.taken if one not in self.taken))

    def permit(self, parts: Sequence[Interval]) -> bool:
        """Whether a service that takes ``parts`` still stands over them by permission."""
        return self.is_permitted and any(one.interval.overlaps(part) for one in self.taken for part in parts)


_ALONE = _Neighbours()


def _neighbours(work: Work, visit_id: int, one: _Booked) -> _Neighbours:
    day = master_day(work.database, one.staff_id, one.starts_at.date(), ignoring_visit=visit_id)
    parts = occupied(one.starts_at, one.lengths)
    taken = tuple(other for other in day.taken if any(other.interval.overlaps(part) for part in parts))
    permitted = work.database.value(
        "SELECT 1 FROM occupancy WHERE booked_service_id = ? AND is_override", (one.booked_id,)
    )
    return _Neighbours(taken, permitted is not None)


def _place(
    work: Work,
    booked_id: int,
    wish: ServiceWish,
    service_name: str,
    *,
    override: bool = False,
    neighbours: _Neighbours = _ALONE,
) -> None:
    """Check the place with the one validator, then take it. The services of one visit see each other.

    ``override``: take it although somebody is there. ``neighbours`` are over whom it stood before.
    """
    _check_clocks(work, wish)
    day = neighbours.away_from(master_day(work.database, wish.staff_id, wish.starts_at.date()))
    problem = refusal(day, Wish(wish.service_id, service_name, wish.starts_at, wish.lengths))
    if problem is not None and not (override and isinstance(problem, SlotTaken)):
        raise problem
    work.update(models.BookedService, booked_id, staff=wish.staff_id, **_times(wish))
    parts = occupied(wish.starts_at, wish.lengths)
    is_override = problem is not None or neighbours.permit(parts)
    try:
        for part in parts:
            work.insert(
                models.Occupancy,
                staff=wish.staff_id,
                starts_at=part.starts_at,
                ends_at=part.ends_at,
                booked_service=booked_id,
                is_override=is_override,
            )
    except OverlapRefused as error:
        raise SlotTaken(day.name, wish.starts_at, wish.ends_at, "") from error


def _check_clocks(work: Work, wish: ServiceWish) -> None:
    for moment in (wish.starts_at, wish.ends_at):
        if not happens_once(moment, work.profile.zone):
            raise NoSuchTime(moment)
    if not lasts_as_planned(wish.starts_at, wish.ends_at, work.profile.zone):
        raise NoSuchTime(wish.starts_at)


def _release(work: Work, booked_id: int) -> None:
    for (row_id,) in work.database.rows("SELECT id FROM occupancy WHERE booked_service_id = ?", (booked_id,)):
        work.delete(models.Occupancy, row_id)


def _services(work: Work, visit_id: int) -> list[_Booked]:
    rows = work.database.rows(
        """
        SELECT b.id, b.service_id, s.name, b.staff_id, b.starts_at,
               b.working_minutes, b.gap_minutes, b.finishing_minutes
        FROM booked_service b JOIN service s ON s.id = b.service_id
        WHERE b.visit_id = ? AND b.takes_time ORDER BY b.starts_at, b.position, b.id
        """,
        (visit_id,),
    )
    return [
        _Booked(booked, service, name, staff, read_wall(starts_at), Lengths(working, gap, finishing))
        for booked, service, name, staff, starts_at, working, gap, finishing in rows
    ]


def _one_day(services: Sequence[ServiceWish]) -> date:
    """The date of all of them. Raises BadDuration: a visit does not go on to the next day."""
    first, last = min(one.starts_at for one in services), max(one.ends_at for one in services)
    if any(one.starts_at.date() != first.date() for one in services):
        raise BadDuration(int((last - first).total_seconds()) // 60)
    return first.date()


def _status(work: Work, visit_id: int) -> VisitStatus:
    word = work.database.value("SELECT status FROM visit WHERE id = ?", (visit_id,))
    if word is None:
        raise Gone
    return VisitStatus(word)


def _movable(work: Work, visit_id: int) -> None:
    status = _status(work, visit_id)
    if status not in _MOVABLE:
        raise VisitClosed(status)


def _visit_of(work: Work, booked_id: int) -> int:
    visit_id = work.database.value("SELECT visit_id FROM booked_service WHERE id = ?", (booked_id,))
    if visit_id is None:
        raise Gone
    return int(visit_id)


def _client_of(work: Work, visit_id: int) -> int | None:
    found: int | None = work.database.value("SELECT client_id FROM visit WHERE id = ?", (visit_id,))
    return found


def _starts_at(work: Work, visit_id: int) -> datetime:
    return read_wall(work.database.value(f"SELECT {queue.BEGINS} FROM visit v WHERE v.id = ?", (visit_id,)))
