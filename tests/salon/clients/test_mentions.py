"""Where a person is named on the cards of others, so that somebody can decide before they are forgotten for good."""

from itertools import starmap
from pathlib import Path
from typing import Any

import pytest
from peewee import CharField, Field, TextField

from app import models
from app.errors import PersonForgotten
from app.models.connection import Database, table_name
from app.models.fields import Words
from app.models.personal import PERSONAL
from app.salon import check, undo
from app.salon.catalogue import absences
from app.salon.catalogue.absences import AbsencePlan
from app.salon.clients import contacts, families, forgetting, mentions, register, requisites
from app.salon.clients.contacts import NewContact
from app.salon.clients.requisites import Requisites
from app.salon.scheduling import blocks, booking, waitlist
from app.salon.scheduling.booking import BookingRequest
from app.salon.transaction import carry_out
from app.vocabulary import AbsenceKind, BlockKind, CancelReason, ContactKind, MentionPlace, RelationKind
from tests.builders import TODAY, SmallSalon, at, small_salon
from tests.salon.clients.whole_life import live

_NOBODYS_WORDS = {
    "actor", "added_by", "answered_by", "created_by", "digest", "done_by", "received_by", "search", "stored_name",
}  # fmt: skip
"""Columns of text in which nobody writes about a client: staff, digits, and what the program makes of other columns."""
_OF_PAPERS = {"tax_number", "tax_reason_code", "register_number", "bank_code", "account", "correspondent_account"}
_OF_THE_SALON = {
    ("visit_step", "text"),
    ("formula_part", "material"),
    ("payment", "description"),
    ("payment", "receipt"),
}
"""Words of the price list, of the checklists and of receipts."""


def columns_of(table: Any) -> set[str]:
    def is_text(one: Field) -> bool:
        return isinstance(one, (Words, TextField)) or type(one) is CharField

    return {one.column_name for one in table._meta.sorted_fields if is_text(one)}


def found(small: SmallSalon, client: int) -> list[tuple[MentionPlace, str, str]]:
    return [(one.place, one.client_name, one.words) for one in mentions.of_client(small.database, client)]


def test_every_column_of_free_text_is_looked_through() -> None:
    """A new column of text has to be looked through as well: this fails until it is."""
    looked = {(table, column) for _place, table, columns, _owner in mentions.SOURCES for column in columns}
    every = {
        (table_name(table), column)
        for table in models.ALL_TABLES
        if table_name(table) in PERSONAL
        for column in columns_of(table) - _NOBODYS_WORDS - _OF_PAPERS
    }
    assert every - _OF_THE_SALON == looked - {("block", "reason"), ("absence", "note")}


def test_each_place_where_she_is_named_is_found(small: SmallSalon) -> None:
    """Somebody of whom everything is known, each word of it beginning with her name."""
    anna = small.client("Анна Щёлкина")
    other = live(small, "Анны Щелкиной ")
    carry_out(small.salon, blocks.block_time, small.olga, at(20), at(20, 30), BlockKind.BREAK, "ждёт анну щёлкину")
    away = AbsencePlan(small.maria, TODAY, TODAY, AbsenceKind.TRAINING, "Анна Щёлкина предупреждена")
    carry_out(small.salon, absences.plan, away)
    places = {one.place for one in mentions.of_client(small.database, anna)}
    assert places == set(MentionPlace)
    cards = {one.client_id for one in mentions.of_client(small.database, anna)}
    assert {other.client, None} <= cards
    assert anna not in cards


@pytest.mark.parametrize(
    "words",
    [
        "Приходит с Анной Щёлкиной",
        "мама — ЩЕЛКИНА Анна",
        "перезвонить на 8 (912) 345-67-89",
        "тел. 345 67 89, спросить",
        "пишет с Anna@Mail.ru",
        "рекомендовала Щёлкина",
    ],
)
def test_it_is_found_however_it_is_written(small: SmallSalon, words: str) -> None:
    anna, vera = small.client("Анна Щёлкина", "+79123456789"), small.client("Вера Мороз", wishes=words)
    carry_out(small.salon, contacts.add, anna, NewContact(ContactKind.EMAIL, "anna@mail.ru"))
    small.client("Анна Ким")
    (one,) = mentions.of_client(small.database, anna)
    assert (one.place, one.client_id, one.client_name) == (MentionPlace.WISHES, vera, "Вера Мороз")


@pytest.mark.parametrize("words", ["Анна — любимое имя", "вернуть завтра", "карта 1234", "Щёлково, дом 5"])
def test_what_may_be_anybody_is_not(small: SmallSalon, words: str) -> None:
    anna = small.client("Анна Щёлкина", "+79123456789")
    small.client("Анна Ким", wishes=words)
    assert found(small, anna) == []
    assert found(small, small.client("Анна")) == [], "one of many Annas"


def test_a_contact_person_whose_phone_and_who_waits(small: SmallSalon) -> None:
    anna = small.client("Анна Щёлкина", "+79123456789")
    firm, vera = small.client("ООО «Ромашка»"), small.client("Вера Мороз")
    carry_out(small.salon, requisites.keep, firm, Requisites(contact_person="Щёлкина Анна, +7 912 345-67-89"))
    carry_out(small.salon, register.add_phone, vera, "+79123456789", "Анны Щёлкиной")
    window = waitlist.Window(TODAY, TODAY)
    carry_out(
        small.salon, waitlist.add, waitlist.NewWait(vera, (small.manicure,), (window,), (), "вместе с Анной Щёлкиной")
    )
    assert found(small, anna) == [
        (MentionPlace.CONTACT, "Вера Мороз", "Анны Щёлкиной"),
        (MentionPlace.REQUISITES, "ООО «Ромашка»", "Щёлкина Анна, +7 912 345-67-89"),
        (MentionPlace.WAITING, "Вера Мороз", "вместе с Анной Щёлкиной"),
    ]


def test_what_is_hers_and_what_links_her_goes_by_itself(small: SmallSalon) -> None:
    anna, vera = small.client("Анна Щёлкина", wishes="Анна Щёлкина любит чай"), small.client("Вера")
    carry_out(small.salon, families.relate, anna, vera, RelationKind.PARENT, may_book=True, is_booked_for=True)
    small.book(at(9), anna)
    assert found(small, anna) == []
    carry_out(small.salon, forgetting.ask, anna, cancel_visits=True)
    forgetting.for_good(small.salon, [anna])
    assert families.of_client(small.database, vera) == []
    assert found(small, anna) == []


def test_nothing_that_was_typed_breaks_the_search(small: SmallSalon) -> None:
    for name in ("%_(", "Ё", "a" * 99, "'; DROP TABLE client", "🙂🙂🙂", "Еееё"):
        assert list(starmap(str, found(small, small.client(name)))) == []


def test_what_was_taken_off_other_cards_is_in_no_file_afterwards(tmp_path: Path) -> None:
    """Somebody decided: the journal does not go on telling what stood there."""
    small = small_salon(Database(tmp_path / "salon.vizit"))
    anna = small.client("Анна Щёлкина", "+79123456789")
    vera = small.client("Вера Мороз", wishes="Приходит с Анной Щёлкиной, 8 912 345-67-89")
    visit = carry_out(small.salon, booking.book, BookingRequest(vera, (small.wish(at(12)),), "подруга Щёлкиной Анны"))
    carry_out(small.salon, booking.cancel, visit.value, CancelReason.OTHER, "заболела Щёлкина Анна")
    carry_out(small.salon, register.set_notes, vera, "Скидку обещала Анна Щёлкина")
    later = carry_out(small.salon, register.set_notes, vera, "").entry_id or 0
    wishes = carry_out(small.salon, register.set_wishes, vera, "Чай").entry_id or 0
    other = carry_out(small.salon, register.set_birthday, vera, TODAY.replace(year=1990)).entry_id or 0
    small.database.rows("UPDATE visit SET comment = '' WHERE id = ?", (visit.value,))
    carry_out(small.salon, forgetting.ask, anna)
    forgetting.for_good(small.salon, [anna])
    small.database.close()
    content = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert not [word for word in ("Щёлкин", "9123456789", "912 345-67-89") if word.encode() in content]
    assert check.faults(small.database) == []
    for entry in (later, wishes):
        with pytest.raises(PersonForgotten):
            carry_out(small.salon, undo.take_back, entry)
    carry_out(small.salon, undo.take_back, other)
    small.database.close()


def test_what_somebody_left_on_another_card_stays_with_its_history(small: SmallSalon) -> None:
    anna = small.client("Анна Щёлкина")
    vera = small.client("Вера Мороз")
    told = carry_out(small.salon, register.set_wishes, vera, "Приходит с Анной Щёлкиной").entry_id or 0
    forgetting.for_good(small.salon, [anna])
    assert found_words(small, vera) == "Приходит с Анной Щёлкиной"
    carry_out(small.salon, undo.take_back, told)
    assert found_words(small, vera) == ""


def found_words(small: SmallSalon, client: int) -> str:
    return str(small.database.value("SELECT wishes FROM client WHERE id = ?", (client,)))
