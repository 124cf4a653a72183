"""A template is a person's text: what it may fill is a closed list, and nothing in it can do harm."""

from datetime import date, datetime

import pytest
from hypothesis import given, strategies as st

from app import language
from app.salon.reminders.message import default_template, first_name, message
from app.salon.reminders.queue import ReminderLine
from app.salon.reminders.texts import PLACES, filled
from app.vocabulary import Language, ReminderStatus, VisitStatus

TODAY = date(2026, 5, 13)


def line(**changes: object) -> ReminderLine:
    """A reminder of Anna's manicure tomorrow at 15:30."""
    values: dict[str, object] = {
        "reminder_id": 1,
        "visit_id": 1,
        "client_id": 1,
        "client_name": "Анна Щёлкина",
        "phone": "+79123456789",
        "due_at": datetime(2026, 5, 13, 12, 0),
        "status": ReminderStatus.QUEUED,
        "sent_through": None,
        "skip_reason": None,
        "visit_starts_at": datetime(2026, 5, 14, 15, 30),
        "visit_status": VisitStatus.BOOKED,
        "service_names": ("Маникюр с покрытием",),
        "master_names": ("Ольга Белова",),
        "note": "",
        "closed_at": None,
        "closed_by": "",
    }
    return ReminderLine(**{**values, **changes})  # type: ignore[arg-type]


def test_anna_is_asked_to_come_tomorrow() -> None:
    assert message(line(), "Студия на Садовой", TODAY) == (
        "Анна, здравствуйте! Ждём вас завтра, 14\u00a0мая, в 15:30 — маникюр с покрытием, мастер Ольга. "
        "Если планы изменились, напишите нам, пожалуйста. Студия на Садовой"
    )


def test_two_services_with_two_masters_on_the_same_day() -> None:
    told = message(
        line(service_names=("Маникюр", "SPA-уход"), master_names=("Ольга Белова", "Мария Ким")),
        "Студия",
        date(2026, 5, 14),
    )
    assert "сегодня, 14\u00a0мая, в 15:30 — маникюр и SPA-уход, мастера Ольга и Мария." in told


def test_a_visit_further_away_names_its_weekday_in_the_nominative() -> None:
    assert "Ждём вас 14\u00a0мая (четверг) в 15:30" in message(line(), "Студия", date(2026, 5, 11))


def test_the_same_in_english() -> None:
    language.use(Language.ENGLISH)
    assert message(
        line(client_name="Anna Lee", service_names=("Manicure",), master_names=("Olga",)), "Nails", TODAY
    ) == (
        "Hello Anna! We look forward to seeing you tomorrow, 14\u00a0May, at 15:30: Manicure, your master is Olga. "
        "If your plans change, please write to us. Nails"
    )


@pytest.mark.parametrize(
    ("card", "said"),
    [("Анна Щёлкина", "Анна"), ("Анна", "Анна"), ("А. Щёлкина", "А. Щёлкина"), ("  Ли Вэй ", "Ли"), ("Ё", "Ё")],
)
def test_a_client_is_addressed_by_the_first_name(card: str, said: str) -> None:
    assert first_name(card) == said


def test_a_salons_own_words() -> None:
    assert message(line(), "Студия", TODAY, "{client}, до завтра! {salon} {price}") == "Анна, до завтра! Студия {price}"


def test_every_place_of_the_default_words_is_filled() -> None:
    for spoken in Language:
        language.use(spoken)
        assert all(f"{{{place}}}" in default_template() for place in PLACES)
        assert "{" not in message(line(), "Студия", TODAY)


@pytest.mark.parametrize(
    "attack", ["{client.__class__}", "{0}", "{client!r}", "{client:>9999999}", "{}", "%(client)s", "{{client}}"]
)
def test_a_template_reaches_nothing_but_its_places(attack: str) -> None:
    told = filled(attack, {"client": "Анна"})
    assert told in (attack, "{Анна}")


@given(st.text(), st.text())
def test_what_is_filled_in_is_never_filled_again(template: str, name: str) -> None:
    assert filled("{client}", {"client": name}) == name
    assert filled(template, {}) == template
