"""The owner looks up who was booked over whom, and goes to that day."""

from datetime import date

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.salon.scheduling import booking
from app.salon.scheduling.booking import BookingRequest
from app.salon.statistics.periods import Period, Preset, preset_period
from app.ui.statistics.periods import settled_period
from app.ui.statistics.screen import StatisticsScreen
from app.vocabulary import Figure
from tests.builders import TODAY, at
from tests.ui.conftest import Counter

MAY = Period(date(2026, 5, 1), date(2026, 5, 31))


def opened(qtbot: QtBot, counter: Counter) -> StatisticsScreen:
    small = counter.small
    small.book(at(12), small.client())
    request = BookingRequest(small.client("Вера Ломова"), (small.wish(at(12, 30)),), overbooked_reason="очень просила")
    counter.desk.perform(booking.book, request)
    screen = StatisticsScreen(counter.desk)
    qtbot.addWidget(screen)
    screen.resize(1270, 800)
    screen.periods.take(MAY)
    screen.show()
    screen.to_overrides.click()
    return screen


def test_the_list_says_who_decided_it_and_leads_to_the_day(qtbot: QtBot, counter: Counter) -> None:
    screen = opened(qtbot, counter)
    model = screen.overrides.model
    cells = [model.index(0, column).data().replace("\u00a0", " ") for column in range(model.columnCount())]
    assert cells == [
        "вт, 12 мая, 12:30",
        "Вера Ломова",
        "Маникюр с покрытием",
        "Ольга Белова",
        "очень просила",
        "Администратор, 12 мая, 11:00",
    ]
    wanted: list[tuple[int, date]] = []
    screen.visit_wanted.connect(lambda visit, day: wanted.append((visit, day)))
    screen.overrides.table.selectRow(0)
    qtbot.keyClick(screen.overrides.table, Qt.Key.Key_Return)
    pane = screen.overrides.table.viewport()
    place = screen.overrides.table.visualRect(model.index(0, 1)).center()
    qtbot.mouseClick(pane, Qt.MouseButton.LeftButton, pos=place)
    assert wanted == [(model.record(0).visit_id, TODAY)] * 2


def test_what_was_decided_today_is_told_before_any_period_was_chosen(qtbot: QtBot, counter: Counter) -> None:
    screen = opened(qtbot, counter)
    screen.periods.take(settled_period(TODAY))
    assert screen.overrides.model.rowCount() == 1
    assert "с 1 ноября 2025" in screen.overrides.detail.text().replace("\u00a0", " ")
    screen.periods.take(preset_period(Preset.LAST_MONTH, TODAY))
    assert screen.overrides.model.rowCount() == 0


def test_in_a_small_window_the_whole_day_and_reason_can_be_read(qtbot: QtBot, counter: Counter) -> None:
    screen = opened(qtbot, counter)
    screen.resize(1180, 690)
    table, model = screen.overrides.table, screen.overrides.model
    fits = table.fontMetrics().horizontalAdvance
    said = [model.index(0, column).data() for column in range(model.columnCount())]
    assert all(table.columnWidth(column) >= fits(words) + 16 for column, words in enumerate(said))
    qtbot.keyClick(table, Qt.Key.Key_Escape)
    assert screen.figures.isVisible()


def test_other_days_and_what_is_booked_meanwhile_are_followed(qtbot: QtBot, counter: Counter) -> None:
    screen = opened(qtbot, counter)
    small = counter.small
    request = BookingRequest(None, (small.wish(at(12, 15)),), overbooked_reason="без карточки")
    counter.desk.perform(booking.book, request)
    assert screen.overrides.model.rowCount() == 2
    screen.periods.take(Period(date(2026, 4, 1), date(2026, 4, 30)))
    assert screen.shows_overrides
    assert screen.overrides.model.rowCount() == 0


def test_escape_and_another_figure_lead_back(qtbot: QtBot, counter: Counter) -> None:
    screen = opened(qtbot, counter)
    qtbot.keyClick(screen.overrides.table, Qt.Key.Key_Escape)
    assert not screen.shows_overrides
    screen.to_overrides.click()
    screen.choose(Figure.NO_SHOW_RATE)
    assert not screen.shows_overrides
