"""The month and the week of all masters: reads them in a few queries and makes their pages when first wanted."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from app.salon.catalogue import staff
from app.salon.scheduling import loads
from app.salon.scheduling.loads import DayLoad
from app.salon.transaction import Salon
from app.ui.calendar import titles
from app.ui.calendar.sheet_source import WEEK, monday_of
from app.vocabulary import CalendarView

if TYPE_CHECKING:
    from app.ui.calendar.month_page import MonthPage
    from app.ui.calendar.salon_week_page import SalonWeekPage


class Overviews(QObject):
    """Shows how full days are; each leads to its day."""

    day_opened = Signal(object)
    """The ``date`` to show in full."""
    day_walked = Signal(object)
    """The ``date`` on which the cursor came to stand."""
    master_opened = Signal(int)
    """The master whose week is wanted."""

    def __init__(self, salon: Salon, stack: QStackedLayout, parent: QWidget) -> None:
        super().__init__(parent)
        self._salon = salon
        self._stack = stack
        self.month: MonthPage | None = None
        self.salon_week: SalonWeekPage | None = None
        self._month_loads: tuple[DayLoad, ...] = ()
        self._places: Mapping[tuple[int, date], int] = {}
        self.has_masters = True
        """Whether anybody works here at all."""
        self.hidden: tuple[tuple[int, str], ...] = ()
        """Masters (number, name) who are left out of what is shown; the numbers count them, too."""

    def show(self, view: CalendarView, day: date, hidden: Collection[int]) -> str:
        """Read and show the month or the week of ``day``; returns the one number that matters."""
        said = self._show_month(day) if view is CalendarView.MONTH else self._show_week(day, hidden)
        self.mark_places(self._places)
        return said

    def days_of(self, view: CalendarView, day: date) -> tuple[date, int]:
        """The first day that is shown, and how many there are."""
        from app.ui.calendar import month_plan

        return month_plan.sheet_of(day) if view is CalendarView.MONTH else (monday_of(day), WEEK)

    def page(self, view: CalendarView) -> QWidget:
        """The page of a view."""
        return self._month_page() if view is CalendarView.MONTH else self._week_page()

    def mark_places(self, places: Mapping[tuple[int, date], int]) -> None:
        """How many free places a search has found with which master on which day."""
        self._places = places
        if self.month is not None:
            days: dict[date, int] = {}
            for (_staff, day), count in places.items():
                days[day] = days.get(day, 0) + count
            self.month.mark_places(days)
        if self.salon_week is not None:
            self.salon_week.mark_places(places)

    def _show_month(self, day: date) -> str:
        self.hidden = ()
        first, count = self.days_of(CalendarView.MONTH, day)
        read = loads.of_days(self._salon.database, first, count)
        is_blank = all(load.load_percent is None and not load.visits for load in read)
        self.has_masters = not is_blank or bool(staff.masters(self._salon.database))
        self._month_page().show_month(day, read, self._salon.today())
        return titles.of_loads(load for load in read if load.day.month == day.month)

    def _show_week(self, day: date, hidden: Collection[int]) -> str:
        from app.ui.calendar import salon_week_plan
        from app.ui.calendar.salon_week_plan import SalonWeekPlan

        monday = monday_of(day)
        everybody = loads.of_masters(self._salon.database, monday, WEEK)
        self.has_masters = bool(everybody)
        masters = tuple(one for one in everybody if one.staff_id not in hidden) or everybody
        self.hidden = tuple((one.staff_id, one.name) for one in everybody if one not in masters)
        days = tuple(monday + timedelta(days=ahead) for ahead in range(WEEK))
        profile = self._salon.profile
        hours = salon_week_plan.hours_of(masters, profile.opens_minute, profile.closes_minute)
        page = self._week_page()
        plan = SalonWeekPlan(masters, days, *hours, page.width(), page.height())
        of_all = loads.of_days(self._salon.database, monday, WEEK)
        page.show_week(plan, of_all, day, self._salon.wall_now())
        return titles.of_loads(of_all)

    def _month_page(self) -> MonthPage:
        if self.month is None:
            from app.ui.calendar.month_page import MonthPage

            self.month = MonthPage()
            self.month.day_opened.connect(self.day_opened)
            self.month.day_walked.connect(self.day_walked)
            self._stack.addWidget(_padded(self.month))
        return self.month

    def _week_page(self) -> SalonWeekPage:
        if self.salon_week is None:
            from app.ui.calendar.salon_week_page import SalonWeekPage

            self.salon_week = SalonWeekPage()
            self.salon_week.day_opened.connect(self.day_opened)
            self.salon_week.day_walked.connect(self.day_walked)
            self.salon_week.master_opened.connect(self.master_opened)
            self._stack.addWidget(self.salon_week)
        return self.salon_week


def _padded(page: QWidget) -> QWidget:
    """The days keep a little off the edge of their card."""
    from PySide6.QtWidgets import QVBoxLayout

    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(12, 4, 6, 6)
    column.addWidget(page)
    holder.setFocusProxy(page)
    return holder
