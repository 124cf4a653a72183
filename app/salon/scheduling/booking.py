"""Booking, moving, lengthening, cancelling: every change of a visit, all through one validator."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from app import models
from app.errors import (
    BadDuration,
    DayNotCome,
    DoNotBook,
    Gone,
    NoRoomFree,
    NothingToBook,
    NotYetStarted,
    ReasonMissing,
    SalonError,
    SlotTaken,
    StatusNotPossible,
    StepsStillOpen,
    ToBeForgotten,
    VisitClosed,
)
from app.frozen import frozen
from app.models.connection import Database, OverlapRefused
from app.models.kept import read_wall
from app.salon.checklists import steps
from app.salon.journal import RowChange
from app.salon.reminders import queue
from app.salon.scheduling import following, overbooking, standing
from app.salon.scheduling.availability import (
    MasterDay,
    Standing,
    Wish,
    clash_within,
    clock_refusal,
    may_be_shared,
    refusal,
)
from app.salon.scheduling.day_book import master_day
from app.salon.scheduling.intervals import occupied, spanned
from app.salon.scheduling.room_choice import RoomWish, chosen_rooms
from app.salon.scheduling.standing import BookedService, ServiceWish, services_of
from app.salon.transaction import Work
from app.salon.typed import text
from app.vocabulary import LIVE_STATUSES, Action, AlertMoment, CancelReason, VisitStatus

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

_HERE = frozenset({VisitStatus.ARRIVED, VisitStatus.IN_SERVICE})
_SERVED = _HERE | {VisitStatus.COMPLETED}
_NOT_BEGUN = frozenset({VisitStatus.BOOKED, VisitStatus.CONFIRMED, VisitStatus.NO_SHOW, VisitStatus.ARRIVED})

_MOVABLE = frozenset({VisitStatus.BOOKED, VisitStatus.CONFIRMED, VisitStatus.ARRIVED, VisitStatus.IN_SERVICE})


@frozen
class BookingRequest:
    """A visit to book. ``client_id`` None is a walk-in without a card."""

    client_id: int | None
    services: tuple[ServiceWish, ...]
    comment: str = ""
    overbooked_reason: str = ""
    """Not empty: book although the place is taken; the reason stands in the journal and on the tile."""
    alerts_seen: tuple[int, ...] = ()
    """The alerts of the client that stood before the eyes of whoever booked."""
    unwanted_reason: str = ""
    """Not empty: book although the salon does not want to book this client; the reason stands in the journal."""
    lets_no_alert_unseen: bool = False
    """Whether an alert that is not among ``alerts_seen`` is refused: whoever books has no form on which it stands."""


@frozen
class Moved:
    """What whoever moved a service should be told."""

    asked_for_left: str = ""
    """The master who was asked for and has it no longer; empty when nobody was."""


@frozen
class Resized:
    """What whoever gave a service another length should be told."""

    next_at: datetime | None = None
    """When what follows begins now, wall time; None when nothing else has moved."""


def book(work: Work, request: BookingRequest) -> int:
    """Book a visit with its checklist and its reminder; returns the visit's id.

    Raises NothingToBook, ToBeForgotten, DoNotBook, NoSuchTime, BadDuration, ServiceWithdrawn, MasterLeft,
    CannotPerform, OutsideShift, SlotTaken, NoRoomFree, RoomNotFit, TextTooLong, AlertsUnseen where the request lets
    none go unseen, and Gone when the client, the master or the service is no longer there.
    """
    if not request.services:
        raise NothingToBook
    reason, unwanted = text(request.overbooked_reason), text(request.unwanted_reason)
    refuse_unwanted(work, request.client_id, unwanted)
    visit_id = work.insert(
        models.Visit,
        client=request.client_id,
        day=_one_day(request.services),
        status=VisitStatus.BOOKED,
        comment=text(request.comment),
        overbooked_reason=reason,
        created_at=work.now,
    )
    work.tell(Action.VISIT_BOOKED, visit=visit_id, client=request.client_id, note=noted(reason, unwanted))
    for position, wish in enumerate(request.services):
        _add_service(work, visit_id, position, wish, override=bool(reason))
    overbooking.settle(work, visit_id if reason else None)
    if request.client_id is not None:
        queue.plan_first(work, visit_id, min(wish.starts_at for wish in request.services))
    _keep_seen(work, visit_id, request)
    return visit_id


def change(work: Work, visit_id: int, request: BookingRequest) -> None:
    """Replace what a visit consists of: its client, services, times, prices and comment.

    Steps that were ticked for a service that stays are kept, and a service that stays where it is needs no second
    permission to share its place. Another client's alerts are acknowledged as at a booking; when that client is here
    already, none of them may go unseen. Raises what ``book`` raises, VisitClosed and AlertsUnseen.
    """
    _movable(work, visit_id)
    if not request.services:
        raise NothingToBook
    reason, unwanted = text(request.overbooked_reason), text(request.unwanted_reason)
    is_another = request.client_id != _client_of(work, visit_id)
    if is_another:
        refuse_unwanted(work, request.client_id, unwanted)
    work.tell(Action.VISIT_CHANGED, visit=visit_id, client=request.client_id, note=noted(reason, unwanted))
    there = services_of(work.database, visit_id)
    kept = standing.kept(there, request.services)
    for dropped in there:
        _release(work, dropped.booked_id)
        steps.forget(work, dropped.booked_id)
        work.delete(models.BookedService, dropped.booked_id)
    moving = {
        one: standing.standing(work.database, one)
        for one, wish in zip(kept, request.services, strict=True)
        if one and not one.stands_at(wish)
    }
    for one in moving:
        _release(work, one.booked_id)
    day = _one_day(request.services)
    work.update(
        models.Visit, visit_id, client=request.client_id, day=day, hour_known=True, comment=text(request.comment)
    )
    _await_again(work, visit_id, day)
    _take_along(work, visit_id, day)
    if reason:
        work.update(models.Visit, visit_id, overbooked_reason=reason)
    for position, (one, wish) in enumerate(zip(kept, request.services, strict=True)):
        if one is None:
            _add_service(work, visit_id, position, wish, override=bool(reason))
            continue
        work.update(
            models.BookedService, one.booked_id, position=position, price=wish.price, is_asked_for=wish.is_asked_for
        )
        if one in moving:
            _place(work, one, wish, override=bool(reason), stood=moving[one])
    if is_another and _status(work, visit_id) in _HERE:
        _meet(work, visit_id, request.alerts_seen)
    elif is_another:
        _keep_seen(work, visit_id, request)
    _follow(work, visit_id)


def move(work: Work, booked_id: int, staff_id: int, starts_at: datetime, rooms: tuple[int, ...] = ()) -> Moved:
    """Move a booked service to another time and master, as by dragging its tile; ``rooms`` are chosen for it.

    When it is the first of its visit, the other services keep their distance to it; another day takes the whole
    visit along, for a visit has one date. What has begun stays where it is (``following.after_move``). The reminder
    moves with it. It keeps its rooms where they are free. Its lengths and price stay as they were agreed with the
    client, also with a master who is slower or dearer; whoever wants those of the other master changes the visit.
    With another master the mark that somebody was asked for goes; the journal notes who it was.
    Raises what ``book`` raises, VisitClosed, and VisitBegun for another day when a part of the visit has begun.
    """
    visit_id = _visit_of(work, booked_id)
    _movable(work, visit_id)
    services = services_of(work.database, visit_id)
    moved = _one_of(services, booked_id)
    by_id = {each.booked_id: each for each in services}
    present = following.Present(work.wall_now, _status(work, visit_id))
    places = following.after_move(services, moved, staff_id, starts_at, rooms, present=present)
    beyond = following.refusal_of_day(services, places)
    if beyond is not None:
        raise beyond
    wishes = {
        by_id[each]: replace(by_id[each].wish(place.starts_at, place.staff_id), rooms=place.rooms)
        for each, place in places.items()
    }
    left = moved.staff_name if moved.is_asked_for and staff_id != moved.staff_id else ""
    work.tell(Action.VISIT_MOVED, visit=visit_id, client=_client_of(work, visit_id), note=left)
    _rearrange(work, {visit_id: wishes}, {one: standing.standing(work.database, one) for one in wishes})
    return Moved(left)


def move_room(work: Work, booked_id: int, room_id: int) -> None:
    """Let a booked service take another room, chair or machine in place of its own of that kind.

    Raises RoomNotFit, NoRoomFree, VisitClosed, Gone.
    """
    row = work.database.row("SELECT staff_id, starts_at FROM booked_service WHERE id = ?", (booked_id,))
    if row is None:
        raise Gone
    move(work, booked_id, row[0], read_wall(row[1]), (room_id,))


def shift(work: Work, visit_ids: Sequence[int], by: timedelta) -> dict[int, datetime]:
    """Move several visits by the same distance, all of them or none; none is in the way of another.

    Those of them that share a place on purpose share it there too. What was served, or is, stays where it is; where
    all of it is served just now, the record of it is set right. Returns when what was moved of each visit begins now
    (wall time). Raises what ``move`` raises: VisitClosed when nothing is ahead and one of them is history, Gone when
    one has no service with a place of its own.
    """
    there = {visit_id: services_of(work.database, visit_id) for visit_id in visit_ids}
    if not all(there.values()):
        raise Gone
    moving = _ahead(work, there) or there
    for visit_id in moving:
        _movable(work, visit_id)
    wishes = {visit_id: {one: one.wish(one.starts_at + by) for one in going} for visit_id, going in moving.items()}
    whole = {visit_id for visit_id, going in moving.items() if len(going) == len(there[visit_id])}
    for visit_id, going in moving.items():
        places = {one.booked_id: following.Place(one.staff_id, one.starts_at + by, one.lengths) for one in going}
        beyond = following.refusal_of_day(there[visit_id], places)
        if beyond is not None:
            raise beyond
    work.tell(Action.VISIT_MOVED)
    stood = {
        one: standing.standing(work.database, one).moved_along(whole, by) for going in moving.values() for one in going
    }
    _rearrange(work, wishes, stood)
    return {visit_id: min(wish.starts_at for wish in going.values()) for visit_id, going in wishes.items()}


def _rearrange(
    work: Work, wishes: dict[int, dict[BookedService, ServiceWish]], stood: Mapping[BookedService, Standing]
) -> None:
    """Put services of visits elsewhere. All of them are taken up first: none is in its own way.

    ``stood``: where each of them stands before.
    """
    for moving in wishes.values():
        for one in moving:
            _release(work, one.booked_id)
    for visit_id, moving in wishes.items():
        day = _one_day(tuple(moving.values()))
        work.update(models.Visit, visit_id, day=day)
        _await_again(work, visit_id, day)
        _take_along(work, visit_id, day)
        for one, wish in moving.items():
            _place(work, one, wish, stood=stood[one])
    for visit_id in wishes:
        _follow(work, visit_id)


def resize(work: Work, booked_id: int, starts_at: datetime, ends_at: datetime) -> Resized:
    """Give a booked service another start or end, as by dragging an edge of its tile.

    The start changes the working time; the end changes the finishing time where there is one, else the working
    time, and the services that follow in the visit go along (``following.after_stretch``).
    Raises what ``book`` raises, and VisitClosed.
    """
    visit_id = _visit_of(work, booked_id)
    _movable(work, visit_id)
    services = services_of(work.database, visit_id)
    one = _one_of(services, booked_id)
    present = following.Present(work.wall_now, _status(work, visit_id))
    choices = following.after_stretch(services, one, starts_at, ends_at, present=present)
    places = choices[0] if len(choices) == 1 else _first_had(work, visit_id, services, choices)
    work.tell(Action.VISIT_RESIZED, visit=visit_id, client=_client_of(work, visit_id))
    by_id = {each.booked_id: each for each in services}
    wishes = {by_id[each]: by_id[each].wish(place.starts_at, lengths=place.lengths) for each, place in places.items()}
    _rearrange(work, {visit_id: wishes}, {each: standing.standing(work.database, each) for each in wishes})
    return Resized(min((wish.starts_at for each, wish in wishes.items() if each != one), default=None))


def _first_had(
    work: Work, visit_id: int, services: Sequence[BookedService], choices: Sequence[following.Places]
) -> following.Places:
    """The first of the ``choices`` that can be had, else the first of all: its refusal is what is told."""
    stands = {one.booked_id: stood for one, stood in standing.standings(work.database, visit_id).items()}

    def day_of(staff_id: int, day: date) -> MasterDay:
        return master_day(work.database, staff_id, day, ignoring_visit=visit_id)

    zone = work.profile.zone
    had = (one for one in choices if following.refusal_of(one, services, day_of, stands, zone=zone) is None)
    return next(had, choices[0])


def set_status(
    work: Work,
    visit_id: int,
    status: VisitStatus,
    *,
    reason: str = "",
    alerts_seen: Sequence[int] = (),
    unwanted_reason: str = "",
) -> None:
    """Say where a visit stands.

    When the client arrives, or the work begins, or all of it is only written down at its end, nothing that must be
    known of them goes unseen, not even what has come to light since they arrived: ``alerts_seen`` are acknowledged
    now, and whatever nobody has acknowledged for this visit is raised as AlertsUnseen.

    A cancelled or missed visit that comes back is booked once more: for a client whom the salon does not want to book
    that takes an ``unwanted_reason`` (DoNotBook), and for whoever asked to be forgotten it cannot be (ToBeForgotten).

    Completing with required steps open needs a ``reason`` (StepsStillOpen); nobody is here, or was served, for a
    visit of a later day (DayNotCome); a no-show is possible only after the start (NotYetStarted); a cancelled or
    missed visit comes back only if its place is still free (SlotTaken).
    Raises StatusNotPossible for any step that the life of a visit does not know. Cancelling is ``cancel``.
    """
    before = _status(work, visit_id)
    if before is status:
        return
    if status is VisitStatus.CANCELLED or status not in _NEXT[before]:
        raise StatusNotPossible(before, status)
    if status is VisitStatus.NO_SHOW and work.wall_now < _starts_at(work, visit_id):
        raise NotYetStarted(_starts_at(work, visit_id))
    if status in _SERVED and work.wall_now.date() < (day := _starts_at(work, visit_id).date()):
        raise DayNotCome(day)
    is_back, client_id, unwanted = before not in LIVE_STATUSES, _client_of(work, visit_id), text(unwanted_reason)
    if is_back:
        refuse_unwanted(work, client_id, unwanted)
    action = Action.VISIT_RESTORED if is_back else Action.VISIT_STATUS_SET
    said = f"{status}: {unwanted}" if is_back and unwanted else str(status)
    work.tell(action, visit=visit_id, client=client_id, note=said)
    if status in _SERVED and before in _NOT_BEGUN:
        _meet(work, visit_id, alerts_seen)
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


def noted(*reasons: str) -> str:
    """Why something was done all the same, as a line of the journal says it: each reason once."""
    return "; ".join(dict.fromkeys(one for one in reasons if one))


def _meet(work: Work, visit_id: int, alerts_seen: Sequence[int]) -> None:
    """The client is here: no alert of theirs goes unseen. Raises AlertsUnseen."""
    from app.salon.clients import alerts  # the first painted calendar needs none of it

    alerts.receive(work, visit_id, alerts_seen)


def _keep_seen(work: Work, visit_id: int, request: BookingRequest) -> None:
    """Booking was also the act of acknowledging the alerts that stood on the form. Raises AlertsUnseen without one."""
    if request.alerts_seen or request.lets_no_alert_unseen:
        from app.salon.clients import alerts  # the first painted calendar needs none of it

        alerts.acknowledge(work, visit_id, request.alerts_seen, AlertMoment.BOOKING)
        if request.lets_no_alert_unseen:
            alerts.refuse_unseen(work.database, visit_id)


def may_follow(status: VisitStatus) -> frozenset[VisitStatus]:
    """The statuses that a visit may take after ``status``, as far as its own life decides."""
    return frozenset(VisitStatus(word) for word in _NEXT[status])


def may_follow_at(status: VisitStatus, starts_at: datetime, now: datetime) -> frozenset[VisitStatus]:
    """Those that the clock allows, too, for a visit that begins at ``starts_at`` (wall times).

    Nobody has stayed away from what has not begun, and nobody is here for a visit of a later day.
    """
    possible = may_follow(status)
    if now < starts_at:
        possible -= {VisitStatus.NO_SHOW}
    return possible - _SERVED if now.date() < starts_at.date() else possible


def is_movable(status: VisitStatus) -> bool:
    """Whether a visit may still go to another time; a completed, cancelled or missed one is history."""
    return status in _MOVABLE


def change_refusal(database: Database, visit_id: int) -> SalonError | None:
    """Why a visit can be changed no longer, or None: it was taken back, or is history by now."""
    word = database.value("SELECT status FROM visit WHERE id = ?", (visit_id,))
    if word is None:
        return Gone()
    return None if is_movable(VisitStatus(word)) else VisitClosed(VisitStatus(word))


# ---- parts ---------------------------------------------------------------------------------------------------


def _ahead(work: Work, visits: Mapping[int, Sequence[BookedService]]) -> dict[int, list[BookedService]]:
    """What of these visits is not served yet; a visit of which nothing is ahead is left out."""
    ahead: dict[int, list[BookedService]] = {}
    for visit_id, services in visits.items():
        present = following.Present(work.wall_now, _status(work, visit_id))
        going = [one for one in services if not present.is_served(one)]
        if going and is_movable(present.status):
            ahead[visit_id] = going
    return ahead


def refuse_unwanted(work: Work, client_id: int | None, reason: str) -> None:
    """Raise DoNotBook for a client whom the salon does not want to book again, unless a ``reason`` is given.

    Whoever asked to be forgotten is not booked for any reason: ToBeForgotten. Every path asks here that books for a
    client, holds a place for them or puts them on a list.
    """
    if client_id is None:
        return
    row = work.database.row("SELECT name, do_not_book_reason, forget_asked_at FROM client WHERE id = ?", (client_id,))
    if row is None:
        return
    if row[2] is not None:
        raise ToBeForgotten
    if row[1] and not reason:
        raise DoNotBook(row[0], row[1], client_id)


def _close_steps(work: Work, visit_id: int, reason: str) -> None:
    still_open, said = steps.open_required(work.database, visit_id), text(reason)
    if still_open and not said:
        raise StepsStillOpen(tuple(still_open))
    work.update(models.Visit, visit_id, open_steps_reason=said if still_open else "")


def _follow_status(work: Work, visit_id: int, before: VisitStatus, after: VisitStatus) -> None:
    """Give back or take again the masters' time when a visit leaves or enters life, and re-plan its reminder."""
    if before in LIVE_STATUSES and after not in LIVE_STATUSES:
        for one in services_of(work.database, visit_id):
            _release(work, one.booked_id)
    if before not in LIVE_STATUSES and after in LIVE_STATUSES:
        work.update(models.Visit, visit_id, cancel_reason=None)
        for one in services_of(work.database, visit_id):
            _place(work, one, one.wish(one.starts_at), stood=Standing(one.staff_id, one.starts_at.date()))
    overbooking.settle(work, visit_id)
    queue.replan(work, visit_id, was_mistaken=before is VisitStatus.ARRIVED)


def _follow(work: Work, visit_id: int) -> None:
    """Bring in line with the visit what hangs on it: shared places, its series, and its reminder."""
    overbooking.settle(work, visit_id)
    if any(_is_another_plan(change) for change in work.rows_of(models.BookedService)):
        _stand_apart(work, visit_id)
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


def _await_again(work: Work, visit_id: int, day: date) -> None:
    """Whoever was here and comes on a later ``day`` instead is awaited then, and reminded of it."""
    if work.wall_now.date() < day and _status(work, visit_id) in _HERE:
        work.update(models.Visit, visit_id, status=VisitStatus.BOOKED)


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


def _one_of(services: Sequence[BookedService], booked_id: int) -> BookedService:
    """The service with a place of its own that is meant. Raises Gone: the others cannot be dragged."""
    found = next((one for one in services if one.booked_id == booked_id), None)
    if found is None:
        raise Gone
    return found


def _add_service(work: Work, visit_id: int, position: int, wish: ServiceWish, *, override: bool) -> None:
    row = work.database.row("SELECT name, archived_at IS NULL FROM service WHERE id = ?", (wish.service_id,))
    if row is None:
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
    new = BookedService(
        booked_id,
        visit_id,
        wish.service_id,
        row[0],
        wish.staff_id,
        wish.starts_at,
        wish.lengths,
        is_asked_for=wish.is_asked_for,
        is_offered=bool(row[1]),
    )
    _place(work, new, wish, override=override)
    steps.copy_for(work, visit_id, booked_id, wish.service_id)


def _times(wish: ServiceWish) -> dict[str, Any]:
    return {
        "starts_at": wish.starts_at,
        "ends_at": wish.ends_at,
        "working_minutes": wish.lengths.working,
        "gap_minutes": wish.lengths.gap,
        "finishing_minutes": wish.lengths.finishing,
        "before_minutes": wish.lengths.before,
        "after_minutes": wish.lengths.after,
        "is_asked_for": wish.is_asked_for,
    }


def _place(
    work: Work, one: BookedService, wish: ServiceWish, *, override: bool = False, stood: Standing | None = None
) -> None:
    """Check the place with the one validator, then take it, with its rooms. The services of one visit see each other.

    ``override``: take it although somebody is there, if it is not the same visit: a master does one thing at a time
    for a client. ``stood`` is where it stood before.
    """
    problem = clock_refusal(wish.starts_at, wish.lengths, work.profile.zone)
    if problem is not None:
        raise problem
    begins = wish.starts_at - timedelta(minutes=wish.lengths.before)
    around = (begins, wish.ends_at + timedelta(minutes=wish.lengths.after))
    day = master_day(work.database, wish.staff_id, wish.starts_at.date(), around=around)
    free = replace(day, rooms=day.rooms.of_others({one.visit_id}))
    asked = Wish(one.service_id, one.service_name, wish.starts_at, wish.lengths, wish.rooms, one.is_offered)
    problem = refusal(free, asked, stood)
    if problem is not None and not (override and may_be_shared(problem)):
        raise problem
    own = tuple(taken for taken in day.taken if taken.visit_id == one.visit_id)
    twice = clash_within(replace(day, taken=own), occupied(wish.starts_at, wish.lengths))
    if twice is not None:
        raise twice
    if not one.is_kept_as(wish):
        work.update(models.BookedService, one.booked_id, staff=wish.staff_id, **_times(wish))
    shared = problem is not None
    if stood is not None and stood.concerns(day, wish.starts_at):
        free = stood.away_from(free)
        shared = shared or stood.permits(day, wish.starts_at, wish.lengths)
    own = one.rooms if stood is not None and stood.is_kept_by(day, wish.starts_at) else ()
    rooms = RoomWish(one.service_id, one.service_name, wish.rooms, _usual_rooms(one, wish, day), own)
    _take(work, one, wish, free, rooms, shared)


def _usual_rooms(one: BookedService, wish: ServiceWish, day: MasterDay) -> tuple[int, ...]:
    """The rooms that a service would rather have: its own, and where the client sits already for another one."""
    whole = spanned(wish.starts_at, wish.lengths)
    shared = [
        room.room_id
        for room in day.rooms.rooms
        if any(taken.visit_id == one.visit_id and taken.interval.overlaps(whole) for taken in room.taken)
    ]
    return (*one.rooms, *shared)


def _take(
    work: Work, one: BookedService, wish: ServiceWish, day: MasterDay, asked: RoomWish, is_override: bool
) -> None:
    whole = spanned(wish.starts_at, wish.lengths)
    rooms = chosen_rooms(day.rooms, asked, whole)
    try:
        for part in occupied(wish.starts_at, wish.lengths):
            work.insert(
                models.Occupancy,
                staff=wish.staff_id,
                starts_at=part.starts_at,
                ends_at=part.ends_at,
                booked_service=one.booked_id,
                is_override=is_override,
            )
    except OverlapRefused as error:
        raise SlotTaken(day.name, wish.starts_at, wish.ends_at, "") from error
    for room_id in rooms:
        try:
            work.insert(
                models.Occupancy,
                room=room_id,
                starts_at=whole.starts_at,
                ends_at=whole.ends_at,
                booked_service=one.booked_id,
                is_override=is_override,
            )
        except OverlapRefused as error:
            name = next(room.name for room in day.rooms.rooms if room.room_id == room_id)
            raise NoRoomFree(name, whole.starts_at, whole.ends_at, "", len(rooms) == 1) from error


def _release(work: Work, booked_id: int) -> None:
    for (row_id,) in work.database.rows("SELECT id FROM occupancy WHERE booked_service_id = ?", (booked_id,)):
        work.delete(models.Occupancy, row_id)


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
