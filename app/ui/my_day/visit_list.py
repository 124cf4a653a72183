"""The day as a calm list: visits, pauses, and what is next."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from app import wording
from app.language import _
from app.salon.scheduling.my_day import MyDay, MyVisit, Pause
from app.ui import shortcuts, theme
from app.ui.my_day import words
from app.ui.shortcuts import Key
from app.ui.theme import FontRole, Tint, Tone
from app.ui.widgets.label import tip
from app.ui.widgets.pill import PILL_HEIGHT, paint_pill, pill_width
from app.vocabulary import VisitStatus

_TIME_WIDTH = 64
_LEFT = _TIME_WIDTH + 24
_LINE = 20
_OVER = frozenset({VisitStatus.COMPLETED, VisitStatus.NO_SHOW})


class VisitRow(QAbstractButton):
    """One visit: time, client, services, status; a second line of badges where something must be known."""

    walked = Signal(int)
    """Go this many visits on."""
    entered = Signal()
    """Go into the visit."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._visit: MyVisit | None = None
        self._badges: list[tuple[str, Tone, str]] = []
        self._is_next = False
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def visit(self) -> MyVisit:
        """The visit that is shown."""
        assert self._visit is not None
        return self._visit

    @property
    def badges(self) -> list[str]:
        """The words of the badges."""
        return [text for text, _tone, _icon in self._badges]

    def show_visit(self, visit: MyVisit, now: datetime, zone: str, *, is_next: bool) -> None:
        """Show a visit; ``is_next``: its client is the next one."""
        self._visit, self._is_next = visit, is_next
        self._badges = []
        if is_next:
            self._badges.append((words.how_soon(visit, now, zone), Tone.ACCENT, "clock"))
        for alert in visit.alerts:
            self._badges.append((wording.alert_kind(alert.kind), Tone.DANGER, "triangle-alert"))
        if visit.is_first:
            self._badges.append((_("first visit"), Tone.NEUTRAL, "sparkles"))
        self.setText(words.client(visit))
        self.setAccessibleName(words.spoken(visit, now, zone, is_next=is_next))
        self.setToolTip(tip("\n".join(alert.text for alert in visit.alerts)))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Two lines, and a third for badges."""
        return QSize(320, 16 + 2 * _LINE + 4 + (PILL_HEIGHT + 6 if self._badges else 0))

    def minimumSizeHint(self) -> QSize:
        """It is never lower."""
        return QSize(200, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down go through the visits; Enter or Right goes into this one. Other keys are the screen's."""
        match event.key():
            case _ if shortcuts.is_pressed(Key.NEXT_STATUS, event):
                event.ignore()
            case Qt.Key.Key_Up | Qt.Key.Key_Down:
                self.walked.emit(1 if event.key() == Qt.Key.Key_Down else -1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Right:
                self.click()
                self.entered.emit()
            case _:
                super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show that it can be taken."""
        super().enterEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw field, bar, words and badges."""
        worn = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_field(painter, worn)
        visit = self.visit
        is_over = visit.status in _OVER
        self._paint_time(painter, worn.muted if is_over else worn.text, worn.muted)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(worn.category(visit.services[0].colour))
        painter.setOpacity(0.45 if is_over else 1.0)
        painter.drawRoundedRect(QRectF(_TIME_WIDTH + 8, 11, 4, self.height() - 22), 2, 2)
        painter.setOpacity(1.0)
        self._paint_words(painter, worn.muted if is_over else worn.text, worn.muted)

    def _paint_field(self, painter: QPainter, worn: theme.Theme) -> None:
        place = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.isChecked() or self.underMouse():
            painter.setBrush(worn.accent_soft if self.isChecked() else worn.hover)
            painter.drawRoundedRect(place, theme.RADIUS_CONTROL, theme.RADIUS_CONTROL)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(worn.accent, 2))
            painter.drawRoundedRect(place, theme.RADIUS_CONTROL, theme.RADIUS_CONTROL)

    def _paint_time(self, painter: QPainter, ink: QColor, muted: QColor) -> None:
        left = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        painter.setPen(ink)
        painter.setFont(theme.font(FontRole.STRONG))
        painter.drawText(QRect(14, 9, _TIME_WIDTH - 8, _LINE), left, wording.clock_time(self.visit.starts_at))
        painter.setPen(muted)
        painter.setFont(theme.font(FontRole.SECONDARY))
        painter.drawText(QRect(14, 9 + _LINE, _TIME_WIDTH - 8, _LINE), left, wording.clock_time(self.visit.ends_at))

    def _paint_words(self, painter: QPainter, ink: QColor, muted: QColor) -> None:
        self._paint_lines(painter, ink, muted)
        worn, x = theme.current(), float(_LEFT)
        for text, tone, icon in self._badges:
            if x + pill_width(text, icon) > self.width() - 12:
                break
            tint = Tint(worn.accent, worn.on_accent) if tone is Tone.ACCENT else worn.tone(tone)
            x += paint_pill(painter, QPointF(x, 9 + 2 * _LINE + 6), text, tint, icon).width() + 6

    def _paint_lines(self, painter: QPainter, ink: QColor, muted: QColor) -> None:
        visit, right = self.visit, self.width() - 12
        status, done = wording.visit_status(visit.status), words.progress(visit)
        width = pill_width(status)
        paint_pill(painter, QPointF(right - width, 9), status, theme.current().status(visit.status))
        name = QRect(_LEFT, 9, right - width - 8 - _LEFT, _LINE)
        _paint_elided(painter, name, words.client(visit), FontRole.STRONG, ink)
        painter.setFont(theme.font(FontRole.SMALL))
        room = painter.fontMetrics().horizontalAdvance(done)
        painter.setPen(muted)
        painter.drawText(QRect(right - room, 9 + _LINE, room + 1, _LINE), int(Qt.AlignmentFlag.AlignVCenter), done)
        services = QRect(_LEFT, 9 + _LINE, right - room - 12 - _LEFT, _LINE)
        _paint_elided(painter, services, words.services(visit), FontRole.SECONDARY, muted)


class VisitList(QWidget):
    """The visits and pauses of a day, from top to bottom. Exactly one visit is open."""

    chosen = Signal(int)
    """The id of the visit that a person has just taken."""
    entered = Signal()
    """The keyboard goes on into the open visit."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: dict[int, VisitRow] = {}
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self._tell)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)

    def rows(self) -> list[VisitRow]:
        """The visits from top to bottom."""
        return list(self._rows.values())

    def show_day(self, day: MyDay, now: datetime, zone: str, open_visit: int) -> None:
        """Show these visits and pauses; the rows of visits that stay are kept, and so is the focus."""
        before, self._rows = self._rows, {}
        while (item := self._column.takeAt(0)) is not None:
            if isinstance(widget := item.widget(), _PauseRow):
                widget.hide()
                widget.deleteLater()
        following = day.next_visit
        for entry in _in_order(day):
            if isinstance(entry, Pause):
                self._column.addWidget(_PauseRow(entry))
                continue
            row = before.pop(entry.visit_id, None) or self._new_row()
            row.show_visit(entry, now, zone, is_next=entry is following)
            row.setChecked(entry.visit_id == open_visit)
            self._rows[entry.visit_id] = row
            self._column.addWidget(row)
            row.show()
        self._column.addStretch(1)
        for row in before.values():
            self._group.removeButton(row)
            row.hide()
            row.deleteLater()

    def _new_row(self) -> VisitRow:
        row = VisitRow()
        row.walked.connect(self._walk)
        row.entered.connect(self.entered)
        self._group.addButton(row)
        return row

    def _walk(self, step: int) -> None:
        rows = self.rows()
        place = next((place for place, row in enumerate(rows) if row.hasFocus()), None)
        if place is not None and 0 <= place + step < len(rows):
            rows[place + step].setFocus(Qt.FocusReason.TabFocusReason)
            rows[place + step].click()

    def _tell(self, row: VisitRow) -> None:
        self.chosen.emit(row.visit.visit_id)


class _PauseRow(QWidget):
    """Blocked time, as one quiet line."""

    def __init__(self, pause: Pause) -> None:
        super().__init__()
        self._hours = wording.interval(pause.starts_at, pause.ends_at)
        self._said = pause.reason or wording.block_kind(pause.kind)
        self.setFixedHeight(36)
        self.setAccessibleName(f"{self._hours}, {self._said}")

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the time where the visits have theirs, and what it is for."""
        painter = QPainter(self)
        muted = theme.current().muted
        words_at = QRect(_LEFT, 0, self.width() - _LEFT - 12, self.height())
        start, _dash, _end = self._hours.partition("–")
        _paint_elided(painter, QRect(14, 0, _TIME_WIDTH, self.height()), start, FontRole.SECONDARY, muted)
        _paint_elided(painter, words_at, f"{self._said} · {self._hours}", FontRole.SECONDARY, muted)


def _in_order(day: MyDay) -> Sequence[MyVisit | Pause]:
    return sorted((*day.visits, *day.pauses), key=lambda entry: entry.starts_at)


def _paint_elided(painter: QPainter, place: QRect, text: str, role: FontRole, ink: QColor) -> None:
    painter.setFont(theme.font(role))
    painter.setPen(ink)
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, place.width())
    painter.drawText(place, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), shown)
