"""The card: what a master has to see in one glance."""

from datetime import timedelta

from app.models import Payment
from app.salon.clients import card
from app.salon.scheduling import booking
from app.salon.transaction import carry_out
from app.vocabulary import PaymentKind, VisitStatus
from tests.builders import TODAY, SmallSalon, at


def read(small: SmallSalon, client: int) -> card.ClientCard:
    return card.read(small.database, client, TODAY)


def been(small: SmallSalon, client: int, *days_ago: int) -> list[int]:
    visits = [small.book(at(10, days=-days), client) for days in days_ago]
    for visit in visits:
        small.complete(visit)
    return visits


def test_a_new_client_is_due_for_nothing(small: SmallSalon) -> None:
    shown = read(small, small.client("Анна"))
    assert (shown.visits, shown.last_visit, shown.first_visit, shown.expected_days, shown.due_on) == (
        (),
        None,
        None,
        None,
        None,
    )


def test_after_one_visit_the_price_list_says_when_to_come_again(small: SmallSalon) -> None:
    client = small.client("Анна")
    been(small, client, 7)
    shown = read(small, client)
    assert shown.interval_days is None
    assert shown.expected_days == 21
    assert shown.due_on == TODAY + timedelta(days=14)


def test_with_several_visits_the_client_has_a_rhythm_of_their_own(small: SmallSalon) -> None:
    client = small.client("Анна")
    been(small, client, 35, 25, 15)
    shown = read(small, client)
    assert shown.interval_days == shown.expected_days == 10
    assert shown.due_on == TODAY - timedelta(days=5)
    assert shown.first_visit == TODAY - timedelta(days=35)
    assert [visit.day for visit in shown.visits] == [TODAY - timedelta(days=days) for days in (15, 25, 35)]


def test_whoever_is_booked_is_not_due(small: SmallSalon) -> None:
    client = small.client("Анна")
    been(small, client, 35, 25, 15)
    later, sooner = small.book(at(18), client), small.book(at(14), client)
    shown = read(small, client)
    assert shown.due_on is None
    assert shown.next_visit is not None
    assert shown.next_visit.visit_id == sooner != later


def test_no_shows_are_counted_and_are_no_visits(small: SmallSalon) -> None:
    client = small.client("Анна")
    been(small, client, 10)
    missed = small.book(at(10, days=-3), client)
    carry_out(small.salon, booking.set_status, missed, VisitStatus.NO_SHOW)
    shown = read(small, client)
    assert (shown.completed, shown.no_shows) == (1, 1)
    assert shown.last_visit is not None
    assert shown.last_visit.day == TODAY - timedelta(days=10)


def test_money_is_what_was_paid_products_included(small: SmallSalon) -> None:
    client = small.client("Анна")
    visit = been(small, client, 10)[0]
    for kind, amount, of_visit in ((PaymentKind.SERVICE, 180_000, visit), (PaymentKind.PRODUCT, 50_000, None)):
        small.database.insert(
            Payment,
            {"day": TODAY, "visit": of_visit, "client": client, "kind": kind, "description": "", "amount": amount},
        )
    shown = read(small, client)
    assert shown.spent == 230_000
    assert shown.visits[0].paid == 180_000


def test_a_visit_tells_services_and_masters(small: SmallSalon) -> None:
    client = small.client("Анна")
    small.book(at(12), client, service=small.colouring)
    service = read(small, client).visits[0].services[0]
    assert (service.service_name, service.staff_name, service.lengths.gap) == ("Окрашивание", "Мария Ким", 45)
