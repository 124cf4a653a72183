"""Where a person is named outside their own card: in notes, wishes, promises and contacts of others.

Forgetting takes what belongs to a person away by itself, and what links them to others. What somebody wrote about them
in words, on the card of another client, it leaves: only a person can tell whether "Anna" is this Anna.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from app.models.connection import Database
from app.salon.clients import belongings
from app.salon.clients.phones import digits
from app.salon.clients.spelling import folded
from app.vocabulary import MentionPlace

_OF_CLIENT = "t.client_id"
_OF_ITSELF = "t.id"
_OF_VISIT = "COALESCE(t.client_id, (SELECT v.client_id FROM visit v WHERE v.id = t.visit_id))"
_OF_GROUP = "(SELECT v.client_id FROM visit v WHERE v.group_id = t.id AND v.client_id IS NOT NULL ORDER BY v.id)"
_OF_NOBODY = "NULL"

SOURCES: tuple[tuple[MentionPlace, str, tuple[str, ...], str], ...] = (
    (MentionPlace.CARD, "client", ("name",), _OF_ITSELF),
    (MentionPlace.WISHES, "client", ("wishes",), _OF_ITSELF),
    (MentionPlace.NOTES, "client", ("notes", "do_not_book_reason"), _OF_ITSELF),
    (MentionPlace.CONTACT, "contact_point", ("whose", "typed", "value"), _OF_CLIENT),
    (
        MentionPlace.REQUISITES,
        "requisites",
        ("contact_person", "legal_name", "address", "bank_name"),
        _OF_CLIENT,
    ),
    (MentionPlace.ALERT, "alert", ("text",), _OF_CLIENT),
    (MentionPlace.TIMELINE, "client_note", ("text",), _OF_CLIENT),
    (MentionPlace.ANSWER, "answer", ("text",), _OF_CLIENT),
    (MentionPlace.CONSENT, "consent", ("note",), _OF_CLIENT),
    (MentionPlace.PROMISE, "task", ("text",), _OF_VISIT),
    (MentionPlace.COMPLAINT, "complaint", ("text", "answer"), _OF_CLIENT),
    (MentionPlace.BONUS, "bonus_entry", ("reason",), _OF_CLIENT),
    (MentionPlace.FORMULA, "formula", ("title", "text"), _OF_CLIENT),
    (MentionPlace.FILE, "client_file", ("shown_name",), _OF_CLIENT),
    (MentionPlace.WAITING, "waitlist_entry", ("note",), _OF_CLIENT),
    (MentionPlace.TURN_AWAY, "turn_away", ("note",), _OF_CLIENT),
    (MentionPlace.VISIT, "visit", ("comment", "open_steps_reason", "overbooked_reason"), _OF_CLIENT),
    (MentionPlace.VISIT, "visit_group", ("name",), _OF_GROUP),
    (MentionPlace.MESSAGE, "reminder", ("text", "note"), _OF_VISIT),
    (MentionPlace.RECEIPT, "payment", ("description",), _OF_CLIENT),
    (MentionPlace.BLOCK, "block", ("reason",), _OF_NOBODY),
    (MentionPlace.ABSENCE, "absence", ("note",), _OF_NOBODY),
)
"""Where words about somebody else may stand: the place, its table and columns, and whose card it is on. A test fails
when a column of free text is in none of them."""

_SHORTEST = 3
"""Initials and particles name nobody."""
_LONG = 5
_AROUND = 24
"""So many letters before and after a name are shown."""
_LOCAL = 7
"""So many last digits of a phone people write down when they leave the code of the town out."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One text that seems to be about the person."""

    place: MentionPlace
    client_id: int | None
    """On whose card; None where it is on none."""
    client_name: str
    words: str
    """What stands there around the name or the number."""


@dataclass(frozen=True, slots=True)
class _Sought:
    """What tells a person: the stems of their name, the ends of their numbers, their addresses. All folded."""

    stems: tuple[re.Pattern[str], ...]
    needed: int
    """So many parts of the name have to be there."""
    telling: tuple[re.Pattern[str], ...]
    """Parts that are in nobody else's name: one of them is enough."""
    numbers: tuple[str, ...]
    addresses: tuple[str, ...]
    fragments: tuple[str, ...]
    """One of these is in every text that could be meant, as it is written."""

    def found_in(self, text: str) -> tuple[int, int] | None:
        """From where to where ``text`` names them first."""
        said = folded(text)
        for pattern in self.telling:
            if hit := pattern.search(said):
                return hit.span()
        hits = [hit.span() for pattern in self.stems if (hit := pattern.search(said))]
        if self.stems and len(hits) >= self.needed:
            return min(hits)
        for address in self.addresses:
            if (place := said.find(address)) >= 0:
                return place, place + len(address)
        for run in re.finditer(r"\d[\d\s().\-]*", said) if self.numbers else ():
            if any(digits(run.group()).endswith(number) for number in self.numbers):
                return run.start(), run.end()
        return None


def of_client(database: Database, client_id: int) -> tuple[Mention, ...]:
    """Where the name, a phone or an address of this client stands elsewhere. A fixed number of queries; for a worker.

    Parts of a name are found in every case of Russian grammar. Several of them have to be there, but for one that
    nobody else has.
    """
    cards = belongings.cards_of(database, client_id)
    sought = _sought(database, cards)
    if not sought.fragments:
        return ()
    own = belongings.of_clients(database, cards)
    return tuple(
        mention for source in SOURCES for mention in _in_table(database, sought, own.get(source[1], set()), *source)
    )


def _in_table(
    database: Database,
    sought: _Sought,
    own: set[int],
    place: MentionPlace,
    table: str,
    columns: Sequence[str],
    owner: str,
) -> Iterator[Mention]:
    texts = " || char(10) || ".join(f"t.{column}" for column in columns)
    may_be = " OR ".join(["instr(words, ?)"] * len(sought.fragments))
    rows = database.rows(
        f"""
        SELECT one.id, one.owner, COALESCE(c.name, ''), one.words
        FROM (SELECT t.id, {owner} AS owner, {texts} AS words FROM "{table}" t) one
        LEFT JOIN client c ON c.id = one.owner WHERE {may_be} ORDER BY one.id
        """,
        sought.fragments,
    )
    for row_id, client_id, name, words in rows:
        if row_id in own:
            continue
        for text in words.split("\n"):
            if span := sought.found_in(text):
                yield Mention(place, client_id, name, _around(text, *span))
                break


def _around(text: str, begins: int, ends: int) -> str:
    said = " ".join(text.split())
    first, last = max(0, begins - _AROUND), min(len(said), ends + _AROUND)
    return f"{'…' if first else ''}{said[first:last].strip()}{'…' if last < len(said) else ''}"


# ---- what is looked for --------------------------------------------------------------------------------------


def _sought(database: Database, cards: Sequence[int]) -> _Sought:
    marks = ", ".join("?" * len(cards))
    names = [row[0] for row in database.rows(f"SELECT name FROM client WHERE id IN ({marks})", cards)]
    contacts = database.rows(f"SELECT kind, value FROM contact_point WHERE client_id IN ({marks})", cards)
    words = {word for name in names for word in re.findall(r"\w+", folded(name)) if len(word) >= _SHORTEST}
    words = {word for word in words if not word.isdigit()}
    patterns = {word: re.compile(rf"\b{re.escape(_stem(word))}{_ending(word)}\b") for word in words}
    values = [(value, digits(value)) for _kind, value in contacts]
    numbers = tuple(number[-_LOCAL:] for value, number in values if value.startswith("+") and len(number) >= _LOCAL)
    addresses = tuple(
        folded(value) for value, _number in values if not value.startswith("+") and len(value) > _SHORTEST
    )
    telling = [word for word in words if len(words) == 1 or _is_nobody_elses(database, cards, word)]
    fragments = [_fragment(_stem(word)) for word in words] + [number[-2:] for number in numbers]
    written = {form for one in fragments for form in (one, one.upper(), one.capitalize())}
    written |= {form for one in addresses for form in (("@",) if "@" in one else (one, one.upper(), one.capitalize()))}
    return _Sought(
        tuple(patterns.values()),
        min(2, len(words)),
        tuple(patterns[word] for word in telling),
        numbers,
        addresses,
        tuple(sorted(written)),
    )


def _stem(word: str) -> str:
    """What stays of a part of a name in every case: Анна, Анны → анн; Щёлкина, Щёлкиной → щелки."""
    return word[: len(word) - (2 if len(word) > _LONG else 1 if len(word) > _SHORTEST else 0)]


def _ending(word: str) -> str:
    """A pattern of what may follow the stem: a short name has the endings of nouns, so that "вернуть" names no Вера."""
    return r"\w{0,4}" if len(word) > _LONG else "[аеиоуыюяйьмaeiosy]{0,3}" if len(word) > _SHORTEST else ""


def _fragment(stem: str) -> str:
    """The longest piece of a stem that has no letter which is written in two ways."""
    return max(re.split("[её]", stem), key=len)


def _is_nobody_elses(database: Database, cards: Iterable[int], word: str) -> bool:
    marks = ", ".join("?" * len(list(cards)))
    sql = f"SELECT 1 FROM client WHERE instr(search, ?) AND id NOT IN ({marks}) AND archived_at IS NULL LIMIT 1"
    return database.value(sql, (_stem(word), *cards)) is None
