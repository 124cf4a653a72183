"""Filtering the list of clients, saving the filter, writing it out, and inviting."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from app.salon.clients import consents, segments
from app.salon.clients.conditions import ANYBODY, Between, Conditions, Days
from app.salon.reminders import queue
from app.salon.transaction import carry_out
from app.ui.clients.screen import ClientsScreen
from app.ui.widgets.buttons import ChoiceButton
from app.vocabulary import ConsentKind, ConsentWay
from tests.builders import TODAY, at
from tests.ui.conftest import Counter

Key = Qt.Key


@pytest.fixture
def screen(qtbot: QtBot, counter: Counter) -> ClientsScreen:
    """Anna came once and agreed to advertising, Maria came twice, Olga never."""
    small = counter.small
    anna = small.client("Анна Щёлкина", "8 912 345-67-89")
    maria = small.client("Мария Ким", "+7 903 000-11-22")
    small.client("Ольга Тихая")
    small.complete(small.book(at(10, days=-7), anna))
    for days in (-20, -1):
        small.complete(small.book(at(10, days=days), maria))
    said = {"is_given": True, "day": TODAY, "way": ConsentWay.PAPER}
    carry_out(small.salon, consents.record, anna, ConsentKind.ADVERTISING, **said)
    made = ClientsScreen(counter.desk)
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    made.activateWindow()
    return made


def names(screen: ClientsScreen) -> list[str]:
    return [one.name for row in range(screen.model.rowCount()) if (one := screen.model.record(row)) is not None]


def chips(screen: ClientsScreen) -> list[ChoiceButton]:
    return [one for one in screen.filters.findChildren(ChoiceButton) if one.isVisibleTo(screen.filters)]


def choose(menu: QMenu, *path: str) -> None:
    """Click through a menu."""
    for word in path[:-1]:
        (menu,) = [action.menu() for action in menu.actions() if action.text() == word]  # type: ignore[misc]
    (action,) = [action for action in menu.actions() if action.text() == path[-1]]
    action.trigger()


def test_a_condition_becomes_a_chip_and_leaves_the_clients_for_whom_it_holds(
    qtbot: QtBot, screen: ClientsScreen
) -> None:
    choose(screen.filters.condition_menu(), "Визиты", "ровно 1 визит")
    assert names(screen) == ["Анна Щёлкина"]
    assert [chip.text() for chip in chips(screen)] == ["ровно 1 визит"]
    assert screen.header.detail.startswith("1 из 3 клиентов")
    assert screen.filters.segment_button.text() == "Были один раз"
    qtbot.mouseClick(chips(screen)[0], Qt.MouseButton.LeftButton)
    assert len(names(screen)) == 3
    assert screen.filters.segment_button.text() == "Все клиенты"


def test_masters_are_ticked_one_after_another(counter: Counter, screen: ClientsScreen) -> None:
    small = counter.small
    choose(screen.filters.condition_menu(), "Мастер", "Ольга Белова")
    choose(screen.filters.condition_menu(), "Мастер", "Мария Ким")
    assert screen.filters.conditions == Conditions(masters=(small.olga, small.maria))
    assert names(screen) == ["Мария Ким", "Анна Щёлкина"]
    choose(screen.filters.condition_menu(), "Мастер", "Ольга Белова")
    assert names(screen) == []
    assert screen._none_meant.isVisible()
    screen._none_meant.acted.emit()
    assert screen.filters.conditions == ANYBODY
    assert len(names(screen)) == 3


def test_a_filter_is_saved_under_a_name_chosen_again_and_taken_off(
    qtbot: QtBot, counter: Counter, screen: ClientsScreen
) -> None:
    screen.show_segment(Conditions(visits=Between(2)))
    screen.filters.save_button.click()
    qtbot.keyClick(screen.filters.name, Key.Key_Return)
    assert screen.filters.name_line.error
    screen.filters.name.setText("Постоянные")
    qtbot.keyClick(screen.filters.name, Key.Key_Return)
    assert screen.filters.segment_button.text() == "Постоянные"
    assert not screen.filters.save_button.isVisible()
    choose(screen.filters.segment_menu(), "Все клиенты")
    assert len(names(screen)) == 3
    choose(screen.filters.segment_menu(), "Постоянные")
    assert names(screen) == ["Мария Ким"]
    choose(screen.filters.segment_menu(), "Убрать «Постоянные» из списка")
    assert segments.listed(counter.small.database) == []
    assert counter.desk.perform.undo()
    assert screen.filters.segment_button.text() == "Постоянные"


def test_a_segment_from_elsewhere_is_refused_in_words(counter: Counter, screen: ClientsScreen) -> None:
    told: list[str] = []
    counter.desk.perform.done.connect(lambda text, _undo: told.append(text))
    carry_out(counter.small.salon, segments.keep, None, "Чужой", ANYBODY)
    counter.small.database.rows("UPDATE segment SET conditions = '{'")
    screen.reload()
    choose(screen.filters.segment_menu(), "Чужой")
    assert len(told) == 1
    assert len(names(screen)) == 3


def test_the_clients_shown_are_written_into_a_file(counter: Counter, screen: ClientsScreen, tmp_path: Path) -> None:
    path = tmp_path / "один раз.csv"
    counter.asker._answers.append(path)
    screen.show_segment(Conditions(visits=Between(1, 1)))
    screen.filters.export_button.click()
    content = path.read_text(encoding="utf-8-sig")
    assert "Анна Щёлкина" in content
    assert "Мария" not in content
    noted = "SELECT note FROM journal_entry WHERE action = 'clients_exported'"
    assert counter.small.database.rows(noted) == [("1",)]
    assert not screen.progress.isVisible()


def test_whoever_agreed_is_invited_and_the_others_are_told(
    qtbot: QtBot, counter: Counter, screen: ClientsScreen
) -> None:
    database = counter.small.database
    screen.filters.invite_button.click()
    assert screen.invite.isVisible()
    said = "Приглашение получит 1 клиент; 2 без согласия на рекламу — нет."
    assert screen.invite.line.editor.accessibleDescription() == said
    qtbot.keyClick(screen.invite.words, Key.Key_Escape)
    assert not screen.invite.isVisible()
    screen.filters.invite_button.click()
    screen.invite.words.setText("{client}, приходите")
    qtbot.keyClick(screen.invite.words, Key.Key_Return)
    (line,) = queue.due(database, at(11))
    assert (line.client_name, line.text) == ("Анна Щёлкина", "{client}, приходите")
    assert counter.desk.perform.undo()
    assert queue.due(database, at(11)) == []


def test_the_lines_of_a_long_list_are_read_where_somebody_looks(qtbot: QtBot, counter: Counter) -> None:
    small = counter.small
    with small.database.writing():
        for number in range(400):
            small.database.rows(
                "INSERT INTO client (name, wishes, notes, search, created_at, kind, is_vip, do_not_book_reason) "
                "VALUES (?, '', '', ?, '', 'person', 0, '')",
                (f"Клиент {number:03}", f"  клиент  {number:03}"),
            )
    screen = ClientsScreen(counter.desk)
    qtbot.addWidget(screen)
    screen.resize(1200, 700)
    screen.show()
    assert screen.model.rowCount() == 400
    assert screen.model.record(0) is not None
    assert screen.model.record(300) is None
    assert screen.model.index(300, 0).data() == ""
    screen.table.scrollTo(screen.model.index(300, 0))
    qtbot.waitUntil(lambda: screen.model.record(300) is not None)
    assert screen.model.index(300, 0).data() == "Клиент 300"
    assert screen.model.record(180) is None


@pytest.mark.parametrize(
    ("path", "typed", "meant", "chip", "left"),
    [
        (("Визиты", "Другое число…"), ("2", "7"), Conditions(visits=Between(2, 7)), "от 2 визитов, до 7 визитов", 1),
        (
            ("Последний визит", "Другое число дней…"),
            ("", "5"),
            Conditions(last_visit=Between(None, 5)),
            "были за 5 дней",
            1,
        ),
        (
            ("Последний визит", "Между датами…"),
            ("01.05.2026", "05.05.2026"),
            Conditions(last_day=Days(date(2026, 5, 1), date(2026, 5, 5))),
            "последний визит 1–5 мая 2026",
            1,
        ),
        (
            ("Оплачено", "Другая сумма…"),
            ("", "99,50"),
            Conditions(spent=Between(None, 9_950)),
            "потратили до 99,50 ₽",
            3,
        ),
    ],
)
def test_any_range_can_be_typed(
    qtbot: QtBot,
    screen: ClientsScreen,
    path: tuple[str, ...],
    typed: tuple[str, str],
    meant: Conditions,
    chip: str,
    left: int,
) -> None:
    choose(screen.filters.condition_menu(), *path)
    form = screen.filters.range_form
    assert form.fields[0].hasFocus()
    for editor, words in zip(form.fields, typed, strict=True):
        qtbot.keyClicks(editor, words)
    qtbot.keyClick(form.fields[1], Key.Key_Return)
    assert screen.filters.conditions == meant
    assert [one.text().replace("\u00a0", " ") for one in chips(screen)] == [chip]
    assert len(names(screen)) == left
    assert not form.isVisible()
    choose(screen.filters.condition_menu(), *path)
    assert tuple(one.text() for one in screen.filters.range_form.fields) == tuple(
        words.replace(",", ".") for words in typed
    )


def test_what_is_wrong_with_a_range_is_said_under_its_field(qtbot: QtBot, screen: ClientsScreen) -> None:
    screen.filters.ask_range("visits")
    form = screen.filters.range_form
    qtbot.keyClick(form.fields[0], Key.Key_Return)
    assert form.lines[0].error == "Укажите хотя бы одну границу."
    qtbot.keyClicks(form.fields[0], "7")
    assert not form.lines[0].error
    qtbot.keyClick(form.fields[0], Key.Key_Tab)
    assert form.fields[1].hasFocus()
    qtbot.keyClicks(form.fields[1], "many")
    form.take_button.click()
    assert "целое число" in form.lines[1].error
    form.fields[1].setText("3")
    form.take_button.click()
    assert form.lines[1].error == "Конец раньше начала."
    assert form.fields[1].hasFocus()
    qtbot.keyClick(form.fields[1], Key.Key_Escape)
    assert not form.isVisible()
    assert screen.filters.conditions == ANYBODY
    assert screen.filters.export_button.isVisible()


def test_the_buttons_of_the_bar_stand_level_with_the_fields(screen: ClientsScreen) -> None:
    bar = screen.filters

    def top(widget: QWidget) -> int:
        QApplication.sendPostedEvents()
        return widget.mapTo(bar, QPoint()).y()

    bar.ask_range("visits")
    for line in bar.range_form.lines:
        line.set_error("Конец раньше начала.")
        assert top(bar.segment_button) == top(line.editor) == top(bar.range_form.take_button)
    screen.show_segment(Conditions(visits=Between(2)))
    assert top(bar.segment_button) == top(bar.export_button) == 0
    bar.save_button.click()
    bar.refuse_name("Как назвать?")
    assert top(bar.segment_button) == top(bar.name) == top(bar.keep_button) == top(bar.invite_button)
    choose(bar.segment_menu(), "Были один раз")
    assert not bar.name.isVisible()
    assert top(bar.segment_button) == 0


def test_whoever_chooses_a_segment_gives_up_the_range_that_was_being_typed(screen: ClientsScreen) -> None:
    screen.filters.ask_range("spent")
    choose(screen.filters.segment_menu(), "Были один раз")
    assert not screen.filters.range_form.isVisible()
    assert len(chips(screen)) == 1
    assert screen.filters.invite_button.isVisible()
