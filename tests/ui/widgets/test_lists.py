"""Rows, pills, names that are too long, and lines that go on."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from app import wording
from app.ui.theme import FontRole
from app.ui.widgets.avatar import Avatar
from app.ui.widgets.card import Card
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.label import ElidedLabel, Label
from app.ui.widgets.list_row import HeadedList, ListRow
from app.ui.widgets.menu import Menu
from app.ui.widgets.pill import Pill
from app.ui.widgets.skeleton import Skeleton
from app.vocabulary import VisitStatus


@pytest.fixture
def due(qtbot: QtBot) -> HeadedList:
    """Two reminders that are due."""
    made = HeadedList("Пора написать")
    qtbot.addWidget(made)
    made.set_rows([ListRow("Анна", "Маникюр", when="завтра, 14:30"), ListRow("Вера", "Педикюр")])
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def test_a_row_says_itself_to_the_screen_reader(due: HeadedList) -> None:
    assert [row.accessibleName() for row in due.rows()] == ["Анна, Маникюр, завтра, 14:30", "Вера, Педикюр"]


def test_arrows_walk_and_enter_opens(qtbot: QtBot, due: HeadedList) -> None:
    first, second = due.rows()
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Down)
    assert second.hasFocus()
    qtbot.keyClick(second, Qt.Key.Key_Down)
    assert second.hasFocus()
    with qtbot.waitSignal(second.opened):
        qtbot.keyClick(second, Qt.Key.Key_Return)


def test_a_click_opens_a_row(qtbot: QtBot, due: HeadedList) -> None:
    with qtbot.waitSignal(due.rows()[0].opened):
        qtbot.mouseClick(due.rows()[0], Qt.MouseButton.LeftButton)


def test_new_rows_take_the_place_of_the_old(due: HeadedList) -> None:
    due.set_rows([ListRow("Рита", "Брови")])
    assert [row.accessibleName() for row in due.rows()] == ["Рита, Брови"]
    due.set_rows([])
    assert due.rows() == []


def test_whoever_stands_on_a_row_stays_in_the_list_when_it_is_read_again(due: HeadedList) -> None:
    due.rows()[1].setFocus()
    due.set_rows([ListRow("Анна", "Маникюр"), ListRow("Вера", "Педикюр"), ListRow("Рита", "Брови")])
    assert due.rows()[1].hasFocus()
    due.set_rows([ListRow("Рита", "Брови")])
    assert due.rows()[0].hasFocus()


def test_a_long_name_is_cut_and_told_in_the_tool_tip(qtbot: QtBot) -> None:
    label = ElidedLabel("Александра Константинопольская-Рождественская")
    qtbot.addWidget(label)
    label.resize(80, 20)
    label.show()
    assert label.toolTip() == label.text()
    label.resize(900, 20)
    assert label.toolTip() == ""
    assert label.minimumSizeHint().width() < 60


def test_a_label_that_says_more_takes_more_room(qtbot: QtBot) -> None:
    line, words = ElidedLabel("Анна"), Label("Анна", wrap=True)
    for label in (line, words):
        qtbot.addWidget(label)
    narrow, low = line.sizeHint().width(), words.heightForWidth(90)
    for label in (line, words):
        label.setText("Анна Константинопольская")
    assert line.sizeHint().width() > narrow
    assert words.heightForWidth(90) > low
    line.setText("")
    assert line.sizeHint().width() < narrow
    line.setText("Анна")
    line.set_role(FontRole.TITLE)
    assert line.sizeHint().width() > narrow


def test_a_pill_says_the_status(qtbot: QtBot) -> None:
    pill = Pill.of_status(VisitStatus.NO_SHOW)
    qtbot.addWidget(pill)
    assert pill.text() == wording.visit_status(VisitStatus.NO_SHOW)
    narrow = pill.sizeHint().width()
    pill.set_status(VisitStatus.IN_SERVICE)
    assert pill.sizeHint().width() > narrow


@pytest.mark.parametrize("status", VisitStatus)
def test_every_status_looks_different(qtbot: QtBot, status: VisitStatus) -> None:
    pill = Pill.of_status(status)
    qtbot.addWidget(pill)
    seen = {other: Pill.of_status(other).grab().toImage() for other in VisitStatus if other is not status}
    assert all(pill.grab().toImage() != image for image in seen.values())


def test_short_choices_go_on_in_the_next_line(qtbot: QtBot) -> None:
    field = QWidget()
    qtbot.addWidget(field)
    flow = FlowLayout(field, spacing=6)
    for _each in range(4):
        box = QLabel()
        box.setFixedSize(100, 20)
        flow.addWidget(box)
    assert flow.heightForWidth(418) == 20
    assert flow.heightForWidth(417) == 46
    assert flow.heightForWidth(50) == 4 * 20 + 3 * 6
    assert flow.takeAt(9) is None
    assert flow.itemAt(9) is None
    field.resize(210, 200)
    field.show()
    places = [(box.x(), box.y()) for box in field.findChildren(QLabel)]
    assert places == [(0, 0), (106, 0), (0, 26), (106, 26)]


def test_quiet_things_paint_without_a_word(qtbot: QtBot) -> None:
    for widget in (Skeleton(3), Avatar("Анна Щёлкина"), Card("Визиты"), Menu("Ещё")):
        qtbot.addWidget(widget)
        widget.resize(300, 200)
        image = widget.grab().toImage()
        assert not image.isNull()


def test_an_avatar_changes_with_its_name(qtbot: QtBot) -> None:
    avatar = Avatar("Анна Щёлкина")
    qtbot.addWidget(avatar)
    before = avatar.grab().toImage()
    avatar.set_name("Вера Ломова")
    assert avatar.grab().toImage() != before
