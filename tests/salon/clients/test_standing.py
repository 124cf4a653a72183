"""Kinds of clients, VIP, the salon's own categories, requisites, and whom the salon does not book."""

from dataclasses import replace

import pytest

from app.errors import BadRequisite, DoNotBook, NameMissing, ReasonMissing, TextTooLong
from app.salon import undo
from app.salon.clients import categories, finder, listing, requisites, standing
from app.salon.clients.requisites import Requisites
from app.salon.clients.standing import CategoryMark
from app.salon.scheduling import agenda, booking, groups
from app.salon.scheduling.booking import BookingRequest
from app.salon.transaction import carry_out
from app.vocabulary import ClientKind, RequisiteField
from tests.builders import TODAY, SmallSalon, at

BANK = Requisites(
    "ООО «Невесты»",
    "7707083893",
    "773601001",
    "1027700132195",
    "ПАО Сбербанк",
    "044525225",
    "",
    "30101810400000000225",
    "Москва, ул. Вавилова, 19",
    "Ирина, менеджер",
)


def journal_note(small: SmallSalon) -> str:
    return str(small.database.value("SELECT note FROM journal_entry ORDER BY id DESC LIMIT 1"))


def test_a_client_is_a_private_person_until_somebody_says_otherwise(small: SmallSalon) -> None:
    client = small.client()
    assert standing.read(small.database, client) == standing.Standing(ClientKind.PERSON, False, "", ())
    carry_out(small.salon, standing.set_kind, client, ClientKind.INTERMEDIARY)
    carry_out(small.salon, standing.set_vip, client, is_vip=True)
    shown = standing.read(small.database, client)
    assert (shown.kind, shown.is_vip) == (ClientKind.INTERMEDIARY, True)


# ---- whom the salon does not book ----


@pytest.fixture
def unwanted(small: SmallSalon) -> int:
    client = small.client("Вера Ломова")
    carry_out(small.salon, standing.do_not_book, client, " четыре неявки ")
    return client


def test_who_is_not_to_be_booked_is_refused_with_the_reason(small: SmallSalon, unwanted: int) -> None:
    with pytest.raises(DoNotBook) as refused:
        small.book(at(15), unwanted)
    assert (refused.value.client_name, refused.value.reason) == ("Вера Ломова", "четыре неявки")
    assert small.database.value("SELECT count(*) FROM visit") == 0


def test_booked_all_the_same_with_a_reason_that_the_journal_keeps(small: SmallSalon, unwanted: int) -> None:
    request = BookingRequest(unwanted, (small.wish(at(15)),), unwanted_reason="внесла предоплату")
    visit = carry_out(small.salon, booking.book, request).value
    assert journal_note(small) == "внесла предоплату"
    # Nobody stands in the way, so nothing is marked as booked over.
    assert small.database.row("SELECT overbooked_reason FROM visit WHERE id = ?", (visit,)) == ("",)


def test_no_path_books_them_by_the_way(small: SmallSalon, unwanted: int) -> None:
    anna = small.client("Анна")
    visit = small.book(at(12), anna)
    with pytest.raises(DoNotBook):
        carry_out(small.salon, booking.change, visit, BookingRequest(unwanted, (small.wish(at(12)),)))
    together = [BookingRequest(anna, (small.wish(at(15)),)), BookingRequest(unwanted, (small.wish(at(17)),))]
    with pytest.raises(DoNotBook):
        carry_out(small.salon, groups.book_group, "", together)
    assert small.database.value("SELECT count(*) FROM visit") == 1


def test_a_visit_that_stands_is_moved_and_changed_as_any_other(small: SmallSalon) -> None:
    client = small.client("Вера")
    visit = small.book(at(12), client)
    carry_out(small.salon, standing.do_not_book, client, "четыре неявки")
    carry_out(small.salon, booking.move, small.booked_service(visit), small.olga, at(16))
    carry_out(small.salon, booking.change, visit, BookingRequest(client, (small.wish(at(17)),), "придёт с мужем"))


def test_the_mark_needs_a_reason_and_can_be_taken_off(small: SmallSalon, unwanted: int) -> None:
    for reason, error in (("  ", ReasonMissing), ("о" * 201, TextTooLong)):
        with pytest.raises(error):
            carry_out(small.salon, standing.do_not_book, unwanted, reason)
    done = carry_out(small.salon, standing.book_again, unwanted)
    small.book(at(15), unwanted)
    assert done.entry_id is not None
    carry_out(small.salon, undo.take_back, done.entry_id)
    assert standing.read(small.database, unwanted).do_not_book_reason == "четыре неявки"


def test_search_list_and_calendar_all_know_of_it(small: SmallSalon) -> None:
    client = small.client("Вера Ломова")
    brides = carry_out(small.salon, categories.keep, None, "Невесты", 1).value
    carry_out(small.salon, categories.set_of_client, client, [brides])
    carry_out(small.salon, standing.set_vip, client, is_vip=True)
    small.book(at(15), client)
    carry_out(small.salon, standing.do_not_book, client, "четыре неявки")
    (found,) = finder.find(small.database, "ломова", TODAY)
    assert (found.is_vip, found.do_not_book) == (True, True)
    (line,) = listing.lines(small.database, [client], TODAY)
    assert (line.is_vip, line.do_not_book, [one.name for one in line.categories]) == (True, True, ["Невесты"])
    assert [entry.do_not_book for entry in agenda.of_day(small.database, TODAY).entries] == [True]


# ---- categories ----


def test_categories_have_colours_an_order_and_clients(small: SmallSalon) -> None:
    brides = carry_out(small.salon, categories.keep, None, "  Невесты ", 1).value
    models_ = carry_out(small.salon, categories.keep, None, "Модели", 4).value
    anna, vera = small.client("Анна"), small.client("Вера")
    carry_out(small.salon, categories.set_of_client, anna, [models_, brides])
    carry_out(small.salon, categories.set_of_client, vera, [brides])
    carry_out(small.salon, categories.set_order, [models_, brides])
    listed = [(one.name, one.colour, one.clients) for one in categories.listed(small.database)]
    assert listed == [("Модели", 4, 1), ("Невесты", 1, 2)]
    assert [one.name for one in categories.offered(small.database)] == ["Модели", "Невесты"]
    assert standing.read(small.database, anna).categories == (
        CategoryMark(models_, "Модели", 4),
        CategoryMark(brides, "Невесты", 1),
    )
    carry_out(small.salon, categories.set_of_client, anna, [brides])
    assert [one.name for one in standing.read(small.database, anna).categories] == ["Невесты"]


def test_an_archived_category_is_shown_nowhere_and_comes_back_whole(small: SmallSalon) -> None:
    brides = carry_out(small.salon, categories.keep, None, "Невесты", 1).value
    anna = small.client("Анна")
    carry_out(small.salon, categories.set_of_client, anna, [brides])
    done = carry_out(small.salon, categories.archive, brides)
    carry_out(small.salon, categories.set_of_client, anna, [])
    assert categories.listed(small.database) == []
    assert standing.read(small.database, anna).categories == ()
    assert done.entry_id is not None
    carry_out(small.salon, undo.take_back, done.entry_id)
    assert [one.name for one in standing.read(small.database, anna).categories] == ["Невесты"]


@pytest.mark.parametrize(("name", "error"), [("  ", NameMissing), ("х" * 41, TextTooLong)])
def test_a_category_without_a_fit_name(small: SmallSalon, name: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        carry_out(small.salon, categories.keep, None, name, 0)


# ---- requisites ----


def test_requisites_are_kept_without_the_spaces_of_the_paper(small: SmallSalon) -> None:
    client = small.client("ООО «Невесты»")
    assert requisites.read(small.database, client).is_empty
    typed = replace(BANK, tax_number=" 7707 083893 ", correspondent_account="3010 1810 4000 0000 0225")
    carry_out(small.salon, requisites.keep, client, typed)
    assert requisites.read(small.database, client) == BANK
    carry_out(small.salon, requisites.keep, client, replace(BANK, contact_person="Ольга"))
    assert requisites.read(small.database, client).contact_person == "Ольга"
    assert small.database.value("SELECT count(*) FROM requisites") == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (replace(BANK, tax_number="7707083894"), RequisiteField.TAX_NUMBER),
        (replace(BANK, tax_reason_code="77"), RequisiteField.TAX_REASON_CODE),
        (replace(BANK, register_number="1027700132196"), RequisiteField.REGISTER_NUMBER),
        (replace(BANK, bank_code="44525225"), RequisiteField.BANK_CODE),
        (replace(BANK, account="40702810938000000002"), RequisiteField.ACCOUNT),
        (replace(BANK, bank_code=""), RequisiteField.CORRESPONDENT_ACCOUNT),
    ],
)
def test_a_wrong_number_is_named(small: SmallSalon, wrong: Requisites, field: RequisiteField) -> None:
    client = small.client("ООО «Невесты»")
    with pytest.raises(BadRequisite) as refused:
        carry_out(small.salon, requisites.keep, client, wrong)
    assert refused.value.field is field
    assert requisites.read(small.database, client).is_empty


def test_nothing_known_is_nothing_kept(small: SmallSalon) -> None:
    done = carry_out(small.salon, requisites.keep, small.client(), Requisites())
    assert done.entry_id is None
