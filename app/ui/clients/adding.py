"""Writing something down on the card: a note, a call, a promise, a complaint, bonuses."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from app import wording
from app.language import _
from app.salon.catalogue.staff import Colleague
from app.salon.clients.card import CardVisit
from app.salon.followup import complaints
from app.salon.followup.complaints import Grievance
from app.salon.followup.tasks import Promise
from app.ui.theme import FontRole
from app.ui.widgets.buttons import PrimaryButton, QuietButton
from app.ui.widgets.choice_box import ChoiceBox
from app.ui.widgets.day_field import DayField
from app.ui.widgets.field_line import FieldLine
from app.ui.widgets.label import Label
from app.ui.widgets.number_field import NumberField
from app.ui.widgets.segmented_control import SegmentedControl
from app.ui.widgets.time_field import TimeField
from app.vocabulary import NoteKind

_TEXT_HEIGHT = 64
_MOST_BONUS = 1_000_000
_DUE = time(12)


class Added(StrEnum):
    """What is written down."""

    NOTE = "note"
    CALL = "call"
    PROMISE = "promise"
    COMPLAINT = "complaint"
    BONUS = "bonus"


def title(kind: Added) -> str:
    """What it is called, in the menu and as the heading of its form."""
    return {
        Added.NOTE: _("Note"),
        Added.CALL: _("Call"),
        Added.PROMISE: _("Promise"),
        Added.COMPLAINT: _("Complaint"),
        Added.BONUS: _("Bonuses"),
    }[kind]


class AddForm(QFrame):
    """One form for all of them: words first, then what belongs to the kind. Enter keeps, Esc gives up."""

    note_added = Signal(object, str)
    """A ``NoteKind`` and the words."""
    promise_added = Signal(object)
    """A ``Promise`` without its client."""
    complaint_added = Signal(object)
    """A ``Grievance``."""
    bonus_added = Signal(int, str)
    """Minor units, below 0 when they are taken, and the reason."""
    left = Signal()

    GIVE, TAKE = "give", "take"

    def __init__(
        self,
        kind: Added,
        people: Sequence[Colleague],
        now: datetime,
        visits: Sequence[CardVisit] = (),
        parent: QWidget | None = None,
    ) -> None:
        """``people`` can be responsible; ``now`` is what the salon's wall shows; it may be about one of ``visits``."""
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.setAccessibleName(title(kind))
        self.kind = kind
        today = now.date()
        self.words = _Words()
        self.words.entered.connect(self._keep)
        self.words.textChanged.connect(self._typed)
        self.line = FieldLine(_words_for(kind), self.words)
        self.direction = SegmentedControl(_("Give or take"), ((self.GIVE, _("Give")), (self.TAKE, _("Take"))))
        self.amount = NumberField(0, _MOST_BONUS, step=50)
        self.who = chooser(kind, people)
        self.visit = visit_chooser(kind, visits, today)
        is_promise = kind is Added.PROMISE
        day = today + timedelta(days=1) if is_promise else complaints.usual_day(today)
        self.day = DayField(day, today)
        self.moment = TimeField(_DUE, step=30)
        self.moment_line = FieldLine(_("Time"), self.moment)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(14, 12, 14, 12)
        self._column.setSpacing(10)
        self._column.addWidget(Label(title(kind), FontRole.HEADING))
        if kind is Added.BONUS:
            self._column.addLayout(_beside((self.direction, 0), (self.amount, 1)))
        self._column.addWidget(self.line)
        if kind in (Added.PROMISE, Added.COMPLAINT):
            self._column.addWidget(FieldLine(_("Who does it") if is_promise else _("About whom"), self.who))
            if visits:
                self._column.addWidget(FieldLine(_("About which visit"), self.visit))
            day_line = FieldLine(_("Day") if is_promise else _("Answer by"), self.day)
            self._column.addLayout(
                _beside((day_line, 2), (self.moment_line, 1)) if is_promise else _beside((day_line, 1))
            )
        self._column.addLayout(self._buttons())

    def _buttons(self) -> QHBoxLayout:
        keep = PrimaryButton(_("Keep"), key=_("Enter"))
        keep.clicked.connect(self._keep)
        cancel = QuietButton(_("Cancel"), key=_("Esc"))
        cancel.clicked.connect(self.left)
        buttons = QHBoxLayout()
        buttons.setSpacing(4)
        buttons.addWidget(keep)
        buttons.addWidget(cancel)
        buttons.addStretch(1)
        return buttons

    def focus_first(self) -> None:
        """Put the keyboard where typing begins."""
        first: QWidget = self.amount if self.kind is Added.BONUS else self.words
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.kind is Added.BONUS:
            self.amount.selectAll()

    def go_on_with(self, words: str) -> None:
        """Let these words stand there, with the cursor behind them: who has written them goes on writing."""
        self.words.setPlainText(words)
        self.words.moveCursor(QTextCursor.MoveOperation.End)

    @property
    def is_begun(self) -> bool:
        """Whether somebody has written something."""
        return bool(self.words.toPlainText().strip())

    def say_problem(self, sentence: str) -> None:
        """Say beside the words why this cannot be kept."""
        self.line.set_error(sentence)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter keeps, Esc gives up."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._keep()
        else:
            super().keyPressEvent(event)

    def _typed(self) -> None:
        self.line.set_error("")

    def _keep(self) -> None:
        words = self.words.toPlainText().strip()
        if not words:
            self.line.set_error(_("Write a few words first."))
            self.words.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        staff_id, visit_id = self.who.currentData(), self.visit.currentData()
        match self.kind:
            case Added.NOTE | Added.CALL:
                self.note_added.emit(NoteKind(self.kind), words)
            case Added.PROMISE if self.moment.at is None:
                self.moment_line.set_error(_("Type a time, such as 15:00."))
            case Added.PROMISE:
                due = datetime.combine(self.day.day, self.moment.at or _DUE)
                self.promise_added.emit(Promise(words, due, staff_id, visit_id=visit_id))
            case Added.COMPLAINT:
                self.complaint_added.emit(Grievance(words, self.day.day, staff_id, visit_id))
            case Added.BONUS:
                sign = 1 if self.direction.choice == self.GIVE else -1
                self.bonus_added.emit(sign * self.amount.value() * 100, words)


def chooser(kind: Added, people: Sequence[Colleague]) -> ChoiceBox:
    """Who does it, or about whom it is; nobody in particular comes first."""
    box = ChoiceBox(gives_way=True)
    box.addItem(_("Front desk") if kind is Added.PROMISE else _("The salon"), None)
    for person in people:
        box.addItem(person.name, person.staff_id)
    return box


def visit_chooser(kind: Added, visits: Sequence[CardVisit], today: date) -> ChoiceBox:
    """About which visit it is: a complaint as a rule about the last one, a promise about that of today."""
    box = ChoiceBox()
    box.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(6)
    box.addItem(_("No visit in particular"), None)
    for visit in visits:
        services = ", ".join(service.service_name for service in visit.services)
        box.addItem(f"{wording.short_date(visit.day, today)} · {services}", visit.visit_id)
        is_meant = visit.day == today or (kind is Added.COMPLAINT and visit.day < today)
        if is_meant and box.currentIndex() == 0:
            box.setCurrentIndex(box.count() - 1)
    return box


def _words_for(kind: Added) -> str:
    return {
        Added.NOTE: _("What should be remembered"),
        Added.CALL: _("What was said"),
        Added.PROMISE: _("What was promised"),
        Added.COMPLAINT: _("What the client was not content with"),
        Added.BONUS: _("What for"),
    }[kind]


def _beside(*parts: tuple[QWidget, int]) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for part, share in parts:
        row.addWidget(part, share)
    return row


class _Words(QPlainTextEdit):
    """A few words; Enter is for the form, Shift+Enter begins a new line."""

    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setFixedHeight(_TEXT_HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter keeps; Esc is for the form."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)
