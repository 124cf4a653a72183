"""Work that takes longer than a blink is done beside the window, and its end is told on the window's thread."""

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal, Slot

from app.errors import SalonError, Trouble
from app.frozen import frozen

T = TypeVar("T")

_WORKERS = 2
_PATIENCE_MS = 10_000
_PATIENCE_APART = 2.0
"""So many seconds closing waits for work that may hang in the system for minutes."""


class Cancelled(Exception):
    """The work was given up because a person asked for that."""


class Job(QObject):
    """One piece of work under way. The work reports to it from its own thread; a person may cancel it."""

    progressed = Signal(int, int)
    """How much is done, and of how much (0: unknown)."""
    ended = Signal()
    """The work is over, in whatever way."""
    given_up = Signal()
    """A person gave it up; the work itself may go on for a while."""
    became_final = Signal()
    """From now on it cannot be given up any more."""

    def __init__(self, label: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.label = label
        self.is_wished = False
        """Whether somebody wished for it and would miss it: the program closes only when it is done or given up."""
        self._cancelled = threading.Event()
        self._deciding = threading.Lock()
        self._is_final = False
        self._is_over = False

    def cancel(self) -> None:
        """Ask the work to stop at its next step. Its result is no longer wanted. What is final or over stays so."""
        with self._deciding:
            if self._is_final or self._is_over or self.is_cancelled:
                return
            self._cancelled.set()
        self.given_up.emit()

    def finalise(self) -> None:
        """What the work does next is done to the end. Raises Cancelled when a person was quicker."""
        with self._deciding:
            if self.is_cancelled:
                raise Cancelled
            self._is_final = True
        self.became_final.emit()

    def end(self) -> None:
        """The work is over: this is told, and the job goes."""
        self._is_over = True
        self.ended.emit()
        self.deleteLater()

    @property
    def is_over(self) -> bool:
        """Whether its end was told."""
        return self._is_over

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
        """Do the work, on a thread of the pool or of its own."""
        result, problem = outcome_of(self._work, self._job)
        with suppress(RuntimeError):  # the program ended meanwhile
            self._relay.came.emit(self._number, result, problem)


@frozen
class _Open:
    """Work under way, who waits for it, and what does it."""

    job: Job
    done: Callable[[Any], None]
    failed: Callable[[Exception], None]
    run: _Run
    apart: threading.Thread | None
    """The thread of its own, for what may wait for minutes."""


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
        self._open: dict[int, _Open] = {}

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
        return self._begin(work, done, failed, label)

    def run_apart(
        self,
        work: Callable[[Job], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
        *,
        label: str,
    ) -> Job:
        """As ``run``, for work that may wait for minutes: on a disk or in a network that does not answer.

        It keeps no other work waiting. Who gives it up waits no longer, and the program ends without it.
        """
        return self._begin(work, done, failed, label, is_apart=True)

    def _begin(
        self,
        work: Callable[[Job], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
        label: str,
        *,
        is_apart: bool = False,
    ) -> Job:
        job = Job(label, self)
        self._next += 1
        run = _Run(self._next, job, work, self._relay)
        apart = threading.Thread(target=run.run, name=label, daemon=True) if is_apart else None
        self._open[self._next] = _Open(job, done, failed, run, apart)
        if apart is not None:
            job.given_up.connect(self._leave)
        self.started.emit(job)
        if apart is None:
            self._pool.start(run)
        else:
            apart.start()
        return job

    @property
    def is_busy(self) -> bool:
        """Whether something is under way."""
        return bool(self._open)

    @property
    def wished(self) -> Job | None:
        """What is under way that somebody wished for and has not given up; the oldest of it."""
        jobs = (one.job for one in self._open.values())
        return next((job for job in jobs if job.is_wished and not job.is_cancelled), None)

    def close(self) -> None:
        """Cancel what is under way and wait for its end, not for long where it hangs; nobody is told."""
        left = list(self._open.values())
        self._open.clear()
        for one in left:
            one.job.cancel()
        self._pool.waitForDone(_PATIENCE_MS)
        until = time.monotonic() + _PATIENCE_APART
        for one in left:
            if one.apart is not None:
                one.apart.join(max(0.0, until - time.monotonic()))

    @Slot()
    def _leave(self) -> None:
        """Nobody waits any longer for what is done apart and was given up, even if it hangs."""
        given_up = [number for number, one in self._open.items() if one.job.is_cancelled]
        for number in given_up:
            if self._open[number].apart is not None:
                self._finish(number, None, None)

    @Slot(int, object, object)
    def _finish(self, number: int, result: object, problem: BaseException | None) -> None:
        entry = self._open.pop(number, None)
        if entry is None:
            return
        settle(entry.job, result, problem, entry.done, entry.failed)


def settle(
    job: Job,
    result: Any,
    problem: BaseException | None,
    done: Callable[[Any], None],
    failed: Callable[[Exception], None],
) -> None:
    """Tell the end of a job to those who wait for it."""
    job.end()
    if job.is_cancelled or isinstance(problem, Cancelled):
        return
    if problem is None:
        done(result)
        return
    if isinstance(problem, Exception):
        failed(problem)
    if not isinstance(problem, SalonError | Trouble):
        raise problem
