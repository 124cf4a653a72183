"""A text of the card that is changed in its place: type, leave, and it is kept."""

from PySide6.QtCore import QSizeF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from app.errors import TextTooLong
from app.explain import sentence
from app.ui import theme
from app.ui.theme import FontRole
from app.ui.widgets.field_line import FieldLine

_FEWEST_LINES = 1
_MOST_LINES = 9
_AROUND = 22


class EditedText(FieldLine):
    """Saves when the field is left or with Ctrl+Enter; Esc brings the kept text back."""

    saved = Signal(str)
    """The new text, checked for its length."""

    def __init__(self, name: str, placeholder: str, longest: int, parent: QWidget | None = None) -> None:
        """``longest`` is how many characters the card can hold."""
        self._box = _GrowingText(placeholder)
        super().__init__(name, self._box, parent=parent)
        self._longest = longest
        self._kept = ""
        self._as_shown = ""
        """What is kept as the field shows it: ends of lines of an import are not somebody's change."""
        self._box.textChanged.connect(self._check)
        self._box.left.connect(self.commit)
        self._box.confirmed.connect(self.commit)
        self._box.given_up.connect(self._restore)

    @property
    def text(self) -> str:
        """What stands in the field now."""
        return self._box.toPlainText()

    @property
    def is_changed(self) -> bool:
        """Whether something was typed that is not kept yet."""
        return self.text.strip() != self._as_shown

    def show_text(self, text: str) -> None:
        """Show what the card says; what somebody is typing at this moment stays."""
        unsaved = self.is_changed
        self._kept = text
        if not unsaved:
            self._restore()

    def forget(self) -> None:
        """What was typed is dropped as soon as another text is shown: that of another client."""
        self._as_shown = self.text.strip()
        self._check()

    def commit(self) -> None:
        """Tell the new text, if there is one and it fits."""
        if self.is_changed and not self.error:
            self._kept = self._as_shown = self.text.strip()
            self.saved.emit(self._kept)

    def _check(self) -> None:
        too_long = len(self.text.strip()) > self._longest
        self.set_error(sentence(TextTooLong(self._longest)) if too_long else "")
        self._box.has_news = self.is_changed

    def _restore(self) -> None:
        if self.text != self._kept:
            self._box.setPlainText(self._kept)
        self._as_shown = self.text.strip()
        self._check()


class _GrowingText(QPlainTextEdit):
    """As high as its text, within reason."""

    left = Signal()
    confirmed = Signal()
    given_up = Signal()

    def __init__(self, placeholder: str) -> None:
        super().__init__()
        self.has_news = False
        self.setFont(theme.font(FontRole.BODY))
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit(QSizeF(0, 1))

    def _fit(self, size: QSizeF) -> None:
        # A plain text document measures its height in lines.
        lines = min(max(round(size.height()), _FEWEST_LINES), _MOST_LINES)
        bar = (
            Qt.ScrollBarPolicy.ScrollBarAsNeeded
            if size.height() > _MOST_LINES
            else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        )
        self.setVerticalScrollBarPolicy(bar)
        height = lines * self.fontMetrics().lineSpacing() + _AROUND
        if height != self.height():
            self.setFixedHeight(height)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter keeps the text, Esc gives it up; without news Esc is for the panel."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.confirmed.emit()
        elif event.key() == Qt.Key.Key_Escape and self.has_news:
            self.given_up.emit()
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving keeps the text; a menu or another window is not leaving."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.left.emit()
