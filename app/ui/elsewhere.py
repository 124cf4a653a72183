"""What other windows and commands write into the file is read here as well, some seconds later."""

from PySide6.QtCore import QObject, QTimer, Slot

from app.salon import journal
from app.salon.changes import Changes
from app.ui.desk import Desk
from app.vocabulary import Topic

LOOK_EVERY_MS = 3_000


class Elsewhere(QObject):
    """Looks at the file now and then; where the journal tells of an act that is not of this window, everybody reads.

    The number that the engine changes with each writing of another connection tells when to look. It changes also when
    this window folds its log, or does a large act on a worker: that is no news, and to read for it would begin it anew.
    """

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._version = self._file_version()
        self._seen = journal.last_entry(desk.salon.database)
        self._own: set[int] = set()
        """What was done here after that, as far as it could not be told from what others did."""
        desk.feed.changed.connect(self._note_own)
        desk.perform.acted.connect(self._own.add)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def stop(self) -> None:
        """Look no more."""
        self._timer.stop()

    @Slot()
    def look(self) -> None:
        """Let every screen read again if something was done elsewhere."""
        version, database = self._file_version(), self._desk.salon.database
        if version == self._version:
            return
        self._version = version
        # What is written between two readings is seen by neither: there is only one.
        entries = journal.entries_after(database, self._seen)
        news = set(entries) - self._own
        self._take_note(max(entries, default=self._seen))
        if news:
            self._desk.feed.announce(Changes(frozenset(Topic)))

    def _note_own(self, _changes: Changes) -> None:
        """As long as nobody else has written, everything that the journal tells was done here."""
        last = journal.last_entry(self._desk.salon.database)
        if self._file_version() == self._version:  # asked afterwards: so nobody else can have written the last one
            self._take_note(last)

    def _take_note(self, last: int) -> None:
        self._seen = last
        self._own.clear()

    def _file_version(self) -> int:
        return int(self._desk.salon.database.value("PRAGMA data_version"))
