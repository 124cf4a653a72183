"""The master calls back tomorrow: promised on the card, seen on its day, done, and told by the client's timeline."""

from datetime import datetime, timedelta

from PySide6.QtCore import Qt

from app.salon.clients import timeline
from app.salon.followup.tasks import Promise
from app.ui import main_window as places
from app.ui.clients.adding import Added
from app.ui.clients.card_panel import GLANCE, ClientCardPanel
from app.ui.clients.glance_page import GlancePage
from app.ui.reminders.screen import PROMISES, RemindersScreen
from tests.builders import ZONE, at
from tests.journeys.conftest import Day


def promise(front_desk: Day, client: int, due: datetime) -> None:
    """Write it down on the card."""
    front_desk.running.window.open_client(client)
    panel = front_desk.running.window.panel.content
    assert isinstance(panel, ClientCardPanel)
    page = panel.page(GLANCE)
    assert isinstance(page, GlancePage)
    page.begin(Added.PROMISE)
    assert page.form is not None
    page.form.promise_added.emit(Promise("Перезвонить про окрашивание", due, front_desk.small.maria))


def test_a_promise_is_seen_on_its_day_done_and_told(front_desk: Day) -> None:
    window, small = front_desk.running.window, front_desk.small
    anna = small.client("Анна Щёлкина")
    promise(front_desk, anna, at(15, days=1))
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
    row.line.setFocus()
    front_desk.keys.press(Qt.Key.Key_D)
    assert front_desk.toast == "Обещание выполнено"
    assert screen.promises.rows() == []
    assert badge.accessibleDescription() == ""
    told = timeline.read(small.database, anna, small.clock.now(), ZONE).lines[0]
    assert (told.kind, told.text, told.word) == (timeline.HappenedKind.PROMISE, "Перезвонить про окрашивание", "done")
