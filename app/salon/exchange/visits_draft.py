"""Drafting the visits of an export, the time they take, their reminders, and the money."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from app import wording
from app.clock import wall_time
from app.language import _
from app.models import BookedService, Occupancy, Payment, Reminder, Visit
from app.models.connection import Database
from app.models.kept import read_wall
from app.salon.exchange.batch import Batch
from app.salon.exchange.decisions import BroughtService, BroughtVisit, Length, Source, fitted
from app.salon.exchange.report import Remark, Why
from app.salon.exchange.salon_draft import SalonDraft
from app.salon.reminders import queue
from app.salon.reminders.plan import due_at
from app.salon.scheduling.intervals import Interval
from app.salon.transaction import Work
from app.vocabulary import AWAITED_STATUSES, LIVE_STATUSES, Channel, ReminderKind, ReminderStatus, VisitStatus

STATUS_OF_VISIT = "visit.status"
"""What a row brought that told no record, but the outcome of one: a row of the no-show report."""


@dataclass(frozen=True, slots=True)
class _Standing:
    """What stands in the database: statuses by visit id, visit ids by id of the booked service."""

    statuses: Mapping[int, VisitStatus]
    services: Mapping[int, int]


class VisitsDraft:
    """Visits that are new, and those of an earlier import of which the export now tells the outcome."""

    def __init__(self, database: Database, now: datetime, source: Source, batch: Batch, salon: SalonDraft) -> None:
        self._database = database
        self._now = now
        self._today = source.today
        self._story = source.story
        self._batch = batch
        self._salon = salon
        self._places = {row.key: row.place for row in source.export.bookings}
        self._outcomes: list[tuple[int, BroughtVisit]] = []
        self._standing = self._standing_of_clients()
        self.notes: list[Remark] = []
        self.skipped: list[Remark] = []
        """Rows that are left out, because of whom they are about."""
        self.shortened = 0
        """How many bookings were shortened to the next one."""
        self.days: set[date] = set()
        """The dates that are concerned."""
        self._taken = self._taken_places()
        self._visits = self._add_visits()
        self._add_payments()

    @property
    def updated(self) -> int:
        """How many visits of an earlier import have an outcome now."""
        return len(self._outcomes)

    def follow_up(self, work: Work) -> None:
        """Note the outcome of visits that an earlier import brought as booked. The journal keeps what they were."""
        for visit_id, brought in self._outcomes:
            work.update(Visit, visit_id, status=brought.status)
            for service in brought.services:
                known = self._batch.found(BookedService, service.key)
                if known is not None and brought.status is VisitStatus.COMPLETED:
                    work.update(BookedService, known, price=service.price)
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

    # ---- visits --------------------------------------------------------------------------------------------

    def _standing_of_clients(self) -> dict[int, tuple[str, bool]]:
        """The clients who are not booked like everybody: their names, and whether they asked to be forgotten."""
        rows = self._database.rows(
            """
            SELECT id, name, COALESCE(forget_asked_at, forgotten_at) IS NOT NULL FROM client
            WHERE do_not_book_reason <> '' OR forget_asked_at IS NOT NULL OR forgotten_at IS NOT NULL
            """
        )
        return {client_id: (name, bool(leaves)) for client_id, name, leaves in rows}

    def _taken_places(self) -> dict[tuple[int, date], list[Interval]]:
        """What already stands in the calendar of masters whom an earlier import had brought."""
        found: dict[tuple[int, date], list[Interval]] = defaultdict(list)
        if any(self._batch.is_known(self._batch.key("staff", code)) for code in self._salon.staff):
            for staff, start, end in self._database.rows(
                "SELECT staff_id, starts_at, ends_at FROM occupancy WHERE staff_id IS NOT NULL"
            ):
                interval = Interval(read_wall(start), read_wall(end))
                found[staff, interval.starts_at.date()].append(interval)
        return found

    def _add_visits(self) -> dict[str, int]:
        """Ids of the visits by key."""
        found: dict[str, int] = {}
        standing = self._standing_visits()
        for brought in self._story.visits:
            new = [service for service in brought.services if not self._batch.is_known(service.key)]
            visit_id = self._batch.found(Visit, brought.key) or self._visit_of_known_services(brought, standing)
            if visit_id is None:
                if not self._may_come(brought):
                    continue
                visit_id = self._new_visit(brought, new)
            elif any(not self._batch.is_known(key) for key in brought.evidence):
                self._follow(visit_id, brought, standing)
            found[brought.key] = visit_id
            is_live = standing.statuses.get(visit_id, brought.status) in LIVE_STATUSES
            self._add_booked(visit_id, brought, new, takes_place=is_live and brought.status in LIVE_STATUSES)
        for row_key, visit_key in self._story.no_shows:
            if not self._batch.is_known(row_key):
                self._batch.note(row_key, STATUS_OF_VISIT, found[visit_key])
        return found

    def _standing_visits(self) -> _Standing:
        if self._batch.is_first:
            return _Standing({}, {})
        statuses = {row[0]: VisitStatus(row[1]) for row in self._database.rows("SELECT id, status FROM visit")}
        services = {row[0]: int(row[1]) for row in self._database.rows("SELECT id, visit_id FROM booked_service")}
        return _Standing(statuses, services)

    def _visit_of_known_services(self, brought: BroughtVisit, standing: _Standing) -> int | None:
        """The standing visit that holds exactly these services: booked once, missed since."""
        known = {self._batch.found(BookedService, service.key) for service in brought.services}
        visits = {standing.services.get(booked) for booked in known if booked is not None}
        if None in known or len(visits) != 1:
            return None
        visit_id = visits.pop()
        held = {booked for booked, visit in standing.services.items() if visit == visit_id}
        return visit_id if held == known else None

    def _follow(self, visit_id: int, brought: BroughtVisit, standing: _Standing) -> None:
        status = standing.statuses.get(visit_id)
        if status in AWAITED_STATUSES and brought.status not in AWAITED_STATUSES:
            self._outcomes.append((visit_id, brought))
            self.days.add(brought.day)

    def _may_come(self, brought: BroughtVisit) -> bool:
        """Whether a new visit is to be brought; what is to be known of one that is ahead is told.

        What has happened has happened. A visit ahead was promised in the other program: somebody whom the salon does
        not want to book keeps it until the salon has decided, but nobody who asked to be forgotten does.
        """
        if brought.client is None or brought.status not in AWAITED_STATUSES or brought.day < self._today:
            return True
        name, leaves = self._standing.get(self._salon.clients[brought.client], ("", False))
        places = [self._places[one.key] for one in brought.services if one.key in self._places]
        day = wording.date_in_digits(brought.day)
        if leaves:
            self.skipped += [Remark(place, Why.TO_BE_FORGOTTEN, day) for place in places]
            return False
        if name:
            self.notes += [Remark(place, Why.NOT_WANTED, f"{day}, {name}") for place in places[:1]]
        return True

    def _new_visit(self, brought: BroughtVisit, new: list[BroughtService]) -> int:
        overbooked = any(self._length(service).is_overbooked for service in new)
        visit_id = self._batch.add(
            Visit,
            brought.key,
            client=None if brought.client is None else self._salon.clients[brought.client],
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
        due = due_at(min(starts), self._salon.facts.reminder_minute, self._wall_now())
        if due is not None:
            self._batch.add(
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
        there = wall_time(self._now, self._salon.facts.zone)
        return there if there.date() == self._today else datetime.combine(self._today, time())

    def _add_booked(
        self, visit_id: int, brought: BroughtVisit, new: list[BroughtService], *, takes_place: bool
    ) -> None:
        starts = [service.starts_at for service in brought.services if service.starts_at is not None]
        first = min(starts, default=None) or self._salon.opening(brought.day)
        for position, service in enumerate(brought.services):
            if service not in new:
                continue
            start = service.starts_at or first
            length = self._length(service)
            minutes = min(length.minutes, 23 * 60 + 59 - start.hour * 60 - start.minute)
            ends_at = start + timedelta(minutes=minutes)
            booked_id = self._batch.add(
                BookedService,
                service.key,
                visit=visit_id,
                service=self._salon.services[service.service],
                staff=self._salon.staff[service.staff],
                position=position,
                starts_at=start,
                ends_at=ends_at,
                working_minutes=minutes,
                price=service.price,
                takes_time=service.takes_time,
            )
            self.shortened += length.is_shortened and service.takes_time
            if length.is_overbooked and service.key in self._places:
                self.notes.append(Remark(self._places[service.key], Why.OVERBOOKED))
            if service.takes_time and takes_place:
                self._batch.add(
                    Occupancy,
                    None,
                    staff=self._salon.staff[service.staff],
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
        taken = self._taken.get((self._salon.staff[service.staff], service.starts_at.date()), ())
        return fitted(service.starts_at, service.length, taken)

    def _add_payments(self) -> None:
        for payment in self._story.payments:
            row = payment.row
            if self._batch.is_known(row.key):
                continue
            self._batch.add(
                Payment,
                row.key,
                day=row.day,
                visit=None if payment.visit is None else self._visits[payment.visit],
                client=None if row.client is None else self._salon.clients[row.client],
                staff=self._salon.staff[row.staff],
                kind=payment.kind,
                description=row.description or wording.payment_kind(payment.kind),
                quantity=row.quantity,
                amount=row.amount,
                tax=row.tax,
                receipt=row.receipt,
            )
            self.days.add(row.day)


def _who_cancelled(brought: BroughtVisit) -> str:
    if brought.cancelled_on is None or not brought.cancelled_by:
        return ""
    return _("Cancelled on {date} by {name}.").format(
        date=wording.date_in_digits(brought.cancelled_on), name=brought.cancelled_by
    )
