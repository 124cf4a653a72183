"""The ways to reach the client: call, write, copy, with one click each."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app import wording
from app.channels import chat_links
from app.language import _
from app.salon.clients.card import Contact
from app.salon.clients.register import LONGEST_NAME
from app.ui import theme
from app.ui.theme import FontRole
from app.ui.widgets.buttons import IconButton, PrimaryButton, QuietButton
from app.ui.widgets.field_line import FieldLine
from app.ui.widgets.label import ElidedLabel
from app.ui.widgets.phone_line import Owners, PhoneLine
from app.vocabulary import ContactKind


class PhoneList(QWidget):
    """The client's contacts, the preferred one first, and the small form that adds a phone."""

    link_wanted = Signal(str)
    """A call or a chat is to be opened."""
    copy_wanted = Signal(str)
    added = Signal(str, str)
    """A phone as typed, and whose it is."""
    removed = Signal(int)
    """The id of a contact that is no longer right."""
    card_wanted = Signal(int)

    def __init__(self, owners: Owners, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Phones"))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.add_button = QuietButton(_("Add a phone"), icon="plus")
        # Its words begin where the numbers above them begin.
        theme.dress(self.add_button, kind="link")
        self.add_button.clicked.connect(self.open_form)
        self.form = PhoneForm(owners)
        self.form.confirmed.connect(self._add)
        self.form.given_up.connect(self.close_form)
        self.form.card_wanted.connect(self.card_wanted)
        self.form.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(self._rows)
        column.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.form)

    def show_contacts(self, contacts: Sequence[Contact]) -> None:
        """Show these instead of those before."""
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for contact in contacts:
            row = ContactRow(contact)
            row.link_wanted.connect(self.link_wanted)
            row.copy_wanted.connect(self.copy_wanted)
            row.removed.connect(self.removed)
            self._rows.addWidget(row)
            row.show()

    def rows(self) -> "list[ContactRow]":
        """The contacts from top to bottom."""
        items = (self._rows.itemAt(index) for index in range(self._rows.count()))
        return [widget for item in items if item and isinstance(widget := item.widget(), ContactRow)]

    def open_form(self) -> None:
        """Begin another phone."""
        self.add_button.hide()
        self.form.show()
        self.form.begin()

    def close_form(self) -> None:
        """Put the form away."""
        self.form.hide()
        self.add_button.show()

    def _add(self, typed: str, whose: str) -> None:
        self.close_form()
        self.added.emit(typed, whose)


class ContactRow(QWidget):
    """One contact with what can be done with it."""

    link_wanted = Signal(str)
    copy_wanted = Signal(str)
    removed = Signal(int)

    def __init__(self, contact: Contact, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._contact = contact
        is_phone = contact.kind is ContactKind.PHONE
        shown = wording.phone(contact.value) if is_phone else contact.value
        self.setAccessibleName(", ".join(part for part in (shown, contact.whose) if part))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(ElidedLabel(shown, FontRole.STRONG))
        below = contact.whose if is_phone else wording.contact_kind(contact.kind)
        if below:
            words.addWidget(ElidedLabel(below, FontRole.SECONDARY, "muted"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(0)
        row.addLayout(words, 1)
        self.buttons: dict[str, IconButton] = {}
        if is_phone and chat_links.is_reachable(contact.value):
            self._add_button(row, "phone", _("Call {phone}").format(phone=shown), self._call)
            self._add_button(row, "message-circle", _("WhatsApp to {phone}").format(phone=shown), self._whatsapp)
            self._add_button(row, "send", _("Telegram to {phone}").format(phone=shown), self._telegram)
        self._add_button(row, "copy", _("Copy {contact}").format(contact=shown), self._copy)
        self._add_button(row, "x", _("Take {contact} off the card").format(contact=shown), self._remove)

    def _add_button(self, row: QHBoxLayout, icon: str, name: str, act: object) -> None:
        button = IconButton(icon, name)
        button.clicked.connect(act)
        row.addWidget(button)
        self.buttons[icon] = button

    def _call(self) -> None:
        self.link_wanted.emit(chat_links.phone_call(self._contact.value))

    def _whatsapp(self) -> None:
        self.link_wanted.emit(chat_links.whatsapp(self._contact.value))

    def _telegram(self) -> None:
        self.link_wanted.emit(chat_links.telegram(self._contact.value))

    def _copy(self) -> None:
        self.copy_wanted.emit(self._contact.value)

    def _remove(self) -> None:
        self.removed.emit(self._contact.contact_id)


class PhoneForm(QFrame):
    """Another phone, and whose it is."""

    confirmed = Signal(str, str)
    given_up = Signal()
    card_wanted = Signal(int)

    def __init__(self, owners: Owners, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.setAccessibleName(_("New phone"))
        self.phone = PhoneLine(_("Phone"), owners)
        self.phone.entered.connect(self._confirm)
        self.phone.card_wanted.connect(self.card_wanted)
        self.whose = QLineEdit()
        self.whose.setMaxLength(LONGEST_NAME)
        self.whose.setPlaceholderText(_("For example: mother"))
        self.whose.returnPressed.connect(self._confirm)
        self.add = PrimaryButton(_("Add the phone"), key=_("Enter"))
        self.add.clicked.connect(self._confirm)
        give_up = QuietButton(_("Cancel"), key=_("Esc"))
        give_up.clicked.connect(self.given_up)
        buttons = QHBoxLayout()
        buttons.setSpacing(4)
        buttons.addWidget(self.add)
        buttons.addWidget(give_up)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(10)
        column.addWidget(self.phone)
        column.addWidget(FieldLine(_("Whose phone, if not the client's own"), self.whose))
        column.addLayout(buttons)

    def begin(self) -> None:
        """Begin anew, with the cursor in the number."""
        self.phone.begin()
        self.whose.clear()
        self.phone.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc gives up."""
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)

    def _confirm(self) -> None:
        if not self.phone.typed:
            self.phone.line.set_error(_("Type the phone."))
            self.phone.field.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.phone.check():
            self.confirmed.emit(self.phone.typed, self.whose.text().strip() or self.phone.whose)
