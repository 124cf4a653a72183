"""Forms of a card that were begun and not finished when another card took its place: they come back with their card."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from app.ui import entries
from app.ui.unkept import said_of, text_of, typed_into


@dataclass(frozen=True, slots=True)
class Begun:
    """What was typed into one form, and the way back to it."""

    typed: Sequence[tuple[str, str]]
    """The name of each field that was typed into, and what stands in it."""
    said: Sequence[str]
    """The same in words."""
    take_up: Callable[[], bool]
    """Open the form as it was left, for the client who is shown; False where what it was about is gone."""
    names: int | None = None
    """Another client of whom it speaks: when they are forgotten, it is, too."""


def begun_in(form: QWidget, open_again: Callable[[], QWidget | None]) -> list[Begun]:
    """What was typed into ``form``; none where it is closed or nothing was.

    ``open_again`` opens it as it begins, and returns it; None where what it was about is gone.
    """
    typed = [] if form.isHidden() else list(typed_into(form, lambda _part: False))
    if not typed:
        return []
    stood = entries.read(form)

    def take_up() -> bool:
        opened = open_again()
        if opened is not None:
            entries.put(opened, stood)
        return opened is not None

    return [Begun([(one.accessibleName(), text_of(one)) for one in typed], [said_of(one) for one in typed], take_up)]
