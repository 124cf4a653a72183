"""Which two cards may be one person: by phone, by e-mail, by name and birthday, by a likely name. Pure.

Every card is compared with the few that share a key with it, never with all others: 100,000 cards take seconds. A key
is a phone, an e-mail, a birthday, a name in any order, a name without one of its parts, and a name with one letter left
out, under which two spellings meet. A key that many share says nothing ("Anna Ivanova" in a large town) and is passed
over.
"""

from array import array
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import date
from itertools import combinations, pairwise

from app.salon.clients.spelling import folded
from app.vocabulary import DuplicateSign

MOST_OF_A_PHONE, MOST_OF_A_NAME, MOST_OF_A_BIRTHDAY = 12, 5, 200
"""So many cards may share a phone, a name or a birthday and still be compared with each other."""
_REPORT_EVERY = 2_000
_SHELVES = 64
_HASH_BITS, _KIND_BITS, _INDEX_BITS = 39, 2, 23
_MOST_PARTS = 4
_NAME, _CONTACT, _BIRTHDAY = range(3)
"""What a key is made of."""
_MOST = {_NAME: MOST_OF_A_NAME, _CONTACT: MOST_OF_A_PHONE, _BIRTHDAY: MOST_OF_A_BIRTHDAY}
_SHORTEST_MISTYPED = 4
"""In a shorter part of a name one other letter makes another name: Яна and Яра."""

_SHORT_FORMS = {
    "Александра": "Саша Шура Саня",
    "Алексей": "Леша Алеша",
    "Алина": "Аля Алиночка",
    "Анастасия": "Настя Ася Настенька",
    "Анна": "Аня Анечка Нюра",
    "Антонина": "Тоня",
    "Валентина": "Валя",
    "Валерия": "Лера",
    "Вероника": "Ника",
    "Виктория": "Вика",
    "Галина": "Галя",
    "Дарья": "Даша Дария Дашенька",
    "Дмитрий": "Дима Митя",
    "Евгения": "Женя",
    "Екатерина": "Катя Катерина Катюша",
    "Елена": "Лена Алена",
    "Елизавета": "Лиза",
    "Иван": "Ваня",
    "Ирина": "Ира Иришка",
    "Ксения": "Ксюша Оксана",
    "Людмила": "Люда Мила",
    "Любовь": "Люба",
    "Маргарита": "Рита",
    "Мария": "Маша Маруся Марья",
    "Михаил": "Миша",
    "Надежда": "Надя",
    "Наталья": "Наташа Наталия",
    "Николай": "Коля",
    "Ольга": "Оля Оленька",
    "Полина": "Поля",
    "Светлана": "Света",
    "Сергей": "Сережа",
    "София": "Соня Софья",
    "Татьяна": "Таня",
    "Юлия": "Юля",
}
_WHOLE_FORM = {short.casefold(): whole.casefold() for whole, said in _SHORT_FORMS.items() for short in said.split()}


@dataclass(frozen=True, slots=True)
class CardFacts:
    """What of a card tells who it is. Phones are E.164, e-mails as they are compared."""

    client_id: int
    name: str
    birthday: date | None = None
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    lent: frozenset[str] = frozenset()
    """Phones and e-mails of these that are somebody else's: a mother's, an assistant's."""


@dataclass(frozen=True, slots=True)
class Suspects:
    """Two cards that may be one person; ``first`` has the smaller number."""

    first: int
    second: int
    first_name: str
    second_name: str
    signs: tuple[DuplicateSign, ...]
    weight: int
    """How likely it is: the larger, the more."""

    @property
    def both(self) -> tuple[int, int]:
        """Their numbers."""
        return self.first, self.second


def name_parts(name: str) -> tuple[str, ...]:
    """The parts of a name as they are compared, in alphabetical order: Маша is Мария, ё is е."""
    words = "".join(c if c.isalpha() else " " for c in folded(name)).split()
    return tuple(sorted(_WHOLE_FORM.get(word, word) for word in words))


def pairs(
    cards: Sequence[CardFacts],
    apart: Set[tuple[int, int]] = frozenset(),
    report: Callable[[int, int], None] | None = None,
) -> list[Suspects]:
    """All suspects among ``cards``, the likeliest first.

    ``apart`` are pairs (smaller number first) that are known to be two people. ``report`` is told how many cards of
    how many are done.
    """
    shelves = [array("Q") for _shelf in range(_SHELVES)]
    names = [name_parts(card.name) for card in cards]
    total = 2 * len(cards)
    for index, card in enumerate(cards):
        if report is not None and index % _REPORT_EVERY == 0:
            report(index, total)
        for kind, key in _keys(card, names[index]):
            mixed = (hash(key) & ((1 << _HASH_BITS) - 1)) << _KIND_BITS | kind
            shelves[hash(key) % _SHELVES].append(mixed << _INDEX_BITS | index)
    found: dict[tuple[int, int], Suspects] = {}
    for number, shelf in enumerate(shelves):
        if report is not None:
            report(len(cards) + number * len(cards) // _SHELVES, total)
        for one, other in _met(shelf):
            suspects = _judged(cards[one], cards[other], names[one], names[other])
            if suspects is not None and suspects.both not in apart:
                found[suspects.both] = suspects
    return sorted(found.values(), key=lambda pair: (-pair.weight, pair.first_name, pair.both))


def judged(one: CardFacts, other: CardFacts) -> Suspects | None:
    """What speaks for the two being one person; None when too little does.

    A phone that is marked as somebody else's speaks for a family, and so do two birthdays.
    """
    return _judged(one, other, name_parts(one.name), name_parts(other.name))


def _judged(one: CardFacts, other: CardFacts, mine: tuple[str, ...], theirs: tuple[str, ...]) -> Suspects | None:
    if one.client_id == other.client_id:
        return None
    lent = one.lent | other.lent
    likeness = names_alike(mine, theirs)
    signs: list[DuplicateSign] = []
    if set(one.phones) & set(other.phones) - lent:
        signs.append(DuplicateSign.PHONE)
    if set(one.emails) & set(other.emails) - lent:
        signs.append(DuplicateSign.EMAIL)
    weight = 4 * len(signs) + likeness
    if one.birthday is not None and other.birthday is not None:
        if one.birthday != other.birthday and not (signs and likeness == _SAME):
            return None
        if one.birthday == other.birthday and likeness >= _ALIKE:
            signs.append(DuplicateSign.NAME_AND_BIRTHDAY)
            weight += 4
    if not signs and likeness >= _ALIKE and min(len(mine), len(theirs)) > 1:
        signs.append(DuplicateSign.NAME if likeness == _SAME else DuplicateSign.LIKE_NAME)
    if not signs:
        return None
    first, second = sorted((one, other), key=lambda card: card.client_id)
    return Suspects(first.client_id, second.client_id, first.name, second.name, tuple(signs), weight)


_SAME, _ALIKE, _PARTLY, _OTHERS = 4, 3, 2, 0


def names_alike(one: Sequence[str], other: Sequence[str]) -> int:
    """How alike two names are, by their ``name_parts``: 4 the same, 3 alike, 2 one within the other, 0 others.

    Alike is one letter more, less, other or swapped in one part, or a middle name that only one card tells.
    """
    if not one or not other:
        return _OTHERS
    if tuple(one) == tuple(other):
        return _SAME
    if len(one) == len(other):
        mine, theirs = _rest(one, other), _rest(other, one)
        return _ALIKE if len(mine) == len(theirs) == 1 and one_slip(mine[0], theirs[0]) else _OTHERS
    fewer, more = (one, other) if len(one) < len(other) else (other, one)
    if _rest(fewer, more):
        return _OTHERS
    return _ALIKE if len(fewer) > 1 else _PARTLY


def one_slip(one: str, other: str) -> bool:
    """Whether two words differ by one letter more, less, other, or by two that changed places.

    Nobody mistypes the first letter of a name without seeing it: Левченко and Шевченко are two families.
    """
    if min(len(one), len(other)) < _SHORTEST_MISTYPED or abs(len(one) - len(other)) > 1 or one[0] != other[0]:
        return False
    begin = 0
    while begin < min(len(one), len(other)) and one[begin] == other[begin]:
        begin += 1
    mine, theirs = one[begin:], other[begin:]
    swapped = len(mine) > 1 and len(theirs) > 1 and mine[:2] == theirs[1::-1] and mine[2:] == theirs[2:]
    return swapped or mine[1:] == theirs[1:] or mine[1:] == theirs or mine == theirs[1:]


def _rest(one: Sequence[str], other: Sequence[str]) -> list[str]:
    """The parts of ``one`` that ``other`` does not have, each as often as it stands there."""
    left = list(other)
    rest: list[str] = []
    for part in one:
        if part in left:
            left.remove(part)
        else:
            rest.append(part)
    return rest


def _keys(card: CardFacts, parts: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    for value in (*card.phones, *card.emails):
        if value not in card.lent:
            yield _CONTACT, value
    if card.birthday is not None and parts:
        # With the birthday a name need not be rare, and one part may be missing or mistyped.
        yield _BIRTHDAY, card.birthday.isoformat()
    if len(parts) > 1:
        for key in _spellings(parts[:_MOST_PARTS]):
            yield _NAME, key


def _spellings(parts: tuple[str, ...]) -> Iterator[str]:
    """The name itself, without one of its parts, and with one letter of one part left out."""
    yield "=" + " ".join(parts)
    for place, part in enumerate(parts):
        others = " ".join((*parts[:place], *parts[place + 1 :]))
        if len(parts) > 2:
            yield "=" + others
        if len(part) >= _SHORTEST_MISTYPED - 1:
            yield f"~{others}:{part}"
            for gap in range(len(part)):
                yield f"~{others}:{part[:gap]}{part[gap + 1 :]}"


def _met(shelf: "array[int]") -> Iterator[tuple[int, int]]:
    """The pairs of cards that share a key of this shelf, unless too many share it."""
    inside = (1 << _INDEX_BITS) - 1
    block: list[int] = []
    ordered = [*sorted(shelf), -1]
    for key, after in pairwise(ordered):
        if not block or block[-1] != key & inside:
            block.append(key & inside)
        if key >> _INDEX_BITS != after >> _INDEX_BITS:
            if len(block) <= _MOST[key >> _INDEX_BITS & ((1 << _KIND_BITS) - 1)]:
                yield from combinations(block, 2)
            block = []
