"""A field for the hours of a day that is quick from the keyboard and possible by mouse alone."""

import re
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from app.errors import BadDuration
from app.language import _
from app.salon.catalogue import patterns
from app.salon.catalogue.patterns import OFF, Hours, Stretch
from app.ui import theme
from app.ui.shifts import words
from app.ui.theme import FontRole

_TIME = r"(\d{1,2})(?::([0-5]\d)|([0-5]\d))?"
_STRETCH = re.compile(rf"\s*{_TIME}\s*[-–—]\s*{_TIME}\s*")
_STEP = 30


def hours_typed(text: str) -> Hours | None:
    """The hours that somebody means by ``9-21``, ``930-20`` or ``9–13, 16–20:30``; None if they are none.

    An empty text or a dash is a free day. 0 or 24 at the end of a stretch is midnight.
    """
    said = text.strip().casefold()
    if said in ("", "-", "–", "—", _("day off").casefold()):
        return OFF
    stretches: list[Stretch] = []
    for part in re.split(r"[,;+]", said):
        found = _STRETCH.fullmatch(part)
        if found is None:
            return None
        opens, closes = _minute(found[1], found[2] or found[3]), _minute(found[4], found[5] or found[6])
        stretches.append(Stretch(opens, closes or patterns.DAY_MINUTES))
    try:
        patterns.check([tuple(stretches)])
    except BadDuration:
        return None
    return tuple(stretches)


def _minute(hour: str, minute: str | None) -> int:
    return int(hour) * 60 + int(minute or 0)


class HoursField(QLineEdit):
    """The hours of one day, typed. Up and Down, or the wheel, step the time under the cursor by half an hour."""

    hours_changed = Signal()
    """What is typed means other hours now, or none."""
    entered_field = Signal()
    """Somebody works in this field now."""

    def __init__(self, hours: Hours = OFF, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._told: Hours | None = hours
        self.setFont(theme.font(FontRole.BODY))
        self.setMaxLength(40)
        self.setPlaceholderText(_("day off"))
        self.setToolTip(_("Type 9–21, or 9–13, 16–20 for a split day; empty is a day off"))
        self.set_hours(hours)
        self.textChanged.connect(self._typed)

    @property
    def hours(self) -> Hours | None:
        """The hours in the field; None if what is typed is none."""
        return hours_typed(self.text())

    def set_hours(self, hours: Hours) -> None:
        """Show ``hours``."""
        self.setText(words.hours_to_type(hours))

    def step(self, minutes: int) -> None:
        """Step the time under the cursor, as far as the hours stay possible."""
        worked = self.hours
        if not worked:
            return
        bounds = [mark for one in worked for mark in (one.opens, one.closes)]
        at = min(len(re.findall(r"[-–—,;+]", self.text()[: self.cursorPosition()])), len(bounds) - 1)
        bounds[at] += minutes
        wanted = tuple(Stretch(a, b) for a, b in zip(bounds[::2], bounds[1::2], strict=True))
        if hours_typed(words.hours_to_type(wanted)) == wanted:
            place = self.cursorPosition()
            self.set_hours(wanted)
            self.setCursorPosition(min(place, len(self.text())))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step by the arrows."""
        by = {Qt.Key.Key_Up: _STEP, Qt.Key.Key_Down: -_STEP}.get(Qt.Key(event.key()))
        if by is None or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
        else:
            self.step(by)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Step by the wheel, only where the focus is."""
        if self.hasFocus():
            self.step(_STEP if event.angleDelta().y() > 0 else -_STEP)
            event.accept()
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """What is typed takes the place of what stands there."""
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason:
            self.selectAll()
        self.entered_field.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Write the hours as people do."""
        worked = self.hours
        if worked is not None:
            self.set_hours(worked)
        super().focusOutEvent(event)

    def _typed(self) -> None:
        worked = self.hours
        theme.dress(self, wrong=worked is None)
        if worked != self._told:
            self._told = worked
            self.hours_changed.emit()


def usual_hours(opens: int, closes: int, used: Sequence[Hours]) -> list[Hours]:
    """The hours that are offered by a click: what is used most, the salon's own, and its two halves."""
    noon = (opens + closes) // 2 // 60 * 60
    offered = [hours for hours in used if hours]
    offered += [(Stretch(opens, closes),)]
    if opens < noon < closes:
        offered += [(Stretch(opens, noon),), (Stretch(noon, closes),)]
    return list(dict.fromkeys(offered))
