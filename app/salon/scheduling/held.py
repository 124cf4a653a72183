"""A visit that somebody holds, to book it once more or to put it elsewhere.

A pasted visit begins at the chosen place and its first service goes to the chosen master, as by dragging its first
tile. The other services keep their masters and their distance to the first.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import field, replace
from datetime import datetime

from app.errors import Gone
from app.frozen import frozen
from app.models.connection import Database
from app.models.kept import read_wall
from app.salon.scheduling.booking import BookingRequest, ServiceWish
from app.salon.scheduling.intervals import Lengths
from app.vocabulary import VisitStatus


@frozen
class HeldService:
    """One service of a held visit."""

    name: str
    wish: ServiceWish
    """As it stands: its master, start and actual lengths, whether the master was asked for; the price is today's."""
    is_offered: bool
    """Whether the salon still offers it."""
    prices: Mapping[int, int | None] = field(default_factory=dict[int, int | None])
    """What it costs today with each who does it, minor units."""

    def by(self, staff_id: int) -> ServiceWish:
        """The same with this master, at their price; another master is not the one who was asked for."""
        is_same = staff_id == self.wish.staff_id
        return replace(
            self.wish,
            staff_id=staff_id,
            price=self.prices.get(staff_id, self.wish.price),
            is_asked_for=self.wish.is_asked_for and is_same,
        )


@frozen
class HeldVisit:
    """A visit as it stands, with what booking it once more needs."""

    visit_id: int
    client_id: int | None
    client_name: str
    """Empty for a walk-in without a card."""
    status: VisitStatus
    booked_id: int
    """The first service: whoever moves it moves the visit."""
    services: tuple[HeldService, ...]

    @property
    def starts_at(self) -> datetime:
        """When the visit begins, wall time."""
        return self.services[0].wish.starts_at

    @property
    def minutes(self) -> int:
        """From the first start to the last end."""
        ends_at = max(one.wish.ends_at for one in self.services)
        return int((ends_at - self.starts_at).total_seconds()) // 60


def hold(database: Database, visit_id: int) -> HeldVisit:
    """Read a visit of any day and status, with today's prices; two queries. Raises Gone."""
    rows = database.rows(
        """
        SELECT v.client_id, COALESCE(c.name, ''), v.status, b.id, s.name, b.service_id, b.staff_id, b.starts_at,
               b.working_minutes, b.gap_minutes, b.finishing_minutes, b.before_minutes, b.after_minutes,
               b.is_asked_for, s.price, s.archived_at IS NULL
        FROM visit v
        LEFT JOIN client c ON c.id = v.client_id
        JOIN booked_service b ON b.visit_id = v.id
        JOIN service s ON s.id = b.service_id
        WHERE v.id = ? AND b.takes_time ORDER BY b.starts_at, b.position, b.id
        """,
        (visit_id,),
    )
    if not rows:
        raise Gone
    prices: defaultdict[int, dict[int, int | None]] = defaultdict(dict)
    for service_id, staff_id, price in database.rows(
        """
        SELECT x.service_id, x.staff_id, COALESCE(x.price, s.price)
        FROM staff_service x JOIN service s ON s.id = x.service_id
        WHERE x.service_id IN (SELECT service_id FROM booked_service WHERE visit_id = ?)
        """,
        (visit_id,),
    ):
        prices[service_id][staff_id] = price
    held = [
        HeldService(
            row[4],
            ServiceWish(row[5], row[6], read_wall(row[7]), Lengths(*row[8:13]), row[14], is_asked_for=bool(row[13])),
            bool(row[15]),
            prices[row[5]],
        )
        for row in rows
    ]
    services = tuple(replace(one, wish=one.by(one.wish.staff_id)) for one in held)
    client_id, client_name, status, booked_id = rows[0][:4]
    return HeldVisit(visit_id, client_id, client_name, VisitStatus(status), booked_id, services)


def once_more(held: HeldVisit, staff_id: int, starts_at: datetime) -> BookingRequest:
    """The same services for the same client from ``starts_at``: actual lengths, today's prices with its masters.

    What the salon no longer offers is left out; then the rest begins at ``starts_at``. The comment of the old visit
    stays with the old visit. ``booking.book`` says no where nothing is left or a place is taken.
    """
    offered = [one for one in held.services if one.is_offered]
    if not offered:
        return BookingRequest(held.client_id, ())
    shift = starts_at - offered[0].wish.starts_at
    wishes = [offered[0].by(staff_id), *(one.wish for one in offered[1:])]
    return BookingRequest(held.client_id, tuple(replace(one, starts_at=one.starts_at + shift) for one in wishes))
