"""What a signal told, in order. Qt's own spy does not survive Python values."""

from typing import Any


def heard(signal: Any) -> list[tuple[Any, ...]]:
    """A list that grows by the arguments of ``signal`` each time it is emitted."""
    told: list[tuple[Any, ...]] = []

    def note(*said: Any) -> None:
        told.append(said)

    signal.connect(note)
    return told
