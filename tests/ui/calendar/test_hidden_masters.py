"""Masters who are hidden at this computer: the calendar says so wherever they are missing; one key shows them."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.salon.catalogue import services
from app.salon.scheduling import booking, free_places
from app.salon.scheduling.booking import BookingRequest
from app.salon.scheduling.free_places import FreePlace
from app.salon.transaction import carry_out
from app.ui.calendar.walking import OnPlace
from app.vocabulary import CalendarView
from tests.builders import TODAY, SmallSalon, at
from tests.ui.calendar.conftest import Day, hire
from tests.ui.conftest import Window

Opened = Callable[..., Day]
LEFT_OUT = (CalendarView.MASTERS, CalendarView.LIST, CalendarView.SALON_WEEK)


def told(opened: Day) -> str:
    """What stands beside the choice of masters; empty where nothing does."""
    button = opened.screen.bar._hidden
    return "" if button is None or button.isHidden() else button.text().replace("\u00a0", " ")


def place_of(small: SmallSalon, staff_id: int) -> FreePlace:
    """The first place for a manicure with a master today."""
    return next(one for one in free_places_of(small) if one.staff_ids[0] == staff_id)


def free_places_of(small: SmallSalon) -> list[FreePlace]:
    manicure = next(one for one in services.offered(small.database) if one.service_id == small.manicure)
    search = free_places.PlaceSearch((free_places.wanted(manicure),), TODAY)
    profile = small.salon.profile
    return free_places.find(
        small.database, search, not_before=at(12), step_minutes=profile.step_minutes, zone=profile.zone
    )


@pytest.mark.parametrize("view", list(CalendarView))
def test_each_view_that_leaves_somebody_out_says_how_many(small: SmallSalon, day: Opened, view: CalendarView) -> None:
    hired = hire(small, "Дарья Ветрова", 9, 21)
    opened = day()
    opened.screen.show_view(view)
    assert told(opened) == ""
    opened.screen.show_master(small.maria, False)
    assert told(opened) == ("1 скрыт" if view in LEFT_OUT else "")
    opened.screen.show_master(hired, False)
    assert told(opened) == ("2 скрыты" if view in LEFT_OUT else "")
    if view in LEFT_OUT:
        heard = opened.screen.bar.hidden.accessibleName().replace("\u00a0", " ")
        assert heard == "2 скрыты. Показать всех. Скрыты на этом компьютере: Мария К. и Дарья В."


def test_whoever_was_only_looked_at_stays_hidden_until_somebody_shows_all(small: SmallSalon, day: Opened) -> None:
    """A column that came with a visit goes at the next start, whoever else is hidden or shown meanwhile."""
    hired = hire(small, "Дарья Ветрова", 9, 21)
    visit = small.book(at(13), staff=small.maria)
    opened = day()
    chosen = opened.screen.desk.preferences
    opened.screen.show_master(small.maria, False)
    opened.screen.show_visit(visit, TODAY)
    assert "Мария Ким" in [track.name for track in opened.plan.tracks]
    opened.screen.show_master(hired, False)
    assert chosen.settings.hidden_masters == f"{small.maria},{hired}"
    assert "Мария Ким" in [track.name for track in opened.plan.tracks]
    opened.screen.show_master(hired, True)
    assert chosen.settings.hidden_masters == str(small.maria)
    opened.screen.show_everybody()
    assert chosen.settings.hidden_masters == ""


def test_one_click_or_one_key_shows_all_of_them_again(small: SmallSalon, day: Opened) -> None:
    opened = day()
    with opened.qtbot.waitActive(opened.screen):
        opened.screen.activateWindow()
    opened.screen.show_master(small.maria, False)
    opened.qtbot.mouseClick(opened.screen.bar.hidden, Qt.MouseButton.LeftButton)
    assert [track.name for track in opened.plan.tracks] == ["Ольга Белова", "Мария Ким"]
    assert opened.screen.desk.preferences.settings.hidden_masters == ""
    assert told(opened) == ""
    opened.screen.show_master(small.olga, False)
    opened.qtbot.keyClick(opened.screen.grid, Qt.Key.Key_F9, Qt.KeyboardModifier.ShiftModifier)
    assert [track.name for track in opened.plan.tracks] == ["Ольга Белова", "Мария Ким"]
    assert opened.said == []
    opened.qtbot.keyClick(opened.screen.grid, Qt.Key.Key_F9, Qt.KeyboardModifier.ShiftModifier)
    assert opened.said == ["Скрытых мастеров нет."]


def test_whoever_presses_it_by_keyboard_goes_on_in_the_day(small: SmallSalon, day: Opened) -> None:
    opened = day()
    window = Window(opened.screen)
    opened.qtbot.addWidget(window)
    with opened.qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    opened.screen.show_master(small.maria, False)
    bar = opened.screen.bar
    bar.masters.setFocus(Qt.FocusReason.TabFocusReason)
    opened.qtbot.keyClick(bar.masters, Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    assert bar.hidden.hasFocus()
    opened.qtbot.keyClick(bar.hidden, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is opened.screen.grid


def test_hiding_everybody_hides_nobody_and_says_nothing(small: SmallSalon, day: Opened) -> None:
    opened = day()
    for view in LEFT_OUT:
        opened.screen.show_view(view)
        opened.screen.show_master(small.maria, False)
        opened.screen.show_master(small.olga, False)
        assert told(opened) == ""
        opened.screen.show_everybody()


def test_the_figures_are_those_of_the_salon_whoever_is_hidden(small: SmallSalon, day: Opened) -> None:
    small.book(at(12), small.client())
    small.book(at(12), small.client("Вера"), staff=small.maria)
    opened = day()
    for view in (*LEFT_OUT, CalendarView.MONTH):
        opened.screen.show_view(view)
        before = opened.screen._said
        opened.screen.show_master(small.maria, False)
        assert opened.screen._said == before
        assert "2 визита" in before.replace("\u00a0", " ")
        opened.screen.show_everybody()
    page = opened.screen.overviews.salon_week
    assert page is not None
    before = page.load_of_day(TODAY.weekday())
    opened.screen.show_view(CalendarView.SALON_WEEK)
    opened.screen.show_master(small.maria, False)
    small.book(at(15), small.client("Нина"), staff=small.maria)
    opened.screen.reload()
    assert page.load_of_day(TODAY.weekday()) != before, "the hour of the hidden master counts"


def test_a_visit_of_two_masters_is_one_visit_of_the_week(small: SmallSalon, day: Opened) -> None:
    wishes = (small.wish(at(12)), small.wish(at(13), service=small.colouring))
    carry_out(small.salon, booking.book, BookingRequest(small.client(), wishes))
    opened = day()
    opened.screen.show_view(CalendarView.SALON_WEEK)
    assert opened.screen._said.replace("\u00a0", " ").startswith("1 визит ")


def test_a_list_without_rows_does_not_say_that_nobody_is_booked(small: SmallSalon, day: Opened) -> None:
    visit = small.book(at(12), small.client(), staff=small.maria)
    opened = day()
    opened.screen.show_view(CalendarView.LIST)
    opened.screen.show_master(small.maria, False)
    empty = opened.screen.list_page._empty
    assert empty._heading.text() == "У показанных мастеров визитов нет"
    empty.button.click()
    assert [one.visit_id for one in opened.screen.list_page.model.records] == [visit]
    opened.screen.show_day(TODAY + timedelta(days=1))
    assert empty._heading.text() == "В этот день визитов нет"
    empty.button.click()
    assert len(opened.wanted) == 1


def test_a_free_place_with_somebody_who_is_hidden_is_told_and_shown(small: SmallSalon, day: Opened) -> None:
    opened = day()
    opened.screen.show_master(small.maria, False)
    opened.screen.mark_places([place_of(small, small.olga)])
    assert told(opened) == "1 скрыт"
    opened.screen.mark_places(free_places_of(small))
    assert told(opened) == "1 скрыт, есть места"
    opened.screen.show_day(TODAY - timedelta(days=1))
    assert told(opened) == "1 скрыт"
    place = place_of(small, small.maria)
    opened.screen.show_place(place)
    assert told(opened) == ""
    assert isinstance(opened.screen.grid.spot, OnPlace)
    assert opened.screen.grid.stop is not None
    assert opened.screen.desk.preferences.settings.hidden_masters == str(small.maria)


def test_what_was_booked_or_moved_to_somebody_who_is_hidden_is_seen(small: SmallSalon, day: Opened) -> None:
    visit = small.book(at(15), small.client())
    opened = day()
    opened.screen.show_master(small.maria, False)
    opened.screen.move(opened.entry(visit).booked_id, small.maria, at(16))
    assert opened.screen.selected_entry is not None
    assert (opened.master(visit), opened.screen.selected_entry.visit_id) == (small.maria, visit)
    opened.screen.show_master(small.maria, False)
    opened.screen.show_booked(visit, TODAY)
    assert opened.screen.selected_entry is not None
    assert opened.screen.selected_entry.visit_id == visit


def test_beside_an_open_panel_of_the_smallest_window_it_says_it_in_short(small: SmallSalon, day: Opened) -> None:
    opened = day(440, 600)
    opened.screen.show_master(small.maria, False)
    bar = opened.screen.bar
    for places in ([], free_places_of(small)):
        opened.screen.mark_places(places)
        QApplication.processEvents()
        shown = [bar.compact, bar.hidden, bar.masters, bar.looks]
        assert all(bar.rect().contains(one.geometry()) for one in shown)
        assert bar.hidden.width() >= bar.hidden.sizeHint().width()
