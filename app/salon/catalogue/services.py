"""What the salon offers: categories and services with their usual lengths and prices."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from datetime import date
from typing import Any

from app import models
from app.errors import NameMissing
from app.frozen import frozen
from app.models.connection import Database
from app.salon.catalogue import rooms
from app.salon.catalogue.terms import MasterTerms, check_lengths, lengths_with, price_with
from app.salon.scheduling.intervals import Lengths
from app.salon.transaction import Work
from app.vocabulary import Action


@frozen
class NewService:
    """A service to offer. ``price`` in minor units; None is "on request", never free."""

    category_id: int
    name: str
    lengths: Lengths
    price: int | None
    code: str = ""
    interval_days: int | None = None
    template_id: int | None = None


@frozen
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
    master_terms: Mapping[int, MasterTerms] = field(default_factory=dict[int, MasterTerms])
    """What is different with which master."""

    def lengths_with(self, staff_id: int) -> Lengths:
        """How long it takes with a certain master."""
        return lengths_with(self.lengths, self.master_terms.get(staff_id))

    def price_with(self, staff_id: int) -> int | None:
        """What it costs with a certain master, minor units; None is on request."""
        return price_with(self.price, self.master_terms.get(staff_id))


@frozen
class ListedService:
    """A service as the salon keeps its price list: everything that can be changed."""

    service_id: int
    category_id: int
    category_name: str
    colour: int
    name: str
    code: str
    lengths: Lengths
    price: int | None
    interval_days: int | None
    template_id: int | None
    template_name: str
    masters: tuple[tuple[int, str], ...]
    """Who of those who work here does it: (id, name) in the order of the calendar."""
    visits_ahead: int
    """How many visits with it are still awaited."""


@frozen
class Category:
    """A family of services, with its colour on the calendar."""

    category_id: int
    name: str
    colour: int


def add_category(work: Work, name: str, colour: int, position: int = 0) -> int:
    """Open a family of services; returns its id. Raises NameMissing."""
    if not name.strip():
        raise NameMissing
    work.tell(Action.CATALOGUE_CHANGED, note=name.strip())
    return work.insert(models.ServiceCategory, name=name.strip(), colour=colour, position=position)


def add(work: Work, new: NewService, position: int = 0) -> int:
    """Offer a service; returns its id. Raises NameMissing, BadDuration."""
    _check(new)
    work.tell(Action.CATALOGUE_CHANGED, note=new.name.strip())
    return work.insert(models.Service, **_fields(new), position=position)


def change(work: Work, service_id: int, new: NewService) -> None:
    """Offer the service in another way from now on. Raises Gone, NameMissing, BadDuration.

    What is booked stays as it was agreed: a booked service has its own price and lengths.
    """
    _check(new)
    work.tell(Action.CATALOGUE_CHANGED, note=new.name.strip())
    work.update(models.Service, service_id, **_fields(new))


def set_masters(work: Work, service_id: int, staff_ids: Iterable[int]) -> None:
    """Say who of those who work here does the service; who left keeps what they could do."""
    work.tell(Action.CATALOGUE_CHANGED)
    rows = work.database.rows(
        """
        SELECT x.id, x.staff_id FROM staff_service x JOIN staff_member m ON m.id = x.staff_id
        WHERE x.service_id = ? AND m.archived_at IS NULL
        """,
        (service_id,),
    )
    wanted = set(staff_ids)
    for link, staff_id in rows:
        if staff_id not in wanted:
            work.delete(models.StaffService, link)
    for staff_id in sorted(wanted - {staff_id for _link, staff_id in rows}):
        work.insert(models.StaffService, staff=staff_id, service=service_id)


def keep(
    work: Work,
    service_id: int | None,
    new: NewService,
    staff_ids: Iterable[int],
    new_category: str = "",
    room_ids: Iterable[int] | None = None,
) -> int:
    """What the form of a service does as one act: offer or change it, with who does it and where; returns its id.

    ``new_category`` opens a family of this name for it; without ``room_ids`` its rooms stay. Raises Gone, NameMissing,
    BadDuration.
    """
    _check(new)
    work.tell(Action.CATALOGUE_CHANGED, note=new.name.strip())
    if new_category.strip():
        place = int(work.database.value("SELECT COUNT(*) FROM service_category"))
        new = replace(new, category_id=add_category(work, new_category, place, place))
    if service_id is None:
        last = work.database.value("SELECT MAX(position) FROM service WHERE category_id = ?", (new.category_id,))
        service_id = add(work, new, 0 if last is None else int(last) + 1)
    else:
        change(work, service_id, new)
    set_masters(work, service_id, staff_ids)
    if room_ids is not None:
        rooms.set_of_service(work, service_id, room_ids)
    return service_id


def archive(work: Work, service_id: int) -> None:
    """Offer the service no more; its visits stay. Raises Gone."""
    work.tell(Action.CATALOGUE_CHANGED)
    work.update(models.Service, service_id, archived_at=work.now)


def bring_back(work: Work, service_id: int) -> None:
    """Offer an archived service again, with its times, its price and its masters. Raises Gone."""
    work.tell(Action.CATALOGUE_CHANGED)
    work.update(models.Service, service_id, archived_at=None)


def archived(database: Database) -> dict[int, str]:
    """The names of the services that are offered no more."""
    return dict(database.rows("SELECT id, name FROM service WHERE archived_at IS NOT NULL ORDER BY name, id"))


def offered(database: Database) -> list[OfferedService]:
    """The price list, by category and position, each service with the masters who do it; two queries."""
    terms = master_terms(database)
    rows = database.rows(
        """
        SELECT s.id, s.name, s.code, g.name, g.colour, s.working_minutes, s.gap_minutes, s.finishing_minutes,
               s.before_minutes, s.after_minutes, s.price,
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
            Lengths(*row[5:10]),
            row[10],
            tuple(int(part) for part in row[11].split(",")) if row[11] else (),
            terms.get(row[0], {}),
        )
        for row in rows
    ]


def master_terms(database: Database) -> dict[int, dict[int, MasterTerms]]:
    """What is different with whom: by service, then by master. What is as the service says is left out."""
    rows = database.rows(
        """
        SELECT service_id, staff_id, working_minutes, gap_minutes, finishing_minutes, before_minutes, after_minutes,
               price
        FROM staff_service
        WHERE COALESCE(working_minutes, gap_minutes, finishing_minutes, before_minutes, after_minutes, price)
              IS NOT NULL
        """
    )
    found: dict[int, dict[int, MasterTerms]] = {}
    for service_id, staff_id, *values in rows:
        found.setdefault(service_id, {})[staff_id] = MasterTerms(*values)
    return found


def listed(database: Database, today: date) -> list[ListedService]:
    """The price list with everything that can be changed, by category and position, in one query."""
    return [
        ListedService(
            *row[:6],
            lengths=Lengths(*row[6:11]),
            price=row[11],
            interval_days=row[12],
            template_id=row[13],
            template_name=row[14],
            masters=tuple((staff_id, name) for staff_id, name in json.loads(row[15])),
            visits_ahead=row[16],
        )
        for row in database.rows(_LISTED, (today.isoformat(),))
    ]


def categories(database: Database) -> list[Category]:
    """The families of services, in their order."""
    rows = database.rows("SELECT id, name, colour FROM service_category ORDER BY position, id")
    return [Category(*row) for row in rows]


_LISTED = """
SELECT s.id, g.id, g.name, g.colour, s.name, s.code, s.working_minutes, s.gap_minutes, s.finishing_minutes,
       s.before_minutes, s.after_minutes, s.price, s.interval_days, s.template_id, COALESCE(t.name, ''),
       (SELECT json_group_array(json_array(id, name)) FROM (
           SELECT m.id, m.name FROM staff_service x JOIN staff_member m ON m.id = x.staff_id
           WHERE x.service_id = s.id AND m.archived_at IS NULL ORDER BY m.position, m.id)),
       COALESCE(ahead.visits, 0)
FROM service s JOIN service_category g ON g.id = s.category_id LEFT JOIN checklist_template t ON t.id = s.template_id
LEFT JOIN (
    SELECT b.service_id, COUNT(DISTINCT v.id) AS visits FROM visit v JOIN booked_service b ON b.visit_id = v.id
    WHERE v.day >= ? AND v.status IN ('booked', 'confirmed') GROUP BY b.service_id
) ahead ON ahead.service_id = s.id
WHERE s.archived_at IS NULL ORDER BY g.position, g.id, s.position, s.id
"""


def _check(new: NewService) -> None:
    if not new.name.strip():
        raise NameMissing
    check_lengths(new.lengths)


def _fields(new: NewService) -> dict[str, Any]:
    return {
        "category": new.category_id,
        "name": new.name.strip(),
        "code": new.code.strip(),
        "working_minutes": new.lengths.working,
        "gap_minutes": new.lengths.gap,
        "finishing_minutes": new.lengths.finishing,
        "before_minutes": new.lengths.before,
        "after_minutes": new.lengths.after,
        "price": new.price,
        "interval_days": new.interval_days,
        "template": new.template_id,
    }
