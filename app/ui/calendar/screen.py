"""The calendar of a day: who comes when to whom, and everything that can be done about it."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app import wording
from app.salon.scheduling import agenda
from app.salon.scheduling.agenda import AgendaEntry
from app.ui import theme
from app.ui.calendar import reach
from app.ui.calendar.day_board import DayBoard
from app.ui.calendar.placing import DayPlan
from app.ui.calendar.reach import Reach
from app.ui.calendar.visit_acts import VisitActs
from app.ui.desk import Desk
from app.ui.screen import Screen
from app.ui.widgets.card import Card
from app.ui.widgets.screen_header import ScreenHeader
from app.vocabulary import Topic


class CalendarScreen(Screen):
    """One day, a column for each master."""

    topics = frozenset({Topic.VISITS, Topic.CLIENTS, Topic.CHECKLISTS, Topic.STAFF, Topic.CATALOGUE, Topic.SALON})
    client_wanted = Signal(int)
    booking_wanted = Signal(object)
    search_wanted = Signal()
    day_shown = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.day: date = desk.salon.today()
        self.header = ScreenHeader()
        self.board = DayBoard(self._read_reach)
        self.grid = self.board.grid
        self._acts = VisitActs(desk)
        card = Card(padding=0)
        card.layout().setContentsMargins(1, 6, 8, 8)
        card.body.addWidget(self.board)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        frame = QVBoxLayout()
        frame.setContentsMargins(theme.MARGIN, 0, theme.MARGIN, theme.MARGIN)
        frame.addWidget(card)
        column.addLayout(frame, 1)

    def reload(self) -> None:
        salon = self.desk.salon
        day = agenda.of_day(salon.database, self.day)
        self.grid.show_agenda(day, salon.profile)
        now = salon.wall_now()
        self.board.set_now(now.hour * 60 + now.minute if now.date() == self.day else None)
        self.header.set_title(wording.day_title(self.day, now.date()))

    def _read_reach(self, plan: DayPlan, entry: AgendaEntry) -> Reach:
        return reach.read(self.desk.salon, plan, entry)
