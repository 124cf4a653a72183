"""Who works here, as the list tells it and the form changes it."""

from datetime import date, timedelta

from app.salon import undo
from app.salon.catalogue import rosters, shifts, staff
from app.salon.catalogue.patterns import Stretch, weekly
from app.salon.catalogue.staff import StaffFacts, WorkingHours
from app.salon.transaction import carry_out
from tests.builders import TODAY, SmallSalon, at

TOMORROW = TODAY + timedelta(days=1)


def working_days(small: SmallSalon) -> list[date]:
    """The days from today on on which Olga works."""
    (olga,) = (one for one in shifts.planned(small.database, TODAY, date(2026, 7, 31)) if one.staff_id == small.olga)
    return [one.day for one in olga.days if one.hours]


def test_the_list_says_who_works_when_and_does_what(small: SmallSalon) -> None:
    small.book(at(15), small.client())
    mornings = weekly(TOMORROW, dict.fromkeys(range(7), (Stretch(9 * 60, 14 * 60),)), TODAY + timedelta(days=7))
    carry_out(small.salon, rosters.plan, small.olga, mornings)
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
    before = working_days(small)
    done = carry_out(small.salon, staff.archive, small.olga)
    ahead = small.database.rows("SELECT day FROM shift WHERE staff_id = ? AND day >= ?", (small.olga, str(TODAY)))
    assert [row[0] for row in ahead] == [str(TODAY), str(TODAY + timedelta(days=5))]
    assert done.entry_id is not None
    carry_out(small.salon, undo.take_back, done.entry_id)
    assert working_days(small) == before
