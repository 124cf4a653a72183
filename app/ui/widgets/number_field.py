"""A field for a whole number with its unit: a price, minutes, days."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QSpinBox, QWidget

from app import wording
from app.ui import theme
from app.ui.theme import FontRole


class NumberField(QSpinBox):
    """Arrow up and down step. The wheel steps only where the focus is: scrolling a form must change nothing."""

    def __init__(
        self,
        smallest: int,
        largest: int,
        *,
        step: int = 1,
        unit: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """``unit`` stands after the number, as "min"."""
        super().__init__(parent)
        self.setFont(theme.font(FontRole.BODY))
        self.setRange(smallest, largest)
        self.setSingleStep(step)
        self.setSuffix(f"{wording.NBSP}{unit}" if unit else "")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setGroupSeparatorShown(False)
        self.setFixedHeight(theme.CONTROL_HEIGHT)  # as high as the fields beside it; Qt would add its own margins
        # The style sheet's padding does not reach the line inside.
        self.lineEdit().setTextMargins(9, 0, 0, 0)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Step only where the focus is."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
