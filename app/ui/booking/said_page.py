"""What is said back before hanging up: it stays until the next act."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.errors import Gone
from app.language import _
from app.salon.changes import Changes
from app.salon.scheduling import series
from app.salon.scheduling.said_back import said_back, said_back_together
from app.ui import shortcuts
from app.ui.desk import Desk
from app.ui.shortcuts import Key
from app.ui.theme import FontRole
from app.ui.widgets.buttons import Button, QuietButton
from app.ui.widgets.card import Card
from app.ui.widgets.label import Label
from app.vocabulary import Topic


class SaidPage(QWidget):
    """The sentence of one visit, or of those of a group.

    It follows the visit: moved, it says the new time; taken back, it goes.
    """

    gone = Signal()
    """Nobody is awaited any more."""
    repeat_wanted = Signal(int)
    """The visit is to be repeated."""
    undo_wanted = Signal()
    """The booking is to be taken back."""

    def __init__(self, desk: Desk, visit_ids: tuple[int, ...], parent: QWidget | None = None) -> None:
        """``visit_ids``: one, or those of several who come together. Raises Gone."""
        super().__init__(parent)
        self._desk = desk
        self._visit_ids = visit_ids
        self.sentence = Label("", FontRole.HEADING, wrap=True)
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        card = Card(_("Tell the client"), parent=self)
        self.copy = Button(_("Copy"), icon="copy", key=shortcuts.shown(Key.COPY), parent=self)
        self.copy.clicked.connect(self.copy_sentence)
        self.undo = QuietButton(_("Undo"), icon="undo-2", key=shortcuts.shown(Key.UNDO), parent=self)
        self.undo.clicked.connect(self.undo_wanted)
        self._act = desk.perform.last_act
        desk.perform.acted.connect(self._show_undo)
        self.repeat = QuietButton(
            _("Repeat the visit…")
            if series.of_visit(desk.salon.database, visit_ids[0]) is None
            else _("All visits of the series…"),
            icon="repeat",
            parent=self,
        )
        self.repeat.clicked.connect(self._want_repeat)
        if len(visit_ids) > 1:
            self.repeat.hide()
        card.body.addWidget(self.sentence)
        acts = QHBoxLayout()
        acts.setSpacing(8)
        acts.addWidget(self.copy)
        acts.addWidget(self.undo)
        acts.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(card)
        column.addLayout(acts)
        column.addWidget(self.repeat, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        self._read()
        desk.feed.changed.connect(self._on_changed)

    def copy_sentence(self) -> None:
        """Put the sentence into the clipboard, for a message."""
        QGuiApplication.clipboard().setText(self.sentence.text())
        self.copy.setText(_("Copied"))
        self.copy.set_icon("check")

    def _show_undo(self) -> None:
        """After another act undo would take back that one, and not the booking."""
        self.undo.setVisible(self._desk.perform.last_act == self._act)

    def _want_repeat(self) -> None:
        self.repeat_wanted.emit(self._visit_ids[0])

    def _read(self) -> None:
        database, today = self._desk.salon.database, self._desk.salon.today()
        first = self._visit_ids[0]
        is_alone = len(self._visit_ids) == 1
        said = said_back(database, first, today) if is_alone else said_back_together(database, self._visit_ids, today)
        self.sentence.setText(said)
        self.setAccessibleName(said)

    def _on_changed(self, changes: Changes) -> None:
        if not changes.concerns(Topic.VISITS):
            return
        try:
            self._read()
        except Gone:
            self.gone.emit()
