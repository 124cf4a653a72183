"""What goes on about waiting while the window is open: holds that end, waits that end, places that become free."""

from PySide6.QtCore import QObject, QTimer, Signal

from app import wording
from app.language import _, ngettext
from app.salon.changes import Changes
from app.salon.scheduling import holds, waitlist
from app.salon.transaction import carry_out
from app.ui.desk import Desk
from app.ui.waiting.offers import OfferDesk
from app.vocabulary import Topic

_LONGEST_SLEEP_MS = 60_000
"""Looked at again at least so often: the clock of the computer may be set."""


class WaitingWatch(QObject):
    """Begins its work when it is made."""

    counted = Signal(int, str)
    """How many wait, and the same as a sentence."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.offers = OfferDesk(desk, self)
        self._ends = QTimer(self)
        self._ends.setSingleShot(True)
        self._ends.timeout.connect(self.look)
        desk.feed.changed.connect(self._on_changed)
        self.look()

    def look(self) -> None:
        """Release what is held no longer, say whose wait is over, and sleep until the next end."""
        self._desk.perform.release_expired_holds()
        self.end_waits()
        self.offers.refresh()
        self._count()
        self._sleep()

    def stop(self) -> None:
        """Watch no more."""
        self._ends.stop()

    def end_waits(self) -> None:
        """Tell once whose last window is past; it is nobody's act, so undo goes past it."""
        salon = self._desk.salon
        if not waitlist.has_expired(salon.database, salon.wall_now()):
            return
        done = carry_out(salon, waitlist.expire)
        self._desk.feed.announce(done.changes)
        if done.value:
            names = [one.client_name for one in done.value]
            self._desk.perform.tell(
                ngettext(
                    "The days of {n} client on the waiting list are over: {names}",
                    "The days of {n} clients on the waiting list are over: {names}",
                    len(names),
                ).format(n=wording.number(len(names)), names=_few(names)),
                undoable=False,
            )

    def _on_changed(self, changes: Changes) -> None:
        if changes.concerns(Topic.WAITING):
            self._count()
        if changes.concerns(Topic.VISITS):
            self._sleep()

    def _count(self) -> None:
        waiting = waitlist.count(self._desk.salon.database)
        self.counted.emit(waiting, ngettext("{n} waits", "{n} wait", waiting).format(n=wording.number(waiting)))

    def _sleep(self) -> None:
        ends = holds.next_end(self._desk.salon.database)
        left = _LONGEST_SLEEP_MS
        if ends is not None:
            left = int((ends - self._desk.salon.clock.now()).total_seconds() * 1000) + 50
        self._ends.start(max(50, min(left, _LONGEST_SLEEP_MS)))


def _few(names: list[str]) -> str:
    return ", ".join(names) if len(names) <= 3 else _("{names} and others").format(names=", ".join(names[:3]))
