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
    (MentionPlace.BLOCK, "block", ("reason",), _OF_NOBODY),
    (MentionPlace.ABSENCE, "absence", ("note",), _OF_NOBODY),
)
"""Where words about somebody else may stand: the place, its table and columns, and whose card it is on. A test fails
when a column of free text is in none of them."""

_PARTS_NEEDED = 2
_BETWEEN_DIGITS = ("", "-", " ", "\u00a0", ".", "\u2011", "\u2013")
"""What people write between the last two pairs of digits of a phone."""
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
    telling: tuple[re.Pattern[str], ...]
    """Parts that are in nobody else's name: one of them is enough."""
    numbers: tuple[str, ...]
    addresses: tuple[str, ...]
    condition: str
    """SQL: what every ``{text}`` fulfils that could be meant, so that few have to be read; with ``params``."""
    params: tuple[str, ...]

    def found_in(self, text: str) -> tuple[int, int] | None:
        """From where to where ``text`` names them first."""
        said = folded(text)
        for pattern in self.telling:
            if hit := pattern.search(said):
                return hit.span()
        hits = [hit.span() for pattern in self.stems if (hit := pattern.search(said))]
        if len(hits) >= _PARTS_NEEDED:
            return min(hits)
        for address in self.addresses:
            if (place := said.find(address)) >= 0:
                return place, place + len(address)
        for run in re.finditer(r"\d[\d\s().\-]*", said) if self.numbers else ():
            if any(digits(run.group()).endswith(number) for number in self.numbers):
                return run.start(), run.end()
        return None


COLUMNS: dict[str, tuple[str, ...]] = {}
"""The same columns by table."""
for _place, _table, _columns, _owner in SOURCES:
    COLUMNS[_table] = (*COLUMNS.get(_table, ()), *_columns)


class ToldOfOthers:
    """Entries of the journal that may name a person though they are about others: what such a text once said.

    The journal of many years is long: ``follow`` reads on from where it was read before, as that of ``Traces`` does.
    Made while the person still has a name.
    """

    def __init__(self, database: Database, client_ids: Sequence[int]) -> None:
        self._sought = _sought(database, client_ids)
        self._last = 0
        self.entries: list[int] = []
        """Their numbers."""
        self.follow(database)

    def follow(self, database: Database) -> None:
        """Read the journal on to its end."""
        last = int(database.value("SELECT COALESCE(MAX(id), 0) FROM journal_entry"))
        if last > self._last:
            may_be = self._sought.condition.format(text="words")
            later = "SELECT id, changes || note AS words FROM journal_entry WHERE id > ?"
            sql = f"SELECT id FROM ({later}) WHERE {may_be} ORDER BY id"
            self.entries += [row[0] for row in database.rows(sql, (self._last, *self._sought.params))]
        self._last = last

    def names(self, text: object) -> bool:
        """Whether a text names the person."""
        return isinstance(text, str) and any(self._sought.found_in(line) for line in text.split("\n"))


def of_client(database: Database, client_id: int) -> tuple[Mention, ...]:
    """Where the name, a phone or an address of this client stands elsewhere. A fixed number of queries; for a worker.

    Parts of a name are found in every case of Russian grammar. Two of them have to be there, but for one that nobody
    else has: a mere "Анна" tells nobody from the other Annas.
    """
    cards = belongings.cards_of(database, client_id)
    sought = _sought(database, cards)
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
    is_written = " OR ".join(f"t.{column} <> ''" for column in columns)
    may_be = sought.condition.format(text="words")
    rows = database.rows(
        f"""
        SELECT one.id, one.owner, COALESCE(c.name, ''), one.words
        FROM (
            SELECT id, words, {owner} AS owner FROM (
                -- The limit lets the words be put together once for each row.
                SELECT t.*, {texts} AS words FROM "{table}" t WHERE {is_written} LIMIT -1
            ) t WHERE {may_be}
        ) one LEFT JOIN client c ON c.id = one.owner ORDER BY one.id
        """,
        sought.params,
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
    telling = [word for word in words if _is_nobody_elses(database, cards, word)]
    forms = {word: _forms(_fragment(_stem(word))) for word in words}
    wanted = [form for word in telling for form in forms[word]]
    wanted += [form for one in addresses for form in (("@",) if "@" in one else _forms(one))]
    wanted += [f"{number[-4:-2]}{sign}{number[-2:]}" for number in numbers for sign in _BETWEEN_DIGITS]
    several = " + ".join(f"({_any_of(len(each))})" for each in forms.values()) or "0"
    return _Sought(
        tuple(patterns.values()),
        tuple(patterns[word] for word in telling),
        numbers,
        addresses,
        f"({several} >= {_PARTS_NEEDED} OR {_any_of(len(wanted))})",
        (*(form for each in forms.values() for form in each), *wanted),
    )


def _any_of(count: int) -> str:
    return " OR ".join(["instr({text}, ?) > 0"] * count) or "0"


def _forms(word: str) -> tuple[str, ...]:
    """As it stands in texts: SQLite tells small letters from capitals where they are not Latin."""
    return tuple(dict.fromkeys((word, word.upper(), word.capitalize())))


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
    sql = f"SELECT 1 FROM client WHERE instr(search, ?) AND id NOT IN ({marks}) LIMIT 1"
    return database.value(sql, (_stem(word), *cards)) is None
