"""The list of calls of an absence: each client with a proposal, until every visit is settled.

A visit stays where it is until its client agreed. Whether it is settled is read from the visit itself, so the list
survives a restart, and undo of a move puts its line back.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from app import models
from app.errors import Gone, NothingToUndo
from app.models.connection import Database
from app.models.kept import read_instant, read_wall
from app.salon import undo
from app.salon.scheduling import booking, free_places, held
from app.salon.scheduling.availability import Wish, refusal
from app.salon.scheduling.booking import BookingRequest, ServiceWish
from app.salon.scheduling.day_book import able_masters
from app.salon.scheduling.free_places import FreePlace, PlaceSearch, WantedService
from app.salon.scheduling.held import HeldVisit
from app.salon.scheduling.places import DayBooks
from app.salon.transaction import Salon, Work
from app.vocabulary import AbsenceKind, Action, CallState, CancelReason, Replacement, VisitStatus

DAYS_AHEAD = 42
"""How far after the absence the same master's next place is looked for."""
_OPEN = frozenset({VisitStatus.BOOKED, VisitStatus.CONFIRMED, VisitStatus.ARRIVED})
_SETTLING = (Action.VISIT_CHANGED, Action.VISIT_MOVED, Action.VISIT_CANCELLED)


@dataclass(frozen=True, slots=True)
class Proposal:
    """Where a visit could go; every part of it has passed the validator."""

    kind: Replacement
    services: tuple[ServiceWish, ...]
    masters: tuple[str, ...]
    """Who would serve the client, each named once."""

    @property
    def starts_at(self) -> datetime:
        """When the visit would begin."""
        return min(one.starts_at for one in self.services)


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
    proposal: Proposal | None
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
    """The list of calls of an absence as it stands now. Raises Gone."""
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
    search = _Search(salon, staff_id, days[1]) if with_proposals else None
    calls = tuple(_call(row, staff_id, days, search) for row in database.rows(_CALLS, (absence_id,)))
    return CallList(absence_id, staff_id, name, AbsenceKind(kind), *days, calls)


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
    booking.change(work, visit_id, BookingRequest(row[0], proposal.services, row[1]))


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


def take_back(work: Work, visit_id: int) -> None:
    """Put a settled visit back to where it was. Raises NothingToUndo, ChangedSince and what undoing an act raises."""
    found = work.database.value(
        f"""
        SELECT MAX(j.id) FROM journal_entry j WHERE j.visit = ? AND j.action IN ({", ".join("?" * len(_SETTLING))})
          AND NOT EXISTS (SELECT 1 FROM journal_entry u WHERE u.undoes = j.id)
        """,
        (visit_id, *_SETTLING),
    )
    if found is None:
        raise NothingToUndo
    undo.take_back(work, int(found))


# ---- parts ---------------------------------------------------------------------------------------------------


def _call(row: tuple[object, ...], staff_id: int, days: tuple[date, date], search: "_Search | None") -> Call:
    visit_id, client_id, client, phone, word, day, called_at, text = row
    services: list[tuple[str, str, int, str]] = [tuple(one) for one in json.loads(str(text))]
    status = VisitStatus(str(word))
    stands = any(one[2] == staff_id for one in services) and days[0] <= date.fromisoformat(str(day)) <= days[1]
    state = _state(status, stands=stands, was_called=called_at is not None)
    is_open = state in (CallState.TO_CALL, CallState.NO_ANSWER)
    number = int(str(visit_id))
    return Call(
        visit_id=number,
        client_id=None if client_id is None else int(str(client_id)),
        client_name=str(client),
        phone=str(phone or ""),
        service_names=tuple(one[1] for one in services),
        masters=tuple(dict.fromkeys(one[3] for one in services)),
        starts_at=read_wall(min(one[0] for one in services)),
        status=status,
        state=state,
        called_at=None if called_at is None else read_instant(str(called_at)),
        proposal=search.proposal(number) if is_open and search is not None else None,
    )


def _state(status: VisitStatus, *, stands: bool, was_called: bool) -> CallState:
    if status in (VisitStatus.CANCELLED, VisitStatus.NO_SHOW):
        return CallState.CANCELLED
    if not stands:
        return CallState.MOVED
    if status not in _OPEN:
        return CallState.TAKEN_PLACE
    return CallState.NO_ANSWER if was_called else CallState.TO_CALL


class _Search:
    """Looks for other places for the visits of one absence."""

    def __init__(self, salon: Salon, staff_id: int, last: date) -> None:
        self._database = salon.database
        self._profile = salon.profile
        self._now = salon.wall_now()
        self._staff_id = staff_id
        self._after = last + timedelta(days=1)
        self._able: dict[int, tuple[int, ...]] = {}
        self._names: dict[int, str] = dict(self._database.rows("SELECT id, name FROM staff_member"))

    def proposal(self, visit_id: int) -> Proposal | None:
        """The best place for a visit: at its time with another master, else near it, else later with its own."""
        visit = held.hold(self._database, visit_id)
        prices = self._database.rows(_PRICES, (visit_id,))
        wishes = [replace(one.wish, price=row[0]) for one, row in zip(visit.services, prices, strict=True)]
        return self._same_time(visit, wishes) or self._same_day(visit, wishes) or self._same_master(visit, wishes)

    def _same_time(self, visit: HeldVisit, wishes: Sequence[ServiceWish]) -> Proposal | None:
        if visit.starts_at < self._now:
            return None
        books = DayBooks(self._database, ignoring_visit=visit.visit_id)
        services: list[ServiceWish] = []
        for one, wish in zip(visit.services, wishes, strict=True):
            chosen = next((staff for staff in self._masters(wish) if self._fits(books, one.name, wish, staff)), None)
            if chosen is None or any(_meets(other, wish, chosen) for other in services):
                return None
            services.append(replace(wish, staff_id=chosen))
        return self._proposed(Replacement.SAME_TIME, services)

    def _same_day(self, visit: HeldVisit, wishes: Sequence[ServiceWish]) -> Proposal | None:
        places = self._find(visit, wishes, {one: self._masters(one) for one in wishes}, visit.starts_at.date(), 1)
        if not places:
            return None
        nearest = min(places, key=lambda place: abs(place.starts_at - visit.starts_at))
        return self._proposed(Replacement.SAME_DAY, _moved(nearest, wishes))

    def _same_master(self, visit: HeldVisit, wishes: Sequence[ServiceWish]) -> Proposal | None:
        own = {one: (one.staff_id,) for one in wishes}
        places = self._find(visit, wishes, own, self._after, DAYS_AHEAD)
        return self._proposed(Replacement.SAME_MASTER, _moved(places[0], wishes)) if places else None

    def _find(
        self,
        visit: HeldVisit,
        wishes: Sequence[ServiceWish],
        masters: dict[ServiceWish, tuple[int, ...]],
        first: date,
        days: int,
    ) -> list[FreePlace]:
        wanted = tuple(
            WantedService(wish.service_id, one.name, wish.lengths, wish.price, masters[wish])
            for one, wish in zip(visit.services, wishes, strict=True)
        )
        search = PlaceSearch(wanted, first, days, visit_id=visit.visit_id)
        return free_places.find(
            self._database,
            search,
            not_before=self._now,
            step_minutes=self._profile.step_minutes,
            zone=self._profile.zone,
        )

    def _masters(self, wish: ServiceWish) -> tuple[int, ...]:
        """Who may do it instead; a service of somebody else stays with them."""
        if wish.staff_id != self._staff_id:
            return (wish.staff_id,)
        if wish.service_id not in self._able:
            self._able[wish.service_id] = tuple(able_masters(self._database, wish.service_id))
        return tuple(staff for staff in self._able[wish.service_id] if staff != self._staff_id)

    def _fits(self, books: DayBooks, name: str, wish: ServiceWish, staff_id: int) -> bool:
        day = books.of(staff_id, wish.starts_at.date())
        return refusal(day, Wish(wish.service_id, name, wish.starts_at, wish.lengths)) is None

    def _proposed(self, kind: Replacement, services: Sequence[ServiceWish]) -> Proposal:
        masters = tuple(dict.fromkeys(self._names[one.staff_id] for one in services))
        return Proposal(kind, tuple(services), masters)


def _meets(other: ServiceWish, wish: ServiceWish, staff_id: int) -> bool:
    """Whether one master would have two services of the visit at once."""
    return other.staff_id == staff_id and other.starts_at < wish.ends_at and wish.starts_at < other.ends_at


def _moved(place: FreePlace, wishes: Sequence[ServiceWish]) -> list[ServiceWish]:
    """The services in a row from the place's start, each with its master there."""
    start = place.starts_at
    moved: list[ServiceWish] = []
    for wish, staff_id in zip(wishes, place.staff_ids, strict=True):
        moved.append(replace(wish, staff_id=staff_id, starts_at=start))
        start += timedelta(minutes=wish.lengths.total)
    return moved


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

_PRICES = """
SELECT b.price FROM booked_service b JOIN service s ON s.id = b.service_id
WHERE b.visit_id = ? AND b.takes_time ORDER BY b.starts_at, b.position, b.id
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
