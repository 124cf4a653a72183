"""Logging a turn-away with one more key: the reasons, each with its number."""

from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from app import wording
from app.language import _
from app.salon.scheduling import turn_aways
from app.salon.scheduling.turn_aways import NewTurnAway
from app.ui.desk import Desk
from app.ui.widgets.menu import Menu
from app.ui.wishes import TurnAwaySeed
from app.vocabulary import TurnAwayReason


class TurnAwayMenu(Menu):
    """Why could they not be taken? A digit answers; nothing else is asked."""

    def __init__(self, desk: Desk, seed: TurnAwaySeed, parent: QWidget) -> None:
        super().__init__(_("Why could they not be taken?"), parent)
        self._desk, self._seed = desk, seed
        heading = QAction(_("Why could they not be taken?"), self)
        heading.setEnabled(False)
        self.addAction(heading)
        self.addSeparator()
        for number, reason in enumerate(TurnAwayReason, start=1):
            action = QAction(f"&{number}  {wording.turn_away_reason(reason)}", self)
            action.triggered.connect(partial(self._log, reason))
            self.addAction(action)

    def open_at(self, place: QPoint) -> None:
        """Open with the first reason chosen, so that Enter is enough."""
        self.popup(place)
        first = next((action for action in self.actions() if action.isEnabled() and not action.isSeparator()), None)
        if first is not None:
            self.setActiveAction(first)

    def _log(self, reason: TurnAwayReason, _checked: bool = False) -> None:
        seed = self._seed
        new = NewTurnAway(reason, seed.client_id, seed.service_id, seed.staff_id, seed.day, seed.minute)
        if self._desk.perform(turn_aways.log, new) is not None:
            self._desk.perform.tell(
                _("Logged as turned away: {reason}").format(reason=wording.turn_away_reason(reason).lower())
            )
