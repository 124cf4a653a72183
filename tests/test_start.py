"""The first painted calendar waits for nothing that is not on it."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.models.connection import Database
from tests.builders import at, small_salon

ROOT = Path(__file__).parent.parent

STARTED = """
import os, sys
from datetime import datetime
from pathlib import Path
from app.later import Later
from app.clock import FixedClock
from app.launch import Places, application, build
from app.ui.calendar.day_grid import DayGrid

def painted(grid, event, paint=DayGrid.paintEvent):
    paint(grid, event)
    import json
    loaded = [name for name in sys.modules if name.partition(".")[0] in ("app", "PySide6")]
    known = {name for each in loaded if each.startswith("PySide6.") for name in vars(sys.modules[each])}
    kinds = [one for each in loaded if each.startswith("app") for one in vars(sys.modules[each]).values()]
    written = {one.__qualname__ for one in kinds if isinstance(one, type) and is_written_early(one)}
    read = [name for name, module in sys.modules.items() if not isinstance(module, Later)]
    pictures = "plugins/imageformats" in Path("/proc/self/maps").read_text() if sys.platform == "linux" else False
    print(json.dumps([read, list(known), list(written), len(grid.plan.tiles), pictures]), flush=True)
    os._exit(0)

def is_written_early(kind):
    made = vars(kind).get("__dataclass_params__")
    return made is not None and made.frozen

DayGrid.paintEvent = painted
app = application([])
clock = FixedClock(datetime.fromisoformat(sys.argv[2]))
running = build(app, Places(Path(sys.argv[1])), clock=clock)
running.window.show_restored()
app.exec()
"""


@dataclass(frozen=True)
class Loaded:
    """What a program has loaded when its first calendar is painted."""

    modules: set[str]
    qt_types: set[str]
    written_early: set[str]
    """Values whose methods were written while the program loaded."""
    visits: int
    reads_pictures: bool
    """Whether Qt has loaded what reads the formats of pictures."""


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    """A salon with a visit on this day, opened as a person opens it."""
    file = tmp_path_factory.mktemp("start") / "salon.vizit"
    small = small_salon(Database(file))
    small.book(at(12), small.client("Вера"))
    moment = small.clock.now().isoformat()
    small.database.close()
    told = subprocess.run(
        [sys.executable, "-c", STARTED, str(file), moment],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        check=True,
    )
    modules, qt_types, written, visits, reads_pictures = json.loads(told.stdout)
    return Loaded(set(modules), set(qt_types), set(written), visits, reads_pictures)


def test_the_visit_is_on_it(loaded: Loaded) -> None:
    assert loaded.visits == 1


def test_it_waits_for_no_module_of_another_moment(loaded: Loaded) -> None:
    heavy = {"peewee", "playhouse", "babel", "phonenumbers", "app.models.tables", "app.cli"}
    assert loaded.modules & heavy == set()
    # Of no use to a start without trouble.
    assert loaded.modules & {"argparse", "gettext", "inspect", "logging", "shutil", "tempfile", "traceback"} == set()
    screens = {name for name in loaded.modules if name.startswith("app.ui.") and name.count(".") > 2}
    assert {name.split(".")[2] for name in screens} <= {"calendar", "widgets"}


def test_it_waits_for_no_part_of_qt_that_is_not_painted(loaded: Loaded) -> None:
    """Python learns a class of Qt with all its words when it is first named: some have hundreds."""
    assert {"QPainter", "QPushButton"} <= loaded.qt_types
    assert loaded.qt_types & {"QGradient", "QPropertyAnimation", "QTextEdit", "QStyle"} == set()


def test_it_waits_for_no_format_of_pictures(loaded: Loaded) -> None:
    """Whatever the style sheet gives a picture, as a combo box for its arrow, loads the readers of all formats."""
    assert not loaded.reads_pictures


def test_it_waits_for_no_methods_of_values(loaded: Loaded) -> None:
    """Values are ``@frozen``: a frozen dataclass writes and compiles its methods whether or not one is ever made."""
    assert loaded.written_early == set()
