"""The list of all clients."""

from datetime import timedelta

from hypothesis import given, strategies as st

from app.models import Payment
from app.salon.clients import card, listing, register
from app.salon.clients.conditions import Between, Conditions
from app.salon.clients.listing import ListOrder, ListQuery
from app.salon.transaction import carry_out
from app.vocabulary import AlertKind, PaymentKind
from tests.builders import TODAY, SmallSalon, at, small_salon


def lines(small: SmallSalon, query: ListQuery | None = None) -> list[listing.ListedClient]:
    found = listing.everybody(small.database, query or ListQuery(), TODAY)
    return listing.lines(small.database, found.client_ids, TODAY)


def test_the_list_agrees_with_the_cards(small: SmallSalon) -> None:
    anna = small.client("Анна Щёлкина", "+79123456789")
    maria = small.client("Мария Ким")
    nobody = small.client("Ольга Тихая", "+79030001122")
    carry_out(small.salon, register.add_phone, anna, "+79990001122", "мама")
    carry_out(small.salon, register.warn, anna, AlertKind.DEBT, "500 ₽")
    for days in (20, 10):
        small.complete(small.book(at(10, days=-days), anna))
    small.complete(small.book(at(12, days=-5), maria))
    vera = small.client("Вера Ломова")
    small.complete(small.book(at(14, days=-5), vera))
    small.book(at(15, days=1), maria)
    for amount in (180_000, 90_000):
        small.database.insert(
            Payment,
            {"day": TODAY, "client": anna, "kind": PaymentKind.SERVICE, "description": "", "amount": amount},
        )
    found = {client.client_id: client for client in lines(small)}
    assert list(found) == [vera, maria, anna, nobody]
    line = found[anna]
    assert (line.phone, line.visits, line.spent, line.has_alert) == ("+79123456789", 2, 270_000, True)
    assert (line.last_visit, line.next_visit) == (at(10, days=-10).date(), None)
    assert found[maria].next_visit == at(15, days=1).date()
    assert (found[nobody].last_visit, found[nobody].visits, found[nobody].spent) == (None, 0, 0)
    for client_id, one in found.items():
        told = card.read(small.database, client_id, TODAY)
        assert (one.visits, one.spent) == (told.completed, told.spent)


def test_the_list_is_searched_by_the_rules_of_the_finder(small: SmallSalon) -> None:
    small.client("Анна Щёлкина", "+79123456789")
    small.client("Мария Ким", "+79030001122")

    def found(typed: str) -> list[str]:
        return [client.name for client in lines(small, ListQuery(typed))]

    assert found("щелк") == found("Otkr") == found("6789") == found("8912 345") == found("sch") == ["Анна Щёлкина"]
    assert found("Vfhbz") == ["Мария Ким"]
    assert found("щелкена") == ["Анна Щёлкина"]
    assert found("нетникого") == []
    assert len(found("  ")) == 2
    small.client("Вера Александрова")
    small.client("Пётр Александров")
    assert found("александрова") == ["Вера Александрова"], "a long word is wanted to its end"


def test_any_column_orders_and_the_sum_is_told(small: SmallSalon) -> None:
    anna, maria = small.client("Анна Щёлкина", "+79123456789"), small.client("Мария Ким", "+79030001122")
    small.complete(small.book(at(10, days=-5), anna))
    small.book(at(10, days=2), maria)
    carry_out(small.salon, register.warn, maria, AlertKind.ALLERGY, "ацетон")
    paid = {"day": TODAY, "client": anna, "kind": PaymentKind.SERVICE, "description": "", "amount": 180_000}
    small.database.insert(Payment, paid)
    first = {
        order: listing.everybody(small.database, ListQuery(order=order, descending=True), TODAY).client_ids[0]
        for order in ListOrder
    }
    assert first == {
        ListOrder.NAME: maria,
        ListOrder.ALERT: maria,
        ListOrder.PHONE: anna,
        ListOrder.LAST_VISIT: anna,
        ListOrder.NEXT_VISIT: maria,
        ListOrder.VISITS: anna,
        ListOrder.SPENT: anna,
    }
    found = listing.everybody(small.database, ListQuery(conditions=Conditions(visits=Between(1))), TODAY)
    assert (list(found.client_ids), found.spent, found.everybody) == ([anna], 180_000, 2)


@given(
    twins=st.lists(st.tuples(st.sampled_from("аб"), st.integers(0, 2), st.booleans()), max_size=8),
    order=st.sampled_from(ListOrder),
    descending=st.booleans(),
    most=st.integers(0, 9),
)
def test_the_beginning_of_the_list_is_where_the_list_begins(
    twins: list[tuple[str, int, bool]], order: ListOrder, descending: bool, most: int
) -> None:
    """Whoever is alike in everything stands in one order as well, or somebody would be seen to jump."""
    small = small_salon()
    for name, days, is_coming in twins:
        client = small.client(name)
        small.database.rows(
            "UPDATE client_rhythm SET last_day = ? WHERE client_id = ?",
            (f"{TODAY - timedelta(days=days)}" if days else None, client),
        )
        if is_coming:
            small.database.rows(
                "INSERT INTO visit (client_id, day, status, hour_known, comment, open_steps_reason, overbooked_reason, "
                "created_at) VALUES (?, ?, 'booked', 1, '', '', '', '')",
                (client, (TODAY + timedelta(days=days)).isoformat()),
            )
    query = ListQuery(order=order, descending=descending)
    begun = listing.beginning(small.database, query, TODAY, most)
    assert begun.client_ids == listing.everybody(small.database, query, TODAY).client_ids[:most]
    assert begun.everybody == len(twins)
    small.database.close()
