"""What tells of a row that the pointer is on it, or the focus."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget

from app.ui import theme


def paint_frame(painter: QPainter, row: QWidget) -> None:
    """Draw the field under the pointer and the ring of the focus."""
    worn = theme.current()
    place = QRectF(row.rect()).adjusted(1, 1, -1, -1)
    if row.underMouse():
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(worn.hover)
        painter.drawRoundedRect(place, theme.RADIUS_CONTROL, theme.RADIUS_CONTROL)
    if row.hasFocus():
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(worn.accent, 2))
        painter.drawRoundedRect(place, theme.RADIUS_CONTROL, theme.RADIUS_CONTROL)
