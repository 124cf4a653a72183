"""Bringing a backup back, beside what is there: nothing is overwritten, what stood in the place is put aside."""

import errno
import shutil
import tempfile
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from glob import escape
from pathlib import Path

from app.errors import (
    BackupNewer,
    BackupUnreadable,
    DatabaseMissing,
    DatabaseNewer,
    DatabaseUnreadable,
    DiskFull,
    FileMissing,
    FileUnwritable,
)
from app.models import connection
from app.models.connection import files_folder_of, is_salon_file, refuse_shared_folder
from app.salon import check
from app.salon.backup import archive as archives, forgetting_again
from app.salon.backup.archive import Progress
from app.salon.backup.forgetting_again import Again

_TAKES_ROOM = 1.1
"""So much more than its files a restored salon may take on the disk."""
_STEP = 1024 * 1024
_CHECKING = 6
"""Checking a database takes so many times as long as unpacking it."""
_BROKEN_OFF = 24 * 3600
"""What is so many seconds older than this restoring is not being made any more."""
_COUNTED = ("client", "visit", "client_file")
_DAMAGED = frozenset({"engine", "orphan"})


@dataclass(frozen=True, slots=True)
class BroughtBack:
    """What was brought back, and where what stood there before is now."""

    path: Path
    clients: int
    visits: int
    files: int
    aside: Path | None
    """The database that stood there; None where there was none."""
    again: Again
    """What became of those who asked to be forgotten since the backup was made."""


class _Way:
    """How far a restoring is: what was unpacked, and what of that was checked. Whoever is told may give it up."""

    def __init__(self, told: Progress | None) -> None:
        self._told = told
        self._bytes = self._checked = self._unpacking = self._checking = 0

    def expect(self, everything: int, salon: int) -> None:
        """So many bytes are to be unpacked, of which so many are the database."""
        self._unpacking = everything // _STEP + 1
        self._checking = _CHECKING * (salon // _STEP + 1)
        self.go_on()

    def unpacked(self, size: int) -> None:
        """So many bytes more."""
        self._bytes += size
        self.go_on()

    def checked(self, done: int, steps: int) -> None:
        """So many steps of the check of the database."""
        self._checked = self._checking * done // steps
        self.go_on()

    def go_on(self) -> None:
        """Tell how far it is. Raises what whoever is told raises to give it up."""
        if self._told is not None:
            unpacked = min(self._bytes // _STEP, self._unpacking)
            self._told(unpacked + self._checked, self._unpacking + self._checking)


def bring_back(
    source: Path,
    target: Path,
    now: datetime,
    progress: Progress | None = None,
    on_switch: Callable[[], None] | None = None,
) -> BroughtBack:
    """Put the backup ``source`` at ``target``, the file of a salon, after proving that it is whole.

    A plain copy of a database is taken too; the photos beside ``target`` then stay as they are. What stands at
    ``target`` is put aside under a name with the moment ``now`` (wall time). Whom it has forgotten since the backup was
    made is forgotten in what comes back too, before that is in its place.

    ``progress`` may give it up by raising, and so may ``on_switch``, which is called when everything is ready and
    nothing was touched yet; after that it is done to the end. Raises FileMissing, BackupUnreadable,
    BackupNewer, DatabaseBusy when somebody has ``target`` open, DiskFull, FileUnwritable, FolderShared.
    """
    if not source.is_file():
        raise FileMissing(source)
    refuse_shared_folder(target)
    with _told(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        stage = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
        try:
            _clear_stages(stage, target)
            return _through(source, stage / target.name, target, now, _Way(progress), on_switch)
        finally:
            shutil.rmtree(stage, ignore_errors=True)


def _clear_stages(stage: Path, target: Path) -> None:
    """Take away what earlier restorings left that were broken off by a power cut."""
    for one in target.parent.glob(f".{escape(target.name)}.*"):
        if one.is_dir() and not one.is_symlink() and stage.stat().st_mtime - one.stat().st_mtime > _BROKEN_OFF:
            shutil.rmtree(one, ignore_errors=True)


def _through(
    source: Path, staged: Path, target: Path, now: datetime, way: _Way, on_switch: Callable[[], None] | None
) -> BroughtBack:
    """By way of ``staged``, a file in an empty folder beside the target."""
    is_plain = is_salon_file(source)
    if is_plain:
        _lay_plain(source, staged, way)
    else:
        _unpack(source, staged, way)
    _prove(staged, source, way)
    if target.exists():
        connection.withdraw(target)
    again = forgetting_again.bring_in_line(staged, target, now)
    clients, visits, files = _counted(staged)
    way.go_on()
    if target.exists():
        connection.withdraw(target)  # it took a while: somebody may have opened it since
    stamp = f"{now:%Y-%m-%d-%H%M%S}"
    moves = [] if is_plain else [(files_folder_of(staged), files_folder_of(target))]
    if on_switch is not None:
        on_switch()
    aside = _change_places([*moves, (staged, target)], stamp)
    return BroughtBack(target, clients, visits, files, aside, again)


def _unpack(source: Path, staged: Path, way: _Way) -> None:
    with archives.opened(source) as archive:
        manifest = archives.manifest_of(archive, source)
        needed = sum(entry.size for entry in manifest.entries.values())
        _need_room(needed, staged)
        way.expect(needed, manifest.entries[archives.SALON].size)
        for name, entry in manifest.entries.items():
            inside = name.removeprefix(archives.FILES)
            place = staged if name == archives.SALON else files_folder_of(staged) / inside
            archives.copy_out(archive, name, entry, place, source, way.unpacked)
        files_folder_of(staged).mkdir(exist_ok=True)


def _need_room(size: int, staged: Path) -> None:
    if size * _TAKES_ROOM > shutil.disk_usage(staged.parent).free:
        raise DiskFull


def _lay_plain(source: Path, staged: Path, way: _Way) -> None:
    """A copy of a database that was made with ``vizit backup``, or by somebody who closed the program first."""
    parts = [source.with_name(source.name + end) for end in ("", "-wal")]
    sizes = {part: part.stat().st_size for part in parts if part.is_file()}
    _need_room(sum(sizes.values()), staged)
    way.expect(sum(sizes.values()), sizes[source])
    for part, size in sizes.items():
        place = staged.with_name(staged.name + part.name.removeprefix(source.name))
        with archives.reading(part) as read, place.open("xb") as written:
            archives.copied(read, written, size, part, way.unpacked)


def _prove(staged: Path, source: Path, way: _Way) -> None:
    """Open the salon that is to stand there, as the program will. Raises BackupNewer, BackupUnreadable."""
    try:
        database = connection.open_existing(staged)
        try:
            with database.asking(way.go_on):
                faults = check.faults_of_database(database, way.checked)
            if any(fault.kind in _DAMAGED for fault in faults):
                raise BackupUnreadable(source)
        finally:
            database.close()
    except DatabaseNewer as error:
        raise BackupNewer(source) from error
    except (DatabaseUnreadable, DatabaseMissing) as error:
        raise BackupUnreadable(source) from error


def _counted(staged: Path) -> tuple[int, int, int]:
    """How many clients, visits and files it has."""
    database = connection.open_existing(staged)
    try:
        clients, visits, files = (int(database.value(f"SELECT COUNT(*) FROM {name}")) for name in _COUNTED)
    finally:
        database.close()
    return clients, visits, files


def _change_places(moves: list[tuple[Path, Path]], stamp: str) -> Path | None:
    """Move each thing to its place, and what stood there aside; when something fails, all is as it was.

    Returns where the last one's predecessor is now, None where there was none.
    """
    done: list[tuple[Path, Path]] = []
    aside: Path | None = None
    try:
        for staged, target in moves:
            aside = None
            for standing in (target, *(target.with_name(target.name + end) for end in ("-wal", "-shm"))):
                if standing.exists():
                    away = standing.with_name(f"{standing.name}.before-restore-{stamp}")
                    _move(standing, away, done)
                    aside = aside or away
            _move(staged, target, done)
    except BaseException:
        for came_from, went_to in reversed(done):
            with suppress(OSError):
                went_to.rename(came_from)
        raise
    return aside


def _move(came_from: Path, went_to: Path, done: list[tuple[Path, Path]]) -> None:
    if went_to.exists():
        raise FileExistsError(errno.EEXIST, "is there already", str(went_to))
    came_from.rename(went_to)
    done.append((came_from, went_to))


@contextmanager
def _told(target: Path) -> Generator[None]:
    try:
        yield
    except OSError as error:
        raise (DiskFull() if error.errno == errno.ENOSPC else FileUnwritable(target)) from error
