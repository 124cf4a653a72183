"""What to propose to whoever is on the phone: the services of last time, and up to three places to begin them.

Every place comes from ``free_places``, so the validator that books has accepted it already.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial

from app.models.connection import Database
from app.salon.catalogue.services import OfferedService
from app.salon.catalogue.terms import MasterTerms
from app.salon.clients.card import CardVisit, ClientCard, PastService
from app.salon.scheduling import free_places
from app.salon.scheduling.free_places import FreePlace, PlaceSearch, WantedService
from app.salon.scheduling.intervals import Lengths
from app.salon.scheduling.places import HORIZON_DAYS, PlannedService, one_after_another
from app.vocabulary import LIVE_STATUSES, LastTimeChange, ProposalKind, VisitStatus

MOST = 3
"""How many places are read in one glance."""
_HABIT = 5
"""From how many of the last visits the usual weekday and time are taken."""
_NEAR = 3
"""How many days around the usual one are looked at."""
_FURTHER_DAYS = 7
"""How far ahead other masters are looked at for somebody who is used to none."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What is not as it was last time, to be said before it is booked."""

    change: LastTimeChange
    service_name: str
    before: str = ""
    """The master of last time."""
    now: str = ""
    """The master who takes over."""


@dataclass(frozen=True, slots=True)
class LastTime:
    """An earlier visit as it can be had today: same masters, actual lengths, today's prices."""

    visit: CardVisit
    planned: tuple[PlannedService, ...]
    """Empty when nothing of it is offered any more."""
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When a client would come again out of habit."""

    interval_days: int
    """The own interval (STATISTICS: client_interval), after one visit that of its services."""
    wished: datetime
    """The usual weekday and time nearest to when it is time; wall time, never in the past."""
    is_own: bool = True
    """False while the price list has to say after how many days."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A place to begin, with everything that booking it needs, and why it is proposed."""

    kind: ProposalKind
    starts_at: datetime
    """Wall time."""
    planned: tuple[PlannedService, ...]
    rhythm: Rhythm | None = None
    """The habit that a place of the own rhythm follows."""
    is_earliest: bool = False
    """Whether nobody who can do it is free before."""

    @property
    def ends_at(self) -> datetime:
        """When the client gets up, wall time."""
        return max(wish.ends_at for wish in one_after_another(self.starts_at, self.planned))


# ---- as last time ------------------------------------------------------------------------------------------------


def as_last_time(
    visit: CardVisit,
    offered: Mapping[int, OfferedService],
    names: Mapping[int, str],
    history: Sequence[CardVisit] = (),
) -> LastTime:
    """``visit`` as it would be booked today.

    A service that is no longer offered gives way to one of the same name, else it is left out. For a master who left,
    or no longer does it, comes whoever serves the client in this visit anyway, else whom the client knows from
    ``history`` (newest first), else the first in the calendar. ``names`` are those who work here.
    """
    planned: list[PlannedService] = []
    differences: list[Difference] = []
    begun: datetime | None = None
    past = [one for one in visit.services if one.takes_time] or list(visit.services)
    for one in past:
        service = offered.get(one.service_id) or _of_same_name(one.service_name, offered.values())
        if service is None or not service.masters:
            differences.append(Difference(LastTimeChange.SERVICE_GONE, one.service_name))
            continue
        master = one.staff_id
        if master not in service.masters:
            master = _successor(service, [*past, *_services_of(history)])
            differences.append(
                Difference(LastTimeChange.MASTER_REPLACED, service.name, one.staff_name, names.get(master, ""))
            )
        planned.append(
            PlannedService(
                service.service_id,
                service.name,
                master,
                _lengths(one, service, master) if one.takes_time and visit.hour_known else service.lengths_with(master),
                service.price_with(master),
                beside=bool(planned) and one.takes_time and one.starts_at == begun,
            )
        )
        begun = one.starts_at
    return LastTime(visit, tuple(planned), tuple(differences))


def _lengths(past: PastService, service: OfferedService, master: int) -> Lengths:
    """As long as it took, but no shorter than it takes another master; with today's time to lay out and to clean."""
    usual = service.lengths_with(master)
    actual = past.lengths if past.staff_id == master else max(past.lengths, usual, key=lambda one: one.total)
    return replace(actual, before=usual.before, after=usual.after)


def _of_same_name(name: str, offered: Iterable[OfferedService]) -> OfferedService | None:
    return next((one for one in offered if one.name.casefold() == name.casefold() and one.masters), None)


def _services_of(visits: Sequence[CardVisit]) -> list[PastService]:
    kept = [visit for visit in visits if visit.status is VisitStatus.COMPLETED]
    return [service for visit in kept for service in visit.services]


def _successor(service: OfferedService, known: Sequence[PastService]) -> int:
    return next((one.staff_id for one in known if one.staff_id in service.masters), service.masters[0])


# ---- the own rhythm ----------------------------------------------------------------------------------------------


def own_rhythm(card: ClientCard, now: datetime) -> Rhythm | None:
    """When the client would come again out of habit; None while nothing is known of interval, weekday and time.

    It is counted from the visit that is booked already, where there is one: nobody comes twice for the same.
    """
    completed = [visit for visit in card.visits if visit.status is VisitStatus.COMPLETED and visit.hour_known]
    starts = [start for start in map(_begin, completed[:_HABIT]) if start is not None]
    if not starts or card.last_visit is None or card.expected_days is None:
        return None
    since = card.last_visit.day if card.next_visit is None else card.next_visit.day
    due = since + timedelta(days=card.expected_days)
    # Of equally frequent ones the latest counts: the visits come newest first.
    weekday = Counter(start.weekday() for start in starts).most_common(1)[0][0]
    usual = Counter(start.time() for start in starts if start.weekday() == weekday).most_common(1)[0][0]
    day = due + timedelta(days=(weekday - due.weekday() + _NEAR) % 7 - _NEAR)
    while day <= since or datetime.combine(day, usual) < now:
        day += timedelta(days=7)
    return Rhythm(card.expected_days, datetime.combine(day, usual), is_own=card.interval_days is not None)


def _begin(visit: CardVisit) -> datetime | None:
    return min((one.starts_at for one in visit.services if one.takes_time), default=None)


# ---- places ------------------------------------------------------------------------------------------------------


def propose(
    database: Database,
    planned: Sequence[PlannedService],
    offered: Mapping[int, OfferedService],
    *,
    now: datetime,
    step_minutes: int,
    zone: str,
    card: ClientCard | None = None,
    from_day: date | None = None,
    has_master: bool = False,
) -> tuple[Proposal, ...]:
    """Up to three places for ``planned``, the likeliest first, all different, none before ``now`` (wall time).

    Whoever is used to a master (``has_master``) hears of the own rhythm, then of the next day with the same
    masters, then of the first with anybody who can. Others hear who is free first, and who else. The search begins
    on ``from_day``, where a later day is looked at. No place lies over another visit of the same client. The masters'
    days are read once for all three: at most four queries (five with rooms), however much is booked.
    """
    if not planned:
        return ()
    first_day = max(now.date(), from_day or now.date())
    rhythm = own_rhythm(card, now) if card is not None and has_master else None
    anybody = PlaceSearch(
        tuple(by_anybody(one, offered.get(one.service_id)) for one in planned), first_day, HORIZON_DAYS
    )
    same = replace(anybody, services=tuple(by_its_master(one) for one in planned))
    usual = None if rhythm is None else _around(same, rhythm, now.date())
    searches = (anybody, same) if usual is None else (anybody, same, usual)
    book = free_places.reading(database, searches if has_master else (anybody,), now)
    look = partial(free_places.among, book, not_before=now, step_minutes=step_minutes, zone=zone)
    ahead = () if card is None else tuple(visit for visit in _live(card.visits) if visit.day >= now.date())
    search = _Search(look, ahead)
    return search.for_a_regular(rhythm, usual, same, anybody) if has_master else search.for_anybody(anybody)


def _around(same: PlaceSearch, rhythm: Rhythm, today: date) -> PlaceSearch:
    """The days around the usual one."""
    first = max(rhythm.wished.date() - timedelta(days=_NEAR), today)
    last = rhythm.wished.date() + timedelta(days=_NEAR)
    return replace(same, first_day=first, days=(last - first).days + 1)


class _Search:
    """The places of one call."""

    def __init__(self, look: Callable[[PlaceSearch], Iterator[FreePlace]], standing: Sequence[CardVisit]) -> None:
        """``standing`` are the visits of the same client that may be in the way."""
        self._look = look
        self._standing = standing

    def for_a_regular(
        self, rhythm: Rhythm | None, usual_days: PlaceSearch | None, same_masters: PlaceSearch, anybody: PlaceSearch
    ) -> tuple[Proposal, ...]:
        """The own rhythm, the next with the same masters, the first with anybody."""
        masters = tuple(one.masters[0] for one in same_masters.services)
        usual = None if rhythm is None or usual_days is None else self._nearest(rhythm.wished, usual_days)
        same = self._first(
            same_masters, lambda place: usual is None or place.starts_at.date() != usual.starts_at.date()
        )
        other = self._first(anybody, lambda place: place.staff_ids != masters)
        found: list[Proposal] = []
        if usual is not None:
            found.append(Proposal(ProposalKind.OWN_RHYTHM, usual.starts_at, usual.planned, rhythm))
        if same is not None:
            found.append(Proposal(ProposalKind.SAME_MASTER, same.starts_at, same.planned))
        if other is not None:
            found.append(Proposal(ProposalKind.ANY_MASTER, other.starts_at, other.planned))
        return _with_earliest(found)

    def for_anybody(self, anybody: PlaceSearch) -> tuple[Proposal, ...]:
        """Who is free first, and who else within a week."""
        found: list[Proposal] = []
        last_day = anybody.first_day + timedelta(days=_FURTHER_DAYS)
        for place in self._each(anybody):
            if found and place.starts_at.date() > last_day:
                break
            if all(place.planned[0].staff_id != one.planned[0].staff_id for one in found):
                found.append(Proposal(ProposalKind.ANY_MASTER, place.starts_at, place.planned))
            if len(found) == MOST:
                break
        return _with_earliest(found)

    def _nearest(self, wished: datetime, days: PlaceSearch) -> FreePlace | None:
        return min(self._each(days), key=lambda place: _strangeness(place.starts_at, wished), default=None)

    def _first(self, search: PlaceSearch, suits: Callable[[FreePlace], bool]) -> FreePlace | None:
        return next((place for place in self._each(search) if suits(place)), None)

    def _each(self, search: PlaceSearch) -> Iterator[FreePlace]:
        return (place for place in self._look(search) if not self._is_elsewhere(place))

    def _is_elsewhere(self, place: FreePlace) -> bool:
        return any(_overlaps(visit, place.starts_at, place.ends_at) for visit in self._standing)


def own_clash(
    card: ClientCard, starts_at: datetime, ends_at: datetime, visit_id: int | None = None
) -> CardVisit | None:
    """Another visit of the same client in this time (wall time): nobody keeps both. ``visit_id`` is being changed."""
    others = (visit for visit in _live(card.visits) if visit.visit_id != visit_id)
    return next((visit for visit in others if _overlaps(visit, starts_at, ends_at)), None)


def _live(visits: Iterable[CardVisit]) -> Iterable[CardVisit]:
    return (visit for visit in visits if visit.status in LIVE_STATUSES and visit.hour_known)


def _overlaps(visit: CardVisit, starts_at: datetime, ends_at: datetime) -> bool:
    parts = [one for one in visit.services if one.takes_time]
    return any(
        one.starts_at < ends_at and starts_at < one.starts_at + timedelta(minutes=one.lengths.total) for one in parts
    )


def by_its_master(one: PlannedService) -> WantedService:
    """The planned service exactly as it is planned."""
    return WantedService(
        one.service_id,
        one.service_name,
        one.lengths,
        one.price,
        (one.staff_id,),
        beside=one.beside,
        pause=one.pause,
        is_asked_for=one.is_asked_for,
        rooms=one.rooms,
    )


def by_anybody(one: PlannedService, offered: OfferedService | None) -> WantedService:
    """The planned service by anybody who does it, at their price.

    It takes as long as with them, unless the length is the client's own: then that stays.
    """
    if offered is None:
        return by_its_master(one)
    terms, lengths = offered.master_terms, offered.lengths
    if one.lengths != offered.lengths_with(one.staff_id):
        lengths = one.lengths
        terms = {staff_id: MasterTerms(price=own.price) for staff_id, own in terms.items()}
    return WantedService(
        one.service_id,
        one.service_name,
        lengths,
        offered.price,
        offered.masters,
        terms,
        beside=one.beside,
        pause=one.pause,
        rooms=one.rooms,
    )


def _strangeness(start: datetime, wished: datetime) -> tuple[int, timedelta]:
    """How far from the habit: the weekday weighs more than the hour."""
    days = (start.date() - wished.date()).days
    return abs(days), abs(start - timedelta(days=days) - wished)


def _with_earliest(found: list[Proposal]) -> tuple[Proposal, ...]:
    first = min((one.starts_at for one in found), default=None)
    earliest = next((one for one in found if one.starts_at == first), None)
    return tuple(replace(one, is_earliest=True) if one is earliest else one for one in found)
