"""The menus of the screen: it puts what can be done into them, and opens one at a time."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint

from app import wording
from app.language import _
from app.salon.scheduling import booking
from app.salon.scheduling.agenda import AgendaEntry
from app.ui.calendar import reach
from app.ui.calendar.reach import MasterStarts
from app.ui.calendar.walking import OnBlock, OnHold, OnPlace
from app.vocabulary import BlockKind

if TYPE_CHECKING:
    from app.ui.calendar.screen import CalendarScreen
    from app.ui.widgets.menu import Menu


class SpotMenus(QObject):
    """Opens the menu of what is selected in the calendar."""

    def __init__(self, screen: CalendarScreen) -> None:
        super().__init__(screen)
        self._screen = screen
        self.menu: Menu | None = None
        """The menu that was opened last."""

    def open(self, place: QPoint) -> None:
        """The menu of the selected visit, free place or break, at a place of the screen."""
        screen = self._screen
        spot, entry = screen.grid.spot, screen.selected_entry
        if entry is not None:
            self._pop_up(self._of_visit(entry), place)
        elif screen.shows_grid and isinstance(spot, OnPlace):
            self._pop_up(self._of_place(spot), place)
        elif screen.shows_grid and isinstance(spot, OnBlock):
            self._open_block(spot, place)
        elif screen.shows_grid and isinstance(spot, OnHold):
            self._open_hold(spot, place)

    def _of_visit(self, entry: AgendaEntry) -> Menu:
        from app.salon.scheduling import series
        from app.ui.calendar import menus
        from app.ui.calendar.group_menu import GroupMenu

        screen = self._screen
        menu = menus.of_visit(
            screen,
            entry,
            begins_at=self._begin_of(entry),
            now=screen.desk.salon.wall_now(),
            open_visit=lambda: screen.open_peek(entry),
            set_status=lambda status: screen.set_status(entry, status),
            cancel=lambda: self.ask_why_cancelled(entry),
            wait=lambda: screen.waiting.take(entry),
            open_client=lambda: screen.want_client(entry),
            change=lambda: screen.want_change(entry),
            book_again=lambda: screen.want_again(entry),
            repeat=lambda: screen.want_series(entry),
            is_in_series=series.of_visit(screen.desk.salon.database, entry.visit_id) is not None,
            copy=lambda: screen.copy(entry),
            cut=lambda: screen.cut(entry),
            save_file=partial(screen.visit_file_wanted.emit, entry.visit_id),
            starts=self._starts_within_day(entry),
            move=partial(screen.move, entry.booked_id),
        )
        if booking.is_movable(entry.status):
            menu.addMenu(GroupMenu(screen.desk, entry, partial(screen.want_companion, entry), menu))
        return menu

    def _begin_of(self, entry: AgendaEntry) -> datetime:
        """When the visit of a booked service begins."""
        sheet = self._screen.sheet
        parts = () if sheet is None else sheet.entries
        return min((one.starts_at for one in parts if one.visit_id == entry.visit_id), default=entry.starts_at)

    def _starts_within_day(self, entry: AgendaEntry) -> list[MasterStarts]:
        """Where the visit could begin instead on its day; nothing for what is history."""
        screen = self._screen
        sheet = screen.sheet
        if sheet is None or not booking.is_movable(entry.status):
            return []
        salon = screen.desk.salon
        known = reach.read(salon, sheet, entry, with_others=not sheet.is_of_days)
        now = salon.wall_now()
        not_before = now if now.date() == entry.starts_at.date() else None
        return reach.starts_within_day(known, sheet, salon.profile.step_minutes, not_before)

    def _of_place(self, spot: OnPlace) -> Menu:
        from app.ui.calendar import menus

        screen = self._screen
        plan, stop = screen.grid.plan, screen.grid.stop
        if plan is None or stop is None:
            raise AssertionError("a place without a day")
        free = plan.free_at(stop.column, spot.minute)
        has_master = plan.tracks[stop.column].staff_id is not None
        return menus.of_place(
            screen,
            wording.clock_time(plan.moment(spot.minute)),
            book=lambda: screen.want_place(stop.column, spot.minute, None),
            walk_in=lambda: screen.want_place(stop.column, spot.minute, None, is_walk_in=True),
            paste=screen.paste if screen.holding.is_on else None,
            block=self.ask_what_blocks if free is not None and has_master else None,
            with_cancelled=screen.with_cancelled,
            show_cancelled=screen.show_cancelled,
            zoom=screen.zoom,
        )

    def _open_block(self, spot: OnBlock, place: QPoint) -> None:
        from app.ui.calendar import menus

        plan = self._screen.grid.plan
        block = (
            next((each.block for each in plan.blocks if each.block.block_id == spot.block_id), None) if plan else None
        )
        if block is not None:
            hours = wording.interval(block.starts_at, block.ends_at)
            menu = menus.of_block(self._screen, hours, lambda: self._screen.acts.free_block(block))
            self._pop_up(menu, place)

    def _open_hold(self, spot: OnHold, place: QPoint) -> None:
        from app.ui.calendar import menus

        release = partial(self._screen.acts.release_hold, spot.hold_id)
        held = self._screen.grid.held(spot)
        is_for_somebody = held is not None and bool(held.hold.client_name)
        book = partial(self._screen.waiting.book_held, spot.hold_id) if is_for_somebody else None
        self._pop_up(menus.of_hold(self._screen, self._screen.grid.said(spot), release, book), place)

    def ask_why_cancelled(self, entry: AgendaEntry) -> None:
        """Let somebody choose the reason; choosing cancels."""
        from app.ui.calendar import menus

        self._screen.close_peek()
        menu = menus.of_cancelling(self._screen, entry, lambda reason: self._screen.cancel(entry, reason))
        self._pop_up(menu, self._screen.below_spot())

    def ask_what_blocks(self) -> None:
        """Let somebody choose for what the selected time is blocked, and how long; or say what to select first."""
        from app.ui.calendar import menus

        screen = self._screen
        plan, stop = screen.grid.plan, screen.grid.stop if screen.shows_grid else None
        spot = stop.spot if stop else None
        free = plan.free_at(stop.column, spot.minute) if plan and stop and isinstance(spot, OnPlace) else None
        staff_id = plan.tracks[stop.column].staff_id if plan and stop else None
        if plan is None or stop is None or not isinstance(spot, OnPlace) or free is None or staff_id is None:
            screen.desk.perform.tell(_("To block time, select a master's free time first."), undoable=False)
            return
        starts_at: datetime = plan.moment(spot.minute, stop.column)

        def block(kind: BlockKind, minutes: int) -> None:
            screen.acts.block(staff_id, starts_at, starts_at + timedelta(minutes=minutes), kind)

        menu = menus.of_blocking(screen, free.ends - spot.minute, block)
        self._pop_up(menu, screen.below_spot())

    def open_master(self, column: int, place: QPoint) -> None:
        """What can be done with the master of a column; ill is somebody only today."""
        from app.ui.calendar import menus

        screen, plan = self._screen, self._screen.grid.plan
        track = plan.tracks[column] if plan else None
        if track is None or track.staff_id is None:
            return
        is_today = track.day == screen.desk.salon.today()
        menu = menus.of_master(
            screen,
            track.name,
            show_week=partial(screen.show_week_of, track.staff_id),
            fall_ill=partial(screen.ill_wanted.emit, track.staff_id) if is_today else None,
        )
        self._pop_up(menu, place)

    def open_looks(self, place: QPoint) -> None:
        """What the calendar shows and how: the step of its grid, cancelled visits, the height of the hours."""
        from app.ui.calendar import menus

        screen = self._screen
        menu = menus.of_looks(
            screen,
            step=screen.desk.salon.profile.step_minutes,
            set_step=screen.set_step,
            with_cancelled=screen.with_cancelled,
            show_cancelled=screen.show_cancelled,
            zoom=screen.zoom if screen.shows_grid else None,
        )
        self._pop_up(menu, place)

    def _pop_up(self, menu: Menu, place: QPoint) -> None:
        if self.menu is not None:
            self.menu.deleteLater()
        self.menu = menu
        menu.popup(place)
