"""Numbers as people type them."""

import pytest
from hypothesis import given, strategies as st

from app.errors import BadPhone
from app.salon.clients import phones, spelling

E164 = "+79123456789"


def readings(typed: str) -> list[str]:
    """Which digits are looked for."""
    return [reading.text for part in spelling.parts(typed) for reading in part.all_readings]


@pytest.mark.parametrize(
    "typed", ["+7 912 345-67-89", "8 (912) 345 67 89", "89123456789", "912 345 67 89", "  7 912 3456789 "]
)
def test_a_russian_number_is_the_same_however_it_is_typed(typed: str) -> None:
    read = phones.read(typed, "RU")
    assert read.e164 == E164
    assert read.typed == typed.strip()


def test_a_number_from_abroad_keeps_its_country() -> None:
    assert phones.read("+49 30 1234567", "RU").e164 == "+49301234567"


@pytest.mark.parametrize("typed", ["", "   ", "12", "мама", "9" * 40, "1" * 5000, "8912\x00345678", "+7"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(BadPhone):
        phones.read(typed, "RU")


@given(st.integers(9_000_000_000, 9_999_999_999), st.sampled_from(["+7", "8", "7", ""]))
def test_whoever_types_the_whole_number_finds_it(number: int, lead: str) -> None:
    kept = phones.searched_digits(f"+7{number}")
    assert any(reading in kept for reading in readings(f"{lead}{number}"))


@given(st.integers(9_000_000_000, 9_999_999_999), st.data())
def test_any_piece_of_the_number_finds_it(number: int, data: st.DataObject) -> None:
    kept = phones.searched_digits(f"+7{number}")
    begin = data.draw(st.integers(0, 9))
    end = data.draw(st.integers(begin + 1, 10))
    assert any(reading in kept for reading in readings(kept[begin:end]))


def test_while_a_number_with_eight_is_being_typed_nobody_gets_lost() -> None:
    kept = phones.searched_digits(E164)
    for end in range(3, 12):
        assert any(reading in kept for reading in readings("89123456789"[:end]))


def test_a_number_from_abroad_is_found_with_its_country() -> None:
    assert phones.searched_digits("+49301234567") == "49301234567"
