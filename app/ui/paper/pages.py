"""Where the pages of a printed list end: never inside a row, and never between a heading and its first row."""

from dataclasses import dataclass

from PySide6.QtCore import QSizeF
from PySide6.QtGui import (
    QGuiApplication,
    QPagedPaintDevice,
    QTextBlock,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextTable,
)

_AROUND = 2 / 2.54
"""What Qt leaves around a printed document, in inches."""
_MOST_PUSHED = 200
"""No list has so many pages."""


@dataclass(frozen=True, slots=True)
class _Cut:
    """A row that a page ends in, or that its page would part from the heading of its table."""

    table: int
    row: int
    lack: float
    """How far below its own beginning there is room for its first line, in dots of the screen."""


def keep_rows_whole(document: QTextDocument, printer: QPagedPaintDevice) -> int:
    """Push each row that the end of a page would cut onto the next one; returns how many.

    A row that is higher than a page is cut all the same.
    """
    pushed: set[tuple[int, int]] = set()
    for _once in range(_MOST_PUSHED):
        cut = _first_cut(document, printer, pushed)
        if cut is None:
            break
        pushed.add((cut.table, cut.row))
        table = _tables(document)[cut.table]
        if cut.row <= 1:
            _begin_page(_heading(table))
        else:
            _push(table, cut.row, cut.lack)
    return len(pushed)


def _first_cut(document: QTextDocument, printer: QPagedPaintDevice, known: set[tuple[int, int]]) -> _Cut | None:
    printed = _as_printed(document, printer)
    layout, page = printed.documentLayout(), printed.pageSize().height()
    end = page - printed.rootFrame().frameFormat().bottomMargin() * printer.logicalDpiY() / _screen_dots()
    for number, table in enumerate(_tables(printed)):
        heading = layout.blockBoundingRect(_heading(table)).top()
        for row in range(1, table.rows()):
            cells = [table.cellAt(row, column) for column in range(table.columns())]
            top = min(layout.blockBoundingRect(cell.firstCursorPosition().block()).top() for cell in cells)
            bottom = max(layout.blockBoundingRect(cell.lastCursorPosition().block()).bottom() for cell in cells)
            begins = heading if row == 1 else top
            if begins // page != bottom // page and (number, row) not in known:
                first = cells[0].firstCursorPosition().block().layout().lineAt(0).height()
                return _Cut(number, row, (end - top % page - first) * _screen_dots() / printer.logicalDpiY() + 1)
    return None


def _as_printed(document: QTextDocument, printer: QPagedPaintDevice) -> QTextDocument:
    """The document laid out as ``QTextDocument.print_`` lays it out."""
    printed = document.clone()
    printed.documentLayout().setPaintDevice(printer)
    around = printed.rootFrame().frameFormat()
    around.setMargin(int(_AROUND * _screen_dots()))
    printed.rootFrame().setFrameFormat(around)
    printed.setPageSize(QSizeF(printer.width(), printer.height()))
    return printed


def _screen_dots() -> float:
    """The dots of an inch in which a document is written; those of the printer are more."""
    return QGuiApplication.primaryScreen().logicalDotsPerInchY()


def _tables(document: QTextDocument) -> list[QTextTable]:
    return [frame for frame in document.rootFrame().childFrames() if isinstance(frame, QTextTable)]


def _heading(table: QTextTable) -> QTextBlock:
    return table.document().findBlock(table.firstPosition()).previous()


def _begin_page(heading: QTextBlock) -> None:
    cursor, form = QTextCursor(heading), heading.blockFormat()
    form.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
    cursor.setBlockFormat(form)


def _push(table: QTextTable, row: int, by: float) -> None:
    """The row above reaches down to the end of the page; what begins below it has no room for its first line."""
    for column in range(table.columns()):
        cell = table.cellAt(row - 1, column)
        form = cell.format().toTableCellFormat()
        form.setBottomPadding(table.format().cellPadding() + by)
        cell.setFormat(form)
