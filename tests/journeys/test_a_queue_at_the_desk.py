"""Somebody stands at the desk and the phone rings: the booking form in a hurry, in the real window."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication

from app.salon.clients import register
from app.salon.scheduling import agenda, booking
from app.salon.transaction import carry_out
from app.ui.booking import keeping
from app.ui.booking.foot import Stage
from app.ui.booking.panel import BookingPanel
from app.ui.free_places.panel import FreePlacesPanel
from app.ui.my_day.screen import MyDayScreen
from app.ui.screens import MY_DAY
from app.ui.wishes import BookingSeed
from app.vocabulary import CancelReason, VisitStatus
from tests.builders import TODAY, at
from tests.journeys.conftest import Day
from tests.typing_keys import type_text

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


def form(day: Day) -> BookingPanel:
    shown = day.running.window.panel.content
    assert isinstance(shown, BookingPanel)
    return shown


def regular(day: Day) -> int:
    """Anna, whose nails Olga did a week ago."""
    anna = day.small.client("Анна Щёлкина", "8 912 345-67-89")
    day.small.complete(day.small.book(at(15, 30, days=-7), anna))
    day.running.window.calendar.grid.setFocus()
    return anna


# ---- a visit that is no more -------------------------------------------------------------------------------------


def test_a_visit_that_was_cancelled_meanwhile_is_booked_again_as_it_stood_in_the_form(front_desk: Day) -> None:
    small, window = front_desk.small, front_desk.running.window
    anna = small.client("Анна")
    visit = small.book(at(15), anna, minutes=75)
    window.open_booking(BookingSeed(visit_id=visit))
    changed = form(front_desk)
    assert not changed.form.anew.isVisible()
    changed.form.time.setText("1600")
    type_text(changed.form.comment, "с дочкой")
    carry_out(small.salon, booking.cancel, visit, CancelReason.CLIENT_ASKED)
    changed.take_up()
    front_desk.keys.press(Key.Key_Return, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert form(front_desk) is not changed
    assert window.unfinished.forms == (form(front_desk),)
    front_desk.keys.enter()
    (entry,) = agenda.of_day(small.database, TODAY).entries
    assert entry.visit_id != visit
    assert (entry.client_id, entry.starts_at, entry.lengths.total, entry.has_note) == (anna, at(16), 75, True)
    assert window.unfinished.forms == ()


def test_a_visit_that_was_taken_back_with_its_card_is_booked_again_with_a_new_one(front_desk: Day) -> None:
    small, window = front_desk.small, front_desk.running.window
    request = booking.BookingRequest(None, (small.wish(at(15)),))
    new = register.NewClient("Вера Новая", "+7 912 000-11-22")
    visit = window.desk.perform.attempt(keeping.keep, new, request, None).value
    window.open_booking(BookingSeed(visit_id=visit))
    window.undo()
    form(front_desk).form.anew.click()
    assert (form(front_desk).client.name.text(), form(front_desk).form.draft.starts_at) == ("Вера Новая", at(15))
    form(front_desk).book()
    (entry,) = agenda.of_day(small.database, TODAY).entries
    assert (entry.client_name, entry.starts_at) == ("Вера Новая", at(15))


def test_a_hour_that_has_gone_by_is_not_booked_again(front_desk: Day) -> None:
    small, window = front_desk.small, front_desk.running.window
    visit = small.book(at(10), small.client("Анна"))
    carry_out(small.salon, booking.set_status, visit, VisitStatus.NO_SHOW)
    window.open_booking(BookingSeed(visit_id=visit))
    form(front_desk).form.anew.click()
    assert form(front_desk).stage is Stage.WHEN
    front_desk.keys.enter()
    assert [one.starts_at for one in agenda.of_day(small.database, TODAY).entries] == [at(10), at(11)]


# ---- whoever was begun already -----------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["a new visit", "the card"])
def test_who_has_a_booking_that_waits_gets_no_second_one(front_desk: Day, way: str) -> None:
    anna, keys, window = regular(front_desk), front_desk.keys, front_desk.running.window
    keys.type("6789")
    keys.enter()
    begun = form(front_desk)
    type_text(begun.form.comment, "с дочкой")
    if way == "a new visit":
        keys.press(Key.Key_N, CONTROL)
        assert form(front_desk) is not begun
        keys.type("6789")
        keys.enter()
    else:
        window.open_client(anna)
        window.open_booking(BookingSeed(client_id=anna))
    assert form(front_desk) is begun
    assert begun.form.draft.comment == "с дочкой"
    assert window.unfinished.forms == (begun,)


def test_a_place_that_was_chosen_for_them_is_another_booking(front_desk: Day) -> None:
    """And so is one that is begun beside a visit that is changed."""
    anna, keys, window = regular(front_desk), front_desk.keys, front_desk.running.window
    keys.type("6789")
    keys.enter()
    begun = form(front_desk)
    type_text(begun.form.comment, "с дочкой")
    window.open_booking(BookingSeed(starts_at=at(17), staff_id=front_desk.small.olga))
    keys.type("6789")
    keys.enter()
    assert form(front_desk) is not begun
    window.open_booking(BookingSeed(visit_id=front_desk.small.book(at(19), anna)))
    type_text(form(front_desk).form.comment, "!")
    window.unfinished.give_up()
    window.unfinished.give_up()
    window.open_booking(BookingSeed())
    keys.type("6789")
    keys.enter()
    assert form(front_desk).is_new_visit


# ---- a free place meanwhile --------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["щёлк", ""])
def test_whoever_finds_no_free_place_comes_back_to_what_was_typed(front_desk: Day, typed: str) -> None:
    """Nothing is chosen yet: a part of a name, or a service before anybody is named."""
    keys = front_desk.keys
    regular(front_desk)
    keys.press(Key.Key_N, CONTROL)
    begun = form(front_desk)
    if not typed:
        begun.form.picker.setFocus()
    keys.type(typed or "педик")
    keys.press(Key.Key_F3)
    assert isinstance(front_desk.running.window.panel.content, FreePlacesPanel)
    for _press in range(1 if typed else 2):  # the service goes along, and the first one clears it there
        keys.press(Key.Key_Escape)
    assert form(front_desk) is begun
    assert (begun.client.search.text, begun.form.picker.text()) == (typed, "" if typed else "педик")
    if typed:
        keys.enter()
        assert begun.client.called == "Анна Щёлкина"
    begun.form.picker.clear()
    begun.client.forget()
    for _press in range(3):
        keys.press(Key.Key_Escape)
    assert front_desk.running.window.panel.content is None
    assert front_desk.running.window.unfinished.forms == ()


def test_nor_is_lost_who_is_on_the_phone_while_nothing_else_was_entered(front_desk: Day) -> None:
    """The digits and Enter; then a look at what is free."""
    keys, window = front_desk.keys, front_desk.running.window
    regular(front_desk)
    keys.type("6789")
    keys.enter()
    begun = form(front_desk)
    keys.press(Key.Key_F3)
    keys.press(Key.Key_Escape)
    assert form(front_desk) is begun
    assert (begun.stage, begun.client.called) == (Stage.LAST_TIME, "Анна Щёлкина")
    keys.press(Key.Key_Escape)
    assert (front_desk.toast, window.unfinished.forms) == ("", ()), "nothing was entered"


def test_the_booking_does_not_come_back_where_somebody_has_gone_elsewhere_since(front_desk: Day) -> None:
    anna, keys, window = regular(front_desk), front_desk.keys, front_desk.running.window
    keys.press(Key.Key_N, CONTROL)
    keys.type("щёлк")
    keys.press(Key.Key_F3)
    window.open_client(anna)
    window.panel.close_panel()
    assert window.panel.content is None
    (waiting,) = window.unfinished.forms
    assert waiting.unfinished == "Запись не закончена: щёлк"


# ---- Enter once more ---------------------------------------------------------------------------------------------


@pytest.fixture
def hurry(qapp: QApplication) -> Iterator[None]:
    """However slow the computer is, no key comes later than another one would in a hurry."""
    usual = qapp.doubleClickInterval()
    qapp.setDoubleClickInterval(600_000)
    yield
    qapp.setDoubleClickInterval(usual)


@pytest.mark.usefixtures("hurry")
@pytest.mark.parametrize("is_change", [False, True])
def test_enters_in_a_hurry_after_the_booking_do_nothing_to_the_visit(front_desk: Day, is_change: bool) -> None:
    small, keys, window = front_desk.small, front_desk.keys, front_desk.running.window
    if is_change:  # of somebody who sits here, to whom nothing is said: saving it closes the form at once
        visit = small.book(at(11), small.client("Анна"))
        carry_out(small.salon, booking.set_status, visit, VisitStatus.ARRIVED)
        window.open_booking(BookingSeed(visit_id=visit))
        type_text(form(front_desk).form.comment, "без лака")
    else:
        regular(front_desk)
        keys.type("6789")
        for _press in range(3):
            keys.enter()
    keys.press(Key.Key_Return, CONTROL)
    QApplication.processEvents()
    assert window.panel.content is None
    before = small.database.rows("SELECT id, status FROM visit")
    for _press in range(3):
        keys.enter()
    assert window.calendar.peeking.card is None
    assert small.database.rows("SELECT id, status FROM visit") == before
    keys.press(Key.Key_Pause)
    QApplication.processEvents()
    keys.enter()
    assert window.calendar.peeking.card is not None, "whoever presses another key means what is selected"


def test_enter_on_a_visit_opens_its_small_card_also_while_the_day_takes_its_room_back(front_desk: Day) -> None:
    """The key comes before the columns have become wider: the card neither goes at once nor stands on an old place."""
    keys, window = front_desk.keys, front_desk.running.window
    regular(front_desk)
    keys.type("6789")
    for _press in range(3):
        keys.enter()
    keys.press(Key.Key_Return, CONTROL)
    keys.press(Key.Key_Pause)
    keys.enter()
    card = window.calendar.peeking.card
    assert card is not None
    place = card.geometry()
    QApplication.processEvents()
    assert window.calendar.peeking.card is card
    assert card.geometry() == place


@pytest.mark.usefixtures("hurry")
def test_ctrl_and_enter_in_a_hurry_bring_no_visit_of_the_day_on(front_desk: Day) -> None:
    """Ctrl is let go in between, and pressed anew."""
    small, keys, window = front_desk.small, front_desk.keys, front_desk.running.window
    visit = small.book(at(11), small.client("Анна"))
    carry_out(small.salon, booking.set_status, visit, VisitStatus.ARRIVED)
    my_day = window.go(MY_DAY)
    assert isinstance(my_day, MyDayScreen)
    my_day.choose_master(small.olga)
    my_day.take_focus()
    window.open_booking(BookingSeed(visit_id=visit))
    type_text(form(front_desk).form.comment, "без лака")
    for _press in range(2):
        keys.press(Key.Key_Control)
        keys.press(Key.Key_Return, CONTROL)
        QApplication.processEvents()
    assert window.panel.content is None
    assert small.database.rows("SELECT status FROM visit") == [(VisitStatus.ARRIVED,)]
    keys.press(Key.Key_Pause)
    QApplication.processEvents()
    keys.press(Key.Key_Return, CONTROL)
    assert small.database.rows("SELECT status FROM visit") == [(VisitStatus.IN_SERVICE,)]


@pytest.mark.parametrize("is_mouse", [False, True])
def test_whoever_closes_the_form_that_was_opened_from_a_small_card_goes_on_in_the_calendar(
    front_desk: Day, is_mouse: bool
) -> None:
    """What had the keyboard before is gone; it does not go to the rail, where the next arrow changes the screen."""
    window = front_desk.running.window
    visit = front_desk.small.book(at(15), front_desk.small.client())
    window.calendar.reload()
    window.calendar.select_visit(visit)
    entry = window.calendar.selected_entry
    assert entry is not None
    window.calendar.open_peek(entry)
    assert window.calendar.peek is not None
    window.calendar.peek.change_link.setFocus()
    window.calendar.peek.change_link.click()
    form(front_desk).form.rows()[0].minutes.setFocus()
    QApplication.processEvents()
    if is_mouse:
        window.panel.close_panel()
    else:
        front_desk.keys.press(Key.Key_Escape)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert window.calendar.isAncestorOf(focused)


# ---- what is said meanwhile --------------------------------------------------------------------------------------


def test_what_was_said_last_stands_beside_the_small_card_and_covers_none_of_its_buttons(front_desk: Day) -> None:
    small, window = front_desk.small, front_desk.running.window
    visit = small.book(at(20), small.client())
    window.calendar.reload()
    window.calendar.select_visit(visit)
    window.desk.perform.tell("Визит перенесён на вторник, 12 мая, 20:00", undoable=False)
    before = window.toast.geometry()
    entry = window.calendar.selected_entry
    assert entry is not None
    window.calendar.open_peek(entry)
    card = window.calendar.peek
    assert card is not None
    place = QRect(card.mapTo(window, QPoint(0, 0)), card.size())
    assert place.intersects(before)
    assert not place.intersects(window.toast.geometry())
    window.calendar.close_peek()
    assert window.toast.geometry() == before
