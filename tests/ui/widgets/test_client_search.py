"""Who is on the phone: typing, the list under the field, and Enter."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app import wording
from app.salon.clients import contacts, finder, register
from app.salon.clients.contacts import NewContact
from app.salon.clients.finder import Answer
from app.salon.clients.found_clients import FoundClient
from app.salon.transaction import carry_out
from app.ui.widgets.client_hits import worded
from app.ui.widgets.client_search import ClientSearch
from app.ui.widgets.shade import Shade
from app.vocabulary import AlertKind, ContactKind
from tests.builders import TODAY, SmallSalon, at
from tests.ui.conftest import Counter

Key = Qt.Key


@dataclass(frozen=True, slots=True)
class Front:
    """A window with the search and a button beside it, over a salon with three clients."""

    window: QWidget
    search: ClientSearch
    elsewhere: QPushButton
    anna: int
    maria: int
    chosen: list[int]
    new: list[str]
    dismissed: list[bool]

    def shown(self) -> list[str]:
        model = self.search.hits.model
        return [model.hit(row).client.name for row in range(model.rowCount())]

    def current(self) -> str:
        current = self.search.hits.current
        return "" if current is None else current.client.name


@pytest.fixture
def front(qtbot: QtBot, counter: Counter) -> Front:
    small = counter.small
    anna = small.client("Анна Щёлкина", "8 912 345-67-89")
    maria = small.client("Мария Ким", "+7 903 000-11-22")
    small.client("Ольга Тихая")
    small.complete(small.book(at(10, days=-7), anna))
    small.book(at(15, 30), maria)
    carry_out(small.salon, register.warn, anna, AlertKind.ALLERGY, "ацетон")

    def find(typed: str) -> Answer:
        return finder.answer(small.database, typed, TODAY)

    window = QWidget()
    qtbot.addWidget(window)
    window.resize(420, 700)
    column = QVBoxLayout(window)
    search, elsewhere = ClientSearch(find, TODAY), QPushButton("…")
    column.addWidget(search)
    column.addStretch(1)
    column.addWidget(elsewhere)
    window.show()
    window.activateWindow()
    made = Front(window, search, elsewhere, anna, maria, [], [], [])
    search.chosen.connect(made.chosen.append)
    search.new_wanted.connect(made.new.append)
    search.dismissed.connect(_noting(made.dismissed))
    return made


def _noting(notes: list[bool]) -> Callable[[], None]:
    def note() -> None:
        notes.append(True)

    return note


def test_recent_clients_are_there_before_anything_is_typed(front: Front) -> None:
    front.search.open_with()
    assert front.shown() == ["Мария Ким", "Анна Щёлкина", "Ольга Тихая"]
    assert front.search.hits.caption.text() == "Недавние клиенты"


def test_the_last_digits_and_enter_are_enough(qtbot: QtBot, front: Front) -> None:
    front.search.open_with("67")
    qtbot.keyClicks(front.search.field, "89")
    assert front.shown() == ["Анна Щёлкина"]
    qtbot.keyClick(front.search.field, Key.Key_Return)
    assert front.chosen == [front.anna]
    assert front.search.text == ""
    assert not front.search.is_open


def test_every_key_searches_at_once(qtbot: QtBot, front: Front) -> None:
    front.search.open_with()
    qtbot.keyClicks(front.search.field, "903")
    assert front.shown() == ["Мария Ким"]
    qtbot.keyClick(front.search.field, Key.Key_Backspace)
    assert front.shown() == ["Мария Ким"]
    qtbot.keyClick(front.search.field, Key.Key_Backspace)
    assert front.shown() == ["Мария Ким", "Анна Щёлкина"]


def test_a_name_in_the_wrong_layout_and_without_yo(front: Front) -> None:
    front.search.open_with("Otkr")
    assert front.shown() == ["Анна Щёлкина"]
    front.search.open_with("щелк")
    assert front.shown() == ["Анна Щёлкина"]


def test_the_arrows_walk_over_the_clients_and_the_new_one_and_come_round(qtbot: QtBot, front: Front) -> None:
    front.search.open_with()
    assert front.current() == "Мария Ким"
    qtbot.keyClick(front.search.field, Key.Key_Down)
    assert front.current() == "Анна Щёлкина"
    qtbot.keyClick(front.search.field, Key.Key_Up)
    qtbot.keyClick(front.search.field, Key.Key_Up)
    assert front.search.hits.new_line.is_current
    qtbot.keyClick(front.search.field, Key.Key_Down)
    assert front.current() == "Мария Ким"
    qtbot.keyClick(front.search.field, Key.Key_PageDown)
    assert front.search.hits.new_line.is_current
    qtbot.keyClick(front.search.field, Key.Key_PageUp)
    assert front.current() == "Мария Ким"


def test_the_screen_reader_hears_the_current_line(qtbot: QtBot, front: Front) -> None:
    front.search.open_with("анна")
    said = front.search.field.accessibleDescription()
    for part in ("Анна Щёлкина", "есть предупреждение", "345-67-89", "1 визит, последний 5\u00a0мая"):
        assert part in said
    qtbot.keyClick(front.search.field, Key.Key_Down)
    assert front.search.field.accessibleDescription() == "Новый клиент «Анна»"


def test_a_slip_of_a_finger_is_told_as_a_guess(front: Front) -> None:
    front.search.open_with("щелкена")
    assert front.shown() == ["Анна Щёлкина"]
    assert front.search.hits.caption.text() == "Так никого не зовут. Может быть:"
    front.search.open_with("щелкина")
    assert front.search.hits.caption.text() == ""


def test_nobody_found_means_that_enter_begins_a_new_card(qtbot: QtBot, front: Front) -> None:
    front.search.open_with("лилия")
    assert front.search.hits.caption.text() == "Никого не нашли"
    assert front.search.hits.new_line.text() == "Новый клиент «Лилия»"
    qtbot.keyClick(front.search.field, Key.Key_Return)
    assert front.new == ["лилия"]
    assert front.chosen == []


def test_an_unknown_number_begins_a_card_with_this_phone(qtbot: QtBot, front: Front) -> None:
    front.search.open_with("8 999 000")
    assert front.search.hits.new_line.text() == "Новый клиент с этим телефоном"
    qtbot.keyClick(front.search.field, Key.Key_Return)
    assert front.new == ["8 999 000"]


def test_ctrl_enter_begins_a_new_card_although_somebody_was_found(qtbot: QtBot, front: Front) -> None:
    front.search.open_with("Fyyf")
    assert front.search.hits.new_line.text() == "Новый клиент «Анна»"
    qtbot.keyClick(front.search.field, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert front.new == ["анна"]


def test_escape_clears_then_closes_and_then_is_for_the_panel(qtbot: QtBot, front: Front) -> None:
    front.search.open_with("анна")
    qtbot.keyClick(front.search.field, Key.Key_Escape)
    assert front.search.text == ""
    assert front.search.is_open
    assert front.dismissed == []
    qtbot.keyClick(front.search.field, Key.Key_Escape)
    assert not front.search.is_open
    assert front.dismissed == [True]
    qtbot.keyClick(front.search.field, Key.Key_Escape)
    assert front.dismissed == [True]


def test_a_click_takes_a_client(qtbot: QtBot, front: Front) -> None:
    front.search.open_with()
    view = front.search.hits.view
    place = view.visualRect(front.search.hits.model.index(1)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert front.chosen == [front.anna]


def test_a_click_on_the_last_line_begins_a_new_card(qtbot: QtBot, front: Front) -> None:
    front.search.open_with("анна")
    qtbot.mouseClick(front.search.hits.new_line, Qt.MouseButton.LeftButton)
    assert front.new == ["анна"]


@pytest.mark.parametrize("takes_focus", [True, False])
def test_a_click_elsewhere_closes_the_list_and_keeps_what_was_typed(
    qtbot: QtBot, front: Front, takes_focus: bool
) -> None:
    front.search.open_with("анна")
    target = front.elsewhere if takes_focus else front.window
    place = target.rect().center() if takes_focus else target.rect().bottomLeft()
    qtbot.mouseClick(target, Qt.MouseButton.LeftButton, pos=place)
    assert not front.search.is_open
    assert front.search.text == "анна"
    assert front.dismissed == [True]


def test_the_list_never_takes_the_focus_and_goes_with_the_field(front: Front) -> None:
    front.search.open_with("анна")
    assert front.window.focusWidget() is front.search.field
    front.search.hide()
    assert not front.search.is_open


def test_the_list_stays_within_a_small_window(qtbot: QtBot, front: Front) -> None:
    front.search.open_with()
    front.window.resize(360, 260)
    hits = front.search.hits
    assert hits.geometry().right() <= front.window.width()
    assert hits.view.isVisible()
    assert hits.new_line.geometry().bottom() <= hits.height()


def test_the_list_follows_the_field_when_its_panel_slides_in(front: Front) -> None:
    front.window.resize(800, 700)
    panel = QWidget(front.window)
    panel.setGeometry(60, 0, 400, 80)
    QVBoxLayout(panel).addWidget(front.search)
    panel.show()
    front.search.open_with("")
    panel.move(20, 0)
    assert front.search.hits.x() == front.search.mapTo(front.window, front.search.rect().topLeft()).x()


def test_the_line_tells_today_tomorrow_or_the_day(counter: Counter) -> None:
    small = counter.small
    client = small.client("Вера Ломова")

    def coming() -> str:
        return worded(finder.find(small.database, "вера", TODAY)[0], "вера", TODAY).coming

    assert coming() == ""
    small.book(at(9, 30, days=9), client)
    assert coming() == "21\u00a0мая 9:30"
    small.book(at(9, 30, days=1), client)
    assert coming() == "завтра 9:30"
    small.book(at(15, 30), client)
    assert coming() == "сегодня 15:30"


def test_a_long_name_gives_way_to_the_phone(front: Front) -> None:
    name = "Александра Константинопольская-Рождественская" * 2
    found = FoundClient(1, name, "+79123456789", TODAY, TODAY, 3, has_alert=True, next_start=at(9))
    front.search.open_with("а")
    front.search.hits.show_hits([worded(found, "рожд 789", TODAY)], "", "Новый клиент")
    assert not front.window.grab().isNull()
    assert front.current() == name


def test_a_salon_without_clients_offers_the_first_card(qtbot: QtBot, small: SmallSalon) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(400, 400)
    search = ClientSearch(lambda typed: finder.answer(small.database, typed, TODAY), TODAY, window)
    window.show()
    search.open_with()
    assert search.hits.caption.text() == "Клиентов пока нет"
    assert search.hits.new_line.is_current


def test_a_hit_says_whom_the_salon_does_not_book_and_who_is_vip() -> None:
    client = FoundClient(1, "Вера Ломова", "", None, None, 0, has_alert=False, is_vip=True, do_not_book=True)
    assert worded(client, "вера", TODAY).said == "Вера Ломова, не записывать, VIP, визитов ещё не было"


def emphasised(text: str, spans: tuple[tuple[int, int], ...]) -> list[str]:
    return [text[begin : begin + length] for begin, length in spans]


@pytest.mark.parametrize(
    ("typed", "reason", "pieces"),
    [
        ("4455", "мама: +7 903 111-44-55", ["44-55"]),
        ("vfv", "мама: +7 903 111-44-55", ["мам"]),
        ("FIVE", "Эл. почта: studio.five@mail.ru", ["five"]),
        ("анна five", "Эл. почта: studio.five@mail.ru", ["five"]),
        ("schelk", "Раньше: Анна Щёлкина", ["Щёлкина"]),
        ("мороз", "", []),
    ],
)
def test_the_line_says_why_somebody_was_found(counter: Counter, typed: str, reason: str, pieces: list[str]) -> None:
    small = counter.small
    anna = small.client("Анна Щёлкина", "8 912 345-67-89")
    carry_out(small.salon, contacts.add, anna, NewContact(ContactKind.PHONE, "8 903 111-44-55", "мама"))
    carry_out(small.salon, contacts.add, anna, NewContact(ContactKind.EMAIL, "studio.five@mail.ru"))
    carry_out(small.salon, register.rename, anna, "Анна Мороз")
    hit = worded(finder.find(small.database, typed, TODAY)[0], typed, TODAY)
    assert hit.reason.replace("\u00a0", " ") == reason
    assert emphasised(hit.reason, hit.reason_spans) == pieces
    assert hit.reason in hit.said


def test_of_a_hidden_number_only_what_is_shown_is_set_off(counter: Counter) -> None:
    small = counter.small
    anna = small.client("Анна Щёлкина", "8 912 345-67-89")
    carry_out(small.salon, contacts.add, anna, NewContact(ContactKind.PHONE, "8 903 111-44-55", "мама"))
    carry_out(small.salon, contacts.add, anna, NewContact(ContactKind.EMAIL, "five@mail.ru"))
    wording.hide_phones(are_hidden=True)
    try:
        for typed, shown, pieces in (
            ("4455", "мама: ••• 44-55", ["44-55"]),
            ("89031114455", "мама: ••• 44-55", []),
            ("five@mail.ru", "Эл. почта: f•••", []),
        ):
            hit = worded(finder.find(small.database, typed, TODAY, hides_contacts=True)[0], typed, TODAY)
            assert (hit.reason.replace("\u00a0", " "), emphasised(hit.reason, hit.reason_spans)) == (shown, pieces)
            assert hit.phone == "•••\u00a067-89"
            assert "111" not in hit.said
    finally:
        wording.hide_phones(are_hidden=False)


def test_it_is_said_that_more_are_meant_than_are_listed(front: Front, counter: Counter) -> None:
    for number in range(13):
        counter.small.client(f"Вера {number}")
    front.search.open_with("")
    assert not front.search.hits.others.isVisible()
    front.search.open_with("вера")
    assert front.search.hits.others.text() == "и ещё 1: наберите дальше"
    front.search.open_with("вера 12")
    assert not front.search.hits.others.isVisible()


def test_what_the_next_keys_go_by_is_read_piece_by_piece_while_nobody_types(qtbot: QtBot) -> None:
    left = [3]

    def learn() -> bool:
        left[0] -= 1
        return left[0] > 0

    window = QWidget()
    qtbot.addWidget(window)
    search = ClientSearch(lambda _typed: Answer(()), TODAY, window, learn=learn)
    window.show()
    search.open_with("9")
    assert left == [3], "the key is answered first"
    qtbot.waitUntil(lambda: left == [0])
    for _ in range(3):
        QApplication.processEvents()
    assert left == [0], "nothing is left to read"
    search.field.setText("91")
    search.close_list()
    for _ in range(3):
        QApplication.processEvents()
    assert left == [0], "a list that is closed waits for nothing"


def test_the_list_casts_its_shadow_where_it_stands_and_takes_it_along(front: Front) -> None:
    front.search.open_with("анна")
    hits = front.search.hits
    (shade,) = front.window.findChildren(Shade)
    assert shade.isVisible()
    assert shade.geometry().contains(hits.geometry())
    children = front.window.children()
    assert children.index(shade) < children.index(hits), "under the list"
    front.search.setFixedWidth(380)
    front.search.open_with("м")
    assert shade.geometry().contains(hits.geometry())
    front.search.close_list()
    assert not shade.isVisible()
