"""Whoever has only a keyboard comes to every screen and to everything that stands on it."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget

from app.ui import main_window as places
from app.ui.clients.screen import ClientsScreen
from app.ui.widgets.buttons import Button
from app.ui.widgets.screen_header import HEADER_HEIGHT
from tests.builders import at
from tests.journeys.conftest import Day

SCREENS = [
    places.CALENDAR,
    places.MY_DAY,
    places.CLIENTS,
    places.SHIFTS,
    places.REMINDERS,
    places.WAITING,
    places.STATISTICS,
    places.CATALOGUE,
]


def _held() -> QWidget:
    held = QApplication.focusWidget()
    assert held is not None
    return held


def _round(front_desk: Day) -> list[QWidget]:
    """What Tab comes to until it is back where it began."""
    found: list[QWidget] = []
    while not found or _held() is not found[0]:
        found.append(_held())
        assert len(found) < 200
        front_desk.keys.press(Qt.Key.Key_Tab)
    return found


def _name(part: QWidget) -> str:
    return part.accessibleName() or (part.text() if isinstance(part, QAbstractButton) else "")


@pytest.mark.parametrize("screen", SCREENS)
def test_tab_comes_to_all_of_a_screen_in_the_order_in_which_it_is_seen(front_desk: Day, screen: str) -> None:
    small, window = front_desk.small, front_desk.running.window
    small.book(at(12), small.client())
    shown = window.go(screen)
    assert _held() is not shown
    reached = [part for part in _round(front_desk) if shown.isAncestorOf(part)]
    fields = [part for kind in (Button, QLineEdit) for part in shown.findChildren(kind) if part.isVisible()]
    meant = [part for part in fields if part.isEnabled() and part.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert [_name(part) for part in meant if part not in reached and part.focusProxy() not in reached] == []
    head = [part.mapTo(shown, QPoint()).x() for part in reached if part.mapTo(shown, QPoint()).y() < HEADER_HEIGHT]
    first = head.index(min(head, default=0)) if head else 0
    assert head[first:] + head[:first] == sorted(head)


def test_one_key_leads_to_the_screens_and_enter_into_one(front_desk: Day) -> None:
    window, keys = front_desk.running.window, front_desk.keys
    keys.press(Qt.Key.Key_F10)
    keys.press(Qt.Key.Key_Down)
    keys.press(Qt.Key.Key_Down)
    assert window.stack.currentWidget() is window.calendar  # what is passed on the way is not opened
    keys.enter()
    screen = window.stack.currentWidget()
    assert isinstance(screen, ClientsScreen)
    assert screen.search.hasFocus()


def test_one_key_leads_to_what_a_message_offers(front_desk: Day) -> None:
    small, window, keys = front_desk.small, front_desk.running.window, front_desk.keys
    small.book(at(12), small.client())
    keys.press(Qt.Key.Key_Down)
    window.toast.tell("Не сохранено", action="Вернуться", act=window.new_visit)
    keys.press(Qt.Key.Key_F4, Qt.KeyboardModifier.ShiftModifier)
    keys.enter()
    assert window.panel.is_open
