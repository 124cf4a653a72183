"""Two cards of one person become one, and two again; nothing is lost on the way."""

from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from app import models
from app.errors import ChangedSince, Gone, NameMissing, ToBeForgotten
from app.models.connection import table_name
from app.salon import check, undo
from app.salon.clients import (
    card,
    categories,
    consents,
    contacts,
    duplicates,
    families,
    finder,
    forgetting,
    listing,
    merging,
    register,
    requisites,
    standing,
    timeline,
)
from app.salon.clients.contacts import NewContact, Reachable
from app.salon.clients.merging import Chosen
from app.salon.clients.register import NewClient
from app.salon.clients.requisites import Requisites
from app.salon.clients.timeline import HappenedKind
from app.salon.reminders import invitations
from app.salon.scheduling import booking
from app.salon.scheduling.booking import BookingRequest
from app.salon.transaction import Done, Work, carry_out
from app.vocabulary import (
    AlertKind,
    Channel,
    ClientKind,
    ConsentKind,
    ConsentWay,
    ContactKind,
    DuplicateSign,
    RelationKind,
    ReminderStatus,
)
from tests.builders import TODAY, ZONE, SmallSalon, at, small_salon
from tests.salon.clients.row_filler import RowFiller


def everything(small: SmallSalon) -> dict[str, list[Any]]:
    """All rows of all tables, but for the journal: what happened has happened."""
    tables = [table_name(table) for table in models.ALL_TABLES if table is not models.JournalEntry]
    return {name: small.database.rows(f'SELECT * FROM "{name}" ORDER BY id') for name in tables}


def merge(small: SmallSalon, stays: int, absorbed: int, chosen: Chosen | None = None) -> Done[None]:
    sides = [merging.side(small.database, one, TODAY) for one in (stays, absorbed)]
    return carry_out(small.salon, merging.merge, stays, absorbed, chosen or merging.suggested(*sides))


def take_back(small: SmallSalon, done: Done[Any]) -> None:
    assert done.entry_id is not None
    carry_out(small.salon, undo.take_back, done.entry_id)


# ---- nothing is lost ----


def fill(work: Work, clients: list[int], seed: int) -> None:
    RowFiller(work, Random(seed)).fill_around(clients)


@settings(max_examples=settings().max_examples // 4)
@given(
    st.integers(0, 10**6),
    st.lists(st.integers(0, 3), min_size=1, max_size=3),
    st.booleans(),
    st.sampled_from(["", "кофе", "кофе и тишина", "ж" * 1500]),
    st.sampled_from([None, date(1990, 5, 14)]),
)
def test_merged_and_undone_everything_is_as_before(
    seed: int, visits: list[int], is_later: bool, wishes: str, birthday: date | None
) -> None:
    """Random cards, with a row in every table that points to a client, and with real visits."""
    small = small_salon()
    new = [
        NewClient("Анна Щёлкина", "8 912 345-67-89", wishes, "носит очки", birthday),
        NewClient("Аня Щелкина", "9123456789", "кофе", "носит очки", date(1991, 1, 1)),
        NewClient("Вера Ломова", "8 903 111-22-33"),
    ]
    clients = [carry_out(small.salon, register.add, one).value for one in new]
    for number, owner in enumerate(visits):
        visit = small.book(at(10 + 2 * number, days=is_later), clients[owner % 3])
        if number == 1 and not is_later:
            carry_out(small.salon, booking.set_status, visit, booking.VisitStatus.ARRIVED)
    for more in range(2):
        carry_out(small.salon, fill, clients, seed + more)
    stays, absorbed = clients[:2] if seed % 2 else clients[1::-1]
    before = everything(small)
    done = merge(small, stays, absorbed)
    after = everything(small)
    assert_nothing_lost(small, before, after, stays, absorbed)
    take_back(small, done)
    assert everything(small) == before
    small.database.close()


DOUBLES = {"contact_point", "client_in_category", "client_relation", "requisites", "not_duplicate", "reminder"}
"""Where two rows may become one."""


def assert_nothing_lost(
    small: SmallSalon, before: dict[str, list[Any]], after: dict[str, list[Any]], stays: int, absorbed: int
) -> None:
    for name, rows in before.items():
        kept, had = {row[0] for row in after[name]}, {row[0] for row in rows}
        assert had <= kept or name in DOUBLES, name
    pointing = small.database.references_to("client")
    assert len(pointing) > 20
    for name, column in pointing:
        assert small.database.value(f'SELECT count(*) FROM "{name}" WHERE {column} = ?', (absorbed,)) == 0, name
    assert merging.remaining(small.database, absorbed) == stays
    owner, kind, value = 1, 2, 4
    had_contacts = {(row[kind], row[value]) for row in before["contact_point"] if row[owner] in (stays, absorbed)}
    assert {(row[kind], row[value]) for row in after["contact_point"] if row[owner] == stays} == had_contacts


# ---- what the desk sees ----


@pytest.fixture
def anna(small: SmallSalon) -> int:
    """The card that has the visits."""
    new = NewClient("Анна Щёлкина", "8 912 345-67-89", "кофе без сахара", "носит очки")
    client = carry_out(small.salon, register.add, new).value
    small.complete(small.book(at(10, days=-20), client))
    return client


@pytest.fixture
def anya(small: SmallSalon) -> int:
    """The second card of the same person, opened by somebody in a hurry."""
    new = NewClient("Аня", "9123456789", "тишина", "носит очки", date(1990, 5, 14))
    client = carry_out(small.salon, register.add, new).value
    carry_out(small.salon, contacts.add, client, NewContact(ContactKind.EMAIL, "anna@mail.ru"))
    carry_out(small.salon, register.warn, client, AlertKind.ALLERGY, "ацетон")
    small.book(at(15, days=1), client)
    return client


def test_one_card_with_all_that_both_knew(small: SmallSalon, anna: int, anya: int) -> None:
    carry_out(small.salon, register.warn, anna, AlertKind.ALLERGY, "Ацетон")
    done = merge(small, anna, anya)
    shown = card.read(small.database, anna, TODAY)
    assert (shown.name, shown.birthday) == ("Анна Щёлкина", date(1990, 5, 14))
    assert (shown.wishes, shown.notes) == ("кофе без сахара\nтишина", "носит очки")
    assert [one.value for one in shown.contacts] == ["+79123456789", "anna@mail.ru"]
    assert [alert.text.casefold() for alert in shown.alerts] == ["ацетон"]
    assert (shown.completed, shown.next_visit is not None) == (1, True)
    assert [one.client_id for one in finder.find(small.database, "3456789", TODAY)] == [anna]
    assert list(listing.everybody(small.database, listing.ListQuery(), TODAY).client_ids) == [anna]
    assert done.changes.clients == {anna, anya}


def test_an_old_link_opens_the_card_that_remains(small: SmallSalon, anna: int, anya: int) -> None:
    vera = small.client("Вера")
    merge(small, anna, anya)
    assert card.read(small.database, anya, TODAY).client_id == anna
    merge(small, vera, anna)
    for link in (anna, anya, vera):
        assert merging.remaining(small.database, link) == vera
        assert card.read(small.database, link, TODAY).client_id == vera
    assert merging.cards_of(small.database, vera) == (vera, anna, anya)


def test_what_was_chosen_stands_on_the_card(small: SmallSalon, anna: int, anya: int) -> None:
    carry_out(small.salon, standing.set_vip, anya, is_vip=True)
    carry_out(small.salon, standing.do_not_book, anna, "неявки")
    carry_out(small.salon, contacts.set_reachable, anya, Reachable(Channel.TELEGRAM, 600, 1200))
    chosen = Chosen("Анна Петровна Щёлкина", date(1990, 5, 15), ClientKind.INTERMEDIARY, Reachable(Channel.WHATSAPP))
    merge(small, anna, anya, chosen)
    shown = merging.side(small.database, anna, TODAY)
    assert (shown.name, shown.birthday, shown.reachable) == (chosen.name, chosen.birthday, chosen.reachable)
    assert shown.standing == standing.Standing(ClientKind.INTERMEDIARY, True, "неявки", ())
    assert [one.client_id for one in finder.find(small.database, "петровна", TODAY)] == [anna]


def test_families_and_categories_of_both(small: SmallSalon, anna: int, anya: int) -> None:
    vera, dasha = small.client("Вера"), small.client("Даша")
    brides = carry_out(small.salon, categories.keep, None, "Невесты", 1).value
    for one in (anna, anya):
        carry_out(small.salon, categories.set_of_client, one, [brides])
        carry_out(small.salon, families.relate, one, vera, RelationKind.FRIEND, may_book=one == anya)
    carry_out(small.salon, families.relate, anya, dasha, RelationKind.CHILD)
    carry_out(small.salon, families.relate, anna, anya, RelationKind.OTHER)
    merge(small, anna, anya)
    assert [(one.name, one.may_book) for one in families.of_client(small.database, anna)] == [
        ("Вера", True),
        ("Даша", False),
    ]
    assert [one.client_id for one in families.of_client(small.database, dasha)] == [anna]
    assert len(standing.read(small.database, anna).categories) == 1


def test_requisites_that_were_not_chosen_stay_readable(small: SmallSalon, anna: int, anya: int) -> None:
    mine, theirs = Requisites("ООО «Невесты»", "7707083893"), Requisites("ООО «Невеста»", address="Москва")
    for one, told in ((anna, mine), (anya, theirs)):
        carry_out(small.salon, requisites.keep, one, told)
    merge(small, anna, anya)
    assert requisites.read(small.database, anna) == Requisites("ООО «Невесты»", "7707083893", address="Москва")
    note = small.database.value("SELECT text FROM client_note WHERE client_id = ?", (anna,))
    assert "ООО «Невеста»" in note


def test_wishes_too_long_for_one_card_become_a_line_of_its_timeline(small: SmallSalon, anna: int, anya: int) -> None:
    carry_out(small.salon, register.set_wishes, anna, "а" * 1500)
    carry_out(small.salon, register.set_wishes, anya, "б" * 1500)
    merge(small, anna, anya)
    assert card.read(small.database, anna, TODAY).wishes == "а" * 1500
    assert small.database.value("SELECT text FROM client_note WHERE client_id = ?", (anna,)) == "б" * 1500


def test_the_timeline_tells_the_changes_of_both_cards(small: SmallSalon, anna: int, anya: int) -> None:
    carry_out(small.salon, register.rename, anya, "Аня Щ.")
    merge(small, anna, anya)
    kinds = frozenset({HappenedKind.CHANGE})
    words = [line.word for line in timeline.read(small.database, anna, small.clock.now(), ZONE, kinds).lines]
    assert words.count("client_added") == 2
    assert {"clients_merged", "client_changed"} <= set(words)


# ---- what cannot be ----


def test_what_cannot_be_merged_changes_nothing(small: SmallSalon, anna: int, anya: int) -> None:
    merge(small, anna, anya)
    vera = small.client("Вера")
    before = everything(small)
    for stays, absorbed in ((anna, anna), (anna, anya), (anya, vera), (anna, 999)):
        with pytest.raises(Gone):
            carry_out(small.salon, merging.merge, stays, absorbed, Chosen("Анна"))
    with pytest.raises(NameMissing):
        carry_out(small.salon, merging.merge, anna, vera, Chosen("  "))
    assert everything(small) == before


def test_what_was_changed_since_is_not_undone(small: SmallSalon, anna: int, anya: int) -> None:
    done = merge(small, anna, anya)
    carry_out(small.salon, register.set_wishes, anna, "чай")
    before = everything(small)
    with pytest.raises(ChangedSince):
        take_back(small, done)
    assert everything(small) == before


def test_a_visit_booked_since_stays_with_the_card_that_remained(small: SmallSalon, anna: int, anya: int) -> None:
    done = merge(small, anna, anya)
    visit = carry_out(small.salon, booking.book, BookingRequest(anna, (small.wish(at(18, days=1)),))).value
    take_back(small, done)
    assert small.database.value("SELECT client_id FROM visit WHERE id = ?", (visit,)) == anna
    assert card.read(small.database, anya, TODAY).next_visit is not None


# ---- duplicates ----


def test_duplicates_are_found_for_all_and_for_one(small: SmallSalon, anna: int, anya: int) -> None:
    small.client("Вера Ломова")
    (found,) = duplicates.find(small.database)
    assert found.both == (anna, anya)
    assert found.signs == (DuplicateSign.PHONE,)
    for one in (anna, anya):
        assert duplicates.of_client(small.database, one) == [found]
    merge(small, anna, anya)
    assert duplicates.find(small.database) == duplicates.of_client(small.database, anna) == []


def test_not_the_same_is_remembered(small: SmallSalon, anna: int, anya: int) -> None:
    done = carry_out(small.salon, duplicates.keep_apart, anya, anna)
    assert duplicates.find(small.database) == duplicates.of_client(small.database, anya) == []
    assert carry_out(small.salon, duplicates.keep_apart, anna, anya).entry_id is None
    take_back(small, done)
    assert len(duplicates.find(small.database)) == 1
    for other in (anna, 999):
        with pytest.raises(Gone):
            carry_out(small.salon, duplicates.keep_apart, anna, other)


def test_a_family_is_no_duplicate(small: SmallSalon, anna: int, anya: int) -> None:
    carry_out(small.salon, families.relate, anna, anya, RelationKind.CHILD)
    assert duplicates.find(small.database) == duplicates.of_client(small.database, anna) == []


def test_nothing_new_stands_on_a_card_that_another_absorbed(small: SmallSalon, anna: int, anya: int) -> None:
    """As when the form was open while somebody else merged the cards: it would be seen on no card."""
    renamed = carry_out(small.salon, register.add_phone, anya, "8 903 111-22-33")
    undone = carry_out(small.salon, undo.take_back, renamed.entry_id or 0)
    done = merge(small, anna, anya)
    with pytest.raises(Gone):
        small.book(at(18), anya)
    with pytest.raises(Gone):
        carry_out(small.salon, register.warn, anya, AlertKind.ALLERGY, "лак")
    with pytest.raises(ChangedSince):
        take_back(small, undone)
    take_back(small, done)
    small.book(at(18), anya)


def test_who_asks_to_be_forgotten_is_not_brought_back_by_undoing_the_merging(
    small: SmallSalon, anna: int, anya: int
) -> None:
    done = merge(small, anna, anya)
    asked = carry_out(small.salon, forgetting.ask, anna, cancel_visits=True)
    with pytest.raises(ToBeForgotten):
        take_back(small, done)
    assert finder.find(small.database, "", TODAY) == []
    take_back(small, asked)
    take_back(small, done)
    assert len(finder.find(small.database, "", TODAY)) == 2


def test_what_either_card_said_last_of_advertising_holds(small: SmallSalon, anna: int, anya: int) -> None:
    way = ConsentWay.SPOKEN
    carry_out(small.salon, consents.record, anna, ConsentKind.ADVERTISING, is_given=True, day=TODAY, way=way)
    carry_out(small.salon, invitations.invite, [anna])
    small.clock.advance(timedelta(minutes=1))
    carry_out(small.salon, consents.record, anya, ConsentKind.ADVERTISING, is_given=False, day=TODAY, way=way)
    before = everything(small)
    done = merge(small, anna, anya)
    assert not consents.may_advertise(small.database, anna)
    assert small.database.value("SELECT status FROM reminder WHERE kind = 'invitation'") == ReminderStatus.SKIPPED
    take_back(small, done)
    assert everything(small) == before


def test_who_was_invited_on_both_cards_is_invited_once(small: SmallSalon, anna: int, anya: int) -> None:
    for client in (anna, anya):
        given = {"is_given": True, "day": TODAY, "way": ConsentWay.SPOKEN}
        carry_out(small.salon, consents.record, client, ConsentKind.ADVERTISING, **given)
        small.clock.advance(timedelta(minutes=1))
        carry_out(small.salon, invitations.invite, [client])
    assert check.faults(small.database) == []
    before = everything(small)
    done = merge(small, anna, anya)
    waiting = "SELECT COUNT(*) FROM reminder WHERE kind = 'invitation' AND status = 'queued'"
    assert small.database.value(waiting) == 1
    assert check.faults(small.database) == []
    take_back(small, done)
    assert everything(small) == before


def test_what_was_written_anew_since_is_no_place_for_what_was_there(small: SmallSalon, anna: int) -> None:
    """Of some rows a card has one: undoing an undo does not fall over the second."""
    kept = carry_out(small.salon, requisites.keep, anna, Requisites(legal_name="ИП Щёлкина"))
    undone = carry_out(small.salon, undo.take_back, kept.entry_id or 0)
    carry_out(small.salon, requisites.keep, anna, Requisites(legal_name="ООО Ромашка"))
    with pytest.raises(ChangedSince):
        take_back(small, undone)
    assert requisites.read(small.database, anna).legal_name == "ООО Ромашка"
