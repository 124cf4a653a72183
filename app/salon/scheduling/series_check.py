"""The dates of a series before anything is written: which fit, why the others do not, and what to do instead.

The answer comes from the one validator, so what fits here is what ``booking`` takes.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from app.errors import OutsideShift, SalonError
from app.models.connection import Database
from app.salon.scheduling import elsewhere, standing
from app.salon.scheduling.availability import MasterDay, Standing, Wish, clock_refusal, free_starts, refusal
from app.salon.scheduling.day_book import able_masters
from app.salon.scheduling.intervals import Interval
from app.salon.scheduling.places import DayBooks, own_clash, without
from app.salon.scheduling.recurrence import room_around
from app.salon.scheduling.standing import BookedService, ServiceWish
from app.salon.transaction import Salon

MOST_PROPOSALS = 3
_APART = timedelta(hours=1)
"""Two times of one day that are nearer than this are the same proposal to a client."""


@dataclass(frozen=True, slots=True)
class PlannedDate:
    """One date of a series: a visit to be booked, or the place where a visit that stands would go."""

    services: tuple[ServiceWish, ...]
    visit_id: int | None = None
    """None: it is to be booked."""
    is_apart: bool = False
    """Whether it lies where the pattern does not have it: a proposal that was chosen."""

    @property
    def starts_at(self) -> datetime:
        """When it would begin, wall time."""
        return min(one.starts_at for one in self.services)

    @property
    def ends_at(self) -> datetime:
        """When the client would leave."""
        return max(one.ends_at for one in self.services)

    @property
    def staff_ids(self) -> tuple[int, ...]:
        """The masters, each once."""
        return tuple(dict.fromkeys(one.staff_id for one in self.services))

    def at(self, starts_at: datetime) -> "PlannedDate":
        """The same from ``starts_at`` on; the services keep their distances."""
        by = starts_at - self.starts_at
        return replace(self, services=tuple(replace(one, starts_at=one.starts_at + by) for one in self.services))

    def instead_of(self, staff_id: int, other: int) -> "PlannedDate":
        """The same with another master for everything that ``staff_id`` would do."""
        services = (
            replace(one, staff_id=other, is_asked_for=False) if one.staff_id == staff_id else one
            for one in self.services
        )
        return replace(self, services=tuple(services))


@dataclass(frozen=True, slots=True)
class CheckedDate:
    """A date with its answer. ``problem`` None: it fits. ``proposals`` have all passed the validator."""

    planned: PlannedDate
    problem: SalonError | None = None
    proposals: tuple[PlannedDate, ...] = ()
    is_unplanned: bool = False
    """Whether the master has no hours yet on that day nor on any later one: nobody has planned that far."""
    elsewhere: Interval | None = None
    """When the client is here for another visit at that time: it can be booked, but people should know it."""
    was_elsewhere: bool = False
    """Whether the visit stands beside that other one already, as hands and feet at once do: that is no news."""

    @property
    def is_to_be_decided(self) -> bool:
        """Whether somebody should look before it is written: it does not fit, or lies over another visit anew."""
        return self.problem is not None or (self.elsewhere is not None and not self.was_elsewhere)

    @property
    def is_day_off(self) -> bool:
        """Whether the master does not work that day at all."""
        return isinstance(self.problem, OutsideShift) and not self.problem.shifts


def check(
    salon: Salon, planned: Sequence[PlannedDate], leaving: Sequence[int] = (), client_id: int | None = None
) -> tuple[CheckedDate, ...]:
    """Every date of ``planned``, each asked of the validator, with up to three proposals where it does not fit.

    Visits that would move, and those of ``leaving``, are in nobody's way: their places count as free. What is proposed
    lies over no other visit of ``client_id``, whose series it is.
    """
    moving = [*leaving, *(one.visit_id for one in planned if one.visit_id is not None)]
    checker = _Checker(salon, moving, room_around(one.starts_at.date() for one in planned), client_id)
    return tuple(checker.of(one) for one in planned)


class _Checker:
    """One check: each master's day is read once."""

    def __init__(self, salon: Salon, moving: Sequence[int], room: dict[date, int], client_id: int | None) -> None:
        profile = salon.profile
        self._database = salon.database
        self._zone, self._step = profile.zone, profile.step_minutes
        self._now = salon.wall_now()
        self._books = _BooksWithout(salon.database, moving)
        self._room = room
        here = elsewhere.of_clients(salon.database, [client_id], self._now.date())[client_id] if client_id else []
        self._here = [interval for visit_id, interval in here if visit_id not in moving]
        self._offers: dict[int, tuple[str, bool]] = {}
        self._stood: dict[int, list[tuple[BookedService, Standing]]] = {}
        self._last_days: dict[int, str] = {}

    def of(self, planned: PlannedDate) -> CheckedDate:
        """The answer for one date."""
        problem = self._problem(planned)
        if problem is None:
            anew, known = self._anew(planned), self._elsewhere(planned)
            return CheckedDate(planned, elsewhere=anew or known, was_elsewhere=anew is None and known is not None)
        return CheckedDate(planned, problem, tuple(self._proposals(planned)), self._is_unplanned(planned, problem))

    def _elsewhere(self, planned: PlannedDate) -> Interval | None:
        """When the client has another visit at that time."""
        return next(self._all_elsewhere(planned), None)

    def _anew(self, planned: PlannedDate) -> Interval | None:
        """The same, but for a visit beside which the one that would move stands already."""
        stood = [
            Interval(one.starts_at, one.starts_at + timedelta(minutes=one.lengths.total))
            for one, _standing in self._standing(planned.visit_id)
        ]
        anew = (here for here in self._all_elsewhere(planned) if not any(here.overlaps(one) for one in stood))
        return next(anew, None)

    def _all_elsewhere(self, planned: PlannedDate) -> Iterator[Interval]:
        wanted = [Interval(one.starts_at, one.ends_at) for one in planned.services]
        return (here for here in self._here if any(here.overlaps(one) for one in wanted))

    def _is_unplanned(self, planned: PlannedDate, problem: SalonError) -> bool:
        if not isinstance(problem, OutsideShift) or problem.shifts:
            return False
        day = planned.starts_at.date()
        off = [staff_id for staff_id in planned.staff_ids if not self._books.of(staff_id, day).shifts]
        return any(self._last_worked(staff_id) < day.isoformat() for staff_id in off)

    def _last_worked(self, staff_id: int) -> str:
        if staff_id not in self._last_days:
            found = self._database.value("SELECT MAX(day) FROM shift WHERE staff_id = ?", (staff_id,))
            self._last_days[staff_id] = found or ""
        return self._last_days[staff_id]

    def _problem(self, planned: PlannedDate) -> SalonError | None:
        stood = dict(self._standing(planned.visit_id))
        kept = standing.kept(list(stood), planned.services)
        placed: list[ServiceWish] = []
        for one, wish in zip(kept, planned.services, strict=True):
            day = self._books.of(wish.staff_id, wish.starts_at.date())
            problem = None
            if one is None or not one.stands_at(wish):
                name, is_offered = self._offer(wish.service_id)
                asked = Wish(wish.service_id, name, wish.starts_at, wish.lengths, wish.rooms, is_offered)
                problem = clock_refusal(wish.starts_at, wish.lengths, self._zone)
                problem = problem or refusal(day, asked, None if one is None else stood[one])
            problem = problem or own_clash(day, wish, placed)
            if problem is not None:
                return problem
            placed.append(wish)
        return None

    def _standing(self, visit_id: int | None) -> list[tuple[BookedService, Standing]]:
        """The services of a visit that would move, and where each stands."""
        if visit_id is None:
            return []
        if visit_id not in self._stood:
            self._stood[visit_id] = [
                (one, standing.standing(self._database, one, self._books.of(one.staff_id, one.starts_at.date())))
                for one in standing.services_of(self._database, visit_id)
            ]
        return self._stood[visit_id]

    def _offer(self, service_id: int) -> tuple[str, bool]:
        """What a service is called, and whether it is still offered."""
        if service_id not in self._offers:
            row = self._database.row("SELECT name, archived_at IS NULL FROM service WHERE id = ?", (service_id,))
            self._offers[service_id] = (row[0], bool(row[1])) if row else ("", False)
        return self._offers[service_id]

    # ---- proposals -------------------------------------------------------------------------------------------

    def _proposals(self, planned: PlannedDate) -> list[PlannedDate]:
        """One of each kind first: another time, another master, another day; then more times of the same day."""
        times, masters = self._other_times(planned), self._other_masters(planned)
        ways = [next(times, None), next(masters, None), next(self._other_days(planned), None)]
        found = [one for one in ways if one is not None]
        for more in (times, masters):
            for one in more:
                if len(found) == MOST_PROPOSALS:
                    return found
                found.append(one)
        return found

    def _fits(self, planned: PlannedDate) -> bool:
        is_free = planned.starts_at > self._now and self._elsewhere(planned) is None
        return is_free and self._problem(planned) is None

    def _other_times(self, planned: PlannedDate) -> Iterator[PlannedDate]:
        """Free starts of the same day with the same masters, the nearest first, an hour between any two of them."""
        wanted = planned.starts_at
        given: list[datetime] = []
        for start in sorted(self._starts(planned), key=lambda start: (abs(start - wanted), start)):
            other = replace(planned.at(start), is_apart=True)
            is_near = start == wanted or any(abs(start - one) < _APART for one in given)
            if not is_near and self._fits(other):
                given.append(start)
                yield other

    def _starts(self, planned: PlannedDate) -> list[datetime]:
        first = min(planned.services, key=lambda one: one.starts_at)
        day = self._books.of(first.staff_id, first.starts_at.date())
        wish = Wish(first.service_id, self._offer(first.service_id)[0], first.starts_at, first.lengths)
        return free_starts(day, wish, self._step)

    def _other_masters(self, planned: PlannedDate) -> Iterator[PlannedDate]:
        """The same time with somebody else who does what the missing master would have done."""
        for staff_id in planned.staff_ids:
            theirs = {one.service_id for one in planned.services if one.staff_id == staff_id}
            able = [able_masters(self._database, service_id) for service_id in sorted(theirs)]
            for other in able[0]:
                if other != staff_id and all(other in masters for masters in able):
                    instead = replace(planned.instead_of(staff_id, other), is_apart=True)
                    if self._fits(instead):
                        yield instead

    def _other_days(self, planned: PlannedDate) -> Iterator[PlannedDate]:
        """The nearest day with the same time, else the nearest day with any."""
        days = list(self._days_near(planned.starts_at))
        for there in days:
            other = replace(planned.at(there), is_apart=True)
            if self._fits(other):
                yield other
        for there in days:
            yield from self._other_times(planned.at(there))

    def _days_near(self, wanted: datetime) -> Iterator[datetime]:
        for distance in range(1, self._room.get(wanted.date(), 0) + 1):
            for days in (distance, -distance):
                yield wanted + timedelta(days=days)


class _BooksWithout(DayBooks):
    """The days as if some visits were not there: they are about to go elsewhere."""

    def __init__(self, database: Database, visits: Iterable[int]) -> None:
        super().__init__(database)
        self._moving = frozenset(visits)

    def _read(self, staff_id: int, day: date) -> MasterDay:
        found = super()._read(staff_id, day)
        return without(found, self._moving) if self._moving else found
