"""Repeating a visit: how often, all dates with their answers, and one button that books them as a whole."""

from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app import wording
from app.errors import DoNotBook, Gone, SalonError
from app.explain import sentence
from app.language import _, ngettext
from app.salon.catalogue import staff
from app.salon.clients.card import alerts_of
from app.salon.scheduling import held, series
from app.salon.scheduling.series_check import check
from app.ui.desk import Desk
from app.ui.screen import Screen
from app.ui.series import words
from app.ui.series.date_table import DateTable
from app.ui.series.foot import Foot
from app.ui.series.pattern_field import PatternField
from app.ui.series.purposes import Consciously, Dates, Purpose
from app.ui.theme import FontRole, Tone
from app.ui.widgets.banner import Banner
from app.ui.widgets.label import ElidedLabel, Label
from app.vocabulary import Topic


class RepeatPanel(Screen):
    """Asks for a pattern and shows its dates. Nothing is written before each date fits, is replaced or left out."""

    topics: ClassVar[frozenset[Topic]] = frozenset(
        {Topic.VISITS, Topic.STAFF, Topic.CATALOGUE, Topic.ROOMS, Topic.SALON, Topic.CLIENTS}
    )

    closed = Signal()
    """It is done, or nothing can be done here."""
    looked_until = Signal(object)
    """Up to this day dates are looked at; whoever hears it lays the hours out as far."""

    def __init__(self, desk: Desk, purpose: Purpose, parent: QWidget | None = None) -> None:
        """Raises Gone."""
        super().__init__(desk, parent)
        salon = desk.salon
        self._purpose = purpose
        self._today = salon.today()
        self._names = {one.staff_id: one.name for one in staff.here(salon.database)}
        self._visit = held.hold(salon.database, purpose.visit_id)
        self._found = Dates(())
        self._problem: SalonError | None = None
        self._is_writing = False
        usual_days = series.usual_days(salon.database, purpose.visit_id)
        self.field = PatternField(self._visit.starts_at.date(), self._today, usual_days)
        purpose.prepare(self.field)
        self.table = DateTable(self._names, self._today, skip_word=_("Leave out"))
        self._alerts: dict[int, str] = {}
        """What must be known of the client, by number: whoever books the dates has it before their eyes."""
        self.alerts = Banner("", Tone.DANGER)
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
        form.addWidget(self.alerts)
        form.addWidget(self.field)
        form.addWidget(self._in_words)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(form)
        column.addWidget(self.table, 1)
        column.addWidget(self.foot)

    def _head(self) -> QVBoxLayout:
        self._who = ElidedLabel("", FontRole.STRONG)
        self._what, self._where = (ElidedLabel("", FontRole.SECONDARY, "muted") for _line in range(2))
        head = QVBoxLayout()
        head.setSpacing(1)
        for line in (self._who, self._what, self._where):
            head.addWidget(line)
        return head

    # ---- reading ---------------------------------------------------------------------------------------------

    def _show_visit(self) -> None:
        """The visit as it stands: it may be dragged elsewhere while its dates are chosen. Raises Gone."""
        visit = self._visit = held.hold(self.desk.salon.database, self._purpose.visit_id)
        who = words.masters(dict.fromkeys(one.wish.staff_id for one in visit.services), self._names)
        self._who.setText(wording.client_name(visit.client_name, visit.client_id))
        self._what.setText(", ".join(one.name for one in visit.services))
        self._where.setText(f"{words.moment(visit.starts_at, self._today)}, {who}")
        self.field.begin_on(visit.starts_at.date())

    def _show_alerts(self) -> None:
        self._alerts = {}
        if self._visit.client_id is not None:
            found = alerts_of(self.desk.salon.database, self._visit.client_id)
            self._alerts = {one.alert_id: wording.alert(one.kind, one.text) for one in found}
        self.alerts.tell("\n".join(self._alerts.values()), Tone.DANGER)
        self.alerts.setVisible(bool(self._alerts))

    def reload(self, _changed: object = None) -> None:
        """Look at every date again, after any change of the wish or of the salon."""
        self._is_stale = False
        if self._is_writing:
            return
        self._problem, self._found = None, Dates(())
        try:
            self._show_visit()
            self._show_alerts()
            self._found = self._purpose.dates(self.field.pattern)
        except Gone:
            self.closed.emit()
            return
        except SalonError as error:
            self._problem = error
        if self._found.planned:
            self.looked_until.emit(self._found.planned[-1].starts_at.date())
        self.table.show_dates(check(self.desk.salon, self._found.planned, self._found.cancelled, self._visit.client_id))
        self._in_words.setText(self._sentence())
        self._in_words.setVisible(bool(self._found.planned))
        self._say()

    def _sentence(self) -> str:
        planned = self._found.planned
        if not planned:
            return ""
        visits = len(planned) + self._purpose.counts_first
        last = planned[-1].starts_at.date()
        return words.whole(self.field.pattern, self._visit.starts_at.date(), visits, last, self._today)

    def _say(self) -> None:
        chosen, still_open = self.table.chosen, self.table.open_count
        button = self._purpose.button(len(chosen) + still_open)
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
            note = self._purpose.note(chosen, self._found)
            seen = _("Booking keeps that the alerts were seen.") if self._alerts and chosen else ""
            said = " ".join(part for part in (note, seen) if part)
            self.foot.say(button, said, tone="muted", ready=bool(chosen))

    # ---- acting ----------------------------------------------------------------------------------------------

    def focus_first(self) -> None:
        """Put the cursor where one says how often, or how long."""
        self.field.focus_first()

    def book(self) -> None:
        """Write all chosen dates, or nothing. While a date is open, go to it."""
        if not self.foot.button.isEnabled():
            self.table.focus_open()
            return
        self._write("")

    def _write(self, unwanted: str) -> None:
        """``unwanted``: why a client is booked whom the salon does not want to book."""
        perform, pattern, chosen = self.desk.perform, self.field.pattern, self.table.chosen
        self._is_writing = True
        try:
            self._purpose.write(perform, pattern, chosen, Consciously(tuple(self._alerts), unwanted))
        except DoNotBook as error:
            self._is_writing = False
            self._ask_why(error)
            return
        except SalonError as error:
            # The salon has changed since: the table tells where.
            self._is_writing = False
            self.reload()
            if self._problem is None and not self.table.open_count:
                perform.refused.emit(sentence(error))
            return
        finally:
            self._is_writing = False
        client = wording.client_name(self._visit.client_name, self._visit.client_id)
        often = words.how_often(pattern, self._visit.starts_at.date())
        perform.tell(self._purpose.told(client, often, len(chosen)))
        self.closed.emit()

    def _ask_why(self, error: DoNotBook) -> None:
        """Without a reason nothing is booked, and it is said why."""
        from app.ui.asking import reason_to_book

        why = reason_to_book(self.desk.asker, error)
        if why:
            self._write(why)
        else:
            self.foot.say(self.foot.button.text(), sentence(error), tone="danger", ready=True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter books from anywhere; Enter in a field goes to the dates, and on the button it books."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier or self.foot.button.hasFocus():
            self.book()
        elif not self.table.focus_open():
            self.foot.button.setFocus()
