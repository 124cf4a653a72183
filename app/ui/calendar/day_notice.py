"""What is said over an empty grid, and the next step."""

from PySide6.QtCore import QRect, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.language import _
from app.ui.calendar.emptiness import Emptiness
from app.ui.widgets.empty_state import EmptyState

_WIDTH = 420


class DayNotice(QFrame):
    """Nobody works that day, or there is nobody yet. The grid stays behind it."""

    other_day_wanted = Signal()
    room_wanted = Signal()
    colleague_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._reason = Emptiness.NOBODY_WORKS
        self._state = EmptyState("calendar-days", *_words(self._reason), action=_step(self._reason))
        self._state.acted.connect(self._go_on)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._state)
        self.setFixedWidth(_WIDTH)

    def say(self, reason: Emptiness, *, is_today: bool) -> None:
        """Say why the grid is empty."""
        self._reason = reason
        heading, sentence = _words(reason)
        if reason is Emptiness.NOBODY_WORKS and is_today:
            heading = _("Nobody works today")
        self._state.say(heading, sentence)
        self._state.button.setText(_step(reason))
        self.setAccessibleName(heading)
        self.show()
        self.raise_()

    def _go_on(self) -> None:
        wanted = {Emptiness.NO_ROOMS: self.room_wanted, Emptiness.NO_MASTERS: self.colleague_wanted}
        wanted.get(self._reason, self.other_day_wanted).emit()

    def place_within(self, room: QRect) -> None:
        """Stand in the middle."""
        self.adjustSize()
        self.move(room.center().x() - self.width() // 2, max(room.center().y() - self.height() // 2, 80))


def _step(reason: Emptiness) -> str:
    """The button: what to do next."""
    match reason:
        case Emptiness.NO_MASTERS:
            return _("New colleague")
        case Emptiness.NO_ROOMS:
            return _("New room")
        case _:
            return _("Choose another day")


def _words(reason: Emptiness) -> tuple[str, str]:
    match reason:
        case Emptiness.NO_MASTERS:
            return (
                _("There are no masters yet"),
                _("Add the people who work here, or bring a salon over from another program."),
            )
        case Emptiness.NO_ROOMS:
            return (
                _("There are no rooms yet"),
                _("Add the rooms, chairs and machines in “Salon”; then this view shows what takes them."),
            )
        case _:
            return (
                _("Nobody works on this day"),
                _("No master has hours on this day. Choose another day, or plan a shift first."),
            )
