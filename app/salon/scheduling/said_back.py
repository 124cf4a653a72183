"""The sentence that the administrator says back at the end of a call."""

from datetime import date, timedelta

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

    A master is named as people speak, by the first name, unless a colleague has the same. A reminder is promised only
    to whom something can be sent. Raises Gone when nobody is awaited any more.
    """
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
    parts = [
        rows[0][0] or _("Without a card"),
        f"{wording.weekday_name(starts_at.date())} {wording.short_date(starts_at.date(), today)}",
        wording.clock_time(starts_at),
        wording.listed(list(dict.fromkeys(_spoken(row[3], colleagues) for row in rows))),
        wording.listed([wording.inside_a_sentence(row[4]) for row in rows]),
        wording.duration(int((ends_at - starts_at).total_seconds()) // 60),
    ]
    if None not in prices:
        parts.append(wording.money(sum(prices), profile.read(database).currency))
    sentence = ", ".join(parts) + "."
    promise = _promise(database, visit_id, starts_at.date(), today) if rows[0][7] else ""
    return f"{sentence} {promise}".rstrip()


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
