"""Who of those who wait could have a free place, the longest wait first.

A match is a free place of ``free_places.find``, so it has passed the validator that also books it.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from app.errors import (
    Gone,
    NoRoomFree,
    RoomNotFit,
    SalonError,
)
from app.frozen import frozen
from app.models.connection import Database
from app.salon.catalogue import services as catalogue
from app.salon.scheduling import free_places
from app.salon.scheduling.booking import BookingRequest
from app.salon.scheduling.free_places import FreePlace, PlaceSearch, WantedService
from app.salon.scheduling.freed_time import Freed
from app.salon.scheduling.intervals import occupied
from app.salon.scheduling.places import DayBooks, one_after_another, why_not
from app.salon.scheduling.waitlist import USUAL_DAYS, Waiting, listed

LOOK_DAYS = 14
"""So far ahead the list looks for a free place."""


@frozen
class Match:
    """Somebody who waits, and the places they could have; the first is the one to propose."""

    waiting: Waiting
    places: tuple[FreePlace, ...]

    @property
    def place(self) -> FreePlace:
        """The place to propose."""
        return self.places[0]

    def request(self) -> BookingRequest:
        """The visit that the match leads to."""
        return request_at(self.waiting, self.place)


_Asked = tuple[tuple[int, ...], tuple[int, ...], tuple[date, ...]]
"""Services, masters and days."""


class Matching:
    """One search for those who wait: the list and the price list are read once."""

    def __init__(
        self, database: Database, *, now: datetime, step_minutes: int, zone: str, everything: bool = False
    ) -> None:
        """``now`` is wall time: nothing before it is offered. ``everything``: read the price list in any case."""
        self._database = database
        self._now = now
        self._step_minutes = step_minutes
        self._zone = zone
        self.waiting = listed(database, zone)
        self._searched: dict[_Asked, list[FreePlace]] = {}
        self._offered = (
            {one.service_id: one for one in catalogue.offered(database)} if self.waiting or everything else {}
        )

    def freed(self, freed: Sequence[Freed], *, without_client: int | None = None) -> list[Match]:
        """Who could take a part of the time that became free, by how long they wait.

        A place that does not touch that time was free before and is no news. ``without_client`` gave it up.
        """
        by_day: defaultdict[date, list[Freed]] = defaultdict(list)
        for each in sorted(freed, key=lambda one: one.interval.starts_at):
            by_day[each.interval.starts_at.date()].append(each)
        masters = {day: {each.staff_id for each in there} for day, there in by_day.items()}
        # Who asks for the same shares the same places: each is looked at once.
        is_news: dict[int, bool] = {}
        found: list[Match] = []
        for waiting in self.waiting:
            if waiting.client_id == without_client:
                continue
            places: list[FreePlace] = []
            for day, there in by_day.items():
                for place in self._places_on(waiting, [day], among=masters[day]):
                    news = is_news.get(id(place))
                    if news is None:
                        news = is_news[id(place)] = _uses(place, there)
                    if news:
                        places.append(place)
            # Rather where the old visit began than somewhat before it.
            places.sort(key=lambda place: place.starts_at < by_day[place.starts_at.date()][0].interval.starts_at)
            if places:
                found.append(Match(waiting, tuple(places)))
        return found

    def of(self, waiting: Waiting, days: int = USUAL_DAYS) -> Match | None:
        """The places that one client could have within so many days; None when there are none."""
        today = self._now.date()
        last = today + timedelta(days=days)
        wanted = {day for window in waiting.windows for day in window.days_from(today) if day <= last}
        places = self._places_on(waiting, sorted(wanted))
        return Match(waiting, tuple(places)) if places else None

    def on(self, day: date) -> list[Match]:
        """Who could have a place on a day, by how long they wait."""
        found = [(waiting, self._places_on(waiting, [day])) for waiting in self.waiting]
        return [Match(waiting, tuple(places)) for waiting, places in found if places]

    def wanted(self, waiting: Waiting) -> tuple[WantedService, ...] | None:
        """What somebody waits for, by those who may do it; None when the salon cannot do it any more.

        The masters who were asked for do what they can do of it; what none of them does, anybody may.
        """
        if any(service_id not in self._offered for service_id in waiting.service_ids):
            return None
        services = [free_places.wanted(self._offered[service_id]) for service_id in waiting.service_ids]
        if not waiting.staff_ids:
            return tuple(services)
        chosen = [one.only_by(waiting.staff_ids) for one in services]
        if not any(one.masters for one in chosen):
            return None
        return tuple(wish if wish.masters else one for wish, one in zip(chosen, services, strict=True))

    def _places_on(self, waiting: Waiting, days: Sequence[date], among: set[int] | None = None) -> list[FreePlace]:
        """The places on ``days`` that suit; ``among``: only if one of these masters could have a part in it."""
        suiting = [day for day in days if any(window.is_open_on(day) for window in waiting.windows)]
        services = self.wanted(waiting) if suiting else None
        if not services or (among is not None and not any(among & set(one.masters) for one in services)):
            return []
        found = self._found((waiting.service_ids, waiting.staff_ids, tuple(suiting)), services)
        return [place for place in found if any(window.holds(place) for window in waiting.windows)]

    def _found(self, asked: _Asked, services: tuple[WantedService, ...]) -> list[FreePlace]:
        """The free places of some days at any hour; who asks for the same on the same days shares one search."""
        known = self._searched.get(asked)
        if known is None:
            days = asked[2]
            search = PlaceSearch(
                services,
                days[0],
                days=(days[-1] - days[0]).days + 1,
                weekdays=frozenset(day.weekday() for day in days),
            )
            known = free_places.find(
                self._database, search, not_before=self._now, step_minutes=self._step_minutes, zone=self._zone
            )
            self._searched[asked] = known
        return known


def request_at(waiting: Waiting, place: FreePlace) -> BookingRequest:
    """The visit of somebody who waited, at a place."""
    return BookingRequest(waiting.client_id, one_after_another(place.starts_at, place.planned), comment=waiting.note)


def place_at(matching: Matching, waiting: Waiting, staff_id: int, starts_at: datetime) -> FreePlace:
    """What somebody waits for, from ``starts_at`` with ``staff_id`` first, as by dropping their tile there.

    The booking says whether it can be had. Raises Gone when the salon no longer does it.
    """
    services = matching.wanted(waiting)
    if services is None:
        raise Gone
    planned = tuple(
        each.with_master(staff_id if number == 0 or staff_id in each.masters or not each.masters else each.masters[0])
        for number, each in enumerate(services)
    )
    ends_at = max(wish.ends_at for wish in one_after_another(starts_at, planned))
    return FreePlace(starts_at, ends_at, planned)


def place_in_room(
    matching: Matching, waiting: Waiting, room_id: int | None, starts_at: datetime, books: DayBooks
) -> FreePlace:
    """What somebody waits for, from ``starts_at`` in a room, by the first of the masters who could have it then.

    Each service that the room is fit for takes it; where it is fit for none, the booking says so. Without a room any
    that is fit and free is taken. Raises Gone when the salon no longer does it.
    """
    services = matching.wanted(waiting)
    if not services or not services[0].masters:
        raise Gone
    fit = books.of(services[0].masters[0], starts_at.date()).rooms.fit
    suits = [room_id in fit.get(each.service_id, ()) for each in services]
    suits = suits if any(suits) else [True, *suits[1:]]
    rooms = () if room_id is None else (room_id,)
    found: list[tuple[FreePlace, SalonError]] = []
    for staff_id in services[0].masters:
        place = place_at(matching, waiting, staff_id, starts_at)
        chosen = [replace(one, rooms=rooms) if is_in else one for one, is_in in zip(place.planned, suits, strict=True)]
        place = replace(place, planned=tuple(chosen))
        problem = why_not(books, starts_at, place.planned)
        if problem is None:
            return place
        found.append((place, problem))
    # Where a master would be free, it is the room that says no.
    of_room = (place for place, problem in found if isinstance(problem, NoRoomFree | RoomNotFit))
    return next(of_room, found[0][0])


def served_now(database: Database, *, now: datetime, step_minutes: int, zone: str) -> tuple[int, ...]:
    """Those who wait (by entry) for whom a place is free within the next two weeks, the longest wait first."""
    matching = Matching(database, now=now, step_minutes=step_minutes, zone=zone)
    return tuple(one.entry_id for one in matching.waiting if matching.of(one, LOOK_DAYS) is not None)


def _uses(place: FreePlace, freed: Sequence[Freed]) -> bool:
    return any(
        part.overlaps(each.interval)
        for wish in one_after_another(place.starts_at, place.planned)
        for each in freed
        if wish.staff_id == each.staff_id
        for part in occupied(wish.starts_at, wish.lengths)
    )
