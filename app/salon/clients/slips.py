"""One slip of the fingers in a word: a wrong letter, one too many, one left out, two that changed places. Pure."""

import re
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
    rule: re.Pattern[str]


def slip(part: Part) -> Slip | None:
    """The slips that ``part`` allows; None where it is too short for any."""
    places: set[tuple[str, ...]] = set()
    rules: list[str] = []
    for reading in part.readings:
        if not _may_slip(part, reading):
            continue
        before = "" if part.is_number else reading.at_word.removesuffix(reading.text)
        if len(reading.text) >= _HALVED:
            places.update(_halves(before, reading.text))
        for variant in _variants(reading.text):
            if len(reading.text) < _HALVED:
                places.update(_places(before, variant))
            rules.append(re.escape(before) + re.escape(variant).replace(re.escape(_ANY), "[^ ]"))
    alone = [place[0] for place in places if len(place) == 1]
    wanted = [place for place in places if not any(one != place[0] and one in place[0] for one in alone)]
    return Slip(tuple(sorted(wanted)), re.compile("|".join(rules))) if wanted else None


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
