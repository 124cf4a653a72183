"""The list of what is owed: done, put off and opened by key and by mouse, filtered, and taken back."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.salon.followup import complaints, owed, tasks
from app.salon.followup.complaints import Grievance
from app.salon.followup.tasks import Promise
from app.salon.transaction import carry_out
from app.ui.reminders.owed_row import OwedRow, _AnswerForm, _LaterForm
from app.ui.reminders.promises_part import PromisesPart
from app.ui.reminders.screen import MESSAGES, PROMISES, RemindersScreen
from app.ui.widgets.menu import Menu
from app.vocabulary import OwedKind
from tests.builders import TODAY, at
from tests.ui.conftest import Counter


@pytest.fixture
def screen(qtbot: QtBot, counter: Counter) -> RemindersScreen:
    """A late promise of Olga's, one of the front desk for today, a complaint for Thursday."""
    small = counter.small
    anna, vera = small.client("Анна Щёлкина"), small.client("Вера Ломова")
    visit = small.book(at(12), anna)
    carry_out(small.salon, tasks.give, Promise("перезвонить", at(12), small.olga, anna, visit))
    carry_out(small.salon, tasks.give, Promise("прислать адрес", at(18), None, vera))
    carry_out(small.salon, complaints.record, vera, Grievance("ждала", TODAY + timedelta(days=2)))
    small.clock.advance(timedelta(hours=2))
    made = RemindersScreen(counter.desk)
    qtbot.addWidget(made)
    made.resize(1200, 800)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.show_part(PROMISES)
    return made


@pytest.fixture
def part(screen: RemindersScreen) -> PromisesPart:
    return screen.promises


def texts(part: PromisesPart) -> list[str]:
    return [row.owed.text for row in part.rows()]


def press(row: OwedRow, letter: str) -> None:
    """A key that gives this letter in whatever layout."""
    none = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(row.line, QKeyEvent(QEvent.Type.KeyPress, ord(letter), none, letter.lower()))


def choose(menu: Menu, words: str) -> None:
    next(action for action in menu.actions() if words in action.text().replace("\u00a0", " ")).trigger()


def test_late_then_today_then_later_with_everything_that_is_known(screen: RemindersScreen, part: PromisesPart) -> None:
    assert [row.owed.text for row in part.late.rows] == ["перезвонить"]
    assert [row.owed.text for row in part.today.rows] == ["прислать адрес"]
    assert [row.owed.text for row in part.later.rows] == ["ждала"]
    assert screen.header.detail == "1 просрочено, 1 на сегодня"
    first = part.late.rows[0].line.accessibleName().replace("\u00a0", " ")
    about = "Анна Щёлкина · визит 12 мая: Маникюр с покрытием · Ольга Б."
    assert first == f"Обещание, перезвонить, {about}, сегодня, 12:00"
    screen.show_part(MESSAGES)
    assert not part.isVisible()


@pytest.mark.parametrize("letter", ["D", "В"])
def test_one_key_keeps_a_promise_and_goes_on_with_the_next(part: PromisesPart, counter: Counter, letter: str) -> None:
    part.focus_first()
    press(part.rows()[0], letter)
    assert texts(part) == ["прислать адрес", "ждала"]
    assert part.rows()[0].line.hasFocus()
    assert counter.desk.perform.undo()
    assert texts(part) == ["перезвонить", "прислать адрес", "ждала"]


def test_a_promise_is_put_off_to_a_usual_time(part: PromisesPart, counter: Counter) -> None:
    choose(part.rows()[0].later_menu(), "Завтра, 12:00")
    assert texts(part) == ["прислать адрес", "перезвонить", "ждала"]
    assert owed.read(counter.small.database)[1].due_at == at(12, days=1)
    assert owed.read(counter.small.database)[1].visit_id is not None
    choose(part.rows()[0].later_menu(), "Через час, 14:00")
    assert owed.read(counter.small.database)[0].due_at == at(14)


def test_a_promise_is_given_to_somebody_else_at_another_time(part: PromisesPart, counter: Counter) -> None:
    row = part.rows()[1]
    choose(row.later_menu(), "Другое время")
    assert isinstance(row.form, _LaterForm)
    row.form.time.setText("9:00")
    row.form.keep.click()
    assert "прошло" in row.form.first_line.error
    row.form.first.set_day(TODAY + timedelta(days=1))
    row.form.who.setCurrentIndex(row.form.who.findData(counter.small.maria))
    row.form.keep.click()
    one = next(one for one in owed.read(counter.small.database) if one.text == "прислать адрес")
    assert (one.due_at, one.staff_name) == (at(9, days=1), "Мария Ким")


def test_a_complaint_is_done_by_its_answer(part: PromisesPart, counter: Counter, qtbot: QtBot) -> None:
    row = part.rows()[2]
    row.line.setFocus()
    press(row, "D")
    assert isinstance(row.form, _AnswerForm)
    qtbot.keyClick(row.form.first, Qt.Key.Key_Return)
    assert row.form.first_line.error
    row.form.first.setText("извинились, подарили уход")
    part.reload()
    assert part.rows()[2].form is row.form  # what is being typed stays
    qtbot.keyClick(row.form.first, Qt.Key.Key_Return)
    assert texts(part) == ["перезвонить", "прислать адрес"]
    assert counter.desk.perform.undo()
    choose(part.rows()[2].later_menu(), "Через неделю")
    assert owed.read(counter.small.database)[2].due_at.date() == TODAY + timedelta(days=7)


def test_escape_leaves_the_form_and_the_arrows_walk(part: PromisesPart, qtbot: QtBot) -> None:
    row = part.rows()[0]
    row.ask_when()
    assert row.form is not None
    qtbot.keyClick(row.form, Qt.Key.Key_Escape)
    assert row.form is None
    assert row.line.hasFocus()
    qtbot.keyClick(row.line, Qt.Key.Key_Down)
    assert part.rows()[1].line.hasFocus()
    qtbot.keyClick(part.rows()[1].line, Qt.Key.Key_Up)
    assert row.line.hasFocus()


def test_enter_opens_the_card_and_the_menu_shows_the_visit(screen: RemindersScreen, qtbot: QtBot) -> None:
    row = screen.promises.rows()[0]
    with qtbot.waitSignal(screen.client_wanted) as opened:
        qtbot.keyClick(row.line, Qt.Key.Key_Return)
    assert opened.args == [row.owed.client_id]
    with qtbot.waitSignal(screen.visit_wanted) as shown:
        choose(row.menu(), "Показать визит")
    assert shown.args == [row.owed.visit_id, TODAY]


def test_filters_by_kind_and_by_who_is_responsible(part: PromisesPart, counter: Counter) -> None:
    part.kind._buttons[OwedKind.COMPLAINT].click()
    assert texts(part) == ["ждала"]
    part.kind._buttons[OwedKind.PROMISE].click()
    part.who.setCurrentIndex(part.who.findData(counter.small.olga))
    assert texts(part) == ["перезвонить"]
    part.who.setCurrentIndex(1)
    assert part.who.currentText() == "Ресепшен"
    assert texts(part) == ["прислать адрес"]
    part.who.setCurrentIndex(part.who.findData(counter.small.maria))
    assert part._none.isVisible()
    part._none.button.click()
    assert len(part.rows()) == 3


def test_without_promises_it_is_said_how_they_come_about(qtbot: QtBot, counter: Counter) -> None:
    screen = RemindersScreen(counter.desk)
    qtbot.addWidget(screen)
    screen.show()
    screen.show_part(PROMISES)
    assert screen.promises._empty.isVisible()
    with qtbot.waitSignal(screen.clients_wanted):
        screen.promises._empty.button.click()
