"""The rail on the left: where one can go, and how much waits there."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFont, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.frozen import frozen
from app.language import _, pgettext
from app.ui import icons, theme
from app.ui.theme import FontRole, Tint
from app.ui.widgets.buttons import IconButton
from app.ui.widgets.label import Label
from app.ui.widgets.pill import paint_count

RAIL_WIDTH = 96
_SIDE = 4
"""The longest word has air within its field; the field comes near to the edges of the rail for that."""
_ICON = 22
_HIGH, _LOW = 60, 50
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_LEAST_AIR = 4
"""Pixels beside a word."""


@frozen
class RailEntry:
    """One place to go: its key in the program, icon, word, and the key on the keyboard as people read it."""

    key: str
    icon: str
    word: str
    shortcut: str = ""


class _RailButton(QAbstractButton):
    """Icon above word; the count of what waits at the icon's shoulder."""

    def __init__(self, entry: RailEntry) -> None:
        super().__init__()
        self.entry = entry
        self._count = 0
        self.setText(entry.word)
        self.setCheckable(True)
        self.setFont(theme.font(FontRole.SMALL))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._tip = f"{entry.word}  ({entry.shortcut})" if entry.shortcut else ""
        self.setToolTip(self._tip)

    def set_count(self, count: int, spoken: str) -> None:
        """How much waits there; ``spoken`` says it as a sentence, to the pointer too."""
        self._count = count
        self.setAccessibleDescription(spoken)
        self.setToolTip("\n".join(line for line in (self._tip, spoken) if line))
        self.update()

    def sizeHint(self) -> QSize:
        """A field that a finger hits."""
        return QSize(RAIL_WIDTH - 2 * _SIDE, _HIGH)

    def minimumSizeHint(self) -> QSize:
        """In a low window the places stand closer."""
        return QSize(RAIL_WIDTH - 2 * _SIDE, _LOW)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show that it can be pressed."""
        super().enterEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes there, as the space bar does; arrows are the rail's: Qt would open each place they pass."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in _STEPS:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw field, icon, word and count."""
        worn = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_field(painter, worn)
        ink = worn.accent if self.isChecked() else worn.text if self.underMouse() else worn.muted
        middle, top = self.width() / 2, (self.height() - _HIGH) / 2
        mark = icons.pixmap(self.entry.icon, ink, _ICON, self.devicePixelRatioF())
        painter.drawPixmap(QPointF(middle - _ICON / 2, top + 9), mark)
        painter.setPen(ink)
        painter.setFont(theme.font(FontRole.SMALL_STRONG if self.isChecked() else FontRole.SMALL))
        if painter.fontMetrics().horizontalAdvance(self.text()) > self.width() - 2 * _LEAST_AIR:
            painter.setFont(theme.font(FontRole.SMALL))  # a long word is not written to the edges of its field
        word = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(QRectF(0, top + 35, self.width(), 18), int(Qt.AlignmentFlag.AlignCenter), word)
        if self._count:
            spot = QPointF(min(middle + 30, self.width() - 3), 3)
            paint_count(painter, spot, self._count, Tint(worn.danger, worn.on_danger))

    def _paint_field(self, painter: QPainter, worn: theme.Theme) -> None:
        place = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.isChecked() or self.underMouse():
            painter.setBrush(worn.accent_soft if self.isChecked() else worn.hover)
            painter.drawRoundedRect(place, theme.RADIUS_CONTROL, theme.RADIUS_CONTROL)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(worn.accent, 2))
            painter.drawRoundedRect(place, theme.RADIUS_CONTROL, theme.RADIUS_CONTROL)


class NavigationRail(QFrame):
    """The word of the house, the places to go, and at the foot what concerns the program itself."""

    chosen = Signal(str)
    """The key of the place where a person wants to go."""
    theme_wanted = Signal()
    """Change between light and dark."""
    settings_wanted = Signal()

    def __init__(
        self, entries: Sequence[RailEntry], *, with_settings: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "rail")
        self.setFixedWidth(RAIL_WIDTH)
        self.setAccessibleName(_("Screens"))
        self._buttons: dict[str, _RailButton] = {}
        self._group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(_SIDE, 20, _SIDE, 16)
        column.setSpacing(6)
        column.addWidget(_logo(), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(14)
        for entry in entries:
            button = _RailButton(entry)
            self._buttons[entry.key] = button
            self._group.addButton(button)
            column.addWidget(button)
        column.addStretch(1)
        self._foot = QVBoxLayout()
        self._foot.setSpacing(4)
        column.addLayout(self._foot)
        self.theme_button = IconButton(_other_light(), _("Light or dark"))
        self.theme_button.clicked.connect(self.theme_wanted)
        self.add_foot(self.theme_button)
        if with_settings:
            self.settings_button = IconButton("settings", _("Settings"))
            self.settings_button.clicked.connect(self.settings_wanted)
            self.add_foot(self.settings_button)
        self._group.buttonClicked.connect(self._tell)

    def add_foot(self, *buttons: IconButton) -> None:
        """Put one more row at the foot of the rail: a small button, or two that belong together."""
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addStretch(1)
        for button in buttons:
            row.addWidget(button)
        row.addStretch(1)
        self._foot.addLayout(row)

    def select(self, key: str) -> None:
        """Show that this place is open, without telling anybody. Raises KeyError for an unknown key."""
        self._buttons[key].setChecked(True)

    def take_focus(self) -> None:
        """Bring the keyboard to the place that is shown."""
        self._buttons[self.selected].setFocus(Qt.FocusReason.ShortcutFocusReason)

    @property
    def selected(self) -> str:
        """The key of the open place."""
        return next((key for key, button in self._buttons.items() if button.isChecked()), "")

    def set_badge(self, key: str, count: int, spoken: str = "") -> None:
        """How much waits at a place; 0 draws nothing. ``spoken`` says it to a screen reader and in the tool tip."""
        self._buttons[key].set_count(count, spoken)

    def changeEvent(self, event: QEvent) -> None:
        """Show the light that the button would bring."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "theme_button"):
            self.theme_button.set_icon(_other_light())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down go through the places."""
        step = _STEPS.get(Qt.Key(event.key()))
        buttons = list(self._buttons.values())
        focused = next((i for i, button in enumerate(buttons) if button.hasFocus()), None)
        if step is None or focused is None:
            super().keyPressEvent(event)
            return
        buttons[(focused + step) % len(buttons)].setFocus(Qt.FocusReason.TabFocusReason)

    def _tell(self, button: _RailButton) -> None:
        self.chosen.emit(button.entry.key)


def _other_light() -> str:
    return "sun" if theme.current().dark else "moon"


def _logo() -> Label:
    logo = Label(pgettext("logo", "vizit"), FontRole.HEADING, "accent")
    letters = QFont(theme.font(FontRole.HEADING))
    letters.setPixelSize(18)
    letters.setWeight(QFont.Weight.Bold)
    letters.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0.3)
    logo.setFont(letters)
    return logo
