"""Which days the figures look at: what people choose, and what is sensible before they choose. Pure."""

from datetime import date, timedelta

from app.salon.statistics.periods import Period, Preset, preset_period

_MONTHS = 3
_WINDOW_DAYS = 92
"""The longest window of a figure: 90 days, or three months that follow three months."""


def settled_period(today: date) -> Period:
    """The latest three whole months for which every figure is final on ``today``.

    Whoever came then has had the time to come back: nobody stands aside.
    """
    ends = (today - timedelta(days=_WINDOW_DAYS)).replace(day=1) - timedelta(days=1)
    months = ends.year * 12 + ends.month - _MONTHS
    return Period(date(months // 12, months % 12 + 1, 1), ends)


def next_try(period: Period, today: date) -> Period:
    """Where to look when nobody came in ``period``: the last 90 days, or else the last year."""
    latest = preset_period(Preset.LAST_90_DAYS, today)
    return preset_period(Preset.LAST_YEAR, today) if period == latest else latest


def with_all_ahead(period: Period, today: date) -> Period:
    """The days whose overrides are told: a period that nobody chose, or that ends today, goes on to all that is booked.

    The figures begin with months that have ripened; what was decided this morning must not hide behind them.
    """
    goes_on = period.ends == today or period == settled_period(today)
    return Period(period.begins, date.max) if goes_on else period
