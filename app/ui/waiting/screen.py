"""The waiting list: who waits, what is free for them now, and whom the salon could not take."""

from collections.abc import Callable
from functools import cached_property
from typing import ClassVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app import wording
from app.language import _, ngettext
from app.salon.scheduling import holds, wait_matches, waitlist
from app.salon.scheduling.wait_matches import Match, Matching
from app.salon.scheduling.waitlist import Waiting
from app.ui import theme
from app.ui.desk import Desk
from app.ui.screen import Screen
from app.ui.shortcuts import Key
from app.ui.theme import FontRole
from app.ui.waiting.acts import WaitingActs
from app.ui.waiting.row import HeldFor, WaitRow
from app.ui.waiting.turn_away_part import TurnAwayPart
from app.ui.widgets.buttons import PrimaryButton
from app.ui.widgets.card import Card
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.label import Label
from app.ui.widgets.screen_header import ScreenHeader
from app.ui.widgets.scroll_page import ScrollPage
from app.ui.widgets.segmented_control import SegmentedControl
from app.ui.wishes import WaitingSeed
from app.vocabulary import Topic

WAITING, TURNED_AWAY = "waiting", "turned_away"
NEW_KEY = "Ins"


class WaitingScreen(Screen):
    """Reads the list at once and the free places of each line one after another, so that nothing is blocked."""

    topics: ClassVar[frozenset[Topic]] = frozenset(
        {Topic.WAITING, Topic.VISITS, Topic.CLIENTS, Topic.STAFF, Topic.CATALOGUE, Topic.SALON}
    )

    client_wanted = Signal(int)
    wait_wanted = Signal(object)
    """A ``WaitingSeed``: somebody is to be added, or a line changed."""
    turn_away_wanted = Signal()
    """Somebody is to be logged as turned away."""
    booked = Signal(int, object)
    """A visit was booked: its id and its day."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setAccessibleName(_("Waiting list"))
        self.header = ScreenHeader(_("Waiting list"), parent=self)
        parts = [(WAITING, _("Waiting")), (TURNED_AWAY, _("Turned away"))]
        self.choice = SegmentedControl(_("Part"), parts, self.header)
        self.new_button = PrimaryButton(_("Add"), icon="plus", key=NEW_KEY, parent=self.header)
        self._stack = QStackedWidget(self)
        self._scroll = ScrollPage(self._stack)
        self.waiting = _Group(_("The longest first"), self._scroll.content)
        self.over = _Group(_("Their days are over: ask once more"), self._scroll.content)
        self._acts = WaitingActs(desk)
        self._rows: list[WaitRow] = []
        self._to_look: list[WaitRow] = []
        self._matching: Matching | None = None
        self._names: dict[int, str] = {}
        self._look = QTimer(self)
        self._look.setInterval(0)
        self._look.timeout.connect(self._look_for_next)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.header.add_beside_title(self.choice)
        self.header.add_action(self.new_button)
        self._stack.addWidget(self._scroll)
        groups = QVBoxLayout(self._scroll.content)
        groups.setContentsMargins(theme.MARGIN, 0, theme.MARGIN, theme.MARGIN)
        groups.setSpacing(20)
        groups.addWidget(self.waiting)
        groups.addWidget(self.over)
        groups.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self.choice.chosen.connect(self.show_part)
        self.new_button.clicked.connect(self.begin)
        shortcut = QShortcut(QKeySequence(NEW_KEY), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.begin)

    @cached_property
    def _empty(self) -> EmptyState:
        empty = EmptyState(
            "timer",
            _("Nobody waits"),
            _("When there is no place for somebody, put them here: as soon as one becomes free, you will see them."),
            action=_("Add"),
            is_echo=True,
            parent=self._stack,
        )
        empty.acted.connect(self.begin)
        self._stack.addWidget(empty)
        return empty

    @cached_property
    def turned_away(self) -> TurnAwayPart:
        """Whom the salon could not take; it is made when somebody first looks at it."""
        part = TurnAwayPart(self.desk, self._stack)
        part.client_wanted.connect(self.client_wanted)
        part.log_wanted.connect(self.turn_away_wanted)
        self._stack.addWidget(part)
        return part

    # ---- reading ---------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read the list; the place of each line is looked for when the list is shown."""
        self._is_stale = False
        kept = self._focused_entry()
        salon = self.desk.salon
        profile, now = salon.profile, salon.wall_now()
        self._matching = Matching(salon.database, now=now, step_minutes=profile.step_minutes, zone=profile.zone)
        self._names = self._acts.names()
        expired = waitlist.expired(salon.database, profile.zone, salon.clock.now())
        clients = [one.client_id for one in (*self._matching.waiting, *expired)]
        ahead = waitlist.visits_ahead(salon.database, clients, now)
        waiting = [WaitRow(one, now, ahead.get(one.client_id), self.waiting.card) for one in self._matching.waiting]
        over = [WaitRow(one, now, ahead.get(one.client_id), self.over.card) for one in expired]
        self._rows = waiting + over
        for row in self._rows:
            row.wanted.connect(self._on_wish)
        self.waiting.set_rows(waiting)
        self.over.set_rows(over)
        self._show_holds(waiting)
        self._to_look = [row for row in waiting if row.held is None]
        self._look.start()
        self.show_part(self.choice.choice)
        self._focus_entry(kept)

    def show_part(self, part: str) -> None:
        """Show those who wait, or those who were turned away."""
        self.choice.choose(part)
        is_waiting = part == WAITING
        self.new_button.setText(_("Add") if is_waiting else _("Log a turn-away"))
        if is_waiting:
            self._stack.setCurrentWidget(self._scroll if self._rows else self._empty)
        else:
            self.turned_away.reload()
            self._stack.setCurrentWidget(self.turned_away)
        count = len(self.waiting.rows)
        said = (
            ngettext("{n} waiting", "{n} waiting", count).format(n=wording.number(count))
            if count
            else _("nobody waits")
        )
        self.header.set_detail(said if is_waiting else _("which hours and services are lacking"))

    def rows(self) -> list[WaitRow]:
        """The lines from top to bottom."""
        return list(self._rows)

    def begin(self) -> None:
        """Add somebody to the part that is shown."""
        if self.choice.choice == WAITING:
            self.wait_wanted.emit(WaitingSeed())
        else:
            self.turn_away_wanted.emit()

    def look_for_all(self) -> None:
        """Look for the places of all lines now, without going on in between."""
        while self._to_look:
            self._look_for_next()

    def _look_for_next(self) -> None:
        if not self._to_look or self._matching is None:
            self._look.stop()
            return
        row = self._to_look.pop(0)
        row.say_place(self._matching.of(row.waiting, wait_matches.LOOK_DAYS), self._names, self.desk.salon.wall_now())

    def _show_holds(self, rows: list[WaitRow]) -> None:
        salon = self.desk.salon
        now = salon.wall_now()
        held = {one.entry_id: one for one in holds.everywhere(salon.database, salon.profile.zone)}
        for row in rows:
            mine = held.get(row.waiting.entry_id)
            if mine is not None:
                name = self._names.get(mine.staff_id, "")
                row.say_held(HeldFor(mine.hold_id, mine.starts_at, mine.until, name), now)

    def _focused_entry(self) -> int | None:
        focused = QApplication.focusWidget()
        row = (
            next((row for row in self._rows if focused is row or row.isAncestorOf(focused)), None) if focused else None
        )
        return None if row is None else row.waiting.entry_id

    def _focus_entry(self, entry_id: int | None) -> None:
        if entry_id is None or not self._rows:
            return
        row = next((row for row in self._rows if row.waiting.entry_id == entry_id), self._rows[0])
        row.setFocus(Qt.FocusReason.OtherFocusReason)

    # ---- acts ------------------------------------------------------------------------------------------------

    def _on_wish(self, key: Key, row: WaitRow) -> None:
        acts: dict[Key, Callable[[WaitRow], None]] = {
            Key.WAIT_BOOK: self._book,
            Key.WAIT_HOLD: self._hold,
            Key.WAIT_CALL: lambda row: self._acts.call(row.waiting),
            Key.WAIT_WRITE: self._write,
            Key.WAIT_WITHDRAW: lambda row: self._withdraw(row.waiting),
            Key.WAIT_CHANGE: lambda row: self.wait_wanted.emit(WaitingSeed(entry_id=row.waiting.entry_id)),
        }
        acts[key](row)

    def _book(self, row: WaitRow) -> None:
        if row.held is not None:
            visit_id, day = self._acts.book_held(row.held.hold_id), row.held.starts_at.date()
        elif (match := self._match_of(row)) is not None:
            visit_id, day = self._acts.book(match), match.place.starts_at.date()
        else:
            return
        if visit_id is not None:
            self.booked.emit(visit_id, day)

    def _hold(self, row: WaitRow) -> None:
        if row.held is not None:
            self._acts.release(row.held.hold_id)
        elif (match := self._match_of(row)) is not None and self._acts.hold(match) is not None:
            self._acts.call(match.waiting)

    def _write(self, row: WaitRow) -> None:
        if row.held is not None:
            self._acts.write_of_held(row.held.hold_id)
        elif (match := self._match_of(row)) is not None:
            self._acts.write(match)

    def _withdraw(self, waiting: Waiting) -> None:
        self._acts.withdraw(waiting)

    def _match_of(self, row: WaitRow) -> Match | None:
        """What is free for them, looked for now if the list has not come to their line yet."""
        if row in self._to_look and self._matching is not None:
            self._to_look.remove(row)
            row.say_place(
                self._matching.of(row.waiting, wait_matches.LOOK_DAYS), self._names, self.desk.salon.wall_now()
            )
        if row.match is None:
            self.desk.perform.tell(
                _("Nothing is free for {client} now.").format(client=row.waiting.client_name), undoable=False
            )
        return row.match

    @property
    def first(self) -> QWidget | None:
        """Who waits longest."""
        return self._rows[0] if self._rows else None

    def focus_first(self) -> None:
        """Put the focus on the first line, or on the button that adds one."""
        goal = self._rows[0] if self._rows else self.new_button
        goal.setFocus(Qt.FocusReason.OtherFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:
        """What becomes free meanwhile is read when the list is shown again."""
        super().hideEvent(event)
        self._look.stop()
        self._is_stale = True


class _Group(QWidget):
    """A quiet heading and the lines on a card."""

    def __init__(self, heading: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(heading)
        self.rows: list[WaitRow] = []
        self.card = Card(padding=6, parent=self)
        self.card.body.setSpacing(2)
        head = QHBoxLayout()
        head.setContentsMargins(4, 0, 4, 0)
        head.addWidget(Label(heading, FontRole.HEADING))
        head.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.card)

    def set_rows(self, rows: list[WaitRow]) -> None:
        """Show these lines instead of those before."""
        for row in self.rows:
            row.hide()
            row.setParent(None)
            row.deleteLater()
        self.rows = rows
        for row in rows:
            row.is_last = row is rows[-1]
            self.card.body.addWidget(row)
            row.show()
        self.setVisible(bool(rows))
