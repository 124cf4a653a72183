"""How the benchmarks measure and tell: in turn, so that a slow moment of the machine meets both.

A shared machine stands still for some milliseconds now and then, and a p99 is made of such moments. So a fixed piece
of arithmetic, the pulse, is timed before and after each act: where it took longer than usual the machine had no time
for it, and the p99 is told once with all acts and once with those that the pulse saw undisturbed.
"""

import time
from collections.abc import Callable, Sequence
from statistics import median, quantiles

_PULSE = 20_000
"""So many numbers are added up: a third of a millisecond."""
_DISTURBED = 1.5
"""A pulse that takes so many times the usual."""


class Took(float):
    """How long an act took, in milliseconds, and the slower of the two pulses around it."""

    pulse: float


def timed(act: Callable[[], object]) -> Took:
    """Do ``act`` and tell how long it took."""
    before = _pulse()
    began = time.perf_counter()
    act()
    took = Took((time.perf_counter() - began) * 1000)
    took.pulse = max(before, _pulse())
    return took


def _pulse() -> float:
    began = time.perf_counter()
    sum(range(_PULSE))
    return (time.perf_counter() - began) * 1000


def in_turn(
    mine: Sequence[Callable[[], object]], bare: Sequence[Callable[[], object]]
) -> tuple[list[Took], list[Took]]:
    """How long each took in milliseconds, one of ``mine`` and one of ``bare`` by turns."""
    times: tuple[list[Took], list[Took]] = ([], [])
    for pair in zip(mine, bare, strict=True):
        for act, kept in zip(pair, times, strict=True):
            kept.append(timed(act))
    return times


def told(what: str, mine: Sequence[float], bare: Sequence[float], line: str = "") -> None:
    """Print one line: both in milliseconds, how many times the bare work, and the line that is to be met."""
    ratio = median(mine) / median(bare)
    print(f"| {what} | {both(mine)} | {both(bare)} | {ratio:.2f} × | {line} |", flush=True)


def said(what: str, mine: str, bare: str = "", ratio: str = "", line: str = "") -> None:
    """Print one line that is told in words."""
    print(f"| {what} | {mine} | {bare} | {ratio} | {line} |", flush=True)


def both(values: Sequence[float]) -> str:
    """The p50 and the p99; and the p99 of the undisturbed ones, with how many they are."""
    plain = f"{median(values):.2f} ({_p99(values):.2f})"
    pulses = [value.pulse for value in values if isinstance(value, Took)]
    if not pulses:
        return plain
    usual = median(pulses)
    calm = [value for value, pulse in zip(values, pulses, strict=True) if pulse <= _DISTURBED * usual]
    return f"{plain}, undisturbed {_p99(calm):.2f} of {len(calm)}/{len(values)}"


def _p99(values: Sequence[float]) -> float:
    """No more than was measured: of few values the p99 is the largest."""
    return quantiles(values, n=100, method="inclusive")[98]
