"""A salon that is to stand somewhere is first laid out and proven in a folder of its own beside that place."""

import errno
import shutil
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from glob import escape
from pathlib import Path

from app.errors import (
    BackupNewer,
    BackupUnreadable,
    DatabaseAltered,
    DatabaseBusy,
    DatabaseMissing,
    DatabaseNewer,
    DatabaseReadOnly,
    DatabaseUnreadable,
    DiskFull,
    FileUnreadable,
    FileUnwritable,
)
from app.models import opening
from app.models.connection import Database, files_folder_of
from app.models.opening import is_salon_file
from app.salon import check
from app.salon.backup import archive as archives
from app.salon.backup.archive import Progress
from app.salon.clients import shelf

_TAKES_ROOM = 1.1
"""So much more than its files a restored salon may take on the disk."""
_STEP = 1024 * 1024
_CHECKING = 6
"""Checking a database takes so many times as long as unpacking it."""
_UPGRADING = 6
"""So does bringing one of an earlier version up to date."""
_BROKEN_OFF = 24 * 3600
"""What is so many seconds older than what is laid out now is not being made any more."""
_DAMAGED = frozenset({"engine", "orphan"})


class Way:
    """How far it is: what was unpacked, and what of that was checked. Whoever is told may give it up."""

    def __init__(self, told: Progress | None) -> None:
        self._told = told
        self._bytes = self._everything = self._checked = self._unpacking = self._checking = 0
        self._upgraded = self._upgrading = 0

    def expect(self, everything: int, salon: int) -> None:
        """So many bytes are to be unpacked, of which so many are the database."""
        self._everything, self._unpacking = everything, everything // _STEP + 1
        self._checking = _CHECKING * (salon // _STEP + 1)
        self.go_on()

    def unpacked(self, size: int) -> None:
        """So many bytes more."""
        self._bytes += size
        self.go_on()

    def upgraded(self, done: int, steps: int) -> None:
        """So many steps of bringing a copy of an earlier version up to date; of this version there are none."""
        self._upgrading = _UPGRADING * self._checking // _CHECKING
        self._upgraded = self._upgrading * done // steps
        self.go_on()

    def checked(self, done: int, steps: int) -> None:
        """So many steps of the check of the database."""
        self._checked = self._checking * done // steps
        self.go_on()

    def go_on(self) -> None:
        """Tell how far it is. Raises what whoever is told raises to give it up."""
        if self._told is not None:
            is_unpacked = self._bytes >= self._everything
            unpacked = self._unpacking if is_unpacked else self._bytes // _STEP
            done = unpacked + self._upgraded + self._checked
            self._told(done, self._unpacking + self._upgrading + self._checking)


@contextmanager
def stage(target: Path) -> Generator[Path]:
    """A file in an empty folder beside ``target``, both of which go afterwards. Raises DiskFull, FileUnwritable."""
    with _told(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
        try:
            _clear(folder, target)
            yield folder / target.name
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _clear(folder: Path, target: Path) -> None:
    """Take away what was left by earlier ones that were broken off by a power cut."""
    for one in target.parent.glob(f".{escape(target.name)}.*"):
        if one.is_dir() and not one.is_symlink() and folder.stat().st_mtime - one.stat().st_mtime > _BROKEN_OFF:
            shutil.rmtree(one, ignore_errors=True)


def is_plain(source: Path) -> bool:
    """Whether ``source`` is a salon's file alone, and no archive. Raises FileUnreadable."""
    try:
        return is_salon_file(source)
    except DatabaseReadOnly as error:
        raise FileUnreadable(source) from error


def lay_out(source: Path, staged: Path, way: Way, *, takes_out: bool = False) -> tuple[str, ...]:
    """Put the salon of ``source``, an archive or a salon's file, at ``staged`` and prove it.

    Triggers and views that the program did not make are refused, or, with ``takes_out``, taken out: their names are
    returned. Raises BackupUnreadable, BackupNewer, FileUnreadable, DatabaseAltered, DatabaseBusy when somebody writes
    into it, DiskFull.
    """
    if is_plain(source):
        _lay_plain(source, staged, way)
    else:
        _unpack(source, staged, way)
    return _prove(staged, source, way, takes_out=takes_out)


def _unpack(source: Path, staged: Path, way: Way) -> None:
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


def _lay_plain(source: Path, staged: Path, way: Way) -> None:
    """A copy of a database that was made with ``vizit backup``, or by somebody who closed the program first."""
    before = _stamps(source)
    parts = [source.with_name(source.name + end) for end in ("", "-wal")]
    sizes = {part: part.stat().st_size for part in parts if part.is_file()}
    _need_room(sum(sizes.values()), staged)
    way.expect(sum(sizes.values()), sizes[source])
    for part, size in sizes.items():
        place = staged.with_name(staged.name + part.name.removeprefix(source.name))
        with archives.reading(part) as read, place.open("xb") as written:
            archives.copied(read, written, size, part, way.unpacked)
    if _stamps(source) != before:
        raise DatabaseBusy


def _stamps(source: Path) -> list[tuple[int, int]]:
    """Sizes and moments by which it is seen that somebody writes into the salon's file."""
    parts = [source.with_name(source.name + end) for end in ("", "-wal")]
    facts = [part.stat() for part in parts if part.is_file()]
    return [(one.st_size, one.st_mtime_ns) for one in facts]


@dataclass(frozen=True, slots=True)
class Photos:
    """The photos and files that a salon's file names and that do not lie where it is to stand."""

    along: dict[str, str]
    """Those that lie beside the file that was chosen, by name, with their SHA-256: they come along."""
    missing: tuple[str, ...]


def photos_of(database: Database, source: Path, target: Path) -> Photos:
    """What becomes of the photos of the salon in ``database``, which comes from the file ``source``, at ``target``."""
    along: dict[str, str] = {}
    missing: list[str] = []
    for name, digest in database.rows("SELECT stored_name, digest FROM client_file ORDER BY id"):
        if not shelf.is_name(name) or shelf.is_there(files_folder_of(target) / name):
            continue
        if shelf.is_there(files_folder_of(source) / name):
            along[name] = digest
        else:
            missing.append(name)
    return Photos(along, tuple(missing))


def lay_photos(source: Path, staged: Path, target: Path, way: Way) -> list[tuple[Path, Path]]:
    """Lay the photos that come along beside ``staged``; returns where each lies and where it belongs.

    One that is no longer what was kept stays away.
    """
    database = opening.open_existing(staged)
    try:
        along = photos_of(database, source, target).along
    finally:
        database.close()
    _need_room(sum((files_folder_of(source) / name).stat().st_size for name in along), staged)
    laid: list[tuple[Path, Path]] = []
    for name, digest in along.items():
        photo, place = files_folder_of(source) / name, files_folder_of(staged) / name
        place.parent.mkdir(parents=True, exist_ok=True)
        with archives.reading(photo) as read, place.open("xb") as written:
            found = archives.copied(read, written, photo.stat().st_size, photo, way.unpacked)
        if found.digest == digest:
            laid.append((place, files_folder_of(target) / name))
    return laid


def _prove(staged: Path, source: Path, way: Way, *, takes_out: bool) -> tuple[str, ...]:
    """Open the salon that is to stand there, as the program will; returns what was taken out of it.

    Raises BackupNewer, BackupUnreadable, DatabaseAltered.
    """
    try:
        database = opening.open_foreign(staged, way.upgraded, takes_out=takes_out)
        try:
            with opening.foreign(staged), database.asking(way.go_on):
                faults = check.faults_of_database(database, way.checked)
            if any(fault.kind in _DAMAGED for fault in faults):
                raise BackupUnreadable(source)
            return database.taken_out
        finally:
            database.close()
    except DatabaseNewer as error:
        raise BackupNewer(source) from error
    except DatabaseAltered as error:
        raise DatabaseAltered(source, error.names) from error
    except (DatabaseUnreadable, DatabaseMissing) as error:
        raise BackupUnreadable(source) from error


@contextmanager
def _told(target: Path) -> Generator[None]:
    try:
        yield
    except OSError as error:
        raise (DiskFull() if error.errno == errno.ENOSPC else FileUnwritable(target)) from error
