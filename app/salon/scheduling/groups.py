"""Clients who come together: a mother and her daughter, a bride and her friends. Each has a visit of their own."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from app import models
from app.errors import Gone, NothingToBook
from app.models.connection import Database
from app.models.kept import read_wall
from app.salon.scheduling import booking
from app.salon.scheduling.booking import BookingRequest
from app.salon.transaction import Work
from app.salon.typed import text
from app.vocabulary import LIVE_STATUSES, Action, VisitStatus

LONGEST_NAME = 60
_NEAR_MINUTES = 120
"""Clients who come together come at about the same time."""
_MOST_NEAR = 12


@dataclass(frozen=True, slots=True)
class BookedGroup:
    """Several visits that were booked together."""

    group_id: int
    visit_ids: tuple[int, ...]
    """In the order of the requests."""


@dataclass(frozen=True, slots=True)
class GroupVisit:
    """One visit of a group; wall time."""

    visit_id: int
    client_name: str
    """Empty for a walk-in without a card."""
    starts_at: datetime
    status: VisitStatus


@dataclass(frozen=True, slots=True)
class Group:
    """Who comes together, by time."""

    group_id: int
    name: str
    """Empty where nobody gave one."""
    visits: tuple[GroupVisit, ...]

    def on(self, day: date | None) -> "Group":
        """Those of them who come on ``day``; all of them where none is named."""
        return replace(self, visits=tuple(one for one in self.visits if day is None or one.starts_at.date() == day))


def book_group(work: Work, name: str, requests: Sequence[BookingRequest]) -> BookedGroup:
    """Book a visit for each of several clients who come together: all of them or none.

    Raises what ``booking.book`` raises.
    """
    if not requests:
        raise NothingToBook
    said = text(name, LONGEST_NAME)
    reasons = (text(why) for request in requests for why in (request.overbooked_reason, request.unwanted_reason))
    work.tell(Action.GROUP_BOOKED, note=booking.noted(said, *reasons))
    group_id = work.insert(models.VisitGroup, name=said, created_at=work.now)
    visit_ids = tuple(booking.book(work, request) for request in requests)
    for visit_id in visit_ids:
        work.update(models.Visit, visit_id, group=group_id)
    return BookedGroup(group_id, visit_ids)


def join(work: Work, visit_id: int, with_visit: int) -> int:
    """Let the client of ``visit_id`` come together with the one of ``with_visit``; returns the group's id.

    Raises Gone.
    """
    row = work.database.row("SELECT group_id FROM visit WHERE id = ?", (with_visit,))
    if row is None:
        raise Gone
    work.tell(Action.GROUP_CHANGED, visit=visit_id)
    group_id = row[0]
    if group_id is None:
        group_id = work.insert(models.VisitGroup, created_at=work.now)
        work.update(models.Visit, with_visit, group=group_id)
    work.update(models.Visit, visit_id, group=group_id)
    return int(group_id)


def leave(work: Work, visit_id: int) -> None:
    """Let a client come for herself; her visit and those of the others stay. Raises Gone."""
    work.tell(Action.GROUP_CHANGED, visit=visit_id)
    work.update(models.Visit, visit_id, group=None)


def move_group(work: Work, group_id: int, by: timedelta, day: date | None = None) -> dict[int, datetime]:
    """Move all visits of a group by the same distance, or none of them; who does not come any more is left out.

    With a ``day`` only those of it: whoever was put to another day comes for herself. Who has been served already,
    or is served, stays (``booking.shift``, which also says what is returned). Raises Gone when nobody of it comes, and
    what ``booking.move`` raises: VisitClosed when one of them has been served and nobody is ahead any more.
    """
    visits = read(work.database, group_id).on(day).visits
    coming = [one for one in visits if one.status in LIVE_STATUSES]
    if not coming:
        raise Gone
    work.tell(Action.GROUP_MOVED)
    return booking.shift(work, [one.visit_id for one in coming], by)


def read(database: Database, group_id: int) -> Group:
    """Who comes together. Raises Gone."""
    rows = database.rows(
        """
        SELECT g.name, v.id, COALESCE(c.name, ''), MIN(b.starts_at), v.status
        FROM visit_group g JOIN visit v ON v.group_id = g.id JOIN booked_service b ON b.visit_id = v.id
        LEFT JOIN client c ON c.id = v.client_id
        WHERE g.id = ? GROUP BY v.id ORDER BY MIN(b.starts_at), v.id
        """,
        (group_id,),
    )
    if not rows:
        raise Gone
    visits = tuple(GroupVisit(row[1], row[2], read_wall(row[3]), VisitStatus(row[4])) for row in rows)
    return Group(group_id, rows[0][0], visits)


def of_visit(database: Database, visit_id: int) -> Group | None:
    """With whom a client comes together on the day of her visit; None when she comes for herself. Raises Gone."""
    row = database.row("SELECT group_id, day FROM visit WHERE id = ?", (visit_id,))
    if row is None:
        raise Gone
    return None if row[0] is None else read(database, row[0]).on(date.fromisoformat(row[1]))


def near(database: Database, visit_id: int) -> tuple[GroupVisit, ...]:
    """Who comes at about the same time and not together with this client yet: the nearest, by time."""
    rows = database.rows(
        """
        WITH begins AS (
            SELECT v.id, v.client_id, v.status, v.group_id, MIN(b.starts_at) AS at
            FROM visit v JOIN booked_service b ON b.visit_id = v.id
            WHERE v.day = (SELECT day FROM visit WHERE id = ?) AND v.hour_known
            GROUP BY v.id)
        SELECT o.id, COALESCE(c.name, ''), o.at, o.status,
               ABS(strftime('%s', o.at) - strftime('%s', mine.at)) / 60 AS apart
        FROM begins mine JOIN begins o ON o.id <> mine.id AND (o.group_id IS NULL OR o.group_id IS NOT mine.group_id)
        LEFT JOIN client c ON c.id = o.client_id
        WHERE mine.id = ? AND apart <= ? AND o.status NOT IN ('cancelled', 'no_show')
        ORDER BY apart, o.at, o.id LIMIT ?
        """,
        (visit_id, visit_id, _NEAR_MINUTES, _MOST_NEAR),
    )
    found = [GroupVisit(row[0], row[1], read_wall(row[2]), VisitStatus(row[3])) for row in rows]
    return tuple(sorted(found, key=lambda one: (one.starts_at, one.visit_id)))
