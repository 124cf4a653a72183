"""The strip of those who wait, at the foot of the calendar: tiles to drag into the day, and a field to drop on."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QHideEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QSizePolicy, QWidget

from app import wording
from app.language import _, ngettext
from app.salon.scheduling import waiting_words
from app.salon.scheduling.waitlist import Waiting
from app.ui.theme import FontRole
from app.ui.widgets.buttons import ChoiceButton, QuietButton
from app.ui.widgets.label import Label
from app.ui.widgets.toast import AFLOAT

_LEAST = 208
"""So wide is a tile at least that has more to say; where there is room, it says all of it."""
_PADDING = 34
_GAP = 8


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
        self.setAccessibleName(said)
        self._whole = f"{wording.short_name(waiting.client_name)} · {waiting_words.what(waiting)}"
        self.clicked.connect(self._open)

    @property
    def wish(self) -> int:
        """How wide it would have to be for all its words, in pixels."""
        self.ensurePolished()
        return self.fontMetrics().horizontalAdvance(self._whole) + _PADDING + 2  # a part of a pixel is cut as well

    def take_room(self, pixels: int) -> None:
        """Be no wider than this; what has no room is in the tool tip."""
        width = min(self.wish, pixels)
        self.setFixedWidth(width)
        self.setText(self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, width - _PADDING))

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

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The same as a click, as on everything else in the calendar; not in the middle of a drag."""
        event.accept()
        if not self.is_carried:
            self._open()

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
        self.setAccessibleName(_("Waiting"))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._waiting: list[tuple[Waiting, str]] = []
        self._tiles: list[WaitingTile] = []
        self._is_due = False
        """Whether others are to be shown once nobody is dragged any more."""
        self._words = Label(_("Waiting:"), FontRole.SECONDARY, "muted")
        self._more = QuietButton("")
        self._more.clicked.connect(self.list_wanted)
        self._row = QHBoxLayout()
        self._row.setSpacing(_GAP)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 8, 0)
        row.setSpacing(_GAP)
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
        self._tiles = []
        room = self._room()
        for one, said in self._waiting:
            tile = WaitingTile(one, said)
            room -= min(tile.wish, _LEAST) + _GAP
            if room < 0 and self._tiles:
                tile.deleteLater()
                break
            self._tiles.append(tile)
        most = _shared([tile.wish for tile in self._tiles], self._room() - _GAP * len(self._tiles))
        for tile in self._tiles:
            tile.take_room(max(most, min(tile.wish, _LEAST)))
            tile.opened.connect(self.opened)
            tile.carried.connect(self.carried)
            tile.dropped.connect(self._drop)
            tile.given_up.connect(self._give_up)
            self._row.addWidget(tile)
            tile.show()
        self._more.setText(_rest(len(self._waiting) - len(self._tiles)))

    def _room(self) -> int:
        """What the words at both ends of the strip leave for the tiles, in pixels."""
        margins = self.contentsMargins()
        frame = self.layout().contentsMargins()
        self._more.setText(max(_rest(0), _rest(len(self._waiting)), key=len))
        beside = self._words.sizeHint().width() + self._more.sizeHint().width() + 3 * _GAP
        return self.width() - margins.left() - margins.right() - frame.left() - frame.right() - beside

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


def _shared(wishes: Sequence[int], room: int) -> int:
    """How wide each may be at most, so that all of them fit: who needs less leaves the rest to the others."""
    left, others = room, len(wishes)
    for wish in sorted(wishes):
        if wish * others >= left:
            return left // others
        left, others = left - wish, others - 1
    return max(wishes, default=0)


def _rest(count: int) -> str:
    """How many more wait than are shown; none: the way to the list."""
    return ngettext("{n} more", "{n} more", count).format(n=wording.number(count)) if count else _("The list")


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
