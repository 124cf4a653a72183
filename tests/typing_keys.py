"""Typing as a person does. QTest cannot type Cyrillic: it ends the interpreter on letters outside Latin-1."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget


def type_text(widget: QWidget, text: str) -> None:
    """Type ``text`` into ``widget``, letter by letter."""
    for letter in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(widget, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))


class Keyboard:
    """Presses keys wherever the focus is, and counts them."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self.presses = 0

    def type(self, text: str) -> None:
        """Type ``text`` where the focus is; the focus may move while typing."""
        for letter in text:
            self.presses += 1
            type_text(self._focused(), letter)

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the focus is."""
        self.presses += 1
        QTest.keyClick(self._focused(), key, modifiers)

    def enter(self) -> None:
        """Press Enter."""
        self.press(Qt.Key.Key_Return)

    def _focused(self) -> QWidget:
        return QApplication.focusWidget() or self._window
