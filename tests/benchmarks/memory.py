"""What the window weighs with a day of the ten years open, and whether it grows with a thousand changes of day."""

import os
import subprocess
import sys
from pathlib import Path

from tests.benchmarks import ten_years
from tests.benchmarks.measuring import said

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


def window(folder: Path) -> None:
    """Beside an empty PySide6 window, both in processes of their own."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "XDG_CONFIG_HOME": str(folder), "XDG_DATA_HOME": str(folder)}
    environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    empty = _weights([str(HERE / "empty_window.py")], environment)[0]
    opened, warm, changed = _weights([str(HERE / "window_of_days.py"), str(ten_years.file(folder))], environment)
    said(
        "memory with the day open",
        f"{opened / 1024:.0f} MB",
        f"{empty / 1024:.0f} MB",
        f"{opened / empty:.2f} ×",
        "2.5 ×",
    )
    said("after the first 100 changes of day, when what is kept is full", _grown(opened, warm))
    said("growth over 1,000 more changes of day", _grown(warm, changed), line="5 %")


def _grown(before: int, after: int) -> str:
    return f"{after / 1024:.0f} MB, {100 * (after / before - 1):+.1f} %"


def _weights(command: list[str], environment: dict[str, str]) -> list[int]:
    """The resident KiB of each line "painted RSS" of a program."""
    told = subprocess.run(
        [sys.executable, *command], capture_output=True, text=True, check=True, cwd=ROOT, env=environment
    ).stdout
    return [int(line.split()[1]) for line in told.splitlines() if line.startswith("painted")]
