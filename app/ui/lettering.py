"""Words as the calendar and the long lists write them: cut where there is no room, and set once for all times."""

from functools import cache, lru_cache
from math import ceil

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QFontMetricsF, QPainter, QStaticText, QTransform

from app.ui import theme
from app.ui.theme import FontRole

_WORDS_KEPT = 1_000
_SET_KEPT = 500
_SURELY_TOO_LONG = 1.2
"""Letters of average width that take so many times the room."""


@cache
def metrics(role: FontRole) -> QFontMetrics:
    """How the letters of a role are measured."""
    return QFontMetrics(theme.font(role))


@cache
def hand(role: FontRole) -> tuple[QFont, int, int]:
    """The font of a role, and how far its letters reach above and below the line they stand on."""
    measured = metrics(role)
    return theme.font(role), measured.ascent(), measured.descent()


@cache
def _height(role: FontRole) -> int:
    """How high a line is where Qt puts it into the middle by itself."""
    measured = QFontMetricsF(theme.font(role))
    return ceil(measured.ascent()) + ceil(measured.descent())


@lru_cache(_WORDS_KEPT)
def width(role: FontRole, text: str) -> int:
    """How wide words are; times, services and regulars come again and again."""
    return metrics(role).horizontalAdvance(text)


@lru_cache(_WORDS_KEPT)
def fitted(role: FontRole, text: str, room: int) -> tuple[str, int]:
    """What is shown of a text that has so much room, and how wide that is; a cut text takes all the room.

    Measuring a text costs as much as drawing it, so one that is surely too long is cut without being measured.
    """
    measured = metrics(role)
    if len(text) * measured.averageCharWidth() < room * _SURELY_TOO_LONG:
        wide = width(role, text)
        if wide <= room:
            return text, wide
    shown = measured.elidedText(text, Qt.TextElideMode.ElideRight, room)
    return shown, width(role, shown) if shown == text else room


def write(painter: QPainter, place: QRect, text: str, role: FontRole, *, right: bool = False) -> int:
    """Write words that stand on every day in the pen that is set, in the middle of ``place``; returns their width."""
    shown, wide = fitted(role, text, max(place.width(), 0))
    line = set_line(role, shown)
    left = place.left() + place.width() - line.size().width() if right else place.left()
    top = place.top() + (place.height() - _height(role) + 1) // 2
    painter.setFont(theme.font(role))
    painter.drawStaticText(QPointF(left, top), line)
    return wide


@lru_cache(_SET_KEPT)
def set_line(role: FontRole, text: str) -> QStaticText:
    """A line whose letters are set already: drawing it takes a third of the time."""
    line = QStaticText(text)
    line.setTextFormat(Qt.TextFormat.PlainText)
    line.prepare(QTransform(), theme.font(role))
    return line
