"""Who calls or stands here now, as likely as can be told before anything is typed.

Whoever comes today is before all others. A visit today weighs 100, one a month ago half of that; being due by one's own
rhythm weighs 60, being late 30, and so does a booking that one may want to move. So of those who are neither awaited
nor lifted like that, nobody is likelier than whoever was here later.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property
from itertools import islice
from typing import Any, NamedTuple

from app.models.connection import Database
from app.salon.clients.hits import Hits

AWAITED = 1000
"""What a visit today weighs: more than everything else together."""
KNOWN_LATELY = 3000
"""So many of those who were here last are known by heart."""
_CARDS_AT_ONCE, _AT_ONCE = 20_000, 1500
"""So many cards are looked at, and so many texts read, within a few milliseconds."""
_MOST_TEXTS = 20_000
"""With so many it is begun anew: who is no longer likely need not be known."""
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
_LIFTED = f"""
SELECT client_id, last_day, {_LIFT} AS lift FROM client_rhythm
WHERE client_id > :after AND client_id <= :last AND (ahead_day >= :today OR (interval_days IS NOT NULL
    AND julianday(last_day) > julianday(:today) - 2 * interval_days - 0.1
    AND julianday(last_day) < julianday(:today) - 0.8 * interval_days + 0.1)) AND lift > 0
"""
"""SQL: the days are looked at roughly first, because most cards are told apart by that."""
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


_UNENDED = """
SELECT id, search || ' ' FROM client
WHERE id > ? AND id <= ? AND substr(CAST(search AS BLOB), -1) BETWEEN x'30' AND x'39'
"""
"""SQL: bytes, because letters would be counted from the beginning to find the last."""


class Unended:
    """The cards whose text ends with a digit: a name without a word of letters alone, as "Оля2", and then the phone.

    Of every other phone the index can be asked by its last digits, because something stands after it.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._looked_at = 0
        self._texts: dict[int, str] = {}

    @property
    def texts(self) -> dict[int, str]:
        """Their texts by their numbers, each with the space that is missing at its end."""
        while self.look():
            pass
        return self._texts

    def look(self) -> bool:
        """Look at some more cards, within a few milliseconds; False when all were looked at."""
        if self._looked_at >= self._last_card:
            return False
        after, self._looked_at = self._looked_at, self._looked_at + _CARDS_AT_ONCE
        self._texts.update(self._database.rows(_UNENDED, (after, self._looked_at)))
        return True

    @cached_property
    def _last_card(self) -> int:
        return self._database.value("SELECT MAX(id) FROM client") or 0


class Candidate(NamedTuple):
    """Somebody who may be meant."""

    client_id: int
    search: str
    likelihood: float


class Standing:
    """The likeliest of all clients as the salon stands. Each piece is read when it is first wanted."""

    def __init__(self, database: Database, today: date, texts: dict[int, str], unended: Unended) -> None:
        self.unended = unended
        self.hits = Hits(database)
        """What the search index answered while the salon stood so."""
        self.lines: dict[int, tuple[Any, ...]] = {}
        """What was read to show somebody."""
        self._database = database
        self._today = today
        self._texts = texts
        self._weights: dict[str | None, float] = {None: 0.0}
        self._lifts: dict[int, tuple[str | None, int]] = {}
        """Last day of each who is likelier than by that alone, and by how much."""
        self._learnt: dict[int, Candidate] = {}
        self._looked_at = 0
        """The cards up to this number were looked at for the lifts."""

    @property
    def is_learnt(self) -> bool:
        """Whether everything is read already; it takes longer than a key may."""
        return "by_heart" in self.__dict__

    def learn(self) -> bool:
        """Read a piece of it, within a few milliseconds; False when there was nothing left to read."""
        if self.is_learnt:
            return False
        if not self._look_for_lifts() and not self._learn_some(_AT_ONCE):
            _ = self.by_heart, self.lately, self.lifted
        return True

    @cached_property
    def awaited(self) -> list[Candidate]:
        """Who has a visit today, in no order."""
        return self.candidates(self._awaited_ids)

    @cached_property
    def lately(self) -> list[Candidate]:
        """Those who were here last, the latest first; with the last of them whoever came on the same day."""
        by_heart = self.by_heart
        return [by_heart[client_id] for client_id in self._last_days]

    @cached_property
    def lifted(self) -> list[Candidate]:
        """Everybody who is likelier than by their last visit alone, the likeliest first."""
        by_heart = self.by_heart
        return sorted((by_heart[client_id] for client_id in self._all_lifts), key=lambda one: -one[2])

    @cached_property
    def by_heart(self) -> dict[int, Candidate]:
        """All of these by their number. Of everybody else the last visit alone tells how likely they are."""
        while self._learn_some(len(self._all_days)):
            pass
        self._learnt.update((one[0], one) for one in self.awaited)
        return self._learnt

    @property
    def certain(self) -> float:
        """Whoever is as likely as that or likelier is known by heart."""
        return 0.0 if self.are_others_alike else self.weight(self._last_days[next(reversed(self._last_days))])

    @property
    def are_others_alike(self) -> bool:
        """Whether everybody who was ever here is known by heart, so that one of the others is as likely as the next."""
        return len(self._last_days) <= KNOWN_LATELY

    def candidates(self, client_ids: Iterable[int]) -> list[Candidate]:
        """Those of these few clients whose cards are open."""
        return self._weighed(self._read(_OF_SOME, ids=json.dumps(list(client_ids))))

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
    def _last_days(self) -> dict[int, str]:
        return dict(self._read(_LATELY, known=KNOWN_LATELY))

    @property
    def _all_lifts(self) -> dict[int, tuple[str | None, int]]:
        while self._look_for_lifts():
            pass
        return self._lifts

    @cached_property
    def _all_days(self) -> dict[int, str | None]:
        """The last day of each who is to be known by heart."""
        return {**self._last_days, **{client_id: last_day for client_id, (last_day, _lift) in self._all_lifts.items()}}

    @cached_property
    def _to_learn(self) -> Iterator[tuple[int, str | None]]:
        return iter(self._all_days.items())

    def _learn_some(self, many: int) -> bool:
        """Learn so many more; False when all are known."""
        lifts = self._all_lifts
        some = [(one, day, lifts[one][1] if one in lifts else 0) for one, day in islice(self._to_learn, many)]
        self._learnt.update((one[0], one) for one in self._weighed(some))
        return bool(some)

    @cached_property
    def _last_card(self) -> int:
        return self._database.value("SELECT MAX(client_id) FROM client_rhythm") or 0

    def _look_for_lifts(self) -> bool:
        """Look at some more cards; False when all were looked at."""
        if self._looked_at >= self._last_card:
            return False
        after, self._looked_at = self._looked_at, self._looked_at + _CARDS_AT_ONCE
        for client_id, last_day, lift in self._read(_LIFTED, after=after, last=self._looked_at):
            self._lifts[client_id] = (last_day, lift)
        return True

    def _read(self, sql: str, **params: Any) -> list[tuple[Any, ...]]:
        return self._database.rows(sql, {"today": self._today.isoformat(), **params})

    def _weighed(self, rows: Iterable[tuple[Any, ...]]) -> list[Candidate]:
        """The clients of ``rows``: number, last day, and how much likelier than by that."""
        rows = list(rows)
        missing = [row[0] for row in rows if row[0] not in self._texts]
        if missing:
            self._texts.update(self._database.rows(_TEXTS, (json.dumps(missing),)))
        texts, awaited = self._texts, self._awaited_ids
        weights = {last_day: self.weight(last_day) for last_day in {row[1] for row in rows}}
        return [
            Candidate._make((one, texts[one], (AWAITED if one in awaited else 0) + weights[last_day] + lift))
            for one, last_day, lift in rows
        ]


class _Known(NamedTuple):
    """What was read, and how the salon stood then."""

    stand: tuple[Any, ...]
    index_state: bytes
    texts: dict[int, str]
    unended: Unended
    standing: Standing


_REMEMBERED = "likelihood"


def standing(database: Database, today: date) -> Standing:
    """Who is likeliest as the salon stands now, whoever wrote last.

    What this thread read before is kept while nobody has written, and the texts while nobody has written one of these:
    reading all of it takes longer than a key may.
    """
    connection = database.connection
    if connection.in_transaction:  # what is written may yet be taken back
        return Standing(database, today, {}, Unended(database))
    stand = (today, database.value("PRAGMA data_version"), connection.total_changes)
    known: _Known | None = database.remembered.get(_REMEMBERED)
    if known is None or known.stand != stand:
        state = database.value(_INDEX_STATE)
        before = known if known is not None and known.index_state == state else None
        texts = before.texts if before is not None and len(before.texts) < _MOST_TEXTS else {}
        unended = before.unended if before is not None else Unended(database)
        known = _Known(stand, state, texts, unended, Standing(database, today, texts, unended))
        database.remembered[_REMEMBERED] = known
    return known.standing
