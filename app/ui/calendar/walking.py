"""Walking over the grid with the arrows: visits, breaks and free places, one after another. Pure."""

from app.frozen import frozen
from app.ui.calendar.placing import DayPlan, Free, PlacedBlock, PlacedHold, Tile

PLACES_EVERY = 30
"""Free time is walked in half hours."""


@frozen
class OnVisit:
    """The cursor stands on a booked service."""

    booked_id: int


@frozen
class OnBlock:
    """The cursor stands on blocked time."""

    block_id: int


@frozen
class OnPlace:
    """The cursor stands on free time: the key of a column (a master, a room, a day) and a minute of the day."""

    track: int
    minute: int


@frozen
class OnHold:
    """The cursor stands on a place that is held for somebody, with one of its masters."""

    hold_id: int
    staff_id: int


Spot = OnVisit | OnBlock | OnPlace | OnHold


@frozen
class Stop:
    """Something in a column where the cursor can stand."""

    spot: Spot
    column: int
    starts: int
    ends: int


def stops(plan: DayPlan, column: int) -> list[Stop]:
    """Where the cursor can stand in a column, from top to bottom."""
    tiles = [tile for tile in plan.tiles if tile.column == column and tile.is_first]
    found: list[tuple[int, int, Stop]] = [(tile.starts, tile.box.x, _on_tile(tile)) for tile in tiles]
    found += [(block.starts, 0, _on_block(block)) for block in plan.blocks if block.column == column]
    found += [(hold.starts, 0, _on_hold(hold)) for hold in plan.holds if hold.column == column]
    found += [(stop.starts, 0, stop) for free in plan.free if free.column == column for stop in _places(free)]
    return [stop for _starts, _x, stop in sorted(found, key=lambda each: each[:2])]


def stop_of(plan: DayPlan, spot: Spot | None) -> Stop | None:
    """Where ``spot`` stands in this plan; None when it is no longer there."""
    match spot:
        case OnVisit(booked_id):
            return next((_on_tile(tile) for tile in plan.tiles_of(booked_id)), None)
        case OnBlock(block_id):
            return next((_on_block(each) for each in plan.blocks if each.block.block_id == block_id), None)
        case OnHold():
            return next((stop for stop in map(_on_hold, plan.holds) if stop.spot == spot), None)
        case OnPlace(track, minute):
            column = plan.column_of(track)
            if column is None:
                return None
            free = plan.free_at(column, minute)
            ends = free.ends if free is not None else min(minute + PLACES_EVERY, plan.scale.last_minute)
            return Stop(OnPlace(track, minute), column, minute, ends)
        case None:
            return None


def up_or_down(plan: DayPlan, stop: Stop, by: int) -> Stop:
    """The next stop of the same column; the same one at its end."""
    column = stops(plan, stop.column)
    spots = [each.spot for each in column]
    if stop.spot in spots:
        index = spots.index(stop.spot) + by
        return column[index] if 0 <= index < len(column) else stop
    beyond = [each for each in column if (each.starts > stop.starts if by > 0 else each.starts < stop.starts)]
    return (beyond[0] if by > 0 else beyond[-1]) if beyond else stop


def aside(plan: DayPlan, stop: Stop, by: int) -> Stop | None:
    """What stands beside it in the next column that has anything; None at the outermost."""
    column = stop.column + by
    while 0 <= column < len(plan.tracks):
        found = nearest_stop(plan, column, stop.starts)
        if found is not None:
            return found
        column += by
    return None


def nearest_stop(plan: DayPlan, column: int, minute: int) -> Stop | None:
    """The stop of a column that holds ``minute``, else the nearest."""
    found = stops(plan, column)
    holding = [stop for stop in found if stop.starts <= minute < _own_end(stop)]
    if holding:
        return holding[-1]
    return min(found, key=lambda stop: abs(stop.starts - minute), default=None)


def first_stop(plan: DayPlan, minute: int) -> Stop | None:
    """Where the cursor begins: in the first column that has anything, near ``minute``."""
    for column in range(len(plan.tracks)):
        found = nearest_stop(plan, column, minute)
        if found is not None:
            return found
    return None


def _own_end(stop: Stop) -> int:
    return min(stop.ends, stop.starts + PLACES_EVERY) if isinstance(stop.spot, OnPlace) else stop.ends


def _on_tile(tile: Tile) -> Stop:
    return Stop(OnVisit(tile.entry.booked_id), tile.column, tile.starts, tile.ends)


def _on_block(block: PlacedBlock) -> Stop:
    return Stop(OnBlock(block.block.block_id), block.column, block.starts, block.ends)


def _on_hold(held: PlacedHold) -> Stop:
    return Stop(OnHold(held.hold.hold_id, held.hold.staff_id), held.column, held.starts, held.ends)


def _places(free: Free) -> list[Stop]:
    begins = [free.starts, *range(free.starts - free.starts % PLACES_EVERY + PLACES_EVERY, free.ends, PLACES_EVERY)]
    return [Stop(OnPlace(free.track, minute), free.column, minute, free.ends) for minute in begins]
