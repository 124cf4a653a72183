"""The list of calls of an absence: each client with a proposal, until every visit is settled.

A visit stays where it is until its client agreed. Whether it is settled is read from the visit itself, so the list
survives a restart, and undo of a move puts its line back. Where several masters are away there are several lists; the
earlier one chooses first, so that what it said on the phone stays true when another is opened.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from app import models
from app.errors import Gone, NothingToUndo
from app.models.connection import Database
from app.models.kept import read_instant, read_wall
from app.salon import journal, undo
from app.salon.scheduling import booking, elsewhere, free_places, places
from app.salon.scheduling.availability import MasterDay
from app.salon.scheduling.booking import BookingRequest
from app.salon.scheduling.day_book import MasterMinutes, able_masters, master_minutes, rooms_day
from app.salon.scheduling.free_places import FreePlace, PlaceSearch, WantedService
from app.salon.scheduling.intervals import Interval
from app.salon.scheduling.places import (
    DayBooks,
    PlannedService,
    StandingVisit,
    one_after_another,
    why_not,
    without,
)
from app.salon.scheduling.promised import Promised
from app.salon.scheduling.standing import ServiceWish, kept, services_of
from app.salon.transaction import Salon, Work
from app.salon.typed import text
from app.vocabulary import LIVE_STATUSES, AbsenceKind, Action, CallState, CancelReason, Replacement, VisitStatus

DAYS_AHEAD = 42
"""How far after the absence the same master's next place is looked for."""
_OPEN = frozenset({VisitStatus.BOOKED, VisitStatus.CONFIRMED, VisitStatus.ARRIVED})


@dataclass(frozen=True, slots=True)
class Proposal:
    """Where a visit could go; every part of it has passed the validator."""

    kind: Replacement
    starts_at: datetime
    planned: tuple[PlannedService, ...]
    masters: tuple[str, ...]
    """Who would serve the client, each named once."""


@dataclass(frozen=True, slots=True)
class Call:
    """One client to call. Times are wall times; ``starts_at`` is where the visit stands now."""

    visit_id: int
    client_id: int | None
    client_name: str
    """Empty for a walk-in without a card."""
    phone: str
    service_names: tuple[str, ...]
    masters: tuple[str, ...]
    starts_at: datetime
    status: VisitStatus
    state: CallState
    called_at: datetime | None
    """When nobody answered last, as an instant."""
    proposal: Proposal | None = None
    """None when the visit is settled, or when no place was found."""

    @property
    def is_settled(self) -> bool:
        """Whether nothing is left to be done."""
        return self.state not in (CallState.TO_CALL, CallState.NO_ANSWER)


@dataclass(frozen=True, slots=True)
class CallList:
    """Everybody whom an absence concerned, by the hour of their visit."""

    absence_id: int
    staff_id: int
    staff_name: str
    kind: AbsenceKind
    first: date
    last: date
    calls: tuple[Call, ...]

    @property
    def settled(self) -> int:
        """How many are settled."""
        return sum(one.is_settled for one in self.calls)


@dataclass(frozen=True, slots=True)
class OpenList:
    """An absence with clients who are still to be called."""

    absence_id: int
    staff_id: int
    staff_name: str
    to_call: int


def of_absence(salon: Salon, absence_id: int, *, with_proposals: bool = True) -> CallList:
    """The list of calls of an absence as it stands now. Raises Gone.

    No place is proposed to two clients, whether they are on this list or on an earlier one that is still open, and to
    nobody a place while they have another visit.
    """
    database = salon.database
    found = database.row(
        """
        SELECT a.staff_id, m.name, a.kind, a.first_day, a.last_day
        FROM absence a JOIN staff_member m ON m.id = a.staff_id WHERE a.id = ?
        """,
        (absence_id,),
    )
    if found is None:
        raise Gone
    staff_id, name, kind, first, last = found
    days = (date.fromisoformat(first), date.fromisoformat(last))
    calls = [_call(row, staff_id, days) for row in database.rows(_CALLS, (absence_id,))]
    if with_proposals:
        proposals = _proposals(salon, absence_id)
        calls = [replace(one, proposal=proposals.get(one.visit_id)) for one in calls]
    return CallList(absence_id, staff_id, name, AbsenceKind(kind), *days, tuple(calls))


def open_lists(database: Database, today: date) -> list[OpenList]:
    """The absences with clients who are still to be called, by their first day. One query."""
    rows = database.rows(_OPEN_LISTS, (today.isoformat(),))
    return [OpenList(*row) for row in rows]


def to_settle(database: Database, first: date, last: date) -> frozenset[int]:
    """The visits from ``first`` to ``last`` whose master is absent and whose client was not settled yet."""
    rows = database.rows(_TO_SETTLE, (first.isoformat(), last.isoformat()))
    return frozenset(row[0] for row in rows)


def accept(work: Work, visit_id: int, proposal: Proposal) -> None:
    """The client agreed: the visit goes where it was proposed, checked once more.

    Raises Gone and what ``booking.change`` raises.
    """
    row = work.database.row("SELECT client_id, comment FROM visit WHERE id = ?", (visit_id,))
    if row is None:
        raise Gone
    booking.change(
        work, visit_id, BookingRequest(row[0], one_after_another(proposal.starts_at, proposal.planned), row[1])
    )


def cancel(work: Work, visit_id: int) -> None:
    """The client wants no other place: cancelled because the master is absent. Raises what ``booking.cancel`` does."""
    booking.cancel(work, visit_id, CancelReason.MASTER_ABSENT)


def note_no_answer(work: Work, absence_id: int, visit_id: int) -> None:
    """Somebody called and nobody answered; the line stays. Raises Gone."""
    row = work.database.row(
        "SELECT k.id, v.client_id FROM absence_call k JOIN visit v ON v.id = k.visit_id"
        " WHERE k.absence_id = ? AND k.visit_id = ?",
        (absence_id, visit_id),
    )
    if row is None:
        raise Gone
    work.tell(Action.CLIENT_NOT_REACHED, visit=visit_id, client=row[1])
    work.update(models.AbsenceCall, row[0], called_at=work.now)


def take_back(work: Work, visit_id: int, *, unwanted_reason: str = "") -> None:
    """Put a settled visit back to where it was: the last act since the absence that gave its place up is undone.

    A cancelled one is booked once more: for a client whom the salon does not want to book that takes an
    ``unwanted_reason`` (DoNotBook). Raises NothingToUndo, and what undoing an act raises: ChangedSince when it was
    settled by an act on many visits.
    """
    entries = work.database.rows(
        """
        SELECT j.id, j.changes FROM journal_entry j WHERE j.visit = ?
          AND j.at >= (SELECT MIN(a.created_at) FROM absence_call k JOIN absence a ON a.id = k.absence_id
                       WHERE k.visit_id = j.visit)
          AND NOT EXISTS (SELECT 1 FROM journal_entry u WHERE u.undoes = j.id) ORDER BY j.id DESC
        """,
        (visit_id,),
    )
    found = next(
        (
            entry_id
            for entry_id, changes in entries
            if _gives_up_a_place(changes) and _done_by(work.database, entry_id) not in (None, Action.VISIT_RESIZED)
        ),
        None,
    )
    if found is None:
        raise NothingToUndo
    status, client_id = work.database.rows("SELECT status, client_id FROM visit WHERE id = ?", (visit_id,))[0]
    unwanted = text(unwanted_reason)
    if VisitStatus(status) not in LIVE_STATUSES:
        booking.refuse_unwanted(work, client_id, unwanted)
    if unwanted:
        work.tell(Action.UNDONE, visit=visit_id, client=client_id, note=f"{Action.VISIT_CANCELLED}: {unwanted}")
    undo.take_back(work, found)


def _done_by(database: Database, entry_id: int) -> Action | None:
    """What an entry of the journal did, or did again; None when it took something back."""
    is_redo = True
    while True:
        action, undoes = database.rows("SELECT action, undoes FROM journal_entry WHERE id = ?", (entry_id,))[0]
        if undoes is None:
            return Action(action) if is_redo else None
        entry_id, is_redo = undoes, not is_redo


def _gives_up_a_place(changes: str) -> bool:
    return any(one.table == "occupancy" and one.after is None for one in journal.read_changes(changes))


# ---- parts ---------------------------------------------------------------------------------------------------


def _call(row: tuple[object, ...], staff_id: int, days: tuple[date, date]) -> Call:
    visit_id, client_id, client, phone, word, day, called_at, text = row
    services: list[tuple[str, str, int, str]] = [tuple(one) for one in json.loads(str(text))]
    status = VisitStatus(str(word))
    stands = any(one[2] == staff_id for one in services) and days[0] <= date.fromisoformat(str(day)) <= days[1]
    state = _state(status, stands=stands, was_called=called_at is not None)
    return Call(
        visit_id=int(str(visit_id)),
        client_id=None if client_id is None else int(str(client_id)),
        client_name=str(client),
        phone=str(phone or ""),
        service_names=tuple(one[1] for one in services),
        masters=tuple(dict.fromkeys(one[3] for one in services)),
        starts_at=read_wall(min(one[0] for one in services)),
        status=status,
        state=state,
        called_at=None if called_at is None else read_instant(str(called_at)),
    )


def _state(status: VisitStatus, *, stands: bool, was_called: bool) -> CallState:
    if status in (VisitStatus.CANCELLED, VisitStatus.NO_SHOW):
        return CallState.CANCELLED
    if not stands:
        return CallState.MOVED
    if status not in _OPEN:
        return CallState.TAKEN_PLACE
    return CallState.NO_ANSWER if was_called else CallState.TO_CALL


@dataclass(frozen=True, slots=True)
class _Open:
    """A visit whose client is to be called, with what all open lists say about it."""

    standing: StandingVisit
    absent: frozenset[int]
    """Its masters who are away; both, where two of them are."""
    after: date
    """The first day on which all of them are back."""


def _proposals(salon: Salon, absence_id: int) -> dict[int, Proposal]:
    """A place for each visit that is to be settled, on this list and on those before it; each of them only once."""
    lists: defaultdict[int, list[int]] = defaultdict(list)
    absent: defaultdict[int, set[int]] = defaultdict(set)
    last: dict[int, date] = {}
    for listed, staff_id, last_day, visit_id in salon.database.rows(_TO_CALL, (absence_id, salon.today().isoformat())):
        if visit_id not in absent:
            lists[listed].append(visit_id)
        absent[visit_id].add(staff_id)
        last[visit_id] = max(last.get(visit_id, date.min), date.fromisoformat(last_day))
    mine = [one for one in lists if one <= absence_id]
    visits = {
        visit_id: _Open(
            places.standing(salon.database, visit_id), frozenset(absent[visit_id]), last[visit_id] + timedelta(days=1)
        )
        for listed in mine
        for visit_id in lists[listed]
    }
    search = _Search(salon, visits)
    found: dict[int, Proposal] = {}
    for listed in mine:
        found |= search.proposals(lists[listed])
    return found


class _Search:
    """Looks for other places for the visits of the open lists, a place of its own for each."""

    def __init__(self, salon: Salon, visits: dict[int, _Open]) -> None:
        self._database = salon.database
        self._profile = salon.profile
        self._now = salon.wall_now()
        self._visits = visits
        self._able: dict[int, tuple[int, ...]] = {}
        self._names: dict[int, str] = dict(self._database.rows("SELECT id, name FROM staff_member"))
        self._promised = Promised()
        self._days = DayBooks(self._database)
        """The masters' days as they stand: read once for all of these visits."""
        self._own_masters = {each.staff_id for one in visits.values() for each in one.standing.planned}
        self._later: dict[date, MasterMinutes] = {}
        """The weeks after an absence, in which none of these visits stands: read once for all of them."""
        clients = {one.standing.client_id for one in visits.values()}
        self._busy = elsewhere.of_clients(self._database, clients, self._now.date())

    def proposals(self, visit_ids: Sequence[int]) -> dict[int, Proposal]:
        """The best place for each visit: at its time with another master, else near it, else later with its own.

        Whoever can keep their hour keeps it; among those who cannot, the first of the list chooses first.
        """
        found: dict[int, Proposal] = {}
        for look in (self._same_time, self._same_day, self._same_master):
            for visit_id in visit_ids:
                if visit_id in found:
                    continue
                proposal = look(visit_id, self._visits[visit_id])
                if proposal is not None:
                    found[visit_id] = proposal
                    self._promise(visit_id, proposal)
        return found

    def _promise(self, visit_id: int, proposal: Proposal) -> None:
        """Nobody else is offered this place, and its client nothing else at that time."""
        wishes = one_after_another(proposal.starts_at, proposal.planned)
        stood = kept(services_of(self._database, visit_id), wishes)
        rooms = rooms_day(self._database, proposal.starts_at.date(), ignoring_visit=visit_id)
        self._promised = self._promised.with_place(wishes, stood, rooms)
        client_id = self._visits[visit_id].standing.client_id
        if client_id is not None:
            self._busy[client_id] += [(visit_id, Interval(one.starts_at, one.ends_at)) for one in wishes]

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


_STANDS = """v.status IN ('booked', 'confirmed', 'arrived') AND v.day BETWEEN a.first_day AND a.last_day AND EXISTS (
    SELECT 1 FROM booked_service b WHERE b.visit_id = v.id AND b.staff_id = a.staff_id AND b.takes_time)"""

_CALLS = """
SELECT v.id, v.client_id, COALESCE(c.name, ''),
       (SELECT p.value FROM contact_point p WHERE p.client_id = c.id AND p.kind = 'phone'
        ORDER BY p.is_preferred DESC, p.id LIMIT 1),
       v.status, v.day, k.called_at,
       (SELECT json_group_array(json_array(starts_at, service, staff_id, master)) FROM (
           SELECT b.starts_at, s.name AS service, b.staff_id, m.name AS master
           FROM booked_service b JOIN service s ON s.id = b.service_id JOIN staff_member m ON m.id = b.staff_id
           WHERE b.visit_id = v.id AND b.takes_time ORDER BY b.starts_at, b.position, b.id))
FROM absence_call k JOIN visit v ON v.id = k.visit_id LEFT JOIN client c ON c.id = v.client_id
WHERE k.absence_id = ? ORDER BY k.id
"""

_TO_CALL = f"""
SELECT a.id, a.staff_id, a.last_day, v.id
FROM absence a JOIN absence_call k ON k.absence_id = a.id JOIN visit v ON v.id = k.visit_id
WHERE (a.id = ? OR a.last_day >= ?) AND {_STANDS} ORDER BY a.id, k.id
"""

_OPEN_LISTS = f"""
SELECT a.id, a.staff_id, m.name, COUNT(*)
FROM absence a JOIN staff_member m ON m.id = a.staff_id
JOIN absence_call k ON k.absence_id = a.id JOIN visit v ON v.id = k.visit_id
WHERE a.last_day >= ? AND {_STANDS} GROUP BY a.id ORDER BY a.first_day, m.position, a.id
"""

_TO_SETTLE = f"""
SELECT v.id FROM absence_call k JOIN absence a ON a.id = k.absence_id JOIN visit v ON v.id = k.visit_id
WHERE v.day BETWEEN ? AND ? AND {_STANDS}
"""
