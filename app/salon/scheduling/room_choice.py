"""Which rooms and machines a service takes: one fit room of each kind that it has fit rooms of. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import field, replace

from app.errors import NoRoomFree, RoomNotFit
from app.frozen import frozen
from app.salon.scheduling.intervals import Interval
from app.vocabulary import RoomKind


@frozen
class Taken:
    """An interval in which a master or a room is taken, and by what (client's name or block's reason)."""

    interval: Interval
    by: str
    visit_id: int | None = None
    """The visit that takes it; None for blocked or held time, and where nobody asked."""


@frozen
class RoomDay:
    """One day of a room, a chair or a machine."""

    room_id: int
    name: str
    kind: RoomKind
    taken: tuple[Taken, ...] = ()
    is_in_use: bool = True
    """False for one that is archived: it is still there for what was booked in it."""

    def clash(self, needed: Interval) -> Taken | None:
        """What stands there during ``needed``: the one that leaves last; None when the room is free."""
        found = [one for one in self.taken if one.interval.overlaps(needed)]
        return max(found, key=lambda one: one.interval.ends_at, default=None)


@frozen
class RoomsDay:
    """The rooms of the salon on one day, in their order, and for which services they are fit."""

    rooms: tuple[RoomDay, ...] = ()
    fit: Mapping[int, frozenset[int]] = field(default_factory=dict[int, frozenset[int]])
    """Rooms in use by service. A service that is not here needs none."""

    def of_service(self, service_id: int, own: Collection[int] = ()) -> dict[RoomKind, list[RoomDay]]:
        """The rooms that are fit for a service, by kind and in order. It takes one of each kind.

        ``own`` are those that it was given, whether they are in use and fit today or not.
        """
        fit = self.fit.get(service_id, frozenset())
        found: dict[RoomKind, list[RoomDay]] = {}
        if fit or own:
            for room in self.rooms:
                if room.room_id in fit or room.room_id in own:
                    found.setdefault(room.kind, []).append(room)
        return found

    def of_others(self, visits: Collection[int]) -> "RoomsDay":
        """The same as if ``visits`` were not there. Those of one visit may share a room: the client sits there once."""
        rooms = [
            replace(room, taken=tuple(one for one in room.taken if one.visit_id not in visits)) for room in self.rooms
        ]
        return replace(self, rooms=tuple(rooms))

    def without(self, taken: Sequence[Taken]) -> "RoomsDay":
        """The same as if ``taken`` were not there."""
        rooms = [replace(room, taken=tuple(one for one in room.taken if one not in taken)) for room in self.rooms]
        return replace(self, rooms=tuple(rooms))


NO_ROOMS = RoomsDay()


@frozen
class RoomWish:
    """What is said about the rooms of a service."""

    service_id: int
    service_name: str
    wished: tuple[int, ...] = ()
    """Rooms that it shall have: another of their kind will not do."""
    usual: tuple[int, ...] = ()
    """Rooms that are preferred where they are free."""
    own: tuple[int, ...] = ()
    """Rooms that it was given and may keep, though they are in use no more or fit for other services now."""


def not_fit(day: RoomsDay, wish: RoomWish) -> RoomNotFit | None:
    """Which of the wished rooms is not fit for the service, or None."""
    if not wish.wished:
        return None
    fit = {room.room_id for rooms in day.of_service(wish.service_id, wish.own).values() for room in rooms}
    strange = next((room_id for room_id in wish.wished if room_id not in fit), None)
    if strange is None:
        return None
    name = next((room.name for room in day.rooms if room.room_id == strange and room.is_in_use), "")
    return RoomNotFit(name, wish.service_name)


def not_free(day: RoomsDay, wish: RoomWish, needed: Interval) -> NoRoomFree | None:
    """Why the service cannot have a room of each of its kinds during ``needed``, or None when it can."""
    for rooms in day.of_service(wish.service_id, wish.own).values():
        problem = _refusal_of_kind(_asked(rooms, wish), needed)
        if problem is not None:
            return problem
    return None


def chosen_rooms(day: RoomsDay, wish: RoomWish, needed: Interval) -> tuple[int, ...]:
    """One room of each kind that the service takes: the wished one, else its usual one, else the first free.

    Where none is free it is the first of them: the validator has said so, and somebody booked on purpose.
    """
    chosen: list[int] = []
    for rooms in day.of_service(wish.service_id, wish.own).values():
        asked = sorted(_asked(rooms, wish), key=lambda room: room.room_id not in wish.usual)
        free = next((room for room in asked if room.clash(needed) is None), asked[0])
        chosen.append(free.room_id)
    return tuple(chosen)


def _asked(rooms: list[RoomDay], wish: RoomWish) -> list[RoomDay]:
    """Of the fit rooms of one kind those that will do."""
    if not wish.wished:
        return rooms
    return [room for room in rooms if room.room_id in wish.wished] or rooms


def _refusal_of_kind(rooms: list[RoomDay], needed: Interval) -> NoRoomFree | None:
    taken: list[tuple[RoomDay, Taken]] = []
    for room in rooms:
        clash = room.clash(needed)
        if clash is None:
            return None
        taken.append((room, clash))
    room, first = min(taken, key=lambda one: one[1].interval.ends_at)
    return NoRoomFree(room.name, first.interval.starts_at, first.interval.ends_at, first.by, len(rooms) == 1)
