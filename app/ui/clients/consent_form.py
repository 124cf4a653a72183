"""What a client says about a consent: yes or no, when, in which way."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app import wording
from app.language import _
from app.salon.clients.consents import LONGEST_NOTE
from app.ui.theme import FontRole
from app.ui.widgets.buttons import PrimaryButton, QuietButton
from app.ui.widgets.choice_box import ChoiceBox
from app.ui.widgets.day_field import DayField
from app.ui.widgets.field_line import FieldLine
from app.ui.widgets.label import Label
from app.ui.widgets.segmented_control import SegmentedControl
from app.vocabulary import ConsentKind, ConsentWay

_YES, _NO = "yes", "no"


class ConsentForm(QFrame):
    """Enter in the note and Ctrl+Enter keep it, Esc gives up."""

    confirmed = Signal(object, bool, object, object, str)
    """The kind, whether it is given, the day, the way, and a note."""
    given_up = Signal()

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._today = today
        self.kind = ConsentKind.PROCESSING
        """What is asked about."""
        self._heading = Label("", FontRole.STRONG, wrap=True)
        self.answer = SegmentedControl(_("What the client says"), [(_YES, _("Agrees")), (_NO, _("Does not agree"))])
        self.day = DayField(today, today)
        self.way = ChoiceBox()
        for way in ConsentWay:
            self.way.addItem(wording.consent_way(way), way)
        self.note = QLineEdit()
        self.note.setMaxLength(LONGEST_NOTE)
        self.note.setPlaceholderText(_("For example: the paper is in folder 3"))
        self.note.returnPressed.connect(self._confirm)
        self.day_line = FieldLine(_("On"), self.day)
        self.day.day_changed.connect(self._check)
        self.keep_button = PrimaryButton(_("Write it down"), key=_("Ctrl+Enter"))
        self.keep_button.clicked.connect(self._confirm)
        self._build()

    def _build(self) -> None:
        give_up = QuietButton(_("Cancel"), key=_("Esc"))
        give_up.clicked.connect(self.given_up)
        when = QHBoxLayout()
        when.setSpacing(12)
        when.addWidget(self.day_line, 1, Qt.AlignmentFlag.AlignTop)
        when.addWidget(FieldLine(_("How"), self.way), 1, Qt.AlignmentFlag.AlignTop)
        buttons = QHBoxLayout()
        buttons.setSpacing(4)
        buttons.addWidget(self.keep_button)
        buttons.addWidget(give_up)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(10)
        column.addWidget(self._heading)
        column.addWidget(self.answer, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(when)
        column.addWidget(FieldLine(_("Note"), self.note))
        column.addLayout(buttons)

    def begin(self, kind: ConsentKind, today: date, *, is_given: bool) -> None:
        """Begin anew: what the client says most likely is chosen already."""
        self.kind, self._today = kind, today
        self._heading.setText(wording.consent_kind(kind))
        self.setAccessibleName(wording.consent_kind(kind))
        self.answer.choose(_YES if is_given else _NO)
        self.day.set_day(today)
        self.way.setCurrentIndex(0)
        self.note.clear()
        self._check()
        self.answer.take_focus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter keeps, Esc gives up."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._confirm()
        elif event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)

    def _check(self) -> None:
        is_ahead = self.day.day > self._today
        self.day_line.set_error(_("This day is still to come.") if is_ahead else "")

    def _confirm(self) -> None:
        if self.isHidden():
            return  # Ctrl+Enter in the note is heard by the note and by the form
        self._check()
        if self.day_line.error:
            self.day.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        way = ConsentWay(self.way.currentData())
        self.confirmed.emit(self.kind, self.answer.choice == _YES, self.day.day, way, self.note.text())
