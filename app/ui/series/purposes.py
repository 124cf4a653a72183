"""What a table of dates is for: repeating a visit, going on with a series, or giving it another pattern."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from app import wording
from app.language import _, ngettext
from app.salon.scheduling import series
from app.salon.scheduling.recurrence import Pattern
from app.salon.scheduling.series_check import PlannedDate
from app.salon.transaction import Salon
from app.ui.perform import Perform
from app.ui.series.pattern_field import PatternField


@dataclass(frozen=True, slots=True)
class Dates:
    """The dates that a pattern gives."""

    planned: tuple[PlannedDate, ...]
    cancelled: tuple[int, ...] = ()
    """Visits for which there is no day any more."""


@dataclass(frozen=True, slots=True)
class Consciously:
    """What whoever books has seen and said."""

    alerts: tuple[int, ...] = ()
    """The alerts of the client that stood above the button."""
    unwanted: str = ""
    """Why a client is booked whom the salon does not want to book."""


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a table is for. ``visit_id`` is the visit from which its dates are counted."""

    visit_id: int
    title: str
    counts_first: bool
    """Whether the visit itself is one of those that are counted: it lies ahead."""
    prepare: Callable[[PatternField], object]
    """Puts into the field what is known."""
    dates: Callable[[Pattern], Dates]
    """The dates of a pattern. Raises what is wrong with it."""
    button: Callable[[int], str]
    """What the button says when so many dates are chosen."""
    note: Callable[[list[PlannedDate], Dates], str]
    """What stands above the button when nothing is open."""
    write: Callable[[Perform, Pattern, list[PlannedDate], Consciously], object]
    """Does it. Raises a SalonError, and then nothing was written."""
    told: Callable[[str, str, int], str]
    """What is said when it was done, from the client, how often, and the number of dates."""


def repeating(salon: Salon, visit_id: int) -> Purpose:
    """A visit becomes a series."""
    is_ahead = series.is_ahead(salon, visit_id)
    note = _("The first visit is booked already.") if is_ahead else ""
    return Purpose(
        visit_id,
        _("Repeat the visit"),
        is_ahead,
        prepare=_as_recommended,
        dates=lambda pattern: Dates(series.repeats(salon, visit_id, pattern)),
        button=_book,
        note=partial(_always, note),
        write=lambda perform, pattern, chosen, how: perform.attempt(
            series.book_series, visit_id, pattern, chosen, unwanted=how.unwanted, alerts_seen=how.alerts
        ),
        told=_booked,
    )


def going_on(salon: Salon, visit_id: int, series_id: int) -> Purpose:
    """A series gets more visits at its end: how often is agreed, only how long is asked."""

    def write(perform: Perform, pattern: Pattern, chosen: list[PlannedDate], how: Consciously) -> object:
        book = partial(series.book_series, series_id=series_id, unwanted=how.unwanted, alerts_seen=how.alerts)
        return perform.attempt(book, visit_id, pattern, chosen)

    return Purpose(
        visit_id,
        _("Go on with the series"),
        counts_first=False,
        prepare=lambda field: field.go_on_with(series.read(salon, series_id).pattern),
        dates=lambda pattern: Dates(series.further(salon, series_id, times=pattern.times, until=pattern.until)),
        button=_book,
        note=partial(_always, ""),
        write=write,
        told=_booked,
    )


def rearranging(salon: Salon, visit_id: int, series_id: int) -> Purpose:
    """From one visit on, a series goes on by another pattern."""

    def as_it_is(field: PatternField) -> None:
        standing = series.read(salon, series_id)
        here = next((one.starts_at for one in standing.visits if one.visit_id == visit_id), None)
        left = [one for one in standing.open_visits if here is not None and one.starts_at >= here and not one.is_apart]
        field.show_pattern(standing.pattern, max(2, len(left)))

    def dates(pattern: Pattern) -> Dates:
        found = series.rearranged(salon, visit_id, pattern)
        return Dates(found.planned, found.cancelled)

    return Purpose(
        visit_id,
        _("Another pattern from here on"),
        counts_first=series.is_ahead(salon, visit_id),
        prepare=as_it_is,
        dates=dates,
        button=_change,
        note=_counted,
        write=lambda perform, pattern, chosen, how: perform.attempt(
            series.rearrange, visit_id, pattern, chosen, unwanted=how.unwanted, alerts_seen=how.alerts
        ),
        told=_changed,
    )


def _as_recommended(_field: PatternField) -> None:
    """The field knows already what the price list recommends."""


def _always(note: str, _chosen: list[PlannedDate], _found: Dates) -> str:
    return note


def _counted(chosen: list[PlannedDate], found: Dates) -> str:
    """What comes of the visits, counted before anything is done."""
    known = {one.visit_id for one in found.planned if one.visit_id is not None} | set(found.cancelled)
    kept = {one.visit_id for one in chosen if one.visit_id is not None}
    added, cancelled = len(chosen) - len(kept), len(known - kept)
    said = [_("Stay or move: {n}").format(n=wording.number(len(kept)))]
    if added:
        said.append(_("new: {n}").format(n=wording.number(added)))
    if cancelled:
        said.append(_("cancelled: {n}").format(n=wording.number(cancelled)))
    return " · ".join(said)


def _book(count: int) -> str:
    return ngettext("Book {n} visit", "Book {n} visits", count).format(n=wording.number(count))


def _change(_count: int) -> str:
    return _("Change the series")


def _booked(client: str, how_often: str, count: int) -> str:
    return _("{client}: {visits} booked, {how_often}").format(
        client=client, visits=wording.visits(count), how_often=how_often
    )


def _changed(client: str, how_often: str, _count: int) -> str:
    return _("{client} now comes {how_often}").format(client=client, how_often=how_often)
