"""Where everything but the client's name stands on a tile: the same for many, so it is worked out once for all."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap, QStaticText

from app.ui import icons, lettering, theme
from app.ui.calendar import words
from app.ui.theme import FontRole, Tint, Tone
from app.ui.widgets.pill import PILL_HEIGHT, paint_pill, pill_width
from app.vocabulary import VisitStatus

_LEFT = 12
_RIGHT = 8
_SIGN = 13
NAME_LINE = 17
"""How much lower the second line of a name stands."""
_ONE_SMALL_LINE = 24
_ONE_LINE = 33
_LEAST_FOR_TIME = 104
_LEAST_FOR_SERVICE = 64
_LEAST_FOR_SIGN = 40
_LEAST_LEFT = 4
"""A sign that would begin further left has no room: it would stand on the tile beside."""
_FORMS_KEPT = 1_000
_SERVICES_KEPT = 2_000
_PICTURES_KEPT = 100


class Shown(NamedTuple):
    """A sign or a badge; ``left`` and ``top`` from the upper left of the tile."""

    left: int
    top: int
    picture: QPixmap


class Form(NamedTuple):
    """What stands where on a tile. Lengths are pixels, from its upper left."""

    role: FontRole
    """In which letters the client's name is written."""
    left: int
    top: int
    room: int
    """How wide the name can be."""
    clock: tuple[int, int] | None
    """Where the time begins, left and top; None where there is no room for it."""
    service_role: FontRole
    service_top: int
    service_room: int
    service_lines: int
    """In how many lines the service is told below the name; 0: it follows the name in the same line."""
    shown: tuple[Shown, ...]
    has_yielding_sign: bool
    """Whether the status sign stands beside the name, and goes elsewhere where the name needs its room."""
    has_yielding_clock: bool = False
    """Whether the time could stand below, beside the service, where the name needs its room as well."""
    has_second_line: bool = False
    """Whether the tile is high enough for a name in two lines."""


def clock_role(height: int) -> FontRole:
    """In which letters a tile of so many pixels says the time."""
    return FontRole.SECONDARY if _ONE_SMALL_LINE <= height < _ONE_LINE else FontRole.SMALL


def has_one_line(height: int) -> bool:
    """Whether a tile has room for one line only."""
    return height < _ONE_LINE


def has_badges(height: int) -> bool:
    """Whether a tile has room for badges below its words."""
    return height - PILL_HEIGHT - 5 >= _top_of(height) + 18 + 16


@lru_cache(_FORMS_KEPT)
def form_of(
    status: VisitStatus,
    width: int,
    height: int,
    clock: int,
    signs: tuple[str, ...],
    badges: tuple[tuple[str, Tone, str], ...],
    ratio: float,
    _theme: str,
    *,
    status_yields: bool = False,
    clock_yields: bool = False,
    name_lines: int = 1,
) -> Form:
    """What stands where on tiles of a size. ``clock`` is how wide the time is.

    ``status_yields``: the name needs the room of the status sign; ``clock_yields``: that of the time, too;
    ``name_lines``: it needs as many lines.
    """
    setting = _Setting(status, width, height, clock, ratio)
    if has_one_line(height):
        return setting.in_one_line(signs)
    if clock_yields or name_lines > 1:
        return setting.below_name(signs, badges, name_lines)
    return setting.in_lines(signs, badges, status_yields)


def name_in_two(role: FontRole, name: str, room: int) -> tuple[str, ...]:
    """A name that is too long for one line: as many of its words as fit, and the rest, one word at least."""
    first, *rest = name.split(" ")
    while len(rest) > 1 and lettering.fits(role, f"{first} {rest[0]}", room):
        first = f"{first} {rest.pop(0)}"
    return tuple(lettering.fitted_once(role, part, room)[0] for part in (first, " ".join(rest)))


@lru_cache(_SERVICES_KEPT)
def service_below(role: FontRole, service: str, room: int, lines: int) -> tuple[QStaticText, ...]:
    """The service in one line, or in two where there is room and need."""
    parts = [service]
    if lines > 1 and lettering.width(role, service) > room:
        parts = [part for part in _broken(role, service, room) if part]
    return tuple(lettering.set_line(role, lettering.fitted(role, part, room)[0]) for part in parts)


@lru_cache(_SERVICES_KEPT)
def service_beside(role: FontRole, service: str, room: int) -> QStaticText | None:
    """The service behind a name in the same line; None where too little room is left."""
    return None if room < _LEAST_FOR_SERVICE else lettering.set_line(role, lettering.fitted(role, service, room)[0])


class _Line(NamedTuple):
    """A place for words, in pixels from the upper left of the tile; ``right`` is just outside."""

    left: int
    top: int
    right: int
    height: int


class _Setting:
    """Lays a tile out: what has found its place takes room from what comes next."""

    def __init__(self, status: VisitStatus, width: int, height: int, clock: int, ratio: float) -> None:
        self._width, self._height = width, height
        self._clock_width, self._ratio = clock, ratio
        self._worn = theme.current()
        self._tint = self._worn.status(status)
        self._status_sign = words.STATUS_ICONS.get(status)
        self._clock_role = clock_role(height)
        self._clock: tuple[int, int] | None = None
        self._shown: list[Shown] = []

    # ---- one line --------------------------------------------------------------------------------------------

    def in_one_line(self, signs: tuple[str, ...]) -> Form:
        """Time, status sign and the gravest sign from right to left; the rest is for name and service."""
        line = _Line(_LEFT - 2, 0, self._width - _RIGHT, self._height)
        right = self._place_clock(line)
        if self._status_sign is not None and right - line.left > _LEAST_FOR_SIGN:
            right = self._show(self._status_sign, right, line, self._tint.ink)
        for sign in signs:
            right = self._show(sign, right, line, self._ink_of(sign))
        role = FontRole.SMALL_STRONG if self._height < _ONE_SMALL_LINE else FontRole.STRONG
        return self._form(role, line, right - 4, self._clock_role, line, 0, has_yielding_sign=False)

    # ---- several lines ---------------------------------------------------------------------------------------

    def in_lines(self, signs: tuple[str, ...], badges: tuple[tuple[str, Tone, str], ...], status_yields: bool) -> Form:
        """The name and the time, below them the service, and where there is room the badges."""
        width, height = self._width, self._height
        top = _top_of(height)
        first = _Line(_LEFT, top, width - _RIGHT, 18)
        second = _Line(_LEFT, top + (16 if height < 44 else 18), width - _RIGHT, 17)
        right = self._place_clock(first) - 4
        if self._status_sign is not None and not status_yields:
            right = self._show(self._status_sign, right + 4, first, self._tint.ink) - 4
        elif self._status_sign is not None and (width >= _LEAST_FOR_SIGN or not signs or has_badges(height)):
            # The name matters more: the sign gives way to the second line.
            room = self._show(self._status_sign, second.right + 1, second, self._tint.ink) - 2
            second = second._replace(right=room)
        if signs and not has_badges(height):
            second = second._replace(right=self._show_signs(second, signs) - 4)
        if has_badges(height):
            self._show_badges(_Line(first.left, height - PILL_HEIGHT - 5, first.right, PILL_HEIGHT), signs, badges)
        role = FontRole.SMALL if height < 44 else FontRole.SECONDARY
        lines = 2 if height >= (96 if badges or "file-text" in signs else 72) else 1
        yielding = self._status_sign is not None and not status_yields
        form = self._form(FontRole.STRONG, first, right, role, second, lines, has_yielding_sign=yielding)
        return form._replace(
            has_yielding_clock=self._clock is not None and self._clock_goes_below(signs, badges),
            has_second_line=self._has_third_line(signs, badges),
        )

    def below_name(self, signs: tuple[str, ...], badges: tuple[tuple[str, Tone, str], ...], name_lines: int) -> Form:
        """The name has its lines for itself. Time and status sign stand right of the service; in two lines where there
        is room for both, else below a name of one line the time stands beside the badges.
        """
        width, height = self._width, self._height
        top, small = _top_of(height), height < 44
        first = _Line(_LEFT, top, width - _RIGHT, 18)
        second = _Line(_LEFT, top + (16 if small else 18) + NAME_LINE * (name_lines - 1), width - _RIGHT, 17)
        foot = _Line(_LEFT, height - PILL_HEIGHT - 5, width - _RIGHT, PILL_HEIGHT)
        has_third = self._has_third_line(signs, badges, name_lines)
        right = second.right
        if has_third or not has_badges(height) or name_lines > 1:
            right = self._place_clock(second)
        else:
            foot = foot._replace(right=self._place_clock(foot))
        if self._status_sign is not None and has_third and self._clock is not None:
            self._show(self._status_sign, second.right + 1, second._replace(top=second.top + 17), self._tint.ink)
        elif self._status_sign is not None:
            right = self._show(self._status_sign, right + 1, second, self._tint.ink) - 2
        if has_badges(height):
            self._show_badges(foot, signs, badges)
        elif signs:
            right = self._show_signs(second._replace(right=right), signs) - 4
        role = FontRole.SMALL if small else FontRole.SECONDARY
        second = second._replace(right=right)
        lines = 2 if has_third else 1
        form = self._form(FontRole.STRONG, first, first.right, role, second, lines, has_yielding_sign=False)
        return form._replace(has_second_line=self._has_third_line(signs, badges))

    def _clock_goes_below(self, signs: tuple[str, ...], badges: tuple[tuple[str, Tone, str], ...]) -> bool:
        """Whether there is room for the time elsewhere than beside the name."""
        room = self._width - _RIGHT - _LEFT - self._clock_width - 4
        if self._has_third_line(signs, badges):
            return True
        if has_badges(self._height):
            taken = sum(pill_width(text, icon) + 4 for text, _tone, icon in badges)
            return taken + (_SIGN + 3) * len(signs) <= room
        return room - (_SIGN + 3) * (len(signs) + (self._status_sign is not None)) >= _LEAST_FOR_SERVICE

    def _has_third_line(
        self, signs: tuple[str, ...], badges: tuple[tuple[str, Tone, str], ...], name_lines: int = 1
    ) -> bool:
        """Whether there is room for the name and two lines, above the badges where there are any."""
        foot = PILL_HEIGHT + 7 if badges or signs else 2
        return self._height >= _top_of(self._height) + 18 + NAME_LINE * (name_lines - 1) + 17 + 17 + foot

    def _show_signs(self, line: _Line, signs: tuple[str, ...]) -> int:
        """Signs from right to left, what only ties the visit while there is room; returns where they begin."""
        right = line.right + 1
        for sign in signs:
            if sign not in words.TIES or right - line.left > _LEAST_FOR_SIGN:
                right = self._show(sign, right, line, self._ink_of(sign))
        return right

    def _show_badges(self, line: _Line, signs: tuple[str, ...], badges: tuple[tuple[str, Tone, str], ...]) -> None:
        left, right = line.left, self._show_signs(line, signs) - 3
        for text, tone, icon in badges:
            width = pill_width(text, icon)
            if left + width > right:
                break
            self._shown.append(Shown(left, line.top, _badge(text, tone, icon, self._ratio, self._worn.name)))
            left += width + 4

    def _ink_of(self, sign: str) -> QColor:
        worn = self._worn
        inks = {"phone": worn.tone(Tone.WARN).ink, "ban": worn.danger, "triangle-alert": worn.danger}
        return inks.get(sign, worn.accent if sign == "sparkles" else quiet_ink(self._tint))

    # ---- one thing after another -----------------------------------------------------------------------------

    def _place_clock(self, line: _Line) -> int:
        """When it begins, at the right end; returns where that begins."""
        if line.right - line.left < _LEAST_FOR_TIME:
            return line.right
        left = line.right - self._clock_width
        self._clock = left, _top(self._clock_role, line)
        return left - 4

    def _show(self, name: str, right: int, line: _Line, ink: QColor) -> int:
        size = min(_SIGN, self._height)
        left = right - size
        if left < _LEAST_LEFT:
            return right
        top = round(line.top + line.height / 2 - size / 2)
        self._shown.append(Shown(left, top, _sign(name, ink.rgba(), size, self._ratio)))
        return left - 3

    def _form(
        self,
        role: FontRole,
        name: _Line,
        right: int,
        service_role: FontRole,
        service: _Line,
        lines: int,
        *,
        has_yielding_sign: bool,
    ) -> Form:
        return Form(
            role,
            name.left,
            _top(role, name),
            max(right - name.left, 0),
            self._clock,
            service_role,
            _top(service_role, service),
            max((service.right if lines else right) - service.left, 0),
            lines,
            tuple(self._shown),
            has_yielding_sign,
        )


def _top_of(height: int) -> int:
    """Where the first of several lines begins."""
    return 1 if height < 44 else 5 if height < 56 else 7


def _top(role: FontRole, line: _Line) -> int:
    """Where letters begin that stand in the middle of a line."""
    _font, ascent, descent = lettering.hand(role)
    return round(line.top + (line.height + ascent - descent) / 2) - ascent


def _broken(role: FontRole, text: str, width: int) -> tuple[str, str]:
    """The words that fit into the first line, and the rest. A first word that is too long is cut, not what follows."""
    parts, metrics = text.split(" "), lettering.metrics(role)
    first = parts[0]
    if width < _LEAST_FOR_SERVICE and metrics.horizontalAdvance(first) > width:
        return "", text
    for index, word in enumerate(parts[1:], 1):
        longer = f"{first} {word}"
        if metrics.horizontalAdvance(longer) > width:
            return first, " ".join(parts[index:])
        first = longer
    return first, ""


@lru_cache(_PICTURES_KEPT)
def _sign(name: str, ink: int, size: int, ratio: float) -> QPixmap:
    return icons.pixmap(name, QColor(ink), size, ratio)


@lru_cache(_PICTURES_KEPT)
def _badge(text: str, tone: Tone, icon: str, ratio: float, _theme: str) -> QPixmap:
    worn = theme.current()
    picture = QPixmap(QSize(pill_width(text, icon), PILL_HEIGHT) * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    ink = worn.text if tone is Tone.NEUTRAL else worn.tone(tone).ink
    paint_pill(painter, QPointF(0, 0), text, Tint(worn.surface, ink), icon)
    painter.end()
    return picture


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
