"""The figures to choose from, each with its number in large type."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QGridLayout, QSizePolicy, QWidget

from app import wording
from app.language import _
from app.salon.statistics.results import FigureResult
from app.ui import theme
from app.ui.statistics import words
from app.ui.theme import FontRole
from app.vocabulary import Figure

_PADDING = 16
_LEAST_WIDTH = 176
_HEIGHT = 96


class FigureTile(QAbstractButton):
    """A figure by name and number. Arrow keys go from one to the next."""

    def __init__(self, figure: Figure, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.figure = figure
        self._name = wording.figure(figure)
        self._share, self._numbers = "", ""
        self.setText(self._name)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self._name)

    @property
    def share(self) -> str:
        """The number in large type."""
        return self._share

    def show_result(self, result: FigureResult | None) -> None:
        """Show the salon's number, or none while it is being read."""
        row = result.rows[0] if result is not None and result.rows else None
        if result is None or row is None:
            self._share, self._numbers = "", ""
            self.setAccessibleName(self._name)
        else:
            too_early = not row.denominator and row.immature > 0
            self._share = words.share(row)
            self._numbers = _("too early to say") if too_early else words.of_all_short(row)
            told = words.of_all(result, row) if row.denominator else self._numbers
            self.setAccessibleName(f"{self._name}: {self._share}" + (f", {told}" if told else ""))
        self.update()

    def sizeHint(self) -> QSize:
        """Room for a name of two lines and the number."""
        return QSize(240, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Narrower, the name still has its two lines."""
        return QSize(_LEAST_WIDTH, _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the field, the name, the share and its whole numbers."""
        worn = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        chosen = self.isChecked()
        fill = worn.accent_soft if chosen else worn.hover if self.underMouse() else worn.surface
        painter.setBrush(fill)
        painter.setPen(QPen(worn.accent, 2) if self.hasFocus() else QPen(worn.accent_soft if chosen else worn.line, 1))
        painter.drawRoundedRect(place, theme.RADIUS_SURFACE, theme.RADIUS_SURFACE)
        room = place.adjusted(_PADDING, 12, -_PADDING, -10)
        painter.setPen(worn.accent if chosen else worn.text)
        painter.setFont(theme.font(FontRole.STRONG))
        flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)
        painter.drawText(room, flags, self._name)
        self._paint_numbers(painter, worn, room)

    def _paint_numbers(self, painter: QPainter, worn: theme.Theme, room: QRectF) -> None:
        low = room.bottom() - 5
        title = theme.font(FontRole.TITLE)
        painter.setFont(title)
        painter.setPen(worn.text)
        painter.drawText(QPointF(room.left(), low), self._share)
        left = room.left() + QFontMetrics(title).horizontalAdvance(self._share) + 10
        small = theme.font(FontRole.SECONDARY)
        painter.setFont(small)
        painter.setPen(worn.muted)
        cut = QFontMetrics(small).elidedText(
            self._numbers, Qt.TextElideMode.ElideRight, max(int(room.right() - left), 0)
        )
        painter.drawText(QPointF(left, low), cut)


class FigureList(QWidget):
    """All figures, one below the other, or two by two where the screen is narrow."""

    chosen = Signal(object)
    """The ``Figure`` that a person has just taken."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Figures"))
        self.tiles = {figure: FigureTile(figure, self) for figure in Figure}
        self._columns = 0
        self._group = QButtonGroup(self)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(8)
        for tile in self.tiles.values():
            self._group.addButton(tile)
        self._group.buttonClicked.connect(self._tell)
        self.set_columns(1)

    @property
    def figure(self) -> Figure:
        """The figure that is chosen."""
        return next(figure for figure, tile in self.tiles.items() if tile.isChecked())

    def choose(self, figure: Figure) -> None:
        """Choose without telling anybody."""
        self.tiles[figure].setChecked(True)

    def show_results(self, results: dict[Figure, FigureResult]) -> None:
        """Show the number of every figure; none where ``results`` has none."""
        for figure, tile in self.tiles.items():
            tile.show_result(results.get(figure))

    def set_columns(self, columns: int) -> None:
        """How many stand beside each other."""
        if columns == self._columns:
            return
        self._columns = columns
        for place, tile in enumerate(self.tiles.values()):
            self._grid.addWidget(tile, place // columns, place % columns)
        self._grid.setRowStretch(len(self.tiles), 1)

    def _tell(self) -> None:
        self.chosen.emit(self.figure)
