"""Why a client was found, and what cannot be found out where numbers are hidden."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import assume, example, given, strategies as st

from app.salon.clients import (
    client_query,
    contacts,
    finder,
    forgetting,
    likelihood,
    listing,
    merging,
    register,
    requisites,
)
from app.salon.clients.contacts import NewContact
from app.salon.clients.listing import ListOrder, ListQuery
from app.salon.clients.reasons import SHOWN_DIGITS
from app.salon.clients.requisites import Requisites
from app.salon.transaction import carry_out
from app.salon.undo import take_back
from app.vocabulary import ContactKind
from tests.builders import TODAY, SmallSalon, at, small_salon


@pytest.fixture
def anna(small: SmallSalon) -> int:
    """Anna with everything by which one may look for her."""
    client = small.client("Анна Щёлкина", "8 912 345-67-89")
    for kind, typed, whose in (
        (ContactKind.PHONE, "+7 903 111-22-33", "мама"),
        (ContactKind.EMAIL, "studio.five@mail.ru", ""),
        (ContactKind.TELEGRAM, "@shchelka_nails", "помощница"),
    ):
        carry_out(small.salon, contacts.add, client, NewContact(kind, typed, whose))
    papers = Requisites(legal_name="ООО «Ромашка»", contact_person="Пётр Седов", tax_number="7707083893")
    carry_out(small.salon, requisites.keep, client, papers)
    return client


def why(small: SmallSalon, typed: str) -> list[tuple[str, str, str]]:
    (found,) = finder.find(small.database, typed, TODAY)
    listed = listing.lines(small.database, [found.client_id], TODAY, ListQuery(typed=typed))
    assert listed[0].found_by == found.found_by, "the list of clients says the same"
    return [(fact.found_by.value, fact.text, fact.whose) for fact in found.found_by]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("щелк", []),
        ("Otkr", []),
        ("Shchelkina 6789", []),
        ("2233", [("phone", "+79031112233", "мама")]),
        ("8 903", [("phone", "+79031112233", "мама")]),
        ("мам", [("phone", "+79031112233", "мама")]),
        ("vfvf", [("phone", "+79031112233", "мама")]),
        ("five", [("email", "studio.five@mail.ru", "")]),
        ("помощ", [("telegram", "shchelka_nails", "помощница")]),
        ("ромаш", [("legal_name", "ООО «Ромашка»", "")]),
        ("петр", [("contact_person", "Пётр Седов", "")]),
        ("770708", [("tax_number", "7707083893", "")]),
        ("анна 2233 five", [("email", "studio.five@mail.ru", ""), ("phone", "+79031112233", "мама")]),
    ],
)
def test_a_hit_says_by_what_it_was_found_where_the_line_does_not_show_it(
    small: SmallSalon, anna: int, typed: str, said: list[tuple[str, str, str]]
) -> None:
    assert why(small, typed) == said


def test_somebody_who_married_is_found_by_the_earlier_family_name(small: SmallSalon, anna: int) -> None:
    carry_out(small.salon, register.rename, anna, "Анна Мороз")
    assert why(small, "щелк") == why(small, "schelk") == [("earlier_name", "Анна Щёлкина", "")]
    assert why(small, "мороз") == []
    carry_out(small.salon, register.add_phone, anna, "+7 905 000-00-01")
    assert why(small, "щелк") == [("earlier_name", "Анна Щёлкина", "")]


def test_a_renaming_that_was_taken_back_is_no_earlier_name(small: SmallSalon, anna: int) -> None:
    renamed = carry_out(small.salon, register.rename, anna, "Анна Мороз").entry_id or 0
    undone = carry_out(small.salon, take_back, renamed).entry_id or 0
    carry_out(small.salon, take_back, carry_out(small.salon, register.rename, anna, "Анна Снег").entry_id or 0)
    carry_out(small.salon, take_back, undone)
    carry_out(small.salon, register.add_phone, anna, "+7 905 000-00-02")
    assert why(small, "щелк") == [("earlier_name", "Анна Щёлкина", "")]
    assert finder.find(small.database, "снег", TODAY) == []


def test_the_name_of_an_absorbed_card_finds_the_one_that_remains(small: SmallSalon, anna: int) -> None:
    other = small.client("Нюра Щукина")
    one, two = (merging.side(small.database, client, TODAY) for client in (anna, other))
    chosen = replace(merging.suggested(one, two), name="Анна Щёлкина")
    carry_out(small.salon, merging.merge, anna, other, chosen)
    assert why(small, "щукин") == [("earlier_name", "Нюра Щукина", "")]


def test_a_forgotten_client_has_no_earlier_name(small: SmallSalon, anna: int) -> None:
    carry_out(small.salon, register.rename, anna, "Анна Мороз")
    carry_out(small.salon, forgetting.ask, anna)
    forgetting.for_good(small.salon, [anna])
    assert finder.find(small.database, "щелк", TODAY) == []


def test_saying_why_costs_no_query_for_each_hit(small: SmallSalon) -> None:
    def queries(typed: str) -> int:
        asked: list[str] = []
        small.database.connection.set_trace_callback(asked.append)
        finder.find(small.database, typed, TODAY)
        small.database.connection.set_trace_callback(None)
        return sum(not one.startswith("--") for one in asked)  # those are the index asking itself

    for number in range(12):
        client = small.client(f"Анна {number}", f"+7912000000{number % 10}")
        carry_out(small.salon, register.rename, client, f"Вера {number}")
        if number == 3:
            once = queries("анна")
    assert queries("анна") == once
    assert len(finder.find(small.database, "анна", TODAY)) == 12


@pytest.mark.parametrize(("count", "others"), [(12, 0), (13, 1), (40, 28)])
def test_it_is_said_how_many_more_there_are(small: SmallSalon, count: int, others: int) -> None:
    for number in range(count):
        small.client(f"Анна {number}")
    assert finder.answer(small.database, "анна", TODAY).others == others
    assert finder.answer(small.database, "нет никого", TODAY).others == 0


def test_beyond_what_is_counted_it_is_said_that_there_are_more(
    small: SmallSalon, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(20):
        small.client(f"Анна {number}")
    monkeypatch.setattr(client_query, "CAP", 3)
    assert finder.answer(small.database, "анна", TODAY).others is None


# ---- where numbers are hidden --------------------------------------------------------------------------------


def hidden(small: SmallSalon, typed: str) -> list[int]:
    found = finder.find(small.database, typed, TODAY, hides_contacts=True)
    query = ListQuery(typed=typed, hides_contacts=True)
    listed = listing.everybody(small.database, query, TODAY).client_ids
    assert sorted(one.client_id for one in found) == sorted(listed), "the list of clients finds the same"
    return [one.client_id for one in found]


@pytest.mark.parametrize("typed", ["6789", "67-89", "789", "8 912 345-67-89", "9123456789", "2233", "Щёлк", "мама"])
def test_the_digits_that_are_shown_and_a_whole_number_find_all_the_same(
    small: SmallSalon, anna: int, typed: str
) -> None:
    assert hidden(small, typed) == [anna]


@pytest.mark.parametrize(
    "typed", ["9123", "912", "8912345", "56789", "345-67-89", "анна 912", "8 912 345-67-88", "studio", "mail", "nails"]
)
def test_nothing_that_is_hidden_is_found_out_key_by_key(small: SmallSalon, anna: int, typed: str) -> None:
    assert finder.find(small.database, typed, TODAY), "the front desk finds her so"
    assert hidden(small, typed) == []


def test_whoever_knows_the_whole_address_finds_its_owner(small: SmallSalon, anna: int) -> None:
    assert hidden(small, "studio.five@mail.ru") == [anna]
    assert hidden(small, "studio.five@mail.r") == []


def test_of_very_many_who_have_the_digits_where_they_are_hidden_those_are_found_who_have_them_last(
    small: SmallSalon, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a code of the network in each number, "974" is in all of them."""
    monkeypatch.setattr(client_query, "CAP", 3)
    monkeypatch.setattr(likelihood, "KNOWN_LATELY", 1)
    for number in range(12):
        small.client(f"Анна {number}", f"+797400000{number:02}")
    meant = [small.client("Вера", "+79120000974"), small.client("Оля2", "+79120009740")]
    small.complete(small.book(at(9, days=-1), small.client("Юлия", "+79740000000")))
    assert sorted(hidden(small, "974")) == meant
    assert sorted(hidden(small, "0974")) == meant[:1]
    assert hidden(small, "оля 97") == meant[1:]


@given(
    cards=st.lists(
        st.tuples(
            st.sampled_from(["Анна", "Оля2", "Вера Ким", "Анна!"]),
            st.lists(st.text("79", min_size=7, max_size=7), min_size=1, max_size=2),
        ),
        max_size=9,
    ),
    typed=st.tuples(st.sampled_from(["", "анна ", "ол "]), st.text("79", min_size=2, max_size=4)).map("".join),
    cap=st.sampled_from([2, 1500]),
    is_learnt=st.booleans(),
)
def test_whoever_has_the_typed_digits_last_is_found_and_nobody_else(
    cards: list[tuple[str, list[str]]], typed: str, cap: int, *, is_learnt: bool
) -> None:
    small = small_salon()
    with small.database.writing():
        made: dict[int, list[str]] = {}
        for name, numbers in cards:
            client = small.client(name, f"+7900{numbers[0]}")
            for other in numbers[1:]:
                carry_out(small.salon, register.add_phone, client, f"+7900{other}", "")
            made[client] = [name, *numbers]
    word, _gap, digits = typed.rpartition(" ")
    meant = [
        client
        for client, (name, *numbers) in made.items()
        if name.casefold().startswith(word) and any(digits in number[-SHOWN_DIGITS:] for number in numbers)
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(client_query, "CAP", cap)
        while is_learnt and finder.learn(small.database, TODAY, hides_contacts=True):
            pass
        found = finder.find(small.database, typed, TODAY, hides_contacts=True)
    assert sorted(one.client_id for one in found) == meant
    small.database.close()


@given(
    first=st.text("0123456789", min_size=5, max_size=5),
    other=st.text("0123456789", min_size=5, max_size=5),
    last=st.text("0123456789", min_size=SHOWN_DIGITS, max_size=SHOWN_DIGITS),
    typed=st.text("0123456789+- ", min_size=1, max_size=9),
)
@example(first="23456", other="23457", last="7000", typed="456")
@example(first="00007", other="10007", last="0007", typed="8000")
@example(first="27812", other="21212", last="1181", typed="78")
@example(first="78912", other="21212", last="1891", typed="789")
def test_what_is_hidden_changes_nothing_in_the_answer(first: str, other: str, last: str, typed: str) -> None:
    """Two salons that differ only in the hidden digits: no typing, up to nine digits, tells them apart."""
    assume(first != other)
    assert _answer(first + last, typed) == _answer(other + last, typed)


@given(
    first=st.text("0789", min_size=5, max_size=5),
    other=st.text("0789", min_size=5, max_size=5),
    last=st.text("0789", min_size=SHOWN_DIGITS, max_size=SHOWN_DIGITS),
    begin=st.integers(0, 8),
    length=st.integers(1, 8),
    before=st.sampled_from(["", "7", "8", "+7", "ю ", "юлия 8"]),
)
def test_no_piece_of_a_hidden_number_tells_more_than_its_last_digits(
    first: str, other: str, last: str, begin: int, length: int, before: str
) -> None:
    """As above, by pieces of the number itself: they are what somebody would try."""
    assume(first != other)
    typed = before + f"9{first}{last}"[begin : begin + length]
    assert _answer(first + last, typed) == _answer(other + last, typed)


_SALON: dict[str, SmallSalon] = {}


def _answer(number: str, typed: str) -> Any:
    if "made" not in _SALON:
        _SALON["made"] = small_salon()
        for name in ("Анна", "Вера"):
            _SALON["made"].client(name, "+79120000001")
    small = _SALON["made"]
    with small.database.writing():
        client = small.client("Юлия", f"+79{number}")
        carry_out(small.salon, register.add_phone, client, "+79990007007", "мама")
        answer = finder.answer(small.database, typed, TODAY, hides_contacts=True)
        listed = listing.everybody(small.database, ListQuery(typed=typed, hides_contacts=True), TODAY)
        seen = [
            (one.name, [(fact.found_by, fact.text[-SHOWN_DIGITS:]) for fact in one.found_by], one.is_guess)
            for one in answer.clients
        ]
        names = [one.name for one in listing.lines(small.database, listed.client_ids, TODAY)]
        small.database.rows("DELETE FROM contact_point WHERE client_id = ?", (client,))
        small.database.rows("DELETE FROM client WHERE id = ?", (client,))
    return seen, answer.others, names


def test_the_order_of_hidden_numbers_tells_no_more_than_what_is_shown_of_them(small: SmallSalon) -> None:
    for name, phone in (("Анна", "+79990001111"), ("Вера", "+79110002222"), ("Юлия", "+79550001111")):
        small.client(name, phone)

    def ordered(*, hides_contacts: bool) -> list[str]:
        query = ListQuery(order=ListOrder.PHONE, descending=False, hides_contacts=hides_contacts)
        found = listing.everybody(small.database, query, TODAY).client_ids
        return [one.name for one in listing.lines(small.database, found, TODAY)]

    assert ordered(hides_contacts=False) == ["Вера", "Юлия", "Анна"]
    assert ordered(hides_contacts=True) == ["Анна", "Юлия", "Вера"]


def test_a_hidden_address_is_not_counted_however_many_have_one(
    small: SmallSalon, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the index names many, they are not looked at one by one."""
    monkeypatch.setattr(client_query, "_SIEVED", 4)
    for number in range(50):
        client = small.client(f"Анна {'АБВГДЕЖЗИК'[number % 10]}")
        carry_out(small.salon, contacts.add, client, NewContact(ContactKind.EMAIL, f"a{number}@salon.example"))
    assert finder.answer(small.database, "salon", TODAY).others == 50 - finder.MOST
    hidden = finder.answer(small.database, "salon", TODAY, hides_contacts=True)
    assert (hidden.clients, hidden.others) == ((), 0)
    named = finder.answer(small.database, "анна", TODAY, hides_contacts=True)
    assert (len(named.clients), named.others) == (finder.MOST, None)
