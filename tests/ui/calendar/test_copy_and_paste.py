"""A visit is copied, cut and pasted in the day, in both layouts; nothing has moved before it is pasted."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from app.salon.catalogue import services
from app.salon.clients import standing
from app.salon.scheduling import booking
from app.salon.scheduling.booking import BookingRequest
from app.salon.transaction import carry_out
from app.ui.calendar.walking import OnPlace
from app.vocabulary import CancelReason
from tests.builders import TODAY, SmallSalon, at
from tests.ui.calendar.conftest import Day

Opened = Callable[[], Day]
CONTROL = Qt.KeyboardModifier.ControlModifier


def press(opened: Day, letter: str) -> None:
    opened.press(ord(letter), CONTROL)


def put_cursor(opened: Day, staff_id: int, hour: int, minute: int = 0) -> None:
    opened.screen.grid.select(OnPlace(staff_id, hour * 60 + minute))


def test_a_copy_for_somebody_unwanted_is_pasted_only_with_a_reason(small: SmallSalon, day: Opened) -> None:
    anna = small.client()
    visit = small.book(at(12), anna)
    opened = day()
    carry_out(small.salon, standing.do_not_book, anna, "четыре неявки")
    opened.counter.asker._answers += [None, "внесла предоплату"]
    opened.select(visit)
    press(opened, "C")
    put_cursor(opened, small.maria, 15)
    press(opened, "V")
    assert small.database.value("SELECT COUNT(*) FROM visit") == 1
    assert opened.refused == ["Анна Щёлкина — не записывать: четыре неявки."]
    press(opened, "V")
    assert small.database.value("SELECT COUNT(*) FROM visit") == 2


def new_visit(opened: Day, *, besides: int) -> int:
    visits = {entry.visit_id for entry in opened.plan.sheet.entries} - {besides}
    assert len(visits) == 1, visits
    return visits.pop()


@pytest.mark.parametrize(("copy", "paste"), [("C", "V"), ("С", "М")], ids=["latin", "russian"])
def test_a_copied_visit_is_booked_once_more(small: SmallSalon, day: Opened, copy: str, paste: str) -> None:
    anna = small.client()
    visit = small.book(at(12), anna, minutes=75)
    opened = day()
    opened.select(visit)
    press(opened, copy)
    strip = opened.screen.strip
    assert strip is not None
    assert strip.isVisible()
    said = strip.text.replace("\u00a0", " ")
    assert said == ("Скопирован визит: Анна Щёлкина, Маникюр с покрытием, 1 ч 15 мин — Ctrl+V вставит, Esc отпустит")
    put_cursor(opened, small.maria, 15, 30)
    press(opened, paste)
    again = new_visit(opened, besides=visit)
    assert (opened.master(again), opened.starts(again), opened.ends(again)) == (small.maria, at(15, 30), at(16, 45))
    assert opened.entry(again).client_id == anna
    assert opened.starts(visit) == at(12), "the copied visit stays"
    assert opened.screen.grid.selected_entry == opened.entry(again)
    assert opened.said == ["Анна Щёлкина: ещё один визит — вт, 12 мая, 15:30"]
    opened.screen.desk.perform.undo()
    assert [entry.visit_id for entry in opened.plan.sheet.entries] == [visit]


def test_a_copy_costs_what_the_service_costs_today(small: SmallSalon, day: Opened) -> None:
    visit = small.book(at(12), small.client())
    small.database.rows("UPDATE service SET price = 210000 WHERE id = ?", (small.manicure,))
    opened = day()
    opened.select(visit)
    press(opened, "C")
    put_cursor(opened, small.olga, 16)
    press(opened, "V")
    assert opened.entry(new_visit(opened, besides=visit)).price == 210_000
    assert opened.entry(visit).price == 180_000


def test_a_copy_may_be_pasted_more_than_once(small: SmallSalon, day: Opened) -> None:
    visit = small.book(at(12), small.client())
    opened = day()
    opened.select(visit)
    press(opened, "C")
    for days in (1, 2):
        opened.screen.show_day(at(0, days=days).date())
        put_cursor(opened, small.olga, 10)
        press(opened, "V")
        assert [entry.starts_at for entry in opened.plan.sheet.entries] == [at(10, days=days)]


def test_a_visit_of_two_services_is_copied_whole(small: SmallSalon, day: Opened) -> None:
    wishes = (small.wish(at(12)), small.wish(at(13), service=small.pedicure))
    visit = carry_out(small.salon, booking.book, BookingRequest(small.client(), wishes, "с дочкой")).value
    opened = day()
    opened.select(visit)
    press(opened, "C")
    put_cursor(opened, small.olga, 16)
    press(opened, "V")
    copied = [entry for entry in opened.plan.sheet.entries if entry.visit_id != visit]
    assert [(each.service_id, each.starts_at) for each in copied] == [
        (small.manicure, at(16)),
        (small.pedicure, at(17)),
    ]
    assert not copied[0].has_note, "the comment belongs to the old visit"


def test_what_is_no_longer_offered_is_not_booked_again(small: SmallSalon, day: Opened) -> None:
    visit = small.book(at(12), small.client())
    carry_out(small.salon, services.archive, small.manicure)
    opened = day()
    opened.select(visit)
    press(opened, "C")
    put_cursor(opened, small.olga, 16)
    press(opened, "V")
    assert [entry.visit_id for entry in opened.plan.sheet.entries] == [visit]
    assert len(opened.refused) == 1


@pytest.mark.parametrize(("cut", "paste"), [("X", "V"), ("Ч", "М")], ids=["latin", "russian"])
def test_a_cut_visit_moves_to_another_day_and_master(small: SmallSalon, day: Opened, cut: str, paste: str) -> None:
    visit = small.book(at(12), small.client())
    opened = day()
    opened.select(visit)
    press(opened, cut)
    assert opened.screen.strip is not None
    assert opened.screen.strip.text.startswith("Вырезан визит: Анна Щёлкина")
    assert opened.starts(visit) == at(12), "nothing has moved yet"
    opened.screen.show_day(at(0, days=2).date())
    put_cursor(opened, small.maria, 10, 15)
    press(opened, paste)
    assert (opened.master(visit), opened.starts(visit)) == (small.maria, at(10, 15, days=2))
    assert opened.said == ["Анна Щёлкина: визит перенесён на чт, 14 мая, 10:15"]
    assert opened.screen.strip.isHidden(), "what was cut is pasted once"
    opened.screen.desk.perform.undo()
    opened.screen.show_day(TODAY)
    assert (opened.master(visit), opened.starts(visit)) == (small.olga, at(12))


def test_whoever_was_asked_for_and_has_the_cut_visit_no_longer_is_named(small: SmallSalon, day: Opened) -> None:
    wish = replace(small.wish(at(12)), is_asked_for=True)
    visit = carry_out(small.salon, booking.book, BookingRequest(small.client(), (wish,))).value
    opened = day()
    opened.select(visit)
    press(opened, "X")
    put_cursor(opened, small.maria, 15)
    press(opened, "V")
    assert opened.said == ["Анна Щёлкина: визит перенесён на вт, 12 мая, 15:00. Просили мастера: Ольга Белова."]


def test_a_cut_visit_is_marked_until_it_is_let_go(small: SmallSalon, day: Opened) -> None:
    visit = small.book(at(12), small.client())
    opened = day()
    opened.screen.resize(1000, 760)
    opened.select(visit)
    before = _picture(opened, visit)
    press(opened, "X")
    assert _picture(opened, visit) != before
    opened.press(Qt.Key.Key_Escape)
    assert opened.screen.strip is not None
    assert opened.screen.strip.isHidden()
    assert opened.screen.grid.selected_entry == opened.entry(visit), "the first Esc only lets go"
    assert _picture(opened, visit) == before
    assert opened.starts(visit) == at(12)
    put_cursor(opened, small.olga, 16)
    press(opened, "V")
    assert opened.said[-1].startswith("Вставлять нечего")
    assert opened.starts(visit) == at(12)


def test_a_taken_place_refuses_and_the_visit_stays_held(small: SmallSalon, day: Opened) -> None:
    visit = small.book(at(12), small.client())
    small.book(at(16), small.client("Вера Ломова"))
    opened = day()
    opened.select(visit)
    press(opened, "X")
    put_cursor(opened, small.olga, 15, 30)
    press(opened, "V")
    assert "Вера Ломова" in opened.refused[0]
    assert opened.starts(visit) == at(12)
    put_cursor(opened, small.olga, 14)
    press(opened, "V")
    assert opened.starts(visit) == at(14)


def test_a_master_who_does_not_do_it_refuses_the_copy(small: SmallSalon, day: Opened) -> None:
    visit = small.book(at(12), small.client(), service=small.pedicure)
    opened = day()
    opened.select(visit)
    press(opened, "C")
    put_cursor(opened, small.maria, 15)
    press(opened, "V")
    assert [entry.visit_id for entry in opened.plan.sheet.entries] == [visit]
    assert "Педикюр" in opened.refused[0]


def test_a_completed_visit_is_copied_but_not_cut(small: SmallSalon, day: Opened) -> None:
    visit = small.book(at(9), small.client())
    small.complete(visit)
    opened = day()
    opened.select(visit)
    press(opened, "X")
    assert len(opened.refused) == 1
    assert opened.screen.strip is None
    press(opened, "C")
    put_cursor(opened, small.olga, 15)
    press(opened, "V")
    assert opened.starts(new_visit(opened, besides=visit)) == at(15)


def test_a_cut_visit_that_was_cancelled_meanwhile_is_held_no_longer(small: SmallSalon, day: Opened) -> None:
    visit = small.book(at(12), small.client())
    opened = day()
    opened.select(visit)
    press(opened, "X")
    opened.screen.desk.perform(booking.cancel, visit, CancelReason.CLIENT_ILL)
    assert opened.screen.strip is not None
    assert opened.screen.strip.isHidden()


def test_pasting_needs_a_free_place(small: SmallSalon, day: Opened) -> None:
    visit = small.book(at(12), small.client())
    opened = day()
    opened.select(visit)
    press(opened, "C")
    press(opened, "V")
    assert opened.said == ["Сначала выберите свободное место, потом вставляйте."]


def test_escape_lets_go_on_the_strip_too(small: SmallSalon, day: Opened, qtbot: QtBot) -> None:
    visit = small.book(at(12), small.client())
    opened = day()
    opened.select(visit)
    press(opened, "C")
    strip = opened.screen.strip
    assert strip is not None
    with qtbot.waitActive(opened.screen):
        opened.screen.activateWindow()
    strip.drop.setFocus()
    qtbot.keyClick(strip.drop, Qt.Key.Key_Escape)
    assert strip.isHidden()
    assert opened.screen.grid.hasFocus(), "the keys go on in the grid"


def test_by_mouse_alone(small: SmallSalon, day: Opened, qtbot: QtBot) -> None:
    visit = small.book(at(12), small.client())
    opened = day()
    opened.select(visit)
    opened.screen._open_menu(opened.screen.grid.mapToGlobal(QPoint(20, 20)))
    opened.choose("Скопировать визит")
    strip = opened.screen.strip
    assert strip is not None
    assert not strip.go_on.isEnabled()
    opened.click(opened.place(small.maria, at(14)))
    assert opened.wanted == [], "while a visit is held a click only chooses its place"
    assert "14:00" in strip.go_on.text()
    qtbot.mouseClick(strip.go_on, Qt.MouseButton.LeftButton)
    assert opened.starts(new_visit(opened, besides=visit)) == at(14)
    qtbot.mouseClick(strip.drop, Qt.MouseButton.LeftButton)
    assert strip.isHidden()


def _picture(opened: Day, visit: int) -> object:
    box = opened.tile(visit).box
    return opened.screen.grid.grab().toImage().copy(box.x - 4, box.y - 4, box.width + 8, box.height + 8)
