"""How often and how long: the few fields from which a pattern comes."""

from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from app import wording
from app.language import _
from app.salon.scheduling.recurrence import MOST_VISITS, Pattern
from app.ui import theme
from app.ui.theme import FontRole
from app.ui.widgets.day_field import DayField
from app.ui.widgets.label import Label
from app.ui.widgets.number_field import NumberField
from app.ui.widgets.segmented_control import SegmentedControl
from app.vocabulary import SeriesUnit

_TIMES, _UNTIL = "times", "until"
_MOST_EVERY = 60
_WEEK = 7
_USUAL_TIMES = 6


class PatternField(QWidget):
    """Asks for a pattern: every so many days or weeks, on which weekdays, how many times or until when."""

    changed = Signal()
    """Another pattern is asked for."""

    def __init__(self, first_day: date, today: date, usual_days: int | None, parent: QWidget | None = None) -> None:
        """``usual_days`` is what the price list recommends; without it the visit is repeated every week."""
        super().__init__(parent)
        self._first_day = first_day
        days = usual_days or _WEEK
        in_weeks = days % _WEEK == 0
        self.every = NumberField(1, _MOST_EVERY)
        self.every.setAccessibleName(_("Repeat every so many days or weeks"))
        self.every.setValue(days // _WEEK if in_weeks else days)
        self.unit = SegmentedControl(_("Days or weeks"), [(SeriesUnit.WEEK, _("weeks")), (SeriesUnit.DAY, _("days"))])
        self.unit.choose(SeriesUnit.WEEK if in_weeks else SeriesUnit.DAY)
        self.weekdays = [_WeekdayButton(weekday) for weekday in range(_WEEK)]
        self.weekdays[first_day.weekday()].setChecked(True)
        self.end = SegmentedControl(_("How long"), [(_TIMES, _("Visits in all")), (_UNTIL, _("Until the day"))])
        self.times = NumberField(2, MOST_VISITS)
        self.times.setAccessibleName(_("How many visits"))
        self.times.setValue(_USUAL_TIMES)
        self.until = DayField(max(first_day, today) + timedelta(days=days * (_USUAL_TIMES - 1)), today)
        self.until.setAccessibleName(_("Until which day"))
        self._lay_out()
        self._connect()
        self._show_parts()

    @property
    def pattern(self) -> Pattern:
        """What is asked for now."""
        unit = SeriesUnit(self.unit.choice)
        chosen = frozenset(weekday for weekday, button in enumerate(self.weekdays) if button.isChecked())
        is_counted = self.end.choice == _TIMES
        return Pattern(
            unit,
            self.every.value(),
            chosen if unit is SeriesUnit.WEEK else frozenset(),
            self.times.value() if is_counted else None,
            None if is_counted else self.until.day,
        )

    def begin_on(self, first_day: date) -> None:
        """The visit stands on this day now: where its own weekday was chosen alone, it is that of the new day."""
        before, self._first_day = self._first_day, first_day
        chosen = [weekday for weekday, button in enumerate(self.weekdays) if button.isChecked()]
        if not self._is_bound and chosen == [before.weekday()]:
            self.weekdays[before.weekday()].setChecked(False)
            self.weekdays[first_day.weekday()].setChecked(True)

    def focus_first(self) -> None:
        """Put the cursor where one types how often; how long, where that is agreed."""
        first = self.times if self._is_bound else self.every
        first.setFocus()
        first.selectAll()

    def show_pattern(self, pattern: Pattern, times: int) -> None:
        """Begin with a pattern as it is, and with so many visits."""
        self.every.setValue(pattern.every)
        self.unit.choose(pattern.unit)
        for weekday, button in enumerate(self.weekdays):
            button.setChecked(weekday in pattern.weekdays or (not pattern.weekdays and button.isChecked()))
        self.times.setValue(times)
        self._show_parts()

    def go_on_with(self, pattern: Pattern) -> None:
        """Ask only how long it goes on: how often is agreed."""
        self._is_bound = True
        self.times.setMinimum(1)
        self._often.hide()
        self.show_pattern(pattern, _USUAL_TIMES)

    # ---- building --------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self._is_bound = False
        self.every.setFixedWidth(72)
        self._often = _row(Label(_("Every"), FontRole.BODY, "muted"), self.every, self.unit)
        self._days_row = _row(*self.weekdays)
        self._ends = QStackedWidget()
        self._ends.addWidget(self.times)
        self._ends.addWidget(self.until)
        self._ends.setFixedHeight(theme.CONTROL_HEIGHT)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._often)
        column.addWidget(self._days_row)
        column.addWidget(_row(self.end, self._ends))

    def _connect(self) -> None:
        self.every.valueChanged.connect(self._tell)
        self.times.valueChanged.connect(self._tell)
        self.unit.chosen.connect(self._tell)
        self.end.chosen.connect(self._tell)
        self.until.day_changed.connect(self._tell)
        for button in self.weekdays:
            button.clicked.connect(self._weekday_chosen)

    def _weekday_chosen(self, _checked: bool = False) -> None:
        """Without any weekday it is that of the visit: the button says so."""
        if not any(button.isChecked() for button in self.weekdays):
            self.weekdays[self._first_day.weekday()].setChecked(True)
        self._tell()

    def _tell(self, _value: object = None) -> None:
        self._show_parts()
        self.changed.emit()

    def _show_parts(self) -> None:
        self._days_row.setVisible(self.unit.choice == SeriesUnit.WEEK and not self._is_bound)
        self._ends.setCurrentIndex(0 if self.end.choice == _TIMES else 1)
        self._ends.setFixedWidth(72 if self.end.choice == _TIMES else 152)


class _WeekdayButton(QPushButton):
    """A weekday that is chosen or not."""

    def __init__(self, weekday: int) -> None:
        super().__init__(wording.weekdays_short()[weekday])
        self.setProperty("kind", "day")
        self.setFont(theme.font(FontRole.STRONG))
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        # 1 January 2024 was a Monday.
        self.setAccessibleName(wording.weekday_name(date(2024, 1, 1 + weekday)))


def _row(*widgets: QWidget) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    for widget in widgets:
        row.addWidget(widget)
    if not isinstance(widgets[0], _WeekdayButton):
        row.addStretch(1)
    return holder
