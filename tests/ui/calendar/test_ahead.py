"""The neighbours of the shown day are prepared while nobody asks anything, and not shown when they are outdated."""

import gc
from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint

from app.salon.scheduling import booking
from app.salon.transaction import carry_out
from app.ui.calendar import grid_layer
from app.ui.calendar.sheet_picture import SheetPicture
from app.vocabulary import CalendarView
from tests.builders import SmallSalon, at
from tests.ui.calendar.conftest import Day

Opened = Callable[[], Day]


def said(sheet: SheetPicture) -> list[str]:
    """Whose tiles stand on a sheet."""
    return [tile.entry.client_name for tile in sheet.plan.tiles] if sheet.plan else []


def test_the_next_day_is_placed_and_painted_before_it_is_wanted(small: SmallSalon, day: Opened) -> None:
    small.book(at(12, days=1), small.client())
    small.book(at(12, days=-1), small.client("Вера Ломова"))
    opened = day()
    opened.screen.ahead.finish()
    grid = opened.screen.grid
    following, before = grid._prepared
    assert (said(following), said(before)) == (["Анна Щёлкина"], ["Вера Ломова"])
    prepared, painted = following.plan, following.pixmap.cacheKey()
    opened.screen.go_by(1)
    grid.grab()
    assert opened.plan is prepared
    assert grid._picture.pixmap.cacheKey() == painted


def test_the_day_that_was_left_is_there_at_once(small: SmallSalon, day: Opened) -> None:
    small.book(at(12), small.client())
    opened = day()
    opened.screen.ahead.finish()
    opened.screen.grid.grab()
    placed, painted = opened.plan, opened.screen.grid._picture.pixmap.cacheKey()
    opened.screen.go_by(1)
    opened.screen.go_by(-1)
    assert opened.plan is placed
    assert opened.screen.grid._picture.pixmap.cacheKey() == painted


def test_what_was_prepared_is_not_shown_after_something_was_written(small: SmallSalon, day: Opened) -> None:
    opened = day()
    opened.screen.ahead.finish()
    visit = carry_out(
        small.salon, booking.book, booking.BookingRequest(small.client(), (small.wish(at(12, days=1)),))
    ).value
    opened.screen.go_by(1)
    assert [tile.entry.visit_id for tile in opened.plan.tiles] == [visit]


def test_no_more_is_kept_than_the_day_and_its_neighbours(small: SmallSalon, day: Opened) -> None:
    for ahead in range(8):
        small.book(at(12, days=ahead), small.client(f"Клиентка {ahead}"))
    opened = day()
    grid = opened.screen.grid
    opened.screen.ahead.finish()
    sheets = {id(sheet) for sheet in (grid._picture, *grid._prepared)}
    for _day in range(6):
        opened.screen.go_by(1)
        opened.screen.ahead.finish()
        assert {id(sheet) for sheet in (grid._picture, *grid._prepared)} == sheets
    assert len(sheets) == 3
    assert len(opened.screen._source._sheets) <= 4


def test_nothing_is_prepared_while_nobody_looks(day: Opened) -> None:
    opened = day()
    assert opened.screen.ahead.is_waiting
    opened.screen.hide()
    assert not opened.screen.ahead.is_waiting


def test_garbage_is_looked_for_while_nobody_waits(day: Opened) -> None:
    opened = day()
    looked: list[int] = []

    def note(phase: str, told: dict[str, int]) -> None:
        looked.append(told["generation"])

    gc.callbacks.append(note)
    try:
        opened.screen.ahead.finish()
    finally:
        gc.callbacks.remove(note)
    assert max(looked) >= 1


def test_the_neighbours_of_a_week_are_weeks(small: SmallSalon, day: Opened) -> None:
    small.book(at(12, days=7), small.client())
    opened = day()
    opened.screen.show_view(CalendarView.WEEK)
    opened.screen.ahead.finish()
    days = {prepared.plan.tracks[0].day for prepared in opened.screen.grid._prepared if prepared.plan}
    monday = opened.plan.tracks[0].day
    assert days == {monday + timedelta(days=7), monday - timedelta(days=7)}


def test_whoever_drags_or_scrolls_is_not_held_up(small: SmallSalon, day: Opened) -> None:
    visit = small.book(at(12), small.client())
    opened = day()
    ahead = opened.screen.ahead
    resting = ahead._timer.interval()
    while ahead._going is None:
        ahead._step()
    assert ahead._timer.interval() < resting
    middle = opened.middle(visit)
    opened.carry(middle, middle + QPoint(0, 80))
    assert ahead.is_waiting
    assert ahead._timer.interval() == resting
    opened.drop(middle)
    ahead._step()
    opened.screen.board.view.down.setValue(40)
    assert ahead._timer.interval() == resting


def test_what_lies_under_the_next_day_is_painted_before_it_is_wanted(
    small: SmallSalon, day: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    small.book(at(12, days=1), small.client())
    opened = day()
    opened.screen.go_by(1)
    afresh = opened.screen.grid.grab().toImage()
    opened.screen.go_by(-1)
    opened.screen.ahead.finish()
    painted: list[object] = []
    real = grid_layer.paint
    monkeypatch.setattr(grid_layer, "paint", lambda painter, plan: painted.append(plan) or real(painter, plan))
    opened.screen.go_by(1)
    assert opened.screen.grid.grab().toImage() == afresh
    assert painted == []
    opened.screen.go_by(1)
    opened.screen.grid.grab()
    assert painted == [opened.plan]
