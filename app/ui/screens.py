"""The screens of the window: how each is made, and which of its wishes the window answers.

A screen is made, and its module loaded, when it is first wanted: the first painted calendar waits for no other.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from app.ui.calendar.screen import CalendarScreen
from app.ui.screen import Screen

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow

CALENDAR, MY_DAY, CLIENTS, SHIFTS = "calendar", "my_day", "clients", "shifts"
REMINDERS, WAITING, STATISTICS, CATALOGUE = "reminders", "waiting", "statistics", "catalogue"
WELCOME = "welcome"


def make_screen(window: MainWindow, key: str) -> Screen:
    """The screen called ``key``, whose wishes go to ``window``."""
    return _MAKERS[key](window)


def _calendar(window: MainWindow) -> Screen:
    calendar = CalendarScreen(window.desk, window.stack)
    calendar.client_wanted.connect(window.open_client)
    calendar.whose_wanted.connect(window.ask_whose)
    calendar.booking_wanted.connect(window.open_booking)
    calendar.search_wanted.connect(window.find_client)
    calendar.places_wanted.connect(window.find_place)
    calendar.free_place_wanted.connect(window.take_place)
    calendar.waiting.wish_wanted.connect(window.open_waiting)
    calendar.waiting.list_wanted.connect(window.go_waiting)
    calendar.print_wanted.connect(window.print_shown)
    calendar.paper_wanted.connect(window.open_paper)
    calendar.visit_file_wanted.connect(window.save_visit_file)
    calendar.series_wanted.connect(window.open_series)
    calendar.day_shown.connect(window.lay_out_beyond)
    calendar.ill_wanted.connect(window.fall_ill)
    calendar.room_wanted.connect(window.add_room)
    calendar.colleague_wanted.connect(window.take_somebody_on)
    calendar.waiting.field_moved.connect(window.toast.make_way)
    calendar.peeking.moved.connect(window.toast.make_way)
    return calendar


def _my_day(window: MainWindow) -> Screen:
    from app.ui.my_day.screen import MyDayScreen

    my_day = MyDayScreen(window.desk, window.stack)
    my_day.client_wanted.connect(partial(window.open_client, is_masters=True))
    my_day.ill_wanted.connect(window.fall_ill)
    my_day.colleague_wanted.connect(window.take_somebody_on)
    return my_day


def _clients(window: MainWindow) -> Screen:
    from app.ui.clients.screen import ClientsScreen

    clients = ClientsScreen(window.desk, window.stack)
    clients.client_wanted.connect(window.open_client)
    clients.new_client_wanted.connect(window.open_new_client)
    return clients


def _shifts(window: MainWindow) -> Screen:
    from app.ui.shifts.screen import ShiftsScreen

    shifts = ShiftsScreen(window.desk, window.stack)
    shifts.calls_wanted.connect(window.open_calls)
    shifts.form_left.connect(window.tell_shifts_left)
    shifts.ill_wanted.connect(window.fall_ill)
    shifts.month_shown.connect(window.house.lay_out)
    shifts.colleague_wanted.connect(window.take_somebody_on)
    shifts.panel.take_turns_with(window.panel)
    return shifts


def _reminders(window: MainWindow) -> Screen:
    from app.ui.reminders.screen import RemindersScreen

    reminders = RemindersScreen(window.desk, window.stack)
    reminders.client_wanted.connect(window.open_client)
    reminders.visit_wanted.connect(window.show_visit)
    reminders.clients_wanted.connect(partial(window.go, CLIENTS))
    return reminders


def _waiting(window: MainWindow) -> Screen:
    from app.ui.waiting.screen import WaitingScreen

    waiting = WaitingScreen(window.desk, window.stack)
    waiting.client_wanted.connect(window.open_client)
    waiting.wait_wanted.connect(window.open_waiting)
    waiting.turn_away_wanted.connect(partial(window.turn_away, beside=waiting.new_button))
    waiting.booked.connect(window.show_booked)
    return waiting


def _statistics(window: MainWindow) -> Screen:
    from app.ui.statistics.screen import StatisticsScreen

    statistics = StatisticsScreen(window.desk, window.stack)
    statistics.client_wanted.connect(window.open_client)
    statistics.visit_wanted.connect(window.show_visit)
    return statistics


def _catalogue(window: MainWindow) -> Screen:
    from app.ui.catalogue.screen import CatalogueScreen

    catalogue = CatalogueScreen(window.desk, window.stack)
    catalogue.hours_wanted.connect(window.plan_hours)
    catalogue.client_wanted.connect(window.open_client)
    catalogue.restore_wanted.connect(window.restore_wanted)
    catalogue.form_left.connect(window.tell_salon_left)
    catalogue.part_made.connect(window.stand_back)
    return catalogue


def _welcome(window: MainWindow) -> Screen:
    from app.ui.first_run.screen import WelcomeScreen

    welcome = WelcomeScreen(window.desk, window.stack)
    welcome.opened.connect(window.begin_work)
    welcome.sample_wanted.connect(window.sample_wanted)
    return welcome


_MAKERS: dict[str, Callable[[MainWindow], Screen]] = {
    CALENDAR: _calendar,
    MY_DAY: _my_day,
    CLIENTS: _clients,
    SHIFTS: _shifts,
    REMINDERS: _reminders,
    WAITING: _waiting,
    STATISTICS: _statistics,
    CATALOGUE: _catalogue,
    WELCOME: _welcome,
}
