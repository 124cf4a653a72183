"""The timeline of the card: everything that happened, newest first, one kind or all."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app import wording
from app.language import _
from app.salon.clients.timeline import Happened, HappenedKind
from app.ui import icons, lettering, theme
from app.ui.clients.happened_words import ICONS, Worded, worded
from app.ui.theme import FontRole
from app.ui.widgets.label import tip
from app.ui.widgets.pill import paint_pill, pill_width
from app.vocabulary import LIVE_STATUSES, VisitStatus

_VISIT_ROW, _ROW, _LONG_ROW, _SHORT_ROW = 68, 48, 64, 32
_RAIL = 26
_SIDE = 8
_KNOT = 17
_ICON = 14
_Index = QModelIndex | QPersistentModelIndex
LINE_ROLE = Qt.ItemDataRole.UserRole + 1


class HappenedModel(QAbstractListModel):
    """What happened, in the order in which it is shown."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[Happened, ...] = ()
        self._today = date.min
        self._currency = ""
        self._worded: tuple[Worded, ...] = ()
        """The lines in words: layout, painting and heights ask for each several times."""
        self._room = 0
        self.heights: list[int] = []
        """How high each line is, in pixels."""

    @property
    def lines(self) -> tuple[Happened, ...]:
        """What is shown."""
        return self._lines

    def set_lines(self, lines: Sequence[Happened], today: date, currency: str) -> None:
        """Show these instead of those before."""
        if (tuple(lines), today, currency) == (self._lines, self._today, self._currency):
            return
        self.beginResetModel()
        self._lines, self._today, self._currency = tuple(lines), today, currency
        self._worded = tuple(worded(line, today, currency) for line in lines)
        self._measure()
        self.endResetModel()

    def make_room(self, room: int) -> None:
        """The words have so many pixels from left to right."""
        if room != self._room:
            self._room = room
            self._measure()

    def _measure(self) -> None:
        self.heights = [_height(line, self._room) for line in self._worded]

    def rowCount(self, parent: _Index | None = None) -> int:
        """How many there are."""
        return 0 if parent is not None and parent.isValid() else len(self._lines)

    def line(self, row: int) -> Worded:
        """A line in words."""
        return self._worded[row]

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The line in words."""
        if not index.isValid():
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return self.line(index.row()).said
            case Qt.ItemDataRole.ToolTipRole:
                return tip(self.line(index.row()).said)
            case _ if role == LINE_ROLE:
                return self.line(index.row())
            case _:
                return None


def _height(line: Worded, room: int) -> int:
    if line.is_visit:
        return _VISIT_ROW
    if not line.second:
        return _SHORT_ROW
    is_long = "\n" in line.second or not lettering.fits(FontRole.SECONDARY, line.second, room)
    return _LONG_ROW if is_long else _ROW


class _LinePainter(QStyledItemDelegate):
    """A thread with a knot or a sign for each line; the words beside it."""

    def __init__(self, model: HappenedModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model

    def sizeHint(self, _option: QStyleOptionViewItem, index: _Index) -> QSize:
        """A visit takes three lines of text, a note one or two, a mere change none."""
        return QSize(0, self._model.heights[index.row()])

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one line."""
        line: Worded = index.data(LINE_ROLE)
        place = QRectF(option.rect)
        state = option.state
        worn = theme.current()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        has_cursor = bool(state & QStyle.StateFlag.State_HasFocus)
        if has_cursor or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(QPen(worn.accent, 2) if has_cursor else Qt.PenStyle.NoPen)
            painter.setBrush(worn.hover)
            painter.drawRoundedRect(place.adjusted(1, 1, -1, -1), theme.RADIUS_TILE, theme.RADIUS_TILE)
        self._paint_thread(painter, place, line, index.row(), index.model().rowCount())
        inside = place.adjusted(_RAIL, 7, -_SIDE, -7)
        if line.is_visit:
            _paint_visit(painter, inside, line, worn)
        else:
            _paint_other(painter, inside, line, worn)
        painter.restore()

    def _paint_thread(self, painter: QPainter, place: QRectF, line: Worded, row: int, rows: int) -> None:
        worn = theme.current()
        knot = QPointF(place.x() + _RAIL / 2 - 1, place.y() + _KNOT)
        painter.setPen(QPen(worn.line, 2))
        if row > 0:
            painter.drawLine(QPointF(knot.x(), place.y()), QPointF(knot.x(), knot.y() - 10))
        if row < rows - 1:
            painter.drawLine(QPointF(knot.x(), knot.y() + 10), QPointF(knot.x(), place.bottom() + 1))
        if line.status is None:
            colour = worn.warn if line.happened.kind is HappenedKind.COMPLAINT else worn.muted
            device = painter.device()
            mark = icons.pixmap(ICONS[line.happened.kind], colour, _ICON, device.devicePixelRatio() if device else 1.0)
            painter.drawPixmap(QPointF(knot.x() - _ICON / 2, knot.y() - _ICON / 2), mark)
            return
        tint = worn.status(line.status)
        is_done = line.status is VisitStatus.COMPLETED
        painter.setPen(QPen(worn.accent if is_done else tint.ink, 2))
        painter.setBrush(worn.accent if is_done else tint.fill)
        painter.drawEllipse(knot, 4, 4)


_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


def _paint_visit(painter: QPainter, inside: QRectF, line: Worded, worn: theme.Theme) -> None:
    height = inside.height() / 3
    first = QRectF(inside.x(), inside.y(), inside.width(), height)
    is_live = line.status in LIVE_STATUSES
    painter.setFont(theme.font(FontRole.STRONG))
    painter.setPen(worn.text if is_live else worn.muted)
    painter.drawText(first, _LEFT, line.title)
    painter.drawText(first, _RIGHT, line.right)
    if line.status is not VisitStatus.COMPLETED and line.status is not None:
        words = wording.visit_status(line.status)
        corner = QPointF(first.x() + QFontMetricsF(painter.font()).horizontalAdvance(line.title) + 10, first.y() - 1)
        if corner.x() + pill_width(words) <= first.right():
            outlined = line.status is VisitStatus.CANCELLED
            paint_pill(painter, corner, words, worn.status(line.status), outlined=outlined)
    painter.setFont(theme.font(FontRole.BODY))
    painter.setPen(worn.text if is_live else worn.muted)
    _draw_cut(painter, first.translated(0, height), line.second)
    painter.setFont(theme.font(FontRole.SECONDARY))
    painter.setPen(worn.muted)
    _draw_cut(painter, first.translated(0, 2 * height), line.third)


def _paint_other(painter: QPainter, inside: QRectF, line: Worded, worn: theme.Theme) -> None:
    first = QRectF(inside.x(), inside.y(), inside.width(), 18)
    painter.setFont(theme.font(FontRole.SECONDARY))
    painter.setPen(worn.muted)
    painter.drawText(first, _RIGHT, line.right)
    room = first.adjusted(0, 0, -QFontMetricsF(painter.font()).horizontalAdvance(line.right) - 8, 0)
    is_quiet = line.happened.kind is HappenedKind.CHANGE
    painter.setFont(theme.font(FontRole.SECONDARY if is_quiet else FontRole.STRONG))
    painter.setPen(worn.muted if is_quiet else worn.text)
    taken = _draw_cut(painter, room, line.title)
    painter.setFont(theme.font(FontRole.SECONDARY))
    painter.setPen(worn.muted)
    if line.by and room.width() - taken > 60:
        _draw_cut(painter, room.adjusted(taken, 0, 0, 0), f" · {line.by}")
    painter.setPen(worn.muted if is_quiet else worn.text)
    rest = QRectF(inside.x(), first.bottom(), inside.width(), 17)
    for said in _two_lines(line.second, QFontMetricsF(painter.font()), inside.width()):
        painter.drawText(rest, _LEFT, said)
        rest.translate(0, 16)


def _draw_cut(painter: QPainter, room: QRectF, text: str) -> float:
    """Draw as much of ``text`` as there is room for; returns how wide it became."""
    metrics = QFontMetricsF(painter.font())
    cut = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, _LEFT, cut)
    return metrics.horizontalAdvance(cut)


def _two_lines(text: str, metrics: QFontMetricsF, width: float) -> list[str]:
    """``text`` in at most two lines; the second is cut where there is more."""
    words = text.split()
    first = ""
    while words:
        longer = f"{first} {words[0]}".strip()
        if first and metrics.horizontalAdvance(longer) > width:
            break
        first = longer
        words.pop(0)
    lines = [first, " ".join(words)]
    return [metrics.elidedText(line, Qt.TextElideMode.ElideRight, width) for line in lines if line]


class Timeline(QListView):
    """As high as its lines: the card around it scrolls. Enter or a click opens a visit; Delete removes a note."""

    visit_wanted = Signal(int, object)
    """The id and the day of a visit."""
    removal_wanted = Signal(int)
    """The id of a note or a call that is to be taken off."""
    walked = Signal(object)
    """The place (``QRect`` in this widget) of the line on which the cursor stands, to be brought into sight."""
    more_wanted = Signal()
    """The cursor wants to go beyond the last line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = HappenedModel(self)
        self.setProperty("kind", "bare")
        self.setAccessibleName(_("Timeline"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setItemDelegate(_LinePainter(self._model, self))
        self.setModel(self._model)
        self.clicked.connect(self._open)

    def show_lines(self, lines: Sequence[Happened], today: date, currency: str) -> None:
        """Show these instead of those before; the cursor stays on its line."""
        row = self.currentIndex().row()
        self._model.set_lines(lines, today, currency)
        self._fit()
        if 0 <= row < len(lines) and not self.currentIndex().isValid():
            self.setCurrentIndex(self._model.index(row))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width breaks notes elsewhere."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _fit(self) -> None:
        self._model.make_room(self.viewport().width() - _RAIL - _SIDE)
        height = sum(self._model.heights)
        if height != self.height():
            self.setFixedHeight(height)
        self.scheduleDelayedItemsLayout()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard begins with the newest line."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self._model.rowCount():
            self.setCurrentIndex(self._model.index(0))

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        """Tell where the cursor went."""
        super().currentChanged(current, previous)
        if current.isValid() and self.hasFocus():
            self.walked.emit(QRect(self.visualRect(current)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the visit, Delete removes a note, Down at the end wants more."""
        index = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._open(index)
        elif event.key() == Qt.Key.Key_Delete and index.isValid():
            line = self._model.lines[index.row()]
            if line.kind in (HappenedKind.NOTE, HappenedKind.CALL):
                self.removal_wanted.emit(line.row_id)
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            if event.key() == Qt.Key.Key_Down and index.row() == self._model.rowCount() - 1:
                self.more_wanted.emit()
            super().keyPressEvent(event)

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            line = self._model.lines[index.row()]
            if line.visit_id is not None and line.kind is HappenedKind.VISIT:
                self.visit_wanted.emit(line.visit_id, line.at.date())
