"""Who works here, what they can do, and when."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from app.errors import BadDuration, Gone, NameMissing
from app.models.kept import read_wall
from app.salon.catalogue import services, staff
from app.salon.catalogue.staff import WorkingHours
from app.salon.scheduling import agenda, day_list, loads
from app.salon.transaction import carry_out
from app.vocabulary import Topic
from tests.builders import TODAY, SmallSalon, at, small_salon

AUGUST = date(2026, 8, 3)
"""A Monday after the last planned shift of the small salon."""
FIVE_DAYS = [WorkingHours(weekday, 10 * 60, 19 * 60) for weekday in range(5)]


def shifts(small: SmallSalon, master: int, since: date = AUGUST) -> list[tuple[datetime, datetime]]:
    """A master's shifts from a day on."""
    rows = small.database.rows(
        "SELECT starts_at, ends_at FROM shift WHERE staff_id = ? AND day >= ? ORDER BY starts_at",
        (master, since.isoformat()),
    )
    return [(read_wall(start), read_wall(end)) for start, end in rows]


# ---- people --------------------------------------------------------------------------------------------------


def test_everybody_has_their_roles(small: SmallSalon) -> None:
    carry_out(small.salon, staff.add, "Ирина", "администратор", position=2, is_master=False, is_administrator=True)
    carry_out(small.salon, staff.add, "Вера", position=3, is_owner=True)
    olga, _maria, irina, vera = staff.here(small.database)
    assert (olga.name, olga.title, olga.is_master) == ("Ольга Белова", "мастер маникюра", True)
    assert (irina.is_master, irina.is_administrator, irina.is_owner) == (False, True, False)
    assert (vera.is_master, vera.is_owner) == (True, True)
    assert [one.name for one in staff.masters(small.database)] == ["Ольга Белова", "Мария Ким", "Вера"]


def test_a_colleague_has_a_name(small: SmallSalon) -> None:
    for name in ("", "  "):
        with pytest.raises(NameMissing):
            carry_out(small.salon, staff.add, name)
    assert len(staff.here(small.database)) == 2
    carry_out(small.salon, staff.add, "  Ирина ", " стажёр ")
    assert ("Ирина", "стажёр") in [(one.name, one.title) for one in staff.here(small.database)]


def test_who_leaves_keeps_their_visits(small: SmallSalon) -> None:
    visit = small.book(at(15), small.client())
    done = carry_out(small.salon, staff.archive, small.olga)
    assert [one.staff_id for one in staff.here(small.database)] == [small.maria]
    assert small.booked_service(visit)
    assert done.changes.concerns(Topic.STAFF)
    with pytest.raises(Gone):
        carry_out(small.salon, staff.archive, 4711)


def test_who_serves_at_the_desk_from_now_on_keeps_her_visits_in_sight(small: SmallSalon) -> None:
    """Nobody comes to a master whom no calendar shows; the days without a visit are only her shifts at the desk."""
    day = TODAY + timedelta(days=1)
    small.book(at(15, days=1), small.client())
    at_the_desk = staff.StaffFacts("Ольга Белова", is_master=False, is_administrator=True)
    carry_out(small.salon, staff.keep, small.olga, at_the_desk, [])
    today, tomorrow = agenda.of_days(small.database, TODAY, 2)
    assert [one.staff_id for one in today.masters] == [small.maria]
    assert [one.staff_id for one in tomorrow.masters] == [small.olga, small.maria]
    assert [one.staff_id for one in loads.of_masters(small.database, day, 1)] == [small.olga, small.maria]
    assert [one.staff_id for one in loads.of_masters(small.database, TODAY, 1)] == [small.maria]
    assert [one.staff_id for one in day_list.of_day(small.database, TODAY).days] == [small.maria]
    listed = day_list.of_day(small.database, day)
    assert ([one.staff_id for one in listed.days], listed.visits) == ([small.olga, small.maria], 1)
    counted = [one.load_percent for one in loads.of_days(small.database, TODAY, 2)]
    assert counted == [today.load_percent, tomorrow.load_percent]


def test_a_skill_is_noted_once(small: SmallSalon) -> None:
    for _ in range(2):
        carry_out(small.salon, staff.can_do, small.olga, [small.manicure, small.colouring, small.colouring])
    colouring = next(one for one in services.offered(small.database) if one.service_id == small.colouring)
    assert colouring.masters == (small.olga, small.maria)


# ---- shifts --------------------------------------------------------------------------------------------------


def test_two_weeks_from_monday_to_friday(small: SmallSalon) -> None:
    last = AUGUST + timedelta(days=13)
    done = carry_out(small.salon, staff.plan_weeks, small.olga, FIVE_DAYS, AUGUST, last)
    planned = shifts(small, small.olga)
    assert len(planned) == 10
    assert planned[0] == (datetime(2026, 8, 3, 10), datetime(2026, 8, 3, 19))
    assert planned[-1][0] == datetime(2026, 8, 14, 10)
    assert shifts(small, small.maria) == []
    assert done.changes.topics == {Topic.STAFF}
    assert min(done.changes.days) == AUGUST


def test_a_day_that_is_planned_already_is_left_alone(small: SmallSalon) -> None:
    """The short Wednesday was agreed upon; planning the month must not make it long."""
    short = [WorkingHours(2, 12 * 60, 16 * 60)]
    carry_out(small.salon, staff.plan_weeks, small.olga, short, AUGUST, AUGUST + timedelta(days=6))
    for _ in range(2):
        carry_out(small.salon, staff.plan_weeks, small.olga, FIVE_DAYS, AUGUST, AUGUST + timedelta(days=6))
    planned = shifts(small, small.olga)
    assert len(planned) == 5
    assert (datetime(2026, 8, 5, 12), datetime(2026, 8, 5, 16)) in planned


def test_nobody_finishes_before_beginning(small: SmallSalon) -> None:
    for hours in (WorkingHours(0, 600, 600), WorkingHours(0, 600, 540)):
        with pytest.raises(BadDuration):
            carry_out(small.salon, staff.plan_weeks, small.olga, [FIVE_DAYS[1], hours], AUGUST, AUGUST)
    assert shifts(small, small.olga) == []


def test_no_days_no_shifts(small: SmallSalon) -> None:
    carry_out(small.salon, staff.plan_weeks, small.olga, FIVE_DAYS, AUGUST, AUGUST - timedelta(days=1))
    carry_out(small.salon, staff.plan_weeks, small.olga, [], AUGUST, AUGUST + timedelta(days=30))
    assert shifts(small, small.olga) == []


HOURS = st.dictionaries(st.integers(0, 6), st.tuples(st.integers(0, 80), st.integers(1, 15)), max_size=7).map(
    lambda found: [WorkingHours(day, opens * 15, (opens + length) * 15) for day, (opens, length) in found.items()]
)


@given(HOURS, st.integers(0, 40))
def test_every_working_weekday_gets_its_shift_and_no_other(hours: list[WorkingHours], days: int) -> None:
    small = small_salon()
    last = AUGUST + timedelta(days=days)
    carry_out(small.salon, staff.plan_weeks, small.olga, hours, AUGUST, last)
    by_weekday = {one.weekday: one for one in hours}
    expected = []
    for offset in range(days + 1):
        midnight = datetime(2026, 8, 3) + timedelta(days=offset)
        one = by_weekday.get(midnight.weekday())
        if one:
            expected.append((midnight + timedelta(minutes=one.opens), midnight + timedelta(minutes=one.closes)))
    assert shifts(small, small.olga) == expected
    small.database.close()
