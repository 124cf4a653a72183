"""A heading with its count, a sentence where one is needed, and the rows on a card."""

from collections.abc import Iterable
from typing import Generic, TypeVar

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app import wording
from app.ui.reminders.owed_row import OwedRow
from app.ui.reminders.row import ReminderRow
from app.ui.theme import FontRole
from app.ui.widgets.card import Card
from app.ui.widgets.label import Label

R = TypeVar("R", OwedRow, ReminderRow)


class RowGroup(QWidget, Generic[R]):
    """Hidden while it has no rows and nothing to say."""

    def __init__(self, heading: str, explanation: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(heading)
        self._count = Label("", FontRole.HEADING, "muted")
        self._sentence = Label(explanation, FontRole.BODY, "muted", parent=self)
        self._sentence.setVisible(bool(explanation))
        self._card = Card(padding=6, parent=self)
        self._card.body.setSpacing(2)
        self.rows: list[R] = []
        head = QHBoxLayout()
        head.setContentsMargins(4, 0, 4, 0)
        head.setSpacing(8)
        head.addWidget(Label(heading, FontRole.HEADING))
        head.addWidget(self._count)
        head.addSpacing(8)
        head.addWidget(self._sentence)
        head.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._card)

    def set_rows(self, rows: Iterable[R]) -> None:
        """Show these rows; rows that were here before and are not among them are left to the caller."""
        self.rows = list(rows)
        for place, row in enumerate(self.rows):
            self._card.body.insertWidget(place, row)
            row.set_last(row is self.rows[-1])
            row.show()
        self._count.setText(wording.number(len(self.rows)) if self.rows else "")
        self._card.setVisible(bool(self.rows))
        self.setVisible(bool(self.rows))

    def say(self, sentence_: str) -> None:
        """Say something in place of rows."""
        self._sentence.setText(sentence_)
        self._sentence.setVisible(bool(sentence_))
