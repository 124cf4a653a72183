"""A field for a phone. A number that is known already is a question, never an answer: families share phones."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from app import wording
from app.errors import BadPhone
from app.explain import sentence
from app.language import _
from app.salon.clients.phones import LONGEST, digits
from app.salon.clients.register import PhoneOwner
from app.ui.theme import FontRole
from app.ui.widgets.buttons import Button
from app.ui.widgets.choice_box import ChoiceBox
from app.ui.widgets.field_line import FieldLine
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.label import Label
from app.vocabulary import RelationKind

_WHOLE_NUMBER = 11
_MOST_OWNERS = 3
Owners = Callable[[str], list[PhoneOwner]]
"""Who has the phone that was typed. Raises BadPhone."""


def fault(typed: str, problem: BadPhone | None, *, is_finished: bool) -> str:
    """What is wrong with a phone that is being typed, in words; too few digits are no fault before the end."""
    if problem is None:
        return ""
    is_number = all(c.isdigit() or c in "+()-. " for c in typed.strip())
    if not is_finished and is_number and len(digits(typed)) < _WHOLE_NUMBER:
        return ""
    return sentence(BadPhone(typed.strip()[:LONGEST]))


class PhoneLine(QWidget):
    """The field, what is wrong with it, and the question whose phone it is."""

    entered = Signal()
    """Enter, with a phone that is fine or none at all."""
    card_wanted = Signal(int)
    """It is the same person: their card is wanted."""

    def __init__(self, name: str, owners: Owners, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._owners = owners
        self._found: list[PhoneOwner] = []
        self._is_answered = False
        self.whose = ""
        """Whose phone it is by the answer: the names of the family, or empty."""
        self.relatives: tuple[int, ...] = ()
        """The family by the answer, by the ids of their cards."""
        self.kind_line: FieldLine | None = None
        """Who the family is to the client, once it is known to be family."""
        self.field = QLineEdit()
        self.field.setPlaceholderText("+7 912 345-67-89")
        self.field.setMaxLength(LONGEST)
        self.field.setInputMethodHints(Qt.InputMethodHint.ImhDialableCharactersOnly)
        self.line = FieldLine(name, self.field, parent=self)
        self.question = PhoneQuestion(self)
        self.question.card_wanted.connect(self.card_wanted)
        self.question.family_told.connect(self._take_family)
        self.question.other_told.connect(self._take_other)
        self.question.hide()
        self.field.textChanged.connect(self._typed)
        self.field.editingFinished.connect(self._finished)
        self.field.returnPressed.connect(self._enter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.line)
        column.addWidget(self.question)
        self._column = column

    @property
    def relation(self) -> RelationKind:
        """Who the owners of the phone are to the new client, once it is known that they are family."""
        box = None if self.kind_line is None else self.kind_line.editor
        return RelationKind(box.currentData()) if isinstance(box, ChoiceBox) else RelationKind.OTHER

    @property
    def typed(self) -> str:
        """The phone as it was typed."""
        return self.field.text().strip()

    def begin(self, typed: str = "") -> None:
        """Begin anew."""
        self.line.begin_with(typed)
        self._typed()

    def check(self) -> bool:
        """Whether the phone can be kept; if not, the person is told why or asked whose it is."""
        self._read(is_finished=True)
        if self.line.error:
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)
            return False
        if self._found and not self._is_answered:
            self.question.focus_first()
            return False
        return True

    def _typed(self) -> None:
        self._is_answered = False
        self.whose, self.relatives = "", ()
        self._forget_kind()
        self._read(is_finished=False)

    def _finished(self) -> None:
        self._read(is_finished=True)

    def _read(self, *, is_finished: bool) -> None:
        typed = self.typed
        self._found, problem = [], None
        if typed:
            try:
                self._found = self._owners(typed)
            except BadPhone as error:
                problem = error
        self.line.set_error(fault(typed, problem, is_finished=is_finished))
        if not self._is_answered:
            self.line.set_hint("")
        asks = bool(self._found) and not self._is_answered
        if asks:
            self.question.ask(self._found)
        self.question.setVisible(asks)

    def _take_family(self) -> None:
        self.whose = wording.listed([owner.name for owner in self._found])
        self.relatives = tuple(owner.client_id for owner in self._found)
        self._ask_kind()
        self._close_question(_("Family: the phone is shared with {names}.").format(names=self.whose))

    def _ask_kind(self) -> None:
        self._forget_kind()
        box = ChoiceBox()
        for kind in RelationKind:
            said = wording.relation_kind(kind)
            box.addItem(said[:1].upper() + said[1:], kind)
        box.setCurrentIndex(box.findData(RelationKind.OTHER))
        self.kind_line = FieldLine(_("Who {names} is to this client").format(names=self.whose), box)
        self._column.addWidget(self.kind_line)

    def _forget_kind(self) -> None:
        if self.kind_line is not None:
            self._column.removeWidget(self.kind_line)
            self.kind_line.hide()
            self.kind_line.deleteLater()
            self.kind_line = None

    def _take_other(self) -> None:
        names = wording.listed([owner.name for owner in self._found])
        self._close_question(_("Another person; the card of {names} stays as it is.").format(names=names))

    def _close_question(self, hint: str) -> None:
        self._is_answered = True
        self.line.set_hint(hint)
        self.question.hide()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _enter(self) -> None:
        if self.check():
            self.entered.emit()


class PhoneQuestion(QFrame):
    """Same person, family, or somebody else?"""

    card_wanted = Signal(int)
    family_told = Signal()
    other_told = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "well")
        self._asked: Sequence[PhoneOwner] = ()
        self._words = Label("", FontRole.BODY, wrap=True)
        self._choices = QWidget(self)
        self._flow = FlowLayout(self._choices, spacing=6)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(10)
        column.addWidget(self._words)
        column.addWidget(self._choices)

    def ask(self, owners: Sequence[PhoneOwner]) -> None:
        """Ask about these owners; asking the same again changes nothing."""
        if list(owners) == list(self._asked):
            return
        self._asked = tuple(owners)
        words = _("This phone is already on the card of {names}. Who is it now?").format(
            names=wording.listed([owner.name for owner in owners])
        )
        self._words.setText(words)
        self.setAccessibleName(words)
        self._flow.clear()
        for owner in owners[:_MOST_OWNERS]:
            same = OwnerButton(owner)
            same.wanted.connect(self.card_wanted)
            self._flow.addWidget(same)
        family = Button(_("Family, one phone"), icon="users")
        family.clicked.connect(self.family_told)
        other = Button(_("Somebody else"), icon="user-plus")
        other.clicked.connect(self.other_told)
        self._flow.addWidget(family)
        self._flow.addWidget(other)

    def choices(self) -> list[Button]:
        """The answers, from the first to the last."""
        items = (self._flow.itemAt(index) for index in range(self._flow.count()))
        return [widget for item in items if item and isinstance(widget := item.widget(), Button)]

    def focus_first(self) -> None:
        """Bring the keyboard to the answers."""
        self.choices()[0].setFocus(Qt.FocusReason.TabFocusReason)


class OwnerButton(Button):
    """It is the same person as on this card."""

    wanted = Signal(int)

    def __init__(self, owner: PhoneOwner) -> None:
        super().__init__(_("It is {name}").format(name=owner.name), icon="user")
        self._client_id = owner.client_id
        self.clicked.connect(self._tell)

    def _tell(self) -> None:
        self.wanted.emit(self._client_id)
