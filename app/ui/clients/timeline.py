"""The client's visits, newest first: when, what, with whom, how it ended, what was paid."""

from collections.abc import Sequence
from dataclasses import dataclass
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
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QKeyEvent, QPainter, QPen
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
from app.salon.clients.card import CardVisit
from app.ui import theme
from app.ui.theme import FontRole
from app.ui.widgets.pill import paint_pill, pill_width
from app.vocabulary import LIVE_STATUSES, VisitStatus

ROW = 68
_RAIL = 26
_SIDE = 8
_Index = QModelIndex | QPersistentModelIndex
VISIT_ROLE = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class WordedVisit:
    """A visit in words."""

    visit: CardVisit
    day: str
    services: str
    masters: str
    money: str

    @property
    def said(self) -> str:
        """The whole line for a screen reader."""
        status = wording.visit_status(self.visit.status)
        return ", ".join(part for part in (self.day, self.services, self.masters, status, self.money) if part)


def worded(visit: CardVisit, today: date, currency: str) -> WordedVisit:
    """``visit`` as the timeline says it. What was not paid yet shows the price that was agreed."""
    hour = visit.hour_known and visit.day >= today and bool(visit.services)
    day = wording.short_date(visit.day, today)
    masters = list(dict.fromkeys(service.staff_name for service in visit.services))
    comment = visit.comment.strip()
    return WordedVisit(
        visit,
        f"{day}, {wording.clock_time(visit.services[0].starts_at)}" if hour else day,
        ", ".join(service.service_name for service in visit.services),
        " · ".join(part for part in (wording.listed(masters), comment) if part),
        _money(visit, currency),
    )


def _money(visit: CardVisit, currency: str) -> str:
    if visit.paid:
        return wording.money(visit.paid, currency)
    prices = [service.price for service in visit.services]
    if visit.status not in LIVE_STATUSES or not prices or None in prices:
        return ""
    return wording.money(sum(price for price in prices if price is not None), currency)


class VisitModel(QAbstractListModel):
    """The visits in the order in which they came."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._visits: tuple[CardVisit, ...] = ()
        self._today = date.min
        self._currency = ""

    def set_visits(self, visits: Sequence[CardVisit], today: date, currency: str) -> None:
        """Show these; a line is worded when it is painted."""
        if (tuple(visits), today, currency) == (self._visits, self._today, self._currency):
            return
        self.beginResetModel()
        self._visits, self._today, self._currency = tuple(visits), today, currency
        self.endResetModel()

    def rowCount(self, parent: _Index | None = None) -> int:
        """How many there are."""
        return 0 if parent is not None and parent.isValid() else len(self._visits)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The line in words."""
        if not index.isValid():
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole | Qt.ItemDataRole.ToolTipRole:
                return worded(self._visits[index.row()], self._today, self._currency).said
            case _ if role == VISIT_ROLE:
                return worded(self._visits[index.row()], self._today, self._currency)
            case _:
                return None


class _VisitPainter(QStyledItemDelegate):
    """A thread with a knot for each visit; three lines beside it."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        """Every visit is equally high."""
        return QSize(0, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one visit."""
        said: WordedVisit = index.data(VISIT_ROLE)
        place = QRectF(option.rect)  # type: ignore[attr-defined]
        state = option.state  # type: ignore[attr-defined]
        worn = theme.current()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        has_cursor = bool(state & QStyle.StateFlag.State_HasFocus)
        if has_cursor or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(QPen(worn.accent, 2) if has_cursor else Qt.PenStyle.NoPen)
            painter.setBrush(worn.hover)
            painter.drawRoundedRect(place.adjusted(1, 1, -1, -1), theme.RADIUS_TILE, theme.RADIUS_TILE)
        rows = index.model().rowCount()
        self._paint_thread(painter, place, said.visit.status, index.row(), rows)
        self._paint_words(painter, place.adjusted(_RAIL, 7, -_SIDE, -7), said, worn)
        painter.restore()

    def _paint_thread(self, painter: QPainter, place: QRectF, status: VisitStatus, row: int, rows: int) -> None:
        worn = theme.current()
        knot = QPointF(place.x() + _RAIL / 2 - 1, place.y() + 18)
        painter.setPen(QPen(worn.line, 2))
        if row > 0:
            painter.drawLine(QPointF(knot.x(), place.y()), QPointF(knot.x(), knot.y() - 8))
        if row < rows - 1:
            painter.drawLine(QPointF(knot.x(), knot.y() + 8), QPointF(knot.x(), place.bottom() + 1))
        tint = worn.status(status)
        is_done = status is VisitStatus.COMPLETED
        painter.setPen(QPen(worn.accent if is_done else tint.ink, 2))
        painter.setBrush(worn.accent if is_done else tint.fill)
        painter.drawEllipse(knot, 4, 4)

    def _paint_words(self, painter: QPainter, inside: QRectF, said: WordedVisit, worn: theme.Theme) -> None:
        height = inside.height() / 3
        first = QRectF(inside.x(), inside.y(), inside.width(), height)
        second, third = first.translated(0, height), first.translated(0, 2 * height)
        is_live = said.visit.status in LIVE_STATUSES
        left, right = int(Qt.AlignmentFlag.AlignLeft), int(Qt.AlignmentFlag.AlignRight)
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        painter.setFont(theme.font(FontRole.STRONG))
        painter.setPen(worn.text if is_live else worn.muted)
        painter.drawText(first, left | middle, said.day)
        painter.drawText(first, right | middle, said.money)
        if said.visit.status is not VisitStatus.COMPLETED:
            day_width = QFontMetricsF(painter.font()).horizontalAdvance(said.day)
            self._paint_status(painter, first, day_width, said.visit.status)
        painter.setFont(theme.font(FontRole.BODY))
        painter.setPen(worn.text if is_live else worn.muted)
        metrics = QFontMetricsF(painter.font())
        elide = Qt.TextElideMode.ElideRight
        painter.drawText(second, left | middle, metrics.elidedText(said.services, elide, second.width()))
        painter.setFont(theme.font(FontRole.SECONDARY))
        painter.setPen(worn.muted)
        metrics = QFontMetricsF(painter.font())
        painter.drawText(third, left | middle, metrics.elidedText(said.masters, elide, third.width()))

    def _paint_status(self, painter: QPainter, line: QRectF, after: float, status: VisitStatus) -> None:
        words = wording.visit_status(status)
        corner = QPointF(line.x() + after + 10, line.center().y() - 10)
        if corner.x() + pill_width(words) <= line.right():
            outlined = status is VisitStatus.CANCELLED
            paint_pill(painter, corner, words, theme.current().status(status), outlined=outlined)


class VisitTimeline(QListView):
    """As high as its visits: the card around it scrolls. Enter or a click opens the visit in the calendar."""

    visit_wanted = Signal(int, object)
    """The id and the day of a visit."""
    walked = Signal(object)
    """The place (``QRect`` in this widget) of the visit on which the cursor stands, to be brought into sight."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = VisitModel(self)
        self.setProperty("kind", "bare")
        self.setAccessibleName(_("Visits"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setItemDelegate(_VisitPainter(self))
        self.setModel(self._model)
        self.clicked.connect(self._open)

    def show_visits(self, visits: Sequence[CardVisit], today: date, currency: str) -> None:
        """Show these instead of those before."""
        self._model.set_visits(visits, today, currency)
        self.setFixedHeight(ROW * len(visits))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard begins with the newest visit."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self._model.rowCount():
            self.setCurrentIndex(self._model.index(0))

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        """Tell where the cursor went."""
        super().currentChanged(current, previous)
        if current.isValid() and self.hasFocus():
            self.walked.emit(QRect(self.visualRect(current)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the visit."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._open(self.currentIndex())
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            visit = index.data(VISIT_ROLE).visit
            self.visit_wanted.emit(visit.visit_id, visit.day)
