"""The day by room, held places, buffers, and the marks of a visit."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from hypothesis import given, strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from app.errors import NoRoomFree, RoomNotFit
from app.salon.catalogue import rooms
from app.salon.profile import Profile
from app.salon.scheduling import agenda, booking, holds
from app.salon.scheduling.agenda import AgendaEntry, DayAgenda, MasterColumn, RoomColumn, RoomsOfDay, RoomTaken
from app.salon.scheduling.booking import BookingRequest
from app.salon.scheduling.intervals import Interval, Lengths
from app.salon.transaction import carry_out
from app.ui.calendar import words
from app.ui.calendar.geometry import HourScale
from app.ui.calendar.placing import DayPlan, plan_of
from app.ui.calendar.tracks import NO_ROOM, of_masters, of_rooms, of_week
from app.ui.calendar.walking import OnHold, OnPlace
from app.ui.wishes import BookingSeed
from app.vocabulary import CalendarView, RoomKind
from tests.builders import TODAY, SmallSalon, at
from tests.ui.calendar.conftest import Day
from tests.ui.calendar.test_placing import entry, master

Opened = Callable[[], Day]
SCALE = HourScale(9 * 60, 21 * 60, 72, 10)
SHIFT = Qt.KeyboardModifier.ShiftModifier


def rooms_shown(small: SmallSalon, day: Opened) -> tuple[Day, int, int]:
    """Two chairs for manicures, the day by room."""
    first, second = small.room("Кресло 1", small.manicure), small.room("Кресло 2", small.manicure)
    opened = day()
    opened.screen.show_view(CalendarView.ROOMS)
    return opened, first, second


def test_each_room_is_a_column_with_what_takes_it(small: SmallSalon, day: Opened) -> None:
    opened, first, _second = rooms_shown(small, day)
    request = BookingRequest(small.client(), (small.wish(at(12)),))
    opened.screen.desk.perform(booking.book, request)
    small.book(at(15), small.client("Вера Ломова"), service=small.pedicure)
    opened.screen.reload()
    assert [track.name for track in opened.plan.tracks] == ["Кресло 1", "Кресло 2", "Без кабинета"]
    assert [opened.plan.tracks[tile.column].key for tile in opened.plan.tiles] == [first, NO_ROOM]
    assert opened.plan.tracks[0].load_percent == 8


def test_a_room_that_is_used_no_more_keeps_its_visits_in_sight(small: SmallSalon, day: Opened) -> None:
    """BUGS_OF_OTHERS 10."""
    opened, first, second = rooms_shown(small, day)
    visit = small.book(at(12), small.client())
    opened.screen.desk.perform(rooms.archive, first)
    assert [track.key for track in opened.plan.tracks] == [first, second]
    assert [tile.entry.visit_id for tile in opened.plan.tiles] == [visit]
    assert {free.track for free in opened.plan.free} == {second}
    opened.drag_to(visit, second, at(14))
    assert opened.entry(visit).room_ids == (second,)
    assert [track.key for track in opened.plan.tracks] == [second]


def test_a_panel_that_opens_does_not_push_the_chosen_room_out_of_sight(small: SmallSalon, day: Opened) -> None:
    chairs = [small.room(f"Кресло {number}", small.manicure) for number in range(1, 9)]
    opened = day(1000)
    opened.screen.show_view(CalendarView.ROOMS)
    board = opened.screen.board
    board.show_column(len(chairs) - 1)
    opened.click(opened.place(chairs[-1], at(12)))
    opened.screen.resize(700, 700)
    QApplication.processEvents()
    box = opened.screen.grid.box_of(opened.screen.grid.spot)
    assert box is not None
    left = board.view.aside.value()
    assert left <= box.x
    assert box.x + box.width <= left + board.view.pane.width()


def test_a_drag_to_another_room_takes_that_room(small: SmallSalon, day: Opened) -> None:
    visit = small.book(at(12), small.client())
    opened, first, second = rooms_shown(small, day)
    assert opened.entry(visit).room_ids == ()
    opened.drag_to(visit, first, at(12))
    assert opened.entry(visit).room_ids == (first,)
    opened.drag_to(visit, second, at(14, 30))
    assert (opened.entry(visit).room_ids, opened.starts(visit)) == ((second,), at(14, 30))
    assert opened.master(visit) == small.olga
    opened.drag_to(visit, second, at(16))
    assert opened.entry(visit).room_ids == (second,), "up and down it stays in its room"
    assert opened.said == [
        "Визит перенесён на 12:00, Кресло 1",
        "Визит перенесён на 14:30, Кресло 2",
        "Визит перенесён на 16:00",
    ]
    opened.select(visit)
    opened.press(Qt.Key.Key_Left, SHIFT)
    assert opened.entry(visit).room_ids == (first,)


def test_a_taken_or_unfit_room_is_refused_while_dragging(small: SmallSalon, day: Opened) -> None:
    opened, first, second = rooms_shown(small, day)
    mine = small.book(at(12), small.client())
    other = small.book(at(12), small.client("Вера Ломова"), staff=small.maria)
    pedicure = small.book(at(16), small.client("Инна Зуева"), service=small.pedicure)
    opened.screen.reload()
    assert opened.entry(mine).room_ids + opened.entry(other).room_ids == (first, second)
    goal = opened.where_to(mine, second, at(12, 15))
    opened.carry(opened.middle(mine), goal)
    assert isinstance(opened.screen.grid.drag_problem, NoRoomFree)
    opened.drop(goal)
    assert opened.entry(mine).room_ids == (first,)
    goal = opened.where_to(pedicure, second, at(16))
    opened.carry(opened.middle(pedicure), goal)
    assert isinstance(opened.screen.grid.drag_problem, RoomNotFit)
    opened.press(Qt.Key.Key_Escape)


def test_a_free_room_is_booked_with_any_master(small: SmallSalon, day: Opened) -> None:
    opened, first, _second = rooms_shown(small, day)
    opened.click(opened.place(first, at(14)))
    assert opened.wanted == [BookingSeed(starts_at=at(14), room_id=first)]


def test_without_rooms_the_view_says_where_they_are_added(day: Opened) -> None:
    opened = day()
    opened.screen.show_view(CalendarView.ROOMS)
    assert opened.screen._notice.accessibleName() == "Кабинетов пока нет"
    opened.screen.show_view(CalendarView.MASTERS)
    assert not opened.screen._notice.isVisible()


# ---- held places ---------------------------------------------------------------------------------------------


def test_a_held_place_stands_in_the_day_with_its_minutes_and_can_be_released(small: SmallSalon, day: Opened) -> None:
    request = BookingRequest(None, (small.wish(at(14)),))
    hold = carry_out(small.salon, holds.hold, request).value
    opened = day()
    small.clock.advance(timedelta(minutes=2, seconds=30))
    opened.screen.look_at_clock()
    held = opened.plan.holds[0]
    opened.click(QPoint(held.box.x + 20, held.box.y + 20))
    assert opened.screen.grid.spot == OnHold(hold, small.olga)
    assert opened.wanted == [], "it is nobody's free time"
    said = opened.screen.grid.accessibleDescription().replace("\u00a0", " ")
    assert said == "14:00–15:00, держим место, ещё 8 мин, Ольга Белова"
    opened.press(Qt.Key.Key_X)
    opened.choose("Отпустить место")
    assert opened.plan.holds == ()


def test_the_arrows_come_to_a_held_place(small: SmallSalon, day: Opened) -> None:
    hold = carry_out(small.salon, holds.hold, BookingRequest(None, (small.wish(at(14)),))).value
    opened = day()
    opened.screen.grid.select(OnPlace(small.olga, 13 * 60 + 30))
    opened.press(Qt.Key.Key_Down)
    assert opened.screen.grid.spot == OnHold(hold, small.olga)


# ---- buffers and marks ---------------------------------------------------------------------------------------


def test_what_a_master_needs_before_and_after_is_shown_and_is_not_free() -> None:
    lengths = Lengths(60, before=10, after=15)
    agenda_of_day = DayAgenda(TODAY, (master(1, (at(9), at(21))),), (entry(1, at(12), lengths),), ())
    placed = plan_of(of_masters(agenda_of_day), SCALE, 600)
    tile = placed.tiles[0]
    assert (tile.starts, tile.ends) == (12 * 60, 13 * 60), "the tile is the client's time"
    above, below = (buffer.box for buffer in placed.buffers)
    assert above.bottom == SCALE.y_of(12 * 60)
    assert below.y == SCALE.y_of(13 * 60)
    assert [(free.starts, free.ends) for free in placed.free] == [(540, 710), (795, 1260)]


def test_the_marks_of_a_visit_are_said(small: SmallSalon) -> None:
    plain = entry(1, at(12), Lengths(60))
    tied = replace(plain, is_asked_for=True, series_id=3, group_id=4)
    assert words.badges_in_words(plain) == ""
    assert words.badges_in_words(tied) == "просили этого мастера, серия, группа"


# ---- nothing hides anything, in every view -------------------------------------------------------------------

LENGTHS = [Lengths(5), Lengths(45, before=15), Lengths(60, after=10), Lengths(90, 45, 30), Lengths(30, 30)]
SERVICES = st.lists(
    st.tuples(
        st.integers(0, 44),
        st.sampled_from(
            [Lengths(5), Lengths(45, before=15), Lengths(60, after=10), Lengths(90, 45, 30), Lengths(30, 30)]
        ),
        st.integers(1, 3),
        st.integers(0, 2),
    ),
    max_size=12,
)


def _all_visible(plan: DayPlan, entries: list[AgendaEntry]) -> None:
    assert {tile.entry.booked_id for tile in plan.tiles} == {one.booked_id for one in entries}
    for index, tile in enumerate(plan.tiles):
        assert tile.box.width >= 6
        assert not any(tile.box.overlaps(other.box) for other in plan.tiles[index + 1 :])
        assert plan.tile_at(tile.box.x + tile.box.width // 2, tile.box.y + tile.box.height // 2) is tile


@given(SERVICES)
def test_overlapping_visits_are_all_visible_by_room_and_in_the_week(
    wishes: list[tuple[int, Lengths, int, int]],
) -> None:
    made = [
        (entry(number, at(9, 30) + timedelta(minutes=15 * quarter), lengths, staff=1), place, ahead)
        for number, (quarter, lengths, place, ahead) in enumerate(wishes, 1)
        if quarter * 15 + lengths.total <= 11 * 60
    ]
    everybody: tuple[MasterColumn, ...] = (master(1, (at(9), at(21))),)
    rooms = tuple(RoomColumn(number, f"Кресло {number}", RoomKind.CHAIR) for number in (1, 2))
    taken = tuple(
        RoomTaken(place, one.booked_id, Interval(one.starts_at, one.ends_at)) for one, place, _d in made if place < 3
    )
    entries = [one for one, _place, _ahead in made]
    by_room = of_rooms(DayAgenda(TODAY, everybody, tuple(entries), ()), RoomsOfDay(rooms, taken), Profile())
    live = [one for one in entries if words.is_live(one)]
    _all_visible(plan_of(by_room, SCALE, 700), live)
    week: list[DayAgenda] = []
    moved: list[AgendaEntry] = []
    for number in range(3):
        by = timedelta(days=number)
        mine = [
            replace(one, starts_at=one.starts_at + by, ends_at=one.ends_at + by)
            for one, _place, ahead in made
            if ahead == number
        ]
        week.append(DayAgenda(TODAY + by, everybody, tuple(mine), ()))
        moved += mine
    _all_visible(plan_of(of_week(week, 1), SCALE, 700), moved)


def test_a_week_is_read_with_as_many_questions_as_a_day(small: SmallSalon) -> None:
    small.book(at(12, days=1), small.client())
    seen: list[str] = []
    small.database.connection.set_trace_callback(seen.append)
    agenda.of_days(small.database, TODAY, 7, staff_id=small.olga)
    small.database.connection.set_trace_callback(None)
    assert len(seen) == 4
