"""How the benchmarks measure and tell: in turn, so that a slow moment of the machine meets both."""

import time
from collections.abc import Callable, Sequence
from statistics import median, quantiles


def in_turn(
    mine: Sequence[Callable[[], object]], bare: Sequence[Callable[[], object]]
) -> tuple[list[float], list[float]]:
    """How long each took in milliseconds, one of ``mine`` and one of ``bare`` by turns."""
    times: tuple[list[float], list[float]] = ([], [])
    for pair in zip(mine, bare, strict=True):
        for act, kept in zip(pair, times, strict=True):
            began = time.perf_counter()
            act()
            kept.append((time.perf_counter() - began) * 1000)
    return times


def told(what: str, mine: list[float], bare: list[float], line: str = "") -> None:
    """Print one line: both in milliseconds, how many times the bare work, and the line that is to be met."""
    ratio = median(mine) / median(bare)
    print(f"| {what} | {both(mine)} | {both(bare)} | {ratio:.2f} × | {line} |", flush=True)


def said(what: str, mine: str, bare: str = "", ratio: str = "", line: str = "") -> None:
    """Print one line that is told in words."""
    print(f"| {what} | {mine} | {bare} | {ratio} | {line} |", flush=True)


def both(values: list[float]) -> str:
    """The p50 and the p99."""
    return f"{median(values):.2f} ({quantiles(values, n=100)[98]:.2f})"
