"""What each row of an export says, read through the profile; a row that cannot be read is remarked and left out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from app.clock import happens_once
from app.errors import RowsUnreadable
from app.salon.exchange import values
from app.salon.exchange.profiles import ImportProfile, Role
from app.salon.exchange.report import Place, Remark, Why
from app.salon.exchange.tables import SourceRow, SourceTable
from app.salon.scheduling.availability import SHORTEST_MINUTES

T = TypeVar("T")

LONGEST_CODE = 120
_FIRST_YEAR, _LAST_YEAR = 1990, 2100


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """One line of the price list. ``price`` in minor units; None is "on request"."""

    place: Place
    key: str
    code: str
    name: str
    category: str
    price: int | None
    is_active: bool


@dataclass(frozen=True, slots=True)
class ProductRow:
    """One line of the shop's list: it only tells products from services."""

    place: Place
    name: str


@dataclass(frozen=True, slots=True)
class BookingRow:
    """One booked service with its start (wall time) and no length. ``client`` None is a walk-in without a card."""

    place: Place
    key: str
    client: str | None
    staff: str
    service: str
    starts_at: datetime

    @property
    def day(self) -> date:
        """The date of the booking."""
        return self.starts_at.date()


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """One line of a receipt: a date and no time. Amounts in minor units, before tax, all pieces together."""

    place: Place
    key: str
    receipt: str
    day: date
    client: str | None
    staff: str
    description: str
    quantity: int
    amount: int
    tax: int

    @property
    def is_correction(self) -> bool:
        """A refund or a redeemed bundle: money that goes back, and nothing that was done."""
        return self.amount < 0 or self.quantity <= 0


@dataclass(frozen=True, slots=True)
class CancellationRow:
    """One service that was cancelled, on the day for which it was booked."""

    place: Place
    key: str
    client: str | None
    staff: str
    service: str
    day: date
    cancelled_on: date | None
    cancelled_by: str


@dataclass(frozen=True, slots=True)
class NoShowRow:
    """One service for which the client did not come."""

    place: Place
    key: str
    client: str | None
    staff: str
    service: str
    day: date


@dataclass(frozen=True, slots=True)
class Export:
    """Everything that could be read from a folder, and remarks about what could not."""

    read: int
    services: tuple[ServiceRow, ...]
    products: tuple[ProductRow, ...]
    has_products: bool
    """Whether there is a product list at all."""
    bookings: tuple[BookingRow, ...]
    receipts: tuple[ReceiptRow, ...]
    cancellations: tuple[CancellationRow, ...]
    no_shows: tuple[NoShowRow, ...]
    remarks: tuple[Remark, ...]

    @property
    def about_people(self) -> "tuple[BookingRow | ReceiptRow | CancellationRow | NoShowRow, ...]":
        """Every row that names a client and a member of the staff."""
        return (*self.bookings, *self.receipts, *self.cancellations, *self.no_shows)

    @property
    def lasting(self) -> "tuple[ServiceRow | BookingRow | ReceiptRow | CancellationRow | NoShowRow, ...]":
        """Every row that becomes a record, or the outcome of one."""
        return (*self.services, *self.about_people)


class _Unreadable(Exception):
    """This row says something that cannot be read."""

    def __init__(self, why: Why, said: str) -> None:
        super().__init__(why)
        self.why = why
        self.said = said


def read_rows(profile: ImportProfile, tables: dict[Role, SourceTable]) -> Export:
    """What the rows of ``tables`` say. Raises RowsUnreadable when more than half of a file's rows say nothing."""
    reader = _Reader(profile)
    services = reader.each(tables.get(Role.SERVICES), Role.SERVICES, reader.service)
    return Export(
        services=services,
        products=reader.each(tables.get(Role.PRODUCTS), Role.PRODUCTS, reader.product),
        has_products=Role.PRODUCTS in tables,
        bookings=reader.each(tables.get(Role.BOOKINGS), Role.BOOKINGS, reader.booking),
        receipts=reader.each(tables.get(Role.RECEIPTS), Role.RECEIPTS, reader.receipt),
        cancellations=reader.each(tables.get(Role.CANCELLATIONS), Role.CANCELLATIONS, reader.cancellation),
        no_shows=reader.each(tables.get(Role.NO_SHOWS), Role.NO_SHOWS, reader.no_show),
        read=reader.read,
        remarks=tuple(reader.remarks),
    )


class _Reader:
    """Reads rows one after the other and keeps what it has to remark."""

    def __init__(self, profile: ImportProfile) -> None:
        self.profile = profile
        self.read = 0
        self.remarks: list[Remark] = []
        self._services: set[str] = set()
        self._days: dict[str, date] = {}
        self._times: dict[str, time] = {}
        self._seen: dict[str, int] = {}

    def each(self, table: SourceTable | None, role: Role, one: Callable[[Role, Place, SourceRow], T]) -> tuple[T, ...]:
        """Every row of ``table`` as ``one`` reads it."""
        if table is None:
            return ()
        found: list[T] = []
        name = table.path.name
        unreadable = {number: Remark(Place(name, number), Why.CELLS_WRONG) for number in table.broken}
        for row in table.rows:
            place = Place(name, row.number)
            try:
                found.append(one(role, place, row))
            except _Unreadable as problem:
                unreadable[row.number] = Remark(place, problem.why, problem.said)
        rows = len(table.rows) + len(table.broken)
        self.read += rows
        remarks = [unreadable[number] for number in sorted(unreadable)]
        _refuse_another_format(table.path, remarks, rows)
        self.remarks += remarks
        if table.encoding in {"cp1251", "cp1252"}:
            self.remarks.append(Remark(Place(name, 0), Why.CODE_PAGE, table.encoding.upper()))
        return tuple(found)

    # ---- the rows ------------------------------------------------------------------------------------------

    def service(self, role: Role, place: Place, row: SourceRow) -> ServiceRow:
        """A line of the price list. A price of 0 is "on request"; a service without a name is called by its code."""
        code = self._code(row, "code", Why.NO_SERVICE)
        if code in self._services:
            raise _Unreadable(Why.SERVICE_TWICE, code)
        told = row.text("price")
        price = _read(Why.BAD_AMOUNT, told, lambda text: values.minor_units(self._amount(text))) if told else 0
        if price < 0:
            raise _Unreadable(Why.BAD_AMOUNT, told)
        active = row.text("is_active")
        is_active = _read(Why.BAD_FLAG, active, values.flag) if active else True
        self._services.add(code)
        name = row.text("name")[:LONGEST_CODE]
        category = row.text("category")[:LONGEST_CODE]
        return ServiceRow(place, self._key(role, code), code, name, category, price or None, is_active)

    def product(self, role: Role, place: Place, row: SourceRow) -> ProductRow:
        """A line of the shop's list."""
        del role
        return ProductRow(place, row.text("name"))

    def booking(self, role: Role, place: Place, row: SourceRow) -> BookingRow:
        """A booked service. A start that the change of clocks leaves out or doubles is refused, as in the calendar."""
        client, staff, service = self._who(row)
        told = row.text("time")
        day, clock = self._day(row, "day"), self._time(told)
        starts_at = datetime.combine(day, clock)
        if (starts_at + timedelta(minutes=SHORTEST_MINUTES)).date() != day:
            raise _Unreadable(Why.TOO_LATE, told)
        if not happens_once(starts_at, self.profile.zone):
            raise _Unreadable(Why.NO_SUCH_TIME, f"{row.text('day')} {told}")
        key = self._key(role, client, staff, service, starts_at.isoformat(" ", "minutes"))
        return BookingRow(place, key, client, staff, service, starts_at)

    def receipt(self, role: Role, place: Place, row: SourceRow) -> ReceiptRow:
        """A line of a receipt, whatever was sold."""
        client = self._client(row)
        staff = self._code(row, "staff", Why.NO_STAFF)
        receipt, description = row.text("receipt")[:LONGEST_CODE], row.text("description")[:LONGEST_CODE]
        day = self._day(row, "day")
        quantity = _read(Why.BAD_AMOUNT, row.text("quantity"), values.whole) if row.text("quantity") else 1
        amount = _read(Why.BAD_AMOUNT, row.text("amount"), self._amount)
        tax = sum(_read(Why.BAD_AMOUNT, told, self._amount) for told in row.cells.get("tax", ()) if told)
        key = self._key(
            role, receipt, day.isoformat(), client, staff, description, str(quantity), str(amount), str(tax)
        )
        return ReceiptRow(
            place=place,
            key=key,
            receipt=receipt,
            day=day,
            client=client,
            staff=staff,
            description=description,
            quantity=quantity,
            amount=values.minor_units(amount),
            tax=values.minor_units(values.Decimal(tax)),
        )

    def cancellation(self, role: Role, place: Place, row: SourceRow) -> CancellationRow:
        """A cancelled service. When and by whom is a nicety: a row is not lost for it."""
        client, staff, service = self._who(row)
        day = self._day(row, "day")
        by = row.text("cancelled_by")[:LONGEST_CODE]
        on = self._day(row, "cancelled_on") if row.text("cancelled_on") else None
        key = self._key(role, client, staff, service, day.isoformat(), by, on.isoformat() if on else "")
        return CancellationRow(place, key, client, staff, service, day, on, by)

    def no_show(self, role: Role, place: Place, row: SourceRow) -> NoShowRow:
        """A service for which the client did not come."""
        client, staff, service = self._who(row)
        day = self._day(row, "day")
        return NoShowRow(place, self._key(role, client, staff, service, day.isoformat()), client, staff, service, day)

    # ---- the cells -----------------------------------------------------------------------------------------

    def _who(self, row: SourceRow) -> tuple[str | None, str, str]:
        service = self._code(row, "service", Why.NO_SERVICE)
        if service not in self._services:
            raise _Unreadable(Why.UNKNOWN_SERVICE, service)
        return self._client(row), self._code(row, "staff", Why.NO_STAFF), service

    def _client(self, row: SourceRow) -> str | None:
        code = row.text("client")
        if code in self.profile.walk_in:
            return None
        if not code:
            raise _Unreadable(Why.NO_CLIENT, code)
        return _not_longer(code)

    def _code(self, row: SourceRow, field: str, when_empty: Why) -> str:
        code = row.text(field)
        if not code:
            raise _Unreadable(when_empty, code)
        return _not_longer(code)

    def _day(self, row: SourceRow, field: str) -> date:
        told = row.text(field)
        found = self._days.get(told)
        if found is None:
            found = _read(Why.BAD_DATE, told, lambda text: values.day(text, self.profile.date_order))
            if not _FIRST_YEAR <= found.year <= _LAST_YEAR:
                raise _Unreadable(Why.BAD_DATE, told)
            self._days[told] = found
        return found

    def _time(self, told: str) -> time:
        found = self._times.get(told)
        if found is None:
            found = _read(Why.BAD_TIME, told, lambda text: values.clock_time(text, self.profile.clock))
            self._times[told] = found
        return found

    def _amount(self, text: str) -> values.Decimal:
        return values.amount(text, self.profile.decimal_mark)

    def _key(self, role: Role, *parts: str | None) -> str:
        """What this row is called for ever: its file's role and its own words, and which of equal rows it is."""
        told = "\t".join([self.profile.name, role, *("" if part is None else part for part in parts)])
        self._seen[told] = count = self._seen.get(told, 0) + 1
        return source_key(told, str(count))


def source_key(*parts: str) -> str:
    """One name out of several words, of a length that any database can index."""
    told = "\t".join(parts)
    return told if len(told) <= 200 else f"{told[:100]}\t{sha256(told.encode()).hexdigest()}"


def hidden_key(key: str) -> str:
    """The name by which an import knows a row whose person was forgotten: nobody can read it."""
    return sha256(f"forgotten\t{key}".encode()).hexdigest()


def _not_longer(code: str) -> str:
    if len(code) > LONGEST_CODE:
        raise _Unreadable(Why.TOO_LONG, code)
    return code


def _read(why: Why, told: str, one: Callable[[str], T]) -> T:
    try:
        return one(told)
    except ValueError:
        raise _Unreadable(why, told) from None


def _refuse_another_format(path: Path, unreadable: Sequence[Remark], rows: int) -> None:
    """One broken row is a slip of somebody's pen; most rows broken is another format, or another salon's file."""
    if 2 * len(unreadable) > rows:
        raise RowsUnreadable(path, len(unreadable), rows, unreadable[0].said)
