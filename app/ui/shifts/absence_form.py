"""Vacation, sick leave, training, time off: whose visits are concerned is shown before anything is changed."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from app import wording
from app.errors import SalonError
from app.explain import sentence
from app.language import _, ngettext
from app.salon.catalogue import absences
from app.salon.catalogue.absences import AbsencePlan, StandingAbsence
from app.salon.catalogue.shifts import PlannedMaster
from app.ui.desk import Desk
from app.ui.shifts import words
from app.ui.shifts.form import PanelForm
from app.ui.widgets.buttons import DangerButton
from app.ui.widgets.choice_box import ChoiceBox
from app.ui.widgets.day_field import DayField
from app.ui.widgets.field_line import FieldLine
from app.vocabulary import AbsenceKind

_LONGEST_NOTE = 200


class AbsenceForm(PanelForm):
    """Plans an absence, or changes until when one lasts."""

    calls_wanted = Signal(int)
    """The absence that was planned has clients to be called."""

    def __init__(
        self,
        desk: Desk,
        people: Sequence[PlannedMaster],
        staff_id: int,
        first: date,
        last: date,
        *,
        kind: AbsenceKind = AbsenceKind.VACATION,
        standing: StandingAbsence | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """``standing`` is the absence to be changed: only its end and that it is over can be."""
        super().__init__(_("Plan the absence") if standing is None else _("Keep the change"), parent)
        self._desk = desk
        self._today = desk.salon.today()
        self._standing = standing
        self.who = ChoiceBox()
        for one in people:
            self.who.addItem(one.name, one.staff_id)
        self.who.setCurrentIndex(max(0, self.who.findData(staff_id)))
        self.kind = ChoiceBox()
        for each in AbsenceKind:
            self.kind.addItem(wording.absence_kind(each), each.value)
        self.kind.setCurrentIndex(list(AbsenceKind).index(kind))
        self.first = DayField(first, self._today)
        self.last = DayField(last, self._today)
        self.note = QLineEdit()
        self.note.setMaxLength(_LONGEST_NOTE)
        self.last_line = FieldLine(_("Until, that day included"), self.last)
        self._build()
        for box in (self.who, self.kind):
            box.currentIndexChanged.connect(self._look)
        self.first.day_changed.connect(self._follow)
        self.last.day_changed.connect(self._look)
        self._look()

    def _build(self) -> None:
        self.fields.addWidget(FieldLine(_("Who"), self.who))
        self.fields.addWidget(FieldLine(_("Why"), self.kind))
        period = QHBoxLayout()
        period.setSpacing(12)
        period.addWidget(FieldLine(_("From"), self.first), 1, Qt.AlignmentFlag.AlignTop)
        period.addWidget(self.last_line, 1, Qt.AlignmentFlag.AlignTop)
        self.fields.addLayout(period)
        if self._standing is None:
            self.fields.addWidget(FieldLine(_("Note"), self.note))
        else:
            for field in (self.who, self.kind, self.first):
                field.setEnabled(False)
            self.end_button = DangerButton(_("Works again"))
            self.end_button.clicked.connect(self._end)
            self.foot.addWidget(self.end_button)
        self.add_visits()

    def focus_first(self) -> None:
        """A new absence begins with its reason, one that stands with its end."""
        (self.last if self._standing else self.kind).setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        """Plan the absence, or change its end."""
        try:
            absence_id = self._plan() if self._standing is None else self._change(self._standing)
        except SalonError as error:
            self.say_problem(sentence(error))
            return
        said = _("{name}: {absence}").format(
            name=self.who.currentText(),
            absence=f"{self.kind.currentText()}, {words.span(self.first.day, self.last.day, self._today)}",
        )
        self._desk.perform.tell(said)
        has_calls = bool(self.visits)
        self.done.emit()
        if has_calls:
            self.calls_wanted.emit(absence_id)

    def _plan(self) -> int:
        plan = AbsencePlan(
            self.who.currentData(),
            self.first.day,
            self.last.day,
            AbsenceKind(self.kind.currentData()),
            self.note.text(),
        )
        return self._desk.perform.attempt(absences.plan, plan).value

    def _change(self, standing: StandingAbsence) -> int:
        self._desk.perform.attempt(absences.change, standing.absence_id, self.last.day)
        return standing.absence_id

    def _end(self) -> None:
        if self._standing is None or self._desk.perform(absences.end, self._standing.absence_id) is None:
            return
        self._desk.perform.tell(_("{name} works by the schedule again").format(name=self._standing.staff_name))
        self.done.emit()

    def _follow(self, first: date) -> None:
        if self.last.day < first:
            self.last.set_day(first)
        self._look()

    def _look(self, _changed: object = None) -> None:
        wrong = _("The last day comes before the first.") if self.last.day < self.first.day else ""
        self.last_line.set_error(wrong)
        self.say_problem("")
        self.save_button.setEnabled(not wrong)
        salon = self._desk.salon
        found = absences.concerned(
            salon.database, self.who.currentData(), max(self.first.day, self._today), self.last.day, salon.wall_now()
        )
        said = ngettext(
            "{n} visit stands on these days. It stays until its client was called; the list of calls opens:",
            "{n} visits stand on these days. They stay until each client was called; the list of calls opens:",
            len(found),
        ).format(n=wording.number(len(found)))
        self.say_visits(said, found, self._today)
