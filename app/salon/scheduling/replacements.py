"""Where visits could go whose master is absent: a place for each of the open lists of calls, and none for two of them.

The earlier list chooses first, so that what was said on the phone stays true when another is opened.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from app.models.connection import Database
from app.salon.journal import Progress
from app.salon.scheduling import elsewhere, free_places, places
from app.salon.scheduling.availability import MasterDay
from app.salon.scheduling.day_book import MasterMinutes, able_masters, master_minutes
from app.salon.scheduling.free_places import FreePlace, PlaceSearch, WantedService
from app.salon.scheduling.intervals import Interval, occupied, spanned
from app.salon.scheduling.places import (
    DayBooks,
    PlannedService,
    StandingVisit,
    one_after_another,
    why_not,
    without,
)
from app.salon.scheduling.promised import Promise, Promised
from app.salon.scheduling.standing import ServiceWish, kept, services_of
from app.salon.transaction import Salon
from app.vocabulary import Replacement

DAYS_AHEAD = 42
"""How far after the absence the same master's next place is looked for."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Where a visit could go; every part of it has passed the validator."""

    kind: Replacement
    starts_at: datetime
    planned: tuple[PlannedService, ...]
    masters: tuple[str, ...]
    """Who would serve the client, each named once."""


@dataclass(frozen=True, slots=True)
class BesidePromises:
    """The free places of a search by what was proposed to others: those that are left, and those that would be lost."""

    left: tuple[FreePlace, ...]
    promised: tuple[tuple[FreePlace, str], ...]
    """With the name of the client to whom each is promised; empty for a walk-in without a card."""


NOWHERE = BesidePromises((), ())


def each(salon: Salon, absence_id: int, told: Progress = lambda _done, _total: None) -> Iterator[tuple[int, Proposal]]:
    """A place for each visit that is to be settled, on this list and on those before it; each of them only once.

    Each proposal comes with its visit as soon as it is found, and is true from then on. ``told`` hears how far it is,
    and may give it up by raising.
    """
    lists = _to_call(salon, absence_id)
    search = _Search(salon, [one for listed, those in lists.items() if listed <= absence_id for one in those], told)
    for listed, those in lists.items():
        if listed <= absence_id:
            yield from search.proposals([one.visit_id for one in those])


def promises(salon: Salon, visit_id: int, told: Progress = lambda _done, _total: None) -> tuple[Promise, ...]:
    """What all open lists propose to the clients of other visits than this one."""
    lists = _to_call(salon, 0)
    search = _Search(salon, [one for those in lists.values() for one in those], told)
    for those in lists.values():
        for _found in search.proposals([one.visit_id for one in those]):
            pass
    return tuple(promise for visit, promise in search.promises.items() if visit != visit_id)


def is_to_be_called(salon: Salon, visit_id: int) -> bool:
    """Whether a visit stands on a list of calls that is open."""
    sql = f"""
        SELECT 1 FROM absence_call k JOIN absence a ON a.id = k.absence_id JOIN visit v ON v.id = k.visit_id
        WHERE k.visit_id = ? AND a.last_day >= ? AND {STANDS}
        """
    return salon.database.value(sql, (visit_id, salon.today().isoformat())) is not None


def find_beside(salon: Salon, search: PlaceSearch, promises: Sequence[Promise]) -> BesidePromises:
    """The places of ``free_places.find`` from now on, told apart by what is promised to others."""
    now, profile = salon.wall_now(), salon.profile
    if not search.services or not free_places.days_of(search, now):
        return NOWHERE
    book = free_places.reading(salon.database, (search,), now)

    def among(days: MasterMinutes) -> list[FreePlace]:
        found = free_places.among(days, search, not_before=now, step_minutes=profile.step_minutes, zone=profile.zone)
        return list(found)

    if not promises:
        return BesidePromises(tuple(among(book)), ())
    left = among(Promised().with_these(promises).among(book))
    begins = {(place.starts_at, place.staff_ids[0]) for place in left}
    whose = _Whose(promises)
    lost = (place for place in among(book) if (place.starts_at, place.staff_ids[0]) not in begins)
    return BesidePromises(tuple(left), tuple((place, whose.of(place)) for place in lost))


class _Whose:
    """To whom places are promised: the promises by master and day, and by day those that take a room."""

    def __init__(self, promises: Sequence[Promise]) -> None:
        self._of_masters: defaultdict[tuple[int, date], list[tuple[Interval, str]]] = defaultdict(list)
        self._of_rooms: defaultdict[date, list[tuple[Interval, str]]] = defaultdict(list)
        for one in promises:
            for staff_id, part in one.masters:
                self._of_masters[staff_id, part.starts_at.date()].append((part, one.client_name))
            for _room, whole in one.rooms:
                self._of_rooms[whole.starts_at.date()].append((whole, one.client_name))

    def of(self, place: FreePlace) -> str:
        """Who is to have one of its masters then, or the last room."""
        wishes, day = one_after_another(place.starts_at, place.planned), place.starts_at.date()
        for wish in wishes:
            there = self._of_masters[wish.staff_id, day]
            for mine in occupied(wish.starts_at, wish.lengths) if there else ():
                for part, client_name in there:
                    if part.overlaps(mine):
                        return client_name
        wholes = [spanned(wish.starts_at, wish.lengths) for wish in wishes]
        rooms = (name for taken, name in self._of_rooms[day] if any(taken.overlaps(whole) for whole in wholes))
        return next(rooms, "")


# ---- parts ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Open:
    """A visit whose client is to be called, with what all open lists say about it."""

    visit_id: int
    client_name: str
    """Empty for a walk-in without a card."""
    standing: StandingVisit
    absent: frozenset[int]
    """Its masters who are away; both, where two of them are."""
    after: date
    """The first day on which all of them are back."""


def _to_call(salon: Salon, absence_id: int) -> dict[int, list[_Open]]:
    """The visits that are to be settled, by list, in the order of the calls; each on its first list.

    Of the lists that are open, and of this one.
    """
    lists: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
    absent: defaultdict[int, set[int]] = defaultdict(set)
    last: dict[int, date] = {}
    rows = salon.database.rows(_TO_CALL, (absence_id, salon.today().isoformat()))
    for listed, staff_id, last_day, visit_id, client in rows:
        if visit_id not in absent:
            lists[listed].append((visit_id, client))
        absent[visit_id].add(staff_id)
        last[visit_id] = max(last.get(visit_id, date.min), date.fromisoformat(last_day))
    return {
        listed: [
            _Open(
                visit_id,
                client,
                places.standing(salon.database, visit_id),
                frozenset(absent[visit_id]),
                last[visit_id] + timedelta(days=1),
            )
            for visit_id, client in those
        ]
        for listed, those in lists.items()
    }


class _Search:
    """Looks for other places for the visits of the open lists, a place of its own for each."""

    def __init__(self, salon: Salon, visits: Sequence[_Open], told: Progress) -> None:
        self._database = salon.database
        self._profile = salon.profile
        self._now = salon.wall_now()
        self._visits = {one.visit_id: one for one in visits}
        self._told = told
        self._looked = 0
        self.promises: dict[int, Promise] = {}
        """What was proposed so far, by visit."""
        self._able: dict[int, tuple[int, ...]] = {}
        self._names: dict[int, str] = dict(self._database.rows("SELECT id, name FROM staff_member"))
        self._promised = Promised()
        self._days = DayBooks(self._database)
        """The masters' days as they stand: read once for all of these visits."""
        self._own_masters = {each.staff_id for one in visits for each in one.standing.planned}
        self._later: dict[date, MasterMinutes] = {}
        """The weeks after an absence, in which none of these visits stands: read once for all of them."""
        clients = {one.standing.client_id for one in visits}
        self._busy = elsewhere.of_clients(self._database, clients, self._now.date())

    def proposals(self, visit_ids: Sequence[int]) -> Iterator[tuple[int, Proposal]]:
        """The best place for each visit: at its time with another master, else near it, else later with its own.

        Whoever can keep their hour keeps it; among those who cannot, the first of the list chooses first.
        """
        left = list(visit_ids)
        looks = (self._same_time, self._same_day, self._same_master)
        for number, look in enumerate(looks):
            still: list[int] = []
            for visit_id in left:
                proposal = look(visit_id, self._visits[visit_id])
                if proposal is None:
                    still.append(visit_id)
                    self._tell(1)
                else:
                    self._promise(visit_id, proposal)
                    self._tell(len(looks) - number)
                    yield visit_id, proposal
            left = still

    def _tell(self, looks: int) -> None:
        """So many looks are done, or not needed any more."""
        self._looked += looks
        self._told(self._looked, 3 * len(self._visits))

    def _promise(self, visit_id: int, proposal: Proposal) -> None:
        """Nobody else is offered this place, and its client nothing else at that time."""
        one = self._visits[visit_id]
        wishes = one_after_another(proposal.starts_at, proposal.planned)
        day = without(self._days.of(wishes[0].staff_id, proposal.starts_at.date()), (visit_id,))
        stood = kept(services_of(self._database, visit_id), wishes) if day.rooms.rooms else [None] * len(wishes)
        promise = self._promised.promise(wishes, stood, day.rooms, one.client_name)
        self.promises[visit_id] = promise
        self._promised = self._promised.with_these((promise,))
        client_id = one.standing.client_id
        if client_id is not None:
            self._busy[client_id] += [(visit_id, Interval(each.starts_at, each.ends_at)) for each in wishes]

    def _is_elsewhere(self, visit_id: int, wishes: Iterable[ServiceWish]) -> bool:
        """Whether the client of a visit has another one at that time, or was offered one."""
        client_id = self._visits[visit_id].standing.client_id
        if client_id is None:
            return False
        others = [interval for visit, interval in self._busy[client_id] if visit != visit_id]
        return any(Interval(one.starts_at, one.ends_at).overlaps(other) for one in wishes for other in others)

    def _same_time(self, visit_id: int, one: _Open) -> Proposal | None:
        visit = one.standing
        if visit.starts_at < self._now or self._is_elsewhere(visit_id, visit.services):
            return None
        books = _BooksOfCall(self._database, self._days, visit_id, self._promised)
        planned: list[PlannedService] = []
        for each in visit.planned:
            others = (_by(each, staff) for staff in self._masters(each, one.absent))
            chosen = next((by for by in others if why_not(books, visit.starts_at, [*planned, by]) is None), None)
            if chosen is None:
                return None
            planned.append(chosen)
        if self._is_elsewhere(visit_id, one_after_another(visit.starts_at, planned)):
            return None
        return self._proposed(Replacement.SAME_TIME, visit, visit.starts_at, planned)

    def _same_day(self, visit_id: int, one: _Open) -> Proposal | None:
        visit = one.standing
        wanted = tuple(_wanted(each, self._masters(each, one.absent)) for each in visit.planned)
        search = PlaceSearch(wanted, visit.starts_at.date(), 1, visit_id=visit_id)
        if not free_places.days_of(search, self._now):
            return None
        book = free_places.reading(self._database, (search,), self._now)
        found = list(self._places(visit_id, search, book))
        if not found:
            return None
        nearest = min(found, key=lambda place: abs(place.starts_at - visit.starts_at))
        return self._proposed(Replacement.SAME_DAY, visit, nearest.starts_at, nearest.planned)

    def _same_master(self, visit_id: int, one: _Open) -> Proposal | None:
        wanted = tuple(_wanted(each, (each.staff_id,)) for each in one.standing.planned)
        search = PlaceSearch(wanted, one.after, DAYS_AHEAD)
        days = free_places.days_of(search, self._now)
        if not days:
            return None
        if one.after not in self._later:
            self._later[one.after] = master_minutes(self._database, self._own_masters, days[0], days[-1])
        first = next(self._places(visit_id, search, self._later[one.after]), None)
        return first and self._proposed(Replacement.SAME_MASTER, one.standing, first.starts_at, first.planned)

    def _places(self, visit_id: int, search: PlaceSearch, book: MasterMinutes) -> Iterator[FreePlace]:
        found = free_places.among(
            self._promised.among(book),
            search,
            not_before=self._now,
            step_minutes=self._profile.step_minutes,
            zone=self._profile.zone,
        )
        return (
            place
            for place in found
            if not self._is_elsewhere(visit_id, one_after_another(place.starts_at, place.planned))
        )

    def _masters(self, one: PlannedService, absent: frozenset[int]) -> tuple[int, ...]:
        """Who may do it instead; a service of somebody who is there stays with them."""
        if one.staff_id not in absent:
            return (one.staff_id,)
        if one.service_id not in self._able:
            self._able[one.service_id] = tuple(able_masters(self._database, one.service_id))
        return tuple(staff for staff in self._able[one.service_id] if staff not in absent)

    def _proposed(
        self, kind: Replacement, visit: StandingVisit, starts_at: datetime, planned: Sequence[PlannedService]
    ) -> Proposal:
        """What was asked of a master is asked of no other one; everything else stays as it was agreed."""
        by = tuple(_by(one, new.staff_id) for one, new in zip(visit.planned, planned, strict=True))
        return Proposal(kind, starts_at, by, tuple(dict.fromkeys(self._names[one.staff_id] for one in by)))


class _BooksOfCall(DayBooks):
    """The days as they are to one visit: not in its own way, and what the others were offered counts as taken."""

    def __init__(self, database: Database, days: DayBooks, visit_id: int, promised: Promised) -> None:
        super().__init__(database, visit_id, promised)
        self._stand = days
        self._visits = (visit_id,)

    def _read(self, staff_id: int, day: date) -> MasterDay:
        return without(self._stand.of(staff_id, day), self._visits)


def _by(one: PlannedService, staff_id: int) -> PlannedService:
    return replace(one, staff_id=staff_id, is_asked_for=one.is_asked_for and one.staff_id == staff_id)


def _wanted(one: PlannedService, masters: tuple[int, ...]) -> WantedService:
    """The service as it was agreed with the client, by one of ``masters``."""
    return WantedService(
        one.service_id, one.service_name, one.lengths, one.price, masters, beside=one.beside, pause=one.pause
    )


STANDS = """v.status IN ('booked', 'confirmed', 'arrived') AND v.day BETWEEN a.first_day AND a.last_day AND EXISTS (
    SELECT 1 FROM booked_service b WHERE b.visit_id = v.id AND b.staff_id = a.staff_id AND b.takes_time)"""
"""Whether a visit ``v`` still stands with the absent master of ``a``."""

# The absences come first, for they are few: of all calls that were ever made only those of the open ones are read.
_TO_CALL = f"""
SELECT a.id, a.staff_id, a.last_day, v.id, COALESCE(c.name, '')
FROM absence a CROSS JOIN absence_call k CROSS JOIN visit v LEFT JOIN client c ON c.id = v.client_id
WHERE (a.id = ? OR a.last_day >= ?) AND k.absence_id = a.id AND v.id = k.visit_id AND {STANDS} ORDER BY a.id, k.id
"""
