"""What a master needs before and after a client, and what a service takes with a certain master."""

from dataclasses import replace

import pytest

from app.errors import BadDuration, OutsideShift, SlotTaken
from app.salon import check
from app.salon.catalogue import services, staff
from app.salon.catalogue.terms import MasterTerms, lengths_with, price_with
from app.salon.scheduling import agenda, booking, places
from app.salon.scheduling.booking import BookingRequest
from app.salon.scheduling.free_places import as_agreed, wanted
from app.salon.scheduling.intervals import Interval, Lengths, occupied
from app.salon.transaction import carry_out
from app.salon.undo import take_back
from app.vocabulary import CancelReason, VisitStatus
from tests.builders import TODAY, SmallSalon, at

WITH_BUFFERS = Lengths(60, before=10, after=20)


def book(small: SmallSalon, *starts_at: tuple[int, int], lengths: Lengths = WITH_BUFFERS) -> int:
    wishes = tuple(replace(small.wish(at(*start)), lengths=lengths) for start in starts_at)
    return carry_out(small.salon, booking.book, BookingRequest(None, wishes)).value


def taken(small: SmallSalon, visit_id: int) -> list[str]:
    rows = small.database.rows(
        """
        SELECT o.starts_at, o.ends_at FROM occupancy o JOIN booked_service b ON b.id = o.booked_service_id
        WHERE b.visit_id = ? AND o.staff_id IS NOT NULL ORDER BY o.starts_at
        """,
        (visit_id,),
    )
    return [f"{start[11:]}–{end[11:]}" for start, end in rows]


def test_laying_out_and_cleaning_up_around_a_colouring() -> None:
    """The gap stays free; the client sits there from eleven on."""
    assert occupied(at(11), Lengths(60, 30, 20, before=10, after=15)) == (
        Interval(at(10, 50), at(12)),
        Interval(at(12, 30), at(13, 5)),
    )
    assert occupied(at(11), Lengths(60, 30, after=15)) == (Interval(at(11), at(12)), Interval(at(12, 30), at(12, 45)))
    assert occupied(at(11), Lengths(60, 30)) == (Interval(at(11), at(12)),)


def test_the_time_around_a_client_is_not_for_others(small: SmallSalon) -> None:
    """BUGS_OF_OTHERS 14: buffers are enforced, and the client sits down when she was told to."""
    visit = book(small, (12, 0))
    assert taken(small, visit) == ["11:50–13:20"]
    (entry,) = agenda.of_day(small.database, TODAY).entries
    assert (entry.starts_at, entry.ends_at, entry.lengths) == (at(12), at(13), WITH_BUFFERS)
    for start in ((13, 15), (11, 0), (13, 20)):
        with pytest.raises(SlotTaken):
            book(small, start)
    assert taken(small, book(small, (13, 30))) == ["13:20–14:50"]
    assert check.faults(small.database) == []


def test_they_lie_within_the_hours_of_the_master(small: SmallSalon) -> None:
    """BUGS_OF_OTHERS 2: nobody lays out before coming or cleans after going."""
    for start in ((9, 5), (19, 45)):
        with pytest.raises(OutsideShift):
            book(small, start)
    assert taken(small, book(small, (9, 10))) == ["09:00–10:30"]
    assert taken(small, book(small, (19, 40))) == ["19:30–21:00"]


def test_whatever_is_done_they_go_along(small: SmallSalon) -> None:
    visit = book(small, (12, 0))
    booked = small.booked_service(visit)
    moved = carry_out(small.salon, booking.move, booked, small.maria, at(15))
    assert taken(small, visit) == ["14:50–16:20"]
    carry_out(small.salon, booking.resize, booked, at(15), at(16, 30))
    assert taken(small, visit) == ["14:50–16:50"]
    carry_out(small.salon, booking.cancel, visit, CancelReason.CLIENT_ASKED)
    assert taken(small, visit) == []
    carry_out(small.salon, booking.set_status, visit, VisitStatus.BOOKED)
    assert taken(small, visit) == ["14:50–16:50"]
    standing = places.standing(small.database, visit)
    request = BookingRequest(None, places.one_after_another(standing.starts_at, standing.planned), "позже")
    carry_out(small.salon, booking.change, visit, request)
    assert taken(small, visit) == ["14:50–16:50"]
    assert moved.entry_id is not None


def test_taking_back_a_move_brings_them_back(small: SmallSalon) -> None:
    visit = book(small, (12, 0))
    moved = carry_out(small.salon, booking.move, small.booked_service(visit), small.maria, at(15))
    carry_out(small.salon, take_back, moved.entry_id or 0)
    assert taken(small, visit) == ["11:50–13:20"]


def test_between_two_services_the_master_cleans_up_and_lays_out(small: SmallSalon) -> None:
    """With another master the client goes on at once."""
    planned = places.PlannedService(small.manicure, "Маникюр", small.olga, WITH_BUFFERS, 1)
    with_olga = places.one_after_another(at(12), (planned, planned))
    assert with_olga[1].starts_at == at(13, 30)
    other = replace(planned, staff_id=small.maria)
    assert places.one_after_another(at(12), (planned, other))[1].starts_at == at(13)
    for wishes in (with_olga, places.one_after_another(at(16), (planned, other))):
        carry_out(small.salon, booking.book, BookingRequest(None, wishes))
    assert check.faults(small.database) == []


def test_nobody_lays_out_yesterday(small: SmallSalon) -> None:
    week = [staff.WorkingHours(weekday, 0, 24 * 60 - 1) for weekday in range(7)]
    day = at(0, 5, days=100)
    carry_out(small.salon, staff.plan_weeks, small.olga, week, day.date(), day.date())
    wish = replace(small.wish(day), lengths=WITH_BUFFERS)
    with pytest.raises(BadDuration):
        carry_out(small.salon, booking.book, BookingRequest(None, (wish,)))
    late = replace(wish, starts_at=day.replace(hour=22, minute=50))
    with pytest.raises(BadDuration):
        carry_out(small.salon, booking.book, BookingRequest(None, (late,)))


@pytest.mark.parametrize("wrong", [Lengths(60, before=-5), Lengths(60, after=-5)])
def test_no_time_is_given_back(small: SmallSalon, wrong: Lengths) -> None:
    with pytest.raises(BadDuration):
        book(small, (12, 0), lengths=wrong)
    with pytest.raises(BadDuration):
        small.lasts(small.manicure, wrong)


# ---- what is different with whom --------------------------------------------------------------------------------


def test_what_is_not_said_is_as_the_service_says() -> None:
    usual = Lengths(60, 10, 20, 5, 15)
    assert lengths_with(usual, None) == lengths_with(usual, MasterTerms()) == usual
    assert lengths_with(usual, MasterTerms(90, 0, 0, 0, 0)) == Lengths(90)
    assert lengths_with(usual, MasterTerms(gap=30)) == replace(usual, gap=30)
    assert (price_with(100, None), price_with(100, MasterTerms(price=0)), price_with(None, MasterTerms(gap=1))) == (
        100,
        0,
        None,
    )
    assert not MasterTerms()
    assert MasterTerms(before=0)


def test_a_beginner_takes_longer_and_costs_less(small: SmallSalon) -> None:
    own = MasterTerms(working=90, after=10, price=120_000)
    carry_out(small.salon, staff.set_terms, small.maria, {small.manicure: own})
    offered = next(one for one in services.offered(small.database) if one.service_id == small.manicure)
    assert (offered.lengths_with(small.olga), offered.price_with(small.olga)) == (Lengths(60), 180_000)
    assert (offered.lengths_with(small.maria), offered.price_with(small.maria)) == (Lengths(90, after=10), 120_000)
    planned = wanted(offered).with_master(small.maria)
    assert (planned.lengths, planned.price) == (Lengths(90, after=10), 120_000)
    agreed = as_agreed(offered, replace(planned, lengths=Lengths(75)))
    assert agreed.with_master(small.maria).lengths == Lengths(75)


def test_terms_are_kept_with_the_colleague_and_checked(small: SmallSalon) -> None:
    facts = staff.StaffFacts("Мария Ким")
    does = [small.manicure, small.colouring]
    terms = {small.manicure: MasterTerms(working=90), small.pedicure: MasterTerms(working=10)}
    carry_out(small.salon, staff.keep, small.maria, facts, does, terms)
    assert services.master_terms(small.database) == {small.manicure: {small.maria: MasterTerms(working=90)}}
    with pytest.raises(BadDuration):
        carry_out(small.salon, staff.keep, small.maria, facts, does, {small.manicure: MasterTerms(working=1)})
    carry_out(small.salon, staff.keep, small.maria, facts, does, {small.manicure: MasterTerms()})
    assert services.master_terms(small.database) == {}
