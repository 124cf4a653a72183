"""A small month to take a day from. Monday comes first."""

from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app import wording
from app.language import _
from app.ui import theme
from app.ui.theme import FontRole
from app.ui.widgets.buttons import IconButton, QuietButton
from app.ui.widgets.label import Label
from app.ui.widgets.menu import round_corners
from app.ui.widgets.sheet_frame import paint_sheet

_CELL = 38
_WEEK = 7
_WEEKS = 6


def first_shown(month: date) -> date:
    """The Monday with which the sheet of this month begins."""
    first = month.replace(day=1)
    return first - timedelta(days=first.weekday())


def months_away(day: date, months: int) -> date:
    """The same day of another month, or that month's last day where there is none."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    after = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, min(day.day, (after - timedelta(days=1)).day))


class _MonthSheet(QWidget):
    """Six weeks, painted; arrows walk, Enter takes."""

    picked = Signal(object)
    walked = Signal(object)

    def __init__(self, day: date, today: date, parent: QWidget) -> None:
        super().__init__(parent)
        self.day = day
        self._today = today
        self._pointed: date | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        """A row of weekdays and six weeks."""
        return QSize(_CELL * _WEEK, 24 + _CELL * _WEEKS)

    def show_day(self, day: date) -> None:
        """Stand on ``day``."""
        self.day = day
        self.setAccessibleName(wording.day_title(day, self._today))
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))
        self.update()
        self.walked.emit(day)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows by day and week, PgUp and PgDn by month, Home and End within the week."""
        by_days = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -_WEEK,
            Qt.Key.Key_Down: _WEEK,
            Qt.Key.Key_Home: -self.day.weekday(),
            Qt.Key.Key_End: 6 - self.day.weekday(),
        }
        key = Qt.Key(event.key())
        if key in by_days:
            self.show_day(self.day + timedelta(days=by_days[key]))
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.show_day(months_away(self.day, 1 if key == Qt.Key.Key_PageDown else -1))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.picked.emit(self.day)
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show the day under the pointer."""
        self._pointed = self._day_at(event.position().toPoint())
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer is gone."""
        super().leaveEvent(event)
        self._pointed = None
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Take the day under the pointer."""
        day = self._day_at(event.position().toPoint())
        if day is not None and event.button() == Qt.MouseButton.LeftButton:
            self.picked.emit(day)

    def event(self, event: QEvent) -> bool:
        """Say the day under the pointer in full."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            day = self._day_at(event.pos())
            self.setToolTip(wording.day_title(day, self._today) if day else "")
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw weekdays and days."""
        worn = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        begin = first_shown(self.day)
        painter.setFont(theme.font(FontRole.SMALL))
        painter.setPen(worn.muted)
        for column in range(_WEEK):
            name = wording.weekday_short(begin + timedelta(days=column))
            painter.drawText(QRectF(column * _CELL, 0, _CELL, 24), int(Qt.AlignmentFlag.AlignCenter), name)
        for index in range(_WEEK * _WEEKS):
            self._paint_day(painter, worn, index, begin + timedelta(days=index))

    def _paint_day(self, painter: QPainter, worn: theme.Theme, index: int, day: date) -> None:
        cell = QRectF(index % _WEEK * _CELL, 24 + index // _WEEK * _CELL, _CELL, _CELL)
        field = cell.adjusted(3, 3, -3, -3)
        chosen, other_month = day == self.day, day.month != self.day.month
        painter.setPen(Qt.PenStyle.NoPen)
        if chosen or day == self._pointed:
            painter.setBrush(worn.accent if chosen else worn.accent_soft)
            painter.drawRoundedRect(field, theme.RADIUS_TILE, theme.RADIUS_TILE)
        elif day == self._today:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(worn.accent, 1.5))
            painter.drawRoundedRect(field, theme.RADIUS_TILE, theme.RADIUS_TILE)
        strong = chosen or day == self._today
        painter.setFont(theme.font(FontRole.STRONG if strong else FontRole.BODY))
        painter.setPen(
            worn.on_accent
            if chosen
            else worn.accent
            if day == self._today
            else worn.muted
            if other_month
            else worn.text
        )
        painter.drawText(cell, int(Qt.AlignmentFlag.AlignCenter), str(day.day))

    def _day_at(self, place: QPoint) -> date | None:
        column, row = place.x() // _CELL, (place.y() - 24) // _CELL
        if place.y() < 24 or not (0 <= column < _WEEK and 0 <= row < _WEEKS):
            return None
        return first_shown(self.day) + timedelta(days=row * _WEEK + column)


class DayPicker(QWidget):
    """A popup with one month. It takes nothing until somebody picks a day."""

    picked = Signal(object)
    """The ``date`` that was picked; the popup is closed."""

    def __init__(self, day: date, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAccessibleName(_("Choose a day"))
        self._today = today
        self._title = Label("", FontRole.HEADING, parent=self)
        back = IconButton("chevron-left", _("Previous month"), parent=self)
        ahead = IconButton("chevron-right", _("Next month"), parent=self)
        self._sheet = _MonthSheet(day, today, self)
        now = QuietButton(_("Today"), parent=self)
        back.clicked.connect(self._go_back)
        ahead.clicked.connect(self._go_ahead)
        now.clicked.connect(self._take_today)
        head = QHBoxLayout()
        head.setContentsMargins(8, 0, 0, 0)
        head.setSpacing(0)
        head.addWidget(self._title, 1)
        head.addWidget(back)
        head.addWidget(ahead)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 8)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self._sheet)
        column.addWidget(now, 0, Qt.AlignmentFlag.AlignHCenter)
        self._sheet.walked.connect(self._name_month)
        self._sheet.picked.connect(self._take)
        self._sheet.show_day(day)

    @property
    def day(self) -> date:
        """The day on which the sheet stands."""
        return self._sheet.day

    def show_day(self, day: date) -> None:
        """Stand on ``day``."""
        self._sheet.show_day(day)

    def popup_below(self, anchor: QWidget) -> None:
        """Open under ``anchor``, within its screen."""
        self.adjustSize()
        spot = anchor.mapToGlobal(QPoint(0, anchor.height() + 4))
        screen = anchor.screen().availableGeometry()
        spot.setX(min(spot.x(), screen.right() - self.width()))
        if spot.y() + self.height() > screen.bottom():
            spot.setY(anchor.mapToGlobal(QPoint(0, 0)).y() - self.height() - 4)
        self.move(spot)
        self.show()
        self._sheet.setFocus(Qt.FocusReason.PopupFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the corners round."""
        super().resizeEvent(event)
        round_corners(self, theme.RADIUS_SURFACE)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the sheet with its round corners."""
        paint_sheet(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes without taking."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def _name_month(self, day: date) -> None:
        self._title.setText(wording.month_title(day))

    def _go_back(self) -> None:
        self.show_day(months_away(self.day, -1))

    def _go_ahead(self) -> None:
        self.show_day(months_away(self.day, 1))

    def _take_today(self) -> None:
        self._take(self._today)

    def _take(self, day: date) -> None:
        self.close()
        self.picked.emit(day)
