"""Who waits for a place: what they want, by whom, on which days and hours, and since when.

A match is a free place of ``free_places.find``, so it has passed the validator that also books it. Whoever waits
longest comes first.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from app import models
from app.clock import wall_time
from app.errors import (
    AlreadyWaits,
    BadWindow,
    Gone,
    NoClientToWait,
    NoRoomFree,
    NothingToBook,
    RoomNotFit,
    SalonError,
    ServedNow,
    ToBeForgotten,
    VisitClosed,
    WaitOver,
)
from app.frozen import frozen
from app.models.connection import Database
from app.models.kept import instant_text, read_instant, read_wall, wall_text
from app.salon import journal
from app.salon.catalogue import services as catalogue
from app.salon.journal import RowChange
from app.salon.scheduling import booking, free_places, overbooking
from app.salon.scheduling.booking import BookingRequest
from app.salon.scheduling.day_book import master_day
from app.salon.scheduling.free_places import DAY_MINUTES, FreePlace, PlaceSearch, WantedService
from app.salon.scheduling.intervals import Interval, merged, occupied, without
from app.salon.scheduling.places import DayBooks, one_after_another, why_not
from app.salon.transaction import Work
from app.salon.typed import text
from app.vocabulary import Action, CancelReason, VisitStatus, WaitlistStatus

USUAL_DAYS = 42
"""How long somebody waits when they name no last day: six weeks, the longest usual interval."""
MOST_WINDOWS = 12
LOOK_DAYS = 14
"""So far ahead the list looks for a free place."""
_NEWS_DAYS = 7
"""So far ahead new hours are news: whoever plans half a year has called nobody."""
_MOST_NEWS = 20
"""So many acts of another workplace are looked at together, the last ones."""
_LONGEST_NEWS = 200_000
_SHOWN_EXPIRED_DAYS = 14
_WEEK = frozenset(range(7))


@frozen
class Window:
    """Days and hours that suit: the visit begins and ends in them. Minutes of the day; Monday is 0."""

    first_day: date
    last_day: date
    weekdays: frozenset[int] = _WEEK
    from_minute: int = 0
    to_minute: int = DAY_MINUTES

    def holds(self, place: FreePlace) -> bool:
        """Whether a place lies wholly within it."""
        day = place.starts_at.date()
        midnight = datetime.combine(day, time.min)
        begins, ends = (midnight + timedelta(minutes=minute) for minute in (self.from_minute, self.to_minute))
        return self.is_open_on(day) and begins <= place.starts_at and place.ends_at <= ends

    def is_open_on(self, day: date) -> bool:
        """Whether the day is one of its days."""
        return self.first_day <= day <= self.last_day and day.weekday() in self.weekdays

    def days_from(self, first: date) -> list[date]:
        """Its days, from ``first`` on."""
        begin = max(first, self.first_day)
        days = (begin + timedelta(days=ahead) for ahead in range((self.last_day - begin).days + 1))
        return [day for day in days if day.weekday() in self.weekdays]

    def is_past(self, now: datetime) -> bool:
        """Whether nothing of it is left at ``now`` (wall time)."""
        days = self.days_from(now.date())
        if not days:
            return True
        return days == [now.date()] and now.hour * 60 + now.minute >= self.to_minute


@frozen
class NewWait:
    """What somebody wants who has no place yet. Without ``staff_ids`` any master may do it."""

    client_id: int
    service_ids: tuple[int, ...]
    windows: tuple[Window, ...]
    staff_ids: tuple[int, ...] = ()
    note: str = ""
    unwanted_reason: str = ""
    """Not empty: on the list although the salon does not want to book this client; it stands in the journal."""


@frozen
class Waiting:
    """One line of the waiting list."""

    entry_id: int
    client_id: int
    client_name: str
    phone: str
    """E.164, or empty."""
    since: datetime
    """Since when, wall time."""
    services: tuple[tuple[int, str], ...]
    """(id, name) in the order of the visit."""
    minutes: int
    """How long the visit takes by the price list."""
    masters: tuple[tuple[int, str], ...]
    """(id, name) of those who were asked for; empty: anybody."""
    windows: tuple[Window, ...]
    note: str
    status: WaitlistStatus

    @property
    def service_ids(self) -> tuple[int, ...]:
        """The services in their order."""
        return tuple(service_id for service_id, _name in self.services)

    @property
    def staff_ids(self) -> tuple[int, ...]:
        """The masters who were asked for."""
        return tuple(staff_id for staff_id, _name in self.masters)

    def as_wish(self) -> NewWait:
        """What was asked for, to be changed."""
        return NewWait(self.client_id, self.service_ids, self.windows, self.staff_ids, self.note)


@frozen
class Freed:
    """A master's time that an act gave back."""

    staff_id: int
    staff_name: str
    interval: Interval


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


# ---- acts ----------------------------------------------------------------------------------------------------


def add(work: Work, new: NewWait) -> int:
    """Put somebody on the waiting list; returns the id of the entry.

    Raises NothingToBook without a service, BadWindow, TextTooLong, AlreadyWaits when the client waits for the same
    services already, DoNotBook as ``booking.book`` does, and Gone when the client, a service or a master is no longer
    there.
    """
    _check(work, new)
    booking.refuse_unwanted(work, new.client_id, text(new.unwanted_reason))
    _check_alone(work, new, None)
    entry_id = work.insert(
        models.WaitlistEntry,
        client=new.client_id,
        status=WaitlistStatus.WAITING,
        note=text(new.note),
        created_at=work.now,
    )
    work.tell(Action.WAITING_BEGUN, client=new.client_id, note=text(new.unwanted_reason))
    _write_wishes(work, entry_id, new)
    return entry_id


def change(work: Work, entry_id: int, new: NewWait) -> None:
    """Change what somebody waits for; since when stays. Whose time had run out waits again.

    A place that was held for other services, masters or another client is given back in the same act. Whoever is on the
    list already may stay there, wanted or not, and keep as many windows as there are. Raises what ``add`` raises, and
    WaitOver when the place was found or the wish withdrawn.
    """
    status = _status(work, entry_id)
    if status not in (WaitlistStatus.WAITING, WaitlistStatus.EXPIRED):
        raise WaitOver
    standing = one(work.database, work.profile.zone, entry_id)
    _check(work, new, max(MOST_WINDOWS, len(standing.windows)))
    unwanted = text(new.unwanted_reason)
    if status is not WaitlistStatus.WAITING or new.client_id != standing.client_id:
        booking.refuse_unwanted(work, new.client_id, unwanted)
    _check_alone(work, new, entry_id)
    work.tell(Action.WAITING_CHANGED, client=new.client_id, note=unwanted)
    if _wants_otherwise(standing, new):
        release_holds(work, entry_id)
        overbooking.settle(work)
    work.update(
        models.WaitlistEntry,
        entry_id,
        client=new.client_id,
        note=text(new.note),
        status=WaitlistStatus.WAITING,
        closed_at=None,
    )
    rewrite(work, entry_id, new)


def withdraw(work: Work, entry_id: int) -> None:
    """Take somebody off the list; a place that is held for them is free again. Raises Gone, WaitOver."""
    if _status(work, entry_id) not in (WaitlistStatus.WAITING, WaitlistStatus.EXPIRED):
        raise WaitOver
    work.tell(Action.WAITING_ENDED, client=_client_of(work, entry_id))
    release_holds(work, entry_id)
    overbooking.settle(work)
    work.update(models.WaitlistEntry, entry_id, status=WaitlistStatus.WITHDRAWN, closed_at=work.now)


def book(work: Work, entry_id: int, request: BookingRequest) -> int:
    """Book the place that somebody waited for; a place held for them is taken in the same act. Returns the visit.

    Who is booked in their stead (``request`` names another client) ends no wait. Raises WaitOver when they no longer
    wait, and what ``booking.book`` raises.
    """
    if _status(work, entry_id) not in (WaitlistStatus.WAITING, WaitlistStatus.EXPIRED):
        raise WaitOver
    if request.client_id != _client_of(work, entry_id):
        return booking.book(work, request)
    work.tell(Action.VISIT_BOOKED, client=request.client_id)
    release_holds(work, entry_id)
    visit_id = booking.book(work, request)
    work.tell(Action.VISIT_BOOKED, visit=visit_id)
    end_with(work, entry_id, visit_id)
    return visit_id


def end_with(work: Work, entry_id: int, visit_id: int) -> None:
    """A visit was booked for somebody who waited: they wait no more. For anybody else's visit they go on waiting.

    Raises WaitOver, Gone.
    """
    if _status(work, entry_id) not in (WaitlistStatus.WAITING, WaitlistStatus.EXPIRED):
        raise WaitOver
    client_id = work.database.value("SELECT client_id FROM visit WHERE id = ?", (visit_id,))
    if client_id == _client_of(work, entry_id):
        work.update(models.WaitlistEntry, entry_id, status=WaitlistStatus.BOOKED, closed_at=work.now, visit=visit_id)


def wait_instead(work: Work, visit_id: int, *, unwanted: str = "") -> int:
    """Give up the place of a visit and let its client wait for another time; returns the entry's id.

    The same services and masters, any hour of the next six weeks: nothing is asked that is known already. Who left and
    what is no longer offered is waited for no more. ``unwanted``: why a client waits whom the salon does not want to
    book. Raises NoClientToWait for a walk-in, VisitClosed for what is history, ServedNow for what is going on, and what
    ``add`` and ``booking.cancel`` raise.
    """
    rows = work.database.rows(
        """
        SELECT v.client_id, v.status, b.service_id, b.staff_id, s.archived_at IS NULL, m.archived_at IS NULL
        FROM visit v JOIN booked_service b ON b.visit_id = v.id
        JOIN service s ON s.id = b.service_id JOIN staff_member m ON m.id = b.staff_id
        WHERE v.id = ? AND b.takes_time ORDER BY b.starts_at, b.position, b.id
        """,
        (visit_id,),
    )
    if not rows:
        raise Gone
    client_id, status = rows[0][0], VisitStatus(rows[0][1])
    if client_id is None:
        raise NoClientToWait
    if not booking.is_movable(status):
        raise VisitClosed(status)
    if VisitStatus.CANCELLED not in booking.may_follow(status):
        raise ServedNow
    work.tell(Action.WAITING_BEGUN, visit=visit_id, client=client_id, note=text(unwanted))
    booking.cancel(work, visit_id, CancelReason.CLIENT_ASKED)
    today = work.wall_now.date()
    masters = tuple(dict.fromkeys(row[3] for row in rows if row[5]))
    window = Window(today, today + timedelta(days=USUAL_DAYS))
    services = tuple(row[2] for row in rows if row[4])
    return add(work, NewWait(client_id, services, (window,), masters, unwanted_reason=unwanted))


def expire(work: Work) -> tuple[Waiting, ...]:
    """Let those wait no more whose last window is past; returns them, so that somebody is told once."""
    over = tuple(one for one in listed(work.database, work.profile.zone) if _is_over(one, work.wall_now))
    for one in over:
        work.tell(Action.WAITING_ENDED)
        release_holds(work, one.entry_id)
        work.update(models.WaitlistEntry, one.entry_id, status=WaitlistStatus.EXPIRED, closed_at=work.now)
    overbooking.settle(work)
    return over


def release_holds(work: Work, entry_id: int) -> None:
    """Give back every place that is held for somebody who waits, as part of another act."""
    for (hold_id,) in work.database.rows("SELECT id FROM place_hold WHERE entry_id = ?", (entry_id,)):
        for (row_id,) in work.database.rows("SELECT id FROM occupancy WHERE hold_id = ?", (hold_id,)):
            work.delete(models.Occupancy, row_id)
        work.delete(models.PlaceHold, hold_id)


# ---- reading -------------------------------------------------------------------------------------------------

_ENTRIES = """
SELECT e.id, e.client_id, c.name, COALESCE((
           SELECT p.value FROM contact_point p WHERE p.client_id = e.client_id AND p.kind = 'phone'
           ORDER BY p.is_preferred DESC, p.id LIMIT 1), ''),
       e.created_at, e.note, e.status
FROM waitlist_entry e JOIN client c ON c.id = e.client_id
WHERE {condition}
ORDER BY e.created_at, e.id
"""


def listed(database: Database, zone: str) -> list[Waiting]:
    """Everybody who waits, the longest first: four queries, however many they are."""
    return _read(database, zone, "e.status = 'waiting'", ())


def expired(database: Database, zone: str, now: datetime) -> list[Waiting]:
    """Whose time ran out within the last two weeks before ``now`` (aware), to be asked once more."""
    since = instant_text(now - timedelta(days=_SHOWN_EXPIRED_DAYS))
    return _read(database, zone, "e.status = 'expired' AND e.closed_at >= ?", (since,))


def one(database: Database, zone: str, entry_id: int) -> Waiting:
    """One line of the list, whatever became of it. Raises Gone."""
    found = _read(database, zone, "e.id = ?", (entry_id,))
    if not found:
        raise Gone
    return found[0]


def count(database: Database) -> int:
    """How many wait."""
    return int(database.value("SELECT COUNT(*) FROM waitlist_entry WHERE status = 'waiting'"))


def visits_ahead(database: Database, client_ids: Iterable[int], now: datetime) -> dict[int, datetime]:
    """When those of these clients come next who are booked after ``now`` (wall time) already; one query."""
    rows = database.rows(
        """
        SELECT v.client_id, MIN(b.starts_at) FROM visit v JOIN booked_service b ON b.visit_id = v.id
        WHERE v.client_id IN (SELECT value FROM json_each(?)) AND v.status IN ('booked', 'confirmed')
          AND v.hour_known AND v.day >= ? AND b.starts_at > ? AND b.takes_time GROUP BY v.client_id
        """,
        (json.dumps(sorted(set(client_ids))), now.date().isoformat(), wall_text(now)),
    )
    return {client_id: read_wall(starts_at) for client_id, starts_at in rows}


def has_expired(database: Database, now: datetime) -> bool:
    """Whether the last window of somebody who waits may be past at ``now`` (wall time): the cheap question first."""
    return (
        database.value(
            """
            SELECT 1 FROM waitlist_entry e WHERE e.status = 'waiting' AND NOT EXISTS (
                SELECT 1 FROM waitlist_window w WHERE w.entry_id = e.id
                  AND (w.last_day > ? OR (w.last_day = ? AND w.to_minute > ?)))
            """,
            (now.date().isoformat(), now.date().isoformat(), now.hour * 60 + now.minute),
        )
        is not None
    )


def _read(database: Database, zone: str, condition: str, params: Sequence[Any]) -> list[Waiting]:
    entries = database.rows(_ENTRIES.format(condition=condition), params)
    among = f"SELECT e.id FROM waitlist_entry e WHERE {condition}"
    services: defaultdict[int, list[tuple[int, str, int]]] = defaultdict(list)
    for entry_id, service_id, name, minutes in database.rows(
        f"""
        SELECT x.entry_id, s.id, s.name, s.working_minutes + s.gap_minutes + s.finishing_minutes
        FROM waitlist_service x JOIN service s ON s.id = x.service_id
        WHERE x.entry_id IN ({among}) ORDER BY x.position, x.id
        """,
        params,
    ):
        services[entry_id].append((service_id, name, minutes))
    masters: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
    for entry_id, staff_id, name in database.rows(
        f"""
        SELECT x.entry_id, m.id, m.name FROM waitlist_master x JOIN staff_member m ON m.id = x.staff_id
        WHERE x.entry_id IN ({among}) ORDER BY m.position, m.id
        """,
        params,
    ):
        masters[entry_id].append((staff_id, name))
    windows: defaultdict[int, list[Window]] = defaultdict(list)
    for entry_id, first, last, bits, from_minute, to_minute in database.rows(
        f"""
        SELECT x.entry_id, x.first_day, x.last_day, x.weekdays, x.from_minute, x.to_minute
        FROM waitlist_window x WHERE x.entry_id IN ({among}) ORDER BY x.id
        """,
        params,
    ):
        days = frozenset(day for day in range(7) if bits >> day & 1)
        windows[entry_id].append(
            Window(date.fromisoformat(first), date.fromisoformat(last), days, from_minute, to_minute)
        )
    return [
        Waiting(
            entry_id=entry_id,
            client_id=client_id,
            client_name=name,
            phone=phone,
            since=wall_time(read_instant(created_at), zone),
            services=tuple((service_id, service) for service_id, service, _minutes in services[entry_id]),
            minutes=sum(minutes for _id, _name, minutes in services[entry_id]),
            masters=tuple(masters[entry_id]),
            windows=tuple(windows[entry_id]),
            note=note,
            status=WaitlistStatus(status),
        )
        for entry_id, client_id, name, phone, created_at, note, status in entries
    ]


# ---- matches -------------------------------------------------------------------------------------------------


def freed_by(database: Database, entry_id: int, now: datetime) -> list[Freed]:
    """The masters' time that an act of the journal gave back and that is still free after ``now`` (wall time).

    An act that is taken back gives nothing: what is free then was free before it. Hours that somebody works in
    addition within the next days are free time like any other.
    """
    found = database.row(
        """
        WITH RECURSIVE back (entry) AS (
            SELECT ? UNION ALL
            SELECT j.undoes FROM journal_entry j JOIN back ON j.id = back.entry WHERE j.undoes IS NOT NULL)
        SELECT changes, (SELECT count(*) - 1 FROM back) FROM journal_entry
        WHERE id = ? AND (instr(changes, '"occupancy"') OR instr(changes, '"shift"'))
        """,
        (entry_id, entry_id),
    )
    # What took back an act that had taken one back does the first one again.
    if found is None or found[1] % 2:
        return []
    given: defaultdict[int, list[Interval]] = defaultdict(list)
    changes = journal.read_changes(found[0])
    for staff_id, interval in _hours_won(changes, now):
        given[staff_id].append(interval)
    for row in changes:
        before = row.before if row.table == "occupancy" and row.after is None else None
        if before is not None and before.get("staff_id") is not None:
            given[before["staff_id"]].append(Interval(read_wall(before["starts_at"]), read_wall(before["ends_at"])))
    freed = [
        Freed(staff_id, "", interval) for staff_id, intervals in sorted(given.items()) for interval in merged(intervals)
    ]
    return still_free(database, freed, now)


def _hours_won(changes: Sequence[RowChange], now: datetime) -> list[tuple[int, Interval]]:
    """The hours of the next days that somebody works since an act and did not work before it, by master."""
    new: defaultdict[int, list[Interval]] = defaultdict(list)
    old: defaultdict[int, list[Interval]] = defaultdict(list)
    last = now + timedelta(days=_NEWS_DAYS)
    for row in changes:
        if row.table != "shift":
            continue
        for kept, there in ((new, row.after), (old, row.before)):
            if there is not None and {"staff_id", "starts_at", "ends_at"} <= there.keys():
                hours = Interval(read_wall(there["starts_at"]), read_wall(there["ends_at"]))
                if now < hours.ends_at and hours.starts_at < last:
                    kept[there["staff_id"]].append(hours)
    return [
        (staff_id, won)
        for staff_id, intervals in sorted(new.items())
        for hours in merged(intervals)
        for won in without(hours, old[staff_id])
    ]


def acts_since(database: Database, entry_id: int) -> list[int]:
    """The acts of the journal after an entry that may have set time free: an import is none."""
    rows = database.rows(
        "SELECT id FROM journal_entry WHERE id > ? AND length(changes) < ? AND action <> ? ORDER BY id DESC LIMIT ?",
        (entry_id, _LONGEST_NEWS, Action.PLACE_RELEASED, _MOST_NEWS),
    )
    return [row[0] for row in reversed(rows)]


def last_act(database: Database) -> int:
    """The last entry of the journal; 0 when there is none."""
    return int(database.value("SELECT MAX(id) FROM journal_entry") or 0)


def still_free(database: Database, freed: Sequence[Freed], now: datetime) -> list[Freed]:
    """What is left of time that became free: within the masters' hours, taken by nobody, not past."""
    left: list[Freed] = []
    for one in freed:
        if one.interval.ends_at <= now:
            continue
        rest = Interval(max(one.interval.starts_at, now), one.interval.ends_at)
        try:
            day = master_day(database, one.staff_id, rest.starts_at.date())
        except Gone:
            continue  # taking them on was undone
        taken = [each.interval for each in day.taken]
        for worked in merged(day.shifts):
            begin, end = max(worked.starts_at, rest.starts_at), min(worked.ends_at, rest.ends_at)
            if begin < end:
                left += [Freed(one.staff_id, day.name, free) for free in without(Interval(begin, end), taken)]
    return left


def client_of_act(database: Database, entry_id: int) -> int | None:
    """Who gave a place up by an act of the journal, and so is not called to take it; None for an act taken back."""
    found: int | None = database.value(
        "SELECT client FROM journal_entry WHERE id = ? AND undoes IS NULL AND action <> ?",
        (entry_id, Action.PLACE_RELEASED),
    )
    return found


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


# ---- parts ---------------------------------------------------------------------------------------------------


def rewrite(work: Work, entry_id: int, new: NewWait) -> None:
    """Let an entry be for these services, masters, days and hours, as part of another act."""
    tables = {
        "waitlist_service": models.WaitlistService,
        "waitlist_master": models.WaitlistMaster,
        "waitlist_window": models.WaitlistWindow,
    }
    for name, table in tables.items():
        for (row_id,) in work.database.rows(f"SELECT id FROM {name} WHERE entry_id = ?", (entry_id,)):
            work.delete(table, row_id)
    _write_wishes(work, entry_id, new)


def _write_wishes(work: Work, entry_id: int, new: NewWait) -> None:
    for position, service_id in enumerate(new.service_ids):
        work.insert(models.WaitlistService, entry=entry_id, service=service_id, position=position)
    for staff_id in dict.fromkeys(new.staff_ids):
        work.insert(models.WaitlistMaster, entry=entry_id, staff=staff_id)
    for window in new.windows:
        work.insert(
            models.WaitlistWindow,
            entry=entry_id,
            first_day=window.first_day,
            last_day=window.last_day,
            weekdays=sum(1 << day for day in window.weekdays),
            from_minute=window.from_minute,
            to_minute=window.to_minute,
        )


def _check(work: Work, new: NewWait, most_windows: int = MOST_WINDOWS) -> None:
    if not new.service_ids:
        raise NothingToBook
    if not 0 < len(new.windows) <= most_windows:
        raise BadWindow
    for window in new.windows:
        hours_fit = 0 <= window.from_minute < window.to_minute <= DAY_MINUTES
        if not hours_fit or window.last_day < window.first_day or not window.weekdays <= _WEEK:
            raise BadWindow
    if all(window.is_past(work.wall_now) for window in new.windows):
        raise BadWindow
    if work.database.value("SELECT 1 FROM client WHERE id = ? AND forget_asked_at IS NOT NULL", (new.client_id,)):
        raise ToBeForgotten
    for table, ids in (("client", (new.client_id,)), ("service", new.service_ids), ("staff_member", new.staff_ids)):
        for row_id in ids:
            if work.database.value(f"SELECT 1 FROM {table} WHERE id = ? AND archived_at IS NULL", (row_id,)) is None:
                raise Gone


def _wants_otherwise(standing: Waiting, new: NewWait) -> bool:
    """Whether a place that is held for the entry is not what is wanted any more."""
    kept = (standing.client_id, standing.service_ids, frozenset(standing.staff_ids))
    return kept != (new.client_id, new.service_ids, frozenset(new.staff_ids))


def _check_alone(work: Work, new: NewWait, entry_id: int | None) -> None:
    """Nobody waits twice for the same: the second call changes the first entry."""
    for waiting in _read(
        work.database, work.profile.zone, "e.status = 'waiting' AND e.client_id = ?", (new.client_id,)
    ):
        if waiting.entry_id != entry_id and sorted(waiting.service_ids) == sorted(new.service_ids):
            raise AlreadyWaits(waiting.client_name)


def _is_over(waiting: Waiting, now: datetime) -> bool:
    return all(window.is_past(now) for window in waiting.windows)


def _status(work: Work, entry_id: int) -> WaitlistStatus:
    word = work.database.value("SELECT status FROM waitlist_entry WHERE id = ?", (entry_id,))
    if word is None:
        raise Gone
    return WaitlistStatus(word)


def _client_of(work: Work, entry_id: int) -> int:
    return int(work.database.value("SELECT client_id FROM waitlist_entry WHERE id = ?", (entry_id,)))


# ---- usual windows -------------------------------------------------------------------------------------------


def usual_windows(today: date) -> dict[str, Window]:
    """The windows that people name most: any day, this week, the next, weekdays after five, weekends."""
    last = today + timedelta(days=USUAL_DAYS)
    sunday = today + timedelta(days=6 - today.weekday())
    any_day = Window(today, last)
    return {
        "any": any_day,
        "this_week": Window(today, sunday),
        "next_week": Window(sunday + timedelta(days=1), sunday + timedelta(days=7)),
        "evenings": replace(any_day, weekdays=frozenset(range(5)), from_minute=17 * 60),
        "mornings": replace(any_day, weekdays=frozenset(range(5)), to_minute=12 * 60),
        "weekend": replace(any_day, weekdays=frozenset({5, 6})),
    }
