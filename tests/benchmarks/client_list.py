"""The list of a hundred thousand clients: how soon it comes, frames while scrolling, what the program weighs."""

import os
import subprocess
import sys
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QEventLoop, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QTableView

from app import launch
from app.clock import standing_at
from app.launch import Places, Running
from app.ui.screens import CLIENTS
from tests.benchmarks import many_clients, ten_years
from tests.benchmarks.measuring import both, in_turn, said, timed, told

HERE = Path(__file__).parent
FRAMES = 300
_WIDTH, _HEIGHT = 1920, 1080
_STEP = 132
"""So many pixels a turn of the wheel moves: three lines."""


def scrolling(folder: Path) -> None:
    """A frame while the wheel turns, and while the handle is dragged from end to end, beside a bare table."""
    with _list(folder) as (running, screen, first, whole):
        said("the list of 100,000 clients from the click to its first lines", f"{first:.0f} ms", line="300 ms")
        said("the list of 100,000 clients from the click to the order of all", f"{whole:.0f} ms")
        bare = _BareTable()
        bare.resize(screen.table.viewport().size())
        bare.show()
        _settle(0.3)
        for what, step in (
            ("turning the wheel in the list of 100,000 clients", _STEP),
            ("dragging the handle through the list of 100,000 clients", 14_713),
        ):
            frames = in_turn(list(_frames(screen.table, step)), list(_frames(bare, step)))
            told(f"a frame while {what}, beside a bare table", *frames, line="p99 16 ms")
        _typing(screen)
        _segments(screen)
        bare.close()
        running.window.close()


def memory(folder: Path) -> None:
    """What the program weighs with the list open and scrolled through."""
    environment = {**os.environ, "PYTHONPATH": str(HERE.parents[1])}
    environment |= {"XDG_CONFIG_HOME": str(folder), "XDG_DATA_HOME": str(folder)}
    environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    command = [sys.executable, str(HERE / "window_of_clients.py"), str(many_clients.file(folder))]
    told_ = subprocess.run(command, capture_output=True, text=True, check=True, env=environment).stdout
    weights = [int(line.split()[1]) / 1024 for line in told_.splitlines() if line.startswith("painted")]
    shown = ", then ".join(f"{weight:.0f} MB" for weight in weights)
    said("memory with the list of 100,000 clients open, then scrolled through", shown, line="400 MB")


def _typing(screen: Any) -> None:
    took: list[float] = []
    for typed in ("а", "ан", "анна", "анна щ", "6789", "912", "fyyf", "ъъ", "schelk", ""):
        took.append(timed(lambda typed=typed: screen.search.setText(typed)))
        _until_read(screen)
    said("the window held up by a key in the search of the list", both(took), line="16 ms")


def _segments(screen: Any) -> None:
    from app.salon.clients import listing
    from app.salon.clients.listing import ListQuery
    from app.salon.clients.segments import READY

    database = screen.desk.salon.database
    for name, conditions in READY.items():
        began = time.perf_counter()
        found = listing.everybody(database, ListQuery(conditions=conditions), many_clients.TODAY)
        took = (time.perf_counter() - began) * 1000
        said(f"reading the segment {name.value}, {len(found.client_ids):,} of 100,000 clients", f"{took:.0f} ms")


@contextmanager
def _list(folder: Path) -> Generator[tuple[Running, Any, float, float]]:
    app = launch.application([])
    path = many_clients.file(folder)
    running = launch.build(app, Places(path), clock=standing_at(ten_years.NOW, ten_years.ZONE))
    running.window.resize(_WIDTH, _HEIGHT)
    running.window.show()
    _settle(1.0)
    began = time.perf_counter()
    screen: Any = running.window.go(CLIENTS)
    while not screen.model.rowCount():
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
    _paint()
    first = (time.perf_counter() - began) * 1000
    _until_read(screen)
    whole = (time.perf_counter() - began) * 1000
    try:
        yield running, screen, first, whole
    finally:
        running.close()


def _until_read(screen: Any) -> None:
    while screen.desk.background.is_busy or not screen.model.rowCount():
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        if not screen.desk.background.is_busy:
            break
    _paint()


def _frames(table: QTableView, step: int) -> Iterator[Any]:
    bar = table.verticalScrollBar()

    def scroll(to: int) -> Any:
        def act() -> None:
            bar.setValue(to)
            _paint()

        return act

    for number in range(FRAMES):
        yield scroll(number * step % max(1, bar.maximum()))


def _paint() -> None:
    QCoreApplication.sendPostedEvents()
    QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)


def _settle(seconds: float) -> None:
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)


class _BareModel(QAbstractTableModel):
    """As many cells, each with the same words."""

    def rowCount(self, _parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return many_clients.CLIENTS

    def columnCount(self, _parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return 7

    def data(self, _index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        return "Анна Щёлкина" if role == Qt.ItemDataRole.DisplayRole else None


class _BareTable(QTableView):
    """A table without any dress over a model that knows nothing."""

    def __init__(self) -> None:
        super().__init__()
        self._model = _BareModel(self)
        self.setModel(self._model)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(44)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
