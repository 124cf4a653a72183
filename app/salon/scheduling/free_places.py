"""Free places for services in a row or side by side, found by the rule that also books them.

One reading of the masters' shifts and taken time serves the whole search. The rule is worked out in minutes for whole
days (``start_ranges``): what is listed is every start on the salon's grid that ``availability.refusal`` would take, and
no other, which a property test holds.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from datetime import date, datetime, time, timedelta
from operator import attrgetter
from zoneinfo import ZoneInfo

from app.frozen import frozen
from app.models.connection import Database
from app.salon.catalogue.services import OfferedService
from app.salon.catalogue.terms import MasterTerms, lengths_with, price_with
from app.salon.scheduling.availability import clock_refusal
from app.salon.scheduling.booking import ServiceWish
from app.salon.scheduling.day_book import MasterMinutes, master_minutes
from app.salon.scheduling.intervals import Lengths, occupied, spanned
from app.salon.scheduling.places import PlannedService, one_after_another
from app.salon.scheduling.room_choice import NO_ROOMS, RoomWish, not_fit, not_free
from app.salon.scheduling.start_ranges import DAY_MINUTES, Range, is_within, on_grid, start_ranges

USUAL_DAYS = 30
"""How many days a search covers when nothing else is said."""


@frozen
class WantedService:
    """A service to find a place for. ``masters`` are those who may do it, in the order of the calendar."""

    service_id: int
    service_name: str
    lengths: Lengths
    price: int | None
    masters: tuple[int, ...]
    master_terms: Mapping[int, MasterTerms] = field(default_factory=dict[int, MasterTerms])
    """What is different with which master."""
    beside: bool = False
    """Begins together with the one before."""
    pause: int = 0
    """Minutes between its start and when it would begin by itself."""
    is_asked_for: bool = False
    rooms: tuple[int, ...] = ()

    def only_by(self, masters: Iterable[int]) -> "WantedService":
        """The same by some of its masters; nobody is asked to do what they do not do."""
        chosen = frozenset(masters)
        return replace(self, masters=tuple(staff for staff in self.masters if staff in chosen))

    def with_master(self, staff_id: int) -> PlannedService:
        """The same with its master, as long and as dear as with them."""
        own = self.master_terms.get(staff_id)
        return PlannedService(
            self.service_id,
            self.service_name,
            staff_id,
            lengths_with(self.lengths, own),
            price_with(self.price, own),
            self.beside,
            self.pause,
            self.is_asked_for,
            self.rooms,
        )


@frozen
class PlaceSearch:
    """What somebody asks for on the phone: what, by whom, on which days, at which time of the day."""

    services: tuple[WantedService, ...]
    """In a row, each beginning when the one before has ended, or beside it."""
    first_day: date
    days: int = USUAL_DAYS
    weekdays: frozenset[int] = frozenset(range(7))
    """Monday is 0."""
    from_minute: int = 0
    """The visit begins at this minute of the day at the earliest."""
    to_minute: int = DAY_MINUTES
    """The visit begins before this minute of the day."""
    visit_id: int | None = None
    """A visit that looks for another place; its own time counts as free."""


@frozen
class FreePlace:
    """A start at which every service has its master; wall time."""

    starts_at: datetime
    ends_at: datetime
    planned: tuple[PlannedService, ...]

    @property
    def staff_ids(self) -> tuple[int, ...]:
        """The master of each service."""
        return tuple(one.staff_id for one in self.planned)


def wanted(service: OfferedService) -> WantedService:
    """A service of the price list to look for, by any master who does it."""
    return WantedService(
        service.service_id, service.name, service.lengths, service.price, service.masters, service.master_terms
    )


def as_agreed(service: OfferedService, one: PlannedService) -> WantedService:
    """A service to look for by any master as it was agreed with the client: lengths and price stay as they are."""
    return WantedService(
        service.service_id,
        service.name,
        one.lengths,
        one.price,
        service.masters,
        beside=one.beside,
        pause=one.pause,
        rooms=one.rooms,
    )


def find(
    database: Database, search: PlaceSearch, *, not_before: datetime, step_minutes: int, zone: str
) -> list[FreePlace]:
    """Every free place that ``search`` asks for, from ``not_before`` (wall time) on: by time, then by master.

    A start is listed once for each master who can begin. The services that follow stay with the same master where
    that is possible, else they go to the first in the calendar who is free.
    """
    return list(each(database, search, not_before=not_before, step_minutes=step_minutes, zone=zone))


def each(
    database: Database, search: PlaceSearch, *, not_before: datetime, step_minutes: int, zone: str
) -> Iterator[FreePlace]:
    """The places of ``find`` one by one: whoever wants only the first does not wait for those of the other weeks."""
    if not search.services or not days_of(search, not_before):
        return
    book = reading(database, (search,), not_before)
    yield from among(book, search, not_before=not_before, step_minutes=step_minutes, zone=zone)


def reading(database: Database, searches: Sequence[PlaceSearch], not_before: datetime) -> MasterMinutes:
    """The masters' days of several searches of one visit, read once for all of them. At least one has a day ahead."""
    days = [day for search in searches for day in days_of(search, not_before)]
    masters = {staff for search in searches for one in search.services for staff in one.masters}
    return master_minutes(database, masters, min(days), max(days), ignoring_visit=searches[0].visit_id)


def among(
    book: MasterMinutes, search: PlaceSearch, *, not_before: datetime, step_minutes: int, zone: str
) -> Iterator[FreePlace]:
    """The places of ``each`` in days that have been read already."""
    days = days_of(search, not_before)
    if not search.services or not days:
        return
    sweep = Sweep(book, search.services, step_minutes)
    for day in days:
        earliest = max(search.from_minute, first_minute(day, not_before))
        clock_stands = _clock_stands(day, zone)
        for place in sweep.of_day(day, earliest, search.to_minute):
            if clock_stands or can_be_kept(place, zone):
                yield place


def days_of(search: PlaceSearch, not_before: datetime) -> list[date]:
    """The days that are searched and not over."""
    days = (search.first_day + timedelta(days=ahead) for ahead in range(search.days))
    return [day for day in days if day.weekday() in search.weekdays and day >= not_before.date()]


class Sweep:
    """The services of one visit in days that are read: each service, master and day is worked out once."""

    def __init__(self, book: MasterMinutes, services: Sequence[WantedService], step_minutes: int) -> None:
        self._services = services
        self._step_minutes = step_minutes
        self._book = book
        self._planned = [{staff: one.with_master(staff) for staff in one.masters} for one in services]
        self._takes_rooms = [
            bool(one.rooms) or any(day.fit.get(one.service_id) for day in self._book.rooms.values()) for one in services
        ]
        self._is_a_row = not any(one.beside or one.pause for one in services)
        self._known: dict[tuple[int, int, date], list[Range]] = {}
        self._dead_ends: set[tuple[object, ...]] = set()

    def of_day(self, day: date, earliest: int, latest: int) -> list[FreePlace]:
        """The places of one day that begin from the minute ``earliest`` on and before ``latest``."""
        midnight = datetime.combine(day, time.min)
        places: list[FreePlace] = []
        for staff_id, first in self._planned[0].items():
            minutes = on_grid(self._ranges(0, staff_id, day), earliest, latest, self._step_minutes)
            starts = [midnight + _LATER[minute] for minute in minutes]
            if self._takes_rooms[0]:
                starts = [start for start in starts if self._has_rooms(0, staff_id, start)]
            if len(self._services) == 1:
                total, alone = timedelta(minutes=first.lengths.total), (first,)
                places += [FreePlace(start, start + total, alone) for start in starts]
            else:
                chosen = (self._continued((first.at(start),)) for start in starts)
                places += [self._place(visit) for visit in chosen if visit is not None]
        # Sorting keeps the order of the masters within one time.
        places.sort(key=_by_start)
        return places

    def _place(self, chosen: tuple[ServiceWish, ...]) -> FreePlace:
        planned = tuple(by_master[wish.staff_id] for by_master, wish in zip(self._planned, chosen, strict=True))
        return FreePlace(chosen[0].starts_at, max(wish.ends_at for wish in chosen), planned)

    def _continued(self, placed: tuple[ServiceWish, ...]) -> tuple[ServiceWish, ...] | None:
        """The whole visit when it begins with ``placed``: the first masters who are free; None when one lacks."""
        position = len(placed)
        if position == len(self._services):
            return placed
        state = self._state(placed)
        if state in self._dead_ends:
            return None
        for staff_id in _same_first(self._services[position].masters, placed[-1].staff_id):
            wish = self._planned[position][staff_id].after(placed)
            if self.is_accepted(position, staff_id, wish.starts_at) and self._is_alone(wish, placed):
                whole = self._continued((*placed, wish))
                if whole is not None:
                    return whole
        if state:
            self._dead_ends.add(state)
        return None

    def _state(self, placed: tuple[ServiceWish, ...]) -> tuple[object, ...]:
        """All that the services in a row which follow depend on; empty where that is not known."""
        if not self._is_a_row:
            return ()
        ends_at = max(wish.ends_at for wish in placed)
        ready = {(wish.staff_id, wish.ends_at + timedelta(minutes=wish.lengths.after)) for wish in placed}
        buffered = any(one.lengths.before for by_master in self._planned for one in by_master.values())
        return (len(placed), ends_at, frozenset(one for one in ready if buffered or one[1] > ends_at))

    def _is_alone(self, wish: ServiceWish, placed: tuple[ServiceWish, ...]) -> bool:
        """Whether the same master does nothing else of this visit at that time."""
        mine = [before for before in placed if before.staff_id == wish.staff_id]
        parts = occupied(wish.starts_at, wish.lengths) if mine else ()
        return not any(
            part.overlaps(other) for before in mine for other in occupied(before.starts_at, before.lengths)
            for part in parts
        )  # fmt: skip

    def planned(self, position: int) -> Mapping[int, PlannedService]:
        """The service at ``position`` with each of its masters, in their order."""
        return self._planned[position]

    def takes_rooms(self, position: int) -> bool:
        """Whether the service at ``position`` needs a room."""
        return self._takes_rooms[position]

    def is_accepted(self, position: int, staff_id: int, start: datetime) -> bool:
        """Whether the validator takes the service at ``position`` there, the rest of the visit aside."""
        ranges = self._ranges(position, staff_id, start.date())
        if not is_within(ranges, start.hour * 60 + start.minute):
            return False
        return not self._takes_rooms[position] or self._has_rooms(position, staff_id, start)

    def _ranges(self, position: int, staff_id: int, day: date) -> list[Range]:
        """When the master could begin the service on ``day``, rooms aside."""
        asked = (position, staff_id, day)
        ranges = self._known.get(asked)
        if ranges is None:
            one, place = self._planned[position][staff_id], (staff_id, day.isoformat())
            can = one.service_id in self._book.services.get(staff_id, ())
            shifts = self._book.shifts.get(place, ()) if can else ()
            ranges = start_ranges(shifts, self._book.taken.get(place, ()), one.lengths) if shifts else []
            self._known[asked] = ranges
        return ranges

    def _has_rooms(self, position: int, staff_id: int, start: datetime) -> bool:
        one = self._planned[position][staff_id]
        wish = RoomWish(one.service_id, one.service_name, one.rooms)
        rooms = self._book.rooms.get(start.date(), NO_ROOMS)
        return (not_fit(rooms, wish) or not_free(rooms, wish, spanned(start, one.lengths))) is None


_by_start = attrgetter("starts_at")
_LATER = tuple(timedelta(minutes=minute) for minute in range(DAY_MINUTES))


def first_minute(day: date, not_before: datetime) -> int:
    """The first minute of ``day`` that does not lie before a moment of it."""
    if day != not_before.date():
        return 0
    return not_before.hour * 60 + not_before.minute + (1 if not_before.second or not_before.microsecond else 0)


def _same_first(masters: tuple[int, ...], before: int) -> tuple[int, ...]:
    return (before, *(staff for staff in masters if staff != before)) if before in masters else masters


def _clock_stands(day: date, zone: str) -> bool:
    """Whether the clock is not changed on ``day``, so that each of its times happens once."""
    place = ZoneInfo(zone)
    begins, ends = (datetime.combine(day + timedelta(days=ahead), time.min, place) for ahead in (0, 1))
    return begins.utcoffset() == ends.utcoffset()


def can_be_kept(place: FreePlace, zone: str) -> bool:
    """Whether no service falls into an hour that the change of the clock drops or repeats."""
    wishes = one_after_another(place.starts_at, place.planned)
    return all(clock_refusal(wish.starts_at, wish.lengths, zone) is None for wish in wishes)
