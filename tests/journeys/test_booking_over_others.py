"""A visit is dropped where somebody stands: it is refused, and whoever means it does it with a reason, by mouse."""

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from app.models.kept import read_wall
from app.salon import check
from app.salon.scheduling import booking
from app.salon.scheduling.booking import BookingRequest
from app.salon.transaction import carry_out
from app.ui.booking.panel import BookingPanel
from tests.builders import SmallSalon, at
from tests.journeys.conftest import Day

REASON = "Мастер согласен"
ANYWAY = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def starts_of(small: SmallSalon, visit: int) -> list[datetime]:
    rows = small.database.rows("SELECT starts_at FROM booked_service WHERE visit_id = ? ORDER BY position", (visit,))
    return [read_wall(row[0]) for row in rows]


def press(qtbot: QtBot, button: QAbstractButton) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def go_on(day: Day, qtbot: QtBot) -> BookingPanel:
    """Press what the refusal offers."""
    (button,) = [one for one in day.running.window.toast.buttons if one.text() == "Всё равно…"]
    press(qtbot, button)
    panel = day.running.window.panel.content
    assert isinstance(panel, BookingPanel)
    return panel


def test_a_drop_on_somebody_is_done_with_a_reason_and_taken_back(front_desk: Day, qtbot: QtBot) -> None:
    small, window = front_desk.small, front_desk.running.window
    small.book(at(15), small.client("Вера"))
    anna = small.book(at(17), small.client("Анна"))
    window.calendar.reload()
    window.calendar.move(small.booked_service(anna), small.olga, at(15, 30))
    assert "Вера" in front_desk.toast
    assert starts_of(small, anna) == [at(17)]
    panel = go_on(front_desk, qtbot)
    assert panel.form.anyway.isVisible()
    front_desk.asker._answers.append(REASON)
    press(qtbot, panel.form.anyway)
    assert starts_of(small, anna) == [at(15, 30)]
    assert small.database.value("SELECT overbooked_reason FROM visit WHERE id = ?", (anna,)) == REASON
    assert check.faults(small.database) == []
    window.undo()
    assert starts_of(small, anna) == [at(17)]


def test_all_services_of_the_visit_come_along(front_desk: Day, qtbot: QtBot) -> None:
    """Maria washes and cuts an hour after Olga has done the hands; the pause stays, and so does the price."""
    small, window = front_desk.small, front_desk.running.window
    small.book(at(12), small.client("Вера"))
    both = (small.wish(at(15)), small.wish(at(17), service=small.colouring, staff=small.maria))
    anna = carry_out(small.salon, booking.book, BookingRequest(small.client("Анна"), both)).value
    prices = small.database.rows("SELECT price FROM booked_service WHERE visit_id = ? ORDER BY position", (anna,))
    window.calendar.reload()
    window.calendar.move(small.booked_service(anna), small.olga, at(12, 30))
    panel = go_on(front_desk, qtbot)
    front_desk.asker._answers.append(REASON)
    press(qtbot, panel.form.anyway)
    assert starts_of(small, anna) == [at(12, 30), at(14, 30)]
    sql = "SELECT price FROM booked_service WHERE visit_id = ? ORDER BY position"
    assert small.database.rows(sql, (anna,)) == prices


def test_an_edge_that_is_drawn_over_the_next_is_offered_too(front_desk: Day, qtbot: QtBot) -> None:
    small, window = front_desk.small, front_desk.running.window
    anna = small.book(at(14), small.client("Анна"))
    small.book(at(15), small.client("Вера"))
    window.calendar.reload()
    window.calendar.grid.stretch_wanted.emit(small.booked_service(anna), at(14), at(15, 30))
    panel = go_on(front_desk, qtbot)
    front_desk.asker._answers.append(REASON)
    press(qtbot, panel.form.anyway)
    sql = "SELECT ends_at FROM booked_service WHERE visit_id = ?"
    assert read_wall(small.database.value(sql, (anna,))) == at(15, 30)


def test_a_key_does_what_the_refusal_offers(front_desk: Day) -> None:
    """And nothing where nothing is offered any more."""
    small, window = front_desk.small, front_desk.running.window
    small.book(at(15), small.client("Вера"))
    anna = small.book(at(17), small.client("Анна"))
    window.calendar.reload()
    window.calendar.grid.setFocus()
    front_desk.keys.press(Qt.Key.Key_Return, ANYWAY)
    assert not window.panel.is_open
    window.calendar.move(small.booked_service(anna), small.olga, at(15, 30))
    front_desk.keys.press(Qt.Key.Key_Return, ANYWAY)
    assert isinstance(window.panel.content, BookingPanel)
    assert window.toast.text == ""
    front_desk.asker._answers.append(REASON)
    front_desk.keys.press(Qt.Key.Key_Return, ANYWAY)
    assert starts_of(small, anna) == [at(15, 30)]


def test_what_no_reason_can_permit_is_refused_without_a_way(front_desk: Day) -> None:
    """Nobody works at that hour."""
    small, window = front_desk.small, front_desk.running.window
    anna = small.book(at(14), small.client("Анна"))
    window.calendar.reload()
    window.calendar.move(small.booked_service(anna), small.olga, at(22))
    assert front_desk.toast
    assert window.toast.buttons == []
