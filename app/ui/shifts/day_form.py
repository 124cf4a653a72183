"""The hours of single days, planned by hand."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app import wording
from app.errors import SalonError
from app.explain import sentence
from app.language import _, ngettext
from app.salon.catalogue import shifts
from app.salon.catalogue.patterns import Hours
from app.salon.catalogue.shifts import DayWish
from app.ui.desk import Desk
from app.ui.shifts import words
from app.ui.shifts.form import PanelForm, UsualHours
from app.ui.shifts.hours_field import HoursField
from app.ui.theme import FontRole
from app.ui.widgets.field_line import FieldLine
from app.ui.widgets.label import Label


class DayForm(PanelForm):
    """Longer, shorter, split, off: for one day or for several at once."""

    def __init__(
        self,
        desk: Desk,
        who: str,
        days: Sequence[tuple[int, date]],
        hours: Hours,
        offered: Sequence[Hours],
        parent: QWidget | None = None,
    ) -> None:
        """``days`` are people (by id) and days; ``hours`` stand in the field at first."""
        super().__init__(_("Keep the hours"), parent)
        self._desk = desk
        self._days = list(days)
        self.hours = HoursField(hours)
        self.hours_line = FieldLine(_("Hours"), self.hours, hint=_("9–21, or 9–13, 16–20; empty is a day off"))
        today = desk.salon.today()
        first, last = min(day for _who, day in days), max(day for _who, day in days)
        when = wording.weekday_and_date(first, today) if first == last else words.span(first, last, today)
        self.fields.addWidget(Label(who, FontRole.STRONG, wrap=True))
        said = when if len(days) == 1 else f"{when} · {wording.days(len(days))}"
        self.fields.addWidget(Label(said, FontRole.BODY, "muted"))
        self.fields.addWidget(self.hours_line)
        self.usual = UsualHours(offered, self.hours)
        self.fields.addWidget(self.usual)
        self.fields.addWidget(
            Label(
                _("A new schedule leaves days alone that were planned by hand."), FontRole.SECONDARY, "muted", wrap=True
            )
        )
        self.add_visits()
        self.hours.hours_changed.connect(self._look)
        self.hours.returnPressed.connect(self.save)
        self._look()

    def focus_first(self) -> None:
        """The hours are typed at once."""
        self.hours.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        """Give the days their hours, if they are possible."""
        wishes = self._wishes()
        if not wishes:
            return
        try:
            done = self._desk.perform.attempt(shifts.set_days, wishes)
        except SalonError as error:
            self.say_problem(sentence(error))
            return
        self._desk.perform.tell(words.replanned(done.value), undoable=done.entry_id is not None)
        self.done.emit()

    def _wishes(self) -> list[DayWish]:
        hours = self.hours.hours
        return [] if hours is None else [DayWish(staff_id, day, hours) for staff_id, day in self._days]

    def _look(self) -> None:
        wrong = self.hours.hours is None
        self.hours_line.set_error(_("Type hours such as 9–21.") if wrong else "")
        self.say_problem("")
        self.save_button.setEnabled(not wrong)
        found = shifts.outside(self._desk.salon.database, self._wishes())
        said = ngettext(
            "{n} booked service would lie outside. Its day keeps its hours until the visit is moved:",
            "{n} booked services would lie outside. Their days keep their hours until the visits are moved:",
            len(found),
        ).format(n=wording.number(len(found)))
        self.say_visits(said, found, self._desk.salon.today())
