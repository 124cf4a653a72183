"""Digits typed where nothing is typed into are the phone of whoever is calling."""

from typing import cast

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

OWN_DIGITS = "own_digits"
"""A widget's property: the digits that it waits for itself, although nothing is typed into it."""
_DIGITS = frozenset("0123456789+")
_BARE = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


class StrayDigits(QObject):
    """Listens to the keys of a window, until it is told to stop or the window is gone.

    A key goes to whatever has the focus, so only the window and what had the focus once are listened to. Listening to
    the whole program would show Python every painting and every timer of it, also those of Qt's own parts: 2 MB of
    classes are told to Python at the first one of which it does not know.
    """

    typed = Signal(str)
    """A digit (or a plus) that nobody else waits for."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._is_on = True
        window.installEventFilter(self)
        application = _application()
        self._following = application.focusChanged.connect(self._listen_to)
        self._listen_to(None, application.focusWidget())

    def stop(self) -> None:
        """Listen no more."""
        self._is_on = False
        QObject.disconnect(self._following)

    def _listen_to(self, _left: QWidget | None, focused: QWidget | None) -> None:
        if focused is not None:
            focused.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take a stray digit, and let everything else pass."""
        if not self._is_on or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        if isinstance(event, QKeyEvent) and self._is_stray(event):
            self.typed.emit(event.text())
            return True
        return super().eventFilter(watched, event)

    def _is_stray(self, event: QKeyEvent) -> bool:
        if event.modifiers() not in _BARE or event.text() not in _DIGITS or not self._window.isActiveWindow():
            return False
        focused = QApplication.focusWidget()
        if focused is not None and event.text() in str(focused.property(OWN_DIGITS) or ""):
            return False
        return not _is_typed_into(focused)


def _is_typed_into(widget: QWidget | None) -> bool:
    # Loaded at the first digit: Qt tells Python much about these, and most are not on the first screen.
    from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit, QTextEdit

    return isinstance(widget, QLineEdit | QTextEdit | QPlainTextEdit | QAbstractSpinBox | QComboBox)


def _application() -> QApplication:
    app = QApplication.instance()
    if app is None:
        raise AssertionError("a window needs an application")
    return cast("QApplication", app)
