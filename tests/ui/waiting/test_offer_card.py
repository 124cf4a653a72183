"""A place becomes free: the card comes by itself, once, for those whom it suits, and goes when it is settled."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.models.connection import Database
from app.salon.catalogue import shifts, staff
from app.salon.catalogue.patterns import Stretch
from app.salon.changes import Changes
from app.salon.scheduling import blocks, booking, freed_time, holds, waitlist
from app.salon.scheduling.waitlist import NewWait, Window
from app.salon.transaction import carry_out
from app.ui.background import Background
from app.ui.change_feed import ChangeFeed
from app.ui.perform import Perform
from app.ui.waiting.offer_card import OfferCard
from app.ui.waiting.watch import WaitingWatch
from app.vocabulary import BlockKind, CancelReason, Topic, VisitStatus
from tests.builders import TODAY, ZONE, SmallSalon, at, small_salon
from tests.typing_keys import Keyboard
from tests.ui.conftest import Counter

ANY_TIME = Window(TODAY, TODAY + timedelta(days=9))


class Corner:
    """A window with the card in its corner, and a field in which somebody may be typing."""

    def __init__(self, qtbot: QtBot, counter: Counter) -> None:
        self.qtbot, self.counter, self.small = qtbot, counter, counter.small
        self.said: list[str] = []
        counter.desk.perform.done.connect(lambda text, _undo: self.said.append(text.replace("\u00a0", " ")))
        self.host = QWidget()
        qtbot.addWidget(self.host)
        self.field = QLineEdit()
        column = QVBoxLayout(self.host)
        column.addWidget(self.field)
        column.addStretch(1)
        self.watch = WaitingWatch(counter.desk, self.host)
        self.card = OfferCard(counter.desk, self.watch.offers, self.host, column)
        self.host.resize(1100, 700)
        with qtbot.waitActive(self.host):
            self.host.show()
            self.host.activateWindow()
        self.field.setFocus()
        self.keys = Keyboard(self.host)

    @property
    def names(self) -> list[str]:
        return [match.waiting.client_name for match in self.watch.offers.offers.matches]

    @property
    def heading(self) -> str:
        return self.card.accessibleName().replace("\u00a0", " ") if self.card.is_offering else ""

    @property
    def told(self) -> str:
        return self.card.strip.text.replace("\u00a0", " ") if self.card.strip.isVisible() else ""

    def cancel(self, visit: int) -> None:
        self.counter.desk.perform(booking.cancel, visit, CancelReason.CLIENT_ILL)

    def click(self, text: str, of: str = "") -> None:
        self.card.take_focus()
        found = next(
            one
            for one in self.card.findChildren(QAbstractButton)
            if one.isVisible() and text in (one.text() or one.accessibleName()) and of in one.accessibleName()
        )
        self.qtbot.mouseClick(found, Qt.MouseButton.LeftButton)


@pytest.fixture
def corner(qtbot: QtBot, counter: Counter) -> Callable[[], Corner]:
    """Open the window on what is booked and waited for by now."""
    return lambda: Corner(qtbot, counter)


@pytest.fixture
def full(small: SmallSalon) -> dict[int, int]:
    """Olga's afternoon is full, and only she does nails; the visit of each hour."""
    carry_out(small.salon, staff.can_do, small.maria, [small.colouring])
    return {hour: small.book(at(hour), small.client(f"Клиентка {hour}")) for hour in range(9, 21)}


def wait(small: SmallSalon, name: str) -> int:
    new = NewWait(small.client(name, "+7 912 345-67-89"), (small.manicure,), (ANY_TIME,))
    entry = carry_out(small.salon, waitlist.add, new).value
    small.clock.advance(timedelta(minutes=1))
    return entry


def test_the_card_comes_by_itself_and_takes_no_focus(corner: Callable[[], Corner], full: dict[int, int]) -> None:
    opened = corner()
    wait(opened.small, "Анна")
    wait(opened.small, "Вера")
    assert not opened.card.is_offering
    opened.cancel(full[15])
    assert opened.names == ["Анна", "Вера"]
    assert opened.heading == "Освободилось: сегодня, 15:00–16:00, Ольга Б."
    assert opened.field.hasFocus()


def test_it_is_told_at_the_foot_and_stands_over_nothing(
    corner: Callable[[], Corner], full: dict[int, int], qtbot: QtBot
) -> None:
    opened = corner()
    for name in ("Анна", "Вера", "Зоя"):
        wait(opened.small, name)
    opened.cancel(full[15])
    told = "Освободилось: сегодня, 15:00–16:00, Ольга Б. · подойдёт: Анна (ждёт с 11:00), Вера (ждёт с 11:01) и другие"
    assert opened.told == told
    assert not opened.card.isVisible()
    qtbot.mouseClick(opened.card.strip.go_on, Qt.MouseButton.LeftButton)
    assert opened.card.isVisible()
    assert not opened.card.geometry().intersects(opened.card.strip.geometry())
    opened.click("Придержать")
    opened.field.setFocus()
    for one in opened.watch.offers.offers.matches:
        opened.watch.offers.note_refused(one)
    assert opened.told == "Место придержано до 11:13: Анна"


def test_whoever_goes_on_elsewhere_finds_it_folded_and_nothing_declined(
    corner: Callable[[], Corner], full: dict[int, int], qtbot: QtBot
) -> None:
    opened = corner()
    wait(opened.small, "Анна")
    wait(opened.small, "Вера")
    opened.cancel(full[15])
    opened.card.take_focus()
    assert opened.card.isVisible()
    opened.click("Написать", of="Вера")
    assert opened.card.isVisible(), "whoever goes on in the card finds it open"
    qtbot.mouseClick(opened.field, Qt.MouseButton.LeftButton)
    assert not opened.card.isVisible()
    assert opened.names == ["Анна", "Вера"]
    opened.card.take_focus()
    opened.keys.press(Qt.Key.Key_Escape)
    assert opened.field.hasFocus()
    assert opened.told == ""


def test_what_changes_while_it_is_open_leaves_it_open(corner: Callable[[], Corner], full: dict[int, int]) -> None:
    opened = corner()
    wait(opened.small, "Анна")
    opened.cancel(full[15])
    opened.card.take_focus()
    opened.cancel(full[17])
    assert opened.card.isVisible()
    assert opened.card.isAncestorOf(opened.host.focusWidget())


def test_it_is_dropped_by_mouse(corner: Callable[[], Corner], full: dict[int, int], qtbot: QtBot) -> None:
    opened = corner()
    wait(opened.small, "Анна")
    opened.cancel(full[15])
    qtbot.mouseClick(opened.card.strip.drop, Qt.MouseButton.LeftButton)
    assert (opened.told, opened.names) == ("", [])
    assert opened.field.hasFocus()


def test_an_undone_cancellation_takes_the_card_away_and_redo_brings_it(
    corner: Callable[[], Corner], full: dict[int, int]
) -> None:
    opened = corner()
    wait(opened.small, "Анна")
    opened.cancel(full[15])
    opened.counter.desk.perform.undo()
    assert not opened.card.is_offering
    opened.counter.desk.perform.redo()
    assert opened.names == ["Анна"]


def test_a_move_that_is_taken_back_proposes_no_place_that_was_free_before_it(
    corner: Callable[[], Corner], small: SmallSalon, full: dict[int, int]
) -> None:
    opened, tomorrow = corner(), at(9, days=1)
    perform = opened.counter.desk.perform
    wait(small, "Анна")
    for _time in range(2):
        perform(booking.move, small.booked_service(full[15]), small.olga, tomorrow)
        assert opened.names == ["Анна"]
        perform.undo()
        assert not opened.card.is_offering
        perform.redo()
        assert opened.names == ["Анна"]
        perform.undo()
        assert not opened.card.is_offering


@pytest.mark.parametrize("act", ["move", "resize", "no_show", "block"])
def test_whatever_gives_time_back_brings_the_card(
    corner: Callable[[], Corner], small: SmallSalon, full: dict[int, int], act: str
) -> None:
    opened = corner()
    perform = opened.counter.desk.perform
    if act == "block":
        perform(booking.cancel, full[15], CancelReason.CLIENT_ILL)
        block = carry_out(small.salon, blocks.block_time, small.olga, at(15), at(16), BlockKind.BREAK).value
        wait(small, "Анна")
        perform(blocks.remove_block, block)
    elif act == "move":
        wait(small, "Анна")
        perform(booking.move, small.booked_service(full[15]), small.olga, at(9, days=1))
    elif act == "resize":
        carry_out(small.salon, booking.cancel, full[15], CancelReason.CLIENT_ILL)
        carry_out(small.salon, booking.resize, small.booked_service(full[14]), at(14), at(16))
        wait(small, "Анна")
        perform(booking.resize, small.booked_service(full[14]), at(14), at(15))
    else:
        wait(small, "Анна")
        small.clock.advance(timedelta(hours=3, minutes=30))
        carry_out(small.salon, booking.cancel, full[15], CancelReason.CLIENT_ILL)
        perform(booking.set_status, full[14], VisitStatus.NO_SHOW)
    assert opened.names == ["Анна"]


def test_not_now_is_not_asked_again_for_the_same_place(
    corner: Callable[[], Corner], small: SmallSalon, full: dict[int, int]
) -> None:
    opened = corner()
    wait(small, "Анна")
    opened.cancel(full[15])
    opened.card.take_focus()
    opened.keys.press(Qt.Key.Key_Escape)
    assert not opened.card.is_offering
    assert opened.field.hasFocus()
    block = opened.counter.desk.perform(blocks.block_time, small.olga, at(15), at(16), BlockKind.BREAK)
    assert block is not None
    opened.counter.desk.perform(blocks.remove_block, block.value)
    assert not opened.card.is_offering
    wait(small, "Вера")
    opened.cancel(full[17])
    assert opened.names == ["Анна", "Вера"]


def test_by_keys_the_place_is_booked_and_the_card_goes(
    corner: Callable[[], Corner], small: SmallSalon, full: dict[int, int]
) -> None:
    opened = corner()
    entry = wait(small, "Анна")
    opened.cancel(full[15])
    opened.card.take_focus()
    opened.keys.enter()
    assert not opened.card.is_offering
    assert opened.field.hasFocus()
    assert opened.said[-1].startswith("Анна, вторник 12 мая, 15:00, Ольга")
    opened.counter.desk.perform.undo()
    assert waitlist.one(small.database, ZONE, entry).status == "waiting"
    assert opened.names == ["Анна"]


def test_held_called_and_not_wanted_it_goes_to_the_next(
    corner: Callable[[], Corner], small: SmallSalon, full: dict[int, int]
) -> None:
    opened = corner()
    wait(small, "Анна")
    wait(small, "Вера")
    opened.cancel(full[15])
    opened.click("Придержать")
    assert opened.counter.opener.links == ["tel:+79123456789"]
    assert opened.names == []
    assert opened.heading == "Место придержано"
    opened.click("Не подошло")
    assert opened.names == ["Вера"]
    opened.click("Записать", of="Вера")
    assert small.database.value("SELECT COUNT(*) FROM place_hold") == 0
    assert not opened.card.is_offering


def test_whoever_has_a_place_held_is_proposed_no_second_one(
    corner: Callable[[], Corner], small: SmallSalon, full: dict[int, int]
) -> None:
    """More became free than one visit takes: the rest is for the others, until the first has said no."""
    opened = corner()
    wait(small, "Анна")
    wait(small, "Вера")
    opened.cancel(full[15])
    opened.cancel(full[16])
    opened.click("Придержать")
    assert [held.match.waiting.client_name for held in opened.watch.offers.offers.held] == ["Анна"]
    assert opened.names == ["Вера"]
    opened.click("Не подошло")
    assert opened.names == ["Анна", "Вера"]


def test_a_held_place_is_booked_from_the_card(
    corner: Callable[[], Corner], small: SmallSalon, full: dict[int, int]
) -> None:
    opened = corner()
    entry = wait(small, "Анна")
    opened.cancel(full[15])
    opened.click("Придержать")
    opened.click("Записать")
    assert waitlist.one(small.database, ZONE, entry).status == "booked"
    assert not opened.card.is_offering


def test_when_the_minutes_are_over_the_place_is_proposed_again(
    corner: Callable[[], Corner], small: SmallSalon, full: dict[int, int]
) -> None:
    opened = corner()
    entry = wait(small, "Анна")
    opened.cancel(full[15])
    opened.click("Придержать")
    assert 0 < opened.watch._ends.remainingTime() <= 600_100
    small.clock.advance(timedelta(minutes=10))
    opened.watch.look()
    assert holds.of_entry(small.database, entry) is None
    assert opened.names == ["Анна"]
    # The release was nobody's act, and the hold is over: undo passes over both to what somebody did.
    assert opened.counter.desk.perform.undo()
    assert small.status(full[15]) is VisitStatus.BOOKED


def test_undo_says_so_when_a_hold_that_is_over_was_all_that_was_done(
    corner: Callable[[], Corner], small: SmallSalon, full: dict[int, int]
) -> None:
    opened = corner()
    wait(small, "Анна")
    carry_out(small.salon, booking.cancel, full[15], CancelReason.CLIENT_ILL)
    opened.counter.desk.feed.announce(Changes(frozenset(Topic)))
    opened.click("Придержать")
    small.clock.advance(timedelta(minutes=10))
    assert not opened.counter.desk.perform.undo()
    assert opened.said[-1] == "Место больше не придержано: время вышло. Отменять больше нечего."
    assert not opened.counter.desk.perform.can_undo
    told = len(opened.said)
    assert not opened.counter.desk.perform.undo()
    assert len(opened.said) == told, "the window itself says that nothing can be undone"


def test_a_hold_that_is_over_stands_in_the_way_of_no_act(
    corner: Callable[[], Corner], small: SmallSalon, full: dict[int, int]
) -> None:
    opened = corner()
    wait(small, "Анна")
    opened.cancel(full[15])
    opened.click("Придержать")
    small.clock.advance(timedelta(minutes=10))
    done = opened.counter.desk.perform(booking.book, booking.BookingRequest(None, (small.wish(at(15)),)))
    assert done is not None


def test_somebody_else_took_the_place(corner: Callable[[], Corner], small: SmallSalon, full: dict[int, int]) -> None:
    opened = corner()
    wait(small, "Анна")
    opened.cancel(full[15])
    opened.counter.desk.perform(booking.book, booking.BookingRequest(None, (small.wish(at(15)),)))
    assert not opened.card.is_offering


def test_whose_days_are_over_is_told_once(corner: Callable[[], Corner], small: SmallSalon) -> None:
    wait(small, "Анна")
    opened = corner()
    counted: list[int] = []
    opened.watch.counted.connect(lambda number, _said: counted.append(number))
    small.clock.advance(timedelta(days=10))
    opened.watch.look()
    opened.watch.look()
    assert opened.said == ["В листе ожидания вышел срок у 1 клиента: Анна"]
    opened.watch.count()
    assert counted[-1] == 0


def test_the_badge_counts_for_whom_a_place_is_free_and_says_how_many_wait(
    corner: Callable[[], Corner], small: SmallSalon, full: dict[int, int]
) -> None:
    """Today is full: of two who want today nobody has a place, until somebody cancels."""
    carry_out(small.salon, staff.set_services, small.maria, [small.colouring])
    opened = corner()
    for name in ("Анна", "Вера"):
        today = NewWait(small.client(name), (small.manicure,), (Window(TODAY, TODAY),))
        carry_out(small.salon, waitlist.add, today)
    told: list[tuple[int, str]] = []
    opened.watch.counted.connect(lambda number, said: told.append((number, said)))
    opened.watch.count()
    assert told == [(0, "В листе ожидания: 2. Место сейчас есть для: 0.")]
    opened.cancel(full[15])
    opened.qtbot.waitUntil(lambda: len(told) > 1)
    assert told[1:] == [(2, "В листе ожидания: 2. Место сейчас есть для: 2.")]


def test_new_hours_bring_the_card(corner: Callable[[], Corner], small: SmallSalon, full: dict[int, int]) -> None:
    opened = corner()
    today = NewWait(small.client("Анна"), (small.manicure,), (Window(TODAY, TODAY),))
    carry_out(small.salon, waitlist.add, today)
    opened.counter.desk.perform(shifts.set_days, [shifts.DayWish(small.olga, TODAY, (Stretch(9 * 60, 22 * 60),))])
    assert opened.names == ["Анна"]
    assert opened.heading == "Освободилось: сегодня, 21:00–22:00, Ольга Б."


def test_what_becomes_free_at_another_workplace_brings_the_card_here(
    corner: Callable[[], Corner], small: SmallSalon, full: dict[int, int]
) -> None:
    opened = corner()
    wait(small, "Анна")
    opened.cancel(full[12])
    opened.card.dismiss()
    carry_out(small.salon, booking.cancel, full[15], CancelReason.CLIENT_ILL)
    assert not opened.card.is_offering
    opened.counter.desk.feed.announce(Changes(frozenset(Topic)))
    assert opened.names == ["Анна"]
    assert "15:00–16:00" in opened.heading
    opened.card.dismiss()
    opened.counter.desk.feed.announce(Changes(frozenset(Topic)))
    assert opened.heading == "", "each act is looked at once"


@pytest.mark.parametrize("reading", ["acts_since", "last_act"])
def test_what_becomes_free_elsewhere_while_that_is_looked_at_is_proposed_once(
    corner: Callable[[], Corner],
    small: SmallSalon,
    full: dict[int, int],
    monkeypatch: pytest.MonkeyPatch,
    reading: str,
) -> None:
    """Whether it was done just after the one reading or just after the other."""
    opened, read = corner(), getattr(freed_time, reading)
    wait(small, "Анна")

    def read_before_somebody_acts(*args: object) -> object:
        monkeypatch.setattr(freed_time, reading, read)
        found = read(*args)
        carry_out(small.salon, booking.cancel, full[15], CancelReason.CLIENT_ILL)
        return found

    monkeypatch.setattr(freed_time, reading, read_before_somebody_acts)
    opened.counter.desk.feed.announce(Changes(frozenset(Topic)))
    opened.counter.desk.feed.announce(Changes(frozenset(Topic)))
    assert opened.names == ["Анна"]
    opened.card.dismiss()
    opened.counter.desk.feed.announce(Changes(frozenset(Topic)))
    assert opened.heading == ""


def test_the_search_behind_the_badge_is_done_on_another_thread(qtbot: QtBot, counter: Counter, tmp_path: Path) -> None:
    """A file may be read from there; the window only hears the number, and nothing after it stopped to listen."""
    small = small_salon(Database(tmp_path / "salon.vizit"))
    today = NewWait(small.client("Анна"), (small.manicure,), (Window(TODAY, TODAY),))
    carry_out(small.salon, waitlist.add, today)
    feed, background = ChangeFeed(), Background()
    desk = replace(
        counter.desk, salon=small.salon, perform=Perform(small.salon, feed), feed=feed, background=background
    )
    watch = WaitingWatch(desk)
    with qtbot.waitSignal(watch.counted) as told:
        watch.count()
        assert background.is_busy
    assert told.args == [1, "В листе ожидания: 1. Место сейчас есть для: 1."]
    watch.count()
    watch.stop()
    feed.announce(Changes(frozenset(Topic)))
    assert not watch._count_soon.isActive(), "what is told after the window was closed wakes nobody"
    assert not watch._ends.isActive()
    with qtbot.assertNotEmitted(watch.counted):
        qtbot.waitUntil(lambda: not background.is_busy)
    background.close()
    small.database.close()
