"""Opening a card and changing it."""

from collections.abc import Callable
from datetime import date

import pytest

from app.errors import BadDate, BadPhone, Gone, NameMissing, TextChangedMeanwhile, TextTooLong
from app.salon import journal
from app.salon.clients import card, finder, register
from app.salon.clients.register import NewClient
from app.salon.transaction import carry_out
from app.vocabulary import AlertKind
from tests.builders import TODAY, SmallSalon


def read(small: SmallSalon, client_id: int) -> card.ClientCard:
    return card.read(small.database, client_id, TODAY)


def test_a_new_card_keeps_what_was_said(small: SmallSalon) -> None:
    new = NewClient("  Анна   Щёлкина ", "8 912 345-67-89", "кофе без сахара", "носит очки", date(1990, 5, 14))
    shown = read(small, carry_out(small.salon, register.add, new).value)
    assert (shown.name, shown.phone, shown.wishes, shown.notes) == (
        "Анна Щёлкина",
        "+79123456789",
        "кофе без сахара",
        "носит очки",
    )
    assert shown.birthday == date(1990, 5, 14)
    assert shown.contacts[0].typed == "8 912 345-67-89"


def test_a_known_phone_renames_nobody(small: SmallSalon) -> None:
    mother = small.client("Мария Ким", "+7 912 345-67-89")
    daughter = carry_out(
        small.salon, register.add, NewClient("Даша Ким", "8 912 345 67 89", whose_phone="Мария Ким")
    ).value
    assert read(small, mother).name == "Мария Ким"
    assert read(small, daughter).contacts[0].whose == "Мария Ким"
    owners = register.owners_of_phone(small.database, "912 345 67 89", "RU")
    assert [owner.name for owner in owners] == ["Даша Ким", "Мария Ким"]


@pytest.mark.parametrize(
    ("new", "error"),
    [
        (NewClient("   "), NameMissing),
        (NewClient("А" * 121), TextTooLong),
        (NewClient("Анна", "мама"), BadPhone),
        (NewClient("Анна", wishes="о" * 2001), TextTooLong),
        (NewClient("Анна", birthday=date(2027, 1, 1)), BadDate),
        (NewClient("Анна", birthday=date(1890, 1, 1)), BadDate),
    ],
)
def test_what_cannot_be_kept_changes_nothing(small: SmallSalon, new: NewClient, error: type[Exception]) -> None:
    with pytest.raises(error):
        carry_out(small.salon, register.add, new)
    assert finder.find(small.database, "", TODAY) == []


def test_strange_names_are_kept_as_they_are(small: SmallSalon) -> None:
    for name in ("<b>Анна</b>", "Robert'); DROP TABLE client;--", "🙂 Аня", "שרה", "А" * 120):
        assert read(small, small.client(name)).name == name
    assert read(small, small.client("Ан\x00на")).name == "Анна"


def test_changing_the_wishes_leaves_everything_else(small: SmallSalon) -> None:
    new = NewClient("Анна", "+79123456789", "чай", "заметка", date(1990, 5, 14))
    client = carry_out(small.salon, register.add, new).value
    before = read(small, client)
    done = carry_out(small.salon, register.set_wishes, client, "  кофе ")
    after = read(small, client)
    assert after.wishes == "кофе"
    assert (after.name, after.notes, after.birthday, after.contacts) == (
        before.name,
        before.notes,
        before.birthday,
        before.contacts,
    )
    assert done.entry_id is not None
    carry_out(small.salon, journal.undo, done.entry_id)
    assert read(small, client) == before


def test_undoing_my_change_keeps_what_a_colleague_wrote_elsewhere_on_the_card(small: SmallSalon) -> None:
    client = small.client("Анна", wishes="чай")
    mine = carry_out(small.salon, register.set_wishes, client, "кофе")
    carry_out(small.salon, register.set_notes, client, "носит очки")
    carry_out(small.salon, journal.undo, mine.entry_id or 0)
    assert (read(small, client).wishes, read(small, client).notes) == ("чай", "носит очки")


def test_a_renamed_client_is_found_by_the_new_name_the_earlier_one_and_the_phone(small: SmallSalon) -> None:
    client = small.client("Анна Щёлкина", "+79123456789")
    carry_out(small.salon, register.rename, client, "Анна Мороз")
    assert [one.name for one in finder.find(small.database, "мороз", TODAY)] == ["Анна Мороз"]
    assert [one.name for one in finder.find(small.database, "6789", TODAY)] == ["Анна Мороз"]
    assert [one.name for one in finder.find(small.database, "щёлк", TODAY)] == ["Анна Мороз"]


def test_phones_come_and_go_with_the_search(small: SmallSalon) -> None:
    client = small.client("Анна", "+79123456789")
    added = carry_out(small.salon, register.add_phone, client, "8 903 111-22-33", " мама ").value
    assert [contact.whose for contact in read(small, client).contacts] == ["", "мама"]
    assert finder.find(small.database, "1112233", TODAY)
    carry_out(small.salon, register.remove_contact, client, added)
    assert not finder.find(small.database, "1112233", TODAY)


def test_the_same_phone_is_not_written_twice(small: SmallSalon) -> None:
    client = small.client("Анна", "+79123456789")
    done = carry_out(small.salon, register.add_phone, client, "8 912 345 67 89")
    assert done.entry_id is None
    assert len(read(small, client).contacts) == 1


def test_the_first_phone_is_the_one_to_call(small: SmallSalon) -> None:
    client = small.client("Анна")
    carry_out(small.salon, register.add_phone, client, "8 903 111-22-33")
    assert read(small, client).contacts[0].is_preferred


def test_an_alert_holds_until_it_is_taken_off(small: SmallSalon) -> None:
    client = small.client("Анна")
    alert = carry_out(small.salon, register.warn, client, AlertKind.ALLERGY, "ацетон").value
    assert [(one.kind, one.text) for one in read(small, client).alerts] == [(AlertKind.ALLERGY, "ацетон")]
    done = carry_out(small.salon, register.take_back_alert, client, alert)
    assert read(small, client).alerts == ()
    carry_out(small.salon, journal.undo, done.entry_id or 0)
    assert len(read(small, client).alerts) == 1


def test_an_alert_without_words_is_refused(small: SmallSalon) -> None:
    with pytest.raises(NameMissing):
        carry_out(small.salon, register.warn, small.client("Анна"), AlertKind.OTHER, "  ")


def test_the_birthday_can_be_forgotten_again(small: SmallSalon) -> None:
    client = carry_out(small.salon, register.add, NewClient("Анна", birthday=date(1990, 5, 14))).value
    carry_out(small.salon, register.set_birthday, client, None)
    assert read(small, client).birthday is None


def test_a_card_that_was_taken_back_cannot_be_changed(small: SmallSalon) -> None:
    done = carry_out(small.salon, register.add, NewClient("Анна"))
    carry_out(small.salon, journal.undo, done.entry_id or 0)
    for act, value in ((register.set_wishes, "чай"), (register.set_notes, "…"), (register.rename, "Аня")):
        with pytest.raises(Gone):
            carry_out(small.salon, act, done.value, value)
    with pytest.raises(Gone):
        read(small, done.value)


@pytest.mark.parametrize(
    ("typed", "name", "phone"),
    [
        ("анна щёлкина", "Анна Щёлкина", ""),
        ("8 912 345", "", "8 912 345"),
        ("анна 8912", "Анна", "8912"),
        ("", "", ""),
        ("++", "", ""),
    ],
)
def test_a_new_card_begins_with_what_was_typed(typed: str, name: str, phone: str) -> None:
    begun = register.begun(typed)
    assert (begun.name, begun.phone) == (name, phone)


@pytest.mark.parametrize("write", [register.set_wishes, register.set_notes])
def test_a_text_is_not_written_over_one_that_nobody_read(small: SmallSalon, write: Callable[..., None]) -> None:
    client = small.client()
    carry_out(small.salon, write, client, "чай", "")
    with pytest.raises(TextChangedMeanwhile) as refused:
        carry_out(small.salon, write, client, "кофе", "")
    assert refused.value.standing == "чай"
    carry_out(small.salon, write, client, "чай", "")
    carry_out(small.salon, write, client, "кофе", "чай")
    carry_out(small.salon, write, client, "сок")
