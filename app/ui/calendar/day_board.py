"""The grid in its frame: the masters above, the hours on the left, both in their place while the grid scrolls."""

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from app import wording
from app.language import _
from app.salon.scheduling.agenda import MasterColumn
from app.ui import theme
from app.ui.calendar.day_grid import DayGrid, ReachReader
from app.ui.theme import FontRole

HEAD_HEIGHT = 62
HOURS_WIDTH = 60
_BAR = 3
_LABEL_HEIGHT = 18


class _MastersHead(QWidget):
    """Each master's name, title and load, over the column."""

    def __init__(self, board: "DayBoard") -> None:
        super().__init__(board)
        self._board = board

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the names."""
        plan = self._board.grid.plan
        painter = QPainter(self)
        worn = theme.current()
        painter.fillRect(self.rect(), worn.surface)
        if plan is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        offset = HOURS_WIDTH - self._board.horizontalScrollBar().value()
        painter.setClipRect(QRect(HOURS_WIDTH, 0, self.width() - HOURS_WIDTH, self.height()))
        for column, master in enumerate(plan.masters):
            left = plan.columns.x_of(column) + offset
            place = QRect(left + 12, 8, plan.columns.width_of(column) - 24, HEAD_HEIGHT - 8)
            _paint_master(painter, place, master)
            if column:
                painter.setPen(worn.line)
                painter.drawLine(left, 6, left, HEAD_HEIGHT)
        painter.setClipping(False)
        painter.setPen(worn.line)
        painter.drawLine(0, HEAD_HEIGHT - 1, self.width(), HEAD_HEIGHT - 1)


def _paint_master(painter: QPainter, place: QRect, master: MasterColumn) -> None:
    worn = theme.current()
    off = not master.shifts
    load = master.load_percent
    share = _("off") if load is None else wording.percent(load, 100)
    metrics = QFontMetrics(theme.font(FontRole.SECONDARY))
    width = metrics.horizontalAdvance(share)
    right = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    left = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    painter.setFont(theme.font(FontRole.SECONDARY))
    painter.setPen(worn.muted)
    painter.drawText(QRect(place.left(), place.top(), place.width(), 20), right, share)
    _elided(painter, QRect(place.left(), place.top() + 20, place.width(), 18), master.title, FontRole.SECONDARY, left)
    painter.setPen(worn.muted if off else worn.text)
    name = QRect(place.left(), place.top(), place.width() - width - 8, 20)
    _elided(painter, name, master.name, FontRole.HEADING, left)
    if load is None:
        return
    bar = QRectF(place.left(), place.top() + 42, place.width(), _BAR)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(worn.sunken)
    painter.drawRoundedRect(bar, _BAR / 2, _BAR / 2)
    painter.setBrush(worn.accent)
    bar.setWidth(bar.width() * min(load, 100) / 100)
    if load:
        painter.drawRoundedRect(bar, _BAR / 2, _BAR / 2)


def _elided(painter: QPainter, place: QRect, text: str, role: FontRole, alignment: int) -> None:
    font = theme.font(role)
    painter.setFont(font)
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, place.width())
    painter.drawText(place, alignment, shown)


class _Hours(QWidget):
    """The hours beside the grid, and the current time."""

    def __init__(self, board: "DayBoard") -> None:
        super().__init__(board)
        self._board = board

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the hours; the one beside the current time makes room for it."""
        grid = self._board.grid
        painter = QPainter(self)
        worn = theme.current()
        painter.fillRect(self.rect(), worn.surface)
        if grid.plan is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scale = grid.plan.scale
        offset = -self._board.verticalScrollBar().value()
        now = None if grid.now_minute is None else scale.y_of(grid.now_minute)
        if now is not None and not scale.top <= now <= scale.bottom:
            now = None
        painter.setFont(theme.font(FontRole.SMALL))
        painter.setPen(worn.muted)
        for minute in range(scale.first_minute, scale.last_minute + 1, 60):
            middle = _beside(scale.y_of(minute), now)
            if middle is None:
                continue
            place = QRect(0, middle + offset - 8, self.width() - 10, 16)
            text = wording.clock_time(grid.plan.moment(minute)) if minute < 24 * 60 else "24:00"
            painter.drawText(place, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), text)
        if now is not None and grid.now_minute is not None:
            self._paint_now(painter, now + offset, wording.clock_time(grid.plan.moment(grid.now_minute)))

    def _paint_now(self, painter: QPainter, middle: int, text: str) -> None:
        worn = theme.current()
        font = theme.font(FontRole.SMALL_STRONG)
        width = QFontMetrics(font).horizontalAdvance(text) + 14
        place = QRectF(self.width() - width - 3, middle - _LABEL_HEIGHT / 2, width, _LABEL_HEIGHT)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(worn.now)
        painter.drawRoundedRect(place, _LABEL_HEIGHT / 2, _LABEL_HEIGHT / 2)
        painter.drawRect(QRectF(self.width() - 4, middle - 1, 4, 2))
        painter.setPen(worn.on_now)
        painter.setFont(font)
        painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), text)


def _beside(middle: int, now: int | None) -> int | None:
    """Where an hour is written so that the current time does not hide it; None where both are the same."""
    if now is None or abs(middle - now) >= _LABEL_HEIGHT - 2:
        return middle
    if middle == now:
        return None
    return now - _LABEL_HEIGHT + 2 if middle < now else now + _LABEL_HEIGHT - 2


class DayBoard(QScrollArea):
    """The day, with masters and hours that stay where they are."""

    def __init__(self, read_reach: ReachReader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "bare")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.grid = DayGrid(read_reach)
        self._head = _MastersHead(self)
        self._hours = _Hours(self)
        self.setViewportMargins(HOURS_WIDTH, HEAD_HEIGHT, 0, 0)
        self.setWidget(self.grid)
        self.grid.planned.connect(self._redraw_frame)
        self.grid.seen_wanted.connect(self.show_part)
        self.horizontalScrollBar().valueChanged.connect(self._head.update)
        self.verticalScrollBar().valueChanged.connect(self._hours.update)

    def show_part(self, part: QRect) -> None:
        """Scroll no further than needed to show a part of the grid."""
        middle = part.center()
        view = self.viewport().size()
        self.ensureVisible(
            middle.x(),
            middle.y(),
            min(part.width() // 2, view.width() // 2),
            min(part.height() // 2, view.height() // 2),
        )

    def show_minute(self, minute: int) -> None:
        """Scroll so that a minute of the day stands in the upper third."""
        plan = self.grid.plan
        if plan is not None:
            self.verticalScrollBar().setValue(plan.scale.y_of(minute) - self.viewport().height() // 3)

    def set_now(self, minute: int | None) -> None:
        """Move the line of the current time; None on another day than today."""
        if minute != self.grid.now_minute:
            self.grid.set_now(minute)
            self._hours.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the day, and keep names and hours in their place."""
        super().resizeEvent(event)
        self.grid.set_room(self.viewport().size())
        view = self.viewport().geometry()
        self._head.setGeometry(QRect(QPoint(0, 0), QPoint(view.right(), HEAD_HEIGHT - 1)))
        self._hours.setGeometry(QRect(QPoint(0, HEAD_HEIGHT), QPoint(HOURS_WIDTH - 1, view.bottom())))

    def _redraw_frame(self) -> None:
        self._head.update()
        self._hours.update()
