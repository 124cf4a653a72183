"""A slip of the hand at the front desk neither loses a reminder nor doubles it."""

from datetime import timedelta

import pytest

from app.clock import standing_at
from app.errors import ChangedSince, ReminderClosed
from app.salon import journal, profile as profile_of, undo
from app.salon.profile import Profile
from app.salon.reminders import queue
from app.salon.reminders.queue import ReminderLine
from app.salon.scheduling import booking
from app.salon.scheduling.booking import BookingRequest
from app.salon.transaction import carry_out
from app.vocabulary import CancelReason, Channel, ReminderStatus, SkipReason, VisitStatus
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


def test_an_earlier_hour_of_reminding_loses_no_reminder_of_today(small: SmallSalon) -> None:
    """Reminded of at noon; at 11:00 the owner puts the reminders to 10:00, and the visit is confirmed after that."""
    visit = small.book(at(15, days=1), small.client())
    carry_out(small.salon, profile_of.write, Profile(zone=ZONE, reminder_minute=10 * 60))
    carry_out(small.salon, booking.set_status, visit, VisitStatus.CONFIRMED)
    assert queue.count_due(small.database, at(12)) == 1
    move(small, visit, 1, hour=17)
    assert queue.count_due(small.database, at(12)) == 1
    move(small, visit, 2)
    assert [one.due_at for one in queue.of_visit(small.database, visit) if one.is_open] == [at(10, days=1)]


def taken_for_arrived(small: SmallSalon, visit: int) -> None:
    """On the morning of the visit somebody else was taken for its client; a moment later this is set right."""
    for status in (VisitStatus.ARRIVED, VisitStatus.CONFIRMED):
        carry_out(small.salon, booking.set_status, visit, status)


def reminded_at(small: SmallSalon, hour: int) -> None:
    """From now on the salon reminds at another hour."""
    carry_out(small.salon, profile_of.write, Profile(zone=ZONE, reminder_minute=hour * 60))


def test_a_mistake_at_the_door_loses_no_reminder_of_an_hour_that_is_another_since(small: SmallSalon) -> None:
    visit = small.book(at(15, days=1), small.client())
    reminded_at(small, 10)
    small.clock.instant = standing_at(at(10, days=1), ZONE).instant
    taken_for_arrived(small, visit)
    assert queue.count_due(small.database, at(10, days=1)) == 1


def test_nor_does_it_remind_of_a_day_that_was_told_of(small: SmallSalon) -> None:
    """Planned for noon, then for ten, and told at ten; noon it is again when somebody is taken for the client."""
    visit = small.book(at(15, days=2), small.client())
    reminded_at(small, 10)
    carry_out(small.salon, booking.set_status, visit, VisitStatus.CONFIRMED)
    small.clock.instant = standing_at(at(10, 5, days=1), ZONE).instant
    carry_out(small.salon, queue.record, open_one(small, visit).reminder_id, ReminderStatus.SENT)
    reminded_at(small, 12)
    small.clock.instant = standing_at(at(10, days=2), ZONE).instant
    taken_for_arrived(small, visit)
    assert queue.count_due(small.database, at(10, days=2)) == 0


def test_what_lies_open_can_be_told_of_although_the_salon_reminds_at_another_hour_since(small: SmallSalon) -> None:
    """Whoever has just written to the client says so, and nobody writes to her once more at six."""
    visit = small.book(at(15, days=1), small.client())
    opened(small, visit)
    reminded_at(small, 18)
    carry_out(small.salon, booking.set_status, visit, VisitStatus.CONFIRMED)
    line = open_one(small, visit)
    assert line.status is ReminderStatus.OPENED
    carry_out(small.salon, queue.record, line.reminder_id, ReminderStatus.SENT)
    carry_out(small.salon, booking.set_status, visit, VisitStatus.BOOKED)
    assert [one.status for one in queue.of_visit(small.database, visit)] == [ReminderStatus.SENT]


def test_what_lies_open_is_all_there_is_however_often_the_hour_was_put_to_and_fro(small: SmallSalon) -> None:
    """To six, back to noon, and to six once more when the message of noon was opened: that of six stays away."""
    visit = small.book(at(15, days=1), small.client())
    for hour, status in ((18, VisitStatus.CONFIRMED), (12, VisitStatus.BOOKED)):
        reminded_at(small, hour)
        carry_out(small.salon, booking.set_status, visit, status)
    opened(small, visit)
    reminded_at(small, 18)
    carry_out(small.salon, booking.set_status, visit, VisitStatus.CONFIRMED)
    assert open_one(small, visit).status is ReminderStatus.OPENED


def test_a_mistake_at_the_door_reminds_nobody_who_was_booked_too_late_for_it(small: SmallSalon) -> None:
    visit = small.book(at(15), small.client())
    taken_for_arrived(small, visit)
    assert queue.of_visit(small.database, visit) == []


def test_what_comes_back_into_the_queue_was_opened_nowhere(small: SmallSalon) -> None:
    """Opened, cancelled and booked again: the message is to be written, and nothing says that it went by WhatsApp."""
    visit = small.book(at(15, days=1), small.client())
    opened(small, visit)
    carry_out(small.salon, booking.cancel, visit, CancelReason.CLIENT_ASKED)
    carry_out(small.salon, booking.set_status, visit, VisitStatus.BOOKED)
    assert is_to_be_written_again(small, visit)


def open_one(small: SmallSalon, visit: int) -> ReminderLine:
    """The reminder of a visit that somebody still has to send."""
    (line,) = (one for one in queue.of_visit(small.database, visit) if one.is_open)
    return line


def opened(small: SmallSalon, visit: int) -> None:
    line = open_one(small, visit)
    carry_out(small.salon, queue.open_message, line.reminder_id, Channel.WHATSAPP)


def is_to_be_written_again(small: SmallSalon, visit: int) -> bool:
    line = open_one(small, visit)
    assert (line.status is ReminderStatus.OPENED) is (line.sent_through is Channel.WHATSAPP)
    return line.status is ReminderStatus.QUEUED


def test_a_message_that_lies_open_is_written_again_when_the_hour_changes(small: SmallSalon) -> None:
    """What was opened names the old hour; recording it as sent would send the client there."""
    visit = small.book(at(15, days=1), small.client())
    opened(small, visit)
    move(small, visit, 1, hour=17)
    assert is_to_be_written_again(small, visit)


def test_nor_does_it_tell_of_a_move_that_is_taken_back(small: SmallSalon) -> None:
    """Moved, and a message opened that says so; the move was a mistake."""
    visit = small.book(at(15, days=1), small.client())
    act = carry_out(small.salon, booking.shift, [visit], timedelta(hours=2)).entry_id or 0
    opened(small, visit)
    carry_out(small.salon, undo.take_back, act)
    assert is_to_be_written_again(small, visit)


def test_what_was_opened_before_a_change_that_is_taken_back_is_true_again(small: SmallSalon) -> None:
    """Opened, then the hour was changed by mistake: what lies open names the hour that holds again."""
    visit = small.book(at(15, days=1), small.client())
    opened(small, visit)
    act = carry_out(small.salon, booking.move, small.booked_service(visit), small.maria, at(17, days=1)).entry_id or 0
    assert is_to_be_written_again(small, visit)
    carry_out(small.salon, undo.take_back, act)
    assert not is_to_be_written_again(small, visit)


@pytest.mark.parametrize(("days", "tells_of_the_move"), [(1, True), (3, False)])
def test_a_move_is_taken_back_although_its_message_was_opened(
    small: SmallSalon, days: int, *, tells_of_the_move: bool
) -> None:
    """The same message tells of the move by now and is written again; that of the old day is true as it lies there.

    Whoever moves after all finds what was opened of the move as it was.
    """
    visit = small.book(at(15, days=1), small.client())
    opened(small, visit)
    booked = small.booked_service(visit)
    act = carry_out(small.salon, booking.move, booked, small.olga, at(17, days=days)).entry_id or 0
    opened(small, visit)
    back = carry_out(small.salon, undo.take_back, act).entry_id or 0
    assert is_to_be_written_again(small, visit) is tells_of_the_move
    carry_out(small.salon, undo.take_back, back)
    assert not is_to_be_written_again(small, visit)


def test_what_was_told_of_since_keeps_the_move_and_what_lies_open_keeps_its_visit(small: SmallSalon) -> None:
    """The client has the message of the move, or may have that of the booking: neither goes unseen."""
    visit = small.book(at(15, days=1), small.client())
    opened(small, visit)
    (booked,) = journal.of_visit(small.database, visit)[:1]
    with pytest.raises(ChangedSince):
        carry_out(small.salon, undo.take_back, booked.entry_id)
    act = carry_out(small.salon, booking.shift, [visit], timedelta(hours=2)).entry_id or 0
    (line,) = queue.of_visit(small.database, visit)
    carry_out(small.salon, queue.record, line.reminder_id, ReminderStatus.SENT, channel=Channel.WHATSAPP)
    with pytest.raises(ChangedSince):
        carry_out(small.salon, undo.take_back, act)


def test_nor_is_it_for_somebody_else_or_of_another_master(small: SmallSalon) -> None:
    """The sister comes instead, or Maria takes over; a service that only lasts longer is in no message."""
    visit, sister = small.book(at(15, days=1), small.client()), small.client("Белла Щёлкина")
    opened(small, visit)
    longer = small.wish(at(15, days=1), minutes=90)
    client = small.database.value("SELECT client_id FROM visit WHERE id = ?", (visit,))
    carry_out(small.salon, booking.change, visit, BookingRequest(client, (longer,)))
    assert not is_to_be_written_again(small, visit)
    carry_out(small.salon, booking.change, visit, BookingRequest(sister, (longer,)))
    assert is_to_be_written_again(small, visit)
    opened(small, visit)
    carry_out(small.salon, booking.move, small.booked_service(visit), small.maria, at(15, days=1))
    assert is_to_be_written_again(small, visit)
