"""The table view: whole rows, calm lines, Enter opens."""

from typing import Any, Generic, TypeVar, cast

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from app.ui import theme
from app.ui.tables.record_model import RECORD_ROLE
from app.ui.theme import FontRole

T = TypeVar("T")

_ROW = 44


class RecordTable(QTableView, Generic[T]):
    """Shows a ``RecordModel`` or a ``WindowModel``. ``name`` is for the screen reader."""

    opened = Signal(object)
    """The record that was opened by Enter or a double click."""
    current_changed = Signal(object)
    """The record on which the cursor stands, or None."""

    def __init__(self, model: QAbstractTableModel, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "record")
        self.setAccessibleName(name)
        self.setFont(theme.font(FontRole.BODY))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        # Tab leaves the table; the arrows walk in it.
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW)
        head = self.horizontalHeader()
        head.setFont(theme.font(FontRole.SECONDARY))
        head.setHighlightSections(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.setStretchLastSection(True)
        head.setMinimumSectionSize(48)
        head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setModel(model)
        self.setSortingEnabled(True)
        self.activated.connect(self._open)
        self.selectionModel().currentRowChanged.connect(self._tell_current)

    def set_widths(self, *widths: int) -> None:
        """The widths of the columns from the left, in pixels; the last one takes what is left."""
        for section, width in enumerate(widths):
            self.setColumnWidth(section, width)

    @property
    def current(self) -> T | None:
        """The record on which the cursor stands."""
        index = self.currentIndex()
        return cast(T, index.data(RECORD_ROLE)) if index.isValid() else None

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The focus alone puts the cursor on no row: it would stand there without being seen as chosen."""
        stood_nowhere = not self.currentIndex().isValid()
        super().focusInEvent(event)
        if stood_nowhere:
            self.setCurrentIndex(QModelIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the row; Home and End go to the first and the last one, for whole rows are chosen here."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._open(self.currentIndex())
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End) and self.model().rowCount():
            row = 0 if event.key() == Qt.Key.Key_Home else self.model().rowCount() - 1
            self.setCurrentIndex(self.model().index(row, max(self.currentIndex().column(), 0)))
        else:
            super().keyPressEvent(event)

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(index.data(RECORD_ROLE))

    def _tell_current(self, index: QModelIndex, _before: QModelIndex) -> None:
        record: Any = index.data(RECORD_ROLE) if index.isValid() else None
        self.current_changed.emit(record)
