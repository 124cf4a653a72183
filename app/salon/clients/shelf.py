"""The folder beside the salon's file in which photos and files lie, under names that the program gave them.

A name is made by chance and has nothing of the client or of the file as it came; its end is that of the recognised
kind. Whatever does not look like such a name is never opened, whoever wrote it into the database. A file that is being
written has another name until it is whole and on the disk.
"""

import errno
import hashlib
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from app.errors import DiskFull, FileUnwritable, KeptFileGone
from app.models.connection import Database
from app.vocabulary import KeptFormat

_TOKEN = re.compile("[0-9a-f]{32}")
_NAME = re.compile(rf"([0-9a-f]{{2}})/\1[0-9a-f]{{30}}\.({'|'.join(KeptFormat)})")
_UNFINISHED = ".unfinished"
_BLOCK = 1024 * 1024
_FULL = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)})
RESTS = timedelta(days=30)
"""So long a file that belongs to nobody stays: undo and redo of the act that brought it are over by then."""


def is_name(stored_name: str) -> bool:
    """Whether ``stored_name`` looks like one that the program gives."""
    return _NAME.fullmatch(stored_name) is not None


def path_in(folder: Path, stored_name: str) -> Path:
    """Where the file of this name lies. Raises KeptFileGone for a name that the program never gives."""
    if not is_name(stored_name):
        raise KeptFileGone(stored_name)
    return folder / stored_name


def is_there(path: Path) -> bool:
    """Whether a file of ours lies at ``path``. A link is none: it may lead to anything that the user can read."""
    return path.is_file() and not path.is_symlink()


def put(database: Database, content: bytes, kind: KeptFormat, token: str = "") -> str:
    """Write ``content`` to the disk and return its name. Raises DiskFull, FileUnwritable.

    ``token`` is 32 hexadecimal digits instead of chance, for a sample that is the same every time.
    """
    token = token or secrets.token_hex(16)
    if _TOKEN.fullmatch(token) is None:
        raise ValueError("a name is 32 hexadecimal digits")
    name = f"{token[:2]}/{token}.{kind}"
    path = path_in(database.files_folder, name)
    unfinished = path.with_name(path.name + _UNFINISHED)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with unfinished.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
        _settle(path.parent)
    except OSError as error:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
        raise DiskFull if error.errno in _FULL else FileUnwritable(path) from error
    return name


def _settle(folder: Path) -> None:
    """Let the disk know the new name too, where a folder can be opened for that."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def digest_of(path: Path) -> str:
    """The SHA-256 of a file."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            found.update(block)
    return found.hexdigest()


def names(database: Database) -> Iterator[str]:
    """The names of everything that lies in the folder and looks like ours."""
    for path in database.files_folder.glob("??/*"):
        name = f"{path.parent.name}/{path.name}"
        if is_name(name) and path.is_file():
            yield name


def erase(database: Database, stored_names: list[str]) -> None:
    """Take files away for good, as far as they are there. Raises FileUnwritable when one cannot be taken away.

    Whoever calls this has committed already that no row names them.
    """
    for name in stored_names:
        if is_name(name):
            path = path_in(database.files_folder, name)
            try:
                path.unlink(missing_ok=True)
            except OSError as error:
                raise FileUnwritable(path) from error


def left_unfinished(database: Database, before: datetime) -> list[Path]:
    """Files whose writing was broken off before ``before`` (aware), as a power failure does it."""
    return [path for path in database.files_folder.glob(f"??/*{_UNFINISHED}") if written_at(path) < before.timestamp()]


def written_at(path: Path) -> float:
    """When a file was written, in seconds of the system; a file that has just gone counts as new."""
    try:
        return path.stat().st_mtime
    except OSError:
        return float("inf")
