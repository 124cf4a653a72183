"""How a tile looks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import time
from functools import cache, lru_cache
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap, QStaticText

from app import wording
from app.ui import icons, lettering, theme
from app.ui.calendar import words
from app.ui.calendar.geometry import Box
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
_BROKEN_KEPT = 200


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
    painter.translate(place.topLeft())
    _Words(painter, worn).write([(tile, Box(0, 0, round(place.width()), round(place.height())))])
    painter.translate(-place.topLeft())


def paint_tiles(painter: QPainter, tiles: Sequence[Tile]) -> None:
    """Paint many tiles where they stand, on a picture that is clear there."""
    worn, ratio = theme.current(), painter.device().devicePixelRatio()
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
    for tile in tiles:
        entry, box = tile.entry, tile.box
        field = _field(entry.status, entry.colour, box.width, box.height, ratio, worn.name)
        painter.drawPixmap(box.x, box.y, field)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
    _Words(painter, worn).write((tile, tile.box) for tile in tiles)


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


class _Line(NamedTuple):
    """A place for words, in pixels from the upper left of the tile; ``right`` is just outside."""

    left: int
    top: int
    right: int
    height: int

    @property
    def width(self) -> int:
        return self.right - self.left

    def until(self, right: int) -> _Line:
        return _Line(self.left, self.top, right, self.height)


class _Words:
    """Writes on tiles whose field is there already.

    Words of one ink and one font are written one after another: a day has a thousand of them, and taking up another
    pen for each was a fifth of painting it.
    """

    def __init__(self, painter: QPainter, worn: Theme) -> None:
        self._painter = painter
        self._worn = worn
        device = painter.device()
        self._ratio = device.devicePixelRatio() if device else 1.0
        self._strong: dict[FontRole, list[tuple[int, int, str]]] = defaultdict(list)
        self._plain: dict[FontRole, list[tuple[int, int, str]]] = defaultdict(list)
        self._kept: dict[FontRole, list[tuple[int, int, QStaticText]]] = defaultdict(list)
        """What stands on many tiles, as times and services: how its letters are set is kept."""

    def write(self, tiles: Iterable[tuple[Tile, Box]]) -> None:
        """As many words on each tile as there is room for in its box."""
        by_status: dict[VisitStatus, list[tuple[Tile, Box]]] = {}
        for tile, box in tiles:
            by_status.setdefault(tile.entry.status, []).append((tile, box))
        for status, those in by_status.items():
            self._tint: Tint = self._worn.status(status)
            self._quiet = _quiet(status, self._worn.name)
            self._status_sign = words.STATUS_ICONS.get(status)
            for tile, box in those:
                self._begin(tile, box)
            self._put()

    def _begin(self, tile: Tile, box: Box) -> None:
        self._tile, self._entry = tile, tile.entry
        self._x, self._y = box.x, box.y
        if box.height < _ONE_SMALL_LINE:
            self._lay_line(FontRole.SMALL_STRONG, FontRole.SMALL, box.width, box.height)
        elif box.height < _ONE_LINE:
            self._lay_line(FontRole.STRONG, FontRole.SECONDARY, box.width, box.height)
        else:
            self._lay_lines(box.width, box.height)

    def _put(self) -> None:
        """Write what was laid out."""
        painter = self._painter
        for ink, laid in ((self._tint.ink, self._strong), (self._quiet, self._plain)):
            painter.setPen(ink)
            for role, lines in laid.items():
                painter.setFont(theme.font(role))
                for left, foot, text in lines:
                    painter.drawText(left, foot, text)
            laid.clear()
        for role, kept in self._kept.items():
            painter.setFont(theme.font(role))
            for left, top, text in kept:
                painter.drawStaticText(left, top, text)
        self._kept.clear()

    # ---- one line --------------------------------------------------------------------------------------------

    def _lay_line(self, strong: FontRole, plain: FontRole, width: int, height: int) -> None:
        line = _Line(_LEFT - 2, 0, width - _RIGHT, height)
        right = self._lay_right_end(line, plain)
        name = self._lay(line, right, words.client(self._entry), strong)
        left = line.left + name + 7
        if right - left >= _LEAST_FOR_SERVICE:
            self._lay_kept(line, left, right, words.service(self._tile), plain)

    def _lay_right_end(self, line: _Line, role: FontRole) -> int:
        """Start, status sign and the gravest alert from right to left; returns where they begin."""
        right = self._lay_start(line, role)
        if self._status_sign is not None and right - line.left > _LEAST_FOR_SIGN:
            right = self._paint_sign(self._status_sign, right, line, self._tint.ink)
        if self._entry.awaits_call:
            right = self._paint_sign("phone", right, line, self._worn.tone(Tone.WARN).ink)
        elif self._entry.alerts:
            right = self._paint_sign("triangle-alert", right, line, self._worn.danger)
        return right - 4

    def _lay_start(self, line: _Line, role: FontRole) -> int:
        """When it begins, at the right end; returns where that begins."""
        if line.right - line.left < _LEAST_FOR_TIME:
            return line.right
        start = _clock(self._tile.starts)
        left = line.right - lettering.width(role, start)
        self._lay_kept(line, left, line.right + 1, start, role)
        return left - 4

    def _paint_sign(self, name: str, right: int, line: _Line, ink: QColor) -> int:
        left = right - _SIGN
        top = _sign_top(line.top, line.height)
        self._painter.drawPixmap(self._x + left, self._y + top, _sign(name, ink.rgba(), self._ratio))
        return left - 3

    # ---- several lines ---------------------------------------------------------------------------------------

    def _lay_lines(self, width: int, height: int) -> None:
        top = 1 if height < 44 else 5 if height < 56 else 7
        first = _Line(_LEFT, top, width - _RIGHT, 18)
        second = _Line(_LEFT, top + (16 if height < 44 else 18), width - _RIGHT, 17)
        right = self._lay_start(first, FontRole.SMALL) - 4
        sign = self._status_sign
        client = words.client(self._entry)
        if sign is not None and lettering.fits(FontRole.STRONG, client, right - first.left - _SIGN):
            right = self._paint_sign(sign, right + 4, first, self._tint.ink) - 4
        elif sign is not None:
            # The name matters more: the sign gives way to the second line.
            second = second.until(self._paint_sign(sign, second.right + 1, second, self._tint.ink) - 2)
        self._lay(first, right, client, FontRole.STRONG)
        badges = words.badges(self._entry)
        foot = height - PILL_HEIGHT - 5
        has_foot = foot >= top + 18 + 16
        if not has_foot and (badges or self._entry.has_note or words.marks(self._entry)):
            second = second.until(self._paint_marks(second) - 4)
        lines = 2 if height >= (96 if badges or self._entry.has_note else 72) else 1
        if height < 44:
            self._lay_kept(second, second.left, second.right, words.service(self._tile), FontRole.SMALL)
        else:
            self._lay_wrapped(second, words.service(self._tile), lines)
        if has_foot:
            self._paint_badges(_Line(first.left, foot, first.right, PILL_HEIGHT), badges)

    def _paint_marks(self, line: _Line) -> int:
        """Where there is no room for words, the gravest badge is a sign."""
        entry = self._entry
        right = line.right + 1
        if entry.awaits_call:
            right = self._paint_sign("phone", right, line, self._worn.tone(Tone.WARN).ink)
        if entry.do_not_book:
            right = self._paint_sign("ban", right, line, self._worn.danger)
        elif entry.alerts:
            right = self._paint_sign("triangle-alert", right, line, self._worn.danger)
        elif entry.is_first_visit:
            right = self._paint_sign("sparkles", right, line, self._worn.accent)
        elif entry.has_note:
            right = self._paint_sign("file-text", right, line, self._quiet)
        return self._paint_ties(right, line)

    def _paint_ties(self, right: int, line: _Line) -> int:
        """Signs of the wish for this master, of series and group, while there is room; returns where they begin."""
        for _text, _tone, icon in words.marks(self._entry):
            if right - line.left > _LEAST_FOR_SIGN:
                right = self._paint_sign(icon, right, line, self._quiet)
        return right

    def _paint_badges(self, line: _Line, badges: list[tuple[str, Tone, str]]) -> None:
        left, right = line.left, line.right
        if self._entry.has_note:
            right = self._paint_sign("file-text", right + 1, line, self._quiet) - 1
        right = self._paint_ties(right + 1, line) - 3
        for text, tone, icon in badges:
            width = pill_width(text, icon)
            if left + width > right:
                break
            ink = self._worn.text if tone is Tone.NEUTRAL else self._worn.tone(tone).ink
            corner = QPointF(self._x + left, self._y + line.top)
            paint_pill(self._painter, corner, text, Tint(self._worn.surface, ink), icon)
            left += width + 4

    # ---- words -----------------------------------------------------------------------------------------------

    def _lay(self, line: _Line, right: int, text: str, role: FontRole) -> int:
        """One line in the strong ink, cut where there is no room before ``right``; returns its width."""
        shown, width = lettering.fitted(role, text, max(right - line.left, 0))
        self._strong[role].append((self._x + line.left, self._y + _foot(role, line.top, line.height), shown))
        return width

    def _lay_kept(self, line: _Line, left: int, right: int, text: str, role: FontRole) -> None:
        """Quietly what stands on many tiles."""
        shown, _width = lettering.fitted(role, text, max(right - left, 0))
        top = _foot(role, line.top, line.height) - lettering.hand(role)[1]
        self._kept[role].append((self._x + left, self._y + top, lettering.set_line(role, shown)))

    def _lay_wrapped(self, line: _Line, text: str, lines: int) -> None:
        """In one line, or in two where there is room and need."""
        role = FontRole.SECONDARY
        if lines > 1 and lettering.width(role, text) > line.width:
            first, rest = _broken(role, text, line.width)
            if first:
                for top, part in ((line.top, first), (line.top + 16, rest)):
                    shown, _width = lettering.fitted(role, part, max(line.width, 0))
                    self._plain[role].append((self._x + line.left, self._y + _foot(role, top, line.height), shown))
                return
        self._lay_kept(line, line.left, line.right, text, role)


@cache
def _foot(role: FontRole, top: int, height: int) -> int:
    """Where letters stand in a line of the tile, pixels from its upper edge."""
    _font, ascent, descent = lettering.hand(role)
    return round(top + (height + ascent - descent) / 2)


@cache
def _sign_top(top: int, height: int) -> int:
    return round(top + height / 2 - _SIGN / 2)


@cache
def _clock(minute: int) -> str:
    """When a tile begins, by the minute of its day."""
    return wording.clock_time(time(minute // 60, minute % 60))


@lru_cache(_BROKEN_KEPT)
def _broken(role: FontRole, text: str, width: int) -> tuple[str, str]:
    """The words that fit into the first line, and the rest."""
    first, metrics = "", lettering.metrics(role)
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
