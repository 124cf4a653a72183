"""Somebody's repeated hours: a week or a cycle from a day on; what is booked is shown before anything is changed."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app import wording
from app.errors import SalonError
from app.explain import sentence
from app.language import _, ngettext
from app.salon.catalogue import patterns, rosters
from app.salon.catalogue.patterns import OFF, Cycle, Hours, Pattern, Stretch
from app.salon.catalogue.shifts import PlannedMaster
from app.ui import theme
from app.ui.desk import Desk
from app.ui.shifts import words
from app.ui.shifts.form import PanelForm, UsualHours
from app.ui.shifts.hours_field import HoursField
from app.ui.theme import FontRole
from app.ui.widgets.buttons import ChoiceButton
from app.ui.widgets.day_field import DayField
from app.ui.widgets.field_line import FieldLine
from app.ui.widgets.label import Label
from app.ui.widgets.number_field import NumberField
from app.ui.widgets.segmented_control import SegmentedControl
from app.ui.widgets.side_panel import PANEL_WIDTH

_WEEK, _CYCLE = "week", "cycle"
_PAGE_WIDTH = PANEL_WIDTH - 2 * theme.MARGIN - 12
"""What a page has beside a scroll bar."""
_MOST_DAYS = 28


class RosterForm(PanelForm):
    """Plans somebody's repeated hours. Days with a visit outside them keep theirs."""

    def __init__(
        self, desk: Desk, master: PlannedMaster, offered: Sequence[Hours], parent: QWidget | None = None
    ) -> None:
        super().__init__(_("Plan the hours"), parent)
        self._desk = desk
        self._master = master
        self._today = desk.salon.today()
        tomorrow = self._today + timedelta(days=1)
        self.kind = SegmentedControl(_("How it repeats"), ((_WEEK, _("By the week")), (_CYCLE, _("In a cycle"))))
        self.first = DayField(tomorrow, self._today)
        self.first_line = FieldLine(_("From"), self.first)
        self.is_ending = QCheckBox(_("only until"))
        self.last = DayField(tomorrow + timedelta(weeks=12), self._today)
        self.last_line = FieldLine(_("Until"), self.last)
        self.week = _Week(offered)
        self.cycle = _Cycle(offered)
        self._stack = QStackedWidget()
        self._fill()
        self._build()
        self._connect()
        self._show_kind(self.kind.choice)

    def _fill(self) -> None:
        profile = self._desk.salon.profile
        usual = (Stretch(profile.opens_minute, profile.closes_minute),)
        standing = next(iter(self._master.rosters), None)
        known = None if standing is None or standing.is_week else patterns.cycle_of(standing)
        if standing is not None and standing.is_week:
            self.week.show_week(standing.by_weekday())
        else:
            self.week.show_week(_week_worked(self._master) or [usual] * 5 + [OFF] * 2)
        self.cycle.show_cycle(*(known or (patterns.PRESETS[0], usual)))
        self.kind.choose(_CYCLE if known else _WEEK)

    def _build(self) -> None:
        self.fields.addWidget(Label(self._now(), FontRole.SECONDARY, "muted", wrap=True))
        self.fields.addWidget(self.kind, 0, Qt.AlignmentFlag.AlignLeft)
        self._stack.addWidget(self.week)
        self._stack.addWidget(self.cycle)
        self.fields.addWidget(self._stack)
        period = QHBoxLayout()
        period.setSpacing(12)
        until = QVBoxLayout()
        until.setSpacing(4)
        until.addWidget(self.last_line)
        until.addStretch(1)
        period.addWidget(self.first_line, 1, Qt.AlignmentFlag.AlignTop)
        period.addLayout(until, 1)
        self.fields.addLayout(period)
        self.fields.addWidget(self.is_ending)
        self.last_line.setEnabled(False)
        self.add_visits()

    def _connect(self) -> None:
        self.kind.chosen.connect(self._show_kind)
        self.first.day_changed.connect(self._look)
        self.last.day_changed.connect(self._look)
        self.is_ending.toggled.connect(self.last_line.setEnabled)
        self.is_ending.toggled.connect(self._look)
        for field in (*self.week.days, self.cycle.hours):
            field.hours_changed.connect(self._look)
        self.cycle.on.valueChanged.connect(self._look)
        self.cycle.off.valueChanged.connect(self._look)

    def _now(self) -> str:
        standing = next(iter(self._master.rosters), None)
        if standing is None:
            return _("No schedule yet. It is laid out for half a year, and goes on by itself.")
        return _("So far: {pattern}").format(pattern=words.pattern(standing))

    def focus_first(self) -> None:
        """The hours come first."""
        field = self.week.days[0] if self.kind.choice == _WEEK else self.cycle.hours
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def pattern(self) -> Pattern | None:
        """What is wanted; None while something is not possible."""
        last = self.last.day if self.is_ending.isChecked() else None
        if self.first_line.error or self.last_line.error:
            return None
        if self.kind.choice == _WEEK:
            worked = [field.hours for field in self.week.days]
            week = {weekday: hours for weekday, hours in enumerate(worked) if hours is not None}
            return patterns.weekly(self.first.day, week, last) if len(week) == patterns.WEEK else None
        hours = self.cycle.hours.hours
        return patterns.cyclic(self.first.day, self.cycle.cycle, hours, last) if hours else None

    def save(self) -> None:
        """Plan the hours, if they are possible."""
        pattern = self.pattern
        if pattern is None:
            return
        try:
            done = self._desk.perform.attempt(rosters.plan, self._master.staff_id, pattern)
        except SalonError as error:
            self.say_problem(sentence(error))
            return
        self._desk.perform.tell(words.replanned(done.value), undoable=done.entry_id is not None)
        self.done.emit()

    def _show_kind(self, key: str) -> None:
        self._stack.setCurrentWidget(self.week if key == _WEEK else self.cycle)
        for page in (self.week, self.cycle):
            page.setVisible(page is self._stack.currentWidget())
        page = self._stack.currentWidget()
        # The pills need more than one line in the panel, which their size hint does not know.
        self._stack.setFixedHeight(max(page.sizeHint().height(), page.heightForWidth(_PAGE_WIDTH)))
        self.first_line.set_hint("" if key == _WEEK else _("The first day of work"))
        self._look()

    def _look(self) -> None:
        """Say what is not possible, and which visits would lie outside the new hours."""
        self._check_days()
        self.say_problem("")
        pattern = self.pattern
        self.save_button.setEnabled(pattern is not None)
        found = (
            []
            if pattern is None
            else rosters.visits_outside(self._desk.salon.database, self._master.staff_id, pattern, self._today)
        )
        said = ngettext(
            "{n} booked service lies outside these hours. Its day keeps its hours; move the visit, then plan again:",
            "{n} booked services lie outside these hours. Their days keep theirs; move the visits, then plan again:",
            len(found),
        ).format(n=wording.number(len(found)))
        self.say_visits(said, found, self._today)

    def _check_days(self) -> None:
        self.first_line.set_error("" if self.first.day > self._today else _("Choose a day from tomorrow on."))
        is_wrong = self.is_ending.isChecked() and self.last.day < self.first.day
        self.last_line.set_error(_("The last day comes before the first.") if is_wrong else "")


def _week_worked(master: PlannedMaster) -> list[Hours]:
    """The week as somebody without a schedule works it mostly, after an import; nothing when they have no hours."""
    by_weekday = [
        Counter(one.hours for one in master.days if one.day.weekday() == weekday) for weekday in range(patterns.WEEK)
    ]
    week = [hours.most_common(1)[0][0] if hours else OFF for hours in by_weekday]
    return week if any(week) else []


class _Week(QWidget):
    """Seven days with their hours."""

    def __init__(self, offered: Sequence[Hours]) -> None:
        super().__init__()
        self.days = [HoursField() for _weekday in range(patterns.WEEK)]
        self.usual = UsualHours(offered, self.days[0])
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        for row, (name, field) in enumerate(zip(wording.weekdays_short(), self.days, strict=True)):
            label = Label(name, FontRole.BODY, "muted")
            label.setBuddy(field)
            field.setAccessibleName(_("{weekday}, hours").format(weekday=name))
            field.entered_field.connect(partial(self._offer_for, field))
            grid.addWidget(label, row, 0)
            grid.addWidget(field, row, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(grid)
        column.addWidget(self.usual)

    def show_week(self, week: Sequence[Hours]) -> None:
        """Show the hours from Monday to Sunday."""
        for field, hours in zip(self.days, week, strict=True):
            field.set_hours(hours)

    def _offer_for(self, field: HoursField) -> None:
        self.usual.field = field


class _Cycle(QWidget):
    """So many days of work, so many off, and the hours of a working day."""

    def __init__(self, offered: Sequence[Hours]) -> None:
        super().__init__()
        self.on = NumberField(1, _MOST_DAYS)
        self.off = NumberField(0, _MOST_DAYS)
        self.hours = HoursField()
        self.presets: list[ChoiceButton] = []
        presets = QHBoxLayout()
        presets.setSpacing(8)
        for cycle in patterns.PRESETS:
            button = ChoiceButton(words.cycle(cycle))
            button.clicked.connect(partial(self.take, cycle))
            self.presets.append(button)
            presets.addWidget(button)
        presets.addStretch(1)
        days = QHBoxLayout()
        days.setSpacing(12)
        days.addWidget(FieldLine(_("Days of work"), self.on), 1)
        days.addWidget(FieldLine(_("Days off"), self.off), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(presets)
        column.addLayout(days)
        column.addWidget(FieldLine(_("Hours of a working day"), self.hours))
        column.addWidget(UsualHours([hours for hours in offered if hours], self.hours))

    @property
    def cycle(self) -> Cycle:
        """The cycle that is wanted."""
        return Cycle(self.on.value(), self.off.value())

    def take(self, cycle: Cycle, _checked: bool = False) -> None:
        """Take a cycle that is known by its numbers."""
        self.on.setValue(cycle.on)
        self.off.setValue(cycle.off)

    def show_cycle(self, cycle: Cycle, hours: Hours) -> None:
        """Show a cycle with its hours."""
        self.take(cycle)
        self.hours.set_hours(hours)
