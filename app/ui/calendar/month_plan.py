"""Where the days of a month stand. Pure, no Qt."""

from datetime import date, timedelta

from app.frozen import frozen
from app.salon.scheduling.loads import DayLoad
from app.ui.calendar.geometry import Box

WEEK = 7
_GAP = 6
HEAD = 28
"""The weekdays over the days."""
LEAST_CELL = 56


def sheet_of(day: date) -> tuple[date, int]:
    """The Monday with which the sheet of this month begins, and how many days it has: whole weeks."""
    first = day.replace(day=1)
    monday = first - timedelta(days=first.weekday())
    after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    weeks = -(-(after - monday).days // WEEK)
    return monday, weeks * WEEK


def heat_of(load: DayLoad) -> float:
    """How strongly a day is coloured, from 0 to 1; a day beyond its hours is not hotter than a full one."""
    percent = load.load_percent
    return 0.0 if percent is None else min(percent, 100) / 100


@frozen
class MonthPlan:
    """The days of a sheet in a room of pixels."""

    month: int
    loads: tuple[DayLoad, ...]
    width: int
    height: int

    @property
    def weeks(self) -> int:
        """How many rows there are."""
        return len(self.loads) // WEEK

    def box(self, number: int) -> Box:
        """The place of a day by its number on the sheet; no two share a pixel."""
        column, row = number % WEEK, number // WEEK
        left, right = self._x(column), self._x(column + 1) - _GAP
        top, bottom = self._y(row), self._y(row + 1) - _GAP
        return Box(left, top, right - left, bottom - top)

    def number_at(self, x: int, y: int) -> int | None:
        """The day under a pixel."""
        return next((number for number in range(len(self.loads)) if self.box(number).contains(x, y)), None)

    def number_of(self, day: date) -> int | None:
        """Where a day stands on the sheet; None beside it."""
        number = (day - self.loads[0].day).days if self.loads else -1
        return number if 0 <= number < len(self.loads) else None

    def _x(self, column: int) -> int:
        return (self.width + _GAP) * column // WEEK

    def _y(self, row: int) -> int:
        room = max(self.height - HEAD, self.weeks * LEAST_CELL)
        return HEAD + (room + _GAP) * row // max(self.weeks, 1)
