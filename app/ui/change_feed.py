"""The one signal by which screens learn that something changed."""

from PySide6.QtCore import QObject, Signal

from app.salon.changes import Changes


class ChangeFeed(QObject):
    """Tells what an act changed, once, after it is safely written."""

    changed = Signal(object)
    """The ``Changes`` of one act."""

    def announce(self, changes: Changes) -> None:
        """Tell everybody."""
        self.changed.emit(changes)
