"""The numbers of organisations: a wrong digit is noticed wherever the check digit promises it."""

import pytest
from hypothesis import given, strategies as st

from app.salon.clients import check_digits as check

BANK = "044525225"


@pytest.mark.parametrize("number", ["7707083893", "7736050003", "500100732259"])
def test_tax_numbers_that_are_given_out(number: str) -> None:
    assert check.is_tax_number(number)


@pytest.mark.parametrize("number", ["1027700132195", "1027700070518", "304500116000157"])
def test_register_numbers_that_are_given_out(number: str) -> None:
    assert check.is_register_number(number)


def test_what_has_no_check_digit_has_its_form() -> None:
    assert check.is_tax_reason_code("773601001")
    assert check.is_tax_reason_code("7736AB001")
    assert check.is_bank_code(BANK)
    assert check.is_correspondent_account("30101810400000000225", BANK)
    for wrong in ("", "77360100", "7736ab001", "7736010011"):
        assert not check.is_tax_reason_code(wrong)
    for wrong in ("", "144525225", "04452522", "0445252251"):
        assert not check.is_bank_code(wrong)


@pytest.mark.parametrize("wrong", ["", "7707083894", "770708389", "77070838931", "٧٧٠٧٠٨٣٨٩٣", "770708389x"])
def test_what_is_no_tax_number(wrong: str) -> None:
    assert not check.is_tax_number(wrong)


@given(st.text("0123456789", max_size=15))
def test_there_is_no_region_of_zeros(rest: str) -> None:
    """Whatever comes after it, and although the sums of nothing but zeros are right."""
    assert not check.is_tax_number(f"00{rest}")
    assert not check.is_tax_reason_code(f"00{rest}")
    assert not check.is_register_number(f"0{rest}")
    assert not check.is_register_number(f"{rest[:3].ljust(3, '1')}00{rest[3:]}")
    for zeros in ("0" * 9, "0" * 10, "0" * 12, "0" * 13, "0" * 15):
        rules = (check.is_tax_number, check.is_tax_reason_code, check.is_register_number)
        assert not any(rule(zeros) for rule in rules)


def of_a_region(count: int, before: int = 0) -> st.SearchStrategy[str]:
    """So many digits, of which two tell a region after ``before`` others that do not begin with 0."""
    return st.builds(
        lambda begin, region, rest: (begin + f"{region:02}" + rest)[:count],
        st.just("") if not before else st.integers(10 ** (before - 1), 10**before - 1).map(str),
        st.integers(1, 99),
        digits(count - before - 2),
    )


def digits(count: int) -> st.SearchStrategy[str]:
    return st.text("0123456789", min_size=count, max_size=count)


def completed(number: str, is_right: object) -> str:
    """``number`` with the last digit that makes it right."""
    return next(number + last for last in "0123456789" if is_right(number + last))


def changed(number: str, place: int, by: int) -> str:
    digit = str((int(number[place]) + by) % 10)
    return number[:place] + digit + number[place + 1 :]


@given(digits(19), st.integers(0, 19), st.integers(1, 9), st.booleans())
def test_every_wrong_digit_of_an_account_is_noticed(begin: str, place: int, by: int, is_the_banks: bool) -> None:
    rule = check.is_correspondent_account if is_the_banks else check.is_account
    account = completed(begin, lambda number: rule(number, BANK))
    assert rule(account, BANK)
    assert not rule(changed(account, place, by), BANK)


@given(digits(17), st.integers(0, 7), st.integers(1, 9))
def test_an_account_belongs_to_its_bank(begin: str, place: int, by: int) -> None:
    """The last three digits of the БИК are part of the key: another bank's code does not fit."""
    account = completed(f"{begin}00", lambda number: check.is_account(number, BANK))
    other = changed(BANK, 6 + place % 3, by)
    assert not check.is_account(account, other) or other[-3:] in {"000", "001", "002"}


def remainder(number: str, weights: tuple[int, ...]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(number, weights, strict=False)) % 11


@given(of_a_region(9), st.integers(0, 9), st.integers(1, 9))
def test_a_wrong_digit_of_an_organisations_tax_number(begin: str, place: int, by: int) -> None:
    """Noticed unless it takes the remainder from 0 to 10 or back: both give the digit 0."""
    weights = (2, 4, 10, 3, 5, 9, 4, 6, 8)
    number = completed(begin, check.is_tax_number)
    wrong = changed(number, place, by)
    blind = place < 9 and {remainder(number, weights), remainder(wrong, weights)} == {0, 10}
    assert check.is_tax_number(wrong) == (blind and not wrong.startswith("00"))


@given(of_a_region(10), st.integers(0, 11), st.integers(1, 9))
def test_a_wrong_digit_of_a_persons_tax_number(begin: str, place: int, by: int) -> None:
    """Two check digits: it has to slip through both, and the first of them is part of the second."""
    first = (7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
    second = (3, *first)
    number = begin + str(remainder(begin, first) % 10)
    number += str(remainder(number, second) % 10)
    assert check.is_tax_number(number)
    wrong = changed(number, place, by)
    slips = all(
        place < len(weights) and {remainder(number, weights), remainder(wrong, weights)} == {0, 10}
        for weights in (first, second)
    )
    assert check.is_tax_number(wrong) == (slips and not wrong.startswith("00"))


@given(st.sampled_from((12, 14)).flatmap(lambda count: of_a_region(count, 3)), st.integers(0, 14), st.integers(1, 9))
def test_a_wrong_digit_of_a_register_number(begin: str, place: int, by: int) -> None:
    number = completed(begin, check.is_register_number)
    place %= len(number)
    wrong = changed(number, place, by)
    rests = {int(one[:-1]) % (len(number) - 2) for one in (number, wrong)}
    slips = len(rests) == 2 and len({rest % 10 for rest in rests}) == 1
    assert check.is_register_number(wrong) == (slips and wrong[0] != "0" and wrong[3:5] != "00")


@given(st.text(max_size=40))
def test_whatever_is_typed_gives_an_answer(typed: str) -> None:
    for rule in (check.is_tax_number, check.is_tax_reason_code, check.is_register_number, check.is_bank_code):
        assert rule(check.plain(typed)) in {True, False}
    assert not check.is_account(typed, typed)
