"""The calendar as a person at the front desk uses it: with real mouse and key events, told in the trade's words."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.salon.catalogue import staff
from app.salon.scheduling import booking
from app.salon.scheduling.agenda import AgendaEntry
from app.salon.scheduling.booking import BookingRequest
from app.salon.transaction import carry_out
from app.ui.calendar.placing import DayPlan, Tile
from app.ui.calendar.screen import CalendarScreen
from app.ui.calendar.walking import OnVisit
from app.ui.wishes import BookingSeed
from tests.builders import SmallSalon
from tests.ui.conftest import Counter

LEFT = Qt.MouseButton.LeftButton
NO_KEY = Qt.KeyboardModifier.NoModifier


@dataclass
class Day:
    """A calendar on the screen, and what it told."""

    qtbot: QtBot
    counter: Counter
    screen: CalendarScreen
    said: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    wanted: list[BookingSeed] = field(default_factory=list)
    cards: list[int] = field(default_factory=list)

    @property
    def small(self) -> SmallSalon:
        return self.counter.small

    @property
    def plan(self) -> DayPlan:
        assert self.screen.grid.plan is not None
        return self.screen.grid.plan

    def entry(self, visit_id: int) -> AgendaEntry:
        return next(entry for entry in self.plan.sheet.entries if entry.visit_id == visit_id)

    def tile(self, visit_id: int) -> Tile:
        return next(tile for tile in self.plan.tiles if tile.entry.visit_id == visit_id)

    def middle(self, visit_id: int) -> QPoint:
        box = self.tile(visit_id).box
        return QPoint(box.x + box.width // 2, box.y + box.height // 2)

    def place(self, staff_id: int, moment: datetime) -> QPoint:
        """A pixel of a master's column, just under a minute."""
        column = self.plan.column_of(staff_id)
        assert column is not None
        middle = self.plan.columns.x_of(column) + self.plan.columns.width_of(column) // 2
        return QPoint(middle, self.plan.scale.y_of(moment.hour * 60 + moment.minute) + 3)

    def starts(self, visit_id: int) -> datetime:
        return self.entry(visit_id).starts_at

    def ends(self, visit_id: int) -> datetime:
        return self.entry(visit_id).ends_at

    def master(self, visit_id: int) -> int:
        return self.entry(visit_id).staff_id

    # ---- mouse -----------------------------------------------------------------------------------------------

    def click(self, place: QPoint, button: Qt.MouseButton = LEFT) -> None:
        self.qtbot.mouseClick(self.screen.grid, button, pos=place)

    def double_click(self, place: QPoint) -> None:
        self.qtbot.mousePress(self.screen.grid, LEFT, pos=place)
        self.qtbot.mouseRelease(self.screen.grid, LEFT, pos=place)
        self.qtbot.mouseDClick(self.screen.grid, LEFT, pos=place)

    def point_at(self, place: QPoint, buttons: Qt.MouseButton = Qt.MouseButton.NoButton) -> None:
        grid = self.screen.grid
        there = QPointF(place)
        moved = QMouseEvent(
            QEvent.Type.MouseMove, there, grid.mapToGlobal(there), Qt.MouseButton.NoButton, buttons, NO_KEY
        )
        QApplication.sendEvent(grid, moved)

    def carry(self, start: QPoint, end: QPoint) -> None:
        """Press and go, but do not let go."""
        self.qtbot.mousePress(self.screen.grid, LEFT, pos=start)
        self.point_at(start + (end - start) / 2, LEFT)
        self.point_at(end, LEFT)

    def drop(self, place: QPoint) -> None:
        self.qtbot.mouseRelease(self.screen.grid, LEFT, pos=place)

    def drag(self, start: QPoint, end: QPoint) -> None:
        self.carry(start, end)
        self.drop(end)

    def drag_to(self, visit_id: int, staff_id: int, moment: datetime) -> None:
        """Take a tile by its middle and let its start go to a time of a master."""
        start = self.middle(visit_id)
        self.drag(start, self.where_to(visit_id, staff_id, moment))

    def where_to(self, visit_id: int, staff_id: int, moment: datetime) -> QPoint:
        start, tile = self.middle(visit_id), self.tile(visit_id)
        target = self.place(staff_id, moment)
        return QPoint(target.x(), start.y() + target.y() - 3 - self.plan.scale.y_of(tile.starts))

    # ---- keys ------------------------------------------------------------------------------------------------

    def select(self, visit_id: int) -> None:
        self.screen.grid.select(OnVisit(self.entry(visit_id).booked_id))

    def press(self, key: int, modifiers: Qt.KeyboardModifier = NO_KEY, text: str = "") -> None:
        """A key as it arrives, also one of the Russian layout."""
        target = self.screen.focusWidget() or self.screen.grid
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(target, QKeyEvent(kind, key, modifiers, text))

    def letter(self, letter: str) -> None:
        self.press(ord(letter.upper()), text=letter.lower())

    def answer(self, reason: str | None) -> None:
        """What the administrator will say when asked."""
        self.counter.asker._answers.append(reason)

    def choose(self, text: str) -> None:
        """Choose a line of the open menu."""
        menu = self.screen.menu
        assert menu is not None
        lines = [action.text().split("\t")[0] for action in menu.actions()]
        assert text in lines, lines
        menu.actions()[lines.index(text)].trigger()
        menu.close()


def overbook(small: SmallSalon, starts_at: datetime, client: int) -> int:
    """Book a manicure on purpose although Olga is taken."""
    request = BookingRequest(client, (small.wish(starts_at),), overbooked_reason="сестра подождёт")
    return carry_out(small.salon, booking.book, request).value


def hire(small: SmallSalon, name: str, opens: int, closes: int) -> int:
    """One more master for manicures, with these hours every day of May 2026."""
    master = carry_out(small.salon, staff.add, name, "мастер маникюра", position=9).value
    carry_out(small.salon, staff.can_do, master, [small.manicure])
    week = [staff.WorkingHours(weekday, opens * 60, closes * 60) for weekday in range(7)]
    carry_out(small.salon, staff.plan_weeks, master, week, date(2026, 5, 1), date(2026, 5, 31))
    return master


@pytest.fixture
def day(qtbot: QtBot, counter: Counter) -> Callable[[], Day]:
    """Open the calendar on what is booked by now."""

    def opened(width: int = 1000, height: int = 700) -> Day:
        screen = CalendarScreen(counter.desk)
        qtbot.addWidget(screen)
        made = Day(qtbot, counter, screen)
        counter.desk.perform.done.connect(lambda text, _undo: made.said.append(text.replace("\u00a0", " ")))
        counter.desk.perform.refused.connect(lambda text: made.refused.append(text.replace("\u00a0", " ")))
        counter.desk.perform.taken.connect(lambda text, _anyway: made.refused.append(text.replace("\u00a0", " ")))
        screen.booking_wanted.connect(made.wanted.append)
        screen.client_wanted.connect(made.cards.append)
        screen.resize(width, height)
        screen.show()
        # The scroll bars find their place, as they do before a person can click.
        QApplication.processEvents()
        return made

    return opened


@pytest.fixture(autouse=True)
def popups_close() -> Iterator[None]:
    """No menu outlives its test."""
    yield
    popup = QApplication.activePopupWidget()
    while popup is not None:
        popup.close()
        popup = QApplication.activePopupWidget()
