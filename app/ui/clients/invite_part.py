"""Inviting the clients of the list: the words, who gets them, and who not and why."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.language import _
from app.salon.reminders.invitations import LONGEST_INVITATION, Invitable, told
from app.salon.reminders.message import default_invitation
from app.ui.widgets.buttons import PrimaryButton, QuietButton
from app.ui.widgets.card import Card
from app.ui.widgets.field_line import FieldLine


class InvitePart(Card):
    """Opens over the list; Enter puts the invitations into the queue, Esc gives it up."""

    taken = Signal(str)
    """The invitations are to be put into the queue, in these words."""
    given_up = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setAccessibleName(_("Invite"))
        self.words = QLineEdit()
        self.words.setMaxLength(LONGEST_INVITATION)
        self.line = FieldLine(_("Text of the invitation: {client} is the name, {salon} is the salon"), self.words)
        self.take_button = PrimaryButton(_("Put into the queue"), icon="send")
        self.leave_button = QuietButton(_("Cancel"))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.line, 1, Qt.AlignmentFlag.AlignTop)
        buttons = QVBoxLayout()
        buttons.setContentsMargins(0, 22, 0, 0)
        beside = QHBoxLayout()
        beside.setSpacing(8)
        beside.addWidget(self.take_button)
        beside.addWidget(self.leave_button)
        buttons.addLayout(beside)
        buttons.addStretch(1)
        row.addLayout(buttons)
        self.body.addLayout(row)
        self.take_button.clicked.connect(self._take)
        self.words.returnPressed.connect(self._take)
        self.leave_button.clicked.connect(self.given_up)
        self.hide()

    def open_for(self, found: Invitable) -> None:
        """Ask for the words, and say who gets them."""
        self.words.setText(default_invitation())
        self.say(found)
        self.show()
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)
        # All of it is taken, and it is seen from its beginning.
        self.words.setSelection(len(self.words.text()), -len(self.words.text()))

    def say(self, found: Invitable) -> None:
        """Say who gets them now; the words that were typed meanwhile stay."""
        self.line.set_error("")
        self.line.set_hint(told(found))
        self.take_button.setEnabled(bool(found.client_ids))

    def wait(self) -> None:
        """It is being looked up who would get them: nobody can be invited yet."""
        self.take_button.setEnabled(False)

    def _take(self) -> None:
        if self.take_button.isEnabled():
            self.taken.emit(self.words.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc gives it up."""
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)
