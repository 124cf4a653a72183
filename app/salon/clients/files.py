"""Photos and files of a client: taken in, shown by visit, put away.

Taking a file in (reading, recognising, cleaning, writing) may last a second and changes no row, so that it can be done
beside the window: ``take_in``. What lies safely on the disk then gets its row in an act of its own: ``keep``.
"""

import errno
import hashlib
import os
import re
import stat
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from app import models
from app.errors import (
    FileMissing,
    FileUnreadable,
    FileUnwritable,
    Gone,
    KeptFileGone,
    KeptFileTooBig,
    KindNotKept,
    NotAnOrdinaryFile,
    NothingInFile,
    PictureBroken,
    ToBeForgotten,
    TooManyFiles,
)
from app.models.connection import Database
from app.models.kept import read_instant
from app.salon.clients import pictures, shelf
from app.salon.transaction import Work
from app.vocabulary import Action, FileKind, KeptFormat, PhotoMoment

MOST_PHOTO_BYTES = 40 * 1024 * 1024
MOST_DOCUMENT_BYTES = 20 * 1024 * 1024
MOST_AT_ONCE = 30
LONGEST_SIDE = 4096
"""A larger photo is drawn anew in this size (pixels): more than any screen shows."""
LONGEST_NAME = 120

Redraw = Callable[[bytes, int], bytes | None]
"""Draws a picture to prove that it can be shown, given the longest side it may have. Returns the same in a smaller size
and upright, or None when it may stay as it is; raises ValueError when it cannot be shown. The salon itself can draw
nothing."""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """A file that lies in the folder already and waits for its row."""

    kind: FileKind
    shown_name: str
    stored_name: str
    size: int
    width: int | None
    height: int | None
    digest: str


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A photo or file of a card."""

    file_id: int
    visit_id: int | None
    kind: FileKind
    moment: PhotoMoment | None
    shown_name: str
    """As it came, made harmless; it is shown and never opened."""
    stored_name: str
    size: int
    width: int | None
    height: int | None
    added_at: datetime
    added_by: str


@dataclass(frozen=True, slots=True)
class LatestPhotos:
    """The photos of the last visit that has any."""

    visit_id: int | None
    day: date
    photos: tuple[KeptFile, ...]

    @property
    def before(self) -> KeptFile | None:
        """The last photo before the work."""
        return next((one for one in reversed(self.photos) if one.moment is PhotoMoment.BEFORE), None)

    @property
    def after(self) -> KeptFile | None:
        """The last photo after the work."""
        return next((one for one in reversed(self.photos) if one.moment is PhotoMoment.AFTER), None)


def check_card(database: Database, client_id: int) -> None:
    """Before anything is laid into the folder for a card. Raises ToBeForgotten, also when they are forgotten by now."""
    sql = "SELECT 1 FROM client WHERE id = ? AND COALESCE(forget_asked_at, forgotten_at) IS NOT NULL"
    if database.value(sql, (client_id,)):
        raise ToBeForgotten


# ---- taking in -----------------------------------------------------------------------------------------------


def take_in(database: Database, path: Path, redraw: Redraw | None = None) -> TakenIn:
    """Read the file at ``path``, make it harmless and lay it into the salon's folder; changes no row.

    Raises NotAnOrdinaryFile, NothingInFile, KeptFileTooBig, KindNotKept, PictureOfAnotherKind, PictureBroken,
    PictureTooLarge; FileMissing, FileUnreadable, DiskFull, FileUnwritable.
    """
    return take_in_content(database, _read(path), harmless_name(path.name), redraw)


def take_in_content(
    database: Database, content: bytes, shown_name: str = "", redraw: Redraw | None = None, *, token: str = ""
) -> TakenIn:
    """As ``take_in``, with what was pasted or made. ``token`` is for samples, see ``shelf.put``."""
    name = harmless_name(shown_name)
    if not content:
        raise NothingInFile(name)
    kind = pictures.format_of(content, name)
    if kind is KeptFormat.PDF:
        _check_document(content, name)
        return _laid(database, FileKind.DOCUMENT, kind, content, name, None, token)
    if len(content) > MOST_PHOTO_BYTES:
        raise KeptFileTooBig(name, _megabytes(len(content)), _megabytes(MOST_PHOTO_BYTES))
    picture = pictures.cleaned(content, name)
    if redraw is not None:
        try:
            drawn = redraw(picture.content, LONGEST_SIDE)
        except ValueError as error:
            raise PictureBroken(name) from error
        if drawn is not None:
            picture = pictures.cleaned(drawn, name)
    size = picture.width, picture.height
    return _laid(database, FileKind.PHOTO, picture.format, picture.content, name, size, token)


def _laid(
    database: Database,
    kind: FileKind,
    end: KeptFormat,
    content: bytes,
    name: str,
    size: tuple[int, int] | None,
    token: str,
) -> TakenIn:
    width, height = size or (None, None)
    stored = shelf.put(database, content, end, token)
    return TakenIn(kind, name, stored, len(content), width, height, hashlib.sha256(content).hexdigest())


def harmless_name(name: str) -> str:
    """A file's name as it may be shown: without folders, without what cannot be seen or turns letters round."""
    last = re.split(r"[/\\]", name)[-1].encode("utf-8", "ignore").decode()
    seen = "".join(letter for letter in last if unicodedata.category(letter)[0] != "C")
    said = " ".join(seen.split()).strip(". ")
    if len(said) <= LONGEST_NAME:
        return said
    stem, dot, end = said.rpartition(".")
    tail = f"…{dot}{end}" if dot and len(end) <= 8 else "…"
    return (stem if dot else said)[: LONGEST_NAME - len(tail)] + tail


def _read(path: Path) -> bytes:
    """All of an ordinary file, as far as it may be kept. A pipe or a device is not waited for."""
    name = harmless_name(path.name)
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except (FileNotFoundError, ValueError) as error:
        raise FileMissing(Path(name)) from error
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            raise FileMissing(Path(name)) from error
        if path.is_dir():  # what Windows says to a folder
            raise NotAnOrdinaryFile(name) from error
        raise FileUnreadable(Path(name)) from error
    try:
        facts = os.fstat(handle)
        if not stat.S_ISREG(facts.st_mode):
            raise NotAnOrdinaryFile(name)
        if facts.st_size > MOST_PHOTO_BYTES:
            raise KeptFileTooBig(name, _megabytes(facts.st_size), _megabytes(MOST_PHOTO_BYTES))
        with os.fdopen(os.dup(handle), "rb") as file:
            # It may grow while it is read; what is too much then is refused by its content.
            return file.read(MOST_PHOTO_BYTES + 1)
    except OSError as error:
        raise FileUnreadable(Path(name)) from error
    finally:
        os.close(handle)


def _check_document(content: bytes, name: str) -> None:
    if len(content) > MOST_DOCUMENT_BYTES:
        raise KeptFileTooBig(name, _megabytes(len(content)), _megabytes(MOST_DOCUMENT_BYTES))
    if b"%%EOF" not in content[-2048:]:
        raise KindNotKept(name)


def _megabytes(size: int) -> int:
    return -(-size // (1024 * 1024))


# ---- acts ----------------------------------------------------------------------------------------------------


def keep(
    work: Work,
    client_id: int,
    taken: Sequence[TakenIn],
    visit_id: int | None = None,
    moment: PhotoMoment | None = None,
) -> list[int]:
    """Put files that were taken in onto a card, all in one act; returns their ids.

    Without a ``moment`` the first photo of a visit is the one before the work, and those that follow come after it.
    Raises Gone when the card, the visit or a file is no longer there, TooManyFiles.
    """
    if len(taken) > MOST_AT_ONCE:
        raise TooManyFiles(MOST_AT_ONCE)
    _check_visit(work.database, client_id, visit_id)
    work.tell(Action.FILE_ADDED, client=client_id, visit=visit_id)
    has_before = _has_before(work.database, client_id, visit_id)
    ids: list[int] = []
    for one in taken:
        if not shelf.path_in(work.database.files_folder, one.stored_name).is_file():
            raise KeptFileGone(one.shown_name)
        said = None
        if one.kind is FileKind.PHOTO:
            said = moment or (PhotoMoment.AFTER if has_before else PhotoMoment.BEFORE)
            has_before = has_before or said is PhotoMoment.BEFORE
        ids.append(
            work.insert(
                models.ClientFile,
                client=client_id,
                visit=visit_id,
                kind=one.kind,
                moment=said,
                shown_name=one.shown_name,
                stored_name=one.stored_name,
                size=one.size,
                width=one.width,
                height=one.height,
                digest=one.digest,
                added_at=work.now,
                added_by=work.salon.actor,
            )
        )
    return ids


def set_moment(work: Work, client_id: int, file_id: int, moment: PhotoMoment) -> None:
    """Say when a photo was taken. Raises Gone."""
    work.tell(Action.FILE_CHANGED, client=client_id)
    work.update(models.ClientFile, _of_card(work.database, client_id, file_id), moment=moment)


def set_visit(work: Work, client_id: int, file_id: int, visit_id: int | None) -> None:
    """Say to which visit of the client a photo or file belongs. Raises Gone."""
    _check_visit(work.database, client_id, visit_id)
    work.tell(Action.FILE_CHANGED, client=client_id, visit=visit_id)
    work.update(models.ClientFile, _of_card(work.database, client_id, file_id), visit=visit_id)


def put_away(work: Work, client_id: int, file_id: int) -> None:
    """Take a photo or file off the card. It is archived, and undo brings it back. Raises Gone."""
    work.tell(Action.FILE_REMOVED, client=client_id)
    work.update(models.ClientFile, _of_card(work.database, client_id, file_id), archived_at=work.now)


def bring_back(work: Work, client_id: int, file_id: int) -> None:
    """Put an archived photo or file onto the card again. Raises Gone."""
    work.tell(Action.FILE_CHANGED, client=client_id)
    work.update(models.ClientFile, _of_card(work.database, client_id, file_id), archived_at=None)


def _check_visit(database: Database, client_id: int, visit_id: int | None) -> None:
    if visit_id is not None and database.value("SELECT client_id FROM visit WHERE id = ?", (visit_id,)) != client_id:
        raise Gone


def _of_card(database: Database, client_id: int, file_id: int) -> int:
    """``file_id``, when it is a file of this client. Raises Gone."""
    if database.value("SELECT client_id FROM client_file WHERE id = ?", (file_id,)) != client_id:
        raise Gone
    return file_id


def _has_before(database: Database, client_id: int, visit_id: int | None) -> bool:
    return (
        database.value(
            """
            SELECT 1 FROM client_file
            WHERE client_id = ? AND visit_id IS ? AND moment = 'before' AND archived_at IS NULL
            """,
            (client_id, visit_id),
        )
        is not None
    )


# ---- reading -------------------------------------------------------------------------------------------------

_COLUMNS = """
f.id, f.visit_id, f.kind, f.moment, f.shown_name, f.stored_name, f.size, f.width, f.height, f.added_at, f.added_by
"""


def of_client(database: Database, client_id: int) -> tuple[KeptFile, ...]:
    """What is on a card, in the order in which it came. One query."""
    rows = database.rows(
        f"SELECT {_COLUMNS} FROM client_file f WHERE f.client_id = ? AND f.archived_at IS NULL ORDER BY f.id",
        (client_id,),
    )
    return tuple(_kept(*row) for row in rows)


def latest(database: Database, client_id: int) -> LatestPhotos | None:
    """The photos of last time: of the latest visit that has any, or of the latest day without a visit. One query."""
    rows = database.rows(
        f"""
        SELECT COALESCE(v.day, substr(f.added_at, 1, 10)) AS done, {_COLUMNS}
        FROM client_file f LEFT JOIN visit v ON v.id = f.visit_id
        WHERE f.client_id = ? AND f.kind = 'photo' AND f.archived_at IS NULL
        ORDER BY done DESC, f.visit_id DESC, f.id
        """,
        (client_id,),
    )
    if not rows:
        return None
    day, visit_id = rows[0][0], rows[0][2]
    photos = tuple(_kept(*row[1:]) for row in rows if (row[0], row[2]) == (day, visit_id))
    return LatestPhotos(visit_id, date.fromisoformat(day), photos)


def _kept(
    file_id: int,
    visit_id: int | None,
    kind: str,
    moment: str | None,
    shown_name: str,
    stored_name: str,
    size: int,
    width: int | None,
    height: int | None,
    added_at: str,
    added_by: str,
) -> KeptFile:
    return KeptFile(
        file_id,
        visit_id,
        FileKind(kind),
        None if moment is None else PhotoMoment(moment),
        shown_name,
        stored_name,
        size,
        width,
        height,
        read_instant(added_at),
        added_by,
    )


def path_of(database: Database, file: KeptFile) -> Path:
    """Where the file lies. Raises KeptFileGone when it is there no longer."""
    path = shelf.path_in(database.files_folder, file.stored_name)
    if not shelf.is_there(path):
        raise KeptFileGone(file.shown_name)
    return path


def lend(database: Database, file: KeptFile, folder: Path) -> Path:
    """A copy of the file in ``folder`` for another program, under a name that is safe and can be read.

    Raises KeptFileGone, FileUnwritable.
    """
    source = path_of(database, file)
    stem = re.sub(r"[^\w ()-]", "_", Path(file.shown_name).stem).strip(" _")[:60] or "vizit"
    target = folder / f"{stem}-{file.file_id}{source.suffix}"
    try:
        target.write_bytes(source.read_bytes())
    except OSError as error:
        raise FileUnwritable(target) from error
    return target


# ---- keeping house -------------------------------------------------------------------------------------------


def strays(database: Database) -> list[str]:
    """The names of files that no row names: an act was undone, or the program was stopped in the middle of one."""
    named = {row[0] for row in database.rows("SELECT stored_name FROM client_file")}
    return sorted(set(shelf.names(database)) - named)


def clear_strays(database: Database, now: datetime) -> int:
    """Take away what has belonged to nobody for a month at ``now`` (aware), and what was never finished.

    Not sooner: undo and redo may still want it. Returns how many files went.
    """
    before = now - shelf.RESTS
    paths = [shelf.path_in(database.files_folder, name) for name in strays(database)]
    gone = [path for path in paths if shelf.written_at(path) < before.timestamp()]
    gone += shelf.left_unfinished(database, before)
    for path in gone:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise FileUnwritable(path) from error
    return len(gone)


def keep_folder_clear(path: Path, now: datetime) -> int:
    """``clear_strays`` of the salon in ``path``, on any thread. Returns how many files went. Raises FileUnwritable."""
    database = Database(path)
    try:
        return clear_strays(database, now)
    finally:
        database.close()
