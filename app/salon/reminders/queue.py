"""The queue of reminders: planned in the visit's transaction, sent by hand, with its outcome recorded."""

from dataclasses import dataclass
from datetime import date, datetime

from app.errors import Gone, ReminderClosed
from app.models import Reminder
from app.models.connection import Database
from app.models.fields import read_wall, wall_text
from app.salon.reminders.plan import due_at
from app.salon.transaction import Work
from app.vocabulary import (
    AWAITED_STATUSES,
    Action,
    Channel,
    ReminderKind,
    ReminderStatus,
    SkipReason,
    VisitStatus,
)

_OPEN = (ReminderStatus.QUEUED, ReminderStatus.OPENED)


@dataclass(frozen=True, slots=True)
class ReminderLine:
    """One reminder of the screen, with what the message needs. Times are wall times."""

    reminder_id: int
    visit_id: int
    client_id: int
    client_name: str
    phone: str
    """E.164, or empty when the client left none."""
    due_at: datetime
    status: ReminderStatus
    sent_through: Channel | None
    skip_reason: SkipReason | None
    visit_starts_at: datetime
    visit_status: VisitStatus
    services: str
    masters: str
    note: str


def replan(work: Work, visit_id: int) -> None:
    """Bring the visit's reminder in line with the visit, in the same transaction.

    An awaited visit of a client with a card has one reminder at its due time; any other open one is cancelled.
    What was already sent stays: it happened.
    """
    wanted = _wanted(work, visit_id)
    rows = work.database.rows(
        "SELECT id, due_at, status FROM reminder WHERE visit_id = ? AND kind = ?",
        (visit_id, ReminderKind.UPCOMING_VISIT),
    )
    for row_id, due, status in rows:
        is_wanted = wanted is not None and due == wall_text(wanted)
        if is_wanted:
            wanted = None
            if status == ReminderStatus.CANCELLED:
                work.update(Reminder, row_id, status=ReminderStatus.QUEUED, closed_at=None)
        elif status in _OPEN:
            work.update(Reminder, row_id, status=ReminderStatus.CANCELLED, closed_at=work.now)
    if wanted is not None:
        work.insert(
            Reminder,
            visit=visit_id,
            kind=ReminderKind.UPCOMING_VISIT,
            channel=Channel.BY_HAND,
            due_at=wanted,
            status=ReminderStatus.QUEUED,
        )


def _wanted(work: Work, visit_id: int) -> datetime | None:
    row = work.database.row(
        """
        SELECT v.status, v.client_id, MIN(b.starts_at) FROM visit v JOIN booked_service b ON b.visit_id = v.id
        WHERE v.id = ? GROUP BY v.id
        """,
        (visit_id,),
    )
    if row is None or row[1] is None or VisitStatus(row[0]) not in AWAITED_STATUSES:
        return None
    return due_at(read_wall(row[2]), work.profile.reminder_minute, work.wall_now)


def open_message(work: Work, reminder_id: int, channel: Channel) -> None:
    """Note that the message was opened in ``channel``, ready to be sent; whether it was sent is still to be told.

    Raises Gone and ReminderClosed: a visit that was cancelled meanwhile is never reminded of.
    """
    visit, client = _still_open(work, reminder_id)
    work.tell(Action.REMINDER_OPENED, visit=visit, client=client, note=channel)
    work.update(
        Reminder, reminder_id, status=ReminderStatus.OPENED, sent_through=channel, opened_at=work.now
    )


def record(
    work: Work,
    reminder_id: int,
    status: ReminderStatus,
    *,
    channel: Channel | None = None,
    skip_reason: SkipReason | None = None,
    note: str = "",
) -> None:
    """Keep the outcome that a person told: sent, failed or skipped with its reason. Raises Gone, ReminderClosed."""
    visit, client = _still_open(work, reminder_id)
    work.tell(Action.REMINDER_RECORDED, visit=visit, client=client, note=status)
    values: dict[str, object] = {
        "status": status,
        "closed_at": work.now,
        "skip_reason": skip_reason,
        "note": note.strip(),
    }
    if channel is not None:
        values["sent_through"] = channel
    work.update(Reminder, reminder_id, **values)


def _still_open(work: Work, reminder_id: int) -> tuple[int, int | None]:
    row = work.database.row(
        """
        SELECT r.status, v.status, v.id, v.client_id FROM reminder r JOIN visit v ON v.id = r.visit_id WHERE r.id = ?
        """,
        (reminder_id,),
    )
    if row is None:
        raise Gone
    if row[0] not in _OPEN or VisitStatus(row[1]) not in AWAITED_STATUSES:
        raise ReminderClosed
    return int(row[2]), row[3]


_LINES = """
SELECT r.id, v.id, c.id, c.name,
       COALESCE((SELECT p.value FROM contact_point p WHERE p.client_id = c.id AND p.kind = 'phone'
                 ORDER BY p.is_preferred DESC, p.id LIMIT 1), ''),
       r.due_at, r.status, r.sent_through, r.skip_reason, MIN(b.starts_at), v.status,
       group_concat(s.name, ', '), group_concat(DISTINCT m.name), r.note
FROM reminder r
JOIN visit v ON v.id = r.visit_id
JOIN client c ON c.id = v.client_id
JOIN booked_service b ON b.visit_id = v.id
JOIN service s ON s.id = b.service_id
JOIN staff_member m ON m.id = b.staff_id
WHERE {condition}
GROUP BY r.id
ORDER BY {order}
"""


def due(database: Database, now: datetime) -> list[ReminderLine]:
    """What is due at ``now`` (wall time) and not yet closed, the earliest visit first.

    A reminder whose visit has begun is not shown any more: nothing late goes out.
    """
    lines = _read(
        database,
        "r.status IN ('queued', 'opened') AND r.due_at <= ? AND v.status IN ('booked', 'confirmed')",
        (wall_text(now),),
    )
    return [line for line in lines if line.visit_starts_at > now]


def coming(database: Database, now: datetime, until: datetime) -> list[ReminderLine]:
    """What becomes due after ``now`` and up to ``until`` (wall times)."""
    return _read(
        database,
        "r.status = 'queued' AND r.due_at > ? AND r.due_at <= ? AND v.status IN ('booked', 'confirmed')",
        (wall_text(now), wall_text(until)),
    )


def closed_on(database: Database, day: date) -> list[ReminderLine]:
    """What was due on ``day`` and is closed: sent, failed, skipped or cancelled with its visit."""
    return _read(
        database,
        "r.status NOT IN ('queued', 'opened') AND r.due_at >= ? AND r.due_at <= ?",
        (f"{day.isoformat()} 00:00", f"{day.isoformat()} 24:00"),
    )


def of_visit(database: Database, visit_id: int) -> list[ReminderLine]:
    """All reminders of a visit, the earliest first."""
    return _read(database, "v.id = ?", (visit_id,), order="r.due_at, r.id")


def count_due(database: Database, now: datetime) -> int:
    """How many reminders wait to be sent at ``now`` (wall time)."""
    return len(due(database, now))


def _read(
    database: Database, condition: str, params: tuple[object, ...], order: str = "MIN(b.starts_at), r.id"
) -> list[ReminderLine]:
    rows = database.rows(_LINES.format(condition=condition, order=order), params)
    return [
        ReminderLine(
            reminder_id=row[0],
            visit_id=row[1],
            client_id=row[2],
            client_name=row[3],
            phone=row[4],
            due_at=read_wall(row[5]),
            status=ReminderStatus(row[6]),
            sent_through=None if row[7] is None else Channel(row[7]),
            skip_reason=None if row[8] is None else SkipReason(row[8]),
            visit_starts_at=read_wall(row[9]),
            visit_status=VisitStatus(row[10]),
            services=row[11],
            masters=row[12],
            note=row[13],
        )
        for row in rows
    ]
