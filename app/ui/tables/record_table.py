"""The table view: whole rows, calm lines, Enter opens."""

from functools import partial
from typing import Any, Generic, TypeVar, cast

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from app.language import _
from app.ui import theme
from app.ui.tables.record_model import RECORD_ROLE
from app.ui.theme import FontRole
from app.ui.widgets.menu import Menu

T = TypeVar("T")

_NOBODY_WENT = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
"""A menu was closed, or another program left: the keyboard comes back to where it was, by whatever it came there."""

_ROW = 44


class RecordTable(QTableView, Generic[T]):
    """Shows a ``RecordModel`` or a ``WindowModel``. ``name`` is for the screen reader."""

    opened = Signal(object)
    """The record that was opened by Enter or a double click."""
    current_changed = Signal(object)
    """The record on which the cursor stands, or None."""

    def __init__(self, model: QAbstractTableModel, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_by_keys = False
        """Whether somebody works here by keyboard, and wants to see where."""
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
        if event.reason() not in _NOBODY_WENT:
            self._is_by_keys = event.reason() != Qt.FocusReason.MouseFocusReason
        stood_nowhere = not self.currentIndex().isValid()
        super().focusInEvent(event)
        if stood_nowhere:
            self.setCurrentIndex(QModelIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the row; Home and End go to the first and the last one, for whole rows are chosen here."""
        self._is_by_keys = True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._open(self.currentIndex())
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End) and self.model().rowCount():
            row = 0 if event.key() == Qt.Key.Key_Home else self.model().rowCount() - 1
            self.setCurrentIndex(self.model().index(row, max(self.currentIndex().column(), 0)))
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Whoever clicks sees where the pointer is."""
        self._is_by_keys = False
        super().mousePressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Around the row on which the keyboard stands, or around all of the table while it stands on none, a ring."""
        super().paintEvent(event)
        if not self.hasFocus() or not self._is_by_keys:
            return
        place = self.viewport().rect()
        row = self.visualRect(self.currentIndex())
        if row.isValid():
            place.setTop(row.top())
            place.setBottom(row.bottom())
        painter = QPainter(self.viewport())
        painter.setPen(QPen(theme.current().accent, 2))
        painter.drawRect(place.adjusted(1, 1, -1, -1))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """By which column the rows are sorted: the heads can be reached by mouse alone."""
        is_by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        menu = self.sort_menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.viewport().mapToGlobal(QPoint(8, 8)) if is_by_key else event.globalPos())

    def sort_menu(self) -> Menu:
        """The columns that are shown; the one by which the rows stand already turns them round."""
        menu, head = Menu(_("Sort by"), self), self.horizontalHeader()
        menu.addAction(_("Sort by")).setEnabled(False)
        for section in range(head.count()):
            title = self.model().headerData(section, Qt.Orientation.Horizontal)
            if title and not self.isColumnHidden(section):
                action = menu.addAction(str(title).replace("&", "&&"))
                action.setCheckable(True)
                action.setChecked(section == head.sortIndicatorSection())
                action.triggered.connect(partial(self._sort_by, section))
        return menu

    def _sort_by(self, section: int, _checked: bool = False) -> None:
        head, ascending = self.horizontalHeader(), Qt.SortOrder.AscendingOrder
        is_turned = section == head.sortIndicatorSection() and head.sortIndicatorOrder() == ascending
        self.sortByColumn(section, Qt.SortOrder.DescendingOrder if is_turned else ascending)

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(index.data(RECORD_ROLE))

    def _tell_current(self, index: QModelIndex, _before: QModelIndex) -> None:
        record: Any = index.data(RECORD_ROLE) if index.isValid() else None
        self.current_changed.emit(record)
        self.viewport().update()  # the ring goes along
