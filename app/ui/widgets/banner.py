"""A sentence that stays until its reason is gone, with the one thing to do about it."""

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from app.ui import icons, theme
from app.ui.theme import FontRole, Tone
from app.ui.widgets.buttons import QuietButton
from app.ui.widgets.label import Label

_ICONS = {
    Tone.NEUTRAL: "info",
    Tone.ACCENT: "info",
    Tone.WARN: "triangle-alert",
    Tone.DANGER: "circle-alert",
}


class Banner(QWidget):
    """A field across the place it concerns. ``acted`` is emitted by its button."""

    acted = Signal()

    def __init__(
        self, sentence: str, tone: Tone = Tone.WARN, *, action: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._tone = tone
        self._words = Label("", FontRole.BODY, wrap=True, parent=self)
        self._words.setContentsMargins(0, 6, 0, 6)
        self._button = QuietButton(action, parent=self)
        self._button.clicked.connect(self.acted)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        row = QHBoxLayout(self)
        row.setContentsMargins(46, 2, 12, 2)
        row.setSpacing(16)
        row.addWidget(self._words, 1)
        row.addWidget(self._button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.tell(sentence, tone, action=action)

    @property
    def text(self) -> str:
        """The sentence."""
        return self._words.text()

    def tell(self, sentence: str, tone: Tone, *, action: str = "") -> None:
        """Say something else, in another tone, with another button or none."""
        self._tone = tone
        self._words.setText(sentence)
        self._words.set_tone({Tone.WARN: "warn", Tone.DANGER: "danger"}.get(tone, "text"))
        self._button.setText(action)
        self._button.setAccessibleName(action or sentence)
        self._button.setVisible(bool(action))
        # A button brings its own room above and below.
        upright = 2 if action else 4
        self.layout().setContentsMargins(46, upright, 12, upright)
        self.setAccessibleName(sentence)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the field and its icon."""
        tint = theme.current().tone(self._tone)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tint.fill)
        painter.drawRoundedRect(self.rect(), theme.RADIUS_CONTROL, theme.RADIUS_CONTROL)
        mark = icons.pixmap(_ICONS[self._tone], tint.ink, 18, self.devicePixelRatioF())
        painter.drawPixmap(QPointF(16, (self.height() - 18) / 2), mark)
