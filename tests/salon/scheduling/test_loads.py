"""How full days are: the month and the week of all, counted as the day itself counts."""

from datetime import timedelta

from app.clock import standing_at
from app.salon.catalogue import absences, staff
from app.salon.scheduling import agenda, blocks, booking, loads
from app.salon.scheduling.booking import BookingRequest
from app.salon.transaction import carry_out
from app.vocabulary import AbsenceKind, BlockKind, CancelReason, VisitStatus
from tests.builders import TODAY, ZONE, SmallSalon, at, small_salon


def busy() -> SmallSalon:
    small = small_salon()
    pair = (small.wish(at(10)), small.wish(at(11), service=small.colouring))
    carry_out(small.salon, booking.book, BookingRequest(small.client(), pair))
    small.book(at(15), small.client("Вера Ломова"))
    off = small.book(at(17), small.client("Инна Зуева"))
    carry_out(small.salon, booking.cancel, off, CancelReason.CLIENT_ILL)
    small.book(at(9, days=1), service=small.pedicure)
    carry_out(small.salon, blocks.block_time, small.olga, at(13), at(14), BlockKind.BREAK)
    return small


def test_a_day_counts_in_the_month_as_it_counts_by_itself() -> None:
    small = busy()
    read = loads.of_days(small.database, TODAY, 3)
    for load in read:
        day = agenda.of_day(small.database, load.day)
        assert (load.visits, load.load_percent) == (day.visits, day.load_percent)
        assert load.booked_minutes == sum(master.booked_minutes for master in day.masters)
    assert [load.visits for load in read] == [2, 1, 0]


def test_the_hours_at_the_desk_make_no_month_emptier() -> None:
    """An administrator has shifts too, but nobody is booked with them."""
    small = busy()
    before = [load.load_percent for load in loads.of_days(small.database, TODAY, 2)]
    desk = staff.StaffFacts("Ирина", is_master=False, is_administrator=True)
    irina = carry_out(small.salon, staff.keep, None, desk, []).value
    hours = [staff.WorkingHours(weekday, 9 * 60, 21 * 60) for weekday in range(7)]
    carry_out(small.salon, staff.plan_weeks, irina, hours, TODAY, TODAY + timedelta(days=6))
    assert [load.load_percent for load in loads.of_days(small.database, TODAY, 2)] == before
    assert irina not in {week.staff_id for week in loads.of_masters(small.database, TODAY, 7)}


def test_a_master_counts_in_the_week_as_on_the_day() -> None:
    small = busy()
    for number, day in enumerate(agenda.of_days(small.database, TODAY, 2)):
        for master, week in zip(day.masters, loads.of_masters(small.database, TODAY, 2), strict=True):
            load = week.days[number].load
            assert week.staff_id == master.staff_id
            assert (load.booked_minutes, load.shift_minutes) == (master.booked_minutes, master.shift_minutes)


def test_free_time_is_what_nobody_has_and_begins_now() -> None:
    small = busy()
    olga = loads.of_masters(small.database, TODAY, 1)[0].days[0]
    spans = [(free.starts_at, free.ends_at) for free in olga.free(at(11, 30))]
    assert spans == [(at(11, 30), at(13)), (at(14), at(15)), (at(16), at(21))]
    assert olga.free_minutes(at(20)) == 60
    assert olga.free(at(9, days=1)) == ()


def test_who_left_is_in_the_week_only_while_they_have_something_in_it() -> None:
    small = busy()
    carry_out(small.salon, staff.archive, small.maria)
    assert [week.name for week in loads.of_masters(small.database, TODAY, 7)] == ["Ольга Белова", "Мария Ким"]
    later = TODAY + timedelta(days=200)
    assert [week.name for week in loads.of_masters(small.database, later, 7)] == ["Ольга Белова"]


def test_who_is_a_master_no_longer_is_in_the_week_with_a_visit_that_was_missed() -> None:
    """It stands in a column of theirs on the day, and the hours of that day count in the month."""
    small = busy()
    missed = small.book(at(18), small.client("Зоя Лапина"), staff=small.maria, service=small.colouring)
    small.clock.instant = standing_at(at(22), ZONE).instant
    carry_out(small.salon, booking.set_status, missed, VisitStatus.NO_SHOW)
    for visit in {one.visit_id for one in agenda.of_day(small.database, TODAY).entries} - {missed}:
        carry_out(small.salon, booking.cancel, visit, CancelReason.CLIENT_ILL)
    carry_out(small.salon, staff.keep, small.maria, staff.StaffFacts("Мария", "", False, True), [])
    (day,) = agenda.of_days(small.database, TODAY, 1)
    week = loads.of_masters(small.database, TODAY, 1)
    assert [one.staff_id for one in week] == [one.staff_id for one in day.masters] == [small.olga, small.maria]
    assert (week[1].days[0].load.visits, week[1].days[0].load.booked_minutes) == (0, 0)
    (month,) = loads.of_days(small.database, TODAY, 1)
    assert month.shift_minutes == sum(one.days[0].load.shift_minutes for one in week)
    assert [one.staff_id for one in loads.of_masters(small.database, TODAY + timedelta(days=1), 1)] == [small.olga]


def test_days_of_one_master_bring_whole_visits() -> None:
    small = busy()
    day, next_day = agenda.of_days(small.database, TODAY, 2, staff_id=small.maria)
    assert [entry.staff_id for entry in day.entries] == [small.olga, small.maria]
    assert next_day.entries == ()


def test_who_is_ill_has_no_load_of_clients_who_are_to_be_called() -> None:
    small = busy()
    seen, called_off = small.book(at(12), small.client("Зоя Лапина")), small.book(at(16), small.client("Яна Орлова"))
    carry_out(small.salon, booking.set_status, seen, VisitStatus.CONFIRMED)
    carry_out(small.salon, absences.fall_ill, small.olga)
    day = agenda.of_day(small.database, TODAY)
    olga, maria = day.masters
    assert (olga.absence, maria.absence) == (AbsenceKind.SICK_LEAVE, None)
    assert olga.booked_minutes == 0
    waiting = {entry.visit_id for entry in day.entries if entry.awaits_call}
    assert {seen, called_off} <= waiting
    assert all(entry.staff_id == small.olga for entry in day.entries if entry.awaits_call)
    carry_out(small.salon, booking.cancel, called_off, CancelReason.MASTER_ABSENT)
    left = agenda.of_day(small.database, TODAY, with_cancelled=True)
    assert not next(entry for entry in left.entries if entry.visit_id == called_off).awaits_call


def test_an_absence_counts_in_month_and_week_as_on_the_day() -> None:
    small = busy()
    carry_out(small.salon, absences.fall_ill, small.olga)
    days = agenda.of_days(small.database, TODAY, 2)
    assert [load.load_percent for load in loads.of_days(small.database, TODAY, 2)] == [d.load_percent for d in days]
    for number, day in enumerate(days):
        for master, week in zip(day.masters, loads.of_masters(small.database, TODAY, 2), strict=True):
            one = week.days[number]
            assert (one.load.booked_minutes, one.absence) == (master.booked_minutes, master.absence)
    assert [day.masters[0].absence for day in days] == [AbsenceKind.SICK_LEAVE, None]
