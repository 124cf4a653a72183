"""The lower half of the card: the timeline, what of it is shown, and adding to it by one key."""

from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.clock import wall_time
from app.language import N_, _
from app.salon.clients import timeline
from app.salon.clients.timeline import EVERYTHING, PAGE, Happened, HappenedKind
from app.ui.clients.timeline import Timeline
from app.ui.desk import Desk
from app.ui.theme import FontRole
from app.ui.widgets.buttons import LinkButton
from app.ui.widgets.label import Label
from app.ui.widgets.menu import Menu

_MONEY = frozenset({HappenedKind.PAYMENT, HappenedKind.BONUS})
FILTERS: tuple[tuple[str, frozenset[HappenedKind]], ...] = (
    (N_("Everything"), EVERYTHING),
    (N_("Visits"), frozenset({HappenedKind.VISIT})),
    (N_("Notes and calls"), frozenset({HappenedKind.NOTE, HappenedKind.CALL})),
    (N_("Messages"), frozenset({HappenedKind.MESSAGE})),
    (N_("Money"), _MONEY),
    (N_("Photos, files, formulas"), frozenset({HappenedKind.FILE, HappenedKind.FORMULA})),
    (N_("Answers and consents"), frozenset({HappenedKind.ANSWER, HappenedKind.CONSENT})),
    (N_("Promises and complaints"), frozenset({HappenedKind.PROMISE, HappenedKind.COMPLAINT})),
    (N_("Changes"), frozenset({HappenedKind.CHANGE})),
)
"""What of the timeline can be shown, in the order of the menu; the words are messages of the catalogue."""
_Place = tuple[str, str, int]
"""Where a page begins."""


class History(QWidget):
    """The timeline of one client, a page at a time."""

    visit_wanted = Signal(int, object)
    removal_wanted = Signal(int)
    walked = Signal(object)
    """A place (``QRect`` in the timeline) that is to be brought into sight."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._client_id = 0
        self._hides_money = False
        self._filter = 0
        self._lines: tuple[Happened, ...] = ()
        self._next: _Place | None = None
        self.filter_button = LinkButton(_("Everything"), icon="filter", parent=self)
        self.filter_button.clicked.connect(self.open_menu)
        self.list = Timeline(self)
        self.earlier = LinkButton(_("Show earlier"), icon="chevron-down", parent=self)
        self.earlier.clicked.connect(self.show_earlier)
        self._nothing = Label("", tone="muted", wrap=True)
        head = QHBoxLayout()
        head.addWidget(Label(_("Timeline"), FontRole.HEADING), 1)
        head.addWidget(self.filter_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self._nothing)
        column.addWidget(self.list)
        column.addWidget(self.earlier, 0, Qt.AlignmentFlag.AlignLeft)
        self.list.visit_wanted.connect(self.visit_wanted)
        self.list.removal_wanted.connect(self.removal_wanted)
        self.list.walked.connect(self._tell_walked)
        self.list.more_wanted.connect(self.show_earlier)

    def show_client(self, client_id: int, *, hides_money: bool = False) -> None:
        """Show the timeline of this client; of the same client as much as was shown before.

        ``hides_money``: what was paid is not for the eyes of whoever looks.
        """
        is_other = (client_id, hides_money) != (self._client_id, self._hides_money)
        if is_other:
            self._client_id, self._hides_money, self._filter = client_id, hides_money, 0
        self._read(PAGE if is_other else max(PAGE, len(self._lines)))

    def show_kind(self, number: int) -> None:
        """Show one of ``FILTERS``, from its newest line on."""
        self._filter = number
        self._read(PAGE)

    def show_earlier(self) -> None:
        """Read the next page."""
        if self._next is None:
            return
        self._read(PAGE, after=self._next)

    def open_menu(self) -> None:
        """Choose what is shown."""
        menu = self.make_menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.filter_button.mapToGlobal(QPoint(0, self.filter_button.height())))

    def make_menu(self) -> Menu:
        """The kinds to choose from, the one that is shown ticked."""
        menu = Menu(_("What of the timeline is shown"), self)
        for number, (words, kinds) in enumerate(FILTERS):
            if self._hides_money and kinds == _MONEY:
                continue
            action = menu.addAction(_(words))
            action.setCheckable(True)
            action.setChecked(number == self._filter)
            action.triggered.connect(partial(self.show_kind, number))
        return menu

    @property
    def _kinds(self) -> frozenset[HappenedKind]:
        kinds = FILTERS[self._filter][1]
        return kinds - _MONEY if self._hides_money else kinds

    def _as_seen(self, lines: tuple[Happened, ...]) -> tuple[Happened, ...]:
        """A visit tells what was paid for it too."""
        return tuple(replace(one, amount=None) for one in lines) if self._hides_money else lines

    def _read(self, limit: int, after: _Place | None = None) -> None:
        salon = self._desk.salon
        profile, now = salon.profile, salon.clock.now()
        page = timeline.read(salon.database, self._client_id, now, profile.zone, self._kinds, limit=limit, after=after)
        lines, self._next = self._as_seen(page.lines), page.next_from
        self._lines = lines if after is None else self._lines + lines
        self._show(wall_time(now, profile.zone).date(), profile.currency)

    def _show(self, today: date, currency: str) -> None:
        words, _kinds = FILTERS[self._filter]
        self.filter_button.setText(_(words))
        self.list.show_lines(self._lines, today, currency)
        self.list.setVisible(bool(self._lines))
        self._nothing.setText(
            _("Nothing here yet. The first booking will appear here.")
            if not self._filter
            else _("Nothing of this kind yet.")
        )
        self._nothing.setVisible(not self._lines)
        self.earlier.setVisible(self._next is not None)

    def _tell_walked(self, place: QRect) -> None:
        self.walked.emit(place)
