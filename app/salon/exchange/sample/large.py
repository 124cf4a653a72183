"""A large salon with many years behind it: a file to try how the program carries a million booked services.

The days are written month by month as the engine keeps them, past the fields but not past the guards: every place
goes through the triggers of the database.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any

from app.errors import SalonNotEmpty
from app.models import (
    Block,
    BookedService,
    Client,
    JournalEntry,
    Occupancy,
    Payment,
    Reminder,
    SalonProfile,
    Service,
    ServiceCategory,
    Shift,
    StaffMember,
    StaffService,
    Visit,
    VisitStep,
)
from app.models.derived import kept_at_the_end
from app.salon.exchange.sample.catalogue import CatalogueIds, add_checklist, add_office
from app.salon.exchange.sample.clientele import Clientele
from app.salon.exchange.sample.full_day import REST, Offer, Slot, packed
from app.salon.exchange.sample.making import SEED, TABLES_OF_A_SALON, SampleReport
from app.salon.exchange.sample.material import Master, Material
from app.salon.exchange.sample.people import Crowd
from app.salon.exchange.sample.records import Records
from app.salon.exchange.sample.rows import Rows
from app.salon.profile import Profile
from app.salon.scheduling.intervals import Lengths
from app.salon.transaction import Salon, Work, carry_out
from app.vocabulary import (
    LIVE_STATUSES,
    Action,
    BlockKind,
    CancelReason,
    Channel,
    Language,
    PaymentKind,
    ReminderKind,
    ReminderStatus,
    Topic,
    VisitStatus,
)

Progress = Callable[[int, int], None]
"""Is told how many days of how many are made."""


@dataclass(frozen=True, slots=True)
class Scale:
    """How much a large salon holds."""

    masters: int
    clients: int
    services: int
    """Booked services, cancelled ones among them."""


A_YEAR = Scale(masters=12, clients=5_000, services=100_000)
"""What one year brings; the masters are always the same."""

_OPENS, _CLOSES = 9 * 60, 21 * 60
_REMINDS_AT = 10 * 60
_NOW = 11 * 60 + 12
_DAYS_AHEAD = 30
_WEEKDAYS = (0.9, 0.92, 0.95, 0.99, 1.06, 1.17, 1.01)
_DECEMBER = 1.05
_CLOSED = ((1, 1), (1, 2), (1, 7))
"""Months and days on which nobody works."""
_REGULARS_OF_A_DAY = 26
"""So many regulars to a service of each day came before the file begins."""
_EXPRESS_SHARE = 0.97
_TILL_SINCE, _REMINDERS_SINCE, _CHECKLISTS_SINCE = 365, 365, 30
"""For so many days the salon has kept receipts, reminders and checklists."""
_BEFORE = 200
"""So many days before the first day the calendar begins, for what was booked ahead."""
_CANCELLED, _CANCELS_LATE, _NO_SHOW, _CONFIRMED = 0.055, 0.35, 0.03, 0.5
_STILL_TO_SEND = 0.4
"""The share of tomorrow's reminders that nobody has sent yet."""
_EARLY = 8
_BOOKED_AT_ONCE = 0.12
_COMMENTED = 0.03
_RISE = 0.06
"""Prices rise by so much in a year."""
_ROUND_TO = 50_00
_CLOCK = tuple(f"{minute // 60:02}:{minute % 60:02}" for minute in range(24 * 60))
_BUSIEST = (0.42, 0.24, 0.16, 0.1, 0.08)
"""How the express services of a trade share its days, most asked for first; what follows gets the last share."""
_VISIT = ("id", "client_id", "day", "status", "cancel_reason", "comment", "created_at")
_BOOKED = (
    "id", "visit_id", "service_id", "staff_id", "position", "starts_at", "ends_at", "working_minutes", "gap_minutes",
    "finishing_minutes", "price",
)  # fmt: skip
_TAKEN = ("staff_id", "starts_at", "ends_at", "booked_service_id", "block_id")
_COLUMNS: dict[Any, tuple[str, ...]] = {
    Shift: ("staff_id", "day", "starts_at", "ends_at"),
    Block: ("id", "staff_id", "day", "starts_at", "ends_at", "kind", "reason"),
    Visit: _VISIT,
    BookedService: _BOOKED,
    Occupancy: _TAKEN,
    VisitStep: (
        "visit_id", "booked_service_id", "stage", "position", "text", "is_required", "done_at", "done_by_id",
    ),
    Reminder: (
        "visit_id", "kind", "channel", "due_at", "status", "sent_through", "opened_at", "closed_at",
    ),
    Payment: ("day", "visit_id", "client_id", "staff_id", "kind", "description", "amount", "receipt"),
    JournalEntry: ("at", "actor", "action", "visit", "client", "note", "changes"),
}  # fmt: skip
"""Parents before children."""


def make_large(
    salon: Salon,
    today: date,
    *,
    years: int = 10,
    a_year: Scale = A_YEAR,
    language: Language = Language.RUSSIAN,
    seed: int = SEED,
    progress: Progress | None = None,
) -> SampleReport:
    """Fill an empty file with a large salon of ``years``, the same for the same arguments, at 11:12 of ``today``.

    All of it is one transaction. Raises SalonNotEmpty when the file already holds a salon.
    """
    with salon.database.writing():
        if any(salon.database.value(f"SELECT 1 FROM {table} LIMIT 1") for table in TABLES_OF_A_SALON):
            raise SalonNotEmpty(salon.database.path or Path(":memory:"))
        scale = Scale(a_year.masters, a_year.clients * years, a_year.services * years)
        with kept_at_the_end(salon.database):
            return _Large(salon, Material(language), today, years, scale, Random(seed)).done(progress)


@dataclass(frozen=True, slots=True)
class _Told:
    """A visit of one day while it is written."""

    visit_id: int
    client: int | None
    status: VisitStatus
    cancelled: int
    """So many days before; 0 where it was not."""
    created: int
    """So many days before."""


class _Large:
    """One making: the catalogue and the cards first, then the days in their order."""

    def __init__(self, salon: Salon, material: Material, today: date, years: int, scale: Scale, rng: Random) -> None:
        self._salon = salon
        self._database = salon.database
        self._material = material
        self._today = today
        self._scale = scale
        self._rng = rng
        self._first = date(today.year - years, today.month, min(today.day, 28))
        self._days = (today - self._first).days + _DAYS_AHEAD + 1
        self._profile = Profile(
            name=material.salon_name, opens_minute=_OPENS, closes_minute=_CLOSES, reminder_minute=_REMINDS_AT,
            is_sample=True,
        )  # fmt: skip
        self._calendar = [
            (self._first + timedelta(days=number - _BEFORE)).isoformat() for number in range(self._days + _BEFORE)
        ]
        self._rows = Rows()
        self._names: dict[int, str] = {}
        self._offers: list[tuple[list[Offer], list[float]]] = []
        self._new: defaultdict[Any, list[tuple[Any, ...]]] = defaultdict(list)
        self._counts: defaultdict[Any, int] = defaultdict(int)
        self._administrator = ""

    def done(self, progress: Progress | None) -> SampleReport:
        """Make everything and write it."""
        masters = self._add_catalogue()
        a_day = self._scale.services / self._days
        standing = min(round(a_day * _REGULARS_OF_A_DAY), self._scale.clients // 2)
        clientele = Clientele(self._scale.clients, self._days - _DAYS_AHEAD, standing, self._rng)
        self._add_clients(standing)
        carry_out(self._salon, self._open)
        for day, count in self._counts_by_day():
            ahead = (self._first + timedelta(days=day) - self._today).days
            self._add_day(day, ahead, count, masters, clientele)
            if day % 30 == 0:
                self._write()
                if progress is not None:
                    progress(day, self._days)
        self._write()
        if progress is not None:
            progress(self._days, self._days)
        return SampleReport(
            name=self._profile.name,
            masters=self._scale.masters,
            services=self._rows.count(Service),
            clients=self._rows.count(Client),
            visits=self._counts[Visit],
            reminders=self._counts[Reminder],
            payments=self._counts[Payment],
            first_day=self._first,
            last_day=self._first + timedelta(days=self._days - 1),
            now=datetime(self._today.year, self._today.month, self._today.day, _NOW // 60, _NOW % 60),
        )

    # ---- what stands before the first visit ------------------------------------------------------------------

    def _open(self, work: Work) -> None:
        work.tell(Action.SALON_IMPORTED, note=self._material.source)
        work.notes.topics.update(Topic)
        facts = asdict(self._profile)
        if work.database.kept_row("salon_profile", 1) is None:
            work.database.insert(SalonProfile, {"id": 1, **facts})
        else:
            work.database.update_kept("salon_profile", 1, facts)
        self._rows.write(work.database)

    def _add_catalogue(self) -> list[int]:
        """The price list, each service also as an express one, and the masters; returns their ids."""
        prices, rows = self._material.price_list, self._rows
        templates = {key: add_checklist(self._material, key, rows) for key in prices.checklists}
        categories = [
            rows.add(ServiceCategory, name=category.name, colour=category.colour, position=position)
            for position, category in enumerate(prices.categories)
        ]
        express = self._material.phrase("express")
        offers: dict[str, tuple[Offer, Offer]] = {}
        for key, listed in prices.services.items():
            quick = Lengths(15 if listed.lengths.total <= 60 else 30)
            pair = (
                (f"{listed.name}, {express}", quick, max(_ROUND_TO, listed.price // 2 // _ROUND_TO * _ROUND_TO)),
                (listed.name, listed.lengths, listed.price),
            )
            made: list[Offer] = []
            for name, lengths, price in pair:
                service = rows.add(
                    Service,
                    category=categories[listed.category],
                    name=name,
                    code="",
                    working_minutes=lengths.working,
                    gap_minutes=lengths.gap,
                    finishing_minutes=lengths.finishing,
                    price=price,
                    interval_days=listed.interval_days,
                    template=templates[listed.checklist],
                    position=rows.count(Service),
                )
                self._names[service] = name
                made.append(Offer(service, lengths, price, listed.checklist))
            offers[key] = (made[0], made[1])
        masters = [self._add_master(number, offers) for number in range(self._scale.masters)]
        self._administrator = add_office(self._material, rows, len(masters))
        return masters

    def _add_master(self, number: int, offers: dict[str, tuple[Offer, Offer]]) -> int:
        kinds = self._material.masters
        kind = kinds[number % len(kinds)]
        staff = self._rows.add(
            StaffMember, name=kind.name if number < len(kinds) else self._master_name(number), title=kind.title,
            is_master=True, is_administrator=False, is_owner=False, position=number,
        )  # fmt: skip
        quick, usual = [offers[key][0] for key in offers if key in kind.services], self._usual(kind, offers)
        for offer in (*quick, *usual):
            self._rows.add(StaffService, staff=staff, service=offer.service)
        quick.sort(key=lambda offer: offer.lengths.total)
        shares = [_EXPRESS_SHARE * _BUSIEST[min(place, len(_BUSIEST) - 1)] for place in range(len(quick))]
        shares += [(1 - _EXPRESS_SHARE) * sum(shares) / len(usual)] * len(usual)
        self._offers.append(([*quick, *usual], list(accumulate(shares))))
        return staff

    def _usual(self, kind: Master, offers: dict[str, tuple[Offer, Offer]]) -> list[Offer]:
        return [offers[key][1] for key in offers if key in kind.services]

    def _master_name(self, number: int) -> str:
        women, surnames = self._material.words("women"), self._material.words("surnames")
        return self._material.spelt(f"{women[number * 7 % len(women)]} {surnames[number * 31 % len(surnames)]}")

    def _add_clients(self, standing: int) -> None:
        crowd = Crowd(self._material, self._rng, self._today, with_namesakes=True)
        people = crowd.many(self._scale.clients)
        catalogue = CatalogueIds({}, (), self._administrator)
        now = datetime.combine(self._today, datetime.min.time())
        records = Records(self._material, catalogue, self._profile, now, self._rng, self._rows)
        begins = datetime.combine(self._first, datetime.min.time()) + timedelta(hours=10)
        arriving, days = max(1, self._scale.clients - standing), self._days - _DAYS_AHEAD
        since = [
            begins + timedelta(days=max(0, (number - standing) * days // arriving), minutes=number % 480)
            for number in range(self._scale.clients)
        ]
        records.add_people(people, since)

    # ---- days ------------------------------------------------------------------------------------------------

    def _counts_by_day(self) -> Iterator[tuple[int, int]]:
        """Each open day, counted from the first, with its number of booked services; the sum is the scale's."""
        weights = [self._weight(self._first + timedelta(days=number)) for number in range(self._days)]
        whole, sofar, given = sum(weights), 0.0, 0
        for number, weight in enumerate(weights):
            sofar += weight
            upto = round(self._scale.services * sofar / whole)
            if upto > given:
                yield number, upto - given
            given = upto

    def _weight(self, day: date) -> float:
        """How full a day is beside others; what lies ahead is booked more thinly the later it is."""
        if (day.month, day.day) in _CLOSED:
            return 0.0
        ahead = max(0, (day - self._today).days)
        return _WEEKDAYS[day.weekday()] * (_DECEMBER if day.month == 12 else 1.0) * (1 - 0.6 * ahead / _DAYS_AHEAD)

    def _add_day(self, number: int, ahead: int, count: int, masters: list[int], clientele: Clientele) -> None:
        plans: list[tuple[int, Slot]] = []
        for place, staff in enumerate(masters):
            mine = count * (place + 1) // len(masters) - count * place // len(masters)
            offers, shares = self._offers[place]
            slots, rest = packed(offers, shares, mine, _OPENS, _CLOSES, self._rng)
            plans += [(place, slot) for slot in slots]
            self._add_shift(self._day(number), staff, rest)
        firsts = [place for place, slot in plans if not slot.is_joined]
        takers = iter(clientele.of_day(number, firsts))
        told: _Told | None = None
        position = 0
        for (place, slot), following in zip(plans, [*plans[1:], (0, None)], strict=True):
            if slot.is_joined and told is not None:
                position += 1
            else:
                ends = slot.start + slot.offer.lengths.total
                if following[1] is not None and following[1].is_joined:
                    ends += following[1].offer.lengths.total
                told, position = self._add_visit(number, ahead, slot.start, ends, next(takers)), 0
            self._add_service(number, ahead, told, position, masters[place], slot)

    def _add_shift(self, day: str, staff: int, rest: int) -> None:
        begins, ends = f"{day} {_CLOCK[rest]}", f"{day} {_CLOCK[rest + REST]}"
        block = self._number(Block)
        reason = self._material.phrase("rest")
        self._new[Shift].append((staff, day, f"{day} {_CLOCK[_OPENS]}", f"{day} {_CLOCK[_CLOSES]}"))
        self._new[Block].append((block, staff, day, begins, ends, BlockKind.BREAK.value, reason))
        self._new[Occupancy].append((staff, begins, ends, None, block))

    def _add_visit(self, number: int, ahead: int, start: int, ends: int, client: int | None) -> _Told:
        rng = self._rng
        created = max(0, ahead + 1) + (0 if rng.random() < _BOOKED_AT_ONCE else 1 + round(rng.expovariate(1 / 6)))
        status, cancelled = self._fate(ahead, start, ends, created)
        told = _Told(self._number(Visit), None if client is None else client + 1, status, cancelled, created)
        reason = self._reason() if status is VisitStatus.CANCELLED else None
        comment = rng.choice(self._material.texts("comments")) if rng.random() < _COMMENTED else ""
        booked_at = self._moment(number - created, 7 * 60 + start % 480 if created else 5 * 60 + (start - _OPENS) // 8)
        self._new[Visit].append(
            (told.visit_id, told.client, self._day(number), status.value, reason, comment, booked_at)
        )
        if reason is not None:
            at = self._moment(number - cancelled, 17 * 60 + start % 60)
            self._new[JournalEntry].append(
                (at, self._administrator, Action.VISIT_CANCELLED.value, told.visit_id, told.client, reason, "[]")
            )
        if told.client is not None and ahead >= -_REMINDERS_SINCE:
            self._add_reminder(number, ahead, told)
        return told

    def _fate(self, ahead: int, start: int, ends: int, created: int) -> tuple[VisitStatus, int]:
        """Where a visit stands now, and how many days before it was cancelled."""
        rng = self._rng
        fate = rng.random()
        latest = max(1, ahead + 1)
        if fate < _CANCELLED and created >= latest:
            return VisitStatus.CANCELLED, latest if rng.random() < _CANCELS_LATE else rng.randrange(latest, created + 1)
        if ahead > 1:
            return VisitStatus.BOOKED, 0
        if ahead == 1 or (ahead == 0 and start > _NOW + _EARLY):
            return VisitStatus.CONFIRMED if fate < _CONFIRMED else VisitStatus.BOOKED, 0
        if ahead == 0 and ends > _NOW:
            return VisitStatus.IN_SERVICE if start <= _NOW else VisitStatus.ARRIVED, 0
        return VisitStatus.NO_SHOW if fate > 1 - _NO_SHOW else VisitStatus.COMPLETED, 0

    def _reason(self) -> str:
        return self._rng.choice((CancelReason.CLIENT_ASKED, CancelReason.CLIENT_ASKED, CancelReason.CLIENT_ILL)).value

    def _add_service(self, number: int, ahead: int, told: _Told, position: int, staff: int, slot: Slot) -> None:
        day, lengths = self._day(number), slot.offer.lengths
        booked = self._number(BookedService)
        at = [f"{day} {_CLOCK[slot.start + later]}" for later in (0, lengths.working, lengths.working + lengths.gap)]
        ends = f"{day} {_CLOCK[slot.start + lengths.total]}"
        price = slot.offer.price
        if ahead < 0:
            price = max(_ROUND_TO, round(price * (1 + _RISE) ** (ahead // 365 + 1) / _ROUND_TO) * _ROUND_TO)
        self._new[BookedService].append(
            (
                booked, told.visit_id, slot.offer.service, staff, position, at[0], ends,
                lengths.working, lengths.gap, lengths.finishing, price,
            )
        )  # fmt: skip
        if told.status in LIVE_STATUSES:
            self._new[Occupancy].append((staff, at[0], at[1] if lengths.gap else ends, booked, None))
            if lengths.gap and lengths.finishing:
                self._new[Occupancy].append((staff, at[2], ends, booked, None))
        if ahead >= -_CHECKLISTS_SINCE:
            self._add_steps(number, told, booked, staff, slot)
        if told.status is VisitStatus.COMPLETED and ahead >= -_TILL_SINCE:
            name = self._names[slot.offer.service]
            self._new[Payment].append(
                (day, told.visit_id, told.client, staff, PaymentKind.SERVICE.value, name, price, f"{told.visit_id:07}")
            )
            self._counts[Payment] += 1

    def _add_steps(self, number: int, told: _Told, booked: int, staff: int, slot: Slot) -> None:
        is_done = told.status is VisitStatus.COMPLETED
        done_at = self._moment(number, slot.start + slot.offer.lengths.total - 3 * 60 - 2) if is_done else None
        for position, step in enumerate(self._material.price_list.checklists[slot.offer.checklist].steps):
            self._new[VisitStep].append(
                (
                    told.visit_id, booked, step.stage.value, position, step.text, step.is_required,
                    done_at, staff if is_done else None,
                )
            )  # fmt: skip

    def _add_reminder(self, number: int, ahead: int, told: _Told) -> None:
        """One that was due the day before at ten; who booked inside the lead time has none."""
        if told.created < 2:
            return
        status, closed_at = ReminderStatus.SENT, self._moment(number - 1, 7 * 60 + self._rng.randrange(5, 65))
        if told.status is VisitStatus.CANCELLED:
            if told.cancelled > 1:
                status, closed_at = ReminderStatus.CANCELLED, self._moment(number - told.cancelled, 18 * 60)
        elif ahead > 1 or (ahead == 1 and self._rng.random() < _STILL_TO_SEND):
            status, closed_at = ReminderStatus.QUEUED, None
        is_sent = status is ReminderStatus.SENT
        self._new[Reminder].append(
            (
                told.visit_id, ReminderKind.UPCOMING_VISIT.value, Channel.BY_HAND.value,
                f"{self._day(number - 1)} {_CLOCK[_REMINDS_AT]}", status.value,
                Channel.WHATSAPP.value if is_sent else None, closed_at if is_sent else None, closed_at,
            )
        )  # fmt: skip
        self._counts[Reminder] += 1

    # ---- parts -----------------------------------------------------------------------------------------------

    def _number(self, table: Any) -> int:
        """The number of the next row of ``table``."""
        self._counts[table] += 1
        return self._counts[table]

    def _day(self, number: int) -> str:
        return self._calendar[number + _BEFORE]

    def _moment(self, number: int, minute: int) -> str:
        """``minute`` of a day in UTC, as the engine keeps it."""
        return f"{self._calendar[max(0, number + _BEFORE)]} {_CLOCK[minute]}:00.000000"

    def _write(self) -> None:
        for table, columns in _COLUMNS.items():
            self._database.insert_kept_many(table, columns, self._new.pop(table, []))
