"""When a service could begin on a master's day: the validator's answer for all minutes of the day at once. Pure.

``availability.refusal`` says yes or no about one start, with a reason. A search over weeks and masters asks about tens
of thousands, so here the same rule is worked out in whole minutes of the day; a property test holds both together.
"""

from collections.abc import Sequence

from app.salon.scheduling.availability import SHORTEST_MINUTES
from app.salon.scheduling.intervals import Lengths

DAY_MINUTES = 24 * 60


class _Minutes(dict[str, int]):
    def __missing__(self, shown: str) -> int:
        minute = self[shown] = 60 * int(shown[:2]) + int(shown[3:])
        return minute


MINUTE_OF = _Minutes()
"""The minute of the day that a clock shows; worked out when it is first asked for: the start waits for none."""

Span = tuple[int, int]
"""From a minute of the day up to, and without, another."""
Range = tuple[int, int]
"""Starts from a minute of the day up to, and with, another."""


def start_ranges(shifts: Sequence[Span], taken: Sequence[Span], lengths: Lengths) -> list[Range]:
    """The starts that the shifts and what is taken (in the order of their begins) leave to a service, in order."""
    if lengths.working < SHORTEST_MINUTES or min(lengths.gap, lengths.finishing, lengths.before, lengths.after) < 0:
        return []
    gaps = _gaps(shifts, taken)
    begins, ends = -lengths.before, lengths.total + lengths.after
    bounds = (lengths.before, DAY_MINUTES - 1 - ends)
    if lengths.gap == 0:
        return _starts(gaps, begins, ends, bounds)
    ranges = _starts(gaps, begins, lengths.working, bounds)
    finishing = lengths.working + lengths.gap
    return ranges if finishing == ends else _both(ranges, _starts(gaps, finishing, ends, bounds))


def on_grid(ranges: Sequence[Range], first: int, last: int, step: int) -> list[int]:
    """The starts of ``ranges`` that are multiples of ``step``, from ``first`` up to, and without, ``last``."""
    starts: list[int] = []
    upto = first
    for low, high in ranges:
        low = max(low, upto)
        stop = min(high + 1, last)
        starts += range(low + -low % step, stop, step)
        upto = max(upto, stop)
    return starts


def is_within(ranges: Sequence[Range], start: int) -> bool:
    """Whether one of ``ranges`` holds ``start``."""
    return any(low <= start <= high for low, high in ranges)


def _gaps(shifts: Sequence[Span], taken: Sequence[Span]) -> list[Span]:
    """What is left of the shifts when ``taken`` is cut out of them."""
    gaps: list[Span] = []
    for minute, closes in shifts:
        for begins, ends in taken:
            if begins >= closes:
                break
            if begins > minute:
                gaps.append((minute, begins))
            if ends > minute:
                minute = ends
        if minute < closes:
            gaps.append((minute, closes))
    return gaps


def _starts(gaps: Sequence[Span], begins: int, ends: int, bounds: Range) -> list[Range]:
    """The starts of what lies from ``begins`` to ``ends`` after its start, within one of ``gaps`` and ``bounds``."""
    least, most = bounds
    found = [
        (max(opens - begins, least), min(closes - ends, most))
        for opens, closes in gaps
        if closes - opens >= ends - begins
    ]
    found.sort()
    return [one for one in found if one[0] <= one[1]]


def _both(one: Sequence[Range], other: Sequence[Range]) -> list[Range]:
    """The starts that are in both."""
    found = ((max(a, c), min(b, d)) for a, b in one for c, d in other)
    return sorted((low, high) for low, high in found if low <= high)
