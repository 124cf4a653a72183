"""Where a dragged visit may go, known before it is dropped: the masters' days are read once, when the drag begins.

The rules are those of ``booking.move`` and ``booking.resize``, asked of the same validator.
"""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from app.errors import BadDuration, SalonError, VisitClosed
from app.frozen import frozen
from app.salon.scheduling import booking, following
from app.salon.scheduling.agenda import AgendaEntry
from app.salon.scheduling.availability import MasterDay, Standing, standing_on
from app.salon.scheduling.day_book import master_day
from app.salon.scheduling.following import Places
from app.salon.transaction import Salon
from app.ui.calendar.placing import DayPlan
from app.ui.calendar.tracks import Sheet, Track


@frozen
class Reach:
    """What stands on the masters' days without the dragged visit, and the services of that visit."""

    moved: AgendaEntry
    visit: tuple[AgendaEntry, ...]
    """All services of the visit, in their order."""
    days: Mapping[tuple[int, date], MasterDay]
    """The days of each master who can be meant."""
    stands: Mapping[int, Standing]
    """Where each service of the visit stands, and over whom."""
    zone: str
    """Where the salon is: in the night of a change of clocks some times cannot be kept."""
    now: datetime
    """When the drag began, wall time: what of the visit has begun stays."""

    def refusal_at(self, track: Track, starts_at: datetime) -> SalonError | None:
        """Why the dragged service cannot begin then in a column, or None when it can."""
        return self.refusal_of_move(track.staff_id or self.moved.staff_id, starts_at, track.rooms)

    def refusal_of_move(self, staff_id: int, starts_at: datetime, rooms: tuple[int, ...] = ()) -> SalonError | None:
        """Why the dragged service cannot go there, or None when it can. ``rooms``: it shall have these."""
        if not booking.is_movable(self.moved.status):
            return VisitClosed(self.moved.status)
        places = following.after_move(self.visit, self.moved, staff_id, starts_at, rooms, present=self._present)
        parted = following.refusal_of_day(self.visit, places)
        if parted is not None:
            return parted
        beyond = next((one for one in places.values() if one.starts_at.date() != starts_at.date()), None)
        return self._refusal(places) if beyond is None else BadDuration(beyond.lengths.total)

    def after_stretch(self, starts_at: datetime, ends_at: datetime) -> tuple[Places, SalonError | None]:
        """What stands where when the dragged service has these ends, and why that cannot be, or None when it can."""
        choices = following.after_stretch(self.visit, self.moved, starts_at, ends_at, present=self._present)
        if not booking.is_movable(self.moved.status):
            return choices[0], VisitClosed(self.moved.status)
        problems = [self._refusal(places) for places in choices]
        best = problems.index(None) if None in problems else 0
        return choices[best], problems[best]

    @property
    def _present(self) -> following.Present:
        return following.Present(self.now, self.moved.status)

    def _refusal(self, places: Places) -> SalonError | None:
        def day_of(staff_id: int, day: date) -> MasterDay:
            return self.days[staff_id, day]

        client = self.moved.client_name
        return following.refusal_of(places, self.visit, day_of, self.stands, zone=self.zone, client=client)


def read(salon: Salon, sheet: Sheet, moved: AgendaEntry, *, with_others: bool = False) -> Reach:
    """Read the days of the masters who have a column or a service of the visit of ``moved``. Raises Gone.

    ``with_others``: of every master of the sheet, also where the columns are rooms.
    """
    visit = [entry for entry in sheet.entries if entry.visit_id == moved.visit_id]
    masters = {track.staff_id for track in sheet.tracks if track.staff_id} | {entry.staff_id for entry in visit}
    if with_others:
        masters |= sheet.masters.keys()
    dates = {track.day for track in sheet.tracks} | {moved.starts_at.date()}
    days = {
        (staff_id, day): master_day(salon.database, staff_id, day, ignoring_visit=moved.visit_id)
        for staff_id in masters
        for day in dates
    }
    stands = {
        one.booked_id: standing_on(days[one.staff_id, one.starts_at.date()], one.starts_at, one.lengths, one.room_ids)
        for one in visit
    }
    in_order = tuple(sorted(visit, key=lambda entry: entry.part))
    return Reach(moved, in_order, days, stands, salon.profile.zone, salon.wall_now())


def reachable(reach: Reach, plan: DayPlan, step: int) -> dict[int, list[tuple[int, int]]]:
    """For each column the minutes that the dragged service could cover, in order and joined."""
    found: dict[int, list[tuple[int, int]]] = {}
    total = reach.moved.lengths.total
    for column, track in enumerate(plan.tracks):
        spans: list[tuple[int, int]] = []
        for minute in range(plan.scale.first_minute, plan.scale.last_minute, step):
            if reach.refusal_at(track, plan.moment(minute, column)) is not None:
                continue
            if spans and minute <= spans[-1][1]:
                spans[-1] = (spans[-1][0], minute + total)
            else:
                spans.append((minute, minute + total))
        found[column] = spans
    return found


@frozen
class MasterStarts:
    """Where a visit may begin with one master on its day."""

    staff_id: int
    name: str
    starts: tuple[datetime, ...]
    """Wall times, in order."""


def starts_within_day(reach: Reach, sheet: Sheet, step: int, not_before: datetime | None) -> list[MasterStarts]:
    """The other starts of the visit's day that a move would be given, the visit's own master first.

    ``not_before`` is the current time when the day is today: nobody moves a visit into the past. Masters without
    any such start are left out.
    """
    day = reach.moved.starts_at.date()
    midnight = datetime.combine(day, time())
    names = sheet.masters
    known = [staff_id for staff_id in names if (staff_id, day) in reach.days]
    found: list[MasterStarts] = []
    for staff_id in dict.fromkeys([reach.moved.staff_id, *known]):
        moments = _moments(reach.days[staff_id, day], midnight, step)
        own = reach.moved.starts_at if staff_id == reach.moved.staff_id else None
        starts = tuple(
            moment
            for moment in moments
            if moment != own
            and (not_before is None or moment >= not_before)
            and reach.refusal_of_move(staff_id, moment) is None
        )
        if starts:
            found.append(MasterStarts(staff_id, names.get(staff_id, ""), starts))
    return found


def _moments(day: MasterDay, midnight: datetime, step: int) -> list[datetime]:
    """The starts on the salon's grid within the master's hours."""
    found: list[datetime] = []
    for shift in day.shifts:
        minute = int((shift.starts_at - midnight).total_seconds()) // 60
        start = midnight + timedelta(minutes=minute + -minute % step)
        while start < shift.ends_at:
            found.append(start)
            start += timedelta(minutes=step)
    return found
