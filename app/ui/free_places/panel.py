"""Looking for a free place (F3): which services, by whom, from when; Enter on a place opens the booking form."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from typing import ClassVar

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app import wording
from app.errors import CannotPerform, MasterLeft, SalonError, ServiceWithdrawn
from app.explain import sentence
from app.language import _, ngettext
from app.salon.catalogue import services as catalogue, staff
from app.salon.catalogue.services import OfferedService
from app.salon.journal import Progress
from app.salon.scheduling import free_places, proposals, replacements
from app.salon.scheduling.free_places import DAY_MINUTES, FreePlace, PlaceSearch, WantedService
from app.salon.scheduling.places import PlannedService
from app.salon.scheduling.promised import Promise
from app.ui.desk import Desk
from app.ui.free_places.hours_choice import HoursChoice
from app.ui.free_places.place_list import PlaceList
from app.ui.look import Look
from app.ui.screen import Screen
from app.ui.theme import FontRole
from app.ui.widgets.buttons import ChoiceButton
from app.ui.widgets.choice_box import ChoiceBox
from app.ui.widgets.day_field import DayField
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.field_line import FieldLine
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.label import Label
from app.ui.widgets.service_picker import ServicePicker
from app.ui.wishes import BookingSeed
from app.vocabulary import Topic

_LEAST_RESULTS = 96
_WEEKDAYS = (frozenset(range(7)), frozenset(range(5)), frozenset({5, 6}), *(frozenset({one}) for one in range(7)))
"""The choices of the days of the week: any, Monday to Friday, the weekend, then each day."""


@dataclass(frozen=True, slots=True)
class _Wish:
    """A service that is looked for, by whichever price list."""

    service_id: int
    name: str
    planned: PlannedService | None = None
    """As it was put together elsewhere; None where it was chosen here."""
    is_usual: bool = True
    """Whether it was to take as long as the price list said."""


class FreePlacesPanel(Screen):
    """Finds free places for services in a row. It changes nothing: who takes a place is led to the booking form."""

    topics: ClassVar[frozenset[Topic]] = frozenset(
        {Topic.VISITS, Topic.CATALOGUE, Topic.STAFF, Topic.SALON, Topic.ROOMS}
    )

    booking_wanted = Signal(object)
    """A place was taken: the ``BookingSeed`` with its services, masters and start."""
    looked_until = Signal(object)
    """Up to this day places are looked for; whoever hears it lays the hours out as far."""
    found = Signal(object)
    """The places, to be marked in the calendar; none when the panel goes."""

    def __init__(self, desk: Desk, seed: BookingSeed, parent: QWidget | None = None) -> None:
        """``seed`` is what is known already: client, services, and the day that is looked at."""
        super().__init__(desk, parent)
        self._seed = seed
        self._today = desk.salon.today()
        self._looked_from = self._first_day()
        """The day that was looked at when somebody came here."""
        self._offered: dict[int, OfferedService] = {}
        self._names: dict[int, str] = {}
        self._promises: tuple[Promise, ...] | None = None
        """What is proposed to others who are to be called; None while it is not known."""
        self._look = Look(desk, _("Looking for places…"), self)
        self._look.broke_off.connect(self._give_up)
        self._has_failed = False
        """Whether the last search for what is promised broke off; what was known before goes on to count."""
        self._list_is_wanted = False
        """Whether the keyboard goes from the services to the places as soon as there are any."""
        self._marked: FreePlace | None = None
        """The place that stays marked while it is found out what is promised."""
        self._read_catalogue()
        self._wishes = [self._wish_of(one) for one in seed.planned]
        self._build()
        self._show_services()
        self._show_masters()

    # ---- building --------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self._picker = ServicePicker(list(self._offered.values()), self.desk.salon.profile.currency, self)
        self._picker.setText(self._seed.typed_service)
        self._picker.chosen.connect(self._add_service)
        self._picker.finished.connect(self.focus_places)
        chosen = QWidget(self)
        self._chosen = FlowLayout(chosen)
        self._master = ChoiceBox(self)
        self._day = DayField(max(self._first_day(), self._today), self._today, self)
        self._weekdays = ChoiceBox(self)
        self._fill_weekdays()
        facts = self.desk.salon.profile
        self.hours = HoursChoice(facts.opens_minute, facts.closes_minute, self)
        form = QVBoxLayout()
        form.setContentsMargins(24, 8, 24, 8)
        form.setSpacing(12)
        form.addWidget(self._picker)
        form.addWidget(self._picker.notice)
        form.addWidget(chosen)
        form.addLayout(self._build_choices())
        form.addWidget(self.hours)
        self._count = Label("", FontRole.SECONDARY, "muted", wrap=True)
        below = QHBoxLayout()
        below.addWidget(self._count, 1)
        below.addStretch()
        below.addWidget(self.hours.other)
        form.addLayout(below)
        self._results = QStackedWidget(self)
        around = QWidget(self._results)
        self._list = PlaceList(self._today, around)
        self._list.chosen.connect(self.take)
        self._empty = EmptyState("search", "", "", action=_("Look again"), parent=self._results)
        self._empty.button.hide()
        self._empty.acted.connect(self._look_again)
        inside = QVBoxLayout(around)
        inside.setContentsMargins(12, 0, 12, 8)
        inside.addWidget(self._list)
        # In a low window the results give way, not the fields above them.
        self._results.setMinimumHeight(_LEAST_RESULTS)
        self._results.addWidget(around)
        self._results.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(form)
        column.addWidget(self._results, 1)
        self._master.currentIndexChanged.connect(self._master_chosen)
        self._weekdays.currentIndexChanged.connect(self._find)
        self._day.day_changed.connect(self._find)
        self.hours.changed.connect(self._find)
        self.hours.finished.connect(self.focus_places)

    def _build_choices(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(12)
        self._since = Label("", FontRole.SECONDARY, "warn", wrap=True)
        """Why the master who was chosen is not chosen any more."""
        self._since.hide()
        grid.addWidget(FieldLine(_("Master"), self._master, parent=self), 0, 0, 1, 2)
        grid.addWidget(self._since, 1, 0, 1, 2)
        grid.addWidget(FieldLine(_("From the day"), self._day, parent=self), 2, 0)
        grid.addWidget(FieldLine(_("Days of the week"), self._weekdays, parent=self), 2, 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        return grid

    def _fill_weekdays(self) -> None:
        self._weekdays.addItems([_("Any day"), _("Monday to Friday"), _("At the weekend")])
        for number in range(7):
            # 1 January 2024 was a Monday.
            name = wording.weekday_name(date(2024, 1, 1 + number))
            self._weekdays.addItem(name[:1].upper() + name[1:])

    def _first_day(self) -> date:
        if self._seed.day is not None:
            return self._seed.day
        return self._seed.starts_at.date() if self._seed.starts_at is not None else self._today

    # ---- services and masters --------------------------------------------------------------------------------

    def _read_catalogue(self) -> bool:
        """Read what can be had and with whom; False when it is the same."""
        database, before = self.desk.salon.database, (self._offered, self._names)
        self._offered = {one.service_id: one for one in catalogue.offered(database)}
        self._names = {one.staff_id: one.name for one in staff.here(database)}
        return before != (self._offered, self._names)

    def _wish_of(self, one: PlannedService) -> _Wish:
        offered = self._offered.get(one.service_id)
        is_usual = offered is not None and one.lengths == offered.lengths_with(one.staff_id)
        return _Wish(one.service_id, one.service_name, one, is_usual)

    @property
    def _services(self) -> list[WantedService]:
        """What is looked for, by today's price list; nothing stands before the first, and no pause."""
        wanted = [one for one in map(self._wanted, self._wishes) if one is not None]
        return [replace(wanted[0], beside=False, pause=0), *wanted[1:]] if wanted else []

    @property
    def _withdrawn(self) -> ServiceWithdrawn | None:
        """Something is looked for that is offered no more: no place is proposed for what is left without it."""
        gone = (one for one in self._wishes if self._wanted(one) is None)
        return next((ServiceWithdrawn(one.name) for one in gone), None)

    def _wanted(self, wish: _Wish) -> WantedService | None:
        """As long as the client needs it; at the price of whoever does it, or the one that was agreed already.

        None where it is offered no more; a visit that stands keeps what was agreed.
        """
        offered, one = self._offered.get(wish.service_id), wish.planned
        if one is not None and self._seed.visit_id is not None:
            return proposals.by_anybody(one, None) if offered is None else free_places.as_agreed(offered, one)
        if offered is None:
            return None
        if one is None:
            return free_places.wanted(offered)
        lengths = offered.lengths_with(one.staff_id) if wish.is_usual else one.lengths
        return proposals.by_anybody(replace(one, service_name=offered.name, lengths=lengths), offered)

    def _as_asked(self, one: PlannedService) -> PlannedService:
        """Whoever was asked for and does it still was asked for."""
        asked = [(each.service_id, each.staff_id) for each in self._seed.planned if each.is_asked_for]
        return replace(one, is_asked_for=(one.service_id, one.staff_id) in asked)

    def _add_service(self, service: OfferedService) -> None:
        self._wishes.append(_Wish(service.service_id, service.name))
        self._services_changed()
        self._picker.setFocus()

    def _remove_service(self, position: int, _checked: bool = False) -> None:
        del self._wishes[position]
        self._services_changed()
        self._picker.setFocus()

    def _services_changed(self) -> None:
        self._show_services()
        self._show_masters()
        self._find()

    def _show_services(self) -> None:
        focused = QApplication.focusWidget()
        had_focus = focused is not None and focused.parentWidget() is self._chosen.parentWidget()
        self._chosen.clear()
        for position, wish in enumerate(self._wishes):
            offered = self._offered.get(wish.service_id)
            name = wish.name if offered is None else offered.name
            button = ChoiceButton(name, icon="x", tip=_("Remove “{service}”").format(service=name))
            button.clicked.connect(partial(self._remove_service, position))
            self._chosen.addWidget(button)
        if had_focus:
            self._picker.setFocus()

    def _show_masters(self) -> None:
        """Offer those who do all the services: any other choice would find nothing. Who is one no more is told."""
        before, was_called = self._master.currentData(), self._master.currentText()
        able = [staff_id for staff_id in self._names if all(staff_id in one.masters for one in self._services)]
        if not self._services:
            able = [one.staff_id for one in staff.masters(self.desk.salon.database)]
        with QSignalBlocker(self._master):
            self._master.clear()
            self._master.addItem(_("Any master"), None)
            for staff_id in able:
                self._master.addItem(self._names[staff_id], staff_id)
            self._master.setCurrentIndex(max(0, self._master.findData(before)))
        lost = before is not None and before not in able
        self._say_since(self._why_lost(before, was_called) if lost else None)

    def _why_lost(self, staff_id: int, name: str) -> SalonError:
        """Why a master who was chosen can be chosen no longer."""
        others = (one.service_name for one in self._services if staff_id not in one.masters)
        service = next(others, None) if staff_id in self._names else None
        return MasterLeft(name) if service is None else CannotPerform(name, service)

    def _say_since(self, problem: SalonError | None) -> None:
        self._since.setText("" if problem is None else sentence(problem))
        self._since.setVisible(problem is not None)

    # ---- finding ---------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Search again after any change of the salon, by today's price list; the place that is marked stays so.

        Who is to be called because their master is absent gets no place that is proposed to another: those of all
        lists of calls are found out first, beside the window.
        """
        self._marked = self._list.current or self._marked
        self._has_failed = False
        if self._read_catalogue():
            self._picker.offer(list(self._offered.values()))
            self._show_services()
            self._show_masters()
        salon, visit_id = self.desk.salon, self._seed.visit_id
        if visit_id is None or not replacements.is_to_be_called(salon, visit_id):
            self._know(())
            return

        def find(told: Progress) -> tuple[Promise, ...]:
            return replacements.promises(salon, visit_id, told)

        self._find_again()
        self._look.ask(find, self._know)

    def _know(self, promises: tuple[Promise, ...]) -> None:
        self._promises = promises
        self._marked = self._list.current or self._marked
        self._find_again()
        self._marked = None
        # Whoever has gone on to another field meanwhile, types there.
        if self._list_is_wanted and self.window().focusWidget() is self._picker and not self._picker.is_pending:
            self.focus_places()
        self._list_is_wanted = False

    def _give_up(self) -> None:
        self._has_failed = True
        self._find_again()

    def _look_again(self) -> None:
        self._picker.setFocus()  # the button goes
        self._list_is_wanted = True
        self.reload()

    def _find_again(self) -> None:
        """The same wish: what was marked stays so."""
        self._find()
        if self._marked is not None:
            self._list.stand_on(self._marked)

    def _master_chosen(self, _index: int) -> None:
        self._say_since(None)
        self._find()

    def _find(self, _changed: object = None) -> None:
        """Search again, after any change of the wish."""
        self.looked_until.emit(self._day.day + timedelta(days=free_places.USUAL_DAYS))
        is_known = self._promises is not None and self._withdrawn is None
        found = (
            replacements.find_beside(self.desk.salon, self._search(), self._promises or ())
            if is_known and self.hours.window is not None
            else replacements.NOWHERE
        )
        self._list.show_places(found.left, self._names, found.promised)
        self.found.emit(found.left)
        left, promised = len(found.left), len(found.promised)
        said = [ngettext("{n} free place", "{n} free places", left).format(n=wording.number(left))] if left else []
        if promised:
            more = ngettext("{n} promised to others", "{n} promised to others", promised)
            said.append(more.format(n=wording.number(promised)))
        self._count.setText(" · ".join(said))
        self._count.setVisible(bool(said))
        self._say_empty()
        self._results.setCurrentIndex(0 if said else 1)

    def _search(self) -> PlaceSearch:
        master = self._master.currentData()
        services = self._services if master is None else [one.only_by([master]) for one in self._services]
        from_minute, to_minute = self.hours.window or (0, DAY_MINUTES)
        return PlaceSearch(
            tuple(services),
            self._day.day,
            weekdays=_WEEKDAYS[self._weekdays.currentIndex()],
            from_minute=from_minute,
            to_minute=to_minute,
            visit_id=self._seed.visit_id,
        )

    def _say_empty(self) -> None:
        withdrawn = self._withdrawn
        is_stuck = self._has_failed and self._promises is None and withdrawn is None
        self._empty.button.setVisible(is_stuck)
        if withdrawn is not None:
            self._empty.say(_("No free places"), sentence(withdrawn))
        elif is_stuck:
            said = _("It could not be found out what is promised to the other clients.")
            self._empty.say(_("It did not work"), said)
        elif self._promises is None:
            self._empty.say(_("One moment…"), _("Looking for what is promised to the other clients to be called."))
        elif self.hours.window is None:
            self._empty.say(_("No free places"), "")
        elif self._services:
            days = wording.days(free_places.USUAL_DAYS)
            self._empty.say(
                _("No free places"),
                _("Nothing is free within {days}. Try another day, another master or another time.").format(days=days),
            )
        else:
            self._empty.say(_("Which service?"), _("Choose one or several in a row; the free places appear here."))

    def hideEvent(self, event: QHideEvent) -> None:
        """The marks go with the panel."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.found.emit(())
            self._look.drop()
            self._is_stale = True  # where the panel only waits behind another one, they come back with it

    def take(self, place: FreePlace) -> None:
        """Book there, in the booking form; not before every service that was typed is chosen."""
        if self._picker.is_pending:
            self._picker.ask()
            return
        self.booking_wanted.emit(
            replace(
                self._seed,
                staff_id=place.staff_ids[0],
                starts_at=place.starts_at,
                day=None,
                minutes=None,
                planned=tuple(map(self._as_asked, place.planned)),
                typed_service="",
            )
        )

    def look_from(self, day: date) -> None:
        """Another day is looked at: who looks for nobody yet looks from there, unless they chose a day since."""
        known = (self._seed.client_id, self._seed.visit_id, self._seed.is_walk_in, self._seed.new_client)
        is_news, self._looked_from = day != self._looked_from, day
        if is_news and not any(known) and not self._seed.planned:
            self._day.set_day(max(day, self._today))
            self._find()

    # ---- keys ------------------------------------------------------------------------------------------------

    def focus_first(self) -> None:
        """Put the cursor where the next thing is chosen."""
        if self._picker.is_pending:
            self._picker.carry_on(self._picker.text())
        elif self._services and self._list.current is not None:
            self._list.setFocus()
        else:
            self._picker.setFocus()
            self._list_is_wanted = bool(self._services)

    def focus_places(self) -> None:
        """Go to the list, when there is one: Enter in the empty field says that the services are complete."""
        if self._list.current is not None:
            self._list.setFocus()
