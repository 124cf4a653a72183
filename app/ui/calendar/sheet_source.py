"""Reads the sheets of the calendar, and keeps those of neighbouring days until something is written."""

from collections.abc import Collection, Hashable
from datetime import date, timedelta

from app.salon.scheduling import agenda
from app.salon.transaction import Salon
from app.ui.calendar import tracks
from app.ui.calendar.tracks import Sheet
from app.vocabulary import CalendarView

WEEK = 7
_MOST_KEPT = 4
"""The shown day and its neighbours, and the one that was left."""
_MOST_AT_ONCE = 8
"""Before the oldest are given back though somebody may be waiting."""


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
        self._sheets: dict[Hashable, Sheet] = {}
        self._state: object = None

    def of(self, view: CalendarView, day: date) -> Sheet:
        """What the grid or the list shows of ``day`` or its week: the same value while nothing was written."""
        state = agenda.state(self._salon.database)
        if state != self._state:
            self._sheets.clear()
            self._state = state
        first = monday_of(day) if view is CalendarView.WEEK else day
        key = (view, first, self.with_cancelled, frozenset(self.hidden), self.staff_id)
        found = self._sheets.pop(key, None) or self._read(view, first)
        self._sheets[key] = found
        self._keep(_MOST_AT_ONCE)
        return found

    def give_back(self) -> None:
        """Keep only what may be wanted next. For when nobody waits: giving a day back takes half a millisecond."""
        self._keep(_MOST_KEPT)

    def _keep(self, most: int) -> None:
        while len(self._sheets) > most:
            del self._sheets[next(iter(self._sheets))]

    def _read(self, view: CalendarView, first: date) -> Sheet:
        database, cancelled = self._salon.database, self.with_cancelled
        if view is CalendarView.WEEK:
            days = agenda.of_days(database, first, WEEK, staff_id=self.staff_id, with_cancelled=cancelled)
            return tracks.of_week(days, self.staff_id)
        read = agenda.of_day(database, first, with_cancelled=cancelled)
        if view is CalendarView.ROOMS:
            return tracks.of_rooms(read, agenda.rooms_of_day(database, first), self._salon.profile)
        return tracks.of_masters(read, self.hidden)
