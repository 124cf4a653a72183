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
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)

    def show_owed(self, complaints: Sequence[OpenComplaint], promises: Sequence[OpenPromise], now: datetime) -> None:
        """Show these instead of those before; an answer that is being typed stays."""
        shown = (tuple(complaints), tuple(promises), now.date(), tuple(one.due_at < now for one in promises))
        if shown == self._shown:
            return
        self._shown = shown
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        rows: list[OwedRow] = [self._complaint(one, now.date()) for one in complaints]
        rows += [self._promise(one, now) for one in promises]
        for row in rows:
            self._column.addWidget(row)
            row.show()
        self.setVisible(bool(rows))

    def rows(self) -> "list[OwedRow]":
        """What is owed, from top to bottom."""
        items = (self._column.itemAt(index) for index in range(self._column.count()))
        return [widget for item in items if item and isinstance(widget := item.widget(), OwedRow)]

    def _complaint(self, one: OpenComplaint, today: date) -> "OwedRow":
        about = wording.short_name(one.staff_name) if one.staff_name else ""
        by = _("answer by {day}").format(day=wording.short_date(one.answer_by, today))
        below = " · ".join(part for part in (_("Complaint"), about, by) if part)
        row = ComplaintRow("circle-alert", one.text, below, self, is_late=one.answer_by < today)
        row.answered.connect(partial(self.answered.emit, one.complaint_id))
        return row

    def _promise(self, one: OpenPromise, now: datetime) -> "OwedRow":
        when = f"{_day(one.due_at.date(), now.date())}, {wording.clock_time(one.due_at)}"
        who = wording.short_name(one.staff_name) if one.staff_name else _("front desk")
        row = PromiseRow("flag", one.text, " · ".join((_("Promise"), who, when)), self, is_late=one.due_at < now)
        row.kept.connect(partial(self.kept.emit, one.task_id))
        return row


def _day(day: date, today: date) -> str:
    return wording.relative_day(day, today) if abs((day - today).days) < 2 else wording.short_date(day, today)


class OwedRow(QWidget):
    """A sign, what is owed, by whom and when; late ones in the voice of danger."""

    def __init__(self, icon: str, text: str, below: str, parent: QWidget | None = None, *, is_late: bool) -> None:
        super().__init__(parent)
        self._icon_name, self._tone = icon, "danger" if is_late else "warn"
        self.setAccessibleName(f"{text}. {below}")
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(Label(breakable(text), FontRole.STRONG, wrap=True))
        words.addWidget(Label(below, FontRole.SECONDARY, "danger" if is_late else "muted", wrap=True))
        self._row = QHBoxLayout()
        self._row.setContentsMargins(30, 0, 0, 0)
        self._row.setSpacing(4)
        self._row.addLayout(words, 1)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(8)
        self.body.addLayout(self._row)

    def add_button(self, button: QWidget) -> None:
        """Put the act at the end of the row."""
        self._row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the sign."""
        mark = icons.pixmap(self._icon_name, theme.current().colour(self._tone), 18, self.devicePixelRatioF())
        QPainter(self).drawPixmap(QPointF(2, 2), mark)


class PromiseRow(OwedRow):
    """A promise; one click says that it is kept."""

    kept = Signal()

    def __init__(self, icon: str, text: str, below: str, parent: QWidget | None = None, *, is_late: bool) -> None:
        super().__init__(icon, text, below, parent, is_late=is_late)
        self.button = IconButton("check", _("The promise is kept: {text}").format(text=text))
        self.button.clicked.connect(self.kept)
        self.add_button(self.button)


class ComplaintRow(OwedRow):
    """A complaint; it is closed by what the salon answered."""

    answered = Signal(str)

    def __init__(self, icon: str, text: str, below: str, parent: QWidget | None = None, *, is_late: bool) -> None:
        super().__init__(icon, text, below, parent, is_late=is_late)
        self.button = IconButton("message-circle", _("Answer the complaint: {text}").format(text=text))
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

    def open_form(self) -> None:
        """Ask what was answered."""
        self.form.show()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

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
