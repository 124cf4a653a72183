"""The strip of the client who is on the phone: what must be known comes first, and only what is true is said."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.salon import profile
from app.salon.clients import alerts, answers, bonuses, card as cards, consents, merging, questions, register
from app.salon.clients.questions import QuestionFacts
from app.salon.scheduling import booking
from app.salon.transaction import carry_out
from app.ui.booking import words
from app.ui.booking.client_strip import ClientStrip
from app.ui.wishes import BookingSeed
from app.vocabulary import AlertKind, ConsentKind, ConsentWay, VisitStatus
from tests.builders import TODAY, at
from tests.ui.booking.conftest import Opened


def facts(opened: Opened, client: int, *, days: int = 0) -> list[tuple[str, str]]:
    """What the strip says in so many days: text and tone."""
    today = TODAY + timedelta(days=days)
    card = cards.read(opened.small.database, client, today)
    return [(one.text.replace("\u00a0", " "), one.tone) for one in words.facts(card, today, "RUB")]


def pay(opened: Opened, client: int, amount: int) -> None:
    """The last visit is paid, or a part of it."""
    opened.small.database.rows(
        """
        INSERT INTO payment (day, visit_id, client_id, kind, description, quantity, amount, tax, receipt)
        SELECT '2026-05-05', MAX(id), ?, 'service', 'Маникюр', 1, ?, 0, '' FROM visit
        """,
        (client, amount),
    )


@pytest.mark.parametrize(
    ("days", "said", "tone"),
    [
        (13, "Приходит раз в 21 день, ждём около 26 мая", "muted"),
        (14, "Приходит раз в 21 день, уже пора: с 26 мая", "accent"),
        (25, "Приходит раз в 21 день, опаздывает: ждали 26 мая", "warn"),
    ],
)
def test_whether_it_is_time(opened: Opened, days: int, said: str, tone: str) -> None:
    """STATISTICS: due from the own interval on, late from one and a half of it."""
    assert facts(opened, opened.regular(), days=days)[-1] == (said, tone)


def test_the_last_visit_and_what_is_booked_already(opened: Opened) -> None:
    anna = opened.regular()
    opened.small.book(at(14, days=9), anna)
    assert facts(opened, anna) == [
        ("Уже есть запись: чт, 21 мая, 14:00", "accent"),
        ("Прошлый визит 5 мая (7 дней назад): маникюр с покрытием, Ольга Б.", "muted"),
        ("Приходит раз в 21 день", "muted"),
    ]


def test_the_visit_that_is_changed_is_not_told_as_another(opened: Opened) -> None:
    anna = opened.regular()
    first, later = opened.small.book(at(14, days=9), anna), opened.small.book(at(15, days=16), anna)
    card = cards.read(opened.small.database, anna, TODAY)
    told = [words.facts(card, TODAY, "RUB", changed=one)[0].text.replace("\u00a0", " ") for one in (None, first, later)]
    assert told == [f"Уже есть запись: чт, {day}" for day in ("21 мая, 14:00", "28 мая, 15:00", "21 мая, 14:00")]
    form = opened.form(BookingSeed(client_id=anna, visit_id=later))
    assert form.client.strip.changed == later


@pytest.mark.parametrize(("paid", "said"), [(None, False), (150_000, True), (180_000, False), (200_000, False)])
def test_only_a_part_that_was_paid_is_a_balance(opened: Opened, paid: int | None, said: bool) -> None:
    """A salon that keeps no payments has no debtors."""
    anna = opened.regular()
    if paid is not None:
        pay(opened, anna, paid)
    told = ("За прошлый визит оплачено 1 500 ₽ из 1 800 ₽", "warn") in facts(opened, anna)
    assert told is said


def test_the_balance_is_said_where_money_may_be_seen(opened: Opened) -> None:
    anna = opened.regular()
    carry_out(opened.small.salon, bonuses.change, anna, 50_000, "за отзыв")
    pay(opened, anna, 150_000)
    form = opened.form(BookingSeed(client_id=anna))
    said = form.client.strip.accessibleDescription().replace("\u00a0", " ")
    assert "За прошлый визит оплачено 1 500 ₽ из 1 800 ₽. Бонусы: 500 ₽" in said
    salon, preferences = opened.small.salon, opened.counter.desk.preferences
    carry_out(salon, profile.change, replace(salon.profile, masters_see_money=False))
    preferences.change(replace(preferences.settings, used_by_master=True))
    hidden = opened.form(BookingSeed(client_id=anna))
    assert "₽" not in hidden.client.strip.accessibleDescription()


def test_alerts_come_first_the_most_dangerous_above(opened: Opened) -> None:
    small = opened.small
    anna = opened.regular()
    for kind, text in ((AlertKind.DEBT, "500 ₽ с марта"), (AlertKind.ALLERGY, "аллергия на латекс")):
        carry_out(small.salon, register.warn, anna, kind, text)
    missed = small.book(at(9, days=-1), anna)
    carry_out(small.salon, booking.set_status, missed, VisitStatus.NO_SHOW)
    strip = ClientStrip("RUB")
    strip.show_card(cards.read(small.database, anna, TODAY), TODAY)
    said = strip.accessibleDescription()
    assert said.startswith("Аллергия на латекс. Долг: 500 ₽ с марта. ")
    assert "неявки: 1" in said
    strip.deleteLater()


def test_somebody_new_is_said_to_be_new(opened: Opened) -> None:
    small, strip = opened.small, ClientStrip("RUB")
    anna = small.client()
    strip.show_card(cards.read(small.database, anna, TODAY), TODAY)
    assert strip.accessibleDescription() == "впервые. нет согласия"
    kind, way = ConsentKind.PROCESSING, ConsentWay.SPOKEN
    carry_out(small.salon, consents.record, anna, kind, is_given=False, day=TODAY, way=way)
    strip.show_card(cards.read(small.database, anna, TODAY), TODAY)
    assert strip.accessibleDescription() == "впервые"
    strip.show_walk_in()
    assert strip.accessibleName() == "Без карточки"
    strip.deleteLater()


def test_what_nobody_asked_yet_is_the_last_line(opened: Opened) -> None:
    salon = opened.small.salon
    anna = opened.small.client("Анна")
    for text in ("Что предложить выпить?", "Какую музыку?", "Поговорить или помолчать?"):
        carry_out(salon, questions.keep, None, QuestionFacts(text))
    missing = answers.of_client(opened.small.database, anna, salon.clock.now()).missing
    card = cards.read(opened.small.database, anna, TODAY)
    lines = [fact.text for fact in words.facts(card, TODAY, "RUB", missing)]
    assert lines[-1] == "Ещё не спросили: что предложить выпить, какую музыку и ещё 1"


def test_an_alert_that_comes_while_the_form_is_open_is_shown_and_seen_by_booking(opened: Opened) -> None:
    small, perform = opened.small, opened.counter.desk.perform
    anna, twin = opened.regular(), small.client("Анна Щёлкина-Ким")
    form = opened.form(BookingSeed(client_id=anna, staff_id=small.olga, starts_at=at(12)))
    assert form.go_on.text() == "Записать"
    alert = perform(register.warn, anna, AlertKind.ALLERGY, "латекс")
    assert alert is not None
    assert form.go_on.text() == "Записать, предупреждение учтено"
    assert "латекс" in form.client.strip.accessibleDescription()
    sides = [merging.side(small.database, one, TODAY) for one in (twin, anna)]
    perform(merging.merge, twin, anna, merging.suggested(*sides))
    assert form.client.client_id == twin
    form.book()
    assert [one.alert_id for one in alerts.seen_at(small.database, opened.booked[0])] == [alert.value]
