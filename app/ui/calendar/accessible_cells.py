"""The painted month and the week of all masters for those who hear them: a list whose items are the cells, in full.

Loaded with these views: the first picture of the calendar does not wait for it.
"""

from collections.abc import Callable
from functools import cache

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleInterface
from PySide6.QtWidgets import QWidget

from app.ui.calendar.accessible import PaintedList
from app.ui.calendar.geometry import Box


class ToldCells:
    """The cells of a painted page, row by row, as it tells them."""

    def __init__(
        self,
        count: Callable[[], int],
        said: Callable[[int], str],
        box: Callable[[int], Box],
        here: Callable[[], int | None],
    ) -> None:
        """``here`` is the number of the cell on which the cursor stands."""
        self.count = count
        self.said = said
        self.box = box
        self.here = here
        self.list: QAccessibleInterface | None = None
        """Kept here: Qt does not keep alive what Python made."""


class CellsPage(QWidget):
    """A painted page of cells that screen readers hear; whoever paints it sets ``told``."""

    told: ToldCells | None = None

    def say_cell(self) -> None:
        """Say on which cell the cursor came to stand."""
        if self.told is None or not QAccessible.isActive():
            return
        event = QAccessibleEvent(self, QAccessible.Event.Focus)
        here = self.told.here()
        event.setChild(-1 if here is None else here)
        QAccessible.updateAccessibility(event)


class _CellList(PaintedList):
    def __init__(self, page: QWidget, told: ToldCells) -> None:
        super().__init__(page)
        self._told = told

    def childCount(self) -> int:
        """How many cells there are."""
        return self._told.count()

    def said(self, index: int) -> str:
        """A cell in words."""
        return self._told.said(index) if index < self._told.count() else ""

    def box(self, index: int) -> Box | None:
        """Where a cell is painted."""
        return self._told.box(index) if index < self._told.count() else None

    def is_selected(self, index: int) -> bool:
        """Whether the cursor stands on it."""
        return self._told.here() == index


def _factory(_key: str, watched: QObject) -> QAccessibleInterface | None:
    if not isinstance(watched, CellsPage) or watched.told is None:
        return None
    if watched.told.list is None:
        watched.told.list = _CellList(watched, watched.told)
    return watched.told.list


@cache
def install() -> None:
    """Let screen readers hear the cells; once in the life of the program."""
    QAccessible.installFactory(_factory)
