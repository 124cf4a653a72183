"""What the salon offers: categories and services with their usual lengths and prices."""

from dataclasses import dataclass

from app.errors import BadDuration, NameMissing
from app.models import Service, ServiceCategory
from app.models.connection import Database
from app.salon.scheduling.availability import SHORTEST_MINUTES
from app.salon.scheduling.intervals import Lengths
from app.salon.transaction import Work
from app.vocabulary import Action


@dataclass(frozen=True, slots=True)
class NewService:
    """A service to offer. ``price`` in minor units; None is "on request", never free."""

    category_id: int
    name: str
    lengths: Lengths
    price: int | None
    code: str = ""
    interval_days: int | None = None
    template_id: int | None = None


@dataclass(frozen=True, slots=True)
class OfferedService:
    """A service as the booking form offers it."""

    service_id: int
    name: str
    code: str
    category_name: str
    colour: int
    lengths: Lengths
    price: int | None
    masters: tuple[int, ...]
    """Who does it, in the order of the calendar."""


def add_category(work: Work, name: str, colour: int, position: int = 0) -> int:
    """Open a family of services; returns its id. Raises NameMissing."""
    if not name.strip():
        raise NameMissing
    work.tell(Action.CATALOGUE_CHANGED, note=name.strip())
    return work.insert(ServiceCategory, name=name.strip(), colour=colour, position=position)


def add(work: Work, new: NewService, position: int = 0) -> int:
    """Offer a service; returns its id. Raises NameMissing, BadDuration."""
    if not new.name.strip():
        raise NameMissing
    if new.lengths.working < SHORTEST_MINUTES:
        raise BadDuration(new.lengths.working)
    work.tell(Action.CATALOGUE_CHANGED, note=new.name.strip())
    return work.insert(
        Service,
        category=new.category_id,
        name=new.name.strip(),
        code=new.code.strip(),
        working_minutes=new.lengths.working,
        gap_minutes=new.lengths.gap,
        finishing_minutes=new.lengths.finishing,
        price=new.price,
        interval_days=new.interval_days,
        template=new.template_id,
        position=position,
    )


def archive(work: Work, service_id: int) -> None:
    """Offer the service no more; its visits stay. Raises Gone."""
    work.tell(Action.CATALOGUE_CHANGED)
    work.update(Service, service_id, archived_at=work.now)


def offered(database: Database) -> list[OfferedService]:
    """The price list, by category and position, each service with the masters who do it."""
    rows = database.rows(
        """
        SELECT s.id, s.name, s.code, g.name, g.colour, s.working_minutes, s.gap_minutes, s.finishing_minutes, s.price,
               (SELECT group_concat(id) FROM (
                   SELECT m.id FROM staff_service x JOIN staff_member m ON m.id = x.staff_id
                   WHERE x.service_id = s.id AND m.archived_at IS NULL ORDER BY m.position, m.id))
        FROM service s JOIN service_category g ON g.id = s.category_id
        WHERE s.archived_at IS NULL ORDER BY g.position, g.id, s.position, s.id
        """
    )
    return [
        OfferedService(
            row[0],
            row[1],
            row[2],
            row[3],
            row[4],
            Lengths(*row[5:8]),
            row[8],
            tuple(int(part) for part in row[9].split(",")) if row[9] else (),
        )
        for row in rows
    ]
