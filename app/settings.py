"""What this machine prefers, kept in a small TOML file: language, theme, who sits here.

Facts of the salon live in its database; passwords live in neither.
"""

import os
import tempfile
import tomllib
from dataclasses import fields, replace
from datetime import date, time
from pathlib import Path
from typing import Any

from app.frozen import frozen
from app.vocabulary import BackupWhen, CalendarView, Language, ThemeChoice


@frozen
class Settings:
    """The preferences of one machine. Unknown keys of a newer program are kept in ``unknown``."""

    language: Language = Language.RUSSIAN
    theme: ThemeChoice = ThemeChoice.SYSTEM
    database: str = ""
    """Path of the salon's file; empty: the usual place."""
    window: str = ""
    """Geometry of the window, hexadecimal."""
    my_day_staff: int = 0
    """Whose day "My day" shows at this machine; 0: nobody chosen yet."""
    hour_height: int = 0
    """Pixels of an hour in the calendar, as it was zoomed; 0: the usual size."""
    calendar_view: CalendarView = CalendarView.MASTERS
    """What the calendar showed last."""
    calendar_master: int = 0
    """Whose week it showed last; 0: nobody's yet."""
    hidden_masters: str = ""
    """The numbers of the masters who have no column at this machine, with commas."""
    used_by_master: bool = False
    """Whether masters sit at this machine: then it shows what the owner lets masters see."""
    backup_folder: str = ""
    """Where copies of the salon are kept; empty: the usual place."""
    backup_when: BackupWhen = BackupWhen.AT_CLOSING
    """When a copy is made without anybody asking."""
    backup_keep: int = 14
    """Of so many days the automatic copies stay."""
    backup_last: str = ""
    """The last copy that was made here: its path; its name tells when."""
    backup_problem: str = ""
    """Why the last automatic copy could not be made, in words; empty when it was."""
    unknown: tuple[tuple[str, Any], ...] = ()


def read(path: Path) -> Settings:
    """The settings in ``path``; whatever is missing or of a wrong type is replaced by its default."""
    try:
        # Windows' editor puts a mark before the first letter.
        found = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        return Settings()
    known = {field.name for field in fields(Settings)} - {"unknown"}
    settings = Settings(unknown=tuple((key, value) for key, value in found.items() if key not in known))
    for key in known & found.keys():
        settings = _accept(settings, key, found[key])
    return settings


def _accept(settings: Settings, key: str, value: Any) -> Settings:
    kind = type(getattr(settings, key))
    try:
        accepted = kind(value) if isinstance(value, str) or kind is type(value) else None
    except ValueError:
        accepted = None
    return settings if accepted is None else replace(settings, **{key: accepted})


def write(path: Path, settings: Settings) -> None:
    """Put the settings into ``path`` as a whole or not at all. Raises OSError."""
    known = [(field.name, getattr(settings, field.name)) for field in fields(Settings) if field.name != "unknown"]
    text = "".join(f"{_key(key)} = {_literal(value)}\n" for key, value in (*known, *settings.unknown))
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".settings", suffix=".tmp")
    unfinished = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def _key(name: str) -> str:
    bare = name.isascii() and name.replace("-", "").replace("_", "").isalnum()
    return name if bare else _quoted(name)


def _literal(value: Any) -> str:
    """``value`` as TOML writes it; what a newer program kept may be of any kind that TOML has."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, list):
        return f"[{', '.join(map(_literal, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{_key(key)} = {_literal(one)}' for key, one in value.items())}}}"
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)


def _quoted(text: str) -> str:
    # A file name that is no Unicode cannot be kept; a mark stands for what is missing.
    text = text.encode("utf-8", "replace").decode("utf-8")
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else f"\\U{ord(c):08x}" for c in escaped) + '"'
