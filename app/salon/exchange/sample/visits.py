"""A visit of the sample before it becomes rows."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from app.salon.exchange.sample.diary import Part
from app.vocabulary import CancelReason, ReminderStatus, VisitStatus


@dataclass(slots=True)
class PlannedVisit:
    """One client's stay. ``person`` counts from 0; None is a walk-in without a card. All times are wall times."""

    person: int | None
    starts_at: datetime
    parts: tuple[Part, ...]
    created_at: datetime
    status: VisitStatus = VisitStatus.BOOKED
    cancel_reason: CancelReason | None = None
    cancelled_at: datetime | None = None
    comment: str = ""
    starts: tuple[datetime, ...] = ()
    """When each part starts, where they do not simply follow each other."""
    reminder: ReminderStatus | None = None
    """What became of the reminder, where a script says it."""
    buys_product: bool = False

    @property
    def day(self) -> date:
        """The salon's date of the visit."""
        return self.starts_at.date()

    @property
    def ends_at(self) -> datetime:
        """When the client leaves."""
        return max(starts + timedelta(minutes=part.lengths.total) for part, starts in self.timed_parts())

    def timed_parts(self) -> list[tuple[Part, datetime]]:
        """Each service with its start."""
        if self.starts:
            return list(zip(self.parts, self.starts, strict=True))
        timed: list[tuple[Part, datetime]] = []
        start = self.starts_at
        for part in self.parts:
            timed.append((part, start))
            start += timedelta(minutes=part.lengths.total)
        return timed


def at(day: date, minute: int) -> datetime:
    """The wall time ``minute`` minutes after midnight of ``day``."""
    return datetime.combine(day, time(minute // 60, minute % 60))
