"""The hours of a colleague by weekday, from a day on; what is booked is shown before anything is changed."""

from datetime import date, time, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app import wording
from app.errors import SalonError
from app.explain import sentence
from app.language import _, ngettext
from app.salon.catalogue import shifts
from app.salon.catalogue.shifts import HoursPlan, Replanned, VisitOutside
from app.salon.catalogue.staff import ListedColleague, WorkingHours
from app.ui.catalogue.drawer import DrawerForm
from app.ui.desk import Desk
from app.ui.theme import FontRole
from app.ui.widgets.day_field import DayField
from app.ui.widgets.field_line import FieldLine
from app.ui.widgets.label import Label
from app.ui.widgets.time_field import TimeField

_WEEKS = 12
_LONGEST_DAYS = 366
_MOST_SHOWN = 8


class HoursForm(DrawerForm):
    """Plans somebody's weeks. Days with a visit outside the new hours keep their shifts."""

    planned = Signal(int)
    """The id of the colleague whose hours were planned."""

    def __init__(self, desk: Desk, colleague: ListedColleague, parent: QWidget | None = None) -> None:
        super().__init__(_("Hours: {name}").format(name=colleague.facts.name), _("Plan the hours"), parent)
        self.desk = desk
        self.colleague = colleague
        today = desk.salon.today()
        self.first = DayField(today + timedelta(days=1), today)
        self.last = DayField(today + timedelta(weeks=_WEEKS), today)
        self.first_line = FieldLine(_("From"), self.first)
        self.last_line = FieldLine(_("Until"), self.last)
        self.days = [_Weekday(weekday, name) for weekday, name in enumerate(wording.weekdays_short())]
        self.outside: list[VisitOutside] = []
        self._told = Label("", FontRole.BODY, "warn", wrap=True)
        self._listed = Label("", FontRole.SECONDARY, wrap=True)
        self._fill()
        self._build()
        self._connect()
        self._look()

    def _fill(self) -> None:
        profile = self.desk.salon.profile
        known = {one.weekday: one for one in self.colleague.week}
        for day in self.days:
            usual = WorkingHours(day.weekday, profile.opens_minute, profile.closes_minute)
            day.show_hours(known.get(day.weekday, usual), works=day.weekday in known)

    def _build(self) -> None:
        period = QHBoxLayout()
        period.setSpacing(12)
        for line in (self.first_line, self.last_line):
            period.addWidget(line, 1, Qt.AlignmentFlag.AlignTop)
        self.fields.addLayout(period)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        for row, day in enumerate(self.days):
            grid.addWidget(day.works, row, 0)
            grid.addWidget(day.opens, row, 1)
            grid.addWidget(Label("–", tone="muted"), row, 2)
            grid.addWidget(day.closes, row, 3)
        grid.setColumnStretch(0, 1)
        self.fields.addLayout(grid)
        note = QVBoxLayout()
        note.setSpacing(6)
        note.addWidget(self._told)
        note.addWidget(self._listed)
        self.fields.addLayout(note)

    def _connect(self) -> None:
        self.first.day_changed.connect(self._look)
        self.last.day_changed.connect(self._look)
        for day in self.days:
            day.works.toggled.connect(day.follow)
            day.works.toggled.connect(self._look)
            day.opens.time_changed.connect(self._look)
            day.closes.time_changed.connect(self._look)

    def focus_first(self) -> None:
        """The first day comes first."""
        self.first.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def plan(self) -> HoursPlan | None:
        """What is wanted; None while something is not possible."""
        hours = [day.hours for day in self.days if day.works.isChecked()]
        possible = [one for one in hours if one is not None]
        if self.first_line.error or self.last_line.error or len(possible) < len(hours):
            return None
        return HoursPlan(self.colleague.staff_id, tuple(possible), self.first.day, self.last.day)

    def save(self) -> None:
        """Plan the hours, if they are possible."""
        plan = self.plan
        if plan is None:
            return
        try:
            done = self.desk.perform.attempt(shifts.replan, plan)
        except SalonError as error:
            self.say_problem(sentence(error))
            return
        self.desk.perform.tell(_planned(done.value), undoable=done.entry_id is not None)
        self.planned.emit(self.colleague.staff_id)

    # ---- looking before leaping ------------------------------------------------------------------------------

    def _look(self) -> None:
        """Say what is not possible, and which visits would lie outside the new hours."""
        self._check_days()
        wrong = any(day.works.isChecked() and day.hours is None for day in self.days)
        self.say_problem(_("A working day ends after it begins. Check the hours.") if wrong else "")
        plan = self.plan
        self.save_button.setEnabled(plan is not None)
        self.outside = [] if plan is None else shifts.outside(self.desk.salon.database, plan)
        self._told.setVisible(bool(self.outside))
        self._listed.setVisible(bool(self.outside))
        self._told.setText(_outside(len(self.outside)))
        self._listed.setText("\n".join(self._lines()))

    def _check_days(self) -> None:
        today = self.desk.salon.today()
        late = self.first.day > today
        self.first_line.set_error("" if late else _("Choose a day from tomorrow on."))
        days = (self.last.day - self.first.day).days
        if days < 0:
            self.last_line.set_error(_("The last day comes before the first."))
        elif days > _LONGEST_DAYS:
            self.last_line.set_error(_("Plan at most a year at once."))
        else:
            self.last_line.set_error("")

    def _lines(self) -> list[str]:
        today = self.desk.salon.today()
        lines = [_line(one, today) for one in self.outside[:_MOST_SHOWN]]
        more = len(self.outside) - len(lines)
        if more:
            lines.append(ngettext("and {n} more", "and {n} more", more).format(n=wording.number(more)))
        return lines


class _Weekday:
    """One line of the week: whether somebody works then, from when to when."""

    def __init__(self, weekday: int, name: str) -> None:
        self.weekday = weekday
        self.works = QCheckBox(name)
        self.opens = TimeField(step=15)
        self.closes = TimeField(step=15)
        self.opens.setAccessibleName(_("{weekday}, from").format(weekday=name))
        self.closes.setAccessibleName(_("{weekday}, until").format(weekday=name))

    def show_hours(self, hours: WorkingHours, *, works: bool) -> None:
        """Show ``hours``, or that the day is free."""
        self.works.setChecked(works)
        self.opens.set_time(_at(hours.opens))
        self.closes.set_time(_at(hours.closes))
        self.follow(works)

    def follow(self, works: bool) -> None:
        """A free day has no hours."""
        self.opens.setEnabled(works)
        self.closes.setEnabled(works)

    @property
    def hours(self) -> WorkingHours | None:
        """The hours of the day; None while they are not possible."""
        opens, closes = self.opens.at, self.closes.at
        if opens is None or closes is None or closes <= opens:
            return None
        return WorkingHours(self.weekday, opens.hour * 60 + opens.minute, closes.hour * 60 + closes.minute)


def _at(minute: int) -> time:
    """A minute of the day; the end of the day is its last minute, for a field knows no 24:00."""
    last = min(minute, 24 * 60 - 1)
    return time(last // 60, last % 60)


def _line(one: VisitOutside, today: date) -> str:
    return ", ".join(
        part
        for part in (
            wording.weekday_and_date(one.starts_at.date(), today),
            wording.interval(one.starts_at, one.ends_at),
            one.client_name,
            one.service_name,
        )
        if part
    )


def _outside(count: int) -> str:
    if not count:
        return ""
    return ngettext(
        "{n} booked service lies outside these hours. Its day keeps its shift; move the visit, then plan again:",
        "{n} booked services lie outside these hours. Their days keep their shifts; move the visits, then plan again:",
        count,
    ).format(n=wording.number(count))


def _planned(done: Replanned) -> str:
    changed = ngettext("{n} day has new hours", "{n} days have new hours", done.changed).format(
        n=wording.number(done.changed)
    )
    if not done.kept:
        return changed
    kept = ngettext("{n} kept theirs for its visits", "{n} kept theirs for their visits", len(done.kept)).format(
        n=wording.number(len(done.kept))
    )
    return f"{changed}, {kept}"
