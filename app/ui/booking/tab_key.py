"""Tab from a short question goes to the full form, and does not walk on."""

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QKeyEvent

from app.ui import shortcuts
from app.ui.shortcuts import Key


class TabKey(QObject):
    """Sees the key before the widgets do that ask the question.

    Not ``focusNextPrevChild``: Qt calls that too when the widget with the focus is hidden.
    """

    pressed = Signal()
    """Tab, while a question stands."""
    is_on = False
    """Whether a question stands; with the class, because widgets that go still send events."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the key."""
        is_key = event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent)
        if is_key and self.is_on and shortcuts.is_pressed(Key.FULL_FORM, event):
            self.pressed.emit()
            return True
        return super().eventFilter(watched, event)
