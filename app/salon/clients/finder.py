"""Finding a client while the phone is at the ear: any part of a phone, parts of the name in any order."""

from dataclasses import dataclass
from datetime import date

from app.models.connection import Database
from app.salon.clients.phones import digits, typed_digits
from app.salon.clients.spelling import folded, on_russian_keys

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


_FOUND = """
WITH hit AS (
    SELECT c.id, c.name, c.search,
        (SELECT MAX(v.day) FROM visit v WHERE v.client_id = c.id AND v.status = 'completed') AS last_day,
        (SELECT MIN(v.day) FROM visit v WHERE v.client_id = c.id AND v.day >= ?
            AND v.status IN ('booked', 'confirmed', 'arrived', 'in_service')) AS next_day
    FROM client c WHERE c.archived_at IS NULL {conditions}
    ORDER BY next_day IS ? DESC, COALESCE(last_day, next_day, '') DESC, c.name LIMIT ?
)
SELECT hit.id, hit.name,
    COALESCE((SELECT p.value FROM contact_point p WHERE p.client_id = hit.id AND p.kind = 'phone'
              ORDER BY p.is_preferred DESC, p.id LIMIT 1), ''),
    hit.last_day, hit.next_day,
    (SELECT COUNT(*) FROM visit v WHERE v.client_id = hit.id AND v.status = 'completed'),
    EXISTS (SELECT 1 FROM alert a WHERE a.client_id = hit.id AND a.archived_at IS NULL)
FROM hit
"""


def find(database: Database, typed: str, today: date, most: int = MOST) -> list[FoundClient]:
    """The clients that ``typed`` may mean: whoever comes today first, then the most recent.

    ``typed`` is read as digits of a phone, as parts of a name, and, when that finds nobody, as a name typed in the
    wrong keyboard layout. Nothing typed: the most recent clients.
    """
    found = _matching(database, _parts(typed), today, most)
    if not found and typed.strip():
        found = _matching(database, on_russian_keys(typed).split(), today, most)
    return found


def _parts(typed: str) -> list[str]:
    letters = any(c.isalpha() for c in typed)
    if not letters and digits(typed):
        return [typed_digits(typed)]
    return folded(typed).split()


def _matching(database: Database, parts: list[str], today: date, most: int) -> list[FoundClient]:
    conditions = " ".join("AND instr(c.search, ?) > 0" for _ in parts)
    rows = database.rows(
        _FOUND.format(conditions=conditions), (today.isoformat(), *parts, today.isoformat(), most)
    )
    return [
        FoundClient(client_id, name, phone, _day(last), _day(coming), visits, bool(alert))
        for client_id, name, phone, last, coming, visits, alert in rows
    ]


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
