"""Possible duplicates: the list of suspects, and the two cards side by side."""

from typing import Any, ClassVar

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QHeaderView, QStackedLayout, QVBoxLayout, QWidget

from app import wording
from app.errors import Gone
from app.language import _, ngettext
from app.salon.clients import duplicates, families, merging
from app.salon.clients.likeness import Suspects
from app.salon.clients.merging import Chosen
from app.ui import theme
from app.ui.background import Job
from app.ui.clients.comparison import Comparison
from app.ui.desk import Desk
from app.ui.screen import Screen
from app.ui.tables.columns import Column
from app.ui.tables.record_model import RecordModel
from app.ui.tables.record_table import RecordTable
from app.ui.theme import FontRole
from app.ui.widgets.buttons import Button, IconButton
from app.ui.widgets.card import Card
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.progress_strip import ProgressStrip
from app.ui.widgets.screen_header import ScreenHeader
from app.ui.widgets.scroll_page import ScrollPage
from app.vocabulary import RelationKind, Topic

_Index = QModelIndex | QPersistentModelIndex
_COMPARED = 560


class SuspectModel(RecordModel[Suspects]):
    """The pairs; the names stand out."""

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words of a cell, or its type."""
        if index.isValid() and index.column() < 2 and role == Qt.ItemDataRole.FontRole:
            return theme.font(FontRole.STRONG)
        return super().data(index, role)


class DuplicatesPage(Screen):
    """Looked through in the background; each pair is merged, told apart, or known as family."""

    topics: ClassVar[frozenset[Topic]] = frozenset({Topic.CLIENTS})

    counted = Signal(int)
    """How many pairs wait to be looked at."""
    left = Signal()
    """Back to the list of clients."""
    client_wanted = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setAccessibleName(_("Possible duplicates"))
        self._found: list[Suspects] = []
        self._job: Job | None = None
        self._was_searched = self._is_searching = False
        self.header = ScreenHeader(_("Possible duplicates"), parent=self)
        back = IconButton("arrow-left", _("Back to the clients"), key=_("Esc"), parent=self.header)
        back.clicked.connect(self.left)
        self.again = Button(_("Look again"), icon="refresh-cw", parent=self.header)
        self.again.clicked.connect(self.search)
        self.header.add_action(self.again)
        self.header.add_beside_title(back)
        self._frame = QFrame(self)
        self.strip = ProgressStrip(parent=self._frame)
        self.strip.cancel_wanted.connect(self._cancel)
        self.model = SuspectModel(_columns(), self)
        self._body = QWidget(self._frame)
        self._pairs = QWidget(self._body)
        self._stack = QStackedLayout(self._body)
        self._stack.addWidget(self._pairs)
        self._listed = Card(padding=1, parent=self._pairs)
        self.table: RecordTable[Suspects] = RecordTable(self.model, _("Possible duplicates"), self._listed)
        self._compared = Card(padding=1, parent=self._pairs)
        self._scroll = ScrollPage(self._compared)
        self.comparison = Comparison(desk.salon.profile.currency, self._scroll.content)
        self._none = Card(padding=1, parent=self._body)
        self._nothing = EmptyState(
            "circle-check",
            _("No duplicates"),
            _("Cards with the same phone, e-mail or name are compared; there is nothing to merge."),
            action=_("Back to the clients"),
            parent=self._none,
        )
        self._build()
        self._nothing.acted.connect(self.left)
        self.table.current_changed.connect(self._show_current)
        self.comparison.merge_wanted.connect(self._merge)
        self.comparison.apart_wanted.connect(self._keep_apart)
        self.comparison.family_wanted.connect(self._relate)

    def _build(self) -> None:
        head = self.table.horizontalHeader()
        head.setStretchLastSection(False)
        for column in range(3):
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self._listed.body.addWidget(self.table)
        compared = QVBoxLayout(self._scroll.content)
        compared.setContentsMargins(0, 0, 0, 0)
        compared.addWidget(self.comparison)
        self._compared.setFixedWidth(_COMPARED)
        self._compared.body.addWidget(self._scroll)
        row = QHBoxLayout(self._pairs)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self._listed, 1)
        row.addWidget(self._compared)
        self._none.body.addWidget(self._nothing)
        self._stack.addWidget(self._none)
        inside = QVBoxLayout(self._frame)
        inside.setContentsMargins(theme.MARGIN, 0, theme.MARGIN, theme.MARGIN)
        inside.setSpacing(8)
        inside.addWidget(self.strip)
        inside.addWidget(self._body, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self._frame, 1)

    # ---- looking ---------------------------------------------------------------------------------------------

    def search(self) -> None:
        """Look through all cards beside the window; what was found before stays until then."""
        if self._is_searching:
            return
        database = self.desk.salon.database
        self._was_searched = self._is_searching = True
        self.strip.begin(_("Comparing the cards"))
        self.again.setEnabled(False)
        if database.path is None:
            # A database in memory belongs to the thread that made it.
            self._take(duplicates.find(database))
            return

        def work(job: Job) -> list[Suspects]:
            with database.in_thread() as own:
                return duplicates.find(own, job.report)

        job = self.desk.background.run(work, self._take, self._fail, label=_("Possible duplicates"))
        if self._is_searching:
            self._job = job
            job.progressed.connect(self.strip.report)

    def search_once(self) -> None:
        """Look, unless somebody has looked already."""
        if not self._was_searched:
            self.search()

    def compare(self, one: int, other: int) -> None:
        """Show these two cards side by side, found or not."""
        first, second = sorted((one, other))
        known = next((pair for pair in self._found if pair.both == (first, second)), None)
        if known is None:
            known = next(
                (pair for pair in duplicates.of_client(self.desk.salon.database, one) if pair.both == (first, second)),
                None,
            )
            if known is None:
                return
            self._found.insert(0, known)
        self._show()
        for row, pair in enumerate(self.model.records):
            if pair.both == known.both:
                self.table.setCurrentIndex(self.model.index(row, 0))

    def reload(self) -> None:
        """Show those of the found pairs that are still two cards, and whom nobody has told apart."""
        self._show()

    def _take(self, found: list[Suspects]) -> None:
        self._end()
        self._found = found
        self._show()

    def _fail(self, _problem: Exception) -> None:
        self._end()
        self.header.set_detail(_("The cards could not be compared."))

    def _end(self) -> None:
        self._job, self._is_searching = None, False
        self.strip.end()
        self.again.setEnabled(True)

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()
        self._end()

    # ---- showing ---------------------------------------------------------------------------------------------

    def _show(self) -> None:
        row = max(self.table.currentIndex().row(), 0)
        shown = duplicates.standing(self.desk.salon.database, self._found)
        self.model.set_records(shown)
        self._stack.setCurrentIndex(0 if shown else 1)
        self.header.set_detail(pairs_count(len(shown)) if shown else "")
        if shown:
            self.table.setCurrentIndex(self.model.index(min(row, len(shown) - 1), 0))
        self.counted.emit(len(shown))

    def _show_current(self, pair: Suspects | None) -> None:
        self._compared.setVisible(pair is not None)
        if pair is None:
            return
        today, database = self.desk.salon.today(), self.desk.salon.database
        try:
            sides = [merging.side(database, one, today) for one in pair.both]
        except Gone:
            return
        self.comparison.show_sides(sides[0], sides[1], today)

    # ---- acting ----------------------------------------------------------------------------------------------

    def _merge(self, stays: int, absorbed: int, chosen: Chosen) -> None:
        if self.desk.perform(merging.merge, stays, absorbed, chosen) is not None:
            self.desk.perform.tell(_("The cards are one now: {name}").format(name=chosen.name))

    def _keep_apart(self, one: int, other: int) -> None:
        if self.desk.perform(duplicates.keep_apart, one, other) is not None:
            self.desk.perform.tell(_("Two people: nobody asks about them again"))

    def _relate(self, one: int, other: int) -> None:
        if self.desk.perform(families.relate, one, other, RelationKind.OTHER) is not None:
            self.desk.perform.tell(_("The relation stands on both cards"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the clients."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def pairs_count(count: int) -> str:
    """``3 пары``."""
    return ngettext("{n} pair", "{n} pairs", count).format(n=wording.number(count))


def _columns() -> list[Column[Suspects]]:
    return [
        Column(_("First card"), _first),
        Column(_("Second card"), _second),
        Column(_("What matches"), signs_of, _weight),
    ]


def _first(pair: Suspects) -> str:
    return pair.first_name


def _second(pair: Suspects) -> str:
    return pair.second_name


def signs_of(pair: Suspects) -> str:
    """What speaks for one person, in words."""
    return ", ".join(wording.duplicate_sign(sign) for sign in pair.signs)


def _weight(pair: Suspects) -> int:
    return -pair.weight
