"""The day by mouse: click, drag, draw, drop; nothing has moved before the salon agreed."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication

from app.errors import CannotPerform, OutsideShift, SlotTaken
from app.salon.scheduling import blocks, booking
from app.salon.scheduling.booking import BookingRequest
from app.salon.transaction import carry_out
from app.ui import theme
from app.ui.calendar.walking import OnPlace, OnVisit
from app.ui.wishes import BookingSeed
from app.vocabulary import BlockKind
from tests.builders import SmallSalon, at
from tests.ui.calendar.conftest import Day, hire, overbook

Opened = Callable[[], Day]


def test_a_dragged_visit_goes_to_another_time(small: SmallSalon, day: Opened) -> None:
    visit = small.book(at(12), small.client())
    opened = day()
    opened.drag_to(visit, small.olga, at(15, 30))
    assert opened.starts(visit) == at(15, 30)
    assert opened.said == ["Визит перенесён на 15:30"]
    assert opened.screen.grid.spot == OnVisit(small.booked_service(visit))


def test_a_dragged_visit_goes_to_another_master(small: SmallSalon, day: Opened) -> None:
    visit = small.book(at(12), small.client())
    opened = day()
    opened.drag_to(visit, small.maria, at(12))
    assert opened.master(visit) == small.maria
    assert opened.starts(visit) == at(12)
    assert [one.replace("\u00a0", " ") for one in opened.said] == ["Визит перенесён на 12:00, Мария К."]


def test_a_drag_snaps_to_the_salons_step(small: SmallSalon, day: Opened) -> None:
    visit = small.book(at(12), small.client())
    opened = day()
    start = opened.middle(visit)
    four_minutes = opened.plan.scale.y_of(64) - opened.plan.scale.y_of(0) + 3
    opened.drag(start, start + QPoint(0, four_minutes))
    assert opened.starts(visit) == at(13)


@pytest.mark.parametrize("what", ["another window writes", "the calendar becomes wider"])
def test_a_drag_is_not_lost_when_the_day_is_read_or_laid_out_again_under_the_button(
    small: SmallSalon, day: Opened, what: str
) -> None:
    """Between the press and the first step of the pointer."""
    visit = small.book(at(12), small.client())
    opened = day()
    start = opened.middle(visit)
    opened.qtbot.mousePress(opened.screen.grid, Qt.MouseButton.LeftButton, pos=start)
    if what == "another window writes":
        small.book(at(17), small.client("Вера Ломова"))
        opened.screen.reload()
    else:
        opened.screen.resize(opened.screen.width() + 120, opened.screen.height())
        QApplication.processEvents()
    goal = opened.where_to(visit, small.maria, at(15, 30))
    opened.point_at(goal - QPoint(0, 20), Qt.MouseButton.LeftButton)
    opened.point_at(goal, Qt.MouseButton.LeftButton)
    opened.drop(goal)
    assert (opened.starts(visit), opened.master(visit)) == (at(15, 30), small.maria)


@pytest.mark.parametrize("is_taken_again", [False, True])
def test_a_press_on_a_visit_that_has_gone_meanwhile_carries_nothing(
    small: SmallSalon, day: Opened, *, is_taken_again: bool
) -> None:
    visit = small.book(at(12), small.client())
    opened = day()
    start = opened.middle(visit)
    opened.qtbot.mousePress(opened.screen.grid, Qt.MouseButton.LeftButton, pos=start)
    carry_out(small.salon, booking.move, small.booked_service(visit), small.maria, at(18))
    other = small.book(at(12), small.client("Вера Ломова")) if is_taken_again else None
    opened.screen.reload()
    opened.point_at(start + QPoint(0, 60), Qt.MouseButton.LeftButton)
    opened.drop(start + QPoint(0, 60))
    assert opened.wanted == []
    assert opened.starts(visit) == at(18)
    assert other is None or opened.starts(other) == at(12)


def test_while_dragging_nothing_has_moved(small: SmallSalon, day: Opened) -> None:
    visit = small.book(at(12), small.client())
    opened = day()
    goal = opened.where_to(visit, small.olga, at(16))
    opened.carry(opened.middle(visit), goal)
    target = opened.screen.grid.drag_target
    assert target is not None
    assert opened.plan.moment(target.starts) == at(16)
    assert opened.screen.grid.drag_problem is None
    assert opened.starts(visit) == at(12)
    opened.drop(goal)
    assert opened.starts(visit) == at(16)


def test_while_dragging_it_shows_where_the_visit_cannot_go(small: SmallSalon, day: Opened) -> None:
    visit, other = small.book(at(12), small.client()), small.book(at(15), small.client("Вера Ломова"))
    opened = day()
    grid, column = opened.screen.grid, opened.plan.columns.x_of(0)
    # In the edge of the column, beside the tile of the other visit; at 17 the master is free.
    taken, free = (QPoint(column + 2, opened.plan.scale.y_of(hour * 60) + 20) for hour in (15, 17))
    on_tile = opened.middle(other)
    before = grid.grab().toImage()
    opened.carry(opened.middle(visit), opened.where_to(visit, small.olga, at(18)))
    during = grid.grab().toImage()
    assert during.pixel(taken) != before.pixel(taken)
    assert during.pixel(free) == before.pixel(free)
    assert during.pixel(on_tile) == before.pixel(on_tile)
    opened.press(Qt.Key.Key_Escape)
    assert grid.grab().toImage().pixel(taken) == before.pixel(taken)


def test_escape_gives_a_drag_up(small: SmallSalon, day: Opened) -> None:
    visit = small.book(at(12), small.client())
    opened = day()
    goal = opened.where_to(visit, small.olga, at(16))
    opened.carry(opened.middle(visit), goal)
    opened.press(Qt.Key.Key_Escape)
    assert not opened.screen.grid.is_dragging
    opened.drop(goal)
    assert opened.starts(visit) == at(12)
    assert opened.wanted == []


def test_the_right_button_gives_a_drag_up_and_opens_no_menu(small: SmallSalon, day: Opened) -> None:
    """The menu of whoever happens to stand under the pointer would be in the way."""
    visit, other = small.book(at(12), small.client()), small.book(at(16), small.client("Вера Ломова"))
    opened = day()
    grid, goal = opened.screen.grid, opened.middle(other)
    opened.carry(opened.middle(visit), goal)
    opened.qtbot.mousePress(grid, Qt.MouseButton.RightButton, pos=goal)
    by_mouse = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, goal, grid.mapToGlobal(goal))
    QApplication.sendEvent(grid, by_mouse)
    assert not grid.is_dragging
    assert opened.screen.menus.menu is None
    assert grid.spot == OnVisit(small.booked_service(visit))
    opened.drop(goal)
    assert (opened.starts(visit), opened.said) == (at(12), [])
    opened.qtbot.mousePress(grid, Qt.MouseButton.RightButton, pos=goal)
    assert grid.spot == OnVisit(small.booked_service(other))


def test_a_small_slip_of_the_hand_moves_nothing(small: SmallSalon, day: Opened) -> None:
    visit = small.book(at(12), small.client())
    opened = day()
    start = opened.middle(visit)
    opened.drag(start, start + QPoint(3, 4))
    assert opened.starts(visit) == at(12)
    assert opened.said == []


def test_a_taken_place_leaves_the_tile_where_it_was_and_says_why(small: SmallSalon, day: Opened) -> None:
    visit = small.book(at(12), small.client())
    small.book(at(15), small.client("Вера Ломова"))
    opened = day()
    goal = opened.where_to(visit, small.olga, at(15, 30))
    opened.carry(opened.middle(visit), goal)
    assert isinstance(opened.screen.grid.drag_problem, SlotTaken)
    opened.drop(goal)
    assert opened.starts(visit) == at(12)
    assert opened.refused == ["Ольга Белова: 15:00–16:00 занято — Вера Ломова. Выберите другое время или мастера."]


def test_while_dragging_it_is_said_why_a_place_cannot_be_had(small: SmallSalon, day: Opened) -> None:
    visit, worn = small.book(at(12), small.client()), theme.current()
    small.book(at(15), small.client("Вера Ломова"))
    opened = day()
    for there, words in ((at(17), "17:00–18:00"), (at(15), "Ольга Белова: 15:00–16:00 занято — Вера Ломова.")):
        opened.carry(opened.middle(visit), opened.where_to(visit, small.olga, there))
        carry, image = opened.screen.grid._carry, opened.screen.grid.grab().toImage()
        assert carry is not None
        assert carry._words().replace("\u00a0", " ").startswith(words)
        middle = carry.place.center().x()
        seen = {image.pixel(middle, y) for y in range(carry.place.top(), carry.place.bottom() + 1)}
        assert (worn.danger.rgb() in seen) is (there == at(15))
        opened.press(Qt.Key.Key_Escape)


def test_while_an_edge_is_dragged_it_shows_where_what_follows_goes(small: SmallSalon, day: Opened) -> None:
    wishes = (small.wish(at(11)), small.wish(at(12), service=small.pedicure))
    visit = carry_out(small.salon, booking.book, BookingRequest(small.client(), wishes)).value
    opened = day()
    grid, box = opened.screen.grid, opened.tile(visit).box
    edge = QPoint(box.x + box.width // 2, box.bottom - 2)
    before = grid.grab().toImage()
    opened.carry(edge, QPoint(edge.x(), opened.plan.scale.y_of(12 * 60 + 30)))
    assert grid._carry is not None
    # The last half an hour of what follows, where nothing stood.
    there = QPoint(edge.x(), opened.plan.scale.y_of(13 * 60 + 50))
    assert grid._carry.problem is None
    assert grid.grab().toImage().pixel(there) != before.pixel(there)
    opened.press(Qt.Key.Key_Escape)


def test_whoever_was_asked_for_and_has_it_no_longer_is_named(small: SmallSalon, day: Opened) -> None:
    wish = replace(small.wish(at(12)), is_asked_for=True)
    visit = carry_out(small.salon, booking.book, BookingRequest(small.client(), (wish,))).value
    opened = day()
    opened.drag_to(visit, small.maria, at(12))
    assert opened.said == ["Визит перенесён на 12:00, Мария К. Просили мастера: Ольга Белова."]


def test_a_master_who_does_not_do_it_is_refused_while_dragging(small: SmallSalon, day: Opened) -> None:
    visit = small.book(at(12), small.client(), service=small.pedicure)
    opened = day()
    opened.carry(opened.middle(visit), opened.where_to(visit, small.maria, at(12)))
    assert isinstance(opened.screen.grid.drag_problem, CannotPerform)


def test_after_hours_is_refused_while_dragging(small: SmallSalon, day: Opened) -> None:
    visit = small.book(at(12), small.client(), service=small.pedicure)
    late = small.book(at(20), small.client("Вера Ломова"))
    opened = day()
    start = opened.middle(late)
    edge = QPoint(start.x(), opened.tile(late).box.bottom - 2)
    below = QPoint(start.x(), opened.plan.scale.bottom + 60)
    opened.carry(edge, below)
    assert opened.screen.grid.drag_problem is None, "the grid ends where the salon closes"
    opened.drop(below)
    assert opened.ends(late) == at(21)
    assert opened.starts(visit) == at(12)


def test_a_visit_may_go_where_it_stands_itself(small: SmallSalon, day: Opened) -> None:
    visit = small.book(at(12), small.client(), service=small.pedicure)
    opened = day()
    opened.drag_to(visit, small.olga, at(12, 30))
    assert opened.starts(visit) == at(12, 30)


def test_a_short_service_goes_into_a_processing_gap(small: SmallSalon, day: Opened) -> None:
    small.book(at(12), small.client(), service=small.colouring)
    manicure = small.book(at(16), small.client("Вера Ломова"), staff=small.maria, minutes=45)
    opened = day()
    opened.drag_to(manicure, small.maria, at(13, 30))
    assert opened.starts(manicure) == at(13, 30)


def test_the_lower_edge_makes_a_visit_longer(small: SmallSalon, day: Opened) -> None:
    visit = small.book(at(12), small.client())
    opened = day()
    box = opened.tile(visit).box
    edge = QPoint(box.x + 40, box.bottom - 2)
    half_an_hour = opened.plan.scale.y_of(30) - opened.plan.scale.y_of(0)
    opened.drag(edge, edge + QPoint(0, half_an_hour))
    assert (opened.starts(visit), opened.ends(visit)) == (at(12), at(13, 30))
    assert opened.said == ["Теперь визит 12:00–13:30"]


def test_what_follows_in_the_visit_goes_along_with_its_edge(small: SmallSalon, day: Opened) -> None:
    """Where it would go is shown on the way, and what the picture promised is done."""
    wishes = (small.wish(at(12)), small.wish(at(13), service=small.pedicure))
    visit = carry_out(small.salon, booking.book, BookingRequest(small.client(), wishes)).value
    opened = day()
    box = opened.tile(visit).box
    edge = QPoint(box.x + 40, box.bottom - 2)
    down = edge + QPoint(0, opened.plan.scale.y_of(30) - opened.plan.scale.y_of(0))
    opened.carry(edge, down)
    assert opened.screen.grid.drag_problem is None
    opened.drop(down)
    found = [(entry.starts_at, entry.ends_at) for entry in opened.plan.sheet.entries]
    assert found == [(at(12), at(13, 30)), (at(13, 30), at(15))]
    assert opened.said == ["Теперь услуга 12:00–13:30, следующая начнётся в 13:30"]


def test_the_upper_edge_lets_a_visit_begin_earlier(small: SmallSalon, day: Opened) -> None:
    visit = small.book(at(12), small.client())
    opened = day()
    box = opened.tile(visit).box
    edge = QPoint(box.x + 40, box.y + 2)
    half_an_hour = opened.plan.scale.y_of(30) - opened.plan.scale.y_of(0)
    opened.drag(edge, edge - QPoint(0, half_an_hour))
    assert (opened.starts(visit), opened.ends(visit)) == (at(11, 30), at(13))


def test_an_edge_cannot_be_drawn_over_the_next_client(small: SmallSalon, day: Opened) -> None:
    visit = small.book(at(12), small.client())
    small.book(at(13), small.client("Вера Ломова"))
    opened = day()
    box = opened.tile(visit).box
    edge = QPoint(box.x + 40, box.bottom - 2)
    opened.carry(edge, edge + QPoint(0, 60))
    assert isinstance(opened.screen.grid.drag_problem, SlotTaken)
    opened.drop(edge + QPoint(0, 60))
    assert opened.ends(visit) == at(13)
    assert len(opened.refused) == 1


def test_a_completed_visit_is_not_dragged(small: SmallSalon, day: Opened) -> None:
    visit = small.book(at(9), small.client())
    small.complete(visit)
    opened = day()
    opened.drag_to(visit, small.olga, at(15))
    assert opened.starts(visit) == at(9)
    assert len(opened.refused) == 1


def test_a_click_on_free_time_wants_a_visit_there(small: SmallSalon, day: Opened) -> None:
    opened = day()
    opened.click(opened.place(small.maria, at(14, 20)))
    assert opened.wanted == [BookingSeed(staff_id=small.maria, starts_at=at(14, 15))]
    assert opened.screen.grid.spot == OnPlace(small.maria, 14 * 60 + 15)


def test_free_time_that_begins_between_the_steps_is_taken_from_its_beginning(small: SmallSalon, day: Opened) -> None:
    small.book(at(12), small.client(), minutes=50)
    opened = day()
    opened.click(opened.place(small.olga, at(12, 52)))
    assert opened.wanted[0].starts_at == at(12, 50)


def test_drawing_on_free_time_wants_a_visit_of_that_length(small: SmallSalon, day: Opened) -> None:
    opened = day()
    opened.drag(opened.place(small.olga, at(14)), opened.place(small.olga, at(15, 10)))
    assert opened.wanted == [BookingSeed(staff_id=small.olga, starts_at=at(14), minutes=75)]


def test_drawing_upwards_is_the_same(small: SmallSalon, day: Opened) -> None:
    opened = day()
    opened.drag(opened.place(small.olga, at(15, 10)), opened.place(small.olga, at(14)))
    assert opened.wanted == [BookingSeed(staff_id=small.olga, starts_at=at(14), minutes=75)]


def test_a_click_on_a_tile_selects_it_and_books_nothing(small: SmallSalon, day: Opened) -> None:
    visit = small.book(at(12), small.client())
    opened = day()
    opened.click(opened.middle(visit))
    assert opened.screen.grid.selected_entry == opened.entry(visit)
    assert opened.wanted == []


def test_each_of_many_at_the_same_time_can_be_clicked(small: SmallSalon, day: Opened) -> None:
    visits = [small.book(at(12), small.client())]
    for name in ("Вера", "Нина", "Рита"):
        visits.append(overbook(small, at(12, 15), small.client(name)))
    opened = day()
    for visit in visits:
        opened.click(opened.middle(visit))
        assert opened.screen.grid.selected_entry == opened.entry(visit)


def test_the_pointer_over_free_time_learns_how_long_it_is(small: SmallSalon, day: Opened) -> None:
    small.book(at(15), small.client())
    opened = day()
    opened.point_at(opened.place(small.olga, at(13, 31)))
    pointed = opened.screen.grid._pointed
    assert pointed is not None
    free, minute = pointed
    assert (minute, free.ends) == (13 * 60 + 30, 15 * 60)
    opened.point_at(opened.place(small.olga, at(15, 30)))
    assert opened.screen.grid._pointed is None


def test_blocked_time_is_selected_and_given_back(small: SmallSalon, day: Opened) -> None:
    carry_out(small.salon, blocks.block_time, small.olga, at(13), at(14), BlockKind.BREAK)
    opened = day()
    opened.click(opened.place(small.olga, at(13, 30)))
    assert opened.wanted == []
    opened.press(Qt.Key.Key_Delete)
    opened.choose("Освободить 13:00–14:00")
    assert opened.plan.blocks == ()
    assert opened.said == ["13:00–14:00 снова свободно"]


def test_undo_brings_a_dragged_visit_back(small: SmallSalon, day: Opened) -> None:
    visit = small.book(at(12), small.client())
    opened = day()
    opened.drag_to(visit, small.maria, at(17))
    opened.screen.desk.perform.undo()
    assert (opened.master(visit), opened.starts(visit)) == (small.olga, at(12))
    opened.screen.desk.perform.redo()
    assert (opened.master(visit), opened.starts(visit)) == (small.maria, at(17))


def test_the_menu_of_free_time_books_a_walk_in(small: SmallSalon, day: Opened) -> None:
    opened = day()
    place = opened.place(small.olga, at(16))
    opened.screen.grid.select(OnPlace(small.olga, 16 * 60))
    opened.screen._open_menu(opened.screen.grid.mapToGlobal(place))
    opened.choose("Без записи и карточки…")
    assert opened.wanted == [BookingSeed(staff_id=small.olga, starts_at=at(16), is_walk_in=True)]


def test_hours_of_a_master_who_leaves_earlier_are_told(small: SmallSalon, day: Opened) -> None:
    visit = small.book(at(12), small.client())
    daria = hire(small, "Дарья Орлова", 9, 15)
    opened = day()
    opened.carry(opened.middle(visit), opened.where_to(visit, daria, at(16)))
    assert isinstance(opened.screen.grid.drag_problem, OutsideShift)
