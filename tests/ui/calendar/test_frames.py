"""What is painted anew: no more than what somebody can see to have changed."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.salon.scheduling import blocks
from app.ui.calendar.geometry import Box
from app.ui.calendar.sheet_picture import SheetPicture
from app.vocabulary import BlockKind, CancelReason
from tests.builders import SmallSalon, at
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


def is_as_new(sheet: SheetPicture) -> bool:
    """Whether the sheet looks as if all of it had been painted now."""
    plan = sheet.plan
    assert plan is not None
    fresh = SheetPicture()
    fresh.hold(plan, None)
    size = sheet.pixmap.size()
    fresh.get_ready(size, 1.0)
    fresh.paint(Box(0, 0, size.width(), size.height()))
    return fresh.pixmap.toImage() == sheet.pixmap.toImage()


def test_what_was_changed_is_painted_anew_and_nothing_is_left_of_it(small: SmallSalon, day: Opened) -> None:
    moved, cancelled, stays = (small.book(at(hour), small.client(f"Клиентка {hour}")) for hour in (9, 11, 13))
    opened = day()
    screen = opened.screen
    screen.grid.grab()
    kept = screen.grid._picture._on_it[opened.tile(stays).entry.booked_id, 0, opened.tile(stays).column]
    screen.move(opened.entry(moved).booked_id, small.olga, at(15))
    screen.cancel(opened.entry(cancelled), CancelReason.CLIENT_ASKED)
    screen.grid.grab()
    assert is_as_new(screen.grid._picture)
    assert kept in screen.grid._picture._on_it.values()
    screen.show_cancelled(shown=True)
    screen.grid.grab()
    assert is_as_new(screen.grid._picture)


def test_a_break_that_was_put_in_stands_under_the_visits_that_stay(small: SmallSalon, day: Opened) -> None:
    small.book(at(11), small.client())
    screen = day().screen
    screen.grid.grab()
    screen.desk.perform(blocks.block_time, small.olga, at(13), at(14), BlockKind.BREAK)
    screen.grid.grab()
    screen.grid.grab()
    assert is_as_new(screen.grid._picture)


def test_a_day_from_far_away_is_on_the_screen_as_its_picture_is_later(small: SmallSalon, day: Opened) -> None:
    far = timedelta(days=28)
    for hour in (9, 12, 19):
        small.book(at(hour) + far, small.client(f"Клиентка {hour}"))
    screen = day().screen
    screen.grid.grab()
    screen.show_day(at(9).date() + far)
    straight = screen.grid.grab().toImage()
    assert screen.grid.plan is not screen.grid._picture._shown
    assert screen.grid.grab().toImage() == straight
    assert screen.grid.plan is screen.grid._picture._shown
    assert is_as_new(screen.grid._picture)


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0])
def test_whatever_is_painted_anew_of_a_day_from_far_away_shows_no_seam(
    small: SmallSalon, day: Opened, ratio: float
) -> None:
    """The grid does not begin at a whole dot of the screen where a pixel is no whole number of them."""
    small.book(at(12), small.client())
    grid = day().screen.grid
    plan, size = grid.plan, grid.size()
    assert plan is not None
    sheet = SheetPicture()
    sheet.hold(plan, None)

    def on_screen() -> QImage:
        shown = QImage((size + QSize(85, 185)) * ratio, QImage.Format.Format_RGB32)
        shown.setDevicePixelRatio(ratio)
        shown.fill(0)
        painter = QPainter(shown)
        painter.translate(85, 185)
        sheet.put(painter, Box(0, 0, size.width(), size.height()), size, ratio)
        painter.end()
        return shown

    assert on_screen() == on_screen()


def test_a_tile_on_its_way_elsewhere_lets_the_hours_shine_through(small: SmallSalon, day: Opened) -> None:
    visit = small.book(at(12), small.client())
    opened = day()
    grid, box = opened.screen.grid, opened.tile(visit).box
    spot = QPoint(box.right - 6, box.bottom - 12)
    whole = grid.grab().toImage().pixelColor(spot)
    empty = grid.grab().toImage().pixelColor(spot - QPoint(0, 2 * box.height))
    opened.carry(opened.middle(visit), opened.middle(visit) + QPoint(0, 3 * box.height))
    faded = grid.grab().toImage().pixelColor(spot)
    assert whole.lightness() < faded.lightness() < empty.lightness()


def test_only_what_is_seen_is_painted_at_first(small: SmallSalon, day: Opened) -> None:
    for hour in (9, 19):
        small.book(at(hour), small.client(f"Клиентка {hour}"))
    opened = day()
    tiles = opened.screen.grid._picture
    opened.screen.zoom(8)
    opened.screen.board.view.down.setValue(0)
    QApplication.processEvents()
    opened.screen.grid.update()
    QApplication.processEvents()
    assert [tile.starts for tile in tiles._missing.values()] == [19 * 60]
    opened.screen.ahead.begin()
    opened.screen.ahead.finish()
    assert not tiles._missing
    assert is_as_new(tiles)


def test_the_breath_under_the_pointer_does_not_stay_where_the_tile_was(small: SmallSalon, day: Opened) -> None:
    visit = small.book(at(12), small.client())
    opened = day()
    grid = opened.screen.grid
    plain = grid.grab().toImage()
    opened.point_at(opened.middle(visit))
    assert grid.grab().toImage() != plain
    opened.screen.zoom(1)
    zoomed = grid.grab().toImage()
    QApplication.sendEvent(grid, QEvent(QEvent.Type.Leave))
    assert grid.grab().toImage() == zoomed
