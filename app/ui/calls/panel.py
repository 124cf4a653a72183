"""The list of calls: everybody whose master is absent, with a proposal for each, until all are settled."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import ClassVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QHideEvent
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from app import wording
from app.clock import wall_time
from app.errors import Gone
from app.language import _
from app.salon.journal import Progress
from app.salon.scheduling import calls, places, replacements
from app.salon.scheduling.calls import Call, CallList
from app.salon.scheduling.replacements import Proposal
from app.ui import theme, unwanted
from app.ui.calls import words
from app.ui.calls.row import CallRow
from app.ui.desk import Desk
from app.ui.look import Look
from app.ui.screen import Screen
from app.ui.theme import FontRole
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.label import ElidedLabel, Label
from app.ui.widgets.scroll_page import ScrollPage
from app.ui.wishes import BookingSeed
from app.vocabulary import Topic

_AT_ONCE = 6
"""So many rows are made, and a few more as somebody comes near the last of them: a list of weeks has hundreds."""
_FURTHER = 3
_NEAR = 400
"""So many pixels."""


class CallsPanel(Screen):
    """Works through the calls of one absence; a visit stays where it is until its client agreed."""

    topics: ClassVar[frozenset[Topic]] = frozenset({Topic.VISITS, Topic.STAFF, Topic.CLIENTS, Topic.ROOMS})

    place_wanted = Signal(object)
    """Another place is wanted: the ``BookingSeed`` of the visit."""
    client_wanted = Signal(int)
    visit_wanted = Signal(int, object)
    """The visit, and its day, that the calendar may show."""

    def __init__(self, desk: Desk, absence_id: int, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.absence_id = absence_id
        self.found: CallList | None = None
        self.rows: list[CallRow] = []
        """The rows that are made, from the first on."""
        self._calls: list[Call] = []
        """All calls, in the order of the rows, without proposals."""
        self._proposals: dict[int, Proposal] = {}
        self._is_first = True
        """Whether nobody was offered anything yet: then each place is said as soon as it is found."""
        self._look = Look(desk, _("Looking for places…"), self)
        self._look.moved.connect(self._take_some)
        self._look.broke_off.connect(self._give_up)
        self._is_to_look = False
        """Whether the next search begins as soon as the rows are made."""
        self._has_failed = False
        """Whether the last search broke off: of whom nothing is proposed, nothing is known."""
        self._some: list[tuple[int, Proposal]] = []
        """What the search has found so far; it writes there from its own thread."""
        self._current = 0
        """The visit that is worked on."""
        self._reached = datetime.min
        """When it begins: after it is settled, the next one is worked on."""
        self._title = ElidedLabel("", FontRole.STRONG)
        self.progress = Label("", FontRole.SECONDARY, "muted")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._scroll = ScrollPage(self)
        self._empty = EmptyState("circle-check", *_nobody(), parent=self)
        self._build()

    def _build(self) -> None:
        head = QVBoxLayout()
        head.setContentsMargins(theme.MARGIN, 0, theme.MARGIN, 8)
        head.setSpacing(6)
        head.addWidget(self._title)
        head.addWidget(self._bar)
        head.addWidget(self.progress)
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        whole = QVBoxLayout(self._scroll.content)
        whole.setContentsMargins(theme.MARGIN, 4, theme.MARGIN, 16)
        whole.addLayout(self._list)
        whole.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._scroll, 1)
        column.addWidget(self._empty, 1)
        bar = self._scroll.verticalScrollBar()
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._make_more)
        bar.valueChanged.connect(self._make_more_soon)
        bar.rangeChanged.connect(self._make_more_soon)

    # ---- reading ---------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read the list again; the keyboard stays on its client, or goes on to the next who is open."""
        held_focus = any(row.hasFocus() or row.isAncestorOf(self.focusWidget() or self) for row in self.rows)
        try:
            self.found = calls.of_absence(self.desk.salon, self.absence_id, with_proposals=False)
        except Gone:
            self.found = None
        listed = self.found.calls if self.found else ()
        self._calls = sorted(listed, key=lambda one: (one.is_settled, one.starts_at))
        still_open = {one.visit_id for one in listed if not one.is_settled}
        self._proposals = {visit: one for visit, one in self._proposals.items() if visit in still_open}
        self._is_to_look = bool(still_open)
        self._show()
        self._is_to_look = False
        # Not before the rows are there: the search and they would hold each other up.
        self._find_places(is_anybody_left=bool(still_open))
        self._say_progress()
        if held_focus:
            self.focus_first()

    def _find_places(self, *, is_anybody_left: bool) -> None:
        """Look for a place for each visit beside the window; what was said on the phone stays until all are found."""
        some: list[tuple[int, Proposal]] = []
        self._some = some
        self._has_failed = False
        self._is_first = not self._proposals
        if not is_anybody_left:
            self._look.drop()
            return
        salon, absence_id = self.desk.salon, self.absence_id

        def find(told: Progress) -> dict[int, Proposal]:
            some.extend(replacements.each(salon, absence_id, told))  # one by one, as they are found
            return dict(some)

        self._look.ask(find, self._take)

    def _take(self, found: dict[int, Proposal]) -> None:
        """Every visit has been looked at."""
        self._proposals = found
        self._propose()

    def _take_some(self) -> None:
        """What the first search has found already is true from now on."""
        if self._is_first:
            self._proposals = dict(self._some[:])
            self._propose()

    def _give_up(self) -> None:
        self._has_failed = True
        self._propose()

    def _propose(self) -> None:
        for row in self.rows:
            row.propose(self._with_proposal(row.call), meanwhile=self._meanwhile)
        self._say_progress()

    @property
    def _meanwhile(self) -> str:
        """What is said of a visit without a proposal of which it is not known whether there is a place."""
        if self._is_to_look or self._look.words:
            return _("Looking for another place…")
        return _("The search broke off: choose another place yourself.") if self._has_failed else ""

    def _with_proposal(self, call: Call) -> Call:
        return call if call.is_settled else replace(call, proposal=self._proposals.get(call.visit_id))

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody waits for places in a list that is not seen; who comes back looks again."""
        super().hideEvent(event)
        if not event.spontaneous() and (self._look.words or self._has_failed):
            self._look.drop()
            self._is_stale = True

    def _show(self) -> None:
        worked_on, reached = self._current, self._reached
        self._make_rows(max(len(self.rows), _AT_ONCE))
        self._current, self._reached = (
            worked_on,
            reached,
        )  # a row that is hidden hands the focus on to the next, which goes as well
        today = self.desk.salon.today()
        self._scroll.setVisible(bool(self.rows))
        self._empty.setVisible(not self.rows)
        self._bar.setVisible(bool(self.rows))
        if self.found is None:
            # Somebody works after all: the absence was undone or ended.
            self._title.setText("")
            self._empty.say(_("The absence was taken back"), _("Nobody has to be called any more."))
        else:
            self._empty.say(*_nobody())
            self._title.setText(words.title(self.found, today))
            self._bar.setRange(0, max(len(self._calls), 1))
            # Qt would paint the bar at once, and with it whatever else of the window is to be painted anew.
            self._bar.setUpdatesEnabled(False)
            self._bar.setValue(self.found.settled)
            self._bar.setUpdatesEnabled(True)
        self._say_progress()
        still = next((row for row in self.rows if row.call.visit_id == self._current), None)
        if still is None or still.call.is_settled:
            still_open = [row for row in self.rows if not row.call.is_settled]
            ahead = [row for row in still_open if row.call.starts_at >= reached]
            still = next(iter(ahead or still_open), still)
        self._work_on(still)

    def _say_progress(self) -> None:
        said = words.progress(self.found) if self.found is not None and self._calls else ""
        self._bar.setAccessibleName(said)
        looking = self._look.words if self._is_first else ""
        self.progress.setText(" · ".join(part for part in (said, looking) if part))

    def _make_rows(self, most: int) -> None:
        """Make the rows of the first calls; who is there already stays, so that an act changes only its own row."""
        before = {row.call.visit_id: row for row in self.rows}
        rows: list[CallRow] = []
        today, zone = self.desk.salon.today(), self.desk.salon.profile.zone
        for call in map(self._with_proposal, self._calls[:most]):
            row = before.get(call.visit_id)
            if row is not None and row.is_about(call):
                row.propose(call, meanwhile=self._meanwhile)
                del before[call.visit_id]
            else:
                row = self._row(call, today, zone)
            rows.append(row)
        for gone in before.values():
            self._list.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        self.rows = rows
        for place, row in enumerate(rows):
            item = self._list.itemAt(place)
            if item is None or item.widget() is not row:
                self._list.removeWidget(row)
                self._list.insertWidget(place, row)
                row.show()

    def _make_more_soon(self, _from: int = 0, _to: int = 0) -> None:
        """Without these numbers, which a timer would take for the time to wait."""
        self._soon.start()

    def _make_more(self) -> None:
        """Somebody comes near the last row that is made."""
        bar = self._scroll.verticalScrollBar()
        if len(self.rows) < len(self._calls) and bar.value() > bar.maximum() - _NEAR:
            self._make_rows(len(self.rows) + _FURTHER)

    def _row(self, call: Call, today: date, zone: str) -> CallRow:
        called = "" if call.called_at is None else wording.clock_time(wall_time(call.called_at, zone))
        row = CallRow(call, today, called, meanwhile=self._meanwhile, parent=self._scroll.content)
        row.became_current.connect(partial(self._work_on, row))
        row.walked.connect(partial(self._walk, row))
        row.accepted.connect(partial(self._act, row, self.accept))
        row.elsewhere_wanted.connect(partial(self._act, row, self.find_elsewhere))
        row.not_answered.connect(partial(self._act, row, self.note_no_answer))
        row.cancel_wanted.connect(partial(self._act, row, self.cancel))
        row.copy_wanted.connect(partial(self._act, row, self.copy_text))
        row.take_back_wanted.connect(partial(self._act, row, self.take_back))
        row.client_wanted.connect(partial(self._act, row, self._open_card))
        return row

    def _act(self, row: CallRow, act: Callable[[Call], None]) -> None:
        act(row.call)

    def _work_on(self, current: CallRow | None) -> None:
        self._current = 0 if current is None else current.call.visit_id
        self._reached = datetime.min if current is None else current.call.starts_at
        for row in self.rows:
            row.set_current(row is current)

    def _walk(self, row: CallRow, step: int) -> None:
        goal = self.rows.index(row) + step
        if goal == len(self.rows) < len(self._calls):
            self._make_rows(goal + _FURTHER)
        if 0 <= goal < len(self.rows):
            self.rows[goal].setFocus(Qt.FocusReason.TabFocusReason)
            self._scroll.ensureWidgetVisible(self.rows[goal])

    def focus_first(self) -> None:
        """The client who is worked on, or the first who is open."""
        self.refresh_if_stale()
        current = next((row for row in self.rows if row.call.visit_id == self._current), None)
        if current is None and self.rows:
            current = self.rows[0]
        if current is not None:
            current.setFocus(Qt.FocusReason.OtherFocusReason)

    # ---- acts ------------------------------------------------------------------------------------------------

    def accept(self, call: Call) -> None:
        """The client agreed to what was proposed."""
        if call.proposal is None or self.desk.perform(calls.accept, call.visit_id, call.proposal) is None:
            return
        said = words.when(call.proposal.starts_at, self.desk.salon.today())
        self.desk.perform.tell(
            _("{client}: {when}, {masters}").format(
                client=words.client(call), when=said, masters=wording.listed(call.proposal.masters)
            )
        )

    def cancel(self, call: Call) -> None:
        """The client wants no other place."""
        if self.desk.perform(calls.cancel, call.visit_id) is not None:
            self.desk.perform.tell(_("Cancelled: {client}").format(client=words.client(call)))

    def note_no_answer(self, call: Call) -> None:
        """Nobody answered; the line stays, and the keyboard goes on to the next."""
        position = next((n for n, row in enumerate(self.rows) if row.call.visit_id == call.visit_id), 0)
        if self.desk.perform(calls.note_no_answer, self.absence_id, call.visit_id) is None:
            return
        self.desk.perform.tell(_("No answer: {client}").format(client=words.client(call)))
        following = [row for row in self.rows[position + 1 :] if not row.call.is_settled]
        if following:
            following[0].setFocus(Qt.FocusReason.TabFocusReason)

    def find_elsewhere(self, call: Call) -> None:
        """Look for another place for the visit."""
        try:
            standing = places.standing(self.desk.salon.database, call.visit_id)
        except Gone:
            return
        self.place_wanted.emit(
            BookingSeed(
                client_id=call.client_id,
                visit_id=call.visit_id,
                planned=standing.planned,
                day=max(call.starts_at.date(), self.desk.salon.today()),
                is_walk_in=call.client_id is None,
                comment=standing.comment,
            )
        )

    def copy_text(self, call: Call) -> None:
        """Copy the ready text, to be sent by hand."""
        if self.found is None:
            return
        salon = self.desk.salon
        QGuiApplication.clipboard().setText(words.message(call, self.found, salon.profile.name, salon.today()))
        self.desk.perform.tell(_("The text for the client is copied"), undoable=False)

    def take_back(self, call: Call) -> None:
        """Put a settled visit back to where it was."""
        put_back = unwanted.with_reason(
            self.desk,
            lambda why: self.desk.perform.attempt(calls.take_back, call.visit_id, unwanted_reason=why),
        )
        if put_back is not None:
            self.desk.perform.tell(_("Put back: {client}").format(client=words.client(call)), undoable=False)

    def _open_card(self, call: Call) -> None:
        if call.client_id is not None:
            self.client_wanted.emit(call.client_id)


def _nobody() -> tuple[str, str]:
    return _("Nobody to call"), _("No visit stands in the way of this absence.")
