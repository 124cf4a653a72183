"""Tables over frozen records."""

from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given, strategies as st
from PySide6.QtCore import QPersistentModelIndex, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from app.ui.tables.columns import Column
from app.ui.tables.record_model import RECORD_ROLE, RecordModel
from app.ui.tables.record_table import RecordTable


@dataclass(frozen=True, slots=True)
class Guest:
    """A client as a list shows one."""

    name: str
    visits: int
    last: date | None = None


COLUMNS: list[Column[Guest]] = [
    Column("Клиент", lambda guest: guest.name),
    Column("Визитов", lambda guest: str(guest.visits), lambda guest: guest.visits, Qt.AlignmentFlag.AlignRight),
    Column("Последний", lambda guest: str(guest.last or "—"), lambda guest: guest.last, tip="Последний визит"),
]
ANNA = Guest("Анна", 9, date(2026, 5, 1))
VERA = Guest("вера", 10, None)
BORIS = Guest("Борис", 2, date(2025, 12, 31))


@pytest.fixture
def model() -> RecordModel[Guest]:
    """Three guests as they came."""
    made = RecordModel(COLUMNS)
    made.set_records([VERA, ANNA, BORIS])
    return made


def shown(model: RecordModel[Guest]) -> list[Guest]:
    """The guests from top to bottom."""
    return list(model.records)


def test_it_is_a_proper_model(qtmodeltester: ModelTester, model: RecordModel[Guest]) -> None:
    qtmodeltester.check(model, force_py=True)
    model.sort(1, Qt.SortOrder.DescendingOrder)
    qtmodeltester.check(model, force_py=True)


def test_numbers_and_dates_are_ordered_as_such(model: RecordModel[Guest]) -> None:
    model.sort(1)
    assert shown(model) == [BORIS, ANNA, VERA]
    model.sort(2)
    assert shown(model) == [VERA, BORIS, ANNA]
    model.sort(0, Qt.SortOrder.DescendingOrder)
    assert shown(model) == [VERA, BORIS, ANNA]
    model.sort(-1)
    assert shown(model) == [VERA, ANNA, BORIS]


def test_new_records_keep_the_chosen_order(model: RecordModel[Guest]) -> None:
    model.sort(1)
    model.set_records([VERA, BORIS])
    assert shown(model) == [BORIS, VERA]


def test_the_record_is_behind_each_cell(model: RecordModel[Guest]) -> None:
    assert model.index(1, 2).data(RECORD_ROLE) is ANNA
    assert model.index(0, 2).data() == "—"
    assert model.headerData(2, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole) == "Последний визит"
    assert model.headerData(0, Qt.Orientation.Vertical) is None


@given(numbers=st.lists(st.integers(0, 3)), column=st.integers(-1, 2), down=st.booleans())
def test_what_one_pointed_at_stays_pointed_at(numbers: list[int], column: int, *, down: bool) -> None:
    model = RecordModel(COLUMNS)
    model.set_records([Guest(str(n), n) for n in numbers])
    kept = [QPersistentModelIndex(model.index(row, 0)) for row in range(len(numbers))]
    before = [index.data(RECORD_ROLE) for index in kept]
    model.sort(column, Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder)
    assert [index.data(RECORD_ROLE) for index in kept] == before
    assert sorted(index.row() for index in kept) == list(range(len(numbers)))


@pytest.fixture
def table(qtbot: QtBot, model: RecordModel[Guest]) -> RecordTable[Guest]:
    """The three guests on the screen."""
    made = RecordTable(model, "Клиенты")
    qtbot.addWidget(made)
    made.set_widths(200, 90)
    made.show()
    return made


def test_records_stand_as_they_came_until_somebody_sorts(table: RecordTable[Guest]) -> None:
    assert table.accessibleName() == "Клиенты"
    assert [table.model().index(row, 0).data() for row in range(3)] == ["вера", "Анна", "Борис"]


def test_enter_opens_once(qtbot: QtBot, table: RecordTable[Guest]) -> None:
    opened: list[Guest] = []
    table.opened.connect(opened.append)
    table.selectRow(1)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened == [ANNA]


def test_the_arrows_tell_where_one_stands(qtbot: QtBot, table: RecordTable[Guest]) -> None:
    table.selectRow(0)
    assert table.current is VERA
    with qtbot.waitSignal(table.current_changed) as told:
        qtbot.keyClick(table, Qt.Key.Key_Down)
    assert told.args == [ANNA]
    assert table.current is ANNA


def test_whoever_comes_by_keyboard_sees_where_they_stand(qtbot: QtBot, table: RecordTable[Guest]) -> None:
    """Around the table, then around the row: the row that is chosen looks the same when the keyboard is elsewhere."""
    with qtbot.waitActive(table):
        table.activateWindow()
    table.clearFocus()
    before = table.viewport().grab().toImage()
    table.setFocus(Qt.FocusReason.TabFocusReason)
    assert table.viewport().grab().toImage() != before
    qtbot.keyClick(table, Qt.Key.Key_Down)
    here = table.viewport().grab().toImage()
    table.clearFocus()
    assert table.viewport().grab().toImage() != here
    table.setFocus(Qt.FocusReason.MouseFocusReason)
    clicked = table.viewport().grab().toImage()
    assert clicked != here, "a click shows itself where it was"
    for back in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
        table.clearFocus()
        table.setFocus(back)
        assert table.viewport().grab().toImage() == clicked, "so it does when a menu was closed or another program left"


def test_rows_are_sorted_by_keyboard(table: RecordTable[Guest], model: RecordModel[Guest]) -> None:
    def choose(title: str) -> None:
        next(line for line in table.sort_menu().actions() if line.text() == title).trigger()

    choose("Визитов")
    assert shown(model) == [BORIS, ANNA, VERA]
    choose("Визитов")
    assert shown(model) == [VERA, ANNA, BORIS]
    assert [line.text() for line in table.sort_menu().actions() if line.isChecked()] == ["Визитов"]
