"""Finding who is on the phone."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings, strategies as st

from app.salon.clients import finder, register
from app.salon.transaction import carry_out
from app.vocabulary import AlertKind
from tests.builders import TODAY, SmallSalon, at, small_salon


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


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_every_piece_of_phone_or_name_finds_the_client(three: SmallSalon, data: st.DataObject) -> None:
    piece = data.draw(
        st.sampled_from(["9123456789", "анна", "щёлкина"]).flatmap(
            lambda text: st.integers(0, len(text) - 1).map(lambda begin: text[begin:])
        )
    )
    assert "Анна Щёлкина" in names(three, piece)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    visits=st.lists(
        st.tuples(st.integers(0, 7), st.sampled_from([-400, -40, -31, -30, -29, -3, 0, 2, 20]), st.booleans()),
        max_size=14,
    ),
    typed=st.sampled_from(["а", "ан", "9", "91", ""]),
    most=st.integers(1, 4),
)
@example(visits=[(0, -400, True), (0, 20, False), (3, -40, True)], typed="", most=1)
@example(visits=[(1, -3, True), (0, -400, True)], typed="ан", most=1)
@example(visits=[(3, -29, True), (5, -31, True), (6, 0, False)], typed="9", most=2)
def test_looking_at_the_recent_first_finds_what_looking_at_all_finds(
    monkeypatch: pytest.MonkeyPatch, visits: list[tuple[int, int, bool]], typed: str, most: int
) -> None:
    small = small_salon()
    names = ("Анна", "Жанна", "Анфиса", "Вера", "Марианна", "Ада", "Нина", "Иван")
    clients = [small.client(name, f"8 912 345-67-8{number}") for number, name in enumerate(names)]
    for who, days, is_completed in visits:
        status = "completed" if is_completed and days <= 0 else "booked"
        small.database.rows(
            "INSERT INTO visit (client_id, day, status, hour_known, comment, open_steps_reason, overbooked_reason, "
            "created_at) VALUES (?, ?, ?, 1, '', '', '', '')",
            (clients[who], (TODAY + timedelta(days=days)).isoformat(), status),
        )
    quick = finder.find(small.database, typed, TODAY, most)
    monkeypatch.setattr(finder, "_FEW_LETTERS", -1)
    assert finder.find(small.database, typed, TODAY, most) == quick
    monkeypatch.undo()
    small.database.close()
