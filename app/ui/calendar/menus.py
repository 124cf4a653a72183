"""The menus of the grid: what can be done with a visit, with free time, with a break."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from itertools import groupby

from PySide6.QtWidgets import QMenu, QWidget

from app import wording
from app.language import _, pgettext
from app.salon.profile import STEPS
from app.salon.scheduling import booking
from app.salon.scheduling.agenda import AgendaEntry
from app.ui import shortcuts
from app.ui.calendar import words
from app.ui.calendar.reach import MasterStarts
from app.ui.shortcuts import Key
from app.ui.widgets.menu import Menu
from app.vocabulary import BlockKind, CancelReason, VisitStatus

Act = Callable[[], object]
Move = Callable[[int, datetime], object]
"""Move the visit to a master and a start (wall time)."""

MOST_STARTS = 12
"""More starts than this are grouped by the hour, so that a list stays on the screen."""

LIFE = (
    VisitStatus.CONFIRMED,
    VisitStatus.ARRIVED,
    VisitStatus.IN_SERVICE,
    VisitStatus.COMPLETED,
    VisitStatus.NO_SHOW,
)
"""The life of a visit, in its order."""

_KEYS = {
    VisitStatus.ARRIVED: Key.ARRIVED,
    VisitStatus.COMPLETED: Key.DONE,
    VisitStatus.NO_SHOW: Key.NO_SHOW,
}


def verb(status: VisitStatus, before: VisitStatus | None = None) -> str:
    """What happens when a visit takes this status after ``before``, as a button says it."""
    if before is VisitStatus.COMPLETED and status is VisitStatus.IN_SERVICE:
        return _("Not completed yet")
    return {
        VisitStatus.BOOKED: _("Back to booked"),
        VisitStatus.CONFIRMED: _("Has confirmed"),
        VisitStatus.ARRIVED: _("Has arrived"),
        VisitStatus.IN_SERVICE: _("Begin the service"),
        VisitStatus.COMPLETED: _("Complete"),
        VisitStatus.CANCELLED: _("Cancel the visit…"),
        VisitStatus.NO_SHOW: pgettext("of one client", "Did not come"),
    }[status]


def steps_from(status: VisitStatus, begins_at: datetime, now: datetime) -> list[VisitStatus]:
    """What a visit that begins at ``begins_at`` may become now, in the order of its life; the way back stands last."""
    possible = booking.may_follow_at(status, begins_at, now)
    ahead = [each for each in LIFE if each in possible]
    return [*ahead, VisitStatus.BOOKED] if VisitStatus.BOOKED in possible else ahead


def key_of(status: VisitStatus) -> str:
    """The key that does the same, as people read it; empty where there is none."""
    key = _KEYS.get(status)
    return "" if key is None else shortcuts.shown(key)


def _acted(act: Act, _checked: bool = False) -> None:
    act()


def _add(menu: QMenu, text: str, act: Act, key: str = "") -> None:
    # The key is shown only: the grid itself listens to it, in both layouts.
    menu.addAction(f"{text}\t{key}" if key else text).triggered.connect(partial(_acted, act))


def of_visit(
    parent: QWidget,
    entry: AgendaEntry,
    *,
    begins_at: datetime,
    now: datetime,
    open_visit: Act,
    set_status: Callable[[VisitStatus], object],
    cancel: Act,
    wait: Act,
    open_client: Act,
    change: Act,
    book_again: Act,
    repeat: Act,
    is_in_series: bool,
    copy: Act,
    cut: Act,
    save_file: Act,
    starts: Sequence[MasterStarts],
    move: Move,
) -> Menu:
    """What can be done with a visit; ``begins_at`` is the start of its first service (wall time, as ``now``)."""
    menu = Menu(_("Visit: {client}").format(client=words.client(entry)), parent)
    _add(menu, _("Show the visit"), open_visit, shortcuts.shown(Key.OPEN))
    if booking.is_movable(entry.status):
        _add(menu, _("Change the visit…"), change)
        menu.addMenu(_within_day(menu, entry, starts, move))
    menu.addSeparator()
    for status in steps_from(entry.status, begins_at, now):
        _add(menu, verb(status, entry.status), lambda status=status: set_status(status), key_of(status))
    if VisitStatus.CANCELLED in booking.may_follow(entry.status):
        _add(menu, verb(VisitStatus.CANCELLED), cancel, shortcuts.shown(Key.CANCEL_VISIT))
    if entry.client_id is not None and VisitStatus.CANCELLED in booking.may_follow(entry.status):
        _add(menu, _("To the waiting list, for another time"), wait, shortcuts.shown(Key.WAITING_LIST))
    menu.addSeparator()
    if words.has_way_to_card(entry):
        _add(menu, _("Client card") if entry.client_id is not None else _("Who was it?"), open_client)
    _add(menu, _("Book again…"), book_again)
    _add(
        menu,
        _("All visits of the series…") if is_in_series else _("Repeat the visit…"),
        repeat,
        shortcuts.shown(Key.SERIES),
    )
    _add(menu, _("File for the client's calendar…"), save_file)
    menu.addSeparator()
    _add(menu, _("Copy the visit"), copy, shortcuts.shown(Key.COPY))
    if booking.is_movable(entry.status):
        _add(menu, _("Cut the visit, to move it"), cut, shortcuts.shown(Key.CUT))
    return menu


def _within_day(parent: QWidget, entry: AgendaEntry, starts: Sequence[MasterStarts], move: Move) -> Menu:
    """The free starts of the same day: those of the visit's master at once, then the other masters."""
    menu = _titled(_("Move within the day"), parent)
    own = next((each for each in starts if each.staff_id == entry.staff_id), None)
    if own is not None:
        _add_starts(menu, own, move)
    others = [each for each in starts if each is not own]
    if own is not None and others:
        menu.addSeparator()
    for other in others:
        theirs = _titled(other.name, menu)
        _add_starts(theirs, other, move)
        menu.addMenu(theirs)
    if not starts:
        menu.addAction(_("No other free start on this day")).setEnabled(False)
    return menu


def _add_starts(menu: Menu, master: MasterStarts, move: Move) -> None:
    if len(master.starts) <= MOST_STARTS:
        _add_times(menu, master.staff_id, master.starts, move)
        return
    for hour, within in groupby(master.starts, key=lambda start: start.replace(minute=0)):
        times = tuple(within)
        if len(times) == 1:
            _add_times(menu, master.staff_id, times, move)
            continue
        of_hour = _titled(wording.interval(hour, hour + timedelta(hours=1)), menu)
        _add_times(of_hour, master.staff_id, times, move)
        menu.addMenu(of_hour)


def _add_times(menu: Menu, staff_id: int, starts: Sequence[datetime], move: Move) -> None:
    for start in starts:
        _add(menu, wording.clock_time(start), partial(move, staff_id, start))


def _titled(title: str, parent: QWidget) -> Menu:
    menu = Menu(title, parent)
    menu.setTitle(title)
    return menu


def of_master(parent: QWidget, name: str, *, show_week: Act, fall_ill: Act | None) -> Menu:
    """What can be done with a master; ``fall_ill`` is None on any day but today."""
    menu = Menu(name, parent)
    menu.addAction(name).setEnabled(False)
    menu.addSeparator()
    _add(menu, _("Show the week"), show_week)
    if fall_ill is not None:
        _add(menu, _("Ill today: call the clients"), fall_ill)
    return menu


def of_cancelling(parent: QWidget, entry: AgendaEntry, cancel: Callable[[CancelReason], object]) -> Menu:
    """Why a visit is cancelled: choosing a reason cancels."""
    menu = Menu(_("Why is the visit cancelled?"), parent)
    heading = menu.addAction(_("Cancel the visit: {client}").format(client=words.client(entry)))
    heading.setEnabled(False)
    menu.addSeparator()
    for reason in CancelReason:
        _add(menu, wording.cancel_reason(reason), lambda reason=reason: cancel(reason))
    return menu


def of_place(
    parent: QWidget,
    starts: str,
    *,
    book: Act,
    walk_in: Act,
    paste: Act | None,
    block: Act | None,
    with_cancelled: bool,
    show_cancelled: Callable[[bool], object],
    zoom: Callable[[int], object],
) -> Menu:
    """What can be done with free time, and what the day shows."""
    menu = Menu(_("Free time"), parent)
    _add(menu, _("New visit at {time}…").format(time=starts), book, shortcuts.shown(Key.OPEN))
    _add(menu, _("Walk-in without a card…"), walk_in)
    if paste is not None:
        _add(menu, _("Paste the visit"), paste, shortcuts.shown(Key.PASTE))
    if block is not None:
        menu.addSeparator()
        _add(menu, _("Block time…"), block, shortcuts.shown(Key.BLOCK_TIME))
    menu.addSeparator()
    cancelled = menu.addAction(_("Show cancelled visits"))
    cancelled.setCheckable(True)
    cancelled.setChecked(with_cancelled)
    cancelled.triggered.connect(show_cancelled)
    for key, levels in ((Key.ZOOM_IN, 1), (Key.ZOOM_OUT, -1), (Key.ZOOM_USUAL, 0)):
        _add(menu, shortcuts.description(key), partial(zoom, levels), shortcuts.shown(key))
    return menu


def of_looks(
    parent: QWidget,
    *,
    step: int,
    set_step: Callable[[int], object],
    with_cancelled: bool,
    show_cancelled: Callable[[bool], object],
    zoom: Callable[[int], object] | None,
) -> Menu:
    """How fine the grid is, what it shows, and how high its hours are; ``zoom`` is None where there are no hours."""
    menu = Menu(_("How the calendar looks"), parent)
    for minutes in STEPS:
        action = menu.addAction(_("Step of {duration}").format(duration=wording.duration(minutes)))
        action.setCheckable(True)
        action.setChecked(minutes == step)
        action.triggered.connect(partial(_acted, partial(set_step, minutes)))
    menu.addSeparator()
    cancelled = menu.addAction(_("Show cancelled visits"))
    cancelled.setCheckable(True)
    cancelled.setChecked(with_cancelled)
    cancelled.triggered.connect(show_cancelled)
    if zoom is not None:
        for key, levels in ((Key.ZOOM_IN, 1), (Key.ZOOM_OUT, -1), (Key.ZOOM_USUAL, 0)):
            _add(menu, shortcuts.description(key), partial(zoom, levels), shortcuts.shown(key))
    return menu


def of_block(parent: QWidget, hours: str, free: Act) -> Menu:
    """What can be done with blocked time."""
    menu = Menu(_("Blocked time"), parent)
    _add(menu, _("Free {hours}").format(hours=hours), free, shortcuts.shown(Key.CANCEL_VISIT))
    return menu


def of_waiting(
    parent: QWidget,
    client: str,
    *,
    here: str,
    book_here: Act | None,
    show: tuple[str, Act] | None,
    change: Act,
    withdraw: Act,
) -> Menu:
    """What can be done for somebody who waits; ``here`` is the selected place, ``show`` the first that is free."""
    menu = Menu(_("Waits: {client}").format(client=client), parent)
    menu.addAction(client).setEnabled(False)
    menu.addSeparator()
    if book_here is not None:
        _add(menu, _("Book at {place}").format(place=here), book_here)
    if show is not None:
        _add(menu, _("Show the first free place: {place}").format(place=show[0]), show[1])
    _add(menu, _("Change the wish…"), change)
    menu.addSeparator()
    _add(menu, _("Take off the list"), withdraw)
    return menu


def of_hold(parent: QWidget, said: str, release: Act, book: Act | None) -> Menu:
    """What can be done with a held place; it is booked at once when it is known for whom and for what."""
    menu = Menu(_("Held place"), parent)
    menu.addAction(said).setEnabled(False)
    menu.addSeparator()
    if book is not None:
        _add(menu, _("Book"), book, shortcuts.shown(Key.OPEN))
    _add(menu, _("Release the place"), release, shortcuts.shown(Key.CANCEL_VISIT))
    return menu


def of_blocking(parent: QWidget, free_minutes: int, block: Callable[[BlockKind, int], object]) -> Menu:
    """For what and how long time is blocked; ``free_minutes`` is the longest."""
    menu = Menu(_("Block time"), parent)
    lengths = [minutes for minutes in (30, 60) if minutes < free_minutes]
    choices = [(BlockKind.BREAK, minutes) for minutes in (*lengths, free_minutes)]
    choices += [(kind, free_minutes) for kind in (BlockKind.TRAINING, BlockKind.ABSENCE, BlockKind.OTHER)]
    for kind, minutes in choices:
        text = _("{kind}, {duration}").format(kind=wording.block_kind(kind), duration=wording.duration(minutes))
        _add(menu, text, lambda kind=kind, minutes=minutes: block(kind, minutes))
    return menu
