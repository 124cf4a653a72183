"""Whom the salon does not book, and whoever calls for somebody of the family."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox

from app.salon.clients import families, forgetting, register, standing
from app.salon.transaction import carry_out
from app.ui.widgets.buttons import LinkButton
from app.ui.wishes import BookingSeed
from app.vocabulary import RelationKind
from tests.builders import at
from tests.fakes import ScriptedAsker
from tests.ui.booking.conftest import Opened

F7 = Qt.Key.Key_F7


@pytest.fixture
def unwanted(opened: Opened) -> int:
    client = opened.regular()
    carry_out(opened.small.salon, standing.do_not_book, client, "четыре неявки.")
    return client


def answer(opened: Opened, *answers: str | None) -> ScriptedAsker:
    asker = opened.counter.asker
    asker._answers.extend(answers)
    return asker


def note(opened: Opened) -> str:
    return str(opened.small.database.value("SELECT note FROM journal_entry ORDER BY id DESC LIMIT 1"))


def test_the_strip_says_first_why_somebody_is_not_booked(opened: Opened, unwanted: int) -> None:
    form = opened.form(BookingSeed(client_id=unwanted))
    assert form.client.strip.accessibleDescription().startswith("Не записывать: четыре неявки.")


def test_without_a_reason_nobody_unwanted_is_booked(opened: Opened, unwanted: int) -> None:
    asker = answer(opened, None)
    form, keys = opened.keys(BookingSeed(client_id=unwanted))
    keys.enter()
    keys.enter()
    assert opened.booked == []
    assert asker.asked == ["Всё же записать: Анна Щёлкина?"]
    assert form.said_page is None


def test_with_a_reason_they_are_booked_and_the_journal_keeps_it(opened: Opened, unwanted: int) -> None:
    answer(opened, "внесла предоплату")
    form, keys = opened.keys(BookingSeed(client_id=unwanted))
    keys.enter()
    keys.enter()
    assert len(opened.booked) == 1
    assert form.said_page is not None
    assert note(opened) == "внесла предоплату"


def test_one_key_books_for_the_daughter_and_once_more_for_the_mother(opened: Opened) -> None:
    small = opened.small
    maria, dasha, friend = opened.regular("Мария Ким"), small.client("Даша Ким"), small.client("Вера")
    carry_out(small.salon, families.relate, maria, friend, RelationKind.FRIEND)
    carry_out(small.salon, families.relate, maria, dasha, RelationKind.CHILD, is_booked_for=True, may_book=True)
    form, keys = opened.keys(BookingSeed(client_id=maria))
    keys.press(F7)
    assert form.client.client_id == dasha
    # What Maria had last time is not what Dasha wants.
    assert form.form.draft.planned == ()
    keys.press(F7)
    assert form.client.client_id == maria


def test_who_is_forgotten_is_named_in_no_form_that_is_open(opened: Opened) -> None:
    """Neither the relative of whoever is on the phone, nor the client; a visit that is changed stays, nameless."""
    small, perform = opened.small, opened.counter.desk.perform
    anna, kira = opened.regular(), small.client("Кира Щёлкина")
    carry_out(small.salon, families.relate, anna, kira, RelationKind.CHILD)
    form, change = opened.form(BookingSeed(client_id=anna)), opened.form(BookingSeed(visit_id=1))
    assert [one.text() for one in form.client.strip.findChildren(LinkButton)] == ["Для: Кира Щёлкина, дочь или сын"]
    perform(forgetting.forget, [kira])
    assert [one.text() for one in form.client.strip.findChildren(LinkButton) if one.isVisibleTo(form)] == []
    perform(register.rename, anna, "Анна Ким")
    assert form.client.strip.accessibleName() == "Анна Ким"
    perform(forgetting.forget, [anna])
    assert (form.client.card, form.client.search.isVisible()) == (None, True)
    assert change.client.card is not None
    assert "Анна" not in change.client.strip.accessibleName()


def test_a_change_of_a_visit_stays_with_its_client(opened: Opened) -> None:
    small = opened.small
    maria, dasha = small.client("Мария Ким"), small.client("Даша Ким")
    carry_out(small.salon, families.relate, maria, dasha, RelationKind.CHILD, is_booked_for=True)
    form, keys = opened.keys(BookingSeed(visit_id=small.book(at(15), maria)))
    keys.press(F7)
    assert form.client.client_id == maria


def test_a_new_client_of_the_family_is_booked_with_the_relation(opened: Opened) -> None:
    small = opened.small
    maria = small.client("Мария Ким", "8 912 345-67-89")
    form, keys = opened.keys(BookingSeed(new_client="Даша 8 912 345 67 89", starts_at=at(15)))
    form.client.phone.question.choices()[1].click()
    kind = form.client.phone.kind_line.editor if form.client.phone.kind_line else None
    assert isinstance(kind, QComboBox)
    kind.setCurrentIndex(kind.findData(RelationKind.PARENT))
    form.form.picker.setFocus()
    keys.type("маник")
    keys.enter()
    form.book()
    assert len(opened.booked) == 1
    (relation,) = families.of_client(small.database, maria)
    assert (relation.name, relation.kind, relation.is_booked_for) == ("Даша", RelationKind.CHILD, True)
