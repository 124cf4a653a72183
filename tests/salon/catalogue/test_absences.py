"""Vacations, sick leave, days off and holidays: hours are taken out, visits stay and are told."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings as effort, strategies as st

from app.errors import BadPeriod, OutsideShift, ShiftBegun
from app.salon import check, undo
from app.salon.catalogue import absences, holidays, rosters, shifts
from app.salon.catalogue.absences import AbsencePlan
from app.salon.catalogue.holidays import ClosedDay
from app.salon.catalogue.patterns import OFF, Cycle, Hours, Stretch, cyclic
from app.salon.catalogue.shifts import DayWish, PlannedDay
from app.salon.scheduling import agenda, booking, calls
from app.salon.transaction import carry_out
from app.vocabulary import AbsenceKind, Language, VisitStatus
from tests.builders import TODAY, SmallSalon, at, small_salon

DAY = timedelta(days=1)
TOMORROW = TODAY + DAY
NINE = (Stretch(9 * 60, 21 * 60),)
MORNING = (Stretch(9 * 60, 14 * 60),)


def day_of(small: SmallSalon, master: int, day: date) -> PlannedDay:
    """A day of a master as the plan shows it."""
    (found,) = (one.days[0] for one in shifts.planned(small.database, day, day) if one.staff_id == master)
    return found


def hours(small: SmallSalon, first: date, days: int) -> list[Hours]:
    """Olga's hours of so many days."""
    return [day_of(small, small.olga, first + n * DAY).hours for n in range(days)]


def every_day(small: SmallSalon) -> None:
    """Olga has a roster: every day, nine to nine."""
    carry_out(small.salon, rosters.plan, small.olga, cyclic(TOMORROW, Cycle(1, 0), NINE))


def vacation(small: SmallSalon, first: int, last: int, kind: AbsenceKind = AbsenceKind.VACATION) -> int:
    """Olga is away from so many days ahead to so many days ahead."""
    plan = AbsencePlan(small.olga, TODAY + first * DAY, TODAY + last * DAY, kind)
    return carry_out(small.salon, absences.plan, plan).value


def live(small: SmallSalon) -> int:
    """How many visits are awaited at all."""
    return int(small.database.value("SELECT count(*) FROM visit WHERE status IN ('booked', 'confirmed', 'arrived')"))


# ---- absences ------------------------------------------------------------------------------------------------


def test_a_vacation_over_booked_visits_loses_none_of_them(small: SmallSalon) -> None:
    every_day(small)
    first = small.book(at(12, days=3), small.client())
    second = small.book(at(15, days=4), small.client("Вера Крылова"))
    small.book(at(12, days=8), small.client("Инна"))
    small.book(at(12, days=3), small.client("Дина"), staff=small.maria)
    named = absences.concerned(small.database, small.olga, TODAY + 3 * DAY, TODAY + 6 * DAY, small.salon.wall_now())
    assert [one.visit_id for one in named] == [first, second]
    before = live(small)
    absence = vacation(small, 3, 6)
    assert live(small) == before
    assert hours(small, TODAY + 2 * DAY, 6) == [NINE, OFF, OFF, OFF, OFF, NINE]
    assert day_of(small, small.olga, TODAY + 3 * DAY).absence is AbsenceKind.VACATION
    (standing,) = absences.standing(small.database, TODAY, TODAY + 30 * DAY)
    assert (standing.absence_id, standing.to_call, standing.calls) == (absence, 2, 2)
    assert [one.visit_id for one in calls.of_absence(small.salon, absence).calls] == [first, second]
    with pytest.raises(OutsideShift):
        small.book(at(18, days=3))
    assert check.faults(small.database) == []


def test_who_comes_back_earlier_has_the_roster_again(small: SmallSalon) -> None:
    every_day(small)
    small.book(at(12, days=5))
    absence = vacation(small, 3, 6)
    carry_out(small.salon, absences.change, absence, TODAY + 4 * DAY)
    assert hours(small, TODAY + 3 * DAY, 4) == [OFF, OFF, NINE, NINE]
    assert calls.of_absence(small.salon, absence).calls == ()
    carry_out(small.salon, absences.change, absence, TODAY + 5 * DAY)
    assert len(calls.of_absence(small.salon, absence).calls) == 1
    carry_out(small.salon, absences.end, absence)
    assert hours(small, TODAY + 3 * DAY, 4) == [NINE] * 4
    assert absences.standing(small.database, TODAY, TODAY + 30 * DAY) == []


def test_an_absence_is_taken_back_as_one_act(small: SmallSalon) -> None:
    every_day(small)
    small.book(at(12, days=3))
    plan = AbsencePlan(small.olga, TOMORROW, TODAY + 6 * DAY, AbsenceKind.TRAINING, "Курсы")
    done = carry_out(small.salon, absences.plan, plan)
    assert done.entry_id is not None
    carry_out(small.salon, undo.take_back, done.entry_id)
    assert hours(small, TOMORROW, 6) == [NINE] * 6
    assert calls.open_lists(small.database, TODAY) == []


def test_an_absence_that_is_over_stays_as_it_was(small: SmallSalon) -> None:
    every_day(small)
    absence = vacation(small, 1, 6)
    small.clock.advance(timedelta(days=3))
    carry_out(small.salon, absences.end, absence)
    assert hours(small, TOMORROW, 6) == [OFF, OFF, NINE, NINE, NINE, NINE]
    (standing,) = absences.standing(small.database, TODAY, TODAY + 9 * DAY)
    assert standing.last == TODAY + 2 * DAY


def test_impossible_absences_are_refused(small: SmallSalon) -> None:
    for first, last, error in ((3, 2, BadPeriod), (-5, -1, ShiftBegun)):
        with pytest.raises(error):
            vacation(small, first, last)


def test_new_rosters_leave_vacations_holidays_and_hand_made_days_alone(small: SmallSalon) -> None:
    vacation(small, 2, 3)
    carry_out(small.salon, holidays.plan, [ClosedDay(TODAY + 4 * DAY, "Санитарный день")])
    carry_out(small.salon, shifts.set_days, [DayWish(small.olga, TODAY + 5 * DAY, MORNING)])
    carry_out(small.salon, shifts.set_days, [DayWish(small.olga, TODAY + 6 * DAY, OFF)])
    every_day(small)
    assert hours(small, TOMORROW, 7) == [NINE, OFF, OFF, OFF, MORNING, NINE, NINE]


@effort(max_examples=effort().max_examples // 2)
@given(
    st.integers(0, 9),
    st.integers(0, 6),
    st.lists(st.tuples(st.integers(0, 12), st.integers(9, 19)), unique=True, max_size=6),
)
def test_exactly_the_days_of_an_absence_are_free_and_every_visit_in_it_is_listed(
    first: int, length: int, booked: list[tuple[int, int]]
) -> None:
    small = small_salon(now=at(8))
    every_day(small)
    visits = {small.book(at(hour, days=days)): days for days, hour in booked}
    absence = vacation(small, first, first + length)
    inside = range(first, first + length + 1)
    assert hours(small, TODAY, 20) == [OFF if n in inside else NINE for n in range(20)]
    listed = {one.visit_id for one in calls.of_absence(small.salon, absence, with_proposals=False).calls}
    assert listed == {visit for visit, days in visits.items() if days in inside}
    assert live(small) == len(visits)
    carry_out(small.salon, absences.end, absence)
    assert hours(small, TOMORROW, 20) == [NINE] * 20
    small.database.close()


# ---- ill today -----------------------------------------------------------------------------------------------


def test_ill_before_work_takes_the_whole_day(small: SmallSalon) -> None:
    every_day(small)
    small.book(at(10))
    late = small.book(at(14))
    absence = carry_out(small.salon, absences.fall_ill, small.olga).value
    assert hours(small, TODAY, 2) == [OFF, NINE]
    assert [one.visit_id for one in calls.of_absence(small.salon, absence).calls] == [late], "10:00 is over"


def test_ill_at_work_keeps_what_was_worked(small: SmallSalon) -> None:
    done, sitting = small.book(at(9)), small.book(at(10, 30))
    waiting = small.book(at(12))
    small.complete(done)
    carry_out(small.salon, booking.set_status, sitting, VisitStatus.IN_SERVICE)
    carry_out(small.salon, booking.set_status, waiting, VisitStatus.ARRIVED)
    absence = carry_out(small.salon, absences.fall_ill, small.olga).value
    assert hours(small, TODAY, 1) == [(Stretch(9 * 60, 11 * 60 + 30),)]
    assert [one.visit_id for one in calls.of_absence(small.salon, absence).calls] == [waiting]


def test_who_feels_better_has_the_day_again_also_one_by_hand(small: SmallSalon) -> None:
    every_day(small)
    small.clock.advance(timedelta(days=1))
    today = small.salon.today()
    carry_out(small.salon, shifts.set_days, [DayWish(small.olga, today, MORNING)])
    visit = small.book(at(9, day=today), small.client())
    small.complete(visit)
    ill = carry_out(small.salon, absences.fall_ill, small.olga).value
    assert day_of(small, small.olga, today).hours == (Stretch(9 * 60, 10 * 60),)
    carry_out(small.salon, absences.end, ill)
    assert day_of(small, small.olga, today).hours == NINE


def test_still_ill_tomorrow_prolongs_the_same_illness(small: SmallSalon) -> None:
    every_day(small)
    tomorrow = small.book(at(14, days=1))
    absence = carry_out(small.salon, absences.fall_ill, small.olga).value
    again = carry_out(small.salon, absences.fall_ill, small.olga)
    assert (again.value, again.entry_id) == (absence, None)
    assert carry_out(small.salon, absences.fall_ill, small.olga, TOMORROW).value == absence
    assert [one.visit_id for one in calls.of_absence(small.salon, absence).calls] == [tomorrow]
    assert hours(small, TODAY, 3) == [OFF, OFF, NINE]


# ---- without a roster, after an import ----------------------------------------------------------------------------


def test_who_has_no_roster_has_the_hours_of_before_when_a_vacation_ends_earlier(small: SmallSalon) -> None:
    carry_out(small.salon, shifts.set_days, [DayWish(small.olga, TOMORROW, MORNING)])
    carry_out(small.salon, shifts.set_days, [DayWish(small.olga, TODAY + 3 * DAY, OFF)])
    absence = vacation(small, 1, 5)
    assert hours(small, TOMORROW, 5) == [OFF] * 5
    carry_out(small.salon, absences.change, absence, TODAY + 4 * DAY)
    assert hours(small, TOMORROW, 5) == [OFF] * 4 + [NINE]
    carry_out(small.salon, absences.end, absence)
    assert hours(small, TOMORROW, 4) == [MORNING, NINE, OFF, NINE], "a day off by hand is no part of the vacation"


def test_without_a_roster_a_day_comes_back_only_from_the_last_of_two_reasons(small: SmallSalon) -> None:
    closed = carry_out(small.salon, holidays.plan, [ClosedDay(TOMORROW, "Ремонт")])
    assert closed.value.changed == 2
    (holiday,) = holidays.standing(small.database, TOMORROW, TOMORROW)
    absence = vacation(small, 1, 1)
    carry_out(small.salon, absences.end, absence)
    assert hours(small, TOMORROW, 1) == [OFF]
    assert carry_out(small.salon, holidays.end, holiday.holiday_id).value.changed == 2
    assert hours(small, TOMORROW, 1) == [NINE]


def test_without_a_roster_who_was_ill_at_work_has_the_rest_of_the_day_again(small: SmallSalon) -> None:
    small.complete(small.book(at(9)))
    ill = carry_out(small.salon, absences.fall_ill, small.olga).value
    assert hours(small, TODAY, 1) == [(Stretch(9 * 60, 10 * 60),)]
    carry_out(small.salon, absences.end, ill)
    assert hours(small, TODAY, 1) == [NINE]


def test_without_a_roster_a_day_off_by_hand_is_given_back(small: SmallSalon) -> None:
    carry_out(small.salon, shifts.set_days, [DayWish(small.olga, TOMORROW, OFF)])
    for changed in (1, 0):
        assert carry_out(small.salon, shifts.restore_days, [(small.olga, TOMORROW)]).value.changed == changed
        assert hours(small, TOMORROW, 1) == [NINE]


# ---- single days ---------------------------------------------------------------------------------------------


def test_a_day_by_hand_is_marked_and_can_be_given_back(small: SmallSalon) -> None:
    every_day(small)
    carry_out(small.salon, shifts.set_days, [DayWish(small.olga, TOMORROW, MORNING)])
    day = day_of(small, small.olga, TOMORROW)
    assert (day.hours, day.is_by_hand) == (MORNING, True)
    carry_out(small.salon, shifts.restore_days, [(small.olga, TOMORROW)])
    day = day_of(small, small.olga, TOMORROW)
    assert (day.hours, day.is_by_hand) == (NINE, False)


def test_what_the_roster_says_is_not_by_hand(small: SmallSalon) -> None:
    every_day(small)
    carry_out(small.salon, shifts.set_days, [DayWish(small.olga, TOMORROW, NINE)])
    assert not day_of(small, small.olga, TOMORROW).is_by_hand


def test_a_day_off_stays_off_until_it_has_hours_again(small: SmallSalon) -> None:
    every_day(small)
    days = [DayWish(small.olga, TODAY + n * DAY, OFF) for n in (1, 2)]
    carry_out(small.salon, shifts.set_days, days)
    every_day(small)
    assert hours(small, TOMORROW, 3) == [OFF, OFF, NINE]
    assert day_of(small, small.olga, TOMORROW).absence is AbsenceKind.DAY_OFF
    carry_out(small.salon, shifts.set_days, [DayWish(small.olga, TOMORROW, MORNING)])
    carry_out(small.salon, shifts.restore_days, [(small.olga, TODAY + 2 * DAY)])
    assert hours(small, TOMORROW, 3) == [MORNING, NINE, NINE]
    assert absences.away(small.database, TODAY, TODAY + 9 * DAY) == {}


def test_hours_in_the_middle_of_a_time_off_cut_it_in_two(small: SmallSalon) -> None:
    every_day(small)
    kept = small.book(at(12, days=6))
    vacation(small, 2, 6, AbsenceKind.DAY_OFF)
    carry_out(small.salon, shifts.set_days, [DayWish(small.olga, TODAY + 4 * DAY, MORNING)])
    assert hours(small, TOMORROW, 6) == [NINE, OFF, OFF, MORNING, OFF, OFF]
    parts = absences.standing(small.database, TODAY, TODAY + 9 * DAY)
    assert [(one.first, one.last, one.calls) for one in parts] == [
        (TODAY + 2 * DAY, TODAY + 3 * DAY, 0),
        (TODAY + 5 * DAY, TODAY + 6 * DAY, 1),
    ]
    assert [one.visit_id for one in calls.of_absence(small.salon, parts[1].absence_id).calls] == [kept]


def test_work_on_a_day_of_the_vacation_survives_a_new_roster(small: SmallSalon) -> None:
    every_day(small)
    vacation(small, 1, 5)
    carry_out(small.salon, shifts.set_days, [DayWish(small.olga, TODAY + 3 * DAY, NINE)])
    every_day(small)
    assert hours(small, TOMORROW, 5) == [OFF, OFF, NINE, OFF, OFF]


def test_a_day_with_a_visit_outside_keeps_its_hours(small: SmallSalon) -> None:
    every_day(small)
    small.book(at(15, days=1))
    wishes = [DayWish(small.olga, TODAY + n * DAY, MORNING) for n in (1, 2)]
    assert [one.starts_at for one in shifts.outside(small.database, wishes)] == [at(15, days=1)]
    done = carry_out(small.salon, shifts.set_days, wishes).value
    assert (done.changed, done.kept) == (1, (TOMORROW,))
    assert hours(small, TOMORROW, 2) == [NINE, MORNING]
    with pytest.raises(ShiftBegun):
        carry_out(small.salon, shifts.set_days, [DayWish(small.olga, TODAY - DAY, OFF)])


# ---- holidays ------------------------------------------------------------------------------------------------


def test_a_holiday_closes_the_salon_but_under_nobodys_visit(small: SmallSalon) -> None:
    every_day(small)
    holiday = date(2026, 6, 12)
    days = (holiday - TODAY).days
    visit = small.book(at(12, days=days), staff=small.maria)
    assert [one.visit_id for one in holidays.visits_on(small.database, [holiday])] == [visit]
    done = carry_out(small.salon, holidays.plan, [ClosedDay(holiday, "День России")]).value
    assert done.kept == (holiday,)
    assert day_of(small, small.olga, holiday).hours == OFF
    assert day_of(small, small.olga, holiday).holiday == "День России"
    assert day_of(small, small.maria, holiday).hours == NINE
    (standing,) = holidays.standing(small.database, TODAY, holiday)
    carry_out(small.salon, holidays.end, standing.holiday_id)
    assert day_of(small, small.olga, holiday).hours == NINE


def test_the_public_holidays_are_those_of_the_labour_code() -> None:
    by_law = {(1, n) for n in range(1, 9)} | {(2, 23), (3, 8), (5, 1), (5, 9), (6, 12), (11, 4)}
    for language in Language:
        offered = holidays.public(date(2026, 1, 1), date(2028, 12, 31), language)
        assert {one.day for one in offered} == {date(y, m, d) for y in (2026, 2027, 2028) for m, d in by_law}
        assert all(one.name for one in offered)
    assert [one.name for one in holidays.public(TODAY, date(2026, 6, 30), Language.RUSSIAN)] == ["День России"]


def test_the_plan_of_a_month_takes_seven_queries(small: SmallSalon) -> None:
    every_day(small)
    asked: list[str] = []
    small.database.connection.set_trace_callback(asked.append)
    shifts.planned(small.database, TODAY, TODAY + 30 * DAY)
    small.database.connection.set_trace_callback(None)
    assert len(asked) == 7


def test_the_calendar_reads_the_same_shifts(small: SmallSalon) -> None:
    every_day(small)
    carry_out(small.salon, absences.fall_ill, small.olga, TOMORROW)
    columns = {one.staff_id: one for one in agenda.of_day(small.database, TOMORROW).masters}
    assert columns[small.olga].shifts == ()
    assert len(columns[small.maria].shifts) == 1
