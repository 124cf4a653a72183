"""The table of all clients: what it says of each, and how its rows look while they rush past."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QHeaderView

from app import wording
from app.language import _
from app.salon.clients.listing import ListedClient
from app.salon.clients.spelling import Span, found_in_name, found_in_phone
from app.ui import icons, lettering, sight, theme
from app.ui.tables.columns import Column
from app.ui.tables.record_table import RecordTable
from app.ui.tables.window_model import WindowModel
from app.ui.theme import FontRole
from app.ui.widgets import found_words
from app.ui.widgets.category_pill import category_width, paint_category
from app.ui.widgets.client_hits import paint_emphasised
from app.ui.widgets.pill import PILL_HEIGHT

_NAME, _ALERT, _PHONE, _LAST, _NEXT, _VISITS, _SPENT = range(7)
_WIDTHS = (180, 36, 146, 126, 132, 76, 104)
_GIVE_WAY = (_VISITS, _SPENT, _NEXT)
"""What is left out, in this order, where a name would be cut: beside an open card, which tells all of it."""
_Index = QModelIndex | QPersistentModelIndex
_IN_FULL = (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
_SIDE = 11
"""From the edge of a cell to its words, in pixels: those of the heading stand as far in."""
_SIGN = 16
_BAR = 10
_PILL_GAP = 9
_TO_LINE = 1.5
"""From the edge of the table to the middle of the line around its card, in pixels."""
_SHARES = (0.62, 0.0, 0.8, 0.7, 0.0, 0.3, 0.0)
"""How much of each column a calm grey bar fills while the line is being read."""


def columns(today: date, currency: str) -> list[Column[ListedClient]]:
    """What the table says of a client. A cell is worded when it is painted."""

    def coming(client: ListedClient) -> str:
        return "" if client.next_visit is None else _day(client.next_visit, today)

    def last(client: ListedClient) -> str:
        return "" if client.last_visit is None else _day(client.last_visit, today)

    def spent(client: ListedClient) -> str:
        return wording.money(client.spent, currency) if client.spent and not sight.Here.hides_money else ""

    right = Qt.AlignmentFlag.AlignRight
    return [
        Column(_("Name"), _name),
        Column("", _alert_words, tip=_("Has an alert")),
        Column(_("Phone"), _phone),
        Column(_("Last visit"), last),
        Column(_("Next visit"), coming),
        Column(_("Visits"), _visits, align=right),
        Column(_("Spent"), spent, align=right),
    ]


def _day(day: date, today: date) -> str:
    return wording.relative_day(day, today) if abs((day - today).days) < 2 else wording.short_date(day, today)


def _name(client: ListedClient) -> str:
    return client.name


def _alert_words(client: ListedClient) -> str:
    said = (
        _("Do not book") if client.do_not_book else "",
        _("Has an alert") if client.has_alert else "",
        _("VIP") if client.is_vip else "",
    )
    return ", ".join(part for part in said if part)


def _phone(client: ListedClient) -> str:
    return wording.phone(client.phone) if client.phone else ""


def _visits(client: ListedClient) -> str:
    return wording.number(client.visits)


def _number(client: ListedClient) -> int:
    return client.client_id


@dataclass(frozen=True, slots=True)
class Found:
    """Where in a line stands what was typed, and why the client is among the hits when it stands nowhere."""

    name_spans: tuple[Span, ...]
    phone_spans: tuple[Span, ...]
    reason: str
    reason_spans: tuple[Span, ...]

    @classmethod
    def of(cls, client: ListedClient, typed: str) -> "Found":
        """What ``typed`` found of ``client``."""
        return cls(
            tuple(found_in_name(client.name, typed)),
            tuple(found_in_phone(_phone(client), typed)),
            *found_words.told(client.found_by, typed),
        )


class ClientModel(WindowModel[ListedClient]):
    """The clients; an alert is a sign, its words are for the tool tip and the screen reader."""

    def __init__(self, today: date, currency: str, parent: QObject | None = None) -> None:
        super().__init__(columns(today, currency), _number, parent)
        self._typed = ""
        self._found: dict[int, Found] = {}

    def show_found_by(self, typed: str) -> None:
        """The rows that come now were found by ``typed``."""
        self._typed, self._found = typed, {}

    def found(self, client: ListedClient) -> Found | None:
        """Where and why ``client`` was found; None where nothing was typed."""
        if not self._typed.strip():
            return None
        if client.client_id not in self._found:
            self._found[client.client_id] = Found.of(client, self._typed)
        return self._found[client.client_id]

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words of a cell. A sign is only painted."""
        if index.isValid() and index.column() == _ALERT:
            if role == Qt.ItemDataRole.DisplayRole:
                return ""
            if role == Qt.ItemDataRole.AccessibleTextRole:
                return super().data(index, Qt.ItemDataRole.DisplayRole)
        if index.isValid() and index.column() == _NAME and role in _IN_FULL:
            client = self.record(index.row())
            if client is not None:
                return self._name_in_full(client)
        return super().data(index, role)

    def _name_in_full(self, client: ListedClient) -> str:
        """The name with the categories and with why it was found: there may be no room for them."""
        found = self.found(client)
        categories = ", ".join(one.name for one in client.categories)
        named = f"{client.name}: {categories}" if categories else client.name
        return f"{named}, {found.reason}" if found is not None and found.reason else named


class _Sign(NamedTuple):
    icon: str
    tone: str

    def drawn(self, ratio: float) -> QPixmap:
        """The picture of the sign."""
        return icons.pixmap(self.icon, theme.current().colour(self.tone), _SIGN, ratio)


def _sign(client: ListedClient) -> _Sign | None:
    """The gravest of what must be known."""
    if client.do_not_book:
        return _Sign("ban", "danger")
    if client.has_alert:
        return _Sign("triangle-alert", "danger")
    return _Sign("star", "accent") if client.is_vip else None


class ClientsTable(RecordTable[ListedClient]):
    """Paints all its rows in one go: Qt would ask eight questions for each cell, and dress each by the style sheet.

    While lines are being read beside the window, each of those questions may have to wait for the reader.
    """

    row_opened = Signal(QModelIndex)
    """A row was opened by Enter, also one whose line has not been read yet."""
    letter_typed = Signal(str)
    """Something was typed: it is to be found by the search, which knows all cards and not only those read so far."""

    def __init__(self, model: ClientModel, name: str) -> None:
        super().__init__(model, name)
        self._clients = model
        self._says = tuple(column.cell for column in model.columns)
        self._is_right = tuple(bool(column.align & Qt.AlignmentFlag.AlignRight) for column in model.columns)
        # Nothing shines through: what lies under the table need not be painted with each frame.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.set_widths(*_WIDTHS)
        self._wide = [self.columnWidth(column) for column in range(len(_WIDTHS))]
        """As the head has them, which lets none be all too narrow."""
        head = self.horizontalHeader()
        head.setStretchLastSection(False)
        head.setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Stretch)
        head.setSortIndicator(_LAST, Qt.SortOrder.DescendingOrder)
        head.sortIndicatorChanged.connect(self._make_room)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many columns as there is room for."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """The name is told whole; what the list is sorted by stays."""
        left = self.viewport().width() - sum(self._wide)
        for column in _GIVE_WAY:
            gives_way = left < 0 and column != self.horizontalHeader().sortIndicatorSection()
            self.setColumnHidden(column, gives_way)
            left += gives_way * self._wide[column]

    @property
    def is_current_in_sight(self) -> bool:
        """Whether the row on which the cursor stands can be seen."""
        place = self.visualRect(self.currentIndex())
        return place.bottom() >= 0 and place.top() < self.viewport().height() and not place.isEmpty()

    def keyboardSearch(self, search: str) -> None:
        """Qt would look for it row by row, and find it only in those that have been read."""
        if search.strip():
            self.letter_typed.emit(search)

    def _open(self, index: QModelIndex) -> None:
        self.row_opened.emit(index)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows that show."""
        self.executeDelayedItemsLayout()
        painter = QPainter(self.viewport())
        dirty, rows = event.region(), self._rows_in(event.rect())
        cells = [(at, self.columnViewportPosition(at), self.columnWidth(at)) for at in range(len(self._says))]
        self._paint_grounds(painter, event.rect(), rows)
        painter.setPen(theme.current().text)
        if rows:
            self._clients.look_around(rows[0][0], rows[-1][0])
        for row, top, height in rows:
            client = self._clients.looked_at(row)
            if client is None:
                self._paint_waiting(painter, cells, top, height)
                continue
            for column, left, width in cells:
                place = QRect(left, top, width, height - 1)
                if width > 0 and dirty.intersects(place):
                    self._paint_cell(painter, place, column, client)
        self._paint_corners(painter)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Move what is painted; the corners of the card stay where they are."""
        super().scrollContentsBy(dx, dy)
        for corner in self._corners():
            self.viewport().update(corner.adjusted(0, -abs(dy), 0, abs(dy)))

    def _corners(self) -> tuple[QRect, ...]:
        """Where the card beneath is round at its foot, in pixels of the viewport; not where the bar stands."""
        whole, side = self.viewport().rect(), theme.RADIUS_SURFACE
        left = QRect(0, whole.bottom() + 1 - side, side, side)
        right = left.translated(whole.width() - side, 0)
        return (left,) if self.verticalScrollBar().isVisible() else (left, right)

    def _paint_corners(self, painter: QPainter) -> None:
        """The table covers the card to its edge: what lies beyond its round corners is painted as it is outside."""
        worn, outside, foot = theme.current(), QPainterPath(), QPainterPath()
        whole = QRectF(self.viewport().rect())
        radius = theme.RADIUS_SURFACE - 0.5
        foot.addRoundedRect(whole.adjusted(-_TO_LINE, -100, _TO_LINE, _TO_LINE), radius, radius)
        for corner in self._corners():
            outside.addRect(QRectF(corner))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillPath(outside - foot, worn.app)
        painter.setPen(worn.line)
        painter.setClipPath(outside)
        painter.drawPath(foot)
        painter.restore()

    def _rows_in(self, dirty: QRect) -> list[tuple[int, int, int]]:
        """Each row that shows there, with its upper edge and its height in pixels."""
        head, found = self.verticalHeader(), []
        first = head.logicalIndexAt(dirty.top())
        for row in range(max(first, 0), self._clients.rowCount()) if first >= 0 else ():
            top = head.sectionViewportPosition(row)
            if top > dirty.bottom():
                break
            found.append((row, top, head.sectionSize(row)))
        return found

    def _paint_grounds(self, painter: QPainter, dirty: QRect, rows: list[tuple[int, int, int]]) -> None:
        """The row that was chosen, and a calm line under each."""
        worn, wide = theme.current(), self.viewport().width()
        chosen = self.selectionModel()
        theme.fill(painter, dirty, worn.surface)
        for row, top, height in rows:
            if chosen.isRowSelected(row):
                theme.fill(painter, QRect(0, top, wide, height), worn.accent_soft)
        painter.setPen(worn.line)
        for _row, top, height in rows:
            painter.drawLine(0, top + height - 1, wide, top + height - 1)

    def _paint_cell(self, painter: QPainter, place: QRect, column: int, client: ListedClient) -> None:
        if column == _ALERT:
            sign = _sign(client)
            if sign is not None:
                ratio = self.devicePixelRatioF()
                painter.drawPixmap(place.left() + _SIDE, place.center().y() - _SIGN // 2, sign.drawn(ratio))
            return
        inside = place.adjusted(_SIDE, 0, -_SIDE, -1)
        found = self._clients.found(client) if column in (_NAME, _PHONE) else None
        if found is not None:
            self._paint_found(painter, inside, column, client, found)
            return
        role = FontRole.STRONG if column == _NAME else FontRole.BODY
        wide = lettering.write(painter, inside, self._says[column](client), role, right=self._is_right[column])
        if column == _NAME and client.categories:
            _paint_categories(painter, inside, inside.left() + wide + _PILL_GAP, client)

    def _paint_found(self, painter: QPainter, inside: QRect, column: int, client: ListedClient, found: Found) -> None:
        """What was typed is set off; under a name that does not say it stands why the client was found."""
        worn, place = theme.current(), QRectF(inside)
        painter.save()
        if column == _NAME and found.reason:
            place = QRectF(inside.x(), inside.y() + 3, inside.width(), 21)
            lower = QRectF(inside.x(), place.bottom(), inside.width(), 17)
            small = theme.font(FontRole.SMALL)
            corner, size = lower.topLeft(), (lower.width(), lower.height())
            paint_emphasised(painter, corner, *size, found.reason, found.reason_spans, small, worn.muted)
        spans = found.name_spans if column == _NAME else found.phone_spans
        font = theme.font(FontRole.STRONG if column == _NAME and not spans else FontRole.BODY)
        said, size = self._says[column](client), (place.width(), place.height())
        wide = paint_emphasised(painter, place.topLeft(), *size, said, spans, font, worn.text)
        painter.restore()
        if column == _NAME and client.categories and not found.reason:
            _paint_categories(painter, inside, inside.left() + round(wide) + _PILL_GAP, client)

    def _paint_waiting(self, painter: QPainter, cells: list[tuple[int, int, int]], top: int, height: int) -> None:
        """Calm grey bars where the record has not come yet."""
        worn = theme.current()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(worn.line if worn.dark else worn.sunken)
        for place in _bars(cells, top + height / 2):
            painter.drawRoundedRect(place, _BAR / 2, _BAR / 2)
        painter.restore()


def _bars(cells: list[tuple[int, int, int]], middle: float) -> Iterator[QRectF]:
    for column, left, width in cells:
        if _SHARES[column]:
            yield QRectF(left + _SIDE, middle - _BAR / 2, (width - 2 * _SIDE) * _SHARES[column], _BAR)


def _paint_categories(painter: QPainter, inside: QRect, left: int, client: ListedClient) -> None:
    """The categories after the name, as many as there is room for; the rest is told by the tool tip."""
    for one in client.categories:
        width = category_width(one.name)
        if left + width > inside.right():
            return
        paint_category(painter, QPointF(left, inside.center().y() + 2 - PILL_HEIGHT / 2), one.name, one.colour)
        left += width + 6
