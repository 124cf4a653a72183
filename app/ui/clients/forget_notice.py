"""Over a card: that its client asked to be forgotten, until when that can be taken back, or that it is done; and where
else they are named, which nobody but a person can judge."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app import wording
from app.clock import wall_time
from app.language import _
from app.salon.clients import forgetting
from app.salon.clients.card import ClientCard
from app.salon.clients.mentions import Mention
from app.ui.clients.mention_list import MentionList
from app.ui.desk import Desk
from app.ui.personal_data import PersonalData
from app.ui.theme import Tone
from app.ui.widgets.banner import Banner
from app.ui.widgets.buttons import QuietButton


class ForgetNotice(QWidget):
    """Takes no room on all other cards."""

    client_wanted = Signal(int)
    """The card of somebody else, on which this client is named, is to be shown."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._data = PersonalData(desk, self)
        self._card: ClientCard | None = None
        self.banner = Banner(_("Asked to be forgotten"), Tone.WARN, parent=self)
        self.back_button = QuietButton(_("Take back"), icon="undo-2")
        self.back_button.clicked.connect(self._take_back)
        self.now_button = QuietButton(_("Forget now…"), icon="trash-2")
        self.now_button.clicked.connect(self._forget_now)
        self.mentions = MentionList(self)
        self.mentions.card_wanted.connect(self.client_wanted)
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self.back_button)
        row.addWidget(self.now_button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.banner)
        column.addLayout(row)
        column.addWidget(self.mentions)
        self.hide()

    def show_card(self, card: ClientCard) -> None:
        """Say where the request of this client stands."""
        if self._card is None or self._card.client_id != card.client_id or not card.is_leaving:
            self.mentions.show_mentions(())
        self._card = card
        self.setVisible(card.is_leaving)
        if not card.is_leaving:
            return
        request = forgetting.request_of(self._desk.salon.database, card.client_id)
        for button in (self.back_button, self.now_button):
            button.setVisible(request is not None)
        if request is None:
            self.mentions.show_mentions(())
            self.banner.tell(_("This client was forgotten. What remains is a number for the figures."), Tone.NEUTRAL)
            return
        final = wall_time(request.final_at, self._desk.salon.profile.zone).date()
        said = _("Asked to be forgotten. Final on {day}; until then it can be taken back.").format(
            day=wording.day_and_month(final)
        )
        self.banner.tell(said, Tone.WARN)
        self._data.look_for_mentions(card.client_id, partial(self._show_mentions, card.client_id))

    def _show_mentions(self, client_id: int, found: Sequence[Mention]) -> None:
        if self._card is not None and self._card.client_id == client_id:
            self.mentions.show_mentions(found)

    def _take_back(self) -> None:
        if self._card is not None:
            self._data.take_back(self._card.client_id, self._card.name)

    def _forget_now(self) -> None:
        if self._card is not None:
            self._data.forget_now(self._card.client_id, self._card.name)
