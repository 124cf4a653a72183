"""Wishes of the waiting list that are met beside it: by a visit that was booked by hand, or twice on one card."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import combinations

from app import models
from app.frozen import frozen
from app.models.connection import Database
from app.models.kept import read_wall
from app.salon import journal
from app.salon.scheduling import overbooking, waitlist
from app.salon.scheduling.free_places import FreePlace
from app.salon.scheduling.waitlist import Waiting, Window
from app.salon.transaction import Salon, Work
from app.salon.typed import LONGEST_TEXT, text
from app.vocabulary import Action, WaitlistStatus

_BOOKS = frozenset({Action.VISIT_BOOKED, Action.GROUP_BOOKED, Action.SERIES_BOOKED})


@frozen
class MetWish:
    """A wish that stands on the list although the client has what they waited for."""

    entry_id: int
    visit_id: int
    client_name: str


def met_by(salon: Salon, entry_id: int) -> tuple[MetWish, ...]:
    """The wishes that a booking, by its journal entry, has met without ending them.

    A visit meets a wish when it has all of its services, at a time that suits, with one of the masters who were asked
    for. What was booked for somebody from the list has ended their wish already; what is taken back meets none.
    """
    database = salon.database
    if database.value("SELECT 1 FROM waitlist_entry WHERE status = 'waiting' LIMIT 1") is None:
        return ()
    if database.value("SELECT action FROM journal_entry WHERE id = ?", (entry_id,)) not in _BOOKS:
        return ()
    visits = [(visit_id, _client_of(database, visit_id)) for visit_id in journal.visits_of(database, entry_id)]
    if not _waits(database, {client_id for _visit, client_id in visits}):
        return ()
    met: dict[int, MetWish] = {}
    waiting = waitlist.listed(database, salon.profile.zone)
    for visit_id, client_id in visits:
        for one in waiting:
            if one.client_id == client_id and _is_met(database, visit_id, one):
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


def _is_met(database: Database, visit_id: int, waiting: Waiting) -> bool:
    rows = database.rows(
        "SELECT service_id, staff_id, starts_at, ends_at FROM booked_service WHERE visit_id = ? AND takes_time",
        (visit_id,),
    )
    if not rows or Counter(waiting.service_ids) - Counter(row[0] for row in rows):
        return False
    if waiting.staff_ids and not any(row[0] in waiting.service_ids and row[1] in waiting.staff_ids for row in rows):
        return False
    place = FreePlace(min(read_wall(row[2]) for row in rows), max(read_wall(row[3]) for row in rows), ())
    return any(window.holds(place) for window in waiting.windows)
