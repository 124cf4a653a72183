"""The ends of a range as somebody types them: a number, an amount, a day. Pure."""

import re
from datetime import date

from app.errors import BadAmount, BadDate, NotANumber, RangeBackwards, RangeMissing
from app.salon.clients.birthdays import day_typed
from app.salon.clients.conditions import LARGEST, Between, Days

_SPACES = re.compile(r"[\s\u00a0\u202f]+")
_NUMBER = re.compile(r"[0-9]{1,12}")
_AMOUNT = re.compile(r"([0-9]{1,12})(?:[.,]([0-9]{1,2}))?")
_FIRST_YEAR, _LAST_YEAR = 1900, 2999


def number(typed: str) -> int | None:
    """A whole number, with spaces between its thousands or without; None when nothing was typed. Raises NotANumber."""
    text = _SPACES.sub("", typed)
    if text and not (_NUMBER.fullmatch(text) and int(text) <= LARGEST):
        raise NotANumber(typed)
    return int(text) if text else None


def amount(typed: str) -> int | None:
    """Minor units: "1 500" is 150000, "99,5" is 9950; None when nothing was typed. Raises BadAmount."""
    text = _SPACES.sub("", typed)
    if not text:
        return None
    found = _AMOUNT.fullmatch(text)
    minor = int(found[1]) * 100 + int((found[2] or "").ljust(2, "0")) if found else LARGEST + 1
    if minor > LARGEST:
        raise BadAmount(typed)
    return minor


def day(typed: str) -> date | None:
    """A day, as 14.05.2026 or 2026-05-14; None when nothing was typed. Raises BadDate."""
    text = typed.strip()
    if not text:
        return None
    found = day_typed(text)
    if not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        raise BadDate(text)
    return found


def between(least: int | None, most: int | None) -> Between:
    """From ``least`` to ``most``, both included. Raises RangeMissing, RangeBackwards."""
    if least is None and most is None:
        raise RangeMissing
    if least is not None and most is not None and most < least:
        raise RangeBackwards
    return Between(least, most)


def days(first: date | None, last: date | None) -> Days:
    """From ``first`` to ``last``, both included. Raises RangeMissing, RangeBackwards."""
    if first is None and last is None:
        raise RangeMissing
    if first is not None and last is not None and last < first:
        raise RangeBackwards
    return Days(first, last)
