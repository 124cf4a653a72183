"""A master calls in sick in the morning: the front desk settles everybody, and the program remembers who is left."""

from datetime import timedelta

from PySide6.QtCore import Qt

from app.salon import check
from app.salon.catalogue import rosters
from app.salon.catalogue.patterns import Cycle, Stretch, cyclic
from app.salon.scheduling import agenda, calls
from app.salon.transaction import carry_out
from app.ui.booking.panel import BookingPanel
from app.ui.calls.panel import CallsPanel
from app.ui.free_places.panel import FreePlacesPanel
from app.ui.screens import SHIFTS
from app.ui.shifts.screen import ShiftsScreen
from app.vocabulary import CallState
from tests.builders import TODAY, at
from tests.journeys.conftest import Day

Key = Qt.Key


def panel_of(day: Day) -> CallsPanel:
    found = day.running.window.panel.content
    assert isinstance(found, CallsPanel)
    return found


def test_ill_today(front_desk: Day) -> None:
    small, keys, window = front_desk.small, front_desk.keys, front_desk.running.window
    everyday = cyclic(TODAY + timedelta(days=1), Cycle(1, 0), (Stretch(540, 1260),))
    carry_out(small.salon, rosters.plan, small.olga, everyday)
    names = ("Анна", "Вера", "Галина", "Дина", "Ева", "Жанна", "Зоя")
    visits = [small.book(at(12 + n), small.client(name, f"8912345670{n}")) for n, name in enumerate(names)]
    screen = window.go(SHIFTS)
    assert isinstance(screen, ShiftsScreen)
    screen.menu_of_the_ill().actions()[1].trigger()
    assert front_desk.toast == "Болезнь отмечена, запись закрыта. Вот кому позвонить."
    assert panel_of(front_desk).progress.text() == "Решено 0 из 7"
    assert window.rail._buttons[SHIFTS]._count == 7

    keys.enter()  # Anna moves to Maria at her own time
    keys.press(Key.Key_N)  # Vera does not answer
    keys.press(Key.Key_X)  # Galina wants no other master
    keys.press(Key.Key_O)  # Dina wants to choose a place herself
    assert isinstance(window.panel.content, FreePlacesPanel)
    keys.press(Key.Key_Down)
    keys.enter()
    assert isinstance(window.panel.content, BookingPanel)
    keys.enter()  # booked there
    keys.enter()  # said back
    panel = panel_of(front_desk)
    assert panel.progress.text() == "Решено 3 из 7"
    assert calls.to_settle(small.database, TODAY, TODAY) == {visits[n] for n in (1, 4, 5, 6)}

    window.panel.close_panel()
    screen.show_absences()
    screen.panel.content.listed.rows()[0].action.click()  # type: ignore[union-attr]
    for _client in range(4):
        keys.enter()
    panel = panel_of(front_desk)
    assert panel.progress.text() == "Решено всё: 7"
    assert window.rail._buttons[SHIFTS]._count == 0
    entries = agenda.of_day(small.database, TODAY).entries
    moved = {entry.visit_id for entry in entries if entry.staff_id == small.maria}
    told = {call.visit_id: call.state for call in panel.found.calls} if panel.found else {}
    assert set(told) == set(visits), "nobody was forgotten"
    assert [told[visit] for visit in visits].count(CallState.CANCELLED) == 1
    assert moved <= set(visits)
    assert check.faults(small.database) == []


def test_whoever_is_ill_on_a_day_without_clients_sends_nobody_to_the_phone(front_desk: Day) -> None:
    screen = front_desk.running.window.go(SHIFTS)
    assert isinstance(screen, ShiftsScreen)
    screen.menu_of_the_ill().actions()[1].trigger()
    assert front_desk.toast == "Болезнь отмечена, запись закрыта. Звонить никому не нужно."


def test_esc_from_another_place_comes_back_to_the_list(front_desk: Day) -> None:
    small, keys, window = front_desk.small, front_desk.keys, front_desk.running.window
    small.book(at(12), small.client())
    window.fall_ill(small.olga)
    keys.press(Key.Key_O)
    assert isinstance(window.panel.content, FreePlacesPanel)
    keys.press(Key.Key_Escape)
    assert panel_of(front_desk).rows[0].hasFocus()
    keys.press(Key.Key_Escape)
    assert window.panel.content is None


def test_shifts_are_laid_out_further_by_themselves(front_desk: Day) -> None:
    """At the start of a day, and when a day beyond is looked at; undo knows nothing of it."""
    small, window = front_desk.small, front_desk.running.window
    everyday = cyclic(TODAY + timedelta(days=1), Cycle(1, 0), (Stretch(540, 1260),))
    carry_out(small.salon, rosters.plan, small.olga, everyday)
    small.clock.advance(timedelta(weeks=8))
    window._listen()
    window.keep_house()
    assert not rosters.is_short(small.database, rosters.soon(small.salon.today()))
    far = TODAY + timedelta(weeks=52)
    window.calendar.show_day(far)
    columns = {one.staff_id: one.shifts for one in agenda.of_day(small.database, far).masters}
    assert len(columns[small.olga]) == 1
    assert not window.desk.perform.can_undo
