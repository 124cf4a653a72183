"""When a reminder is due. Pure."""

from datetime import datetime, timedelta


def moment_for(visit_starts_at: datetime, reminder_minute: int) -> datetime:
    """The day before the visit at ``reminder_minute`` of that day (all wall time), whether it has passed or not."""
    day_before = (visit_starts_at - timedelta(days=1)).replace(hour=0, minute=0)
    return day_before + timedelta(minutes=reminder_minute)


def due_at(visit_starts_at: datetime, reminder_minute: int, now: datetime) -> datetime | None:
    """When a visit that is booked at ``now`` is reminded of (all wall time).

    None when that moment has passed: who books inside the lead time has just heard when to come, so the booking
    itself reminds, and nothing is ever planned for the past.
    """
    due = moment_for(visit_starts_at, reminder_minute)
    return due if due > now else None
