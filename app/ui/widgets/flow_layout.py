"""A layout that goes on in the next line, for pills and short choices."""

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget
from shiboken6 import isValid


class FlowLayout(QLayout):
    """From left to right, then the next line."""

    def __init__(self, parent: QWidget | None = None, *, spacing: int = 6, line_height: int = 0) -> None:
        """``line_height``: a line is at least so high, to stand level with what is beside the first one."""
        super().__init__(parent)
        self._line_height = line_height
        self._items: list[QLayoutItem] = []
        self._widgets: list[QWidget | None] = []
        """What each item shows. An item asks its widget without knowing whether it is still there."""
        self.setContentsMargins(QMargins())
        self.setSpacing(spacing)

    def addItem(self, item: QLayoutItem) -> None:
        """Take one more item at the end."""
        self._items.append(item)
        self._widgets.append(item.widget())

    def count(self) -> int:
        """How many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """The item at ``index``; None beyond the end, as Qt wants it."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Give the item at ``index`` away."""
        if not 0 <= index < len(self._items):
            return None
        self._widgets.pop(index)
        return self._items.pop(index)

    def clear(self) -> None:
        """Take all items out; their widgets are gone."""
        while self._items:
            widget = self._widgets[0]
            self.takeAt(0)
            if widget is not None and isValid(widget):
                widget.hide()
                widget.deleteLater()
        self.invalidate()

    def expandingDirections(self) -> Qt.Orientation:
        """It takes no more than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height that all lines need at ``width``."""
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        """Lay the items out."""
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def sizeHint(self) -> QSize:
        """All in one line, if there is room."""
        sizes = [item.sizeHint() for item in self._there()]
        width = sum(size.width() for size in sizes) + self.spacing() * max(len(sizes) - 1, 0)
        return QSize(width, max((self._line_height, *(size.height() for size in sizes))) if sizes else 0)

    def minimumSize(self) -> QSize:
        """Room for the widest item."""
        size = QSize()
        for item in self._there():
            size = size.expandedTo(item.minimumSize())
        return size

    def _there(self) -> list[QLayoutItem]:
        """The items whose widgets are still there: while a window is taken down they go without a word."""
        both = zip(self._items, self._widgets, strict=True)
        return [item for item, widget in both if isValid(item) and (widget is None or isValid(widget))]

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        y = rect.y()
        for line in self._lines(rect.width()):
            high = max(self._line_height, *(size.height() for _item, size in line))
            x = rect.x()
            for item, size in line:
                if move:
                    # What is lower than its neighbours stands in the middle of the line.
                    top = y + (high - size.height()) // 2
                    item.setGeometry(QRect(QPoint(x, top), QSize(min(size.width(), rect.width()), size.height())))
                x += size.width() + self.spacing()
            y += high + self.spacing()
        return max(y - self.spacing(), rect.y()) - rect.y()

    def _lines(self, width: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        lines: list[list[tuple[QLayoutItem, QSize]]] = []
        used = 0
        for item in self._there():
            size = item.sizeHint()
            if item.isEmpty():
                continue
            if not lines or used + size.width() > width:
                lines.append([])
                used = 0
            lines[-1].append((item, size))
            used += size.width() + self.spacing()
        return lines
