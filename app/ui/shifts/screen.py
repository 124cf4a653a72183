"""The shifts: a month of everybody, single days by hand, schedules, absences and holidays."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cached_property, partial
from typing import ClassVar

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app import wording
from app.language import _
from app.salon.catalogue import patterns, shifts
from app.salon.catalogue.absences import StandingAbsence
from app.salon.catalogue.patterns import OFF, Hours
from app.salon.catalogue.shifts import DayWish, PlannedDay, PlannedMaster
from app.ui import shortcuts, theme
from app.ui.desk import Desk
from app.ui.screen import Screen
from app.ui.shifts import words
from app.ui.shifts.form import PanelForm
from app.ui.shifts.hours_field import usual_hours
from app.ui.shifts.month_grid import MonthGrid
from app.ui.shortcuts import Key
from app.ui.theme import FontRole, Tone
from app.ui.unkept import is_untold, settle
from app.ui.widgets.act_bar import ActBar
from app.ui.widgets.banner import Banner
from app.ui.widgets.buttons import Button, IconButton, PrimaryButton, QuietButton
from app.ui.widgets.card import Card
from app.ui.widgets.day_picker import months_away
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.label import FittingLabel
from app.ui.widgets.menu import Menu
from app.ui.widgets.screen_header import ScreenHeader
from app.ui.widgets.side_panel import SidePanel
from app.vocabulary import AbsenceKind, Topic

_MOST_OFFERED = 4


def _acted(act: Callable[[], None], _checked: bool = False) -> None:
    act()


class ShiftsScreen(Screen):
    """Plans who works when. Everything is done to the chosen days, by a key, a button or the menu."""

    topics: ClassVar[frozenset[Topic]] = frozenset({Topic.STAFF, Topic.VISITS, Topic.SALON})

    calls_wanted = Signal(int)
    """The id of an absence whose clients are to be called."""
    ill_wanted = Signal(int)
    """The id of somebody who is ill today."""
    month_shown = Signal(object)
    """The last day of a month that is going to be shown."""
    form_left = Signal(object, str)
    """A ``PanelForm`` in which something was entered was left, with its title: it stays, to be taken up again."""
    colleague_wanted = Signal()
    """Nobody works here yet: somebody is to be taken on."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setAccessibleName(_("Shifts"))
        self.month = desk.salon.today().replace(day=1)
        self.people: list[PlannedMaster] = []
        self._copied: list[list[Hours]] = []
        self.header = ScreenHeader(parent=self)
        self._build_head()
        self._stack = QStackedWidget(self)
        self._page = QWidget(self._stack)
        self._stack.addWidget(self._page)
        self.unplanned = Banner("", Tone.ACCENT, action=_("Plan the schedule"), parent=self._page)
        self._card = Card(padding=1, parent=self._page)
        self.grid = MonthGrid(self._card)
        self.chosen_label = FittingLabel("", FontRole.BODY, "muted")
        self._build()
        self._connect()

    def _build_head(self) -> None:
        for icon, name, key, months in (
            ("chevron-left", _("Month before"), "PgUp", -1),
            ("chevron-right", _("Month after"), "PgDn", 1),
        ):
            arrow = IconButton(icon, name, key=key, parent=self.header)
            arrow.clicked.connect(partial(self.go_by, months))
            self.header.add_beside_title(arrow)
        self.today_button = Button(_("Today"), key=shortcuts.shown(Key.TODAY))
        self.header.add_beside_title(self.today_button)
        self.ill_button = Button(_("Ill today…"), icon="phone")
        self.absences_button = Button(_("Absences"), icon="sun")
        self.holidays_button = Button(_("Holidays"), icon="calendar-days")
        self.roster_button = Button(_("Schedule…"), icon="repeat", key=shortcuts.shown(Key.PLAN_SCHEDULE))
        for button in (self.holidays_button, self.roster_button, self.absences_button, self.ill_button):
            self.header.add_action(button)

    def _build(self) -> None:
        self._card.body.addWidget(self.grid)
        column = QVBoxLayout(self._page)
        column.setContentsMargins(theme.MARGIN, 0, theme.MARGIN, 12)
        column.setSpacing(8)
        column.addWidget(self.unplanned)
        column.addWidget(self._card, 1)
        column.addWidget(self._build_acts())
        self.panel = SidePanel(self)
        self.panel.keeper = self._keep_begun
        self.hours_button.give_way_to(self.panel)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self.header)
        left.addWidget(self._stack, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(left, 1)
        row.addWidget(self.panel)
        self.setFocusProxy(self.grid)

    @cached_property
    def _empty(self) -> EmptyState:
        empty = EmptyState(
            "users",
            _("Nobody works here yet"),
            _("Take on a master first; then the shifts are planned here."),
            action=_("New colleague"),
            parent=self._stack,
        )
        empty.acted.connect(self.colleague_wanted)
        self._stack.addWidget(empty)
        return empty

    def _build_acts(self) -> ActBar:
        """What can be done with the chosen days, below the table."""
        self.hours_button = PrimaryButton(_("Set hours…"), icon="clock", key="Enter")
        self.off_button = QuietButton(_("Day off"), icon="coffee", key="Del")
        self.away_button = QuietButton(_("Absence…"), icon="sun")
        self.copy_button = IconButton("copy", _("Copy the hours"), key="Ctrl+C")
        self.paste_button = IconButton("clipboard-check", _("Paste the hours"), key="Ctrl+V")
        self.restore_button = QuietButton(_("By the schedule"), icon="undo-2")
        self.acts = (
            self.copy_button,
            self.paste_button,
            self.restore_button,
            self.away_button,
            self.off_button,
            self.hours_button,
        )
        return ActBar(self.chosen_label, self.acts)

    def _connect(self) -> None:
        self.today_button.clicked.connect(self.show_today)
        self.ill_button.clicked.connect(self._ask_who_is_ill)
        self.absences_button.clicked.connect(self.show_absences)
        self.holidays_button.clicked.connect(self.show_holidays)
        self.roster_button.clicked.connect(self.plan_current)
        self.hours_button.clicked.connect(self.edit_hours)
        self.off_button.clicked.connect(self.set_off)
        self.away_button.clicked.connect(self.plan_absence)
        self.copy_button.clicked.connect(self.copy)
        self.paste_button.clicked.connect(self.paste)
        self.restore_button.clicked.connect(self.restore)
        self.unplanned.acted.connect(self._plan_first_unplanned)
        self.grid.edit_wanted.connect(self.edit_hours)
        self.grid.off_wanted.connect(self.set_off)
        self.grid.copy_wanted.connect(self.copy)
        self.grid.paste_wanted.connect(self.paste)
        self.grid.month_wanted.connect(self.go_by)
        self.grid.menu_wanted.connect(self._open_menu)
        self.grid.roster_wanted.connect(self._plan_row)
        self.grid.chosen_changed.connect(self._say_chosen)
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        shortcuts.bind(Key.TODAY, self, self.show_today, within)
        shortcuts.bind(Key.PLAN_SCHEDULE, self, self.plan_current, within)

    # ---- the month -------------------------------------------------------------------------------------------

    @property
    def days(self) -> list[date]:
        """The days of the shown month."""
        return list(patterns.each_day(self.month, months_away(self.month, 1) - timedelta(days=1)))

    def bring_forward(self, part: QWidget) -> None:
        """A form may wait behind a card that was opened after it."""
        if self.panel.isAncestorOf(part):
            self.panel.come_forward()

    def reload(self) -> None:
        """Read the month again; what is chosen stays chosen."""
        days = self.days
        self.people = shifts.planned(self.desk.salon.database, days[0], days[-1])
        self.header.set_title(wording.month_title(self.month))
        self._say_total()
        self._say_unplanned()
        self._stack.setCurrentWidget(self._page if self.people else self._empty)
        for button in (self.ill_button, self.absences_button, self.roster_button):
            button.setVisible(bool(self.people))
        self.today_button.setVisible(self.month != self.desk.salon.today().replace(day=1))
        self.grid.show_plan(self.people, days, self.desk.salon.today())
        self._say_chosen()

    def _say_total(self) -> None:
        """The sum of all hours, where there is room for it."""
        total = sum(one.minutes for one in self.people)
        self.header.set_detail(_("{hours} in all").format(hours=words.worked(total)) if total else "")

    def _say_unplanned(self) -> None:
        """After an import masters have hours, but only as far as they were laid out then."""
        names = [self.people[row].name for row in self._unplanned_rows()]
        self.unplanned.setVisible(bool(names))
        if names:
            said = _(
                "Without a schedule: {names}. Their hours were imported and end in some weeks, "
                "while a schedule goes on by itself."
            )
            self.unplanned.tell(said.format(names=words.some_of(names)), Tone.ACCENT, action=_("Plan the schedule"))

    def _unplanned_rows(self) -> list[int]:
        """The rows of who has hours that neither a schedule nor a hand has planned."""
        return [
            row
            for row, one in enumerate(self.people)
            if not one.rosters and any(day.hours and not day.is_by_hand for day in one.days)
        ]

    def _plan_first_unplanned(self) -> None:
        for row in self._unplanned_rows()[:1]:
            self.grid.stand_on(row, max(self.grid.currentIndex().column(), 0))
            self._plan_row(row)

    def go_by(self, months: int, _checked: bool = False) -> None:
        """So many months on or back; shifts beyond what is laid out are laid out now."""
        self.month = months_away(self.month, months)
        self.month_shown.emit(self.days[-1])
        self.reload()

    def show_today(self) -> None:
        """Back to this month, with the cursor on today."""
        today = self.desk.salon.today()
        self.month = today.replace(day=1)
        self.reload()
        if self.people:
            self.grid.stand_on(max(self.grid.currentIndex().row(), 0), today.day - 1)

    # ---- what is chosen --------------------------------------------------------------------------------------

    def _chosen(self) -> Iterator[tuple[PlannedMaster, PlannedDay]]:
        for row, days in zip(self.grid.chosen_rows, self.grid.chosen, strict=True):
            for day in days:
                yield self.people[row], day

    def _to_come(self) -> list[tuple[PlannedMaster, PlannedDay]]:
        """The chosen days that are not over; all of them when none is, so that the rule says no."""
        chosen, today = list(self._chosen()), self.desk.salon.today()
        return [(who, day) for who, day in chosen if day.day >= today] or chosen

    def _say_chosen(self) -> None:
        chosen = list(self._chosen())
        for button in self.acts:
            button.setEnabled(bool(chosen))
        self.paste_button.setEnabled(bool(chosen and self._copied))
        if not chosen:
            self.chosen_label.say("", ())
            return
        today = self.desk.salon.today()
        names = list(dict.fromkeys(who.name for who, _day in chosen))
        first, last = chosen[0][1].day, chosen[-1][1].day
        if len(chosen) == 1:
            said = f"{wording.weekday_and_date(first, today)}: {words.day(chosen[0][1])}"
        else:
            minutes = sum(day.minutes for _who, day in chosen)
            said = f"{words.span(first, last, today)} · {words.worked(minutes)}"
        who = names[0] if len(names) == 1 else wording.masters(len(names))
        # Beside an open form there is little room: the name stands before the row as well.
        self.chosen_label.say(f"{who}, {said}", (said,))

    # ---- acts ------------------------------------------------------------------------------------------------

    def edit_hours(self) -> None:
        """Type the hours of the chosen days."""
        from app.ui.shifts.day_form import DayForm

        chosen = self._to_come()
        if not chosen:
            return
        names = list(dict.fromkeys(who.name for who, _day in chosen))
        hours = next((day.hours for _who, day in chosen if day.hours), OFF)
        days = [(who.staff_id, day.day) for who, day in chosen]
        self._open(DayForm(self.desk, wording.listed(names), days, hours, self._offered()), _("Hours"))

    def set_off(self) -> None:
        """The chosen days are free; a day with a visit keeps its hours."""
        chosen = self._to_come()
        self._give([DayWish(who.staff_id, day.day, OFF) for who, day in chosen])

    def copy(self) -> None:
        """Take the hours of the chosen days along."""
        self._copied = [[day.hours for day in days] for days in self.grid.chosen]
        if self._copied:
            days = len(self._copied[0])
            said = words.hours(self._copied[0][0]) if days == 1 else wording.days(days)
            self.desk.perform.tell(_("Copied: {hours}").format(hours=said), undoable=False)
        self._say_chosen()

    def paste(self) -> None:
        """Put the copied hours into the chosen days; more days than were copied are filled over and over."""
        rows, columns = self.grid.chosen_rows, self.grid.chosen_columns
        if not self._copied or not rows:
            return
        if len(rows) == len(columns) == 1:
            rows = [*range(rows[0], min(rows[0] + len(self._copied), len(self.people)))]
            columns = [*range(columns[0], min(columns[0] + len(self._copied[0]), len(self.days)))]
        days, today = self.days, self.desk.salon.today()
        wishes = [
            DayWish(
                self.people[row].staff_id,
                days[column],
                self._copied[down % len(self._copied)][along % len(self._copied[0])],
            )
            for down, row in enumerate(rows)
            for along, column in enumerate(columns)
        ]
        self._give([wish for wish in wishes if wish.day >= today] or wishes)

    def restore(self) -> None:
        """Give the chosen days back to the schedule."""
        days = [(who.staff_id, day.day) for who, day in self._to_come()]
        done = self.desk.perform(shifts.restore_days, days)
        if done is not None:
            self.desk.perform.tell(words.replanned(done.value), undoable=done.entry_id is not None)

    def _give(self, wishes: list[DayWish]) -> None:
        if not wishes:
            return
        done = self.desk.perform(shifts.set_days, wishes)
        if done is not None:
            self.desk.perform.tell(words.replanned(done.value), undoable=done.entry_id is not None)

    def plan_absence(self) -> None:
        """Plan an absence over the chosen days."""
        chosen = self._to_come()
        if chosen:
            who, days = chosen[0][0], [day.day for _who, day in chosen]
            self._open_absence(who.staff_id, min(days), max(days))

    # ---- panels ----------------------------------------------------------------------------------------------

    def plan_current(self) -> None:
        """Plan the schedule of whose row the cursor stands in."""
        self._plan_row(max(self.grid.currentIndex().row(), 0))

    def plan_hours(self, staff_id: int) -> None:
        """Plan the schedule of somebody; who has no row yet gets a form all the same."""
        self.refresh_if_stale()
        row = next((row for row, one in enumerate(self.people) if one.staff_id == staff_id), None)
        if row is not None:
            self.grid.stand_on(row, max(self.grid.currentIndex().column(), 0))
            self._plan_row(row)

    def _plan_row(self, row: int) -> None:
        from app.ui.shifts.roster_form import RosterForm

        if row < len(self.people):
            master = self.people[row]
            title = _("Schedule: {name}").format(name=master.name)
            self._open(RosterForm(self.desk, master, self._offered(), self.panel.make_room()), title)

    def show_absences(self) -> None:
        """Show who is away, and whose clients are to be called."""
        from app.ui.shifts.absence_list import AbsenceList

        listed = AbsenceList(self.desk, self.panel.make_room())
        listed.calls_wanted.connect(self._call)
        listed.change_wanted.connect(self._change_absence)
        listed.new_wanted.connect(self.plan_absence)
        self.panel.open(listed, _("Absences"))
        listed.focus_first()

    def show_holidays(self) -> None:
        """Show the salon's holidays, with the public ones to tick."""
        from app.ui.shifts.holidays_form import HolidaysForm

        column = max(self.grid.currentIndex().column(), 0)
        self._open(HolidaysForm(self.desk, self.days[column], self.panel.make_room()), _("Holidays of the salon"))

    def _open_absence(self, staff_id: int, first: date, last: date, *, standing: StandingAbsence | None = None) -> None:
        from app.ui.shifts.absence_form import AbsenceForm

        kind = AbsenceKind.VACATION if standing is None else standing.kind
        form = AbsenceForm(self.desk, self.people, staff_id, first, last, kind=kind, standing=standing)
        form.calls_wanted.connect(self._call)
        self._open(form, _("Absence"))

    def _change_absence(self, one: StandingAbsence) -> None:
        self._open_absence(one.staff_id, one.first, one.last, standing=one)

    def _call(self, absence_id: int) -> None:
        self.panel.close_panel()
        self.calls_wanted.emit(absence_id)

    def _open(self, form: PanelForm, title: str) -> None:
        form.done.connect(partial(self._close, form))
        form.remember()
        self.panel.open(form, title)
        form.focus_first()

    def take_up(self, form: PanelForm, title: str) -> None:
        """Go on with a form as it was left."""
        field = form.changed
        self.panel.open(form, title)
        if field is not None:
            field.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def begun(self) -> list[tuple[str, QWidget]]:
        """The form that is open with something entered: what it is for, and where."""
        form = self.panel.content
        field = form.changed if isinstance(form, PanelForm) and is_untold(form) else None
        return [] if field is None else [(self.panel.accessibleName(), field)]

    def _keep_begun(self, form: QWidget, title: str) -> bool:
        if not isinstance(form, PanelForm) or form.changed is None:
            return False
        self.form_left.emit(form, title)
        return True

    def _close(self, form: PanelForm) -> None:
        settle(form)
        self.panel.close_panel()
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def _offered(self) -> list[Hours]:
        """The hours that are used most this month come first."""
        profile = self.desk.salon.profile
        used = Counter(day.hours for one in self.people for day in one.days if day.hours)
        most = [hours for hours, _count in used.most_common(_MOST_OFFERED)]
        return usual_hours(profile.opens_minute, profile.closes_minute, most)

    # ---- menus and keys --------------------------------------------------------------------------------------

    def _ask_who_is_ill(self) -> None:
        menu = self.menu_of_the_ill()
        menu.popup(self.ill_button.mapToGlobal(QPoint(0, self.ill_button.height() + 4)))

    def menu_of_the_ill(self) -> Menu:
        """Who is ill: those who work today come first."""
        today = self.desk.salon.today()
        month = shifts.planned(self.desk.salon.database, today, today)
        menu = Menu(_("Who is ill today?"), self)
        menu.addAction(_("Who is ill today?")).setEnabled(False)
        for one in sorted(month, key=lambda each: not each.days[0].hours):
            said = f"{one.name}\t{words.hours(one.days[0].hours)}"
            menu.addAction(said).triggered.connect(partial(self._fall_ill, one.staff_id))
        return menu

    def _fall_ill(self, staff_id: int, _checked: bool = False) -> None:
        self.panel.close_panel()
        self.ill_wanted.emit(staff_id)

    def _open_menu(self, place: QPoint) -> None:
        self.menu_of_days().popup(place)

    def menu_of_days(self) -> Menu:
        """What can be done with the chosen days."""
        menu = Menu(_("Chosen days"), self)
        acts: list[tuple[str, str, Callable[[], None]]] = [
            (_("Set hours…"), "Enter", self.edit_hours),
            (_("Day off"), "Del", self.set_off),
            (_("Absence…"), "", self.plan_absence),
            (_("By the schedule"), "", self.restore),
            (_("Copy the hours"), "Ctrl+C", self.copy),
            (_("Paste the hours"), "Ctrl+V", self.paste),
            (_("Schedule…"), shortcuts.shown(Key.PLAN_SCHEDULE), self.plan_current),
        ]
        for text, key, act in acts:
            action = menu.addAction(f"{text}\t{key}" if key else text)
            action.triggered.connect(partial(_acted, act))
            action.setEnabled(act != self.paste or bool(self._copied))
        return menu
