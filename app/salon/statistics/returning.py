"""Who comes back: the figures about returning clients, computed from one reading of the history.

A client is mature for a figure when the time to come back is over: the last day of the window is today or earlier
(STATISTICS: t + W <= today). Only mature clients are counted; the others stand beside them.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.salon.statistics import words
from app.salon.statistics.history import Days, History, Master
from app.salon.statistics.periods import Period
from app.salon.statistics.results import Beside, BesideKind, FigureRow, Group, RowKind, ascending


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
    window = Window(returns.begins - timedelta(days=1), returns.ends)
    tell = words.return_period_open(returns)
    for view in _views(history, masters):
        if view.kind is not RowKind.MASTER_ANY:
            outcome = outcome_of(view, history.period, lambda _visit: window, today)
            for group in (Group.ALL, Group.NEW):
                yield row(view, group, of_group(outcome, group, history.existing), tell)


def revisit_rows(history: History, days: int, masters: Sequence[Master], today: date) -> Iterator[FigureRow]:
    """Rows of ``revisit_x``: salon, then each master (back to the same, back to any); all, new, existing."""
    tell = words.still_within(days)
    for view in _views(history, masters):
        outcome = outcome_of(view, history.period, within(days), today)
        for group in Group:
            yield row(view, group, of_group(outcome, group, history.existing), tell)


def second_visit_rows(history: History, days: int, today: date) -> Iterator[FigureRow]:
    """Rows of ``first_to_second``: the new clients of the period, second visit ever and within ``days`` days."""
    tell = words.still_within(days)
    for kind, window_of in ((RowKind.SECOND_EVER, ever_after), (RowKind.SECOND_WITHIN_90, within(days))):
        view = View(kind, history.salon, history.salon)
        outcome = outcome_of(view, history.period, window_of, today)
        yield row(view, Group.NEW, of_group(outcome, Group.NEW, history.existing), tell)


@dataclass(frozen=True, slots=True)
class View:
    """The visits that bring clients into a row, and those that count as their return."""

    kind: RowKind
    came: Days
    returned: Days
    master: Master | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """How it ended for the clients of a row, by id."""

    mature: frozenset[int]
    immature: frozenset[int]
    back: frozenset[int]
    """Those of either who came back within their window."""


def outcome_of(view: View, period: Period, window_of: Callable[[date], Window], today: date) -> Outcome:
    """Who of those that came in ``period`` is mature, who is not, and who came back.

    ``window_of`` is given the first visit of ``period``: t(c).
    """
    mature: set[int] = set()
    immature: set[int] = set()
    back: set[int] = set()
    for visit, clients in arrivals(view.came, period).items():
        window = window_of(visit)
        (mature if window.is_over(today) else immature).update(clients)
        back.update(client for client in clients if came_in(view.returned[client], window))
    return Outcome(frozenset(mature), frozenset(immature), frozenset(back))


def arrivals(days: Days, period: Period) -> dict[date, list[int]]:
    """Who had the first visit of ``period`` on which date. ``days`` begin with the period or later."""
    by_date: defaultdict[date, list[int]] = defaultdict(list)
    for client, dates in days.items():
        if dates[0] in period:
            by_date[dates[0]].append(client)
    return by_date


def came_in(dates: Sequence[date], window: Window) -> bool:
    """Whether one of ``dates`` (ascending) lies in ``window``."""
    place = bisect_right(dates, window.after)
    return place < len(dates) and (window.last is None or dates[place] <= window.last)


def _views(history: History, masters: Sequence[Master]) -> Iterator[View]:
    yield View(RowKind.SALON, history.salon, history.salon)
    for master in masters:
        came = history.by_master.get(master.staff_id, {})
        if master.works_here or arrivals(came, history.period):
            yield View(RowKind.MASTER, came, came, master)
            yield View(RowKind.MASTER_ANY, came, history.salon, master)


def of_group(outcome: Outcome, group: Group, existing: frozenset[int]) -> Outcome:
    """The part of ``outcome`` that concerns ``group``. New means new to the salon, also in a master's row."""
    match group:
        case Group.ALL:
            return outcome
        case Group.NEW:
            return Outcome(outcome.mature - existing, outcome.immature - existing, outcome.back - existing)
        case Group.EXISTING:
            return Outcome(outcome.mature & existing, outcome.immature & existing, outcome.back & existing)


def row(view: View, group: Group, outcome: Outcome, tell: words.Immature) -> FigureRow:
    """The line of a figure that tells ``outcome``; ``tell`` says how many are too early to be counted."""
    returned = outcome.mature & outcome.back
    already = outcome.immature & outcome.back
    beside = Beside(BesideKind.RETURNED_ALREADY, len(already), ascending(already), words.already_back(len(already)))
    return FigureRow(
        kind=view.kind,
        group=group,
        label=words.row_label(view.kind, group, view.master.name if view.master else ""),
        numerator=len(returned),
        denominator=len(outcome.mature),
        immature=len(outcome.immature),
        numerator_clients=ascending(returned),
        denominator_clients=ascending(outcome.mature),
        immature_clients=ascending(outcome.immature),
        immature_text=tell(len(outcome.immature)) if outcome.immature else "",
        beside=(beside,) if already else (),
        staff_id=view.master.staff_id if view.master else None,
        staff_name=view.master.name if view.master else "",
    )


def _later(day: date, days: int) -> date:
    """``day`` plus ``days``, at most the last day that the calendar has."""
    return day + timedelta(days=min(days, (date.max - day).days))
