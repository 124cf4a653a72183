"""All clients in one list: who they are, when they came, when they come, what they paid."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.models.connection import Database
from app.salon.clients.spelling import parts


@dataclass(frozen=True, slots=True)
class ListedClient:
    """A line of the list. ``spent`` is minor units, products included."""

    client_id: int
    name: str
    phone: str
    """E.164, or empty."""
    last_visit: date | None
    next_visit: date | None
    visits: int
    """Completed visits."""
    spent: int
    has_alert: bool
    search: str
    """What the search looks through: the folded name and the digits of the phones."""


_ALL = """
SELECT c.id, c.name, COALESCE(p.value, ''), v.last_day, v.next_day, COALESCE(v.completed, 0), COALESCE(m.spent, 0),
    a.client_id IS NOT NULL, c.search
FROM client c
LEFT JOIN (
    SELECT client_id, MAX(CASE WHEN status = 'completed' THEN day END) AS last_day,
        MIN(CASE WHEN day >= ? AND status IN ('booked', 'confirmed', 'arrived', 'in_service') THEN day END) AS next_day,
        COUNT(CASE WHEN status = 'completed' THEN 1 END) AS completed
    FROM visit WHERE client_id IS NOT NULL GROUP BY client_id
) v ON v.client_id = c.id
LEFT JOIN (SELECT client_id, SUM(amount) AS spent FROM payment GROUP BY client_id) m ON m.client_id = c.id
LEFT JOIN (
    SELECT client_id, value, ROW_NUMBER() OVER (PARTITION BY client_id ORDER BY is_preferred DESC, id) AS place
    FROM contact_point WHERE kind = 'phone'
) p ON p.client_id = c.id AND p.place = 1
LEFT JOIN (SELECT DISTINCT client_id FROM alert WHERE archived_at IS NULL) a ON a.client_id = c.id
WHERE c.archived_at IS NULL
ORDER BY v.last_day IS NULL, v.last_day DESC, c.name
"""


def read(database: Database, today: date) -> list[ListedClient]:
    """Everybody who has a card, whoever was here last first. One query."""
    days: dict[str, date] = {}
    return [
        ListedClient(
            client_id, name, phone, _day(last, days), _day(coming, days), visits, spent, bool(has_alert), search
        )
        for client_id, name, phone, last, coming, visits, spent, has_alert, search in database.rows(
            _ALL, (today.isoformat(),)
        )
    ]


def matching(clients: Iterable[ListedClient], typed: str) -> list[ListedClient]:
    """Those of ``clients`` whom ``typed`` may mean, by the rules of the finder; all of them when nothing is typed."""
    everybody = list(clients)
    if not typed.strip():
        return everybody
    wanted = parts(typed)
    return [
        client
        for client in everybody
        if all(any(reading.anywhere in client.search for reading in part.all_readings) for part in wanted)
    ]


def _day(text: str | None, known: dict[str, date]) -> date | None:
    if text is None:
        return None
    # A salon has thousands of visits and a few hundred days: each is made once.
    found = known.get(text)
    if found is None:
        found = known[text] = date.fromisoformat(text)
    return found
