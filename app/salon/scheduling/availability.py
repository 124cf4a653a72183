"""Whether a master can take a service at a time, and why not. One validator for every path. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.errors import BadDuration, CannotPerform, OutsideShift, SalonError, SlotTaken
from app.salon.scheduling.intervals import Interval, Lengths, occupied

SHORTEST_MINUTES = 5


@dataclass(frozen=True, slots=True)
class Taken:
    """An interval in which the master is taken, and by what (client's name or block's reason)."""

    interval: Interval
    by: str


@dataclass(frozen=True, slots=True)
class MasterDay:
    """One master's day as the validator sees it: working hours, what is taken, which services they do."""

    staff_id: int
    name: str
    shifts: tuple[Interval, ...]
    taken: tuple[Taken, ...]
    services: frozenset[int]


@dataclass(frozen=True, slots=True)
class Wish:
    """A service that somebody wants at a time: which, how long, when."""

    service_id: int
    service_name: str
    starts_at: datetime
    lengths: Lengths


def refusal(day: MasterDay, wish: Wish) -> SalonError | None:
    """Why ``wish`` cannot be had, or None when it can.

    The checks, in this order: the lengths make sense and end on the same day; the master does the service; every
    occupied part lies within one shift; nothing else is there. Free places are the starts without a refusal.
    """
    problem = _bad_lengths(wish)
    if problem is not None:
        return problem
    if wish.service_id not in day.services:
        return CannotPerform(day.name, wish.service_name)
    needed = occupied(wish.starts_at, wish.lengths)
    whole = Interval(needed[0].starts_at, needed[-1].ends_at)
    for part in needed:
        if not any(shift.covers(part) for shift in day.shifts):
            hours = tuple((shift.starts_at, shift.ends_at) for shift in day.shifts)
            return OutsideShift(day.name, whole.starts_at, whole.ends_at, hours)
    return clash(day, needed)


def clash(day: MasterDay, needed: Sequence[Interval]) -> SlotTaken | None:
    """What already stands where ``needed`` should go, or None."""
    for part in needed:
        for taken in day.taken:
            if taken.interval.overlaps(part):
                return SlotTaken(day.name, taken.interval.starts_at, taken.interval.ends_at, taken.by)
    return None


def _bad_lengths(wish: Wish) -> BadDuration | None:
    lengths = wish.lengths
    if lengths.working < SHORTEST_MINUTES or lengths.gap < 0 or lengths.finishing < 0:
        return BadDuration(lengths.total)
    if (wish.starts_at + timedelta(minutes=lengths.total)).date() != wish.starts_at.date():
        return BadDuration(lengths.total)
    return None


def free_starts(day: MasterDay, wish: Wish, step_minutes: int) -> list[datetime]:
    """Every start on the salon's grid at which the validator would take ``wish`` (its own start is ignored)."""
    starts: list[datetime] = []
    for shift in day.shifts:
        minute = shift.starts_at.hour * 60 + shift.starts_at.minute
        start = shift.starts_at + timedelta(minutes=-minute % step_minutes)
        while start + timedelta(minutes=wish.lengths.working) <= shift.ends_at:
            if refusal(day, Wish(wish.service_id, wish.service_name, start, wish.lengths)) is None:
                starts.append(start)
            start += timedelta(minutes=step_minutes)
    return starts
