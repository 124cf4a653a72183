"""Where new clients come from, and who of them came back: whole numbers that make up the whole."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st

from app.models import Answer, Question, QuestionChoice
from app.salon.clients.questions import SOURCE
from app.salon.statistics.figures import compute
from app.salon.statistics.periods import Period
from app.salon.statistics.results import FigureResult, RowKind, as_json
from app.vocabulary import AnswerKind, AskWhen, Figure
from tests.salon.statistics.told import LONG_AGO, Past

MAY = Period(date(2026, 5, 1), date(2026, 5, 31))
LATER = date(2027, 1, 1)


@pytest.fixture
def past() -> Iterator[Past]:
    told = Past()
    yield told
    told.database.close()


def ask(past: Past, *choices: str) -> dict[str, int]:
    """The question of the source and its choices."""
    question = past.database.insert(
        Question,
        {
            "text": "Как вы нас нашли?",
            "answer_kind": AnswerKind.CHOICE,
            "ask_when": AskWhen.FIRST_VISIT,
            "code": SOURCE,
        },
    )
    return {
        words: past.database.insert(QuestionChoice, {"question": question, "text": words, "position": place})
        for place, words in enumerate(choices)
    }


def answer(past: Past, client: int, choice: int | None, days: int = 0) -> None:
    """``choice`` None: did not want to say."""
    at = LONG_AGO + timedelta(days=days)
    row = {"client": client, "question": 1, "choice": choice, "is_declined": choice is None, "at": at, "actor": ""}
    past.database.insert(Answer, row)


def counted(result: FigureResult) -> list[tuple[str, int, int, int]]:
    return [(row["label"], row["numerator"], row["denominator"], row["immature"]) for row in as_json(result)["rows"]]


def by_source(past: Past, today: date = LATER) -> FigureResult:
    return compute(past.database, Figure.NEW_BY_SOURCE, MAY, today=today)


def test_may_by_hand(past: Past) -> None:
    choices = ask(past, "Рекомендация", "Карты", "Соцсети")
    back = past.came("Вернулась", date(2026, 5, 4), date(2026, 6, 1))
    lost = past.came("Нет", date(2026, 5, 5))
    from_maps = past.came("С карты", date(2026, 5, 6))
    silent = past.came("Молчит", date(2026, 5, 7))
    past.came("Не спросили", date(2026, 5, 8), date(2026, 5, 20))
    known = past.came("Старая", date(2025, 5, 8), date(2026, 5, 20))
    for client in (back, lost, known):
        answer(past, client, choices["Рекомендация"])
    answer(past, from_maps, choices["Карты"])
    answer(past, silent, None)
    assert counted(by_source(past)) == [
        ("new", 2, 5, 0),
        ("Рекомендация", 1, 2, 0),
        ("Карты", 0, 1, 0),
        ("Соцсети", 0, 0, 0),
        ("did not want to say", 0, 1, 0),
        ("not asked", 1, 1, 0),
    ]


def test_the_newest_answer_counts_also_one_that_is_offered_no_more(past: Past) -> None:
    choices = ask(past, "Рекомендация", "Карты", "Газета")
    past.database.rows("UPDATE question_choice SET archived_at = '2026-01-01 00:00:00.000000' WHERE text = 'Газета'")
    client = past.came("Анна", date(2026, 5, 4))
    answer(past, client, choices["Карты"])
    answer(past, client, choices["Газета"], days=3)
    assert [label for label, _n, counted_, _i in counted(by_source(past)) if counted_] == ["new", "Газета"]


def test_whoever_may_still_come_back_stands_aside(past: Past) -> None:
    choices = ask(past, "Рекомендация", "Карты")
    answer(past, past.came("Анна", date(2026, 5, 4)), choices["Карты"])
    assert counted(by_source(past, today=date(2026, 6, 1)))[2] == ("Карты", 0, 0, 1)


def test_a_salon_that_asks_nothing_sees_all_of_them_as_not_asked(past: Past) -> None:
    past.came("Анна", date(2026, 5, 4))
    assert counted(by_source(past)) == [("new", 0, 1, 0), ("not asked", 0, 1, 0)]


@given(
    st.lists(st.tuples(st.integers(1, 31), st.none() | st.integers(2, 120), st.none() | st.integers(0, 3)), max_size=12)
)
def test_the_rows_make_up_the_whole(clients: list[tuple[int, int | None, int | None]]) -> None:
    past = Past()
    choices = list(ask(past, "а", "б", "в").values())
    for day, again, said in clients:
        first = date(2026, 5, day)
        client = past.came("Анна", first, *([] if again is None else [first + timedelta(days=again)]))
        if said is not None:
            answer(past, client, choices[said] if said < len(choices) else None)
    result = by_source(past, today=date(2026, 8, 15))
    whole, *parts = result.rows
    assert whole.kind is RowKind.SALON
    for number in ("numerator", "denominator", "immature"):
        assert sum(getattr(part, number) for part in parts) == getattr(whole, number)
    behind = [client for part in parts for client in (*part.denominator_clients, *part.immature_clients)]
    assert sorted(behind) == sorted((*whole.denominator_clients, *whole.immature_clients))
    past.database.close()
