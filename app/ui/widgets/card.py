"""A surface with a thin line around it."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.ui.theme import FontRole
from app.ui.widgets.label import ElidedLabel


class Card(QFrame):
    """What belongs together, with an optional heading. Add to ``body``; actions go beside the heading."""

    def __init__(self, heading: str = "", *, padding: int = 16, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(padding, padding, padding, padding)
        column.setSpacing(12)
        self._heading = ElidedLabel(heading, FontRole.HEADING, parent=self)
        self._head = QHBoxLayout()
        self._head.setSpacing(8)
        self._head.addWidget(self._heading, 1)
        self.setAccessibleName(heading)
        column.addLayout(self._head)
        column.addLayout(self.body, 1)
        self._heading.setVisible(bool(heading))

    def set_heading(self, heading: str) -> None:
        """Say what belongs together here."""
        self._heading.setText(heading)
        self._heading.setVisible(bool(heading))
        self.setAccessibleName(heading)

    def add_action(self, widget: QWidget) -> None:
        """Put a small control at the right of the heading."""
        self._head.addWidget(widget)


class Rule(QFrame):
    """A thin line between two parts of a card."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "rule")
        self.setFixedHeight(1)
