"""Why a client was found, in words: "mother: +7 912 345-67-89", with what was typed set off in it."""

from collections.abc import Sequence

from app import wording
from app.salon.clients.reasons import Fact
from app.salon.clients.spelling import Span, found_in_name, found_in_phone
from app.vocabulary import FoundBy

BETWEEN = " · "
_NUMBERS = frozenset({FoundBy.PHONE, FoundBy.WHATSAPP, FoundBy.VIBER, FoundBy.TAX_NUMBER})


def told(facts: Sequence[Fact], typed: str) -> tuple[str, tuple[Span, ...]]:
    """The reasons in one line, and the pieces of it by which ``typed`` found them."""
    text = ""
    spans: list[Span] = []
    for fact in facts:
        text += BETWEEN if text else ""
        before = f"{fact.whose or wording.found_by(fact.found_by)}:{wording.NBSP}"
        value = wording.phone(fact.text) if fact.found_by is FoundBy.PHONE else _value(fact)
        if fact.whose:
            spans += _moved(found_in_name(fact.whose, typed), len(text))
        spans += _moved(_found(fact, value, typed), len(text) + len(before))
        text += before + value
    return text, tuple(spans)


def _value(fact: Fact) -> str:
    is_own_word = fact.found_by in (
        FoundBy.LEGAL_NAME,
        FoundBy.CONTACT_PERSON,
        FoundBy.TAX_NUMBER,
        FoundBy.EARLIER_NAME,
    )
    return fact.text if is_own_word else wording.address(fact.text)


def _found(fact: Fact, value: str, typed: str) -> list[Span]:
    if fact.found_by in _NUMBERS or value.startswith("+"):
        return found_in_phone(value, typed)
    if "•" in value:
        return []
    return found_in_name(value, typed) or found_in_phone(value, typed)


def _moved(spans: Sequence[Span], by: int) -> list[Span]:
    return [(begin + by, length) for begin, length in spans]
