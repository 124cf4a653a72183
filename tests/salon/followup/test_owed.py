"""Everything that is owed, the most urgent first, in one reading; and how much of it presses today."""

from datetime import timedelta

import pytest

from app.errors import TimeIsOver
from app.salon import undo
from app.salon.clients import forgetting
from app.salon.followup import complaints, owed, tasks
from app.salon.followup.complaints import Grievance
from app.salon.followup.owed import Urgency
from app.salon.followup.tasks import Promise
from app.salon.transaction import carry_out
from app.vocabulary import OwedKind
from tests.builders import TODAY, SmallSalon, at, small_salon


@pytest.fixture
def small() -> SmallSalon:
    return small_salon()


def test_what_is_late_comes_first_and_a_complaint_has_its_whole_day(small: SmallSalon) -> None:
    anna = small.client("Анна")
    for text, due in (("позже", at(9, days=1)), ("сегодня", at(18)), ("опоздало", at(12))):
        carry_out(small.salon, tasks.give, Promise(text, due, None, anna))
    carry_out(small.salon, complaints.record, anna, Grievance("скол", TODAY))
    small.clock.advance(timedelta(hours=2))
    now = small.salon.wall_now()
    found = owed.read(small.database)
    assert [(one.text, one.urgency(now)) for one in found] == [
        ("опоздало", Urgency.LATE),
        ("сегодня", Urgency.TODAY),
        ("скол", Urgency.TODAY),
        ("позже", Urgency.LATER),
    ]
    assert owed.count_due(small.database, now) == 3
    small.clock.advance(timedelta(days=1))
    assert owed.read(small.database)[2].urgency(small.salon.wall_now()) is Urgency.LATE


def test_it_tells_by_whom_for_whom_and_about_which_visit(small: SmallSalon) -> None:
    anna = small.client("Анна")
    visit = small.book(at(15), anna)
    carry_out(small.salon, tasks.give, Promise("перезвонить", at(18), small.olga, anna, visit))
    (one,) = owed.read(small.database)
    assert (one.kind, one.client_name, one.staff_name) == (OwedKind.PROMISE, "Анна", "Ольга Белова")
    assert (one.visit_id, one.visit_starts_at, one.visit_services) == (
        visit,
        at(15),
        "Маникюр с покрытием",
    )


def test_what_is_done_and_whose_card_was_archived_goes(small: SmallSalon) -> None:
    anna, vera = small.client("Анна"), small.client("Вера")
    kept = carry_out(small.salon, tasks.give, Promise("перезвонить", at(18), None, anna)).value
    said = carry_out(small.salon, complaints.record, anna, Grievance("скол", TODAY)).value
    carry_out(small.salon, tasks.give, Promise("прислать фото", at(18), None, vera))
    carry_out(small.salon, tasks.keep, anna, kept)
    carry_out(small.salon, complaints.answer, anna, said, "переделали")
    assert [one.client_name for one in owed.read(small.database)] == ["Вера"]
    carry_out(small.salon, forgetting.ask, vera, cancel_visits=False)
    assert owed.read(small.database) == []
    assert owed.count_due(small.database, small.salon.wall_now()) == 0


def test_the_answer_to_a_complaint_is_put_off_and_that_is_taken_back(small: SmallSalon) -> None:
    anna = small.client("Анна")
    said = carry_out(small.salon, complaints.record, anna, Grievance("скол", TODAY)).value
    later = carry_out(small.salon, complaints.put_off, anna, said, TODAY + timedelta(days=2))
    assert owed.read(small.database)[0].due_at.date() == TODAY + timedelta(days=2)
    assert later.entry_id is not None
    carry_out(small.salon, undo.take_back, later.entry_id)
    assert owed.read(small.database)[0].due_at.date() == TODAY
    with pytest.raises(TimeIsOver):
        carry_out(small.salon, complaints.put_off, anna, said, TODAY - timedelta(days=1))


def test_everything_is_read_at_once(small: SmallSalon) -> None:
    for number in range(5):
        client = small.client(f"Клиентка {number}")
        visit = small.book(at(12 + number), client)
        carry_out(small.salon, tasks.give, Promise("перезвонить", at(18), small.olga, client, visit))
    seen: list[str] = []
    small.database.connection.set_trace_callback(seen.append)
    assert len(owed.read(small.database)) == 5
    small.database.connection.set_trace_callback(None)
    assert len([one for one in seen if not one.startswith("--")]) == 1
