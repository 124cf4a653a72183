"""A field for a day: shows it in words, opens the month, walks by keys."""

from datetime import date, timedelta
from functools import cached_property

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app import wording
from app.ui.widgets.buttons import Button
from app.ui.widgets.day_picker import DayPicker

_STEPS = {
    Qt.Key.Key_Up: 1,
    Qt.Key.Key_Down: -1,
    Qt.Key.Key_PageUp: -7,
    Qt.Key.Key_PageDown: 7,
}


class DayField(Button):
    """A button that shows a day. Enter or a click opens the month; Up and Down go by a day, PgUp and PgDn by a week."""

    day_changed = Signal(object)
    """The ``date`` that was chosen."""

    def __init__(self, day: date, today: date, parent: QWidget | None = None) -> None:
        super().__init__("", icon="calendar", parent=parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._today = today
        self.day = day
        self.set_day(day)
        self.clicked.connect(self._open)

    @cached_property
    def _picker(self) -> DayPicker:
        """The month; it is made when somebody first opens it."""
        picker = DayPicker(self.day, self._today, self)
        picker.picked.connect(self._take)
        return picker

    def set_day(self, day: date) -> None:
        """Show ``day`` without telling anybody."""
        self.day = day
        self.setText(wording.weekday_and_date(day, self._today))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk by days and weeks."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None:
            self._take(self.day + timedelta(days=step))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._open()
        else:
            super().keyPressEvent(event)

    def _open(self) -> None:
        self._picker.show_day(self.day)
        self._picker.popup_below(self)

    def _take(self, day: date) -> None:
        if day != self.day:
            self.set_day(day)
            self.day_changed.emit(day)
