"""The sentence that ends a call: everything that was agreed, as people say it."""

import pytest

from app.errors import Gone
from app.salon.catalogue import staff
from app.salon.scheduling import booking
from app.salon.scheduling.booking import BookingRequest
from app.salon.scheduling.said_back import said_back
from app.salon.transaction import carry_out
from app.vocabulary import CancelReason
from tests.builders import TODAY, SmallSalon, at


def said(small: SmallSalon, visit: int) -> str:
    return said_back(small.database, visit, TODAY).replace("\u00a0", " ")


def test_everything_that_was_agreed(small: SmallSalon) -> None:
    anna = small.client("Анна", "8 912 345-67-89")
    wishes = (small.wish(at(15, 30, days=2)), small.wish(at(16, 30, days=2), service=small.pedicure))
    visit = carry_out(small.salon, booking.book, BookingRequest(anna, wishes)).value
    assert said(small, visit) == (
        "Анна, четверг 14 мая, 15:30, Ольга, маникюр с покрытием и педикюр, 2 ч 30 мин, 3 600 ₽. "
        "Накануне пришлём напоминание."
    )


def test_nothing_is_promised_to_whom_nothing_can_be_sent(small: SmallSalon) -> None:
    visit = small.book(at(15, 30, days=2), small.client("Анна"))
    assert said(small, visit) == "Анна, четверг 14 мая, 15:30, Ольга, маникюр с покрытием, 1 ч, 1 800 ₽."


def test_nothing_is_promised_inside_the_lead_time(small: SmallSalon) -> None:
    visit = small.book(at(15, 30), small.client("Анна", "8 912 345-67-89"))
    assert said(small, visit).endswith("1 800 ₽.")


def test_two_masters_of_one_first_name_are_told_apart(small: SmallSalon) -> None:
    carry_out(small.salon, staff.add, "Ольга Тихая", "")
    assert ", Ольга Б., " in said(small, small.book(at(15)))


def test_a_walk_in_has_no_name(small: SmallSalon) -> None:
    assert said(small, small.book(at(15))).startswith("Вторник 12 мая, 15:00, Ольга")


def test_whom_nobody_awaits_any_more_is_told_nothing(small: SmallSalon) -> None:
    visit = small.book(at(15), small.client())
    carry_out(small.salon, booking.cancel, visit, CancelReason.CLIENT_ASKED)
    for gone in (visit, 999):
        with pytest.raises(Gone):
            said_back(small.database, gone, TODAY)
