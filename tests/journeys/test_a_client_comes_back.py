"""Book by phone → reminded → arrives → checklist → completed → comes back: one client's story, through the window."""

from datetime import timedelta
from typing import cast

from PySide6.QtCore import Qt

from app.salon import check
from app.salon.clients import card
from app.salon.scheduling import agenda
from app.ui import main_window as places
from app.ui.booking.panel import BookingPanel
from app.ui.my_day.screen import MyDayScreen
from app.ui.reminders.screen import RemindersScreen
from app.vocabulary import ReminderStatus, VisitStatus
from tests.builders import at
from tests.journeys.conftest import Day


def _books_by_phone(day: Day) -> int:
    """Anna is known; the administrator types the digits while she speaks."""
    keys = day.keys
    day.running.window.calendar.grid.setFocus()
    keys.type("6789")
    keys.enter()
    keys.type("маник")
    keys.enter()
    keys.enter()
    keys.press(Qt.Key.Key_Tab)
    form = day.running.window.panel.content
    assert isinstance(form, BookingPanel)
    keys.type("1530")
    for _day in range(2):
        form.form.day.setFocus()
        keys.press(Qt.Key.Key_Up)
    form.form.time.setFocus()
    keys.enter()
    assert day.said == (
        "Анна Щёлкина, четверг 14 мая, 15:30, Ольга, маникюр с покрытием, 1 ч, 1 800 ₽. Накануне пришлём напоминание."
    )
    entry = agenda.of_day(day.small.database, at(0, days=2).date()).entries[0]
    assert entry.is_first_visit
    return entry.visit_id


def _is_reminded(day: Day, visit: int) -> None:
    """The day before at noon the reminder waits; it is sent by hand through WhatsApp, and recorded."""
    window = day.running.window
    day.small.clock.advance(timedelta(days=1, hours=1, minutes=5))
    window._update_badge()
    screen = cast(RemindersScreen, window.go(places.REMINDERS))
    assert screen.due_count() == 1
    row = screen.rows()[0]
    row.act()
    assert day.opener.links[0].startswith("https://wa.me/79123456789?text=")
    assert day.small.database.value("SELECT status FROM reminder") == ReminderStatus.OPENED
    screen.rows()[0]._told_sent()
    assert day.small.database.value("SELECT status FROM reminder") == ReminderStatus.SENT
    assert screen.due_count() == 0
    assert visit


def _arrives(day: Day, visit: int) -> None:
    """On Thursday she comes; the administrator marks it with one key."""
    window = day.running.window
    day.small.clock.advance(timedelta(days=1, hours=3, minutes=20))
    window.go(places.CALENDAR)
    window.calendar.look_at_clock()
    window.calendar.show_today()
    window.calendar.select_visit(visit)
    window.calendar.grid.setFocus()
    day.keys.press(Qt.Key.Key_A)
    assert day.small.status(visit) is VisitStatus.ARRIVED


def _is_served(day: Day, visit: int) -> None:
    """Olga opens her day, ticks the steps, but forgets one; finishing asks, she ticks it, and it is done."""
    screen = cast(MyDayScreen, day.running.window.go(places.MY_DAY))
    screen.choose_master(day.small.olga)
    screen.open_visit(visit)
    assert len(screen.sheet.steps()) == 4
    for place in range(3):
        screen.sheet.steps()[place].click()
    day.asker._answers = [None]
    screen._set_status(VisitStatus.COMPLETED)
    assert day.small.status(visit) is not VisitStatus.COMPLETED
    screen.sheet.steps()[3].click()
    screen._set_status(VisitStatus.COMPLETED)
    assert day.small.status(visit) is VisitStatus.COMPLETED


def _comes_back(day: Day) -> None:
    """She calls again: as last time, in her rhythm, is three Enters after the digits."""
    window = day.running.window
    day.small.clock.advance(timedelta(days=19))
    window.go(places.CALENDAR)
    window.calendar.look_at_clock()
    window.calendar.grid.setFocus()
    day.keys.presses = 0
    day.keys.type("6789")
    for _press in range(3):
        day.keys.enter()
    assert day.keys.presses == 7
    anna = card.read(day.small.database, 1, day.small.salon.today())
    assert anna.next_visit is not None
    assert anna.next_visit.services[0].service_name == "Маникюр с покрытием"
    assert anna.completed == 1


def test_a_client_books_is_reminded_comes_and_comes_back(front_desk: Day) -> None:
    front_desk.small.client("Анна Щёлкина", "8 912 345-67-89")
    visit = _books_by_phone(front_desk)
    _is_reminded(front_desk, visit)
    _arrives(front_desk, visit)
    _is_served(front_desk, visit)
    _comes_back(front_desk)
    assert check.faults(front_desk.small.database) == []
