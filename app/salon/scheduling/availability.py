"""Whether a master can take a service at a time, and why not. One validator for every path. Pure."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from app.clock import happens_once, lasts_as_planned
from app.errors import BadDuration, CannotPerform, NoRoomFree, NoSuchTime, OutsideShift, SalonError, SlotTaken
from app.frozen import frozen
from app.salon.scheduling.intervals import Interval, Lengths, occupied, spanned
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


@frozen
class Wish:
    """A service that somebody wants at a time: which, how long, when."""

    service_id: int
    service_name: str
    starts_at: datetime
    lengths: Lengths
    rooms: tuple[int, ...] = ()
    """Rooms that it shall have; otherwise any that are fit and free."""

    @property
    def of_rooms(self) -> RoomWish:
        """What it says about the rooms."""
        return RoomWish(self.service_id, self.service_name, self.rooms)


def refusal(day: MasterDay, wish: Wish) -> SalonError | None:
    """Why ``wish`` cannot be had, or None when it can.

    The checks, in this order: the lengths make sense and end on the same day; the master does the service, and the
    wished rooms are fit for it; every occupied part, with what the master needs before and after, lies within one
    shift; nothing else is there; a room of each kind that the service takes is free. Free places are the starts
    without a refusal.
    """
    problem = _bad_lengths(wish)
    if problem is not None:
        return problem
    if wish.service_id not in day.services:
        return CannotPerform(day.name, wish.service_name)
    strange = not_fit(day.rooms, wish.of_rooms)
    if strange is not None:
        return strange
    needed = occupied(wish.starts_at, wish.lengths)
    whole = spanned(wish.starts_at, wish.lengths)
    for part in needed:
        if not any(shift.covers(part) for shift in day.shifts):
            hours = tuple((shift.starts_at, shift.ends_at) for shift in day.shifts)
            return OutsideShift(day.name, whole.starts_at, whole.ends_at, hours)
    return clash(day, needed) or not_free(day.rooms, wish.of_rooms, whole)


def may_be_shared(problem: SalonError | None) -> bool:
    """Whether somebody may book over this refusal on purpose, with a reason: a master or a room is taken."""
    return isinstance(problem, (SlotTaken, NoRoomFree))


def clock_refusal(starts_at: datetime, lengths: Lengths, zone: str) -> NoSuchTime | None:
    """Why a service cannot be kept in a night in which the clocks are changed, or None.

    Neither its ends nor those of what the master needs around it may be missing or come twice.
    """
    ends_at = starts_at + timedelta(minutes=lengths.total)
    begins, finished = starts_at - timedelta(minutes=lengths.before), ends_at + timedelta(minutes=lengths.after)
    for moment in dict.fromkeys((starts_at, ends_at, begins, finished)):
        if not happens_once(moment, zone):
            return NoSuchTime(moment)
    return None if lasts_as_planned(begins, finished, zone) else NoSuchTime(starts_at)


def clash(day: MasterDay, needed: Sequence[Interval]) -> SlotTaken | None:
    """What already stands where ``needed`` should go, or None."""
    for part in needed:
        for taken in day.taken:
            if taken.interval.overlaps(part):
                return SlotTaken(day.name, taken.interval.starts_at, taken.interval.ends_at, taken.by)
    return None


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
