"""A choice of a few that are all in sight: day, week, month."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from app.ui import theme
from app.ui.theme import FontRole
from app.ui.widgets.flow_layout import FlowLayout


class _Segment(QPushButton):
    """One of the choices; as wide as its word in the heavier type, so that nothing jumps."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(text, parent)
        self.setProperty("kind", "segment")
        self.setFont(theme.font(FontRole.STRONG))
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.toggled.connect(self._weigh)
        self._weigh(checked=False)

    def sizeHint(self) -> QSize:
        """Room for the word when it is chosen."""
        hint = super().sizeHint()
        extra = self.fontMetrics().horizontalAdvance(self.text())
        heavy = QFontMetrics(theme.font(FontRole.STRONG)).horizontalAdvance(self.text())
        return QSize(hint.width() - extra + heavy, hint.height())

    def _weigh(self, checked: bool) -> None:
        self.setFont(theme.font(FontRole.STRONG if checked else FontRole.BODY))


class SegmentedControl(QWidget):
    """Exactly one of the choices is chosen. Arrow keys go from one to the next."""

    chosen = Signal(str)
    """The key of the choice that a person has just taken."""

    def __init__(
        self, name: str, choices: Sequence[tuple[str, str]], parent: QWidget | None = None, *, goes_on: bool = False
    ) -> None:
        """``name`` is for the screen reader; ``choices`` are (key, word).

        ``goes_on``: where they have no room in one line, they go on in the next; no word is cut.
        """
        super().__init__(parent)
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, _Segment] = {}
        row = FlowLayout(self) if goes_on else QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for key, word in choices:
            button = _Segment(word, self)
            self._buttons[key] = button
            self._group.addButton(button)
            row.addWidget(button)
        self._group.buttonClicked.connect(self._tell)
        if choices:
            self.choose(choices[0][0])

    @property
    def choice(self) -> str:
        """The key of what is chosen now."""
        return next((key for key, button in self._buttons.items() if button.isChecked()), "")

    def choose(self, key: str) -> None:
        """Choose without telling anybody. Raises KeyError for a key that was never offered."""
        self._buttons[key].setChecked(True)

    def take_focus(self) -> None:
        """Bring the keyboard to what is chosen."""
        self._buttons[self.choice].setFocus(Qt.FocusReason.OtherFocusReason)

    def set_tip(self, key: str, tip: str, shortcut: str) -> None:
        """Say what a choice means, and the key that takes it."""
        self._buttons[key].setToolTip(f"{tip}  ({shortcut})")

    def _tell(self) -> None:
        self.chosen.emit(self.choice)
