"""What goes on about waiting while the window is open: holds that end, waits that end, places that become free."""

from PySide6.QtCore import QObject, QTimer, Signal

from app import wording
from app.language import _, ngettext
from app.salon.changes import Changes
from app.salon.scheduling import holds, wait_matches, waitlist
from app.salon.transaction import carry_out
from app.ui.background import Cancelled, Job
from app.ui.desk import Desk
from app.ui.waiting.offers import CONCERNED, OfferDesk
from app.vocabulary import Topic

_COUNT_AFTER_MS = 300
"""Who has a place is counted when the hands rest, and beside the window."""
_LONGEST_SLEEP_MS = 60_000
"""Looked at again at least so often: the clock of the computer may be set."""


class WaitingWatch(QObject):
    """Begins its work when it is made."""

    counted = Signal(int, str)
    """For how many of those who wait a place is free now; and how many wait in all, as a sentence."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.offers = OfferDesk(desk, self)
        self._ends = QTimer(self)
        self._ends.setSingleShot(True)
        self._ends.timeout.connect(self.look)
        self._count_soon = QTimer(self)
        self._count_soon.setSingleShot(True)
        self._count_soon.setInterval(_COUNT_AFTER_MS)
        self._count_soon.timeout.connect(self.count)
        self._job: Job | None = None
        self._is_over = False
        desk.feed.changed.connect(self._on_changed)
        self.look()

    def look(self) -> None:
        """Release what is held no longer, say whose wait is over, and sleep until the next end."""
        self._desk.perform.release_expired_holds()
        self.end_waits()
        self.offers.refresh()
        self._count_soon.start()
        self._sleep()

    def stop(self) -> None:
        """Watch no more, whatever is still told: the salon may be closed at any moment."""
        self._is_over = True
        self._ends.stop()
        self._count_soon.stop()
        self._drop()

    def end_waits(self) -> None:
        """Tell once whose last window is past; it is nobody's act, so undo goes past it."""
        salon = self._desk.salon
        if self._desk.perform.is_busy or not waitlist.has_expired(salon.database, salon.wall_now()):
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
        if self._is_over:
            return
        if changes.concerns(*CONCERNED):
            self._count_soon.start()
        if changes.topics == frozenset(Topic):
            # Everything may have changed: somebody wrote into the file at another workplace.
            self.offers.look_at_others()
        if changes.concerns(Topic.VISITS):
            self._sleep()

    def count(self) -> None:
        """Count for whom a place is free now; the search is done beside the window."""
        self._drop()
        salon = self._desk.salon
        database, waiting = salon.database, waitlist.count(salon.database)
        if not waiting:
            self.counted.emit(0, "")
            return
        now, profile = salon.wall_now(), salon.profile

        def search() -> int:
            found = wait_matches.served_now(database, now=now, step_minutes=profile.step_minutes, zone=profile.zone)
            return len(found)

        def work(job: Job) -> int:
            if job.is_cancelled:
                raise Cancelled
            with database.in_thread():
                return search()

        def tell(served: int) -> None:
            said = _("On the waiting list: {all}. A place is free now for: {n}.")
            self.counted.emit(served, said.format(all=wording.number(waiting), n=wording.number(served)))

        if database.path is None:
            # A database in memory belongs to the thread that made it.
            tell(search())
            return
        self._job = self._desk.background.run(work, tell, _leave_as_it_was, label=_("Waiting list"))

    def _drop(self) -> None:
        """Nobody wants what is being counted any more."""
        if self._job is not None:
            self._job.cancel()
        self._job = None

    def _sleep(self) -> None:
        ends = holds.next_end(self._desk.salon.database)
        left = _LONGEST_SLEEP_MS
        if ends is not None:
            left = int((ends - self._desk.salon.clock.now()).total_seconds() * 1000) + 50
        self._ends.start(max(50, min(left, _LONGEST_SLEEP_MS)))


def _leave_as_it_was(_problem: Exception) -> None:
    """The file is busy or gone: the window says so where somebody acts; the count comes with the next change."""


def _few(names: list[str]) -> str:
    return ", ".join(names) if len(names) <= 3 else _("{names} and others").format(names=", ".join(names[:3]))
