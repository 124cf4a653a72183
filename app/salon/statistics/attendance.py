"""Who does not come: no-shows of a period, and the cancellations that came too late to fill the place."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from app.models.connection import Database
from app.models.kept import read_instant, read_wall
from app.salon import profile as profile_of
from app.salon.statistics import words
from app.salon.statistics.periods import Period
from app.salon.statistics.results import Beside, BesideKind, FigureRow, Group, RowKind, ascending
from app.vocabulary import Action, CancelReason, VisitStatus

NOTICE = timedelta(hours=24)
"""The salon's notice window: how long before the start a client should cancel at the latest."""

_BY_THE_SALON = frozenset({CancelReason.MASTER_ABSENT, CancelReason.SALON_ASKED, CancelReason.BOOKED_BY_MISTAKE})
"""Cancellations that say nothing about the client; they are in no row."""


@dataclass(frozen=True, slots=True)
class Appointment:
    """A visit of the calendar as it ended. ``client`` None is a walk-in without a card."""

    client: int | None
    status: VisitStatus
    starts_at: datetime
    """Wall time of its first service."""
    cancel_reason: CancelReason | None
    cancelled_at: datetime | None
    """UTC; None when nobody knows, as for imported history."""


_APPOINTMENTS = """
    SELECT v.client_id, v.status, MIN(b.starts_at), v.cancel_reason,
           CASE WHEN v.status = 'cancelled' THEN
               (SELECT MAX(j.at) FROM journal_entry j WHERE j.visit = v.id AND j.action = ?) END
    FROM visit v JOIN booked_service b ON b.visit_id = v.id
    WHERE v.day BETWEEN ? AND ?
    GROUP BY v.id
"""


def no_show_rows(database: Database, period: Period, today: date) -> Iterator[FigureRow]:
    """Rows of ``no_show_rate``: the salon, and the late cancellations beside it. They count visits."""
    zone = profile_of.read(database).zone
    visits = list(_appointments(database, period, today))
    missed = [one for one in visits if one.status is VisitStatus.NO_SHOW]
    kept = [one for one in visits if one.status is VisitStatus.COMPLETED]
    still_open = [one for one in visits if one.status not in _ENDED]
    yield _row(RowKind.SALON, missed, [*missed, *kept], BesideKind.STILL_OPEN, still_open)
    cancelled = [
        one for one in visits if one.status is VisitStatus.CANCELLED and one.cancel_reason not in _BY_THE_SALON
    ]
    known = [one for one in cancelled if one.cancelled_at is not None]
    unknown = [one for one in cancelled if one.cancelled_at is None]
    late = [one for one in known if is_late(one, zone)]
    yield _row(RowKind.LATE_CANCELLATIONS, late, known, BesideKind.MOMENT_UNKNOWN, unknown)


_ENDED = frozenset({VisitStatus.COMPLETED, VisitStatus.NO_SHOW, VisitStatus.CANCELLED})


def is_late(visit: Appointment, zone: str) -> bool:
    """Whether it was cancelled with less notice than NOTICE, in hours that really passed (zone: IANA name)."""
    starts = visit.starts_at.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    return visit.cancelled_at is not None and starts - visit.cancelled_at < NOTICE


def _appointments(database: Database, period: Period, today: date) -> Iterator[Appointment]:
    last = min(period.ends, today).isoformat()
    for client, status, starts, reason, at in database.rows(
        _APPOINTMENTS, (Action.VISIT_CANCELLED, period.begins.isoformat(), last)
    ):
        yield Appointment(
            client,
            VisitStatus(status),
            read_wall(starts),
            CancelReason(reason) if reason else None,
            read_instant(at) if at else None,
        )


def _row(
    kind: RowKind,
    numerator: list[Appointment],
    denominator: list[Appointment],
    beside_kind: BesideKind,
    beside: list[Appointment],
) -> FigureRow:
    text = words.visits_beside(beside_kind, len(beside))
    return FigureRow(
        kind=kind,
        group=Group.ALL,
        label=words.row_label(kind, Group.ALL),
        numerator=len(numerator),
        denominator=len(denominator),
        immature=0,
        numerator_clients=_clients(numerator),
        denominator_clients=_clients(denominator),
        immature_clients=(),
        beside=(Beside(beside_kind, len(beside), _clients(beside), text),) if beside else (),
    )


def _clients(visits: Iterable[Appointment]) -> tuple[int, ...]:
    return ascending({one.client for one in visits if one.client is not None})
