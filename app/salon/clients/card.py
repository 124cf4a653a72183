"""The client card: who somebody is, what must be known, when they came and when they come next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from statistics import median

from app.errors import Gone
from app.models.connection import Database
from app.models.kept import read_wall
from app.salon.scheduling.intervals import Lengths
from app.vocabulary import AlertKind, ContactKind, VisitStatus


@dataclass(frozen=True, slots=True)
class Contact:
    """A way to reach the client."""

    contact_id: int
    kind: ContactKind
    typed: str
    value: str
    whose: str
    is_preferred: bool


@dataclass(frozen=True, slots=True)
class CardAlert:
    """An alert that holds."""

    alert_id: int
    kind: AlertKind
    text: str


@dataclass(frozen=True, slots=True)
class PastService:
    """One service of a visit on the card."""

    service_id: int
    service_name: str
    staff_id: int
    staff_name: str
    starts_at: datetime
    lengths: Lengths
    price: int | None
    takes_time: bool = True
    """False for a service that was added to the receipt without a place of its own."""


@dataclass(frozen=True, slots=True)
class CardVisit:
    """A visit on the card, newest first. ``paid`` is minor units, products included."""

    visit_id: int
    day: date
    hour_known: bool
    status: VisitStatus
    comment: str
    services: tuple[PastService, ...]
    paid: int


@dataclass(frozen=True, slots=True)
class ClientCard:
    """Everything the panel shows at one glance."""

    client_id: int
    name: str
    wishes: str
    notes: str
    birthday: date | None
    contacts: tuple[Contact, ...]
    alerts: tuple[CardAlert, ...]
    visits: tuple[CardVisit, ...]
    next_visit: CardVisit | None
    last_visit: CardVisit | None
    """The last completed one."""
    completed: int
    no_shows: int
    spent: int | None
    """Paid to date, minor units, products included; None: whoever looks may not see it."""
    interval_days: int | None
    """The client's own rhythm: median of the days between consecutive visits (STATISTICS: client_interval)."""
    expected_days: int | None
    """After how many days the client is expected again: the own rhythm, after one visit that of its services."""
    first_visit: date | None
    """The first completed one."""
    is_leaving: bool = False
    """Whether the client asked to be forgotten, or was forgotten already."""
    was_asked: bool = True
    """Whether anybody has asked for the consent to the processing of personal data, whatever the answer was."""

    @property
    def phone(self) -> str:
        """The number to call, E.164, or empty."""
        return next((c.value for c in self.contacts if c.kind is ContactKind.PHONE), "")

    @property
    def due_on(self) -> date | None:
        """The day from which it is time to come again; None with a booking ahead or without a rhythm yet."""
        if self.next_visit is not None or self.last_visit is None or self.expected_days is None:
            return None
        return self.last_visit.day + timedelta(days=self.expected_days)

    def next_besides(self, visit_id: int | None, today: date) -> CardVisit | None:
        """The next visit of the client that is another than this one, for whoever changes this one."""
        return _next([one for one in self.visits if one.visit_id != visit_id], today)


def read(database: Database, client_id: int, today: date) -> ClientCard:
    """The card of a client; one that was merged into another leads there. Raises Gone."""
    row = database.row(
        """
        SELECT name, wishes, notes, birthday, merged_into_id, forget_asked_at IS NOT NULL,
               EXISTS (SELECT 1 FROM consent k WHERE k.client_id = client.id AND k.kind = 'processing')
        FROM client WHERE id = ?
        """,
        (client_id,),
    )
    if row is None:
        raise Gone
    name, wishes, notes, birthday, merged_into, is_leaving, was_asked = row
    if merged_into is not None:
        return read(database, merged_into, today)
    visits = _visits(database, client_id)
    completed = sorted({v.day for v in visits if v.status is VisitStatus.COMPLETED})
    last = next((v for v in visits if v.status is VisitStatus.COMPLETED), None)
    interval = own_interval(completed)
    return ClientCard(
        client_id=client_id,
        name=name,
        wishes=wishes,
        notes=notes,
        birthday=None if birthday is None else date.fromisoformat(birthday),
        contacts=_contacts(database, client_id),
        alerts=alerts_of(database, client_id),
        visits=tuple(visits),
        next_visit=_next(visits, today),
        last_visit=last,
        completed=len(completed),
        no_shows=sum(v.status is VisitStatus.NO_SHOW for v in visits),
        spent=int(database.value("SELECT COALESCE(SUM(amount), 0) FROM payment WHERE client_id = ?", (client_id,))),
        interval_days=interval,
        expected_days=_recommended(database, last) if interval is None else interval,
        first_visit=completed[0] if completed else None,
        is_leaving=bool(is_leaving),
        was_asked=bool(was_asked),
    )


_COMING = frozenset({VisitStatus.BOOKED, VisitStatus.CONFIRMED, VisitStatus.ARRIVED, VisitStatus.IN_SERVICE})


def _next(visits: Iterable[CardVisit], today: date) -> CardVisit | None:
    coming = (one for one in visits if one.day >= today and one.status in _COMING)
    return min(coming, key=lambda one: one.services[0].starts_at, default=None)


def where_it_belongs(database: Database, client_id: int) -> int | None:
    """The card on which something that was written about this client belongs now; None: nowhere, they were forgotten.

    A card that was merged leads to the one that stands. One whose adding was undone is itself: it may come back.
    """
    row = database.row("SELECT merged_into_id, forgotten_at IS NOT NULL FROM client WHERE id = ?", (client_id,))
    if row is None:
        return client_id
    merged_into, is_forgotten = row
    return None if is_forgotten else int(merged_into or client_id)


def own_interval(days: list[date]) -> int | None:
    """Median of the days between consecutive visits; None with fewer than two (STATISTICS: client_interval)."""
    gaps = [(later - earlier).days for earlier, later in pairwise(days)]
    return round(median(gaps)) if gaps else None


def _recommended(database: Database, visit: CardVisit | None) -> int | None:
    """The interval that the price list recommends after a visit; of several services the shortest."""
    if visit is None:
        return None
    days = database.value(
        """
        SELECT MIN(s.interval_days) FROM booked_service b JOIN service s ON s.id = b.service_id WHERE b.visit_id = ?
        """,
        (visit.visit_id,),
    )
    return None if days is None else int(days)


def _contacts(database: Database, client_id: int) -> tuple[Contact, ...]:
    rows = database.rows(
        """
        SELECT id, kind, typed, value, whose, is_preferred FROM contact_point
        WHERE client_id = ? ORDER BY is_preferred DESC, id
        """,
        (client_id,),
    )
    return tuple(Contact(i, ContactKind(k), typed, value, whose, bool(p)) for i, k, typed, value, whose, p in rows)


def alerts_of(database: Database, client_id: int) -> tuple[CardAlert, ...]:
    """The alerts that hold, in the order in which they came."""
    rows = database.rows(
        "SELECT id, kind, text FROM alert WHERE client_id = ? AND archived_at IS NULL ORDER BY id", (client_id,)
    )
    return tuple(CardAlert(i, AlertKind(kind), text) for i, kind, text in rows)


def _visits(database: Database, client_id: int) -> list[CardVisit]:
    rows = database.rows(
        """
        SELECT v.id, v.day, v.hour_known, v.status, v.comment,
               (SELECT COALESCE(SUM(p.amount), 0) FROM payment p WHERE p.visit_id = v.id),
               b.service_id, s.name, b.staff_id, m.name, b.starts_at,
               b.working_minutes, b.gap_minutes, b.finishing_minutes, b.before_minutes, b.after_minutes, b.price,
               b.takes_time
        FROM visit v
        JOIN booked_service b ON b.visit_id = v.id
        JOIN service s ON s.id = b.service_id
        JOIN staff_member m ON m.id = b.staff_id
        WHERE v.client_id = ?
        ORDER BY v.day DESC, v.id DESC, b.starts_at, b.position, b.id
        """,
        (client_id,),
    )
    grouped: dict[int, list[tuple[object, ...]]] = {}
    heads: dict[int, tuple[str, bool, str, str, int]] = {}
    for row in rows:
        heads.setdefault(row[0], (row[1], bool(row[2]), row[3], row[4], row[5]))
        grouped.setdefault(row[0], []).append(row[6:])
    return [
        CardVisit(
            visit_id,
            date.fromisoformat(day),
            hour_known,
            VisitStatus(status),
            comment,
            tuple(_past_service(service) for service in grouped[visit_id]),
            paid,
        )
        for visit_id, (day, hour_known, status, comment, paid) in heads.items()
    ]


def _past_service(row: tuple[object, ...]) -> PastService:
    service, service_name, staff, staff_name, starts, *lengths, price, takes_time = row
    return PastService(
        int(str(service)),
        str(service_name),
        int(str(staff)),
        str(staff_name),
        read_wall(str(starts)),
        Lengths(*(int(str(minutes)) for minutes in lengths)),
        None if price is None else int(str(price)),
        bool(takes_time),
    )
