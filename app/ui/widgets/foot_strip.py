"""A strip at the foot of a screen: what is begun and waits, the one way to go on with it, and the one to drop it."""

from PySide6.QtCore import QMargins, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from app.ui.theme import FontRole
from app.ui.widgets.buttons import IconButton, QuietButton
from app.ui.widgets.label import ElidedLabel


class FootStrip(QFrame):
    """One line and two buttons: what the keys do can be clicked too."""

    go_on_wanted = Signal()
    drop_wanted = Signal()

    def __init__(self, go_on: QuietButton, drop: IconButton, margins: QMargins, parent: QWidget | None = None) -> None:
        """``margins`` bring its line to where the lines above and below it stand."""
        super().__init__(parent)
        self.setProperty("kind", "foot")
        self._words = ElidedLabel("", FontRole.BODY)
        self.go_on = go_on
        self.drop = drop
        go_on.clicked.connect(self._on_go_on)
        drop.clicked.connect(self._on_drop)
        row = QHBoxLayout(self)
        row.setContentsMargins(margins)
        row.setSpacing(8)
        row.addWidget(self._words, 1)
        for button in (go_on, drop):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.hide()

    @property
    def text(self) -> str:
        """The sentence."""
        return self._words.text()

    def say(self, sentence: str) -> None:
        """Show what waits; a screen reader hears what is new."""
        is_news = self.isHidden() or sentence != self.text
        self._words.setText(sentence)
        self.setAccessibleName(sentence)
        self.show()
        if is_news:
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def _on_go_on(self, _checked: bool = False) -> None:
        self.go_on_wanted.emit()

    def _on_drop(self, _checked: bool = False) -> None:
        self.drop_wanted.emit()
