"""The client is at the door: an alert that nobody has seen for this visit is shown before the work begins."""

from dataclasses import replace

from app.salon.clients import alerts, register, standing
from app.salon.scheduling import booking
from app.salon.transaction import carry_out
from app.ui import arriving
from app.vocabulary import AlertKind, AlertMoment, CancelReason, VisitStatus
from tests.builders import at
from tests.fakes import ScriptedAsker
from tests.ui.conftest import Counter


def with_alert(counter: Counter) -> int:
    anna = counter.small.client()
    visit = counter.small.book(at(15), anna)
    carry_out(counter.small.salon, register.warn, anna, AlertKind.ALLERGY, "латекс")
    return visit


def test_one_answer_acknowledges_and_lets_the_client_in(counter: Counter) -> None:
    visit = with_alert(counter)
    with ScriptedAsker(True) as asker:
        assert arriving.set_status(replace(counter.desk, asker=asker), visit, VisitStatus.ARRIVED)
    assert counter.small.status(visit) is VisitStatus.ARRIVED
    assert [one.moment for one in alerts.seen_at(counter.small.database, visit)] == [AlertMoment.ARRIVAL]
    counter.desk.perform.undo()
    assert counter.small.status(visit) is VisitStatus.BOOKED


def test_whoever_does_not_acknowledge_has_changed_nothing(counter: Counter) -> None:
    visit = with_alert(counter)
    with ScriptedAsker(False) as asker:
        assert not arriving.set_status(replace(counter.desk, asker=asker), visit, VisitStatus.ARRIVED)
    assert asker.details == ["аллергия: латекс"]
    assert counter.small.status(visit) is VisitStatus.BOOKED
    assert not counter.desk.perform.can_undo


def test_whoever_completes_a_visit_that_never_arrived_is_asked_as_at_arrival(counter: Counter) -> None:
    visit = with_alert(counter)
    with ScriptedAsker(False, True) as asker:
        desk = replace(counter.desk, asker=asker)
        assert not arriving.set_status(desk, visit, VisitStatus.COMPLETED)
        assert counter.small.status(visit) is VisitStatus.BOOKED
        assert arriving.set_status(desk, visit, VisitStatus.COMPLETED, lambda _steps: "не отмечали")
    assert counter.small.status(visit) is VisitStatus.COMPLETED
    assert [one.moment for one in alerts.seen_at(counter.small.database, visit)] == [AlertMoment.ARRIVAL]


def test_whoever_brings_a_visit_back_of_an_unwanted_client_says_why(counter: Counter) -> None:
    small = counter.small
    anna = small.client()
    visit = small.book(at(15), anna)
    carry_out(small.salon, booking.cancel, visit, CancelReason.CLIENT_ASKED)
    carry_out(small.salon, standing.do_not_book, anna, "четыре неявки")
    refused: list[str] = []
    counter.desk.perform.refused.connect(refused.append)
    with ScriptedAsker(None, "внесла предоплату") as asker:
        desk = replace(counter.desk, asker=asker)
        assert not arriving.set_status(desk, visit, VisitStatus.BOOKED)
        assert refused == ["Анна Щёлкина — не записывать: четыре неявки."]
        assert arriving.set_status(desk, visit, VisitStatus.BOOKED)
    assert small.status(visit) is VisitStatus.BOOKED


def test_nobody_is_asked_about_what_was_seen_already(counter: Counter) -> None:
    visit = with_alert(counter)
    with ScriptedAsker(True) as asker:
        desk = replace(counter.desk, asker=asker)
        assert arriving.set_status(desk, visit, VisitStatus.ARRIVED)
        assert arriving.set_status(desk, visit, VisitStatus.BOOKED)
        assert arriving.set_status(desk, visit, VisitStatus.ARRIVED)
