"""What stands over the columns of the grid: the master, the room or the day, and how full it is."""

from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QToolTip, QWidget

from app import wording
from app.language import _
from app.ui import icons, lettering, theme
from app.ui.calendar import words
from app.ui.calendar.tracks import Sheet, Track
from app.ui.theme import FontRole, Tone

if TYPE_CHECKING:
    from app.ui.calendar.day_board import DayBoard

HEAD_HEIGHT = 62
_BAR = 3
_BARS_KEPT = 120
_SIGN = 14


class BoardHead(QWidget):
    """Name, title and load over each column. A click leads from a master to their week, from a day to that day."""

    column_opened = Signal(int)
    menu_wanted = Signal(int, QPoint)
    """What can be done with the master of a column, asked at a point of the screen."""

    def __init__(self, board: "DayBoard") -> None:
        super().__init__(board)
        self._board = board
        self._pointed: int | None = None
        self.setFixedHeight(HEAD_HEIGHT)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def place_of(self, column: int) -> QRect:
        """Where the head of a column stands."""
        plan = self._board.grid.plan
        if plan is None:
            return QRect()
        left = plan.columns.x_of(column) + self._board.columns_left
        return QRect(left + 12, 8, plan.columns.width_of(column) - 24, HEAD_HEIGHT - 8)

    def _column_at(self, place: QPoint) -> int | None:
        plan, board = self._board.grid.plan, self._board
        if plan is None or plan.sheet.is_of_rooms or not board.hours_width <= place.x() < board.columns_right:
            return None
        return plan.columns.index_at(place.x() - board.columns_left)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show that a head can be opened."""
        self._point_at(self._column_at(event.position().toPoint()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open it."""
        column = self._column_at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and column is not None:
            self.column_opened.emit(column)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done with the master of the column."""
        column = self._column_at(event.pos())
        if column is not None:
            self.menu_wanted.emit(column, event.globalPos())

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer is gone."""
        super().leaveEvent(event)
        self._point_at(None)

    def event(self, event: QEvent) -> bool:
        """Say in full what is cut, and what a click does."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._tell_tip(event)
            return True
        return super().event(event)

    def _tell_tip(self, event: QHelpEvent) -> None:
        plan, column = self._board.grid.plan, self._column_at(event.pos())
        if plan is None or column is None:
            QToolTip.hideText()
            return
        track = plan.tracks[column]
        if plan.sheet.is_of_days:
            text = _("Show {day}").format(day=wording.weekday_and_date(track.day, track.day))
        else:
            text = _("{master}: show the week").format(master=track.name)
        QToolTip.showText(event.globalPos(), text, self, self.place_of(column))

    def _point_at(self, column: int | None) -> None:
        if column != self._pointed:
            self._pointed = column
            if column is None:
                self.unsetCursor()
            else:
                self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the names."""
        board = self._board
        plan = board.grid.plan
        painter = QPainter(self)
        worn = theme.current()
        theme.fill(painter, self.rect(), worn.surface)
        if plan is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(QRect(board.hours_width, 0, board.columns_right - board.hours_width, self.height()))
        for column, track in enumerate(plan.tracks):
            place = self.place_of(column)
            if column == self._pointed:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(worn.hover)
                painter.drawRoundedRect(QRectF(place).adjusted(-8, -5, 8, -3), theme.RADIUS_TILE, theme.RADIUS_TILE)
            _paint_head(painter, place, plan.sheet, track, is_today=track.day == board.today)
            if column:
                painter.setPen(worn.line)
                painter.drawLine(place.left() - 12, 6, place.left() - 12, HEAD_HEIGHT)
        painter.setClipping(False)
        painter.setPen(worn.line)
        painter.drawLine(0, HEAD_HEIGHT - 1, self.width(), HEAD_HEIGHT - 1)


def _paint_head(painter: QPainter, place: QRect, sheet: Sheet, track: Track, *, is_today: bool) -> None:
    worn = theme.current()
    load = track.load_percent
    share = words.load(track)
    first = QRect(place.left(), place.top(), place.width(), 20)
    second = QRect(place.left(), place.top() + 20, place.width(), 18)
    painter.setPen(worn.muted)
    if track.absence is not None:
        _paint_absence(painter, second, share)
    elif sheet.is_of_rooms:
        # The name of a room is not shortened as a person's is: it has the line for itself.
        lettering.write(painter, second, share, FontRole.SECONDARY)
    else:
        beside = second if _needs_line(sheet, track, first.width(), share) else first
        beside.setRight(beside.right() - lettering.write(painter, beside, share, FontRole.SECONDARY, right=True) - 8)
        lettering.write(painter, second, _second(sheet, track), FontRole.SECONDARY)
    stands_out = sheet.is_of_days and is_today
    painter.setPen(worn.accent if stands_out else worn.text if track.shifts or track.staff_id is None else worn.muted)
    lettering.write(painter, first, _first(sheet, track, first.width()), FontRole.HEADING)
    if load is None or track.absence is not None:
        return
    ratio = painter.device().devicePixelRatio()
    painter.drawPixmap(place.left(), place.top() + 42, _bar(place.width(), min(load, 100), ratio, worn.name))


@lru_cache(_BARS_KEPT)
def _bar(width: int, percent: int, ratio: float, _theme: str) -> QPixmap:
    """How much of a column is booked, as a bar."""
    picture = QPixmap(round(width * ratio), round(_BAR * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter, worn = QPainter(picture), theme.current()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    for ink, share in ((worn.sunken, 100), (worn.accent, percent)):
        painter.setBrush(ink)
        if share:
            painter.drawRoundedRect(QRectF(0, 0, width * share / 100, _BAR), _BAR / 2, _BAR / 2)
    painter.end()
    return picture


def _paint_absence(painter: QPainter, place: QRect, reason: str) -> None:
    """A sign and a word instead of a load: who is absent is not busy, whoever stands in the column still."""
    worn = theme.current()
    ink = worn.tone(Tone.WARN).ink
    sign = icons.pixmap("door-open", ink, _SIGN, painter.device().devicePixelRatio())
    painter.drawPixmap(place.left(), place.top() + (place.height() - _SIGN) // 2, sign)
    painter.setPen(ink)
    lettering.write(painter, place.adjusted(_SIGN + 6, 0, 0, 0), reason, FontRole.SECONDARY)


def _first(sheet: Sheet, track: Track, room: int) -> str:
    """The day; or the whole name, or as colleagues say it where there is no room."""
    if sheet.is_of_days:
        return words.day_in_short(track.day)
    if track.staff_id is None:
        return track.name
    return track.name if lettering.width(FontRole.HEADING, track.name) <= room else wording.short_name(track.name)


def _needs_line(sheet: Sheet, track: Track, room: int, share: str) -> bool:
    """Whether even the short name of a master would be cut beside the load: in a large salon two would look alike."""
    if sheet.is_of_days:
        return False
    left = room - lettering.width(FontRole.SECONDARY, share) - 8
    return lettering.width(FontRole.HEADING, _first(sheet, track, left)) > left


def _second(sheet: Sheet, track: Track) -> str:
    """The hours of the day, or the master's title."""
    if not sheet.is_of_days:
        return track.title
    return ", ".join(wording.interval(shift.starts_at, shift.ends_at) for shift in track.shifts)
