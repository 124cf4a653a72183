"""Bringing another program's salon into ours: read, decide, write, all of it or nothing.

Files are read and decided upon before the write lock is taken. Everything that is written has a source key, so a
second import of the same rows changes nothing, and ``taking_back`` finds exactly what an import brought.
"""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from app.models import (
    ALL_TABLES,
    BookedService,
    Client,
    ImportRun,
    Payment,
    Reminder,
    Service,
    ServiceCategory,
    Shift,
    StaffMember,
    StaffService,
    Table,
    Visit,
)
from app.models.connection import Database
from app.salon.exchange import profiles, rows, tables
from app.salon.exchange.batch import Batch
from app.salon.exchange.decisions import Source, story
from app.salon.exchange.profiles import Role
from app.salon.exchange.report import ImportReport, Remark, Why
from app.salon.exchange.salon_draft import SalonDraft
from app.salon.exchange.visits_draft import VisitsDraft
from app.salon.transaction import Salon, Work, carry_out
from app.vocabulary import Action, Topic

Progress = Callable[[int, int], None]
"""Called with how many steps are done and how many there are."""

_KINDS: dict[type[Table], str] = {
    Client: "clients",
    Visit: "visits",
    BookedService: "booked_services",
    Payment: "payments",
    Reminder: "reminders",
    Service: "services",
    ServiceCategory: "categories",
    StaffMember: "staff",
    StaffService: "skills",
    Shift: "shifts",
}
"""What the report calls the records of each table."""

_STEPS = len(Role) + 2 + len(ALL_TABLES)


def run(
    salon: Salon,
    profile_name: str,
    folder: Path,
    *,
    today: date,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> ImportReport:
    """Import the export in ``folder`` through the profile called ``profile_name``, seen from ``today``.

    A dry run tells the same report and writes nothing. Raises NoSuchProfile, BrokenProfile and what ``tables`` and
    ``rows`` raise about files (FileMissing, NotAFile, SeveralFiles, FileTooBig, FileEmpty, NotATable, ColumnMissing,
    ColumnTwice, RowsUnreadable, FileUnreadable); nothing is changed then.
    """
    source = gather(profile_name, folder, today=today, progress=progress)
    if dry_run:
        return preview(salon, source)
    return carry_out(salon, bring, source, progress=progress).value


def preview(salon: Salon, source: Source) -> ImportReport:
    """What ``source`` would bring; nothing is written."""
    return _Draft(salon.database, salon.clock.now(), source).report(dry_run=True)


def gather(profile_name: str, folder: Path, *, today: date, progress: Progress | None = None) -> Source:
    """Read an export and decide what it means; the salon's database is not touched. Raises as ``run``."""
    profile = profiles.load(profile_name)
    tables.check_folder(folder)
    paths = {role: tables.find(folder, file_map) for role, file_map in profile.files.items()}
    found: dict[Role, tables.SourceTable] = {}
    for step, (role, path) in enumerate(paths.items(), start=1):
        if path is not None:
            found[role] = tables.read(path, profile.files[role])
        _tell(progress, step)
    export = rows.read_rows(profile, found)
    _tell(progress, len(Role) + 1)
    return Source(profile, folder, export, story(export, profile, today), today)


def bring(work: Work, source: Source, *, progress: Progress | None = None) -> ImportReport:
    """Write what ``source`` tells and the salon does not know yet; if it knows all of it, write nothing at all."""
    draft = _Draft(work.database, work.now, source)
    report = draft.report()
    _tell(progress, len(Role) + 2)
    if not report.is_news:
        _tell(progress, _STEPS)
        return report
    work.tell(Action.SALON_IMPORTED, note=f"{source.profile.title}: {source.folder.name}")
    run_id = work.database.insert(
        ImportRun, {"profile": source.profile.name, "source": source.folder.name, "at": work.now}
    )
    for step, table in enumerate(ALL_TABLES, start=len(Role) + 3):
        work.database.insert_many(table, draft.batch.rows(table, run_id))
        _tell(progress, step)
    draft.visits.follow_up(work)
    work.notes.topics.update(Topic)
    work.notes.days.update(draft.visits.days)
    return draft.report(run_id=run_id)


def _tell(progress: Progress | None, done: int) -> None:
    if progress is not None:
        progress(done, _STEPS)


class _Draft:
    """What an import would add, complete and in memory."""

    def __init__(self, database: Database, now: datetime, source: Source) -> None:
        self._source = source
        self.batch = Batch(database, source.profile.name)
        self._salon = SalonDraft(database, now, source, self.batch)
        self.visits = VisitsDraft(database, now, source, self.batch, self._salon)

    def report(self, run_id: int | None = None, *, dry_run: bool = False) -> ImportReport:
        """What was, or would be, brought."""
        export, decided = self._source.export, self._source.story
        skipped = [*decided.skipped, *self.visits.skipped]
        left_out = {remark.place for remark in skipped}
        keys = [row.key for row in export.lasting if row.place not in left_out]
        already_known = sum(self.batch.is_known(key) for key in keys)
        unread = [remark for remark in export.remarks if remark.why is not Why.CODE_PAGE]
        return ImportReport(
            profile=self._source.profile.name,
            dry_run=dry_run,
            read=export.read,
            rows_imported=len(keys) - already_known,
            already_known=already_known,
            consulted=len(export.products),
            imported={kind: self.batch.count(table) for table, kind in _KINDS.items()},
            updated={"visits": self.visits.updated},
            skipped=tuple(sorted([*unread, *skipped], key=_by_place)),
            notes=tuple(self._notes()),
            run_id=run_id,
        )

    def _notes(self) -> list[Remark]:
        export, decided = self._source.export, self._source.story
        told = [remark for remark in export.remarks if remark.why is Why.CODE_PAGE]
        told += sorted([*decided.notes, *self._salon.notes, *self.visits.notes], key=_by_place)
        if self.visits.shortened:
            told.append(Remark(None, Why.SHORTENED, count=self.visits.shortened))
        if self.batch.count(Reminder):
            told.append(Remark(None, Why.REMINDERS_PLANNED, count=self.batch.count(Reminder)))
        return told


def _by_place(remark: Remark) -> tuple[str, int]:
    """Remarks about rows first, file by file; those about the whole import last."""
    return ("\uffff", 0) if remark.place is None else (remark.place.file, remark.place.row)
