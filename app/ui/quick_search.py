"""The search that opens over everything: digits typed anywhere, Ctrl+K or a slash."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.language import _
from app.salon.clients import finder
from app.salon.clients.finder import Answer
from app.ui import sight
from app.ui.desk import Desk
from app.ui.widgets.client_search import ClientSearch
from app.ui.widgets.search_field import SearchField

_WIDTH = 560
_TOP = 58


class QuickSearch(QWidget):
    """Floats over the window; Enter books for the client, F8 for somebody without a card, Esc goes away."""

    chosen = Signal(int)
    new_wanted = Signal(str)
    walk_in_wanted = Signal()
    """Somebody without a card is to be booked."""
    dismissed = Signal()

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self.desk = desk
        self.setFixedWidth(_WIDTH)
        self.setAccessibleName(_("Find a client"))
        self._search = ClientSearch(self._find, desk.salon.today(), self, learn=self._learn, has_walk_in=True)
        self._search.walk_in_wanted.connect(self.walk_in_wanted)
        self._search.chosen.connect(self.chosen)
        self._search.new_wanted.connect(self.new_wanted)
        self._search.dismissed.connect(self.dismissed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._search)

    def open_with(self, text: str) -> None:
        """Show the search with ``text`` already typed."""
        self.place_over()
        self.show()
        self.raise_()
        self._search.open_with(text)

    def place_over(self) -> None:
        """Stand in the upper middle of the window, or over the field that leads here, where one is shown."""
        window = self.parentWidget()
        if window is None:
            return
        self.adjustSize()
        left, top = (window.width() - self.width()) // 2, _TOP
        doors = [door for door in window.findChildren(SearchField) if door.is_door]
        door = next((door for door in doors if door.isVisibleTo(window)), None)
        if door is not None:
            place = door.mapTo(window, QPoint(0, 0))
            left, top = place.x() + door.width() - self.width(), place.y()
        self.move(left, top)

    def _find(self, typed: str) -> Answer:
        return finder.answer(
            self.desk.salon.database, typed, self.desk.salon.today(), hides_contacts=sight.hides_phones(self.desk)
        )

    def _learn(self) -> bool:
        return finder.learn(
            self.desk.salon.database, self.desk.salon.today(), hides_contacts=sight.hides_phones(self.desk)
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes away."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismissed.emit()
        else:
            super().keyPressEvent(event)
