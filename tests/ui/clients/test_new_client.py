"""Opening a new card while the phone is at the ear."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.salon.clients import card as cards, finder
from app.ui.clients.new_client import NewClientForm
from tests.builders import TODAY
from tests.ui.clients.hearing import heard
from tests.ui.conftest import Counter

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


def opened(qtbot: QtBot, counter: Counter, typed: str = "") -> NewClientForm:
    form = NewClientForm(counter.desk, typed)
    qtbot.addWidget(form)
    form.show()
    form.activateWindow()
    form.focus_first()
    return form


def count(counter: Counter) -> int:
    return len(finder.find(counter.small.database, "", TODAY))


def test_name_enter_phone_enter_and_ctrl_enter_open_the_card(qtbot: QtBot, counter: Counter) -> None:
    form = opened(qtbot, counter)
    added = heard(form.added)
    form.name.setText("Вера Ломова")
    qtbot.keyClick(form.name, Key.Key_Return)
    assert form.focusWidget() is form.phone.field
    qtbot.keyClicks(form.phone.field, "8 912 345 67 89")
    qtbot.keyClick(form.phone.field, Key.Key_Return)
    assert form.focusWidget() is form.birthday.field
    form.birthday.field.setText("14.05.1990")
    form.wishes.setPlainText("кофе без сахара")
    qtbot.keyClick(form.birthday.field, Key.Key_Return, CTRL)
    card = cards.read(counter.small.database, added[0][0], TODAY)
    assert (card.name, card.phone, card.birthday, card.wishes) == (
        "Вера Ломова",
        "+79123456789",
        date(1990, 5, 14),
        "кофе без сахара",
    )
    counter.desk.perform.undo()
    assert count(counter) == 0


def test_what_was_typed_into_the_search_is_in_the_form_already(qtbot: QtBot, counter: Counter) -> None:
    form = opened(qtbot, counter, "вера ломова")
    assert form.name.text() == "Вера Ломова"
    assert form.focusWidget() is form.phone.field
    form = opened(qtbot, counter, "8 912 345")
    assert (form.name.text(), form.phone.typed) == ("", "8 912 345")
    assert form.name_line.error == ""
    assert form.focusWidget() is form.name


def test_without_a_name_the_form_says_so(qtbot: QtBot, counter: Counter) -> None:
    form = opened(qtbot, counter)
    qtbot.mouseClick(form.open_card, Qt.MouseButton.LeftButton)
    assert form.name_line.error == "Укажите имя."
    assert count(counter) == 0


@pytest.mark.parametrize(("phone", "birthday"), [("12", ""), ("", "32.01.1990"), ("мама", "")])
def test_what_is_wrong_is_said_beside_its_field(qtbot: QtBot, counter: Counter, phone: str, birthday: str) -> None:
    form = opened(qtbot, counter)
    form.name.setText("Вера")
    form.phone.field.setText(phone)
    form.birthday.field.setText(birthday)
    form.save()
    assert bool(form.phone.line.error) == bool(phone)
    assert bool(form.birthday.line.error) == bool(birthday)
    assert count(counter) == 0


def test_wishes_without_end_are_refused_while_typing(qtbot: QtBot, counter: Counter) -> None:
    form = opened(qtbot, counter, "Вера")
    form.wishes.setPlainText("о" * 2001)
    assert "2000" in form.wishes_line.error
    form.save()
    assert count(counter) == 0


def test_a_known_phone_has_to_be_answered_first(qtbot: QtBot, counter: Counter) -> None:
    maria = counter.small.client("Мария Ким", "+7 912 345-67-89")
    form = opened(qtbot, counter, "Даша 8 912 345 67 89")
    form.save()
    assert count(counter) == 1
    assert form.focusWidget() is form.phone.question.choices()[0]
    qtbot.mouseClick(form.phone.question.choices()[1], Qt.MouseButton.LeftButton)
    assert not form.phone.question.isVisible()
    added = heard(form.added)
    form.save()
    card = cards.read(counter.small.database, added[0][0], TODAY)
    assert (card.name, card.contacts[0].whose) == ("Даша", "Мария Ким")
    assert cards.read(counter.small.database, maria, TODAY).name == "Мария Ким"


def test_somebody_else_may_have_the_number_now(qtbot: QtBot, counter: Counter) -> None:
    counter.small.client("Мария Ким", "+7 912 345-67-89")
    form = opened(qtbot, counter, "Даша 8 912 345 67 89")
    qtbot.mouseClick(form.phone.question.choices()[2], Qt.MouseButton.LeftButton)
    added = heard(form.added)
    form.save()
    assert cards.read(counter.small.database, added[0][0], TODAY).contacts[0].whose == ""


def test_another_number_takes_the_answer_back(qtbot: QtBot, counter: Counter) -> None:
    counter.small.client("Мария Ким", "+7 912 345-67-89")
    form = opened(qtbot, counter, "Даша 8 912 345 67 89")
    qtbot.mouseClick(form.phone.question.choices()[1], Qt.MouseButton.LeftButton)
    form.phone.field.setText("8 912 345 67 8")
    assert form.phone.whose == ""
    form.phone.field.setText("8 912 345 67 89")
    assert form.phone.question.isVisible()


def test_the_same_person_leads_to_the_card_that_is_there(qtbot: QtBot, counter: Counter) -> None:
    maria = counter.small.client("Мария Ким", "+7 912 345-67-89")
    form = opened(qtbot, counter, "89123456789")
    wanted, closed = heard(form.client_wanted), heard(form.closed)
    qtbot.mouseClick(form.phone.question.choices()[0], Qt.MouseButton.LeftButton)
    assert wanted[0] == (maria,)
    assert len(closed) == 1
    assert count(counter) == 1
