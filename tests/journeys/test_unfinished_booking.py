"""A booking is left half-filled: another caller comes first, the panel or the window is closed. Nothing is lost."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from app.errors import DatabaseUnreadable
from app.salon.catalogue import rooms, services, staff
from app.salon.changes import Changes
from app.salon.clients import forgetting, register
from app.salon.scheduling import booking
from app.salon.scheduling.intervals import Lengths
from app.salon.transaction import carry_out
from app.ui.booking.foot import Stage
from app.ui.booking.panel import BookingPanel
from app.ui.free_places.panel import FreePlacesPanel
from app.ui.waiting.form import WaitForm
from app.ui.wishes import BookingSeed
from app.vocabulary import VisitStatus
from tests.builders import TODAY, SmallSalon, at
from tests.journeys.conftest import Day

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


def _client(day: Day, name: str, phone: str) -> int:
    client = day.small.client(name, phone)
    day.small.complete(day.small.book(at(15, 30, days=-7), client))
    day.running.window.calendar.grid.setFocus()
    return client


@pytest.fixture
def called(front_desk: Day) -> Day:
    """Anna was here a week ago, Vera the week before; both have phones."""
    _client(front_desk, "Анна Щёлкина", "8 912 345-67-89")
    front_desk.small.client("Вера Ломова", "8 912 345-44-55")
    return front_desk


def calls(day: Day, digits: str) -> BookingPanel:
    """Somebody calls, whatever is being typed: the digits, and Enter."""
    day.keys.press(Key.Key_K, CONTROL)
    day.keys.type(digits)
    day.keys.enter()
    return form(day)


def form(day: Day) -> BookingPanel:
    shown = day.running.window.panel.content
    assert isinstance(shown, BookingPanel)
    return shown


def strip(day: Day) -> str:
    """What is said to be unfinished, with ordinary spaces."""
    unfinished = day.running.window.unfinished
    is_said = unfinished.strip is not None and unfinished.strip.isVisible()
    return unfinished.strip.text.replace("\u00a0", " ") if is_said and unfinished.strip is not None else ""


def begin_anna(day: Day) -> BookingPanel:
    """Anna wants the same as last time, and says something to it."""
    begun = calls(day, "6789")
    day.keys.enter()
    assert begun.stage is Stage.WHEN
    begun.form.comment.setText("придёт с дочкой")
    return begun


def close(day: Day) -> bool:
    """Close the window as its frame does; whether it closed."""
    handle = day.running.window.windowHandle()
    assert handle is not None
    return handle.close()


def test_the_digits_of_another_caller_lose_nothing(called: Day) -> None:
    anna = begin_anna(called)
    vera = calls(called, "4455")
    assert vera.client.card is not None
    assert vera.client.card.name == "Вера Ломова"
    assert strip(called) == "Запись не закончена: Анна Щёлкина, маникюр с покрытием"
    called.keys.press(Key.Key_F5)
    assert form(called) is anna
    assert (anna.stage, anna.form.draft.comment) == (Stage.WHEN, "придёт с дочкой")
    assert strip(called) == "", "Vera's form was only opened"
    called.keys.enter()
    assert called.said.startswith("Анна Щёлкина, ")
    assert called.small.database.value("SELECT comment FROM visit ORDER BY id DESC LIMIT 1") == "придёт с дочкой"


def test_a_form_in_which_nothing_was_entered_is_left_without_a_word(called: Day) -> None:
    calls(called, "6789")
    calls(called, "4455")
    assert strip(called) == ""
    called.keys.press(Key.Key_Escape)
    assert called.toast == ""
    assert close(called)


def test_somebody_new_keeps_name_and_phone_as_typed(called: Day) -> None:
    window = called.running.window
    window.new_visit()
    form(called).start_new_client("Ирина 8 912 000-11-22")
    window.open_client(called.small.client("Пётр"))
    assert strip(called).startswith("Запись не закончена: Ирина")
    window.unfinished.go_on()
    client = form(called).client
    assert (client.name.text(), client.phone.typed) == ("Ирина", "8 912 000-11-22")


def test_whoever_calls_again_goes_on_where_they_were(called: Day) -> None:
    anna = begin_anna(called)
    calls(called, "4455")
    assert calls(called, "6789") is anna
    assert strip(called) == ""


def test_of_several_one_is_chosen(called: Day) -> None:
    anna = begin_anna(called)
    vera = calls(called, "4455")
    vera.form.comment.setText("перезвонить")
    called.small.client("Пётр", "8 912 345-77-88")
    calls(called, "7788")
    assert strip(called) == "Запись не закончена: Вера Ломова и ещё 1"
    unfinished = called.running.window.unfinished
    called.keys.press(Key.Key_F5)
    assert unfinished.menu is not None
    assert [one.text() for one in unfinished.menu.actions()] == [
        "Вера Ломова",
        "Анна Щёлкина, маникюр с покрытием",
    ]
    unfinished.menu.actions()[1].trigger()
    unfinished.menu.close()
    assert form(called) is anna
    assert strip(called) == "Запись не закончена: Вера Ломова"


def test_a_form_that_was_closed_is_offered_once_more(called: Day) -> None:
    anna = begin_anna(called)
    called.keys.press(Key.Key_Escape)
    assert called.toast == "Запись не закончена: Анна Щёлкина, маникюр с покрытием"
    assert strip(called) == ""
    called.running.window.toast.buttons[0].click()
    assert form(called) is anna
    called.keys.press(Key.Key_Escape)
    assert close(called), "what was closed on purpose keeps nobody"


@pytest.mark.parametrize("who", ["Anna", "somebody new"])
def test_a_form_that_was_closed_is_offered_again_to_whoever_begins_anew(called: Day, who: str) -> None:
    """The mouse has no other way back once the toast has gone."""
    window = called.running.window
    if who == "Anna":
        begun = begin_anna(called)
    else:
        window.new_visit()
        begun = form(called)
        begun.start_new_client("Ирина 8 912 000-11-22")
    said = begun.unfinished
    window.panel.close_panel()
    window.toast.dismiss()
    calls(called, "4455")
    assert called.toast == "", "Vera has nothing to do with it"
    window.new_visit()
    if begun.client.client_id is not None:
        form(called).client.choose(begun.client.client_id)
    assert called.toast == said.replace("\u00a0", " ")
    window.toast.buttons[0].click()
    assert form(called) is begun


def test_what_is_not_wanted_goes_from_the_strip_and_can_still_be_fetched(called: Day) -> None:
    anna = begin_anna(called)
    calls(called, "4455")
    unfinished = called.running.window.unfinished
    assert unfinished.strip is not None
    unfinished.strip.drop.click()
    assert strip(called) == ""
    called.keys.press(Key.Key_F5)
    assert form(called) is anna


@pytest.mark.parametrize("is_open", [True, False], ids=["open", "left"])
def test_closing_the_window_asks_and_leads_back(called: Day, is_open: bool) -> None:
    anna = begin_anna(called)
    if not is_open:
        calls(called, "4455")
    called.asker._answers += [False, True]
    assert not close(called)
    assert called.asker.asked == ["Закрыть, хотя запись не закончена?"]
    assert called.asker.details[0].replace("\u00a0", " ") == ("Запись не закончена: Анна Щёлкина, маникюр с покрытием")
    assert called.running.window.isVisible()
    assert form(called) is anna
    assert close(called)


def test_whoever_changes_the_salon_is_asked_once(called: Day) -> None:
    begin_anna(called)
    called.asker._answers += [True]
    assert called.running.window.may_be_left()
    assert close(called)


def test_what_goes_on_elsewhere_is_not_unfinished(called: Day) -> None:
    window = called.running.window
    begin_anna(called)
    called.keys.press(Key.Key_F3)
    places: Any = window.panel.content
    assert isinstance(places, FreePlacesPanel)
    assert strip(called).startswith("Запись не закончена: Анна"), "whoever closes the search comes back"
    called.keys.enter()
    assert form(called).client.card is not None
    assert strip(called) == ""
    form(called)._want_to_wait()
    wait: Any = window.panel.content
    assert isinstance(wait, WaitForm)
    assert strip(called).startswith("Запись не закончена: Анна")
    called.keys.press(Key.Key_Return, CONTROL)
    assert strip(called) == ""
    assert window.unfinished.forms == ()


def test_who_was_forgotten_meanwhile_is_named_no_more(called: Day) -> None:
    anna = begin_anna(called)
    client = anna.client.client_id
    assert client is not None
    calls(called, "4455")
    carry_out(called.small.salon, forgetting.ask, client, cancel_visits=True)
    called.small.clock.advance(timedelta(days=forgetting.DAYS_TO_THINK + 1))
    called.running.desk.feed.announce(forgetting.forget_due(called.small.salon))
    assert "Анна" not in strip(called)
    called.keys.press(Key.Key_F5)
    assert form(called) is anna
    assert register.name_of(called.small.database, client) == ""


def test_a_change_that_is_saved_is_not_unfinished_although_nobody_is_awaited(called: Day) -> None:
    small, window = called.small, called.running.window
    visit = small.book(at(10), small.client("Мария"))
    carry_out(small.salon, booking.set_status, visit, VisitStatus.ARRIVED)
    window.open_booking(BookingSeed(visit_id=visit))
    form(called).form.comment.setText("без лака")
    form(called).book()
    assert small.database.value("SELECT comment FROM visit WHERE id = ?", (visit,)) == "без лака"
    assert called.toast == "Визит изменён"
    assert window.unfinished.forms == ()
    called.keys.press(Key.Key_F5)
    assert window.panel.content is None


def test_a_file_that_cannot_be_read_keeps_nobody_in_the_window(called: Day, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever restores a copy because the salon is damaged gets out of it."""

    def damaged(*_given: object) -> str:
        raise DatabaseUnreadable(Path("salon.vizit"))

    begin_anna(called)
    called.asker._answers += [True]
    monkeypatch.setattr(register, "name_of", damaged)
    assert called.running.window.may_be_left()
    assert called.asker.details[0].startswith("Запись не закончена: ")


def test_the_phone_of_the_next_caller_chooses_no_place(called: Day) -> None:
    """It begins with 2, and three places are shown: nothing is lost of it, and the first place stays chosen."""
    called.small.client("Пётр", "8 912 345-27-71")
    anna = begin_anna(called)
    anna.focus_first()
    called.keys.type("2")
    assert anna.proposals.current is anna.proposals.rows[1].proposal, "a digit chooses at once"
    called.keys.type("771")
    assert anna.proposals.current is anna.proposals.rows[0].proposal
    called.keys.enter()
    assert form(called).client.card is not None
    assert form(called).client.called == "Пётр"


def test_a_phone_that_is_typed_slowly_loses_no_digit(called: Day) -> None:
    """All of its first digits are numbers of places, and whoever dictates it takes their time: it is a phone all the
    same, and what the digits marked meanwhile is taken back; they booked nothing."""
    called.small.client("Пётр", "8 912 345-21-32")
    anna = begin_anna(called)
    anna.focus_first()
    counted = called.small.database.value("SELECT COUNT(*) FROM visit")
    for typed, chosen in (("2", 1), ("1", 0)):
        called.keys.type(typed)
        assert anna.proposals.current is anna.proposals.rows[chosen].proposal
    assert anna.foot.hint.text().endswith(": 21…")
    assert anna.foot.total.text().endswith("₽"), "length and price stay beside it"
    called.keys.type("32")
    assert anna.proposals.current is anna.proposals.rows[0].proposal
    assert anna.foot.hint.isHidden()
    assert called.small.database.value("SELECT COUNT(*) FROM visit") == counted
    called.keys.enter()
    assert form(called).client.called == "Пётр"


def test_whoever_changes_their_mind_chooses_again_by_another_digit(called: Day) -> None:
    anna = begin_anna(called)
    anna.focus_first()
    called.keys.type("23")
    assert anna.proposals.current is anna.proposals.rows[2].proposal
    called.keys.press(Key.Key_Backspace)
    assert anna.proposals.current is anna.proposals.rows[0].proposal, "as before the first digit"
    called.keys.type("3")
    anna.proposals.end_moment()  # long ago
    called.keys.type("2")
    assert anna.proposals.current is anna.proposals.rows[1].proposal
    called.keys.enter()
    assert called.said.startswith("Анна Щёлкина, ")


def test_a_digit_that_no_place_has_goes_on_with_the_phone(called: Day) -> None:
    anna = begin_anna(called)
    anna.focus_first()
    called.keys.type("2")
    called.keys.type("9")
    quick = called.running.window._quick
    assert quick is not None
    assert [field.text() for field in quick.findChildren(QLineEdit)] == ["29"]


def test_a_digit_that_is_held_down_is_no_phone(called: Day) -> None:
    """Nor is one after an arrow: whoever walks on chooses still."""
    anna = begin_anna(called)
    anna.focus_first()
    row = anna.proposals.rows[0]
    for is_repeat in (False, True, True):
        press = QKeyEvent(QEvent.Type.KeyPress, Key.Key_2, Qt.KeyboardModifier.NoModifier, "2", is_repeat)
        QApplication.sendEvent(QApplication.focusWidget() or row, press)
    assert form(called) is anna
    assert called.running.window._quick is None
    assert anna.proposals.current is anna.proposals.rows[1].proposal
    called.keys.press(Key.Key_Up)
    called.keys.type("3")
    assert called.running.window._quick is None
    assert anna.proposals.current is anna.proposals.rows[2].proposal


def test_a_start_that_nobody_chose_is_not_in_the_past_when_the_form_is_taken_up(called: Day) -> None:
    small, window = called.small, called.running.window
    window.open_booking(BookingSeed(is_walk_in=True))
    begun = form(called)
    called.keys.type("педик")
    called.keys.enter()
    assert begun.form.draft.starts_at == at(11)
    calls(called, "4455")
    small.clock.advance(timedelta(hours=2))
    called.keys.press(Key.Key_F5)
    assert form(called) is begun
    assert begun.form.draft.starts_at == at(13)


def test_company_and_whose_phone_it_is_come_along_from_the_free_places(called: Day) -> None:
    small, window = called.small, called.running.window
    window.new_visit()
    begun = form(called)
    begun.start_new_client("Дочь Щёлкина 8 912 345-67-89")
    begun.client.phone.check()
    begun.client.phone.question.choices()[1].click()
    whose = begun.client.phone.whose
    assert whose == "Анна Щёлкина"
    called.keys.enter()
    called.keys.type("маник")
    called.keys.enter()
    begun.bring_company()
    begun.company.client.choose_walk_in()
    called.keys.type("маник")
    called.keys.enter()
    called.keys.enter()
    assert (begun.stage, len(begun.company.people)) == (Stage.WHEN, 1)
    called.keys.press(Key.Key_F3)
    places: Any = window.panel.content
    assert isinstance(places, FreePlacesPanel)
    chosen = next(place for place in places._list.places() if place.starts_at == at(14))
    places.take(chosen)
    assert form(called) is begun
    assert begun.client.phone.whose == whose
    assert begun.company.starts_at == at(14)
    assert begun.proposals.current is not None
    assert begun.proposals.current.starts_at == at(14)
    called.keys.enter()
    assert small.database.value("SELECT COUNT(*) FROM visit WHERE day = '2026-05-12'") == 2
    assert window.unfinished.forms == ()


def test_a_booking_that_waited_costs_what_the_price_list_says_now(called: Day) -> None:
    small = called.small
    anna = begin_anna(called)
    calls(called, "4455")
    costs(small, small.manicure, 200_000)
    called.keys.press(Key.Key_F5)
    assert anna.foot.total.text().replace("\u00a0", " ").endswith("2 000 ₽")
    said = [label.text().replace("\u00a0", " ") for label in anna.findChildren(QLabel) if label.isVisible()]
    assert "Прайс изменился: «Маникюр с покрытием» теперь 2 000 ₽." in said
    called.keys.enter()
    assert small.database.value("SELECT price FROM booked_service ORDER BY id DESC LIMIT 1") == 200_000


def test_another_client_is_not_told_what_became_dearer_for_the_one_before(called: Day) -> None:
    small = called.small
    anna = begin_anna(called)
    calls(called, "4455")
    costs(small, small.manicure, 200_000)
    called.keys.press(Key.Key_F5)
    anna.client.forget()
    assert not [label for label in anna.findChildren(QLabel) if label.isVisible() and "Прайс" in label.text()]


def find_place(day: Day) -> FreePlacesPanel:
    """F3."""
    day.keys.press(Key.Key_F3)
    shown = day.running.window.panel.content
    assert isinstance(shown, FreePlacesPanel)
    return shown


def places_of(shown: Any) -> list[Any]:
    """What is free, from top to bottom."""
    return shown._list.places()


def test_looking_for_a_place_twice_comes_back_to_the_same_booking(called: Day) -> None:
    """The second F3 goes on with the search that is open, with all that was chosen in it."""
    anna = begin_anna(called)
    first = find_place(called)
    called.running.window.calendar.go_by(2)
    assert find_place(called) is first
    first.take(places_of(first)[3])
    assert form(called) is anna
    assert (anna.client.called, anna.form.draft.comment) == ("Анна Щёлкина", "придёт с дочкой")
    assert anna.form.draft.starts_at == places_of(first)[3].starts_at
    assert strip(called) == ""


def test_who_looks_for_nobody_yet_looks_from_the_day_that_is_shown(called: Day) -> None:
    shown = find_place(called)
    called.keys.type("педик")
    called.keys.enter()
    called.running.window.calendar.go_by(3)
    assert find_place(called) is shown
    assert places_of(shown)[0].starts_at.date() == TODAY + timedelta(days=3)


def test_what_is_typed_as_a_service_goes_along_to_the_free_places(called: Day) -> None:
    """It is chosen there, and nothing of it is left to be chosen in the booking."""
    window = called.running.window
    window.open_booking(BookingSeed(is_walk_in=True))
    begun = form(called)
    called.keys.type("педик")
    called.keys.enter()
    called.keys.type("маник")
    shown = find_place(called)
    picker = shown._picker
    assert (picker.text(), picker.hasFocus(), picker.is_open) == ("маник", True, True)
    called.keys.enter()
    assert picker.text() == ""
    shown.take(places_of(shown)[0])
    assert form(called) is begun
    assert [one.service_name for one in begun.form.draft.planned] == ["Педикюр", "Маникюр с покрытием"]
    assert not begun.form.picker.is_pending
    called.keys.enter()
    assert called.small.database.value("SELECT COUNT(*) FROM booked_service WHERE starts_at > '2026-05-12'") == 2


def together(day: Day) -> BookingPanel:
    """A walk-in and a friend without a card, both for a manicure; a third is being named."""
    day.running.window.open_booking(BookingSeed(is_walk_in=True))
    begun = form(day)
    day.keys.type("маник")
    day.keys.enter()
    begun.bring_company()
    begun.company.client.choose_walk_in()
    day.keys.type("маник")
    day.keys.enter()
    begun.company.more.click()
    return begun


def test_a_place_for_a_group_waits_for_who_is_half_named(called: Day) -> None:
    """A third is chosen, and what she wants is typed and not chosen: she is not left out of what is proposed."""
    begun = together(called)
    begun.company.client.choose_walk_in()
    begun.company.picker.setText("педик")
    shown = find_place(called)
    shown.take(places_of(shown)[0])
    assert form(called) is begun
    assert begun.stage is Stage.TOGETHER
    assert begun.company.picker.notice.isVisible()
    called.keys.enter()
    called.keys.enter()
    assert (begun.stage, len(begun.company.people)) == (Stage.WHEN, 2)


def test_who_is_typed_and_not_chosen_is_not_left_out_of_a_group(called: Day) -> None:
    begun = together(called)
    begun.company.client.search.field.setText("Вера")
    begun.go_on.click()
    assert begun.stage is Stage.TOGETHER
    assert begun.company.problem.text().startswith("«Вера» — клиент ещё не выбран")
    begun.company.client.search.field.clear()
    begun.go_on.click()
    assert begun.stage is Stage.WHEN


# ---- what the salon changed meanwhile ----------------------------------------------------------------------------


def told(shown: BookingPanel) -> list[str]:
    """Everything that stands on a form, with ordinary spaces."""
    return [label.text().replace("\u00a0", " ") for label in shown.findChildren(QLabel) if label.isVisible()]


def beside(day: Day, act: Callable[..., object], *about: object) -> None:
    """Something is changed in the window while the form is open beside it."""
    day.running.window.desk.feed.announce(carry_out(day.small.salon, act, *about).changes)


def costs(small: SmallSalon, service: int, price: int) -> Changes:
    """A service has another price from now on."""
    (one,) = (each for each in services.listed(small.database, TODAY) if each.service_id == service)
    new = services.NewService(one.category_id, one.name, one.lengths, price, one.code, 21, one.template_id)
    return carry_out(small.salon, services.change, service, new).changes


def begin_two(day: Day) -> BookingPanel:
    """Somebody without a card wants nails and feet; then Vera calls."""
    day.running.window.open_booking(BookingSeed(is_walk_in=True))
    begun = form(day)
    for typed in ("маник", "педик"):
        day.keys.type(typed)
        day.keys.enter()
    calls(day, "4455")
    return begun


def test_each_change_of_the_price_list_is_told_however_often_it_was_looked_at(called: Day) -> None:
    small = called.small
    begun = begin_two(called)
    costs(small, small.manicure, 190_000)
    called.keys.press(Key.Key_F5)
    calls(called, "4455")
    costs(small, small.pedicure, 260_000)
    costs(small, small.manicure, 200_000)
    called.keys.press(Key.Key_F5)
    assert form(called) is begun
    assert "\n".join(told(begun)).count("Прайс изменился") == 2
    assert "Прайс изменился: «Маникюр с покрытием» теперь 2 000 ₽." in "\n".join(told(begun))
    assert "Прайс изменился: «Педикюр» теперь 2 600 ₽." in "\n".join(told(begun))
    called.running.window.desk.feed.announce(costs(small, small.manicure, 180_000))
    assert "\n".join(told(begun)).count("Прайс изменился") == 1, "as it was told: nothing to say of it"


def test_another_length_by_the_price_list_is_told_too(called: Day) -> None:
    begun = begin_two(called)
    called.small.lasts(called.small.pedicure, Lengths(120))
    called.keys.press(Key.Key_F5)
    assert "Прайс изменился: «Педикюр» теперь занимает 2 ч." in told(begun)


def test_a_service_that_is_offered_no_more_says_so_where_it_stands(called: Day) -> None:
    begun = begin_two(called)
    carry_out(called.small.salon, services.archive, called.small.pedicure)
    called.keys.press(Key.Key_F5)
    rows = begun.form.rows()
    assert [row.gone.isVisible() for row in rows] == [False, True]
    assert rows[1].gone.text() == "«Педикюр» больше не оказывают. Выберите другую услугу."
    assert not begun.go_on.isEnabled()
    begun.form.remove_service(1)
    assert begun.go_on.isEnabled()


def test_what_was_done_last_time_and_is_offered_no_more_leads_to_the_form(called: Day) -> None:
    anna = begin_anna(called)
    calls(called, "4455")
    carry_out(called.small.salon, services.archive, called.small.manicure)
    called.keys.press(Key.Key_F5)
    assert (anna.stage, anna.form.draft.planned) == (Stage.FORM, ())
    assert "Услуги «Маникюр с покрытием» больше нет в прайсе." in told(anna)


def test_who_left_meanwhile_is_replaced_as_if_the_client_called_now(called: Day) -> None:
    small = called.small
    anna = begin_anna(called)
    calls(called, "4455")
    carry_out(small.salon, staff.archive, small.olga)
    called.keys.press(Key.Key_F5)
    assert anna.stage is Stage.WHEN
    assert [one.staff_id for one in anna.form.draft.planned] == [small.maria]
    assert any("Ольга" in one and "Мария" in one for one in told(anna))
    called.keys.enter()
    assert called.said.startswith("Анна Щёлкина, ")


def test_a_master_who_was_chosen_and_left_is_said_where_the_service_stands(called: Day) -> None:
    small = called.small
    called.running.window.open_booking(BookingSeed(is_walk_in=True, staff_id=small.olga, starts_at=at(14)))
    begun = form(called)
    called.keys.type("маник")
    called.keys.enter()
    calls(called, "4455")
    carry_out(small.salon, staff.archive, small.olga)
    called.keys.press(Key.Key_F5)
    (row,) = begun.form.rows()
    assert row.gone.text() == "Ольга Белова здесь больше не работает. Выберите другого мастера."
    assert not begun.go_on.isEnabled()
    row.master.setCurrentIndex(row.master.findData(small.maria))
    assert not row.gone.isVisible()
    assert begun.go_on.isEnabled()


def test_a_room_that_was_chosen_and_is_gone_is_named_and_another_is_taken(called: Day) -> None:
    small = called.small
    rooms_ = [small.room(name, small.manicure) for name in ("Кресло у окна", "Кресло у двери")]
    called.running.window.open_booking(BookingSeed(is_walk_in=True, starts_at=at(14), room_id=rooms_[0]))
    begun = form(called)
    called.keys.type("маник")
    called.keys.enter()
    assert begun.form.draft.planned[0].rooms == (rooms_[0],)
    calls(called, "4455")
    carry_out(small.salon, rooms.archive, rooms_[0])
    called.keys.press(Key.Key_F5)
    assert begun.form.draft.planned[0].rooms == ()
    assert any(one.startswith("«Кресло у окна» больше не годится") for one in told(begun))
    begun.book()
    assert small.database.value("SELECT room_id FROM occupancy WHERE room_id IS NOT NULL") == rooms_[1]


def test_what_is_changed_beside_an_open_form_is_said_at_once(called: Day) -> None:
    """The place that was chosen stays; a form in which nothing was entered is not begun by that."""
    anna = begin_anna(called)
    anna.focus_first()
    called.keys.type("2")
    chosen = anna.proposals.current
    assert chosen is not None
    called.running.window.desk.feed.announce(costs(called.small, called.small.manicure, 200_000))
    assert any("теперь 2 000 ₽" in one for one in told(anna))
    assert anna.proposals.current is not None
    assert anna.proposals.current.starts_at == chosen.starts_at
    vera = calls(called, "4455")
    assert not vera.is_begun
    beside(called, services.archive, called.small.pedicure)
    assert not vera.is_begun


def test_a_group_is_told_whose_service_is_offered_no_more(called: Day) -> None:
    begun = together(called)
    begun.go_on.click()
    assert begun.stage is Stage.WHEN
    beside(called, services.archive, called.small.manicure)
    assert begun.stage is Stage.TOGETHER
    said = "«Маникюр с покрытием» больше не оказывают. Выберите другую услугу."
    assert told(begun).count(said) == 2
    begun.go_on.click()
    assert begun.stage is Stage.TOGETHER
    assert begun.company.problem.text() == said


def test_what_is_gone_on_with_is_not_told_any_longer(called: Day) -> None:
    """Nobody reads "not finished" beside the sentence to say back."""
    begin_anna(called)
    called.keys.press(Key.Key_Escape)
    assert called.toast.startswith("Запись не закончена: Анна")
    called.keys.press(Key.Key_F5)
    assert called.toast == ""
    called.keys.enter()
    assert called.said.startswith("Анна Щёлкина, ")


def test_where_no_booking_was_left_the_key_says_so(called: Day) -> None:
    called.keys.press(Key.Key_F5)
    assert called.toast == "Незаконченных записей нет."
    begin_anna(called)
    called.running.window.toast.dismiss()
    called.keys.press(Key.Key_F5)
    assert called.toast == "", "whoever is in it needs no word"


def test_the_sheet_of_keys_gives_the_keyboard_back(called: Day) -> None:
    """Enter goes on with the booking, and does not press the first button of the window."""
    anna = begin_anna(called)
    for keys in ((Key.Key_F1, Key.Key_Escape), (Key.Key_F1, Key.Key_F1)):
        row = QApplication.focusWidget()
        assert row in anna.proposals.rows
        for key in keys:
            called.keys.press(key)
        assert QApplication.focusWidget() is row
    called.keys.enter()
    assert called.said.startswith("Анна Щёлкина, ")
