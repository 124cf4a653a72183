"""The masters' days as the validator needs them, read in one query a table."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from app.errors import Gone
from app.models.connection import Database
from app.models.kept import read_wall
from app.salon.scheduling.availability import MasterDay, Taken
from app.salon.scheduling.intervals import Interval


def master_day(database: Database, staff_id: int, day: date, *, ignoring_visit: int | None = None) -> MasterDay:
    """One master's ``day``. The occupancy of ``ignoring_visit`` is left out: a visit is never in its own way.

    Raises Gone when there is no such master.
    """
    name = database.value("SELECT name FROM staff_member WHERE id = ?", (staff_id,))
    if name is None:
        raise Gone
    shifts = database.rows(
        "SELECT starts_at, ends_at FROM shift WHERE staff_id = ? AND day = ? ORDER BY starts_at",
        (staff_id, day.isoformat()),
    )
    services = database.rows("SELECT service_id FROM staff_service WHERE staff_id = ?", (staff_id,))
    return MasterDay(
        staff_id,
        name,
        tuple(Interval(read_wall(a), read_wall(b)) for a, b in shifts),
        _taken(database, staff_id, day, ignoring_visit),
        frozenset(row[0] for row in services),
    )


def _taken(database: Database, staff_id: int, day: date, ignoring_visit: int | None) -> tuple[Taken, ...]:
    rows = database.rows(
        """
        SELECT o.starts_at, o.ends_at, COALESCE(c.name, k.reason, w.name, '')
        FROM occupancy o
        LEFT JOIN booked_service b ON b.id = o.booked_service_id
        LEFT JOIN visit v ON v.id = b.visit_id
        LEFT JOIN client c ON c.id = v.client_id
        LEFT JOIN block k ON k.id = o.block_id
        LEFT JOIN place_hold h ON h.id = o.hold_id
        LEFT JOIN waitlist_entry e ON e.id = h.entry_id
        LEFT JOIN client w ON w.id = e.client_id
        WHERE o.staff_id = ? AND o.starts_at >= ? AND o.starts_at < ? AND (b.visit_id IS NULL OR b.visit_id <> ?)
        ORDER BY o.starts_at
        """,
        (staff_id, f"{day.isoformat()} 00:00", f"{day.isoformat()} 24:00", ignoring_visit or 0),
    )
    return tuple(Taken(Interval(read_wall(a), read_wall(b)), by) for a, b, by in rows)


def master_days(
    database: Database, staff_ids: Iterable[int], first: date, last: date, *, ignoring_visit: int | None = None
) -> dict[tuple[int, date], MasterDay]:
    """The days of several masters from ``first`` to ``last``, both included, in four queries altogether.

    Each is what ``master_day`` reads, but does not say by whom time is taken: a search over weeks tells nobody.
    Masters who do not exist are left out.
    """
    wanted = sorted(set(staff_ids))
    among = f"({', '.join('?' * len(wanted))})"
    names = dict(database.rows(f"SELECT id, name FROM staff_member WHERE id IN {among}", wanted))
    services: defaultdict[int, set[int]] = defaultdict(set)
    for staff, service in database.rows(
        f"SELECT staff_id, service_id FROM staff_service WHERE staff_id IN {among}", wanted
    ):
        services[staff].add(service)
    shifts: defaultdict[tuple[int, str], list[Interval]] = defaultdict(list)
    for staff, day, starts_at, ends_at in database.rows(
        f"""
        SELECT staff_id, day, starts_at, ends_at FROM shift
        WHERE staff_id IN {among} AND day >= ? AND day <= ? ORDER BY starts_at
        """,
        (*wanted, first.isoformat(), last.isoformat()),
    ):
        shifts[staff, day].append(Interval(read_wall(starts_at), read_wall(ends_at)))
    taken: defaultdict[tuple[int, str], list[Taken]] = defaultdict(list)
    for staff, starts_at, ends_at in database.rows(
        f"""
        SELECT o.staff_id, o.starts_at, o.ends_at FROM occupancy o
        LEFT JOIN booked_service b ON b.id = o.booked_service_id
        WHERE o.staff_id IN {among} AND o.starts_at >= ? AND o.starts_at < ?
              AND (b.visit_id IS NULL OR b.visit_id <> ?)
        ORDER BY o.starts_at
        """,
        (*wanted, f"{first.isoformat()} 00:00", f"{last.isoformat()} 24:00", ignoring_visit or 0),
    ):
        taken[staff, starts_at[:10]].append(Taken(Interval(read_wall(starts_at), read_wall(ends_at)), ""))
    days = [first + timedelta(days=ahead) for ahead in range((last - first).days + 1)]
    return {
        (staff, one): MasterDay(
            staff,
            name,
            tuple(shifts[staff, one.isoformat()]),
            tuple(taken[staff, one.isoformat()]),
            frozenset(services[staff]),
        )
        for staff, name in names.items()
        for one in days
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
