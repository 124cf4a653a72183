"""When a visit is repeated: days and times on the wall, never hours."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st

from app.clock import happens_once
from app.errors import NothingRepeated, SeriesTooLong, SeriesWithoutEnd
from app.salon.scheduling.recurrence import MOST_VISITS, MOST_YEARS, Pattern, days, room_around, starts
from app.vocabulary import SeriesUnit

TUESDAY = date(2026, 5, 12)
DAY, WEEK = SeriesUnit.DAY, SeriesUnit.WEEK

some_days = st.dates(date(2010, 1, 1), date(2035, 12, 31))
patterns = st.builds(
    Pattern,
    st.sampled_from(SeriesUnit),
    st.integers(1, 8),
    st.frozensets(st.integers(0, 6)),
    st.integers(2, 30),
    st.none(),
)


def days_or_none(pattern: Pattern, first: date, not_before: date | None = None) -> list[date] | None:
    try:
        return days(pattern, first, not_before=not_before)
    except SeriesTooLong:
        return None


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        (Pattern(DAY, 10, times=3), [(5, 12), (5, 22), (6, 1)]),
        (Pattern(WEEK, 1, times=3), [(5, 12), (5, 19), (5, 26)]),
        (Pattern(WEEK, 2, frozenset({1}), until=date(2026, 6, 9)), [(5, 12), (5, 26), (6, 9)]),
        # The week of the first visit counts: its Friday follows, its Monday has passed.
        (Pattern(WEEK, 2, frozenset({0, 4}), times=4), [(5, 12), (5, 15), (5, 25), (5, 29)]),
        (Pattern(WEEK, 3, times=9, until=date(2026, 6, 30)), [(5, 12), (6, 2), (6, 23)]),
    ],
)
def test_patterns_of_the_trade(pattern: Pattern, found: list[tuple[int, int]]) -> None:
    assert days(pattern, TUESDAY) == [date(2026, month, day) for month, day in found]


@given(patterns, some_days)
def test_days_follow_the_pattern(pattern: Pattern, first: date) -> None:
    found = days_or_none(pattern, first)
    if found is None:
        return
    assert found[0] == first
    assert found == sorted(set(found)), "no day twice, and in order"
    assert len(found) == pattern.times
    if pattern.unit is DAY:
        assert all((day - first).days % pattern.every == 0 for day in found)
        return
    monday = first - timedelta(days=first.weekday())
    wanted = pattern.weekdays or {first.weekday()}
    assert all(day.weekday() in wanted for day in found[1:])
    assert all((day - monday).days // 7 % pattern.every == 0 for day in found)
    # And none is left out on the way.
    between = [first + timedelta(days=ahead) for ahead in range(1, (found[-1] - first).days + 1)]
    meant = [day for day in between if day.weekday() in wanted and (day - monday).days // 7 % pattern.every == 0]
    assert found[1:] == meant


@given(patterns, some_days, st.integers(0, 400))
def test_what_has_passed_is_neither_given_nor_counted(pattern: Pattern, first: date, later: int) -> None:
    today = first + timedelta(days=later)
    found = days_or_none(pattern, first, today)
    if found is not None:
        assert all(day >= today for day in found[1:])
        assert len(found) == pattern.times


@given(patterns, some_days, st.integers(-6, 6))
def test_a_later_pattern_is_the_pattern_later(pattern: Pattern, first: date, by: int) -> None:
    if pattern.unit is WEEK and pattern.every > 1:
        # The weeks are counted from Monday: beyond it a visit belongs to the next one.
        pattern = Pattern(WEEK, 1, pattern.weekdays, pattern.times)
    here, there = days_or_none(pattern, first), days_or_none(pattern.shifted(by), first + timedelta(days=by))
    if here is not None and there is not None:
        assert there == [day + timedelta(days=by) for day in here]


def test_a_series_has_an_end_and_can_be_foreseen() -> None:
    with pytest.raises(SeriesWithoutEnd):
        days(Pattern(WEEK, 1), TUESDAY)
    with pytest.raises(SeriesWithoutEnd):
        days(Pattern(WEEK, 0, times=3), TUESDAY)
    with pytest.raises(NothingRepeated):
        days(Pattern(WEEK, 1, times=1), TUESDAY)
    with pytest.raises(NothingRepeated):
        days(Pattern(WEEK, 1, until=date(2026, 5, 18)), TUESDAY)
    assert len(days(Pattern(DAY, 1, times=MOST_VISITS), TUESDAY)) == MOST_VISITS
    with pytest.raises(SeriesTooLong):
        days(Pattern(DAY, 1, times=MOST_VISITS + 1), TUESDAY)
    with pytest.raises(SeriesTooLong):
        days(Pattern(WEEK, 10, until=date(2026 + MOST_YEARS, 12, 31)), TUESDAY)


@pytest.mark.parametrize(
    ("first", "last"),
    [(date(2026, 12, 31), date(2029, 12, 31)), (date(2024, 2, 29), date(2027, 2, 28)), (TUESDAY, date(2029, 5, 12))],
)
def test_three_years_are_three_years_to_the_day(first: date, last: date) -> None:
    apart = (last - first).days
    assert days(Pattern(DAY, apart, until=last), first) == [first, last]
    with pytest.raises(SeriesTooLong):
        days(Pattern(DAY, apart + 1, until=last + timedelta(days=1)), first)


@given(patterns, some_days)
def test_two_dates_never_give_way_to_the_same_day(pattern: Pattern, first: date) -> None:
    found = days_or_none(pattern, first) or []
    room = room_around(found)
    reached = [day + timedelta(days=away) for day in found for away in range(-room[day], room[day] + 1)]
    assert len(reached) == len(set(reached))


ZONES_AND_YEARS = [
    ("Europe/Berlin", 2026),
    ("America/New_York", 2026),
    ("Asia/Almaty", 2024),
    ("Europe/Moscow", 2011),
    ("Europe/Moscow", 2014),
]


@pytest.mark.parametrize(("zone", "year"), ZONES_AND_YEARS)
@given(minute=st.integers(8 * 60, 20 * 60), every=st.integers(1, 20), unit=st.sampled_from(SeriesUnit))
def test_bug_4_a_change_of_clocks_moves_no_appointment_by_an_hour(
    zone: str, year: int, minute: int, every: int, unit: SeriesUnit
) -> None:
    """CAL 1092, odoo 9268: 9:00 became 10:00 for years. Here the clock on the wall shows the same all year."""
    first = datetime(year, 1, 13, minute // 60, minute % 60)
    found = starts(Pattern(unit, every, until=date(year, 7, 1)), first)
    place = ZoneInfo(zone)
    for start in found:
        assert (start.hour * 60 + start.minute, start.tzinfo) == (minute, None)
        assert happens_once(start, zone)
        there_and_back = start.replace(tzinfo=place).astimezone(UTC).astimezone(place)
        assert there_and_back.replace(tzinfo=None) == start
