"""When the masters of an export seem to work: the export tells bookings and no shifts. Pure.

A master's usual hours of a weekday are the middle (median) first start and the middle last end of the dates with
bookings, rounded outwards to the hour. A date with bookings has the usual hours, stretched over its own bookings.
Ahead, a weekday is planned when the master has worked it on at least two dates.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from app.salon.scheduling.intervals import Interval

WEEKS_AHEAD = 26
_DATES_TO_COUNT = 2


@dataclass(frozen=True, slots=True)
class DayHours:
    """From ``opens`` to ``closes``, in minutes of the day."""

    opens: int
    closes: int

    def __or__(self, other: "DayHours") -> "DayHours":
        """The shortest hours that hold both."""
        return DayHours(min(self.opens, other.opens), max(self.closes, other.closes))


def shifts(bookings: Iterable[Interval], today: date, weeks_ahead: int) -> dict[date, DayHours]:
    """One master's hours by date: every date with ``bookings``, and ``weeks_ahead`` weeks from ``today``."""
    worked = _worked(bookings)
    usual = _usual(worked)
    found = {day: hours | usual[day.weekday()] for day, hours in worked.items()}
    regular = _regular(worked)
    for step in range(7 * weeks_ahead):
        day = today + timedelta(days=step)
        if day.weekday() in regular and day not in found:
            found[day] = usual[day.weekday()]
    return found


def last_minute_of(hours: DayHours) -> time:
    """The wall time at which ``hours`` close; midnight itself belongs to the next date."""
    minute = min(hours.closes, 24 * 60 - 1)
    return time(minute // 60, minute % 60)


def first_minute_of(hours: DayHours) -> time:
    """The wall time at which ``hours`` open."""
    return time(hours.opens // 60, hours.opens % 60)


def _worked(bookings: Iterable[Interval]) -> dict[date, DayHours]:
    worked: dict[date, DayHours] = {}
    for booking in bookings:
        day = booking.starts_at.date()
        hours = DayHours(_minute(booking.starts_at) // 60 * 60, -(-_minute(booking.ends_at) // 60) * 60)
        worked[day] = worked[day] | hours if day in worked else hours
    return worked


def _usual(worked: Mapping[date, DayHours]) -> dict[int, DayHours]:
    by_weekday: dict[int, list[DayHours]] = defaultdict(list)
    for day, hours in worked.items():
        by_weekday[day.weekday()].append(hours)
    return {
        weekday: DayHours(_middle(one.opens for one in hours), _middle(one.closes for one in hours))
        for weekday, hours in by_weekday.items()
    }


def _regular(worked: Mapping[date, DayHours]) -> set[int]:
    dates = [day.weekday() for day in worked]
    return {weekday for weekday in dates if dates.count(weekday) >= _DATES_TO_COUNT}


def _middle(minutes: Iterable[int]) -> int:
    """The median; of an even number the earlier, so that it is a whole hour that somebody really kept."""
    in_order = sorted(minutes)
    return in_order[(len(in_order) - 1) // 2]


def _minute(moment: datetime) -> int:
    return moment.hour * 60 + moment.minute
