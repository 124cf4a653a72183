"""The waiting list beside the calendar: a visit goes onto it by key or drag, and from it onto free time."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout

from app import wording
from app.errors import SalonError
from app.explain import sentence
from app.language import _
from app.salon.scheduling import booking
from app.salon.scheduling.agenda import AgendaEntry
from app.ui import without_form
from app.ui.calendar.walking import OnPlace
from app.ui.unwanted import with_reason
from app.ui.wishes import WaitingSeed
from app.vocabulary import VisitStatus

if TYPE_CHECKING:
    from datetime import datetime

    from app.salon.scheduling.free_places import FreePlace
    from app.salon.scheduling.places import DayBooks
    from app.salon.scheduling.wait_matches import Matching
    from app.salon.scheduling.waitlist import Waiting
    from app.ui.calendar.bringing import Bringing, Look
    from app.ui.calendar.placing import DayPlan
    from app.ui.calendar.screen import CalendarScreen
    from app.ui.calendar.waiting_strip import DropField, WaitingStrip
    from app.ui.widgets.menu import Menu

_GAP = 2
_FIELD = 64
"""How high the field to drop on is at least."""
_UNKNOWN = 30
"""Minutes that are shown for what cannot be had at all."""


class WaitingBeside(QObject):
    """Shows who waits under the day, and takes visits that are dropped on it."""

    wish_wanted = Signal(object)
    """A ``WaitingSeed``: somebody is to be added, or a line changed."""
    list_wanted = Signal()
    """The whole list is wanted."""
    field_moved = Signal()
    """The field to drop on has come or gone: what floats there makes way."""

    def __init__(self, screen: CalendarScreen, foot: QVBoxLayout) -> None:
        """``foot`` is where the strip stands."""
        super().__init__(screen)
        self._screen = screen
        self._foot = foot
        self.strip: WaitingStrip | None = None
        """Once somebody waits."""
        self.menu: Menu | None = None
        self._field: DropField | None = None
        self._brought: Bringing | None = None
        """Who is dragged from the strip over the grid."""
        self._is_over = False
        self._put: int | None = None
        """The entry of whoever was put on the list here last."""
        self._may_read = False
        self._first = QTimer(self)
        self._first.setSingleShot(True)
        self._first.setInterval(0)
        self._first.timeout.connect(self._begin)
        screen.grid.beside = self

    # ---- the strip -------------------------------------------------------------------------------------------

    def read_again(self) -> None:
        """Show who waits now. The first picture of the day does not wait for them, nor for what they need loaded."""
        if self._may_read:
            self._read()
        elif not self._first.isActive():
            self._first.start()

    def _begin(self) -> None:
        self._may_read = True
        self._read()

    def _read(self) -> None:
        if self.strip is None:
            if self._screen.desk.salon.database.value("SELECT 1 FROM waitlist_entry WHERE status = 'waiting'") is None:
                return
            self._make_strip()
        if self.strip is not None:
            self.strip.say(self._waiting())

    def _waiting(self) -> list[tuple[Waiting, str]]:
        from app.salon.scheduling import waiting_words, waitlist

        salon, day = self._screen.desk.salon, self._screen.day
        now = salon.wall_now()
        listed = waitlist.listed(salon.database, salon.profile.zone)
        # Whoever was put here just now stands at hand, to be taken to another day: before those who wait longer.
        listed.sort(
            key=lambda one: (one.entry_id != self._put, not any(window.is_open_on(day) for window in one.windows))
        )
        return [
            (
                one,
                ", ".join(
                    (
                        one.client_name,
                        waiting_words.what(one),
                        waiting_words.by_whom(one),
                        waiting_words.windows(one, now.date()),
                        waiting_words.waits(one.since, now),
                    )
                ),
            )
            for one in listed
        ]

    def _make_strip(self) -> None:
        from app.ui.calendar.waiting_strip import WaitingStrip

        strip = self.strip = WaitingStrip()
        strip.opened.connect(self._open_menu)
        strip.carried.connect(self._bring)
        strip.dropped.connect(self._drop_waiting)
        strip.given_up.connect(self._bring_nobody)
        strip.list_wanted.connect(self.list_wanted)
        self._foot.addWidget(strip)

    # ---- a visit onto the list -------------------------------------------------------------------------------

    def take(self, entry: AgendaEntry) -> None:
        """Give the place of a visit up; its client waits for another time."""
        from app.salon.scheduling import waitlist

        desk = self._screen.desk
        self._screen.close_peek()
        done = with_reason(
            desk,
            lambda why: desk.perform.attempt(waitlist.wait_instead, entry.visit_id, unwanted=why),
            is_waiting=True,
        )
        if done is not None:
            self._put = done.value
            self.read_again()
            desk.perform.tell(_("{client} waits for another time; the place is free").format(client=entry.client_name))

    def on_key(self, entry: AgendaEntry | None) -> None:
        """W: the selected visit onto the list; else to those who wait; else somebody new."""
        if entry is not None:
            self.take(entry)
        elif self.strip is not None and self.strip.tiles:
            self.strip.tiles[0].setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.wish_wanted.emit(WaitingSeed(day=self._screen.day))

    def hover(self, entry: AgendaEntry, place: QPoint) -> bool:
        """A visit is dragged over a place of the screen; whether that is where the list takes it."""
        if entry.client_id is None or VisitStatus.CANCELLED not in booking.may_follow(entry.status):
            return False
        field = self._shown_field()
        self._is_over = field.rect().contains(field.mapFromGlobal(place))
        field.say(is_over=self._is_over)
        return self._is_over

    def drop(self, entry: AgendaEntry) -> bool:
        """The drag has ended; whether it ended on the list, which then has the client."""
        is_over = self._is_over
        self.leave()
        if is_over:
            self.take(entry)
        return is_over

    def leave(self) -> None:
        """The drag is over."""
        self._is_over = False
        if self._field is not None and not self._field.isHidden():
            self._field.hide()
            self._screen.board.give_room(0)
            self.field_moved.emit()

    def _shown_field(self) -> DropField:
        if self._field is None:
            from app.ui.calendar.waiting_strip import DropField

            self._field = DropField(self._screen)
        if self._field.isHidden():
            # Below the grid, over the strip and the margin. Where that is too low to be hit, the grid makes room:
            # no free place is ever covered.
            board, screen = self._screen.board, self._screen
            corner = board.mapTo(screen, QPoint(0, board.height()))
            below = screen.height() - corner.y() - 2 * _GAP
            height = max(below, _FIELD)
            board.give_room(height - below)
            top = corner.y() + _GAP - (height - below)
            self._field.setGeometry(QRect(corner.x(), top, board.width(), height))
            self._field.show()
            self._field.raise_()
            self.field_moved.emit()
        return self._field

    # ---- from the list into the day --------------------------------------------------------------------------

    def _bring(self, waiting: Waiting, place: QPoint) -> None:
        """Say while it is dragged already where it leads, or why it cannot end there."""
        from app.ui.calendar.bringing import Bringing

        grid = self._screen.grid
        if grid.plan is None or not grid.isVisible():
            return
        if self._brought is None or self._brought.plan is not grid.plan:
            self._brought = Bringing(grid.plan, self._look(grid.plan, waiting))
        grid.bring(self._brought, place)

    def _look(self, plan: DayPlan, waiting: Waiting) -> Look:
        """How long it takes from a minute of a column on, and why not; the masters' days are read once a drag."""
        from app.salon.scheduling.places import DayBooks, why_not

        books = DayBooks(self._screen.desk.salon.database)
        matching = self._matching(self._screen.desk.salon.wall_now())

        def look(column: int, minute: int) -> tuple[int, SalonError | None]:
            try:
                place = self._place_at(matching, plan, waiting, column, minute, books)
                lasts = int((place.ends_at - place.starts_at).total_seconds()) // 60
                return lasts, why_not(books, place.starts_at, place.planned)
            except SalonError as error:
                return _UNKNOWN, error

        return look

    def _place_at(
        self, matching: Matching, plan: DayPlan, waiting: Waiting, column: int, minute: int, books: DayBooks
    ) -> FreePlace:
        """What somebody waits for, from a minute of a column on. Raises Gone when the salon no longer does it."""
        from app.salon.scheduling import wait_matches

        track, moment = plan.tracks[column], plan.moment(minute, column)
        if track.staff_id:
            return wait_matches.place_at(matching, waiting, track.staff_id, moment)
        return wait_matches.place_in_room(matching, waiting, track.room_id, moment, books)

    def _drop_waiting(self, waiting: Waiting, place: QPoint) -> None:
        grid = self._screen.grid
        found = grid.place_under(place) if grid.isVisible() else None
        self._bring_nobody()
        if found is not None:
            self._book(waiting, *found)

    def _bring_nobody(self) -> None:
        grid, self._brought = self._screen.grid, None
        grid.bring(None, QPoint())
        if grid.isVisible():
            grid.setFocus(Qt.FocusReason.MouseFocusReason)

    def _book(self, waiting: Waiting, column: int, minute: int) -> None:
        """Book what somebody waits for from a minute of a column on; a refusal is told and changes nothing."""
        from app.salon.scheduling import wait_matches, waitlist
        from app.salon.scheduling.places import DayBooks

        desk, plan = self._screen.desk, self._screen.grid.plan
        if plan is None:
            return
        try:
            matching = self._matching(plan.moment(minute, column))
            books = DayBooks(desk.salon.database)
            place = self._place_at(matching, plan, waiting, column, minute, books)
        except SalonError as error:
            desk.perform.refused.emit(sentence(error))
            return
        done = without_form.book(
            desk,
            wait_matches.request_at(waiting, place),
            lambda request: desk.perform.attempt(waitlist.book, waiting.entry_id, request),
        )
        if done is not None:
            self._screen.select_visit(done.value)
            self._tell_booked(done.value)

    def book_held(self, hold_id: int) -> None:
        """Book the place that is held for somebody who waits; it goes over in one act."""
        from app.salon.scheduling import holds

        desk = self._screen.desk
        try:
            request = holds.request_of(desk.salon.database, hold_id, desk.salon.profile.zone)
        except SalonError as error:
            desk.perform.refused.emit(sentence(error))
            return
        done = without_form.book(desk, request, lambda asked: desk.perform.attempt(holds.book, hold_id, asked))
        if done is not None:
            self._screen.select_visit(done.value)
            self._tell_booked(done.value)

    def _matching(self, now: datetime) -> Matching:
        from app.salon.scheduling import wait_matches

        salon = self._screen.desk.salon
        profile = salon.profile
        return wait_matches.Matching(salon.database, now=now, step_minutes=profile.step_minutes, zone=profile.zone)

    def _tell_booked(self, visit_id: int) -> None:
        from app.salon.scheduling.said_back import said_back

        salon = self._screen.desk.salon
        self._screen.desk.perform.tell(said_back(salon.database, visit_id, salon.today()))

    def _open_menu(self, waiting: Waiting, place: QPoint) -> None:
        """What can be done for somebody on the strip, with the selected place first."""
        from app.salon.scheduling import waitlist
        from app.ui.calendar import menus

        grid, plan = self._screen.grid, self._screen.grid.plan
        stop = grid.stop if grid.isVisible() else None
        here, book_here = "", None
        if plan is not None and stop is not None and isinstance(stop.spot, OnPlace):
            track = plan.tracks[stop.column]
            here = f"{wording.clock_time(plan.moment(stop.starts))}, {track.name}"
            book_here = partial(self._book, waiting, stop.column, stop.starts)
        withdraw = partial(self._withdraw, waiting)
        change = partial(self.wish_wanted.emit, WaitingSeed(entry_id=waiting.entry_id))
        match = self._matching(self._screen.desk.salon.wall_now()).of(waiting, waitlist.USUAL_DAYS // 3)
        show = None
        if match is not None:
            show = (self._said(match.place.starts_at), partial(self._screen.show_place, match.place))
        if self.menu is not None:
            self.menu.deleteLater()
        self.menu = menus.of_waiting(
            self._screen,
            waiting.client_name,
            here=here,
            book_here=book_here,
            show=show,
            change=change,
            withdraw=withdraw,
        )
        self.menu.popup(place - QPoint(0, self.menu.sizeHint().height()))

    def _said(self, starts_at: datetime) -> str:
        today = self._screen.desk.salon.today()
        return f"{wording.weekday_and_date(starts_at.date(), today)}, {wording.clock_time(starts_at)}"

    def _withdraw(self, waiting: Waiting) -> None:
        from app.salon.scheduling import waitlist

        desk = self._screen.desk
        if desk.perform(waitlist.withdraw, waiting.entry_id) is not None:
            desk.perform.tell(_("{client} is off the waiting list").format(client=waiting.client_name))
