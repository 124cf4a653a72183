"""The list of calls of an absence: each client with a proposal, until every visit is settled.

A visit stays where it is until its client agreed. Whether it is settled is read from the visit itself, so the list
survives a restart, and undo of a move puts its line back. Where several masters are away there are several lists;
``replacements`` finds the places that their clients are offered.
"""

import json
from dataclasses import dataclass, replace
from datetime import date, datetime

from app import models
from app.errors import Gone, NothingToUndo
from app.models.connection import Database
from app.models.kept import read_instant, read_wall
from app.salon import journal, undo
from app.salon.scheduling import booking, replacements
from app.salon.scheduling.booking import BookingRequest
from app.salon.scheduling.places import one_after_another
from app.salon.scheduling.replacements import STANDS, Proposal
from app.salon.transaction import Salon, Work
from app.salon.typed import text
from app.vocabulary import LIVE_STATUSES, AbsenceKind, Action, CallState, CancelReason, VisitStatus

_OPEN = frozenset({VisitStatus.BOOKED, VisitStatus.CONFIRMED, VisitStatus.ARRIVED})


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
        proposals = dict(replacements.each(salon, absence_id))
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

# The absences come first, for they are few: of all calls that were ever made only those of the open ones are read.
_OPEN_LISTS = f"""
SELECT a.id, a.staff_id, m.name, COUNT(*)
FROM absence a JOIN staff_member m ON m.id = a.staff_id CROSS JOIN absence_call k CROSS JOIN visit v
WHERE a.last_day >= ? AND k.absence_id = a.id AND v.id = k.visit_id AND {STANDS}
GROUP BY a.id ORDER BY a.first_day, m.position, a.id
"""

_TO_SETTLE = f"""
SELECT v.id FROM absence_call k JOIN absence a ON a.id = k.absence_id JOIN visit v ON v.id = k.visit_id
WHERE v.day BETWEEN ? AND ? AND {STANDS}
"""
