"""The tab with the details of the card: the ways to reach the client, and sections of other subjects below.

**How to add a section.** Write a ``CardPage`` in a file of its own (it is handed the card, writes through ``do`` and
signals as a tab does) and add one line to ``_SECTIONS``: its heading and a function that imports and makes it.
"""

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.errors import CannotOpenLink
from app.explain import sentence
from app.language import N_, _
from app.salon.clients import contacts, register
from app.salon.clients.card import ClientCard
from app.salon.clients.contacts import NewContact
from app.salon.clients.register import PhoneOwner
from app.ui.clients.begun import Begun
from app.ui.clients.card_page import CardPage
from app.ui.clients.phones import PhoneList
from app.ui.desk import Desk
from app.ui.theme import FontRole
from app.ui.widgets.label import Label
from app.vocabulary import ContactKind


def _reach(desk: Desk, parent: QWidget) -> CardPage:
    from app.ui.clients.reach_section import ReachSection

    return ReachSection(desk, parent)


def _family(desk: Desk, parent: QWidget) -> CardPage:
    from app.ui.clients.family_section import FamilySection

    return FamilySection(desk, parent)


def _standing(desk: Desk, parent: QWidget) -> CardPage:
    from app.ui.clients.standing_section import StandingSection

    return StandingSection(desk, parent)


def _consents(desk: Desk, parent: QWidget) -> CardPage:
    from app.ui.clients.consent_section import ConsentSection

    return ConsentSection(desk, parent)


def _data(desk: Desk, parent: QWidget) -> CardPage:
    from app.ui.clients.data_section import DataSection

    return DataSection(desk, parent)


_SECTIONS: tuple[tuple[str, Callable[[Desk, QWidget], CardPage]], ...] = (
    (N_("How to reach"), _reach),
    (N_("Family and friends"), _family),
    (N_("Who this client is"), _standing),
    (N_("Consents"), _consents),
    (N_("The client's data"), _data),
)
"""Heading (a message of the catalogue) and maker of each section below the contacts, from top to bottom."""


class DetailsPage(CardPage):
    """The details, section by section."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.sections: list[CardPage] = []
        self.phones = PhoneList(self._owners, desk.salon.profile.country, self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(24)
        self._add(_("Contacts"), self.phones)
        for heading, make in _SECTIONS:
            self.add_section(_(heading), make(desk, self))
        self.phones.link_wanted.connect(self._open_link)
        self.phones.copy_wanted.connect(self._copy)
        self.phones.added.connect(self._add_contact)
        self.phones.preferred.connect(self._prefer)
        self.phones.removed.connect(self._remove_contact)
        self.phones.card_wanted.connect(self.client_wanted)

    def add_section(self, heading: str, section: CardPage) -> None:
        """Put a section below those that are there; it is handed the card with them."""
        self.sections.append(section)
        self._add(heading, section)
        section.booking_wanted.connect(self.booking_wanted)
        section.visit_wanted.connect(self.visit_wanted)
        section.client_wanted.connect(self.client_wanted)
        section.page_wanted.connect(self.page_wanted)
        section.sight_wanted.connect(partial(self.bring_into_sight, section))

    def show_card(self, card: ClientCard) -> None:
        """Show this client in all sections."""
        super().show_card(card)
        self.phones.show_contacts(card.contacts)
        for section in self.sections:
            section.show_card(card)

    @property
    def begun(self) -> list[Begun]:
        """The forms that were begun in any section."""
        return [*self.phones.begun, *(one for section in self.sections for one in section.begun)]

    def leave(self) -> None:
        """Put the forms away."""
        self.phones.close_form()
        for section in self.sections:
            section.leave()

    def _add(self, heading: str, widget: QWidget) -> None:
        part = QVBoxLayout()
        part.setSpacing(8)
        part.addWidget(Label(heading, FontRole.HEADING))
        part.addWidget(widget)
        self._column.addLayout(part)

    def _owners(self, typed: str) -> list[PhoneOwner]:
        owners = register.owners_of_phone(self.desk.salon.database, typed, self.desk.salon.profile.country)
        return [owner for owner in owners if self.card is None or owner.client_id != self.card.client_id]

    def _add_contact(self, new: NewContact) -> None:
        if self.card is None:
            return
        before, client_id = len(self.card.contacts), self.card.client_id
        if self.desk.perform(contacts.add, client_id, new) is None:
            return
        is_new = len(self.card.contacts) > before
        is_phone = new.kind is ContactKind.PHONE
        on_card = _("The phone is on the card") if is_phone else _("The contact is on the card")
        known = _("This phone was on the card already") if is_phone else _("This contact was on the card already")
        self.desk.perform.tell(on_card if is_new else known, undoable=is_new)

    def _prefer(self, contact_id: int) -> None:
        self.do(contacts.prefer, contact_id, said=_("This contact is used first"))

    def _remove_contact(self, contact_id: int) -> None:
        self.do(register.remove_contact, contact_id, said=_("The contact is taken off the card"))

    def _open_link(self, link: str) -> None:
        if not self.desk.open_link(link):
            self.desk.perform.refused.emit(sentence(CannotOpenLink(link)))

    def _copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.desk.perform.tell(_("Copied: {text}").format(text=text), undoable=False)
