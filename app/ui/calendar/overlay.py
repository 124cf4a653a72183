"""What is drawn over the grid for a moment: the place under the pointer, the selection, the ghost of a drag."""

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen

from app.ui import icons, theme
from app.ui.calendar.geometry import Box
from app.ui.calendar.grid_layer import rect, rect_f
from app.ui.calendar.tile_picture import radius_of
from app.ui.theme import FontRole

_LABEL_WIDTH = 280
_SIGN = 13


def paint_ring(painter: QPainter, box: Box, *, strong: bool) -> None:
    """A ring around what is selected; strong while the keyboard is here."""
    worn = theme.current()
    place = rect_f(box).adjusted(-1, -1, 1, 1)
    radius = radius_of(box.height) + 1
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(worn.surface, 5))
    painter.drawRoundedRect(place, radius, radius)
    painter.setPen(QPen(worn.accent, 2 if strong else 1.5))
    painter.drawRoundedRect(place, radius, radius)


def paint_cut(painter: QPainter, box: Box) -> None:
    """A dashed outline around what was cut and waits to be pasted."""
    worn = theme.current()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    place = rect_f(box).adjusted(1, 1, -1, -1)
    painter.setPen(QPen(worn.surface, 2))
    painter.drawRoundedRect(place, radius_of(box.height), radius_of(box.height))
    painter.setPen(QPen(worn.accent, 2, Qt.PenStyle.DashLine))
    painter.drawRoundedRect(place, radius_of(box.height), radius_of(box.height))


def paint_hover(painter: QPainter, box: Box, ink: QColor) -> None:
    """A breath of ink over the tile under the pointer."""
    breath = QColor(ink)
    breath.setAlphaF(0.07)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(breath)
    painter.drawRoundedRect(rect_f(box), radius_of(box.height), radius_of(box.height))


def paint_place(painter: QPainter, box: Box, starts: str, rest: str, shorter: str = "") -> None:
    """A place for a visit: when it would begin, and for how long nobody is booked, or that nobody works then.

    ``shorter`` is said where there is no room for ``rest``.
    """
    worn = theme.current()
    edge = QColor(worn.accent)
    edge.setAlphaF(0.7)
    painter.setPen(QPen(edge, 1))
    painter.setBrush(worn.surface)
    painter.drawRoundedRect(rect_f(box).adjusted(0.5, 0.5, -0.5, -0.5), radius_of(box.height), radius_of(box.height))
    line = rect_f(box).adjusted(8, 0, -8, 0)
    line.setHeight(min(line.height(), 34))
    sign = icons.pixmap("plus", worn.accent, _SIGN)
    painter.drawPixmap(QPointF(line.left(), round(line.center().y() - _SIGN / 2)), sign)
    line.setLeft(line.left() + _SIGN + 5)
    painter.setPen(worn.accent)
    painter.setFont(theme.font(FontRole.SMALL_STRONG))
    left = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
    painter.drawText(line, left, starts)
    used = QFontMetrics(theme.font(FontRole.SMALL_STRONG)).horizontalAdvance(starts) + 8
    metrics = QFontMetrics(theme.font(FontRole.SMALL))
    painter.setFont(theme.font(FontRole.SMALL))
    painter.setPen(worn.muted)
    room = max(int(line.width() - used), 0)
    said = shorter if shorter and metrics.horizontalAdvance(rest) > room else rest
    rest = metrics.elidedText(said, Qt.TextElideMode.ElideRight, room)
    painter.drawText(line.adjusted(used, 0, 0, 0), left, rest)


def paint_hold(painter: QPainter, box: Box, text: str) -> None:
    """A place that is held: a calm dashed field with a clock, for whom and for how long still."""
    worn = theme.current()
    place = rect_f(box).adjusted(0.5, 0.5, -0.5, -0.5)
    fill = QColor(worn.warn_soft)
    fill.setAlphaF(0.7)
    painter.setBrush(fill)
    painter.setPen(QPen(worn.warn, 1, Qt.PenStyle.DashLine))
    painter.drawRoundedRect(place, radius_of(box.height), radius_of(box.height))
    line = rect_f(box).adjusted(8, 0, -8, 0)
    line.setHeight(min(line.height(), 34))
    device = painter.device()
    sign = icons.pixmap("timer", worn.warn, _SIGN, device.devicePixelRatio() if device else 1.0)
    painter.drawPixmap(QPointF(line.left(), round(line.center().y() - _SIGN / 2)), sign)
    line.setLeft(line.left() + _SIGN + 5)
    painter.setPen(worn.warn)
    painter.setFont(theme.font(FontRole.SMALL_STRONG))
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, max(int(line.width()), 0))
    painter.drawText(line, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)


def paint_ghost(painter: QPainter, box: Box, *, allowed: bool) -> None:
    """The outline of where a drag leads; its tone says whether it may."""
    worn = theme.current()
    ink = worn.accent if allowed else worn.danger
    fill = QColor(worn.accent_soft if allowed else worn.danger_soft)
    fill.setAlphaF(0.55)
    painter.setBrush(fill)
    painter.setPen(QPen(ink, 2))
    painter.drawRoundedRect(rect_f(box).adjusted(1, 1, -1, -1), radius_of(box.height), radius_of(box.height))


def paint_label(painter: QPainter, place: QRect, text: str, *, allowed: bool) -> None:
    """What a drag means, in a small field."""
    worn = theme.current()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(worn.toast if not allowed else worn.accent)
    painter.drawRoundedRect(QRectF(place), 7, 7)
    painter.setPen(worn.on_toast if not allowed else worn.on_accent)
    painter.setFont(theme.font(FontRole.SMALL_STRONG))
    painter.drawText(place.adjusted(9, 4, -9, -4), int(Qt.TextFlag.TextWordWrap), text)


def label_place(near: Box, within: QRect, text: str) -> QRect:
    """Where the label of a drag stands: above the ghost, within what is seen."""
    metrics = QFontMetrics(theme.font(FontRole.SMALL_STRONG))
    room = QRect(0, 0, _LABEL_WIDTH - 18, 400)
    size = metrics.boundingRect(room, int(Qt.TextFlag.TextWordWrap), text).adjusted(-9, -4, 9, 4).size()
    x = max(within.left() + 4, min(near.x, within.right() - size.width() - 4))
    y = near.y - size.height() - 4
    if y < within.top() + 2:
        y = min(near.y + 6, within.bottom() - size.height() - 4)
    return QRect(x, y, size.width(), size.height())


def paint_shade(painter: QPainter, boxes: list[Box]) -> None:
    """Where a dragged visit cannot go."""
    shade = QColor(theme.current().sunken)
    shade.setAlphaF(0.62)
    theme.fill(painter, [rect(box) for box in boxes], shade)


def paint_now(painter: QPainter, y: int, left: int, right: int) -> None:
    """The line of the current time, under the tiles."""
    painter.setPen(QPen(theme.current().now, 2))
    painter.drawLine(left, y, right, y)


def paint_now_mark(painter: QPainter, y: int, box: Box) -> None:
    """Where the line of the current time meets a tile that it runs under."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.current().now)
    painter.drawRoundedRect(QRectF(box.x - 2, y - 2, 10, 4), 2, 2)
