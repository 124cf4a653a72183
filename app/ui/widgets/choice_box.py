"""A box to choose one of several from, closed until it is opened."""

from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox


class ChoiceBox(QComboBox):
    """The wheel scrolls what the box stands in, and never chooses: scrolling a form must change nothing."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave it to whatever scrolls."""
        event.ignore()
