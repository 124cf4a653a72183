"""What an organisation is called in papers, and where its money is: read at a glance, changed in a small form."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app import wording
from app.explain import sentence
from app.language import _
from app.salon.clients import requisites
from app.salon.clients.requisites import LONGEST_LINE, Requisites
from app.ui.theme import FontRole
from app.ui.widgets.buttons import PrimaryButton, QuietButton
from app.ui.widgets.field_line import FieldLine
from app.ui.widgets.label import Label
from app.vocabulary import RequisiteField

_LONGEST_NUMBER = 32


def _names() -> dict[str, str]:
    """What each requisite is called, in the order of the papers."""
    numbers = {field.value: wording.requisite(field) for field in RequisiteField}
    return {
        "legal_name": _("Name in papers"),
        "tax_number": numbers["tax_number"],
        "tax_reason_code": numbers["tax_reason_code"],
        "register_number": numbers["register_number"],
        "address": _("Address"),
        "bank_name": _("Bank"),
        "bank_code": numbers["bank_code"],
        "account": numbers["account"],
        "correspondent_account": numbers["correspondent_account"],
        "contact_person": _("Contact person"),
    }


class RequisitesView(QFrame):
    """What is known, a line each; the words can be selected and copied."""

    change_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "well")
        self.setAccessibleName(_("Requisites"))
        self.kept = Requisites()
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        self.change = QuietButton("", icon="pencil")
        self.change.clicked.connect(self.change_wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 8)
        column.setSpacing(8)
        column.addLayout(self._grid)
        column.addWidget(self.change, 0, Qt.AlignmentFlag.AlignLeft)

    def show_requisites(self, kept: Requisites) -> None:
        """Show these."""
        self.kept = kept
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        known = [(name, getattr(kept, field)) for field, name in _names().items() if getattr(kept, field)]
        for line, (name, value) in enumerate(known):
            words = Label(value, FontRole.BODY, wrap=True)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._grid.addWidget(Label(name, FontRole.SECONDARY, "muted"), line, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(words, line, 1)
        self.change.setText(_("Change requisites") if known else _("Add requisites"))
        self.setAccessibleDescription("; ".join(f"{name}: {value}" for name, value in known))


class RequisitesForm(QFrame):
    """All requisites; a number whose check digits are wrong is said beside its field."""

    confirmed = Signal(object)
    """The ``Requisites``."""
    given_up = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.setAccessibleName(_("Requisites"))
        self.fields: dict[str, QLineEdit] = {}
        self.lines: dict[str, FieldLine] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(10)
        for name, words in _names().items():
            field = QLineEdit()
            field.setMaxLength(LONGEST_LINE if name not in set(RequisiteField) else _LONGEST_NUMBER)
            field.editingFinished.connect(partial(self._check, name))
            field.textEdited.connect(partial(self._forgive, name))
            self.fields[name], self.lines[name] = field, FieldLine(words, field)
            column.addWidget(self.lines[name])
        self.keep = PrimaryButton(_("Keep"), key=_("Ctrl+Enter"))
        self.keep.clicked.connect(self.confirm)
        give_up = QuietButton(_("Cancel"), key=_("Esc"))
        give_up.clicked.connect(self.given_up)
        buttons = QHBoxLayout()
        buttons.setSpacing(4)
        buttons.addWidget(self.keep)
        buttons.addWidget(give_up)
        buttons.addStretch(1)
        column.addLayout(buttons)

    @property
    def told(self) -> Requisites:
        """What stands in the fields."""
        return Requisites(**{name: field.text().strip() for name, field in self.fields.items()})

    def begin(self, kept: Requisites) -> None:
        """Begin with what is kept."""
        for name, line in self.lines.items():
            line.begin_with(getattr(kept, name))
            line.set_error("")

    def focus_first(self) -> None:
        """Put the cursor into the first field."""
        self.fields["legal_name"].setFocus(Qt.FocusReason.OtherFocusReason)

    def confirm(self) -> None:
        """Tell the requisites, if every number can be right; else the cursor goes to the first that cannot."""
        for name in self.fields:
            self._check(name)
        wrong = next((name for name in self.fields if self.lines[name].error), None)
        if wrong is None:
            self.confirmed.emit(self.told)
        else:
            self.fields[wrong].setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter keeps, Esc gives up."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.confirm()
        elif event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)

    def _forgive(self, name: str, _typed: str) -> None:
        self.lines[name].set_error("")

    def _check(self, name: str) -> None:
        if name not in set(RequisiteField):
            return
        bank_code = self.fields["bank_code"].text()
        wrong = requisites.problem(RequisiteField(name), self.fields[name].text(), bank_code)
        self.lines[name].set_error("" if wrong is None else sentence(wrong))
