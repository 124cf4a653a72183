"""The grid in its frame: the columns' heads above, the hours on the left, both in place while the grid scrolls."""

from datetime import date, datetime, time

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QScrollBar, QVBoxLayout, QWidget

from app import wording
from app.ui import theme
from app.ui.calendar import grid_layer
from app.ui.calendar.board_head import BoardHead
from app.ui.calendar.carrying import ReachReader
from app.ui.calendar.day_grid import DayGrid
from app.ui.calendar.geometry import LEAST_COLUMN_WIDTH, HourScale, zoomed
from app.ui.calendar.sheet_canvas import HOUR_HEIGHT
from app.ui.theme import FontRole

HOURS_WIDTH = 60
_LABEL_HEIGHT = 18
_AROUND_MARK = 48
"""What is seen above and below a free place that was scrolled to, so that one sees between whom it lies."""
_AT_THE_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_WHEEL_STEP = 20
"""How far one line of the wheel goes, in pixels, as in every scroll area of Qt."""


class _Hours(QWidget):
    """The hours beside the grid, and the current time."""

    def __init__(self, board: "DayBoard") -> None:
        super().__init__(board)
        self._board = board
        self._scrolled = 0
        self.setFixedWidth(HOURS_WIDTH)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def follow(self, scrolled: int) -> None:
        """Go along with the grid; only what comes into sight is drawn anew."""
        self.scroll(0, self._scrolled - scrolled)
        self._scrolled = scrolled

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the hours; the one beside the current time makes room for it."""
        grid, dirty = self._board.grid, event.rect()
        painter = QPainter(self)
        worn = theme.current()
        theme.fill(painter, dirty, worn.surface)
        if grid.plan is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scale = grid.plan.scale
        offset = -self._board.scrolled
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
            if place.intersects(dirty):
                painter.drawText(place, _AT_THE_RIGHT, _clock(minute))
        if now is not None and grid.now_minute is not None:
            self._paint_now(painter, now + offset, _clock(grid.now_minute))

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


def _clock(minute: int) -> str:
    return wording.clock_time(time(minute // 60, minute % 60)) if minute < 24 * 60 else "24:00"


def _beside(middle: int, now: int | None) -> int | None:
    """Where an hour is written so that the current time does not hide it; None where both are the same."""
    if now is None or abs(middle - now) >= _LABEL_HEIGHT - 2:
        return middle
    if middle == now:
        return None
    return now - _LABEL_HEIGHT + 2 if middle < now else now + _LABEL_HEIGHT - 2


class _Scroll(QScrollArea):
    """Lets the grid fill what is seen of it.

    Its parts are made here: asking Qt for a part that Python does not know loads every class of widgets there is,
    which takes a sixth of the time in which an empty window appears.
    """

    def __init__(self, grid: DayGrid) -> None:
        super().__init__()
        self._grid = grid
        self.pane = QWidget()
        self.setViewport(self.pane)
        self.down, self.aside = QScrollBar(Qt.Orientation.Vertical), QScrollBar(Qt.Orientation.Horizontal)
        for bar in (self.down, self.aside):
            bar.setSingleStep(_WHEEL_STEP)
        self.setVerticalScrollBar(self.down)
        self.setHorizontalScrollBar(self.aside)
        self.setProperty("kind", "bare")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(grid)
        self.setMinimumSize(LEAST_COLUMN_WIDTH, 160)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the day into the new size; what was selected in sight is not pushed aside by a panel that opens."""
        seen = QRect(QPoint(self.aside.value(), self.down.value()), event.oldSize())
        super().resizeEvent(event)
        if self._grid.is_dragging:
            return
        was_seen = self._selected().intersects(seen)
        self._grid.set_room(self.pane.size())
        if was_seen:
            place = self._selected()
            half = place.width() // 2
            self.ensureVisible(place.left() + half, self.down.value(), half, 0)

    def _selected(self) -> QRect:
        """Where the selected visit or place stands on the grid; empty where nothing is selected."""
        box = self._grid.box_of(self._grid.spot)
        return QRect() if box is None else grid_layer.rect(box)


class DayBoard(QWidget):
    """The day, with masters and hours that stay where they are while the grid scrolls."""

    def __init__(self, read_reach: ReachReader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.grid = DayGrid(read_reach)
        self.view = _Scroll(self.grid)
        self.today: date | None = None
        self._scale: HourScale | None = None
        self.head = BoardHead(self)
        self.hours = _Hours(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.hours)
        row.addWidget(self.view, 1)
        column.addLayout(row, 1)
        self.grid.planned.connect(self._redraw_frame)
        self.grid.seen_wanted.connect(self.show_part)
        self.view.aside.valueChanged.connect(self.head.update)
        self.view.down.valueChanged.connect(self.hours.follow)

    @property
    def hours_width(self) -> int:
        """How wide the hours are beside the grid."""
        return HOURS_WIDTH

    @property
    def columns_left(self) -> int:
        """Where the first column begins, seen from the left of the board."""
        return HOURS_WIDTH - self.view.aside.value()

    @property
    def columns_right(self) -> int:
        """The right end of what is seen of the grid."""
        return HOURS_WIDTH + self.view.pane.width()

    @property
    def scrolled(self) -> int:
        """How far the grid is scrolled down."""
        return self.view.down.value()

    def give_room(self, pixels: int) -> None:
        """Leave room at the foot for what floats there during a drag; the day itself stays where it is."""
        self.view.setViewportMargins(0, 0, 0, pixels)

    def show_part(self, part: QRect) -> None:
        """Scroll no further than needed to show a part of the grid."""
        middle = part.center()
        seen = self.view.pane.size()
        aside, down = min(part.width(), seen.width()) // 2, min(part.height(), seen.height()) // 2
        self.view.ensureVisible(middle.x(), middle.y(), aside, down)

    def show_marks(self) -> None:
        """Scroll to the first of the places that a search has found, where none of them is seen."""
        seen = QRect(QPoint(self.view.aside.value(), self.scrolled), self.view.pane.size())
        places = [grid_layer.rect(mark.box) for mark in self.grid.marks]
        if places and not any(seen.contains(place) for place in places):
            self.show_part(places[0].adjusted(0, -_AROUND_MARK, 0, _AROUND_MARK))

    def show_column(self, column: int) -> None:
        """Scroll aside no further than needed to show a column."""
        plan = self.grid.plan
        if plan is not None:
            left, width = plan.columns.x_of(column), plan.columns.width_of(column)
            self.view.ensureVisible(left + width // 2, self.scrolled, width // 2, 0)

    def show_minute(self, minute: int) -> None:
        """Scroll so that a minute of the day stands in the upper third."""
        plan = self.grid.plan
        if plan is not None:
            self.view.down.setValue(plan.scale.y_of(minute) - self.view.pane.height() // 3)

    def zoom(self, levels: int, y: int | None = None) -> None:
        """Make the hours so many levels higher; 0 gives the usual size.

        The time at ``y`` of the grid stays where it is on the screen; without ``y`` that of the middle.
        """
        plan, bar = self.grid.plan, self.view.down
        if plan is None:
            return
        seen = self.view.pane.height() // 2 if y is None else y - bar.value()
        # Not the whole minute: many small steps must not add up to a drift.
        hours = (bar.value() + seen - plan.scale.top) / plan.scale.hour_height
        self.grid.set_hour_height(zoomed(plan.scale.hour_height, levels) if levels else HOUR_HEIGHT)
        scale = self.grid.plan.scale if self.grid.plan else plan.scale
        bar.setValue(round(scale.top + hours * scale.hour_height) - seen)

    def set_now(self, now: datetime, instant: datetime, *, is_shown: bool) -> None:
        """Move the line of the current time, if its day is shown."""
        self.today = now.date()
        minute = now.hour * 60 + now.minute if is_shown else None
        if minute != self.grid.now_minute:
            self.hours.update()
        self.grid.set_now(now if is_shown else None, instant)

    def _redraw_frame(self) -> None:
        """The heads are drawn anew with every day, but not while the grid scrolls: that takes a millisecond."""
        self.head.update()
        plan = self.grid.plan
        if plan is not None and plan.scale != self._scale:
            self._scale = plan.scale
            self.hours.update()
