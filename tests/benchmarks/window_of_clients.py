"""The program with the list of a hundred thousand clients open; it says what it weighs before and after scrolling."""

import os
import sys
from pathlib import Path
from typing import Any

from app import launch
from app.clock import standing_at
from app.launch import Places
from app.ui.screens import CLIENTS
from tests.benchmarks import ten_years
from tests.benchmarks.window_of_days import say, settle

PLACES = 400

if __name__ == "__main__":
    application = launch.application(sys.argv[:1])
    running = launch.build(application, Places(Path(sys.argv[1])), clock=standing_at(ten_years.NOW, ten_years.ZONE))
    running.window.resize(1366, 820)
    running.window.show()
    settle(2)
    screen: Any = running.window.go(CLIENTS)
    settle(3)
    say()
    bar = screen.table.verticalScrollBar()
    for number in range(PLACES):
        bar.setValue(bar.maximum() * number // PLACES)
        settle(0.02)
    settle(1)
    say()
    os._exit(0)
