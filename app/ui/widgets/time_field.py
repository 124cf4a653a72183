"""A field for a time of the day that is quick from the keyboard: 930 is 9:30."""

import re
from datetime import time

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from app import wording
from app.ui import theme
from app.ui.theme import FontRole

_PARTS = re.compile(r"(\d{1,2})(?:[:.,\-\s]?([0-5]\d))?")
_DAY = 24 * 60


def time_typed(text: str) -> time | None:
    """The time that somebody means by ``9``, ``930``, ``9:30``, ``9.30`` or ``21 05``; None if it is none."""
    found = _PARTS.fullmatch(text.strip())
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    return time(hour, minute) if hour < 24 else None


def end_typed(text: str) -> int | None:
    """The minute of the day at which something ends; midnight, the end of the day, is ``24`` or ``0``."""
    moment = time_typed(text)
    if moment is None:
        found = _PARTS.fullmatch(text.strip())
        return _DAY if found is not None and (int(found[1]), int(found[2] or 0)) == (24, 0) else None
    return moment.hour * 60 + moment.minute or _DAY


class TimeField(QLineEdit):
    """A wall time to the minute. Arrow up and down step, PgUp and PgDn go by the hour."""

    time_changed = Signal(object)
    """The new time, or None while what is typed is not a time."""

    def __init__(self, moment: time | None = None, *, step: int = 5, parent: QWidget | None = None) -> None:
        """``step`` is the grid of the arrow keys in minutes."""
        super().__init__(parent)
        self._step = step
        self._told: object = moment
        self.setFont(theme.font(FontRole.BODY))
        self.setMaxLength(5)
        self.setPlaceholderText("9:00")
        self.set_time(moment)
        self.textChanged.connect(self._typed)

    @property
    def at(self) -> time | None:
        """The time in the field; None if what is typed is not a time."""
        return time_typed(self.text())

    def set_time(self, moment: time | None) -> None:
        """Show ``moment``."""
        self._show("" if moment is None else wording.clock_time(moment))

    def _show(self, text: str) -> None:
        self.setText(text)
        self._told = self._meant()  # also where nobody is told now: what is typed after that is news

    def step_by(self, minutes: int) -> None:
        """Go to the next time of the grid in this direction; the day does not wrap."""
        now = self.at
        if now is None:
            return
        total = now.hour * 60 + now.minute
        size = abs(minutes)
        goal = (total // size + 1) * size if minutes > 0 else -(-total // size) * size - size
        goal = min(max(goal, 0), _DAY - 1)
        self.set_time(time(goal // 60, goal % 60))
        self.selectAll()

    def sizeHint(self) -> QSize:
        """Narrow: five characters."""
        return QSize(88, super().sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step by the arrows."""
        steps = {
            Qt.Key.Key_Up: self._step,
            Qt.Key.Key_Down: -self._step,
            Qt.Key.Key_PageUp: 60,
            Qt.Key.Key_PageDown: -60,
        }
        minutes = steps.get(Qt.Key(event.key()))
        if minutes is None or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
        else:
            self.step_by(minutes)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Step by the wheel, only where the focus is."""
        if self.hasFocus():
            self.step_by(self._step if event.angleDelta().y() > 0 else -self._step)
            event.accept()
        else:
            event.ignore()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click takes the whole time: half of it, as of a word, is nobody's wish."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.selectAll()
        else:
            super().mouseDoubleClickEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """What is typed takes the place of what stands there."""
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason:
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Write the time as people do."""
        self._write_out()
        super().focusOutEvent(event)

    def _write_out(self) -> None:
        if self.at is not None:
            self.set_time(self.at)

    def _meant(self) -> object:
        return self.at

    def _typed(self) -> None:
        now = self._meant()
        if now != self._told:
            self._told = now
            self.time_changed.emit(self.at)


class EndField(TimeField):
    """The time at which a day's work ends: midnight is 24:00."""

    @property
    def minute(self) -> int | None:
        """The minute of the day in the field; None if what is typed is not a time."""
        return end_typed(self.text())

    def set_minute(self, minute: int) -> None:
        """Show a minute of the day; 1440 is its end."""
        self._show("24:00" if minute == _DAY else wording.clock_time(time(minute // 60, minute % 60)))

    def _write_out(self) -> None:
        if self.minute is not None:
            self.set_minute(self.minute)

    def _meant(self) -> object:
        return self.minute
