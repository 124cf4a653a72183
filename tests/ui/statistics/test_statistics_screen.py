"""The owner in the evening: who comes back, to whom, and whom are we losing?"""

from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QSignalBlocker, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton
from pytestqt.qtbot import QtBot

from app import language
from app.clock import standing_at
from app.models.connection import Database
from app.salon.scheduling import booking
from app.salon.statistics.periods import Period, Preset, following, preset_period
from app.salon.statistics.results import FigureRow, Group, RowKind
from app.salon.transaction import carry_out
from app.ui.background import Background
from app.ui.desk import Desk
from app.ui.statistics.bars import pieces
from app.ui.statistics.lines import RowLine
from app.ui.statistics.parts import Part
from app.ui.statistics.periods import next_try, settled_period
from app.ui.statistics.reading import Question, Reading, answer
from app.ui.statistics.screen import StatisticsScreen
from app.ui.widgets.day_field import DayField
from app.vocabulary import Figure, Language, VisitStatus
from tests.builders import TODAY, ZONE, SmallSalon, at, small_salon
from tests.ui.conftest import Counter

APRIL = Period(date(2026, 4, 1), date(2026, 4, 30))
SUMMER = at(11, day=date(2026, 7, 30))
"""Everybody who came in April has had 90 days."""


@pytest.fixture
def salon(counter: Counter) -> SmallSalon:
    """In April Anna and Vera came to Olga; Anna came back in May, to Maria."""
    small = counter.small
    anna, vera = small.client("Анна Щёлкина", "+7 912 345-67-89"), small.client("Вера Ломова", "+7 903 111-22-33")
    came(small, anna, date(2026, 4, 6))
    came(small, vera, date(2026, 4, 7))
    came(small, anna, date(2026, 5, 4), staff=small.maria)
    return small


@pytest.fixture
def screen(qtbot: QtBot, counter: Counter, salon: SmallSalon) -> StatisticsScreen:
    """The figures of April, looked at in summer."""
    wait_until(salon, SUMMER.date())
    return opened(qtbot, counter.desk)


def opened(qtbot: QtBot, desk: Desk, period: Period = APRIL) -> StatisticsScreen:
    shown = StatisticsScreen(desk)
    qtbot.addWidget(shown)
    shown.resize(1270, 800)
    with QSignalBlocker(shown.periods):  # nobody looks yet
        shown.periods.take(period)
    shown.show()
    return shown


def wait_until(small: SmallSalon, day: date) -> None:
    small.clock.instant = standing_at(at(11, day=day), ZONE).instant


def came(small: SmallSalon, client: int | None, day: date, *, staff: int | None = None, hour: int = 12) -> int:
    visit = small.book(at(hour, day=day), client, staff=staff)
    small.complete(visit)
    return visit


def line_of(screen: StatisticsScreen, kind: RowKind, group: Group = Group.ALL, staff: int | None = None) -> RowLine:
    for line in screen.view.lines:
        row = line.line.row
        if (row.kind, row.group, row.staff_id) == (kind, group, staff):
            return line
    raise AssertionError(f"no row {kind} {group} {staff}")


def pick(field: DayField, day: date) -> None:
    """Take a day from the month of a field."""
    field.set_day(day)
    field.day_changed.emit(day)


def test_one_of_two_came_back(screen: StatisticsScreen) -> None:
    headline = screen.view.headline
    assert headline.share.text() == "50\u00a0%"
    assert headline.numbers.text() == "1 из 2 клиентов"
    assert screen.header.detail == "не вернулся 1 клиент"
    assert "90 дней" in headline.definition.text()
    assert headline.definition.isVisible()


def test_every_figure_shows_its_number_in_the_list(screen: StatisticsScreen) -> None:
    shares = [tile.share for tile in screen.figures.tiles.values()]
    assert shares == ["50\u00a0%", "50\u00a0%", "50\u00a0%", "50\u00a0%", "0\u00a0%"]
    assert "1 из 2 клиентов" in screen.figures.tiles[Figure.REVISIT_90].accessibleName()


def test_the_owner_opens_those_who_are_lost(qtbot: QtBot, screen: StatisticsScreen) -> None:
    screen.view.headline.lost.click()
    assert screen.shows_people
    assert screen.people.names() == ["Вера Ломова"]
    assert "Не вернулись" in screen.people.title.text()
    with qtbot.waitSignal(screen.client_wanted) as told:
        qtbot.keyClick(screen.people.table, Qt.Key.Key_Return)
    assert told.args == [screen.people.model.record(0).client_id]


def test_a_click_on_a_client_opens_the_card(qtbot: QtBot, screen: StatisticsScreen) -> None:
    screen.view.headline.lost.click()
    table = screen.people.table
    place = table.visualRect(screen.people.model.index(0, 0)).center()
    with qtbot.waitSignal(screen.client_wanted):
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_the_list_can_be_copied_for_calling(screen: StatisticsScreen, counter: Counter, qtbot: QtBot) -> None:
    screen.view.headline.lost.click()
    with qtbot.waitSignal(counter.desk.perform.done) as told:
        screen.people.copy.click()
    assert QGuiApplication.clipboard().text() == "Вера Ломова\t+7\u00a0903\u00a0111-22-33"
    assert told.args == ["Скопировано: 1 клиент", False]


def test_the_list_is_invited_and_who_did_not_agree_is_told(
    screen: StatisticsScreen, counter: Counter, qtbot: QtBot
) -> None:
    screen.view.headline.lost.click()
    with qtbot.waitSignal(counter.desk.perform.done) as told:
        screen.people.invite.click()
    assert told.args == ["Приглашение получат 0 клиентов; 1 без согласия на рекламу — нет.", False]


def test_from_the_lost_to_those_who_came_back(qtbot: QtBot, screen: StatisticsScreen) -> None:
    screen.view.headline.lost.click()
    control = screen.people.control
    assert control is not None
    words = [button.text() for button in control.findChildren(QPushButton)]
    assert words == ["Не вернулись 1", "Вернулись 1", "Учтено 2"]
    control.findChildren(QPushButton)[1].click()
    assert screen.people.names() == ["Анна Щёлкина"]
    assert screen.people.control is control


def test_escape_leads_back_to_the_number(qtbot: QtBot, screen: StatisticsScreen, salon: SmallSalon) -> None:
    number = line_of(screen, RowKind.MASTER, staff=salon.olga).numbers[Part.REST]
    number.setFocus()
    qtbot.keyClick(number, Qt.Key.Key_Return)
    assert screen.people.names() == ["Анна Щёлкина", "Вера Ломова"]
    qtbot.keyClick(screen.people.table, Qt.Key.Key_Escape)
    assert not screen.shows_people
    assert number.hasFocus()


def test_back_to_the_same_master_or_to_any(screen: StatisticsScreen, salon: SmallSalon) -> None:
    same = line_of(screen, RowKind.MASTER, staff=salon.olga)
    any_master = line_of(screen, RowKind.MASTER_ANY, staff=salon.olga)
    assert [number.text() for number in same.numbers.values()] == ["2", "0", "2", "0"]
    assert [number.text() for number in any_master.numbers.values()] == ["2", "1", "1", "0"]
    assert "50\u00a0%, 1 из 2 клиентов" in any_master.accessibleName()


def test_the_masters_rows_can_look_at_new_clients_alone(screen: StatisticsScreen, salon: SmallSalon) -> None:
    assert screen.view.groups is not None
    screen.view.groups.findChildren(QPushButton)[2].click()
    existing = line_of(screen, RowKind.MASTER, Group.EXISTING, salon.olga)
    assert existing.numbers[Part.COUNTED].text() == "0"
    assert line_of(screen, RowKind.SALON).numbers[Part.COUNTED].text() == "2"


def test_those_who_may_still_come_stand_apart(qtbot: QtBot, counter: Counter, salon: SmallSalon) -> None:
    screen = opened(qtbot, counter.desk)
    headline = screen.view.headline
    assert headline.share.text() == "—"
    assert headline.immature.text() == "У 2 клиентов 90 дней ещё не прошли."
    assert headline.beside() == ["Из них 1 уже вернулся."]
    assert list(headline.legend()) == [Part.IMMATURE]
    assert not headline.lost.isVisible()
    headline.legend()[Part.IMMATURE].click()
    assert screen.people.names() == ["Анна Щёлкина", "Вера Ломова"]


def test_what_stands_beside_the_share_has_its_list_too(qtbot: QtBot, counter: Counter, salon: SmallSalon) -> None:
    screen = opened(qtbot, counter.desk)
    shown = [button for button in screen.view.headline.findChildren(QPushButton) if button.text() == "Показать список"]
    shown[0].click()
    assert screen.people.names() == ["Анна Щёлкина"]
    assert "уже вернулся" in screen.people.title.text()


def test_from_a_dash_to_a_period_that_is_final(qtbot: QtBot, counter: Counter, salon: SmallSalon) -> None:
    screen = opened(qtbot, counter.desk)
    screen.view.headline.settled.click()
    assert screen.periods.period == settled_period(TODAY)
    assert screen.is_empty


def test_another_period_gives_other_numbers(screen: StatisticsScreen, salon: SmallSalon) -> None:
    came(salon, salon.client("Инна Чернова"), date(2026, 4, 20))
    pick(screen.periods.begins, date(2026, 4, 7))
    assert screen.view.headline.numbers.text() == "0 из 2 клиентов"
    pick(screen.periods.ends, date(2026, 4, 19))
    assert screen.view.headline.numbers.text() == "0 из 1 клиента"
    assert "7–19 апреля" in screen.view.headline.definition.text().replace("\u00a0", " ")


def test_a_period_that_ends_before_it_begins_is_explained(screen: StatisticsScreen) -> None:
    pick(screen.periods.ends, date(2026, 3, 1))
    assert "раньше" in screen.periods.wrong
    assert screen.periods.period == APRIL
    assert screen.view.headline.share.text() == "50\u00a0%"


def test_the_return_period_follows_until_it_is_chosen(screen: StatisticsScreen) -> None:
    assert not screen.periods.returns_begin.isVisible()
    screen.choose(Figure.RETURN_TWO_PERIODS)
    assert screen.periods.returns_begin.isVisible()
    assert screen.result is not None
    assert screen.result.return_period == following(APRIL)
    pick(screen.periods.returns_begin, date(2026, 5, 5))
    assert screen.result.return_period == Period(date(2026, 5, 5), following(APRIL).ends)
    assert screen.view.headline.share.text() == "0\u00a0%"
    screen.periods.follow.click()
    assert screen.view.headline.share.text() == "50\u00a0%"


def test_a_return_period_inside_the_period_is_explained(screen: StatisticsScreen) -> None:
    screen.choose(Figure.RETURN_TWO_PERIODS)
    pick(screen.periods.returns_begin, APRIL.ends)
    assert screen.periods.wrong
    assert screen.periods.returns is None


def test_missed_visits_are_counted_and_named(screen: StatisticsScreen, salon: SmallSalon) -> None:
    zoya = salon.client("Зоя Лапина")
    for day in (8, 9):
        visit = salon.book(at(15, day=date(2026, 4, day)), zoya)
        carry_out(salon.salon, booking.set_status, visit, VisitStatus.NO_SHOW)
    screen.choose(Figure.NO_SHOW_RATE)
    screen.reload()
    assert screen.view.headline.numbers.text() == "2 из 4 визитов"
    screen.view.headline.lost.click()
    assert screen.people.names() == ["Зоя Лапина"]
    assert screen.people._note.isVisible()


def test_nobody_came_yet(qtbot: QtBot, counter: Counter) -> None:
    screen = opened(qtbot, counter.desk)
    assert screen.is_empty
    assert screen.header.detail == ""
    qtbot.mouseClick(screen._empty.button, Qt.MouseButton.LeftButton)
    assert screen.periods.period == preset_period(Preset.LAST_90_DAYS, TODAY)


def test_a_visit_completed_elsewhere_is_counted_at_once(screen: StatisticsScreen, counter: Counter) -> None:
    small = counter.small
    visit = small.book(at(15, day=date(2026, 4, 9)), small.client("Рита Ясная"))
    assert screen.view.headline.numbers.text() == "1 из 2 клиентов"
    number = line_of(screen, RowKind.SALON).numbers[Part.COUNTED]
    number.setFocus()
    counter.desk.perform(booking.set_status, visit, VisitStatus.COMPLETED, reason="в тесте")
    assert screen.view.headline.numbers.text() == "1 из 3 клиентов"
    assert line_of(screen, RowKind.SALON).numbers[Part.COUNTED].hasFocus()


def test_a_list_that_is_open_stays_open_and_grows(screen: StatisticsScreen, counter: Counter) -> None:
    small = counter.small
    visit = small.book(at(15, day=date(2026, 4, 9)), small.client("Рита Ясная"))
    screen.view.headline.lost.click()
    counter.desk.perform(booking.set_status, visit, VisitStatus.COMPLETED, reason="в тесте")
    assert screen.shows_people
    assert screen.people.names() == ["Вера Ломова", "Рита Ясная"]


def test_a_hidden_screen_computes_nothing(screen: StatisticsScreen, counter: Counter) -> None:
    small = counter.small
    visit = small.book(at(15, day=date(2026, 4, 9)), small.client("Рита Ясная"))
    screen.hide()
    counter.desk.perform(booking.set_status, visit, VisitStatus.COMPLETED, reason="в тесте")
    assert screen.view.headline.numbers.text() == "1 из 2 клиентов"
    screen.show()
    assert screen.view.headline.numbers.text() == "1 из 3 клиентов"


def test_the_next_morning_counts_one_day_more(qtbot: QtBot, counter: Counter, salon: SmallSalon) -> None:
    wait_until(salon, date(2026, 7, 4))
    screen = opened(qtbot, counter.desk)
    assert screen.view.headline.share.text() == "—"
    screen.hide()
    wait_until(salon, date(2026, 7, 5))
    screen.show()
    assert screen.view.headline.numbers.text() == "1 из 1 клиента"


def test_arrows_walk_over_the_numbers(qtbot: QtBot, screen: StatisticsScreen) -> None:
    first, second = screen.view.lines[0], screen.view.lines[1]
    first.bar.setFocus()
    qtbot.keyClick(first.bar, Qt.Key.Key_Right)
    assert QApplication.focusWidget() is first.cells[1]
    qtbot.keyClick(first.cells[1], Qt.Key.Key_Down)
    assert QApplication.focusWidget() is second.cells[1]
    qtbot.keyClick(second.cells[1], Qt.Key.Key_Left)
    assert QApplication.focusWidget() is second.bar
    qtbot.keyClick(second.bar, Qt.Key.Key_Return)
    assert screen.people.names() == ["Вера Ломова"]


def test_arrows_go_from_figure_to_figure(qtbot: QtBot, screen: StatisticsScreen) -> None:
    tile = screen.figures.tiles[Figure.REVISIT_90]
    tile.setFocus()
    qtbot.keyClick(tile, Qt.Key.Key_Down)
    assert screen.figures.figure is Figure.FIRST_TO_SECOND
    assert screen.result is not None
    assert screen.result.figure is Figure.FIRST_TO_SECOND
    assert screen.view.headline.accessibleName() == "Второй визит после первого"


def test_a_piece_of_the_bar_says_and_opens_its_clients(qtbot: QtBot, screen: StatisticsScreen) -> None:
    bar = screen.view.headline.bar
    assert "50\u00a0%, 1 из 2 клиентов" in bar.accessibleName()
    assert (bar.piece_at(10), bar.piece_at(bar.width() - 10)) == (Part.MET, Part.REST)
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=QPoint(bar.width() - 10, bar.height() // 2))
    assert screen.people.names() == ["Вера Ломова"]


def test_a_small_share_can_still_be_seen() -> None:
    row = FigureRow(RowKind.SALON, Group.ALL, "", 1, 10_000, 0, (), (), ())
    (met, left, wide), (rest, second, broad) = pieces(row, 300)
    assert (met, rest) == (Part.MET, Part.REST)
    assert wide >= 4
    assert left == 0
    assert second + broad == pytest.approx(300)


@pytest.mark.parametrize("today", [date(2026, 5, 14), date(2026, 2, 1), date(2024, 6, 1), date(2025, 12, 31)])
def test_a_settled_period_is_final_for_every_figure(today: date) -> None:
    period = settled_period(today)
    assert period.begins.day == 1
    assert (period.ends + timedelta(days=1)).day == 1
    assert period.ends + timedelta(days=90) <= today
    assert following(period).ends <= today
    assert (today - period.ends).days < 92 + 31


def test_an_empty_period_leads_to_another_one() -> None:
    latest = preset_period(Preset.LAST_90_DAYS, TODAY)
    assert next_try(APRIL, TODAY) == latest
    assert next_try(latest, TODAY) == preset_period(Preset.LAST_YEAR, TODAY)


def test_the_usual_periods_are_in_the_menu(screen: StatisticsScreen) -> None:
    menu = screen.periods.menu()
    names = [action.text() for action in menu.actions()]
    assert names[0] == "Три месяца с готовым итогом"
    assert "Прошлый месяц" in names
    assert screen.periods.usual.text() == "Свой период"
    menu.actions()[names.index("Прошлый месяц")].trigger()
    assert screen.periods.usual.text() == "Прошлый месяц"
    assert screen.periods.period == Period(date(2026, 6, 1), date(2026, 6, 30))


def test_a_file_is_read_by_a_connection_of_the_worker(tmp_path: Path, qtbot: QtBot, qapp: object) -> None:
    small = small_salon(Database(tmp_path / "salon.vizit"))
    came(small, small.client(), date(2026, 4, 6))
    background, found = Background(), []
    reading = Reading(small.salon, background)
    question = Question(APRIL, None, SUMMER.date())
    reading.ask(question, lambda answered: found.append(("given up", answered)), pytest.fail)
    reading.ask(question, lambda answered: found.append(("wanted", answered)), pytest.fail)
    qtbot.waitUntil(lambda: not background.is_busy)
    assert found == [("wanted", answer(small.salon, question))]
    background.close()
    small.database.close()


def test_both_languages_and_a_name_for_every_control(qtbot: QtBot, counter: Counter, salon: SmallSalon) -> None:
    wait_until(salon, SUMMER.date())
    for spoken, said in ((Language.RUSSIAN, "Вернулись за 90 дней"), (Language.ENGLISH, "Came back within 90 days")):
        language.use(spoken)
        screen = opened(qtbot, counter.desk)
        assert screen.view.headline.accessibleName() == said
        for figure in Figure:
            screen.choose(figure)
            for button in screen.findChildren(QAbstractButton):
                assert button.text() or button.accessibleName() or not button.isVisible()


@pytest.mark.parametrize("width", [528, 870, 928, 1270])
def test_nothing_is_wider_than_the_window(screen: StatisticsScreen, width: int) -> None:
    for figure in Figure:
        screen.choose(figure)
        screen.resize(width, 568)
        QApplication.processEvents()
        assert screen.width() == width
        content = screen.view.widget()
        assert content.minimumSizeHint().width() <= screen.view.viewport().width()
        for control in screen.findChildren(QAbstractButton):
            if control.isVisible():
                assert control.mapTo(screen, control.rect().topRight()).x() < width
