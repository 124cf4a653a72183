"""The salon's own facts: its name, the hours that the calendar shows, its grid, and when it reminds."""

from dataclasses import replace
from datetime import time

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app import wording
from app.errors import SalonError
from app.explain import sentence
from app.language import _
from app.salon import profile as profile_of
from app.salon.changes import Changes
from app.salon.clients.register import LONGEST_NAME
from app.salon.profile import Profile
from app.ui import sight, theme
from app.ui.desk import Desk
from app.ui.theme import FontRole
from app.ui.widgets.buttons import PrimaryButton
from app.ui.widgets.card import Card
from app.ui.widgets.field_line import FieldLine
from app.ui.widgets.label import Label
from app.ui.widgets.number_field import NumberField
from app.ui.widgets.scroll_page import ScrollPage
from app.ui.widgets.segmented_control import SegmentedControl
from app.ui.widgets.time_field import EndField, TimeField
from app.vocabulary import Topic

_WIDTH = 520


class FactsPart(QWidget):
    """A form that is always open. Ctrl+Enter saves, Esc puts back what was there."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.setAccessibleName(_("About the salon"))
        self._kept = Profile()
        self._page = ScrollPage(self)
        self._card = card = Card(_("About the salon"), padding=theme.MARGIN, parent=self._page.content)
        self.name = QLineEdit(card)
        self.name.setMaxLength(LONGEST_NAME)
        self.name_line = FieldLine(_("Name of the salon"), self.name, parent=card)
        self.opens, self.closes = TimeField(step=15, parent=card), EndField(step=15, parent=card)
        self.opens_line = FieldLine(_("Opens"), self.opens, parent=card)
        self.closes_line = FieldLine(_("Closes"), self.closes, parent=card)
        self.step = SegmentedControl(
            _("Step of the calendar"),
            [(str(minutes), wording.duration(minutes)) for minutes in profile_of.STEPS],
            card,
        )
        self.reminds = TimeField(step=15, parent=card)
        self.reminds_line = FieldLine(
            _("Remind on the day before at"),
            self.reminds,
            hint=_("Planned reminders keep their time."),
            parent=card,
        )
        self.holds = NumberField(*profile_of.HOLD_MINUTES, step=5, unit=_("min"), parent=card)
        self.holds_line = FieldLine(
            _("Hold a place while you call"),
            self.holds,
            hint=_("Then it is free for everybody."),
            parent=card,
        )
        self.sees_phones = QCheckBox(_("Masters see phone numbers in full"), card)
        self.sees_money = QCheckBox(_("Masters see what clients have spent"), card)
        self.is_masters = QCheckBox(_("Masters work at this computer"), card)
        self.save_button = PrimaryButton(_("Save"), key=_("Ctrl+Enter"), parent=card)
        self._problem = Label("", FontRole.BODY, "danger", wrap=True, parent=card)
        self._problem.hide()
        self._build()
        self._connect()

    def _build(self) -> None:
        card = self._card
        card.setFixedWidth(_WIDTH)
        card.body.setSpacing(16)
        step = QVBoxLayout()
        step.setSpacing(4)
        step.addWidget(Label(_("Step of the calendar"), FontRole.SECONDARY, "muted"))
        step.addWidget(self.step, 0, Qt.AlignmentFlag.AlignLeft)
        card.body.addWidget(self.name_line)
        card.body.addLayout(_beside(self.opens_line, self.closes_line))
        card.body.addLayout(step)
        card.body.addLayout(_beside(self.reminds_line, self.holds_line))
        card.body.addLayout(self._masters())
        card.body.addWidget(_masters_hint())
        card.body.addWidget(self._problem)
        card.body.addWidget(self.save_button, 0, Qt.AlignmentFlag.AlignLeft)
        column = QVBoxLayout(self._page.content)
        column.setContentsMargins(theme.MARGIN, 0, theme.MARGIN, theme.MARGIN)
        column.addWidget(card, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._page)

    def _masters(self) -> QVBoxLayout:
        part = QVBoxLayout()
        part.setSpacing(12)
        part.addWidget(Label(_("What masters see"), FontRole.SECONDARY, "muted"))
        for box in (self.sees_phones, self.sees_money, self.is_masters):
            part.addWidget(box)
        return part

    def _connect(self) -> None:
        self.save_button.clicked.connect(self.save)
        self.name.textChanged.connect(self._check)
        for field in (self.opens, self.closes, self.reminds):
            field.time_changed.connect(self._check)

    def reload(self) -> None:
        """Read the facts again; what somebody is typing is left alone."""
        facts = self.desk.salon.profile
        if facts != self._kept:
            self._kept = facts
            self.put_back()

    def put_back(self) -> None:
        """Show the facts as they are kept."""
        facts = self._kept
        self.name.setText(facts.name)
        self.opens.set_time(_at(facts.opens_minute))
        self.closes.set_minute(facts.closes_minute)
        if facts.step_minutes in profile_of.STEPS:
            self.step.choose(str(facts.step_minutes))
        self.reminds.set_time(_at(facts.reminder_minute))
        self.holds.setValue(facts.hold_minutes)
        self.sees_phones.setChecked(facts.masters_see_phones)
        self.sees_money.setChecked(facts.masters_see_money)
        self.is_masters.setChecked(self.desk.preferences.settings.used_by_master)
        self._check()

    def save(self) -> None:
        """Keep what was typed, if everything is fine; else the cursor goes to what is not."""
        self._check()
        for line in (self.name_line, self.opens_line, self.closes_line, self.reminds_line):
            if line.error:
                line.editor.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        facts = replace(
            self.desk.salon.profile,
            name=self.name.text(),
            opens_minute=_minute(self.opens),
            closes_minute=self.closes.minute or 0,
            step_minutes=int(self.step.choice),
            reminder_minute=_minute(self.reminds),
            hold_minutes=self.holds.value(),
            masters_see_phones=self.sees_phones.isChecked(),
            masters_see_money=self.sees_money.isChecked(),
        )
        is_masters = self.is_masters.isChecked()  # what is kept is shown anew at once, and this box with it
        try:
            done = self.desk.perform.attempt(profile_of.change, facts)
        except SalonError as error:
            self._problem.setText(sentence(error))
            self._problem.show()
            return
        self._problem.hide()
        is_moved = self._keep_who_sits_here(is_masters=is_masters)
        if done.entry_id is None:
            self.put_back()  # without what was typed around the words
        if done.entry_id is not None or is_moved:
            self.desk.perform.tell(_("The facts of the salon are kept"))

    def _keep_who_sits_here(self, *, is_masters: bool) -> bool:
        """Whether this computer changed hands. Every screen then reads again what may be seen."""
        settings = self.desk.preferences.settings
        is_moved = settings.used_by_master != is_masters
        if is_moved:
            self.desk.preferences.change(replace(settings, used_by_master=is_masters))
        self.is_masters.setChecked(is_masters)
        sight.follow(self.desk)
        if is_moved:
            self.desk.feed.announce(Changes(frozenset(Topic)))
        return is_moved

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter saves from any field; Esc puts back what was there."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.save()
        elif event.key() == Qt.Key.Key_Escape:
            self.put_back()
        else:
            super().keyPressEvent(event)

    def _check(self) -> None:
        if self.name.text() == self._kept.name:
            self.name.setModified(False)  # typed back: nothing could be lost
        self.name_line.set_error("" if self.name.text().strip() else _("Please give a name."))
        opens, closes, reminds = self.opens.at, self.closes.minute, self.reminds.at
        no_time = _("This is not a time. Type it as 9:30.")
        self.opens_line.set_error("" if opens is not None else no_time)
        self.reminds_line.set_error("" if reminds is not None else no_time)
        if closes is None:
            self.closes_line.set_error(no_time)
        else:
            late = opens is None or closes > opens.hour * 60 + opens.minute
            self.closes_line.set_error("" if late else _("The salon closes after it opens."))


def _at(minute: int) -> time:
    return time(minute // 60, minute % 60)


def _minute(field: TimeField) -> int:
    moment = field.at or time()
    return moment.hour * 60 + moment.minute


def _beside(*lines: FieldLine) -> QHBoxLayout:
    """Fields that share a row in equal parts."""
    row = QHBoxLayout()
    row.setSpacing(12)
    for line in lines:
        row.addWidget(line, 1, Qt.AlignmentFlag.AlignTop)
    return row


def _masters_hint() -> Label:
    said = _(
        "Otherwise a number is •••\u00a045-67 until somebody asks for it, and the journal tells who. It holds "
        "for cards opened from “My day”, and everywhere at a computer where masters work."
    )
    return Label(said, FontRole.SECONDARY, "muted", wrap=True)
