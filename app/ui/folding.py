"""When the window rests after an act, what was written goes from the log into the file: no booking waits for that."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QThreadPool, QTimer, Slot

RESTS_MS = 3_000


class Folding(QObject):
    """Calls ``fold`` on a thread of its own, some seconds after the last act."""

    def __init__(self, fold: Callable[[], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._fold = fold
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._rests = QTimer(self)
        self._rests.setSingleShot(True)
        self._rests.setInterval(RESTS_MS)
        self._rests.timeout.connect(self.fold)

    @Slot()
    def wait_for_rest(self) -> None:
        """Something was written: begin to count the rest anew."""
        self._rests.start()

    @Slot()
    def fold(self) -> None:
        """Fold now, beside the window."""
        self._pool.start(self._fold)

    def close(self) -> None:
        """Fold no more, and wait until what is under way is over."""
        self._rests.stop()
        self._pool.waitForDone()
