"""The head of a screen: what one is looking at, the one number that matters, and the one button that is meant."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui import theme
from app.ui.theme import FontRole
from app.ui.widgets.label import ElidedLabel, Label

HEADER_HEIGHT = 72


class ScreenHeader(QWidget):
    """Title, detail, then room for a search field and actions on the right."""

    def __init__(self, title: str = "", detail: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(HEADER_HEIGHT)
        self._title = Label(title, FontRole.TITLE)
        self._detail = ElidedLabel(detail, FontRole.BODY, "muted")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(theme.MARGIN, 0, theme.MARGIN, 0)
        self._row.setSpacing(12)
        self._beside = QHBoxLayout()
        self._beside.setSpacing(4)
        self._actions = QHBoxLayout()
        self._actions.setSpacing(12)
        self._row.addWidget(self._title)
        self._row.addLayout(self._beside)
        self._row.addSpacing(4)
        self._row.addWidget(self._detail, 1, Qt.AlignmentFlag.AlignVCenter)
        self._row.addLayout(self._actions)
        self.setAccessibleName(title)

    def set_title(self, title: str) -> None:
        """Say what one is looking at."""
        self._title.setText(title)
        self.setAccessibleName(title)

    def set_detail(self, detail: str) -> None:
        """Say the one number that matters."""
        self._detail.setText(detail)

    @property
    def title(self) -> str:
        """What one is looking at."""
        return self._title.text()

    @property
    def detail(self) -> str:
        """The one number that matters."""
        return self._detail.text()

    def add_beside_title(self, widget: QWidget) -> None:
        """Put a small control right of the title, as the arrows of the day."""
        self._beside.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def add_action(self, widget: QWidget) -> None:
        """Put a control at the right; the primary button comes last."""
        self._actions.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
