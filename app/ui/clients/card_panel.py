"""The client's card in the side panel: what must be known first, then its tabs. ``card_page`` tells how to add one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from typing import ClassVar

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QStackedLayout, QVBoxLayout, QWidget

from app import wording
from app.clock import wall_time
from app.errors import Gone
from app.language import N_, _
from app.salon.changes import Changes
from app.salon.clients import alerts, card as cards, duplicates, register, standing
from app.salon.clients.card import ClientCard
from app.salon.clients.likeness import Suspects
from app.salon.transaction import Work
from app.ui import shortcuts, sight
from app.ui.clients.alerts import AlertStrip
from app.ui.clients.begun import Begun
from app.ui.clients.card_head import CardHead
from app.ui.clients.card_page import DETAILS, GLANCE, WORKS, CardPage, Waiting
from app.ui.clients.card_parts import BookingFoot
from app.ui.clients.forget_notice import ForgetNotice
from app.ui.desk import Desk
from app.ui.screen import Screen
from app.ui.shortcuts import Key
from app.ui.unkept import WAITS, typed_into
from app.ui.widgets.buttons import LinkButton
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.laid_out import lay_out
from app.ui.widgets.scroll_page import ScrollPage
from app.ui.widgets.segmented_control import SegmentedControl
from app.ui.wishes import BookingSeed
from app.vocabulary import Action, AlertKind, AlertMoment, Topic

_SIDE = 24
_LONGEST_HINT = 24


@dataclass(frozen=True, slots=True)
class _Tab:
    """A tab that can be opened."""

    key: str
    words: str
    """A message of the catalogue."""
    make: Callable[[Desk, QWidget], CardPage]
    """Imports and makes the page: not before somebody opens it."""


def _glance(desk: Desk, parent: QWidget) -> CardPage:
    from app.ui.clients.glance_page import GlancePage

    return GlancePage(desk, parent)


def _works(desk: Desk, parent: QWidget) -> CardPage:
    from app.ui.clients.works_page import WorksPage

    return WorksPage(desk, parent)


def _details(desk: Desk, parent: QWidget) -> CardPage:
    from app.ui.clients.details_page import DetailsPage

    return DetailsPage(desk, parent)


_PAGES = (
    _Tab(GLANCE, N_("Card"), _glance),
    _Tab(WORKS, N_("Works"), _works),
    _Tab(DETAILS, N_("Details"), _details),
)
"""The tabs from left to right; Ctrl+1 opens the first."""
_HEAD = ""
"""What stands over all tabs, as if it were one."""
_OF_GLANCE = (Key.CARD_NOTE, Key.CARD_CALL, Key.CARD_ASK)
"""Keys of the first tab that open it from wherever one is in the card."""


def _tab_of(event: QKeyEvent) -> str:
    """The tab that a key opens; empty for any other key."""
    pressed = QKeySequence(event.keyCombination())
    wanted = zip(_PAGES, shortcuts.line_of(Key.CARD_PART).keys, strict=False)
    return next((tab.key for tab, keys in wanted if QKeySequence(keys) == pressed), "")


class ClientCardPanel(Screen):
    """Everything about one client, changed in its place; whatever is changed can be undone."""

    topics: ClassVar[frozenset[Topic]] = frozenset(
        {Topic.CLIENTS, Topic.VISITS, Topic.MONEY, Topic.CATALOGUE, Topic.STAFF, Topic.SALON}
    )

    booking_wanted = Signal(object)
    """A ``BookingSeed`` with this client."""
    visit_wanted = Signal(int, object)
    """The id and the day of a visit that is to be shown in the calendar."""
    comparison_wanted = Signal(int, int)
    """Two cards that may be of one person are to be seen side by side."""
    closed = Signal()
    """There is nothing more to show."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._is_masters = False
        self._is_revealed = False
        self._client_id: int | None = None
        self._card: ClientCard | None = None
        self._made: dict[str, CardPage] = {}
        self._begun: dict[int, dict[str, list[Begun]]] = {}
        """The forms that wait for their client to be shown again, by tab."""
        self.setAccessibleName(_("Client card"))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # whoever clicks into the card means its keys
        self._page = QWidget(self)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._page)
        self._scroll = ScrollPage(self._page)
        content = self._scroll.content
        self.notice = ForgetNotice(desk, content)
        self.notice.client_wanted.connect(self._open_other)
        self.alerts = AlertStrip(content)
        self.head = CardHead(content)
        self.hint = LinkButton("", icon="users", parent=content)
        self.hint.setAccessibleName(_("Possible duplicates"))
        self._suspects: Suspects | None = None
        self.reveal_button = LinkButton(_("Show the phone numbers"), icon="phone", parent=content)
        self.reveal_button.setToolTip(_("The journal tells who looked"))
        self.tabs = SegmentedControl(_("Parts of the card"), [(tab.key, _(tab.words)) for tab in _PAGES], content)
        self.foot = BookingFoot(self._page)
        self._build()
        self._connect()

    # ---- building --------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self._column = column = QVBoxLayout(self._scroll.content)
        column.setContentsMargins(_SIDE, 4, _SIDE, _SIDE)
        column.setSpacing(16)
        column.addWidget(self.notice)
        column.addWidget(self.alerts)
        column.addWidget(self.head)
        column.addWidget(self.hint, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.reveal_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.tabs, 0, Qt.AlignmentFlag.AlignLeft)
        self._pages = QVBoxLayout()
        column.addLayout(self._pages)
        column.addStretch(1)
        self._scroll.verticalScrollBar().rangeChanged.connect(self._make_room)
        rows = QVBoxLayout(self._page)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self._scroll, 1)
        rows.addWidget(self.foot)

    @cached_property
    def _gone(self) -> EmptyState:
        gone = EmptyState(
            "user",
            _("This card is no longer there"),
            _("Adding it was undone. “Redo” brings it back."),
            action=_("Close"),
            parent=self,
        )
        gone.acted.connect(self.closed)
        self._stack.addWidget(gone)
        return gone

    def _connect(self) -> None:
        self.head.renamed.connect(self._rename)
        self.hint.clicked.connect(self._compare)
        self.head.alert_wanted.connect(self._begin_alert)
        self.alerts.added.connect(self._add_alert)
        self.alerts.removed.connect(self._remove_alert)
        self.tabs.chosen.connect(self.open_page)
        self.reveal_button.clicked.connect(self.reveal)
        self.foot.again_wanted.connect(self._book_again)
        self.foot.new_wanted.connect(self._book_new)
        for number, tab in enumerate(_PAGES, 1):
            self.tabs.set_tip(tab.key, _(tab.words), f"Ctrl+{number}")

    def _make(self, key: str) -> CardPage:
        page = next(tab for tab in _PAGES if tab.key == key).make(self.desk, self._scroll.content)
        page.booking_wanted.connect(self.booking_wanted)
        page.visit_wanted.connect(self.visit_wanted)
        page.client_wanted.connect(self._open_other)
        page.page_wanted.connect(self.open_page)
        page.sight_wanted.connect(partial(self._bring_into_sight, page))
        page.setProperty(WAITS, "behind")
        self._pages.addWidget(page)
        return page

    # ---- keys ------------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """The calendar beside has the same keys: whoever is in the card means the card."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and _tab_of(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl and the number of a tab open it; what is written on the first tab is written from every tab."""
        key = _tab_of(event)
        if key:
            self.open_page(key)
        elif any(shortcuts.is_pressed(one, event) for one in _OF_GLANCE):
            self.open_page(GLANCE)
            self.page(GLANCE).press(event)
        else:
            super().keyPressEvent(event)

    # ---- tabs ------------------------------------------------------------------------------------------------

    def page(self, key: str) -> CardPage:
        """A tab, made now if nobody has opened it yet."""
        if key not in self._made:
            self._made[key] = self._make(key)
        return self._made[key]

    def open_page(self, key: str) -> None:
        """Open a tab."""
        opened = self.page(key)
        if self._card is not None:
            opened.show_card(self._card)
        focused = QApplication.focusWidget()
        for other in self._made.values():
            if other is not opened and focused is not None and (other is focused or other.isAncestorOf(focused)):
                self.setFocus()  # the keys of the card go on working
            other.setVisible(other is opened)
        self.tabs.choose(key)
        self._take_up(key)

    def bring_forward(self, part: QWidget) -> None:
        """Open the tab on which it stands."""
        for key, page in self._made.items():
            if page.isAncestorOf(part) and key != self.tabs.choice:
                self.open_page(key)

    def keep_typed(self) -> None:
        """Keep what was typed and can be kept, about whichever client."""
        for page in self._made.values():
            page.settle()

    @property
    def unkept(self) -> list[Waiting]:
        """What was typed about this and other clients and is not kept."""
        self._follow_cards()
        texts = [one for page in self._made.values() for one in page.unkept]
        forms = [(client_id, one) for client_id in self._begun for one in self._begun_of(client_id)]
        return texts + [Waiting(client_id, *typed) for client_id, form in forms for typed in form.typed]

    # ---- forms that were begun -------------------------------------------------------------------------------

    @property
    def begun(self) -> list[Begun]:
        """The forms that are open about this client, with something typed into them."""
        return [one for key in (_HEAD, *self._made) for one in self._begun_on(key)]

    def _begun_on(self, key: str) -> list[Begun]:
        return [*self.alerts.begun, *self.head.begun] if key == _HEAD else list(self._made[key].begun)

    def _begun_of(self, client_id: int) -> list[Begun]:
        return [one for forms in self._begun.get(client_id, {}).values() for one in forms]

    def _put_by(self) -> None:
        """Another client is shown next: what was begun about this one waits until they are shown again."""
        if self._client_id is None:
            return
        waiting = self._begun.setdefault(self._client_id, {})
        for key in (_HEAD, *self._made):
            if found := self._begun_on(key):
                waiting[key] = waiting.get(key, []) + found
        if not waiting:
            del self._begun[self._client_id]

    def _take_up(self, key: str) -> None:
        """Go on with the forms of a tab; where something is begun there already, they go on waiting."""
        waiting = self._begun.get(self._client_id or 0, {})
        if not waiting.get(key) or self._begun_on(key):
            return
        forms = waiting.pop(key)
        if gone := [form for form in forms if not form.take_up()]:
            waiting[key] = gone
        elif not waiting:
            del self._begun[self._client_id or 0]

    def _follow_cards(self) -> None:
        """What waits for a card that was merged waits for the one that stands; of whom is forgotten, nothing waits.

        Nor does what speaks of somebody who is forgotten, or who was the same person.
        """
        waiting, self._begun = self._begun, {}
        for client_id, forms in waiting.items():
            card = self._belongs(client_id)
            for key, each in forms.items():
                left = [one for one in each if one.names is None or self._belongs(one.names) not in (None, card)]
                if card is not None and left:
                    there = self._begun.setdefault(card, {})
                    there[key] = there.get(key, []) + left

    def _belongs(self, client_id: int) -> int | None:
        return cards.where_it_belongs(self.desk.salon.database, client_id)

    def bring_to_end(self) -> None:
        """Scroll to the last part of the tab."""
        bar = self._scroll.verticalScrollBar()
        bar.setValue(bar.maximum())

    # ---- reading ---------------------------------------------------------------------------------------------

    def show_client(self, client_id: int, *, is_masters: bool | None = None) -> None:
        """Show the card of this client, from its first tab on; where it is shown already, the tab stays.

        Where something was typed into one of its forms when another content or card took its place, the tab is shown
        on which it stands, as it was left.
        ``is_masters``: it is opened where a master looks, whoever sits at this machine; None: as it was opened last.
        """
        self._is_masters = self._is_masters if is_masters is None else is_masters
        self._follow_cards()
        is_begun = next(typed_into(self, lambda _part: False), None) is not None
        if client_id != self._client_id or not (self.isVisible() or is_begun):
            self._put_by()
            for page in self._made.values():
                page.leave()
            self.alerts.close_form()
            self.head.close_form()
            self.tabs.choose(next((key for key in self._begun.get(client_id, {}) if key != _HEAD), GLANCE))
            self._hide_again()
            self._scroll.verticalScrollBar().setValue(0)
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
        """Changes of other clients leave this card alone, but for those of whom one of its open forms speaks.

        Where no client is named, anything may have changed.
        """
        topics = self.topics.union(*(page.topics for page in self._made.values()))
        if not changes.concerns(*topics):
            return False
        named = {self._client_id, *(one.names for one in self.begun)}
        return not changes.clients or not changes.clients.isdisjoint(named)

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
        # A card that was merged into another leads there.
        self._client_id = self._card.client_id
        self._card = self._as_seen(self._card)
        self._stack.setCurrentIndex(0)
        self._show(self._card, today)
        lay_out()

    def _as_seen(self, card: ClientCard) -> ClientCard:
        """The card as whoever looks here may see it."""
        is_hidden = sight.hides_phones(self.desk, is_masters=self._is_masters) and not self._is_revealed
        self.reveal_button.setVisible(is_hidden and bool(card.contacts))
        hides_money = sight.hides_money(self.desk, is_masters=self._is_masters)
        return sight.as_seen(card, hides_phones=is_hidden, hides_money=hides_money)

    def reveal(self) -> None:
        """Show the numbers of this client in full; the journal tells who looked."""
        if self._client_id is None:
            return
        whole = cards.read(self.desk.salon.database, self._client_id, self.desk.salon.today())
        self._is_revealed = sight.reveal(self.desk, self._client_id, whole.contacts)
        self.reload()

    def _hide_again(self) -> None:
        self._is_revealed = False
        wording.show_phones(())

    def hideEvent(self, event: QHideEvent) -> None:
        """What was shown in full is hidden again when nobody looks at this card; what was typed is kept."""
        super().hideEvent(event)
        self._is_stale = self._is_stale or self._is_revealed  # it may only wait behind another panel
        self._hide_again()
        glance = self._made.get(GLANCE)
        if not event.spontaneous() and glance is not None:
            glance.settle()

    def _show(self, card: ClientCard, today: date) -> None:
        self.setAccessibleName(card.name)
        self.notice.show_card(card)
        self.alerts.show_alerts(card.alerts, self._seen(card))
        self.head.show_card(card, today, standing.read(self.desk.salon.database, card.client_id))
        self._show_hint(card)
        self.foot.show_card(card)
        self.foot.setVisible(not card.is_leaving)
        self._take_up(_HEAD)
        self.open_page(self.tabs.choice)

    def _seen(self, card: ClientCard) -> dict[int, str]:
        """Who has acknowledged which alert for the next visit, and when: the last one in words."""
        if not card.alerts or card.next_visit is None:
            return {}
        salon = self.desk.salon
        zone = salon.profile.zone
        said: dict[int, str] = {}
        for one in alerts.seen_at(salon.database, card.next_visit.visit_id):
            at = wall_time(one.at, zone)
            when = f"{wording.short_date(at.date(), salon.today())},{wording.NBSP}{wording.clock_time(at)}"
            words = _("Seen at booking: {who}") if one.moment is AlertMoment.BOOKING else _("Seen at arrival: {who}")
            said[one.alert_id] = words.format(who=", ".join(part for part in (one.actor, when) if part))
        return said

    def _show_hint(self, card: ClientCard) -> None:
        """A quiet word that another card may be of the same person."""
        found = duplicates.of_client(self.desk.salon.database, card.client_id)
        self._suspects = found[0] if found else None
        self.hint.setVisible(self._suspects is not None)
        if self._suspects is not None:
            pair = self._suspects
            name = pair.second_name if pair.first == card.client_id else pair.first_name
            sign = wording.duplicate_sign(pair.signs[0])
            self.hint.setText(_("Perhaps the same: {name}").format(name=_shortened(name)))
            self.hint.set_tip(f"{name}: {sign}")
            self.hint.setAccessibleName(self.hint.text())

    def _compare(self) -> None:
        if self._suspects is not None:
            self.comparison_wanted.emit(*self._suspects.both)

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

    # ---- going -----------------------------------------------------------------------------------------------

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

    def _bring_into_sight(self, page: CardPage, place: QRect) -> None:
        top = page.mapTo(self._scroll.widget(), place.topLeft()).y()
        self._scroll.ensureVisible(0, top + place.height() // 2, 0, place.height())


def _set_name_and_birthday(work: Work, client_id: int, name: str, birthday: date | None) -> None:
    """Both in one act, so that one undo takes both back."""
    work.tell(Action.CLIENT_CHANGED, client=client_id)
    register.rename(work, client_id, name)
    register.set_birthday(work, client_id, birthday)


def _shortened(name: str) -> str:
    return name if len(name) <= _LONGEST_HINT else f"{name[: _LONGEST_HINT - 1]}…"
