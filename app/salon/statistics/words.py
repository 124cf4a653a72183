"""How a figure says what it is: its definition, the names of its rows, and the sentences beside its numbers."""

from collections.abc import Callable
from datetime import timedelta

from app import wording
from app.language import _, ngettext
from app.salon.statistics.periods import Period, Preset
from app.salon.statistics.results import BesideKind, Group, RowKind
from app.vocabulary import Figure

Immature = Callable[[int], str]
"""How many clients' time is not over → the sentence that says so."""


def definition(figure: Figure, period: Period, returns: Period | None, days: int, notice: timedelta) -> str:
    """What ``figure`` counts for ``period``, in whole sentences; ``days`` is the return window."""
    visits = wording.days_between(period.begins, period.ends)
    match figure:
        case Figure.RETURN_TWO_PERIODS:
            again = "" if returns is None else wording.days_between(returns.begins, returns.ends)
            return _two_periods().format(visits=visits, returns=again)
        case Figure.REVISIT_90:
            return _revisit().format(visits=visits, days=days)
        case Figure.FIRST_TO_SECOND:
            return _first_to_second().format(visits=visits, days=days)
        case Figure.NEW_BY_SOURCE:
            return _new_by_source().format(visits=visits, days=days)
        case Figure.NO_SHOW_RATE:
            return _no_shows().format(visits=visits, hours=int(notice.total_seconds()) // 3600)


def _two_periods() -> str:
    return _(
        "Of the clients who visited in the period {visits}: how many visited again in the period {returns}. "
        "New clients are those whose first visit ever lies in the first period. "
        "All services of a client on one date are one visit; only completed services count. "
        "A master's row looks at visits to that master alone, in both periods. "
        "Visits without a client card are left out. "
        "Until the return period is over nobody is counted: all clients stand aside, "
        "with the number of those who are back already."
    )


def _revisit() -> str:
    return _(
        "Of the clients who visited in the period {visits}: how many visited again within {days} days after their "
        "first visit of the period. "
        "New clients are those whose first visit ever lies in the period, existing clients are all others. "
        "All services of a client on one date are one visit; only completed services count. "
        "A master's row begins with the first visit of the period to that master; the client came back to the same "
        "master, or to any. "
        "Visits without a client card are left out. "
        "Clients whose {days} days are not over yet are not counted and stand aside."
    )


def _first_to_second() -> str:
    return _(
        "Of the clients whose first visit ever lies in the period {visits}: how many came a second time, "
        "ever and within {days} days after the first visit. "
        "All services of a client on one date are one visit; only completed services count. "
        "The number “ever” still grows as clients come back. "
        "In the number within {days} days, clients whose {days} days are not over yet are not counted and stand aside."
    )


def _new_by_source() -> str:
    return _(
        "Of the clients whose first visit ever lies in the period {visits}, by their answer to the question “How did "
        "you find us?”: how many came a second time within {days} days after the first visit. "
        "The newest answer counts, whenever it was given; whoever was not asked has a row of their own, so that the "
        "rows make up the whole. "
        "All services of a client on one date are one visit; only completed services count. "
        "Clients whose {days} days are not over yet are not counted and stand aside."
    )


def _no_shows() -> str:
    return _(
        "Of the visits in the period {visits} that were completed or missed: how many were missed without a word. "
        "Visits without a client card count as well. "
        "Late cancellations stand beside: of the visits that clients cancelled, those cancelled less than {hours} "
        "hours before the start. "
        "When the moment of a cancellation is not known, as in imported history, it is not counted there. "
        "Cancellations by the salon are not counted."
    )


def row_label(kind: RowKind, group: Group, master: str = "") -> str:
    """The name of a row on the screen."""
    match kind:
        case RowKind.SALON:
            return {Group.ALL: _("Whole salon"), Group.NEW: _("New clients"), Group.EXISTING: _("Existing clients")}[
                group
            ]
        case RowKind.MASTER:
            return {
                Group.ALL: "{master}",
                Group.NEW: _("{master}: new clients"),
                Group.EXISTING: _("{master}: existing clients"),
            }[group].format(master=master)
        case RowKind.MASTER_ANY:
            return {
                Group.ALL: _("{master}: back to any master"),
                Group.NEW: _("{master}: new clients, back to any master"),
                Group.EXISTING: _("{master}: existing clients, back to any master"),
            }[group].format(master=master)
        case RowKind.SECOND_EVER:
            return _("Second visit ever")
        case RowKind.SECOND_WITHIN_90:
            return _("Second visit within 90 days")
        case RowKind.LATE_CANCELLATIONS:
            return _("Late cancellations")
        case RowKind.SOURCE:
            return _("How they found us")
        case RowKind.SOURCE_DECLINED:
            return _("Did not want to say")
        case RowKind.SOURCE_NOT_ASKED:
            return _("Not asked")


def still_within(days: int) -> Immature:
    """The clients whose ``days`` days after the visit are not over."""
    return lambda clients: ngettext(
        "{n} client is still within their {days} days.", "{n} clients are still within their {days} days.", clients
    ).format(n=wording.number(clients), days=days)


def return_period_open(returns: Period) -> Immature:
    """The clients who may still come back in the return period."""
    return lambda clients: ngettext(
        "{n} client can still come back: the return period ends on {day}.",
        "{n} clients can still come back: the return period ends on {day}.",
        clients,
    ).format(n=wording.number(clients), day=wording.short_date(returns.ends))


def already_back(clients: int) -> str:
    """Those of the immature clients who came back already."""
    return ngettext("{n} of them is back already.", "{n} of them are back already.", clients).format(
        n=wording.number(clients)
    )


def visits_beside(kind: BesideKind, visits: int) -> str:
    """The visits that a row leaves out because something about them is not known."""
    if kind is BesideKind.STILL_OPEN:
        said = ngettext(
            "For {n} visit nobody has noted yet how it ended; it is not counted.",
            "For {n} visits nobody has noted yet how they ended; they are not counted.",
            visits,
        )
    else:
        said = ngettext(
            "For {n} cancelled visit nobody knows when it was cancelled; it is not counted.",
            "For {n} cancelled visits nobody knows when they were cancelled; they are not counted.",
            visits,
        )
    return said.format(n=wording.number(visits))


def preset_label(preset: Preset) -> str:
    """A period to choose, as its button says it."""
    return {
        Preset.THIS_MONTH: _("This month"),
        Preset.LAST_MONTH: _("Last month"),
        Preset.LAST_90_DAYS: _("Last 90 days"),
        Preset.THIS_QUARTER: _("This quarter"),
        Preset.LAST_QUARTER: _("Last quarter"),
        Preset.THIS_YEAR: _("This year"),
        Preset.LAST_YEAR: _("Last year"),
    }[preset]
