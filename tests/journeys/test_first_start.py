"""The first start: a name, masters, one key, and the calendar is there."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot

from app.clock import standing_at
from app.launch import Places, Running, application, build
from app.salon.catalogue import staff
from app.ui.first_run.screen import WelcomeScreen
from app.ui.screens import CALENDAR
from app.vocabulary import Language
from tests.builders import ZONE, at
from tests.fakes import InlineBackground, RecordingOpener, ScriptedAsker
from tests.typing_keys import Keyboard


@pytest.fixture
def asker() -> Iterator[ScriptedAsker]:
    """Nobody is asked anything that was not expected."""
    with ScriptedAsker() as made:
        yield made


@pytest.fixture
def started(qtbot: QtBot, tmp_path: Path, asker: ScriptedAsker) -> Iterator[Running]:
    """A program that has never run on this machine, on a small screen."""
    running = build(
        application(["vizit"]),
        Places(tmp_path / "salon.vizit", tmp_path / "settings.toml"),
        clock=standing_at(at(11), ZONE),
        asker=asker,
        background=InlineBackground(),
        open_link=RecordingOpener(),
        spoken=Language.RUSSIAN,
    )
    running.window.resize(1280, 720)
    with qtbot.waitActive(running.window):
        running.window.show()
        running.window.activateWindow()
    yield running
    running.close()


def welcome(running: Running) -> WelcomeScreen:
    screen = running.window.stack.currentWidget()
    assert isinstance(screen, WelcomeScreen)
    return screen


def test_the_first_thing_that_is_typed_is_the_name_and_one_key_opens_the_salon(started: Running) -> None:
    keys = Keyboard(started.window)
    keys.type("Студия")
    welcome(started)._masters.setFocus()
    keys.type("Ольга Белова")
    keys.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    window = started.window
    assert window.stack.currentWidget() is window.screens[CALENDAR]
    assert started.desk.salon.profile.name == "Студия"
    assert [one.name for one in staff.masters(started.desk.salon.database)] == ["Ольга Белова"]
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert window.may_be_left(), "everything that was typed is kept"


def test_what_was_typed_into_the_welcome_is_asked_about(started: Running, asker: ScriptedAsker) -> None:
    Keyboard(started.window).type("Студия")
    asker._answers += [False]
    assert not started.window.may_be_left()
    assert asker.details == ["Название салона: «Студия»"]


def test_what_is_missing_is_said_where_it_is_missing(started: Running) -> None:
    """A salon without a master is not a salon without a name."""
    screen, keys = welcome(started), Keyboard(started.window)
    keys.type("Студия")
    screen.open_salon()
    assert (screen._name_line.error, screen._masters_line.error) == (
        "",
        "Впишите хотя бы одного мастера, каждого с новой строки.",
    )
    assert screen._masters.hasFocus()
    keys.type("Ольга")
    assert screen._masters_line.error == ""
    screen._name.clear()
    screen.open_salon()
    assert screen._name_line.error == "Укажите имя."
    assert screen._name.hasFocus()


def test_nothing_of_the_welcome_is_cut_off_on_a_small_screen(started: Running) -> None:
    field: QPlainTextEdit = welcome(started)._masters
    assert field.parentWidget().height() >= field.geometry().bottom() + 1
    assert field.parentWidget().visibleRegion().boundingRect().contains(field.geometry())
