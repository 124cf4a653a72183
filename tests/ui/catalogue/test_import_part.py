"""A salon comes from another program in the window: looked through first, then brought, and taken back as a whole."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.models.connection import Database
from app.salon import profile as profile_of
from app.ui.catalogue.import_part import ImportPart
from app.ui.change_feed import ChangeFeed
from app.ui.perform import Perform
from tests.builders import small_salon
from tests.fakes import WorkInHand
from tests.salon.exchange.mini_export import RECEIPTS, MiniExport
from tests.ui.conftest import Counter


@pytest.fixture
def part(qtbot: QtBot, counter: Counter) -> ImportPart:
    made = ImportPart(counter.desk)
    qtbot.addWidget(made)
    made.resize(1000, 600)
    made.show()
    made.reload()
    return made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    export = MiniExport(tmp_path / "Выгрузка")
    export.write()
    return export.folder


def clients(counter: Counter) -> int:
    return int(counter.small.database.value("SELECT count(*) FROM client"))


def test_a_salon_is_brought_and_taken_back_with_the_mouse_alone(
    part: ImportPart, folder: Path, counter: Counter, qtbot: QtBot
) -> None:
    def click(button: QPushButton) -> None:
        assert button.isVisible()
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    assert not part.import_button.isVisible()
    assert not part.back_button.isVisible()
    before = clients(counter)
    counter.asker._answers += [folder, True]
    click(part.folder_button)
    assert "«Выгрузка»" in part.said.text()
    assert "Будет импортировано: 36 строк" in part.report.toPlainText()
    assert clients(counter) == before, "so far it was only looked through"
    click(part.import_button)
    assert clients(counter) > before
    assert not counter.desk.perform.can_undo, "undo would not take back what was imported"
    assert not part.import_button.isVisible(), "nobody imports the same twice"
    click(part.back_button)
    assert clients(counter) == before
    assert not part.back_button.isVisible()


def test_what_is_known_already_offers_no_import(part: ImportPart, folder: Path, counter: Counter) -> None:
    counter.asker._answers += [folder, folder]
    part.choose_folder()
    part.bring()
    part.choose_folder()
    assert "нет ничего нового" in part.said.text()
    assert not part.import_button.isVisible()


def test_a_folder_that_cannot_be_read_is_told_of_where_it_was_chosen(
    part: ImportPart, folder: Path, counter: Counter
) -> None:
    next(folder.glob("Service*.csv")).write_text("Кто,Что\n1,2\n", encoding="utf-8")
    counter.asker._answers += [folder, None]
    part.choose_folder()
    assert "Service" in part.problem.text()
    assert part.problem.isVisible()
    assert not part.import_button.isVisible()
    part.choose_folder()
    assert part.problem.isVisible(), "whoever changes their mind reads it still"


def test_whoever_would_rather_keep_it_loses_nothing(part: ImportPart, folder: Path, counter: Counter) -> None:
    counter.asker._answers += [folder, False]
    part.choose_folder()
    part.bring()
    brought = clients(counter)
    part.take_back()
    assert clients(counter) == brought


def test_what_was_looked_through_is_looked_through_again_after_an_import_was_taken_back(
    part: ImportPart, folder: Path, counter: Counter, tmp_path: Path
) -> None:
    """The list of what would come has gone from the screen, and it would be another one now."""
    later = MiniExport(tmp_path / "Позже")
    later.add(RECEIPTS, "9,07/20/2018,Blowdry,ZOE01,JJ,1,45,2.25,3.6")
    later.write()
    counter.asker._answers += [folder, later.folder, True]
    part.choose_folder()
    part.bring()
    part.choose_folder()
    assert part.import_button.isVisible()
    part.take_back()
    assert not part.report.isVisible()
    assert not part.import_button.isVisible()


def test_a_sample_is_not_mixed_with_clients_of_anybody(part: ImportPart, counter: Counter) -> None:
    counter.desk.perform(profile_of.change, replace(counter.small.salon.profile, is_sample=True))
    part.reload()
    assert not part.folder_button.isVisible()
    assert "пробный салон" in part.said.text()


@pytest.fixture
def beside() -> WorkInHand:
    return WorkInHand()


@pytest.fixture
def at_file(qtbot: QtBot, counter: Counter, tmp_path: Path, beside: WorkInHand) -> Iterator[ImportPart]:
    """The part of a salon in a file; what is done beside the window waits until it is told to."""
    small = small_salon(Database(tmp_path / "salon.vizit"))
    feed = ChangeFeed()
    perform = Perform(small.salon, feed, beside)
    made = ImportPart(replace(counter.desk, salon=small.salon, feed=feed, perform=perform, background=beside))
    feed.changed.connect(made.reload)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    yield made
    small.database.close()


def press(button: QPushButton, qtbot: QtBot) -> None:
    """By keyboard."""
    assert button.isVisible()
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)


def test_who_reads_the_wrong_folder_gives_it_up(
    at_file: ImportPart, folder: Path, counter: Counter, beside: WorkInHand, qtbot: QtBot
) -> None:
    counter.asker._answers += [folder]
    assert not at_file.stop_button.isVisible()
    press(at_file.folder_button, qtbot)
    press(at_file.stop_button, qtbot)
    assert at_file.folder_button.hasFocus()
    beside.finish()
    assert "Выберите папку" in at_file.said.text()
    assert not at_file.import_button.isVisible()
    assert not at_file.stop_button.isVisible()


def test_the_next_key_after_an_import_takes_nothing_back(
    at_file: ImportPart, folder: Path, counter: Counter, beside: WorkInHand, qtbot: QtBot
) -> None:
    counter.asker._answers += [folder, True]
    press(at_file.folder_button, qtbot)
    beside.finish()
    press(at_file.import_button, qtbot)
    beside.finish()
    assert at_file.back_button.isVisible()
    assert at_file.report.hasFocus(), "what was brought is there to be read"
    press(at_file.back_button, qtbot)
    beside.finish()
    assert at_file.folder_button.hasFocus()


def test_while_one_import_is_under_way_no_other_one_begins(
    at_file: ImportPart, folder: Path, counter: Counter, beside: WorkInHand, qtbot: QtBot
) -> None:
    said: list[str] = []
    at_file.desk.perform.refused.connect(said.append)
    counter.asker._answers += [folder]
    press(at_file.folder_button, qtbot)
    beside.finish()
    press(at_file.import_button, qtbot)
    press(at_file.folder_button, qtbot)
    assert len(said) == 1, "and nobody is asked for a folder"
    beside.finish()
    assert "Импорт завершён" in at_file.said.text()
