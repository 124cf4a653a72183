"""What the salon owes a client: open promises and complaints, each with the one act that closes it."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app import wording
from app.language import _
from app.salon.followup.complaints import OpenComplaint
from app.salon.followup.tasks import OpenPromise
from app.salon.typed import LONGEST_TEXT
from app.ui import icons, theme
from app.ui.clients.begun import Begun, begun_in
from app.ui.theme import FontRole
from app.ui.widgets.buttons import IconButton, PrimaryButton, QuietButton
from app.ui.widgets.field_line import FieldLine
from app.ui.widgets.label import Label, breakable


class OwedPart(QWidget):
    """The open ones, the most urgent first; nothing open takes no room."""

    kept = Signal(int)
    """The id of a promise that is kept."""
    answered = Signal(int, str)
    """The id of a complaint, and what the salon answered."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Promises and complaints"))
        self._shown: tuple[object, ...] = ()
        self._complaints: dict[int, ComplaintRow] = {}
        """The rows by the ids of their complaints."""
        self._promises: list[PromiseRow] = []
        """As many rows as a card had promises so far; those that are not wanted are hidden."""
        self._above, self._below = QVBoxLayout(), QVBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for part in (column, self._above, self._below):
            part.setSpacing(8)
        column.addLayout(self._above)
        column.addLayout(self._below)

    def show_owed(self, complaints: Sequence[OpenComplaint], promises: Sequence[OpenPromise], now: datetime) -> None:
        """Show these instead of those before; an answer that is being typed stays."""
        shown = (tuple(complaints), tuple(promises), now.date(), tuple(one.due_at < now for one in promises))
        if shown == self._shown:
            return
        self._shown = shown
        self._show_complaints(complaints, now.date())
        while len(self._promises) < len(promises):
            self._add_promise()
        for place, row in enumerate(self._promises):
            if place < len(promises):
                row.show_promise(promises[place], now)
            row.setVisible(place < len(promises))
        self.setVisible(bool(complaints) or bool(promises))

    def rows(self) -> "list[OwedRow]":
        """What is owed, from top to bottom."""
        return [*self._complaints.values(), *(row for row in self._promises if not row.isHidden())]

    def _show_complaints(self, complaints: Sequence[OpenComplaint], today: date) -> None:
        stood, self._complaints = self._complaints, {}
        for one in complaints:
            row = stood.pop(one.complaint_id, None) or self._add_complaint(one)
            self._above.addWidget(row)
            row.show_complaint(one, today)
            row.show()
            self._complaints[one.complaint_id] = row
        for row in stood.values():
            self._above.removeWidget(row)
            row.hide()
            row.deleteLater()

    @property
    def begun(self) -> list[Begun]:
        """The answers that were begun."""
        found = ((complaint_id, row.form) for complaint_id, row in self._complaints.items())
        return [
            one for complaint_id, form in found for one in begun_in(form, partial(self._answer_again, complaint_id))
        ]

    def _answer_again(self, complaint_id: int) -> QWidget | None:
        row = self._complaints.get(complaint_id)
        return None if row is None else row.open_form()

    def _add_complaint(self, one: OpenComplaint) -> "ComplaintRow":
        row = ComplaintRow(one.text, self)
        row.answered.connect(partial(self.answered.emit, one.complaint_id))
        return row

    def _add_promise(self) -> None:
        row = PromiseRow(self)
        row.kept.connect(self.kept)
        self._below.addWidget(row)
        self._promises.append(row)


def _day(day: date, today: date) -> str:
    return wording.relative_day(day, today) if abs((day - today).days) < 2 else wording.short_date(day, today)


class OwedRow(QWidget):
    """A sign, what is owed, by whom and when; late ones in the voice of danger."""

    def __init__(self, icon: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._icon_name, self._tone = icon, "warn"
        self._text = Label("", FontRole.STRONG, wrap=True, parent=self)
        self._why = Label("", FontRole.SECONDARY, "muted", wrap=True, parent=self)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(self._text)
        words.addWidget(self._why)
        self._row = QHBoxLayout()
        self._row.setContentsMargins(30, 0, 0, 0)
        self._row.setSpacing(4)
        self._row.addLayout(words, 1)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(8)
        self.body.addLayout(self._row)

    def say(self, text: str, why: str, *, is_late: bool) -> None:
        """Show what is owed, and by whom and when."""
        self._tone = "danger" if is_late else "warn"
        self._text.setText(breakable(text))
        self._why.setText(why)
        self._why.set_tone("danger" if is_late else "muted")
        self.setAccessibleName(f"{text}. {why}")
        self.update()

    def add_button(self, button: QWidget) -> None:
        """Put the act at the end of the row."""
        self._row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the sign."""
        mark = icons.pixmap(self._icon_name, theme.current().colour(self._tone), 18, self.devicePixelRatioF())
        QPainter(self).drawPixmap(QPointF(2, 2), mark)


class PromiseRow(OwedRow):
    """A promise; one click says that it is kept."""

    kept = Signal(int)
    """The id of the promise."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("flag", parent)
        self._task_id = 0
        self.button = IconButton("check", "", parent=self)
        self.button.clicked.connect(self._tell_kept)
        self.add_button(self.button)

    def show_promise(self, one: OpenPromise, now: datetime) -> None:
        """Show a promise."""
        self._task_id = one.task_id
        when = f"{_day(one.due_at.date(), now.date())}, {wording.clock_time(one.due_at)}"
        who = wording.short_name(one.staff_name) if one.staff_name else _("front desk")
        self.say(one.text, " · ".join((_("Promise"), who, when)), is_late=one.due_at < now)
        self.button.set_name(_("The promise is kept: {text}").format(text=one.text))

    def _tell_kept(self) -> None:
        self.kept.emit(self._task_id)


class ComplaintRow(OwedRow):
    """A complaint; it is closed by what the salon answered."""

    answered = Signal(str)

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__("circle-alert", parent)
        self.button = IconButton("message-circle", _("Answer the complaint: {text}").format(text=text), parent=self)
        self.button.clicked.connect(self.open_form)
        self.add_button(self.button)
        self.field = QLineEdit()
        self.field.setMaxLength(LONGEST_TEXT)
        self.field.returnPressed.connect(self._keep)
        self._line = FieldLine(_("What the salon answered"), self.field)
        keep = PrimaryButton(_("Keep"), key=_("Enter"))
        keep.clicked.connect(self._keep)
        cancel = QuietButton(_("Cancel"), key=_("Esc"))
        cancel.clicked.connect(self.close_form)
        buttons = QHBoxLayout()
        buttons.setSpacing(4)
        buttons.addWidget(keep)
        buttons.addWidget(cancel)
        buttons.addStretch(1)
        self.form = QWidget(self)
        column = QVBoxLayout(self.form)
        column.setContentsMargins(30, 0, 0, 0)
        column.addWidget(self._line)
        column.addLayout(buttons)
        self.form.hide()
        self.body.addWidget(self.form)

    def show_complaint(self, one: OpenComplaint, today: date) -> None:
        """Show a complaint; an answer that is being typed stays."""
        about = wording.short_name(one.staff_name) if one.staff_name else ""
        by = _("answer by {day}").format(day=wording.short_date(one.answer_by, today))
        why = " · ".join(part for part in (_("Complaint"), about, by) if part)
        self.say(one.text, why, is_late=one.answer_by < today)

    def open_form(self) -> QWidget:
        """Ask what was answered."""
        self.form.show()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        return self.form

    def close_form(self) -> None:
        """Put the form away."""
        self.form.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc gives up."""
        if event.key() == Qt.Key.Key_Escape and not self.form.isHidden():
            self.close_form()
        else:
            super().keyPressEvent(event)

    def _keep(self) -> None:
        if self.field.text().strip():
            self.answered.emit(self.field.text())
        else:
            self._line.set_error(_("Write what the salon answered."))
