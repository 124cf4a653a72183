"""What the calendar shows of a day or a week, as frozen values: one reading, a fixed number of queries."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, TypeVar

from app.frozen import frozen
from app.models.connection import Database
from app.models.kept import read_instant, read_wall
from app.salon.scheduling.intervals import Interval, Lengths
from app.vocabulary import LIVE_STATUSES, AbsenceKind, AlertKind, BlockKind, RoomKind, VisitStatus

_STATUSES = {status.value: status for status in VisitStatus}
"""By the word that the database keeps: a day has hundreds of them."""
_LENGTHS_KEPT = 500


@frozen
class AgendaEntry:
    """One booked service as a tile of the calendar."""

    booked_id: int
    visit_id: int
    staff_id: int
    starts_at: datetime
    ends_at: datetime
    lengths: Lengths
    service_id: int
    service_name: str
    colour: int
    """Index into the theme's category colours."""
    price: int | None
    client_id: int | None
    client_name: str
    """Empty for a walk-in without a card."""
    status: VisitStatus
    is_first_visit: bool
    alerts: tuple[AlertKind, ...]
    has_note: bool
    overbooked_reason: str
    part: int
    """Which service of the visit this is, from 1."""
    parts: int
    is_asked_for: bool = False
    """Whether the client asked for this very master."""
    group_id: int | None = None
    """The visits that come together; None also where only one of them is left who comes on that day."""
    series_id: int | None = None
    room_ids: tuple[int, ...] = ()
    """The rooms, chairs and machines that it takes."""
    awaits_call: bool = False
    """Whether its master is absent and its client is still to be called."""
    do_not_book: bool = False
    """Whether the salon does not want to book this client again."""


@frozen
class AgendaBlock:
    """Blocked time as the calendar shows it."""

    block_id: int
    staff_id: int
    starts_at: datetime
    ends_at: datetime
    kind: BlockKind
    reason: str


@frozen
class AgendaHold:
    """A place that is held for some minutes while somebody calls."""

    hold_id: int
    staff_id: int
    starts_at: datetime
    ends_at: datetime
    expires_at: datetime
    """When it is free again (aware)."""
    client_name: str
    """For whom; empty when nobody is named."""


@frozen
class MasterColumn:
    """A master with the working hours of the day."""

    staff_id: int
    name: str
    title: str
    shifts: tuple[Interval, ...]
    booked_minutes: int
    shift_minutes: int
    absence: AbsenceKind | None = None
    """Why the master is absent that day, though the roster says otherwise."""

    @property
    def load_percent(self) -> int | None:
        """Booked share of the working time; None when the master does not work that day."""
        return None if self.shift_minutes == 0 else round(100 * self.booked_minutes / self.shift_minutes)


@frozen
class DayAgenda:
    """One day of the salon."""

    day: date
    masters: tuple[MasterColumn, ...]
    entries: tuple[AgendaEntry, ...]
    blocks: tuple[AgendaBlock, ...]
    holds: tuple[AgendaHold, ...] = ()

    @property
    def visits(self) -> int:
        """How many visits take place or took place."""
        return len({entry.visit_id for entry in self.entries if entry.status in LIVE_STATUSES})

    @property
    def load_percent(self) -> int | None:
        """Booked share of all working time of the day."""
        worked = sum(master.shift_minutes for master in self.masters)
        return None if worked == 0 else round(100 * sum(m.booked_minutes for m in self.masters) / worked)


@frozen
class RoomColumn:
    """A room, a chair or a machine as a column of the calendar."""

    room_id: int
    name: str
    kind: RoomKind
    is_in_use: bool = True
    """Whether somebody can be booked there; else it only keeps what takes it that day."""


@frozen
class RoomTaken:
    """When a room is taken, and by which booked service."""

    room_id: int
    booked_id: int
    interval: Interval


@frozen
class RoomsOfDay:
    """The rooms of the salon, and what takes them on one day."""

    rooms: tuple[RoomColumn, ...]
    taken: tuple[RoomTaken, ...]


_ENTRIES = """
SELECT b.id, b.visit_id, b.staff_id, b.starts_at, b.ends_at, b.working_minutes, b.gap_minutes, b.finishing_minutes,
       b.service_id, s.name, g.colour, b.price, v.client_id, COALESCE(c.name, ''), v.status,
       v.client_id IS NOT NULL AND NOT EXISTS (
           SELECT 1 FROM visit p WHERE p.client_id = v.client_id AND p.status = 'completed' AND p.day < v.day),
       (SELECT group_concat(a.kind) FROM alert a WHERE a.client_id = v.client_id AND a.archived_at IS NULL),
       v.comment <> '' OR COALESCE(c.wishes, '') <> '',
       v.overbooked_reason,
       b.position,
       b.before_minutes, b.after_minutes, b.is_asked_for,
       CASE WHEN v.group_id IS NOT NULL AND (
           SELECT COUNT(*) FROM visit m
           WHERE m.group_id = v.group_id AND m.day = v.day AND m.status NOT IN ('cancelled', 'no_show')
       ) > 1 THEN v.group_id END, v.series_id,
       CASE WHEN EXISTS (SELECT 1 FROM room) THEN (
           SELECT group_concat(o.room_id) FROM occupancy o
           WHERE o.booked_service_id = b.id AND o.room_id IS NOT NULL) END,
       CASE WHEN v.status IN ('booked', 'confirmed', 'arrived') THEN EXISTS (
           SELECT 1 FROM absence_call k JOIN absence a ON a.id = k.absence_id
           WHERE k.visit_id = v.id AND a.staff_id = b.staff_id AND v.day BETWEEN a.first_day AND a.last_day) END,
       COALESCE(c.do_not_book_reason, '') <> ''
FROM booked_service b
JOIN visit v ON v.id = b.visit_id
JOIN service s ON s.id = b.service_id
JOIN service_category g ON g.id = s.category_id
LEFT JOIN client c ON c.id = v.client_id
WHERE b.starts_at >= ? AND b.starts_at < ? AND b.takes_time AND v.hour_known {only}
ORDER BY b.starts_at, b.staff_id, b.id
"""
"""What cannot be is not asked service by service: rooms where there are none, calls to whoever was here already."""

AWAY = """(SELECT group_concat(a.first_day || ' ' || a.last_day || ' ' || a.kind) FROM absence a
    WHERE a.staff_id = s.id AND a.first_day <= ? AND a.last_day >= ?)"""
"""The absences of the staff member ``s`` till a last and from a first day on, as ``absent`` reads them."""

_MASTERS = f"""
SELECT s.id, s.name, s.title, s.is_master, s.archived_at IS NULL, h.starts_at, h.ends_at,
       {AWAY}
FROM staff_member s LEFT JOIN shift h ON h.staff_id = s.id AND h.day >= ? AND h.day <= ?
WHERE (s.is_master AND (s.archived_at IS NULL OR h.id IS NOT NULL)) OR EXISTS (
    SELECT 1 FROM booked_service b WHERE b.staff_id = s.id AND b.starts_at >= ? AND b.starts_at < ?)
ORDER BY s.position, s.id, h.starts_at
"""
"""Whoever is booked has a column, also who has left or is a master no longer: no visit is out of sight."""


_HOLDS = """
SELECT h.id, o.staff_id, o.starts_at, o.ends_at, h.expires_at, COALESCE(c.name, '')
FROM place_hold h JOIN occupancy o ON o.hold_id = h.id AND o.staff_id IS NOT NULL
LEFT JOIN waitlist_entry w ON w.id = h.entry_id LEFT JOIN client c ON c.id = w.client_id
WHERE h.day >= ? AND h.day <= ? ORDER BY o.starts_at, o.id
"""


def state(database: Database) -> tuple[int, int]:
    """A mark that is another after every writing, of this program or of another one into the same file."""
    return int(database.value("PRAGMA data_version")), database.connection.total_changes


def of_day(database: Database, day: date, *, with_cancelled: bool = False) -> DayAgenda:
    """The salon's ``day``: four queries, however many visits."""
    return of_days(database, day, 1, with_cancelled=with_cancelled)[0]


def of_days(
    database: Database, first: date, days: int, *, staff_id: int | None = None, with_cancelled: bool = False
) -> tuple[DayAgenda, ...]:
    """So many days from ``first`` on: four queries, however many days.

    With ``staff_id`` only the visits in which this master takes part, whole; the other masters' load is then not
    what they really have.
    """
    last = first + timedelta(days=days - 1)
    bounds = (f"{first.isoformat()} 00:00", f"{last.isoformat()} 24:00")
    named = (first.isoformat(), last.isoformat())
    only, more = "" if with_cancelled else "AND v.status <> 'cancelled'", ()
    if staff_id is not None:
        only += """ AND b.visit_id IN (
            SELECT visit_id FROM booked_service WHERE staff_id = ? AND starts_at >= ? AND starts_at < ?)"""
        more = (staff_id, *bounds)
    entries = _by_day(_entries(database.rows(_ENTRIES.format(only=only), (*bounds, *more))))
    blocks = _by_day(
        AgendaBlock(i, staff, read_wall(a), read_wall(b), BlockKind(kind), reason)
        for i, staff, a, b, kind, reason in database.rows(
            "SELECT id, staff_id, starts_at, ends_at, kind, reason FROM block WHERE day >= ? AND day <= ? "
            "ORDER BY starts_at",
            named,
        )
    )
    holds = _by_day(
        AgendaHold(i, staff, read_wall(a), read_wall(b), read_instant(until), name)
        for i, staff, a, b, until, name in database.rows(_HOLDS, named)
    )
    rows = database.rows(_MASTERS, (named[1], named[0], *named, *bounds))
    found: list[DayAgenda] = []
    for ahead in range(days):
        day = first + timedelta(days=ahead)
        mine, taken, held = tuple(entries.get(day, ())), tuple(blocks.get(day, ())), tuple(holds.get(day, ()))
        found.append(DayAgenda(day, _columns(rows, day, mine), mine, taken, held))
    return tuple(found)


def rooms_of_day(database: Database, day: date) -> RoomsOfDay:
    """The rooms that are in use or taken on ``day``, and when they are taken: two queries."""
    rows = database.rows(
        """
        SELECT room_id, booked_service_id, starts_at, ends_at FROM occupancy
        WHERE room_id IN (SELECT id FROM room) AND starts_at >= ? AND starts_at < ? AND booked_service_id IS NOT NULL
        ORDER BY starts_at, id
        """,
        (f"{day.isoformat()} 00:00", f"{day.isoformat()} 24:00"),
    )
    taken = tuple(RoomTaken(room, booked, Interval(read_wall(a), read_wall(b))) for room, booked, a, b in rows)
    kept = {one.room_id for one in taken}
    rooms = tuple(
        RoomColumn(room_id, name, RoomKind(kind), bool(is_in_use))
        for room_id, name, kind, is_in_use in database.rows(
            "SELECT id, name, kind, archived_at IS NULL FROM room ORDER BY position, id"
        )
        if is_in_use or room_id in kept
    )
    return RoomsOfDay(rooms, taken)


_Dated = TypeVar("_Dated", AgendaEntry, AgendaBlock, AgendaHold)


def _by_day(found: Iterable[_Dated]) -> dict[date, list[_Dated]]:
    days: dict[date, list[_Dated]] = {}
    for one in found:
        days.setdefault(one.starts_at.date(), []).append(one)
    return days


def _entries(rows: Sequence[tuple[Any, ...]]) -> list[AgendaEntry]:
    """A tile for each row. A visit has one date, so all its services that take time are among them."""
    of_visit: dict[int, list[tuple[str, int, int]]] = {}
    for row in rows:
        of_visit.setdefault(row[1], []).append((row[3], row[19], row[0]))
    alone = (1, 1)
    found: list[AgendaEntry] = []
    for row in rows:
        order = of_visit[row[1]]
        part, parts = alone if len(order) == 1 else (sorted(order).index((row[3], row[19], row[0])) + 1, len(order))
        found.append(_entry(row, part, parts))
    return found


def _entry(row: tuple[Any, ...], part: int, parts: int) -> AgendaEntry:
    """A tile. The columns stand in the order of the query, so this is the same for each of many rows."""
    (booked, visit, staff, starts, ends, working, gap, finishing, service, name, colour, price) = row[:12]
    (client, client_name, status, first, alerts, note, overbooked, _position) = row[12:20]
    (before, after, asked_for, group, series, rooms, awaits_call, do_not_book) = row[20:]
    return AgendaEntry(
        booked,
        visit,
        staff,
        read_wall(starts),
        read_wall(ends),
        _lengths(working, gap, finishing, before, after),
        service,
        name,
        colour,
        price,
        client,
        client_name,
        _STATUSES[status],
        bool(first),
        tuple(map(AlertKind, sorted(set(alerts.split(","))))) if alerts else (),
        bool(note),
        overbooked,
        part,
        parts,
        bool(asked_for),
        group,
        series,
        tuple(map(int, str(rooms).split(","))) if rooms else (),
        bool(awaits_call),
        bool(do_not_book),
    )


@lru_cache(_LENGTHS_KEPT)
def _lengths(working: int, gap: int, finishing: int, before: int, after: int) -> Lengths:
    """A salon has only so many lengths of services."""
    return Lengths(working, gap, finishing, before, after)


def _columns(rows: list[tuple[Any, ...]], day: date, entries: tuple[AgendaEntry, ...]) -> tuple[MasterColumn, ...]:
    shifts: dict[tuple[int, str, str, bool, bool], list[Interval]] = {}
    absences: dict[int, AbsenceKind] = {}
    for staff, name, title, is_master, is_here, starts, ends, away in rows:
        mine = shifts.setdefault((staff, name, title, bool(is_master), bool(is_here)), [])
        if starts is not None and starts.startswith(day.isoformat()):
            mine.append(Interval(read_wall(starts), read_wall(ends)))
        kind = absent(away, day)
        if kind is not None:
            absences[staff] = kind
    hours = {staff: mine for (staff, *_rest), mine in shifts.items()}
    booked: dict[int, int] = {}
    for entry in entries:
        is_worked = entry.status in LIVE_STATUSES and _is_worked(entry, hours.get(entry.staff_id, ()))
        booked[entry.staff_id] = booked.get(entry.staff_id, 0) + (entry.lengths.busy if is_worked else 0)
    return tuple(
        MasterColumn(
            staff,
            name,
            title,
            tuple(mine),
            booked.get(staff, 0),
            sum(interval.minutes for interval in mine),
            absences.get(staff),
        )
        for (staff, name, title, is_master, is_here), mine in shifts.items()
        if staff in booked or (is_master and (is_here or mine))
    )


def absent(away: str | None, day: date) -> AbsenceKind | None:
    """Why somebody is absent on a day; ``away`` lists first day, last day and kind of each absence (``AWAY``)."""
    for one in away.split(",") if away else ():
        first, last, kind = one.split(" ")
        if first <= day.isoformat() <= last:
            return AbsenceKind(kind)
    return None


def _is_worked(entry: AgendaEntry, hours: Iterable[Interval]) -> bool:
    """Whether any of it lies in the working time: who is ill is not busy with those who are to be called."""
    starts, ends = entry.starts_at, entry.ends_at
    return any(one.starts_at < ends and starts < one.ends_at for one in hours)
