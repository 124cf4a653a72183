"""What the cells of a foreign table say, and what they must not be taken for."""

from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from app.salon.exchange import values
from app.salon.exchange.values import DateOrder, HourClock


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("07/30/2018", DateOrder.MONTH_DAY_YEAR, date(2018, 7, 30)),
        ("30.07.2018", DateOrder.DAY_MONTH_YEAR, date(2018, 7, 30)),
        (" 2018-7-30 ", DateOrder.YEAR_MONTH_DAY, date(2018, 7, 30)),
    ],
)
def test_dates_are_read_in_the_order_of_the_profile(text: str, order: DateOrder, day: date) -> None:
    assert values.day(text, order) == day


@pytest.mark.parametrize("text", ["", "30/07/2018", "07/30/18", "07/30", "0/1/2018", "٠٧/30/2018", "07/30/2018 10:00"])
def test_what_is_not_such_a_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        values.day(text, DateOrder.MONTH_DAY_YEAR)


@pytest.mark.parametrize(
    ("text", "clock", "moment"),
    [
        ("12:00:00 AM", HourClock.HALF_DAY, time(0, 0)),
        ("12:30:00 PM", HourClock.HALF_DAY, time(12, 30)),
        ("9:15pm", HourClock.HALF_DAY, time(21, 15)),
        ("9 a.m.", HourClock.HALF_DAY, time(9, 0)),
        ("09:05", HourClock.WHOLE_DAY, time(9, 5)),
        ("23:59:59", HourClock.WHOLE_DAY, time(23, 59)),
    ],
)
def test_times_are_read_without_asking_the_computers_language(text: str, clock: HourClock, moment: time) -> None:
    assert values.clock_time(text, clock) == moment


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("13:00 PM", HourClock.HALF_DAY),
        ("0:30 AM", HourClock.HALF_DAY),
        ("9:00", HourClock.HALF_DAY),
        ("9:00 PM", HourClock.WHOLE_DAY),
        ("24:00", HourClock.WHOLE_DAY),
        ("9:60", HourClock.WHOLE_DAY),
        ("", HourClock.WHOLE_DAY),
    ],
)
def test_what_is_not_such_a_time_is_refused(text: str, clock: HourClock) -> None:
    with pytest.raises(ValueError):
        values.clock_time(text, clock)


@pytest.mark.parametrize(
    ("text", "mark", "minor"),
    [("102", ".", 102_00), ("-50.4", ".", -50_40), ("1 234,5", ",", 1_234_50), ("−20", ".", -20_00), ("0.005", ".", 1)],
)
def test_money_is_read_exactly(text: str, mark: str, minor: int) -> None:
    assert values.minor_units(values.amount(text, mark)) == minor


@pytest.mark.parametrize("text", ["", "1,5", "1e5", "NaN", "Infinity", "--1", "1.", ".5", "$5", "=1+1", "1" * 10, "٣"])
def test_what_is_not_money_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        values.amount(text, ".")


def test_a_comma_is_no_point_where_the_comma_divides() -> None:
    with pytest.raises(ValueError):
        values.amount("1.5", ",")


@given(st.integers(-(10**11) + 1, 10**11 - 1), st.sampled_from([".", ","]))
def test_every_amount_in_cents_comes_back_to_the_cent(cents: int, mark: str) -> None:
    sign = "-" if cents < 0 else ""
    text = f"{sign}{abs(cents) // 100}{mark}{abs(cents) % 100:02}"
    assert values.minor_units(values.amount(text, mark)) == cents


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**8), max_value=10**8, places=6))
def test_finer_amounts_are_rounded_to_the_nearest_cent(number: Decimal) -> None:
    assert abs(values.minor_units(number) - number * 100) <= Decimal("0.5")


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    for read in (
        lambda: values.day(text, DateOrder.DAY_MONTH_YEAR),
        lambda: values.clock_time(text, HourClock.HALF_DAY),
        lambda: values.clock_time(text, HourClock.WHOLE_DAY),
        lambda: values.amount(text, "."),
        lambda: values.whole(text),
        lambda: values.flag(text),
    ):
        try:
            read()
        except ValueError:
            continue


def test_pieces_are_whole() -> None:
    assert values.whole("2.0") == 2
    with pytest.raises(ValueError):
        values.whole("1.5")


def test_yes_and_no_are_said_in_many_ways() -> None:
    assert values.flag("TRUE")
    assert values.flag("да")
    assert not values.flag("No")
    with pytest.raises(ValueError):
        values.flag("perhaps")
