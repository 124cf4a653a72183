"""The days and hours that suit: usual ones by one click, own ones typed."""

from datetime import date, time
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from app import wording
from app.language import _, pgettext
from app.salon.scheduling import waiting_words, waitlist
from app.salon.scheduling.waitlist import Window
from app.ui import entries
from app.ui.theme import FontRole
from app.ui.widgets.buttons import Button, ChoiceButton, QuietButton
from app.ui.widgets.day_field import DayField
from app.ui.widgets.field_line import FieldLine
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.label import Label
from app.ui.widgets.time_field import TimeField


class WindowRows(QWidget):
    """Chosen windows as pills with a cross; below them the usual ones to add, and the fields for others."""

    changed = Signal()

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._windows: list[Window] = []
        self._is_begun = False
        self._as_opened: entries.Entries = {}
        """What the fields for other days proposed when they were opened."""
        self.chosen_box, self.usual_box = QWidget(self), QWidget(self)
        self._chosen, self._usual = FlowLayout(self.chosen_box), FlowLayout(self.usual_box)
        self._problem = Label("", FontRole.SECONDARY, "danger", wrap=True)
        self._problem.hide()
        self.own_button = QuietButton(_("Other days and hours…"), parent=self)
        self.own_button.clicked.connect(self._open_own)
        self.own = self._build_own()
        self.own.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(Label(_("When it suits"), FontRole.SECONDARY, "muted"))
        column.addWidget(self.chosen_box)
        column.addWidget(Label(_("Add"), FontRole.SECONDARY, "muted"))
        column.addWidget(self.usual_box)
        column.addWidget(self.own_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.own)
        column.addWidget(self._problem)

    @property
    def windows(self) -> tuple[Window, ...]:
        """The windows as they are chosen now."""
        return tuple(self._windows)

    def begin(self, windows: tuple[Window, ...], *, is_proposal: bool) -> None:
        """Show these windows; a proposal gives way to the first that somebody chooses."""
        self._windows, self._is_begun = list(windows), not is_proposal
        self._show()

    def take_own(self) -> bool:
        """Add the days and hours that were entered and not added yet; False where they make no window: this is said."""
        if self.own.isHidden() or entries.changed_since(self.own, self._as_opened) is None:
            return True
        self._add_own()
        return self.own.isHidden()

    def say_problem(self, sentence: str) -> None:
        """Say what is wrong with the windows; an empty text says that all is well."""
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))

    def _build_own(self) -> QWidget:
        own = QWidget(self)
        self.first = DayField(self._today, self._today, own)
        self.last = DayField(self._today, self._today, own)
        self.begins, self.ends = TimeField(time(9), step=30), TimeField(time(21), step=30)
        self.first.day_changed.connect(self._first_changed)
        days = QHBoxLayout()
        hours = QHBoxLayout()
        for row, lines in (
            (
                days,
                (
                    FieldLine(_("From the day"), self.first, parent=own),
                    FieldLine(_("To the day"), self.last, parent=own),
                ),
            ),
            (hours, (FieldLine(_("From the hour"), self.begins), FieldLine(_("To the hour"), self.ends))),
        ):
            row.setSpacing(12)
            for line in lines:
                row.addWidget(line, 1, Qt.AlignmentFlag.AlignTop)
        week = QWidget(own)
        boxes = FlowLayout(week, spacing=10)
        self.weekdays = [QCheckBox(name, week) for name in wording.weekdays_short()]
        for box in self.weekdays:
            box.setChecked(True)
            boxes.addWidget(box)
        self.add_own = Button(_("Add these days"), icon="plus")
        self.add_own.clicked.connect(self._add_own)
        column = QVBoxLayout(own)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(10)
        column.addLayout(days)
        column.addWidget(week)
        column.addLayout(hours)
        column.addWidget(self.add_own, 0, Qt.AlignmentFlag.AlignLeft)
        return own

    def _add_usual(self, key: str, _checked: bool = False) -> None:
        self._add(waitlist.usual_windows(self._today)[key])

    def _add_own(self) -> None:
        begins, ends = self.begins.at, self.ends.at
        days = frozenset(number for number, box in enumerate(self.weekdays) if box.isChecked())
        if begins is None or ends is None or not begins < ends:
            self.say_problem(_("The hours must be times, the first before the last."))
            return
        if not days or self.last.day < self.first.day:
            self.say_problem(_("Choose at least one day; the last is not before the first."))
            return
        minutes = (begins.hour * 60 + begins.minute, ends.hour * 60 + ends.minute)
        self._add(Window(self.first.day, self.last.day, days, *minutes))
        self.own.hide()
        self.own_button.show()
        self.own_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add(self, window: Window) -> None:
        if not self._is_begun:
            self._windows, self._is_begun = [], True
        self.say_problem("")
        if len(self._windows) >= waitlist.MOST_WINDOWS:
            said = _("No more than {n}: remove one first.")
            self.say_problem(said.format(n=wording.number(waitlist.MOST_WINDOWS)))
        elif window not in self._windows:
            self._windows.append(window)
        self._show()
        self.changed.emit()

    def _remove(self, position: int, _checked: bool = False) -> None:
        del self._windows[position]
        self._is_begun = True
        self.say_problem("")
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        self._chosen.clear()
        for position, window in enumerate(self._windows):
            words = waiting_words.window(window, self._today)
            button = ChoiceButton(words, icon="x", tip=_("Remove “{days}”").format(days=words))
            button.clicked.connect(partial(self._remove, position))
            self._chosen.addWidget(button)
        self.chosen_box.setVisible(bool(self._windows))
        usual = waitlist.usual_windows(self._today)
        self._usual.clear()
        for key, name in _usual_names().items():
            if usual[key] not in self._windows:
                add = ChoiceButton(name, icon="plus", tip=_("Add “{days}”").format(days=name))
                add.clicked.connect(partial(self._add_usual, key))
                self._usual.addWidget(add)

    def _open_own(self) -> None:
        self.own.show()
        self.own_button.hide()
        self._as_opened = entries.read(self.own)
        self.first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _first_changed(self, day: date) -> None:
        if self.last.day < day:
            self.last.set_day(day)


def on_day(day: date, today: date) -> Window:
    """The window of one day, for a call that names it."""
    return Window(day, day) if day >= today else waitlist.usual_windows(today)["any"]


def _usual_names() -> dict[str, str]:
    return {
        "any": pgettext("when it suits", "any day"),
        "this_week": pgettext("when it suits", "this week"),
        "next_week": pgettext("when it suits", "next week"),
        "evenings": pgettext("when it suits", "weekdays after 17:00"),
        "mornings": pgettext("when it suits", "weekdays until 12:00"),
        "weekend": pgettext("when it suits", "weekends"),
    }
