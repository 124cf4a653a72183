"""Which day is shown, what its head says, and when it is read again."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.salon.catalogue import absences, staff
from app.salon.changes import Changes
from app.salon.scheduling import blocks, booking
from app.salon.transaction import carry_out
from app.ui.calendar import words
from app.ui.calendar.screen import CalendarScreen
from app.ui.calendar.walking import OnPlace, OnVisit
from app.ui.wishes import BookingSeed
from app.vocabulary import BlockKind, CalendarView, CancelReason, Topic, VisitStatus
from tests.builders import TODAY, SmallSalon, at
from tests.ui.calendar.conftest import Day
from tests.ui.conftest import Counter

Opened = Callable[[], Day]


def detail(opened: Day) -> str:
    return opened.screen.header.detail.replace("\u00a0", " ")


def test_the_head_says_the_day_and_how_full_it_is(small: SmallSalon, day: Opened) -> None:
    small.book(at(12), small.client(), service=small.pedicure)
    small.book(at(14), small.client("Вера Ломова"), service=small.colouring)
    opened = day()
    assert opened.screen.header.title.replace("\u00a0", " ") == "Вторник, 12 мая"
    assert detail(opened) == "2 визита · занято 15 %"


def test_days_weeks_and_today(qtbot: QtBot, day: Opened) -> None:
    opened = day()
    shown: list[date] = []
    opened.screen.day_shown.connect(shown.append)
    header = opened.screen.header
    header.ahead.click()
    header.back.click()
    header.back.click()
    with qtbot.waitActive(opened.screen):
        opened.screen.activateWindow()
    qtbot.keyClick(opened.screen.grid, Qt.Key.Key_PageDown)
    qtbot.keyClick(opened.screen.grid, Qt.Key.Key_PageUp)
    qtbot.keyClick(opened.screen.grid, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    qtbot.keyClick(opened.screen.grid, Qt.Key.Key_F6)
    assert [(each - TODAY).days for each in shown] == [1, 0, -1, 6, -1, 21, 0]


def test_the_arrow_stays_under_the_pointer_while_one_leafs(day: Opened) -> None:
    opened = day()
    header = opened.screen.header
    window = opened.screen.window()
    window.resize(1440, 900)
    places: set[QPoint] = set()
    for _day in range(40):
        header.ahead.click()
        QApplication.processEvents()
        places.add(header.ahead.pos())
    assert len(places) == 1
    # Where there is little room none is kept.
    window.resize(900, 700)
    QApplication.processEvents()
    assert header.ahead.x() < places.pop().x()


def test_the_button_today_is_there_when_it_leads_somewhere(day: Opened) -> None:
    opened = day()
    assert not opened.screen.header.today_button.isVisible()
    opened.screen.go_by(1)
    assert opened.screen.header.today_button.isVisible()
    opened.screen.header.today_button.click()
    assert opened.screen.day == TODAY


def test_a_day_is_taken_from_the_month(day: Opened) -> None:
    opened = day()
    opened.screen.header.choose.click()
    picker = opened.screen.header.picker
    assert picker is not None
    picker.picked.emit(date(2026, 6, 1))
    picker.close()
    assert opened.screen.day == date(2026, 6, 1)


def test_the_search_and_the_new_visit_are_handed_on(qtbot: QtBot, day: Opened) -> None:
    opened = day()
    with qtbot.waitSignal(opened.screen.search_wanted):
        qtbot.mouseClick(opened.screen.header.search, Qt.MouseButton.LeftButton)
    opened.screen.header.new_visit.click()
    assert opened.wanted == [BookingSeed(day=TODAY)]


def test_the_current_time_is_in_sight_and_goes_on(small: SmallSalon, day: Callable[[int, int], Day]) -> None:
    small.clock.advance(timedelta(hours=8))
    opened = day(1000, 480)
    grid = opened.screen.grid
    assert grid.now_minute is not None
    line = QPoint(10, opened.plan.scale.y_of(grid.now_minute))
    assert grid.visibleRegion().contains(line)
    opened.screen.go_by(1)
    assert grid.now_minute is None


def test_another_day_begins_at_its_first_visit(small: SmallSalon, day: Callable[[int, int], Day]) -> None:
    visit = small.book(at(19, days=1), small.client())
    opened = day(1000, 480)
    opened.screen.go_by(1)
    assert opened.screen.grid.visibleRegion().contains(opened.middle(visit))


def test_a_visit_is_selected_and_scrolled_to(small: SmallSalon, day: Callable[[int, int], Day]) -> None:
    visit = small.book(at(20, days=3), small.client())
    opened = day(1000, 480)
    opened.screen.show_day(TODAY + timedelta(days=3))
    opened.screen.select_visit(visit)
    assert opened.screen.grid.spot == OnVisit(small.booked_service(visit))
    assert opened.screen.grid.visibleRegion().contains(opened.middle(visit))


def test_what_others_book_on_this_day_appears(small: SmallSalon, day: Opened) -> None:
    opened = day()
    client = small.client()
    request = booking.BookingRequest(client, (small.wish(at(16)),))
    opened.screen.desk.perform(booking.book, request)
    assert [tile.starts for tile in opened.plan.tiles] == [16 * 60]


def test_only_what_concerns_the_shown_day_is_read_again(day: Opened) -> None:
    screen = day().screen
    other = frozenset({TODAY + timedelta(days=2)})
    assert not screen.is_concerned(Changes(frozenset({Topic.VISITS, Topic.REMINDERS}), other))
    assert not screen.is_concerned(Changes(frozenset({Topic.CHECKLISTS}), other))
    assert not screen.is_concerned(Changes(frozenset({Topic.REMINDERS, Topic.MONEY}), frozenset({TODAY})))
    assert screen.is_concerned(Changes(frozenset({Topic.VISITS}), other | {TODAY}))
    assert screen.is_concerned(Changes(frozenset({Topic.CLIENTS}), frozenset()))
    assert screen.is_concerned(Changes(frozenset({Topic.SALON, Topic.VISITS}), other))


def test_a_hidden_calendar_reads_when_it_is_shown(small: SmallSalon, day: Opened) -> None:
    opened = day()
    opened.screen.hide()
    opened.screen.desk.perform(booking.book, booking.BookingRequest(small.client(), (small.wish(at(16)),)))
    assert opened.plan.tiles == ()
    opened.screen.show()
    assert len(opened.plan.tiles) == 1


def test_what_is_selected_stays_selected_when_the_day_is_read_again(small: SmallSalon, day: Opened) -> None:
    visit = small.book(at(12), small.client())
    opened = day()
    opened.select(visit)
    opened.screen.reload()
    assert opened.screen.grid.selected_entry == opened.entry(visit)
    opened.screen.go_by(1)
    assert opened.screen.grid.spot is None


def test_cancelled_visits_are_outlines_that_can_be_shown(small: SmallSalon, day: Opened) -> None:
    cancelled = small.book(at(12), small.client())
    carry_out(small.salon, booking.cancel, cancelled, CancelReason.CLIENT_ILL)
    instead = small.book(at(12, 15), small.client("Вера Ломова"))
    opened = day()
    assert {tile.entry.visit_id for tile in opened.plan.tiles} == {instead}
    opened.screen.grid.select(OnPlace(small.olga, 16 * 60))
    opened.screen._open_menu(QPoint())
    opened.choose("Показать отменённые")
    assert {tile.entry.visit_id for tile in opened.plan.tiles} == {instead, cancelled}
    assert not opened.tile(instead).box.overlaps(opened.tile(cancelled).box)


def test_a_selected_free_place_goes_into_the_new_visit(small: SmallSalon, day: Opened) -> None:
    opened = day()
    opened.screen.grid.select(OnPlace(small.maria, 14 * 60 + 30))
    opened.screen.header.new_visit.click()
    assert opened.wanted == [BookingSeed(staff_id=small.maria, starts_at=at(14, 30))]


# ---- nothing to show -----------------------------------------------------------------------------------------


def test_a_day_on_which_nobody_works(day: Opened) -> None:
    opened = day()
    opened.screen.show_day(date(2026, 9, 1))
    notice = opened.screen._notice
    assert notice is not None
    assert notice.isVisible()
    assert notice.accessibleName() == "В этот день никто не работает"
    assert len(opened.plan.tracks) == 2, "the grid stays"
    notice.other_day_wanted.emit()
    assert opened.screen.header.picker is not None
    opened.screen.header.picker.close()
    opened.screen.show_today()
    assert not notice.isVisible()


def test_a_salon_without_masters(small: SmallSalon, day: Opened) -> None:
    for master in (small.olga, small.maria):
        carry_out(small.salon, staff.archive, master)
    opened = day()
    opened.screen.show_day(date(2026, 9, 1))
    wanted: list[bool] = []
    opened.screen.colleague_wanted.connect(lambda: wanted.append(True))
    for view in (each for each in CalendarView if each is not CalendarView.ROOMS):
        opened.screen.show_view(view)
        notice = opened.screen._notice
        assert notice is not None
        assert notice.isVisible(), view
        assert notice.accessibleName() == "Пока нет ни одного мастера"
        assert opened.screen.rect().contains(notice.mapTo(opened.screen, notice.rect().center()))
        notice._state.button.click()
    assert len(wanted) == len(CalendarView) - 1


@pytest.mark.parametrize("view", [CalendarView.MONTH, CalendarView.SALON_WEEK])
def test_where_somebody_works_an_overview_needs_no_notice(view: CalendarView, small: SmallSalon, day: Opened) -> None:
    opened = day()
    opened.screen.show_view(view)
    opened.screen.show_day(date(2027, 9, 1))  # nobody has hours there yet
    assert opened.screen._notice is None or not opened.screen._notice.isVisible()


def test_a_day_without_visits_says_so(day: Opened) -> None:
    assert detail(day()) == "Визитов нет · занято 0 %"


# ---- for those who hear it -----------------------------------------------------------------------------------


def test_a_screen_reader_hears_every_visit_and_break(small: SmallSalon, day: Opened) -> None:
    small.book(at(12), small.client())
    carry_out(small.salon, blocks.block_time, small.maria, at(13), at(14), BlockKind.BREAK)
    opened = day()
    heard = QAccessible.queryAccessibleInterface(opened.screen.grid)
    assert heard.role() == QAccessible.Role.List
    assert heard.text(QAccessible.Text.Name).replace("\u00a0", " ") == "Вторник, 12 мая"
    assert [heard.child(index).text(QAccessible.Text.Name) for index in range(heard.childCount())] == [
        "12:00–13:00, Анна Щёлкина, Маникюр с покрытием, Ольга Белова, записан, впервые",
        "13:00–14:00, Перерыв, Мария Ким",
    ]
    assert heard.child(0).role() == QAccessible.Role.ListItem
    assert heard.child(7) is None


def test_the_selected_visit_is_said(small: SmallSalon, day: Opened) -> None:
    visit = small.book(at(12))
    opened = day()
    opened.select(visit)
    said = "12:00–13:00, Без карточки, Маникюр с покрытием, Ольга Белова, записан"
    assert opened.screen.grid.accessibleDescription() == said
    heard = QAccessible.queryAccessibleInterface(opened.screen.grid)
    assert heard.focusChild().text(QAccessible.Text.Name) == said
    assert heard.child(0).state().selected
    opened.screen.grid.select(None)
    assert opened.screen.grid.accessibleDescription() == ""


def test_every_control_has_a_name(day: Opened) -> None:
    header = day().screen.header
    for control in (header.back, header.ahead, header.choose, header.today_button, header.new_visit, header.search):
        assert QAccessible.queryAccessibleInterface(control).text(QAccessible.Text.Name)


# ---- midnight ------------------------------------------------------------------------------------------------


def test_at_midnight_today_goes_on_to_the_new_day(qtbot: QtBot, counter: Counter) -> None:
    counter.small.book(at(10, days=1), counter.small.client())
    screen = CalendarScreen(counter.desk)
    qtbot.addWidget(screen)
    screen.show()
    counter.small.clock.advance(timedelta(hours=14))
    screen.look_at_clock()
    assert screen.day == TODAY + timedelta(days=1)
    assert screen.grid.plan is not None
    assert len(screen.grid.plan.tiles) == 1
    assert counter.small.status(screen.grid.plan.tiles[0].entry.visit_id) is VisitStatus.BOOKED


def test_what_is_read_again_after_midnight_does_not_keep_yesterday(qtbot: QtBot, counter: Counter) -> None:
    """Another workplace books at 0:01, before the clock is looked at: in the morning nobody finds yesterday."""
    screen = CalendarScreen(counter.desk)
    qtbot.addWidget(screen)
    screen.show()
    counter.small.clock.advance(timedelta(hours=14))
    screen.reload()
    assert screen.day == TODAY
    screen.look_at_clock()
    assert screen.day == TODAY + timedelta(days=1)


def test_the_menu_of_a_column_says_who_is_ill(small: SmallSalon, day: Opened, qtbot: QtBot) -> None:
    opened = day()
    place = opened.screen.mapToGlobal(opened.screen.rect().center())
    opened.screen.menus.open_master(0, place)
    menu = opened.screen.menus.menu
    assert menu is not None
    with qtbot.waitSignal(opened.screen.ill_wanted) as wanted:
        menu.actions()[-1].trigger()
    assert wanted.args == [small.olga]
    opened.screen.show_day(TODAY + timedelta(days=1))
    opened.screen.menus.open_master(0, place)
    assert opened.screen.menus.menu is not None
    assert len(opened.screen.menus.menu.actions()) == 3, "only today"


def test_who_is_ill_is_named_so_and_the_clients_to_call_are_marked(small: SmallSalon, day: Opened) -> None:
    visit = small.book(at(15), small.client())
    carry_out(small.salon, absences.fall_ill, small.olga)
    opened = day()
    olga, maria = opened.plan.tracks
    assert (words.load(olga), words.load(maria).replace("\u00a0", " ")) == ("Больничный", "0 %")
    assert words.badges(opened.entry(visit))[0][0] == "позвонить"
    assert "позвонить" in words.full_name(opened.entry(visit), olga.name)


def test_an_hour_without_work_is_not_called_free(small: SmallSalon, day: Opened) -> None:
    opened = day()
    maria = opened.plan.column_of(small.maria)
    assert maria is not None
    track = opened.plan.tracks[maria]
    begins = track.worked()[0][0]
    before, after = (opened.screen.grid.said(OnPlace(track.key, minute)) for minute in (begins - 60, begins))
    assert "вне смены" in before
    assert "свободно" not in before
    assert "свободно" in after
