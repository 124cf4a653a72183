"""What can take the place of a salon's file that is damaged or gone: the newest whole copy of each that it may be."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.errors import BackupFolderGone, FileUnreadable, SalonError, Trouble
from app.salon.backup import archive, rotation
from app.salon.backup.archive import Progress
from app.salon.backup.rotation import Named


@dataclass(frozen=True, slots=True)
class Offer:
    """The newest whole copy of one salon."""

    path: Path
    at: datetime
    """When it was made, wall time."""
    salon: str
    """The name of the salon; empty in copies of the first versions."""
    clients: int
    visits: int
    older: int
    """So many copies of this salon that were made before lie there too."""
    is_sure: bool
    """Whether it is of the very salon that is looked for, as far as can be told."""


def look_for(folder: Path, stem: str, last: str, told: Progress) -> list[Offer]:
    """What ``folder`` offers for a file that is called ``stem``, the newest first.

    ``last`` is the name of the copy that was made last on this computer: what is of the same salon comes alone. Else
    it may be any of the salons whose copies lie there; if it is only one, that is it. ``told`` hears of every file of
    a copy that is read, and may give it up by raising. Raises BackupFolderGone, FileUnreadable.
    """
    try:
        named = [(one, named) for one in folder.iterdir() if (named := rotation.read_name(one.name)) is not None]
    except OSError as error:
        raise FileUnreadable(folder) if folder.is_dir() else BackupFolderGone(folder) from error
    told(0, 0)
    salons: dict[str, list[tuple[Path, Named]]] = {}
    for path, name in sorted(named, key=lambda copy: copy[1].at, reverse=True):
        if rotation.is_of_file(name, stem):
            salons.setdefault(name.salon, []).append((path, name))
    known = rotation.read_name(last)
    mine = "" if known is None else known.salon
    if mine in salons and (offer := _newest_whole(salons[mine], told, is_sure=True)) is not None:
        return [offer]
    is_sure = not mine and len(salons) == 1
    offers = [_newest_whole(one, told, is_sure=is_sure) for salon, one in salons.items() if salon != mine]
    return sorted((one for one in offers if one is not None), key=lambda offer: offer.at, reverse=True)


def _newest_whole(copies: list[tuple[Path, Named]], told: Progress, *, is_sure: bool) -> Offer | None:
    """What broke the salon may have broken its newest copy too: the next one is tried then."""
    for place, (path, named) in enumerate(copies):
        try:
            manifest = archive.prove(path, told)
        except (SalonError, Trouble):
            continue
        counts, older = manifest.counts, len(copies) - place - 1
        clients, visits = counts.get("client", 0), counts.get("visit", 0)
        return Offer(path, named.at, manifest.salon, clients, visits, older, is_sure)
    return None
