"""The guards that stand in the database itself, so that even raw SQL cannot double-book."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import DatabaseReadOnly, DatabaseUnreadable
from app.models.keepers import KEEPERS

if TYPE_CHECKING:
    from app.models.connection import Database

OVERLAP = "occupancy_overlap"
"""The word by which the database says that the place is taken."""

_REFUSE = """\
CREATE TRIGGER {name} BEFORE {event} ON occupancy
WHEN NOT NEW.is_override
BEGIN
    SELECT RAISE(ABORT, 'occupancy_overlap') WHERE EXISTS (
        SELECT 1 FROM occupancy AS taken
        WHERE taken.staff_id = NEW.staff_id AND taken.id IS NOT NEW.id AND NOT taken.is_override
          AND taken.starts_at < NEW.ends_at AND taken.ends_at > NEW.starts_at
          AND taken.starts_at >= substr(NEW.starts_at, 1, 10)
    ) OR EXISTS (
        SELECT 1 FROM occupancy AS taken
        WHERE taken.room_id = NEW.room_id AND taken.id IS NOT NEW.id AND NOT taken.is_override
          AND taken.starts_at < NEW.ends_at AND taken.ends_at > NEW.starts_at
          AND taken.starts_at >= substr(NEW.starts_at, 1, 10)
          AND COALESCE(taken.hold_id = NEW.hold_id, 0) = 0
          AND NOT EXISTS (
            SELECT 1 FROM booked_service AS mine JOIN booked_service AS theirs ON theirs.visit_id = mine.visit_id
            WHERE mine.id = NEW.booked_service_id AND theirs.id = taken.booked_service_id)
    );
END"""

GUARDS = {
    "occupancy_overlap_insert": _REFUSE.format(name="occupancy_overlap_insert", event="INSERT"),
    "occupancy_overlap_update": _REFUSE.format(
        name="occupancy_overlap_update", event="UPDATE OF staff_id, room_id, starts_at, ends_at, is_override"
    ),
    **KEEPERS,
}
"""Triggers by name, the keepers among them; each text as the database keeps it, by which they are compared.

An occupancy ends on the day it starts (a CHECK of its table), so only that day is read.
The services of one visit, booked or held, may share a room: the client sits there once.
"""


def ensure_guards(database: Database) -> None:
    """Make the triggers that no double booking can pass, whatever wrote it."""
    with database.writing():
        for name, text in GUARDS.items():
            database.rows(f"DROP TRIGGER IF EXISTS {name}")
            database.rows(text)


def standing(database: Database) -> list[tuple[str, str, str]]:
    """The triggers and views of a file: kind, name and text.

    Those that are not in GUARDS the program did not make: a trigger runs with whatever is written, unseen by the
    journal, and a view stops the steps that change a table.
    """
    asked = "SELECT type, {name}, {sql} FROM sqlite_master WHERE type IN ('trigger', 'view')"
    try:
        return database.rows(asked.format(name="name", sql="sql"))
    except sqlite3.OperationalError:  # a text that is no UTF-8, which no program of ours writes
        raw = database.rows(asked.format(name="CAST(name AS BLOB)", sql="CAST(sql AS BLOB)"))
        return [(kind, name.decode(errors="replace"), text.decode(errors="replace")) for kind, name, text in raw]


def strangers(found: Iterable[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """Those of ``found`` that the program did not make; a view may be called as a guard is."""
    return [one for one in found if one[0] != "trigger" or one[1] not in GUARDS]


def taken_out_file(path: Path) -> Path:
    """Where the text of what was taken out of the salon's file at ``path`` is kept, for whoever misses it."""
    return path.with_name(f"{path.name}.taken-out.sql")


def take_out(database: Database, found: list[tuple[str, str, str]]) -> None:
    if database.path is not None:
        kept = taken_out_file(database.path)
        try:
            with kept.open("a", encoding="utf-8") as file:
                file.writelines(f"{text};\n" for _kind, _name, text in found)
        except OSError as error:
            raise DatabaseReadOnly(kept) from error
    with database.writing():
        for kind, name, _text in found:
            quoted = name.replace('"', '""')
            database.rows(f'DROP {kind} IF EXISTS "{quoted}"')  # a view takes its triggers along
        if strangers(standing(database)):  # its name cannot be written
            raise DatabaseUnreadable(database.path or Path(":memory:"))
    database.taken_out = tuple(name for _kind, name, _text in found)
