"""The program with a day of the ten years open, which says what it weighs before and after a thousand days."""

import gc
import os
import sys
import time
from pathlib import Path

from app import launch
from app.clock import standing_at
from app.launch import Places
from tests.benchmarks import ten_years, weight

WARM_UP, CHANGES = 100, 1_000


def settle(seconds: float) -> None:
    """Let the window do what it does by itself."""
    from PySide6.QtCore import QCoreApplication  # not before the program, which loads less of Qt than Qt would

    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        QCoreApplication.processEvents()


def say() -> None:
    """Tell the parent what this process weighs now."""
    gc.collect()
    os.write(1, weight.line().encode())


if __name__ == "__main__":
    application = launch.application(sys.argv[:1])
    running = launch.build(application, Places(Path(sys.argv[1])), clock=standing_at(ten_years.NOW, ten_years.ZONE))
    running.window.resize(1366, 820)
    running.window.show()
    settle(2)
    say()
    calendar = running.window.calendar
    for changes in (WARM_UP, CHANGES):
        for number in range(changes):
            calendar.go_by(1 if number % 100 < 50 else -1)
            settle(0.02)
        settle(1)
        say()
    os._exit(0)
