"""Who calls or stands here now, as likely as can be told before anything is typed.

Whoever comes today is before all others. A visit today weighs 100, one a month ago half of that; being due by one's own
rhythm weighs 60, being late 30, and so does a booking that one may want to move. So of those who are neither awaited
nor lifted like that, nobody is likelier than whoever was here later.
"""

import json
from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from app.models.connection import Database
from app.salon.clients.hits import Hits

AWAITED = 1000
"""What a visit today weighs: more than everything else together."""
KNOWN_LATELY = 3000
"""So many of those who were here last are known by heart."""
_ALIVE = "('booked', 'confirmed', 'arrived', 'in_service')"
_TODAY = f"SELECT DISTINCT client_id FROM visit WHERE day = ? AND client_id IS NOT NULL AND status IN {_ALIVE}"
_LIFT = """
CASE WHEN ahead_day >= :today THEN 30
     WHEN interval_days IS NULL THEN 0
     WHEN julianday(:today) - julianday(last_day) BETWEEN 0.8 * interval_days AND 1.5 * interval_days THEN 60
     WHEN julianday(:today) - julianday(last_day) BETWEEN 0.8 * interval_days AND 2 * interval_days THEN 30
     ELSE 0 END
"""
"""SQL over ``client_rhythm``: how much likelier somebody is than by their last visit alone."""
_LIFTED = f"SELECT client_id, last_day, {_LIFT} AS lift FROM client_rhythm WHERE lift > 0"
_OF_SOME = f"""
SELECT client_id, last_day, {_LIFT} FROM client_rhythm WHERE client_id IN (SELECT value FROM json_each(:ids))
"""
_LATELY = """
SELECT client_id, last_day FROM client_rhythm
WHERE last_day >= COALESCE((SELECT last_day FROM client_rhythm ORDER BY last_day DESC LIMIT 1 OFFSET :known), '')
ORDER BY last_day DESC
"""
_TEXTS = "SELECT id, search FROM client WHERE id IN (SELECT value FROM json_each(?))"
_INDEX_STATE = "SELECT block FROM client_search_data WHERE id = 10"
"""SQL: how the search index is made up. Whatever changes a text that is looked through changes it as well."""


class Candidate(NamedTuple):
    """Somebody who may be meant."""

    client_id: int
    search: str
    likelihood: float


class Standing:
    """The likeliest of all clients as the salon stands. Each piece is read when it is first wanted."""

    def __init__(self, database: Database, today: date, texts: dict[int, str]) -> None:
        self._database = database
        self._today = today
        self._texts = texts
        self.hits = Hits(database)
        """What the search index answered while the salon stood so."""
        self._weights: dict[str | None, float] = {None: 0.0}

    @cached_property
    def awaited(self) -> list[Candidate]:
        """Who has a visit today, in no order."""
        return self._candidates(self._read(_OF_SOME, ids=json.dumps(sorted(self._awaited_ids))))

    @cached_property
    def lately(self) -> list[Candidate]:
        """Those who were here last, the latest first; with the last of them whoever came on the same day."""
        lifts = {client_id: lift for client_id, _last_day, lift in self._lifts}
        return self._candidates([(one, day, lifts.get(one, 0)) for one, day in self._last_days])

    @cached_property
    def lifted(self) -> list[Candidate]:
        """Everybody who is likelier than by their last visit alone, the likeliest first."""
        return sorted(self._candidates(self._lifts), key=lambda one: -one[2])

    @cached_property
    def by_heart(self) -> dict[int, Candidate]:
        """All of these by their number. Of everybody else the last visit alone tells how likely they are."""
        return {one[0]: one for one in (*self.lately, *self.lifted, *self.awaited)}

    @property
    def certain(self) -> float:
        """Whoever is as likely as that or likelier is known by heart."""
        return self.weight(self._last_days[-1][1]) if self.are_others_alike is False else 0.0

    @property
    def are_others_alike(self) -> bool:
        """Whether everybody who was ever here is known by heart, so that one of the others is as likely as the next."""
        return len(self._last_days) <= KNOWN_LATELY

    def weight(self, last_day: str | None) -> float:
        """How likely somebody is by their last visit alone."""
        weight = self._weights.get(last_day)
        if weight is None:
            past = (self._today - date.fromisoformat(last_day or "")).days
            weight = self._weights[last_day] = 3000 / (30 + max(0, past))
        return weight

    @cached_property
    def _awaited_ids(self) -> frozenset[int]:
        return frozenset(row[0] for row in self._database.rows(_TODAY, (self._today.isoformat(),)))

    @cached_property
    def _last_days(self) -> list[tuple[Any, ...]]:
        return self._read(_LATELY, known=KNOWN_LATELY)

    @cached_property
    def _lifts(self) -> list[tuple[Any, ...]]:
        return self._read(_LIFTED)

    def _read(self, sql: str, **params: Any) -> list[tuple[Any, ...]]:
        return self._database.rows(sql, {"today": self._today.isoformat(), **params})

    def _candidates(self, rows: list[tuple[Any, ...]]) -> list[Candidate]:
        """The clients of ``rows``: number, last day, and how much likelier than by that."""
        texts, awaited, weight = self._learnt(row[0] for row in rows), self._awaited_ids, self.weight
        return [
            Candidate(client_id, texts[client_id], (AWAITED if client_id in awaited else 0) + weight(last_day) + lift)
            for client_id, last_day, lift in rows
        ]

    def _learnt(self, client_ids: Iterable[int]) -> dict[int, str]:
        missing = [client_id for client_id in client_ids if client_id not in self._texts]
        if missing:
            self._texts.update(self._database.rows(_TEXTS, (json.dumps(missing),)))
        return self._texts


class _Known(NamedTuple):
    """What was read, and how the salon stood then."""

    stand: tuple[Any, ...]
    index: bytes
    texts: dict[int, str]
    standing: Standing


_KNOWN: WeakKeyDictionary[Database, _Known] = WeakKeyDictionary()


def standing(database: Database, today: date) -> Standing:
    """Who is likeliest as the salon stands now, whoever wrote last.

    What was read before is kept while nobody has written, and the texts while nobody has written one of these: reading
    all of it takes longer than a key may.
    """
    connection = database.connection
    if connection.in_transaction:  # what is written may yet be taken back
        return Standing(database, today, {})
    stand = (today, id(connection), database.value("PRAGMA data_version"), connection.total_changes)
    known = _KNOWN.get(database)
    if known is None or known.stand != stand:
        index = database.value(_INDEX_STATE)
        texts = known.texts if known is not None and known.index == index else {}
        known = _Known(stand, index, texts, Standing(database, today, texts))
        _KNOWN[database] = known
    return known.standing
