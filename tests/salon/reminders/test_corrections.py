"""A slip of the hand at the front desk neither loses a reminder nor doubles it."""

import pytest

from app.clock import standing_at
from app.errors import ReminderClosed
from app.salon import profile as profile_of
from app.salon.profile import Profile
from app.salon.reminders import queue
from app.salon.scheduling import booking
from app.salon.transaction import carry_out
from app.vocabulary import Channel, ReminderStatus, SkipReason, VisitStatus
from tests.builders import ZONE, SmallSalon, at


def move(small: SmallSalon, visit: int, days: int, hour: int = 15) -> None:
    carry_out(small.salon, booking.move, small.booked_service(visit), small.olga, at(hour, days=days))


@pytest.mark.parametrize("back_to", [VisitStatus.BOOKED, VisitStatus.CONFIRMED])
def test_an_arrival_by_mistake_does_not_lose_a_due_reminder(small: SmallSalon, back_to: VisitStatus) -> None:
    visit = small.book(at(15, days=1), small.client())
    small.clock.instant = standing_at(at(10, days=1), ZONE).instant
    carry_out(small.salon, booking.set_status, visit, VisitStatus.ARRIVED)
    assert queue.count_due(small.database, at(10, days=1)) == 0
    carry_out(small.salon, booking.set_status, visit, back_to)
    assert queue.count_due(small.database, at(10, days=1)) == 1


def test_a_failed_one_of_the_old_day_is_not_tried_again_after_the_move(small: SmallSalon) -> None:
    visit = small.book(at(15, days=2), small.client())
    (first,) = queue.of_visit(small.database, visit)
    carry_out(small.salon, queue.record, first.reminder_id, ReminderStatus.FAILED)
    move(small, visit, 5)
    with pytest.raises(ReminderClosed):
        carry_out(small.salon, queue.put_back, first.reminder_id)
    assert [line.due_at for line in queue.of_visit(small.database, visit) if line.is_open] == [at(12, days=4)]


@pytest.mark.parametrize("told", [ReminderStatus.SENT, ReminderStatus.FAILED, ReminderStatus.SKIPPED])
def test_another_hour_of_reminding_reminds_nobody_twice(small: SmallSalon, told: ReminderStatus) -> None:
    visit = small.book(at(15, days=1), small.client())
    (line,) = queue.of_visit(small.database, visit)
    small.clock.instant = standing_at(at(12, 5), ZONE).instant
    carry_out(small.salon, queue.record, line.reminder_id, told, skip_reason=SkipReason.ALREADY_KNOWS)
    carry_out(small.salon, profile_of.write, Profile(zone=ZONE, reminder_minute=18 * 60))
    carry_out(small.salon, booking.set_status, visit, VisitStatus.CONFIRMED)
    assert [one.status for one in queue.of_visit(small.database, visit)] == [told]


def test_a_message_that_lies_open_is_written_again_when_the_hour_changes(small: SmallSalon) -> None:
    """What was opened names the old hour; recording it as sent would send the client there."""
    visit = small.book(at(15, days=1), small.client())
    (line,) = queue.of_visit(small.database, visit)
    carry_out(small.salon, queue.open_message, line.reminder_id, Channel.WHATSAPP)
    move(small, visit, 1, hour=17)
    (line,) = queue.of_visit(small.database, visit)
    assert (line.status, line.sent_through) == (ReminderStatus.QUEUED, None)
