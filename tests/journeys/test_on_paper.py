"""From the screen to paper and to the client's phone, in the real window."""

from pathlib import Path

from PySide6.QtCore import QPoint, Qt

from app.salon.scheduling import agenda
from app.ui.calendar.walking import OnVisit
from tests.builders import TODAY, at
from tests.journeys.conftest import Day


def test_the_shown_day_is_printed(front_desk: Day, tmp_path: Path) -> None:
    where = tmp_path / "завтра.pdf"
    window = front_desk.running.window
    front_desk.small.book(at(11, days=1), front_desk.small.client())
    front_desk.keys.press(Qt.Key.Key_Right)
    front_desk.asker._answers.append(where)
    front_desk.keys.press(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert where.read_bytes().startswith(b"%PDF")
    assert front_desk.toast == "Сохранено: завтра.pdf"
    assert front_desk.opener.links == [where.as_uri()]
    window.calendar.header.paper.click()
    assert window.tray.menu is not None
    front_desk.asker._answers.append(None)
    window.tray.menu.actions()[0].trigger()
    window.tray.menu.close()
    assert front_desk.asker.asked == ["День в PDF", "День в PDF"]


def test_where_a_masters_week_is_shown_the_same_key_prints_that_week(front_desk: Day, tmp_path: Path) -> None:
    window, small = front_desk.running.window, front_desk.small
    window.calendar.show_week_of(small.maria)
    front_desk.asker._answers.append(tmp_path / "неделя.pdf")
    front_desk.keys.press(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    window.calendar.header.paper.click()
    assert window.tray.menu is not None
    said = [one.text() for one in window.tray.menu.actions()]
    assert said[:2] == ["Неделя в PDF: Мария Ким…\tCtrl+P", "День в PDF…"]
    front_desk.asker._answers.append(None)
    window.tray.menu.actions()[0].trigger()
    window.tray.menu.close()
    assert front_desk.asker.asked == ["Неделя мастера в PDF", "Неделя мастера в PDF"]


def test_a_client_takes_the_visit_along(front_desk: Day, tmp_path: Path) -> None:
    where = tmp_path / "визит.ics"
    small, calendar = front_desk.small, front_desk.running.window.calendar
    visit = small.book(at(15), small.client())
    calendar.reload()
    entry = next(one for one in agenda.of_day(small.database, TODAY).entries if one.visit_id == visit)
    calendar.grid.select(OnVisit(entry.booked_id))
    calendar._open_menu(calendar.grid.mapToGlobal(QPoint(20, 20)))
    assert calendar.menu is not None
    front_desk.asker._answers.append(where)
    next(one for one in calendar.menu.actions() if one.text() == "Файл для календаря клиента…").trigger()
    calendar.menu.close()
    assert "DTSTART;TZID=Europe/Moscow:20260512T150000" in where.read_text(encoding="utf-8")
