"""The client's card in the side panel: what must be known first, then everything that was ever agreed."""

from collections.abc import Callable
from datetime import date
from typing import ClassVar

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from app.errors import CannotOpenLink, Gone
from app.explain import sentence
from app.language import _
from app.salon.changes import Changes
from app.salon.clients import card as cards, register
from app.salon.clients.card import ClientCard
from app.salon.clients.register import LONGEST_TEXT, PhoneOwner
from app.salon.transaction import Work
from app.ui.clients.alerts import AlertStrip
from app.ui.clients.card_head import CardHead
from app.ui.clients.card_parts import BookingFoot, ComingVisit, FactRow
from app.ui.clients.edited_text import EditedText
from app.ui.clients.phones import PhoneList
from app.ui.clients.timeline import VisitTimeline
from app.ui.desk import Desk
from app.ui.screen import Screen
from app.ui.theme import FontRole
from app.ui.widgets.card import Rule
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.label import Label
from app.ui.wishes import BookingSeed
from app.vocabulary import Action, AlertKind, Topic

_SIDE = 24


class ClientCardPanel(Screen):
    """Everything about one client, changed in its place; whatever is changed can be undone."""

    topics: ClassVar[frozenset[Topic]] = frozenset(
        {Topic.CLIENTS, Topic.VISITS, Topic.MONEY, Topic.CATALOGUE, Topic.STAFF, Topic.SALON}
    )

    booking_wanted = Signal(object)
    """A ``BookingSeed`` with this client."""
    visit_wanted = Signal(int, object)
    """The id and the day of a visit that is to be shown in the calendar."""
    closed = Signal()
    """There is nothing more to show."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._client_id: int | None = None
        self._card: ClientCard | None = None
        self.setAccessibleName(_("Client card"))
        self.head = CardHead()
        self.alerts = AlertStrip()
        self.phones = PhoneList(self._owners)
        self.coming = ComingVisit()
        self.wishes = EditedText(_("Wishes"), _("Coffee without sugar, silence at work…"), LONGEST_TEXT)
        self.notes = EditedText(_("Notes"), _("What the next master should know"), LONGEST_TEXT)
        self.facts = FactRow()
        self.timeline = VisitTimeline()
        self.foot = BookingFoot()
        self._gone = EmptyState(
            "user",
            _("This card is no longer there"),
            _("Adding it was undone. “Redo” brings it back."),
            action=_("Close"),
        )
        self._no_visits = Label(_("No visits yet. The first booking will appear here."), tone="muted", wrap=True)
        self._build()
        self._connect()

    # ---- building --------------------------------------------------------------------------------------------

    def _build(self) -> None:
        content = QWidget()
        self._column = column = QVBoxLayout(content)
        column.setContentsMargins(_SIDE, 4, _SIDE, _SIDE)
        column.setSpacing(16)
        self._visits_heading = Label(_("Visits"), FontRole.HEADING)
        for widget in (
            self.alerts,
            self.head,
            self.phones,
            self.coming,
            self.wishes,
            self.notes,
            Rule(),
            self.facts,
            Rule(),
        ):
            column.addWidget(widget)
        visits = QVBoxLayout()
        visits.setSpacing(6)
        visits.addWidget(self._visits_heading)
        visits.addWidget(self._no_visits)
        visits.addWidget(self.timeline)
        column.addLayout(visits)
        column.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setProperty("kind", "bare")
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(content)
        content.setAutoFillBackground(False)
        self._scroll.verticalScrollBar().rangeChanged.connect(self._make_room)
        page = QWidget()
        rows = QVBoxLayout(page)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self._scroll, 1)
        rows.addWidget(self.foot)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(page)
        self._stack.addWidget(self._gone)

    def _connect(self) -> None:
        self.head.renamed.connect(self._rename)
        self.head.alert_wanted.connect(self._begin_alert)
        self.alerts.added.connect(self._add_alert)
        self.alerts.removed.connect(self._remove_alert)
        self.phones.link_wanted.connect(self._open_link)
        self.phones.copy_wanted.connect(self._copy)
        self.phones.added.connect(self._add_phone)
        self.phones.removed.connect(self._remove_contact)
        self.phones.card_wanted.connect(self._open_other)
        self.wishes.saved.connect(self._save_wishes)
        self.notes.saved.connect(self._save_notes)
        self.coming.visit_wanted.connect(self.visit_wanted)
        self.timeline.visit_wanted.connect(self.visit_wanted)
        self.timeline.walked.connect(self._bring_into_sight)
        self.foot.again_wanted.connect(self._book_again)
        self.foot.new_wanted.connect(self._book_new)
        self._gone.acted.connect(self.closed)

    # ---- reading ---------------------------------------------------------------------------------------------

    def show_client(self, client_id: int) -> None:
        """Show the card of this client."""
        if client_id != self._client_id:
            self.wishes.commit()
            self.notes.commit()
            self.wishes.forget()
            self.notes.forget()
            self.alerts.close_form()
            self.phones.close_form()
        self._client_id = client_id
        self._is_stale = False
        self.reload()

    @property
    def client_id(self) -> int | None:
        """Whose card is shown."""
        return self._client_id

    @property
    def card(self) -> ClientCard | None:
        """What is shown; None when the card is no longer there."""
        return self._card

    def is_concerned(self, changes: Changes) -> bool:
        """Changes of other clients leave this card alone; where no client is named, anything may have changed."""
        return super().is_concerned(changes) and (not changes.clients or self._client_id in changes.clients)

    def reload(self) -> None:
        """Read the card again; what is being typed at this moment stays."""
        if self._client_id is None:
            return
        today = self.desk.salon.today()
        try:
            self._card = cards.read(self.desk.salon.database, self._client_id, today)
        except Gone:
            self._card = None
            self._stack.setCurrentWidget(self._gone)
            return
        self._stack.setCurrentIndex(0)
        self._show(self._card, today)

    def _show(self, card: ClientCard, today: date) -> None:
        currency = self.desk.salon.profile.currency
        self.setAccessibleName(card.name)
        self.alerts.show_alerts(card.alerts)
        self.head.show_card(card, today)
        self.phones.show_contacts(card.contacts)
        self.coming.show_card(card, today)
        self.wishes.show_text(card.wishes)
        self.notes.show_text(card.notes)
        self.facts.show_card(card, currency)
        self.timeline.show_visits(card.visits, today, currency)
        self.timeline.setVisible(bool(card.visits))
        self._no_visits.setVisible(not card.visits)
        self.foot.show_card(card)

    # ---- changing --------------------------------------------------------------------------------------------

    def _do(self, operation: Callable[..., object], *args: object, said: str) -> bool:
        """Carry out an operation on this client's card and say so, with the way back."""
        if self._client_id is None or self.desk.perform(operation, self._client_id, *args) is None:
            return False
        self.desk.perform.tell(said)
        return True

    def _rename(self, name: str, birthday: date | None) -> None:
        self._do(_set_name_and_birthday, name, birthday, said=_("The card is changed"))

    def _begin_alert(self) -> None:
        self.alerts.open_form()
        self._scroll.verticalScrollBar().setValue(0)

    def _add_alert(self, kind: AlertKind, words: str) -> None:
        self._do(register.warn, kind, words, said=_("The alert is on the card"))

    def _remove_alert(self, alert_id: int) -> None:
        self._do(register.take_back_alert, alert_id, said=_("The alert is taken off"))

    def _add_phone(self, typed: str, whose: str) -> None:
        before = len(self._card.contacts) if self._card else 0
        if self._client_id is None or self.desk.perform(register.add_phone, self._client_id, typed, whose) is None:
            return
        is_new = self._card is not None and len(self._card.contacts) > before
        self.desk.perform.tell(
            _("The phone is on the card") if is_new else _("This phone was on the card already"), undoable=is_new
        )

    def _remove_contact(self, contact_id: int) -> None:
        self._do(register.remove_contact, contact_id, said=_("The contact is taken off the card"))

    def _save_wishes(self, text: str) -> None:
        self._do(register.set_wishes, text, said=_("Wishes are kept"))

    def _save_notes(self, text: str) -> None:
        self._do(register.set_notes, text, said=_("Notes are kept"))

    def _owners(self, typed: str) -> list[PhoneOwner]:
        owners = register.owners_of_phone(self.desk.salon.database, typed, self.desk.salon.profile.country)
        return [owner for owner in owners if owner.client_id != self._client_id]

    # ---- going -----------------------------------------------------------------------------------------------

    def _open_link(self, link: str) -> None:
        if not self.desk.open_link(link):
            self.desk.perform.refused.emit(sentence(CannotOpenLink(link)))

    def _copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.desk.perform.tell(_("Copied: {text}").format(text=text), undoable=False)

    def _open_other(self, client_id: int) -> None:
        """A phone turned out to be somebody else's: their card takes the place of this one."""
        self.show_client(client_id)

    def _book_again(self) -> None:
        if self._card is not None and self._card.last_visit is not None:
            self.booking_wanted.emit(
                BookingSeed(client_id=self._client_id, repeat_visit_id=self._card.last_visit.visit_id)
            )

    def _book_new(self) -> None:
        self.booking_wanted.emit(BookingSeed(client_id=self._client_id))

    def _make_room(self, _first: int, last: int) -> None:
        """The bar stands in the margin, so that the content ends where the foot does."""
        bar = self._scroll.verticalScrollBar().sizeHint().width() if last else 0
        self._column.setContentsMargins(_SIDE, 4, _SIDE - bar, _SIDE)

    def _bring_into_sight(self, place: QRect) -> None:
        content = self._scroll.widget()
        top = self.timeline.mapTo(content, place.topLeft()).y()
        self._scroll.ensureVisible(0, top + place.height() // 2, 0, place.height())


def _set_name_and_birthday(work: Work, client_id: int, name: str, birthday: date | None) -> None:
    """Both in one act, so that one undo takes both back."""
    work.tell(Action.CLIENT_CHANGED, client=client_id)
    register.rename(work, client_id, name)
    register.set_birthday(work, client_id, birthday)
