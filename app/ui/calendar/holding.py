"""Copy, cut and paste as the screen does them: the clipboard, and the strip that says what is held."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from app import wording
from app.errors import SalonError
from app.explain import sentence
from app.language import _
from app.salon.scheduling.agenda import AgendaEntry
from app.ui.calendar import clipboard
from app.ui.calendar.clipboard import Clipboard
from app.ui.calendar.day_grid import DayGrid
from app.ui.calendar.walking import OnPlace
from app.ui.desk import Desk

if TYPE_CHECKING:
    from app.ui.calendar.held_strip import HeldStrip


class Holding(QObject):
    """At most one visit that waits to be pasted."""

    pasted = Signal(int, object)
    """The visit that stands there now, and its start."""

    def __init__(self, desk: Desk, grid: DayGrid, foot: QVBoxLayout, parent: QWidget) -> None:
        """``foot`` is where the strip stands."""
        super().__init__(parent)
        self._desk = desk
        self._grid = grid
        self._foot = foot
        self._clipboard = Clipboard(desk)
        self.strip: HeldStrip | None = None
        """What says which visit is held, once one was."""
        grid.spot_changed.connect(self._say_place)

    @property
    def is_on(self) -> bool:
        """Whether a visit is held."""
        return self._clipboard.holding is not None

    def copy(self, entry: AgendaEntry) -> None:
        """Hold a visit, to book it once more elsewhere."""
        self._hold(self._clipboard.copy, entry)

    def cut(self, entry: AgendaEntry) -> None:
        """Hold a visit, to put it elsewhere; nothing moves until it is pasted."""
        self._hold(self._clipboard.cut, entry)

    def paste(self) -> None:
        """Put the held visit on the selected place; what was pasted is selected."""
        spot, plan, stop = self._grid.spot, self._grid.plan, self._grid.stop
        holding = self._clipboard.holding
        if holding is None:
            self._desk.perform.tell(_("Nothing to paste: select a visit and press Ctrl+C first."), undoable=False)
        elif plan is None or stop is None or not isinstance(spot, OnPlace) or not self._grid.isVisible():
            self._desk.perform.tell(_("Select a free place first, then paste."), undoable=False)
        else:
            # A room takes a visit with the master who has it.
            staff_id = plan.tracks[stop.column].staff_id or holding.visit.services[0].wish.staff_id
            self._paste(staff_id, plan.moment(spot.minute, stop.column))

    def _paste(self, staff_id: int, starts_at: datetime) -> None:
        visit_id = self._clipboard.paste(staff_id, starts_at)
        self.show()
        if visit_id is not None:
            self.pasted.emit(visit_id, starts_at)

    def let_go(self) -> None:
        """Hold nothing any longer; a cut visit stays where it is."""
        self._clipboard.release()
        self.show()

    def read_again(self) -> None:
        """The visit may have been changed since."""
        self._clipboard.read_again()
        self.show()

    def show(self) -> None:
        """Say what is held, or nothing."""
        holding = self._clipboard.holding
        self._grid.set_holding(holding is not None, None if holding is None else holding.cut_visit)
        if holding is None:
            self._hide()
            return
        if self.strip is None:
            from app.ui.calendar.held_strip import HeldStrip

            self.strip = HeldStrip()
            self.strip.go_on_wanted.connect(self.paste)
            self.strip.drop_wanted.connect(self.let_go)
            self._foot.addWidget(self.strip)
        self.strip.say(clipboard.sentence(holding))
        self._say_place()

    def _hold(self, take: Callable[[int], None], entry: AgendaEntry) -> None:
        try:
            take(entry.visit_id)
        except SalonError as error:
            self._desk.perform.refused.emit(sentence(error))
        self.show()

    def _hide(self) -> None:
        if self.strip is None or self.strip.isHidden():
            return
        focused = QApplication.focusWidget()
        if focused is not None and self.strip.isAncestorOf(focused):
            self._grid.setFocus(Qt.FocusReason.OtherFocusReason)
        self.strip.hide()

    def _say_place(self) -> None:
        plan, stop = self._grid.plan, self._grid.stop
        if self.strip is None or self.strip.isHidden() or plan is None:
            return
        place = ""
        if stop is not None and isinstance(stop.spot, OnPlace):
            track = plan.tracks[stop.column]
            where = wording.weekday_and_date(track.day, track.day) if plan.sheet.is_of_days else track.name
            where = wording.short_name(where) if track.staff_id and not plan.sheet.is_of_days else where
            place = f"{wording.clock_time(plan.moment(stop.starts))}, {where}"
        self.strip.say_place(place)
