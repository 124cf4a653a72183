"""What a sheet looks like that floats over the screen."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from app.ui import theme


def paint_sheet(sheet: QWidget) -> None:
    """Draw the field of ``sheet`` and its line, with round corners; for its ``paintEvent``."""
    worn = theme.current()
    painter = QPainter(sheet)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(worn.control_line)
    painter.setBrush(worn.raised)
    place = QRectF(sheet.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
    painter.drawRoundedRect(place, theme.RADIUS_SURFACE, theme.RADIUS_SURFACE)
    painter.end()
