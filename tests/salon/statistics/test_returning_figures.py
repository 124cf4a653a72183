"""Who comes back, counted by hand from the definitions."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from app import language
from app.errors import BadPeriod, NoSuchFigure
from app.salon.statistics.figures import compute
from app.salon.statistics.periods import Period
from app.salon.statistics.results import BesideKind, Counted, FigureResult, Group, RowKind
from app.vocabulary import Figure, Language, VisitStatus
from tests.salon.statistics.told import Past, counted, row_of

MAY = Period(date(2026, 5, 1), date(2026, 5, 31))
JUNE = Period(date(2026, 6, 1), date(2026, 6, 30))
LATER = date(2027, 1, 1)
"""A day on which everybody's time to come back is over."""


def may(day: int) -> date:
    return date(2026, 5, day)


@pytest.fixture
def past() -> Iterator[Past]:
    told = Past()
    yield told
    told.database.close()


def two_periods(past: Past, today: date = LATER, returns: Period | None = JUNE) -> FigureResult:
    return compute(past.database, Figure.RETURN_TWO_PERIODS, MAY, today=today, return_period=returns)


def revisit(past: Past, today: date = LATER, period: Period = MAY) -> FigureResult:
    return compute(past.database, Figure.REVISIT_90, period, today=today)


def first_to_second(past: Past, today: date = LATER) -> FigureResult:
    return compute(past.database, Figure.FIRST_TO_SECOND, MAY, today=today)


# ---- return_two_periods ----------------------------------------------------------------------------------------


def test_may_to_june_by_hand(past: Past) -> None:
    """Five clients in May, three of them new; two came in June, one of these was new."""
    old_back = past.came("Старая вернулась", date(2025, 12, 3), may(2), may(20), date(2026, 6, 10))
    old_lost = past.came("Старая ушла", date(2026, 4, 30), may(31), date(2026, 7, 1))
    new_back = past.came("Новая вернулась", may(1), date(2026, 6, 30))
    new_lost = past.came("Новая ушла", may(15))
    new_twice = past.came("Новая, дважды в мае", may(3), may(28))
    past.came("Только в июне", date(2026, 6, 5))

    result = two_periods(past)

    everybody = row_of(result)
    assert counted(everybody) == (2, 5, 0)
    assert everybody.percent == 40.0
    assert everybody.numerator_clients == (old_back, new_back)
    assert everybody.lost == 3
    assert everybody.lost_clients == (old_lost, new_lost, new_twice)
    new = row_of(result, group=Group.NEW)
    assert counted(new) == (1, 3, 0)
    assert new.denominator_clients == (new_back, new_lost, new_twice)


def test_the_salon_comes_first_then_each_master_in_the_order_of_the_calendar(past: Past) -> None:
    rows = two_periods(past).rows
    assert [(row.kind, row.staff_id, row.group) for row in rows] == [
        (RowKind.SALON, None, Group.ALL),
        (RowKind.SALON, None, Group.NEW),
        (RowKind.MASTER, past.olga, Group.ALL),
        (RowKind.MASTER, past.olga, Group.NEW),
        (RowKind.MASTER, past.maria, Group.ALL),
        (RowKind.MASTER, past.maria, Group.NEW),
    ]


def test_a_master_keeps_only_those_who_come_back_to_her(past: Past) -> None:
    stayed = past.client("Осталась")
    past.visit(stayed, may(5), past.olga)
    past.visit(stayed, date(2026, 6, 5), past.olga)
    changed = past.client("Ушла к Марии")
    past.visit(changed, may(5), past.olga)
    past.visit(changed, date(2026, 6, 5), past.maria)

    result = two_periods(past)

    assert counted(row_of(result)) == (2, 2, 0)
    assert row_of(result, RowKind.MASTER, staff=past.olga).numerator_clients == (stayed,)
    assert counted(row_of(result, RowKind.MASTER, staff=past.olga)) == (1, 2, 0)
    assert counted(row_of(result, RowKind.MASTER, staff=past.maria)) == (0, 0, 0)


def test_new_to_a_master_is_not_new_to_the_salon(past: Past) -> None:
    known = past.came("Давно ходит к Марии", date(2026, 1, 10), to=[past.maria])
    past.visit(known, may(5), past.olga)
    result = two_periods(past)
    assert counted(row_of(result, RowKind.MASTER, Group.ALL, past.olga)) == (0, 1, 0)
    assert counted(row_of(result, RowKind.MASTER, Group.NEW, past.olga)) == (0, 0, 0)


def test_until_the_return_period_is_over_everybody_stands_aside(past: Past) -> None:
    back = past.came("Вернулась", may(5), date(2026, 6, 3))
    waited = past.came("Ждём", may(6))

    row = row_of(two_periods(past, today=date(2026, 6, 29)))

    assert counted(row) == (0, 0, 2)
    assert row.percent is None
    assert row.immature_clients == (back, waited)
    assert [(one.kind, one.number, one.clients) for one in row.beside] == [(BesideKind.RETURNED_ALREADY, 1, (back,))]
    assert counted(row_of(two_periods(past, today=date(2026, 6, 30)))) == (1, 2, 0)


def test_without_a_wish_the_return_period_follows_at_once_and_is_as_long(past: Past) -> None:
    past.came("В последний день", may(5), date(2026, 7, 1))
    past.came("Днём позже", may(5), date(2026, 7, 2))
    result = two_periods(past, returns=None)
    assert result.return_period == Period(date(2026, 6, 1), date(2026, 7, 1))
    assert counted(row_of(result)) == (1, 2, 0)


def test_the_return_period_holds_both_its_ends(past: Past) -> None:
    first = past.came("В первый день", may(5), JUNE.begins)
    last = past.came("В последний день", may(5), JUNE.ends)
    past.came("Днём позже", may(5), JUNE.ends + timedelta(days=1))
    assert row_of(two_periods(past)).numerator_clients == (first, last)


def test_a_visit_between_the_periods_is_no_return(past: Past) -> None:
    past.came("Пришла между", may(5), date(2026, 6, 10))
    result = two_periods(past, returns=Period(date(2026, 6, 11), date(2026, 7, 10)))
    assert counted(row_of(result)) == (0, 1, 0)


def test_the_return_period_lies_after_the_visits(past: Past) -> None:
    with pytest.raises(BadPeriod):
        two_periods(past, returns=Period(date(2026, 5, 31), date(2026, 6, 30)))
    with pytest.raises(BadPeriod):
        two_periods(past, returns=Period(date(2026, 4, 1), date(2026, 4, 30)))


# ---- what a visit is -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", sorted(set(VisitStatus) - {VisitStatus.COMPLETED}))
def test_only_what_was_completed_is_a_visit(past: Past, status: VisitStatus) -> None:
    waited = past.came("Ждём", may(5))
    past.visit(waited, date(2026, 6, 5), status=status)
    never = past.client("Не была")
    past.visit(never, may(6), status=status)
    before = past.client("Раньше не состоялось")
    past.visit(before, date(2026, 4, 6), status=status)
    past.visit(before, may(6))
    row = row_of(two_periods(past), group=Group.NEW)
    assert counted(row) == (0, 2, 0)
    assert row.denominator_clients == (waited, before)


def test_all_services_of_one_date_are_one_visit(past: Past) -> None:
    client = past.client()
    past.visit(client, may(5), past.olga, past.maria, past.olga)
    past.visit(client, may(5), past.maria)
    result = revisit(past)
    assert counted(row_of(result)) == (0, 1, 0)
    assert counted(row_of(result, RowKind.MASTER, staff=past.olga)) == (0, 1, 0)
    assert counted(row_of(result, RowKind.MASTER_ANY, staff=past.maria)) == (0, 1, 0)
    assert counted(row_of(first_to_second(past), RowKind.SECOND_EVER, Group.NEW)) == (0, 1, 0)


def test_a_service_added_at_the_till_is_a_visit_to_its_master(past: Past) -> None:
    client = past.client()
    past.visit(client, may(5), past.olga, takes_time=False)
    past.visit(client, may(25), past.olga, takes_time=False)
    assert counted(row_of(revisit(past), RowKind.MASTER, staff=past.olga)) == (1, 1, 0)


def test_a_visit_without_any_service_is_none(past: Past) -> None:
    client = past.came("Была до мая", may(5))
    visit = past.visit(client, date(2026, 4, 1))
    past.database.rows("DELETE FROM booked_service WHERE visit_id = ?", (visit,))
    assert counted(row_of(revisit(past), group=Group.NEW)) == (0, 1, 0)


def test_walk_ins_are_never_clients(past: Past) -> None:
    past.visit(None, may(5))
    past.visit(None, may(6))
    assert [counted(row) for row in revisit(past).rows] == [(0, 0, 0)] * len(revisit(past).rows)


def test_what_the_house_did_counts_for_the_salon_and_has_no_row(past: Past) -> None:
    client = past.client()
    past.visit(client, may(5), past.house)
    past.visit(client, may(20), past.house)
    result = revisit(past)
    assert counted(row_of(result)) == (1, 1, 0)
    assert past.house not in {row.staff_id for row in result.rows}


def test_who_is_a_master_no_longer_keeps_the_rows_of_her_time(past: Past) -> None:
    """Else the clients whom she served would be in the salon's row and in nobody's."""
    desk = past.staff("Ирина", is_master=False, is_administrator=True)
    past.came("Анна", may(5), may(20), to=[desk])
    past.came("Белла", may(6), to=[past.olga])
    result = revisit(past)
    served = [row_of(result, RowKind.MASTER, staff=one) for one in (past.olga, desk)]
    assert sum(row.denominator for row in served) == row_of(result).denominator == 2
    past.database.rows("DELETE FROM booked_service WHERE staff_id = ?", (desk,))
    assert desk not in {row.staff_id for row in revisit(past).rows}


def test_a_master_who_left_keeps_the_rows_of_her_time(past: Past) -> None:
    left = past.staff("Вера", left=True)
    past.came("Клиентка Веры", may(5), to=[left])
    past.came("Ещё одна", date(2026, 7, 5), to=[left])
    assert counted(row_of(revisit(past), RowKind.MASTER, staff=left)) == (0, 1, 0)
    june = revisit(past, period=JUNE)
    assert left not in {row.staff_id for row in june.rows}


def test_what_comes_later_than_today_is_not_known(past: Past) -> None:
    past.came("Ещё придёт", may(20))
    past.came("Пришла и ещё придёт", may(1), may(20))
    result = first_to_second(past, today=may(10))
    assert counted(row_of(result, RowKind.SECOND_EVER, Group.NEW)) == (0, 1, 0)


# ---- revisit_90 ------------------------------------------------------------------------------------------------


def test_the_ninetieth_day_counts_and_the_next_does_not(past: Past) -> None:
    in_time = past.came("На 90-й день", may(1), may(1) + timedelta(days=90))
    past.came("На 91-й день", may(1), may(1) + timedelta(days=91))
    row = row_of(revisit(past))
    assert counted(row) == (1, 2, 0)
    assert row.numerator_clients == (in_time,)
    assert row.percent == 50.0


def test_the_days_are_counted_from_the_first_visit_of_the_period(past: Past) -> None:
    past.came("Второй визит поздно для первого", may(1), may(1) + timedelta(days=100))
    past.came("Дважды в мае", may(1), may(30))
    past.came("До мая не важно", date(2026, 2, 1), may(30), may(30) + timedelta(days=90))
    assert counted(row_of(revisit(past))) == (2, 3, 0)


def test_new_and_existing_make_up_everybody(past: Past) -> None:
    past.came("Новая", may(4), may(24))
    past.came("Новая, одна", may(4))
    past.came("Прежняя", date(2026, 4, 30), may(4), date(2026, 6, 1))
    result = revisit(past)
    assert counted(row_of(result)) == (2, 3, 0)
    assert counted(row_of(result, group=Group.NEW)) == (1, 2, 0)
    assert counted(row_of(result, group=Group.EXISTING)) == (1, 1, 0)


def test_back_to_the_same_master_and_back_to_any(past: Past) -> None:
    """The anchor of a master's row is the first visit of May to that master."""
    client = past.client()
    past.visit(client, may(1), past.olga)
    past.visit(client, may(20), past.maria)
    past.visit(client, may(20) + timedelta(days=90), past.olga)
    result = revisit(past)
    assert counted(row_of(result, RowKind.MASTER, staff=past.olga)) == (0, 1, 0)
    assert counted(row_of(result, RowKind.MASTER_ANY, staff=past.olga)) == (1, 1, 0)
    assert counted(row_of(result, RowKind.MASTER, staff=past.maria)) == (0, 1, 0)
    assert counted(row_of(result, RowKind.MASTER_ANY, staff=past.maria)) == (1, 1, 0)


def test_a_client_is_mature_on_the_ninetieth_day(past: Past) -> None:
    client = past.came("Анна", may(1), may(9))
    the_day = may(1) + timedelta(days=90)
    assert counted(row_of(revisit(past, today=the_day))) == (1, 1, 0)
    young = row_of(revisit(past, today=the_day - timedelta(days=1)))
    assert counted(young) == (0, 0, 1)
    assert young.immature_clients == (client,)
    assert young.immature_text == "У 1 клиента 90 дней ещё не прошли."
    assert [one.text for one in young.beside] == ["Из них 1 уже вернулся."]


def test_nobody_is_counted_before_their_time_even_when_back(past: Past) -> None:
    mature = past.came("Зрелая", may(1))
    past.came("Вернулась рано", may(20), may(27))
    row = row_of(revisit(past, today=may(1) + timedelta(days=95)))
    assert counted(row) == (0, 1, 1)
    assert row.denominator_clients == (mature,)


def test_a_period_at_the_end_of_the_calendar_is_only_empty(past: Past) -> None:
    result = revisit(past, today=date.max, period=Period(date(9999, 12, 1), date.max))
    assert counted(row_of(result)) == (0, 0, 0)


def test_a_visit_at_the_end_of_the_calendar_breaks_nothing(past: Past) -> None:
    past.came("Вечная", date.max)
    result = revisit(past, today=date.max, period=Period(date(9999, 12, 1), date.max))
    assert row_of(result).numerator == 0


# ---- first_to_second -------------------------------------------------------------------------------------------


def test_the_second_visit_ever_and_within_90_days(past: Past) -> None:
    soon = past.came("Скоро", may(10), may(31))
    late = past.came("Поздно", may(10), date(2026, 11, 11))
    once = past.came("Один раз", may(10))
    past.came("Не новая", date(2026, 3, 1), may(10), may(20))
    result = first_to_second(past)
    ever = row_of(result, RowKind.SECOND_EVER, Group.NEW)
    assert counted(ever) == (2, 3, 0)
    assert ever.numerator_clients == (soon, late)
    assert ever.denominator_clients == (soon, late, once)
    assert counted(row_of(result, RowKind.SECOND_WITHIN_90, Group.NEW)) == (1, 3, 0)


def test_within_90_days_waits_and_ever_does_not(past: Past) -> None:
    past.came("Вернулась", may(10), may(31))
    past.came("Пока нет", may(11))
    result = first_to_second(past, today=date(2026, 6, 15))
    assert counted(row_of(result, RowKind.SECOND_EVER, Group.NEW)) == (1, 2, 0)
    assert counted(row_of(result, RowKind.SECOND_WITHIN_90, Group.NEW)) == (0, 0, 2)


# ---- the result ------------------------------------------------------------------------------------------------


def test_a_figure_carries_its_definition_in_the_language_spoken(past: Past) -> None:
    language.use(Language.ENGLISH)
    english = revisit(past)
    assert english.definition.startswith("Of the clients who visited in the period 1–31")
    assert "within 90 days" in english.definition
    assert english.rows[0].label == "Whole salon"
    language.use(Language.RUSSIAN)
    russian = revisit(past)
    assert "в течение 90 дней" in russian.definition
    assert russian.rows[0].label == "Весь салон"
    assert russian.counts is Counted.CLIENTS


def test_the_definition_names_both_periods(past: Past) -> None:
    told = two_periods(past).definition.replace("\u00a0", " ")
    assert "1–31 мая 2026" in told
    assert "1–30 июня 2026" in told


def test_a_figure_is_found_by_its_key(past: Past) -> None:
    assert compute(past.database, "revisit_90", MAY, today=LATER).figure is Figure.REVISIT_90


@pytest.mark.parametrize("name", ["", "revisit", "REVISIT_90", "revisit_90 ", "'; DROP TABLE visit"])
def test_an_unknown_figure_is_named_with_the_known_ones(past: Past, name: str) -> None:
    with pytest.raises(NoSuchFigure) as told:
        compute(past.database, name, MAY, today=LATER)
    assert told.value.name == name
    assert told.value.known == ("return_two_periods", "revisit_90", "first_to_second", "new_by_source", "no_show_rate")
