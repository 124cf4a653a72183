"""What this machine prefers, kept in a small TOML file: language, theme, who sits here.

Facts of the salon live in its database; passwords live in neither.
"""

import os
import tempfile
import tomllib
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from app.vocabulary import Language, ThemeChoice


@dataclass(frozen=True, slots=True)
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
    unknown: tuple[tuple[str, Any], ...] = ()


def read(path: Path) -> Settings:
    """The settings in ``path``; whatever is missing or of a wrong type is replaced by its default."""
    try:
        text = path.read_text(encoding="utf-8")
        found = tomllib.loads(text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return Settings()
    known = {field.name for field in fields(Settings)} - {"unknown"}
    settings = Settings(
        unknown=tuple((key, value) for key, value in found.items() if key not in known)
    )
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
    """Put the settings into ``path`` as a whole or not at all."""
    lines = [
        f"{key} = {_literal(value)}" for key, value in asdict(settings).items() if key != "unknown"
    ]
    lines += [f"{key} = {_literal(value)}" for key, value in settings.unknown if _simple(value)]
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".settings", suffix=".tmp")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
        file.flush()
        os.fsync(file.fileno())
    Path(name).replace(path)


def _simple(value: Any) -> bool:
    return isinstance(value, str | int | bool)


def _literal(value: str | int | bool) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in escaped) + '"'
