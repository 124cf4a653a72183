"""Opening a new card: a name, perhaps a phone, and what is already known."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from app.errors import SalonError, TextTooLong
from app.explain import sentence
from app.language import _
from app.salon.clients import register
from app.salon.clients.register import LONGEST_NAME, LONGEST_TEXT, NewClient, PhoneOwner
from app.ui.clients.birthday_line import BirthdayLine
from app.ui.desk import Desk
from app.ui.unkept import settle
from app.ui.widgets.buttons import PrimaryButton
from app.ui.widgets.field_line import FieldLine
from app.ui.widgets.label import Label
from app.ui.widgets.phone_line import PhoneLine

_SIDE = 24
_WISHES_HEIGHT = 84


class NewClientForm(QWidget):
    """Name, phone, wishes, birthday. Enter goes on to the next field, Ctrl+Enter opens the card."""

    added = Signal(int)
    """The id of the new client."""
    client_wanted = Signal(int)
    """The phone belongs to somebody who has a card, and it is the same person."""
    closed = Signal()
    """Nothing more to do here."""

    def __init__(self, desk: Desk, typed: str = "", parent: QWidget | None = None) -> None:
        """``typed`` is what was typed into the search: letters begin the name, digits the phone."""
        super().__init__(parent)
        self.desk = desk
        self.setAccessibleName(_("New client"))
        self.name = QLineEdit()
        self.name.setMaxLength(LONGEST_NAME)
        self.name.setPlaceholderText(_("As people call them"))
        self.name_line = FieldLine(_("Name"), self.name)
        self.phone = PhoneLine(_("Phone"), self._owners)
        self.phone.card_wanted.connect(self._open_known)
        self.wishes = QPlainTextEdit()
        self.wishes.setPlaceholderText(_("Coffee without sugar, silence at work…"))
        self.wishes.setTabChangesFocus(True)
        self.wishes.setFixedHeight(_WISHES_HEIGHT)
        self.wishes.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.wishes_line = FieldLine(_("Wishes"), self.wishes)
        self.birthday = BirthdayLine()
        self.birthday.begin(None, desk.salon.today())
        self._problem = Label("", tone="danger", wrap=True)
        self._problem.hide()
        self.open_card = PrimaryButton(_("Add the client"), key=_("Ctrl+Enter"))
        self.open_card.clicked.connect(self.save)
        self._build()
        self.name.textChanged.connect(self._check_name)
        self.name.returnPressed.connect(self._leave_name)
        self.phone.entered.connect(self.birthday.field.setFocus)
        self.birthday.field.returnPressed.connect(self.save)
        self.wishes.textChanged.connect(self._check_wishes)
        begun = register.begun(typed)
        self.name_line.begin_with(begun.name)
        self.phone.begin(begun.phone)
        self.name_line.set_error("")

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        fields = QVBoxLayout()
        fields.setContentsMargins(_SIDE, 4, _SIDE, 16)
        fields.setSpacing(14)
        for line in (self.name_line, self.phone, self.birthday, self.wishes_line, self._problem):
            fields.addWidget(line)
        fields.addStretch(1)
        column.addLayout(fields, 1)
        foot = QFrame()
        foot.setProperty("kind", "foot")
        row = QVBoxLayout(foot)
        row.setContentsMargins(_SIDE, 12, _SIDE, 20)
        row.addWidget(self.open_card)
        column.addWidget(foot)

    def focus_first(self) -> None:
        """Put the cursor where the next thing is typed."""
        first = self.phone.field if self.name.text() and not self.phone.typed else self.name
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        """Open the card, if everything is fine; else the cursor goes to what is not."""
        if not self._is_fine():
            return
        new = NewClient(
            name=self.name.text(),
            phone=self.phone.typed,
            wishes=self.wishes.toPlainText(),
            birthday=self.birthday.day,
            whose_phone=self.phone.whose,
            relatives=self.phone.relatives,
            relation=self.phone.relation,
        )
        try:
            done = self.desk.perform.attempt(register.add, new)
        except SalonError as error:
            self._problem.setText(sentence(error))
            self._problem.show()
            return
        self.desk.perform.tell(_("{name} has a card now").format(name=" ".join(new.name.split())))
        settle(self)
        self.added.emit(done.value)
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter opens the card from any field."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.save()
        else:
            super().keyPressEvent(event)

    def _is_fine(self) -> bool:
        self._check_name()
        if self.name_line.error:
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)
            return False
        return self.phone.check() and self.birthday.check() and not self.wishes_line.error

    def _leave_name(self) -> None:
        self._check_name()
        if not self.name_line.error:
            self.phone.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _check_name(self) -> None:
        self.name_line.set_error("" if self.name.text().strip() else _("Please give a name."))

    def _check_wishes(self) -> None:
        too_long = len(self.wishes.toPlainText().strip()) > LONGEST_TEXT
        self.wishes_line.set_error(sentence(TextTooLong(LONGEST_TEXT)) if too_long else "")

    def _owners(self, typed: str) -> list[PhoneOwner]:
        return register.owners_of_phone(self.desk.salon.database, typed, self.desk.salon.profile.country)

    def _open_known(self, client_id: int) -> None:
        self.client_wanted.emit(client_id)
        self.closed.emit()
