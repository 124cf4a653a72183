"""What a cell of somebody else's table says: days, times, money, numbers, yes and no. Pure.

Dates and times are read by hand, not by ``strptime``: its AM and PM follow the computer's language, and a Russian
desktop has none. A value that cannot be read raises ValueError; nothing is guessed.
"""

import re
from datetime import date, time
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

MOST_DIGITS = 9
"""Of the whole part of an amount; no salon's receipt has more, and the database keeps any such sum exactly."""


class DateOrder(StrEnum):
    """In which order an export writes its dates."""

    DAY_MONTH_YEAR = "day-month-year"
    MONTH_DAY_YEAR = "month-day-year"
    YEAR_MONTH_DAY = "year-month-day"


class HourClock(StrEnum):
    """How an export writes its times."""

    HALF_DAY = "12 hours"
    WHOLE_DAY = "24 hours"


_DATE_PARTS = {
    DateOrder.DAY_MONTH_YEAR: ("day", "month", "year"),
    DateOrder.MONTH_DAY_YEAR: ("month", "day", "year"),
    DateOrder.YEAR_MONTH_DAY: ("year", "month", "day"),
}
_NUMBER = re.compile(r"[0-9]{1,4}")
_WHOLE_DAY = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::[0-9]{2})?")
_HALF_DAY = re.compile(r"([0-9]{1,2})(?::([0-9]{2})(?::[0-9]{2})?)? ?([ap])\.?m\.?", re.IGNORECASE)
_AMOUNT = re.compile(r"([-−]?)([0-9]+)(?:[.]([0-9]{1,8}))?")
_YES = frozenset({"true", "yes", "y", "1", "да"})
_NO = frozenset({"false", "no", "n", "0", "нет"})


def day(text: str, order: DateOrder) -> date:
    """The date that ``text`` tells; parts divided by points, slashes or dashes, the year with four digits."""
    parts = re.split(r"[./-]", text.strip())
    names = _DATE_PARTS[order]
    if len(parts) != 3 or not all(_NUMBER.fullmatch(part) for part in parts):
        raise ValueError(text)
    told = dict(zip(names, parts, strict=True))
    if len(told["year"]) != 4:
        raise ValueError(text)
    return date(int(told["year"]), int(told["month"]), int(told["day"]))


def clock_time(text: str, clock: HourClock) -> time:
    """The time of the day that ``text`` tells, to the minute: planned time knows no seconds."""
    said = text.strip()
    if clock is HourClock.WHOLE_DAY:
        found = _WHOLE_DAY.fullmatch(said)
        if found is None:
            raise ValueError(text)
        return time(int(found[1]), int(found[2]))
    found = _HALF_DAY.fullmatch(said)
    if found is None or not 1 <= int(found[1]) <= 12:
        raise ValueError(text)
    hour = int(found[1]) % 12 + (12 if found[3].lower() == "p" else 0)
    return time(hour, int(found[2] or 0))


def amount(text: str, decimal_mark: str) -> Decimal:
    """The exact number that ``text`` tells: spaces may part its thousands, a minus may stand before it."""
    said = re.sub(r"[ \u00a0\u202f]", "", text.strip())
    if decimal_mark == ",":
        if "." in said:
            raise ValueError(text)
        said = said.replace(",", ".")
    found = _AMOUNT.fullmatch(said)
    if found is None or len(found[2]) > MOST_DIGITS:
        raise ValueError(text)
    return Decimal(f"{'-' if found[1] else ''}{found[2]}.{found[3] or '0'}")


def minor_units(number: Decimal) -> int:
    """``number`` in hundredths, halves away from zero as a till rounds; never by way of a float."""
    return int((number * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def whole(text: str) -> int:
    """The whole number that ``text`` tells; ``2.0`` is one too."""
    number = amount(text, ".")
    if number != number.to_integral_value():
        raise ValueError(text)
    return int(number)


def flag(text: str) -> bool:
    """Whether ``text`` says yes."""
    said = text.strip().casefold()
    if said in _YES:
        return True
    if said in _NO:
        return False
    raise ValueError(text)
