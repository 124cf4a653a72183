"""Phone numbers as people type them, in E.164. A number is not an identity: families share one. Pure."""

from dataclasses import dataclass

from app.errors import BadPhone

LONGEST = 40
"""No phone is typed with more characters; longer input is not even parsed."""


@dataclass(frozen=True, slots=True)
class Phone:
    """A number as typed and in E.164 (``+79123456789``)."""

    typed: str
    e164: str


def read(typed: str, country: str) -> Phone:
    """The number that ``typed`` means in ``country`` (ISO 3166), Russian habits included (8 912…, 912…).

    Raises BadPhone when it is none. Source of the rules: the phonenumbers library (Google's libphonenumber).
    """
    import phonenumbers  # costs 40 ms and the first painted calendar needs no phone

    text = typed.strip()
    if not text or len(text) > LONGEST or "\x00" in text:
        raise BadPhone(typed[:LONGEST])
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException as error:
        raise BadPhone(typed) from error
    if not phonenumbers.is_possible_number(number):
        raise BadPhone(typed)
    return Phone(text, phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def digits(text: str) -> str:
    """Only the digits of ``text``."""
    return "".join(c for c in text if c in "0123456789")


def searched_digits(e164: str) -> str:
    """The digits by which a number is found: without the Russian 7, because people type 8, 7 or neither."""
    found = digits(e164)
    return found[1:] if found.startswith("7") and len(found) == 11 else found
