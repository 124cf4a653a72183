"""The sheet of keys (F1)."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractSlider, QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.language import _
from app.ui import shortcuts, theme
from app.ui.shortcuts import KeyGroup
from app.ui.theme import FontRole
from app.ui.widgets.buttons import IconButton
from app.ui.widgets.label import Label

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
        self._card = QFrame()
        self._card.setProperty("kind", "sheet")
        close = IconButton("x", _("Close"), key="Esc")
        close.clicked.connect(self.hide)
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
        self._fill()
        self.show()
        self.raise_()
        self.setFocus()

    def _fill(self) -> None:
        """As many columns as the window is wide, about equally long; what is too long can be scrolled."""
        room = self.width() - _AROUND - _PADDING
        count = max(1, min(_MOST_COLUMNS, (room + _BETWEEN) // (_COLUMN_WIDTH + _BETWEEN)))
        inside = QWidget()
        columns = QHBoxLayout(inside)
        columns.setContentsMargins(0, 0, 8, 0)
        columns.setSpacing(_BETWEEN)
        for groups in _shared_out(count):
            column = QVBoxLayout()
            column.setSpacing(24)
            for group in groups:
                column.addLayout(self._group(group))
            column.addStretch(1)
            columns.addLayout(column, 1)
        width = count * _COLUMN_WIDTH + (count - 1) * _BETWEEN + 8
        self._scroll.setWidget(inside)
        inside.setAutoFillBackground(False)  # the card shows through
        self._scroll.setFixedWidth(width)
        needed = columns.heightForWidth(width)
        self._scroll.setFixedHeight(max(min(needed, self.height() - _AROUND - 2 * _PADDING), _BETWEEN))

    def _group(self, group: KeyGroup) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(10)
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
        return column

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Let the window shine through, darker."""
        QPainter(self).fillRect(self.rect(), theme.current().veil)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc and F1 close; arrows and the page keys scroll what has no room."""
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_F1):
            self.hide()
        elif event.key() in _SCROLLS:
            self._scroll.verticalScrollBar().triggerAction(_SCROLLS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click beside the sheet closes it."""
        if not self._card.geometry().contains(event.position().toPoint()):
            self.hide()


def _shared_out(count: int) -> list[list[KeyGroup]]:
    """The groups in their order, in so many columns of about the same number of lines."""
    lines = {group: 2 + sum(line.group is group for line in shortcuts.TABLE) for group in _GROUPS}
    share = sum(lines.values()) / count
    columns: list[list[KeyGroup]] = [[] for _number in range(count)]
    before = 0
    for group in _GROUPS:
        middle = before + lines[group] / 2
        columns[min(int(middle / share), count - 1)].append(group)
        before += lines[group]
    return columns
