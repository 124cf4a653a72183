"""What a screen says when there is nothing to show: what it is for, and the next step."""

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui import icons, theme
from app.ui.theme import FontRole
from app.ui.widgets.buttons import Button, PrimaryButton
from app.ui.widgets.label import Label

_CIRCLE = 72
_ICON = 30
_SENTENCE = 340
_NARROWEST, _STEP = 200, 20


class _Picture(QWidget):
    def __init__(self, icon: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._icon_name = icon
        self.setFixedSize(_CIRCLE, _CIRCLE)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the icon in a soft circle."""
        worn = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(worn.accent_soft)
        painter.drawEllipse(QRectF(0, 0, _CIRCLE, _CIRCLE))
        mark = icons.pixmap(self._icon_name, worn.accent, _ICON, self.devicePixelRatioF())
        painter.drawPixmap(QPointF((_CIRCLE - _ICON) / 2, (_CIRCLE - _ICON) / 2), mark)


class EmptyState(QWidget):
    """Icon, heading, one sentence, and the button of the next step."""

    acted = Signal()
    """The next step was asked for."""

    def __init__(
        self,
        icon: str,
        heading: str,
        sentence: str,
        *,
        action: str = "",
        key: str = "",
        is_echo: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """``is_echo``: the head of the screen has the same button; only one of them stands out."""
        super().__init__(parent)
        self._heading = Label(heading, FontRole.HEADING, parent=self)
        self._sentence = Label("", FontRole.BODY, "muted", wrap=True, parent=self)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._set_sentence(sentence)
        self.button = (Button if is_echo else PrimaryButton)(action, key=key, parent=self)
        self.button.setVisible(bool(action))
        self.button.clicked.connect(self.acted)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.MARGIN)
        column.setSpacing(8)
        middle = Qt.AlignmentFlag.AlignHCenter
        column.addStretch(2)
        column.addWidget(_Picture(icon, self), 0, middle)
        column.addSpacing(8)
        column.addWidget(self._heading, 0, middle)
        column.addWidget(self._sentence, 0, middle)
        column.addSpacing(8)
        column.addWidget(self.button, 0, middle)
        column.addStretch(3)

    def say(self, heading: str, sentence: str) -> None:
        """Say something else in the same place."""
        self._heading.setText(heading)
        self._set_sentence(sentence)

    def _set_sentence(self, sentence: str) -> None:
        self._sentence.setText(sentence)
        self._sentence.setMinimumWidth(0)  # or Qt would measure no narrower one
        # The column would ask how high the words are in its own width, where they need fewer lines.
        # A sentence that is still empty has no height of its own (-1).
        height = max(0, self._sentence.heightForWidth(_SENTENCE))
        width = _SENTENCE
        # No single word is left over for the last line: the lines are about equally long.
        while width - _STEP >= _NARROWEST and self._sentence.heightForWidth(width - _STEP) == height:
            width -= _STEP
        self._sentence.setFixedSize(width, height)
