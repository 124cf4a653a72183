"""How and when the client wants to be reached: the preferred channel, and the hours that suit for a call."""

from datetime import time

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app import wording
from app.errors import BadHours
from app.explain import sentence
from app.language import _, pgettext
from app.salon.clients import contacts
from app.salon.clients.card import ClientCard
from app.salon.clients.contacts import Reachable
from app.ui.clients.card_page import CardPage
from app.ui.desk import Desk
from app.ui.theme import FontRole
from app.ui.widgets.choice_box import ChoiceBox
from app.ui.widgets.field_line import FieldLine
from app.ui.widgets.label import Label
from app.ui.widgets.time_field import TimeField
from app.vocabulary import Channel

_OFFERED = (Channel.WHATSAPP, Channel.TELEGRAM, Channel.PHONE_CALL)


class ReachSection(CardPage):
    """Kept at once when it is changed."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._kept = Reachable()
        self.channel = ChoiceBox()
        self.channel.addItem(_("did not say"), None)
        for channel in _OFFERED:
            self.channel.addItem(wording.channel(channel), channel)
        self.channel.activated.connect(self._keep)
        self.begins, self.ends = TimeField(step=30), TimeField(step=30)
        for field, name, hint in (
            (self.begins, _("Calls from"), pgettext("time", "any")),
            (self.ends, _("Calls until"), pgettext("time", "any")),
        ):
            field.setAccessibleName(name)
            field.setPlaceholderText(hint)
            field.editingFinished.connect(self._keep)
        hours = QWidget()
        row = QHBoxLayout(hours)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.begins, 1)
        row.addWidget(Label(wording.DASH, FontRole.BODY, "muted"))
        row.addWidget(self.ends, 1)
        self.hours_line = FieldLine(_("Best time to call"), hours)
        both = QHBoxLayout(self)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(16)
        left = QVBoxLayout()
        left.addWidget(FieldLine(_("Best reached by"), self.channel))
        left.addStretch(1)
        both.addLayout(left, 1)
        right = QVBoxLayout()
        right.addWidget(self.hours_line)
        right.addStretch(1)
        both.addLayout(right, 1)

    def show_card(self, card: ClientCard) -> None:
        """Show what this client said; a time that is being typed stays."""
        is_same = self.card is not None and self.card.client_id == card.client_id
        super().show_card(card)
        self._kept = contacts.reachable(self.desk.salon.database, card.client_id)
        found = self.channel.findData(self._kept.channel)
        self.channel.setCurrentIndex(max(found, 0))
        for field, minute in ((self.begins, self._kept.from_minute), (self.ends, self._kept.to_minute)):
            if not (is_same and field.hasFocus()):
                field.set_time(_time(minute))
        self.hours_line.set_error("")

    def _keep(self) -> None:
        for field in (self.begins, self.ends):
            if field.text().strip() and field.at is None:
                self.hours_line.set_error(_("This is not a time. Write it as 9:30."))
                return
        channel = self.channel.currentData()
        wanted = Reachable(None if channel is None else Channel(channel), _minute(self.begins), _minute(self.ends))
        begins, ends = wanted.from_minute, wanted.to_minute
        if begins is not None and ends is not None and begins >= ends:
            self.hours_line.set_error(sentence(BadHours()))
            return
        self.hours_line.set_error("")
        if wanted != self._kept:
            self.do(contacts.set_reachable, wanted, said=_("How to reach the client is kept"))


def _minute(field: TimeField) -> int | None:
    return None if field.at is None else field.at.hour * 60 + field.at.minute


def _time(minute: int | None) -> time | None:
    return None if minute is None else time(minute // 60 % 24, minute % 60)
