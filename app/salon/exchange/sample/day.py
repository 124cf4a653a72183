"""The day of the pictures: today, as its script tells it, at any hour."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from app.salon.exchange.sample.diary import Part
from app.salon.exchange.sample.material import Material, minute_of
from app.salon.exchange.sample.people import Person
from app.salon.exchange.sample.visits import PlannedVisit, at
from app.vocabulary import CancelReason, ReminderStatus, VisitStatus

_NOT_COMING_AFTER = timedelta(minutes=20)
"""So long the salon waits before it says that somebody did not come."""


@dataclass(frozen=True, slots=True)
class LateBooking:
    """A visit of today that was booked since yesterday evening; it goes through the real booking."""

    visit: PlannedVisit
    overbooked_reason: str


@dataclass(frozen=True, slots=True)
class Today:
    """The visits of today: those that were in the diary, and those that came in since yesterday evening."""

    standing: list[PlannedVisit]
    late: list[LateBooking]


def scripted(material: Material, people: list[Person], now: datetime, rng: Random) -> Today:
    """Today by its script at ``now`` (wall time). ``people`` are the people of the script, in its order."""
    standing: list[PlannedVisit] = []
    late: list[LateBooking] = []
    for number, entry in enumerate(material.script):
        visit = _visit(material, entry, number, now)
        visit.created_at = _booked_at(entry, people[number], now, rng)
        if entry["booked"] in {"this_morning", "yesterday"}:
            said = material.said(entry["overbooked"]) if "overbooked" in entry else ""
            late.append(LateBooking(visit, said))
        else:
            standing.append(visit)
    return Today(standing, late)


def _visit(material: Material, entry: dict[str, Any], number: int, now: datetime) -> PlannedVisit:
    masters = [master.key for master in material.masters]
    services = material.price_list.services
    parts = tuple(Part(s, masters.index(m), services[s].lengths) for s, m, _ in entry["services"])
    starts = tuple(at(now.date(), minute_of(clock)) for _, _, clock in entry["services"])
    visit = PlannedVisit(number, starts[0], parts, now, starts=starts)
    visit.comment = material.said(entry["comment"]) if "comment" in entry else ""
    visit.buys_product = bool(entry.get("product"))
    visit.reminder = ReminderStatus(entry["reminder"]) if "reminder" in entry else None
    visit.status = status_at(visit, entry, now)
    if visit.status is VisitStatus.CANCELLED:
        visit.cancel_reason = CancelReason(entry["cancelled"])
        visit.cancelled_at = min(now, at(now.date(), 9 * 60 + 5))
    return visit


def status_at(visit: PlannedVisit, entry: dict[str, Any], now: datetime) -> VisitStatus:
    """Where a visit of the script stands at ``now``."""
    early = timedelta(minutes=entry.get("early", 5))
    expected = VisitStatus.CONFIRMED if entry.get("confirmed") else VisitStatus.BOOKED
    if entry.get("cancelled"):
        return VisitStatus.CANCELLED
    if entry.get("no_show"):
        return VisitStatus.NO_SHOW if now >= visit.starts_at + _NOT_COMING_AFTER else expected
    if now >= visit.ends_at:
        return VisitStatus.COMPLETED
    if now >= visit.starts_at:
        return VisitStatus.IN_SERVICE
    return VisitStatus.ARRIVED if now >= visit.starts_at - early else expected


def _booked_at(entry: dict[str, Any], person: Person, now: datetime, rng: Random) -> datetime:
    """When the visit was agreed on, never after ``now``."""
    today = now.date()
    if entry["booked"] == "this_morning":
        return min(now, at(today, 9 * 60 + 10 + rng.randrange(25)))
    if entry["booked"] == "yesterday":
        return at(today - timedelta(days=1), 19 * 60 + 5)
    days = max(7, person.needs[0].every_days) if entry["booked"] == "at_last_visit" else rng.randrange(3, 9)
    return at(today - timedelta(days=days), rng.randrange(11 * 60, 20 * 60))
