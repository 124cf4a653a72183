"""Clients who come together, by the menu of a visit."""

from collections.abc import Callable

from app.salon.scheduling import agenda, booking, groups
from app.salon.scheduling.booking import BookingRequest
from app.salon.transaction import carry_out
from app.ui.booking import keeping
from app.ui.wishes import BookingSeed
from app.vocabulary import CancelReason, VisitStatus
from tests.builders import TODAY, SmallSalon, at
from tests.ui.calendar.conftest import Day
from tests.ui.calendar.test_move_within_day import below, choose, lines, right_click

Opened = Callable[[], Day]
TOGETHER, ANOTHER = "Приходят вместе", "Записать ещё клиента…"


def group_of(small: SmallSalon, visit: int) -> list[str]:
    found = groups.of_visit(small.database, visit)
    return [] if found is None else [f"{one.starts_at:%H:%M} {one.client_name}" for one in found.visits]


def test_two_come_together_and_are_moved_as_one(small: SmallSalon, day: Opened) -> None:
    anna = small.book(at(13), small.client("Анна"))
    small.book(at(13, 30), small.client("Вера"), staff=small.maria)
    small.book(at(18), small.client("Зоя"))
    opened = day()
    menu = below(right_click(opened, anna), TOGETHER)
    assert lines(menu) == ["Вместе с: 13:30 Вера", ANOTHER]
    choose(menu, "Вместе с: 13:30 Вера")
    assert group_of(small, anna) == ["13:00 Анна", "13:30 Вера"]
    assert opened.said == ["Приходят вместе: Анна и Вера"]
    menu = below(right_click(opened, anna), TOGETHER)
    assert lines(menu) == ["13:00 Анна", "13:30 Вера", "Перенести всех", "Приходит отдельно", ANOTHER]
    choose(below(menu, "Перенести всех"), "на 30\u00a0мин позже")
    assert group_of(small, anna) == ["13:30 Анна", "14:00 Вера"]
    assert opened.said[-1].replace("\u00a0", " ") == "2 визита перенесены: вт, 12 мая, 13:30"
    opened.screen.desk.perform.undo()
    assert group_of(small, anna) == ["13:00 Анна", "13:30 Вера"]
    choose(below(right_click(opened, anna), TOGETHER), "Приходит отдельно")
    assert group_of(small, anna) == []


def test_whoever_is_served_stays_and_is_not_told_as_moved(small: SmallSalon, day: Opened) -> None:
    anna, vera = small.book(at(11), small.client("Анна")), small.book(at(13), small.client("Вера"), staff=small.maria)
    carry_out(small.salon, groups.join, vera, anna)
    carry_out(small.salon, booking.set_status, anna, VisitStatus.IN_SERVICE)
    opened = day()
    choose(below(below(right_click(opened, vera), TOGETHER), "Перенести всех"), "на 30\u00a0мин позже")
    assert group_of(small, anna) == ["11:00 Анна", "13:30 Вера"]
    assert opened.said[-1].replace("\u00a0", " ") == "1 визит перенесён: вт, 12 мая, 13:30"


def test_who_does_not_come_any_more_is_not_named_among_those_who_do(small: SmallSalon, day: Opened) -> None:
    anna, vera = small.book(at(13), small.client("Анна")), small.book(at(14), small.client("Вера"))
    zoe = small.book(at(15), small.client("Зоя"))
    for one in (vera, zoe):
        carry_out(small.salon, groups.join, one, anna)
    carry_out(small.salon, booking.cancel, zoe, CancelReason.CLIENT_ASKED)
    opened = day()
    assert lines(below(right_click(opened, anna), TOGETHER))[:2] == ["13:00 Анна", "14:00 Вера"]
    carry_out(small.salon, booking.cancel, vera, CancelReason.CLIENT_ASKED)
    assert lines(below(right_click(opened, anna), TOGETHER)) == [ANOTHER]


def test_who_is_moved_out_of_sight_is_found_by_what_is_told(small: SmallSalon, day: Opened) -> None:
    anna = small.book(at(13), small.client("Анна"))
    small.book(at(12, 30), small.client("Вера"), staff=small.maria)
    opened = day()
    choose(below(right_click(opened, anna), TOGETHER), "Вместе с: 12:30 Вера")
    choose(below(below(right_click(opened, anna), TOGETHER), "Перенести всех"), "На следующий день")
    assert opened.said[-1].replace("\u00a0", " ") == "2 визита перенесены: ср, 13 мая, 12:30"


def test_a_place_that_is_taken_moves_none_of_them(small: SmallSalon, day: Opened) -> None:
    anna = small.book(at(13), small.client("Анна"))
    vera = small.book(at(13), small.client("Вера"), staff=small.maria)
    small.book(at(14), staff=small.maria)
    opened = day()
    choose(below(right_click(opened, anna), TOGETHER), "Вместе с: 13:00 Вера")
    choose(below(below(right_click(opened, anna), TOGETHER), "Перенести всех"), "на 15\u00a0мин позже")
    assert group_of(small, vera) == ["13:00 Анна", "13:00 Вера"]
    assert {one.group_id is not None for one in agenda.of_day(small.database, TODAY).entries} == {True, False}


def test_another_client_is_booked_along(small: SmallSalon, day: Opened) -> None:
    anna = small.book(at(13), small.client("Анна"))
    opened, wished = day(), list[BookingSeed]()
    opened.screen.booking_wanted.connect(wished.append)
    menu = below(right_click(opened, anna), TOGETHER)
    assert lines(menu) == [ANOTHER]
    choose(menu, ANOTHER)
    assert wished == [BookingSeed(starts_at=at(13), with_visit=anna, with_client="Анна")]
    request = BookingRequest(small.client("Вера"), (small.wish(at(13), staff=small.maria),))
    carry_out(small.salon, keeping.keep, None, request, None, None, anna)
    assert group_of(small, anna) == ["13:00 Анна", "13:00 Вера"]
