"""Enter once more, in a hurry: it was meant for what has just gone, not for what the keyboard stands on since."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

_HELD = (Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Meta)
"""What is held down for another key says nothing by itself: Ctrl+Enter twice is Ctrl twice as well."""


class SecondEnter(QObject):
    """Takes Enter away from a widget until nobody has pressed it for a moment, or another key is pressed."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._moment = QTimer(self)
        self._moment.setSingleShot(True)
        self._moment.setInterval(QApplication.doubleClickInterval())
        self._moment.timeout.connect(self.deleteLater)
        self._moment.start()
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let every other key pass, and all that come after it."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent) or not self._moment.isActive():
            return super().eventFilter(watched, event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._moment.start()
            return True
        if event.key() not in _HELD:
            self._moment.stop()
            self.deleteLater()
        return False
