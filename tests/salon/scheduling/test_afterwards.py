"""Somebody came without a card, was served, and left a name at the till."""

from datetime import timedelta

import pytest

from app import models
from app.errors import ClientKnown, Gone, NotServedYet
from app.salon import check
from app.salon.clients import card
from app.salon.scheduling import afterwards, agenda
from app.salon.transaction import carry_out
from app.salon.undo import take_back
from app.vocabulary import PaymentKind
from tests.builders import TODAY, SmallSalon, at


def served(small: SmallSalon) -> int:
    """The nails of somebody without a card, done and paid for."""
    visit = small.book(at(9))
    small.complete(visit)
    paid = {"day": TODAY, "visit": visit, "kind": PaymentKind.SERVICE, "description": "Маникюр", "amount": 180_000}
    with small.database.writing():
        small.database.insert(models.Payment, paid)
    return visit


def test_a_visit_without_a_card_counts_for_its_client_afterwards(small: SmallSalon) -> None:
    visit, anna = served(small), small.client()
    named = carry_out(small.salon, afterwards.name_client, visit, anna).entry_id
    known = card.read(small.database, anna, TODAY)
    assert known.last_visit is not None
    assert (known.last_visit.visit_id, known.completed, known.spent) == (visit, 1, 180_000)
    assert known.expected_days == 21, "it is known when they come again"
    assert check.faults(small.database) == []
    carry_out(small.salon, take_back, named or 0)
    assert card.read(small.database, anna, TODAY).visits == ()
    assert small.database.rows("SELECT client_id FROM payment") == [(None,)]


def test_nobody_else_is_put_on_it_and_what_is_not_over_is_changed_instead(small: SmallSalon) -> None:
    visit, anna, vera = served(small), small.client(), small.client("Вера Ломова")
    carry_out(small.salon, afterwards.name_client, visit, anna)
    with pytest.raises(ClientKnown) as refused:
        carry_out(small.salon, afterwards.name_client, visit, vera)
    assert refused.value.client_name == "Анна Щёлкина"
    with pytest.raises(NotServedYet):
        carry_out(small.salon, afterwards.name_client, small.book(at(12)), vera)
    with pytest.raises(Gone):
        carry_out(small.salon, afterwards.name_client, 999, vera)


def test_an_earlier_visit_makes_the_next_one_no_first_visit(small: SmallSalon) -> None:
    """Whoever has come once and has a card by now is no stranger the next time."""
    visit, anna = served(small), small.client()
    small.book(at(15, days=2), anna)
    next_day = TODAY + timedelta(days=2)
    assert agenda.of_day(small.database, next_day).entries[0].is_first_visit
    carry_out(small.salon, afterwards.name_client, visit, anna)
    assert not agenda.of_day(small.database, next_day).entries[0].is_first_visit
