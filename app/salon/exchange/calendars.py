"""Visits for other people's calendars: one for the client, a week for the master.

Such a file leaves the salon: it is mailed, and phones copy it to a cloud. So it carries no notes, no alerts and no
phones, and the client's name is shortened in a master's week.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app import wording
from app.errors import NoSuchMaster, NoSuchVisit
from app.language import _
from app.models.kept import read_instant, read_wall
from app.salon.exchange import icalendar_text, stood_once
from app.salon.exchange.icalendar_text import CalendarEvent
from app.salon.exchange.stood_once import StoodOnce
from app.salon.scheduling.intervals import Interval, merged
from app.salon.transaction import Salon
from app.vocabulary import LIVE_STATUSES, VisitStatus


@dataclass(frozen=True, slots=True)
class _Booked:
    """A booked service with its visit, as a calendar needs it."""

    booked_id: int
    visit_id: int
    created_at: str
    status: VisitStatus
    client_name: str
    service: str
    staff_id: int
    master: str
    starts_at: datetime
    ends_at: datetime


_BOOKED = """
SELECT b.id, v.id, v.created_at, v.status, COALESCE(c.name, ''), s.name, m.id, m.name, b.starts_at, b.ends_at
FROM booked_service b
JOIN visit v ON v.id = b.visit_id
JOIN service s ON s.id = b.service_id
JOIN staff_member m ON m.id = b.staff_id
LEFT JOIN client c ON c.id = v.client_id
WHERE b.takes_time AND v.hour_known AND {which}
ORDER BY b.starts_at, b.position, b.id
"""


def of_visit(salon: Salon, visit_id: int) -> str:
    """A visit for the client's own calendar: the salon, what is done by whom and when.

    A cancelled visit takes itself out of the calendar again. Raises NoSuchVisit, also for a visit of which only the
    date is known.
    """
    booked = _booked(salon, "v.id = ?", (visit_id,))
    if not booked:
        raise NoSuchVisit(visit_id)
    profile, now = salon.profile, salon.clock.now()
    what = wording.listed(list(dict.fromkeys(one.service for one in booked)))
    lines = [
        f"{wording.interval(one.starts_at, one.ends_at)} {one.service}, {wording.short_name(one.master)}"
        for one in booked
    ]
    event = CalendarEvent(
        uid=icalendar_text.uid("visit", visit_id, booked[0].created_at),
        starts_at=booked[0].starts_at,
        ends_at=max(one.ends_at for one in booked),
        summary=f"{profile.name}: {what}",
        description="\n".join(lines),
        location=profile.name,
        is_cancelled=booked[0].status is VisitStatus.CANCELLED,
        revision=_revision(booked[0].created_at, now),
    )
    return icalendar_text.text([event], profile.zone, now)


def of_master_week(salon: Salon, staff_id: int, day: date) -> str:
    """The visits of a master from the Monday to the Sunday of the week of ``day``.

    Who put an earlier file of the week into a calendar has there what this one says: a cancelled or missed visit, and
    one that another master has now, take themselves out again, and one of another week goes there. Six queries.
    Raises NoSuchMaster.
    """
    name = salon.database.value("SELECT name FROM staff_member WHERE id = ?", (staff_id,))
    if name is None:
        raise NoSuchMaster("", _names(salon))
    monday, sunday = week_of(day)
    booked = _booked(
        salon,
        "b.staff_id = ? AND b.starts_at >= ? AND b.starts_at < ?",
        (staff_id, f"{monday.isoformat()} 00:00", f"{sunday.isoformat()} 24:00"),
    )
    once = stood_once.of_week(salon.database, staff_id, monday)
    there = {one.visit_id for one in booked}
    booked += _booked(
        salon,
        "b.staff_id = ? AND v.id IN (SELECT value FROM json_each(?))",
        (staff_id, json.dumps([one.visit_id for one in once if one.visit_id not in there])),
    )
    profile = salon.profile
    now = salon.clock.now()
    events = [_master_event(part, number, profile.name, now) for part, number in _parts(booked)]
    for one in once:
        standing = [each for each in booked if each.visit_id == one.visit_id]
        events += _gone_events(one, standing, staff_id, profile.name, now)
    return icalendar_text.text(events, profile.zone, now, name=f"{name}, {profile.name}")


def master_named(salon: Salon, name: str) -> int:
    """The id of the master of this name; whoever is one here now comes before who was one. Raises NoSuchMaster."""
    wanted = name.strip().casefold()
    rows = salon.database.rows(
        "SELECT id, name FROM staff_member ORDER BY archived_at IS NOT NULL, is_master DESC, position, id"
    )
    found = next((staff_id for staff_id, one in rows if one.casefold() == wanted), None)
    if found is None:
        raise NoSuchMaster(name, _names(salon))
    return int(found)


def week_of(day: date) -> tuple[date, date]:
    """Monday and Sunday of the week of ``day``."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def _booked(salon: Salon, which: str, values: tuple[object, ...]) -> list[_Booked]:
    rows = salon.database.rows(_BOOKED.format(which=which), values)
    return [
        _Booked(one, visit, at, VisitStatus(status), client, service, staff, name, read_wall(begin), read_wall(end))
        for one, visit, at, status, client, service, staff, name, begin, end in rows
    ]


def _names(salon: Salon) -> tuple[str, ...]:
    rows = salon.database.rows(
        "SELECT name FROM staff_member WHERE is_master AND archived_at IS NULL ORDER BY position"
    )
    return tuple(row[0] for row in rows)


def _parts(booked: Sequence[_Booked]) -> list[tuple[list[_Booked], int]]:
    """Services that follow each other without a pause as one event, numbered within their visit."""
    by_visit: dict[int, list[list[_Booked]]] = {}
    for one in booked:
        parts = by_visit.setdefault(one.visit_id, [])
        if parts and one.starts_at <= max(earlier.ends_at for earlier in parts[-1]):
            parts[-1].append(one)
        else:
            parts.append([one])
    return [(part, number) for parts in by_visit.values() for number, part in enumerate(parts)]


def _revision(created_at: str, now: datetime) -> int:
    """Seconds since the visit was booked: each later file is newer, however the visit was changed in between."""
    return max(0, int((now - read_instant(created_at)).total_seconds()))


def _master_event(part: Sequence[_Booked], number: int, place: str, now: datetime) -> CalendarEvent:
    first = part[0]
    what = wording.listed(list(dict.fromkeys(one.service for one in part)))
    who = wording.short_name(first.client_name) if first.client_name else _("Without a card")
    return CalendarEvent(
        uid=icalendar_text.uid("master", first.staff_id, first.visit_id, first.created_at, number),
        starts_at=first.starts_at,
        ends_at=max(one.ends_at for one in part),
        summary=f"{who}: {what}",
        location=place,
        is_cancelled=first.status not in LIVE_STATUSES,
        revision=_revision(first.created_at, now),
    )


def _gone_events(
    once: StoodOnce, standing: Sequence[_Booked], staff_id: int, place: str, now: datetime
) -> list[CalendarEvent]:
    """The parts of a visit that the master had once and has no more: those beyond the parts that stand now."""
    still = len(_parts(standing))
    there = {one.booked_id: Interval(one.starts_at, one.ends_at) for one in standing}
    parts = max((merged({**there, **taken}.values()) for taken in once.taken), key=len)
    return [
        CalendarEvent(
            uid=icalendar_text.uid("master", staff_id, once.visit_id, once.created_at, number),
            starts_at=part.starts_at,
            ends_at=part.ends_at,
            summary=wording.short_name(once.client_name) if once.client_name else _("Cancelled"),
            location=place,
            is_cancelled=True,
            revision=_revision(once.created_at, now),
        )
        for number, part in enumerate(parts)
        if number >= still
    ]
