"""Who came, asked afterwards: a completed visit without a card gets the card of its client."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app import wording
from app.language import _
from app.salon.clients import register
from app.salon.scheduling import places
from app.ui import shortcuts
from app.ui.booking import keeping
from app.ui.booking.client_part import ClientPart
from app.ui.desk import Desk
from app.ui.shortcuts import Key
from app.ui.theme import FontRole
from app.ui.unkept import settle
from app.ui.widgets.buttons import PrimaryButton
from app.ui.widgets.label import Label, breakable


class WhosePanel(QWidget):
    """The visit in two lines, the search for the client or the fields of a new one, and one button that keeps it."""

    closed = Signal()
    """Nothing more to do here."""
    card_wanted = Signal(int)
    """Somebody wants to see the client's card."""

    def __init__(self, desk: Desk, visit_id: int, parent: QWidget | None = None) -> None:
        """Raises Gone."""
        super().__init__(parent)
        self._desk = desk
        self._visit_id = visit_id
        visit = places.standing(desk.salon.database, visit_id)
        day, time = visit.starts_at.date(), wording.clock_time(visit.starts_at)
        when = f"{wording.weekday_and_date(day, desk.salon.today())}, {time}"
        what = wording.listed([one.service_name for one in visit.planned])
        self.client = ClientPart(desk, self, has_walk_in=False)
        self.client.chosen.connect(self._know)
        self.client.new_begun.connect(self._know)
        self.client.new_ready.connect(self.save)
        self.client.nobody_chosen.connect(self._know)
        self.client.search_reopened.connect(self._know)
        self.client.card_wanted.connect(self.card_wanted)
        self.client.escaped.connect(self.closed)
        self.keep = PrimaryButton(_("Save"), key=shortcuts.shown(Key.GO_ON), parent=self)
        self.keep.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.keep.clicked.connect(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        fields = QVBoxLayout()
        fields.setContentsMargins(24, 8, 24, 16)
        fields.setSpacing(16)
        fields.addWidget(Label(f"{when}\n{breakable(what)}", FontRole.BODY, "muted", wrap=True))
        fields.addWidget(self.client)
        fields.addStretch(1)
        foot = QFrame()
        foot.setProperty("kind", "foot")
        row = QVBoxLayout(foot)
        row.setContentsMargins(24, 12, 24, 20)
        row.addWidget(self.keep)
        column.addLayout(fields, 1)
        column.addWidget(foot)
        self._know()

    def focus_first(self) -> None:
        """Put the cursor where the next thing is typed."""
        self.client.search.setFocus()

    def save(self) -> None:
        """Let the visit stand on that card."""
        client = self.client
        if not client.is_known or not client.check():
            return
        done = self._desk.perform(keeping.keep_client, client.new_client, client.client_id, self._visit_id)
        if done is None:
            return
        settle(self)
        name = register.name_of(self._desk.salon.database, done.value)
        self._desk.perform.tell(_("The visit is on the card now: {client}").format(client=name))
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What keeps it from any field; a key that is held down does nothing more."""
        if shortcuts.is_pressed(Key.GO_ON, event):
            if not event.isAutoRepeat():
                self.save()
        else:
            super().keyPressEvent(event)

    def _know(self) -> None:
        """Only where it is known who came can it be kept."""
        self.keep.setEnabled(self.client.is_known)
        if self.client.card is not None:
            self.keep.setFocus()
