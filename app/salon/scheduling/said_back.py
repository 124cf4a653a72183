"""The sentence that the administrator says back at the end of a call."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app import wording
from app.errors import Gone
from app.language import _
from app.models.connection import Database
from app.models.kept import read_wall
from app.salon import profile
from app.salon.reminders import queue
from app.vocabulary import AWAITED_STATUSES, ReminderStatus, VisitStatus


def said_back(database: Database, visit_id: int, today: date) -> str:
    """Who, when, with whom, what, how long, how much, and when we remind: read aloud before hanging up.

    Somebody without a card is not called by that. A master is named as people speak, by the first name, unless a
    colleague has the same. A reminder is promised only to whom something can be sent. Raises Gone when nobody is
    awaited any more.
    """
    one = _agreed(database, visit_id)
    when = [_day(one.starts_at.date(), today), wording.clock_time(one.starts_at)]
    said = ", ".join([*([one.client] if one.client else []), *when, *one.details])
    sentence = f"{said[:1].upper()}{said[1:]}."
    promise = _promise(database, visit_id, one.starts_at.date(), today) if one.can_be_reached else ""
    return f"{sentence} {promise}".rstrip()


def said_back_together(database: Database, visit_ids: Sequence[int], today: date) -> str:
    """The same for several who come together: all of them and the day, then what is agreed with each.

    Who was put to another day is told of with that day, and who does not come any more is left out. Raises Gone when
    nobody is awaited any more.
    """
    agreed: list[tuple[int, _Agreed]] = []
    for visit_id in visit_ids:
        with suppress(Gone):
            agreed.append((visit_id, _agreed(database, visit_id)))
    if not agreed:
        raise Gone
    starts = [one.starts_at for _visit, one in agreed]
    day = min(starts).date()
    when = [_day(day, today)]
    is_at_once = len(set(starts)) == 1
    if is_at_once:
        when.append(wording.clock_time(starts[0]))
    sentences = [", ".join([wording.listed([one.called for _visit, one in agreed]), *when]) + "."]
    for _visit, one in agreed:
        details = one.details if is_at_once else [wording.clock_time(one.starts_at), *one.details]
        if one.starts_at.date() != day:
            details = [_day(one.starts_at.date(), today), *details]
        sentences.append(f"{one.called}: {', '.join(details)}.")
    reached = [(visit_id, one.starts_at.date()) for visit_id, one in agreed if one.can_be_reached]
    promises = filter(None, (_promise(database, visit_id, its_day, today) for visit_id, its_day in reached))
    return " ".join([*sentences, *list(promises)[:1]])


def _day(day: date, today: date) -> str:
    return f"{wording.weekday_name(day)} {wording.short_date(day, today)}"


@dataclass(frozen=True, slots=True)
class _Agreed:
    """What is said of one visit."""

    client: str
    """Empty for somebody without a card."""
    starts_at: datetime
    details: list[str]
    """Masters, services, length, price."""
    can_be_reached: bool

    @property
    def called(self) -> str:
        """What tells this client from the others of a group."""
        return self.client or _("Without a card")


def _agreed(database: Database, visit_id: int) -> _Agreed:
    rows = database.rows(
        """
        SELECT COALESCE(c.name, ''), b.starts_at, b.ends_at, m.name, s.name, b.price, v.status,
               EXISTS (SELECT 1 FROM contact_point p WHERE p.client_id = c.id)
        FROM visit v
        LEFT JOIN client c ON c.id = v.client_id
        JOIN booked_service b ON b.visit_id = v.id
        JOIN staff_member m ON m.id = b.staff_id
        JOIN service s ON s.id = b.service_id
        WHERE v.id = ? AND b.takes_time ORDER BY b.starts_at, b.position, b.id
        """,
        (visit_id,),
    )
    if not rows or VisitStatus(rows[0][6]) not in AWAITED_STATUSES:
        raise Gone
    starts_at, ends_at = read_wall(rows[0][1]), max(read_wall(row[2]) for row in rows)
    colleagues = [row[0] for row in database.rows("SELECT name FROM staff_member WHERE archived_at IS NULL")]
    prices = [row[5] for row in rows]
    details = [
        wording.listed(list(dict.fromkeys(_spoken(row[3], colleagues) for row in rows))),
        wording.listed([wording.inside_a_sentence(row[4]) for row in rows]),
        wording.duration(int((ends_at - starts_at).total_seconds()) // 60),
    ]
    if None not in prices:
        details.append(wording.money(sum(prices), profile.read(database).currency))
    return _Agreed(rows[0][0], starts_at, details, bool(rows[0][7]))


def _spoken(name: str, colleagues: list[str]) -> str:
    """How a colleague is called on the phone: ``Ольга``, or ``Ольга Б.`` where there are two."""
    first = name.split(" ")[0]
    return first if sum(one.split(" ")[0] == first for one in colleagues) < 2 else wording.short_name(name)


def _promise(database: Database, visit_id: int, day: date, today: date) -> str:
    waiting = [one for one in queue.of_visit(database, visit_id) if one.status is ReminderStatus.QUEUED]
    if not waiting:
        return ""
    due = waiting[0].due_at.date()
    if due == day - timedelta(days=1):
        return _("We will remind you the day before.")
    when = wording.relative_day(due, today) if (due - today).days <= 1 else wording.short_date(due, today)
    return _("We will remind you {day} at {time}.").format(day=when, time=wording.clock_time(waiting[0].due_at))
