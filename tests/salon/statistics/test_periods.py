"""Periods hold both their ends, follow each other without a gap, and mean what people mean by them."""

from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st

from app.errors import BadPeriod
from app.salon.statistics.periods import Period, Preset, following, preset_period

DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))


def test_a_period_holds_both_its_ends() -> None:
    may = Period(date(2026, 5, 1), date(2026, 5, 31))
    assert may.days == 31
    assert date(2026, 5, 1) in may
    assert date(2026, 5, 31) in may
    assert date(2026, 4, 30) not in may
    assert date(2026, 6, 1) not in may


def test_a_day_is_a_period() -> None:
    assert Period(date(2026, 5, 1), date(2026, 5, 1)).days == 1


def test_a_period_cannot_end_before_it_begins() -> None:
    with pytest.raises(BadPeriod) as told:
        Period(date(2026, 5, 2), date(2026, 5, 1))
    assert (told.value.begins, told.value.ends) == (date(2026, 5, 2), date(2026, 5, 1))


def test_nothing_follows_the_end_of_the_calendar() -> None:
    with pytest.raises(BadPeriod):
        following(Period(date(9999, 12, 1), date.max))
    with pytest.raises(BadPeriod):
        following(Period(date(9990, 1, 1), date(9999, 1, 1)))


@given(DAYS, st.integers(0, 800))
def test_the_following_period_is_as_long_and_leaves_no_gap(begins: date, longer: int) -> None:
    period = Period(begins, begins + timedelta(days=longer))
    after = following(period)
    assert after.days == period.days
    assert after.begins - period.ends == timedelta(days=1)


@pytest.mark.parametrize(
    ("preset", "begins", "ends"),
    [
        (Preset.THIS_MONTH, date(2026, 2, 1), date(2026, 2, 28)),
        (Preset.LAST_MONTH, date(2026, 1, 1), date(2026, 1, 31)),
        (Preset.LAST_90_DAYS, date(2025, 11, 17), date(2026, 2, 14)),
        (Preset.THIS_QUARTER, date(2026, 1, 1), date(2026, 3, 31)),
        (Preset.LAST_QUARTER, date(2025, 10, 1), date(2025, 12, 31)),
        (Preset.THIS_YEAR, date(2026, 1, 1), date(2026, 12, 31)),
        (Preset.LAST_YEAR, date(2025, 1, 1), date(2025, 12, 31)),
    ],
)
def test_presets_on_14_february_2026(preset: Preset, begins: date, ends: date) -> None:
    assert preset_period(preset, date(2026, 2, 14)) == Period(begins, ends)


def test_last_month_of_march_in_a_leap_year_and_last_quarter_of_december() -> None:
    assert preset_period(Preset.LAST_MONTH, date(2028, 3, 31)) == Period(date(2028, 2, 1), date(2028, 2, 29))
    assert preset_period(Preset.LAST_QUARTER, date(2026, 12, 31)) == Period(date(2026, 7, 1), date(2026, 9, 30))
    assert preset_period(Preset.THIS_MONTH, date(2026, 12, 1)) == Period(date(2026, 12, 1), date(2026, 12, 31))


@given(DAYS)
def test_the_presets_of_any_day_fit_together(today: date) -> None:
    periods = {preset: preset_period(preset, today) for preset in Preset}
    for preset in (Preset.THIS_MONTH, Preset.LAST_90_DAYS, Preset.THIS_QUARTER, Preset.THIS_YEAR):
        assert today in periods[preset]
    assert periods[Preset.LAST_90_DAYS].days == 90
    for last, this in (
        (Preset.LAST_MONTH, Preset.THIS_MONTH),
        (Preset.LAST_QUARTER, Preset.THIS_QUARTER),
        (Preset.LAST_YEAR, Preset.THIS_YEAR),
    ):
        assert periods[last].ends + timedelta(days=1) == periods[this].begins
