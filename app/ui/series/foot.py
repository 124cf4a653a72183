"""The foot of a panel that writes a series: what is still open, and the one button."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.ui.theme import FontRole
from app.ui.widgets.buttons import PrimaryButton
from app.ui.widgets.label import Label


class Foot(QFrame):
    """A sentence and a primary button (Ctrl+Enter)."""

    wanted = Signal()
    """It should be written."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "foot")
        self._sentence = Label("", FontRole.SECONDARY, "muted", wrap=True)
        self.button = PrimaryButton("", key="Ctrl+Enter")
        self.button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.button.clicked.connect(self.wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 12, 24, 20)
        column.setSpacing(8)
        column.addWidget(self._sentence)
        column.addWidget(self.button)

    def say(self, button: str, sentence: str, *, tone: str, ready: bool) -> None:
        """What the button does, what stands above it, and whether it can be pressed."""
        self.button.setText(button)
        self.button.set_tip("", "Ctrl+Enter")
        self.button.setEnabled(ready)
        self._sentence.setText(sentence)
        self._sentence.set_tone(tone)
        self._sentence.setVisible(bool(sentence))

    @property
    def sentence(self) -> str:
        """What stands above the button."""
        return self._sentence.text()
