"""Where everything of a sheet stands on the grid, worked out once for a sheet and a size. Pure, no Qt."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta

from app.frozen import frozen
from app.salon.profile import Profile
from app.salon.scheduling.agenda import AgendaBlock, AgendaEntry, AgendaHold
from app.salon.scheduling.lanes import Lane, packed
from app.ui.calendar.geometry import (
    CLOSE_TILE_HEIGHT,
    Box,
    Columns,
    HourScale,
)
from app.ui.calendar.tracks import Part, Sheet, Track, minute_of
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
        lengths = self.entry.lengths
        return self.part == 1 or not lengths.gap or self.ends - self.starts >= lengths.total


@frozen
class Gap:
    """A processing gap, in which the master is free for others."""

    entry: AgendaEntry
    column: int
    starts: int
    ends: int
    box: Box
    is_used: bool
    """Whether somebody or something else stands in it: a client, a break, a held place."""


@frozen
class PlacedBlock:
    """Blocked time on the grid."""

    block: AgendaBlock
    column: int
    starts: int
    ends: int
    box: Box


@frozen
class PlacedHold:
    """A held place on the grid."""

    hold: AgendaHold
    column: int
    starts: int
    ends: int
    box: Box


@frozen
class PlacedBuffer:
    """Time that the master needs beside a service, above or below its tile."""

    entry: AgendaEntry
    box: Box


@frozen
class Free:
    """Free time of a column, from one minute of the day to another."""

    column: int
    track: int
    """The key of the column."""
    starts: int
    ends: int

    @property
    def minutes(self) -> int:
        """How long it is."""
        return self.ends - self.starts


@frozen
class DayPlan:
    """A sheet on the grid."""

    sheet: Sheet
    scale: HourScale
    columns: Columns
    tiles: tuple[Tile, ...]
    gaps: tuple[Gap, ...]
    blocks: tuple[PlacedBlock, ...]
    buffers: tuple[PlacedBuffer, ...]
    holds: tuple[PlacedHold, ...]
    free: tuple[Free, ...]

    @property
    def tracks(self) -> tuple[Track, ...]:
        """What the columns stand for, from left to right."""
        return self.sheet.tracks

    def moment(self, minute: int, column: int = 0) -> datetime:
        """The wall time of a minute of a column's day."""
        return datetime.combine(self.tracks[column].day, time()) + timedelta(minutes=minute)

    def tile_at(self, x: int, y: int) -> Tile | None:
        """The tile under a pixel."""
        return next((tile for tile in self.tiles if tile.box.contains(x, y)), None)

    def block_at(self, x: int, y: int) -> PlacedBlock | None:
        """The blocked time under a pixel."""
        return next((block for block in self.blocks if block.box.contains(x, y)), None)

    def hold_at(self, x: int, y: int) -> PlacedHold | None:
        """The held place under a pixel."""
        return next((hold for hold in self.holds if hold.box.contains(x, y)), None)

    def gap_at(self, x: int, y: int) -> Gap | None:
        """The processing gap under a pixel."""
        return next((gap for gap in self.gaps if gap.box.contains(x, y)), None)

    def free_at(self, column: int, minute: int) -> Free | None:
        """The free time around a minute of a column."""
        return next((free for free in self.free if free.column == column and free.starts <= minute < free.ends), None)

    def tiles_of(self, booked_id: int) -> list[Tile]:
        """The tiles of a booked service."""
        return [tile for tile in self.tiles if tile.entry.booked_id == booked_id]

    def column_of(self, key: int) -> int | None:
        """The column with this key, or None when there is none."""
        return next((index for index, track in enumerate(self.tracks) if track.key == key), None)

    @property
    def first_start(self) -> int | None:
        """When the first visit begins, minutes of its day."""
        return min((tile.starts for tile in self.tiles), default=None)


def hours_of(sheet: Sheet, profile: Profile) -> tuple[int, int]:
    """The first and last minute that the grid shows: the salon's hours, and whatever lies outside them."""
    first, last = profile.opens_minute, profile.closes_minute
    for agenda in sheet.agendas:
        shifts = [shift for master in agenda.masters for shift in master.shifts]
        all_of_it = (*shifts, *agenda.entries, *agenda.blocks)
        if all_of_it:
            first = min(first, minute_of(agenda.day, min(each.starts_at for each in all_of_it)))
            last = max(last, minute_of(agenda.day, max(each.ends_at for each in all_of_it)))
    return max(0, first // 60 * 60), min(24 * 60, -(-last // 60) * 60)


def plan_of(sheet: Sheet, scale: HourScale, width: int) -> DayPlan:
    """Place a sheet in ``width`` pixels."""
    columns = Columns(len(sheet.tracks), width)
    tiles: list[Tile] = []
    gaps: list[Gap] = []
    blocks: list[PlacedBlock] = []
    buffers: list[PlacedBuffer] = []
    holds: list[PlacedHold] = []
    free: list[Free] = []
    for index, track in enumerate(sheet.tracks):
        column = _Column(scale, columns, index, track)
        placed = column.tiles()
        tiles += placed
        gaps += column.gaps(placed)
        blocks += column.blocks()
        buffers += column.buffers(placed)
        holds += column.holds()
        free += column.free()
    return DayPlan(
        sheet,
        scale,
        columns,
        tuple(tiles),
        tuple(gaps),
        tuple(blocks),
        tuple(buffers),
        tuple(holds),
        tuple(free),
    )


class _Column:
    """Places the things of one column."""

    def __init__(self, scale: HourScale, columns: Columns, index: int, track: Track) -> None:
        self._scale = scale
        self._strip = columns.strip(index)
        self._index = index
        self._track = track
        self._gaps = [(entry, *_gap_of(track, entry)) for entry in track.entries if entry.lengths.gap]

    def tiles(self) -> list[Tile]:
        parts = self._track.parts
        # What a very short tile covers on the screen is more than its time.
        least = self._scale.minutes_of_height(CLOSE_TILE_HEIGHT)
        covered = [(one.taken_from, max(one.taken_until, one.starts + least)) for one in parts]
        begins = sorted(begin for begin, _end in covered)
        after: list[int | None] = [*begins, None]
        next_begins = [after[bisect_left(begins, end)] for _begin, end in covered]
        return [self._tile(*each) for each in zip(parts, packed(covered), next_begins, strict=True)]

    def _tile(self, one: Part, lane: Lane, until: int | None) -> Tile:
        starts, ends = one.starts, one.ends
        in_gap = bool(self._gaps) and any(
            other.booked_id != one.entry.booked_id and begins <= starts and ends <= over
            for other, begins, over in self._gaps
        )
        indent = _INDENT if in_gap and lane.count <= _MOST_INDENTED else 0
        box = self._strip.box(self._scale, starts, ends, lane.index, lane.count, indent, until=until)
        return Tile(one.entry, one.part, self._index, starts, ends, box)

    def gaps(self, tiles: Sequence[Tile]) -> list[Gap]:
        found: list[Gap] = []
        for entry, starts, ends in self._gaps:
            own = next(tile for tile in tiles if tile.entry is entry)
            if own.ends > starts:
                # A room is taken through the gap: there is none in it.
                continue
            whole = self._strip.box(self._scale, starts, ends)
            box = Box(own.box.x, whole.y, own.box.width, whole.height)
            beside = (self._minutes(each) for each in (*self._track.blocks, *self._track.holds))
            is_used = any(tile.box.overlaps(box) for tile in tiles if tile.entry is not entry) or any(
                begins < ends and starts < over for begins, over in beside
            )
            found.append(Gap(entry, self._index, starts, ends, box, is_used))
        return found

    def blocks(self) -> list[PlacedBlock]:
        placed: list[PlacedBlock] = []
        for block in self._track.blocks:
            starts, ends = self._minutes(block)
            box = self._strip.box(self._scale, starts, ends)
            placed.append(PlacedBlock(block, self._index, starts, ends, box))
        return placed

    def holds(self) -> list[PlacedHold]:
        placed: list[PlacedHold] = []
        for hold in self._track.holds:
            starts, ends = self._minutes(hold)
            box = self._strip.box(self._scale, starts, ends)
            placed.append(PlacedHold(hold, self._index, starts, ends, box))
        return placed

    def buffers(self, tiles: Sequence[Tile]) -> list[PlacedBuffer]:
        found: list[PlacedBuffer] = []
        for buffer in self._track.buffers:
            whole = self._strip.box(self._scale, buffer.starts, buffer.ends)
            own = next((tile.box for tile in tiles if tile.entry is buffer.entry), whole)
            top, bottom = self._scale.y_of(buffer.starts), self._scale.y_of(buffer.ends)
            found.append(PlacedBuffer(buffer.entry, Box(own.x, top, own.width, bottom - top)))
        return found

    def free(self) -> list[Free]:
        track = self._track
        taken = [self._minutes(each) for each in (*track.blocks, *track.holds)]
        taken += [(one.taken_from, one.taken_until) for one in track.parts if one.entry.status in LIVE_STATUSES]
        taken += [(one.starts, one.ends) for one in track.buffers if one.entry.status in LIVE_STATUSES]
        taken.sort()
        return [
            Free(self._index, track.key, starts, ends)
            for begins, over in track.worked()
            for starts, ends in _left(begins, over, taken)
        ]

    def _minutes(self, one: AgendaBlock | AgendaHold) -> tuple[int, int]:
        return self._track.minute_of(one.starts_at), self._track.minute_of(one.ends_at)


def _gap_of(track: Track, entry: AgendaEntry) -> tuple[int, int]:
    begins = track.minute_of(entry.starts_at) + entry.lengths.working
    return begins, begins + entry.lengths.gap


def not_worked(track: Track, scale: HourScale) -> list[tuple[int, int]]:
    """The minutes of the grid in which nobody can be booked in a column."""
    return _left(scale.first_minute, scale.last_minute, track.worked())


def _left(begins: int, over: int, taken: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """What is left of a stretch of minutes when others, in the order of their starts, are cut out of it."""
    left: list[tuple[int, int]] = []
    for starts, ends in taken:
        if starts >= over:
            break
        if begins < starts:
            left.append((begins, starts))
        if begins < ends:
            begins = ends
    if begins < over:
        left.append((begins, over))
    return left
