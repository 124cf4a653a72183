"""Rows of a list a person works through: what, who, when, state, and the one action that is meant."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.ui import theme
from app.ui.theme import FontRole
from app.ui.widgets.label import ElidedLabel, Label
from app.ui.widgets.row_frame import paint_frame

ROW_HEIGHT = 60


class ListRow(QWidget):
    """One row. A click or Enter opens it; the action has its own button."""

    opened = Signal()

    def __init__(
        self,
        what: str,
        who: str,
        *,
        when: str = "",
        lead: QWidget | None = None,
        state: QWidget | None = None,
        action: QWidget | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """``lead`` stands before the words (an avatar, a tick), ``state`` is a pill, ``action`` a button."""
        super().__init__(parent)
        self.setMinimumHeight(ROW_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.action = action
        self._when = when
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(12)
        if lead is not None:
            row.addWidget(lead, 0, Qt.AlignmentFlag.AlignVCenter)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addStretch(1)
        self._what = ElidedLabel(what, FontRole.STRONG, parent=self)
        self._who = ElidedLabel(who, FontRole.SECONDARY, "muted", parent=self)
        words.addWidget(self._what)
        words.addWidget(self._who)
        words.addStretch(1)
        row.addLayout(words, 1)
        if when:
            row.addWidget(Label(when, FontRole.SECONDARY, "muted"), 0, Qt.AlignmentFlag.AlignVCenter)
        for widget in (state, action):
            if widget is not None:
                row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        self.say(what, who)

    def say(self, what: str, who: str) -> None:
        """Say something else."""
        self._what.setText(what)
        self._who.setText(who)
        self._who.setVisible(bool(who))
        self.setAccessibleName(", ".join(part for part in (what, who, self._when) if part))

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show that it can be opened."""
        super().enterEvent(event)
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click opens it."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.opened.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens it; the arrows go to the neighbours."""
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Space:
                self.opened.emit()
            case Qt.Key.Key_Down:
                self._walk(1)
            case Qt.Key.Key_Up:
                self._walk(-1)
            case _:
                super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ring of the focus, the field under the pointer, and the line to the next row."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_frame(painter, self)
        if not self.hasFocus() and not self._is_last():
            painter.setPen(theme.current().line)
            low = self.height() - 0.5
            painter.drawLine(QPointF(12, low), QPointF(self.width() - 12, low))

    def _neighbours(self) -> list["ListRow"]:
        parent = self.parentWidget()
        rows = parent.findChildren(ListRow) if parent is not None else [self]
        return sorted(rows, key=lambda row: row.y())

    def _is_last(self) -> bool:
        return self._neighbours()[-1] is self

    def _walk(self, step: int) -> None:
        rows = self._neighbours()
        index = rows.index(self) + step
        if 0 <= index < len(rows):
            rows[index].setFocus(Qt.FocusReason.TabFocusReason)


class HeadedList(QWidget):
    """A heading with a count, and its rows."""

    def __init__(self, heading: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(heading)
        self._count = Label("", FontRole.SECONDARY, "muted")
        head = QHBoxLayout()
        head.setContentsMargins(12, 0, 12, 0)
        head.setSpacing(8)
        head.addWidget(Label(heading, FontRole.HEADING))
        head.addWidget(self._count)
        head.addStretch(1)
        self._body = QWidget()
        self._rows = QVBoxLayout(self._body)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self._body)

    def set_rows(self, rows: Sequence[ListRow]) -> None:
        """Show these rows instead of those before; whoever stood on one stands on the row in its place."""
        held = next((index for index, row in enumerate(self.rows()) if _holds_focus(row)), None)
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.setParent(None)
                widget.deleteLater()
        for row in rows:
            self._rows.addWidget(row)
        self._count.setText(str(len(rows)) if rows else "")
        if held is not None and rows:
            now = rows[min(held, len(rows) - 1)]
            # The layout would show it a moment later, and what is not shown takes no focus.
            now.show()
            now.setFocus(Qt.FocusReason.OtherFocusReason)

    def rows(self) -> list[ListRow]:
        """The rows, from top to bottom."""
        items = (self._rows.itemAt(index) for index in range(self._rows.count()))
        return [widget for item in items if item and isinstance(widget := item.widget(), ListRow)]


def _holds_focus(row: ListRow) -> bool:
    focused = QApplication.focusWidget()
    return focused is not None and (focused is row or row.isAncestorOf(focused))
