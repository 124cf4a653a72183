"""F3 from the call to the visit, in the real window."""

from PySide6.QtCore import Qt

from app.salon.scheduling import agenda
from app.ui.booking.panel import BookingPanel
from app.ui.free_places.panel import FreePlacesPanel
from tests.builders import TODAY, at
from tests.journeys.conftest import Day


def test_a_free_place_becomes_a_visit(front_desk: Day) -> None:
    small, keys, window = front_desk.small, front_desk.keys, front_desk.running.window
    small.client("Анна Щёлкина", "8 912 345-67-89")
    small.book(at(11), minutes=90)
    keys.press(Qt.Key.Key_F3)
    assert isinstance(window.panel.content, FreePlacesPanel)
    keys.type("педик")
    keys.enter()
    keys.enter()
    keys.enter()
    assert isinstance(window.panel.content, BookingPanel)
    keys.type("6789")
    keys.enter()
    keys.enter()
    entries = agenda.of_day(small.database, TODAY).entries
    assert [(one.client_name, one.service_name, one.starts_at, one.staff_id) for one in entries[1:]] == [
        ("Анна Щёлкина", "Педикюр", at(12, 30), small.olga)
    ]


def test_a_visit_being_changed_finds_another_place(front_desk: Day) -> None:
    """Its own time is not in its way, and no second visit comes of it."""
    small, keys, window = front_desk.small, front_desk.keys, front_desk.running.window
    anna = small.client()
    visit_id = small.book(at(11), anna, minutes=75)
    window.calendar.reload()
    from app.ui.wishes import BookingSeed

    window.open_booking(BookingSeed(visit_id=visit_id))
    keys.press(Qt.Key.Key_F3)
    keys.press(Qt.Key.Key_Down)
    keys.press(Qt.Key.Key_Down)
    keys.enter()
    keys.enter()
    (entry,) = agenda.of_day(small.database, TODAY).entries
    assert (entry.visit_id, entry.client_id, entry.lengths.total) == (visit_id, anna, 75)
    assert (entry.starts_at, entry.staff_id) == (at(11, 15), small.olga)
    keys.enter()
    assert window.panel.content is None


def test_what_was_typed_about_somebody_new_is_kept(front_desk: Day) -> None:
    small, keys, window = front_desk.small, front_desk.keys, front_desk.running.window
    window._book_for_new("Вера Новая")
    keys.type("89123456700")
    keys.enter()
    keys.type("педик")
    keys.enter()
    keys.press(Qt.Key.Key_F3)
    keys.enter()
    keys.enter()
    (entry,) = agenda.of_day(small.database, TODAY).entries
    assert (entry.client_name, entry.service_name) == ("Вера Новая", "Педикюр")
