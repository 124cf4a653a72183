"""Where people type: search, time, day, number, and a line of a form."""

from datetime import date, time

import pytest
from hypothesis import given, strategies as st
from PySide6.QtCore import QEvent, QPoint, QPointF, QSignalBlocker, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app import wording
from app.ui import theme
from app.ui.widgets.buttons import Button, PrimaryButton
from app.ui.widgets.choice_box import ChoiceBox
from app.ui.widgets.colour_choice import ColourChoice
from app.ui.widgets.day_picker import DayPicker, first_shown, months_away
from app.ui.widgets.field_line import FieldLine
from app.ui.widgets.number_field import NumberField
from app.ui.widgets.search_field import SearchField
from app.ui.widgets.time_field import TimeField, end_typed, time_typed

TODAY = date(2026, 5, 12)


def type_text(field: QWidget, text: str) -> None:
    """Type as a keyboard does, in any alphabet."""
    for letter in text:
        for kind in (QKeyEvent.Type.KeyPress, QKeyEvent.Type.KeyRelease):
            QApplication.sendEvent(field, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))


# ---- search ----


@pytest.fixture
def search(qtbot: QtBot) -> SearchField:
    """An empty search field."""
    field = SearchField("Клиент: телефон или имя", shortcut="Ctrl K")
    qtbot.addWidget(field)
    field.show()
    return field


def test_a_pause_in_typing_begins_the_search_once(qtbot: QtBot, search: SearchField) -> None:
    told: list[str] = []
    search.search_wanted.connect(told.append)
    with qtbot.waitSignal(search.search_wanted):
        type_text(search, "Щёл")
    assert told == ["Щёл"]


def test_enter_searches_at_once_and_takes(qtbot: QtBot, search: SearchField) -> None:
    told: list[str] = []
    search.search_wanted.connect(told.append)
    type_text(search, "912")
    with qtbot.waitSignal(search.entered):
        qtbot.keyClick(search, Qt.Key.Key_Return)
    assert told == ["912"]


def test_escape_clears_and_then_leaves(qtbot: QtBot, search: SearchField) -> None:
    type_text(search, "912")
    with qtbot.assertNotEmitted(search.left):
        qtbot.keyClick(search, Qt.Key.Key_Escape)
    assert search.text() == ""
    with qtbot.waitSignal(search.left):
        qtbot.keyClick(search, Qt.Key.Key_Escape)


def test_the_cross_begins_again(qtbot: QtBot, search: SearchField) -> None:
    cross = search.findChild(QAbstractButton)
    assert not cross.isVisible()
    type_text(search, "912")
    assert cross.isVisible()
    assert cross.accessibleName()
    with qtbot.waitSignal(search.search_wanted) as told:
        cross.click()
    assert told.args == [""]
    assert not cross.isVisible()


def test_arrow_down_goes_into_the_matches(qtbot: QtBot, search: SearchField) -> None:
    with qtbot.waitSignal(search.down_wanted):
        qtbot.keyClick(search, Qt.Key.Key_Down)


# ---- time ----


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("9", time(9)),
        ("930", time(9, 30)),
        ("0930", time(9, 30)),
        ("9:30", time(9, 30)),
        (" 9.30 ", time(9, 30)),
        ("14", time(14)),
        ("1405", time(14, 5)),
        ("21 05", time(21, 5)),
        ("0", time(0)),
        ("24", None),
        ("2460", None),
        ("9:7", None),
        ("", None),
        ("вечером", None),
        ("93", None),
    ],
)
def test_times_as_people_type_them(typed: str, meant: time | None) -> None:
    assert time_typed(typed) == meant


@given(st.times())
def test_a_written_time_is_read_back(moment: time) -> None:
    plain = moment.replace(second=0, microsecond=0, fold=0, tzinfo=None)
    assert time_typed(wording.clock_time(plain)) == plain


@given(st.text(max_size=8))
def test_no_text_breaks_the_time_field(text: str) -> None:
    found = time_typed(text)
    assert found is None or isinstance(found, time)


def test_a_time_is_typed_without_a_colon(qtbot: QtBot) -> None:
    field = TimeField()
    qtbot.addWidget(field)
    told: list[time | None] = []
    field.time_changed.connect(told.append)
    type_text(field, "930")
    assert field.at == time(9, 30)
    assert told == [time(9), None, time(9, 30)]
    with qtbot.waitActive(field):
        field.show()
        field.activateWindow()
    field.setFocus()
    field.clearFocus()
    assert field.text() == "9:30"


@pytest.mark.parametrize(
    ("at", "key", "then"),
    [
        (time(9, 30), Qt.Key.Key_Up, time(9, 45)),
        (time(9, 32), Qt.Key.Key_Up, time(9, 45)),
        (time(9, 32), Qt.Key.Key_Down, time(9, 30)),
        (time(9, 30), Qt.Key.Key_Down, time(9, 15)),
        (time(9, 30), Qt.Key.Key_PageUp, time(10, 0)),
        (time(0, 0), Qt.Key.Key_Down, time(0, 0)),
        (time(23, 50), Qt.Key.Key_Up, time(23, 59)),
    ],
)
def test_arrows_step_by_the_grid(qtbot: QtBot, at: time, key: Qt.Key, then: time) -> None:
    field = TimeField(at, step=15)
    qtbot.addWidget(field)
    qtbot.keyClick(field, key)
    assert field.at == then


def test_a_double_click_takes_the_whole_time(qtbot: QtBot) -> None:
    field = TimeField(time(4, 45))
    qtbot.addWidget(field)
    field.resize(100, 36)
    with qtbot.waitActive(field):
        field.show()
        field.activateWindow()
    qtbot.mouseDClick(field, Qt.MouseButton.LeftButton)
    assert field.selectedText() == "4:45"


# ---- day ----


@pytest.fixture
def picker(qtbot: QtBot) -> DayPicker:
    """A month, standing on 14 May 2026."""
    made = DayPicker(date(2026, 5, 14), TODAY)
    qtbot.addWidget(made)
    made.show()
    return made


def sheet_of(picker: DayPicker) -> QWidget:
    """The painted month."""
    return picker._sheet


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)))
def test_a_sheet_begins_on_monday_and_holds_the_month(day: date) -> None:
    begin = first_shown(day)
    assert begin.weekday() == 0
    assert 0 <= (day.replace(day=1) - begin).days <= 6


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.integers(-30, 30))
def test_going_by_months_stays_on_the_day_or_the_last(day: date, months: int) -> None:
    there = months_away(day, months)
    assert (there.year * 12 + there.month) - (day.year * 12 + day.month) == months
    assert there.day == day.day or (there.day < day.day and (there.day >= 28))


@pytest.mark.parametrize(
    ("key", "then"),
    [
        (Qt.Key.Key_Left, date(2026, 5, 13)),
        (Qt.Key.Key_Down, date(2026, 5, 21)),
        (Qt.Key.Key_PageDown, date(2026, 6, 14)),
        (Qt.Key.Key_PageUp, date(2026, 4, 14)),
        (Qt.Key.Key_Home, date(2026, 5, 11)),
        (Qt.Key.Key_End, date(2026, 5, 17)),
    ],
)
def test_keys_walk_over_the_days(qtbot: QtBot, picker: DayPicker, key: Qt.Key, then: date) -> None:
    qtbot.keyClick(sheet_of(picker), key)
    assert picker.day == then


def test_enter_takes_the_day(qtbot: QtBot, picker: DayPicker) -> None:
    with qtbot.waitSignal(picker.picked) as told:
        qtbot.keyClick(sheet_of(picker), Qt.Key.Key_Return)
    assert told.args == [date(2026, 5, 14)]
    assert not picker.isVisible()


def test_a_click_takes_the_day_under_it(qtbot: QtBot, picker: DayPicker) -> None:
    with qtbot.waitSignal(picker.picked) as told:
        qtbot.mouseClick(sheet_of(picker), Qt.MouseButton.LeftButton, pos=QPoint(38 * 4 + 5, 24 + 5))
    assert told.args == [date(2026, 5, 1)]


def test_escape_takes_nothing(qtbot: QtBot, picker: DayPicker) -> None:
    with qtbot.assertNotEmitted(picker.picked):
        qtbot.keyClick(picker, Qt.Key.Key_Escape)
    assert not picker.isVisible()


def test_the_day_is_told_to_the_screen_reader(qtbot: QtBot, picker: DayPicker) -> None:
    picker.show_day(date(2026, 5, 15))
    assert sheet_of(picker).accessibleName() == wording.day_title(date(2026, 5, 15), TODAY)


# ---- number and line ----


def test_a_number_carries_its_unit(qtbot: QtBot) -> None:
    field = NumberField(0, 600, step=5, unit="мин")
    qtbot.addWidget(field)
    field.setValue(45)
    assert field.text() == f"45{wording.NBSP}мин"
    qtbot.keyClick(field, Qt.Key.Key_Up)
    assert field.value() == 50


def test_fields_of_one_row_are_equally_high(qtbot: QtBot) -> None:
    """Minutes, price and checklist stand side by side in the form of a service."""
    row = QWidget()
    qtbot.addWidget(row)
    fields = (NumberField(0, 600, unit="мин"), QLineEdit("1700"), ChoiceBox())
    column = QHBoxLayout(row)
    for field in fields:
        column.addWidget(field, 0, Qt.AlignmentFlag.AlignTop)
    row.show()
    assert {field.height() for field in fields} == {theme.CONTROL_HEIGHT}


@pytest.mark.parametrize("width", [384, 396], ids=["beside a scroll bar", "in a form that does not scroll"])
def test_all_colours_of_a_category_stand_in_one_row(qtbot: QtBot, width: int) -> None:
    choice = ColourChoice("Цвет")
    qtbot.addWidget(choice)
    choice.resize(width, 60)
    choice.show()
    dots = choice.findChildren(QAbstractButton)
    assert len(dots) == 12
    assert len({dot.y() for dot in dots}) == 1


def test_what_is_wrong_stands_next_to_the_field(qtbot: QtBot) -> None:
    editor = QLineEdit()
    line = FieldLine("Телефон", editor, hint="С кодом страны")
    qtbot.addWidget(line)
    line.show()
    assert (editor.accessibleName(), editor.accessibleDescription()) == ("Телефон", "С кодом страны")
    line.set_error("Не хватает цифр")
    assert editor.accessibleDescription() == line.error == "Не хватает цифр"
    assert editor.property("wrong") is True
    line.set_error("")
    assert editor.accessibleDescription() == "С кодом страны"
    assert editor.property("wrong") is False


def test_a_line_is_as_high_as_its_field(qtbot: QtBot) -> None:
    line, notes = FieldLine("Имя", QLineEdit()), FieldLine("Заметка", QPlainTextEdit())
    for each in (line, notes):
        qtbot.addWidget(each)
    assert not line.sizePolicy().expandingDirections()
    assert notes.sizePolicy().expandingDirections() & Qt.Orientation.Vertical


def test_scrolling_over_a_choice_chooses_nothing(qtbot: QtBot) -> None:
    box = ChoiceBox()
    box.addItems(["Частное лицо", "Посредник"])
    qtbot.addWidget(box)
    box.show()
    box.setFocus()
    is_turned_round = False
    turned = QWheelEvent(
        QPointF(5, 5),
        QPointF(box.mapToGlobal(QPoint(5, 5))),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        is_turned_round,
    )
    box.wheelEvent(turned)
    assert box.currentText() == "Частное лицо"
    assert not turned.isAccepted()


def test_an_empty_box_that_nobody_has_seen_has_no_list_yet(qtbot: QtBot) -> None:
    box, form = ChoiceBox(gives_way=True), QWidget()
    qtbot.addWidget(form)
    QVBoxLayout(form).addWidget(box)
    assert box.findChildren(QListView) == []
    box.addItems(["Ольга", "Мария"])
    form.show()
    box.showPopup()
    assert box.view().isVisible()
    box.hidePopup()


def test_a_time_to_which_somebody_steps_back_is_news_although_the_field_was_set_meanwhile(qtbot: QtBot) -> None:
    field = TimeField(time(15), step=15)
    qtbot.addWidget(field)
    told: list[time | None] = []
    field.time_changed.connect(told.append)
    with QSignalBlocker(field):
        field.set_time(time(15, 15))
    field.step_by(-15)
    assert told == [time(15)]


@pytest.mark.parametrize(
    ("typed", "minute"),
    [("24", 1440), ("24:00", 1440), ("0", 1440), ("0:30", 30), ("21", 1260), ("24:30", None), ("x", None)],
)
def test_the_end_of_a_day_may_be_midnight(typed: str, minute: int | None) -> None:
    assert end_typed(typed) == minute


def clicked(qtbot: QtBot, button: Button, *kinds: QEvent.Type) -> int:
    """How often a button acts when the pointer does this on it."""
    qtbot.addWidget(button)
    button.show()
    heard: list[str] = []
    button.clicked.connect(lambda: heard.append(button.text()))
    place, left = button.rect().center().toPointF(), Qt.MouseButton.LeftButton
    for kind in kinds:
        event = QMouseEvent(kind, place, button.mapToGlobal(place), left, left, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(button, event)
    return len(heard)


def test_a_button_that_moved_under_the_pointer_takes_no_second_half_of_a_double_click(qtbot: QtBot) -> None:
    press, twice, release = (
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonDblClick,
        QEvent.Type.MouseButtonRelease,
    )
    assert clicked(qtbot, Button("Отправлено"), twice, release) == 0
    assert clicked(qtbot, Button("Позже"), press, release, twice, release) == 2
    assert clicked(qtbot, PrimaryButton("Записать"), press, release, twice, release) == 1
