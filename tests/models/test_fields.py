"""Values as the database keeps them."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, strategies as st

from app.models import kept
from app.models.fields import Day, Instant, WallClock, WordField, Words
from app.vocabulary import VisitStatus

to_the_minute = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)).map(
    lambda t: t.replace(second=0, microsecond=0)
)


@given(to_the_minute)
def test_planned_time_comes_back_as_it_was_written(moment: datetime) -> None:
    field = WallClock()
    assert field.python_value(field.db_value(moment)) == moment


@given(to_the_minute, to_the_minute)
def test_planned_times_sort_as_text(one: datetime, other: datetime) -> None:
    assert (one < other) == (kept.wall_text(one) < kept.wall_text(other))


@given(
    st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)), st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1))
)
def test_moments_sort_as_text_whatever_their_zone(one: datetime, other: datetime) -> None:
    here = one.replace(tzinfo=timezone(timedelta(hours=3)))
    there = other.replace(tzinfo=UTC)
    assert (here < there) == (kept.instant_text(here) < kept.instant_text(there))
    assert Instant().python_value(Instant().db_value(here)) == here


@pytest.mark.parametrize(
    "bad",
    [datetime(2026, 5, 14, 15, 30, tzinfo=UTC), datetime(2026, 5, 14, 15, 30, 1), datetime(2026, 5, 14, 15, 30, 0, 5)],
)
def test_planned_time_is_naive_and_to_the_minute(bad: datetime) -> None:
    with pytest.raises(ValueError, match="wall time"):
        WallClock().db_value(bad)


def test_a_moment_that_happened_knows_its_zone() -> None:
    with pytest.raises(ValueError, match="aware"):
        Instant().db_value(datetime(2026, 5, 14, 15, 30))


def test_a_day_has_no_hour() -> None:
    assert Day().python_value(Day().db_value(date(2026, 5, 14))) == date(2026, 5, 14)
    with pytest.raises(TypeError):
        Day().db_value(datetime(2026, 5, 14, 15, 30))


def test_a_word_outside_the_list_is_refused() -> None:
    field = WordField(VisitStatus)
    assert field.python_value(field.db_value(VisitStatus.ARRIVED)) is VisitStatus.ARRIVED
    with pytest.raises(ValueError, match="wandered_off"):
        field.db_value("wandered_off")


def test_nothing_stays_nothing_and_nul_is_dropped() -> None:
    for field in (WallClock(), Instant(), Day(), WordField(VisitStatus), Words()):
        assert field.db_value(None) is None
    assert WallClock().python_value(None) is None
    assert Instant().python_value(None) is None
    assert Day().python_value(None) is None
    assert WordField(VisitStatus).python_value(None) is None
    assert Words().db_value("Ан\x00на") == "Анна"
