"""Where the days of the masters stand in the week of all, and the hours within a day. Pure, no Qt."""

from datetime import date

from app.frozen import frozen
from app.salon.scheduling.intervals import Interval
from app.salon.scheduling.loads import MasterLoad, MasterWeek
from app.ui.calendar.geometry import Box
from app.ui.calendar.tracks import minute_of

NAMES_WIDTH = 168
"""The masters' names on the left."""
LEAST_ROW = 72
MOST_ROW = 112
_GAP = 6


@frozen
class Cell:
    """A master's day: the row of the master, the column of the day."""

    row: int
    column: int


@frozen
class SalonWeekPlan:
    """The week of all masters in a room of pixels. ``first_minute`` and ``last_minute`` are the hours shown."""

    masters: tuple[MasterWeek, ...]
    days: tuple[date, ...]
    first_minute: int
    last_minute: int
    width: int
    room_height: int

    @property
    def row_height(self) -> int:
        """How high a master's row is: the room is shared, within limits."""
        return max(LEAST_ROW, min(MOST_ROW, self.room_height // max(len(self.masters), 1)))

    @property
    def height(self) -> int:
        """How high all rows are."""
        return self.row_height * len(self.masters)

    def box(self, cell: Cell) -> Box:
        """The place of a cell; no two share a pixel."""
        left, right = self.x_of(cell.column), self.x_of(cell.column + 1) - _GAP
        return Box(left, cell.row * self.row_height, right - left, self.row_height - _GAP)

    def x_of(self, column: int) -> int:
        """Where a day begins; the number of days gives the end of the last."""
        return NAMES_WIDTH + (self.width - NAMES_WIDTH + _GAP) * column // max(len(self.days), 1)

    def cell_at(self, x: int, y: int) -> Cell | None:
        """The cell under a pixel."""
        cells = (Cell(row, column) for row in range(len(self.masters)) for column in range(len(self.days)))
        return next((cell for cell in cells if self.box(cell).contains(x, y)), None)

    def row_at(self, x: int, y: int) -> int | None:
        """The master whose name stands under a pixel."""
        row = y // self.row_height
        return row if 0 <= x < NAMES_WIDTH and 0 <= row < len(self.masters) else None

    def cell_of(self, number: int) -> Cell:
        """The cell with a number, counted master by master."""
        return Cell(*divmod(number, len(self.days)))

    def number_of(self, cell: Cell) -> int | None:
        """The number of a cell; None where there is nobody."""
        return cell.row * len(self.days) + cell.column if self.masters else None

    def load(self, cell: Cell) -> MasterLoad:
        """What the cell tells."""
        return self.masters[cell.row].days[cell.column]

    def span(self, interval: Interval, day: date, left: int, width: int) -> tuple[int, int]:
        """From where to where an interval reaches on a line of ``width`` pixels that begins at ``left``."""
        minutes = max(self.last_minute - self.first_minute, 60)
        ends = (minute_of(day, interval.starts_at), minute_of(day, interval.ends_at))
        starts, stops = (left + width * max(0, min(minute - self.first_minute, minutes)) // minutes for minute in ends)
        return starts, stops


def hours_of(masters: tuple[MasterWeek, ...], opens: int, closes: int) -> tuple[int, int]:
    """The hours to show: the salon's, and whatever lies outside them."""
    first, last = opens, closes
    for master in masters:
        for one in master.days:
            for interval in (*one.shifts, *one.taken):
                first = min(first, minute_of(one.load.day, interval.starts_at))
                last = max(last, minute_of(one.load.day, interval.ends_at))
    return first, last
