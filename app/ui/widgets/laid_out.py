"""Laying out at once what waits for it, so that it is painted once, and in its place."""

from PySide6.QtCore import QCoreApplication, QEvent

_LEVELS = 8
"""So deep lies the innermost part of a page that is laid out anew. Asked when nothing waits, Qt answers at once."""


def lay_out() -> None:
    """Lay out everything that waits for it now.

    Qt lays out one level at a time and paints in between: what lies deep would be seen out of its place two or three
    times before the page stands still.
    """
    for _level in range(_LEVELS):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
