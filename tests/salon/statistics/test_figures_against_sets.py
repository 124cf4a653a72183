"""Any past: the figures agree with a count written straight from the definitions, with sets and nothing else."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given, settings, strategies as st

from app.salon.statistics.figures import compute
from app.salon.statistics.periods import Period
from app.salon.statistics.results import FigureResult, Group, RowKind
from app.vocabulary import Figure, VisitStatus
from tests.salon.statistics.told import Past

SUNDAY = date(2026, 3, 1)
SPAN = 260
"""Days of the made-up past: more than two windows of 90 days."""


@dataclass(frozen=True, slots=True)
class Told:
    """One visit as the example tells it; staff by place in the list of the salon's people."""

    client: int | None
    day: date
    staff: tuple[int, ...]
    status: VisitStatus


DAYS = st.integers(0, SPAN).map(lambda days: SUNDAY + timedelta(days=days))
NEAR_A_WINDOW = st.sampled_from([0, 1, 30, 89, 90, 91, 120, 180]).map(lambda days: SUNDAY + timedelta(days=days))
STATUSES = st.sampled_from(
    [VisitStatus.COMPLETED] * 5 + [VisitStatus.NO_SHOW, VisitStatus.CANCELLED, VisitStatus.BOOKED]
)
VISITS = st.lists(
    st.builds(
        Told,
        st.one_of(st.none(), st.integers(0, 3), st.integers(0, 3), st.integers(0, 3)),
        st.one_of(NEAR_A_WINDOW, DAYS),
        st.lists(st.integers(0, 3), min_size=1, max_size=3).map(tuple),
        STATUSES,
    ),
    max_size=14,
)
PERIODS = st.tuples(st.one_of(NEAR_A_WINDOW, DAYS), st.integers(0, 60)).map(
    lambda drawn: Period(drawn[0], drawn[0] + timedelta(days=drawn[1]))
)


@pytest.fixture(scope="module")
def past() -> Iterator[Past]:
    """One salon for all examples: four clients, Olga, Maria, the house, and Vera, who has left."""
    told = Past()
    told.staff("Вера", left=True)
    for name in ("Анна", "Белла", "Вика", "Галя"):
        told.client(name)
    yield told
    told.database.close()


def tell(past: Past, visits: list[Told]) -> None:
    """Replace the salon's past by ``visits``."""
    past.database.rows("DELETE FROM booked_service")
    past.database.rows("DELETE FROM visit")
    with past.database.writing():
        for one in visits:
            client = None if one.client is None else one.client + 1
            past.visit(client, one.day, *(place + 1 for place in one.staff), status=one.status)


# ---- the count by definition -----------------------------------------------------------------------------------

Sets = tuple[set[int], set[int], set[int]]
"""Numerator, denominator, immature."""


@dataclass(frozen=True, slots=True)
class Book:
    """All (client, staff, date) of completed services of clients up to today."""

    came: frozenset[tuple[int, int, date]]
    today: date

    def days(self, client: int, master: int | None = None) -> set[date]:
        return {d for c, m, d in self.came if c == client and master in (None, m)}

    def users(self, period: Period, master: int | None = None) -> set[int]:
        """U(P)."""
        return {c for c, m, d in self.came if period.begins <= d <= period.ends and master in (None, m)}

    def new(self, period: Period) -> set[int]:
        """New(P): F(c) in P."""
        return {c for c in self.users(period) if period.begins <= min(self.days(c)) <= period.ends}

    def in_group(self, group: Group, period: Period, clients: set[int]) -> set[int]:
        return {
            Group.ALL: clients,
            Group.NEW: clients & self.new(period),
            Group.EXISTING: clients - self.new(period),
        }[group]

    def two_periods(self, visits: Period, returns: Period, group: Group, master: int | None) -> Sets:
        came = self.in_group(group, visits, self.users(visits, master))
        if returns.ends > self.today:
            return set(), set(), came
        return came & self.users(returns, master), came, set()

    def revisit(self, visits: Period, group: Group, master: int | None, back_to: int | None) -> Sets:
        came = self.in_group(group, visits, self.users(visits, master))
        anchor = {c: min(d for d in self.days(c, master) if visits.begins <= d <= visits.ends) for c in came}
        immature = {c for c in came if anchor[c] + timedelta(days=90) > self.today}
        back = {c for c in came if any(anchor[c] < d <= anchor[c] + timedelta(days=90) for d in self.days(c, back_to))}
        return back - immature, came - immature, immature

    def second_visit(self, visits: Period, *, within: int | None) -> Sets:
        new = self.new(visits)
        first = {c: min(self.days(c)) for c in new}
        if within is None:
            return {c for c in new if len(self.days(c)) > 1}, new, set()
        window = timedelta(days=within)
        immature = {c for c in new if first[c] + window > self.today}
        back = {c for c in new if {d for d in self.days(c) if d > first[c] and d <= first[c] + window}}
        return back - immature, new - immature, immature


def book_of(visits: list[Told], today: date) -> Book:
    return Book(
        frozenset(
            (one.client + 1, place + 1, one.day)
            for one in visits
            for place in one.staff
            if one.client is not None and one.status is VisitStatus.COMPLETED and one.day <= today
        ),
        today,
    )


def agree(result: FigureResult, expected: Callable[[RowKind, Group, int | None], Sets]) -> None:
    for row in result.rows:
        numerator, denominator, immature = expected(row.kind, row.group, row.staff_id)
        assert set(row.numerator_clients) == numerator, row
        assert set(row.denominator_clients) == denominator, row
        assert set(row.immature_clients) == immature, row
        assert (row.numerator, row.denominator, row.immature) == (len(numerator), len(denominator), len(immature))


def sound(result: FigureResult) -> None:
    """What holds for every row of every figure, whatever the definition."""
    for row in result.rows:
        assert set(row.numerator_clients) <= set(row.denominator_clients)
        assert not set(row.immature_clients) & set(row.denominator_clients)
        for clients in (row.numerator_clients, row.denominator_clients, row.immature_clients, row.lost_clients):
            assert list(clients) == sorted(set(clients))
        assert len(row.lost_clients) == row.lost
        assert (row.percent is None) == (row.denominator == 0)
        assert row.percent is None or 0 <= row.percent <= 100
        assert bool(row.immature_text) == bool(row.immature)
        for beside in row.beside:
            assert beside.number
            assert set(beside.clients) <= set(row.immature_clients)


# ---- the tests -------------------------------------------------------------------------------------------------


@settings(max_examples=settings().max_examples // 2)
@given(VISITS, PERIODS, DAYS, st.integers(0, 40), st.integers(0, 60))
def test_return_two_periods(past: Past, visits: list[Told], period: Period, today: date, gap: int, longer: int) -> None:
    tell(past, visits)
    begins = period.ends + timedelta(days=1 + gap)
    returns = Period(begins, begins + timedelta(days=longer))
    book = book_of(visits, today)

    result = compute(past.database, Figure.RETURN_TWO_PERIODS, period, today=today, return_period=returns)

    agree(result, lambda _kind, group, master: book.two_periods(period, returns, group, master))
    sound(result)
    shown = {row.staff_id for row in result.rows}
    assert {None, past.olga, past.maria} <= shown
    assert (4 in shown) == bool(book.users(period, 4)), "Vera left: only in periods in which she worked"


@settings(max_examples=settings().max_examples // 2)
@given(VISITS, PERIODS, DAYS)
def test_revisit_90(past: Past, visits: list[Told], period: Period, today: date) -> None:
    tell(past, visits)
    book = book_of(visits, today)

    result = compute(past.database, Figure.REVISIT_90, period, today=today)

    agree(
        result,
        lambda kind, group, master: book.revisit(period, group, master, master if kind is RowKind.MASTER else None),
    )
    sound(result)


@settings(max_examples=settings().max_examples // 2)
@given(VISITS, PERIODS, DAYS)
def test_first_to_second(past: Past, visits: list[Told], period: Period, today: date) -> None:
    tell(past, visits)
    book = book_of(visits, today)

    result = compute(past.database, Figure.FIRST_TO_SECOND, period, today=today)

    agree(
        result,
        lambda kind, _group, _master: book.second_visit(
            period, within=90 if kind is RowKind.SECOND_WITHIN_90 else None
        ),
    )
    sound(result)


@settings(max_examples=settings().max_examples // 2)
@given(VISITS, PERIODS, DAYS)
def test_no_show_rate(past: Past, visits: list[Told], period: Period, today: date) -> None:
    tell(past, visits)
    here = [one for one in visits if period.begins <= one.day <= period.ends and one.day <= today]
    missed = [one for one in here if one.status is VisitStatus.NO_SHOW]
    ended = [one for one in here if one.status in {VisitStatus.NO_SHOW, VisitStatus.COMPLETED}]

    salon, late = compute(past.database, Figure.NO_SHOW_RATE, period, today=today).rows

    assert (salon.numerator, salon.denominator, salon.immature) == (len(missed), len(ended), 0)
    assert set(salon.numerator_clients) == {one.client + 1 for one in missed if one.client is not None}
    assert set(salon.denominator_clients) == {one.client + 1 for one in ended if one.client is not None}
    still_open = sum(one.status is VisitStatus.BOOKED for one in here)
    assert sum(one.number for one in salon.beside) == still_open
    assert (late.numerator, late.denominator) == (0, 0), "nobody knows when imported visits were cancelled"
    assert sum(one.number for one in late.beside) == sum(one.status is VisitStatus.CANCELLED for one in here)
