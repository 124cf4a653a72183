"""Something that is looked for in the salon for longer than a blink: beside the window, and only what is asked last."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from app.salon.journal import Progress
from app.ui.background import Job
from app.ui.desk import Desk
from app.ui.long_act import LongAct

T = TypeVar("T")


class Look(QObject):
    """One search at a time; a newer one makes the older void."""

    moved = Signal()
    """It is a tenth further."""
    broke_off = Signal()
    """The world failed, and nothing is looked for any longer; why is told in the banner."""

    def __init__(self, desk: Desk, said: str, parent: QObject) -> None:
        """``said`` is what is done, in a few words with three dots."""
        super().__init__(parent)
        self._desk = desk
        self._said = said
        self._job: Job | None = None
        self._told: LongAct | None = None

    @property
    def words(self) -> str:
        """What is done and how much of it is; empty when nothing is looked for."""
        if self._job is None:
            return ""
        return self._said if self._told is None else self._told.words

    def ask(self, find: Callable[[Progress], T], done: Callable[[T], None]) -> None:
        """Let ``find`` look and call ``done`` with what it gives; the world that fails is told in the banner."""
        self.drop()
        database = self._desk.salon.database
        if database.path is None:
            # A database in memory belongs to the thread that made it.
            done(find(lambda _done, _total: None))
            return

        def work(job: Job) -> T:
            with database.in_thread():
                return find(job.report)

        # Neither is called for a search that was dropped: its job is cancelled.
        def take(found: T) -> None:
            self._job = self._told = None
            done(found)

        def fail(problem: Exception) -> None:
            self._job = self._told = None
            self.broke_off.emit()
            self._desk.perform.explain(problem)

        job = self._desk.background.run(work, take, fail, label=self._said)
        if not job.is_over:
            self._job, self._told = job, LongAct(job, self._said, self)
            self._told.moved.connect(self.moved)

    def drop(self) -> None:
        """Nobody waits any longer for what is looked for."""
        if self._job is not None:
            self._job.cancel()
        self._job = self._told = None
