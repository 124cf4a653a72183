"""Prepares the neighbours of what is shown while nobody asks anything, so that the next day is there at once."""

import gc
from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, QTimer

_RESTS_MS = 30
"""Whoever leafs through the days is not held up: it begins when the last one has stood for two such rests.

The first may pass while the day is being painted. The second begins when the window has come to rest.
"""
_BETWEEN_MS = 1


class Ahead(QObject):
    """Does a piece of work in small steps between the events of the window, and begins anew when told so."""

    def __init__(self, work: Callable[[], Iterator[None]], parent: QObject) -> None:
        super().__init__(parent)
        self._work = work
        self._going: Iterator[None] | None = None
        self._has_rested = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._step)

    @property
    def is_waiting(self) -> bool:
        """Whether something is still to be done."""
        return self._timer.isActive()

    def begin(self) -> None:
        """Begin after a moment of rest; what was begun before is given up."""
        self._going, self._has_rested = None, False
        self._timer.start(_RESTS_MS)

    def give_way(self) -> None:
        """Somebody drags or scrolls: what was begun goes on when they rest."""
        if self._timer.isActive():
            self._timer.start(_RESTS_MS)

    def stop(self) -> None:
        """Nobody looks: nothing is prepared."""
        self._going = None
        self._timer.stop()

    def finish(self) -> None:
        """Do all of it now."""
        while self.is_waiting:
            self._step()

    def _step(self) -> None:
        self._timer.stop()
        going = self._going
        if going is None and not self._has_rested:
            self._has_rested = True
            self._timer.start(_RESTS_MS)
            return
        if going is None:
            going = self._going = self._work()
        if next(going, self) is not self:
            self._timer.start(_BETWEEN_MS)
        else:
            _sweep()


def _sweep() -> None:
    """Look for garbage now, while nobody waits: else Python would while the next day is being painted.

    Most of what was made for the days before goes in 1 to 2 ms; looking through everything takes 5 to 25, and is only
    done when it would be due soon.
    """
    if gc.isenabled():
        is_due_soon = gc.get_count()[2] > gc.get_threshold()[2] // 2
        gc.collect(2 if is_due_soon else 1)
