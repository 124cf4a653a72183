"""The booking form, as the administrator uses it with the phone at the ear."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.salon import check
from app.salon.scheduling import agenda
from app.ui.booking.panel import BookingPanel
from app.ui.wishes import BookingSeed
from app.vocabulary import VisitStatus
from tests.builders import TODAY, at
from tests.typing_keys import Keyboard, type_text
from tests.ui.conftest import Counter


@pytest.fixture
def opened(qtbot: QtBot, counter: Counter) -> "Opened":
    """The form can be opened for a story."""
    return Opened(qtbot, counter)


class Opened:
    """Opens forms and keeps what they told."""

    def __init__(self, qtbot: QtBot, counter: Counter) -> None:
        self._qtbot = qtbot
        self.counter = counter
        self.booked: list[int] = []
        self.said: list[str] = []
        counter.desk.perform.done.connect(self._hear)

    def _hear(self, text: str, _undoable: bool) -> None:
        self.said.append(text.replace("\u00a0", " "))

    def form(self, seed: BookingSeed) -> BookingPanel:
        form = BookingPanel(self.counter.desk, seed)
        self._qtbot.addWidget(form)
        form.booked.connect(self._note)
        form.resize(400, 800)
        with self._qtbot.waitActive(form):
            form.show()
            form.activateWindow()
        form.focus_first()
        return form

    def _note(self, visit_id: int, _day: object) -> None:
        self.booked.append(visit_id)


def test_a_new_visit_for_a_known_client_from_the_keyboard(opened: Opened) -> None:
    small = opened.counter.small
    small.client("Анна Щёлкина", "8 912 345-67-89")
    form = opened.form(BookingSeed())
    keys = Keyboard(form)
    keys.type("6789")
    keys.enter()
    keys.type("педи")
    keys.enter()
    keys.enter()
    keys.enter()
    assert len(opened.booked) == 1
    entry = agenda.of_day(small.database, TODAY).entries[0]
    assert (entry.client_name, entry.service_name, entry.staff_id) == ("Анна Щёлкина", "Педикюр", small.olga)
    assert entry.starts_at == at(11)
    assert opened.said == ["Анна Щёлкина, вторник 12 мая, 11:00, Ольга Б., Педикюр, 1 ч 30 мин, 2 500 ₽."]


def test_a_returning_client_is_booked_as_last_time_with_three_enters(opened: Opened) -> None:
    small = opened.counter.small
    anna = small.client("Анна Щёлкина", "8 912 345-67-89")
    small.complete(small.book(at(9), anna, minutes=75))
    keys = Keyboard(opened.form(BookingSeed()))
    keys.type("6789")
    keys.enter()
    keys.enter()
    assert len(opened.booked) == 1
    entry = agenda.of_day(small.database, TODAY).entries[1]
    assert (entry.service_name, entry.lengths.total) == ("Маникюр с покрытием", 75)


def test_a_click_on_a_free_place_fills_in_master_and_time(opened: Opened) -> None:
    small = opened.counter.small
    anna = small.client("Анна")
    form = opened.form(BookingSeed(client_id=anna, staff_id=small.maria, starts_at=at(16, 30, days=1)))
    type_text(form._picker, "маник")
    keys = Keyboard(form)
    keys.enter()
    keys.enter()
    keys.enter()
    entry = agenda.of_day(small.database, at(0, days=1).date()).entries[0]
    assert (entry.staff_id, entry.starts_at) == (small.maria, at(16, 30, days=1))


def test_a_dragged_stretch_decides_the_length(opened: Opened) -> None:
    small = opened.counter.small
    seed = BookingSeed(client_id=small.client(), staff_id=small.olga, starts_at=at(16), minutes=45)
    form = opened.form(seed)
    type_text(form._picker, "маник")
    Keyboard(form).enter()
    form.book()
    assert agenda.of_day(small.database, TODAY).entries[0].lengths.total == 45


def test_a_taken_place_is_said_before_booking(opened: Opened) -> None:
    small = opened.counter.small
    small.book(at(15), small.client("Вера Ломова"))
    form = opened.form(BookingSeed(client_id=small.client("Анна"), staff_id=small.olga, starts_at=at(15, 30)))
    type_text(form._picker, "маник")
    Keyboard(form).enter()
    assert "Вера Ломова" in form._problem.text()
    assert not form._book.isEnabled()
    form._time.setText("1700")
    assert form._book.isEnabled()
    assert form._problem.isHidden()


def test_booking_anyway_asks_for_a_reason(opened: Opened) -> None:
    small, asker = opened.counter.small, opened.counter.asker
    small.book(at(15), small.client("Вера Ломова"))
    form = opened.form(BookingSeed(client_id=small.client("Анна"), staff_id=small.olga, starts_at=at(15, 30)))
    type_text(form._picker, "маник")
    Keyboard(form).enter()
    asker._answers = [None, "клиентка подождёт"]
    form._anyway.click()
    assert opened.booked == []
    form._anyway.click()
    assert len(opened.booked) == 1
    entries = agenda.of_day(small.database, TODAY).entries
    assert [entry.overbooked_reason for entry in entries] == ["", "клиентка подождёт"]


def test_a_new_client_inside_the_same_flow(opened: Opened) -> None:
    small = opened.counter.small
    form = opened.form(BookingSeed())
    keys = Keyboard(form)
    keys.type("мария новая")
    keys.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert form._new_name.text() == "Мария Новая"
    keys.type("9123456789")
    keys.enter()
    keys.type("маник")
    keys.enter()
    keys.enter()
    keys.enter()
    entry = agenda.of_day(small.database, TODAY).entries[0]
    assert (entry.client_name, entry.is_first_visit) == ("Мария Новая", True)
    assert small.database.value("SELECT value FROM contact_point") == "+79123456789"
    opened.counter.desk.perform.undo()
    assert small.database.value("SELECT COUNT(*) FROM client") == 0
    assert check.faults(small.database) == []


def test_a_family_phone_is_pointed_out_and_renames_nobody(opened: Opened) -> None:
    """BUGS_OF_OTHERS 9."""
    small = opened.counter.small
    small.client("Ольга Старшая", "+7 912 345-67-89")
    form = opened.form(BookingSeed())
    form.start_new_client("")
    form._new_name.setText("Дочь")
    form._new_phone.setText("8 912 345-67-89")
    assert "Ольга Старшая" in form._phone_line._below.text()
    type_text(form._picker, "маник")
    form._picker.setFocus()
    Keyboard(form).enter()
    form.book()
    assert small.database.rows("SELECT name FROM client ORDER BY id") == [("Ольга Старшая",), ("Дочь",)]


@pytest.mark.parametrize(("name", "phone"), [("", "9123456789"), ("Анна", "12"), ("Анна", "привет")])
def test_a_new_client_that_is_not_right_books_nothing(opened: Opened, name: str, phone: str) -> None:
    small = opened.counter.small
    form = opened.form(BookingSeed())
    form.start_new_client("")
    form._new_name.setText(name)
    form._new_phone.setText(phone)
    type_text(form._picker, "маник")
    form._picker.setFocus()
    Keyboard(form).enter()
    form.book()
    assert opened.booked == []
    assert form._name_line.error or form._phone_line.error
    assert small.database.value("SELECT COUNT(*) FROM client") == 0


def test_a_walk_in_without_a_card_is_one_key(opened: Opened) -> None:
    small = opened.counter.small
    keys = Keyboard(opened.form(BookingSeed(staff_id=small.olga, starts_at=at(12))))
    keys.press(Qt.Key.Key_F8)
    keys.type("маник")
    keys.enter()
    keys.enter()
    keys.enter()
    assert agenda.of_day(small.database, TODAY).entries[0].client_id is None


def test_a_standing_visit_is_changed(opened: Opened) -> None:
    small = opened.counter.small
    visit = small.book(at(15), small.client("Анна"))
    form = opened.form(BookingSeed(visit_id=visit))
    assert form._time.text() == "15:00"
    form._time.setText("1730")
    type_text(form._comment, "с ребёнком")
    form.book()
    entry = agenda.of_day(small.database, TODAY).entries[0]
    assert (entry.visit_id, entry.starts_at, entry.has_note) == (visit, at(17, 30), True)
    assert entry.status is VisitStatus.BOOKED


def test_two_services_follow_each_other_and_one_can_go_again(opened: Opened) -> None:
    small = opened.counter.small
    form = opened.form(BookingSeed(client_id=small.client(), staff_id=small.olga, starts_at=at(12)))
    keys = Keyboard(form)
    for part in ("маник", "педик"):
        type_text(form._picker, part)
        keys.enter()
    assert form._total.text().replace("\u00a0", " ") == "2 ч 30 мин · 4 300 ₽"
    form.book()
    assert [entry.starts_at for entry in agenda.of_day(small.database, TODAY).entries] == [at(12), at(13)]
    other = opened.form(BookingSeed(visit_id=opened.booked[0]))
    other._service_removed(0)
    other.book()
    assert [entry.service_name for entry in agenda.of_day(small.database, TODAY).entries] == ["Педикюр"]


def test_the_nearest_free_places_can_be_taken(opened: Opened) -> None:
    small = opened.counter.small
    small.book(at(11), minutes=180)
    form = opened.form(BookingSeed(client_id=small.client(), staff_id=small.olga))
    type_text(form._picker, "педик")
    Keyboard(form).enter()
    assert form._time.text() == "14:00"


def test_every_field_has_a_name_for_a_screen_reader(opened: Opened) -> None:
    form = opened.form(BookingSeed())
    for field in form.findChildren(QLineEdit):
        assert field.accessibleName() or field.placeholderText(), field


def test_a_new_visit_begins_on_the_day_that_is_looked_at(opened: Opened) -> None:
    form = opened.form(BookingSeed(day=at(0, days=3).date()))
    assert (form._day.day, form._time.text()) == (at(0, days=3).date(), "9:00")
    past = opened.form(BookingSeed(day=at(0, days=-3).date()))
    assert (past._day.day, past._time.text()) == (TODAY, "11:00")
