"""Copies of the salon are made beside the window: when somebody asks, and by themselves once a day."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, QSysInfo

from app import paths
from app.errors import BackupUnfinished, SalonError, Trouble
from app.explain import sentence
from app.language import _
from app.salon.backup import copies, rotation
from app.salon.backup.copies import Folder
from app.settings import Settings
from app.ui.background import Job
from app.ui.desk import Desk
from app.vocabulary import BackupOccasion, BackupWhen

Made = Callable[[Path], None]
Failed = Callable[[Exception], None]
IsDue = Callable[[datetime | None], bool]
"""Whether a copy is to be made, by the moment (wall time) of the last one."""


def workplace() -> str:
    """What tells this computer from others: the number that its system was given, or else the name of the computer."""
    return bytes(QSysInfo.machineUniqueId().data()).decode("ascii", "replace") or QSysInfo.machineHostName()


class Backups(QObject):
    """One salon's copies, as this computer wants them."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._meanwhile: Job | None = None
        """The copy of the day, while it is being made."""

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

    # ---- looking ---------------------------------------------------------------------------------------------

    def looking(self) -> Callable[[Job], Folder]:
        """The looking into the folder, to be done apart: it may lie in a network that does not answer."""
        salon, is_own = self._desk.salon, not self._settings.backup_folder
        look = partial(
            copies.look_into,
            self.folder,
            salon.database,
            self._mine,
            salon.profile.zone,
            self._wall_now(),
            called=salon.profile.name,
            is_own_folder=is_own,
        )

        def do(_job: Job) -> Folder:
            return look()

        return do

    def newest(self, found: datetime | None) -> datetime | None:
        """When the last copy of this salon was made (wall time): by what was found in the folder, or by memory."""
        remembered = copies.last_made([Path(self._settings.backup_last).name], self._mine, self._wall_now())
        return max((at for at in (found, remembered) if at is not None), default=None)

    # ---- making ----------------------------------------------------------------------------------------------

    def work(
        self, occasion: BackupOccasion, spare: Path | None = None, is_due: IsDue | None = None
    ) -> Callable[[Job], Path | None]:
        """The making of one copy, to be done apart; it returns where the copy is.

        ``spare`` stays. None comes where the folder has a copy already after which by ``is_due`` none is wanted.
        """
        salon, settings = self._desk.salon, self._settings
        folder, mine, now = self.folder, self._mine, self._wall_now()
        make = partial(
            copies.make,
            salon.database,
            folder,
            occasion,
            salon.clock.now(),
            salon.profile.zone,
            keep_days=settings.backup_keep,
            workplace=workplace(),
            is_own_folder=not settings.backup_folder,
            spare=spare,
        )

        def do(job: Job) -> Path | None:
            if is_due is not None and not is_due(copies.last_made(copies.names_in(folder), mine, now)):
                return None
            job.report(0)  # the folder answers
            with salon.database.in_thread():
                return make(progress=job.report)[0]

        return do

    def make(self, occasion: BackupOccasion, made: Made, failed: Failed, spare: Path | None = None) -> Job:
        """Make a copy beside the window. ``spare``: a copy that is still needed, however old it is."""
        return self._run(self.work(occasion, spare), made, failed)

    def make_meanwhile(self, made: Made, failed: Failed) -> None:
        """Make the copy of the day beside the window, where one is due while the program runs."""
        is_due = self._is_due(partial(rotation.is_due_meanwhile, now=self._wall_now()))
        if is_due is None:
            return
        if self._meanwhile is not None:  # no second one beside it: it would hang too
            self._note_failed(failed, BackupUnfinished(self.folder))
            return
        job = self._run(self.work(BackupOccasion.AUTOMATIC, is_due=is_due), made, failed)
        if not job.is_over:
            self._meanwhile = job
            job.ended.connect(self._forget_meanwhile)

    def _forget_meanwhile(self) -> None:
        self._meanwhile = None

    def work_at_closing(self) -> Callable[[Job], Path | None] | None:
        """The making of the copy with which the program ends; None where it ends without."""
        is_due = self._is_due(rotation.is_due_at_closing)
        return None if is_due is None else self.work(BackupOccasion.AUTOMATIC, is_due=is_due)

    def _run(self, work: Callable[[Job], Path | None], made: Made, failed: Failed) -> Job:
        return self._desk.background.run_apart(
            work,
            partial(self._note_made, made),
            partial(self._note_failed, failed),
            label=_("Making a copy of the salon"),
        )

    def _is_due(self, rule: Callable[[BackupWhen, datetime | None, datetime | None], bool]) -> IsDue | None:
        """What tells whether a copy is to be made; None where none is, whatever lies in the folder."""
        if self._desk.salon.database.path is None or self.is_sample:
            return None
        at = copies.changed_at(self._desk.salon.database)
        changed = None if at is None else self._on_the_wall(at)
        when, remembered = self._settings.backup_when, self.newest(None)

        def is_due(found: datetime | None) -> bool:
            return rule(when, max((at for at in (found, remembered) if at is not None), default=None), changed)

        return is_due if is_due(None) else None

    def note_made(self, path: Path) -> None:
        """Remember the last copy, also for the days on which its folder is not there."""
        self.change(backup_last=str(path), backup_problem="")

    def note_failed(self, problem: Exception) -> None:
        """Remember until the next copy why this one could not be made."""
        if isinstance(problem, SalonError | Trouble):
            self.change(backup_problem=sentence(problem))

    def _note_made(self, made: Made, path: Path | None) -> None:
        if path is not None:
            self.note_made(path)
            made(path)

    def _note_failed(self, failed: Failed, problem: Exception) -> None:
        self.note_failed(problem)
        failed(problem)

    # ---- when ------------------------------------------------------------------------------------------------

    @property
    def _mine(self) -> str:
        return copies.name_of(self._desk.salon.database, workplace())

    def _wall_now(self) -> datetime:
        return self._on_the_wall(self._desk.salon.clock.now())

    def _on_the_wall(self, at: datetime) -> datetime:
        """To the second: what was done in the minute of a copy, but after it, is not in it."""
        return at.astimezone(ZoneInfo(self._desk.salon.profile.zone)).replace(tzinfo=None, microsecond=0)

    @property
    def _settings(self) -> Settings:
        return self._desk.preferences.settings
