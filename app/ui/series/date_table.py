"""All dates of a series, one below the other: what fits and what somebody has to decide."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from app.language import _
from app.salon.scheduling.series_check import CheckedDate, PlannedDate
from app.ui.series.date_row import DateRow


class DateTable(QScrollArea):
    """Shows the dates and keeps what was chosen for each."""

    changed = Signal()
    """Something else was chosen."""
    finished = Signal()
    """The keyboard has gone through everything that was open."""

    def __init__(self, names: dict[int, str], today: date, *, skip_word: str, parent: QWidget | None = None) -> None:
        """``names`` are the masters'; ``skip_word`` says what it means to leave a date out."""
        super().__init__(parent)
        self._names = names
        self._today = today
        self._skip_word = skip_word
        self._rows: list[DateRow] = []
        self.setWidgetResizable(True)
        self.setProperty("kind", "bare")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(_("Dates of the series"))

    @property
    def rows(self) -> list[DateRow]:
        """The rows, from top to bottom."""
        return list(self._rows)

    @property
    def open_count(self) -> int:
        """How many dates are still to be decided."""
        return sum(row.is_open for row in self._rows)

    @property
    def chosen(self) -> list[PlannedDate]:
        """What will be written, in the order of the dates."""
        return [row.chosen for row in self._rows if row.chosen is not None]

    def show_dates(self, found: Sequence[CheckedDate]) -> None:
        """Show these dates; what was decided for one of them before stays decided."""
        before = {row.found.planned.starts_at: row for row in self._rows}
        held_focus = next((row.found.planned.starts_at for row in self._rows if row.hasFocus()), None)
        self._rows = [DateRow(one, self._names, self._today, self._skip_word) for one in found]
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(12, 0, 12, 8)
        column.setSpacing(0)
        for row in self._rows:
            known = before.get(row.found.planned.starts_at)
            if known is not None:
                row.choose_like(known)
            row.decided.connect(self.changed)
            row.walked.connect(partial(self._walk, row))
            column.addWidget(row)
        column.addStretch(1)
        self.setWidget(body)
        body.setAutoFillBackground(False)
        if held_focus is not None:
            self._focus_row(next((row for row in self._rows if row.found.planned.starts_at == held_focus), None))

    def focus_open(self) -> bool:
        """Bring the keyboard to the first date that is still open; False when there is none."""
        row = next((row for row in self._rows if row.is_open), None)
        self._focus_row(row)
        return row is not None

    def _walk(self, row: DateRow, step: int) -> None:
        if step == 0:
            if not self.focus_open():
                self.finished.emit()
            return
        place = self._rows.index(row) + step
        if 0 <= place < len(self._rows):
            self._focus_row(self._rows[place])

    def _focus_row(self, row: DateRow | None) -> None:
        if row is not None:
            row.setFocus(Qt.FocusReason.TabFocusReason)
            self.ensureWidgetVisible(row, 0, 24)
