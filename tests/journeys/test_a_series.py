"""A visit becomes a series, one of its visits is dragged elsewhere, and the others follow: in the real window."""

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenu

from app.salon import check
from app.salon.catalogue import rosters
from app.salon.catalogue.patterns import Cycle, Stretch, cyclic
from app.salon.scheduling import booking, series
from app.salon.scheduling.recurrence import Pattern
from app.salon.transaction import carry_out
from app.ui.booking.panel import BookingPanel
from app.ui.calendar.walking import OnVisit
from app.ui.series.repeat_panel import RepeatPanel
from app.ui.series.series_panel import SeriesPanel
from app.ui.wishes import BookingSeed
from app.vocabulary import CancelReason, SeriesScope, SeriesUnit, VisitStatus
from tests.builders import TODAY, at
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


def test_a_whole_year_is_booked_where_nobody_has_looked_yet(front_desk: Day) -> None:
    """Half a year ahead the hours are laid out; her schedule goes on, and so do the dates."""
    small, window = front_desk.small, front_desk.running.window
    worked = cyclic(TODAY + timedelta(days=1), Cycle(1, 0), (Stretch(9 * 60, 21 * 60),))
    carry_out(small.salon, rosters.plan, small.olga, worked)
    visit_id = small.book(at(15), small.client())
    window.open_series(visit_id)
    panel = window.panel.content
    assert isinstance(panel, RepeatPanel)
    panel.field.every.setValue(4)
    panel.field.times.setValue(14)
    assert (panel.table.open_count, len(panel.table.chosen)) == (0, 13)


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


# ---- given up, taken back and done again -----------------------------------------------------------------------

KEPT = ("visit", "booked_service", "occupancy", "reminder", "series", "visit_step")


def kept(day: Day) -> list[object]:
    """All that a series consists of, as the file keeps it."""
    return [day.small.database.rows(f"SELECT * FROM {table} ORDER BY id") for table in KEPT]


def goes_back_and_forth(day: Day, before: object, after: object) -> None:
    """Undo and redo lead there and back, twice, and leave nothing behind."""
    window = day.running.window
    for _time in range(2):
        window.undo()
        assert kept(day) == before
        window.redo()
        assert kept(day) == after
    assert check.faults(day.small.database) == []


def weekly(day: Day) -> list[int]:
    """Anna comes on five Wednesdays at three; the fourth time an hour later."""
    small, window = day.small, day.running.window
    first = small.book(at(15, days=1), small.client("Анна Щёлкина", "8 912 345-67-89"))
    pattern = Pattern(SeriesUnit.WEEK, 1, times=5)
    done = window.desk.perform(series.book_series, first, pattern, series.repeats(small.salon, first, pattern))
    assert done is not None
    ids = [first, *done.value.visit_ids]
    window.desk.perform(booking.move, small.booked_service(ids[3]), small.olga, at(16, days=22))
    QApplication.processEvents()
    return ids


def statuses(day: Day, ids: list[int]) -> list[VisitStatus]:
    return [day.small.status(one) for one in ids]


def chosen(menu: QMenu | None, title: str) -> QAction:
    """What stands in a menu under these words."""
    assert menu is not None
    return next(one for one in menu.actions() if one.text() == title)


def in_words(panel: SeriesPanel) -> str:
    """What the panel says of the whole series, with ordinary spaces."""
    return panel._in_words.text().replace("\u00a0", " ")


B, C = VisitStatus.BOOKED, VisitStatus.CANCELLED


def test_from_one_visit_on_nobody_comes_any_more(front_desk: Day) -> None:
    """She calls off the second time, and then all that follow: one undo brings all of them back, as they were."""
    keys, window = front_desk.keys, front_desk.running.window
    ids = weekly(front_desk)
    before = kept(front_desk)
    window.show_visit(ids[1], at(15, days=8).date())
    window.calendar.grid.setFocus()
    keys.press(Qt.Key.Key_X)
    chosen(window.calendar.menu, "Клиент попросил").trigger()
    assert [button.text() for button in window.toast.buttons] == ["Отменить", "И следующие (3)", "И все остальные (4)"]
    window.toast.buttons[1].click()
    assert front_desk.toast == "Отменены 3 визита"
    assert statuses(front_desk, ids) == [B, C, C, C, C]
    after = kept(front_desk)
    goes_back_and_forth(front_desk, before, after)


def test_what_is_called_off_in_the_series_is_an_act_of_its_own(front_desk: Day) -> None:
    """The fourth visit was moved right before; undo brings the visits back and leaves it where it was put."""
    window = front_desk.running.window
    ids = weekly(front_desk)
    before = kept(front_desk)
    window.open_series(ids[3])
    panel = window.panel.content
    assert isinstance(panel, SeriesPanel)
    panel.cancel.click()
    chosen(chosen(panel.menu, "Этот и следующие (2)").menu(), "Клиент попросил").trigger()
    assert front_desk.toast == "Отменены 2 визита"
    assert in_words(panel) == "Каждую среду, 3 раза, до 27 мая"
    panel.cancel.click()
    chosen(chosen(panel.menu, "Все предстоящие (3)").menu(), "Клиент попросил").trigger()
    assert in_words(panel) == "Каждую среду, все визиты отменены"
    assert statuses(front_desk, ids) == [C] * 5
    window.undo()
    assert statuses(front_desk, ids) == [B, B, B, C, C]
    window.undo()
    assert kept(front_desk) == before
    assert in_words(panel) == "Каждую среду, 5 раз, до 10 июня"


def test_a_series_that_was_taken_back_is_booked_again(front_desk: Day) -> None:
    """With its reminders and steps; or not at all, where somebody has one of its hours by now."""
    small, keys, window = front_desk.small, front_desk.keys, front_desk.running.window
    first = small.book(at(15, days=1), small.client("Анна Щёлкина", "8 912 345-67-89"))
    before = kept(front_desk)
    window.open_series(first)
    keys.type("1")
    keys.press(Qt.Key.Key_Return, CTRL)
    after = kept(front_desk)
    window.undo()
    assert kept(front_desk) == before
    window.redo()
    assert kept(front_desk) == after
    window.undo()
    small.book(at(15, days=15), small.client("Вера"))
    taken = kept(front_desk)
    window.redo()
    assert front_desk.toast == "С тех пор это изменили, поэтому вернуть нельзя."
    assert kept(front_desk) == taken


def test_of_a_cancelled_series_the_others_come_back_when_one_hour_has_gone(front_desk: Day) -> None:
    """The whole cannot be undone; what has gone is named, and one button brings the rest."""
    small, keys, window = front_desk.small, front_desk.keys, front_desk.running.window
    first = small.book(at(15, days=1), small.client("Анна Щёлкина"))
    window.open_series(first)
    keys.type("1")
    keys.press(Qt.Key.Key_Return, CTRL)
    window.desk.perform(series.cancel, first, SeriesScope.ALL, CancelReason.CLIENT_ASKED)
    small.book(at(15, days=15), small.client("Вера"))
    window.undo()
    assert front_desk.toast == "Отменить целиком нельзя, место уже не свободно: ср, 27 мая, 15:00 (Вера)."
    (button,) = window.toast.buttons
    button.click()
    assert front_desk.toast == "Возвращено 5 визитов; остались отменёнными: ср, 27 мая, 15:00 (Вера)"
    window.undo()
    assert small.database.value("SELECT COUNT(*) FROM visit WHERE status = 'booked'") == 1
    window.desk.perform(booking.cancel, small.book(at(12), small.client("Зоя")), CancelReason.CLIENT_ASKED)
    small.book(at(12, 30), small.client("Дина"))
    window.undo()
    said = "Отменить нельзя, место уже не свободно: вт, 12 мая, 12:00 (Дина). Запишите на другое время."
    assert (front_desk.toast, window.toast.buttons) == (said, [])


def test_another_pattern_is_taken_back_and_put_in_force_again(front_desk: Day) -> None:
    """Every second week from the second visit on: some stay, some move, and the one apart stays where it was put."""
    keys, window = front_desk.keys, front_desk.running.window
    ids = weekly(front_desk)
    before = kept(front_desk)
    window.open_series(ids[1])
    panel = window.panel.content
    assert isinstance(panel, SeriesPanel)
    panel.pattern.click()
    form = window.panel.content
    assert isinstance(form, RepeatPanel)
    form.field.every.setValue(2)
    keys.press(Qt.Key.Key_Return, CTRL)
    assert front_desk.toast == "Анна Щёлкина: теперь каждую вторую среду"
    after = kept(front_desk)
    assert after != before
    goes_back_and_forth(front_desk, before, after)
