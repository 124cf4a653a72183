"""The one entry to the owner's figures, for the screen and for the command line: the same number everywhere."""

from datetime import date, timedelta

from app.errors import BadPeriod, NoSuchFigure
from app.models.connection import Database
from app.salon.statistics import attendance, history, returning, sources, words
from app.salon.statistics.periods import Period, following
from app.salon.statistics.results import Counted, FigureResult, FigureRow
from app.vocabulary import Figure

REVISIT_DAYS = 90
"""Within how many days a return counts, in ``revisit_90`` and in ``first_to_second``."""


def compute(
    database: Database, figure: Figure | str, period: Period, *, today: date, return_period: Period | None = None
) -> FigureResult:
    """``figure`` for the visits of ``period``, as known on ``today`` (a date of the salon).

    ``return_period`` is for ``return_two_periods`` alone, the other figures do not look at it; without it, it is
    the period of the same length right after ``period``. Visits later than ``today`` have not happened yet, so a
    report of a past day shows what was known then. Reads only, so it may run in a worker thread.

    Raises NoSuchFigure, and BadPeriod when the return period does not lie after the visit period.
    """
    wanted = _figure(figure)
    returns = _return_period(period, return_period) if wanted is Figure.RETURN_TWO_PERIODS else None
    return FigureResult(
        figure=wanted,
        counts=Counted.VISITS if wanted is Figure.NO_SHOW_RATE else Counted.CLIENTS,
        definition=words.definition(wanted, period, returns, REVISIT_DAYS, attendance.NOTICE),
        period=period,
        return_period=returns,
        today=today,
        rows=tuple(_rows(database, wanted, period, returns, today)),
    )


def _rows(
    database: Database, figure: Figure, period: Period, returns: Period | None, today: date
) -> tuple[FigureRow, ...]:
    if figure is Figure.NO_SHOW_RATE:
        return tuple(attendance.no_show_rows(database, period, today))
    if figure is Figure.FIRST_TO_SECOND:
        came = history.read(database, period, until=today, today=today)
        return tuple(returning.second_visit_rows(came, REVISIT_DAYS, today))
    if figure is Figure.NEW_BY_SOURCE:
        came = history.read(database, period, until=_later(period.ends, REVISIT_DAYS, today), today=today)
        return tuple(sources.new_by_source_rows(database, came, REVISIT_DAYS, today))
    masters = history.masters(database)
    if returns is not None:
        came = history.read(database, period, until=returns.ends, today=today)
        return tuple(returning.two_period_rows(came, returns, masters, today))
    came = history.read(database, period, until=_later(period.ends, REVISIT_DAYS, today), today=today)
    return tuple(returning.revisit_rows(came, REVISIT_DAYS, masters, today))


def _later(day: date, days: int, today: date) -> date:
    """``day`` plus ``days``, at most ``today``: nothing later is known."""
    return today if (today - day).days <= days else day + timedelta(days=days)


def _figure(named: str) -> Figure:
    try:
        return Figure(named)
    except ValueError as error:
        raise NoSuchFigure(named, tuple(str(known) for known in Figure)) from error


def _return_period(period: Period, asked: Period | None) -> Period:
    if asked is None:
        return following(period)
    if asked.begins <= period.ends:
        raise BadPeriod(asked.begins, asked.ends)
    return asked
