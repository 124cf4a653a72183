"""F3 from the call to the visit, in the real window."""

from datetime import datetime, time, timedelta

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from app.salon.catalogue import rosters
from app.salon.catalogue.patterns import Cycle, Stretch, cyclic
from app.salon.scheduling import agenda
from app.salon.transaction import carry_out
from app.ui.booking.panel import BookingPanel
from app.ui.free_places.panel import FreePlacesPanel
from app.ui.free_places.place_list import PlaceList
from app.ui.screens import CALENDAR, SHIFTS
from app.ui.shifts.screen import ShiftsScreen
from app.ui.widgets.day_field import DayField
from app.ui.wishes import BookingSeed
from app.vocabulary import CalendarView
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


def test_who_has_only_a_mouse_looks_for_a_place_as_well(front_desk: Day) -> None:
    """What was begun goes along, as with the key."""
    small, window = front_desk.small, front_desk.running.window
    visit_id = small.book(at(11), small.client(), minutes=75)
    window.calendar.reload()
    window.open_booking(BookingSeed(visit_id=visit_id))
    QTest.mouseClick(window.calendar.bar.places, Qt.MouseButton.LeftButton)
    places = window.panel.content
    assert isinstance(places, FreePlacesPanel)
    assert places.findChildren(PlaceList), "what the visit holds is looked for at once"


def test_a_visit_being_changed_finds_another_place(front_desk: Day) -> None:
    """Its own time is not in its way, and no second visit comes of it."""
    small, keys, window = front_desk.small, front_desk.keys, front_desk.running.window
    anna = small.client()
    visit_id = small.book(at(11), anna, minutes=75)
    window.calendar.reload()
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


def test_the_found_places_are_marked_in_the_calendar_and_a_click_books(front_desk: Day) -> None:
    small, keys, window = front_desk.small, front_desk.keys, front_desk.running.window
    small.book(at(11), minutes=90)
    window.calendar.reload()
    keys.press(Qt.Key.Key_F3)
    keys.type("педик")
    keys.enter()
    keys.enter()
    grid = window.calendar.grid
    marks = {mark.place.starts_at: mark for mark in grid.marks}
    assert at(12, 30) in marks
    assert at(11, 30) not in marks
    assert not any(one.box.overlaps(other.box) for one in grid.marks for other in grid.marks if one is not other)
    window.calendar.go_by(1)
    assert {mark.place.starts_at.date() for mark in grid.marks} == {TODAY + timedelta(days=1)}
    window.calendar.show_view(CalendarView.MONTH)
    month = window.calendar.overviews.month
    assert month is not None
    number = month.plan.number_of(TODAY + timedelta(days=1))
    assert "свобод" in month.said(month.plan.loads[number or 0])
    window.calendar.show_view(CalendarView.MASTERS)
    window.calendar.show_today()
    box = next(mark.box for mark in grid.marks if mark.place.starts_at == at(12, 30))
    QTest.mouseClick(grid, Qt.MouseButton.LeftButton, pos=QPoint(box.x + 10, box.y + 8))
    assert isinstance(window.panel.content, BookingPanel)
    assert window.panel.content.form.draft.starts_at == at(12, 30)
    assert grid.marks == (), "the marks go with the panel"


def test_the_calendar_scrolls_to_the_first_mark_where_none_is_seen(front_desk: Day) -> None:
    small, keys, window = front_desk.small, front_desk.keys, front_desk.running.window
    window.resize(1366, 640)
    small.book(at(11), minutes=7 * 60)
    window.calendar.reload()
    board = window.calendar.board
    board.show_minute(9 * 60)
    before = board.scrolled
    keys.press(Qt.Key.Key_F3)
    keys.type("педик")
    keys.enter()
    keys.enter()
    first = board.grid.marks[0]
    assert first.place.starts_at == at(18)
    assert board.scrolled > before
    assert first.box.y >= board.scrolled
    assert first.box.bottom <= board.scrolled + board.view.pane.height()
    scrolled = board.scrolled
    board.grid.mark_places([])
    window.calendar.mark_places([first.place])
    assert board.scrolled == scrolled, "what is seen already stays where it is"


def test_the_marks_come_back_with_the_panel_that_waited_behind_one_of_the_shifts(front_desk: Day) -> None:
    keys, window = front_desk.keys, front_desk.running.window
    keys.press(Qt.Key.Key_F3)
    keys.type("педик")
    keys.enter()
    marked = window.calendar.grid.marks
    shifts = window.go(SHIFTS)
    assert isinstance(shifts, ShiftsScreen)
    shifts.show_absences()
    assert not window.panel.isVisible()
    window.go(CALENDAR)
    assert window.panel.isVisible()
    assert [mark.place for mark in window.calendar.grid.marks] == [mark.place for mark in marked] != []


def test_a_bride_who_asks_for_the_winter_is_offered_places(front_desk: Day) -> None:
    """No calendar was leafed so far: half a year ahead the hours are laid out, and the schedule says the rest."""
    small, keys, window = front_desk.small, front_desk.keys, front_desk.running.window
    worked = cyclic(TODAY + timedelta(days=1), Cycle(1, 0), (Stretch(9 * 60, 21 * 60),))
    carry_out(small.salon, rosters.plan, small.olga, worked)
    keys.press(Qt.Key.Key_F3)
    panel = window.panel.content
    assert isinstance(panel, FreePlacesPanel)
    keys.type("педик")
    keys.enter()
    winter = TODAY + timedelta(weeks=34)
    day = panel.findChild(DayField)
    assert day is not None
    day.set_day(winter)
    day.day_changed.emit(winter)
    places = panel.findChild(PlaceList)
    assert places is not None
    assert places.places()[0].starts_at == datetime.combine(winter, time(9))


def test_a_day_far_ahead_that_is_said_on_the_phone_has_its_places_at_once(front_desk: Day) -> None:
    """The form is given the date itself; nobody has leafed there."""
    small, keys, window = front_desk.small, front_desk.keys, front_desk.running.window
    worked = cyclic(TODAY + timedelta(days=1), Cycle(1, 0), (Stretch(9 * 60, 21 * 60),))
    carry_out(small.salon, rosters.plan, small.olga, worked)
    window.open_booking(BookingSeed(client_id=small.client()))
    form = window.panel.content
    assert isinstance(form, BookingPanel)
    keys.type("педик")
    keys.enter()
    form.open_form()
    winter = TODAY + timedelta(weeks=34)
    form.form.day.set_day(winter)
    form.form.day.day_changed.emit(winter)
    form.form.time.setFocus()
    keys.type("1000")
    keys.enter()
    (entry,) = agenda.of_day(small.database, winter).entries
    assert (entry.service_name, entry.starts_at) == ("Педикюр", datetime.combine(winter, time(10)))
