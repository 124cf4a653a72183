"""Who works when, and which quarters of an hour are still free. Pure; a day is a whole number of 96 bits.

A year of visits asks for free places some ten thousand times, so a master's day is one integer: bit k is set when
the k-th quarter of an hour is free. All lengths of the sample are whole quarters.
"""

from dataclasses import dataclass, field
from datetime import date

from app.salon.exchange.sample.material import Master
from app.salon.scheduling.intervals import Lengths

QUARTER = 15
PAIRS = 4
"""The days of the rota "two days on, two days off"."""


@dataclass(frozen=True, slots=True)
class Part:
    """One service of a visit with one master; ``master`` counts from 0."""

    service: str
    master: int
    lengths: Lengths


@dataclass(slots=True)
class Diary:
    """The masters' free time by day."""

    free: dict[tuple[date, int], int] = field(default_factory=dict[tuple[date, int], int])

    def open(self, day: date, master: int, opens: int, closes: int) -> None:
        """Begin a shift (minutes of the day)."""
        self.free[day, master] = span(opens, closes)

    def works(self, day: date, master: int) -> bool:
        """Whether the master has a shift."""
        return (day, master) in self.free

    def close(self, day: date, master: int, starts: int, ends: int) -> None:
        """Take the time from ``starts`` to ``ends`` (minutes of the day)."""
        self.free[day, master] &= ~span(starts, ends)

    def starts(self, day: date, parts: tuple[Part, ...]) -> int:
        """The quarters at which ``parts``, one after the other, could begin, as bits."""
        found = -1
        later = 0
        for part in parts:
            free = self.free.get((day, part.master), 0)
            fits = free
            for quarter in busy_quarters(part.lengths):
                fits &= free >> quarter
            found &= fits >> later
            later += part.lengths.total // QUARTER
        return found

    def take(self, day: date, parts: tuple[Part, ...], start: int) -> None:
        """Book ``parts`` from the minute ``start`` on."""
        for part in parts:
            self.free[day, part.master] &= ~(_pattern(part.lengths) << start // QUARTER)
            start += part.lengths.total


def span(starts: int, ends: int) -> int:
    """The quarters between two minutes of the day, as bits."""
    return (1 << -(-ends // QUARTER)) - (1 << starts // QUARTER)


def busy_quarters(lengths: Lengths) -> list[int]:
    """The quarters, counted from the start, in which a service takes its master."""
    last = lengths.working + lengths.gap
    return [*range(lengths.working // QUARTER), *range(last // QUARTER, lengths.total // QUARTER)]


def _pattern(lengths: Lengths) -> int:
    return sum(1 << quarter for quarter in busy_quarters(lengths))


def is_working_day(master: Master, day: date, today: date) -> bool:
    """Whether ``master`` works on ``day``. Every master works on ``today``, the day of the pictures."""
    if master.rota == "pairs":
        return (day.toordinal() - today.toordinal() + master.offset) % PAIRS < PAIRS // 2
    days_off = next(days for days in master.days_off if today.weekday() not in days)
    return day.weekday() not in days_off
