"""Whether a master can take a service at a time, and why not. One validator for every path. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from app.clock import happens, happens_once, lasts_as_planned, once_again
from app.errors import (
    BadDuration,
    CannotPerform,
    MasterLeft,
    NoRoomFree,
    NoSuchTime,
    OutsideShift,
    SalonError,
    SameVisitThere,
    ServiceWithdrawn,
    SlotTaken,
)
from app.frozen import frozen
from app.salon.scheduling.intervals import Interval, Lengths, occupied, spanned, without
from app.salon.scheduling.room_choice import NO_ROOMS, RoomsDay, RoomWish, Taken, not_fit, not_free

SHORTEST_MINUTES = 5


@frozen
class MasterDay:
    """One master's day as the validator sees it: working hours, what is taken, which services they do."""

    staff_id: int
    name: str
    shifts: tuple[Interval, ...]
    taken: tuple[Taken, ...]
    services: frozenset[int]
    rooms: RoomsDay = NO_ROOMS
    """The salon's rooms on that day."""
    has_left: bool = False
    """Whether the master works here no longer."""


@frozen
class Wish:
    """A service that somebody wants at a time: which, how long, when."""

    service_id: int
    service_name: str
    starts_at: datetime
    lengths: Lengths
    rooms: tuple[int, ...] = ()
    """Rooms that it shall have; otherwise any that are fit and free."""
    is_offered: bool = True
    """Whether the salon still offers the service."""

    @property
    def of_rooms(self) -> RoomWish:
        """What it says about the rooms."""
        return RoomWish(self.service_id, self.service_name, self.rooms)


@frozen
class Standing:
    """Where a service stands already. What was agreed there is no reason against a change that makes nothing worse."""

    staff_id: int
    day: date
    parts: tuple[Interval, ...] = ()
    """When it takes its master; nothing for a cancelled one that comes back: it gave its time up."""
    over: tuple[Taken, ...] = ()
    """What stands on the same time of its master."""
    in_rooms: tuple[Taken, ...] = ()
    """What stands on the same time of its rooms."""
    is_permitted: bool = False
    """Whether it was booked over them on purpose."""
    rooms: tuple[int, ...] = ()
    """The rooms that it has: with the same master on the same day it may keep them."""
    goes_along: bool = False
    """Whether what it stands over goes where it goes: they are met there, on whatever day and with whomever."""

    def is_kept_by(self, day: MasterDay, starts_at: datetime) -> bool:
        """Whether it would still be with its master on its day."""
        return (day.staff_id, starts_at.date()) == (self.staff_id, self.day)

    def concerns(self, day: MasterDay, starts_at: datetime) -> bool:
        """Whether those over whom it stands are no news there."""
        return self.goes_along or self.is_kept_by(day, starts_at)

    def away_from(self, day: MasterDay) -> MasterDay:
        """The master's day without those over whom it stands."""
        if not self.over and not self.in_rooms:
            return day
        taken = tuple(one for one in day.taken if one not in self.over)
        return replace(day, taken=taken, rooms=day.rooms.without(self.in_rooms))

    def permits(self, day: MasterDay, starts_at: datetime, lengths: Lengths) -> bool:
        """Whether a service with these ends would still stand over them by permission."""
        if not self.is_permitted or not self.concerns(day, starts_at):
            return False
        parts, whole = occupied(starts_at, lengths), spanned(starts_at, lengths)
        return any(one.interval.overlaps(part) for one in self.over for part in parts) or any(
            one.interval.overlaps(whole) for one in self.in_rooms
        )

    def moved_along(self, visits: Collection[int], by: timedelta) -> "Standing":
        """The same among visits that all move ``by``: those of them over whom it stands are met again there."""
        over, in_rooms = (
            tuple(replace(one, interval=one.interval.shifted(by)) if one.visit_id in visits else one for one in taken)
            for taken in (self.over, self.in_rooms)
        )
        return replace(self, over=over, in_rooms=in_rooms, goes_along=True)


def standing_on(
    day: MasterDay, starts_at: datetime, lengths: Lengths, rooms: Collection[int], *, is_permitted: bool = False
) -> Standing:
    """A service as it stands on its master's ``day``, which is read without its visit, and in its ``rooms``."""
    parts, whole = occupied(starts_at, lengths), spanned(starts_at, lengths)
    over = tuple(one for one in day.taken if any(one.interval.overlaps(part) for part in parts))
    mine = [room for room in day.rooms.rooms if room.room_id in rooms]
    in_rooms = tuple(one for room in mine for one in room.taken if one.interval.overlaps(whole))
    return Standing(day.staff_id, starts_at.date(), parts, over, in_rooms, is_permitted, tuple(rooms))


def refusal(day: MasterDay, wish: Wish, standing: Standing | None = None) -> SalonError | None:
    """Why ``wish`` cannot be had, or None when it can.

    The checks, in this order: the lengths make sense and end on the same day; the service is offered, the master
    works here and does it, and the wished rooms are fit for it; every occupied part, with what the master needs
    before and after, lies within one shift; nothing else is there; a room of each kind that the service takes is
    free. Free places are the starts without a refusal.

    With ``standing`` the wish is about a service that stands there already. It was agreed while it was offered. With
    the same master on the same day it needs nobody's leave for what is as it was: the master does it, the time outside
    the shift that it has already, its rooms, and the neighbours over whom it stands.
    """
    problem = _bad_lengths(wish)
    if problem is not None:
        return problem
    is_kept = standing is not None and standing.is_kept_by(day, wish.starts_at)
    problem = None if is_kept else _not_done(day, wish, is_agreed=standing is not None)
    if problem is not None:
        return problem
    in_rooms = replace(wish.of_rooms, own=standing.rooms) if standing is not None and is_kept else wish.of_rooms
    strange = not_fit(day.rooms, in_rooms)
    if strange is not None:
        return strange
    needed = occupied(wish.starts_at, wish.lengths)
    whole = spanned(wish.starts_at, wish.lengths)
    agreed = standing.parts if standing is not None and is_kept else ()
    for part in needed:
        if not any(shift.covers(part) for shift in day.shifts) and not _is_agreed(part, day.shifts, agreed):
            hours = tuple((shift.starts_at, shift.ends_at) for shift in day.shifts)
            return OutsideShift(day.name, whole.starts_at, whole.ends_at, hours)
    if standing is not None and standing.concerns(day, wish.starts_at):
        day = standing.away_from(day)
    return clash(day, needed) or not_free(day.rooms, in_rooms, whole)


def _not_done(day: MasterDay, wish: Wish, *, is_agreed: bool) -> SalonError | None:
    """Why the master does not do the service at all, or None."""
    if not wish.is_offered and not is_agreed:
        return ServiceWithdrawn(wish.service_name)
    if day.has_left:
        return MasterLeft(day.name)
    return None if wish.service_id in day.services else CannotPerform(day.name, wish.service_name)


def _is_agreed(part: Interval, shifts: Sequence[Interval], agreed: Sequence[Interval]) -> bool:
    """Whether all of ``part`` that lies outside the shifts was given already."""
    outside = without(part, shifts) or [part]
    return bool(agreed) and not any(without(rest, agreed) for rest in outside)


def may_be_shared(problem: SalonError | None) -> bool:
    """Whether somebody may book over this refusal on purpose, with a reason: a master or a room is taken."""
    return isinstance(problem, (SlotTaken, NoRoomFree)) and not isinstance(problem, SameVisitThere)


def clock_refusal(starts_at: datetime, lengths: Lengths, zone: str) -> NoSuchTime | None:
    """Why a service cannot be kept in a night in which the clocks are changed, or None.

    Neither its ends nor those of what the master needs around it may be missing, and it may begin at no time that
    comes twice. It may end at one: whoever knows when it begins and how long it takes knows which of the two is meant.
    """
    ends_at = starts_at + timedelta(minutes=lengths.total)
    begins, finished = starts_at - timedelta(minutes=lengths.before), ends_at + timedelta(minutes=lengths.after)
    for moment, is_right in (
        (starts_at, happens_once),
        (begins, happens_once),
        (ends_at, happens),
        (finished, happens),
    ):
        if not is_right(moment, zone):
            return no_such_time(moment, zone)
    return None if lasts_as_planned(begins, finished, zone) else NoSuchTime(starts_at)


def no_such_time(moment: datetime, zone: str) -> NoSuchTime:
    """That a time is missing in the zone or comes twice, and from when on the clocks go as usual."""
    return NoSuchTime(moment, happens(moment, zone), once_again(moment, zone))


def clash(day: MasterDay, needed: Sequence[Interval]) -> SlotTaken | None:
    """What already stands where ``needed`` should go, or None."""
    for part in needed:
        for taken in day.taken:
            if taken.interval.overlaps(part):
                return SlotTaken(day.name, taken.interval.starts_at, taken.interval.ends_at, taken.by)
    return None


def clash_within(day: MasterDay, needed: Sequence[Interval]) -> SameVisitThere | None:
    """The same, where all that is taken in ``day`` is taken by the visit itself."""
    problem = clash(day, needed)
    return None if problem is None else SameVisitThere(*problem.args)


def _bad_lengths(wish: Wish) -> BadDuration | None:
    lengths = wish.lengths
    if lengths.working < SHORTEST_MINUTES or min(lengths.gap, lengths.finishing, lengths.before, lengths.after) < 0:
        return BadDuration(lengths.total)
    whole = spanned(wish.starts_at, lengths)
    if whole.starts_at.date() != wish.starts_at.date() or whole.ends_at.date() != wish.starts_at.date():
        return BadDuration(lengths.total)
    return None


def free_starts(day: MasterDay, wish: Wish, step_minutes: int) -> list[datetime]:
    """Every start on the salon's grid at which the validator would take ``wish`` (its own start is ignored)."""
    starts: list[datetime] = []
    for shift in day.shifts:
        minute = shift.starts_at.hour * 60 + shift.starts_at.minute
        start = shift.starts_at + timedelta(minutes=-minute % step_minutes)
        while start + timedelta(minutes=wish.lengths.working) <= shift.ends_at:
            if refusal(day, replace(wish, starts_at=start)) is None:
                starts.append(start)
            start += timedelta(minutes=step_minutes)
    return starts
