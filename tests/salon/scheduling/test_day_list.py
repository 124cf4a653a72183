"""The plain list of a day and of a master's week: who comes, on which phone, and who is left out."""

from datetime import timedelta

import pytest

from app.errors import Gone
from app.salon.catalogue import staff
from app.salon.clients import register
from app.salon.scheduling import booking, day_list
from app.salon.scheduling.booking import BookingRequest
from app.salon.transaction import carry_out
from app.vocabulary import CancelReason
from tests.builders import TODAY, SmallSalon, at


def test_the_day_goes_master_by_master_and_leaves_out_who_has_nothing_to_do(small: SmallSalon) -> None:
    idle = carry_out(small.salon, staff.add, "Ирина", position=2).value
    small.book(at(15), small.client("Анна", "8 912 345-67-89"))
    small.book(at(12), small.client("Вера"))
    listed = day_list.of_day(small.database, TODAY)
    assert [day.staff_id for day in listed.days] == [small.olga, small.maria]
    assert idle not in {day.staff_id for day in listed.days}
    assert [visit.client_name for visit in listed.days[0].visits] == ["Вера", "Анна"]
    assert list(listed.phones.values()) == ["+79123456789"]


def test_a_cancelled_visit_is_not_in_it_and_one_of_two_masters_counts_once(small: SmallSalon) -> None:
    gone = small.book(at(9), small.client("Зоя"))
    carry_out(small.salon, booking.cancel, gone, CancelReason.CLIENT_ASKED)
    wishes = (small.wish(at(12)), small.wish(at(13), service=small.colouring))
    carry_out(small.salon, booking.book, BookingRequest(small.client("Анна"), wishes))
    listed = day_list.of_day(small.database, TODAY)
    assert [[visit.client_name for visit in day.visits] for day in listed.days] == [["Анна"], ["Анна"]]
    assert listed.visits == 1


def test_the_preferred_phone_is_the_one_on_the_wall(small: SmallSalon) -> None:
    anna = small.client("Анна", "8 912 345-67-89")
    carry_out(small.salon, register.add_phone, anna, "8 926 111-22-33")
    small.book(at(15), anna)
    assert day_list.of_day(small.database, TODAY).phones == {anna: "+79123456789"}
    small.database.rows("UPDATE contact_point SET is_preferred = value = '+79261112233'")
    assert day_list.of_day(small.database, TODAY).phones == {anna: "+79261112233"}


def test_a_masters_week_goes_from_monday_to_sunday(small: SmallSalon) -> None:
    small.book(at(12, days=-1), small.client("Анна"))
    small.book(at(12, days=5), small.client("Вера"))
    small.book(at(12, days=6), small.client("Зоя"))
    small.database.rows("DELETE FROM shift WHERE staff_id = ? AND day = ?", (small.olga, str(TODAY)))
    week = day_list.of_week(small.database, small.olga, TODAY)
    assert [day.day for day in week.days] == [TODAY + timedelta(days=ahead) for ahead in (-1, 1, 2, 3, 4, 5)]
    assert week.visits == 2
    with pytest.raises(Gone):
        day_list.of_week(small.database, 999, TODAY)
