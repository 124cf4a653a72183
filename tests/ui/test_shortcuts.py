"""Keys do the same in the Latin and in the Russian layout."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.ui import shortcuts
from app.ui.shortcuts import Key, KeyGroup

NONE, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier


def pressed(letter: str, modifiers: Qt.KeyboardModifier = NONE) -> QKeyEvent:
    """A key that gives this letter."""
    return QKeyEvent(QEvent.Type.KeyPress, ord(letter), modifiers, letter.lower())


@pytest.mark.parametrize(
    ("key", "latin", "russian", "modifiers"),
    [
        (Key.ARRIVED, "A", "Ф", NONE),
        (Key.DONE, "D", "В", NONE),
        (Key.NO_SHOW, "N", "Т", NONE),
        (Key.CANCEL_VISIT, "X", "Ч", NONE),
        (Key.SERIES, "R", "К", NONE),
        (Key.WAITING_LIST, "W", "Ц", NONE),
        (Key.BLOCK_TIME, "B", "И", NONE),
        (Key.UNDO, "Z", "Я", CTRL),
        (Key.REDO, "Y", "Н", CTRL),
        (Key.FIND_CLIENT, "K", "Л", CTRL),
        (Key.NEW_VISIT, "N", "Т", CTRL),
        (Key.COPY, "C", "С", CTRL),
        (Key.CUT, "X", "Ч", CTRL),
        (Key.PASTE, "V", "М", CTRL),
    ],
)
def test_a_key_works_in_both_layouts(key: Key, latin: str, russian: str, modifiers: Qt.KeyboardModifier) -> None:
    assert shortcuts.is_pressed(key, pressed(latin, modifiers))
    assert shortcuts.is_pressed(key, pressed(russian, modifiers))
    assert not shortcuts.is_pressed(key, pressed(latin, Qt.KeyboardModifier.AltModifier))


def test_the_number_pad_counts_as_the_same_key() -> None:
    enter = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    assert shortcuts.is_pressed(Key.OPEN, enter)


@pytest.mark.parametrize("letter", ["Z", "Я"])
def test_a_bound_key_acts_in_both_layouts(qtbot: QtBot, letter: str) -> None:
    window, done = QWidget(), []
    qtbot.addWidget(window)
    shortcuts.bind(Key.UNDO, window, lambda: done.append("undone"))
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    QApplication.sendEvent(window.windowHandle(), pressed(letter, CTRL))
    assert done == ["undone"]


def test_a_bound_key_acts_once_where_the_system_tells_both_letters_of_it(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """X11 does, with the Russian layout on: Ctrl+Z is also Ctrl+Я there, and Qt finds the same shortcut twice."""
    monkeypatch.setattr(shortcuts, "sequences", lambda _key: [QKeySequence("Ctrl+Z"), QKeySequence("Ctrl+Z")])
    window, done = QWidget(), []
    qtbot.addWidget(window)
    shortcuts.bind(Key.UNDO, window, lambda: done.append("undone"))
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    for _time in range(2):
        QApplication.sendEvent(window.windowHandle(), pressed("Z", CTRL))
    assert done == ["undone"] * 2


def test_no_two_keys_of_one_place_are_the_same() -> None:
    for group in (KeyGroup.CALENDAR, KeyGroup.VISIT):
        lines = [line for line in shortcuts.TABLE if line.group in (group, KeyGroup.EVERYWHERE)]
        taken = [each.toString() for line in lines for each in shortcuts.sequences(line.key)]
        assert sorted(taken) == sorted(set(taken))


def test_every_key_is_on_the_sheet_with_words_and_keys() -> None:
    assert {line.key for line in shortcuts.TABLE} == set(Key)
    for key in Key:
        assert shortcuts.description(key)
        assert shortcuts.shown(key)
        assert all(not QKeySequence(each).isEmpty() for each in shortcuts.sequences(key))
    assert {shortcuts.group_title(group) for group in KeyGroup} != {""}


def test_keys_are_shown_as_people_read_them() -> None:
    assert shortcuts.shown(Key.NEW_VISIT) == "Ctrl+N"
    assert shortcuts.shown(Key.NEXT_DAY) == "→"
    assert shortcuts.shown(Key.NEXT_WEEK) == "PgDn"
    assert shortcuts.shown(Key.WEEKS_AHEAD) == "Alt+1…9"
