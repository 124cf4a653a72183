"""Where photos and files are let go, pasted or chosen."""

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.language import _
from app.ui import icons, theme
from app.ui.theme import FontRole
from app.ui.widgets.buttons import Button
from app.ui.widgets.label import Label, breakable

_ICON = 22


class DropArea(QWidget):
    """Says how to add something, what is under way, and what could not be added."""

    files_wanted = Signal()
    """Somebody wants to choose files."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_over = False
        self._is_awaited = False
        self._words = Label("", FontRole.STRONG, wrap=True)
        self._hint = Label(_("Drop them here or paste with Ctrl+V"), FontRole.SECONDARY, "muted", wrap=True)
        self.button = Button(_("Choose…"))
        self.button.setAccessibleName(_("Choose photos or a PDF"))
        self.button.clicked.connect(self.files_wanted)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._words)
        words.addWidget(self._hint)
        self._box = QWidget()
        row = QHBoxLayout(self._box)
        row.setContentsMargins(48, 12, 12, 12)
        row.setSpacing(8)
        row.addLayout(words, 1)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.problem = Label("", FontRole.SECONDARY, "danger", wrap=True)
        self.problem.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._box)
        column.addWidget(self.problem)
        self.be_idle("")

    def be_busy(self, done: int, count: int) -> None:
        """Photos are being added."""
        self._words.setText(_("Adding {n} of {all}…").format(n=min(done + 1, count), all=count))
        self.button.setEnabled(False)
        self.problem.hide()

    def be_idle(self, problem: str) -> None:
        """Nothing is under way; ``problem`` says what could not be added."""
        self._words.setText(_("Photos and files"))
        self.button.setEnabled(True)
        self.problem.setText(breakable(problem))
        self.problem.setVisible(bool(problem))
        self.button.setAccessibleDescription(problem)

    def set_over(self, *, is_over: bool) -> None:
        """Something is carried over the card, or no longer."""
        self._is_over = is_over
        self.update()

    def set_awaited(self, *, is_awaited: bool) -> None:
        """What is pasted now comes here, or no longer."""
        self._is_awaited = is_awaited
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the place to let go."""
        worn = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(self._box.geometry()).adjusted(0.5, 0.5, -0.5, -0.5)
        ink = worn.accent if self._is_over or self._is_awaited else worn.control_line
        painter.setPen(QPen(ink, 1, Qt.PenStyle.DashLine))
        painter.setBrush(worn.accent_soft if self._is_over else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(place, theme.RADIUS_CONTROL, theme.RADIUS_CONTROL)
        mark = icons.pixmap("image", worn.accent, _ICON, self.devicePixelRatioF())
        painter.drawPixmap(QPointF(14, place.center().y() - _ICON / 2), mark)
