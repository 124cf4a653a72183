"""The only place that reads the time. Planned time is wall time of the salon; happened time is UTC."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo


class Clock(Protocol):
    """Tells the salon what time it is."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        ...


class SystemClock:
    """The computer's clock."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        return datetime.now(UTC)


@dataclass(slots=True)
class FixedClock:
    """A clock that stands until somebody moves it: for tests, samples and reports of a past day."""

    instant: datetime = field(default_factory=lambda: datetime(2026, 5, 12, 8, 0, tzinfo=UTC))

    def now(self) -> datetime:
        """The instant at which this clock stands, in UTC."""
        return self.instant.astimezone(UTC)

    def advance(self, step: timedelta) -> None:
        """Move the hands by ``step``."""
        self.instant += step


def wall_time(instant: datetime, zone: str) -> datetime:
    """What a clock on the wall of a salon in ``zone`` (IANA name) shows at ``instant``: naive, to the minute.

    In an hour that comes twice its ``fold`` tells which of the two it is.
    """
    return instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None, second=0, microsecond=0)


def standing_at(wall: datetime, zone: str) -> FixedClock:
    """A fixed clock that stands at the wall time ``wall`` (naive) of a salon in ``zone``."""
    return FixedClock(wall.replace(tzinfo=ZoneInfo(zone)))


def happens(wall: datetime, zone: str) -> bool:
    """Whether a clock on the wall in ``zone`` ever shows ``wall``: in spring an hour is missing."""
    place = ZoneInfo(zone)
    return wall.replace(tzinfo=place).astimezone(UTC).astimezone(place).replace(tzinfo=None) == wall


def happens_once(wall: datetime, zone: str) -> bool:
    """Whether the wall time ``wall`` exists exactly once in ``zone``.

    In spring an hour is missing, in autumn one comes twice. Nobody can keep an appointment in either.
    """
    place = ZoneInfo(zone)
    early, late = wall.replace(tzinfo=place, fold=0), wall.replace(tzinfo=place, fold=1)
    return early.utcoffset() == late.utcoffset() and happens(wall, zone)


def once_again(wall: datetime, zone: str) -> datetime:
    """The first time from ``wall`` on that exists exactly once: when the change of clocks is over."""
    while not happens_once(wall, zone):
        wall += timedelta(minutes=1)
    return wall


def minutes_until(wall: datetime, now: datetime, zone: str) -> int:
    """Minutes that really pass from ``now``, as ``wall_time`` gave it, to a planned time; below 0 when it is over."""
    place = ZoneInfo(zone)
    passing = wall.replace(tzinfo=place).astimezone(UTC) - now.replace(tzinfo=place).astimezone(UTC)
    return passing // timedelta(minutes=1)


def lasts_as_planned(begins: datetime, ends: datetime, zone: str) -> bool:
    """Whether as much time passes from ``begins`` to ``ends`` as the clock on the wall tells: no change in between."""
    place = ZoneInfo(zone)
    return begins.replace(tzinfo=place).utcoffset() == ends.replace(tzinfo=place).utcoffset()


def day_of(wall: datetime) -> date:
    """The salon's date of a wall time."""
    return wall.date()
