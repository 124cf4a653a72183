"""What this process weighs, as the system says."""

from pathlib import Path


def line() -> str:
    """RSS and PSS in KiB."""
    facts = dict(row.split(":", 1) for row in Path("/proc/self/smaps_rollup").read_text().splitlines()[1:])
    return f"painted {facts['Rss'].split()[0]} {facts['Pss'].split()[0]}\n"
