"""A master looks at her day between two clients, ticks the steps and lets the client go."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QPushButton
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from app import language
from app.clock import standing_at
from app.salon import profile
from app.salon.catalogue import staff
from app.salon.clients import formulas, mixtures, register
from app.salon.profile import Profile
from app.salon.scheduling import blocks, booking
from app.salon.transaction import carry_out
from app.ui.my_day.screen import MyDayScreen
from app.ui.widgets.segmented_control import SegmentedControl
from app.vocabulary import AlertKind, BlockKind, Language, VisitStatus
from tests.builders import ZONE, SmallSalon, at
from tests.ui.conftest import Counter


@pytest.fixture
def screen(qtbot: QtBot, counter: Counter) -> MyDayScreen:
    """The screen at 11:00; nobody has said yet whose day it is."""
    shown = MyDayScreen(counter.desk)
    qtbot.addWidget(shown)
    shown.resize(1200, 800)
    return shown


def look(screen: MyDayScreen, staff_id: int, qtbot: QtBot) -> None:
    """Show this master's day in an active window."""
    with qtbot.waitActive(screen):
        screen.show()
        screen.activateWindow()
    screen.choose_master(staff_id)


def press(screen: MyDayScreen, letter: str) -> None:
    event = QKeyEvent(QEvent.Type.KeyPress, ord(letter), Qt.KeyboardModifier.NoModifier, letter.lower())
    QApplication.sendEvent(screen, event)


def go_to(small: SmallSalon, wall: datetime) -> None:
    small.clock.instant = standing_at(wall, ZONE).instant


def shown_steps(screen: MyDayScreen) -> list[tuple[str, bool]]:
    return [(row.text(), row.isChecked()) for row in screen.sheet.steps()]


# ---- whose day ---------------------------------------------------------------------------------------------


def test_another_colleague_is_offered_and_the_head_forgets_who_was_before(
    screen: MyDayScreen, counter: Counter, qtbot: QtBot
) -> None:
    look(screen, counter.small.olga, qtbot)
    counter.desk.perform(staff.add, "Вера Ломова", position=2)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    with capture_exceptions() as faults:
        screen.resize(1000, 800)
        QApplication.sendEvent(screen.header, QEvent(QEvent.Type.LayoutRequest))
    assert faults == []
    (chooser,) = screen.header.findChildren(SegmentedControl)
    assert [button.text() for button in chooser.findChildren(QAbstractButton)] == ["Ольга", "Мария", "Вера"]


def test_the_first_time_it_asks_whose_day_it_is_and_remembers(screen: MyDayScreen, counter: Counter) -> None:
    screen.show()
    assert screen._who.isVisible()
    assert [button.text() for button in screen._who.buttons()] == ["Ольга Белова", "Мария Ким"]
    screen._who.buttons()[1].click()
    assert counter.desk.preferences.settings.my_day_staff == counter.small.maria
    assert screen.staff_id == counter.small.maria
    assert not screen._who.isVisible()


def test_a_salon_without_masters_is_led_to_the_first_one(screen: MyDayScreen, counter: Counter, qtbot: QtBot) -> None:
    for master in (counter.small.olga, counter.small.maria):
        carry_out(counter.small.salon, staff.archive, master)
    screen.show()
    with qtbot.waitSignal(screen.colleague_wanted):
        screen._nobody.button.click()
    assert screen._nobody.isVisible()


def test_of_forty_masters_each_button_has_its_own_place(screen: MyDayScreen, counter: Counter) -> None:
    for number in range(38):
        carry_out(counter.small.salon, staff.add, f"Мастер {number}", position=number + 2)
    screen.show()
    QApplication.processEvents()
    tops = [button.mapTo(screen, QPoint(0, 0)).y() for button in screen._who.buttons()]
    assert len(tops) == 40
    assert min(lower - upper for upper, lower in pairwise(tops)) >= screen._who.buttons()[0].height()


def test_another_master_takes_a_look_at_the_same_computer(screen: MyDayScreen, counter: Counter, qtbot: QtBot) -> None:
    counter.small.book(at(12), counter.small.client("Анна"))
    look(screen, counter.small.olga, qtbot)
    assert len(screen.visits.rows()) == 1
    assert isinstance(screen._chooser, SegmentedControl)
    screen._chooser.findChildren(QPushButton)[1].click()
    assert screen.staff_id == counter.small.maria
    assert screen._empty.isVisible()


def test_the_only_master_is_never_asked(screen: MyDayScreen, counter: Counter) -> None:
    carry_out(counter.small.salon, staff.archive, counter.small.maria)
    screen.show()
    assert screen.staff_id == counter.small.olga
    assert screen._chooser is not None
    assert not screen._chooser.isVisible()


def test_a_master_who_left_is_not_shown_any_more(screen: MyDayScreen, counter: Counter, qtbot: QtBot) -> None:
    carry_out(counter.small.salon, staff.add, "Зоя Лис", position=2)
    look(screen, counter.small.maria, qtbot)
    counter.desk.perform(staff.archive, counter.small.maria)
    assert screen.staff_id == 0
    assert screen._who.isVisible()


def test_many_masters_are_chosen_in_a_box(screen: MyDayScreen, counter: Counter, qtbot: QtBot) -> None:
    for name in ("Анна", "Вера", "Зоя", "Инна", "Кира"):
        carry_out(counter.small.salon, staff.add, name, position=2)
    look(screen, counter.small.olga, qtbot)
    box = screen._chooser
    assert isinstance(box, QComboBox)
    assert box.currentText() == "Ольга Белова"
    box.activated.emit(1)
    assert screen.staff_id == counter.small.maria


def test_two_of_the_same_name_are_told_apart(screen: MyDayScreen, counter: Counter, qtbot: QtBot) -> None:
    carry_out(counter.small.salon, staff.add, "Ольга Тихая", position=2)
    look(screen, counter.small.olga, qtbot)
    assert isinstance(screen._chooser, SegmentedControl)
    assert [b.text() for b in screen._chooser.findChildren(QPushButton)] == ["Ольга\u00a0Б.", "Мария", "Ольга\u00a0Т."]


# ---- the day -----------------------------------------------------------------------------------------------


def test_who_is_next_is_told_in_minutes(screen: MyDayScreen, counter: Counter, qtbot: QtBot) -> None:
    counter.small.book(at(11, 20), counter.small.client("Анна"))
    counter.small.book(at(15), counter.small.client("Вера"))
    look(screen, counter.small.olga, qtbot)
    first, second = screen.visits.rows()
    assert first.badges == ["через 20 минут", "впервые"]
    assert second.badges == ["впервые"]
    assert screen.header.detail == "Вторник, 12\u00a0мая · 2 визита · дальше — Анна, через 20 минут"


@pytest.mark.parametrize(
    ("wall", "said"),
    [
        (at(11, 59), "через 1 минуту"),
        (at(12), "сейчас"),
        (at(12, 5), "опаздывает на 5\u00a0мин"),
        (at(9), "через 3\u00a0ч"),
        (at(11, 39), "через 21 минуту"),
    ],
)
def test_time_goes_on(screen: MyDayScreen, counter: Counter, qtbot: QtBot, wall: datetime, said: str) -> None:
    counter.small.book(at(12), counter.small.client("Анна"))
    look(screen, counter.small.olga, qtbot)
    go_to(counter.small, wall)
    screen._minute.timeout.emit()
    assert screen.visits.rows()[0].badges[0] == said


def test_in_an_hour_that_comes_twice_it_counts_the_time_that_really_passed(
    screen: MyDayScreen, counter: Counter, qtbot: QtBot
) -> None:
    small, night = counter.small, datetime(2027, 4, 3, 22, 30)
    carry_out(small.salon, profile.write, Profile(zone="America/Santiago"))
    small.clock.instant = standing_at(datetime(2027, 4, 3, 12), "America/Santiago").instant
    evening = [staff.WorkingHours(night.weekday(), 12 * 60, 24 * 60 - 1)]
    carry_out(small.salon, staff.plan_weeks, small.olga, evening, night.date(), night.date())
    small.book(night, small.client("Анна"), minutes=25)
    small.clock.instant = datetime(2027, 4, 4, 2, 10, tzinfo=UTC)
    look(screen, small.olga, qtbot)
    assert screen.visits.rows()[0].badges[0] == "опаздывает на 40\u00a0мин"
    small.clock.advance(timedelta(hours=1))
    screen._minute.timeout.emit()
    assert screen.visits.rows()[0].badges[0] == "опаздывает на 1\u00a0ч\u00a040\u00a0мин"


def test_what_must_not_be_forgotten(screen: MyDayScreen, counter: Counter, qtbot: QtBot) -> None:
    small = counter.small
    anna = small.client("Анна", wishes="капучино на овсяном, без разговоров")
    carry_out(small.salon, register.warn, anna, AlertKind.ALLERGY, "ацетон")
    before = small.book(at(12, days=-21), anna)
    small.complete(before)
    recipe = formulas.Recipe("База", mixtures.read("2 мл Luxio"), "два слоя")
    carry_out(small.salon, formulas.write, anna, before, recipe)
    small.book(at(12), anna)
    carry_out(small.salon, blocks.block_time, small.olga, at(14), at(14, 30), BlockKind.BREAK, "")
    look(screen, small.olga, qtbot)
    row = screen.visits.rows()[0]
    assert "аллергия" in row.badges
    assert row.toolTip() == "ацетон"
    assert screen.sheet.wishes.text == "капучино на овсяном, без разговоров"
    assert screen.sheet.last_time.text == "21\u00a0апреля, 3 недели назад · Маникюр с покрытием · Ольга\u00a0Б."
    assert screen.sheet.formula.text == "База: 2 мл Luxio"
    assert "аллергия" in row.accessibleName()


def test_the_visit_in_service_is_open_first_then_the_next(screen: MyDayScreen, counter: Counter, qtbot: QtBot) -> None:
    small = counter.small
    visits = [small.book(at(hour), small.client(str(hour))) for hour in (9, 10, 12)]
    small.complete(visits[0])
    carry_out(small.salon, booking.set_status, visits[1], VisitStatus.IN_SERVICE)
    look(screen, small.olga, qtbot)
    assert screen.sheet.visit is not None
    assert screen.sheet.visit.visit_id == visits[1]
    screen.visits.rows()[2].click()
    assert screen.sheet.visit.visit_id == visits[2]
    assert [row.isChecked() for row in screen.visits.rows()] == [False, False, True]


def test_no_visits_and_no_shift(screen: MyDayScreen, counter: Counter, qtbot: QtBot) -> None:
    look(screen, counter.small.olga, qtbot)
    assert screen._empty._heading.text() == "Сегодня визитов пока нет"
    assert "9:00–21:00" in screen._empty._sentence.text()
    go_to(counter.small, at(11, days=100))
    screen.reload()
    assert screen._empty._heading.text() == "Сегодня выходной"
    assert screen._empty._sentence.text() == "Следующие смены ещё не поставлены."
    go_to(counter.small, at(11, days=-60))
    screen.reload()
    assert screen._empty._sentence.text() == "Ближайшая смена: ср, 1\u00a0апреля, 9:00–21:00."


def test_a_new_booking_appears_by_itself(screen: MyDayScreen, counter: Counter, qtbot: QtBot) -> None:
    look(screen, counter.small.olga, qtbot)
    request = booking.BookingRequest(counter.small.client("Анна"), (counter.small.wish(at(15)),))
    counter.desk.perform(booking.book, request)
    assert [row.text() for row in screen.visits.rows()] == ["Анна"]


def test_a_walk_in_has_no_card_to_open(screen: MyDayScreen, counter: Counter, qtbot: QtBot) -> None:
    counter.small.book(at(12))
    counter.small.book(at(14), counter.small.client("Анна"))
    look(screen, counter.small.olga, qtbot)
    assert screen.visits.rows()[0].text() == "Без карточки"
    assert not screen.sheet.card_button.isVisible()
    screen.visits.rows()[1].click()
    with qtbot.waitSignal(screen.client_wanted) as wanted:
        screen.sheet.card_button.click()
    assert screen.sheet.visit is not None
    assert wanted.args == [screen.sheet.visit.client_id]


# ---- the checklist -----------------------------------------------------------------------------------------


def test_a_tap_ticks_a_step_with_the_masters_name(screen: MyDayScreen, counter: Counter, qtbot: QtBot) -> None:
    counter.small.book(at(12), counter.small.client())
    look(screen, counter.small.olga, qtbot)
    assert screen.sheet.progress == "0 из 4"
    row = screen.sheet.steps()[0]
    qtbot.mouseClick(row, Qt.MouseButton.LeftButton, pos=QPoint(row.width() - 30, 20))
    assert screen.sheet.progress == "1 из 4"
    done = counter.small.database.row("SELECT done_by_id, done_at FROM visit_step WHERE id = ?", (row.step.step_id,))
    assert done is not None
    assert done[0] == counter.small.olga
    assert row is screen.sheet.steps()[0], "the row stays, so the finger and the focus stay"
    row.click()
    assert screen.sheet.progress == "0 из 4"


def test_a_tick_can_be_taken_back(screen: MyDayScreen, counter: Counter, qtbot: QtBot) -> None:
    counter.small.book(at(12), counter.small.client())
    look(screen, counter.small.olga, qtbot)
    screen.sheet.steps()[0].click()
    counter.desk.perform.undo()
    assert shown_steps(screen)[0] == ("Спросить про аллергию", False)


def test_the_whole_checklist_from_the_keyboard(screen: MyDayScreen, counter: Counter, qtbot: QtBot) -> None:
    counter.small.book(at(12), counter.small.client("Анна"))
    counter.small.book(at(14), counter.small.client("Вера"))
    look(screen, counter.small.olga, qtbot)
    first, second = screen.visits.rows()
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Down)
    assert second.hasFocus()
    assert second.isChecked()
    qtbot.keyClick(second, Qt.Key.Key_Return)
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
        focused = QApplication.focusWidget()
        qtbot.keyClick(focused, key)
        qtbot.keyClick(focused, Qt.Key.Key_Down)
    assert [done for _text, done in shown_steps(screen)] == [True] * 4
    assert screen.sheet.button.hasFocus()
    screen.sheet.steps()[0].setFocus()
    qtbot.keyClick(screen.sheet.steps()[0], Qt.Key.Key_Left)
    assert second.hasFocus()


def test_required_steps_are_told_as_such(screen: MyDayScreen, counter: Counter, qtbot: QtBot) -> None:
    counter.small.book(at(12), counter.small.client())
    look(screen, counter.small.olga, qtbot)
    assert [row.accessibleName() for row in screen.sheet.steps()][:2] == [
        "Спросить про аллергию, обязательный шаг",
        "Предложить кофе, чай или воду",
    ]


def test_a_service_without_a_checklist_says_so(screen: MyDayScreen, counter: Counter, qtbot: QtBot) -> None:
    counter.small.book(at(12), counter.small.client(), service=counter.small.pedicure)
    look(screen, counter.small.olga, qtbot)
    assert screen.sheet._no_steps.isVisible()
    assert not screen.sheet._bar.isVisible()


# ---- the life of a visit -----------------------------------------------------------------------------------


def test_arrives_is_served_and_goes(screen: MyDayScreen, counter: Counter, qtbot: QtBot) -> None:
    visit = counter.small.book(at(11), counter.small.client("Анна"))
    look(screen, counter.small.olga, qtbot)
    button = screen.sheet.button
    assert button.text() == "Клиент пришёл"
    button.click()
    assert counter.small.status(visit) is VisitStatus.ARRIVED
    assert screen.visits.rows()[0].badges[0] == "ждёт"
    button.click()
    assert counter.small.status(visit) is VisitStatus.IN_SERVICE
    for row in screen.sheet.steps():
        row.click()
    assert button.text() == "Завершить визит"
    button.click()
    assert counter.small.status(visit) is VisitStatus.COMPLETED
    assert not button.isVisible()
    assert counter.asker.asked == []


def test_an_open_required_step_stops_the_visit(screen: MyDayScreen, counter: Counter, qtbot: QtBot) -> None:
    """Issue of others 17: the program only prompts, and the visit goes on."""
    visit = counter.small.book(at(11), counter.small.client("Анна"))
    look(screen, counter.small.olga, qtbot)
    counter.asker._answers = [None, "клиентка спешила"]
    press(screen, "D")
    assert counter.small.status(visit) is VisitStatus.BOOKED, "a change of mind changes nothing"
    press(screen, "В")
    assert counter.small.status(visit) is VisitStatus.COMPLETED
    assert counter.asker.asked == ["Завершить с открытыми шагами?"] * 2
    kept = counter.small.database.value("SELECT open_steps_reason FROM visit WHERE id = ?", (visit,))
    assert kept == "клиентка спешила"


@pytest.mark.parametrize("letter", ["A", "Ф"])
def test_a_letter_says_that_the_client_is_here(
    screen: MyDayScreen, counter: Counter, qtbot: QtBot, letter: str
) -> None:
    visit = counter.small.book(at(11), counter.small.client("Анна"))
    look(screen, counter.small.olga, qtbot)
    press(screen, letter)
    assert counter.small.status(visit) is VisitStatus.ARRIVED


def test_ctrl_enter_brings_the_visit_on(screen: MyDayScreen, counter: Counter, qtbot: QtBot) -> None:
    visit = counter.small.book(at(11), counter.small.client("Анна"))
    look(screen, counter.small.olga, qtbot)
    qtbot.keyClick(screen.visits.rows()[0], Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert counter.small.status(visit) is VisitStatus.ARRIVED


def test_what_somebody_else_cancelled_meanwhile_is_said_and_shown(
    screen: MyDayScreen, counter: Counter, qtbot: QtBot
) -> None:
    visit = counter.small.book(at(11), counter.small.client("Анна"))
    look(screen, counter.small.olga, qtbot)
    carry_out(counter.small.salon, booking.set_status, visit, VisitStatus.NO_SHOW)
    carry_out(counter.small.salon, booking.set_status, visit, VisitStatus.ARRIVED)
    carry_out(counter.small.salon, booking.set_status, visit, VisitStatus.IN_SERVICE)
    press(screen, "A")
    assert screen.sheet.visit is not None
    assert screen.sheet.visit.status in (VisitStatus.ARRIVED, VisitStatus.IN_SERVICE)


def test_every_control_has_a_name_in_both_languages(qtbot: QtBot, counter: Counter) -> None:
    counter.small.book(at(12), counter.small.client("Анна"))
    for spoken in Language:
        language.use(spoken)
        screen = MyDayScreen(counter.desk)
        qtbot.addWidget(screen)
        look(screen, counter.small.olga, qtbot)
        for button in screen.findChildren(QPushButton):
            assert button.text() or button.accessibleName() or not button.isVisible()
        assert all(row.accessibleName() for row in screen.sheet.steps())
