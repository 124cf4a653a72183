"""Birthdays as people type them."""

from datetime import date

import pytest
from hypothesis import given, strategies as st

from app.errors import BadDate
from app.salon.clients import birthdays

TODAY = date(2026, 5, 12)


@pytest.mark.parametrize("typed", ["14.05.1990", "14/05/1990", " 14-5-1990 ", "14 05 1990", "1990-05-14"])
def test_a_birthday_is_understood_as_people_write_it(typed: str) -> None:
    assert birthdays.read(typed, TODAY) == date(1990, 5, 14)


@pytest.mark.parametrize("typed", ["31.02.1990", "14.05", "вчера", "13.05.2026", "01.01.1800", "0.0.0000"])
def test_what_is_no_birthday_is_refused(typed: str) -> None:
    with pytest.raises(BadDate):
        birthdays.read(typed, TODAY)


def test_nothing_typed_is_not_known() -> None:
    assert birthdays.read("  ", TODAY) is None


@given(st.dates(date(1920, 1, 1), date(2020, 12, 31)), st.dates(date(2021, 1, 1), date(2090, 12, 31)))
def test_the_next_one_is_within_a_year(born: date, today: date) -> None:
    coming = birthdays.next_one(born, today)
    assert 0 <= (coming - today).days <= 366
    assert (coming.month, coming.day) in {(born.month, born.day), (2, 28)}


def test_whoever_was_born_on_29_february_celebrates_every_year() -> None:
    assert birthdays.next_one(date(2000, 2, 29), date(2026, 2, 1)) == date(2026, 2, 28)
    assert birthdays.next_one(date(2000, 2, 29), date(2028, 2, 1)) == date(2028, 2, 29)
