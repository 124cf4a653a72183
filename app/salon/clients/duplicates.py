"""Cards that may be of one person: found among all, hinted at on a card, and kept apart for good where they are not."""

import json
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from app import models
from app.errors import Gone
from app.models.connection import Database
from app.salon.clients import likeness
from app.salon.clients.likeness import CardFacts, Suspects
from app.salon.transaction import Work
from app.vocabulary import Action

MOST = 500
"""So many suspects are shown; whoever works through them looks again afterwards."""

_PEOPLE = """
SELECT c.id, c.name, c.birthday FROM client c
WHERE c.archived_at IS NULL AND c.forgotten_at IS NULL {condition} ORDER BY c.id
"""
_WAYS = """
SELECT p.client_id, p.kind, p.value, p.whose <> '' FROM contact_point p
WHERE p.kind IN ('phone', 'email') {condition} ORDER BY p.id
"""
_ALIKE = """
AND c.id IN (
    SELECT o.client_id FROM contact_point p JOIN contact_point o ON o.value = p.value WHERE p.client_id = ?
    UNION SELECT s.id FROM client s WHERE s.name = (SELECT name FROM client WHERE id = ?)
    UNION SELECT ?)
"""
_APART = """
SELECT client_id, other_id FROM not_duplicate {condition}
UNION SELECT MIN(client_id, relative_id), MAX(client_id, relative_id) FROM client_relation {relations}
GROUP BY client_id, relative_id
"""


def find(database: Database, report: Callable[[int, int], None] | None = None) -> list[Suspects]:
    """All suspects of the salon, the likeliest first and at most ``MOST``; three queries.

    For a worker thread: 100,000 cards take some seconds. ``report`` is told how far it is.
    """
    cards = _cards(database.rows(_PEOPLE.format(condition="")), database.rows(_WAYS.format(condition="")))
    return likeness.pairs(cards, _apart(database), report)[:MOST]


def of_client(database: Database, client_id: int) -> list[Suspects]:
    """Who may be the same person as this client: by phone, e-mail or the same name; the likeliest first.

    What every opened card asks, so it looks only where an index leads: one query where nobody is alike, else three.
    """
    people = database.rows(_PEOPLE.format(condition=_ALIKE), (client_id,) * 3)
    if not 1 < len(people) <= likeness.MOST_OF_A_PHONE:
        return []
    ids = json.dumps([person[0] for person in people])
    ways = database.rows(_WAYS.format(condition="AND p.client_id IN (SELECT value FROM json_each(?))"), (ids,))
    cards = _cards(people, ways)
    mine = next((card for card in cards if card.client_id == client_id), None)
    if mine is None:
        return []
    apart = _apart(database, client_id)
    found = [pair for other in cards if (pair := likeness.judged(mine, other)) is not None and pair.both not in apart]
    return sorted(found, key=lambda pair: (-pair.weight, pair.both))


def standing(database: Database, found: Sequence[Suspects]) -> list[Suspects]:
    """Those of ``found`` that are still two cards in use, and whom nobody has told apart since; two queries."""
    ids = json.dumps(sorted({one for pair in found for one in pair.both}))
    among = "IN (SELECT value FROM json_each(?))"
    in_use = {
        row[0] for row in database.rows(f"SELECT id FROM client WHERE archived_at IS NULL AND id {among}", (ids,))
    }
    apart = set(
        database.rows(
            _APART.format(condition=f"WHERE client_id {among}", relations=f"WHERE client_id {among}"), (ids, ids)
        )
    )
    return [pair for pair in found if pair.both not in apart and set(pair.both) <= in_use]


def keep_apart(work: Work, one: int, other: int) -> None:
    """They were looked at and are two people: nobody asks again. Raises Gone."""
    first, second = sorted((one, other))
    if first == second or not work.database.value("SELECT 1 FROM client WHERE id = ?", (second,)):
        raise Gone
    standing = work.database.value("SELECT 1 FROM not_duplicate WHERE client_id = ? AND other_id = ?", (first, second))
    if standing:
        return
    work.tell(Action.NOT_DUPLICATES, client=first)
    work.notes.clients.add(second)
    work.insert(models.NotDuplicate, client=first, other=second, created_at=work.now)


def _cards(people: Sequence[tuple[Any, ...]], ways: Sequence[tuple[Any, ...]]) -> list[CardFacts]:
    phones: defaultdict[int, list[str]] = defaultdict(list)
    emails: defaultdict[int, list[str]] = defaultdict(list)
    lent: defaultdict[int, set[str]] = defaultdict(set)
    for client_id, kind, value, is_lent in ways:
        (phones if kind == "phone" else emails)[client_id].append(value)
        if is_lent:
            lent[client_id].add(value)
    return [
        CardFacts(
            client_id,
            name,
            None if birthday is None else date.fromisoformat(birthday),
            tuple(phones.get(client_id, ())),
            tuple(emails.get(client_id, ())),
            frozenset(lent.get(client_id, ())),
        )
        for client_id, name, birthday in people
    ]


def _apart(database: Database, client_id: int | None = None) -> set[tuple[int, int]]:
    """Pairs that are known to be two people: somebody said so, or they are relatives."""
    if client_id is None:
        rows = database.rows(_APART.format(condition="", relations=""))
    else:
        rows = database.rows(
            _APART.format(
                condition="WHERE client_id = ? OR other_id = ?", relations="WHERE client_id = ? OR relative_id = ?"
            ),
            (client_id,) * 4,
        )
    return {(first, second) for first, second in rows}
