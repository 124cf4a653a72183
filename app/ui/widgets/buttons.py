"""Buttons: one primary a screen, the others quieter. Each has a name, and its key in the tool tip."""

from functools import cached_property

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from app.ui import icons, theme
from app.ui.theme import FontRole

_GAP = 4
_ICON_TOKENS = {
    "primary": "on_accent",
    "danger": "on_danger",
    "quiet": "accent",
    "link": "accent",
    "choice": "accent",
    "secondary": "text",
    "icon": "muted",
}


class Button(QPushButton):
    """An ordinary button, with a line around it.

    It takes the focus by Tab, not by a click: the ring shows who works by keyboard where they are.
    """

    kind = "secondary"

    def __init__(
        self, text: str, *, icon: str = "", key: str = "", tip: str = "", parent: QWidget | None = None
    ) -> None:
        """``icon`` names a drawing of resources/icons; ``key`` is the key as people read it ("Ctrl+N")."""
        super().__init__(text, parent)
        self._icon_name = icon
        self._drawn: tuple[str, str, bool] | None = None
        self._words = ""
        """What it says, while it shows only its icon."""
        self._full_width = 0
        self._lent_tip = False
        self._is_pressed_here = False
        self.setProperty("kind", self.kind)
        self.setFont(theme.font(FontRole.STRONG))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAutoDefault(False)
        self.set_tip(tip, key)
        if text:
            self._draw_icon()  # its room belongs to the button's width; an icon alone can wait until it is seen

    def setText(self, text: str) -> None:
        """Say something else; whoever lays it out sees whether there is room for the words."""
        self._words = ""
        super().setText(text)

    def set_tip(self, tip: str, key: str = "") -> None:
        """What the tool tip says, and the key that does the same."""
        said = tip or (self.text() if key else "")
        self.setToolTip(f"{said}  ({key})" if key else said)

    @property
    def can_be_short(self) -> bool:
        """Whether its icon says enough."""
        return bool(self._icon_name)

    def full_width(self) -> int:
        """How wide it is with its words; nothing while it is hidden."""
        if self.isHidden():
            return 0
        return self._full_width if self._words else self.sizeHint().width()

    def set_short(self, short: bool) -> None:
        """Show only the icon, with the words in the tool tip and for the screen reader; or the words again."""
        if short == bool(self._words) or (short and not self.text()):
            return
        if short:
            self._full_width = self.sizeHint().width()
            self._words, words = self.text(), ""
            self.setAccessibleName(self._words)
        else:
            self._words, words = "", self._words
            self.setAccessibleName("")
        self._keep_tip()
        super().setText(words)
        self._draw_icon()

    def _keep_tip(self) -> None:
        """The words belong into the tool tip while they stand nowhere else."""
        if self._words and not self.toolTip():
            self.setToolTip(self._words)
            self._lent_tip = True
        elif not self._words and self._lent_tip:
            self.setToolTip("")
            self._lent_tip = False

    def stand_out(self, *, is_meant: bool) -> None:
        """Be filled, as the one thing that is meant, or have a line around it as an ordinary button."""
        kind = "primary" if is_meant else "secondary"
        if kind != self.kind:
            self.kind = kind
            theme.dress(self, kind=kind)
            self._draw_icon()
            self.updateGeometry()

    def set_icon(self, name: str) -> None:
        """Show another icon."""
        self._icon_name = name
        self._draw_icon()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button it stands on, as the space bar does; a key that is held down presses once."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            if not event.isAutoRepeat():
                self.click()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press that begins here."""
        self._is_pressed_here = True
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Quick clicks count each; the second half of a double click that began on what stood here before does not."""
        if self._is_pressed_here:
            super().mouseDoubleClickEvent(event)
        else:
            event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        """What is pressed next begins anew."""
        super().leaveEvent(event)
        self._is_pressed_here = False

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icon again when the theme changes, or when the button can be pressed again."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.EnabledChange) and self.isVisible():
            self._draw_icon()

    def showEvent(self, event: QShowEvent) -> None:
        """Draw the icon for whoever sees it now."""
        super().showEvent(event)
        self._draw_icon()

    def _draw_icon(self) -> None:
        worn = theme.current()
        colour = worn.colour(_ICON_TOKENS[self.kind]) if self.isEnabled() else worn.control_line
        wanted = (self._icon_name, colour.name(), bool(self.text()))
        if not self._icon_name or wanted == self._drawn:
            return
        self._drawn = wanted
        gap = _GAP if self.text() else 0
        self.setIcon(icons.icon(self._icon_name, colour, disabled=colour, gap=gap))
        self.setIconSize(QSize(icons.ICON_SIZE + gap, icons.ICON_SIZE))


class PrimaryButton(Button):
    """The one thing that is meant to be done here."""

    kind = "primary"

    def give_way_to(self, other: QWidget) -> None:
        """Stand back as long as ``other`` is seen, which says itself what is meant: one button in sight stands out."""
        other.installEventFilter(self)
        if other.isVisible():
            self._stand_behind(other)

    @cached_property
    def _in_front(self) -> set[QObject]:
        """Whom it gives way to now."""
        return set()

    def _stand_behind(self, other: QObject) -> None:
        self._in_front.add(other)
        self.stand_out(is_meant=False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Somebody in front came or went."""
        if event.type() == QEvent.Type.Show:
            self._stand_behind(watched)
        elif event.type() == QEvent.Type.Hide:
            self._in_front.discard(watched)
            self.stand_out(is_meant=not self._in_front)
        return super().eventFilter(watched, event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click presses once, as a key that is held down: after that the button may mean something else."""
        event.accept()


class QuietButton(Button):
    """Something that can be done, without a line around it."""

    kind = "quiet"


class LinkButton(QuietButton):
    """A quiet one whose words stand where the column begins."""

    kind = "link"


class ChoiceButton(Button):
    """One of several proposals, as a pill that can be taken."""

    kind = "choice"


class DangerButton(Button):
    """Something that takes away."""

    kind = "danger"


class IconButton(Button):
    """An icon alone; its name is in the tool tip and for the screen reader."""

    kind = "icon"

    def __init__(self, icon: str, name: str, *, key: str = "", parent: QWidget | None = None) -> None:
        super().__init__("", icon=icon, key=key, tip=name, parent=parent)
        self.setAccessibleName(name)

    def set_name(self, name: str, key: str = "") -> None:
        """What the button does now."""
        self.setAccessibleName(name)
        self.set_tip(name, key)


def answers(*buttons: Button) -> QHBoxLayout:
    """The foot of a small form on a card: what it does and the way out, side by side from the left."""
    row = QHBoxLayout()
    row.setSpacing(_GAP)
    for button in buttons:
        row.addWidget(button)
    row.addStretch(1)
    return row
