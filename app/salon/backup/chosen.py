"""A file that somebody has chosen to be restored: an archive, or a salon's file alone, copied by hand."""

import tempfile
from datetime import datetime
from pathlib import Path

from app.errors import BackupIsSalon, FileMissing, FileUnreadable
from app.models import opening
from app.models.connection import Database, files_folder_of
from app.salon.backup import archive, copies, staging
from app.salon.backup.archive import Entry, Manifest, Progress
from app.salon.backup.copies import Copy
from app.salon.backup.staging import Way
from app.vocabulary import BackupOccasion, BackupState

_COUNTED = ("client", "visit")


def look_at(path: Path, zone: str, target: Path | None, progress: Progress | None = None) -> Copy:
    """What the file at ``path`` holds, for a salon that stands at ``target`` (None: in memory).

    A salon's file alone is laid out beside it and proven; of an archive the manifest is read. Raises FileMissing,
    FileUnreadable, BackupUnreadable, BackupNewer, BackupIsSalon, DatabaseBusy, DiskFull, FileUnwritable.
    """
    if not path.is_file():
        raise FileMissing(path)
    if target is not None and copies.is_same(path, target):
        raise BackupIsSalon(path)
    if not staging.is_plain(path):
        return copies.look_at(path, zone)
    place = target or Path(tempfile.gettempdir()) / "salon.vizit"
    facts = path.stat()
    with staging.stage(place) as staged:
        staging.lay_out(path, staged, Way(progress))
        database = opening.open_existing(staged)
        try:
            changed, manifest = copies.changed_at(database), _told(database, path, place)
        finally:
            database.close()
    return Copy(
        path,
        facts.st_size,
        facts.st_mtime_ns,
        BackupOccasion.BY_HAND,
        changed,
        manifest,
        BackupState.WHOLE,
        is_plain=True,
    )


def _told(database: Database, path: Path, place: Path) -> Manifest:
    """What an archive of it would tell: it is of the last act, and takes along the photos that lie beside it."""
    changed: datetime | None = copies.changed_at(database)
    photos = staging.photos_of(database, path, place)
    try:
        along = {
            archive.FILES + name: Entry((files_folder_of(path) / name).stat().st_size, digest)
            for name, digest in photos.along.items()
        }
    except OSError as error:
        raise FileUnreadable(files_folder_of(path)) from error
    return Manifest(
        "" if changed is None else changed.isoformat(),
        "",
        {name: int(database.value(f"SELECT COUNT(*) FROM {name}")) for name in _COUNTED},
        {archive.SALON: Entry(path.stat().st_size, ""), **along},
        photos.missing,
        str(database.value("SELECT name FROM salon_profile") or ""),
    )
