"""Several services of one visit: in a row, side by side, with a pause, and by the master who was asked for."""

from dataclasses import replace

import pytest

from app.errors import SlotTaken
from app.salon import check, journal
from app.salon.scheduling import agenda, booking, held, places
from app.salon.scheduling.booking import BookingRequest
from app.salon.scheduling.intervals import Lengths
from app.salon.scheduling.places import DayBooks, PlannedService, one_after_another, standing, why_not
from app.salon.transaction import carry_out
from app.salon.undo import take_back
from tests.builders import TODAY, SmallSalon, at


@pytest.fixture
def feet(small: SmallSalon) -> PlannedService:
    """A pedicure with Olga."""
    return PlannedService(small.pedicure, "Педикюр", small.olga, Lengths(90), 250_000)


@pytest.fixture
def hands(small: SmallSalon) -> PlannedService:
    """A manicure with Maria at the same time."""
    return PlannedService(small.manicure, "Маникюр с покрытием", small.maria, Lengths(60), 180_000, beside=True)


def book(small: SmallSalon, *planned: PlannedService, reason: str = "") -> int:
    request = BookingRequest(None, one_after_another(at(12), planned), overbooked_reason=reason)
    return carry_out(small.salon, booking.book, request).value


def starts(small: SmallSalon) -> list[str]:
    return [f"{one.starts_at:%H:%M}" for one in agenda.of_day(small.database, TODAY).entries]


def test_hands_and_feet_at_once(small: SmallSalon, feet: PlannedService, hands: PlannedService) -> None:
    """What follows begins when both are done."""
    third = replace(hands, beside=False)
    wishes = one_after_another(at(12), (feet, hands, third))
    assert [wish.starts_at for wish in wishes] == [at(12), at(12), at(13, 30)]
    visit = carry_out(small.salon, booking.book, BookingRequest(None, wishes)).value
    assert standing(small.database, visit).planned == (feet, hands, third)
    assert check.faults(small.database) == []


def test_in_one_chair(small: SmallSalon, feet: PlannedService, hands: PlannedService) -> None:
    """The client sits there once; nobody else does."""
    chair = small.room("Педикюрное кресло", small.pedicure, small.manicure)
    book(small, feet, hands)
    assert [one.room_ids for one in agenda.of_day(small.database, TODAY).entries] == [(chair,), (chair,)]
    assert why_not(DayBooks(small.database), at(13), (replace(hands, beside=False),)) is not None
    assert check.faults(small.database) == []


def test_one_master_does_one_thing_at_a_time(small: SmallSalon, feet: PlannedService, hands: PlannedService) -> None:
    """Not even on purpose."""
    both = (feet, replace(hands, staff_id=small.olga))
    assert isinstance(why_not(DayBooks(small.database), at(12), both), SlotTaken)
    for reason in ("", "очень просит"):
        with pytest.raises(SlotTaken):
            book(small, *both, reason=reason)


def test_the_first_takes_the_rest_along(small: SmallSalon, feet: PlannedService, hands: PlannedService) -> None:
    visit = book(small, feet, hands, replace(hands, beside=False))
    moved = carry_out(small.salon, booking.move, small.booked_service(visit), small.olga, at(15))
    assert starts(small) == ["15:00", "15:00", "16:30"]
    carry_out(small.salon, take_back, moved.entry_id or 0)
    assert starts(small) == ["12:00", "12:00", "13:30"]
    carry_out(small.salon, booking.move, small.booked_service(visit, 1), small.maria, at(12, 15))
    assert starts(small) == ["12:00", "12:15", "13:30"]


def test_opening_and_saving_moves_nothing(small: SmallSalon, feet: PlannedService, hands: PlannedService) -> None:
    """Whatever distances the services have, they are kept, and come along to another time."""
    visit = book(small, feet, hands, replace(hands, beside=False))
    carry_out(small.salon, booking.move, small.booked_service(visit, 1), small.maria, at(12, 15))
    carry_out(small.salon, booking.move, small.booked_service(visit, 2), small.maria, at(14))
    found = standing(small.database, visit)
    assert [one.pause for one in found.planned] == [0, -75, 30]
    assert [wish.starts_at for wish in one_after_another(at(12), found.planned)] == [at(12), at(12, 15), at(14)]
    wishes = one_after_another(at(16), found.planned)
    carry_out(small.salon, booking.change, visit, BookingRequest(None, wishes))
    assert starts(small) == ["16:00", "16:15", "18:00"]


# ---- the master who was asked for --------------------------------------------------------------------------------


def marks(small: SmallSalon) -> list[bool]:
    return [one.is_asked_for for one in agenda.of_day(small.database, TODAY).entries]


def test_who_was_asked_for_is_kept_with_the_same_master(small: SmallSalon) -> None:
    wish = replace(small.wish(at(12)), is_asked_for=True)
    visit = carry_out(small.salon, booking.book, BookingRequest(None, (wish,))).value
    booked = small.booked_service(visit)
    assert marks(small) == [True]
    assert carry_out(small.salon, booking.move, booked, small.olga, at(15)).value.asked_for_left == ""
    carry_out(small.salon, booking.resize, booked, at(15), at(15, 30))
    found = standing(small.database, visit)
    request = BookingRequest(None, one_after_another(at(16), found.planned), "позже")
    carry_out(small.salon, booking.change, visit, request)
    assert marks(small) == [True]
    again = held.once_more(held.hold(small.database, visit), small.olga, at(18))
    carry_out(small.salon, booking.book, again)
    elsewhere = held.once_more(held.hold(small.database, visit), small.maria, at(18))
    carry_out(small.salon, booking.book, elsewhere)
    assert marks(small) == [True, True, False]


def test_with_another_master_the_mark_goes_and_it_is_told(small: SmallSalon) -> None:
    wish = replace(small.wish(at(12)), is_asked_for=True)
    visit = carry_out(small.salon, booking.book, BookingRequest(None, (wish,))).value
    moved = carry_out(small.salon, booking.move, small.booked_service(visit), small.maria, at(12))
    assert moved.value.asked_for_left == "Ольга Белова"
    assert journal.of_visit(small.database, visit)[-1].note == "Ольга Белова"
    assert marks(small) == [False]
    carry_out(small.salon, take_back, moved.entry_id or 0)
    assert marks(small) == [True]


def test_the_mark_alone_can_be_set_and_taken_away(small: SmallSalon) -> None:
    visit = small.book(at(12))
    for asked_for in (True, False):
        (one,) = places.standing(small.database, visit).planned
        wishes = one_after_another(at(12), (replace(one, is_asked_for=asked_for),))
        carry_out(small.salon, booking.change, visit, BookingRequest(None, wishes))
        assert marks(small) == [asked_for]
