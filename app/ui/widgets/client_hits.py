"""The list under the search field: who may be meant, and the line that opens a new card."""

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
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app import wording
from app.language import _
from app.salon.clients.found_clients import FoundClient
from app.salon.clients.spelling import Span, found_in_name, found_in_phone
from app.ui import icons, shortcuts, theme
from app.ui.shortcuts import Key
from app.ui.theme import FontRole
from app.ui.widgets import found_words
from app.ui.widgets.command_line import COMMAND_HEIGHT, CommandLine, paint_line_field
from app.ui.widgets.label import Label
from app.ui.widgets.shade import Shade
from app.ui.widgets.sheet_frame import paint_sheet

ROW = 52
_SIDE = 12
_EDGE = 6
_Index = QModelIndex | QPersistentModelIndex
HIT_ROLE = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class Hit:
    """A found client in words, worded once when it is shown."""

    client: FoundClient
    phone: str
    name_spans: tuple[Span, ...]
    phone_spans: tuple[Span, ...]
    history: str
    """How often and when last."""
    coming: str
    """When next, or empty."""
    reason: str = ""
    """Why it was found, where neither the name nor the phone says it."""
    reason_spans: tuple[Span, ...] = ()

    @property
    def said(self) -> str:
        """The whole line for a screen reader."""
        alert = _("has an alert") if self.client.has_alert else ""
        ban = _("do not book") if self.client.do_not_book else ""
        vip = _("VIP") if self.client.is_vip else ""
        told = (self.client.name, ban, vip, alert, self.phone, self.reason, self.history, self.coming)
        return ", ".join(part for part in told if part)


def worded(client: FoundClient, typed: str, today: date) -> Hit:
    """``client`` as the line says it when ``typed`` found it."""
    shown = wording.phone(client.phone) if client.phone else ""
    return Hit(
        client,
        shown,
        tuple(found_in_name(client.name, typed)),
        tuple(found_in_phone(shown, typed)),
        _history(client, today),
        _coming(client, today),
        *found_words.told(client.found_by, typed),
    )


def _history(client: FoundClient, today: date) -> str:
    if client.last_visit is None:
        return _("no visit yet")
    return _("{visits}, last {day}").format(
        visits=wording.visits(client.visits), day=wording.short_date(client.last_visit, today)
    )


def _coming(client: FoundClient, today: date) -> str:
    if client.next_visit is None:
        return ""
    distance = (client.next_visit - today).days
    day = (
        wording.relative_day(client.next_visit, today) if distance < 2 else wording.short_date(client.next_visit, today)
    )
    return day if client.next_start is None else f"{day} {wording.clock_time(client.next_start)}"


class HitModel(QAbstractListModel):
    """The hits, best first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hits: tuple[Hit, ...] = ()

    def set_hits(self, hits: Sequence[Hit]) -> None:
        """Show these."""
        if tuple(hits) == self._hits:
            return
        self.beginResetModel()
        self._hits = tuple(hits)
        self.endResetModel()

    def hit(self, row: int) -> Hit:
        """The hit of a row."""
        return self._hits[row]

    def rowCount(self, parent: _Index | None = None) -> int:
        """How many there are."""
        return 0 if parent is not None and parent.isValid() else len(self._hits)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The name, the whole line for a screen reader, or the hit itself."""
        if not index.isValid():
            return None
        hit = self._hits[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return hit.client.name
            case Qt.ItemDataRole.AccessibleTextRole:
                return hit.said
            case _ if role == HIT_ROLE:
                return hit
            case _:
                return None


class _HitPainter(QStyledItemDelegate):
    """Two lines: name and phone, history and the next visit; what was typed stands out by weight and colour."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        """Every line is equally high."""
        return QSize(0, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one client."""
        hit: Hit = index.data(HIT_ROLE)
        worn = theme.current()
        place = QRectF(option.rect)  # type: ignore[attr-defined]
        state = option.state  # type: ignore[attr-defined]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        paint_line_field(painter, place, is_current=chosen, is_pointed=bool(state & QStyle.StateFlag.State_MouseOver))
        inside = place.adjusted(_SIDE, 7, -_SIDE, -7)
        first = QRectF(inside.x(), inside.y(), inside.width(), inside.height() / 2)
        second = first.translated(0, first.height())
        self._paint_first(painter, first, hit, worn)
        self._paint_second(painter, second, hit, worn)
        painter.restore()

    def _paint_first(self, painter: QPainter, line: QRectF, hit: Hit, worn: theme.Theme) -> None:
        room = line.width()
        if hit.phone:
            phone = theme.font(FontRole.SECONDARY)
            width = QFontMetricsF(_heavier(phone)).horizontalAdvance(hit.phone) + 1
            corner = QPointF(line.right() - width, line.y())
            paint_emphasised(painter, corner, width, line.height(), hit.phone, hit.phone_spans, phone, worn.muted)
            room -= width + 12
        marks = _marks(hit.client, worn)
        room -= 22 * len(marks)
        name = theme.font(FontRole.STRONG if not hit.name_spans else FontRole.BODY)
        used = paint_emphasised(
            painter, line.topLeft(), room, line.height(), hit.client.name, hit.name_spans, name, worn.text
        )
        for place, (icon, ink) in enumerate(marks):
            mark = icons.pixmap(icon, ink, 16, _ratio(painter))
            painter.drawPixmap(QPointF(line.x() + used + 6 + 22 * place, line.center().y() - 8), mark)

    def _paint_second(self, painter: QPainter, line: QRectF, hit: Hit, worn: theme.Theme) -> None:
        painter.setFont(theme.font(FontRole.SECONDARY))
        metrics = QFontMetricsF(painter.font())
        room = line.width()
        if hit.coming:
            width = metrics.horizontalAdvance(hit.coming)
            mark = icons.pixmap("calendar", worn.accent, 14, _ratio(painter))
            painter.drawPixmap(QPointF(line.right() - width - 19, line.center().y() - 7), mark)
            painter.setPen(worn.accent)
            painter.drawText(line, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), hit.coming)
            room -= width + 32
        told = found_words.BETWEEN.join(part for part in (hit.reason, hit.history) if part)
        paint_emphasised(
            painter, line.topLeft(), room, line.height(), told, hit.reason_spans, painter.font(), worn.muted
        )


def _marks(client: FoundClient, worn: theme.Theme) -> list[tuple[str, QColor]]:
    """What stands beside the name: not to be booked, an alert, special care."""
    found = (
        (client.do_not_book, "ban", worn.danger),
        (client.has_alert, "triangle-alert", worn.danger),
        (client.is_vip, "star", worn.accent),
    )
    return [(icon, ink) for is_so, icon, ink in found if is_so]


def paint_emphasised(
    painter: QPainter,
    corner: QPointF,
    room: float,
    height: float,
    text: str,
    spans: Sequence[Span],
    font: QFont,
    colour: QColor,
) -> float:
    """Paint one line of ``text`` with its ``spans`` heavier and in the accent; returns how wide it became."""
    shown = QFontMetricsF(_heavier(font)).elidedText(text, Qt.TextElideMode.ElideRight, room)
    layout = QTextLayout(shown, font)
    formats: list[QTextLayout.FormatRange] = []
    for begin, length in spans:
        each = QTextLayout.FormatRange()
        each.start, each.length = begin, min(length, max(len(shown) - begin, 0))  # type: ignore[attr-defined]
        style = QTextCharFormat()
        style.setFontWeight(QFont.Weight.Bold)
        style.setForeground(theme.current().accent)
        each.format = style  # type: ignore[attr-defined]
        formats.append(each)
    layout.setFormats(formats)
    one_line = QTextOption()
    one_line.setWrapMode(QTextOption.WrapMode.NoWrap)
    layout.setTextOption(one_line)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(100_000)
    layout.endLayout()
    painter.setPen(colour)
    layout.draw(painter, QPointF(corner.x(), corner.y() + (height - line.height()) / 2))
    return line.naturalTextWidth()


def _heavier(font: QFont) -> QFont:
    heavy = QFont(font)
    heavy.setWeight(QFont.Weight.Bold)
    return heavy


def _ratio(painter: QPainter) -> float:
    device = painter.device()
    return device.devicePixelRatio() if device else 1.0


class HitList(QFrame):
    """The floating list. It never takes the focus: the keys stay in the field."""

    taken = Signal(int)
    """The id of the client that was clicked."""
    new_taken = Signal()
    walk_in_taken = Signal()
    """Somebody without a card is meant."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Found clients"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.model = HitModel(self)
        self.view = QListView(self)
        self.view.setProperty("kind", "bare")
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setAccessibleName(_("Found clients"))
        self.view.setUniformItemSizes(True)
        self.view.setMouseTracking(True)
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setItemDelegate(_HitPainter(self.view))
        self.view.setModel(self.model)
        self.view.clicked.connect(self._take)
        self.caption = Label("", FontRole.SMALL, "muted", parent=self)
        self.caption.setContentsMargins(_SIDE, 6, _SIDE, 4)
        self.others = Label("", FontRole.SMALL, "muted")
        self.others.setContentsMargins(_SIDE, 4, _SIDE, 6)
        self.new_line = CommandLine("user-plus", _("Ctrl+Enter"))
        self.new_line.clicked.connect(self.new_taken)
        self.walk_in_line = CommandLine("footprints", shortcuts.shown(Key.WALK_IN))
        self.walk_in_line.say(_("Without a card"), has_lines_above=False)
        self.walk_in_line.clicked.connect(self.walk_in_taken)
        self.walk_in_line.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(_EDGE, _EDGE, _EDGE, _EDGE)
        column.setSpacing(0)
        column.addWidget(self.caption)
        column.addWidget(self.view, 1)
        column.addWidget(self.others)
        column.addWidget(self.new_line)
        column.addWidget(self.walk_in_line)
        Shade(self)
        self.hide()

    def show_hits(self, hits: Sequence[Hit], caption: str, new_words: str, others: str = "") -> None:
        """Show what was found; the first line is current, or the last when nobody was found.

        ``others`` says under the lines that not everybody is listed.
        """
        self.model.set_hits(hits)
        self.caption.setText(caption)
        self.caption.setVisible(bool(caption))
        self.others.setText(others)
        self.others.setVisible(bool(others))
        self.view.setVisible(bool(hits))
        self.new_line.say(new_words, has_lines_above=bool(hits))
        self.stand_on(0)
        self.view.scrollToTop()

    @property
    def line_count(self) -> int:
        """How many lines the arrows walk over."""
        return self.model.rowCount() + 1

    @property
    def line(self) -> int:
        """The line on which the cursor stands; the last one opens a new card."""
        return self.model.rowCount() if self.new_line.is_current else self.view.currentIndex().row()

    def stand_on(self, line: int) -> None:
        """Put the cursor on a line; beyond the ends it comes back from the other side."""
        line %= self.line_count
        is_last = line == self.model.rowCount()
        self.new_line.set_current(is_current=is_last)
        self.view.setCurrentIndex(QModelIndex() if is_last else self.model.index(line))

    @property
    def current(self) -> Hit | None:
        """The client on whom the cursor stands; None on the last line."""
        return None if self.new_line.is_current else self.model.hit(self.view.currentIndex().row())

    @property
    def said(self) -> str:
        """The line of the cursor for a screen reader."""
        current = self.current
        return self.new_line.text() if current is None else current.said

    def height_for(self, room: int) -> int:
        """How high the list wants to be within ``room`` pixels."""
        head = sum(one.sizeHint().height() for one in (self.caption, self.others) if one.isVisibleTo(self))
        feet = 1 if self.walk_in_line.isHidden() else 2
        fixed = head + feet * COMMAND_HEIGHT + 2 * _EDGE
        return min(fixed + ROW * self.model.rowCount(), max(room, fixed + (ROW if self.model.rowCount() else 0)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the sheet."""
        paint_sheet(self)

    def _take(self, index: QModelIndex) -> None:
        self.taken.emit(self.model.hit(index.row()).client.client_id)
