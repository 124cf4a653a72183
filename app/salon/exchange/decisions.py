"""What the rows of an export mean together: visits, their services, their outcome, and the money. Pure.

The rules, in the order in which they are applied (docs/import.md says the same to the salon):

1.  A service line is a receipt line whose description is in the price list and not in the product list. A name in
    both lists is a product: the money is right either way, and no visit is invented. A name in neither list is
    skipped, unless there is no product list: then it is a product.
2.  A correction (amount below zero, or no pieces) is money alone: a refund, or a redeemed bundle.
3.  What one client had on one date is one visit. A walk-in without a card is one visit for each booking, and one
    for each receipt.
4.  The service lines of a client's date are matched with the bookings of that date: first the same service with the
    same master, then the same service, then (after rule 5) whatever the same master was booked for: that was done
    instead. The booking names the master and the time, the line the service and the price.
5.  A row of the no-show report marks the booking of that client, date, service and master as missed, unless a line
    was matched to it: who paid had come, and the row is skipped. Missed bookings of a date are a visit of their own.
    A no-show without a booking is a missed visit whose hour is not known.
6.  The other bookings of the date are a visit that is completed when the date has a service line; else it is booked:
    ahead if the date is today or later, and otherwise with the note that nobody said whether the client came.
7.  A service line without a booking is added to that visit without taking time; without any booking on that date it
    is a completed visit whose hour is not known.
8.  A cancelled service is never part of those visits: the cancellations of a client's date are one cancelled visit
    whose hour is not known.
9.  The till (staff codes that are no person) takes no time and has no column, but what it booked for a client is
    part of the client's visit.
10. A booking lasts as long as its service usually does, or until the next booking of the same person on that day,
    whoever it is for, if that is sooner; at least five minutes. Where that leaves less, the later of the two is
    overbooked.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TypeVar

from app.salon.exchange.profiles import ImportProfile
from app.salon.exchange.report import Remark, Why
from app.salon.exchange.rows import BookingRow, CancellationRow, Export, NoShowRow, ReceiptRow, ServiceRow, source_key
from app.salon.scheduling.availability import SHORTEST_MINUTES
from app.salon.scheduling.intervals import Interval
from app.vocabulary import CancelReason, PaymentKind, VisitStatus


@dataclass(frozen=True, slots=True)
class Length:
    """How long a booking takes, in minutes, and whether its place was taken already."""

    minutes: int
    is_overbooked: bool = False
    is_shortened: bool = False


@dataclass(frozen=True, slots=True)
class BroughtService:
    """A service of a visit. ``starts_at`` None: the export tells the date alone."""

    key: str
    service: str
    staff: str
    starts_at: datetime | None
    length: Length
    price: int | None
    takes_time: bool


@dataclass(frozen=True, slots=True)
class BroughtVisit:
    """A visit as the rows tell it. ``evidence`` are the keys of the rows that tell its outcome."""

    key: str
    client: str | None
    day: date
    status: VisitStatus
    services: tuple[BroughtService, ...]
    cancel_reason: CancelReason | None = None
    cancelled_on: date | None = None
    cancelled_by: str = ""
    evidence: tuple[str, ...] = ()

    @property
    def hour_known(self) -> bool:
        """Whether a booking told its time."""
        return any(service.starts_at is not None for service in self.services)


@dataclass(frozen=True, slots=True)
class BroughtPayment:
    """A receipt line as money. ``visit`` is the key of the visit it paid for; products have none."""

    row: ReceiptRow
    kind: PaymentKind
    visit: str | None


@dataclass(frozen=True, slots=True)
class Story:
    """What an export tells, ready to be written."""

    visits: tuple[BroughtVisit, ...]
    payments: tuple[BroughtPayment, ...]
    no_shows: tuple[tuple[str, str], ...]
    """Key of the no-show row, key of the visit that it marks."""
    skipped: tuple[Remark, ...]
    notes: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """An export that was read, what it tells, and the day from which it is seen."""

    profile: ImportProfile
    folder: Path
    export: Export
    story: Story
    today: date


def lengths(booked: Sequence[tuple[datetime, int]]) -> list[Length]:
    """How long each of one person's bookings of one day takes; ``booked`` are (start, usual minutes) in order of time.

    Never longer than usual, never shorter than five minutes, never past midnight, and never over the next one that
    is not overbooked. Two starts less than five minutes apart cannot both have a place: the later is overbooked.
    """
    overbooked: list[bool] = []
    placed: datetime | None = None
    for start, _usual in booked:
        too_close = placed is not None and start - placed < timedelta(minutes=SHORTEST_MINUTES)
        overbooked.append(too_close)
        placed = placed if too_close else start
    found: list[Length] = []
    following: datetime | None = None
    for (start, usual), is_overbooked in zip(reversed(booked), reversed(overbooked), strict=True):
        until = _last_minute(start) if following is None or is_overbooked else following
        room = int((until - start).total_seconds()) // 60
        found.append(Length(min(usual, room), is_overbooked, room < usual))
        following = following if is_overbooked else start
    return found[::-1]


def fitted(start: datetime, length: Length, taken: Iterable[Interval]) -> Length:
    """``length`` beside what stands in the calendar: shortened to it, or overbooked when it covers the start."""
    least = timedelta(minutes=SHORTEST_MINUTES)
    minutes = length.minutes
    for interval in taken:
        if interval.starts_at < start + least and interval.ends_at > start:
            return replace(length, is_overbooked=True)
        if interval.starts_at > start:
            minutes = min(minutes, int((interval.starts_at - start).total_seconds()) // 60)
    return length if minutes == length.minutes else replace(length, minutes=minutes, is_shortened=True)


def story(export: Export, profile: ImportProfile, today: date) -> Story:
    """What the rows of ``export`` mean on ``today`` (the rules stand at the head of this file)."""
    teller = _Teller(export, profile, today)
    teller.sort_receipts()
    for client, day in teller.client_days():
        teller.client_day(client, day)
    teller.walk_ins()
    teller.cancellations()
    return teller.told()


def _last_minute(moment: datetime) -> datetime:
    return datetime.combine(moment.date(), time(23, 59))


class _Teller:
    """Puts the rows together, client by client and date by date."""

    def __init__(self, export: Export, profile: ImportProfile, today: date) -> None:
        self._export = export
        self._profile = profile
        self._today = today
        self._services: Mapping[str, ServiceRow] = {row.code: row for row in export.services}
        self._code_of_name: dict[str, str] = {}
        for row in export.services:
            self._code_of_name.setdefault(row.name, row.code)
        self._lengths = self._all_lengths()
        self._lines: dict[tuple[str | None, date], list[ReceiptRow]] = defaultdict(list)
        self._bookings = _by_client_day(export.bookings)
        self._no_shows = _by_client_day(export.no_shows)
        self._visit_of_line: dict[str, str] = {}
        self._came: set[str] = set()
        self._money: list[tuple[ReceiptRow, PaymentKind]] = []
        self._visits: list[BroughtVisit] = []
        self._missed: list[tuple[str, str]] = []
        self._skipped: list[Remark] = []
        self._notes: list[Remark] = []

    # ---- rules 1 and 2 -------------------------------------------------------------------------------------

    def sort_receipts(self) -> None:
        """Tell service lines from products, and what was done from what was only paid back."""
        products = {row.name for row in self._export.products}
        for row in self._export.receipts:
            is_service, is_product = row.description in self._code_of_name, row.description in products
            if is_service and not is_product:
                self._money.append((row, PaymentKind.SERVICE))
                if not row.is_correction:
                    self._lines[row.client, row.day].append(row)
            elif is_product or not self._export.has_products:
                self._money.append((row, PaymentKind.PRODUCT))
                if is_service:
                    self._notes.append(Remark(row.place, Why.IN_BOTH_LISTS, row.description))
            else:
                self._skipped.append(Remark(row.place, Why.NOT_IN_LISTS, row.description))

    # ---- rules 3 to 7 --------------------------------------------------------------------------------------

    def client_days(self) -> list[tuple[str, date]]:
        """Every client and date of which the export tells something, in order."""
        days = {*self._lines, *self._bookings, *self._no_shows}
        return sorted((client, day) for client, day in days if client is not None)

    def client_day(self, client: str, day: date) -> None:
        """The visits of one client on one date."""
        lines, bookings = self._lines[client, day], self._bookings[client, day]
        matched, rest = _match(bookings, lines, self._code_of_name)
        missed = self._mark_missed(client, day, bookings, matched)
        rest = self._done_instead(bookings, missed, matched, rest)
        came = [booking for booking in bookings if booking.key not in missed]
        key = source_key(self._profile.name, "visit", client, day.isoformat())
        if came or lines:
            services = [self._booked(booking, matched.get(booking.key)) for booking in came]
            services += [self._added(line) for line in rest]
            self._visits.append(
                BroughtVisit(
                    key=key,
                    client=client,
                    day=day,
                    status=VisitStatus.COMPLETED if lines else VisitStatus.BOOKED,
                    services=tuple(services),
                    evidence=tuple(line.key for line in lines),
                )
            )
            self._came.add(key)
            self._visit_of_line.update({line.key: key for line in lines})
        if not lines and day < self._today:
            self._notes += [Remark(booking.place, Why.NOBODY_SAID) for booking in came]

    def _mark_missed(
        self, client: str | None, day: date, bookings: Sequence[BookingRow], matched: Mapping[str, ReceiptRow]
    ) -> set[str]:
        """Keys of the bookings for which the client did not come; their visit is added. A walk-in's is its own."""
        missed: dict[str, NoShowRow] = {}
        unbooked: list[NoShowRow] = []
        for row in self._no_shows[client, day]:
            same = [b for b in bookings if (b.service, b.staff) == (row.service, row.staff) and b.key not in missed]
            absent = next((b for b in same if b.key not in matched), None)
            if absent is not None:
                missed[absent.key] = row
            elif same:
                self._skipped.append(Remark(row.place, Why.PAID_AFTER_ALL))
            else:
                unbooked.append(row)
        services = [(self._booked(b), missed[b.key]) for b in bookings if b.key in missed]
        services += [(self._unbooked(row), row) for row in unbooked]
        if client is None:
            for service, row in services:
                self._add_missed(source_key(row.key, "visit"), client, day, [(service, row)])
        elif services:
            self._add_missed(source_key(self._profile.name, "missed", client, day.isoformat()), client, day, services)
        return set(missed)

    def _add_missed(
        self, key: str, client: str | None, day: date, services: Sequence[tuple[BroughtService, NoShowRow]]
    ) -> None:
        rows = [row.key for _service, row in services]
        brought = tuple(service for service, _row in services)
        self._visits.append(BroughtVisit(key, client, day, VisitStatus.NO_SHOW, brought, evidence=tuple(rows)))
        self._missed += [(row, key) for row in rows]

    def _done_instead(
        self,
        bookings: Sequence[BookingRow],
        missed: set[str],
        matched: dict[str, ReceiptRow],
        lines: Sequence[ReceiptRow],
    ) -> list[ReceiptRow]:
        """Match the lines that are left with bookings of the same master; returns the lines that are left then."""
        rest: list[ReceiptRow] = []
        for line in lines:
            free = (b for b in bookings if b.staff == line.staff and b.key not in missed and b.key not in matched)
            booking = next(free, None)
            if booking is None:
                rest.append(line)
            else:
                matched[booking.key] = line
                self._notes.append(Remark(booking.place, Why.DONE_INSTEAD, line.description))
        return rest

    def walk_ins(self) -> None:
        """Visits without a card: one for each booking, one for each receipt."""
        for day in sorted({day for client, day in [*self._bookings, *self._no_shows] if client is None}):
            bookings = self._bookings[None, day]
            missed = self._mark_missed(None, day, bookings, {})
            for booking in bookings:
                if booking.key not in missed:
                    key = source_key(booking.key, "visit")
                    service = self._booked(booking)
                    self._visits.append(BroughtVisit(key, None, day, VisitStatus.BOOKED, (service,)))
                    if day < self._today:
                        self._notes.append(Remark(booking.place, Why.NOBODY_SAID))
        receipts: dict[tuple[date, str], list[ReceiptRow]] = defaultdict(list)
        for (client, day), lines in self._lines.items():
            if client is None:
                for line in lines:
                    receipts[day, line.receipt].append(line)
        for (day, receipt), lines in sorted(receipts.items()):
            key = source_key(self._profile.name, "walk-in", day.isoformat(), receipt)
            keys = tuple(line.key for line in lines)
            services = tuple(self._added(line) for line in lines)
            self._visits.append(BroughtVisit(key, None, day, VisitStatus.COMPLETED, services, evidence=keys))
            self._visit_of_line.update(dict.fromkeys(keys, key))

    # ---- rule 8 --------------------------------------------------------------------------------------------

    def cancellations(self) -> None:
        """What was cancelled: one visit for a client's date, however often it was booked and cancelled."""
        for (client, day), rows in sorted(_by_client_day(self._export.cancellations).items(), key=_order):
            if client is None:
                for row in rows:
                    self._cancelled(source_key(row.key, "visit"), client, day, [row])
            else:
                self._cancelled(source_key(self._profile.name, "cancelled", client, day.isoformat()), client, day, rows)

    def _cancelled(self, key: str, client: str | None, day: date, rows: Sequence[CancellationRow]) -> None:
        last = max(rows, key=lambda row: row.cancelled_on or date.min)
        services = tuple(self._unbooked(row) for row in rows)
        self._visits.append(
            BroughtVisit(
                key=key,
                client=client,
                day=day,
                status=VisitStatus.CANCELLED,
                services=services,
                cancel_reason=self._profile.cancel_reason,
                cancelled_on=last.cancelled_on,
                cancelled_by=last.cancelled_by,
            )
        )

    # ---- what was told -------------------------------------------------------------------------------------

    def told(self) -> Story:
        """Everything together; each payment knows its visit."""
        payments = tuple(BroughtPayment(row, kind, self._paid_visit(row, kind)) for row, kind in self._money)
        return Story(tuple(self._visits), payments, tuple(self._missed), tuple(self._skipped), tuple(self._notes))

    def _paid_visit(self, row: ReceiptRow, kind: PaymentKind) -> str | None:
        if kind is PaymentKind.PRODUCT:
            return None
        found = self._visit_of_line.get(row.key)
        if found is None and row.client is not None:
            key = source_key(self._profile.name, "visit", row.client, row.day.isoformat())
            found = key if key in self._came else None
        return found

    # ---- services of a visit -------------------------------------------------------------------------------

    def _booked(self, booking: BookingRow, line: ReceiptRow | None = None) -> BroughtService:
        service = booking.service if line is None else self._code_of_name[line.description]
        takes_time = booking.staff not in self._profile.not_a_person
        return BroughtService(
            key=booking.key,
            service=service,
            staff=booking.staff,
            starts_at=booking.starts_at,
            length=self._lengths[booking.key] if takes_time else self._usual(service),
            price=self._services[service].price if line is None else line.amount,
            takes_time=takes_time,
        )

    def _added(self, line: ReceiptRow) -> BroughtService:
        service = self._code_of_name[line.description]
        key = source_key(line.key, "service")
        return BroughtService(key, service, line.staff, None, self._usual(service), line.amount, takes_time=False)

    def _unbooked(self, row: NoShowRow | CancellationRow) -> BroughtService:
        price = self._services[row.service].price
        key = source_key(row.key, "service") if isinstance(row, NoShowRow) else row.key
        return BroughtService(key, row.service, row.staff, None, self._usual(row.service), price, takes_time=False)

    def _usual(self, service: str) -> Length:
        return Length(self._profile.usual_minutes(service, self._services[service].category))

    def _all_lengths(self) -> dict[str, Length]:
        """Rule 10 over all bookings, by key of the booking."""
        days: dict[tuple[str, date], list[BookingRow]] = defaultdict(list)
        for booking in self._export.bookings:
            days[booking.staff, booking.day].append(booking)
        found: dict[str, Length] = {}
        for of_day in days.values():
            in_order = sorted(of_day, key=lambda booking: booking.starts_at)
            usual = [(booking.starts_at, self._usual(booking.service).minutes) for booking in in_order]
            found.update(zip((booking.key for booking in in_order), lengths(usual), strict=True))
        return found


def _match(
    bookings: Sequence[BookingRow], lines: Sequence[ReceiptRow], code_of_name: Mapping[str, str]
) -> tuple[dict[str, ReceiptRow], list[ReceiptRow]]:
    """Rule 4 without its last part: lines by key of their booking, and the lines that are left."""
    matched: dict[str, ReceiptRow] = {}
    rest = list(lines)
    for with_same_master in (True, False):
        left: list[ReceiptRow] = []
        for line in rest:
            booking = next(
                (
                    one
                    for one in bookings
                    if one.key not in matched
                    and one.service == code_of_name[line.description]
                    and (one.staff == line.staff or not with_same_master)
                ),
                None,
            )
            if booking is None:
                left.append(line)
            else:
                matched[booking.key] = line
        rest = left
    return matched, rest


_Row = TypeVar("_Row", BookingRow, CancellationRow, NoShowRow)


def _by_client_day(rows: Iterable[_Row]) -> dict[tuple[str | None, date], list[_Row]]:
    found: dict[tuple[str | None, date], list[_Row]] = defaultdict(list)
    for row in rows:
        found[row.client, row.day].append(row)
    return found


def _order(item: tuple[tuple[str | None, date], object]) -> tuple[str, date]:
    (client, day), _rows = item
    return client or "", day
