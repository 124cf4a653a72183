"""One slip of the fingers in a word: a wrong letter, one too many, one left out, two that changed places. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.salon.clients.spelling import Part, Reading, Way

_SHORTEST_NAME, _SHORTEST_NUMBER = 4, 10
"""Shorter than that, one slip makes half of the clients."""
_LONGEST, _HALVED = 24, 8
_ENOUGH = 5
"""So many characters of a half narrow the search as well as all of them, and are looked up sooner."""
_SHORTEST_PIECE = 3
_LATIN, _CYRILLIC = "abcdefghijklmnopqrstuvwxyz", "абвгдежзийклмнопрстуфхцчшщъыьэюя"
_ANY = "\x00"
"""Stands in a variant for the one character that nobody knows."""


@dataclass(frozen=True, slots=True)
class Slip:
    """How a part may have been meant, if one finger slipped: where to look, and the rule that decides."""

    places: tuple[tuple[str, ...], ...]
    """Everybody who is meant has all pieces of one of these in the ``search_text``; each fills a place of the index."""
    meant: tuple[tuple[str, str], ...]
    """What was typed, and before it what stands there where it begins a word (for a number nothing)."""

    def explains(self, search: str) -> bool:
        """Whether something in ``search`` begins so but for one slip."""
        return any(_stands_nearly(search, before, text) for before, text in self.meant)


def slip(part: Part) -> Slip | None:
    """The slips that ``part`` allows; None where it is too short for any."""
    places: set[tuple[str, ...]] = set()
    meant: list[tuple[str, str]] = []
    for reading in part.readings:
        if not _may_slip(part, reading):
            continue
        before = "" if part.is_number else reading.at_word.removesuffix(reading.text)
        if len(reading.text) >= _HALVED:
            places.update(_halves(before, reading.text))
        else:
            for variant in _variants(reading.text):
                places.update(_places(before, variant))
        meant.append((before, reading.text))
    alone = {place[0] for place in places if len(place) == 1}
    wanted = [place for place in places if alone.isdisjoint(_within(place[0]))]
    return Slip(tuple(sorted(wanted)), tuple(meant)) if wanted else None


def _may_slip(part: Part, reading: Reading) -> bool:
    """Whether a slip is looked for: in a word long enough, and in a way in which it was probably typed."""
    if part.is_number:
        return reading is part.readings[0] and _SHORTEST_NUMBER <= len(reading.text) <= _LONGEST
    likely = reading.way in (Way.TYPED, Way.BY_SOUND) or (
        reading.way is Way.OTHER_LAYOUT and part.readings[0].text.isascii()
    )
    return likely and _SHORTEST_NAME <= len(reading.text) <= _LONGEST and reading.text.isalnum()


def _halves(before: str, word: str) -> list[tuple[str, ...]]:
    """Where a long word is looked up: a slip leaves one of its halves as it is, or changes the two in the middle."""
    half = len(word) // 2
    first, last = before + word[:half][:_ENOUGH], word[half:][-_ENOUGH:]
    return [(first,), (last,), (before + word[: half - 1][:_ENOUGH], word[half + 1 :][-_ENOUGH:])]


def _places(before: str, variant: str) -> list[tuple[str, ...]]:
    """Where ``variant`` is looked up: by what stands on both sides of the unknown letter, or by the longer side."""
    first, unknown, last = variant.partition(_ANY)
    if not unknown:
        return [(before + variant,)]
    sides = [side for side in (before + first if len(first) > 1 else "", last) if len(side) >= _SHORTEST_PIECE]
    if len(sides) > 1 or len(first) >= _SHORTEST_PIECE or len(last) >= _SHORTEST_PIECE:
        return [tuple(sides)]
    if len(variant) <= _SHORTEST_NAME:
        return []
    return [(f"{first}{letter}{last}",) for letter in (_LATIN if variant.strip(_ANY)[0].isascii() else _CYRILLIC)]


def _within(piece: str) -> Iterator[str]:
    """Whatever fills a place of the index within ``piece``: whoever is found by it is found by that as well."""
    for length in range(_SHORTEST_PIECE, len(piece)):
        for begin in range(len(piece) - length + 1):
            yield piece[begin : begin + length]


def _stands_nearly(search: str, before: str, text: str) -> bool:
    """Whether ``text``, with ``before`` before it, stands in ``search`` but for one slip.

    A slip leaves one half of it as it is, or changes the two letters in the middle: it has to be looked at closely
    only where a half stands.
    """
    half = len(text) // 2
    first, last = before + text[:half], text[half:]
    if f"{first[:-1]}{last[0]}{first[-1]}{last[1:]}" in search:
        return True
    begins = [at + len(before) for at in _places_of(first, search)]
    begins += [at - half + moved for at in _places_of(last, search) for moved in (-1, 0, 1)]
    return any(
        begin >= len(before)
        and search.startswith(before, begin - len(before))
        and _begins_nearly(search[begin : begin + len(text) + 1].partition(" ")[0], text)
        for begin in begins
    )


def _places_of(piece: str, search: str) -> list[int]:
    found: list[int] = []
    at = search.find(piece)
    while at >= 0:
        found.append(at)
        at = search.find(piece, at + 1)
    return found


def _begins_nearly(word: str, text: str) -> bool:
    """Whether ``word`` begins with ``text`` but for one slip.

    It is enough to look at the first letter that differs: a slip before it would have changed nothing.
    """
    if word.startswith(text):
        return True
    at = next((at for at, (is_so, meant) in enumerate(zip(word, text, strict=False)) if is_so != meant), len(word))
    rest = text[at + 1 :]
    return (
        (at < len(word) and (word.startswith(rest, at + 1) or word.startswith(text[at:], at + 1)))
        or (len(text) > _SHORTEST_NAME and word.startswith(rest, at))
        or (bool(rest) and word[at : at + 2] == rest[0] + text[at] and word.startswith(rest[1:], at + 2))
    )


def _variants(word: str) -> list[str]:
    """Every way in which ``word`` was meant if there is one slip in it."""
    found: list[str] = []
    for place in range(len(word)):
        before, at, after = word[:place], word[place], word[place + 1 :]
        found += [f"{before}{_ANY}{after}", f"{before}{_ANY}{at}{after}"]
        if len(word) > _SHORTEST_NAME:
            found.append(before + after)
        if after and after[0] != at:
            found.append(f"{before}{after[0]}{at}{after[1:]}")
    return list(dict.fromkeys(found))
