"""What the parts share whose records stand in an order that the salon chooses."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.salon.transaction import Work
from app.ui.catalogue.drawer import DrawerForm
from app.ui.catalogue.part import RecordPart
from app.ui.desk import Desk
from app.ui.tables.record_model import RecordModel

T = TypeVar("T")


class OrderedPart(RecordPart[T]):
    """Alt+Up and Alt+Down in the table, or the buttons of the form, move a record; undo is in the toast."""

    def __init__(
        self,
        desk: Desk,
        model: RecordModel[T],
        name: str,
        set_order: Callable[[Work, Sequence[int]], Any],
        parent: QWidget | None = None,
    ) -> None:
        """``set_order`` is the operation that puts the records (by their ids) in an order."""
        super().__init__(desk, model, name, parent)
        self._set_order = set_order
        for key, by in (("Alt+Up", -1), ("Alt+Down", 1)):
            shortcut = QShortcut(QKeySequence(key), self.table)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(partial(self._shift_current, by))

    def put(self, form: DrawerForm) -> None:
        """Show a form whose buttons move its record."""
        form.shift_wanted.connect(self.shift)
        super().put(form)

    def in_order(self) -> list[T]:
        """The records that have a place in the order, as they stand now."""
        return self.read()

    def shift(self, record: T, by: int) -> None:
        """Let a record stand so many places later than it does; where there is no such place it stays."""
        key, order = self.key_of(record), [self.key_of(one) for one in self.in_order()]
        if key not in order:
            return
        place = order.index(key) + by
        if not 0 <= place < len(order):
            return
        order.remove(key)
        order.insert(place, key)
        if self.desk.perform(self._set_order, order) is not None:
            self.stand_on(key)

    def _shift_current(self, by: int) -> None:
        current = self.table.current
        if current is not None:
            self.shift(current, by)
