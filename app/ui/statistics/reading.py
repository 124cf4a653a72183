"""All figures of a period at once, read beside the window where that is possible."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from app.errors import SalonError, Trouble
from app.language import _
from app.salon.statistics import figures
from app.salon.statistics.periods import Period
from app.salon.statistics.results import FigureResult
from app.salon.transaction import Salon
from app.ui.background import Background, Job
from app.vocabulary import Figure


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of the figures."""

    period: Period
    returns: Period | None
    """The return period of ``return_two_periods``; None: right after the period."""
    today: date


Answer = dict[Figure, FigureResult]


def answer(salon: Salon, question: Question, job: Job | None = None) -> Answer:
    """Every figure. Raises BadPeriod; Cancelled between two figures when nobody wants the answer any more."""
    found: Answer = {}
    for figure in Figure:
        if job is not None:
            job.report(len(found), len(Figure))
        found[figure] = figures.compute(
            salon.database, figure, question.period, today=question.today, return_period=question.returns
        )
    return found


class Reading:
    """One question at a time; a newer one makes the older one void."""

    def __init__(self, salon: Salon, background: Background) -> None:
        self._salon = salon
        self._background = background
        self._job: Job | None = None

    def ask(
        self, question: Question, done: Callable[[Answer], None], failed: Callable[[SalonError | Trouble], None]
    ) -> None:
        """Answer ``question`` and call ``done``, or ``failed`` with what a person can understand."""
        self.drop()
        if self._salon.database.path is None:
            self._ask_here(question, done, failed)
            return

        def work(job: Job) -> Answer:
            with self._salon.database.in_thread():
                return answer(self._salon, question, job)

        self._job = self._background.run(work, done, lambda problem: _hand_on(problem, failed), label=_("Figures"))

    def drop(self) -> None:
        """Nobody waits for the answer any more."""
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _ask_here(
        self, question: Question, done: Callable[[Answer], None], failed: Callable[[SalonError | Trouble], None]
    ) -> None:
        """A database in memory belongs to the thread that made it: another one would see an empty salon."""
        try:
            found = answer(self._salon, question)
        except (SalonError, Trouble) as problem:
            failed(problem)
            return
        done(found)


def _hand_on(problem: Exception, failed: Callable[[SalonError | Trouble], None]) -> None:
    if isinstance(problem, SalonError | Trouble):
        failed(problem)
