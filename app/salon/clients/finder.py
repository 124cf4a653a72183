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
from heapq import nlargest
from operator import itemgetter
from typing import Any

from app.models.connection import Database
from app.models.kept import read_wall
from app.salon.clients import likelihood, reasons
from app.salon.clients.hits import Needles, has, matching, quoted
from app.salon.clients.likelihood import Candidate
from app.salon.clients.reasons import Fact
from app.salon.clients.slips import Place, fewest, slip
from app.salon.clients.spelling import GAP, Part, Way, in_latin_letters, parts

MOST = 12
"""How many clients a list under the search field shows."""

_CAP = 1500
"""So many hits are put into order one by one."""
_CANDIDATES = 48
"""Of so many likely ones the names are looked at, to tell how well they fit."""
_SIEVED = 200
"""So many are looked at where addresses are hidden: some of them were found by an address alone."""
_ENOUGH = 24
"""So many of those who were here last are enough."""
_AT_ONCE = 250
"""Of those who are known by heart so many are looked at before it is seen whether they are enough."""
_LOOKED_AT = 400
"""So many whose name is something like that are looked at closely."""
_FEW = 3
"""With fewer hits than that, those are looked for too whose name is one slip of a finger away."""
_SHORTEST = 3
"""Fewer characters fill no place of the index."""
_DIGITS = "0123456789"
_AFTER = f"{_DIGITS} "
"""What stands after a digit of a phone in the ``search_text``."""
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


_ANYBODY = "SELECT 1 FROM client_search WHERE client_search MATCH ? LIMIT 1"
_LATEST = """
SELECT c.id, h.last_day, c.search FROM (
    SELECT client_id, last_day FROM client_rhythm WHERE client_id IN (SELECT value FROM json_each(:ids))
    ORDER BY last_day DESC LIMIT :most
) h CROSS JOIN client c ON c.id = h.client_id
"""
_WITH_TEXTS = """
SELECT s.client_id, s.last_day, c.search FROM json_each(:ids) j CROSS JOIN client c ON c.id = j.value
JOIN client_rhythm s ON s.client_id = c.id WHERE 1 = 1 {conditions}
"""
_LATEST_HITS = """
SELECT f.rowid, s.last_day FROM client_search f CROSS JOIN client_rhythm s ON s.client_id = f.rowid
WHERE client_search MATCH :match {order} LIMIT :most
"""
_BY_DAY = "ORDER BY s.last_day DESC"
_EACH_HIT = """
SELECT c.id, s.last_day, c.search FROM client_search f CROSS JOIN client c ON c.id = f.rowid
JOIN client_rhythm s ON s.client_id = c.id
WHERE client_search MATCH :match {conditions} ORDER BY s.last_day DESC LIMIT :most
"""
_NEAR = """
SELECT c.id, s.last_day, c.search FROM client_search f JOIN client_rhythm s ON s.client_id = f.rowid
JOIN client c ON c.id = s.client_id WHERE client_search MATCH :match LIMIT :most
"""
_OPEN_CARDS = "client c JOIN client_rhythm s ON s.client_id = c.id"
_HAS_ADDRESS = "EXISTS (SELECT 1 FROM contact_point p WHERE p.client_id = c.id AND p.kind <> 'phone')"
_FIRST_BY_DAY = """
SELECT c.id, s.last_day, c.search FROM client_rhythm s CROSS JOIN client c ON c.id = s.client_id
WHERE 1 = 1 {conditions} ORDER BY s.last_day DESC LIMIT :most
"""
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
    wanted = _wanted(typed, hides_contacts=hides_contacts)
    asked = _Asked(database, today, most, hides_contacts=hides_contacts)
    # A number that is hidden ranks nobody: by their order its digits would be told.
    fitting = [part for part in wanted if not (hides_contacts and part.is_number)]
    sure = asked.seen(_in_order(asked.sure(wanted), fitting), wanted, max(most, _FEW))
    chosen = [one.client_id for one in sure[:most]]
    guesses: list[int] = []
    if wanted and len(sure) < (_FEW if len(wanted) == 1 and not wanted[0].is_number else 1):
        near = [one for one in asked.near(wanted) if one.client_id not in chosen]
        near = asked.seen(_in_order(near, ()), wanted, most - len(chosen), by_slip=True)
        guesses = [one.client_id for one in near[: most - len(chosen)]]
    shown = _Shown(wanted, frozenset(guesses), hides_contacts)
    rows = _rows(database, [*chosen, *guesses], today)
    return Answer(tuple(_lines(database, rows, shown)), asked.others(len(sure), len(chosen)))


def learn(database: Database, today: date, *, hides_contacts: bool = False) -> bool:
    """Read, while nobody waits, a piece of what the next keys go by; False when there was nothing left to read.

    After somebody has written it takes longer than a key may; each piece takes a few milliseconds.
    """
    standing = likelihood.standing(database, today)
    return standing.learn() or (hides_contacts and standing.unended.look())


def condition(database: Database, typed: str, today: date, *, hides_contacts: bool = False) -> Condition:
    """Everybody whom ``typed`` may mean, by the rules of ``find``; nobody is left out, however many they are."""
    wanted = _wanted(typed, hides_contacts=hides_contacts)
    if not wanted:
        return Condition("1 = 1", ())
    asked = _Asked(database, today, _CAP, hides_contacts=hides_contacts)
    whole = [part for part in wanted if _fills_a_place(part)]
    sql, told = asked.compared([part for part in wanted if part not in whole or asked.is_hidden(part)])
    params: tuple[Any, ...] = tuple(told.values())
    if whole:
        sql = f"AND c.id IN (SELECT rowid FROM client_search WHERE client_search MATCH ?) {sql}"
        params = (_match([_phrases(part) for part in whole]), *params)
    sql = re.sub(r":\w+", "?", sql.removeprefix("AND "))
    unseen = asked.unseen(wanted, sql, params)
    if unseen:
        sql = f"({sql}) AND c.id NOT IN ({', '.join(map(str, unseen))})"
    if database.value(f"SELECT 1 FROM {_OPEN_CARDS} WHERE {sql} LIMIT 1", params) is None:
        near = [one.client_id for one in asked.seen(asked.near(wanted), wanted, by_slip=True)]
        return Condition(f"c.id IN ({', '.join(map(str, near))})", ())
    return Condition(sql, params)


def _wanted(typed: str, *, hides_contacts: bool) -> list[Part]:
    """What has to be found."""
    wanted = parts(typed)
    return [_as_shown(part) if part.is_number else part for part in wanted] if hides_contacts else wanted


def _as_shown(part: Part) -> Part:
    """A number where only the last digits of phones are shown: so few digits are these, and no one dials before them.

    All that more digits may mean is looked for at once. In both cases it would be told else who has them where they
    are hidden.
    """
    typed = max(part.all_readings, key=lambda one: len(one.text))
    is_short = len(typed.text) <= reasons.SHOWN_DIGITS
    return replace(part, readings=(typed,) if is_short else part.all_readings, less_likely=())


# ---- who may be meant ----------------------------------------------------------------------------------------


class _Asked:
    """One question: who has what was typed, with how likely they call now."""

    def __init__(self, database: Database, today: date, most: int, *, hides_contacts: bool) -> None:
        self._database = database
        self._most = most
        self._many = max(_SIEVED if hides_contacts else _CANDIDATES, 3 * most)
        self._cap = max(_CAP, most)
        self._hides = hides_contacts
        self._total: int | None = 0
        """How many have what was typed; None: nobody has counted them."""
        self._standing = likelihood.standing(database, today)
        self._asks_for_ends = False
        """Whether the index is asked for the last digits of phones."""

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

    def sure(self, wanted: Sequence[Part]) -> list[Candidate]:
        """Those who have what was typed: all of them, or enough of the likeliest where there are very many."""
        indexed = [part for part in wanted if _is_indexed(part)]
        if not indexed:
            return self._of_few_digits(wanted)
        likely, widely = self._likely(indexed), self._widely(indexed)
        self._asks_for_ends = any(map(self.is_hidden, wanted))
        found = self._having(likely, wanted, is_likely=True)
        any_way = any(part.less_likely for part in indexed)
        if len(found) < (self._most if any_way else _FEW) and widely != likely:
            known = {one.client_id for one in found}
            found += [one for one in self._having(widely, wanted) if one.client_id not in known]
        return found

    def near(self, wanted: Sequence[Part]) -> list[Candidate]:
        """Those who have what was typed but for one slip in each part of it."""
        slips = [slip(part) for part in wanted]
        if not any(slips) or not all(map(_is_indexed, wanted)) or any(map(self.is_hidden, wanted)):
            return []
        choices: list[list[Place]] = []
        for part, slipped in zip(wanted, slips, strict=True):
            choice: list[Place] = [(phrase,) for phrase in _phrases(part)]
            if slipped is not None:
                places = slipped.places if len(wanted) == 1 else slipped.wide_places
                choice = fewest([*choice, *places], self._absent(slipped.heads))
            choices.append(choice)
        rows = self._database.rows(_NEAR, {"match": matching(choices), "most": _LOOKED_AT * len(wanted)})
        for needles, slipped in zip(_needles(wanted), slips, strict=True):
            rows = [
                row
                for row in rows
                if any(text in row[2] for text in needles) or (slipped is not None and slipped.explains(row[2]))
            ]
        return self._candidates(rows)

    def _absent(self, pieces: Iterable[str]) -> list[str]:
        """Those of ``pieces`` that nobody has."""
        return [one for one in pieces if self._database.value(_ANYBODY, (quoted(one),)) is None]

    def seen(
        self, found: list[Candidate], wanted: Sequence[Part], most: int | None = None, *, by_slip: bool = False
    ) -> list[Candidate]:
        """Where addresses are hidden: without those who were found by one, unless it was typed as a whole.

        ``most``: of those in order no more are looked at than it takes to find so many.
        """
        if not self._hides or all(part.is_number for part in wanted):
            return found
        left: list[Candidate] = []
        size = len(found) if most is None else 2 * most
        for begin in range(0, len(found), max(1, size)):
            left += self._sieved(wanted, found[begin : begin + size], by_slip=by_slip)
            if most is not None and len(left) >= most:
                break
        return left

    def _sieved(self, wanted: Sequence[Part], found: list[Candidate], *, by_slip: bool) -> list[Candidate]:
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

    def _having(self, needles: Needles, wanted: Sequence[Part], *, is_likely: bool = False) -> list[Candidate]:
        """Those whom the index names; where these are too many to look at each, the first of them."""
        ids = self._ids(needles)
        compared = [part for part in wanted if not _is_indexed(part) or self.is_hidden(part)]
        self._total = None
        first: list[Candidate] = []
        if is_likely and len(ids) > min(self._cap, self._many):
            first = self._first(wanted, ids)
            if len(first) >= self._most:
                if len(ids) <= self._cap and not compared and not self._hides:
                    self._total = len(ids)
                return first
        if len(ids) > self._cap:
            first = self._lately(wanted)
            if len(first) >= self._most:
                return first
            found, is_all = self._with_few_digits(needles, compared)
            if len(found) < self._most and not is_all:
                found = self._likeliest(self._latest_of(needles, wanted), compared)
                if len(found) < self._most and compared and not self._hides:
                    found = self._each_of(needles, compared)
        else:
            found = self._likeliest(ids, compared)
            if not self._hides:
                self._total = len(found) if compared else len(ids)
        known = {one.client_id for one in first}
        return first + [one for one in self._in_likelihood(found) if one.client_id not in known]

    def _ids(self, needles: Needles) -> list[int]:
        """Whom the index names: all of them, or one more than ``_cap``."""
        ids = self._standing.hits.of(needles, self._cap + 1)
        unended = self._standing.unended.texts if self._asks_for_ends else {}
        return list(dict.fromkeys((*ids, *(one for one, text in unended.items() if has(text, needles)))))

    def _likely(self, wanted: Iterable[Part]) -> Needles:
        """As ``wanted`` is probably meant: a name where it begins a word, and a number as it is dialled."""
        return [
            _shown_digits(part)
            if self.is_hidden(part)
            else [one.text if part.is_number else one.at_word for one in part.readings]
            for part in wanted
        ]

    def _widely(self, wanted: Iterable[Part]) -> Needles:
        return [_shown_digits(part) if self.is_hidden(part) else _phrases(part) for part in wanted]

    def _first(self, wanted: Sequence[Part], ids: Sequence[int]) -> list[Candidate]:
        """Of many the likeliest: nobody who is left out fits better or, fitting alike, is likelier.

        One way of reading is looked at after the other, as many as are needed. (Of those who are found by how their
        name sounds the likeliest are taken before the fit is looked at.) Too few where those who were here last are
        none of them.
        """
        found: dict[int, Candidate] = {}
        for tier in _tiers(wanted):
            those = self._of_tier(tier, ids)
            if those is None:
                return []
            found = {one.client_id: one for one in those} | found
            if len(found) >= self._most:
                break
        return list(found.values())

    def _of_tier(self, tier: Sequence[Part], ids: Sequence[int]) -> list[Candidate] | None:
        """The likeliest whom ``tier`` may mean, as far as needed; None: there are very many, and too few are known.

        ``ids`` are those whom the index names for all ways of reading.
        """
        needles = _needles(tier, at_word=True)
        fit_alike = all(part.is_number or part.readings[0].way < Way.BY_SOUND for part in tier)
        if len(ids) > self._cap:
            known = self._seen(_having(self._standing.awaited, needles), tier)
            if len(known) >= self._most:
                return known
            if fit_alike and _having(self._standing.lately[:_AT_ONCE], needles):
                known = self._first_of_many(tier)
                if len(known) >= self._most:
                    return known
                if not all(map(_is_indexed, tier)):
                    return None
        elif self._standing.is_learnt:
            by_heart, certain = self._standing.by_heart, self._standing.certain
            known = [by_heart[one] for one in ids if one in by_heart]
            known = [one for one in self._seen(_having(known, needles), tier) if one[2] >= certain]
            if len(known) >= (self._most if fit_alike else self._many):
                return self._in_likelihood(known)
        ids = self._ids(self._likely(part for part in tier if _is_indexed(part)))
        if len(ids) > self._cap:
            known = self._first_of_many(tier)
            return known if len(known) >= self._most else None
        compared = [part for part in tier if not _is_indexed(part) or self.is_hidden(part)]
        return self._in_likelihood(self._likeliest(ids, compared))

    def _first_of_many(self, tier: Sequence[Part]) -> list[Candidate]:
        """The likeliest of whom ``tier`` may mean, among those who are known by heart.

        Whoever is awaited today is before all others. Of the others nobody is likelier than their last day tells but
        those who are due or booked ahead. So the first of both orders together are the first of all.
        """
        needles, standing = _needles(tier, at_word=True), self._standing
        found = self._seen(_having(standing.awaited, needles), tier)
        if len(found) < self._most:
            found += self._first_having(standing.lately, needles, tier)
            if not any(map(self.is_hidden, tier)):  # a hidden number ranks nobody
                found += self._first_having(standing.lifted, needles, tier)
        return list({one.client_id: one for one in found}.values())

    def _of_few_digits(self, wanted: Sequence[Part]) -> list[Candidate]:
        """The likeliest for what the index cannot look for; for nothing typed, of all clients."""
        found = self._first_by_day(wanted)
        if len(found) < self._most and any(part.less_likely for part in wanted):
            widely = [replace(part, readings=part.all_readings, less_likely=()) for part in wanted]
            found += [one for one in self._first_by_day(widely) if one not in found]
        self._total = len(found) if len(found) < self._most and not self._hides else None
        return found

    def _first_by_day(self, tier: Sequence[Part]) -> list[Candidate]:
        found = self._first_of_many(tier)
        if len(found) < self._most:
            conditions, params = self.compared(tier, at_word=True)
            sql = _FIRST_BY_DAY.format(conditions=conditions)
            rows = self._database.rows(sql, {**params, "most": self._most})
            found = list({one.client_id: one for one in (*found, *self._candidates(rows))}.values())
        return found

    def _lately(self, wanted: Sequence[Part]) -> list[Candidate]:
        """Those among who comes today and who was here last; not looked for further."""
        needles, standing = _needles(wanted), self._standing
        found = [
            *self._seen(_having(standing.awaited, needles), wanted),
            *self._first_having(standing.lately, needles, wanted, max(_ENOUGH, self._most)),
        ]
        return list({one.client_id: one for one in found}.values())

    def _with_few_digits(self, needles: Needles, compared: Sequence[Part]) -> tuple[list[Candidate], bool]:
        """Of very many whom the index names: those who have two digits in a phone, if they are no longer so many.

        Returns also whether these are all whose digits may be looked for.
        """
        few = [part for part in compared if not _fills_a_place(part)]
        if not few or any(len(part.readings[0].text) < 2 for part in few):
            return [], False
        ids = self._ids([*needles, *([f"{part.readings[0].text}{one}" for one in _AFTER] for part in few)])
        return ([], False) if len(ids) > self._cap else (self._likeliest(ids, compared), self._hides)

    def _each_of(self, needles: Needles, compared: Sequence[Part]) -> list[Candidate]:
        """Of very many whom the index names: those who have the few digits, wherever on the card these stand.

        Nobody is left out; every card that the index names is read, which only a list that is not full is worth.
        """
        conditions, params = self.compared(compared)
        sql = _EACH_HIT.format(conditions=conditions)
        return self._candidates(self._database.rows(sql, {"match": _match(needles), "most": self._many, **params}))

    def _latest_of(self, needles: Needles, wanted: Sequence[Part]) -> list[int]:
        """Of very many whom the index names: those who are known by heart, and who of the others was here last."""
        order = "" if self._standing.are_others_alike else _BY_DAY
        most = self._cap if any(map(self.is_hidden, wanted)) else _LOOKED_AT  # few of many have it where it is shown
        rows = self._database.rows(_LATEST_HITS.format(order=order), {"match": _match(needles), "most": most})
        known = _having(list(self._standing.by_heart.values()), _needles(wanted))
        return list(dict.fromkeys((*(one.client_id for one in known), *(row[0] for row in rows))))

    def _likeliest(self, ids: Sequence[int], compared: Sequence[Part]) -> list[Candidate]:
        """Of those clients the likeliest, in no order; all of them who have what the index cannot look for."""
        standing = self._standing
        if not standing.is_learnt and len(ids) <= self._cap:
            found = standing.candidates(ids)
            return self._seen(_having(found, _needles(compared)), compared) if compared else found
        by_heart = standing.by_heart
        known = [by_heart[one] for one in ids if one in by_heart]
        others = [one for one in ids if one not in by_heart]
        if compared:
            known = self._seen(_having(known, _needles(compared)), compared)
            conditions, params = self.compared(compared)
            sql = _WITH_TEXTS.format(conditions=conditions)
        else:
            certain = standing.certain
            if sum(one[2] >= certain for one in known) >= self._many:
                return known
            sql, params = _LATEST, {}
            if standing.are_others_alike:
                others = others[: self._many]
        if others:
            known += self._others(self._database.rows(sql, {"ids": json.dumps(others), "most": self._many, **params}))
        return known

    def _in_likelihood(self, found: Iterable[Candidate]) -> list[Candidate]:
        """The likeliest of ``found``, as many of them as are looked at."""
        return nlargest(self._many, found, key=itemgetter(2))

    def _candidates(self, rows: Sequence[tuple[Any, ...]]) -> list[Candidate]:
        """The clients of ``rows``: number, last day, text."""
        if not self._standing.is_learnt:
            return self._standing.candidates(row[0] for row in rows)
        by_heart = self._standing.by_heart
        known = [by_heart[row[0]] for row in rows if row[0] in by_heart]
        return known + self._others(row for row in rows if row[0] not in by_heart)

    def _others(self, rows: Iterable[tuple[Any, ...]]) -> list[Candidate]:
        """The clients of ``rows``, whom nobody knows by heart: number, last day, text."""
        weight = self._standing.weight
        return [Candidate(one, search, weight(last_day)) for one, last_day, search in rows]

    def _first_having(
        self, candidates: list[Candidate], needles: Needles, wanted: Sequence[Part], most: int | None = None
    ) -> list[Candidate]:
        """The first of ``candidates`` who have all ``needles``: no more are looked at than need be."""
        most = most or self._most
        found: list[Candidate] = []
        begin, size = 0, _AT_ONCE
        while begin < len(candidates) and len(found) < most:
            found += self._seen(_having(candidates[begin : begin + size], needles), wanted)
            begin, size = begin + size, 2 * size
        return found[:most]

    def _seen(self, found: list[Candidate], wanted: Sequence[Part]) -> list[Candidate]:
        """Those of ``found`` whose numbers in ``wanted`` may be looked for."""
        hidden = [part for part in wanted if self.is_hidden(part)]
        if not hidden or not found:
            return found
        conditions, params = self.compared(hidden)
        sql = f"SELECT c.id FROM client c WHERE c.id IN (SELECT value FROM json_each(:ids)) {conditions}"
        rows = self._database.rows(sql, {"ids": json.dumps([one.client_id for one in found]), **params})
        seen = {row[0] for row in rows}
        return [one for one in found if one.client_id in seen]


def _needles(wanted: Iterable[Part], *, at_word: bool = False) -> Needles:
    """What ``wanted`` has to have; ``at_word``: a name where it begins a word, and what is probably meant alone."""
    if at_word:
        return [tuple(one.anywhere if part.is_number else one.at_word for one in part.readings) for part in wanted]
    return [tuple(one.anywhere for one in part.all_readings) for part in wanted]


def _having(candidates: list[Candidate], needles: Needles) -> list[Candidate]:
    """Those who have all ``needles``, in their order. (Thousands are looked at with a key: hence the plain loops.)"""
    for choice in needles:
        match choice:
            case (only,):
                candidates = [one for one in candidates if only in one[1]]
            case (first, second):
                candidates = [one for one in candidates if first in one[1] or second in one[1]]
            case (first, second, third):
                candidates = [one for one in candidates if first in one[1] or second in one[1] or third in one[1]]
            case _:
                candidates = [one for one in candidates if any(text in one[1] for text in choice)]
    return candidates


def _is_indexed(part: Part) -> bool:
    """Whether the index can look for ``part``: a name by the beginning of a word at least, digits from three on."""
    return not part.is_number or _fills_a_place(part)


def _fills_a_place(part: Part) -> bool:
    """Whether the index finds ``part`` wherever it stands, and not only where it begins a word."""
    return len(part.readings[0].text) >= _SHORTEST


def _match(needles: Needles) -> str:
    return matching([[(text,) for text in choice] for choice in needles])


def _shown_digits(part: Part) -> list[str]:
    """A hidden number as the index has it: a few digits among the last that are shown, or the whole of it.

    Whoever has more digits than are shown, but not all, finds nobody by them.
    """
    found: list[str] = []
    for reading in part.all_readings:
        if len(reading.text) > reasons.SHOWN_DIGITS:
            found.append(reading.text)
            continue
        ends = [""]
        for _place in range(reasons.SHOWN_DIGITS - len(reading.text) + 1):
            found += [f"{reading.text}{end} " for end in ends]
            ends = [end + digit for end in ends for digit in _DIGITS]
    return found


def _phrases(part: Part) -> list[str]:
    return [one.at_word if len(one.anywhere) < _SHORTEST else one.anywhere for one in part.all_readings]


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


def _in_order(found: Iterable[Candidate], wanted: Sequence[Part]) -> list[Candidate]:
    """The likeliest first: by how well the name fits, then by how likely the person calls now, then by name."""
    if not wanted:
        return sorted(found, key=lambda one: (-one[2], one[1]))
    return sorted(found, key=lambda one: (max(_fit(part, one[1]) for part in wanted), -one[2], one[1]))


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


def _rows(database: Database, ids: Sequence[int], today: date) -> list[tuple[Any, ...]]:
    """What the lines tell of those clients, read once while nobody writes: the next key finds most of them again."""
    known = likelihood.standing(database, today).lines
    missing = [one for one in ids if one not in known]
    if missing:
        rows = database.rows(_LINES, {"ids": json.dumps(missing), "today": today.isoformat()})
        known.update((row[0], row) for row in rows)
    return [known[one] for one in ids]


def _lines(database: Database, rows: Sequence[tuple[Any, ...]], shown: _Shown) -> list[FoundClient]:
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
