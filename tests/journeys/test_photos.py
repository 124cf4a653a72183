"""A photo from the phone to the card, through a backup, onto another computer."""

import os
from datetime import datetime, timedelta
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from app.launch import Places, application, build
from app.models.connection import Database
from app.models.opening import open_existing
from app.salon import check
from app.salon.backup import archive, bringing_back
from app.salon.clients import files, shelf
from app.ui.clients.card_panel import WORKS, ClientCardPanel
from app.ui.clients.photo_view import Mode, PhotoView
from app.ui.clients.works_page import WorksPage
from app.vocabulary import Language, PhotoMoment
from tests import pictures
from tests.builders import at, small_salon
from tests.fakes import InlineBackground
from tests.journeys.conftest import Day

CTRL = Qt.KeyboardModifier.ControlModifier


def works_of(front_desk: Day, client: int) -> WorksPage:
    """Open the card, and by key its part with photos and formulas: the calendar beside has the same keys."""
    front_desk.running.window.open_client(client)
    panel = front_desk.running.window.panel.content
    assert isinstance(panel, ClientCardPanel)
    panel.head.edit_button.setFocus()
    front_desk.keys.press(Qt.Key.Key_2, CTRL)
    assert panel.tabs.choice == WORKS
    page = panel.page(WORKS)
    assert isinstance(page, WorksPage)
    return page


def test_a_photo_is_kept_compared_and_comes_back_from_a_backup(front_desk: Day, tmp_path: Path) -> None:
    small = front_desk.small
    anna = small.client("Анна Щёлкина")
    small.book(at(11), anna, service=small.colouring)
    phone = tmp_path / "phone"
    phone.mkdir()
    for name in ("before.jpg", "after.jpg"):
        (phone / name).write_bytes(pictures.jpeg_with_secrets())
    page = works_of(front_desk, anna)
    page.add([phone / "before.jpg", phone / "after.jpg"])
    assert front_desk.toast == "2 файла на карточке"
    page.open_photo(files.of_client(small.database, anna)[0])
    assert page.view is not None
    assert [photo.moment for photo in page.view.shown] == [PhotoMoment.BEFORE, PhotoMoment.AFTER]
    page.view.leave()
    archive.make(small.database, tmp_path / "backup.zip", small.clock.now())
    everything = b"".join(one.read_bytes() for one in tmp_path.rglob("*") if one.is_file() and phone not in one.parents)
    assert [secret for secret in pictures.SECRETS if secret in everything] == []
    other = tmp_path / "other" / "salon.vizit"
    bringing_back.bring_back(tmp_path / "backup.zip", other, datetime(2026, 5, 12, 20))
    database = open_existing(other)
    assert check.faults(database) == []
    assert len(files.of_client(database, anna)) == 2
    database.close()


def test_the_keys_of_the_photos_are_not_those_of_the_calendar_below(front_desk: Day) -> None:
    small, window = front_desk.small, front_desk.running.window
    anna = small.client("Анна Щёлкина")
    small.book(at(11), anna)
    page = works_of(front_desk, anna)
    image = QImage(30, 20, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    QGuiApplication.clipboard().setImage(image)
    for _time in range(2):
        front_desk.keys.press(Qt.Key.Key_V, CTRL)
    assert [one.moment for one in files.of_client(small.database, anna)] == [PhotoMoment.BEFORE, PhotoMoment.AFTER]
    page.open_photo(files.of_client(small.database, anna)[0])
    assert page.view is not None
    page.view.compare(Mode.SLIDER)
    day, share = window.calendar.day, page.view.canvas.share
    front_desk.keys.press(Qt.Key.Key_Right)
    assert page.view.canvas.share > share
    for key in (Qt.Key.Key_PageDown, Qt.Key.Key_F6, Qt.Key.Key_A, Qt.Key.Key_Plus, Qt.Key.Key_0):
        front_desk.keys.press(key)
    front_desk.keys.press(Qt.Key.Key_N, CTRL)
    assert window.calendar.day == day
    assert window._quick is None
    assert page.view is not None
    front_desk.keys.press(Qt.Key.Key_Escape)
    assert page.view is None
    assert window.panel.is_open
    page.open_photo(files.of_client(small.database, anna)[0])
    front_desk.keys.type("6")
    assert window._quick is not None
    window.new_visit()
    assert not any(view.isVisible() for view in window.findChildren(PhotoView))


def test_the_photo_leaves_with_undo_and_its_file_a_month_later(front_desk: Day, qtbot: QtBot, tmp_path: Path) -> None:
    small = front_desk.small
    anna = small.client("Анна Щёлкина")
    (tmp_path / "a.jpg").write_bytes(pictures.JPEG)
    works_of(front_desk, anna).add([tmp_path / "a.jpg"])
    front_desk.keys.press(Qt.Key.Key_Z, CTRL)
    assert files.of_client(small.database, anna) == ()
    (name,) = shelf.names(small.database)
    long_ago = (small.clock.now() - timedelta(days=40)).timestamp()
    os.utime(small.database.files_folder / name, (long_ago, long_ago))
    path = tmp_path / "second.vizit"
    second = small_salon(Database(path))
    (tmp_path / "salon.vizit.files").rename(second.database.files_folder)
    running = build(
        application(["vizit"]), Places(path), clock=second.clock, background=InlineBackground(), spoken=Language.RUSSIAN
    )
    with qtbot.waitActive(running.window):
        running.window.show()
    qtbot.waitUntil(lambda: list(shelf.names(second.database)) == [])
    running.close()
    second.database.close()
