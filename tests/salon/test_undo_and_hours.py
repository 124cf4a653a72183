"""Taking an act back takes no hours away from under a visit, and brings none back where nobody works any more."""

from datetime import timedelta

import pytest

from app.errors import ChangedSince
from app.salon import undo
from app.salon.catalogue import absences, rosters, shifts
from app.salon.catalogue.absences import AbsencePlan
from app.salon.catalogue.patterns import Cycle, Stretch, cyclic
from app.salon.scheduling import booking, calls
from app.salon.transaction import carry_out
from app.vocabulary import AbsenceKind, CancelReason, VisitStatus
from tests.builders import TODAY, SmallSalon, at

THURSDAY = TODAY + timedelta(days=2)
NINE = (Stretch(9 * 60, 21 * 60),)
LONG = (Stretch(9 * 60, 23 * 60),)


def vacation(small: SmallSalon) -> int:
    plan = AbsencePlan(small.olga, THURSDAY, THURSDAY, AbsenceKind.VACATION)
    return carry_out(small.salon, absences.plan, plan).value


def test_longer_hours_stay_where_somebody_was_booked_in_them(small: SmallSalon) -> None:
    longer = carry_out(small.salon, shifts.set_days, [shifts.DayWish(small.olga, THURSDAY, LONG)])
    visit = small.book(at(22, days=2))
    with pytest.raises(ChangedSince):
        carry_out(small.salon, undo.take_back, longer.entry_id or 0)
    carry_out(small.salon, booking.cancel, visit, CancelReason.CLIENT_ASKED)
    carry_out(small.salon, undo.take_back, longer.entry_id or 0)


def test_a_roster_stays_where_somebody_was_booked_by_it(small: SmallSalon) -> None:
    planned = carry_out(small.salon, rosters.plan, small.olga, cyclic(THURSDAY, Cycle(1, 0), LONG))
    small.book(at(21, 30, days=3))
    with pytest.raises(ChangedSince):
        carry_out(small.salon, undo.take_back, planned.entry_id or 0)


@pytest.mark.parametrize("act", ["cancelled", "moved", "booked and taken back"])
def test_nobody_comes_back_to_a_master_who_is_away_by_now(small: SmallSalon, act: str) -> None:
    visit = small.book(at(15, days=2))
    if act == "moved":
        done = carry_out(small.salon, booking.move, small.booked_service(visit), small.olga, at(15, days=6))
    elif act == "cancelled":
        done = carry_out(small.salon, booking.cancel, visit, CancelReason.CLIENT_ASKED)
    else:
        last = small.database.value("SELECT MAX(id) FROM journal_entry")
        done = carry_out(small.salon, undo.take_back, last)
    away = vacation(small)
    with pytest.raises(ChangedSince):
        carry_out(small.salon, undo.take_back, done.entry_id or 0)
    assert calls.of_absence(small.salon, away).calls == ()


def test_who_is_on_the_list_of_calls_comes_back_to_it(small: SmallSalon) -> None:
    visit = small.book(at(15, days=2))
    away = vacation(small)
    done = carry_out(small.salon, calls.cancel, visit)
    carry_out(small.salon, undo.take_back, done.entry_id or 0)
    assert small.status(visit) is VisitStatus.BOOKED
    assert [one.is_settled for one in calls.of_absence(small.salon, away).calls] == [False]


def test_an_absence_is_undone_and_done_again_over_its_visits(small: SmallSalon) -> None:
    small.book(at(15, days=2))
    plan = AbsencePlan(small.olga, THURSDAY, THURSDAY, AbsenceKind.VACATION)
    done = carry_out(small.salon, absences.plan, plan)
    undone = carry_out(small.salon, undo.take_back, done.entry_id or 0)
    again = carry_out(small.salon, undo.take_back, undone.entry_id or 0)
    carry_out(small.salon, undo.take_back, again.entry_id or 0)
    small.book(at(17, days=2))
    last = small.database.value("SELECT id FROM journal_entry WHERE undoes = ?", (again.entry_id,))
    with pytest.raises(ChangedSince):
        carry_out(small.salon, undo.take_back, last)
