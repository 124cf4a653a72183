"""The list of calls at the front desk, by keyboard alone and by mouse alone."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.errors import DatabaseBusy
from app.models.connection import Database
from app.salon.catalogue import absences
from app.salon.clients import standing
from app.salon.scheduling import calls, replacements
from app.salon.scheduling.replacements import Proposal
from app.salon.transaction import carry_out
from app.ui.calls.panel import CallsPanel
from app.ui.calls.row import CallRow
from app.ui.change_feed import ChangeFeed
from app.ui.perform import Perform
from app.ui.widgets.buttons import PrimaryButton
from app.vocabulary import CallState, VisitStatus
from tests.builders import TODAY, SmallSalon, at, small_salon
from tests.fakes import ScriptedAsker, WorkInHand
from tests.typing_keys import Keyboard
from tests.ui.conftest import Counter

Key, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def visits(small: SmallSalon) -> list[int]:
    """Four clients of Olga this afternoon."""
    names = ("Анна Щёлкина", "Вера Крылова", "Галина", "Дина")
    return [small.book(at(13 + n), small.client(name, f"8912345670{n}")) for n, name in enumerate(names)]


@pytest.fixture
def panel(qtbot: QtBot, counter: Counter, visits: list[int]) -> CallsPanel:
    absence = carry_out(counter.small.salon, absences.fall_ill, counter.small.olga).value
    made = CallsPanel(counter.desk, absence)
    qtbot.addWidget(made)
    made.resize(400, 760)
    made.show()
    made.activateWindow()
    made.focus_first()
    return made


@pytest.fixture
def keys(panel: CallsPanel) -> Keyboard:
    return Keyboard(panel)


def states(panel: CallsPanel) -> dict[str, CallState]:
    """Where each client stands."""
    return {row.call.client_name.split()[0]: row.call.state for row in panel.rows}


def row_of(panel: CallsPanel, name: str) -> CallRow:
    return next(row for row in panel.rows if row.call.client_name.startswith(name))


def test_every_client_with_phone_and_proposal(panel: CallsPanel) -> None:
    row = panel.rows[0]
    assert row.hasFocus()
    assert row.accept_button.isVisible()
    assert row.offer == "В то же время: Мария Ким"
    assert row.accessibleName() == "Анна Щёлкина, позвонить, сегодня, 13:00, В то же время: Мария Ким"
    assert panel.progress.text() == "Решено 0 из 4"
    assert not panel.rows[1].findChildren(PrimaryButton), "what is only seen has no buttons yet"


def test_the_list_is_worked_through_by_keyboard(panel: CallsPanel, keys: Keyboard, counter: Counter) -> None:
    keys.enter()
    assert states(panel)["Анна"] is CallState.MOVED
    assert panel.rows[0].hasFocus(), "the keyboard goes on to the next who is open"
    assert panel.rows[0].call.client_name == "Вера Крылова"
    keys.press(Key.Key_N)
    assert states(panel)["Вера"] is CallState.NO_ANSWER
    keys.press(Key.Key_X)
    assert states(panel)["Галина"] is CallState.CANCELLED
    assert panel.progress.text() == "Решено 2 из 4"
    keys.enter()
    assert states(panel)["Дина"] is CallState.MOVED
    keys.enter()
    assert panel.progress.text() == "Решено всё: 4"
    assert calls.open_lists(counter.small.database, TODAY) == []


def test_letters_work_in_the_russian_layout(panel: CallsPanel, qtbot: QtBot) -> None:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QApplication

    press = QKeyEvent(QEvent.Type.KeyPress, ord("Ч"), Qt.KeyboardModifier.NoModifier, "ч")
    QApplication.sendEvent(panel.rows[0], press)
    assert states(panel)["Анна"] is CallState.CANCELLED


def test_the_list_is_worked_through_by_mouse(
    panel: CallsPanel, qtbot: QtBot, counter: Counter, visits: list[int]
) -> None:
    for name, button in (("Вера", "accept_button"), ("Галина", "cancel_button"), ("Дина", "no_answer_button")):
        qtbot.mouseClick(row_of(panel, name), Qt.MouseButton.LeftButton)
        qtbot.mouseClick(getattr(row_of(panel, name), button), Qt.MouseButton.LeftButton)
    assert states(panel) == {
        "Анна": CallState.TO_CALL,
        "Вера": CallState.MOVED,
        "Галина": CallState.CANCELLED,
        "Дина": CallState.NO_ANSWER,
    }
    qtbot.mouseClick(row_of(panel, "Галина"), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(row_of(panel, "Галина").back_button, Qt.MouseButton.LeftButton)
    assert states(panel)["Галина"] is CallState.TO_CALL
    assert counter.small.status(visits[2]) is VisitStatus.BOOKED


def test_undo_puts_the_line_back(panel: CallsPanel, keys: Keyboard, counter: Counter) -> None:
    keys.enter()
    assert panel.progress.text() == "Решено 1 из 4"
    counter.desk.perform.undo()
    assert panel.progress.text() == "Решено 0 из 4"
    assert states(panel)["Анна"] is CallState.TO_CALL


def test_whoever_is_not_wanted_is_put_back_with_a_reason_only(panel: CallsPanel, counter: Counter) -> None:
    row = row_of(panel, "Галина")
    panel.cancel(row.call)
    carry_out(counter.small.salon, standing.do_not_book, row.call.client_id or 0, "четыре неявки")
    with ScriptedAsker(None, "внесла предоплату") as asker:
        panel.desk = replace(counter.desk, asker=asker)
        panel.take_back(row.call)
        assert states(panel)["Галина"] is CallState.CANCELLED
        panel.take_back(row.call)
    assert states(panel)["Галина"] is CallState.TO_CALL


def test_the_text_for_the_client_is_ready(panel: CallsPanel, keys: Keyboard) -> None:
    keys.press(Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text().replace("\u00a0", " ") == (
        "Здравствуйте, Анна! К сожалению, Ольга не сможет принять вас сегодня в 13:00 (маникюр с покрытием). "
        "Можем предложить сегодня в 13:00, Мария. Напишите, пожалуйста, удобно ли вам. Студия на Садовой"
    )


def test_another_place_knows_the_visit(panel: CallsPanel, keys: Keyboard, qtbot: QtBot, visits: list[int]) -> None:
    with qtbot.waitSignal(panel.place_wanted) as wanted:
        keys.press(Key.Key_O)
    seed = wanted.args[0]
    assert (seed.visit_id, seed.day, len(seed.planned)) == (visits[0], TODAY, 1)


def test_nobody_to_call(qtbot: QtBot, counter: Counter) -> None:
    absence = carry_out(counter.small.salon, absences.fall_ill, counter.small.maria).value
    made = CallsPanel(counter.desk, absence)
    qtbot.addWidget(made)
    made.show()
    assert made._empty.isVisible()


def test_when_the_absence_is_undone_the_list_says_so(counter: Counter, panel: CallsPanel) -> None:
    counter.desk.perform(absences.end, panel.absence_id)
    panel.reload()
    assert panel.rows == []
    assert "Отсутствие отменено" in [label.text() for label in panel.findChildren(QLabel) if label.isVisible()]
    assert panel.progress.text() == ""


# ---- a long list ---------------------------------------------------------------------------------------------


@pytest.fixture
def long_list(qtbot: QtBot, counter: Counter, tmp_path: Path) -> Iterator[tuple[CallsPanel, WorkInHand]]:
    """Twenty clients of Olga within a week, in a file; what is done beside the window waits until it is told to."""
    small = small_salon(Database(tmp_path / "salon.vizit"))
    for n in range(20):
        small.book(at(9 + n % 10, days=1 + n // 10), small.client(f"Анна {n:02}"))
    until = TODAY + timedelta(days=7)
    absence = carry_out(small.salon, absences.fall_ill, small.olga, until).value
    beside = WorkInHand()
    feed = ChangeFeed()
    perform = Perform(small.salon, feed)
    desk = replace(counter.desk, salon=small.salon, perform=perform, feed=feed, background=beside)
    made = CallsPanel(desk, absence)
    qtbot.addWidget(made)
    made.resize(400, 400)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.focus_first()
    yield made, beside
    small.database.close()


def test_the_first_clients_can_be_called_before_all_places_are_found(
    long_list: tuple[CallsPanel, WorkInHand],
) -> None:
    panel, beside = long_list
    first = panel.rows[0]
    assert (first.offer, first.accept_button.isVisible()) == ("Ищем другое место…", False)
    assert panel.progress.text() == "Решено 0 из 20 · Ищем места…"
    Keyboard(panel).press(Key.Key_N)
    assert panel.rows[0].call.state is CallState.NO_ANSWER
    beside.finish()
    assert all(row.call.proposal is not None for row in panel.rows)
    assert panel.progress.text() == "Решено 0 из 20"
    assert panel.rows[1].accept_button.isVisible(), "who is worked on can be moved at once"


def test_what_was_said_on_the_phone_stays_while_the_places_are_looked_for_once_more(
    long_list: tuple[CallsPanel, WorkInHand],
) -> None:
    panel, beside = long_list
    beside.finish()
    said = {row.call.visit_id: row.offer for row in panel.rows}
    panel.accept(panel.rows[0].call)
    still = [row for row in panel.rows if row.call.visit_id in said and not row.call.is_settled]
    assert [row.offer for row in still] == [said[row.call.visit_id] for row in still]
    assert panel.progress.text() == "Решено 1 из 20"
    is_said: list[bool] = []
    beside.job.progressed.connect(
        lambda *_far: is_said.append(all(row.call.proposal for row in panel.rows if not row.call.is_settled))
    )
    beside.finish()
    assert is_said
    assert all(is_said), "not only those that have been found once more"
    assert [row.offer for row in still] == [said[row.call.visit_id] for row in still]


def test_places_are_said_as_they_are_found_at_first(long_list: tuple[CallsPanel, WorkInHand]) -> None:
    panel, beside = long_list
    seen: list[int] = []
    beside.job.progressed.connect(lambda *_far: seen.append(sum(row.call.proposal is not None for row in panel.rows)))
    beside.finish()
    assert any(0 < some < len(panel.rows) for some in seen)
    assert "%" not in panel.progress.text()


def test_of_a_long_list_only_what_is_seen_is_made(long_list: tuple[CallsPanel, WorkInHand], qtbot: QtBot) -> None:
    panel, beside = long_list
    beside.finish()
    assert len(panel.rows) < 20
    before = list(panel.rows)
    Keyboard(panel).press(Key.Key_N)
    assert panel.rows[1:] == before[1:], "an act makes only its own row anew"
    for _step in range(19):
        Keyboard(panel).press(Key.Key_Down)
    assert len(panel.rows) == 20
    assert panel.rows[19].hasFocus()
    assert panel.rows[19].call.client_name == "Анна 19"


def test_a_few_rows_are_there_before_the_search_begins(
    long_list: tuple[CallsPanel, WorkInHand], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever opens the list waits for what is seen of it; the search would hold that up."""
    panel, beside = long_list
    again = CallsPanel(panel.desk, panel.absence_id)
    qtbot.addWidget(again)
    there: list[int] = []
    begin = beside.run
    monkeypatch.setattr(beside, "run", lambda *work, **said: (there.append(len(again.rows)), begin(*work, **said))[1])
    again.reload()
    assert there == [6]


def test_more_rows_are_made_at_once_however_far_somebody_scrolls(long_list: tuple[CallsPanel, WorkInHand]) -> None:
    """Not after as many milliseconds as pixels were scrolled."""
    panel, beside = long_list
    beside.finish()
    QApplication.processEvents()
    bar = panel._scroll.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert panel._soon.isActive()
    assert panel._soon.interval() == 0


def test_when_the_search_breaks_off_nobody_is_said_to_be_looked_for_any_longer(
    long_list: tuple[CallsPanel, WorkInHand], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor is it said that there is no place: nobody knows. Who comes back looks again."""
    panel, beside = long_list
    with monkeypatch.context() as broken:
        broken.setattr(replacements, "each", _no_disk)
        beside.finish()
    assert panel.progress.text() == "Решено 0 из 20"
    assert {row.offer for row in panel.rows} == {"Подобрать не удалось — выберите другое место сами."}
    panel.hide()
    panel.show()
    assert panel.rows[0].offer == "Ищем другое место…"
    beside.finish()
    assert all(row.call.proposal is not None for row in panel.rows)


def _no_disk(*_asked: object) -> Iterator[tuple[int, Proposal]]:
    raise DatabaseBusy


def test_whoever_leaves_the_list_lets_no_search_go_on(long_list: tuple[CallsPanel, WorkInHand]) -> None:
    panel, beside = long_list
    job = beside.job
    panel.hide()
    assert job.is_cancelled
    panel.show()
    assert beside.job is not job
    beside.finish()
    assert panel.rows[0].call.proposal is not None
