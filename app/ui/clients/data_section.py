"""What a client may ask for about their data: to see all of it, and to be forgotten."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.language import _
from app.salon.clients.card import ClientCard
from app.ui import theme
from app.ui.clients.card_page import CardPage
from app.ui.desk import Desk
from app.ui.personal_data import PersonalData
from app.ui.widgets.buttons import LinkButton


class DataSection(CardPage):
    """Two acts, each with a question before it. Where the request stands tells the notice over the card."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._data = PersonalData(desk, self)
        self.hand_out_button = LinkButton(_("Everything held about the client…"), icon="download")
        self.forget_button = LinkButton(_("Forget the client…"), icon="trash-2")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for button, act in ((self.hand_out_button, self._hand_out), (self.forget_button, self._forget)):
            theme.dress(button, kind="link")
            button.clicked.connect(act)
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def show_card(self, card: ClientCard) -> None:
        """Show what can be done for this client."""
        super().show_card(card)
        self.forget_button.setVisible(not card.is_leaving)

    def _hand_out(self) -> None:
        if self.card is not None:
            self._data.hand_out(self.card.client_id, self.card.name)

    def _forget(self) -> None:
        if self.card is not None:
            self._data.ask(self.card.client_id, self.card.name)
