"""The order in which Tab goes: as the parts of a window lie, not as they were made.

Qt goes by the order of making. A row that is added later comes after everything else there, and all that stands before
a part which takes the keyboard for its whole screen is passed over.
"""

from collections.abc import Iterator, Sequence
from typing import Protocol, runtime_checkable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QLayout, QScrollArea, QWidget


@runtime_checkable
class OwnOrder(Protocol):
    """A part of the window in which Tab goes otherwise than the eye."""

    def in_tab_order(self) -> Sequence[QWidget]:
        """What Tab comes to first."""


def go(window: QWidget, *, ahead: bool) -> bool:
    """Bring the keyboard to what comes next in ``window``, or to what came before, round the end; and into sight."""
    found = _beside(window, window.focusWidget() or window, 1 if ahead else -1)
    if found is None:
        return False
    found.setFocus(Qt.FocusReason.TabFocusReason if ahead else Qt.FocusReason.BacktabFocusReason)
    around = found.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea):
            around.ensureWidgetVisible(found)
        around = around.parentWidget()
    return True


def _beside(window: QWidget, one: QWidget, by: int) -> QWidget | None:
    stops = list(dict.fromkeys(part for part in _all(window, one) if part is one or _is_stop(part)))
    if one not in stops:
        stops = [one, *stops]
    found = stops[(stops.index(one) + by) % len(stops)]
    return None if found is one else found


def _all(whole: QWidget, one: QWidget) -> Iterator[QWidget]:
    """Whatever is seen, and ``one``, which may have been hidden just now."""
    for part in _parts(whole):
        if part.isVisible() or part is one or part.isAncestorOf(one):
            yield part
            yield from _all(part, one)


def _parts(whole: QWidget) -> list[QWidget]:
    """First what it names itself, then what is laid out, as it is read, and at last what floats."""
    layout = whole.layout()
    named = whole.in_tab_order() if isinstance(whole, OwnOrder) else []
    laid = [] if layout is None else list(_laid(layout))
    floating = [child for child in whole.children() if isinstance(child, QWidget) and not child.isWindow()]
    return list(dict.fromkeys([*named, *laid, *floating]))


def _laid(layout: QLayout) -> Iterator[QWidget]:
    places = list(range(layout.count()))
    if isinstance(layout, QGridLayout):
        places.sort(key=layout.getItemPosition)
    for item in map(layout.itemAt, places):
        if item is None:
            continue
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            yield widget
        elif inner is not None:
            yield from _laid(inner)


def _is_stop(part: QWidget) -> bool:
    """Whether Tab stops here; of several choices one of which holds, at that one: arrows go to the others."""
    if not part.isVisible() or not part.isEnabled() or part.focusProxy() is not None:
        return False
    if isinstance(part, QAbstractButton):
        chosen = _chosen_beside(part)
        if chosen is not None:
            return chosen is part
    return bool(part.focusPolicy() & Qt.FocusPolicy.TabFocus)


def _chosen_beside(button: QAbstractButton) -> QAbstractButton | None:
    group = button.group()
    return group.checkedButton() if group is not None and group.exclusive() else None
