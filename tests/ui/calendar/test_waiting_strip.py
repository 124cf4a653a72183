"""A visit onto the waiting list and back into the day: by key, by drag, by menu."""

from collections.abc import Callable
from datetime import timedelta

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.errors import NoRoomFree, RoomNotFit
from app.salon.catalogue import services
from app.salon.clients import register, standing
from app.salon.scheduling import holds, wait_matches, waitlist
from app.salon.scheduling.waitlist import NewWait, Window
from app.salon.transaction import carry_out
from app.ui import theme
from app.ui.calendar.waiting_strip import WaitingTile
from app.ui.calendar.walking import OnHold, OnPlace
from app.ui.wishes import WaitingSeed
from app.vocabulary import AlertKind, CalendarView, VisitStatus
from tests.builders import TODAY, ZONE, SmallSalon, at
from tests.ui.calendar.conftest import LEFT, Day

Opened = Callable[[], Day]


def wait(small: SmallSalon, name: str, first: int = 0) -> int:
    window = Window(TODAY + timedelta(days=first), TODAY + timedelta(days=9))
    new = NewWait(small.client(name), (small.manicure,), (window,), (small.olga,))
    entry = carry_out(small.salon, waitlist.add, new).value
    small.clock.advance(timedelta(minutes=1))
    return entry


def tiles(opened: Day) -> list[WaitingTile]:
    strip = opened.screen.waiting.strip
    return strip.tiles if strip is not None and strip.isVisible() else []


def names(opened: Day) -> list[str]:
    return [tile.waiting.client_name for tile in tiles(opened)]


def test_w_gives_the_place_up_and_lets_the_client_wait(day: Opened, small: SmallSalon) -> None:
    visit = small.book(at(15), small.client("Анна"))
    opened = day()
    opened.select(visit)
    opened.letter("ц")  # W on the Russian keyboard
    assert small.status(visit) is VisitStatus.CANCELLED
    assert names(opened) == ["Анна"]
    assert opened.said == ["Анна: ждёт другое время, место свободно"]
    opened.counter.desk.perform.undo()
    assert small.status(visit) is VisitStatus.BOOKED
    assert names(opened) == []


def test_whoever_was_put_there_just_now_stands_at_hand(day: Opened, small: SmallSalon) -> None:
    """However many wait longer: the visit is to be dragged to another day now."""
    longer = [f"Клиентка {number}" for number in range(9)]
    for name in longer:
        wait(small, name)
    visit = small.book(at(15), small.client("Анна"))
    opened = day()
    shown = names(opened)
    assert shown == longer[: len(shown)] != longer
    opened.select(visit)
    opened.letter("w")
    assert names(opened) == ["Анна", *shown[:-1]]


def test_whoever_is_not_to_be_booked_waits_only_with_a_reason(day: Opened, small: SmallSalon) -> None:
    anna = small.client("Анна")
    visit = small.book(at(15), anna)
    carry_out(small.salon, standing.do_not_book, anna, "четыре неявки")
    opened = day()
    opened.counter.asker._answers += [None, "внесла предоплату"]
    opened.select(visit)
    opened.letter("w")
    assert small.status(visit) is VisitStatus.BOOKED
    opened.letter("w")
    assert (small.status(visit), names(opened)) == (VisitStatus.CANCELLED, ["Анна"])


def test_a_walk_in_cannot_wait_and_is_told_so(day: Opened, small: SmallSalon) -> None:
    visit = small.book(at(15))
    opened = day()
    opened.select(visit)
    opened.letter("w")
    assert small.status(visit) is VisitStatus.BOOKED
    assert opened.refused[0].startswith("Без карточки клиенту не перезвонить")


def test_a_tile_dropped_on_the_strip_waits(day: Opened, small: SmallSalon) -> None:
    visit = small.book(at(15), small.client("Анна"))
    opened = day()
    start = opened.middle(visit)
    opened.carry(start, start + QPoint(0, 30))
    field = opened.screen.waiting._field
    assert field is not None
    assert field.isVisible()
    over = opened.screen.grid.mapFromGlobal(field.mapToGlobal(field.rect().center()))
    opened.point_at(over, LEFT)
    opened.drop(over)
    assert small.status(visit) is VisitStatus.CANCELLED
    assert names(opened) == ["Анна"]
    assert not field.isVisible()


def test_over_the_strip_nothing_says_any_more_why_it_cannot_be_in_the_grid(day: Opened, small: SmallSalon) -> None:
    visit, _taken = small.book(at(12), small.client("Анна")), small.book(at(15), small.client("Вера"))
    opened = day()
    grid, start = opened.screen.grid, opened.middle(visit)
    opened.carry(start, start + QPoint(0, 30))
    field = opened.screen.waiting._field
    assert field is not None
    over, seen = grid.mapFromGlobal(field.mapToGlobal(field.rect().center())), []
    for there in (at(15), at(13)):
        opened.point_at(opened.where_to(visit, small.olga, there), LEFT)
        opened.point_at(over, LEFT)
        seen.append(grid.grab().toImage())
    assert seen[0] == seen[1]


def test_a_drag_that_only_passed_over_the_strip_moves(day: Opened, small: SmallSalon) -> None:
    visit = small.book(at(12), small.client("Анна"))
    opened = day()
    start = opened.middle(visit)
    opened.carry(start, start + QPoint(0, 30))
    field = opened.screen.waiting._field
    assert field is not None
    opened.point_at(opened.screen.grid.mapFromGlobal(field.mapToGlobal(field.rect().center())), LEFT)
    there = opened.where_to(visit, small.maria, at(13))
    opened.point_at(there, LEFT)
    opened.drop(there)
    assert opened.starts(visit) == at(13)
    assert waitlist.count(small.database) == 0


def drag_tile(opened: Day, tile: WaitingTile, goal: QPoint) -> None:
    """Take a tile of the strip and let it go over a pixel of the grid."""
    carry_tile(opened, tile, goal)
    drop_tile(opened, tile, goal)


def carry_tile(opened: Day, tile: WaitingTile, goal: QPoint) -> None:
    """Take a tile of the strip over a pixel of the grid, and hold it there."""
    there = QPointF(tile.mapFromGlobal(opened.screen.grid.mapToGlobal(goal)))
    if not tile.is_carried:
        touch(tile, QEvent.Type.MouseButtonPress, QPointF(20, 10), LEFT)
    touch(tile, QEvent.Type.MouseMove, there, LEFT)


def drop_tile(opened: Day, tile: WaitingTile, goal: QPoint) -> None:
    """Let a tile go over a pixel of the grid."""
    there = QPointF(tile.mapFromGlobal(opened.screen.grid.mapToGlobal(goal)))
    touch(tile, QEvent.Type.MouseButtonRelease, there, Qt.MouseButton.NoButton)


def touch(tile: WaitingTile, kind: QEvent.Type, place: QPointF, buttons: Qt.MouseButton) -> None:
    button = Qt.MouseButton.NoButton if kind is QEvent.Type.MouseMove else LEFT
    event = QMouseEvent(kind, place, tile.mapToGlobal(place), button, buttons, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(tile, event)


def test_a_tile_of_the_strip_is_booked_where_it_is_dropped(day: Opened, small: SmallSalon) -> None:
    entry = wait(small, "Анна")
    opened = day()
    drag_tile(opened, tiles(opened)[0], opened.place(small.olga, at(13)))
    assert waitlist.one(small.database, ZONE, entry).status == "booked"
    (booked,) = opened.plan.sheet.entries
    assert (booked.starts_at, booked.staff_id) == (at(13), small.olga)
    assert opened.said[-1].startswith("Анна, вторник 12 мая, 13:00, Ольга")
    opened.counter.desk.perform.undo()
    assert names(opened) == ["Анна"]


def test_what_must_be_known_is_shown_before_a_dropped_tile_is_booked(day: Opened, small: SmallSalon) -> None:
    entry = wait(small, "Анна")
    client = waitlist.one(small.database, ZONE, entry).client_id
    carry_out(small.salon, register.warn, client, AlertKind.ALLERGY, "латекс")
    opened = day()
    opened.counter.asker._answers += [False, True]
    drag_tile(opened, tiles(opened)[0], opened.place(small.olga, at(13)))
    assert names(opened) == ["Анна"]
    drag_tile(opened, tiles(opened)[0], opened.place(small.olga, at(13)))
    assert names(opened) == []
    assert opened.counter.asker.details == ["аллергия: латекс"] * 2


def test_where_it_cannot_be_the_reason_is_told(day: Opened, small: SmallSalon) -> None:
    wait(small, "Анна")
    small.book(at(12, 30), small.client("Вера"))
    opened = day()
    drag_tile(opened, tiles(opened)[0], opened.place(small.olga, at(12)))
    assert "занят" in opened.refused[-1]
    assert names(opened) == ["Анна"]
    opened.refused.clear()
    drag_tile(opened, tiles(opened)[0], opened.middle(opened.plan.sheet.entries[0].visit_id))
    assert "занят" in opened.refused[-1], "on a visit as well"
    assert names(opened) == ["Анна"]


def test_while_a_tile_is_dragged_it_is_said_where_it_leads_or_why_it_cannot(day: Opened, small: SmallSalon) -> None:
    wait(small, "Анна")
    taken = small.book(at(12), small.client("Вера"))
    opened = day()
    grid, waiting, tile = opened.screen.grid, opened.screen.waiting, tiles(opened)[0]
    untouched = grid.grab().toImage()
    said, seen = [], []
    for goal in (opened.place(small.olga, at(14)), opened.middle(taken), opened.place(small.maria, at(14))):
        carry_tile(opened, tile, goal)
        assert waiting._brought is not None
        said.append(waiting._brought.words.replace("\u00a0", " "))
        seen.append(grid.grab().toImage())
    assert said[0] == "14:00–15:00 · Ольга Белова"
    assert "занят" in said[1]
    assert "Мария" in said[2]
    assert untouched not in seen
    drop_tile(opened, tile, opened.middle(taken))
    assert grid.grab().toImage() == untouched
    assert names(opened) == ["Анна"]


def test_somebody_who_is_held_at_the_edge_of_the_grid_scrolls_it(
    day: Callable[[int, int], Day], small: SmallSalon
) -> None:
    """Not on the way in from the strip, and not after Esc."""
    wait(small, "Анна")
    opened = day(1000, 560)
    opened.screen.zoom(3)
    grid, board, tile = opened.screen.grid, opened.screen.board, tiles(opened)[0]
    board.show_minute(12 * 60)
    standing, seen = board.scrolled, grid.visibleRegion().boundingRect()
    carry_tile(opened, tile, QPoint(seen.center().x(), seen.bottom() + 40))
    for _tick in range(20):
        grid.scroll_on()
    carry_tile(opened, tile, QPoint(seen.center().x(), seen.bottom() - 6))
    for _tick in range(3):
        grid.scroll_on()
    assert board.scrolled == standing
    for _tick in range(20):
        grid.scroll_on()
    assert board.scrolled > standing
    assert opened.screen.waiting._brought is not None
    latest = opened.screen.waiting._brought.words
    carry_tile(opened, tile, grid.visibleRegion().boundingRect().topLeft() + QPoint(200, 6))
    assert grid._scrolling.isActive()
    for _tick in range(60):
        grid.scroll_on()
    assert board.scrolled < standing
    assert opened.screen.waiting._brought.words != latest
    QApplication.sendEvent(tile, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier))
    standing = board.scrolled
    grid.scroll_on()
    assert (board.scrolled, grid._scrolling.isActive()) == (standing, False)
    drop_tile(opened, tile, opened.place(small.olga, at(13)))
    assert (names(opened), opened.refused) == (["Анна"], []), "what was given up is not dropped"


def test_a_change_from_elsewhere_during_a_drag_leaves_nothing_stale(day: Opened, small: SmallSalon) -> None:
    """The tile under the pointer stays, no ghost of the old day is painted, and the next drag is about the next."""
    wait(small, "Анна")
    pedicure = NewWait(small.client("Вера"), (small.pedicure,), (Window(TODAY, TODAY + timedelta(days=9)),))
    opened = day()
    grid, waiting, tile = opened.screen.grid, opened.screen.waiting, tiles(opened)[0]
    goal = opened.place(small.olga, at(14))
    carry_tile(opened, tile, goal)
    carry_out(small.salon, waitlist.add, pedicure)
    small.book(at(14), small.client("Инна"))
    opened.screen.reload()
    waiting.read_again()
    assert tile in tiles(opened)
    changed = grid.grab().toImage()
    carry_tile(opened, tile, goal)
    assert "занят" in waiting._brought.words
    assert changed != grid.grab().toImage()
    drop_tile(opened, tile, QPoint(-20, -20))
    assert names(opened) == ["Анна", "Вера"]
    assert changed == grid.grab().toImage()
    carry_tile(opened, tiles(opened)[1], opened.place(small.olga, at(12)))
    assert waiting._brought.words.startswith("12:00–13:30")


def test_a_drag_that_nobody_can_end_is_over(day: Opened, small: SmallSalon) -> None:
    """Another screen was opened by its key meanwhile: nobody hears where the button is let go."""
    wait(small, "Анна")
    opened = day()
    untouched = opened.screen.grid.grab().toImage()
    carry_tile(opened, tiles(opened)[0], opened.place(small.olga, at(14)))
    opened.screen.hide()
    opened.screen.show()
    assert opened.screen.waiting._brought is None
    assert not any(tile.is_carried for tile in tiles(opened))
    assert opened.screen.grid.grab().toImage() == untouched


def test_dropped_on_a_room_whoever_waits_has_that_room(day: Opened, small: SmallSalon) -> None:
    """By the first of their masters who is free, and told on the way where the room is taken or not fit."""
    first, second = small.room("Кресло 1", small.manicure), small.room("Кресло 2", small.manicure)
    bath = small.room("Ванна", small.pedicure)
    busy = small.book(at(14), small.client("Вера"))
    window = Window(TODAY, TODAY + timedelta(days=9))
    carry_out(small.salon, waitlist.add, NewWait(small.client("Анна"), (small.manicure,), (window,)))
    opened = day()
    opened.screen.show_view(CalendarView.ROOMS)
    tile, waiting = tiles(opened)[0], opened.screen.waiting
    problems = []
    for goal in (opened.middle(busy), opened.place(bath, at(14)), opened.place(second, at(14))):
        carry_tile(opened, tile, goal)
        assert waiting._brought is not None
        problems.append(type(waiting._brought.problem))
    assert opened.entry(busy).room_ids == (first,)
    assert problems == [NoRoomFree, RoomNotFit, type(None)]
    drop_tile(opened, tile, opened.place(second, at(14)))
    (booked,) = [one for one in opened.plan.sheet.entries if one.visit_id != busy]
    assert (booked.starts_at, booked.room_ids, booked.staff_id) == (at(14), (second,), small.maria)


def inks(opened: Day, place: QRect) -> set[int]:
    """The colours down the middle of a part of the grid."""
    image = opened.screen.grid.grab().toImage()
    return {image.pixel(place.center().x(), y) for y in range(place.top(), place.bottom() + 1)}


def test_where_it_cannot_be_the_outline_is_of_another_colour(day: Opened, small: SmallSalon) -> None:
    wait(small, "Анна")
    taken = small.book(at(12), small.client("Вера"))
    opened = day()
    worn = theme.current()
    for goal, allowed in ((opened.place(small.olga, at(14)), True), (opened.middle(taken), False)):
        carry_tile(opened, tiles(opened)[0], goal)
        brought = opened.screen.waiting._brought
        assert brought is not None
        seen = inks(opened, brought.place)
        assert (worn.accent.rgb() in seen, worn.danger.rgb() in seen) == (allowed, not allowed)


def test_of_what_is_done_no_more_it_is_said_while_a_tile_is_dragged(day: Opened, small: SmallSalon) -> None:
    wait(small, "Анна")
    carry_out(small.salon, services.archive, small.manicure)
    opened = day()
    tile, goal = tiles(opened)[0], opened.place(small.olga, at(14))
    carry_tile(opened, tile, goal)
    brought = opened.screen.waiting._brought
    assert brought is not None
    words = brought.words
    drop_tile(opened, tile, goal)
    assert words
    assert opened.refused == [words]
    assert names(opened) == ["Анна"]


def test_the_field_to_drop_on_is_easily_hit_where_nobody_waits(day: Opened, small: SmallSalon) -> None:
    visit = small.book(at(12), small.client("Анна"))
    opened = day()
    pane, grid = opened.screen.board.view.pane, opened.screen.grid
    room, stood = pane.height(), grid.mapTo(opened.screen, QPoint(0, 0))
    start = opened.middle(visit)
    opened.carry(start, start + QPoint(0, 30))
    field = opened.screen.waiting._field
    assert field is not None
    assert field.height() >= 64
    assert pane.mapTo(opened.screen, QPoint(0, pane.height())).y() <= field.y(), "no free place is covered"
    assert grid.mapTo(opened.screen, QPoint(0, 0)) == stood, "the day stays under the pointer"
    opened.drop(start)
    assert pane.height() == room


def test_by_keys_a_place_is_chosen_and_somebody_from_the_strip_booked_there(
    day: Opened, small: SmallSalon, qtbot: QtBot
) -> None:
    wait(small, "Анна")
    opened = day()
    with qtbot.waitActive(opened.screen):
        opened.screen.activateWindow()
    opened.screen.grid.select(OnPlace(small.olga, 16 * 60))
    opened.letter("w")
    assert tiles(opened)[0].hasFocus()
    opened.press(Qt.Key.Key_Space)
    menu = opened.screen.waiting.menu
    assert menu is not None
    lines = [action.text() for action in menu.actions()]
    assert lines[2] == "Записать: 16:00, Ольга Белова"
    menu.actions()[2].trigger()
    menu.close()
    assert opened.plan.sheet.entries[0].starts_at == at(16)
    assert names(opened) == []


def test_the_menu_shows_the_first_place_and_withdraws(day: Opened, small: SmallSalon) -> None:
    wait(small, "Анна", first=2)
    opened = day()
    wishes: list[WaitingSeed] = []
    opened.screen.waiting.wish_wanted.connect(wishes.append)
    for line in ("Показать ближайшее место: чт, 14 мая, 9:00", "Изменить пожелание…", "Снять с листа ожидания"):
        tiles(opened)[0].click()
        menu = opened.screen.waiting.menu
        assert menu is not None
        next(one for one in menu.actions() if one.text().replace("\u00a0", " ") == line).trigger()
        menu.close()
    assert opened.screen.day == at(9, days=2).date()
    assert opened.screen.grid.spot == OnPlace(small.olga, 9 * 60)
    assert len(wishes) == 1
    assert names(opened) == []


def test_the_right_button_opens_the_menu_as_well(day: Opened, small: SmallSalon, qtbot: QtBot) -> None:
    wait(small, "Анна")
    opened = day()
    tile = tiles(opened)[0]
    middle = tile.rect().center()
    qtbot.mouseClick(tile, Qt.MouseButton.RightButton, pos=middle)
    reason = QContextMenuEvent.Reason.Mouse
    QApplication.sendEvent(tile, QContextMenuEvent(reason, middle, tile.mapToGlobal(middle)))
    menu = opened.screen.waiting.menu
    assert menu is not None
    assert menu.isVisible()
    assert menu.accessibleName() == "Ждёт: Анна"
    menu.close()


def test_those_whom_the_day_suits_come_first_and_the_rest_is_counted(day: Opened, small: SmallSalon) -> None:
    wait(small, "Позже", first=3)
    for number in range(7):
        wait(small, f"Сегодня {number}")
    opened = day()
    shown = names(opened)
    assert shown[0] == "Сегодня 0"
    assert "Позже" not in shown
    strip = opened.screen.waiting.strip
    assert strip is not None
    assert strip._more.text() == f"ещё {8 - len(shown)}"
    lists: list[bool] = []
    opened.screen.waiting.list_wanted.connect(lambda: lists.append(True))
    strip._more.click()
    assert lists == [True]


def test_where_there_is_room_a_tile_of_the_strip_says_all_its_words(
    day: Callable[[int, int], Day], small: SmallSalon
) -> None:
    wait(small, "Александра-Виктория Константинопольская")
    wait(small, "Анна Щёлкина")
    wide, narrow = day(1400, 700), day(560, 600)
    said = [tile.text().replace("\u00a0", " ") for tile in tiles(wide)]
    assert said == ["Александра-Виктория К. · Маникюр с покрытием 1 ч", "Анна Щ. · Маникюр с покрытием 1 ч"]
    (only,) = tiles(narrow)
    assert only.text().endswith("…")
    assert only.width() < tiles(wide)[0].width()


def test_w_without_anybody_begins_a_wish(day: Opened) -> None:
    opened = day()
    wishes: list[WaitingSeed] = []
    opened.screen.waiting.wish_wanted.connect(wishes.append)
    opened.letter("w")
    assert wishes == [WaitingSeed(day=TODAY)]
    assert opened.screen.waiting.strip is None


def test_a_tile_says_everything(day: Opened, small: SmallSalon) -> None:
    wait(small, "Анна")
    said = tiles(day())[0].accessibleName().replace("\u00a0", " ")
    assert said == "Анна, Маникюр с покрытием 1 ч, Ольга Б., до 21 мая, ждёт с 11:00"


def test_a_held_place_is_booked_in_the_calendar(day: Opened, small: SmallSalon) -> None:
    entry = wait(small, "Анна")
    line = waitlist.one(small.database, ZONE, entry)
    matching = wait_matches.Matching(small.database, now=small.salon.wall_now(), step_minutes=15, zone=ZONE)
    request = wait_matches.request_at(line, wait_matches.place_at(matching, line, small.olga, at(13)))
    hold = carry_out(small.salon, holds.hold, request, entry).value
    carry_out(small.salon, register.warn, line.client_id, AlertKind.ALLERGY, "латекс")
    opened = day()
    opened.counter.asker._answers += [True]
    opened.screen.grid.select(OnHold(hold, small.olga))
    opened.press(Qt.Key.Key_Return)
    opened.choose("Записать")
    (booked,) = opened.plan.sheet.entries
    assert (booked.starts_at, booked.client_name) == (at(13), "Анна")
    assert waitlist.count(small.database) == 0
