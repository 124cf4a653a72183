"""Copies of the salon are made beside the window: when somebody asks, and by themselves once a day."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, QSysInfo

from app import paths
from app.errors import SalonError, Trouble
from app.explain import sentence
from app.language import _
from app.salon.backup import copies, rotation
from app.settings import Settings
from app.ui.background import Job
from app.ui.desk import Desk
from app.vocabulary import BackupOccasion

Made = Callable[[Path], None]
Failed = Callable[[Exception], None]


def workplace() -> str:
    """What tells this computer from others: the number that its system was given, or else the name of the computer."""
    return bytes(QSysInfo.machineUniqueId().data()).decode("ascii", "replace") or QSysInfo.machineHostName()


class Backups(QObject):
    """One salon's copies, as this computer wants them."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk

    # ---- what is wanted --------------------------------------------------------------------------------------

    @property
    def folder(self) -> Path:
        """Where copies are kept."""
        chosen = self._settings.backup_folder
        return Path(chosen) if chosen else paths.backups_folder()

    @property
    def is_sample(self) -> bool:
        """Whether this is the sample salon, of which no copies are made."""
        return self._desk.salon.profile.is_sample

    def change(self, **wanted: object) -> None:
        """Keep another folder, another hour or another number of days."""
        self._desk.preferences.change(replace(self._settings, **wanted))  # type: ignore[arg-type]

    # ---- making ----------------------------------------------------------------------------------------------

    def work(self, occasion: BackupOccasion, spare: Path | None = None) -> Callable[[Job], Path]:
        """The making of one copy, to be done on a worker; it returns where the copy is. ``spare`` stays."""
        salon, settings = self._desk.salon, self._settings
        make = partial(
            copies.make,
            salon.database,
            self.folder,
            occasion,
            salon.clock.now(),
            salon.profile.zone,
            keep_days=settings.backup_keep,
            workplace=workplace(),
            is_own_folder=not settings.backup_folder,
            spare=spare,
        )

        def do(job: Job) -> Path:
            with salon.database.in_thread():
                return make(progress=job.report)[0]

        return do

    def make(self, occasion: BackupOccasion, made: Made, failed: Failed, spare: Path | None = None) -> Job:
        """Make a copy beside the window. ``spare``: a copy that is still needed, however old it is."""
        label = _("Making a copy of the salon")
        return self._desk.background.run(
            self.work(occasion, spare), partial(self._note_made, made), partial(self._note_failed, failed), label=label
        )

    def note_made(self, path: Path) -> None:
        """Remember the last copy, also for the days on which its folder is not there."""
        self.change(backup_last=str(path), backup_problem="")

    def note_failed(self, problem: Exception) -> None:
        """Remember until the next copy why this one could not be made."""
        if isinstance(problem, SalonError | Trouble):
            self.change(backup_problem=sentence(problem))

    def _note_made(self, made: Made, path: Path) -> None:
        self.note_made(path)
        made(path)

    def _note_failed(self, failed: Failed, problem: Exception) -> None:
        self.note_failed(problem)
        failed(problem)

    # ---- when ------------------------------------------------------------------------------------------------

    @property
    def last(self) -> datetime | None:
        """When the last copy of this salon was made (wall time): by what lies in the folder, or by memory."""
        try:
            names = [one.name for one in self.folder.iterdir()]
        except OSError:
            names = []
        remembered = Path(self._settings.backup_last).name
        mine = copies.name_of(self._desk.salon.database, workplace())
        return copies.last_made([*names, remembered], mine, self._wall_now())

    def is_due_at_closing(self) -> bool:
        """Whether the program ends with a copy."""
        if not self._can_be_copied():
            return False
        return rotation.is_due_at_closing(self._settings.backup_when, self.last, self._changed())

    def is_due_meanwhile(self) -> bool:
        """Whether a copy is to be made while the program runs."""
        if not self._can_be_copied():
            return False
        return rotation.is_due_meanwhile(self._settings.backup_when, self.last, self._changed(), self._wall_now())

    def _can_be_copied(self) -> bool:
        return self._desk.salon.database.path is not None and not self.is_sample

    def _changed(self) -> datetime | None:
        at = copies.changed_at(self._desk.salon.database)
        return None if at is None else self._on_the_wall(at)

    def _wall_now(self) -> datetime:
        return self._on_the_wall(self._desk.salon.clock.now())

    def _on_the_wall(self, at: datetime) -> datetime:
        """To the second: what was done in the minute of a copy, but after it, is not in it."""
        return at.astimezone(ZoneInfo(self._desk.salon.profile.zone)).replace(tzinfo=None, microsecond=0)

    @property
    def _settings(self) -> Settings:
        return self._desk.preferences.settings
