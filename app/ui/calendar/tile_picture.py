"""How a tile looks."""

from collections.abc import Iterable
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPainterPath, QPen, QPixmap

from app import wording
from app.ui import icons, theme
from app.ui.calendar import lettering, words
from app.ui.calendar.placing import Tile
from app.ui.theme import FontRole, Theme, Tint, Tone
from app.ui.widgets.pill import PILL_HEIGHT, paint_pill, pill_width
from app.vocabulary import VisitStatus

_BAR = 4
_LEFT = 12
_RIGHT = 8
_SIGN = 13
_ONE_SMALL_LINE = 24
_ONE_LINE = 33
_LEAST_FOR_TIME = 104
_LEAST_FOR_SERVICE = 64
_LEAST_FOR_SIGN = 40
_FIELDS_KEPT = 100


@lru_cache(maxsize=_FIELDS_KEPT)
def _field(status: VisitStatus, colour: int, width: int, height: int, ratio: float, _theme: str) -> QPixmap:
    """The field and the bar of a tile without its words: a day has only so many different ones."""
    picture = QPixmap(QSize(round(width * ratio), round(height * ratio)))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _paint_field(painter, QRectF(0, 0, width, height), status, colour, theme.current())
    painter.end()
    return picture


def paint_tile(painter: QPainter, tile: Tile, place: QRectF) -> None:
    """Paint a tile at ``place``: its field, its bar, and as many words as there is room for."""
    worn = theme.current()
    _paint_field(painter, place, tile.entry.status, tile.entry.colour, worn)
    _Painter(painter, tile, place, worn).paint_words()


def paint_tiles(painter: QPainter, tiles: Iterable[Tile]) -> None:
    """Paint many tiles where they stand, on a picture."""
    worn, ratio = theme.current(), painter.device().devicePixelRatio()
    for tile in tiles:
        entry, box = tile.entry, tile.box
        painter.translate(box.x, box.y)
        painter.drawPixmap(0, 0, _field(entry.status, entry.colour, box.width, box.height, ratio, worn.name))
        _Painter(painter, tile, QRectF(0, 0, box.width, box.height), worn).paint_words()
        painter.translate(-box.x, -box.y)


def radius_of(height: float) -> float:
    """Low tiles have smaller corners."""
    return theme.RADIUS_TILE if height >= 28 else 5


def _paint_field(painter: QPainter, place: QRectF, status: VisitStatus, colour: int, worn: Theme) -> None:
    radius = radius_of(place.height())
    cancelled, tint = status is VisitStatus.CANCELLED, worn.status(status)
    field, bar = QPainterPath(), QPainterPath()
    field.addRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5) if cancelled else place, radius, radius)
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tint.fill)
    painter.drawPath(field)
    bar.addRect(QRectF(place.x(), place.y(), _BAR, place.height()))
    painter.setBrush(worn.category(colour))
    painter.setOpacity(0.5 if status in (VisitStatus.COMPLETED, VisitStatus.CANCELLED) else 1)
    painter.drawPath(bar.intersected(field))
    painter.setOpacity(1)
    if cancelled:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(worn.muted, 1, Qt.PenStyle.DashLine))
        painter.drawPath(field)
    painter.restore()


class _Painter:
    """The words of one tile being painted."""

    def __init__(self, painter: QPainter, tile: Tile, place: QRectF, worn: Theme) -> None:
        self._painter = painter
        self._tile = tile
        self._entry = tile.entry
        self._place = place
        self._worn = worn
        self._tint: Tint = self._worn.status(tile.entry.status)
        self._quiet = _quiet(tile.entry.status, self._worn.name)

    def paint_words(self) -> None:
        """The words on a field that is there already."""
        height = self._place.height()
        if height < _ONE_SMALL_LINE:
            self._paint_line(FontRole.SMALL_STRONG, FontRole.SMALL, self._place)
        elif height < _ONE_LINE:
            self._paint_line(FontRole.STRONG, FontRole.SECONDARY, self._place)
        else:
            self._paint_lines()

    # ---- one line --------------------------------------------------------------------------------------------

    def _paint_line(self, strong: FontRole, plain: FontRole, place: QRectF) -> None:
        line = place.adjusted(_LEFT - 2, 0, -_RIGHT, 0)
        right = self._paint_right_end(line, plain)
        room = right - line.left()
        name = self._write(QRectF(line.left(), line.top(), room, line.height()), words.client(self._entry), strong)
        left = line.left() + name + 7
        if right - left >= _LEAST_FOR_SERVICE:
            rest = QRectF(left, line.top(), right - left, line.height())
            self._write(rest, words.service(self._tile), plain, self._quiet, comes_again=True)

    def _paint_right_end(self, line: QRectF, role: FontRole) -> float:
        """Start, status sign and the gravest alert from right to left; returns where they begin."""
        right = self._paint_start(line, role)
        sign = words.STATUS_ICONS.get(self._entry.status)
        if sign is not None and right - line.left() > _LEAST_FOR_SIGN:
            right = self._paint_sign(sign, right, line, self._tint.ink)
        if self._entry.awaits_call:
            right = self._paint_sign("phone", right, line, self._worn.tone(Tone.WARN).ink)
        elif self._entry.alerts:
            right = self._paint_sign("triangle-alert", right, line, self._worn.danger)
        return right - 4

    def _paint_start(self, line: QRectF, role: FontRole) -> float:
        """When it begins, at the right end; returns where that begins."""
        if line.width() < _LEAST_FOR_TIME:
            return line.right()
        start = wording.clock_time(self._tile.start_time)
        width = lettering.width(role, start)
        place = QRectF(line.right() - width, line.top(), width + 1, line.height())
        self._write(place, start, role, self._quiet, comes_again=True)
        return line.right() - width - 4

    def _paint_sign(self, name: str, right: float, line: QRectF, ink: QColor) -> float:
        sign = _sign(name, ink.rgba(), self._ratio())
        self._painter.drawPixmap(QPointF(right - _SIGN, round(line.center().y() - _SIGN / 2)), sign)
        return right - _SIGN - 3

    # ---- several lines ---------------------------------------------------------------------------------------

    def _paint_lines(self) -> None:
        place = self._place
        height = place.height()
        top = place.top() + (1 if height < 44 else 5 if height < 56 else 7)
        first = QRectF(place.left() + _LEFT, top, place.width() - _LEFT - _RIGHT, 18)
        second = QRectF(first.left(), top + (16 if height < 44 else 18), first.width(), 17)
        right = self._paint_start(first, FontRole.SMALL) - 4
        sign = words.STATUS_ICONS.get(self._entry.status)
        name = lettering.width(FontRole.STRONG, words.client(self._entry))
        if sign is not None and name <= right - first.left() - _SIGN:
            right = self._paint_sign(sign, right + 4, first, self._tint.ink) - 4
        elif sign is not None:
            # The name matters more: the sign gives way to the second line.
            second.setRight(self._paint_sign(sign, second.right() + 1, second, self._tint.ink) - 2)
        self._write(QRectF(first.left(), top, right - first.left(), 18), words.client(self._entry), FontRole.STRONG)
        badges = words.badges(self._entry)
        foot = place.bottom() - PILL_HEIGHT - 5
        has_foot = foot >= top + 18 + 16
        if not has_foot and (badges or self._entry.has_note or words.marks(self._entry)):
            second.setRight(self._paint_marks(second) - 4)
        lines = 2 if height >= (96 if badges or self._entry.has_note else 72) else 1
        if height < 44:
            self._write(second, words.service(self._tile), FontRole.SMALL, self._quiet, comes_again=True)
        else:
            self._write_wrapped(second, words.service(self._tile), lines)
        if has_foot:
            self._paint_badges(QPointF(first.left(), foot), first.right(), badges)

    def _paint_marks(self, line: QRectF) -> float:
        """Where there is no room for words, the gravest badge is a sign."""
        entry = self._entry
        right = line.right() + 1
        if entry.awaits_call:
            right = self._paint_sign("phone", right, line, self._worn.tone(Tone.WARN).ink)
        if entry.alerts:
            right = self._paint_sign("triangle-alert", right, line, self._worn.danger)
        elif entry.is_first_visit:
            right = self._paint_sign("sparkles", right, line, self._worn.accent)
        elif entry.has_note:
            right = self._paint_sign("file-text", right, line, self._quiet)
        return self._paint_ties(right, line)

    def _paint_ties(self, right: float, line: QRectF) -> float:
        """Signs of the wish for this master, of series and group, while there is room; returns where they begin."""
        for _text, _tone, icon in words.marks(self._entry):
            if right - line.left() > _LEAST_FOR_SIGN:
                right = self._paint_sign(icon, right, line, self._quiet)
        return right

    def _paint_badges(self, corner: QPointF, right: float, badges: list[tuple[str, Tone, str]]) -> None:
        left = corner.x()
        if self._entry.has_note:
            line = QRectF(left, corner.y(), right - left, PILL_HEIGHT)
            right = self._paint_sign("file-text", right + 1, line, self._quiet) - 1
        right = self._paint_ties(right + 1, QRectF(left, corner.y(), right - left, PILL_HEIGHT)) - 3
        for text, tone, icon in badges:
            width = pill_width(text, icon)
            if left + width > right:
                break
            ink = self._worn.text if tone is Tone.NEUTRAL else self._worn.tone(tone).ink
            paint_pill(self._painter, QPointF(left, corner.y()), text, Tint(self._worn.surface, ink), icon)
            left += width + 4

    # ---- words -----------------------------------------------------------------------------------------------

    def _write(
        self, place: QRectF, text: str, role: FontRole, ink: QColor | None = None, *, comes_again: bool = False
    ) -> float:
        """Write one line, cut where there is no room; returns its width.

        ``comes_again``: times and services stand on many tiles, so how their letters are set is kept.
        """
        shown, width = lettering.fitted(role, text, max(int(place.width()), 0))
        ascent, descent = lettering.reach(role)
        painter = self._painter
        painter.setFont(theme.font(role))
        painter.setPen(self._tint.ink if ink is None else ink)
        baseline = round(place.top() + (place.height() + ascent - descent) / 2)
        if comes_again:
            painter.drawStaticText(QPointF(place.left(), baseline - ascent), lettering.set_line(role, shown))
        else:
            painter.drawText(QPointF(place.left(), baseline), shown)
        return width

    def _write_wrapped(self, place: QRectF, text: str, lines: int) -> None:
        """Write in one line, or in two where there is room and need."""
        if lines > 1 and lettering.width(FontRole.SECONDARY, text) > place.width():
            first, rest = _broken(text, lettering.metrics(FontRole.SECONDARY), place.width())
            if first:
                self._write(place, first, FontRole.SECONDARY, self._quiet)
                self._write(place.translated(0, 16), rest, FontRole.SECONDARY, self._quiet)
                return
        self._write(place, text, FontRole.SECONDARY, self._quiet, comes_again=True)

    def _ratio(self) -> float:
        device = self._painter.device()
        return device.devicePixelRatio() if device else 1.0


def _broken(text: str, metrics: QFontMetrics, width: float) -> tuple[str, str]:
    """The words that fit into the first line, and the rest."""
    first = ""
    parts = text.split(" ")
    for index, word in enumerate(parts):
        longer = f"{first} {word}".strip()
        if metrics.horizontalAdvance(longer) > width:
            return first, " ".join(parts[index:])
        first = longer
    return first, ""


@lru_cache(_FIELDS_KEPT)
def _sign(name: str, ink: int, ratio: float) -> QPixmap:
    return icons.pixmap(name, QColor(ink), _SIGN, ratio)


@lru_cache(_FIELDS_KEPT)
def _quiet(status: VisitStatus, _theme: str) -> QColor:
    return quiet_ink(theme.current().status(status))


def quiet_ink(tint: Tint) -> QColor:
    """The ink of secondary words on a tile."""
    return _mixed(tint.ink, tint.fill, 0.86)


def _mixed(ink: QColor, fill: QColor, share: float) -> QColor:
    """Ink with a little of the fill in it."""
    return QColor(
        round(ink.red() * share + fill.red() * (1 - share)),
        round(ink.green() * share + fill.green() * (1 - share)),
        round(ink.blue() * share + fill.blue() * (1 - share)),
    )
