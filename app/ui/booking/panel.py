"""The booking form: client, services, time, and Enter. It reads; only its "Book" wishes something done."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from app import wording
from app.errors import BadPhone, Gone, SalonError
from app.explain import sentence
from app.language import _
from app.salon.catalogue import services as catalogue
from app.salon.catalogue import staff
from app.salon.catalogue.services import OfferedService
from app.salon.clients import card as cards
from app.salon.clients import finder, register
from app.salon.clients.card import CardVisit, ClientCard
from app.salon.scheduling import booking, places
from app.salon.scheduling.availability import may_be_shared
from app.salon.scheduling.places import DayBooks, PlannedService, next_places, why_not
from app.salon.scheduling.said_back import said_back
from app.salon.transaction import Work
from app.ui.booking.draft import Draft, as_last_time
from app.ui.booking.service_row import ServiceRow
from app.ui.desk import Desk
from app.ui.theme import FontRole, Tone
from app.ui.widgets.buttons import ChoiceButton, IconButton, PrimaryButton, QuietButton
from app.ui.widgets.client_search import ClientSearch
from app.ui.widgets.day_field import DayField
from app.ui.widgets.field_line import FieldLine
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.label import ElidedLabel, Label
from app.ui.widgets.pill import Pill
from app.ui.widgets.service_picker import ServicePicker
from app.ui.widgets.time_field import TimeField
from app.ui.wishes import BookingSeed
from app.vocabulary import Action


class BookingPanel(QWidget):
    """Puts a visit together from the keyboard: digits, Enter, service, Enter, Enter."""

    booked = Signal(int, object)
    """A visit was booked or changed: its id and its day."""
    closed = Signal()
    """Nothing more to do here."""
    card_wanted = Signal(int)
    """Somebody wants to see the client's card."""

    def __init__(self, desk: Desk, seed: BookingSeed, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._seed = seed
        self._visit_id = seed.visit_id
        database = desk.salon.database
        self._profile = desk.salon.profile
        self._offered = {one.service_id: one for one in catalogue.offered(database)}
        self._masters = {one.staff_id: one for one in staff.masters(database)}
        self._card: ClientCard | None = None
        self._time_was_chosen = seed.starts_at is not None
        self._overbook_reason = ""
        start = seed.starts_at or self._first_start(seed.day)
        self._draft = Draft(start.date(), start.time(), seed.planned)
        self._build()
        self._begin()

    def _first_start(self, day: date | None) -> datetime:
        """The next step of the clock, or the opening of a later day that is looked at."""
        soon = _next_step(self.desk.salon.wall_now(), self._profile.step_minutes)
        if day is None or day <= soon.date():
            return soon
        return datetime.combine(day, time.min) + timedelta(minutes=self._profile.opens_minute)

    # ---- building --------------------------------------------------------------------------------------------

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setProperty("kind", "bare")
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        content = QWidget()
        scroll.setWidget(content)
        content.setAutoFillBackground(False)
        self._form = QVBoxLayout(content)
        self._form.setContentsMargins(24, 8, 24, 16)
        self._form.setSpacing(14)
        self._build_client()
        self._build_services()
        self._build_time()
        self._comment = QLineEdit()
        self._comment.setPlaceholderText(_("For example: comes with a child"))
        self._form.addWidget(FieldLine(_("Comment"), self._comment))
        self._comment.textChanged.connect(self._comment_typed)
        self._form.addStretch(1)
        column.addWidget(scroll, 1)
        column.addWidget(self._build_foot())

    def _build_client(self) -> None:
        self._search = ClientSearch(self._find, self.desk.salon.today(), self)
        self._search.chosen.connect(self.choose_client)
        self._search.new_wanted.connect(self.start_new_client)
        self._search.dismissed.connect(self.closed)
        self._walk_in = QuietButton(_("Without a card"), key="F8")
        self._walk_in.clicked.connect(self._choose_walk_in)
        self._chosen = _ChosenClient()
        self._chosen.other_wanted.connect(self._other_client)
        self._chosen.card_wanted.connect(self._tell_card_wanted)
        self._new_name, self._new_phone = QLineEdit(), QLineEdit()
        self._name_line = FieldLine(_("Name of the new client"), self._new_name)
        self._phone_line = FieldLine(_("Phone"), self._new_phone)
        self._new_name.returnPressed.connect(self._new_phone.setFocus)
        self._new_phone.returnPressed.connect(self._new_client_ready)
        self._new_phone.textChanged.connect(self._phone_typed)
        for widget in (self._search, self._walk_in, self._chosen, self._name_line, self._phone_line):
            self._form.addWidget(widget)
        self._is_new = False
        self._show_client_part()

    def _build_services(self) -> None:
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        self._form.addLayout(self._rows)
        self._picker = ServicePicker(list(self._offered.values()), self._profile.currency, self)
        self._picker.prefer(self._seed.staff_id)
        self._picker.chosen.connect(self._add_service)
        self._picker.finished.connect(self._services_done)
        self._form.addWidget(self._picker)

    def _build_time(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(12)
        self._day = DayField(self._draft.day, self.desk.salon.today())
        self._time = TimeField(self._draft.moment, step=self._profile.step_minutes)
        self._day_line, self._time_line = FieldLine(_("Day"), self._day), FieldLine(_("Start"), self._time)
        row.addWidget(self._day_line, 3)
        row.addWidget(self._time_line, 2)
        self._form.addLayout(row)
        self._day.day_changed.connect(self._day_chosen)
        self._time.time_changed.connect(self._time_typed)
        self._time.returnPressed.connect(self._book_or_wait)
        places_box = QWidget()
        self._places = FlowLayout(places_box)
        self._places_name = Label(_("Nearest free"), FontRole.SECONDARY, "muted")
        self._form.addWidget(self._places_name)
        self._form.addWidget(places_box)
        self._problem = Label("", FontRole.BODY, "danger", wrap=True)
        self._form.addWidget(self._problem)
        self._anyway = QuietButton(_("Book anyway…"))
        self._anyway.clicked.connect(self._book_anyway)
        self._form.addWidget(self._anyway)

    def _build_foot(self) -> QWidget:
        foot = QFrame()
        foot.setProperty("kind", "foot")
        row = QVBoxLayout(foot)
        row.setContentsMargins(24, 12, 24, 20)
        row.setSpacing(8)
        self._total = ElidedLabel("", FontRole.STRONG)
        self._book = PrimaryButton(_("Save changes") if self._visit_id else _("Book"), key="Ctrl+Enter")
        self._book.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._book.clicked.connect(self.book)
        row.addWidget(self._total)
        row.addWidget(self._book)
        return foot

    # ---- beginning -------------------------------------------------------------------------------------------

    def _begin(self) -> None:
        if self._visit_id is not None:
            self._open_visit(self._visit_id)
        elif self._seed.is_walk_in:
            self._choose_walk_in()
        elif self._seed.client_id is not None:
            self.choose_client(self._seed.client_id)
        elif self._seed.new_client:
            self.start_new_client(self._seed.new_client)
        if self._seed.comment:
            self._comment.setText(self._seed.comment)
        self._refresh()

    def focus_first(self) -> None:
        """Put the cursor where the next thing is typed."""
        if self._card is None and not self._is_new and not self._draft_is_walk_in:
            self._search.setFocus()
        elif not self._draft.planned:
            self._picker.setFocus()
        elif not self._time_was_chosen:
            self._time.setFocus()
            self._time.selectAll()
        else:
            self._book.setFocus()

    def seed_so_far(self) -> BookingSeed:
        """What is known so far, for whoever goes to look for a free place and comes back with one."""
        typed = f"{self._new_name.text()} {self._new_phone.text()}".strip() if self._is_new else ""
        return BookingSeed(
            client_id=self._draft.client_id,
            day=self._draft.day,
            visit_id=self._visit_id,
            is_walk_in=self._draft_is_walk_in,
            planned=self._draft.planned,
            new_client=typed,
            comment=self._draft.comment,
        )

    def type_ahead(self, text: str) -> None:
        """Begin the search with what was typed elsewhere."""
        self._search.open_with(text)

    def _open_visit(self, visit_id: int) -> None:
        standing = places.standing(self.desk.salon.database, visit_id)
        self._draft = Draft(
            standing.starts_at.date(), standing.starts_at.time(), standing.planned, comment=standing.comment
        )
        if self._seed.starts_at is not None:
            start, planned = self._seed.starts_at, self._seed.planned or standing.planned
            self._draft = replace(self._draft, day=start.date(), moment=start.time(), planned=planned)
        self._time_was_chosen = True
        self._day.set_day(self._draft.day)
        self._time.set_time(self._draft.moment)
        self._comment.setText(standing.comment)
        if standing.client_id is None:
            self._choose_walk_in()
        else:
            self.choose_client(standing.client_id)

    # ---- client ----------------------------------------------------------------------------------------------

    @property
    def _draft_is_walk_in(self) -> bool:
        return self._chosen.is_walk_in

    def _find(self, typed: str) -> list[finder.FoundClient]:
        return finder.find(self.desk.salon.database, typed, self.desk.salon.today())

    def choose_client(self, client_id: int) -> None:
        """Take this client, and propose the services of last time."""
        self._card = cards.read(self.desk.salon.database, client_id, self.desk.salon.today())
        self._draft = replace(self._draft, client_id=client_id)
        self._chosen.show_card(self._card, self.desk.salon.today())
        self._is_new = False
        if not self._draft.planned and self._seed.visit_id is None:
            self._propose_last_time(self._card)
        self._show_client_part()
        self._refresh()
        self.focus_first()

    def _propose_last_time(self, card: ClientCard) -> None:
        visit = self._visit_to_repeat(card)
        if visit is None:
            return
        planned = as_last_time(visit, self._offered)
        if self._seed.staff_id is not None:
            planned = tuple(self._with_master(one, self._seed.staff_id) for one in planned)
        self._draft = replace(self._draft, planned=planned)
        if not self._time_was_chosen:
            self._propose_time()

    def _visit_to_repeat(self, card: ClientCard) -> CardVisit | None:
        wanted = self._seed.repeat_visit_id
        if wanted is not None:
            return next((visit for visit in card.visits if visit.visit_id == wanted), None)
        return card.last_visit

    def _with_master(self, one: PlannedService, staff_id: int) -> PlannedService:
        return replace(one, staff_id=staff_id) if staff_id in self._offered[one.service_id].masters else one

    def _choose_walk_in(self) -> None:
        self._card = None
        self._is_new = False
        self._draft = replace(self._draft, client_id=None)
        self._chosen.show_walk_in()
        self._show_client_part()
        self._refresh()
        self.focus_first()

    def _tell_card_wanted(self) -> None:
        if self._card is not None:
            self.card_wanted.emit(self._card.client_id)

    def _other_client(self) -> None:
        self._card = None
        self._is_new = False
        self._draft = replace(self._draft, client_id=None)
        self._chosen.clear()
        self._show_client_part()
        self._search.setFocus()

    def start_new_client(self, typed: str) -> None:
        """Ask for the name and phone of somebody new; ``typed`` may hold either or both."""
        self._is_new = True
        begun = register.begun(typed)
        self._new_phone.setText(begun.phone)
        self._new_name.setText(begun.name)
        self._show_client_part()
        (self._new_phone if begun.name else self._new_name).setFocus()
        self._refresh()

    def _phone_typed(self) -> None:
        self._phone_line.set_error("")
        typed = self._new_phone.text().strip()
        hint = ""
        if typed:
            try:
                owners = register.owners_of_phone(self.desk.salon.database, typed, self._profile.country)
            except BadPhone:
                owners = []
            if owners:
                hint = _("This phone is already on the card of {names}; the new card will share it.").format(
                    names=wording.listed([owner.name for owner in owners])
                )
        self._phone_line.set_hint(hint)

    def _new_client_ready(self) -> None:
        self.focus_first() if self._draft.planned else self._picker.setFocus()

    def _show_client_part(self) -> None:
        has_client = self._card is not None or self._draft_is_walk_in
        self._search.setVisible(not has_client and not self._is_new)
        self._walk_in.setVisible(not has_client and not self._is_new)
        self._chosen.setVisible(has_client and not self._is_new)
        self._name_line.setVisible(self._is_new)
        self._phone_line.setVisible(self._is_new)

    # ---- services and time -----------------------------------------------------------------------------------

    def _add_service(self, service: OfferedService) -> None:
        staff_id = self._draft.planned[-1].staff_id if self._draft.planned else self._seed.staff_id
        self._draft = self._draft.with_service(service, staff_id)
        if self._seed.minutes and len(self._draft.planned) == 1 and self._seed.minutes > 15:
            one = self._draft.planned[0]
            rest = one.lengths.gap + one.lengths.finishing
            lengths = replace(one.lengths, working=max(5, self._seed.minutes - rest))
            self._draft = self._draft.changed(0, replace(one, lengths=lengths))
        if not self._time_was_chosen:
            self._propose_time()
        self._refresh()
        self._picker.setFocus()

    def _services_done(self) -> None:
        if self._draft.planned:
            self.focus_first()

    def _service_changed(self, position: int, one: PlannedService) -> None:
        self._draft = self._draft.changed(position, one)
        self._refresh(rows=False)

    def _service_removed(self, position: int) -> None:
        self._draft = self._draft.without(position)
        self._refresh()
        self._picker.setFocus()

    def _propose_time(self) -> None:
        after = max(
            datetime.combine(self._draft.day, time.min),
            _next_step(self.desk.salon.wall_now(), self._profile.step_minutes),
        )
        found = next_places(
            DayBooks(self.desk.salon.database),
            self._draft.planned,
            after,
            step_minutes=self._profile.step_minutes,
            most=1,
        )
        if found:
            self._show_start(found[0])

    def _show_start(self, starts_at: datetime) -> None:
        self._draft = replace(self._draft, day=starts_at.date(), moment=starts_at.time())
        self._day.set_day(starts_at.date())
        with QSignalBlocker(self._time):
            self._time.set_time(starts_at.time())

    def _day_chosen(self, day: date) -> None:
        self._draft = replace(self._draft, day=day)
        self._refresh(rows=False)

    def _time_typed(self, moment: time | None) -> None:
        self._time_was_chosen = True
        self._draft = replace(self._draft, moment=moment)
        self._refresh(rows=False)

    def _place_chosen(self, starts_at: datetime, _checked: bool = False) -> None:
        self._time_was_chosen = True
        self._show_start(starts_at)
        self._refresh(rows=False)
        self._book.setFocus()

    def _comment_typed(self, text: str) -> None:
        self._draft = replace(self._draft, comment=text)

    def _book_or_wait(self) -> None:
        if self._book.isEnabled():
            self.book()

    # ---- showing ---------------------------------------------------------------------------------------------

    def _refresh(self, *, rows: bool = True) -> None:
        if rows:
            self._show_rows()
        books = DayBooks(self.desk.salon.database, ignoring_visit=self._visit_id)
        problem = self._problem_of(books)
        self._problem.setText(sentence(problem) if problem else "")
        self._problem.setVisible(problem is not None)
        self._anyway.setVisible(may_be_shared(problem))
        self._show_places(books)
        ready = bool(self._draft.planned) and self._draft.moment is not None and problem is None
        self._book.setEnabled(ready)
        self._time_line.set_error("" if self._draft.moment is not None else _("Type a time, for example 930."))
        self._show_total()

    def _problem_of(self, books: DayBooks) -> SalonError | None:
        if self._draft.starts_at is None or not self._draft.planned:
            return None
        try:
            return why_not(books, self._draft.starts_at, self._draft.planned)
        except Gone as error:
            return error

    def _show_rows(self) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for position, one in enumerate(self._draft.planned):
            able = [self._masters[i] for i in self._offered[one.service_id].masters if i in self._masters]
            row = ServiceRow(one, able, self._profile.currency)
            row.changed.connect(partial(self._service_changed, position))
            row.removed.connect(partial(self._service_removed, position))
            self._rows.addWidget(row)

    def _show_places(self, books: DayBooks) -> None:
        self._places.clear()
        starts: list[datetime] = []
        if self._draft.planned:
            after = max(
                datetime.combine(self._draft.day, time.min),
                _next_step(self.desk.salon.wall_now(), self._profile.step_minutes),
            )
            starts = next_places(books, self._draft.planned, after, step_minutes=self._profile.step_minutes, most=4)
        today = self.desk.salon.today()
        for start in starts:
            label = wording.clock_time(start)
            if start.date() != self._draft.day:
                label = f"{wording.weekday_and_date(start.date(), today)}, {label}"
            button = ChoiceButton(label)
            button.clicked.connect(partial(self._place_chosen, start))
            self._places.addWidget(button)
        self._places_name.setVisible(bool(starts))

    def _show_total(self) -> None:
        if not self._draft.planned:
            self._total.setText(_("Choose a client and a service"))
            return
        price = self._draft.price
        money = _("price on request") if price is None else wording.money(price, self._profile.currency)
        self._total.setText(f"{wording.duration(self._draft.minutes)} · {money}")

    # ---- booking ---------------------------------------------------------------------------------------------

    def book(self) -> None:
        """Book what was put together; the sentence to say back appears when it is done."""
        request = self._draft.request(self._overbook_reason)
        if request is None or (self._is_new and not self._new_client_is_fine()):
            return
        try:
            done = self.desk.perform.attempt(_book_with_client, self._new_client(), request, self._visit_id)
        except SalonError as error:
            self._problem.setText(sentence(error))
            self._problem.show()
            self._anyway.setVisible(may_be_shared(error))
            return
        visit_id = done.value
        self.desk.perform.tell(said_back(self.desk.salon.database, visit_id, self.desk.salon.today()))
        self.booked.emit(visit_id, self._draft.day)
        self.closed.emit()

    def _book_anyway(self) -> None:
        from app.ui.asking import Question

        question = Question(
            _("Book although the place is taken?"),
            _("The reason is kept in the journal and shown on the visit."),
            _("Book anyway"),
        )
        suggestions = [_("The client agreed to wait"), _("The master agreed"), _("Two can be served at once")]
        reason = self.desk.asker.ask_reason(question, suggestions)
        if reason:
            self._overbook_reason = reason
            self.book()
            self._overbook_reason = ""

    def _new_client(self) -> register.NewClient | None:
        return register.NewClient(self._new_name.text(), self._new_phone.text()) if self._is_new else None

    def _new_client_is_fine(self) -> bool:
        named = bool(self._new_name.text().strip())
        self._name_line.set_error("" if named else _("Please give a name."))
        phone_problem = ""
        if self._new_phone.text().strip():
            try:
                register.owners_of_phone(self.desk.salon.database, self._new_phone.text(), self._profile.country)
            except BadPhone as error:
                phone_problem = sentence(error)
        self._phone_line.set_error(phone_problem)
        return named and not phone_problem

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter books from any field; Enter on the button books too; F8 is the walk-in."""
        key, control = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and (control or self._book.hasFocus()):
            self._book_or_wait()
        elif key == Qt.Key.Key_F8 and self._walk_in.isVisible():
            self._choose_walk_in()
        else:
            super().keyPressEvent(event)


class _ChosenClient(QFrame):
    """The strip of the client who is on the phone: name, last visit, own rhythm, and what must be known."""

    other_wanted = Signal()
    card_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self.is_walk_in = False
        self._name = ElidedLabel("", FontRole.HEADING)
        self._facts = Label("", FontRole.SECONDARY, "muted", wrap=True)
        self._wishes = Label("", FontRole.SECONDARY, "muted", wrap=True)
        pills = QWidget()
        self._pills = FlowLayout(pills)
        self._open = IconButton("user-round", _("Client card"))
        self._open.clicked.connect(self.card_wanted)
        other = IconButton("x", _("Another client"))
        other.clicked.connect(self.other_wanted)
        head = QHBoxLayout()
        head.addWidget(self._name, 1)
        head.addWidget(self._open)
        head.addWidget(other)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 8, 12)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(pills)
        column.addWidget(self._facts)
        column.addWidget(self._wishes)

    def clear(self) -> None:
        """Nobody is chosen."""
        self.is_walk_in = False
        self._pills.clear()

    def show_walk_in(self) -> None:
        """Somebody without a card."""
        self.clear()
        self.is_walk_in = True
        self._name.setText(_("Without a card"))
        self._open.hide()
        self._facts.setText(_("Counts as a visit, not as a client."))
        self._wishes.hide()

    def show_card(self, card: ClientCard, today: date) -> None:
        """Show what matters while this client is on the phone."""
        self.clear()
        self._name.setText(card.name)
        self._open.show()
        for alert in card.alerts:
            self._pills.addWidget(Pill(alert.text, Tone.DANGER, icon="triangle-alert"))
        if card.no_shows:
            self._pills.addWidget(Pill(_("no-shows: {n}").format(n=card.no_shows), Tone.WARN))
        if not card.completed:
            self._pills.addWidget(Pill(_("first visit"), Tone.ACCENT))
        self._facts.setText(" · ".join(_facts(card, today)))
        self._wishes.setText(card.wishes)
        self._wishes.setVisible(bool(card.wishes))


def _facts(card: ClientCard, today: date) -> list[str]:
    facts = [wording.phone(card.phone)] if card.phone else []
    if card.last_visit is not None:
        facts.append(_("last visit {day}").format(day=wording.relative_day(card.last_visit.day, today)))
    if card.interval_days:
        facts.append(_("comes every {days}").format(days=wording.days(card.interval_days)))
    if card.next_visit is not None:
        facts.append(_("already booked {day}").format(day=wording.relative_day(card.next_visit.day, today)))
    return facts


def _book_with_client(
    work: Work, new: register.NewClient | None, request: booking.BookingRequest, visit_id: int | None
) -> int:
    """Open the card of a new client and book (or change) the visit: one act, one undo."""
    if visit_id is None:
        work.tell(Action.VISIT_BOOKED)
    if new is not None:
        request = replace(request, client_id=register.add(work, new))
    if visit_id is None:
        return booking.book(work, request)
    booking.change(work, visit_id, request)
    return visit_id


def _next_step(now: datetime, step_minutes: int) -> datetime:
    ahead = -(now.hour * 60 + now.minute) % step_minutes
    return now + timedelta(minutes=ahead)
