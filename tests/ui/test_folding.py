"""The log is folded into the file some seconds after the last act, beside the window."""

import threading

import pytest
from pytestqt.qtbot import QtBot

from app.ui import folding
from app.ui.folding import Folding


@pytest.fixture
def folds() -> list[str]:
    """The threads on which was folded."""
    return []


def test_it_folds_once_when_the_window_rests(qtbot: QtBot, folds: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folding, "RESTS_MS", 10)
    one = Folding(lambda: folds.append(threading.current_thread().name))
    for _act in range(3):
        one.wait_for_rest()
    qtbot.waitUntil(lambda: bool(folds))
    one.close()
    assert len(folds) == 1
    assert folds[0] != threading.main_thread().name


def test_closing_waits_for_what_is_under_way(qtbot: QtBot, folds: list[str]) -> None:
    one = Folding(lambda: folds.append("folded"))
    one.fold()
    one.close()
    assert folds == ["folded"]
