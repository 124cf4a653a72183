"""The ends of a range as somebody types them."""

from datetime import date

import pytest
from hypothesis import given, strategies as st

from app.errors import BadAmount, BadDate, NotANumber, RangeBackwards, RangeMissing, SalonError
from app.salon.clients import conditions, ranges
from app.salon.clients.conditions import Between, Conditions, Days


@pytest.mark.parametrize(
    ("typed", "meant"), [("45", 45), (" 1 500 ", 1500), ("1\u00a0000", 1000), ("007", 7), ("", None), ("  ", None)]
)
def test_a_number(typed: str, meant: int | None) -> None:
    assert ranges.number(typed) == meant


@pytest.mark.parametrize("typed", ["-1", "1.5", "сорок", "1e3", "9" * 13, "\u0663", "1-2"])
def test_what_is_no_number(typed: str) -> None:
    with pytest.raises(NotANumber):
        ranges.number(typed)


@pytest.mark.parametrize(
    ("typed", "minor"), [("1500", 150_000), ("1 500,50", 150_050), ("99.5", 9_950), ("0", 0), ("", None)]
)
def test_an_amount(typed: str, minor: int | None) -> None:
    assert ranges.amount(typed) == minor


@pytest.mark.parametrize("typed", ["-5", "1,555", "1.", ",5", "1500 ₽", "99999999999999", "999999999999"])
def test_what_is_no_amount(typed: str) -> None:
    with pytest.raises(BadAmount):
        ranges.amount(typed)


def test_a_day_as_it_is_written_here_or_by_machines() -> None:
    assert ranges.day("1.02.2026") == ranges.day("2026-02-01") == date(2026, 2, 1)
    assert ranges.day("") is None
    for typed in ("29.02.2025", "вчера", "01.02.26", "01.01.0001"):
        with pytest.raises(BadDate):
            ranges.day(typed)


def test_a_range_needs_an_end_and_does_not_go_backwards() -> None:
    assert ranges.between(3, None) == Between(3)
    assert ranges.days(date(2026, 5, 1), date(2026, 5, 1)) == Days(date(2026, 5, 1), date(2026, 5, 1))
    for join, low, high in ((ranges.between, 1, 2), (ranges.days, date(2026, 5, 1), date(2026, 5, 2))):
        with pytest.raises(RangeMissing):
            join(None, None)  # type: ignore[operator]
        with pytest.raises(RangeBackwards):
            join(high, low)  # type: ignore[operator]


@given(st.text(max_size=20), st.text(max_size=20))
def test_whatever_is_typed_is_refused_or_can_be_kept(first: str, last: str) -> None:
    for read, join, field in (
        (ranges.number, ranges.between, "visits"),
        (ranges.amount, ranges.between, "spent"),
        (ranges.day, ranges.days, "last_day"),
    ):
        try:
            meant = Conditions(**{field: join(read(first), read(last))})  # type: ignore[arg-type, operator]
        except SalonError:
            continue
        assert conditions.read(conditions.written(meant)) == meant
