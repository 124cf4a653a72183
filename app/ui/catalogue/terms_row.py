"""A service that somebody does, and what is different when they do it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.language import _
from app.salon.catalogue.services import ListedService
from app.salon.catalogue.terms import MasterTerms, lengths_with, price_with
from app.salon.scheduling.availability import SHORTEST_MINUTES
from app.ui.catalogue import words
from app.ui.theme import FontRole
from app.ui.widgets.buttons import IconButton
from app.ui.widgets.field_line import FieldLine
from app.ui.widgets.label import Label
from app.ui.widgets.number_field import NumberField

_LONGEST_PART = 600
_INDENT = 28
_NARROW = 96


class TermsRow(QWidget):
    """A tick box; beside it, where it is ticked, the way to times and a price of one's own."""

    opened = Signal(object)
    """The fields were opened: the row, which is higher now."""

    def __init__(self, service: ListedService, currency: str, own: MasterTerms | None, *, ticked: bool) -> None:
        super().__init__()
        self.service = service
        self._currency = currency
        self._own = self._kept = own or MasterTerms()
        self.fields: TermsFields | None = None
        self.box = QCheckBox(service.name)
        self.box.setChecked(ticked)
        self.button = IconButton("timer", _("Own time and price"))
        self.button.setAccessibleDescription(service.name)
        self._summary = Label("", FontRole.SECONDARY, "muted", wrap=True)
        self._summary.setContentsMargins(_INDENT, 0, 0, 4)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.box, 1)
        head.addWidget(self.button)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addLayout(head)
        self._column.addWidget(self._summary)
        self.box.toggled.connect(self._show)
        self.button.clicked.connect(self._turn)
        self._show()

    @property
    def terms(self) -> MasterTerms:
        """What is different."""
        return self._own if self.fields is None else self.fields.terms

    @property
    def changed(self) -> QWidget | None:
        """Where something else was entered than is kept; None where nothing was. A tick is no part of it."""
        if self.terms == self._kept:
            return None
        return self.button if self.fields is None else self.fields.working

    @property
    def is_fine(self) -> bool:
        """Whether it can be kept as it stands; else the fault is told beside its field."""
        return not self.box.isChecked() or self.fields is None or self.fields.check()

    def open_fields(self) -> None:
        """Show the fields, with what holds now in them."""
        self.fields = TermsFields(self.service, self._own)
        self._column.addWidget(self.fields)
        self._show()
        self.fields.working.setFocus(Qt.FocusReason.OtherFocusReason)
        self.opened.emit(self)

    def _turn(self) -> None:
        """Open the fields, or put back what the price list says."""
        if self.fields is None:
            self.open_fields()
            return
        self._own = MasterTerms()
        self._column.removeWidget(self.fields)
        self.fields.deleteLater()
        self.fields = None
        self._show()

    def _show(self) -> None:
        is_done, is_open = self.box.isChecked(), self.fields is not None
        self.button.setVisible(is_done)
        said = _("As in the price list") if is_open else _("Own time and price")
        self.button.set_name(said)
        self.button.set_icon("undo" if is_open else "timer")
        self._summary.setText(self._told())
        self._summary.setVisible(is_done and not is_open and bool(self._own))
        if self.fields is not None:
            self.fields.setVisible(is_done)

    def _told(self) -> str:
        lengths = words.all_lengths(lengths_with(self.service.lengths, self._own))
        return f"{lengths} · {words.price(price_with(self.service.price, self._own), self._currency)}"


class TermsFields(QWidget):
    """Times and price with one master. What is left as the price list has it follows the price list."""

    def __init__(self, service: ListedService, own: MasterTerms) -> None:
        super().__init__()
        self._service = service
        usual = lengths_with(service.lengths, own)
        self.working = _minutes(usual.working, SHORTEST_MINUTES)
        self.gap = _minutes(usual.gap)
        self.finishing = _minutes(usual.finishing)
        self.before = _minutes(usual.before)
        self.after = _minutes(usual.after)
        price = price_with(service.price, own)
        self.price = QLineEdit("" if price is None else words.price_to_type(price))
        if service.price is None:
            self.price.setPlaceholderText(_("on request"))
        self.price_line = FieldLine(_("Price"), self.price)
        lines = (
            FieldLine(_("Work"), self.working),
            FieldLine(_("Pause"), self.gap),
            FieldLine(_("Finishing"), self.finishing),
            FieldLine(_("Before"), self.before),
            FieldLine(_("After"), self.after),
            self.price_line,
        )
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 4, 0, 8)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        for number, line in enumerate(lines):
            grid.addWidget(line, number // 3, number % 3, Qt.AlignmentFlag.AlignTop)
            grid.setColumnStretch(number % 3, 1)
        self.price.textChanged.connect(self.check)

    def check(self) -> bool:
        """Whether the price is one; else it is told beside it."""
        fine = not self.price.text().strip() or words.price_typed(self.price.text()) is not None
        self.price_line.set_error("" if fine else _("Type a number, as 1800."))
        return fine

    @property
    def terms(self) -> MasterTerms:
        """What is different from the price list."""
        usual = self._service.lengths
        price = words.price_typed(self.price.text())
        return MasterTerms(
            _different(self.working, usual.working),
            _different(self.gap, usual.gap),
            _different(self.finishing, usual.finishing),
            _different(self.before, usual.before),
            _different(self.after, usual.after),
            None if price == self._service.price else price,
        )


def _minutes(now: int, least: int = 0) -> NumberField:
    field = NumberField(least, _LONGEST_PART, step=5, unit=_("min"))
    field.setMinimumWidth(_NARROW)
    field.setValue(now)
    return field


def _different(field: NumberField, usual: int) -> int | None:
    return None if field.value() == usual else field.value()
