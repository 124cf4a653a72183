"""The sheet of keys (F1)."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractSlider,
    QApplication,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.language import _
from app.ui import shortcuts, tab_order, theme
from app.ui.shortcuts import KeyGroup
from app.ui.theme import FontRole
from app.ui.widgets.buttons import IconButton
from app.ui.widgets.label import Label
from app.ui.widgets.side_panel import is_alive

_GROUPS = (
    KeyGroup.EVERYWHERE,
    KeyGroup.CALENDAR,
    KeyGroup.VISIT,
    KeyGroup.BOOKING,
    KeyGroup.MY_DAY,
    KeyGroup.REMINDERS,
    KeyGroup.PROMISES,
    KeyGroup.WAITING,
    KeyGroup.SHIFTS,
    KeyGroup.CALLS,
    KeyGroup.CARD,
)
_COLUMN_WIDTH = 268
_BETWEEN = 32
_BELOW = 16
"""What stands free under a group."""
_MOST_COLUMNS = 4
_AROUND = 48
"""What stays of the window beside the sheet, left and right together."""
_PADDING = 56
_SCROLLS = {
    Qt.Key.Key_Down: QAbstractSlider.SliderAction.SliderSingleStepAdd,
    Qt.Key.Key_Up: QAbstractSlider.SliderAction.SliderSingleStepSub,
    Qt.Key.Key_PageDown: QAbstractSlider.SliderAction.SliderPageStepAdd,
    Qt.Key.Key_PageUp: QAbstractSlider.SliderAction.SliderPageStepSub,
    Qt.Key.Key_Home: QAbstractSlider.SliderAction.SliderToMinimum,
    Qt.Key.Key_End: QAbstractSlider.SliderAction.SliderToMaximum,
}


class KeySheet(QWidget):
    """Covers the window; Esc, F1 or a click beside it closes it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._came_from: QWidget | None = None
        """What had the keyboard before."""
        self._card = QFrame()
        self._card.setProperty("kind", "sheet")
        close = IconButton("x", _("Close"), key="Esc")
        close.clicked.connect(self.leave)
        head = QHBoxLayout()
        head.addWidget(Label(_("Keys"), FontRole.TITLE), 1)
        head.addWidget(close)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setProperty("kind", "bare")
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        sheet = QVBoxLayout(self._card)
        sheet.setContentsMargins(32, 24, 24, 24)
        sheet.setSpacing(16)
        sheet.addLayout(head)
        sheet.addWidget(self._scroll)
        around = QVBoxLayout(self)
        around.addWidget(self._card, 0, Qt.AlignmentFlag.AlignCenter)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Keys"))
        self.hide()

    def open_over(self) -> None:
        """Cover the window."""
        window = self.parentWidget()
        if window is not None:
            self.setGeometry(window.rect())
        self._came_from = QApplication.focusWidget()
        self._fill()
        self.show()
        self.raise_()
        self.setFocus()

    def leave(self, _checked: bool = False) -> None:
        """Close it; the keyboard goes back to where it was."""
        self.hide()
        if self._came_from is not None and is_alive(self._came_from):
            self._came_from.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill(self) -> None:
        """As many columns as the window is wide, about equally high; what is too long can be scrolled."""
        room = self.width() - _AROUND - _PADDING
        count = max(1, min(_MOST_COLUMNS, (room + _BETWEEN) // (_COLUMN_WIDTH + _BETWEEN)))
        inside = QWidget()
        columns = QHBoxLayout(inside)
        columns.setContentsMargins(0, 0, 8, 0)
        columns.setSpacing(_BETWEEN)
        parts = {group: self._group(group, inside) for group in _GROUPS}
        heights = {group: part.heightForWidth(_COLUMN_WIDTH) + _BELOW for group, part in parts.items()}
        for groups in _shared_out(heights, count):
            column = QVBoxLayout()
            column.setSpacing(_BELOW)
            for group in groups:
                column.addWidget(parts[group])
            column.addStretch(1)
            columns.addLayout(column, 1)
        width = count * _COLUMN_WIDTH + (count - 1) * _BETWEEN + 8
        self._scroll.setWidget(inside)
        inside.setAutoFillBackground(False)  # the card shows through
        self._scroll.setFixedWidth(width)
        bar = self._scroll.verticalScrollBar().sizeHint().width()  # the page asks first whether it fits beside one
        needed = columns.heightForWidth(width - bar)
        self._scroll.setFixedHeight(max(min(needed, self.height() - _AROUND - 2 * _PADDING), _BETWEEN))

    def _group(self, group: KeyGroup, inside: QWidget) -> QWidget:
        part = QWidget(inside)
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(Label(shortcuts.group_title(group), FontRole.HEADING))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        lines = [line for line in shortcuts.TABLE if line.group is group]
        for row, line in enumerate(lines):
            grid.addWidget(Label(shortcuts.shown(line.key), FontRole.STRONG, "accent"), row, 0)
            grid.addWidget(Label(shortcuts.description(line.key), FontRole.BODY, wrap=True), row, 1)
        grid.setColumnStretch(1, 1)
        column.addLayout(grid)
        return part

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Let the window shine through, darker."""
        QPainter(self).fillRect(self.rect(), theme.current().veil)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc and F1 close; arrows and the page keys scroll what has no room."""
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_F1):
            self.leave()
        elif event.key() in _SCROLLS:
            self._scroll.verticalScrollBar().triggerAction(_SCROLLS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, ahead: bool) -> bool:
        """Tab does not go to what is covered."""
        tab_order.go(self, ahead=ahead)
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click beside the sheet closes it."""
        if not self._card.geometry().contains(event.position().toPoint()):
            self.leave()


def _shared_out(heights: dict[KeyGroup, int], count: int) -> list[list[KeyGroup]]:
    """The groups in so many columns of about the same height, each column in the order of the groups.

    The highest group is placed first and each next one where the column is still lowest: in the order of the
    groups two long ones would stand over each other, and the sheet would have to be scrolled.
    """
    columns: list[list[KeyGroup]] = [[] for _number in range(count)]
    for group in sorted(heights, key=lambda each: -heights[each]):
        min(columns, key=lambda column: sum(heights[each] for each in column)).append(group)
    order = list(heights)
    return sorted((sorted(column, key=order.index) for column in columns), key=lambda column: order.index(column[0]))
