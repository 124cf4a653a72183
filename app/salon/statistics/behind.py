"""The people behind a number."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from app.models.connection import Database
from app.salon.clients.spelling import folded


@dataclass(frozen=True, slots=True)
class ClientBehind:
    """A client behind a number, ready to be called."""

    client_id: int
    name: str
    phone: str
    """E.164, the preferred one first; empty when the client left none."""
    last_visit: date | None
    """The last completed one, whatever the period."""


_BEHIND = """
    SELECT c.id, c.name,
        COALESCE((SELECT p.value FROM contact_point p WHERE p.client_id = c.id AND p.kind = 'phone'
                  ORDER BY p.is_preferred DESC, p.id LIMIT 1), ''),
        (SELECT MAX(v.day) FROM visit v WHERE v.client_id = c.id AND v.status = 'completed')
    FROM client c WHERE c.id IN (SELECT value FROM json_each(?))
"""


def clients_behind(database: Database, clients: Collection[int]) -> list[ClientBehind]:
    """Who stands behind a number of a figure, by name. Ids of cards that are gone are left out.

    One query for any number of ids: they travel as one JSON parameter, because engines limit the number of those.
    """
    found = [
        ClientBehind(client_id, name, phone, None if last is None else date.fromisoformat(last))
        for client_id, name, phone, last in database.rows(_BEHIND, (json.dumps(sorted(set(clients))),))
    ]
    return sorted(found, key=lambda one: (folded(one.name), one.client_id))
