"""Taking an import back as a whole: exactly what it brought goes, and nothing that somebody has worked with since."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app import wording
from app.errors import ImportInUse, NothingImported
from app.language import ngettext
from app.models import ALL_TABLES, ImportedRecord, ImportRun, SalonProfile, Table
from app.models.connection import Database, table_name
from app.models.kept import instant_text
from app.salon import journal
from app.salon.journal import Progress
from app.salon.transaction import Salon, Work, carry_out
from app.vocabulary import Action, Topic

_SALON = (table_name(SalonProfile), 1)

_Record = tuple[str, int]
"""A table's name and an id."""


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What was removed: how many records of each table."""

    run_id: int
    source: str
    removed: Mapping[str, int]


def take_back(salon: Salon, run_id: int | None = None) -> TakenBack:
    """Take back the import ``run_id``, or the latest one, in one transaction.

    Raises NothingImported; ImportInUse with the number of its records that somebody changed, or used for something
    of their own (a new visit of an imported client). A later import counts as such use: take that one back first.
    """
    return carry_out(salon, remove, run_id).value


def told(taken: TakenBack) -> str:
    """What was taken back, in a sentence."""
    count = sum(taken.removed.values())
    return ngettext(
        "The import of {source} was taken back: {n} record was removed.",
        "The import of {source} was taken back: {n} records were removed.",
        count,
    ).format(source=taken.source, n=wording.number(count))


def last_source(database: Database) -> str | None:
    """The folder from which the latest import came that has not been taken back; None where there is none."""
    try:
        return _run(database, None)[1]
    except NothingImported:
        return None


def remove(work: Work, run_id: int | None = None, *, progress: Progress | None = None) -> TakenBack:
    """The same as an act within a transaction that is already open."""
    run, source, at = _run(work.database, run_id)
    brought = _brought(work.database, run)
    entry_id = _entry(work.database, run, at)
    touched = _touched(work.database, brought, entry_id)
    used = (touched | _referred(work.database, brought)) - {_SALON}
    if used:
        raise ImportInUse(len(used))
    work.tell(Action.IMPORT_TAKEN_BACK, note=source)
    work.notes.topics.update(Topic)
    work.notes.days.update(_days(work.database, run))
    if entry_id is not None and _changes(work.database, entry_id):
        journal.undo(work, entry_id)
    kept = {_SALON} & touched
    removed: dict[str, int] = {}
    for step, table in enumerate(reversed(ALL_TABLES), start=1):
        if table not in (ImportRun, ImportedRecord):
            name = table_name(table)
            removed[name] = _delete(work.database, table, [record for of, record in brought - kept if of == name])
        if progress is not None:
            progress(step, len(ALL_TABLES))
    work.database.rows("DELETE FROM imported_record WHERE run_id = ?", (run,))
    work.database.rows("UPDATE import_run SET taken_back_at = ? WHERE id = ?", (instant_text(work.now), run))
    return TakenBack(run, source, {name: count for name, count in removed.items() if count})


def _run(database: Database, run_id: int | None) -> tuple[int, str, str]:
    """The id of the run to take back, its source, and when it was (as the database keeps it)."""
    row = database.row(
        "SELECT id, source, at FROM import_run WHERE taken_back_at IS NULL AND id = COALESCE(?, id) ORDER BY id DESC",
        (run_id,),
    )
    if row is None:
        raise NothingImported
    return int(row[0]), str(row[1]), str(row[2])


def _brought(database: Database, run: int) -> set[_Record]:
    """Every record of the run, and what hangs on its visits without a source key of its own."""
    tables = {table_name(table) for table in ALL_TABLES}
    keyed = database.rows("SELECT record_table, record FROM imported_record WHERE run_id = ?", (run,))
    found = {(str(name), int(record)) for name, record in keyed if name in tables}
    of_run = "SELECT record FROM imported_record WHERE run_id = ? AND record_table = ?"
    taken = database.rows(f"SELECT id FROM occupancy WHERE booked_service_id IN ({of_run})", (run, "booked_service"))
    due = database.rows(f"SELECT id FROM reminder WHERE visit_id IN ({of_run})", (run, "visit"))
    return found | {("occupancy", int(row[0])) for row in taken} | {("reminder", int(row[0])) for row in due}


def _entry(database: Database, run: int, at: str) -> int | None:
    """The run's entry in the journal: each run has one, of the same moment and in the same order."""
    found = database.value(
        """
        SELECT id FROM journal_entry WHERE action = ? AND at = ? ORDER BY id
        LIMIT 1 OFFSET (SELECT count(*) FROM import_run WHERE at = ? AND id < ?)
        """,
        (str(Action.SALON_IMPORTED), at, at, run),
    )
    return None if found is None else int(found)


def _changes(database: Database, entry_id: int) -> list[journal.RowChange]:
    return journal.read_changes(database.value("SELECT changes FROM journal_entry WHERE id = ?", (entry_id,)))


def _touched(database: Database, brought: set[_Record], entry_id: int | None) -> set[_Record]:
    """Records of the run that a later act changed. An act that was undone did not happen, and nor did its undoing."""
    later = database.rows(
        "SELECT id, changes, undoes FROM journal_entry WHERE id > ? ORDER BY id DESC", (entry_id or 0,)
    )
    undone: set[int] = set()
    touched: set[_Record] = set()
    for row_id, changes, undoes in later:
        if row_id in undone:
            continue
        if undoes is not None:
            undone.add(int(undoes))
            continue
        touched |= {(change.table, change.row_id) for change in journal.read_changes(changes)} & brought
    return touched


def _referred(database: Database, brought: set[_Record]) -> set[_Record]:
    """Records of the run to which something points that the run did not bring."""
    names = {name for name, _record in brought}
    found: set[_Record] = set()
    for table in ALL_TABLES:
        name = table_name(table)
        for column, target in _foreign_keys(table):
            if target not in names or table is ImportedRecord:
                continue
            rows = database.rows(f'SELECT id, {column} FROM "{name}" WHERE {column} IS NOT NULL')
            found |= {(target, row[1]) for row in rows if (target, row[1]) in brought and (name, row[0]) not in brought}
    return found


def _foreign_keys(table: type[Table]) -> list[tuple[str, str]]:
    """The columns of ``table`` that point to another table, with that table's name."""
    meta: Any = table._meta  # noqa: SLF001 - peewee's documented way to a table's facts
    return [(str(field.column_name), str(model._meta.table_name)) for field, model in meta.refs.items()]  # noqa: SLF001


def _days(database: Database, run: int) -> set[date]:
    rows = database.rows(
        """
        SELECT DISTINCT v.day FROM visit v JOIN imported_record r ON r.record = v.id AND r.record_table = 'visit'
        WHERE r.run_id = ?
        """,
        (run,),
    )
    return {date.fromisoformat(row[0]) for row in rows}


def _delete(database: Database, table: type[Table], ids: list[int]) -> int:
    """Remove rows by id, some hundreds at a time."""
    for first in range(0, len(ids), 500):
        part = ids[first : first + 500]
        database.rows(f'DELETE FROM "{table_name(table)}" WHERE id IN ({", ".join("?" * len(part))})', part)
    return len(ids)
