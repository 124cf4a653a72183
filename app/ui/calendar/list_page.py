"""The day as a plain list: for the keyboard, for who hears the screen, and for a quick look down the hours."""

from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from app import wording
from app.language import _
from app.salon.scheduling.agenda import AgendaEntry
from app.ui import lettering, shortcuts
from app.ui.calendar import words
from app.ui.calendar.day_grid import VISIT_KEYS
from app.ui.calendar.tracks import Sheet
from app.ui.shortcuts import Key
from app.ui.tables.columns import Column
from app.ui.tables.record_model import RecordModel
from app.ui.tables.record_table import RecordTable
from app.ui.theme import FontRole
from app.ui.widgets.empty_state import EmptyState

_TIME, _STATUS, _LEAST_TO_KNOW = 120, 128, 150
_NAMES = (220, 280, 160)
"""Client, service and master, where there is room."""
_LEAST_NAMES = 300
_CELL_EDGES = 22


class _Table(RecordTable[AgendaEntry]):
    """The table with the keys of the calendar."""

    key_wanted = Signal(object, int, int)
    menu_wanted = Signal(QPoint)
    beyond_wanted = Signal(int)
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters say where the selected visit stands; sideways goes to another day."""
        aside = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if modifiers == Qt.KeyboardModifier.NoModifier and aside is not None:
            self.beyond_wanted.emit(aside)
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif not self._take(event):
            super().keyPressEvent(event)

    def _take(self, event: QKeyEvent) -> bool:
        vertical = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if vertical is not None and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            stretched = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            self.key_wanted.emit(Key.STRETCH_VISIT if stretched else Key.MOVE_VISIT, 0, vertical)
            return True
        for key in VISIT_KEYS:
            if shortcuts.is_pressed(key, event):
                self.key_wanted.emit(key, 0, 0)
                return True
        return False

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of the row."""
        index = self.indexAt(event.pos())
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            index = self.currentIndex()
        if index.isValid():
            self.setCurrentIndex(index)
            self.menu_wanted.emit(self.viewport().mapToGlobal(self.visualRect(index).bottomLeft()))


class ListPage(QWidget):
    """All visits of the day, in the order of the clock."""

    visit_opened = Signal(object)
    key_wanted = Signal(object, int, int)
    menu_wanted = Signal(QPoint)
    beyond_wanted = Signal(int)
    let_go_wanted = Signal()
    """Esc: whatever is held or open goes."""
    visit_wanted = Signal()
    """A new visit, from the empty list."""
    everybody_wanted = Signal()
    """Whoever is hidden shall be shown, too."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._masters: dict[int, str] = {}
        self._master_width = _NAMES[-1]
        self.model: RecordModel[AgendaEntry] = RecordModel(self._columns())
        self.table = _Table(self.model, _("Visits of the day"))
        self._has_hidden = False
        """Whether there are visits, though none with a master who is shown."""
        self._empty = EmptyState("calendar-days", "", "", action=_("New visit"), is_echo=True)
        self._say_empty()
        self._empty.acted.connect(self._go_on)
        # Both are there: the keys that go to another day need the table also when it is empty.
        over = QStackedLayout()
        over.setStackingMode(QStackedLayout.StackingMode.StackAll)
        over.addWidget(self._empty)
        over.addWidget(self.table)
        over.setCurrentWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 0)
        column.addLayout(over)
        self.setFocusProxy(self.table)
        table = self.table
        table.opened.connect(self.visit_opened)
        table.key_wanted.connect(self.key_wanted)
        table.menu_wanted.connect(self.menu_wanted)
        table.beyond_wanted.connect(self.beyond_wanted)
        table.left.connect(self.let_go_wanted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Names give way, so that the status and what must be known stay in sight."""
        super().resizeEvent(event)
        flexible = max(self.width() - _TIME - _STATUS - _LEAST_TO_KNOW, _LEAST_NAMES)
        client, service, self._master_width = (min(most, flexible * most // sum(_NAMES)) for most in _NAMES)
        self.table.set_widths(_TIME, client, service, self._master_width, _STATUS)

    def _columns(self) -> list[Column[AgendaEntry]]:
        return [
            Column(_("Time"), lambda one: wording.interval(one.starts_at, one.ends_at), lambda one: one.starts_at),
            Column(_("Client"), words.client),
            Column(_("Service"), lambda one: one.service_name),
            Column(_("Master"), self._master),
            Column(_("Status"), lambda one: wording.visit_status(one.status)),
            Column(_("Good to know"), words.badges_in_words),
        ]

    def _master(self, one: AgendaEntry) -> str:
        """The whole name, or as colleagues say it where there is no room."""
        name = self._masters.get(one.staff_id, "")
        room = self._master_width - _CELL_EDGES
        return name if lettering.width(FontRole.BODY, name) <= room else wording.short_name(name)

    def show_sheet(self, sheet: Sheet) -> None:
        """Show the visits of a sheet; the same one stays selected."""
        before = self.selected_entry
        self._masters = sheet.masters
        self.model.set_records(sorted(_entries(sheet), key=lambda one: (one.starts_at, one.booked_id)))
        self._has_hidden = bool(sheet.hidden and any(map(words.is_live, sheet.entries)))
        self._say_empty()
        # Where nobody works yet, that is said over the page, as in every other view.
        self._empty.setVisible(not self.model.records and bool(sheet.masters))
        self._empty.raise_()
        if before is not None:
            self.select(before.booked_id)

    def _say_empty(self) -> None:
        if self._has_hidden:
            self._empty.say(
                _("No visits with the masters who are shown"),
                _("The visits of this day are with masters who are hidden on this computer."),
            )
            self._empty.button.setText(_("Show all masters"))
        else:
            self._empty.say(_("No visits on this day"), _("Nobody is booked yet. A new visit can begin here."))
            self._empty.button.setText(_("New visit"))

    def _go_on(self) -> None:
        if self._has_hidden:
            self.everybody_wanted.emit()
        else:
            self.visit_wanted.emit()

    @property
    def selected_entry(self) -> AgendaEntry | None:
        """The booked service on whose row the cursor stands."""
        return self.table.current

    def select(self, booked_id: int | None) -> None:
        """Put the cursor on a booked service and show it, or nowhere."""
        rows = [row for row, one in enumerate(self.model.records) if one.booked_id == booked_id]
        index = self.model.index(rows[0], 0) if rows else QModelIndex()
        self.table.setCurrentIndex(index)
        if rows:
            self.table.scrollTo(index)

    def select_near(self, minute_of_day: int) -> None:
        """Put the cursor on the first visit that is not over yet, or the last one."""
        records = self.model.records
        if not records:
            return
        ahead = [one for one in records if one.ends_at.hour * 60 + one.ends_at.minute > minute_of_day]
        self.select((ahead or [records[-1]])[0].booked_id)

    def place_of(self, entry: AgendaEntry) -> QRect:
        """Where the words of a row stand, in this page."""
        rows = [row for row, one in enumerate(self.model.records) if one.booked_id == entry.booked_id]
        if not rows:
            return QRect()
        place = self.table.visualRect(self.model.index(rows[0], 0)).united(
            self.table.visualRect(self.model.index(rows[0], 1))
        )
        return QRect(self.table.viewport().mapTo(self, place.topLeft()), place.size())


def _entries(sheet: Sheet) -> list[AgendaEntry]:
    return [entry for track in sheet.tracks for entry in track.entries]
