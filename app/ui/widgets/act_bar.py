"""Buttons in a row that fit: where there is no room for all their words, the first ones show only their icons."""

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from app.ui.widgets.buttons import Button

_SPACING = 4
_LEAST_WORDS = 160
"""So much of the label stays before the buttons lose their words."""


def give_way(buttons: Sequence[Button], room: int, spacing: int) -> None:
    """Let the buttons fit into so many pixels: from the first on they show only their icons, the last one at last."""
    too_much = sum(button.full_width() for button in buttons) + spacing * max(len(buttons) - 1, 0) - room
    for button in buttons:
        is_short = too_much > 0 and button.can_be_short
        button.set_short(is_short)
        if is_short:
            too_much -= button.full_width() - button.sizeHint().width()


class ActBar(QFrame):
    """What can be done with what is chosen, at the foot of a screen: a label on the left, the main button last."""

    def __init__(self, label: QLabel, buttons: Sequence[Button], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "bare-foot")
        self._buttons = tuple(buttons)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_SPACING)
        row.addWidget(label, 1)
        for button in buttons:
            row.addWidget(button)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use the room that there is."""
        super().resizeEvent(event)
        give_way(self._buttons, self.width() - _LEAST_WORDS - _SPACING, _SPACING)
