"""Wishes of the waiting list that are met beside it: by a visit that was booked or moved, or twice on one card."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import combinations
from typing import Any

from app import models
from app.clock import wall_time
from app.frozen import frozen
from app.models.connection import Database
from app.models.kept import read_instant, read_wall
from app.salon import journal
from app.salon.journal import RowChange
from app.salon.scheduling import overbooking, waitlist
from app.salon.scheduling.free_places import FreePlace
from app.salon.scheduling.waitlist import Waiting, Window
from app.salon.transaction import Salon, Work
from app.salon.typed import LONGEST_TEXT, text
from app.vocabulary import LIVE_STATUSES, Action, WaitlistStatus

_GIVES_A_PLACE = frozenset(
    {
        Action.VISIT_BOOKED,
        Action.GROUP_BOOKED,
        Action.SERIES_BOOKED,
        Action.VISIT_MOVED,
        Action.VISIT_CHANGED,
        Action.VISIT_RESTORED,
        Action.GROUP_MOVED,
        Action.SERIES_CHANGED,
    }
)


@frozen
class MetWish:
    """A wish that stands on the list although the client has what they waited for."""

    entry_id: int
    visit_id: int
    client_name: str


def met_by(salon: Salon, entry_id: int) -> tuple[MetWish, ...]:
    """The wishes that a booking or a move, by its journal entry, has met without ending them.

    A visit meets a wish when it has all of its services, at a time that suits, with one of the masters who were asked
    for. What was booked for somebody from the list has ended their wish already; what is taken back meets none. Where
    the visit stood before is no news, unless the client began to wait when it stood there: they wait for a sooner one.
    """
    database, zone = salon.database, salon.profile.zone
    if database.value("SELECT 1 FROM waitlist_entry WHERE status = 'waiting' LIMIT 1") is None:
        return ()
    action, told = database.rows("SELECT action, changes FROM journal_entry WHERE id = ?", (entry_id,))[0]
    if action not in _GIVES_A_PLACE:
        return ()
    changes = journal.read_changes(told)
    visits = [(visit_id, _client_of(database, visit_id)) for visit_id in _visits_of(database, changes)]
    if not _waits(database, {client_id for _visit, client_id in visits}):
        return ()
    met: dict[int, MetWish] = {}
    waiting = waitlist.listed(database, zone)
    for visit_id, client_id in visits:
        mine = [one for one in waiting if one.client_id == client_id]
        stands, stood = _stays(database, visit_id, changes) if mine else (None, None)
        for one in mine:
            if _meets(stands, one) and (not _meets(stood, one) or _has_waited_for_sooner(one, stands, stood, zone)):
                met.setdefault(one.entry_id, MetWish(one.entry_id, visit_id, one.client_name))
    return tuple(met.values())


def end(work: Work, met: Iterable[MetWish]) -> None:
    """These clients wait no more, and what was held for them is free again. Raises WaitOver, Gone."""
    for one in met:
        work.tell(Action.WAITING_ENDED, visit=one.visit_id)
        waitlist.release_holds(work, one.entry_id)
        waitlist.end_with(work, one.entry_id, one.visit_id)
    overbooking.settle(work)


def join_same(work: Work, client_id: int) -> None:
    """Who waits for the same twice, as when two cards became one, waits for it once: since the first time.

    The days of both suit, and by whom: whom either of them asked for, or anybody. What is held stays held, and what
    was noted of either is read.
    """
    same: defaultdict[tuple[int, ...], list[Waiting]] = defaultdict(list)
    for one in waitlist.listed(work.database, work.profile.zone):
        if one.client_id == client_id:
            same[tuple(sorted(one.service_ids))].append(one)
    for stays, *others in same.values():
        if others:
            _join(work, stays, others)


def _join(work: Work, stays: Waiting, others: Sequence[Waiting]) -> None:
    together = (stays, *others)
    for goes in others:
        for (row_id,) in work.database.rows("SELECT id FROM place_hold WHERE entry_id = ?", (goes.entry_id,)):
            work.update(models.PlaceHold, row_id, entry=stays.entry_id)
        work.update(models.WaitlistEntry, goes.entry_id, status=WaitlistStatus.WITHDRAWN, closed_at=work.now)
    windows = joined([window for one in together for window in one.windows])
    asked = sorted({staff_id for one in together for staff_id in one.staff_ids})
    by_anybody = not all(one.staff_ids for one in together)
    wish = replace(stays.as_wish(), windows=windows, staff_ids=() if by_anybody else tuple(asked))
    waitlist.rewrite(work, stays.entry_id, wish)
    notes = "; ".join(dict.fromkeys(one.note for one in together if one.note))
    work.update(models.WaitlistEntry, stays.entry_id, note=text(notes[:LONGEST_TEXT]))


def joined(windows: Sequence[Window]) -> tuple[Window, ...]:
    """The same days and hours in fewer windows: those that touch become one. Pure."""
    for first, second in combinations(range(len(windows)), 2):
        both = _as_one(windows[first], windows[second])
        if both is not None:
            return joined([*windows[:first], both, *windows[first + 1 : second], *windows[second + 1 :]])
    return tuple(windows)


def _as_one(one: Window, other: Window) -> Window | None:
    """The window of exactly the days of both; None where no single one says them.

    A visit may lie across the hour at which two of a day touch: it suits from the first to the last of them.
    """
    first, last = min(one.first_day, other.first_day), max(one.last_day, other.last_day)
    begins, ends = min(one.from_minute, other.from_minute), max(one.to_minute, other.to_minute)
    both = Window(first, last, one.weekdays | other.weekdays, begins, ends)
    if both in (one, other):
        return both
    days = (one.first_day, one.last_day) == (other.first_day, other.last_day)
    hours = (one.from_minute, one.to_minute) == (other.from_minute, other.to_minute)
    week = one.weekdays == other.weekdays
    is_one_span = max(one.first_day, other.first_day) <= min(one.last_day, other.last_day) + timedelta(days=1)
    is_one_time = max(one.from_minute, other.from_minute) <= min(one.to_minute, other.to_minute)
    says_both = (hours and week and is_one_span) or (days and week and is_one_time) or (days and hours)
    return both if says_both else None


def _client_of(database: Database, visit_id: int) -> int | None:
    found: int | None = database.value("SELECT client_id FROM visit WHERE id = ?", (visit_id,))
    return found


def _waits(database: Database, client_ids: Iterable[int | None]) -> bool:
    sql = "SELECT 1 FROM waitlist_entry WHERE client_id = ? AND status = 'waiting' LIMIT 1"
    return any(database.value(sql, (one,)) is not None for one in client_ids if one is not None)


@frozen
class _Stay:
    """A visit as it stands, or as it stood before an act; wall times."""

    booked_at: datetime
    """An instant."""
    client_id: int | None
    services: tuple[tuple[int, int], ...]
    """(service, master) of each that has a place of its own."""
    starts_at: datetime
    ends_at: datetime


def _visits_of(database: Database, changes: Sequence[RowChange]) -> list[int]:
    """The visits that are there and that an act has booked, moved or changed."""
    booked = json.dumps([change.row_id for change in changes if change.table == "booked_service"])
    visits = json.dumps([change.row_id for change in changes if change.table == "visit"])
    rows = database.rows(
        """
        SELECT visit_id FROM booked_service WHERE id IN (SELECT value FROM json_each(?))
        UNION SELECT id FROM visit WHERE id IN (SELECT value FROM json_each(?))
        """,
        (booked, visits),
    )
    return sorted(row[0] for row in rows)


def _stays(database: Database, visit_id: int, changes: Sequence[RowChange]) -> tuple[_Stay | None, _Stay | None]:
    """How a visit stands, and how it stood before an act with these ``changes``; None: nobody came."""
    ids = [row[0] for row in database.rows("SELECT id FROM booked_service WHERE visit_id = ?", (visit_id,))]
    services, visit = database.kept_rows("booked_service", ids), database.kept_rows("visit", [visit_id])
    stands = _stay(visit, services)
    for change in reversed(changes):
        told = {**(change.before or {}), **(change.after or {})}
        if change.table == "visit" and change.row_id == visit_id:
            _put_back(visit, change)
        elif change.table == "booked_service" and (change.row_id in services or told.get("visit_id") == visit_id):
            _put_back(services, change)
    return stands, _stay(visit, services)


def _put_back(rows: dict[int, dict[str, Any]], change: RowChange) -> None:
    if change.before is None:
        rows.pop(change.row_id, None)
    else:
        rows[change.row_id] = {**rows.get(change.row_id, {}), **change.before}


def _stay(visit: Mapping[int, Mapping[str, Any]], services: Mapping[int, Mapping[str, Any]]) -> _Stay | None:
    there = [one for one in services.values() if one["takes_time"]]
    row = next(iter(visit.values()), None)
    if row is None or not there or not row["hour_known"] or row["status"] not in LIVE_STATUSES:
        return None
    return _Stay(
        read_instant(row["created_at"]),
        row["client_id"],
        tuple((one["service_id"], one["staff_id"]) for one in there),
        min(read_wall(one["starts_at"]) for one in there),
        max(read_wall(one["ends_at"]) for one in there),
    )


def _meets(stay: _Stay | None, waiting: Waiting) -> bool:
    if stay is None or stay.client_id != waiting.client_id:
        return False
    if Counter(waiting.service_ids) - Counter(service_id for service_id, _staff in stay.services):
        return False
    by = {staff_id for service_id, staff_id in stay.services if service_id in waiting.service_ids}
    if waiting.staff_ids and by.isdisjoint(waiting.staff_ids):
        return False
    place = FreePlace(stay.starts_at, stay.ends_at, ())
    return any(window.holds(place) for window in waiting.windows)


def _has_waited_for_sooner(waiting: Waiting, stands: _Stay | None, stood: _Stay | None, zone: str) -> bool:
    """Whether a client who had this visit already when they began to wait comes sooner now."""
    if stands is None or stood is None:
        return False
    # To the minute: on the list in the same call in which the later visit was booked.
    return wall_time(stood.booked_at, zone) <= waiting.since and stands.starts_at < stood.starts_at
