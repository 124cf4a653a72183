"""Bringing another program's salon into ours: read, decide, write, all of it or nothing.

Files are read and decided upon before the write lock is taken. Everything that is written has a source key, so a
second import of the same rows changes nothing, and ``taking_back`` finds exactly what an import brought.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from app import wording
from app.clock import wall_time
from app.language import _
from app.models import (
    ALL_TABLES,
    BookedService,
    Client,
    ImportedRecord,
    ImportRun,
    Occupancy,
    Payment,
    Reminder,
    SalonProfile,
    Service,
    ServiceCategory,
    Shift,
    StaffMember,
    StaffService,
    Table,
    Visit,
)
from app.models.connection import Database, table_name
from app.models.fields import read_wall
from app.salon import profile as profile_of
from app.salon.clients.register import search_text
from app.salon.exchange import profiles, rows, tables
from app.salon.exchange.decisions import BroughtService, BroughtVisit, Length, Story, fitted, story
from app.salon.exchange.hours import DayHours, first_minute_of, last_minute_of, shifts
from app.salon.exchange.profiles import COLOURS, ImportProfile, Role
from app.salon.exchange.report import ImportReport, Remark, Why
from app.salon.exchange.rows import Export, source_key
from app.salon.reminders import queue
from app.salon.reminders.plan import due_at
from app.salon.scheduling.intervals import Interval
from app.salon.transaction import Salon, Work, carry_out
from app.vocabulary import (
    AWAITED_STATUSES,
    LIVE_STATUSES,
    Action,
    Channel,
    PaymentKind,
    ReminderKind,
    ReminderStatus,
    Topic,
    VisitStatus,
)

Progress = Callable[[int, int], None]
"""Called with how many steps are done and how many there are."""

STATUS_OF_VISIT = "visit.status"
"""What a row brought that told no record, but the outcome of one: a row of the no-show report."""

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


@dataclass(frozen=True, slots=True)
class Source:
    """An export that was read, and the day on which it is looked at."""

    profile: ImportProfile
    folder: Path
    export: Export
    story: Story
    today: date


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
        return _Draft(salon.database, salon.clock.now(), source).report(run_id=None, dry_run=True)
    return carry_out(salon, bring, source, progress=progress).value


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
    report = draft.report(run_id=None, dry_run=False)
    _tell(progress, len(Role) + 2)
    if not report.has_changes and not report.rows_imported:
        _tell(progress, _STEPS)
        return report
    work.tell(Action.SALON_IMPORTED, note=f"{source.profile.title}: {source.folder.name}")
    run_id = work.database.insert(
        ImportRun, {"profile": source.profile.name, "source": source.folder.name, "at": work.now}
    )
    for step, table in enumerate(ALL_TABLES, start=len(Role) + 3):
        work.database.insert_many(table, draft.new(table, run_id))
        _tell(progress, step)
    draft.follow_up(work)
    work.notes.topics.update(Topic)
    work.notes.days.update(draft.days)
    return draft.report(run_id=run_id, dry_run=False)


def _tell(progress: Progress | None, done: int) -> None:
    if progress is not None:
        progress(done, _STEPS)


class _Draft:
    """The rows that an import adds, with their ids and source keys; made in memory, written table by table."""

    def __init__(self, database: Database, now: datetime, source: Source) -> None:
        self._database = database
        self._now = now
        self._profile = source.profile
        self._export = source.export
        self._story = source.story
        self._today = source.today
        self._known = _known_records(database)
        self._rows: dict[type[Table], list[dict[str, Any]]] = defaultdict(list)
        self._keys: list[tuple[str, str, int]] = []
        self._next_id: dict[type[Table], int] = {}
        self._notes: list[Remark] = list(source.story.notes)
        self._shortened = 0
        self._places = {row.key: row.place for row in source.export.bookings}
        self._outcomes: list[tuple[int, BroughtVisit]] = []
        self.days: set[date] = set()
        self._hours = self._all_hours()
        self._salon = self._own_salon()
        self._services = self._add_services()
        self._staff = self._add_staff()
        self._taken = self._taken_places()
        self._clients = self._add_clients()
        self._visits = self._add_visits()
        self._add_payments()
        self._add_skills()
        self._add_shifts()

    # ---- what comes out ------------------------------------------------------------------------------------

    def new(self, table: type[Table], run_id: int) -> list[dict[str, Any]]:
        """The rows to add to ``table``."""
        if table is not ImportedRecord:
            return self._rows[table]
        return [
            {"run": run_id, "source_key": key, "record_table": name, "record": record}
            for key, name, record in self._keys
        ]

    def report(self, run_id: int | None, *, dry_run: bool) -> ImportReport:
        """What was, or would be, brought."""
        skipped_rows = {remark.place for remark in self._story.skipped}
        keys = [row.key for role_rows in self._keyed_rows() for row in role_rows if row.place not in skipped_rows]
        already_known = sum(key in self._known for key in keys)
        skipped = sorted(
            [remark for remark in self._export.remarks if remark.why is not Why.CODE_PAGE] + list(self._story.skipped),
            key=_by_place,
        )
        return ImportReport(
            profile=self._profile.name,
            dry_run=dry_run,
            read=self._export.read,
            rows_imported=len(keys) - already_known,
            already_known=already_known,
            consulted=len(self._export.products),
            imported={kind: len(self._rows[table]) for table, kind in _KINDS.items()},
            updated={"visits": len(self._outcomes)},
            skipped=tuple(skipped),
            notes=tuple(self._all_notes()),
            run_id=run_id,
        )

    def follow_up(self, work: Work) -> None:
        """Note the outcome of visits that an earlier import brought as booked. The journal keeps what they were."""
        for visit_id, brought in self._outcomes:
            work.update(Visit, visit_id, status=brought.status)
            for service in brought.services:
                known = self._known.get(service.key)
                if known is not None and brought.status is VisitStatus.COMPLETED:
                    work.update(BookedService, known[1], price=service.price)
            if brought.status not in LIVE_STATUSES:
                self._free(work, visit_id)
            queue.replan(work, visit_id)

    def _free(self, work: Work, visit_id: int) -> None:
        taken = work.database.rows(
            "SELECT o.id FROM occupancy o JOIN booked_service b ON b.id = o.booked_service_id WHERE b.visit_id = ?",
            (visit_id,),
        )
        for (row_id,) in taken:
            work.delete(Occupancy, row_id)

    def _keyed_rows(self) -> tuple[tuple[Any, ...], ...]:
        export = self._export
        return export.services, export.bookings, export.receipts, export.cancellations, export.no_shows

    def _all_notes(self) -> Iterable[Remark]:
        yield from (remark for remark in self._export.remarks if remark.why is Why.CODE_PAGE)
        yield from sorted(self._notes, key=_by_place)
        if self._shortened:
            yield Remark(None, Why.SHORTENED, count=self._shortened)
        if self._rows[Reminder]:
            yield Remark(None, Why.REMINDERS_PLANNED, count=len(self._rows[Reminder]))

    # ---- ids and keys --------------------------------------------------------------------------------------

    def _add(self, table: type[Table], key: str | None, **fields: Any) -> int:
        """Draft a row of ``table``; its source key makes it known to the next import. Returns its id."""
        if table not in self._next_id:
            name = table_name(table)
            self._next_id[table] = 1 + int(self._database.value(f'SELECT COALESCE(MAX(id), 0) FROM "{name}"'))
        row_id = self._next_id[table]
        self._next_id[table] += 1
        self._rows[table].append({"id": row_id, **fields})
        if key is not None:
            self._keys.append((key, table_name(table), row_id))
        return row_id

    def _key(self, *parts: str) -> str:
        return source_key(self._profile.name, *parts)

    def _found(self, table: type[Table], key: str) -> int | None:
        """The record that an earlier import made of ``key``."""
        known = self._known.get(key)
        return known[1] if known is not None and known[0] == table_name(table) else None

    # ---- the salon and what it offers ----------------------------------------------------------------------

    def _own_salon(self) -> profile_of.Profile:
        """The salon's facts: those that stand in the database, or, in a new file, those of the import profile."""
        standing = profile_of.read(self._database)
        if self._database.value("SELECT 1 FROM salon_profile") is not None:
            if self._key("salon") not in self._known:
                self._notes.append(Remark(None, Why.SALON_KEPT))
            return standing
        every = [hours for of_staff in self._hours.values() for hours in of_staff.values()]
        opens = min((hours.opens for hours in every), default=standing.opens_minute)
        closes = max((hours.closes for hours in every), default=standing.closes_minute)
        own = profile_of.Profile(
            name=self._profile.salon_name,
            zone=self._profile.zone,
            currency=self._profile.currency,
            country=self._profile.country,
            step_minutes=self._profile.step_minutes,
            opens_minute=opens,
            closes_minute=closes,
            reminder_minute=standing.reminder_minute,
        )
        values = {name: getattr(own, name) for name in profile_of.Profile.__slots__}
        self._rows[SalonProfile].append({"id": 1, **values})
        self._keys.append((self._key("salon"), table_name(SalonProfile), 1))
        return own

    def _add_services(self) -> dict[str, int]:
        """Ids of the services by code; their categories come with them."""
        found: dict[str, int] = {}
        categories: dict[str, int] = {}
        for position, row in enumerate(self._export.services):
            if row.category not in categories:
                categories[row.category] = self._category(row.category, len(categories))
            known = self._found(Service, row.key)
            found[row.code] = known or self._add(
                Service,
                row.key,
                category=categories[row.category],
                name=row.name or row.code,
                code=row.code,
                working_minutes=self._profile.usual_minutes(row.code, row.category),
                price=row.price,
                interval_days=self._interval_days(row.code),
                position=position,
                archived_at=None if row.is_active else self._now,
            )
        return found

    def _category(self, code: str, position: int) -> int:
        key = self._key("category", code)
        hint = self._profile.categories.get(code)
        return self._found(ServiceCategory, key) or self._add(
            ServiceCategory,
            key,
            name=hint.name if hint is not None else code or _("Services"),
            colour=hint.colour if hint is not None else position % COLOURS,
            position=position,
        )

    def _interval_days(self, code: str) -> int | None:
        hint = self._profile.services.get(code)
        return None if hint is None else hint.interval_days

    # ---- people --------------------------------------------------------------------------------------------

    def _add_staff(self) -> dict[str, int]:
        """Ids of the staff by code: whoever works most stands first, the till stands last."""
        booked = Counter(row.staff for row in self._export.bookings)
        codes = {row.staff for role_rows in self._keyed_rows()[1:] for row in role_rows}
        in_order = sorted(codes, key=lambda code: (code in self._profile.not_a_person, -booked[code], code))
        left = self._left()
        found: dict[str, int] = {}
        for position, code in enumerate(in_order):
            key = self._key("staff", code)
            known = self._found(StaffMember, key)
            if known is None and code in left:
                self._notes.append(Remark(None, Why.STAFF_LEFT, code))
            found[code] = known or self._add(
                StaffMember,
                key,
                name=code,
                is_master=code not in self._profile.not_a_person,
                position=position,
                archived_at=self._now if code in left else None,
            )
        return found

    def _left(self) -> set[str]:
        """Masters who had stopped working long before the export ends, and are booked for nothing after that."""
        worked = [(row.staff, row.day) for row in (*self._export.bookings, *self._export.receipts)]
        last_seen: dict[str, date] = {}
        for code, day in worked:
            last_seen[code] = max(day, last_seen.get(code, day))
        end = max((row.day for row in self._export.receipts), default=None)
        if end is None:
            return set()
        limit = end - timedelta(days=self._profile.left_after_days)
        return {code for code, day in last_seen.items() if day < limit and code not in self._profile.not_a_person}

    def _add_clients(self) -> dict[str, int]:
        """Ids of the clients by code. The export tells no names, so the code is the name."""
        codes = sorted({row.client for role_rows in self._keyed_rows()[1:] for row in role_rows if row.client})
        found: dict[str, int] = {}
        for code in codes:
            key = self._key("client", code)
            found[code] = self._found(Client, key) or self._add(
                Client, key, name=code, search=search_text(code, []), created_at=self._now
            )
        return found

    def _add_skills(self) -> None:
        """Who does what: what each master was booked or paid for."""
        pairs = {
            (service.staff, service.service)
            for visit in self._story.visits
            for service in visit.services
            if service.staff not in self._profile.not_a_person
        }
        standing = {(staff, service) for staff, service in self._pairs()}
        for code, service in sorted(pairs):
            pair = (self._staff[code], self._services[service])
            if pair not in standing:
                self._add(StaffService, self._key("skill", code, service), staff=pair[0], service=pair[1])

    def _pairs(self) -> list[tuple[int, int]]:
        return [(row[0], row[1]) for row in self._database.rows("SELECT staff_id, service_id FROM staff_service")]

    # ---- hours ---------------------------------------------------------------------------------------------

    def _all_hours(self) -> dict[str, dict[date, DayHours]]:
        """Hours by staff code and date, for everybody who is a person."""
        booked: dict[str, list[Interval]] = defaultdict(list)
        for visit in self._story.visits:
            for service in visit.services:
                if service.starts_at is not None and service.takes_time:
                    ends_at = service.starts_at + timedelta(minutes=service.length.minutes)
                    booked[service.staff].append(Interval(service.starts_at, ends_at))
        left = self._left()
        return {
            code: shifts(intervals, self._today, 0) if code in left else shifts(intervals, self._today)
            for code, intervals in booked.items()
        }

    def _add_shifts(self) -> None:
        """Shifts for masters who are new, and for new bookings of masters who are known, where none stands."""
        new_days = {(row.staff, row.day) for row in self._export.bookings if row.key not in self._known}
        standing = {(row[0], row[1]) for row in self._database.rows("SELECT staff_id, day FROM shift")}
        for code, by_day in sorted(self._hours.items()):
            is_new = self._key("staff", code) not in self._known
            for day, hours in sorted(by_day.items()):
                wanted = is_new or (code, day) in new_days
                if wanted and (self._staff[code], day.isoformat()) not in standing:
                    self._add(
                        Shift,
                        self._key("shift", code, day.isoformat()),
                        staff=self._staff[code],
                        day=day,
                        starts_at=datetime.combine(day, first_minute_of(hours)),
                        ends_at=datetime.combine(day, last_minute_of(hours)),
                    )

    def _opening(self, day: date) -> datetime:
        """When the salon opens on ``day``: where a visit stands whose hour nobody told."""
        opens = [by_day[day].opens for by_day in self._hours.values() if day in by_day]
        minute = min(opens, default=self._salon.opens_minute)
        return datetime.combine(day, time(minute // 60, minute % 60))

    # ---- visits --------------------------------------------------------------------------------------------

    def _taken_places(self) -> dict[tuple[int, date], list[Interval]]:
        """What already stands in the calendar of masters whom an earlier import had brought."""
        found: dict[tuple[int, date], list[Interval]] = defaultdict(list)
        if any(self._key("staff", code) in self._known for code in self._staff):
            for staff, start, end in self._database.rows("SELECT staff_id, starts_at, ends_at FROM occupancy"):
                interval = Interval(read_wall(start), read_wall(end))
                found[staff, interval.starts_at.date()].append(interval)
        return found

    def _add_visits(self) -> dict[str, int]:
        """Ids of the visits by key."""
        found: dict[str, int] = {}
        standing = self._standing_visits()
        for brought in self._story.visits:
            new = [service for service in brought.services if service.key not in self._known]
            visit_id = self._found(Visit, brought.key) or self._visit_of_known_services(brought, standing)
            if visit_id is None:
                visit_id = self._new_visit(brought, new)
            elif any(key not in self._known for key in brought.evidence):
                self._follow(visit_id, brought, standing)
            found[brought.key] = visit_id
            is_live = standing.statuses.get(visit_id, brought.status) in LIVE_STATUSES
            self._add_booked(visit_id, brought, new, takes_place=is_live and brought.status in LIVE_STATUSES)
        for row_key, visit_key in self._story.no_shows:
            if row_key not in self._known:
                self._keys.append((row_key, STATUS_OF_VISIT, found[visit_key]))
        return found

    def _standing_visits(self) -> "_Standing":
        if not self._known:
            return _Standing({}, {})
        statuses = {row[0]: VisitStatus(row[1]) for row in self._database.rows("SELECT id, status FROM visit")}
        services = {row[0]: int(row[1]) for row in self._database.rows("SELECT id, visit_id FROM booked_service")}
        return _Standing(statuses, services)

    def _visit_of_known_services(self, brought: BroughtVisit, standing: "_Standing") -> int | None:
        """The standing visit that holds exactly these services: booked once, missed since."""
        known = {self._found(BookedService, service.key) for service in brought.services}
        visits = {standing.services.get(booked) for booked in known if booked is not None}
        if None in known or len(visits) != 1:
            return None
        visit_id = visits.pop()
        held = {booked for booked, visit in standing.services.items() if visit == visit_id}
        return visit_id if held == known else None

    def _follow(self, visit_id: int, brought: BroughtVisit, standing: "_Standing") -> None:
        status = standing.statuses.get(visit_id)
        if status in AWAITED_STATUSES and brought.status not in AWAITED_STATUSES:
            self._outcomes.append((visit_id, brought))
            self.days.add(brought.day)

    def _new_visit(self, brought: BroughtVisit, new: list[BroughtService]) -> int:
        overbooked = any(self._length(service).is_overbooked for service in new)
        visit_id = self._add(
            Visit,
            brought.key,
            client=None if brought.client is None else self._clients[brought.client],
            day=brought.day,
            status=brought.status,
            hour_known=brought.hour_known,
            cancel_reason=brought.cancel_reason,
            comment=_who_cancelled(brought),
            overbooked_reason=_("Another visit of this master began at the same time in the imported salon.")
            if overbooked
            else "",
            created_at=self._now,
        )
        self._plan_reminder(visit_id, brought)
        self.days.add(brought.day)
        return visit_id

    def _plan_reminder(self, visit_id: int, brought: BroughtVisit) -> None:
        starts = [service.starts_at for service in brought.services if service.starts_at is not None]
        if brought.client is None or brought.status not in AWAITED_STATUSES or not starts:
            return
        due = due_at(min(starts), self._salon.reminder_minute, self._wall_now())
        if due is not None:
            self._add(
                Reminder,
                None,
                visit=visit_id,
                kind=ReminderKind.UPCOMING_VISIT,
                channel=Channel.BY_HAND,
                due_at=due,
                status=ReminderStatus.QUEUED,
            )

    def _wall_now(self) -> datetime:
        """The present on the salon's wall if that is today, else the beginning of the day that counts as today."""
        there = wall_time(self._now, self._salon.zone)
        return there if there.date() == self._today else datetime.combine(self._today, time())

    def _add_booked(
        self, visit_id: int, brought: BroughtVisit, new: list[BroughtService], *, takes_place: bool
    ) -> None:
        starts = [service.starts_at for service in brought.services if service.starts_at is not None]
        first = min(starts, default=None) or self._opening(brought.day)
        for position, service in enumerate(brought.services):
            if service not in new:
                continue
            start = service.starts_at or first
            length = self._length(service)
            minutes = min(length.minutes, 23 * 60 + 59 - start.hour * 60 - start.minute)
            ends_at = start + timedelta(minutes=minutes)
            booked_id = self._add(
                BookedService,
                service.key,
                visit=visit_id,
                service=self._services[service.service],
                staff=self._staff[service.staff],
                position=position,
                starts_at=start,
                ends_at=ends_at,
                working_minutes=minutes,
                price=service.price,
                takes_time=service.takes_time,
            )
            self._shortened += length.is_shortened and service.takes_time
            if length.is_overbooked and service.key in self._places:
                self._notes.append(Remark(self._places[service.key], Why.OVERBOOKED))
            if service.takes_time and takes_place:
                self._add(
                    Occupancy,
                    None,
                    staff=self._staff[service.staff],
                    starts_at=start,
                    ends_at=ends_at,
                    booked_service=booked_id,
                    block=None,
                    is_override=length.is_overbooked,
                )

    def _length(self, service: BroughtService) -> Length:
        """How long a booking takes beside what already stands in the calendar."""
        if service.starts_at is None or not service.takes_time:
            return service.length
        taken = self._taken.get((self._staff[service.staff], service.starts_at.date()), ())
        return fitted(service.starts_at, service.length, taken)

    def _add_payments(self) -> None:
        for payment in self._story.payments:
            row = payment.row
            if row.key in self._known:
                continue
            self._add(
                Payment,
                row.key,
                day=row.day,
                visit=None if payment.visit is None else self._visits[payment.visit],
                client=None if row.client is None else self._clients[row.client],
                staff=self._staff[row.staff],
                kind=payment.kind,
                description=row.description or self._unnamed(payment.kind),
                quantity=row.quantity,
                amount=row.amount,
                tax=row.tax,
                receipt=row.receipt,
            )
            self.days.add(row.day)

    def _unnamed(self, kind: PaymentKind) -> str:
        return wording.payment_kind(kind)


@dataclass(frozen=True, slots=True)
class _Standing:
    """What stands in the database: statuses by visit id, visit ids by id of the booked service."""

    statuses: Mapping[int, VisitStatus]
    services: Mapping[int, int]


def _known_records(database: Database) -> dict[str, tuple[str, int]]:
    found = database.rows("SELECT source_key, record_table, record FROM imported_record")
    return {key: (name, record) for key, name, record in found}


def _by_place(remark: Remark) -> tuple[str, int]:
    """Remarks about rows first, file by file; those about the whole import last."""
    return ("\uffff", 0) if remark.place is None else (remark.place.file, remark.place.row)


def _who_cancelled(brought: BroughtVisit) -> str:
    if brought.cancelled_on is None or not brought.cancelled_by:
        return ""
    return _("Cancelled on {date} by {name}.").format(
        date=wording.date_in_digits(brought.cancelled_on), name=brought.cancelled_by
    )
