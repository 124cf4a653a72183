"""Words as the calendar and the long lists write them: cut where there is no room, and set once for all times."""

import re
from bisect import bisect_right
from functools import cache, lru_cache
from itertools import accumulate
from math import ceil

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QFontMetricsF, QPainter, QStaticText, QTransform

from app.ui import theme
from app.ui.theme import FontRole

_WORDS_KEPT = 1_000
_SET_KEPT = 500
_ELLIPSIS = "…"
_DOUBT = 3
"""Letters that stand in a row may take so many pixels less or more than one by one."""
_PLAIN = re.compile(r"[ -~\u00a0-\u02ff\u0370-\u0482\u048a-\u052f\u2010-\u2027\u20b4\u20bd]")
"""Letters that stand one after another, whatever stands beside them. Others are left to Qt."""


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
    """As ``fitted_once``, kept for words that come again and again."""
    return fitted_once(role, text, room)


def fitted_once(role: FontRole, text: str, room: int) -> tuple[str, int]:
    """What is shown of a text that has so much room, and about how wide that is; a cut text takes all the room.

    Qt measures a text as long as it draws it, and a day has hundreds of names that no other day has. So the widths of
    their letters are added up, and Qt is asked only where it is a matter of a few pixels.
    """
    letters = _letters(role)
    try:
        ends = list(accumulate(map(letters.__getitem__, text)))
    except _Tied:
        return _fitted_by_qt(role, text, room)
    wide = ends[-1] if ends else 0
    if wide + _DOUBT <= room:
        return text, ceil(wide)
    if wide - _DOUBT > room >= letters[_ELLIPSIS]:
        return text[: bisect_right(ends, room - _DOUBT - letters[_ELLIPSIS])].rstrip() + _ELLIPSIS, room
    return _fitted_by_qt(role, text, room)


def fits(role: FontRole, text: str, room: int) -> bool:
    """Whether there is room for the whole text."""
    return fitted(role, text, max(room, 0))[0] == text


def _fitted_by_qt(role: FontRole, text: str, room: int) -> tuple[str, int]:
    measured = metrics(role)
    shown = measured.elidedText(text, Qt.TextElideMode.ElideRight, room)
    if shown == _ELLIPSIS and width(role, shown) > room:
        # Not even that a text is cut can be said within this room.
        return "", 0
    return shown, width(role, shown) if shown == text else room


class _Tied(KeyError):
    """How wide a letter is depends on those beside it."""


class _Letters(dict[str, float]):
    """How wide each letter of a role is alone, in pixels; measured when it is first met. Raises ``_Tied``."""

    def __init__(self, role: FontRole) -> None:
        super().__init__()
        self._measured = QFontMetricsF(theme.font(role))

    def __missing__(self, letter: str) -> float:
        if not _PLAIN.fullmatch(letter):
            raise _Tied(letter)
        self[letter] = self._measured.horizontalAdvance(letter)
        return self[letter]


@cache
def _letters(role: FontRole) -> _Letters:
    return _Letters(role)


def write(painter: QPainter, place: QRect, text: str, role: FontRole, *, right: bool = False) -> int:
    """Write words that stand on every day in the pen that is set, in the middle of ``place``; returns their width."""
    shown, wide = fitted(role, text, max(place.width(), 0))
    draw(painter, place, shown, role, right=right)
    return wide


def draw(painter: QPainter, place: QRect, text: str, role: FontRole, *, right: bool = False) -> None:
    """Draw a line that has room in ``place``."""
    line = set_line(role, text)
    left = place.left() + place.width() - line.size().width() if right else place.left()
    top = place.top() + (place.height() - _height(role) + 1) // 2
    painter.setFont(theme.font(role))
    painter.drawStaticText(QPointF(left, top), line)


@lru_cache(_SET_KEPT)
def set_line(role: FontRole, text: str) -> QStaticText:
    """As ``line_set``, kept for words that come again and again."""
    return line_set(role, text)


def line_set(role: FontRole, text: str) -> QStaticText:
    """A line whose letters are set already: drawing it takes a third of the time."""
    line = QStaticText(text)
    line.setTextFormat(Qt.TextFormat.PlainText)
    line.prepare(QTransform(), theme.font(role))
    return line
