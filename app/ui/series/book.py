"""Where the series of a salon are opened and followed: the panels, and the question after one visit was changed."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app import wording
from app.errors import Gone, SalonError
from app.explain import sentence
from app.language import _, ngettext
from app.salon.scheduling import held, series
from app.salon.scheduling.series import FollowUp
from app.salon.scheduling.series_check import check
from app.ui.desk import Desk
from app.ui.series import purposes, words
from app.ui.series.follow_panel import FollowPanel
from app.ui.series.purposes import Purpose
from app.ui.series.repeat_panel import RepeatPanel
from app.ui.series.series_panel import SeriesPanel
from app.ui.widgets.side_panel import SidePanel
from app.vocabulary import CancelReason, SeriesScope

Choice = tuple[str, Callable[[], object]]
"""What a button says, and what it does."""


class SeriesBook(QObject):
    """Opens the panels of a series at the right of the window, and knows what can follow an act."""

    visit_wanted = Signal(int, object)
    """Somebody wants to see a visit: its id and its ``date``."""
    closed = Signal()
    """The panel has nothing more to do."""
    looked_until = Signal(object)
    """Up to this day dates are looked at."""

    def __init__(self, desk: Desk, panel: SidePanel, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._panel = panel
        self._changed: tuple[int, int | None] = (0, None)
        """The visit that was changed last, and the journal entry of that."""

    # ---- panels ----------------------------------------------------------------------------------------------

    def open_for(self, visit_id: int) -> None:
        """The series of a visit; where it has none, the way to repeat it."""
        if series.of_visit(self._desk.salon.database, visit_id) is None:
            self._open_table(purposes.repeating(self._desk.salon, visit_id))
        else:
            self._open_series(visit_id)

    def _open_table(self, purpose: Purpose) -> None:
        try:
            form = RepeatPanel(self._desk, purpose)
        except Gone as gone:
            self._desk.perform.refused.emit(sentence(gone))
            return
        form.closed.connect(self.closed)
        form.looked_until.connect(self.looked_until)
        self._panel.open(form, purpose.title)
        form.focus_first()

    def _open_further(self, visit_id: int, series_id: int) -> None:
        self._open_table(purposes.going_on(self._desk.salon, visit_id, series_id))

    def _open_rearranging(self, visit_id: int, series_id: int) -> None:
        self._open_table(purposes.rearranging(self._desk.salon, visit_id, series_id))

    def _open_series(self, visit_id: int) -> None:
        shown = SeriesPanel(self._desk, visit_id)
        shown.visit_wanted.connect(self.visit_wanted)
        shown.further_wanted.connect(self._open_further)
        shown.pattern_wanted.connect(self._open_rearranging)
        shown.follow_wanted.connect(self.follow)
        shown.cancel_wanted.connect(self.cancel)
        shown.closed.connect(self.closed)
        self._panel.open(shown, _("Series of visits"))
        shown.focus_first()

    # ---- after one visit was changed -------------------------------------------------------------------------

    def choices_after(self, found: FollowUp) -> list[Choice]:
        """What can be done to the others of the series after one of them was changed."""
        choices: list[Choice] = []
        self._changed = found.visit_id, self._desk.perform.last_act
        if found.following:
            choices.append((words.following(found.following), partial(self._take, found, SeriesScope.FOLLOWING)))
        if found.others > found.following:
            choices.append((words.others(found.others), partial(self._take, found, SeriesScope.ALL)))
        return choices

    def _take(self, found: FollowUp, scope: SeriesScope) -> None:
        if found.is_cancelled:
            done = self._cancel(found.visit_id, scope, found.reason or CancelReason.OTHER)
            if done is not None:
                self._join(found.visit_id)
                self._tell_cancelled(done)
        else:
            self.follow(found.visit_id, scope)

    def follow(self, visit_id: int, scope: SeriesScope) -> None:
        """Let the others become like this one: at once where all fit, else the table asks."""
        salon, perform = self._desk.salon, self._desk.perform
        try:
            client_id = held.hold(salon.database, visit_id).client_id
            found = check(salon, series.following(salon, visit_id, scope), client_id=client_id)
        except SalonError as error:
            perform.refused.emit(sentence(error))
            return
        if any(one.is_to_be_decided for one in found):
            form = FollowPanel(self._desk, visit_id, scope)
            form.followed.connect(partial(self._on_followed, visit_id))
            form.closed.connect(self.closed)
            self._panel.open(form, _("Change the series"))
            form.refresh_if_stale()
            form.focus_first()
            return
        done = perform(series.follow, visit_id, scope, [one.planned for one in found])
        if done is not None:
            self._join(visit_id)
            self._tell_followed(done.value)

    def _on_followed(self, visit_id: int, count: int) -> None:
        self._join(visit_id)
        self._tell_followed(count)
        self.closed.emit()

    def _join(self, visit_id: int) -> None:
        """The others followed at once: one undo takes the change of the one and theirs back."""
        changed, entry_id = self._changed
        if changed == visit_id:
            self._desk.perform.join(entry_id)

    def _tell_followed(self, count: int) -> None:
        self._desk.perform.tell(
            ngettext("{n} more visit was changed as well", "{n} more visits were changed as well", count).format(
                n=wording.number(count)
            )
        )

    def cancel(self, visit_id: int, scope: SeriesScope, reason: CancelReason) -> None:
        """Cancel the visits ahead, this one included: an act of its own, whatever was done to the visit before."""
        done = self._cancel(visit_id, scope, reason)
        if done is not None:
            self._tell_cancelled(done)

    def _cancel(self, visit_id: int, scope: SeriesScope, reason: CancelReason) -> int | None:
        done = self._desk.perform(series.cancel, visit_id, scope, reason)
        return None if done is None else done.value

    def _tell_cancelled(self, count: int) -> None:
        self._desk.perform.tell(
            ngettext("{n} visit cancelled", "{n} visits cancelled", count).format(n=wording.number(count))
        )
