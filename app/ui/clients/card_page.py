"""What every tab of the client card is.

**How to add a tab.** Write a ``CardPage`` in a file of its own and add one line to ``_PAGES`` in ``card_panel``:
its name for the program, its words, and a function that imports and makes it. A tab is built when it is first opened,
and exists only when it stands there.

The panel reads the card and hands it on by ``show_card``: when the tab is opened, when another client is shown, and
after every change that concerns the client, whoever made it. A hidden tab is left alone until it is opened. What a
page needs beyond the card it reads there, with a fixed number of queries. It writes through ``do``, which names the
client, tells what was done and offers the way back; the new state then comes by ``show_card`` as every other change.

A page is as high as what it shows: the card around it scrolls. Its sides have their margins already.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.salon.clients.card import ClientCard
from app.ui.clients.begun import Begun
from app.ui.desk import Desk
from app.vocabulary import Topic


@dataclass(frozen=True, slots=True)
class Waiting:
    """A text that waits to be kept."""

    client_id: int
    what: str
    """The name of its field, or of its form."""
    text: str


GLANCE, WORKS, DETAILS = "glance", "works", "details"
"""The tabs by their names for the program."""


class CardPage(QWidget):
    """One tab of the card of one client."""

    topics: ClassVar[frozenset[Topic]] = frozenset()
    """What else than the card itself, its visits and its money it wants to hear of."""

    booking_wanted = Signal(object)
    """A ``BookingSeed`` with this client."""
    visit_wanted = Signal(int, object)
    """The id and the day of a visit that is to be shown in the calendar."""
    client_wanted = Signal(int)
    """The card of somebody else is to be shown in the place of this one."""
    page_wanted = Signal(str)
    """Another tab is to be opened, by its name for the program."""
    sight_wanted = Signal(object)
    """A place (``QRect`` in this page) that is to be brought into sight."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._card: ClientCard | None = None

    @property
    def card(self) -> ClientCard | None:
        """Whose card is shown."""
        return self._card

    def show_card(self, card: ClientCard) -> None:
        """Show this client; what is being typed about the same client stays. Extend it, calling this first."""
        self._card = card

    def press(self, event: QKeyEvent) -> None:
        """A key of this tab was pressed elsewhere in the card."""

    @property
    def unkept(self) -> Sequence[Waiting]:
        """What was typed here, about whichever client, and could not be kept or is not finished."""
        return ()

    @property
    def begun(self) -> Sequence[Begun]:
        """The forms that are open here about the client who is shown, with something typed into them."""
        return ()

    def settle(self) -> None:
        """Nobody looks at the card any more: keep what was typed, whatever was written meanwhile elsewhere."""

    def leave(self) -> None:
        """Another client or nothing is shown next: keep what was typed and valid, put open forms away."""

    def do(self, operation: Callable[..., object], *args: object, said: str) -> bool:
        """Carry ``operation`` out on this client (``work, client_id, *args``); say ``said`` with the way back.

        False when a rule said no; whoever acted has been told then.
        """
        if self._card is None or self.desk.perform(operation, self._card.client_id, *args) is None:
            return False
        self.desk.perform.tell(said)
        return True

    def bring_into_sight(self, widget: QWidget, place: QRect | None = None) -> None:
        """Ask the card to scroll to ``widget``, or to a ``place`` in it."""
        inside = widget.rect() if place is None else place
        self.sight_wanted.emit(QRect(widget.mapTo(self, inside.topLeft()), inside.size()))
