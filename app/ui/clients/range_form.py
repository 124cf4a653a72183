"""A condition with ends of one's own: from and to, as a number, an amount or a day."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from app import wording
from app.errors import RangeBackwards, RangeMissing, SalonError
from app.explain import sentence
from app.language import _, pgettext
from app.salon.clients import ranges
from app.salon.clients.conditions import Between, Conditions, Days
from app.ui.widgets.buttons import PrimaryButton, QuietButton
from app.ui.widgets.field_line import FieldLine

_LONGEST = 20
_WIDE = 144
UNDER_LABEL = 21
"""From the top of a line to its field, so that buttons stand beside the fields whatever is said below them."""


@dataclass(frozen=True, slots=True)
class _Way:
    """How one condition is typed."""

    first: str
    last: str
    hint: str
    read: Callable[[str], Any]
    join: Callable[[Any, Any], Between | Days]
    shown: Callable[[Any], str]


def _way(field: str, currency: str) -> _Way:
    if field == "last_day":
        hint = _("day.month.year")
        return _Way(_("Last visit from"), pgettext("day", "to"), hint, ranges.day, ranges.days, wording.date_in_digits)
    if field == "spent":
        symbol = wording.money(0, currency).strip("0\u00a0")
        first = _("Spent from, {currency}").format(currency=symbol)
        return _Way(first, _("to"), "", ranges.amount, ranges.between, _amount)
    first = _("Days without a visit, from") if field == "last_visit" else _("Visits from")
    return _Way(first, _("to"), "", ranges.number, ranges.between, str)


def _amount(minor: int) -> str:
    whole, part = divmod(minor, 100)
    return f"{whole}.{part:02}" if part else str(whole)


class RangeForm(QWidget):
    """Stands in place of the chips. Enter takes the range, Esc gives it up; what is wrong is said under its field."""

    taken = Signal(str, object)
    """The condition, and its ``Between`` or ``Days``."""
    given_up = Signal()

    def __init__(self, currency: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Range"))
        self._currency = currency
        self._field = "visits"
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self._made: dict[str, list[FieldLine]] = {}
        self.lines: list[FieldLine] = []
        self.take_button = PrimaryButton(_("Apply"))
        self.leave_button = QuietButton(_("Cancel"))
        self._buttons = QWidget()
        beside = QHBoxLayout(self._buttons)
        beside.setContentsMargins(0, UNDER_LABEL, 0, 0)
        beside.setSpacing(8)
        beside.addWidget(self.take_button)
        beside.addWidget(self.leave_button)
        self._row.addWidget(self._buttons, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addStretch(1)
        self.take_button.clicked.connect(self._take)
        self.leave_button.clicked.connect(self.given_up)
        self.hide()

    def open_for(self, field: str, conditions: Conditions) -> None:
        """Ask for the ends of a condition; those that stand are shown."""
        self._field = field
        way = _way(field, self._currency)
        standing = getattr(conditions, field)
        ends: tuple[int | date | None, int | date | None] = (None, None)
        if isinstance(standing, Between):
            ends = (standing.at_least, standing.at_most)
        elif isinstance(standing, Days):
            ends = (standing.first, standing.last)
        for line in self.lines:
            line.hide()
        self.lines = self._made.get(field) or self._make(field, way)
        for line, end in zip(self.lines, ends, strict=True):
            line.begin_with("" if end is None else way.shown(end))
            line.set_error("")
        self.show()
        for line in self.lines:
            line.show()
        self.fields[0].setFocus(Qt.FocusReason.OtherFocusReason)
        self.fields[0].selectAll()

    @property
    def fields(self) -> list[QLineEdit]:
        """The two fields of the condition that is being typed."""
        return [line.editor for line in self.lines if isinstance(line.editor, QLineEdit)]

    def _make(self, field: str, way: _Way) -> list[FieldLine]:
        """The two lines of a condition; they are kept for the next time."""
        made: list[FieldLine] = []
        for place, name in enumerate((way.first, way.last)):
            editor = QLineEdit()
            editor.setMaxLength(_LONGEST)
            editor.setPlaceholderText(way.hint)
            line = FieldLine(name, editor)
            line.setMinimumWidth(_WIDE)
            line.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Maximum)
            editor.setAccessibleName(f"{way.first} … {name}" if place else name)
            editor.textEdited.connect(self._mend)
            editor.returnPressed.connect(self._take)
            self._row.insertWidget(2 * len(self._made) + place, line, 0, Qt.AlignmentFlag.AlignTop)
            made.append(line)
        self._made[field] = made
        return made

    def _take(self) -> None:
        way = _way(self._field, self._currency)
        ends: list[Any] = []
        for place, editor in enumerate(self.fields):
            try:
                ends.append(way.read(editor.text()))
            except SalonError as error:
                self._refuse(place, error)
                return
        try:
            value = way.join(*ends)
        except RangeMissing as error:
            self._refuse(0, error)
        except RangeBackwards as error:
            self._refuse(1, error)
        else:
            self.taken.emit(self._field, value)

    def _refuse(self, place: int, error: SalonError) -> None:
        self.lines[place].set_error(sentence(error))
        self.fields[place].setFocus(Qt.FocusReason.OtherFocusReason)

    def _mend(self) -> None:
        for line in self.lines:
            line.set_error("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc gives it up."""
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)
