"""The rows of a figure with their bars and their numbers, each of which opens the list behind it."""

from functools import partial

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from app import wording
from app.language import _
from app.salon.statistics.results import Beside, Counted, FigureResult, FigureRow
from app.ui import theme
from app.ui.statistics import words
from app.ui.statistics.bars import ShareBar
from app.ui.statistics.parts import Chosen, Part, chosen, number_of
from app.ui.statistics.sections import Line, Section, parts_with_clients
from app.ui.theme import FontRole
from app.ui.widgets.buttons import Button
from app.ui.widgets.label import ElidedLabel, Label

NUMBER_WIDTH = 68
SHARE_WIDTH = 54
_NUMBER_HEIGHT = 30
_STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class NumberButton(QAbstractButton):
    """A whole number that opens the list behind it; a nought opens nothing and stays quiet."""

    walked = Signal(int, int)
    """An arrow was pressed: columns and rows to go."""

    def __init__(self, number: int, name: str, *, tone: str = "text", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone = tone
        self._opens = number > 0
        self.setText(wording.number(number))
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setFixedSize(NUMBER_WIDTH, _NUMBER_HEIGHT)
        # Tab goes from row to row, the arrows within a row: a salon has many rows, and a row has four numbers.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        if self._opens:
            self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        """As wide as its column."""
        return QSize(NUMBER_WIDTH, _NUMBER_HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, the arrows walk."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None:
            self.walked.emit(*step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the number at the right; underlined under the pointer, so that it is seen to lead somewhere."""
        worn = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        field = self.rect().toRectF().adjusted(1, 1, -1, -1)
        if self._opens and self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(worn.accent_soft)
            painter.drawRoundedRect(field, theme.RADIUS_TILE, theme.RADIUS_TILE)
        if self.hasFocus():
            painter.setPen(QPen(worn.accent, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(field, theme.RADIUS_TILE, theme.RADIUS_TILE)
        painter.setFont(theme.font(FontRole.STRONG if self._opens else FontRole.BODY))
        painter.setPen(worn.colour(self._tone) if self._opens else worn.muted)
        room = self.rect().adjusted(8, 0, -8, 0)
        painter.drawText(room, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), self.text())


class _Bar(ShareBar):
    """The bar of a row: the first stop of the row; the arrows go on to its numbers."""

    walked = Signal(int, int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let the arrows walk."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.walked.emit(*step)


Cell = _Bar | NumberButton


class RowLine(QWidget):
    """A row: its name, its bar, its share, its numbers."""

    wanted = Signal(object)
    """The number (``Chosen``) that somebody wants to look behind."""

    def __init__(
        self, result: FigureResult, line: Line, section: Section, parent: QWidget | None = None, *, is_last: bool
    ) -> None:
        super().__init__(parent)
        self.line = line
        self._is_last = is_last
        self.setAccessibleName(words.spoken(result, line.row))
        self._name = _name(line, self)
        self.bar = self._build_bar(result)
        self.numbers = {part: self._number(part, title) for part, title in section.columns}
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 8, 0, 8)
        self._box.setSpacing(8)
        self._box.addWidget(self._name)
        numbers = QHBoxLayout()
        numbers.setSpacing(4)
        numbers.addWidget(self.bar, 1, Qt.AlignmentFlag.AlignVCenter)
        share = Label(words.share(line.row), FontRole.BODY if line.is_lesser else FontRole.STRONG)
        share.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        share.setFixedWidth(SHARE_WIDTH)
        numbers.addWidget(share)
        for number in self.numbers.values():
            numbers.addWidget(number, 0, Qt.AlignmentFlag.AlignVCenter)
        self._box.addLayout(numbers, 1)

    @property
    def cells(self) -> list[Cell]:
        """What the arrows walk over, from the left."""
        return [self.bar, *self.numbers.values()]

    def set_name_width(self, width: int) -> None:
        """The room of the name; 0 puts the name above the numbers."""
        set_beside(self._box, self._name, width)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line to the next row."""
        if self._is_last:
            return
        painter = QPainter(self)
        painter.setPen(theme.current().line)
        low = self.height() - 0.5
        painter.drawLine(QPointF(0, low), QPointF(self.width(), low))

    def _build_bar(self, result: FigureResult) -> _Bar:
        row = self.line.row
        bar = _Bar(6 if self.line.is_lesser else 10, self)
        tips = {
            part: f"{words.part(row.kind, result.figure, part)}: {words.counted(result, number_of(row, part))}"
            for part in (Part.MET, Part.REST, Part.IMMATURE)
        }
        bar.show_row(row, words.spoken(result, row), tips, first_of(result), is_bad=is_bad(result))
        bar.opened.connect(self._want)
        return bar

    def _number(self, part: Part, title: str) -> NumberButton:
        row = self.line.row
        number = number_of(row, part)
        said = _("{row}, {column}: {n}").format(row=row.label, column=title, n=wording.number(number))
        button = NumberButton(number, said, tone="muted" if part is Part.IMMATURE else "text", parent=self)
        if number:
            button.clicked.connect(partial(self._want, part))
        return button

    def _want(self, part: Part, _checked: bool = False) -> None:
        self.wanted.emit(chosen(self.line.row, part))


class BesideLine(QWidget):
    """A sentence about a number that stands beside a row, and the way to its list."""

    wanted = Signal(object)

    def __init__(self, row: FigureRow, beside: Beside, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sentence = Label(beside.text, FontRole.BODY, "muted", wrap=True)
        # No wider than its words, so that the button follows them; narrower, the words wrap.
        self.sentence.setMaximumWidth(self.sentence.fontMetrics().horizontalAdvance(beside.text) + 4)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.sentence, 100)
        if beside.clients:
            show = LinkButton(_("Show the list"), parent=self)
            show.setAccessibleDescription(beside.text)
            show.clicked.connect(partial(self._want, chosen(row, Part.BESIDE, beside.kind)))
            layout.addWidget(show, 0, Qt.AlignmentFlag.AlignTop)
        layout.addStretch(1)

    def _want(self, wanted: Chosen, _checked: bool = False) -> None:
        self.wanted.emit(wanted)


class LinkButton(Button):
    """A few words that lead somewhere, in line with the text around them."""

    kind = "link"

    def _draw_icon(self) -> None:
        """A link has no icon of the theme."""


class SectionHead(QWidget):
    """The names of the columns, above their numbers."""

    def __init__(self, section: Section, parent: QWidget) -> None:
        super().__init__(parent)
        self._heading = Label(section.heading, FontRole.HEADING)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 4)
        self._box.setSpacing(8)
        self._box.addWidget(self._heading)
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addStretch(1)
        for title, width in [(_("Share"), SHARE_WIDTH), *((title, NUMBER_WIDTH) for _part, title in section.columns)]:
            label = Label(title, FontRole.SMALL, "muted", wrap=True)
            label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom)
            label.setFixedWidth(width)
            label.setContentsMargins(0, 0, 0 if width == SHARE_WIDTH else 8, 0)
            row.addWidget(label, 0, Qt.AlignmentFlag.AlignBottom)
        self._box.addLayout(row, 1)

    def set_name_width(self, width: int) -> None:
        """The room of the heading; 0 puts it above the columns."""
        set_beside(self._box, self._heading, width)


def set_beside(box: QBoxLayout, name: QWidget, width: int) -> None:
    """Put ``name`` ``width`` wide before the rest of ``box``, or above it when there is no room (0)."""
    beside = width > 0
    box.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
    box.setSpacing(8 if beside else 0)
    name.setMinimumWidth(width)
    name.setMaximumWidth(width if beside else 16_777_215)


def first_of(result: FigureResult) -> tuple[Part, ...]:
    """The pieces of a bar that open a list, beginning with the one the owner looks for."""
    with_clients = parts_with_clients(result)
    order = (Part.REST, Part.MET, Part.IMMATURE)
    return tuple(part for part in order if part in with_clients)


def is_bad(result: FigureResult) -> bool:
    """Whether the numerator is nothing to be glad of."""
    return result.counts is Counted.VISITS


def find(lines: list[RowLine], wanted: Chosen) -> Cell | None:
    """The number ``wanted`` among ``lines``."""
    for line in lines:
        row = line.line.row
        if (row.kind, row.group, row.staff_id) == (wanted.kind, wanted.group, wanted.staff_id):
            return line.numbers.get(wanted.part)
    return None


def _name(line: Line, parent: QWidget) -> QWidget:
    if line.name and not line.below:
        return ElidedLabel(line.name, FontRole.STRONG, parent=parent)
    widget = QWidget(parent)
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    if line.name:
        column.addWidget(ElidedLabel(line.name, FontRole.STRONG))
    column.addWidget(ElidedLabel(line.below, FontRole.SECONDARY, "muted"))
    return widget
