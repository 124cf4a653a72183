"""When clients are here for a visit already: nobody keeps two at once, so no other place is proposed to them then."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from app.models.connection import Database
from app.models.kept import read_wall
from app.salon.scheduling.intervals import Interval
from app.vocabulary import LIVE_STATUSES


def of_clients(
    database: Database, client_ids: Iterable[int | None], first: date
) -> defaultdict[int, list[tuple[int, Interval]]]:
    """When each of these clients is here from the day ``first`` on, with the visit for which; one query."""
    busy: defaultdict[int, list[tuple[int, Interval]]] = defaultdict(list)
    known = sorted(one for one in client_ids if one is not None)
    statuses = [str(one) for one in LIVE_STATUSES]
    rows = database.rows(
        f"""
        SELECT v.client_id, v.id, b.starts_at, b.working_minutes + b.gap_minutes + b.finishing_minutes
        FROM visit v JOIN booked_service b ON b.visit_id = v.id
        WHERE v.client_id IN ({", ".join("?" * len(known))}) AND v.day >= ? AND v.hour_known AND b.takes_time
              AND v.status IN ({", ".join("?" * len(statuses))})
        ORDER BY b.starts_at
        """,
        (*known, first.isoformat(), *statuses),
    )
    for client_id, visit_id, starts_at, minutes in rows:
        begins = read_wall(starts_at)
        busy[client_id].append((visit_id, Interval(begins, begins + timedelta(minutes=minutes))))
    return busy
