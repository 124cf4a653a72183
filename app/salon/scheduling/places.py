"""Where a visit fits: services one after another, checked by the validator that also books them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.errors import Gone, SalonError
from app.models.connection import Database
from app.models.kept import read_wall
from app.salon.scheduling.availability import MasterDay, Wish, refusal
from app.salon.scheduling.booking import ServiceWish
from app.salon.scheduling.day_book import master_day, master_days
from app.salon.scheduling.intervals import Lengths

HORIZON_DAYS = 42
"""How far ahead a free place is looked for: six weeks, the longest usual interval."""


@dataclass(frozen=True, slots=True)
class PlannedService:
    """A service that is wanted, with its master, but without a time yet."""

    service_id: int
    service_name: str
    staff_id: int
    lengths: Lengths
    price: int | None


@dataclass(frozen=True, slots=True)
class StandingVisit:
    """A booked visit as the booking form opens it."""

    client_id: int | None
    comment: str
    starts_at: datetime
    planned: tuple[PlannedService, ...]


def standing(database: Database, visit_id: int) -> StandingVisit:
    """A visit that stands, ready to be changed. Raises Gone."""
    rows = database.rows(
        """
        SELECT v.client_id, v.comment, b.starts_at, b.service_id, s.name, b.staff_id,
               b.working_minutes, b.gap_minutes, b.finishing_minutes, b.price
        FROM visit v JOIN booked_service b ON b.visit_id = v.id JOIN service s ON s.id = b.service_id
        WHERE v.id = ? AND b.takes_time ORDER BY b.starts_at, b.position, b.id
        """,
        (visit_id,),
    )
    if not rows:
        raise Gone
    planned = tuple(PlannedService(row[3], row[4], row[5], Lengths(*row[6:9]), row[9]) for row in rows)
    return StandingVisit(rows[0][0], rows[0][1], read_wall(rows[0][2]), planned)


def one_after_another(starts_at: datetime, planned: Sequence[PlannedService]) -> tuple[ServiceWish, ...]:
    """The services in a row from ``starts_at``, each beginning when the one before has ended."""
    wishes: list[ServiceWish] = []
    start = starts_at
    for one in planned:
        wishes.append(ServiceWish(one.service_id, one.staff_id, start, one.lengths, one.price))
        start += timedelta(minutes=one.lengths.total)
    return tuple(wishes)


class DayBooks:
    """The masters' days of one search, each read once."""

    def __init__(self, database: Database, ignoring_visit: int | None = None) -> None:
        self._database = database
        self._ignoring_visit = ignoring_visit
        self._days: dict[tuple[int, date], MasterDay] = {}

    def of(self, staff_id: int, day: date) -> MasterDay:
        """The master's day. Raises Gone."""
        found = self._days.get((staff_id, day))
        if found is None:
            found = master_day(self._database, staff_id, day, ignoring_visit=self._ignoring_visit)
            self._days[(staff_id, day)] = found
        return found

    def read_ahead(self, staff_ids: Iterable[int], first: date, last: date) -> None:
        """Read the masters' days from ``first`` to ``last`` at once, for a search over many of them."""
        self._days |= master_days(self._database, staff_ids, first, last, ignoring_visit=self._ignoring_visit)


def why_not(books: DayBooks, starts_at: datetime, planned: Sequence[PlannedService]) -> SalonError | None:
    """Why the services cannot be had from ``starts_at``, or None when they can.

    Services of one visit follow each other, so they never stand in each other's way.
    """
    for one, wish in zip(planned, one_after_another(starts_at, planned), strict=True):
        day = books.of(one.staff_id, wish.starts_at.date())
        problem = refusal(day, Wish(one.service_id, one.service_name, wish.starts_at, one.lengths))
        if problem is not None:
            return problem
    return None


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
