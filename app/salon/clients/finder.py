"""Finding a client while the phone is at the ear: any part of a phone, parts of the name in any order.

The index of the file (``client_search``) names the clients that have what was typed. Where it names too many to look
at each, their order is known beforehand: who comes today, then who was here last, and beside these whoever is due or
booked ahead. So every key is answered within a frame, and whoever is likeliest to call now stands first.
"""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import islice
from typing import Any
from weakref import WeakKeyDictionary

from app.models.connection import Database
from app.models.kept import read_wall
from app.salon.clients import reasons
from app.salon.clients.reasons import Fact
from app.salon.clients.slips import Slip, slip
from app.salon.clients.spelling import GAP, Part, Reading, Way, in_latin_letters, parts

MOST = 12
"""How many clients a list under the search field shows."""

_CAP = 1500
"""So many hits are put into order one by one."""
_LOOKED_THROUGH = 3000
"""So many of those who were here last are looked through when there are more hits."""
_CANDIDATES = 48
"""Of so many likely ones the names are looked at, to tell how well they fit."""
_SIEVED = 200
"""So many are looked at where addresses are hidden: some of them were found by an address alone."""
_ENOUGH = 24
"""So many of those who were here last are enough."""
_LOOKED_AT = 400
"""So many whose name is something like that are looked at closely."""
_FEW = 3
"""With fewer hits than that, those are looked for too whose name is one slip of a finger away."""
_STEM = 6
"""So many characters of a word are asked of the index, because many words end alike; the rest is compared."""
_SHORTEST = 3
"""Fewer characters fill no place of the index."""
_ALIVE = "('booked', 'confirmed', 'arrived', 'in_service')"


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
class Answer:
    """Who may be meant, the likeliest first, and how many more there are."""

    clients: tuple[FoundClient, ...]
    others: int | None = 0
    """So many more have what was typed; None: more, and nobody has counted them."""

    def without(self, client_id: int) -> "Answer":
        """The same without somebody who cannot be meant."""
        return replace(self, clients=tuple(one for one in self.clients if one.client_id != client_id))


@dataclass(frozen=True, slots=True)
class Condition:
    """Who is meant, as SQL over ``client c``: for a list that shows all of them in an order of its own."""

    sql: str
    params: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class _Candidate:
    client_id: int
    search: str
    likelihood: float


_LIKELIHOOD = """
CASE WHEN s.client_id IN (SELECT value FROM json_each(:awaited)) THEN 1000 ELSE 0 END
+ COALESCE(3000.0 / (30 + MAX(0, julianday(:today) - julianday(s.last_day))), 0)
+ CASE WHEN s.ahead_day >= :today THEN 30
       WHEN julianday(:today) - julianday(s.last_day) BETWEEN 0.8 * s.interval_days AND 1.5 * s.interval_days THEN 60
       WHEN julianday(:today) - julianday(s.last_day) BETWEEN 0.8 * s.interval_days AND 2 * s.interval_days THEN 30
       ELSE 0 END
"""
"""SQL: how likely the client of ``client_rhythm s`` calls or stands here now.

A booking today outweighs everything; a visit today weighs 100, one a month ago half of that; being due by one's own
rhythm weighs 60, being late 30, and so does a booking that one may want to move.
"""
_COUNT = "SELECT COUNT(*) FROM (SELECT rowid FROM client_search WHERE client_search MATCH ? LIMIT ?)"
_INDEXED = f"""
SELECT c.id, c.search, h.likelihood FROM (
    SELECT s.client_id, {_LIKELIHOOD} AS likelihood
    FROM client_search f JOIN client_rhythm s ON s.client_id = f.rowid
    WHERE client_search MATCH :match ORDER BY 2 DESC LIMIT :most
) h JOIN client c ON c.id = h.client_id
"""
_COMPARED = f"""
SELECT c.id, c.search, {_LIKELIHOOD} AS likelihood
FROM (SELECT rowid AS id FROM client_search WHERE client_search MATCH :match ORDER BY rowid DESC LIMIT :cap) f
JOIN client_rhythm s ON s.client_id = f.id JOIN client c ON c.id = s.client_id
WHERE 1 = 1 {{conditions}} ORDER BY likelihood DESC LIMIT :most
"""
_NEAR = f"""
SELECT c.id, c.search, {_LIKELIHOOD} FROM client_search f JOIN client_rhythm s ON s.client_id = f.rowid
JOIN client c ON c.id = s.client_id WHERE client_search MATCH :match LIMIT :most
"""
_RECENT = f"""
SELECT c.id, c.search, {_LIKELIHOOD} FROM client_rhythm s CROSS JOIN client c ON c.id = s.client_id
WHERE s.last_day >= COALESCE((SELECT last_day FROM client_rhythm ORDER BY last_day DESC LIMIT 1 OFFSET :looked), '')
{{conditions}} ORDER BY s.last_day DESC LIMIT :most
"""
_AWAITED = f"""
SELECT c.id, c.search, {_LIKELIHOOD} FROM client_rhythm s JOIN client c ON c.id = s.client_id
WHERE s.client_id IN (SELECT value FROM json_each(:awaited)) {{conditions}}
"""
_OPEN_CARDS = "client c JOIN client_rhythm s ON s.client_id = c.id"
_HAS_ADDRESS = "EXISTS (SELECT 1 FROM contact_point p WHERE p.client_id = c.id AND p.kind <> 'phone')"
_FIRST_BY_DAY = f"""
SELECT c.id, c.search, {_LIKELIHOOD} FROM client_rhythm s CROSS JOIN client c ON c.id = s.client_id
WHERE 1 = 1 {{conditions}} ORDER BY s.last_day DESC LIMIT :most
"""
_LIFTED = f"""
SELECT c.id, c.search, {_LIKELIHOOD} FROM client_rhythm s JOIN client c ON c.id = s.client_id
WHERE s.ahead_day >= :today
   OR julianday(:today) - julianday(s.last_day) BETWEEN 0.8 * s.interval_days AND 2 * s.interval_days
ORDER BY 3 DESC
"""
"""SQL: everybody who is likelier than by their last visit alone, in order; it does not depend on what is typed."""
_TODAY = f"SELECT DISTINCT client_id FROM visit WHERE day = ? AND client_id IS NOT NULL AND status IN {_ALIVE}"
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


def find(
    database: Database, typed: str, today: date, most: int = MOST, *, hides_contacts: bool = False
) -> list[FoundClient]:
    """The clients of ``answer``."""
    return list(answer(database, typed, today, most, hides_contacts=hides_contacts).clients)


def answer(database: Database, typed: str, today: date, most: int = MOST, *, hides_contacts: bool = False) -> Answer:
    """The clients that ``typed`` may mean, the likeliest first; nothing typed: whoever was here lately.

    It is read as digits of a phone and as parts of a name in any order, in either keyboard layout and in Latin letters.
    Whom only a slip of a finger would explain comes last.

    ``hides_contacts``: whoever looks must not see whole numbers and addresses. Then digits find by the last four, which
    are shown, or by a whole number, and an address only as a whole: else it could be found out key by key.
    """
    wanted = parts(typed)
    asked = _Asked(database, today, most, hides_contacts=hides_contacts)
    # A number that is hidden ranks nobody: by their order its digits would be told.
    fitting = [part for part in wanted if not (hides_contacts and part.is_number)]
    sure = _in_order(asked.sure(wanted), fitting)
    chosen = [one.client_id for one in sure[:most]]
    guesses: list[int] = []
    if wanted and len(sure) < (_FEW if len(wanted) == 1 and not wanted[0].is_number else 1):
        near = [one for one in asked.near(wanted) if one.client_id not in chosen]
        guesses = [one.client_id for one in _in_order(near, ())[: most - len(chosen)]]
    shown = _Shown(wanted, frozenset(guesses), hides_contacts)
    return Answer(tuple(_lines(database, [*chosen, *guesses], shown, today)), asked.others(len(sure), len(chosen)))


def condition(database: Database, typed: str, today: date, *, hides_contacts: bool = False) -> Condition:
    """Everybody whom ``typed`` may mean, by the rules of ``find``; nobody is left out, however many they are."""
    wanted = parts(typed)
    if not wanted:
        return Condition("1 = 1", ())
    asked = _Asked(database, today, _CAP, hides_contacts=hides_contacts)
    whole = [part for part in wanted if _fills_a_place(part)]
    sql, told = asked.compared([part for part in wanted if part not in whole or asked.is_hidden(part)])
    params: tuple[Any, ...] = tuple(told.values())
    if whole:
        sql = f"AND c.id IN (SELECT rowid FROM client_search WHERE client_search MATCH ?) {sql}"
        params = (_match(whole), *params)
    sql = re.sub(r":\w+", "?", sql.removeprefix("AND "))
    unseen = asked.unseen(wanted, sql, params)
    if unseen:
        sql = f"({sql}) AND c.id NOT IN ({', '.join(map(str, unseen))})"
    if database.value(f"SELECT 1 FROM {_OPEN_CARDS} WHERE {sql} LIMIT 1", params) is None:
        near = [one.client_id for one in asked.near(wanted)]
        return Condition(f"c.id IN ({', '.join(map(str, near))})", ())
    return Condition(sql, params)


# ---- who may be meant ----------------------------------------------------------------------------------------


class _Asked:
    """One question: who has what was typed, with how likely they call now."""

    def __init__(self, database: Database, today: date, most: int, *, hides_contacts: bool) -> None:
        self._database = database
        self._most = most
        self._hides = hides_contacts
        self._total: int | None = 0
        """How many have what was typed; None: nobody has counted them."""
        awaited = database.rows(_TODAY, (today.isoformat(),))
        self._params: dict[str, Any] = {
            "today": today.isoformat(),
            "awaited": json.dumps([row[0] for row in awaited]),
            "most": max(_SIEVED if hides_contacts else _CANDIDATES, 3 * most),
        }

    def others(self, found: int, shown: int) -> int | None:
        """How many more than ``shown`` have what was typed, ``found`` of them being known."""
        if self._total is None:
            return None if found > shown or found >= self._most else 0
        return max(self._total, found) - shown

    def is_hidden(self, part: Part) -> bool:
        """Whether the digits of ``part`` are looked for only in what is shown of a phone."""
        return self._hides and part.is_number

    def compared(self, wanted: Iterable[Part], *, at_word: bool = False) -> tuple[str, dict[str, str]]:
        """``wanted`` as plain SQL over ``client c``, for what the index cannot look for."""
        return _compared(wanted, hides_contacts=self._hides, at_word=at_word)

    def unseen(self, wanted: Sequence[Part], sql: str, params: tuple[Any, ...]) -> list[int]:
        """Those for whom ``sql`` holds, but only by an address that is hidden from whoever looks."""
        if not self._hides or all(part.is_number for part in wanted):
            return []
        rows = self._database.rows(
            f"SELECT c.id, c.search, c.name, {reasons.FACTS} FROM {_OPEN_CARDS} WHERE ({sql}) AND {_HAS_ADDRESS}",
            params,
        )
        return [
            client_id
            for client_id, search, name, *kept in rows
            if not reasons.may_be_found(wanted, search, name, reasons.facts(*kept), by_slip=False)
        ]

    def sure(self, wanted: Sequence[Part]) -> list[_Candidate]:
        """Those who have what was typed: all of them, or enough of the likeliest where there are very many."""
        indexed = [part for part in wanted if _is_indexed(part)]
        if not indexed:
            return self._sieved(wanted, self._of_few_digits(wanted))
        found = self._having(_match(indexed, is_likely=True), wanted, indexed, is_likely=True)
        any_way = any(part.less_likely for part in indexed)
        if len(found) < (self._most if any_way else _FEW) and _match(indexed) != _match(indexed, is_likely=True):
            known = {one.client_id for one in found}
            wider = self._having(_match(indexed), wanted, indexed)
            found += [one for one in wider if one.client_id not in known]
        return self._sieved(wanted, found)

    def near(self, wanted: Sequence[Part]) -> list[_Candidate]:
        """Those who have what was typed but for one slip in each part of it."""
        slips = [slip(part) for part in wanted]
        if not any(slips) or not all(map(_is_indexed, wanted)) or any(map(self.is_hidden, wanted)):
            return []
        choices = [
            [*((phrase,) for phrase in _phrases(part)), *(() if one is None else one.places)]
            for part, one in zip(wanted, slips, strict=True)
        ]
        found = self._read(_NEAR, {"match": _matching(choices), "most": _LOOKED_AT})
        close = [
            one
            for one in found
            if all(_is_near(one.search, part, slipped) for part, slipped in zip(wanted, slips, strict=True))
        ]
        return self._sieved(wanted, close, by_slip=True)

    def _sieved(self, wanted: Sequence[Part], found: list[_Candidate], *, by_slip: bool = False) -> list[_Candidate]:
        """Where addresses are hidden: without those who were found by one, unless it was typed as a whole."""
        if not self._hides or all(part.is_number for part in wanted):
            return found
        rows = self._database.rows(
            f"SELECT c.id, c.name, {reasons.FACTS} FROM client c WHERE c.id IN (SELECT value FROM json_each(?)) "
            f"AND {_HAS_ADDRESS}",
            (json.dumps([one.client_id for one in found]),),
        )
        known = {client_id: (name, reasons.facts(*kept)) for client_id, name, *kept in rows}
        return [
            one
            for one in found
            if one.client_id not in known
            or reasons.may_be_found(wanted, one.search, *known[one.client_id], by_slip=by_slip)
        ]

    def _having(
        self, match: str, wanted: Sequence[Part], indexed: Sequence[Part], *, is_likely: bool = False
    ) -> list[_Candidate]:
        """Those whom the index names; where these are too many to look at each, the first of them."""
        cap = max(_CAP, self._most)
        self._total = None
        compared = [part for part in wanted if part not in indexed or _is_cut(part) or self.is_hidden(part)]
        lately: list[_Candidate] = []
        count = int(self._database.value(_COUNT, (match, cap + 1)))
        if is_likely and count > min(cap, self._params["most"]):
            first = self._first(wanted)
            if len(first) >= self._most:
                if count <= cap and not compared:
                    self._total = count
                return first
        if count > cap:
            lately = self._lately(wanted)
            if len(lately) >= self._most:
                return lately
        conditions, params = self.compared(compared)
        known = {one.client_id for one in lately}
        sql = (_COMPARED if compared else _INDEXED).format(conditions=conditions)
        found = self._read(sql, {"match": match, "cap": cap + 1, **params})
        if count <= cap and not self._hides and (not compared or len(found) < self._params["most"]):
            self._total = len(found) if compared else count
        return lately + [one for one in found if one.client_id not in known]

    def _first(self, wanted: Sequence[Part]) -> list[_Candidate]:
        """Of many the likeliest: nobody who is left out fits better or, fitting alike, is likelier.

        One way of reading is looked at after the other, as many as are needed. (Of those who are found by how their
        name sounds the likeliest are taken before the fit is looked at.) Too few where those who were here last are
        none of them.
        """
        found: dict[int, _Candidate] = {}
        for tier in _tiers(wanted):
            indexed = [part for part in tier if _is_indexed(part)]
            match = _match(indexed, is_likely=True)
            count = int(self._database.value(_COUNT, (match, _CAP + 1)))
            if count > _CAP:
                those = self._first_of_many(tier, _RECENT)
                if len(those) < self._most:
                    return []
            elif count:
                compared = [part for part in tier if part not in indexed or _is_cut(part) or self.is_hidden(part)]
                conditions, params = self.compared(compared, at_word=True)
                sql = (_COMPARED if compared else _INDEXED).format(conditions=conditions)
                those = self._read(sql, {"match": match, "cap": count, **params})
            else:
                continue
            found = {one.client_id: one for one in those} | found
            if len(found) >= self._most:
                break
        return list(found.values())

    def _first_of_many(self, tier: Sequence[Part], by_day: str) -> list[_Candidate]:
        """The likeliest of whom ``tier`` may mean, among all clients; ``by_day`` is ``_RECENT`` or ``_FIRST_BY_DAY``.

        Whoever is awaited today is before all others. Of the others nobody is likelier than their last day tells but
        those who are due or booked ahead. So the first of both orders together are the first of all.
        """
        conditions, params = self.compared(tier, at_word=True)
        found = self._read(_AWAITED.format(conditions=conditions), params)
        if len(found) < self._most:
            wanted = {"looked": max(_LOOKED_THROUGH, self._most), **params, "most": self._most}
            found += self._read(by_day.format(conditions=conditions), wanted)
            if not any(map(self.is_hidden, tier)):  # a hidden number ranks nobody
                lifted = (one for one in _lifted(self._database, self._params) if _has_all(one.search, tier))
                found += islice(lifted, self._most)
        return list({one.client_id: one for one in found}.values())

    def _of_few_digits(self, wanted: Sequence[Part]) -> list[_Candidate]:
        """The likeliest for what the index cannot look for; for nothing typed, of all clients."""
        if not wanted:
            _lifted(self._database, self._params)  # here and not with the first key, which must not wait for it
        found = self._first_of_many(wanted, _FIRST_BY_DAY)
        if len(found) < self._most and any(part.less_likely for part in wanted):
            widely = [replace(part, readings=part.all_readings, less_likely=()) for part in wanted]
            found += [one for one in self._first_of_many(widely, _FIRST_BY_DAY) if one not in found]
        self._total = len(found) if len(found) < self._most and not self._hides else None
        return found

    def _lately(self, wanted: Sequence[Part]) -> list[_Candidate]:
        """Those among who comes today and who was here last; not looked for further."""
        conditions, params = self.compared(wanted)
        found = [
            *self._read(_AWAITED.format(conditions=conditions), params),
            *self._read(
                _RECENT.format(conditions=conditions),
                {"looked": max(_LOOKED_THROUGH, self._most), **params, "most": max(_ENOUGH, self._most)},
            ),
        ]
        return list({one.client_id: one for one in found}.values())

    def _read(self, sql: str, params: dict[str, Any]) -> list[_Candidate]:
        return [_Candidate(*row) for row in self._database.rows(sql, {**self._params, **params})]


def _is_near(search: str, part: Part, slipped: Slip | None) -> bool:
    exactly = any(reading.anywhere in search for reading in part.all_readings)
    return exactly or (slipped is not None and slipped.rule.search(search) is not None)


def _is_indexed(part: Part) -> bool:
    """Whether the index can look for ``part``: a name by the beginning of a word at least, digits from three on."""
    return not part.is_number or _fills_a_place(part)


def _fills_a_place(part: Part) -> bool:
    """Whether the index finds ``part`` wherever it stands, and not only where it begins a word."""
    return len(part.readings[0].text) >= _SHORTEST


def _match(wanted: Iterable[Part], *, is_likely: bool = False) -> str:
    """The question to the index: each part, in one of its readings; ``is_likely``: as it is probably meant."""
    return _matching([[(one,) for one in (_likely if is_likely else _phrases)(part)] for part in wanted])


def _likely(part: Part) -> list[str]:
    """A name where it begins a word, and a number as it is dialled."""
    return [one.text if part.is_number else one.at_word[: _STEM + 1] for one in part.readings]


def _phrases(part: Part) -> list[str]:
    return [_anywhere(one, part) for one in part.all_readings]


def _anywhere(one: Reading, part: Part) -> str:
    if len(one.anywhere) < _SHORTEST:
        return one.at_word
    return one.anywhere if part.is_number else one.anywhere[: _STEM + 1]


def _is_cut(part: Part) -> bool:
    """Whether the index is asked for the beginning of ``part`` alone, so that the rest has to be compared."""
    return not part.is_number and any(len(one.text) > _STEM for one in part.readings)


def _matching(choices: Iterable[Sequence[tuple[str, ...]]]) -> str:
    """Of each choice one, and of that all pieces."""
    return " AND ".join(
        "(" + " OR ".join("(" + " AND ".join(map(_quoted, one)) + ")" for one in dict.fromkeys(choice)) + ")"
        for choice in choices
    )


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _compared(wanted: Iterable[Part], *, hides_contacts: bool, at_word: bool) -> tuple[str, dict[str, str]]:
    """The same question as plain SQL, for what the index cannot look for and for those who were here last.

    ``at_word``: a name where it begins a word, and what is probably meant alone.
    """
    sql: list[str] = []
    params: dict[str, str] = {}

    def parameter(text: str) -> str:
        name = f"p{len(params)}"
        params[name] = text
        return f":{name}"

    for part in wanted:
        if hides_contacts and part.is_number:
            sql.append(f"AND {reasons.hidden_number(part, parameter)}")
            continue
        readings = part.readings if at_word else part.all_readings
        texts = [one.at_word if at_word and not part.is_number else one.anywhere for one in readings]
        choice = [f"instr(c.search, {parameter(text)}) > 0" for text in texts]
        sql.append(f"AND ({' OR '.join(choice)})")
    return " ".join(sql), params


def _tiers(wanted: Sequence[Part]) -> list[list[Part]]:
    """``wanted`` read in one way at a time, in the order in which ``_fit`` has them."""
    tiers: list[list[Part]] = []
    for way in Way:
        read = [
            part if part.is_number else replace(part, readings=tuple(one for one in part.readings if one.way is way))
            for part in wanted
        ]
        if all(part.readings for part in read) and (way is Way.TYPED or not all(part.is_number for part in wanted)):
            tiers.append(read)
    return tiers


_LIFTED_NOW: WeakKeyDictionary[Database, tuple[tuple[Any, ...], list[_Candidate]]] = WeakKeyDictionary()


def _lifted(database: Database, params: dict[str, Any]) -> list[_Candidate]:
    """``_LIFTED`` as it stands. Read once, and again after anybody has written: it takes longer than a key may.

    Recent clients are shown before anything is typed: then it is read, as a rule.
    """
    connection = database.connection
    stand = (params["today"], id(connection), database.value("PRAGMA data_version"), connection.total_changes)
    kept = _LIFTED_NOW.get(database)
    if kept is None or kept[0] != stand:
        kept = (stand, [_Candidate(*row) for row in database.rows(_LIFTED, params)])
        _LIFTED_NOW[database] = kept
    return kept[1]


def _has_all(search: str, tier: Iterable[Part]) -> bool:
    """Whether each part stands there as ``_compared`` wants it at the beginning of a word."""
    return all(
        any((one.anywhere if part.is_number else one.at_word) in search for one in part.readings) for part in tier
    )


def _in_order(found: Iterable[_Candidate], wanted: Sequence[Part]) -> list[_Candidate]:
    """The likeliest first: by how well the name fits, then by how likely the person calls now, then by name."""
    return sorted(
        found,
        key=lambda one: (max((_fit(part, one.search) for part in wanted), default=0), -one.likelihood, one.search),
    )


def _fit(part: Part, search: str) -> float:
    """How well ``part`` fits; 0 is best. The beginning of a word comes first, then the likelier way of typing."""
    if part.is_number:
        return 0.0 if any(reading.text in search for reading in part.readings) else 1.0
    inside = 99.0
    for reading in part.readings:
        if reading.at_word in search:
            if reading.way is Way.BY_SOUND and GAP + part.readings[0].text in in_latin_letters(search):
                return reading.way - 0.5
            return float(reading.way)
        if reading.anywhere in search:
            inside = min(inside, reading.way + 10.0)
    return inside


# ---- the lines of the list -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Shown:
    """How the lines are told: what was asked, who was only guessed, and whether contacts are hidden."""

    wanted: Sequence[Part]
    guesses: frozenset[int]
    hides_contacts: bool


def _lines(database: Database, ids: Sequence[int], shown: _Shown, today: date) -> list[FoundClient]:
    if not ids:
        return []
    rows = {row[0]: row for row in database.rows(_LINES, {"ids": json.dumps(ids), "today": today.isoformat()})}
    asked = [
        reasons.Asked(one, rows[one][1], rows[one][2], *rows[one][-2:])
        for one in (ids if shown.wanted else ())
        if one not in shown.guesses
    ]
    why = reasons.why(database, shown.wanted, asked, hides_contacts=shown.hides_contacts)
    return [_line(rows[one], is_guess=one in shown.guesses, found_by=why.get(one, ())) for one in ids]


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
