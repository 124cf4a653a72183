"""The sentence that the administrator says back at the end of a call."""

from datetime import date

from app import wording
from app.errors import Gone
from app.language import _
from app.models.connection import Database
from app.models.kept import read_wall
from app.salon import profile
from app.salon.reminders import queue
from app.vocabulary import ReminderStatus


def said_back(database: Database, visit_id: int, today: date) -> str:
    """Who, when, with whom, what, how long, how much, and when we remind: read aloud before hanging up.

    Raises Gone.
    """
    rows = database.rows(
        """
        SELECT COALESCE(c.name, ''), b.starts_at, b.ends_at, m.name, s.name, b.price
        FROM visit v
        LEFT JOIN client c ON c.id = v.client_id
        JOIN booked_service b ON b.visit_id = v.id
        JOIN staff_member m ON m.id = b.staff_id
        JOIN service s ON s.id = b.service_id
        WHERE v.id = ? AND b.takes_time ORDER BY b.starts_at, b.position, b.id
        """,
        (visit_id,),
    )
    if not rows:
        raise Gone
    starts_at, ends_at = read_wall(rows[0][1]), max(read_wall(row[2]) for row in rows)
    prices = [row[5] for row in rows]
    parts = [
        rows[0][0] or _("Without a card"),
        f"{wording.weekday_name(starts_at.date())} {wording.short_date(starts_at.date(), today)}",
        wording.clock_time(starts_at),
        wording.listed(list(dict.fromkeys(wording.short_name(row[3]) for row in rows))),
        wording.listed([row[4] for row in rows]),
        wording.duration(int((ends_at - starts_at).total_seconds()) // 60),
    ]
    if None not in prices:
        parts.append(wording.money(sum(prices), profile.read(database).currency))
    sentence = ", ".join(parts) + "."
    waiting = [one for one in queue.of_visit(database, visit_id) if one.status is ReminderStatus.QUEUED]
    if waiting:
        due = waiting[0].due_at.date()
        when = wording.relative_day(due, today) if (due - today).days <= 1 else wording.short_date(due, today)
        sentence += " " + _("We will remind you {day} at {time}.").format(
            day=when, time=wording.clock_time(waiting[0].due_at)
        )
    return sentence
