"""When a visit is repeated: every so many days or weeks, so many times or until a day. Pure.

A pattern gives days and a time on the wall. It never counts hours: a visit at 10:00 stays at 10:00 whatever the clocks
do.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import pairwise

from app.errors import NothingRepeated, SeriesTooLong, SeriesWithoutEnd
from app.vocabulary import SeriesUnit

MOST_VISITS = 200
MOST_YEARS = 3
_WEEK = 7


@dataclass(frozen=True, slots=True)
class Pattern:
    """Every ``every`` days or weeks; in weeks on the chosen weekdays (Monday is 0; none: that of the first day).

    It ends after ``times`` visits or with ``until`` (included), whichever comes first.
    """

    unit: SeriesUnit
    every: int
    weekdays: frozenset[int] = frozenset()
    times: int | None = None
    until: date | None = None

    def shifted(self, days: int) -> "Pattern":
        """The same so many days later: Tuesdays become Wednesdays."""
        weekdays = frozenset((weekday + days) % _WEEK for weekday in self.weekdays)
        return replace(self, weekdays=weekdays, until=self.until and self.until + timedelta(days=days))


def days(pattern: Pattern, first_day: date, *, not_before: date | None = None) -> list[date]:
    """The days of a series that begins with ``first_day``, in order; ``first_day`` is always the first of them.

    Days before ``not_before`` have passed: they are neither given nor counted. Raises SeriesWithoutEnd,
    SeriesTooLong (more than 200 visits or three years) and NothingRepeated (no day but the first).
    """
    if pattern.every < 1 or (pattern.times is None and pattern.until is None):
        raise SeriesWithoutEnd
    found = [first_day]
    last = _years_later(first_day)
    for day in _endless(pattern, first_day):
        if pattern.until is not None and day > pattern.until:
            break
        if pattern.times is not None and len(found) >= pattern.times:
            break
        if not_before is not None and day < not_before:
            continue
        if day > last or len(found) == MOST_VISITS:
            raise SeriesTooLong(MOST_VISITS, MOST_YEARS)
        found.append(day)
    if len(found) == 1:
        raise NothingRepeated
    return found


def starts(pattern: Pattern, first: datetime, *, not_before: date | None = None) -> list[datetime]:
    """The same with the time of the first visit: what the clock on the wall shows at each of them."""
    return [datetime.combine(day, first.time()) for day in days(pattern, first.date(), not_before=not_before)]


def _years_later(day: date) -> date:
    """The last day that a series from ``day`` on may reach; three years after 29 February there is only a 28th."""
    year = min(day.year + MOST_YEARS, date.max.year)
    return day.replace(year=year, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=year)


def _endless(pattern: Pattern, first_day: date) -> Iterator[date]:
    """Every day of the pattern after ``first_day``, as long as somebody asks and the calendar goes."""
    if pattern.unit is SeriesUnit.DAY:
        day = first_day
        while (date.max - day).days > pattern.every:
            day += timedelta(days=pattern.every)
            yield day
        return
    monday = first_day - timedelta(days=first_day.weekday())
    while (date.max - monday).days > _WEEK * (pattern.every + 1):
        for weekday in sorted(pattern.weekdays or {first_day.weekday()}):
            day = monday + timedelta(days=weekday)
            if day > first_day:
                yield day
        monday += timedelta(weeks=pattern.every)


def room_around(planned: Iterable[date]) -> dict[date, int]:
    """How many days each day may give way without coming as near to its neighbour as to its own place.

    So two visits of a series are never proposed the same other day.
    """
    ordered = sorted(set(planned))
    room = dict.fromkeys(ordered, _WEEK - 1)
    for before, after in pairwise(ordered):
        half = ((after - before).days - 1) // 2
        room[before], room[after] = min(room[before], half), min(room[after], half)
    return room
