"""What is painted anew: no more than what somebody can see to have changed."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QObject, QRect
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.calendar.conftest import Day

Opened = Callable[[], Day]


class _Painted(QObject):
    """Notes which part of a widget is painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.parts: list[QRect] = []
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.parts.append(event.rect())
        return super().eventFilter(watched, event)


@contextmanager
def painted(*widgets: QWidget) -> Iterator[list[_Painted]]:
    QApplication.processEvents()
    noted = [_Painted(widget) for widget in widgets]
    yield noted
    QApplication.processEvents()
    for widget, each in zip(widgets, noted, strict=True):
        widget.removeEventFilter(each)


def test_scrolling_paints_only_what_comes_into_sight(day: Opened) -> None:
    opened = day()
    board = opened.screen.board
    board.view.down.setValue(0)
    with painted(board.head, board.hours, opened.screen.grid) as (head, hours, grid):
        board.view.down.setValue(30)
    assert head.parts == []
    assert [part.height() for part in hours.parts] == [30]
    assert [part.height() for part in grid.parts] == [30]
