"""Somebody cancels; who waits is called while the place is held, and has it: by keys alone, and back again."""

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.salon.catalogue import staff
from app.salon.scheduling import groups, holds, waitlist
from app.salon.scheduling.booking import BookingRequest
from app.salon.transaction import carry_out
from app.ui.screens import WAITING
from app.ui.wishes import BookingSeed
from app.vocabulary import VisitStatus, WaitlistStatus
from tests.builders import ZONE, at
from tests.journeys.conftest import Day


def test_a_cancelled_place_finds_who_waited_for_it(front_desk: Day, qtbot: QtBot) -> None:
    small, window, keys = front_desk.small, front_desk.running.window, front_desk.keys
    carry_out(small.salon, staff.can_do, small.maria, [small.colouring])
    anna = small.client("Анна Щёлкина", "+7 912 345-67-89")
    visits = {hour: small.book(at(hour), small.client(f"Клиентка {hour}")) for hour in range(11, 21)}
    qtbot.waitUntil(lambda: window._watch is not None)

    # Anna calls: nothing is free today. She is put on the list.
    window.go(WAITING)
    keys.press(Qt.Key.Key_Insert)
    keys.type("6789")
    keys.enter()
    keys.type("маник")
    keys.enter()
    keys.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    (line,) = waitlist.listed(small.database, ZONE)
    assert line.client_id == anna
    watch = window._watch
    assert watch is not None
    watch.count()
    assert window.rail._buttons[WAITING]._count == 1

    # Somebody else cancels the hour at three.
    small.clock.advance(timedelta(hours=1))
    window.show_visit(visits[15], at(15).date())
    window.calendar.grid.setFocus()
    keys.press(Qt.Key.Key_X)
    menu = window.calendar.menu
    assert menu is not None
    menu.actions()[2].trigger()
    menu.close()
    card = window._offer_card
    assert card is not None
    assert card.is_offering
    assert not card.isVisible(), "it stands over no tile by itself"

    # The place is held while Anna is called, and nobody else can have it.
    keys.press(Qt.Key.Key_F4)
    keys.press(Qt.Key.Key_Tab)
    keys.enter()
    assert holds.of_entry(small.database, line.entry_id) is not None
    assert front_desk.opener.links == ["tel:+79123456789"]

    # She wants it.
    keys.press(Qt.Key.Key_F4)
    keys.enter()
    visit = small.database.value("SELECT visit FROM waitlist_entry")
    assert small.status(visit) is VisitStatus.BOOKED
    assert (
        small.database.value("SELECT starts_at FROM booked_service WHERE visit_id = ?", (visit,)) == "2026-05-12 15:00"
    )
    assert "Анна Щёлкина, вторник 12 мая, 15:00" in front_desk.toast
    assert not card.is_offering
    watch.count()
    assert window.rail._buttons[WAITING]._count == 0

    # And back again, step by step: the booking, the hold, the cancellation.
    for _step in range(3):
        keys.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert small.status(visits[15]) is VisitStatus.BOOKED
    assert waitlist.count(small.database) == 1
    assert small.database.value("SELECT COUNT(*) FROM place_hold") == 0


def test_who_was_booked_by_hand_is_asked_about_and_waits_no_more(front_desk: Day) -> None:
    """Anna calls before anybody calls her; the desk books her in the form, and one undo takes back both."""
    small, keys, window = front_desk.small, front_desk.keys, front_desk.running.window
    anna = small.client("Анна Щёлкина", "89123456789")
    week = waitlist.Window(at(0).date(), at(0, days=6).date())
    entry = carry_out(small.salon, waitlist.add, waitlist.NewWait(anna, (small.manicure,), (week,))).value
    window.open_booking(BookingSeed(client_id=anna, staff_id=small.olga, starts_at=at(14)))
    keys.type("маник")
    keys.enter()
    keys.enter()
    keys.enter()
    QApplication.processEvents()
    assert front_desk.said
    assert front_desk.toast == "Анна Щёлкина: ещё в листе ожидания."
    assert [button.text() for button in window.toast.buttons] == ["Отменить", "Больше не ждёт"]
    window.toast.buttons[1].click()
    assert front_desk.toast == "Анна Щёлкина: больше не ждёт."
    assert waitlist.count(small.database) == 0
    window.undo()
    assert waitlist.one(small.database, ZONE, entry).status is WaitlistStatus.WAITING
    assert small.database.value("SELECT COUNT(*) FROM visit") == 0


def test_who_is_moved_to_where_they_wait_for_is_asked_about_too(front_desk: Day) -> None:
    """Anna asked for an hour after half past two, and her visit goes there by the arrows."""
    small, keys, window = front_desk.small, front_desk.keys, front_desk.running.window
    anna = small.client("Анна Щёлкина")
    visit = small.book(at(14), anna)
    late = waitlist.Window(at(0).date(), at(0).date(), from_minute=14 * 60 + 10)
    carry_out(small.salon, waitlist.add, waitlist.NewWait(anna, (small.manicure,), (late,)))
    window.show_visit(visit, at(14).date())
    window.calendar.grid.setFocus()
    keys.press(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QApplication.processEvents()
    assert [button.text() for button in window.toast.buttons] == ["Отменить", "Больше не ждёт"]
    window.toast.buttons[1].click()
    assert waitlist.count(small.database) == 0
    window.undo()
    assert waitlist.count(small.database) == 1
    assert small.database.value("SELECT starts_at FROM booked_service") == "2026-05-12 14:00"


def test_of_those_who_come_together_each_who_waited_is_named(front_desk: Day) -> None:
    """One button ends both wishes, so it says whose."""
    small, window = front_desk.small, front_desk.running.window
    clients = [small.client(name) for name in ("Анна", "Вера")]
    tomorrow = waitlist.Window(at(0, days=1).date(), at(0, days=1).date())
    for client in clients:
        carry_out(small.salon, waitlist.add, waitlist.NewWait(client, (small.manicure,), (tomorrow,)))
    both = [
        BookingRequest(client, (small.wish(at(14), staff=master),))
        for client, master in zip(clients, (small.olga, small.maria), strict=True)
    ]
    group = carry_out(small.salon, groups.book_group, "", both).value.group_id
    window.desk.perform(groups.move_group, group, timedelta(days=1))
    QApplication.processEvents()
    assert front_desk.toast == "Ещё ждут: Анна и Вера."
    assert [button.text() for button in window.toast.buttons] == ["Отменить", "Больше не ждут"]
    window.toast.buttons[1].click()
    assert front_desk.toast == "Больше не ждут: Анна и Вера."
    assert waitlist.count(small.database) == 0
