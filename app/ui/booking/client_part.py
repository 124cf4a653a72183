"""Who is on the phone: the search, the strip of a client, a new client, or somebody without a card."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app import wording
from app.errors import Gone, NameMissing, Trouble
from app.explain import sentence
from app.language import _
from app.salon.clients import answers, bonuses, card as cards, families, finder, register, standing
from app.salon.clients.card import ClientCard, alerts_of
from app.salon.clients.families import Relation
from app.salon.clients.phones import digits
from app.salon.clients.register import LONGEST_NAME, NewClient, PhoneOwner
from app.ui import shortcuts, sight
from app.ui.booking.client_strip import ClientStrip
from app.ui.desk import Desk
from app.ui.shortcuts import Key
from app.ui.widgets.buttons import LinkButton
from app.ui.widgets.client_search import ClientSearch
from app.ui.widgets.field_line import FieldLine
from app.ui.widgets.phone_line import PhoneLine

_MOST_RELATIVES = 3
_LEAST_OF_PHONE = 5
"""So many digits are no part of a name."""


class ClientPart(QWidget):
    """Shows one of the four, and tells when it is known who comes."""

    chosen = Signal()
    """It is known who comes: ``card`` is theirs, or nobody's."""
    new_begun = Signal()
    """The name and phone of somebody new are asked for."""
    new_ready = Signal()
    """Enter: name and phone of the new client are fine."""
    search_reopened = Signal()
    """Back from the new client to the search; what was typed there waits."""
    nobody_chosen = Signal()
    """Somebody else is meant; nobody is chosen yet."""
    card_wanted = Signal(int)
    """Somebody wants to see the client's card."""
    escaped = Signal()
    """Esc in the empty search."""

    def __init__(self, desk: Desk, parent: QWidget | None = None, *, has_walk_in: bool = True) -> None:
        """``has_walk_in``: somebody without a card may be meant too."""
        super().__init__(parent)
        self._has_walk_in = has_walk_in
        self._desk = desk
        self.card: ClientCard | None = None
        self.is_walk_in = False
        self.is_new = False
        self._searched = ""
        """What was typed into the search before somebody new was meant."""
        self._is_waiting = False
        """Whether a new client who was begun waits while the search is asked once more."""
        self.family: list[Relation] = []
        """Who belongs to the chosen client."""
        self.search = ClientSearch(self._find, desk.salon.today(), self, learn=self._learn, has_walk_in=has_walk_in)
        self.search.walk_in_wanted.connect(self.choose_walk_in)
        self.search.chosen.connect(self.choose)
        self.search.new_wanted.connect(self.start_new)
        self.search.escaped.connect(self.escaped)
        self.walk_in = LinkButton(_("Without a card"), icon="footprints", key=shortcuts.shown(Key.WALK_IN), parent=self)
        self.walk_in.clicked.connect(self.choose_walk_in)
        self.strip = ClientStrip(desk.salon.profile.currency, self)
        self.strip.other_wanted.connect(self.forget)
        self.strip.card_wanted.connect(self._tell_card_wanted)
        self.strip.relative_wanted.connect(self._switch)
        self.back = LinkButton(_("Back to the search"), icon="arrow-left", key=shortcuts.shown(Key.BACK), parent=self)
        self.back.clicked.connect(self.search_again)
        self.name = QLineEdit()
        self.name.setMaxLength(LONGEST_NAME)
        self.name_line = FieldLine(_("Name of the new client"), self.name, parent=self)
        self.name.textChanged.connect(self._name_typed)
        self.name.returnPressed.connect(self._leave_name)
        self.phone = PhoneLine(_("Phone"), self._owners, self)
        self.phone.entered.connect(self._leave_phone)
        self.phone.card_wanted.connect(self.choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.search)
        column.addWidget(self.walk_in, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        for widget in (self.strip, self.name_line, self.phone):
            column.addWidget(widget)
        self._show_part()

    @property
    def is_known(self) -> bool:
        """Whether it is known who comes."""
        return self.card is not None or self.is_walk_in or self.is_new

    @property
    def has_card(self) -> bool:
        """Whether whoever was chosen has a card still: undo may have taken it away."""
        if self.card is None:
            return False
        try:
            register.name_of(self._desk.salon.database, self.card.client_id)
        except Gone:
            return False
        return True

    @property
    def client_id(self) -> int | None:
        """The client who has a card already."""
        return None if self.card is None else self.card.client_id

    @property
    def alerts(self) -> tuple[int, ...]:
        """The alerts that stand on the form: whoever books from it has seen them."""
        return () if self.card is None else tuple(one.alert_id for one in self.card.alerts)

    @property
    def new_client(self) -> NewClient | None:
        """The card to open with the booking."""
        if not self.is_new:
            return None
        phone = self.phone
        return NewClient(
            self.name.text(),
            phone.typed,
            whose_phone=phone.whose,
            relatives=phone.relatives,
            relation=phone.relation,
        )

    @property
    def typed(self) -> str:
        """Name and phone of the new client as typed so far."""
        return self.begun if self.is_new else ""

    @property
    def begun(self) -> str:
        """The same, also while the search is asked once more."""
        return f"{self.name.text()} {self.phone.typed}".strip() if self.is_new or self._is_waiting else ""

    @property
    def called(self) -> str:
        """How whoever comes is called, read anew: a client who was forgotten meanwhile has no name any more.

        Nor has one whose name cannot be read now: whoever leaves a salon that is damaged is not kept in it.
        """
        if self.card is not None:
            try:
                name = register.name_of(self._desk.salon.database, self.card.client_id)
            except (Gone, Trouble):
                name = ""
            return wording.client_name(name, self.card.client_id)
        if self.is_new or self.begun:
            return self.begun or _("New client")
        if self.is_walk_in:
            return wording.client_name("", None)
        return self.search.text.strip() or _("nobody chosen yet")

    def choose(self, client_id: int) -> None:
        """This client it is. Raises Gone."""
        self._read(client_id)
        self._show_part()
        self.chosen.emit()

    def read_again(self) -> None:
        """Something was written on the card meanwhile. Raises Gone."""
        if self.card is not None:
            self._read(self.card.client_id)

    def follow_card(self, *, keeps_forgotten: bool) -> bool:
        """Who somebody is called, whom they belong to and what must be known of them may be another by now.

        Whoever is forgotten is chosen no longer, unless it is their visit that is changed (``keeps_forgotten``).
        Whether anything was to be shown anew.
        """
        if self.card is None:
            return False
        database, card = self._desk.salon.database, self.card
        belongs = cards.where_it_belongs(database, card.client_id)
        if belongs is None and not keeps_forgotten:
            self.forget()
            return True
        try:
            is_same = belongs == card.client_id and register.name_of(database, belongs) == card.name
        except Gone:  # undo took the card away, and may bring it back
            return False
        if is_same and alerts_of(database, card.client_id) == card.alerts and self._family_of(card) == self.family:
            return False
        self._read(card.client_id)
        return True

    def follow(self, client_id: int | None) -> None:
        """The visit that is changed is somebody else's now; nobody is told, for nobody chose."""
        if client_id is not None:
            self._read(client_id)
        else:
            self.card, self.is_walk_in, self.is_new = None, True, False
            self._is_waiting = False
            self.strip.show_walk_in()
        self._show_part()

    def _read(self, client_id: int) -> None:
        self.card = cards.read(self._desk.salon.database, client_id, self._desk.salon.today())
        self.is_walk_in = self.is_new = self._is_waiting = False
        database, client_id = self._desk.salon.database, self.card.client_id
        self.family = self._family_of(self.card)
        stands = standing.read(database, client_id)
        salon = self._desk.salon
        missing = answers.of_client(salon.database, client_id, salon.clock.now()).missing
        shown = sight.as_seen(self.card, hides_phones=False, hides_money=sight.hides_money(self._desk))
        bonus, family = bonuses.balance(database, client_id), self.family[:_MOST_RELATIVES]
        self.strip.show_card(shown, salon.today(), stands, family, missing, bonus=bonus)

    def _family_of(self, card: ClientCard) -> list[Relation]:
        """Whom they may book for comes first: that is why somebody calls from another's phone."""
        found = families.of_client(self._desk.salon.database, card.client_id)
        return sorted(found, key=lambda one: not one.is_booked_for)

    def choose_relative(self) -> None:
        """It is booked for the first of the family; once more leads back to the caller, who is family too."""
        if self.card is not None and self.family:
            self._switch(self.family[0].client_id)
        elif self.card is not None:
            self._desk.perform.tell(_("The card names nobody of the family."), undoable=False)

    def _switch(self, client_id: int) -> None:
        """Somebody else of the family is meant: what the caller had last time is not what they want."""
        self.nobody_chosen.emit()
        self.choose(client_id)

    def choose_walk_in(self) -> None:
        """Somebody without a card it is."""
        self.follow(None)
        self.chosen.emit()

    def start_new(self, typed: str) -> None:
        """Ask for the name and phone of somebody new; ``typed`` may hold either or both.

        Who was begun before the search was asked once more is gone on with, unless another name was typed.
        """
        begun = register.begun(typed)
        if not self._is_waiting or not _may_be_same(begun.name, self.name.text()):
            self.name.setText(begun.name)
            self.phone.begin(begun.phone)
        else:
            self.name.setText(max(begun.name, self.name.text(), key=len))
            if begun.phone and digits(begun.phone) not in digits(self.phone.typed):
                self.phone.begin(begun.phone)
        self.card, self.is_walk_in, self.is_new, self._is_waiting = None, False, True, False
        self._searched = typed
        self.name_line.set_error("")
        self._show_part()
        (self.phone.field if self.name.text() and not self.phone.typed else self.name).setFocus()
        self.new_begun.emit()

    def search_again(self) -> None:
        """Somebody of the salon may be meant after all: back to the search, as it was typed; who was begun waits."""
        self.is_new, self._is_waiting = False, True
        self._show_part()
        self.search_reopened.emit()
        self.search.open_with(self._searched)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc in the fields of a new client leads back to the search."""
        if self.is_new and shortcuts.is_pressed(Key.BACK, event):
            self.search_again()
        else:
            super().keyPressEvent(event)

    def check(self) -> bool:
        """Whether it is known well enough who comes; if not, the person is told what is missing."""
        if not self.is_new:
            return True
        self._sort_out()
        self._name_typed()
        if self.name_line.error:
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)
            return False
        return self.phone.check()

    def _find(self, typed: str) -> finder.Answer:
        return finder.answer(
            self._desk.salon.database, typed, self._desk.salon.today(), hides_contacts=sight.hides_phones(self._desk)
        )

    def _learn(self) -> bool:
        return finder.learn(
            self._desk.salon.database, self._desk.salon.today(), hides_contacts=sight.hides_phones(self._desk)
        )

    def _owners(self, typed: str) -> list[PhoneOwner]:
        return register.owners_of_phone(self._desk.salon.database, typed, self._desk.salon.profile.country)

    def _name_typed(self) -> None:
        self.name_line.set_error("" if self.name.text().strip() else sentence(NameMissing()))

    def _leave_name(self) -> None:
        """Enter goes on: to the phone, or beyond it where it was typed into the search already."""
        self._sort_out()
        self._name_typed()
        if self.name_line.error:
            return
        if self.phone.typed and self.phone.check():
            self.new_ready.emit()
        elif not self.phone.typed:
            self.phone.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _sort_out(self) -> None:
        """A phone that was typed into the field of the name goes where it belongs."""
        if not self.phone.typed and len(digits(self.name.text())) >= _LEAST_OF_PHONE:
            begun = register.begun(self.name.text())
            self.name.setText(begun.name)
            self.phone.begin(begun.phone)

    def _leave_phone(self) -> None:
        if self.check():
            self.new_ready.emit()

    def forget(self) -> None:
        """Nobody is chosen yet: ask again."""
        self.card, self.is_walk_in, self.is_new, self._is_waiting = None, False, False, False
        self._show_part()
        self.search.setFocus()
        self.nobody_chosen.emit()

    def _tell_card_wanted(self) -> None:
        if self.card is not None:
            self.card_wanted.emit(self.card.client_id)

    def _show_part(self) -> None:
        is_chosen = self.card is not None or self.is_walk_in
        self.search.setVisible(not self.is_known)
        self.walk_in.setVisible(self._has_walk_in and not self.is_known)
        self.back.setVisible(self.is_new)
        self.strip.setVisible(is_chosen)
        self.name_line.setVisible(self.is_new)
        self.phone.setVisible(self.is_new)


def _may_be_same(one: str, other: str) -> bool:
    """Whether two names may be of one person: either is not known, or one goes on where the other ends."""
    short, long = sorted((one.casefold().strip(), other.casefold().strip()), key=len)
    return long.startswith(short)
