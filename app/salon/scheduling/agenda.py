"""What the calendar shows of a day, as frozen values: one reading, a fixed number of queries."""

from datetime import date, datetime
from typing import Any

from app.frozen import frozen
from app.models.connection import Database
from app.models.kept import read_wall
from app.salon.scheduling.intervals import Interval, Lengths
from app.vocabulary import LIVE_STATUSES, AlertKind, BlockKind, VisitStatus


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
    open_required_steps: int
    part: int
    """Which service of the visit this is, from 1."""
    parts: int
    is_asked_for: bool = False
    """Whether the client asked for this very master."""
    group_id: int | None = None
    """The visits that come together."""
    series_id: int | None = None
    room_ids: tuple[int, ...] = ()
    """The rooms, chairs and machines that it takes."""


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
class MasterColumn:
    """A master with the working hours of the day."""

    staff_id: int
    name: str
    title: str
    shifts: tuple[Interval, ...]
    booked_minutes: int
    shift_minutes: int

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

    @property
    def visits(self) -> int:
        """How many visits take place or took place."""
        return len({entry.visit_id for entry in self.entries if entry.status in LIVE_STATUSES})

    @property
    def load_percent(self) -> int | None:
        """Booked share of all working time of the day."""
        worked = sum(master.shift_minutes for master in self.masters)
        return None if worked == 0 else round(100 * sum(m.booked_minutes for m in self.masters) / worked)


_ENTRIES = """
SELECT b.id, b.visit_id, b.staff_id, b.starts_at, b.ends_at, b.working_minutes, b.gap_minutes, b.finishing_minutes,
       b.service_id, s.name, g.colour, b.price, v.client_id, COALESCE(c.name, ''), v.status,
       v.client_id IS NOT NULL AND NOT EXISTS (
           SELECT 1 FROM visit p WHERE p.client_id = v.client_id AND p.status = 'completed' AND p.day < v.day),
       (SELECT group_concat(kind) FROM (SELECT DISTINCT a.kind FROM alert a
           WHERE a.client_id = v.client_id AND a.archived_at IS NULL ORDER BY a.kind)),
       v.comment <> '' OR COALESCE(c.wishes, '') <> '',
       v.overbooked_reason,
       (SELECT count(*) FROM visit_step t WHERE t.booked_service_id = b.id AND t.is_required AND t.done_at IS NULL),
       (SELECT count(*) FROM booked_service n WHERE n.visit_id = b.visit_id AND n.takes_time
           AND (n.starts_at, n.position, n.id) <= (b.starts_at, b.position, b.id)),
       (SELECT count(*) FROM booked_service n WHERE n.visit_id = b.visit_id AND n.takes_time),
       b.before_minutes, b.after_minutes, b.is_asked_for, v.group_id, v.series_id,
       (SELECT group_concat(o.room_id) FROM occupancy o WHERE o.booked_service_id = b.id AND o.room_id IS NOT NULL)
FROM booked_service b
JOIN visit v ON v.id = b.visit_id
JOIN service s ON s.id = b.service_id
JOIN service_category g ON g.id = s.category_id
LEFT JOIN client c ON c.id = v.client_id
WHERE b.starts_at >= ? AND b.starts_at < ? AND b.takes_time AND v.hour_known {statuses}
ORDER BY b.starts_at, b.staff_id, b.id
"""

_MASTERS = """
SELECT s.id, s.name, s.title, h.starts_at, h.ends_at
FROM staff_member s LEFT JOIN shift h ON h.staff_id = s.id AND h.day = ?
WHERE s.is_master AND (s.archived_at IS NULL OR h.id IS NOT NULL OR EXISTS (
    SELECT 1 FROM booked_service b WHERE b.staff_id = s.id AND b.starts_at >= ? AND b.starts_at < ?))
ORDER BY s.position, s.id, h.starts_at
"""


def of_day(database: Database, day: date, *, with_cancelled: bool = False) -> DayAgenda:
    """The salon's ``day``: three queries, however many visits."""
    bounds = (f"{day.isoformat()} 00:00", f"{day.isoformat()} 24:00")
    statuses = "" if with_cancelled else "AND v.status <> 'cancelled'"
    entries = tuple(_entry(row) for row in database.rows(_ENTRIES.format(statuses=statuses), bounds))
    blocks = tuple(
        AgendaBlock(i, staff, read_wall(a), read_wall(b), BlockKind(kind), reason)
        for i, staff, a, b, kind, reason in database.rows(
            "SELECT id, staff_id, starts_at, ends_at, kind, reason FROM block WHERE day = ? ORDER BY starts_at",
            (day.isoformat(),),
        )
    )
    masters = _columns(database.rows(_MASTERS, (day.isoformat(), *bounds)), entries)
    return DayAgenda(day, masters, entries, blocks)


def _entry(row: tuple[Any, ...]) -> AgendaEntry:
    """A tile. The columns stand in the order of the query, so this is the same for each of many rows."""
    (booked, visit, staff, starts, ends, working, gap, finishing, service, name, colour, price) = row[:12]
    (client, client_name, status, first, alerts, note, overbooked, still_open, part, parts) = row[12:22]
    (before, after, asked_for, group, series, rooms) = row[22:]
    return AgendaEntry(
        booked,
        visit,
        staff,
        read_wall(starts),
        read_wall(ends),
        Lengths(working, gap, finishing, before, after),
        service,
        name,
        colour,
        price,
        client,
        client_name,
        VisitStatus(status),
        bool(first),
        tuple(AlertKind(kind) for kind in alerts.split(",")) if alerts else (),
        bool(note),
        overbooked,
        still_open,
        part,
        parts,
        bool(asked_for),
        group,
        series,
        tuple(map(int, str(rooms).split(","))) if rooms else (),
    )


def _whole(value: object) -> int:
    return int(str(value))


def _columns(rows: list[tuple[object, ...]], entries: tuple[AgendaEntry, ...]) -> tuple[MasterColumn, ...]:
    shifts: dict[tuple[int, str, str], list[Interval]] = {}
    for staff, name, title, starts, ends in rows:
        mine = shifts.setdefault((_whole(staff), str(name), str(title)), [])
        if starts is not None:
            mine.append(Interval(read_wall(str(starts)), read_wall(str(ends))))
    booked: dict[int, int] = {}
    for entry in entries:
        if entry.status in LIVE_STATUSES:
            booked[entry.staff_id] = booked.get(entry.staff_id, 0) + entry.lengths.busy
    return tuple(
        MasterColumn(staff, name, title, tuple(mine), booked.get(staff, 0), sum(interval.minutes for interval in mine))
        for (staff, name, title), mine in shifts.items()
    )
