"""Half-open intervals of wall time, the arithmetic of every calendar question. Pure."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from app.frozen import frozen


@frozen
class Interval:
    """From ``starts_at`` up to, and without, ``ends_at``; naive wall time."""

    starts_at: datetime
    ends_at: datetime

    def __post_init__(self) -> None:
        if self.ends_at <= self.starts_at:
            raise ValueError("an interval ends after it starts")

    def __lt__(self, other: "Interval") -> bool:
        return (self.starts_at, self.ends_at) < (other.starts_at, other.ends_at)

    @property
    def minutes(self) -> int:
        """Its length."""
        return int((self.ends_at - self.starts_at).total_seconds()) // 60

    def overlaps(self, other: "Interval") -> bool:
        """Whether both share a moment; touching ends share none."""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at

    def covers(self, other: "Interval") -> bool:
        """Whether ``other`` lies wholly inside."""
        return self.starts_at <= other.starts_at and other.ends_at <= self.ends_at

    def shifted(self, by: timedelta) -> "Interval":
        """The same length, ``by`` later."""
        return Interval(self.starts_at + by, self.ends_at + by)


@frozen
class Lengths:
    """How long a service takes, in minutes: working, a processing gap in which the master is free, then finishing.

    ``before`` and ``after`` are the master's own: laying out before the client sits down, cleaning after they went.
    """

    working: int
    gap: int = 0
    finishing: int = 0
    before: int = 0
    after: int = 0

    @property
    def total(self) -> int:
        """Minutes from start to end as the client sits there."""
        return self.working + self.gap + self.finishing

    @property
    def busy(self) -> int:
        """Minutes for which the master is taken."""
        return self.before + self.working + self.finishing + self.after

    @property
    def taken(self) -> tuple[tuple[int, int], ...]:
        """From which to which minute after the start the master is taken: one stretch, or two around the gap."""
        ends = self.total + self.after
        if not self.gap:
            return ((-self.before, ends),)
        first = (-self.before, self.working)
        return (first, (self.working + self.gap, ends)) if self.finishing + self.after else (first,)


def spanned(starts_at: datetime, lengths: Lengths) -> Interval:
    """The whole time of a service that starts at ``starts_at``, from laying out to cleaning: its room is taken then."""
    return Interval(
        starts_at - timedelta(minutes=lengths.before), starts_at + timedelta(minutes=lengths.total + lengths.after)
    )


def occupied(starts_at: datetime, lengths: Lengths) -> tuple[Interval, ...]:
    """When a service that starts at ``starts_at`` takes its master: one interval, or two around the gap."""
    return tuple(
        Interval(starts_at + timedelta(minutes=since), starts_at + timedelta(minutes=until))
        for since, until in lengths.taken
    )


def merged(intervals: Iterable[Interval]) -> list[Interval]:
    """The same time as few intervals, in order, touching ones joined."""
    joined: list[Interval] = []
    for interval in sorted(intervals):
        if joined and interval.starts_at <= joined[-1].ends_at:
            last = joined.pop()
            joined.append(Interval(last.starts_at, max(last.ends_at, interval.ends_at)))
        else:
            joined.append(interval)
    return joined


def without(interval: Interval, taken: Iterable[Interval]) -> list[Interval]:
    """What is left of ``interval`` when ``taken`` is cut out of it."""
    left: list[Interval] = []
    start = interval.starts_at
    for busy in merged(taken):
        if not busy.overlaps(interval):
            continue
        if start < busy.starts_at:
            left.append(Interval(start, busy.starts_at))
        start = max(start, busy.ends_at)
    if start < interval.ends_at:
        left.append(Interval(start, interval.ends_at))
    return left
