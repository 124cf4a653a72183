"""Beyond half a year no hours are laid out yet: what is planned there leaves no hole when their turn comes."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from app.errors import ChangedSince
from app.salon import undo
from app.salon.catalogue import absences, holidays, rosters, shifts
from app.salon.catalogue.absences import AbsencePlan
from app.salon.catalogue.holidays import ClosedDay
from app.salon.catalogue.patterns import OFF, Cycle, Hours, Stretch, cyclic
from app.salon.catalogue.shifts import DayWish
from app.salon.transaction import carry_out
from app.vocabulary import AbsenceKind
from tests.builders import TODAY, SmallSalon

DAY = timedelta(days=1)
NINE = (Stretch(9 * 60, 21 * 60),)
MORNING = (Stretch(9 * 60, 14 * 60),)
EVENING = (Stretch(14 * 60, 20 * 60),)
HORIZON = TODAY + timedelta(weeks=rosters.HORIZON_WEEKS)
FAR = HORIZON + 50 * DAY
"""New Year's Eve, about: nobody has looked there yet."""


@pytest.fixture(autouse=True)
def _every_day(small: SmallSalon) -> None:
    carry_out(small.salon, rosters.plan, small.olga, cyclic(TODAY + DAY, Cycle(1, 0), NINE))


def hours_of(small: SmallSalon, first: date, last: date) -> list[Hours]:
    """Olga's hours day by day."""
    found = next(one for one in shifts.planned(small.database, first, last) if one.staff_id == small.olga)
    return [one.hours for one in found.days]


def close(small: SmallSalon) -> int:
    carry_out(small.salon, holidays.plan, [ClosedDay(FAR, "Новый год")])
    return holidays.standing(small.database, FAR, FAR)[0].holiday_id


def leave(small: SmallSalon) -> int:
    plan = AbsencePlan(small.olga, FAR - 5 * DAY, FAR, AbsenceKind.VACATION)
    return carry_out(small.salon, absences.plan, plan).value


def open_after_all(small: SmallSalon) -> None:
    carry_out(small.salon, holidays.end, close(small))


def stay_at_home(small: SmallSalon) -> None:
    carry_out(small.salon, absences.end, leave(small))


def come_back_earlier(small: SmallSalon) -> None:
    leaving = leave(small)
    carry_out(small.salon, absences.change, leaving, FAR - DAY)
    carry_out(small.salon, absences.end, leaving)


def work_by_the_same_hours_for_a_while(small: SmallSalon) -> None:
    carry_out(small.salon, rosters.plan, small.olga, cyclic(FAR, Cycle(1, 0), NINE, FAR + DAY))


def plan_the_usual_by_hand(small: SmallSalon) -> None:
    carry_out(small.salon, shifts.set_days, [DayWish(small.olga, FAR, NINE)])


def plan_by_hand_and_give_back(small: SmallSalon) -> None:
    carry_out(small.salon, shifts.set_days, [DayWish(small.olga, FAR, MORNING)])
    carry_out(small.salon, shifts.restore_days, [(small.olga, FAR)])


@pytest.mark.parametrize(
    "plan",
    [
        open_after_all,
        stay_at_home,
        come_back_earlier,
        work_by_the_same_hours_for_a_while,
        plan_the_usual_by_hand,
        plan_by_hand_and_give_back,
    ],
)
def test_no_day_before_it_stays_without_hours(small: SmallSalon, plan: Callable[[SmallSalon], None]) -> None:
    """A holiday of the winter that is taken off the list in May, a leave that is given up."""
    plan(small)
    assert hours_of(small, HORIZON + DAY, FAR - DAY) == [OFF] * 49
    carry_out(small.salon, rosters.extend, FAR + 7 * DAY)
    assert hours_of(small, HORIZON + DAY, FAR + 7 * DAY) == [NINE] * 57


def test_hours_that_are_laid_out_between_are_no_news(small: SmallSalon) -> None:
    """Three weeks on, a day that is not laid out yet is open after all: only that day is told as changed."""
    small.clock.advance(timedelta(weeks=3))
    day = HORIZON + 14 * DAY
    carry_out(small.salon, holidays.plan, [ClosedDay(day, "Учёба")])
    (closed,) = holidays.standing(small.database, day, day)
    assert carry_out(small.salon, holidays.end, closed.holiday_id).value.changed == 1
    assert hours_of(small, HORIZON + DAY, day) == [NINE] * 14


def test_a_schedule_until_another_century_is_laid_out_for_half_a_year(small: SmallSalon) -> None:
    carry_out(small.salon, rosters.plan, small.olga, cyclic(TODAY + 9 * DAY, Cycle(1, 0), MORNING, date(2126, 1, 1)))
    assert small.database.value("SELECT MAX(day) FROM shift") == HORIZON.isoformat()
    assert (
        rosters.visits_outside(
            small.database, small.olga, cyclic(TODAY + DAY, Cycle(1, 0), MORNING, date(2126, 1, 1)), TODAY
        )
        == []
    )


# ---- taken back after the days were laid out -----------------------------------------------------------------


@pytest.mark.parametrize("plan", [close, leave])
def test_a_free_day_that_is_taken_back_has_the_hours_that_came_meanwhile(
    small: SmallSalon, plan: Callable[[SmallSalon], int]
) -> None:
    plan(small)
    planned = small.database.value("SELECT MAX(id) FROM journal_entry")
    carry_out(small.salon, rosters.extend, FAR + 9 * DAY)
    free = hours_of(small, FAR - 7 * DAY, FAR + DAY)
    assert free.count(OFF) == (1 if plan is close else 6)
    undone = carry_out(small.salon, undo.take_back, planned)
    assert hours_of(small, FAR - 7 * DAY, FAR + DAY) == [NINE] * 9
    carry_out(small.salon, undo.take_back, undone.entry_id or 0)
    assert hours_of(small, FAR - 7 * DAY, FAR + DAY) == free


def test_a_schedule_for_the_winter_that_is_taken_back_is_laid_out_by_the_usual_one(small: SmallSalon) -> None:
    winter = carry_out(small.salon, rosters.plan, small.olga, cyclic(FAR, Cycle(1, 0), MORNING))
    carry_out(small.salon, rosters.extend, FAR + 9 * DAY)
    assert hours_of(small, FAR - DAY, FAR + DAY) == [NINE, MORNING, MORNING]
    carry_out(small.salon, undo.take_back, winter.entry_id or 0)
    assert hours_of(small, FAR - DAY, FAR + 9 * DAY) == [NINE] * 11


def test_a_day_by_hand_that_is_taken_back_is_worked_by_the_schedule(small: SmallSalon) -> None:
    by_hand = carry_out(small.salon, shifts.set_days, [DayWish(small.olga, FAR, MORNING)])
    carry_out(small.salon, rosters.extend, FAR + 9 * DAY)
    carry_out(small.salon, undo.take_back, by_hand.entry_id or 0)
    assert hours_of(small, FAR - DAY, FAR + DAY) == [NINE] * 3


def laid_out(small: SmallSalon, _hours: Hours) -> None:
    carry_out(small.salon, rosters.extend, FAR + 9 * DAY)


def planned_otherwise(small: SmallSalon, hours: Hours) -> None:
    carry_out(small.salon, shifts.set_days, [DayWish(small.olga, FAR, hours)])


@pytest.mark.parametrize("since", [laid_out, planned_otherwise])
@pytest.mark.parametrize("hours", [MORNING, EVENING])
def test_no_day_has_two_plans_when_one_is_made_again(
    small: SmallSalon, since: Callable[[SmallSalon, Hours], None], hours: Hours
) -> None:
    """A day by hand that was taken back has other hours since, overlapping or beside it."""
    by_hand = carry_out(small.salon, shifts.set_days, [DayWish(small.olga, FAR, EVENING)])
    undone = carry_out(small.salon, undo.take_back, by_hand.entry_id or 0)
    since(small, hours)
    stands = hours_of(small, FAR, FAR)
    with pytest.raises(ChangedSince):
        carry_out(small.salon, undo.take_back, undone.entry_id or 0)
    assert hours_of(small, FAR, FAR) == stands


def test_a_leave_stays_where_somebody_is_asked_to_come_for_a_day_of_it(small: SmallSalon) -> None:
    day = TODAY + 20 * DAY
    leaving = carry_out(small.salon, absences.plan, AbsencePlan(small.olga, day, day, AbsenceKind.VACATION))
    carry_out(small.salon, shifts.set_days, [DayWish(small.olga, day, EVENING)])
    with pytest.raises(ChangedSince):
        carry_out(small.salon, undo.take_back, leaving.entry_id or 0)
    assert hours_of(small, day, day) == [EVENING]


def test_an_older_schedule_puts_nobody_to_work_in_their_leave(small: SmallSalon) -> None:
    """The new one had the day free, then a leave came over it, then the new one was taken back."""
    new = carry_out(small.salon, rosters.plan, small.olga, cyclic(TODAY + 10 * DAY, Cycle(1, 1), NINE))
    free = TODAY + 11 * DAY
    carry_out(small.salon, absences.plan, AbsencePlan(small.olga, free, free, AbsenceKind.VACATION))
    carry_out(small.salon, undo.take_back, new.entry_id or 0)
    assert hours_of(small, free - DAY, free + 2 * DAY) == [NINE, OFF, NINE, NINE]


def test_hours_that_come_back_are_those_of_the_schedule_of_now(small: SmallSalon) -> None:
    """A leave, then at the other workplace a new schedule; now the leave is taken back."""
    day = TODAY + 20 * DAY
    plan = AbsencePlan(small.olga, day, day + DAY, AbsenceKind.VACATION)
    leaving = carry_out(small.salon, absences.plan, plan)
    carry_out(small.salon, rosters.plan, small.olga, cyclic(TODAY + 9 * DAY, Cycle(1, 0), MORNING))
    carry_out(small.salon, undo.take_back, leaving.entry_id or 0)
    assert hours_of(small, day - DAY, day + 2 * DAY) == [MORNING] * 4
