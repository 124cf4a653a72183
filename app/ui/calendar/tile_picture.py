"""How a tile looks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import time
from functools import cache, lru_cache

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap, QStaticText

from app import wording
from app.salon.scheduling.agenda import AgendaEntry
from app.ui import lettering, theme
from app.ui.calendar import tile_form, words
from app.ui.calendar.geometry import Box
from app.ui.calendar.placing import Tile
from app.ui.calendar.tile_form import Form, quiet_ink
from app.ui.theme import FontRole, Theme, Tone
from app.vocabulary import VisitStatus

_BAR = 4
_BETWEEN = 7
_LINE = 16
_FIELDS_KEPT = 100
_NAMES_KEPT = 1_000


_Line = tuple[int, int, QStaticText | str]
"""Words and where they begin, left and top."""


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
    for tile in tiles:
        entry, box = tile.entry, tile.box
        field = _field(entry.status, entry.colour, box.width, box.height, ratio, worn.name)
        painter.drawPixmap(box.x, box.y, field)
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
        self._names: dict[FontRole, list[_Line]] = defaultdict(list)
        self._quiet: dict[FontRole, list[_Line]] = defaultdict(list)

    def write(self, tiles: Iterable[tuple[Tile, Box]]) -> None:
        """As many words on each tile as there is room for in its box."""
        by_status: dict[VisitStatus, list[tuple[Tile, Box]]] = {}
        for tile, box in tiles:
            by_status.setdefault(tile.entry.status, []).append((tile, box))
        for status, those in by_status.items():
            for tile, box in those:
                self._lay(tile, box)
            self._put(status)

    def _lay(self, tile: Tile, box: Box) -> None:
        entry, left, top = tile.entry, box.x, box.y
        clock_role = tile_form.clock_role(box.height)
        clock_width, clock = _clock(clock_role, tile.starts)
        signs, badges = _signs_and_badges(entry, box.height)
        known = (entry.status, box.width, box.height, clock_width, signs, badges, self._ratio, self._worn.name)
        form, client, service = tile_form.form_of(*known), words.client(entry), words.service(tile)
        name, wide = lettering.fitted_once(form.role, client, form.room)
        if form.has_yielding_sign and name != client:
            form = tile_form.form_of(*known, status_yields=True)
            name, wide = lettering.fitted_once(form.role, client, form.room)
        if form.has_yielding_clock and name != client:
            below = tile_form.form_of(*known, clock_yields=True)
            said, pixels = lettering.fitted_once(below.role, client, below.room)
            if said == client or _keeps_service(below, form, service):  # else it would be cut for nothing
                form, name, wide = below, said, pixels
        if form.has_second_line and name != client and " " in client:
            form = tile_form.form_of(*known, name_lines=2)
            lines = tile_form.name_in_two(form.role, client, form.room)
        else:
            lines = (name,)
        for number, line in enumerate(lines):
            lower = top + form.top + number * tile_form.NAME_LINE
            self._names[form.role].append((left + form.left, lower, _name(form.role, line, self._ratio)))
        if form.clock is not None:
            self._quiet[clock_role].append((left + form.clock[0], top + form.clock[1], clock))
        self._lay_service(form, service, wide, box)
        for shown in form.shown:
            self._painter.drawPixmap(left + shown.left, top + shown.top, shown.picture)

    def _lay_service(self, form: Form, service: str, name: int, box: Box) -> None:
        """What is done, below the name or behind it; ``name`` is how wide that is."""
        role, top, quiet = form.service_role, box.y + form.service_top, self._quiet[form.service_role]
        if form.service_lines:
            for line in tile_form.service_below(role, service, form.service_room, form.service_lines):
                quiet.append((box.x + form.left, top, line))
                top += _LINE
            return
        along = name + _BETWEEN
        beside = tile_form.service_beside(role, service, form.service_room - along)
        if beside is not None:
            quiet.append((box.x + form.left + along, top, beside))

    def _put(self, status: VisitStatus) -> None:
        """Write what was laid out."""
        self._put_lines(self._names, self._worn.status(status).ink)
        self._put_lines(self._quiet, _quiet(status, self._worn.name))

    def _put_lines(self, laid: dict[FontRole, list[_Line]], ink: QColor) -> None:
        painter = self._painter
        painter.setPen(ink)
        for role, lines in laid.items():
            painter.setFont(theme.font(role))
            ascent = lettering.hand(role)[1]
            for left, top, line in lines:
                if isinstance(line, str):
                    painter.drawText(left, top + ascent, line)
                else:
                    painter.drawStaticText(left, top, line)
        laid.clear()


def _keeps_service(below: Form, beside: Form, service: str) -> bool:
    """Whether the service is told as fully with the time below the name as with the time beside it."""
    has_room = below.service_lines > 1 or below.service_room >= beside.service_room
    return has_room or lettering.width(below.service_role, service) <= below.service_room


def _signs_and_badges(entry: AgendaEntry, height: int) -> tuple[tuple[str, ...], tuple[tuple[str, Tone, str], ...]]:
    """What must not be overlooked: in words where there is room for badges, else as signs; in one line the gravest."""
    if tile_form.has_one_line(height):
        return ("phone",) if entry.awaits_call else ("triangle-alert",) if entry.alerts else (), ()
    if not tile_form.has_badges(height):
        return words.signs(entry), ()
    return (("file-text",) if entry.has_note else ()) + words.ties(entry), tuple(words.badges(entry))


class _Met:
    """A name that was written, and its set letters once it was written again."""

    __slots__ = ("is_again", "line")

    def __init__(self) -> None:
        self.is_again = False
        self.line: QStaticText | None = None


@lru_cache(_NAMES_KEPT)
def _met(_role: FontRole, _shown: str) -> _Met:
    return _Met()


def _name(role: FontRole, shown: str, ratio: float) -> QStaticText | str:
    """A client's name. Cut behind the first letter of its second word, as most are, many days have the same: then its
    letters are set once. For one that is met only once that would take longer than to write it.

    Where a pixel is no whole number of dots, written letters stand a part of a dot beside set ones: there all are set,
    so that a name looks the same whenever it is met.
    """
    met = _met(role, shown)
    if met.line is None:
        if not met.is_again and ratio.is_integer():
            met.is_again = True
            return shown
        met.line = lettering.line_set(role, shown)
    return met.line


@cache
def _clock(role: FontRole, minute: int) -> tuple[int, QStaticText]:
    """When a tile begins, by the minute of its day, and how wide that is."""
    said = wording.clock_time(time(minute // 60, minute % 60))
    return lettering.width(role, said), lettering.set_line(role, said)


@lru_cache(_FIELDS_KEPT)
def _quiet(status: VisitStatus, _theme: str) -> QColor:
    return quiet_ink(theme.current().status(status))
