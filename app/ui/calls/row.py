"""One client to call: who, about what, what can be offered, and what came of it."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app import wording
from app.language import _
from app.salon.scheduling.calls import Call
from app.ui import shortcuts, theme
from app.ui.calls import words
from app.ui.shortcuts import Key
from app.ui.theme import FontRole
from app.ui.widgets.buttons import Button, IconButton, PrimaryButton, QuietButton
from app.ui.widgets.label import ElidedLabel, Label
from app.ui.widgets.pill import Pill


class CallRow(QWidget):
    """A line of the list. The one that is worked on shows its buttons; all of them have keys."""

    accepted = Signal()
    elsewhere_wanted = Signal()
    not_answered = Signal()
    cancel_wanted = Signal()
    copy_wanted = Signal()
    take_back_wanted = Signal()
    client_wanted = Signal()
    became_current = Signal()
    walked = Signal(int)
    """Go so many rows on."""

    def __init__(
        self, call: Call, today: date, called_at: str, *, meanwhile: str = "", parent: QWidget | None = None
    ) -> None:
        """``called_at`` is when it was called last, as the wall tells.

        ``meanwhile`` is said as long as it is not known whether there is another place; empty when it is.
        """
        super().__init__(parent)
        self.call = call
        self._today = today
        self._called_at = called_at
        self._is_current = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(4)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(ElidedLabel(words.client(call), FontRole.STRONG), 1)
        head.addWidget(Pill(wording.call_state(call.state), words.tone(call.state)))
        column.addLayout(head)
        at = "" if call.is_settled else f"{words.when(call.starts_at, today)} · "
        column.addWidget(ElidedLabel(at + wording.listed(call.service_names), FontRole.SECONDARY, "muted"))
        if call.phone and not call.is_settled:
            phone = Label(wording.phone(call.phone), FontRole.STRONG)
            phone.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(phone, 0, Qt.AlignmentFlag.AlignLeft)
        self._said = Label("", FontRole.BODY, wrap=True)
        column.addWidget(self._said)
        self._buttons: QWidget | None = None
        """Made when the row is worked on: of a long list most rows are only seen."""
        self._at = at.strip(" ·")
        self._offer = ""
        self._say(meanwhile=meanwhile)

    def is_about(self, call: Call) -> bool:
        """Whether the row says already all that is known of ``call``, the proposal aside."""
        return replace(self.call, proposal=None) == replace(call, proposal=None)

    def propose(self, call: Call, *, meanwhile: str) -> None:
        """Say what the client can be offered now; who works on the row goes on."""
        self.call = call
        self._say(meanwhile=meanwhile)
        if self._buttons is not None and not call.is_settled:
            self.accept_button.setVisible(call.proposal is not None)

    def _say(self, *, meanwhile: str) -> None:
        call = self.call
        if call.is_settled:
            self._offer = words.outcome(call, self._today, self._called_at)
        elif meanwhile and call.proposal is None:
            self._offer = meanwhile
        else:
            self._offer = words.proposal(call.proposal, self._today)
        self._said.setText(self._offer)
        self._said.set_tone(self._offer_tone(meanwhile=meanwhile))
        self._said.setVisible(bool(self._offer))
        said = (words.client(call), wording.call_state(call.state), self._at, self._offer)
        self.setAccessibleName(", ".join(part for part in said if part))

    @property
    def offer(self) -> str:
        """What the row proposes, or what came of it."""
        return self._offer

    def _offer_tone(self, *, meanwhile: str) -> str:
        if self.call.is_settled:
            return "muted"
        if self.call.proposal is not None:
            return "accent"
        return "muted" if meanwhile else "warn"

    def _open_buttons(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(4)
        first, second = QHBoxLayout(), QHBoxLayout()
        first.setSpacing(8)
        second.setSpacing(0)
        self.accept_button = PrimaryButton(_("Move as proposed"), key=shortcuts.shown(Key.CALL_ACCEPT))
        self.accept_button.setVisible(self.call.proposal is not None)
        self.elsewhere_button = Button(_("Another place…"), key=shortcuts.shown(Key.CALL_ELSEWHERE))
        self.no_answer_button = QuietButton(_("No answer"), key=shortcuts.shown(Key.CALL_NO_ANSWER))
        self.cancel_button = QuietButton(_("Cancel the visit"), key=shortcuts.shown(Key.CALL_CANCEL))
        self.copy_button = IconButton("copy", _("Copy the text for the client"), key=shortcuts.shown(Key.CALL_COPY))
        self.card_button = IconButton("user", _("Client card"))
        self.card_button.setVisible(self.call.client_id is not None)
        for button, signal in (
            (self.accept_button, self.accepted),
            (self.elsewhere_button, self.elsewhere_wanted),
            (self.no_answer_button, self.not_answered),
            (self.cancel_button, self.cancel_wanted),
            (self.copy_button, self.copy_wanted),
            (self.card_button, self.client_wanted),
        ):
            button.clicked.connect(signal)
        for button in (self.accept_button, self.elsewhere_button):
            first.addWidget(button)
        first.addStretch(1)
        for button in (self.no_answer_button, self.cancel_button):
            second.addWidget(button)
        second.addStretch(1)
        second.addWidget(self.copy_button)
        second.addWidget(self.card_button)
        column.addLayout(first)
        column.addLayout(second)
        return box

    def _settled_buttons(self) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 2, 0, 0)
        self.back_button = QuietButton(_("Put back"), icon="undo-2")
        self.back_button.clicked.connect(self.take_back_wanted)
        row.addWidget(self.back_button)
        row.addStretch(1)
        return box

    def set_current(self, current: bool) -> None:
        """Whether this is the row that is worked on: it shows its buttons."""
        self._is_current = current
        if current and self._buttons is None:
            self._buttons = self._settled_buttons() if self.call.is_settled else self._open_buttons()
            self._column.addWidget(self._buttons)
        if self._buttons is not None:
            self._buttons.setVisible(current)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down walk; the letters do what the buttons say."""
        acts = (
            (Key.CALL_ACCEPT, self.accepted, self.call.proposal is not None),
            (Key.CALL_ELSEWHERE, self.elsewhere_wanted, True),
            (Key.CALL_NO_ANSWER, self.not_answered, True),
            (Key.CALL_CANCEL, self.cancel_wanted, True),
            (Key.CALL_COPY, self.copy_wanted, True),
        )
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.walked.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
            return
        for key, signal, is_possible in acts:
            if shortcuts.is_pressed(key, event) and is_possible and not self.call.is_settled:
                signal.emit()
                return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Who has the focus is worked on."""
        super().focusInEvent(event)
        self.became_current.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click works on the row."""
        super().mousePressEvent(event)
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.became_current.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the field of the row that is worked on, and the ring of the focus."""
        worn = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(QPen(worn.accent, 2) if self.hasFocus() else QPen(worn.line, 1))
        painter.setBrush(worn.hover if self._is_current else worn.surface)
        painter.drawRoundedRect(place, theme.RADIUS_CONTROL, theme.RADIUS_CONTROL)
