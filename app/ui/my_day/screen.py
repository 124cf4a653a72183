"""My day: one master's visits of today, and the one that is open."""

from dataclasses import replace
from functools import cached_property
from typing import ClassVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from app import wording
from app.errors import Gone, StepsStillOpen
from app.explain import sentence
from app.language import _
from app.salon.catalogue import staff
from app.salon.catalogue.staff import Colleague
from app.salon.checklists import steps
from app.salon.scheduling import my_day
from app.salon.scheduling.my_day import MyDay, MyVisit
from app.ui import arriving, shortcuts, theme
from app.ui.asking import Question
from app.ui.desk import Desk
from app.ui.my_day import words
from app.ui.my_day.visit_list import VisitList
from app.ui.my_day.visit_sheet import VisitSheet
from app.ui.screen import Screen
from app.ui.shortcuts import Key
from app.ui.theme import FontRole
from app.ui.widgets.buttons import Button, QuietButton
from app.ui.widgets.choice_box import ChoiceBox
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.label import Label
from app.ui.widgets.screen_header import ScreenHeader
from app.ui.widgets.scroll_page import ScrollPage
from app.ui.widgets.segmented_control import SegmentedControl
from app.vocabulary import Topic, VisitStatus

_MINUTE_MS = 60_000
_LIST_WIDTH = 392
_ALL_OF_IT = 100
"""Of the room between the stretches above and below."""
_MOST_IN_SIGHT = 6
"""So many masters are chosen by one click; more are in a box."""


class MyDayScreen(Screen):
    """What a master looks at between two clients."""

    topics: ClassVar[frozenset[Topic]] = frozenset(
        {Topic.VISITS, Topic.CHECKLISTS, Topic.CLIENTS, Topic.STAFF, Topic.CATALOGUE, Topic.QUESTIONS}
    )

    client_wanted = Signal(int)
    """The id of a client whose card is to be opened."""

    ill_wanted = Signal(int)
    """The id of the master, who is ill today."""

    colleague_wanted = Signal()
    """Nobody works here yet: somebody is to be taken on."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setAccessibleName(_("My day"))
        self.header = ScreenHeader(_("My day"), parent=self)
        self.ill_button = QuietButton(_("I am ill today"), parent=self.header)
        self.header.add_action(self.ill_button)
        self._body = QWidget(self)
        self._page = QWidget(self._body)
        self._listed = QFrame(self._page)
        self._listed.setProperty("kind", "card")
        self._scroll = ScrollPage(self._listed)
        self.visits = VisitList(self._scroll.content)
        self.sheet = VisitSheet(self._page)
        self._day: MyDay | None = None
        self._open_visit = 0
        self._masters: list[Colleague] = []
        self._chooser: SegmentedControl | ChoiceBox | None = None
        self._build()
        self.visits.chosen.connect(self.open_visit)
        self.visits.entered.connect(self.sheet.focus_steps)
        self.sheet.ticked.connect(self._tick)
        self.sheet.status_wanted.connect(self._set_status)
        self.sheet.client_wanted.connect(self.client_wanted)
        self.sheet.left.connect(self._focus_list)
        self.ill_button.clicked.connect(self._fall_ill)
        self._minute = QTimer(self)
        self._minute.setInterval(_MINUTE_MS)
        self._minute.timeout.connect(self.reload)

    def _build(self) -> None:
        self._stack = QStackedLayout(self._body)
        self._stack.addWidget(self._page)
        self._listed.setMaximumWidth(_LIST_WIDTH)
        inside = QVBoxLayout(self._listed)
        inside.setContentsMargins(6, 6, 6, 6)
        inside.addWidget(self._scroll)
        listed = QVBoxLayout(self._scroll.content)
        listed.setContentsMargins(0, 0, 0, 0)
        listed.addWidget(self.visits)
        row = QHBoxLayout(self._page)
        row.setContentsMargins(theme.MARGIN, 0, theme.MARGIN, theme.MARGIN)
        row.setSpacing(16)
        row.addWidget(self._listed, 2)
        row.addWidget(self.sheet, 3)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self._body, 1)

    @cached_property
    def _who(self) -> "_WhoIsHere":
        who = _WhoIsHere(self._body)
        who.chosen.connect(self.choose_master)
        self._stack.addWidget(who)
        return who

    @cached_property
    def _nobody(self) -> EmptyState:
        nobody = EmptyState(
            "users",
            _("There are no masters yet"),
            _("Take on a master first; then their day is shown here."),
            action=_("New colleague"),
            parent=self._body,
        )
        nobody.acted.connect(self.colleague_wanted)
        self._stack.addWidget(nobody)
        return nobody

    @cached_property
    def _empty(self) -> EmptyState:
        empty = EmptyState("coffee", _("Not working today"), _("No further shifts are planned."), parent=self._body)
        self._stack.addWidget(empty)
        return empty

    # ---- whose day -------------------------------------------------------------------------------------------

    @property
    def staff_id(self) -> int:
        """Whose day is shown; 0 when nobody said yet."""
        known = {master.staff_id for master in self._masters}
        if len(known) == 1:
            return next(iter(known))
        chosen = self.desk.preferences.settings.my_day_staff
        return chosen if chosen in known else 0

    def choose_master(self, staff_id: int) -> None:
        """Show this master's day, at this machine also tomorrow."""
        self.desk.preferences.change(replace(self.desk.preferences.settings, my_day_staff=staff_id))
        self._open_visit = 0
        self.reload()

    def _show_chooser(self) -> None:
        masters = staff.masters(self.desk.salon.database)
        if masters != self._masters or self._chooser is None:
            self._masters = masters
            self._replace_chooser()
        if isinstance(self._chooser, SegmentedControl) and self.staff_id:
            self._chooser.choose(str(self.staff_id))
        elif isinstance(self._chooser, ChoiceBox):
            self._chooser.setCurrentIndex(self._chooser.findData(self.staff_id))
        if self._chooser is not None:
            self._chooser.setVisible(len(masters) > 1 and bool(self.staff_id))

    def _replace_chooser(self) -> None:
        if self._chooser is not None:
            self.header.drop_action(self._chooser)
        names = _short_names(self._masters)
        if len(self._masters) <= _MOST_IN_SIGHT:
            choices = [(str(staff_id), name) for staff_id, name in names]
            chooser = SegmentedControl(_("Whose day"), choices, self.header)
            chooser.chosen.connect(self._take_key)
            self._chooser = chooser
        else:
            box = ChoiceBox(self.header)
            box.setAccessibleName(_("Whose day"))
            for master in self._masters:
                box.addItem(master.name, master.staff_id)
            box.activated.connect(self._take_place)
            self._chooser = box
        self.header.add_action(self._chooser)

    def _fall_ill(self) -> None:
        self.ill_wanted.emit(self.staff_id)

    def _take_key(self, key: str) -> None:
        self.choose_master(int(key))

    def _take_place(self, place: int) -> None:
        self.choose_master(self._masters[place].staff_id)

    # ---- reading ---------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read the master's day and show it; the open visit stays open."""
        self._show_chooser()
        self.ill_button.setVisible(bool(self.staff_id))
        if not self.staff_id:
            self._day = None
            self.header.set_detail("")
            self._ask_who()
            return
        now, zone = self.desk.salon.wall_now(), self.desk.salon.profile.zone
        try:
            self._day = my_day.of_master(self.desk.salon.database, self.staff_id, now.date())
        except Gone:
            self._ask_who()
            self._masters = []
            return
        self.header.set_detail(words.detail(self._day, now, zone), None)
        shown = self._visit_to_show(self._day)
        if shown is None:
            self._empty.say(*self._nothing(self._day))
            self._stack.setCurrentWidget(self._empty)
            return
        self._open_visit = shown.visit_id
        self.visits.show_day(self._day, now, zone, shown.visit_id)
        self.sheet.show_visit(shown, now, zone)
        self._stack.setCurrentWidget(self._page)

    def _ask_who(self) -> None:
        if not self._masters:
            self._stack.setCurrentWidget(self._nobody)
            return
        self._who.offer(self._masters)
        self._stack.setCurrentWidget(self._who)

    def open_visit(self, visit_id: int) -> None:
        """Show the visit with its checklist."""
        self._open_visit = visit_id
        self.reload()

    def _visit_to_show(self, day: MyDay) -> MyVisit | None:
        standing = next((visit for visit in day.visits if visit.visit_id == self._open_visit), None)
        last = day.visits[-1] if day.visits else None
        return standing or day.current_visit or day.next_visit or last

    def _nothing(self, day: MyDay) -> tuple[str, str]:
        today = day.day
        if day.shifts:
            hours = ", ".join(wording.interval(shift.starts_at, shift.ends_at) for shift in day.shifts)
            return _("No visits today yet"), _("You work {hours}. New bookings appear here by themselves.").format(
                hours=hours
            )
        if day.next_shift is None:
            return _("Not working today"), _("No further shifts are planned.")
        shift = day.next_shift
        return _("Not working today"), _("The next shift: {day}, {hours}.").format(
            day=wording.weekday_and_date(shift.starts_at.date(), today),
            hours=wording.interval(shift.starts_at, shift.ends_at),
        )

    # ---- acting ----------------------------------------------------------------------------------------------

    def _tick(self, step_id: int, done: bool) -> None:
        if self.desk.perform(steps.tick, step_id, done=done, staff_id=self.staff_id) is None:
            self.reload()

    def _set_status(self, status: VisitStatus) -> None:
        visit = self.sheet.visit
        if visit is None:
            return
        if status is VisitStatus.COMPLETED:
            self._complete(visit)
        elif not arriving.set_status(self.desk, visit.visit_id, status):
            self.reload()

    def _complete(self, visit: MyVisit) -> None:
        """Complete the visit; with a required step open only for a reason (it stays in the journal)."""
        if arriving.set_status(self.desk, visit.visit_id, VisitStatus.COMPLETED, self._why_open):
            self.desk.perform.tell(_("Completed: {client}").format(client=words.client(visit)))
        else:
            self.reload()

    def _why_open(self, error: StepsStillOpen) -> str | None:
        return self.desk.asker.ask_reason(
            Question(_("Complete with open steps?"), sentence(error), yes=_("Complete the visit")),
            suggestions=(_("The client was in a hurry"), _("The client declined"), _("Done, but not ticked")),
        )

    @property
    def first(self) -> QWidget | None:
        """The visit that is open."""
        return next((row for row in self.visits.rows() if row.isChecked()), None)

    def _focus_list(self) -> None:
        if self.first is not None:
            self.first.setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters and Ctrl+Enter bring the open visit on."""
        visit = self.sheet.visit
        if visit is None or self._stack.currentWidget() is not self._page:
            super().keyPressEvent(event)
        elif shortcuts.is_pressed(Key.NEXT_STATUS, event):
            self.sheet.button.click()
        elif shortcuts.is_pressed(Key.ARRIVED, event):
            self._set_status(VisitStatus.ARRIVED)
        elif shortcuts.is_pressed(Key.DONE, event):
            self._set_status(VisitStatus.COMPLETED)
        else:
            super().keyPressEvent(event)

    # ---- time ------------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """While the screen is in sight, keep "in 20 minutes" true."""
        super().showEvent(event)
        self._minute.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks: read again when the screen is shown."""
        super().hideEvent(event)
        self._minute.stop()
        self._is_stale = True


class _WhoIsHere(QWidget):
    """Asks whose day it is, once for this machine."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offered: list[Colleague] = []
        self._page = ScrollPage(self)
        self._buttons = QVBoxLayout(self._page.content)
        self._buttons.setContentsMargins(0, 0, 0, 0)
        self._buttons.setSpacing(8)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        middle = Qt.AlignmentFlag.AlignHCenter
        column.addStretch(2)
        column.addWidget(Label(_("Whose day is it?"), FontRole.TITLE), 0, middle)
        column.addWidget(Label(_("This computer will remember it."), FontRole.BODY, "muted"), 0, middle)
        column.addSpacing(12)
        column.addWidget(self._page, _ALL_OF_IT)
        column.addStretch(3)

    def offer(self, masters: list[Colleague]) -> None:
        """Offer these masters, each as a button; offering the same again changes nothing."""
        if self._offered and masters == self._offered:
            return
        self._offered = masters
        while (item := self._buttons.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for master in masters:
            button = Button(master.name)
            button.setMinimumWidth(280)
            button.setProperty("staff", master.staff_id)
            button.setAccessibleDescription(master.title)
            button.clicked.connect(self._take)
            self._buttons.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        self._page.setMaximumHeight(self._buttons.sizeHint().height())  # a large salon scrolls

    def buttons(self) -> list[Button]:
        """The masters to choose from."""
        items = (self._buttons.itemAt(place) for place in range(self._buttons.count()))
        return [widget for item in items if item and isinstance(widget := item.widget(), Button)]

    def _take(self) -> None:
        self.chosen.emit(int(self.sender().property("staff")))


def _short_names(masters: list[Colleague]) -> list[tuple[int, str]]:
    """First names, with as much of the second as tells two of the same name apart."""
    first = [master.name.split()[0] if master.name.split() else master.name for master in masters]
    return [
        (master.staff_id, name if first.count(name) == 1 else wording.short_name(master.name))
        for master, name in zip(masters, first, strict=True)
    ]
