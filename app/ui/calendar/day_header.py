"""The head of the calendar: the day and its load, the ways to another day, the search, and the one primary button."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from app.language import _
from app.ui import shortcuts
from app.ui.calendar.titles import Titles
from app.ui.shortcuts import Key
from app.ui.widgets.buttons import Button, IconButton, PrimaryButton
from app.ui.widgets.screen_header import ScreenHeader
from app.ui.widgets.search_field import SearchField

if TYPE_CHECKING:
    from app.ui.widgets.day_picker import DayPicker

_SEARCH_WIDTH = 280
_LEAST_FOR_SEARCH = 1000
_LEAST_FOR_WORDS = 700
_LEAST_WIDTH = 440
_DOT = " · "


class _SearchDoor(SearchField):
    """Looks like the search and opens it: the search itself floats over every screen."""

    is_door = True
    opened = Signal()

    def __init__(self) -> None:
        super().__init__(_("Client: phone or name"), shortcut=shortcuts.shown(Key.FIND_CLIENT))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedWidth(_SEARCH_WIDTH)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Nothing is typed here."""
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the search."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.opened.emit()


class DayHeader(ScreenHeader):
    """Says the day, and leads to others."""

    steps_wanted = Signal(int)
    """So many days, weeks or months on or back, as the view has them."""
    day_wanted = Signal(object)
    """A ``date`` from the picker."""
    today_wanted = Signal()
    visit_wanted = Signal()
    search_wanted = Signal()
    paper_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._day: date | None = None
        self._today: date | None = None
        self._said = Titles("", "")
        self._detail_said = ""
        self._is_current = True
        self._picker: DayPicker | None = None
        self.back = IconButton("chevron-left", _("Previous day"), key=shortcuts.shown(Key.PREVIOUS_DAY))
        self.ahead = IconButton("chevron-right", _("Next day"), key=shortcuts.shown(Key.NEXT_DAY))
        self.choose = IconButton("calendar-days", _("Choose a day"))
        self.paper = IconButton("printer", _("Print or save as PDF…"), key=shortcuts.shown(Key.PRINT_DAY))
        self.today_button = Button(_("Today"), key=shortcuts.shown(Key.TODAY))
        self.today_button.setMinimumWidth(self.today_button.sizeHint().width())
        self.new_visit = PrimaryButton(_("New visit"), icon="plus", key=shortcuts.shown(Key.NEW_VISIT))
        self.search = _SearchDoor()
        self.find = IconButton("search", _("Find a client"), key=shortcuts.shown(Key.FIND_CLIENT))
        """Stands for the search where there is no room for a field."""
        for widget in (self.back, self.ahead, self.choose, self.paper, self.today_button):
            self.add_beside_title(widget)
        self.add_action(self.search)
        self.add_action(self.find)
        self.add_action(self.new_visit)
        self.back.clicked.connect(partial(self._go, -1))
        self.ahead.clicked.connect(partial(self._go, 1))
        self.choose.clicked.connect(self.open_picker)
        self.paper.clicked.connect(self.paper_wanted)
        self.today_button.clicked.connect(self.today_wanted)
        self.new_visit.clicked.connect(self.visit_wanted)
        self.search.opened.connect(self.search_wanted)
        self.find.clicked.connect(self.search_wanted)

    def say(self, day: date, today: date, said: Titles, detail: str, *, is_current: bool) -> None:
        """Show what one is looking at, and what there is of it; ``is_current``: today is in it."""
        self._day, self._today, self._detail_said = day, today, detail
        self._said, self._is_current = said, is_current
        self._fit()

    def say_steps(self, back: str, ahead: str) -> None:
        """What the arrows do in this view."""
        if self.back.accessibleName() != back:
            self.back.set_name(back, shortcuts.shown(Key.PREVIOUS_DAY))
            self.ahead.set_name(ahead, shortcuts.shown(Key.NEXT_DAY))

    def minimumSizeHint(self) -> QSize:
        """Beside an open panel there is little room: everything but the day and the button gives way."""
        return QSize(_LEAST_WIDTH, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say as much as there is room for."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if self._day is None or self._today is None:
            return
        has_words, has_field = self.width() >= _LEAST_FOR_WORDS, self.width() >= _LEAST_FOR_SEARCH
        self.set_detail(self._detail_said, _shorter(self._detail_said))
        self.search.setVisible(has_field)
        self.find.setVisible(has_words and not has_field)
        self.paper.setVisible(has_words)
        self.today_button.setVisible(not self._is_current and has_words)
        if has_words and (has_field or self.has_room_for(self._said.title)):
            self.set_title(self._said.title, self._said.longest if has_field else "")
        else:
            self.set_title(self._said.short)

    def _go(self, days: int, _checked: bool = False) -> None:
        self.steps_wanted.emit(days)

    def open_picker(self) -> None:
        """Let somebody take a day from the month."""
        from app.ui.widgets.day_picker import DayPicker

        if self._day is None or self._today is None:
            return
        if self._picker is not None:
            self._picker.deleteLater()
        self._picker = DayPicker(self._day, self._today, self)
        self._picker.picked.connect(self.day_wanted)
        self._picker.popup_below(self.choose)

    @property
    def picker(self) -> DayPicker | None:
        """The month that was opened last."""
        return self._picker


def _shorter(detail: str) -> list[str]:
    """What is said of the day, without its last part and again without the last."""
    parts = detail.split(_DOT)
    return [_DOT.join(parts[:count]) for count in range(len(parts) - 1, 0, -1)]
