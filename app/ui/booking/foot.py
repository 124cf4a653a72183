"""How far a call has come, and what Enter means there: the foot of the booking form."""

from enum import Enum, auto

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app import wording
from app.language import _, ngettext
from app.ui import shortcuts
from app.ui.booking.draft import Draft
from app.ui.shortcuts import Key
from app.ui.theme import FontRole
from app.ui.widgets.buttons import PrimaryButton
from app.ui.widgets.label import ElidedLabel


class Stage(Enum):
    """How far the call has come."""

    FORM = auto()
    """Everything at once, to be typed."""
    LAST_TIME = auto()
    """Known client: the same as last time?"""
    TOGETHER = auto()
    """Who else comes, and what for?"""
    WHEN = auto()
    """Which of the proposed places?"""
    SAID = auto()
    """Booked: the sentence to say back."""


class Foot(QFrame):
    """Length and price of what is put together, and the one button that goes on."""

    def __init__(self, currency: str, *, is_change: bool, parent: QWidget | None = None) -> None:
        """``is_change``: a visit that stands is changed."""
        super().__init__(parent)
        self.setProperty("kind", "foot")
        self._currency = currency
        self._is_change = is_change
        self.total = ElidedLabel("", FontRole.STRONG)
        self.hint = ElidedLabel("", FontRole.SECONDARY, "muted")
        """What may be meant by what was typed; it stands over length and price, which stay where they are."""
        self.hint.hide()
        self.go_on = PrimaryButton("", parent=self)
        self.go_on.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        row = QVBoxLayout(self)
        row.setContentsMargins(24, 12, 24, 20)
        row.setSpacing(8)
        row.addWidget(self.hint)
        row.addWidget(self.total)
        row.addWidget(self.go_on)

    def show_stage(self, stage: Stage, draft: Draft, *, is_known: bool, alerts: int = 0) -> None:
        """Say what Enter does now. ``is_known``: it is known who comes.

        With ``alerts`` on the form, booking is also the act of acknowledging them, and the button says so.
        """
        says = {
            Stage.FORM: _("Save changes") if self._is_change else _("Book"),
            Stage.LAST_TIME: _("As last time"),
            Stage.TOGETHER: _("Find a time"),
            Stage.WHEN: _("Book"),
            Stage.SAID: _("Done"),
        }
        if alerts and stage in (Stage.FORM, Stage.WHEN):
            says[stage] = self._seen(alerts)
        self.go_on.setText(says[stage])
        self.go_on.set_tip(says[stage], shortcuts.shown(Key.GO_ON))
        self.total.setVisible(stage is not Stage.SAID)
        self.show_total(draft, is_known=is_known)

    def _seen(self, alerts: int) -> str:
        if self._is_change:
            return _("Save, alert seen") if alerts == 1 else _("Save, alerts seen")
        return _("Book, alert seen") if alerts == 1 else _("Book, alerts seen")

    def show_hint(self, hint: str) -> None:
        """Say for a moment what may be meant; an empty text takes that away."""
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))

    def show_total(self, draft: Draft, *, is_known: bool) -> None:
        """Say how long it takes and what it costs, or what is missing."""
        if not draft.planned:
            self.total.setText(_("Choose a service") if is_known else _("Choose a client and a service"))
            return
        self.total.setText(f"{wording.duration(draft.minutes)} · {self._money(draft.price)}")

    def show_group(self, count: int, price: int | None) -> None:
        """Say how many come together and what all of it costs."""
        clients = ngettext("{n} client", "{n} clients", count).format(n=wording.number(count))
        self.total.setText(f"{clients} · {self._money(price)}")

    def _money(self, price: int | None) -> str:
        return _("price on request") if price is None else wording.money(price, self._currency)
