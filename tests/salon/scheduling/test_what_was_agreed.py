"""Who left and what is offered no more is booked no more; what was agreed before stands, and may be made smaller."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.errors import (
    CannotPerform,
    MasterLeft,
    OutsideShift,
    RoomNotFit,
    SeriesDateRefused,
    ServiceWithdrawn,
    SlotTaken,
)
from app.explain import sentence
from app.salon import check as whole_salon
from app.salon.catalogue import absences, rooms, services, staff
from app.salon.catalogue.absences import AbsencePlan
from app.salon.scheduling import booking, groups, held, series
from app.salon.scheduling.booking import BookingRequest
from app.salon.scheduling.day_book import master_day
from app.salon.scheduling.free_places import PlaceSearch, find, wanted
from app.salon.scheduling.recurrence import Pattern
from app.salon.scheduling.series_check import check
from app.salon.transaction import carry_out
from app.vocabulary import AbsenceKind, CancelReason, SeriesScope, SeriesUnit, VisitStatus
from tests.builders import TODAY, ZONE, SmallSalon, at

REASON = "клиентка согласна подождать"
THURSDAY = TODAY + timedelta(days=2)
FORTNIGHT = Pattern(SeriesUnit.WEEK, 2, times=3)


def hours(small: SmallSalon, visit_id: int) -> list[str]:
    rows = small.database.rows(
        "SELECT starts_at, ends_at FROM booked_service WHERE visit_id = ? ORDER BY starts_at", (visit_id,)
    )
    return [f"{start[11:]}–{end[11:]}" for start, end in rows]


def reason_of(small: SmallSalon, visit_id: int) -> str:
    return str(small.database.value("SELECT overbooked_reason FROM visit WHERE id = ?", (visit_id,)))


def anyway(small: SmallSalon, *wishes: booking.ServiceWish) -> int:
    return carry_out(small.salon, booking.book, BookingRequest(small.client("Вера"), wishes, "", REASON)).value


def series_of(small: SmallSalon, visit_id: int) -> tuple[int, ...]:
    planned = series.repeats(small.salon, visit_id, FORTNIGHT)
    return carry_out(small.salon, series.book_series, visit_id, FORTNIGHT, planned).value.visit_ids


# ---- who left, what is offered no more --------------------------------------------------------------------------


def test_a_copied_visit_is_not_pasted_to_a_master_who_left(small: SmallSalon) -> None:
    """Another visit of that day keeps her hours open; that is no reason to give her a new one."""
    visit = small.book(at(15, days=2), small.client())
    copied = held.hold(small.database, visit)
    carry_out(small.salon, staff.archive, small.olga)
    with pytest.raises(MasterLeft) as refused:
        carry_out(small.salon, booking.book, held.once_more(copied, small.olga, at(12, days=2)))
    assert sentence(refused.value) == "Ольга Белова здесь больше не работает. Выберите другого мастера."
    carry_out(small.salon, booking.book, held.once_more(copied, small.maria, at(12, days=2)))


def test_a_form_that_was_open_does_not_book_what_is_offered_no_more(small: SmallSalon) -> None:
    carry_out(small.salon, services.archive, small.manicure)
    with pytest.raises(ServiceWithdrawn) as refused:
        small.book(at(15))
    assert sentence(refused.value) == "«Маникюр с покрытием» больше не оказывают. Выберите другую услугу."


def test_a_room_out_of_use_is_not_taken(small: SmallSalon) -> None:
    chair, _other = small.room("Кресло 1", small.manicure), small.room("Кресло 2", small.manicure)
    carry_out(small.salon, rooms.archive, chair)
    request = BookingRequest(None, (replace(small.wish(at(15)), rooms=(chair,)),))
    with pytest.raises(RoomNotFit):
        carry_out(small.salon, booking.book, request)


@pytest.mark.parametrize("gone", ["master", "service"])
def test_no_date_of_a_series_is_with_who_left_or_of_what_is_gone(small: SmallSalon, gone: str) -> None:
    """Each of those days has a visit of somebody else, for which her hours were left."""
    first = small.book(at(15, days=1))
    planned = series.repeats(small.salon, first, FORTNIGHT)
    for one in planned:
        small.book(one.starts_at + timedelta(hours=3))
    leave, of = (staff.archive, small.olga) if gone == "master" else (services.archive, small.manicure)
    carry_out(small.salon, leave, of)
    kind = MasterLeft if gone == "master" else ServiceWithdrawn
    assert [type(one.problem) for one in check(small.salon, planned)] == [kind] * len(planned)
    with pytest.raises(SeriesDateRefused) as refused:
        carry_out(small.salon, series.book_series, first, FORTNIGHT, planned)
    assert isinstance(refused.value.problem, kind)


def test_the_following_do_not_go_to_a_master_who_left(small: SmallSalon) -> None:
    first = small.book(at(15, days=1), staff=small.maria)
    following = series_of(small, first)
    carry_out(small.salon, booking.move, small.booked_service(first), small.olga, at(15, days=1))
    planned = series.following(small.salon, first, SeriesScope.FOLLOWING)
    for one in planned:
        small.book(one.starts_at + timedelta(hours=3))
    carry_out(small.salon, staff.archive, small.olga)
    assert all(isinstance(one.problem, MasterLeft) for one in check(small.salon, planned))
    with pytest.raises(SeriesDateRefused):
        carry_out(small.salon, series.follow, first, SeriesScope.FOLLOWING, planned)
    assert len(following) == 2


def test_no_free_place_is_found_with_who_left(small: SmallSalon) -> None:
    small.book(at(15, days=2))
    (manicure,) = (one for one in services.offered(small.database) if one.service_id == small.manicure)
    search = PlaceSearch((wanted(manicure),), THURSDAY, 1)
    carry_out(small.salon, staff.archive, small.olga)
    found = find(small.database, search, not_before=at(9, days=2), step_minutes=15, zone=ZONE)
    assert {place.staff_ids for place in found} == {(small.maria,)}


def test_a_visit_with_who_left_is_handed_on_or_shortened_but_goes_to_no_other_day(small: SmallSalon) -> None:
    visit = small.book(at(15, days=2), small.client())
    small.book(at(15, days=3))
    booked = small.booked_service(visit)
    carry_out(small.salon, staff.archive, small.olga)
    carry_out(small.salon, booking.resize, booked, at(15, days=2), at(15, 30, days=2))
    assert hours(small, visit) == ["15:00–15:30"]
    with pytest.raises(MasterLeft):
        carry_out(small.salon, booking.move, booked, small.olga, at(12, days=3))
    carry_out(small.salon, booking.move, booked, small.maria, at(12, days=3))


def test_what_was_agreed_is_moved_although_it_is_offered_no_more(small: SmallSalon) -> None:
    visit = small.book(at(15, days=2))
    carry_out(small.salon, services.archive, small.manicure)
    carry_out(small.salon, booking.move, small.booked_service(visit), small.maria, at(12, days=3))
    assert hours(small, visit) == ["12:00–13:00"]


@pytest.mark.parametrize("left", [VisitStatus.CANCELLED, VisitStatus.NO_SHOW, VisitStatus.COMPLETED])
def test_the_life_of_a_visit_goes_on_whoever_left(small: SmallSalon, left: VisitStatus) -> None:
    visit = small.book(at(11), small.client())
    carry_out(small.salon, staff.archive, small.olga)
    carry_out(small.salon, services.archive, small.manicure)
    if left is VisitStatus.CANCELLED:
        carry_out(small.salon, booking.cancel, visit, CancelReason.CLIENT_ASKED)
        carry_out(small.salon, booking.set_status, visit, VisitStatus.BOOKED)
        assert hours(small, visit) == ["11:00–12:00"]
    elif left is VisitStatus.NO_SHOW:
        carry_out(small.salon, booking.set_status, visit, left)
        carry_out(small.salon, booking.set_status, visit, VisitStatus.ARRIVED)
    else:
        small.complete(visit)
    assert whole_salon.faults(small.database) == []


def test_who_does_it_no_more_still_shortens_what_is_hers(small: SmallSalon) -> None:
    visit = small.book(at(15, days=2))
    carry_out(small.salon, staff.set_services, small.olga, [small.pedicure])
    booked = small.booked_service(visit)
    carry_out(small.salon, booking.resize, booked, at(15, days=2), at(15, 45, days=2))
    with pytest.raises(CannotPerform):
        carry_out(small.salon, booking.move, booked, small.olga, at(12, days=3))


# ---- outside the shift ------------------------------------------------------------------------------------------


def test_a_visit_of_an_absent_master_is_shortened_and_changes_its_chair_but_does_not_grow(small: SmallSalon) -> None:
    left, window = (small.room(name, small.manicure) for name in ("Слева", "У окна"))
    visit = small.book(at(15, days=2), small.client())
    absence = AbsencePlan(small.olga, THURSDAY, THURSDAY, AbsenceKind.SICK_LEAVE)
    carry_out(small.salon, absences.plan, absence)
    booked = small.booked_service(visit)
    carry_out(small.salon, booking.resize, booked, at(15, days=2), at(15, 45, days=2))
    carry_out(small.salon, booking.move_room, booked, window)
    assert hours(small, visit) == ["15:00–15:45"]
    for ends in ((at(14, 45, days=2), at(15, 45, days=2)), (at(15, days=2), at(16, days=2))):
        with pytest.raises(OutsideShift):
            carry_out(small.salon, booking.resize, booked, *ends)
    with pytest.raises(OutsideShift):
        carry_out(small.salon, booking.move, booked, small.olga, at(12, days=2))
    assert left != window
    assert whole_salon.faults(small.database) == []


def test_a_visit_that_ends_after_the_shift_may_grow_into_the_shift_only(small: SmallSalon) -> None:
    visit = small.book(at(20, days=2))
    week = [staff.WorkingHours(THURSDAY.weekday(), 9 * 60, 20 * 60 + 30)]
    small.database.rows("DELETE FROM shift WHERE staff_id = ? AND day = ?", (small.olga, THURSDAY.isoformat()))
    carry_out(small.salon, staff.plan_weeks, small.olga, week, THURSDAY, THURSDAY)
    booked = small.booked_service(visit)
    carry_out(small.salon, booking.resize, booked, at(19, 30, days=2), at(21, days=2))
    assert hours(small, visit) == ["19:30–21:00"]
    with pytest.raises(OutsideShift):
        carry_out(small.salon, booking.resize, booked, at(19, 30, days=2), at(21, 15, days=2))


def test_a_cancelled_visit_does_not_come_back_to_an_absent_master(small: SmallSalon) -> None:
    visit = small.book(at(15, days=2), small.client())
    carry_out(small.salon, booking.cancel, visit, CancelReason.CLIENT_ASKED)
    absence = AbsencePlan(small.olga, THURSDAY, THURSDAY, AbsenceKind.SICK_LEAVE)
    carry_out(small.salon, absences.plan, absence)
    with pytest.raises(OutsideShift):
        carry_out(small.salon, booking.set_status, visit, VisitStatus.BOOKED)


# ---- places that are shared on purpose --------------------------------------------------------------------------


@pytest.mark.parametrize("by", [timedelta(minutes=30), timedelta(hours=4), timedelta(days=1)])
def test_friends_who_share_a_place_on_purpose_move_together(small: SmallSalon, by: timedelta) -> None:
    """The mark goes along, in whatever order they are taken; a stranger is in the way as ever."""
    under = small.book(at(12, days=2), small.client("Анна"))
    over = anyway(small, small.wish(at(12, 30, days=2)))
    carry_out(small.salon, groups.join, over, under)
    group = carry_out(small.salon, groups.join, under, over).value
    stranger = small.book(at(19, days=2))
    for there in (by, -by):
        carry_out(small.salon, groups.move_group, group, there)
        assert reason_of(small, over) == REASON
        assert whole_salon.faults(small.database) == []
    with pytest.raises(SlotTaken):
        carry_out(small.salon, groups.move_group, group, timedelta(hours=6, minutes=30))
    assert (hours(small, under), hours(small, over)) == (["12:00–13:00"], ["12:30–13:30"])
    assert hours(small, stranger) == ["19:00–20:00"]


def test_a_group_leaves_the_stranger_over_whom_one_of_it_stood(small: SmallSalon) -> None:
    under = small.book(at(12, days=2))
    over = anyway(small, small.wish(at(12, 30, days=2)))
    friend = small.book(at(12, 30, days=2), staff=small.maria)
    group = carry_out(small.salon, groups.join, friend, over).value
    small.book(at(12, days=3))
    with pytest.raises(SlotTaken):
        carry_out(small.salon, groups.move_group, group, timedelta(days=1))
    carry_out(small.salon, groups.move_group, group, timedelta(hours=2))
    assert reason_of(small, over) == ""
    assert hours(small, under) == ["12:00–13:00"]


def test_a_group_stays_over_the_stranger_over_whom_one_of_it_stands(small: SmallSalon) -> None:
    """A quarter of an hour later it is the same neighbour; whom nobody agreed to is in the way."""
    small.book(at(12, days=2))
    over = anyway(small, small.wish(at(12, 30, days=2)))
    friend = small.book(at(12, 30, days=2), staff=small.maria)
    group = carry_out(small.salon, groups.join, friend, over).value
    carry_out(small.salon, groups.move_group, group, timedelta(minutes=15))
    assert (hours(small, over), reason_of(small, over)) == (["12:45–13:45"], REASON)
    small.book(at(14, days=2))
    with pytest.raises(SlotTaken):
        carry_out(small.salon, groups.move_group, group, timedelta(minutes=30))
    assert whole_salon.faults(small.database) == []


def test_over_the_same_neighbour_it_moves_and_grows_and_over_another_it_does_not(small: SmallSalon) -> None:
    small.book(at(15, days=2))
    small.book(at(17, days=2))
    over = anyway(small, small.wish(at(15, 45, days=2)))
    carry_out(small.salon, booking.move, small.booked_service(over), small.olga, at(15, 15, days=2))
    assert (hours(small, over), reason_of(small, over)) == (["15:15–16:15"], REASON)
    with pytest.raises(SlotTaken):
        carry_out(small.salon, booking.move, small.booked_service(over), small.olga, at(16, 30, days=2))


def test_the_form_lengthens_a_visit_that_stands_over_another_by_permission(small: SmallSalon) -> None:
    small.book(at(15, days=2))
    over = anyway(small, small.wish(at(15, 30, days=2)))
    longer = BookingRequest(None, (small.wish(at(15, 30, days=2), minutes=75),))
    carry_out(small.salon, booking.change, over, longer)
    assert (hours(small, over), reason_of(small, over)) == (["15:30–16:45"], REASON)
    assert whole_salon.faults(small.database) == []


def test_the_following_become_longer_where_they_stand_by_permission(small: SmallSalon) -> None:
    first = small.book(at(15, days=1), small.client("Зоя"))
    second, third = series_of(small, first)
    over = anyway(small, small.wish(at(15, 30, days=15)))
    carry_out(small.salon, booking.resize, small.booked_service(first), at(15, days=1), at(16, 15, days=1))
    planned = series.following(small.salon, first, SeriesScope.FOLLOWING)
    assert [one.problem for one in check(small.salon, planned)] == [None, None]
    carry_out(small.salon, series.follow, first, SeriesScope.FOLLOWING, planned)
    assert hours(small, second) == hours(small, third) == ["15:00–16:15"]
    assert (reason_of(small, second), reason_of(small, over)) == ("", REASON)
    assert whole_salon.faults(small.database) == []


def test_both_ways_of_reading_a_day_find_what_is_in_the_way(small: SmallSalon) -> None:
    """Only what touches the wished time is read, and all of it: also what began long before."""
    long = small.book(at(9, days=2), service=small.colouring)
    small.book(at(18, days=2), staff=small.maria)
    around = (at(11, 30, days=2), at(12, 30, days=2))
    found = master_day(small.database, small.maria, THURSDAY, around=around)
    whole = master_day(small.database, small.maria, THURSDAY)
    assert found.taken == tuple(
        one for one in whole.taken if one.interval.starts_at < around[1] and one.interval.ends_at > around[0]
    )
    assert [one.visit_id for one in found.taken] == [long]
    assert (found.shifts, found.services) == (whole.shifts, whole.services)
