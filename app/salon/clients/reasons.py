"""Why a client was found, where neither the name nor the phone that a line shows says it.

The same rules tell what of a card may be looked for where contacts are hidden.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from app.models.connection import Database
from app.salon.clients.phones import searched_digits
from app.salon.clients.slips import Slip, slip
from app.salon.clients.spelling import GAP, Part, folded, search_text
from app.vocabulary import Action, FoundBy

SHOWN_DIGITS = 4
"""Of a hidden number so many digits are shown, and these alone are found."""
WHOLE_NUMBER = 10
"""Whoever has so many digits has the number already."""

FACTS = """
(SELECT json_group_array(json_array(p.kind, p.value, p.whose)) FROM
    (SELECT kind, value, whose FROM contact_point WHERE client_id = c.id ORDER BY is_preferred DESC, id) p),
(SELECT json_array(r.legal_name, r.contact_person, r.tax_number) FROM requisites r WHERE r.client_id = c.id)
"""
"""SQL: two columns of ``client c`` that ``facts`` reads."""
_OF_PAPERS = (FoundBy.LEGAL_NAME, FoundBy.CONTACT_PERSON, FoundBy.TAX_NUMBER)


@dataclass(frozen=True, slots=True)
class Fact:
    """Something on a card by which it is found beside its name."""

    found_by: FoundBy
    text: str
    """A phone is E.164."""
    whose: str = ""
    """Whose phone or address it is, when not the client's own."""


def facts(contacts: str, papers: str | None) -> tuple[Fact, ...]:
    """What the columns of ``FACTS`` hold: the phones and addresses, the preferred first, then what stands in papers."""
    found = [Fact(FoundBy(kind), value, whose) for kind, value, whose in json.loads(contacts)]
    told = json.loads(papers) if papers else ()
    return (*found, *(Fact(kind, text) for kind, text in zip(_OF_PAPERS, told, strict=False) if text))


@dataclass(frozen=True, slots=True)
class Asked:
    """A card that was found, as its line shows it, with the columns of ``FACTS``."""

    client_id: int
    name: str
    phone: str
    """E.164, or empty: the one that is shown."""
    contacts: str
    papers: str | None


def why(
    database: Database, wanted: Sequence[Part], found: Iterable[Asked], *, hides_contacts: bool
) -> dict[int, tuple[Fact, ...]]:
    """By what of a card each of those was found of whom neither the shown name nor the shown phone tells it.

    The journal is asked once, and only where nothing that stands on a card explains a hit.
    ``hides_contacts``: of a phone only that counts which is shown, or the absence of a reason would tell the rest.
    """
    told: dict[int, tuple[Fact, ...]] = {}
    riddles: dict[int, list[Part]] = {}
    for one in found:
        shown = _Words((one.name,), (one.phone,), hides_contacts=hides_contacts)
        left = [part for part in wanted if not shown.have(part)]
        if not left:
            continue
        told[one.client_id], rest = _told_by(left, facts(one.contacts, one.papers), hides_contacts=hides_contacts)
        if rest:
            riddles[one.client_id] = rest
    for client_id, names in (earlier_names(database, riddles) if riddles else {}).items():
        known = [Fact(FoundBy.EARLIER_NAME, name) for name in names]
        told[client_id] += _told_by(riddles[client_id], known, hides_contacts=hides_contacts)[0]
    return told


def _told_by(
    wanted: Iterable[Part], known: Sequence[Fact], *, hides_contacts: bool
) -> tuple[tuple[Fact, ...], list[Part]]:
    """The facts that explain ``wanted``, the first for each part and each once; and the parts that none explains."""
    words = [_words_of(one, hides_contacts=hides_contacts) for one in known]
    found: dict[Fact, None] = {}
    rest: list[Part] = []
    for part in wanted:
        fact = next((one for one, its in zip(known, words, strict=True) if its.have(part)), None)
        if fact is None:
            rest.append(part)
        else:
            found[fact] = None
    return tuple(found), rest


def seen(search: str, name: str, known: Sequence[Fact]) -> str:
    """What may be looked through of the ``search`` of a card whose addresses are hidden from whoever looks.

    A piece of an address would be found letter by letter; only the whole of it, which one has to know, is left.
    """
    shown = set(_split(search_text(name, (), (*(fact.whose for fact in known), *_told(known, _OF_PAPERS)))))
    hidden = set(_split(search_text("", (), _told(known, _ADDRESSES)))) - shown
    whole = {folded(text) for text in _told(known, _ADDRESSES)}
    words = [word for word in _split(search) if word not in hidden]
    return "".join(GAP + word for word in words) + "".join(f"\n{word}\n" for word in sorted(whole))


def may_be_found(wanted: Sequence[Part], search: str, name: str, known: Sequence[Fact], *, by_slip: bool) -> bool:
    """Whether each name in ``wanted`` stands in what ``seen`` leaves. Digits are another rule: ``hidden_number``."""
    left = seen(search, name, known)
    for part in wanted:
        if part.is_number:
            continue
        slipped = slip(part) if by_slip else None
        if not (_has(left.partition("\n")[0], part, slipped) or _is_whole(left, part)):
            return False
    return True


def hidden_number(part: Part, parameter: Callable[[str], str]) -> str:
    """SQL over ``client c``: digits of hidden phones, by the last that are shown or by a whole number.

    Longer pieces find nobody: the number would be told digit by digit. ``parameter`` gives a text its place.
    """
    choices = ["0"]
    for reading in part.all_readings:
        if len(reading.text) <= SHOWN_DIGITS:
            held = parameter(reading.text)
            choices.append(f"{_OWN_PHONE} AND instr(substr(p.value, -{SHOWN_DIGITS}), {held}) > 0)")
        elif len(reading.text) >= WHOLE_NUMBER:
            choices.append(
                f"{_OWN_PHONE} AND p.value IN ({parameter('+7' + reading.text)}, {parameter('+' + reading.text)}))"
            )
    return f"({' OR '.join(choices)})"


def earlier_names(
    database: Database, client_ids: Iterable[int], *, without: int | None = None
) -> dict[int, tuple[str, ...]]:
    """What clients were called before, the latest first: renamings that were not taken back, and absorbed cards.

    ``without``: the act of this journal entry is being taken back.
    """
    ids = json.dumps(list(client_ids))
    found: dict[int, dict[str, None]] = {}
    renamed = _renamed(database.rows(_RENAMINGS, (ids,)), without)
    for client_id, name in (*renamed, *database.rows(_ABSORBED, (ids,))):
        found.setdefault(client_id, {})[name] = None
    return {client_id: tuple(names) for client_id, names in found.items()}


_OWN_PHONE = "EXISTS (SELECT 1 FROM contact_point p WHERE p.client_id = c.id AND p.kind = 'phone'"
_RENAMINGS = """
SELECT id, client, action, undoes, changes FROM journal_entry
WHERE client IN (SELECT value FROM json_each(?)) AND instr(changes, '"name"') ORDER BY id DESC
"""
_ABSORBED = """
SELECT merged_into_id, name FROM client
WHERE merged_into_id IN (SELECT value FROM json_each(?)) AND name <> '' ORDER BY id
"""
_ADDRESSES = tuple(one for one in FoundBy if one not in (FoundBy.PHONE, FoundBy.EARLIER_NAME, *_OF_PAPERS))


def _renamed(entries: list[tuple[Any, ...]], without: int | None) -> list[tuple[int, str]]:
    undone_by = {undoes: entry_id for entry_id, _client, _action, undoes, _changes in entries if undoes is not None}

    def stands(entry_id: int) -> bool:
        if entry_id == without:
            return False
        by = undone_by.get(entry_id)
        return by is None or not stands(by)

    found: list[tuple[int, str]] = []
    for entry_id, client_id, action, _undoes, changes in entries:
        if action != Action.UNDONE and stands(entry_id):
            found += [(client_id, name) for name in names_left(json.loads(changes), client_id)]
    return found


def names_left(changes: Iterable[Sequence[Any]], client_id: int) -> list[str]:
    """The names that a client lost by ``changes`` (table, row, before, after), as the journal keeps them."""
    return [
        before["name"]
        for table, row_id, before, after in changes
        if (table, row_id) == ("client", client_id)
        and before
        and after
        and before.get("name")
        and after.get("name", before["name"]) != before["name"]
    ]


def _told(known: Iterable[Fact], kinds: Sequence[FoundBy]) -> list[str]:
    return [fact.text for fact in known if fact.found_by in kinds]


def _split(search: str) -> list[str]:
    return search.split()


def _words_of(fact: Fact, *, hides_contacts: bool) -> "_Words":
    match fact.found_by:
        case FoundBy.PHONE:
            return _Words((), (fact.text,), (fact.whose,), hides_contacts=hides_contacts)
        case FoundBy.EARLIER_NAME:
            return _Words((fact.text,), ())
        case _:
            return _Words((), (), (fact.text, fact.whose))


class _Words:
    """What the search looks through of a piece of a card; how it sounds is worked out only where that is needed."""

    def __init__(
        self, names: Sequence[str], phones: Sequence[str], others: Sequence[str] = (), *, hides_contacts: bool = False
    ) -> None:
        self._names, self._others = names, others
        self._phones = [phone for phone in phones if phone]
        self._hides = hides_contacts
        self._plain = " ".join(map(folded, (*names, *others)))
        self._all = ""

    def have(self, part: Part) -> bool:
        """Whether ``part`` is found here, exactly."""
        if part.is_number and any(self._is_of(phone, part) for phone in self._phones):
            return True
        if part.readings[0].text in self._plain:
            return True
        if not self._all:
            self._all = search_text(" ".join(self._names), (), self._others)
        return _has(self._all, part, None)

    def _is_of(self, phone: str, part: Part) -> bool:
        number = searched_digits(phone)
        if not self._hides:
            return any(reading.text in number for reading in part.all_readings)
        return any(reading.text in number[-SHOWN_DIGITS:] or reading.text == number for reading in part.all_readings)


def _has(search: str, part: Part, slipped: Slip | None) -> bool:
    exactly = any(reading.anywhere in search for reading in part.all_readings)
    return exactly or (slipped is not None and slipped.explains(search))


def _is_whole(left: str, part: Part) -> bool:
    return any(f"\n{reading.text}\n" in left for reading in part.readings)
