"""From planned visits to rows: services, time taken, ticked steps, reminders, money."""

from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from app.models import (
    Alert,
    BookedService,
    Client,
    ContactPoint,
    Occupancy,
    Payment,
    Reminder,
    Visit,
    VisitStep,
)
from app.salon.clients.register import search_text
from app.salon.exchange.sample.catalogue import CatalogueIds
from app.salon.exchange.sample.diary import Part
from app.salon.exchange.sample.material import Material
from app.salon.exchange.sample.people import Person
from app.salon.exchange.sample.rows import Rows
from app.salon.exchange.sample.visits import PlannedVisit
from app.salon.profile import Profile
from app.salon.reminders.plan import due_at
from app.salon.scheduling.intervals import occupied
from app.vocabulary import (
    LIVE_STATUSES,
    Channel,
    ContactKind,
    PaymentKind,
    ReminderKind,
    ReminderStatus,
    SkipReason,
    Stage,
    VisitStatus,
)

_RAISED_DAYS_AGO = 150
_PRICE_BEFORE = 0.93
"""Prices went up by about 7 % some months ago; earlier visits keep what they were booked for."""
_ROUND_TO = 50_00
_CHECKLISTS_SINCE_DAYS = 120
"""The salon has worked with checklists for so long; earlier visits have none."""


class Records:
    """Turns people and planned visits into rows."""

    def __init__(
        self, material: Material, catalogue: CatalogueIds, profile: Profile, now: datetime, rng: Random, rows: Rows
    ) -> None:
        self._material = material
        self._catalogue = catalogue
        self._profile = profile
        self._zone = ZoneInfo(profile.zone)
        self._now = now
        self._rng = rng
        self._rows = rows
        self._receipts = 0
        self._open_visits_reminded = 0

    # ---- clients -------------------------------------------------------------------------------------------

    def add_people(self, people: list[Person], known_since: list[datetime]) -> None:
        """The cards, with ids in the order of ``people``."""
        for person, since in zip(people, known_since, strict=True):
            created_at = self._instant(since)
            phones = [contact.value for contact in person.contacts if contact.kind is ContactKind.PHONE]
            client = self._rows.add(
                Client,
                name=person.name,
                wishes=person.wishes,
                notes=person.notes,
                birthday=person.birthday,
                search=search_text(person.name, phones),
                created_at=created_at,
            )
            for number, contact in enumerate(person.contacts):
                self._rows.add(
                    ContactPoint,
                    client=client,
                    kind=contact.kind,
                    typed=contact.typed,
                    value=contact.value,
                    whose=contact.whose,
                    is_preferred=number == 0,
                )
            for alert in person.alerts:
                self._rows.add(Alert, client=client, kind=alert.kind, text=alert.text, created_at=created_at)

    # ---- visits --------------------------------------------------------------------------------------------

    def add_visits(self, visits: list[PlannedVisit], people: list[Person]) -> None:
        """The visits in the order in which they were booked; the reminders in the order of the visits."""
        ids: dict[int, int] = {}
        for visit in sorted(visits, key=lambda one: (one.created_at, one.starts_at)):
            ids[id(visit)] = self._add_visit(visit)
        for visit in sorted(visits, key=lambda one: (one.starts_at, one.created_at)):
            if visit.status is VisitStatus.COMPLETED:
                self._pay(visit, ids[id(visit)])
            if visit.person is not None:
                self._remind(visit, ids[id(visit)], people[visit.person])

    def _add_visit(self, visit: PlannedVisit) -> int:
        hurried = visit.status is VisitStatus.COMPLETED and self._rng.random() < 0.012
        visit_id = self._rows.add(
            Visit,
            client=None if visit.person is None else visit.person + 1,
            day=visit.day,
            status=visit.status,
            cancel_reason=visit.cancel_reason,
            comment=visit.comment,
            open_steps_reason=self._rng.choice(self._material.phrases("open_steps")) if hurried else "",
            created_at=self._instant(visit.created_at),
        )
        for position, (part, starts_at) in enumerate(visit.timed_parts()):
            self._add_service(visit, visit_id, position, part, starts_at, hurried=hurried)
        return visit_id

    def _add_service(
        self, visit: PlannedVisit, visit_id: int, position: int, part: Part, starts_at: datetime, *, hurried: bool
    ) -> None:
        lengths = part.lengths
        staff = self._catalogue.masters[part.master]
        ends_at = starts_at + timedelta(minutes=lengths.total)
        booked = self._rows.add(
            BookedService,
            visit=visit_id,
            service=self._catalogue.services[part.service],
            staff=staff,
            position=position,
            starts_at=starts_at,
            ends_at=ends_at,
            working_minutes=lengths.working,
            gap_minutes=lengths.gap,
            finishing_minutes=lengths.finishing,
            price=self._price(part, visit),
        )
        if visit.status in LIVE_STATUSES:
            for taken in occupied(starts_at, lengths):
                self._rows.add(
                    Occupancy,
                    staff=staff,
                    starts_at=taken.starts_at,
                    ends_at=taken.ends_at,
                    booked_service=booked,
                    block=None,
                )
        if (self._now.date() - visit.day).days <= _CHECKLISTS_SINCE_DAYS:
            self._add_steps(visit, visit_id, booked, staff, part, starts_at, ends_at, hurried=hurried)

    def _price(self, part: Part, visit: PlannedVisit) -> int:
        price = self._material.price_list.services[part.service].price
        if (self._now.date() - visit.created_at.date()).days < _RAISED_DAYS_AGO:
            return price
        return round(price * _PRICE_BEFORE / _ROUND_TO) * _ROUND_TO

    # ---- steps ---------------------------------------------------------------------------------------------

    def _add_steps(
        self,
        visit: PlannedVisit,
        visit_id: int,
        booked: int,
        staff: int,
        part: Part,
        starts_at: datetime,
        ends_at: datetime,
        *,
        hurried: bool,
    ) -> None:
        checklist = self._material.price_list.services[part.service].checklist
        middle = starts_at + (ends_at - starts_at) * 0.5
        moments = {
            Stage.INTAKE: self._instant(starts_at + timedelta(minutes=3)),
            Stage.SERVICE: self._instant(middle),
            Stage.COMPLETION: self._instant(ends_at - timedelta(minutes=3)),
        }
        now = self._instant(self._now)
        rng = self._rng
        for position, step in enumerate(self._material.price_list.checklists[checklist].steps):
            done = visit.status is VisitStatus.COMPLETED
            if visit.status is VisitStatus.IN_SERVICE:
                done = moments[step.stage] <= now
            elif visit.status is VisitStatus.ARRIVED:
                done = step.stage is Stage.INTAKE and not step.is_required
            if done and not step.is_required:
                done = rng.random() < 0.9
            if hurried and step.stage is Stage.COMPLETION:
                done = False
            self._rows.add(
                VisitStep,
                visit=visit_id,
                booked_service=booked,
                stage=step.stage,
                position=position,
                text=step.text,
                is_required=step.is_required,
                done_at=min(moments[step.stage], now) if done else None,
                done_by=staff if done else None,
            )

    # ---- money ---------------------------------------------------------------------------------------------

    def _pay(self, visit: PlannedVisit, visit_id: int) -> None:
        rng = self._rng
        self._receipts += 1
        share = 0.9 if rng.random() < 0.04 else 1
        client = None if visit.person is None else visit.person + 1
        for part in visit.parts:
            service = self._material.price_list.services[part.service]
            self._paid(
                visit, visit_id, client, part, PaymentKind.SERVICE, service.name, self._price(part, visit) * share
            )
        if visit.buys_product or rng.random() < 0.08:
            part = visit.parts[0]
            checklist = self._material.price_list.services[part.service].checklist
            product = rng.choice([one for one in self._material.products if one.checklist == checklist])
            self._paid(visit, visit_id, client, part, PaymentKind.PRODUCT, product.name, product.price)

    def _paid(
        self,
        visit: PlannedVisit,
        visit_id: int,
        client: int | None,
        part: Part,
        kind: PaymentKind,
        description: str,
        amount: float,
    ) -> None:
        self._rows.add(
            Payment,
            day=visit.day,
            visit=visit_id,
            client=client,
            staff=self._catalogue.masters[part.master],
            kind=kind,
            description=description,
            amount=round(amount),
            receipt=f"{self._receipts:05}",
        )

    # ---- reminders -----------------------------------------------------------------------------------------

    def _remind(self, visit: PlannedVisit, visit_id: int, person: Person) -> None:
        due = due_at(visit.starts_at, self._profile.reminder_minute, visit.created_at)
        if due is None:
            return
        status, skip_reason, closed_at = self._outcome(visit, person, due)
        opened = status in {ReminderStatus.OPENED, ReminderStatus.SENT, ReminderStatus.FAILED}
        shown_at = closed_at or self._now - timedelta(minutes=4)
        self._rows.add(
            Reminder,
            visit=visit_id,
            kind=ReminderKind.UPCOMING_VISIT,
            channel=Channel.BY_HAND,
            due_at=due,
            status=status,
            sent_through=self._channel(person) if opened else None,
            opened_at=self._instant(shown_at - timedelta(minutes=1)) if opened else None,
            closed_at=None if closed_at is None else self._instant(closed_at),
            skip_reason=skip_reason,
            note=self._material.phrase("reminder_failed") if status is ReminderStatus.FAILED else "",
        )

    def _outcome(
        self, visit: PlannedVisit, person: Person, due: datetime
    ) -> tuple[ReminderStatus, SkipReason | None, datetime | None]:
        """What became of a reminder, why it was left out, and when it was closed."""
        rng = self._rng
        if visit.cancelled_at is not None and visit.cancelled_at < due:
            return ReminderStatus.CANCELLED, None, visit.cancelled_at
        if due > self._now:
            return ReminderStatus.QUEUED, None, None
        if visit.reminder is not None:
            return visit.reminder, None, None
        closed_at = min(due + timedelta(minutes=rng.randrange(4, 150)), visit.cancelled_at or self._now, self._now)
        if not person.has_phone:
            return ReminderStatus.SKIPPED, SkipReason.NO_CONTACT, closed_at
        if visit.day > self._now.date() and visit.status is not VisitStatus.CANCELLED:
            return self._in_work(visit, closed_at)
        fate = rng.random()
        if fate < 0.02 and visit.status is not VisitStatus.CONFIRMED:
            return ReminderStatus.FAILED, None, closed_at
        if fate < 0.05:
            return ReminderStatus.SKIPPED, rng.choice((SkipReason.ALREADY_KNOWS, SkipReason.CLIENT_DECLINED)), closed_at
        return ReminderStatus.SENT, None, closed_at

    def _in_work(
        self, visit: PlannedVisit, closed_at: datetime
    ) -> tuple[ReminderStatus, SkipReason | None, datetime | None]:
        """Tomorrow's reminders, while the administrator works through them from the top."""
        self._open_visits_reminded += 1
        if visit.status is VisitStatus.CONFIRMED:
            return ReminderStatus.SENT, None, closed_at
        if self._open_visits_reminded == 4:
            return ReminderStatus.SKIPPED, SkipReason.ALREADY_KNOWS, closed_at
        if self._open_visits_reminded in {5, 7}:
            return ReminderStatus.OPENED, None, None
        return ReminderStatus.QUEUED, None, None

    def _channel(self, person: Person) -> Channel:
        if any(contact.kind is ContactKind.TELEGRAM for contact in person.contacts):
            return Channel.TELEGRAM
        return self._rng.choices((Channel.WHATSAPP, Channel.TELEGRAM, Channel.PHONE_CALL), (72, 16, 12))[0]

    def _instant(self, wall: datetime) -> datetime:
        return wall.replace(tzinfo=self._zone)
