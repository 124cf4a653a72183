"""The client is at the door: an alert that nobody has seen for this visit is shown before the work begins."""

from dataclasses import replace

from app.salon.clients import alerts, register
from app.salon.transaction import carry_out
from app.ui import arriving
from app.vocabulary import AlertKind, AlertMoment, VisitStatus
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
    assert counter.small.status(visit) is VisitStatus.BOOKED
    assert not counter.desk.perform.can_undo


def test_nobody_is_asked_about_what_was_seen_already(counter: Counter) -> None:
    visit = with_alert(counter)
    with ScriptedAsker(True) as asker:
        desk = replace(counter.desk, asker=asker)
        assert arriving.set_status(desk, visit, VisitStatus.ARRIVED)
        assert arriving.set_status(desk, visit, VisitStatus.BOOKED)
        assert arriving.set_status(desk, visit, VisitStatus.ARRIVED)
