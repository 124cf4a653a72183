"""The period that the figures look at: one click for the usual ones, two days for any other."""

from datetime import date
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.errors import BadPeriod
from app.explain import sentence
from app.language import _
from app.salon.statistics import words as salon_words
from app.salon.statistics.periods import Period, Preset, following, preset_period
from app.ui.statistics.periods import settled_period
from app.ui.theme import FontRole
from app.ui.widgets.buttons import Button, IconButton
from app.ui.widgets.day_field import DayField
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.label import Label
from app.ui.widgets.menu import Menu


class PeriodBar(QWidget):
    """The visit period and, where it is asked for, the return period. A period that cannot be is explained."""

    changed = Signal()
    """A possible period was chosen; read ``period`` and ``returns``."""

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self.period = settled_period(today)
        self.returns: Period | None = None
        """None: right after the period, and it moves with the period."""
        self.usual = Button("", icon="chevron-down", parent=self)
        self.usual.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.usual.clicked.connect(self._offer)
        self._days, self._returning = QWidget(self), QWidget(self)
        self.begins = DayField(self.period.begins, today, self._days)
        self.ends = DayField(self.period.ends, today, self._days)
        self.returns_begin = DayField(today, today, self._returning)
        self.returns_end = DayField(today, today, self._returning)
        self.follow = IconButton("undo-2", _("Right after the period"), parent=self._returning)
        self.follow.clicked.connect(self._follow)
        self._wrong = Label("", FontRole.SECONDARY, "danger", wrap=True, parent=self)
        self._wrong.hide()
        self._build()
        self._show()

    def _build(self) -> None:
        for field, name in (
            (self.begins, _("First day of the period")),
            (self.ends, _("Last day of the period")),
            (self.returns_begin, _("First day of the return period")),
            (self.returns_end, _("Last day of the return period")),
        ):
            field.setAccessibleName(name)
            field.setToolTip(name)
        for field in (self.begins, self.ends):
            field.day_changed.connect(self._take_days)
        for field in (self.returns_begin, self.returns_end):
            field.day_changed.connect(self._take_returns)
        _lay_out(self._days, self.begins, _dash(), self.ends)
        came_back = Label(_("came back"), FontRole.BODY, "muted")
        _lay_out(self._returning, came_back, self.returns_begin, _dash(), self.returns_end, self.follow)
        flow = FlowLayout(spacing=12)
        for part in (self.usual, self._days, self._returning):
            flow.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(flow)
        column.addWidget(self._wrong)
        self._returning.hide()

    def ask_for_returns(self, wanted: bool) -> None:
        """Show the return period, which only one of the figures needs."""
        self._returning.setVisible(wanted)
        self.updateGeometry()

    def set_today(self, today: date) -> None:
        """A new day has begun."""
        self._today = today

    def take(self, period: Period) -> None:
        """Look at ``period``; the return period follows it."""
        self.period, self.returns = period, None
        self._say("")
        self._show()
        self.changed.emit()

    @property
    def wrong(self) -> str:
        """Why the chosen days make no period, or an empty text."""
        return self._wrong.text()

    def choices(self) -> list[tuple[str, Period]]:
        """The usual periods by name."""
        usual = [(salon_words.preset_label(preset), preset_period(preset, self._today)) for preset in Preset]
        return [(_("Three months with a final result"), settled_period(self._today)), *usual]

    def menu(self) -> Menu:
        """The usual periods to take from."""
        menu = Menu(_("Period"), self)
        for name, period in self.choices():
            action = menu.addAction(name)
            action.setCheckable(True)
            action.setChecked(period == self.period)
            action.triggered.connect(partial(self._take_choice, period))
        return menu

    def _take_choice(self, period: Period, _checked: bool = False) -> None:
        self.take(period)

    def _offer(self) -> None:
        menu = self.menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.usual.mapToGlobal(QPoint(0, self.usual.height() + 4)))

    def _take_days(self) -> None:
        try:
            period = Period(self.begins.day, self.ends.day)
            returns = self.returns if self.returns and self.returns.begins > period.ends else None
        except BadPeriod as error:
            self._say(sentence(error))
            return
        self.period, self.returns = period, returns
        self._accept()

    def _take_returns(self) -> None:
        try:
            returns = Period(self.returns_begin.day, self.returns_end.day)
            if returns.begins <= self.period.ends:
                raise BadPeriod(returns.begins, returns.ends)
        except BadPeriod as error:
            self._say(sentence(error))
            return
        self.returns = returns
        self._accept()

    def _follow(self) -> None:
        self.returns = None
        self._accept()

    def _accept(self) -> None:
        self._say("")
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        name = next((name for name, period in self.choices() if period == self.period), _("Custom period"))
        self.usual.setText(name)
        self.usual.setAccessibleName(_("Period: {name}").format(name=name))
        self.begins.set_day(self.period.begins)
        self.ends.set_day(self.period.ends)
        returns = self.returns or following(self.period)
        self.returns_begin.set_day(returns.begins)
        self.returns_end.set_day(returns.ends)
        self.follow.setEnabled(self.returns is not None)
        self.updateGeometry()

    def _say(self, wrong: str) -> None:
        self._wrong.setText(wrong)
        self._wrong.setVisible(bool(wrong))
        self.updateGeometry()


def _lay_out(together: QWidget, *widgets: QWidget) -> None:
    row = QHBoxLayout(together)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    for widget in widgets:
        row.addWidget(widget)


def _dash() -> Label:
    return Label("–", FontRole.BODY, "muted")
