"""The reminders: what is due now comes first, and nothing counts as sent before somebody says so."""

from datetime import datetime
from functools import cached_property
from typing import ClassVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QHideEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QStackedLayout, QVBoxLayout, QWidget

from app import wording
from app.channels import chat_links
from app.errors import BadPhone
from app.explain import sentence
from app.language import _, ngettext, pgettext
from app.salon.reminders import queue, today
from app.salon.reminders.message import message
from app.salon.reminders.queue import ReminderLine
from app.salon.reminders.today import RemindersToday
from app.ui import sight, theme
from app.ui.desk import Desk
from app.ui.reminders.group import RowGroup
from app.ui.reminders.promises_part import PromisesPart
from app.ui.reminders.row import ReminderRow
from app.ui.screen import Screen
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.screen_header import ScreenHeader
from app.ui.widgets.scroll_page import ScrollPage
from app.ui.widgets.segmented_control import SegmentedControl
from app.vocabulary import Channel, ReminderStatus, SkipReason, Topic

MESSAGES, PROMISES = "messages", "promises"
_MINUTE_MS = 60_000


class RemindersScreen(Screen):
    """Lists the queue, opens messages, and records what a person tells about them."""

    topics: ClassVar[frozenset[Topic]] = frozenset(
        {Topic.REMINDERS, Topic.VISITS, Topic.CLIENTS, Topic.STAFF, Topic.CATALOGUE, Topic.SALON, Topic.TASKS}
    )

    client_wanted = Signal(int)
    """The id of a client whose card is to be opened."""
    visit_wanted = Signal(int, object)
    """A visit that is to be shown, and its day."""
    clients_wanted = Signal()
    """The cards are wanted: to write a promise down on one."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setAccessibleName(_("Reminders"))
        self.header = ScreenHeader(_("Reminders"), parent=self)
        parts = ((MESSAGES, _("Messages")), (PROMISES, pgettext("promises", "Promises")))
        self.choice = SegmentedControl(_("Part"), parts, self.header)
        self._body = QWidget(self)
        self._stack = QStackedLayout(self._body)
        self._scroll = ScrollPage(self._body)
        self._stack.addWidget(self._scroll)
        self.left_over = self._group(_("Overdue"), _("They were due on an earlier day: send them first."))
        self.due = self._group(_("To send now"))
        self.coming = self._group(_("Later today and tomorrow"))
        self.missed = self._group(_("Not sent in time"), _("Their visits have begun; nothing late goes out."))
        self.closed = self._group(_("Closed today"))
        self.invitations = self._group(_("Invitations"), _("Only clients who agreed to advertising."))
        self._groups = (self.left_over, self.due, self.invitations, self.missed, self.coming, self.closed)
        self._rows: dict[int, ReminderRow] = {}
        self._current = 0
        self._detail, self._is_empty = "", True
        self._promises_detail = ""
        self._build()
        self._minute = QTimer(self)
        self._minute.setInterval(_MINUTE_MS)
        self._minute.timeout.connect(self.reload)

    def _build(self) -> None:
        groups = QVBoxLayout(self._scroll.content)
        groups.setContentsMargins(theme.MARGIN, 0, theme.MARGIN, theme.MARGIN)
        groups.setSpacing(20)
        for group in self._groups:
            groups.addWidget(group)
        groups.addStretch(1)
        self.header.add_beside_title(self.choice)
        self.choice.chosen.connect(self.show_part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self._body, 1)

    def _group(self, heading: str, explanation: str = "") -> RowGroup[ReminderRow]:
        return RowGroup(heading, explanation, self._scroll.content)

    @cached_property
    def promises(self) -> PromisesPart:
        """What was promised to clients; it is made when somebody first looks at it."""
        part = PromisesPart(self.desk, self._body)
        part.counted.connect(self._count_promises)
        part.client_wanted.connect(self.client_wanted)
        part.visit_wanted.connect(self.visit_wanted)
        part.clients_wanted.connect(self.clients_wanted)
        self._stack.addWidget(part)
        return part

    @cached_property
    def _empty(self) -> EmptyState:
        empty = EmptyState(
            "bell",
            _("Nobody to remind"),
            _("A booking plans its reminder by itself: for the day before the visit. It will appear here."),
            parent=self._body,
        )
        self._stack.addWidget(empty)
        return empty

    # ---- reading ---------------------------------------------------------------------------------------------

    def due_count(self) -> int:
        """How many reminders wait to be sent at this moment."""
        return queue.count_due(self.desk.salon.database, self.desk.salon.wall_now())

    def show_part(self, part: str) -> None:
        """Show the messages that are to be sent, or what was promised to clients."""
        self.choice.choose(part)
        self._read_promises()
        self._show_page()

    def bring_forward(self, part: QWidget) -> None:
        """Answers to complaints are typed among the promises."""
        if self.choice.choice != PROMISES and self.promises.isAncestorOf(part):
            self.show_part(PROMISES)

    def _read_promises(self) -> None:
        if self.choice.choice == PROMISES:
            self.promises.reload()

    def _show_page(self) -> None:
        if self.choice.choice == PROMISES:
            self._stack.setCurrentWidget(self.promises)
            self.header.set_detail(self._promises_detail)
        else:
            self._stack.setCurrentWidget(self._empty if self._is_empty else self._scroll)
            self.header.set_detail(self._detail)

    def _count_promises(self, detail: str) -> None:
        self._promises_detail = detail
        self._show_page()

    def reload(self) -> None:
        """Read the queue and show it; what was being worked on stays in sight."""
        focused = QApplication.focusWidget()
        held_focus = focused is not None and self._scroll.isAncestorOf(focused)
        order = [row.line.reminder_id for row in self.rows()]
        salon = self.desk.salon
        self._show(today.read(salon.database, salon.wall_now(), salon.profile.zone))
        self._choose_current(order)
        if held_focus and self._current in self._rows:
            self._rows[self._current].setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def first(self) -> QWidget | None:
        """The message that comes next."""
        return self.current

    def rows(self) -> list[ReminderRow]:
        """All rows from top to bottom."""
        return [row for group in self._groups for row in group.rows]

    @property
    def current(self) -> ReminderRow | None:
        """The row that is being worked on."""
        return self._rows.get(self._current)

    def _show(self, found: RemindersToday) -> None:
        profile, now = self.desk.salon.profile, self.desk.salon.wall_now()
        before, self._rows = self._rows, {}
        waiting = (self.left_over, self.due, self.invitations)
        parts = (found.left_over, found.due, found.invitations, found.missed, found.coming, found.closed)
        for group, lines in zip(self._groups, parts, strict=True):
            rows = [before.pop(line.reminder_id, None) or self._new_row() for line in lines]
            for row, line in zip(rows, lines, strict=True):
                text = message(line, profile.name, now.date())
                row.show_line(line, text, now, profile.zone, is_now=group in waiting)
                self._rows[line.reminder_id] = row
            group.set_rows(rows)
        for row in before.values():
            row.hide()
            row.deleteLater()
        self.due.setVisible(bool(found.due) or not (found.left_over or found.invitations))
        self.due.say("" if found.due else _nothing_due(found, now))
        self._detail, self._is_empty = _detail(found), found.is_empty
        self._read_promises()
        self._show_page()

    def _new_row(self) -> ReminderRow:
        row = ReminderRow()
        row.channel_wanted.connect(self._send)
        row.copy_wanted.connect(self._copy)
        row.outcome_told.connect(self._record)
        row.put_back_wanted.connect(self._put_back)
        row.client_wanted.connect(self.client_wanted)
        row.became_current.connect(self._take)
        row.walked.connect(self._walk)
        return row

    # ---- walking ---------------------------------------------------------------------------------------------

    def _choose_current(self, order: list[int]) -> None:
        """Stay on the current reminder while it is open; when it is done, go on to the next one."""
        current = self.current
        if current is None or not current.line.is_open:
            place = order.index(self._current) if self._current in order else 0
            open_ones = [row.line.reminder_id for row in self.rows() if row.line.is_open]
            later = [one for one in order[place:] if one in open_ones]
            self._current = next(iter(later + open_ones), 0)
        for reminder_id, row in self._rows.items():
            row.set_current(reminder_id == self._current)

    def _take(self, reminder_id: int) -> None:
        if reminder_id == self._current:
            return
        self._current = reminder_id
        for each, row in self._rows.items():
            row.set_current(each == reminder_id)

    def _walk(self, step: int) -> None:
        rows = self.rows()
        focused = next((place for place, row in enumerate(rows) if row.hasFocus()), None)
        if focused is None or not 0 <= focused + step < len(rows):
            return
        goal = rows[focused + step]
        goal.setFocus(Qt.FocusReason.TabFocusReason)
        self._scroll.ensureWidgetVisible(goal, 0, 48)

    # ---- sending by hand -------------------------------------------------------------------------------------

    def _send(self, reminder_id: int, channel: Channel) -> None:
        """Open the message; the reminder then waits for somebody to tell what came of it."""
        line = self._opened(reminder_id, channel)
        if line is None:
            return
        try:
            link = chat_links.link(channel, line.address(channel), self._text(line))
        except BadPhone as error:
            self.desk.perform.tell(sentence(error), undoable=False)
            return
        if not sight.use_number(self.desk, line.client_id, line.address(channel)):
            return
        if not self.desk.open_link(link):
            self._help_out(line, channel)

    def _help_out(self, line: ReminderLine, channel: Channel) -> None:
        if channel is Channel.PHONE_CALL:
            told = _("No program makes calls here. Call {phone} yourself.").format(
                phone=wording.phone(line.phone, in_full=True)
            )
        else:
            self._copy(line.reminder_id)
            told = _("No program opened the link. The message is copied: send it yourself.")
        self.desk.perform.tell(told, undoable=False)

    def _copy(self, reminder_id: int) -> None:
        line = self._opened(reminder_id, Channel.BY_HAND)
        if line is not None:
            QGuiApplication.clipboard().setText(self._text(line))

    def _opened(self, reminder_id: int, channel: Channel) -> ReminderLine | None:
        """The reminder as it stands now, noted as opened; None when its visit is no longer awaited."""
        if self.desk.perform(queue.open_message, reminder_id, channel) is None:
            self.reload()
            return None
        return queue.to_send(self.desk.salon.database, reminder_id)

    def _text(self, line: ReminderLine) -> str:
        return message(line, self.desk.salon.profile.name, self.desk.salon.today())

    def _record(self, reminder_id: int, status: ReminderStatus, reason: SkipReason | None) -> None:
        line = self._rows[reminder_id].line
        channel = line.sent_through or Channel.BY_HAND if status is ReminderStatus.SENT else None
        if self.desk.perform(queue.record, reminder_id, status, channel=channel, skip_reason=reason) is None:
            self.reload()
            return
        self.desk.perform.tell(_noted(status).format(client=line.client_name))

    def _put_back(self, reminder_id: int) -> None:
        if self.desk.perform(queue.put_back, reminder_id) is None:
            self.reload()
        elif reminder_id in self._rows:
            self._rows[reminder_id].setFocus(Qt.FocusReason.OtherFocusReason)

    # ---- time ------------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """While the screen is in sight, look each minute what has become due."""
        super().showEvent(event)
        self._minute.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks: what became due meanwhile is read when the screen is shown again."""
        super().hideEvent(event)
        self._minute.stop()
        self._is_stale = True


def _detail(found: RemindersToday) -> str:
    if found.waiting:
        return ngettext("{n} to send", "{n} to send", found.waiting).format(n=wording.number(found.waiting))
    if found.sent:
        return ngettext("all done, {n} sent today", "all done, {n} sent today", found.sent).format(
            n=wording.number(found.sent)
        )
    return _("nothing waits")


def _nothing_due(found: RemindersToday, now: datetime) -> str:
    if not found.coming:
        return _("Nothing waits to be sent.")
    following = min(found.coming, key=lambda line: line.due_at)
    return _("Nothing waits to be sent. The next ones are due {day} at {time}.").format(
        day=wording.relative_day(following.due_at.date(), now.date()), time=wording.clock_time(following.due_at)
    )


def _noted(status: ReminderStatus) -> str:
    match status:
        case ReminderStatus.SENT:
            return _("Noted as sent: {client}")
        case ReminderStatus.FAILED:
            return _("Noted as not sent: {client}")
        case _:
            return _("Noted as not needed: {client}")
