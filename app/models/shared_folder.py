"""Where a salon's file must not lie: on a network drive, or in a folder that some service copies behind its back."""

from pathlib import Path

from app.errors import FolderShared

_SYNCHRONISED = (
    "dropbox",
    "onedrive",
    "google drive",
    "googledrive",
    "icloud",
    "yandex.disk",
    "yandexdisk",
    "nextcloud",
)
_NETWORK_FILE_SYSTEMS = frozenset(
    {"cifs", "smb3", "smbfs", "nfs", "nfs4", "afs", "fuse.sshfs", "9p", "webdav", "davfs"}
)


def refuse_shared_folder(path: Path) -> None:
    """Raise FolderShared when ``path`` lies on a network drive or in a synchronised folder."""
    resolved = path.absolute()
    if any(name in part.casefold() for part in resolved.parts for name in _SYNCHRONISED):
        raise FolderShared(path)
    if str(resolved).startswith(("\\\\", "//")) or _file_system(resolved) in _NETWORK_FILE_SYSTEMS:
        raise FolderShared(path)


def _file_system(path: Path, mounts: Path = Path("/proc/mounts")) -> str:
    """The type of the file system that holds ``path``, where the system tells (Linux); else an empty text."""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    best, kind = "", ""
    for line in lines:
        _, point, found, *_ = line.split(" ")
        inside = str(path) == point or str(path).startswith(point.rstrip("/") + "/")
        if inside and len(point) >= len(best):
            best, kind = point, found
    return kind
