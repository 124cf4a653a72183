"""What a figure looks like for a program, and who stands behind its numbers."""

import json
from collections.abc import Iterator
from datetime import date

import pytest

from app import language
from app.salon.statistics import words
from app.salon.statistics.behind import clients_behind
from app.salon.statistics.figures import compute
from app.salon.statistics.periods import Period, Preset
from app.salon.statistics.results import as_json
from app.vocabulary import Figure, Language, VisitStatus
from tests.builders import SmallSalon, at
from tests.salon.statistics.told import Past

MAY = Period(date(2026, 5, 1), date(2026, 5, 31))
LATER = date(2027, 1, 1)


@pytest.fixture
def past() -> Iterator[Past]:
    told = Past()
    yield told
    told.database.close()


def labels(past: Past, figure: Figure) -> list[str]:
    return [row["label"] for row in as_json(compute(past.database, figure, MAY, today=LATER))["rows"]]


def test_labels_for_programs_are_the_same_in_every_language(past: Past) -> None:
    past.database.rows("DELETE FROM staff_member WHERE id <> ?", (past.olga,))
    for spoken in Language:
        language.use(spoken)
        assert labels(past, Figure.RETURN_TWO_PERIODS) == ["salon", "new", "Ольга", "Ольга · new"]
        assert labels(past, Figure.REVISIT_90) == [
            "salon",
            "new",
            "existing",
            "Ольга",
            "Ольга · new",
            "Ольга · existing",
            "Ольга · any master",
            "Ольга · new · any master",
            "Ольга · existing · any master",
        ]
        assert labels(past, Figure.FIRST_TO_SECOND) == ["second visit ever", "second visit within 90 days"]
        assert labels(past, Figure.NO_SHOW_RATE) == ["salon", "late cancellations"]


def test_a_figure_as_a_program_reads_it(past: Past) -> None:
    past.came("Вернулась", date(2026, 5, 4), date(2026, 5, 24))
    past.came("Нет", date(2026, 5, 4))
    past.came("Нет", date(2026, 5, 5))
    past.came("Рано судить", date(2026, 5, 20), date(2026, 5, 21))
    result = compute(past.database, Figure.REVISIT_90, MAY, today=date(2026, 8, 10))
    told = json.loads(json.dumps(as_json(result)))
    assert told["figure"] == "revisit_90"
    assert told["definition"] == result.definition
    assert told["counts"] == "clients"
    assert told["period"] == {"from": "2026-05-01", "to": "2026-05-31"}
    assert told["return_period"] is None
    assert told["today"] == "2026-08-10"
    assert told["rows"][0] == {
        "label": "salon",
        "numerator": 1,
        "denominator": 3,
        "immature": 1,
        "percent": 33.3,
        "kind": "salon",
        "group": "all",
        "master": None,
        "master_id": None,
        "beside": {"returned_already": 1},
    }
    (olga,) = [row for row in told["rows"] if row["label"] == "Ольга"]
    assert (olga["master"], olga["master_id"], olga["kind"]) == ("Ольга", past.olga, "master")


def test_where_there_is_nothing_to_divide_by_there_is_no_per_cent(past: Past) -> None:
    rows = as_json(compute(past.database, Figure.RETURN_TWO_PERIODS, MAY, today=LATER))["rows"]
    assert {row["percent"] for row in rows} == {None}
    assert as_json(compute(past.database, Figure.RETURN_TWO_PERIODS, MAY, today=LATER))["return_period"] == {
        "from": "2026-06-01",
        "to": "2026-07-01",
    }


@pytest.mark.parametrize("figure", list(Figure))
def test_every_definition_and_row_is_worded_in_russian(past: Past, figure: Figure) -> None:
    past.came("Анна", date(2026, 5, 4))
    result = compute(past.database, figure, MAY, today=date(2026, 5, 5))
    for text in (result.definition, *(row.label for row in result.rows)):
        assert not any(letter in "abcdefghijklmnopqrstuvwxyz{}" for letter in text.lower()), text


def test_every_preset_has_its_words() -> None:
    assert len({words.preset_label(preset) for preset in Preset}) == len(Preset)


@pytest.mark.parametrize(("number", "form"), [(1, "засчитан 1 клиент"), (3, "засчитаны 3 клиента"), (5, "5 клиентов")])
def test_the_open_return_period_is_told_in_the_right_number(number: int, form: str) -> None:
    assert form in words.return_period_open(MAY)(number)


def test_behind_a_number_stand_people_to_call(small: SmallSalon) -> None:
    anna = small.client("анна Щёлкина", "8 912 345-67-89")
    bella = small.client("Белла")
    small.complete(small.book(at(12), anna))
    small.complete(small.book(at(12, days=7), anna))
    small.book(at(12, days=14), anna)
    found = clients_behind(small.database, [bella, anna, anna, 999])
    assert [(one.client_id, one.name, one.phone, one.last_visit) for one in found] == [
        (anna, "анна Щёлкина", "+79123456789", date(2026, 5, 19)),
        (bella, "Белла", "", None),
    ]


def test_behind_a_number_may_stand_more_people_than_an_engine_takes_parameters(past: Past) -> None:
    anna = past.came("Анна", date(2026, 5, 4))
    past.visit(anna, date(2026, 5, 8), status=VisitStatus.CANCELLED)
    found = clients_behind(past.database, range(1, 100_000))
    assert [(one.name, one.last_visit) for one in found] == [("Анна", date(2026, 5, 4))]


def test_nobody_stands_behind_nothing(past: Past) -> None:
    assert clients_behind(past.database, ()) == []
