"""The salon's holidays: the public ones to tick, days of one's own, and what is closed already."""

from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from app import language, wording
from app.errors import SalonError
from app.explain import sentence
from app.language import _, ngettext
from app.salon.catalogue import holidays
from app.salon.catalogue.holidays import ClosedDay, StandingHoliday
from app.ui.desk import Desk
from app.ui.shifts.form import PanelForm
from app.ui.theme import FontRole
from app.ui.unkept import is_settled
from app.ui.widgets.buttons import Button, IconButton
from app.ui.widgets.day_field import DayField
from app.ui.widgets.label import ElidedLabel, Label

_AHEAD = timedelta(days=366)
_LONGEST_NAME = 80


class HolidaysForm(PanelForm):
    """Closes the salon on days. Masters with a visit on such a day keep their hours until it is moved."""

    def __init__(self, desk: Desk, day: date, parent: QWidget | None = None) -> None:
        """``day`` stands in the field for a day of one's own."""
        super().__init__(_("Close the salon on these days"), parent)
        self._desk = desk
        self._today = desk.salon.today()
        self.ticks: dict[ClosedDay, QCheckBox] = {}
        self.standing: list[StandingHoliday] = []
        self._standing_list = QVBoxLayout()
        self._tick_list = QVBoxLayout()
        for column in (self._standing_list, self._tick_list):
            column.setSpacing(4)
        self._closed_heading = Label(_("Closed on"), FontRole.HEADING)
        self.own_day = DayField(max(day, self._today), self._today)
        self.own_day.setAccessibleName(_("A day of your own"))
        self.own_name = QLineEdit()
        self.own_name.setMaxLength(_LONGEST_NAME)
        self.own_name.setPlaceholderText(_("Name of the day"))
        self.own_name.setAccessibleName(_("Name of the day"))
        self.own_button = Button(_("Add"), icon="plus")
        self.own_button.clicked.connect(self._add_own)
        self.own_name.returnPressed.connect(self._add_own)
        self._build()
        self.read()

    def _build(self) -> None:
        self.fields.addWidget(self._closed_heading)
        self.fields.addLayout(self._standing_list)
        self.fields.addWidget(Label(_("Public holidays ahead"), FontRole.HEADING))
        self.fields.addLayout(self._tick_list)
        own = QVBoxLayout()
        own.setSpacing(8)
        own.addWidget(Label(_("A day of your own"), FontRole.HEADING))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.own_day)
        row.addWidget(self.own_name, 1)
        own.addLayout(row)
        own.addWidget(self.own_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.fields.addLayout(own)
        self.add_visits()

    def focus_first(self) -> None:
        """The first proposal comes first."""
        first = next(iter(self.ticks.values()), None)
        (first or self.own_day).setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def changed(self) -> QWidget | None:
        """A ticked day, or the name of one that is not added yet."""
        ticked = next((tick for tick in self.ticks.values() if tick.isChecked()), None)
        named = self.own_name if self.own_name.text().strip() else None
        return None if is_settled(self) else named or ticked

    def read(self) -> None:
        """Read what is closed, and offer the public holidays that are not."""
        database, last = self._desk.salon.database, self._today + _AHEAD
        self.standing = holidays.standing(database, self._today, last)
        _empty(self._standing_list)
        for one in self.standing:
            self._standing_list.addWidget(self._line(one))
        self._closed_heading.setVisible(bool(self.standing))
        closed = {one.day for one in self.standing}
        _empty(self._tick_list)
        self.ticks = {}
        for offered in holidays.public(self._today, last, language.current()):
            if offered.day not in closed:
                self._offer(offered, ticked=False)
        self._look()

    def save(self) -> None:
        """Close the salon on the ticked days."""
        chosen = [day for day, tick in self.ticks.items() if tick.isChecked()]
        if not chosen:
            return
        try:
            done = self._desk.perform.attempt(holidays.plan, chosen)
        except SalonError as error:
            self.say_problem(sentence(error))
            return
        said = ngettext("The salon is closed on {n} day", "The salon is closed on {n} days", len(chosen))
        self._desk.perform.tell(said.format(n=wording.number(len(chosen))), undoable=done.entry_id is not None)
        self.done.emit()

    def _line(self, one: StandingHoliday) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(Label(wording.weekday_and_date(one.day, self._today), FontRole.BODY))
        row.addWidget(ElidedLabel(one.name, FontRole.BODY, "muted"), 1)
        remove = IconButton("x", _("Open after all: {day}").format(day=wording.weekday_and_date(one.day, self._today)))
        remove.clicked.connect(partial(self._end, one))
        row.addWidget(remove)
        return line

    def _end(self, one: StandingHoliday, _checked: bool = False) -> None:
        if self._desk.perform(holidays.end, one.holiday_id) is not None:
            self._desk.perform.tell(
                _("The salon is open on {day}").format(day=wording.weekday_and_date(one.day, self._today))
            )
            self.read()

    def _offer(self, offered: ClosedDay, *, ticked: bool) -> None:
        said = wording.short_date(offered.day, self._today)
        tick = QCheckBox(f"{said} · {offered.name}" if offered.name else said)
        tick.setToolTip(wording.day_title(offered.day, self._today))
        # A long name gives way; the panel never grows beyond its width.
        tick.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        tick.setChecked(ticked)
        tick.toggled.connect(self._look)
        self.ticks[offered] = tick
        self._tick_list.addWidget(tick)

    def _add_own(self) -> None:
        own = ClosedDay(self.own_day.day, self.own_name.text().strip())
        known = next((each for each in self.ticks if each.day == own.day), None)
        if known is not None:
            self.ticks[known].setChecked(True)
        else:
            self._offer(own, ticked=True)
        self.own_name.clear()
        self._look()

    def _look(self) -> None:
        chosen = [day.day for day, tick in self.ticks.items() if tick.isChecked()]
        self.say_problem("")
        self.save_button.setEnabled(bool(chosen))
        found = holidays.visits_on(self._desk.salon.database, chosen) if chosen else []
        said = ngettext(
            "{n} visit stands on these days. Its master keeps the hours of that day until it is moved:",
            "{n} visits stand on these days. Their masters keep the hours of those days until they are moved:",
            len(found),
        ).format(n=wording.number(len(found)))
        self.say_visits(said, found, self._today)


def _empty(column: QVBoxLayout) -> None:
    while (item := column.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
