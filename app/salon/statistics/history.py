"""Who came when and to whom, read once from the tables for all figures about coming back.

A visit is a date on which a client had at least one completed service (STATISTICS, Terms). Walk-ins without a card
are nobody's history. What lies after ``today`` has not happened yet, also in a report of a past day.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.models.connection import Database
from app.salon.statistics.periods import Period

Days = Mapping[int, Sequence[date]]
"""Client id → the dates of their visits, ascending, each once."""


@dataclass(frozen=True, slots=True)
class Master:
    """Somebody with a row of their own."""

    staff_id: int
    name: str
    works_here: bool
    """False for masters who have left; they keep the rows of the periods in which they worked."""


@dataclass(frozen=True, slots=True)
class History:
    """The visits from the first day of a period on, of those clients who had a visit in it."""

    period: Period
    salon: Days
    by_master: Mapping[int, Days]
    """The same by staff id: a date counts once for each master whom the client saw."""
    existing: frozenset[int]
    """Those of them who had been here before the period; all others are new."""


_CAME = """
    SELECT v.client_id FROM visit v
    WHERE v.status = 'completed' AND v.client_id IS NOT NULL AND v.day BETWEEN ? AND ?
      AND EXISTS (SELECT 1 FROM booked_service b WHERE b.visit_id = v.id)
"""

_VISITS = f"""
    SELECT v.client_id, v.day, b.staff_id
    FROM visit v JOIN booked_service b ON b.visit_id = v.id
    WHERE v.status = 'completed' AND v.day BETWEEN ? AND ? AND v.client_id IN ({_CAME})
"""

_EARLIER = f"""
    SELECT DISTINCT v.client_id FROM visit v
    WHERE v.status = 'completed' AND v.day < ? AND v.client_id IN ({_CAME})
      AND EXISTS (SELECT 1 FROM booked_service b WHERE b.visit_id = v.id)
"""


def read(database: Database, period: Period, *, until: date, today: date) -> History:
    """The visits of the clients of ``period``, from its first day to ``until``, as known on ``today``."""
    came = (period.begins.isoformat(), min(period.ends, today).isoformat())
    last = min(max(until, period.ends), today).isoformat()
    rows = database.rows(_VISITS, (came[0], last, *came))
    earlier = database.rows(_EARLIER, (came[0], *came))
    day_of = {text: date.fromisoformat(text) for text in {row[1] for row in rows}}
    salon: dict[int, set[date]] = {}
    by_master: dict[int, dict[int, set[date]]] = {}
    for client, text, staff in rows:
        day = day_of[text]
        salon.setdefault(client, set()).add(day)
        by_master.setdefault(staff, {}).setdefault(client, set()).add(day)
    return History(
        period,
        _in_order(salon),
        {staff: _in_order(days) for staff, days in by_master.items()},
        frozenset(row[0] for row in earlier),
    )


def masters(database: Database) -> list[Master]:
    """Everybody who is or was a master, in the order of the calendar. Others who serve have no row of their own."""
    rows = database.rows("SELECT id, name, archived_at IS NULL FROM staff_member WHERE is_master ORDER BY position, id")
    return [Master(staff_id, name, bool(here)) for staff_id, name, here in rows]


def _in_order(days: Mapping[int, set[date]]) -> Days:
    return {client: sorted(dates) for client, dates in days.items()}
