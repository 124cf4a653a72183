"""One model for very long tables: it knows the numbers of all rows, and the records only of those looked at."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QElapsedTimer,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from app.ui.tables.columns import Column, heading
from app.ui.tables.record_model import RECORD_ROLE

T = TypeVar("T")
_Index = QModelIndex | QPersistentModelIndex

PAGE = 64
"""So many rows are read together."""
_KEPT = 64 * PAGE
_AT_ONCE = 3
"""Of the pages that were passed while scrolling only the last ones are read."""
_REST_MS = 15
"""They are read when nothing else has come into sight for so long: reading would hold up whoever rushes past,"""
_LONGEST_MS = 100
"""and at the latest after so long, so that somebody who never rests sees where they are."""


class WindowModel(QAbstractTableModel, Generic[T]):
    """Shows nothing in a row until its record has come; whoever owns the model reads what it asks for, and sorts."""

    records_wanted = Signal()
    """Rows were looked at whose records are not here: take them by ``wanted``."""
    order_wanted = Signal(int, object)
    """The rows are to be put into the order of a column."""

    def __init__(self, columns: Sequence[Column[T]], key: Callable[[T], int], parent: QObject | None = None) -> None:
        """``key`` tells the number of a record."""
        super().__init__(parent)
        self._columns = tuple(columns)
        self._key = key
        self._keys: Sequence[int] = ()
        self._records: dict[int, T] = {}
        self._asked: dict[int, None] = {}
        self._gone: set[int] = set()
        """Which were read for and did not come: who stood there is gone, and is not asked for again and again."""
        self._ask = QTimer(self)
        self._ask.setSingleShot(True)
        self._ask.setInterval(_REST_MS)
        self._ask.timeout.connect(self.records_wanted)
        self._asked_since = QElapsedTimer()

    # ---- what is shown -----------------------------------------------------------------------------------------

    def set_keys(self, keys: Sequence[int], records: Iterable[T] = ()) -> None:
        """Show these rows instead of those before; ``records`` are those that are looked at first."""
        self.beginResetModel()
        self._keys = keys
        self._records = {self._key(record): record for record in records}
        self._asked, self._gone = {}, set()
        self.endResetModel()

    def put(self, records: Iterable[T], asked: Iterable[int] = ()) -> None:
        """Records have come, of those that were ``asked`` for."""
        for record in records:
            self._records[self._key(record)] = record
        self._gone.update(key for key in asked if key not in self._records)
        while len(self._records) > _KEPT:
            del self._records[next(iter(self._records))]
        if self._keys:
            last = self.index(len(self._keys) - 1, len(self._columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def wanted(self) -> list[int]:
        """The numbers of the rows that were looked at last and are not here."""
        pages = list(self._asked)[-_AT_ONCE:]
        self._asked = {}
        keys = [key for page in pages for key in self._keys[page * PAGE : (page + 1) * PAGE]]
        return [key for key in keys if key not in self._records and key not in self._gone]

    def page_around(self, row: int) -> slice:
        """The rows to be read first where ``row`` is the first in sight."""
        begin = max(0, row - row % PAGE)
        return slice(begin, begin + 2 * PAGE)

    @property
    def keys(self) -> Sequence[int]:
        """The numbers of all rows, as they are shown."""
        return self._keys

    def row_of(self, key: int) -> int | None:
        """Where the record of this number stands; None where it does not."""
        try:
            return self._keys.index(key)
        except ValueError:
            return None

    def record(self, row: int) -> T | None:
        """The record of a row, or None until it has come. Raises IndexError beyond the last."""
        return self._records.get(self._keys[row])

    def looked_at(self, row: int) -> T | None:
        """The record of a row that is in sight, asked for where it is not here. Raises IndexError beyond the last."""
        found = self.record(row)
        if found is None and self._keys[row] not in self._gone:
            self._want(row)
        return found

    def look_around(self, first: int, last: int) -> None:
        """The rows ``first`` to ``last`` are in sight: those that may be next are asked for before they are."""
        for row in (first - PAGE // 2, last + PAGE // 2):
            if 0 <= row < len(self._keys):
                self.looked_at(row)

    @property
    def columns(self) -> Sequence[Column[T]]:
        """What is said of a record."""
        return self._columns

    # ---- what Qt asks ------------------------------------------------------------------------------------------

    def rowCount(self, parent: _Index | None = None) -> int:
        """How many rows there are; a row has no rows of its own."""
        return 0 if parent is not None and parent.isValid() else len(self._keys)

    def columnCount(self, parent: _Index | None = None) -> int:
        """How many columns there are."""
        return 0 if parent is not None and parent.isValid() else len(self._columns)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell says, how it is aligned, or the record behind it; nothing until the record has come."""
        if not index.isValid():
            return None
        column = self._columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(column.align | Qt.AlignmentFlag.AlignVCenter)
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, RECORD_ROLE):
            return None
        record = self.looked_at(index.row())
        if record is None:
            return None if role == RECORD_ROLE else ""
        return record if role == RECORD_ROLE else column.cell(record)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The titles of the columns."""
        return heading(self._columns, section, orientation, role)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Ask for the order of a column: all rows have to be read for that."""
        if column >= 0:
            self.order_wanted.emit(column, order)

    def _want(self, row: int) -> None:
        page = row // PAGE
        is_new = page not in self._asked
        self._asked.pop(page, None)
        self._asked[page] = None
        if not self._ask.isActive():
            self._asked_since.start()
            self._ask.start()
        elif is_new and self._asked_since.elapsed() < _LONGEST_MS - _REST_MS:
            self._ask.start()
