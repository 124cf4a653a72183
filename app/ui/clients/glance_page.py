"""The first tab of the card: what the master asks in one glance, and everything that ever happened."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.errors import CannotOpenLink
from app.explain import sentence
from app.language import _
from app.salon.clients import register
from app.salon.clients.card import ClientCard
from app.salon.clients.register import LONGEST_TEXT
from app.ui.clients.card_page import CardPage
from app.ui.clients.card_parts import ComingVisit, FactRow
from app.ui.clients.edited_text import EditedText
from app.ui.clients.reach_row import ReachRow
from app.ui.clients.timeline import VisitTimeline
from app.ui.desk import Desk
from app.ui.theme import FontRole
from app.ui.widgets.card import Rule
from app.ui.widgets.label import Label


class GlancePage(CardPage):
    """The card in one glance."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.reach = ReachRow()
        self.coming = ComingVisit()
        self.wishes = EditedText(_("Wishes"), _("Coffee without sugar, silence at work…"), LONGEST_TEXT)
        self.notes = EditedText(_("Notes"), _("What the next master should know"), LONGEST_TEXT)
        self.facts = FactRow()
        self.timeline = VisitTimeline()
        self._no_visits = Label(_("No visits yet. The first booking will appear here."), tone="muted", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        for widget in (self.reach, self.coming, self.wishes, self.notes, Rule(), self.facts, Rule()):
            column.addWidget(widget)
        visits = QVBoxLayout()
        visits.setSpacing(6)
        visits.addWidget(Label(_("Visits"), FontRole.HEADING))
        visits.addWidget(self._no_visits)
        visits.addWidget(self.timeline)
        column.addLayout(visits)
        self.reach.link_wanted.connect(self._open_link)
        self.reach.copy_wanted.connect(self._copy)
        self.wishes.saved.connect(self._save_wishes)
        self.notes.saved.connect(self._save_notes)
        self.coming.visit_wanted.connect(self.visit_wanted)
        self.timeline.visit_wanted.connect(self.visit_wanted)
        self.timeline.walked.connect(self._follow)

    def show_card(self, card: ClientCard) -> None:
        """Show this client."""
        super().show_card(card)
        today, currency = self.desk.salon.today(), self.desk.salon.profile.currency
        self.reach.show_card(card)
        self.coming.show_card(card, today)
        self.wishes.show_text(card.wishes)
        self.notes.show_text(card.notes)
        self.facts.show_card(card, currency)
        self.timeline.show_visits(card.visits, today, currency)
        self.timeline.setVisible(bool(card.visits))
        self._no_visits.setVisible(not card.visits)

    def leave(self) -> None:
        """Keep what was typed about the client that was shown."""
        for text in (self.wishes, self.notes):
            text.commit()
            text.forget()

    def _save_wishes(self, text: str) -> None:
        self.do(register.set_wishes, text, said=_("Wishes are kept"))

    def _save_notes(self, text: str) -> None:
        self.do(register.set_notes, text, said=_("Notes are kept"))

    def _open_link(self, link: str) -> None:
        if not self.desk.open_link(link):
            self.desk.perform.refused.emit(sentence(CannotOpenLink(link)))

    def _copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.desk.perform.tell(_("Copied: {text}").format(text=text), undoable=False)

    def _follow(self, place: QRect) -> None:
        self.bring_into_sight(self.timeline, place)
