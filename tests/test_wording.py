"""How people say it, in both languages. Dates are compared with Babel's for whole years."""

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from enum import StrEnum

import phonenumbers
import pytest
from babel.dates import format_date, get_month_names
from babel.lists import format_list
from babel.numbers import format_decimal
from hypothesis import given, strategies as st

from app import language, wording
from app.vocabulary import (
    Action,
    AlertKind,
    BlockKind,
    CancelReason,
    Channel,
    ClientKind,
    ContactKind,
    DuplicateSign,
    Figure,
    Language,
    PaymentKind,
    RelationKind,
    ReminderKind,
    ReminderStatus,
    RequisiteField,
    RoomKind,
    SkipReason,
    Stage,
    ThemeChoice,
    TurnAwayReason,
    VisitStatus,
)
from tests.catalogue import russian_translations

TODAY = date(2026, 5, 12)
YEAR = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Every story starts in English and leaves the language as it was."""
    before = language.current()
    language.use(Language.ENGLISH)
    yield
    language.use(before)


@pytest.fixture
def russian(english: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Speak Russian."""
    monkeypatch.setattr(language._Spoken, "language", Language.RUSSIAN)
    monkeypatch.setattr(language._Spoken, "catalogue", russian_translations())


def plain(text: str) -> str:
    """The same with ordinary spaces, to be readable in a test."""
    return text.replace(wording.NBSP, " ")


def test_a_day_has_a_title_in_english() -> None:
    assert plain(wording.day_title(date(2026, 5, 14), TODAY)) == "Thursday, 14 May"
    assert plain(wording.day_title(date(2025, 5, 14), TODAY)) == "Wednesday, 14 May 2025"


@pytest.mark.usefixtures("russian")
def test_a_day_has_a_title_in_russian() -> None:
    assert plain(wording.day_title(date(2026, 5, 14), TODAY)) == "Четверг, 14 мая"
    assert plain(wording.day_title(date(2027, 1, 3), TODAY)) == "Воскресенье, 3 января 2027"
    assert plain(wording.weekday_and_date(date(2026, 5, 14), TODAY)) == "чт, 14 мая"
    assert wording.month_title(date(2026, 5, 14)) == "Май 2026"
    assert wording.date_in_digits(date(2026, 5, 4)) == "04.05.2026"


@pytest.mark.usefixtures("russian")
def test_russian_dates_are_babels_dates() -> None:
    for day in YEAR:
        assert plain(wording.day_and_month(day)) == format_date(day, "d MMMM", locale="ru")
        assert wording.weekday_name(day) == format_date(day, "EEEE", locale="ru")
        assert wording.weekday_short(day) == format_date(day, "EEE", locale="ru")
    for month, name in get_month_names("wide", "stand-alone", "ru").items():
        assert wording.month_name(date(2026, month, 1)) == name


def test_english_dates_are_babels_dates() -> None:
    for day in YEAR:
        said = wording.day_title(day, TODAY)
        assert plain(said) == format_date(day, "EEEE, d MMMM", locale="en_GB")
        assert wording.weekday_short(day) == format_date(day, "EEE", locale="en_GB")
    for month, name in get_month_names("wide", "stand-alone", "en_GB").items():
        assert wording.month_name(date(2026, month, 1)) == name


@pytest.mark.usefixtures("russian")
def test_a_date_is_never_broken_over_two_lines() -> None:
    assert " " not in wording.short_date(date(2025, 5, 14), TODAY)
    assert " " not in wording.duration(90)
    assert " " not in wording.money(180_000)
    assert " " not in wording.phone("+79123456789")


@pytest.mark.usefixtures("russian")
def test_a_span_of_days_names_the_month_once() -> None:
    assert plain(wording.days_between(date(2026, 5, 1), date(2026, 5, 31))) == "1–31 мая 2026"
    assert plain(wording.days_between(date(2026, 4, 28), date(2026, 5, 4))) == "28 апреля – 4 мая 2026"
    assert plain(wording.days_between(date(2025, 12, 29), date(2026, 1, 4))) == ("29 декабря 2025 – 4 января 2026")
    assert plain(wording.days_between(TODAY, TODAY)) == "12 мая 2026"


@pytest.mark.usefixtures("russian")
@pytest.mark.parametrize(
    ("away", "said"),
    [
        (0, "сегодня"),
        (1, "завтра"),
        (-1, "вчера"),
        (3, "через 3 дня"),
        (-5, "5 дней назад"),
        (13, "через 13 дней"),
        (21, "через 3 недели"),
        (-31, "4 недели назад"),
        (-62, "8 недель назад"),
        (-63, "2 месяца назад"),
        (-365, "12 месяцев назад"),
        (-365 * 5 - 1, "5 лет назад"),
        (730, "через 2 года"),
    ],
)
def test_how_far_a_day_is(away: int, said: str) -> None:
    assert wording.relative_day(TODAY + timedelta(days=away), TODAY) == said


@given(st.integers(-20_000, 20_000))
def test_a_distance_is_never_nought(away: int) -> None:
    said = wording.relative_day(date(2026, 5, 12) + timedelta(days=away), TODAY)
    assert not re.search(r"\b0\b", said)


def test_times_and_lengths_in_english() -> None:
    assert wording.clock_time(time(9, 0)) == "9:00"
    assert wording.interval(datetime(2026, 5, 12, 14, 30), datetime(2026, 5, 12, 15, 15)) == "14:30–15:15"
    assert [plain(wording.duration(m)) for m in (0, 45, 60, 90)] == ["0 min", "45 min", "1 h", "1 h 30 min"]


@pytest.mark.usefixtures("russian")
def test_lengths_in_russian() -> None:
    assert [plain(wording.duration(m)) for m in (45, 60, 90)] == ["45 мин", "1 ч", "1 ч 30 мин"]


@pytest.mark.usefixtures("russian")
def test_money_in_russian() -> None:
    said = [plain(wording.money(minor)) for minor in (180_000, 180_050, 5, 0, -250_000, 123_456_700)]
    assert said == ["1 800 ₽", "1 800,50 ₽", "0,05 ₽", "0 ₽", "−2 500 ₽", "1 234 567 ₽"]
    assert plain(wording.money(180_000, "KZT")) == "1 800 ₸"
    assert plain(wording.money(180_000, "XYZ")) == "1 800 XYZ"


def test_money_in_english() -> None:
    assert plain(wording.money(180_050)) == "1,800.50 ₽"
    assert wording.money(180_050, "USD") == "$1,800.50"
    assert wording.money(-180_000, "EUR") == "−€1,800"


@given(st.integers(-(10**9), 10**9))
def test_numbers_are_grouped_as_babel_does(count: int) -> None:
    assert wording.number(count).replace("−", "-") == format_decimal(count, locale="en_GB")


@pytest.mark.usefixtures("russian")
def test_a_share_of_nothing_is_a_dash() -> None:
    assert wording.percent(0, 0) == "—"
    assert plain(wording.percent(1, 8)) == "13 %"
    assert plain(wording.percent(2, 3)) == "67 %"
    assert plain(wording.percent(0, 5)) == "0 %"


@given(st.integers(0, 10_000), st.integers(1, 10_000))
def test_a_share_is_rounded_half_up(part: int, whole: int) -> None:
    said = int(wording.percent(part, whole).rstrip("%").replace(",", ""))
    assert (said - 0.5) * whole <= 100 * part < (said + 0.5) * whole


@given(st.integers(9_000_000_000, 9_999_999_999))
def test_russian_mobiles_are_said_as_the_library_does(national: int) -> None:
    number = phonenumbers.parse(f"+7{national}")
    said = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    assert plain(wording.phone(f"+7{national}")) == said


def test_other_phones() -> None:
    assert plain(wording.phone("+442079460958")) == "+44 20 7946 0958"
    assert plain(wording.phone("+77012345678")) == "+7 701 234 5678"
    assert wording.phone("ask at the desk") == "ask at the desk"
    assert wording.phone("+7912345678") != ""


def test_names() -> None:
    assert wording.initials("Анна Щёлкина") == "АЩ"
    assert wording.initials("ольга") == "О"
    assert wording.initials("  (мама) 12 ") == ""
    assert plain(wording.short_name("Ольга Белова")) == "Ольга Б."
    assert wording.short_name(" Ольга ") == "Ольга"


def test_a_service_inside_a_sentence() -> None:
    said = [wording.inside_a_sentence(name) for name in ("Маникюр с покрытием", "SPA-уход", "Я", "")]
    assert said == ["маникюр с покрытием", "SPA-уход", "я", ""]


@pytest.mark.parametrize("people", [[], ["Анна"], ["Анна", "Мария"], ["Анна", "Мария", "Ольга"]])
def test_lists_are_joined_as_babel_does(people: list[str]) -> None:
    assert wording.listed(people) == format_list(people, locale="en_GB")


@pytest.mark.usefixtures("russian")
def test_what_everyone_must_know_is_one_phrase() -> None:
    diabetes = wording.alert(AlertKind.CONTRAINDICATION, "Сахарный диабет — только необрезной педикюр")
    assert diabetes.endswith(": сахарный диабет — только необрезной педикюр")
    assert wording.alert(AlertKind.CONTRAINDICATION, "ВИЧ").endswith(": ВИЧ")


@pytest.mark.usefixtures("russian")
def test_lists_in_russian() -> None:
    people = ["Анна", "Мария", "Ольга"]
    assert wording.listed(people) == format_list(people, locale="ru") == "Анна, Мария и Ольга"


@pytest.mark.usefixtures("russian")
@pytest.mark.parametrize(
    ("counted", "one", "two", "five"),
    [
        (wording.visits, "21 визит", "2 визита", "5 визитов"),
        (wording.clients, "21 клиент", "2 клиента", "5 клиентов"),
        (wording.services, "21 услуга", "2 услуги", "5 услуг"),
        (wording.masters, "21 мастер", "2 мастера", "5 мастеров"),
        (wording.colleagues, "21 сотрудник", "2 сотрудника", "5 сотрудников"),
        (wording.reminders, "21 напоминание", "2 напоминания", "5 напоминаний"),
        (wording.alerts, "21 предупреждение", "2 предупреждения", "5 предупреждений"),
        (wording.steps, "21 шаг", "2 шага", "5 шагов"),
        (wording.days, "21 день", "2 дня", "5 дней"),
        (wording.minutes, "21 минута", "2 минуты", "5 минут"),
        (wording.rows, "21 строка", "2 строки", "5 строк"),
    ],
)
def test_counts_in_russian(counted: Callable[[int], str], one: str, two: str, five: str) -> None:
    assert [counted(21), counted(2), counted(5)] == [one, two, five]
    assert counted(11).startswith("11 ")
    assert counted(11).endswith(five.split()[1])


_WORDS: list[tuple[type[StrEnum], Callable[..., str]]] = [
    (VisitStatus, wording.visit_status),
    (CancelReason, wording.cancel_reason),
    (TurnAwayReason, wording.turn_away_reason),
    (BlockKind, wording.block_kind),
    (RoomKind, wording.room_kind),
    (ContactKind, wording.contact_kind),
    (ClientKind, wording.client_kind),
    (DuplicateSign, wording.duplicate_sign),
    (RelationKind, wording.relation_kind),
    (RequisiteField, wording.requisite),
    (AlertKind, wording.alert_kind),
    (Stage, wording.stage),
    (ReminderKind, wording.reminder_kind),
    (ReminderStatus, wording.reminder_status),
    (SkipReason, wording.skip_reason),
    (Channel, wording.channel),
    (PaymentKind, wording.payment_kind),
    (Action, wording.action),
    (Figure, wording.figure),
    (ThemeChoice, wording.theme_choice),
    (Language, wording.language_name),
]


@pytest.mark.usefixtures("russian")
@pytest.mark.parametrize(("words", "say"), _WORDS, ids=lambda each: getattr(each, "__name__", ""))
def test_every_word_of_the_closed_lists_is_said_and_none_twice(words: type[StrEnum], say: Callable[..., str]) -> None:
    said = [say(word) for word in words]
    assert all(said)
    assert len(set(said)) == len(said)


def test_words_cost_no_heavy_import() -> None:
    """The first painted calendar says titles and times; Babel would cost it 100 ms."""
    script = (
        "import sys; from datetime import date; from app import wording;"
        "wording.day_title(date(2026, 5, 12), date(2026, 5, 12)); wording.phone('+79123456789');"
        "print([name for name in ('babel', 'phonenumbers', 'PySide6') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
