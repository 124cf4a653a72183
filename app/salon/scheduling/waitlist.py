"""Who waits for a place: what they want, by whom, on which days and hours, and since when.

Whoever waits longest comes first.
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
    NothingToBook,
    ServedNow,
    ToBeForgotten,
    VisitClosed,
    WaitOver,
)
from app.frozen import frozen
from app.models.connection import Database
from app.models.kept import instant_text, read_instant, read_wall, wall_text
from app.salon.scheduling import booking, overbooking
from app.salon.scheduling.booking import BookingRequest
from app.salon.scheduling.free_places import DAY_MINUTES, FreePlace
from app.salon.transaction import Work
from app.salon.typed import text
from app.vocabulary import Action, CancelReason, VisitStatus, WaitlistStatus

USUAL_DAYS = 42
"""How long somebody waits when they name no last day: six weeks, the longest usual interval."""
MOST_WINDOWS = 12
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
