"""Inviting clients to come back: with a consent only, each once, and by hand."""

from datetime import timedelta

import pytest

from app.errors import DoNotBook, NoAdvertisingConsent, ReminderClosed, TextTooLong
from app.salon.clients import consents, standing
from app.salon.reminders import invitations, queue, today
from app.salon.reminders.invitations import Invitable
from app.salon.reminders.message import message
from app.salon.transaction import carry_out
from app.salon.undo import take_back
from app.vocabulary import Channel, ConsentKind, ConsentWay, ReminderStatus, SkipReason
from tests.builders import TODAY, SmallSalon, at


def agrees(small: SmallSalon, client: int, *, to_it: bool = True) -> None:
    way = {"day": TODAY, "way": ConsentWay.SPOKEN}
    carry_out(small.salon, consents.record, client, ConsentKind.ADVERTISING, is_given=to_it, **way)


@pytest.fixture
def anna(small: SmallSalon) -> int:
    """A client who agreed to advertising."""
    client = small.client("Анна Щёлкина", "8 912 345-67-89")
    agrees(small, client)
    return client


def test_only_who_agreed_is_invited_and_the_others_are_counted(small: SmallSalon, anna: int) -> None:
    silent, refused, unwanted, forgotten = (small.client(name) for name in ("Вера", "Мария", "Ольга", "Ия"))
    agrees(small, refused)
    agrees(small, refused, to_it=False)
    agrees(small, unwanted)
    carry_out(small.salon, standing.do_not_book, unwanted, "не платит")
    agrees(small, forgotten)
    small.database.rows("UPDATE client SET forget_asked_at = created_at WHERE id = ?", (forgotten,))
    everybody = [anna, silent, refused, unwanted, forgotten]
    done = carry_out(small.salon, invitations.invite, everybody, "{client}, ждём вас! {salon}")
    assert done.value == Invitable((anna,), 3, 1, 0)
    (line,) = queue.due(small.database, at(11))
    assert (line.client_id, line.visit_id, line.is_invitation) == (anna, None, True)
    assert message(line, "Студия", TODAY) == "Анна, ждём вас! Студия"
    assert queue.count_due(small.database, at(11)) == 1
    assert today.read(small.database, at(11), "Europe/Moscow").invitations == (line,)


def test_nobody_is_invited_twice_while_one_waits(small: SmallSalon, anna: int) -> None:
    carry_out(small.salon, invitations.invite, [anna, anna])
    again = carry_out(small.salon, invitations.invite, [anna])
    assert (again.value.client_ids, again.value.waiting, again.entry_id) == ((), 1, None)
    (line,) = queue.due(small.database, at(11))
    assert "Анна" in message(line, "Студия", TODAY)
    carry_out(small.salon, queue.record, line.reminder_id, ReminderStatus.SENT, channel=Channel.WHATSAPP)
    small.clock.advance(timedelta(hours=2))
    assert carry_out(small.salon, invitations.invite, [anna]).value.client_ids == (anna,)


def test_one_undo_takes_all_of_them_back(small: SmallSalon, anna: int) -> None:
    done = carry_out(small.salon, invitations.invite, [anna])
    assert done.entry_id is not None
    carry_out(small.salon, take_back, done.entry_id)
    assert queue.due(small.database, at(11)) == []


def test_whoever_takes_the_consent_back_meanwhile_is_passed_over(small: SmallSalon, anna: int) -> None:
    carry_out(small.salon, invitations.invite, [anna])
    (line,) = queue.due(small.database, at(11))
    small.database.rows("UPDATE consent SET is_given = 0")  # another program, past the act that skips by itself
    with pytest.raises(NoAdvertisingConsent):
        queue.to_send(small.database, line.reminder_id)
    with pytest.raises(NoAdvertisingConsent):
        carry_out(small.salon, queue.open_message, line.reminder_id, Channel.WHATSAPP)
    agrees(small, anna, to_it=False)
    (closed,) = queue.closed_on(small.database, TODAY, "Europe/Moscow")
    assert (closed.status, closed.skip_reason) == (ReminderStatus.SKIPPED, SkipReason.NO_CONSENT)
    with pytest.raises(NoAdvertisingConsent):
        carry_out(small.salon, queue.put_back, closed.reminder_id)


def test_what_was_not_reached_is_put_back_unless_another_one_waits(small: SmallSalon, anna: int) -> None:
    carry_out(small.salon, invitations.invite, [anna])
    (line,) = queue.due(small.database, at(11))
    carry_out(small.salon, queue.record, line.reminder_id, ReminderStatus.FAILED, channel=Channel.PHONE_CALL)
    carry_out(small.salon, queue.put_back, line.reminder_id)
    assert queue.count_due(small.database, at(11)) == 1
    carry_out(small.salon, queue.record, line.reminder_id, ReminderStatus.FAILED, channel=Channel.PHONE_CALL)
    small.clock.advance(timedelta(hours=2))
    carry_out(small.salon, invitations.invite, [anna])
    with pytest.raises(ReminderClosed):
        carry_out(small.salon, queue.put_back, line.reminder_id)


def test_words_without_end_are_refused(small: SmallSalon, anna: int) -> None:
    with pytest.raises(TextTooLong):
        carry_out(small.salon, invitations.invite, [anna], "а" * 501)


def test_whom_the_salon_does_not_want_any_more_is_not_written_to(small: SmallSalon, anna: int) -> None:
    carry_out(small.salon, invitations.invite, [anna])
    (line,) = queue.due(small.database, at(11))
    carry_out(small.salon, standing.do_not_book, anna, "не платит")
    with pytest.raises(DoNotBook):
        carry_out(small.salon, queue.open_message, line.reminder_id, Channel.WHATSAPP)
    carry_out(small.salon, standing.book_again, anna)
    carry_out(small.salon, queue.open_message, line.reminder_id, Channel.WHATSAPP)
