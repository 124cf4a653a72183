"""The painted grid for those who hear it: a list whose items are the visits and breaks of the day, said in full."""

from functools import cache

from PySide6.QtCore import QObject, QPoint, QRect, QSize
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget

from app.ui.calendar.day_grid import DayGrid
from app.ui.calendar.geometry import Box
from app.ui.calendar.walking import Stop


class _Item(QAccessibleInterface):
    """One painted item. It holds nothing but its number: the page knows the rest."""

    def __init__(self, grid: "PaintedList", index: int) -> None:
        super().__init__()
        self._list = grid
        self._index = index

    def isValid(self) -> bool:
        """Whether there are still so many items."""
        return self._list.isValid() and self._index < self._list.childCount()

    def object(self) -> QObject | None:
        """It is painted, not a widget."""
        return None

    def parent(self) -> QAccessibleInterface | None:
        """The page."""
        return self._list

    def child(self, _index: int) -> QAccessibleInterface | None:
        """None: an item is whole."""
        return None

    def childAt(self, _x: int, _y: int) -> QAccessibleInterface | None:
        """None: an item is whole."""
        return None

    def childCount(self) -> int:
        """None."""
        return 0

    def indexOfChild(self, _child: QAccessibleInterface) -> int:
        """No child."""
        return -1

    def text(self, kind: QAccessible.Text) -> str:
        """All that it tells, in words."""
        return self._list.said(self._index) if kind == QAccessible.Text.Name else ""

    def setText(self, _kind: QAccessible.Text, _text: str) -> None:
        """Nothing is typed into a tile."""

    def rect(self) -> QRect:
        """Where it is on the screen."""
        return self._list.place(self._index)

    def role(self) -> QAccessible.Role:
        """An item of a list."""
        return QAccessible.Role.ListItem

    def state(self) -> QAccessible.State:
        """Selected, if it is."""
        state = QAccessible.State()
        state.focusable = True
        state.selectable = True
        state.selected = state.focused = self._list.is_selected(self._index)
        return state


class PaintedList(QAccessibleWidget):
    """A painted page as a list. Whoever paints says how many items it has, each in words, and where it is."""

    def __init__(self, page: QWidget) -> None:
        super().__init__(page, QAccessible.Role.List, page.accessibleName())
        self._page = page
        self._items: list[_Item] = []

    def said(self, index: int) -> str:
        """An item in words."""
        raise NotImplementedError

    def box(self, index: int) -> Box | None:
        """Where an item is painted."""
        raise NotImplementedError

    def is_selected(self, index: int) -> bool:
        """Whether the cursor stands on an item."""
        raise NotImplementedError

    def text(self, kind: QAccessible.Text) -> str:
        """What the page shows, and what is selected."""
        if kind == QAccessible.Text.Name:
            return self._page.accessibleName()
        return self._page.accessibleDescription() if kind == QAccessible.Text.Description else ""

    def child(self, index: int) -> QAccessibleInterface | None:
        """The item with this number."""
        if not 0 <= index < self.childCount():
            return None
        while len(self._items) <= index:
            self._items.append(_Item(self, len(self._items)))
        return self._items[index]

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """The number of an item."""
        return self._items.index(child) if child in self._items else -1

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:
        """The item at a place of the screen."""
        for index in range(self.childCount()):
            if self.place(index).contains(x, y):
                return self.child(index)
        return None

    def focusChild(self) -> QAccessibleInterface | None:
        """What is selected."""
        for index in range(self.childCount()):
            if self.is_selected(index):
                return self.child(index)
        return None

    def place(self, index: int) -> QRect:
        """An item on the screen."""
        box = self.box(index)
        if box is None:
            return QRect()
        return QRect(self._page.mapToGlobal(QPoint(box.x, box.y)), QSize(box.width, box.height))


class _GridList(PaintedList):
    """The grid as a list of its visits and breaks."""

    def __init__(self, grid: DayGrid) -> None:
        super().__init__(grid)
        self._grid = grid

    def childCount(self) -> int:
        """How many visits and breaks the day has."""
        return len(self._grid.said_stops())

    def said(self, index: int) -> str:
        """A visit or break in words."""
        stop = self._stop(index)
        return "" if stop is None else self._grid.said(stop.spot)

    def box(self, index: int) -> Box | None:
        """Where a visit or break is painted."""
        stop = self._stop(index)
        return None if stop is None else self._grid.box_of(stop.spot)

    def is_selected(self, index: int) -> bool:
        """Whether the cursor stands on it."""
        stop = self._stop(index)
        return stop is not None and stop.spot == self._grid.spot

    def _stop(self, index: int) -> Stop | None:
        stops = self._grid.said_stops()
        return stops[index] if index < len(stops) else None


def _factory(_key: str, watched: QObject) -> QAccessibleInterface | None:
    if not isinstance(watched, DayGrid):
        return None
    # Kept at the grid: Qt does not keep alive what Python made.
    if watched.for_readers is None:
        watched.for_readers = _GridList(watched)
    return watched.for_readers


@cache
def install() -> None:
    """Let screen readers hear the grid; once in the life of the program."""
    QAccessible.installFactory(_factory)


def tell_selection(grid: DayGrid) -> None:
    """Say what the cursor came to."""
    if not QAccessible.isActive():
        return
    spots = [stop.spot for stop in grid.said_stops()]
    event = QAccessibleEvent(grid, QAccessible.Event.Focus)
    event.setChild(spots.index(grid.spot) if grid.spot in spots else -1)
    QAccessible.updateAccessibility(event)
