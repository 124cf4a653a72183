"""What every test shares."""

from __future__ import annotations

import gc
import logging
import os
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import settings

from app import language
from app.language import Catalogue
from app.models import connection
from app.paths import resources
from app.vocabulary import Language
from tests.catalogue import russian_translations

# Without a screen, unless somebody wants to watch (QT_QPA_PLATFORM=xcb).
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


# A slow machine is no fault of a rule. CI tries the same examples every time: what it found is then the change's own
# doing; everybody else goes on looking for new ones.
settings.register_profile("ordinary", deadline=None, derandomize=bool(os.environ.get("CI")), max_examples=40)
settings.register_profile("thorough", settings.get_profile("ordinary"), max_examples=200)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--slow``, which also runs what takes minutes and tries rules with more examples."""
    parser.addoption("--slow", action="store_true", help="also run the tests that take minutes, and try rules harder")


def pytest_configure(config: pytest.Config) -> None:
    """Choose how many examples a rule is tried with, where it does not say so itself."""
    settings.load_profile("thorough" if config.getoption("--slow") else "ordinary")


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


@pytest.fixture(scope="session")
def russian_words() -> Catalogue:
    """The shipped catalogue: reading it takes longer than most tests, so it is read once.

    Somebody who starts pytest alone may have words that were compiled before the last change: not the shipped ones.
    """
    language.use(Language.RUSSIAN)
    compiled = resources() / "locale" / "ru" / "LC_MESSAGES" / "vizit.mo"
    if compiled.stat().st_mtime < compiled.with_suffix(".po").stat().st_mtime:
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
