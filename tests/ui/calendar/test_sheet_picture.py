"""The picture of a sheet after a change is the one that would be painted afresh."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QImage, QPixmap, QRegion
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.salon.scheduling.agenda import AgendaEntry, DayAgenda, MasterColumn
from app.salon.scheduling.intervals import Interval, Lengths
from app.ui.calendar import grid_layer
from app.ui.calendar.geometry import Box, HourScale
from app.ui.calendar.placing import DayPlan, plan_of
from app.ui.calendar.sheet_picture import SheetPicture
from app.ui.calendar.tracks import of_masters
from tests.builders import TODAY, SmallSalon, at
from tests.ui.calendar.conftest import Day
from tests.ui.calendar.test_tile_pictures import ENTRY

SCALE = HourScale(9 * 60, 21 * 60, 73, 10)
SEEN = Box(0, 0, 2_000, 2_000)


def plan(*entries: AgendaEntry) -> DayPlan:
    olga = MasterColumn(1, "Ольга", "", (Interval(at(10), at(18)),), 0, 480)
    return plan_of(of_masters(DayAgenda(TODAY, (olga,), entries, ())), SCALE, 301)


def shown(picture: SheetPicture, of: DayPlan, ratio: float) -> QImage:
    picture.hold(of, "the same room")
    picture.get_ready(QSize(of.columns.width, of.scale.bottom + grid_layer.FOOT), ratio)
    picture.paint(SEEN)
    return picture.pixmap.toImage()


def one(number: int, hour: int, minute: int, lengths: Lengths) -> AgendaEntry:
    starts = at(hour, minute)
    ends = starts.replace(hour=hour + (minute + lengths.total) // 60, minute=(minute + lengths.total) % 60)
    return replace(ENTRY, booked_id=number, visit_id=number, starts_at=starts, ends_at=ends, lengths=lengths)


WITH_BUFFERS = one(1, 12, 0, Lengths(60, before=15, after=15))
CHANGING = [
    one(2, 14, 5, Lengths(35)),
    one(3, 15, 10, Lengths(25)),
    one(4, 16, 0, Lengths(50)),
    one(5, 14, 10, Lengths(20)),
]


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 1.75, 2.0])
@pytest.mark.parametrize("changed", range(4))
def test_a_visit_that_goes_leaves_nothing_behind(qtbot: QtBot, ratio: float, changed: int) -> None:
    picture = SheetPicture()
    # No test before has met these names: the first time a name is written otherwise than later.
    those = [replace(each, client_name=f"Анна {ratio} {changed}") for each in (WITH_BUFFERS, *CHANGING)]
    shown(picture, plan(*those), ratio)
    del those[1 + changed]
    left = plan(*those)
    assert shown(picture, left, ratio) == shown(SheetPicture(), left, ratio)


def test_the_time_beside_a_service_is_hatched_once_however_often_others_change(qtbot: QtBot) -> None:
    picture, other = SheetPicture(), CHANGING[0]
    for note in (True, False, True):
        now = plan(WITH_BUFFERS, replace(other, has_note=note))
        assert shown(picture, now, 1.0) == shown(SheetPicture(), now, 1.0)


def test_a_part_that_is_painted_anew_looks_as_it_does_in_the_whole(small: SmallSalon, day: Callable[[], Day]) -> None:
    visit, now = small.book(at(12), small.client()), small.book(at(10, 30), small.client("Вера Ломова"))
    opened = day()
    grid = opened.screen.grid
    opened.point_at(opened.place(small.olga, at(14)))
    opened.carry(opened.middle(visit), opened.where_to(visit, small.olga, at(16)))
    grid.set_holding(True, opened.entry(now).visit_id)
    whole, parts = QPixmap(grid.size()), QPixmap(grid.size())
    grid.render(whole, grid.rect().topLeft())
    for top in range(0, grid.height(), 61):
        for left in range(0, grid.width(), 103):
            part = QRect(left, top, 103, 61).intersected(grid.rect())
            grid.render(parts, part.topLeft(), QRegion(part), QWidget.RenderFlag.DrawWindowBackground)
    assert parts.toImage() == whole.toImage()
