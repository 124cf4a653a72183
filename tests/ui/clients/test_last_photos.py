"""How it looked last time, in the card's first glance."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.salon.clients import files
from app.ui.clients.card_page import WORKS
from app.ui.clients.card_panel import GLANCE, ClientCardPanel
from app.ui.clients.glance_page import GlancePage
from tests import pictures
from tests.builders import at
from tests.ui.conftest import Counter


def test_before_and_after_of_last_time_are_seen_at_once_and_lead_to_all_of_them(qtbot: QtBot, counter: Counter) -> None:
    anna = counter.small.client("Анна Щёлкина")
    panel = ClientCardPanel(counter.desk)
    qtbot.addWidget(panel)
    panel.resize(400, 900)
    panel.show_client(anna)
    panel.show()
    glance = panel.page(GLANCE)
    assert isinstance(glance, GlancePage)
    assert not glance.last_photos.isVisible()
    for days in (-20, -40):
        visit = counter.small.book(at(10, days=days), anna)
        some = [files.take_in_content(counter.small.database, one) for one in (pictures.JPEG, pictures.png())]
        counter.desk.perform(files.keep, anna, some, visit)
    before, after = glance.last_photos.tiles
    assert [tile.accessibleName() for tile in (before, after)] == ["До", "После"]
    shown = files.latest(counter.small.database, anna)
    assert shown is not None
    assert (before.file, after.file) == shown.photos
    assert before.picture is not None
    qtbot.mouseClick(after, Qt.MouseButton.LeftButton)
    assert panel.tabs.choice == WORKS
