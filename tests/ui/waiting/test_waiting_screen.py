"""The waiting list on the screen, by keys alone and by mouse alone."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from app.salon.clients import standing
from app.salon.scheduling import holds, turn_aways, waitlist
from app.salon.scheduling.turn_aways import NewTurnAway
from app.salon.scheduling.waitlist import NewWait, Window
from app.salon.transaction import carry_out
from app.ui.waiting.row import WaitRow
from app.ui.waiting.screen import WaitingScreen
from app.ui.waiting.turn_away_menu import TurnAwayMenu
from app.ui.widgets.label import ElidedLabel
from app.ui.wishes import TurnAwaySeed, WaitingSeed
from app.vocabulary import TurnAwayReason, VisitStatus
from tests.builders import TODAY, ZONE, SmallSalon, at
from tests.typing_keys import Keyboard
from tests.ui.conftest import Counter


class List:
    """The open list, its keyboard and what it told."""

    def __init__(self, qtbot: QtBot, counter: Counter) -> None:
        self.qtbot, self.counter, self.small = qtbot, counter, counter.small
        self.said: list[str] = []
        self.wanted: list[WaitingSeed] = []
        counter.desk.perform.done.connect(lambda text, _undo: self.said.append(text.replace("\u00a0", " ")))
        self.screen = WaitingScreen(counter.desk)
        qtbot.addWidget(self.screen)
        self.screen.wait_wanted.connect(self.wanted.append)
        self.screen.resize(1100, 700)
        with qtbot.waitActive(self.screen):
            self.screen.show()
            self.screen.activateWindow()
        self.screen.look_for_all()
        self.keys = Keyboard(self.screen)

    @property
    def rows(self) -> list[WaitRow]:
        return self.screen.rows()

    def row(self, name: str) -> WaitRow:
        return next(row for row in self.rows if row.waiting.client_name == name)

    def letter(self, letter: str) -> None:
        """A key as it arrives, also one of the Russian layout."""
        focused = QApplication.focusWidget() or self.screen
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, ord(letter.upper()), Qt.KeyboardModifier.NoModifier, letter)
            QApplication.sendEvent(focused, event)

    def click(self, button: QAbstractButton) -> None:
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


Opened = Callable[[], List]


@pytest.fixture
def opened(qtbot: QtBot, counter: Counter) -> Opened:
    """Open the list with those who wait by now."""
    return lambda: List(qtbot, counter)


def wait(small: SmallSalon, name: str, phone: str = "+7 912 345-67-89", hour: int = 9) -> int:
    window = Window(TODAY + timedelta(days=1), TODAY + timedelta(days=9), from_minute=hour * 60)
    new = NewWait(small.client(name, phone), (small.manicure,), (window,), (small.olga,))
    entry = carry_out(small.salon, waitlist.add, new).value
    small.clock.advance(timedelta(minutes=1))
    return entry


def test_the_longest_wait_stands_first_with_its_place(opened: Opened, small: SmallSalon) -> None:
    wait(small, "Анна", hour=15)
    wait(small, "Вера")
    listed = opened()
    assert [row.waiting.client_name for row in listed.rows] == ["Анна", "Вера"]
    said = listed.row("Анна").accessibleName().replace("\u00a0", " ")
    assert said.startswith("Анна, ждёт с 11:00, Маникюр с покрытием 1 ч · Ольга Б., после 15:00")
    assert said.endswith("ср, 13 мая, 15:00, свободно, Ольга Б.")
    assert listed.screen.header.detail == "2 ждут"


def test_by_keys_a_place_is_held_called_about_and_booked(opened: Opened, small: SmallSalon) -> None:
    entry = wait(small, "Анна")
    listed = opened()
    listed.screen.focus_first()
    listed.letter("р")  # H on the Russian keyboard
    hold = holds.of_entry(small.database, entry)
    assert hold is not None
    assert listed.counter.opener.links == ["tel:+79123456789"]
    assert "придержано до 11:11" in listed.row("Анна").accessibleName()
    assert listed.row("Анна").hasFocus()
    listed.letter("и")  # B
    assert waitlist.count(small.database) == 0
    assert small.database.value("SELECT status FROM visit") == VisitStatus.BOOKED
    assert listed.said[-1].startswith("Анна, среда 13 мая, 9:00, Ольга")
    listed.counter.desk.perform.undo()
    assert holds.of_entry(small.database, entry) == hold
    assert waitlist.count(small.database) == 1


def test_whoever_is_not_to_be_booked_is_held_and_booked_only_with_a_reason(opened: Opened, small: SmallSalon) -> None:
    entry = wait(small, "Анна")
    listed = opened()
    client = waitlist.one(small.database, ZONE, entry).client_id
    carry_out(small.salon, standing.do_not_book, client, "четыре неявки")
    listed.counter.asker._answers += [None, "разрешила владелица", None, "внесла предоплату"]
    listed.screen.focus_first()
    listed.letter("h")
    assert holds.of_entry(small.database, entry) is None
    listed.letter("h")
    assert holds.of_entry(small.database, entry) is not None
    listed.letter("b")
    assert small.database.value("SELECT COUNT(*) FROM visit") == 0
    listed.letter("b")
    assert small.database.value("SELECT COUNT(*) FROM visit") == 1
    assert small.database.value("SELECT note FROM journal_entry ORDER BY id DESC LIMIT 1") == "внесла предоплату"


def test_the_same_key_gives_a_held_place_back(opened: Opened, small: SmallSalon) -> None:
    entry = wait(small, "Анна")
    listed = opened()
    listed.screen.focus_first()
    listed.letter("h")
    listed.letter("h")
    assert holds.of_entry(small.database, entry) is None


def test_by_mouse_a_place_is_booked_and_a_wish_withdrawn(opened: Opened, small: SmallSalon) -> None:
    wait(small, "Анна")
    wait(small, "Вера")
    listed = opened()
    listed.click(listed.row("Анна").book)
    listed.click(listed.row("Вера").withdraw)
    assert listed.rows == []
    assert small.database.value("SELECT COUNT(*) FROM visit") == 1
    listed.counter.desk.perform.undo()
    assert [row.waiting.client_name for row in listed.rows] == ["Вера"]


def test_a_message_is_ready_or_copied(opened: Opened, small: SmallSalon) -> None:
    wait(small, "Анна Щёлкина")
    listed = opened()
    listed.click(listed.row("Анна Щёлкина").write)
    (link,) = listed.counter.opener.links
    assert link.startswith("https://wa.me/79123456789?text=")
    listed.counter.opener.finds_a_program = False
    listed.click(listed.row("Анна Щёлкина").write)
    text = QGuiApplication.clipboard().text().replace("\u00a0", " ")
    assert text == (
        "Здравствуйте, Анна! Освободилось время: среда, 13 мая, 9:00 — маникюр с покрытием, мастер: Ольга Белова. "
        "Записать вас? Студия на Садовой"
    )


def test_whom_a_place_is_held_for_is_written_to_about_that_place(opened: Opened, small: SmallSalon) -> None:
    wait(small, "Анна Щёлкина")
    listed = opened()
    listed.counter.opener.finds_a_program = False
    listed.screen.focus_first()
    listed.letter("h")
    listed.letter("t")
    text = QGuiApplication.clipboard().text().replace("\u00a0", " ")
    assert "среда, 13 мая, 9:00" in text
    listed.click(listed.row("Анна Щёлкина").write)
    assert listed.said[-1] == "Ссылка не открылась. Текст скопирован — отправьте его сами."


def test_without_a_phone_nobody_can_be_called(opened: Opened, small: SmallSalon) -> None:
    wait(small, "Анна", phone="")
    listed = opened()
    assert not listed.row("Анна").call.isEnabled()
    listed.screen.focus_first()
    listed.letter("p")
    assert listed.said[-1] == "Анна: в карточке нет телефона."


def test_enter_opens_the_wish_and_the_arrows_walk(opened: Opened, small: SmallSalon) -> None:
    wait(small, "Анна")
    entry = wait(small, "Вера")
    listed = opened()
    listed.screen.focus_first()
    listed.keys.press(Qt.Key.Key_Down)
    listed.keys.enter()
    listed.keys.press(Qt.Key.Key_Insert)
    assert listed.wanted == [WaitingSeed(entry_id=entry), WaitingSeed()]


def test_whose_days_are_over_stands_apart_and_can_be_asked_again(opened: Opened, small: SmallSalon) -> None:
    entry = wait(small, "Анна")
    small.clock.advance(timedelta(days=10))
    carry_out(small.salon, waitlist.expire)
    listed = opened()
    assert [row.waiting.entry_id for row in listed.screen.over.rows] == [entry]
    assert "время вышло" in listed.rows[0].accessibleName()
    assert not listed.rows[0].book.isEnabled()


def test_an_empty_list_says_what_to_do(opened: Opened) -> None:
    listed = opened()
    listed.click(listed.screen._empty.button)
    assert listed.wanted == [WaitingSeed()]


def test_every_control_of_a_line_has_a_name(opened: Opened, small: SmallSalon) -> None:
    wait(small, "Анна")
    for button in opened().rows[0].findChildren(QAbstractButton):
        assert button.accessibleName() or button.text(), button


# ---- turned away ---------------------------------------------------------------------------------------------


def test_a_turn_away_is_logged_by_one_digit(qtbot: QtBot, counter: Counter, opened: Opened) -> None:
    small = counter.small
    listed = opened()
    seed = TurnAwaySeed(service_id=small.manicure, day=TODAY, minute=18 * 60)
    menu = TurnAwayMenu(counter.desk, seed, listed.screen)
    qtbot.addWidget(menu)
    menu.open_at(listed.screen.mapToGlobal(listed.screen.rect().center()))
    qtbot.keyClick(menu, Qt.Key.Key_2)
    (line,) = turn_aways.listed(small.database, TODAY, TODAY, ZONE)
    assert (line.reason, line.service_name, line.wished_minute) == (
        TurnAwayReason.MASTER_BUSY,
        "Маникюр с покрытием",
        1080,
    )
    assert listed.said[-1] == "Отказ записан: мастер занят"
    assert QApplication.activePopupWidget() is None


def test_the_log_tells_its_numbers_and_lines(opened: Opened, small: SmallSalon) -> None:
    anna = small.client("Анна")
    for reason in (TurnAwayReason.NO_PLACE, TurnAwayReason.NO_PLACE, TurnAwayReason.CLOSED):
        carry_out(small.salon, turn_aways.log, NewTurnAway(reason, anna, small.manicure, None, TODAY, at(18).hour * 60))
    listed = opened()
    cards: list[int] = []
    listed.screen.client_wanted.connect(cards.append)
    listed.click(listed.screen.choice._buttons["turned_away"])
    part = listed.screen.turned_away
    assert len(part.rows) == 3
    assert (
        part.rows[-1]
        .accessibleName()
        .replace("\u00a0", " ")
        .startswith("Анна, Нет свободного времени · Маникюр с покрытием · хотели: вт, 12 мая, 18:00")
    )
    listed.qtbot.mouseClick(part.rows[0], Qt.MouseButton.LeftButton)
    assert cards == [anna]
    assert listed.screen.new_button.text() == "Записать отказ"


def test_where_there_is_little_room_a_menu_holds_the_quick_buttons(opened: Opened, small: SmallSalon) -> None:
    entry = wait(small, "Анна")
    listed = opened()
    row = listed.row("Анна")
    assert not row.more.isVisible()
    listed.screen.resize(560, 700)
    QApplication.processEvents()
    assert row.more.isVisible()
    assert not row.hold.isVisible()
    menu = row.menu_of_the_rest()
    assert [action.text().split("\t")[0] for action in menu.actions()] == [
        "Придержать место и позвонить",
        "Позвонить клиенту",
        "Написать клиенту",
        "",
        "Снять с листа ожидания",
    ]
    menu.actions()[0].trigger()
    assert holds.of_entry(small.database, entry) is not None


def test_the_words_of_a_line_have_all_the_room_that_the_hour_leaves(opened: Opened, small: SmallSalon) -> None:
    wait(small, "Анна")
    listed = opened()
    listed.screen.resize(900, 600)
    QApplication.processEvents()
    row = listed.row("Анна")
    what = next(label for label in row.findChildren(ElidedLabel) if label.text().startswith("Маникюр"))
    left = min(label.mapTo(row, QPoint()).x() for label in (row._when, row._who) if label.isVisible())
    assert left - what.mapTo(row, what.rect().topRight()).x() < 24
    assert row.height() >= row.sizeHint().height(), "no pill is cut at its foot"


def test_a_line_says_when_the_client_comes_anyway(opened: Opened, small: SmallSalon) -> None:
    wait(small, "Анна")
    anna = small.database.value("SELECT client_id FROM waitlist_entry")
    small.book(at(12, days=2), anna)
    assert "уже есть запись: чт, 14 мая, 12:00" in opened().row("Анна").accessibleName().replace("\u00a0", " ")
