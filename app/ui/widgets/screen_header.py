"""The head of a screen: what one is looking at, the one number that matters, and the one button that is meant."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSpacerItem, QWidget

from app.ui import lettering, theme
from app.ui.theme import FontRole
from app.ui.widgets.act_bar import give_way
from app.ui.widgets.buttons import Button
from app.ui.widgets.label import FittingLabel, Label

HEADER_HEIGHT = 72
_SPACING = 12
_ICON_ONLY = 58
"""How wide a button is that shows only its icon."""
_GAPS = 5 * _SPACING + 4
"""What lies between the parts of the row."""


class ScreenHeader(QWidget):
    """Title, detail, then room for a search field and actions on the right."""

    def __init__(self, title: str = "", detail: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(HEADER_HEIGHT)
        self._title = Label(title, FontRole.TITLE, parent=self)
        self._detail = FittingLabel(detail, FontRole.BODY, "muted")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(theme.MARGIN, 0, theme.MARGIN, 0)
        self._row.setSpacing(_SPACING)
        self._spare = QSpacerItem(0, 0)
        self._beside = QHBoxLayout()
        self._beside.setSpacing(4)
        self._actions = QHBoxLayout()
        self._actions.setSpacing(_SPACING)
        self._acting: list[QWidget] = []
        self._keeps_detail = False
        self._row.addWidget(self._title)
        self._row.addSpacerItem(self._spare)
        self._row.addLayout(self._beside)
        self._row.addSpacing(4)
        self._row.addWidget(self._detail, 1, Qt.AlignmentFlag.AlignVCenter)
        self._row.addLayout(self._actions)
        self.setAccessibleName(title)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The buttons give way to the title: the first ones show only their icons where there is no room."""
        super().resizeEvent(event)
        self._give_way()

    def event(self, event: QEvent) -> bool:
        """A part has come, gone or got other words: look again what fits."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._give_way()
        return super().event(event)

    def _give_way(self) -> None:
        shown = [widget for widget in self._acting if not widget.isHidden()]
        buttons = [widget for widget in shown if isinstance(widget, Button)]
        others = sum(_least(widget) + _SPACING for widget in shown if not isinstance(widget, Button))
        titled = self._title.sizeHint().width() + self._spare.sizeHint().width()
        taken = titled + self._beside.sizeHint().width() + 2 * theme.MARGIN + _GAPS
        taken += self._detail.least_width() if self._keeps_detail else self._detail.minimumSizeHint().width()
        give_way(buttons, self.width() - taken - others, _SPACING)

    def has_room_for(self, title: str) -> bool:
        """Whether a title can be said in full beside the controls, the buttons with their icons only."""
        shown = [widget for widget in self._acting if not widget.isHidden()]
        acting = sum(_narrowest(widget) for widget in shown)
        beside = self._beside.sizeHint().width() + len(shown) * _SPACING + 2 * theme.MARGIN + _GAPS
        said = lettering.width(FontRole.TITLE, title) + self._detail.minimumSizeHint().width()
        return said + beside + acting <= self.width()

    def set_title(self, title: str, longest: str = "") -> None:
        """Say what one is looking at.

        ``longest`` is the longest title that may come next: so much room is kept, and an arrow beside it stays under
        the pointer of whoever leafs.
        """
        self._title.setText(title)
        spare = lettering.width(FontRole.TITLE, longest) - self._title.sizeHint().width()
        self._spare.changeSize(max(spare, 0), 0)
        self._row.invalidate()
        self.setAccessibleName(title)

    def set_detail(self, detail: str, shorter: Sequence[str] | None = ()) -> None:
        """Say the one number that matters: in fewer words where there is no room, or not at all.

        ``shorter`` None: it is a sentence, which may be cut.
        """
        self._detail.say(detail, shorter)

    def keep_detail(self) -> None:
        """The number is the answer to what was asked here: the buttons give way to its fewest words."""
        self._keeps_detail = True

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
        self._acting.append(widget)

    def drop_action(self, widget: QWidget) -> None:
        """Take a control away for good."""
        self._actions.removeWidget(widget)
        self._acting.remove(widget)
        widget.hide()
        widget.deleteLater()


def _narrowest(widget: QWidget) -> int:
    """The room that a control needs where buttons show only their icons."""
    is_short = isinstance(widget, Button) and widget.can_be_short
    return _ICON_ONLY if is_short else _least(widget)


def _least(widget: QWidget) -> int:
    """The room that a control needs at least."""
    return widget.minimumWidth() or widget.minimumSizeHint().width()
