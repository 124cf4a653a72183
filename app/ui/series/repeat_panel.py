"""Repeating a visit: how often, all dates with their answers, and one button that books them as a whole."""

from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app import wording
from app.errors import Gone, SalonError
from app.explain import sentence
from app.language import _, ngettext
from app.salon.catalogue import staff
from app.salon.scheduling import held, series
from app.salon.scheduling.held import HeldVisit
from app.salon.scheduling.recurrence import Pattern
from app.salon.scheduling.series_check import PlannedDate, check
from app.ui.desk import Desk
from app.ui.screen import Screen
from app.ui.series import words
from app.ui.series.date_table import DateTable
from app.ui.series.foot import Foot
from app.ui.series.pattern_field import PatternField
from app.ui.theme import FontRole
from app.ui.widgets.label import ElidedLabel, Label
from app.vocabulary import Topic


class RepeatPanel(Screen):
    """Repeats a visit, or goes on with a series. Nothing is written before each date fits, is replaced or left out."""

    topics: ClassVar[frozenset[Topic]] = frozenset(
        {Topic.VISITS, Topic.STAFF, Topic.CATALOGUE, Topic.ROOMS, Topic.SALON}
    )

    booked = Signal(int)
    """The series that was booked, or that goes on."""
    closed = Signal()
    """Nothing more can be done here."""

    def __init__(self, desk: Desk, visit_id: int, series_id: int | None = None, parent: QWidget | None = None) -> None:
        """``series_id``: go on with this series; ``visit_id`` is then its last visit. Raises Gone."""
        super().__init__(desk, parent)
        self._visit_id = visit_id
        self._series_id = series_id
        self._today = desk.salon.today()
        self._names = {one.staff_id: one.name for one in staff.here(desk.salon.database)}
        self._visit = held.hold(desk.salon.database, visit_id)
        self._problem: SalonError | None = None
        self._is_booking = False
        usual_days = series.usual_days(desk.salon.database, visit_id)
        self.field = PatternField(self._visit.starts_at.date(), self._today, usual_days)
        if series_id is not None:
            self.field.go_on_with(series.read(desk.salon, series_id).pattern)
        self.table = DateTable(self._names, self._today, skip_word=_("Leave out"))
        self.foot = Foot()
        self._build()
        self.field.changed.connect(self.reload)
        self.table.changed.connect(self._say)
        self.table.finished.connect(self.foot.button.setFocus)
        self.foot.wanted.connect(self.book)

    def _build(self) -> None:
        self._in_words = Label("", FontRole.STRONG, "accent", wrap=True)
        form = QVBoxLayout()
        form.setContentsMargins(24, 0, 24, 12)
        form.setSpacing(12)
        form.addLayout(self._head())
        form.addWidget(self.field)
        form.addWidget(self._in_words)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(form)
        column.addWidget(self.table, 1)
        column.addWidget(self.foot)

    def _head(self) -> QVBoxLayout:
        visit = self._visit
        services = ", ".join(one.name for one in visit.services)
        who = words.masters(dict.fromkeys(one.wish.staff_id for one in visit.services), self._names)
        when = words.moment(visit.starts_at, self._today)
        head = QVBoxLayout()
        head.setSpacing(1)
        head.addWidget(ElidedLabel(visit.client_name or _("Without a card"), FontRole.STRONG))
        head.addWidget(ElidedLabel(services, FontRole.SECONDARY, "muted"))
        head.addWidget(ElidedLabel(f"{when}, {who}", FontRole.SECONDARY, "muted"))
        return head

    # ---- reading ---------------------------------------------------------------------------------------------

    def reload(self, _changed: object = None) -> None:
        """Look at every date again, after any change of the wish or of the salon."""
        self._is_stale = False
        if self._is_booking:
            return
        self._problem = None
        planned: tuple[PlannedDate, ...] = ()
        try:
            planned = self._planned()
        except Gone:
            self.closed.emit()
            return
        except SalonError as error:
            self._problem = error
        self.table.show_dates(check(self.desk.salon, planned))
        self._in_words.setText(self._sentence(planned))
        self._in_words.setVisible(bool(planned))
        self._say()

    def _planned(self) -> tuple[PlannedDate, ...]:
        pattern = self.field.pattern
        if self._series_id is None:
            return series.repeats(self.desk.salon, self._visit_id, pattern)
        return series.further(self.desk.salon, self._series_id, times=pattern.times, until=pattern.until)

    def _sentence(self, planned: tuple[PlannedDate, ...]) -> str:
        if not planned:
            return ""
        visits = len(planned) + self._is_first_of_it
        last = planned[-1].starts_at.date()
        return words.whole(self.field.pattern, self._visit.starts_at.date(), visits, last, self._today)

    @property
    def _is_first_of_it(self) -> bool:
        """Whether the visit that is repeated counts: it lies ahead, and no series goes on."""
        return self._series_id is None and series.is_ahead(self.desk.salon, self._visit_id)

    def _say(self) -> None:
        count, still_open = len(self.table.chosen), self.table.open_count
        wanted = count + still_open
        button = ngettext("Book {n} visit", "Book {n} visits", wanted).format(n=wording.number(wanted))
        if self._problem is not None:
            self.foot.say(button, sentence(self._problem), tone="danger", ready=False)
        elif still_open:
            said = ngettext(
                "{n} date does not fit: choose a proposal or leave it out.",
                "{n} dates do not fit: choose a proposal or leave them out.",
                still_open,
            ).format(n=wording.number(still_open))
            self.foot.say(button, said, tone="warn", ready=False)
        else:
            said = _("The first visit is booked already.") if self._is_first_of_it else ""
            self.foot.say(button, said, tone="muted", ready=count > 0)

    # ---- acting ----------------------------------------------------------------------------------------------

    def focus_first(self) -> None:
        """Put the cursor where one says how often."""
        if self._series_id is None:
            self.field.focus_first()
        else:
            self.field.times.setFocus()
            self.field.times.selectAll()

    def book(self) -> None:
        """Book all chosen dates, or nothing. While a date is open, go to it."""
        if not self.foot.button.isEnabled():
            self.table.focus_open()
            return
        perform, pattern, chosen = self.desk.perform, self.field.pattern, self.table.chosen
        self._is_booking = True
        try:
            done = perform.attempt(series.book_series, self._visit_id, pattern, chosen, series_id=self._series_id)
        except SalonError as error:
            # The salon has changed since: the table tells where.
            self._is_booking = False
            self.reload()
            if self._problem is None and not self.table.open_count:
                perform.refused.emit(sentence(error))
            return
        finally:
            self._is_booking = False
        perform.tell(self._told(pattern, chosen))
        self.booked.emit(done.value.series_id)

    def _told(self, pattern: Pattern, chosen: list[PlannedDate]) -> str:
        visits = wording.visits(len(chosen))
        often = words.how_often(pattern, self._visit.starts_at.date())
        return _("{client}: {visits} booked, {how_often}").format(
            client=_client(self._visit), visits=visits, how_often=often
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter books from anywhere; Enter in a field goes to the dates, and on the button it books."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier or self.foot.button.hasFocus():
            self.book()
        elif not self.table.focus_open():
            self.foot.button.setFocus()


def _client(visit: HeldVisit) -> str:
    return visit.client_name or _("Without a card")
