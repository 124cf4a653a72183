"""The calendar of a day: who comes when to whom, and everything that can be done about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from app import wording
from app.errors import Gone, SalonError
from app.explain import sentence
from app.language import _
from app.salon.changes import Changes
from app.salon.scheduling import agenda, booking
from app.salon.scheduling.agenda import AgendaEntry, DayAgenda
from app.ui import shortcuts, theme
from app.ui.calendar import accessible, clipboard, reach, words
from app.ui.calendar.clipboard import Clipboard
from app.ui.calendar.day_board import DayBoard
from app.ui.calendar.day_grid import HOUR_HEIGHT
from app.ui.calendar.day_header import DayHeader
from app.ui.calendar.placing import DayPlan
from app.ui.calendar.reach import MasterStarts, Reach
from app.ui.calendar.visit_acts import VisitActs
from app.ui.calendar.walking import OnBlock, OnPlace, OnVisit
from app.ui.desk import Desk
from app.ui.screen import Screen
from app.ui.shortcuts import Key
from app.ui.widgets.card import Card
from app.ui.wishes import BookingSeed
from app.vocabulary import BlockKind, CancelReason, Topic, VisitStatus

if TYPE_CHECKING:
    from app.ui.calendar.day_notice import DayNotice
    from app.ui.calendar.held_strip import HeldStrip
    from app.ui.calendar.visit_peek import VisitPeek
    from app.ui.widgets.menu import Menu

_EVERY_HALF_MINUTE_MS = 30_000
_ZOOM_RESTS_MS = 700
"""The settings are written when the wheel rests, not with each of its notches."""
_WEEK = 7
_OF_ANY_DAY = (Topic.CLIENTS, Topic.CATALOGUE, Topic.SALON)
_STATUS_OF_KEY = {
    Key.ARRIVED: VisitStatus.ARRIVED,
    Key.DONE: VisitStatus.COMPLETED,
    Key.NO_SHOW: VisitStatus.NO_SHOW,
}


class CalendarScreen(Screen):
    """One day, a column for each master."""

    topics = frozenset({Topic.VISITS, Topic.CLIENTS, Topic.CHECKLISTS, Topic.STAFF, Topic.CATALOGUE, Topic.SALON})

    client_wanted = Signal(int)
    booking_wanted = Signal(object)
    """A ``BookingSeed``."""
    search_wanted = Signal()
    print_wanted = Signal(object)
    """The ``date`` that is wanted as a list."""
    paper_wanted = Signal(object, QPoint)
    """What can be had of a ``date`` and its week, asked at a point of the screen."""
    visit_file_wanted = Signal(int)
    """A visit for its client's calendar."""
    day_shown = Signal(object)
    """The ``date`` that is shown now."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._today = desk.salon.today()
        self.day: date = self._today
        self._agenda: DayAgenda | None = None
        self._with_cancelled = False
        self._acts = VisitActs(desk)
        self._clipboard = Clipboard(desk)
        self._strip: HeldStrip | None = None
        self._peek: VisitPeek | None = None
        self._menu: Menu | None = None
        self._notice: DayNotice | None = None
        self.header = DayHeader(self)
        self.board = DayBoard(self._read_reach)
        self.grid = self.board.grid
        self.grid.set_hour_height(desk.preferences.settings.hour_height or HOUR_HEIGHT)
        self.setFocusProxy(self.grid)
        accessible.install()
        self._lay_out()
        self._connect()
        self._clock = QTimer(self)
        self._clock.setInterval(_EVERY_HALF_MINUTE_MS)
        self._clock.timeout.connect(self.look_at_clock)
        self._zoom_rests = QTimer(self)
        self._zoom_rests.setSingleShot(True)
        self._zoom_rests.setInterval(_ZOOM_RESTS_MS)
        self._zoom_rests.timeout.connect(self._keep_zoom)

    # ---- building --------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self._card = Card(padding=0)
        self._card.setAccessibleName(_("Day"))
        self._card.layout().setContentsMargins(1, 6, 6, 8)
        self._card.body.addWidget(self.board)
        frame = QVBoxLayout()
        frame.setContentsMargins(theme.MARGIN, 0, theme.MARGIN, theme.MARGIN)
        frame.addWidget(self._card)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.header)
        self._column.addLayout(frame, 1)

    def _connect(self) -> None:
        header, grid = self.header, self.grid
        header.days_wanted.connect(self.go_by)
        header.day_wanted.connect(self.show_day)
        header.today_wanted.connect(self.show_today)
        header.visit_wanted.connect(self._want_visit)
        header.search_wanted.connect(self.search_wanted)
        header.paper_wanted.connect(self._want_paper)
        grid.visit_opened.connect(self.open_peek)
        grid.place_wanted.connect(self._want_place)
        grid.move_wanted.connect(self._move)
        grid.stretch_wanted.connect(self._stretch)
        grid.key_wanted.connect(self._on_key)
        grid.menu_wanted.connect(self._open_menu)
        grid.day_wanted.connect(self.go_by)
        grid.spot_changed.connect(self.close_peek)
        grid.spot_changed.connect(self._say_paste_place)
        grid.spot_changed.connect(partial(accessible.tell_selection, grid))
        shortcuts.bind(Key.TODAY, self, self.show_today)
        shortcuts.bind(Key.PRINT_DAY, self, self._want_print)
        here = Qt.ShortcutContext.WidgetWithChildrenShortcut
        shortcuts.bind(Key.PREVIOUS_WEEK, self, lambda: self.go_by(-_WEEK), here)
        shortcuts.bind(Key.NEXT_WEEK, self, lambda: self.go_by(_WEEK), here)
        grid.zoom_wanted.connect(self.zoom)
        for key, levels in ((Key.ZOOM_IN, 1), (Key.ZOOM_OUT, -1), (Key.ZOOM_USUAL, 0)):
            shortcuts.bind(key, self, partial(self.zoom, levels), here)
        for weeks in range(1, 10):
            ahead = QShortcut(QKeySequence(f"Alt+{weeks}"), self)
            ahead.activated.connect(partial(self._show_weeks_ahead, weeks))

    # ---- reading ---------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read the day again."""
        self._is_stale = False
        salon = self.desk.salon
        self._agenda = agenda.of_day(salon.database, self.day, with_cancelled=self._with_cancelled)
        self.grid.show_agenda(self._agenda, salon.profile)
        self._say_day()
        self._show_notice()
        self._clipboard.read_again()
        self._show_held()
        if self._peek is not None and self.grid.selected_entry is None:
            self.close_peek()

    def is_concerned(self, changes: Changes) -> bool:
        """Whether something of the shown day was changed, or something that every day shows."""
        if not super().is_concerned(changes):
            return False
        return not changes.days or self.day in changes.days or changes.concerns(*_OF_ANY_DAY)

    def show_day(self, day: date) -> None:
        """Show another day, or read the same one again."""
        changed = day != self.day
        if changed:
            self.grid.select(None)
            self.close_peek()
        self.day = day
        self.reload()
        if changed:
            self._scroll_to_beginning()
            self.day_shown.emit(day)

    def show_today(self) -> None:
        """Back to today, with the current time in sight."""
        self.show_day(self.desk.salon.today())
        self._scroll_to_beginning()

    def go_by(self, days: int) -> None:
        """So many days on or back."""
        self.show_day(self.day + timedelta(days=days))

    def show_cancelled(self, shown: bool) -> None:
        """Show cancelled visits as outlines beside the others, or leave them out."""
        self._with_cancelled = shown
        self.reload()

    def select_visit(self, visit_id: int) -> None:
        """Select a visit of the shown day and scroll to it."""
        self.refresh_if_stale()
        entries = self._agenda.entries if self._agenda else ()
        found = next((entry for entry in entries if entry.visit_id == visit_id), None)
        if found is not None:
            self.grid.select(OnVisit(found.booked_id), show=True)

    def zoom(self, levels: int, y: int | None = None) -> None:
        """Make the hours so many levels higher; 0 gives the usual size. The time at ``y`` of the grid stays."""
        self.close_peek()
        self.board.zoom(levels, y)
        self._zoom_rests.start()

    def look_at_clock(self) -> None:
        """Move the line of the current time; go on to the new day at midnight if today was shown."""
        today = self.desk.salon.today()
        if today != self._today:
            was_today, self._today = self.day == self._today, today
            if was_today:
                self.show_day(today)
        self._say_day()

    def _keep_zoom(self) -> None:
        """The next start shows the hours as high as they are now."""
        self._zoom_rests.stop()
        height = 0 if self.grid.hour_height == HOUR_HEIGHT else self.grid.hour_height
        settings = self.desk.preferences.settings
        if settings.hour_height != height:
            self.desk.preferences.change(replace(settings, hour_height=height))

    def _show_weeks_ahead(self, weeks: int) -> None:
        self.show_day(self.desk.salon.today() + timedelta(weeks=weeks))

    def _say_day(self) -> None:
        now = self.desk.salon.wall_now()
        self._today = now.date()
        self.board.set_now(now.hour * 60 + now.minute if self.day == self._today else None)
        self.header.say(self.day, self._today, self._detail())
        self.grid.setAccessibleName(wording.day_title(self.day, self._today))

    def _detail(self) -> str:
        if self._agenda is None:
            return ""
        count, load = self._agenda.visits, self._agenda.load_percent
        visits = wording.visits(count) if count else _("No visits")
        said = visits if load is None else words.visits_and_load(visits, wording.percent(load, 100))
        off = self.grid.plan.resting if self.grid.plan else ()
        if not off:
            return said
        return f"{said} · {words.resting([wording.short_name(master.name) for master in off])}"

    def _show_notice(self) -> None:
        plan = self.grid.plan
        if plan is None or (plan.masters and not plan.nobody_works):
            if self._notice is not None:
                self._notice.hide()
            return
        if self._notice is None:
            from app.ui.calendar.day_notice import DayNotice

            self._notice = DayNotice(self.board)
            self._notice.other_day_wanted.connect(self.header.open_picker)
        self._notice.say(has_masters=bool(plan.masters), is_today=self.day == self._today)
        self._place_notice()

    def _place_notice(self) -> None:
        if self._notice is not None and not self._notice.isHidden():
            self._notice.place_within(self.board.rect())

    def _scroll_to_beginning(self) -> None:
        plan = self.grid.plan
        if plan is None:
            return
        first = self.grid.now_minute if self.grid.now_minute is not None else plan.first_start
        self.board.show_minute(plan.scale.first_minute if first is None else first)

    # ---- life of the widget ----------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Read what was missed, and let the time go on."""
        first_time = self._agenda is None
        super().showEvent(event)
        self.look_at_clock()
        self._clock.start()
        if first_time:
            self._column.activate()
            self._scroll_to_beginning()
            self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks at the time."""
        super().hideEvent(event)
        self._clock.stop()
        if self._zoom_rests.isActive():
            self._keep_zoom()
        self.close_peek()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The small card would stand in the wrong place."""
        super().resizeEvent(event)
        self.close_peek()
        self._place_notice()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click beside the small card takes it away."""
        super().mousePressEvent(event)
        self.close_peek()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The letters work in the small card as they do in the grid."""
        if self._peek is not None and self.grid.take_visit_key(event):
            event.accept()
        elif self._clipboard.holding is not None and shortcuts.is_pressed(Key.BACK, event):
            # The focus stands on a button of the strip or of the head.
            self.let_go()
            event.accept()
        else:
            super().keyPressEvent(event)

    # ---- the small card --------------------------------------------------------------------------------------

    @property
    def peek(self) -> VisitPeek | None:
        """The small card, while it is open."""
        return self._peek

    def open_peek(self, entry: AgendaEntry) -> None:
        """Show a visit at a glance, beside its tile."""
        from app.ui.calendar import visit_glance
        from app.ui.calendar.visit_peek import VisitPeek

        self.close_peek()
        plan, box = self.grid.plan, self.grid.box_of(OnVisit(entry.booked_id))
        if plan is None or box is None:
            return
        try:
            glance = visit_glance.read(self.desk.salon, plan, entry)
        except Gone:
            self.reload()
            return
        self.board.show_part(QRect(box.x, box.y, box.width, box.height))
        peek = VisitPeek(glance, self.day == self._today, self)
        peek.dismissed.connect(self._dismiss_peek)
        peek.status_wanted.connect(partial(self._set_status, entry))
        peek.cancel_wanted.connect(partial(self._ask_why_cancelled, entry))
        peek.client_wanted.connect(partial(self._want_client, entry))
        peek.change_wanted.connect(partial(self._want_change, entry))
        peek.repeat_wanted.connect(partial(self._want_again, entry))
        self._peek = peek
        corner = self.grid.mapTo(self, QPoint(box.x, box.y))
        peek.open_beside(QRect(corner.x(), corner.y(), box.width, box.height), self.rect())
        _application().focusChanged.connect(self._on_focus)

    def close_peek(self) -> None:
        """Take the small card away."""
        if self._peek is None:
            return
        peek, self._peek = self._peek, None
        _application().focusChanged.disconnect(self._on_focus)
        peek.hide()
        peek.deleteLater()

    def _dismiss_peek(self) -> None:
        self.close_peek()
        self.grid.setFocus(Qt.FocusReason.PopupFocusReason)

    def _on_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        if self._peek is not None and now is not None and now is not self._peek and not self._peek.isAncestorOf(now):
            self.close_peek()

    # ---- wishes for other screens ----------------------------------------------------------------------------

    def seed_here(self) -> BookingSeed:
        """What a new visit begins with: the free place that is selected, if one is."""
        spot, plan = self.grid.spot, self.grid.plan
        if plan is None or not isinstance(spot, OnPlace):
            return BookingSeed(day=self.day)
        return BookingSeed(staff_id=spot.staff_id, starts_at=plan.moment(spot.minute))

    def _want_visit(self) -> None:
        self.booking_wanted.emit(self.seed_here())

    def _want_place(self, staff_id: int, minute: int, minutes: int | None, *, is_walk_in: bool = False) -> None:
        plan = self.grid.plan
        if plan is not None:
            starts_at = plan.moment(minute)
            self.booking_wanted.emit(
                BookingSeed(staff_id=staff_id, starts_at=starts_at, minutes=minutes, is_walk_in=is_walk_in)
            )

    def _want_client(self, entry: AgendaEntry) -> None:
        self.close_peek()
        if entry.client_id is not None:
            self.client_wanted.emit(entry.client_id)

    def _want_change(self, entry: AgendaEntry) -> None:
        self.close_peek()
        self.booking_wanted.emit(BookingSeed(client_id=entry.client_id, visit_id=entry.visit_id))

    def _want_again(self, entry: AgendaEntry) -> None:
        self.close_peek()
        self.booking_wanted.emit(BookingSeed(client_id=entry.client_id, repeat_visit_id=entry.visit_id))

    def _want_print(self) -> None:
        self.print_wanted.emit(self.day)

    def _want_paper(self) -> None:
        button = self.header.paper
        self.paper_wanted.emit(self.day, button.mapToGlobal(button.rect().bottomLeft()))

    # ---- acts ------------------------------------------------------------------------------------------------

    def _move(self, booked_id: int, staff_id: int, starts_at: datetime) -> None:
        self.close_peek()
        if self._acts.move(booked_id, staff_id, starts_at):
            self.grid.select(OnVisit(booked_id), show=True)

    def _stretch(self, booked_id: int, starts_at: datetime, ends_at: datetime) -> None:
        self.close_peek()
        self._acts.stretch(booked_id, starts_at, ends_at)

    def _set_status(self, entry: AgendaEntry, status: VisitStatus) -> None:
        self._dismiss_peek()
        self._acts.set_status(entry, status)

    def _cancel(self, entry: AgendaEntry, reason: CancelReason) -> None:
        if self._acts.cancel(entry, reason):
            self.grid.select(None)

    def _on_key(self, key: Key, aside: int, down: int) -> None:
        spot, entry = self.grid.spot, self.grid.selected_entry
        if key is Key.BACK:
            self.let_go()
        elif key is Key.PASTE:
            self.paste()
        elif entry is not None:
            self._on_visit_key(key, entry, aside, down)
        elif isinstance(spot, OnPlace):
            if key is Key.OPEN:
                self._want_place(spot.staff_id, spot.minute, None)
            elif key is Key.BLOCK_TIME:
                self._ask_what_blocks(spot)
        elif isinstance(spot, OnBlock) and key in (Key.OPEN, Key.CANCEL_VISIT):
            self._open_menu(self._below_spot())

    def _on_visit_key(self, key: Key, entry: AgendaEntry, aside: int, down: int) -> None:
        if key is Key.OPEN:
            self.open_peek(entry)
        elif key is Key.CANCEL_VISIT:
            self._ask_why_cancelled(entry)
        elif key is Key.COPY:
            self.copy(entry)
        elif key is Key.CUT:
            self.cut(entry)
        elif key in _STATUS_OF_KEY:
            self._set_status(entry, _STATUS_OF_KEY[key])
        elif key is Key.MOVE_VISIT:
            self._move_by(entry, aside, down)
        elif key is Key.STRETCH_VISIT:
            step = timedelta(minutes=self.desk.salon.profile.step_minutes)
            self._stretch(entry.booked_id, entry.starts_at, entry.ends_at + down * step)

    def _move_by(self, entry: AgendaEntry, aside: int, down: int) -> None:
        plan = self.grid.plan
        column = plan.column_of(entry.staff_id) if plan else None
        if plan is None or column is None or not 0 <= column + aside < len(plan.masters):
            return
        step = timedelta(minutes=self.desk.salon.profile.step_minutes)
        self._move(entry.booked_id, plan.masters[column + aside].staff_id, entry.starts_at + down * step)

    # ---- copy, cut, paste ------------------------------------------------------------------------------------

    @property
    def strip(self) -> HeldStrip | None:
        """What says which visit is held, once one was."""
        return self._strip

    def copy(self, entry: AgendaEntry) -> None:
        """Hold a visit, to book it once more elsewhere."""
        self._hold(self._clipboard.copy, entry)

    def cut(self, entry: AgendaEntry) -> None:
        """Hold a visit, to put it elsewhere; nothing moves until it is pasted."""
        self._hold(self._clipboard.cut, entry)

    def paste(self) -> None:
        """Put the held visit on the selected place; what was pasted is selected."""
        spot, plan = self.grid.spot, self.grid.plan
        self.close_peek()
        if self._clipboard.holding is None:
            self.desk.perform.tell(_("Nothing to paste: select a visit and press Ctrl+C first."), undoable=False)
        elif plan is None or not isinstance(spot, OnPlace):
            self.desk.perform.tell(_("Select a free place first, then paste."), undoable=False)
        else:
            visit_id = self._clipboard.paste(spot.staff_id, plan.moment(spot.minute))
            self._show_held()
            if visit_id is not None:
                self.select_visit(visit_id)

    def let_go(self) -> None:
        """Hold nothing any longer; a cut visit stays where it is."""
        self._clipboard.release()
        self._show_held()

    def _hold(self, take: Callable[[int], None], entry: AgendaEntry) -> None:
        self._dismiss_peek()
        try:
            take(entry.visit_id)
        except SalonError as error:
            self.desk.perform.refused.emit(sentence(error))
        self._show_held()

    def _show_held(self) -> None:
        holding = self._clipboard.holding
        self.grid.set_holding(holding is not None, None if holding is None else holding.cut_visit)
        if holding is None:
            self._hide_strip()
            return
        if self._strip is None:
            from app.ui.calendar.held_strip import HeldStrip

            self._strip = HeldStrip()
            self._strip.paste_wanted.connect(self.paste)
            self._strip.release_wanted.connect(self.let_go)
            self._card.body.addWidget(self._strip)
        self._strip.say(clipboard.sentence(holding))
        self._say_paste_place()

    def _hide_strip(self) -> None:
        if self._strip is None or self._strip.isHidden():
            return
        focused = QApplication.focusWidget()
        if focused is not None and self._strip.isAncestorOf(focused):
            self.grid.setFocus(Qt.FocusReason.OtherFocusReason)
        self._strip.hide()

    def _say_paste_place(self) -> None:
        plan, stop = self.grid.plan, self.grid.stop
        if self._strip is None or self._strip.isHidden() or plan is None:
            return
        place = ""
        if stop is not None and isinstance(stop.spot, OnPlace):
            master = wording.short_name(plan.masters[stop.column].name)
            place = f"{wording.clock_time(plan.moment(stop.starts))}, {master}"
        self._strip.say_place(place)

    # ---- menus -----------------------------------------------------------------------------------------------

    @property
    def menu(self) -> Menu | None:
        """The menu that was opened last."""
        return self._menu

    def _open_menu(self, place: QPoint) -> None:
        from app.ui.calendar import menus

        self.close_peek()
        spot, entry, plan = self.grid.spot, self.grid.selected_entry, self.grid.plan
        if plan is None:
            return
        if entry is not None:
            menu = menus.of_visit(
                self,
                entry,
                open_visit=lambda: self.open_peek(entry),
                set_status=lambda status: self._set_status(entry, status),
                cancel=lambda: self._ask_why_cancelled(entry),
                open_client=lambda: self._want_client(entry),
                change=lambda: self._want_change(entry),
                book_again=lambda: self._want_again(entry),
                copy=lambda: self.copy(entry),
                cut=lambda: self.cut(entry),
                save_file=partial(self.visit_file_wanted.emit, entry.visit_id),
                starts=self._starts_within_day(plan, entry),
                move=partial(self._move, entry.booked_id),
            )
        elif isinstance(spot, OnPlace):
            stop = self.grid.stop
            is_free = stop is not None and plan.free_at(stop.column, spot.minute) is not None
            menu = menus.of_place(
                self,
                wording.clock_time(plan.moment(spot.minute)),
                book=lambda: self._want_place(spot.staff_id, spot.minute, None),
                walk_in=lambda: self._want_place(spot.staff_id, spot.minute, None, is_walk_in=True),
                paste=self.paste if self._clipboard.holding is not None else None,
                block=(lambda: self._ask_what_blocks(spot)) if is_free else None,
                with_cancelled=self._with_cancelled,
                show_cancelled=self.show_cancelled,
                zoom=self.zoom,
            )
        elif isinstance(spot, OnBlock):
            block = next(each.block for each in plan.blocks if each.block.block_id == spot.block_id)
            hours = wording.interval(block.starts_at, block.ends_at)
            menu = menus.of_block(self, hours, lambda: self._acts.free_block(block))
        else:
            return
        self._pop_up(menu, place)

    def _starts_within_day(self, plan: DayPlan, entry: AgendaEntry) -> list[MasterStarts]:
        """Where the visit could begin instead on this day; nothing for what is history."""
        if not booking.is_movable(entry.status):
            return []
        known = reach.read(self.desk.salon, plan, entry)
        step = self.desk.salon.profile.step_minutes
        return reach.starts_within_day(known, plan, step, self.grid.now_minute)

    def _ask_why_cancelled(self, entry: AgendaEntry) -> None:
        from app.ui.calendar import menus

        self.close_peek()
        menu = menus.of_cancelling(self, entry, lambda reason: self._cancel(entry, reason))
        self._pop_up(menu, self._below_spot())

    def _ask_what_blocks(self, spot: OnPlace) -> None:
        from app.ui.calendar import menus

        plan = self.grid.plan
        column = plan.column_of(spot.staff_id) if plan else None
        free = plan.free_at(column, spot.minute) if plan and column is not None else None
        if plan is None or free is None:
            return

        def block(kind: BlockKind, minutes: int) -> None:
            starts_at = plan.moment(spot.minute)
            self._acts.block(spot.staff_id, starts_at, starts_at + timedelta(minutes=minutes), kind)

        self._pop_up(menus.of_blocking(self, free.ends - spot.minute, block), self._below_spot())

    def _below_spot(self) -> QPoint:
        """A place of the screen just under the upper edge of what is selected."""
        box = self.grid.box_of(self.grid.spot)
        place = self.rect().center() if box is None else self.grid.mapTo(self, QPoint(box.x + 12, box.y + 24))
        return self.mapToGlobal(place)

    def _pop_up(self, menu: Menu, place: QPoint) -> None:
        if self._menu is not None:
            self._menu.deleteLater()
        self._menu = menu
        menu.popup(place)

    def _read_reach(self, plan: DayPlan, entry: AgendaEntry) -> Reach:
        return reach.read(self.desk.salon, plan, entry)


def _application() -> QApplication:
    return cast(QApplication, QApplication.instance())
