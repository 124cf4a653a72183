"""Repeated hours: what a week or a cycle says of a day, and how shifts are laid out from them."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings as effort, strategies as st

from app.errors import BadDuration, BadPeriod, ShiftBegun
from app.salon import undo
from app.salon.catalogue import absences, patterns, rosters, shifts, staff
from app.salon.catalogue.absences import AbsencePlan
from app.salon.catalogue.patterns import OFF, Cycle, Hours, Pattern, Stretch, cyclic, weekly
from app.salon.scheduling import booking
from app.salon.transaction import carry_out
from app.vocabulary import AbsenceKind, CancelReason
from tests.builders import TODAY, SmallSalon, at, small_salon

DAY = timedelta(days=1)
TOMORROW = TODAY + DAY
NINE = (Stretch(9 * 60, 21 * 60),)
MORNING = (Stretch(9 * 60, 14 * 60),)
SPLIT = (Stretch(9 * 60, 13 * 60), Stretch(16 * 60, 20 * 60))


def hours_of(small: SmallSalon, master: int, first: date, last: date) -> list[Hours]:
    """What stands in the shifts of a master, day by day."""
    found = next(one for one in shifts.planned(small.database, first, last) if one.staff_id == master)
    return [one.hours for one in found.days]


# ---- the rule ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("cycle", patterns.PRESETS)
def test_a_cycle_works_so_many_days_and_rests_so_many(cycle: Cycle) -> None:
    pattern = cyclic(TODAY, cycle, NINE)
    worked = [bool(pattern.of_day(TODAY + n * DAY)) for n in range(2 * (cycle.on + cycle.off))]
    assert worked == ([True] * cycle.on + [False] * cycle.off) * 2
    assert patterns.cycle_of(pattern) == (cycle, NINE)


def test_a_week_is_told_by_its_weekdays_wherever_it_begins() -> None:
    for offset in range(7):
        week = weekly(TODAY + offset * DAY, {0: NINE, 5: SPLIT})
        assert week.by_weekday() == (NINE, OFF, OFF, OFF, OFF, SPLIT, OFF)


HOURS = st.lists(st.integers(0, 96), min_size=0, max_size=4, unique=True).map(
    lambda marks: tuple(Stretch(a * 15, b * 15) for a, b in zip(sorted(marks)[::2], sorted(marks)[1::2], strict=False))
)
DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))


@given(DAYS, st.lists(HOURS, min_size=1, max_size=14).map(tuple), st.integers(0, 400), st.integers(0, 400))
def test_a_pattern_that_goes_on_from_a_later_day_changes_nothing(
    first: date, days: tuple[Hours, ...], later: int, ahead: int
) -> None:
    pattern = Pattern(first, days)
    patterns.check(days)
    later_day = first + later * DAY
    day = later_day + ahead * DAY
    assert pattern.continued(later_day).of_day(day) == pattern.of_day(day) == days[(later + ahead) % len(days)]
    assert pattern.of_day(first - DAY) == OFF


@pytest.mark.parametrize(
    "hours",
    [
        (Stretch(600, 600),),
        (Stretch(600, 540),),
        (Stretch(600, 1500),),
        (Stretch(540, 720), Stretch(700, 800)),
        (Stretch(540, 720), Stretch(720, 800)),
    ],
)
def test_impossible_hours_are_refused(small: SmallSalon, hours: Hours) -> None:
    with pytest.raises(BadDuration):
        carry_out(small.salon, rosters.plan, small.olga, cyclic(TOMORROW, Cycle(2, 2), hours))


# ---- shifts from it ------------------------------------------------------------------------------------------


def test_shifts_follow_the_pattern_up_to_the_horizon(small: SmallSalon) -> None:
    before = hours_of(small, small.maria, TODAY, TODAY + 30 * DAY)
    pattern = cyclic(TOMORROW, Cycle(2, 2), SPLIT)
    carry_out(small.salon, rosters.plan, small.olga, pattern)
    horizon = TODAY + timedelta(weeks=rosters.HORIZON_WEEKS)
    expected = [pattern.of_day(TOMORROW + n * DAY) for n in range((horizon - TODAY).days)]
    assert hours_of(small, small.olga, TOMORROW, horizon) == expected
    assert hours_of(small, small.olga, TODAY, TODAY) == [NINE]
    assert hours_of(small, small.olga, horizon + DAY, horizon + 3 * DAY) == [OFF] * 3
    assert hours_of(small, small.maria, TODAY, TODAY + 30 * DAY) == before


def test_a_night_ends_at_midnight_at_the_latest(small: SmallSalon) -> None:
    late = (Stretch(18 * 60, 24 * 60),)
    carry_out(small.salon, rosters.plan, small.olga, cyclic(TOMORROW, Cycle(1, 0), late))
    assert hours_of(small, small.olga, TOMORROW, TOMORROW + DAY) == [late, late]


def test_until_a_day_and_then_as_before(small: SmallSalon) -> None:
    usual = cyclic(TOMORROW, Cycle(2, 2), NINE)
    carry_out(small.salon, rosters.plan, small.olga, usual)
    first, last = TODAY + 7 * DAY, TODAY + 13 * DAY
    summer = weekly(first, dict.fromkeys(range(5), MORNING), last)
    carry_out(small.salon, rosters.plan, small.olga, summer)
    for n in range(1, 30):
        day = TODAY + n * DAY
        expected = summer.of_day(day) if first <= day <= last else usual.of_day(day)
        assert hours_of(small, small.olga, day, day) == [expected], day


def test_only_what_is_to_come_can_be_planned(small: SmallSalon) -> None:
    with pytest.raises(ShiftBegun):
        carry_out(small.salon, rosters.plan, small.olga, cyclic(TODAY, Cycle(2, 2), NINE))
    with pytest.raises(BadPeriod):
        carry_out(small.salon, rosters.plan, small.olga, cyclic(TOMORROW, Cycle(2, 2), NINE, TODAY))


def test_a_plan_can_be_taken_back_and_changes_no_shift_twice(small: SmallSalon) -> None:
    before = hours_of(small, small.olga, TODAY, TODAY + 90 * DAY)
    pattern = weekly(TOMORROW, dict.fromkeys(range(5), MORNING))
    done = carry_out(small.salon, rosters.plan, small.olga, pattern)
    assert done.entry_id is not None
    assert carry_out(small.salon, rosters.plan, small.olga, pattern).value.changed == 0
    second = small.database.value("SELECT MAX(id) FROM journal_entry")
    carry_out(small.salon, undo.take_back, second)
    carry_out(small.salon, undo.take_back, done.entry_id)
    assert hours_of(small, small.olga, TODAY, TODAY + 90 * DAY) == before


def test_a_visit_outside_is_named_and_its_day_keeps_its_shift(small: SmallSalon) -> None:
    small.book(at(10, days=1), small.client())
    small.book(at(15, days=2), small.client("Вера Крылова"))
    small.book(at(13, 30, days=3))
    cancelled = small.book(at(16, days=4))
    carry_out(small.salon, booking.cancel, cancelled, CancelReason.CLIENT_ASKED)
    mornings = weekly(TOMORROW, dict.fromkeys(range(7), MORNING))
    outside = rosters.visits_outside(small.database, small.olga, mornings, TODAY)
    assert [(one.client_name, one.starts_at) for one in outside] == [
        ("Вера Крылова", at(15, days=2)),
        ("", at(13, 30, days=3)),
    ]
    done = carry_out(small.salon, rosters.plan, small.olga, mornings)
    assert done.value.kept == (TODAY + 2 * DAY, TODAY + 3 * DAY)
    assert hours_of(small, small.olga, TOMORROW, TODAY + 4 * DAY) == [MORNING, NINE, NINE, MORNING]


def test_the_pause_of_a_service_may_lie_outside_but_its_end_may_not(small: SmallSalon) -> None:
    small.book(at(11, days=1), service=small.colouring)
    short = weekly(TOMORROW, {TOMORROW.weekday(): (Stretch(540, 780),)}, TOMORROW)
    assert [one.starts_at for one in rosters.visits_outside(small.database, small.maria, short, TODAY)] == [
        at(11, days=1)
    ]


WEEKS = st.dictionaries(
    st.integers(0, 6),
    st.tuples(st.integers(28, 60), st.integers(4, 32)).map(lambda o: (Stretch(o[0] * 15, (o[0] + o[1]) * 15),)),
)


@effort(max_examples=effort().max_examples // 2)
@given(WEEKS, st.lists(st.tuples(st.integers(1, 9), st.integers(9, 19)), max_size=5, unique=True))
def test_no_visit_ever_loses_its_shift(week: dict[int, Hours], visits: list[tuple[int, int]]) -> None:
    small = small_salon()
    for days, hour in visits:
        small.book(at(hour, days=days))
    carry_out(small.salon, rosters.plan, small.olga, weekly(TOMORROW, week, TODAY + 9 * DAY))
    for days, hour in visits:
        ((one,),) = hours_of(small, small.olga, TODAY + days * DAY, TODAY + days * DAY)
        assert one.opens <= hour * 60
        assert (hour + 1) * 60 <= one.closes
    small.database.close()


# ---- laying out further --------------------------------------------------------------------------------------


def test_as_time_goes_on_shifts_are_laid_out_further(small: SmallSalon) -> None:
    pattern = cyclic(TOMORROW, Cycle(2, 2), NINE)
    carry_out(small.salon, rosters.plan, small.olga, pattern)
    assert not rosters.is_short(small.database, rosters.soon(TODAY))
    assert carry_out(small.salon, rosters.extend).entry_id is None
    small.clock.advance(timedelta(weeks=6))
    later = small.salon.today()
    assert rosters.is_short(small.database, rosters.soon(later))
    carry_out(small.salon, rosters.extend)
    assert not rosters.is_short(small.database, rosters.soon(later))
    horizon = later + timedelta(weeks=rosters.HORIZON_WEEKS)
    assert hours_of(small, small.olga, horizon - 9 * DAY, horizon) == [
        pattern.of_day(horizon - n * DAY) for n in range(9, -1, -1)
    ]


def test_a_day_beyond_the_horizon_is_laid_out_when_it_is_looked_at(small: SmallSalon) -> None:
    pattern = cyclic(TOMORROW, Cycle(2, 2), NINE)
    carry_out(small.salon, rosters.plan, small.olga, pattern)
    far = TODAY + timedelta(weeks=60)
    assert rosters.is_short(small.database, far)
    carry_out(small.salon, rosters.extend, far)
    assert hours_of(small, small.olga, far - 3 * DAY, far) == [pattern.of_day(far - n * DAY) for n in (3, 2, 1, 0)]
    assert not rosters.is_short(small.database, far)


def test_another_century_lays_nothing_out(small: SmallSalon) -> None:
    carry_out(small.salon, rosters.plan, small.olga, cyclic(TOMORROW, Cycle(2, 2), NINE))
    carry_out(small.salon, rosters.extend, date(2126, 1, 1))
    last = small.database.value("SELECT MAX(day) FROM shift")
    assert date.fromisoformat(last) <= rosters.farthest(TODAY)


def test_laying_out_further_respects_what_was_planned_meanwhile(small: SmallSalon) -> None:
    carry_out(small.salon, rosters.plan, small.olga, cyclic(TOMORROW, Cycle(1, 0), NINE))
    extra = TODAY + 10 * DAY
    carry_out(small.salon, shifts.set_days, [shifts.DayWish(small.olga, extra, MORNING)])
    small.clock.advance(timedelta(days=7))
    carry_out(small.salon, rosters.extend)
    assert hours_of(small, small.olga, extra, extra) == [MORNING]


def test_a_day_by_hand_far_ahead_leaves_no_hole_before_it(small: SmallSalon) -> None:
    """What somebody planned for the week before New Year is not how far the roster is laid out."""
    carry_out(small.salon, rosters.plan, small.olga, cyclic(TOMORROW, Cycle(1, 0), NINE))
    far = TODAY + timedelta(weeks=30)
    carry_out(small.salon, shifts.set_days, [shifts.DayWish(small.olga, far, MORNING)])
    small.clock.advance(timedelta(weeks=8))
    assert rosters.is_short(small.database, far)
    carry_out(small.salon, rosters.extend)
    assert hours_of(small, small.olga, far - 20 * DAY, far + DAY) == [*[NINE] * 20, MORNING, NINE]
    assert not rosters.is_short(small.database, far)


def test_a_plan_that_is_taken_back_leaves_nothing_that_was_laid_out_by_it_since(small: SmallSalon) -> None:
    carry_out(small.salon, rosters.plan, small.olga, cyclic(TOMORROW, Cycle(1, 0), NINE))
    planned = carry_out(small.salon, rosters.plan, small.olga, cyclic(TOMORROW, Cycle(1, 0), MORNING))
    far = TODAY + timedelta(weeks=40)
    carry_out(small.salon, rosters.extend, far)
    assert hours_of(small, small.olga, far, far) == [MORNING]
    undone = carry_out(small.salon, undo.take_back, planned.entry_id or 0)
    assert hours_of(small, small.olga, far - 70 * DAY, far) == [NINE] * 71
    carry_out(small.salon, undo.take_back, undone.entry_id or 0)
    assert hours_of(small, small.olga, far - 70 * DAY, far) == [MORNING] * 71


def test_the_first_roster_that_is_taken_back_leaves_no_hours_that_came_by_it_since(small: SmallSalon) -> None:
    """But under a visit they stay, and what was planned by hand and what stood before stay too."""
    before = hours_of(small, small.olga, TODAY, TODAY + 100 * DAY)
    planned = carry_out(small.salon, rosters.plan, small.olga, cyclic(TOMORROW, Cycle(1, 0), MORNING))
    far = TODAY + timedelta(weeks=40)
    carry_out(small.salon, rosters.extend, far)
    small.book(datetime.combine(far, time(12)))
    carry_out(small.salon, shifts.set_days, [shifts.DayWish(small.olga, far - DAY, SPLIT)])
    carry_out(small.salon, undo.take_back, planned.entry_id or 0)
    assert hours_of(small, small.olga, far - 20 * DAY, far) == [OFF] * 19 + [SPLIT, MORNING]
    assert hours_of(small, small.olga, TODAY, TODAY + 100 * DAY) == before


def test_whoever_comes_back_from_the_archive_has_the_hours_of_their_schedule(small: SmallSalon) -> None:
    """Also before the day on which somebody was booked with her all the time."""
    carry_out(small.salon, rosters.plan, small.olga, cyclic(TOMORROW, Cycle(2, 2), NINE))
    before = hours_of(small, small.olga, TODAY, TODAY + 80 * DAY)
    small.book(at(12, days=41))
    carry_out(small.salon, staff.archive, small.olga)
    back = carry_out(small.salon, staff.bring_back, small.olga)
    assert hours_of(small, small.olga, TODAY, TODAY + 80 * DAY) == before
    carry_out(small.salon, undo.take_back, back.entry_id or 0)
    assert small.database.rows("SELECT day FROM shift WHERE staff_id = ? AND day > ?", (small.olga, str(TODAY))) == [
        (str(TODAY + 41 * DAY),)
    ]


def test_whoever_is_away_for_long_lacks_no_hours_until_they_come_back(small: SmallSalon) -> None:
    carry_out(small.salon, rosters.plan, small.olga, cyclic(TOMORROW, Cycle(2, 2), NINE))
    leave = AbsencePlan(small.olga, TODAY + 10 * DAY, TODAY + timedelta(weeks=40), AbsenceKind.VACATION)
    carry_out(small.salon, absences.plan, leave)
    small.clock.advance(timedelta(weeks=10))
    assert not rosters.is_short(small.database, rosters.soon(small.salon.today()))
    small.clock.advance(timedelta(weeks=10))
    assert rosters.is_short(small.database, rosters.soon(small.salon.today()))
