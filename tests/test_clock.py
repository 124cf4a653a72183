"""Planned time is what the wall shows; happened time is the same everywhere."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st

from app.clock import FixedClock, SystemClock, day_of, happens_once, standing_at, wall_time

ZONES = ["Europe/Moscow", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "UTC"]
WALL = st.datetimes(datetime(2000, 1, 1), datetime(2037, 12, 31)).map(lambda one: one.replace(second=0, microsecond=0))


def test_the_system_clock_tells_utc_and_goes_on() -> None:
    clock = SystemClock()
    before, after = clock.now(), clock.now()
    assert before.utcoffset() == timedelta(0)
    assert before <= after


def test_a_fixed_clock_stands_until_somebody_moves_it() -> None:
    clock = standing_at(datetime(2026, 5, 12, 11), "Europe/Moscow")
    assert clock.now() == clock.now() == datetime(2026, 5, 12, 8, tzinfo=UTC)
    clock.advance(timedelta(minutes=90))
    assert wall_time(clock.now(), "Europe/Moscow") == datetime(2026, 5, 12, 12, 30)


def test_a_new_fixed_clock_stands_on_a_working_day() -> None:
    assert FixedClock().now() == datetime(2026, 5, 12, 8, tzinfo=UTC)


def test_the_wall_shows_whole_minutes_and_no_zone() -> None:
    shown = wall_time(datetime(2026, 5, 12, 8, 30, 59, 999_999, tzinfo=UTC), "Europe/Moscow")
    assert shown == datetime(2026, 5, 12, 11, 30)
    assert shown.tzinfo is None


def test_the_salons_day_begins_at_its_own_midnight() -> None:
    late = datetime(2026, 5, 12, 21, 30, tzinfo=UTC)
    assert day_of(wall_time(late, "Europe/Moscow")) == date(2026, 5, 13)
    assert day_of(wall_time(late, "America/New_York")) == date(2026, 5, 12)


@pytest.mark.parametrize(
    ("wall", "zone", "once"),
    [
        (datetime(2026, 3, 29, 2, 30), "Europe/Berlin", False),
        (datetime(2026, 3, 29, 1, 59), "Europe/Berlin", True),
        (datetime(2026, 3, 29, 3, 0), "Europe/Berlin", True),
        (datetime(2026, 10, 25, 2, 30), "Europe/Berlin", False),
        (datetime(2026, 10, 25, 3, 0), "Europe/Berlin", True),
        (datetime(2026, 3, 8, 2, 0), "America/New_York", False),
        (datetime(2026, 11, 1, 1, 30), "America/New_York", False),
        (datetime(2026, 11, 1, 2, 0), "America/New_York", True),
        (datetime(2026, 4, 5, 1, 45), "Australia/Lord_Howe", False),
        (datetime(2026, 3, 29, 2, 30), "Europe/Moscow", True),
    ],
)
def test_a_changed_clock_skips_an_hour_or_repeats_it(wall: datetime, zone: str, once: bool) -> None:
    assert happens_once(wall, zone) is once


@given(WALL, st.sampled_from(ZONES))
def test_what_happens_once_stays_at_its_hour(wall: datetime, zone: str) -> None:
    if happens_once(wall, zone):
        assert wall_time(standing_at(wall, zone).now(), zone) == wall


@given(WALL, st.sampled_from(ZONES))
def test_no_wall_ever_shows_a_missing_hour(moment: datetime, zone: str) -> None:
    shown = wall_time(moment.replace(tzinfo=UTC), zone)
    first, second = (shown.replace(tzinfo=ZoneInfo(zone), fold=fold).utcoffset() for fold in (0, 1))
    assert first is not None
    assert second is not None
    assert first >= second
    assert happens_once(shown, zone) is (first == second)
