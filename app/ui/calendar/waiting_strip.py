"""The strip of those who wait, at the foot of the calendar: tiles to drag into the day, and a field to drop on."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QSizePolicy, QWidget

from app import wording
from app.language import _, ngettext
from app.salon.scheduling import waiting_words
from app.salon.scheduling.waitlist import Waiting
from app.ui.theme import FontRole
from app.ui.widgets.buttons import ChoiceButton, QuietButton
from app.ui.widgets.label import Label
from app.ui.widgets.toast import AFLOAT

_TILE = 208
_BESIDE = 220
"""What the words at both ends of the strip need."""


class WaitingTile(ChoiceButton):
    """Somebody who waits. A click or Enter opens what can be done; dragged onto free time they are booked there."""

    opened = Signal(object, QPoint)
    """The ``Waiting`` and the place of the screen for its menu."""
    carried = Signal(object, QPoint)
    """The ``Waiting`` is dragged over this place of the screen."""
    dropped = Signal(object, QPoint)
    """The ``Waiting`` was let go over a place of the screen."""
    given_up = Signal()
    """The drag is over, and nothing was dropped."""

    def __init__(self, waiting: Waiting, said: str) -> None:
        super().__init__("", tip=said)
        self.waiting = waiting
        self._pressed: QPoint | None = None
        self.is_carried = False
        self.setFixedWidth(_TILE)
        self.setAccessibleName(said)
        words = f"{wording.short_name(waiting.client_name)} · {waiting_words.what(waiting)}"
        self.setText(self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, _TILE - 32))
        self.clicked.connect(self._open)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Be ready for a drag."""
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Carry the tile."""
        if self._pressed is None:
            if not event.buttons() & Qt.MouseButton.LeftButton:  # a drag that was given up goes on as nothing
                super().mouseMoveEvent(event)
            return
        far = (event.position().toPoint() - self._pressed).manhattanLength()
        if not self.is_carried and far >= QApplication.startDragDistance():
            self.is_carried = True
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.setFocus(Qt.FocusReason.MouseFocusReason)  # for Esc
        if self.is_carried:
            self.carried.emit(self.waiting, event.globalPosition().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let the tile go: a drag is no click."""
        was_carried, self.is_carried, self._pressed = self.is_carried, False, None
        if not was_carried:
            super().mouseReleaseEvent(event)
            return
        self.unsetCursor()
        self.setDown(False)
        self.dropped.emit(self.waiting, event.globalPosition().toPoint())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc gives the drag up."""
        if self.is_carried and event.key() == Qt.Key.Key_Escape:
            self._give_up()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """No drag outlives its tile: nobody would hear where it ends."""
        super().hideEvent(event)
        if self.is_carried:
            self._give_up()

    def _give_up(self) -> None:
        self.is_carried, self._pressed = False, None
        self.unsetCursor()
        self.setDown(False)
        self.given_up.emit()

    def _open(self) -> None:
        self.opened.emit(self.waiting, self.mapToGlobal(QPoint(0, 0)))


class WaitingStrip(QFrame):
    """As many tiles as there is room for, those whom the shown day suits first; the rest is in the list."""

    opened = Signal(object, QPoint)
    carried = Signal(object, QPoint)
    dropped = Signal(object, QPoint)
    given_up = Signal()
    list_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "foot")
        self.setAccessibleName(_("They wait"))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._waiting: list[tuple[Waiting, str]] = []
        self._tiles: list[WaitingTile] = []
        self._is_due = False
        """Whether others are to be shown once nobody is dragged any more."""
        self._words = Label(_("They wait:"), FontRole.SECONDARY, "muted")
        self._more = QuietButton("")
        self._more.clicked.connect(self.list_wanted)
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 8, 0)
        row.setSpacing(8)
        row.addWidget(self._words)
        row.addLayout(self._row)
        row.addStretch(1)
        row.addWidget(self._more)
        self.hide()

    @property
    def tiles(self) -> list[WaitingTile]:
        """The tiles that are shown, from left to right."""
        return list(self._tiles)

    def say(self, waiting: Sequence[tuple[Waiting, str]]) -> None:
        """Show these people with what is said about each; nobody hides the strip."""
        if list(waiting) != self._waiting:
            self._waiting = list(waiting)
            self._fill()
        self.setVisible(bool(waiting))

    def _fill(self) -> None:
        """Not while a tile is dragged: it is done when that is over."""
        self._is_due = any(tile.is_carried for tile in self._tiles)
        if self._is_due:
            return
        for tile in self._tiles:
            self._row.removeWidget(tile)
            tile.hide()
            tile.deleteLater()
        room = max(1, (self.width() - _BESIDE) // (_TILE + 8))
        self._tiles = [WaitingTile(one, said) for one, said in self._waiting[:room]]
        for tile in self._tiles:
            tile.opened.connect(self.opened)
            tile.carried.connect(self.carried)
            tile.dropped.connect(self._drop)
            tile.given_up.connect(self._give_up)
            self._row.addWidget(tile)
            tile.show()
        left = len(self._waiting) - len(self._tiles)
        self._more.setText(
            ngettext("{n} more", "{n} more", left).format(n=wording.number(left)) if left else _("The list")
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width has room for other tiles."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fill()

    def _drop(self, waiting: Waiting, place: QPoint) -> None:
        self.dropped.emit(waiting, place)
        self._fill_if_due()

    def _give_up(self) -> None:
        self.given_up.emit()
        self._fill_if_due()

    def _fill_if_due(self) -> None:
        if self._is_due:
            self._fill()


class DropField(QFrame):
    """What a dragged visit can be dropped on: it floats over the foot of the calendar while the drag lasts."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.setProperty(AFLOAT, "while something is dragged")
        self._words = Label("", FontRole.STRONG, "accent")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.addWidget(self._words, 0, Qt.AlignmentFlag.AlignCenter)
        self.hide()

    def say(self, *, is_over: bool) -> None:
        """Say what letting go here does; it is bold about it while the pointer is over it."""
        here = _("Let go: the place becomes free, the client waits for another time")
        self._words.setText(here if is_over else _("Drop here: to the waiting list"))
