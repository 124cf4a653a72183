"""What has happened follows nothing: a service that has begun stays where it is, whatever is done to another one."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from app.clock import standing_at
from app.errors import BegunSince, SlotTaken, VisitBegun, VisitClosed
from app.salon import check
from app.salon.scheduling import agenda, booking, following, groups, places
from app.salon.scheduling.booking import BookingRequest, ServiceWish
from app.salon.scheduling.groups import BookedGroup
from app.salon.scheduling.intervals import Lengths
from app.salon.scheduling.standing import BookedService
from app.salon.transaction import carry_out
from app.salon.undo import take_back
from app.vocabulary import VisitStatus
from tests.builders import TODAY, ZONE, SmallSalon, at


def visit_of(small: SmallSalon, *wishes: ServiceWish) -> int:
    """The visit of Anna."""
    return carry_out(small.salon, booking.book, BookingRequest(small.client(), wishes)).value


def nails_then_feet(small: SmallSalon, **feet: int) -> int:
    """The nails at ten, and at eleven the feet; both by Olga unless ``feet`` says otherwise."""
    return visit_of(small, small.wish(at(10)), small.wish(at(11), **feet))


def it_is(small: SmallSalon, moment: datetime) -> None:
    """What the clock on the wall shows."""
    small.clock.instant = standing_at(moment, ZONE).instant


def is_served(small: SmallSalon, visit: int) -> None:
    """Somebody has said that the work goes on."""
    carry_out(small.salon, booking.set_status, visit, VisitStatus.IN_SERVICE)


def hours(small: SmallSalon) -> list[str]:
    """When the services of today begin and end."""
    found = sorted(agenda.of_day(small.database, TODAY).entries, key=lambda one: one.booked_id)
    return [f"{one.starts_at:%H:%M}-{one.ends_at:%H:%M}" for one in found]


@pytest.mark.parametrize("status", [VisitStatus.BOOKED, VisitStatus.IN_SERVICE])
def test_the_nails_took_less_and_the_feet_began_when_they_began(small: SmallSalon, status: VisitStatus) -> None:
    """At twenty past eleven it is written down that the nails were done at a quarter to."""
    visit = nails_then_feet(small, service=small.pedicure)
    it_is(small, at(11, 20))
    carry_out(small.salon, booking.set_status, visit, status)
    nails = small.booked_service(visit)
    assert carry_out(small.salon, booking.resize, nails, at(10), at(10, 45)).value.next_at is None
    assert hours(small) == ["10:00-10:45", "11:00-12:30"]
    assert check.faults(small.database) == []


@pytest.mark.parametrize(("pause", "begins"), [(0, at(11)), (30, at(11, 15))])
def test_what_was_itself_put_off_in_the_form_begins_when_it_was_put_to(
    small: SmallSalon, pause: int, begins: datetime
) -> None:
    """At twenty past eleven: the nails took 45 minutes; the feet began at eleven, or after half an hour's rest."""
    visit = nails_then_feet(small, service=small.pedicure)
    it_is(small, at(11, 20))
    nails, feet = places.standing(small.database, visit).planned
    typed = replace(nails, lengths=Lengths(45)), replace(feet, pause=pause)
    start, planned = places.leaving_begun(small.database, visit, at(11, 20), at(10), typed)
    assert [one.starts_at for one in places.one_after_another(start, planned)] == [at(10), begins]


def test_what_has_begun_is_in_the_way_of_a_longer_one_before_it(small: SmallSalon) -> None:
    """The feet began at eleven by the same hands, so the nails were not done at a quarter past."""
    visit = nails_then_feet(small, service=small.pedicure)
    it_is(small, at(11, 20))
    with pytest.raises(SlotTaken) as refused:
        carry_out(small.salon, booking.resize, small.booked_service(visit), at(10), at(11, 15))
    assert refused.value.taken_by == "Анна Щёлкина"
    assert hours(small) == ["10:00-11:00", "11:00-12:30"]


def test_what_waits_for_the_same_hands_has_not_begun(small: SmallSalon) -> None:
    """Five past eleven, and the nails take a quarter of an hour more: the feet begin after them, as always."""
    visit = nails_then_feet(small, service=small.pedicure)
    it_is(small, at(11, 5))
    is_served(small, visit)
    nails = small.booked_service(visit)
    assert carry_out(small.salon, booking.resize, nails, at(10), at(11, 15)).value.next_at == at(11, 15)
    assert hours(small) == ["10:00-11:15", "11:15-12:45"]


def test_other_hands_have_begun_and_go_on_side_by_side(small: SmallSalon) -> None:
    visit = nails_then_feet(small, staff=small.maria)
    it_is(small, at(11, 5))
    assert carry_out(small.salon, booking.resize, small.booked_service(visit), at(10), at(11, 15)).value.next_at is None
    assert hours(small) == ["10:00-11:15", "11:00-12:00"]


def test_what_was_done_side_by_side_stays_when_the_record_of_the_other_is_set_right(small: SmallSalon) -> None:
    visit = visit_of(small, small.wish(at(10), service=small.pedicure), small.wish(at(10), staff=small.maria))
    it_is(small, at(11, 45))
    carry_out(small.salon, booking.move, small.booked_service(visit), small.olga, at(10, 15))
    assert hours(small) == ["10:15-11:45", "10:00-11:00"]


def test_whoever_is_late_takes_all_of_their_visit_along(small: SmallSalon) -> None:
    """Nobody has said that the client is served: at ten past eleven the visit is put off until a quarter past."""
    visit = nails_then_feet(small, staff=small.maria)
    it_is(small, at(11, 10))
    carry_out(small.salon, booking.move, small.booked_service(visit), small.olga, at(11, 15))
    assert hours(small) == ["11:15-12:15", "12:15-13:15"]


def test_the_nails_go_after_the_feet_that_have_begun(small: SmallSalon) -> None:
    visit = nails_then_feet(small, staff=small.maria)
    it_is(small, at(11, 10))
    is_served(small, visit)
    carry_out(small.salon, booking.move, small.booked_service(visit), small.olga, at(12))
    assert hours(small) == ["12:00-13:00", "11:00-12:00"]


@pytest.mark.parametrize("position", [0, 1])
def test_what_has_begun_keeps_its_day_and_with_it_the_visit(small: SmallSalon, position: int) -> None:
    """The nails are done; neither they nor the feet of the afternoon go to tomorrow as this visit."""
    visit = visit_of(small, small.wish(at(10)), small.wish(at(10, 30), staff=small.maria), small.wish(at(15)))
    it_is(small, at(12))
    is_served(small, visit)
    moved = small.booked_service(visit, (0, 2)[position])
    with pytest.raises(VisitBegun):
        carry_out(small.salon, booking.move, moved, small.olga, at(15, days=1))
    assert hours(small) == ["10:00-11:00", "10:30-11:30", "15:00-16:00"]


def test_undo_moves_nothing_that_has_begun_since(small: SmallSalon) -> None:
    """Put off from ten to a quarter past by the front desk; the master has begun when it is taken back."""
    visit = nails_then_feet(small, service=small.pedicure)
    it_is(small, at(9))
    moved = carry_out(small.salon, booking.move, small.booked_service(visit), small.olga, at(10, 15)).entry_id
    it_is(small, at(10, 20))
    is_served(small, visit)
    with pytest.raises(BegunSince):
        carry_out(small.salon, take_back, moved or 0)
    assert hours(small) == ["10:15-11:15", "11:15-12:45"]


def test_nor_does_undo_give_it_to_another_master(small: SmallSalon) -> None:
    visit = nails_then_feet(small, service=small.pedicure)
    it_is(small, at(9))
    nails = small.booked_service(visit)
    moved = carry_out(small.salon, booking.move, nails, small.maria, at(10)).entry_id
    it_is(small, at(10, 20))
    is_served(small, visit)
    with pytest.raises(BegunSince):
        carry_out(small.salon, take_back, moved or 0)
    assert small.database.value("SELECT staff_id FROM booked_service WHERE id = ?", (nails,)) == small.maria


def test_nor_takes_away_what_was_added_and_is_done_by_now(small: SmallSalon) -> None:
    visit = visit_of(small, small.wish(at(10)))
    it_is(small, at(9))
    client = small.database.value("SELECT client_id FROM visit WHERE id = ?", (visit,))
    both = BookingRequest(client, (small.wish(at(10)), small.wish(at(11), service=small.pedicure)))
    added = carry_out(small.salon, booking.change, visit, both).entry_id
    it_is(small, at(11, 20))
    is_served(small, visit)
    with pytest.raises(BegunSince):
        carry_out(small.salon, take_back, added or 0)
    assert hours(small) == ["10:00-11:00", "11:00-12:30"]


def test_a_slip_is_taken_back_though_the_clock_has_gone_on(small: SmallSalon) -> None:
    """Nobody is served yet; and what was set right after it had begun is set back as well."""
    visit = nails_then_feet(small, service=small.pedicure)
    it_is(small, at(9))
    moved = carry_out(small.salon, booking.move, small.booked_service(visit), small.olga, at(10, 15)).entry_id
    it_is(small, at(10, 20))
    carry_out(small.salon, take_back, moved or 0)
    is_served(small, visit)
    moved = carry_out(small.salon, booking.move, small.booked_service(visit), small.olga, at(10, 15)).entry_id
    it_is(small, at(10, 25))
    carry_out(small.salon, take_back, moved or 0)
    assert hours(small) == ["10:00-11:00", "11:00-12:30"]


# ---- those who come together --------------------------------------------------------------------------------


def mother_and_daughter(small: SmallSalon) -> BookedGroup:
    """The mother's nails at ten and her feet at noon, by Olga; the daughter at eleven, by Maria."""
    mother = BookingRequest(small.client("Вера"), (small.wish(at(10)), small.wish(at(12))))
    daughter = BookingRequest(small.client("Надя"), (small.wish(at(11), staff=small.maria),))
    return carry_out(small.salon, groups.book_group, "", [mother, daughter]).value


def test_what_is_served_stays_when_those_who_come_together_are_put_off(small: SmallSalon) -> None:
    group = mother_and_daughter(small)
    mother, daughter = group.visit_ids
    it_is(small, at(10, 20))
    is_served(small, mother)
    moved = carry_out(small.salon, groups.move_group, group.group_id, timedelta(minutes=30))
    assert moved.value == {mother: at(12, 30), daughter: at(11, 30)}
    assert hours(small) == ["10:00-11:00", "12:30-13:30", "11:30-12:30"]
    assert check.faults(small.database) == []
    with pytest.raises(VisitBegun):
        carry_out(small.salon, groups.move_group, group.group_id, timedelta(days=1))
    assert hours(small) == ["10:00-11:00", "12:30-13:30", "11:30-12:30"]


def test_who_is_late_is_put_off_with_the_others(small: SmallSalon) -> None:
    """Nobody has said that the mother is served; and where all of it has begun, the record of all is set right."""
    group = mother_and_daughter(small)
    it_is(small, at(10, 20))
    carry_out(small.salon, groups.move_group, group.group_id, timedelta(minutes=30))
    assert hours(small) == ["10:30-11:30", "12:30-13:30", "11:30-12:30"]
    it_is(small, at(12, 45))
    for visit in group.visit_ids:
        is_served(small, visit)
    carry_out(small.salon, groups.move_group, group.group_id, timedelta(minutes=-15))
    assert hours(small) == ["10:15-11:15", "12:15-13:15", "11:15-12:15"]


def test_whoever_is_served_last_stays_although_the_others_are_done(small: SmallSalon) -> None:
    """The daughter has gone and the mother is on the chair: nothing of the group is left that could be put off."""
    group = mother_and_daughter(small)
    mother, daughter = group.visit_ids
    it_is(small, at(12, 10))
    is_served(small, mother)
    small.complete(daughter)
    with pytest.raises(VisitClosed):
        carry_out(small.salon, groups.move_group, group.group_id, timedelta(minutes=30))
    assert hours(small) == ["10:00-11:00", "12:00-13:00", "11:00-12:00"]


# ---- the rule ------------------------------------------------------------------------------------------------

QUARTER = timedelta(minutes=15)
_PART = st.tuples(st.integers(1, 2), st.sampled_from([0, 0, 1, -2]), st.integers(2, 4))


def _visit(parts: list[tuple[int, int, int]]) -> list[BookedService]:
    """Services by (master, quarters between the end of the one before and its start, length in quarters)."""
    visit: list[BookedService] = []
    ends = at(9)
    for number, (staff, pause, length) in enumerate(parts):
        begins = max(at(9), ends + pause * QUARTER)
        visit.append(BookedService(number, 1, 1, "", staff, begins, Lengths(length * 15)))
        ends = begins + length * QUARTER
    return visit


def _has_begun(other: BookedService, now: datetime, one: BookedService, begins: datetime, ends: datetime) -> bool:
    """Whether nobody can deny that a service has begun when ``one`` was, or is, from ``begins`` to ``ends``."""
    waits_for_it = other.staff_id == one.staff_id and other.starts_at >= one.starts_at + timedelta(
        minutes=one.lengths.total
    )
    return other.starts_at <= now and begins <= now and (ends <= now or not waits_for_it)


@given(
    st.lists(_PART, min_size=2, max_size=3),
    st.integers(0, 2),
    st.integers(1, 12),
    st.integers(-2, 6),
    st.integers(-2, 4),
    st.sampled_from([VisitStatus.BOOKED, VisitStatus.ARRIVED, VisitStatus.IN_SERVICE]),
)
def test_nothing_moves_what_has_happened(
    parts: list[tuple[int, int, int]], which: int, now: int, by: int, longer: int, status: VisitStatus
) -> None:
    visit, clock = _visit(parts), at(9) + now * QUARTER
    one = visit[which % len(visit)]
    present = following.Present(clock, status)
    length = timedelta(minutes=one.lengths.total)
    begins, ends = one.starts_at + by * QUARTER, one.starts_at + max(QUARTER, length + longer * QUARTER)
    moved = following.after_move(visit, one, one.staff_id, begins, present=present)
    stretches = following.after_stretch(visit, one, one.starts_at, ends, present=present)
    for other in (each for each in visit if each is not one):
        if _has_begun(other, clock, one, begins, begins + length):
            assert other.booked_id not in moved
        if other.starts_at <= clock < begins and status is VisitStatus.IN_SERVICE:
            assert other.booked_id not in moved
        if other.starts_at > clock and one is visit[0] and by:
            assert moved[other.booked_id].starts_at == other.starts_at + by * QUARTER, "what is ahead goes along"
        if _has_begun(other, clock, one, one.starts_at, ends):
            assert not any(other.booked_id in places for places in stretches)
