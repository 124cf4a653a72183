"""Birthdays as people type them. Pure."""

import re
from datetime import date

from app.errors import BadDate

OLDEST = 120
"""Nobody who comes is older, in years."""

_TYPED = re.compile(r"(\d{1,2})[.,/\-\s](\d{1,2})[.,/\-\s](\d{4})")


def read(typed: str, today: date) -> date | None:
    """The birthday meant by ``14.05.1990`` (also with a slash, dash or space, or as 1990-05-14); None when empty.

    Raises BadDate for what is no day, lies ahead of ``today`` or is further back than anybody lives.
    """
    text = typed.strip()
    return checked(day_typed(text), today) if text else None


def day_typed(text: str) -> date:
    """Any day meant by ``14.05.2026`` or 2026-05-14. Raises BadDate for what is no day."""
    found = _TYPED.fullmatch(text)
    try:
        return date(int(found[3]), int(found[2]), int(found[1])) if found else date.fromisoformat(text)
    except ValueError as error:
        raise BadDate(text) from error


def checked(day: date, today: date) -> date:
    """``day`` if somebody can have been born then. Raises BadDate."""
    if not today.year - OLDEST <= day.year or day > today:
        raise BadDate(day.isoformat())
    return day


def next_one(birthday: date, today: date) -> date:
    """The next time it is celebrated, today included; whoever was born on 29 February celebrates on the 28th."""
    for year in (today.year, today.year + 1):
        day = _in_year(birthday, year)
        if day >= today:
            return day
    raise AssertionError("a birthday comes every year")


def _in_year(birthday: date, year: int) -> date:
    try:
        return birthday.replace(year=year)
    except ValueError:
        return date(year, 2, 28)
