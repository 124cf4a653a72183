"""What follows a service that is moved or stretched: the rest of its visit, and whether all can be had. Pure.

What has happened follows nothing: a service that has begun stays where it is, whatever is done to another one.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Protocol

from app.errors import SalonError, VisitBegun
from app.frozen import frozen
from app.salon.scheduling.availability import MasterDay, Standing, Wish, clash, clock_refusal, refusal
from app.salon.scheduling.intervals import Lengths, occupied
from app.salon.scheduling.room_choice import Taken
from app.vocabulary import VisitStatus


class Placed(Protocol):
    """A booked service where it stands, as the tables or the calendar hold it."""

    @property
    def booked_id(self) -> int: ...
    @property
    def service_id(self) -> int: ...
    @property
    def service_name(self) -> str: ...
    @property
    def staff_id(self) -> int: ...
    @property
    def starts_at(self) -> datetime: ...
    @property
    def lengths(self) -> Lengths: ...


@frozen
class Place:
    """Where a service shall stand; wall time."""

    staff_id: int
    starts_at: datetime
    lengths: Lengths
    rooms: tuple[int, ...] = ()
    """It shall have these."""


Places = Mapping[int, Place]
"""By booked service; the one that is changed comes first."""


def stretched(one: Placed, starts_at: datetime, ends_at: datetime) -> Lengths:
    """The lengths after both ends were set: the start changes the working time, the end what comes last of it."""
    lengths = replace(one.lengths, working=one.lengths.working + _minutes(one.starts_at - starts_at))
    later = _minutes(ends_at - one.starts_at) - one.lengths.total
    if lengths.finishing:
        return replace(lengths, finishing=lengths.finishing + later)
    return replace(lengths, working=lengths.working + later)


@frozen
class Present:
    """How far a visit has come at a moment: what of it has begun by the clock, and whether somebody has said so."""

    now: datetime
    """Wall time."""
    status: VisitStatus

    def is_served(self, one: Placed) -> bool:
        """Whether a service has begun, and the salon has said so."""
        return self.status is VisitStatus.IN_SERVICE and one.starts_at <= self.now

    def stays(self, other: Placed, one: Placed, place: "Place") -> bool:
        """Whether ``other`` has begun where it stands, also when ``one`` of the same visit goes to ``place``.

        A master who still works at ``one`` has not begun what comes after it. And where a service is put off until
        later, nothing of the visit has begun unless the salon has said so.
        """
        if other.starts_at > self.now:
            return False
        if place.starts_at > self.now:
            return self.is_served(other)
        is_next_of_same = other.staff_id == place.staff_id and other.starts_at >= _end(one)
        return _end(place) <= self.now or not is_next_of_same

    def has_begun(self, other: Placed, moved: Sequence[tuple[Placed, "Place"]]) -> bool:
        """Whether ``other`` has begun where it stands, when these of the same visit go elsewhere; or none at all."""
        return other.starts_at <= self.now and all(self.stays(other, one, place) for one, place in moved)


def after_move(
    visit: Sequence[Placed],
    one: Placed,
    staff_id: int,
    starts_at: datetime,
    rooms: tuple[int, ...] = (),
    *,
    present: Present,
) -> Places:
    """What of ``visit`` (in its order) stands where when ``one`` goes there: the first, and another day, takes all.

    What has begun stays. It keeps its day, too, and then another day cannot be had (``refusal_of_day``).
    """
    shift = starts_at - one.starts_at
    places = {one.booked_id: Place(staff_id, starts_at, one.lengths, rooms)}
    if shift and (one.booked_id == visit[0].booked_id or starts_at.date() != one.starts_at.date()):
        for other in visit:
            if not present.stays(other, one, places[one.booked_id]):
                places.setdefault(other.booked_id, Place(other.staff_id, other.starts_at + shift, other.lengths))
    return places


def refusal_of_day(visit: Sequence[Placed], places: Places) -> VisitBegun | None:
    """Why services of ``visit`` do not go to another day: a visit has one date, and what has begun keeps it."""
    days = {places[one.booked_id].starts_at.date() for one in visit if one.booked_id in places}
    staying = {one.starts_at.date() for one in visit if one.booked_id not in places}
    return VisitBegun() if staying - days else None


def after_stretch(
    visit: Sequence[Placed], one: Placed, starts_at: datetime, ends_at: datetime, *, present: Present
) -> tuple[Places, ...]:
    """What of ``visit`` stands where when ``one`` has these ends: the best first, the others where that is refused.

    What follows at once goes on following at once; after a pause it keeps its hour as long as it can; what is done
    side by side stays, and so does what has begun. Where a service becomes shorter and the next cannot begin earlier,
    the next stays.
    """
    place = Place(one.staff_id, starts_at, stretched(one, starts_at, ends_at))
    alone = {one.booked_id: place}
    following = dict(alone)
    for other in sorted(visit, key=lambda each: each.starts_at):
        before = [each for each in visit if _end(each) <= other.starts_at]
        if other.booked_id == one.booked_id or not before or present.stays(other, one, place):
            continue
        stood = max(_ready(each, other) for each in before)
        ready = max(_ready(following.get(each.booked_id, each), other) for each in before)
        begins = other.starts_at + (ready - stood) if other.starts_at <= stood else max(other.starts_at, ready)
        if begins != other.starts_at:
            following[other.booked_id] = Place(other.staff_id, begins, other.lengths)
    is_shorter = ends_at < _end(one) and len(following) > 1
    return (following, alone) if is_shorter else (following,)


def refusal_of(
    places: Places,
    visit: Sequence[Placed],
    day_of: Callable[[int, date], MasterDay],
    stands: Mapping[int, Standing],
    *,
    zone: str,
    client: str = "",
) -> SalonError | None:
    """Why services of ``visit`` cannot stand at ``places``, the others staying where they are; None when they can.

    ``day_of`` a master and a date is read without the visit; ``stands`` is where each of its services stands now. The
    ``client`` is told where the visit is in its own way: a master does one thing at a time for them.
    """
    by_id = {one.booked_id: one for one in visit}
    placed: list[Placed | Place] = [one for one in visit if one.booked_id not in places]
    for booked_id, place in places.items():
        one, day = by_id[booked_id], day_of(place.staff_id, place.starts_at.date())
        wish = Wish(one.service_id, one.service_name, place.starts_at, place.lengths, place.rooms)
        mine = [each for each in placed if each.staff_id == place.staff_id]
        own = tuple(Taken(part, client) for each in mine for part in occupied(each.starts_at, each.lengths))
        problem = clock_refusal(place.starts_at, place.lengths, zone) or refusal(day, wish, stands[booked_id])
        problem = problem or clash(replace(day, taken=own), occupied(place.starts_at, place.lengths))
        if problem is not None:
            return problem
        placed.append(place)
    return None


def _ready(before: Placed | Place, other: Placed) -> datetime:
    """When ``other`` can begin after it: the same master cleans and lays out in between."""
    is_same = before.staff_id == other.staff_id
    return _end(before) + timedelta(minutes=before.lengths.after + other.lengths.before if is_same else 0)


def _end(one: Placed | Place) -> datetime:
    return one.starts_at + timedelta(minutes=one.lengths.total)


def _minutes(span: timedelta) -> int:
    return int(span.total_seconds()) // 60
