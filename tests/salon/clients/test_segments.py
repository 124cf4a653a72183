"""Segments: who is meant by a saved filter, and what is refused."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import example, given, strategies as st

from app import models
from app.errors import BadSegment, Gone, NameMissing, NoSuchSegment, TextTooLong
from app.salon.catalogue import staff
from app.salon.clients import card, categories, conditions, consents, listing, questions, segments
from app.salon.clients.answers import answer
from app.salon.clients.birthdays import next_one
from app.salon.clients.conditions import Between, Conditions, Days
from app.salon.clients.listing import ListQuery
from app.salon.transaction import carry_out
from app.salon.undo import take_back
from app.vocabulary import (
    AnswerKind,
    BirthdaySoon,
    ConsentKind,
    ConsentWay,
    ReadySegment,
    RhythmState,
)
from tests.builders import TODAY, SmallSalon, at, small_salon


def meant(small: SmallSalon, wanted: Conditions) -> list[str]:
    found = listing.everybody(small.database, ListQuery(conditions=wanted), TODAY)
    return sorted(one.name for one in listing.lines(small.database, found.client_ids, TODAY))


def came(small: SmallSalon, client: int, *days_ago: int) -> None:
    for days in days_ago:
        small.database.rows(
            "INSERT INTO visit (client_id, day, status, hour_known, comment, open_steps_reason, overbooked_reason, "
            "created_at) VALUES (?, ?, 'completed', 0, '', '', '', '')",
            (client, (TODAY - timedelta(days=days)).isoformat()),
        )


def test_due_late_and_lost_are_told_apart_by_the_own_rhythm(small: SmallSalon) -> None:
    for name, days in {
        "Рано": (49, 29, 9),
        "Пора": (60, 40, 20),
        "Опаздывает": (70, 50, 30),
        "Почти потеряна": (129, 109, 89),
        "Потеряна": (130, 110, 90),
        "Редкая": (400, 200),
    }.items():
        came(small, small.client(name), *days)
    booked = small.client("Записана")
    came(small, booked, 70, 50, 30)
    small.book(at(10, days=3), booked)
    assert meant(small, segments.READY[ReadySegment.DUE]) == ["Пора", "Редкая"]
    assert meant(small, segments.READY[ReadySegment.LATE]) == ["Опаздывает", "Почти потеряна"]
    assert meant(small, segments.READY[ReadySegment.LOST]) == ["Потеряна"]
    assert meant(small, Conditions(rhythm=(RhythmState.LATE, RhythmState.LOST))) == [
        "Опаздывает",
        "Потеряна",
        "Почти потеряна",
    ]


def test_after_one_visit_the_price_list_says_when_somebody_is_due(small: SmallSalon) -> None:
    vera = small.client("Вера Ломова")
    small.complete(small.book(at(10, days=-25), vera))
    expected = card.read(small.database, vera, TODAY).expected_days
    assert expected is not None
    assert (meant(small, segments.READY[ReadySegment.DUE]) == ["Вера Ломова"]) is (expected <= 25)
    assert meant(small, segments.READY[ReadySegment.ONLY_ONCE]) == ["Вера Ломова"]


def test_each_condition_leaves_those_for_whom_it_holds(small: SmallSalon) -> None:
    anna, maria, nobody = small.client("Анна"), small.client("Мария"), small.client("Никто")
    small.complete(small.book(at(10, days=-20), anna))
    small.complete(small.book(at(10, days=-2), maria, service=small.colouring))
    brides = carry_out(small.salon, categories.keep, None, "Невесты", 1).value
    carry_out(small.salon, categories.set_of_client, anna, [brides])
    asked = questions.QuestionFacts("Откуда узнали?", AnswerKind.CHOICE, choices=("Соседи", "Карта"), code="source")
    question = carry_out(small.salon, questions.keep, None, asked).value
    neighbours, on_map = (row[0] for row in small.database.rows("SELECT id FROM question_choice ORDER BY id"))
    carry_out(small.salon, answer, maria, question, on_map)
    carry_out(small.salon, answer, maria, question, neighbours)
    said = {"is_given": True, "day": TODAY, "way": ConsentWay.PAPER}
    carry_out(small.salon, consents.record, anna, ConsentKind.ADVERTISING, **said)
    small.database.rows("UPDATE client SET birthday = '1990-05-18' WHERE id = ?", (nobody,))
    small.database.rows("UPDATE client SET is_vip = 1 WHERE id = ?", (maria,))
    stories: list[tuple[Conditions, list[str]]] = [
        (Conditions(), ["Анна", "Мария", "Никто"]),
        (Conditions(last_visit=Between(10)), ["Анна"]),
        (Conditions(last_visit=Between(None, 10)), ["Мария"]),
        (Conditions(last_visit=Between(2, 20)), ["Анна", "Мария"]),
        (Conditions(visits=Between(0, 0)), ["Никто"]),
        (Conditions(services=(small.manicure,)), ["Анна"]),
        (Conditions(services=(small.manicure, small.colouring)), ["Анна", "Мария"]),
        (Conditions(masters=(small.maria,)), ["Мария"]),
        (Conditions(categories=(brides,)), ["Анна"]),
        (Conditions(sources=(neighbours,)), ["Мария"]),
        (Conditions(sources=(on_map,)), []),
        (Conditions(advertising=True), ["Анна"]),
        (Conditions(advertising=False), ["Мария", "Никто"]),
        (Conditions(birthday=BirthdaySoon.WEEK), ["Никто"]),
        (Conditions(birthday=BirthdaySoon.TODAY), []),
        (Conditions(is_vip=True), ["Мария"]),
        (Conditions(is_vip=True, visits=Between(0, 0)), []),
    ]
    for wanted, names in stories:
        assert meant(small, wanted) == names, wanted


def test_whoever_served_as_a_master_can_be_named_in_a_condition(small: SmallSalon) -> None:
    small.complete(small.book(at(10, days=-9), small.client("Вера")))
    desk = carry_out(small.salon, staff.keep, None, staff.StaffFacts("Ирина", "", False, True), []).value
    carry_out(small.salon, staff.keep, small.olga, staff.StaffFacts("Ольга", "", False, True), [])
    named = {one.number for one in segments.choices(small.database).masters}
    assert named == {small.olga, small.maria}, "nobody was ever with the other administrator"
    assert desk not in named
    assert meant(small, Conditions(masters=(small.olga,))) == ["Вера"]


@given(st.dates(date(2023, 1, 1), date(2028, 12, 31)), st.dates(date(1930, 1, 1), date(2020, 12, 31)))
@example(date(2026, 2, 28), date(2000, 2, 29))
@example(date(2028, 2, 28), date(2000, 2, 29))
@example(date(2026, 12, 30), date(1990, 1, 2))
def test_a_birthday_comes_within_the_days_that_the_calendar_says(today: date, born: date) -> None:
    small = small_salon()
    small.client("Вера")
    small.database.rows("UPDATE client SET birthday = ?", (born.isoformat(),))
    away = (next_one(born, today) - today).days
    for soon, days in ((BirthdaySoon.TODAY, 1), (BirthdaySoon.WEEK, 7), (BirthdaySoon.MONTH, 30)):
        found = listing.everybody(small.database, ListQuery(conditions=Conditions(birthday=soon)), today)
        assert bool(found.client_ids) is (away < days)
    small.database.close()


def test_a_segment_is_kept_changed_archived_and_brought_back(small: SmallSalon) -> None:
    wanted = Conditions(visits=Between(5), rhythm=(RhythmState.LATE,), masters=(small.olga,))
    first = carry_out(small.salon, segments.keep, None, "  Постоянные   Ольги ", wanted).value
    assert segments.listed(small.database) == [segments.Segment(first, "Постоянные Ольги", wanted)]
    carry_out(small.salon, segments.keep, first, "Ольга", Conditions())
    gone = carry_out(small.salon, segments.archive, first)
    assert segments.listed(small.database) == []
    with pytest.raises(Gone):
        carry_out(small.salon, segments.archive, first)
    assert gone.entry_id is not None
    carry_out(small.salon, take_back, gone.entry_id)
    assert [one.name for one in segments.listed(small.database)] == ["Ольга"]


@pytest.mark.parametrize(("name", "error"), [("", NameMissing), ("  ", NameMissing), ("а" * 81, TextTooLong)])
def test_a_name_that_is_none_is_refused(small: SmallSalon, name: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        carry_out(small.salon, segments.keep, None, name, Conditions())


NUMBERS = st.lists(st.integers(1, 10**6), max_size=5, unique=True).map(tuple)
ENDS = st.integers(0, 10**9)
BETWEEN = st.none() | st.builds(Between, ENDS, st.none() | ENDS) | st.builds(Between, st.none(), ENDS)
YES_NO = st.none() | st.booleans()
ANY = st.builds(
    Conditions,
    last_visit=BETWEEN,
    last_day=st.none() | st.builds(Days, st.dates(), st.none() | st.dates()) | st.builds(Days, st.none(), st.dates()),
    visits=BETWEEN,
    spent=BETWEEN,
    rhythm=st.lists(st.sampled_from(RhythmState), unique=True).map(tuple),
    birthday=st.none() | st.sampled_from(BirthdaySoon),
    services=NUMBERS,
    masters=NUMBERS,
    categories=NUMBERS,
    sources=NUMBERS,
    advertising=YES_NO,
    is_vip=YES_NO,
)


@given(ANY)
def test_what_is_written_is_read_as_it_was_meant(wanted: Conditions) -> None:
    assert conditions.read(conditions.written(wanted)) == wanted


HOSTILE = [
    "",
    "null",
    "[]",
    '"x"',
    "{",
    "[" * 100_000,
    '{"name": "x"}',
    '{"visits": 5}',
    '{"visits": [1]}',
    '{"visits": [null, null]}',
    '{"visits": [1.5, null]}',
    '{"visits": [true, null]}',
    '{"visits": ["1 OR 1=1", null]}',
    '{"visits": [1e999, null]}',
    '{"visits": [9999999999999999999999, null]}',
    '{"last_day": ["2026-13-01", null]}',
    '{"last_day": ["2026-05-01"]}',
    '{"last_day": [20260501, null]}',
    '{"last_day": [null, null]}',
    '{"services": []}',
    '{"services": [0]}',
    '{"services": "1"}',
    '{"services": [' + ",".join(["1"] * 201) + "]}",
    '{"rhythm": ["gone"]}',
    '{"rhythm": [["late"]]}',
    '{"birthday": "yesterday"}',
    '{"birthday": []}',
    '{"advertising": 1}',
    '{"__class__": "x"}',
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_what_no_program_of_ours_wrote_is_refused(small: SmallSalon, text: str) -> None:
    with pytest.raises(BadSegment):
        conditions.read(text)
    small.database.insert(models.Segment, {"name": "Чужой", "conditions": text, "created_at": small.clock.now()})
    assert [(one.name, one.conditions) for one in segments.listed(small.database)] == [("Чужой", None)]


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(), lambda x: st.lists(x) | st.dictionaries(st.text(), x)
    )
)
def test_no_json_breaks_the_reading(value: Any) -> None:
    for text in (json.dumps(value), json.dumps({"visits": value, "rhythm": value})):
        try:
            read = conditions.read(text)
        except BadSegment:
            continue
        assert conditions.read(conditions.written(read)) == read


def test_the_rhythm_agrees_with_the_card(small: SmallSalon) -> None:
    """The same definition stands in SQL for the triggers and in Python for the card."""

    @given(st.lists(st.integers(0, 400), min_size=1, max_size=9))
    def agrees(days: list[int]) -> None:
        fresh = small_salon()
        client = fresh.client("Вера")
        came(fresh, client, *days)
        kept = fresh.database.row("SELECT last_day, visits, interval_days FROM client_rhythm")
        happened = sorted({TODAY - timedelta(days=one) for one in days})
        assert kept == (happened[-1].isoformat(), len(happened), card.own_interval(happened))
        fresh.database.close()

    agrees()


def test_between_two_dates_means_both_of_them_and_those_between(small: SmallSalon) -> None:
    for days in (1, 10, 20, 30):
        came(small, small.client(f"Анна {days}"), days)
    small.client("Никогда")
    first, last = TODAY - timedelta(days=20), TODAY - timedelta(days=10)
    assert meant(small, Conditions(last_day=Days(first, last))) == ["Анна 10", "Анна 20"]
    assert meant(small, Conditions(last_day=Days(first))) == ["Анна 1", "Анна 10", "Анна 20"]
    assert meant(small, Conditions(last_day=Days(None, last))) == ["Анна 10", "Анна 20", "Анна 30"]


def test_a_segment_is_named_as_the_salon_or_the_program_names_it(small: SmallSalon) -> None:
    carry_out(small.salon, segments.keep, None, "Наши  невесты", Conditions(visits=Between(3)))
    assert segments.named(small.database, "наши невесты") == Conditions(visits=Between(3))
    assert segments.named(small.database, "late") == segments.READY[ReadySegment.LATE]
    assert segments.named(small.database, "Были один раз") == segments.READY[ReadySegment.ONLY_ONCE]
    with pytest.raises(NoSuchSegment) as refused:
        segments.named(small.database, "поздние")
    assert refused.value.known[0] == "Наши невесты"
    small.database.rows("UPDATE segment SET conditions = '{'")
    with pytest.raises(BadSegment):
        segments.named(small.database, "Наши невесты")
