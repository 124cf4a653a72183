"""The other visits of a series are to follow one that was changed, and some of them cannot: what happens with those."""

from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app import wording
from app.errors import DoNotBook, SalonError
from app.explain import sentence
from app.language import _, ngettext
from app.salon.catalogue import staff
from app.salon.scheduling import held, series
from app.salon.scheduling.series_check import check
from app.ui.desk import Desk
from app.ui.screen import Screen
from app.ui.series import words
from app.ui.series.date_table import DateTable
from app.ui.series.foot import Foot
from app.ui.theme import FontRole
from app.ui.unwanted import why
from app.ui.widgets.label import ElidedLabel, Label
from app.vocabulary import SeriesScope, Topic


class FollowPanel(Screen):
    """A row for each visit that would follow. A visit that is left out stays where it is and stands apart."""

    topics: ClassVar[frozenset[Topic]] = frozenset({Topic.VISITS, Topic.STAFF, Topic.ROOMS})

    followed = Signal(int)
    """So many visits have followed."""
    closed = Signal()
    """Nothing more can be done here."""

    def __init__(self, desk: Desk, visit_id: int, scope: SeriesScope, parent: QWidget | None = None) -> None:
        """``visit_id`` is the one that was changed. Raises Gone."""
        super().__init__(desk, parent)
        self._visit_id = visit_id
        self._scope = scope
        self._is_writing = False
        self._today = desk.salon.today()
        self._names = {one.staff_id: one.name for one in staff.here(desk.salon.database)}
        self._client_id = held.hold(desk.salon.database, visit_id).client_id
        self.table = DateTable(self._names, self._today, skip_word=_("Leave where it is"))
        self.table.changed.connect(self._say)
        self.foot = Foot()
        self.foot.wanted.connect(self.write)
        self.table.finished.connect(self.foot.button.setFocus)
        form = QVBoxLayout()
        form.setContentsMargins(24, 0, 24, 12)
        form.setSpacing(1)
        self._who = ElidedLabel("", FontRole.STRONG)
        self._like = Label("", FontRole.BODY, "muted", wrap=True)
        form.addWidget(self._who)
        form.addWidget(self._like)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(form)
        column.addWidget(self.table, 1)
        column.addWidget(self.foot)

    def reload(self) -> None:
        """Look again where they would go."""
        self._is_stale = False
        if self._is_writing:
            return
        try:
            self._show_visit()
            planned = series.following(self.desk.salon, self._visit_id, self._scope)
        except SalonError:
            self.closed.emit()
            return
        if not planned:
            self.closed.emit()
            return
        self.table.show_dates(check(self.desk.salon, planned, client_id=self._client_id))
        self._say()

    def _show_visit(self) -> None:
        """The visit as it stands: it may be dragged further meanwhile. Raises Gone."""
        visit = held.hold(self.desk.salon.database, self._visit_id)
        self._client_id = visit.client_id
        who = words.masters(dict.fromkeys(one.wish.staff_id for one in visit.services), self._names)
        like = _("These visits become like this one: {master}, {day}.")
        self._who.setText(wording.client_name(visit.client_name, visit.client_id))
        self._like.setText(like.format(day=words.moment(visit.starts_at, self._today), master=who))

    def focus_first(self) -> None:
        """Go to what has to be decided."""
        if not self.table.focus_open():
            self.foot.button.setFocus()

    def write(self) -> None:
        """Let the chosen visits follow, or nothing."""
        if not self.foot.button.isEnabled():
            self.table.focus_open()
            return
        self._write("")

    def _write(self, unwanted: str) -> None:
        """``unwanted``: why the visits go to a client whom the salon does not want to book."""
        self._is_writing = True
        try:
            done = self.desk.perform.attempt(
                series.follow, self._visit_id, self._scope, self.table.chosen, unwanted=unwanted
            )
        except DoNotBook as error:
            self._is_writing = False
            if reason := why(self.desk, error):
                self._write(reason)
            return
        except SalonError as error:
            self._is_writing = False
            self.desk.perform.refused.emit(sentence(error))
            self.reload()
            return
        finally:
            self._is_writing = False
        self.followed.emit(done.value)

    def _say(self) -> None:
        count, still_open = len(self.table.chosen), self.table.open_count
        wanted = count + still_open
        button = ngettext("Change {n} visit", "Change {n} visits", wanted).format(n=wording.number(wanted))
        said = ""
        if still_open:
            said = ngettext(
                "{n} date does not fit: choose a proposal or leave the visit where it is.",
                "{n} dates do not fit: choose a proposal or leave the visits where they are.",
                still_open,
            ).format(n=wording.number(still_open))
        self.foot.say(button, said, tone="warn", ready=not still_open and count > 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter writes from anywhere, Enter on the button."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and (event.modifiers() & Qt.KeyboardModifier.ControlModifier or self.foot.button.hasFocus()):
            self.write()
        else:
            super().keyPressEvent(event)
