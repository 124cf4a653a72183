"""Booking with the phone at the ear, in the real window: every key is counted, and every step is one look."""

from datetime import date, datetime, timedelta

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from app.salon.clients import alerts, register
from app.salon.scheduling import agenda
from app.salon.transaction import carry_out
from app.ui.booking.foot import Stage
from app.ui.booking.panel import BookingPanel
from app.ui.waiting.form import WaitForm
from app.ui.waiting.turn_away_menu import TurnAwayMenu
from app.vocabulary import AlertKind, AlertMoment
from tests.builders import TODAY, at
from tests.journeys.conftest import Day

Key = Qt.Key


def _regular(day: Day) -> int:
    """Anna comes on Tuesdays at 15:30, every three weeks; Olga needs 75 minutes for her. The last time: a week ago."""
    small = day.small
    anna = small.client("Анна Щёлкина", "8 912 345-67-89")
    for days in (28, 7):
        small.complete(small.book(at(15, 30, days=-days), anna, minutes=75))
    day.running.window.calendar.grid.setFocus()
    return anna


def _form(day: Day) -> BookingPanel:
    form = day.running.window.panel.content
    assert isinstance(form, BookingPanel)
    return form


def _is_one_look(day: Day) -> bool:
    """Everything of this step is on the screen at once, and the keyboard stands on the one thing that Enter takes."""
    QApplication.processEvents()
    form = _form(day)
    focused = QApplication.focusWidget()
    return form.page.verticalScrollBar().maximum() == 0 and focused is not None and form.isAncestorOf(focused)


def _booked(day: Day, on: date) -> list[tuple[str, datetime, int]]:
    entries = agenda.of_day(day.small.database, on).entries
    return [(entry.client_name, entry.starts_at, entry.lengths.total) for entry in entries]


@pytest.mark.parametrize("typed", ["6789", "щёлк", "o`kr"])
def test_a_returning_client_is_digits_and_exactly_three_enters(front_desk: Day, typed: str) -> None:
    """Digits anywhere; letters once the search is open, in either layout of the keyboard."""
    _regular(front_desk)
    keys, window = front_desk.keys, front_desk.running.window
    if not typed.isdigit():
        keys.press(Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    keys.type(typed)
    keys.presses = 0
    stages: list[Stage] = []
    for _press in range(3):
        keys.enter()
        assert _is_one_look(front_desk)
        stages.append(_form(front_desk).stage)
    assert stages == [Stage.LAST_TIME, Stage.WHEN, Stage.SAID]
    assert keys.presses == 3
    assert front_desk.said == (
        "Анна Щёлкина, вторник 26 мая, 15:30, Ольга, маникюр с покрытием, 1 ч 15 мин, 1 800 ₽. "
        "Накануне пришлём напоминание."
    )
    assert _booked(front_desk, at(0, days=14).date()) == [("Анна Щёлкина", at(15, 30, days=14), 75)]
    assert window.calendar.day == at(0, days=14).date()
    assert window.calendar.grid.selected_entry is not None
    assert window.calendar.grid.selected_entry.client_name == "Анна Щёлкина"


def test_the_sentence_stays_until_the_next_act_and_undo_takes_the_visit_back(front_desk: Day) -> None:
    _regular(front_desk)
    keys, window = front_desk.keys, front_desk.running.window
    keys.type("6789")
    for _press in range(3):
        keys.enter()
    front_desk.small.clock.advance(timedelta(minutes=10))
    assert front_desk.said
    keys.press(Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert _booked(front_desk, at(0, days=14).date()) == []
    assert not window.panel.is_open
    assert front_desk.toast == "Отменено"


def test_the_next_call_begins_with_its_digits(front_desk: Day) -> None:
    """Nothing has to be closed between two calls."""
    _regular(front_desk)
    front_desk.small.client("Вера Ломова", "8 903 000-11-22")
    keys = front_desk.keys
    keys.type("6789")
    for _press in range(3):
        keys.enter()
    keys.type("1122")
    keys.enter()
    form = _form(front_desk)
    assert form.client.card is not None
    assert form.client.card.name == "Вера Ломова"


def test_a_digit_chooses_among_the_places_and_opens_no_search(front_desk: Day) -> None:
    _regular(front_desk)
    keys, window = front_desk.keys, front_desk.running.window
    keys.type("6789")
    keys.enter()
    keys.enter()
    keys.type("3")
    assert window._quick is None
    keys.enter()
    (entry,) = agenda.of_day(front_desk.small.database, TODAY).entries
    assert (entry.staff_id, entry.starts_at) == (front_desk.small.maria, at(11))


@pytest.mark.parametrize("service", ["маник", "vfybr"])
def test_a_new_client_goes_on_in_the_same_flow(front_desk: Day, service: str) -> None:
    """An unknown number: Enter, the name, Enter, a part of the service, and three Enters; in either layout."""
    window, keys = front_desk.running.window, front_desk.keys
    window.calendar.grid.setFocus()
    keys.type("89123456700")
    keys.presses = 0
    keys.enter()
    keys.type("Вера")
    keys.enter()
    keys.type(service)
    for _press in range(3):
        keys.enter()
    assert keys.presses == len("Вера") + len(service) + 5
    assert front_desk.said == "Вера, вторник 12 мая, 11:00, Ольга, маникюр с покрытием, 1 ч, 1 800 ₽."
    assert front_desk.small.database.rows("SELECT value FROM contact_point") == [("+79123456700",)]


def test_a_walk_in_without_a_card_is_one_key_from_the_search(front_desk: Day) -> None:
    keys = front_desk.keys
    front_desk.running.window.calendar.grid.setFocus()
    keys.press(Key.Key_Slash)
    keys.press(Key.Key_F8)
    assert _form(front_desk).client.is_walk_in
    keys.type("маник")
    for _press in range(3):
        keys.enter()
    assert front_desk.said == "Вторник 12 мая, 11:00, Ольга, маникюр с покрытием, 1 ч, 1 800 ₽."
    assert keys.presses == 2 + len("маник") + 3


@pytest.mark.parametrize("key", [Key.Key_W, Key(ord("Ц"))])
def test_when_nothing_suits_one_key_leads_to_the_waiting_list(front_desk: Day, key: Qt.Key) -> None:
    anna = _regular(front_desk)
    keys, small = front_desk.keys, front_desk.small
    keys.type("6789")
    keys.enter()
    keys.enter()
    QApplication.sendEvent(
        QApplication.focusWidget() or front_desk.running.window,
        QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, chr(key).lower()),
    )
    form = front_desk.running.window.panel.content
    assert isinstance(form, WaitForm)
    form.keep()
    assert small.database.rows("SELECT client_id FROM waitlist_entry") == [(anna,)]
    assert small.database.rows("SELECT service_id FROM waitlist_service") == [(small.manicure,)]
    assert small.database.rows("SELECT staff_id FROM waitlist_master") == [(small.olga,)]


def test_a_turn_away_is_logged_with_what_the_call_was_about(front_desk: Day) -> None:
    anna = _regular(front_desk)
    keys, small, window = front_desk.keys, front_desk.small, front_desk.running.window
    keys.type("6789")
    keys.enter()
    keys.enter()
    link = _form(front_desk).otherwise.turn_away
    link.click()
    menu = window.findChild(TurnAwayMenu)
    assert menu is not None
    stands = link.mapToGlobal(link.rect().bottomLeft())
    assert (menu.pos() - stands).manhattanLength() < menu.height() + link.height(), "the mouse has no far way to it"
    next(action for action in menu.actions() if action.text().startswith("&1")).trigger()
    assert small.database.rows("SELECT client_id, service_id, staff_id FROM turn_away") == [
        (anna, small.manicure, small.olga)
    ]


def test_the_next_place_can_be_looked_for_after_booking(front_desk: Day) -> None:
    """F3 from the sentence begins anew."""
    _regular(front_desk)
    keys, window = front_desk.keys, front_desk.running.window
    keys.type("6789")
    for _press in range(3):
        keys.enter()
    keys.press(Key.Key_F3)
    assert not isinstance(window.panel.content, BookingPanel)
    assert window.panel.is_open


def test_an_alert_is_acknowledged_by_the_enter_that_books(front_desk: Day) -> None:
    """The button says so; the three Enters stay three."""
    anna = _regular(front_desk)
    alert = carry_out(front_desk.small.salon, register.warn, anna, AlertKind.ALLERGY, "латекс").value
    keys = front_desk.keys
    keys.type("6789")
    keys.enter()
    keys.enter()
    assert _form(front_desk).go_on.text() == "Записать, предупреждение учтено"
    keys.enter()
    visit = front_desk.small.database.value("SELECT MAX(id) FROM visit")
    seen = [(one.alert_id, one.moment) for one in alerts.seen_at(front_desk.small.database, visit)]
    assert seen == [(alert, AlertMoment.BOOKING)]
