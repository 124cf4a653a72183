"""A place that is kept free for some minutes while somebody calls.

A hold takes the same time of the same masters as the visit would, and the database guards it like any other. The
program releases what is over before each act and at the minute at which it ends, so that the list of free places
and the validator agree.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from app import models
from app.clock import wall_time
from app.errors import Gone, HoldOver
from app.frozen import frozen
from app.models.connection import Database
from app.models.kept import instant_text, read_instant, read_wall
from app.salon.scheduling import booking, overbooking, wait_matches, waitlist
from app.salon.scheduling.booking import BookingRequest
from app.salon.scheduling.intervals import spanned
from app.salon.scheduling.places import PlannedService, one_after_another
from app.salon.scheduling.wait_matches import Match
from app.salon.transaction import Work
from app.salon.typed import text
from app.vocabulary import Action

_SLACK = timedelta(minutes=1)
"""Two computers of one salon do not tell the same second."""


@frozen
class HeldPlace:
    """A place that is held, as the calendar shows it: one for each stretch of a master's time."""

    hold_id: int
    staff_id: int
    starts_at: datetime
    ends_at: datetime
    until: datetime
    """Wall time at which it is free again."""
    client_name: str
    """For whom; empty when nobody is named."""
    entry_id: int | None


def hold(work: Work, request: BookingRequest, entry_id: int | None = None) -> int:
    """Keep the place of ``request`` for the salon's minutes; returns the id of the hold.

    Raises what ``booking.book`` raises: a place that cannot be booked cannot be held, and none is held over somebody.
    """
    work.tell(Action.PLACE_HELD, client=request.client_id, note=text(request.unwanted_reason))
    taken = _as_booked(work, request)
    hold_id = work.insert(
        models.PlaceHold,
        entry=entry_id,
        day=request.services[0].starts_at.date(),
        starts_at=min(one.starts_at for one in request.services),
        ends_at=max(one.ends_at for one in request.services),
        expires_at=work.now + timedelta(minutes=work.profile.hold_minutes),
    )
    for row in taken:
        work.insert(
            models.Occupancy,
            staff=row.get("staff_id"),
            room=row.get("room_id"),
            starts_at=read_wall(row["starts_at"]),
            ends_at=read_wall(row["ends_at"]),
            hold=hold_id,
        )
    return hold_id


def release(work: Work, hold_id: int) -> None:
    """Give a held place back. Raises HoldOver when it was free already."""
    found = work.database.row(
        "SELECT e.client_id FROM place_hold h LEFT JOIN waitlist_entry e ON e.id = h.entry_id WHERE h.id = ?",
        (hold_id,),
    )
    if found is None:
        raise HoldOver
    work.tell(Action.PLACE_RELEASED, client=found[0])
    _release(work, hold_id)
    overbooking.settle(work)


def book(work: Work, hold_id: int, request: BookingRequest) -> int:
    """Book the place that is held: it goes over in one act, and nobody can come between. Returns the visit.

    Who waited for it waits no more. Raises HoldOver when it was released meanwhile, and what ``booking.book`` raises.
    """
    found = work.database.row("SELECT entry_id FROM place_hold WHERE id = ?", (hold_id,))
    if found is None:
        raise HoldOver
    work.tell(Action.VISIT_BOOKED, client=request.client_id)
    _release(work, hold_id)
    if found[0] is not None:
        return waitlist.book(work, found[0], request)
    visit_id = booking.book(work, request)
    work.tell(Action.VISIT_BOOKED, visit=visit_id)
    return visit_id


def release_expired(work: Work) -> int:
    """Give back the places whose time is over; returns how many.

    Nobody holds longer than the salon's minutes from now on: when the clock was set back, or the minutes were made
    fewer, a hold ends as if it had just begun, instead of lasting for hours.
    """
    longest = work.now + timedelta(minutes=work.profile.hold_minutes)
    over = 0
    for hold_id, expires_at in work.database.rows("SELECT id, expires_at FROM place_hold ORDER BY id"):
        expires = read_instant(expires_at)
        if expires <= work.now:
            work.tell(Action.PLACE_RELEASED)
            _release(work, hold_id)
            over += 1
        elif expires > longest + _SLACK:
            work.tell(Action.PLACE_RELEASED)
            work.update(models.PlaceHold, hold_id, expires_at=longest)
    overbooking.settle(work)
    return over


def is_something_over(database: Database, now: datetime, minutes: int) -> bool:
    """Whether ``release_expired`` would do something at ``now`` (aware): the question that is cheap to ask often."""
    latest = now + timedelta(minutes=minutes) + _SLACK
    found = database.value(
        "SELECT 1 FROM place_hold WHERE expires_at <= ? OR expires_at > ? LIMIT 1",
        (instant_text(now), instant_text(latest)),
    )
    return found is not None


def next_end(database: Database) -> datetime | None:
    """When the next hold ends (aware); None when nothing is held."""
    found = database.value("SELECT MIN(expires_at) FROM place_hold")
    return None if found is None else read_instant(found)


_HELD = """
SELECT h.id, o.staff_id, o.starts_at, o.ends_at, h.expires_at, COALESCE(c.name, ''), h.entry_id
FROM place_hold h JOIN occupancy o ON o.hold_id = h.id AND o.staff_id IS NOT NULL
LEFT JOIN waitlist_entry e ON e.id = h.entry_id LEFT JOIN client c ON c.id = e.client_id
{condition} ORDER BY o.starts_at DESC, o.id DESC
"""


def of_day(database: Database, day: date, zone: str) -> list[HeldPlace]:
    """The places that are held on a day, the last first."""
    return _held(database, zone, "WHERE h.day = ?", (day.isoformat(),))


def everywhere(database: Database, zone: str) -> list[HeldPlace]:
    """All places that are held now, the last first."""
    return _held(database, zone, "", ())


def _held(database: Database, zone: str, condition: str, params: Sequence[str]) -> list[HeldPlace]:
    return [
        HeldPlace(
            hold_id, staff, read_wall(starts), read_wall(ends), wall_time(read_instant(until), zone), name, entry_id
        )
        for hold_id, staff, starts, ends, until, name, entry_id in database.rows(
            _HELD.format(condition=condition), params
        )
    ]


def of_entry(database: Database, entry_id: int) -> int | None:
    """The hold for somebody who waits, or None."""
    found: int | None = database.value("SELECT MAX(id) FROM place_hold WHERE entry_id = ?", (entry_id,))
    return found


def request_of(database: Database, hold_id: int, zone: str) -> BookingRequest:
    """The visit that a hold is kept for, wherever it was begun. Raises HoldOver, and Gone when nobody waits for it."""
    return match_of(database, hold_id, zone).request()


def match_of(database: Database, hold_id: int, zone: str) -> Match:
    """Who waits for a place that is held, and the place. Raises HoldOver, and Gone when nobody waits for it."""
    found = database.row("SELECT entry_id, starts_at FROM place_hold WHERE id = ?", (hold_id,))
    if found is None:
        raise HoldOver
    entry_id, starts_at = found
    if entry_id is None:
        raise Gone
    waiting = waitlist.one(database, zone, entry_id)
    matching = wait_matches.Matching(database, now=read_wall(starts_at), step_minutes=5, zone=zone, everything=True)
    held = [
        (staff, read_wall(begins), read_wall(ends))
        for staff, begins, ends in database.rows(
            "SELECT staff_id, starts_at, ends_at FROM occupancy WHERE hold_id = ? AND staff_id IS NOT NULL "
            "ORDER BY starts_at, id",
            (hold_id,),
        )
    ]
    first = next(staff for staff, _begins, _ends in held)
    place = wait_matches.place_at(matching, waiting, first, read_wall(starts_at))
    planned: list[PlannedService] = []
    for service, usual in zip(matching.wanted(waiting) or (), place.planned, strict=True):
        able = [service.with_master(staff) for staff, _begins, _ends in held if staff in service.masters]
        planned.append(next((one for one in able if _is_held(held, (*planned, one), place.starts_at)), usual))
    return Match(waiting, (replace(place, planned=tuple(planned)),))


def _is_held(
    held: Sequence[tuple[int, datetime, datetime]], planned: tuple[PlannedService, ...], starts_at: datetime
) -> bool:
    """Whether the last of ``planned`` is what the hold keeps its master for, from laying out on."""
    wish = one_after_another(starts_at, planned)[-1]
    begins = spanned(wish.starts_at, wish.lengths).starts_at
    return any(staff == wish.staff_id and start == begins for staff, start, _ends in held)


class _TakenBack(Exception):
    """The trial is over."""


def _as_booked(work: Work, request: BookingRequest) -> list[dict[str, Any]]:
    """What the visit would take of masters and rooms: it is booked for trial and taken back at once.

    So a hold never takes less than the booking will need, and never more.
    """
    trial = Work(work.salon)
    try:
        with work.database.writing():
            booking.book(trial, replace(request, overbooked_reason=""))
            raise _TakenBack
    except _TakenBack:
        return [row.after for row in trial.rows_of(models.Occupancy) if row.after is not None]


def _release(work: Work, hold_id: int) -> None:
    for (row_id,) in work.database.rows("SELECT id FROM occupancy WHERE hold_id = ?", (hold_id,)):
        work.delete(models.Occupancy, row_id)
    work.delete(models.PlaceHold, hold_id)
