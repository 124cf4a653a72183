"""The strip at the foot of the calendar: which visit is held, and how it is pasted or let go."""

from PySide6.QtCore import QMargins

from app.language import _
from app.ui import shortcuts
from app.ui.shortcuts import Key
from app.ui.widgets.buttons import IconButton, QuietButton
from app.ui.widgets.foot_strip import FootStrip


class HeldStrip(FootStrip):
    """What is held; going on pastes it, dropping lets it go."""

    def __init__(self) -> None:
        super().__init__(
            QuietButton(_("Paste"), key=shortcuts.shown(Key.PASTE)),
            IconButton("x", _("Let go"), key=shortcuts.shown(Key.BACK)),
            QMargins(16, 6, 8, 0),
        )

    def say_place(self, place: str) -> None:
        """Say on the button where it would be pasted; nowhere yet when ``place`` is empty."""
        self.go_on.setText(_("Paste at {place}").format(place=place) if place else _("Paste"))
        self.go_on.setEnabled(bool(place))
