"""A master between two clients: who is next, what did we agree, what must I not forget."""

from datetime import date

import pytest

from app.errors import Gone
from app.salon.checklists import steps
from app.salon.clients import answers, formulas, mixtures, questions, register
from app.salon.clients.questions import QuestionFacts
from app.salon.scheduling import blocks, booking, my_day
from app.salon.scheduling.booking import BookingRequest
from app.salon.scheduling.my_day import MyDay, MyVisit
from app.salon.transaction import carry_out
from app.vocabulary import AlertKind, BlockKind, CancelReason, Stage, VisitStatus
from tests.builders import TODAY, SmallSalon, at


def day(small: SmallSalon, staff: int | None = None, when: date = TODAY) -> MyDay:
    return my_day.of_master(small.database, staff or small.olga, when)


def only(found: MyDay) -> MyVisit:
    (visit,) = found.visits
    return visit


def test_the_day_in_the_order_of_the_clock(small: SmallSalon) -> None:
    late = small.book(at(17), small.client("Вера"))
    early = small.book(at(12), small.client("Анна"))
    small.book(at(12), small.client("Зоя"), staff=small.maria)
    small.book(at(12, days=1), small.client("Инна"))
    found = day(small)
    assert [visit.visit_id for visit in found.visits] == [early, late]
    assert (found.name, found.shifts[0].minutes) == ("Ольга Белова", 12 * 60)


def test_what_must_be_known_of_the_client(small: SmallSalon) -> None:
    anna = small.client("Анна", wishes="капучино на овсяном, без разговоров")
    carry_out(small.salon, register.warn, anna, AlertKind.ALLERGY, "ацетон")
    before = small.book(at(12, days=-21), anna)
    small.complete(before)
    small.book(at(12), anna)
    visit = only(day(small))
    assert [(alert.kind, alert.text) for alert in visit.alerts] == [(AlertKind.ALLERGY, "ацетон")]
    assert visit.wishes == "капучино на овсяном, без разговоров"
    assert visit.last_time is not None
    assert visit.last_time.day == date(2026, 4, 21)
    assert visit.last_time.services == ("Маникюр с покрытием",)
    assert visit.last_time.masters == ("Ольга Белова",)
    assert not visit.is_first


def test_last_time_is_the_last_completed_one(small: SmallSalon) -> None:
    anna = small.client("Анна")
    small.complete(small.book(at(12, days=-30), anna))
    missed = small.book(at(12, days=-3), anna)
    carry_out(small.salon, booking.cancel, missed, CancelReason.CLIENT_ILL)
    small.book(at(12), anna)
    visit = only(day(small))
    assert visit.last_time is not None
    assert visit.last_time.day == date(2026, 4, 12)


def test_the_formula_of_last_time_is_there_for_whoever_does_that_service(small: SmallSalon) -> None:
    anna = small.client()
    before = small.book(at(12, days=-30), anna, service=small.colouring)
    recipe = formulas.Recipe("Корни", mixtures.read("30 г 7.1 + 45 мл 6%"))
    carry_out(small.salon, formulas.write, anna, before, recipe)
    request = BookingRequest(anna, (small.wish(at(12)), small.wish(at(13), service=small.colouring)))
    carry_out(small.salon, booking.book, request)
    mine, hers = only(day(small)), only(day(small, small.maria))
    assert mine.formula is None
    assert hers.formula is not None
    assert hers.formula.recipe == recipe


def test_a_first_visit_and_a_walk_in(small: SmallSalon) -> None:
    small.book(at(12), small.client("Анна"))
    small.book(at(14))
    first, walk_in = day(small).visits
    assert first.is_first
    assert (walk_in.client_id, walk_in.client_name, walk_in.is_first) == (None, "", False)


def test_two_masters_of_one_visit_have_their_own_part(small: SmallSalon) -> None:
    request = BookingRequest(
        small.client(), (small.wish(at(12)), small.wish(at(13), service=small.colouring)), comment="с ребёнком"
    )
    carry_out(small.salon, booking.book, request)
    mine, hers = only(day(small)), only(day(small, small.maria))
    assert [service.name for service in mine.services] == ["Маникюр с покрытием"]
    assert mine.with_masters == ("Мария Ким",)
    assert len(mine.steps) == 4
    assert [service.name for service in hers.services] == ["Окрашивание"]
    assert (hers.starts_at, hers.ends_at) == (at(13), at(15, 45))
    assert hers.steps == ()
    assert mine.comment == hers.comment == "с ребёнком"


def test_two_services_of_one_master_are_one_visit(small: SmallSalon) -> None:
    request = BookingRequest(small.client(), (small.wish(at(12)), small.wish(at(13), service=small.pedicure)))
    carry_out(small.salon, booking.book, request)
    visit = only(day(small))
    assert (visit.starts_at, visit.ends_at) == (at(12), at(14, 30))
    assert len(visit.services) == 2


def test_cancelled_visits_are_out_and_missed_ones_stay(small: SmallSalon) -> None:
    cancelled, missed = small.book(at(15), small.client("Анна")), small.book(at(9), small.client("Вера"))
    carry_out(small.salon, booking.cancel, cancelled, CancelReason.CLIENT_ASKED)
    carry_out(small.salon, booking.set_status, missed, VisitStatus.NO_SHOW)
    assert only(day(small)).visit_id == missed


def test_who_is_next_and_who_is_here(small: SmallSalon) -> None:
    visits = [small.book(at(hour), small.client(str(hour))) for hour in (9, 10, 12, 14)]
    small.complete(visits[0])
    carry_out(small.salon, booking.set_status, visits[1], VisitStatus.IN_SERVICE)
    found = day(small)
    assert found.current_visit is not None
    assert found.current_visit.visit_id == visits[1]
    assert found.next_visit is not None
    assert found.next_visit.visit_id == visits[2]
    for visit in visits[1:]:
        small.complete(visit)
    assert day(small).next_visit is None


def test_pauses_and_the_next_shift(small: SmallSalon) -> None:
    carry_out(small.salon, blocks.block_time, small.olga, at(13), at(13, 30), BlockKind.BREAK, "обед")
    found = day(small)
    assert [(one.starts_at, one.ends_at, one.reason) for one in found.pauses] == [(at(13), at(13, 30), "обед")]
    assert found.next_shift is not None
    assert found.next_shift.starts_at == at(9, days=1)
    last = day(small, when=date(2026, 7, 31))
    assert last.shifts
    assert last.next_shift is None
    assert day(small, when=date(2026, 8, 1)).shifts == ()


def test_ticking_is_seen_with_its_stage(small: SmallSalon) -> None:
    small.book(at(12), small.client())
    visit = only(day(small))
    assert [step.stage for step in visit.steps] == [Stage.INTAKE, Stage.INTAKE, Stage.SERVICE, Stage.COMPLETION]
    carry_out(small.salon, steps.tick, visit.steps[0].step_id, done=True, staff_id=small.olga)
    assert only(day(small)).done_steps == 1


def test_the_number_of_queries_does_not_grow_with_the_day(small: SmallSalon) -> None:
    def queries() -> int:
        asked: list[str] = []
        small.database.connection.set_trace_callback(asked.append)
        day(small)
        small.database.connection.set_trace_callback(None)
        return len(asked)

    small.book(at(9), small.client("Анна"))
    few = queries()
    for hour in range(10, 20):
        small.book(at(hour), small.client(f"Клиент {hour}"))
    assert queries() == few


def test_a_master_who_is_not_there(small: SmallSalon) -> None:
    with pytest.raises(Gone):
        my_day.of_master(small.database, 99, TODAY)


def test_what_the_client_said_once_and_what_nobody_asked_yet(small: SmallSalon) -> None:
    anna = small.client()
    small.book(at(12), anna)
    drink = carry_out(small.salon, questions.keep, None, QuestionFacts("Что выпить?")).value
    carry_out(small.salon, questions.keep, None, QuestionFacts("Какую музыку?"))
    carry_out(small.salon, answers.answer, anna, drink, "кофе")
    visit = only(day(small))
    assert (visit.told, visit.not_asked) == (("кофе",), ("Какую музыку?",))
