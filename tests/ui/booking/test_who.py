"""Who is on the phone: a known client, somebody new, a family's phone, or somebody without a card."""

import pytest
from PySide6.QtCore import Qt

from app.salon import check
from app.salon.scheduling import agenda
from app.ui.booking.foot import Stage
from app.ui.wishes import BookingSeed
from tests.builders import TODAY, at
from tests.typing_keys import type_text
from tests.ui.booking.conftest import Opened, said

Key = Qt.Key


def test_a_known_client_without_a_visit_says_what(opened: Opened) -> None:
    small = opened.small
    small.client("Анна Щёлкина", "8 912 345-67-89")
    form, keys = opened.keys(BookingSeed())
    keys.type("6789")
    keys.enter()
    keys.type("педи")
    keys.enter()
    keys.enter()
    assert form.stage is Stage.WHEN
    keys.enter()
    entry = agenda.of_day(small.database, TODAY).entries[0]
    assert (entry.client_name, entry.service_name, entry.staff_id) == ("Анна Щёлкина", "Педикюр", small.olga)
    assert entry.starts_at == at(11)
    assert said(form) == "Анна Щёлкина, вторник 12 мая, 11:00, Ольга, педикюр, 1 ч 30 мин, 2 500 ₽."


def test_a_new_client_by_name_inside_the_same_flow(opened: Opened) -> None:
    small = opened.small
    form, keys = opened.keys(BookingSeed())
    keys.type("мария новая")
    keys.enter()
    assert form.client.name.text() == "Мария Новая"
    keys.type("9123456789")
    keys.enter()
    keys.type("маник")
    for _press in range(3):
        keys.enter()
    entry = agenda.of_day(small.database, TODAY).entries[0]
    assert (entry.client_name, entry.is_first_visit) == ("Мария Новая", True)
    assert small.database.value("SELECT value FROM contact_point") == "+79123456789"
    assert opened.counter.desk.perform.undo()
    assert small.database.value("SELECT COUNT(*) FROM client") == 0
    assert check.faults(small.database) == []


def test_an_unknown_number_is_the_phone_and_enter_goes_past_it(opened: Opened) -> None:
    """What was typed already is not asked again: after the name come the services."""
    form, keys = opened.keys(BookingSeed())
    keys.type("89123456700")
    keys.enter()
    assert form.client.name.hasFocus()
    keys.type("Вера")
    keys.enter()
    assert form.form.picker.hasFocus()
    keys.type("маник")
    for _press in range(3):
        keys.enter()
    assert agenda.of_day(opened.small.database, TODAY).entries[0].client_name == "Вера"
    assert opened.small.database.value("SELECT value FROM contact_point") == "+79123456700"


def test_a_new_client_whose_name_is_missing_is_asked_for_it(opened: Opened) -> None:
    """Back from the search for a place, with the phone that was typed before."""
    form = opened.form(BookingSeed(new_client="89123456700", staff_id=opened.small.olga, starts_at=at(15)))
    assert form.client.name.hasFocus()
    assert form.client.phone.typed == "89123456700"
    assert form.foot.total.text() == "Выберите услугу"


def test_a_known_phone_asks_whose_it_is_and_renames_nobody(opened: Opened) -> None:
    """BUGS_OF_OTHERS 9."""
    small = opened.small
    small.client("Ольга Старшая", "+7 912 345-67-89")
    form, keys = opened.keys(BookingSeed())
    form.start_new_client("Дочь")
    keys.type("89123456789")
    keys.enter()
    assert form.client.phone.question.isVisible()
    family = form.client.phone.question.choices()[1]
    family.setFocus()
    keys.enter()
    keys.enter()
    assert form.form.picker.hasFocus()
    keys.type("маник")
    for _press in range(3):
        keys.enter()
    assert small.database.rows("SELECT name FROM client ORDER BY id") == [("Ольга Старшая",), ("Дочь",)]
    assert small.database.value("SELECT whose FROM contact_point WHERE client_id = 2") == "Ольга Старшая"


def test_a_known_phone_of_the_same_person_goes_on_with_their_card(opened: Opened) -> None:
    opened.regular()
    form, keys = opened.keys(BookingSeed())
    form.start_new_client("Аня")
    keys.type("89123456789")
    keys.enter()
    keys.enter()
    assert form.stage is Stage.LAST_TIME
    assert form.client.card is not None
    assert form.client.card.name == "Анна Щёлкина"


@pytest.mark.parametrize(("name", "phone"), [("", "9123456789"), ("Анна", "12"), ("Анна", "привет")])
def test_a_new_client_that_is_not_right_books_nothing(opened: Opened, name: str, phone: str) -> None:
    small = opened.small
    form, keys = opened.keys(BookingSeed())
    form.start_new_client("")
    form.client.name.setText(name)
    form.client.phone.field.setText(phone)
    type_text(form.form.picker, "маник")
    form.form.picker.setFocus()
    keys.enter()
    form.book()
    assert opened.booked == []
    assert form.client.name_line.error or form.client.phone.line.error
    assert small.database.value("SELECT COUNT(*) FROM client") == 0


def test_a_walk_in_without_a_card_is_one_key(opened: Opened) -> None:
    small = opened.small
    form, keys = opened.keys(BookingSeed())
    keys.press(Key.Key_F8)
    assert form.client.is_walk_in
    keys.type("маник")
    for _press in range(3):
        keys.enter()
    assert agenda.of_day(small.database, TODAY).entries[0].client_id is None
    assert said(form).startswith("Вторник 12 мая, 11:00"), "nobody is called so to their face"


def test_services_first_and_then_who(opened: Opened) -> None:
    """Nobody is booked who is not known: the cursor goes to the search."""
    opened.small.client("Анна Щёлкина", "8 912 345-67-89")
    form, keys = opened.keys(BookingSeed())
    form.form.picker.setFocus()
    keys.type("маник")
    keys.enter()
    form.book()
    assert opened.booked == []
    assert form.client.search.field.hasFocus()
    keys.type("6789")
    keys.enter()
    assert form.stage is Stage.WHEN
    keys.enter()
    assert len(opened.booked) == 1


def test_tab_out_of_the_search_leaves_the_form_open(opened: Opened) -> None:
    form, keys = opened.keys(BookingSeed())
    keys.type("анна")
    keys.press(Key.Key_Tab)
    assert opened.closed == 0
    assert not form.client.search.field.hasFocus()


def test_another_client_does_not_get_the_services_of_the_first(opened: Opened) -> None:
    form, _keys = opened.keys(BookingSeed(client_id=opened.regular()))
    assert form.form.draft.planned
    form.client.strip.other_wanted.emit()
    assert form.form.draft.planned == ()
    assert form.client.search.field.hasFocus()


# ---- back from somebody new to the search ---------------------------------------------------------------------


def test_esc_leads_from_a_new_client_back_to_the_search_and_what_was_typed_waits(opened: Opened) -> None:
    opened.small.client("Вера Ивановна Лис")
    form, keys = opened.keys(BookingSeed())
    keys.type("вера х")
    keys.enter()
    assert form.client.is_new
    keys.type("89123456700")
    keys.press(Key.Key_Escape)
    search = form.client.search
    assert (search.text, search.field.hasFocus(), search.is_open) == ("вера х", True, True)
    assert not form.client.is_known
    assert opened.closed == 0
    keys.enter()
    assert (form.client.name.text(), form.client.phone.typed) == ("Вера Х", "89123456700")
    assert form.client.name.hasFocus()


def test_the_way_back_is_seen_and_pressed_too(opened: Opened) -> None:
    form, keys = opened.keys(BookingSeed())
    assert not form.client.back.isVisible()
    keys.type("нина")
    keys.enter()
    assert form.client.back.isVisible()
    assert form.client.back.toolTip() == "Назад к поиску  (Esc)"
    form.client.back.click()
    assert form.client.search.text == "нина"
    assert not form.client.back.isVisible()


def test_whoever_is_found_after_all_is_booked_and_the_services_stay(opened: Opened) -> None:
    anna = opened.small.client("Анна Щёлкина", "8 912 345-67-89")
    form, keys = opened.keys(BookingSeed())
    form.start_new_client("аня")
    form.form.picker.setFocus()
    keys.type("педи")
    keys.enter()
    form.client.name.setFocus()
    keys.press(Key.Key_Escape)
    keys.press(Key.Key_Escape)
    assert (form.client.search.text, opened.closed) == ("", 0)
    keys.type("6789")
    keys.enter()
    assert form.client.client_id == anna
    assert [one.service_name for one in form.form.draft.planned] == ["Педикюр"]
    assert form.client.begun == ""


@pytest.mark.parametrize(
    ("typed", "name", "phone"),
    [
        ("вера", "Вера Лис", "89123456700"),
        ("", "Вера Лис", "89123456700"),
        ("вера лисицына", "Вера Лисицына", "89123456700"),
        ("89995556677", "Вера Лис", "89995556677"),
        ("456700", "Вера Лис", "89123456700"),
        ("нина", "Нина", ""),
    ],
)
def test_a_new_client_is_gone_on_with_unless_another_name_was_typed(
    opened: Opened, typed: str, name: str, phone: str
) -> None:
    form, keys = opened.keys(BookingSeed())
    form.start_new_client("вера лис")
    keys.type("89123456700")
    keys.press(Key.Key_Escape)
    form.client.search.open_with(typed)
    keys.press(Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert (form.client.name.text(), form.client.phone.typed) == (name, phone)


def test_whose_phone_it_is_was_answered_and_is_not_asked_twice(opened: Opened) -> None:
    opened.small.client("Ольга Старшая", "+7 912 345-67-89")
    form, keys = opened.keys(BookingSeed())
    form.start_new_client("Дочь")
    keys.type("89123456789")
    keys.enter()
    form.client.phone.question.choices()[1].click()
    keys.press(Key.Key_Escape)
    keys.press(Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert form.client.phone.whose == "Ольга Старшая"


def test_somebody_new_who_waits_behind_the_search_is_begun_and_not_lost(opened: Opened) -> None:
    form, keys = opened.keys(BookingSeed())
    form.start_new_client("Вера")
    keys.press(Key.Key_Escape)
    assert form.is_begun
    assert form.unfinished_for.startswith("Вера")


def test_esc_from_a_new_companion_leads_back_to_the_search(opened: Opened) -> None:
    form, keys = opened.keys(BookingSeed(client_id=opened.regular()))
    opened.small.client("Нина Ким", "8 903 111-22-33")
    keys.press(Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    keys.type("нина х")
    keys.enter()
    assert form.company.client.is_new
    form.company.picker.setFocus()
    keys.type("педи")
    keys.enter()
    form.company.client.name.setFocus()
    keys.press(Key.Key_Escape)
    assert form.company.client.search.text == "нина х"
    form.company.client.search.open_with("нина ким")
    keys.enter()
    assert form.company.client.card is not None
    assert [one.service_name for one in form.company.planned[1:]] == ["Педикюр"]


def test_a_phone_that_is_typed_into_the_name_goes_where_it_belongs(opened: Opened) -> None:
    """The cursor stands in the name, and it is the phone that is dictated first."""
    form, keys = opened.keys(BookingSeed())
    form.start_new_client("")
    keys.type("8 912 333-44-55")
    keys.enter()
    assert (form.client.name.text(), form.client.phone.typed) == ("", "8 912 333-44-55")
    assert form.client.name.hasFocus()
    assert form.client.name_line.error
    keys.type("Вера 2")
    keys.enter()
    assert (form.client.name.text(), form.client.phone.typed) == ("Вера 2", "8 912 333-44-55")
    assert form.form.picker.hasFocus()


def test_whoever_has_no_family_on_the_card_is_told_so(opened: Opened) -> None:
    said: list[str] = []
    opened.counter.desk.perform.done.connect(lambda text, _undo: said.append(text))
    _form, keys = opened.keys(BookingSeed(client_id=opened.regular()))
    keys.press(Key.Key_F7)
    assert said == ["В карточке нет никого из семьи."]


def test_of_a_very_long_name_the_beginning_says_which_booking_was_left(opened: Opened) -> None:
    form = opened.form(BookingSeed())
    form.start_new_client("Александра-Виктория Константинопольская-Заболотная Вильгельмина")
    assert form.unfinished_for == "Александра-Виктория Константинопольская…"
    form.client.name.setText("Вера")
    assert form.unfinished_for == "Вера"
