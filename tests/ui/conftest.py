"""The second ring: one screen at a time, on the real salon in memory, with fakes named by how they behave."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from app.settings import Settings
from app.ui import tab_order
from app.ui.change_feed import ChangeFeed
from app.ui.desk import Desk, Preferences
from app.ui.perform import Perform
from app.ui.theme import Appearance, load_fonts
from app.vocabulary import ThemeChoice
from tests.builders import SmallSalon, small_salon
from tests.fakes import InlineBackground, RecordingOpener, ScriptedAsker


class Window(QMainWindow):
    """Holds one part alone; Tab goes in it as in the window of the program."""

    def __init__(self, part: QWidget) -> None:
        super().__init__()
        self.setCentralWidget(part)

    def focusNextPrevChild(self, ahead: bool) -> bool:
        """As the parts lie."""
        return tab_order.go(self, ahead=ahead)


@dataclass(frozen=True, slots=True)
class Counter:
    """A desk with the fakes behind it, so that a story can look at what happened."""

    small: SmallSalon
    desk: Desk
    asker: ScriptedAsker
    opener: RecordingOpener


@pytest.fixture(autouse=True, scope="session")
def typeface(qapp: object) -> None:
    """Letters are measured in the program's own typeface, whichever test measures first: measures are kept."""
    load_fonts()


@pytest.fixture(autouse=True)
def nothing_left_open(qapp: object) -> Iterator[None]:
    """What a test closed is really gone: Qt would keep it to the end, and dress it anew with every theme."""
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def small() -> Iterator[SmallSalon]:
    """Two masters, three services, Tuesday 12 May 2026, 11:00."""
    made = small_salon()
    yield made
    made.database.close()


@pytest.fixture
def counter(qtbot: QtBot, qapp: object, small: SmallSalon) -> Iterator[Counter]:
    """The front desk of the small salon."""
    feed = ChangeFeed()
    asker, opener = ScriptedAsker(), RecordingOpener()
    desk = Desk(
        salon=small.salon,
        perform=Perform(small.salon, feed),
        feed=feed,
        asker=asker,
        background=InlineBackground(),
        appearance=Appearance(qapp, ThemeChoice.LIGHT),  # type: ignore[arg-type]
        open_link=opener,
        preferences=Preferences(Settings(), lambda _settings: None),
    )
    yield Counter(small, desk, asker, opener)
    desk.appearance.deleteLater()
    asker.assert_all_answered()


@pytest.fixture
def desk(counter: Counter) -> Desk:
    """A screen's way to the small salon."""
    return counter.desk
