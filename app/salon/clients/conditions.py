"""Which clients a segment holds: a closed value, how it is kept, and how what is kept is read with suspicion. Pure."""

import json
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, cast

from app.errors import BadSegment
from app.vocabulary import BirthdaySoon, RhythmState

MOST_CHOSEN = 200
_LONGEST = 20_000
LARGEST = 10**12


@dataclass(frozen=True, slots=True)
class Between:
    """From ``at_least`` to ``at_most``, both included; None: no end on that side."""

    at_least: int | None = None
    at_most: int | None = None


@dataclass(frozen=True, slots=True)
class Days:
    """From ``first`` to ``last``, both included; None: no end on that side."""

    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Conditions:
    """What must be true of a client; None and empty: anything. All of it together, of a tuple any one."""

    last_visit: Between | None = None
    """So many days ago."""
    last_day: Days | None = None
    """The last visit was on one of these days."""
    visits: Between | None = None
    """Dates with a completed visit."""
    spent: Between | None = None
    """Minor units, products included."""
    rhythm: tuple[RhythmState, ...] = ()
    birthday: BirthdaySoon | None = None
    services: tuple[int, ...] = ()
    """Had one of these services."""
    masters: tuple[int, ...] = ()
    """Was served by one of these."""
    categories: tuple[int, ...] = ()
    sources: tuple[int, ...] = ()
    """Answered "how did you find us?" with one of these choices."""
    advertising: bool | None = None
    """Whether advertising may be sent."""
    is_vip: bool | None = None

    @property
    def is_empty(self) -> bool:
        """Whether everybody is meant."""
        return self == ANYBODY


ANYBODY = Conditions()
"""No condition: every client."""


def written(conditions: Conditions) -> str:
    """``conditions`` as a segment keeps them: what is said, and nothing else."""
    told: dict[str, Any] = {}
    for field in fields(conditions):
        value = getattr(conditions, field.name)
        if value is None or value == ():
            continue
        if isinstance(value, Between):
            value = [value.at_least, value.at_most]
        elif isinstance(value, Days):
            value = [None if day is None else day.isoformat() for day in (value.first, value.last)]
        told[field.name] = value
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def read(text: str) -> Conditions:
    """The conditions that ``text`` keeps. Raises BadSegment for whatever ``written`` would not have written."""
    if len(text) > _LONGEST:
        raise BadSegment
    try:
        told = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadSegment from error
    if not isinstance(told, dict):
        raise BadSegment
    known = cast("dict[str, Any]", told)
    values: dict[str, Any] = {}
    for name, value in known.items():
        if name not in _READERS:
            raise BadSegment
        values[name] = _READERS[name](value)
    return Conditions(**values)


def _listed(value: Any, most: int) -> list[Any]:
    if not isinstance(value, list):
        raise BadSegment
    found = cast("list[Any]", value)
    if not 0 < len(found) <= most:
        raise BadSegment
    return found


def _between(value: Any) -> Between:
    ends = _listed(value, 2)
    if len(ends) != 2 or ends == [None, None] or any(end is not None and not _is_whole(end) for end in ends):
        raise BadSegment
    return Between(*ends)


def _days(value: Any) -> Days:
    ends = _listed(value, 2)
    if len(ends) != 2 or ends == [None, None] or any(end is not None and not isinstance(end, str) for end in ends):
        raise BadSegment
    try:
        return Days(*(None if end is None else date.fromisoformat(end) for end in ends))
    except ValueError as error:
        raise BadSegment from error


def _numbers(value: Any) -> tuple[int, ...]:
    numbers = _listed(value, MOST_CHOSEN)
    if not all(_is_whole(number) and number > 0 for number in numbers):
        raise BadSegment
    return tuple(dict.fromkeys(numbers))


def _is_whole(value: Any) -> bool:
    return type(value) is int and abs(value) <= LARGEST


def _states(value: Any) -> tuple[RhythmState, ...]:
    try:
        return tuple(dict.fromkeys(RhythmState(state) for state in _listed(value, len(RhythmState))))
    except ValueError as error:
        raise BadSegment from error


def _birthday(value: Any) -> BirthdaySoon:
    try:
        return BirthdaySoon(value)
    except ValueError as error:
        raise BadSegment from error


def _yes_or_no(value: Any) -> bool:
    if not isinstance(value, bool):
        raise BadSegment
    return value


_READERS: dict[str, Any] = {
    "last_visit": _between,
    "last_day": _days,
    "visits": _between,
    "spent": _between,
    "rhythm": _states,
    "birthday": _birthday,
    "services": _numbers,
    "masters": _numbers,
    "categories": _numbers,
    "sources": _numbers,
    "advertising": _yes_or_no,
    "is_vip": _yes_or_no,
}
