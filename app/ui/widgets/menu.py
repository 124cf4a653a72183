"""A menu with round corners, and the mask that gives them to what floats in a window of its own."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainterPath, QRegion, QResizeEvent
from PySide6.QtWidgets import QMenu, QWidget

from app.ui import theme


def round_corners(popup: QWidget, radius: int) -> None:
    """Cut the corners of a window of its own. A mask also works where nothing blends windows."""
    path = QPainterPath()
    path.addRoundedRect(QRectF(popup.rect()), radius, radius)
    popup.setMask(QRegion(path.toFillPolygon().toPolygon()))


class Menu(QMenu):
    """Use it instead of QMenu."""

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        """``name`` is for the screen reader."""
        super().__init__(parent)
        self.setProperty("kind", "round")
        self.setAccessibleName(name)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the corners round."""
        super().resizeEvent(event)
        round_corners(self, theme.RADIUS_CONTROL)
