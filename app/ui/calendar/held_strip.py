"""The strip at the foot of the calendar: which visit is held, and how it is pasted or let go."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from app.language import _
from app.ui import shortcuts
from app.ui.shortcuts import Key
from app.ui.theme import FontRole
from app.ui.widgets.buttons import IconButton, QuietButton
from app.ui.widgets.label import ElidedLabel


class HeldStrip(QFrame):
    """One line and two buttons: what the keys do can be clicked too."""

    paste_wanted = Signal()
    release_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "foot")
        self._words = ElidedLabel("", FontRole.BODY)
        self.paste = QuietButton(_("Paste"), key=shortcuts.shown(Key.PASTE))
        self.release = IconButton("x", _("Let go"), key=shortcuts.shown(Key.BACK))
        self.paste.clicked.connect(self._on_paste)
        self.release.clicked.connect(self._on_release)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 8, 0)
        row.setSpacing(8)
        row.addWidget(self._words, 1)
        row.addWidget(self.paste, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.release, 0, Qt.AlignmentFlag.AlignVCenter)
        self.hide()

    @property
    def text(self) -> str:
        """The sentence."""
        return self._words.text()

    def say(self, sentence: str) -> None:
        """Show what is held."""
        is_news = self.isHidden() or sentence != self.text
        self._words.setText(sentence)
        self.setAccessibleName(sentence)
        self.show()
        if is_news:
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def say_place(self, place: str) -> None:
        """Say on the button where it would be pasted; nowhere yet when ``place`` is empty."""
        self.paste.setText(_("Paste at {place}").format(place=place) if place else _("Paste"))
        self.paste.setEnabled(bool(place))

    def _on_paste(self, _checked: bool = False) -> None:
        self.paste_wanted.emit()

    def _on_release(self, _checked: bool = False) -> None:
        self.release_wanted.emit()
