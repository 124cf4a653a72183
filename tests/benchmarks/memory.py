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
    empty = _weights([str(HERE / "empty_window.py"), "--weigh"], environment)[0]
    opened, warm, changed = _weights([str(HERE / "window_of_days.py"), str(ten_years.file(folder))], environment)
    for name, number in (("RSS", 0), ("PSS", 1)):
        said(
            f"memory with the day open ({name})",
            f"{opened[number] / 1024:.0f} MB",
            f"{empty[number] / 1024:.0f} MB",
            f"{opened[number] / empty[number]:.2f} ×",
            "2.5 ×",
        )
        said(f"after the first 100 changes of day, when what is kept is full ({name})", _grown(opened, warm, number))
        said(f"growth over 1,000 more changes of day ({name})", _grown(warm, changed, number), line="5 %")


def _grown(before: tuple[int, int], after: tuple[int, int], number: int) -> str:
    return f"{after[number] / 1024:.0f} MB, {100 * (after[number] / before[number] - 1):+.1f} %"


def _weights(command: list[str], environment: dict[str, str]) -> list[tuple[int, int]]:
    """Each line "painted RSS PSS" of a program, in KiB."""
    told = subprocess.run(
        [sys.executable, *command], capture_output=True, text=True, check=True, cwd=ROOT, env=environment
    ).stdout
    lines = [line.split() for line in told.splitlines() if line.startswith("painted")]
    return [(int(rss), int(pss)) for _word, rss, pss in lines]
