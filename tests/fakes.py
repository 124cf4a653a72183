"""Stand-ins for the world, named by how they behave."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from app.ui.asking import FileKind, Question
from app.ui.background import Background, Job, outcome_of, settle

T = TypeVar("T")


class ScriptedAsker:
    """Answers questions in the given order; fails on a question too many, and on an answer nobody wanted.

    Use it as a context manager, or call ``assert_all_answered`` at the end: only then a question too many fails, until
    there it is answered by a change of mind. Where it is asked, Qt may be closing the window, and what is raised there
    comes up in whatever test runs next. ``asked`` keeps what was asked, ``details`` what was said to it.
    """

    def __init__(self, *answers: bool | int | str | Path | None) -> None:
        self._answers = list(answers)
        self._unexpected: list[str] = []
        self.asked: list[str] = []
        self.details: list[str] = []

    def confirm(self, question: Question) -> bool:
        """The next scripted answer."""
        self.details.append(question.sentence)
        return bool(self._next(question.heading))

    def choose(self, question: Question, choices: Sequence[tuple[str, str]]) -> int | None:
        """The next scripted number, or None for none of them."""
        self.details += [question.sentence, *(f"{what}: {more}" for what, more in choices)]
        return self._next(question.heading)

    def ask_reason(self, question: Question, suggestions: Sequence[str] = ()) -> str | None:
        """The next scripted reason, or None for a change of mind."""
        return self._next(question.heading)

    def tell(self, heading: str, sentence: str) -> None:
        """Noted; needs no answer."""
        self.asked.append(heading)
        self.details.append(sentence)

    def pick_file(self, title: str, kinds: Sequence[FileKind] = ()) -> Path | None:
        """The next scripted path."""
        return self._next(title)

    def pick_folder(self, title: str) -> Path | None:
        """The next scripted path."""
        return self._next(title)

    def save_file(self, title: str, suggested: str, kinds: Sequence[FileKind] = ()) -> Path | None:
        """The next scripted path."""
        return self._next(title)

    def assert_all_answered(self) -> None:
        """Fail when a question came for which no answer was prepared, or an answer was for one that never came."""
        assert not self._unexpected, f"unexpected questions: {self._unexpected}"
        assert not self._answers, f"nobody asked for the answers {self._answers}"

    def _next(self, question: str) -> Any:
        self.asked.append(question)
        if self._answers:
            return self._answers.pop(0)
        self._unexpected.append(question)
        return None

    def __enter__(self) -> "ScriptedAsker":
        return self

    def __exit__(self, kind: type[BaseException] | None, *_rest: object) -> None:
        if kind is None:
            self.assert_all_answered()


class InlineBackground(Background):
    """Does the work at once, on the thread of the caller."""

    def run(
        self,
        work: Callable[[Job], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
        *,
        label: str,
    ) -> Job:
        """Do the work and tell its end before returning."""
        job = Job(label, self)
        self.started.emit(job)
        result, problem = outcome_of(work, job)
        settle(job, result, problem, done, failed)
        return job

    def run_apart(
        self,
        work: Callable[[Job], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
        *,
        label: str,
    ) -> Job:
        """Do the work and tell its end before returning: nothing hangs here."""
        return self.run(work, done, failed, label=label)


class WorkInHand(Background):
    """Keeps the work until it is told to begin and to end, as a worker does it beside the window."""

    def __init__(self) -> None:
        super().__init__()
        self.job = Job("")
        self.labels: list[str] = []
        self._ends: Any = None
        self._is_done = False

    def run(self, work: Any, done: Any, failed: Any, *, label: str) -> Job:
        """Note the work."""
        self.job = Job(label, self)
        self.labels.append(label)
        self._is_done = False
        job = self.job
        self._ends = lambda: settle(job, *outcome_of(work, job), done, failed)
        return job

    def finish(self) -> None:
        """Do the work and tell its end."""
        self._ends()
        self._is_done = True

    @property
    def wished(self) -> Job | None:
        """The work, until its end."""
        return self.job if self.job.is_wished and not self._is_done else None


class RecordingOpener:
    """Keeps every link that should be opened, and says whether a program was found for it."""

    def __init__(self) -> None:
        self.links: list[str] = []
        self.finds_a_program = True

    def __call__(self, link: str) -> bool:
        """Note the link."""
        self.links.append(link)
        return self.finds_a_program
