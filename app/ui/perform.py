"""The single doorway for everything a screen wants done.

A screen wishes; ``Perform`` carries the operation out as one transaction, announces what changed and keeps what undo
needs. A rule that says no becomes one sentence; nothing had moved, so nothing has to be put back.
"""

import gc
from collections.abc import Callable, Generator
from contextlib import contextmanager
from functools import reduce
from operator import or_
from typing import Concatenate, ParamSpec, TypeVar

from PySide6.QtCore import QObject, Signal

from app.errors import SalonError, StillTakingBack, Trouble
from app.explain import sentence
from app.language import _
from app.salon import undo
from app.salon.transaction import Done, Salon, Work, carry_out
from app.ui.background import Background, Job
from app.ui.change_feed import ChangeFeed
from app.vocabulary import Action

P = ParamSpec("P")
T = TypeVar("T")

MOST_UNDO = 50


@contextmanager
def _uncollected() -> Generator[None]:
    """Let Python look for no garbage meanwhile.

    It looks through every row that was read, again and again as they become more, and nothing moves while it does,
    the window included. Rows refer to no one that refers back: nothing of them needs that search.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


class Perform(QObject):
    """Carries out operations of the salon and remembers how to undo them."""

    done = Signal(str, bool)
    """A sentence worth showing, and whether it offers "Undo"."""
    refused = Signal(str)
    """A rule said no: the sentence that says why and what to do."""
    troubled = Signal(str)
    """The world failed: the sentence for the banner."""
    acted = Signal(int)
    """Something was done, undone or redone here: its journal entry. After everybody has read again."""

    long_begun = Signal(object, bool)
    """A large act is being taken back beside the window: its ``Job``, and whether it is done again."""
    long_ended = Signal(bool)
    """It was taken back, or done again (True)."""

    def __init__(
        self, salon: Salon, feed: ChangeFeed, background: Background | None = None, parent: QObject | None = None
    ) -> None:
        """``background`` does what takes longer than a blink; without it, it is done at once."""
        super().__init__(parent)
        self._salon = salon
        self._feed = feed
        self._background = background
        self._reverting: Job | None = None
        """The large act that is being taken back."""
        self._undo: list[tuple[int, ...]] = []
        """The acts that can be taken back: their journal entries, several where they are one to whoever did them."""
        self._redo: list[tuple[int, ...]] = []
        self.last_reverted: tuple[int, ...] = ()
        """The journal entries that undo, or doing it again, has written last."""

    def __call__(
        self, operation: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> Done[T] | None:
        """Do it, and tell in a toast when a rule or the world says no (then None)."""
        try:
            return self.attempt(operation, *args, **kwargs)
        except (SalonError, Trouble) as problem:
            self.explain(problem)
        return None

    def explain(self, problem: Exception) -> None:
        """Say why something was not done: a rule in a toast, the world in the banner. Others are not said here."""
        if isinstance(problem, SalonError):
            self.refused.emit(sentence(problem))
        elif isinstance(problem, Trouble):
            self.troubled.emit(sentence(problem))

    def attempt(self, operation: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs) -> Done[T]:
        """Do it; SalonError and Trouble go to the caller, who shows them beside the field that is meant."""
        if self.is_taking_back:
            raise StillTakingBack
        self.release_expired_holds()
        outcome = carry_out(self._salon, operation, *args, **kwargs)
        if outcome.entry_id is not None:
            self._undo.append((outcome.entry_id,))
            del self._undo[:-MOST_UNDO]
            self._redo.clear()
        self._feed.announce(outcome.changes)
        if outcome.entry_id is not None:
            self.acted.emit(outcome.entry_id)
        return outcome

    def release_expired_holds(self) -> None:
        """Give back places that were held until now. Nobody's act: undo goes past it."""
        if self.is_taking_back:
            return
        if self._salon.database.value("SELECT 1 FROM place_hold LIMIT 1") is None:
            return
        from app.salon.scheduling import holds

        minutes = self._salon.profile.hold_minutes
        if holds.is_something_over(self._salon.database, self._salon.clock.now(), minutes):
            self._feed.announce(carry_out(self._salon, holds.release_expired).changes)

    def tell(self, text: str, *, undoable: bool = True) -> None:
        """Show what was done, with "Undo" where it can be undone."""
        self.done.emit(text, undoable and bool(self._undo))

    @property
    def is_taking_back(self) -> bool:
        """Whether a large act is being taken back beside the window: whoever writes would have to wait for it."""
        return self._reverting is not None

    def undo(self) -> bool:
        """Take back the last act of this window; False when there was none or it could not be taken back.

        A large one is taken back beside the window: False, and ``long_begun`` and ``long_ended`` tell of it.
        """
        return self._revert(self._undo, self._redo)

    def redo(self) -> bool:
        """Do again what was taken back last."""
        return self._revert(self._redo, self._undo)

    @property
    def last_act(self) -> int | None:
        """The journal entry of what undo would take back."""
        return self._undo[-1][-1] if self._undo else None

    def join(self, entry_id: int | None) -> None:
        """The last act belongs to that of a journal entry, if it came right after it: one undo takes both back."""
        if entry_id is not None and len(self._undo) > 1 and self._undo[-2][-1] == entry_id:
            self._undo[-2:] = [self._undo[-2] + self._undo[-1]]

    @property
    def can_undo(self) -> bool:
        """Whether there is something to take back."""
        return bool(self._undo)

    def _pass_over_ended(self, source: list[tuple[int, ...]]) -> None:
        """A hold that ended by itself is nothing to take back: the next act is meant."""
        now = self._salon.clock.now()
        while source and all(undo.is_over(self._salon.database, entry_id, now) for entry_id in source[-1]):
            source.pop()

    def _revert(self, source: list[tuple[int, ...]], target: list[tuple[int, ...]]) -> bool:
        try:
            if self.is_taking_back:
                raise StillTakingBack
            self.release_expired_holds()
            self._pass_over_ended(source)
            if not source:
                return False
            if self._goes_beside(source[-1]):
                self._revert_beside(source, target)
                return False
            outcomes = undo.take_back_together(self._salon, source[-1])
        except (SalonError, Trouble) as problem:
            self._say_no(source, problem)
            return False
        self._note_reverted(source, target, outcomes)
        return True

    def _goes_beside(self, entry_ids: tuple[int, ...]) -> bool:
        """Whether these acts are taken back on a worker. A database in memory belongs to this thread."""
        database = self._salon.database
        return self._background is not None and database.path is not None and undo.is_large(database, entry_ids)

    def _revert_beside(self, source: list[tuple[int, ...]], target: list[tuple[int, ...]]) -> None:
        assert self._background is not None
        salon, entry_ids, is_redo = self._salon, source[-1], source is self._redo
        taken_back: list[list[Done[Action]]] = []

        def work(job: Job) -> list[Done[Action]]:
            with salon.database.in_thread(), _uncollected():
                outcomes = undo.take_back_together(salon, entry_ids, job.report)
            taken_back.append(outcomes)
            return outcomes

        def done(outcomes: list[Done[Action]]) -> None:
            self._reverting = None
            self._note_reverted(source, target, outcomes)
            self.long_ended.emit(is_redo)

        def failed(problem: Exception) -> None:
            self._reverting = None
            self._say_no(source, problem)

        def ended() -> None:
            self._reverting = None
            if job.is_cancelled and taken_back:  # too late to give it up: it is done, and nobody else tells
                done(taken_back[0])

        label = _("Doing again") if is_redo else _("Undoing")
        job = self._background.run(work, done, failed, label=label)
        self._reverting = job
        self.long_begun.emit(job, is_redo)
        job.ended.connect(ended)  # after those who take away what told of it: this may tell of its end

    def _say_no(self, source: list[tuple[int, ...]], problem: Exception) -> None:
        if isinstance(problem, SalonError) and not isinstance(problem, StillTakingBack):
            source.pop()
        self.explain(problem)

    def _note_reverted(
        self, source: list[tuple[int, ...]], target: list[tuple[int, ...]], outcomes: list[Done[Action]]
    ) -> None:
        source.pop()
        entries = tuple(outcome.entry_id for outcome in outcomes if outcome.entry_id is not None)
        self.last_reverted = entries
        if entries:
            target.append(entries)
        self._feed.announce(reduce(or_, (outcome.changes for outcome in outcomes)))
        for entry_id in entries:
            self.acted.emit(entry_id)
        # A hold that came back with what was undone may be over by now.
        self.release_expired_holds()
