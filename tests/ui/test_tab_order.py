"""Tab goes as the parts of the window lie, whenever they were made."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QGridLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.ui.widgets.buttons import Button
from app.ui.widgets.scroll_page import ScrollPage
from app.ui.widgets.segmented_control import SegmentedControl
from tests.typing_keys import Keyboard
from tests.ui.conftest import Window


class Part(QWidget):
    """A column of things that can hold the keyboard."""

    def __init__(self) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.above = Button("above")
        self.below = Button("below")
        self.column.addWidget(self.above)
        self.column.addWidget(self.below)


@pytest.fixture
def part(qtbot: QtBot) -> Part:
    made = Part()
    window = Window(made)
    qtbot.addWidget(window)
    window.resize(300, 300)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    made.above.setFocus()
    return made


def went(part: QWidget, key: Qt.Key = Qt.Key.Key_Tab, *, presses: int) -> list[QWidget | None]:
    """Where the keyboard is after each press."""
    keys, found = Keyboard(part), []
    QApplication.processEvents()  # what was added is shown
    for _press in range(presses):
        keys.press(key)
        found.append(QApplication.focusWidget())
    return found


def test_a_row_that_is_added_later_has_its_place(part: Part) -> None:
    row = Button("between")
    part.column.insertWidget(1, row)
    assert went(part, presses=3) == [row, part.below, part.above]
    assert went(part, Qt.Key.Key_Backtab, presses=2) == [part.below, row]


def test_a_table_of_fields_is_read_line_by_line(part: Part) -> None:
    grid = QGridLayout()
    part.column.insertLayout(1, grid)
    fields = {(line, column): QLineEdit() for column in (1, 0) for line in (1, 0)}
    for place, field in fields.items():
        grid.addWidget(field, *place)
    assert went(part, presses=5) == [fields[0, 0], fields[0, 1], fields[1, 0], fields[1, 1], part.below]


def test_a_part_that_takes_the_keyboard_for_all_hides_nothing_before_it(part: Part) -> None:
    inner, first, meant = QWidget(), QPushButton("first"), QPushButton("meant")
    column = QVBoxLayout(inner)
    column.addWidget(first)
    column.addWidget(meant)
    inner.setFocusProxy(meant)
    part.column.insertWidget(1, inner)
    assert went(part, presses=3) == [first, meant, part.below]


def test_of_several_choices_it_stops_at_the_one_that_is_taken(part: Part) -> None:
    choice = SegmentedControl("View", [("day", "Day"), ("week", "Week"), ("month", "Month")])
    part.column.insertWidget(1, choice)
    choice.choose("month")
    held, after = went(part, presses=2)
    assert isinstance(held, QPushButton)
    assert (held.text(), after) == ("Month", part.below)


def test_what_goes_hands_the_keyboard_to_its_neighbour(part: Part) -> None:
    row, other = Button("between"), Button("other")
    part.column.addWidget(other)
    part.column.insertWidget(1, row)
    row.show()
    row.setFocus()
    row.hide()
    assert QApplication.focusWidget() is part.below


def test_whatever_it_comes_to_is_scrolled_into_sight(part: Part) -> None:
    """Also when it comes into the page from beside it."""
    page = ScrollPage()
    column = QVBoxLayout(page.content)
    rows = [Button(str(number)) for number in range(20)]
    for row in rows:
        column.addWidget(row)
    part.column.insertWidget(1, page, 1)
    page.show()
    QApplication.processEvents()
    page.verticalScrollBar().setValue(page.verticalScrollBar().maximum())
    assert rows[0].visibleRegion().isEmpty()
    assert went(part, presses=1) == [rows[0]]
    assert not rows[0].visibleRegion().isEmpty()
