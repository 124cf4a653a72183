"""The third ring: the real program as ``launch.build`` puts it together, on a real file, with a clock that stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from app.launch import Places, Running, application, build
from app.models.connection import Database
from app.ui.booking.panel import BookingPanel
from app.vocabulary import Language
from tests.builders import SmallSalon, small_salon
from tests.fakes import InlineBackground, RecordingOpener, ScriptedAsker
from tests.typing_keys import Keyboard


@pytest.fixture(autouse=True)
def nothing_left_open(qapp: object) -> Iterator[None]:
    """What a story closed is really gone: Qt would keep it to the end, and dress it anew with every theme."""
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@dataclass(frozen=True, slots=True)
class Day:
    """A day at the front desk."""

    small: SmallSalon
    running: Running
    asker: ScriptedAsker
    opener: RecordingOpener
    keys: Keyboard

    @property
    def toast(self) -> str:
        """What the window says, with ordinary spaces."""
        return self.running.window.toast.text.replace("\u00a0", " ")

    @property
    def said(self) -> str:
        """The sentence to say back, with ordinary spaces; empty while none is shown."""
        form = self.running.window.panel.content
        page = form.said_page if isinstance(form, BookingPanel) else None
        return "" if page is None else page.sentence.text().replace("\u00a0", " ")


@pytest.fixture
def front_desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Day]:
    """The program opens the small salon's file on Tuesday, 12 May 2026, 11:00."""
    path = tmp_path / "salon.vizit"
    small = small_salon(Database(path))
    asker, opener = ScriptedAsker(), RecordingOpener()
    running = build(
        application(["vizit"]),
        Places(path, tmp_path / "settings.toml"),
        clock=small.clock,
        asker=asker,
        background=InlineBackground(),
        open_link=opener,
        spoken=Language.RUSSIAN,
    )
    with qtbot.waitActive(running.window):
        running.window.show_restored()
        running.window.activateWindow()
    yield Day(small, running, asker, opener, Keyboard(running.window))
    running.close()
    small.database.close()
    asker.assert_all_answered()
