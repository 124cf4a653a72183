"""Makes the sample salon: a studio with a year behind it, on the day and at the hour of the pictures."""

import gc
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from app.clock import standing_at
from app.errors import SalonNotEmpty
from app.models import Client, JournalEntry, Payment, Reminder, SalonProfile, Visit
from app.salon.checklists import steps
from app.salon.clients import card
from app.salon.exchange.sample import day as picture
from app.salon.exchange.sample.acquaintances import NEW_CARDS, add_acquaintances
from app.salon.exchange.sample.catalogue import CatalogueIds, add_absences, add_catalogue, add_shifts
from app.salon.exchange.sample.consenting import add_consents
from app.salon.exchange.sample.material import Material
from app.salon.exchange.sample.people import Crowd, Person
from app.salon.exchange.sample.records import Records
from app.salon.exchange.sample.remembered import add_remembered
from app.salon.exchange.sample.reminding import ToldOutcome
from app.salon.exchange.sample.rows import Rows
from app.salon.exchange.sample.segments import add_segments
from app.salon.exchange.sample.visits import PlannedVisit
from app.salon.exchange.sample.waiting import add_waiting
from app.salon.exchange.sample.works import COLOURING, add_works
from app.salon.exchange.sample.year import DAYS_AFTER, DAYS_BEFORE, Year
from app.salon.profile import Profile
from app.salon.reminders import queue
from app.salon.scheduling import booking
from app.salon.transaction import Salon, Work, carry_out
from app.vocabulary import Action, Language, ReminderStatus, Stage, Topic, VisitStatus

CLIENTS, NEW_CLIENTS = 400, 160
"""How many come in the sample's year, and how many more with each year before it."""
SEED = 12
_PICTURE_HOUR, _PICTURE_MINUTE = 11, 12
_REMINDS_AT = 10 * 60
TABLES_OF_A_SALON = ("staff_member", "service", "checklist_template", "client", "visit", "payment")


@dataclass(frozen=True, slots=True)
class SampleReport:
    """What the sample salon holds. Days are the salon's; ``now`` is the wall time at which the sample stands."""

    name: str
    masters: int
    services: int
    clients: int
    visits: int
    reminders: int
    payments: int
    first_day: date
    last_day: date
    now: datetime


def make(
    salon: Salon,
    today: date,
    *,
    years: int = 1,
    language: Language = Language.RUSSIAN,
    seed: int = SEED,
    now: datetime | None = None,
    clients: int = CLIENTS,
) -> SampleReport:
    """Fill an empty file with a believable nail and hair studio, the same for the same arguments.

    It has ``years`` behind it, and ``clients`` came in the last of them. ``now`` is wall time on ``today`` (11:12
    when not given); what happened by then follows from it. Raises SalonNotEmpty when the file already holds a salon.
    """
    moment = now or datetime(today.year, today.month, today.day, _PICTURE_HOUR, _PICTURE_MINUTE)
    if moment.date() != today:
        raise ValueError("the sample stands at an hour of its own day")
    with salon.database.writing(), _nothing_thrown_away():
        if any(salon.database.value(f"SELECT 1 FROM {table} LIMIT 1") for table in TABLES_OF_A_SALON):
            raise SalonNotEmpty(salon.database.path or Path(":memory:"))
        return _Making(salon, Material(language), moment, years, clients, Random(seed)).done()


@contextmanager
def _nothing_thrown_away() -> Generator[None]:
    """Let nobody look for waste among the rows that are collected: there is none, and it takes a third of the time."""
    looked = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if looked:
            gc.enable()


class _Making:
    """One making, from the price list to the visits that were booked this morning."""

    def __init__(self, salon: Salon, material: Material, now: datetime, years: int, clients: int, rng: Random) -> None:
        self._salon = salon
        self._material = material
        self._now = now
        self._today = now.date()
        self._first = self._today - timedelta(days=DAYS_BEFORE + 365 * (years - 1))
        self._clients = clients + NEW_CLIENTS * (years - 1)
        self._last = self._today + timedelta(days=DAYS_AFTER)
        self._rng = rng
        self._rows = Rows()
        self._profile = Profile(name=material.salon_name, reminder_minute=_REMINDS_AT, is_sample=True)

    def done(self) -> SampleReport:
        """Make everything and write it."""
        crowd = Crowd(self._material, self._rng, self._today)
        cast = crowd.scripted()
        people = [*cast, *crowd.many(self._clients - len(cast))]
        catalogue = add_catalogue(self._material, self._rows)
        diary = add_shifts(self._material, catalogue.masters, self._first, self._last, self._today, self._rows)
        add_absences(
            self._material, catalogue.masters, self._first, self._last, self._today, diary, self._rng, self._rows
        )
        script = picture.scripted(self._material, cast, self._now, self._rng)
        visits = Year(self._material, people, diary, self._first, self._now, self._rng).planned() + script.standing
        late = [booked.visit for booked in script.late]
        records = Records(self._material, catalogue, self._profile, self._now, self._rng, self._rows)
        records.add_people(people, _known_since(people, [*visits, *late]))
        records.add_visits(visits, people)
        carry_out(self._salon, self._write, records.journal)
        for booked in script.late:
            self._book(booked, catalogue)
        for outcome in records.told:
            self._tell(outcome, catalogue)
        add_waiting(lambda wall: self._at(wall, catalogue), self._now)
        coloured = [catalogue.services[key] for key in COLOURING]
        add_works(lambda wall: self._at(wall, catalogue), self._now, coloured, self._material.language)
        add_remembered(lambda wall: self._at(wall, catalogue), self._material, self._now, SEED)
        add_segments(self._at(self._now, catalogue), self._material)
        add_acquaintances(lambda wall: self._at(wall, catalogue), self._material, self._now)
        add_consents(lambda wall: self._at(wall, catalogue), self._now, self._material.language, SEED)
        return self._report(len(script.late))

    def _write(self, work: Work, entries: list[dict[str, Any]]) -> None:
        work.tell(Action.SALON_IMPORTED, note=self._material.source)
        work.notes.topics.update(Topic)
        facts = asdict(self._profile)
        if work.database.kept_row("salon_profile", 1) is None:
            work.database.insert(SalonProfile, {"id": 1, **facts})
        else:
            work.database.update_kept("salon_profile", 1, facts)
        self._rows.write(work.database)
        work.database.insert_many(JournalEntry, entries)

    def _report(self, late: int) -> SampleReport:
        return SampleReport(
            name=self._profile.name,
            masters=len(self._material.masters),
            services=len(self._material.price_list.services),
            clients=self._rows.count(Client) + NEW_CARDS,
            visits=self._rows.count(Visit) + late,
            reminders=self._rows.count(Reminder),
            payments=self._rows.count(Payment),
            first_day=self._first,
            last_day=self._last,
            now=self._now,
        )

    # ---- what came in since yesterday evening ---------------------------------------------------------------

    def _book(self, late: picture.LateBooking, catalogue: CatalogueIds) -> None:
        """Book through the real operations, at the front desk's hour, so that the journal tells it."""
        visit, masters = late.visit, catalogue.masters
        wishes = tuple(
            booking.ServiceWish(
                catalogue.services[part.service],
                masters[part.master],
                starts_at,
                part.lengths,
                self._material.price_list.services[part.service].price,
            )
            for part, starts_at in visit.timed_parts()
        )
        client = None if visit.person is None else visit.person + 1
        database = self._salon.database
        seen = () if client is None else tuple(one.alert_id for one in card.alerts_of(database, client))
        request = booking.BookingRequest(client, wishes, visit.comment, late.overbooked_reason, seen)
        visit_id = carry_out(self._at(visit.created_at, catalogue), booking.book, request).value
        if visit.status in {VisitStatus.IN_SERVICE, VisitStatus.COMPLETED}:
            begun = self._at(visit.starts_at, catalogue)
            carry_out(begun, booking.set_status, visit_id, VisitStatus.IN_SERVICE)
            self._tick(begun, visit_id, masters[visit.parts[0].master], {Stage.INTAKE, Stage.SERVICE})
        if visit.status is VisitStatus.COMPLETED:
            ended = self._at(visit.ends_at, catalogue)
            self._tick(ended, visit_id, masters[visit.parts[0].master], {Stage.COMPLETION})
            carry_out(ended, booking.set_status, visit_id, VisitStatus.COMPLETED)

    def _tell(self, told: ToldOutcome, catalogue: CatalogueIds) -> None:
        """Open a message and tell what came of it, as the administrator did this morning."""
        if told.channel is not None:
            carry_out(self._at(told.at, catalogue), queue.open_message, told.reminder, told.channel)
        if told.status is not ReminderStatus.OPENED:
            later = self._at(told.at + timedelta(minutes=1), catalogue)
            carry_out(later, queue.record, told.reminder, told.status, skip_reason=told.skip_reason)

    def _tick(self, salon: Salon, visit_id: int, staff_id: int, stages: set[Stage]) -> None:
        for step in steps.of_visits(salon.database, [visit_id]):
            if step.stage in stages:
                carry_out(salon, steps.tick, step.step_id, done=True, staff_id=staff_id)

    def _at(self, wall: datetime, catalogue: CatalogueIds) -> Salon:
        clock = standing_at(min(wall, self._now), self._profile.zone)
        return replace(self._salon, clock=clock, actor=catalogue.administrator)


def _known_since(people: list[Person], visits: list[PlannedVisit]) -> list[datetime]:
    """When each card was opened: with the first booking."""
    since: dict[int, datetime] = {}
    for visit in visits:
        if visit.person is not None:
            since[visit.person] = min(visit.created_at, since.get(visit.person, visit.created_at))
    earliest = min(visit.created_at for visit in visits)
    return [since.get(number, earliest) for number in range(len(people))]
