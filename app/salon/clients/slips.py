"""One slip of the fingers in a word: a wrong letter, one too many, one left out, two that changed places. Pure."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from app.salon.clients.spelling import Part, Reading, Way

_SHORTEST_NAME, _SHORTEST_NUMBER = 4, 10
"""Shorter than that, one slip makes half of the clients."""
_LONGEST, _HALVED = 24, 8
_ENOUGH = 5
"""So many characters of a half narrow the search as well as all of them, and are looked up sooner."""
_SHORTEST_PIECE = 3
_LATIN, _CYRILLIC = "abcdefghijklmnopqrstuvwxyz", "абвгдежзийклмнопрстуфхцчшщъыьэюя"
_BARELY = "barely"
"""Somebody is meant only if more of what was typed is found: a wrong letter amid four makes many words of one."""
_ANY = "\x00"
"""Stands in a variant for the one character that nobody knows."""


Piece = str | tuple[str, ...]
"""Something that stands in a text, or several things of which one does."""
Place = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Slip:
    """How a part may have been meant, if one finger slipped: where to look, and the rule that decides."""

    places: tuple[Place, ...]
    """Everybody who is meant has all pieces of one of these in the ``search_text``; each fills a place of the index."""
    meant: tuple[tuple[str, str], ...]
    """What was typed, and before it what stands there where it begins a word (for a number nothing)."""

    _words: dict[str, bool | str] = field(default_factory=dict[str, bool | str], compare=False)
    """What was found of a word, because many are called alike."""

    @property
    def wide_places(self) -> tuple[Place, ...]:
        """Where more are found, and sooner: enough where something else of what was typed narrows the search."""
        return tuple(place if isinstance(place[-1], str) else place[:1] for place in self.places)

    @property
    def heads(self) -> tuple[str, ...]:
        """How what was typed begins: where nobody has that, no place that begins so need be looked up."""
        return tuple((before + text)[:_SHORTEST_PIECE] for before, text in self.meant)

    def explains(self, search: str) -> bool:
        """Whether a word of ``search`` begins so but for one slip."""
        words = self._words
        found = False
        for word in search.split():
            is_so = words.get(word)
            if is_so is None:
                is_so = words[word] = self._is_meant(word)
            if is_so:
                if is_so is not _BARELY:
                    return True
                found = True
        return found and any(_is_place(place, search) for place in self.places)

    def _is_meant(self, word: str) -> bool | str:
        barely: bool | str = False
        for before, text in self.meant:
            is_so = _is_meant(word, before, text)
            if is_so is True:
                return True
            barely = barely or is_so
        return barely


@lru_cache(maxsize=4)
def slip(part: Part) -> Slip | None:
    """The slips that ``part`` allows; None where it is too short for any.

    Kept for the parts of the last key: where addresses are hidden, every card that is looked at asks for it.
    """
    places: set[Place] = set()
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
    return Slip(tuple(sorted(places, key=lambda place: (len(place), str(place)))), tuple(meant)) if places else None


def fewest(places: Iterable[Place], absent: Collection[str] = ()) -> list[Place]:
    """Those of ``places`` by which everybody is found whom any of them finds: the fewer, the sooner.

    Nobody has anything of ``absent``.
    """
    every = [place for place in dict.fromkeys(places) if not any(one in str(place[0]) for one in absent)]
    alone = {place[0] for place in every if len(place) == 1}
    found: list[Place] = []
    several: list[Place] = []
    for place in every:
        if len(place) == 1:
            if alone.isdisjoint(_within(place[0])):
                found.append(place)
        elif all(alone.isdisjoint((piece, *_within(piece))) for piece in place if isinstance(piece, str)):
            several.append(tuple(piece if isinstance(piece, str) else _without(piece, alone) for piece in place))
    return found + [one for one in several if not any(_is_wider(other, one) for other in several if other != one)]


def _may_slip(part: Part, reading: Reading) -> bool:
    """Whether a slip is looked for: in a word long enough, and in a way in which it was probably typed."""
    if part.is_number:
        return reading is part.readings[0] and _SHORTEST_NUMBER <= len(reading.text) <= _LONGEST
    likely = reading.way in (Way.TYPED, Way.BY_SOUND) or (
        reading.way is Way.OTHER_LAYOUT and part.readings[0].text.isascii()
    )
    return likely and _SHORTEST_NAME <= len(reading.text) <= _LONGEST and reading.text.isalnum()


def _halves(before: str, word: str) -> list[Place]:
    """Where a long word is looked up: a slip leaves one of its halves as it is, or changes the two in the middle."""
    half = len(word) // 2
    first, last = before + word[:half][:_ENOUGH], word[half:][-_ENOUGH:]
    return [(first,), (last,), (before + word[: half - 1][:_ENOUGH], word[half + 1 :][-_ENOUGH:])]


def _places(before: str, variant: str) -> list[Place]:
    """Where ``variant`` is looked up: by what stands on both sides of the unknown letter, or by the longer side."""
    first, unknown, last = variant.partition(_ANY)
    if not unknown:
        return [(before + variant,)]
    sides = [side for side in (before + first if len(first) > 1 else "", last) if len(side) >= _SHORTEST_PIECE]
    if len(sides) > 1 or len(first) >= _SHORTEST_PIECE or len(last) >= _SHORTEST_PIECE:
        return [tuple(sides)]
    if len(variant) <= _SHORTEST_NAME:
        return []
    letters = _LATIN if variant.strip(_ANY)[0].isascii() else _CYRILLIC
    return [(before + first, tuple(letter + last for letter in letters))]


def _without(pieces: tuple[str, ...], alone: set[Piece]) -> tuple[str, ...]:
    return tuple(piece for piece in pieces if piece not in alone)


def _is_wider(other: Place, place: Place) -> bool:
    """Whether ``other`` finds everybody whom ``place`` finds."""
    return all(
        any(piece == its or (isinstance(piece, str) and isinstance(its, str) and piece in its) for its in place)
        for piece in other
    )


def _within(piece: Piece) -> Iterator[Piece]:
    """What is shorter and fills a place of the index within ``piece``: whoever has the one has the other."""
    for length in range(_SHORTEST_PIECE, len(piece)):
        for begin in range(len(piece) - length + 1):
            yield piece[begin : begin + length]


def _is_place(place: Place, search: str) -> bool:
    if len(place) == 1:
        return str(place[0]) in search
    return all(
        piece in search if isinstance(piece, str) else any(f"{str(place[0])[1:]}{one}" in search for one in piece)
        for piece in place
    )


def _is_meant(word: str, before: str, text: str) -> bool | str:
    """Whether ``text``, with ``before`` before it, stands in ``word`` but for one slip."""
    if not before:
        return any(_begins_nearly(word[at:], text) for at in range(len(word) - len(text) + 2))
    if before == " ":
        return _begins_nearly(word, text)
    sign = before.lstrip()
    return word.startswith(sign) and _begins_nearly(word[len(sign) :], text)


def _begins_nearly(word: str, text: str) -> bool | str:
    """Whether ``word`` begins with ``text`` but for one slip; ``_BARELY``, for a wrong letter amid four.

    It is enough to look at the first letter that differs: a slip before it would have changed nothing.
    """
    if word[:2] != text[:2] and text[2] not in word[1:4]:
        return False  # most words are told apart here: one slip does not change both
    if word.startswith(text):
        return True
    at = next((at for at, (is_so, meant) in enumerate(zip(word, text, strict=False)) if is_so != meant), len(word))
    rest, is_long = text[at + 1 :], len(text) > _SHORTEST_NAME
    is_wrong_letter = at < len(word) and word.startswith(rest, at + 1)
    return (
        (is_wrong_letter and (is_long or at in (0, len(text) - 1)))
        or (at < len(word) and word.startswith(text[at:], at + 1))
        or (is_long and word.startswith(rest, at))
        or (bool(rest) and word[at : at + 2] == rest[0] + text[at] and word.startswith(rest[1:], at + 2))
        or (is_wrong_letter and _BARELY)
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
