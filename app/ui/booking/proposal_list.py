"""The places that are proposed, as big rows: arrows or 1, 2, 3 choose, Enter takes.

A digit only marks a row: it books nothing, and it may as well be the first of a phone, however slowly that is typed. So
one that no row has, or a third, tells that it was a phone: the choice is as it was before all of them, and all of them
go where phones are looked for. What was typed so far is told.
"""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from app import wording
from app.salon.scheduling.group_places import GroupPlace
from app.salon.scheduling.proposals import Proposal
from app.ui import theme
from app.ui.booking import words
from app.ui.stray_digits import OWN_DIGITS
from app.ui.theme import FontRole

_ROW = 64
_LINE = 20
_SIDE = 12
_KEY = 24
_CHOICES = 2
"""So many digits may choose: somebody on the phone changes their mind once."""
_MOMENT_MS = 10_000
"""However slowly a phone is dictated and typed, less lies between two digits of it."""


class ProposalList(QWidget):
    """One row is current, so that Enter takes it."""

    taken = Signal(object)
    """The ``Proposal`` or ``GroupPlace`` that was taken."""
    stood_on = Signal(object)
    """The row that is current now."""
    number_typed = Signal(str)
    """The first digits of a phone."""
    digits_kept = Signal(str)
    """The digits that marked a place and may be the first of a phone; empty: no longer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[ProposalRow] = []
        self._current: int | None = None
        self._digits = ""
        """The digits that chose a row a moment ago."""
        self._before: int | None = None
        """Which row was current before them."""
        self._moment = QTimer(self)
        self._moment.setSingleShot(True)
        self._moment.setInterval(_MOMENT_MS)
        self._moment.timeout.connect(self.end_moment)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)

    @property
    def rows(self) -> list["ProposalRow"]:
        """The rows, from the first to the last."""
        return list(self._rows)

    @property
    def current(self) -> Proposal | GroupPlace | None:
        """What Enter takes; None where nothing is proposed or nothing is chosen."""
        return None if self._current is None else self._rows[self._current].proposal

    def show_proposals(self, found: Sequence[Proposal], names: dict[int, str], today: date) -> None:
        """Show these; the first is current."""
        lines = [words.why(one, [names.get(each.staff_id, "") for each in one.planned], found) for one in found]
        self._show_rows(found, lines, today)

    def show_group_places(
        self, found: Sequence[GroupPlace], people: Sequence[str], names: dict[int, str], today: date
    ) -> None:
        """Show these for ``people``; the first is current. Each is told who serves them."""
        self._show_rows(found, [words.who_serves(one, people, names) for one in found], today)

    def _show_rows(self, found: Sequence[Proposal | GroupPlace], lines: Sequence[str], today: date) -> None:
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._rows = []
        self._current = None
        for number, (proposal, why) in enumerate(zip(found, lines, strict=True), start=1):
            row = ProposalRow(number, proposal, words.start(proposal, today), why, today, self)
            row.clicked.connect(self._click)
            self._rows.append(row)
            self._column.addWidget(row)
            # Qt would show it later, and a row that is not shown takes no focus.
            row.show()
        self.end_moment()
        self.stand_on(0)

    def stand_on(self, index: int) -> None:
        """Make a row current; beyond the ends nothing happens."""
        if not 0 <= index < len(self._rows):
            return
        held_focus = any(row.hasFocus() for row in self._rows)
        self._mark(index)
        if held_focus:
            self.take_focus()
        self.stood_on.emit(self._rows[index])

    def choose_none(self) -> None:
        """Wait until somebody chooses: other places stand here than a moment ago, and Enter may be on its way."""
        self.end_moment()
        self._mark(None)

    def _mark(self, index: int | None) -> None:
        self._current = index
        for place, row in enumerate(self._rows):
            row.set_current(is_current=place == index)

    def take_focus(self) -> None:
        """Bring the keyboard to the current row; to the first where none is."""
        if self._rows:
            self._rows[self._current or 0].setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows and digits choose, Enter takes."""
        key = event.key()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.end_moment()
            by = 1 if key == Qt.Key.Key_Down else -1
            self.stand_on(0 if self._current is None else self._current + by)
        elif plain and event.text() in self._own_digits:
            # A digit that is held down is no phone.
            if not event.isAutoRepeat():
                self._type(event.text())
        elif plain and key == Qt.Key.Key_Backspace and self._digits:
            self.take_back()
        elif plain and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            # A key that is held down is no second answer.
            if event.isAutoRepeat():
                return
            if self.current is None:
                self.stand_on(0)
            else:
                self.taken.emit(self.current)
        else:
            super().keyPressEvent(event)

    @property
    def _numbers(self) -> list[str]:
        return [str(number + 1) for number in range(len(self._rows))]

    @property
    def _own_digits(self) -> list[str]:
        """What the rows wait for: the numbers of the places, and after one of these whatever a phone goes on with."""
        return list("0123456789+") if self._digits else self._numbers

    def _type(self, digit: str) -> None:
        if not self._digits:
            self._before = self._current
        typed = self._digits + digit
        if digit in self._numbers and len(typed) <= _CHOICES:
            self.stand_on(int(digit) - 1)
            self._keep(typed)
            self._moment.start()
            return
        self.take_back()
        self.number_typed.emit(typed)

    def take_back(self) -> None:
        """The digits were no choice: the row that was current before them is so again."""
        self.end_moment()
        if self._before is None:
            self.choose_none()
        else:
            self.stand_on(self._before)

    def end_moment(self) -> None:
        """No further digit came: those that chose a row did just that."""
        self._keep("")
        self._moment.stop()

    def _keep(self, digits: str) -> None:
        is_news, self._digits = digits != self._digits, digits
        self._tell_digits()
        if is_news:
            self.digits_kept.emit(digits)

    def _tell_digits(self) -> None:
        for row in self._rows:
            row.setProperty(OWN_DIGITS, "".join(self._own_digits))
            row.setAccessibleDescription(words.may_be_phone(self._digits) if self._digits else "")

    def _click(self) -> None:
        row = self.sender()
        if isinstance(row, ProposalRow):
            self.stand_on(self._rows.index(row))
            self.taken.emit(row.proposal)


class ProposalRow(QAbstractButton):
    """The key, the start in large letters, why it is proposed, and how far away it is."""

    def __init__(
        self, number: int, proposal: Proposal | GroupPlace, start: str, why: str, today: date, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.proposal = proposal
        self._number = str(number)
        self._why = why.split("\n")
        self._away = wording.relative_day(proposal.starts_at.date(), today)
        self._is_current = False
        self.setText(start)
        self.setAccessibleName(f"{number}. {start}, {self._away}. {'; '.join(self._why)}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_current(self, *, is_current: bool) -> None:
        """Whether Enter takes this row."""
        self._is_current = is_current
        self.update()

    def sizeHint(self) -> QSize:
        """Every row of as many lines is equally high."""
        return QSize(240, _ROW + _LINE * (len(self._why) - 1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The list knows the keys; the space bar takes, as everywhere."""
        if event.key() == Qt.Key.Key_Space:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show that it can be taken."""
        super().enterEvent(event)
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A press that leaves the row is none."""
        super().mouseMoveEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the field, the key and both lines."""
        worn = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(QPen(worn.accent, 2) if self._is_current else QPen(worn.line, 1))
        fill = worn.accent_soft if self._is_current else worn.hover if self.underMouse() else worn.surface
        painter.setBrush(fill)
        painter.drawRoundedRect(place, theme.RADIUS_CONTROL, theme.RADIUS_CONTROL)
        self._paint_key(painter, worn)
        inside = QRectF(self.rect()).adjusted(2 * _SIDE + _KEY, 11, -_SIDE - 2, -11)
        first = QRectF(inside.x(), inside.y(), inside.width(), (_ROW - 22) / 2)
        left = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        painter.setFont(theme.font(FontRole.SECONDARY))
        painter.setPen(worn.muted)
        painter.drawText(first, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), self._away)
        room = QFontMetricsF(painter.font())
        for number, line in enumerate(self._why):
            below = first.translated(0, first.height() + number * _LINE)
            painter.drawText(below, left, room.elidedText(line, Qt.TextElideMode.ElideRight, below.width()))
        painter.setFont(theme.font(FontRole.HEADING))
        painter.setPen(worn.text)
        painter.drawText(first, left, self.text())

    def _paint_key(self, painter: QPainter, worn: theme.Theme) -> None:
        key = QRectF(_SIDE, (self.height() - _KEY) / 2, _KEY, _KEY)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(worn.accent if self._is_current else worn.sunken)
        painter.drawRoundedRect(key, 6, 6)
        painter.setPen(worn.on_accent if self._is_current else worn.muted)
        painter.setFont(theme.font(FontRole.SMALL_STRONG))
        painter.drawText(key, int(Qt.AlignmentFlag.AlignCenter), self._number)
