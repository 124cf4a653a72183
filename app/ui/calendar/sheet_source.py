"""Reads the sheets of the calendar, and keeps those of neighbouring days until something is written."""

from collections.abc import Collection
from datetime import date, timedelta

from app.salon.scheduling import agenda
from app.salon.scheduling.agenda import DayAgenda, RoomsOfDay
from app.salon.transaction import Salon
from app.ui.calendar import tracks
from app.ui.calendar.tracks import Sheet
from app.vocabulary import CalendarView

WEEK = 7
_MOST_KEPT = 4
"""The shown day and its neighbours, and the one that was left."""


def monday_of(day: date) -> date:
    """The Monday of the week of ``day``."""
    return day - timedelta(days=day.weekday())


class SheetSource:
    """Where a sheet comes from. What was read before serves only while nothing was written since."""

    def __init__(self, salon: Salon) -> None:
        self._salon = salon
        self.with_cancelled = False
        self.hidden: Collection[int] = ()
        """Masters who have no column at this machine."""
        self.staff_id = 0
        """Whose week is shown."""
        self._days: dict[tuple[date, bool], DayAgenda] = {}
        self._state: object = None

    def of(self, view: CalendarView, day: date) -> Sheet:
        """What the grid or the list shows of ``day`` or its week."""
        if view is CalendarView.WEEK:
            days = agenda.of_days(
                self._salon.database,
                monday_of(day),
                WEEK,
                staff_id=self.staff_id,
                with_cancelled=self.with_cancelled,
            )
            return tracks.of_week(days, self.staff_id)
        if view is CalendarView.ROOMS:
            return tracks.of_rooms(self._day(day), self._rooms(day), self._salon.profile)
        return tracks.of_masters(self._day(day), self.hidden)

    def _day(self, day: date) -> DayAgenda:
        state = agenda.state(self._salon.database)
        if state != self._state:
            self._days.clear()
            self._state = state
        key = (day, self.with_cancelled)
        found = self._days.pop(key, None)
        if found is None:
            found = agenda.of_day(self._salon.database, day, with_cancelled=self.with_cancelled)
        self._days[key] = found
        while len(self._days) > _MOST_KEPT:
            del self._days[next(iter(self._days))]
        return found

    def _rooms(self, day: date) -> RoomsOfDay:
        return agenda.rooms_of_day(self._salon.database, day)
