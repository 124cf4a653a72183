"""Who comes along with the client on the phone: each with their own services, all found a place together."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app import wording
from app.errors import Gone, SalonError
from app.explain import sentence
from app.language import _
from app.salon.catalogue.services import OfferedService
from app.salon.clients import card as cards, register
from app.salon.clients.card import CardAlert, ClientCard
from app.salon.clients.register import NewClient
from app.salon.scheduling import room_offers
from app.salon.scheduling.day_book import rooms_day
from app.salon.scheduling.group_places import Guest
from app.salon.scheduling.places import PlannedService
from app.salon.scheduling.proposals import LastTime
from app.ui.booking import words
from app.ui.booking.client_part import ClientPart
from app.ui.booking.draft import Draft, PriceList, repriced
from app.ui.booking.service_row import ServiceRow, stand_again, where_held
from app.ui.booking.since_left import SinceLeft
from app.ui.desk import Desk
from app.ui.theme import FontRole
from app.ui.widgets.buttons import IconButton, LinkButton
from app.ui.widgets.day_field import DayField
from app.ui.widgets.field_line import FieldLine
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.label import ElidedLabel, Label
from app.ui.widgets.segmented_control import SegmentedControl
from app.ui.widgets.service_picker import ServicePicker
from app.ui.widgets.time_field import TimeField

AT_ONCE, IN_A_ROW = "at_once", "in_a_row"


@dataclass(frozen=True, slots=True)
class Companion:
    """One of those who come together, as far as booking needs them."""

    name: str
    """Empty for a walk-in without a card."""
    guest: Guest
    client_id: int | None = None
    new: NewClient | None = None

    @property
    def said_name(self) -> str:
        """How they are called on the screen."""
        return self.name or _("Without a card")

    @property
    def alerts(self) -> tuple[CardAlert, ...]:
        """What must be known of them; it stands below their name, so that whoever books has seen it."""
        return () if self.guest.card is None else self.guest.card.alerts

    @property
    def alert_ids(self) -> tuple[int, ...]:
        """The same by number."""
        return tuple(one.alert_id for one in self.alerts)


class CompanyPart(QWidget):
    """Those who are named already, the one who is being named, and whether all begin at once."""

    ready = Signal()
    """Enter in the empty field of services: that is everybody."""
    changed = Signal()
    """Somebody more, somebody less, or other services."""
    left = Signal()
    """Nobody else comes after all."""

    def __init__(
        self,
        desk: Desk,
        prices: PriceList,
        last_time: Callable[[ClientCard], LastTime | None],
        parent: QWidget | None = None,
    ) -> None:
        """``last_time``: what somebody who is known had the last time."""
        super().__init__(parent)
        self._desk = desk
        self._prices = prices
        self._last_time = last_time
        self._first = Companion("", Guest(()))
        self._draft = Draft(desk.salon.today(), None)
        self._has_master = False
        self._is_sought_again = False
        """Whether somebody was taken for new who may have a card; what they want was perhaps said already."""
        self._rooms = rooms_day(desk.salon.database, desk.salon.today())
        self.people: list[Companion] = []
        """Who is named with their services, the client on the phone aside."""
        self._named = QVBoxLayout()
        self._named.setSpacing(8)
        self.client = ClientPart(desk, self)
        self.problem = Label("", FontRole.BODY, "danger", wrap=True)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        self.picker = ServicePicker(list(prices.offered.values()), prices.currency, self)
        self._links = QWidget(self)
        self.more = LinkButton(_("Somebody else…"), icon="user-plus", parent=self._links)
        self.nobody = LinkButton(_("Without the others"), icon="x", parent=self._links)
        self.how = SegmentedControl(
            _("How they are served"), ((AT_ONCE, _("At the same time")), (IN_A_ROW, _("One after another"))), self
        )
        self.day = DayField(desk.salon.today(), desk.salon.today(), self)
        self.time = TimeField(step=desk.salon.profile.step_minutes)
        self.time.setPlaceholderText(_("any hour"))
        self._build()
        self._connect()

    def _build(self) -> None:
        flow = FlowLayout(self._links, spacing=8)
        flow.addWidget(self.more)
        flow.addWidget(self.nobody)
        served = QHBoxLayout()
        served.addWidget(self.how)
        served.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(Label(_("Coming together"), FontRole.SECONDARY, "muted"))
        column.addLayout(self._named)
        column.addWidget(self.client)
        column.addWidget(self.problem)
        column.addLayout(self._rows)
        column.addWidget(self.picker)
        column.addWidget(self.picker.notice)
        column.addWidget(self._links)
        column.addLayout(served)
        soonest = QHBoxLayout()
        soonest.setSpacing(12)
        soonest.addWidget(FieldLine(_("Not before"), self.day, parent=self), 3)
        soonest.addWidget(FieldLine(_("Hour"), self.time, parent=self), 2)
        column.addLayout(soonest)

    def _connect(self) -> None:
        self.client.chosen.connect(self._client_chosen)
        self.client.new_begun.connect(self._show)
        self.client.new_ready.connect(self.picker.setFocus)
        self.client.search_reopened.connect(self._search_reopened)
        self.client.nobody_chosen.connect(self._begin_next)
        self.client.escaped.connect(self._escape)
        self.picker.chosen.connect(self._add_service)
        self.picker.finished.connect(self._services_done)
        self.more.clicked.connect(self._add_another)
        self.nobody.clicked.connect(self._leave)

    # ---- what is known ---------------------------------------------------------------------------------------

    @property
    def is_in_a_row(self) -> bool:
        """Whether one is served after another."""
        return self.how.choice == IN_A_ROW

    @property
    def starts_at(self) -> datetime | None:
        """When they want to begin, wall time; None when any hour suits."""
        return None if self.time.at is None else datetime.combine(self.day.day, self.time.at)

    @property
    def everybody(self) -> tuple[Companion, ...]:
        """All who come, the client on the phone first."""
        return (self._first, *self.people)

    @property
    def is_complete(self) -> bool:
        """Whether nobody is left half named and somebody comes along."""
        return self._is_current_complete or (bool(self.people) and not self.client.is_known)

    @property
    def price(self) -> int | None:
        """What all of it costs, minor units; None when a price is on request."""
        current = self._draft.planned if self.client.is_known else ()
        prices = [one.price for each in self.everybody for one in each.guest.planned] + [one.price for one in current]
        return None if None in prices else sum(price for price in prices if price is not None)

    @property
    def alert_count(self) -> int:
        """How many alerts of all of them stand on the form."""
        return sum(len(one.alerts) for one in self.everybody)

    @property
    def count(self) -> int:
        """How many they are, the one who is being named included."""
        return len(self.everybody) + (1 if self.client.is_known else 0)

    @property
    def _is_current_complete(self) -> bool:
        return self.client.is_known and bool(self._draft.planned)

    def begin(self, first: Companion, day: date, moment: time | None) -> None:
        """Ask who comes along with ``first``, not before ``day`` and ``moment``; who was named already stays."""
        self._first = first
        self.day.set_day(day)
        self.time.set_time(moment)
        self._show()

    def take_prices(self, before: PriceList, now: PriceList, since: SinceLeft) -> None:
        """What everybody wants, by a newer price list; ``since`` notes what was told otherwise."""

        def by_now(planned: Sequence[PlannedService], *, has_master: bool) -> tuple[PlannedService, ...]:
            new = repriced(planned, before, now)
            new = new if has_master else tuple(map(now.by_who_does_it, new))
            since.note(planned, new, before)
            return new

        def of_guest(one: Companion) -> Companion:
            planned = by_now(one.guest.planned, has_master=one.guest.has_master)
            return replace(one, guest=replace(one.guest, planned=planned))

        self._prices = now
        self._rooms = rooms_day(self._desk.salon.database, self._desk.salon.today())
        self.picker.offer(list(now.offered.values()))
        self._first, self.people = of_guest(self._first), [of_guest(one) for one in self.people]
        self._take(replace(self._draft, planned=by_now(self._draft.planned, has_master=self._has_master)))
        self._show()

    @property
    def planned(self) -> tuple[PlannedService, ...]:
        """What all of them want, who is being named included."""
        current = self._draft.planned if self.client.is_known else ()
        return (*(each for one in self.everybody for each in one.guest.planned), *current)

    @property
    def gone(self) -> SalonError | None:
        """Why something that one of them wants can be booked at no time; it is said where it stands, too."""
        return next(filter(None, map(self._prices.refusal, self.planned)), None)

    def finish(self) -> bool:
        """Whether it is known who comes and what they want; what is missing, or typed and not chosen, is told."""
        typed = "" if self.client.is_known else self.client.search.text.strip()
        if typed:
            said = _("“{typed}” is not chosen yet: choose a client in the list or clear the field.")
            self.problem.setText(said.format(typed=typed))
            self.problem.show()
            self.client.search.open_with(typed)
            return False
        if self.client.is_known and self.picker.is_pending:
            self.picker.ask()
            return False
        if self._is_current_complete and not self._keep_current():
            return False
        gone = self.gone
        if gone is not None:
            self.problem.setText(sentence(gone))
            self.problem.show()
            return False
        if self.is_complete:
            return True
        self.focus_first()
        return False

    def forget(self) -> None:
        """Nobody comes along."""
        self.people = []
        self._begin_next()

    def follow_cards(self) -> bool:
        """Who is forgotten meanwhile comes no longer, and who is called otherwise is named so; whether anybody was."""
        self.client.follow_card(keeps_forgotten=False)
        people = [one for one in map(self._followed, self.people) if one is not None]
        if people == self.people:
            return False
        self.people = people
        self._show()
        return True

    def _followed(self, one: Companion) -> Companion | None:
        if one.client_id is None:
            return one
        database = self._desk.salon.database
        card = cards.where_it_belongs(database, one.client_id)
        with suppress(Gone):  # undo took the card away, and may bring it back
            return None if card is None else replace(one, name=register.name_of(database, card))
        return one

    def focus_first(self) -> None:
        """Put the cursor where the next thing is typed; once somebody is named, to what else can be different."""
        if not self.client.is_known and self.people:
            self.how.take_focus()
        elif not self.client.is_known:
            self.client.search.setFocus()
        elif self.client.is_new and not self.client.name.text():
            self.client.name.setFocus()
        else:
            self.picker.setFocus()

    # ---- naming ----------------------------------------------------------------------------------------------

    def _client_chosen(self) -> None:
        card = self.client.card
        if card is not None and card.client_id in [one.client_id for one in self.everybody]:
            self.client.forget()
            self.client.search.clear()
            self.problem.setText(_("{client} is among them already.").format(client=card.name))
            self.problem.show()
            return
        last_time = None if card is None else self._last_time(card)
        if not (self._is_sought_again and self._draft.planned):
            planned = () if last_time is None else last_time.planned
            self._has_master = bool(planned)
            self._take(Draft(self._draft.day, None, planned))
        self._is_sought_again = False
        self._show()
        self.picker.setFocus()

    def _search_reopened(self) -> None:
        self._is_sought_again = True
        self._show()

    def _begin_next(self) -> None:
        self._is_sought_again = False
        self.client.search.clear()
        self.picker.clear()
        self._has_master = False
        self._take(Draft(self._draft.day, None))
        self._show()

    def _services_done(self) -> None:
        if self.finish():
            self.ready.emit()

    def _add_another(self) -> None:
        if self._is_current_complete and self._keep_current():
            self.client.search.setFocus()

    def _keep_current(self) -> bool:
        """Put whoever is being named to those who come; False when name, phone or a typed service is not right."""
        if self.picker.is_pending:
            self.picker.ask()
            return False
        if not self.client.check():
            return False
        client, guest = self.client, Guest(self._draft.planned, self._has_master, self.client.card)
        name = client.card.name if client.card is not None else client.name.text().strip() if client.is_new else ""
        self.people.append(Companion(name, guest, client.client_id, client.new_client))
        client.forget()
        self._begin_next()
        return True

    def _leave(self) -> None:
        self.forget()
        self.left.emit()

    def _escape(self) -> None:
        """Esc in the empty search: nobody more; who is named already stays."""
        if self.people:
            self.ready.emit()
        else:
            self._leave()

    def _remove(self, index: int) -> None:
        del self.people[index]
        self._show()
        self.focus_first()

    # ---- services --------------------------------------------------------------------------------------------

    def _add_service(self, service: OfferedService) -> None:
        self._take(self._draft.with_service(service, None))
        self._show()
        self.picker.setFocus()

    def _service_changed(self, position: int, one: PlannedService) -> None:
        is_another_master = one.staff_id != self._draft.planned[position].staff_id
        # Services side by side need two masters: those who are shown are meant.
        if is_another_master or one.beside:
            self._has_master = True
        self._draft = self._draft.changed(position, one)
        if is_another_master:
            self._draft = self._draft.mended()
            for place, row in enumerate(self.rows()):
                row.set_beside(self._draft.planned[place], may_be=self._draft.may_be_beside(place))
        self.changed.emit()

    def _service_removed(self, position: int) -> None:
        self._take(self._draft.without(position).mended())
        self._show()
        self.picker.setFocus()

    def rows(self) -> list[ServiceRow]:
        """The services of who is being named, in the order of the visit."""
        items = (self._rows.itemAt(index) for index in range(self._rows.count()))
        return [row for item in items if item and isinstance(row := item.widget(), ServiceRow)]

    def _take(self, draft: Draft) -> None:
        self._draft, held = draft, where_held(self.rows())
        _clear(self._rows)
        for position, one in enumerate(draft.planned):
            row = ServiceRow(one, self._prices, may_be_beside=draft.may_be_beside(position), parent=self)
            row.rooms.show_offers(room_offers.at_any_time(self._rooms, one.service_id, one.rooms))
            row.changed.connect(partial(self._service_changed, position))
            row.removed.connect(partial(self._service_removed, position))
            self._rows.addWidget(row)
            row.show()
        stand_again(self.rows(), held)

    # ---- showing ---------------------------------------------------------------------------------------------

    def _show(self) -> None:
        self.problem.hide()
        _clear(self._named)
        self._named.addWidget(_Named(self._first, self._prices, self))
        for index, one in enumerate(self.people):
            line = _Named(one, self._prices, self, is_removable=True)
            line.remove.clicked.connect(partial(self._remove, index))
            self._named.addWidget(line)
        self.picker.setVisible(self.client.is_known)
        self.more.setVisible(self._is_current_complete)
        self.changed.emit()


class _Named(QWidget):
    """Who comes, and below it what for."""

    def __init__(self, one: Companion, prices: PriceList, parent: QWidget, *, is_removable: bool = False) -> None:
        super().__init__(parent)
        what = services_of(one)
        self.setAccessibleName(f"{one.said_name}: {what}")
        self.remove = IconButton("x", _("Without {client}").format(client=one.said_name), parent=self)
        if not is_removable:
            self.remove.hide()
        words_ = QVBoxLayout()
        words_.setSpacing(0)
        words_.addWidget(ElidedLabel(one.said_name, FontRole.STRONG))
        words_.addWidget(ElidedLabel(what, FontRole.SECONDARY, "muted"))
        if one.alerts:
            words_.addWidget(Label(words.alerts(one.alerts), FontRole.SECONDARY, "danger", wrap=True))
        for each in one.guest.planned:
            problem = prices.refusal(each)
            if problem is not None:
                words_.addWidget(Label(sentence(problem), FontRole.SECONDARY, "danger", wrap=True))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addLayout(words_, 1)
        row.addWidget(self.remove)


def services_of(one: Companion) -> str:
    """What somebody wants, and how long it takes: ``маникюр и педикюр · 2 ч 30 мин``."""
    names = [
        each.service_name if number == 0 else wording.inside_a_sentence(each.service_name)
        for number, each in enumerate(one.guest.planned)
    ]
    minutes = Draft(date.min, None, one.guest.planned).minutes
    return f"{wording.listed(names)} · {wording.duration(minutes)}"


def _clear(column: QVBoxLayout) -> None:
    while (item := column.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
