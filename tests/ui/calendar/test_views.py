"""The views of the calendar, each by mouse alone and by keyboard alone."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible, QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.salon.catalogue import staff
from app.salon.catalogue.staff import StaffFacts
from app.salon.scheduling import booking
from app.salon.scheduling.booking import BookingRequest
from app.salon.transaction import carry_out
from app.ui.calendar.screen import CalendarScreen
from app.ui.calendar.walking import OnPlace
from app.ui.wishes import BookingSeed
from app.vocabulary import CalendarView, CancelReason, VisitStatus
from tests.builders import TODAY, SmallSalon, at
from tests.ui.calendar.conftest import Day, hire
from tests.ui.conftest import Counter

Opened = Callable[[], Day]
LEFT = Qt.MouseButton.LeftButton
SHIFT = Qt.KeyboardModifier.ShiftModifier


def titled(opened: Day) -> str:
    return opened.screen.header.title.replace("\u00a0", " ")


def switch_to(opened: Day, view: CalendarView) -> None:
    """By the switch, as by mouse."""
    opened.qtbot.mouseClick(opened.screen.bar.switch._buttons[view.value], LEFT)


# ---- the switch ----------------------------------------------------------------------------------------------


def test_each_view_has_its_place_in_the_switch_and_its_key(day: Opened, qtbot: QtBot) -> None:
    opened = day()
    with qtbot.waitActive(opened.screen):
        opened.screen.activateWindow()
    for number, view in reversed(list(enumerate(CalendarView, 1))):
        qtbot.keyClick(opened.screen, getattr(Qt.Key, f"Key_{number}"), Qt.KeyboardModifier.ControlModifier)
        assert opened.screen.view is view
        assert opened.screen.bar.switch.choice == view.value
        assert opened.screen.focusProxy() is opened.screen._page
        assert opened.screen._page.isAncestorOf(QApplication.focusWidget()) or opened.screen._page.hasFocus()
    for view in CalendarView:
        switch_to(opened, view)
        assert opened.screen.view is view


def test_in_a_narrow_window_the_views_are_a_list(day: Callable[[int, int], Day]) -> None:
    opened = day(528, 600)
    bar = opened.screen.bar
    assert opened.screen.width() == 528
    assert not bar.switch.isVisible()
    assert bar.compact.isVisible()
    assert bar.compact.text() == "День"
    offered = bar.views()
    assert [action.isChecked() for action in offered.actions()] == [True, False, False, False, False, False]
    offered.actions()[2].trigger()
    assert opened.screen.view is CalendarView.WEEK
    assert bar.compact.text() == "Неделя мастера"
    assert bar.master.geometry().right() < bar.looks.geometry().left() < bar.width()
    opened.screen.resize(1200, 600)
    QApplication.processEvents()
    assert bar.switch.isVisible()
    assert bar.switch.choice == CalendarView.WEEK.value


def test_the_next_start_shows_what_was_shown_last(counter: Counter, qtbot: QtBot, day: Opened) -> None:
    opened = day()
    opened.screen.show_week_of(opened.small.maria)
    opened.screen.show_master(opened.small.olga, False)
    again = CalendarScreen(counter.desk)
    qtbot.addWidget(again)
    again.show()
    assert again.view is CalendarView.WEEK
    assert again.bar.master.currentText() == "Мария Ким"
    again.show_view(CalendarView.MASTERS)
    assert [track.name for track in again.grid.plan.tracks] == ["Мария Ким"]


def test_masters_and_rooms_change_places(day: Opened, qtbot: QtBot) -> None:
    opened = day()
    with qtbot.waitActive(opened.screen):
        opened.screen.activateWindow()
    qtbot.keyClick(opened.screen.grid, Qt.Key.Key_F9)
    assert opened.screen.view is CalendarView.ROOMS
    qtbot.keyClick(opened.screen.grid, Qt.Key.Key_F9)
    assert opened.screen.view is CalendarView.MASTERS


@pytest.mark.parametrize(
    ("view", "ahead", "week"),
    [
        (CalendarView.MASTERS, TODAY + timedelta(days=1), TODAY + timedelta(days=7)),
        (CalendarView.ROOMS, TODAY + timedelta(days=1), TODAY + timedelta(days=7)),
        (CalendarView.LIST, TODAY + timedelta(days=1), TODAY + timedelta(days=7)),
        (CalendarView.WEEK, TODAY + timedelta(days=7), TODAY + timedelta(days=7)),
        (CalendarView.SALON_WEEK, TODAY + timedelta(days=7), TODAY + timedelta(days=7)),
        (CalendarView.MONTH, date(2026, 6, 12), date(2026, 6, 12)),
    ],
)
def test_the_arrows_and_page_keys_go_by_what_is_shown(
    day: Opened, qtbot: QtBot, view: CalendarView, ahead: date, week: date
) -> None:
    opened = day()
    switch_to(opened, view)
    opened.screen.header.ahead.click()
    assert opened.screen.day == ahead
    opened.screen.header.back.click()
    with qtbot.waitActive(opened.screen):
        opened.screen.activateWindow()
    qtbot.keyClick(opened.screen._page, Qt.Key.Key_PageDown)
    assert opened.screen.day == week
    qtbot.keyClick(opened.screen._page, Qt.Key.Key_F6)
    assert opened.screen.day == TODAY


# ---- the week of one master ----------------------------------------------------------------------------------


def test_the_week_of_one_master_has_seven_days(small: SmallSalon, day: Opened) -> None:
    mine = small.book(at(12, days=2), small.client())
    small.book(at(12, days=1), small.client("Вера Ломова"), staff=small.maria)
    opened = day()
    opened.qtbot.mouseClick(opened.screen.board.head, LEFT, pos=opened.screen.board.head.place_of(0).center())
    assert opened.screen.view is CalendarView.WEEK
    assert titled(opened) == "11–17 мая 2026"
    assert [tile.entry.visit_id for tile in opened.plan.tiles] == [mine]
    assert opened.tile(mine).column == 3
    assert opened.screen.header.detail.replace("\u00a0", " ") == "1 визит · занято 1 %"


def test_a_drag_to_another_column_moves_the_visit_to_that_day(small: SmallSalon, day: Opened) -> None:
    visit = small.book(at(12), small.client())
    opened = day()
    switch_to(opened, CalendarView.WEEK)
    friday = date(2026, 5, 15).toordinal()
    opened.drag_to(visit, friday, at(16, 30))
    assert opened.starts(visit) == at(16, 30, days=3)
    assert opened.master(visit) == small.olga
    assert opened.tile(visit).column == 4


def test_a_drag_over_a_taken_time_of_another_day_says_why(small: SmallSalon, day: Opened) -> None:
    visit = small.book(at(12), small.client())
    small.book(at(16, days=3), small.client("Вера Ломова"))
    opened = day()
    switch_to(opened, CalendarView.WEEK)
    goal = opened.where_to(visit, date(2026, 5, 15).toordinal(), at(16, 30))
    opened.carry(opened.middle(visit), goal)
    assert "Вера Ломова" in opened.screen.grid._carry._words()
    assert opened.screen.grid._carry.shade
    opened.press(Qt.Key.Key_Escape)
    opened.drop(goal)
    assert opened.starts(visit) == at(12)


def test_the_keys_move_a_visit_from_day_to_day_and_beyond_the_week(small: SmallSalon, day: Opened) -> None:
    visit = small.book(at(12, days=5), small.client())
    opened = day()
    switch_to(opened, CalendarView.WEEK)
    opened.select(visit)
    opened.press(Qt.Key.Key_Left, SHIFT)
    assert opened.starts(visit) == at(12, days=4)
    assert opened.said[-1].replace("\u00a0", " ") == "Визит перенесён на сб, 16 мая, 12:00"
    for _twice in range(2):
        opened.press(Qt.Key.Key_Right, SHIFT)
    assert opened.starts(visit) == at(12, days=6)
    assert titled(opened) == "18–24 мая 2026"
    assert opened.screen.grid.selected_entry == opened.entry(visit)


def test_free_time_of_the_week_is_booked_on_its_day(small: SmallSalon, day: Opened) -> None:
    opened = day()
    switch_to(opened, CalendarView.WEEK)
    wednesday = date(2026, 5, 13).toordinal()
    opened.click(opened.place(wednesday, at(14)))
    assert opened.wanted == [BookingSeed(staff_id=small.olga, starts_at=at(14, days=1))]
    assert opened.screen.grid.spot == OnPlace(wednesday, 14 * 60)


def test_the_head_of_a_day_leads_to_it(day: Opened) -> None:
    opened = day()
    switch_to(opened, CalendarView.WEEK)
    opened.qtbot.mouseClick(opened.screen.board.head, LEFT, pos=opened.screen.board.head.place_of(5).center())
    assert (opened.screen.view, opened.screen.day) == (CalendarView.MASTERS, date(2026, 5, 16))


def test_a_narrow_week_begins_with_its_day_in_sight(day: Callable[[int, int], Day]) -> None:
    opened = day(528, 600)
    opened.screen.show_day(TODAY + timedelta(days=4))
    opened.screen.show_view(CalendarView.WEEK)
    left = opened.plan.columns.x_of(5)
    seen = opened.screen.grid.visibleRegion().boundingRect()
    assert seen.left() <= left
    assert seen.right() >= opened.plan.columns.x_of(6) - 2
    assert titled(opened) == "11 – 17 мая"


def test_the_selected_day_of_the_week_is_shown_next(small: SmallSalon, day: Opened) -> None:
    visit = small.book(at(12, days=2), small.client())
    opened = day()
    switch_to(opened, CalendarView.WEEK)
    opened.select(visit)
    switch_to(opened, CalendarView.LIST)
    assert opened.screen.day == TODAY + timedelta(days=2)
    assert opened.screen.selected_entry.visit_id == visit


def test_the_name_of_the_master_has_room_above_the_week(small: SmallSalon, day: Opened) -> None:
    carry_out(small.salon, staff.change, small.olga, StaffFacts("Александра Белоусова"))
    opened = day()
    opened.screen.show_view(CalendarView.WEEK)
    QApplication.processEvents()
    box = opened.screen.bar.master
    assert box.fontMetrics().horizontalAdvance("Александра Белоусова") < box.width() - 40


def test_another_master_is_chosen_above_the_week(small: SmallSalon, day: Opened) -> None:
    visit = small.book(at(12), staff=small.maria)
    opened = day()
    switch_to(opened, CalendarView.WEEK)
    assert opened.plan.tiles == ()
    opened.screen.bar.master.setCurrentIndex(1)
    assert opened.tile(visit).entry.staff_id == small.maria


def test_a_visit_with_two_masters_moves_whole_to_another_day(small: SmallSalon, day: Opened) -> None:
    pair = (small.wish(at(10)), small.wish(at(11), service=small.colouring))
    visit = carry_out(small.salon, booking.book, BookingRequest(small.client(), pair)).value
    small.book(at(11, days=1), small.client("Вера Ломова"), staff=small.maria)
    opened = day()
    switch_to(opened, CalendarView.WEEK)
    goal = opened.where_to(visit, (TODAY + timedelta(days=1)).toordinal(), at(10))
    opened.carry(opened.middle(visit), goal)
    assert opened.screen.grid.drag_problem is not None, "the other master is taken on that day"
    opened.drop(goal)
    assert opened.starts(visit) == at(10)


# ---- the list ------------------------------------------------------------------------------------------------


def test_what_must_be_known_is_in_sight_in_a_narrow_list(small: SmallSalon, day: Opened) -> None:
    small.book(at(15), small.client())
    opened = day()
    switch_to(opened, CalendarView.LIST)
    for width in (700, 900, 1400):
        opened.screen.list_page.resize(width, 500)
        table = opened.screen.list_page.table
        assert sum(table.columnWidth(column) for column in range(5)) <= width - 150


def test_the_list_begins_at_the_visit_that_comes_next(small: SmallSalon, day: Opened) -> None:
    small.book(at(9), small.client("Вера Ломова"))
    later = small.book(at(15), small.client(), staff=small.maria)
    opened = day()
    switch_to(opened, CalendarView.LIST)
    page = opened.screen.list_page
    assert page.selected_entry is not None
    assert page.selected_entry.visit_id == later
    assert [index.row() for index in page.table.selectionModel().selectedRows()] == [1]


def test_the_list_says_the_day_in_the_order_of_the_clock(small: SmallSalon, day: Opened) -> None:
    small.book(at(15), small.client("Вера Ломова"), staff=small.maria)
    small.book(at(12), small.client())
    opened = day()
    switch_to(opened, CalendarView.LIST)
    model = opened.screen.list_page.model
    cells = [[model.index(row, column).data() for column in range(6)] for row in range(2)]
    assert cells[0] == ["12:00–13:00", "Анна Щёлкина", "Маникюр с покрытием", "Ольга Белова", "записан", "впервые"]
    assert cells[1][0] == "15:00–16:00"


def test_the_list_by_keys(small: SmallSalon, day: Opened) -> None:
    visit = small.book(at(12), small.client())
    opened = day()
    switch_to(opened, CalendarView.LIST)
    table = opened.screen.list_page.table
    assert opened.screen.selected_entry.visit_id == visit, "the next visit is under the cursor"
    opened.letter("Ф")
    assert small.status(visit) is VisitStatus.ARRIVED
    opened.qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened.screen.peek is not None
    assert opened.screen.rect().contains(opened.screen.peek.geometry())
    opened.screen.peek._close.click()
    opened.qtbot.keyClick(table, Qt.Key.Key_Down, SHIFT)
    assert opened.screen.selected_entry.starts_at == at(12, 15)
    opened.qtbot.keyClick(table, Qt.Key.Key_X)
    opened.choose("Клиент заболел")
    assert small.status(visit) is VisitStatus.CANCELLED


def test_the_list_by_mouse(small: SmallSalon, day: Opened) -> None:
    visit = small.book(at(12), small.client())
    opened = day()
    switch_to(opened, CalendarView.LIST)
    page = opened.screen.list_page
    entry = opened.screen.sheet.entries[0]
    place = page.place_of(entry).center()
    pane = page.table.viewport()
    opened.qtbot.mouseClick(pane, LEFT, pos=pane.mapFrom(page, place))
    opened.qtbot.mouseDClick(pane, LEFT, pos=pane.mapFrom(page, place))
    assert opened.screen.peek is not None
    opened.screen.menus.open(QPoint(10, 10))
    opened.choose("Пришёл")
    assert small.status(visit) is VisitStatus.ARRIVED


def test_an_empty_list_leads_to_a_new_visit(day: Opened) -> None:
    opened = day()
    switch_to(opened, CalendarView.LIST)
    opened.screen.list_page._empty.acted.emit()
    assert opened.wanted == [BookingSeed(day=TODAY)]


# ---- the week of all -----------------------------------------------------------------------------------------


def test_the_week_of_all_leads_to_a_day_by_mouse_and_by_keys(small: SmallSalon, day: Opened) -> None:
    small.book(at(12, days=2), small.client(), staff=small.maria)
    opened = day()
    switch_to(opened, CalendarView.SALON_WEEK)
    page = opened.screen.overviews.salon_week
    from app.ui.calendar.salon_week_plan import Cell

    assert page.plan.load(Cell(1, 3)).load.visits == 1
    assert "1 визит" in page.said(Cell(1, 3)).replace("\u00a0", " ")
    box = page.plan.box(Cell(1, 3))
    opened.qtbot.mouseClick(page.cells, LEFT, pos=QPoint(box.x + 20, box.y + 20))
    assert (opened.screen.view, opened.screen.day) == (CalendarView.MASTERS, TODAY + timedelta(days=2))
    switch_to(opened, CalendarView.SALON_WEEK)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Return):
        opened.qtbot.keyClick(page.cells, key)
    assert (opened.screen.view, opened.screen.day) == (CalendarView.MASTERS, TODAY + timedelta(days=1))


def test_walking_beyond_the_week_of_all_goes_to_the_next(day: Opened) -> None:
    opened = day()
    switch_to(opened, CalendarView.SALON_WEEK)
    page = opened.screen.overviews.salon_week
    for _day in range(6):
        opened.qtbot.keyClick(page.cells, Qt.Key.Key_Right)
    assert opened.screen.day == TODAY + timedelta(days=6)
    assert titled(opened) == "18–24 мая 2026"


def test_who_hears_the_week_of_all_hears_each_masters_day(small: SmallSalon, day: Opened) -> None:
    small.book(at(12, days=2), small.client(), staff=small.maria)
    opened = day()
    switch_to(opened, CalendarView.SALON_WEEK)
    page = opened.screen.overviews.salon_week
    heard = QAccessible.queryAccessibleInterface(page.cells)
    assert (heard.role(), heard.childCount()) == (QAccessible.Role.List, 2 * 7)
    assert heard.child(10).text(QAccessible.Text.Name).replace("\u00a0", " ").startswith("Мария Ким, Четверг, 14 мая")
    assert heard.focusChild().text(QAccessible.Text.Name) == page.said(page.cell)
    opened.qtbot.keyClick(page.cells, Qt.Key.Key_Down)
    assert heard.focusChild().text(QAccessible.Text.Name).startswith("Мария Ким, ")
    middle = heard.child(10).rect().center()
    assert heard.indexOfChild(heard.childAt(middle.x(), middle.y())) == 10


# ---- the month -----------------------------------------------------------------------------------------------


def test_the_month_leads_to_a_day_by_mouse_and_by_keys(small: SmallSalon, day: Opened) -> None:
    small.book(at(12, days=2), small.client())
    opened = day()
    switch_to(opened, CalendarView.MONTH)
    page = opened.screen.overviews.month
    number = page.plan.number_of(TODAY + timedelta(days=2))
    assert page.said(page.plan.loads[number]).replace("\u00a0", " ") == "Четверг, 14 мая, 1 визит, занято 4 %"
    box = page.plan.box(number)
    opened.qtbot.mouseClick(page, LEFT, pos=QPoint(box.x + 20, box.y + 20))
    assert (opened.screen.view, opened.screen.day) == (CalendarView.MASTERS, TODAY + timedelta(days=2))
    switch_to(opened, CalendarView.MONTH)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Return):
        opened.qtbot.keyClick(page, key)
    assert (opened.screen.view, opened.screen.day) == (CalendarView.MASTERS, TODAY + timedelta(days=8))


def test_walking_over_the_edge_of_the_month_turns_it(day: Opened) -> None:
    opened = day()
    switch_to(opened, CalendarView.MONTH)
    page = opened.screen.overviews.month
    for _week in range(3):
        opened.qtbot.keyClick(page, Qt.Key.Key_Down)
    assert titled(opened) == "Июнь 2026"
    assert page.day == TODAY + timedelta(days=21)


def test_who_hears_the_month_hears_each_day(small: SmallSalon, day: Opened) -> None:
    small.book(at(12, days=2), small.client())
    opened = day()
    switch_to(opened, CalendarView.MONTH)
    page = opened.screen.overviews.month
    heard = QAccessible.queryAccessibleInterface(page)
    assert (heard.role(), heard.childCount()) == (QAccessible.Role.List, len(page.plan.loads))
    number = page.plan.number_of(TODAY + timedelta(days=2))
    said = heard.child(number).text(QAccessible.Text.Name).replace("\u00a0", " ")
    assert said == "Четверг, 14 мая, 1 визит, занято 4 %"
    assert heard.child(number).role() == QAccessible.Role.ListItem
    for _day in range(2):
        opened.qtbot.keyClick(page, Qt.Key.Key_Right)
    assert heard.indexOfChild(heard.focusChild()) == number
    assert heard.child(number).state().focused


# ---- masters and step ----------------------------------------------------------------------------------------


def test_masters_are_hidden_here_and_ordered_for_everybody(small: SmallSalon, day: Opened) -> None:
    opened = day()
    opened.screen.bar.masters.click()
    panel = opened.screen.masters_panel
    panel.downs[small.olga].click()
    assert [track.name for track in opened.plan.tracks] == ["Мария Ким", "Ольга Белова"]
    panel.ticks[small.maria].click()
    assert [track.name for track in opened.plan.tracks] == ["Ольга Белова"]
    assert opened.screen.desk.preferences.settings.hidden_masters == str(small.maria)
    opened.screen.desk.perform.undo()
    panel.ticks[small.maria].click()
    assert [track.name for track in opened.plan.tracks] == ["Ольга Белова", "Мария Ким"]
    panel.close()


def test_a_master_is_put_in_order_step_by_step_in_the_panel_that_stays_open(small: SmallSalon, day: Opened) -> None:
    for name in ("Дарья", "Ирина"):
        hire(small, name, 9, 21)
    opened = day()
    opened.screen.bar.masters.click()
    panel = opened.screen.masters_panel
    for place in (1, 2, 3):
        button = panel.downs[small.olga]
        button.setFocus()
        button.click()
        assert [*panel.ticks].index(small.olga) == place
        assert all(panel.rect().contains(tick.mapTo(panel, tick.rect().center())) for tick in panel.ticks.values())
        focused = panel.downs[small.olga] if place < 3 else panel.ticks[small.olga]
        assert focused.hasFocus()
    panel.close()


def test_of_forty_masters_each_can_be_reached_on_a_small_screen(small: SmallSalon, day: Opened) -> None:
    for number in range(38):
        hire(small, f"Мастер {number:02}", 9, 21)
    opened = day()
    opened.screen.bar.masters.click()
    panel = opened.screen.masters_panel
    room = panel.screen().availableGeometry()
    assert len(panel.ticks) == 40
    assert room.contains(panel.frameGeometry())
    *_others, last = panel.ticks.values()
    for _step in range(39):
        QApplication.sendEvent(panel, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier))
    assert last.hasFocus()
    assert panel.rect().contains(last.mapTo(panel, last.rect().center()))
    panel.close()


@pytest.mark.parametrize("view", list(CalendarView))
@pytest.mark.parametrize("is_cancelled", [False, True])
def test_a_visit_that_somebody_wants_to_see_is_shown_whatever_was_hidden(
    small: SmallSalon, day: Opened, view: CalendarView, *, is_cancelled: bool
) -> None:
    opened = day()
    screen, visit = opened.screen, small.book(at(15, days=3), small.client(), staff=small.maria)
    if is_cancelled:
        screen.desk.perform(booking.cancel, visit, CancelReason.CLIENT_ASKED)
    screen.show_master(small.maria, False)
    screen.show_week_of(small.olga)
    screen.show_view(view)
    screen.show_visit(visit, TODAY + timedelta(days=3))
    assert screen.selected_entry is not None
    assert screen.selected_entry.visit_id == visit
    assert screen.view is CalendarView.LIST or screen.grid.box_of(screen.grid.spot) is not None
    assert screen.desk.preferences.settings.hidden_masters == str(small.maria)


def test_what_has_no_column_is_not_selected_and_no_key_means_it(small: SmallSalon, day: Opened) -> None:
    opened = day()
    wishes = (small.wish(at(10)), small.wish(at(11), service=small.colouring))
    both = carry_out(small.salon, booking.book, BookingRequest(small.client(), wishes)).value
    opened.screen.show_week_of(small.maria)
    opened.screen.select_visit(both)
    entry = opened.screen.selected_entry
    assert entry is not None
    assert (entry.staff_id, opened.screen.grid.stop is None) == (small.maria, False)
    opened.screen.show_view(CalendarView.MASTERS)
    opened.screen.show_master(small.maria, False)
    opened.screen.move(entry.booked_id, small.maria, at(12))
    assert opened.screen.selected_entry is None


def test_the_step_is_chosen_in_the_calendar(small: SmallSalon, day: Opened) -> None:
    visit = small.book(at(12), small.client())
    opened = day()
    opened.screen.bar.looks.click()
    opened.choose("Шаг 5\u00a0мин")
    assert small.salon.profile.step_minutes == 5
    opened.select(visit)
    opened.press(Qt.Key.Key_Down, SHIFT)
    assert opened.starts(visit) == at(12, 5)


def test_settings_that_make_no_sense_hide_nobody(counter: Counter, qtbot: QtBot) -> None:
    counter.desk.preferences.settings = replace(counter.desk.preferences.settings, hidden_masters="x,,-3,999")
    screen = CalendarScreen(counter.desk)
    qtbot.addWidget(screen)
    screen.show()
    assert len(screen.grid.plan.tracks) == 2


# ---- while dragging ------------------------------------------------------------------------------------------


def test_a_drag_that_is_held_at_the_edge_scrolls_on(small: SmallSalon, day: Callable[[int, int], Day]) -> None:
    visit = small.book(at(12), small.client())
    opened = day(1000, 560)
    opened.screen.zoom(3)
    grid, board = opened.screen.grid, opened.screen.board
    board.show_minute(12 * 60)
    start = opened.middle(visit)
    opened.carry(start, start + QPoint(0, 30))
    seen = grid.visibleRegion().boundingRect()
    opened.point_at(QPoint(start.x(), seen.bottom() - 6), LEFT)
    before, target = board.scrolled, grid.drag_target
    for _tick in range(12):
        grid.scroll_on()
    assert board.scrolled > before
    assert grid.drag_target.starts > target.starts
    opened.press(Qt.Key.Key_Escape)
    standing = board.scrolled
    grid.scroll_on()
    assert board.scrolled == standing, "what was given up scrolls no more"
    assert opened.starts(visit) == at(12)


def test_what_is_taken_up_at_the_edge_scrolls_only_towards_it(
    small: SmallSalon, day: Callable[[int, int], Day]
) -> None:
    """The last visit in sight is made shorter at its lower edge, and does not become longer."""
    visit = small.book(at(12), small.client(), minutes=60)
    opened = day(1000, 560)
    opened.screen.zoom(3)
    grid, board = opened.screen.grid, opened.screen.board
    board.show_minute(12 * 60)
    lower = opened.middle(visit) + QPoint(0, opened.tile(visit).box.height // 2 - 2)
    board.view.down.setValue(lower.y() + 10 - board.view.pane.height())
    opened.carry(lower, lower - QPoint(0, 12))
    standing = board.scrolled
    for _tick in range(5):
        grid.scroll_on()
    assert board.scrolled == standing
    opened.point_at(lower + QPoint(0, 4), LEFT)
    grid.scroll_on()
    assert board.scrolled > standing, "towards the edge the day goes on"


def test_the_hours_of_a_week_are_zoomed_as_those_of_a_day(day: Opened) -> None:
    opened = day()
    switch_to(opened, CalendarView.WEEK)
    height = opened.plan.scale.hour_height
    opened.screen.bar.looks.click()
    opened.choose("Крупнее")
    assert opened.plan.scale.hour_height > height
    switch_to(opened, CalendarView.MASTERS)
    assert opened.plan.scale.hour_height > height
