"""How long bookings take when the export tells their starts alone, and when masters seem to work."""

from datetime import date, datetime, timedelta
from itertools import pairwise

from hypothesis import given, strategies as st

from app.salon.exchange.decisions import Length, fitted, lengths
from app.salon.exchange.hours import DayHours, shifts
from app.salon.scheduling.intervals import Interval
from tests.builders import TODAY, at

MIDNIGHT = at(0)
_DAYS = st.lists(st.tuples(st.integers(0, 24 * 60 - 6), st.integers(5, 300)), max_size=30)


def _booked(of_day: list[tuple[int, int]]) -> list[tuple[datetime, int]]:
    return sorted((MIDNIGHT + timedelta(minutes=minute), usual) for minute, usual in of_day)


def test_the_usual_length_is_kept_where_there_is_room() -> None:
    assert lengths([(at(10), 60), (at(11), 30)]) == [Length(60), Length(30)]


def test_ten_minutes_remain_of_an_hour_when_the_next_begins_ten_minutes_later() -> None:
    assert lengths([(at(10), 60), (at(10, 10), 60)]) == [Length(10, is_shortened=True), Length(60)]


def test_the_later_of_two_that_begin_together_is_overbooked() -> None:
    assert [one.is_overbooked for one in lengths([(at(10), 60), (at(10), 30), (at(10, 30), 30)])] == [
        False,
        True,
        False,
    ]


def test_nothing_lasts_past_midnight() -> None:
    assert lengths([(at(23, 30), 60)]) == [Length(29, is_shortened=True)]


@given(_DAYS)
def test_nobody_is_in_two_places_and_nothing_is_longer_than_usual(of_day: list[tuple[int, int]]) -> None:
    booked = _booked(of_day)
    found = lengths(booked)
    assert len(found) == len(booked)
    for (start, usual), length in zip(booked, found, strict=True):
        assert 5 <= length.minutes <= usual
        assert (start + timedelta(minutes=length.minutes)).date() == start.date()
    placed = [
        Interval(start, start + timedelta(minutes=length.minutes))
        for (start, _usual), length in zip(booked, found, strict=True)
        if not length.is_overbooked
    ]
    assert all(one.ends_at <= other.starts_at for one, other in pairwise(placed))


@given(_DAYS, st.integers(0, 24 * 60 - 6), st.integers(5, 300))
def test_a_new_booking_never_lies_over_what_stands_in_the_calendar(
    of_day: list[tuple[int, int]], minute: int, usual: int
) -> None:
    booked = _booked(of_day)
    taken = [
        Interval(start, start + timedelta(minutes=length.minutes))
        for (start, _usual), length in zip(booked, lengths(booked), strict=True)
        if not length.is_overbooked
    ]
    start = MIDNIGHT + timedelta(minutes=minute)
    wanted = lengths([(start, usual)])[0]
    length = fitted(start, wanted, taken)
    assert 5 <= length.minutes <= wanted.minutes
    if not length.is_overbooked:
        place = Interval(start, start + timedelta(minutes=length.minutes))
        assert not any(place.overlaps(other) for other in taken)


def _interval(day: date, first: int, last: int) -> Interval:
    return Interval(at(first, 20, day=day), at(last, 40, day=day))


def test_hours_are_the_middle_of_what_was_kept_and_stretch_over_the_days_own_bookings() -> None:
    days = [TODAY - timedelta(weeks=week) for week in (1, 2, 3)]
    found = shifts([_interval(days[0], 9, 17), _interval(days[1], 9, 17), _interval(days[2], 7, 20)], TODAY, 2)
    assert found[days[0]] == DayHours(9 * 60, 18 * 60)
    assert found[days[2]] == DayHours(7 * 60, 21 * 60)
    assert found[TODAY] == found[TODAY + timedelta(weeks=1)] == DayHours(9 * 60, 18 * 60)
    assert len(found) == 5


def test_a_weekday_that_was_worked_once_is_not_planned() -> None:
    day = TODAY - timedelta(weeks=1)
    assert shifts([_interval(day, 9, 17)], TODAY, 4) == {day: DayHours(9 * 60, 18 * 60)}
