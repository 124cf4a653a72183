"""How to reach the client at once: the number to call, and one click to call or to write."""

from datetime import time

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app import wording
from app.channels import chat_links
from app.language import _
from app.salon.clients.card import ClientCard
from app.salon.clients.contacts import Reachable
from app.ui.theme import FontRole
from app.ui.widgets.buttons import IconButton
from app.ui.widgets.label import ElidedLabel
from app.vocabulary import ContactKind


def likes_in_words(likes: Reachable) -> str:
    """``лучше: Telegram · звонить 10:00–19:00``; empty when they did not say."""
    said = [] if likes.channel is None else [_("best: {channel}").format(channel=wording.channel(likes.channel))]
    begins, ends = (None if minute is None else time(minute // 60 % 24, minute % 60) for minute in _hours(likes))
    if begins is not None and ends is not None:
        said.append(_("calls {hours}").format(hours=wording.interval(begins, ends)))
    elif begins is not None:
        said.append(_("calls from {time}").format(time=wording.clock_time(begins)))
    elif ends is not None:
        said.append(_("calls until {time}").format(time=wording.clock_time(ends)))
    return " · ".join(said)


def _hours(likes: Reachable) -> tuple[int | None, int | None]:
    return likes.from_minute, likes.to_minute


class ReachRow(QWidget):
    """The first phone of the card; without one it takes no room."""

    link_wanted = Signal(str)
    copy_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number = ""
        self._words = ElidedLabel("", FontRole.STRONG)
        self._whose = ElidedLabel("", FontRole.SECONDARY, "muted")
        self._likes = ElidedLabel("", FontRole.SECONDARY, "muted")
        number = QHBoxLayout()
        number.setSpacing(8)
        number.addWidget(self._words)
        number.addWidget(self._whose, 1)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addLayout(number)
        words.addWidget(self._likes)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(words, 1)
        self.buttons: dict[str, IconButton] = {}
        for icon, act in (
            ("phone", self._call),
            ("message-circle", self._whatsapp),
            ("send", self._telegram),
            ("copy", self._copy),
        ):
            button = IconButton(icon, "", parent=self)
            button.clicked.connect(act)
            row.addWidget(button)
            self.buttons[icon] = button

    def show_card(self, card: ClientCard, likes: Reachable) -> None:
        """Show the number of this client, and how and when they like to be reached."""
        first = next((one for one in card.contacts if one.kind is ContactKind.PHONE), None)
        self.setVisible(first is not None)
        if first is None:
            return
        self._number = first.value
        shown = wording.phone(first.value)
        self.setAccessibleName(", ".join(part for part in (shown, first.whose) if part))
        self._words.setText(shown)
        self._whose.setText(first.whose)
        liked = likes_in_words(likes)
        self._likes.setText(liked)
        self._likes.setVisible(bool(liked))
        is_reachable = chat_links.is_reachable(first.value)
        for icon, name in (
            ("phone", _("Call {phone}")),
            ("message-circle", _("WhatsApp to {phone}")),
            ("send", _("Telegram to {phone}")),
        ):
            self.buttons[icon].set_name(name.format(phone=shown))
            self.buttons[icon].setVisible(is_reachable)
        self.buttons["copy"].setVisible(not wording.is_masked(first.value))
        self.buttons["copy"].set_name(_("Copy {contact}").format(contact=shown))

    def _call(self) -> None:
        self.link_wanted.emit(chat_links.phone_call(self._number))

    def _whatsapp(self) -> None:
        self.link_wanted.emit(chat_links.whatsapp(self._number))

    def _telegram(self) -> None:
        self.link_wanted.emit(chat_links.telegram(self._number))

    def _copy(self) -> None:
        self.copy_wanted.emit(self._number)
