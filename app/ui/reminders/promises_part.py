"""What was promised to clients and what they complained about, for the front desk: what is late comes first."""

from collections.abc import Callable
from datetime import date, datetime
from functools import cached_property

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from app import wording
from app.errors import SalonError
from app.explain import sentence
from app.language import _, ngettext, pgettext
from app.salon.catalogue import staff
from app.salon.catalogue.staff import Colleague
from app.salon.followup import complaints, owed, tasks
from app.salon.followup.owed import Owed, Urgency
from app.salon.followup.tasks import Promise
from app.salon.transaction import Work
from app.ui import theme
from app.ui.desk import Desk
from app.ui.reminders.group import RowGroup
from app.ui.reminders.owed_row import OwedRow
from app.ui.widgets.choice_box import ChoiceBox
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.scroll_page import ScrollPage
from app.ui.widgets.segmented_control import SegmentedControl
from app.vocabulary import OwedKind

EVERYTHING = "everything"
_EVERYBODY, _DESK = 0, -1


class PromisesPart(QWidget):
    """One reading of everything that is owed; filtered by kind and by who is responsible."""

    client_wanted = Signal(int)
    visit_wanted = Signal(int, object)
    clients_wanted = Signal()
    """Somebody wants to write a promise down: the cards are where that is done."""
    counted = Signal(str)
    """The number that matters now, in words."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.setAccessibleName(_("Promises and complaints"))
        self._all: list[Owed] = []
        self._people: list[Colleague] = []
        self._seen: dict[tuple[OwedKind, int], tuple[Owed, date, Urgency]] = {}
        self._rows: dict[tuple[OwedKind, int], OwedRow] = {}
        self._filters = QWidget(self)
        self.kind = SegmentedControl(
            _("What is shown"),
            (
                (EVERYTHING, pgettext("promises", "Everything")),
                (OwedKind.PROMISE, pgettext("promises", "Promises")),
                (OwedKind.COMPLAINT, _("Complaints")),
            ),
            self._filters,
        )
        self.who = ChoiceBox(self._filters)
        self.who.setAccessibleName(_("Who is responsible"))
        self.who.setMinimumWidth(200)
        self._body = QWidget(self)
        self._stack = QStackedLayout(self._body)
        self._scroll = ScrollPage(self._body)
        self._stack.addWidget(self._scroll)
        self.late = RowGroup[OwedRow](pgettext("promises", "Late"), parent=self._scroll.content)
        self.today = RowGroup[OwedRow](pgettext("promises", "Today"), parent=self._scroll.content)
        self.later = RowGroup[OwedRow](pgettext("promises", "Later"), parent=self._scroll.content)
        self._groups = {Urgency.LATE: self.late, Urgency.TODAY: self.today, Urgency.LATER: self.later}
        self._build()
        self._connect()

    def _build(self) -> None:
        filters = QHBoxLayout(self._filters)
        filters.setContentsMargins(theme.MARGIN, 0, theme.MARGIN, 12)
        filters.setSpacing(12)
        filters.addWidget(self.kind)
        filters.addWidget(self.who)
        filters.addStretch(1)
        column = QVBoxLayout(self._scroll.content)
        column.setContentsMargins(theme.MARGIN, 0, theme.MARGIN, theme.MARGIN)
        column.setSpacing(20)
        for group in self._groups.values():
            column.addWidget(group)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._filters)
        whole.addWidget(self._body, 1)

    def _connect(self) -> None:
        self.kind.chosen.connect(self._show)
        self.who.currentIndexChanged.connect(self._show)

    @cached_property
    def _empty(self) -> EmptyState:
        empty = EmptyState(
            "flag",
            _("Nothing is promised"),
            _(
                "Whatever is promised to a client (“the master calls back tomorrow at 15:00”) and every complaint is "
                "written down on the card with “Write down…”. It appears here and on its day in the count."
            ),
            action=_("To the clients"),
            parent=self._body,
        )
        empty.acted.connect(self.clients_wanted)
        self._stack.addWidget(empty)
        return empty

    @cached_property
    def _none(self) -> EmptyState:
        none = EmptyState(
            "filter",
            _("Nothing matches"),
            _("Change the filter, or look at everything."),
            action=_("Show everything"),
            parent=self._body,
        )
        none.acted.connect(self.show_everything)
        self._stack.addWidget(none)
        return none

    # ---- reading ---------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read everything again; a form that is open and the place of the keyboard stay."""
        database = self.desk.salon.database
        people = staff.here(database)
        if people != self._people:
            self._people = people
            self._offer_people()
        self._all = owed.read(database)
        self._show()

    def rows(self) -> list[OwedRow]:
        """The rows from top to bottom."""
        return [row for group in self._groups.values() for row in group.rows]

    def show_everything(self) -> None:
        """Filter nothing."""
        self.kind.choose(EVERYTHING)
        self.who.setCurrentIndex(0)
        self._show()

    def focus_first(self) -> None:
        """Bring the keyboard to the first row."""
        if rows := self.rows():
            rows[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _offer_people(self) -> None:
        chosen = self.who.currentData()
        with QSignalBlocker(self.who):
            self.who.clear()
            self.who.addItem(_("Everybody"), _EVERYBODY)
            self.who.addItem(_("Front desk"), _DESK)
            for person in self._people:
                self.who.addItem(person.name, person.staff_id)
            self.who.setCurrentIndex(max(0, self.who.findData(chosen)))

    def _show(self) -> None:
        now = self.desk.salon.wall_now()
        shown = [one for one in self._all if self._is_meant(one)]
        order = [_key(row.owed) for row in self.rows()]
        focused = self._focused()
        rows = {_key(one): self._row_of(one, now) for one in shown}
        for key, row in self._rows.items():
            if rows.get(key) is not row:
                row.hide()
                row.setParent(None)
                row.deleteLater()
        self._rows = rows
        for urgency, group in self._groups.items():
            group.set_rows(rows[_key(one)] for one in shown if one.urgency(now) is urgency)
        page: QWidget = self._scroll if shown else self._none if self._all else self._empty
        self._stack.setCurrentWidget(page)
        self._filters.setVisible(bool(self._all))
        self.counted.emit(self._detail(now))
        if focused is not None:
            self._focus_near(order, focused)

    def _is_meant(self, one: Owed) -> bool:
        who = self.who.currentData()
        if self.kind.choice not in (EVERYTHING, one.kind):
            return False
        return who in (None, _EVERYBODY) or (one.staff_id or _DESK) == who

    def _row_of(self, one: Owed, now: datetime) -> OwedRow:
        key, said = _key(one), (one, now.date(), one.urgency(now))
        if key in self._rows and self._seen.get(key) == said:
            return self._rows[key]
        self._seen[key] = said
        row = OwedRow(one, self._people, now)
        row.kept.connect(self._keep)
        row.answered.connect(self._answer)
        row.put_off.connect(self._put_off)
        row.client_wanted.connect(self.client_wanted)
        row.visit_wanted.connect(self.visit_wanted)
        row.walked.connect(self._walk)
        return row

    def _detail(self, now: datetime) -> str:
        late = sum(one.urgency(now) is Urgency.LATE for one in self._all)
        today = sum(one.urgency(now) is Urgency.TODAY for one in self._all)
        parts = []
        if late:
            parts.append(ngettext("{n} late", "{n} late", late).format(n=wording.number(late)))
        if today:
            parts.append(ngettext("{n} for today", "{n} for today", today).format(n=wording.number(today)))
        return ", ".join(parts) or _("nothing for today")

    # ---- the keyboard ----------------------------------------------------------------------------------------

    def _focused(self) -> tuple[OwedKind, int] | None:
        widget = QApplication.focusWidget()
        if widget is None:
            return None
        return next((key for key, row in self._rows.items() if row is widget or row.isAncestorOf(widget)), None)

    def _focus_near(self, order: list[tuple[OwedKind, int]], focused: tuple[OwedKind, int]) -> None:
        """Whoever finished one goes on with the next."""
        row = self._rows.get(focused)
        if row is None and focused in order:
            after = order[order.index(focused) :]
            row = next((self._rows[key] for key in after if key in self._rows), None) or next(
                (self._rows[key] for key in reversed(order) if key in self._rows), None
            )
        if row is not None and row.form is None:
            row.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _walk(self, step: int) -> None:
        rows = self.rows()
        place = next((place for place, row in enumerate(rows) if row.line.hasFocus()), None)
        if place is not None and 0 <= place + step < len(rows):
            rows[place + step].line.setFocus(Qt.FocusReason.TabFocusReason)
            self._scroll.ensureWidgetVisible(rows[place + step], 0, 48)

    # ---- acts ------------------------------------------------------------------------------------------------

    def _keep(self, one: Owed) -> None:
        if self.desk.perform(tasks.keep, one.client_id, one.owed_id) is not None:
            self.desk.perform.tell(_("The promise is kept"))

    def _answer(self, one: Owed, words: str) -> None:
        if self._try(one, complaints.answer, one.client_id, one.owed_id, words):
            self.desk.perform.tell(_("The complaint is answered"))

    def _put_off(self, one: Owed, moment: datetime, staff_id: int | None) -> None:
        if self._try(one, _put_off, one, moment, staff_id):
            day = wording.short_date(moment.date(), self.desk.salon.today())
            self.desk.perform.tell(_("Put off: {day}").format(day=day))

    def _try(self, one: Owed, operation: Callable[..., object], *args: object) -> bool:
        """Do it; a refusal stands beside the field, where a form is open."""
        row = self._rows.get(_key(one))
        if row is None or row.form is None:
            return self.desk.perform(operation, *args) is not None
        try:
            self.desk.perform.attempt(operation, *args)
        except SalonError as error:
            row.say_problem(sentence(error))
            return False
        return True


def _put_off(work: Work, one: Owed, moment: datetime, staff_id: int | None) -> None:
    if one.kind is OwedKind.PROMISE:
        tasks.change(work, one.owed_id, Promise(one.text, moment, staff_id, one.client_id, one.visit_id))
    elif one.client_id is not None:
        complaints.put_off(work, one.client_id, one.owed_id, moment.date())


def _key(one: Owed) -> tuple[OwedKind, int]:
    return one.kind, one.owed_id
