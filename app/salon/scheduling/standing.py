"""The services of a visit as they stand: what a change of it begins with, and what it need not ask for again."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from app.frozen import frozen
from app.models.connection import Database
from app.models.kept import read_wall
from app.salon.scheduling.availability import MasterDay, Standing, standing_on
from app.salon.scheduling.day_book import master_day
from app.salon.scheduling.intervals import Lengths


@frozen
class ServiceWish:
    """One service of a visit to book: master, start (wall time), lengths (minutes), price (minor units)."""

    service_id: int
    staff_id: int
    starts_at: datetime
    lengths: Lengths
    price: int | None
    rooms: tuple[int, ...] = ()
    """Rooms that were chosen for it; otherwise it takes the first that are fit and free."""
    is_asked_for: bool = False
    """Whether the client asked for this very master."""

    @property
    def ends_at(self) -> datetime:
        """When the client gets up."""
        return self.starts_at + timedelta(minutes=self.lengths.total)

    def is_met_by(self, staff_id: int, starts_at: datetime, lengths: Lengths, rooms: Sequence[int]) -> bool:
        """Whether a service that stands so is what is wished: same master, time and lengths, in the wished rooms."""
        is_same = (self.staff_id, self.starts_at, self.lengths) == (staff_id, starts_at, lengths)
        return is_same and set(self.rooms) <= set(rooms)


@frozen
class BookedService:
    """A booked service as the table holds it."""

    booked_id: int
    visit_id: int
    service_id: int
    service_name: str
    staff_id: int
    starts_at: datetime
    lengths: Lengths
    staff_name: str = ""
    is_asked_for: bool = False
    rooms: tuple[int, ...] = ()
    is_offered: bool = True
    """Whether the salon offers it; that is asked of what is new, for what stands was agreed while it was offered."""

    def stands_at(self, wish: ServiceWish) -> bool:
        """Whether ``wish`` is where this service stands already: same master, time, lengths and rooms."""
        return wish.is_met_by(self.staff_id, self.starts_at, self.lengths, self.rooms)

    def is_kept_as(self, wish: ServiceWish) -> bool:
        """Whether its row says already what ``wish`` wants."""
        kept = (self.staff_id, self.starts_at, self.lengths, self.is_asked_for)
        return kept == (wish.staff_id, wish.starts_at, wish.lengths, wish.is_asked_for)

    def wish(self, starts_at: datetime, staff_id: int | None = None, lengths: Lengths | None = None) -> ServiceWish:
        """The same service at ``starts_at``. Another master is not the one who was asked for."""
        staff = self.staff_id if staff_id is None else staff_id
        asked_for = self.is_asked_for and staff == self.staff_id
        return ServiceWish(self.service_id, staff, starts_at, lengths or self.lengths, None, (), asked_for)


def services_of(database: Database, visit_id: int) -> list[BookedService]:
    """The services of a visit that have a place of their own, by time."""
    rows = database.rows(
        """
        SELECT b.id, b.service_id, s.name, b.staff_id, m.name, b.starts_at,
               b.working_minutes, b.gap_minutes, b.finishing_minutes, b.before_minutes, b.after_minutes, b.is_asked_for,
               (SELECT group_concat(o.room_id) FROM occupancy o
                WHERE o.booked_service_id = b.id AND o.room_id IS NOT NULL)
        FROM booked_service b JOIN service s ON s.id = b.service_id JOIN staff_member m ON m.id = b.staff_id
        WHERE b.visit_id = ? AND b.takes_time ORDER BY b.starts_at, b.position, b.id
        """,
        (visit_id,),
    )
    return [
        BookedService(
            booked,
            visit_id,
            service,
            name,
            staff,
            read_wall(starts_at),
            Lengths(*lengths),
            master,
            bool(asked_for),
            tuple(int(room) for room in rooms.split(",")) if rooms else (),
        )
        for booked, service, name, staff, master, starts_at, *lengths, asked_for, rooms in rows
    ]


def standing(database: Database, one: BookedService, day: MasterDay | None = None) -> Standing:
    """Where a service stands, and over whom. ``day`` is that of its master without its visit, where it was read."""
    if day is None:
        day = master_day(database, one.staff_id, one.starts_at.date(), ignoring_visit=one.visit_id)
    sql = "SELECT 1 FROM occupancy WHERE booked_service_id = ? AND is_override"
    permitted = database.value(sql, (one.booked_id,)) is not None
    return standing_on(day, one.starts_at, one.lengths, one.rooms, is_permitted=permitted)


def standings(database: Database, visit_id: int) -> dict[BookedService, Standing]:
    """Where the services of a visit stand."""
    return {one: standing(database, one) for one in services_of(database, visit_id)}


def kept(standing: list[BookedService], wishes: Sequence[ServiceWish]) -> list[BookedService | None]:
    """The standing service that each wish asks for once more; they are taken out of ``standing``.

    Of two equal services, one that stands where it is wished is that one.
    """
    same = [_taken_from(standing, wish, stays=True) for wish in wishes]
    return [one or _taken_from(standing, wish) for one, wish in zip(same, wishes, strict=True)]


def _taken_from(standing: list[BookedService], wish: ServiceWish, *, stays: bool = False) -> BookedService | None:
    for one in standing:
        if one.service_id == wish.service_id and (not stays or one.stands_at(wish)):
            standing.remove(one)
            return one
    return None
