"""Repeated hours as a rule: a week or a cycle such as 2/2, laid out over days. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from app.errors import BadDuration
from app.salon.scheduling.intervals import Interval

WEEK = 7
DAY_MINUTES = 24 * 60
LONGEST_CYCLE = 56
"""Eight weeks: no salon repeats itself more rarely."""


@dataclass(frozen=True, slots=True, order=True)
class Stretch:
    """An unbroken time of work within one day, in minutes of the day; 1440 is its end."""

    opens: int
    closes: int

    @property
    def minutes(self) -> int:
        """How long it is."""
        return self.closes - self.opens

    def on(self, day: date) -> Interval:
        """The stretch on a day, in wall time."""
        midnight = datetime(day.year, day.month, day.day)
        return Interval(midnight + timedelta(minutes=self.opens), midnight + timedelta(minutes=self.closes))


Hours = tuple[Stretch, ...]
"""The hours of one day, in order: none when it is free, two when the day is split."""

OFF: Hours = ()


@dataclass(frozen=True, slots=True)
class Cycle:
    """So many days of work, then so many days off."""

    on: int
    off: int


PRESETS = (Cycle(2, 2), Cycle(3, 3), Cycle(5, 2))
"""The cycles that salons know by their numbers."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """Repeated hours from ``first`` on: ``days[0]`` are the hours of ``first``, and after the last they begin anew."""

    first: date
    days: tuple[Hours, ...]
    last: date | None = None
    """The last day they hold for; None: they go on."""

    def holds_on(self, day: date) -> bool:
        """Whether ``day`` is planned by this pattern."""
        return self.first <= day and (self.last is None or day <= self.last)

    def of_day(self, day: date) -> Hours:
        """The hours of ``day``; none when it is free, or not planned by this pattern."""
        return self.days[(day - self.first).days % len(self.days)] if self.holds_on(day) else OFF

    def continued(self, day: date) -> "Pattern":
        """The same from a later ``day`` on: every day keeps its hours."""
        turned = (day - self.first).days % len(self.days)
        return replace(self, first=day, days=self.days[turned:] + self.days[:turned])

    @property
    def is_week(self) -> bool:
        """Whether it repeats by the week."""
        return len(self.days) == WEEK

    def by_weekday(self) -> tuple[Hours, ...]:
        """The hours from Monday to Sunday, of a pattern that repeats by the week."""
        return tuple(self.days[(weekday - self.first.weekday()) % WEEK] for weekday in range(WEEK))


def weekly(first: date, hours: Mapping[int, Hours], last: date | None = None) -> Pattern:
    """The same week over and over; ``hours`` by weekday, 0 is Monday, and a weekday that is not named is free."""
    days = tuple(hours.get((first.weekday() + offset) % WEEK, OFF) for offset in range(WEEK))
    return Pattern(first, days, last)


def cyclic(first: date, cycle: Cycle, hours: Hours, last: date | None = None) -> Pattern:
    """``cycle.on`` days with ``hours`` from ``first`` on, then ``cycle.off`` days off, and so on."""
    return Pattern(first, (hours,) * cycle.on + (OFF,) * cycle.off, last)


def cycle_of(pattern: Pattern) -> tuple[Cycle, Hours] | None:
    """What ``cyclic`` would make this pattern from; None when it is something else."""
    worked = [hours for hours in pattern.days if hours]
    if not worked or any(hours != worked[0] for hours in worked):
        return None
    if any(pattern.days[len(worked) :]):
        return None
    return Cycle(len(worked), len(pattern.days) - len(worked)), worked[0]


def check(days: Sequence[Hours]) -> None:
    """Raises BadDuration when somebody would finish before beginning, or begin again before having finished."""
    if not 0 < len(days) <= LONGEST_CYCLE:
        raise BadDuration(len(days))
    for hours in days:
        end = -1
        for one in hours:
            if one.opens <= end or not 0 <= one.opens < one.closes <= DAY_MINUTES:
                raise BadDuration(one.minutes)
            end = one.closes


def each_day(first: date, last: date) -> Iterator[date]:
    """Every day from ``first`` to ``last``, both included."""
    for offset in range((last - first).days + 1):
        yield first + timedelta(days=offset)
