"""One of the theme's category colours, chosen by a click or with the arrow keys."""

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QWidget

from app.language import _
from app.ui import theme
from app.ui.widgets.flow_layout import FlowLayout

_SIZE, _RADIUS, _BETWEEN = 30, 9, 2
"""All twelve stand in one row of a form, also beside its scroll bar."""


class ColourChoice(QWidget):
    """A row of dots; the chosen one has a ring."""

    chosen = Signal(int)
    """The number of the colour that a person has just taken."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """``name`` is for the screen reader."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        row = FlowLayout(self, spacing=_BETWEEN)
        for number in range(len(theme.current().categories)):
            dot = _Dot(number)
            self._group.addButton(dot, number)
            row.addWidget(dot)
        self._group.idClicked.connect(self.chosen)
        self._group.buttonToggled.connect(self._lead_to)
        self.choose(0)

    @property
    def colour(self) -> int:
        """The number of the chosen colour."""
        return self._group.checkedId()

    def choose(self, number: int) -> None:
        """Choose without telling anybody; numbers beyond the last begin anew, as the theme's colours do."""
        button = self._group.button(number % len(theme.current().categories))
        button.setChecked(True)

    def _lead_to(self, dot: QAbstractButton, is_chosen: bool) -> None:
        """Whoever brings the keyboard here stands on the chosen colour."""
        if is_chosen:
            self.setFocusProxy(dot)


class _Dot(QAbstractButton):
    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = number
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(_("Colour {n}").format(n=number + 1))
        self.setFixedSize(QSize(_SIZE, _SIZE))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the dot, the ring of the chosen one, and that of the focus."""
        worn = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        centre = QPointF(_SIZE / 2, _SIZE / 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(worn.category(self._number))
        painter.drawEllipse(centre, _RADIUS, _RADIUS)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self.isChecked():
            painter.setPen(QPen(worn.text, 2))
            painter.drawEllipse(centre, _RADIUS + 4, _RADIUS + 4)
        if self.hasFocus():
            painter.setPen(QPen(worn.accent, 2))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), theme.RADIUS_TILE, theme.RADIUS_TILE)
