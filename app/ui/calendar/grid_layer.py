"""What lies under the tiles and changes only with the day, the size or the theme: hours, shifts, breaks, gaps."""

from functools import lru_cache

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap

from app.language import _
from app.ui import icons, theme
from app.ui.calendar import words
from app.ui.calendar.geometry import Box, stretch_box
from app.ui.calendar.placing import DayPlan, Gap, PlacedBlock, PlacedBuffer, not_worked
from app.ui.theme import FontRole, Theme
from app.vocabulary import BlockKind

FOOT = 10
"""Pixels below the last minute."""
_BLOCKS_KEPT = 60
_HATCH = 9
_ICON = 14


def rect(box: Box) -> QRect:
    """The place as Qt takes it."""
    return QRect(box.x, box.y, box.width, box.height)


def rect_f(box: Box) -> QRectF:
    """The place as Qt's painter takes it for what is drawn smoothly."""
    return QRectF(box.x, box.y, box.width, box.height)


def ground_of(plan: DayPlan) -> object:
    """What the picture of this layer depends on: equal for two plans that look the same without their tiles."""
    tracks = tuple((track.staff_id, track.shifts) for track in plan.tracks)
    return plan.scale, plan.columns, tracks, plan.blocks, plan.gaps, plan.buffers


def paint(painter: QPainter, plan: DayPlan) -> None:
    """Paint the layer of the whole grid, opaque, or what the painter's clip leaves of it."""
    worn, ratio = theme.current(), painter.device().devicePixelRatio()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    theme.fill(painter, QRect(0, 0, plan.columns.width, plan.scale.bottom + FOOT), worn.surface)
    _paint_rest(painter, plan, worn)
    _paint_lines(painter, plan, worn)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for block in plan.blocks:
        _paint_block(painter, block, worn, ratio)
    for gap in plan.gaps:
        _paint_gap(painter, gap, worn)
    for buffer in plan.buffers:
        _paint_buffer(painter, buffer, worn)


def _paint_rest(painter: QPainter, plan: DayPlan, worn: Theme) -> None:
    rest = QColor(worn.sunken)
    rest.setAlphaF(0.9 if worn.dark else 0.7)
    fields = [
        rect(stretch_box(plan.scale, plan.columns, column, starts, ends))
        for column, track in enumerate(plan.tracks)
        for starts, ends in not_worked(track, plan.scale)
    ]
    theme.fill(painter, fields, rest)
    for column, track in enumerate(plan.tracks):
        if track.staff_id is not None and not track.shifts:
            top = plan.scale.top + 12
            place = QRect(plan.columns.x_of(column), top, plan.columns.width_of(column), 20)
            painter.setPen(worn.muted)
            painter.setFont(theme.font(FontRole.SECONDARY))
            painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), _("Day off"))


def _paint_lines(painter: QPainter, plan: DayPlan, worn: Theme) -> None:
    """As filled fields: the painter sets a line dot by dot, and the lines of a day took 2 ms instead of 0.2."""
    scale, columns = plan.scale, plan.columns
    half = QColor(worn.line)
    half.setAlphaF(0.45)
    across: dict[bool, list[QRect]] = {True: [], False: []}
    for minute in range(scale.first_minute, scale.last_minute + 1, 30):
        across[minute % 60 == 0].append(QRect(columns.left, scale.y_of(minute), columns.width + 1, 1))
    down = [QRect(columns.x_of(column), 0, 1, scale.bottom + 1) for column in range(1, columns.count)]
    theme.fill(painter, across[True], worn.line)
    theme.fill(painter, across[False], half)
    theme.fill(painter, down, worn.line)


def _paint_block(painter: QPainter, block: PlacedBlock, worn: Theme, ratio: float) -> None:
    box, one = block.box, block.block
    painter.drawPixmap(box.x, box.y, _block(one.kind, words.block(one), box.width, box.height, ratio, worn.name))


@lru_cache(_BLOCKS_KEPT)
def _block(kind: BlockKind, said: str, width: int, height: int, ratio: float, _theme: str) -> QPixmap:
    """A blocked time: most of a day are the same break for everybody."""
    picture = QPixmap(QSize(width, height) * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    worn = theme.current()
    place = QRectF(0, 0, width, height)
    field = QPainterPath()
    field.addRoundedRect(place, theme.RADIUS_TILE, theme.RADIUS_TILE)
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(worn.sunken)
    painter.drawPath(field)
    painter.setClipPath(field)
    painter.setPen(QPen(worn.line, 1))
    for offset in range(0, width + height, _HATCH):
        painter.drawLine(offset, 0, 0, offset)
    painter.restore()
    line = place.adjusted(12, 4, -8, -4)
    line.setHeight(min(20, max(line.height(), 14)))
    icon = icons.pixmap(words.BLOCK_ICONS[kind], worn.muted, _ICON, ratio)
    painter.setFont(theme.font(FontRole.SECONDARY))
    text = painter.fontMetrics()
    shown = text.elidedText(said, Qt.TextElideMode.ElideRight, int(line.width()) - _ICON - 6)
    # The hatching must not run through the words.
    back = QRectF(line.left() - 5, line.top(), text.horizontalAdvance(shown) + _ICON + 16, line.height())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(worn.sunken)
    painter.drawRoundedRect(back, 6, 6)
    painter.drawPixmap(QPointF(line.left(), round(line.center().y() - _ICON / 2)), icon)
    painter.setPen(worn.muted)
    painter.drawText(line.adjusted(_ICON + 6, 0, 0, 0), int(Qt.AlignmentFlag.AlignVCenter), shown)
    painter.end()
    return picture


def _paint_gap(painter: QPainter, gap: Gap, worn: Theme) -> None:
    tint = worn.status(gap.entry.status)
    place = rect_f(gap.box).adjusted(0.5, 0.5, -0.5, -0.5)
    fill = QColor(tint.fill)
    fill.setAlphaF(0.35)
    painter.save()
    painter.setBrush(fill)
    edge = QColor(tint.ink)
    edge.setAlphaF(0.55)
    painter.setPen(_dashes(edge))
    painter.drawRoundedRect(place, theme.RADIUS_TILE, theme.RADIUS_TILE)
    if not gap.is_used and gap.box.height >= 16:
        painter.setFont(theme.font(FontRole.SMALL))
        painter.setPen(tint.ink)
        words_place = place.adjusted(12, 0, -8, 0)
        text, minutes, width = painter.fontMetrics(), gap.ends - gap.starts, int(words_place.width())
        said = words.processing(minutes)
        if text.horizontalAdvance(said) > width:
            said = words.processing_in_short(minutes)
        shown = text.elidedText(said, Qt.TextElideMode.ElideRight, width)
        painter.drawText(words_place, int(Qt.AlignmentFlag.AlignVCenter), shown)
    painter.restore()


def _paint_buffer(painter: QPainter, buffer: PlacedBuffer, worn: Theme) -> None:
    """Laying out and cleaning: as wide as the tile, hatched in its tone, without words."""
    tint = worn.status(buffer.entry.status)
    place = rect_f(buffer.box).adjusted(4, 0, -4, 0)
    fill, line = QColor(tint.fill), QColor(tint.ink)
    fill.setAlphaF(0.6)
    line.setAlphaF(0.3)
    theme.fill(painter, place, fill)
    painter.save()
    # Where only a part of the grid is painted anew, the hatching elsewhere stands already.
    painter.setClipRect(place, Qt.ClipOperation.IntersectClip)
    painter.setPen(QPen(line, 1))
    for offset in range(0, int(place.width() + place.height()), _HATCH - 3):
        painter.drawLine(QPointF(place.left() + offset, place.top()), QPointF(place.left(), place.top() + offset))
    painter.restore()


def _dashes(colour: QColor) -> QPen:
    pen = QPen(colour, 1)
    pen.setDashPattern([4, 3])
    return pen
