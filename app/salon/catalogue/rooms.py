"""Places and machines that one visit at a time can use: which there are, and for what they are fit."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from app import models
from app.errors import Gone, NameMissing
from app.models.connection import Database
from app.salon.transaction import Work
from app.salon.typed import text
from app.vocabulary import Action, RoomKind

LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class RoomFacts:
    """What is said of a room, a chair or a machine."""

    name: str
    kind: RoomKind = RoomKind.ROOM


@dataclass(frozen=True, slots=True)
class ListedRoom:
    """A room with everything that can be changed."""

    room_id: int
    facts: RoomFacts
    services: tuple[int, ...]
    """For what of the price list it is fit."""
    visits_ahead: int
    """How many visits that are still awaited take it."""


def add(work: Work, facts: RoomFacts) -> int:
    """Set a room up, after the others; returns its id. Raises NameMissing, TextTooLong."""
    name = _name(facts)
    last = work.database.value("SELECT MAX(position) FROM room")
    work.tell(Action.ROOMS_CHANGED, note=name)
    return work.insert(models.Room, name=name, kind=facts.kind, position=0 if last is None else int(last) + 1)


def change(work: Work, room_id: int, facts: RoomFacts) -> None:
    """Call a room otherwise, or say that it is something else. Raises Gone, NameMissing, TextTooLong."""
    name = _name(facts)
    work.tell(Action.ROOMS_CHANGED, note=name)
    work.update(models.Room, room_id, name=name, kind=facts.kind)


def archive(work: Work, room_id: int) -> None:
    """Use the room no more; the visits that take it stay as they are. Raises Gone."""
    work.tell(Action.ROOMS_CHANGED)
    work.update(models.Room, room_id, archived_at=work.now)


def bring_back(work: Work, room_id: int) -> None:
    """Use an archived room again, for the services it was fit for. Raises Gone."""
    work.tell(Action.ROOMS_CHANGED)
    work.update(models.Room, room_id, archived_at=None)


def archived(database: Database) -> dict[int, str]:
    """The names of the rooms that are used no more."""
    return dict(database.rows("SELECT id, name FROM room WHERE archived_at IS NOT NULL ORDER BY name, id"))


def set_order(work: Work, room_ids: Sequence[int]) -> None:
    """Put the rooms in this order: of those that are free, the first is taken. Raises Gone."""
    work.tell(Action.ROOMS_CHANGED)
    for position, room_id in enumerate(room_ids):
        work.update(models.Room, room_id, position=position)


def set_services(work: Work, room_id: int, service_ids: Iterable[int]) -> None:
    """Say for what of the price list the room is fit; booked visits stay where they are. Raises Gone."""
    work.tell(Action.ROOMS_CHANGED)
    rows = work.database.rows(
        """
        SELECT x.id, x.service_id FROM room_service x JOIN service s ON s.id = x.service_id
        WHERE x.room_id = ? AND s.archived_at IS NULL
        """,
        (room_id,),
    )
    wanted = set(service_ids)
    for link, service_id in rows:
        if service_id not in wanted:
            work.delete(models.RoomService, link)
    for service_id in sorted(wanted - {service_id for _link, service_id in rows}):
        work.insert(models.RoomService, room=room_id, service=service_id)


def set_of_service(work: Work, service_id: int, room_ids: Iterable[int]) -> None:
    """Say which of the rooms in use are fit for a service; booked visits stay where they are. Raises Gone."""
    work.tell(Action.ROOMS_CHANGED)
    rows = work.database.rows(
        """
        SELECT x.id, x.room_id FROM room_service x JOIN room r ON r.id = x.room_id
        WHERE x.service_id = ? AND r.archived_at IS NULL
        """,
        (service_id,),
    )
    wanted = set(room_ids)
    for link, room_id in rows:
        if room_id not in wanted:
            work.delete(models.RoomService, link)
    for room_id in sorted(wanted - {room_id for _link, room_id in rows}):
        work.insert(models.RoomService, room=room_id, service=service_id)


def keep(work: Work, room_id: int | None, facts: RoomFacts, service_ids: Iterable[int]) -> int:
    """What the form of a room does as one act: set up or change it, with its services; returns its id.

    Raises Gone, NameMissing, TextTooLong.
    """
    if room_id is None:
        room_id = add(work, facts)
    else:
        change(work, room_id, facts)
    set_services(work, room_id, service_ids)
    return room_id


def listed(database: Database, today: date) -> list[ListedRoom]:
    """The rooms in use, in their order, with everything that can be changed; one query."""
    return [
        ListedRoom(room_id, RoomFacts(name, RoomKind(kind)), tuple(json.loads(services)), visits)
        for room_id, name, kind, services, visits in database.rows(_LISTED, (f"{today.isoformat()} 00:00",))
    ]


_LISTED = """
SELECT r.id, r.name, r.kind,
       (SELECT json_group_array(x.service_id) FROM room_service x JOIN service s ON s.id = x.service_id
        WHERE x.room_id = r.id AND s.archived_at IS NULL),
       (SELECT COUNT(DISTINCT v.id) FROM occupancy o JOIN booked_service b ON b.id = o.booked_service_id
        JOIN visit v ON v.id = b.visit_id
        WHERE o.room_id = r.id AND o.starts_at >= ? AND v.status IN ('booked', 'confirmed'))
FROM room r WHERE r.archived_at IS NULL ORDER BY r.position, r.id
"""


def names_of(database: Database, room_ids: Iterable[int]) -> tuple[str, ...]:
    """What rooms are called, in their order, also those that are in use no more. Raises Gone."""
    wanted = set(room_ids)
    rows = database.rows("SELECT id, name FROM room ORDER BY position, id")
    found = {room_id: name for room_id, name in rows if room_id in wanted}
    if found.keys() != wanted:
        raise Gone
    return tuple(found.values())


def _name(facts: RoomFacts) -> str:
    name = text(facts.name, LONGEST_NAME)
    if not name:
        raise NameMissing
    return name
