"""The queue of reminders follows the visits, and tells what became of each."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.clock import standing_at
from app.errors import ChangedSince, DiskFull, Gone, ReasonMissing, ReminderClosed
from app.salon import profile as profile_of
from app.salon.clients import register
from app.salon.profile import Profile
from app.salon.reminders import queue
from app.salon.reminders.queue import ReminderLine
from app.salon.scheduling import booking
from app.salon.scheduling.booking import BookingRequest
from app.salon.transaction import Done, Salon, Work, carry_out
from app.salon.undo import take_back
from app.vocabulary import CancelReason, Channel, ReminderStatus, SkipReason, VisitStatus
from tests.builders import TODAY, ZONE, SmallSalon, at

ANNA = "+7 912 345-67-89"


def reminders(small: SmallSalon, visit_id: int) -> list[ReminderLine]:
    return queue.of_visit(small.database, visit_id)


def only(small: SmallSalon, visit_id: int) -> ReminderLine:
    (line,) = reminders(small, visit_id)
    return line


def stand_at(small: SmallSalon, wall: datetime) -> None:
    small.clock.instant = standing_at(wall, ZONE).instant


def move(small: SmallSalon, visit_id: int, starts_at: datetime) -> Done[None]:
    return carry_out(small.salon, booking.move, small.booked_service(visit_id), small.olga, starts_at)


def cancel(small: SmallSalon, visit_id: int) -> Done[None]:
    return carry_out(small.salon, booking.cancel, visit_id, CancelReason.CLIENT_ASKED)


def record(small: SmallSalon, reminder_id: int, status: ReminderStatus, **told: object) -> None:
    carry_out(small.salon, queue.record, reminder_id, status, **told)


# ---- planned with the visit --------------------------------------------------------------------------------


def test_booking_plans_the_reminder_for_the_day_before(small: SmallSalon) -> None:
    visit = small.book(at(15, 30, days=2), small.client(phone=ANNA))
    line = only(small, visit)
    assert (line.status, line.due_at) == (ReminderStatus.QUEUED, at(12, days=1))
    assert (line.client_name, line.phone) == ("Анна Щёлкина", "+79123456789")
    assert (line.services, line.masters) == ("Маникюр с покрытием", "Ольга Белова")


def test_a_reminder_lives_and_dies_with_the_transaction_of_its_visit(small: SmallSalon) -> None:
    def book_and_fail(work: Work) -> None:
        visit = booking.book(work, BookingRequest(client, (small.wish(at(15, days=2)),)))
        assert queue.of_visit(work.database, visit)
        raise DiskFull

    client = small.client()
    with pytest.raises(DiskFull):
        carry_out(small.salon, book_and_fail)
    assert small.database.value("SELECT count(*) FROM visit") == 0
    assert small.database.value("SELECT count(*) FROM reminder") == 0


def test_inside_the_lead_time_the_booking_itself_reminds(small: SmallSalon) -> None:
    stand_at(small, at(12))
    assert reminders(small, small.book(at(9, days=1), small.client())) == []
    assert reminders(small, small.book(at(15), small.client())) == []


def test_nobody_reminds_a_walk_in_without_a_card(small: SmallSalon) -> None:
    assert reminders(small, small.book(at(15, days=3))) == []


def test_the_reminder_moves_with_the_visit(small: SmallSalon) -> None:
    visit = small.book(at(15, days=2), small.client())
    move(small, visit, at(10, days=5))
    open_ones = [line for line in reminders(small, visit) if line.is_open]
    assert [line.due_at for line in open_ones] == [at(12, days=4)]
    assert [line.status for line in reminders(small, visit)] == [ReminderStatus.CANCELLED, ReminderStatus.QUEUED]


def test_another_hour_of_the_same_day_keeps_the_one_reminder(small: SmallSalon) -> None:
    visit = small.book(at(15, days=2), small.client())
    before = only(small, visit)
    move(small, visit, at(17, days=2))
    after = only(small, visit)
    assert (after.reminder_id, after.status) == (before.reminder_id, ReminderStatus.QUEUED)
    assert after.visit_starts_at == at(17, days=2)


def test_moved_there_and_back_it_is_still_one_reminder(small: SmallSalon) -> None:
    visit = small.book(at(15, days=2), small.client())
    for _turn in range(3):
        move(small, visit, at(15, days=6))
        move(small, visit, at(15, days=2))
    lines = reminders(small, visit)
    assert [(line.due_at, line.status) for line in lines] == [
        (at(12, days=1), ReminderStatus.QUEUED),
        (at(12, days=5), ReminderStatus.CANCELLED),
    ]


def test_moved_into_the_lead_time_the_client_has_just_heard(small: SmallSalon) -> None:
    visit = small.book(at(15, days=2), small.client())
    move(small, visit, at(15))
    assert only(small, visit).status is ReminderStatus.CANCELLED


def test_a_due_reminder_waits_on_when_its_visit_is_only_confirmed(small: SmallSalon) -> None:
    """Issue of others: a reminder is not sent and nobody notices."""
    visit = small.book(at(15, days=1), small.client())
    stand_at(small, at(13))
    carry_out(small.salon, booking.set_status, visit, VisitStatus.CONFIRMED)
    carry_out(small.salon, booking.resize, small.booked_service(visit), at(15, days=1), at(16, 30, days=1))
    move(small, visit, at(16, days=1))
    assert only(small, visit).status is ReminderStatus.QUEUED
    assert queue.count_due(small.database, small.salon.wall_now()) == 1


# ---- off with the visit ------------------------------------------------------------------------------------


def test_a_cancelled_visit_is_never_reminded_of(small: SmallSalon) -> None:
    visit = small.book(at(15, days=2), small.client())
    line = only(small, visit)
    cancel(small, visit)
    assert only(small, visit).status is ReminderStatus.CANCELLED
    stand_at(small, at(13, days=1))
    assert queue.due(small.database, small.salon.wall_now()) == []
    with pytest.raises(ReminderClosed):
        queue.to_send(small.database, line.reminder_id)
    with pytest.raises(ReminderClosed):
        carry_out(small.salon, queue.open_message, line.reminder_id, Channel.WHATSAPP)


def test_the_visit_is_read_again_before_sending(small: SmallSalon) -> None:
    """Even if somebody changed the visit behind the queue's back."""
    visit = small.book(at(15, days=2), small.client())
    line = only(small, visit)
    with small.database.writing():
        small.database.update_kept("visit", visit, {"status": "cancelled"})
    with pytest.raises(ReminderClosed):
        record(small, line.reminder_id, ReminderStatus.SENT)
    assert queue.coming(small.database, small.salon.wall_now(), at(12, days=1)) == []
    for moment in (at(13, days=1), at(16, days=2)):
        assert queue.due(small.database, moment) == queue.missed_on(small.database, moment) == []
        assert queue.count_due(small.database, moment) == 0


def test_undoing_the_cancellation_brings_the_reminder_back(small: SmallSalon) -> None:
    visit = small.book(at(15, days=2), small.client())
    cancelled = cancel(small, visit)
    assert cancelled.entry_id is not None
    carry_out(small.salon, take_back, cancelled.entry_id)
    assert only(small, visit).status is ReminderStatus.QUEUED


def test_undoing_the_cancellation_reminds_at_the_hour_of_now(small: SmallSalon) -> None:
    """The salon reminds at another hour since: the visit that comes back is reminded of as all others are, and once."""
    visit = small.book(at(15, days=2), small.client())
    cancelled = cancel(small, visit)
    carry_out(small.salon, profile_of.write, Profile(zone=ZONE, reminder_minute=18 * 60))
    carry_out(small.salon, take_back, cancelled.entry_id or 0)
    assert [line.due_at for line in reminders(small, visit) if line.is_open] == [at(18, days=1)]


@pytest.mark.parametrize("here", [VisitStatus.ARRIVED, VisitStatus.IN_SERVICE])
def test_whoever_came_and_comes_another_day_instead_is_awaited_and_reminded(
    small: SmallSalon, here: VisitStatus
) -> None:
    visit = small.book(at(15), small.client())
    carry_out(small.salon, booking.set_status, visit, here)
    moved = move(small, visit, at(15, days=3))
    assert small.status(visit) is VisitStatus.BOOKED
    assert only(small, visit).due_at == at(12, days=2)
    assert moved.entry_id is not None
    carry_out(small.salon, take_back, moved.entry_id)
    assert small.status(visit) is here


def test_whoever_is_here_and_waits_some_hours_stays_here(small: SmallSalon) -> None:
    visit = small.book(at(15), small.client())
    carry_out(small.salon, booking.set_status, visit, VisitStatus.ARRIVED)
    move(small, visit, at(17))
    assert small.status(visit) is VisitStatus.ARRIVED


def test_a_move_is_not_taken_back_onto_somebody_else(small: SmallSalon) -> None:
    visit = small.book(at(15, days=2), small.client())
    moved = move(small, visit, at(17, days=2))
    small.book(at(15, days=2), small.client("Вера"))
    assert moved.entry_id is not None
    with pytest.raises(ChangedSince):
        carry_out(small.salon, take_back, moved.entry_id)
    assert only(small, visit).visit_starts_at == at(17, days=2)


def test_restoring_a_cancelled_visit_brings_the_reminder_back(small: SmallSalon) -> None:
    visit = small.book(at(15, days=2), small.client())
    cancel(small, visit)
    carry_out(small.salon, booking.set_status, visit, VisitStatus.BOOKED)
    line = only(small, visit)
    assert (line.status, line.closed_at) == (ReminderStatus.QUEUED, None)


def test_restored_inside_the_lead_time_it_stays_off(small: SmallSalon) -> None:
    visit = small.book(at(15, days=2), small.client())
    cancel(small, visit)
    stand_at(small, at(13, days=1))
    carry_out(small.salon, booking.set_status, visit, VisitStatus.BOOKED)
    assert only(small, visit).status is ReminderStatus.CANCELLED


def test_who_is_here_is_not_reminded(small: SmallSalon) -> None:
    visit = small.book(at(15, days=1), small.client())
    stand_at(small, at(14, 50, days=1))
    carry_out(small.salon, booking.set_status, visit, VisitStatus.ARRIVED)
    assert only(small, visit).status is ReminderStatus.CANCELLED


# ---- sent by hand ------------------------------------------------------------------------------------------


def test_opened_is_not_sent(small: SmallSalon) -> None:
    visit = small.book(at(15, days=1), small.client(phone=ANNA))
    stand_at(small, at(12))
    carry_out(small.salon, queue.open_message, only(small, visit).reminder_id, Channel.WHATSAPP)
    line = only(small, visit)
    assert (line.status, line.sent_through) == (ReminderStatus.OPENED, Channel.WHATSAPP)
    assert queue.count_due(small.database, at(12)) == 1


def test_sent_is_what_a_person_told(small: SmallSalon) -> None:
    visit = small.book(at(15, days=1), small.client(phone=ANNA))
    stand_at(small, at(12, 5))
    reminder = only(small, visit).reminder_id
    carry_out(small.salon, queue.open_message, reminder, Channel.TELEGRAM)
    record(small, reminder, ReminderStatus.SENT)
    line = only(small, visit)
    assert (line.status, line.sent_through) == (ReminderStatus.SENT, Channel.TELEGRAM)
    assert (line.closed_at, line.closed_by) == (small.clock.now(), "Администратор")
    assert queue.count_due(small.database, at(12, 5)) == 0


def test_sent_stays_sent_whatever_happens_to_the_visit(small: SmallSalon) -> None:
    visit = small.book(at(15, days=1), small.client())
    stand_at(small, at(12))
    record(small, only(small, visit).reminder_id, ReminderStatus.SENT, channel=Channel.PHONE_CALL)
    move(small, visit, at(15, days=4))
    move(small, visit, at(15, days=1))
    assert [(line.due_at, line.status) for line in reminders(small, visit)] == [
        (at(12), ReminderStatus.SENT),
        (at(12, days=3), ReminderStatus.CANCELLED),
    ]
    cancel(small, visit)
    assert reminders(small, visit)[0].status is ReminderStatus.SENT


def test_a_moved_visit_is_reminded_of_again_after_the_first_was_sent(small: SmallSalon) -> None:
    visit = small.book(at(15, days=1), small.client())
    stand_at(small, at(12))
    record(small, only(small, visit).reminder_id, ReminderStatus.SENT)
    move(small, visit, at(15, days=4))
    assert [line.status for line in reminders(small, visit)] == [ReminderStatus.SENT, ReminderStatus.QUEUED]


def test_what_is_closed_is_not_recorded_twice(small: SmallSalon) -> None:
    visit = small.book(at(15, days=1), small.client())
    reminder = only(small, visit).reminder_id
    record(small, reminder, ReminderStatus.SENT)
    for status in (ReminderStatus.SENT, ReminderStatus.FAILED):
        with pytest.raises(ReminderClosed):
            record(small, reminder, status)
    with pytest.raises(ReminderClosed):
        carry_out(small.salon, queue.open_message, reminder, Channel.WHATSAPP)


def test_a_skip_has_its_reason(small: SmallSalon) -> None:
    visit = small.book(at(15, days=1), small.client())
    reminder = only(small, visit).reminder_id
    with pytest.raises(ReasonMissing):
        record(small, reminder, ReminderStatus.SKIPPED)
    record(small, reminder, ReminderStatus.SKIPPED, skip_reason=SkipReason.ALREADY_KNOWS)
    assert only(small, visit).skip_reason is SkipReason.ALREADY_KNOWS


@pytest.mark.parametrize("status", [ReminderStatus.QUEUED, ReminderStatus.OPENED, ReminderStatus.CANCELLED])
def test_nobody_can_tell_what_is_not_an_outcome(small: SmallSalon, status: ReminderStatus) -> None:
    visit = small.book(at(15, days=1), small.client())
    with pytest.raises(ValueError):
        record(small, only(small, visit).reminder_id, status)


def test_a_failed_one_can_be_tried_again(small: SmallSalon) -> None:
    visit = small.book(at(15, days=1), small.client())
    stand_at(small, at(12))
    reminder = only(small, visit).reminder_id
    record(small, reminder, ReminderStatus.FAILED, channel=Channel.WHATSAPP, note="не доставлено")
    assert queue.due(small.database, at(12)) == []
    carry_out(small.salon, queue.put_back, reminder)
    line = only(small, visit)
    assert (line.status, line.closed_at, line.closed_by) == (ReminderStatus.QUEUED, None, "")
    carry_out(small.salon, queue.put_back, reminder)
    assert queue.count_due(small.database, at(12)) == 1


def test_a_sent_or_late_one_is_not_tried_again(small: SmallSalon) -> None:
    visits = [small.book(at(hour, days=1), small.client()) for hour in (15, 17)]
    sent, skipped = (only(small, visit).reminder_id for visit in visits)
    record(small, sent, ReminderStatus.SENT)
    record(small, skipped, ReminderStatus.SKIPPED, skip_reason=SkipReason.NO_CONTACT)
    with pytest.raises(ReminderClosed):
        carry_out(small.salon, queue.put_back, sent)
    stand_at(small, at(17, days=1))
    with pytest.raises(ReminderClosed):
        carry_out(small.salon, queue.put_back, skipped)


def test_a_reminder_that_is_gone_says_so(small: SmallSalon) -> None:
    for act in (queue.put_back, lambda work, one: queue.open_message(work, one, Channel.TELEGRAM)):
        with pytest.raises(Gone):
            carry_out(small.salon, act, 77)
    with pytest.raises(Gone):
        queue.to_send(small.database, 77)


# ---- what the screen lists ---------------------------------------------------------------------------------


def test_what_is_due_and_what_comes(small: SmallSalon) -> None:
    tomorrow = small.book(at(15, days=1), small.client("Анна"))
    later = small.book(at(9, days=2), small.client("Вера"))
    small.book(at(9, days=9), small.client("Зоя"))
    assert queue.due(small.database, at(11, 59)) == []
    assert [line.visit_id for line in queue.due(small.database, at(12))] == [tomorrow]
    coming = queue.coming(small.database, at(12), at(23, 59, days=1))
    assert [line.visit_id for line in coming] == [later]
    assert queue.count_due(small.database, at(12)) == 1


def test_what_became_due_while_the_computer_was_off_is_still_due(small: SmallSalon) -> None:
    small.book(at(15, days=2), small.client())
    assert queue.count_due(small.database, at(9, days=2)) == 1


def test_the_earliest_visit_comes_first(small: SmallSalon) -> None:
    late = small.book(at(18, days=1), small.client("Анна"))
    early = small.book(at(10, days=1), small.client("Вера"))
    assert [line.visit_id for line in queue.due(small.database, at(12))] == [early, late]


def test_nothing_late_goes_out_but_it_does_not_vanish(small: SmallSalon) -> None:
    visit = small.book(at(15, days=1), small.client())
    assert [line.visit_id for line in queue.due(small.database, at(14, 59, days=1))] == [visit]
    assert queue.due(small.database, at(15, days=1)) == queue.due(small.database, at(16, days=1)) == []
    assert queue.count_due(small.database, at(15, days=1)) == 0
    assert [line.visit_id for line in queue.missed_on(small.database, at(15, days=1))] == [visit]
    assert queue.missed_on(small.database, at(14, 59, days=1)) == []
    assert queue.missed_on(small.database, at(9, days=2)) == []


def test_the_day_ends_with_what_became_of_each(small: SmallSalon) -> None:
    clients = [small.client(name) for name in ("Анна", "Вера", "Зоя", "Инна", "Кира")]
    visits = [small.book(at(10 + i, days=1), client) for i, client in enumerate(clients)]
    ids = [only(small, visit).reminder_id for visit in visits]
    stand_at(small, at(13))
    record(small, ids[0], ReminderStatus.SENT, channel=Channel.WHATSAPP)
    record(small, ids[1], ReminderStatus.FAILED)
    record(small, ids[2], ReminderStatus.SKIPPED, skip_reason=SkipReason.CLIENT_DECLINED)
    cancel(small, visits[3])
    far_away = small.book(at(10, days=20), clients[0])
    cancel(small, far_away)
    closed = queue.closed_on(small.database, TODAY, ZONE)
    assert {line.client_name: line.status for line in closed} == {
        "Анна": ReminderStatus.SENT,
        "Вера": ReminderStatus.FAILED,
        "Зоя": ReminderStatus.SKIPPED,
        "Инна": ReminderStatus.CANCELLED,
    }
    assert {line.client_name: line.closed_by for line in closed}["Инна"] == ""
    assert queue.closed_on(small.database, TODAY + timedelta(days=1), ZONE) == []


def test_the_day_of_the_salon_is_not_the_day_of_utc(small: SmallSalon) -> None:
    visit = small.book(at(15, days=1), small.client())
    small.clock.instant = datetime(2026, 5, 12, 20, 59, tzinfo=UTC)  # 23:59 in Moscow
    record(small, only(small, visit).reminder_id, ReminderStatus.SENT)
    assert [line.visit_id for line in queue.closed_on(small.database, date(2026, 5, 12), ZONE)] == [visit]
    assert queue.closed_on(small.database, date(2026, 5, 13), ZONE) == []


def test_the_preferred_phone_is_taken(small: SmallSalon) -> None:
    client = small.client(phone=ANNA)
    carry_out(small.salon, register.add_phone, client, "+7 900 000-00-01", "мама")
    visit = small.book(at(15, days=2), client)
    assert only(small, visit).phone == "+79123456789"


def test_two_services_of_a_visit_are_one_reminder(small: SmallSalon) -> None:
    request = BookingRequest(
        small.client(),
        (
            small.wish(at(15, days=2)),
            small.wish(at(16, days=2), service=small.colouring),
        ),
    )
    visit = carry_out(small.salon, booking.book, request).value
    line = only(small, visit)
    assert line.service_names == ("Маникюр с покрытием", "Окрашивание")
    assert line.master_names == ("Ольга Белова", "Мария Ким")
    assert line.visit_starts_at == at(15, days=2)


def test_two_people_record_the_same_reminder_only_once(small: SmallSalon) -> None:
    visit = small.book(at(15, days=1), small.client())
    reminder = only(small, visit).reminder_id
    other = Salon(small.database, small.clock, "Ольга")
    carry_out(other, queue.record, reminder, ReminderStatus.SENT)
    with pytest.raises(ReminderClosed):
        record(small, reminder, ReminderStatus.FAILED)
    assert only(small, visit).closed_by == "Ольга"
