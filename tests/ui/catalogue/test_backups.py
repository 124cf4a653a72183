"""Copies of the salon at the front desk: made, found, proven, and brought back after a look at what would be lost."""

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.errors import BackupUnfinished
from app.models.connection import Database
from app.models.opening import create
from app.salon import profile as profile_of
from app.salon.backup import archive, copies
from app.salon.clients import files, register
from app.salon.transaction import carry_out
from app.ui.background import Background, Job, outcome_of, settle
from app.ui.backups import Backups
from app.ui.catalogue.backups_part import BackupsPart
from app.ui.catalogue.screen import BACKUPS, CatalogueScreen
from app.vocabulary import BackupOccasion, BackupState, BackupWhen
from tests import pictures
from tests.builders import ZONE, at, small_salon
from tests.ui.conftest import Counter

BY_HAND = BackupOccasion.BY_HAND


@pytest.fixture
def stick(tmp_path: Path, counter: Counter) -> Path:
    """A folder that the owner has chosen."""
    folder = tmp_path / "stick"
    folder.mkdir()
    preferences = counter.desk.preferences
    preferences.change(replace(preferences.settings, backup_folder=str(folder)))
    return folder


@pytest.fixture
def screen(qtbot: QtBot, counter: Counter, stick: Path) -> CatalogueScreen:
    made = CatalogueScreen(counter.desk)
    qtbot.addWidget(made)
    made.resize(1100, 760)
    made.show_part(BACKUPS)
    made.show()
    return made


@pytest.fixture
def part(screen: CatalogueScreen) -> BackupsPart:
    return screen.backups


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_before_the_first_copy_it_is_said_when_it_comes(part: BackupsPart) -> None:
    assert part.last.text() == "Копий ещё не было"
    assert part.rows() == []
    assert "когда программу закроют" in part.empty.text()


def test_a_copy_is_made_checked_and_listed(part: BackupsPart, counter: Counter, stick: Path) -> None:
    counter.small.book(at(15), counter.small.client())
    part.make_button.click()
    (row,) = part.rows()
    assert row.state is BackupState.WHOLE
    assert row.accessibleName().startswith("Сегодня, 11:00, вручную")
    assert plain(row.accessibleName()).endswith("1 клиент · 1 визит, цела")
    assert part.last.text() == "Последняя копия: сегодня, 11:00"
    assert Path(counter.desk.preferences.settings.backup_last).parent == stick
    assert part.make_button.isEnabled()
    assert part.strip.isHidden()


class SlowBackground(Background):
    """Does nothing before it is told to go on."""

    def __init__(self) -> None:
        super().__init__()
        self.waiting: list[Callable[[], None]] = []

    def run(
        self,
        work: Callable[[Job], Any],
        done: Callable[[Any], None],
        failed: Callable[[Exception], None],
        *,
        label: str,
    ) -> Job:
        job = Job(label, self)

        def go_on() -> None:
            result, problem = outcome_of(work, job)
            settle(job, result, problem, done, failed)

        self.waiting.append(go_on)
        return job

    def run_apart(
        self,
        work: Callable[[Job], Any],
        done: Callable[[Any], None],
        failed: Callable[[Exception], None],
        *,
        label: str,
    ) -> Job:
        """Who gives it up waits no longer."""
        job = self.run(work, done, failed, label=label)
        job.given_up.connect(job.ended)
        return job

    def go_on(self) -> None:
        """Do everything that waits, the oldest first."""
        while self.waiting:
            self.waiting.pop(0)()


def test_making_can_be_given_up(screen: CatalogueScreen, counter: Counter, stick: Path, qtbot: QtBot) -> None:
    slow = SlowBackground()
    part = BackupsPart(replace(counter.desk, background=slow))
    qtbot.addWidget(part)
    part.show()
    part.make_button.click()
    assert part.strip.isVisible()
    assert not part.make_button.isEnabled()
    part.strip.cancel_wanted.emit()
    assert part.make_button.isEnabled()
    assert part.strip.isHidden()
    slow.go_on()
    assert part.make_button.isEnabled()
    assert list(stick.iterdir()) == []
    assert counter.desk.preferences.settings.backup_problem == ""


@pytest.fixture
def slow() -> SlowBackground:
    """Work of which nothing ends before it is told to go on: as with a drive that does not answer."""
    return SlowBackground()


@pytest.fixture
def hanging(slow: SlowBackground, counter: Counter, stick: Path, qtbot: QtBot) -> BackupsPart:
    """The page, whose folder does not answer."""
    part = BackupsPart(replace(counter.desk, background=slow))
    qtbot.addWidget(part)
    part.reload()
    part.show()
    return part


def test_a_folder_that_does_not_answer_is_said_and_holds_nobody_up(
    hanging: BackupsPart, slow: SlowBackground, counter: Counter, stick: Path, tmp_path: Path
) -> None:
    assert hanging.wait.isHidden(), "nobody wonders yet"
    hanging._look.patience.timeout.emit()
    assert hanging.wait.text() == "Смотрим, что в папке…"
    hanging._look.patience.timeout.emit()
    assert "не отвечает" in hanging.wait.text()
    assert hanging.last.text() == "Поиск копий"
    hanging.reload()
    assert len(slow.waiting) == 1, "it is not asked again before it has answered"
    (tmp_path / "disk").mkdir()
    counter.asker._answers.append(tmp_path / "disk")
    hanging.folder_button.click()
    first, second = slow.waiting
    second()
    assert hanging.last.text() == "Копий ещё не было"
    assert hanging.wait.isHidden()
    copies.make(counter.small.database, stick, BY_HAND, counter.small.clock.now(), ZONE, keep_days=14)
    first()  # too late: nobody wants to know any more
    assert (hanging.rows(), hanging.place.text()) == ([], str(tmp_path / "disk"))


def test_what_came_while_the_folder_was_looked_into_is_looked_for_once_more(
    hanging: BackupsPart, slow: SlowBackground
) -> None:
    hanging.make_button.click()
    looking, making = slow.waiting
    making()
    looking()
    assert hanging.rows() == [], "it may have been looked into before"
    (again,) = slow.waiting[2:]
    again()
    assert len(hanging.rows()) == 1


def test_nothing_asks_the_folder_while_the_window_waits(
    hanging: BackupsPart, slow: SlowBackground, counter: Counter, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = small_salon(Database(stick.with_name("salon.vizit")))
    backups = Backups(replace(counter.desk, salon=small.salon, background=slow))
    for name in ("stat", "lstat", "listdir", "scandir"):
        real = getattr(os, name)

        def ask(path: Any = ".", *more: Any, real: Any = real, **how: Any) -> Any:
            assert not str(path).startswith(str(stick)), "the window would hang with the drive"
            return real(path, *more, **how)

        monkeypatch.setattr(os, name, ask)
    small.client()
    for when in BackupWhen:
        hanging.when._buttons[when].click()
        backups.make_meanwhile(print, print)
        assert (backups.work_at_closing() is not None) == (when is BackupWhen.AT_CLOSING)
    assert len(slow.waiting) == 2, "the folder is looked into, and the copy of the day waits"
    failed: list[Exception] = []
    counter.desk.preferences.change(replace(counter.desk.preferences.settings, backup_when=BackupWhen.AT_START))
    backups.make_meanwhile(print, failed.append)
    assert [type(one) for one in failed] == [BackupUnfinished]
    assert len(slow.waiting) == 2, "no second one hangs beside it"
    hanging.hide()
    hanging.show()
    hanging.make_button.click()
    hanging.strip.cancel_wanted.emit()
    assert hanging.make_button.isEnabled()
    small.database.close()


def test_at_midnight_what_was_made_today_was_made_yesterday(part: BackupsPart, counter: Counter) -> None:
    part.make_button.click()
    part.rows()[0].button.click()
    assert part.preview is not None
    counter.small.clock.advance(timedelta(hours=13))
    part._minute.timeout.emit()
    assert part.last.text() == "Последняя копия: вчера, 11:00"
    assert part.rows()[0].accessibleName().startswith("Вчера, 11:00")
    assert "вчера, 11:00" in part.preview.accessibleName()
    part.window().hide()
    assert not part._minute.isActive()
    counter.small.clock.advance(timedelta(hours=24))
    part.window().show()
    assert plain(part.last.text()) == "Последняя копия: 12 мая, 11:00"
    assert part._minute.isActive()


def test_while_somebody_thinks_it_over_more_is_lost(part: BackupsPart, counter: Counter) -> None:
    part.make_button.click()
    part.rows()[0].button.click()
    assert part.preview is not None
    assert part.preview.lost.text() == "Ничего: после этой копии ничего не менялось."
    counter.small.clock.advance(timedelta(hours=1))
    counter.desk.perform(register.add, register.NewClient("Вера", "", ""))
    assert plain(part.preview.lost.text()).startswith("1 новая карточка")


def test_copies_that_nothing_clears_away_are_told_of(part: BackupsPart, stick: Path) -> None:
    part.make_button.click()
    assert part.left_alone.isHidden()
    made = part.rows()[0].copy.path
    for name in ("salon-2025-05-11-200000-auto", "salon-abcdef-2025-05-11-200000-auto", "salon-2025-05-11-200000"):
        shutil.copy(made, stick / f"{name}.zip")
    part.reload()
    assert len(part.rows()) == 4
    assert plain(part.left_alone.text()).startswith("2 автоматические копии сделаны не здесь")
    made.unlink()
    part.backups.change(backup_last="")
    part.reload()
    assert part.last.text() == "Здесь копий ещё не делали"


def test_the_folder_is_the_owner_s_choice_and_remembered(part: BackupsPart, counter: Counter, tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    counter.asker._answers.append(tmp_path / "disk")
    part.folder_button.click()
    assert counter.desk.preferences.settings.backup_folder == str(tmp_path / "disk")
    assert part.place.text() == str(tmp_path / "disk")
    part.open_button.click()
    assert counter.opener.links == [f"file://{tmp_path / 'disk'}"]


def test_a_stick_that_was_pulled_is_told_in_one_sentence(part: BackupsPart, stick: Path) -> None:
    stick.rmdir()
    part.make_button.click()
    assert "нет на месте" in part.problem.text
    assert part.problem.isVisible()
    assert part.make_button.isEnabled()
    stick.mkdir()
    part.make_button.click()
    assert part.problem.isHidden()


def test_when_and_how_long_hold_at_once(part: BackupsPart, counter: Counter) -> None:
    part.when._buttons[BackupWhen.AT_START].click()
    part.keep.setValue(30)
    settings = counter.desk.preferences.settings
    assert (settings.backup_when, settings.backup_keep) == (BackupWhen.AT_START, 30)
    part.when._buttons[BackupWhen.NEVER].click()
    assert not part.keep_line.isEnabled()


def test_a_damaged_copy_is_shown_and_cannot_be_restored(part: BackupsPart, counter: Counter) -> None:
    part.make_button.click()
    path = part.rows()[0].copy.path
    content = bytearray(path.read_bytes())
    content[-400] ^= 1
    path.write_bytes(content)
    part.reload()
    (row,) = part.rows()
    assert row.state is BackupState.DAMAGED
    assert not row.button.isEnabled()
    row.opened.emit()
    assert part.preview is None


def test_the_preview_says_what_would_be_lost_and_esc_leaves(part: BackupsPart, counter: Counter, qtbot: QtBot) -> None:
    part.make_button.click()
    counter.small.clock.advance(timedelta(hours=1))
    counter.small.book(at(15), counter.small.client())
    part.rows()[0].button.click()
    preview = part.preview
    assert preview is not None
    said = plain(" ".join(one.text() for one in preview.findChildren(type(part.last))))
    assert "1 новый визит, 1 новая карточка" in said
    assert "сегодня, 12:00" in said
    qtbot.keyClick(preview.leave_button, Qt.Key.Key_Escape)
    assert part.preview is None


def test_before_restoring_the_present_state_is_copied(part: BackupsPart, qtbot: QtBot, counter: Counter) -> None:
    part.make_button.click()
    chosen = part.rows()[0]
    counter.small.clock.advance(timedelta(hours=1))
    counter.small.client("Вера")
    chosen.button.click()
    assert part.preview is not None
    with qtbot.waitSignal(part.restore_wanted) as wanted:
        part.preview.restore_button.click()
    assert wanted.args == [chosen.copy.path]
    part.reload()
    safe = next(row for row in part.rows() if row.copy.occasion is BackupOccasion.BEFORE_RESTORE)
    assert safe.copy.manifest is not None
    assert safe.copy.manifest.counts["client"] == 1


def _rotated(made: Path) -> None:
    made.unlink()


def _pulled_out(made: Path) -> None:
    made.parent.rename(made.parent.with_name("pocket"))


def _replaced(made: Path) -> None:
    shutil.copy(made.parent / "other.zip", made)


@pytest.mark.parametrize(
    ("happens", "said"),
    [(_rotated, "уже нет на месте"), (_pulled_out, "уже нет на месте"), (_replaced, "уже не тот файл")],
)
def test_a_preview_that_outlived_its_copy_restores_nothing(
    part: BackupsPart, counter: Counter, stick: Path, happens: Callable[[Path], None], said: str
) -> None:
    part.make_button.click()
    made = part.rows()[0]
    made.button.click()
    counter.small.client("Вера")
    counter.small.clock.advance(timedelta(hours=5))
    archive.make(counter.small.database, stick / "other.zip", counter.small.clock.now())
    wanted: list[object] = []
    part.restore_wanted.connect(wanted.append)
    happens(made.copy.path)
    before = sorted(stick.parent.rglob("*.zip"))
    assert part.preview is not None
    part.preview.restore_button.click()
    assert said in part.preview.problem.text()
    assert "Ничего не изменено" in part.preview.problem.text()
    assert not part.preview.restore_button.isEnabled()
    assert part.preview.leave_button.isEnabled()
    assert part.make_button.isEnabled()
    assert part.preview.strip.isHidden()
    assert (wanted, sorted(stick.parent.rglob("*.zip"))) == ([], before)
    assert len(part.rows()) == {_rotated: 1, _pulled_out: 0, _replaced: 2}[happens], "the list is read again"


@pytest.mark.parametrize("step", [0, 1])
def test_who_leaves_while_it_is_restored_keeps_the_salon_as_it_is(
    part: BackupsPart, counter: Counter, slow: SlowBackground, qtbot: QtBot, stick: Path, step: int
) -> None:
    part.make_button.click()
    copy = part.rows()[0].copy
    other = BackupsPart(replace(counter.desk, background=slow))
    qtbot.addWidget(other)
    other.show()
    wanted: list[object] = []
    other.restore_wanted.connect(wanted.append)
    other.ask_about(copy)
    assert other.preview is not None
    other.preview.restore_button.click()
    for _each in range(step):
        slow.waiting.pop(0)()
    assert other.preview.strip.isVisible()
    qtbot.keyClick(other.preview, Qt.Key.Key_Escape)
    assert other.make_button.isEnabled()
    slow.go_on()
    assert (wanted, list(stick.iterdir())) == ([], [copy.path])


def test_without_a_copy_of_the_present_nothing_is_restored(part: BackupsPart, counter: Counter, tmp_path: Path) -> None:
    part.make_button.click()
    wanted: list[object] = []
    part.restore_wanted.connect(wanted.append)
    part.rows()[0].button.click()
    part.backups.change(backup_folder=str(tmp_path / "gone"))
    assert part.preview is not None
    part.preview.restore_button.click()
    assert "нет на месте" in part.preview.problem.text()
    assert part.preview.restore_button.isEnabled()
    assert wanted == []


def test_a_file_that_is_no_copy_is_refused_in_words(
    part: BackupsPart, counter: Counter, tmp_path: Path, qtbot: QtBot
) -> None:
    letter = tmp_path / "letter.zip"
    letter.write_bytes(b"PK and nothing more")
    counter.asker._answers.append(letter)
    with qtbot.waitSignal(counter.desk.perform.done) as told:
        part.other_button.click()
    assert "повреждён" in str(told.args[0])
    assert part.preview is None


def test_a_salon_s_file_that_was_copied_by_hand_is_restored_like_a_copy(
    part: BackupsPart, counter: Counter, tmp_path: Path, qtbot: QtBot
) -> None:
    small = small_salon(Database(tmp_path / "copy.vizit"))
    small.client()
    photo = files.take_in_content(small.database, pictures.JPEG)
    carry_out(small.salon, files.keep, 1, [photo])
    small.database.close()
    shutil.rmtree(tmp_path / "copy.vizit.files")
    counter.small.clock.advance(timedelta(hours=1))
    counter.small.client("Вера")
    counter.asker._answers.append(tmp_path / "copy.vizit")
    part.other_button.click()
    assert part.preview is not None
    said = plain(" ".join(one.text() for one in part.preview.findChildren(type(part.last))))
    assert "Восстановить салон из копии: сегодня, 11:00?" in said
    assert "«Студия на Садовой»: 1 клиент" in said
    assert "1 новая карточка" in said
    assert "останутся как есть. 1 фото или файла из этой копии нет" in said
    with qtbot.waitSignal(part.restore_wanted) as wanted:
        part.preview.restore_button.click()
    assert wanted.args == [tmp_path / "copy.vizit"]


def test_looking_at_a_file_can_be_given_up(
    hanging: BackupsPart, slow: SlowBackground, counter: Counter, tmp_path: Path
) -> None:
    database = create(tmp_path / "copy.vizit")
    database.close()
    counter.asker._answers.append(tmp_path / "copy.vizit")
    hanging.other_button.click()
    assert hanging.other_strip.isVisible()
    assert not hanging.other_button.isEnabled()
    hanging.other_strip.cancel_wanted.emit()
    assert hanging.other_strip.isHidden()
    assert hanging.other_button.isEnabled()
    slow.go_on()
    assert hanging.preview is None


def test_a_sample_has_no_copies(part: BackupsPart, counter: Counter) -> None:
    facts = replace(counter.small.salon.profile, is_sample=True)
    counter.desk.perform(profile_of.change, facts)
    part.reload()
    assert not part.make_button.isVisible()
    assert part.backups.work_at_closing() is None
