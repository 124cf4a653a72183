"""What a table shows of a record: one value a column."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Qt

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Column(Generic[T]):
    """One column: its title, what a cell says, and by what it is sorted."""

    title: str
    cell: Callable[[T], str]
    """The words of the cell, ready for the screen."""
    sort_key: Callable[[T], Any] | None = None
    """A native value (date, number) to sort by; without it the words are compared without regard to case."""
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft
    tip: str = ""
    """What the heading means, if the title alone does not say it."""

    def order(self, record: T) -> Any:
        """By what ``record`` is put into order. A missing value (None) comes first."""
        if self.sort_key is None:
            return self.cell(record).casefold()
        value = self.sort_key(record)
        return (value is not None, value)


def heading(columns: Sequence[Column[Any]], section: int, orientation: Qt.Orientation, role: int) -> Any:
    """What the head of a table answers for ``role``: the title of a column, its tip, its side; None for all else."""
    if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(columns):
        return None
    column = columns[section]
    match role:
        case Qt.ItemDataRole.DisplayRole:
            return column.title
        case Qt.ItemDataRole.ToolTipRole:
            return column.tip or None
        case Qt.ItemDataRole.TextAlignmentRole:
            return int(column.align | Qt.AlignmentFlag.AlignVCenter)
        case _:
            return None
