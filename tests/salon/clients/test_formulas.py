"""The formula of a visit: written down, changed, repeated, and never lost."""

from datetime import timedelta

import pytest

from app.errors import FormulaEmpty, Gone, TextTooLong
from app.salon import undo
from app.salon.clients import formulas, mixtures, works
from app.salon.clients.formulas import Recipe
from app.salon.transaction import carry_out
from app.vocabulary import PaymentKind
from tests.builders import TODAY, SmallSalon, at

ROOTS = Recipe("Корни", mixtures.read("30 г 7.1 + 45 мл 6%"), "35 минут, без прогрева")


@pytest.fixture
def anna(small: SmallSalon) -> int:
    return small.client("Анна Щёлкина")


@pytest.fixture
def last(small: SmallSalon, anna: int) -> int:
    """A colouring with Maria a month ago."""
    visit = small.book(at(10, days=-30), anna, service=small.colouring)
    small.complete(visit)
    return visit


def written(small: SmallSalon, client: int, visit: int | None = None, recipe: Recipe = ROOTS) -> int:
    return carry_out(small.salon, formulas.write, client, visit, recipe).value


def test_a_formula_is_what_was_mixed_and_how_it_was_applied(small: SmallSalon, anna: int, last: int) -> None:
    written(small, anna, last)
    (one,) = formulas.of_client(small.database, anna)
    assert one.recipe == ROOTS
    assert (one.visit_id, one.day, one.master) == (last, TODAY - timedelta(days=30), "Мария Ким")
    assert formulas.latest(small.database, anna) == one


def test_the_formula_is_repeated_in_todays_visit_and_can_be_changed_there(
    small: SmallSalon, anna: int, last: int
) -> None:
    first = written(small, anna, last)
    today = small.book(at(14), anna, service=small.colouring)
    copy = carry_out(small.salon, formulas.repeat, anna, first, today).value
    lighter = Recipe("Корни", mixtures.read("30 г 8.1 + 45 мл 6%"), "30 минут")
    carry_out(small.salon, formulas.change, anna, copy, lighter)
    newest, oldest = formulas.of_client(small.database, anna)
    assert (newest.formula_id, newest.visit_id, newest.day, newest.recipe) == (copy, today, TODAY, lighter)
    assert oldest.recipe == ROOTS


def test_the_repeated_formula_belongs_to_the_same_service(small: SmallSalon, anna: int, last: int) -> None:
    first = written(small, anna, last)
    today = small.book(at(14), anna, service=small.manicure)
    copy = carry_out(small.salon, formulas.repeat, anna, first, today).value
    booked = "SELECT booked_service_id FROM formula WHERE id = ?"
    assert small.database.value(booked, (copy,)) == small.booked_service(today)
    coloured = small.book(at(16), anna, service=small.colouring)
    copy = carry_out(small.salon, formulas.repeat, anna, first, coloured).value
    assert small.database.value(booked, (copy,)) == small.booked_service(coloured)


def test_every_act_can_be_undone(small: SmallSalon, anna: int, last: int) -> None:
    first = written(small, anna, last)
    before = formulas.of_client(small.database, anna)
    acts = [
        carry_out(small.salon, formulas.change, anna, first, Recipe("", mixtures.read("5 мл масло"), "")),
        carry_out(small.salon, formulas.repeat, anna, first, None),
        carry_out(small.salon, formulas.put_away, anna, first),
    ]
    assert all(act.changes.clients == {anna} for act in acts)
    for act in reversed(acts):
        carry_out(small.salon, undo.take_back, act.entry_id or 0)
    assert formulas.of_client(small.database, anna) == before


def test_words_alone_are_a_formula_and_nothing_is_none(small: SmallSalon, anna: int) -> None:
    written(small, anna, recipe=Recipe(text="  База Luxio, два слоя  "))
    assert formulas.of_client(small.database, anna)[0].recipe == Recipe(text="База Luxio, два слоя")
    with pytest.raises(FormulaEmpty):
        written(small, anna, recipe=Recipe("Корни", (), "  "))
    with pytest.raises(TextTooLong):
        written(small, anna, recipe=Recipe("я" * 121, ROOTS.parts))
    with pytest.raises(TextTooLong):
        written(small, anna, recipe=Recipe(text="я" * 2001))


def test_a_formula_stays_on_its_card(small: SmallSalon, anna: int, last: int) -> None:
    first, other = written(small, anna, last), small.client("Вера")
    for act, *more in ((formulas.change, ROOTS), (formulas.put_away,), (formulas.repeat, None)):
        with pytest.raises(Gone):
            carry_out(small.salon, act, other, first, *more)
    with pytest.raises(Gone):
        written(small, other, last)


def test_materials_are_completed_from_what_was_used_before(small: SmallSalon, anna: int) -> None:
    written(small, anna)
    written(small, anna, recipe=Recipe("", mixtures.read("20 г 9.3 + 40 мл 6%")))
    assert formulas.materials_used(small.database) == ["6%", "9.3", "7.1"]


def test_the_formulas_of_last_time_of_many_clients_at_once(small: SmallSalon, anna: int, last: int) -> None:
    nails, hair = (
        small.database.value("SELECT category_id FROM service WHERE id = ?", (one,))
        for one in (small.manicure, small.colouring)
    )
    vera, nobody = small.client("Вера"), small.client("Никто")
    old, future = written(small, anna, last), small.book(at(10, days=5), anna, service=small.colouring)
    written(small, anna, future, Recipe(text="задумано"))
    of_vera = written(small, vera, recipe=Recipe(text="масло"))
    wanted = [(client, kind) for client in (anna, vera, nobody) for kind in (nails, hair)]
    found = formulas.latest_of(small.database, wanted, TODAY)
    assert {key: one.formula_id for key, one in found.items()} == {
        (anna, hair): old,
        (vera, nails): of_vera,
        (vera, hair): of_vera,
    }


# ---- by visit ----


def test_the_works_are_told_by_visit_with_what_was_sold(small: SmallSalon, anna: int, last: int) -> None:
    written(small, anna, last)
    written(small, anna, recipe=Recipe(text="без визита"))
    small.complete(small.book(at(9, days=-10), anna))
    with small.database.writing():
        small.database.rows(
            """
            INSERT INTO payment (day, visit_id, client_id, kind, description, quantity, amount, tax, receipt)
            VALUES ('2026-04-12', ?, ?, ?, 'Шампунь', 1, 145000, 0, '')
            """,
            (last, anna, PaymentKind.PRODUCT),
        )
    shown = works.of_client(small.database, anna, TODAY)
    current, coloured, loose = shown.works
    assert (current.visit, current.is_empty) == (shown.current, True)
    assert not shown.is_current_today
    assert coloured.visit is not None
    assert (coloured.visit.services, coloured.visit.masters) == (("Окрашивание",), ("Мария Ким",))
    assert [(one.name, one.amount) for one in coloured.products] == [("Шампунь", 145_000)]
    assert (loose.visit, loose.formulas[0].recipe.text) == (None, "без визита")


def test_todays_visit_is_the_one_that_something_new_belongs_to(small: SmallSalon, anna: int, last: int) -> None:
    written(small, anna, last)
    today = small.book(at(14), anna)
    small.book(at(14, days=7), anna)
    shown = works.of_client(small.database, anna, TODAY)
    assert shown.current is not None
    assert (shown.current.visit_id, shown.is_current_today) == (today, True)
    assert shown.last_formula is not None
    assert shown.last_formula.visit_id == last
    with pytest.raises(Gone):
        works.of_client(small.database, 999, TODAY)


def test_the_page_is_read_with_a_fixed_number_of_queries(small: SmallSalon, anna: int, last: int) -> None:
    def queries() -> int:
        asked: list[str] = []
        small.database.connection.set_trace_callback(asked.append)
        works.of_client(small.database, anna, TODAY)
        small.database.connection.set_trace_callback(None)
        return len(asked)

    written(small, anna, last)
    few = queries()
    for number in range(4):
        visit = small.book(at(9 + 2 * number, days=-3), anna)
        written(small, anna, visit)
        small.complete(visit)
    assert queries() == few == 6
