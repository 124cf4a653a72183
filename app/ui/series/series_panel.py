"""A series as it stands: all its visits, and what can be done with those ahead."""

from functools import partial
from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app import wording
from app.errors import Gone
from app.language import _, pgettext
from app.salon.scheduling import series
from app.salon.scheduling.series import FollowUp, SeriesVisit, StandingSeries
from app.ui.desk import Desk
from app.ui.screen import Screen
from app.ui.series import words
from app.ui.theme import FontRole, Tone
from app.ui.widgets.buttons import Button, ChoiceButton, LinkButton, PrimaryButton
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.label import ElidedLabel, Label
from app.ui.widgets.list_row import HeadedList, ListRow
from app.ui.widgets.menu import Menu
from app.ui.widgets.pill import Pill
from app.ui.widgets.scroll_page import ScrollPage
from app.vocabulary import CancelReason, SeriesScope, Topic, VisitStatus


class SeriesPanel(Screen):
    """Lists the visits of a series. The visit from which it was opened is the one that "from here on" means."""

    topics: ClassVar[frozenset[Topic]] = frozenset({Topic.VISITS, Topic.CLIENTS, Topic.STAFF, Topic.CATALOGUE})

    visit_wanted = Signal(int, object)
    """Somebody wants to see a visit: its id and its ``date``."""
    further_wanted = Signal(int, int)
    """The series should go on: its last visit, and the series."""
    pattern_wanted = Signal(int, int)
    """From this visit on the series should go by another pattern: the visit, and the series."""
    follow_wanted = Signal(int, object)
    """The others should become like this visit: its id and the ``SeriesScope``."""
    cancel_wanted = Signal(int, object, object)
    """Visits should be cancelled: from this one on, the ``SeriesScope`` and the ``CancelReason``."""
    closed = Signal()
    """The series is no longer there."""

    def __init__(self, desk: Desk, visit_id: int, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._visit_id = visit_id
        self._standing: StandingSeries | None = None
        self.menu: Menu | None = None
        """The menu that was opened last."""
        self._client = ElidedLabel("", FontRole.STRONG)
        self._services = ElidedLabel("", FontRole.SECONDARY, "muted")
        self._in_words = Label("", FontRole.STRONG, "accent", wrap=True)
        self._apart = _Apart()
        self._apart.chosen.connect(self._want_follow)
        self.pattern = LinkButton(_("Another pattern from this visit on…"), parent=self)
        self._page = ScrollPage(self)
        self.list = HeadedList(_("Visits"), self._page.content)
        self.further = PrimaryButton(_("Go on with the series…"))
        self.cancel = Button(_("Cancel visits ahead…"))
        self.pattern.clicked.connect(self._want_pattern)
        self.further.clicked.connect(self._want_further)
        self.cancel.clicked.connect(self._ask_what_to_cancel)
        self._build()

    def _build(self) -> None:
        form = QVBoxLayout()
        form.setContentsMargins(24, 0, 24, 12)
        form.setSpacing(1)
        form.addWidget(self._client)
        form.addWidget(self._services)
        form.addSpacing(10)
        form.addWidget(self._in_words)
        form.addWidget(self.pattern, 0, Qt.AlignmentFlag.AlignLeft)
        form.addSpacing(8)
        form.addWidget(self._apart)
        inside = QVBoxLayout(self._page.content)
        inside.setContentsMargins(12, 0, 12, 8)
        inside.addWidget(self.list)
        inside.addStretch(1)
        foot = QFrame()
        foot.setProperty("kind", "foot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(24, 12, 24, 20)
        row.setSpacing(8)
        row.addWidget(self.further, 1)
        row.addWidget(self.cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(form)
        column.addWidget(self._page, 1)
        column.addWidget(foot)

    # ---- reading ---------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read the series again; it is gone when its booking was undone."""
        self._is_stale = False
        salon = self.desk.salon
        series_id = series.of_visit(salon.database, self._visit_id)
        try:
            standing = None if series_id is None else series.read(salon, series_id)
        except Gone:
            standing = None
        if standing is None or not standing.visits:
            self.closed.emit()
            return
        self._standing = standing
        today = salon.today()
        self._client.setText(standing.client_name or _("Without a card"))
        self._services.setText(", ".join(standing.services))
        first = standing.visits[0].starts_at.date()
        kept = [one.starts_at.date() for one in standing.visits if one.status is not VisitStatus.CANCELLED]
        self._in_words.setText(
            words.whole(standing.pattern, first, len(kept), kept[-1], today)
            if kept
            else words.nobody_comes(standing.pattern, first)
        )
        self._apart.say(series.apart(salon, self._visit_id))
        self.list.set_rows([self._row(one) for one in standing.visits])
        self.cancel.setEnabled(bool(standing.open_visits))

    def _row(self, one: SeriesVisit) -> ListRow:
        today = self.desk.salon.today()
        state = QWidget()
        pills = QHBoxLayout(state)
        pills.setContentsMargins(0, 0, 0, 0)
        pills.setSpacing(4)
        if one.is_apart:
            pills.addWidget(Pill(pgettext("visit of a series", "apart"), Tone.WARN))
        pills.addWidget(Pill.of_status(one.status))
        masters = wording.listed([wording.short_name(name) for name in one.masters])
        row = ListRow(words.moment(one.starts_at, today), masters, state=state)
        said = [row.accessibleName(), wording.visit_status(one.status)]
        row.setAccessibleName(", ".join([*said, pgettext("visit of a series", "apart")] if one.is_apart else said))
        row.opened.connect(partial(self._want_visit, one))
        return row

    def focus_first(self) -> None:
        """Go to what can follow a visit that stands apart, else to the visit from which the series was opened."""
        standing = self._standing
        ids = [one.visit_id for one in standing.visits] if standing is not None else []
        rows = self.list.rows()
        if not self._apart.isHidden():
            self._apart.focus_first()
        elif self._visit_id in ids and len(rows) == len(ids):
            rows[ids.index(self._visit_id)].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.further.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus."""
        focused = QApplication.focusWidget()
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and isinstance(focused, QPushButton) and self.isAncestorOf(focused):
            focused.click()
        else:
            super().keyPressEvent(event)

    # ---- wishes ----------------------------------------------------------------------------------------------

    def _want_visit(self, one: SeriesVisit) -> None:
        self.visit_wanted.emit(one.visit_id, one.starts_at.date())

    def _want_further(self) -> None:
        if self._standing is not None:
            self.further_wanted.emit(series.last_of(self._standing).visit_id, self._standing.series_id)

    def _want_pattern(self) -> None:
        if self._standing is not None:
            self.pattern_wanted.emit(self._visit_id, self._standing.series_id)

    def _want_follow(self, scope: SeriesScope) -> None:
        self.follow_wanted.emit(self._visit_id, scope)

    def _ask_what_to_cancel(self) -> None:
        """From the visit on, or all ahead: each with its reasons."""
        if self.menu is not None:
            self.menu.deleteLater()
        self.menu = menu = Menu(_("Cancel visits ahead"), self)
        salon = self.desk.salon
        for scope, title in (
            (SeriesScope.FOLLOWING, _("This one and the following ({n})")),
            (SeriesScope.ALL, _("All that have not begun ({n})")),
        ):
            others = series.count_concerned(salon, self._visit_id, scope, with_apart=True)
            count = others + series.is_ahead(salon, self._visit_id)
            said = title.format(n=wording.number(count))
            reasons = Menu(said, menu)
            reasons.setTitle(said)
            for reason in CancelReason:
                reasons.addAction(wording.cancel_reason(reason)).triggered.connect(
                    partial(self._want_cancel, scope, reason)
                )
            menu.addMenu(reasons).setEnabled(count > 0)
        menu.popup(self.cancel.mapToGlobal(self.cancel.rect().topLeft()))

    def _want_cancel(self, scope: SeriesScope, reason: CancelReason, _checked: bool = False) -> None:
        self.cancel_wanted.emit(self._visit_id, scope, reason)


class _Apart(QFrame):
    """Says that the visit stands apart, and lets the others follow it."""

    chosen = Signal(object)
    """The ``SeriesScope`` of those that should follow."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "well")
        self._buttons = {scope: ChoiceButton("") for scope in SeriesScope}
        holder = QWidget()
        flow = FlowLayout(holder)
        for scope, button in self._buttons.items():
            button.clicked.connect(partial(self._choose, scope))
            flow.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 9, 12, 9)
        column.setSpacing(6)
        column.addWidget(
            Label(
                _("This visit was changed apart from its series. Change others as well?"), FontRole.SECONDARY, wrap=True
            )
        )
        column.addWidget(holder)
        self.hide()

    def say(self, found: FollowUp | None) -> None:
        """Offer what can follow; nothing, where nothing can."""
        self.setVisible(found is not None and not found.is_cancelled)
        if found is None:
            return
        following, others = self._buttons[SeriesScope.FOLLOWING], self._buttons[SeriesScope.ALL]
        following.setText(words.following(found.following))
        following.setVisible(found.following > 0)
        others.setText(words.others(found.others))
        others.setVisible(found.others > found.following)

    def focus_first(self) -> None:
        """Go to the first button."""
        button = next((one for one in self._buttons.values() if not one.isHidden()), None)
        if button is not None:
            button.setFocus(Qt.FocusReason.TabFocusReason)

    def _choose(self, scope: SeriesScope, _checked: bool = False) -> None:
        self.chosen.emit(scope)
