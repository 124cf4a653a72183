"""The share of a row as a bar: filled, soft, and hatched for those whose time is not over."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.salon.statistics.results import FigureRow
from app.ui import theme
from app.ui.statistics.parts import Part, number_of

_RING = 4
"""Room around the bar for the ring of the focus."""
_STRIPE = 5.0
_GAP = 2.0
_LEAST = 4.0
"""A piece that exists can be seen and hit, however small its share."""
_PIECES = (Part.MET, Part.REST, Part.IMMATURE)


def pieces(row: FigureRow, width: float) -> list[tuple[Part, float, float]]:
    """Part, left and width of each piece of a bar that is ``width`` wide; parts of nobody are left out."""
    numbers = [(part, number_of(row, part)) for part in _PIECES if number_of(row, part)]
    total = sum(number for _part, number in numbers)
    room = width - _GAP * (len(numbers) - 1) - _LEAST * len(numbers)
    placed: list[tuple[Part, float, float]] = []
    left = 0.0
    for part, number in numbers:
        wide = _LEAST + max(room, 0.0) * number / total
        placed.append((part, left, wide))
        left += wide + _GAP
    return placed


def met_colour(worn: theme.Theme, *, is_bad: bool) -> QColor:
    """The colour of the filled piece; missed visits are nothing to be glad of."""
    return worn.danger if is_bad else worn.accent


def paint_hatch(painter: QPainter, place: QRectF) -> None:
    """Fill ``place`` with stripes: those whose time is not over."""
    worn = theme.current()
    painter.save()
    painter.setClipRect(place, Qt.ClipOperation.IntersectClip)
    painter.fillRect(place, worn.sunken)
    painter.setPen(QPen(worn.muted, 1.2))
    x = place.left() - place.height()
    while x < place.right():
        painter.drawLine(QPointF(x, place.bottom()), QPointF(x + place.height(), place.top()))
        x += _STRIPE
    painter.restore()


def paint_piece(painter: QPainter, place: QRectF, part: Part, *, is_bad: bool) -> None:
    """One piece of a bar, or its swatch in a legend."""
    worn = theme.current()
    if part is Part.IMMATURE:
        paint_hatch(painter, place)
        return
    soft = worn.danger_soft if is_bad else worn.accent_soft
    painter.fillRect(place, met_colour(worn, is_bad=is_bad) if part is Part.MET else soft)


class ShareBar(QWidget):
    """A bar that can be pointed at, clicked piece by piece, and reached by keys.

    The same numbers stand beside it as text; the bar itself is never the only way to them.
    """

    opened = Signal(object)
    """The ``Part`` that somebody wants to look behind."""

    def __init__(self, thickness: int = 10, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._thickness = thickness
        self._row: FigureRow | None = None
        self._opens: tuple[Part, ...] = ()
        self._tips: dict[Part, str] = {}
        self._is_bad = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_row(
        self, row: FigureRow, spoken: str, tips: dict[Part, str], opens: tuple[Part, ...], *, is_bad: bool
    ) -> None:
        """``opens`` are the pieces that have a list behind them; Enter opens the first that is not empty."""
        self._row, self._tips, self._opens, self._is_bad = row, tips, opens, is_bad
        self.setAccessibleName(spoken)
        self.update()

    def sizeHint(self) -> QSize:
        """A bar as long as there is room."""
        return QSize(200, self._thickness + 2 * _RING)

    def minimumSizeHint(self) -> QSize:
        """A short bar still shows which part is the larger one."""
        return QSize(40, self._thickness + 2 * _RING)

    @property
    def place(self) -> QRectF:
        """Where the bar lies within the widget."""
        top = (self.height() - self._thickness) / 2
        side = _RING if self.hasFocus() else 0
        return QRectF(side, top, max(self.width() - 2 * side, 1), self._thickness)

    def piece_at(self, x: float) -> Part | None:
        """Which piece lies under ``x``."""
        if self._row is None:
            return None
        place = self.place
        for part, left, wide in pieces(self._row, place.width()):
            if place.left() + left <= x <= place.left() + left + wide:
                return part
        return None

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the pieces, and the ring of the focus."""
        worn, place = theme.current(), self.place
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus():
            painter.setPen(QPen(worn.accent, 2))
            ring = QRectF(self.rect()).adjusted(1, place.top() - _RING + 1, -1, -(place.top() - _RING) - 1)
            painter.drawRoundedRect(ring, ring.height() / 2, ring.height() / 2)
        round_ends = QPainterPath()
        round_ends.addRoundedRect(place, self._thickness / 2, self._thickness / 2)
        painter.setClipPath(round_ends)
        found = [] if self._row is None else pieces(self._row, place.width())
        if not found:
            painter.fillRect(place, worn.sunken)
        for part, left, wide in found:
            piece = QRectF(place.left() + left, place.top(), wide, place.height())
            paint_piece(painter, piece, part, is_bad=self._is_bad)

    def event(self, event: QEvent) -> bool:
        """Say the piece under the pointer in full."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            part = self.piece_at(event.pos().x())
            self.setToolTip(self.accessibleName() if part is None else self._tips.get(part, self.accessibleName()))
        return super().event(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show what can be opened."""
        can = self.piece_at(event.position().x()) in self._opens
        self.setCursor(Qt.CursorShape.PointingHandCursor if can else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the piece under the pointer."""
        part = self.piece_at(event.position().x())
        if event.button() == Qt.MouseButton.LeftButton and part in self._opens:
            self.opened.emit(part)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens what the owner looks for first."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._row is not None:
            for part in self._opens:
                if number_of(self._row, part):
                    self.opened.emit(part)
                    return
        else:
            super().keyPressEvent(event)
