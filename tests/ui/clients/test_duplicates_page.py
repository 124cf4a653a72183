"""Possible duplicates at the front desk: found, compared, merged, told apart; every way leads back."""

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.salon.clients import card as cards, contacts, families, register
from app.salon.clients.contacts import Reachable
from app.salon.clients.register import NewClient
from app.salon.transaction import carry_out
from app.ui.clients.card_panel import ClientCardPanel
from app.ui.clients.comparison import Comparison
from app.ui.clients.duplicates_page import DuplicatesPage
from app.ui.clients.screen import ClientsScreen
from app.vocabulary import Channel, RelationKind
from tests.builders import TODAY, at
from tests.ui.clients.hearing import heard
from tests.ui.conftest import Counter


@pytest.fixture
def anna(counter: Counter) -> int:
    new = NewClient("Анна Щёлкина", "8 912 345-67-89", "кофе", birthday=date(1990, 5, 14))
    client = carry_out(counter.small.salon, register.add, new).value
    counter.small.complete(counter.small.book(at(9, days=-5), client))
    return client


@pytest.fixture
def anya(counter: Counter, anna: int) -> int:
    new = NewClient("Аня", "9123456789", "чай", birthday=date(1991, 1, 1))
    client = carry_out(counter.small.salon, register.add, new).value
    carry_out(counter.small.salon, contacts.set_reachable, client, Reachable(Channel.TELEGRAM))
    # Two birthdays speak for two people, until one of them turns out to be wrong.
    carry_out(counter.small.salon, register.set_birthday, client, None)
    return client


@pytest.fixture
def screen(qtbot: QtBot, counter: Counter, anna: int, anya: int) -> Iterator[ClientsScreen]:
    made = ClientsScreen(counter.desk)
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    made.activateWindow()
    made.show_duplicates()
    yield made
    made.close()


def pairs(page: DuplicatesPage) -> list[tuple[int, int]]:
    return [pair.both for pair in page.model.records]


def click(qtbot: QtBot, comparison: Comparison, name: str) -> None:
    qtbot.mouseClick(getattr(comparison, name), Qt.MouseButton.LeftButton)


def test_two_cards_become_one_and_two_again(
    qtbot: QtBot, counter: Counter, screen: ClientsScreen, anna: int, anya: int
) -> None:
    page = screen.duplicates
    assert pairs(page) == [(anna, anya)]
    assert screen.duplicates_button.text() == "Возможные дубли (1)"
    said = heard(counter.desk.perform.done)
    click(qtbot, page.comparison, "merge")
    shown = cards.read(counter.small.database, anna, TODAY)
    assert (shown.name, shown.wishes) == ("Анна Щёлкина", "кофе\nчай")
    assert contacts.reachable(counter.small.database, anna) == Reachable(Channel.TELEGRAM)
    assert said[0] == ("Теперь это одна карточка: Анна Щёлкина", True)
    assert pairs(page) == []
    assert screen.duplicates_button.text() == "Возможные дубли"
    counter.desk.perform.undo()
    assert pairs(page) == [(anna, anya)]
    assert cards.read(counter.small.database, anya, TODAY).name == "Аня"


def test_what_differs_is_chosen_and_the_other_card_may_remain(
    qtbot: QtBot, counter: Counter, screen: ClientsScreen, anna: int, anya: int
) -> None:
    comparison = screen.duplicates.comparison
    name, stays = comparison.picks("name"), comparison.picks("stays")
    assert [button.text() for button in name] == ["Анна Щёлкина", "Аня"]
    # What only one card knows is no question.
    assert comparison.picks("birthday") == comparison.picks("reachable") == []
    name[1].click()
    stays[1].click()
    click(qtbot, comparison, "merge")
    shown = cards.read(counter.small.database, anna, TODAY)
    assert (shown.client_id, shown.name, shown.birthday) == (anya, "Аня", date(1990, 5, 14))


@pytest.mark.parametrize("answer", ["apart", "family"])
def test_two_people_are_not_asked_about_again(
    qtbot: QtBot, counter: Counter, screen: ClientsScreen, anna: int, anya: int, answer: str
) -> None:
    page = screen.duplicates
    click(qtbot, page.comparison, answer)
    page.search()
    assert pairs(page) == []
    related = families.of_client(counter.small.database, anna)
    assert [one.kind for one in related] == ([RelationKind.OTHER] if answer == "family" else [])
    counter.desk.perform.undo()
    assert pairs(page) == []  # it was looked for when they were two people
    page.search()
    assert pairs(page) == [(anna, anya)]


def test_esc_leads_back_to_the_list(qtbot: QtBot, screen: ClientsScreen) -> None:
    assert screen.duplicates.isVisible()
    qtbot.keyClick(screen.duplicates.table, Qt.Key.Key_Escape)
    assert not screen.duplicates.isVisible()
    assert screen.table.isVisible()


def test_the_card_hints_quietly_and_the_absorbed_one_opens_the_other(
    qtbot: QtBot, counter: Counter, screen: ClientsScreen, anna: int, anya: int
) -> None:
    panel = ClientCardPanel(counter.desk)
    qtbot.addWidget(panel)
    panel.resize(400, 700)
    panel.show_client(anya)
    panel.show()
    assert panel.hint.text() == "Возможно, дубль: Анна Щёлкина"
    wanted = heard(panel.comparison_wanted)
    panel.hint.click()
    assert wanted[0] == (anna, anya)
    screen.show_list()
    screen.compare(anna, anya)
    click(qtbot, screen.duplicates.comparison, "merge")
    assert panel.client_id == anna
    assert not panel.hint.isVisible()
