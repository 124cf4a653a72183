"""The strip of the client who is on the phone: name, what must be known, last visit, own rhythm."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app import wording
from app.language import _
from app.salon.clients.answers import AskedQuestion
from app.salon.clients.card import ClientCard
from app.salon.clients.families import Relation
from app.salon.clients.standing import Standing
from app.ui import icons, shortcuts, theme
from app.ui.booking.words import Fact, alert_lines, facts
from app.ui.shortcuts import Key
from app.ui.theme import FontRole, Tone
from app.ui.widgets.buttons import IconButton, LinkButton
from app.ui.widgets.category_pill import CategoryPill
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.label import Label, breakable
from app.ui.widgets.pill import Pill

_ICON = 14


class ClientStrip(QFrame):
    """Alerts first, then the next booking, the last visit, the rhythm and what was not paid; all in one look."""

    other_wanted = Signal()
    """Somebody else is meant."""
    card_wanted = Signal()
    """The whole card is wanted."""
    relative_wanted = Signal(int)
    """It is booked for somebody of the family: the id of their card."""

    def __init__(self, currency: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "well")
        self._currency = currency
        self.changed: int | None = None
        """The visit that is being changed."""
        self._name = Label("", FontRole.HEADING, wrap=True)
        self._phone = Label("", FontRole.SECONDARY, "muted")
        self._pills_box = QWidget(self)
        self._pills = FlowLayout(self._pills_box)
        self._facts = QVBoxLayout()
        self._facts.setSpacing(4)
        self._open = IconButton("user-round", _("Client card"), parent=self)
        self._open.clicked.connect(self.card_wanted)
        other = IconButton("x", _("Another client"), parent=self)
        other.clicked.connect(self.other_wanted)
        who = QVBoxLayout()
        who.setSpacing(0)
        who.addWidget(self._name)
        who.addWidget(self._phone)
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addLayout(who, 1)
        head.addWidget(self._open)
        head.addWidget(other)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 8, 12)
        column.setSpacing(6)
        column.addLayout(head)
        column.addLayout(self._facts)
        column.addWidget(self._pills_box)
        self._family = QVBoxLayout()
        self._family.setSpacing(2)
        column.addLayout(self._family)

    def show_walk_in(self) -> None:
        """Somebody without a card."""
        self._clear()
        self._name.setText(_("Without a card"))
        self._phone.hide()
        self._open.hide()
        self._pills_box.hide()
        self._show_facts([Fact("footprints", _("Counts as a visit, not as a client."))])

    def show_card(
        self,
        card: ClientCard,
        today: date,
        stands: Standing | None = None,
        family: Sequence[Relation] = (),
        not_asked: Sequence[AskedQuestion] = (),
        *,
        bonus: int = 0,
    ) -> None:
        """Show what matters while this client is on the phone; whoever of the family may be meant is one key away.

        ``not_asked`` is what nobody has asked the client yet, ``bonus`` (minor units) what they can pay with.
        """
        self._clear()
        self._name.setText(breakable(card.name))
        self._phone.setText(wording.phone(card.phone) if card.phone else "")
        self._phone.setVisible(bool(card.phone))
        self._open.show()
        if stands is not None and stands.is_vip:
            self._pills.addWidget(Pill(_("VIP"), Tone.ACCENT, icon="star"))
        if card.no_shows:
            self._pills.addWidget(Pill(_("no-shows: {n}").format(n=card.no_shows), Tone.WARN))
        if not card.completed:
            self._pills.addWidget(Pill(_("first visit"), Tone.ACCENT))
            if not card.was_asked:
                self._pills.addWidget(Pill(_("no consent yet"), Tone.WARN))
        for category in () if stands is None else stands.categories:
            self._pills.addWidget(CategoryPill(category.name, category.colour))
        self._pills_box.setVisible(self._pills.count() > 0)
        self._show_family(family)
        alerts = [Fact("triangle-alert", said, "danger") for said in alert_lines(card.alerts)]
        told = facts(card, today, self._currency, not_asked, self.changed, bonus=bonus)
        self._show_facts([*_ban(stands), *alerts, *told])

    def _show_family(self, family: Sequence[Relation]) -> None:
        """A line for each relative; the key takes the first, whom a caller books for most of all."""
        for place, relative in enumerate(family):
            said = _("For {name}, {relation}").format(name=relative.name, relation=wording.relation_kind(relative.kind))
            line = LinkButton(said, icon="users", key="" if place else shortcuts.shown(Key.RELATIVE))
            line.clicked.connect(partial(self.relative_wanted.emit, relative.client_id))
            self._family.addWidget(line, 0, Qt.AlignmentFlag.AlignLeft)

    def _show_facts(self, shown: list[Fact]) -> None:
        for fact in shown:
            self._facts.addWidget(_FactLine(fact, self))
        items = (self._pills.itemAt(index) for index in range(self._pills.count()))
        words = [widget.text() for item in items if item and isinstance(widget := item.widget(), Pill)]
        self.setAccessibleName(self._name.text().replace("\u200b", ""))
        self.setAccessibleDescription(". ".join([*(fact.text for fact in shown), *words]))

    def _clear(self) -> None:
        self._pills.clear()
        for lines in (self._facts, self._family):
            while (item := lines.takeAt(0)) is not None:
                if (widget := item.widget()) is not None:
                    widget.hide()
                    widget.deleteLater()


def _ban(stands: Standing | None) -> list[Fact]:
    """Why the salon does not want to book this client; nothing where it does."""
    if stands is None or not stands.do_not_book_reason:
        return []
    return [Fact("ban", _("Do not book: {reason}").format(reason=stands.do_not_book_reason), "danger")]


class _FactLine(QWidget):
    """A small sign and its words."""

    def __init__(self, fact: Fact, parent: QWidget) -> None:
        super().__init__(parent)
        self._fact = fact
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        row = QHBoxLayout(self)
        row.setContentsMargins(_ICON + 8, 0, 8, 0)
        role = FontRole.STRONG if fact.tone == "danger" else FontRole.SECONDARY
        row.addWidget(Label(breakable(fact.text), role, fact.tone, wrap=True))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the sign beside the first line."""
        colour = theme.current().colour(self._fact.tone)
        mark = icons.pixmap(self._fact.icon, colour, _ICON, self.devicePixelRatioF())
        QPainter(self).drawPixmap(QPointF(0, 1), mark)
