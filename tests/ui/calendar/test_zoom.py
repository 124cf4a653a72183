"""The hours grow and shrink, the time under the pointer stays where it is, and the next start remembers the size."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.calendar.geometry import ZOOM_LEVELS, zoomed
from app.ui.calendar.walking import OnPlace
from tests.builders import SmallSalon, at
from tests.ui.calendar.conftest import Day
from tests.ui.conftest import Counter

Opened = Callable[[], Day]
CONTROL = Qt.KeyboardModifier.ControlModifier
NOBODY = Qt.KeyboardModifier.NoModifier


def turn(opened: Day, place: QPoint, notches: float, modifiers: Qt.KeyboardModifier = CONTROL) -> None:
    grid = opened.screen.grid
    there = QPointF(place)
    turned = QPoint(0, round(120 * notches))
    event = QWheelEvent(
        there,
        grid.mapToGlobal(there),
        QPoint(),
        turned,
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(grid, event)


def hour(opened: Day) -> int:
    return opened.plan.scale.hour_height


def on_the_screen(opened: Day, minute: int) -> int:
    """How far below the upper edge of what is seen a time stands."""
    return opened.plan.scale.y_of(minute) - opened.screen.board.scrolled


@pytest.mark.parametrize("notches", [1, 3, 5])
def test_the_time_under_the_pointer_stays(day: Opened, notches: int) -> None:
    opened = day()
    minute = 15 * 60
    place = QPoint(200, opened.plan.scale.y_of(minute))
    before, height = on_the_screen(opened, minute), hour(opened)
    turn(opened, place, notches)
    assert hour(opened) > height
    assert abs(on_the_screen(opened, minute) - before) <= 1
    turn(opened, QPoint(200, opened.plan.scale.y_of(minute)), -notches)
    assert hour(opened) == height
    assert abs(on_the_screen(opened, minute) - before) <= 1


def test_a_touch_pad_turns_in_small_parts(day: Opened) -> None:
    opened = day()
    place, height = QPoint(200, opened.plan.scale.y_of(12 * 60)), hour(opened)
    for _part in range(3):
        turn(opened, place, 0.3)
    assert hour(opened) == height
    turn(opened, place, 0.3)
    assert hour(opened) == zoomed(height, 1)


def test_without_control_the_wheel_changes_no_size(day: Opened) -> None:
    opened = day()
    height = hour(opened)
    turn(opened, QPoint(200, opened.plan.scale.y_of(12 * 60)), 2, NOBODY)
    assert hour(opened) == height


def test_the_keys_do_the_same(day: Opened, qtbot: QtBot) -> None:
    opened = day()
    with qtbot.waitActive(opened.screen):
        opened.screen.activateWindow()
    opened.screen.grid.setFocus()
    height = hour(opened)
    qtbot.keyClick(opened.screen.grid, Qt.Key.Key_Plus, CONTROL)
    qtbot.keyClick(opened.screen.grid, Qt.Key.Key_Equal, CONTROL)
    assert hour(opened) == zoomed(height, 2)
    qtbot.keyClick(opened.screen.grid, Qt.Key.Key_Minus, CONTROL)
    assert hour(opened) == zoomed(height, 1)
    qtbot.keyClick(opened.screen.grid, Qt.Key.Key_0, CONTROL)
    assert hour(opened) == height


def test_what_was_clicked_is_still_what_is_seen(small: SmallSalon, day: Opened) -> None:
    visit = small.book(at(12), small.client())
    opened = day()
    opened.screen.zoom(3)
    opened.click(opened.middle(visit))
    assert opened.screen.grid.selected_entry == opened.entry(visit)
    opened.drag_to(visit, small.olga, at(14, 15))
    assert opened.starts(visit) == at(14, 15)


def test_by_mouse_alone(small: SmallSalon, day: Opened) -> None:
    opened = day()
    height = hour(opened)
    opened.screen.grid.select(OnPlace(small.olga, 16 * 60))
    opened.screen._open_menu(opened.screen.mapToGlobal(QPoint(300, 300)))
    opened.choose("Крупнее")
    assert hour(opened) == zoomed(height, 1)


def test_the_size_comes_back_at_the_next_start(day: Opened, counter: Counter) -> None:
    opened = day()
    opened.screen.zoom(2)
    height = hour(opened)
    opened.screen.hide()
    assert counter.desk.preferences.settings.hour_height == height
    again = day()
    assert hour(again) == height
    again.screen.zoom(0)
    again.screen.hide()
    assert counter.desk.preferences.settings.hour_height == 0


@pytest.mark.parametrize("kept", [-5, 3, 1_000_000])
def test_an_impossible_size_in_the_settings_does_no_harm(day: Opened, counter: Counter, kept: int) -> None:
    preferences = counter.desk.preferences
    preferences.change(replace(preferences.settings, hour_height=kept))
    assert ZOOM_LEVELS[0] <= hour(day()) <= ZOOM_LEVELS[-1]


def test_levels_end(day: Opened) -> None:
    assert zoomed(ZOOM_LEVELS[-1], 1) == ZOOM_LEVELS[-1]
    assert zoomed(ZOOM_LEVELS[0], -1) == ZOOM_LEVELS[0]
    assert zoomed(75, 1) == 90
    assert zoomed(75, -1) == 72
