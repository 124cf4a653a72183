"""A visit becomes a series, one of its visits is dragged elsewhere, and the others follow: in the real window."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.salon.scheduling import series
from app.ui.booking.panel import BookingPanel
from app.ui.calendar.walking import OnVisit
from app.ui.series.repeat_panel import RepeatPanel
from app.ui.series.series_panel import SeriesPanel
from app.ui.wishes import BookingSeed
from tests.builders import at
from tests.journeys.conftest import Day

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def starts(day: Day, visit_id: int) -> list[str]:
    series_id = series.of_visit(day.small.database, visit_id)
    assert series_id is not None
    return [f"{one.starts_at:%d.%m %H:%M}" for one in series.read(day.small.salon, series_id).visits]


def test_a_visit_is_repeated_moved_and_followed_by_the_keyboard(front_desk: Day) -> None:
    small, keys, window = front_desk.small, front_desk.keys, front_desk.running.window
    visit_id = small.book(at(15), small.client())
    calendar = window.calendar
    calendar.reload()
    calendar.grid.setFocus()
    calendar.grid.select(OnVisit(small.booked_service(visit_id)))
    keys.press(Qt.Key.Key_R)
    assert isinstance(window.panel.content, RepeatPanel)
    keys.type("1")
    keys.press(Qt.Key.Key_Return, CTRL)
    assert front_desk.toast == "Анна Щёлкина: записано 5 визитов, каждый вторник"
    assert starts(front_desk, visit_id) == [
        f"{day} 15:00" for day in ("12.05", "19.05", "26.05", "02.06", "09.06", "16.06")
    ]

    calendar.grid.setFocus()
    calendar.grid.select(OnVisit(small.booked_service(visit_id)))
    keys.press(Qt.Key.Key_Down, SHIFT)
    assert front_desk.toast == "Визит перенесён на 15:15"
    assert [button.text() for button in window.toast.buttons] == ["Отменить", "И следующие (5)"]
    # By mouse it is a click there; by keyboard R (in the Russian layout К) leads to the same question, Enter answers.
    keys.press(Qt.Key.Key_R)
    keys.enter()
    assert front_desk.toast == "Изменены ещё 5 визитов"
    assert {one[6:] for one in starts(front_desk, visit_id)} == {"15:15"}

    # The move and those that followed it are one act to whoever did it.
    window.undo()
    assert {one[6:] for one in starts(front_desk, visit_id)} == {"15:00"}
    window.redo()
    assert {one[6:] for one in starts(front_desk, visit_id)} == {"15:15"}
    window.undo()
    assert {one[6:] for one in starts(front_desk, visit_id)} == {"15:00"}
    window.open_series(visit_id)
    assert isinstance(window.panel.content, SeriesPanel)
    window.undo()
    QApplication.processEvents()
    assert series.of_visit(small.database, visit_id) is None
    assert window.panel.content is None


def test_the_visit_that_was_just_booked_is_repeated(front_desk: Day) -> None:
    """The client is still on the phone: the sentence was said, and now the whole course is booked."""
    small, keys, window = front_desk.small, front_desk.keys, front_desk.running.window
    small.client("Анна Щёлкина", "8 912 345-67-89")
    window.open_booking(BookingSeed(staff_id=small.olga, starts_at=at(14)))
    form = window.panel.content
    assert isinstance(form, BookingPanel)
    keys.type("6789")
    keys.enter()
    keys.type("маник")
    keys.enter()
    keys.enter()
    keys.enter()
    assert form.said_page is not None
    form.said_page.repeat.click()
    assert isinstance(window.panel.content, RepeatPanel)
    keys.type("2")
    keys.press(Qt.Key.Key_Return, CTRL)
    assert front_desk.toast == "Анна Щёлкина: записано 5 визитов, каждый второй вторник"
