"""Where a visit fits: services one after another or side by side, checked by the validator that also books them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cached_property

from app.errors import Gone, SalonError
from app.frozen import frozen
from app.models.connection import Database
from app.models.kept import read_wall
from app.salon import profile
from app.salon.scheduling.availability import MasterDay, Standing, Wish, clash_within, clock_refusal, refusal
from app.salon.scheduling.day_book import master_day
from app.salon.scheduling.following import Place, Places, Present
from app.salon.scheduling.intervals import Lengths, occupied
from app.salon.scheduling.promised import Promised
from app.salon.scheduling.room_choice import Taken
from app.salon.scheduling.standing import BookedService, ServiceWish, kept, services_of
from app.vocabulary import VisitStatus

HORIZON_DAYS = 42
"""How far ahead a free place is looked for: six weeks, the longest usual interval."""


@frozen
class PlannedService:
    """A service that is wanted, with its master, but without a time yet."""

    service_id: int
    service_name: str
    staff_id: int
    lengths: Lengths
    price: int | None
    beside: bool = False
    """Begins together with the one before: hands and feet at once."""
    pause: int = 0
    """Minutes between its start and when it would begin by itself; may be negative."""
    is_asked_for: bool = False
    """Whether the client asked for this very master."""
    rooms: tuple[int, ...] = ()
    """Rooms that were chosen for it; otherwise any that are fit and free."""

    def at(self, starts_at: datetime) -> ServiceWish:
        """The same at ``starts_at`` (wall time)."""
        return ServiceWish(
            self.service_id, self.staff_id, starts_at, self.lengths, self.price, self.rooms, self.is_asked_for
        )

    def follows_as(self, other: "PlannedService") -> bool:
        """Whether it comes after the services before it in the same way as ``other``."""
        return (self.beside, self.pause) == (other.beside, other.pause)

    def after(self, placed: Sequence[ServiceWish]) -> ServiceWish:
        """The same where it begins when the services of ``placed``, at least one, stand before it in the visit."""
        return self.at(_begins_by_itself(self, placed) + timedelta(minutes=self.pause))


@frozen
class StandingVisit:
    """A booked visit as the booking form opens it."""

    client_id: int | None
    comment: str
    starts_at: datetime
    planned: tuple[PlannedService, ...]
    services: tuple[ServiceWish, ...]
    """The same as they stand, with the rooms that they have; a visit that is changed keeps them where it can."""


def standing(database: Database, visit_id: int) -> StandingVisit:
    """A visit that stands, ready to be changed. Raises Gone."""
    client_id, comment, services = _standing(database, visit_id)
    planned = _as_planned([(one, wish.starts_at) for _booked, one, wish in services])
    wishes = tuple(wish for _booked, _one, wish in services)
    return StandingVisit(client_id, comment, wishes[0].starts_at, planned, wishes)


def as_wished(database: Database, visit_id: int, places: Places) -> tuple[datetime, tuple[PlannedService, ...]]:
    """When a visit would begin (wall time), and with what, if its booked services stood at ``places``. Raises Gone."""
    _client, _comment, services = _standing(database, visit_id)
    wished: list[tuple[PlannedService, datetime]] = []
    for booked_id, one, wish in services:
        place = places.get(booked_id)
        if place is None:
            wished.append((one, wish.starts_at))
        else:
            asked_for = one.is_asked_for and place.staff_id == one.staff_id
            new = replace(
                one, staff_id=place.staff_id, lengths=place.lengths, rooms=place.rooms, is_asked_for=asked_for
            )
            wished.append((new, place.starts_at))
    wished.sort(key=lambda each: each[1])
    return wished[0][1], _as_planned(wished)


def leaving_begun(
    database: Database, visit_id: int, now: datetime, starts_at: datetime, planned: Sequence[PlannedService]
) -> tuple[datetime, tuple[PlannedService, ...]]:
    """When a visit that is changed would begin (wall time) and with what: all of it from ``starts_at`` on.

    But what has begun stays where it stands, whatever is done to what comes before it, as where a tile is moved or
    stretched (``following``); what was itself put elsewhere goes there. ``now`` is wall time. Raises Gone.
    """
    agreed = dict(zip(services_of(database, visit_id), standing(database, visit_id).planned, strict=True))
    stood = kept(list(agreed), one_after_another(starts_at, planned))
    first, next_one = next(iter(agreed)), next(iter(stood), None)
    if next_one not in (None, first) and starts_at == first.starts_at and next_one.starts_at <= now:
        starts_at = next_one.starts_at  # what came before it was left out
    present = Present(now, VisitStatus(database.value("SELECT status FROM visit WHERE id = ?", (visit_id,))))
    placed: list[ServiceWish] = []
    going: list[PlannedService] = []
    moved: list[tuple[BookedService, Place]] = []
    for one, before in zip(planned, stood, strict=True):
        wish = one.after(placed) if placed else one.at(starts_at)
        if before is not None and placed and one.follows_as(agreed[before]) and present.has_begun(before, moved):
            one = replace(one, pause=one.pause + _minutes(before.starts_at - wish.starts_at))
            wish = one.at(before.starts_at)
        if before is not None and not before.stands_at(wish):
            moved.append((before, Place(wish.staff_id, wish.starts_at, wish.lengths)))
        going.append(one)
        placed.append(wish)
    return starts_at, tuple(going)


def _standing(
    database: Database, visit_id: int
) -> tuple[int | None, str, list[tuple[int, PlannedService, ServiceWish]]]:
    """Client and comment of a visit, and of each booked service its id, what it is and where it stands."""
    rows = database.rows(
        """
        SELECT v.client_id, v.comment, b.id, b.starts_at, b.service_id, s.name, b.staff_id, b.working_minutes,
               b.gap_minutes, b.finishing_minutes, b.before_minutes, b.after_minutes, b.price, b.is_asked_for,
               (SELECT group_concat(o.room_id) FROM occupancy o
                WHERE o.booked_service_id = b.id AND o.room_id IS NOT NULL)
        FROM visit v JOIN booked_service b ON b.visit_id = v.id JOIN service s ON s.id = b.service_id
        WHERE v.id = ? AND b.takes_time ORDER BY b.starts_at, b.position, b.id
        """,
        (visit_id,),
    )
    if not rows:
        raise Gone
    services: list[tuple[int, PlannedService, ServiceWish]] = []
    for row in rows:
        one = PlannedService(row[4], row[5], row[6], Lengths(*row[7:12]), row[12], is_asked_for=bool(row[13]))
        rooms = tuple(int(room) for room in row[14].split(",")) if row[14] else ()
        services.append((row[2], one, replace(one.at(read_wall(row[3])), rooms=rooms)))
    return rows[0][0], rows[0][1], services


def _as_planned(services: Sequence[tuple[PlannedService, datetime]]) -> tuple[PlannedService, ...]:
    """Services that begin at these times, in their order, as each follows those before it."""
    planned: list[PlannedService] = []
    placed: list[ServiceWish] = []
    for one, starts_at in services:
        if placed:
            one = replace(one, beside=starts_at == placed[-1].starts_at)
            one = replace(one, pause=_minutes(starts_at - _begins_by_itself(one, placed)))
        planned.append(one)
        placed.append(one.at(starts_at))
    return tuple(planned)


def one_after_another(starts_at: datetime, planned: Sequence[PlannedService]) -> tuple[ServiceWish, ...]:
    """The services from ``starts_at``, each beginning when those before have ended, or beside the one before."""
    wishes: list[ServiceWish] = []
    for one in planned:
        wishes.append(one.after(wishes) if wishes else one.at(starts_at))
    return tuple(wishes)


def _begins_by_itself(one: PlannedService, placed: Sequence[ServiceWish]) -> datetime:
    """When the client is free for it: they got up from what was before, and the master could clean and lay out."""
    if one.beside:
        return placed[-1].starts_at
    return max(
        before.ends_at + timedelta(minutes=before.lengths.after + one.lengths.before)
        if before.staff_id == one.staff_id
        else before.ends_at
        for before in placed
    )


def _minutes(span: timedelta) -> int:
    return int(span.total_seconds()) // 60


class DayBooks:
    """The masters' days of one search, each read once."""

    def __init__(self, database: Database, ignoring_visit: int | None = None, promised: Promised | None = None) -> None:
        """``promised``: what counts as taken although it is not booked."""
        self._database = database
        self._ignoring_visit = ignoring_visit
        self._promised = promised or Promised()
        self._days: dict[tuple[int, date], MasterDay] = {}

    @cached_property
    def withdrawn(self) -> frozenset[int]:
        """What the salon offers no more; what the visit has that is left out was agreed while it was offered."""
        rows = self._database.rows(
            """
            SELECT id FROM service WHERE archived_at IS NOT NULL
            AND id NOT IN (SELECT service_id FROM booked_service WHERE visit_id = ?)
            """,
            (self._ignoring_visit or 0,),
        )
        return frozenset(row[0] for row in rows)

    @cached_property
    def zone(self) -> str:
        """Where the salon is: in the night of a change of clocks some times cannot be kept."""
        return profile.read(self._database).zone

    def of(self, staff_id: int, day: date) -> MasterDay:
        """The master's day. Raises Gone."""
        found = self._days.get((staff_id, day))
        if found is None:
            found = self._days[(staff_id, day)] = self._promised.on(self._read(staff_id, day), day)
        return found

    def _read(self, staff_id: int, day: date) -> MasterDay:
        return master_day(self._database, staff_id, day, ignoring_visit=self._ignoring_visit)


def without(day: MasterDay, visits: Collection[int]) -> MasterDay:
    """A master's day as if these visits were not there."""

    def others(taken: Sequence[Taken]) -> tuple[Taken, ...]:
        return tuple(one for one in taken if one.visit_id not in visits)

    rooms = tuple(replace(one, taken=others(one.taken)) for one in day.rooms.rooms)
    return replace(day, taken=others(day.taken), rooms=replace(day.rooms, rooms=rooms))


def why_not(
    books: DayBooks,
    starts_at: datetime,
    planned: Sequence[PlannedService],
    stood: Mapping[BookedService, Standing] | None = None,
) -> SalonError | None:
    """Why the services cannot be had from ``starts_at``, or None when they can.

    A master does one thing at a time for a client; a room the services of a visit may share. ``stood``: where the
    services of the visit stand that would be changed, for what was agreed is not asked for again.
    """
    placed: list[ServiceWish] = []
    known, wishes = stood or {}, one_after_another(starts_at, planned)
    for one, wish, before in zip(planned, wishes, kept(list(known), wishes), strict=True):
        day = books.of(one.staff_id, wish.starts_at.date())
        problem = None
        if before is None or not before.stands_at(wish):
            is_offered = one.service_id not in books.withdrawn
            asked = Wish(one.service_id, one.service_name, wish.starts_at, one.lengths, one.rooms, is_offered)
            problem = refusal(day, asked, None if before is None else known[before])
            problem = problem or clock_refusal(wish.starts_at, wish.lengths, books.zone)
        problem = problem or own_clash(day, wish, placed)
        if problem is not None:
            return problem
        placed.append(wish)
    return None


def own_clash(day: MasterDay, wish: ServiceWish, placed: Sequence[ServiceWish]) -> SalonError | None:
    """What of the same visit is in the way of ``wish`` with its master of ``day``, or None."""
    mine = [before for before in placed if before.staff_id == wish.staff_id]
    if not mine:
        return None
    taken = tuple(Taken(part, "") for before in mine for part in occupied(before.starts_at, before.lengths))
    return clash_within(replace(day, taken=taken), occupied(wish.starts_at, wish.lengths))


def next_places(
    books: DayBooks,
    planned: Sequence[PlannedService],
    after: datetime,
    *,
    step_minutes: int,
    most: int = 3,
) -> list[datetime]:
    """The first free starts on the grid not before ``after``, at most ``most`` and at most one an hour."""
    if not planned:
        return []
    found: list[datetime] = []
    for ahead in range(HORIZON_DAYS):
        day = after.date() + timedelta(days=ahead)
        for start in _starts(books.of(planned[0].staff_id, day), step_minutes):
            apart = not found or start - found[-1] >= timedelta(hours=1)
            if start >= after and apart and why_not(books, start, planned) is None:
                found.append(start)
                if len(found) == most:
                    return found
    return found


def _starts(day: MasterDay, step_minutes: int) -> list[datetime]:
    starts: list[datetime] = []
    for shift in day.shifts:
        start = shift.starts_at + timedelta(
            minutes=-(shift.starts_at.hour * 60 + shift.starts_at.minute) % step_minutes
        )
        while start < shift.ends_at:
            starts.append(start)
            start += timedelta(minutes=step_minutes)
    return starts
