"""What is mixed, as a master writes it: "30 г 7.1 + 45 мл 6%". Pure.

Names of colours are numbers too (7.1, 10/0, 6%), so an amount is only what stands beside a unit. Amount, unit and
material may come in any order, in Russian or English, with or without a space.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.errors import MaterialNotUnderstood, TooManyMaterials
from app.salon.typed import writable
from app.vocabulary import MaterialUnit

MOST_PARTS = 30
LONGEST_MATERIAL = 120
MOST_THOUSANDTHS = 100_000_000
_UNITS = {
    MaterialUnit.GRAM: ("граммов", "грамма", "грамм", "гр", "г", "grams", "gram", "gr", "g"),
    MaterialUnit.MILLILITRE: ("миллилитров", "миллилитра", "миллилитр", "мл", "ml", "millilitres", "milliliters"),
    MaterialUnit.PIECE: ("штуки", "штука", "штук", "шт", "pieces", "piece", "pcs", "pc"),
    MaterialUnit.PART: ("частей", "части", "часть", "ч", "parts", "part"),
}
_UNIT_OF = {word: unit for unit, words in _UNITS.items() for word in words}
_NUMBER = r"(?<![\w.,/-])(\d{1,6}(?:[.,]\d{1,3})?|\d/\d)"
_WORD = rf"({'|'.join(sorted(_UNIT_OF, key=len, reverse=True))})(?![^\W\d_]|%)\.?"
_AMOUNT = re.compile(rf"{_NUMBER}\s*{_WORD}", re.IGNORECASE)
_TURNED = re.compile(rf"{_WORD}\s*{_NUMBER}(?![\w.,/%-])", re.IGNORECASE)
_BETWEEN = re.compile(r"[+;\n]")
_AROUND = " ,:—–-=*×"


@dataclass(frozen=True, slots=True)
class Part:
    """One material of a mixture, and how much of it: thousandths of the unit."""

    material: str
    thousandths: int
    unit: MaterialUnit


def read(typed: str) -> tuple[Part, ...]:
    """The mixture that ``typed`` tells; empty for an empty text. Raises MaterialNotUnderstood, TooManyMaterials."""
    pieces = [" ".join(piece.split()) for piece in _BETWEEN.split(writable(typed))]
    parts = tuple(_part(piece) for piece in pieces if piece)
    if len(parts) > MOST_PARTS:
        raise TooManyMaterials(MOST_PARTS)
    return parts


def written(parts: Sequence[Part], unit_word: Callable[[MaterialUnit], str]) -> str:
    """``parts`` in one line, with the words for units that the reader knows; ``read`` understands it again."""
    return " + ".join(f"{plain(part.thousandths)} {unit_word(part.unit)} {part.material}" for part in parts)


def plain(thousandths: int) -> str:
    """An amount in digits: ``30``, ``7,5``."""
    whole, rest = divmod(thousandths, 1000)
    decimals = f"{rest:03}".rstrip("0")
    return f"{whole},{decimals}" if decimals else str(whole)


def begun_material(typed: str) -> str:
    """The material that is being typed at the end of ``typed``, without its amount; empty when none is begun."""
    return _split_last(typed)[1]


def completed(typed: str, material: str) -> str:
    """``typed`` with the material that was begun at its end written in full."""
    before, _begun = _split_last(typed)
    return before + material


def _split_last(typed: str) -> tuple[str, str]:
    """What stands before the last material, and the letters of it so far."""
    last = max((found.end() for found in _BETWEEN.finditer(typed)), default=0)
    amount = _AMOUNT.match(typed, last + len(typed[last:]) - len(typed[last:].lstrip()))
    begin = amount.end() if amount else last
    rest = typed[begin:]
    begin += len(rest) - len(rest.lstrip())
    return typed[:begin], typed[begin:]


def _part(piece: str) -> Part:
    found = _amount_of(piece)
    if found is None:
        raise MaterialNotUnderstood(piece)
    number, word, begin, end = found
    material = f"{piece[:begin].rstrip(_AROUND)} {piece[end:].lstrip(_AROUND)}".strip(_AROUND)
    thousandths = _thousandths(number)
    if not material or len(material) > LONGEST_MATERIAL or not 0 < thousandths <= MOST_THOUSANDTHS:
        raise MaterialNotUnderstood(piece)
    return Part(material, thousandths, _UNIT_OF[word.casefold()])


def _amount_of(piece: str) -> tuple[str, str, int, int] | None:
    """Number, unit, and where both stand: at the beginning if they are there, else the last ones."""
    found = list(_AMOUNT.finditer(piece))
    if found:
        one = found[0] if found[0].start() == 0 else found[-1]
        return one[1], one[2], one.start(), one.end()
    turned = _TURNED.match(piece)
    return None if turned is None else (turned[2], turned[1], turned.start(), turned.end())


def _thousandths(number: str) -> int:
    if "/" in number:
        above, below = number.split("/")
        return round(1000 * int(above) / int(below)) if int(below) else 0
    whole, _point, decimals = number.replace(",", ".").partition(".")
    return int(whole) * 1000 + int(decimals.ljust(3, "0") if decimals else 0)
