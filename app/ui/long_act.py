"""A large act under way beside the window, as it is told: what it is called and how far it is."""

from PySide6.QtCore import QObject, Signal, Slot

from app import wording
from app.ui.background import Job


class LongAct(QObject):
    """Hears of one job on the thread of the window; each large act has its own, for two may be under way at once."""

    moved = Signal()
    """It is a tenth further."""
    ended = Signal(object)
    """It is over, in whatever way: this act."""

    def __init__(self, job: Job, said: str, parent: QObject) -> None:
        super().__init__(parent)
        self.job = job
        self._said = said
        self._tenths = 0
        job.progressed.connect(self._report)
        job.ended.connect(self._end)

    @property
    def words(self) -> str:
        """What is done, and how much of it is, once a tenth is."""
        return f"{self._said} {wording.percent(self._tenths, 10)}" if self._tenths else self._said

    @Slot(int, int)
    def _report(self, done: int, total: int) -> None:
        tenths = 10 * done // total if total else 0
        if tenths != self._tenths:
            self._tenths = tenths
            self.moved.emit()

    @Slot()
    def _end(self) -> None:
        self.ended.emit(self)
        self.deleteLater()
