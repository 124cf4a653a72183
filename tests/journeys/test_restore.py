"""The evening goes wrong: the salon of the morning is brought back without anybody having to know about files."""

import gc
import logging
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from app import __main__ as program, language, paths, settings
from app.clock import SystemClock
from app.errors import DatabaseMissing, DatabaseUnreadable, DiskFull
from app.models.connection import Database, Told
from app.models.opening import open_existing
from app.salon.backup import archive, bringing_back, copies, rotation
from app.salon.clients import register
from app.salon.transaction import Salon, carry_out
from app.settings import Settings
from app.ui import restoring as restoring_salons
from app.ui.backups import workplace
from app.ui.catalogue.screen import CatalogueScreen
from app.ui.main_window import MainWindow
from app.ui.progress_window import ProgressWindow
from app.ui.restoring import Rescue
from app.ui.screens import CATALOGUE
from app.vocabulary import BackupOccasion, BackupWhen, Language
from tests.builders import ZONE, at, small_salon
from tests.fakes import InlineBackground, ScriptedAsker
from tests.journeys.conftest import Day
from tests.patience import PATIENCE

Act = Callable[[MainWindow], None]


class Person(QObject):
    """Does one thing in each window that opens, and closes one that nobody expected."""

    def __init__(self, *acts: Act) -> None:
        super().__init__()
        self.acts = list(acts)
        self.surprises = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Wait for a window."""
        if event.type() == QEvent.Type.Show and isinstance(watched, MainWindow):
            QTimer.singleShot(0, watched, lambda: self._do_next(watched))
        return False

    def _do_next(self, window: MainWindow) -> None:
        if self.acts:
            self.acts.pop(0)(window)
        else:
            self.surprises += 1
            window.close()


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A salon's file, and a computer on which nothing else is."""
    monkeypatch.setattr(paths, "settings_file", lambda: tmp_path / "settings.toml")
    monkeypatch.setattr(paths, "salon_folder", lambda: tmp_path / "data")
    (tmp_path / "stick").mkdir()
    wanted = Settings(backup_folder=str(tmp_path / "stick"), backup_when=BackupWhen.NEVER)
    settings.write(tmp_path / "settings.toml", wanted)
    path = tmp_path / "salon.vizit"
    small_salon(Database(path)).database.close()
    level = logging.getLogger().level
    yield path
    logging.getLogger().setLevel(level)
    gc.enable()
    gc.unfreeze()


def morning(path: Path) -> Path:
    """A copy of the morning, and a client who came later."""
    database = open_existing(path)
    small = small_salon(database)
    small.book(at(12), small.client("Анна"))
    folder = path.parent / "stick"
    made, _manifest = copies.make(
        database, folder, BackupOccasion.BY_HAND, small.clock.now(), ZONE, keep_days=14, workplace=workplace()
    )
    carry_out(small.salon, register.add, register.NewClient("Вера", "", ""))
    database.close()
    return made


def copies_begin(made: Path) -> str:
    named = rotation.read_name(made.name)
    assert named is not None
    return named.salon


def names(path: Path) -> list[str]:
    database = open_existing(path)
    found = [row[0] for row in database.rows("SELECT name FROM client ORDER BY id")]
    database.close()
    return found


def run(app: QApplication, path: Path | None, *acts: Act, spoken: Language | None = Language.RUSSIAN) -> int:
    """Start the program on ``path``; None: as an icon on the desktop does."""
    person = Person(*acts)
    app.installEventFilter(person)
    try:
        return program._open_window(path, spoken)
    finally:
        app.removeEventFilter(person)
        assert not person.acts
        assert not person.surprises


def restoring(made: Path) -> Act:
    def act(window: MainWindow) -> None:
        window.open_backups()
        screen = window.screens[CATALOGUE]
        assert isinstance(screen, CatalogueScreen)
        screen.backups.ask_about(copies.look_at(made, ZONE))
        assert screen.backups.preview is not None
        screen.backups.preview.restore_button.click()

    return act


def test_the_program_opens_the_restored_salon_by_itself(qapp: QApplication, file: Path) -> None:
    made, said = morning(file), list[str]()

    def look(window: MainWindow) -> None:
        said.append(window.banner.text.replace("\u00a0", " "))
        window.close()

    assert run(qapp, file, restoring(made), look) == 0
    assert said == ["Салон восстановлен: 1 клиент, 1 визит. То, что было до этого, лежит среди копий."]
    assert names(file) == ["Анна"]
    safe = next(one for one in copies.found_in(file.parent / "stick", ZONE) if one.path != made)
    assert safe.occasion is BackupOccasion.BEFORE_RESTORE
    assert safe.manifest is not None
    assert safe.manifest.counts["client"] == 2


def test_what_is_written_at_the_last_moment_takes_no_copy_away_from_who_restores_it(
    qapp: QApplication, file: Path
) -> None:
    made, said = morning(file), list[str]()
    today = SystemClock().now().astimezone(ZoneInfo(ZONE)).replace(tzinfo=None, microsecond=0)
    made = made.rename(
        made.with_name(rotation.file_name(rotation.Named(copies_begin(made), today, BackupOccasion.AUTOMATIC)))
    )
    kept = settings.read(paths.settings_file())
    settings.write(paths.settings_file(), replace(kept, backup_when=BackupWhen.AT_CLOSING, backup_keep=1))

    def restore(window: MainWindow) -> None:
        late = register.NewClient("Зоя", "", "")
        window.restore_wanted.connect(lambda _path: carry_out(window.desk.salon, register.add, late))
        restoring(made)(window)

    def look(window: MainWindow) -> None:
        said.append(window.banner.text.replace("\u00a0", " "))
        window.close()

    assert run(qapp, file, restore, look) == 0
    assert said[0].startswith("Салон восстановлен: 1 клиент")
    assert made.exists()


def test_a_copy_that_goes_away_at_the_last_moment_leaves_the_salon_as_it_was(qapp: QApplication, file: Path) -> None:
    made, said = morning(file), list[str]()

    def restore(window: MainWindow) -> None:
        window.restore_wanted.connect(lambda path: Path(path).unlink())
        restoring(made)(window)

    def look(window: MainWindow) -> None:
        said.append(window.banner.text)
        window.close()

    assert run(qapp, file, restore, look) == 0
    assert said[0].startswith(f"Копии «{made.name}» уже нет на месте")
    assert names(file) == ["Анна", "Вера"]
    assert sorted(one.name for one in file.parent.glob("*salon*")) == ["salon.vizit"]


def test_a_folder_that_does_not_answer_holds_no_closing_up(
    qapp: QApplication, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    morning(file)
    kept = settings.read(paths.settings_file())
    settings.write(paths.settings_file(), replace(kept, backup_when=BackupWhen.AT_CLOSING))
    presser, answers, names_in = Presser(qapp), threading.Event(), copies.names_in

    def hang(folder: Path) -> list[str]:
        presser.wait_for_press()
        answers.wait(PATIENCE)
        return names_in(folder)

    monkeypatch.setattr(copies, "names_in", hang)
    monkeypatch.setattr("app.ui.background._PATIENCE_APART", 0.01)

    def add_and_close(window: MainWindow) -> None:
        window.desk.perform(register.add, register.NewClient("Зоя", "", ""))
        window.close()

    assert run(qapp, file, add_and_close) == 0
    assert presser.said == ["Папка для копий пока не отвечает. Если отменить, программа закроется без копии."]
    assert len(copies.found_in(file.parent / "stick", ZONE)) == 1
    answers.set()


@pytest.fixture
def earlier(file: Path) -> Path:
    """The salon's file as the first version left it."""
    golden = Path(__file__).parents[1] / "models" / "golden" / "0001.sql"
    path = file.with_name("earlier.vizit")
    with closing(sqlite3.connect(path)) as made:
        made.executescript(golden.read_text(encoding="utf-8"))
    return path


def test_a_file_of_an_earlier_version_is_brought_up_to_date_beside_a_window(
    qapp: QApplication, earlier: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    presser, backup_to = Presser(qapp), Database.backup_to

    def backup(self: Database, path: Path, told: Told | None = None) -> None:
        presser.wait_for_press()  # closing the window gives nothing up
        backup_to(self, path, told)

    monkeypatch.setattr(Database, "backup_to", backup)
    with answering(monkeypatch) as asker:
        assert run(qapp, earlier, MainWindow.close) == 0
    assert asker.asked == [], "nothing went wrong"
    assert "«earlier.before-0002_rooms_series_waiting_roster.vizit»" in presser.said[0]
    assert not presser.could_press
    assert earlier.with_name("earlier.before-0002_rooms_series_waiting_roster.vizit").is_file()
    assert run(qapp, earlier, MainWindow.close) == 0, "and no window the next time"


def test_why_a_file_could_not_be_brought_up_to_date_is_said(
    qapp: QApplication, earlier: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_given: object) -> None:
        raise DiskFull

    monkeypatch.setattr(Database, "backup_to", full)
    with answering(monkeypatch) as asker:
        assert run(qapp, earlier) == 1
    assert asker.details[-1].startswith("На диске")


def test_what_was_taken_out_of_the_file_is_told(qapp: QApplication, file: Path) -> None:
    said: list[str] = []
    with closing(sqlite3.connect(file)) as other:
        other.execute("CREATE TRIGGER spy AFTER UPDATE ON visit BEGIN DELETE FROM client; END")

    def look(window: MainWindow) -> None:
        said.append(window.banner.text)
        window.close()

    assert run(qapp, file, look) == 0
    assert ": spy. " in said[0]
    assert "salon.vizit.taken-out.sql" in said[0]


class Presser(QObject):
    """Presses "Cancel" of the window that says how far restoring is, when the work has come to some place."""

    _pressing = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self.has_pressed = threading.Event()
        self.could_press = False
        self.said: list[str] = []
        self._app = app
        self._pressing.connect(self._press)

    def wait_for_press(self) -> None:
        """On the worker: go on when it was pressed."""
        self._pressing.emit()
        assert self.has_pressed.wait(PATIENCE)

    def _press(self) -> None:
        (window,) = [one for one in self._app.topLevelWidgets() if isinstance(one, ProgressWindow) and one.isVisible()]
        if window.patience.isActive():
            window.patience.timeout.emit()
        self.said.append(window.words.text())
        self.could_press = window.strip._cancel.isVisible()
        window.close()
        self.has_pressed.set()


@pytest.mark.parametrize("is_too_late", [False, True])
def test_restoring_is_given_up_as_long_as_nothing_was_touched(
    qapp: QApplication, file: Path, monkeypatch: pytest.MonkeyPatch, *, is_too_late: bool
) -> None:
    made, said, presser = morning(file), list[str](), Presser(qapp)
    place = "_change_places" if is_too_late else "_counted"
    work = getattr(bringing_back, place)

    def working(*given: object) -> object:
        presser.wait_for_press()
        return work(*given)

    monkeypatch.setattr(bringing_back, place, working)

    def look(window: MainWindow) -> None:
        said.append(window.banner.text)
        window.close()

    assert run(qapp, file, restoring(made), look) == 0
    assert presser.could_press != is_too_late
    if is_too_late:
        assert said[0].startswith("Салон восстановлен")
        assert names(file) == ["Анна"]
    else:
        assert said == ["Восстановление отменено. Всё осталось как было."]
        assert names(file) == ["Анна", "Вера"]
        assert [one.name for one in file.parent.glob("*.before-restore-*")] == []


def test_while_another_program_has_the_file_nothing_is_restored(qapp: QApplication, file: Path) -> None:
    made, said = morning(file), list[str]()
    other = sqlite3.connect(file)
    other.execute("SELECT COUNT(*) FROM client").fetchone()

    def look(window: MainWindow) -> None:
        said.append(window.banner.text)
        window.close()

    assert run(qapp, file, restoring(made), look) == 0
    other.close()
    assert said == ["Файл салона занят другой программой. Закройте её и попробуйте ещё раз."]
    assert names(file) == ["Анна", "Вера"]


def test_the_day_ends_with_a_copy_and_a_failure_is_told_in_the_morning(qapp: QApplication, file: Path) -> None:
    morning(file)
    kept = settings.read(paths.settings_file())
    settings.write(paths.settings_file(), replace(kept, backup_when=BackupWhen.AT_CLOSING))
    stick, said = file.parent / "stick", list[str]()

    def add_and_close(window: MainWindow) -> None:
        window.desk.perform(register.add, register.NewClient("Зоя", "", ""))
        window.close()

    def pull_and_close(window: MainWindow) -> None:
        stick.rename(stick.with_name("pocket"))
        add_and_close(window)

    def look(window: MainWindow) -> None:
        window.house.tell_of_backups()
        said.append(window.banner.text)
        stick.with_name("pocket").rename(stick)
        window.close()

    assert run(qapp, file, add_and_close) == 0
    assert copies.found_in(stick, ZONE)[0].occasion is BackupOccasion.AUTOMATIC
    assert run(qapp, file, pull_and_close) == 0
    assert run(qapp, file, look) == 0
    assert "нет на месте" in said[0]
    assert "Копию салона сделать не удалось" in said[0]
    assert settings.read(paths.settings_file()).backup_problem == ""


def rescued(
    file: Path, folder: Path, *answers: bool | int | None, last: str = "", can_begin_anew: bool = False
) -> tuple[Rescue, ScriptedAsker]:
    error = DatabaseMissing(file) if can_begin_anew else DatabaseUnreadable(file)
    with ScriptedAsker(*answers) as asker:
        told = restoring_salons.rescue(
            InlineBackground(), error, folder, file, asker, last=last, can_begin_anew=can_begin_anew
        )
    return told, asker


def test_a_damaged_salon_comes_back_from_its_newest_whole_copy(qapp: QApplication, file: Path) -> None:
    made, stick = morning(file), file.parent / "stick"
    other = stick / "branch-2026-05-14-200000-auto.zip"
    other.write_bytes(made.read_bytes())
    broken = stick / f"{copies_begin(made)}-2026-05-13-200000-auto.zip"
    broken.write_bytes(made.read_bytes()[:-200])
    (stick / f"{copies_begin(made)}-2026-05-14-200000-auto.zip").mkdir()  # nothing that can be read
    told, asker = rescued(file, stick, True)
    assert told == Rescue(made)
    assert ": 1 клиент, 1 визит." in asker.details[0].replace("\u00a0", " ")
    assert rescued(file, stick, False)[0] == Rescue()


def test_where_copies_of_several_salons_lie_each_is_offered_with_what_it_holds(qapp: QApplication, file: Path) -> None:
    """The settings that would tell which of them is meant are gone with the salon."""
    made, stick = morning(file), file.parent / "stick"
    database = open_existing(file)
    theirs = stick / "salon-123abc-2026-05-15-200000-auto.zip"
    archive.make(database, theirs, SystemClock().now())
    database.close()
    (stick / "salon-123abc-2026-05-14-200000-auto.zip").write_bytes(made.read_bytes())
    told, asker = rescued(file, stick, 1)
    assert told == Rescue(made)
    _problem, first, second = (one.replace("\u00a0", " ") for one in asker.details)
    assert first == "Студия на Садовой: 15.05.2026, 20:00 · 2 клиента, 1 визит · ещё 1 копия старше"
    assert second == "Студия на Садовой: 12.05.2026, 11:00 · 1 клиент, 1 визит"
    assert rescued(file, stick, None)[0] == Rescue()
    assert rescued(file, stick, None, can_begin_anew=True)[0] == Rescue(begins_anew=True)
    assert rescued(file, stick, True, last=str(made))[0] == Rescue(made), "where it is known it is offered alone"


def test_the_copy_of_another_salon_is_never_taken_for_the_right_one(qapp: QApplication, file: Path) -> None:
    made, stick = morning(file), file.parent / "stick"
    theirs = made.rename(stick / "salon-123abc-2026-05-15-200000-auto.zip")
    told, asker = rescued(file, stick, 0, last=str(made))
    assert told == Rescue(theirs)
    assert "15.05.2026" in asker.details[1]


def test_a_folder_of_copies_that_is_not_there_is_said(qapp: QApplication, file: Path) -> None:
    gone = file.parent / "gone"
    assert "gone" in rescued(file, gone)[0].said
    told, asker = rescued(file, gone, False, can_begin_anew=True)
    assert not told.begins_anew
    assert "gone" in asker.details[0]


@pytest.mark.parametrize("is_anew", [False, True])
def test_a_folder_of_copies_that_does_not_answer_holds_no_start_up(
    qapp: QApplication, usual: Path, monkeypatch: pytest.MonkeyPatch, *, is_anew: bool
) -> None:
    morning(usual)
    presser, answers, iterdir = Presser(qapp), threading.Event(), Path.iterdir
    stick = usual.parent / "stick"

    def hang(folder: Path) -> Iterator[Path]:
        if folder == stick:
            presser.wait_for_press()
            answers.wait(PATIENCE)
        return iterdir(folder)

    if is_anew:
        take_away(usual)
    else:
        usual.write_bytes(b"SQLite format 3\x00" + b"damaged" * 999)
    monkeypatch.setattr(Path, "iterdir", hang)
    monkeypatch.setattr("app.ui.background._PATIENCE_APART", 0.01)
    with answering(monkeypatch, *([True] if is_anew else [])) as asker:
        assert run(qapp, None, *([MainWindow.close] if is_anew else [])) == (0 if is_anew else 1)
    answers.set()
    assert presser.said == ["Папка для копий пока не отвечает. Если отменить, программа продолжит без копии."]
    assert str(stick) in asker.details[-1]


def test_a_copy_that_fails_while_one_works_is_a_quiet_notice(front_desk: Day, tmp_path: Path) -> None:
    window, preferences = front_desk.running.window, front_desk.running.desk.preferences
    gone = replace(preferences.settings, backup_folder=str(tmp_path / "gone"), backup_when=BackupWhen.AT_START)
    preferences.change(gone)
    front_desk.small.client("Анна")
    window.house.back_up()
    assert "нет на месте" in window.banner.text
    window.banner.acted.emit()
    assert isinstance(window.stack.currentWidget(), CatalogueScreen)
    assert isinstance(front_desk.small.salon, Salon)


@pytest.fixture
def usual(file: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The salon's file where the program looks for it when nobody names one."""
    monkeypatch.setattr(paths, "default_database", lambda: file)
    return file


def take_away(path: Path) -> None:
    for end in ("", "-wal", "-shm"):
        path.with_name(path.name + end).unlink(missing_ok=True)


def answering(monkeypatch: pytest.MonkeyPatch, *answers: bool) -> ScriptedAsker:
    """Whoever sits there answers so, before any window is open."""
    asker = ScriptedAsker(*answers)
    monkeypatch.setattr(restoring_salons, "QtAsker", lambda: asker)
    monkeypatch.setattr("app.ui.asking.QtAsker", lambda: asker)
    return asker


def test_a_salon_that_is_gone_comes_back_from_its_copy(
    qapp: QApplication, usual: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    morning(usual)
    take_away(usual)
    with answering(monkeypatch, True) as asker:
        assert run(qapp, None, MainWindow.close) == 0
    assert names(usual) == ["Анна"]
    assert asker.asked == ["Файла салона нет на месте"]


def test_who_has_nothing_but_a_copy_with_foreign_commands_gets_it_without_them(
    qapp: QApplication, usual: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    morning(usual)
    database, said = open_existing(usual), list[str]()
    database.rows("CREATE TRIGGER spy AFTER INSERT ON client BEGIN DELETE FROM alert; END")
    folder, now = usual.parent / "stick", SystemClock().now()
    copies.make(database, folder, BackupOccasion.BY_HAND, now, ZONE, keep_days=14, workplace=workplace())
    database.close()
    take_away(usual)

    def look(window: MainWindow) -> None:
        said.append(window.banner.text)
        window.close()

    with answering(monkeypatch, True):
        assert run(qapp, None, look) == 0
    assert "они убраны: spy." in said[0]
    assert "CREATE TRIGGER spy" in usual.with_name("salon.vizit.taken-out.sql").read_text(encoding="utf-8")
    assert names(usual) == ["Анна", "Вера"]


def test_why_a_damaged_salon_could_not_be_restored_is_said_once_and_not_asked_again(
    qapp: QApplication, usual: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    morning(usual)
    usual.write_bytes(b"SQLite format 3\x00" + b"damaged" * 999)

    def full(*_given: object, **_named: object) -> None:
        raise DiskFull

    monkeypatch.setattr(bringing_back, "bring_back", full)
    with answering(monkeypatch, True) as asker:
        assert run(qapp, None) == 1
    assert asker.asked == ["Файл салона повреждён", "Vizit"]
    assert asker.details[-1].startswith("На диске")


def test_that_a_salon_is_gone_is_said_in_the_language_of_whoever_works_there(
    qapp: QApplication, usual: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_away(usual)
    kept = settings.read(paths.settings_file())
    settings.write(paths.settings_file(), replace(kept, database=str(usual), language=Language.RUSSIAN))
    language.use(Language.ENGLISH)  # as before any is chosen
    try:
        with answering(monkeypatch) as asker:
            assert run(qapp, None, spoken=None) == 1
    finally:
        language.use(Language.RUSSIAN)
    assert "нет" in asker.details[0]


def test_whoever_does_not_want_the_copy_begins_a_new_salon(
    qapp: QApplication, usual: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    morning(usual)
    take_away(usual)
    with answering(monkeypatch, False):
        assert run(qapp, None, MainWindow.close) == 0
    assert names(usual) == []


def test_no_empty_salon_stands_in_for_a_file_on_a_disk_that_is_not_plugged_in(
    qapp: QApplication, usual: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    away = usual.parent / "disk" / "salon.vizit"
    settings.write(paths.settings_file(), replace(settings.read(paths.settings_file()), database=str(away)))
    with answering(monkeypatch) as asker:
        assert run(qapp, None) == 1
    assert not away.parent.exists()
    assert str(away) in asker.details[-1]


def test_the_first_start_asks_nothing(qapp: QApplication, usual: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    take_away(usual)
    with answering(monkeypatch):
        assert run(qapp, None, MainWindow.close) == 0
    assert names(usual) == []
