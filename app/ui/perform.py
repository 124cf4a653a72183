"""The single doorway for everything a screen wants done.

A screen wishes; ``Perform`` carries the operation out as one transaction, announces what changed and keeps what undo
needs. A rule that says no becomes one sentence; nothing had moved, so nothing has to be put back.
"""

import gc
from collections.abc import Callable, Generator
from contextlib import contextmanager
from functools import partial, reduce
from operator import or_
from typing import Concatenate, ParamSpec, TypeVar

from PySide6.QtCore import QObject, Signal

from app.errors import ChangedSince, SalonError, StillBusy, Trouble
from app.explain import sentence
from app.language import _
from app.salon import undo
from app.salon.journal import Progress
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

    long_begun = Signal(object, str)
    """A large act is being done or taken back beside the window: its ``Job``, and what is said meanwhile."""
    taken = Signal(str, object)
    """Somebody stands there: why it was refused, and what to call where it shall be so on purpose."""
    kept = Signal(int, object)
    """An act that has cancelled visits cannot be taken back as a whole: its journal entry, and the ``ComingBack``."""
    long_ended = Signal(bool)
    """A large act was taken back, or done again (True)."""

    def __init__(
        self, salon: Salon, feed: ChangeFeed, background: Background | None = None, parent: QObject | None = None
    ) -> None:
        """``background`` does what takes longer than a blink; without it, it is done at once."""
        super().__init__(parent)
        self._salon = salon
        self._feed = feed
        self._background = background
        self._under_way: Job | None = None
        """The large act that is being done or taken back beside the window."""
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
        outcome = self._carry_out(operation, *args, **kwargs)
        self._note_done(outcome)
        return outcome

    def _carry_out(self, operation: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs) -> Done[T]:
        if self.is_busy:
            raise StillBusy
        self.release_expired_holds()
        return carry_out(self._salon, operation, *args, **kwargs)

    def attempt_beside(
        self,
        operation: Callable[..., T],
        *args: object,
        done: Callable[[Done[T]], None],
        given_up: Callable[[], None],
        label: str,
        can_be_undone: bool = True,
    ) -> bool:
        """Do a large ``operation`` on a worker; it takes ``progress`` and may be given up, and then nothing is written.

        ``done`` or ``given_up`` is called on this thread; a rule or the world that says no is told as by calling
        this. ``label`` says in a few words what is done. Where there is no worker it is done at once. False: it was
        refused before it began. ``can_be_undone``: undo takes it back; an import has a way back of its own.
        """
        if not self._has_worker:
            try:
                outcome = self._carry_out(operation, *args)
            except (SalonError, Trouble) as problem:
                self.explain(problem)
                return False
            self._note_done(outcome, can_be_undone=can_be_undone)
            done(outcome)
            return True
        if self.is_busy:
            self.explain(StillBusy())
            return False
        self.release_expired_holds()
        salon = self._salon

        def finish(outcome: Done[T]) -> None:
            self._note_done(outcome, can_be_undone=can_be_undone)
            done(outcome)

        self._do_beside(
            lambda progress: carry_out(salon, partial(operation, progress=progress), *args),
            finish,
            self.explain,
            given_up,
            label=label,
            said=f"{label}…",
        )
        return True

    def _note_done(self, outcome: Done[T], *, can_be_undone: bool = True) -> None:
        if outcome.entry_id is not None:
            if can_be_undone:
                self._undo.append((outcome.entry_id,))
                del self._undo[:-MOST_UNDO]
            self._redo.clear()
        self._feed.announce(outcome.changes)
        if outcome.entry_id is not None:
            self.acted.emit(outcome.entry_id)

    def release_expired_holds(self) -> None:
        """Give back places that were held until now. Nobody's act: undo goes past it."""
        if self.is_busy:
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
    def is_busy(self) -> bool:
        """Whether a large act is done or taken back beside the window: whoever writes would have to wait for it."""
        return self._under_way is not None

    @property
    def under_way(self) -> Job | None:
        """The large act that is done or taken back beside the window."""
        return self._under_way

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

    @property
    def can_redo(self) -> bool:
        """Whether there is something to do again."""
        return bool(self._redo)

    def _pass_over_ended(self, source: list[tuple[int, ...]]) -> None:
        """A hold that ended by itself is nothing to take back: the next act is meant."""
        now = self._salon.clock.now()
        while source and all(undo.is_over(self._salon.database, entry_id, now) for entry_id in source[-1]):
            source.pop()

    def _revert(self, source: list[tuple[int, ...]], target: list[tuple[int, ...]]) -> bool:
        try:
            if self.is_busy:
                raise StillBusy
            self.release_expired_holds()
            had_something = bool(source)
            self._pass_over_ended(source)
            if not source:
                if had_something:
                    self.tell(
                        _("The place is held no longer: its time is over. There is nothing else to undo."),
                        undoable=False,
                    )
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
        """Whether these acts are taken back on a worker."""
        return self._has_worker and undo.is_large(self._salon.database, entry_ids)

    @property
    def _has_worker(self) -> bool:
        """Whether something can be done on a worker. A database in memory belongs to this thread."""
        return self._background is not None and self._salon.database.path is not None

    def _revert_beside(self, source: list[tuple[int, ...]], target: list[tuple[int, ...]]) -> None:
        salon, entry_ids, is_redo = self._salon, source[-1], source is self._redo

        def done(outcomes: list[Done[Action]]) -> None:
            self._note_reverted(source, target, outcomes)
            self.long_ended.emit(is_redo)

        self._do_beside(
            lambda progress: undo.take_back_together(salon, entry_ids, progress),
            done,
            lambda problem: self._say_no(source, problem),
            label=_("Doing again") if is_redo else _("Undoing"),
            said=_("Doing again…") if is_redo else _("Undoing…"),
        )

    def _do_beside(
        self,
        act: Callable[[Progress], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
        given_up: Callable[[], None] = lambda: None,
        *,
        label: str,
        said: str,
    ) -> None:
        """Do a large act on a worker; until its end nothing else is written here. One of the three is told of it."""
        assert self._background is not None
        salon = self._salon
        given: list[T] = []
        over: list[bool] = []

        def work(job: Job) -> T:
            with salon.database.in_thread(), _uncollected():
                given.append(act(job.report))
            return given[0]

        def end() -> None:
            self._under_way = None
            over.append(True)

        def finish(outcome: T) -> None:
            end()
            done(outcome)

        def fail(problem: Exception) -> None:
            end()
            failed(problem)

        def give_up() -> None:
            end()
            if job.is_cancelled and given:  # too late to give it up: it is done, and nobody else tells
                done(given[0])
            elif job.is_cancelled:
                given_up()

        job = self._background.run(work, finish, fail, label=label)
        if over:
            return
        self._under_way = job
        job.is_wished = True
        self.long_begun.emit(job, said)
        job.ended.connect(give_up)  # after those who take away what told of it: this may tell of its end

    def _say_no(self, source: list[tuple[int, ...]], problem: Exception) -> None:
        if not isinstance(problem, SalonError) or isinstance(problem, StillBusy):
            self.explain(problem)
            return
        entries = source.pop()
        if not isinstance(problem, ChangedSince):
            self.explain(problem)
        elif source is self._redo:
            self.refused.emit(_("This was changed since then, so it cannot be done again."))
        elif len(entries) > 1 or not self._keeps(entries[0]):
            self.explain(problem)

    def _keeps(self, entry_id: int) -> bool:
        """Tell of visits that an act has cancelled and that do not come back with it; False when there are none."""
        from app.salon.scheduling import coming_back

        found = coming_back.after(self._salon.database, entry_id, self._salon.profile.zone)
        is_told = bool(found.away) or len(found.visit_ids) > 1
        if is_told:
            self.kept.emit(entry_id, found)
        return is_told

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
