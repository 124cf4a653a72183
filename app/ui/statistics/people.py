"""The clients behind a number: name, phone, last visit, and the card one click away."""

from collections.abc import Iterator, Sequence
from datetime import date

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QVBoxLayout, QWidget

from app import wording
from app.language import _
from app.salon.statistics.behind import ClientBehind
from app.salon.statistics.results import Counted, FigureResult, FigureRow
from app.ui.statistics import words
from app.ui.statistics.parts import Chosen, Part, chosen, number_of
from app.ui.statistics.sections import parts_with_clients
from app.ui.tables.columns import Column
from app.ui.tables.record_model import RECORD_ROLE, RecordModel
from app.ui.tables.record_table import RecordTable
from app.ui.theme import FontRole
from app.ui.widgets.buttons import Button, IconButton
from app.ui.widgets.card import Card
from app.ui.widgets.label import ElidedLabel, Label
from app.ui.widgets.segmented_control import SegmentedControl

_PHONE, _LAST, _AGO = 148, 138, 132
_AGO_COLUMN = 3
_ROOMY = 620
"""Narrower, what is said twice gives way."""
_ORDER = (Part.REST, Part.MET, Part.IMMATURE, Part.COUNTED)
"""What the owner is here for comes first."""


class PeoplePage(QWidget):
    """The list behind a number. Enter or a click opens a card, Esc goes back to the figure."""

    client_wanted = Signal(int)
    closed = Signal()
    wanted = Signal(object)
    """Another number (``Chosen``) of the same row."""
    invite_wanted = Signal(object)
    """These clients (their numbers) are to be invited: put into the reminder queue."""
    copied = Signal(str)
    """The list lies in the clipboard; says so in one sentence."""

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.back = IconButton("arrow-left", _("Back to the figure"), key=_("Esc"), parent=self)
        self.back.clicked.connect(self.closed)
        self.title = ElidedLabel("", FontRole.HEADING)
        self.detail = ElidedLabel("", FontRole.SECONDARY, "muted")
        self._note = Label("", FontRole.SECONDARY, "muted", wrap=True)
        self.invite = Button(_("Invite"), icon="send", tip=_("Put these clients into the reminder queue"), parent=self)
        self.invite.clicked.connect(self._invite)
        self.copy = Button(_("Copy the list"), icon="copy", tip=_("Names and phones, one client a line"), parent=self)
        self.copy.clicked.connect(self._copy)
        self._parts = QHBoxLayout()
        self._shown: tuple[FigureResult, FigureRow, Chosen] | None = None
        self._offered: tuple[tuple[str, str], ...] = ()
        self.control: SegmentedControl | None = None
        self._card = Card(padding=6, parent=self)
        self.model: RecordModel[ClientBehind] = RecordModel(_columns(today))
        self.table: RecordTable[ClientBehind] = RecordTable(self.model, _("Clients"), self._card)
        self._build()

    def _build(self) -> None:
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self.title)
        names.addWidget(self.detail)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.back)
        head.addLayout(names, 1)
        head.addWidget(self.invite)
        head.addWidget(self.copy)
        self._parts.setContentsMargins(0, 0, 0, 0)
        self._card.body.addWidget(self.table, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 8, 24)
        column.setSpacing(12)
        column.addLayout(head)
        column.addLayout(self._parts)
        column.addWidget(self._note)
        column.addWidget(self._card, 1)
        sizes = self.table.horizontalHeader()
        sizes.setStretchLastSection(False)
        sizes.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for section, width in enumerate((_PHONE, _LAST, _AGO), start=1):
            self.table.setColumnWidth(section, width)
        self.table.opened.connect(self._open)
        self.table.clicked.connect(self._open_row)

    def show_people(self, result: FigureResult, row: FigureRow, wanted: Chosen, people: Sequence[ClientBehind]) -> None:
        """Show who stands behind the number ``wanted`` of ``row``."""
        self._shown = (result, row, wanted)
        part = words.part(row.kind, result.figure, wanted.part)
        if wanted.part is Part.BESIDE:
            part = next((one.text for one in row.beside if one.kind is wanted.beside), part)
        self.title.setText(_("{part} · {row}").format(part=part, row=row.label))
        self.detail.setText(
            _("{figure} · {days} · {count}").format(
                figure=wording.figure(result.figure),
                days=wording.days_between(result.period.begins, result.period.ends),
                count=wording.clients(len(people)),
            )
        )
        self._note.setText(
            _("A client can stand behind several visits; visits without a client card are not in this list.")
        )
        self._note.setVisible(result.counts is Counted.VISITS)
        self.copy.setEnabled(bool(people))
        self.invite.setEnabled(bool(people))
        self._show_parts(result, row, wanted)
        self.model.set_records(people)
        if people:
            self.table.setCurrentIndex(self.model.index(0, 0))
        else:
            self.table.clearSelection()

    def names(self) -> list[str]:
        """The clients in the order in which they are shown."""
        return [one.name for one in self.model.records]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow, how long ago the last visit was gives way to the name, and all to those that matter."""
        super().resizeEvent(event)
        narrow = self.width() < _ROOMY
        if narrow != self.table.isColumnHidden(_AGO_COLUMN):
            self.table.setColumnHidden(_AGO_COLUMN, narrow)
            if self._shown is not None:
                self._show_parts(*self._shown)

    def _invite(self) -> None:
        self.invite_wanted.emit([one.client_id for one in self.model.records])

    def _show_parts(self, result: FigureResult, row: FigureRow, wanted: Chosen) -> None:
        """The other numbers of the row, one click away. A control that says the same already is kept as it is."""
        choices = tuple(self._choices(result, row, wanted))
        if choices != self._offered:
            self._offered = choices
            self._offer(choices)
        if self.control is not None:
            self.control.choose(wanted.part.value)

    def _choices(self, result: FigureResult, row: FigureRow, wanted: Chosen) -> Iterator[tuple[str, str]]:
        if wanted.part is Part.BESIDE:
            return
        for part in sorted(parts_with_clients(result), key=_ORDER.index):
            number = number_of(row, part)
            gives_way = part is Part.COUNTED and self.table.isColumnHidden(_AGO_COLUMN)
            if part is wanted.part or (number and not gives_way):
                name = words.part(row.kind, result.figure, part)
                yield (part.value, f"{name} {wording.number(number)}")

    def _offer(self, choices: Sequence[tuple[str, str]]) -> None:
        if self.control is not None:
            self._parts.removeWidget(self.control)
            self.control.hide()
            self.control.deleteLater()
            self.control = None
        if len(choices) > 1:
            self.control = SegmentedControl(_("Which clients of the row"), choices, self)
            self.control.chosen.connect(self._want_part)
            self._parts.addWidget(self.control, 0, Qt.AlignmentFlag.AlignLeft)

    def _want_part(self, key: str) -> None:
        if self._shown is not None:
            self.wanted.emit(chosen(self._shown[1], Part(key)))

    def _open_row(self, index: QModelIndex) -> None:
        self._open(index.data(RECORD_ROLE))

    def _open(self, client: ClientBehind) -> None:
        self.client_wanted.emit(client.client_id)

    def _copy(self) -> None:
        lines = ["\t".join(filter(None, (one.name, _phone(one)))) for one in self.model.records]
        QGuiApplication.clipboard().setText("\n".join(lines))
        self.copied.emit(_("Copied: {clients}").format(clients=wording.clients(len(lines))))


def _columns(today: date) -> list[Column[ClientBehind]]:
    def last(client: ClientBehind) -> str:
        return "" if client.last_visit is None else wording.short_date(client.last_visit, today)

    def ago(client: ClientBehind) -> str:
        return "" if client.last_visit is None else wording.relative_day(client.last_visit, today)

    return [
        Column(_("Name"), lambda client: wording.client_name(client.name, client.client_id)),
        Column(_("Phone"), _phone),
        Column(_("Last visit"), last, _last_day),
        Column(_("How long ago"), ago, _last_day),
    ]


def _last_day(client: ClientBehind) -> date | None:
    return client.last_visit


def _phone(client: ClientBehind) -> str:
    return wording.phone(client.phone) if client.phone else ""
