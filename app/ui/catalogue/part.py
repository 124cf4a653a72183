"""What the parts of the catalogue share: a table on the left, and a form on the right when one is open."""

from collections.abc import Collection, Mapping, Sequence
from functools import cached_property, partial
from typing import Generic, TypeVar

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from app import wording
from app.language import _, ngettext
from app.ui import theme
from app.ui.catalogue.drawer import DrawerForm
from app.ui.desk import Desk
from app.ui.tables.record_model import RECORD_ROLE, RecordModel
from app.ui.tables.record_table import RecordTable
from app.ui.widgets.buttons import QuietButton
from app.ui.widgets.card import Card
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.menu import Menu

T = TypeVar("T")
NEW_KEY = "Ctrl+Shift+N"
_EDGES = 16
"""The lines around a table and its scroll bar."""
_WIDEST = 320
"""No column needs more: one long name does not take the room of all others."""


class RecordPart(QWidget, Generic[T]):
    """Lists the records of one kind. One click, or Enter, opens the form; Delete archives."""

    detail_changed = Signal(str)
    """The number that matters now."""
    form_left = Signal(object, str)
    """A form was left with something entered, and what it is for: it stays, to be taken up again."""
    form_opened = Signal(object)
    """The ``DrawerForm`` that is about to be seen."""

    def __init__(self, desk: Desk, model: RecordModel[T], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.setAccessibleName(name)
        self.model = model
        model.setParent(self)
        self._card = Card(padding=1, parent=self)
        self._body = QWidget(self._card)
        self.table: RecordTable[T] = RecordTable(model, name, self._body)
        self.form: DrawerForm | None = None
        self._all: list[T] = []
        self._typed = ""
        self._needed: tuple[int, ...] = ()
        """How wide each column has to be, so that nothing in it is cut off."""
        self._build()

    def _build(self) -> None:
        self._stack = QStackedLayout(self._body)
        self._stack.addWidget(self.table)
        self._card.body.addWidget(self._body)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(theme.MARGIN, 0, theme.MARGIN, theme.MARGIN)
        self._row.setSpacing(16)
        listed = QVBoxLayout()
        listed.setSpacing(8)
        listed.addWidget(self._card, 1)
        self.below = QVBoxLayout()
        """What stands below the table."""
        listed.addLayout(self.below)
        self._row.addLayout(listed, 1)
        head = self.table.horizontalHeader()
        head.setStretchLastSection(False)
        # One click opens: ``activated`` would come once more with a double click, and differs from system to system.
        self.table.activated.disconnect()
        self.table.clicked.connect(self._open_row)
        self.table.opened.connect(self.open)

    @cached_property
    def _empty(self) -> EmptyState:
        empty = self.make_empty(self._body)
        empty.acted.connect(self.take_first_step)
        self._stack.addWidget(empty)
        return empty

    @cached_property
    def _not_found(self) -> EmptyState:
        not_found = EmptyState("search", _("Nothing found"), "", parent=self._body)
        self._stack.addWidget(not_found)
        return not_found

    # ---- what each part says ---------------------------------------------------------------------------------

    def make_empty(self, parent: QWidget) -> EmptyState:
        """What stands in the place of the table as long as there is no record."""
        raise NotImplementedError

    def take_first_step(self) -> None:
        """What the button beside "there is none yet" does."""
        self.begin()

    def read(self) -> list[T]:
        """The records as they stand now."""
        raise NotImplementedError

    def matches(self, record: T, typed: str) -> bool:
        """Whether ``record`` is meant by what was typed."""
        raise NotImplementedError

    def detail(self, shown: Sequence[T]) -> str:
        """The number that matters."""
        raise NotImplementedError

    def key_of(self, record: T) -> int:
        """The id of a record."""
        raise NotImplementedError

    def make_form(self, record: T | None) -> DrawerForm:
        """The form for ``record``, or for a new one."""
        raise NotImplementedError

    def archive(self, record: T) -> None:
        """Take ``record`` out of use."""
        raise NotImplementedError

    def archived(self) -> Mapping[int, str]:
        """What is out of use and can be brought back: names by id."""
        return {}

    def bring_back(self, record_id: int, name: str) -> None:
        """Take something into use again."""
        raise NotImplementedError

    def widths(self) -> Sequence[int]:
        """What each column needs at least; the widest gap is left to the name."""
        raise NotImplementedError

    def lists(self) -> Collection[int]:
        """The columns that list so much that its beginning has to do."""
        return ()

    def giving_way(self) -> Sequence[int]:
        """The columns that are left out where there is no room for them, the least needed first."""
        raise NotImplementedError

    # ---- reading ---------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read again; the cursor stays on its record, and the form keeps what was typed."""
        self._all = self.read()
        self._show()
        self._say_archived(len(self.archived()))

    @cached_property
    def archive_button(self) -> QuietButton:
        """How much is in the archive, and the way back from there; made when something is."""
        button = QuietButton("", icon="archive", parent=self)
        button.clicked.connect(self._open_archive)
        self.below.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return button

    def _say_archived(self, count: int) -> None:
        if count or "archive_button" in vars(self):
            said = ngettext("{n} in the archive…", "{n} in the archive…", count)
            self.archive_button.setText(said.format(n=wording.number(count)))
            if not count and self.archive_button.hasFocus():
                self.table.setFocus(Qt.FocusReason.OtherFocusReason)  # it would go to another part of the window
            self.archive_button.setVisible(bool(count))

    def _open_archive(self, _checked: bool = False) -> None:
        menu = Menu(_("Bring back from the archive"), self)
        heading = menu.addAction(_("Bring back from the archive"))
        heading.setEnabled(False)
        menu.addSeparator()
        for record_id, name in self.archived().items():
            menu.addAction(name.replace("&", "&&")).triggered.connect(partial(self._bring_back, record_id, name))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.archive_button.mapToGlobal(QPoint(0, self.archive_button.height())))

    def _bring_back(self, record_id: int, name: str, _checked: bool = False) -> None:
        self.bring_back(record_id, name)

    def find(self, typed: str) -> None:
        """Show what matches."""
        self._typed = typed
        self._show()

    def _show(self) -> None:
        current = self.table.current
        shown = [record for record in self._all if self.matches(record, self._typed)]
        self.model.set_records(shown)
        self._measure()
        self._fit()
        if current is not None:
            self.stand_on(self.key_of(current))
        self.detail_changed.emit(self.detail(shown))
        if shown:
            self._stack.setCurrentWidget(self.table)
        elif self._all:
            self._not_found.say(_("Nothing found"), _("Nothing matches “{typed}”.").format(typed=self._typed.strip()))
            self._stack.setCurrentWidget(self._not_found)
        else:
            self._stack.setCurrentWidget(self._empty)

    def stand_on(self, key: int) -> None:
        """Put the cursor on a record, if it is shown."""
        for row, record in enumerate(self.model.records):
            if self.key_of(record) == key:
                self.table.setCurrentIndex(self.model.index(row, 0))
                return

    # ---- the form --------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Open the form of a new record."""
        self.put(self.make_form(None))

    def open(self, record: T) -> None:
        """Open the form of a record."""
        self.put(self.make_form(record))

    def open_first(self) -> None:
        """Open the best match, if something was typed."""
        if self._typed.strip() and self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(0, 0))
            self.open(self.model.record(0))

    def put(self, form: DrawerForm) -> None:
        """Show a form instead of the one before."""
        self._put_by()
        form.left.connect(self._give_up)
        form.remember()
        self._put_in(form)
        form.focus_first()

    def take_up(self, form: DrawerForm) -> None:
        """Go on with a form as it was left."""
        field = form.changed
        self._put_by()
        self._put_in(form)
        if field is not None:
            field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _put_in(self, form: DrawerForm) -> None:
        self.form = form
        self.form_opened.emit(form)
        self._row.addWidget(form)
        self._fit()
        form.show()

    def _give_up(self) -> None:
        self._put_by()
        self.leave()

    def _put_by(self) -> None:
        """The form goes without having been kept: with something entered it is told, and may come back."""
        form = self.form
        if form is None or form.changed is None:
            self._drop()
            return
        self._row.removeWidget(form)
        form.hide()
        self.form = None
        self.form_left.emit(form, form.accessibleName())

    def leave(self) -> None:
        """Close the form; the keyboard goes back to the table."""
        self._drop()
        self._fit()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_saved(self, key: int) -> None:
        """The record is kept: close its form and stand on it."""
        self.leave()
        self.stand_on(key)

    def go_into_table(self) -> None:
        """Bring the keyboard to the records."""
        if self.model.rowCount():
            self.table.setFocus(Qt.FocusReason.TabFocusReason)
            if not self.table.currentIndex().isValid():
                self.table.setCurrentIndex(self.model.index(0, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete archives the record under the cursor."""
        current = self.table.current
        if event.key() == Qt.Key.Key_Delete and self.table.hasFocus() and current is not None:
            self.archive(current)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many columns as there is room for."""
        super().resizeEvent(event)
        self._fit()

    def _measure(self) -> None:
        """See how wide the columns have to be; as long as that is the same they stay as somebody has drawn them.

        What is searched for moves none of them.
        """
        needed = tuple(self._width(column, least) for column, least in enumerate(self.widths()))
        if self._typed and self._needed:
            needed = tuple(map(max, needed, self._needed))
        if needed != self._needed:
            self._needed = needed
            self.table.set_widths(*needed)

    def _width(self, column: int, least: int) -> int:
        """How wide a column has to be for its head and for what stands in it."""
        if column in self.lists():
            return least
        head = self.table.horizontalHeader().sectionSizeFromContents(column).width()
        return max(least, min(_WIDEST, max(head, self.table.sizeHintForColumn(column))))

    def _fit(self) -> None:
        """Leave columns out, the least needed first, until the others have room."""
        room = self.width() - 2 * theme.MARGIN - _EDGES
        if self.form is not None:
            room -= self.form.width() + self._row.spacing()
        needed = dict(enumerate(self._needed))
        for column in self.giving_way():
            if sum(needed.values()) > room:
                needed.pop(column, None)
            self.table.setColumnHidden(column, column not in needed)

    def _open_row(self, index: QModelIndex) -> None:
        self.open(index.data(RECORD_ROLE))

    def _drop(self) -> None:
        if self.form is not None:
            self._row.removeWidget(self.form)
            self.form.hide()
            self.form.deleteLater()
            self.form = None
