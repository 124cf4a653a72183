"""One question of the search of clients: who has what was typed, and of very many the likeliest."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from heapq import nlargest
from operator import itemgetter
from typing import Any

from app.models.connection import Database
from app.salon.clients import likelihood, reasons
from app.salon.clients.hits import Needles, has, matching, quoted
from app.salon.clients.likelihood import Candidate
from app.salon.clients.slips import Place, fewest, slip
from app.salon.clients.sought_parts import (
    AFTER,
    fills_a_place,
    having,
    in_plain_sql,
    is_indexed,
    match_of,
    needles_of,
    phrases,
    shown_digits,
    tiers,
)
from app.salon.clients.spelling import Part, Way

CAP = 1500
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
FEW = 3
"""With fewer hits than that, those are looked for too whose name is one slip of a finger away."""
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
OPEN_CARDS = "client c JOIN client_rhythm s ON s.client_id = c.id"
_HAS_ADDRESS = "EXISTS (SELECT 1 FROM contact_point p WHERE p.client_id = c.id AND p.kind <> 'phone')"
_FIRST_BY_DAY = """
SELECT c.id, s.last_day, c.search FROM client_rhythm s CROSS JOIN client c ON c.id = s.client_id
WHERE 1 = 1 {conditions} ORDER BY s.last_day DESC LIMIT :most
"""


class ClientQuery:
    """One question: who has what was typed, with how likely they call now."""

    def __init__(self, database: Database, today: date, most: int, *, hides_contacts: bool) -> None:
        self._database = database
        self._most = most
        self._many = max(_SIEVED if hides_contacts else _CANDIDATES, 3 * most)
        self._cap = max(CAP, most)
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
        return in_plain_sql(wanted, hides_contacts=self._hides, at_word=at_word)

    def unseen(self, wanted: Sequence[Part], sql: str, params: tuple[Any, ...]) -> list[int]:
        """Those for whom ``sql`` holds, but only by an address that is hidden from whoever looks."""
        if not self._hides or all(part.is_number for part in wanted):
            return []
        rows = self._database.rows(
            f"SELECT c.id, c.search, c.name, {reasons.FACTS} FROM {OPEN_CARDS} WHERE ({sql}) AND {_HAS_ADDRESS}",
            params,
        )
        return [
            client_id
            for client_id, search, name, *kept in rows
            if not reasons.may_be_found(wanted, search, name, reasons.facts(*kept), by_slip=False)
        ]

    def sure(self, wanted: Sequence[Part]) -> list[Candidate]:
        """Those who have what was typed: all of them, or enough of the likeliest where there are very many."""
        indexed = [part for part in wanted if is_indexed(part)]
        if not indexed:
            return self._of_few_digits(wanted)
        likely, widely = self._likely(indexed), self._widely(indexed)
        self._asks_for_ends = any(map(self.is_hidden, wanted))
        found = self._having(likely, wanted, is_likely=True)
        any_way = any(part.less_likely for part in indexed)
        if len(found) < (self._most if any_way else FEW) and widely != likely:
            known = {one.client_id for one in found}
            found += [one for one in self._having(widely, wanted) if one.client_id not in known]
        return found

    def near(self, wanted: Sequence[Part]) -> list[Candidate]:
        """Those who have what was typed but for one slip in each part of it."""
        slips = [slip(part) for part in wanted]
        if not any(slips) or not all(map(is_indexed, wanted)) or any(map(self.is_hidden, wanted)):
            return []
        choices: list[list[Place]] = []
        for part, slipped in zip(wanted, slips, strict=True):
            choice: list[Place] = [(phrase,) for phrase in phrases(part)]
            if slipped is not None:
                places = slipped.places if len(wanted) == 1 else slipped.wide_places
                choice = fewest([*choice, *places], self._absent(slipped.heads))
            choices.append(choice)
        rows = self._database.rows(_NEAR, {"match": matching(choices), "most": _LOOKED_AT * len(wanted)})
        for needles, slipped in zip(needles_of(wanted), slips, strict=True):
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
        compared = [part for part in wanted if not is_indexed(part) or self.is_hidden(part)]
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
            shown_digits(part)
            if self.is_hidden(part)
            else [one.text if part.is_number else one.at_word for one in part.readings]
            for part in wanted
        ]

    def _widely(self, wanted: Iterable[Part]) -> Needles:
        return [shown_digits(part) if self.is_hidden(part) else phrases(part) for part in wanted]

    def _first(self, wanted: Sequence[Part], ids: Sequence[int]) -> list[Candidate]:
        """Of many the likeliest: nobody who is left out fits better or, fitting alike, is likelier.

        One way of reading is looked at after the other, as many as are needed. (Of those who are found by how their
        name sounds the likeliest are taken before the fit is looked at.) Too few where those who were here last are
        none of them.
        """
        found: dict[int, Candidate] = {}
        for tier in tiers(wanted):
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
        needles = needles_of(tier, at_word=True)
        fit_alike = all(part.is_number or part.readings[0].way < Way.BY_SOUND for part in tier)
        if len(ids) > self._cap:
            known = self._seen(having(self._standing.awaited, needles), tier)
            if len(known) >= self._most:
                return known
            if fit_alike and having(self._standing.lately[:_AT_ONCE], needles):
                known = self._first_of_many(tier)
                if len(known) >= self._most:
                    return known
                if not all(map(is_indexed, tier)):
                    return None
        elif self._standing.is_learnt:
            by_heart, certain = self._standing.by_heart, self._standing.certain
            known = [by_heart[one] for one in ids if one in by_heart]
            known = [one for one in self._seen(having(known, needles), tier) if one[2] >= certain]
            if len(known) >= (self._most if fit_alike else self._many):
                return self._in_likelihood(known)
        ids = self._ids(self._likely(part for part in tier if is_indexed(part)))
        if len(ids) > self._cap:
            known = self._first_of_many(tier)
            return known if len(known) >= self._most else None
        compared = [part for part in tier if not is_indexed(part) or self.is_hidden(part)]
        return self._in_likelihood(self._likeliest(ids, compared))

    def _first_of_many(self, tier: Sequence[Part]) -> list[Candidate]:
        """The likeliest of whom ``tier`` may mean, among those who are known by heart.

        Whoever is awaited today is before all others. Of the others nobody is likelier than their last day tells but
        those who are due or booked ahead. So the first of both orders together are the first of all.
        """
        needles, standing = needles_of(tier, at_word=True), self._standing
        found = self._seen(having(standing.awaited, needles), tier)
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
        needles, standing = needles_of(wanted), self._standing
        found = [
            *self._seen(having(standing.awaited, needles), wanted),
            *self._first_having(standing.lately, needles, wanted, max(_ENOUGH, self._most)),
        ]
        return list({one.client_id: one for one in found}.values())

    def _with_few_digits(self, needles: Needles, compared: Sequence[Part]) -> tuple[list[Candidate], bool]:
        """Of very many whom the index names: those who have two digits in a phone, if they are no longer so many.

        Returns also whether these are all whose digits may be looked for.
        """
        few = [part for part in compared if not fills_a_place(part)]
        if not few or any(len(part.readings[0].text) < 2 for part in few):
            return [], False
        ids = self._ids([*needles, *([f"{part.readings[0].text}{one}" for one in AFTER] for part in few)])
        return ([], False) if len(ids) > self._cap else (self._likeliest(ids, compared), self._hides)

    def _each_of(self, needles: Needles, compared: Sequence[Part]) -> list[Candidate]:
        """Of very many whom the index names: those who have the few digits, wherever on the card these stand.

        Nobody is left out; every card that the index names is read, which only a list that is not full is worth.
        """
        conditions, params = self.compared(compared)
        sql = _EACH_HIT.format(conditions=conditions)
        return self._candidates(self._database.rows(sql, {"match": match_of(needles), "most": self._many, **params}))

    def _latest_of(self, needles: Needles, wanted: Sequence[Part]) -> list[int]:
        """Of very many whom the index names: those who are known by heart, and who of the others was here last."""
        order = "" if self._standing.are_others_alike else _BY_DAY
        most = self._cap if any(map(self.is_hidden, wanted)) else _LOOKED_AT  # few of many have it where it is shown
        rows = self._database.rows(_LATEST_HITS.format(order=order), {"match": match_of(needles), "most": most})
        known = having(list(self._standing.by_heart.values()), needles_of(wanted))
        return list(dict.fromkeys((*(one.client_id for one in known), *(row[0] for row in rows))))

    def _likeliest(self, ids: Sequence[int], compared: Sequence[Part]) -> list[Candidate]:
        """Of those clients the likeliest, in no order; all of them who have what the index cannot look for."""
        standing = self._standing
        if not standing.is_learnt and len(ids) <= self._cap:
            found = standing.candidates(ids)
            return self._seen(having(found, needles_of(compared)), compared) if compared else found
        by_heart = standing.by_heart
        known = [by_heart[one] for one in ids if one in by_heart]
        others = [one for one in ids if one not in by_heart]
        if compared:
            known = self._seen(having(known, needles_of(compared)), compared)
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
            found += self._seen(having(candidates[begin : begin + size], needles), wanted)
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
