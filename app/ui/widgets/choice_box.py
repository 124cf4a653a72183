"""A box to choose one of several from, closed until it is opened."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget


class ChoiceBox(QComboBox):
    """The wheel scrolls what the box stands in, and never chooses: scrolling a form must change nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # nor does the wheel bring the keyboard here

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave it to whatever scrolls."""
        event.ignore()
