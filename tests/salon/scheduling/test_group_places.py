"""A place for several who come together: every one that is proposed is accepted by the operation that books them."""

from contextlib import suppress
from datetime import datetime, timedelta
from functools import cache

import pytest
from hypothesis import given, settings, strategies as st

from app.errors import SalonError
from app.salon import check
from app.salon.catalogue import services, staff
from app.salon.clients import card as cards
from app.salon.scheduling import agenda, group_places, groups
from app.salon.scheduling.booking import BookingRequest
from app.salon.scheduling.group_places import GroupPlace, Guest
from app.salon.scheduling.intervals import Lengths
from app.salon.scheduling.places import PlannedService, one_after_another
from app.salon.transaction import carry_out
from app.salon.undo import take_back
from tests.builders import TODAY, ZONE, SmallSalon, at, copy_of, small_salon
from tests.salon.scheduling.test_queries import asked


def wants(small: SmallSalon, *chosen: int, has_master: bool = False, client: int | None = None) -> Guest:
    """Somebody who wants these services, one after another."""
    offered = {one.service_id: one for one in services.offered(small.database)}
    planned = tuple(
        PlannedService(one, offered[one].name, master, offered[one].lengths_with(master), offered[one].price)
        for one in chosen
        for master in offered[one].masters[:1]
    )
    card = None if client is None else cards.read(small.database, client, TODAY)
    return Guest(planned, has_master, card)


def propose(
    small: SmallSalon, *guests: Guest, not_before: datetime | None = None, in_a_row: bool = False, step: int = 15
) -> tuple[GroupPlace, ...]:
    return group_places.propose(
        small.database,
        guests,
        {one.service_id: one for one in services.offered(small.database)},
        not_before=not_before or small.salon.wall_now(),
        step_minutes=step,
        zone=ZONE,
        in_a_row=in_a_row,
    )


def requests(place: GroupPlace) -> list[BookingRequest]:
    return [BookingRequest(None, one_after_another(one.starts_at, one.planned)) for one in place.visits]


def masters(place: GroupPlace) -> list[tuple[int, ...]]:
    return [one.staff_ids for one in place.visits]


def test_two_are_served_at_once_by_different_masters(small: SmallSalon) -> None:
    small.book(at(11), staff=small.maria)
    found = propose(small, wants(small, small.manicure), wants(small, small.pedicure))
    assert [one.starts_at for one in found] == [at(12), at(13), at(9, days=1)]
    assert masters(found[0]) == [(small.maria,), (small.olga,)]
    assert (found[0].ends_at, {one.starts_at for one in found[0].visits}) == (at(13, 30), {at(12)})


def test_or_one_after_another_by_the_same(small: SmallSalon) -> None:
    """With what she needs between them."""
    small.lasts(small.pedicure, Lengths(90, before=5, after=10))
    small.book(at(11, 30))
    two = (wants(small, small.pedicure), wants(small, small.pedicure))
    assert propose(small, *two) == (), "only Olga does it"
    first = propose(small, *two, in_a_row=True)[0]
    assert [one.starts_at for one in first.visits] == [at(12, 45), at(14, 30)]


def test_who_has_a_master_waits_for_her_and_hears_who_is_free_earlier(small: SmallSalon) -> None:
    small.book(at(11), minutes=120)
    found = propose(small, wants(small, small.manicure, has_master=True), wants(small, small.manicure))
    assert [(one.starts_at, masters(one)) for one in found[:1]] == [(at(13), [(small.olga,), (small.maria,)])]
    small.book(at(13), staff=small.olga, minutes=7 * 60)
    vera = carry_out(small.salon, staff.add, "Вера Крылова", "", position=2).value
    carry_out(small.salon, staff.can_do, vera, [small.manicure])
    week = [staff.WorkingHours(weekday, 9 * 60, 21 * 60) for weekday in range(7)]
    carry_out(small.salon, staff.plan_weeks, vera, week, TODAY, TODAY + timedelta(days=7))
    found = propose(small, wants(small, small.manicure, has_master=True), wants(small, small.manicure))
    assert [(one.starts_at, masters(one)) for one in found] == [
        (at(20), [(small.olga,), (small.maria,)]),
        (at(9, days=1), [(small.olga,), (small.maria,)]),
        (at(11), [(small.maria,), (vera,)]),
    ]


def test_a_room_is_nobodys_twice(small: SmallSalon) -> None:
    only = small.room("Кабинет", small.manicure, small.pedicure)
    two = (wants(small, small.manicure), wants(small, small.pedicure))
    assert propose(small, *two) == ()
    assert propose(small, *two, in_a_row=True)
    second = small.room("Второй", small.pedicure)
    assert propose(small, *two)[0].starts_at == at(11)
    booked = carry_out(small.salon, groups.book_group, "", requests(propose(small, *two)[0])).value
    assert {row[0] for row in small.database.rows("SELECT room_id FROM occupancy WHERE room_id IS NOT NULL")} == {
        only,
        second,
    }
    assert len(booked.visit_ids) == 2


def test_nobody_of_them_sits_elsewhere_then(small: SmallSalon) -> None:
    anna = small.client("Анна")
    small.book(at(11), anna, service=small.colouring)
    found = propose(small, wants(small, small.manicure), wants(small, small.pedicure, client=anna))
    assert found[0].starts_at == at(13, 45)


def test_one_undo_takes_all_of_them_back(small: SmallSalon) -> None:
    (first, *_others) = propose(small, wants(small, small.manicure), wants(small, small.pedicure))
    done = carry_out(small.salon, groups.book_group, "", requests(first))
    assert len({one.group_id for one in agenda.of_day(small.database, TODAY).entries}) == 1
    carry_out(small.salon, take_back, done.entry_id or 0)
    assert agenda.of_day(small.database, TODAY).entries == ()
    assert check.faults(small.database) == []


def test_a_group_costs_one_reading(small: SmallSalon) -> None:
    two = (wants(small, small.manicure, has_master=True), wants(small, small.pedicure))
    offered = {one.service_id: one for one in services.offered(small.database)}

    def read() -> object:
        return group_places.propose(small.database, two, offered, not_before=at(11), step_minutes=15, zone=ZONE)

    assert asked(small, read) <= 4
    small.room("Кресло", small.manicure)
    assert asked(small, read) <= 5


@cache
def _three_masters(*, has_rooms: bool, before: int, after: int) -> SmallSalon:
    """A salon of three, made once for all examples that are like it."""
    small = small_salon()
    small.lasts(small.manicure, Lengths(60, before=before, after=after))
    small.lasts(small.colouring, Lengths(60, 45, 30, after=after))
    vera = carry_out(small.salon, staff.add, "Вера Крылова", "", position=2).value
    carry_out(small.salon, staff.can_do, vera, [small.manicure, small.pedicure])
    week = [staff.WorkingHours(weekday, 10 * 60, 18 * 60) for weekday in range(7)]
    carry_out(small.salon, staff.plan_weeks, vera, week, TODAY, TODAY + timedelta(days=30))
    if has_rooms:
        small.room("Первое", small.manicure, small.colouring)
        small.room("Второе", small.manicure, small.pedicure)
    return small


@pytest.mark.parametrize("in_a_row", [False, True])
@settings(max_examples=settings().max_examples // 8)
@given(
    guests=st.lists(
        st.tuples(st.lists(st.integers(0, 2), min_size=1, max_size=2), st.booleans()), min_size=2, max_size=3
    ),
    taken=st.lists(
        st.tuples(st.integers(0, 2), st.integers(9 * 4, 20 * 4), st.booleans(), st.integers(2, 24)), max_size=10
    ),
    step=st.sampled_from([10, 15, 30]),
    has_rooms=st.booleans(),
    before=st.sampled_from([0, 5]),
    after=st.sampled_from([0, 15]),
)
def test_every_proposed_start_is_accepted_for_all_of_them(
    in_a_row: bool,
    guests: list[tuple[list[int], bool]],
    taken: list[tuple[int, int, bool, int]],
    step: int,
    has_rooms: bool,
    before: int,
    after: int,
) -> None:
    small = copy_of(_three_masters(has_rooms=has_rooms, before=before, after=after))
    for days, quarter, with_olga, fives in taken:
        with suppress(SalonError):
            start = at(0, days=days) + timedelta(minutes=15 * quarter)
            small.book(start, staff=small.olga if with_olga else small.maria, minutes=fives * 5)
    offers = (small.manicure, small.pedicure, small.colouring)
    wanted = [wants(small, *(offers[one] for one in chosen), has_master=has) for chosen, has in guests]
    found = propose(small, *wanted, in_a_row=in_a_row, step=step)
    assert len(found) <= 3
    for place in found:
        assert place.starts_at >= small.salon.wall_now()
        starts = [one.starts_at for one in place.visits]
        assert starts == sorted(starts)
        assert in_a_row or len(set(starts)) == 1
        done = carry_out(small.salon, groups.book_group, "", requests(place))
        assert check.faults(small.database) == []
        carry_out(small.salon, take_back, done.entry_id or 0)
    small.database.close()
