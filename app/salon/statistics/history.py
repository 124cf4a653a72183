"""Who came when and to whom, read once from the tables for all figures about coming back.

A visit is a date on which a client had at least one completed service (STATISTICS, Terms). Walk-ins without a card
are nobody's history. What lies after ``today`` has not happened yet, also in a report of a past day.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.models.connection import Database
from app.salon.statistics.periods import Period

Days = Mapping[int, Sequence[date]]
"""Client id → the dates of their services, ascending. A date that comes twice is one visit all the same."""


@dataclass(frozen=True, slots=True)
class Master:
    """Somebody with a row of their own."""

    staff_id: int
    name: str
    works_here: bool
    """False for who has left or is a master no longer; they keep the rows of the periods in which they served."""


@dataclass(frozen=True, slots=True)
class History:
    """The visits from the first day of a period on, of those clients who had a visit in it."""

    period: Period
    salon: Days
    by_master: Mapping[int, Days]
    """The same by staff id: a date is a visit to each master whom the client saw."""
    existing: frozenset[int]
    """Clients who had been here before the period; all others are new."""


_VISITS = """
    SELECT v.client_id, v.day, b.staff_id
    FROM visit v JOIN booked_service b ON b.visit_id = v.id
    WHERE v.status = 'completed' AND v.client_id IS NOT NULL AND v.day BETWEEN ? AND ?
    ORDER BY v.day
"""

_EXISTING = """
    SELECT came.client_id
    FROM (SELECT DISTINCT client_id FROM visit
          WHERE status = 'completed' AND client_id IS NOT NULL AND day BETWEEN ? AND ?) AS came
    WHERE EXISTS (SELECT 1 FROM visit v JOIN booked_service b ON b.visit_id = v.id
                  WHERE v.client_id = came.client_id AND v.day < ? AND v.status = 'completed')
"""


def read(database: Database, period: Period, *, until: date, today: date) -> History:
    """The visits of the clients of ``period`` from its first day to ``until`` (not before its end), known on ``today``.

    Everybody's visits of these days are read along the index of days, and those of strangers to the period dropped
    here: asking for the visits client by client took eight times as long on a million booked services.
    """
    begins, ends = period.begins.isoformat(), period.ends.isoformat()
    rows = database.rows(_VISITS, (begins, min(until, today).isoformat()))
    existing = frozenset(row[0] for row in database.rows(_EXISTING, (begins, ends, begins)))
    day_of = {text: date.fromisoformat(text) for text in {row[1] for row in rows}}
    came = {client for client, day, _staff in rows if day <= ends}
    salon: defaultdict[int, list[date]] = defaultdict(list)
    by_master: defaultdict[int, defaultdict[int, list[date]]] = defaultdict(lambda: defaultdict(list))
    for client, text, staff in rows:
        if client in came:
            day = day_of[text]
            salon[client].append(day)
            by_master[staff][client].append(day)
    return History(period, salon, by_master, existing)


def masters(database: Database) -> list[Master]:
    """Everybody who is or was a master, in the order of the calendar, also who is only administrator or owner by now.

    What an import knows as no person, the till, has no role and no row of its own.
    """
    rows = database.rows(
        """
        SELECT id, name, is_master AND archived_at IS NULL FROM staff_member
        WHERE is_master OR is_administrator OR is_owner ORDER BY position, id
        """
    )
    return [Master(staff_id, name, bool(here)) for staff_id, name, here in rows]
