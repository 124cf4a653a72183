"""The right click lists where a visit could begin instead on its day; choosing moves it."""

from collections.abc import Callable

from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu

from app.salon.scheduling import blocks
from app.salon.transaction import carry_out
from app.vocabulary import BlockKind
from tests.builders import SmallSalon, at
from tests.ui.calendar.conftest import Day, hire

Opened = Callable[[], Day]


def right_click(opened: Day, visit: int) -> QMenu:
    """The menu of a visit's tile."""
    grid, place = opened.screen.grid, opened.middle(visit)
    reason = QContextMenuEvent.Reason.Mouse
    QApplication.sendEvent(grid, QContextMenuEvent(reason, place, grid.mapToGlobal(place)))
    assert opened.screen.menu is not None
    return opened.screen.menu


def lines(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions() if not action.isSeparator()]


def below(menu: QMenu, title: str) -> QMenu:
    """The menu that a line opens."""
    found = next(action for action in menu.actions() if action.text() == title)
    opened = found.menu()
    assert isinstance(opened, QMenu)
    return opened


def within_day(opened: Day, visit: int) -> QMenu:
    return below(right_click(opened, visit), "Перенести в этот же день")


def choose(menu: QMenu, text: str) -> None:
    next(action for action in menu.actions() if action.text() == text).trigger()


def fill(small: SmallSalon, master: int, starts: int, ends: int) -> None:
    carry_out(small.salon, blocks.block_time, master, at(starts), at(ends), BlockKind.TRAINING)


def test_few_free_starts_are_listed_at_once_and_choosing_moves(small: SmallSalon, day: Opened) -> None:
    visit = small.book(at(12), small.client(), service=small.pedicure)
    fill(small, small.olga, 15, 21)
    opened = day()
    menu = within_day(opened, visit)
    # Now it is 11:00; the visit itself is never in its own way, and its own start is no move.
    assert lines(menu) == ["11:00", "11:15", "11:30", "11:45", "12:15", "12:30", "12:45", "13:00", "13:15", "13:30"]
    choose(menu, "13:30")
    assert opened.starts(visit) == at(13, 30)
    assert opened.said == ["Визит перенесён на 13:30"]
    opened.screen.desk.perform.undo()
    assert opened.starts(visit) == at(12)


def test_many_free_starts_are_grouped_by_the_hour(small: SmallSalon, day: Opened) -> None:
    visit = small.book(at(12), small.client(), service=small.pedicure)
    opened = day()
    menu = within_day(opened, visit)
    assert lines(menu)[:3] == ["11:00–12:00", "12:00–13:00", "13:00–14:00"]
    assert lines(below(menu, "12:00–13:00")) == ["12:15", "12:30", "12:45"]
    choose(below(menu, "18:00–19:00"), "18:45")
    assert opened.starts(visit) == at(18, 45)


def test_other_masters_who_can_do_it_follow(small: SmallSalon, day: Opened) -> None:
    visit = small.book(at(12), small.client())
    daria = hire(small, "Дарья Орлова", 9, 13)
    opened = day()
    menu = within_day(opened, visit)
    assert lines(menu)[-2:] == ["Мария Ким", "Дарья Орлова"]
    assert lines(below(menu, "Дарья Орлова")) == ["11:00", "11:15", "11:30", "11:45", "12:00"]
    choose(below(menu, "Дарья Орлова"), "12:00")
    assert (opened.master(visit), opened.starts(visit)) == (daria, at(12))


def test_a_master_who_cannot_do_it_is_not_offered(small: SmallSalon, day: Opened) -> None:
    visit = small.book(at(12), small.client(), service=small.pedicure)
    opened = day()
    assert "Мария Ким" not in lines(within_day(opened, visit))


def test_a_full_day_says_so(small: SmallSalon, day: Opened) -> None:
    visit = small.book(at(12), small.client(), service=small.pedicure, minutes=9 * 60)
    fill(small, small.olga, 9, 12)
    opened = day()
    menu = within_day(opened, visit)
    assert lines(menu) == ["Больше свободного начала в этот день нет"]
    assert not menu.actions()[0].isEnabled()


def test_a_completed_visit_is_not_moved(small: SmallSalon, day: Opened) -> None:
    visit = small.book(at(9), small.client())
    small.complete(visit)
    opened = day()
    assert "Перенести в этот же день" not in lines(right_click(opened, visit))


def test_another_day_is_offered_from_its_beginning(small: SmallSalon, day: Opened) -> None:
    visit = small.book(at(12, days=1), small.client())
    opened = day()
    opened.screen.show_day(at(0, days=1).date())
    assert lines(within_day(opened, visit))[0] == "9:00–10:00"
