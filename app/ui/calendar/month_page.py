"""The month as an overview of load: how many visits a day has and how full it is. Never the visits themselves."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
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
from PySide6.QtWidgets import QToolTip, QWidget

from app import wording
from app.language import _
from app.salon.scheduling.loads import DayLoad
from app.ui import theme
from app.ui.calendar import accessible_cells, words
from app.ui.calendar.accessible_cells import CellsPage, ToldCells
from app.ui.calendar.grid_layer import rect, rect_f
from app.ui.calendar.month_plan import HEAD, WEEK, MonthPlan, heat_of
from app.ui.theme import FontRole, Theme

_INSET = 12
_BAR = 4
_TWO_LINES = 66
"""A cell of this height has room for the load under the visits."""
_WARM = 0.5
"""A day that is booked by half has the soft accent."""
_HOTTEST = 0.3
"""How much of the accent itself the fullest day has."""


class MonthPage(CellsPage):
    """One field a day. A click or Enter goes to the day; the arrows walk, also over the edge of the month."""

    day_opened = Signal(object)
    """The ``date`` to show."""
    day_walked = Signal(object)
    """The ``date`` on which the cursor came to stand."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.plan = MonthPlan(1, (), 0, 0)
        self.day = date.min
        """Where the cursor stands."""
        self._today = date.min
        self._places: Mapping[date, int] = {}
        self._pointed: int | None = None
        self._has_words = True
        """Whether the days say "visits", or only how many."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumSize(7 * 64, HEAD + 5 * 56)
        self.told = ToldCells(
            count=lambda: len(self.plan.loads),
            said=lambda number: self.said(self.plan.loads[number]),
            box=lambda number: self.plan.box(number),
            here=lambda: self.plan.number_of(self.day),
        )
        accessible_cells.install()

    def show_month(self, day: date, loads: Sequence[DayLoad], today: date) -> None:
        """Show the sheet of ``day``'s month, with the cursor on that day."""
        self.day, self._today = day, today
        self.plan = MonthPlan(day.month, tuple(loads), self.width(), self.height())
        self.setAccessibleName(wording.month_title(day))
        self._say()
        self.update()

    def mark_places(self, places: Mapping[date, int]) -> None:
        """How many free places were found on which day."""
        self._places = places
        self.update()

    def said(self, load: DayLoad) -> str:
        """A day in full words."""
        parts = [wording.day_title(load.day, self._today), words.visits_of(load.visits)]
        percent = load.load_percent
        parts.append(_("nobody works") if percent is None else words.booked_share(percent))
        found = self._places.get(load.day, 0)
        if found:
            parts.append(words.free_places(found))
        return ", ".join(parts)

    def _say(self) -> None:
        number = self.plan.number_of(self.day)
        if number is not None:
            self.setAccessibleDescription(self.said(self.plan.loads[number]))
            self.say_cell()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the days the new room."""
        super().resizeEvent(event)
        self.plan = MonthPlan(self.plan.month, self.plan.loads, self.width(), self.height())

    # ---- mouse and keys --------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows by day and week, Home and End within the week, Enter opens."""
        by_days = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -WEEK,
            Qt.Key.Key_Down: WEEK,
            Qt.Key.Key_Home: -self.day.weekday(),
            Qt.Key.Key_End: WEEK - 1 - self.day.weekday(),
        }
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        key = Qt.Key(event.key())
        if plain and key in by_days:
            self.day_walked.emit(self.day + timedelta(days=by_days[key]))
        elif plain and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.day_opened.emit(self.day)
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show what a click would open."""
        place = event.position().toPoint()
        self._point_at(self.plan.number_at(place.x(), place.y()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the day."""
        place = event.position().toPoint()
        number = self.plan.number_at(place.x(), place.y())
        if event.button() == Qt.MouseButton.LeftButton and number is not None:
            self.day_opened.emit(self.plan.loads[number].day)

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer is gone."""
        super().leaveEvent(event)
        self._point_at(None)

    def _point_at(self, number: int | None) -> None:
        if number == self._pointed:
            return
        for each in (number, self._pointed):
            if each is not None:
                self.update(rect(self.plan.box(each)).adjusted(-3, -3, 3, 3))
        self._pointed = number
        if number is None:
            self.unsetCursor()
        else:
            self.setCursor(Qt.CursorShape.PointingHandCursor)

    def event(self, event: QEvent) -> bool:
        """Say the day under the pointer in full."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            number = self.plan.number_at(event.pos().x(), event.pos().y())
            if number is None:
                QToolTip.hideText()
            else:
                said = self.said(self.plan.loads[number])
                QToolTip.showText(event.globalPos(), said, self, rect(self.plan.box(number)))
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

    # ---- painting --------------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Weekdays, then a field a day."""
        painter = QPainter(self)
        worn = theme.current()
        theme.fill(painter, self.rect(), worn.surface)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(worn.muted)
        painter.setFont(theme.font(FontRole.SECONDARY))
        for number, name in enumerate(wording.weekdays_short()):
            box = self.plan.box(number) if self.plan.loads else None
            if box is not None:
                place = QRectF(box.x + _INSET, 0, box.width, HEAD - 4)
                painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), name)
        self._has_words = self._has_room_for_words()
        for number, load in enumerate(self.plan.loads):
            self._paint_day(painter, number, load, worn)

    def _has_room_for_words(self) -> bool:
        """Whether "visits" can be written on each day: on some alone, a bare number would look like another thing."""
        metrics = QFontMetrics(theme.font(FontRole.SECONDARY))
        return all(
            metrics.horizontalAdvance(words.visits_of(load.visits)) <= self._room_for_visits(number, load, metrics)
            for number, load in enumerate(self.plan.loads)
            if load.visits
        )

    def _room_for_visits(self, number: int, load: DayLoad, metrics: QFontMetrics) -> int:
        box = self.plan.box(number)
        share = "" if box.height < _TWO_LINES else _share(load)
        return box.width - 2 * _INSET - (metrics.horizontalAdvance(share) + 8 if share else 0)

    def _paint_day(self, painter: QPainter, number: int, load: DayLoad, worn: Theme) -> None:
        box = self.plan.box(number)
        place = rect_f(box)
        inside = load.day.month == self.plan.month
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_fill_of(load, worn) if inside else worn.surface)
        painter.drawRoundedRect(place, theme.RADIUS_TILE, theme.RADIUS_TILE)
        if number == self._pointed:
            breath = QColor(worn.text)
            breath.setAlphaF(0.06)
            painter.setBrush(breath)
            painter.drawRoundedRect(place, theme.RADIUS_TILE, theme.RADIUS_TILE)
        if load.load_percent is None or not inside:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(worn.line)
            painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), theme.RADIUS_TILE, theme.RADIUS_TILE)
        self._paint_number(painter, place, load, worn, inside=inside)
        self._paint_words(painter, place, load, worn, inside=inside)
        if load.day == self.day:
            self._paint_cursor(painter, place, worn)

    def _paint_number(self, painter: QPainter, place: QRectF, load: DayLoad, worn: Theme, *, inside: bool) -> None:
        line = QRectF(place.left() + _INSET, place.top() + 8, place.width() - 2 * _INSET, 22)
        painter.setFont(theme.font(FontRole.HEADING))
        text = str(load.day.day) if load.day.day > 1 or inside else wording.day_and_month(load.day)
        if load.day == self._today:
            width = painter.fontMetrics().horizontalAdvance(text) + 14
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(worn.now)
            painter.drawRoundedRect(QRectF(line.left() - 7, line.top(), width, 22), 11, 11)
            painter.setPen(worn.on_now)
        else:
            painter.setPen(worn.text if inside else worn.muted)
        painter.drawText(line, int(Qt.AlignmentFlag.AlignVCenter), text)
        found = self._places.get(load.day, 0)
        if found:
            painter.setFont(theme.font(FontRole.SMALL_STRONG))
            said = words.places_in_short(found)
            width = painter.fontMetrics().horizontalAdvance(said) + 14
            pill = QRectF(line.right() - width + 4, line.top() + 1, width, 20)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(worn.accent)
            painter.drawRoundedRect(pill, 10, 10)
            painter.setPen(worn.on_accent)
            painter.drawText(pill, int(Qt.AlignmentFlag.AlignCenter), said)

    def _paint_words(self, painter: QPainter, place: QRectF, load: DayLoad, worn: Theme, *, inside: bool) -> None:
        line = QRectF(place.left() + _INSET, place.bottom() - 26, place.width() - 2 * _INSET, 18)
        painter.setPen(worn.text if inside else worn.muted)
        painter.setFont(theme.font(FontRole.SECONDARY))
        percent = load.load_percent
        if percent is None and not load.visits:
            painter.setPen(worn.muted)
            painter.drawText(line, int(Qt.AlignmentFlag.AlignVCenter), _("Day off"))
            return
        visits = self._visits(load)
        if place.height() < _TWO_LINES:
            painter.drawText(line, int(Qt.AlignmentFlag.AlignVCenter), visits)
            return
        bar = QRectF(line.left(), place.bottom() - 10, line.width(), _BAR)
        line.translate(0, -9)
        painter.drawText(line, int(Qt.AlignmentFlag.AlignVCenter), visits)
        painter.drawText(line, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), _share(load))
        if percent is None or not inside:
            return
        rest = QColor(worn.text)
        rest.setAlphaF(0.1)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(rest)
        painter.drawRoundedRect(bar, _BAR / 2, _BAR / 2)
        bar.setWidth(bar.width() * heat_of(load))
        painter.setBrush(worn.accent if percent <= 100 else worn.danger)
        if percent:
            painter.drawRoundedRect(bar, _BAR / 2, _BAR / 2)

    def _visits(self, load: DayLoad) -> str:
        """How many visits a day has; where there is no room for the word, the number."""
        return words.visits_of(load.visits) if self._has_words else wording.number(load.visits)

    def _paint_cursor(self, painter: QPainter, place: QRectF, worn: Theme) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(worn.accent, 2 if self.hasFocus() else 1.5))
        painter.drawRoundedRect(place.adjusted(1, 1, -1, -1), theme.RADIUS_TILE, theme.RADIUS_TILE)


def _share(load: DayLoad) -> str:
    return "" if load.load_percent is None else wording.percent(load.load_percent, 100)


def _fill_of(load: DayLoad, worn: Theme) -> QColor:
    """From the quiet surface of an empty day to the accent of a full one; never so strong that words are lost."""
    if load.load_percent is None:
        return worn.surface
    heat = heat_of(load)
    hot = _mixed(worn.accent_soft, worn.accent, _HOTTEST)
    return (
        _mixed(worn.sunken, worn.accent_soft, 2 * heat) if heat < _WARM else _mixed(worn.accent_soft, hot, 2 * heat - 1)
    )


def _mixed(one: QColor, other: QColor, share: float) -> QColor:
    return QColor(
        round(one.red() + (other.red() - one.red()) * share),
        round(one.green() + (other.green() - one.green()) * share),
        round(one.blue() + (other.blue() - one.blue()) * share),
    )
