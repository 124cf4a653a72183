"""The lines that the search of clients shows, and by what of a card each was found."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.models.connection import Database
from app.models.kept import read_wall
from app.salon.clients import likelihood, reasons
from app.salon.clients.reasons import Fact
from app.salon.clients.spelling import Part

_ALIVE = "('booked', 'confirmed', 'arrived', 'in_service')"
_LINES = f"""
SELECT c.id, c.name,
    COALESCE((SELECT p.value FROM contact_point p WHERE p.client_id = c.id AND p.kind = 'phone'
              ORDER BY p.is_preferred DESC, p.id LIMIT 1), ''),
    s.last_day, v.day, s.visits,
    EXISTS (SELECT 1 FROM alert a WHERE a.client_id = c.id AND a.archived_at IS NULL),
    (SELECT MIN(b.starts_at) FROM visit w JOIN booked_service b ON b.visit_id = w.id
     WHERE w.client_id = c.id AND w.day = v.day AND w.hour_known AND w.status IN {_ALIVE}),
    c.is_vip, c.do_not_book_reason <> '',
    {reasons.FACTS}
FROM client c JOIN client_rhythm s ON s.client_id = c.id
LEFT JOIN (SELECT client_id, MIN(day) AS day FROM visit WHERE client_id IN (SELECT value FROM json_each(:ids))
           AND day >= :today AND status IN {_ALIVE} GROUP BY client_id) v ON v.client_id = c.id
WHERE c.id IN (SELECT value FROM json_each(:ids))
"""


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
    """Dates with a completed visit."""
    has_alert: bool
    next_start: datetime | None = None
    """When the next visit begins, wall time; None where there is none or its hour is not known."""
    is_guess: bool = False
    """Whether it was found only by allowing for a slip of a finger."""
    is_vip: bool = False
    do_not_book: bool = False
    """Whether the salon does not want to book them again."""
    found_by: tuple[Fact, ...] = ()
    """By what of the card it was found, where neither the name nor the phone says it."""


@dataclass(frozen=True, slots=True)
class Shown:
    """How the lines are told: what was asked, who was only guessed, and whether contacts are hidden."""

    wanted: Sequence[Part]
    guesses: frozenset[int]
    hides_contacts: bool


def rows_of(database: Database, ids: Sequence[int], today: date) -> list[tuple[Any, ...]]:
    """What the lines tell of those clients, read once while nobody writes: the next key finds most of them again."""
    known = likelihood.standing(database, today).lines
    missing = [one for one in ids if one not in known]
    if missing:
        rows = database.rows(_LINES, {"ids": json.dumps(missing), "today": today.isoformat()})
        known.update((row[0], row) for row in rows)
    return [known[one] for one in ids]


def lines_of(database: Database, rows: Sequence[tuple[Any, ...]], shown: Shown) -> list[FoundClient]:
    asked = [
        reasons.Asked(*row[:3], *row[-2:]) for row in (rows if shown.wanted else ()) if row[0] not in shown.guesses
    ]
    why = reasons.why(database, shown.wanted, asked, hides_contacts=shown.hides_contacts)
    return [_line(row, is_guess=row[0] in shown.guesses, found_by=why.get(row[0], ())) for row in rows]


def _line(row: tuple[Any, ...], *, is_guess: bool, found_by: tuple[Fact, ...]) -> FoundClient:
    client_id, name, phone, last, coming, visits, alert, start, is_vip, do_not_book, *_facts = row
    return FoundClient(
        client_id,
        name,
        phone,
        None if last is None else date.fromisoformat(last),
        None if coming is None else date.fromisoformat(coming),
        visits,
        bool(alert),
        None if start is None else read_wall(start),
        is_guess,
        bool(is_vip),
        bool(do_not_book),
        found_by,
    )
