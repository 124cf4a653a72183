"""The sheet of keys (F1)."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.language import _
from app.ui import shortcuts, theme
from app.ui.shortcuts import KeyGroup
from app.ui.theme import FontRole
from app.ui.widgets.buttons import IconButton
from app.ui.widgets.label import Label

_COLUMNS = (
    (KeyGroup.EVERYWHERE, KeyGroup.CALENDAR),
    (KeyGroup.VISIT, KeyGroup.BOOKING, KeyGroup.MY_DAY),
    (KeyGroup.REMINDERS, KeyGroup.WAITING),
    (KeyGroup.SHIFTS, KeyGroup.CALLS),
)


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
        columns = QHBoxLayout()
        columns.setSpacing(40)
        for groups in _COLUMNS:
            column = QVBoxLayout()
            column.setSpacing(24)
            for group in groups:
                column.addLayout(self._group(group))
            column.addStretch(1)
            columns.addLayout(column)
        sheet = QVBoxLayout(self._card)
        sheet.setContentsMargins(32, 24, 24, 32)
        sheet.setSpacing(16)
        sheet.addLayout(head)
        sheet.addLayout(columns)
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
        self.show()
        self.raise_()
        self.setFocus()

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
        """Esc and F1 close."""
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_F1):
            self.hide()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click beside the sheet closes it."""
        if not self._card.geometry().contains(event.position().toPoint()):
            self.hide()
