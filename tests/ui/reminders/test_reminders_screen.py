"""The front desk works through the reminders: open, send, say what came of it."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from app import language
from app.clock import standing_at
from app.salon.clients import contacts
from app.salon.clients.contacts import NewContact, Reachable
from app.salon.reminders import queue
from app.salon.scheduling import booking
from app.salon.transaction import carry_out
from app.ui.reminders.row import ReminderRow, _Question
from app.ui.reminders.screen import RemindersScreen
from app.ui.widgets.menu import Menu
from app.vocabulary import CancelReason, Channel, ContactKind, Language, ReminderStatus, SkipReason, VisitStatus
from tests.builders import ZONE, SmallSalon, at
from tests.ui.conftest import Counter

ANNA, VERA = "+7 912 345-67-89", "+7 903 111-22-33"


@pytest.fixture
def screen(qtbot: QtBot, counter: Counter) -> RemindersScreen:
    """The screen at noon, when tomorrow's reminders have just become due."""
    at_noon(counter.small)
    shown = RemindersScreen(counter.desk)
    qtbot.addWidget(shown)
    shown.resize(1200, 800)
    return shown


def at_noon(small: SmallSalon, days: int = 0, minute: int = 0) -> None:
    small.clock.instant = standing_at(at(12, minute, days=days), ZONE).instant


def book(small: SmallSalon, name: str = "Анна Щёлкина", phone: str = ANNA, hour: int = 15, days: int = 1) -> int:
    """Booked well before: the reminder is planned."""
    now = small.clock.instant
    small.clock.instant = standing_at(at(9), ZONE).instant
    visit = small.book(at(hour, days=days), small.client(name, phone))
    small.clock.instant = now
    return visit


def only(rows: list[ReminderRow]) -> ReminderRow:
    (row,) = rows
    return row


def press(row: ReminderRow, letter: str, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """A key that gives this letter in whatever layout."""
    QApplication.sendEvent(row, QKeyEvent(QEvent.Type.KeyPress, ord(letter), modifiers, letter.lower()))


def answer(row: ReminderRow) -> _Question:
    """The question that the row asks."""
    assert row.question is not None
    return row.question


def choose(menu: Menu, words: str) -> None:
    action: QAction
    for action in menu.actions():
        if words in action.text():
            action.trigger()
            return
    raise AssertionError(f"the menu does not offer {words!r}")


def status(small: SmallSalon, visit: int) -> ReminderStatus:
    return queue.of_visit(small.database, visit)[0].status


def test_what_is_due_is_shown_with_its_message(screen: RemindersScreen, counter: Counter) -> None:
    book(counter.small)
    screen.show()
    row = only(screen.due.rows)
    assert screen.header.detail == "1 ждёт отправки"
    assert row.is_current
    assert row.message.startswith("Анна, здравствуйте! Ждём вас завтра, 13\u00a0мая, в 15:00")
    assert row.shows_message
    assert row.accessibleName() == "завтра 15:00, Анна Щёлкина, Маникюр с покрытием, Ольга Белова, с 12:00"


def test_whatsapp_opens_with_the_words_and_only_a_person_says_that_it_was_sent(
    screen: RemindersScreen, counter: Counter
) -> None:
    visit = book(counter.small)
    screen.show()
    row = only(screen.due.rows)
    row.action.click()
    assert counter.opener.links[0].startswith("https://wa.me/79123456789?text=%D0%90%D0%BD%D0%BD%D0%B0%2C")
    assert status(counter.small, visit) is ReminderStatus.OPENED
    assert row.question is not None
    assert screen.due_count() == 1, "opened is not sent"
    row.question.yes.click()
    assert status(counter.small, visit) is ReminderStatus.SENT
    assert screen.due.rows == []
    assert only(screen.closed.rows).line.sent_through is Channel.WHATSAPP
    assert screen.header.detail == "всё сделано, сегодня отправлено: 1"
    assert counter.asker.asked == []


def test_it_did_not_work_and_is_tried_again_through_telegram(screen: RemindersScreen, counter: Counter) -> None:
    visit = book(counter.small)
    screen.show()
    only(screen.due.rows).action.click()
    answer(only(screen.due.rows)).no.click()
    assert status(counter.small, visit) is ReminderStatus.FAILED
    choose(only(screen.closed.rows).menu(), "Вернуть в очередь")
    choose(only(screen.due.rows).menu(), "Telegram")
    assert counter.opener.links[-1].startswith("https://t.me/+79123456789?text=")


def test_a_skip_keeps_its_reason(screen: RemindersScreen, counter: Counter) -> None:
    visit = book(counter.small)
    screen.show()
    choose(only(screen.due.rows).skip_menu(), "уже знает")
    line = queue.of_visit(counter.small.database, visit)[0]
    assert (line.status, line.skip_reason) == (ReminderStatus.SKIPPED, SkipReason.ALREADY_KNOWS)
    assert "уже знает" in only(screen.closed.rows).accessibleName()


def test_the_outcome_can_be_taken_back(screen: RemindersScreen, counter: Counter) -> None:
    visit = book(counter.small)
    screen.show()
    press(only(screen.due.rows), "O")
    assert status(counter.small, visit) is ReminderStatus.SENT
    assert counter.desk.perform.undo()
    assert only(screen.due.rows).line.status is ReminderStatus.QUEUED


@pytest.mark.parametrize(
    ("letter", "wanted"), [("O", ReminderStatus.SENT), ("Щ", ReminderStatus.SENT), ("F", ReminderStatus.FAILED)]
)
def test_letters_tell_the_outcome_in_both_layouts(
    screen: RemindersScreen, counter: Counter, letter: str, wanted: ReminderStatus
) -> None:
    visit = book(counter.small)
    screen.show()
    press(only(screen.due.rows), letter)
    assert status(counter.small, visit) is wanted


@pytest.mark.parametrize(
    ("letter", "begins"), [("T", "https://t.me/+79123456789?"), ("Е", "https://t.me/"), ("P", "tel:+79123456789")]
)
def test_letters_open_the_other_ways(screen: RemindersScreen, counter: Counter, letter: str, begins: str) -> None:
    book(counter.small)
    screen.show()
    press(only(screen.due.rows), letter)
    assert counter.opener.links[-1].startswith(begins)
    assert only(screen.due.rows).line.status is ReminderStatus.OPENED


def test_after_a_call_it_asks_whether_somebody_answered(screen: RemindersScreen, counter: Counter) -> None:
    book(counter.small)
    screen.show()
    press(only(screen.due.rows), "P")
    assert answer(only(screen.due.rows)).yes.text() == "Да, напомнили"


def test_without_a_program_the_text_is_copied_and_the_person_told(
    screen: RemindersScreen, counter: Counter, qtbot: QtBot
) -> None:
    visit = book(counter.small)
    counter.opener.finds_a_program = False
    screen.show()
    with qtbot.waitSignal(counter.desk.perform.done) as told:
        only(screen.due.rows).action.click()
    assert "Текст скопирован" in told.args[0]
    assert QGuiApplication.clipboard().text() == only(screen.due.rows).message
    line = queue.of_visit(counter.small.database, visit)[0]
    assert (line.status, line.sent_through) == (ReminderStatus.OPENED, Channel.BY_HAND)


def test_without_a_program_for_calls_the_number_is_said(
    screen: RemindersScreen, counter: Counter, qtbot: QtBot
) -> None:
    book(counter.small)
    counter.opener.finds_a_program = False
    screen.show()
    with qtbot.waitSignal(counter.desk.perform.done) as told:
        press(only(screen.due.rows), "P")
    assert "+7\u00a0912\u00a0345-67-89" in told.args[0]


def test_copying_asks_as_well(screen: RemindersScreen, counter: Counter) -> None:
    book(counter.small)
    screen.show()
    press(only(screen.due.rows), "С", Qt.KeyboardModifier.ControlModifier)
    row = only(screen.due.rows)
    assert QGuiApplication.clipboard().text() == row.message
    assert row.question is not None
    assert counter.opener.links == []


def test_a_client_without_a_phone_leads_to_the_card(screen: RemindersScreen, counter: Counter, qtbot: QtBot) -> None:
    book(counter.small, phone="")
    screen.show()
    row = only(screen.due.rows)
    assert row.action.text() == "Открыть карточку"
    with qtbot.waitSignal(screen.client_wanted) as wanted:
        row.action.click()
    assert wanted.args == [row.line.client_id]
    press(row, "T")
    assert counter.opener.links == []
    assert not next(a for a in row.menu().actions() if "WhatsApp" in a.text()).isEnabled()


def test_a_client_who_is_only_in_telegram_gets_the_chat(screen: RemindersScreen, counter: Counter) -> None:
    book(counter.small, phone="")
    client = counter.small.database.value("SELECT MAX(id) FROM client")
    counter.desk.perform(contacts.add, client, NewContact(ContactKind.TELEGRAM, "@anna_sch"))
    screen.show()
    row = only(screen.due.rows)
    assert row.action.text() == "Telegram"
    press(row, "P")
    assert counter.opener.links == []
    row.action.click()
    assert [link.partition("?")[0] for link in counter.opener.links] == ["https://t.me/anna_sch"]


def test_a_visit_that_was_cancelled_meanwhile_is_not_reminded_of(screen: RemindersScreen, counter: Counter) -> None:
    visit = book(counter.small)
    screen.show()
    row = only(screen.due.rows)
    # Somebody at another window, of whom this screen has not heard.
    carry_out(counter.small.salon, booking.cancel, visit, CancelReason.CLIENT_ASKED)
    row.action.click()
    assert counter.opener.links == []
    assert screen.due.rows == []
    assert "Визит отменён" in only(screen.closed.rows).accessibleName()


def test_the_message_says_the_time_of_this_moment(screen: RemindersScreen, counter: Counter) -> None:
    visit = book(counter.small)
    screen.show()
    row = only(screen.due.rows)
    carry_out(
        counter.small.salon, booking.move, counter.small.booked_service(visit), counter.small.olga, at(18, days=1)
    )
    row.action.click()
    assert "18%3A00" in counter.opener.links[0]


def test_what_was_left_from_yesterday_comes_first(screen: RemindersScreen, counter: Counter) -> None:
    book(counter.small, "Анна", ANNA, hour=18, days=1)
    book(counter.small, "Вера", VERA, hour=10, days=2)
    at_noon(counter.small, days=1, minute=5)
    screen.show()
    assert only(screen.left_over.rows).line.client_name == "Анна"
    assert only(screen.due.rows).line.client_name == "Вера"
    assert [row.line.client_name for row in screen.rows()] == ["Анна", "Вера"]


def test_what_nobody_sent_in_time_stays_in_sight(screen: RemindersScreen, counter: Counter) -> None:
    book(counter.small, hour=11, days=1)
    at_noon(counter.small, days=1)
    screen.show()
    row = only(screen.missed.rows)
    assert not row.action.isVisible()
    assert "не успели" in row.accessibleName()
    assert screen.due_count() == 0


def test_after_one_is_done_the_next_is_at_hand(screen: RemindersScreen, counter: Counter, qtbot: QtBot) -> None:
    for hour, name in ((10, "Анна"), (12, "Вера"), (14, "Зоя")):
        book(counter.small, name, ANNA, hour=hour)
    with qtbot.waitActive(screen):
        screen.show()
        screen.activateWindow()
    rows = screen.due.rows
    rows[1].setFocus()
    assert screen.current is rows[1]
    press(rows[1], "O")
    assert screen.current is not None
    assert screen.current.line.client_name == "Зоя"
    assert screen.current.hasFocus()
    press(screen.current, "O")
    assert screen.current is not None
    assert screen.current.line.client_name == "Анна"


def test_arrows_walk_through_all_groups(screen: RemindersScreen, counter: Counter, qtbot: QtBot) -> None:
    book(counter.small, "Анна", ANNA, hour=10)
    book(counter.small, "Вера", VERA, hour=10, days=2)
    with qtbot.waitActive(screen):
        screen.show()
        screen.activateWindow()
    first, second = screen.rows()
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Down)
    assert second.hasFocus()
    assert screen.current is second
    assert screen.coming.rows == [second]
    qtbot.keyClick(second, Qt.Key.Key_Down)
    qtbot.keyClick(second, Qt.Key.Key_Up)
    assert first.hasFocus()


def test_a_minute_passes_and_the_reminder_becomes_due(screen: RemindersScreen, counter: Counter) -> None:
    book(counter.small)
    counter.small.clock.instant = standing_at(at(11, 59), ZONE).instant
    screen.show()
    assert screen.due.rows == []
    assert "Следующие — сегодня в 12:00" in screen.due._sentence.text()
    at_noon(counter.small)
    screen._minute.timeout.emit()
    assert len(screen.due.rows) == 1


def test_hidden_it_does_not_look_and_shown_again_it_does(screen: RemindersScreen, counter: Counter) -> None:
    screen.show()
    assert screen._minute.isActive()
    screen.hide()
    assert not screen._minute.isActive()
    book(counter.small)
    screen.show()
    assert len(screen.due.rows) == 1


def test_nobody_to_remind(screen: RemindersScreen, counter: Counter) -> None:
    screen.show()
    assert screen._empty.isVisible()
    assert screen.header.detail == "ничего не ждёт"


def test_arrived_clients_are_closed_with_the_reason(screen: RemindersScreen, counter: Counter) -> None:
    visit = book(counter.small)
    screen.show()
    at_noon(counter.small, 1)
    counter.desk.perform(booking.set_status, visit, VisitStatus.ARRIVED)
    assert "Клиент уже пришёл" in only(screen.closed.rows).accessibleName()


def test_every_button_has_a_name_in_both_languages(qtbot: QtBot, counter: Counter) -> None:
    book(counter.small)
    for spoken in Language:
        language.use(spoken)
        at_noon(counter.small)
        screen = RemindersScreen(counter.desk)
        qtbot.addWidget(screen)
        screen.show()
        for button in screen.findChildren(QPushButton):
            assert button.text() or button.accessibleName() or not button.isVisible()


def test_the_way_that_the_client_likes_is_offered_first(screen: RemindersScreen, counter: Counter) -> None:
    small = counter.small
    visit = book(small)
    (anna,) = small.database.row("SELECT client_id FROM visit WHERE id = ?", (visit,)) or (0,)
    carry_out(small.salon, contacts.set_reachable, anna, Reachable(Channel.TELEGRAM))
    carry_out(small.salon, contacts.add, anna, NewContact(ContactKind.TELEGRAM, "@Anna_Sh"))
    screen.reload()
    row = only(screen.rows())
    assert row.action.text() == "Telegram"
    ways = [action.text().split("\t")[0] for action in row.menu().actions()[:3]]
    assert ways == ["Telegram", "WhatsApp", "Звонок"]
    row.act()
    assert counter.opener.links[0].startswith("https://t.me/anna_sh?text=")
    assert queue.of_visit(small.database, visit)[0].sent_through is Channel.TELEGRAM
