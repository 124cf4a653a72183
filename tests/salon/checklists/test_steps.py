"""The steps of a visit: copied when it is booked, ticked, never skipped without a word (issue of others 17)."""

import pytest

from app.errors import Gone, NameMissing, StepsStillOpen
from app.salon import journal
from app.salon.checklists import steps, templates
from app.salon.scheduling import booking
from app.salon.scheduling.booking import BookingRequest
from app.salon.transaction import carry_out
from app.salon.undo import take_back
from app.vocabulary import Action, Stage, VisitStatus
from tests.builders import SmallSalon, at


def texts(small: SmallSalon, visit: int) -> list[str]:
    return [step.text for step in steps.of_visits(small.database, [visit])]


def test_booking_copies_the_checklist_of_the_service(small: SmallSalon) -> None:
    visit = small.book(at(15), small.client())
    found = steps.of_visits(small.database, [visit])
    assert [(step.stage, step.is_required) for step in found] == [
        (Stage.INTAKE, True),
        (Stage.INTAKE, False),
        (Stage.SERVICE, False),
        (Stage.COMPLETION, True),
    ]
    assert all(step.done_at is None for step in found)


def test_what_changes_in_the_template_later_does_not_change_the_visit(small: SmallSalon) -> None:
    visit = small.book(at(15), small.client())
    before = texts(small, visit)
    with small.database.writing():
        small.database.rows("UPDATE template_step SET text = 'другое'")
        small.database.rows("DELETE FROM template_step WHERE position = 0")
    assert texts(small, visit) == before


def test_a_service_without_a_checklist_has_no_steps(small: SmallSalon) -> None:
    assert texts(small, small.book(at(15), small.client(), service=small.pedicure)) == []


def test_a_tick_keeps_who_and_when_and_can_be_taken_off(small: SmallSalon) -> None:
    visit = small.book(at(15), small.client())
    step = steps.of_visits(small.database, [visit])[0].step_id
    carry_out(small.salon, steps.tick, step, done=True, staff_id=small.olga)
    assert steps.of_visits(small.database, [visit])[0].done_at == small.clock.now()
    assert small.database.value("SELECT done_by_id FROM visit_step WHERE id = ?", (step,)) == small.olga
    carry_out(small.salon, steps.tick, step, done=False)
    assert steps.of_visits(small.database, [visit])[0].done_at is None
    assert small.database.value("SELECT done_by_id FROM visit_step WHERE id = ?", (step,)) is None


def test_a_tick_can_be_undone(small: SmallSalon) -> None:
    visit = small.book(at(15), small.client())
    step = steps.of_visits(small.database, [visit])[0].step_id
    ticked = carry_out(small.salon, steps.tick, step, done=True, staff_id=small.olga)
    assert ticked.entry_id is not None
    carry_out(small.salon, take_back, ticked.entry_id)
    assert steps.of_visits(small.database, [visit])[0].done_at is None


def test_a_step_that_is_gone(small: SmallSalon) -> None:
    with pytest.raises(Gone):
        carry_out(small.salon, steps.tick, 77, done=True)


def test_an_open_required_step_stops_the_visit(small: SmallSalon) -> None:
    """Issue of others 17: a failed allergy test only prompts, and the visit goes on."""
    visit = small.book(at(10), small.client())
    with pytest.raises(StepsStillOpen) as stopped:
        carry_out(small.salon, booking.set_status, visit, VisitStatus.COMPLETED)
    assert stopped.value.steps == ("Спросить про аллергию", "Показать результат при дневном свете")
    assert small.status(visit) is VisitStatus.BOOKED


def test_spaces_are_no_reason(small: SmallSalon) -> None:
    visit = small.book(at(10), small.client())
    with pytest.raises(StepsStillOpen):
        carry_out(small.salon, booking.set_status, visit, VisitStatus.COMPLETED, reason="   ")


def test_going_on_with_a_reason_is_kept(small: SmallSalon) -> None:
    visit = small.book(at(10), small.client())
    carry_out(small.salon, booking.set_status, visit, VisitStatus.COMPLETED, reason="клиентка спешила")
    assert small.database.value("SELECT open_steps_reason FROM visit WHERE id = ?", (visit,)) == "клиентка спешила"
    assert journal.of_visit(small.database, visit)[-1].action is Action.VISIT_STATUS_SET


def test_with_the_required_steps_done_nobody_asks(small: SmallSalon) -> None:
    visit = small.book(at(10), small.client())
    for step in steps.of_visits(small.database, [visit]):
        if step.is_required:
            carry_out(small.salon, steps.tick, step.step_id, done=True, staff_id=small.olga)
    carry_out(small.salon, booking.set_status, visit, VisitStatus.COMPLETED)
    assert small.status(visit) is VisitStatus.COMPLETED
    assert small.database.value("SELECT open_steps_reason FROM visit WHERE id = ?", (visit,)) == ""


def test_ticks_survive_a_change_of_the_visit_and_leave_with_their_service(small: SmallSalon) -> None:
    client = small.client()
    visit = small.book(at(15), client)
    step = steps.of_visits(small.database, [visit])[0].step_id
    carry_out(small.salon, steps.tick, step, done=True, staff_id=small.olga)
    both = BookingRequest(client, (small.wish(at(16)), small.wish(at(17), service=small.pedicure)))
    carry_out(small.salon, booking.change, visit, both)
    assert steps.of_visits(small.database, [visit])[0].done_at is not None
    carry_out(small.salon, booking.change, visit, BookingRequest(client, (small.wish(at(17), service=small.pedicure),)))
    assert texts(small, visit) == []


def test_no_visits_no_steps(small: SmallSalon) -> None:
    assert steps.of_visits(small.database, []) == []


def test_a_checklist_has_a_name(small: SmallSalon) -> None:
    with pytest.raises(NameMissing):
        carry_out(small.salon, templates.add, "  ", ())
