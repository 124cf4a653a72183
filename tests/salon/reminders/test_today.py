"""What the front desk finds when it opens the reminders."""

from app.clock import standing_at
from app.salon.reminders import queue, today
from app.salon.reminders.today import RemindersToday
from app.salon.scheduling import booking
from app.salon.transaction import carry_out
from app.vocabulary import CancelReason, ReminderStatus
from tests.builders import ZONE, SmallSalon, at


def names(lines: tuple[queue.ReminderLine, ...]) -> list[str]:
    return [line.client_name for line in lines]


def read(small: SmallSalon) -> RemindersToday:
    return today.read(small.database, small.salon.wall_now(), ZONE)


def test_the_computer_was_off_since_yesterday(small: SmallSalon) -> None:
    small.book(at(18, days=1), small.client("Анна"))
    small.book(at(10, days=1), small.client("Вера"))
    small.book(at(15, days=2), small.client("Зоя"))
    small.book(at(15, days=3), small.client("Инна"))
    small.book(at(15, days=4), small.client("Кира"))
    small.clock.instant = standing_at(at(13, days=1), ZONE).instant
    found = read(small)
    assert names(found.left_over) == ["Анна"]
    assert names(found.missed) == ["Вера"]
    assert names(found.due) == ["Зоя"]
    assert names(found.coming) == ["Инна"]
    assert found.waiting == 2
    assert not found.is_empty


def test_what_was_told_last_stands_first(small: SmallSalon) -> None:
    visits = [small.book(at(10 + n, days=1), small.client(name)) for n, name in enumerate(("Анна", "Вера", "Зоя"))]
    small.clock.instant = standing_at(at(12), ZONE).instant
    for minute, visit in enumerate(visits[:2]):
        small.clock.instant = standing_at(at(12, minute + 1), ZONE).instant
        reminder = queue.of_visit(small.database, visit)[0].reminder_id
        carry_out(small.salon, queue.record, reminder, ReminderStatus.SENT)
    small.clock.instant = standing_at(at(12, 9), ZONE).instant
    carry_out(small.salon, booking.cancel, visits[2], CancelReason.CLIENT_ASKED)
    found = read(small)
    assert names(found.closed) == ["Зоя", "Вера", "Анна"]
    assert found.sent == 2
    assert found.waiting == 0


def test_nothing_at_all(small: SmallSalon) -> None:
    assert read(small).is_empty
