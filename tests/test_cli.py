"""The command line as people and their scripts meet it: plain words or JSON, and one sentence for every mistake."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from app import __version__, language
from app.__main__ import main
from app.clock import SystemClock, wall_time
from app.models.connection import Database
from app.models.opening import open_existing
from app.salon import check, profile as profile_of
from app.salon.catalogue import staff
from app.salon.clients import files, forgetting, segments
from app.salon.clients.conditions import Conditions, Days
from app.salon.profile import Profile
from app.salon.transaction import Salon, carry_out
from app.vocabulary import Figure, Language
from tests import pictures
from tests.builders import ZONE, at, small_salon
from tests.salon.exchange.mini_export import MiniExport

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The answer as a program reads it."""
        return json.loads(self.out)


@dataclass(frozen=True, slots=True)
class Terminal:
    """A prompt in a folder of its own, on a machine where nobody ever started Vizit."""

    folder: Path
    capsys: pytest.CaptureFixture[str]

    def vizit(self, *arguments: str | Path) -> Answer:
        """Type a command."""
        try:
            code = main([str(one) for one in arguments])
        except SystemExit as left:
            code = int(left.code or 0)
        told = self.capsys.readouterr()
        return Answer(code, told.out, told.err)

    def files(self) -> dict[str, bytes]:
        """Everything in the folder."""
        found = sorted(self.folder.rglob("*"))
        return {str(path.relative_to(self.folder)): path.read_bytes() if path.is_file() else b"" for path in found}

    def refused(self, *arguments: str | Path, code: int = 1) -> str:
        """Type a command that must not work: one sentence, no answer, nothing changed. Returns the sentence."""
        before = self.files()
        answer = self.vizit(*arguments)
        assert answer.code == code
        assert answer.out == ""
        assert answer.err.count("\n") == 1
        assert answer.err.endswith(".\n")
        assert "Traceback" not in answer.err
        assert self.files() == before
        return answer.err.strip()


@pytest.fixture
def terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A prompt; the home is empty."""
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    folder = tmp_path / "prompt"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return Terminal(folder, capsys)


@pytest.fixture(scope="module")
def small_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small salon in a file, with one visit that was completed and one that is booked."""
    language.use(Language.RUSSIAN)
    path = tmp_path_factory.mktemp("salon") / "small.vizit"
    small = small_salon()
    anna = small.client("Анна Щёлкина", "+7 912 345-67-89")
    small.complete(small.book(at(10), anna))
    small.book(at(15, days=2), anna)
    small.database.backup_to(path)
    small.database.close()
    open_existing(path).close()  # a copy out of memory has no write-ahead log yet
    return path


@pytest.fixture
def salon(terminal: Terminal, small_file: Path) -> Path:
    """The small salon's file in the folder of the prompt."""
    path = terminal.folder / "salon.vizit"
    path.write_bytes(small_file.read_bytes())
    return path


@pytest.fixture
def opened(salon: Path) -> Iterator[Database]:
    """The small salon's file, open."""
    database = open_existing(salon)
    yield database
    database.close()


# ---- what was asked for --------------------------------------------------------------------------------------


def test_help_speaks_the_language_of_the_reader(terminal: Terminal) -> None:
    russian, english = terminal.vizit("--help"), terminal.vizit("--help", "--language", "en")
    assert russian.code == english.code == 0
    assert "проверить, что программа установлена полностью" in russian.out
    assert "prove that this installation is complete" in english.out
    assert "usage" not in russian.out.lower()


@pytest.mark.parametrize(
    "command",
    [
        *("import", "report", "reminders", "backup", "restore", "calendar"),
        *("client-data", "segment", "forget", "check", "sample", "tour"),
    ],
)
def test_every_command_has_its_help(terminal: Terminal, command: str) -> None:
    told = terminal.vizit(command, "--help")
    assert told.code == 0
    assert f"vizit {command}" in told.out
    assert "--database" in told.out


def test_the_help_of_a_report_names_the_figures(terminal: Terminal) -> None:
    told = "".join(terminal.vizit("report", "--help").out.split())
    assert all(figure in told for figure in Figure)


def test_the_version(terminal: Terminal) -> None:
    assert terminal.vizit("--version").out == f"Vizit {__version__}\n"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (
            ["chek"],
            "«chek» здесь не подходит. Можно: import, report, reminders, backup, restore, calendar, client-data,",
        ),
        (["--language", "de", "check"], "«de» здесь не подходит. Можно: ru, en."),
        (["reminders", "send"], "«send» здесь не подходит. Можно: due."),
        (["reminders"], "Не хватает параметра WHAT."),
        (["report"], "Не хватает параметра FIGURE."),
        (["segment"], "Не хватает параметра SEGMENT."),
        (["backup"], "Не хватает параметра FILE."),
        (["calendar", "--visit", "1"], "Не хватает параметра FILE."),
        (["sample", "--json"], "Не хватает параметра FILE."),
        (["tour"], "Не хватает параметра FOLDER."),
        (["report", "no_show_rate", "--from"], "После --from не хватает значения."),
        (["check", "--database"], "После --database не хватает значения."),
        (["check", "--jso"], "«--jso» непонятно; что можно написать, покажет vizit --help."),
        (["check", "--json=1"], "«--json=1» непонятно; что можно написать, покажет vizit --help."),
        (["check", "twice"], "«twice» непонятно; что можно написать, покажет vizit --help."),
        (["--frm", "2026-05-01"], "«2026-05-01» здесь не подходит."),
    ],
    ids=" ".join,
)
def test_a_mistyped_command_is_answered_in_one_sentence(terminal: Terminal, typed: list[str], said: str) -> None:
    assert terminal.refused(*typed, code=2).startswith(said.removesuffix("."))


def test_a_mistake_is_told_in_the_language_that_was_asked_for(terminal: Terminal) -> None:
    assert terminal.refused("report", "--language=en", code=2) == "The option FIGURE is missing."
    assert terminal.refused("--language", "en", "tuor", code=2).startswith("“tuor” is not known here.")


def test_the_shared_options_stand_before_the_command_or_after_it(terminal: Terminal, salon: Path) -> None:
    after = terminal.vizit("check", "--database", salon, "--language", "en")
    before = terminal.vizit("--database", salon, "--language", "en", "check")
    split = terminal.vizit("--language", "en", "check", f"--database={salon}")
    assert after == before == split == Answer(0, "The salon's file is whole.\n", "")


def test_the_language_comes_from_this_machines_settings(
    terminal: Terminal, salon: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app import paths, settings

    settings.write(paths.settings_file(), settings.Settings(language=Language.ENGLISH))
    assert terminal.vizit("check", "--database", salon).out == "The salon's file is whole.\n"


# ---- the salon's file ----------------------------------------------------------------------------------------

EVERY_READER = [
    ("check",),
    ("reminders", "due"),
    ("backup", "copy.vizit"),
    ("calendar", "--visit", "1", "visit.ics"),
    ("report", "no_show_rate", "--from", "2026-05-01", "--to", "2026-05-31"),
    ("import", "--take-back"),
]


@pytest.mark.parametrize("command", EVERY_READER, ids=" ".join)
class TestAFileThatIsNoSalon:
    """Whatever the command is, the file stays as it is."""

    def test_missing(self, terminal: Terminal, command: tuple[str, ...]) -> None:
        said = terminal.refused(*command, "--database", "nowhere.vizit")
        assert said == "Файла салона «nowhere.vizit» нет. Проверьте путь."

    def test_folder(self, terminal: Terminal, command: tuple[str, ...]) -> None:
        (terminal.folder / "folder").mkdir()
        assert "«folder»" in terminal.refused(*command, "--database", "folder")

    @pytest.mark.parametrize(
        "content",
        [b"", b"name;phone\n", b"SQLite format 3\x00" + bytes(range(256)) * 20],
        ids=["empty", "table", "noise"],
    )
    def test_garbage(self, terminal: Terminal, command: tuple[str, ...], content: bytes) -> None:
        (terminal.folder / "notes.vizit").write_bytes(content)
        said = terminal.refused(*command, "--database", "notes.vizit")
        assert "«notes.vizit»" in said
        assert "не тронут" in said

    def test_newer(self, terminal: Terminal, salon: Path, command: tuple[str, ...]) -> None:
        with closing(sqlite3.connect(salon)) as file, file:
            columns = [row[1] for row in file.execute("PRAGMA table_info(schema_migration)")]
            marks = ", ".join("?" * len(columns))
            row = ["9999_rooms" if column == "name" else 9999 for column in columns]
            file.execute(f"INSERT INTO schema_migration VALUES ({marks})", row)
        assert "более новой версией" in terminal.refused(*command, "--database", salon)


def test_a_name_that_no_system_allows(terminal: Terminal) -> None:
    assert "cannot be read" in terminal.refused("check", "--language", "en", "--database", "x" * 5000)


# ---- check ---------------------------------------------------------------------------------------------------


def test_a_whole_file(terminal: Terminal, salon: Path) -> None:
    assert terminal.vizit("check", "--database", salon) == Answer(0, "Файл салона цел.\n", "")
    assert terminal.vizit("check", "--json", "--database", salon).json == {"whole": True, "faults": []}


def test_faults_are_listed_in_words_and_for_programs(terminal: Terminal, salon: Path, opened: Database) -> None:
    opened.rows("DROP TRIGGER occupancy_overlap_insert")
    opened.rows("CREATE TRIGGER spy AFTER UPDATE ON alert BEGIN DELETE FROM payment; END")
    opened.rows("UPDATE visit SET status = 'cancelled' WHERE status = 'booked'")
    opened.close()
    plain = terminal.vizit("check", "--database", salon)
    assert plain.code == 1
    assert "Защиты от двойной записи не было или она изменена; восстановлена: 1 (occupancy_overlap_insert)" in plain.out
    assert "Убраны триггеры или представления, которых Визит не создавал: 1 (spy)" in plain.out
    assert "Отменённые или пропущенные визиты всё ещё занимают время: 1" in plain.out
    told = terminal.vizit("check", "--json", "--database", salon)
    assert told.code == 1
    assert not told.json["whole"]
    assert {fault["kind"] for fault in told.json["faults"]} == {  # the others were put right when it was opened
        "occupancy_of_closed_visit",
        "reminder_of_a_visit_not_awaited",
    }


def test_a_damaged_page_is_noticed(terminal: Terminal, salon: Path) -> None:
    content = bytearray(salon.read_bytes())
    content[8 * 4096 : 12 * 4096] = bytes(4 * 4096)
    salon.write_bytes(content)
    answer = terminal.vizit("check", "--database", salon)
    assert answer.code == 1
    assert answer.out or answer.err
    assert "Traceback" not in answer.err


def test_whoever_watches_is_told_that_a_file_of_an_earlier_version_is_brought_up_to_date(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    golden = ROOT / "tests" / "models" / "golden" / "0002.sql"
    for name in ("watched", "alone"):
        with closing(sqlite3.connect(f"{name}.vizit")) as made:
            made.executescript(golden.read_text(encoding="utf-8"))
    assert terminal.vizit("check", "--database", "alone.vizit").err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    told = terminal.vizit("check", "--database", "watched.vizit").err
    assert "«watched.before-0003_client_card.vizit»" in told
    assert told.endswith("200/200\n")


@pytest.mark.parametrize("spoken", Language)
def test_every_fault_has_its_words(spoken: Language) -> None:
    from app import explain

    language.use(spoken)
    guards = {"missing_guard", "changed_guard", "guard_made_again", "stranger", "stranger_taken_out"}
    kinds = {"engine", "orphan", *guards, *check.PROMISES}
    assert not [kind for kind in kinds if explain.fault(kind) == kind]


# ---- calendar ------------------------------------------------------------------------------------------------


def test_a_visit_goes_into_the_clients_calendar(terminal: Terminal, salon: Path, opened: Database) -> None:
    visit = str(opened.value("SELECT max(id) FROM visit"))
    assert terminal.vizit("calendar", "--visit", visit, "visit.ics", "--database", salon).out == (
        "Календарь записан в visit.ics.\n"
    )
    lines = (terminal.folder / "visit.ics").read_bytes().decode("utf-8").split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert "DTSTART;TZID=Europe/Moscow:20260514T150000" in lines


def test_the_week_of_a_master_is_found_by_any_of_its_days(terminal: Terminal, salon: Path) -> None:
    for day in ("2026-05-11", "2026-05-17"):
        week = ("--master", "ольга белова", "--week", day, f"{day}.ics", "--database", salon)
        assert terminal.vizit("calendar", *week, "--json").json == {"calendar": f"{day}.ics"}
        assert (terminal.folder / f"{day}.ics").read_text(encoding="utf-8").count("BEGIN:VEVENT") == 2


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--visit", "4711"], "Визита 4711 с известным временем нет."),
        (["--visit", "first"], "«first» непонятно"),
        (["--visit", "9" * 40], "непонятно"),
        (["--visit", "1", "--master", "Ольга Белова"], "«--master» непонятно"),
        (["--master", "Жанна", "--week", "2026-05-12"], "Мастера «Жанна» нет. Мастера: Ольга Белова, Мария Ким."),
        (["--master", "Ольга Белова"], "Не хватает параметра --week."),
        (["--master", "Ольга Белова", "--week", "monday"], "«monday» — не дата"),
        (["--week", "2026-05-12"], "Не хватает параметра --visit."),
    ],
    ids=" ".join,
)
def test_a_calendar_that_cannot_be_written(terminal: Terminal, salon: Path, options: list[str], said: str) -> None:
    assert said in terminal.refused("calendar", *options, "new.ics", "--database", salon)


def test_a_calendar_never_takes_the_place_of_another_file(terminal: Terminal, salon: Path) -> None:
    (terminal.folder / "visit.ics").write_text("мой файл", encoding="utf-8")
    assert "уже есть" in terminal.refused("calendar", "--visit", "1", "visit.ics", "--database", salon)
    assert "«" in terminal.refused("calendar", "--visit", "1", "no/visit.ics", "--database", salon)


# ---- report --------------------------------------------------------------------------------------------------

MAY = ("--from", "2026-05-01", "--to", "2026-05-31", "--today", "2026-06-01")


def test_a_figure_in_words(terminal: Terminal, salon: Path) -> None:
    told = terminal.vizit("report", "no_show_rate", *MAY, "--database", salon)
    assert told.code == 0
    heading, definition, *rows = told.out.splitlines()
    assert "1–31 мая 2026" in heading.replace("\u00a0", " ")
    assert definition
    assert rows


def test_a_figure_for_programs(terminal: Terminal, salon: Path) -> None:
    told = terminal.vizit("report", "revisit_90", *MAY, "--database", salon, "--json").json
    assert told["figure"] == "revisit_90"
    assert told["period"] == {"from": "2026-05-01", "to": "2026-05-31"}
    assert {"label", "numerator", "denominator", "immature"} <= told["rows"][0].keys()


def test_a_return_period_of_ones_own(terminal: Terminal, salon: Path) -> None:
    later = ("--return-from", "2026-06-01", "--return-to", "2026-06-30")
    told = terminal.vizit("report", "return_two_periods", *MAY, *later, "--database", salon, "--json").json
    assert told["return_period"] == {"from": "2026-06-01", "to": "2026-06-30"}


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["no_show", *MAY], "no_show_rate"),
        (["no_show_rate", "--to", "2026-05-31"], "Не хватает параметра --from."),
        (["no_show_rate", "--from", "2026-05-31"], "Не хватает параметра --to."),
        (["no_show_rate", "--from", "31.05.2026", "--to", "2026-05-31"], "«31.05.2026» — не дата"),
        (["no_show_rate", "--from", "2026-02-29", "--to", "2026-05-31"], "«2026-02-29»"),
        (["no_show_rate", "--from", "2026-05-31", "--to", "2026-05-01"], "ериод"),
        (["no_show_rate", *MAY, "--today", "soon"], "«soon»"),
        (["return_two_periods", *MAY, "--return-from", "2026-06-01"], "Не хватает параметра --return-to."),
        (["return_two_periods", *MAY, "--return-to", "2026-06-01"], "Не хватает параметра --return-from."),
        (["return_two_periods", *MAY, "--return-from", "2026-05-02", "--return-to", "2026-05-09"], "ериод"),
    ],
)
def test_a_figure_that_cannot_be_had(terminal: Terminal, salon: Path, options: list[str], said: str) -> None:
    assert said in terminal.refused("report", *options, "--database", salon)


# ---- what a client may ask for -------------------------------------------------------------------------------


def test_everything_held_about_a_client_comes_in_a_file(terminal: Terminal, salon: Path) -> None:
    answer = terminal.vizit("client-data", "1", "анна.zip", "--database", salon)
    assert answer.out == "Всё, что хранится о клиенте, лежит в анна.zip.\n"
    with zipfile.ZipFile(terminal.folder / "анна.zip") as packed:
        assert json.loads(packed.read("data.json"))["tables"]["client"][0]["name"] == "Анна Щёлкина"
    assert terminal.refused("client-data", "1", "анна.zip", "--database", salon).startswith("«анна.zip» уже есть")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["99", "a.zip"], "Карточки 99 нет."),
        (["Анна", "a.zip"], "«Анна» непонятно"),
        (["1", "нет/a.zip"], "нет"),
    ],
)
def test_no_file_comes_of_a_mistake(terminal: Terminal, salon: Path, given: list[str], said: str) -> None:
    assert said in terminal.refused("client-data", *given, "--database", salon)


def test_the_scheduler_forgets_whose_days_are_over(terminal: Terminal, salon: Path, opened: Database) -> None:
    assert terminal.vizit("forget", "--due", "--database", salon).out == "Забыто 0 клиентов.\n"
    assert terminal.refused("forget", "--database", salon) == "Не хватает параметра --due."
    opened.rows("UPDATE visit SET status = 'cancelled' WHERE status = 'booked'")
    opened.rows("UPDATE client SET forget_asked_at = '2020-01-01 00:00:00.000000'")
    opened.close()
    assert terminal.vizit("forget", "--due", "--database", salon, "--json").json == {"forgotten": [1]}
    assert "Щёлкина".encode() not in salon.read_bytes()


# ---- reminders -----------------------------------------------------------------------------------------------


def test_nothing_is_due(terminal: Terminal, salon: Path) -> None:
    assert terminal.vizit("reminders", "due", "--database", salon).out == "Отправлять нечего.\n"
    assert terminal.vizit("reminders", "due", "--database", salon, "--json").json == {"due": []}


def test_whom_to_remind_now(terminal: Terminal) -> None:
    """Yesterday Anna booked a visit for tomorrow; the salon reminds from the midnight before."""
    now = wall_time(SystemClock().now(), ZONE)
    path = terminal.folder / "salon.vizit"
    small = small_salon(Database(path), now=now - timedelta(days=1))
    carry_out(small.salon, profile_of.write, Profile(zone=ZONE, reminder_minute=0))
    week = [staff.WorkingHours(weekday, 540, 1260) for weekday in range(7)]
    carry_out(small.salon, staff.plan_weeks, small.olga, week, now.date(), now.date() + timedelta(days=3))
    tomorrow = at(15, 30, day=now.date(), days=1)
    small.book(tomorrow, small.client("Анна Щёлкина", "+7 912 345-67-89"))
    small.book(at(18, day=now.date(), days=1), small.client("Без телефона"))
    small.database.close()
    anna, other = terminal.vizit("reminders", "due", "--database", path).out.splitlines()
    assert "15:30 · Анна Щёлкина · +7 912 345-67-89 · Маникюр с покрытием" in anna.replace("\u00a0", " ")
    assert other.endswith("18:00 · Без телефона · Маникюр с покрытием")
    assert terminal.vizit("reminders", "due", "--database", path, "--json").json["due"][0] == {
        "client": "Анна Щёлкина",
        "phone": "+79123456789",
        "visit": tomorrow.isoformat(),
        "services": "Маникюр с покрытием",
    }


# ---- copies and samples --------------------------------------------------------------------------------------


def test_a_copy_is_a_whole_salon(terminal: Terminal, salon: Path, opened: Database) -> None:
    """Also while the program has the file open."""
    opened.value("SELECT count(*) FROM visit")
    copied = terminal.vizit("backup", "copy.vizit", "--database", salon)
    assert copied.code == 0
    assert "copy.vizit" in copied.out
    assert terminal.vizit("check", "--database", "copy.vizit").code == 0
    assert terminal.vizit("backup", "again.vizit", "--database", salon, "--json").json == {
        "backup": "again.vizit",
        "files": 0,
    }
    assert not list(terminal.folder.glob("*.unfinished"))


def test_a_copy_replaces_nothing(terminal: Terminal, salon: Path) -> None:
    (terminal.folder / "letter.txt").write_text("Дорогая Анна", encoding="utf-8")
    for there in ("letter.txt", salon.name, "."):
        assert "Выберите другое имя" in terminal.refused("backup", there, "--database", salon)


def test_a_copy_needs_a_folder(terminal: Terminal, salon: Path) -> None:
    for nowhere in ("nowhere/copy.vizit", f"{salon.name}/copy.vizit"):
        terminal.refused("backup", nowhere, "--database", salon)


def test_a_copy_of_a_damaged_file_is_no_copy(terminal: Terminal, salon: Path) -> None:
    content = bytearray(salon.read_bytes())
    content[8 * 4096 : 12 * 4096] = bytes(4 * 4096)
    salon.write_bytes(content)
    terminal.refused("backup", "copy.vizit", "--database", salon)


def with_a_photo(database: Database) -> None:
    taken = files.take_in_content(database, pictures.jpeg_with_secrets(), "IMG_1.jpg")
    carry_out(Salon(database, SystemClock()), files.keep, 1, [taken])


def test_a_backup_with_photos_is_made_and_brought_back(terminal: Terminal, salon: Path, opened: Database) -> None:
    with_a_photo(opened)
    made = terminal.vizit("backup", "backup.zip", "--database", salon)
    assert made == Answer(0, "Копия сохранена: backup.zip.\n", "")
    plain = terminal.vizit("backup", "plain.vizit", "--database", salon)
    assert plain.out.splitlines()[1].startswith("1 фото или файла нет в этой копии")
    back = terminal.vizit("restore", "backup.zip", "--to", "new.vizit")
    assert back == Answer(0, "Восстановлено в new.vizit: 1\u00a0клиент, 2\u00a0визита.\n".replace("\u00a0", " "), "")
    assert terminal.vizit("check", "--database", "new.vizit").code == 0
    assert len(list(terminal.folder.glob("new.vizit.files/*/*.jpg"))) == 1
    assert "Закройте её" in terminal.refused("restore", "backup.zip", "--to", salon)


def test_a_restored_salon_leaves_what_stood_there_beside_it(terminal: Terminal, salon: Path) -> None:
    terminal.vizit("backup", "backup.zip", "--database", salon)
    told = terminal.vizit("restore", "backup.zip", "--to", salon, "--json").json
    assert (told["clients"], told["visits"], told["files"], told["forgotten_again"]) == (1, 2, 0, 0)
    assert terminal.vizit("check", "--database", told["aside"]).code == 0
    assert terminal.vizit("check", "--database", salon).code == 0


def test_restoring_tells_who_was_forgotten_again(terminal: Terminal, salon: Path, opened: Database) -> None:
    terminal.vizit("backup", "backup.zip", "--database", salon)
    desk = Salon(opened, SystemClock())
    carry_out(desk, forgetting.ask, 1, cancel_visits=True)
    forgetting.for_good(desk, [1])
    opened.close()
    told = terminal.vizit("restore", "backup.zip", "--to", salon)
    assert told.out.splitlines()[-1] == "1 клиент, который просил его забыть, снова забыт."


def test_a_backup_that_is_none_brings_nothing_back(terminal: Terminal, salon: Path) -> None:
    (terminal.folder / "letter.zip").write_text("Дорогая Анна", encoding="utf-8")
    assert "не резервная копия" in terminal.refused("restore", "letter.zip", "--to", salon)
    assert "Проверьте путь" in terminal.refused("restore", "gone.zip", "--to", salon)
    terminal.refused("restore", code=2)


def test_check_finds_a_photo_that_is_gone(terminal: Terminal, salon: Path, opened: Database) -> None:
    with_a_photo(opened)
    next(opened.files_folder.glob("*/*")).unlink()
    told = terminal.vizit("check", "--database", salon)
    assert (told.code, told.out.partition(":")[0]) == (1, "В папке нет фото или файлов с карточек")
    lost = terminal.vizit("backup", "backup.zip", "--database", salon).out.splitlines()[1]
    assert lost == "Не нашлось фото и файлов: 1. Какие именно, скажет vizit check."


@pytest.mark.slow
def test_a_large_sample_of_several_years(terminal: Terminal) -> None:
    made = terminal.vizit("sample", "large.vizit", "--today", "2026-05-14", "--years", "1", "--large")
    assert made == Answer(0, "Пробный салон сохранён: large.vizit.\n", "")
    assert terminal.vizit("check", "--database", "large.vizit").code == 0


def test_a_sample_has_some_years_behind_it(terminal: Terminal, salon: Path) -> None:
    for odd in ("0", "31", "-1", "много", "9" * 5000):
        assert "vizit --help" in terminal.refused("sample", "sample.vizit", "--years", odd)


def test_what_is_stopped_leaves_nothing(terminal: Terminal, salon: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_given: object, **_more: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("app.salon.exchange.sample.make_large", stopped)
    told = terminal.refused("sample", "large.vizit", "--large", code=130)
    assert told == "Остановлено до конца; данные салона остались прежними."


def test_a_sample_replaces_nothing(terminal: Terminal, salon: Path) -> None:
    for there in (salon.name, "."):
        assert "Выберите другое имя" in terminal.refused("sample", there)


def test_a_sample_that_cannot_be_made_leaves_no_file(terminal: Terminal, salon: Path) -> None:
    assert "«вчера»" in terminal.refused("sample", "sample.vizit", "--today", "вчера")
    assert "не записывается" in terminal.refused("sample", f"{salon.name}/sample.vizit")


# ---- import --------------------------------------------------------------------------------------------------

TODAY = ("--today", "2018-07-30")


@pytest.fixture
def export(terminal: Terminal) -> Path:
    """The folder of a small export."""
    return MiniExport(terminal.folder / "export").write()


def test_an_import_into_a_new_file(terminal: Terminal, export: Path) -> None:
    told = terminal.vizit("import", "salon-csv", export, *TODAY, "--database", "new.vizit", "--json").json
    assert told["read"] > 30
    assert told["imported"]["visits"] > 5
    assert all({"file", "row", "reason"} <= one.keys() for one in told["skipped"] if "row" in one)
    assert terminal.vizit("check", "--database", "new.vizit").code == 0
    again = terminal.vizit("import", "salon-csv", export, *TODAY, "--database", "new.vizit", "--json").json
    assert not any(again["imported"].values())


def test_a_trial_leaves_no_file(terminal: Terminal, export: Path) -> None:
    before = terminal.files()
    told = terminal.vizit("import", "salon-csv", export, *TODAY, "--database", "new.vizit", "--dry-run")
    assert told.code == 0
    assert told.out.startswith("Это пробный прогон")
    assert terminal.files() == before


def test_a_trial_on_a_salon_changes_nothing(terminal: Terminal, export: Path, salon: Path) -> None:
    before = terminal.files()
    assert terminal.vizit("import", "salon-csv", export, *TODAY, "--database", salon, "--dry-run").code == 0
    assert terminal.files() == before


def test_an_import_is_taken_back(terminal: Terminal, export: Path) -> None:
    terminal.vizit("import", "salon-csv", export, *TODAY, "--database", "new.vizit")
    told = terminal.vizit("import", "--take-back", "--database", "new.vizit", "--language", "en")
    assert told.out.startswith("The import of export was taken back: ")
    assert "нет импорта" in terminal.refused("import", "--take-back", "--database", "new.vizit").lower()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ([], "Не хватает параметра PROFILE."),
        (["salon-csv"], "Не хватает параметра FOLDER."),
        (["salon-cvs", "export"], "salon-csv"),
        (["../salon-csv", "export"], "salon-csv"),
        (["salon-csv", "nowhere"], "nowhere"),
        (["salon-csv", "export/Receipt Transactions0.csv"], "Receipt Transactions0.csv"),
        (["salon-csv", "export", "--today", "tomorrow"], "«tomorrow»"),
    ],
)
def test_an_import_that_cannot_be_understood(terminal: Terminal, export: Path, typed: list[str], said: str) -> None:
    assert said in terminal.refused("import", *typed, "--database", "new.vizit")


def test_a_refused_import_leaves_no_new_file(terminal: Terminal, export: Path) -> None:
    (export / "Receipt Transactions0.csv").write_bytes(b"\x00" * 1000)
    terminal.refused("import", "salon-csv", export, *TODAY, "--database", "new.vizit")


# ---- the same in a real process ------------------------------------------------------------------------------


def run(*arguments: str, home: Path, **variables: str) -> subprocess.CompletedProcess[bytes]:
    """Start the program as a shell does."""
    places = dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "APPDATA", "LOCALAPPDATA"), str(home))
    return subprocess.run(
        [sys.executable, "-m", "app", *arguments],
        capture_output=True,
        cwd=ROOT,
        env={**os.environ, **places, **variables},
        check=False,
    )


def test_a_mistake_in_a_real_process(tmp_path: Path) -> None:
    told = run("check", "--database", "нет.vizit", home=tmp_path)
    assert told.returncode == 1
    assert told.stdout == b""
    assert told.stderr.decode() == "Файла салона «нет.vizit» нет. Проверьте путь.\n"
    assert run("chek", home=tmp_path).returncode == 2


def test_an_answer_passes_through_a_pipe_of_any_system(tmp_path: Path, small_file: Path) -> None:
    """A console of an old Windows knows no UTF-8, and a bare container no language at all."""
    for narrow in ({"PYTHONIOENCODING": "cp866"}, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}):
        told = run("check", "--database", str(small_file), home=tmp_path, **narrow)
        assert told.stderr == b""
        assert told.stdout.decode("utf-8") == "Файл салона цел.\n"


@pytest.mark.skipif(sys.platform == "win32", reason="a pipe breaks in another way there")
def test_a_reader_may_leave_before_the_end(tmp_path: Path, small_file: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    environment = {**os.environ, "HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)}
    command = [sys.executable, "-m", "app", "check", "--database", str(small_file)]
    told = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, cwd=ROOT, env=environment, check=False)
    os.close(writing)
    assert told.stderr == b""


# ---- whom a segment holds ------------------------------------------------------------------------------------


def test_a_segment_is_told_as_lines_as_json_and_as_a_table(terminal: Terminal, salon: Path, opened: Database) -> None:
    carry_out(
        Salon(opened, SystemClock()), segments.keep, None, "Мои", Conditions(last_day=Days(None, date(2026, 6, 1)))
    )
    day = ("--today", "2026-05-12", "--database", salon)
    told = terminal.vizit("segment", "только один раз", *day).err
    assert "Мои, due, late, lost, birthday_week, only_once" in told
    said = terminal.vizit("segment", "only_once", *day).out.replace("\u00a0", " ").splitlines()
    assert said == ["Анна Щёлкина · +7 912 345-67-89 · 12 мая · 1 визит", "1 клиент, потратили 0 ₽"]
    known = terminal.vizit("segment", "МОИ", "--json", *day).json
    assert (known["count"], known["clients"][0]["name"], known["clients"][0]["last_visit"]) == (
        1,
        "Анна Щёлкина",
        "2026-05-12",
    )
    for kind, signature in (("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK")):
        answer = terminal.vizit("segment", "мои", f"--{kind}", "мои таблицы.txt" if kind == "csv" else "мои", *day)
        assert answer.code == 0
        assert (terminal.folder / ("мои таблицы.txt" if kind == "csv" else "мои")).read_bytes().startswith(signature)
    noted = opened.rows("SELECT note FROM journal_entry WHERE action = 'clients_exported'")
    assert noted == [("1",), ("1",)]


def test_the_cells_of_the_table_are_made_harmless(terminal: Terminal, salon: Path, opened: Database) -> None:
    opened.rows("UPDATE client SET name = '=1+1'")
    assert (
        terminal.vizit("segment", "only_once", "--csv", "a.csv", "--today", "2026-05-12", "--database", salon).code == 0
    )
    assert "'=1+1" in (terminal.folder / "a.csv").read_text(encoding="utf-8-sig")


def test_the_conditions_may_stand_in_a_file(terminal: Terminal, salon: Path) -> None:
    (terminal.folder / "own.json").write_text('{"visits": [1, 1]}', encoding="utf-8")
    assert terminal.vizit("segment", "own.json", "--json", "--database", salon).json["count"] == 1
    (terminal.folder / "own.json").write_text('{"visits": "DROP TABLE"}', encoding="utf-8")
    assert "не читается" in terminal.refused("segment", "own.json", "--database", salon)
    (terminal.folder / "own.json").write_bytes(b"\xff\xfe\x00")
    assert "не читается" in terminal.refused("segment", "own.json", "--database", salon)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["поздние"], "Сегмента «поздние» нет."),
        (["late", "--csv", "salon.vizit"], "«salon.vizit» уже есть"),
        (["late", "--csv", "нет/a.csv"], "нет"),
        (["late", "--csv", "a.csv", "--xlsx", "b.xlsx"], "«--xlsx» непонятно"),
        (["late", "--today", "завтра"], "«завтра» — не дата"),
    ],
)
def test_no_table_comes_of_a_mistake(terminal: Terminal, salon: Path, given: list[str], said: str) -> None:
    assert said in terminal.refused("segment", *given, "--database", salon)
    assert {one.name for one in terminal.folder.iterdir()} == {"salon.vizit"}
