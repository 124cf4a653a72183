"""One master's day as it is read between two clients: who comes, what was agreed, what must not be forgotten."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from app.errors import Gone
from app.models.connection import Database
from app.models.kept import read_wall
from app.salon.checklists import steps as checklist
from app.salon.checklists.steps import Step
from app.salon.clients import answers, formulas
from app.salon.clients.card import CardAlert
from app.salon.clients.formulas import Formula
from app.salon.scheduling.intervals import Interval
from app.vocabulary import AlertKind, BlockKind, VisitStatus


@dataclass(frozen=True, slots=True)
class MyService:
    """A service of the visit that this master does. Wall times."""

    booked_id: int
    name: str
    starts_at: datetime
    ends_at: datetime
    colour: int
    """Index into the theme's category colours."""


@dataclass(frozen=True, slots=True)
class LastTime:
    """What was done at the client's last completed visit, by whom, and what was noted then."""

    day: date
    services: tuple[str, ...]
    masters: tuple[str, ...]
    comment: str


@dataclass(frozen=True, slots=True)
class MyVisit:
    """A visit in which this master does something."""

    visit_id: int
    client_id: int | None
    client_name: str
    """Empty for a walk-in without a card."""
    status: VisitStatus
    services: tuple[MyService, ...]
    """Only those of this master."""
    with_masters: tuple[str, ...]
    """Who else serves the client during this visit."""
    alerts: tuple[CardAlert, ...]
    wishes: str
    told: tuple[str, ...]
    """What the client said once: what they drink, a chat or silence."""
    not_asked: tuple[str, ...]
    """Questions of the card that are to be asked at this visit."""
    notes: str
    comment: str
    last_time: LastTime | None
    formula: Formula | None
    """The latest one for what this master does, of last time or already of this visit."""
    steps: tuple[Step, ...]
    """Of this master's services, by stage."""

    @property
    def starts_at(self) -> datetime:
        """When this master begins."""
        return self.services[0].starts_at

    @property
    def ends_at(self) -> datetime:
        """When this master is done."""
        return max(service.ends_at for service in self.services)

    @property
    def is_first(self) -> bool:
        """Whether the client has never been here before."""
        return self.client_id is not None and self.last_time is None

    @property
    def done_steps(self) -> int:
        """How many steps are ticked."""
        return sum(step.done_at is not None for step in self.steps)


@dataclass(frozen=True, slots=True)
class Pause:
    """Blocked time of the master."""

    starts_at: datetime
    ends_at: datetime
    kind: BlockKind
    reason: str


@dataclass(frozen=True, slots=True)
class MyDay:
    """One master's day, in the order of the clock."""

    staff_id: int
    name: str
    day: date
    shifts: tuple[Interval, ...]
    next_shift: Interval | None
    """The next one after this day."""
    visits: tuple[MyVisit, ...]
    pauses: tuple[Pause, ...]

    @property
    def next_visit(self) -> MyVisit | None:
        """The next client to be taken: expected, late, or already waiting."""
        return next((visit for visit in self.visits if visit.status in _NOT_BEGUN), None)

    @property
    def current_visit(self) -> MyVisit | None:
        """The client who is being served."""
        return next((visit for visit in self.visits if visit.status is VisitStatus.IN_SERVICE), None)


_NOT_BEGUN = frozenset({VisitStatus.BOOKED, VisitStatus.CONFIRMED, VisitStatus.ARRIVED})

_SERVICES = """
SELECT v.id, v.client_id, COALESCE(c.name, ''), v.status, COALESCE(c.wishes, ''), COALESCE(c.notes, ''), v.comment,
       b.id, s.name, b.starts_at, b.ends_at, g.colour,
       (SELECT json_group_array(name) FROM (
           SELECT DISTINCT m.name FROM booked_service o JOIN staff_member m ON m.id = o.staff_id
           WHERE o.visit_id = v.id AND o.staff_id <> b.staff_id ORDER BY o.starts_at)),
       s.category_id, b.staff_id
FROM booked_service b
JOIN visit v ON v.id = b.visit_id
JOIN service s ON s.id = b.service_id
JOIN service_category g ON g.id = s.category_id
LEFT JOIN client c ON c.id = v.client_id
WHERE b.staff_id IN (SELECT value FROM json_each(?)) AND b.starts_at >= ? AND b.starts_at < ?
  AND b.takes_time AND v.hour_known AND v.status <> 'cancelled'
ORDER BY b.starts_at, b.position, b.id
"""

_LAST_TIMES = """
SELECT v.client_id, v.day, v.comment, s.name, m.name
FROM json_each(?) asked
JOIN visit v ON v.id = (
    SELECT p.id FROM visit p WHERE p.client_id = asked.value AND p.status = 'completed' AND p.day < ?
    ORDER BY p.day DESC, p.id DESC LIMIT 1)
JOIN booked_service b ON b.visit_id = v.id
JOIN service s ON s.id = b.service_id
JOIN staff_member m ON m.id = b.staff_id
ORDER BY v.client_id, b.starts_at, b.position, b.id
"""


_SHIFTS = """
SELECT staff_id, starts_at, ends_at FROM shift
WHERE staff_id IN (SELECT value FROM json_each(?)) AND day = ? ORDER BY starts_at
"""

_NEXT_SHIFTS = """
SELECT h.staff_id, h.starts_at, h.ends_at
FROM json_each(?) asked
JOIN shift h ON h.id = (
    SELECT n.id FROM shift n WHERE n.staff_id = asked.value AND n.day > ? ORDER BY n.day, n.starts_at LIMIT 1)
"""


def of_master(database: Database, staff_id: int, day: date) -> MyDay:
    """The master's ``day``: thirteen queries, however many visits. Raises Gone when there is no such master."""
    return of_masters(database, [staff_id], day)[0]


def of_masters(database: Database, staff_ids: Sequence[int], day: date) -> list[MyDay]:
    """The ``day`` of these masters, in their order: thirteen queries, however many they are. Raises Gone."""
    asked = json.dumps(list(staff_ids))
    names = dict(
        database.rows("SELECT id, name FROM staff_member WHERE id IN (SELECT value FROM json_each(?))", (asked,))
    )
    if not names.keys() >= set(staff_ids):
        raise Gone
    rows = database.rows(_SERVICES, (asked, f"{day.isoformat()} 00:00", f"{day.isoformat()} 24:00"))
    clients = sorted({row[1] for row in rows if row[1] is not None})
    known = _Known(
        _alerts(database, clients),
        _last_times(database, clients, day),
        formulas.latest_of(database, [(row[1], row[13]) for row in rows if row[1] is not None], day),
        _steps(database, rows),
        answers.told_by(database, clients),
        answers.missing_at(database, {row[0] for row in rows}, day),
    )
    shifts = _shifts(database.rows(_SHIFTS, (asked, day.isoformat())))
    following = _shifts(database.rows(_NEXT_SHIFTS, (asked, day.isoformat())))
    pauses = _pauses(database, asked, day)
    return [
        MyDay(
            staff_id=staff_id,
            name=names[staff_id],
            day=day,
            shifts=tuple(shifts.get(staff_id, ())),
            next_shift=next(iter(following.get(staff_id, ())), None),
            visits=_visits([row for row in rows if row[14] == staff_id], known),
            pauses=tuple(pauses.get(staff_id, ())),
        )
        for staff_id in staff_ids
    ]


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of those who come on a day: by client, by client and category of services, or by visit."""

    alerts: Mapping[int, tuple[CardAlert, ...]]
    last_times: Mapping[int, LastTime]
    mixed: Mapping[tuple[int, int], Formula]
    steps: Mapping[int, list[Step]]
    told: Mapping[int, tuple[str, ...]]
    not_asked: Mapping[int, tuple[str, ...]]


def _visits(rows: Sequence[tuple[Any, ...]], known: _Known) -> tuple[MyVisit, ...]:
    by_visit: dict[int, list[tuple[Any, ...]]] = {}
    for row in rows:
        by_visit.setdefault(row[0], []).append(row)
    return tuple(
        MyVisit(
            visit_id=visit_id,
            client_id=mine[0][1],
            client_name=mine[0][2],
            status=VisitStatus(mine[0][3]),
            services=tuple(
                MyService(booked, name, read_wall(starts), read_wall(ends), colour)
                for booked, name, starts, ends, colour in (row[7:12] for row in mine)
            ),
            with_masters=tuple(json.loads(mine[0][12])),
            alerts=known.alerts.get(mine[0][1], ()),
            wishes=mine[0][4],
            told=known.told.get(mine[0][1], ()),
            not_asked=known.not_asked.get(visit_id, ()),
            notes=mine[0][5],
            comment=mine[0][6],
            last_time=known.last_times.get(mine[0][1]),
            formula=next((known.mixed[row[1], row[13]] for row in mine if (row[1], row[13]) in known.mixed), None),
            steps=tuple(step for step in known.steps.get(visit_id, ()) if step.booked_id in {row[7] for row in mine}),
        )
        for visit_id, mine in by_visit.items()
    )


def _steps(database: Database, rows: Sequence[tuple[Any, ...]]) -> dict[int, list[Step]]:
    found = checklist.of_visits(database, sorted({row[0] for row in rows}))
    return {visit_id: list(steps) for visit_id, steps in groupby(found, key=lambda step: step.visit_id)}


def _alerts(database: Database, clients: Sequence[int]) -> dict[int, tuple[CardAlert, ...]]:
    rows = database.rows(
        """
        SELECT client_id, id, kind, text FROM alert
        WHERE client_id IN (SELECT value FROM json_each(?)) AND archived_at IS NULL ORDER BY client_id, id
        """,
        (json.dumps(clients),),
    )
    return {
        client: tuple(CardAlert(alert, AlertKind(kind), text) for _client, alert, kind, text in mine)
        for client, mine in groupby(rows, key=lambda row: row[0])
    }


def _last_times(database: Database, clients: Sequence[int], before: date) -> dict[int, LastTime]:
    found: dict[int, LastTime] = {}
    rows = database.rows(_LAST_TIMES, (json.dumps(clients), before.isoformat()))
    for client, group in groupby(rows, key=lambda row: row[0]):
        mine = list(group)
        found[client] = LastTime(
            day=date.fromisoformat(mine[0][1]),
            services=tuple(row[3] for row in mine),
            masters=tuple(dict.fromkeys(row[4] for row in mine)),
            comment=mine[0][2],
        )
    return found


def _shifts(rows: Sequence[tuple[Any, ...]]) -> dict[int, list[Interval]]:
    found: dict[int, list[Interval]] = {}
    for staff_id, starts, ends in rows:
        found.setdefault(staff_id, []).append(Interval(read_wall(starts), read_wall(ends)))
    return found


def _pauses(database: Database, asked: str, day: date) -> dict[int, list[Pause]]:
    rows = database.rows(
        """
        SELECT staff_id, starts_at, ends_at, kind, reason FROM block
        WHERE staff_id IN (SELECT value FROM json_each(?)) AND day = ? ORDER BY starts_at
        """,
        (asked, day.isoformat()),
    )
    found: dict[int, list[Pause]] = {}
    for staff_id, starts, ends, kind, reason in rows:
        found.setdefault(staff_id, []).append(Pause(read_wall(starts), read_wall(ends), BlockKind(kind), reason))
    return found
