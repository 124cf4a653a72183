"""The sheet of keys fits into the smallest window, and by keys one sees all of it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from app import language
from app.ui import shortcuts
from app.ui.key_sheet import KeySheet
from app.vocabulary import Language


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def opened(window: QWidget, width: int, height: int) -> KeySheet:
    window.resize(width, height)
    window.show()
    sheet = KeySheet(window)
    sheet.open_over()
    return sheet


@pytest.mark.parametrize("size", [(1024, 640), (1366, 820), (1920, 1080)])
def test_the_sheet_fits_and_no_line_is_cut(window: QWidget, size: tuple[int, int]) -> None:
    sheet = opened(window, *size)
    card = sheet.findChildren(QScrollArea)[0].parentWidget()
    assert card is not None
    assert sheet.rect().contains(card.geometry())
    said = [label for label in sheet.findChildren(QLabel) if label.text() in map(shortcuts.description, shortcuts.Key)]
    assert len(said) >= len(shortcuts.TABLE)
    assert all(label.height() >= label.heightForWidth(label.width()) for label in said)


@pytest.mark.parametrize("spoken", list(Language))
def test_in_a_window_of_the_first_size_all_of_it_is_seen(window: QWidget, spoken: Language) -> None:
    """The sections are shared out by their height: none of them is to be scrolled to."""
    before = language.current()
    language.use(spoken)
    try:
        sheet = opened(window, 1366, 820)
    finally:
        language.use(before)
    scroll = sheet.findChildren(QScrollArea)[0]
    assert scroll.widget().height() <= scroll.viewport().height()
    assert scroll.verticalScrollBar().maximum() == 0


def test_what_has_no_room_is_scrolled_by_keys(qtbot: QtBot, window: QWidget) -> None:
    sheet = opened(window, 1024, 640)
    bar = sheet.findChildren(QScrollArea)[0].verticalScrollBar()
    assert bar.maximum() > 0
    qtbot.keyClick(sheet, Qt.Key.Key_End)
    assert bar.value() == bar.maximum()
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_F1])
def test_the_keyboard_goes_back_to_where_it_was(qtbot: QtBot, window: QWidget, key: Qt.Key) -> None:
    first, second = QLineEdit(window), QLineEdit(window)
    second.move(0, 40)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    second.setFocus()
    sheet = opened(window, 1024, 640)
    assert sheet.hasFocus()
    qtbot.keyClick(sheet, key)
    assert not sheet.isVisible()
    assert (first.hasFocus(), second.hasFocus()) == (False, True)


def test_tab_stays_on_the_sheet(qtbot: QtBot, window: QWidget) -> None:
    QLineEdit(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    sheet = opened(window, 1024, 640)
    for _press in range(3):
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        assert sheet.isAncestorOf(window.focusWidget())
