"""Where everything of a day stands on the grid, worked out once for a day and a size. Pure, no Qt."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from app.frozen import frozen
from app.salon.profile import Profile
from app.salon.scheduling.agenda import AgendaBlock, AgendaEntry, DayAgenda, MasterColumn
from app.salon.scheduling.intervals import Interval, merged, occupied, without
from app.salon.scheduling.lanes import Lane, packed
from app.ui.calendar.geometry import (
    LEAST_TILE_HEIGHT,
    Box,
    Columns,
    HourScale,
    tile_box,
)
from app.vocabulary import LIVE_STATUSES

_INDENT = 14
"""A tile that stands in somebody's processing gap is this much narrower, so that the gap shows."""
_MOST_INDENTED = 3
"""Beside more than two others a tile needs its width."""


@frozen
class Tile:
    """One occupied part of a booked service: the working time, or the finishing after a gap. Minutes of the day."""

    entry: AgendaEntry
    part: int
    column: int
    starts: int
    ends: int
    box: Box

    @property
    def start_time(self) -> time:
        """When this part begins."""
        return time(self.starts // 60, self.starts % 60)

    @property
    def is_first(self) -> bool:
        """Whether the service begins with this part."""
        return self.part == 0

    @property
    def is_last(self) -> bool:
        """Whether the service ends with this part."""
        return self.part == 1 or not self.entry.lengths.gap


@frozen
class Gap:
    """A processing gap, in which the master is free for others."""

    entry: AgendaEntry
    column: int
    starts: int
    ends: int
    box: Box
    is_used: bool
    """Whether somebody else stands in it."""


@frozen
class PlacedBlock:
    """Blocked time on the grid."""

    block: AgendaBlock
    column: int
    starts: int
    ends: int
    box: Box


@frozen
class Free:
    """Free time of a master, from one minute of the day to another."""

    column: int
    staff_id: int
    starts: int
    ends: int

    @property
    def minutes(self) -> int:
        """How long it is."""
        return self.ends - self.starts


@frozen
class DayPlan:
    """A day on the grid."""

    agenda: DayAgenda
    masters: tuple[MasterColumn, ...]
    """The columns, from left to right."""
    resting: tuple[MasterColumn, ...]
    """Masters without hours and without visits that day; they have no column while others have one."""
    scale: HourScale
    columns: Columns
    tiles: tuple[Tile, ...]
    gaps: tuple[Gap, ...]
    blocks: tuple[PlacedBlock, ...]
    free: tuple[Free, ...]

    def minute_of(self, moment: datetime) -> int:
        """The minute of the day of a wall time; more than a day's for what ends after it."""
        return minute_of(self.agenda, moment)

    def moment(self, minute: int) -> datetime:
        """The wall time of a minute of the day."""
        return datetime.combine(self.agenda.day, time()) + timedelta(minutes=minute)

    def tile_at(self, x: int, y: int) -> Tile | None:
        """The tile under a pixel."""
        return next((tile for tile in self.tiles if tile.box.contains(x, y)), None)

    def block_at(self, x: int, y: int) -> PlacedBlock | None:
        """The blocked time under a pixel."""
        return next((block for block in self.blocks if block.box.contains(x, y)), None)

    def gap_at(self, x: int, y: int) -> Gap | None:
        """The processing gap under a pixel."""
        return next((gap for gap in self.gaps if gap.box.contains(x, y)), None)

    def free_at(self, column: int, minute: int) -> Free | None:
        """The free time around a minute of a column."""
        return next((free for free in self.free if free.column == column and free.starts <= minute < free.ends), None)

    def tiles_of(self, booked_id: int) -> list[Tile]:
        """The tiles of a booked service."""
        return [tile for tile in self.tiles if tile.entry.booked_id == booked_id]

    def column_of(self, staff_id: int) -> int | None:
        """The column of a master, or None when they have none that day."""
        return next((index for index, master in enumerate(self.masters) if master.staff_id == staff_id), None)

    @property
    def first_start(self) -> int | None:
        """When the first visit of the day begins, minutes of the day."""
        return min((tile.starts for tile in self.tiles), default=None)

    @property
    def nobody_works(self) -> bool:
        """Whether no master has hours that day."""
        return not any(master.shifts for master in self.masters)


def shown_masters(agenda: DayAgenda) -> tuple[tuple[MasterColumn, ...], tuple[MasterColumn, ...]]:
    """The masters with a column, and those who rest. When nobody is there, everybody keeps the column."""
    booked = {entry.staff_id for entry in agenda.entries} | {block.staff_id for block in agenda.blocks}
    there = tuple(master for master in agenda.masters if master.shifts or master.staff_id in booked)
    if not there:
        return agenda.masters, ()
    return there, tuple(master for master in agenda.masters if master not in there)


def hours_of(agenda: DayAgenda, profile: Profile) -> tuple[int, int]:
    """The first and last minute that the grid shows: the salon's hours, and whatever lies outside them."""
    shifts = [shift for master in agenda.masters for shift in master.shifts]
    spans = [(shift.starts_at, shift.ends_at) for shift in shifts]
    spans += [(each.starts_at, each.ends_at) for each in (*agenda.entries, *agenda.blocks)]
    first = min((minute_of(agenda, start) for start, _end in spans), default=profile.opens_minute)
    last = max((minute_of(agenda, end) for _start, end in spans), default=profile.closes_minute)
    first, last = min(first, profile.opens_minute), max(last, profile.closes_minute)
    return max(0, first // 60 * 60), min(24 * 60, -(-last // 60) * 60)


def minute_of(agenda: DayAgenda, moment: datetime) -> int:
    """Minutes from the midnight that begins the day."""
    return int((moment - datetime.combine(agenda.day, time())).total_seconds()) // 60


def plan_of(agenda: DayAgenda, scale: HourScale, width: int) -> DayPlan:
    """Place the day in ``width`` pixels."""
    masters, resting = shown_masters(agenda)
    columns = Columns(len(masters), width)
    tiles: list[Tile] = []
    gaps: list[Gap] = []
    blocks: list[PlacedBlock] = []
    free: list[Free] = []
    for index, master in enumerate(masters):
        column = _Column(agenda, scale, columns, index, master)
        placed = column.tiles()
        tiles += placed
        gaps += column.gaps(placed)
        blocks += column.blocks()
        free += column.free()
    return DayPlan(agenda, masters, resting, scale, columns, tuple(tiles), tuple(gaps), tuple(blocks), tuple(free))


class _Column:
    """Places the things of one master."""

    def __init__(self, agenda: DayAgenda, scale: HourScale, columns: Columns, index: int, master: MasterColumn) -> None:
        self._agenda = agenda
        self._scale = scale
        self._columns = columns
        self._index = index
        self._master = master
        self._entries = [entry for entry in agenda.entries if entry.staff_id == master.staff_id]
        self._blocks = [block for block in agenda.blocks if block.staff_id == master.staff_id]

    def tiles(self) -> list[Tile]:
        parts = [
            ((entry.booked_id, part), interval)
            for entry in self._entries
            for part, interval in enumerate(occupied(entry.starts_at, entry.lengths))
        ]
        lanes = packed([(key, self._as_seen(interval)) for key, interval in parts])
        entry_of = {entry.booked_id: entry for entry in self._entries}
        return [self._tile(entry_of[key[0]], key[1], interval, lanes[key]) for key, interval in parts]

    def _as_seen(self, interval: Interval) -> Interval:
        """What a very short tile covers on the screen is more than its time."""
        least = timedelta(minutes=self._scale.minutes_of_height(LEAST_TILE_HEIGHT))
        return Interval(interval.starts_at, max(interval.ends_at, interval.starts_at + least))

    def _tile(self, entry: AgendaEntry, part: int, interval: Interval, lane: Lane) -> Tile:
        starts, ends = self._minutes(interval)
        in_gap = any(self._stands_in(interval, entry, other) for other in self._entries)
        indent = _INDENT if in_gap and lane.count <= _MOST_INDENTED else 0
        box = tile_box(self._scale, self._columns, self._index, starts, ends, lane.index, lane.count, indent)
        return Tile(entry, part, self._index, starts, ends, box)

    def _stands_in(self, interval: Interval, entry: AgendaEntry, other: AgendaEntry) -> bool:
        if other.booked_id == entry.booked_id or not other.lengths.gap:
            return False
        return _gap_of(other).covers(interval)

    def gaps(self, tiles: Sequence[Tile]) -> list[Gap]:
        found: list[Gap] = []
        for entry in self._entries:
            if not entry.lengths.gap:
                continue
            starts, ends = self._minutes(_gap_of(entry))
            own = next(tile for tile in tiles if tile.entry is entry)
            whole = tile_box(self._scale, self._columns, self._index, starts, ends)
            box = Box(own.box.x, whole.y, own.box.width, whole.height)
            is_used = any(tile.box.overlaps(box) for tile in tiles if tile.entry is not entry)
            found.append(Gap(entry, self._index, starts, ends, box, is_used))
        return found

    def blocks(self) -> list[PlacedBlock]:
        placed: list[PlacedBlock] = []
        for block in self._blocks:
            starts, ends = self._minutes(Interval(block.starts_at, block.ends_at))
            box = tile_box(self._scale, self._columns, self._index, starts, ends)
            placed.append(PlacedBlock(block, self._index, starts, ends, box))
        return placed

    def free(self) -> list[Free]:
        taken = [Interval(block.starts_at, block.ends_at) for block in self._blocks]
        for entry in self._entries:
            if entry.status in LIVE_STATUSES:
                taken += occupied(entry.starts_at, entry.lengths)
        return [
            Free(self._index, self._master.staff_id, *self._minutes(left))
            for shift in merged(self._master.shifts)
            for left in without(shift, taken)
        ]

    def _minutes(self, interval: Interval) -> tuple[int, int]:
        return minute_of(self._agenda, interval.starts_at), minute_of(self._agenda, interval.ends_at)


def _gap_of(entry: AgendaEntry) -> Interval:
    begins = entry.starts_at + timedelta(minutes=entry.lengths.working)
    return Interval(begins, begins + timedelta(minutes=entry.lengths.gap))


def worked(master: MasterColumn, agenda: DayAgenda) -> list[tuple[int, int]]:
    """The master's hours as minutes of the day, touching ones joined."""
    return [(minute_of(agenda, shift.starts_at), minute_of(agenda, shift.ends_at)) for shift in merged(master.shifts)]


def not_worked(master: MasterColumn, agenda: DayAgenda, scale: HourScale) -> list[tuple[int, int]]:
    """The minutes of the grid in which the master does not work."""
    left: list[tuple[int, int]] = []
    minute = scale.first_minute
    for starts, ends in worked(master, agenda):
        if minute < starts:
            left.append((minute, starts))
        minute = max(minute, ends)
    if minute < scale.last_minute:
        left.append((minute, scale.last_minute))
    return left
