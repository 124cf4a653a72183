"""The shifts of a month, by keyboard alone and by mouse alone."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.salon.catalogue import absences, holidays, rosters, shifts, staff
from app.salon.catalogue.patterns import OFF, Cycle, Hours, Stretch, cyclic
from app.salon.catalogue.working_days import VisitOutside
from app.salon.transaction import carry_out
from app.ui.shifts import words
from app.ui.shifts.absence_form import AbsenceForm
from app.ui.shifts.absence_list import AbsenceList
from app.ui.shifts.day_form import DayForm
from app.ui.shifts.holidays_form import HolidaysForm
from app.ui.shifts.hours_field import hours_typed
from app.ui.shifts.month_grid import LEAST_CELL, _NameHead
from app.ui.shifts.roster_form import RosterForm
from app.ui.shifts.screen import ShiftsScreen
from app.ui.widgets.label import Label
from app.vocabulary import AbsenceKind
from tests.builders import TODAY, SmallSalon, at
from tests.typing_keys import Keyboard
from tests.ui.conftest import Counter

Key, CTRL, SHIFT = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
DAY = timedelta(days=1)
NINE = (Stretch(540, 1260),)
MORNING = (Stretch(540, 840),)


@pytest.fixture
def small(small: SmallSalon) -> SmallSalon:
    """Olga has a schedule: every day from nine to nine."""
    carry_out(small.salon, rosters.plan, small.olga, cyclic(TODAY + DAY, Cycle(1, 0), NINE))
    return small


@pytest.fixture
def screen(qtbot: QtBot, counter: Counter) -> ShiftsScreen:
    made = ShiftsScreen(counter.desk)
    qtbot.addWidget(made)
    made.resize(1270, 760)
    made.show()
    made.activateWindow()
    made.grid.setFocus()
    return made


@pytest.fixture
def keys(screen: ShiftsScreen) -> Keyboard:
    return Keyboard(screen)


def hours(counter: Counter, first: date, days: int = 1, master: int | None = None) -> list[Hours]:
    """The hours of Olga, or of another."""
    last = first + (days - 1) * DAY
    planned = shifts.planned(counter.small.database, first, last)
    found = next(one for one in planned if one.staff_id == (master or counter.small.olga))
    return [one.hours for one in found.days]


def click(qtbot: QtBot, screen: ShiftsScreen, row: int, column: int, **more: object) -> QPoint:
    place = screen.grid.visualRect(screen.grid.plan.index(row, column)).center()
    qtbot.mouseClick(screen.grid.viewport(), Qt.MouseButton.LeftButton, pos=place, **more)  # type: ignore[arg-type]
    return place


# ---- looking -------------------------------------------------------------------------------------------------


def test_after_an_import_the_screen_asks_for_a_schedule(screen: ShiftsScreen, counter: Counter) -> None:
    """Olga has one; Maria's hours came with the import and would end. One press opens what she works as a week."""
    assert screen.unplanned.isVisible()
    assert "Без графика: Мария Ким" in screen.unplanned.text.replace("\u00a0", " ")
    screen.unplanned.acted.emit()
    form = screen.panel.content
    assert isinstance(form, RosterForm)
    form.save()
    assert hours(counter, TODAY + 150 * DAY, master=counter.small.maria) == [NINE]
    screen.reload()
    assert not screen.unplanned.isVisible()


def test_the_month_says_everything_in_words(screen: ShiftsScreen, counter: Counter) -> None:
    counter.small.book(at(12, days=1))
    screen.reload()
    assert screen.header.title == "Май 2026"
    assert screen.grid.currentIndex().column() == TODAY.day - 1, "the cursor stands on today"
    model = screen.grid.plan
    assert model.index(0, TODAY.day).data().replace("\u00a0", " ") == "Ольга Белова, ср, 13 мая: 9–21, 1 визит"
    assert model.headerData(0, Qt.Orientation.Vertical) == "Ольга Белова, 372\u00a0ч · 31 день"


def test_twelve_masters_and_31_days_are_not_cut(screen: ShiftsScreen, counter: Counter, qtbot: QtBot) -> None:
    for n in range(10):
        counter.desk.perform(staff.add, f"Мастер {n}", position=n + 2)
    grid = screen.grid
    last = grid.visualRect(grid.plan.index(11, 30))
    assert grid.plan.rowCount() == 12
    assert grid.viewport().rect().contains(last)
    assert last.width() >= LEAST_CELL
    assert not grid.horizontalScrollBar().isVisible()
    assert not grid.verticalScrollBar().isVisible()


def test_an_empty_salon_shows_the_next_step(qtbot: QtBot, counter: Counter) -> None:
    for one in (counter.small.olga, counter.small.maria):
        carry_out(counter.small.salon, staff.archive, one)
    made = ShiftsScreen(counter.desk)
    qtbot.addWidget(made)
    made.show()
    assert made._empty.isVisible()
    with qtbot.waitSignal(made.colleague_wanted):
        made._empty.button.click()


# ---- by keyboard ---------------------------------------------------------------------------------------------


def test_hours_of_a_day_by_keyboard(screen: ShiftsScreen, keys: Keyboard, counter: Counter) -> None:
    keys.press(Key.Key_Right)
    keys.enter()
    assert isinstance(screen.panel.content, DayForm)
    keys.type("9-13, 16-20:30")
    keys.enter()
    assert hours(counter, TODAY + DAY) == [(Stretch(540, 780), Stretch(960, 1230))]
    assert screen.grid.hasFocus()
    assert screen.people[0].days[TODAY.day].is_by_hand
    counter.desk.perform.undo()
    assert hours(counter, TODAY + DAY) == [NINE]


def test_impossible_hours_are_told_beside_the_field(screen: ShiftsScreen, keys: Keyboard, counter: Counter) -> None:
    keys.press(Key.Key_Right)
    keys.enter()
    form = screen.panel.content
    assert isinstance(form, DayForm)
    keys.type("21-9")
    assert form.hours_line.error
    assert not form.save_button.isEnabled()
    keys.enter()
    assert hours(counter, TODAY + DAY) == [NINE]


def test_days_off_and_back_by_keyboard(screen: ShiftsScreen, keys: Keyboard, counter: Counter) -> None:
    keys.press(Key.Key_Right)
    keys.press(Key.Key_Right, SHIFT)
    keys.press(Key.Key_Delete)
    assert hours(counter, TODAY + DAY, 3) == [OFF, OFF, NINE]
    assert "выходной" in screen.grid.plan.index(0, TODAY.day).data()
    screen.restore()
    assert hours(counter, TODAY + DAY, 3) == [NINE] * 3


def test_a_copied_week_is_filled_over_and_over(screen: ShiftsScreen, keys: Keyboard, counter: Counter) -> None:
    carry_out(counter.small.salon, shifts.set_days, [shifts.DayWish(counter.small.olga, TODAY + DAY, MORNING)])
    screen.reload()
    keys.press(Key.Key_Right)
    keys.press(Key.Key_Right, SHIFT)
    keys.press(Key.Key_C, CTRL)
    keys.press(Key.Key_Down)
    keys.press(Key.Key_Left)
    for _n in range(5):
        keys.press(Key.Key_Right, SHIFT)
    keys.press(Key.Key_V, CTRL)
    marias = hours(counter, TODAY + DAY, 6, counter.small.maria)
    assert marias == [MORNING, NINE] * 3


def test_a_schedule_by_keyboard(screen: ShiftsScreen, keys: Keyboard, counter: Counter) -> None:
    keys.press(Key.Key_Down)
    keys.press(Key.Key_R, CTRL)
    form = screen.panel.content
    assert isinstance(form, RosterForm)
    assert QApplication.focusWidget() is form.week.days[0]
    for weekday in range(7):
        keys.type("10-18" if weekday < 2 else "-")
        keys.press(Key.Key_Tab)
    keys.press(Key.Key_Return, CTRL)
    week = hours(counter, TODAY + DAY, 7, counter.small.maria)
    assert [bool(one) for one in week] == [False, False, False, False, False, True, True]
    assert week[-1] == (Stretch(600, 1080),)


def test_another_month_by_keyboard(screen: ShiftsScreen, keys: Keyboard, qtbot: QtBot) -> None:
    with qtbot.waitSignal(screen.month_shown) as shown:
        keys.press(Key.Key_PageDown)
    assert shown.args == [date(2026, 6, 30)]
    assert screen.header.title == "Июнь 2026"
    keys.press(Key.Key_F6)
    assert screen.header.title == "Май 2026"


# ---- by mouse ------------------------------------------------------------------------------------------------


def test_a_vacation_is_dragged_over_its_days(screen: ShiftsScreen, qtbot: QtBot, counter: Counter) -> None:
    counter.small.book(at(12, days=3), counter.small.client())
    grid, view = screen.grid, screen.grid.viewport()
    first, last = (grid.visualRect(grid.plan.index(0, TODAY.day + n)).center() for n in (1, 4))
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=first)
    qtbot.mouseMove(view, last)
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=last)
    assert [len(days) for days in grid.chosen] == [4]
    screen.away_button.click()
    form = screen.panel.content
    assert isinstance(form, AbsenceForm)
    assert (form.first.day, form.last.day) == (TODAY + 2 * DAY, TODAY + 5 * DAY)
    assert [one.client_name for one in form.visits] == ["Анна Щёлкина"]
    assert "1 визит" in form.told
    with qtbot.waitSignal(screen.calls_wanted):
        form.save_button.click()
    assert hours(counter, TODAY + DAY, 6) == [NINE, OFF, OFF, OFF, OFF, NINE]
    assert screen.people[0].days[TODAY.day + 1].absence is AbsenceKind.VACATION


def test_hours_by_mouse_alone(screen: ShiftsScreen, qtbot: QtBot, counter: Counter) -> None:
    place = click(qtbot, screen, 0, TODAY.day)
    qtbot.mouseDClick(screen.grid.viewport(), Qt.MouseButton.LeftButton, pos=place)
    form = screen.panel.content
    assert isinstance(form, DayForm)
    half = next(button for button in form.usual.buttons if button.text() == "9–15")
    half.click()
    form.save_button.click()
    assert hours(counter, TODAY + DAY) == [(Stretch(540, 900),)]


def test_a_cycle_by_mouse_alone(screen: ShiftsScreen, qtbot: QtBot, counter: Counter) -> None:
    click(qtbot, screen, 1, TODAY.day)
    screen.roster_button.click()
    form = screen.panel.content
    assert isinstance(form, RosterForm)
    form.kind._buttons["cycle"].click()
    form.cycle.presets[1].click()
    form.save_button.click()
    worked = [bool(one) for one in hours(counter, TODAY + DAY, 9, counter.small.maria)]
    assert worked == [True] * 3 + [False] * 3 + [True] * 3
    assert "3/3" in screen.grid.plan.headerData(1, Qt.Orientation.Vertical, Qt.ItemDataRole.ToolTipRole)


def test_visits_outside_a_schedule_are_listed_before_anything_is_done(screen: ShiftsScreen, counter: Counter) -> None:
    counter.small.book(at(19, days=3), counter.small.client())
    screen.plan_hours(counter.small.olga)
    form = screen.panel.content
    assert isinstance(form, RosterForm)
    form.kind._buttons["week"].click()
    for field in form.week.days:
        field.set_hours(MORNING)
    assert [one.client_name for one in form.visits] == ["Анна Щёлкина"]
    assert "1 услуга" in form.told
    form.save()
    assert hours(counter, TODAY + DAY, 4) == [MORNING, MORNING, NINE, MORNING]


def test_the_menu_of_the_days_holds_every_act(screen: ShiftsScreen) -> None:
    texts = [action.text().split("\t")[0] for action in screen.menu_of_days().actions()]
    assert texts[:4] == ["Задать часы…", "Выходной", "Отсутствие…", "По графику"]


def test_who_is_ill_is_chosen_from_those_who_work(screen: ShiftsScreen, qtbot: QtBot, counter: Counter) -> None:
    carry_out(counter.small.salon, shifts.set_days, [shifts.DayWish(counter.small.olga, TODAY, OFF)])
    menu = screen.menu_of_the_ill()
    assert [action.text().split("\t")[0] for action in menu.actions()][1:] == ["Мария Ким", "Ольга Белова"]
    with qtbot.waitSignal(screen.ill_wanted) as wanted:
        menu.actions()[1].trigger()
    assert wanted.args == [counter.small.maria]


# ---- absences and holidays -----------------------------------------------------------------------------------


def test_the_absences_with_whom_to_call(screen: ShiftsScreen, qtbot: QtBot, counter: Counter) -> None:
    counter.small.book(at(12, days=1))
    plan = absences.AbsencePlan(counter.small.olga, TODAY + DAY, TODAY + 2 * DAY, AbsenceKind.SICK_LEAVE)
    absence = carry_out(counter.small.salon, absences.plan, plan).value
    screen.show_absences()
    listed = screen.panel.content
    assert isinstance(listed, AbsenceList)
    (row,) = listed.listed.rows()
    assert isinstance(row.action, QWidget)
    with qtbot.waitSignal(screen.calls_wanted) as wanted:
        row.action.click()  # type: ignore[attr-defined]
    assert wanted.args == [absence]
    screen.show_absences()
    listed = screen.panel.content
    assert isinstance(listed, AbsenceList)
    listed.listed.rows()[0].opened.emit()
    form = screen.panel.content
    assert isinstance(form, AbsenceForm)
    form.last._take(TODAY + 3 * DAY)
    form.save()
    assert hours(counter, TODAY + DAY, 4) == [OFF, OFF, OFF, NINE]
    screen.show_absences()
    listed = screen.panel.content
    assert isinstance(listed, AbsenceList)
    listed.listed.rows()[0].opened.emit()
    form = screen.panel.content
    assert isinstance(form, AbsenceForm)
    form.end_button.click()
    assert hours(counter, TODAY + DAY, 4) == [NINE] * 4


def test_public_holidays_are_ticked(screen: ShiftsScreen, counter: Counter) -> None:
    screen.show_holidays()
    form = screen.panel.content
    assert isinstance(form, HolidaysForm)
    russia = next(day for day in form.ticks if day.day == date(2026, 6, 12))
    assert "День России" in form.ticks[russia].text()
    assert not form.save_button.isEnabled()
    form.ticks[russia].click()
    form.own_name.setText("Санитарный день")
    form.own_day._take(TODAY + 5 * DAY)
    form.own_button.click()
    form.save()
    closed = holidays.standing(counter.small.database, TODAY, date(2026, 12, 31))
    assert [(one.day, one.name) for one in closed] == [
        (TODAY + 5 * DAY, "Санитарный день"),
        (date(2026, 6, 12), "День России"),
    ]
    assert hours(counter, TODAY + 4 * DAY, 3) == [NINE, OFF, NINE]


# ---- typing hours --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("9-21", NINE),
        ("9–21", NINE),
        ("900 - 2100", NINE),
        ("9:30–20:15", (Stretch(570, 1215),)),
        ("9-13;16-20", (Stretch(540, 780), Stretch(960, 1200))),
        ("18-24", (Stretch(1080, 1440),)),
        ("18–0", (Stretch(1080, 1440),)),
        ("", OFF),
        ("выходной", OFF),
        ("21-9", None),
        ("9", None),
        ("9-25", None),
        ("9-13, 12-20", None),
    ],
)
def test_hours_as_people_type_them(typed: str, meant: Hours | None) -> None:
    assert hours_typed(typed) == meant


def test_the_arrows_step_the_time_under_the_cursor(screen: ShiftsScreen, keys: Keyboard) -> None:
    keys.press(Key.Key_Right)
    keys.enter()
    form = screen.panel.content
    assert isinstance(form, DayForm)
    form.hours.setCursorPosition(0)
    keys.press(Key.Key_Up)
    form.hours.setCursorPosition(len(form.hours.text()))
    keys.press(Key.Key_Down)
    assert form.hours.text() == "9:30–20:30"


def test_who_has_no_schedule_yet_is_offered_the_week_as_it_is_worked(screen: ShiftsScreen, counter: Counter) -> None:
    """As after an import, which tells shifts and no rule behind them."""
    screen.plan_hours(counter.small.maria)
    form = screen.panel.content
    assert isinstance(form, RosterForm)
    assert [field.hours for field in form.week.days] == [NINE] * 7


def test_the_chosen_day_stays_in_sight_beside_the_panel(screen: ShiftsScreen) -> None:
    screen.resize(1024, 640)
    last = screen.grid.plan.columnCount() - 1
    screen.grid.stand_on(0, last)
    screen.edit_hours()
    screen.layout().activate()
    place = screen.grid.visualRect(screen.grid.currentIndex())
    assert screen.grid.viewport().rect().contains(place)


def test_a_day_that_is_so_already_is_not_counted_as_changed(screen: ShiftsScreen, counter: Counter) -> None:
    said: list[str] = []
    counter.desk.perform.done.connect(lambda text, _undo: said.append(text))
    screen.set_off()
    screen.set_off()
    assert said[-1] == "Так и есть: ничего не изменилось"


def test_in_a_large_salon_the_banner_names_a_few_and_counts_the_rest() -> None:
    names = [f"Мастер {number}" for number in range(25)]
    assert words.some_of(names) == "Мастер 0, Мастер 1, Мастер 2 и ещё\u00a022".replace("\u00a0", " ")
    assert words.some_of(names[:4]) == "Мастер 0, Мастер 1, Мастер 2 и Мастер 3"


def test_a_long_visit_in_the_way_goes_on_below_where_it_began(screen: ShiftsScreen, counter: Counter) -> None:
    """Who comes for many services at once is told whole, in as many lines as that takes."""
    small = counter.small
    small.book(at(12), small.client("Александра-Виктория Константиновна Преображенская-Вознесенская"))
    screen.plan_absence()
    form = screen.panel.content
    assert isinstance(form, AbsenceForm)
    for _round in range(3):
        QApplication.processEvents()
    (who,) = (label for label in form.findChildren(Label) if label.text().startswith("Александра"))
    line = who.fontMetrics().height()
    assert who.height() >= who.heightForWidth(who.width()) > line


def test_a_visit_in_the_way_says_when_and_below_it_who() -> None:
    one = VisitOutside(1, "Анна Щёлкина", "Маникюр с покрытием", at(10), at(11))
    walk_in = VisitOutside(2, "", "Педикюр", at(12), at(13))
    lines = words.visits_listed([one, walk_in], TODAY)
    assert [(when.replace("\u00a0", " "), what) for when, what in lines] == [
        ("вт, 12 мая, 10:00–11:00", "Анна Щёлкина, Маникюр с покрытием"),
        ("вт, 12 мая, 12:00–13:00", "Педикюр"),
    ]


def test_in_the_shifts_of_a_large_salon_a_long_name_is_short_and_not_cut(screen: ShiftsScreen) -> None:
    head = screen.grid.verticalHeader()
    assert isinstance(head, _NameHead)
    assert head._name(0, 200) == "Ольга Белова"
    assert head._name(0, 60) == "Ольга\u00a0Б."
