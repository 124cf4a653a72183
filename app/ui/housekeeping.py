"""What has to be done for the salon once in a while, beside the window: shifts, copies, and what is to be forgotten."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.errors import Trouble
from app.explain import sentence
from app.language import _
from app.salon.catalogue import rosters
from app.salon.clients import files
from app.salon.transaction import carry_out
from app.ui.backups import Backups
from app.ui.desk import Desk
from app.ui.personal_data import PersonalData

if TYPE_CHECKING:
    from datetime import date, datetime
    from pathlib import Path


class Housekeeping(QObject):
    """Looks after the salon while the window is open; it begins when the first picture has been painted."""

    not_backed_up = Signal(str)
    """No copy of the salon could be made: why."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._backups = Backups(desk, self)

    def begin(self) -> None:
        """What is done once a start: tell what went wrong when the program was closed last, and clear files away."""
        self.tell_of_backups()
        self._clear_files()

    def keep(self) -> None:
        """What is done at the start and every hour."""
        self.lay_out(rosters.soon(self._desk.salon.today()))
        self.forget_due()
        self.back_up()

    def tell_of_backups(self) -> None:
        """Tell why the last copy could not be made, if it could not."""
        problem = self._desk.preferences.settings.backup_problem
        if problem and not self._desk.salon.profile.is_sample:
            self.not_backed_up.emit(problem)

    def back_up(self) -> None:
        """Make the copy of the day, where one is due."""
        self._backups.make_meanwhile(_leave, self._on_no_backup)

    def _on_no_backup(self, _problem: Exception) -> None:
        problem = self._desk.preferences.settings.backup_problem
        if problem:
            self.not_backed_up.emit(problem)

    def forget_due(self) -> None:
        """Whoever asked to be forgotten thirty days ago is forgotten now."""
        PersonalData(self._desk, self).forget_due()

    def _clear_files(self) -> None:
        """Take away files that have belonged to no card for a month."""
        path, now = self._desk.salon.database.path, self._desk.salon.clock.now()
        if path is not None:
            self._desk.background.run(partial(_clear_files, path, now), _leave, _leave, label=_("Keeping house"))

    def lay_out(self, day: date) -> None:
        """Lay the shifts out further when they do not reach ``day``. Nobody did it, so undo knows nothing of it."""
        if self._desk.perform.is_busy:
            return  # the next start does it
        day = min(day, rosters.farthest(self._desk.salon.today()))
        if rosters.is_short(self._desk.salon.database, day):
            try:
                self._desk.feed.announce(carry_out(self._desk.salon, rosters.extend, day).changes)
            except Trouble as error:
                self._desk.perform.troubled.emit(sentence(error))


def _clear_files(path: Path, now: datetime, _job: object) -> int:
    return files.keep_folder_clear(path, now)


def _leave(_outcome: object) -> None:
    """Nobody waits for it; what could not be done now is done at the next start."""
