"""What people, scripts and broken programs put into the fields of a card."""

from datetime import date

import pytest
from hypothesis import given, settings, strategies as st

from app.errors import BadDate, SalonError, TextTooLong
from app.salon.clients import birthdays, card, categories, contacts, finder, register, requisites, standing
from app.salon.clients.contacts import NewContact
from app.salon.clients.register import NewClient
from app.salon.clients.requisites import Requisites
from app.salon.transaction import carry_out
from app.vocabulary import ContactKind
from tests.builders import TODAY, SmallSalon, small_salon

STRANGE = (
    "🙂👩‍🦰 Аня",
    "שרה כהן",
    "\u202eянА",
    "<b>Анна</b><script>alert(1)</script>",
    "Robert'); DROP TABLE client;--",
    "%_*?\"'",
    "А\u0301нна",
)


def test_lines_of_a_note_stay_lines(small: SmallSalon) -> None:
    client = carry_out(small.salon, register.add, NewClient("Анна", notes="короче\nи теплее\u200b")).value
    assert card.read(small.database, client, TODAY).notes == "короче\nи теплее"


@pytest.mark.parametrize("name", STRANGE)
def test_strange_names_are_kept_and_found(small: SmallSalon, name: str) -> None:
    client = carry_out(small.salon, register.add, NewClient(name, wishes=name, notes=name)).value
    carry_out(small.salon, categories.keep, None, name, 0)
    carry_out(small.salon, standing.do_not_book, client, name)
    carry_out(small.salon, requisites.keep, client, Requisites(name, contact_person=name))
    shown = card.read(small.database, client, TODAY)
    kept = name.replace("\u202e", "")  # what turns letters round is not kept
    assert (shown.name, shown.wishes) == (kept, kept)
    assert standing.read(small.database, client).do_not_book_reason == kept
    finder.find(small.database, name, TODAY)
    assert [one.client_id for one in finder.find(small.database, "", TODAY)] == [client]


def test_a_thousand_letters_are_refused_and_nul_is_dropped(small: SmallSalon) -> None:
    with pytest.raises(TextTooLong):
        carry_out(small.salon, register.add, NewClient("А" * 1000))
    client = small.client("Ан\x00на")
    assert card.read(small.database, client, TODAY).name == "Анна"
    assert finder.find(small.database, "А" * 1000, TODAY) == []


@pytest.mark.parametrize("typed", ["9" * 40, "9" * 39, "+" * 40, "0", "1\x002", "8" * 1000])
def test_no_number_of_forty_digits_is_a_phone(small: SmallSalon, typed: str) -> None:
    client = small.client()
    with pytest.raises(SalonError):
        carry_out(small.salon, contacts.add, client, NewContact(ContactKind.PHONE, typed))
    assert contacts.of_client(small.database, client) == ()


def test_whoever_was_born_on_a_leap_day_and_whoever_is_not_born_yet(small: SmallSalon) -> None:
    leap = carry_out(small.salon, register.add, NewClient("Анна", birthday=date(2000, 2, 29))).value
    assert card.read(small.database, leap, TODAY).birthday == date(2000, 2, 29)
    assert birthdays.next_one(date(2000, 2, 29), date(2026, 2, 1)) == date(2026, 2, 28)
    for day in (date(2026, 5, 13), date(2900, 1, 1), date(1, 1, 1)):
        with pytest.raises(BadDate):
            carry_out(small.salon, register.set_birthday, leap, day)
    with pytest.raises(BadDate):
        birthdays.read("29.02.2025", TODAY)


@settings(max_examples=settings().max_examples // 3)
@given(st.text(max_size=150), st.text(max_size=60), st.sampled_from(ContactKind))
def test_whatever_is_typed_is_kept_whole_or_refused_in_words(name: str, typed: str, kind: ContactKind) -> None:
    small = small_salon()
    try:
        client = carry_out(small.salon, register.add, NewClient(name)).value
        carry_out(small.salon, contacts.add, client, NewContact(kind, typed, name))
        carry_out(small.salon, standing.do_not_book, client, name)
    except SalonError:
        pass
    finder.find(small.database, name, TODAY)
    assert small.database.value("PRAGMA foreign_key_check") is None
    small.database.close()
