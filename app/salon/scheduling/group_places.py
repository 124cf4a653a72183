"""Where several clients who come together fit: all at the same time with different masters, or one after another.

Each visit is looked for by the rule that books it (``free_places``); the visits of one group see each other, in the
order in which ``groups.book_group`` books them: none takes the master or the room of another.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from app.frozen import frozen
from app.models.connection import Database
from app.salon.catalogue.services import OfferedService
from app.salon.clients.card import ClientCard
from app.salon.scheduling import free_places
from app.salon.scheduling.availability import Wish, refusal
from app.salon.scheduling.booking import ServiceWish
from app.salon.scheduling.day_book import MasterMinutes
from app.salon.scheduling.free_places import FreePlace, PlaceSearch, Sweep, WantedService
from app.salon.scheduling.intervals import occupied, spanned
from app.salon.scheduling.places import HORIZON_DAYS, DayBooks, PlannedService, own_clash as own_clash_of
from app.salon.scheduling.proposals import MOST, by_anybody, by_its_master, own_clash
from app.salon.scheduling.room_choice import NO_ROOMS, RoomsDay, RoomWish, Taken, chosen_rooms, not_fit, not_free

_APART = timedelta(hours=1)
"""Two proposals of one day are at least that far from each other."""
_TRIES_AT_A_START = 60
_TRIES_IN_ALL = 12_000
"""How many ways to divide masters and rooms are tried before the answer is "none": somebody waits on the phone."""


@frozen
class Guest:
    """One of those who come together, and what they want."""

    planned: tuple[PlannedService, ...]
    has_master: bool = False
    """Whether the masters are theirs; otherwise anybody who does it will do."""
    card: ClientCard | None = None


@frozen
class GroupPlace:
    """A start at which everybody of a group is served."""

    visits: tuple[FreePlace, ...]
    """In the order of the guests."""

    @property
    def starts_at(self) -> datetime:
        """When the first of them begins, wall time."""
        return min(one.starts_at for one in self.visits)

    @property
    def ends_at(self) -> datetime:
        """When the last of them gets up, wall time."""
        return max(one.ends_at for one in self.visits)


def propose(
    database: Database,
    guests: Sequence[Guest],
    offered: Mapping[int, OfferedService],
    *,
    not_before: datetime,
    step_minutes: int,
    zone: str,
    in_a_row: bool = False,
) -> tuple[GroupPlace, ...]:
    """Up to three places for all ``guests`` from ``not_before`` (wall time) on, the nearest with their masters first.

    ``in_a_row``: each begins when the one before has got up; otherwise all begin at once. The masters' days are read
    once: at most four queries (five with rooms). No place lies over another visit of the same client.
    """
    if not guests or not all(one.planned for one in guests):
        return ()
    free = [tuple(by_anybody(each, offered.get(each.service_id)) for each in one.planned) for one in guests]
    own = [
        tuple(
            by_its_master(each) if one.has_master or each.is_asked_for else any_
            for each, any_ in zip(one.planned, anybody, strict=True)
        )
        for one, anybody in zip(guests, free, strict=True)
    ]
    first_day = not_before.date()
    searches = [PlaceSearch(services, first_day, HORIZON_DAYS) for services in (*free, *own)]
    book = free_places.reading(database, searches, not_before)

    def places(wanted: Sequence[tuple[WantedService, ...]]) -> Iterator[GroupPlace]:
        found = _GroupSweep(book, wanted, step_minutes, in_a_row=in_a_row)
        days = [first_day + timedelta(days=ahead) for ahead in range(HORIZON_DAYS)]
        return (place for place in found.each(days, not_before) if _can_be_had(place, guests, zone))

    nearest = _apart(places(own))
    if own == free:
        return tuple(nearest)
    # Other masters are worth a word where they are free earlier, or where the own ones never are together.
    other = next(places(free), None)
    if other is None or (nearest and other.starts_at >= nearest[0].starts_at):
        return tuple(nearest)
    return (*nearest[: MOST - 1], other)


def anyway(
    database: Database,
    guests: Sequence[Guest],
    offered: Mapping[int, OfferedService],
    starts_at: datetime,
    *,
    in_a_row: bool = False,
) -> GroupPlace:
    """All ``guests`` from ``starts_at`` (wall time) on, whoever stands there: to be booked on purpose, with a reason.

    Each is served by the first of their masters who is free, else by one who serves nobody else of the group then.
    """
    books = DayBooks(database)
    taken: list[ServiceWish] = []
    visits: list[FreePlace] = []
    for guest in guests:
        mine: list[ServiceWish] = []
        planned: list[PlannedService] = []
        begins = max(one.ends_at for one in taken) if in_a_row and taken else starts_at
        for each in guest.planned:
            asked = guest.has_master or each.is_asked_for
            wanted = by_its_master(each) if asked else by_anybody(each, offered.get(each.service_id))
            ways = [wanted.with_master(staff_id) for staff_id in wanted.masters] or [each]
            placed = [(way, way.after(mine) if mine else replace(way, beside=False).at(begins)) for way in ways]
            way, wish = min(placed, key=lambda one: _in_the_way(books, one[1], (*taken, *mine)))
            planned.append(way)
            mine.append(wish)
        taken += mine
        visits.append(FreePlace(mine[0].starts_at, max(wish.ends_at for wish in mine), tuple(planned)))
    return GroupPlace(tuple(visits))


def _in_the_way(books: DayBooks, wish: ServiceWish, group: Sequence[ServiceWish]) -> tuple[bool, bool]:
    """Whether the master serves somebody of the group then, and whether the validator says no: the less the better."""
    day = books.of(wish.staff_id, wish.starts_at.date())
    asked = Wish(wish.service_id, "", wish.starts_at, wish.lengths, wish.rooms)
    return own_clash_of(day, wish, group) is not None, refusal(day, asked) is not None


def _apart(places: Iterable[GroupPlace]) -> list[GroupPlace]:
    """The first, the next an hour or more later, and the first of another day."""
    found: list[GroupPlace] = []
    for place in places:
        if not found or (len(found) == 1 and place.starts_at >= found[0].starts_at + _APART):
            found.append(place)
        elif len(found) == 2 and place.starts_at.date() > found[1].starts_at.date():
            return [*found, place]
    return found


def _can_be_had(place: GroupPlace, guests: Sequence[Guest], zone: str) -> bool:
    return all(
        free_places.can_be_kept(visit, zone)
        and (guest.card is None or own_clash(guest.card, visit.starts_at, visit.ends_at) is None)
        for guest, visit in zip(guests, place.visits, strict=True)
    )


@frozen
class _Seat:
    """A service of a guest that has its place."""

    guest: int
    wish: ServiceWish
    rooms: tuple[int, ...] = ()


class _GroupSweep:
    """One search for a group over days that are read."""

    def __init__(
        self, book: MasterMinutes, wanted: Sequence[tuple[WantedService, ...]], step_minutes: int, *, in_a_row: bool
    ) -> None:
        self._book = book
        self._in_a_row = in_a_row
        self._services = wanted
        self._sweeps = [Sweep(book, services, step_minutes) for services in wanted]
        self._tries_left = 0

    def each(self, days: Iterable[date], not_before: datetime) -> Iterator[GroupPlace]:
        """The places by time, one for each start."""
        in_all = _TRIES_IN_ALL
        for day in days:
            for start in self._starts(day, free_places.first_minute(day, not_before)):
                self._tries_left = tries = min(_TRIES_AT_A_START, in_all)
                seats = self._continued((), start)
                in_all -= tries - max(self._tries_left, 0)
                if seats is not None:
                    yield self._place(seats)
                if in_all <= 0:
                    return

    def _starts(self, day: date, earliest: int) -> list[datetime]:
        """When each who begins then could come alone: the group can at no other time."""
        common: set[datetime] | None = None
        for sweep in self._sweeps[:1] if self._in_a_row else self._sweeps:
            alone = {one.starts_at for one in sweep.of_day(day, earliest, free_places.DAY_MINUTES)}
            common = alone if common is None else common & alone
            if not common:
                return []
        return sorted(start for start in common or () if self._in_a_row or self._has_a_master_each(start))

    def _has_a_master_each(self, start: datetime) -> bool:
        """Whether there are different masters for all who begin at ``start``, whatever follows."""
        serves: dict[int, int] = {}

        def seated(guest: int, asked: set[int]) -> bool:
            for staff_id in self._sweeps[guest].planned(0):
                if staff_id not in asked and self._sweeps[guest].is_accepted(0, staff_id, start):
                    asked.add(staff_id)
                    if staff_id not in serves or seated(serves[staff_id], asked):
                        serves[staff_id] = guest
                        return True
            return False

        return all(seated(guest, set()) for guest in range(len(self._sweeps)))

    def _continued(self, seats: tuple[_Seat, ...], start: datetime) -> tuple[_Seat, ...] | None:
        """The whole group when it begins with ``seats``: the first masters who are free; None when one lacks."""
        guest = seats[-1].guest if seats else 0
        mine = [one.wish for one in seats if one.guest == guest]
        if seats and len(mine) == len(self._services[guest]):
            guest, mine = guest + 1, []
        if guest == len(self._services):
            return seats
        position = len(mine)
        for staff_id, one in self._sweeps[guest].planned(position).items():
            self._tries_left -= 1
            if self._tries_left < 0:
                return None
            wish = one.after(mine) if mine else self._first(one, seats, start)
            seat = self._seat(guest, position, staff_id, wish, seats)
            if seat is not None:
                whole = self._continued((*seats, seat), start)
                if whole is not None:
                    return whole
        return None

    def _first(self, one: PlannedService, seats: tuple[_Seat, ...], start: datetime) -> ServiceWish:
        if not self._in_a_row or not seats:
            return one.at(start)
        return replace(one, beside=False, pause=0).after([seat.wish for seat in seats])

    def _seat(
        self, guest: int, position: int, staff_id: int, wish: ServiceWish, seats: tuple[_Seat, ...]
    ) -> _Seat | None:
        """The place of a service if it can be had beside ``seats``, else None."""
        sweep = self._sweeps[guest]
        if seats and wish.starts_at.date() != seats[0].wish.starts_at.date():
            return None
        if not sweep.is_accepted(position, staff_id, wish.starts_at) or _is_taken(wish, seats):
            return None
        if not sweep.takes_rooms(position):
            return _Seat(guest, wish)
        whole = spanned(wish.starts_at, wish.lengths)
        rooms = _with(
            self._book.rooms.get(wish.starts_at.date(), NO_ROOMS), [one for one in seats if one.guest != guest]
        )
        shared = tuple(
            room
            for one in seats
            if one.guest == guest and spanned(one.wish.starts_at, one.wish.lengths).overlaps(whole)
            for room in one.rooms
        )
        asked = RoomWish(wish.service_id, "", wish.rooms, shared)
        if not_fit(rooms, asked) or not_free(rooms, asked, whole):
            return None
        return _Seat(guest, wish, chosen_rooms(rooms, asked, whole))

    def _place(self, seats: tuple[_Seat, ...]) -> GroupPlace:
        visits: list[FreePlace] = []
        for guest, sweep in enumerate(self._sweeps):
            mine = [one.wish for one in seats if one.guest == guest]
            planned = tuple(sweep.planned(position)[wish.staff_id] for position, wish in enumerate(mine))
            visits.append(FreePlace(mine[0].starts_at, max(wish.ends_at for wish in mine), planned))
        return GroupPlace(tuple(visits))


def _is_taken(wish: ServiceWish, seats: Iterable[_Seat]) -> bool:
    """Whether the master serves somebody of the group at that time."""
    theirs = [one.wish for one in seats if one.wish.staff_id == wish.staff_id]
    return any(
        part.overlaps(other)
        for before in theirs
        for other in occupied(before.starts_at, before.lengths)
        for part in occupied(wish.starts_at, wish.lengths)
    )


def _with(rooms: RoomsDay, seats: Sequence[_Seat]) -> RoomsDay:
    """The rooms of the day when ``seats`` are taken as well."""
    if not seats:
        return rooms
    return replace(
        rooms,
        rooms=tuple(
            replace(
                room,
                taken=(
                    *room.taken,
                    *(
                        Taken(spanned(one.wish.starts_at, one.wish.lengths), "")
                        for one in seats
                        if room.room_id in one.rooms
                    ),
                ),
            )
            for room in rooms.rooms
        ),
    )
