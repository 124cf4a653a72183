"""The list of all clients."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from app.models.connection import Database
from app.salon import profile as profile_of
from app.salon.clients import register
from app.salon.clients.register import NewClient
from app.salon.transaction import carry_out
from app.ui.background import Job
from app.ui.clients.screen import ClientsScreen
from app.ui.desk import Desk
from app.ui.perform import Perform
from app.vocabulary import AlertKind
from tests.builders import SmallSalon, at, copy_of, small_salon
from tests.fakes import InlineBackground
from tests.ui.clients.hearing import heard
from tests.ui.conftest import Counter

Key = Qt.Key
NAME, ALERT, PHONE, LAST, NEXT, VISITS, SPENT = range(7)


@pytest.fixture
def screen(qtbot: QtBot, counter: Counter) -> ClientsScreen:
    """Three clients: Maria was here yesterday, Anna a week ago, Olga never."""
    small = counter.small
    anna = small.client("Анна Щёлкина", "8 912 345-67-89")
    maria = small.client("Мария Ким", "+7 903 000-11-22")
    small.client("Ольга Тихая")
    small.complete(small.book(at(10, days=-7), anna))
    small.complete(small.book(at(10, days=-1), maria))
    small.book(at(15, 30), anna)
    carry_out(small.salon, register.warn, anna, AlertKind.ALLERGY, "ацетон")
    made = ClientsScreen(counter.desk)
    qtbot.addWidget(made)
    made.resize(1200, 600)
    made.show()
    made.activateWindow()
    return made


def names(screen: ClientsScreen) -> list[str]:
    return [screen.model.record(row).name for row in range(screen.model.rowCount())]  # type: ignore[union-attr]


def cell(screen: ClientsScreen, row: int, column: int, role: int = Qt.ItemDataRole.DisplayRole) -> object:
    return screen.model.index(row, column).data(role)


def test_whoever_was_here_last_is_first(screen: ClientsScreen) -> None:
    assert names(screen) == ["Мария Ким", "Анна Щёлкина", "Ольга Тихая"]
    assert screen.header.detail == "3 клиента"
    assert cell(screen, 0, LAST) == "вчера"
    assert cell(screen, 1, LAST) == "5\u00a0мая"
    assert cell(screen, 1, NEXT) == "сегодня"
    assert cell(screen, 1, PHONE) == "+7\u00a0912\u00a0345-67-89"
    assert (cell(screen, 2, LAST), cell(screen, 2, VISITS), cell(screen, 2, SPENT)) == ("", "0", "")


def test_an_alert_is_a_sign_with_words_for_the_screen_reader(screen: ClientsScreen) -> None:
    assert cell(screen, 1, ALERT) == ""
    assert cell(screen, 1, ALERT, Qt.ItemDataRole.AccessibleTextRole) == "Есть предупреждение"
    assert cell(screen, 0, ALERT, Qt.ItemDataRole.AccessibleTextRole) == ""


def test_typing_leaves_those_who_may_be_meant(qtbot: QtBot, screen: ClientsScreen) -> None:
    qtbot.keyClicks(screen.search, "6789")
    assert names(screen) == ["Анна Щёлкина"]
    assert screen.header.detail == "1 из 3 клиентов"
    screen.search.setText("Vfhbz")
    assert names(screen) == ["Мария Ким"]
    qtbot.keyClick(screen.search, Key.Key_Escape)
    assert len(names(screen)) == 3


def test_enter_opens_the_first_hit(qtbot: QtBot, screen: ClientsScreen) -> None:
    wanted = heard(screen.client_wanted)
    screen.search.setText("щелк")
    qtbot.keyClick(screen.search, Key.Key_Return)
    assert wanted[0] == (screen.model.keys[0],)


def test_down_goes_into_the_table_and_enter_opens(qtbot: QtBot, screen: ClientsScreen) -> None:
    wanted = heard(screen.client_wanted)
    screen.search.setFocus()
    qtbot.keyClick(screen.search, Key.Key_Down)
    assert screen.table.hasFocus()
    qtbot.keyClick(screen.table, Key.Key_Down)
    qtbot.keyClick(screen.table, Key.Key_Return)
    assert len(wanted) == 1
    assert wanted[0] == (screen.model.keys[1],)


def test_a_click_opens_once(qtbot: QtBot, screen: ClientsScreen) -> None:
    wanted = heard(screen.client_wanted)
    place = screen.table.visualRect(screen.model.index(2, NAME)).center()
    qtbot.mouseClick(screen.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert len(wanted) == 1
    assert wanted[0] == (screen.model.keys[2],)


def test_any_column_sorts(screen: ClientsScreen) -> None:
    screen.table.sortByColumn(NAME, Qt.SortOrder.AscendingOrder)
    assert names(screen) == ["Анна Щёлкина", "Мария Ким", "Ольга Тихая"]
    screen.table.sortByColumn(NEXT, Qt.SortOrder.DescendingOrder)
    assert names(screen)[0] == "Анна Щёлкина"
    screen.table.sortByColumn(ALERT, Qt.SortOrder.DescendingOrder)
    assert names(screen)[0] == "Анна Щёлкина"


def test_a_new_card_appears_and_the_cursor_stays(counter: Counter, screen: ClientsScreen) -> None:
    screen.table.setCurrentIndex(screen.model.index(1, 0))
    counter.desk.perform(register.add, NewClient("Вера Ломова"))
    assert "Вера Ломова" in names(screen)
    assert screen.header.detail == "4 клиента"
    current = screen.table.current
    assert current is not None
    assert current.name == "Анна Щёлкина"


def test_nobody_found_offers_a_new_card_with_what_was_typed(qtbot: QtBot, screen: ClientsScreen) -> None:
    wanted = heard(screen.new_client_wanted)
    screen.search.setText("Лилия")
    assert not screen.table.isVisible()
    qtbot.keyClick(screen.search, Key.Key_Return)
    assert wanted[0] == ("Лилия",)
    qtbot.mouseClick(screen.new_button, Qt.MouseButton.LeftButton)
    assert len(wanted) == 2


def test_the_key_of_the_button_works_on_the_screen(qtbot: QtBot, screen: ClientsScreen) -> None:
    wanted = heard(screen.new_client_wanted)
    screen.table.setFocus()
    modifiers = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(screen.table, Key.Key_N, modifiers)
    assert len(wanted) == 1


def test_an_empty_salon_says_what_comes_next(qtbot: QtBot, counter: Counter) -> None:
    screen = ClientsScreen(counter.desk)
    qtbot.addWidget(screen)
    screen.show()
    wanted = heard(screen.new_client_wanted)
    assert not screen.table.isVisible()
    screen._nobody.button.click()
    assert wanted[0] == ("",)


def test_the_model_keeps_qts_rules(screen: ClientsScreen) -> None:
    ModelTester(screen.model).check(screen.model)


def test_how_many_cards_may_be_of_one_person_is_said_before_anybody_asks(
    qtbot: QtBot, counter: Counter, screen: ClientsScreen
) -> None:
    assert screen.duplicates_button.text() == "Возможные дубли"
    counter.small.client("Аня Щёлкина", "8 912 345-67-89")
    again = ClientsScreen(counter.desk)
    qtbot.addWidget(again)
    again.show()
    assert again.duplicates_button.text() == "Возможные дубли (1)"


def test_the_list_says_why_somebody_was_found_and_sets_off_what_was_typed(
    counter: Counter, screen: ClientsScreen
) -> None:
    maria = screen.model.keys[0]
    counter.desk.perform(register.add_phone, maria, "8 905 222-77-88", "мама")
    screen.search.setText("7788")
    assert names(screen) == ["Мария Ким"]
    found = screen.model.found(screen.model.record(0))  # type: ignore[arg-type]
    assert found is not None
    assert found.reason == "мама:\u00a0+7\u00a0905\u00a0222-77-88"
    assert [found.reason[begin : begin + length] for begin, length in found.reason_spans] == ["77-88"]
    assert cell(screen, 0, NAME, Qt.ItemDataRole.AccessibleTextRole) == f"Мария Ким, {found.reason}"
    plain = screen.table.viewport().grab().toImage()
    screen.search.setText("ким 0011")
    found = screen.model.found(screen.model.record(0))  # type: ignore[arg-type]
    assert found is not None
    assert (found.name_spans, found.reason) == (((6, 3),), "")
    assert screen.table.viewport().grab().toImage() != plain
    screen.search.clear()
    assert cell(screen, 0, NAME, Qt.ItemDataRole.AccessibleTextRole) == "Мария Ким"


def test_where_masters_work_a_hidden_number_is_not_found_out_in_the_list(
    counter: Counter, screen: ClientsScreen
) -> None:
    facts = replace(counter.small.salon.profile, masters_see_phones=False)
    carry_out(counter.small.salon, profile_of.change, facts)
    preferences = counter.desk.preferences
    preferences.change(replace(preferences.settings, used_by_master=True))
    screen.search.setText("912345")
    assert not screen.table.isVisible()
    screen.search.setText("6789")
    assert names(screen) == ["Анна Щёлкина"]


class SlowBackground(InlineBackground):
    """Does each piece of work when it is told to, the oldest first."""

    def __init__(self) -> None:
        super().__init__()
        self._waiting: list[Callable[[], object]] = []

    def run(self, work: Any, done: Any, failed: Any, *, label: str) -> Job:
        """Keep the work for later."""
        self._waiting.append(lambda: InlineBackground.run(self, work, done, failed, label=label))
        return Job(label, self)

    def go_on(self) -> None:
        """Do the next piece of work."""
        self._waiting.pop(0)()

    def finish(self) -> None:
        """Do all that is to be done."""
        while self._waiting:
            self.go_on()


@cache
def _two_hundred() -> SmallSalon:
    small = small_salon()
    for number in range(200):
        small.client(f"Анна {number:03}")
    return small


@pytest.fixture
def behind(qtbot: QtBot, counter: Counter, tmp_path: Path) -> Iterator[tuple[ClientsScreen, SlowBackground, Desk]]:
    """Two hundred clients, read beside the window: nothing comes before the test says so."""
    small = copy_of(_two_hundred(), Database(tmp_path / "salon.vizit"))
    background = SlowBackground()
    perform = Perform(small.salon, counter.desk.feed)
    desk = replace(counter.desk, salon=small.salon, perform=perform, background=background)
    screen = ClientsScreen(desk)
    qtbot.addWidget(screen)
    screen.resize(1200, 600)
    screen.show()
    screen.activateWindow()
    background.finish()
    yield screen, background, desk
    small.database.close()


Behind = tuple[ClientsScreen, SlowBackground, Desk]


def test_enter_waits_for_what_was_typed_and_opens_nobody_else(qtbot: QtBot, behind: Behind) -> None:
    screen, background, _desk = behind
    wanted, meant = heard(screen.client_wanted), screen.model.keys[123]
    screen.search.setText("123")
    qtbot.keyClick(screen.search, Key.Key_Return)
    assert wanted == []
    background.finish()
    assert wanted == [(meant,)]


def test_nobody_is_invited_or_written_out_who_is_not_meant_any_more(behind: Behind) -> None:
    screen, background, desk = behind
    screen.filters.invite_button.click()
    screen.search.setText("12")
    assert not screen.filters.export_button.isEnabled()
    assert not screen.invite.take_button.isEnabled()
    screen.invite.taken.emit("Приходите")
    assert desk.salon.database.value("SELECT COUNT(*) FROM reminder") == 0
    background.finish()
    assert screen.filters.export_button.isEnabled()


def test_the_words_of_an_invitation_stay_when_the_list_is_read_again(qtbot: QtBot, behind: Behind) -> None:
    screen, background, desk = behind
    screen.filters.invite_button.click()
    screen.invite.words.setText("Анна, ждём вас!")
    desk.perform(register.add, NewClient("Вера Ломова"))
    background.finish()
    assert screen.invite.words.text() == "Анна, ждём вас!"
    assert screen.invite.isVisible()


def test_whoever_looks_elsewhere_is_not_thrown_back_to_the_cursor(behind: Behind) -> None:
    screen, background, desk = behind
    screen.table.setCurrentIndex(screen.model.index(3, 0))
    screen.table.verticalScrollBar().setValue(5_000)
    desk.perform(register.set_wishes, screen.model.keys[150], "кофе")
    background.finish()
    assert (screen.table.verticalScrollBar().value(), screen.table.currentIndex().row()) == (5_000, 3)


def test_end_goes_to_the_last_card_and_enter_opens_it_at_once(qtbot: QtBot, behind: Behind) -> None:
    screen, _background, _desk = behind
    wanted = heard(screen.client_wanted)
    screen.model.set_keys(screen.model.keys)
    screen.table.setFocus()
    screen.table.setCurrentIndex(screen.model.index(0, 0))
    qtbot.keyClick(screen.table, Key.Key_End)
    qtbot.keyClick(screen.table, Key.Key_Return)
    assert wanted == [(screen.model.keys[199],)]
    qtbot.keyClick(screen.table, Key.Key_Home)
    assert screen.table.currentIndex().row() == 0


def test_a_letter_typed_in_the_table_goes_on_in_the_search(behind: Behind) -> None:
    screen, _background, _desk = behind
    screen.model.set_keys(screen.model.keys)
    screen.table.setFocus()
    screen.table.setCurrentIndex(screen.model.index(0, 0))
    screen.search.setText("ан")
    QCoreApplication.sendEvent(screen.table, QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, "н"))
    assert screen.search.text() == "анн"
    assert screen.search.hasFocus()


def test_the_first_lines_come_before_the_order_of_all_is_known(qtbot: QtBot, counter: Counter, tmp_path: Path) -> None:
    small = small_salon(Database(tmp_path / "salon.vizit"))
    clients = [small.client(f"Анна {number:03}") for number in range(200)]
    small.complete(small.book(at(10, days=-1), clients[77]))
    background = SlowBackground()
    screen = ClientsScreen(replace(counter.desk, salon=small.salon, background=background))
    qtbot.addWidget(screen)
    screen.resize(1200, 600)
    screen.show()
    background.go_on()
    assert screen.table.isVisible()
    begun = list(screen.model.keys)
    assert begun[0] == clients[77]
    assert len(begun) < 200
    assert screen.header.detail == "200 клиентов"
    assert not screen.filters.export_button.isEnabled()
    screen.table.setCurrentIndex(screen.model.index(3, 0))
    screen.table.verticalScrollBar().setValue(88)
    background.go_on()
    assert (len(screen.model.keys), list(screen.model.keys)[: len(begun)]) == (200, begun)
    assert screen.filters.export_button.isEnabled()
    assert (screen.table.currentIndex().row(), screen.table.verticalScrollBar().value()) == (3, 88)
    small.database.close()
