"""What is left when the short answer does not suit: the full form, the waiting list, a turn-away."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.language import _
from app.ui import shortcuts
from app.ui.booking.foot import Stage
from app.ui.shortcuts import Key
from app.ui.widgets.buttons import LinkButton
from app.ui.widgets.flow_layout import FlowLayout


class Otherwise(QWidget):
    """A few quiet words below the question, each with its key."""

    form_wanted = Signal()
    """Everything in one form."""
    together_wanted = Signal()
    """Somebody comes along."""
    waiting_wanted = Signal()
    """The client wants to wait for a place."""
    turn_away_wanted = Signal()
    """The client cannot be taken, which is worth knowing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.form = self._link(_("Another time…"), "pencil", Key.FULL_FORM)
        self.form.clicked.connect(self.form_wanted)
        self.together = self._link(_("Together with…"), "users", Key.TOGETHER)
        self.together.clicked.connect(self.together_wanted)
        self.waiting = self._link(_("To the waiting list"), "timer", Key.WAITING_LIST)
        self.waiting.clicked.connect(self.waiting_wanted)
        self.turn_away = self._link(_("We cannot take them"), "ban", Key.TURN_AWAY)
        self.turn_away.clicked.connect(self.turn_away_wanted)
        flow = FlowLayout(self, spacing=8)
        for button in (self.form, self.together, self.waiting, self.turn_away):
            flow.addWidget(button)

    def _link(self, words: str, icon: str, key: Key) -> LinkButton:
        return LinkButton(words, icon=icon, key=shortcuts.shown(key), parent=self)

    def show_stage(self, stage: Stage, *, is_stuck: bool, may_bring: bool, is_group: bool = False) -> None:
        """What is left at this stage. ``is_stuck``: what the full form holds cannot be booked as it stands.

        ``may_bring``: somebody may come along. ``is_group``: it is known who does.
        """
        self.form.setText(_("Something else…") if stage is Stage.LAST_TIME or is_group else _("Another time…"))
        self.together.setVisible(may_bring)
        self.form.setVisible(stage in (Stage.LAST_TIME, Stage.WHEN))
        may_wait = stage is Stage.WHEN or (stage is Stage.FORM and is_stuck)
        self.waiting.setVisible(may_wait and not is_group)
        self.turn_away.setVisible(may_wait and not is_group)
        self.setVisible(stage in (Stage.LAST_TIME, Stage.WHEN) or may_wait or may_bring)
        self.layout().invalidate()
