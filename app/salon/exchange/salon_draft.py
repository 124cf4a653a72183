"""Drafting the salon itself from an export: its facts, its price list, its people, and their hours."""

from collections import Counter, defaultdict
from dataclasses import asdict
from datetime import date, datetime, time, timedelta

from app.language import _
from app.models import (
    Client,
    SalonProfile,
    Service,
    ServiceCategory,
    Shift,
    StaffMember,
    StaffService,
)
from app.models.connection import Database
from app.salon import profile as profile_of
from app.salon.clients.spelling import search_text
from app.salon.exchange.batch import Batch
from app.salon.exchange.decisions import Source
from app.salon.exchange.hours import WEEKS_AHEAD, DayHours, first_minute_of, last_minute_of, shifts
from app.salon.exchange.profiles import COLOURS
from app.salon.exchange.report import Remark, Why
from app.salon.scheduling.intervals import Interval


class SalonDraft:
    """Who works here, what is offered, who comes. Ids by the codes of the export."""

    def __init__(self, database: Database, now: datetime, source: Source, batch: Batch) -> None:
        self._database = database
        self._now = now
        self._source = source
        self._profile = source.profile
        self._export = source.export
        self._batch = batch
        self._left = self._who_left()
        self._hours = self._all_hours()
        self.notes: list[Remark] = []
        self.facts = self._own_facts()
        self.services = self._add_services()
        self.staff = self._add_staff()
        self.clients = self._add_clients()
        self._add_skills()
        self._add_shifts()

    def opening(self, day: date) -> datetime:
        """When the salon opens on ``day``: where a visit stands whose hour nobody told."""
        opens = [by_day[day].opens for by_day in self._hours.values() if day in by_day]
        minute = min(opens, default=self.facts.opens_minute)
        return datetime.combine(day, time(minute // 60, minute % 60))

    # ---- the salon and what it offers ----------------------------------------------------------------------

    def _own_facts(self) -> profile_of.Profile:
        """The salon's facts: those that stand in the database, or, in a new file, those of the import profile."""
        standing = profile_of.read(self._database)
        if self._database.value("SELECT 1 FROM salon_profile") is not None:
            if not self._batch.is_known(self._batch.key("salon")):
                self.notes.append(Remark(None, Why.SALON_KEPT))
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
        values = asdict(own)
        self._batch.add(SalonProfile, self._batch.key("salon"), **values)
        return own

    def _add_services(self) -> dict[str, int]:
        """Ids of the services by code; their categories come with them."""
        found: dict[str, int] = {}
        categories: dict[str, int] = {}
        for position, row in enumerate(self._export.services):
            if row.category not in categories:
                categories[row.category] = self._category(row.category, len(categories))
            known = self._batch.found(Service, row.key)
            found[row.code] = known or self._batch.add(
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
        key = self._batch.key("category", code)
        hint = self._profile.categories.get(code)
        return self._batch.found(ServiceCategory, key) or self._batch.add(
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
        codes = {row.staff for row in self._export.about_people}
        in_order = sorted(codes, key=lambda code: (code in self._profile.not_a_person, -booked[code], code))
        found: dict[str, int] = {}
        for position, code in enumerate(in_order):
            key = self._batch.key("staff", code)
            known = self._batch.found(StaffMember, key)
            if known is None and code in self._left:
                self.notes.append(Remark(None, Why.STAFF_LEFT, code))
            found[code] = known or self._batch.add(
                StaffMember,
                key,
                name=code,
                is_master=code not in self._profile.not_a_person,
                position=position,
                archived_at=self._now if code in self._left else None,
            )
        return found

    def _who_left(self) -> set[str]:
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
        codes = sorted({row.client for row in self._export.about_people if row.client})
        found: dict[str, int] = {}
        for code in codes:
            key = self._batch.key("client", code)
            found[code] = self._batch.found(Client, key) or self._batch.add(
                Client, key, name=code, search=search_text(code, []), created_at=self._now
            )
        return found

    def _add_skills(self) -> None:
        """Who does what: what each master was booked or paid for."""
        pairs = {
            (service.staff, service.service)
            for visit in self._source.story.visits
            for service in visit.services
            if service.staff not in self._profile.not_a_person
        }
        standing = {(staff, service) for staff, service in self._pairs()}
        for code, service in sorted(pairs):
            pair = (self.staff[code], self.services[service])
            if pair not in standing:
                self._batch.add(StaffService, self._batch.key("skill", code, service), staff=pair[0], service=pair[1])

    def _pairs(self) -> list[tuple[int, int]]:
        return [(row[0], row[1]) for row in self._database.rows("SELECT staff_id, service_id FROM staff_service")]

    # ---- hours ---------------------------------------------------------------------------------------------

    def _all_hours(self) -> dict[str, dict[date, DayHours]]:
        """Hours by staff code and date, for everybody who is a person."""
        booked: dict[str, list[Interval]] = defaultdict(list)
        for visit in self._source.story.visits:
            for service in visit.services:
                if service.starts_at is not None and service.takes_time:
                    ends_at = service.starts_at + timedelta(minutes=service.length.minutes)
                    booked[service.staff].append(Interval(service.starts_at, ends_at))
        return {
            code: shifts(intervals, self._source.today, 0 if code in self._left else WEEKS_AHEAD)
            for code, intervals in booked.items()
        }

    def _add_shifts(self) -> None:
        """Shifts for masters who are new, and for new bookings of masters who are known, where none stands."""
        new_days = {(row.staff, row.day) for row in self._export.bookings if not self._batch.is_known(row.key)}
        standing = {(row[0], row[1]) for row in self._database.rows("SELECT staff_id, day FROM shift")}
        for code, by_day in sorted(self._hours.items()):
            is_new = not self._batch.is_known(self._batch.key("staff", code))
            for day, hours in sorted(by_day.items()):
                wanted = is_new or (code, day) in new_days
                if wanted and (self.staff[code], day.isoformat()) not in standing:
                    self._batch.add(
                        Shift,
                        self._batch.key("shift", code, day.isoformat()),
                        staff=self.staff[code],
                        day=day,
                        starts_at=datetime.combine(day, first_minute_of(hours)),
                        ends_at=datetime.combine(day, last_minute_of(hours)),
                    )
