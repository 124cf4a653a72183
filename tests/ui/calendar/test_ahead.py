"""The neighbours of the shown day are prepared while nobody asks anything, and not shown when they are outdated."""

from collections.abc import Callable
from datetime import timedelta

from app.salon.scheduling import booking
from app.salon.transaction import carry_out
from app.vocabulary import CalendarView
from tests.builders import SmallSalon, at
from tests.ui.calendar.conftest import Day

Opened = Callable[[], Day]


def pictures(opened: Day) -> dict[str, int]:
    """The pictures that are kept, by the client."""
    kept = opened.screen.grid._pictures._kept.values()
    return {entry.client_name: picture.cacheKey() for entry, picture in kept}


def test_the_next_day_is_placed_and_painted_before_it_is_wanted(small: SmallSalon, day: Opened) -> None:
    small.book(at(12, days=1), small.client())
    small.book(at(12, days=-1), small.client("Вера Ломова"))
    opened = day()
    opened.screen.ahead.finish()
    prepared, before = opened.screen.grid._prepared[0].plan, pictures(opened)
    assert before.keys() == {"Анна Щёлкина", "Вера Ломова"}
    opened.screen.go_by(1)
    opened.screen.grid.grab()
    assert opened.plan is prepared
    assert pictures(opened) == before


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
    for _day in range(6):
        opened.screen.go_by(1)
        opened.screen.ahead.finish()
    assert len(opened.screen.grid._prepared) == 2
    assert len(opened.screen.grid._pictures._kept) == 3
    assert len(opened.screen._source._sheets) <= 4


def test_nothing_is_prepared_while_nobody_looks(day: Opened) -> None:
    opened = day()
    assert opened.screen.ahead.is_waiting
    opened.screen.hide()
    assert not opened.screen.ahead.is_waiting


def test_the_neighbours_of_a_week_are_weeks(small: SmallSalon, day: Opened) -> None:
    small.book(at(12, days=7), small.client())
    opened = day()
    opened.screen.show_view(CalendarView.WEEK)
    opened.screen.ahead.finish()
    days = {prepared.plan.tracks[0].day for prepared in opened.screen.grid._prepared}
    monday = opened.plan.tracks[0].day
    assert days == {monday + timedelta(days=7), monday - timedelta(days=7)}
