"""Whether the numbers of an organisation can be right, by their length and their check digits. Pure.

Sources of the rules:

* ИНН (10 digits of an organisation, 12 of a person): Порядок присвоения ИНН, приказ МНС России от 03.03.2004
  № БГ-3-09/178, today приказ ФНС России от 29.06.2012 № ММВ-7-6/435@. Weighted sum, remainder by 11, of that the last
  digit.
* КПП: the same order. Nine places, NNNNPPXXX, of which PP may be Latin capitals; it has no check digit.
* ОГРН (13) and ОГРНИП (15): Порядок ведения ЕГРЮЛ и ЕГРИП, приказ Минфина России от 30.10.2017 № 165н, before it
  постановления Правительства РФ № 438 (2002) и № 630 (2003). The number without its last digit, remainder by 11 or by
  13, of that the last digit.
* БИК: Положение Банка России от 24.09.2020 № 732-П. Nine digits, the first two of Russia are 00, 01, 02 or 04; it has
  no check digit.
* Accounts (20 digits): Порядок расчёта контрольного ключа в номере лицевого счёта, утверждён Банком России 08.09.1997
  № 515. The account is checked together with the bank's БИК: weights 7, 1, 3, and the last digit of the sum is 0.

ИНН and КПП begin with the code of a region, ОГРН and ОГРНИП have it after the sign of the register and the year. The
codes of the regions begin with 01 and the signs with 1: so nothing but zeros, whose sums are 0 as well, is nobody's.

What a check digit promises: an account, every single wrong digit. ИНН and ОГРН, every one but those that take the
remainder from 0 to 10 or back (ОГРНИП: also from 1 to 11 and from 2 to 12), because only its last digit is kept.
"""

import re
from itertools import cycle

_TEN = (2, 4, 10, 3, 5, 9, 4, 6, 8)
_TWELVE_FIRST = (7, *_TEN)
_TWELVE_SECOND = (3, *_TWELVE_FIRST)
_TAX_REASON = re.compile(r"[0-9]{4}[0-9A-Z]{2}[0-9]{3}")
_NO_REGION, _NO_REGISTER = "00", "0"
_BANK = re.compile(r"0[0124][0-9]{7}")
_ACCOUNT_WEIGHTS = (7, 1, 3)
_OF_THE_CENTRAL_BANK = frozenset({"000", "001", "002"})
"""The last three digits of the БИК of an office of the Bank of Russia; an account there is checked another way."""


def plain(typed: str) -> str:
    """``typed`` without the spaces and dashes by which people group digits."""
    return "".join(c for c in typed if not c.isspace() and c not in "-–—\u2011")


def is_tax_number(number: str) -> bool:
    """Whether ``number`` is an ИНН of an organisation (10 digits) or of a person (12)."""
    if not _is_digits(number) or number[:2] == _NO_REGION:
        return False
    if len(number) == 10:
        return _weighted(number, _TEN) == number[9]
    return (
        len(number) == 12
        and _weighted(number, _TWELVE_FIRST) == number[10]
        and _weighted(number, _TWELVE_SECOND) == number[11]
    )


def is_tax_reason_code(code: str) -> bool:
    """Whether ``code`` has the form of a КПП."""
    return _TAX_REASON.fullmatch(code) is not None and code[:2] != _NO_REGION


def is_register_number(number: str) -> bool:
    """Whether ``number`` is an ОГРН (13 digits) or an ОГРНИП (15)."""
    if not _is_digits(number) or len(number) not in (13, 15):
        return False
    if number[0] == _NO_REGISTER or number[3:5] == _NO_REGION:
        return False
    return str(int(number[:-1]) % (len(number) - 2) % 10) == number[-1]


def is_bank_code(code: str) -> bool:
    """Whether ``code`` has the form of a БИК."""
    return _BANK.fullmatch(code) is not None


def is_account(account: str, bank_code: str) -> bool:
    """Whether ``account`` can be one of a client of the bank with this БИК."""
    if bank_code[-3:] in _OF_THE_CENTRAL_BANK:
        return is_correspondent_account(account, bank_code)
    return _is_keyed(bank_code[-3:], account, bank_code)


def is_correspondent_account(account: str, bank_code: str) -> bool:
    """Whether ``account`` can be the one that the bank with this БИК itself has at the Bank of Russia."""
    return _is_keyed(f"0{bank_code[4:6]}", account, bank_code)


def _is_keyed(bank: str, account: str, bank_code: str) -> bool:
    if len(account) != 20 or not _is_digits(account) or not is_bank_code(bank_code):
        return False
    digits = bank + account
    return sum(int(digit) * weight for digit, weight in zip(digits, cycle(_ACCOUNT_WEIGHTS), strict=False)) % 10 == 0


def _weighted(number: str, weights: tuple[int, ...]) -> str:
    total = sum(int(digit) * weight for digit, weight in zip(number, weights, strict=False))
    return str(total % 11 % 10)


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()
