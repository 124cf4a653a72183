"""What a card is found by follows from the card: it is in nobody's way when acts on the card are taken back."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings as effort, strategies as st

from app.errors import ChangedSince
from app.salon import check
from app.salon.clients import contacts, register, requisites
from app.salon.clients.contacts import NewContact
from app.salon.clients.requisites import Requisites
from app.salon.transaction import carry_out
from app.salon.undo import take_back
from app.vocabulary import ContactKind
from tests.builders import SmallSalon, small_salon

Act = Callable[[SmallSalon, int], int | None]

ACTS: dict[str, Act] = {
    "мороз": lambda small, anna: carry_out(small.salon, register.rename, anna, "Анна Мороз").entry_id,
    "4567": lambda small, anna: carry_out(small.salon, register.add_phone, anna, "+7 903 111-45-67").entry_id,
    "post": lambda small, anna: (
        carry_out(small.salon, contacts.add, anna, NewContact(ContactKind.EMAIL, "post@mail.ru")).entry_id
    ),
    "ромашка": lambda small, anna: (
        carry_out(small.salon, requisites.keep, anna, Requisites(legal_name="ООО Ромашка")).entry_id
    ),
}
"""Acts on a card, by what it is found by afterwards and was not before."""


def found_by(small: SmallSalon) -> set[str]:
    searched = small.database.value("SELECT search FROM client")
    return {typed for typed in (*ACTS, "щелк", "1234") if typed in searched}


def card(small: SmallSalon) -> list[list[tuple[object, ...]]]:
    return [small.database.rows(f"SELECT * FROM {name} ORDER BY 1") for name in ("client", "contact_point")]


@effort(max_examples=effort().max_examples // 3)
@given(st.permutations(sorted(ACTS)), st.permutations(sorted(ACTS)), st.permutations(sorted(ACTS)))
def test_acts_on_a_card_are_taken_back_and_done_again_in_any_order(
    done: list[str], undone: list[str], redone: list[str]
) -> None:
    small = small_salon()
    anna = small.client("Анна Щёлкина", "+7 912 000-12-34")
    before = card(small)
    entries = {typed: ACTS[typed](small, anna) or 0 for typed in done}
    always, left = {"щелк", "1234"}, set(ACTS)
    assert found_by(small) == always | left
    for typed in undone:
        entries[typed] = carry_out(small.salon, take_back, entries[typed]).entry_id or 0
        left.remove(typed)
        assert found_by(small) == always | left
    assert card(small) == before
    for typed in redone:
        entries[typed] = carry_out(small.salon, take_back, entries[typed]).entry_id or 0
        left.add(typed)
        assert found_by(small) == always | left
    assert check.faults(small.database) == []


def test_a_name_that_somebody_changed_since_is_kept(small: SmallSalon) -> None:
    anna = small.client("Анна Щёлкина")
    renamed = ACTS["мороз"](small, anna) or 0
    carry_out(small.salon, register.rename, anna, "Анна Снег")
    ACTS["4567"](small, anna)
    with pytest.raises(ChangedSince):
        carry_out(small.salon, take_back, renamed)
