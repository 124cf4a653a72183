"""What PySide6 tells a programmer is put off, not lost."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]

ASKED = """
import builtins, json, sys
plain = builtins.__import__
import app.ui
unread = sorted(name for name in sys.modules if type(sys.modules[name]).__name__ == "Later")
from PySide6.QtCore import QSize, QTimer
try:
    QTimer.singleShot("soon", 1, 2, 3)
except TypeError as error:
    wrong = str(error)
signature = QSize.boundedTo.__doc__
unread_later = [name for name in unread if type(sys.modules[name]).__name__ == "Later"]
print(json.dumps([builtins.__import__ is plain, "argparse" in sys.modules, unread, wrong, signature, unread_later]))
"""


@pytest.fixture(scope="module")
def asked() -> list[Any]:
    """A process that loads Qt as the program does, and then calls it wrongly."""
    told = subprocess.run([sys.executable, "-c", ASKED], capture_output=True, text=True, cwd=ROOT, check=True)
    return json.loads(told.stdout)


def test_import_stays_as_it_was(asked: list[Any]) -> None:
    assert asked[0]


def test_what_explains_is_not_read_at_the_start(asked: list[Any]) -> None:
    unread, uses_stub_writer = asked[2], asked[1]
    assert {name.rpartition(".")[2] for name in unread} >= {
        *("errorhandler", "layout", "mapping", "parser", "feature", "enum_sig", "pyi_generator", "tool"),
    }
    assert not uses_stub_writer


def test_a_wrong_call_is_explained_as_ever(asked: list[Any]) -> None:
    wrong = asked[3]
    assert "called with wrong argument types" in wrong
    assert "singleShot(" in wrong.partition("Supported signatures")[2]


def test_signatures_are_told_as_ever(asked: list[Any]) -> None:
    assert asked[4] == "boundedTo(self, arg__1: PySide6.QtCore.QSize, /) -> PySide6.QtCore.QSize"
    assert "shibokensupport.signature.parser" not in asked[5]
