"""Frames of the calendar on the ten years, beside the bare painting: kept pixmaps put on a kept ground.

Everything goes through the real window: events are sent as Qt would send them, and a frame is over when the window
has painted what became dirty.
"""

import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app import launch
from app.clock import standing_at
from app.launch import Places, Running
from app.models.opening import open_existing
from tests.benchmarks import ten_years
from tests.benchmarks.measuring import Took, in_turn, timed, told

FRAMES = 300
DAYS = 300
_IDLE_SECONDS = 0.3
"""So long the window is left alone between two days, as somebody who looks at one leaves it."""
_WIDTH, _HEIGHT = 1920, 1080


def frames(folder: Path) -> None:
    """A frame while dragging, while scrolling, and of the whole grid, on the fullest day."""
    with _calendar(folder) as running:
        calendar = running.window.calendar
        calendar.show_day(_fullest(ten_years.file(folder)))
        _settle()
        grid = calendar.grid
        tiles = grid.plan.tiles if grid.plan else ()
        print(f"(a day of {len(tiles)} tiles, {len(grid.plan.tracks) if grid.plan else 0} columns)")
        ground = _Ground(grid.size(), [QRect(t.box.x, t.box.y, t.box.width, t.box.height) for t in tiles])
        ground.resize(calendar.board.view.viewport().size())
        ground.show()
        _settle()
        bare = [lambda: _frame_of(ground)] * FRAMES
        told(f"painting all {len(tiles)} tiles anew", *in_turn([lambda: _frame_of(grid)] * FRAMES, bare), line="8 ms")
        told("a frame while scrolling", *in_turn(list(_scrolling(calendar)), bare), line="8 ms")
        told("a frame while dragging", *in_turn(_dragging(grid, tiles), bare), line="8 ms")
        QTest.keyClick(grid, Qt.Key.Key_Escape)
        ground.close()


def days(folder: Path) -> None:
    """From the key to the painted day: the next one, whose neighbours were prepared, and one far away."""
    with _calendar(folder) as running:
        calendar = running.window.calendar
        plain = ten_years.bare(ten_years.file(folder))
        rng = Random(2)
        start = ten_years.TODAY - timedelta(days=400)
        calendar.show_day(start)
        _settle(1.0)
        near: list[Took] = []
        far: list[Took] = []
        sql: list[Took] = []
        for _day in range(DAYS):
            near.append(_timed(lambda: calendar.go_by(1)))
            sql.append(_query(plain, calendar.day))
            _settle(_IDLE_SECONDS)
            there = start - timedelta(days=100 + rng.randrange(2500))
            far.append(_timed(lambda there=there: calendar.show_day(there)))
            _settle(_IDLE_SECONDS)
        told("the next day painted, beside the bare SQL of a day", near, sql, line="25 ms")
        told("a far day painted, beside the bare SQL of a day", far, sql, line="60 ms")
        plain.close()


def _query(plain: Any, day: date) -> Took:
    from tests.benchmarks.reading import DAY

    return timed(lambda: plain.execute(DAY, (f"{day} 00:00", f"{day} 24:00")).fetchall())


def _timed(act: Any) -> Took:
    def painted() -> None:
        act()
        _paint_what_is_dirty()

    return timed(painted)


@contextmanager
def _calendar(folder: Path) -> Generator[Running]:
    app = launch.application([])
    running = launch.build(app, Places(ten_years.file(folder)), clock=standing_at(ten_years.NOW, ten_years.ZONE))
    running.window.resize(_WIDTH, _HEIGHT)
    running.window.show()
    _settle(1.0)
    launch.collect_garbage()  # as main does when the window has settled
    try:
        yield running
    finally:
        running.close()


def _fullest(path: Path) -> date:
    database = open_existing(path)
    found = database.value(
        "SELECT substr(b.starts_at, 1, 10) FROM booked_service b JOIN visit v ON v.id = b.visit_id "
        "WHERE b.starts_at >= '2025-12-01' AND b.starts_at < '2026-05-01' AND v.status <> 'cancelled' "
        "GROUP BY 1 ORDER BY count(*) DESC LIMIT 1"
    )
    database.close()
    return date.fromisoformat(found)


def _settle(seconds: float = 0.2) -> None:
    """Let the window do what it does when nobody asks anything of it."""
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)


def _paint_what_is_dirty() -> None:
    QCoreApplication.sendPostedEvents()
    QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)


def _frame_of(widget: QWidget) -> None:
    widget.update()
    _paint_what_is_dirty()


def _scrolling(calendar: Any) -> Iterator[Any]:
    bar = calendar.board.view.verticalScrollBar()
    span = max(1, bar.maximum())

    def scroll(to: int) -> Any:
        def act() -> None:
            bar.setValue(to)
            _paint_what_is_dirty()

        return act

    for number in range(FRAMES):
        way = number * 60 % (2 * span)
        yield scroll(way if way <= span else 2 * span - way)


def _dragging(grid: QWidget, tiles: Any) -> list[Any]:
    """Takes a tile by its middle; each act carries it somewhere else within what is seen of the grid."""
    seen = grid.visibleRegion().boundingRect()
    inside = [tile for tile in tiles if seen.contains(QRect(tile.box.x, tile.box.y, tile.box.width, tile.box.height))]
    taken = inside[len(inside) // 2].box
    at = QPoint(taken.x + taken.width // 2, taken.y + taken.height // 2)
    _send(grid, QEvent.Type.MouseButtonPress, at)
    _send(grid, QEvent.Type.MouseMove, at + QPoint(30, 30))
    _paint_what_is_dirty()
    rng = Random(3)

    def carry(to: QPoint) -> Any:
        def act() -> None:
            _send(grid, QEvent.Type.MouseMove, to)
            _paint_what_is_dirty()

        return act

    acts: list[Any] = []
    for _ in range(FRAMES):
        at += QPoint(rng.randrange(-40, 41), rng.randrange(-40, 41))
        at.setX(max(seen.left() + 60, min(at.x(), seen.right() - 60)))
        at.setY(max(seen.top() + 60, min(at.y(), seen.bottom() - 60)))
        acts.append(carry(QPoint(at)))
    return acts


def _send(grid: QWidget, kind: QEvent.Type, at: QPoint) -> None:
    pressed = Qt.MouseButton.NoButton if kind is QEvent.Type.MouseMove else Qt.MouseButton.LeftButton
    held = Qt.MouseButton.NoButton if kind is QEvent.Type.MouseButtonRelease else Qt.MouseButton.LeftButton
    place = QPointF(at)
    event = QMouseEvent(kind, place, QPointF(grid.mapToGlobal(at)), pressed, held, Qt.KeyboardModifier.NoModifier)
    QCoreApplication.sendEvent(grid, event)


class _Ground(QWidget):
    """The bare painting: kept pixmaps put on a kept ground."""

    def __init__(self, size: Any, boxes: list[QRect]) -> None:
        super().__init__()
        self._ground = QPixmap(size)
        self._ground.fill(QColor("#f6f3ef"))
        self._pictures: list[tuple[QPoint, QPixmap]] = []
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        for number, box in enumerate(boxes):
            picture = QPixmap(box.size())
            picture.fill(Qt.GlobalColor.transparent)
            painter = QPainter(picture)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(QColor.fromHsv(number * 7 % 360, 40, 230))
            painter.drawRoundedRect(picture.rect().adjusted(1, 1, -1, -1), 6, 6)
            painter.drawText(8, 14, f"Щёлкина {number}")
            painter.end()
            self._pictures.append((box.topLeft(), picture))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._ground)
        for place, picture in self._pictures:
            painter.drawPixmap(place, picture)
