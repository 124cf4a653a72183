"""Questions, as a person sees and answers them."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from app.ui import theme
from app.ui.asking import FileKind, QtAsker, Question, with_ending
from app.ui.widgets.list_row import ListRow
from tests.fakes import ScriptedAsker

CANCEL_VISIT = Question("Отменить визит?", "Напоминание не уйдёт.", "Отменить визит", takes_away=True)
OVERBOOK = Question("Записать сверх записи?", "Причина останется в журнале.", "Записать", "Не записывать")
CSV = FileKind("Таблицы", ("csv", "txt"))
XLSX = FileKind("Книги", ("xlsx",))


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    """The application wears the light theme."""
    theme.apply(qapp, theme.theme_named("light"))


def while_open(act: Callable[[QDialog], None]) -> None:
    """Do something with the dialog as soon as it is open."""

    def reach() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QDialog)
        act(dialog)

    QTimer.singleShot(0, reach)


def button(dialog: QDialog, text: str) -> QPushButton:
    """The button with this text."""
    return next(each for each in dialog.findChildren(QPushButton) if each.text() == text)


def test_yes_is_the_verb_itself(qtbot: QtBot) -> None:
    while_open(lambda dialog: button(dialog, "Отменить визит").click())
    assert QtAsker().confirm(CANCEL_VISIT)


def test_what_must_be_known_of_a_client_stands_out(qtbot: QtBot) -> None:
    tones: list[object] = []
    for question in (OVERBOOK, replace(OVERBOOK, is_alert=True)):

        def look(dialog: QDialog) -> None:
            said = next(one for one in dialog.findChildren(QLabel) if one.text() == OVERBOOK.sentence)
            tones.append(said.property("tone"))
            dialog.reject()

        while_open(look)
        QtAsker().confirm(question)
    assert tones == ["muted", "danger"]


def test_no_and_escape_change_nothing(qtbot: QtBot) -> None:
    while_open(lambda dialog: button(dialog, "Не записывать").click())
    assert not QtAsker().confirm(OVERBOOK)
    while_open(lambda dialog: qtbot.keyClick(dialog, Qt.Key.Key_Escape))
    assert not QtAsker().confirm(OVERBOOK)


def test_one_of_several_is_chosen_by_its_own_button_or_by_enter_on_its_row(qtbot: QtBot) -> None:
    choices = [("Студия на Садовой", "сегодня"), ("Филиал", "вчера")]
    which = Question("Что восстановить?", "Вот копии.", "Восстановить", "Закрыть")

    def second(dialog: QDialog) -> None:
        [each for each in dialog.findChildren(QPushButton) if each.text() == "Восстановить"][1].click()

    def first(dialog: QDialog) -> None:
        qtbot.keyClick(dialog.findChildren(ListRow)[0], Qt.Key.Key_Return)

    for act, chosen in (
        (second, 1),
        (first, 0),
        (lambda dialog: qtbot.keyClick(dialog, Qt.Key.Key_Escape), None),
        (lambda dialog: button(dialog, "Закрыть").click(), None),
    ):
        while_open(act)
        assert QtAsker().choose(which, choices) == chosen


def test_enter_does_what_is_meant_but_takes_nothing_away(qtbot: QtBot) -> None:
    while_open(lambda dialog: qtbot.keyClick(dialog, Qt.Key.Key_Return))
    assert QtAsker().confirm(OVERBOOK)
    while_open(lambda dialog: qtbot.keyClick(dialog, Qt.Key.Key_Return))
    assert not QtAsker().confirm(CANCEL_VISIT)


def test_a_reason_is_typed(qtbot: QtBot) -> None:
    def type_reason(dialog: QDialog) -> None:
        dialog.findChild(QLineEdit).setText("  клиент согласен подождать ")
        button(dialog, "Записать").click()

    while_open(type_reason)
    assert QtAsker().ask_reason(OVERBOOK) == "клиент согласен подождать"


def test_a_reason_is_taken_from_the_usual_ones(qtbot: QtBot) -> None:
    def take(dialog: QDialog) -> None:
        button(dialog, "Мастер согласен").click()
        button(dialog, "Записать").click()

    while_open(take)
    assert QtAsker().ask_reason(OVERBOOK, ["Мастер согласен", "Клиент согласен"]) == "Мастер согласен"


def test_usual_reasons_in_two_lines_cut_nothing_off(qtbot: QtBot) -> None:
    """The buttons under them stand below the field, also once the missing reason is told."""
    seen: list[tuple[bool, bool]] = []

    def look(dialog: QDialog) -> None:
        for _time in range(2):
            QApplication.sendPostedEvents()
            field, last = dialog.findChildren(QLineEdit)[0], button(dialog, "Попросил владелец")
            is_whole = last.parentWidget().rect().contains(last.geometry())
            seen.append((is_whole, field.height() >= field.sizeHint().height()))
            button(dialog, "Записать").click()
        dialog.reject()

    while_open(look)
    QtAsker().ask_reason(OVERBOOK, ["Клиент согласен подождать", "Мастер согласен", "Попросил владелец"])
    assert seen == [(True, True), (True, True)]


def test_without_a_reason_the_question_stays(qtbot: QtBot) -> None:
    def try_without(dialog: QDialog) -> None:
        button(dialog, "Записать").click()
        assert dialog.isVisible()
        assert dialog.findChild(QLineEdit).accessibleDescription()
        button(dialog, "Не записывать").click()

    while_open(try_without)
    assert QtAsker().ask_reason(OVERBOOK) is None


def test_what_must_be_read_is_read(qtbot: QtBot) -> None:
    read: list[str] = []

    def look(dialog: QDialog) -> None:
        read.append(dialog.windowTitle())
        qtbot.keyClick(dialog, Qt.Key.Key_Return)

    while_open(look)
    QtAsker().tell("Файл занят", "Закройте другую программу.")
    assert read == ["Файл занят"]


def test_files_are_picked_by_the_systems_dialog(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"")
    asked: list[list[str]] = []
    chosen = [tmp_path / "a.csv", None, tmp_path]

    def answer(dialog: Any) -> int:
        asked.append(dialog.nameFilters())
        path = chosen.pop(0)
        if path is not None:
            dialog.setDirectory(str(path.parent))
            dialog.selectFile(str(path))
        return int(path is not None)

    monkeypatch.setattr("app.ui.asking.QFileDialog.exec", answer)
    asker = QtAsker()
    assert asker.pick_file("Файл", [CSV]) == tmp_path / "a.csv"
    assert asked == [["Таблицы (*.csv *.txt)"]]
    assert asker.save_file("Куда", "a.csv", [CSV]) is None
    assert asker.pick_folder("Папка") == tmp_path


def test_files_are_looked_for_among_the_documents_and_then_where_the_last_one_was(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Not where the program itself lies, nor wherever it was started."""
    documents, lists = tmp_path / "Документы", tmp_path / "Списки"
    documents.mkdir()
    lists.mkdir()
    monkeypatch.setattr("app.ui.asking.QStandardPaths.writableLocation", lambda _kind: str(documents))
    begun: list[str] = []
    answers = [None, lists / "a.csv", documents / "b.csv", None]

    def answer(dialog: Any) -> tuple[Path | None, str]:
        begun.append(dialog.directory().absolutePath())
        dialog.deleteLater()
        return answers.pop(0), ""

    monkeypatch.setattr("app.ui.asking._answer", answer)
    asker = QtAsker()
    for _each in range(2):
        asker.save_file("Куда", "a.csv", [CSV])
    asker.pick_file("Файл", [CSV])
    asker.pick_folder("Папка")
    assert begun == [str(documents), str(documents), str(lists), str(documents)]


@pytest.mark.parametrize(
    ("typed", "chosen", "written"),
    [
        ("clients.xlsx", CSV, "clients.csv"),
        ("clients.csv", XLSX, "clients.xlsx"),
        ("clients", XLSX, "clients.xlsx"),
        ("12.05", CSV, "12.05.csv"),
        ("clients.txt", CSV, "clients.txt"),
        ("clients.CSV", CSV, "clients.CSV"),
    ],
)
def test_a_file_is_of_the_kind_that_was_chosen(typed: str, chosen: FileKind, written: str, qtbot: QtBot) -> None:
    dialog = QtAsker().save_dialog("Куда", typed, [XLSX, CSV])
    qtbot.addWidget(dialog)
    name = next(one for one in dialog.nameFilters() if chosen.words in one)
    assert with_ending(Path(typed), name, [XLSX, CSV]) == Path(written)


def test_another_file_of_that_kind_is_written_over_only_when_that_is_meant(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "clients.csv").write_bytes(b"of yesterday")
    monkeypatch.setattr("app.ui.asking._answer", lambda _dialog: (tmp_path / "clients.xlsx", "Таблицы (*.csv *.txt)"))
    while_open(lambda dialog: button(dialog, "Отмена").click())
    assert QtAsker().save_file("Куда", "clients.xlsx", [XLSX, CSV]) is None
    while_open(lambda dialog: button(dialog, "Записать").click())
    assert QtAsker().save_file("Куда", "clients.xlsx", [XLSX, CSV]) == tmp_path / "clients.csv"


def test_the_scripted_asker_fails_on_a_question_too_many_when_the_story_is_over() -> None:
    """Raised where it is asked, while Qt closes a window, it would come up in a later test."""
    asker = ScriptedAsker(True)
    assert asker.confirm(OVERBOOK)
    assert not asker.confirm(CANCEL_VISIT)
    with pytest.raises(AssertionError, match="unexpected"):
        asker.assert_all_answered()


def test_the_scripted_asker_fails_on_an_answer_nobody_wanted() -> None:
    with pytest.raises(AssertionError, match="nobody asked"), ScriptedAsker("причина") as asker:
        asker.tell("Готово", "")
    assert asker.asked == ["Готово"]
