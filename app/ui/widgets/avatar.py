"""The initials of a person in a circle."""

from functools import cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app import wording
from app.ui import theme
from app.ui.theme import FontRole


@cache
def _letters(pixels: int) -> QFont:
    letters = QFont(theme.font(FontRole.STRONG))
    letters.setPixelSize(pixels)
    return letters


class Avatar(QWidget):
    """A face for a card without a photograph. The name stands beside it, so it is silent for a screen reader."""

    def __init__(self, name: str = "", size: int = 36, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(size, size)
        self._initials = ""
        self.set_name(name)

    def set_name(self, name: str) -> None:
        """Whose initials are shown."""
        self._initials = wording.initials(name)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw circle and letters."""
        worn = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(worn.accent_soft)
        painter.drawEllipse(self.rect())
        painter.setFont(_letters(round(self.width() * 0.36)))
        painter.setPen(worn.accent)
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self._initials)
