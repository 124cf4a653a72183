"""The week of all masters at one glance: a line of hours for each day, with its free time standing out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QFrame, QScrollArea, QScrollBar, QToolTip, QVBoxLayout, QWidget

from app import wording
from app.language import _
from app.salon.scheduling.loads import DayLoad, MasterLoad
from app.ui import theme
from app.ui.calendar import accessible_cells, words
from app.ui.calendar.accessible_cells import CellsPage, ToldCells
from app.ui.calendar.grid_layer import rect, rect_f
from app.ui.calendar.salon_week_plan import NAMES_WIDTH, Cell, SalonWeekPlan
from app.ui.theme import FontRole, Theme, Tone

_HEAD = 52
_INSET = 10
_LINE = 12
"""How high the line of hours is."""
_ROOMY = 60
"""So many free minutes are worth an eye."""
_VCENTRE = int(Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)


class _Head(QWidget):
    """The days over the cells, each with the load of all. A click goes to the day."""

    day_opened = Signal(object)

    def __init__(self, page: SalonWeekPage) -> None:
        super().__init__(page)
        self._page = page
        self.setFixedHeight(_HEAD)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the day."""
        plan, x = self._page.plan, int(event.position().x())
        for column, day in enumerate(plan.days):
            if event.button() == Qt.MouseButton.LeftButton and plan.x_of(column) <= x < plan.x_of(column + 1):
                self.day_opened.emit(day)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the days."""
        plan, worn = self._page.plan, theme.current()
        painter = QPainter(self)
        theme.fill(painter, self.rect(), worn.surface)
        for column, day in enumerate(plan.days):
            place = QRect(plan.x_of(column) + _INSET, 8, plan.x_of(column + 1) - plan.x_of(column) - 20, 20)
            painter.setFont(theme.font(FontRole.HEADING))
            left = place.width() - painter.fontMetrics().horizontalAdvance(words.day_in_short(day)) - 4
            painter.setPen(worn.accent if day == self._page.today else worn.text)
            painter.drawText(place, _VCENTRE, words.day_in_short(day))
            painter.setFont(theme.font(FontRole.SECONDARY))
            painter.setPen(worn.muted)
            load = self._page.load_of_day(column)
            if painter.fontMetrics().horizontalAdvance(load) > left:
                painter.setFont(theme.font(FontRole.SMALL))
            painter.drawText(place, _RIGHT, load)
        painter.setPen(worn.line)
        painter.drawLine(0, _HEAD - 9, self.width(), _HEAD - 9)


class _Cells(CellsPage):
    """The masters' days."""

    def __init__(self, page: SalonWeekPage) -> None:
        super().__init__()
        self._page = page
        self._pointed: Cell | None = None
        self._has_words = True
        """Whether the days say "free", or only for how long."""
        self.told = ToldCells(
            count=lambda: len(page.plan.masters) * len(page.plan.days),
            said=lambda number: page.said(page.plan.cell_of(number)),
            box=lambda number: page.plan.box(page.plan.cell_of(number)),
            here=lambda: page.plan.number_of(page.cell),
        )
        accessible_cells.install()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk, Enter opens the day."""
        ways = {
            Qt.Key.Key_Left: (0, -1),
            Qt.Key.Key_Right: (0, 1),
            Qt.Key.Key_Up: (-1, 0),
            Qt.Key.Key_Down: (1, 0),
        }
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        key = Qt.Key(event.key())
        if plain and key in ways:
            self._page.walk(*ways[key])
        elif plain and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._page.open_cell(self._page.cell)
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show what a click would open."""
        place = event.position().toPoint()
        self._point_at(self._page.plan.cell_at(place.x(), place.y()))
        if self._pointed is None and self._page.plan.row_at(place.x(), place.y()) is None:
            self.unsetCursor()
        else:
            self.setCursor(Qt.CursorShape.PointingHandCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the day, or the week of the master whose name it is."""
        place = event.position().toPoint()
        if event.button() != Qt.MouseButton.LeftButton:
            return
        cell, row = self._page.plan.cell_at(place.x(), place.y()), self._page.plan.row_at(place.x(), place.y())
        if cell is not None:
            self._page.open_cell(cell)
        elif row is not None:
            self._page.master_opened.emit(self._page.plan.masters[row].staff_id)

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer is gone."""
        super().leaveEvent(event)
        self._point_at(None)

    def _point_at(self, cell: Cell | None) -> None:
        if cell != self._pointed:
            self._pointed = cell
            self.update()

    def event(self, event: QEvent) -> bool:
        """Say the cell under the pointer in full."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            cell = self._page.plan.cell_at(event.pos().x(), event.pos().y())
            if cell is None:
                QToolTip.hideText()
            else:
                said, place = self._page.said(cell), rect(self._page.plan.box(cell))
                QToolTip.showText(event.globalPos(), said, self, place)
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The cursor is drawn strongly."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The cursor is drawn quietly."""
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A row a master, a cell a day."""
        page, worn = self._page, theme.current()
        plan = page.plan
        painter = QPainter(self)
        theme.fill(painter, event.rect(), worn.surface)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._has_words = self._has_room_for_words()
        for row in range(len(plan.masters)):
            self._paint_name(painter, row, worn)
            for column in range(len(plan.days)):
                cell = Cell(row, column)
                box = plan.box(cell)
                if event.rect().intersects(rect(box)):
                    self._paint_cell(painter, cell, rect_f(box), worn)

    def _paint_name(self, painter: QPainter, row: int, worn: Theme) -> None:
        plan = self._page.plan
        master = plan.masters[row]
        place = QRect(16, row * plan.row_height + 8, NAMES_WIDTH - 28, 20)
        painter.setPen(worn.text)
        painter.setFont(theme.font(FontRole.HEADING))
        metrics = QFontMetrics(theme.font(FontRole.HEADING))
        name = (
            master.name if metrics.horizontalAdvance(master.name) <= place.width() else wording.short_name(master.name)
        )
        painter.drawText(place, _VCENTRE, metrics.elidedText(name, Qt.TextElideMode.ElideRight, place.width()))
        free = sum(one.free_minutes(self._page.now) for one in master.days)
        painter.setPen(worn.muted)
        painter.setFont(theme.font(FontRole.SECONDARY))
        painter.drawText(place.translated(0, 20), _VCENTRE, _free_words(free))

    def _paint_cell(self, painter: QPainter, cell: Cell, place: QRectF, worn: Theme) -> None:
        page = self._page
        load = page.plan.load(cell)
        is_over = load.load.day < page.today
        painter.setPen(Qt.PenStyle.NoPen)
        is_off = not load.shifts and not load.load.visits
        painter.setBrush(worn.hover if cell == self._pointed else worn.sunken if is_off else worn.surface)
        painter.drawRoundedRect(place, theme.RADIUS_TILE, theme.RADIUS_TILE)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(worn.line, 1))
        painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), theme.RADIUS_TILE, theme.RADIUS_TILE)
        line = place.adjusted(_INSET, 6, -_INSET, -6)
        if is_off:
            painter.setPen(worn.muted if load.absence is None else worn.tone(Tone.WARN).ink)
            painter.setFont(theme.font(FontRole.SECONDARY))
            painter.drawText(line, int(Qt.AlignmentFlag.AlignCenter), _why_off(load))
        else:
            self._paint_numbers(painter, cell, line, worn)
            # What is over steps back, but its words stay readable.
            painter.setOpacity(0.55 if is_over else 1)
            self._paint_hours(painter, load, QRectF(line.left(), line.center().y() - 3, line.width(), _LINE), worn)
            painter.setOpacity(1)
        if cell == page.cell:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(worn.accent, 2 if self.hasFocus() else 1.5))
            painter.drawRoundedRect(place.adjusted(1, 1, -1, -1), theme.RADIUS_TILE, theme.RADIUS_TILE)

    def _paint_numbers(self, painter: QPainter, cell: Cell, line: QRectF, worn: Theme) -> None:
        load = self._page.plan.load(cell)
        top = QRectF(line.left(), line.top(), line.width(), 18)
        foot = QRectF(line.left(), line.bottom() - 17, line.width(), 18)
        percent = load.load.load_percent
        share = "" if percent is None or load.absence is not None else wording.percent(percent, 100)
        painter.setFont(theme.font(FontRole.SECONDARY))
        metrics = painter.fontMetrics()
        painter.setPen(worn.muted)
        painter.drawText(top, _RIGHT, share)
        left = top.width() - metrics.horizontalAdvance(share) - 6
        visits = words.visits_of(load.load.visits)
        if metrics.horizontalAdvance(visits) > left:
            visits = wording.number(load.load.visits)
        is_over = load.load.day < self._page.today
        painter.setPen(worn.muted if is_over else worn.text)
        painter.drawText(top, _VCENTRE, visits)
        if not is_over:
            self._paint_free(painter, cell, foot, worn)

    def _paint_free(self, painter: QPainter, cell: Cell, foot: QRectF, worn: Theme) -> None:
        """How much time is left, or how many places a search has found."""
        load = self._page.plan.load(cell)
        page = self._page
        if load.absence is not None:
            painter.setPen(worn.tone(Tone.WARN).ink)
            painter.setFont(theme.font(FontRole.SMALL_STRONG))
            painter.drawText(foot, _VCENTRE, wording.absence_kind(load.absence))
            return
        found = page.places_of(cell)
        free = load.free_minutes(page.now)
        roomy = free >= _ROOMY
        painter.setPen(worn.accent if roomy or found else worn.muted)
        painter.setFont(theme.font(FontRole.SMALL_STRONG if roomy or found else FontRole.SMALL))
        said = words.free_places(found) if found else _free_words(free)
        if not found and free and not self._has_words:
            said = wording.duration(free)  # rather the number than the word
        painter.drawText(
            foot, _VCENTRE, painter.fontMetrics().elidedText(said, Qt.TextElideMode.ElideRight, int(foot.width()))
        )

    def _has_room_for_words(self) -> bool:
        """Whether "free" can be written on each day: on some alone, a bare length would look like another thing."""
        page, metrics = self._page, QFontMetrics(theme.font(FontRole.SMALL_STRONG))
        cells = map(page.plan.cell_of, range(len(page.plan.masters) * len(page.plan.days)))
        return all(
            metrics.horizontalAdvance(_free_words(free)) <= page.plan.box(cell).width - 2 * _INSET
            for cell in cells
            if (free := page.plan.load(cell).free_minutes(page.now))
        )

    def _paint_hours(self, painter: QPainter, load: MasterLoad, line: QRectF, worn: Theme) -> None:
        """The line of the day: off is empty, taken is quiet, free stands out."""
        plan, day = self._page.plan, load.load.day
        left, width = int(line.left()), int(line.width())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(worn.sunken)
        painter.drawRoundedRect(line, 3, 3)
        taken = QColor(worn.muted)
        taken.setAlphaF(0.55)
        for intervals, colour in ((load.free(self._page.now), worn.accent), (load.taken, taken)):
            painter.setBrush(colour)
            for interval in intervals:
                starts, ends = plan.span(interval, day, left, width)
                if ends > starts:
                    painter.drawRect(QRectF(starts, line.top(), max(ends - starts - 1, 1), line.height()))


class _View(QScrollArea):
    """Lets the cells fill what is seen of them. Its parts are made here, as for the grid of the day."""

    def __init__(self, page: SalonWeekPage) -> None:
        super().__init__()
        self._page = page
        self.setViewport(QWidget())
        self.setVerticalScrollBar(QScrollBar(Qt.Orientation.Vertical))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setProperty("kind", "bare")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the cells the new room."""
        super().resizeEvent(event)
        self._page.fit()


class SalonWeekPage(QWidget):
    """Rows are masters, columns are days. A click or Enter goes to the day."""

    day_opened = Signal(object)
    """The ``date`` to show."""
    day_walked = Signal(object)
    """The ``date`` on which the cursor came to stand."""
    master_opened = Signal(int)
    """The master whose week is wanted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.plan = SalonWeekPlan((), (), 0, 0, 0, 0)
        self.cell = Cell(0, 0)
        """Where the cursor stands."""
        self.now = datetime.min
        self._of_all: tuple[DayLoad, ...] = ()
        self._places: Mapping[tuple[int, date], int] = {}
        self._head = _Head(self)
        self.cells = _Cells(self)
        self._view = _View(self)
        self._view.setWidget(self.cells)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(self._view, 1)
        self.setFocusProxy(self.cells)
        self._head.day_opened.connect(self.day_opened)
        self.setMinimumSize(NAMES_WIDTH + 7 * 88, 240)

    @property
    def today(self) -> date:
        """The day that stands out."""
        return self.now.date()

    def show_week(self, plan: SalonWeekPlan, of_all: Sequence[DayLoad], day: date, now: datetime) -> None:
        """Show a week, with the cursor on ``day``; it stays with its master. Free time begins ``now``.

        ``of_all`` are the loads of its days, whoever is shown.
        """
        self.now = now
        self._of_all = tuple(of_all)
        row = min(self.cell.row, max(len(plan.masters) - 1, 0))
        self.cell = Cell(row, plan.days.index(day) if day in plan.days else 0)
        self._fit(plan)
        self.cells.setAccessibleName(wording.days_between(plan.days[0], plan.days[-1]))
        self._say()

    def mark_places(self, places: Mapping[tuple[int, date], int]) -> None:
        """How many free places were found with which master on which day."""
        self._places = places
        self.cells.update()

    def places_of(self, cell: Cell) -> int:
        """How many free places were found there."""
        return self._places.get((self.plan.masters[cell.row].staff_id, self.plan.days[cell.column]), 0)

    def load_of_day(self, column: int) -> str:
        """How full a day is, all masters of the salon together."""
        percent = self._of_all[column].load_percent
        return "" if percent is None else wording.percent(percent, 100)

    def said(self, cell: Cell) -> str:
        """A cell in full words."""
        load = self.plan.load(cell)
        parts = [self.plan.masters[cell.row].name, wording.day_title(load.load.day, self.today)]
        if not load.shifts and not load.load.visits:
            return ", ".join((*parts, _why_off(load)))
        if load.absence is not None:
            parts.append(wording.absence_kind(load.absence))
        parts.append(words.visits_of(load.load.visits))
        parts += [
            _("free {hours}").format(hours=wording.interval(free.starts_at, free.ends_at))
            for free in load.free(self.now)
        ] or [_("no time left")]
        return ", ".join(parts)

    def walk(self, down: int, aside: int) -> None:
        """Go to the neighbouring cell; beyond the week goes to the next one."""
        row = max(0, min(self.cell.row + down, len(self.plan.masters) - 1))
        column = self.cell.column + aside
        self.cell = Cell(row, max(0, min(column, len(self.plan.days) - 1)))
        if aside and self.plan.days:
            first = self.plan.days[0]
            self.day_walked.emit(date.fromordinal(first.toordinal() + column))
        self._say()
        box = self.plan.box(self.cell)
        self._view.ensureVisible(box.x + box.width // 2, box.y + box.height // 2, box.width // 2, box.height // 2)
        self.cells.update()

    def open_cell(self, cell: Cell) -> None:
        """Go to the day of a cell."""
        if self.plan.masters:
            self.cell = cell
            self.day_opened.emit(self.plan.days[cell.column])

    def place_of(self, cell: Cell) -> QRect:
        """Where a cell stands on the page."""
        box = self.plan.box(cell)
        return QRect(self.cells.mapTo(self, QPoint(box.x, box.y)), QSize(box.width, box.height))

    def _say(self) -> None:
        if self.plan.masters:
            self.cells.setAccessibleDescription(self.said(self.cell))
            self.cells.say_cell()

    def fit(self) -> None:
        """Fill the room that there is."""
        self._fit(self.plan)

    def _fit(self, plan: SalonWeekPlan) -> None:
        room = self._view.viewport().size()
        self.plan = replace(plan, width=max(room.width() - 10, 1), room_height=room.height())
        self.cells.setFixedSize(room.width(), max(self.plan.height, 1))
        self._head.update()
        self.cells.update()


def _why_off(load: MasterLoad) -> str:
    return _("Day off") if load.absence is None else wording.absence_kind(load.absence)


def _free_words(minutes: int) -> str:
    return _("free {duration}").format(duration=wording.duration(minutes)) if minutes else _("no time left")
