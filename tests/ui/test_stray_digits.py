"""Digits typed where nothing is typed into look for a client, wherever in the window the focus is."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.ui.stray_digits import OWN_DIGITS, StrayDigits


class Window:
    """A window with a field and two buttons, and the digits that were heard in it."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self.widget = QWidget()
        self.field, self.first, self.second = QLineEdit(), QPushButton("1"), QPushButton("2")
        column = QVBoxLayout(self.widget)
        for each in (self.first, self.second, self.field):
            column.addWidget(each)
        qtbot.addWidget(self.widget)
        self.widget.show()
        self.widget.activateWindow()
        self.first.setFocus()
        qtbot.waitUntil(self.widget.isActiveWindow)
        self.heard: list[str] = []
        self.digits = StrayDigits(self.widget)
        self.digits.typed.connect(self.heard.append)

    def press(self, widget: QWidget, key: Qt.Key) -> None:
        widget.setFocus()
        self._qtbot.keyClick(widget, key)


@pytest.fixture
def window(qtbot: QtBot) -> Window:
    return Window(qtbot)


def test_digits_are_heard_wherever_the_focus_goes(window: Window) -> None:
    window.press(window.first, Qt.Key.Key_9)
    window.press(window.second, Qt.Key.Key_1)
    window.first.clearFocus()
    window.press(window.widget, Qt.Key.Key_2)
    assert window.heard == ["9", "1", "2"]


def test_digits_that_are_typed_into_something_stay_there(window: Window) -> None:
    window.press(window.field, Qt.Key.Key_9)
    assert (window.heard, window.field.text()) == ([], "9")


def test_digits_that_a_widget_waits_for_are_its_own(window: Window) -> None:
    window.second.setProperty(OWN_DIGITS, "12")
    window.press(window.second, Qt.Key.Key_1)
    window.press(window.second, Qt.Key.Key_3)
    assert window.heard == ["3"]


def test_nothing_is_heard_any_more_after_the_window_was_closed(window: Window) -> None:
    window.digits.stop()
    window.digits.stop()  # whoever closes a window may do it twice
    window.press(window.first, Qt.Key.Key_9)
    assert window.heard == []
