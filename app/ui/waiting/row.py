"""One line of the waiting list: who, what, when it suits, since when, and the place that is free for them now."""

from datetime import datetime
from functools import partial

from PySide6.QtCore import QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app import wording
from app.frozen import frozen
from app.language import _
from app.salon.scheduling import waiting_words
from app.salon.scheduling.wait_matches import Match
from app.salon.scheduling.waitlist import Waiting
from app.ui import shortcuts, theme
from app.ui.shortcuts import Key
from app.ui.theme import FontRole, Tone
from app.ui.widgets.avatar import Avatar
from app.ui.widgets.buttons import Button, IconButton
from app.ui.widgets.label import ElidedLabel
from app.ui.widgets.menu import Menu
from app.ui.widgets.pill import Pill
from app.ui.widgets.row_frame import paint_frame
from app.vocabulary import WaitlistStatus

_HEIGHT = 80
_ROOMY = 620
_KEYS = (Key.WAIT_BOOK, Key.WAIT_HOLD, Key.WAIT_CALL, Key.WAIT_WRITE, Key.WAIT_WITHDRAW, Key.WAIT_CHANGE)


@frozen
class HeldFor:
    """The place that is held for somebody."""

    hold_id: int
    starts_at: datetime
    until: datetime
    staff_name: str


class WaitRow(QWidget):
    """A click or Enter opens the wish; the letters do the rest while the row has the focus."""

    wanted = Signal(object, object)
    """What is wanted (a ``Key``) and of whom (the row)."""

    def __init__(
        self, waiting: Waiting, now: datetime, ahead: datetime | None = None, parent: QWidget | None = None
    ) -> None:
        """``ahead``: when the client comes next anyway, wall time."""
        super().__init__(parent)
        self.waiting = waiting
        self.match: Match | None = None
        self.held: HeldFor | None = None
        self.is_last = False
        self.setMinimumHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        is_over = waiting.status is WaitlistStatus.EXPIRED
        since = _("the time is over") if is_over else waiting_words.waits(waiting.since, now)
        what = f"{waiting_words.what(waiting)} · {waiting_words.by_whom(waiting)}"
        suits = waiting_words.windows(waiting, now.date())
        comes = "" if ahead is None else waiting_words.booked_already(ahead, now.date())
        told = " · ".join(part for part in (comes, suits, waiting.note) if part)
        self._said = ", ".join((waiting.client_name, since, what, told))
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 10, 12, 10)
        row.setSpacing(12)
        self._avatar = Avatar(waiting.client_name)
        row.addWidget(self._avatar, 0, Qt.AlignmentFlag.AlignVCenter)
        words = QVBoxLayout()
        words.setSpacing(2)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(ElidedLabel(waiting.client_name, FontRole.STRONG))
        self._since = Pill(since, Tone.WARN if is_over else Tone.NEUTRAL)
        head.addWidget(self._since, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addStretch(1)
        words.addStretch(1)
        words.addLayout(head)
        words.addWidget(ElidedLabel(what, FontRole.BODY))
        words.addWidget(ElidedLabel(told, FontRole.SECONDARY, "muted"))
        words.addStretch(1)
        self._place = self._build_place()
        # The hour is told whole; the words have all the rest of the room.
        row.addLayout(words, 1)
        row.addLayout(self._place)
        self._build_buttons(row)
        self._say("" if is_over else _("looking…"), "")

    def _build_place(self) -> QVBoxLayout:
        self._when, self._who = ElidedLabel("", FontRole.STRONG, "accent"), ElidedLabel("", FontRole.SECONDARY, "muted")
        place = QVBoxLayout()
        place.setSpacing(2)
        place.addStretch(1)
        for label in (self._when, self._who):
            label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            place.addWidget(label)
        place.addStretch(1)
        return place

    def _say(self, when: str, who: str) -> None:
        """When a place is free or held, and by whom; without ``who`` it is a quiet remark."""
        self._when.setText(when if who else "")
        self._who.setText(who or when)
        self._when.setVisible(bool(who))
        self._show_buttons()

    def _build_buttons(self, row: QHBoxLayout) -> None:
        self.book = Button(_("Book"), key=shortcuts.shown(Key.WAIT_BOOK))
        self.hold = IconButton("lock", _("Hold the place and call"), key=shortcuts.shown(Key.WAIT_HOLD))
        self.call = IconButton("phone", _("Call the client"), key=shortcuts.shown(Key.WAIT_CALL))
        self.write = IconButton("message-circle", _("Write to the client"), key=shortcuts.shown(Key.WAIT_WRITE))
        self.more = IconButton("ellipsis", _("More"))
        self.more.hide()
        self.more.clicked.connect(self._open_menu)
        self.withdraw = IconButton("x", _("Take off the list"), key=shortcuts.shown(Key.WAIT_WITHDRAW))
        for button, key in (
            (self.book, Key.WAIT_BOOK),
            (self.hold, Key.WAIT_HOLD),
            (self.call, Key.WAIT_CALL),
            (self.write, Key.WAIT_WRITE),
            (self.withdraw, Key.WAIT_WITHDRAW),
        ):
            button.clicked.connect(partial(self._want, key))
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.more, 0, Qt.AlignmentFlag.AlignVCenter)
        self.call.setEnabled(bool(self.waiting.phone))

    def say_place(self, match: Match | None, names: dict[int, str], now: datetime) -> None:
        """Show the first place that is free for them, or that there is none now."""
        self.match = match
        if match is None:
            self._say("" if self.waiting.status is WaitlistStatus.EXPIRED else _("nothing free now"), "")
            return
        masters = dict.fromkeys(wording.short_name(names.get(staff, "")) for staff in match.place.staff_ids)
        self._say(_moment(match.place.starts_at, now), _("free, {master}").format(master=wording.listed(list(masters))))

    def say_held(self, held: HeldFor, now: datetime) -> None:
        """Show which place is held for them and until when."""
        self.held = held
        until = _("held until {time}").format(time=wording.clock_time(held.until))
        self._say(_moment(held.starts_at, now), f"{until}, {wording.short_name(held.staff_name)}")

    def _show_buttons(self) -> None:
        has_place = self.match is not None or self.held is not None
        self.book.setEnabled(has_place)
        self.write.setEnabled(has_place and bool(self.waiting.phone))
        self.hold.setEnabled(has_place)
        if self.held is not None:
            self.hold.set_name(_("Give the place back"), key=shortcuts.shown(Key.WAIT_HOLD))
        place = ", ".join(part for part in (self._when.text(), self._who.text()) if part)
        self.setAccessibleName(", ".join(part for part in (self._said, place) if part))

    def _open_menu(self) -> None:
        menu = self.menu_of_the_rest()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height() + 4)))

    def menu_of_the_rest(self) -> Menu:
        """What has no button of its own where there is little room."""
        menu = Menu(_("More"), self)
        for button, key in (
            (self.hold, Key.WAIT_HOLD),
            (self.call, Key.WAIT_CALL),
            (self.write, Key.WAIT_WRITE),
            (self.withdraw, Key.WAIT_WITHDRAW),
        ):
            if button is self.withdraw:
                menu.addSeparator()
            action = menu.addAction(f"{button.accessibleName()}\t{shortcuts.shown(key)}")
            action.setEnabled(button.isEnabled())
            action.triggered.connect(partial(self._want, key))
        return menu

    def _want(self, key: Key, _checked: bool = False) -> None:
        self.wanted.emit(key, self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside an open panel the words matter more than the quick buttons, which a menu holds."""
        super().resizeEvent(event)
        has_room = self.width() >= _ROOMY
        for widget in (self._avatar, self._since, self.hold, self.call, self.write, self.withdraw):
            widget.setVisible(has_room)
        self.more.setVisible(not has_room)

    # ---- keys and pointer ------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The letters of the list; the arrows go to the neighbours."""
        for key in _KEYS:
            if shortcuts.is_pressed(key, event):
                self.wanted.emit(key, self)
                return
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is None or not self._walk(step):
            super().keyPressEvent(event)

    def _walk(self, step: int) -> bool:
        parent = self.window()
        rows = sorted(
            (row for row in parent.findChildren(WaitRow) if row.isVisible()),
            key=lambda row: row.mapTo(parent, row.rect().topLeft()).y(),
        )
        place = rows.index(self) + step if self in rows else -1
        if not 0 <= place < len(rows):
            return False
        rows[place].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click opens the wish."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.wanted.emit(Key.WAIT_CHANGE, self)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show that it can be opened."""
        super().enterEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ring of the focus, the field under the pointer, and the line to the next row."""
        worn = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_frame(painter, self)
        if not (self.hasFocus() or self.is_last):
            painter.setPen(worn.line)
            low = self.height() - 0.5
            painter.drawLine(QPointF(12, low), QPointF(self.width() - 12, low))


def _moment(starts_at: datetime, now: datetime) -> str:
    return f"{wording.weekday_and_date(starts_at.date(), now.date())}, {wording.clock_time(starts_at)}"
