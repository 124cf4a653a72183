"""The window: the rail, the screens, the panel on the right, and who tells whom."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QByteArray, QEvent, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from app import wording
from app.language import _, ngettext, pgettext
from app.salon.catalogue import staff
from app.salon.changes import Changes
from app.salon.reminders import queue
from app.ui import shortcuts, tab_order
from app.ui.calendar.screen import CalendarScreen
from app.ui.desk import Desk
from app.ui.elsewhere import Elsewhere
from app.ui.screen import Screen
from app.ui.screens import (
    CALENDAR,
    CATALOGUE,
    CLIENTS,
    MY_DAY,
    REMINDERS,
    SHIFTS,
    STATISTICS,
    WAITING,
    WELCOME,
    make_screen,
)
from app.ui.shortcuts import Key
from app.ui.telling import Telling
from app.ui.theme import Tone
from app.ui.widgets.banner import Banner
from app.ui.widgets.buttons import IconButton, PrimaryButton
from app.ui.widgets.navigation_rail import NavigationRail, RailEntry
from app.ui.widgets.side_panel import SidePanel, is_alive
from app.ui.widgets.toast import Toast
from app.ui.wishes import BookingSeed, TurnAwaySeed, WaitingSeed
from app.vocabulary import Language, Topic

if TYPE_CHECKING:
    from app.salon.scheduling.wait_matches import Match
    from app.ui.booking.panel import BookingPanel
    from app.ui.booking.unfinished import Unfinished
    from app.ui.catalogue.drawer import DrawerForm
    from app.ui.clients.card_panel import ClientCardPanel
    from app.ui.half_done import HalfDone
    from app.ui.housekeeping import Housekeeping
    from app.ui.paper.tray import PaperTray
    from app.ui.series.book import SeriesBook
    from app.ui.shifts.form import PanelForm
    from app.ui.stray_digits import StrayDigits
    from app.ui.waiting.offer_card import OfferCard
    from app.ui.waiting.offers import Offers
    from app.ui.waiting.watch import WaitingWatch

_FIRST_SIZE = QSize(1366, 820)
_TITLE_BAR = 40
"""What the system puts over a window, at most."""
LEAST_WIDTH, LEAST_HEIGHT = 1024, 640
_BADGE_EVERY_MS = 60_000
_HOUSE_EVERY_MS = 3_600_000


class MainWindow(QMainWindow):
    """Holds the screens, which are strangers to each other, and hands their wishes on."""

    sample_wanted = Signal()
    """Somebody wants to look at a sample salon; it lies in a file of its own."""
    seen = Signal()
    """The first picture was painted: what the start has put off can be done."""
    own_wanted = Signal()
    """Somebody wants to go from the sample to the own salon."""
    restore_wanted = Signal(object)
    """The path of a copy that is to take the place of this salon, which is closed for that."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.setMinimumSize(LEAST_WIDTH, LEAST_HEIGHT)
        self.setWindowTitle(self._title())
        self.screens: dict[str, Screen] = {}
        """Those that somebody has looked at, by their names."""
        self._body = QWidget(self)
        self.rail = self._build_rail()
        self.banner = Banner("", parent=self._body)
        self.stack = QStackedWidget(self._body)
        self.panel = SidePanel(self._body)
        self.panel.closed.connect(self._on_panel_closed)
        self.panel.keeper = self._keep_begun
        self._half_done: HalfDone | None = None
        self._middle = middle = QVBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.banner)
        middle.addWidget(self.stack, 1)
        row = QHBoxLayout(self._body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(middle, 1)
        row.addWidget(self.panel)
        self.setCentralWidget(self._body)
        self.toast = Toast(self)
        self.telling = Telling(desk, self.toast, self.banner, lambda found: self.series.choices_after(found), self)
        self.telling.way_back_changed.connect(self._offer_undo)
        self.telling.own_wanted.connect(self.own_wanted)
        self._digits: StrayDigits | None = None
        self._quick: QWidget | None = None
        self._unfinished: Unfinished | None = None
        """Once somebody has booked."""
        self._is_left = False
        """Whether the window may be closed although a booking is not finished."""
        self._before_quick: QWidget | None = None
        """What had the focus before the search was opened."""
        self._house_timer: QTimer | None = None
        self._tray: PaperTray | None = None
        self._house: Housekeeping | None = None
        self._series: SeriesBook | None = None
        self._watch: WaitingWatch | None = None
        self._offer_card: OfferCard | None = None
        self._sheet: QWidget | None = None
        self.card: ClientCardPanel | None = None
        """Once somebody has looked at a client."""
        self._sought: tuple[QWidget | None, BookingPanel | None] = (None, None)
        """The search for a free place that was opened last, and the booking that it is for."""
        self._calls_left = 0
        """The absence whose list of calls somebody left for a card or another place."""
        self._connect()
        self._follow_sight()
        self.telling.say_sample()
        self.go(WELCOME if staff.is_unopened(self.desk.salon.database) else CALENDAR)
        self._update_badge()

    # ---- building --------------------------------------------------------------------------------------------

    def _title(self) -> str:
        return _("{salon} — Vizit").format(salon=self.desk.salon.profile.name)

    def _build_rail(self) -> NavigationRail:
        rail = NavigationRail(
            [
                RailEntry(CALENDAR, "calendar", _("Calendar")),
                RailEntry(MY_DAY, "sun", _("My day")),
                RailEntry(CLIENTS, "users", _("Clients")),
                RailEntry(SHIFTS, "clock", _("Shifts")),
                RailEntry(REMINDERS, "bell", _("Reminders")),
                RailEntry(WAITING, "timer", pgettext("rail", "Waiting")),
                RailEntry(STATISTICS, "chart-column", _("Figures")),
                RailEntry(CATALOGUE, "scissors", pgettext("screen", "Salon")),
            ],
            parent=self._body,
        )
        rail.chosen.connect(self.go)
        rail.theme_wanted.connect(self._change_theme)
        self._language = IconButton("globe", _("Русский / English"))
        self._language.clicked.connect(self._change_language)
        keys = IconButton("keyboard", _("Keys"), key="F1")
        keys.clicked.connect(self.show_keys)
        rail.add_foot(keys, self._language)
        self.undo_button = IconButton("undo-2", _("Undo"), key=shortcuts.shown(Key.UNDO))
        self.redo_button = IconButton("redo-2", _("Redo"), key=shortcuts.shown(Key.REDO))
        self.undo_button.clicked.connect(self.undo)
        self.redo_button.clicked.connect(self.redo)
        rail.add_foot(self.undo_button, self.redo_button)
        self._offer_undo()
        return rail

    def _offer_undo(self) -> None:
        """Undo and redo stay in reach of the mouse when the message that offered them is gone."""
        self.undo_button.setEnabled(self.desk.perform.can_undo)
        self.redo_button.setEnabled(self.desk.perform.can_redo)

    def _connect(self) -> None:
        self.desk.feed.changed.connect(self._on_changed)
        shortcuts.bind(Key.FIND_CLIENT, self, self.find_client)
        shortcuts.bind(Key.NEW_VISIT, self, self.new_visit)
        shortcuts.bind(Key.GO_ON_BOOKING, self, self.go_on_booking)
        shortcuts.bind(Key.FIND_PLACE, self, self.find_place)
        shortcuts.bind(Key.TURN_AWAY, self, self.turn_away)
        shortcuts.bind(Key.OFFER, self, self.go_to_offer)
        shortcuts.bind(Key.UNDO, self, self.undo)
        shortcuts.bind(Key.REDO, self, self.redo)
        shortcuts.bind(Key.MESSAGE, self, self.toast.focus_action)
        shortcuts.bind(Key.SCREENS, self, self.rail.take_focus)
        shortcuts.bind(Key.KEY_SHEET, self, self.show_keys)
        self._badge_timer = self._every(_BADGE_EVERY_MS, self._update_badge)
        self.elsewhere = Elsewhere(self.desk, self)

    def _every(self, milliseconds: int, act: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(milliseconds)
        timer.timeout.connect(act)
        timer.start()
        return timer

    def _screen(self, key: str) -> Screen:
        found = self.screens.get(key)
        if found is None:
            found = make_screen(self, key)
            self.stand_back(found)
            self.screens[key] = found
            self.stack.addWidget(found)
        return found

    def stand_back(self, part: QWidget) -> None:
        """While the panel is open it says what is meant, and ``part`` of a screen does not."""
        for button in part.findChildren(PrimaryButton):
            button.give_way_to(self.panel)

    # ---- going -----------------------------------------------------------------------------------------------

    @property
    def calendar(self) -> CalendarScreen:
        """The calendar."""
        return cast(CalendarScreen, self._screen(CALENDAR))

    @property
    def _shown(self) -> Screen:
        """The screen that is in sight."""
        return cast(Screen, self.stack.currentWidget())

    def go(self, key: str) -> Screen:
        """Show a screen."""
        screen = self._screen(key)
        if screen is not self.stack.currentWidget():
            self.panel.come_forward()  # what was open beside the other screen goes along
        self.stack.setCurrentWidget(screen)
        self.rail.setVisible(key != WELCOME)
        if key != WELCOME:
            self.rail.select(key)
        screen.take_focus()
        return screen

    def new_visit(self) -> None:
        """Begin a visit; a free place that is selected in the calendar is known already."""
        self.open_booking(self._seed_here())

    def _seed_here(self) -> BookingSeed:
        in_calendar = self.stack.currentWidget() is self.screens.get(CALENDAR)
        return self.calendar.seed_here() if in_calendar else BookingSeed()

    def open_booking(self, seed: BookingSeed) -> None:
        """Open the booking form."""
        from app.ui.booking.panel import BookingPanel

        self._close_quick()
        if seed.is_only_client and self.unfinished.goes_on_with(seed.client_id):
            return
        form = BookingPanel(self.desk, seed, self.panel.make_room())
        form.booked.connect(self.show_booked)
        form.closed.connect(self._leave_booking)
        form.goes_on_with = self.unfinished.goes_on_with
        form.card_wanted.connect(self.open_client)
        form.titled.connect(self.panel.set_title)
        form.undo_wanted.connect(self.undo)
        form.waiting_wanted.connect(self._wait_instead)
        form.turn_away_wanted.connect(partial(self.turn_away, beside=form.otherwise.turn_away))
        form.caller_typed.connect(self.find_client)
        form.repeat_wanted.connect(self.open_series)
        form.looked_until.connect(self.house.lay_out)
        form.anew_wanted.connect(self._book_anew)
        self.unfinished.show(form)
        form.focus_first()

    def _book_anew(self, seed: BookingSeed) -> None:
        """What was put together for a visit that is no more is not finished before it is booked."""
        from app.ui.booking.panel import BookingPanel

        self.open_booking(seed)
        form = self.panel.content
        if isinstance(form, BookingPanel):
            form.carry_on()

    def _leave_booking(self) -> None:
        """Close the form; Enter once more, in a hurry, does nothing to the visit that was booked."""
        from app.ui.widgets.second_enter import SecondEnter

        self.panel.close_panel()
        focused = QApplication.focusWidget()
        if focused is not None:
            SecondEnter(focused)

    @property
    def unfinished(self) -> Unfinished:
        """Bookings that were left half-filled."""
        from app.ui.booking.unfinished import Unfinished

        if self._unfinished is None:
            self._unfinished = Unfinished(self.desk.feed, self.panel, self.toast, self._middle, self)
        return self._unfinished

    def go_on_booking(self) -> None:
        """Go on with a booking that was left half-filled, or say that there is none."""
        if self._unfinished is not None and self._unfinished.is_something_left:
            self._close_quick()
            self._unfinished.go_on()
        elif not self._is_booking:
            self.toast.tell(_("No booking was left unfinished."))

    @property
    def _is_booking(self) -> bool:
        """Whether the panel shows a booking that is not finished."""
        return self._unfinished is not None and self.panel.content in self._unfinished.forms

    def leave(self) -> None:
        """The program ends: close without a question, whoever ended it was asked."""
        self._is_left = True
        self.close()

    def may_be_left(self) -> bool:
        """Whether the window may be closed: nothing that was typed would be lost, or whoever closes it said so."""
        if not self._is_left:
            self._leave_field()
            self._is_left = self.half_done.may_be_left()
        return self._is_left

    @property
    def half_done(self) -> HalfDone:
        """What somebody has begun and not finished."""
        from app.ui.half_done import HalfDone

        if self._half_done is None:
            self._half_done = HalfDone(self)
        return self._half_done

    def _keep_begun(self, form: QWidget, title: str) -> bool:
        return self.half_done.keep(form, title)

    def tell_salon_left(self, form: DrawerForm, title: str) -> None:
        self.half_done.tell(form, title, partial(self._take_up_salon, form))

    def _take_up_salon(self, form: DrawerForm) -> None:
        from app.ui.catalogue.screen import CatalogueScreen

        screen = self.go(CATALOGUE)
        if isinstance(screen, CatalogueScreen):
            screen.take_up(form)

    def tell_shifts_left(self, form: PanelForm, title: str) -> None:
        self.half_done.tell(form, title, partial(self._take_up_shifts, form, title))

    def _take_up_shifts(self, form: PanelForm, title: str) -> None:
        from app.ui.shifts.screen import ShiftsScreen

        screen = self.go(SHIFTS)
        if isinstance(screen, ShiftsScreen):
            screen.take_up(form, title)

    def come_back_to(self, field: QWidget) -> None:
        """Bring somebody back to a field, on whichever page of whichever screen it stands."""
        if self.card is not None and self.card.isAncestorOf(field):
            self.panel.open(self.card, _("Client card"), keep=True)
            self.card.bring_forward(field)
        elif self.panel.isAncestorOf(field):
            self.panel.come_forward()
        for key, screen in self.screens.items():
            if screen.isAncestorOf(field):
                if screen is not self.stack.currentWidget():
                    self.go(key)
                screen.bring_forward(field)
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    # ---- waiting ---------------------------------------------------------------------------------------------

    def open_waiting(self, seed: WaitingSeed | None = None) -> None:
        """Open the form of the waiting list; what is known already is in it."""
        from app.ui.waiting.form import WaitForm

        self._close_quick()
        seed = seed or WaitingSeed()
        form = WaitForm(self.desk, seed, self.panel.make_room())
        form.closed.connect(self.panel.close_panel)
        form.book_wanted.connect(self._book_match)
        self.panel.open(form, _("Waiting list") if seed.entry_id is None else _("Change the wish"))
        form.focus_first()

    def _wait_instead(self, seed: WaitingSeed) -> None:
        """Nothing suits whoever is being booked: with a place on the list the booking is settled."""
        from app.ui.waiting.form import WaitForm

        was_booking = self._is_booking
        self.open_waiting(seed)
        form = self.panel.content
        if was_booking and isinstance(form, WaitForm):
            self.unfinished.goes_on_in(form.kept, form.book_wanted)

    def turn_away(self, seed: TurnAwaySeed | None = None, *, beside: QWidget | None = None) -> None:
        """Log somebody whom the salon cannot take: one more key says why, or a click where ``beside`` was clicked."""
        from app.ui.waiting.turn_away_menu import TurnAwayMenu

        menu = TurnAwayMenu(self.desk, seed or self._turn_away_seed(), self)
        menu.aboutToHide.connect(menu.deleteLater)
        corner = self.mapToGlobal(QPoint(self.rail.width() + 24, 24))
        menu.open_at(corner if beside is None else beside.mapToGlobal(beside.rect().bottomLeft()))

    def go_to_offer(self) -> None:
        """Bring the keyboard to the card of those who wait for what became free."""
        if self._offer_card is not None:
            self._offer_card.take_focus()

    @property
    def is_offering(self) -> bool:
        """Whether it is told who waits for a place that has become free."""
        return self._offer_card is not None and self._offer_card.is_offering

    def _turn_away_seed(self) -> TurnAwaySeed:
        """What the booking form knows already about somebody who cannot be taken."""
        from app.ui.booking.panel import BookingPanel

        if isinstance(self.panel.content, BookingPanel):
            return self.panel.content.turn_away_seed()
        known = self._seed_of_panel()
        return TurnAwaySeed(known.client_id, day=known.day)

    def _book_match(self, match: Match) -> None:
        """A place was free already: the booking form opens with everything filled."""
        place = match.place
        self.open_booking(
            BookingSeed(
                client_id=match.waiting.client_id or None,
                staff_id=place.staff_ids[0],
                starts_at=place.starts_at,
                planned=place.planned,
                comment=match.waiting.note,
                waiting_id=match.waiting.entry_id or None,
            )
        )

    def _watch_waiting(self) -> None:
        """From the first painted calendar on, look after those who wait."""
        from app.ui.waiting.watch import WaitingWatch

        self._watch = WaitingWatch(self.desk, self)
        self._watch.counted.connect(self._say_waiting)
        self._watch.offers.changed.connect(self._show_offers)
        self._watch.look()

    def _say_waiting(self, count: int, said: str) -> None:
        self.rail.set_badge(WAITING, count, said)

    def _show_offers(self, offers: Offers) -> None:
        if self._offer_card is not None or self._watch is None:
            return
        from app.ui.waiting.offer_card import OfferCard

        self._offer_card = OfferCard(self.desk, self._watch.offers, self, self._middle)
        self._offer_card.list_wanted.connect(self.go_waiting)
        self._offer_card.booked.connect(self.show_booked)
        self.calendar.header.new_visit.give_way_to(self._offer_card)
        self._offer_card.show_offers(offers)

    def go_waiting(self) -> None:
        self.go(WAITING)

    def find_place(self) -> None:
        """Look for a free place; what the panel knows already is taken over. Where one is looked for, that goes on."""
        from app.ui.booking.panel import BookingPanel
        from app.ui.free_places.panel import FreePlacesPanel

        shown = self.panel.content
        if isinstance(shown, FreePlacesPanel):
            self._close_quick()
            self.panel.come_forward()
            if self.stack.currentWidget() is self.screens.get(CALENDAR):
                shown.look_from(self.calendar.day)
            shown.focus_first()
            return
        begun = shown if isinstance(shown, BookingPanel) and shown.set_aside() else None
        self._find_place_for(self._seed_of_panel(), begun)

    def _find_place_for(self, seed: BookingSeed, begun: BookingPanel | None = None) -> None:
        """``begun``: a booking for which a place is looked for; it goes on as it was left, with that place."""
        from app.ui.free_places.panel import FreePlacesPanel

        self._close_quick()
        places = FreePlacesPanel(self.desk, seed, self.panel.make_room())
        places.booking_wanted.connect(self.open_booking if begun is None else partial(self._book_at, begun))
        places.found.connect(self.calendar.mark_places)
        places.looked_until.connect(self.house.lay_out)
        self.panel.open(places, _("Free places"))
        self._sought = places, begun
        places.focus_first()

    def _book_at(self, begun: BookingPanel, seed: BookingSeed) -> None:
        """Go on at a free place with what was begun, unless somebody has given it up meanwhile."""
        if begun in self.unfinished.forms:
            self.unfinished.resume(begun)
            begun.begin_at(seed)
        else:
            self.open_booking(seed)

    def take_place(self, place: object) -> None:
        from app.salon.scheduling.free_places import FreePlace
        from app.ui.free_places.panel import FreePlacesPanel

        panel = self.panel.content
        if isinstance(panel, FreePlacesPanel) and isinstance(place, FreePlace):
            panel.take(place)

    def _seed_of_panel(self) -> BookingSeed:
        from app.ui.booking.panel import BookingPanel
        from app.ui.clients.card_panel import ClientCardPanel

        shown = self.panel.content
        if isinstance(shown, BookingPanel):
            return shown.seed_so_far()
        in_calendar = self.stack.currentWidget() is self.screens.get(CALENDAR)
        day = self.calendar.day if in_calendar else None
        if isinstance(shown, ClientCardPanel):
            return BookingSeed(client_id=shown.client_id, day=day)
        return BookingSeed(day=day)

    def open_client(self, client_id: int, *, is_masters: bool = False) -> None:
        """Open a client's card; ``is_masters``: for a master, who sees what the owner lets masters see."""
        from app.ui.clients.card_panel import ClientCardPanel
        from app.ui.unkept import WAITS

        self._close_quick()
        card = self.card
        if card is None:
            # Its widgets take longer to make than everything that is read for a card: they are made once.
            card = self.card = ClientCardPanel(self.desk, self.panel.make_room())
            card.setProperty(WAITS, "behind")
            card.booking_wanted.connect(self.open_booking)
            card.visit_wanted.connect(self.show_visit)
            card.comparison_wanted.connect(self.compare_cards)
            card.closed.connect(self.panel.close_panel)
        left, begun = card.client_id, [] if card.client_id == client_id else card.begun
        if begun and left is not None:
            said = "; ".join(line for form in begun for line in form.said)
            back = partial(self.open_client, left, is_masters=is_masters)
            self.toast.tell(_("Not saved. {what}").format(what=said), action=_("Go back"), act=back, tone=Tone.WARN)
        card.show_client(client_id, is_masters=is_masters)
        self.panel.open(card, _("Client card"), keep=True)
        card.setFocus()  # its keys work at once; Esc leads back

    def compare_cards(self, one: int, other: int) -> None:
        """Show two cards side by side that may be of one person."""
        from app.ui.clients.screen import ClientsScreen

        screen = self.go(CLIENTS)
        if isinstance(screen, ClientsScreen):
            screen.compare(one, other)

    def ask_whose(self, visit_id: int) -> None:
        """Ask who came, of a completed visit without a card."""
        from app.ui.booking.whose_panel import WhosePanel

        self._close_quick()
        form = WhosePanel(self.desk, visit_id, self.panel.make_room())
        form.closed.connect(self._leave_booking)
        form.card_wanted.connect(self.open_client)
        self.panel.open(form, _("Who was it?"))
        form.focus_first()

    def open_new_client(self, typed: str = "") -> None:
        """Open the form of a new card; what was typed into a search is in it already."""
        from app.ui.clients.new_client import NewClientForm

        self._close_quick()
        form = NewClientForm(self.desk, typed, self.panel.make_room())
        form.added.connect(self.open_client)
        form.client_wanted.connect(self.open_client)
        self.panel.open(form, _("New client"))
        form.focus_first()

    def show_visit(self, visit_id: int, day: date) -> None:
        """Show a visit in the calendar."""
        self.go(CALENDAR)
        self.calendar.show_visit(visit_id, day)

    def plan_hours(self, staff_id: int) -> None:
        """Plan the schedule of somebody."""
        from app.ui.shifts.screen import ShiftsScreen

        screen = self.go(SHIFTS)
        if isinstance(screen, ShiftsScreen):
            screen.plan_hours(staff_id)

    def take_somebody_on(self) -> None:
        from app.ui.catalogue.screen import STAFF

        self._begin_in_salon(STAFF)

    def add_room(self) -> None:
        from app.ui.catalogue.screen import ROOMS

        self._begin_in_salon(ROOMS)

    def _begin_in_salon(self, part: str) -> None:
        from app.ui.catalogue.screen import CatalogueScreen

        screen = self.go(CATALOGUE)
        if isinstance(screen, CatalogueScreen):
            screen.show_part(part)
            screen.begin()

    def fall_ill(self, staff_id: int) -> None:
        """Somebody is ill today: their visits become a list of calls, beside the calendar."""
        from app.salon.catalogue import absences
        from app.salon.scheduling import calls

        done = self.desk.perform(absences.fall_ill, staff_id)
        if done is None:
            return
        left = calls.open_lists(self.desk.salon.database, self.desk.salon.today())
        said = _("Marked as ill, bookings closed. Nobody has to be called.")
        if any(one.absence_id == done.value for one in left):
            said = _("Marked as ill, bookings closed. Here is whom to call.")
        self.desk.perform.tell(said, undoable=done.entry_id is not None)
        self.open_calls(done.value)

    def open_calls(self, absence_id: int) -> None:
        """Open the list of calls of an absence."""
        from app.ui.calls.panel import CallsPanel

        self._close_quick()
        self._calls_left = 0
        listed = CallsPanel(self.desk, absence_id, self.panel.make_room())
        for wanted in (listed.place_wanted, listed.client_wanted):
            wanted.connect(partial(self._leave_calls, absence_id))
        listed.place_wanted.connect(self._find_place_for)
        listed.client_wanted.connect(self.open_client)
        self.panel.open(listed, _("List of calls"))
        listed.focus_first()

    def _leave_calls(self, absence_id: int, _wanted: object = None) -> None:
        """Whoever goes from a call to a card or another place comes back to the list."""
        self._calls_left = absence_id

    def _on_panel_closed(self, content: QWidget | None) -> None:
        """Whoever works by keyboard goes on in the screen, not in the rail.

        Whoever looked for a free place in vain goes on with the booking that it was for.
        """
        focused = QApplication.focusWidget()
        if self._quick is None and (focused is None or not self._shown.isAncestorOf(focused)):
            self._shown.take_focus()
        (places, begun), self._sought = self._sought, (None, None)
        if begun is not None and content is places and begun in self.unfinished.forms:
            self.unfinished.resume(begun)
        elif self._calls_left:
            self.open_calls(self._calls_left)

    def find_client(self, text: str = "") -> None:
        """Open the search over everything; what was typed so far is in it already."""
        from app.ui.quick_search import QuickSearch

        self._close_quick()
        self._before_quick = QApplication.focusWidget()
        quick = QuickSearch(self.desk, self)
        quick.chosen.connect(self._book_for)
        quick.new_wanted.connect(self._book_for_new)
        quick.walk_in_wanted.connect(self._book_walk_in)
        quick.dismissed.connect(self._leave_quick)
        self._quick = quick
        quick.open_with(text if isinstance(text, str) else "")

    def show_keys(self) -> None:
        """Show the sheet of keys, or take it away again."""
        from app.ui.key_sheet import KeySheet

        if isinstance(self._sheet, KeySheet):
            if self._sheet.isVisible():
                self._sheet.leave()
                return
            self._sheet.deleteLater()
        self._sheet = KeySheet(self)
        self._sheet.open_over()

    def _book_for(self, client_id: int) -> None:
        """Whoever calls again goes on where they were."""
        begun = None if self._unfinished is None else self._unfinished.of_client(client_id)
        if begun is None or self._unfinished is None:
            self.open_booking(BookingSeed(client_id=client_id))
        else:
            self._close_quick()
            self._unfinished.resume(begun)

    def _book_walk_in(self) -> None:
        """Whoever stands at the desk is taken today, unless a place was chosen."""
        here = self._seed_here()
        self.open_booking(replace(here if here.starts_at else BookingSeed(), is_walk_in=True))

    def _book_for_new(self, typed: str) -> None:
        from app.ui.booking.panel import BookingPanel

        self.open_booking(BookingSeed())
        form = self.panel.content
        if isinstance(form, BookingPanel):
            form.start_new_client(typed)

    def _close_quick(self) -> None:
        if self._quick is not None:
            self._quick.hide()
            self._quick.deleteLater()
            self._quick = None

    def _leave_quick(self) -> None:
        """Nobody was chosen: whoever works by keyboard goes on where they were, not in the rail."""
        before, self._before_quick = self._before_quick, None
        self._close_quick()
        if before is not None and is_alive(before):
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._shown.take_focus()

    def begin_work(self) -> None:
        self.go(CALENDAR)
        welcome = self.screens.pop(WELCOME)
        self.stack.removeWidget(welcome)
        welcome.deleteLater()  # what was typed there is kept
        self.toast.tell(_("The salon is open. The first client can call: just type the digits of the phone."))

    def show_booked(self, visit_id: int, day: date) -> None:
        if self.stack.currentWidget() is self.screens.get(CALENDAR):
            self.calendar.show_booked(visit_id, day)

    # ---- paper and files -------------------------------------------------------------------------------------

    @property
    def tray(self) -> PaperTray:
        """Where what leaves the program is put."""
        from app.ui.paper.tray import PaperTray

        if self._tray is None:
            self._tray = PaperTray(self.desk, self)
            self._tray.begun.connect(self.telling.follow_long)
        return self._tray

    def print_shown(self, day: date, week_of: int) -> None:
        self.tray.save_shown(day, week_of)

    def open_paper(self, day: date, place: QPoint, week_of: int) -> None:
        self.tray.open_menu(day, place, week_of)

    def save_visit_file(self, visit_id: int) -> None:
        self.tray.save_visit_file(visit_id)

    # ---- series ----------------------------------------------------------------------------------------------

    @property
    def series(self) -> SeriesBook:
        """Where series of visits are opened and followed."""
        from app.ui.series.book import SeriesBook

        if self._series is None:
            self._series = SeriesBook(self.desk, self.panel, self)
            self._series.visit_wanted.connect(self.show_visit)
            self._series.closed.connect(self.panel.close_panel)
            self._series.looked_until.connect(self.house.lay_out)
        return self._series

    def open_series(self, visit_id: int) -> None:
        """Open the series of a visit, or the way to repeat it."""
        self._close_quick()
        self.series.open_for(visit_id)

    # ---- following what happens ------------------------------------------------------------------------------

    def undo(self) -> None:
        """Take back the last act."""
        self.telling.undo()

    def redo(self) -> None:
        """Do again what was taken back."""
        self.telling.redo()

    def _on_changed(self, changes: Changes) -> None:
        if changes.concerns(Topic.REMINDERS, Topic.VISITS, Topic.TASKS, Topic.CLIENTS):
            self._update_badge()
        if changes.concerns(Topic.VISITS, Topic.STAFF):
            self._update_calls()
        if changes.concerns(Topic.SALON):
            self._follow_sight()
            self.setWindowTitle(self._title())
            self.telling.say_sample()

    def _follow_sight(self) -> None:
        """Where masters sit, phones are shown as the owner lets masters see them."""
        if self.desk.preferences.settings.used_by_master:
            from app.ui import sight

            sight.follow(self.desk)

    def _update_badge(self) -> None:
        database, now = self.desk.salon.database, self.desk.salon.wall_now()
        count = queue.count_due(database, now)
        said = [wording.reminders(count)] if count else []
        if self._digits is not None:  # the first painted day waits for no promise
            from app.salon.followup import owed

            promised = owed.count_due(database, now)
            count += promised
            said += [wording.promises(promised)] if promised else []
        self.rail.set_badge(REMINDERS, count, ", ".join(said))

    # ---- looking after the salon -----------------------------------------------------------------------------

    @property
    def house(self) -> Housekeeping:
        """What looks after the salon; the first painted calendar does without."""
        from app.ui.housekeeping import Housekeeping

        if self._house is None:
            self._house = Housekeeping(self.desk, self)
            self._house.not_backed_up.connect(self._tell_no_backup)
        return self._house

    def keep_house(self) -> None:
        """What has to be done once in a while, and not before the first painted day."""
        self.house.keep()
        self._update_calls()
        self._update_badge()

    def _tell_no_backup(self, problem: str) -> None:
        said = _("No copy of the salon could be made. {problem}").format(problem=problem)
        self.telling.tell_notice(said, Tone.WARN, action=_("To the copies"), act=self.open_backups)

    def open_backups(self) -> None:
        """Show the copies of the salon."""
        from app.ui.catalogue.screen import BACKUPS, CatalogueScreen

        screen = self.go(CATALOGUE)
        if isinstance(screen, CatalogueScreen):
            screen.show_part(BACKUPS)

    def lay_out_beyond(self, day: date) -> None:
        """A day beyond what is laid out is looked at."""
        if self._digits is not None:
            self.house.lay_out(day)

    def _update_calls(self) -> None:
        if self._digits is None:
            return  # nothing was painted yet: the first day waits for nothing
        from app.salon.scheduling import calls

        count = sum(one.to_call for one in calls.open_lists(self.desk.salon.database, self.desk.salon.today()))
        spoken = ngettext("{n} client to call", "{n} clients to call", count).format(n=wording.number(count))
        self.rail.set_badge(SHIFTS, count, spoken if count else "")

    # ---- preferences -----------------------------------------------------------------------------------------

    def _change_theme(self) -> None:
        choice = self.desk.appearance.toggle()
        self.desk.preferences.change(replace(self.desk.preferences.settings, theme=choice))

    def _change_language(self) -> None:
        settings = self.desk.preferences.settings
        other = Language.ENGLISH if settings.language is Language.RUSSIAN else Language.RUSSIAN
        self.desk.preferences.change(replace(settings, language=other))
        # Said in the language that was chosen: whoever chose it can read it.
        self.toast.tell(wording.language_from_next_start(other))

    def show_restored(self) -> None:
        """Show the window where it was; on the first start large, but not beyond the edge of a small screen."""
        kept = self.desk.preferences.settings.window
        if not kept or not self.restoreGeometry(QByteArray.fromHex(kept.encode("ascii", "ignore"))):
            room = self.screen().availableSize()
            if room.width() < _FIRST_SIZE.width() or room.height() < _FIRST_SIZE.height() + _TITLE_BAR:
                self.showMaximized()
                return
            self.resize(_FIRST_SIZE)
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Once people see something, they may begin to type."""
        super().paintEvent(event)
        if self._digits is None:
            QTimer.singleShot(0, self, self._listen)

    def _listen(self) -> None:
        from app.ui.stray_digits import StrayDigits

        # A window may be closed again before its first picture has been shown to anybody.
        if self._digits is None and self.isVisible():
            self._digits = StrayDigits(self)
            self._digits.typed.connect(self.find_client)
            QTimer.singleShot(0, self, self._look_after_salon)

    def _look_after_salon(self) -> None:
        self.seen.emit()
        # It loads the tables, so whoever types already comes first.
        if self.isVisible():
            self._watch_waiting()
            self.house.begin()
            self.keep_house()
            self._house_timer = self._every(_HOUSE_EVERY_MS, self.keep_house)

    def closeEvent(self, event: Any) -> None:
        """Keep what was typed into a field that keeps it when it is left, and remember where the window was."""
        if not self.may_be_left():
            event.ignore()
            return
        self._leave_field()
        if self._digits is not None:
            self._digits.stop()
        if self._watch is not None:
            self._watch.stop()
        self._badge_timer.stop()
        if self._house_timer is not None:
            self._house_timer.stop()
        self.elsewhere.stop()
        kept = bytes(self.saveGeometry().toHex().data()).decode("ascii")
        self.desk.preferences.change(replace(self.desk.preferences.settings, window=kept))
        super().closeEvent(event)

    def _leave_field(self) -> None:
        """Closing is leaving the field; Qt tells it only that another window is used now."""
        field = self.focusWidget()
        if field is not None:
            QApplication.sendEvent(field, QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.OtherFocusReason))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the panel also from beside it, where nothing nearer has something to give up; F8: a walk-in.

        What was refused because somebody stands there is done on purpose by the key that books anyway.
        """
        seen = self.panel.seen
        if seen is not None and shortcuts.is_pressed(Key.BACK, event):
            seen.close_panel()
        elif shortcuts.is_pressed(Key.WALK_IN, event) and not self.panel.is_open:
            self._book_walk_in()
        elif shortcuts.is_pressed(Key.BOOK_ANYWAY, event) and self.telling.offers_anyway:
            self.telling.do_anyway()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, ahead: bool) -> bool:
        """Tab goes as the parts lie."""
        return tab_order.go(self, ahead=ahead)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep what floats in its place."""
        super().resizeEvent(event)
        if self._quick is not None:
            self._quick.place_over()  # type: ignore[attr-defined]
