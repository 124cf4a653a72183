"""Work that takes longer than a blink is done beside the window, and its end is told on the window's thread."""

import threading
from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal, Slot

from app.errors import SalonError, Trouble

T = TypeVar("T")

_WORKERS = 2
_PATIENCE_MS = 10_000


class Cancelled(Exception):
    """The work was given up because a person asked for that."""


class Job(QObject):
    """One piece of work under way. The work reports to it from its own thread; a person may cancel it."""

    progressed = Signal(int, int)
    """How much is done, and of how much (0: unknown)."""
    ended = Signal()
    """The work is over, in whatever way."""

    def __init__(self, label: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.label = label
        self._cancelled = threading.Event()

    def cancel(self) -> None:
        """Ask the work to stop at its next step. Its result is no longer wanted."""
        self._cancelled.set()

    @property
    def is_cancelled(self) -> bool:
        """Whether a person gave it up."""
        return self._cancelled.is_set()

    def report(self, done: int, total: int = 0) -> None:
        """Tell how far the work is. Raises Cancelled when a person gave it up."""
        if self.is_cancelled:
            raise Cancelled
        self.progressed.emit(done, total)


class _Run(QRunnable):
    def __init__(self, number: int, job: Job, work: Callable[[Job], Any], relay: "_Relay") -> None:
        super().__init__()
        self._number, self._job, self._work, self._relay = number, job, work, relay
        # Python keeps it until its end was told; Qt must not delete it on another thread before.
        self.setAutoDelete(False)

    def run(self) -> None:
        """Do the work, on a thread of the pool."""
        result, problem = outcome_of(self._work, self._job)
        self._relay.came.emit(self._number, result, problem)


class _Relay(QObject):
    came = Signal(int, object, object)


def outcome_of(work: Callable[[Job], T], job: Job) -> tuple[T | None, BaseException | None]:
    """What the work gave, or what went wrong."""
    try:
        return work(job), None
    except BaseException as problem:  # noqa: BLE001 - carried over to the window's thread
        return None, problem


class Background(QObject):
    """Does work on a few threads. One for each program; ``close`` it before the salon is closed."""

    started = Signal(object)
    """A ``Job`` began; for a strip that shows what is under way."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(_WORKERS)
        self._relay = _Relay()
        # A bound method of an object of this thread: Qt queues the call. A plain function would run on the worker.
        self._relay.came.connect(self._finish)
        self._next = 0
        self._open: dict[int, tuple[Job, Callable[[Any], None], Callable[[Exception], None], _Run]] = {}

    def run(
        self,
        work: Callable[[Job], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
        *,
        label: str,
    ) -> Job:
        """Do ``work`` beside the window, then call ``done`` or ``failed`` on the window's thread.

        ``label`` says in a few words what is being done. After ``Job.cancel`` neither of the two is called.
        ``failed`` is told of every error; what is a fault of the program is raised again after that.
        """
        job = Job(label, self)
        self._next += 1
        run = _Run(self._next, job, work, self._relay)
        self._open[self._next] = (job, done, failed, run)
        self.started.emit(job)
        self._pool.start(run)
        return job

    @property
    def is_busy(self) -> bool:
        """Whether something is under way."""
        return bool(self._open)

    def close(self) -> None:
        """Cancel what is under way and wait for its end; nobody is told."""
        for job, *_others in self._open.values():
            job.cancel()
        self._pool.waitForDone(_PATIENCE_MS)
        self._open.clear()

    @Slot(int, object, object)
    def _finish(self, number: int, result: object, problem: BaseException | None) -> None:
        entry = self._open.pop(number, None)
        if entry is None:
            return
        job, done, failed, _run = entry
        settle(job, result, problem, done, failed)


def settle(
    job: Job,
    result: Any,
    problem: BaseException | None,
    done: Callable[[Any], None],
    failed: Callable[[Exception], None],
) -> None:
    """Tell the end of a job to those who wait for it."""
    job.ended.emit()
    job.deleteLater()
    if job.is_cancelled or isinstance(problem, Cancelled):
        return
    if problem is None:
        done(result)
        return
    if isinstance(problem, Exception):
        failed(problem)
    if not isinstance(problem, SalonError | Trouble):
        raise problem
