"""What a client agreed to, and that no advertising leaves without it."""

from datetime import timedelta

import pytest
from hypothesis import given, strategies as st

from app import models
from app.errors import BadDate, Gone, NoAdvertisingConsent, TextMissing, TextTooLong, ToBeForgotten
from app.salon import undo
from app.salon.clients import consents
from app.salon.clients.consents import ConsentLine
from app.salon.reminders import queue
from app.salon.transaction import Work, carry_out
from app.vocabulary import Action, Channel, ConsentKind, ConsentWay, ReminderKind, ReminderStatus, SkipReason
from tests.builders import TODAY, SmallSalon, at, small_salon


def say(
    small: SmallSalon, client: int, *, is_given: bool, kind: ConsentKind = ConsentKind.ADVERTISING, note: str = ""
) -> int:
    done = carry_out(
        small.salon, consents.record, client, kind, is_given=is_given, day=TODAY, way=ConsentWay.PAPER, note=note
    )
    assert done.entry_id is not None
    return done.entry_id


def lines(small: SmallSalon, client: int) -> list[ConsentLine]:
    return consents.history(small.database, client)


def may(small: SmallSalon, client: int) -> bool:
    return consents.may_advertise(small.database, client)


def invite(small: SmallSalon, client: int, days: int = 0) -> int:
    def put(work: Work) -> int:
        work.tell(Action.CLIENTS_INVITED)
        return work.insert(
            models.Reminder,
            client=client,
            kind=ReminderKind.INVITATION,
            channel=Channel.BY_HAND,
            due_at=at(12, days=days),
            status=ReminderStatus.QUEUED,
            text="Приходите!",
        )

    return carry_out(small.salon, put).value


def standing_of(small: SmallSalon, reminder: int) -> tuple[str, str | None]:
    row = small.database.row("SELECT status, skip_reason FROM reminder WHERE id = ?", (reminder,))
    assert row is not None
    return row[0], row[1]


def test_silence_is_no_consent(small: SmallSalon) -> None:
    anna = small.client()
    assert lines(small, anna) == []
    assert not may(small, anna)


def test_a_consent_to_one_thing_is_none_to_the_other(small: SmallSalon) -> None:
    anna = small.client()
    say(small, anna, is_given=True, kind=ConsentKind.PROCESSING)
    assert not may(small, anna)
    say(small, anna, is_given=True)
    assert may(small, anna)


def test_a_paper_that_is_written_down_late_does_not_undo_a_withdrawal(small: SmallSalon) -> None:
    """Signed last month, withdrawn today, and only then somebody types the paper in."""
    anna = small.client()
    signed, way = TODAY - timedelta(days=30), ConsentWay.PAPER
    carry_out(small.salon, consents.record, anna, ConsentKind.ADVERTISING, is_given=False, day=TODAY, way=way)
    small.clock.advance(timedelta(hours=1))
    carry_out(small.salon, consents.record, anna, ConsentKind.ADVERTISING, is_given=True, day=signed, way=way)
    assert not may(small, anna)
    withdrawn, given = lines(small, anna)
    assert (withdrawn.is_withdrawal, withdrawn.day, given.day) == (True, TODAY, signed)
    assert not consents.standing(lines(small, anna))[ConsentKind.ADVERTISING].is_given


def test_every_word_of_the_client_stays(small: SmallSalon) -> None:
    anna = small.client()
    for is_given in (False, True, False, True):
        small.clock.advance(timedelta(minutes=1))
        say(small, anna, is_given=is_given)
    told = lines(small, anna)
    assert [line.is_given for line in told] == [True, False, True, False]
    assert [line.is_withdrawal for line in told] == [False, True, False, False]
    assert {line.actor for line in told} == {"Администратор"}


def test_the_paper_keeps_its_date_and_its_words(small: SmallSalon) -> None:
    anna = small.client()
    carry_out(small.salon, consents.keep_text, ConsentKind.PROCESSING, "Согласна на обработку")
    paper = TODAY - timedelta(days=30)
    carry_out(
        small.salon,
        consents.record,
        anna,
        ConsentKind.PROCESSING,
        is_given=True,
        day=paper,
        way=ConsentWay.PAPER,
        note="  в папке 3 ",
    )
    carry_out(small.salon, consents.keep_text, ConsentKind.PROCESSING, "Согласна на обработку и хранение")
    (line,) = lines(small, anna)
    assert (line.day, line.way, line.version, line.note) == (paper, ConsentWay.PAPER, 1, "в папке 3")
    assert consents.text_of(small.database, ConsentKind.PROCESSING, 1).text == "Согласна на обработку"


def test_a_text_that_was_agreed_to_is_never_changed(small: SmallSalon) -> None:
    kind = ConsentKind.ADVERTISING
    first = carry_out(small.salon, consents.keep_text, kind, " Согласна ").value
    again = carry_out(small.salon, consents.keep_text, kind, "Согласна")
    second = carry_out(small.salon, consents.keep_text, kind, "Согласна получать <b>письма</b>").value
    assert (first, again.value, again.entry_id, second) == (1, 1, None, 2)
    assert [one.text for one in consents.texts(small.database, kind)] == ["Согласна получать <b>письма</b>", "Согласна"]
    assert consents.texts(small.database, ConsentKind.PROCESSING) == []


@pytest.mark.parametrize(("text", "error"), [(" \x00 ", TextMissing), ("о" * 20_001, TextTooLong)])
def test_an_impossible_text_is_refused(small: SmallSalon, text: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        carry_out(small.salon, consents.keep_text, ConsentKind.PROCESSING, text)
    with pytest.raises(Gone):
        consents.text_of(small.database, ConsentKind.PROCESSING, 1)


def test_nobody_agrees_tomorrow(small: SmallSalon) -> None:
    anna = small.client()
    with pytest.raises(BadDate):
        carry_out(
            small.salon,
            consents.record,
            anna,
            ConsentKind.ADVERTISING,
            is_given=True,
            day=TODAY + timedelta(days=1),
            way=ConsentWay.SPOKEN,
        )
    assert lines(small, anna) == []


def test_strange_notes_are_kept_as_they_are(small: SmallSalon) -> None:
    anna = small.client()
    for note in ("<script>alert(1)</script>", "'); DROP TABLE consent;--", "🙂 שרה"):
        say(small, anna, is_given=True, note=note)
        assert lines(small, anna)[0].note == note
    with pytest.raises(TextTooLong):
        say(small, anna, is_given=True, note="о" * 501)


def test_an_invitation_is_opened_only_with_a_consent(small: SmallSalon) -> None:
    anna = small.client("Анна")
    invitation = invite(small, anna)
    with pytest.raises(NoAdvertisingConsent) as refused:
        carry_out(small.salon, queue.open_message, invitation, Channel.WHATSAPP)
    assert refused.value.client_name == "Анна"
    with pytest.raises(NoAdvertisingConsent):
        queue.to_send(small.database, invitation)
    with pytest.raises(NoAdvertisingConsent):
        carry_out(small.salon, queue.record, invitation, ReminderStatus.SENT)
    assert standing_of(small, invitation) == (ReminderStatus.QUEUED, None)
    say(small, anna, is_given=True)
    carry_out(small.salon, queue.open_message, invitation, Channel.WHATSAPP)
    assert standing_of(small, invitation) == (ReminderStatus.OPENED, None)


def test_what_must_not_leave_can_be_passed_over(small: SmallSalon) -> None:
    invitation = invite(small, small.client())
    carry_out(small.salon, queue.record, invitation, ReminderStatus.SKIPPED, skip_reason=SkipReason.NO_CONSENT)
    assert standing_of(small, invitation) == (ReminderStatus.SKIPPED, SkipReason.NO_CONSENT)


def test_withdrawing_passes_over_what_waits_and_undo_puts_it_back(small: SmallSalon) -> None:
    anna, vera = small.client("Анна"), small.client("Вера")
    say(small, anna, is_given=True)
    say(small, vera, is_given=True)
    hers, opened, other = invite(small, anna), invite(small, anna, 1), invite(small, vera)
    carry_out(small.salon, queue.open_message, opened, Channel.WHATSAPP)
    withdrawn = say(small, anna, is_given=False)
    skipped = (ReminderStatus.SKIPPED, SkipReason.NO_CONSENT)
    assert [standing_of(small, one) for one in (hers, opened)] == [skipped, skipped]
    assert standing_of(small, other) == (ReminderStatus.QUEUED, None)
    carry_out(small.salon, undo.take_back, withdrawn)
    assert may(small, anna)
    assert standing_of(small, hers) == (ReminderStatus.QUEUED, None)
    assert standing_of(small, opened) == (ReminderStatus.OPENED, None)


def test_withdrawing_leaves_the_reminder_of_a_booked_visit(small: SmallSalon) -> None:
    anna = small.client()
    visit = small.book(at(12, days=3), anna)
    say(small, anna, is_given=False)
    (reminder,) = queue.of_visit(small.database, visit)
    carry_out(small.salon, queue.open_message, reminder.reminder_id, Channel.WHATSAPP)
    assert queue.to_send(small.database, reminder.reminder_id).client_id == anna


def test_nothing_at_all_is_sent_to_whoever_wants_to_be_forgotten(small: SmallSalon) -> None:
    anna = small.client()
    visit = small.book(at(12, days=3), anna)
    say(small, anna, is_given=True)
    invitation = invite(small, anna)
    small.database.rows("UPDATE client SET forget_asked_at = '2026-05-12 08:00:00.000000' WHERE id = ?", (anna,))
    assert not may(small, anna)
    for reminder in (queue.of_visit(small.database, visit)[0].reminder_id, invitation):
        with pytest.raises(ToBeForgotten):
            carry_out(small.salon, queue.open_message, reminder, Channel.WHATSAPP)
        with pytest.raises(ToBeForgotten):
            queue.to_send(small.database, reminder)


@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from(ConsentKind), st.booleans()), max_size=12))
def test_the_newest_word_about_advertising_holds(said: list[tuple[int, ConsentKind, bool]]) -> None:
    small = small_salon()
    clients = [small.client(f"Клиент {number}") for number in range(4)]
    newest = dict.fromkeys(clients, False)
    for number, kind, is_given in said:
        say(small, clients[number], is_given=is_given, kind=kind)
        if kind is ConsentKind.ADVERTISING:
            newest[clients[number]] = is_given
    allowed = {client for client, is_given in newest.items() if is_given}
    assert consents.may_be_advertised_to(small.database, [*clients, 999]) == allowed
    for client in clients:
        told = consents.standing(lines(small, client)).get(ConsentKind.ADVERTISING)
        assert (told is not None and told.is_given) == newest[client] == may(small, client)
    small.database.close()


def test_a_card_that_is_not_there_gives_no_consent(small: SmallSalon) -> None:
    with pytest.raises(Gone):
        say(small, 999, is_given=True)
    assert not may(small, 999)
