"""What a drag means: a visit to another place, an edge to another minute, a new place drawn. Pure, no Qt."""

from enum import StrEnum

from app.frozen import frozen
from app.salon.scheduling.agenda import AgendaEntry
from app.salon.scheduling.availability import SHORTEST_MINUTES
from app.ui.calendar.geometry import EDGE, HourScale, floored, nearest
from app.ui.calendar.placing import Tile


class Edge(StrEnum):
    """The edge by which a tile is taken."""

    UPPER = "upper"
    LOWER = "lower"


@frozen
class Target:
    """Where a drag leads: a column and minutes of the day."""

    column: int
    starts: int
    ends: int

    @property
    def minutes(self) -> int:
        """How long it is."""
        return self.ends - self.starts


@frozen
class Moving:
    """A booked service on its way to another time or master."""

    entry: AgendaEntry
    column: int
    starts: int
    """Where the service begins now; minutes of the day."""
    grabbed_y: int
    step: int
    scale: HourScale

    @property
    def standing(self) -> Target:
        """Where it is now."""
        return Target(self.column, self.starts, self.starts + self.entry.lengths.total)

    def target(self, column: int, y: int) -> Target:
        """Where it would go: on the salon's grid, within the day that is shown."""
        total = self.entry.lengths.total
        wanted = self.starts + self.scale.minutes_between(self.grabbed_y, y)
        last = max(self.scale.last_minute - total, self.scale.first_minute)
        starts = max(self.scale.first_minute, min(nearest(wanted, self.step), last))
        return Target(column, starts, starts + total)


@frozen
class Stretching:
    """An edge of a booked service on its way to another minute."""

    entry: AgendaEntry
    column: int
    starts: int
    edge: Edge
    step: int
    scale: HourScale

    @property
    def standing(self) -> Target:
        """Where it is now."""
        return Target(self.column, self.starts, self.starts + self.entry.lengths.total)

    def target(self, _column: int, y: int) -> Target:
        """Its new start or end; the part at that edge keeps at least the shortest length."""
        lengths = self.entry.lengths
        ends = self.starts + lengths.total
        minute = nearest(self.scale.first_minute + self.scale.minutes_between(self.scale.top, y), self.step)
        if self.edge is Edge.UPPER:
            latest = self.starts + lengths.working - SHORTEST_MINUTES
            return Target(self.column, max(self.scale.first_minute, min(minute, floored(latest, self.step))), ends)
        part = lengths.finishing or lengths.working
        earliest = ends - part + SHORTEST_MINUTES
        least = earliest + -earliest % self.step
        return Target(self.column, self.starts, min(self.scale.last_minute, max(minute, least)))


@frozen
class Sketching:
    """A new place drawn on free time."""

    column: int
    anchor: int
    """The minute under the pointer when it was pressed."""
    step: int
    scale: HourScale

    @property
    def standing(self) -> Target:
        """One step where it was pressed."""
        starts = floored(self.anchor, self.step)
        return Target(self.column, starts, starts + self.step)

    def target(self, _column: int, y: int) -> Target:
        """From where it was pressed to where the pointer is, in whole steps."""
        minute = self.scale.minute_at(y)
        low, high = min(self.anchor, minute), max(self.anchor, minute)
        return Target(self.column, floored(low, self.step), floored(high, self.step) + self.step)


Drag = Moving | Stretching | Sketching


def edge_at(tile: Tile, y: int) -> Edge | None:
    """The edge by which a press at ``y`` takes the tile, or None in its middle. Low tiles keep a middle."""
    reach = min(EDGE, tile.box.height // 4)
    if tile.is_first and y < tile.box.y + reach:
        return Edge.UPPER
    if tile.is_last and y >= tile.box.bottom - reach:
        return Edge.LOWER
    return None
