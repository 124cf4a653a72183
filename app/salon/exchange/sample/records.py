"""From planned visits to rows: services, time taken, ticked steps, money."""

from datetime import datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from app.models import (
    Alert,
    BookedService,
    Client,
    ContactPoint,
    Occupancy,
    Payment,
    Visit,
    VisitStep,
)
from app.salon.clients.spelling import search_text
from app.salon.exchange.sample.catalogue import CatalogueIds
from app.salon.exchange.sample.diary import Part
from app.salon.exchange.sample.material import Material
from app.salon.exchange.sample.people import Person
from app.salon.exchange.sample.reminding import Reminding, ToldOutcome
from app.salon.exchange.sample.rows import Rows
from app.salon.exchange.sample.visits import PlannedVisit
from app.salon.journal import written
from app.salon.profile import Profile
from app.salon.scheduling.intervals import Interval, occupied
from app.vocabulary import (
    LIVE_STATUSES,
    Action,
    ContactKind,
    PaymentKind,
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
        self._zone = ZoneInfo(profile.zone)
        self._now = now
        self._rng = rng
        self._rows = rows
        self._receipts = 0
        self._need_room: list[tuple[Interval, int, str]] = []
        self._reminding = Reminding(material, profile, now, rng, rows)

        self.journal: list[dict[str, Any]] = []
        """Who cancelled what and when: the figures ask the journal how late that was."""

    @property
    def told(self) -> list[ToldOutcome]:
        """What the administrator did with the reminders that became due today."""
        return self._reminding.told

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
        """The visits in the order in which they were booked, their money and reminders in the order of the days."""
        self._reminding.work_through(visits, people)
        ids: dict[int, int] = {}
        for visit in sorted(visits, key=lambda one: (one.created_at, one.starts_at)):
            ids[id(visit)] = self._add_visit(visit)
            if visit.cancelled_at is not None:
                self._cancel(visit, ids[id(visit)], visit.cancelled_at)
        self._take_rooms()
        for visit in sorted(visits, key=lambda one: (one.starts_at, one.created_at)):
            if visit.status is VisitStatus.COMPLETED:
                self._pay(visit, ids[id(visit)])
            if visit.person is not None:
                self._reminding.add(visit, ids[id(visit)], people[visit.person])

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

    def _cancel(self, visit: PlannedVisit, visit_id: int, cancelled_at: datetime) -> None:
        self.journal.append(
            {
                "at": self._instant(cancelled_at),
                "actor": self._catalogue.administrator,
                "action": Action.VISIT_CANCELLED,
                "visit": visit_id,
                "client": None if visit.person is None else visit.person + 1,
                "note": visit.cancel_reason,
                "changes": written([]),
            }
        )

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
                self._take(booked, taken, staff=staff)
            self._need_room.append((Interval(starts_at, ends_at), booked, part.service))
        if (self._now.date() - visit.day).days <= _CHECKLISTS_SINCE_DAYS:
            self._add_steps(visit, visit_id, booked, staff, part, starts_at, ends_at, hurried=hurried)

    def _take_rooms(self) -> None:
        """Give each service the first fit room that is free, in the order of their starts: so two rooms do for two."""
        left_at: dict[int, datetime] = {}
        for when, booked, service in sorted(self._need_room):
            fit = self._catalogue.rooms[service]
            room = next(one for one in fit if one not in left_at or left_at[one] <= when.starts_at)
            left_at[room] = when.ends_at
            self._take(booked, when, room=room)

    def _take(self, booked: int, when: Interval, *, staff: int | None = None, room: int | None = None) -> None:
        self._rows.add(
            Occupancy,
            staff=staff,
            room=room,
            starts_at=when.starts_at,
            ends_at=when.ends_at,
            booked_service=booked,
            block=None,
        )

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

    def _instant(self, wall: datetime) -> datetime:
        return wall.replace(tzinfo=self._zone)
