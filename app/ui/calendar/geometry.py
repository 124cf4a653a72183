"""Minutes and pixels: the only file that turns one into the other. Pure, whole numbers, no Qt.

Painting, hit tests, drags and the keyboard all use these values, so what is seen is what is clicked.
"""

from app.frozen import frozen

MINUTES_OF_DAY = 24 * 60

LEAST_COLUMN_WIDTH = 140
"""Below this a column scrolls sideways instead of getting narrower."""
LEAST_TILE_HEIGHT = 18
"""A tile is as high as a line of small type with some room around it, however short its service is."""
CLOSE_TILE_HEIGHT = 12
"""Where the next one begins too soon for that, the letters stand as close as this and no closer."""
EDGE = 6
"""How near to its upper or lower edge a tile is taken by the edge."""

ZOOM_LEVELS = (48, 60, 72, 90, 112, 140, 176, 220)
"""Heights of an hour from the whole day at a glance to single minutes."""

_INSET = 4
_LANE_GAP = 3
_TILE_GAP = 1


@frozen
class Box:
    """A rectangle of pixels: ``right`` and ``bottom`` are just outside."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """The first column of pixels outside."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """The first row of pixels outside."""
        return self.y + self.height

    def contains(self, x: int, y: int) -> bool:
        """Whether the pixel lies inside."""
        return self.x <= x < self.right and self.y <= y < self.bottom

    def overlaps(self, other: "Box") -> bool:
        """Whether both share a pixel."""
        return self.x < other.right and other.x < self.right and self.y < other.bottom and other.y < self.bottom


@frozen
class HourScale:
    """The hours of a day from top to bottom. Minutes are minutes of the day."""

    first_minute: int
    last_minute: int
    hour_height: int
    top: int = 0
    """Where the first minute stands."""

    @property
    def height(self) -> int:
        """Pixels from the first minute to the last."""
        return (self.last_minute - self.first_minute) * self.hour_height // 60

    @property
    def bottom(self) -> int:
        """Where the last minute stands."""
        return self.top + self.height

    def y_of(self, minute: int) -> int:
        """Where a minute stands; minutes outside the scale stand outside too."""
        return self.top + (minute - self.first_minute) * self.hour_height // 60

    def minute_at(self, y: int) -> int:
        """The last minute that stands at or above ``y``, kept within the scale."""
        minute = self.first_minute + ((y - self.top + 1) * 60 - 1) // self.hour_height
        return max(self.first_minute, min(self.last_minute, minute))

    def minutes_between(self, from_y: int, to_y: int) -> int:
        """How many minutes a way of pixels is, to the nearest."""
        way = to_y - from_y
        return (abs(way) * 120 + self.hour_height) // (2 * self.hour_height) * (1 if way >= 0 else -1)

    def minutes_of_height(self, pixels: int) -> int:
        """The least number of minutes that is at least ``pixels`` high."""
        return -(-pixels * 60 // self.hour_height)


def floored(minute: int, step: int) -> int:
    """The grid line of the salon's step at or before ``minute``."""
    return minute - minute % step


def nearest(minute: int, step: int) -> int:
    """The grid line of the salon's step that is nearest to ``minute``."""
    return (2 * minute + step) // (2 * step) * step


@frozen
class Columns:
    """The masters' columns from left to right, together ``width`` pixels wide."""

    count: int
    width: int
    left: int = 0

    def x_of(self, index: int) -> int:
        """Where column ``index`` begins; ``count`` gives the end of the last."""
        return self.left + self.width * index // max(self.count, 1)

    def width_of(self, index: int) -> int:
        """How wide column ``index`` is; columns differ by one pixel at most."""
        return self.x_of(index + 1) - self.x_of(index)

    def strip(self, index: int) -> "Strip":
        """Where the tiles of column ``index`` stand."""
        return Strip(self.x_of(index) + _INSET, self.width_of(index) - 2 * _INSET)

    def index_at(self, x: int) -> int | None:
        """The column of a pixel, or None beside the columns."""
        if not self.count or not self.left <= x < self.left + self.width:
            return None
        index = (x - self.left) * self.count // self.width
        return index + 1 if index + 1 < self.count and self.x_of(index + 1) <= x else index

    def nearest_index(self, x: int) -> int:
        """The column of a pixel, or the outermost one beside which it lies."""
        index = self.index_at(x)
        if index is not None:
            return index
        return 0 if x < self.left else self.count - 1


@frozen
class Strip:
    """What the edges of a column leave to its tiles."""

    x: int
    width: int

    def box(
        self,
        scale: HourScale,
        starts: int,
        ends: int,
        lane: int = 0,
        lanes: int = 1,
        indent: int = 0,
        *,
        until: int | None = None,
    ) -> Box:
        """The place of a tile in lane ``lane`` of ``lanes``; no two lanes share a pixel. Only the first is indented.

        A short tile is made higher, so that it can be read, but not beyond ``until``, when the next one begins.
        """
        wide = self.width + _LANE_GAP
        x = self.x + wide * lane // lanes + (indent if lane == 0 else 0)
        right = self.x + wide * (lane + 1) // lanes - _LANE_GAP
        top = scale.y_of(starts) + _TILE_GAP
        height = scale.y_of(ends) - _TILE_GAP - top
        least = LEAST_TILE_HEIGHT - 2 * _TILE_GAP
        room = least if until is None else scale.y_of(until) - top
        return Box(x, top, max(right - x, 1), max(height, min(least, room)))


def content_width(columns: int, room: int) -> int:
    """How wide all columns are in ``room`` pixels: all of it, or more where the columns would be too narrow."""
    return max(room, columns * LEAST_COLUMN_WIDTH)


def hour_height_for(minutes: int, room: int, least: int) -> int:
    """An hour's height that lets the day fill ``room`` pixels, but never less than ``least``."""
    return max(least, room * 60 // max(minutes, 60))


def zoomed(height: int, by: int) -> int:
    """The hour's height so many levels higher or lower; at the last level it stays."""
    beyond = [level for level in ZOOM_LEVELS if (level > height if by > 0 else level < height)]
    if not beyond or not by:
        return height
    ordered = beyond if by > 0 else beyond[::-1]
    return ordered[min(abs(by), len(ordered)) - 1]


def tile_box(scale: HourScale, columns: Columns, column: int, starts: int, ends: int) -> Box:
    """The place of a tile that has its column for itself."""
    return columns.strip(column).box(scale, starts, ends)


def stretch_box(scale: HourScale, columns: Columns, column: int, starts: int, ends: int) -> Box:
    """The whole width of a column from one minute to another."""
    top = scale.y_of(starts)
    return Box(columns.x_of(column), top, columns.width_of(column), scale.y_of(ends) - top)
