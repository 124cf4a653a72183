"""Invitations on the screen of the reminders: shown apart, sent by hand, and never without a consent."""

import pytest
from pytestqt.qtbot import QtBot

from app.salon.clients import consents
from app.salon.reminders import invitations
from app.salon.transaction import carry_out
from app.ui.reminders.screen import RemindersScreen
from app.vocabulary import Channel, ConsentKind, ConsentWay, ReminderStatus
from tests.builders import TODAY
from tests.ui.conftest import Counter


@pytest.fixture
def screen(qtbot: QtBot, counter: Counter) -> RemindersScreen:
    """Anna agreed to advertising, and her invitation waits."""
    small = counter.small
    anna = small.client("Анна Щёлкина", "8 912 345-67-89")
    said = {"is_given": True, "day": TODAY, "way": ConsentWay.SPOKEN}
    carry_out(small.salon, consents.record, anna, ConsentKind.ADVERTISING, **said)
    carry_out(small.salon, invitations.invite, [anna], "{client}, ждём вас")
    made = RemindersScreen(counter.desk)
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    return made


def test_an_invitation_is_sent_by_hand_in_its_own_words(counter: Counter, screen: RemindersScreen) -> None:
    (row,) = screen.invitations.rows
    assert row.accessibleName().startswith("приглашение, Анна Щёлкина")
    assert screen.due_count() == 1
    row.channel_wanted.emit(row.line.reminder_id, Channel.WHATSAPP)
    assert "wa.me/79123456789" in counter.opener.links[0]
    (row,) = screen.invitations.rows
    row.outcome_told.emit(row.line.reminder_id, ReminderStatus.SENT, None)
    assert screen.invitations.rows == []
    assert [one.line.status for one in screen.closed.rows] == [ReminderStatus.SENT]


def test_nothing_is_opened_once_the_consent_is_gone(counter: Counter, screen: RemindersScreen) -> None:
    counter.small.database.rows("UPDATE consent SET is_given = 0")
    (row,) = screen.invitations.rows
    row.channel_wanted.emit(row.line.reminder_id, Channel.WHATSAPP)
    assert counter.opener.links == []
