"""What became of the reminders: long sent, or still in the hands of the administrator this morning."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from app.models import Reminder
from app.salon.exchange.sample.material import Material
from app.salon.exchange.sample.people import Person
from app.salon.exchange.sample.rows import Rows
from app.salon.exchange.sample.visits import PlannedVisit
from app.salon.profile import Profile
from app.salon.reminders.plan import due_at
from app.vocabulary import (
    AWAITED_STATUSES,
    Channel,
    ContactKind,
    ReminderKind,
    ReminderStatus,
    SkipReason,
    VisitStatus,
)

_MINUTES_EACH = 8
"""So long the administrator takes for one reminder, between two clients."""
_CONFIRMS = 0.7
_EVERY_FIFTH_KNOWS = 5


@dataclass(frozen=True, slots=True)
class ToldOutcome:
    """What the administrator did with a reminder at ``at`` (wall time). Without a channel no message was opened."""

    reminder: int
    at: datetime
    status: ReminderStatus
    channel: Channel | None
    skip_reason: SkipReason | None


class Reminding:
    """Notes the reminders of planned visits."""

    def __init__(self, material: Material, profile: Profile, now: datetime, rng: Random, rows: Rows) -> None:
        self._material = material
        self._profile = profile
        self._zone = ZoneInfo(profile.zone)
        self._now = now
        self._rng = rng
        self._rows = rows
        self._tomorrow = now.date() + timedelta(days=1)
        self._turns: dict[int, int] = {}
        self.told: list[ToldOutcome] = []
        """What goes through the real queue after the rows are written."""

    def work_through(self, visits: list[PlannedVisit], people: list[Person]) -> None:
        """Work through tomorrow's reminders from the top as far as one comes by now; some clients confirm."""
        waiting = [
            visit
            for visit in sorted(visits, key=lambda one: (one.starts_at, one.created_at))
            if visit.day == self._tomorrow
            and visit.status is VisitStatus.BOOKED
            and visit.person is not None
            and people[visit.person].has_phone
            and self._is_due(visit)
        ]
        for turn, visit in enumerate(waiting):
            sent_at = self._turn_at(visit, turn)
            if sent_at > self._now + timedelta(minutes=_MINUTES_EACH):
                break
            self._turns[id(visit)] = turn
            visit.reminder = ReminderStatus.SENT
            if sent_at > self._now - timedelta(minutes=_MINUTES_EACH):
                visit.reminder = ReminderStatus.OPENED
            elif turn % _EVERY_FIFTH_KNOWS == _EVERY_FIFTH_KNOWS - 1:
                visit.reminder = ReminderStatus.SKIPPED
            elif self._rng.random() < _CONFIRMS:
                visit.status = VisitStatus.CONFIRMED

    def add(self, visit: PlannedVisit, visit_id: int, person: Person) -> None:
        """Note the reminder of ``visit``, if one was ever due."""
        due = due_at(visit.starts_at, self._profile.reminder_minute, visit.created_at)
        if due is None:
            return
        turn = self._turns.get(id(visit))
        if turn is not None:
            self._hand_over(visit, visit_id, due, turn, person)
            return
        status, skip_reason, closed_at = self._outcome(visit, person, due)
        if closed_at is None:
            self._row(visit_id, due)
            return
        was_opened = status in {ReminderStatus.SENT, ReminderStatus.FAILED}
        self._row(
            visit_id,
            due,
            status,
            sent_through=self._channel(person) if was_opened else None,
            opened_at=closed_at - timedelta(minutes=1) if was_opened else None,
            closed_at=closed_at,
            skip_reason=skip_reason,
            note=self._material.phrase("reminder_failed") if status is ReminderStatus.FAILED else "",
        )

    # ---- parts ---------------------------------------------------------------------------------------------

    def _is_due(self, visit: PlannedVisit) -> bool:
        due = due_at(visit.starts_at, self._profile.reminder_minute, visit.created_at)
        return due is not None and due <= self._now

    def _turn_at(self, visit: PlannedVisit, turn: int) -> datetime:
        midnight = visit.starts_at.replace(hour=0, minute=0) - timedelta(days=1)
        return midnight + timedelta(minutes=self._profile.reminder_minute + 3 + turn * _MINUTES_EACH)

    def _hand_over(self, visit: PlannedVisit, visit_id: int, due: datetime, turn: int, person: Person) -> None:
        """Leave a reminder of this morning to the real queue, so that the journal tells who did what."""
        reminder = self._row(visit_id, due)
        status = visit.reminder or ReminderStatus.SENT
        is_skipped = status is ReminderStatus.SKIPPED
        self.told.append(
            ToldOutcome(
                reminder,
                min(self._turn_at(visit, turn), self._now - timedelta(minutes=2)),
                status,
                None if is_skipped else self._channel(person),
                SkipReason.ALREADY_KNOWS if is_skipped else None,
            )
        )

    def _outcome(
        self, visit: PlannedVisit, person: Person, due: datetime
    ) -> tuple[ReminderStatus, SkipReason | None, datetime | None]:
        """What became of a reminder, why it was left out, and when it was closed (None: it waits)."""
        if visit.cancelled_at is not None and visit.cancelled_at < due:
            return ReminderStatus.CANCELLED, None, visit.cancelled_at
        is_left = visit.status in AWAITED_STATUSES and (
            visit.reminder is ReminderStatus.QUEUED or (visit.day == self._tomorrow and person.has_phone)
        )
        if due > self._now or is_left:
            return ReminderStatus.QUEUED, None, None
        after = due + timedelta(minutes=self._rng.randrange(4, 150))
        closed_at = min(after, visit.cancelled_at or self._now, self._now)
        if not person.has_phone:
            return ReminderStatus.SKIPPED, SkipReason.NO_CONTACT, closed_at
        fate = self._rng.random()
        if fate < 0.02 and visit.status is not VisitStatus.CONFIRMED:
            return ReminderStatus.FAILED, None, closed_at
        if fate < 0.05:
            reason = self._rng.choice((SkipReason.ALREADY_KNOWS, SkipReason.CLIENT_DECLINED))
            return ReminderStatus.SKIPPED, reason, closed_at
        return ReminderStatus.SENT, None, closed_at

    def _row(
        self,
        visit_id: int,
        due: datetime,
        status: ReminderStatus = ReminderStatus.QUEUED,
        *,
        sent_through: Channel | None = None,
        opened_at: datetime | None = None,
        closed_at: datetime | None = None,
        skip_reason: SkipReason | None = None,
        note: str = "",
    ) -> int:
        return self._rows.add(
            Reminder,
            visit=visit_id,
            kind=ReminderKind.UPCOMING_VISIT,
            channel=Channel.BY_HAND,
            due_at=due,
            status=status,
            sent_through=sent_through,
            opened_at=opened_at and opened_at.replace(tzinfo=self._zone),
            closed_at=closed_at and closed_at.replace(tzinfo=self._zone),
            skip_reason=skip_reason,
            note=note,
        )

    def _channel(self, person: Person) -> Channel:
        if any(contact.kind is ContactKind.TELEGRAM for contact in person.contacts):
            return Channel.TELEGRAM
        return self._rng.choices((Channel.WHATSAPP, Channel.TELEGRAM, Channel.PHONE_CALL), (72, 16, 12))[0]
