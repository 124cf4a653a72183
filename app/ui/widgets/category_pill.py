"""A category of the salon's own: a dot in its colour and its name."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui import theme
from app.ui.theme import FontRole
from app.ui.widgets.pill import PILL_HEIGHT

_SIDE, _DOT, _GAP = 9, 8, 6


def paint_dot(painter: QPainter, centre: QPointF, colour: int) -> None:
    """Paint the dot of a category, for those who paint themselves."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.current().category(colour))
    painter.drawEllipse(centre, _DOT / 2, _DOT / 2)
    painter.restore()


def category_width(name: str) -> int:
    """How wide the pill of a category is, in pixels."""
    return QFontMetrics(theme.font(FontRole.SMALL_STRONG)).horizontalAdvance(name) + 2 * _SIDE + _DOT + _GAP


def paint_category(painter: QPainter, corner: QPointF, name: str, colour: int) -> None:
    """Paint the pill with its upper left at ``corner``, for those who paint themselves."""
    worn = theme.current()
    place = QRectF(corner.x(), corner.y(), category_width(name), PILL_HEIGHT)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(worn.sunken)
    painter.drawRoundedRect(place, PILL_HEIGHT / 2, PILL_HEIGHT / 2)
    paint_dot(painter, QPointF(place.x() + _SIDE + _DOT / 2, place.center().y()), colour)
    painter.setPen(worn.text)
    painter.setFont(theme.font(FontRole.SMALL_STRONG))
    words = place.adjusted(_SIDE + _DOT + _GAP, 0, -_SIDE, 0)
    painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), name)
    painter.restore()


class CategoryPill(QWidget):
    """The colour never speaks alone: the name stands beside it."""

    def __init__(self, name: str, colour: int, parent: QWidget | None = None) -> None:
        """``colour`` counts the theme's category colours."""
        super().__init__(parent)
        self.name, self._colour = name, colour
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As wide as the name."""
        return QSize(category_width(self.name), PILL_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """A pill is never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the field, the dot and the name."""
        paint_category(QPainter(self), QPointF(0, 0), self.name, self._colour)
