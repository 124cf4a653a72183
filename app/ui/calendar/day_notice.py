"""What is said over an empty grid, and the next step."""

from PySide6.QtCore import QRect, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.language import _
from app.ui.widgets.empty_state import EmptyState

_WIDTH = 420


class DayNotice(QFrame):
    """Nobody works that day, or there is nobody yet. The grid stays behind it."""

    other_day_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._state = EmptyState("calendar-days", *_nobody_works(), action=_("Choose another day"))
        self._state.acted.connect(self.other_day_wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._state)
        self.setFixedWidth(_WIDTH)

    def say(self, *, has_masters: bool, is_today: bool) -> None:
        """Say why the grid is empty."""
        if not has_masters:
            heading = _("There are no masters yet")
            sentence = _("Add the people who work here, or bring a salon over from another program.")
        else:
            heading, sentence = _nobody_works()
            heading = _("Nobody works today") if is_today else heading
        self._state.say(heading, sentence)
        self._state.button.setVisible(has_masters)
        self.setAccessibleName(heading)
        self.show()
        self.raise_()

    def place_within(self, room: QRect) -> None:
        """Stand in the middle."""
        self.adjustSize()
        self.move(room.center().x() - self.width() // 2, max(room.center().y() - self.height() // 2, 80))


def _nobody_works() -> tuple[str, str]:
    return (
        _("Nobody works on this day"),
        _("No master has hours on this day. Choose another day, or plan a shift first."),
    )
