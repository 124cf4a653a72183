"""A backup: one file with a consistent copy of the salon's database and of everything that lies beside it.

It is a zip archive that any system opens: ``salon.vizit``, the photos and files under their names, and a manifest that
tells what must be in it, with the size and the SHA-256 of each. Photos are never changed once they lie there, so the
copy of the database is made first, and what it names is copied after it.
"""

import errno
import hashlib
import json
import secrets
import zipfile
import zlib
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from app import __version__
from app.errors import (
    BackupNewer,
    BackupUnreadable,
    DatabaseReadOnly,
    DiskFull,
    FileExists,
    FileUnreadable,
    FileUnwritable,
)
from app.models.connection import Database
from app.salon.clients import shelf

FORMAT = 1
"""Goes up when an older program could no longer read what is written."""
_KIND = "vizit-backup"
_MANIFEST, SALON, FILES = "manifest.json", "salon.vizit", "files/"
_BLOCK = 1024 * 1024
_LONGEST_MANIFEST = 256 * _BLOCK
_COUNTED = ("client", "visit", "payment", "client_file")
Progress = Callable[[int, int], None]
"""Told how many steps are done, and of how many."""
Taken = Callable[[int], None]
"""Told of so many bytes more."""

_BROKEN = (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, KeyError, ValueError)
"""What reading an archive says that is cut off, encrypted, damaged, or none."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of a backup: its bytes and their SHA-256."""

    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup tells of itself."""

    made_at: str
    program: str
    counts: dict[str, int]
    """How many rows of the tables that matter."""
    entries: dict[str, Entry]
    """Every file by its name in the archive, the database among them."""
    missing: tuple[str, ...]
    """Photos that a card names and that were gone already when the backup was made."""
    salon: str = ""
    """The name of the salon; empty in backups of the first versions."""


def make(database: Database, target: Path, now: datetime, progress: Progress | None = None) -> Manifest:
    """Write a backup to ``target``, a new file, and read it once more to be sure of it.

    It has its name only when it is whole. ``progress`` may give it up by raising.
    Raises FileExists, FileUnwritable, DiskFull, DatabaseUnreadable.
    """
    if target.exists():
        raise FileExists(target)
    own = secrets.token_hex(4)  # another window may be at the same
    unfinished = target.with_name(f"{target.name}.{own}.unfinished")
    copy = target.with_name(f"{target.name}.{own}.salon")
    try:
        with _told(target):
            database.backup_to(copy)
            manifest = _write(database.files_folder, copy, unfinished, now, progress)
            _prove(unfinished, manifest, progress)
            if target.exists():
                raise FileExists(target)
            unfinished.replace(target)
    finally:
        for left in (unfinished, copy, *(copy.with_name(copy.name + end) for end in ("-wal", "-shm"))):
            left.unlink(missing_ok=True)
    return manifest


@contextmanager
def opened(path: Path) -> Generator[zipfile.ZipFile]:
    """The archive at ``path``. Raises BackupUnreadable for whatever is wrong with it, also while it is read, and
    FileUnreadable when it cannot be opened.
    """
    try:
        try:
            archive = zipfile.ZipFile(path)
        except OSError as error:
            raise (BackupUnreadable if error.errno == errno.EINVAL else FileUnreadable)(path) from error
        with archive:
            yield archive
    except _BROKEN as error:
        raise BackupUnreadable(path) from error
    except OSError as error:
        if error.errno == errno.EINVAL:  # a place in the file that there is not
            raise BackupUnreadable(path) from error
        raise


def manifest_of(archive: zipfile.ZipFile, path: Path) -> Manifest:
    """The manifest of an open archive. Raises BackupNewer, BackupUnreadable.

    Only names that the program itself gives are let through: nothing in a backup can lead out of the salon's folder.
    """
    if archive.getinfo(_MANIFEST).file_size > _LONGEST_MANIFEST:
        raise BackupUnreadable(path)
    told: Any = json.loads(archive.read(_MANIFEST))
    try:
        if told["kind"] != _KIND:
            raise BackupUnreadable(path)
        if int(told["format"]) > FORMAT:
            raise BackupNewer(path)
        manifest = Manifest(
            str(told["made_at"]),
            str(told["program"]),
            {str(name): int(count) for name, count in told["counts"].items()},
            {str(name): Entry(int(one["size"]), str(one["sha256"])) for name, one in told["files"].items()},
            tuple(str(name) for name in told["missing"]),
            str(told.get("salon", "")),
        )
    except (TypeError, AttributeError) as error:
        raise BackupUnreadable(path) from error
    listed = [one.filename for one in archive.infolist() if one.filename != _MANIFEST]
    sizes = {one.filename: one.file_size for one in archive.infolist()}
    is_ours = all(name == SALON or (name.startswith(FILES) and shelf.is_name(name[len(FILES) :])) for name in listed)
    if not is_ours or sorted(listed) != sorted(manifest.entries) or SALON not in manifest.entries:
        raise BackupUnreadable(path)
    if any(sizes[name] != entry.size for name, entry in manifest.entries.items()):
        raise BackupUnreadable(path)
    return manifest


def copy_out(
    archive: zipfile.ZipFile, name: str, entry: Entry, target: Path, path: Path, taken: Taken | None = None
) -> None:
    """Write one file of the archive to ``target`` and compare it with its manifest.

    Raises BackupUnreadable, FileUnreadable.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with archive.open(name) as source, target.open("xb") as file:
        if copied(source, file, entry.size, path, taken) != entry:
            raise BackupUnreadable(path)


def copied(source: IO[bytes], target: IO[bytes] | None, most: int, whence: Path, taken: Taken | None = None) -> Entry:
    """Copy block by block; never more than ``most`` bytes and one block, whatever the archive claims.

    ``taken`` is told of each block. Raises FileUnreadable when ``whence`` does not give what it holds: a stick that was
    pulled out, a dying disk.
    """
    digest, size = hashlib.sha256(), 0
    while size <= most and (block := _read(source, whence)):
        digest.update(block)
        size += len(block)
        if target is not None:
            target.write(block)
        if taken is not None:
            taken(len(block))
    return Entry(size, digest.hexdigest())


@contextmanager
def reading(path: Path) -> Generator[IO[bytes]]:
    """The file at ``path``. Raises FileUnreadable when it cannot be opened."""
    try:
        file = path.open("rb")
    except OSError as error:
        raise FileUnreadable(path) from error
    with file:
        yield file


def _read(source: IO[bytes], whence: Path) -> bytes:
    try:
        return source.read(_BLOCK)
    except OSError as error:
        if error.errno == errno.EINVAL:  # a place in the file that there is not
            raise
        raise FileUnreadable(whence) from error


def _write(folder: Path, copy: Path, unfinished: Path, now: datetime, progress: Progress | None) -> Manifest:
    counts, stored, salon = _look_into(copy)
    steps = 2 * (len(stored) + 1)
    entries: dict[str, Entry] = {}
    missing: list[str] = []
    with zipfile.ZipFile(unfinished, "x", zipfile.ZIP_STORED) as archive:
        _tell(progress, 0, steps)
        entries[SALON] = _add(archive, copy, SALON, zipfile.ZIP_DEFLATED)
        for number, name in enumerate(stored):
            path = folder / name if shelf.is_name(name) else None
            if path is None or not shelf.is_there(path):
                missing.append(name)
            else:
                entries[FILES + name] = _add(archive, path, FILES + name, zipfile.ZIP_STORED)
            _tell(progress, number + 2, steps)
        made_at = now.isoformat(timespec="seconds")
        manifest = Manifest(made_at, __version__, counts, entries, tuple(missing), salon)
        archive.writestr(_MANIFEST, _written(manifest), zipfile.ZIP_DEFLATED)
    return manifest


def _tell(progress: Progress | None, done: int, steps: int) -> None:
    if progress is not None:
        progress(done, steps)


def _look_into(copy: Path) -> tuple[dict[str, int], list[str], str]:
    """What is counted in the copy, the names of the files that it needs, archived ones too, and whose salon it is."""
    database = Database(copy)
    try:
        counts = {table: int(database.value(f"SELECT COUNT(*) FROM {table}")) for table in _COUNTED}
        stored = [row[0] for row in database.rows("SELECT stored_name FROM client_file ORDER BY stored_name")]
        salon = str(database.value("SELECT name FROM salon_profile") or "")
    finally:
        database.close()
    return counts, stored, salon


def _add(archive: zipfile.ZipFile, path: Path, name: str, how: int) -> Entry:
    facts = zipfile.ZipInfo.from_file(path, name, strict_timestamps=False)
    facts.compress_type = how
    with path.open("rb") as source, archive.open(facts, "w", force_zip64=True) as target:
        return copied(source, target, path.stat().st_size, path)


def _written(manifest: Manifest) -> str:
    return json.dumps(
        {
            "kind": _KIND,
            "format": FORMAT,
            "program": manifest.program,
            "salon": manifest.salon,
            "made_at": manifest.made_at,
            "counts": manifest.counts,
            "missing": manifest.missing,
            "files": {name: {"size": one.size, "sha256": one.digest} for name, one in manifest.entries.items()},
        },
        indent=1,
    )


def prove(path: Path, progress: Progress | None = None) -> Manifest:
    """Read the whole backup and compare every file with the manifest, which is returned.

    Raises BackupUnreadable, BackupNewer, and FileUnreadable when the disk does not give it (a stick that was pulled).
    """
    try:
        with opened(path) as archive:
            manifest = manifest_of(archive, path)
            for number, (name, entry) in enumerate(manifest.entries.items()):
                _tell(progress, number, len(manifest.entries))
                with archive.open(name) as source:
                    if copied(source, None, entry.size, path) != entry:
                        raise BackupUnreadable(path)
    except OSError as error:
        raise FileUnreadable(path) from error
    return manifest


def _prove(path: Path, manifest: Manifest, progress: Progress | None) -> None:
    """Read the whole backup from the disk and compare it with what went in. Raises BackupUnreadable."""
    written = len(manifest.entries)

    def go_on(done: int, steps: int) -> None:
        _tell(progress, written + done, written + steps)

    if prove(path, go_on) != manifest:
        raise BackupUnreadable(path)


@contextmanager
def _told(target: Path) -> Generator[None]:
    try:
        yield
    except DatabaseReadOnly as error:
        raise FileUnwritable(target) from error
    except OSError as error:
        raise (DiskFull() if error.errno == errno.ENOSPC else FileUnwritable(target)) from error
