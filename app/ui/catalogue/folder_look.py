"""Looking into the folder of copies, apart from the window: its disk or network may not answer."""

from collections.abc import Callable
from enum import IntEnum
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from app.language import _
from app.salon.backup.copies import Folder
from app.ui.background import Background, Job

SOON_MS, LONG_MS = 400, 6_000
"""So long nobody wonders; so long a folder that is there never takes."""


class Wait(IntEnum):
    """How long a look takes already."""

    SHORT = 0
    LONG = 1


class FolderLook(QObject):
    """One look at a time: a folder that hangs is not asked again before it has answered, or another one is wanted."""

    came = Signal(object)
    """The ``Folder``."""
    failed = Signal(object)
    """Why it could not be looked into."""
    lasts = Signal(object)
    """A ``Wait``: it takes long enough to be told."""

    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._folder: Path | None = None
        """The one that is being looked into."""
        self._job: Job | None = None
        self._next: Callable[[Job], Folder] | None = None
        """Something has changed since this look began: the folder is looked into once more."""
        self.patience = QTimer(self)
        self.patience.setSingleShot(True)
        self.patience.timeout.connect(self._tell_wait)
        self._wait = Wait.SHORT

    @property
    def is_under_way(self) -> bool:
        """Whether an answer is waited for."""
        return self._folder is not None

    def look(self, folder: Path, work: Callable[[Job], Folder]) -> None:
        """Look into ``folder`` by ``work``."""
        if folder == self._folder:
            self._next = work
            return
        self.leave()
        self._folder, self._wait = folder, Wait.SHORT
        self.patience.start(SOON_MS)
        job = self._background.run_apart(work, self._come, self._fail, label=_("Looking for copies"))
        self._job = job if self.is_under_way else None

    def leave(self) -> None:
        """Wait for the answer no longer."""
        job, self._job, self._folder, self._next = self._job, None, None, None
        self.patience.stop()
        if job is not None:
            job.cancel()

    def _come(self, found: Folder) -> None:
        if not self._goes_on():
            self.came.emit(found)

    def _fail(self, problem: Exception) -> None:
        if not self._goes_on():
            self.failed.emit(problem)

    def _goes_on(self) -> bool:
        """The look is over; whether another one begins, so that this one tells nothing."""
        folder, following, self._job = self._folder, self._next, None
        self.leave()
        if folder is None or following is None:
            return False
        self.look(folder, following)
        return True

    def _tell_wait(self) -> None:
        self.lasts.emit(self._wait)
        if self._wait is Wait.SHORT:
            self._wait = Wait.LONG
            self.patience.start(LONG_MS)
