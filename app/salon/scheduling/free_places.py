"""Free places for services in a row, over many days and masters, found by the validator that also books them.

One reading of the masters' shifts and taken time serves the whole search; every start that is listed has passed
``availability.refusal``, and every start on the salon's grid that it would take is listed.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.clock import happens_once
from app.models.connection import Database
from app.salon.catalogue.services import OfferedService
from app.salon.scheduling.availability import MasterDay, Wish, refusal
from app.salon.scheduling.intervals import Lengths, without
from app.salon.scheduling.places import DayBooks, PlannedService, one_after_another

DAY_MINUTES = 24 * 60
USUAL_DAYS = 30
"""How many days a search covers when nothing else is said."""


@dataclass(frozen=True, slots=True)
class WantedService:
    """A service to find a place for. ``masters`` are those who may do it, in the order of the calendar."""

    service_id: int
    service_name: str
    lengths: Lengths
    price: int | None
    masters: tuple[int, ...]

    def only_by(self, masters: Iterable[int]) -> "WantedService":
        """The same by some of its masters; nobody is asked to do what they do not do."""
        chosen = frozenset(masters)
        return replace(self, masters=tuple(staff for staff in self.masters if staff in chosen))

    def with_master(self, staff_id: int) -> PlannedService:
        """The same with its master."""
        return PlannedService(self.service_id, self.service_name, staff_id, self.lengths, self.price)


@dataclass(frozen=True, slots=True)
class PlaceSearch:
    """What somebody asks for on the phone: what, by whom, on which days, at which time of the day."""

    services: tuple[WantedService, ...]
    """In a row: each begins when the one before has ended."""
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


@dataclass(frozen=True, slots=True)
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
    return WantedService(service.service_id, service.name, service.lengths, service.price, service.masters)


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
    days = [day for day in _days(search) if day >= not_before.date()]
    if not search.services or not days:
        return
    sweep = _Sweep(database, search, days, step_minutes)
    for day in days:
        midnight = datetime.combine(day, time.min)
        earliest = max(not_before, midnight + timedelta(minutes=search.from_minute))
        latest = midnight + timedelta(minutes=search.to_minute)
        clock_stands = _clock_stands(day, zone)
        for place in sweep.of_day(day, earliest, latest):
            if clock_stands or _can_be_kept(place, zone):
                yield place


def _days(search: PlaceSearch) -> list[date]:
    days = (search.first_day + timedelta(days=ahead) for ahead in range(search.days))
    return [day for day in days if day.weekday() in search.weekdays]


class _Sweep:
    """One search: the days are read once, and the validator is asked once about each service, master and start."""

    def __init__(self, database: Database, search: PlaceSearch, days: list[date], step_minutes: int) -> None:
        self._services = search.services
        self._step_minutes = step_minutes
        self._books = DayBooks(database, ignoring_visit=search.visit_id)
        self._books.read_ahead({staff for one in search.services for staff in one.masters}, days[0], days[-1])
        self._planned = [{staff: one.with_master(staff) for staff in one.masters} for one in search.services]
        self._minutes = timedelta(minutes=sum(one.lengths.total for one in search.services))
        self._answers: dict[tuple[int, int, datetime], bool] = {}

    def of_day(self, day: date, earliest: datetime, latest: datetime) -> list[FreePlace]:
        """The places of one day that begin from ``earliest`` on and before ``latest``."""
        first = self._services[0]
        places: list[FreePlace] = []
        for staff_id in first.masters:
            for start in _promising(self._books.of(staff_id, day), first.lengths.working, self._step_minutes):
                if earliest <= start < latest:
                    planned = self._masters_from(start, staff_id)
                    if planned is not None:
                        places.append(FreePlace(start, start + self._minutes, planned))
        # Sorting keeps the order of the masters within one time.
        return sorted(places, key=_by_start)

    def _masters_from(self, start: datetime, staff_id: int) -> tuple[PlannedService, ...] | None:
        """Who does what when ``staff_id`` begins at ``start``; None when a service finds nobody."""
        if not self._is_accepted(0, staff_id, start):
            return None
        chosen = [self._planned[0][staff_id]]
        for position in range(1, len(self._services)):
            start += timedelta(minutes=self._services[position - 1].lengths.total)
            masters = _same_first(self._services[position].masters, chosen[-1].staff_id)
            free = next((staff for staff in masters if self._is_accepted(position, staff, start)), None)
            if free is None:
                return None
            chosen.append(self._planned[position][free])
        return tuple(chosen)

    def _is_accepted(self, position: int, staff_id: int, start: datetime) -> bool:
        asked = (position, staff_id, start)
        answer = self._answers.get(asked)
        if answer is None:
            one = self._services[position]
            wish = Wish(one.service_id, one.service_name, start, one.lengths)
            answer = refusal(self._books.of(staff_id, start.date()), wish) is None
            self._answers[asked] = answer
        return answer


def _by_start(place: FreePlace) -> datetime:
    return place.starts_at


def _same_first(masters: tuple[int, ...], before: int) -> tuple[int, ...]:
    return (before, *(staff for staff in masters if staff != before)) if before in masters else masters


def _promising(day: MasterDay, working: int, step_minutes: int) -> list[datetime]:
    """The starts on the grid at which the first working time lies in a free part of a shift.

    No other start can pass the validator, and most starts of a busy day are none of these: it need not be asked.
    """
    taken = [one.interval for one in day.taken]
    starts: set[datetime] = set()
    for shift in day.shifts:
        for gap in without(shift, taken):
            start = gap.starts_at + timedelta(minutes=-(gap.starts_at.hour * 60 + gap.starts_at.minute) % step_minutes)
            while start + timedelta(minutes=working) <= gap.ends_at:
                starts.add(start)
                start += timedelta(minutes=step_minutes)
    return sorted(starts)


def _clock_stands(day: date, zone: str) -> bool:
    """Whether the clock is not changed on ``day``, so that each of its times happens once."""
    place = ZoneInfo(zone)
    begins, ends = (datetime.combine(day + timedelta(days=ahead), time.min, place) for ahead in (0, 1))
    return begins.utcoffset() == ends.utcoffset()


def _can_be_kept(place: FreePlace, zone: str) -> bool:
    """Whether no start and no end falls into an hour that the change of the clock drops or repeats."""
    wishes = one_after_another(place.starts_at, place.planned)
    return all(happens_once(wish.starts_at, zone) and happens_once(wish.ends_at, zone) for wish in wishes)
