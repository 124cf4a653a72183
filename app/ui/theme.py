"""How the program looks: colour tokens, type and measures, turned into a palette and a small style sheet.

The colours of both themes stand in ``resources/styles``. A widget that paints asks ``current()``; a widget
that is styled carries a property (``kind``, ``tone``) that the style sheet knows. Nobody writes a colour.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import field, fields
from enum import StrEnum
from functools import cache
from string import Template
from typing import Any, cast

from PySide6.QtCore import QCoreApplication, QObject, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPainter, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from app.frozen import frozen
from app.paths import resources
from app.vocabulary import ThemeChoice, VisitStatus

GRID = 8
"""Distances are multiples of this many pixels."""
MARGIN = 24
"""Free space around the content of a screen."""
RADIUS_SURFACE = 14
RADIUS_CONTROL = 10
RADIUS_TILE = 8
CONTROL_HEIGHT = 36
MOTION_MS = 140
"""How long something that moves may take. Ask ``motion_ms()`` before moving anything."""

FONT_FAMILY = "Noto Sans"
_FONT_FILES = ("NotoSans-Regular", "NotoSans-Medium", "NotoSans-SemiBold", "NotoSans-Bold")
_THEME_PROPERTY = "vizit_theme"
STYLE = "Fusion"
"""Qt's style that looks the same on every system."""
STYLE_PROPERTY = "vizit_style"
"""The application's note that it wears it."""


class FontRole(StrEnum):
    """What a text is for; decides its size and weight."""

    TITLE = "title"
    HEADING = "heading"
    BODY = "body"
    STRONG = "strong"
    SECONDARY = "secondary"
    SMALL = "small"
    SMALL_STRONG = "small_strong"


_TYPE: dict[FontRole, tuple[int, QFont.Weight]] = {
    FontRole.TITLE: (24, QFont.Weight.DemiBold),
    FontRole.HEADING: (14, QFont.Weight.DemiBold),
    FontRole.BODY: (13, QFont.Weight.Normal),
    FontRole.STRONG: (13, QFont.Weight.DemiBold),
    FontRole.SECONDARY: (12, QFont.Weight.Normal),
    FontRole.SMALL: (11, QFont.Weight.Medium),
    FontRole.SMALL_STRONG: (11, QFont.Weight.DemiBold),
}


class Tone(StrEnum):
    """The voice of a pill, a badge or a banner."""

    NEUTRAL = "neutral"
    ACCENT = "accent"
    WARN = "warn"
    DANGER = "danger"


@frozen
class Tint:
    """A fill and the ink that is readable on it."""

    fill: QColor
    ink: QColor


@frozen
class Theme:
    """Every colour of one theme, by the token's name in ``resources/styles``."""

    name: str
    dark: bool
    app: QColor
    surface: QColor
    raised: QColor
    sunken: QColor
    hover: QColor
    line: QColor
    control_line: QColor
    text: QColor
    muted: QColor
    accent: QColor
    accent_hover: QColor
    accent_soft: QColor
    on_accent: QColor
    danger: QColor
    danger_hover: QColor
    danger_soft: QColor
    on_danger: QColor
    warn: QColor
    warn_soft: QColor
    now: QColor
    on_now: QColor
    toast: QColor
    on_toast: QColor
    toast_action: QColor
    shadow: QColor
    veil: QColor
    statuses: dict[VisitStatus, Tint] = field(repr=False)
    categories: tuple[QColor, ...] = field(repr=False)

    def colour(self, token: str) -> QColor:
        """The colour of a token by its name, for example ``"muted"``."""
        return cast(QColor, getattr(self, token))

    def status(self, status: VisitStatus) -> Tint:
        """Fill and ink of a visit's tile. A cancelled visit is drawn as an outline on the surface."""
        return self.statuses[status]

    def category(self, number: int) -> QColor:
        """The bar of the category with this number; the colours repeat after the last."""
        return self.categories[number % len(self.categories)]

    def tone(self, tone: Tone) -> Tint:
        """Fill and ink of a pill or a banner."""
        match tone:
            case Tone.ACCENT:
                return Tint(self.accent_soft, self.accent)
            case Tone.WARN:
                return Tint(self.warn_soft, self.warn)
            case Tone.DANGER:
                return Tint(self.danger_soft, self.danger)
            case _:
                return Tint(self.sunken, self.muted)


def colour_tokens() -> tuple[str, ...]:
    """The names of the single colours, in the order of ``Theme``."""
    special = {"name", "dark", "statuses", "categories"}
    return tuple(each.name for each in fields(Theme) if each.name not in special)


@cache
def theme_named(name: str) -> Theme:
    """The theme ``light`` or ``dark``.

    A missing or unknown token is a fault of the program: it raises KeyError or TypeError.
    """
    told: dict[str, Any] = tomllib.loads((resources() / "styles" / f"{name}.toml").read_text(encoding="utf-8"))
    return Theme(
        name=told["name"],
        dark=told["dark"],
        statuses={
            VisitStatus(key): Tint(QColor(tint["fill"]), QColor(tint["ink"])) for key, tint in told["statuses"].items()
        },
        categories=tuple(QColor(each) for each in told["categories"]),
        **{key: QColor(value) for key, value in told["colours"].items()},
    )


def current() -> Theme:
    """The theme that the application wears now; the light one before ``apply`` was called."""
    app = QCoreApplication.instance()
    worn = None if app is None else app.property(_THEME_PROPERTY)
    return worn if isinstance(worn, Theme) else theme_named("light")


@cache
def font(role: FontRole) -> QFont:
    """The font of a role. Treat it as read-only: it is shared."""
    pixels, weight = _TYPE[role]
    made = QFont(FONT_FAMILY)
    made.setPixelSize(pixels)
    made.setWeight(weight)
    # Figures of one width, so that a column of times or prices stands straight.
    made.setFeature(QFont.Tag("tnum"), 1)
    return made


@cache
def load_fonts() -> None:
    """Make the bundled typeface known to Qt, once in the life of the program."""
    for name in _FONT_FILES:
        QFontDatabase.addApplicationFont(str(resources() / "fonts" / f"{name}.ttf"))


def fill(painter: QPainter, place: QRect | QRectF | Sequence[QRect], colour: QColor) -> None:
    """Fill one place or several with ``colour``.

    QPainter's ``fillRect`` would tell Python of 169 ready-made gradients first.
    """
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    if isinstance(place, QRect | QRectF):
        painter.drawRect(place)
    else:
        painter.drawRects(place)
    painter.restore()


def palette_of(theme: Theme) -> QPalette:
    """Qt's palette in the colours of ``theme``, for everything the style sheet does not name."""
    role = QPalette.ColorRole
    palette = QPalette()
    for each, colour in {
        role.Window: theme.app,
        role.WindowText: theme.text,
        role.Base: theme.surface,
        role.AlternateBase: theme.hover,
        role.Text: theme.text,
        role.PlaceholderText: theme.muted,
        role.Button: theme.surface,
        role.ButtonText: theme.text,
        role.BrightText: theme.on_accent,
        role.ToolTipBase: theme.toast,
        role.ToolTipText: theme.on_toast,
        role.Highlight: theme.accent,
        role.HighlightedText: theme.on_accent,
        role.Link: theme.accent,
        role.LinkVisited: theme.accent,
        role.Light: theme.surface,
        role.Midlight: theme.hover,
        role.Mid: theme.line,
        role.Dark: theme.control_line,
        role.Shadow: theme.shadow,
        role.Accent: theme.accent,
    }.items():
        palette.setColor(each, colour)
    for each in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, each, theme.muted)
    return palette


def style_sheet_of(theme: Theme) -> str:
    """The style sheet ``resources/styles/controls.qss`` in the colours of ``theme``."""
    styles = resources() / "styles"
    tokens = {token: theme.colour(token).name(QColor.NameFormat.HexRgb) for token in colour_tokens()}
    tokens["marks"] = (styles / "marks" / theme.name).as_posix()
    return Template((styles / "controls.qss").read_text(encoding="utf-8")).substitute(tokens)


def apply(app: QApplication, theme: Theme) -> None:
    """Dress the whole application in ``theme``; open windows change at once."""
    if app.property(_THEME_PROPERTY) is theme and app.styleSheet():
        return
    load_fonts()
    app.setProperty(_THEME_PROPERTY, theme)
    if app.property(STYLE_PROPERTY) != STYLE:
        app.setStyle(STYLE)
        app.setProperty(STYLE_PROPERTY, STYLE)
    app.setFont(font(FontRole.BODY))
    app.setPalette(palette_of(theme))
    app.setStyleSheet(style_sheet_of(theme))


def dress(widget: QWidget, **properties: str | bool) -> None:
    """Give ``widget`` the properties that the style sheet knows (``kind``, ``tone``), at any time."""
    for name, value in properties.items():
        widget.setProperty(name, value)
    if not widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        return  # the style comes to it when it is first shown
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()


class Appearance(QObject):
    """Keeps the application in the theme that this machine prefers, and follows the system where asked to."""

    changed = Signal(object)
    """The ``Theme`` that is worn from now on."""

    def __init__(self, app: QApplication, choice: ThemeChoice = ThemeChoice.SYSTEM) -> None:
        super().__init__(app)
        self._app = app
        self._choice = choice
        app.styleHints().colorSchemeChanged.connect(self._follow_system)
        apply(app, self._wanted())

    @property
    def choice(self) -> ThemeChoice:
        """What was chosen: light, dark, or as the system has it."""
        return self._choice

    def choose(self, choice: ThemeChoice) -> None:
        """Wear the chosen theme from now on."""
        self._choice = choice
        self._wear()

    def toggle(self) -> ThemeChoice:
        """Change from light to dark or back; returns the new choice, so that it can be remembered."""
        self.choose(ThemeChoice.LIGHT if current().dark else ThemeChoice.DARK)
        return self._choice

    def _wanted(self) -> Theme:
        if self._choice is not ThemeChoice.SYSTEM:
            return theme_named(self._choice.value)
        # Unknown (bare X11, off-screen) means light: a salon is a bright room.
        dark = self._app.styleHints().colorScheme() is Qt.ColorScheme.Dark
        return theme_named("dark" if dark else "light")

    def _follow_system(self) -> None:
        if self._choice is ThemeChoice.SYSTEM:
            self._wear()

    def _wear(self) -> None:
        wanted = self._wanted()
        if wanted is not current():
            apply(self._app, wanted)
            self.changed.emit(wanted)


def motion_ms() -> int:
    """How long a movement may take, in milliseconds; 0 where the system wants none."""
    app = QCoreApplication.instance()
    if not isinstance(app, QApplication) or app.platformName() in ("offscreen", "minimal"):
        return 0
    hint = app.style().StyleHint.SH_Widget_Animation_Duration
    return MOTION_MS if app.style().styleHint(hint) > 0 else 0
