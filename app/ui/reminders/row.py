"""One reminder: when the visit is, who comes, for what, and the one thing to do about it.

The words are painted and the rarer parts are made when they are first needed: a busy salon has a hundred rows, and
a styled widget costs half a millisecond before it is seen.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app import wording
from app.language import _
from app.salon.reminders.queue import ReminderLine
from app.ui import shortcuts, theme
from app.ui.reminders import words
from app.ui.shortcuts import Key
from app.ui.theme import FontRole, Tone
from app.ui.widgets.buttons import Button, IconButton, QuietButton
from app.ui.widgets.label import Label, tip
from app.ui.widgets.menu import Menu
from app.ui.widgets.pill import PILL_HEIGHT, paint_pill, pill_width
from app.vocabulary import Channel, ReminderStatus, SkipReason

_LINE_HEIGHT = 36
_LEFT, _RIGHT = 14, 10
_WHEN_WIDTH = 78
_GAP = 16
_ACTION_WIDTH = 148
_MORE_WIDTH = 36
_SHARES = (4, 5, 5)
"""How the room is divided between who, what and state: the same for all rows, so that they stand in columns."""
_MESSAGE_WIDTH = 720
_WAY_ICONS = {Channel.WHATSAPP: "message-circle", Channel.TELEGRAM: "send", Channel.PHONE_CALL: "phone"}
"""The ways that are offered; the client's own comes first."""
_TOLD_REASONS = (SkipReason.NO_CONTACT, SkipReason.CLIENT_DECLINED, SkipReason.ALREADY_KNOWS)


@dataclass(frozen=True, slots=True)
class _State:
    """What the last column says: a pill or none, and words beside it."""

    pill: str
    tone: Tone
    text: str
    is_pressing: bool = False


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
        self._message = ""
        self._day = ""
        self._state = _State("", Tone.NEUTRAL, "")
        self._is_current = False
        self._is_now = False
        self._is_last = False
        self._preview: _Preview | None = None
        self._question: _Question | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.action = Button("")
        self.action.setFixedWidth(_ACTION_WIDTH)
        self.action.clicked.connect(self.act)
        self.more = IconButton("ellipsis", _("More"))
        self.more.clicked.connect(self._show_menu)
        line = QHBoxLayout()
        line.setSpacing(_GAP)
        line.addStretch(1)
        line.addWidget(self.action)
        line.addWidget(self.more)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(_LEFT, 10, _RIGHT, 10)
        self._column.setSpacing(10)
        self._column.addLayout(line)

    # ---- showing ---------------------------------------------------------------------------------------------

    @property
    def line(self) -> ReminderLine:
        """The reminder that is shown."""
        assert self._line is not None
        return self._line

    @property
    def message(self) -> str:
        """The words that the client would read."""
        return self._message

    @property
    def shows_message(self) -> bool:
        """Whether the message can be read in the row."""
        return self._preview is not None and self._preview.isVisible()

    @property
    def question(self) -> "_Question | None":
        """The question whether it was sent, while it is asked."""
        return self._question if self._question is not None and self._question.isVisible() else None

    def show_line(self, line: ReminderLine, message: str, now: datetime, zone: str, *, is_now: bool) -> None:
        """Show a reminder; ``is_now``: its time has come, so it has its button."""
        self._line, self._message, self._is_now = line, message, is_now and line.is_open
        self._day = words.visit_day(line, now)
        self._state = _state(line, now, zone, is_now=is_now)
        self._show_parts()
        self._tell_the_rest()
        state = ", ".join(filter(None, (self._state.pill, self._state.text)))
        self.setAccessibleName(words.spoken(line, now, state))
        self.setAccessibleDescription(message if line.is_open else "")
        self.update()

    def set_current(self, current: bool) -> None:
        """Whether this is the row that is being worked on."""
        if current != self._is_current:
            self._is_current = current
            self._show_parts()
            self.update()

    def set_last(self, last: bool) -> None:
        """Whether no other row follows: the last one has no line below."""
        self._is_last = last

    @property
    def is_current(self) -> bool:
        """Whether this is the row that is being worked on."""
        return self._is_current

    def _show_parts(self) -> None:
        """The current row shows its message, an opened one its question; only the current one is lit."""
        if self._line is None:
            return
        self._show_action()
        shows_message = self._is_current and self._line.is_open
        if shows_message and self._preview is None:
            self._preview = _Preview()
            self._column.insertWidget(1, self._preview)
        if self._preview is not None:
            self._preview.say(self._message)
            self._preview.setVisible(shows_message)
        self._show_question(self._line)

    def _show_action(self) -> None:
        self.action.setVisible(self._is_now)
        if not self._is_now:
            return
        can_write = bool(self.line.address(self.line.offered))
        self.action.setText(wording.channel(self.line.offered) if can_write else _("Open the card"))
        self.action.stand_out(is_meant=self._is_current and self.line.status is ReminderStatus.QUEUED)
        self.action.set_icon(_WAY_ICONS[self.line.offered] if can_write else "user-round")
        self.action.set_tip(
            shortcuts.description(Key.REMINDER_OPEN) if can_write else _("Open the card"),
            shortcuts.shown(Key.REMINDER_OPEN),
        )

    def _show_question(self, line: ReminderLine) -> None:
        asks = line.status is ReminderStatus.OPENED and self._is_now
        if asks and self._question is None:
            self._question = _Question()
            self._question.yes.clicked.connect(self._told_sent)
            self._question.no.clicked.connect(self._told_failed)
            self._question.skip.clicked.connect(self._show_skip_menu)
            self._column.addWidget(self._question)
        if self._question is not None:
            self._question.ask(line.sent_through)
            self._question.yes.stand_out(is_meant=self._is_current)
            self._question.setVisible(asks)

    # ---- acting ----------------------------------------------------------------------------------------------

    def act(self) -> None:
        """Do the one thing that is meant for this reminder."""
        if not self.line.is_open:
            return
        if self.line.address(self.line.offered):
            self._open(self.line.offered)
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
        keys = {Channel.TELEGRAM: Key.REMINDER_TELEGRAM, Channel.PHONE_CALL: Key.REMINDER_CALL}
        offered = self.line.offered
        for channel in sorted(_WAY_ICONS, key=lambda channel: channel is not offered):
            key = Key.REMINDER_OPEN if channel is offered else keys.get(channel)
            words = wording.channel(channel)
            action = menu.addAction(words if key is None else _with_key(words, key), self._opening(channel))
            action.setEnabled(bool(self.line.address(channel)))
        menu.addAction(_with_key(_("Copy the message"), Key.REMINDER_COPY), self._copy)

    def _add_outcomes(self, menu: Menu) -> None:
        menu.addAction(_with_key(_("Already sent"), Key.REMINDER_SENT), self._told_sent)
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
        question = self.question
        by = self.more if question is None else question.skip
        menu.popup(by.mapToGlobal(QPoint(0, by.height() + 4)))

    # ---- keys and pointer ------------------------------------------------------------------------------------

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
        if self.line.address(Channel.TELEGRAM):
            acts[Key.REMINDER_TELEGRAM] = self._opening(Channel.TELEGRAM)
        if self.line.phone:
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

    # ---- paint -----------------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the field of the current row, the ring of the focus, and the words in their columns."""
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
            painter.drawLine(QPointF(_LEFT, low), QPointF(self.width() - _LEFT, low))
        self._paint_words(painter, worn)

    def _paint_words(self, painter: QPainter, worn: theme.Theme) -> None:
        line = self.line
        when, who, what, state = self._cells()
        phone = wording.phone(line.phone) if line.phone else line.telegram or _("no phone")
        misses_phone = line.is_open and not line.phone and not line.telegram
        _paint_pair(painter, when, (words.clock(line), FontRole.STRONG), (self._day, worn.muted))
        _paint_pair(
            painter, who, (line.client_name, FontRole.STRONG), (phone, worn.warn if misses_phone else worn.muted)
        )
        what_for = words.what_for(line, self._message)
        _paint_pair(painter, what, (what_for, FontRole.BODY), (line.masters, worn.muted))
        self._paint_state(painter, state, worn)

    def _paint_state(self, painter: QPainter, cell: QRect, worn: theme.Theme) -> None:
        """The pill and its words side by side, or one above the other where the room is narrow."""
        shown = self._state
        text_at = QRect(cell)
        if shown.pill:
            wide = pill_width(shown.pill) + 8
            is_stacked = shown.text != "" and wide + _advance(shown.text, FontRole.SECONDARY) > cell.width()
            top = cell.y() - 2 if is_stacked else cell.y() + (cell.height() - PILL_HEIGHT) / 2
            paint_pill(painter, QPointF(cell.x(), top), shown.pill, worn.tone(shown.tone))
            text_at.adjust(0 if is_stacked else wide, cell.height() // 2 if is_stacked else 0, 0, 0)
        ink = worn.warn if shown.is_pressing else worn.muted
        _paint_line(painter, text_at, shown.text, FontRole.SECONDARY, ink)

    def _cells(self) -> tuple[QRect, QRect, QRect, QRect]:
        """When, who, what and state, in this width."""
        x, cells = _LEFT, [QRect(_LEFT, 10, _WHEN_WIDTH, _LINE_HEIGHT)]
        x += _WHEN_WIDTH + _GAP
        room = self.width() - x - _RIGHT - _MORE_WIDTH - _ACTION_WIDTH - _GAP * (len(_SHARES) + 1)
        for share in _SHARES:
            width = room * share // sum(_SHARES)
            cells.append(QRect(x, 10, width, _LINE_HEIGHT))
            x += width + _GAP
        return cells[0], cells[1], cells[2], cells[3]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell in the tool tip what has no room."""
        super().resizeEvent(event)
        self._tell_the_rest()

    def _tell_the_rest(self) -> None:
        if self._line is None:
            return
        _when, who, what, state = self._cells()
        texts = (
            (self._line.client_name, FontRole.STRONG, who),
            (words.what_for(self._line, self._message), FontRole.BODY, what),
            (self._state.text, FontRole.SECONDARY, state),
        )
        cut = (text for text, role, cell in texts if _advance(text, role) > cell.width())
        self.setToolTip(tip("\n".join(cut)))


class _Preview(QWidget):
    """The message as the client will read it."""

    def __init__(self) -> None:
        super().__init__()
        self._words = Label("", FontRole.BODY, wrap=True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        well = QFrame()
        well.setProperty("kind", "well")
        well.setMaximumWidth(_MESSAGE_WIDTH)
        inside = QVBoxLayout(well)
        inside.setContentsMargins(14, 10, 14, 12)
        inside.setSpacing(4)
        inside.addWidget(Label(_("Message"), FontRole.SMALL, "muted"))
        inside.addWidget(self._words)
        row = QHBoxLayout(self)
        row.setContentsMargins(_WHEN_WIDTH + _GAP, 0, 0, 0)
        row.addWidget(well, 8)
        row.addStretch(1)

    def say(self, message: str) -> None:
        """Show ``message``."""
        self._words.setText(message)


class _Question(QWidget):
    """Asks what came of the opened message; nothing counts as sent before somebody says so."""

    def __init__(self) -> None:
        super().__init__()
        self._asked = Label("", FontRole.STRONG)
        self.yes = Button("")
        self.no = Button("")
        self.skip = QuietButton(_("Do not send…"))
        self.skip.set_tip(_("Do not send the reminder"), shortcuts.shown(Key.REMINDER_SKIP))
        row = QHBoxLayout(self)
        row.setContentsMargins(_WHEN_WIDTH + _GAP, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._asked)
        row.addSpacing(8)
        for button in (self.yes, self.no, self.skip):
            row.addWidget(button)
        row.addStretch(1)

    def ask(self, channel: Channel | None) -> None:
        """Ask in the words of ``channel``: a call is answered, a message is sent."""
        asked, yes, no = words.question(channel)
        self._asked.setText(asked)
        self.yes.setText(yes)
        self.no.setText(no)
        self.yes.set_tip(yes, shortcuts.shown(Key.REMINDER_SENT))
        self.no.set_tip(no, shortcuts.shown(Key.REMINDER_FAILED))


def _state(line: ReminderLine, now: datetime, zone: str, *, is_now: bool) -> _State:
    if not line.is_open or (not is_now and line.due_at <= now):
        pill, tone = words.outcome(line)
        return _State(pill, tone, " · ".join(filter(None, (words.why(line), words.told(line, zone)))))
    if line.status is ReminderStatus.OPENED:
        through = wording.channel(line.sent_through) if line.sent_through else ""
        return _State(wording.reminder_status(line.status), Tone.WARN, through)
    return _State("", Tone.NEUTRAL, words.due(line, now), is_pressing=line.due_at.date() < now.date())


def _paint_pair(painter: QPainter, cell: QRect, upper: tuple[str, FontRole], lower: tuple[str, QColor]) -> None:
    if not upper[0] or not lower[0]:  # what stands alone stands in the middle
        _paint_line(painter, cell, upper[0], upper[1], theme.current().text)
        _paint_line(painter, cell, lower[0], FontRole.SECONDARY, lower[1])
        return
    half = cell.height() // 2
    over = QRect(cell.x(), cell.y(), cell.width(), half)
    _paint_line(painter, over, upper[0], upper[1], theme.current().text)
    _paint_line(painter, over.translated(0, half), lower[0], FontRole.SECONDARY, lower[1])


def _advance(text: str, role: FontRole) -> int:
    return QFontMetrics(theme.font(role)).horizontalAdvance(text)


def _paint_line(painter: QPainter, place: QRect, text: str, role: FontRole, ink: QColor) -> None:
    painter.setFont(theme.font(role))
    painter.setPen(ink)
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, place.width())
    painter.drawText(place, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), shown)


def _with_key(text: str, key: Key) -> str:
    """An entry of a menu with its key at the right."""
    return f"{text}\t{shortcuts.shown(key)}"


def _uncapitalised(text: str) -> str:
    return text[:1].lower() + text[1:]
