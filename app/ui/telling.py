"""What the window says of what was done, and the way back: the toast, the banner, undo and redo."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from app import wording
from app.explain import sentence
from app.language import _
from app.salon import undo
from app.ui.desk import Desk
from app.ui.theme import Tone
from app.ui.widgets.banner import Banner
from app.ui.widgets.toast import Toast

if TYPE_CHECKING:
    from app.salon.scheduling.coming_back import ComingBack
    from app.salon.scheduling.series import FollowUp
    from app.salon.scheduling.waited_for import MetWish
    from app.ui.background import Job
    from app.ui.long_act import LongAct
    from app.ui.series.book import Choice


class Telling(QObject):
    """Tells in the toast what was done or refused, and in the banner what stays until somebody has read it."""

    way_back_changed = Signal()
    """What can be undone or done again may be another now."""
    own_wanted = Signal()
    """Somebody wants to go from the sample to the own salon."""

    def __init__(
        self,
        desk: Desk,
        toast: Toast,
        banner: Banner,
        choices_after: Callable[[FollowUp], list[Choice]],
        parent: QObject,
    ) -> None:
        """``choices_after``: how the others of a series can follow a visit that was changed."""
        super().__init__(parent)
        self._desk = desk
        self._toast = toast
        self._banner = banner
        self._choices_after = choices_after
        self._follow_ups: list[Choice] = []
        self._anyway: Callable[[], object] | None = None
        """What the last toast about a taken place offered."""
        self._is_in_trouble = False
        self._after_banner: Callable[[], object] | None = None
        self._long: list[LongAct] = []
        """The large acts that are under way; the last one is told of."""
        banner.acted.connect(self._leave_banner)
        perform = desk.perform
        perform.done.connect(self.tell_done)
        perform.acted.connect(self._on_acted)
        perform.refused.connect(self._tell_refused)
        perform.taken.connect(self._tell_taken)
        perform.kept.connect(self._tell_kept)
        perform.long_begun.connect(self.follow_long)
        perform.long_ended.connect(self._tell_reverted)
        perform.troubled.connect(self._tell_trouble)

    # ---- what was done, and what may follow ------------------------------------------------------------------

    def tell_done(self, text: str, undoable: bool) -> None:
        """Say what was done."""
        more, self._follow_ups = self._follow_ups, []
        if undoable:
            self._toast.tell(text, action=_("Undo"), act=self.undo, more=more)
        else:
            self._toast.tell(text)

    def _on_acted(self, entry_id: int) -> None:
        """What was told before speaks of another act than its "Undo" would take back now: it goes.

        When one visit of a series was changed, the toast offers to change the others too; when a client was booked
        who stands on the waiting list for just that, it offers to take them off.
        """
        from app.salon.scheduling import series, waited_for

        self.way_back_changed.emit()
        if self._toast.offers(self.undo, self.redo):
            self._toast.dismiss()
        found = series.follow_up(self._desk.salon, entry_id)
        self._follow_ups = [] if found is None else self._choices_after(found)
        question = _("One visit of the series was changed.")
        met = waited_for.met_by(self._desk.salon, entry_id)
        if met:
            names = _names_of(met)
            said = _("{client} is still on the waiting list.") if len(names) == 1 else _("They still wait: {client}.")
            question = said.format(client=wording.listed(names))
            ends = _("Waits no more") if len(names) == 1 else _("They wait no more")
            self._follow_ups.append((ends, partial(self._end_waiting, met, entry_id)))
        if self._follow_ups:
            # Whoever acted says so at once, as a rule; where nobody does, the window asks by itself.
            QTimer.singleShot(0, self, partial(self._ask_what_follows, question))

    def _ask_what_follows(self, question: str) -> None:
        if self._follow_ups:
            self.tell_done(question, undoable=True)

    def _end_waiting(self, met: tuple[MetWish, ...], entry_id: int) -> None:
        """One undo takes back the booking and this."""
        from app.salon.scheduling import waited_for

        if self._desk.perform(waited_for.end, met) is not None:
            self._desk.perform.join(entry_id)
            names = _names_of(met)
            said = _("{client} waits no more.") if len(names) == 1 else _("They wait no more: {client}.")
            self._desk.perform.tell(said.format(client=wording.listed(names)))

    # ---- what was refused ------------------------------------------------------------------------------------

    def _tell_refused(self, sentence: str) -> None:
        self.way_back_changed.emit()  # what can never be taken back is offered no more
        self._toast.tell(sentence, tone=Tone.WARN)

    def _tell_taken(self, sentence: str, anyway: Callable[[], object]) -> None:
        self.way_back_changed.emit()
        self._anyway = anyway
        self._toast.tell(sentence, action=_("Anyway…"), act=anyway, tone=Tone.WARN)

    def _tell_kept(self, entry_id: int, found: ComingBack) -> None:
        """A place has gone since visits were cancelled: the others can come back without it."""
        from app.ui import coming_back

        self.way_back_changed.emit()
        action = _("Bring back the others") if found.visit_ids else ""
        said = coming_back.refusal(found, self._desk.salon.today())
        self._toast.tell(said, action=action, act=partial(self._bring_back, entry_id), tone=Tone.WARN)

    def _bring_back(self, entry_id: int) -> None:
        from app.salon.scheduling import coming_back as returning
        from app.ui import coming_back

        done = self._desk.perform(returning.bring_back, entry_id)
        if done is not None:
            self._desk.perform.tell(coming_back.outcome(done.value, self._desk.salon.today()))

    @property
    def offers_anyway(self) -> bool:
        """Whether the toast offers to book over those who stand there."""
        return self._anyway is not None and self._toast.offers(self._anyway)

    def do_anyway(self) -> None:
        """Take what the toast offers about a taken place."""
        if self._anyway is not None:
            self._toast.dismiss()
            self._anyway()

    # ---- what stays until it is read -------------------------------------------------------------------------

    def _tell_trouble(self, sentence: str) -> None:
        self.tell_notice(sentence, Tone.DANGER)

    def tell_notice(
        self, sentence: str, tone: Tone, *, action: str = "", act: Callable[[], object] | None = None
    ) -> None:
        """Something to know that nobody has to answer; it stays until its button is pressed."""
        self._is_in_trouble, self._after_banner = True, act
        self._banner.tell(sentence, tone, action=action or _("Understood"))
        self._banner.show()

    def tell_at_start(self, sentence: str, *, is_done: bool) -> None:
        """Say what was done before the window opened (a copy was brought back), or why it was not."""
        self.tell_notice(sentence, Tone.ACCENT if is_done else Tone.WARN)

    def tell_fault(self, where: str) -> None:
        """The program itself was at fault: say so once and go on."""
        self._toast.tell(
            _("Something went wrong in the program; your data are safe. The log has the details: {where}.").format(
                where=where
            ),
            tone=Tone.DANGER,
        )

    def say_sample(self) -> None:
        """Say so where the salon is only a sample."""
        if self._desk.salon.profile.is_sample:
            self._banner.tell(
                _("This is a sample salon: try everything, nothing here is real."),
                Tone.WARN,
                action=_("To my salon"),
            )
        else:
            self._banner.hide()

    def _leave_banner(self) -> None:
        told_of_trouble, act = self._is_in_trouble, self._after_banner
        self._is_in_trouble, self._after_banner = False, None
        self.say_sample()
        if act is not None:
            act()
        if self._desk.salon.profile.is_sample and not told_of_trouble:
            self.own_wanted.emit()

    # ---- the way back ----------------------------------------------------------------------------------------

    def undo(self) -> None:
        """Take back the last act."""
        if not self._desk.perform.can_undo:
            self._toast.tell(_("There is nothing to undo."))
        elif self._desk.perform.undo():
            self._tell_reverted(is_redo=False)
        self.way_back_changed.emit()

    def redo(self) -> None:
        """Do again what was taken back."""
        if not self._desk.perform.can_redo:
            self._toast.tell(_("There is nothing to redo."))
        elif self._desk.perform.redo():
            self._tell_reverted(is_redo=True)
        self.way_back_changed.emit()

    def _tell_reverted(self, is_redo: bool) -> None:
        self.way_back_changed.emit()
        said, action, act = (_("Done again"), _("Undo"), self.undo) if is_redo else (_("Undone"), _("Redo"), self.redo)
        back = undo.unwanted_back(self._desk.salon.database, self._desk.perform.last_reverted)
        if back:
            said = " ".join((f"{said}.", *map(sentence, back)))
        self._toast.tell(said, action=action, act=act, tone=Tone.WARN if back else Tone.NEUTRAL)

    # ---- large acts ------------------------------------------------------------------------------------------

    def follow_long(self, job: Job, said: str) -> None:
        """A large act is done or taken back beside the window: say how far it is, and let it be given up."""
        from app.ui.long_act import LongAct

        act = LongAct(job, said, self)
        self._long.append(act)
        act.moved.connect(self._tell_how_far)
        act.ended.connect(self._on_long_ended)
        self._tell_how_far()

    def _on_long_ended(self, act: LongAct) -> None:
        self._long.remove(act)
        if self._toast.offers(act.job.cancel):
            self._toast.dismiss()
            self._tell_how_far()

    def _tell_how_far(self) -> None:
        wanted = [act for act in self._long if not act.job.is_cancelled]
        if wanted:
            act = wanted[-1]
            self._toast.tell(act.words, action=_("Cancel"), act=act.job.cancel, stays=True)


def _names_of(met: tuple[MetWish, ...]) -> list[str]:
    """Who has what they waited for, each once: of a group several clients may."""
    return list(dict.fromkeys(one.client_name for one in met))
