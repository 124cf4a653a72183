"""Bringing a backup back, beside what is there: nothing is overwritten, what stood in the place is put aside."""

import errno
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.errors import FileMissing
from app.models import opening
from app.models.connection import files_folder_of
from app.models.guards import taken_out_file
from app.models.shared_folder import refuse_shared_folder
from app.salon.backup import forgetting_again, staging
from app.salon.backup.archive import Progress
from app.salon.backup.forgetting_again import Again
from app.salon.backup.staging import Way

_COUNTED = ("client", "visit", "client_file")


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
    taken_out: tuple[str, ...] = ()
    """Triggers and views that the program had not made, by their names."""
    kept: Path | None = None
    """Where their text is."""


def bring_back(
    source: Path,
    target: Path,
    now: datetime,
    progress: Progress | None = None,
    on_switch: Callable[[], None] | None = None,
    *,
    takes_out: bool = False,
) -> BroughtBack:
    """Put the backup ``source`` at ``target``, the file of a salon, after proving that it is whole.

    A salon's file alone is taken too; the photos beside ``target`` then stay as they are, and those that lie beside
    ``source`` and are missing come along. What stands at ``target`` is put aside under a name with the moment ``now``
    (wall time). Whom it has forgotten since the backup was made is forgotten in what comes back too, before that is in
    its place.

    ``takes_out``: triggers and views that the program did not make are taken out, and their text is kept beside
    ``target``. Without it DatabaseAltered is raised: who has nothing else left needs the copy all the same.

    ``progress`` may give it up by raising, and so may ``on_switch``, which is called when everything is ready and
    nothing was touched yet; after that it is done to the end. Raises FileMissing, BackupUnreadable,
    BackupNewer, DatabaseBusy when somebody has ``target`` open, DiskFull, FileUnwritable, FolderShared.
    """
    if not source.is_file():
        raise FileMissing(source)
    refuse_shared_folder(target)
    with staging.stage(target) as staged:
        return _through(source, staged, target, now, Way(progress), on_switch, takes_out=takes_out)


def _through(
    source: Path,
    staged: Path,
    target: Path,
    now: datetime,
    way: Way,
    on_switch: Callable[[], None] | None,
    *,
    takes_out: bool,
) -> BroughtBack:
    """By way of ``staged``, a file in an empty folder beside the target."""
    taken_out = staging.lay_out(source, staged, way, takes_out=takes_out)
    if target.exists():
        opening.withdraw(target)
    again = forgetting_again.bring_in_line(staged, target, now)
    clients, visits, files = _counted(staged)
    moves = [(files_folder_of(staged), files_folder_of(target))]
    if staging.is_plain(source):
        moves = staging.lay_photos(source, staged, target, way)
    if target.exists():
        opening.withdraw(target)  # it took a while: somebody may have opened it since
    if taken_out:
        moves.append((taken_out_file(staged), taken_out_file(target)))
    stamp = f"{now:%Y-%m-%d-%H%M%S}"
    if on_switch is not None:
        on_switch()
    aside = _change_places([*moves, (staged, target)], stamp)
    return BroughtBack(
        target, clients, visits, files, aside, again, taken_out, taken_out_file(target) if taken_out else None
    )


def _counted(staged: Path) -> tuple[int, int, int]:
    """How many clients, visits and files it has."""
    database = opening.open_existing(staged)
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
    went_to.parent.mkdir(parents=True, exist_ok=True)
    came_from.rename(went_to)
    done.append((came_from, went_to))
