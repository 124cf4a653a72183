"""A promise has a person and a time; a complaint has a day by which it is answered; both can be taken back."""

from datetime import timedelta

import pytest

from app.errors import TextMissing, TextTooLong, TimeIsOver
from app.salon import undo
from app.salon.clients import register
from app.salon.followup import complaints, tasks
from app.salon.followup.complaints import Grievance
from app.salon.followup.tasks import Promise
from app.salon.transaction import carry_out
from app.salon.typed import writable
from tests.builders import TODAY, SmallSalon, at, small_salon


@pytest.fixture
def small() -> SmallSalon:
    return small_salon()


def promises(small: SmallSalon, client: int) -> list[str]:
    return [one.text for one in tasks.open_of_client(small.database, client)]


def test_the_most_urgent_promise_comes_first_and_a_kept_one_goes(small: SmallSalon) -> None:
    anna = small.client()
    later = Promise("подобрать оттенок", at(18, days=2), small.maria, anna)
    carry_out(small.salon, tasks.give, later)
    urgent = carry_out(small.salon, tasks.give, Promise("перезвонить", at(15), None, anna)).value
    assert promises(small, anna) == ["перезвонить", "подобрать оттенок"]
    assert [one.staff_name for one in tasks.open_of_client(small.database, anna)] == ["", "Мария Ким"]
    kept = carry_out(small.salon, tasks.keep, anna, urgent)
    assert promises(small, anna) == ["подобрать оттенок"]
    assert kept.entry_id is not None
    carry_out(small.salon, undo.take_back, kept.entry_id)
    assert promises(small, anna) == ["перезвонить", "подобрать оттенок"]


def test_a_promise_is_handed_on(small: SmallSalon) -> None:
    anna = small.client()
    given = carry_out(small.salon, tasks.give, Promise("перезвонить", at(15), small.olga, anna)).value
    carry_out(small.salon, tasks.change, given, Promise("перезвонить Анне", at(16), small.maria, anna))
    (one,) = tasks.open_of_client(small.database, anna)
    assert (one.text, one.due_at, one.staff_name) == ("перезвонить Анне", at(16), "Мария Ким")


def test_nobody_promises_for_yesterday_or_without_words(small: SmallSalon) -> None:
    anna = small.client()
    with pytest.raises(TimeIsOver):
        carry_out(small.salon, tasks.give, Promise("перезвонить", at(10, 59), None, anna))
    with pytest.raises(TextMissing):
        carry_out(small.salon, tasks.give, Promise(" ", at(15), None, anna))
    with pytest.raises(TimeIsOver):
        carry_out(small.salon, complaints.record, anna, Grievance("скол", TODAY - timedelta(days=1)))


def test_a_complaint_is_open_until_it_is_answered(small: SmallSalon) -> None:
    anna = small.client()
    said = Grievance("скол на второй день", complaints.usual_day(TODAY), small.olga)
    complaint = carry_out(small.salon, complaints.record, anna, said).value
    (one,) = complaints.open_of_client(small.database, anna)
    assert (one.text, one.answer_by, one.staff_name) == ("скол на второй день", at(0, days=3).date(), "Ольга Белова")
    with pytest.raises(TextMissing):
        carry_out(small.salon, complaints.answer, anna, complaint, "")
    answered = carry_out(small.salon, complaints.answer, anna, complaint, "исправили бесплатно")
    assert complaints.open_of_client(small.database, anna) == ()
    assert answered.entry_id is not None
    carry_out(small.salon, undo.take_back, answered.entry_id)
    assert len(complaints.open_of_client(small.database, anna)) == 1


def test_adding_a_card_with_a_promise_on_it_is_not_undone_behind_its_back(small: SmallSalon) -> None:
    from app.errors import ChangedSince

    added = carry_out(small.salon, register.add, register.NewClient("Вера"))
    carry_out(small.salon, tasks.give, Promise("перезвонить", at(15), None, added.value))
    assert added.entry_id is not None
    with pytest.raises(ChangedSince):
        carry_out(small.salon, undo.take_back, added.entry_id)


@pytest.mark.parametrize(
    "typed", ["👩‍🎤 шёлк", "\u202eגדול\u202c", "<b onclick='x'>жирно</b>", "'; DROP TABLE task; --", "я" * 2000]
)
def test_what_is_promised_and_complained_of_is_kept_as_it_was_typed(small: SmallSalon, typed: str) -> None:
    anna = small.client()
    carry_out(small.salon, tasks.give, Promise(f"{typed}\x00", at(15), None, anna))
    carry_out(small.salon, complaints.record, anna, Grievance(typed, TODAY))
    assert promises(small, anna) == [writable(typed)]
    assert [one.text for one in complaints.open_of_client(small.database, anna)] == [writable(typed)]


def test_a_novel_is_no_promise(small: SmallSalon) -> None:
    with pytest.raises(TextTooLong):
        carry_out(small.salon, tasks.give, Promise("я" * 2001, at(15), None, small.client()))
