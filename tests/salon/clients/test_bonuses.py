"""Bonuses and notes: small lines on a card, with a reason and the way back."""

import pytest
from hypothesis import given, strategies as st

from app.errors import AmountMissing, NotEnoughBonus, ReasonMissing, TextMissing, TextTooLong
from app.salon import undo
from app.salon.clients import bonuses, notes
from app.salon.transaction import carry_out
from app.salon.typed import writable
from app.vocabulary import NoteKind
from tests.builders import small_salon


@given(st.lists(st.integers(-500, 500), max_size=12))
def test_nobody_ever_has_less_than_nothing(amounts: list[int]) -> None:
    small = small_salon()
    anna, expected = small.client(), 0
    for amount in amounts:
        if amount == 0 or expected + amount < 0:
            with pytest.raises(NotEnoughBonus if amount else AmountMissing):
                carry_out(small.salon, bonuses.change, anna, amount, "за подругу")
        else:
            carry_out(small.salon, bonuses.change, anna, amount, "за подругу")
            expected += amount
    assert bonuses.balance(small.database, anna) == expected >= 0
    small.database.close()


def test_bonuses_need_a_reason_and_can_be_taken_back() -> None:
    small = small_salon()
    anna = small.client()
    with pytest.raises(ReasonMissing):
        carry_out(small.salon, bonuses.change, anna, 100, " \x00 ")
    with pytest.raises(AmountMissing):
        carry_out(small.salon, bonuses.change, anna, bonuses.MOST + 1, "описка")
    done = carry_out(small.salon, bonuses.change, anna, 30_000, "день рождения")
    assert done.entry_id is not None
    carry_out(small.salon, undo.take_back, done.entry_id)
    assert bonuses.balance(small.database, anna) == 0


@pytest.mark.parametrize("typed", ["", "  \n ", "\x00"])
def test_a_note_has_words(typed: str) -> None:
    small = small_salon()
    with pytest.raises(TextMissing):
        carry_out(small.salon, notes.add, small.client(), NoteKind.NOTE, typed)


@pytest.mark.parametrize(
    "typed",
    ["👩‍🎤 шёлк ✂️", "\u202eגדול\u202c שלום", "<b onclick='x'>жирно</b>", "'; DROP TABLE client; --", "я" * 2000],
)
def test_a_note_is_kept_as_it_was_typed(typed: str) -> None:
    small = small_salon()
    note = carry_out(small.salon, notes.add, small.client(), NoteKind.CALL, typed).value
    assert small.database.value("SELECT text FROM client_note WHERE id = ?", (note,)) == writable(typed)


def test_a_novel_is_no_note() -> None:
    small = small_salon()
    with pytest.raises(TextTooLong):
        carry_out(small.salon, notes.add, small.client(), NoteKind.NOTE, "я" * 2001)
