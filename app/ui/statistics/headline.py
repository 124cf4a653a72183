"""The chosen figure in large type: share, whole numbers, bar, maturity, and what exactly is counted."""

from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QIcon, QPainter, QPainterPath, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app import wording
from app.language import _
from app.salon.statistics.results import FigureResult, FigureRow
from app.ui import theme
from app.ui.statistics import words
from app.ui.statistics.bars import ShareBar, paint_piece
from app.ui.statistics.lines import BesideLine, LinkButton, first_of, is_bad
from app.ui.statistics.parts import Chosen, Part, chosen, number_of
from app.ui.statistics.sections import parts_with_clients
from app.ui.theme import FontRole
from app.ui.widgets.buttons import Button, PrimaryButton
from app.ui.widgets.card import Card, Rule
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.label import Label

_BIG = 48
_SWATCH = 12


class LegendButton(LinkButton):
    """A piece of the bar by its pattern, name and number; opens the list behind it."""

    def __init__(self, part: Part, name: str, number: int, *, is_bad: bool, parent: QWidget) -> None:
        self.part = part
        self._is_bad = is_bad
        super().__init__(f"{name} {wording.number(number)}", tip=_("Show the list"), parent=parent)

    def _draw_icon(self) -> None:
        ratio = self.devicePixelRatioF()
        picture = QPixmap(QSize(round((_SWATCH + 6) * ratio), round(_SWATCH * ratio)))
        picture.fill(Qt.GlobalColor.transparent)
        picture.setDevicePixelRatio(ratio)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(0, 0, _SWATCH, _SWATCH)
        corners = QPainterPath()
        corners.addRoundedRect(place, 3, 3)
        painter.setClipPath(corners)
        paint_piece(painter, place, self.part, is_bad=self._is_bad)
        painter.end()
        drawn = QIcon(picture)
        drawn.addPixmap(picture, QIcon.Mode.Disabled)
        self.setIcon(drawn)
        self.setIconSize(QSize(_SWATCH + 6, _SWATCH))


class Headline(Card):
    """The first row of a figure, said so that it cannot be misunderstood."""

    wanted = Signal(object)
    """The number (``Chosen``) that somebody wants to look behind."""
    settled_wanted = Signal()
    """Somebody wants a period whose result is final."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=20, parent=parent)
        self._result: FigureResult | None = None
        self._row: FigureRow | None = None
        self.share = Label()
        self.share.setFont(_big())
        self.numbers = Label("", FontRole.HEADING, wrap=True)
        self.about = Label("", FontRole.BODY, "muted", wrap=True)
        self.lost = PrimaryButton("", parent=self)
        self.lost.clicked.connect(self._want_lost)
        self.bar = ShareBar(16, self)
        self.bar.opened.connect(self._want)
        self._legend = QWidget(self)
        self._flow = FlowLayout(self._legend, spacing=16)
        self._beside = QVBoxLayout()
        self._beside.setSpacing(2)
        self.immature = Label("", FontRole.BODY, wrap=True)
        self.settled = LinkButton(_("Take three months whose result is final"), parent=self)
        self.settled.clicked.connect(self.settled_wanted)
        self.definition = Label("", FontRole.SECONDARY, "muted", wrap=True)
        self._build()

    def _build(self) -> None:
        beside = QVBoxLayout()
        beside.setSpacing(0)
        beside.addStretch(1)
        beside.addWidget(self.numbers)
        beside.addWidget(self.about)
        beside.addStretch(1)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(self.share)
        head.addLayout(beside, 1)
        head.addWidget(self.lost, 0, Qt.AlignmentFlag.AlignVCenter)
        self.body.addLayout(head)
        self.body.addWidget(self.bar)
        self.body.addWidget(self._legend)
        self.body.addWidget(self.immature)
        self.body.addLayout(self._beside)
        self.body.addWidget(self.settled, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(Rule())
        self.body.addWidget(Label(_("What is counted"), FontRole.SMALL_STRONG, "muted"))
        self.body.addWidget(self.definition)

    def show_result(self, result: FigureResult) -> None:
        """Show the salon's row of ``result``."""
        row = result.rows[0]
        self._result, self._row = result, row
        self.set_heading(wording.figure(result.figure))
        self.share.setText(words.share(row))
        self.numbers.setText(words.of_all(result, row) if row.denominator else _("Nobody is counted yet"))
        self.about.setText(row.label)
        self.lost.setText(words.who_is_lost(result.figure))
        self.lost.setVisible(bool(number_of(row, _lost(result))))
        self.bar.show_row(
            row, words.spoken(result, row), self._tips(result, row), first_of(result), is_bad=is_bad(result)
        )
        self._show_legend(result, row)
        self.immature.setText(row.immature_text)
        self.immature.setVisible(bool(row.immature_text))
        self._show_beside(row)
        self.settled.setVisible(not row.denominator and bool(row.immature))
        self.definition.setText(result.definition)

    def legend(self) -> dict[Part, Button]:
        """The buttons below the bar, by the piece they stand for."""
        return {button.part: button for button in self._legend.findChildren(LegendButton) if not button.isHidden()}

    def beside(self) -> list[str]:
        """The sentences about what stands beside the share."""
        lines = (self._beside.itemAt(place) for place in range(self._beside.count()))
        return [line.sentence.text() for item in lines if item and isinstance(line := item.widget(), BesideLine)]

    def _tips(self, result: FigureResult, row: FigureRow) -> dict[Part, str]:
        return {
            part: f"{words.part(row.kind, result.figure, part)}: {words.counted(result, number_of(row, part))}"
            for part in (Part.MET, Part.REST, Part.IMMATURE)
        }

    def _show_legend(self, result: FigureResult, row: FigureRow) -> None:
        self._flow.clear()
        open_ones = parts_with_clients(result)
        for part in (Part.MET, Part.REST, Part.IMMATURE):
            number = number_of(row, part)
            if not number:
                continue
            name = words.part(row.kind, result.figure, part)
            button = LegendButton(part, name, number, is_bad=is_bad(result), parent=self._legend)
            button.setEnabled(part in open_ones)
            button.clicked.connect(partial(self._want, part))
            self._flow.addWidget(button)
            button.show()
        self._legend.setVisible(self._flow.count() > 0)
        self._legend.updateGeometry()

    def _show_beside(self, row: FigureRow) -> None:
        while (item := self._beside.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for one in row.beside:
            line = BesideLine(row, one, self)
            line.wanted.connect(self.wanted)
            self._beside.addWidget(line)

    def _want_lost(self) -> None:
        if self._result is not None:
            self._want(_lost(self._result))

    def _want(self, part: Part, _checked: bool = False) -> None:
        if self._row is not None:
            wanted: Chosen = chosen(self._row, part)
            self.wanted.emit(wanted)


def _lost(result: FigureResult) -> Part:
    return Part.MET if is_bad(result) else Part.REST


def _big() -> QFont:
    made = QFont(theme.font(FontRole.TITLE))
    made.setPixelSize(_BIG)
    return made
