"""What people type into the forms: trimmed, within what a card can hold, and nothing that cannot be kept."""

from unicodedata import normalize

from app.errors import TextTooLong

LONGEST_TEXT = 2000


def text(typed: str, longest: int = LONGEST_TEXT) -> str:
    """``typed`` as it is kept. Raises TextTooLong."""
    said = writable(typed).strip()
    if len(said) > longest:
        raise TextTooLong(longest)
    return said


_SPACES = {ord(space) for space in "\t\n\r"}
_UNSEEN = dict.fromkeys(
    {*range(0x20), *range(0x7F, 0xA0), 0xAD, 0x200B, 0x200E, 0x200F}.union(
        range(0x202A, 0x202F), (0x2060,), range(0x2066, 0x206A), (0xFEFF,)
    )
    - _SPACES
)
"""NUL and its like, and what turns letters round or is nothing at all: messengers put it around a copied number."""


def writable(typed: str) -> str:
    """``typed`` without what cannot be seen and without half an emoji, which a field cuts off at its limit.

    A letter is one character, as it is typed: a Mac copies й as и and a breve, which no search would find.
    """
    return normalize("NFC", typed.translate(_UNSEEN).encode("utf-8", "ignore").decode())
