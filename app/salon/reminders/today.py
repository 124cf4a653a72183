"""What the front desk has to do about reminders now: everything that the screen lists, in a fixed number of queries."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.models.connection import Database
from app.salon.reminders import queue
from app.salon.reminders.queue import ReminderLine
from app.vocabulary import ReminderStatus


@dataclass(frozen=True, slots=True)
class RemindersToday:
    """The reminders of the day, by what is to be done about them; the earliest visit first."""

    left_over: tuple[ReminderLine, ...]
    """Due since an earlier day: the computer was off, or nobody got round to it. These go first."""
    due: tuple[ReminderLine, ...]
    """Due since today."""
    coming: tuple[ReminderLine, ...]
    """Due later today or tomorrow."""
    missed: tuple[ReminderLine, ...]
    """Nobody sent them, and their visit of today has begun."""
    closed: tuple[ReminderLine, ...]
    """Sent, failed, skipped or cancelled today, the latest first."""
    invitations: tuple[ReminderLine, ...] = ()
    """They wait as long as nobody sends them: no visit is missed without them. The longest waiting first."""

    @property
    def waiting(self) -> int:
        """How many wait to be sent."""
        return len(self.left_over) + len(self.due) + len(self.invitations)

    @property
    def sent(self) -> int:
        """How many were sent today."""
        return sum(line.status is ReminderStatus.SENT for line in self.closed)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show at all."""
        return not (self.waiting or self.coming or self.missed or self.closed)


def read(database: Database, now: datetime, zone: str) -> RemindersToday:
    """The reminders as they stand at ``now`` (wall time) in a salon in ``zone`` (IANA name)."""
    midnight = now.replace(hour=0, minute=0)
    found = queue.due(database, now)
    waiting = [line for line in found if not line.is_invitation]
    closed = queue.closed_on(database, now.date(), zone)
    return RemindersToday(
        left_over=tuple(line for line in waiting if line.due_at < midnight),
        due=tuple(line for line in waiting if line.due_at >= midnight),
        coming=tuple(queue.coming(database, now, midnight + timedelta(days=2, minutes=-1))),
        missed=tuple(queue.missed_on(database, now)),
        closed=tuple(sorted(closed, key=_told_last, reverse=True)),
        invitations=tuple(line for line in found if line.is_invitation),
    )


def _told_last(line: ReminderLine) -> tuple[str, int]:
    return ("" if line.closed_at is None else line.closed_at.isoformat(), line.reminder_id)
