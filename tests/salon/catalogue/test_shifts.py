"""Planning hours anew: no shift is taken away from under a booked visit, and what has begun is history."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st

from app.errors import BadDuration, BadPeriod, ShiftBegun
from app.models.kept import read_wall
from app.salon import undo
from app.salon.catalogue import shifts, staff
from app.salon.catalogue.shifts import HoursPlan
from app.salon.catalogue.staff import StaffFacts, WorkingHours
from app.salon.scheduling import booking
from app.salon.transaction import carry_out
from app.vocabulary import CancelReason
from tests.builders import TODAY, SmallSalon, at, small_salon

MINUTE = timedelta(minutes=1)
TOMORROW = TODAY + timedelta(days=1)
NEXT_WEEK = TODAY + timedelta(days=7)
MORNINGS = tuple(WorkingHours(weekday, 9 * 60, 14 * 60) for weekday in range(7))


def stretches(small: SmallSalon, master: int) -> dict[date, tuple[int, int]]:
    """A master's shifts by day, in minutes of the day."""
    rows = small.database.rows("SELECT starts_at, ends_at FROM shift WHERE staff_id = ? ORDER BY day", (master,))
    found: dict[date, tuple[int, int]] = {}
    for begins, ends in rows:
        start, end = read_wall(begins), read_wall(ends)
        midnight = datetime(start.year, start.month, start.day)
        found[start.date()] = ((start - midnight) // MINUTE, (end - midnight) // MINUTE)
    return found


def of(small: SmallSalon, master: int) -> dict[date, tuple[int, int]]:
    """A master's shifts by day, in whole hours."""
    return {day: (begins // 60, ends // 60) for day, (begins, ends) in stretches(small, master).items()}


def mornings(small: SmallSalon, first: date = TOMORROW, last: date = NEXT_WEEK) -> HoursPlan:
    """Olga works in the mornings."""
    return HoursPlan(small.olga, MORNINGS, first, last)


def test_new_hours_hold_from_a_day_to_a_day(small: SmallSalon) -> None:
    marias = of(small, small.maria)
    done = carry_out(small.salon, shifts.replan, mornings(small))
    assert (done.value.changed, done.value.kept) == (7, ())
    hours = of(small, small.olga)
    assert hours[TODAY] == (9, 21)
    assert {hours[TODAY + timedelta(days=days)] for days in range(1, 8)} == {(9, 14)}
    assert hours[NEXT_WEEK + timedelta(days=1)] == (9, 21)
    assert of(small, small.maria) == marias


def test_a_visit_outside_is_named_and_its_day_keeps_its_shift(small: SmallSalon) -> None:
    small.book(at(10, days=1), small.client())
    small.book(at(15, days=2), small.client("Вера Крылова"))
    small.book(at(13, 30, days=3))
    outside = shifts.outside(small.database, mornings(small))
    assert [(one.client_name, one.starts_at) for one in outside] == [
        ("Вера Крылова", at(15, days=2)),
        ("", at(13, 30, days=3)),
    ]
    done = carry_out(small.salon, shifts.replan, mornings(small))
    assert done.value.kept == (TODAY + timedelta(days=2), TODAY + timedelta(days=3))
    hours = of(small, small.olga)
    assert [hours[TODAY + timedelta(days=days)] for days in (1, 2, 3, 4)] == [(9, 14), (9, 21), (9, 21), (9, 14)]


def test_a_cancelled_visit_holds_no_shift(small: SmallSalon) -> None:
    visit = small.book(at(15, days=2))
    carry_out(small.salon, booking.cancel, visit, CancelReason.CLIENT_ASKED)
    assert shifts.outside(small.database, mornings(small)) == []


def test_the_pause_of_a_service_may_lie_outside_but_its_end_may_not(small: SmallSalon) -> None:
    small.book(at(11, days=1), service=small.colouring)
    plan = HoursPlan(small.maria, (WorkingHours(TOMORROW.weekday(), 9 * 60, 13 * 60),), TOMORROW, TOMORROW)
    assert [one.starts_at for one in shifts.outside(small.database, plan)] == [at(11, days=1)]


def test_a_weekday_without_hours_is_free(small: SmallSalon) -> None:
    only_friday = HoursPlan(small.olga, (WorkingHours(4, 600, 1080),), TOMORROW, NEXT_WEEK)
    carry_out(small.salon, shifts.replan, only_friday)
    days = [day for day in of(small, small.olga) if TOMORROW <= day <= NEXT_WEEK]
    assert days == [date(2026, 5, 15)]


@pytest.mark.parametrize("days", [0, -1, -30])
def test_what_has_begun_is_history(small: SmallSalon, days: int) -> None:
    before = of(small, small.olga)
    with pytest.raises(ShiftBegun):
        carry_out(small.salon, shifts.replan, mornings(small, first=TODAY + timedelta(days=days)))
    assert of(small, small.olga) == before


def test_impossible_plans_are_refused(small: SmallSalon) -> None:
    with pytest.raises(BadPeriod):
        carry_out(small.salon, shifts.replan, mornings(small, NEXT_WEEK, TOMORROW))
    for wrong in (WorkingHours(0, 600, 600), WorkingHours(0, 600, 540), WorkingHours(0, 600, 1500)):
        with pytest.raises(BadDuration):
            carry_out(small.salon, shifts.replan, HoursPlan(small.olga, (wrong,), TOMORROW, NEXT_WEEK))


def test_a_plan_can_be_taken_back_and_changes_nothing_twice(small: SmallSalon) -> None:
    before = of(small, small.olga)
    done = carry_out(small.salon, shifts.replan, mornings(small))
    again = carry_out(small.salon, shifts.replan, mornings(small))
    assert (again.value.changed, again.entry_id) == (0, None)
    assert done.entry_id is not None
    carry_out(small.salon, undo.take_back, done.entry_id)
    assert of(small, small.olga) == before


HOURS = st.dictionaries(st.integers(0, 6), st.tuples(st.integers(28, 60), st.integers(4, 32)), max_size=7).map(
    lambda found: tuple(WorkingHours(day, opens * 15, (opens + length) * 15) for day, (opens, length) in found.items())
)


@effort(max_examples=20)
@given(HOURS, st.lists(st.tuples(st.integers(1, 9), st.integers(9, 19)), max_size=5, unique=True))
def test_no_visit_ever_loses_its_shift(hours: tuple[WorkingHours, ...], visits: list[tuple[int, int]]) -> None:
    small = small_salon()
    for days, hour in visits:
        small.book(at(hour, days=days))
    carry_out(small.salon, shifts.replan, HoursPlan(small.olga, hours, TOMORROW, TODAY + timedelta(days=8)))
    minutes_of = stretches(small, small.olga)
    for days, hour in visits:
        begins, ends = minutes_of[TODAY + timedelta(days=days)]
        assert begins <= hour * 60
        assert (hour + 1) * 60 <= ends
    small.database.close()


# ---- people --------------------------------------------------------------------------------------------------


def test_the_list_says_who_works_when_and_does_what(small: SmallSalon) -> None:
    small.book(at(15), small.client())
    carry_out(small.salon, shifts.replan, mornings(small))
    olga, maria = staff.listed(small.database, TODAY)
    assert olga.facts == StaffFacts("Ольга Белова", "мастер маникюра")
    assert set(olga.services) == {small.manicure, small.pedicure}
    assert olga.week[TODAY.weekday()] == WorkingHours(TODAY.weekday(), 9 * 60, 21 * 60)
    assert olga.week[0] == WorkingHours(0, 9 * 60, 14 * 60)
    assert olga.planned_until == date(2026, 7, 31)
    assert (olga.visits_ahead, maria.visits_ahead) == (1, 0)


def test_a_colleague_changes_as_one_act(small: SmallSalon) -> None:
    before = staff.listed(small.database, TODAY)
    facts = StaffFacts("Ольга Белова-Ким", "топ-мастер", is_owner=True)
    done = carry_out(small.salon, staff.keep, small.olga, facts, [small.colouring])
    olga = staff.listed(small.database, TODAY)[0]
    assert (olga.facts, olga.services) == (facts, (small.colouring,))
    assert done.entry_id is not None
    carry_out(small.salon, undo.take_back, done.entry_id)
    assert staff.listed(small.database, TODAY) == before


def test_somebody_new_comes_last(small: SmallSalon) -> None:
    vera = carry_out(small.salon, staff.keep, None, StaffFacts("Вера"), [small.pedicure]).value
    last = staff.listed(small.database, TODAY)[-1]
    assert (last.staff_id, last.services, last.week, last.planned_until) == (vera, (small.pedicure,), (), None)


def test_who_leaves_has_no_shifts_ahead_but_where_somebody_is_booked(small: SmallSalon) -> None:
    """Else an empty column would stand on the calendar for months."""
    small.book(at(15, days=5))
    done = carry_out(small.salon, staff.archive, small.olga)
    ahead = [day for day in of(small, small.olga) if day > TODAY]
    assert ahead == [TODAY + timedelta(days=5)]
    assert of(small, small.olga)[TODAY] == (9, 21)
    assert done.entry_id is not None
    carry_out(small.salon, undo.take_back, done.entry_id)
    assert len(of(small, small.olga)) == len(of(small, small.maria))
