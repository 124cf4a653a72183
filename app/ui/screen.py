"""What every screen is: it states its topics, and reads again when one of them was changed."""

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from app.salon.changes import Changes
from app.ui import tab_order
from app.ui.desk import Desk
from app.vocabulary import Topic


class Screen(QWidget):
    """A screen of the program. It keeps no value that the database owns longer than until the next reading.

    Subclasses build their widgets in ``__init__`` and read in ``reload``. A hidden screen reads when it is shown.
    """

    topics: ClassVar[frozenset[Topic]] = frozenset()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._is_stale = True
        desk.feed.changed.connect(self._on_changed)

    def reload(self) -> None:
        """Read the salon again and show it."""
        raise NotImplementedError

    def bring_forward(self, part: QWidget) -> None:
        """Show the page of this screen on which ``part`` stands; a screen of one page shows it already."""

    @property
    def first(self) -> QWidget | None:
        """Where one works when one comes here by keyboard; None, or out of sight: at whatever Tab comes to."""
        return None

    def take_focus(self) -> None:
        """Bring the keyboard to where it is seen: the screen itself shows none."""
        first = self.first
        if first is not None and first.isVisible():
            first.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.setFocus()
        if self.focusProxy() is None and self.isVisible():
            tab_order.go(self.window(), ahead=True)

    @property
    def begun(self) -> Sequence[tuple[str, QWidget]]:
        """The forms that tell of themselves what was entered and is not kept: what they are for, and the field."""
        return ()

    def is_concerned(self, changes: Changes) -> bool:
        """Whether ``changes`` concern what this screen shows."""
        return changes.concerns(*self.topics)

    def showEvent(self, event: QShowEvent) -> None:
        """Read what was missed while the screen was hidden."""
        super().showEvent(event)
        self.refresh_if_stale()

    def refresh_if_stale(self) -> None:
        """Read again if something was changed since the last reading."""
        if self._is_stale:
            self._is_stale = False
            self.reload()

    def _on_changed(self, changes: Changes) -> None:
        if not self.is_concerned(changes):
            return
        self._is_stale = True
        if self.isVisible():
            self.refresh_if_stale()
