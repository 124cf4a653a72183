"""What the salon holds about a person, in one file for that person: their right by 152-ФЗ (article 14) and the GDPR.

The file is a zip with ``data.json`` for machines, ``data.html`` for people, and the photos and files of the card. Which
tables are in it the foreign keys of the database tell, so that none is forgotten. The keys of the JSON are the names of
tables and columns: they stay from version to version.
"""

import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from app.clock import wall_time
from app.errors import FileMissing, FileUnwritable, Gone
from app.models.connection import Database
from app.models.kept import instant_text
from app.salon.changes import Changes
from app.salon.clients import belongings, handed_page, shelf
from app.salon.clients.belongings import Key, Rows, Traces
from app.salon.journal import RowChange, read_changes
from app.salon.profile import Profile
from app.salon.transaction import Salon, Work, carry_out
from app.vocabulary import Action, Topic

FORMAT, VERSION = "vizit-client-data", 1
DATA, PAGE, FILES = "data.json", "data.html", "files"


@dataclass(frozen=True, slots=True)
class Held:
    """Everything that is held about a person, as the JSON tells it."""

    client_id: int
    name: str
    data: dict[str, Any]
    files: tuple[tuple[str, str], ...]
    """The stored name of each file, and its name in the zip."""


def gather(salon: Salon, client_id: int) -> Held:
    """Everything that is held about a client. Raises Gone."""
    database = salon.database
    name = database.value("SELECT name FROM client WHERE id = ?", (client_id,))
    if name is None:
        raise Gone
    cards = belongings.cards_of(database, client_id)
    traces = belongings.traces(database, cards)
    own = belongings.of_clients(database, cards)
    tables = {table: _rows(database, table, rows) for table, rows in own.items()}
    files = tuple(_file_names(tables.get("client_file", [])))
    data = {
        "format": FORMAT,
        "version": VERSION,
        "made_at": instant_text(salon.clock.now()),
        "salon": salon.profile.name,
        "cards": list(cards),
        "tables": tables,
        "imported": _imported(database, own),
        "journal": list(_journal(database, traces, _of_others(database, traces, own))),
    }
    return Held(client_id, name, data, files)


def hand_out(salon: Salon, client_id: int, target: Path) -> Changes:
    """Write everything that is held about a client into the zip ``target``, and into the journal that it was done.

    The file has its name only when it is whole. Raises Gone, FileMissing when there is no such folder, FileUnwritable.
    """
    held = gather(salon, client_id)
    if not target.absolute().parent.is_dir():
        raise FileMissing(target.absolute().parent)
    unfinished = target.with_name(f"{target.name}.unfinished")
    try:
        _write(salon, held, unfinished)
        unfinished.replace(target)
    except OSError as error:
        raise FileUnwritable(target) from error
    finally:
        unfinished.unlink(missing_ok=True)
    return carry_out(salon, _note, client_id).changes


def _note(work: Work, client_id: int) -> None:
    work.tell(Action.DATA_HANDED_OUT, client=client_id)
    work.notes.topics.add(Topic.CLIENTS)


def _write(salon: Salon, held: Held, path: Path) -> None:
    folder = salon.database.files_folder
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(DATA, json.dumps(held.data, ensure_ascii=False, indent=2))
        packed.writestr(PAGE, page(salon.profile, held, salon.clock.now()))
        for stored, name in held.files:
            if shelf.is_name(stored) and shelf.is_there(folder / stored):
                packed.write(folder / stored, name)


def page(profile: Profile, held: Held, now: datetime) -> str:
    """The readable page, in the language of the screens."""
    day = wall_time(now, profile.zone)
    return handed_page.written(profile, held.name, held.data["tables"], held.data["journal"], day, dict(held.files))


# ---- the rows ------------------------------------------------------------------------------------------------


def _rows(database: Database, table: str, rows: set[int]) -> list[dict[str, Any]]:
    """The rows of one table; beside the number of what is no data of the person stands what it is called."""
    columns = [row[0] for row in database.rows("SELECT name FROM pragma_table_info(?)", (table,))]
    named = [(key, _named_by(database, key)) for key in belongings.keys(database) if key.table == table]
    found = [
        dict(zip(columns, row, strict=True))
        for row in database.rows(
            f'SELECT {", ".join(columns)} FROM "{table}" WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id',
            (json.dumps(sorted(rows)),),
        )
    ]
    for key, words in named:
        if words:
            for row in found:
                row[key.column.removesuffix("_id")] = words.get(row[key.column])
    return found


_CALLED = ("name", "text", "title")


def _named_by(database: Database, key: Key) -> dict[int | None, str]:
    """What the rows that ``key`` names are called; nothing for tables of the person's own."""
    if key.target in belongings.owned_tables(database) and key.column not in ("relative_id",):
        return {}
    columns = {row[0] for row in database.rows("SELECT name FROM pragma_table_info(?)", (key.target,))}
    called = next((one for one in _CALLED if one in columns), None)
    if called is None or key.target == "consent_text":
        return {}
    return dict(
        database.rows(f'SELECT id, {called} FROM "{key.target}" WHERE id IN (SELECT "{key.column}" FROM "{key.table}")')
    )


def _imported(database: Database, own: Rows) -> list[dict[str, Any]]:
    return [
        {"table": table, "row": record, "source": key}
        for table, record, key in database.rows("SELECT record_table, record, source_key FROM imported_record")
        if record in own.get(table, ())
    ]


def _of_others(database: Database, traces: Traces, own: Rows) -> Rows:
    """What was theirs once and is somebody else's now: a visit that was booked for the wrong client, its photos."""
    found: Rows = {}
    for table, rows in traces.rows.items():
        once = json.dumps(sorted(rows - own.get(table, set())))
        standing = database.rows(f'SELECT id FROM "{table}" WHERE id IN (SELECT value FROM json_each(?))', (once,))
        found[table] = {row[0] for row in standing}
    return found


def _journal(database: Database, traces: Traces, of_others: Rows) -> Iterator[dict[str, Any]]:
    """Who did what with the person's card, and what stood there before."""
    for entry_id in sorted(traces.entries):
        row = database.row(
            "SELECT at, actor, action, note, changes, client FROM journal_entry WHERE id = ?", (entry_id,)
        )
        if row is None:
            continue
        at, actor, action, note, text, client = row
        changes = read_changes(text)
        is_of_another = client is not None and client not in traces.client_ids
        if is_of_another or belongings.mixes_with_others(changes, traces.client_ids):
            note, changes = "", []  # somebody else's words stand in it: a mistake that was put right since
        yield {
            "at": at,
            "actor": actor,
            "action": action,
            "note": note,
            "changes": [
                {"table": one.table, "row": one.row_id, "before": one.before, "after": one.after}
                for one in changes
                if one.row_id in traces.rows.get(one.table, ())
                and one.row_id not in of_others.get(one.table, ())
                and not _was_of_another(one, traces.client_ids)
            ],
        }


_ENTRY = "SELECT at, actor, action, note, changes, client FROM journal_entry WHERE id = ?"


def _was_of_another(change: RowChange, client_ids: frozenset[int]) -> bool:
    """Whether a row went from somebody else to them, or stood on somebody else's card at first."""
    owners = {(values or {}).get("client_id") for values in (change.before, change.after)}
    return not owners <= {None, *client_ids}


def _file_names(rows: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """Names in the zip are ours: a name that came with a file may be a path."""
    for number, row in enumerate(rows, 1):
        row["file"] = f"{FILES}/{number:04}{Path(row['stored_name']).suffix}"
        yield row["stored_name"], row["file"]
