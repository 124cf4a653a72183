"""The folder of copies: making one there, what lies in it, and what would be lost if one were brought back."""

import hashlib
import os
import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from app.errors import (
    BackupFolderGone,
    BackupGone,
    BackupNewer,
    BackupReplaced,
    BackupUnreadable,
    FileExists,
    FileMissing,
    FileUnreadable,
    FileUnwritable,
)
from app.models.connection import Database
from app.models.kept import instant_text, read_instant
from app.salon.backup import archive, rotation
from app.salon.backup.archive import Manifest, Progress
from app.salon.backup.rotation import Named
from app.vocabulary import BackupOccasion, BackupState

_TWO_IN_ONE_SECOND = timedelta(minutes=1)
"""Copies made one after the other may be named a little later than they were made."""
_LEFTOVER = re.compile(r"(?P<copy>.+\.zip)\.([0-9a-f]{8}\.)?(unfinished|salon(\.unfinished)?)(-wal|-shm|-journal)?")
"""What is called so was broken off, by a power cut or by whoever ended the program, or another window is at it."""
_BROKEN_OFF = timedelta(hours=1)
"""What nobody has written to for so long is not being made any more."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy that lies in a folder. ``made_at`` is aware; None where not even the name tells it."""

    path: Path
    size: int
    stamp: int
    """When the file was written last, by its disk: another number is another file."""
    occasion: BackupOccasion
    made_at: datetime | None
    manifest: Manifest | None
    state: BackupState
    is_plain: bool = False
    """Whether it is a salon's file alone; it was proven when it was looked at."""


@dataclass(frozen=True, slots=True)
class Folder:
    """What was found in a folder of copies, and where it lies."""

    copies: list[Copy]
    """The newest first."""
    is_there: bool
    is_on_same_disk: bool
    """Whether a broken disk would take the salon and its copies together."""
    last: datetime | None
    """When the newest copy of this very file was made (wall time)."""
    left_alone: int
    """So many automatic ones were made elsewhere or by an earlier version: no copy that is made here clears them."""


@dataclass(frozen=True, slots=True)
class Losses:
    """What was entered after a copy was made, and would be gone if it were brought back."""

    visits: int
    clients: int
    changed: int
    """Visits that were there already and were moved, served or cancelled since."""
    acts: int
    """Every entry of the journal."""
    last_at: datetime | None
    """When the last of them was (aware, UTC); None: nothing was changed since."""


def make(
    database: Database,
    folder: Path,
    occasion: BackupOccasion,
    now: datetime,
    zone: str,
    *,
    keep_days: int,
    workplace: str = "",
    is_own_folder: bool = False,
    spare: Path | None = None,
    progress: Progress | None = None,
) -> tuple[Path, Manifest]:
    """Make a copy in ``folder`` and let those go that were made here and have had their time.

    ``workplace`` tells this computer from others. ``is_own_folder``: the program's own, which is made when it is not
    there. ``spare`` stays in any case. Raises BackupFolderGone and what ``archive.make`` raises.
    """
    _be_there(folder, is_own_folder=is_own_folder)
    salon = name_of(database, workplace)
    with suppress(OSError):  # what can be written but not looked into, or another program clears it too
        _clear(folder, salon, now)
    wall = now.astimezone(ZoneInfo(zone)).replace(tzinfo=None, microsecond=0)
    while True:
        target = folder / rotation.file_name(Named(salon, wall, occasion))
        try:
            manifest = archive.make(database, target, now, progress)
            break
        except FileExists:  # two in one second, perhaps of two windows that are closed together
            wall += timedelta(seconds=1)
    names = names_in(folder)
    if rotation.superseded(names, salon, keep_days, wall):
        # Two files that lie in one place in turn have the same mark; the name of the salon may tell them apart.
        names = [name for name in names if not _is_of_another(folder / name, salon, manifest.salon)]
    for name in rotation.superseded(names, salon, keep_days, wall):
        if spare is None or not is_same(folder / name, spare):
            with suppress(OSError):  # held by another program: the next copy tries again
                (folder / name).unlink()
    return target, manifest


def _is_of_another(path: Path, salon: str, called: str) -> bool:
    """Whether a copy with the mark of ``salon`` is of one that is not ``called`` so; one that is damaged is not."""
    named = rotation.read_name(path.name)
    if named is None or named.salon != salon:
        return False
    try:
        with archive.opened(path) as opened:
            return archive.manifest_of(opened, path).salon not in ("", called)
    except (BackupUnreadable, BackupNewer, FileUnreadable, OSError):
        return False


def names_in(folder: Path) -> list[str]:
    """What lies there; nothing where it cannot be looked into: a copy is made there all the same."""
    try:
        return [one.name for one in folder.iterdir()]
    except OSError:
        return []


def name_of(database: Database, workplace: str = "") -> str:
    """How the copies of this very file begin: its name, and a mark by which files that share a folder are told apart.

    The files of most salons have the same name, and a stick may go from one to the other. The mark is of the moment of
    the first act, which a restored copy keeps, of ``workplace`` and of the file's place: two salons that grew from one
    file lie in two places, and neither takes what the other has made for its own. (Where they take turns in one place,
    the names of the salons tell them apart.) A file that is moved, or goes to another computer, begins anew: what was
    made of it before stays until somebody deletes it.
    """
    stem, place = ("salon", "") if database.path is None else (database.path.stem, os.path.realpath(database.path))
    began = database.value("SELECT at FROM journal_entry ORDER BY id LIMIT 1")
    told = "\n".join((began or "", workplace, os.path.normcase(place)))
    return f"{stem}-{hashlib.sha256(told.encode('utf-8', 'surrogateescape')).hexdigest()[:6]}"


def last_made(names: Iterable[str], salon: str, now: datetime) -> datetime | None:
    """When the newest copy of ``salon`` among ``names`` was made (wall time).

    One of later than ``now`` was made while the clock was wrong and does not count.
    """
    named = [one for name in names if (one := rotation.read_name(name)) is not None]
    return max((one.at for one in named if one.salon == salon and one.at <= now + _TWO_IN_ONE_SECOND), default=None)


def is_same(one: Path, other: Path) -> bool:
    """Whether both are one file, by whatever names."""
    try:
        return one.samefile(other)
    except OSError:
        return False


def is_on_same_disk(folder: Path, database: Database, *, is_own_folder: bool = False) -> bool:
    """Whether a broken disk would take the salon and its copies together.

    The program's own folder is made with the first copy: it will be where the next folder above it is.
    """
    if database.path is None:
        return False
    places = (folder, *folder.parents) if is_own_folder else (folder,)
    there = next((one for one in places if one.exists()), folder)
    try:
        return there.stat().st_dev == database.path.stat().st_dev
    except OSError:
        return False


def changed_at(database: Database) -> datetime | None:
    """When something was written into the salon last (aware, UTC); None for one in which nobody has done anything."""
    at = database.value("SELECT at FROM journal_entry ORDER BY id DESC LIMIT 1")
    return None if at is None else read_instant(at)


def found_in(folder: Path, zone: str) -> list[Copy]:
    """The copies in ``folder``, the newest first; other files are passed over. The names tell time of ``zone``.

    Takes a few milliseconds a file on a disk, longer on a stick. Raises BackupFolderGone, FileUnreadable.
    """
    try:
        paths = [one for one in folder.iterdir() if one.suffix.casefold() == ".zip" and one.is_file()]
    except OSError as error:
        raise FileUnreadable(folder) if folder.is_dir() else BackupFolderGone(folder) from error
    found = [copy for path in paths if (copy := _looked_at(path, zone)) is not None]
    return sorted(found, key=lambda one: one.made_at or _written_at(one), reverse=True)


def look_into(
    folder: Path,
    database: Database,
    salon: str,
    zone: str,
    now: datetime,
    *,
    called: str = "",
    is_own_folder: bool = False,
) -> Folder:
    """What lies in the folder in which the copies of ``salon`` are kept, as ``name_of`` tells it, at ``now`` (wall
    time). ``called``: the name of that salon; empty: any. Reads nothing of the database.

    Raises BackupFolderGone, FileUnreadable.
    """
    is_there = folder.is_dir()
    found = [] if is_own_folder and not is_there else found_in(folder, zone)
    names = [one.path.name for one in found]
    return Folder(
        found,
        is_there,
        is_on_same_disk(folder, database, is_own_folder=is_own_folder),
        last_made(names, salon, now),
        sum(_is_left_alone(one, salon, called) for one in found),
    )


def _is_left_alone(copy: Copy, salon: str, called: str) -> bool:
    is_of_another = copy.manifest is not None and copy.manifest.salon not in ("", called)
    is_by_itself = copy.occasion is not BackupOccasion.BY_HAND
    return rotation.is_left_alone(copy.path.name, salon) or bool(called and is_of_another and is_by_itself)


def look_at(path: Path, zone: str) -> Copy:
    """One file that somebody has chosen. Raises FileMissing, BackupUnreadable, BackupNewer, FileUnreadable."""
    if not path.is_file():
        raise FileMissing(path)
    try:
        with archive.opened(path) as opened:
            return _told(path, archive.manifest_of(opened, path), BackupState.UNCHECKED, zone)
    except OSError as error:
        raise FileUnreadable(path) from error


def state_of(path: Path, progress: Progress | None = None) -> BackupState:
    """Whether every byte of a copy is as it was written. Raises FileMissing, FileUnreadable."""
    if not path.is_file():
        raise FileMissing(path)
    try:
        archive.prove(path, progress)
    except BackupUnreadable:
        return BackupState.DAMAGED
    except BackupNewer:
        return BackupState.NEWER
    return BackupState.WHOLE


def state_as_seen(copy: Copy, progress: Progress | None = None) -> BackupState:
    """As ``state_of``, of the very file that somebody looked at, perhaps hours ago.

    Raises BackupGone, BackupReplaced, FileUnreadable.
    """
    try:
        facts = copy.path.stat()
        if (facts.st_size, facts.st_mtime_ns) != (copy.size, copy.stamp):
            raise BackupReplaced(copy.path)
        return copy.state if copy.is_plain else state_of(copy.path, progress)
    except (OSError, FileMissing, FileUnreadable) as error:
        if isinstance(error, FileUnreadable) and copy.path.is_file():
            raise
        raise BackupGone(copy.path) from error


def losses(database: Database, made_at: datetime) -> Losses:
    """What was entered after ``made_at`` (aware)."""
    since = instant_text(made_at)
    row = database.row(
        """
        SELECT (SELECT COUNT(*) FROM visit WHERE created_at > ?),
               (SELECT COUNT(*) FROM client WHERE created_at > ?),
               (SELECT COUNT(DISTINCT j.visit) FROM journal_entry j JOIN visit v ON v.id = j.visit
                WHERE j.at > ? AND v.created_at <= ?),
               COUNT(*), MAX(at)
        FROM journal_entry WHERE at > ?
        """,
        (since,) * 5,
    )
    assert row is not None
    visits, clients, changed, acts, last_at = row
    return Losses(visits, clients, changed, acts, None if last_at is None else read_instant(last_at))


def _looked_at(path: Path, zone: str) -> Copy | None:
    is_ours = rotation.read_name(path.name) is not None
    try:
        return look_at(path, zone)
    except BackupNewer:
        return _told(path, None, BackupState.NEWER, zone)
    except (BackupUnreadable, FileUnreadable):
        return _told(path, None, BackupState.DAMAGED, zone) if is_ours else None
    except FileMissing:
        return None


def _told(path: Path, manifest: Manifest | None, state: BackupState, zone: str) -> Copy:
    facts = path.stat()
    named = rotation.read_name(path.name)
    made_at = None if named is None else named.at.replace(tzinfo=ZoneInfo(zone))
    if manifest is not None:
        try:
            made_at = datetime.fromisoformat(manifest.made_at)
        except ValueError as error:
            raise BackupUnreadable(path) from error
        made_at = made_at.replace(tzinfo=made_at.tzinfo or UTC)
    occasion = BackupOccasion.BY_HAND if named is None else named.occasion
    return Copy(path, facts.st_size, facts.st_mtime_ns, occasion, made_at, manifest, state)


def _written_at(copy: Copy) -> datetime:
    return datetime.fromtimestamp(copy.stamp / 1_000_000_000, UTC)


def _be_there(folder: Path, *, is_own_folder: bool) -> None:
    if is_own_folder:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise FileUnwritable(folder) from error
    elif not folder.is_dir():
        raise BackupFolderGone(folder)
    if not os.access(folder, os.W_OK):
        raise FileUnwritable(folder)


def _clear(folder: Path, salon: str, now: datetime) -> None:
    """Take away what was broken off."""
    for one in folder.iterdir():
        left = _LEFTOVER.fullmatch(one.name)
        if left and (named := rotation.read_name(left["copy"])) and named.salon == salon:
            with suppress(OSError):
                if now - datetime.fromtimestamp(one.stat().st_mtime, UTC) > _BROKEN_OFF:
                    one.unlink()
