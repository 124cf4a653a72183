"""One model for all tables: frozen records in, words out. It never reads from a database."""

from collections.abc import Iterable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.ui.tables.columns import Column, heading

T = TypeVar("T")
_Index = QModelIndex | QPersistentModelIndex

RECORD_ROLE = Qt.ItemDataRole.UserRole + 1
"""The record itself."""


class RecordModel(QAbstractTableModel, Generic[T]):
    """The records, in the order of one column; equal ones keep the order in which they came."""

    def __init__(self, columns: Sequence[Column[T]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._came: list[T] = []
        self._order: list[int] = []
        """For each row the place of its record in ``_came``."""
        self._sorted_by: tuple[int, Qt.SortOrder] | None = None

    def set_records(self, records: Iterable[T]) -> None:
        """Show these records instead of those before, in the order that was chosen."""
        self.beginResetModel()
        self._came = list(records)
        self._order = self._in_order()
        self.endResetModel()

    @property
    def records(self) -> Sequence[T]:
        """The records as they are shown."""
        return tuple(self._came[place] for place in self._order)

    def record(self, row: int) -> T:
        """The record of a row. Raises IndexError beyond the last."""
        return self._came[self._order[row]]

    def rowCount(self, parent: _Index | None = None) -> int:
        """How many records there are; a record has no rows of its own."""
        return 0 if parent is not None and parent.isValid() else len(self._order)

    def columnCount(self, parent: _Index | None = None) -> int:
        """How many columns there are."""
        return 0 if parent is not None and parent.isValid() else len(self._columns)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell says, how it is aligned, or the record behind it."""
        if not index.isValid():
            return None
        column, record = self._columns[index.column()], self.record(index.row())
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return column.cell(record)
            case Qt.ItemDataRole.TextAlignmentRole:
                return int(column.align | Qt.AlignmentFlag.AlignVCenter)
            case _ if role == RECORD_ROLE:
                return record
            case _:
                return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The titles of the columns."""
        return heading(self._columns, section, orientation, role)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order by a column; -1 is the order in which the records came."""
        self.layoutAboutToBeChanged.emit()
        kept = [(index, self._order[index.row()], index.column()) for index in self.persistentIndexList()]
        self._sorted_by = (column, order) if 0 <= column < len(self._columns) else None
        self._order = self._in_order()
        row_of = {place: row for row, place in enumerate(self._order)}
        for index, place, kept_column in kept:
            self.changePersistentIndex(index, self.index(row_of[place], kept_column))
        self.layoutChanged.emit()

    def _in_order(self) -> list[int]:
        places = list(range(len(self._came)))
        if self._sorted_by is None:
            return places
        number, order = self._sorted_by
        key = self._columns[number].order
        descending = order == Qt.SortOrder.DescendingOrder
        return sorted(places, key=lambda place: key(self._came[place]), reverse=descending)
