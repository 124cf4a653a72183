"""Two services of one visit: the end of the first is changed, and what follows goes along."""

from datetime import datetime, timedelta

import pytest

from app.errors import SlotTaken
from app.salon import check, journal
from app.salon.scheduling import agenda, booking, day_book
from app.salon.scheduling.booking import BookingRequest, ServiceWish
from app.salon.scheduling.intervals import Lengths
from app.salon.transaction import carry_out
from tests.builders import SmallSalon, at

TOMORROW = at(0, days=1).date()


def on(hour: int, minute: int = 0) -> datetime:
    """A time tomorrow."""
    return at(hour, minute, days=1)


def visit_of(small: SmallSalon, *wishes: ServiceWish) -> int:
    """The visit of Anna."""
    return carry_out(small.salon, booking.book, BookingRequest(small.client(), wishes)).value


def hours(small: SmallSalon, visit: int) -> list[str]:
    """When the services of a visit begin and end, by their order in the visit."""
    found = sorted(agenda.of_day(small.database, TOMORROW).entries, key=lambda one: one.part)
    return [f"{one.starts_at:%H:%M}-{one.ends_at:%H:%M}" for one in found if one.visit_id == visit]


def end(small: SmallSalon, visit: int, ends_at: datetime, position: int = 0) -> booking.Resized:
    """Drag the lower edge of one of its services."""
    booked = small.booked_service(visit, position)
    found = next(one for one in agenda.of_day(small.database, TOMORROW).entries if one.booked_id == booked)
    return carry_out(small.salon, booking.resize, booked, found.starts_at, ends_at).value


def test_the_second_service_of_a_visit_makes_way_for_the_first(small: SmallSalon) -> None:
    """The nails take a quarter of an hour longer: the feet, by the same master, begin later; one undo takes it back."""
    visit = visit_of(small, small.wish(on(10)), small.wish(on(11), service=small.pedicure))
    assert end(small, visit, on(11, 15)).next_at == on(11, 15)
    assert hours(small, visit) == ["10:00-11:15", "11:15-12:45"]
    assert check.faults(small.database) == []
    last = small.database.value("SELECT MAX(id) FROM journal_entry")
    carry_out(small.salon, journal.undo, last)
    assert hours(small, visit) == ["10:00-11:00", "11:00-12:30"]


def test_whoever_comes_after_the_last_service_is_the_reason_against_it(small: SmallSalon) -> None:
    visit = visit_of(small, small.wish(on(10)), small.wish(on(11), service=small.pedicure))
    small.book(on(12, 30), small.client("Вера Ломова"))
    with pytest.raises(SlotTaken) as refused:
        end(small, visit, on(11, 15))
    assert refused.value.taken_by == "Вера Ломова"
    assert hours(small, visit) == ["10:00-11:00", "11:00-12:30"]


def test_a_shorter_service_lets_the_next_begin_earlier(small: SmallSalon) -> None:
    visit = visit_of(small, small.wish(on(10)), small.wish(on(11), service=small.pedicure))
    assert end(small, visit, on(10, 45)).next_at == on(10, 45)
    assert hours(small, visit) == ["10:00-10:45", "10:45-12:15"]


def test_the_next_stays_where_its_master_is_not_free_earlier(small: SmallSalon) -> None:
    small.book(on(10), staff=small.maria)
    visit = visit_of(small, small.wish(on(10)), small.wish(on(11), staff=small.maria))
    assert end(small, visit, on(10, 45)).next_at is None
    assert hours(small, visit) == ["10:00-10:45", "11:00-12:00"]


def test_after_a_pause_the_hour_that_was_agreed_is_kept(small: SmallSalon) -> None:
    """Half an hour between both: it is used up first, and only what is left over moves the second."""
    visit = visit_of(small, small.wish(on(10)), small.wish(on(11, 30), staff=small.maria))
    assert end(small, visit, on(11, 15)).next_at is None
    assert hours(small, visit) == ["10:00-11:15", "11:30-12:30"]
    assert end(small, visit, on(12)).next_at == on(12)
    assert hours(small, visit) == ["10:00-12:00", "12:00-13:00"]


def test_what_is_done_side_by_side_stays(small: SmallSalon) -> None:
    """Feet and hands at once, then the hands once more: only what waits for the longer of both begins later."""
    hands = small.wish(on(10), staff=small.maria)
    visit = visit_of(small, small.wish(on(10), service=small.pedicure), hands, small.wish(on(11, 30)))
    assert end(small, visit, on(11, 15), position=1).next_at is None
    assert hours(small, visit) == ["10:00-11:30", "10:00-11:15", "11:30-12:30"]
    assert end(small, visit, on(11, 45), position=1).next_at == on(11, 45)
    assert hours(small, visit) == ["10:00-11:30", "10:00-11:45", "11:45-12:45"]


def test_what_is_done_in_a_processing_gap_stays(small: SmallSalon) -> None:
    nails = small.wish(on(11, 45), minutes=30)
    visit = visit_of(small, small.wish(on(10), service=small.colouring), nails)
    assert end(small, visit, on(13)).next_at is None
    assert hours(small, visit) == ["10:00-13:00", "11:45-12:15"]


def test_the_master_cleans_and_lays_out_in_between(small: SmallSalon) -> None:
    tidy = Lengths(60, before=5, after=10)
    first, second = small.wish(on(10)), small.wish(on(11, 15))
    visit = visit_of(
        small,
        ServiceWish(first.service_id, first.staff_id, first.starts_at, tidy, None),
        ServiceWish(second.service_id, second.staff_id, second.starts_at, tidy, None),
    )
    assert end(small, visit, on(11, 30)).next_at == on(11, 45)
    taken = day_book.master_day(small.database, small.olga, TOMORROW).taken
    assert [(one.interval.starts_at, one.interval.ends_at) for one in taken] == [
        (on(10) - timedelta(minutes=5), on(11, 40)),
        (on(11, 40), on(12, 55)),
    ]
