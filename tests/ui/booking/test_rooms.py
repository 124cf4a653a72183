"""The room in the booking form: the one that was drawn in, the one that is free, and another that somebody chooses."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox

from app.salon.catalogue import rooms
from app.salon.scheduling import places
from app.salon.transaction import carry_out
from app.ui.booking.panel import BookingPanel
from app.ui.wishes import BookingSeed
from app.vocabulary import RoomKind
from tests.builders import at
from tests.typing_keys import Keyboard, type_text
from tests.ui.booking.conftest import Opened


def chairs(opened: Opened) -> tuple[int, int]:
    small = opened.small
    return small.room("Кресло 1", small.manicure), small.room("Кресло 2", small.manicure)


def manicure(opened: Opened, seed: BookingSeed) -> tuple[BookingPanel, Keyboard, QComboBox]:
    """A form with a manicure, and the box of its chair."""
    form, keys = opened.keys(seed)
    type_text(form.form.picker, "маник")
    keys.enter()
    return form, keys, box_of(form)


def box_of(form: BookingPanel) -> QComboBox:
    return form.form.rows()[0].rooms.boxes[RoomKind.CHAIR]


def said(box: QComboBox) -> list[str]:
    return [box.itemText(index) for index in range(box.count())]


def rooms_of(opened: Opened, visit: int) -> list[tuple[int, ...]]:
    return [one.rooms for one in places.standing(opened.small.database, visit).services]


def test_what_is_drawn_in_a_room_takes_it(opened: Opened) -> None:
    _first, second = chairs(opened)
    form, _keys, box = manicure(opened, BookingSeed(client_id=opened.small.client(), starts_at=at(12), room_id=second))
    assert box.currentText() == "Кресло 2"
    form.book()
    assert rooms_of(opened, opened.booked[0]) == [(second,)]


def test_as_last_time_in_the_room_that_was_drawn_in(opened: Opened) -> None:
    opened.regular()
    _first, second = chairs(opened)
    _form, keys = opened.keys(BookingSeed(starts_at=at(17), room_id=second))
    keys.type("6789")
    keys.enter()
    keys.enter()
    assert rooms_of(opened, opened.booked[0]) == [(second,)]


def test_a_room_that_is_not_fit_is_said_and_not_taken(opened: Opened) -> None:
    first, _second = chairs(opened)
    couch = opened.small.room("Кушетка", opened.small.pedicure)
    form, _keys, _box = manicure(opened, BookingSeed(client_id=opened.small.client(), starts_at=at(12), room_id=couch))
    assert form.form.warning.text() == "«Кушетка» не подходит для услуги «Маникюр с покрытием»."
    form.book()
    assert rooms_of(opened, opened.booked[0]) == [(first,)]


def test_a_room_that_is_used_no_more_is_said_where_somebody_drew_in_its_column(opened: Opened) -> None:
    first, second = chairs(opened)
    carry_out(opened.small.salon, rooms.archive, first)
    form, _keys, _box = manicure(opened, BookingSeed(client_id=opened.small.client(), starts_at=at(12), room_id=first))
    assert form.form.warning.text().startswith("«Кресло 1» больше не годится")
    form.book()
    assert rooms_of(opened, opened.booked[0]) == [(second,)]


def test_another_room_is_chosen_by_keys_and_the_cursor_stays(opened: Opened) -> None:
    _first, second = chairs(opened)
    opened.small.book(at(12), opened.small.client("Вера Ломова"), staff=opened.small.maria)
    form, keys, box = manicure(opened, BookingSeed(client_id=opened.small.client(), starts_at=at(13)))
    assert said(box) == ["Кресло 1 · само", "Кресло 1", "Кресло 2"]
    for _press in range(5):
        if not box.hasFocus():
            keys.press(Qt.Key.Key_Tab)
    keys.press(Qt.Key.Key_Down)
    keys.press(Qt.Key.Key_Down)
    assert box.hasFocus()
    assert (box.currentText(), form.form.draft.planned[0].rooms) == ("Кресло 2", (second,))
    keys.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert rooms_of(opened, opened.booked[0]) == [(second,)]


def test_another_room_is_chosen_with_the_mouse(opened: Opened) -> None:
    _first, second = chairs(opened)
    form, _keys, box = manicure(opened, BookingSeed(client_id=opened.small.client(), starts_at=at(12)))
    box.showPopup()
    view = box.view()
    place = view.visualRect(box.model().index(2, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert form.form.draft.planned[0].rooms == (second,)
    QTest.mouseClick(form.go_on, Qt.MouseButton.LeftButton)
    assert rooms_of(opened, opened.booked[0]) == [(second,)]


def test_a_taken_room_says_why_and_stands_in_the_way_when_chosen(opened: Opened) -> None:
    first, second = chairs(opened)
    opened.small.book(at(12), opened.small.client("Вера Ломова"), staff=opened.small.maria)
    form, _keys, box = manicure(opened, BookingSeed(client_id=opened.small.client(), starts_at=at(12)))
    assert said(box) == ["Кресло 2 · само", "Кресло 1 · занято 12:00–13:00: Вера Ломова", "Кресло 2"]
    box.setCurrentIndex(box.findData(first))
    assert "Вера Ломова" in form.form.problem.text()
    assert not form.go_on.isEnabled()
    form.form.time.setText("1300")
    assert form.go_on.isEnabled()
    box.setCurrentIndex(0)
    form.form.time.setText("1200")
    form.book()
    assert rooms_of(opened, opened.booked[0]) == [(second,)]


def test_a_changed_visit_keeps_its_room(opened: Opened) -> None:
    _first, second = chairs(opened)
    form, _keys, _box = manicure(opened, BookingSeed(client_id=opened.small.client(), starts_at=at(12), room_id=second))
    form.book()
    change = opened.form(BookingSeed(visit_id=opened.booked[0]))
    change.form.time.setText("1500")
    assert box_of(change).currentText() == "Кресло 2 · само"
    change.book()
    assert rooms_of(opened, opened.booked[0]) == [(second,)]


def test_the_only_room_is_said_and_a_service_without_one_says_nothing(opened: Opened) -> None:
    opened.small.room("Кабинет", opened.small.manicure, kind=RoomKind.ROOM)
    form, keys = opened.keys(BookingSeed(client_id=opened.small.client(), starts_at=at(12)))
    for part in ("маник", "педик"):
        type_text(form.form.picker, part)
        keys.enter()
    first, second = form.form.rows()
    assert (first.rooms.isHidden(), second.rooms.isHidden()) == (False, True)
    assert all(box.isHidden() for box in first.rooms.boxes.values())
