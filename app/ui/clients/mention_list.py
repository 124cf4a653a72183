"""Where somebody who is to be forgotten is named on other cards: forgetting leaves that, so a person decides."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app import wording
from app.language import _, ngettext
from app.salon.clients.mentions import Mention
from app.ui.theme import FontRole
from app.ui.widgets.buttons import LinkButton
from app.ui.widgets.label import ElidedLabel, Label

MOST = 6
"""So many are shown; the others are counted."""


class MentionList(QWidget):
    """One line for each text, the card on which it stands one click away. Takes no room where there is none."""

    card_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._head = Label(_("Also mentioned in:"), FontRole.STRONG)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        self._more = Label("", FontRole.SECONDARY, "muted")
        self._hint = Label(
            _("Forgetting leaves these texts as they are. Open the card and change what is about this person."),
            FontRole.SECONDARY,
            "muted",
            wrap=True,
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(8)
        column.addWidget(self._head)
        column.addLayout(self._rows)
        column.addWidget(self._more)
        column.addWidget(self._hint)
        self.hide()

    def show_mentions(self, found: Sequence[Mention]) -> None:
        """Show these texts in place of the former ones."""
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for mention in found[:MOST]:
            row = MentionRow(mention, self)
            row.card_wanted.connect(self.card_wanted)
            self._rows.addWidget(row)
            row.show()
        rest = len(found) - MOST
        self._more.setText(ngettext("and {n} more", "and {n} more", rest).format(n=rest) if rest > 0 else "")
        self._more.setVisible(rest > 0)
        self.setVisible(bool(found))

    def rows(self) -> "list[MentionRow]":
        """The texts from top to bottom."""
        items = (self._rows.itemAt(index) for index in range(self._rows.count()))
        return [widget for item in items if item and isinstance(widget := item.widget(), MentionRow)]


class MentionRow(QWidget):
    """Whose card it is and what part of it, and below what stands there."""

    card_wanted = Signal(int)

    def __init__(self, mention: Mention, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mention = mention
        place = wording.mention_place(mention.place)
        self.setAccessibleName(": ".join(part for part in (mention.client_name, place, mention.words) if part))
        top = QHBoxLayout()
        top.setContentsMargins(0, 0, 0, 0)
        top.setSpacing(8)
        if mention.client_id is not None:
            name = mention.client_name
            self.name = LinkButton(name)
            self.name.set_tip(_("Client card"))
            self.name.setAccessibleName(_("Card of {client}").format(client=name))
            self.name.clicked.connect(self.open_card)
            top.addWidget(self.name)
        top.addWidget(Label(place, FontRole.SECONDARY, "muted"))
        top.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(ElidedLabel(_("“{words}”").format(words=mention.words), FontRole.BODY))

    def open_card(self) -> None:
        """Go where it stands."""
        if self._mention.client_id is not None:
            self.card_wanted.emit(self._mention.client_id)
