"""What was cancelled together and cannot be taken back as a whole comes back as far as its places are free."""

import pytest

from app.errors import ChangedSince, DoNotBook, OutsideShift, SlotTaken
from app.salon import check
from app.salon.clients import standing
from app.salon.reminders import queue
from app.salon.scheduling import booking, coming_back, series
from app.salon.scheduling.booking import BookingRequest
from app.salon.scheduling.recurrence import Pattern
from app.salon.transaction import carry_out
from app.salon.undo import take_back
from app.vocabulary import CancelReason, SeriesScope, SeriesUnit, VisitStatus
from tests.builders import ZONE, SmallSalon, at


@pytest.fixture
def anna(small: SmallSalon) -> int:
    return small.client("Анна Щёлкина", "8 912 345-67-89")


@pytest.fixture
def weekly(small: SmallSalon, anna: int) -> list[int]:
    """Anna's visits of five Wednesdays at three; she has confirmed the second."""
    first, pattern = small.book(at(15, days=1), anna), Pattern(SeriesUnit.WEEK, 1, times=5)
    carry_out(small.salon, series.book_series, first, pattern, series.repeats(small.salon, first, pattern))
    series_id = series.of_visit(small.database, first)
    assert series_id is not None
    ids = [one.visit_id for one in series.read(small.salon, series_id).visits]
    carry_out(small.salon, booking.set_status, ids[1], VisitStatus.CONFIRMED)
    return ids


def cancelled(small: SmallSalon, weekly: list[int]) -> int:
    """All of them are cancelled; returns the journal entry."""
    act = carry_out(small.salon, series.cancel, weekly[0], SeriesScope.ALL, CancelReason.CLIENT_ASKED)
    return act.entry_id or 0


def statuses(small: SmallSalon, ids: list[int]) -> list[str]:
    return [str(small.status(one)) for one in ids]


def test_all_but_those_whose_places_have_gone_come_back(small: SmallSalon, weekly: list[int]) -> None:
    """Vera has one of the Wednesdays by now, and on another Olga works no more; undo itself stays all or nothing."""
    entry = cancelled(small, weekly)
    small.book(at(15, 30, days=15), small.client("Вера"))
    small.database.rows("DELETE FROM shift WHERE staff_id = ? AND day = ?", (small.olga, str(at(0, days=29).date())))
    with pytest.raises(ChangedSince):
        carry_out(small.salon, take_back, entry)
    done = carry_out(small.salon, coming_back.bring_back, entry)
    assert [(day, type(why)) for day, why in done.value.away] == [
        (at(15, days=15), SlotTaken),
        (at(15, days=29), OutsideShift),
    ]
    assert statuses(small, weekly) == ["booked", "confirmed", "cancelled", "booked", "cancelled"]
    assert [bool(queue.of_visit(small.database, one)[0].is_open) for one in weekly] == [True, True, False, True, False]
    assert small.database.value("SELECT COUNT(*) FROM visit WHERE is_exception") == 2, "who is back follows the series"
    assert check.faults(small.database) == []
    carry_out(small.salon, take_back, done.entry_id or 0)
    assert statuses(small, weekly) == ["cancelled"] * 5


def test_what_was_brought_back_by_hand_is_left_as_it_is(small: SmallSalon, weekly: list[int]) -> None:
    entry = cancelled(small, weekly)
    carry_out(small.salon, booking.set_status, weekly[1], VisitStatus.BOOKED)
    carry_out(small.salon, booking.move, small.booked_service(weekly[1]), small.olga, at(17, days=8))
    found = coming_back.after(small.database, entry, ZONE)
    assert (found.visit_ids, found.away) == ((weekly[0], *weekly[2:]), ())


def test_of_two_that_shared_a_place_on_purpose_one_comes_back_and_the_other_is_told_of(
    small: SmallSalon, weekly: list[int], anna: int
) -> None:
    """One of her Wednesdays was put onto the next one for her friend; Olga's leave for the two has gone with them."""
    friend = BookingRequest(anna, (small.wish(at(15, 30, days=15)),), overbooked_reason="вместе с подругой")
    carry_out(small.salon, booking.change, weekly[1], friend)
    entry = cancelled(small, weekly)
    small.book(at(15, days=22), small.client("Вера"))
    done = carry_out(small.salon, coming_back.bring_back, entry)
    assert [day for day, _why in done.value.away] == [at(15, 30, days=15), at(15, days=22)]
    assert statuses(small, weekly) == ["booked", "cancelled", "booked", "cancelled", "booked"]
    assert check.faults(small.database) == []


def test_nobody_unwanted_comes_back_unseen(small: SmallSalon, weekly: list[int], anna: int) -> None:
    entry = cancelled(small, weekly)
    carry_out(small.salon, standing.do_not_book, anna, "четыре неявки")
    with pytest.raises(DoNotBook):
        carry_out(small.salon, coming_back.bring_back, entry)
    assert statuses(small, weekly) == ["cancelled"] * 5
