"""The master calls back tomorrow: promised on the card, seen on its day, done, and told by the client's timeline."""

from datetime import timedelta

from PySide6.QtCore import Qt

from app.salon.clients import timeline
from app.ui import main_window as places
from app.ui.clients.adding import Added
from app.ui.clients.card_panel import GLANCE, ClientCardPanel
from app.ui.clients.glance_page import GlancePage
from app.ui.reminders.screen import PROMISES, RemindersScreen
from tests.builders import ZONE, at
from tests.journeys.conftest import Day


def promise(front_desk: Day, client: int) -> None:
    """Write it down on the card: for tomorrow at noon, as the form proposes."""
    front_desk.running.window.open_client(client)
    panel = front_desk.running.window.panel.content
    assert isinstance(panel, ClientCardPanel)
    page = panel.page(GLANCE)
    assert isinstance(page, GlancePage)
    page.begin(Added.PROMISE)
    assert page.form is not None
    assert page.form.visit.currentText().replace("\u00a0", " ") == "12 мая · Маникюр с покрытием"
    page.form.words.setPlainText("Перезвонить про окрашивание")
    page.form.who.setCurrentIndex(page.form.who.findData(front_desk.small.maria))
    page.form.words.entered.emit()


def test_a_promise_is_seen_on_its_day_done_and_told(front_desk: Day) -> None:
    window, small = front_desk.running.window, front_desk.small
    anna = small.client("Анна Щёлкина")
    small.book(at(15), anna)
    promise(front_desk, anna)
    window._update_badge()
    badge = window.rail._buttons[places.REMINDERS]
    assert badge.accessibleDescription() == ""
    small.clock.advance(timedelta(days=1))
    window._update_badge()
    assert badge.accessibleDescription().replace("\u00a0", " ") == "1 обещание"
    screen = window.go(places.REMINDERS)
    assert isinstance(screen, RemindersScreen)
    screen.show_part(PROMISES)
    (row,) = screen.promises.today.rows
    assert row.owed.text == "Перезвонить про окрашивание"
    assert (row.owed.staff_name, row.owed.visit_services) == ("Мария Ким", "Маникюр с покрытием")
    row.line.setFocus()
    front_desk.keys.press(Qt.Key.Key_D)
    assert front_desk.toast == "Обещание выполнено"
    assert screen.promises.rows() == []
    assert badge.accessibleDescription() == ""
    lines = timeline.read(small.database, anna, small.clock.now(), ZONE).lines
    told = next(line for line in lines if line.kind is timeline.HappenedKind.PROMISE)
    assert (told.text, told.word) == ("Перезвонить про окрашивание", "done")
