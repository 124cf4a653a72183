"""The queue of reminders: planned in the visit's transaction, sent by hand, with its outcome recorded."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from app import models
from app.errors import DoNotBook, Gone, NoAdvertisingConsent, ReasonMissing, ReminderClosed, ToBeForgotten
from app.frozen import frozen
from app.models.connection import Database
from app.models.kept import instant_text, read_instant, read_wall, wall_text
from app.salon.journal import RowChange
from app.salon.reminders.plan import due_at, moment_for
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
_TOLD = frozenset({ReminderStatus.SENT, ReminderStatus.FAILED, ReminderStatus.SKIPPED})
"""What only a person can tell."""
_NAMED = frozenset({"starts_at", "staff_id", "service_id"})
"""Columns of a booked service that a message tells."""


@frozen
class ReminderLine:
    """One reminder of the screen, with what the message needs. Times are wall times unless said otherwise."""

    reminder_id: int
    visit_id: int | None
    """None for an invitation, which belongs to its client alone."""
    client_id: int
    client_name: str
    phone: str
    """E.164, or empty when the client left none."""
    due_at: datetime
    status: ReminderStatus
    sent_through: Channel | None
    skip_reason: SkipReason | None
    visit_starts_at: datetime
    """Of an invitation: since when it waits."""
    visit_status: VisitStatus | None
    service_names: tuple[str, ...]
    """In the order of the visit."""
    master_names: tuple[str, ...]
    """Each once, in the order of the visit."""
    note: str
    closed_at: datetime | None
    """UTC; None while nobody has told the outcome."""
    closed_by: str
    """Who told the outcome; empty while it is open and where nobody told (its visit was cancelled or moved)."""
    text: str = ""
    """The words of an invitation; empty: the usual ones."""
    preferred: Channel | None = None
    """How the client likes to be written to; None: they did not say."""
    telegram: str = ""
    """Their name or number in Telegram where the card tells it; otherwise the phone is used there."""

    @property
    def offered(self) -> Channel:
        """The way that is offered first: the client's own, or the usual one; Telegram where no phone is known."""
        wanted = Channel.WHATSAPP if self.preferred in (None, Channel.BY_HAND) else self.preferred
        return wanted if self.address(wanted) or not self.telegram else Channel.TELEGRAM

    def address(self, channel: Channel) -> str:
        """By what the client is reached in a channel: a number in E.164, or a name."""
        return self.telegram or self.phone if channel is Channel.TELEGRAM else self.phone

    @property
    def is_invitation(self) -> bool:
        """Whether it invites to come back, and reminds of no visit."""
        return self.visit_id is None

    @property
    def services(self) -> str:
        """The services in one line."""
        return ", ".join(self.service_names)

    @property
    def masters(self) -> str:
        """The masters in one line."""
        return ", ".join(self.master_names)

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something about it."""
        return self.status in _OPEN


BEGINS = """COALESCE(
    (SELECT MIN(x.starts_at) FROM booked_service x WHERE x.visit_id = v.id AND x.takes_time),
    (SELECT MIN(x.starts_at) FROM booked_service x WHERE x.visit_id = v.id))"""
"""SQL: when the client of visit ``v`` has to come; a service from the receipt alone decides nothing."""


def replan(work: Work, visit_id: int, *, was_mistaken: bool = False) -> None:
    """Bring the visit's reminder in line with the visit, in the same transaction.

    An awaited visit of a client with a card has one reminder at its moment; any other open one is cancelled. None
    is planned for the past, but one that is due already and waits to be sent goes on waiting when something else
    about its visit changes. What was already sent stays: it happened, and nobody is reminded twice for one date.
    Where the salon reminds at another hour of the day since, what lies open stays what it is, and what was to be sent
    goes on waiting for its own hour when the new one has passed.
    ``was_mistaken``: the client had only been taken for arrived, so a reminder that this switched off is due again.
    """
    starts_at = _awaited_start(work, visit_id)
    moment = None if starts_at is None else moment_for(starts_at, work.profile.reminder_minute)
    is_over = starts_at is None or due_at(starts_at, work.profile.reminder_minute, work.wall_now) is None
    is_owed = was_mistaken and starts_at is not None and starts_at > work.wall_now
    rows = work.database.rows(
        "SELECT id, due_at, status FROM reminder WHERE visit_id = ? AND kind = ? ORDER BY status = ? DESC, id DESC",
        (visit_id, ReminderKind.UPCOMING_VISIT, ReminderStatus.OPENED),
    )
    told = {due[:10] for _row, due, status in rows if status in _TOLD}
    wanted = "" if moment is None else wall_text(moment)
    is_planned = moment is None or (is_over and not is_owed) or wanted[:10] in told
    for row_id, due, status in rows:
        is_of_day = due[:10] == wanted[:10] and (is_over or status == ReminderStatus.OPENED)
        if due == wanted or is_of_day:
            if status == ReminderStatus.CANCELLED and not is_planned:
                _write_again(work, row_id)
            is_planned = True
        elif status in _OPEN:
            work.update(models.Reminder, row_id, status=ReminderStatus.CANCELLED, closed_at=work.now)
    if moment is not None and not is_planned and not is_over:
        _plan(work, visit_id, moment)


def plan_first(work: Work, visit_id: int, starts_at: datetime) -> None:
    """Plan the reminder of a visit that was booked in this act, for a client with a card."""
    moment = due_at(starts_at, work.profile.reminder_minute, work.wall_now)
    if moment is not None:
        _plan(work, visit_id, moment)


def _plan(work: Work, visit_id: int, moment: datetime) -> None:
    work.insert(
        models.Reminder,
        visit=visit_id,
        kind=ReminderKind.UPCOMING_VISIT,
        channel=Channel.BY_HAND,
        due_at=moment,
        status=ReminderStatus.QUEUED,
    )


def _awaited_start(work: Work, visit_id: int) -> datetime | None:
    """When the client is expected; None when they are not, or when nobody knows who comes."""
    row = work.database.row(
        f"""
        SELECT v.status, v.client_id, {BEGINS} FROM visit v WHERE v.id = ? AND v.hour_known
        """,
        (visit_id,),
    )
    if row is None or row[1] is None or row[2] is None or VisitStatus(row[0]) not in AWAITED_STATUSES:
        return None
    return read_wall(row[2])


def close_messages(work: Work, visit_id: int) -> None:
    """Put back into the queue what was opened but not told of, where this act has changed what the message names.

    What this act itself has brought back as opened names what it has brought back, too: an act is taken back that had
    closed the message. Not so what lay open until then, for that was opened since.
    """
    rows = work.database.rows(
        "SELECT id FROM reminder WHERE visit_id = ? AND status = ?", (visit_id, ReminderStatus.OPENED)
    )
    began: dict[int, object] = {}
    for change in work.rows_of(models.Reminder):
        began.setdefault(change.row_id, (change.before or {}).get("status"))
    for (row_id,) in rows if rows and _is_agreed_otherwise(work, visit_id) else ():
        if began.get(row_id, ReminderStatus.OPENED) == ReminderStatus.OPENED:
            _write_again(work, row_id)


def close_opened_since(work: Work, changes: Sequence[RowChange]) -> None:
    """Before an act with these ``changes`` is taken back: close the messages of its visits that were opened since.

    They tell of what is taken back, and to have them open is no reason to keep it: whoever put the visit back by hand
    would close them as well. With the visit itself nothing goes that somebody has opened.
    """
    booked = {change.row_id for change in changes if change.table == "visit" and change.before is None}
    left = {change.row_id: change.after for change in changes if change.table == "reminder"}
    for row_id, after in left.items():
        row = work.database.row("SELECT visit_id, status FROM reminder WHERE id = ?", (row_id,))
        if row is None or row[0] is None or row[0] in booked or row[1] != ReminderStatus.OPENED:
            continue
        if after is not None and after.get("status") == ReminderStatus.QUEUED:
            _write_again(work, row_id)


def _write_again(work: Work, row_id: int) -> None:
    """It waits in the queue, and nobody has opened it."""
    work.update(
        models.Reminder, row_id, status=ReminderStatus.QUEUED, closed_at=None, sent_through=None, opened_at=None
    )


def _is_agreed_otherwise(work: Work, visit_id: int) -> bool:
    """Whether this act has changed who comes, when, for what or to whom."""
    if any(
        change.row_id == visit_id and change.after and "client_id" in change.after
        for change in work.rows_of(models.Visit)
    ):
        return True
    mine = {row[0] for row in work.database.rows("SELECT id FROM booked_service WHERE visit_id = ?", (visit_id,))}
    return any(
        change.row_id in mine or (change.before or {}).get("visit_id") == visit_id
        for change in work.rows_of(models.BookedService)
        if change.before is None or change.after is None or not _NAMED.isdisjoint(change.after)
    )


def open_message(work: Work, reminder_id: int, channel: Channel) -> None:
    """Note that the message was opened in ``channel``, ready to be sent; whether it was sent is still to be told.

    Raises Gone and ReminderClosed: a visit that was cancelled meanwhile is never reminded of. Raises
    NoAdvertisingConsent and ToBeForgotten: to them nothing is sent.
    """
    visit, client = _still_open(work.database, reminder_id)
    _check_allowed(work.database, reminder_id)
    work.tell(Action.REMINDER_OPENED, visit=visit, client=client, note=channel)
    work.update(models.Reminder, reminder_id, status=ReminderStatus.OPENED, sent_through=channel, opened_at=work.now)


def record(
    work: Work,
    reminder_id: int,
    status: ReminderStatus,
    *,
    channel: Channel | None = None,
    skip_reason: SkipReason | None = None,
    note: str = "",
) -> None:
    """Keep the outcome that a person told: sent, failed, or skipped with its reason.

    Raises Gone, ReminderClosed, and ReasonMissing for a skip without a reason. What may not be sent at all cannot be
    told to have been sent either: NoAdvertisingConsent, ToBeForgotten.
    """
    if status not in _TOLD:
        raise ValueError(f"nobody can tell that a reminder is {status}")
    if status is ReminderStatus.SKIPPED and skip_reason is None:
        raise ReasonMissing
    visit, client = _still_open(work.database, reminder_id)
    if status is not ReminderStatus.SKIPPED:
        _check_allowed(work.database, reminder_id)
    work.tell(Action.REMINDER_RECORDED, visit=visit, client=client, note=status)
    values: dict[str, object] = {
        "status": status,
        "closed_at": work.now,
        "skip_reason": skip_reason,
        "note": note.strip(),
    }
    if channel is not None:
        values["sent_through"] = channel
    work.update(models.Reminder, reminder_id, **values)


def put_back(work: Work, reminder_id: int) -> None:
    """Put a reminder that failed or was skipped back into the queue: somebody wants to try again.

    Raises Gone, and ReminderClosed when it was sent, cancelled, or its visit is no longer awaited, has begun, or was
    moved to another date, of which another reminder tells.
    """
    line = _line(work.database, reminder_id)
    if line.is_open:
        return
    came_back = line.status in (ReminderStatus.FAILED, ReminderStatus.SKIPPED)
    if line.is_invitation:
        _put_back_invitation(work, line)
        return
    moment = moment_for(line.visit_starts_at, work.profile.reminder_minute)
    if not came_back or line.visit_status not in AWAITED_STATUSES or line.visit_starts_at <= work.wall_now:
        raise ReminderClosed
    if line.due_at.date() != moment.date():
        raise ReminderClosed
    work.tell(Action.REMINDER_RECORDED, visit=line.visit_id, client=line.client_id, note=ReminderStatus.QUEUED)
    work.update(
        models.Reminder, reminder_id, status=ReminderStatus.QUEUED, closed_at=None, skip_reason=None, sent_through=None
    )


def _put_back_invitation(work: Work, line: ReminderLine) -> None:
    """Raises ReminderClosed where another one waits already, and what forbids to send it."""
    _check_allowed(work.database, line.reminder_id)
    another = "SELECT 1 FROM reminder WHERE client_id = ? AND kind = ? AND status IN (?, ?)"
    came_back = line.status in (ReminderStatus.FAILED, ReminderStatus.SKIPPED)
    if not came_back or work.database.value(another, (line.client_id, ReminderKind.INVITATION, *_OPEN)):
        raise ReminderClosed
    work.tell(Action.REMINDER_RECORDED, client=line.client_id, note=ReminderStatus.QUEUED)
    work.update(
        models.Reminder,
        line.reminder_id,
        status=ReminderStatus.QUEUED,
        closed_at=None,
        skip_reason=None,
        sent_through=None,
    )


def to_send(database: Database, reminder_id: int) -> ReminderLine:
    """The reminder as it stands at this moment, read right before its message is opened.

    Raises Gone and ReminderClosed: nobody is reminded of a visit that was moved or cancelled meanwhile. Raises
    NoAdvertisingConsent and ToBeForgotten: to them nothing is sent.
    """
    _still_open(database, reminder_id)
    _check_allowed(database, reminder_id)
    return _line(database, reminder_id)


def _still_open(database: Database, reminder_id: int) -> tuple[int | None, int | None]:
    """The visit and the client of a reminder that can still be sent. An invitation has no visit."""
    row = database.row(
        """
        SELECT r.status, v.status, v.id, COALESCE(v.client_id, r.client_id)
        FROM reminder r LEFT JOIN visit v ON v.id = r.visit_id WHERE r.id = ?
        """,
        (reminder_id,),
    )
    if row is None:
        raise Gone
    status, visit_status, visit, client = row
    if status not in _OPEN or (visit is not None and VisitStatus(visit_status) not in AWAITED_STATUSES):
        raise ReminderClosed
    return visit, client


def _check_allowed(database: Database, reminder_id: int) -> None:
    """Raise when nothing may be sent: the client asked to be forgotten, or it is advertising without a consent.

    Nor is anybody invited whom the salon does not want to book any more: DoNotBook.
    """
    row = database.row(
        """
        SELECT r.kind, c.id, c.name, c.forget_asked_at IS NOT NULL, c.do_not_book_reason
        FROM reminder r LEFT JOIN visit v ON v.id = r.visit_id
        JOIN client c ON c.id = COALESCE(v.client_id, r.client_id)
        WHERE r.id = ?
        """,
        (reminder_id,),
    )
    if row is None:
        return
    kind, client, name, wants_no_more, unwanted = row
    if wants_no_more:
        raise ToBeForgotten
    if kind == ReminderKind.INVITATION:
        from app.salon.clients import consents  # no invitation is on the first picture

        if not consents.may_advertise(database, client):
            raise NoAdvertisingConsent(name)
        if unwanted:
            raise DoNotBook(name, unwanted, client)


_WAITING = "r.status IN ('queued', 'opened') AND v.status IN ('booked', 'confirmed')"

_TELEGRAM = """COALESCE((SELECT p.value FROM contact_point p WHERE p.client_id = c.id AND p.kind = 'telegram'
    ORDER BY p.is_preferred DESC, p.id LIMIT 1), '')"""
_LINES = """
SELECT r.id, v.id, c.id, c.name,
       COALESCE((SELECT p.value FROM contact_point p WHERE p.client_id = c.id AND p.kind = 'phone'
                 ORDER BY p.is_preferred DESC, p.id LIMIT 1), ''),
       r.due_at, r.status, r.sent_through, r.skip_reason, b.starts_at, v.status, s.name, m.name, r.note, r.closed_at,
       CASE WHEN r.closed_at IS NOT NULL THEN COALESCE(
           (SELECT j.actor FROM journal_entry j
            WHERE j.visit = v.id AND j.action = 'reminder_recorded' AND j.at = r.closed_at), '') ELSE '' END,
       c.preferred_channel, {telegram}
FROM reminder r
JOIN visit v ON v.id = r.visit_id
JOIN client c ON c.id = v.client_id
JOIN booked_service b ON b.visit_id = v.id
JOIN service s ON s.id = b.service_id
JOIN staff_member m ON m.id = b.staff_id
WHERE {condition}
ORDER BY r.id, b.takes_time DESC, b.starts_at, b.position, b.id
"""


def due(database: Database, now: datetime) -> list[ReminderLine]:
    """What is due at ``now`` (wall time) and not yet closed, the earliest visit first.

    A reminder whose visit has begun is not among them: nothing late goes out (see ``missed_on``).
    """
    visits = _read(database, f"{_WAITING} AND r.due_at <= ? AND {BEGINS} > ?", (wall_text(now), wall_text(now)))
    return visits + _invitations(database, "r.status IN ('queued', 'opened') AND r.due_at <= ?", (wall_text(now),))


def coming(database: Database, now: datetime, until: datetime) -> list[ReminderLine]:
    """What becomes due after ``now`` and up to ``until`` (wall times)."""
    return _read(database, f"{_WAITING} AND r.due_at > ? AND r.due_at <= ?", (wall_text(now), wall_text(until)))


def missed_on(database: Database, now: datetime) -> list[ReminderLine]:
    """What nobody sent although its visit of today has begun by ``now`` (wall time). It must not go unnoticed."""
    midnight = f"{now.date().isoformat()} 00:00"
    return _read(database, f"{_WAITING} AND {BEGINS} >= ? AND {BEGINS} <= ?", (midnight, wall_text(now)))


def closed_on(database: Database, day: date, zone: str) -> list[ReminderLine]:
    """What was closed on ``day`` of a salon in ``zone`` (IANA name): sent, failed, skipped, or cancelled.

    A cancelled one is among them only if it was due by the end of that day; the others had time.
    """
    begins = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone))
    ends = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)) + timedelta(days=1)
    condition = "r.closed_at >= ? AND r.closed_at < ? AND (r.status <> 'cancelled' OR r.due_at <= ?)"
    params = (instant_text(begins), instant_text(ends), f"{day.isoformat()} 24:00")
    return _read(database, condition, params) + _invitations(database, condition, params)


def of_visit(database: Database, visit_id: int) -> list[ReminderLine]:
    """All reminders of a visit, the earliest first."""
    return sorted(_read(database, "v.id = ?", (visit_id,)), key=lambda line: (line.due_at, line.reminder_id))


def count_due(database: Database, now: datetime) -> int:
    """How many reminders wait to be sent at ``now`` (wall time)."""
    return int(
        database.value(
            f"""
            SELECT (SELECT count(*) FROM reminder r JOIN visit v ON v.id = r.visit_id
                    WHERE {_WAITING} AND v.client_id IS NOT NULL AND r.due_at <= ? AND {BEGINS} > ?)
                + (SELECT count(*) FROM reminder r
                   WHERE r.visit_id IS NULL AND r.status IN ('queued', 'opened') AND r.due_at <= ?)
            """,
            (wall_text(now), wall_text(now), wall_text(now)),
        )
    )


def _line(database: Database, reminder_id: int) -> ReminderLine:
    found = _read(database, "r.id = ?", (reminder_id,)) or _invitations(database, "r.id = ?", (reminder_id,))
    if not found:
        raise Gone
    return found[0]


def _read(database: Database, condition: str, params: tuple[object, ...]) -> list[ReminderLine]:
    """The reminders that meet ``condition``, the earliest visit first: one query."""
    rows = database.rows(_LINES.format(condition=condition, telegram=_TELEGRAM), params)
    return sorted(_lines(rows), key=lambda line: (line.visit_starts_at, line.reminder_id))


_INVITATIONS = """
SELECT r.id, c.id, c.name,
       COALESCE((SELECT p.value FROM contact_point p WHERE p.client_id = c.id AND p.kind = 'phone'
                 ORDER BY p.is_preferred DESC, p.id LIMIT 1), ''),
       r.due_at, r.status, r.sent_through, r.skip_reason, r.note, r.closed_at,
       CASE WHEN r.closed_at IS NOT NULL THEN COALESCE(
           (SELECT j.actor FROM journal_entry j
            WHERE j.client = c.id AND j.action = 'reminder_recorded' AND j.at = r.closed_at), '') ELSE '' END, r.text,
       c.preferred_channel, {telegram}
FROM reminder r JOIN client c ON c.id = r.client_id
WHERE r.visit_id IS NULL AND {condition} ORDER BY r.due_at, r.id
"""


def _invitations(database: Database, condition: str, params: tuple[object, ...]) -> list[ReminderLine]:
    """The invitations that meet ``condition``, the longest waiting first: one query."""
    return [
        ReminderLine(
            reminder_id=row[0],
            visit_id=None,
            client_id=row[1],
            client_name=row[2],
            phone=row[3],
            due_at=read_wall(row[4]),
            status=ReminderStatus(row[5]),
            sent_through=None if row[6] is None else Channel(row[6]),
            skip_reason=None if row[7] is None else SkipReason(row[7]),
            visit_starts_at=read_wall(row[4]),
            visit_status=None,
            service_names=(),
            master_names=(),
            note=row[8],
            closed_at=None if row[9] is None else read_instant(row[9]),
            closed_by=row[10],
            text=row[11],
            preferred=None if row[12] is None else Channel(row[12]),
            telegram=row[13],
        )
        for row in database.rows(_INVITATIONS.format(condition=condition, telegram=_TELEGRAM), params)
    ]


def _lines(rows: Sequence[tuple[Any, ...]]) -> Iterator[ReminderLine]:
    """One line for each reminder; ``rows`` has one for each of its visit's services, the first one first."""
    for _reminder, group in groupby(rows, key=lambda row: row[0]):
        services = list(group)
        row = services[0]
        yield ReminderLine(
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
            service_names=tuple(service[11] for service in services),
            master_names=tuple(dict.fromkeys(service[12] for service in services)),
            note=row[13],
            closed_at=None if row[14] is None else read_instant(row[14]),
            closed_by=row[15],
            preferred=None if row[16] is None else Channel(row[16]),
            telegram=row[17],
        )
