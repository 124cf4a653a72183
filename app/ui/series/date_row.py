"""One date of a series while it is decided: it fits, or a proposal is taken, or it is left out."""

from datetime import date
from functools import partial

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app import wording
from app.language import _
from app.salon.scheduling.series_check import CheckedDate, PlannedDate
from app.ui import icons, theme
from app.ui.series import words
from app.ui.theme import FontRole
from app.ui.widgets.buttons import ChoiceButton, IconButton
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.label import ElidedLabel

_SKIP = -1
_OPEN = -2
_ICON, _LEFT, _RIGHT = 16, 40, 8


class DateRow(QWidget):
    """A date with its answer. The arrows to the sides go through what can be chosen, Delete leaves the date out."""

    decided = Signal()
    """Something else was chosen for this date."""
    walked = Signal(int)
    """The keyboard goes on to a neighbour: 1 down, -1 up, 0 to what is still open."""

    def __init__(self, found: CheckedDate, names: dict[int, str], today: date, skip_word: str) -> None:
        super().__init__()
        self.found = found
        self._names = names
        self._today = today
        self._skip_word = skip_word
        self._choices: list[PlannedDate] = [found.planned] if found.problem is None else list(found.proposals)
        self._choice = 0 if found.problem is None else _OPEN
        self._buttons: dict[int, ChoiceButton] = {}
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._build()
        self._show()

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to say what happens with this date."""
        return self._choice == _OPEN

    @property
    def chosen(self) -> PlannedDate | None:
        """What will be written; None for a date that is left out or still open."""
        return self._choices[self._choice] if self._choice >= 0 else None

    def choose_like(self, other: "DateRow") -> None:
        """Keep what was chosen for the same date before it was looked at again, if it can still be had."""
        if other.is_open or other.found.planned != self.found.planned:
            return
        if other.chosen is None:
            self._take(_SKIP)
        elif other.chosen in self._choices:
            self._take(self._choices.index(other.chosen))

    def skip(self) -> None:
        """Leave this date out, or take it in again."""
        usual = 0 if self.found.problem is None else _OPEN
        self._take(usual if self._choice == _SKIP else _SKIP)
        self.decided.emit()

    def choose(self, number: int) -> None:
        """Take one of the proposals, 0 is the first."""
        self._take(number)
        self.decided.emit()

    # ---- building --------------------------------------------------------------------------------------------

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(_LEFT, 8, _RIGHT, 8)
        column.setSpacing(4)
        self._when = ElidedLabel("", FontRole.STRONG)
        self._where = ElidedLabel("", FontRole.SECONDARY, "muted")
        said = QVBoxLayout()
        said.setSpacing(1)
        said.addWidget(self._when)
        said.addWidget(self._where)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addLayout(said, 1)
        column.addLayout(head)
        if self.found.elsewhere is not None:
            said.addWidget(ElidedLabel(words.also_here(self.found.elsewhere), FontRole.SECONDARY, "warn"))
        if self.found.problem is None:
            self._leave = IconButton("x", self._skip_word, key=_("Del"))
            self._leave.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._leave.clicked.connect(self.skip)
            head.addWidget(self._leave)
            return
        self._why = ElidedLabel(words.why_not(self.found), FontRole.SECONDARY, "warn")
        said.addWidget(self._why)
        self._ways = QWidget()
        flow = self._flow = FlowLayout(self._ways)
        for number, proposal in enumerate(self.found.proposals):
            text = words.instead(proposal, self.found.planned, self._names, self._today)
            flow.addWidget(self._button(number, text))
        flow.addWidget(self._button(_SKIP, self._skip_word))
        column.addWidget(self._ways)

    def _button(self, number: int, text: str) -> ChoiceButton:
        button = ChoiceButton(text)
        button.setCheckable(True)
        # The row holds the keyboard: its arrows go through the choices.
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(partial(self._clicked, number))
        self._buttons[number] = button
        return button

    def _clicked(self, number: int, _checked: bool = False) -> None:
        self._take(number)
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.decided.emit()

    # ---- deciding --------------------------------------------------------------------------------------------

    def _take(self, number: int) -> None:
        self._choice = number
        self._show()

    def _step(self, by: int) -> None:
        ways = [*range(len(self._choices)), _SKIP]
        here = ways.index(self._choice) + by if self._choice in ways else (0 if by > 0 else len(ways) - 1)
        if 0 <= here < len(ways):
            self.choose(ways[here])

    def _show(self) -> None:
        shown = self.chosen or self.found.planned
        self._when.setText(wording.weekday_and_date(shown.starts_at.date(), self._today))
        self._when.set_tone("muted" if self._choice == _SKIP else "text")
        self._where.setText(_("left out") if self._choice == _SKIP else words.place(shown, self._names))
        for number, button in self._buttons.items():
            button.setChecked(number == self._choice)
        if self.found.problem is None:
            self._leave.set_icon("undo-2" if self._choice == _SKIP else "x")
            self._leave.set_name(_("Take the date in again") if self._choice == _SKIP else self._skip_word, _("Del"))
        else:
            self._why.set_tone("warn" if self.is_open else "muted")
        self._say()
        self.update()

    def _say(self) -> None:
        said = [self._when.text(), self._where.text()]
        if self.found.problem is not None:
            said.append(words.why_not(self.found))
        if self.found.elsewhere is not None:
            said.append(words.also_here(self.found.elsewhere))
        if self.is_open:
            said.append(_("not decided yet"))
        self.setAccessibleName(", ".join(said))
        ways = [button.text() for button in self._buttons.values()]
        self.setAccessibleDescription(_("Left and Right choose: {ways}").format(ways="; ".join(ways)) if ways else "")

    # ---- events ----------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down walk, Left and Right choose, Delete leaves out, Enter goes on to what is open."""
        match event.key():
            case Qt.Key.Key_Left:
                self._step(-1)
            case Qt.Key.Key_Right:
                self._step(1)
            case Qt.Key.Key_Delete | Qt.Key.Key_Backspace:
                self.skip()
            case Qt.Key.Key_Down:
                self.walked.emit(1)
            case Qt.Key.Key_Up:
                self.walked.emit(-1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if not event.modifiers():
                self.walked.emit(0)
            case _:
                super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The proposals go on in the next line where there is no room."""
        super().resizeEvent(event)
        if self._buttons:
            self._ways.setFixedHeight(self._flow.heightForWidth(self.width() - _LEFT - _RIGHT))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """And no longer."""
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the sign of the state, the ring of the focus and the line to the next row."""
        worn = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        name, colour = self._sign(worn)
        mark = icons.pixmap(name, colour, _ICON, self.devicePixelRatioF())
        painter.drawPixmap(QPointF(12, 11), mark)
        if self.hasFocus():
            painter.setPen(QPen(worn.accent, 2))
            place = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(place, theme.RADIUS_CONTROL, theme.RADIUS_CONTROL)
        else:
            painter.setPen(worn.line)
            low = self.height() - 0.5
            painter.drawLine(QPointF(12, low), QPointF(self.width() - 12, low))

    def _sign(self, worn: theme.Theme) -> tuple[str, theme.QColor]:
        if self._choice == _OPEN:
            return "triangle-alert", worn.warn
        if self._choice == _SKIP:
            return "minus", worn.muted
        return "check", worn.accent
