"""The calendar: who comes when to whom, in the view that is wanted, and everything that can be done about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QStackedLayout, QVBoxLayout, QWidget

from app import wording
from app.errors import Gone, StatusNotPossible
from app.language import _
from app.salon.catalogue import staff
from app.salon.changes import Changes
from app.salon.scheduling import booking
from app.salon.scheduling.agenda import AgendaEntry
from app.ui import shortcuts, theme
from app.ui.calendar import accessible, over_others, reach, titles, words
from app.ui.calendar.ahead import Ahead
from app.ui.calendar.day_board import DayBoard
from app.ui.calendar.day_grid import VISIT_KEYS
from app.ui.calendar.day_header import DayHeader
from app.ui.calendar.emptiness import Emptiness
from app.ui.calendar.holding import Holding
from app.ui.calendar.overviews import Overviews
from app.ui.calendar.peeking import Peeking
from app.ui.calendar.reach import Reach
from app.ui.calendar.sheet_canvas import HOUR_HEIGHT
from app.ui.calendar.sheet_source import WEEK, SheetSource
from app.ui.calendar.spot_menus import SpotMenus
from app.ui.calendar.tracks import Sheet
from app.ui.calendar.view_bar import ViewBar
from app.ui.calendar.visit_acts import VisitActs
from app.ui.calendar.waiting_beside import WaitingBeside
from app.ui.calendar.walking import OnBlock, OnHold, OnPlace, OnVisit
from app.ui.desk import Desk
from app.ui.screen import Screen
from app.ui.shortcuts import Key
from app.ui.widgets.card import Card
from app.ui.widgets.laid_out import lay_out
from app.ui.wishes import BookingSeed
from app.vocabulary import CalendarView, CancelReason, Topic, VisitStatus

if TYPE_CHECKING:
    from app.salon.scheduling.free_places import FreePlace
    from app.ui.calendar.day_notice import DayNotice
    from app.ui.calendar.held_strip import HeldStrip
    from app.ui.calendar.list_page import ListPage
    from app.ui.calendar.masters_panel import MastersPanel
    from app.ui.calendar.visit_peek import VisitPeek
from app.ui.widgets.menu import Menu

_EVERY_HALF_MINUTE_MS = 30_000
_ZOOM_RESTS_MS = 700
"""The settings are written when the wheel rests, not with each of its notches."""
_OF_ANY_DAY = (Topic.CLIENTS, Topic.CATALOGUE, Topic.SALON, Topic.ROOMS, Topic.WAITING)
_GRID_VIEWS = (CalendarView.MASTERS, CalendarView.ROOMS, CalendarView.WEEK)
_STATUS_OF_KEY = {
    Key.ARRIVED: VisitStatus.ARRIVED,
    Key.DONE: VisitStatus.COMPLETED,
    Key.NO_SHOW: VisitStatus.NO_SHOW,
}


class CalendarScreen(Screen):
    """One day or several, in the view that is wanted; the screen itself only knows who tells whom."""

    topics = frozenset(
        {
            Topic.VISITS,
            Topic.CLIENTS,
            Topic.CHECKLISTS,
            Topic.STAFF,
            Topic.CATALOGUE,
            Topic.SALON,
            Topic.ROOMS,
            Topic.WAITING,
        }
    )

    client_wanted = Signal(int)
    whose_wanted = Signal(int)
    """The id of a completed visit without a card: it is known now who came."""
    booking_wanted = Signal(object)
    """A ``BookingSeed``."""
    free_place_wanted = Signal(object)
    """A ``FreePlace`` of the search was taken by its mark."""
    search_wanted = Signal()
    places_wanted = Signal()
    print_wanted = Signal(object, int)
    """The ``date`` that is wanted as a list; with a master, their week that is shown."""
    paper_wanted = Signal(object, QPoint, int)
    """What can be had of a ``date`` and its week, asked at a point of the screen; whose week is shown, or 0."""
    series_wanted = Signal(int)
    """A visit should be repeated, or its series is wanted."""
    visit_file_wanted = Signal(int)
    """A visit for its client's calendar."""
    ill_wanted = Signal(int)
    """The id of a master who is ill today."""
    room_wanted = Signal()
    """There are no rooms yet: the first one is to be added."""
    colleague_wanted = Signal()
    """Nobody works here yet: somebody is to be taken on."""
    day_shown = Signal(object)
    """The ``date`` that is shown now."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        settings = desk.preferences.settings
        self._today = desk.salon.today()
        self.day: date = self._today
        self.view: CalendarView = settings.calendar_view
        self.sheet: Sheet | None = None
        """What the grid or the list shows; None before the first reading and in the overviews."""
        self._said = ""
        self._marked: frozenset[tuple[int, date]] = frozenset()
        """With whom and on which days a search has found free places."""
        self._was_read = False
        self._source = SheetSource(desk.salon)
        self._source.hidden = _numbers(settings.hidden_masters)
        self.acts = VisitActs(desk)
        self._notice: DayNotice | None = None
        self._list: ListPage | None = None
        self._masters_panel: MastersPanel | None = None
        self.header = DayHeader(self)
        self.bar = ViewBar(self)
        self._card = Card(padding=0, parent=self)
        self.board = DayBoard(self._read_reach, self._card)
        self.grid = self.board.grid
        self.grid.set_hour_height(settings.hour_height or HOUR_HEIGHT)
        accessible.install()
        self._lay_out()
        self.overviews = Overviews(desk.salon, self._stack, self)
        self.menus = SpotMenus(self)
        self.peeking = Peeking(desk.salon, self)
        self.holding = Holding(desk, self.grid, self._card.body, self)
        self.waiting = WaitingBeside(self, self._card.body)
        self._connect()
        self._bind_keys()
        self._clock = QTimer(self)
        self._clock.setInterval(_EVERY_HALF_MINUTE_MS)
        self._clock.timeout.connect(self.look_at_clock)
        self._zoom_rests = QTimer(self)
        self._zoom_rests.setSingleShot(True)
        self._zoom_rests.setInterval(_ZOOM_RESTS_MS)
        self._zoom_rests.timeout.connect(self._keep_zoom)
        self.ahead = Ahead(self._prepare_neighbours, self)
        self.grid.seen_wanted.connect(self.ahead.give_way)
        self.board.view.down.valueChanged.connect(self.ahead.give_way)
        self.setFocusProxy(self.grid)
        self.bar.say(self.view)

    # ---- building --------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self._card.setAccessibleName(_("Day"))
        self._card.layout().setContentsMargins(1, 6, 6, 8)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.board)
        self._card.body.addLayout(self._stack, 1)
        frame = QVBoxLayout()
        frame.setContentsMargins(theme.MARGIN, 0, theme.MARGIN, theme.MARGIN)
        frame.addWidget(self._card)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.header)
        self._column.addWidget(self.bar)
        self._column.addLayout(frame, 1)

    def _connect(self) -> None:
        header, bar, grid = self.header, self.bar, self.grid
        header.steps_wanted.connect(self.step)
        header.day_wanted.connect(self.show_day)
        header.today_wanted.connect(self.show_today)
        header.visit_wanted.connect(self._want_visit)
        header.search_wanted.connect(self.search_wanted)
        header.paper_wanted.connect(self._want_paper)
        bar.view_wanted.connect(self.show_view)
        bar.places_wanted.connect(self.places_wanted)
        bar.master_wanted.connect(self.show_week_of)
        bar.masters_wanted.connect(self._open_masters)
        bar.everybody_wanted.connect(self.show_everybody)
        bar.looks_wanted.connect(self.menus.open_looks)
        grid.visit_opened.connect(self.open_peek)
        grid.place_wanted.connect(self.want_place)
        grid.move_wanted.connect(self._drop)
        grid.stretch_wanted.connect(self._stretch)
        grid.key_wanted.connect(self._on_key)
        grid.free_place_wanted.connect(self.free_place_wanted)
        grid.menu_wanted.connect(self._open_menu)
        grid.beyond_wanted.connect(self.step)
        grid.spot_changed.connect(self.close_peek)
        grid.spot_changed.connect(partial(accessible.tell_selection, grid))
        grid.zoom_wanted.connect(self.zoom)
        self.board.head.column_opened.connect(self._open_column)
        self.board.head.menu_wanted.connect(self.menus.open_master)
        self.overviews.day_opened.connect(self._open_day)
        self.overviews.day_walked.connect(self.show_day)
        self.overviews.master_opened.connect(self.show_week_of)
        self.peeking.opened.connect(self._connect_peek)
        self.peeking.dismissed.connect(self._focus_page)
        self.holding.pasted.connect(self._on_pasted)

    def _bind_keys(self) -> None:
        shortcuts.bind(Key.TODAY, self, self.show_today)
        shortcuts.bind(Key.PRINT_DAY, self, self._want_print)
        shortcuts.bind(Key.MASTERS_OR_ROOMS, self, self._swap_masters_and_rooms)
        shortcuts.bind(Key.ALL_MASTERS, self, self.show_everybody)
        here = Qt.ShortcutContext.WidgetWithChildrenShortcut
        shortcuts.bind(Key.PREVIOUS_WEEK, self, partial(self._turn, -1), here)
        shortcuts.bind(Key.NEXT_WEEK, self, partial(self._turn, 1), here)
        for key, levels in ((Key.ZOOM_IN, 1), (Key.ZOOM_OUT, -1), (Key.ZOOM_USUAL, 0)):
            shortcuts.bind(key, self, partial(self.zoom, levels), here)
        for weeks in range(1, 10):
            self._on_keys(f"Alt+{weeks}", partial(self._show_weeks_ahead, weeks))
        for number, view in enumerate(CalendarView, 1):
            self._on_keys(shortcuts.line_of(Key.VIEW).keys[number - 1], partial(self.show_view, view))

    def _on_keys(self, keys: str, act: Callable[[], object]) -> None:
        QShortcut(QKeySequence(keys), self).activated.connect(act)

    # ---- which view ------------------------------------------------------------------------------------------

    @property
    def shows_grid(self) -> bool:
        """Whether the view has hours from top to bottom."""
        return self.view in _GRID_VIEWS

    def show_view(self, view: CalendarView) -> None:
        """Show the same day in another view; the next start begins with it."""
        if view is self.view:
            self._focus_page()
            return
        entry, stop = self.selected_entry, self.grid.stop
        if self.view is CalendarView.WEEK and stop is not None and self.grid.plan is not None:
            # Whoever stands on a day of the week means that day.
            self.day = self.grid.plan.tracks[stop.column].day
        self.close_peek()
        self.grid.select(None)
        self.view = view
        self._keep(calendar_view=view)
        self.bar.say(view)
        self.reload()
        self._scroll_to_beginning()
        if entry is not None:
            self._select(entry.booked_id)
        self._focus_page()

    def show_week_of(self, staff_id: int) -> None:
        """Show the week of one master."""
        self._keep(calendar_master=staff_id)
        if self.view is CalendarView.WEEK:
            self.reload()
        else:
            self.show_view(CalendarView.WEEK)

    def _swap_masters_and_rooms(self) -> None:
        self.show_view(CalendarView.MASTERS if self.view is CalendarView.ROOMS else CalendarView.ROOMS)

    def _open_day(self, day: date) -> None:
        self.day = day
        self.show_view(CalendarView.MASTERS)
        self.day_shown.emit(day)

    def _open_column(self, column: int) -> None:
        track = self.grid.plan.tracks[column] if self.grid.plan else None
        if track is None:
            return
        if self.view is CalendarView.WEEK:
            self._open_day(track.day)
        elif track.staff_id is not None:
            self.show_week_of(track.staff_id)

    @property
    def _page(self) -> QWidget:
        if self.shows_grid:
            return self.grid
        return self.list_page if self.view is CalendarView.LIST else self.overviews.page(self.view)

    def _focus_page(self) -> None:
        self._page.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def list_page(self) -> ListPage:
        """The day as a list, made when it is first wanted."""
        if self._list is None:
            from app.ui.calendar.list_page import ListPage

            page = self._list = ListPage()
            page.visit_opened.connect(self.open_peek)
            page.key_wanted.connect(self._on_key)
            page.menu_wanted.connect(self._open_menu)
            page.beyond_wanted.connect(self.step)
            page.let_go_wanted.connect(self.let_go)
            page.visit_wanted.connect(self._want_visit)
            page.everybody_wanted.connect(self.show_everybody)
            self._stack.addWidget(page)
        return self._list

    def _keep(self, **preferred: object) -> None:
        settings = replace(self.desk.preferences.settings, **preferred)  # type: ignore[arg-type]
        if settings != self.desk.preferences.settings:
            self.desk.preferences.change(settings)

    # ---- reading ---------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read what is shown again."""
        self._is_stale = False
        self._was_read = True
        if self.view in (CalendarView.MONTH, CalendarView.SALON_WEEK):
            self.sheet = None
            self._said = self.overviews.show(self.view, self.day, self._source.hidden)
        else:
            self._read_sheet()
        page = self._page
        holder = page if self._stack.indexOf(page) >= 0 else self.board if page is self.grid else page.parentWidget()
        self._stack.setCurrentWidget(holder)
        self.setFocusProxy(page)
        self._say_day()
        self._say_hidden()
        self._show_notice()
        self.holding.read_again()
        self.waiting.read_again()
        if self.peeking.card is not None and self.selected_entry is None:
            self.close_peek()
        if self.shows_grid and self.isVisible():
            self.ahead.begin()

    def _prepare_neighbours(self) -> Iterator[None]:
        """The day or week after the shown one, then the one before."""
        step = WEEK if self.view is CalendarView.WEEK else 1
        days = (self.day + timedelta(days=by * step) for by in (1, -1))
        yield from self.grid.prepare((self._source.of(self.view, day) for day in days), self.board.scrolled)
        self._source.give_back()

    def _read_sheet(self) -> None:
        if self.view is CalendarView.WEEK:
            self._choose_master()
        self.sheet = self._source.of(self.view, self.day)
        self._said = titles.of_sheet(self.sheet)
        if self.shows_grid:
            self.grid.show_sheet(self.sheet, self.desk.salon.profile)
        else:
            self.list_page.show_sheet(self.sheet)

    def _choose_master(self) -> None:
        masters = [(one.staff_id, one.name) for one in staff.masters(self.desk.salon.database)]
        settings = self.desk.preferences.settings
        known = [staff_id for staff_id, _name in masters]
        wanted = (settings.calendar_master, settings.my_day_staff, *known)
        self._source.staff_id = next((one for one in wanted if one in known), 0)
        self.bar.say_masters(masters, self._source.staff_id)

    def is_concerned(self, changes: Changes) -> bool:
        """Whether something of the shown days was changed, or something that every day shows."""
        if not super().is_concerned(changes):
            return False
        first, count = self._days_shown()
        shown = any(first <= day < first + timedelta(days=count) for day in changes.days)
        return not changes.days or shown or changes.concerns(*_OF_ANY_DAY)

    def _days_shown(self) -> tuple[date, int]:
        if self.view in (CalendarView.MASTERS, CalendarView.ROOMS, CalendarView.LIST):
            return self.day, 1
        return self.overviews.days_of(self.view, self.day)

    def show_day(self, day: date) -> None:
        """Show another day, or read the same one again. In a week that is shown already the cursor goes to it."""
        changed = day != self.day
        same_sheet = self._days_shown()
        if changed:
            self.grid.select(None)
            self.close_peek()
        self.day = day
        self.reload()
        if changed:
            if self._days_shown() != same_sheet:
                self._scroll_to_beginning()
            self.day_shown.emit(day)

    def show_today(self) -> None:
        """Back to today, with the current time in sight."""
        self.show_day(self.desk.salon.today())
        self._scroll_to_beginning()

    def go_by(self, days: int) -> None:
        """So many days on or back."""
        self.show_day(self.day + timedelta(days=days))

    def step(self, by: int) -> None:
        """One of what is shown on or back: a day, a week, a month."""
        if self.view is CalendarView.MONTH:
            self._turn(by)
        else:
            self.go_by(by * (WEEK if self.view in (CalendarView.WEEK, CalendarView.SALON_WEEK) else 1))

    def _turn(self, by: int) -> None:
        """A week on or back; in the month a month."""
        if self.view is CalendarView.MONTH:
            from app.ui.widgets.day_picker import months_away

            self.show_day(months_away(self.day, by))
        else:
            self.go_by(by * WEEK)

    def _show_weeks_ahead(self, weeks: int) -> None:
        self.show_day(self.desk.salon.today() + timedelta(weeks=weeks))

    def select_visit(self, visit_id: int) -> None:
        """Select a visit of the shown day and scroll to it; in an overview, go to the view that shows visits."""
        self.refresh_if_stale()
        if self.sheet is None:
            self.show_view(CalendarView.MASTERS)
        booked_id = self._booked_in_sight(visit_id)
        if booked_id is not None:
            self._select(booked_id)

    def show_visit(self, visit_id: int, day: date) -> None:
        """Somebody wants to see this very visit: who has no column gets one, and a cancelled one its outline."""
        self.show_day(day)
        self.select_visit(visit_id)
        if self._booked_in_sight(visit_id) is not None:
            return
        from app.salon.scheduling import held

        try:
            visit = held.hold(self.desk.salon.database, visit_id)
        except Gone:
            return
        if visit.status is VisitStatus.CANCELLED:
            self._source.with_cancelled = True
        if self.view in (CalendarView.WEEK, CalendarView.ROOMS):
            self.show_view(CalendarView.MASTERS)
        self._reveal(*(one.wish.staff_id for one in visit.services))
        self.select_visit(visit_id)

    def show_booked(self, visit_id: int, day: date) -> None:
        """A visit was booked or changed: select it; in the day of all, who does it and is hidden gets a column."""
        self.show_day(day)
        self.select_visit(visit_id)
        if self.view in (CalendarView.MASTERS, CalendarView.LIST) and self._booked_in_sight(visit_id) is None:
            self.show_visit(visit_id, day)

    def _reveal(self, *masters: int) -> None:
        """Give these masters a column. Only for as long as the program runs: whom this machine hides stays chosen."""
        self._source.hidden = frozenset(self._source.hidden) - set(masters)
        self.reload()

    def _booked_in_sight(self, visit_id: int) -> int | None:
        """A service of the visit that stands in a column of what is shown."""
        tracks = self.sheet.tracks if self.sheet is not None else ()
        entries = (entry for track in tracks for entry in track.entries)
        return next((entry.booked_id for entry in entries if entry.visit_id == visit_id), None)

    def _select(self, booked_id: int) -> None:
        if self.shows_grid and self.grid.box_of(OnVisit(booked_id)) is None:
            self.grid.select(None)  # nobody means with a key what has no column
        elif self.shows_grid:
            self.grid.select(OnVisit(booked_id), show=True)
        elif self.view is CalendarView.LIST:
            self.list_page.select(booked_id)

    def show_place(self, place: FreePlace) -> None:
        """Show the day of a free place and select the place."""
        if not self.shows_grid:
            self.show_view(CalendarView.MASTERS)
        self.show_day(place.starts_at.date())
        minute = place.starts_at.hour * 60 + place.starts_at.minute
        if self.view is CalendarView.MASTERS:
            if place.staff_ids[0] in self._source.hidden:
                self._reveal(place.staff_ids[0])
            self.grid.select(OnPlace(place.staff_ids[0], minute), show=True)
        self._focus_page()

    @property
    def selected_entry(self) -> AgendaEntry | None:
        """The booked service that is selected in the view that is shown."""
        if self.shows_grid:
            return self.grid.selected_entry
        return self.list_page.selected_entry if self.view is CalendarView.LIST else None

    # ---- how it looks ----------------------------------------------------------------------------------------

    def mark_places(self, places: Sequence[FreePlace]) -> None:
        """Mark where a search has found free places: each in the columns, their number in the overviews."""
        self.grid.mark_places(places)
        if self.shows_grid:
            self.board.show_marks()
        counted: dict[tuple[int, date], int] = {}
        for place in places:
            key = (place.staff_ids[0], place.starts_at.date())
            counted[key] = counted.get(key, 0) + 1
        self.overviews.mark_places(counted)
        self._marked = frozenset(counted)
        self._say_hidden()

    @property
    def with_cancelled(self) -> bool:
        """Whether cancelled visits are shown as outlines."""
        return self._source.with_cancelled

    def show_cancelled(self, shown: bool) -> None:
        """Show cancelled visits as outlines beside the others, or leave them out."""
        self._source.with_cancelled = shown
        self.reload()

    def set_step(self, minutes: int) -> None:
        """The grid of the salon: everybody books in steps of so many minutes."""
        self.acts.set_step(minutes)

    def zoom(self, levels: int, y: int | None = None) -> None:
        """Make the hours so many levels higher; 0 gives the usual size. The time at ``y`` of the grid stays."""
        if self.shows_grid:
            self.close_peek()
            self.board.zoom(levels, y)
            self._zoom_rests.start()

    def _keep_zoom(self) -> None:
        """The next start shows the hours as high as they are now."""
        self._zoom_rests.stop()
        self._keep(hour_height=0 if self.grid.hour_height == HOUR_HEIGHT else self.grid.hour_height)

    def _open_masters(self, place: QPoint) -> None:
        from app.ui.calendar.masters_panel import MastersPanel

        if self._masters_panel is None:
            self._masters_panel = MastersPanel(self)
            self._masters_panel.shown_wanted.connect(self.show_master)
            self._masters_panel.shift_wanted.connect(self.shift_master)
        self._say_masters()
        self._masters_panel.popup_at(place)

    @property
    def masters_panel(self) -> MastersPanel | None:
        """Which masters are shown, once somebody asked."""
        return self._masters_panel

    def _say_masters(self) -> None:
        if self._masters_panel is not None:
            masters = staff.masters(self.desk.salon.database)
            hidden = self._source.hidden
            self._masters_panel.say([(one.staff_id, one.name, one.staff_id not in hidden) for one in masters])

    def show_master(self, staff_id: int, shown: bool) -> None:
        """Give a master a column at this machine, or none."""
        # Who has a column only for as long as the program runs stays hidden at the next start.
        chosen = _numbers(self.desk.preferences.settings.hidden_masters)
        now, kept = (
            frozenset(hidden) - {staff_id} if shown else frozenset({*hidden, staff_id})
            for hidden in (self._source.hidden, chosen)
        )
        self._source.hidden = now
        self._keep(hidden_masters=",".join(map(str, sorted(kept))))
        self.reload()

    def show_everybody(self) -> None:
        """Give every master a column at this machine again."""
        self._keep(hidden_masters="")  # also who has a column only for as long as the program runs
        if not self._source.hidden:
            self.desk.perform.tell(_("No master is hidden."), undoable=False)
            return
        focused = QApplication.focusWidget()
        self._source.hidden = frozenset()
        self.reload()
        self._say_masters()
        if focused is not None and not focused.isVisible():
            self._focus_page()  # the button that was pressed is gone

    def _say_hidden(self) -> None:
        """Say quietly that a master of what is shown has no column here, and whether a place was found with one."""
        hidden = self.overviews.hidden if self.sheet is None else self.sheet.hidden
        first, count = self._days_shown()
        days = {first + timedelta(days=ahead) for ahead in range(count)}
        masters = {staff_id for staff_id, _name in hidden}
        has_places = any(staff_id in masters and day in days for staff_id, day in self._marked)
        self.bar.say_hidden([name for _staff_id, name in hidden], has_places=has_places)

    def shift_master(self, staff_id: int, by: int) -> None:
        """Let a master stand further to the front or back, for everybody."""
        order = [one.staff_id for one in staff.masters(self.desk.salon.database)]
        place = order.index(staff_id)
        order.insert(max(place + by, 0), order.pop(place))
        self.acts.put_in_order(order)
        self._say_masters()

    # ---- what the head says ----------------------------------------------------------------------------------

    def look_at_clock(self) -> None:
        """Move the line of the current time; go on to the new day at midnight if today was shown."""
        today = self.desk.salon.today()
        if today != self._today:
            was_today, self._today = self.day == self._today, today
            if was_today:
                self.show_day(today)
        self._say_day()

    def _say_day(self) -> None:
        # What is read again after midnight must not forget that today was shown: only the clock goes on from it.
        now = self.desk.salon.wall_now()
        view, day, today = self.view, self.day, now.date()
        self.board.set_now(now, self.desk.salon.clock.now(), is_shown=titles.is_current(view, day, today))
        said = titles.titles(view, day, today)
        self.header.say(day, today, said, self._said, is_current=titles.is_current(view, day, today))
        self.header.say_steps(*titles.steps(view))
        self.grid.setAccessibleName(said.title)

    def _show_notice(self) -> None:
        reason = self._why_empty()
        if reason is None:
            if self._notice is not None:
                self._notice.hide()
            return
        if self._notice is None:
            from app.ui.calendar.day_notice import DayNotice

            self._notice = DayNotice(self._card)
            self._notice.other_day_wanted.connect(self.header.open_picker)
            self._notice.room_wanted.connect(self.room_wanted)
            self._notice.colleague_wanted.connect(self.colleague_wanted)
        self._notice.say(reason, is_today=self.day == self._today)
        self._place_notice()

    def _why_empty(self) -> Emptiness | None:
        sheet = self.sheet
        if sheet is not None and sheet.is_of_rooms:
            return None if sheet.tracks else Emptiness.NO_ROOMS
        if not (self.overviews.has_masters if sheet is None else sheet.masters):
            return Emptiness.NO_MASTERS
        if sheet is None or not self.shows_grid:
            return None
        return Emptiness.NOBODY_WORKS if sheet.nobody_works and not sheet.is_of_days else None

    def _place_notice(self) -> None:
        if self._notice is not None and not self._notice.isHidden():
            self._notice.place_within(self._card.rect())

    def _scroll_to_beginning(self) -> None:
        plan = self.grid.plan
        if self.view is CalendarView.LIST and self.selected_entry is None:
            now = self.desk.salon.wall_now()
            self.list_page.select_near(now.hour * 60 + now.minute if self.day == now.date() else 0)
        if plan is None or not self.shows_grid:
            return
        first = self.grid.now_minute if self.grid.now_minute is not None else plan.first_start
        self.board.show_minute(plan.scale.first_minute if first is None else first)
        column = plan.column_of(self.day.toordinal()) if self.view is CalendarView.WEEK else None
        if column is not None:
            self.board.show_column(column)

    # ---- life of the widget ----------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Read what was missed, and let the time go on."""
        first_time = not self._was_read
        super().showEvent(event)
        self.look_at_clock()
        self._clock.start()
        if self.shows_grid:
            self.ahead.begin()
        if first_time:
            self._column.activate()
            self._scroll_to_beginning()
            self._focus_page()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks at the time."""
        super().hideEvent(event)
        self._clock.stop()
        self.ahead.stop()
        if self._zoom_rests.isActive():
            self._keep_zoom()
        self.close_peek()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The small card would stand in the wrong place."""
        super().resizeEvent(event)
        self.close_peek()
        self._place_notice()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click beside the small card takes it away; the keyboard is in the calendar then, not in the rail."""
        super().mousePressEvent(event)
        if self.peeking.card is not None:
            self.peeking.dismiss()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The letters work in the small card as they do in the view under it."""
        if self.peeking.card is not None and self._take_visit_key(event):
            event.accept()
        elif self.holding.is_on and shortcuts.is_pressed(Key.BACK, event):
            # The focus stands on a button of the strip or of the head.
            self.let_go()
            event.accept()
        else:
            super().keyPressEvent(event)

    def _take_visit_key(self, event: QKeyEvent) -> bool:
        key = next((key for key in VISIT_KEYS if shortcuts.is_pressed(key, event)), None)
        if key is not None:
            self._on_key(key, 0, 0)
        return key is not None

    # ---- the small card --------------------------------------------------------------------------------------

    @property
    def peek(self) -> VisitPeek | None:
        """The small card, while it is open."""
        return self.peeking.card

    def open_peek(self, entry: AgendaEntry) -> None:
        """Show a visit at a glance, beside its tile or row."""
        self.close_peek()
        lay_out()  # what changes its size just now would take the card away again
        place = self._place_of(entry)
        if self.sheet is None or place is None:
            return
        try:
            self.peeking.open(self.sheet, entry, place)
        except Gone:
            self.reload()

    def close_peek(self) -> None:
        """Take the small card away."""
        self.peeking.close()

    def _connect_peek(self, card: VisitPeek, entry: AgendaEntry) -> None:
        card.status_wanted.connect(partial(self.set_status, entry))
        card.cancel_wanted.connect(partial(self.menus.ask_why_cancelled, entry))
        card.client_wanted.connect(partial(self.want_client, entry))
        card.change_wanted.connect(partial(self.want_change, entry))
        card.repeat_wanted.connect(partial(self.want_again, entry))
        card.series_wanted.connect(partial(self.want_series, entry))

    def _place_of(self, entry: AgendaEntry) -> QRect | None:
        """Where a visit stands on the screen, scrolled into sight."""
        if self.view is CalendarView.LIST:
            place = self.list_page.place_of(entry)
            return QRect(self.list_page.mapTo(self, place.topLeft()), place.size())
        box = self.grid.box_of(OnVisit(entry.booked_id))
        if box is None:
            return None
        self.board.show_part(QRect(box.x, box.y, box.width, box.height))
        return QRect(self.grid.mapTo(self, QPoint(box.x, box.y)), QSize(box.width, box.height))

    def below_spot(self) -> QPoint:
        """A place of the screen just under the upper edge of what is selected."""
        entry = self.selected_entry
        if self.view is CalendarView.LIST and entry is not None:
            corner = self.list_page.place_of(entry).bottomLeft()
            return self.list_page.mapToGlobal(corner)
        box = self.grid.box_of(self.grid.spot)
        place = self.rect().center() if box is None else self.grid.mapTo(self, QPoint(box.x + 12, box.y + 24))
        return self.mapToGlobal(place)

    # ---- wishes for other screens ----------------------------------------------------------------------------

    def seed_here(self) -> BookingSeed:
        """What a new visit begins with: the free place that is selected, if one is."""
        stop, plan = self.grid.stop, self.grid.plan
        if plan is None or stop is None or not isinstance(stop.spot, OnPlace) or not self.shows_grid:
            return BookingSeed(day=self.day)
        track = plan.tracks[stop.column]
        return BookingSeed(
            staff_id=track.staff_id, starts_at=plan.moment(stop.starts, stop.column), room_id=track.room_id
        )

    def _want_visit(self) -> None:
        self.booking_wanted.emit(self.seed_here())

    def want_place(self, column: int, minute: int, minutes: int | None, *, is_walk_in: bool = False) -> None:
        """A visit is wanted in a column of the grid, from a minute of its day on."""
        plan = self.grid.plan
        if plan is not None:
            self.booking_wanted.emit(
                BookingSeed(
                    staff_id=plan.tracks[column].staff_id,
                    starts_at=plan.moment(minute, column),
                    room_id=plan.tracks[column].room_id,
                    minutes=minutes,
                    is_walk_in=is_walk_in,
                )
            )

    def want_client(self, entry: AgendaEntry) -> None:
        """Open the card of the visit's client."""
        self.close_peek()
        if entry.client_id is not None:
            self.client_wanted.emit(entry.client_id)
        else:
            self.whose_wanted.emit(entry.visit_id)

    def want_change(self, entry: AgendaEntry) -> None:
        """Open the visit in the booking form."""
        self.close_peek()
        self.booking_wanted.emit(BookingSeed(client_id=entry.client_id, visit_id=entry.visit_id))

    def want_series(self, entry: AgendaEntry) -> None:
        """Repeat a visit, or see the series to which it belongs."""
        self.close_peek()
        self.series_wanted.emit(entry.visit_id)

    def want_again(self, entry: AgendaEntry) -> None:
        """Book the same once more."""
        self.close_peek()
        self.booking_wanted.emit(BookingSeed(client_id=entry.client_id, repeat_visit_id=entry.visit_id))

    def want_companion(self, entry: AgendaEntry) -> None:
        """Book another client who comes together with this one."""
        self.close_peek()
        seed = BookingSeed(starts_at=entry.starts_at, with_visit=entry.visit_id, with_client=words.client(entry))
        self.booking_wanted.emit(seed)

    def _want_print(self) -> None:
        self.print_wanted.emit(self.day, self._week_of)

    def _want_paper(self) -> None:
        button = self.header.paper
        self.paper_wanted.emit(self.day, button.mapToGlobal(button.rect().bottomLeft()), self._week_of)

    @property
    def _week_of(self) -> int:
        """The master whose week is shown; 0 when another view is."""
        return self._source.staff_id if self.view is CalendarView.WEEK else 0

    # ---- acts ------------------------------------------------------------------------------------------------

    def _drop(self, booked_id: int, column: int, starts_at: datetime) -> None:
        entry, plan = self.grid.entry(booked_id), self.grid.plan
        if plan is not None and entry is not None:
            track = plan.tracks[column]
            self.move(booked_id, track.staff_id or entry.staff_id, starts_at, track.rooms)

    def move(self, booked_id: int, staff_id: int, starts_at: datetime, rooms: tuple[int, ...] = ()) -> None:
        """Move a booked service; what was moved is selected, also on another day."""
        self.close_peek()
        where = wording.clock_time(starts_at)
        before = self._entry(booked_id)
        if before is not None and self.sheet is not None:
            other = "" if staff_id == before.staff_id else self.sheet.masters.get(staff_id, "")
            others = (track for track in self.sheet.tracks if track.room_id is not None and track.rooms == rooms)
            room = next((track.name for track in others if track.room_id not in before.room_ids), "")
            where = words.new_place(before, starts_at, other, room, self._today)
        anyway = None if before is None else partial(self._want_moved, before, staff_id, starts_at, rooms)
        if self.acts.move(booked_id, staff_id, starts_at, rooms, where, anyway):
            first, count = self._days_shown()
            if not first <= starts_at.date() < first + timedelta(days=count):
                self.show_day(starts_at.date())
            if before is not None and staff_id != before.staff_id and staff_id in self._source.hidden:
                self._reveal(staff_id)
            self._select(booked_id)

    def _stretch(self, booked_id: int, starts_at: datetime, ends_at: datetime) -> None:
        self.close_peek()
        before = self._entry(booked_id)
        anyway = None if before is None else partial(self._want_stretched, before, starts_at, ends_at)
        self.acts.stretch(booked_id, starts_at, ends_at, anyway)

    def _entry(self, booked_id: int) -> AgendaEntry | None:
        entries = () if self.sheet is None else self.sheet.entries
        return next((one for one in entries if one.booked_id == booked_id), None)

    def _want_moved(self, entry: AgendaEntry, staff_id: int, starts_at: datetime, rooms: tuple[int, ...]) -> None:
        self._want_seed(partial(over_others.moved, self.desk, entry, staff_id, starts_at, rooms))

    def _want_stretched(self, entry: AgendaEntry, starts_at: datetime, ends_at: datetime) -> None:
        self._want_seed(partial(over_others.stretched, self.desk, entry, starts_at, ends_at))

    def _want_seed(self, seed: Callable[[], BookingSeed]) -> None:
        try:
            self.booking_wanted.emit(seed())
        except Gone as gone:
            self.desk.perform.explain(gone)

    def set_status(self, entry: AgendaEntry, status: VisitStatus) -> None:
        """Say where a visit stands."""
        self.peeking.dismiss()
        self.acts.set_status(entry, status)

    def cancel(self, entry: AgendaEntry, reason: CancelReason) -> None:
        """Cancel a visit for a reason."""
        self.acts.cancel(entry, reason)

    def _on_key(self, key: Key, aside: int, down: int) -> None:
        spot, entry = self.grid.spot, self.selected_entry
        if key is Key.BACK:
            self.let_go()
        elif key is Key.PASTE:
            self.paste()
        elif key is Key.WAITING_LIST:
            self.waiting.on_key(entry)
        elif key is Key.BLOCK_TIME:
            self.menus.ask_what_blocks()
        elif entry is not None:
            self._on_visit_key(key, entry, aside, down)
        elif not self.shows_grid:
            return
        elif isinstance(spot, OnPlace):
            self._on_place_key(key, spot)
        elif isinstance(spot, OnBlock | OnHold) and key in (Key.OPEN, Key.CANCEL_VISIT):
            self._open_menu(self.below_spot())

    def _on_place_key(self, key: Key, spot: OnPlace) -> None:
        stop = self.grid.stop
        if key is Key.OPEN and stop is not None:
            self.want_place(stop.column, spot.minute, None)

    def _on_visit_key(self, key: Key, entry: AgendaEntry, aside: int, down: int) -> None:
        if key is Key.OPEN:
            self.open_peek(entry)
        elif key is Key.CANCEL_VISIT:
            self._ask_why_cancelled(entry)
        elif key is Key.SERIES:
            self.want_series(entry)
        elif key is Key.COPY:
            self.copy(entry)
        elif key is Key.CUT:
            self.cut(entry)
        elif key in _STATUS_OF_KEY:
            self.set_status(entry, _STATUS_OF_KEY[key])
        elif key is Key.MOVE_VISIT:
            self._move_by(entry, aside, down)
        elif key is Key.STRETCH_VISIT:
            step = timedelta(minutes=self.desk.salon.profile.step_minutes)
            self._stretch(entry.booked_id, entry.starts_at, entry.ends_at + down * step)

    def _ask_why_cancelled(self, entry: AgendaEntry) -> None:
        """Nobody chooses a reason for what cannot be cancelled any more."""
        if VisitStatus.CANCELLED in booking.may_follow(entry.status):
            self.menus.ask_why_cancelled(entry)
        else:
            self.desk.perform.explain(StatusNotPossible(entry.status, VisitStatus.CANCELLED))

    def _move_by(self, entry: AgendaEntry, aside: int, down: int) -> None:
        step = timedelta(minutes=self.desk.salon.profile.step_minutes)
        starts_at = entry.starts_at + down * step
        if self.view is CalendarView.WEEK:
            self.move(entry.booked_id, entry.staff_id, starts_at + timedelta(days=aside))
        elif self.view is CalendarView.LIST:
            self.move(entry.booked_id, entry.staff_id, starts_at)
        else:
            plan, stop = self.grid.plan, self.grid.stop
            if plan is not None and stop is not None and 0 <= stop.column + aside < len(plan.tracks):
                self._drop(entry.booked_id, stop.column + aside, starts_at)

    # ---- copy, cut, paste ------------------------------------------------------------------------------------

    @property
    def strip(self) -> HeldStrip | None:
        """What says which visit is held, once one was."""
        return self.holding.strip

    def copy(self, entry: AgendaEntry) -> None:
        """Hold a visit, to book it once more elsewhere."""
        self.peeking.dismiss()
        self.holding.copy(entry)

    def cut(self, entry: AgendaEntry) -> None:
        """Hold a visit, to put it elsewhere; nothing moves until it is pasted."""
        self.peeking.dismiss()
        self.holding.cut(entry)

    def paste(self) -> None:
        """Put the held visit on the selected place; what was pasted is selected."""
        self.close_peek()
        self.holding.paste()

    def let_go(self) -> None:
        """Hold nothing any longer; a cut visit stays where it is."""
        self.holding.let_go()

    def _on_pasted(self, visit_id: int) -> None:
        self.select_visit(visit_id)

    # ---- menus -----------------------------------------------------------------------------------------------

    @property
    def menu(self) -> Menu | None:
        """The menu that was opened last."""
        return self.menus.menu

    def _open_menu(self, place: QPoint) -> None:
        self.close_peek()
        self.menus.open(place)

    def _read_reach(self, sheet: Sheet, entry: AgendaEntry) -> Reach:
        return reach.read(self.desk.salon, sheet, entry)


def _numbers(text: str) -> frozenset[int]:
    """The numbers of a preference; what is no number is nobody's."""
    return frozenset(int(part) for part in text.split(",") if part.strip().isdigit())
