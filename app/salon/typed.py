"""What people type into the forms: trimmed, within what a card can hold, and nothing that cannot be kept."""

from app.errors import TextTooLong

LONGEST_TEXT = 2000


def text(typed: str, longest: int = LONGEST_TEXT) -> str:
    """``typed`` as it is kept. Raises TextTooLong."""
    said = writable(typed).strip()
    if len(said) > longest:
        raise TextTooLong(longest)
    return said


def writable(typed: str) -> str:
    """``typed`` without NUL and without half an emoji, which a field cuts off at its limit."""
    return typed.replace("\x00", "").encode("utf-8", "ignore").decode()
