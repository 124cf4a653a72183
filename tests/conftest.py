"""What every test shares."""

from __future__ import annotations

import gc
import logging
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app import language
from app.language import Catalogue
from app.models import connection, upgrade
from app.models.connection import Database
from app.paths import migrations, resources
from app.vocabulary import Language
from tests.catalogue import russian_translations
from tests.patience import PATIENCE

# What is loaded and collected stays to the end: see pytest_collection_finish.
gc.disable()

# Without a screen, unless somebody wants to watch (QT_QPA_PLATFORM=xcb).
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


# Neither a slow machine nor a run of unlucky examples is a fault of a rule. CI tries the same examples every time: what
# it found is then the change's own doing; everybody else goes on looking for new ones.
settings.register_profile(
    "ordinary",
    deadline=None,
    derandomize=bool(os.environ.get("CI")),
    max_examples=40,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
settings.register_profile("thorough", settings.get_profile("ordinary"), max_examples=200)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--slow``, which also runs what takes minutes and tries rules with more examples."""
    parser.addoption("--slow", action="store_true", help="also run the tests that take minutes, and try rules harder")


def pytest_configure(config: pytest.Config) -> None:
    """Choose how many examples a rule is tried with, where it does not say so itself."""
    settings.load_profile("thorough" if config.getoption("--slow") else "ordinary")
    _tell_less(config)


def _tell_less(config: pytest.Config) -> None:
    """Let one of several workers tell what a test came to, and not that its setting up and clearing away went well.

    Six messages a test take longer than a small test; only who measures wants all of them.
    """
    workers = [one for one in config.pluginmanager.get_plugins() if type(one).__name__ == "WorkerInteractor"]
    if config.option.durations or config.option.xmlpath:
        return
    for worker in workers:
        worker.sendevent = partial(_told_if_it_matters, worker.sendevent)


def _told_if_it_matters(tell: Callable[..., None], event: str, **said: Any) -> None:
    went_well = event == "testreport" and said["data"]["when"] != "call" and said["data"]["outcome"] == "passed"
    if not went_well and event not in {"logstart", "logfinish"}:
        tell(event, **said)


def pytest_collection(session: pytest.Session) -> None:
    """Let each of several workers read its share of the tests first: what is not compiled yet is compiled once.

    All of them read everything, in the same order: on a computer that never ran the tests each would compile it all.
    """
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "0"))
    if not workers:
        return
    number = int(os.environ["PYTEST_XDIST_WORKER"].removeprefix("gw"))
    folders = [place for place in map(Path, session.config.args) if place.is_dir()]
    files = sorted({file.resolve() for folder in folders for file in folder.rglob("test_*.py")})
    for file in files[number % workers :: workers]:
        # What cannot be read is told when it is collected.
        with suppress(Exception):
            import_module(".".join(file.relative_to(session.config.rootpath).with_suffix("").parts))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the slow tests out unless they are asked for, by ``--slow`` or by ``-m slow``.

    A rule that is tried with many examples is not measured: it would take twice as long, and say nothing about
    lines that no story tells of.
    """
    for item in items:
        if getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
            item.add_marker("no_cover")
    if config.getoption("--slow") or "slow" in config.getoption("-m"):
        return
    slow = [item for item in items if item.get_closest_marker("slow")]
    if slow:
        config.hook.pytest_deselected(items=slow)
        items[:] = [item for item in items if item not in slow]


def pytest_collection_finish() -> None:
    """Let nobody look for waste among what was loaded up to here: it stays to the end.

    It is looked for less often than in a program that runs for months: whoever makes a whole salon, or reads the
    syntax of the house, throws away only at the end.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)
    gc.enable()


@pytest.fixture(autouse=True, scope="session")
def only_loopback() -> Iterator[None]:
    """No test talks to the world: a socket may connect to this machine alone."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family != getattr(socket, "AF_UNIX", None) and address[0] not in {"127.0.0.1", "::1", "localhost"}:
            raise AssertionError(f"a test tried to reach {address}")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield


@pytest.fixture(autouse=True, scope="session")
def in_a_hurry() -> Iterator[tuple[str, ...]]:
    """What a test writes survives no power cut: waiting for the disk would take a tenth of the time of all tests.

    Tells how the engine is told to write otherwise, for who looks at that.
    """
    safely = connection._PRAGMAS
    quickly = ("synchronous = off", *(one for one in safely if not one.startswith("synchronous")))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(connection, "_PRAGMAS", quickly)
        patch.setattr(os, "fsync", lambda _handle: None)
        yield safely


@pytest.fixture(autouse=True, scope="session")
def patient() -> Iterator[None]:
    """Who waits for a condition or a signal waits long: that a machine is slow is no failure."""
    with pytest.MonkeyPatch.context() as patch:
        for wait in (QtBot.waitActive, QtBot.waitExposed, QtBot.waitSignal, QtBot.waitSignals, QtBot.waitUntil):
            patch.setitem(wait.__kwdefaults__, "timeout", PATIENCE * 1000)
        yield


@pytest.fixture(autouse=True, scope="session")
def held_to_the_end() -> Iterator[None]:
    """What a test shows is held until it is closed and gone: qtbot only knows where it is.

    When a test has ended nobody else holds its window, but what it still has to paint is painted; and whoever looks
    for waste at that moment would take the window away from under the painter.
    """
    add = QtBot.addWidget

    def added(bot: QtBot, widget: QWidget, **closing: Any) -> None:
        add(bot, widget, **closing)
        bot._request.addfinalizer(partial(_gone_for_good, widget))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(QtBot, "addWidget", added)
        yield


def _gone_for_good(_closed: QWidget) -> None:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(autouse=True, scope="session")
def made_once() -> Iterator[Callable[..., None]]:
    """The tables of a new salon are made once and copied after that: it takes longer than most tests.

    Tells how they are made, for who looks at that.
    """
    make, shipped = upgrade._bring_up_to_date, migrations()
    made: list[Database] = []

    def made_or_copied(
        database: Database, folder: Path, pending: list[str], copy: Path | None, told: Callable[[int, int], None]
    ) -> None:
        if folder != shipped or len(pending) != len(list(shipped.glob("[0-9]*.py"))):
            make(database, folder, pending, copy, told)
            return
        if not made:
            made.append(Database(None))
            make(made[0], folder, pending, None, told)
        made[0].connection.backup(database.connection)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(upgrade, "_bring_up_to_date", made_or_copied)
        yield make


@pytest.fixture(scope="session")
def russian_words() -> Catalogue:
    """The shipped catalogue: reading it takes longer than most tests, so it is read once.

    Somebody who starts pytest alone may have no words compiled, or those from before the last change.
    """
    language.use(Language.RUSSIAN)
    compiled = resources() / "locale" / "ru" / "LC_MESSAGES" / "vizit.mo"
    if not compiled.exists() or compiled.stat().st_mtime < compiled.with_suffix(".po").stat().st_mtime:
        return russian_translations()
    return language._Spoken.catalogue


@pytest.fixture(autouse=True, scope="session")
def read_once(russian_words: Catalogue) -> Iterator[None]:
    """Whoever changes to Russian is given the same words, where they are the shipped ones."""
    read, shipped = language._catalogue_of, resources()

    def known(spoken: Language) -> Catalogue:
        is_shipped = spoken is Language.RUSSIAN and language.resources() == shipped
        return russian_words if is_shipped else read(spoken)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(language, "_catalogue_of", known)
        yield


@pytest.fixture(autouse=True)
def in_russian(russian_words: Catalogue) -> Iterator[None]:
    """The screens speak Russian, as in most salons, and a test that changes it disturbs no other."""
    _speak_russian(russian_words)
    yield
    _speak_russian(russian_words)


def _speak_russian(words: Catalogue) -> None:
    language._Spoken.language, language._Spoken.catalogue = Language.RUSSIAN, words


@pytest.fixture(autouse=True)
def quiet_log(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A warning in the log fails the test, unless the test cleared it after looking at it."""
    yield
    loud = [record for record in caplog.get_records("call") if record.levelno >= logging.WARNING]
    assert not loud, [record.getMessage() for record in loud]
