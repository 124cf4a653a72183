"""A field for a birthday: 14.05.1990."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app import wording
from app.errors import BadDate
from app.language import _
from app.salon.clients import birthdays
from app.ui.widgets.field_line import FieldLine

_WHOLE = 10


class BirthdayLine(QWidget):
    """The field and what is wrong with it. Nothing typed means that nobody knows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = date.max
        self.day: date | None = None
        """The birthday in the field; None when it is empty or no day."""
        self.field = QLineEdit()
        self.field.setMaxLength(_WHOLE)
        self.field.setPlaceholderText(_("day.month.year"))
        self.line = FieldLine(_("Birthday"), self.field, parent=self)
        self.field.textChanged.connect(self._typed)
        self.field.editingFinished.connect(self.check)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.line)

    def begin(self, day: date | None, today: date) -> None:
        """Show ``day``; nobody was born after ``today``."""
        self._today = today
        self.line.begin_with("" if day is None else wording.date_in_digits(day))
        self._read(is_finished=False)

    def check(self) -> bool:
        """Whether the field holds a birthday or nothing; if not, the person is told."""
        self._read(is_finished=True)
        if self.line.error and self.field.isVisible():
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        return not self.line.error

    def _typed(self, _text: str) -> None:
        self._read(is_finished=False)

    def _read(self, *, is_finished: bool) -> None:
        typed, self.day, wrong = self.field.text(), None, False
        try:
            self.day = birthdays.read(typed, self._today)
        except BadDate:
            wrong = is_finished or len(typed) >= _WHOLE or any(c.isalpha() for c in typed)
        self.line.set_error(_("This is not a birthday. Write it as 14.05.1990.") if wrong else "")
