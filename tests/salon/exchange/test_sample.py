"""The sample salon: believable, whole, and the same every time."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest

from app.__main__ import main
from app.clock import standing_at
from app.errors import SalonNotEmpty
from app.models import SalonProfile, StaffMember
from app.models.connection import Database
from app.models.opening import open_existing
from app.salon import check
from app.salon.catalogue import shifts
from app.salon.clients import card, phones
from app.salon.exchange import sample
from app.salon.exchange.sample.diary import Diary, Part, busy_quarters
from app.salon.exchange.sample.spelling import latin
from app.salon.profile import Profile
from app.salon.reminders import queue
from app.salon.scheduling import agenda
from app.salon.scheduling.intervals import Lengths
from app.salon.statistics import figures
from app.salon.statistics.periods import Period
from app.salon.transaction import Salon
from app.vocabulary import AlertKind, Figure, Language, ReminderStatus, VisitStatus
from tests.builders import new_database

TODAY = date(2026, 5, 14)
NOW = datetime(2026, 5, 14, 11, 12)
ZONE = "Europe/Moscow"


class Made(NamedTuple):
    """A sample and its report."""

    database: Database
    report: sample.SampleReport


def made(now: datetime = NOW, *, language: Language = Language.RUSSIAN, seed: int = 12, clients: int = 400) -> Made:
    """A sample that stands at ``now`` (wall time), in a file in which somebody has named a salon and no more."""
    database = new_database()
    with database.writing():
        database.insert(SalonProfile, {"id": 1, **asdict(Profile(name="Студия"))})
    salon = Salon(database, standing_at(now, ZONE))
    return Made(database, sample.make(salon, now.date(), language=language, seed=seed, now=now, clients=clients))


@pytest.fixture(scope="module")
def studio() -> Iterator[Made]:
    """The studio of the pictures, in Russian."""
    one = made()
    yield one
    one.database.close()


@pytest.fixture(scope="module")
def evening() -> Iterator[Made]:
    """Another, quieter studio on a Sunday evening, in English."""
    one = made(datetime(2024, 3, 31, 18, 40), language=Language.ENGLISH, seed=3, clients=150)
    yield one
    one.database.close()


def contents(database: Database) -> list[list[tuple[object, ...]]]:
    """Every row of every table, but for when the sample was made."""
    names = [row[0] for row in database.rows("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    but = {"journal_entry": "WHERE action <> 'salon_imported'"}
    return [
        database.rows(f'SELECT * FROM "{name}" {but.get(name, "")}') for name in names if name != "schema_migration"
    ]


def count(database: Database, table: str, condition: str = "1") -> int:
    """How many rows of ``table`` meet ``condition``."""
    return int(database.value(f"SELECT count(*) FROM {table} WHERE {condition}"))


# ---- what is in it -------------------------------------------------------------------------------------------


def test_it_is_a_studio_with_five_masters_and_four_hundred_clients(studio: Made) -> None:
    database, report = studio
    assert count(database, "staff_member", "is_master") == report.masters == 5
    assert count(database, "staff_member", "is_owner OR is_administrator") == 2
    assert count(database, "client") == report.clients == 403
    assert 25 <= count(database, "service") == report.services <= 30
    assert count(database, "visit") == report.visits > 3500
    assert count(database, "payment") == report.payments
    assert count(database, "reminder") >= report.reminders
    profile = Salon(database, standing_at(NOW, ZONE)).profile
    assert profile.is_sample
    assert (profile.zone, profile.currency, profile.name) == (ZONE, "RUB", report.name)


def test_it_has_a_year_behind_it_and_three_weeks_ahead(studio: Made) -> None:
    database, report = studio
    first, last = database.rows("SELECT MIN(day), MAX(day) FROM visit")[0]
    assert report.first_day <= date.fromisoformat(first) < report.first_day + timedelta(days=7)
    assert TODAY + timedelta(days=14) < date.fromisoformat(last) <= report.last_day == TODAY + timedelta(days=21)
    assert (report.last_day - report.first_day).days == 365


def test_everything_is_promised_and_kept(studio: Made, evening: Made) -> None:
    assert check.faults(studio.database) == []
    assert check.faults(evening.database) == []


def test_every_visit_that_takes_place_has_its_chair(studio: Made) -> None:
    without = studio.database.rows(
        """
        SELECT b.id FROM booked_service b JOIN visit v ON v.id = b.visit_id
        WHERE v.status NOT IN ('cancelled', 'no_show') AND (
            SELECT count(*) FROM occupancy o
            JOIN room_service x ON x.room_id = o.room_id AND x.service_id = b.service_id
            WHERE o.booked_service_id = b.id) <> 1
        """
    )
    assert without == []
    assert count(studio.database, "room") == 9


def test_nobody_works_outside_their_shift(studio: Made, evening: Made) -> None:
    for database, _ in (studio, evening):
        outside = database.rows(
            """
            SELECT o.id FROM occupancy o WHERE o.staff_id IS NOT NULL AND NOT EXISTS (
                SELECT 1 FROM shift s
                WHERE s.staff_id = o.staff_id AND s.day = date(o.starts_at)
                AND s.starts_at <= o.starts_at AND o.ends_at <= s.ends_at)
            """
        )
        assert outside == []


def test_the_shifts_are_those_of_the_rosters(studio: Made) -> None:
    for master in shifts.planned(studio.database, TODAY - timedelta(days=60), TODAY + timedelta(days=20)):
        if master.rosters:
            (roster,) = master.rosters
            assert [one.hours for one in master.days] == [roster.of_day(one.day) for one in master.days], master.name


def test_masters_do_only_what_they_can(studio: Made) -> None:
    strangers = studio.database.rows(
        """
        SELECT b.id FROM booked_service b WHERE NOT EXISTS (
            SELECT 1 FROM staff_service x WHERE x.staff_id = b.staff_id AND x.service_id = b.service_id)
        """
    )
    assert strangers == []


def test_somebody_is_there_every_day(studio: Made, evening: Made) -> None:
    for database, report in (studio, evening):
        days = {row[0] for row in database.rows("SELECT DISTINCT day FROM shift")}
        assert len(days) == (report.last_day - report.first_day).days + 1


def test_every_phone_is_one_that_the_program_would_accept(studio: Made) -> None:
    contacts = studio.database.rows("SELECT typed, value FROM contact_point WHERE kind = 'phone'")
    assert len(contacts) > 380
    for typed, value in contacts:
        assert phones.read(typed, "RU").e164 == value


def test_nobody_real_can_be_rung(studio: Made) -> None:
    codes = {
        row[0] for row in studio.database.rows("SELECT substr(value, 1, 5) FROM contact_point WHERE kind = 'phone'")
    }
    # No operator has been given these codes.
    assert codes == {"+7972", "+7973", "+7974", "+7975", "+7976"}


def test_families_share_a_phone(studio: Made) -> None:
    shared = studio.database.rows("SELECT value FROM contact_point GROUP BY value HAVING count(*) > 1")
    assert len(shared) >= 5
    mother, son = (
        studio.database.value("SELECT id FROM client WHERE name = ?", (name,))
        for name in ("Екатерина Ёлкина", "Артём Ёлкин")
    )
    assert card.read(studio.database, son, TODAY).phone == card.read(studio.database, mother, TODAY).phone
    assert card.read(studio.database, son, TODAY).contacts[0].whose == "телефон мамы"


# ---- how it looks --------------------------------------------------------------------------------------------


def test_the_past_looks_like_a_salon(studio: Made) -> None:
    statuses = dict(
        studio.database.rows("SELECT status, count(*) FROM visit WHERE day < ? GROUP BY status", (TODAY.isoformat(),))
    )
    assert set(statuses) == {"completed", "no_show", "cancelled"}
    ended = sum(statuses.values())
    assert 0.015 < statuses["no_show"] / ended < 0.05
    assert 0.04 < statuses["cancelled"] / ended < 0.10
    assert count(studio.database, "visit", "status = 'cancelled' AND cancel_reason IS NULL") == 0


def test_fridays_and_saturdays_are_full_and_mondays_quiet(studio: Made) -> None:
    loads: dict[int, list[int]] = {weekday: [] for weekday in range(7)}
    for ago in range(1, 140):
        day = TODAY - timedelta(days=ago)
        loads[day.weekday()].append(agenda.of_day(studio.database, day).load_percent or 0)
    mean = {weekday: sum(of_day) / len(of_day) for weekday, of_day in loads.items()}
    assert mean[0] < mean[2] < max(mean[4], mean[5])
    assert max(mean[4], mean[5]) > 58
    assert 30 < mean[0] < 55


def test_what_was_done_is_ticked_and_paid(studio: Made) -> None:
    database = studio.database
    open_steps = count(
        database,
        "visit_step t JOIN visit v ON v.id = t.visit_id",
        "v.status = 'completed' AND t.is_required AND t.done_at IS NULL AND v.open_steps_reason = ''",
    )
    assert open_steps == 0
    assert (
        count(database, "visit_step t JOIN visit v ON v.id = t.visit_id", "v.status = 'booked' AND done_at <> ''") == 0
    )
    unpaid = "NOT EXISTS (SELECT 1 FROM payment p WHERE p.visit_id = visit.id)"
    assert count(database, "visit", f"status = 'completed' AND {unpaid}") == 0
    assert count(database, "visit", f"status <> 'completed' AND NOT {unpaid}") == 0
    assert count(database, "payment", "kind = 'product'") > 100


def test_the_owners_figures_look_lived_in(studio: Made) -> None:
    def shares(figure: Figure, period: Period) -> list[float]:
        rows = figures.compute(studio.database, figure, period, today=TODAY).rows
        return [row.numerator / row.denominator for row in rows if row.denominator >= 10]

    autumn = Period(date(2025, 10, 1), date(2025, 12, 31))
    assert all(0.4 < share < 1 for share in shares(Figure.REVISIT_90, autumn))
    assert 0.35 < shares(Figure.FIRST_TO_SECOND, autumn)[0] < 0.9
    no_shows, late = shares(Figure.NO_SHOW_RATE, autumn)
    assert 0.01 < no_shows < 0.06
    assert 0.2 < late < 0.8


# ---- the day of the pictures ---------------------------------------------------------------------------------


def test_the_day_of_the_pictures_has_something_of_everything(studio: Made) -> None:
    day = agenda.of_day(studio.database, TODAY, with_cancelled=True)
    assert {entry.status for entry in day.entries} == set(VisitStatus)
    assert all(master.shifts for master in day.masters)
    assert all(40 <= (master.load_percent or 0) <= 90 for master in day.masters)
    assert any(entry.is_first_visit for entry in day.entries)
    assert any(AlertKind.ALLERGY in entry.alerts for entry in day.entries)
    assert [entry.client_name for entry in day.entries if entry.overbooked_reason] == ["Полина Сорока"]
    masters_of = {
        visit: {entry.staff_id for entry in day.entries if entry.visit_id == visit}
        for visit in {entry.visit_id for entry in day.entries if entry.parts == 2}
    }
    assert sorted(len(masters) for masters in masters_of.values()) == [1, 1, 2]
    assert len(day.blocks) == 5


def test_somebody_is_served_while_a_colour_develops(studio: Made) -> None:
    day = agenda.of_day(studio.database, TODAY)
    colour = next(entry for entry in day.entries if entry.client_name == "Кира Мороз")
    gap_begins = colour.starts_at + timedelta(minutes=colour.lengths.working)
    gap_ends = gap_begins + timedelta(minutes=colour.lengths.gap)
    inside = [
        entry.client_name
        for entry in day.entries
        if entry.staff_id == colour.staff_id and gap_begins <= entry.starts_at and entry.ends_at <= gap_ends
    ]
    assert inside == ["Артём Ёлкин"]


def test_the_overbooked_visit_stands_in_the_journal(studio: Made) -> None:
    booked = studio.database.row(
        """
        SELECT j.actor, j.note FROM journal_entry j JOIN visit v ON v.id = j.visit
        WHERE j.action = 'visit_booked' AND v.overbooked_reason <> ''
        """
    )
    assert booked == ("Полина Журавлёва", "Завтра свадьба, Алина взялась вести двоих")
    assert count(studio.database, "journal_entry", "action = 'salon_imported'") == 1


def test_reminders_match_their_visits(studio: Made, evening: Made) -> None:
    for database, report in (studio, evening):
        late = database.rows(
            "SELECT r.id FROM reminder r JOIN visit v ON v.id = r.visit_id WHERE substr(r.due_at, 1, 10) >= v.day"
        )
        assert late == []
        waiting = queue.due(database, report.now)
        assert all(line.visit_starts_at > report.now for line in waiting)
        assert queue.missed_on(database, report.now) == []
        assert count(database, "reminder", f"closed_at IS NULL AND due_at < '{report.now.date() - timedelta(1)}'") == 0


def test_the_administrator_is_in_the_middle_of_the_reminders(studio: Made) -> None:
    waiting = queue.due(studio.database, NOW)
    closed = queue.closed_on(studio.database, TODAY, ZONE)
    assert 6 <= len(waiting) <= 20
    assert {line.status for line in waiting} == {ReminderStatus.QUEUED, ReminderStatus.OPENED}
    assert {line.status for line in closed} >= {ReminderStatus.SENT, ReminderStatus.SKIPPED}
    assert all(line.closed_by == "Полина Журавлёва" for line in closed if line.status is ReminderStatus.SENT)
    assert len(queue.coming(studio.database, NOW, NOW + timedelta(days=2))) > 0


def test_in_the_evening_the_day_is_nearly_over(evening: Made) -> None:
    database, report = evening
    day = agenda.of_day(database, report.now.date())
    assert {entry.status for entry in day.entries if entry.ends_at <= report.now} == {
        VisitStatus.COMPLETED,
        VisitStatus.NO_SHOW,
    }
    assert {entry.status for entry in day.entries if entry.starts_at > report.now} <= {VisitStatus.BOOKED}
    assert count(database, "visit_step", f"done_at > '{report.now}'") == 0
    assert queue.due(database, report.now) == []


def test_an_english_sample_speaks_english(evening: Made) -> None:
    database = evening.database
    texts = [
        text
        for table, column in (
            ("service", "name"),
            ("service_category", "name"),
            ("client", "name"),
            ("client", "wishes"),
            ("client", "notes"),
            ("alert", "text"),
            ("staff_member", "name"),
            ("staff_member", "title"),
            ("visit", "comment"),
            ("visit_step", "text"),
            ("payment", "description"),
            ("block", "reason"),
            ("contact_point", "whose"),
            ("reminder", "note"),
        )
        for (text,) in database.rows(f"SELECT DISTINCT {column} FROM {table}")
    ]
    assert len(texts) > 300
    assert [text for text in texts if any("а" <= letter.casefold() <= "я" or letter in "ёЁ" for letter in text)] == []


# ---- making it -----------------------------------------------------------------------------------------------


@pytest.mark.no_cover
@pytest.mark.parametrize("clients", [50, pytest.param(400, marks=pytest.mark.slow)])
def test_the_same_day_gives_the_same_salon(
    clients: int, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also by command, which says where it is and leaves nothing beside it but its photos."""
    path = tmp_path / "sample.vizit"
    monkeypatch.setattr(sample, "make", partial(sample.make, clients=clients))
    assert main(["sample", str(path), "--today", TODAY.isoformat(), "--language", "ru"]) == 0
    assert capsys.readouterr().out == f"Пробный салон сохранён: {path}.\n"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["sample.vizit", "sample.vizit.files"]
    database, again = open_existing(path), made(clients=clients).database
    assert check.faults(database) == []
    assert contents(database) == contents(again)
    database.close()
    again.close()


def test_a_salon_is_never_mixed_with_the_sample(studio: Made) -> None:
    salon = Salon(studio.database, standing_at(NOW, ZONE))
    before = count(studio.database, "client")
    with pytest.raises(SalonNotEmpty):
        sample.make(salon, TODAY)
    assert count(studio.database, "client") == before


def test_one_colleague_makes_a_salon() -> None:
    database = new_database()
    with database.writing():
        database.insert(StaffMember, {"name": "Ольга"})
    with pytest.raises(SalonNotEmpty):
        sample.make(Salon(database, standing_at(NOW, ZONE)), TODAY)
    assert count(database, "staff_member") == 1
    database.close()


def test_an_hour_of_another_day_is_a_mistake() -> None:
    database = new_database()
    with pytest.raises(ValueError, match="its own day"):
        sample.make(Salon(database, standing_at(NOW, ZONE)), TODAY, now=NOW + timedelta(days=1))
    assert count(database, "staff_member") == 0
    database.close()


# ---- its tools -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("russian", "expected"),
    [
        ("Анна Щёлкина", "Anna Shchyolkina"),
        ("Наталья Ильина", "Natalia Ilina"),
        ("Мария Римская-Корсакова", "Maria Rimskaya-Korsakova"),
        ("Дмитрий Объедков", "Dmitry Obedkov"),
        ("Пётр Хохлов", "Pyotr Khokhlov"),
    ],
)
def test_russian_names_in_latin_letters(russian: str, expected: str) -> None:
    assert latin(russian, {"Пётр": "Pyotr"}) == expected


def test_the_diary_finds_a_place_inside_a_gap() -> None:
    diary = Diary()
    diary.open(TODAY, 0, 600, 720)
    colour = Part("roots", 0, Lengths(45, 45, 30))
    fringe = Part("fringe", 0, Lengths(15))
    assert busy_quarters(colour.lengths) == [0, 1, 2, 6, 7]
    diary.take(TODAY, (colour,), 600)
    assert diary.starts(TODAY, (fringe, fringe)) == 1 << 43 | 1 << 44
    assert not diary.starts(TODAY, (fringe, fringe, fringe, fringe))
    assert not diary.starts(TODAY + timedelta(days=1), (fringe,))
