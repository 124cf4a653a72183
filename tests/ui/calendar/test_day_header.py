"""The head of the calendar beside an open panel: nothing of it is cut."""

from datetime import date

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.ui.calendar import titles
from app.ui.calendar.day_header import DayHeader
from app.vocabulary import CalendarView

TODAY, SUNDAY = date(2026, 5, 12), date(2026, 9, 27)


@pytest.mark.parametrize("width", range(520, 1000, 20))
def test_the_way_back_to_today_and_the_day_are_said_in_full(qtbot: QtBot, width: int) -> None:
    room = QWidget()
    qtbot.addWidget(room)
    room.resize(1100, 100)
    header = DayHeader(room)
    room.show()
    header.resize(width, header.height())
    said = titles.titles(CalendarView.MASTERS, SUNDAY, TODAY)
    header.say(SUNDAY, TODAY, said, "206 визитов · занято 55 %", is_current=False)
    QApplication.processEvents()
    for part in (header._title, header.today_button):
        assert part.isHidden() or part.width() >= part.sizeHint().width()


@pytest.mark.parametrize("view", [CalendarView.WEEK, CalendarView.SALON_WEEK, CalendarView.MONTH])
def test_whoever_leafs_by_mouse_finds_the_arrow_under_the_pointer_again(qtbot: QtBot, view: CalendarView) -> None:
    room = QWidget()
    qtbot.addWidget(room)
    room.resize(1184, 100)
    header = DayHeader(room)
    room.show()
    header.resize(1184, header.height())
    stood = []
    for day in (TODAY, date(2026, 6, 30), SUNDAY, date(2026, 12, 3)):
        header.say(day, TODAY, titles.titles(view, day, TODAY), "206 визитов · занято 55 %", is_current=False)
        QApplication.processEvents()
        stood.append(header.ahead.x())
        assert header.new_visit.text() == "Новый визит"
    assert max(stood) - min(stood) < header.ahead.width() // 4
