"""The icons (Lucide, resources/icons), in any colour of the theme, crisp at the screen's pixel ratio."""

from functools import lru_cache

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap

from app.paths import resources

ICON_SIZE = 18
"""The usual size of an icon beside a text, in pixels."""


@lru_cache(maxsize=128)
def _drawing(name: str) -> str:
    return (resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=512)
def _rendered(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    from PySide6.QtSvg import QSvgRenderer  # a window without icons never pays for it

    renderer = QSvgRenderer(_drawing(name).replace("currentColor", colour).encode())
    side = round(size * ratio)
    picture = QPixmap(QSize(side, side))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    renderer.render(painter, QRectF(0, 0, side, side))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


def pixmap(name: str, colour: QColor, size: int = ICON_SIZE, ratio: float | None = None) -> QPixmap:
    """The icon ``name`` in ``colour``, ``size`` logical pixels square; shared, so do not paint on it.

    ``ratio`` is the device pixel ratio of the widget that shows it; without it, that of the sharpest screen.
    Raises FileNotFoundError for an icon that is not shipped.
    """
    ratio = _sharpest() if ratio is None else ratio
    return _rendered(name, colour.name(QColor.NameFormat.HexRgb), size, ratio)


def icon(name: str, colour: QColor, disabled: QColor | None = None, size: int = ICON_SIZE, *, gap: int = 0) -> QIcon:
    """The icon as Qt's buttons and menus take it, with another colour for when it is disabled.

    ``gap`` is free room at the right, in logical pixels: Qt sets the words too close to it. The icon is then that
    much wider than high. It is shared, so do not add to it.
    """
    return _composed(name, colour.name(), None if disabled is None else disabled.name(), size, gap, _sharpest())


def _sharpest() -> float:
    app = QGuiApplication.instance()
    return app.devicePixelRatio() if isinstance(app, QGuiApplication) else 1.0


@lru_cache(maxsize=512)
def _composed(name: str, colour: str, disabled: str | None, size: int, gap: int, ratio: float) -> QIcon:
    made = QIcon(_with_gap(_rendered(name, colour, size, ratio), gap))
    if disabled is not None:
        made.addPixmap(_with_gap(_rendered(name, disabled, size, ratio), gap), QIcon.Mode.Disabled)
    return made


def _with_gap(picture: QPixmap, gap: int) -> QPixmap:
    if gap == 0:
        return picture
    ratio = picture.devicePixelRatio()
    wide = QPixmap(picture.width() + round(gap * ratio), picture.height())
    wide.fill(Qt.GlobalColor.transparent)
    wide.setDevicePixelRatio(ratio)
    painter = QPainter(wide)
    painter.drawPixmap(0, 0, picture)
    painter.end()
    return wide
