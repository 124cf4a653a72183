"""Finding a client while the phone is at the ear: any part of a phone, parts of the name in any order."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from app.models.connection import Database
from app.models.kept import read_wall
from app.salon.clients.spelling import Readings, parts, parts_on_russian_keys

MOST = 12
"""How many clients a list under the search field shows."""


@dataclass(frozen=True, slots=True)
class FoundClient:
    """A line of the search."""

    client_id: int
    name: str
    phone: str
    """E.164, or empty."""
    last_visit: date | None
    next_visit: date | None
    visits: int
    """Completed visits."""
    has_alert: bool
    next_start: datetime | None = None
    """When the next visit begins, wall time; None where there is none or its hour is not known."""


_FOUND = """
WITH hit AS (
    SELECT c.id, c.name, c.search,
        (SELECT MAX(v.day) FROM visit v WHERE v.client_id = c.id AND v.status = 'completed') AS last_day,
        (SELECT MIN(v.day) FROM visit v WHERE v.client_id = c.id AND v.day >= ?
            AND v.status IN ('booked', 'confirmed', 'arrived', 'in_service')) AS next_day
    FROM client c WHERE c.archived_at IS NULL {conditions} {recent}
    ORDER BY {begins} DESC, next_day IS ? DESC, COALESCE(last_day, next_day, '') DESC, c.name LIMIT ?
)
SELECT hit.id, hit.name,
    COALESCE((SELECT p.value FROM contact_point p WHERE p.client_id = hit.id AND p.kind = 'phone'
              ORDER BY p.is_preferred DESC, p.id LIMIT 1), ''),
    hit.last_day, hit.next_day,
    (SELECT COUNT(*) FROM visit v WHERE v.client_id = hit.id AND v.status = 'completed'),
    EXISTS (SELECT 1 FROM alert a WHERE a.client_id = hit.id AND a.archived_at IS NULL),
    (SELECT MIN(b.starts_at) FROM visit v JOIN booked_service b ON b.visit_id = v.id
     WHERE v.client_id = hit.id AND v.day = hit.next_day AND v.hour_known
       AND v.status IN ('booked', 'confirmed', 'arrived', 'in_service')), {begins_hit}
FROM hit
"""
_RECENT = "AND c.id IN (SELECT v.client_id FROM visit v WHERE v.day >= ?)"
_RECENT_DAYS = 30
_FEW_LETTERS = 3
"""So much may fit half the clients; whoever was here lately comes first anyway."""


def find(database: Database, typed: str, today: date, most: int = MOST) -> list[FoundClient]:
    """The clients that ``typed`` may mean: those of whose name it begins a word, of these whoever comes today, then
    the most recent.

    ``typed`` is read as digits of a phone, as parts of a name, and, when that finds nobody, as a name typed in the
    wrong keyboard layout. Nothing typed: the most recent clients.
    """
    found = _matching(database, parts(typed), today, most)
    if not found and typed.strip():
        found = _matching(database, parts_on_russian_keys(typed), today, most)
    return found


def _matching(database: Database, wanted: list[Readings], today: date, most: int) -> list[FoundClient]:
    conditions = " ".join(f"AND ({' OR '.join(['instr(c.search, ?) > 0'] * len(each))})" for each in wanted)
    readings = [reading for each in wanted for reading in each]
    names = [reading for reading in readings if not reading.isdigit()]
    begins = " AND ".join(["instr(' ' || c.search, ' ' || ?) > 0"] * len(names)) or "1 = 1"
    if sum(len(each[0]) for each in wanted) <= _FEW_LETTERS:
        since = today - timedelta(days=_RECENT_DAYS)
        found = _rows(database, conditions, begins, readings, names, today, most, since)
        # They stand before everybody who was not here since: more need not be looked at.
        if len(found) == most and all(_outranks(row, today, since) for row in found):
            return [_client(row) for row in found]
    return [_client(row) for row in _rows(database, conditions, begins, readings, names, today, most)]


def _outranks(row: tuple[Any, ...], today: date, since: date) -> bool:
    """Whether a line stands before everybody who has no visit from ``since`` on, as the order of the list has it."""
    last, coming, begins = row[3], row[4], row[-1]
    return bool(begins) and (coming == today.isoformat() or (last or coming or "") >= since.isoformat())


def _rows(
    database: Database,
    conditions: str,
    begins: str,
    readings: list[str],
    names: list[str],
    today: date,
    most: int,
    since: date | None = None,
) -> list[tuple[Any, ...]]:
    text = _FOUND.format(
        conditions=conditions,
        recent=_RECENT if since else "",
        begins=f"({begins})",
        begins_hit=begins.replace("c.search", "hit.search"),
    )
    day, recent = today.isoformat(), () if since is None else (since.isoformat(),)
    return database.rows(text, (day, *readings, *recent, *names, day, most, *names))


def _client(row: tuple[Any, ...]) -> FoundClient:
    client_id, name, phone, last, coming, visits, alert, start, _begins = row
    return FoundClient(client_id, name, phone, _day(last), _day(coming), visits, bool(alert), _moment(start))


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _moment(text: str | None) -> datetime | None:
    return None if text is None else read_wall(text)
