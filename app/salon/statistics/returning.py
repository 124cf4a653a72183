"""Who comes back: the figures about returning clients, computed from one reading of the history. Pure.

A client is mature for a figure when the time to come back is over: the last day of the window is today or earlier
(STATISTICS: t + W <= today). Only mature clients are counted; the others stand beside them.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.salon.statistics import words
from app.salon.statistics.history import Days, History, Master
from app.salon.statistics.periods import Period
from app.salon.statistics.results import Beside, BesideKind, FigureRow, Group, RowKind, ascending

Anchors = Mapping[int, date]
"""Client id → the visit from which the time to come back is counted."""


@dataclass(frozen=True, slots=True)
class Window:
    """The days in which a return counts: after < d <= last. ``last`` None: it never closes."""

    after: date
    last: date | None

    def is_over(self, today: date) -> bool:
        """Whether nobody's return can be outstanding any more. What never closes is counted as it stands."""
        return self.last is None or self.last <= today


def within(days: int) -> Callable[[date], Window]:
    """The window of ``days`` days after a visit: t < d <= t + days."""
    return lambda visit: Window(visit, _later(visit, days))


def ever_after(visit: date) -> Window:
    """All days after a visit."""
    return Window(visit, None)


def two_period_rows(history: History, returns: Period, masters: Sequence[Master], today: date) -> Iterator[FigureRow]:
    """Rows of ``return_two_periods``: salon, then each master; everybody and the new ones.

    The window of everybody is the return period, so until it is over nobody is mature.
    """
    tell = words.return_period_open(returns)
    window = Window(returns.begins - timedelta(days=1), returns.ends)
    for view in _views(history, masters):
        if view.kind is RowKind.MASTER_ANY:
            continue
        anchors = first_in(view.came, history.period)
        for group in (Group.ALL, Group.NEW):
            yield _row(view, group, _of_group(anchors, group, history), lambda _: window, today, tell)


def revisit_rows(history: History, days: int, masters: Sequence[Master], today: date) -> Iterator[FigureRow]:
    """Rows of ``revisit_x``: salon, then each master (back to the same, back to any); all, new, existing."""
    tell = words.still_within(days)
    for view in _views(history, masters):
        anchors = first_in(view.came, history.period)
        for group in Group:
            yield _row(view, group, _of_group(anchors, group, history), within(days), today, tell)


def second_visit_rows(history: History, days: int, today: date) -> Iterator[FigureRow]:
    """Rows of ``first_to_second``: the new clients of the period, second visit ever and within ``days`` days."""
    anchors = _of_group(first_in(history.salon, history.period), Group.NEW, history)
    tell = words.still_within(days)
    for kind, window in ((RowKind.SECOND_EVER, ever_after), (RowKind.SECOND_WITHIN_90, within(days))):
        yield _row(View(kind, history.salon, history.salon), Group.NEW, anchors, window, today, tell)


def first_in(days: Days, period: Period) -> Anchors:
    """The first visit in ``period`` of everybody who had one there: t(c)."""
    return {client: first for client, dates in days.items() if (first := dates[0]) in period}


def came_in(dates: Sequence[date], window: Window) -> bool:
    """Whether one of ``dates`` (ascending) lies in ``window``."""
    place = bisect_right(dates, window.after)
    return place < len(dates) and (window.last is None or dates[place] <= window.last)


@dataclass(frozen=True, slots=True)
class View:
    """The visits that bring clients into a row, and those that count as their return."""

    kind: RowKind
    came: Days
    returned: Days
    master: Master | None = None


def _views(history: History, masters: Sequence[Master]) -> Iterator[View]:
    yield View(RowKind.SALON, history.salon, history.salon)
    for master in masters:
        came = history.by_master.get(master.staff_id, {})
        if master.works_here or first_in(came, history.period):
            yield View(RowKind.MASTER, came, came, master)
            yield View(RowKind.MASTER_ANY, came, history.salon, master)


def _of_group(anchors: Anchors, group: Group, history: History) -> Anchors:
    """Those of ``anchors`` who belong to ``group``. New means new to the salon, also in a master's row."""
    if group is Group.ALL:
        return anchors
    wanted = group is Group.EXISTING
    return {client: visit for client, visit in anchors.items() if (client in history.existing) is wanted}


def _row(
    view: View,
    group: Group,
    anchors: Anchors,
    window_of: Callable[[date], Window],
    today: date,
    tell: words.Immature,
) -> FigureRow:
    windows = {client: window_of(visit) for client, visit in anchors.items()}
    mature = {client for client, window in windows.items() if window.is_over(today)}
    returned = {client for client, window in windows.items() if came_in(view.returned[client], window)}
    immature = windows.keys() - mature
    already = immature & returned
    beside = Beside(BesideKind.RETURNED_ALREADY, len(already), ascending(already), words.already_back(len(already)))
    return FigureRow(
        kind=view.kind,
        group=group,
        label=words.row_label(view.kind, group, view.master.name if view.master else ""),
        numerator=len(mature & returned),
        denominator=len(mature),
        immature=len(immature),
        numerator_clients=ascending(mature & returned),
        denominator_clients=ascending(mature),
        immature_clients=ascending(immature),
        immature_text=tell(len(immature)) if immature else "",
        beside=(beside,) if already else (),
        staff_id=view.master.staff_id if view.master else None,
        staff_name=view.master.name if view.master else "",
    )


def _later(day: date, days: int) -> date:
    """``day`` plus ``days``, at most the last day that the calendar has."""
    return day + timedelta(days=min(days, (date.max - day).days))
