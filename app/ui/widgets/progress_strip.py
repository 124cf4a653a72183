"""Long work, told in one line, with a way to give it up."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from app.language import _
from app.ui.theme import FontRole
from app.ui.widgets.buttons import QuietButton
from app.ui.widgets.label import ElidedLabel


class ProgressStrip(QWidget):
    """What is being done, how far it is, and "Cancel". Hidden while nothing is done."""

    cancel_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = ElidedLabel("", FontRole.SECONDARY, "muted")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setMinimumWidth(160)
        self._cancel = QuietButton(_("Cancel"))
        self._cancel.clicked.connect(self._give_up)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._label, 1)
        row.addWidget(self._bar, 2, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._cancel)
        self.hide()

    def begin(self, label: str) -> None:
        """Show that ``label`` is being done; how far is not known yet."""
        self._label.setText(label)
        self._bar.setAccessibleName(label)
        self._bar.setRange(0, 0)
        self._cancel.setEnabled(True)
        self.show()

    def set_stoppable(self, *, stoppable: bool) -> None:
        """Whether it can be given up."""
        self._cancel.setVisible(stoppable)

    def report(self, done: int, total: int) -> None:
        """Show how far it is; ``total`` 0 means that nobody knows."""
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def end(self) -> None:
        """It is over."""
        self.hide()

    def _give_up(self) -> None:
        self._cancel.setEnabled(False)
        self.cancel_wanted.emit()
