"""Which rooms the services of a visit will take, and which others there are: what the booking form shows.

The choice is made by ``chosen_rooms``, in the order in which booking places the services, so that what is shown is
what will be booked.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace

from app.errors import NoRoomFree
from app.frozen import frozen
from app.salon.scheduling.booking import ServiceWish
from app.salon.scheduling.intervals import Interval, spanned
from app.salon.scheduling.room_choice import RoomsDay, RoomWish, chosen_rooms
from app.vocabulary import RoomKind


@frozen
class RoomOption:
    """A room that is fit for a service, and what stands there meanwhile; None when it is free."""

    room_id: int
    name: str
    problem: NoRoomFree | None


@frozen
class RoomOffer:
    """The rooms of one kind for one service."""

    kind: RoomKind
    options: tuple[RoomOption, ...]
    """All that are fit, in their order; at least one."""
    unasked: RoomOption | None
    """The one that it takes when nobody chooses; None while it is not known when."""
    wished: int | None
    """The one that was chosen."""


def offers(
    day: RoomsDay, wishes: Sequence[ServiceWish], standing: Sequence[ServiceWish] = ()
) -> tuple[tuple[RoomOffer, ...], ...]:
    """For each of ``wishes`` its rooms, one offer a kind; nothing for a service that takes none.

    ``day`` is without the visit itself, whose services may share a room. ``standing`` are the services of the visit
    that is changed, with the rooms that they have: they keep them where they can.
    """
    left = list(standing)
    kept = [_taken_from(left, wish) for wish in wishes]
    mine = [
        (room_id, spanned(one.starts_at, one.lengths))
        for one, wish in zip(kept, wishes, strict=True)
        if one is not None and wish.is_met_by(one.staff_id, one.starts_at, one.lengths, one.rooms)
        for room_id in one.rooms
    ]
    found: list[tuple[RoomOffer, ...]] = []
    for one, wish in zip(kept, wishes, strict=True):
        whole = spanned(wish.starts_at, wish.lengths)
        shared = tuple(room_id for room_id, taken in mine if taken.overlaps(whole))
        usual = (*(() if one is None else one.rooms), *shared)
        is_kept = one is not None and (one.staff_id, one.starts_at.date()) == (wish.staff_id, wish.starts_at.date())
        asked = RoomWish(wish.service_id, "", wish.rooms, usual, one.rooms if one is not None and is_kept else ())
        found.append(_offers_of(day, asked, whole))
        mine += [(room_id, whole) for room_id in chosen_rooms(day, asked, whole)]
    return tuple(found)


def at_any_time(day: RoomsDay, service_id: int, wished: Collection[int] = ()) -> tuple[RoomOffer, ...]:
    """The rooms that a service may have, before it is known when: whether they are free then is not said."""
    return tuple(
        RoomOffer(
            kind,
            tuple(RoomOption(room.room_id, room.name, None) for room in rooms),
            None,
            next((room.room_id for room in rooms if room.room_id in wished), None),
        )
        for kind, rooms in day.of_service(service_id).items()
    )


def _offers_of(day: RoomsDay, asked: RoomWish, whole: Interval) -> tuple[RoomOffer, ...]:
    unasked = chosen_rooms(day, replace(asked, wished=()), whole)
    found: list[RoomOffer] = []
    for (kind, rooms), taken in zip(day.of_service(asked.service_id, asked.own).items(), unasked, strict=True):
        options: list[RoomOption] = []
        for room in rooms:
            clash = room.clash(whole)
            problem = (
                None
                if clash is None
                else NoRoomFree(room.name, clash.interval.starts_at, clash.interval.ends_at, clash.by, is_only=True)
            )
            options.append(RoomOption(room.room_id, room.name, problem))
        found.append(
            RoomOffer(
                kind,
                tuple(options),
                next(option for option in options if option.room_id == taken),
                next((room.room_id for room in rooms if room.room_id in asked.wished), None),
            )
        )
    return tuple(found)


def _taken_from(standing: list[ServiceWish], wish: ServiceWish) -> ServiceWish | None:
    found = next((one for one in standing if one.service_id == wish.service_id), None)
    if found is not None:
        standing.remove(found)
    return found
