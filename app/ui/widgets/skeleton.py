"""Calm grey rows while something is being read."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.language import _
from app.ui import theme

_ROW = 56
_WIDTHS = (0.46, 0.62, 0.38, 0.54)


class Skeleton(QWidget):
    """As many rows as fit or are asked for; nothing moves."""

    def __init__(self, rows: int = 6, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = rows
        self.setAccessibleName(_("Loading"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def sizeHint(self) -> QSize:
        """Room for all rows."""
        return QSize(320, self._rows * _ROW)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw a circle and two bars a row."""
        worn = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(worn.line if worn.dark else worn.sunken)
        for row in range(self._rows):
            # Each row is a little paler than the one before: the list goes on.
            painter.setOpacity(max(1 - row / (self._rows + 1), 0.2))
            self._paint_row(painter, row)

    def _paint_row(self, painter: QPainter, row: int) -> None:
        top = row * _ROW
        room = max(self.width() - 64, 40)
        painter.drawEllipse(QRectF(4, top + 10, 36, 36))
        wide = room * _WIDTHS[row % len(_WIDTHS)]
        painter.drawRoundedRect(QRectF(56, top + 13, wide, 11), 5.5, 5.5)
        painter.drawRoundedRect(QRectF(56, top + 33, wide * 0.6, 9), 4.5, 4.5)
