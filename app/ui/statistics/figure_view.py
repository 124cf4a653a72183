"""One figure from top to bottom: the headline, then the rows of the salon and of its masters."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.language import _
from app.salon.statistics.results import FigureResult, Group
from app.ui import theme
from app.ui.statistics import words
from app.ui.statistics.headline import Headline
from app.ui.statistics.lines import BesideLine, Cell, RowLine, SectionHead, find
from app.ui.statistics.parts import Chosen, Part, chosen
from app.ui.statistics.sections import Section, groups_of, sections
from app.ui.widgets.card import Card
from app.ui.widgets.scroll_page import ScrollPage
from app.ui.widgets.segmented_control import SegmentedControl

_ROOM_FOR_NAMES = 560
"""Narrower than this, the names of the rows stand above their numbers."""


class FigureView(ScrollPage):
    """Shows a ``FigureResult``; every number in it can be opened."""

    wanted = Signal(object)
    """The number (``Chosen``) that somebody wants to look behind."""
    settled_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.headline = Headline(self.content)
        self.headline.wanted.connect(self.wanted)
        self.headline.settled_wanted.connect(self.settled_wanted)
        self.lines: list[RowLine] = []
        self._heads: list[SectionHead] = []
        self._result: FigureResult | None = None
        self._group = Group.ALL
        self.groups: SegmentedControl | None = None
        """The choice of clients above the masters, where there is one."""
        self._column = QVBoxLayout(self.content)
        self._column.setContentsMargins(0, 0, theme.GRID, theme.MARGIN)
        self._column.setSpacing(16)
        self._column.addWidget(self.headline)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(16)
        self._column.addLayout(self._rows)
        self._column.addStretch(1)

    def show_result(self, result: FigureResult) -> None:
        """Show ``result``; where the same figure was shown before, the place of the reader is kept."""
        if self._result is None or self._result.figure is not result.figure:
            self.verticalScrollBar().setValue(0)
        self._result = result
        self.headline.show_result(result)
        if self._group not in groups_of(result):
            self._group = Group.ALL
        self._fill()

    def focus_on(self, wanted: Chosen) -> None:
        """Stand on a number again, after its list was closed."""
        cell = find(self.lines, wanted) or self.headline.lost
        cell.setFocus(Qt.FocusReason.OtherFocusReason)
        self.ensureWidgetVisible(cell, 0, 48)

    def choose_group(self, group: Group) -> None:
        """Let the masters' rows look at these clients."""
        self._group = group
        self._fill()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the names the room there is."""
        super().resizeEvent(event)
        self._spread()

    def _fill(self) -> None:
        if self._result is None:
            return
        held = self._held()
        self._empty()
        for section in sections(self._result, self._group):
            self._rows.addWidget(self._card(self._result, section))
        self._spread()
        self._hold(held)

    def _held(self) -> tuple[Chosen, int] | None:
        """The row and the column on which somebody stands."""
        focused = QApplication.focusWidget()
        for line in self.lines:
            if focused in line.cells:
                return chosen(line.line.row, Part.COUNTED), line.cells.index(focused)  # type: ignore[arg-type]
        return None

    def _hold(self, held: tuple[Chosen, int] | None) -> None:
        """Stand there again when the rows were made anew."""
        for line in self.lines if held else ():
            if held and chosen(line.line.row, Part.COUNTED) == held[0]:
                line.cells[held[1]].setFocus(Qt.FocusReason.OtherFocusReason)

    def _empty(self) -> None:
        self.lines, self._heads, self.groups = [], [], None
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _card(self, result: FigureResult, section: Section) -> Card:
        card = Card(padding=20, parent=self.content)
        card.body.setSpacing(0)
        if len(section.groups) > 1:
            choice = SegmentedControl(
                _("Which clients"), [(group.value, words.group_label(group)) for group in section.groups], card
            )
            choice.choose(self._group.value)
            choice.chosen.connect(self._take_group)
            over = QHBoxLayout()
            over.setContentsMargins(0, 0, 0, 8)
            over.addWidget(choice)
            over.addStretch(1)
            card.body.addLayout(over)
            self.groups = choice
        head = SectionHead(section, card)
        self._heads.append(head)
        card.body.addWidget(head)
        for line in section.lines:
            row = RowLine(result, line, section, card, is_last=line is section.lines[-1])
            row.wanted.connect(self.wanted)
            for cell in row.cells:
                cell.walked.connect(self._walk)
            self.lines.append(row)
            card.body.addWidget(row)
            for beside in line.row.beside if section.with_beside else ():
                note = BesideLine(line.row, beside, card)
                note.wanted.connect(self.wanted)
                card.body.addWidget(note)
        return card

    def _spread(self) -> None:
        room = self.viewport().width() - 48
        width = 0 if room < _ROOM_FOR_NAMES else min(max(int(room * 0.27), 150), 260)
        for each in (*self._heads, *self.lines):
            each.set_name_width(width)

    def _take_group(self, key: str) -> None:
        self.choose_group(Group(key))
        # The control was made anew: whoever walks by keys stays on it.
        for button in self.groups.findChildren(QPushButton) if self.groups else ():
            if button.isChecked():
                button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _walk(self, columns: int, rows: int) -> None:
        focused = QApplication.focusWidget()
        for place, line in enumerate(self.lines):
            if focused in line.cells:
                column = line.cells.index(focused)  # type: ignore[arg-type]
                self._stand_on(place + rows, column + columns)
                return

    def _stand_on(self, row: int, column: int) -> None:
        if not 0 <= row < len(self.lines):
            return
        cells = self.lines[row].cells
        if 0 <= column < len(cells):
            goal: Cell = cells[column]
            goal.setFocus(Qt.FocusReason.TabFocusReason)
            self.ensureWidgetVisible(goal, 0, 48)
