"""Finding who is on the phone."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest
from hypothesis import example, given, strategies as st

from app.errors import NameMissing
from app.models import derived
from app.models.connection import Database
from app.salon import check
from app.salon.clients import client_query, contacts, finder, likelihood, register, sought_parts, spelling
from app.salon.clients.contacts import NewContact
from app.salon.transaction import carry_out
from app.salon.undo import take_back
from app.vocabulary import AlertKind, ContactKind
from tests.builders import TODAY, SmallSalon, at, copy_of, small_salon
from tests.lent import copied


def names(small: SmallSalon, typed: str, most: int = finder.MOST) -> list[str]:
    return [client.name for client in finder.find(small.database, typed, TODAY, most)]


@pytest.fixture
def three(small: SmallSalon) -> SmallSalon:
    """Anna was here last week, Maria comes today, Olga never came."""
    anna = small.client("Анна Щёлкина", "8 912 345-67-89")
    maria = small.client("Мария Ким", "+7 903 000-11-22")
    small.client("Ольга Тихая")
    visit = small.book(at(10, days=-7), anna)
    small.complete(visit)
    small.book(at(15, 30), maria)
    return small


def test_the_last_digits_are_enough(three: SmallSalon) -> None:
    assert names(three, "67-89") == ["Анна Щёлкина"]
    assert names(three, "6789") == ["Анна Щёлкина"]


def test_eight_or_plus_seven_makes_no_difference(three: SmallSalon) -> None:
    assert names(three, "8912345") == names(three, "+7 912 345") == names(three, "912345") == ["Анна Щёлкина"]


def test_digits_from_the_middle_that_begin_with_eight_are_found(small: SmallSalon) -> None:
    small.client("Вера Ломова", "+7 912 880-01-12")
    assert names(small, "88001") == ["Вера Ломова"]


def test_parts_of_the_name_in_any_order_and_without_yo(three: SmallSalon) -> None:
    assert names(three, "щелк ан") == ["Анна Щёлкина"]


def test_a_name_and_the_beginning_of_the_phone_together(three: SmallSalon) -> None:
    assert names(three, "Анна +7 912") == ["Анна Щёлкина"]
    assert names(three, "Мария 912") == []


def test_the_wrong_keyboard_layout_is_understood(three: SmallSalon) -> None:
    assert names(three, "Fyyf") == ["Анна Щёлкина"]
    assert names(three, "vfhbz rbv") == ["Мария Ким"]


def test_whoever_comes_today_is_first_and_strangers_are_last(three: SmallSalon) -> None:
    assert names(three, "") == ["Мария Ким", "Анна Щёлкина", "Ольга Тихая"]


def test_the_beginning_of_a_name_comes_before_its_middle(three: SmallSalon) -> None:
    three.book(at(18), three.client("Жанна Лис"))
    assert names(three, "анн") == ["Анна Щёлкина", "Жанна Лис"]
    assert names(three, "fyy") == ["Анна Щёлкина", "Жанна Лис"]


def test_no_more_than_asked_for(three: SmallSalon) -> None:
    assert len(names(three, "", most=2)) == 2


def test_nobody_is_found_by_nonsense(three: SmallSalon) -> None:
    assert names(three, "нетникого") == []
    assert names(three, "%") == []
    assert names(three, "'; DROP TABLE client; --") == []


def test_the_line_tells_history_next_visit_and_alert(three: SmallSalon) -> None:
    anna, maria = finder.find(three.database, "анна", TODAY)[0], finder.find(three.database, "мария", TODAY)[0]
    carry_out(three.salon, register.warn, anna.client_id, AlertKind.ALLERGY, "ацетон")
    anna = finder.find(three.database, "анна", TODAY)[0]
    assert (anna.visits, anna.last_visit, anna.next_visit, anna.has_alert) == (1, at(10, days=-7).date(), None, True)
    assert (maria.visits, maria.last_visit, maria.next_start, maria.has_alert) == (0, None, at(15, 30), False)
    assert maria.phone == "+79030001122"


def test_who_is_due_stands_before_who_was_here_a_little_later(small: SmallSalon) -> None:
    regular, other = small.client("Анна Регулярная"), small.client("Анна Другая")
    for days in (-36, -24, -12):
        small.complete(small.book(at(10, days=days), regular))
    small.complete(small.book(at(12, days=-8), other))
    assert names(small, "анна") == ["Анна Регулярная", "Анна Другая"]
    small.book(at(15), other)
    assert names(small, "анна")[0] == "Анна Другая"


@pytest.mark.parametrize("typed", ["Anna", "anna sch", "Shchelkina", "schelk", "Shchyolkina Anna"])
def test_latin_letters_mean_the_russian_name(three: SmallSalon, typed: str) -> None:
    assert names(three, typed)[0] == "Анна Щёлкина"


def test_anna_comes_before_who_only_sounds_alike(small: SmallSalon) -> None:
    small.complete(small.book(at(10, days=-1), small.client("Анастасия Вебер")))
    small.client("Анна Ким")
    assert names(small, "anna") == ["Анна Ким", "Анастасия Вебер"]
    assert names(small, "анна") == ["Анна Ким"]


def test_russian_letters_mean_a_latin_name(small: SmallSalon) -> None:
    small.client("Katya Schwarz")
    assert names(small, "катя") == names(small, "Лфенф") == ["Katya Schwarz"]


@pytest.mark.parametrize("typed", ["щелкена", "щёкина", "щеелкина", "щеклина", "анна щелкена", "otkrtyf", "shelkena"])
def test_a_slip_of_a_finger_finds_somebody_all_the_same(three: SmallSalon, typed: str) -> None:
    (found,) = finder.find(three.database, typed, TODAY)
    assert (found.name, found.is_guess) == ("Анна Щёлкина", True)


def test_whoever_needs_a_slip_comes_last(small: SmallSalon) -> None:
    small.book(at(15), small.client("Марина Ли"))
    small.client("Карина Ким")
    found = finder.find(small.database, "карина", TODAY)
    assert [(one.name, one.is_guess) for one in found] == [("Карина Ким", False), ("Марина Ли", True)]


def test_one_wrong_digit_in_a_whole_number_is_forgiven(three: SmallSalon) -> None:
    assert names(three, "8 912 345-67-88") == ["Анна Щёлкина"]
    assert names(three, "8 912 354-67-89") == ["Анна Щёлкина"]
    assert names(three, "345-67-88") == []


def test_an_email_a_messenger_and_whose_phone_it_is_are_looked_through(small: SmallSalon) -> None:
    anna = small.client("Анна Щёлкина")
    carry_out(small.salon, contacts.add, anna, contacts.NewContact(ContactKind.EMAIL, "studio.five@mail.ru"))
    carry_out(small.salon, contacts.add, anna, contacts.NewContact(ContactKind.PHONE, "8 912 345-67-89", "бабушка"))
    assert names(small, "studio.five") == names(small, "five") == names(small, "бабуш") == ["Анна Щёлкина"]


def test_an_email_that_was_added_last_is_found_too(small: SmallSalon) -> None:
    anna = small.client("Анна", "8 912 345-67-89")
    carry_out(small.salon, contacts.add, anna, NewContact(ContactKind.EMAIL, "romashka@mail.ru"))
    assert names(small, "romash") == ["Анна"]


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Сергей Ёлкин", "\u0441\u0435\u0440\u0433\u0435\u0438\u0306"),
        ("\u0421\u0435\u0440\u0433\u0435\u0438\u0306 Е\u0308лкин", "сергей елкин"),
        ("Пётр О\u2019Нил", "о'нил"),
        ("Пётр О'Нил", "онил"),
        ("Ольга Соловьёва\u2011Алексеева", "соловьева-алексеева"),
        ("\u202aОльга\u202c", "ольга"),
        ("Ольга", "\ufeffольга\u200b"),
    ],
)
def test_what_looks_the_same_is_the_same(small: SmallSalon, name: str, typed: str) -> None:
    """A Mac writes й as two characters, a telephone its own hyphens, a messenger marks that nobody sees."""
    small.client(name)
    (found,) = finder.find(small.database, typed, TODAY)
    assert not found.is_guess


def test_a_name_of_nothing_that_is_seen_is_no_name(small: SmallSalon) -> None:
    with pytest.raises(NameMissing):
        small.client("\u200b\u202e\x01")


def test_the_search_follows_every_way_in_which_a_card_is_written(small: SmallSalon) -> None:
    anna = small.client("Анна Щёлкина")
    renamed = carry_out(small.salon, register.rename, anna, "Анна Мороз")
    assert names(small, "мороз") == ["Анна Мороз"]
    assert renamed.entry_id is not None
    carry_out(small.salon, take_back, renamed.entry_id)
    assert (names(small, "мороз"), names(small, "щелк")) == ([], ["Анна Щёлкина"])
    small.database.rows("UPDATE client SET archived_at = '2026-05-12 08:00:00.000000'")
    assert names(small, "щелк") == names(small, "") == []
    small.database.rows("UPDATE client SET archived_at = NULL")
    assert names(small, "щелк") == ["Анна Щёлкина"]
    assert check.faults(small.database) == []


def test_no_letter_of_an_emptied_card_stays_in_the_index(small: SmallSalon) -> None:
    anna = small.client("Анна Щёлкина")
    small.client("Мария Ким")
    only_hers = "щ".encode()
    small.database.rows("UPDATE client SET name = '', search = '' WHERE id = ?", (anna,))
    assert only_hers in _index(small), "the index notes what it took out"
    derived.purge_search(small.database)
    assert only_hers not in _index(small)
    assert names(small, "ким") == ["Мария Ким"]


def _index(small: SmallSalon) -> bytes:
    return b"".join(row[0] for row in small.database.rows("SELECT block FROM client_search_data"))


@pytest.fixture(scope="module")
def many() -> Iterator[SmallSalon]:
    """A handful of people with hard names, several phones and visits here and there."""
    made = small_salon()
    for number, (name, phone) in enumerate(PEOPLE):
        client = made.client(name, phone)
        if number % 2:
            carry_out(made.salon, contacts.add, client, contacts.NewContact(ContactKind.PHONE, f"+3718{number:07}"))
        made.complete(made.book(at(9, days=-1 - number), client))
    yield made
    made.database.close()


PEOPLE = (
    ("Анна Щёлкина", "+79123456789"),
    ("Мария-Луиза Ёжикова", "+79787879789"),
    ("Юлия Эхо", "+77017012288"),
    ("Ян Цой", "+79999999999"),
    ("Хабиба Жумабаева Бахтияровна", "+79030001122"),
    ("Ия Ъ", "+78121234567"),
    ("О", "+78007008000"),
)


@given(data=st.data())
@example(data=None)
def test_any_part_of_any_phone_finds_its_owner(many: SmallSalon, data: st.DataObject | None) -> None:
    rows = many.database.rows("SELECT client_id, value FROM contact_point WHERE kind = 'phone' ORDER BY id")
    client, value = rows[0] if data is None else data.draw(st.sampled_from(rows))
    number = value.removeprefix("+")
    if number.startswith("7") and data is not None:
        number = data.draw(st.sampled_from(["7", "8", ""])) + number[1:]
    begin = 0 if data is None else data.draw(st.integers(0, len(number) - 1))
    end = 2 if data is None else data.draw(st.integers(begin + 1, len(number)))
    found = finder.find(many.database, number[begin:end], TODAY, most=len(PEOPLE))
    assert client in [one.client_id for one in found]


_KEYS = str.maketrans("ёйцукенгшщзхъфывапролджэячсмитьбю", "`qwertyuiop[]asdfghjkl;'zxcvbnm,.")


@given(data=st.data())
def test_any_beginnings_of_the_name_in_any_order_and_layout_find_the_client(
    many: SmallSalon, data: st.DataObject
) -> None:
    client, name = data.draw(st.sampled_from(many.database.rows("SELECT id, name FROM client ORDER BY id")))
    words = data.draw(st.lists(st.sampled_from(name.replace("-", " ").split()), min_size=1, max_size=3, unique=True))
    begun = [word[: data.draw(st.integers(1, len(word)))] for word in words]
    typed = data.draw(st.sampled_from([str.lower, str.upper, str.title]))(" ".join(begun))
    if data.draw(st.booleans()):
        typed = typed.lower().translate(_KEYS)
    found = finder.find(many.database, typed, TODAY, most=len(PEOPLE))
    assert client in [one.client_id for one in found]


@cache
def _seven() -> tuple[SmallSalon, list[int]]:
    """A salon where everybody is called Anna, made once for all examples."""
    small = small_salon()
    return small, [small.client(f"Анна {word}", f"8 912 000-10-0{number}") for number, word in enumerate("абвгдеж")]


@given(
    visits=st.lists(
        st.tuples(st.integers(0, 6), st.sampled_from([-400, -60, -40, -31, -29, -12, -3, 0, 2, 20]), st.booleans()),
        max_size=14,
    ),
    typed=st.sampled_from(["а", "ан", "анн", "912", "0-1", "в", "fy", "анна 912", "а г", "91"]),
    most=st.integers(1, 4),
)
def test_of_very_many_nobody_who_is_left_out_is_likelier_than_who_is_shown(
    visits: list[tuple[int, int, bool]], typed: str, most: int
) -> None:
    """What is done among very many clients gives the same order as looking at each of them, whoever is due or ahead."""
    annas, clients = _seven()
    small = copy_of(annas)
    _visit(small, clients, visits)
    exactly = _merits(small, typed, most)
    small.database.remembered.clear()
    with pytest.MonkeyPatch.context() as patch:
        for name in ("CAP", "_CANDIDATES"):
            patch.setattr(client_query, name, 0)
        patch.setattr(client_query, "_ENOUGH", most)
        assert _merits(small, typed, most) == exactly
    small.database.close()


@given(
    visits=st.lists(
        st.tuples(st.integers(0, 6), st.sampled_from([-60, -31, -12, -3, 0, 20]), st.booleans()), max_size=14
    ),
    typed=st.sampled_from(["а", "ан", "912", "fy", "anna", "анна 912", "анна 1", "а г", "анва"]),
    most=st.integers(1, 3),
    known=st.integers(1, 4),
    is_learnt=st.booleans(),
)
def test_nobody_is_forgotten_who_is_not_among_those_who_are_known_by_heart(
    visits: list[tuple[int, int, bool]], typed: str, most: int, known: int, is_learnt: bool
) -> None:
    annas, clients = _seven()
    small = copy_of(annas)
    _visit(small, clients, visits)
    exactly = _merits(small, typed, most)
    small.database.remembered.clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(likelihood, "KNOWN_LATELY", known)
        patch.setattr(client_query, "_CANDIDATES", 0)
        while is_learnt and finder.learn(small.database, TODAY):
            pass
        assert _merits(small, typed, most) == exactly
    small.database.close()


@cache
def _hard_to_read() -> tuple[SmallSalon, dict[int, str]]:
    """Annas whose digits stand wherever they can on a card: beside letters, within a word, at the very end."""
    small = small_salon()
    people = [
        ("Анна2", "8 912 000-10-01"),
        ("Анна25б", "8 912 000-10-73"),
        ("Анна", "8 912 000-46-02"),
        ("анна@58", ""),
        ("Анна 5я", "8 912 880-10-09"),
        ("Анна3", "8 912 000-10-64"),
    ]
    clients = [small.client(name, phone) for name, phone in people]
    for number in range(6):
        clients.append(small.client(f"Анна {'абвгде'[number]}", f"8 912 001-11-1{number}"))
    said = small.database.rows(
        "SELECT id, search FROM client WHERE id IN (SELECT value FROM json_each(?))", (str(clients),)
    )
    return small, dict(said)


def test_a_card_that_ends_with_its_number_is_found_by_the_last_two_digits_of_it(
    small: SmallSalon, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing stands after the phone of "Анна2", and very many are called Anna."""
    small.client("Анна2", "8 912 000-10-47")
    for number in range(8):
        small.client(f"Анна {'абвгдежз'[number]}", f"8 912 000-10-0{number}")
    for name, least in (("CAP", 0), ("_LOOKED_AT", 3), ("_CANDIDATES", 0)):
        monkeypatch.setattr(client_query, name, least)
    assert names(small, "анна 47", most=3) == ["Анна2"]


@given(data=st.data(), most=st.integers(1, 6), looked_at=st.integers(0, 3))
def test_whatever_the_card_says_is_found_by_a_name_and_a_few_digits(
    data: st.DataObject, most: int, looked_at: int
) -> None:
    """Also where very many have the name: whoever is meant stands in the list, unless it is full of others."""
    small, said = _hard_to_read()
    client = data.draw(st.sampled_from(sorted(said)))
    numbers = [piece for word in said[client].split() for piece in re.findall(r"\d+", word)]
    number = data.draw(st.sampled_from(numbers))
    begin = data.draw(st.integers(0, len(number) - 1))
    typed = f"анн {number[begin : begin + data.draw(st.integers(1, 2))]}"
    small.database.remembered.clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(client_query, "CAP", 0)
        patch.setattr(client_query, "_LOOKED_AT", looked_at)
        patch.setattr(client_query, "_CANDIDATES", 0)
        patch.setattr(likelihood, "KNOWN_LATELY", 1)
        found = finder.find(small.database, typed, TODAY, most)
    assert client in [one.client_id for one in found] or len(found) == most


def test_who_was_here_lately_is_likelier_than_who_is_only_booked_though_nobody_knows_them_by_heart(
    small: SmallSalon, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(likelihood, "KNOWN_LATELY", 1)
    monkeypatch.setattr(client_query, "_CANDIDATES", 0)
    clients = [small.client(f"Анна {number}") for number in range(13)]
    lately = [(0, -3, True), (1, -5, True), (2, -8, True)]
    _visit(small, clients, [*lately, *((who, 9, False) for who in range(3, 13))])
    while finder.learn(small.database, TODAY):
        pass
    assert names(small, "анна", most=3) == ["Анна 0", "Анна 1", "Анна 2"]


def test_an_answer_that_was_cut_off_says_nothing_of_the_next_key(
    small: SmallSalon, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client_query, "CAP", 6)
    for number in range(12):
        small.client(f"Анна {'Ким' if 3 <= number < 9 else 'Жук'} {number}")
    assert len(names(small, "анна", most=6)) == 6
    assert len(names(small, "анна ж", most=6)) == 6


def _visit(small: SmallSalon, clients: list[int], visits: list[tuple[int, int, bool]]) -> None:
    for who, days, is_completed in visits:
        status = "completed" if is_completed and days <= 0 else "booked"
        small.database.rows(
            "INSERT INTO visit (client_id, day, status, hour_known, comment, open_steps_reason, overbooked_reason, "
            "created_at) VALUES (?, ?, ?, 1, '', '', '', '')",
            (clients[who], (TODAY + timedelta(days=days)).isoformat(), status),
        )


def _merits(small: SmallSalon, typed: str, most: int) -> list[tuple[float, float]]:
    """How well each one fits who is shown, and how likely they call: who is alike in both may stand for another."""
    wanted = spelling.parts(typed)
    known = _one_by_one(small)
    found = [known[one.client_id] for one in finder.find(small.database, typed, TODAY, most)]
    return [(max(sought_parts._fit(part, search) for part in wanted), round(weight, 6)) for search, weight in found]


def _one_by_one(small: SmallSalon) -> dict[int, tuple[str, float]]:
    """What is looked through of everybody, and how likely they call, worked out for each of them."""
    today = TODAY.isoformat()
    text = "SELECT client_id FROM visit WHERE day = ? AND status = 'booked'"
    awaited = {row[0] for row in small.database.rows(text, (today,))}
    found: dict[int, tuple[str, float]] = {}
    for client_id, search, last_day, ahead, interval in small.database.rows(
        "SELECT c.id, c.search, s.last_day, s.ahead_day, s.interval_days FROM client c "
        "JOIN client_rhythm s ON s.client_id = c.id"
    ):
        weight = 1000.0 if client_id in awaited else 0.0
        past = (TODAY - date.fromisoformat(last_day)).days if last_day else None
        if past is not None:
            weight += 3000 / (30 + past)
        if ahead is not None and ahead >= today:
            weight += 30
        elif past is not None and interval is not None and 0.8 * interval <= past <= 2 * interval:
            weight += 60 if past <= 1.5 * interval else 30
        found[client_id] = search, weight
    return found


_BOOKED = """
INSERT INTO visit (client_id, day, status, hour_known, comment, open_steps_reason, overbooked_reason, created_at)
VALUES ({one}, '2026-05-12', 'booked', 1, '', '', '', '')
"""
_ACTS = (
    "UPDATE client SET search = '  вера  9120001000  ~vera' WHERE id = {one}",
    "UPDATE client SET archived_at = CASE WHEN archived_at IS NULL THEN '2026-05-12 08:00:00' END WHERE id = {one}",
    "UPDATE visit SET status = 'cancelled' WHERE client_id = {one}",
    _BOOKED,
)


@given(data=st.data())
def test_what_was_read_for_the_last_keys_changes_no_answer(data: st.DataObject) -> None:
    """Typing on, taking letters back, somebody writing in between: each key is answered as if it were the first."""
    annas, clients = _seven()
    small = copy_of(annas)
    _visit(small, clients, [(0, -12, True), (0, -24, True), (1, -3, True), (2, 0, False), (3, 9, False)])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(client_query, "CAP", data.draw(st.sampled_from([3, 1500])))
        patch.setattr(client_query, "_CANDIDATES", data.draw(st.sampled_from([0, 48])))
        patch.setattr(likelihood, "KNOWN_LATELY", data.draw(st.sampled_from([1, 3000])))
        typed = data.draw(st.sampled_from(["анна ж 9", "891200", "fyyf f", "anna g", "анва", "вера 91"]))
        for end in (*range(len(typed) + 1), len(typed) - 1):
            if data.draw(st.integers(0, 4)) == 0:
                act = data.draw(st.sampled_from(_ACTS))
                small.database.rows(act.format(one=data.draw(st.sampled_from(clients))))
            if data.draw(st.booleans()):
                finder.learn(small.database, TODAY)
            answer = finder.answer(small.database, typed[:end], TODAY, 3)
            afresh = copied(small.database)
            assert answer == finder.answer(afresh, typed[:end], TODAY, 3)
            afresh.close()
    small.database.close()


def test_another_thread_finds_who_came_since_and_takes_nothing_from_the_window(tmp_path: Path) -> None:
    """A list is read beside the window over a connection that is closed again, the next one over another."""
    small = small_salon(Database(tmp_path / "salon.vizit"))
    database = small.database

    def search() -> list[str]:
        with database.in_thread():
            return [one.name for one in finder.find(database, "ванина", TODAY)]

    with ThreadPoolExecutor(1) as beside:
        for number in range(5):
            while finder.learn(database, TODAY):
                pass
            assert len(beside.submit(search).result()) == number
            assert not finder.learn(database, TODAY)  # what the window knows it knows still
            small.client(f"Вера Ванина {number}")
    database.close()


def test_who_begins_so_stands_before_very_many_who_have_it_inside(
    small: SmallSalon, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(8):
        small.complete(small.book(at(9, days=-1 - number), small.client(f"Вера Ванина {number}")))
    small.client("Анна Ким")
    small.client("Андрей Ли")
    monkeypatch.setattr(client_query, "CAP", 1)
    assert set(names(small, "ан", most=2)) == {"Анна Ким", "Андрей Ли"}


def test_who_is_due_is_found_among_very_many_however_long_they_were_away(
    small: SmallSalon, monkeypatch: pytest.MonkeyPatch
) -> None:
    due = small.client("Анна Регулярная")
    for days in (-40, -25):
        small.complete(small.book(at(10, days=days), due))
    for number in range(6):
        small.complete(small.book(at(10 + number, days=-20), small.client(f"Анна {number}")))
    for name in ("CAP", "_CANDIDATES", "_ENOUGH"):
        monkeypatch.setattr(client_query, name, 1)
    assert names(small, "анна", most=1) == ["Анна Регулярная"]
    small.book(at(18), small.client("Анна Сегодня"))
    assert names(small, "анна", most=1) == ["Анна Сегодня"], "what others write is seen with the next key"


@given(st.text(max_size=40))
@example("\x00")
@example('"')
@example("\ud800анна")
@example("'; DROP TABLE client; --")
@example("* OR NEAR(")
@example("а" * 1000)
@example("1" * 1000)
def test_nothing_that_can_be_typed_breaks_the_search(many: SmallSalon, typed: str) -> None:
    finder.find(many.database, typed, TODAY)
    asked = finder.condition(many.database, typed, TODAY)
    many.database.rows(f"SELECT id FROM client c WHERE {asked.sql}", asked.params)
