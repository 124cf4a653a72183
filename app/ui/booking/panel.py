"""Booking by phone: who, as last time or what, when, and the sentence to say back. Each step is one look and one Enter.

It reads; only its last Enter wishes something done.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from app import wording
from app.errors import AlertsUnseen, DoNotBook, Gone, SalonError
from app.explain import sentence
from app.language import _
from app.salon.catalogue import services as catalogue, staff
from app.salon.changes import Changes
from app.salon.clients.card import CardVisit, ClientCard
from app.salon.scheduling import places, proposals
from app.salon.scheduling.booking import BookingRequest
from app.salon.scheduling.day_book import rooms_day
from app.salon.scheduling.group_places import GroupPlace, Guest
from app.salon.scheduling.places import PlannedService, one_after_another
from app.salon.scheduling.proposals import LastTime, Proposal
from app.ui import shortcuts
from app.ui.booking import keeping, words
from app.ui.booking.agreed_services import AgreedServices
from app.ui.booking.changed_visit import ChangedVisit
from app.ui.booking.client_part import ClientPart
from app.ui.booking.company import Companion, CompanyPart, services_of
from app.ui.booking.draft import Draft, PriceList, repriced
from app.ui.booking.foot import Foot, Stage
from app.ui.booking.openings import Openings
from app.ui.booking.otherwise import Otherwise
from app.ui.booking.proposal_list import ProposalList
from app.ui.booking.said_page import SaidPage
from app.ui.booking.since_left import SinceLeft
from app.ui.booking.tab_key import TabKey
from app.ui.booking.visit_form import VisitForm
from app.ui.desk import Desk
from app.ui.shortcuts import Key
from app.ui.theme import FontRole
from app.ui.widgets.buttons import LinkButton
from app.ui.widgets.label import Label
from app.ui.widgets.laid_out import lay_out
from app.ui.widgets.scroll_page import ScrollPage
from app.ui.wishes import BookingSeed, TurnAwaySeed, WaitingSeed
from app.vocabulary import Topic


class BookingPanel(QWidget):
    """Puts a visit together from the keyboard: digits, Enter (who), Enter (as last time), Enter (when)."""

    booked = Signal(int, object)
    """A visit was booked or changed: its id and its day."""
    closed = Signal()
    """Nothing more to do here."""
    repeat_wanted = Signal(int)
    """The visit that was booked is to be repeated."""
    card_wanted = Signal(int)
    """Somebody wants to see the client's card."""
    titled = Signal(str)
    """What is shown is called otherwise now."""
    undo_wanted = Signal()
    """The booking is to be taken back."""
    waiting_wanted = Signal(object)
    """Nothing suits and the client wants to wait: a ``WaitingSeed``."""
    turn_away_wanted = Signal(object)
    """The client cannot be taken: a ``TurnAwaySeed``."""
    caller_typed = Signal(str)
    """The first digits of the phone of somebody else were typed."""
    anew_wanted = Signal(object)
    """The visit that was to be changed is no more: a ``BookingSeed`` for the same as a new one."""
    looked_until = Signal(object)
    """Places are looked for until this date: the masters' hours must be laid out as far."""

    def __init__(self, desk: Desk, seed: BookingSeed, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._seed = seed
        profile = desk.salon.profile
        self._profile = profile
        self._prices = self._read_prices()
        self._since = SinceLeft()
        """What is otherwise than it was told, since the form was begun."""
        self.stage = Stage.FORM
        self._last_time: LastTime | None = None
        self._taken_over: tuple[PlannedService, ...] = ()
        """The services of the last visit, as they came into the form."""
        self._is_stuck = False
        self._is_bookable = False
        """Whether nothing is missing in the full form and nothing in the way."""
        self._found_start: datetime | None = None
        """The start that the form found by itself for the first services."""
        self._changed: ChangedVisit | None = None
        """The visit that is changed; None for a new one."""
        self._is_keeping = False
        """Whether what is changed now is changed by booking from here."""
        self._is_aside = False
        """Whether whoever it is for is waited for, while somebody looks for a place."""
        self.goes_on_with: Callable[[int], bool] | None = None
        """Asked when a client is all that is known: True where what was begun for them has taken the form's place."""
        self.said_page: SaidPage | None = None
        """The sentence to say back, once it is booked."""
        self._openings = Openings(desk.salon, self._prices, seed.visit_id)
        start = seed.starts_at or self._openings.first_start(seed.day)
        planned = tuple(self._prices.in_room(one, seed.room_id) for one in seed.planned)
        draft = Draft(start.date(), start.time(), planned, seed.comment)
        self.page = ScrollPage(self)
        on_page = self.page.content
        self.client = ClientPart(desk, on_page)
        self.client.strip.changed = seed.visit_id
        self.agreed = AgreedServices(on_page)
        self.company = CompanyPart(desk, self._prices, self._usual_of, on_page)
        self.proposals = ProposalList(on_page)
        self.anyway = LinkButton("", key=shortcuts.shown(Key.BOOK_ANYWAY), parent=on_page)
        self.form = VisitForm(self._prices, draft, seed, desk.salon.today(), profile.step_minutes, on_page)
        self.otherwise = Otherwise(on_page)
        self.foot = Foot(self._prices.currency, is_change=seed.visit_id is not None, parent=self)
        self.go_on = self.foot.go_on
        self._build()
        self._connect()
        self._begin()
        self._opened_with: tuple[object, ...] = self._entered()

    # ---- building --------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self._column = QVBoxLayout(self.page.content)
        self._column.setContentsMargins(24, 8, 24, 16)
        self._column.setSpacing(16)
        self._differences = Label("", FontRole.BODY, "warn", wrap=True)
        self._notice = Label("", FontRole.BODY, "danger", wrap=True)
        for widget in (self.client, self._differences, self.agreed, self.company, self._notice, self.proposals):
            self._column.addWidget(widget)
        self._column.addWidget(self.anyway, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addWidget(self.form)
        self._column.addWidget(self.otherwise)
        self._column.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.page, 1)
        column.addWidget(self.foot)

    def _connect(self) -> None:
        self.client.chosen.connect(self._client_chosen)
        self.client.new_begun.connect(self._new_begun)
        self.client.new_ready.connect(self._client_ready)
        self.client.search_reopened.connect(self._search_reopened)
        self.client.nobody_chosen.connect(self._client_forgotten)
        self.client.card_wanted.connect(self.card_wanted)
        self.client.escaped.connect(self.closed)
        self.form.day_wanted.connect(self._look_from)
        self.form.changed.connect(self._form_changed)
        self.form.services_done.connect(self._services_done)
        self.form.picker.textChanged.connect(self._follow_typing)
        self.form.entered.connect(self._book_or_wait)
        self.form.place_taken.connect(self.go_on.setFocus)
        self.form.anyway_wanted.connect(self.book_anyway)
        self.form.anew_wanted.connect(self._book_anew)
        self.proposals.taken.connect(self.take)
        self.proposals.number_typed.connect(self.caller_typed)
        self.proposals.digits_kept.connect(self._say_digits)
        self.anyway.clicked.connect(self._book_together_anyway)
        self.proposals.stood_on.connect(self._stood_on)
        self.company.ready.connect(self._company_ready)
        self.company.changed.connect(self._company_changed)
        self.company.left.connect(self._go_on_to_time)
        self.otherwise.form_wanted.connect(self.open_form)
        self.otherwise.together_wanted.connect(self.bring_company)
        self.otherwise.waiting_wanted.connect(self._want_to_wait)
        self.otherwise.turn_away_wanted.connect(self._want_turn_away)
        self._tab = TabKey(self)
        self._tab.pressed.connect(self.open_form)
        for asking in (self.go_on, self.otherwise.form):
            asking.installEventFilter(self._tab)
        self.go_on.clicked.connect(self._go_on)
        self.desk.feed.changed.connect(self._on_changed)

    # ---- beginning -------------------------------------------------------------------------------------------

    def _begin(self) -> None:
        if self._seed.visit_id is not None:
            self._open_visit(self._seed.visit_id)
        elif self._seed.is_walk_in:
            self.client.choose_walk_in()
        elif self._seed.client_id is not None:
            self.client.choose(self._seed.client_id)
        elif self._seed.new_client:
            self.client.start_new(self._seed.new_client)
        else:
            self._show(Stage.FORM)

    def _open_visit(self, visit_id: int) -> None:
        self._changed = ChangedVisit(self.desk.salon, visit_id)
        standing = self._changed.standing
        start, planned = standing.starts_at, standing.planned
        if self._seed.starts_at is not None:
            start, planned = self._seed.starts_at, self._seed.planned or standing.planned
        self.form.time_was_chosen = True
        self.form.show_draft(Draft(start.date(), start.time(), planned, standing.comment))
        if standing.client_id is None:
            self.client.choose_walk_in()
        else:
            self.client.choose(standing.client_id)

    def start_new_client(self, typed: str) -> None:
        """Ask for the name and phone of somebody new; ``typed`` may hold either or both."""
        self.client.start_new(typed)

    # ---- leaving and coming back -----------------------------------------------------------------------------

    @property
    def title(self) -> str:
        """What the panel is called that shows this form."""
        if self._seed.with_client:
            return _("With: {client}").format(client=self._seed.with_client)
        return _("Change visit") if self._seed.visit_id else _("New visit")

    @property
    def is_begun(self) -> bool:
        """Whether somebody has entered here what is not booked yet."""
        return self.stage is not Stage.SAID and (self._is_aside or self._entered() != self._opened_with)

    def set_aside(self) -> bool:
        """A place is looked for meanwhile: it waits although nothing was entered. False where nobody is known."""
        self._is_aside = self.stage is not Stage.SAID and (self.is_begun or self.client.is_known)
        return self._is_aside

    @property
    def is_new_visit(self) -> bool:
        """Whether no visit stands yet that would be changed here."""
        return self._seed.visit_id is None

    @property
    def subject(self) -> tuple[int | None, int | None]:
        """Which visit is changed here, and whose it is; None for a new one, and for whoever has no card yet."""
        return self._seed.visit_id, self.client.client_id

    def settle(self) -> None:
        """What is in it is kept, or goes on elsewhere: nothing is left unfinished."""
        self._opened_with = self._entered()

    def carry_on(self) -> None:
        """What is in it already was entered elsewhere for the same booking."""
        self._opened_with = ()

    def _entered(self) -> tuple[object, ...]:
        client, draft = self.client, self.form.draft
        who = (client.client_id, client.is_walk_in, client.begun, client.search.text)
        when = (draft.day, draft.moment) if self.form.time_was_chosen else None
        what = (draft.planned, self.form.picker.text(), draft.comment)
        return (self.stage, who, what, when, tuple(self.company.people))

    @property
    def unfinished_for(self) -> str:
        """Whom and what it is for, as far as that is known."""
        draft = self.form.draft
        starts_at = draft.starts_at if self.form.time_was_chosen else None
        services = [one.service_name for one in draft.planned]
        return words.unfinished(self.client.called, services, starts_at, self.desk.salon.today())

    @property
    def unfinished(self) -> str:
        """The same as a sentence."""
        if self._seed.visit_id is not None:
            return _("Changes not saved: {visit}").format(visit=self.unfinished_for)
        return _("Booking not finished: {visit}").format(visit=self.unfinished_for)

    def take_up(self) -> None:
        """Somebody comes back to what they had begun: what was read for it is read again."""
        self._is_aside = False
        self._take_up_prices()
        self._take_up_visit()
        self._take_up_start()
        try:
            self.client.read_again()
        except Gone:
            self.client.forget()
        else:
            self._show(self._stage_now)

    @property
    def _stage_now(self) -> Stage:
        """Where the call stands; what can be booked at no time any more is said where it can be changed."""
        if self.is_group and self.stage is Stage.WHEN and self.company.gone is not None:
            return Stage.TOGETHER
        is_short = self.stage in (Stage.LAST_TIME, Stage.WHEN) and not self.is_group
        planned = self.form.draft.planned
        return Stage.FORM if is_short and (self._gone(planned) is not None or not planned) else self.stage

    def _gone(self, planned: Sequence[PlannedService]) -> SalonError | None:
        """Why something that is put together can be booked at no time; a visit that stands was agreed."""
        if self._seed.visit_id is not None:
            return None
        return next(filter(None, map(self._prices.refusal, planned)), None)

    def _read_prices(self) -> PriceList:
        database, profile = self.desk.salon.database, self.desk.salon.profile
        rooms = rooms_day(database, self.desk.salon.today())
        return PriceList(
            {one.service_id: one for one in catalogue.offered(database)},
            {one.staff_id: one for one in staff.masters(database)},
            profile.currency,
            rooms.fit,
            {room.room_id: room.name for room in rooms.rooms},
            staff.left(database),
        )

    def _take_up_prices(self) -> bool:
        """Today's price list, also for what was put together by an earlier one; a visit that stands was agreed.

        False when it is the same.
        """
        before, now = self._prices, self._read_prices()
        if now == before:
            return False
        self._prices = now
        self._openings = Openings(self.desk.salon, now, self._seed.visit_id)
        self.form.take_prices(now)
        self.company.take_prices(before, now, self._since)
        old = self.form.draft.planned
        if self._seed.visit_id is not None:
            self.form.show_draft(self.form.draft)
            return True
        planned = repriced(old, before, now)
        if not self._has_master:
            planned = tuple(map(now.by_who_does_it, planned))
        self._since.note(old, planned, before)
        self._taken_over, was_taken_over = repriced(self._taken_over, before, now), old == self._taken_over
        if self._last_time is not None:
            self._last_time = replace(self._last_time, planned=repriced(self._last_time.planned, before, now))
        if was_taken_over and self._last_time is not None and self._gone(planned) is not None:
            planned = self._take_over_last_time()
        self.form.show_draft(replace(self.form.draft, planned=planned))
        return True

    def _take_up_visit(self) -> bool:
        """Follow what somebody has made of the visit that is changed; False when nobody touched it."""
        changed = self._changed
        before = None if changed is None else changed.standing
        draft = None if changed is None else changed.follow(self.form.draft)
        if changed is None or before is None or draft is None:
            return False
        client_id = changed.standing.client_id
        if self.client.client_id == before.client_id != client_id:
            self.client.follow(client_id)
        self.form.show_draft(draft)
        return True

    def _take_up_start(self) -> None:
        """A start that nobody chose and that has gone by meanwhile is looked for again."""
        starts_at = self.form.draft.starts_at
        if not self.form.time_was_chosen and starts_at is not None and starts_at < self.desk.salon.wall_now():
            self._found_start = None
            self.form.begin(self._openings.first_start(self._seed.day))

    def begin_at(self, seed: BookingSeed) -> None:
        """Somebody looked for a free place and comes back with one; whoever comes along is looked for then, too."""
        if seed.starts_at is None:
            return
        self.form.time_was_chosen = self.form.master_was_chosen = True
        self.form.picker.clear()  # what was typed into it was chosen there
        self.form.show_draft(replace(self.form.draft.begins(seed.starts_at), planned=seed.planned))
        if not self.is_group:
            self._show(Stage.FORM)
            return
        self.company.day.set_day(seed.starts_at.date())
        self.company.time.set_time(seed.starts_at.time())
        if self.bring_company() and self.company.finish():
            self._show(Stage.WHEN)

    def seed_so_far(self) -> BookingSeed:
        """What is known so far, for whoever goes to look for a free place and comes back with one."""
        draft = self.form.draft
        if self.stage is Stage.SAID:
            return BookingSeed(day=draft.day)
        return BookingSeed(
            client_id=self.client.client_id,
            day=draft.day,
            visit_id=self._seed.visit_id,
            is_walk_in=self.client.is_walk_in,
            planned=draft.planned,
            new_client=self.client.typed,
            comment=draft.comment,
            typed_service=self.form.picker.text().strip() if self.stage is Stage.FORM else "",
            waiting_id=self._seed.waiting_id,
            with_visit=self._seed.with_visit,
            with_client=self._seed.with_client,
        )

    # ---- who -------------------------------------------------------------------------------------------------

    def _client_chosen(self) -> None:
        card = self.client.card
        if card is not None and self._is_gone_on_with(card.client_id):
            return
        self._last_time = None if card is None else self._last_time_of(card)
        # Where a service is typed already, something is wanted that is not necessarily what was done last time.
        is_open = self._seed.visit_id is None and not self.form.picker.is_pending
        if is_open and not self.form.draft.planned and self._last_time is not None:
            planned = self._take_over_last_time()
            self.form.show_draft(replace(self.form.draft, planned=planned))
            if planned and not self.form.time_was_chosen and self._seed.repeat_visit_id is None:
                self._show(Stage.LAST_TIME)
                return
        self._go_on_to_time()

    def _is_gone_on_with(self, client_id: int) -> bool:
        """Whether what was begun for a client has taken the place of a form in which nothing else is known."""
        return self.goes_on_with is not None and self.is_only_client and self.goes_on_with(client_id)

    @property
    def is_only_client(self) -> bool:
        """Whether nothing is known but who calls."""
        is_chosen = self.form.time_was_chosen or self.form.master_was_chosen or self._seed.repeat_visit_id is not None
        return self.seed_so_far().is_only_client and not is_chosen

    def _take_over_last_time(self) -> tuple[PlannedService, ...]:
        """What the client had last time, as it can be had today."""
        card = self.client.card
        self._last_time = None if card is None else self._last_time_of(card)
        planned = () if self._last_time is None else self._last_time.planned
        if self._seed.staff_id is not None:
            planned = tuple(self._prices.with_master(one, self._seed.staff_id) for one in planned)
        self._taken_over = tuple(self._prices.in_room(one, self._seed.room_id) for one in planned)
        return self._taken_over

    def _last_time_of(self, card: ClientCard) -> LastTime | None:
        return self._as_last_time(card, self._visit_to_repeat(card))

    def _usual_of(self, card: ClientCard) -> LastTime | None:
        return self._as_last_time(card, card.last_visit)

    def _as_last_time(self, card: ClientCard, visit: CardVisit | None) -> LastTime | None:
        if visit is None:
            return None
        return proposals.as_last_time(visit, self._prices.offered, self._prices.names, card.visits)

    def _visit_to_repeat(self, card: ClientCard) -> CardVisit | None:
        wanted = self._seed.repeat_visit_id
        if wanted is not None:
            return next((visit for visit in card.visits if visit.visit_id == wanted), None)
        return card.last_visit

    def _new_begun(self) -> None:
        self._last_time = None
        self._show(Stage.FORM, keep_focus=True)

    def _search_reopened(self) -> None:
        self._show(Stage.FORM, keep_focus=True)

    def _client_ready(self) -> None:
        self._go_on_to_time()

    def _client_forgotten(self) -> None:
        """What was taken over from the last visit of somebody else goes with them, and so does who comes along."""
        self.company.forget()
        if self._last_time is not None and self.form.draft.planned == self._taken_over:
            self.form.show_draft(replace(self.form.draft, planned=()))
        self._last_time = None
        self._since.forget()
        self._show(Stage.FORM, keep_focus=True)

    # ---- when ------------------------------------------------------------------------------------------------

    def _go_on_to_time(self) -> None:
        """The next question: when, if it is known what; nothing is proposed where the time is chosen already.

        Nor where something of it can be booked at no time: the form says so.
        """
        form, planned = self.form, self.form.draft.planned
        is_open = planned and not form.time_was_chosen and not form.picker.is_pending and self._gone(planned) is None
        self._show(Stage.WHEN if is_open and self.client.is_known else Stage.FORM)

    def _services_done(self) -> None:
        if self.form.draft.planned:
            self._go_on_to_time()

    @property
    def _has_master(self) -> bool:
        return self._last_time is not None or self.form.master_was_chosen

    def _propose(self) -> None:
        if self.is_group:
            self._propose_together()
            return
        found = self._openings.proposed(self.form.draft, self.client.card, self._seed.day, has_master=self._has_master)
        self.proposals.show_proposals(found, self._prices.names, self.desk.salon.today())
        self._watch_rows(_("No free place within six weeks. Another master or a shorter service may fit."))

    def _watch_rows(self, nothing: str) -> None:
        """Tab leads from each row to the form; where there is none, ``nothing`` is said."""
        for row in self.proposals.rows:
            row.installEventFilter(self._tab)
        if not self.proposals.rows:
            self._notice.setText(nothing)
        self._notice.setVisible(not self.proposals.rows)

    def take(self, proposal: Proposal | GroupPlace) -> None:
        """Book the place that was proposed."""
        if isinstance(proposal, GroupPlace):
            self._book_together(proposal)
            return
        self.form.show_draft(replace(self.form.draft.begins(proposal.starts_at), planned=proposal.planned))
        self.book()

    def open_form(self) -> None:
        """Something is to be different: everything as it would be booked now, to be typed over."""
        if self.is_group:
            self.bring_company()
            return
        proposal = self.proposals.current if self.stage is Stage.WHEN else None
        if proposal is None or isinstance(proposal, GroupPlace):
            self._show(Stage.FORM, keep_focus=True)
            self.form.picker.setFocus(Qt.FocusReason.TabFocusReason)
            return
        self.form.time_was_chosen = True
        self.form.show_draft(replace(self.form.draft.begins(proposal.starts_at), planned=proposal.planned))
        self._show(Stage.FORM, keep_focus=True)
        self.form.focus_time()

    # ---- together --------------------------------------------------------------------------------------------

    @property
    def is_group(self) -> bool:
        """Whether somebody comes along."""
        return bool(self.company.people)

    @property
    def _may_bring(self) -> bool:
        """Whether somebody may come along: it is known who calls and what for, and it is an ordinary new visit."""
        seed = self._seed
        is_ordinary = seed.visit_id is None and seed.with_visit is None
        is_asked = self.stage in (Stage.FORM, Stage.LAST_TIME, Stage.WHEN) and not self.is_group
        return is_ordinary and is_asked and self.client.is_known and bool(self.form.draft.planned)

    def bring_company(self) -> bool:
        """Ask who comes along and what for; False where it has to be said before who calls, and what they want."""
        if not self._has_all_services() or not self.client.check():
            return False
        card = self.client.card
        name = self.client.name.text().strip() if self.client.is_new else "" if card is None else card.name
        guest = Guest(self.form.draft.planned, self._has_master, card)
        first = Companion(name, guest, self.client.client_id, self.client.new_client)
        day, moment = self._not_before().date(), self.form.draft.moment if self.form.time_was_chosen else None
        if self.is_group:
            day, moment = self.company.day.day, self.company.time.at
        self.company.begin(first, day, moment)
        self._show(Stage.TOGETHER)
        return True

    def _not_before(self) -> datetime:
        """From when on a place is looked for: a time that was chosen, or the day that is looked at."""
        draft = self.form.draft
        if self.form.time_was_chosen and draft.starts_at is not None:
            return draft.starts_at
        return self._openings.first_start(self._seed.day)

    def _company_ready(self) -> None:
        self._show(Stage.WHEN)

    def _company_changed(self) -> None:
        if self.stage is Stage.TOGETHER:
            self.foot.show_group(self.company.count, self.company.price)

    def _propose_together(self) -> None:
        company = self.company
        self._look_from(company.day.day)
        soon = self._openings.first_start(self._seed.day)
        wanted = company.starts_at
        not_before = wanted or (soon if soon.date() == company.day.day else datetime.combine(company.day.day, time.min))
        everybody = company.everybody
        guests = [one.guest for one in everybody]
        found = self._openings.proposed_together(guests, not_before, in_a_row=company.is_in_a_row)
        people = [one.said_name for one in everybody]
        self.proposals.show_group_places(found, people, self._prices.names, self.desk.salon.today())
        self._watch_rows(
            _("Within six weeks they cannot be served one after another.")
            if company.is_in_a_row
            else _("Within six weeks they cannot be served at the same time. One after another may fit.")
        )
        is_missed = wanted is not None and all(place.starts_at != wanted for place in found)
        self.anyway.setVisible(is_missed)
        if is_missed and wanted is not None:
            self.anyway.setText(_("Book for {time} anyway…").format(time=wording.clock_time(wanted)))

    def _book_together_anyway(self) -> None:
        """Book all of them for the hour that they want, although somebody is there."""
        company, wanted = self.company, self.company.starts_at
        if wanted is None:
            return
        guests = [one.guest for one in company.everybody]
        try:
            place = self._openings.together_anyway(guests, wanted, in_a_row=company.is_in_a_row)
        except SalonError as error:
            self._say_refusal(error)
            return
        reason = self._ask_reason()
        if reason:
            self._book_together(place, reason)

    def _book_together(self, place: GroupPlace, reason: str = "", unwanted: Mapping[int, str] | None = None) -> None:
        """Book all of them, or nobody when somebody else was faster; ``reason``: although the place is taken.

        ``unwanted``: why those of them are booked whom the salon does not want to book, by client.
        """
        reasons = unwanted or {}
        visits = [
            (
                one.new,
                BookingRequest(
                    one.client_id,
                    one_after_another(each.starts_at, each.planned),
                    overbooked_reason=reason,
                    alerts_seen=one.alert_ids,
                    unwanted_reason=reasons.get(one.client_id or 0, ""),
                ),
            )
            for one, each in zip(self.company.everybody, place.visits, strict=True)
        ]
        first = visits[0]
        visits[0] = first[0], replace(first[1], comment=self.form.draft.comment)
        self._is_keeping = True
        try:
            done = self.desk.perform.attempt(keeping.keep_together, visits, self._seed.waiting_id)
        except DoNotBook as error:
            unwanted_id = error.client_id
            self._book_unwanted(error, lambda why: self._book_together(place, reason, {**reasons, unwanted_id: why}))
            return
        except SalonError as error:
            self._say_refusal(error)
            return
        finally:
            self._is_keeping = False
        self._say_back(done.value)
        self.booked.emit(done.value[0], place.starts_at.date())
        self.go_on.setFocus()

    def waiting_seed(self) -> WaitingSeed:
        """What is known of somebody who wants to wait for a place."""
        draft = self.form.draft
        return WaitingSeed(
            client_id=self.client.client_id,
            new_client=self.client.typed,
            service_ids=tuple(one.service_id for one in draft.planned),
            staff_ids=tuple(dict.fromkeys(one.staff_id for one in draft.planned)) if self._has_master else (),
            day=draft.day if self.form.time_was_chosen else self._seed.day,
        )

    def turn_away_seed(self) -> TurnAwaySeed:
        """What is known of somebody who cannot be taken."""
        draft, first = self.form.draft, next(iter(self.form.draft.planned), None)
        wished = draft.starts_at if self.form.time_was_chosen else None
        return TurnAwaySeed(
            client_id=self.client.client_id,
            service_id=None if first is None else first.service_id,
            staff_id=first.staff_id if first is not None and self._has_master else None,
            day=self._seed.day if wished is None else wished.date(),
            minute=None if wished is None else wished.hour * 60 + wished.minute,
        )

    def _want_to_wait(self) -> None:
        self.waiting_wanted.emit(self.waiting_seed())

    def _want_turn_away(self) -> None:
        self.turn_away_wanted.emit(self.turn_away_seed())

    # ---- showing ---------------------------------------------------------------------------------------------

    def _show(self, stage: Stage, *, keep_focus: bool = False) -> None:
        self.stage = stage
        is_short = stage in (Stage.LAST_TIME, Stage.WHEN)
        is_group = self.is_group or stage is Stage.TOGETHER
        self.client.setVisible(stage is not Stage.SAID and not is_group)
        self.company.setVisible(stage is Stage.TOGETHER)
        self.agreed.setVisible(is_short)
        self.proposals.setVisible(stage is Stage.WHEN)
        self.form.setVisible(stage is Stage.FORM)
        self._notice.hide()
        self.anyway.hide()
        self._show_differences()
        if is_short:
            self._show_agreed()
        if stage is Stage.WHEN:
            self._propose()
        else:
            self.proposals.end_moment()  # digits that marked a place there are the beginning of nothing here
        if stage is Stage.FORM:
            self._form_changed()
        self._tab.is_on = is_short
        self._show_otherwise()
        self._say_foot()
        if stage is not Stage.FORM:
            self.go_on.setEnabled(stage is not Stage.WHEN or self.proposals.current is not None)
        if not keep_focus:
            self.focus_first()

    def _say_foot(self) -> None:
        is_group = self.is_group or self.stage is Stage.TOGETHER
        own = len(self.client.alerts) if self._takes_note else 0
        alerts = self.company.alert_count if is_group else own
        self.foot.show_stage(self.stage, self.form.draft, is_known=self.client.is_known, alerts=alerts)
        if is_group:
            self.foot.show_group(self.company.count, self.company.price)

    def _say_digits(self, digits: str) -> None:
        """Above what is booked for how much: what has marked a place may be the beginning of a phone."""
        self.foot.show_hint(words.may_be_phone(digits) if digits else "")
        if digits:
            # The foot takes its room when this event is over: the place that was marked stays in sight.
            QTimer.singleShot(0, self, self._bring_current_in_sight)

    def _stood_on(self, row: QWidget) -> None:
        self.page.ensureWidgetVisible(row)
        if self.stage is Stage.WHEN:
            self.go_on.setEnabled(True)

    def _bring_current_in_sight(self) -> None:
        lay_out()
        focused = self.focusWidget()
        if focused is not None and self.proposals.isAncestorOf(focused):
            self.page.ensureWidgetVisible(focused)

    def _on_changed(self, changes: Changes) -> None:
        """An alert that came or went while the form is open is shown at once: booking says that it was seen.

        So is what the salon changed of its price list, of who works here and of its rooms, and what somebody made of
        the visit that is changed. A card that became one with another meanwhile leads there, and who is forgotten is
        named no longer.
        """
        if self.stage is Stage.SAID:
            return
        was_begun = self.is_begun
        if changes.concerns(Topic.CATALOGUE, Topic.STAFF, Topic.ROOMS) and self._take_up_prices():
            self._show_again()
            if not was_begun:
                self._opened_with = self._entered()
        if changes.concerns(Topic.VISITS) and not self._is_keeping:
            is_followed = self._take_up_visit()
            if is_followed or self.stage is Stage.FORM:  # somebody may have taken the place that stands here
                self._form_changed()
            if is_followed and not was_begun:
                self._opened_with = self._entered()
        if not changes.concerns(Topic.CLIENTS):
            return
        if self.company.follow_cards() and self.stage is Stage.WHEN:
            self._show(Stage.TOGETHER, keep_focus=True)
        if self.client.follow_card(keeps_forgotten=self._seed.visit_id is not None):
            self._say_foot()

    def _show_again(self) -> None:
        """Show what is proposed by another price list; the place that was chosen stays so where it is still there."""
        focused, before = QApplication.focusWidget(), self.stage
        is_here = focused is not None and self.isAncestorOf(focused)
        in_rows = focused is not None and self.proposals.isAncestorOf(focused)
        chosen = self.proposals.current
        self._show(self._stage_now, keep_focus=True)
        rows = [row.proposal for row in self.proposals.rows]
        if self.stage is Stage.WHEN and chosen is not None:
            found = [_when_and_by_whom(one) for one in rows]
            if _when_and_by_whom(chosen) in found:
                self.proposals.stand_on(found.index(_when_and_by_whom(chosen)))
        # The keyboard would go on to whatever stands next to a row that is gone.
        is_lost = not self.isAncestorOf(QApplication.focusWidget() or self.window())
        if is_here and (in_rows or is_lost or self.stage is not before):
            self.focus_first()

    def _show_otherwise(self) -> None:
        is_stuck = self._is_stuck and self.stage is Stage.FORM
        self.otherwise.show_stage(self.stage, is_stuck=is_stuck, may_bring=self._may_bring, is_group=self.is_group)

    def _show_differences(self) -> None:
        told = () if self._last_time is None else self._last_time.differences
        said = [words.difference(one) for one in told]
        told_of = self.company.planned if self.is_group or self.stage is Stage.TOGETHER else self.form.draft.planned
        said += self._since.lines(told_of, self._prices)
        self._differences.setText("\n".join(said))
        self._differences.setVisible(bool(said) and self.stage is not Stage.SAID and self._seed.visit_id is None)

    def _show_agreed(self) -> None:
        if self.is_group:
            lines = [(one.said_name, services_of(one), words.alerts(one.alerts)) for one in self.company.everybody]
            self.agreed.show_lines(_("Coming together"), lines)
            return
        heading, planned = _("What is booked"), self.form.draft.planned
        if self._last_time is not None and planned == self._last_time.planned:
            day = wording.short_date(self._last_time.visit.day, self.desk.salon.today())
            heading = _("Last time, {day}").format(day=day)
        # Who is used to no master hears the masters from the places that are proposed.
        names = self._prices.names if self._has_master else {}
        self.agreed.show_services(heading, planned, names, self._prices.currency)

    def _form_changed(self) -> None:
        """Say what is in the way now, and what is free instead."""
        self._find_start()
        draft = self._openings.leaving_begun(self.form.draft)
        if draft.starts_at is not None and draft.starts_at != self.form.draft.starts_at:
            self.form.begin(draft.starts_at)
        closed = None if self._changed is None else self._changed.closed
        gone = None if closed else self._gone(draft.planned)
        problem = closed or gone or self._openings.problem(draft)
        self.form.show_rooms(self._openings.rooms(draft))
        warning = self._warning(draft)
        has_start = self.form.time_was_chosen or self._found_start is not None
        if gone is not None:
            self.form.show_problem(None, warning)  # the service itself says it
            self.form.show_places(())
        elif closed is not None:
            self.form.show_problem(closed)
            self.form.show_places(())
        else:
            asked = self._asked(draft) if problem is not None else ""
            self.form.show_problem(problem, warning, asked, why=has_start)
            self.form.show_places(self._openings.nearest(self.form.draft))
        self.form.anew.setVisible(closed is not None)
        self._is_stuck = problem is not None and self._seed.visit_id is None
        self._is_bookable = draft.starts_at is not None and bool(draft.planned) and problem is None
        self._show_otherwise()
        self._follow_typing()
        self.foot.show_total(draft, is_known=self.client.is_known)
        if problem is not None and gone is None:
            # What is new takes its height when this event is over.
            QTimer.singleShot(0, self, self._bring_way_out_in_sight)

    def _find_start(self) -> None:
        """Without a chosen time the first services find their start, on the day asked for.

        It stays where it is when others are added: somebody may have said it on the phone already.
        """
        draft = self.form.draft
        if not draft.planned:
            self._found_start = None
        elif self._gone(draft.planned) is None and not self.form.time_was_chosen and self._found_start is None:
            start = next(iter(self._openings.nearest(draft, most=1)), None)
            if start is not None and start.date() == draft.day:
                self.form.begin(start)
                self._found_start = start

    def _warning(self, draft: Draft) -> str:
        """What whoever books should know, and may book all the same."""
        changed, today = self._changed, self.desk.salon.today()
        warnings = (
            "" if changed is None else changed.overtaken(self.form.draft, self._prices, today),
            self._openings.kept_begun(self.form.draft),
            self._openings.own_clash(draft, self.client.card),
            self._openings.not_in_room(draft, self._seed.room_id),
        )
        return "\n".join(filter(None, warnings))

    def _bring_way_out_in_sight(self) -> None:
        """The free places below the reason, as far as the field that is typed into stays in sight.

        Alerts that booking acknowledges stay before the eyes instead.
        """
        if self._takes_note and self.client.alerts:
            return
        lay_out()
        focused = self.focusWidget()
        for widget in (self.form.places_box, focused):
            if widget is not None and self.page.content.isAncestorOf(widget):
                self.page.ensureWidgetVisible(widget, 0, 8)

    def _asked(self, draft: Draft) -> str:
        """What does not fit, where nobody has typed it."""
        if self.form.time_was_chosen:
            return ""
        names, today = self._prices.names, self.desk.salon.today()
        if self._found_start is None:
            return words.no_place(draft.planned, names, draft.minutes, draft.day, today)
        return words.does_not_fit(draft.planned, names, draft.minutes, self._found_start, today)

    def _follow_typing(self) -> None:
        """What is typed as a service and is none is in the way of booking, too."""
        if self.stage is not Stage.FORM:
            return
        is_possible = self._is_bookable and not self.form.picker.is_unknown
        if not is_possible and self.go_on.hasFocus():
            self.form.focus_time()  # a button that cannot be pressed gives the keyboard to whatever comes next
        self.go_on.setEnabled(is_possible)

    # ---- booking ---------------------------------------------------------------------------------------------

    def _go_on(self) -> None:
        """What Enter means at this stage."""
        match self.stage:
            case Stage.LAST_TIME:
                self._show(Stage.WHEN)
            case Stage.TOGETHER:
                if self.company.finish():
                    self._show(Stage.WHEN)
            case Stage.WHEN:
                if self.proposals.current is not None:
                    self.take(self.proposals.current)
            case Stage.FORM:
                self._book_or_wait()
            case Stage.SAID:
                self.closed.emit()

    def _look_from(self, day: date) -> None:
        """Places are looked for from ``day`` on, also where no calendar was leafed so far."""
        self.looked_until.emit(day + timedelta(days=places.HORIZON_DAYS))

    def _has_all_services(self) -> bool:
        """Whether every service that was typed is chosen; if not, whoever typed it is told."""
        is_pending = self.stage is Stage.FORM and self.form.picker.is_pending
        if is_pending:
            self.form.picker.ask()
        return not is_pending

    def _book_or_wait(self) -> None:
        if self.go_on.isEnabled():
            self.book()

    def book(self, reason: str = "", unwanted: str = "") -> None:
        """Book what was put together, and show the sentence to say back; ``reason``: although the place is taken.

        ``unwanted``: although the salon does not want to book this client.
        """
        if not self.client.is_known:
            self.client.search.setFocus()
            return
        if not self._has_all_services():
            return
        draft = self._openings.leaving_begun(self.form.draft)
        request = draft.request(self.client.client_id, reason, self.client.alerts if self._takes_note else ())
        if request is None or not self.client.check():
            return
        request = replace(request, unwanted_reason=unwanted)
        self._is_keeping = True
        try:
            done = self.desk.perform.attempt(
                keeping.keep,
                self.client.new_client,
                request,
                self._seed.visit_id,
                self._seed.waiting_id,
                self._seed.with_visit,
            )
        except DoNotBook as error:
            self._book_unwanted(error, partial(self.book, reason))
            return
        except AlertsUnseen as error:
            self.client.read_again()
            self._show(self.stage)
            self._say_refusal(error)
            return
        except SalonError as error:
            self._say_refusal(error)
            return
        finally:
            self._is_keeping = False
        self._say_back((done.value,))
        self.booked.emit(done.value, draft.day)
        if self.said_page is not None:
            self.go_on.setFocus()

    @property
    def _takes_note(self) -> bool:
        """Whether booking is the act of acknowledging the alerts: for whom it was booked already, it was that then."""
        return self._changed is None or self.client.client_id != self._changed.standing.client_id

    def _book_unwanted(self, error: DoNotBook, book: Callable[[str], None]) -> None:
        """Ask why somebody is booked whom the salon does not want to book; without a reason nobody is."""
        from app.ui.asking import reason_to_book

        why = reason_to_book(self.desk.asker, error)
        if why:
            book(why)
        else:
            self._say_refusal(error)

    def _say_refusal(self, error: SalonError) -> None:
        """Somebody else was faster, for example: what is proposed is read again.

        Where another place stands in front now, none is chosen: a second Enter that is on its way would book what
        nobody has read.
        """
        if self.stage is Stage.WHEN:
            before = self.proposals.current
            self._show(Stage.WHEN)
            now = self.proposals.current
            if before is None or now is None or _when_and_by_whom(before) != _when_and_by_whom(now):
                self.proposals.choose_none()
                self.go_on.setEnabled(False)
            self._notice.setText(sentence(error))
            self._notice.show()
        else:
            self.form.show_problem(error, self._openings.own_clash(self.form.draft, self.client.card))

    def book_anyway(self) -> None:
        """Ask for the reason and book although the place is taken."""
        reason = self._ask_reason()
        if reason:
            self.book(reason)

    def _book_anew(self) -> None:
        """The visit is no more: the same client and services as a new one, at that time where it is still ahead."""
        draft, card = self.form.draft, self.client.card
        is_ahead = draft.starts_at is not None and draft.starts_at >= self.desk.salon.wall_now()
        seed = replace(self.seed_so_far(), visit_id=None, starts_at=draft.starts_at if is_ahead else None)
        if card is not None and not self.client.has_card:
            seed = replace(seed, client_id=None, new_client=f"{card.name} {card.phone}".strip())
        self.settle()
        self.anew_wanted.emit(seed)

    def _ask_reason(self) -> str | None:
        from app.ui.asking import Question

        question = Question(
            _("Book although the place is taken?"),
            _("The reason is kept in the journal and shown on the visit."),
            _("Book anyway"),
        )
        suggestions = [_("The client agreed to wait"), _("The master agreed"), _("Two can be served at once")]
        return self.desk.asker.ask_reason(question, suggestions)

    def _say_back(self, visit_ids: tuple[int, ...]) -> None:
        try:
            self.said_page = SaidPage(self.desk, visit_ids, self.page.content)
        except Gone:
            # The client sits here already: there is nothing to say on the phone.
            self.desk.perform.tell(_("Visit changed"))
            self.settle()
            self.closed.emit()
            return
        self.said_page.gone.connect(self.closed)
        self.said_page.undo_wanted.connect(self.undo_wanted)
        self.said_page.repeat_wanted.connect(self.repeat_wanted)
        self._column.insertWidget(0, self.said_page)
        self._show(Stage.SAID)
        self.titled.emit(_("Visit changed") if self._seed.visit_id else _("Booked"))

    # ---- keys ------------------------------------------------------------------------------------------------

    def focus_first(self) -> None:
        """Put the cursor where the next thing is typed or said."""
        if self.stage is Stage.WHEN:
            self.proposals.take_focus() if self.proposals.current else self.otherwise.form.setFocus()
        elif self.stage is Stage.TOGETHER:
            self.company.focus_first()
        elif self.stage is not Stage.FORM:
            self.go_on.setFocus()
        elif not self.client.is_known:
            self.client.search.setFocus()
        elif self.client.is_new and not self.client.name.text():
            self.client.name.setFocus()
        elif not self.form.draft.planned:
            self.form.picker.setFocus()
        elif not self.form.time_was_chosen or not self.go_on.isEnabled():
            self.form.focus_time()
        else:
            self.go_on.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What goes on from any field; a key that is held down goes on by one step."""
        if shortcuts.is_pressed(Key.GO_ON, event):
            if not event.isAutoRepeat():
                self._go_on()
        elif shortcuts.is_pressed(Key.BOOK_ANYWAY, event):
            if self.stage is Stage.FORM and self.form.anyway.isVisibleTo(self):
                self.book_anyway()
            elif self.stage is Stage.FORM and self.form.anew.isVisibleTo(self):
                self._book_anew()
            elif self.stage is Stage.WHEN and self.anyway.isVisibleTo(self):
                self._book_together_anyway()
        elif shortcuts.is_pressed(Key.WALK_IN, event) or shortcuts.is_pressed(Key.RELATIVE, event):
            self._say_who(shortcuts.is_pressed(Key.RELATIVE, event))
        elif shortcuts.is_pressed(Key.TOGETHER, event):
            if self._may_bring:
                self.bring_company()
        elif shortcuts.is_pressed(Key.WAITING_LIST, event) and not self.otherwise.waiting.isHidden():
            self._want_to_wait()
        elif shortcuts.is_pressed(Key.COPY, event) and self.said_page is not None:
            self.said_page.copy_sentence()
        else:
            super().keyPressEvent(event)

    def _say_who(self, is_relative: bool) -> None:
        """Somebody without a card, or somebody of the family."""
        asked = self.company.client if self.stage is Stage.TOGETHER else self.client
        if not is_relative and not asked.is_known:
            asked.choose_walk_in()
        elif is_relative and self._seed.visit_id is None and self.stage is not Stage.SAID and not self.is_group:
            self.client.choose_relative()


def _when_and_by_whom(place: Proposal | GroupPlace) -> tuple[object, ...]:
    """What makes a place the same, whatever it costs."""
    visits = place.visits if isinstance(place, GroupPlace) else (place,)
    return (place.starts_at, place.ends_at, *(one.staff_id for visit in visits for one in visit.planned))
