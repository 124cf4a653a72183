"""The owner's figures: who comes back, to whom, and whom the salon is losing."""

from functools import cached_property
from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.errors import SalonError, Trouble
from app.explain import sentence
from app.language import _
from app.salon.statistics import overrides
from app.salon.statistics.behind import clients_behind
from app.salon.statistics.results import FigureResult
from app.ui import inviting, theme
from app.ui.desk import Desk
from app.ui.screen import Screen
from app.ui.statistics import words
from app.ui.statistics.figure_list import FigureList
from app.ui.statistics.figure_view import FigureView
from app.ui.statistics.overrides_page import OverridesPage
from app.ui.statistics.parts import Chosen, clients_of, is_empty
from app.ui.statistics.people import PeoplePage
from app.ui.statistics.period_bar import PeriodBar
from app.ui.statistics.periods import next_try, settled_period, with_all_ahead
from app.ui.statistics.reading import Answer, Question, Reading
from app.ui.widgets.banner import Banner
from app.ui.widgets.buttons import Button
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.screen_header import ScreenHeader
from app.ui.widgets.skeleton import Skeleton
from app.vocabulary import Figure, Topic

_NARROW = 760
"""Below this width the figures stand above the chosen one, not beside it."""
_ROOMY = 1100
_LEAST_WIDTH = 500
"""What the smallest window leaves when a card is open beside the screen."""
_LIST_WIDTH, _SMALL_LIST_WIDTH = 264, 216
_BESIDE_OVERRIDES = 1400
"""Below this width the list of overrides, whose reasons are sentences, has the screen to itself."""


class StatisticsScreen(Screen):
    """Four figures of a period; behind each number the clients it counts."""

    topics: ClassVar[frozenset[Topic]] = frozenset({Topic.VISITS, Topic.CLIENTS, Topic.STAFF, Topic.MONEY, Topic.SALON})

    client_wanted = Signal(int)
    """The id of a client whose card is to be opened."""
    visit_wanted = Signal(int, object)
    """A visit to be shown in the calendar, and its ``date``."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setAccessibleName(_("Figures"))
        self._today = desk.salon.today()
        self._reading = Reading(desk.salon, desk.background)
        self._answer: Answer = {}
        self._chosen: Chosen | None = None
        """The number behind which somebody looks."""
        self.header = ScreenHeader(_("Figures"), parent=self)
        self.to_overrides = Button(_("Booked over others"), icon="triangle-alert", parent=self.header)
        self.to_overrides.set_tip(_("Visits that were booked although the place was taken: why, and by whom"))
        self.header.add_action(self.to_overrides)
        self.periods = PeriodBar(self._today, self)
        self.trouble = Banner("", theme.Tone.DANGER, parent=self)
        self.trouble.hide()
        self.figures = FigureList(self)
        self.figures.choose(Figure.REVISIT_90)
        self._pages = QStackedWidget(self)
        self.view = FigureView(self._pages)
        self._skeleton = Skeleton(7, self._pages)
        # Said outright: what the wide arrangement needs must not keep the screen from becoming narrow.
        self.setMinimumWidth(_LEAST_WIDTH)
        self._build()
        self._connect()

    def _build(self) -> None:
        for page in (self.view, self._skeleton):
            self._pages.addWidget(page)
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._body.setContentsMargins(theme.MARGIN, 0, theme.MARGIN - theme.GRID, 0)
        self._body.setSpacing(16)
        self._body.addWidget(self.figures)
        self._body.addWidget(self._pages, 1)
        above = QVBoxLayout()
        above.setContentsMargins(theme.MARGIN, 0, theme.MARGIN, 16)
        above.setSpacing(12)
        above.addWidget(self.periods)
        above.addWidget(self.trouble)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addLayout(above)
        column.addLayout(self._body, 1)
        self._pages.setCurrentWidget(self._skeleton)

    def _connect(self) -> None:
        self.periods.changed.connect(self._ask_anew)
        self.figures.chosen.connect(self._show_figure)
        self.view.wanted.connect(self.open_people)
        self.view.settled_wanted.connect(self._take_settled)
        self.to_overrides.clicked.connect(self.open_overrides)

    @cached_property
    def people(self) -> PeoplePage:
        """The list behind a number; it is made when somebody first opens one."""
        people = PeoplePage(self._today, self._pages)
        people.wanted.connect(self.open_people)
        people.closed.connect(self._close_people)
        people.client_wanted.connect(self.client_wanted)
        people.copied.connect(self._tell)
        people.invite_wanted.connect(self._invite)
        self._pages.addWidget(people)
        return people

    @cached_property
    def overrides(self) -> OverridesPage:
        """What was booked over others; it is made when somebody first asks for it."""
        page = OverridesPage(self._today, self._pages)
        page.closed.connect(self._close_overrides)
        page.visit_wanted.connect(self.visit_wanted)
        self._pages.addWidget(page)
        return page

    @cached_property
    def _empty(self) -> EmptyState:
        empty = EmptyState(
            "chart-column",
            _("No visits in this period yet"),
            _("The figures count completed visits alone. Choose other days, or complete the visits in the calendar."),
            action=_("Look at other days"),
            parent=self._pages,
        )
        empty.acted.connect(self._try_elsewhere)
        self._pages.addWidget(empty)
        return empty

    # ---- reading ---------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """A new day may have begun since the last look."""
        if self._today != self.desk.salon.today():
            self._today = self.desk.salon.today()
            self.periods.set_today(self._today)
            self._is_stale = True
        super().showEvent(event)

    @property
    def first(self) -> QWidget | None:
        """The figure that is shown."""
        return self.figures.tiles[self.figures.figure]

    def reload(self) -> None:
        """Compute all figures of the period; the old numbers stay until the new ones are there."""
        if self.shows_overrides:
            self._fill_overrides()
        elif not self._answer:
            self.header.set_detail("")
            self._turn_to(self._skeleton)
        self._reading.ask(Question(self.periods.period, self.periods.returns, self._today), self._show, self._fail)

    def _ask_anew(self) -> None:
        """Other days were chosen: numbers of the old ones must not stand under them."""
        self._answer = {}
        self._chosen = None
        self.figures.show_results({})
        self.reload()

    def _show(self, found: Answer) -> None:
        self._answer = found
        self.trouble.hide()
        self.figures.show_results(found)
        self._show_result()

    def _fail(self, problem: SalonError | Trouble) -> None:
        self.trouble.tell(sentence(problem), theme.Tone.DANGER)
        self.trouble.show()

    # ---- showing ---------------------------------------------------------------------------------------------

    @property
    def result(self) -> FigureResult | None:
        """The chosen figure, when it has been computed."""
        return self._answer.get(self.figures.figure)

    @property
    def is_empty(self) -> bool:
        """Whether the period has nothing to count."""
        return isinstance(self._pages.currentWidget(), EmptyState)

    @property
    def shows_people(self) -> bool:
        """Whether the list behind a number is open."""
        return isinstance(self._pages.currentWidget(), PeoplePage)

    @property
    def shows_overrides(self) -> bool:
        """Whether the list of visits that were booked over others is open."""
        return isinstance(self._pages.currentWidget(), OverridesPage)

    def choose(self, figure: Figure) -> None:
        """Show another figure."""
        self.figures.choose(figure)
        self._show_figure()

    def _show_figure(self) -> None:
        self._chosen = None
        if self.shows_overrides:
            self._turn_to(self._skeleton)
        self._show_result()

    def _show_result(self) -> None:
        """Show the chosen figure as it was computed, or the list that is open behind one of its numbers."""
        self.periods.ask_for_returns(self.figures.figure is Figure.RETURN_TWO_PERIODS)
        result = self.result
        if result is None or self.shows_overrides:
            return
        if all(is_empty(each) for each in self._answer.values()):
            self.header.set_detail("")
            self._turn_to(self._empty)
            return
        self.header.set_detail(words.lost(result, result.rows[0]))
        self.view.show_result(result)
        if self._chosen is None or not self._fill_people(result, self._chosen):
            self._turn_to(self.view)

    # ---- booked over others ----------------------------------------------------------------------------------

    def open_overrides(self) -> None:
        """Show the visits of the period that were booked although the place was taken."""
        self._fill_overrides()
        self._turn_to(self.overrides)
        self.overrides.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill_overrides(self) -> None:
        salon, period = self.desk.salon, with_all_ahead(self.periods.period, self._today)
        self.overrides.show_overrides(period, overrides.of_period(salon.database, period, salon.profile.zone))

    def _close_overrides(self) -> None:
        self._show_figure()
        self.to_overrides.setFocus(Qt.FocusReason.OtherFocusReason)

    # ---- the list behind a number ----------------------------------------------------------------------------

    def open_people(self, wanted: Chosen) -> None:
        """Show who stands behind a number."""
        result = self.result
        if result is None or not self._fill_people(result, wanted):
            return
        if not self.shows_people:
            self._turn_to(self.people)
            self.people.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill_people(self, result: FigureResult, wanted: Chosen) -> bool:
        row = wanted.row_in(result)
        if row is None:
            self._chosen = None
            return False
        self._chosen = wanted
        found = clients_behind(self.desk.salon.database, clients_of(row, wanted))
        self.people.show_people(result, row, wanted, found)
        return True

    def _close_people(self) -> None:
        wanted, self._chosen = self._chosen, None
        self._turn_to(self.view)
        if wanted is not None:
            self.view.focus_on(wanted)

    def _invite(self, client_ids: list[int]) -> None:
        """Put an invitation into the queue for those who may be invited, and tell who not and why."""
        inviting.invite(self.desk, client_ids)

    def _tell(self, said: str) -> None:
        self.desk.perform.tell(said, undoable=False)

    # ---- other days ------------------------------------------------------------------------------------------

    def _take_settled(self) -> None:
        self.periods.take(settled_period(self._today))

    def _try_elsewhere(self) -> None:
        self.periods.take(next_try(self.periods.period, self._today))

    # ---- room ------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the figures beside the chosen one, or above it where the screen is narrow."""
        super().resizeEvent(event)
        narrow = self._is_narrow
        self._body.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
        self.figures.set_columns(2 if narrow else 1)
        if narrow:
            self.figures.setMinimumWidth(0)
            self.figures.setMaximumWidth(16_777_215)
        else:
            self.figures.setFixedWidth(_LIST_WIDTH if self.width() >= _ROOMY else _SMALL_LIST_WIDTH)
        self._make_room()

    @property
    def _is_narrow(self) -> bool:
        return self.width() < _NARROW

    def _turn_to(self, page: QWidget) -> None:
        self._pages.setCurrentWidget(page)
        self._make_room()

    def _make_room(self) -> None:
        """A list on a narrow screen needs all of it; Esc leads back to the figures."""
        narrow_people = self.shows_people and self._is_narrow
        narrow_overrides = self.shows_overrides and self.width() < _BESIDE_OVERRIDES
        self.figures.setVisible(not (narrow_people or narrow_overrides))
