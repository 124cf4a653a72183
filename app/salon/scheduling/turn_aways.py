"""Whom the salon could not take: what they wanted, when, and why it could not be."""

from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from app import models
from app.clock import wall_time
from app.frozen import frozen
from app.models.connection import Database
from app.models.kept import instant_text, read_instant
from app.salon.transaction import Work
from app.salon.typed import text
from app.vocabulary import Action, TurnAwayReason

T = TypeVar("T")


@frozen
class NewTurnAway:
    """What is known about somebody who was turned away; everything but the reason may be unknown."""

    reason: TurnAwayReason
    client_id: int | None = None
    service_id: int | None = None
    staff_id: int | None = None
    """The master who was asked for; None: anybody."""
    wished_day: date | None = None
    wished_minute: int | None = None
    """The minute of the day that was asked for."""
    note: str = ""


@frozen
class TurnAwayLine:
    """One line of the log."""

    turn_away_id: int
    at: datetime
    """When the salon said no, wall time."""
    reason: TurnAwayReason
    client_id: int | None
    client_name: str
    service_name: str
    staff_name: str
    wished_day: date | None
    wished_minute: int | None
    note: str


@frozen
class TurnAwayCounts:
    """How many were turned away, by reason, by service and by the hour they asked for; the most frequent first.

    What is not known is counted under the empty name and under the hour None, so that the sums agree.
    """

    total: int
    by_reason: tuple[tuple[TurnAwayReason, int], ...]
    by_service: tuple[tuple[str, int], ...]
    by_hour: tuple[tuple[int | None, int], ...]


def log(work: Work, new: NewTurnAway) -> int:
    """Note that somebody could not be taken; returns the id of the line. Raises TextTooLong, Gone."""
    work.tell(Action.TURNED_AWAY, client=new.client_id, note=new.reason)
    return work.insert(
        models.TurnAway,
        at=work.now,
        client=new.client_id,
        service=new.service_id,
        staff=new.staff_id,
        wished_day=new.wished_day,
        wished_minute=new.wished_minute,
        reason=new.reason,
        note=text(new.note),
    )


def listed(database: Database, first: date, last: date, zone: str) -> list[TurnAwayLine]:
    """The log from ``first`` to ``last``, both included, the newest first."""
    rows = database.rows(
        """
        SELECT t.id, t.at, t.reason, t.client_id, COALESCE(c.name, ''), COALESCE(s.name, ''), COALESCE(m.name, ''),
               t.wished_day, t.wished_minute, t.note
        FROM turn_away t
        LEFT JOIN client c ON c.id = t.client_id
        LEFT JOIN service s ON s.id = t.service_id
        LEFT JOIN staff_member m ON m.id = t.staff_id
        WHERE t.at >= ? AND t.at < ? ORDER BY t.at DESC, t.id DESC
        """,
        (_midnight(first, zone), _midnight(last + timedelta(days=1), zone)),
    )
    return [
        TurnAwayLine(
            turn_away_id=row[0],
            at=wall_time(read_instant(row[1]), zone),
            reason=TurnAwayReason(row[2]),
            client_id=row[3],
            client_name=row[4],
            service_name=row[5],
            staff_name=row[6],
            wished_day=None if row[7] is None else date.fromisoformat(row[7]),
            wished_minute=row[8],
            note=row[9],
        )
        for row in rows
    ]


def counted(lines: list[TurnAwayLine]) -> TurnAwayCounts:
    """The log in numbers."""
    return TurnAwayCounts(
        total=len(lines),
        by_reason=_counted([line.reason for line in lines]),
        by_service=_counted([line.service_name for line in lines]),
        by_hour=_counted([None if line.wished_minute is None else line.wished_minute // 60 for line in lines]),
    )


def _counted(things: list[T]) -> tuple[tuple[T, int], ...]:
    """Each with its count, the most frequent first, then in the order in which they came."""
    counts: dict[T, int] = {}
    for thing in things:
        counts[thing] = counts.get(thing, 0) + 1
    return tuple(sorted(counts.items(), key=lambda one: -one[1]))


def _midnight(day: date, zone: str) -> str:
    return instant_text(datetime.combine(day, time.min, ZoneInfo(zone)).astimezone(UTC))
