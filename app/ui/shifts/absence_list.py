"""Who is away now and in the time to come, and whom that leaves to be called."""

from datetime import timedelta
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app import wording
from app.language import _, ngettext
from app.salon.catalogue import absences
from app.salon.catalogue.absences import StandingAbsence
from app.ui import theme
from app.ui.desk import Desk
from app.ui.shifts import words
from app.ui.theme import Tone
from app.ui.widgets.buttons import Button
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.list_row import HeadedList, ListRow
from app.ui.widgets.pill import Pill
from app.ui.widgets.scroll_page import ScrollPage

_AHEAD = timedelta(days=366)


class AbsenceList(QWidget):
    """The absences from today on; Enter or a click changes one, its button opens the calls."""

    change_wanted = Signal(object)
    """The ``StandingAbsence`` that is to be changed."""
    calls_wanted = Signal(int)
    new_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.shown: list[StandingAbsence] = []
        self._scroll = ScrollPage(self)
        self.listed = HeadedList(_("From today on"), self._scroll.content)
        self.new_button = Button(_("New absence"), icon="plus")
        self.new_button.clicked.connect(self.new_wanted)
        self._empty = EmptyState(
            "sun", _("Nobody is away"), _("Vacations, sick leave and training stand here, with the clients to call.")
        )
        column = QVBoxLayout(self._scroll.content)
        column.setContentsMargins(12, 0, 12, 0)
        column.addWidget(self.listed)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, theme.MARGIN)
        whole.setSpacing(12)
        whole.addWidget(self._scroll, 1)
        whole.addWidget(self._empty, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(theme.MARGIN, 0, theme.MARGIN, 0)
        foot.addWidget(self.new_button)
        whole.addLayout(foot)
        self.read()

    def read(self) -> None:
        """Read the absences again."""
        today = self._desk.salon.today()
        found = absences.standing(self._desk.salon.database, today, today + _AHEAD)
        self.shown = found
        self.listed.set_rows([self._row(one) for one in found])
        self._scroll.setVisible(bool(found))
        self._empty.setVisible(not found)

    def focus_first(self) -> None:
        """The first row, or the button of a new absence."""
        first = next(iter(self.listed.rows()), None)
        (first or self.new_button).setFocus()

    def _row(self, one: StandingAbsence) -> ListRow:
        action = state = None
        if one.to_call:
            action = Button(ngettext("{n} to call", "{n} to call", one.to_call).format(n=wording.number(one.to_call)))
            action.clicked.connect(partial(self._call, one.absence_id))
        elif one.calls:
            state = Pill(_("all called"), Tone.ACCENT)
        row = ListRow(one.staff_name, words.absence(one, self._desk.salon.today()), state=state, action=action)
        row.opened.connect(partial(self.change_wanted.emit, one))
        return row

    def _call(self, absence_id: int, _checked: bool = False) -> None:
        self.calls_wanted.emit(absence_id)
