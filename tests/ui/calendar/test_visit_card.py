"""The small card beside a tile, and completing with open steps."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from app.salon.clients import register
from app.salon.scheduling import booking
from app.salon.scheduling.booking import BookingRequest
from app.salon.transaction import carry_out
from app.ui.calendar.visit_peek import VisitPeek
from app.ui.calendar.walking import OnVisit
from app.ui.wishes import BookingSeed
from app.vocabulary import AlertKind, VisitStatus
from tests.builders import SmallSalon, at
from tests.ui.calendar.conftest import LEFT, Day

Opened = Callable[[], Day]


def card_of(opened: Day) -> VisitPeek:
    assert opened.screen.peek is not None
    return opened.screen.peek


def words_of(peek: VisitPeek) -> str:
    return "\n".join(label.text() for label in peek.findChildren(QLabel)).replace("\u00a0", " ")


def test_a_double_click_shows_everything_the_desk_needs(small: SmallSalon, day: Opened) -> None:
    client = small.client("Анна Щёлкина", "+7 912 345-67-89")
    carry_out(small.salon, register.warn, client, AlertKind.ALLERGY, "акриловая пудра")
    wishes = (small.wish(at(12)), small.wish(at(13), service=small.pedicure))
    request = BookingRequest(client, wishes, comment="придёт с дочкой")
    visit = carry_out(small.salon, booking.book, request).value
    opened = day()
    opened.double_click(opened.middle(visit))
    said = words_of(card_of(opened))
    for expected in (
        "Анна Щёлкина",
        "+7 912 345-67-89",
        "12:00–14:30",
        "Маникюр с покрытием",
        "Педикюр",
        "13:00 · Ольга Белова",
        "3 600 ₽",
        "аллергия",
        "акриловая пудра",
        "придёт с дочкой",
        "Чек-лист: 0 из 4",
        "впервые",
        "записан",
    ):
        assert expected in said
    assert opened.wanted == [], "a double click books nothing"


def test_a_click_on_its_words_leaves_the_card_open(small: SmallSalon, day: Opened) -> None:
    visit = small.book(at(12), small.client())
    opened = day()
    opened.double_click(opened.middle(visit))
    peek = card_of(opened)
    service = next(label for label in peek.findChildren(QLabel) if label.text() == "Маникюр с покрытием")
    opened.qtbot.mouseClick(service, LEFT)
    assert opened.screen.peek is peek
    opened.press(Qt.Key.Key_Escape)
    assert opened.screen.peek is None, "the keyboard is still in it"


def test_a_long_name_and_a_long_service_are_told_whole(small: SmallSalon, day: Opened) -> None:
    name = "Мария-Антуанетта Преображенская-Вознесенская"
    visit = small.book(at(12), small.client(name))
    opened = day()
    opened.double_click(opened.middle(visit))
    shown = next(label for label in card_of(opened).findChildren(QLabel) if label.text().startswith("Мария"))
    assert shown.wordWrap()
    assert shown.text() == name, "it is broken behind its hyphens only"
    assert shown.heightForWidth(shown.width()) <= shown.height()


def test_the_links_of_a_visit_stand_in_one_line(small: SmallSalon, day: Opened) -> None:
    visit = small.book(at(12), small.client())
    opened = day()
    opened.double_click(opened.middle(visit))
    peek = card_of(opened)
    assert len({link.y() for link in (peek.card_link, peek.change_link, peek.repeat_link, peek.series_link)}) == 1


def test_somebody_without_a_card_has_no_link_to_one(small: SmallSalon, day: Opened) -> None:
    visit = small.book(at(12))
    opened = day()
    opened.double_click(opened.middle(visit))
    assert "Без карточки" in words_of(card_of(opened))
    assert not hasattr(card_of(opened), "card_link")


def test_the_life_of_a_visit_goes_on_button_by_button(small: SmallSalon, day: Opened) -> None:
    visit = small.book(at(11), small.client(), service=small.pedicure)
    opened = day()
    for status in (VisitStatus.CONFIRMED, VisitStatus.ARRIVED, VisitStatus.IN_SERVICE, VisitStatus.COMPLETED):
        opened.select(visit)
        opened.press(Qt.Key.Key_Return)
        card_of(opened).buttons[status].click()
        assert small.status(visit) is status
        assert opened.screen.peek is None


def test_only_what_the_salon_accepts_is_offered(small: SmallSalon, day: Opened) -> None:
    visit = small.book(at(9), small.client())
    small.complete(visit)
    opened = day()
    opened.double_click(opened.middle(visit))
    assert list(card_of(opened).buttons) == [VisitStatus.IN_SERVICE]


def test_today_the_first_button_says_that_the_client_came(small: SmallSalon, day: Opened) -> None:
    today = small.book(at(12), small.client())
    tomorrow = small.book(at(12, days=1), small.client("Вера Ломова"))
    opened = day()
    opened.double_click(opened.middle(today))
    assert next(iter(card_of(opened).buttons)) is VisitStatus.ARRIVED
    opened.screen.go_by(1)
    opened.double_click(opened.middle(tomorrow))
    assert list(card_of(opened).buttons) == [VisitStatus.CONFIRMED, VisitStatus.CANCELLED], "nobody can be here yet"


def test_yesterdays_visit_that_nobody_marked_is_not_to_be_confirmed(small: SmallSalon, day: Opened) -> None:
    visit = small.book(at(12), small.client())
    small.clock.advance(timedelta(days=1))
    opened = day()
    opened.screen.go_by(-1)
    opened.double_click(opened.middle(visit))
    assert next(iter(card_of(opened).buttons)) is VisitStatus.ARRIVED


def test_the_menu_of_a_later_day_lets_nobody_arrive(small: SmallSalon, day: Opened) -> None:
    visit = small.book(at(12, days=1), small.client())
    opened = day()
    opened.screen.go_by(1)
    opened.select(visit)
    opened.screen._open_menu(opened.screen.grid.mapToGlobal(opened.middle(visit)))
    menu = opened.screen.menu
    assert menu is not None
    offered = {action.text().split("\t")[0] for action in menu.actions()}
    menu.close()
    assert "Подтвердил" in offered
    assert not offered & {"Пришёл", "Начать", "Завершить", "Не пришёл"}


def offered_by_menu(opened: Day, visit: int) -> set[str]:
    opened.screen._open_menu(opened.screen.grid.mapToGlobal(opened.middle(visit)))
    menu = opened.screen.menu
    assert menu is not None
    menu.close()
    return {action.text().split("\t")[0] for action in menu.actions()}


def test_nobody_is_offered_to_have_missed_a_visit_of_later_today(small: SmallSalon, day: Opened) -> None:
    visit = small.book(at(15), small.client())
    opened = day()
    opened.double_click(opened.middle(visit))
    assert VisitStatus.ARRIVED in card_of(opened).buttons
    assert VisitStatus.NO_SHOW not in card_of(opened).buttons
    opened.screen.close_peek()
    assert "Пришёл" in offered_by_menu(opened, visit)
    assert "Не пришёл" not in offered_by_menu(opened, visit)
    small.clock.advance(timedelta(hours=4))
    assert "Не пришёл" in offered_by_menu(opened, visit)
    opened.double_click(opened.middle(visit))
    assert VisitStatus.NO_SHOW in card_of(opened).buttons


def test_a_visit_whose_second_service_is_to_come_can_have_been_missed(small: SmallSalon, day: Opened) -> None:
    wishes = (small.wish(at(10)), small.wish(at(13), service=small.colouring))
    visit = carry_out(small.salon, booking.book, BookingRequest(small.client(), wishes)).value
    opened = day()
    second = next(one for one in opened.plan.sheet.entries if one.visit_id == visit and one.part == 2)
    opened.screen.grid.select(OnVisit(second.booked_id))
    assert "Не пришёл" in offered_by_menu(opened, visit)
    opened.press(Qt.Key.Key_Return)
    assert VisitStatus.NO_SHOW in card_of(opened).buttons


def test_x_asks_for_no_reason_where_nothing_can_be_cancelled(small: SmallSalon, day: Opened) -> None:
    visit = small.book(at(9), small.client())
    small.complete(visit)
    opened = day()
    opened.select(visit)
    opened.letter("x")
    assert opened.screen.menu is None
    assert opened.refused == ["Визит нельзя перевести из «завершён» в «отменён»."]


def test_enter_twice_on_a_completed_visit_leaves_it_completed(small: SmallSalon, day: Opened) -> None:
    visit = small.book(at(9), small.client())
    small.complete(visit)
    opened = day()
    opened.select(visit)
    opened.press(Qt.Key.Key_Return)
    assert card_of(opened).buttons[VisitStatus.IN_SERVICE].text() == "Ещё не завершён"
    opened.press(Qt.Key.Key_Return)
    assert small.status(visit) is VisitStatus.COMPLETED


def test_the_links_lead_on(small: SmallSalon, day: Opened) -> None:
    client = small.client()
    visit = small.book(at(12), client)
    opened = day()
    opened.double_click(opened.middle(visit))
    card_of(opened).card_link.click()
    opened.double_click(opened.middle(visit))
    card_of(opened).change_link.click()
    opened.double_click(opened.middle(visit))
    assert card_of(opened).repeat_link.text() == "Записать снова", "not that the salon books this client again"
    card_of(opened).repeat_link.click()
    assert opened.cards == [client]
    assert opened.wanted == [
        BookingSeed(client_id=client, visit_id=visit),
        BookingSeed(client_id=client, repeat_visit_id=visit),
    ]
    assert opened.screen.peek is None


def test_escape_closes_the_card_and_the_grid_has_the_keyboard_again(small: SmallSalon, day: Opened) -> None:
    visit = small.book(at(12), small.client())
    opened = day()
    opened.select(visit)
    opened.press(Qt.Key.Key_Return)
    opened.press(Qt.Key.Key_Escape)
    assert opened.screen.peek is None
    assert opened.screen.grid.selected_entry == opened.entry(visit)


def test_tab_stays_in_the_card(small: SmallSalon, day: Opened) -> None:
    visit = small.book(at(12), small.client())
    opened = day()
    with opened.qtbot.waitActive(opened.screen):
        opened.screen.activateWindow()
    opened.select(visit)
    opened.press(Qt.Key.Key_Return)
    first = QApplication.focusWidget()
    held = []
    while first not in held and len(held) < 20:
        opened.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        held.append(QApplication.focusWidget())
    assert held[-1] is first
    assert all(card_of(opened).isAncestorOf(one) for one in held)


def test_a_click_elsewhere_closes_the_card(small: SmallSalon, day: Opened) -> None:
    first = small.book(at(12), small.client())
    other = small.book(at(15), small.client("Вера Ломова"))
    opened = day()
    opened.double_click(opened.middle(first))
    opened.click(opened.middle(other))
    assert opened.screen.peek is None
    assert opened.screen.grid.selected_entry == opened.entry(other)


def test_letters_work_in_the_card_too(small: SmallSalon, day: Opened) -> None:
    visit = small.book(at(12), small.client())
    opened = day()
    opened.double_click(opened.middle(visit))
    opened.letter("ф")
    assert small.status(visit) is VisitStatus.ARRIVED


@pytest.mark.parametrize(("width", "height"), [(1000, 700), (640, 520)])
def test_the_card_stays_within_the_screen(
    small: SmallSalon, day: Callable[[int, int], Day], width: int, height: int
) -> None:
    visits = [small.book(at(9), small.client()), small.book(at(20), small.client("Вера"), staff=small.maria)]
    opened = day(width, height)
    for visit in visits:
        opened.double_click(opened.middle(visit))
        assert opened.screen.rect().contains(card_of(opened).geometry())


# ---- completing with open steps ------------------------------------------------------------------------------


def test_open_steps_ask_for_a_reason(small: SmallSalon, day: Opened) -> None:
    visit = small.book(at(9), small.client())
    opened = day()
    opened.answer("клиент спешил")
    opened.select(visit)
    opened.letter("d")
    assert small.status(visit) is VisitStatus.COMPLETED
    assert opened.counter.asker.asked == ["Завершить с открытыми шагами?"]
    reason = small.database.value("SELECT open_steps_reason FROM visit WHERE id = ?", (visit,))
    assert reason == "клиент спешил"


def test_a_change_of_mind_leaves_the_visit_as_it_was(small: SmallSalon, day: Opened) -> None:
    visit = small.book(at(9), small.client())
    opened = day()
    opened.answer(None)
    opened.select(visit)
    opened.letter("d")
    assert small.status(visit) is VisitStatus.BOOKED
    assert opened.said == opened.refused == []


def test_a_missed_visit_is_not_completed_and_that_is_said(small: SmallSalon, day: Opened) -> None:
    visit = small.book(at(9), small.client())
    opened = day()
    opened.select(visit)
    opened.letter("n")
    opened.letter("d")
    assert small.status(visit) is VisitStatus.NO_SHOW
    assert len(opened.refused) == 1
