"""Periods of dates, both ends included, and the ones that people ask for. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.errors import BadPeriod


@dataclass(frozen=True, slots=True)
class Period:
    """The dates from ``begins`` to ``ends``, both included. Raises BadPeriod when it would end before it begins."""

    begins: date
    ends: date

    def __post_init__(self) -> None:
        if self.ends < self.begins:
            raise BadPeriod(self.begins, self.ends)

    def __contains__(self, day: date) -> bool:
        return self.begins <= day <= self.ends

    @property
    def days(self) -> int:
        """How many dates it has."""
        return (self.ends - self.begins).days + 1


class Preset(StrEnum):
    """The periods that are one click away."""

    THIS_MONTH = "this_month"
    LAST_MONTH = "last_month"
    LAST_90_DAYS = "last_90_days"
    THIS_QUARTER = "this_quarter"
    LAST_QUARTER = "last_quarter"
    THIS_YEAR = "this_year"
    LAST_YEAR = "last_year"


def preset_period(preset: Preset, today: date) -> Period:
    """The dates that ``preset`` means on ``today``. Months, quarters and years are whole ones of the calendar."""
    match preset:
        case Preset.THIS_MONTH:
            return _months(today, back=0, long=1)
        case Preset.LAST_MONTH:
            return _months(today, back=1, long=1)
        case Preset.LAST_90_DAYS:
            return Period(today - timedelta(days=89), today)
        case Preset.THIS_QUARTER:
            return _months(today, back=(today.month - 1) % 3, long=3)
        case Preset.LAST_QUARTER:
            return _months(today, back=(today.month - 1) % 3 + 3, long=3)
        case Preset.THIS_YEAR:
            return Period(date(today.year, 1, 1), date(today.year, 12, 31))
        case Preset.LAST_YEAR:
            return Period(date(today.year - 1, 1, 1), date(today.year - 1, 12, 31))


def following(period: Period) -> Period:
    """The period of the same length that begins on the day after ``period``.

    Raises BadPeriod when the calendar has no such days (it ends with the year 9999).
    """
    try:
        return Period(period.ends + timedelta(days=1), period.ends + timedelta(days=period.days))
    except OverflowError as error:
        raise BadPeriod(period.begins, period.ends) from error


def _months(today: date, *, back: int, long: int) -> Period:
    """``long`` whole months, of which the first is ``back`` months before the month of ``today``."""
    first = _month_start(today, -back)
    return Period(first, _month_start(first, long) - timedelta(days=1))


def _month_start(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, 1)
