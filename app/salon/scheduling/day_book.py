"""The masters' and the rooms' days as the validator needs them, read in one query a table."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from app.errors import Gone
from app.frozen import frozen
from app.models.connection import Database
from app.models.kept import read_wall, wall_text
from app.salon.scheduling.availability import MasterDay
from app.salon.scheduling.intervals import Interval
from app.salon.scheduling.room_choice import NO_ROOMS, RoomDay, RoomsDay, Taken
from app.salon.scheduling.start_ranges import DAY_MINUTES, MINUTE_OF, Span
from app.vocabulary import RoomKind


def master_day(
    database: Database,
    staff_id: int,
    day: date,
    *,
    ignoring_visit: int | None = None,
    around: tuple[datetime, datetime] | None = None,
) -> MasterDay:
    """One master's ``day``. The occupancy of ``ignoring_visit`` is left out: a visit is never in its own way.

    With ``around`` only what takes the master between those two moments is read: enough to judge one place.
    Raises Gone when there is no such master.
    """
    row = database.row("SELECT name, archived_at IS NOT NULL FROM staff_member WHERE id = ?", (staff_id,))
    if row is None:
        raise Gone
    shifts = database.rows(
        "SELECT starts_at, ends_at FROM shift WHERE staff_id = ? AND day = ? ORDER BY starts_at",
        (staff_id, day.isoformat()),
    )
    services = database.rows("SELECT service_id FROM staff_service WHERE staff_id = ?", (staff_id,))
    return MasterDay(
        staff_id,
        row[0],
        tuple(Interval(read_wall(a), read_wall(b)) for a, b in shifts),
        _taken(database, staff_id, day, ignoring_visit, around),
        frozenset(service for (service,) in services),
        rooms_day(database, day, ignoring_visit=ignoring_visit),
        bool(row[1]),
    )


_TAKEN_BY = """
LEFT JOIN booked_service b ON b.id = o.booked_service_id
LEFT JOIN visit v ON v.id = b.visit_id
LEFT JOIN block k ON k.id = o.block_id
LEFT JOIN place_hold h ON h.id = o.hold_id
LEFT JOIN waitlist_entry w ON w.id = h.entry_id
LEFT JOIN client c ON c.id = COALESCE(v.client_id, w.client_id)
"""
_OF_A_MASTER = f"""
SELECT o.starts_at, o.ends_at, COALESCE(c.name, k.reason, ''), b.visit_id
FROM occupancy o {_TAKEN_BY}
WHERE o.staff_id = ? AND o.starts_at >= ? AND o.starts_at < ? AND o.ends_at > ?
      AND (b.visit_id IS NULL OR b.visit_id <> ?)
ORDER BY o.starts_at
"""


_OF_OTHERS = """
AND (o.booked_service_id IS NULL
     OR o.booked_service_id NOT IN (SELECT id FROM booked_service WHERE visit_id = ?))
"""


def _taken(
    database: Database,
    staff_id: int,
    day: date,
    ignoring_visit: int | None,
    around: tuple[datetime, datetime] | None,
) -> tuple[Taken, ...]:
    begins, ends = _bounds(day)
    after, before = (begins, ends) if around is None else (wall_text(around[0]), wall_text(around[1]))
    rows = database.rows(_OF_A_MASTER, (staff_id, begins, min(before, ends), after, ignoring_visit or 0))
    return tuple(Taken(Interval(read_wall(a), read_wall(b)), by, visit) for a, b, by, visit in rows)


def rooms_day(database: Database, day: date, *, ignoring_visit: int | None = None) -> RoomsDay:
    """The rooms on ``day`` with what takes them, also archived ones; the time of ``ignoring_visit`` counts as free."""
    rooms, fit = _rooms(database)
    if not rooms:
        return NO_ROOMS
    taken: defaultdict[int, list[Taken]] = defaultdict(list)
    for room_id, starts_at, ends_at, by, visit in database.rows(
        f"""
        SELECT o.room_id, o.starts_at, o.ends_at, COALESCE(c.name, k.reason, ''), b.visit_id
        FROM occupancy o {_TAKEN_BY}
        WHERE o.room_id IN ({", ".join("?" * len(rooms))}) AND o.starts_at >= ? AND o.starts_at < ?
              AND (b.visit_id IS NULL OR b.visit_id <> ?)
        ORDER BY o.starts_at
        """,
        (*(room.room_id for room in rooms), *_bounds(day), ignoring_visit or 0),
    ):
        taken[room_id].append(Taken(Interval(read_wall(starts_at), read_wall(ends_at)), by, visit))
    return RoomsDay(tuple(replace(room, taken=tuple(taken[room.room_id])) for room in rooms), fit)


def _bounds(first: date, last: date | None = None) -> tuple[str, str]:
    return f"{first.isoformat()} 00:00", f"{(last or first).isoformat()} 24:00"


def _rooms(database: Database) -> tuple[list[RoomDay], dict[int, frozenset[int]]]:
    """All rooms in their order, and those in use by service."""
    rooms: dict[int, RoomDay] = {}
    fit: defaultdict[int, set[int]] = defaultdict(set)
    for room_id, name, kind, is_in_use, service_id in database.rows(
        """
        SELECT r.id, r.name, r.kind, r.archived_at IS NULL, x.service_id
        FROM room r LEFT JOIN room_service x ON x.room_id = r.id ORDER BY r.position, r.id
        """
    ):
        rooms[room_id] = RoomDay(room_id, name, RoomKind(kind), is_in_use=bool(is_in_use))
        if is_in_use and service_id is not None:
            fit[service_id].add(room_id)
    return list(rooms.values()), {service_id: frozenset(ids) for service_id, ids in fit.items()}


@frozen
class MasterMinutes:
    """Days of several masters in whole minutes of the day, by master and ISO day; nobody is told by name."""

    services: Mapping[int, set[int]]
    shifts: Mapping[tuple[int, str], list[Span]]
    taken: Mapping[tuple[int, str], list[Span]]
    rooms: Mapping[date, RoomsDay]
    """Nothing where no service takes a room."""


def master_minutes(
    database: Database, staff_ids: Iterable[int], first: date, last: date, *, ignoring_visit: int | None = None
) -> MasterMinutes:
    """The days from ``first`` to ``last``, both included, in four queries, five with rooms: for a search over weeks.

    It is what ``master_day`` reads; the rows are many, so each becomes no more than two numbers.
    """
    wanted = sorted(set(staff_ids))
    among = f"({', '.join('?' * len(wanted))})"
    services: defaultdict[int, set[int]] = defaultdict(set)
    for staff, service in database.rows(
        f"""
        SELECT x.staff_id, x.service_id FROM staff_service x JOIN staff_member m ON m.id = x.staff_id
        WHERE x.staff_id IN {among} AND m.archived_at IS NULL
        """,
        wanted,
    ):
        services[staff].add(service)
    shifts: defaultdict[tuple[int, str], list[Span]] = defaultdict(list)
    for staff, day, starts_at, ends_at in database.rows(
        f"""
        SELECT staff_id, day, starts_at, ends_at FROM shift
        WHERE staff_id IN {among} AND day >= ? AND day <= ? ORDER BY starts_at
        """,
        (*wanted, first.isoformat(), last.isoformat()),
    ):
        closes = MINUTE_OF[ends_at[11:]] + (0 if ends_at.startswith(day) else DAY_MINUTES)
        shifts[staff, day].append((MINUTE_OF[starts_at[11:]], closes))
    others, visit = (_OF_OTHERS, (ignoring_visit,)) if ignoring_visit else ("", ())
    taken: defaultdict[tuple[int, str], list[Span]] = defaultdict(list)
    for staff, starts_at, ends_at in database.rows(
        f"""
        SELECT o.staff_id, o.starts_at, o.ends_at FROM occupancy o
        WHERE o.staff_id IN {among} AND o.starts_at >= ? AND o.starts_at < ? {others}
        ORDER BY o.staff_id, o.starts_at
        """,
        (*wanted, *_bounds(first, last), *visit),
    ):
        taken[staff, starts_at[:10]].append((MINUTE_OF[starts_at[11:]], MINUTE_OF[ends_at[11:]]))
    days = [first + timedelta(days=ahead) for ahead in range((last - first).days + 1)]
    return MasterMinutes(services, shifts, taken, _rooms_days(database, days, ignoring_visit))


def _rooms_days(database: Database, days: list[date], ignoring_visit: int | None) -> dict[date, RoomsDay]:
    """The rooms of several days in a row, without saying by whom they are taken."""
    rooms, fit = _rooms(database)
    if not rooms:
        return {}
    taken: defaultdict[tuple[int, str], list[Taken]] = defaultdict(list)
    for room_id, starts_at, ends_at in database.rows(
        f"""
        SELECT o.room_id, o.starts_at, o.ends_at FROM occupancy o
        LEFT JOIN booked_service b ON b.id = o.booked_service_id
        WHERE o.room_id IN ({", ".join("?" * len(rooms))}) AND o.starts_at >= ? AND o.starts_at < ?
              AND (b.visit_id IS NULL OR b.visit_id <> ?)
        ORDER BY o.starts_at
        """,
        (*(room.room_id for room in rooms), *_bounds(days[0], days[-1]), ignoring_visit or 0),
    ):
        taken[room_id, starts_at[:10]].append(Taken(Interval(read_wall(starts_at), read_wall(ends_at)), ""))
    return {
        day: RoomsDay(tuple(replace(room, taken=tuple(taken[room.room_id, day.isoformat()])) for room in rooms), fit)
        for day in days
    }


def able_masters(database: Database, service_id: int) -> list[int]:
    """The masters who do a service and still work here, in the order of the calendar."""
    rows = database.rows(
        """
        SELECT s.id FROM staff_service x JOIN staff_member s ON s.id = x.staff_id
        WHERE x.service_id = ? AND s.archived_at IS NULL ORDER BY s.position, s.id
        """,
        (service_id,),
    )
    return [row[0] for row in rows]
