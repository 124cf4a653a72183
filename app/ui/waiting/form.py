"""Putting somebody on the waiting list, or changing what they wait for: client, services, masters, days and hours."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app import wording
from app.errors import AlreadyWaits, BadPhone, BadWindow, DoNotBook, NameMissing, NothingToBook, SalonError
from app.explain import sentence
from app.language import _
from app.salon.catalogue import services as catalogue, staff
from app.salon.catalogue.services import OfferedService
from app.salon.changes import Changes
from app.salon.clients import card as cards, finder, register
from app.salon.clients.finder import Answer
from app.salon.scheduling import waiting_words, waitlist
from app.salon.scheduling.wait_matches import Match, Matching
from app.salon.scheduling.waitlist import NewWait, Waiting
from app.salon.transaction import Work
from app.ui import sight
from app.ui.desk import Desk
from app.ui.theme import FontRole
from app.ui.unkept import settle
from app.ui.waiting.window_rows import WindowRows, on_day
from app.ui.widgets.buttons import ChoiceButton, IconButton, PrimaryButton
from app.ui.widgets.client_search import ClientSearch
from app.ui.widgets.field_line import FieldLine
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.label import ElidedLabel, Label
from app.ui.widgets.scroll_page import ScrollPage
from app.ui.widgets.service_picker import ServicePicker
from app.ui.wishes import WaitingSeed
from app.vocabulary import Action, Topic, WaitlistStatus

_SOON_DAYS = 14
"""So far ahead the form looks whether a place is free already."""


class WaitForm(QWidget):
    """Everything by keyboard: digits, Enter, service, Enter, Ctrl+Enter. Any day suits unless said otherwise."""

    kept = Signal(int)
    """The id of the entry that was added or changed."""
    book_wanted = Signal(object)
    """A place is free already: the ``Match`` that somebody takes at once."""
    closed = Signal()
    """Nothing more to do here."""

    def __init__(self, desk: Desk, seed: WaitingSeed, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._entry_id = seed.entry_id
        self._offered = {one.service_id: one for one in catalogue.offered(desk.salon.database)}
        self._client_id: int | None = None
        self._is_new = False
        self._service_ids: list[int] = []
        self.masters: dict[int, QCheckBox] = {}
        self._build()
        self._begin(seed)
        desk.feed.changed.connect(self._on_changed)
        self._look = QTimer(self)
        self._look.setSingleShot(True)
        self._look.setInterval(0)
        self._look.timeout.connect(self._show_soon)
        self._look.start()

    # ---- building --------------------------------------------------------------------------------------------

    def _build(self) -> None:
        page = ScrollPage(self)
        self._content = page.content
        self._fields = QVBoxLayout(self._content)
        self._fields.setContentsMargins(24, 8, 24, 16)
        self._fields.setSpacing(16)
        self._build_client()
        self._build_services()
        self._build_masters()
        self.windows = WindowRows(self.desk.salon.today(), self._content)
        self.windows.changed.connect(self._changed)
        self._fields.addWidget(self.windows)
        self.note = QLineEdit()
        self.note.setPlaceholderText(_("For example: can come within half an hour"))
        self._note_line = FieldLine(_("Note"), self.note, parent=self._content)
        self._fields.addWidget(self._note_line)
        self._soon = Label("", FontRole.BODY, "accent", wrap=True)
        soon_box = QWidget(self._content)
        self._soon_places = FlowLayout(soon_box)
        self._fields.addWidget(self._soon)
        self._fields.addWidget(soon_box)
        self._fields.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(page, 1)
        column.addWidget(self._build_foot())

    def _build_client(self) -> None:
        self.search = ClientSearch(self._find, self.desk.salon.today(), self._content)
        self.search.chosen.connect(self.choose_client)
        self.search.new_wanted.connect(self.start_new_client)
        self._chosen = QFrame(self._content)
        self._chosen.setProperty("kind", "card")
        self._name = ElidedLabel("", FontRole.HEADING)
        self._phone = Label("", FontRole.SECONDARY, "muted")
        other = IconButton("x", _("Another client"), parent=self._chosen)
        other.clicked.connect(self._other_client)
        row = QHBoxLayout(self._chosen)
        row.setContentsMargins(14, 8, 8, 8)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._name)
        words.addWidget(self._phone)
        row.addLayout(words, 1)
        row.addWidget(other)
        self.new_name, self.new_phone = QLineEdit(), QLineEdit()
        self._name_line = FieldLine(_("Name of the new client"), self.new_name, parent=self._content)
        self._phone_line = FieldLine(_("Phone"), self.new_phone, parent=self._content)
        self.new_name.returnPressed.connect(self.new_phone.setFocus)
        self.new_phone.returnPressed.connect(self._go_on)
        self._client_problem = Label("", FontRole.SECONDARY, "danger", wrap=True)
        self._client_problem.hide()
        for widget in (self.search, self._chosen, self._name_line, self._phone_line, self._client_problem):
            self._fields.addWidget(widget)

    def _build_services(self) -> None:
        self.picker = ServicePicker(list(self._offered.values()), self.desk.salon.profile.currency, self._content)
        self.picker.chosen.connect(self._add_service)
        self.picker.finished.connect(self._services_done)
        box = QWidget(self._content)
        self._services = FlowLayout(box)
        self._services_problem = Label("", FontRole.SECONDARY, "danger", wrap=True)
        self._services_problem.hide()
        part = QVBoxLayout()
        part.setSpacing(8)
        part.addWidget(self.picker)
        part.addWidget(self.picker.notice)
        part.addWidget(box)
        part.addWidget(self._services_problem)
        self._fields.addLayout(part)

    def _build_masters(self) -> None:
        part = QVBoxLayout()
        part.setSpacing(6)
        self._masters_name = Label("", FontRole.SECONDARY, "muted")
        box = QWidget(self._content)
        boxes = FlowLayout(box, spacing=12)
        for colleague in staff.masters(self.desk.salon.database):
            tick = QCheckBox(wording.short_name(colleague.name), box)
            tick.setAccessibleName(colleague.name)
            tick.toggled.connect(self._changed)
            self.masters[colleague.staff_id] = tick
            boxes.addWidget(tick)
        part.addWidget(self._masters_name)
        part.addWidget(box)
        self._fields.addLayout(part)

    def _build_foot(self) -> QWidget:
        foot = QFrame(self)
        foot.setProperty("kind", "foot")
        row = QVBoxLayout(foot)
        row.setContentsMargins(24, 12, 24, 20)
        row.setSpacing(8)
        self._problem = Label("", FontRole.BODY, "danger", wrap=True)
        self._problem.hide()
        text = _("Save changes") if self._entry_id is not None else _("Put on the list")
        self.keep_button = PrimaryButton(text, key=_("Ctrl+Enter"), parent=foot)
        self.keep_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.keep_button.clicked.connect(self.keep)
        row.addWidget(self._problem)
        row.addWidget(self.keep_button)
        return foot

    # ---- beginning -------------------------------------------------------------------------------------------

    def _begin(self, seed: WaitingSeed) -> None:
        salon = self.desk.salon
        today = salon.today()
        if seed.entry_id is not None:
            waiting = waitlist.one(salon.database, salon.profile.zone, seed.entry_id)
            self._service_ids = [one for one in waiting.service_ids if one in self._offered]
            self.windows.begin(tuple(one for one in waiting.windows if one.last_day >= today), is_proposal=False)
            self._note_line.begin_with(waiting.note)
            self._tick(waiting.staff_ids)
            self.choose_client(waiting.client_id)
        else:
            self._service_ids = [one for one in seed.service_ids if one in self._offered]
            window = waitlist.usual_windows(today)["any"] if seed.day is None else on_day(seed.day, today)
            self.windows.begin((window,), is_proposal=True)
            self._tick(seed.staff_ids)
            if seed.client_id is not None:
                self.choose_client(seed.client_id)
            elif seed.new_client:
                self.start_new_client(seed.new_client)
        self._show_client()
        self._show_services()

    def focus_first(self) -> None:
        """Put the cursor where the next thing is typed; of a wish that is changed, into the first field."""
        if self._entry_id is not None and self._client_id is not None:
            self.picker.setFocus()
        else:
            self._go_on()

    def _go_on(self) -> None:
        if self._client_id is None and not self._is_new:
            self.search.setFocus()
        elif not self._service_ids:
            self.picker.setFocus()
        else:
            self.keep_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tick(self, staff_ids: tuple[int, ...]) -> None:
        for staff_id in staff_ids:
            if staff_id in self.masters:
                self.masters[staff_id].setChecked(True)

    # ---- client ----------------------------------------------------------------------------------------------

    def _find(self, typed: str) -> Answer:
        return finder.answer(
            self.desk.salon.database, typed, self.desk.salon.today(), hides_contacts=sight.hides_phones(self.desk)
        )

    def choose_client(self, client_id: int) -> None:
        """This client waits; the services of the last visit are proposed, but not for a wish that is there already."""
        card = cards.read(self.desk.salon.database, client_id, self.desk.salon.today())
        self._client_id, self._is_new = client_id, False
        self._name.setText(card.name)
        self._phone.setText(wording.phone(card.phone) if card.phone else _("no phone on the card"))
        self._say_client_problem("")
        if not self._service_ids and self._entry_id is None and card.last_visit is not None:
            last = [line.service_id for line in card.last_visit.services]
            self._service_ids = [one for one in last if one in self._offered]
            self._show_services()
        self._show_client()
        self._changed()
        self._go_on()

    def start_new_client(self, typed: str) -> None:
        """Ask for name and phone of somebody without a card; ``typed`` may hold either or both."""
        begun = register.begun(typed)
        self._client_id, self._is_new = None, True
        self._name_line.begin_with(begun.name)
        self._phone_line.begin_with(begun.phone)
        self._show_client()
        (self.new_phone if begun.name else self.new_name).setFocus()

    def _other_client(self) -> None:
        self._client_id, self._is_new = None, False
        self._show_client()
        self.search.setFocus()

    def _on_changed(self, changes: Changes) -> None:
        """Whoever is forgotten waits no longer and is named no longer."""
        if self._client_id is None or not changes.concerns(Topic.CLIENTS):
            return
        if cards.where_it_belongs(self.desk.salon.database, self._client_id) is None:
            self._name.clear()
            self._phone.clear()
            self._other_client()

    def _show_client(self) -> None:
        known = self._client_id is not None
        self.search.setVisible(not known and not self._is_new)
        self._chosen.setVisible(known)
        self._name_line.setVisible(self._is_new)
        self._phone_line.setVisible(self._is_new)

    def _say_client_problem(self, said: str) -> None:
        self._client_problem.setText(said)
        self._client_problem.setVisible(bool(said))

    # ---- services --------------------------------------------------------------------------------------------

    def _add_service(self, service: OfferedService) -> None:
        self._service_ids.append(service.service_id)
        self._show_services()
        self._changed()
        self.picker.setFocus()

    def _remove_service(self, position: int, _checked: bool = False) -> None:
        del self._service_ids[position]
        self._show_services()
        self._changed()
        self.picker.setFocus()

    def _services_done(self) -> None:
        if self._service_ids:
            self._go_on()

    def _show_services(self) -> None:
        self._services.clear()
        for position, service_id in enumerate(self._service_ids):
            one = self._offered[service_id]
            tip = _("Remove “{service}”").format(service=one.name)
            button = ChoiceButton(f"{one.name} · {wording.duration(one.lengths.total)}", icon="x", tip=tip)
            button.clicked.connect(partial(self._remove_service, position))
            self._services.addWidget(button)
        self._services_problem.hide()
        able = {staff_id for service_id in self._service_ids for staff_id in self._offered[service_id].masters}
        for staff_id, tick in self.masters.items():
            tick.setVisible(not able or staff_id in able or tick.isChecked())

    def _changed(self, _any: object = None) -> None:
        ticked = [tick for tick in self.masters.values() if tick.isChecked()]
        self._masters_name.setText(_("Master") if ticked else _("Master: any, unless ticked"))
        self._problem.hide()
        if hasattr(self, "_look"):
            self._look.start()

    # ---- what is free already --------------------------------------------------------------------------------

    def _show_soon(self) -> None:
        """A place that is free already saves the wait: it is proposed before anybody is put on the list."""
        self._soon_places.clear()
        match = self._match_now()
        self._soon.setVisible(match is not None)
        if match is None:
            return
        salon = self.desk.salon
        names = {one.staff_id: one.name for one in staff.here(salon.database)}
        self._soon.setText(_("This is free already:"))
        for number in _spread(match):
            place = match.places[number]
            button = ChoiceButton(waiting_words.proposal(place, names, salon.today()))
            button.clicked.connect(partial(self._want_place, Match(match.waiting, (place,))))
            self._soon_places.addWidget(button)

    def _match_now(self) -> Match | None:
        salon = self.desk.salon
        if not self._service_ids or not self.windows.windows:
            return None
        wish = self._wish(self._client_id or 0)
        waiting = Waiting(
            entry_id=self._entry_id or 0,
            client_id=wish.client_id,
            client_name=self._name.text(),
            phone="",
            since=salon.wall_now(),
            services=tuple((one, self._offered[one].name) for one in wish.service_ids),
            minutes=sum(self._offered[one].lengths.total for one in wish.service_ids),
            masters=tuple((one, "") for one in wish.staff_ids),
            windows=wish.windows,
            note=wish.note,
            status=WaitlistStatus.WAITING,
        )
        profile = salon.profile
        matching = Matching(
            salon.database, now=salon.wall_now(), step_minutes=profile.step_minutes, zone=profile.zone, everything=True
        )
        return matching.of(waiting, _SOON_DAYS)

    def _want_place(self, match: Match, _checked: bool = False) -> None:
        settle(self)
        self.book_wanted.emit(match)

    # ---- keeping ---------------------------------------------------------------------------------------------

    def _wish(self, client_id: int, unwanted: str = "") -> NewWait:
        ticked = tuple(staff_id for staff_id, tick in self.masters.items() if tick.isChecked())
        return NewWait(client_id, tuple(self._service_ids), self.windows.windows, ticked, self.note.text(), unwanted)

    def keep(self) -> None:
        """Put the client on the list, or keep the changes; what is wrong is said beside its field."""
        self._write("")

    def _write(self, unwanted: str) -> None:
        """``unwanted``: why somebody waits whom the salon does not want to book."""
        if self._client_id is None and not self._is_new:
            self._say_client_problem(_("Who waits? Type a phone or a name."))
            self.search.setFocus()
            return
        if self.picker.is_pending:
            self.picker.ask()
            return
        if not self.windows.take_own():
            return
        new = register.NewClient(self.new_name.text(), self.new_phone.text()) if self._is_new else None
        try:
            wish = self._wish(self._client_id or 0, unwanted)
            done = self.desk.perform.attempt(_keep, self._entry_id, new, wish)
        except DoNotBook as error:
            self._keep_unwanted(error)
            return
        except SalonError as error:
            self._say_problem(error)
            return
        if done.entry_id is not None:
            name = self.new_name.text().strip() if self._is_new else self._name.text()
            said = _("{client} is on the waiting list") if self._entry_id is None else _("{client}: kept")
            self.desk.perform.tell(said.format(client=name))
        settle(self)
        self.kept.emit(done.value)
        self.closed.emit()

    def _keep_unwanted(self, error: DoNotBook) -> None:
        """Ask why somebody waits whom the salon does not want to book; without a reason nobody does."""
        from app.ui.asking import reason_to_book

        why = reason_to_book(self.desk.asker, error, is_waiting=True)
        if why:
            self._write(why)
        else:
            self._say_client_problem(sentence(error))

    def _say_problem(self, error: SalonError) -> None:
        said = sentence(error)
        self._name_line.set_error(said if isinstance(error, NameMissing) else "")
        self._phone_line.set_error(said if isinstance(error, BadPhone) else "")
        if isinstance(error, NothingToBook):
            self._services_problem.setText(said)
            self._services_problem.show()
            self.picker.setFocus()
        elif isinstance(error, BadWindow):
            self.windows.say_problem(said)
        elif isinstance(error, AlreadyWaits):
            self._say_client_problem(said)
        elif not isinstance(error, NameMissing | BadPhone):
            self._problem.setText(said)
            self._problem.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter keeps from any field; Enter on the button keeps too."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        with_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if is_enter and (with_control or self.keep_button.hasFocus()):
            self.keep()
        else:
            super().keyPressEvent(event)


def _spread(match: Match) -> list[int]:
    """At most four places, of different days first: nobody is helped by four quarters of one hour."""
    seen: dict[object, int] = {}
    for number, place in enumerate(match.places):
        seen.setdefault(place.starts_at.date(), number)
    return sorted(seen.values())[:4]


def _keep(work: Work, entry_id: int | None, new: register.NewClient | None, wish: NewWait) -> int:
    """Open the card of a new client and put them on the list, or change a line: one act, one undo."""
    if entry_id is not None:
        waitlist.change(work, entry_id, wish)
        return entry_id
    work.tell(Action.WAITING_BEGUN)
    client_id = wish.client_id if new is None else register.add(work, new)
    return waitlist.add(work, replace(wish, client_id=client_id))
