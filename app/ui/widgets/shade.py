"""The shadow of what floats over the window, drawn once and laid out to any size.

An effect of Qt's draws it anew, and everything within it, whenever one letter inside changes: that takes longer than
finding a client does.
"""

from statistics import NormalDist

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from app.ui import theme

_SPREAD = 16
"""How far the shadow reaches, in pixels, outwards and inwards."""
_SOFT = 2.2
"""So many times the softness of the edge lie in that."""
_LOWER = 6
"""How much lower than its owner it lies."""
_EDGE = 2 * _SPREAD + theme.RADIUS_SURFACE
"""So much of the drawing at each side is a corner; the rest of a side is alike."""
_SIDE = 2 * _EDGE + 1


class Shade(QWidget):
    """Lies under ``owner`` and follows it: shown, hidden, moved and raised with it."""

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner.parentWidget())
        self._owner = owner
        self._drawn: QPixmap | None = None
        self._drawn_in = QColor()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        owner.installEventFilter(self)
        owner.destroyed.connect(self.deleteLater)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the owner."""
        if watched is self._owner:
            match event.type():
                case QEvent.Type.Show | QEvent.Type.ZOrderChange if not self._owner.isHidden():
                    self._follow()
                    self.show()
                    self.stackUnder(self._owner)
                case QEvent.Type.Move | QEvent.Type.Resize:
                    self._follow()
                case QEvent.Type.Hide:
                    self.hide()
                case QEvent.Type.ParentChange:
                    self.setParent(self._owner.parentWidget())
                case _:
                    pass
        return super().eventFilter(watched, event)

    def _follow(self) -> None:
        around = QRect(self._owner.geometry()).adjusted(-_SPREAD, -_SPREAD, _SPREAD, _SPREAD)
        self.setGeometry(around.translated(0, _LOWER))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Lay the drawing out: the corners as they are, the sides drawn out."""
        ink = theme.current().shadow
        if self._drawn is None or self._drawn_in != ink:
            self._drawn, self._drawn_in = _drawn(ink), ink
        painter = QPainter(self)
        for column, (left, wide, to_left, to_wide) in enumerate(_thirds(self.width())):
            for row, (top, high, to_top, to_high) in enumerate(_thirds(self.height())):
                if (column, row) != (1, 1):  # under the owner nothing of it is seen
                    target = QRect(to_left, to_top, to_wide, to_high)
                    painter.drawPixmap(target, self._drawn, QRect(left, top, wide, high))


def _thirds(length: int) -> tuple[tuple[int, int, int, int], ...]:
    """Edge, middle and edge of the drawing, each with where it begins and how long it is, there and as laid out."""
    edge = min(_EDGE, length // 2)
    return (0, edge, 0, edge), (_EDGE, 1, edge, length - 2 * edge), (_SIDE - edge, edge, length - edge, edge)


def _drawn(ink: QColor) -> QPixmap:
    """The shadow of the smallest surface: rounded ones within each other, each as dark as it is there."""
    drawn = QPixmap(_SIDE, _SIDE)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
    painter.setPen(Qt.PenStyle.NoPen)
    for within in range(2 * _SPREAD):
        there = QColor(ink)
        there.setAlphaF(ink.alphaF() * NormalDist(_SPREAD, _SPREAD / _SOFT).cdf(within))
        painter.setBrush(there)
        radius = max(theme.RADIUS_SURFACE + _SPREAD - within, 1)
        painter.drawRoundedRect(QRectF(within, within, _SIDE - 2 * within, _SIDE - 2 * within), radius, radius)
    painter.end()
    return drawn
