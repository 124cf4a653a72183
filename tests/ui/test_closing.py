"""The program is closed while something that somebody wished for is still being done beside the window."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from app.models.connection import Database
from app.salon.clients import works
from app.ui import restoring
from app.ui.background import Background
from app.ui.clients import intake
from app.ui.clients.screen import ClientsScreen
from app.ui.desk import Desk
from app.ui.perform import Perform
from tests.builders import TODAY, SmallSalon, small_salon
from tests.fakes import ScriptedAsker
from tests.ui.conftest import Counter


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[SmallSalon]:
    """The small salon in a file."""
    small = small_salon(Database(tmp_path / "salon.vizit"))
    yield small
    small.database.close()


@pytest.fixture
def desk(kept: SmallSalon, counter: Counter) -> Iterator[Desk]:
    """A desk whose long work is done by real workers."""
    background = Background()
    yield replace(
        counter.desk,
        salon=kept.salon,
        perform=Perform(kept.salon, counter.desk.feed, background),
        background=background,
    )
    background.close()


def test_photos_that_are_being_turned_are_on_the_card_when_the_program_is_closed(
    kept: SmallSalon, desk: Desk, tmp_path: Path
) -> None:
    anna, photo = kept.client(), tmp_path / "до.jpg"
    picture = QImage(400, 300, QImage.Format.Format_RGB32)
    picture.fill(QColor("salmon"))
    assert picture.save(str(photo))
    told: list[str] = []
    intake.begin(desk, anna, [photo], None, None, told.append)
    restoring.finish_at_closing(desk)
    assert told == [""]
    assert len(works.of_client(kept.database, anna, TODAY).works[0].files) == 1
    assert desk.background.wished is None


def test_a_list_that_is_being_written_out_is_there_when_the_program_is_closed(
    qtbot: QtBot, kept: SmallSalon, desk: Desk, tmp_path: Path
) -> None:
    kept.client()
    where = tmp_path / "Клиенты.csv"
    with ScriptedAsker(where) as asker:
        screen = ClientsScreen(replace(desk, asker=asker))
        qtbot.addWidget(screen)
        screen.show()
        qtbot.waitUntil(lambda: not desk.background.is_busy)
        screen.filters.export_wanted.emit()
    restoring.finish_at_closing(desk)
    assert "Анна" in where.read_text("utf-8-sig")
