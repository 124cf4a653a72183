"""One reminder: when the visit is, who comes, for what, and the one thing to do about it."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app import wording
from app.language import _
from app.salon.reminders.queue import ReminderLine
from app.ui import shortcuts, theme
from app.ui.reminders import words
from app.ui.shortcuts import Key
from app.ui.theme import FontRole, Tone
from app.ui.widgets.buttons import Button, IconButton, QuietButton
from app.ui.widgets.label import ElidedLabel, Label
from app.ui.widgets.menu import Menu
from app.ui.widgets.pill import Pill
from app.vocabulary import Channel, ReminderStatus, SkipReason

_WHEN_WIDTH = 78
_ACTION_WIDTH = 148
_GAP = 16
_MESSAGE_WIDTH = 720
_TOLD_REASONS = (SkipReason.NO_CONTACT, SkipReason.CLIENT_DECLINED, SkipReason.ALREADY_KNOWS)


class ReminderRow(QWidget):
    """A row of the queue. The current one shows the message; an opened one asks whether it was sent."""

    channel_wanted = Signal(int, object)
    """Open the message of this reminder in this ``Channel``."""
    copy_wanted = Signal(int)
    outcome_told = Signal(int, object, object)
    """The reminder, a ``ReminderStatus``, and the ``SkipReason`` of a skip or None."""
    put_back_wanted = Signal(int)
    client_wanted = Signal(int)
    """The id of the client."""
    became_current = Signal(int)
    walked = Signal(int)
    """Go this many rows on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line: ReminderLine | None = None
        self._is_current = False
        self._is_now = False
        self._is_last = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 10, 10)
        column.setSpacing(10)
        column.addLayout(self._build_line())
        column.addWidget(self._build_preview())
        column.addWidget(self._build_question())

    # ---- building --------------------------------------------------------------------------------------------

    def _build_line(self) -> QHBoxLayout:
        self._time = Label("", FontRole.STRONG)
        self._day = Label("", FontRole.SECONDARY, "muted")
        self._name = ElidedLabel("", FontRole.STRONG)
        self._phone = ElidedLabel("", FontRole.SECONDARY, "muted")
        self._services = ElidedLabel("", FontRole.BODY)
        self._masters = ElidedLabel("", FontRole.SECONDARY, "muted")
        self._pill = Pill()
        self._state = ElidedLabel("", FontRole.SECONDARY, "muted")
        self.action = Button("")
        self.action.setFixedWidth(_ACTION_WIDTH)
        keeps_place = self.action.sizePolicy()
        keeps_place.setRetainSizeWhenHidden(True)
        self.action.setSizePolicy(keeps_place)
        self.action.clicked.connect(self.act)
        self.more = IconButton("ellipsis", _("More"))
        self.more.clicked.connect(self._show_menu)
        line = QHBoxLayout()
        line.setSpacing(_GAP)
        when = _pair(self._time, self._day)
        when.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        when.setFixedWidth(_WHEN_WIDTH)
        line.addWidget(when)
        line.addWidget(_pair(self._name, self._phone), 4)
        line.addWidget(_pair(self._services, self._masters), 5)
        line.addWidget(_StateCell(self._pill, self._state), 5)
        line.addWidget(self.action)
        line.addWidget(self.more)
        return line

    def _build_preview(self) -> QWidget:
        self._message = Label("", FontRole.BODY, wrap=True)
        self._message.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.preview = QFrame()
        self.preview.setMaximumWidth(_MESSAGE_WIDTH)
        self.preview.setProperty("kind", "well")
        inside = QVBoxLayout(self.preview)
        inside.setContentsMargins(14, 10, 14, 12)
        inside.setSpacing(4)
        inside.addWidget(Label(_("Message"), FontRole.SMALL, "muted"))
        inside.addWidget(self._message)
        return _indented(self.preview)

    def _build_question(self) -> QWidget:
        self._asked = Label("", FontRole.STRONG)
        self.yes = Button("")
        self.no = Button("")
        self.skip = QuietButton(_("Do not send…"))
        self.skip.set_tip(_("Do not send the reminder"), shortcuts.shown(Key.REMINDER_SKIP))
        self.yes.clicked.connect(self._told_sent)
        self.no.clicked.connect(self._told_failed)
        self.skip.clicked.connect(self._show_skip_menu)
        self.question = QWidget()
        inside = QHBoxLayout(self.question)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(8)
        inside.addWidget(self._asked)
        inside.addSpacing(8)
        for button in (self.yes, self.no, self.skip):
            inside.addWidget(button)
        inside.addStretch(1)
        return _indented(self.question)

    # ---- showing ---------------------------------------------------------------------------------------------

    @property
    def line(self) -> ReminderLine:
        """The reminder that is shown."""
        assert self._line is not None
        return self._line

    @property
    def message(self) -> str:
        """The words that the client would read."""
        return self._message.text()

    def show_line(self, line: ReminderLine, message: str, now: datetime, zone: str, *, is_now: bool) -> None:
        """Show a reminder; ``is_now``: its time has come, so it has its button."""
        self._line, self._is_now = line, is_now and line.is_open
        self._time.setText(wording.clock_time(line.visit_starts_at))
        self._day.setText(words.visit_day(line, now))
        self._name.setText(line.client_name)
        self._phone.setText(wording.phone(line.phone) if line.phone else _("no phone"))
        self._phone.set_tone("muted" if line.phone or not line.is_open else "warn")
        self._services.setText(line.services)
        self._masters.setText(line.masters)
        self._message.setText(message)
        self._show_state(line, now, zone, is_late=line.is_open and not is_now and line.due_at <= now)
        self._show_action()
        self._show_question()
        self._show_parts()
        self.setAccessibleName(words.spoken(line, now))
        self.setAccessibleDescription(message if line.is_open else "")

    def set_current(self, current: bool) -> None:
        """Whether this is the row that is being worked on."""
        if current != self._is_current:
            self._is_current = current
            self._show_parts()
            self._show_action()
            self.update()

    def set_last(self, last: bool) -> None:
        """Whether no other row follows: the last one has no line below."""
        self._is_last = last

    @property
    def is_current(self) -> bool:
        """Whether this is the row that is being worked on."""
        return self._is_current

    def _show_state(self, line: ReminderLine, now: datetime, zone: str, *, is_late: bool) -> None:
        if line.is_open and not is_late:
            is_opened = line.status is ReminderStatus.OPENED
            self._pill.setText(wording.reminder_status(line.status) if is_opened else "")
            self._pill.set_tone(Tone.WARN)
            self._state.setText(
                wording.channel(line.sent_through) if is_opened and line.sent_through else words.due(line, now)
            )
        else:
            text, tone = words.outcome(line)
            self._pill.setText(text)
            self._pill.set_tone(tone)
            self._state.setText(" · ".join(filter(None, (words.why(line), words.told(line, zone)))))
        is_left_over = line.is_open and line.due_at.date() < now.date()
        self._state.set_tone("warn" if is_left_over else "muted")
        self._pill.setVisible(bool(self._pill.text()))
        self._pill.updateGeometry()

    def _show_action(self) -> None:
        self.action.setVisible(self._is_now)
        can_write = bool(self.line.phone)
        self.action.setText(wording.channel(Channel.WHATSAPP) if can_write else _("Open the card"))
        is_meant = self._is_current and self.line.status is ReminderStatus.QUEUED
        _set_kind(self.action, "primary" if is_meant else "secondary")
        self.action.set_icon("message-circle" if can_write else "user-round")
        self.action.set_tip(
            shortcuts.description(Key.REMINDER_OPEN) if can_write else _("Open the card"),
            shortcuts.shown(Key.REMINDER_OPEN),
        )

    def _show_question(self) -> None:
        asked, yes, no = words.question(self.line.sent_through)
        self._asked.setText(asked)
        self.yes.setText(yes)
        self.no.setText(no)
        self.yes.set_tip(yes, shortcuts.shown(Key.REMINDER_SENT))
        self.no.set_tip(no, shortcuts.shown(Key.REMINDER_FAILED))

    def _show_parts(self) -> None:
        """The current row shows its message, an opened one its question; only the current one is lit."""
        is_opened = self._line is not None and self._line.status is ReminderStatus.OPENED and self._is_now
        is_open = self._line is not None and self._line.is_open
        self.preview.parentWidget().setVisible(self._is_current and is_open)
        self.question.parentWidget().setVisible(is_opened)
        _set_kind(self.yes, "primary" if self._is_current else "secondary")

    # ---- acting ----------------------------------------------------------------------------------------------

    def act(self) -> None:
        """Do the one thing that is meant for this reminder."""
        if not self.line.is_open:
            return
        if self.line.phone:
            self._open(Channel.WHATSAPP)
        else:
            self._open_card()

    def menu(self) -> Menu:
        """Everything that can be done with this reminder."""
        menu = Menu(_("More"), self)
        if self.line.is_open:
            self._add_ways(menu)
            menu.addSeparator()
            self._add_outcomes(menu)
            menu.addSeparator()
        elif self.line.status in (ReminderStatus.FAILED, ReminderStatus.SKIPPED):
            menu.addAction(_("Put back into the queue"), self._put_back)
            menu.addSeparator()
        menu.addAction(_("Open the card"), self._open_card)
        return menu

    def skip_menu(self) -> Menu:
        """The reasons not to send it."""
        menu = Menu(_("Do not send"), self)
        for reason in _TOLD_REASONS:
            menu.addAction(wording.skip_reason(reason), self._skipping(reason))
        return menu

    def _add_ways(self, menu: Menu) -> None:
        for channel, key in (
            (Channel.WHATSAPP, Key.REMINDER_OPEN),
            (Channel.TELEGRAM, Key.REMINDER_TELEGRAM),
            (Channel.PHONE_CALL, Key.REMINDER_CALL),
        ):
            action = menu.addAction(f"{wording.channel(channel)}\t{shortcuts.shown(key)}", self._opening(channel))
            action.setEnabled(bool(self.line.phone))
        copied = shortcuts.shown(Key.REMINDER_COPY)
        menu.addAction(f"{_('Copy the message')}\t{copied}", self._copy)

    def _add_outcomes(self, menu: Menu) -> None:
        sent = shortcuts.shown(Key.REMINDER_SENT)
        menu.addAction(f"{_('Already sent')}\t{sent}", self._told_sent)
        for reason in _TOLD_REASONS:
            menu.addAction(
                _("Do not send: {reason}").format(reason=_uncapitalised(wording.skip_reason(reason))),
                self._skipping(reason),
            )

    def _opening(self, channel: Channel) -> Callable[[], None]:
        return lambda: self._open(channel)

    def _skipping(self, reason: SkipReason) -> Callable[[], None]:
        return lambda: self._tell(ReminderStatus.SKIPPED, reason)

    def _open(self, channel: Channel) -> None:
        self.channel_wanted.emit(self.line.reminder_id, channel)

    def _copy(self) -> None:
        self.copy_wanted.emit(self.line.reminder_id)

    def _open_card(self) -> None:
        self.client_wanted.emit(self.line.client_id)

    def _put_back(self) -> None:
        self.put_back_wanted.emit(self.line.reminder_id)

    def _tell(self, status: ReminderStatus, reason: SkipReason | None = None) -> None:
        self.outcome_told.emit(self.line.reminder_id, status, reason)

    def _told_sent(self) -> None:
        self._tell(ReminderStatus.SENT)

    def _told_failed(self) -> None:
        self._tell(ReminderStatus.FAILED)

    def _show_menu(self) -> None:
        menu = self.menu()
        menu.aboutToHide.connect(menu.deleteLater)
        right = self.more.mapToGlobal(QPoint(self.more.width(), self.more.height() + 4))
        menu.popup(right - QPoint(menu.sizeHint().width(), 0))

    def _show_skip_menu(self) -> None:
        menu = self.skip_menu()
        menu.aboutToHide.connect(menu.deleteLater)
        by = self.skip if self.skip.isVisible() else self.more
        menu.popup(by.mapToGlobal(QPoint(0, by.height() + 4)))

    # ---- keys, pointer, paint --------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the message; letters tell what became of it; arrows go on."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.walked.emit(1 if event.key() == Qt.Key.Key_Down else -1)
            return
        act = self._act_for(event)
        if act is None:
            super().keyPressEvent(event)
        else:
            act()

    def _act_for(self, event: QKeyEvent) -> Callable[[], None] | None:
        if not self.line.is_open:
            return None
        acts: dict[Key, Callable[[], None]] = {
            Key.REMINDER_OPEN: self.act,
            Key.REMINDER_COPY: self._copy,
            Key.REMINDER_SENT: self._told_sent,
            Key.REMINDER_FAILED: self._told_failed,
            Key.REMINDER_SKIP: self._show_skip_menu,
        }
        if self.line.phone:
            acts[Key.REMINDER_TELEGRAM] = self._opening(Channel.TELEGRAM)
            acts[Key.REMINDER_CALL] = self._opening(Channel.PHONE_CALL)
        return next((act for key, act in acts.items() if shortcuts.is_pressed(key, event)), None)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Who comes here by keyboard or pointer works on this row."""
        super().focusInEvent(event)
        self.became_current.emit(self.line.reminder_id)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The ring goes."""
        super().focusOutEvent(event)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click takes the row."""
        super().mousePressEvent(event)
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show that it can be taken."""
        super().enterEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the field of the current row and the ring of the focus."""
        worn = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if self._is_current or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(worn.hover)
            painter.drawRoundedRect(place, theme.RADIUS_CONTROL, theme.RADIUS_CONTROL)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(worn.accent, 2))
            painter.drawRoundedRect(place, theme.RADIUS_CONTROL, theme.RADIUS_CONTROL)
        elif not self._is_current and not self._is_last:
            painter.setPen(worn.line)
            low = self.height() - 0.5
            painter.drawLine(QPointF(14, low), QPointF(self.width() - 14, low))


class _StateCell(QWidget):
    """A pill and, beside it, the words that explain it."""

    def __init__(self, pill: Pill, state: ElidedLabel) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(pill)
        row.addWidget(state, 1)


def _pair(upper: QWidget, lower: QWidget) -> QWidget:
    """Two lines of a cell. Its width is the layout's affair, so that the cells of all rows stand in columns."""
    cell = QWidget()
    cell.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    column = QVBoxLayout(cell)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(1)
    column.addWidget(upper)
    column.addWidget(lower)
    return cell


def _indented(inner: QWidget) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(_WHEN_WIDTH + _GAP, 0, 0, 0)
    row.addWidget(inner, 8)
    row.addStretch(1)
    holder.hide()
    return holder


def _set_kind(button: Button, kind: str) -> None:
    """Make an ordinary button the primary one, or back: one is lit at a time."""
    if button.kind != kind:
        button.kind = kind
        theme.dress(button, kind=kind)
        button.updateGeometry()


def _uncapitalised(text: str) -> str:
    return text[:1].lower() + text[1:]
