"""The works of the salon for one client, visit by visit: what was done, by which formula, and how it looked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.errors import Gone
from app.models.connection import Database
from app.salon.clients import files, formulas
from app.salon.clients.files import KeptFile
from app.salon.clients.formulas import Formula
from app.vocabulary import FileKind, PaymentKind, PhotoMoment, VisitStatus


@dataclass(frozen=True, slots=True)
class VisitOfWork:
    """The visit that a work belongs to."""

    visit_id: int
    day: date
    status: VisitStatus
    services: tuple[str, ...]
    masters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SoldProduct:
    """What the client took home after a visit; ``amount`` is minor units."""

    name: str
    quantity: int
    amount: int


@dataclass(frozen=True, slots=True)
class VisitWork:
    """What is kept about one visit; ``visit`` is None for what belongs to none."""

    visit: VisitOfWork | None
    files: tuple[KeptFile, ...] = ()
    formulas: tuple[Formula, ...] = ()
    products: tuple[SoldProduct, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is kept about it yet."""
        return not (self.files or self.formulas or self.products)

    def photos(self, moment: PhotoMoment) -> tuple[KeptFile, ...]:
        """The photos of this moment, in the order in which they came."""
        return tuple(one for one in self.files if one.moment is moment)

    @property
    def documents(self) -> tuple[KeptFile, ...]:
        """What is no photo."""
        return tuple(one for one in self.files if one.kind is FileKind.DOCUMENT)

    @property
    def pairs(self) -> tuple[tuple[KeptFile | None, KeptFile | None], ...]:
        """Before and after beside each other, as they came; None where the other one is still missing."""
        before, after = self.photos(PhotoMoment.BEFORE), self.photos(PhotoMoment.AFTER)
        count = max(len(before), len(after))
        return tuple((_at(before, number), _at(after, number)) for number in range(count))


@dataclass(frozen=True, slots=True)
class ClientWorks:
    """Everything that the page shows, the newest visit first; the ``current`` one is always among them."""

    works: tuple[VisitWork, ...]
    current: VisitOfWork | None
    """The visit that something new belongs to: today's, or else the last one that took place."""
    is_current_today: bool

    @property
    def last_formula(self) -> Formula | None:
        """The formula of last time, before the current visit."""
        current = self.current.visit_id if self.current else None
        found = (one for work in self.works for one in work.formulas if one.visit_id != current)
        return next(found, None)


def _at(photos: Sequence[KeptFile], number: int) -> KeptFile | None:
    return photos[number] if number < len(photos) else None


_VISITS = """
SELECT v.id, v.day, v.status, s.name, m.name
FROM visit v
JOIN booked_service b ON b.visit_id = v.id
JOIN service s ON s.id = b.service_id
JOIN staff_member m ON m.id = b.staff_id
WHERE v.client_id = ?
ORDER BY v.day DESC, v.id DESC, b.starts_at, b.position, b.id
"""
_PRODUCTS = """
SELECT visit_id, description, quantity, amount FROM payment
WHERE client_id = ? AND kind = ? AND visit_id IS NOT NULL ORDER BY id
"""
_CURRENT = frozenset({VisitStatus.BOOKED, VisitStatus.CONFIRMED, VisitStatus.ARRIVED, VisitStatus.IN_SERVICE})


def of_client(database: Database, client_id: int, today: date) -> ClientWorks:
    """The works of a client, seen on ``today``; six queries, however many visits. Raises Gone."""
    if database.value("SELECT 1 FROM client WHERE id = ?", (client_id,)) is None:
        raise Gone
    visits = _visits(database, client_id)
    current = _current(visits, today)
    kept: dict[int | None, list[KeptFile]] = {}
    for file in files.of_client(database, client_id):
        kept.setdefault(file.visit_id, []).append(file)
    mixed: dict[int | None, list[Formula]] = {}
    for formula in formulas.of_client(database, client_id):
        mixed.setdefault(formula.visit_id, []).append(formula)
    sold: dict[int | None, list[SoldProduct]] = {}
    for visit_id, name, quantity, amount in database.rows(_PRODUCTS, (client_id, PaymentKind.PRODUCT)):
        sold.setdefault(visit_id, []).append(SoldProduct(name, quantity, amount))

    def work(visit: VisitOfWork | None) -> VisitWork:
        key = visit.visit_id if visit else None
        return VisitWork(visit, tuple(kept.get(key, ())), tuple(mixed.get(key, ())), tuple(sold.get(key, ())))

    made = [work(visit) for visit in visits]
    shown = [one for one in made if one.visit == current or not one.is_empty]
    loose = work(None)
    return ClientWorks(
        tuple(shown) + (() if loose.is_empty else (loose,)), current, current is not None and current.day == today
    )


def _visits(database: Database, client_id: int) -> list[VisitOfWork]:
    heads: dict[int, tuple[date, VisitStatus]] = {}
    services: dict[int, list[str]] = {}
    masters: dict[int, list[str]] = {}
    for visit_id, day, status, service, master in database.rows(_VISITS, (client_id,)):
        heads.setdefault(visit_id, (date.fromisoformat(day), VisitStatus(status)))
        services.setdefault(visit_id, []).append(service)
        masters.setdefault(visit_id, []).append(master)
    return [
        VisitOfWork(visit_id, day, status, tuple(services[visit_id]), tuple(dict.fromkeys(masters[visit_id])))
        for visit_id, (day, status) in heads.items()
    ]


def _current(visits: Sequence[VisitOfWork], today: date) -> VisitOfWork | None:
    """Today's visit, the one under way before one that is over; else the last one that took place."""
    of_today = [one for one in visits if one.day == today]
    took_place = (one for one in visits if one.status is VisitStatus.COMPLETED)
    return next((one for one in of_today if one.status in _CURRENT), None) or next(took_place, None)
