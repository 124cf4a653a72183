"""Whatever is done to a series, in whatever order: the past stays, and no visit comes or goes unasked."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from app.errors import SalonError
from app.models.kept import read_wall
from app.salon import check as whole_salon
from app.salon.reminders import queue
from app.salon.scheduling import booking, series
from app.salon.scheduling.recurrence import Pattern
from app.salon.scheduling.series_check import check
from app.salon.transaction import Done, carry_out
from app.salon.undo import take_back
from app.vocabulary import AWAITED_STATUSES, CancelReason, SeriesScope, SeriesUnit, VisitStatus
from tests.builders import SmallSalon, at, small_salon

which = st.integers(0, 11)
scopes = st.sampled_from(SeriesScope)
_TABLES = ("visit", "booked_service", "occupancy", "visit_step", "reminder", "series")
_OF_VISIT = """
SELECT v.id, v.client_id, v.day, v.status, v.comment, v.series_id, v.is_exception, b.id, b.staff_id, b.starts_at,
       b.ends_at, b.price
FROM visit v JOIN booked_service b ON b.visit_id = v.id ORDER BY v.id, b.id
"""


class LifeOfASeries(RuleBasedStateMachine):
    """One client, every week or every other day; the front desk does with it what it likes, and time goes on."""

    @initialize(every=st.integers(1, 2), unit=st.sampled_from(SeriesUnit), times=st.integers(3, 6))
    def book_it(self, every: int, unit: SeriesUnit, times: int) -> None:
        self.small: SmallSalon = small_salon()
        self.first = self.small.book(at(15, days=1), self.small.client())
        self.small.book(at(16, days=8), self.small.client("Вера"))
        pattern = Pattern(unit, every, times=times)
        planned = series.repeats(self.small.salon, self.first, pattern)
        carry_out(self.small.salon, series.book_series, self.first, pattern, planned)
        self.last: Done[Any] | None = None

    def teardown(self) -> None:
        if hasattr(self, "small"):
            self.small.database.close()

    # ---- what the front desk does --------------------------------------------------------------------------

    def chosen(self, number: int) -> int:
        ids = [
            row[0] for row in self.small.database.rows("SELECT id FROM visit WHERE series_id IS NOT NULL ORDER BY id")
        ]
        return ids[number % len(ids)]

    def history(self) -> set[int]:
        """The visits that have begun, or that nobody awaits any more."""
        now = self.small.salon.wall_now()
        rows = self.small.database.rows(
            "SELECT v.id, v.status, b.starts_at FROM visit v JOIN booked_service b ON b.visit_id = v.id"
        )
        return {
            visit for visit, word, start in rows if VisitStatus(word) not in AWAITED_STATUSES or read_wall(start) <= now
        }

    def everything(self) -> list[Any]:
        return [self.small.database.rows(f"SELECT * FROM {name} ORDER BY id") for name in _TABLES]

    def act(self, operation: Callable[..., Any], *args: Any, meant: int | None = None, added: int = 0) -> None:
        """Do it; ``meant`` may change although it is history, ``added`` visits come."""
        old, before = self.history() - {meant}, self.everything()
        kept = [row for row in self.small.database.rows(_OF_VISIT) if row[0] in old]
        count = self.small.database.value("SELECT count(*) FROM visit")
        try:
            self.last = carry_out(self.small.salon, operation, *args)
        except SalonError:
            assert self.everything() == before, "a refusal changed something"
            return
        assert [row for row in self.small.database.rows(_OF_VISIT) if row[0] in old] == kept, "the past was changed"
        assert self.small.database.value("SELECT count(*) FROM visit") == count + added

    @rule(number=which, days=st.integers(-1, 2), quarters=st.integers(-8, 8), with_olga=st.booleans())
    def move_one(self, number: int, days: int, quarters: int, with_olga: bool) -> None:
        visit = self.chosen(number)
        booked = self.small.booked_service(visit)
        start = read_wall(self.small.database.value("SELECT starts_at FROM booked_service WHERE id = ?", (booked,)))
        there = start + timedelta(days=days, minutes=15 * quarters)
        self.act(booking.move, booked, self.small.olga if with_olga else self.small.maria, there, meant=visit)

    @rule(number=which)
    def cancel_one(self, number: int) -> None:
        self.act(booking.cancel, self.chosen(number), CancelReason.CLIENT_ILL, meant=self.chosen(number))

    @rule(number=which, status=st.sampled_from([VisitStatus.COMPLETED, VisitStatus.NO_SHOW, VisitStatus.BOOKED]))
    def tell_how_it_went(self, number: int, status: VisitStatus) -> None:
        self.act(booking.set_status, self.chosen(number), status, meant=self.chosen(number))

    @rule(number=which, scope=scopes, way=st.integers(0, 3))
    def let_the_others_follow(self, number: int, scope: SeriesScope, way: int) -> None:
        """As they come, at the first proposal, or left where they are."""
        visit = self.chosen(number)
        found = check(self.small.salon, series.following(self.small.salon, visit, scope))
        chosen = [
            one.planned if one.problem is None or not way else one.proposals[0]
            for one in found
            if one.problem is None or way == 0 or (way == 1 and one.proposals)
        ]
        self.act(series.follow, visit, scope, chosen, meant=None)

    @rule(number=which, scope=scopes, with_apart=st.booleans())
    def cancel_the_rest(self, number: int, scope: SeriesScope, with_apart: bool) -> None:
        def rest(work: Any) -> int:
            visit = self.chosen(number)
            return series.cancel(work, visit, scope, CancelReason.CLIENT_ASKED, with_apart=with_apart)

        self.act(rest)

    @rule(number=which, times=st.integers(1, 2))
    def go_on(self, number: int, times: int) -> None:
        visit = self.chosen(number)
        series_id = series.of_visit(self.small.database, visit)
        assert series_id is not None
        pattern = Pattern(SeriesUnit.WEEK, 1, times=times)
        planned = series.further(self.small.salon, series_id, times=times, until=None)

        def further(work: Any) -> Any:
            return series.book_series(work, visit, pattern, planned, series_id=series_id)

        self.act(further, added=len(planned))

    @rule(number=which, unit=st.sampled_from(SeriesUnit), every=st.integers(1, 3), times=st.integers(2, 4))
    def take_another_pattern(self, number: int, unit: SeriesUnit, every: int, times: int) -> None:
        visit, pattern = self.chosen(number), Pattern(unit, every, times=times)
        found = series.rearranged(self.small.salon, visit, pattern)
        added = sum(one.visit_id is None for one in found.planned)
        self.act(series.rearrange, visit, pattern, found.planned, added=added)

    @rule(days=st.integers(1, 9))
    def time_goes_on(self, days: int) -> None:
        self.small.clock.advance(timedelta(days=days))
        self.last = None

    @rule()
    def take_back_the_last(self) -> None:
        if self.last is None or self.last.entry_id is None:
            return
        entry, self.last = self.last.entry_id, None
        carry_out(self.small.salon, take_back, entry)

    # ---- what must be true ---------------------------------------------------------------------------------

    @invariant()
    def the_salon_is_whole(self) -> None:
        if not hasattr(self, "small"):
            return
        database = self.small.database
        assert whole_salon.faults(database) == []
        # Every awaited visit of the client is reminded of once, at its own moment.
        now = self.small.salon.wall_now()
        for visit, word, start in database.rows(
            "SELECT v.id, v.status, b.starts_at FROM visit v JOIN booked_service b ON b.visit_id = v.id"
        ):
            lines = [line for line in queue.of_visit(database, visit) if line.is_open]
            due = read_wall(start).replace(hour=12, minute=0) - timedelta(days=1)
            if VisitStatus(word) in AWAITED_STATUSES and due > now:
                assert [line.due_at for line in lines] == [due]
            elif VisitStatus(word) not in AWAITED_STATUSES:
                assert lines == []


QUICK = settings(
    max_examples=settings().max_examples // 3,
    stateful_step_count=14,
)
LifeOfASeries.TestCase.settings = QUICK
TestLifeOfASeries = LifeOfASeries.TestCase


@pytest.mark.slow
def test_a_long_life_of_a_series() -> None:
    run_state_machine_as_test(LifeOfASeries, settings=settings(QUICK, max_examples=400, stateful_step_count=40))
