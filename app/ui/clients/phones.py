"""The ways to reach the client: phones, e-mails and messengers; call, write, copy, with one click each."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app import wording
from app.channels import chat_links
from app.errors import SalonError
from app.explain import sentence
from app.language import _
from app.salon.clients import addresses
from app.salon.clients.card import Contact
from app.salon.clients.contacts import NewContact
from app.salon.clients.register import LONGEST_NAME
from app.ui import theme
from app.ui.clients.begun import Begun, begun_in
from app.ui.theme import FontRole
from app.ui.widgets.buttons import IconButton, PrimaryButton, QuietButton, answers
from app.ui.widgets.choice_box import ChoiceBox
from app.ui.widgets.field_line import FieldLine
from app.ui.widgets.label import ElidedLabel
from app.ui.widgets.phone_line import Owners, PhoneLine
from app.vocabulary import ContactKind

_ICONS = {ContactKind.EMAIL: "mail", ContactKind.TELEGRAM: "send", ContactKind.WHATSAPP: "message-circle"}
_EXAMPLES = {
    ContactKind.EMAIL: "anna@mail.ru",
    ContactKind.WHATSAPP: "+7 912 345-67-89",
    ContactKind.VIBER: "+7 912 345-67-89",
    ContactKind.VK: "vk.com/anna",
}


class PhoneList(QWidget):
    """The client's contacts, the preferred one of each kind first, and the small form that adds one."""

    link_wanted = Signal(str)
    """A call or a chat is to be opened."""
    copy_wanted = Signal(str)
    added = Signal(object)
    """A ``NewContact``."""
    removed = Signal(int)
    """The id of a contact that is no longer right."""
    preferred = Signal(int)
    """The id of the contact that is used first from now on."""
    card_wanted = Signal(int)

    def __init__(self, owners: Owners, country: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Contacts"))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.add_button = QuietButton(_("Add a contact"), icon="plus", parent=self)
        # Its words begin where the numbers above them begin.
        theme.dress(self.add_button, kind="link")
        self.add_button.clicked.connect(self.open_form)
        self.form = ContactForm(owners, country, self)
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
        order = list(ContactKind)
        for contact in sorted(contacts, key=lambda one: order.index(one.kind)):
            alike = sum(other.kind is contact.kind for other in contacts)
            row = ContactRow(contact, is_one_of_several=alike > 1, parent=self)
            row.link_wanted.connect(self.link_wanted)
            row.copy_wanted.connect(self.copy_wanted)
            row.removed.connect(self.removed)
            row.preferred.connect(self.preferred)
            self._rows.addWidget(row)
            row.show()

    def rows(self) -> "list[ContactRow]":
        """The contacts from top to bottom."""
        items = (self._rows.itemAt(index) for index in range(self._rows.count()))
        return [widget for item in items if item and isinstance(widget := item.widget(), ContactRow)]

    def open_form(self) -> "ContactForm":
        """Begin another contact."""
        self.add_button.hide()
        self.form.show()
        self.form.begin()
        return self.form

    @property
    def begun(self) -> list[Begun]:
        """A contact that was begun."""
        return begun_in(self.form, self.open_form)

    def close_form(self) -> None:
        """Put the form away."""
        self.form.hide()
        self.add_button.show()

    def _add(self, new: NewContact) -> None:
        self.close_form()
        self.added.emit(new)


class ContactRow(QWidget):
    """One contact with what can be done with it."""

    link_wanted = Signal(str)
    copy_wanted = Signal(str)
    removed = Signal(int)
    preferred = Signal(int)

    def __init__(self, contact: Contact, *, is_one_of_several: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._contact = contact
        is_number = chat_links.is_reachable(contact.value)
        shown = wording.phone(contact.value) if is_number else contact.typed
        self.setAccessibleName(", ".join(part for part in (shown, contact.whose) if part))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(ElidedLabel(shown, FontRole.STRONG))
        below = " · ".join(self._below(is_one_of_several=is_one_of_several))
        if below:
            words.addWidget(ElidedLabel(below, FontRole.SECONDARY, "muted"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(0)
        row.addLayout(words, 1)
        self.buttons: dict[str, IconButton] = {}
        self._add_links(row, shown, is_number=is_number)
        if is_one_of_several and not contact.is_preferred:
            self._add_button(row, "star", _("Use {contact} first").format(contact=shown), self._prefer)
        if not wording.is_masked(contact.value):
            self._add_button(row, "copy", _("Copy {contact}").format(contact=shown), self._copy)
        self._add_button(row, "x", _("Take {contact} off the card").format(contact=shown), self._remove)

    def _below(self, *, is_one_of_several: bool) -> list[str]:
        contact = self._contact
        kind = "" if contact.kind is ContactKind.PHONE else wording.contact_kind(contact.kind)
        first = _("used first") if is_one_of_several and contact.is_preferred else ""
        return [part for part in (kind, contact.whose, first) if part]

    def _add_links(self, row: QHBoxLayout, shown: str, *, is_number: bool) -> None:
        kind, value = self._contact.kind, self._contact.value
        if wording.is_masked(value):
            return  # what is not shown leads nowhere before somebody asks for it
        if kind is ContactKind.PHONE:
            if is_number:
                for icon, name, link in (
                    ("phone", _("Call {phone}"), chat_links.phone_call(value)),
                    ("message-circle", _("WhatsApp to {phone}"), chat_links.whatsapp(value)),
                    ("send", _("Telegram to {phone}"), chat_links.telegram(value)),
                ):
                    self._add_button(row, icon, name.format(phone=shown), partial(self.link_wanted.emit, link))
            return
        link = chat_links.of_contact(kind, value)
        if link:
            name = _("Write to {contact}, {messenger}").format(contact=shown, messenger=wording.contact_kind(kind))
            icon = _ICONS.get(kind, "external-link")
            self._add_button(row, icon, name, partial(self.link_wanted.emit, link))

    def _add_button(self, row: QHBoxLayout, icon: str, name: str, act: object) -> None:
        button = IconButton(icon, name)
        button.clicked.connect(act)
        row.addWidget(button)
        self.buttons[icon] = button

    def _copy(self) -> None:
        is_number = chat_links.is_reachable(self._contact.value)
        self.copy_wanted.emit(self._contact.value if is_number else self._contact.typed)

    def _prefer(self) -> None:
        self.preferred.emit(self._contact.contact_id)

    def _remove(self) -> None:
        self.removed.emit(self._contact.contact_id)


class ContactForm(QFrame):
    """Another phone, e-mail or messenger, and whose it is."""

    confirmed = Signal(object)
    """A ``NewContact``."""
    given_up = Signal()
    card_wanted = Signal(int)

    def __init__(self, owners: Owners, country: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._country = country
        self.setProperty("kind", "card")
        self.setAccessibleName(_("New contact"))
        self.kind = ChoiceBox(self)
        for kind in ContactKind:
            self.kind.addItem(wording.contact_kind(kind), kind)
        self.kind.currentIndexChanged.connect(self._choose)
        self.phone = PhoneLine(_("Phone"), owners, self)
        self.phone.entered.connect(self._confirm)
        self.phone.card_wanted.connect(self.card_wanted)
        self.address = QLineEdit()
        self.address.setMaxLength(addresses.LONGEST)
        self.address.returnPressed.connect(self._confirm)
        self.address.textChanged.connect(self._forgive)
        self.address_line = FieldLine(_("Address or name there"), self.address, parent=self)
        self.whose = QLineEdit()
        self.whose.setMaxLength(LONGEST_NAME)
        self.whose.setPlaceholderText(_("For example: mother, assistant"))
        self.whose.returnPressed.connect(self._confirm)
        self.add = PrimaryButton(_("Add the contact"), key=_("Enter"))
        self.add.clicked.connect(self._confirm)
        give_up = QuietButton(_("Cancel"), key=_("Esc"))
        give_up.clicked.connect(self.given_up)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(10)
        column.addWidget(FieldLine(_("Kind of contact"), self.kind, parent=self))
        column.addWidget(self.phone)
        column.addWidget(self.address_line)
        column.addWidget(FieldLine(_("Whose it is, if not the client's own"), self.whose, parent=self))
        column.addLayout(answers(self.add, give_up))
        self._choose()

    @property
    def chosen(self) -> ContactKind:
        """The kind of contact that is asked for."""
        return ContactKind(self.kind.currentData())

    def begin(self) -> None:
        """Begin anew, with the cursor in the number."""
        self.kind.setCurrentIndex(0)
        self.phone.begin()
        self.address.clear()
        self.whose.clear()
        self.phone.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc gives up."""
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)

    def _choose(self) -> None:
        is_phone = self.chosen is ContactKind.PHONE
        self.phone.setVisible(is_phone)
        self.address_line.setVisible(not is_phone)
        self.address.setPlaceholderText(_EXAMPLES.get(self.chosen, "@anna_moscow"))
        self._forgive()

    def _forgive(self) -> None:
        self.address_line.set_error("")

    def _confirm(self) -> None:
        whose = self.whose.text().strip()
        if self.chosen is not ContactKind.PHONE:
            self._confirm_address(NewContact(self.chosen, self.address.text(), whose))
        elif not self.phone.typed:
            self.phone.line.set_error(_("Type the phone."))
            self.phone.field.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.phone.check():
            phone, whose = self.phone, whose or self.phone.whose
            self.confirmed.emit(NewContact(ContactKind.PHONE, phone.typed, whose, phone.relatives, phone.relation))

    def _confirm_address(self, new: NewContact) -> None:
        try:
            addresses.read(new.kind, new.typed, self._country)
        except SalonError as error:
            self.address_line.set_error(sentence(error))
            self.address.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.confirmed.emit(new)
