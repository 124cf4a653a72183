"""What the head of the calendar says in each view: what one is looking at, and the one number that matters."""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from app import language, wording
from app.language import _
from app.salon.scheduling.loads import DayLoad
from app.ui.calendar import words
from app.ui.calendar.sheet_source import WEEK, monday_of
from app.ui.calendar.tracks import Sheet
from app.vocabulary import CalendarView, Language

_SOME_DAY = date(2024, 1, 1)


class Titles(NamedTuple):
    """What the head says one is looking at."""

    title: str
    short: str
    """Beside an open panel."""
    longest: str = ""
    """The longest title of its kind, of weeks that lie in one year; empty where none is known."""


def titles(view: CalendarView, day: date, today: date) -> Titles:
    """The day, the week or the month."""
    is_of_day = view in (CalendarView.MASTERS, CalendarView.ROOMS, CalendarView.LIST)
    spoken = language.current()
    longest = _longest_of_days(day.year != today.year, spoken) if is_of_day else _longest_of_spans(view, spoken)
    return Titles(title(view, day, today), short_title(view, day, today), longest)


@lru_cache(4)
def _longest_of_days(has_year: bool, _language: Language) -> str:
    """The longest title of a day, with or without its year."""
    today = _SOME_DAY.replace(year=_SOME_DAY.year - has_year)
    weekday = max(range(WEEK), key=lambda ahead: len(wording.weekday_name(_SOME_DAY + timedelta(days=ahead))))
    firsts = [date(_SOME_DAY.year, month, 20) for month in range(1, 13)]
    days = [first + timedelta(days=(_SOME_DAY.weekday() + weekday - first.weekday()) % WEEK) for first in firsts]
    return max((wording.day_title(day, today) for day in days), key=len)


@lru_cache(6)
def _longest_of_spans(view: CalendarView, _language: Language) -> str:
    """The longest title of a week or a month."""
    weeks = (_SOME_DAY + timedelta(weeks=ahead) for ahead in range(52))
    return max((title(view, monday, _SOME_DAY) for monday in weeks), key=len)


def title(view: CalendarView, day: date, today: date) -> str:
    """What one is looking at: the day, the week or the month."""
    if view is CalendarView.MONTH:
        return wording.month_title(day)
    if view in (CalendarView.WEEK, CalendarView.SALON_WEEK):
        monday = monday_of(day)
        return wording.days_between(monday, monday + timedelta(days=WEEK - 1))
    return wording.day_title(day, today)


def short_title(view: CalendarView, day: date, today: date) -> str:
    """The same beside an open panel."""
    if view is CalendarView.MONTH:
        return title(view, day, today)
    if view in (CalendarView.WEEK, CalendarView.SALON_WEEK):
        monday = monday_of(day)
        return f"{monday.day} – {wording.day_and_month(monday + timedelta(days=WEEK - 1))}"
    short = wording.weekday_and_date(day, today)
    return short[:1].upper() + short[1:]


def is_current(view: CalendarView, day: date, today: date) -> bool:
    """Whether today is among what is shown."""
    if view is CalendarView.MONTH:
        return (day.year, day.month) == (today.year, today.month)
    if view in (CalendarView.WEEK, CalendarView.SALON_WEEK):
        return monday_of(day) == monday_of(today)
    return day == today


def steps(view: CalendarView) -> tuple[str, str]:
    """What the arrows beside the title do: back, and on."""
    if view is CalendarView.MONTH:
        return _("Previous month"), _("Next month")
    if view in (CalendarView.WEEK, CalendarView.SALON_WEEK):
        return _("Previous week"), _("Next week")
    return _("Previous day"), _("Next day")


def of_sheet(sheet: Sheet) -> str:
    """How many visits there are, how much of the time they take, and who is off."""
    if sheet.is_of_days:
        count = len({entry.visit_id for track in sheet.tracks for entry in track.entries if words.is_live(entry)})
        worked = sum(track.shift_minutes for track in sheet.tracks)
        booked = sum(track.booked_minutes for track in sheet.tracks)
        return _counted(count, None if not worked else round(100 * booked / worked))
    agenda = sheet.agendas[0]
    said = _counted(agenda.visits, agenda.load_percent)
    if not sheet.resting:
        return said
    return f"{said} · {words.resting([wording.short_name(name) for name in sheet.resting])}"


def of_loads(loads: Iterable[DayLoad]) -> str:
    """The same of several days in numbers."""
    known = list(loads)
    worked = sum(load.shift_minutes for load in known)
    booked = sum(load.booked_minutes for load in known)
    return _counted(sum(load.visits for load in known), None if not worked else round(100 * booked / worked))


def _counted(count: int, percent: int | None) -> str:
    visits = words.visits_of(count)
    return visits if percent is None else words.visits_and_load(visits, wording.percent(percent, 100))
