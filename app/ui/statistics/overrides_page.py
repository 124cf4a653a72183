"""The owner's list of visits that were booked although the place was taken."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from app import wording
from app.language import _
from app.salon.statistics.overrides import Override
from app.salon.statistics.periods import Period
from app.ui.tables.columns import Column
from app.ui.tables.record_model import RECORD_ROLE, RecordModel
from app.ui.tables.record_table import RecordTable
from app.ui.theme import FontRole
from app.ui.widgets.buttons import IconButton
from app.ui.widgets.card import Card
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.label import ElidedLabel, Label

_SHARES = ((150, 14), (110, 12), (110, 15), (100, 11))
"""Of each column before the reason, its least width and its share of a hundred."""
_LEAST_REASON = 150
_BY_WHOM = 280
"""For the last column, with the edges of the card."""


class OverridesPage(QWidget):
    """A row a visit. Enter or a click shows its day in the calendar, Esc goes back to the figures."""

    visit_wanted = Signal(int, object)
    """A visit and its ``date``."""
    closed = Signal()

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.back = IconButton("arrow-left", _("Back to the figure"), key=_("Esc"), parent=self)
        self.back.clicked.connect(self.closed)
        self.detail = ElidedLabel("", FontRole.SECONDARY, "muted")
        self._card = Card(padding=6, parent=self)
        self.model: RecordModel[Override] = RecordModel(_columns(today))
        self.table: RecordTable[Override] = RecordTable(
            self.model, _("Booked although the place was taken"), self._card
        )
        self._empty = EmptyState(
            "check-check",
            _("Nobody was booked over another"),
            _("A visit that is booked on purpose although the place is taken appears here with its reason."),
            parent=self._card,
        )
        self._pages = QStackedLayout()
        self._pages.addWidget(self.table)
        self._pages.addWidget(self._empty)
        self._build()
        self.table.opened.connect(self._open)
        self.table.clicked.connect(self._open_row)

    def _build(self) -> None:
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(ElidedLabel(_("Booked although the place was taken"), FontRole.HEADING))
        names.addWidget(self.detail)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.back)
        head.addLayout(names, 1)
        note = Label(
            _("From the journal: listed even if the other visit was moved or cancelled since."),
            FontRole.SECONDARY,
            "muted",
            wrap=True,
        )
        self._card.body.addLayout(self._pages, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 8, 24)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(note)
        column.addWidget(self._card, 1)

    def show_overrides(self, period: Period, overrides: Sequence[Override]) -> None:
        """Show those of a period, which may have no end."""
        if period.ends == date.max:
            days = _("from {day} on").format(day=wording.short_date(period.begins))
        else:
            days = wording.days_between(period.begins, period.ends)
        self.detail.setText(f"{days} · {wording.visits(len(overrides))}")
        self.model.set_records(overrides)
        self._pages.setCurrentIndex(0 if overrides else 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The day and who decided are read whole, and the room that is left is for the reasons."""
        super().resizeEvent(event)
        before = [max(least, self.width() * share // 100) for least, share in _SHARES]
        self.table.set_widths(*before, max(_LEAST_REASON, self.width() - sum(before) - _BY_WHOM))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _open(self, one: Override) -> None:
        self.visit_wanted.emit(one.visit_id, one.day)

    def _open_row(self, index: QModelIndex) -> None:
        self._open(index.data(RECORD_ROLE))


def _columns(today: date) -> list[Column[Override]]:
    return [
        Column(
            _("Visit"),
            lambda one: f"{wording.weekday_and_date(one.day, today)}, {wording.clock_time(one.starts_at)}",
            lambda one: one.starts_at,
        ),
        Column(_("Client"), lambda one: one.client_name or _("Without a card")),
        Column(_("Services"), lambda one: wording.listed(one.services)),
        Column(_("Masters"), lambda one: wording.listed(one.masters)),
        Column(_("Reason"), lambda one: one.reason),
        Column(_("Decided by"), _decision, lambda one: one.decided_at),
    ]


def _decision(one: Override) -> str:
    """Who decided it and when, and whether it is over."""
    said = [one.decided_by] if one.decided_by else []
    if one.decided_at is not None:
        said.append(f"{wording.day_and_month(one.decided_at.date())}, {wording.clock_time(one.decided_at)}")
    if not one.is_shared:
        said.append(_("no longer shared"))
    return ", ".join(said)
