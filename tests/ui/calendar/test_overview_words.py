"""What the overviews write where there is little room: the same on every day."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from app.salon.scheduling import booking
from app.salon.scheduling.booking import BookingRequest
from app.salon.transaction import carry_out
from app.ui.calendar import overlay
from app.ui.calendar.board_head import _first, _needs_line
from app.ui.calendar.geometry import Box
from app.ui.calendar.words import badges_in_words
from app.vocabulary import CalendarView
from tests.builders import SmallSalon, at
from tests.ui.calendar.conftest import Day, hire

Opened = Callable[[int, int], Day]


@pytest.fixture
def busy(small: SmallSalon) -> SmallSalon:
    """One day with one visit, and one with twelve: the longer word needs more room."""
    small.book(at(9), minutes=30)
    for half in range(12):
        small.book(at(9 + half // 2, half % 2 * 30, days=1), minutes=30)
    return small


@pytest.mark.parametrize(("width", "words"), [(1400, {"1 визит", "12 визитов"}), (830, {"1", "12"})])
def test_a_month_says_visits_on_all_days_or_on_none(busy: SmallSalon, day: Opened, width: int, words: set[str]) -> None:
    opened = day(width, 700)
    opened.screen.show_view(CalendarView.MONTH)
    page = opened.screen.overviews.month
    assert page is not None
    page.grab()
    said = {page._visits(load).replace("\u00a0", " ") for load in page.plan.loads if load.visits}
    assert said == words


@pytest.mark.parametrize(("width", "is_spelled"), [(1400, True), (860, False)])
def test_a_week_says_free_on_all_days_or_on_none(busy: SmallSalon, day: Opened, width: int, is_spelled: bool) -> None:
    opened = day(width, 700)
    opened.screen.show_view(CalendarView.SALON_WEEK)
    page = opened.screen.overviews.salon_week
    assert page is not None
    page.grab()
    assert page.cells._has_words is is_spelled


def test_in_a_large_salon_two_masters_of_one_first_name_are_told_apart(small: SmallSalon, day: Opened) -> None:
    for name in ("Екатерина Вознесенская", "Екатерина Преображенская", "Ян Ли"):
        hire(small, name, 9, 21)
    opened = day(800, 700)
    plan, head = opened.plan, opened.screen.board.head
    for column, track in enumerate(plan.tracks):
        room = head.place_of(column).width()
        assert _needs_line(plan.sheet, track, room, "100 %") is track.name.startswith("Екатерина")
    names = [_first(plan.sheet, track, head.place_of(0).width()) for track in plan.tracks]
    assert {"Екатерина\u00a0В.", "Екатерина\u00a0П."} <= set(names)


def test_a_list_says_what_the_numbers_of_a_part_count(small: SmallSalon, day: Opened) -> None:
    wishes = (small.wish(at(12)), small.wish(at(13), service=small.pedicure))
    visit = carry_out(small.salon, booking.book, BookingRequest(small.client(), wishes)).value
    opened = day(1000, 700)
    assert "услуга 1 из 2" in badges_in_words(opened.entry(visit))


def test_a_list_in_a_small_window_names_a_master_as_colleagues_do(small: SmallSalon, day: Opened) -> None:
    master = hire(small, "Екатерина Константинопольская", 9, 21)
    small.book(at(12), staff=master)
    opened = day(900, 640)
    opened.screen.show_view(CalendarView.LIST)
    page = opened.screen.list_page
    (entry,) = page.model.records
    assert page._master(entry) == "Екатерина\u00a0К."
    opened.screen.resize(2000, 640)
    assert page._master_width == 160
    assert page._master(entry) == "Екатерина\u00a0К.", "a very long name is short in any window"


def test_a_narrow_free_place_tells_how_long_it_is_without_the_word(qtbot: QtBot) -> None:
    def painted(rest: str, shorter: str, width: int) -> QImage:
        image = QImage(width, 36, QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        overlay.paint_place(painter, Box(0, 0, width, 34), "13:30", rest, shorter)
        painter.end()
        return image

    assert painted("свободно 30 мин", "30 мин", 132) == painted("30 мин", "", 132)
    assert painted("свободно 30 мин", "30 мин", 240) == painted("свободно 30 мин", "", 240)
    assert painted("вне смены", "", 90) != painted("", "", 90), "what has no shorter words is cut"
