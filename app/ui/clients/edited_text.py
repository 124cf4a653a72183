"""A text of the card that is changed in its place: type, leave, and it is kept."""

from PySide6.QtCore import QSizeF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from app.errors import TextChangedMeanwhile, TextTooLong
from app.explain import sentence
from app.language import _
from app.ui import theme
from app.ui.theme import FontRole
from app.ui.widgets.buttons import Button, answers
from app.ui.widgets.field_line import FieldLine
from app.ui.widgets.label import Label

_FEWEST_LINES = 1
_MOST_LINES = 9
_AROUND = 22


class EditedText(FieldLine):
    """Saves when the field is left or with Ctrl+Enter; Esc brings the kept text back.

    Where somebody else has written another text meanwhile, both are shown and nothing is saved until it is said which
    of them stays, or both.
    """

    saved = Signal(str, str)
    """The new text, checked for its length, and the text that was read and changed into it."""

    contested = Signal()
    """Somebody else has written another text meanwhile: it stands below the own one."""

    def __init__(self, name: str, placeholder: str, longest: int, parent: QWidget | None = None) -> None:
        """``longest`` is how many characters the card can hold."""
        self._box = _GrowingText(placeholder)
        super().__init__(name, self._box, parent=parent)
        self._longest = longest
        self._kept = ""
        self._as_shown = ""
        """What is kept as the field shows it: ends of lines of an import are not somebody's change."""
        self._before = ("", "")
        """Both of them as they were before what was saved last."""
        self.is_refused = False
        """Whether it could not be kept when it was left: it waits in the field."""
        self._theirs: str | None = None
        self._contest: _Contest | None = None
        self._box.textChanged.connect(self._check)
        self._box.left.connect(self.commit)
        self._box.confirmed.connect(self.commit)
        self._box.given_up.connect(self._restore)

    @property
    def text(self) -> str:
        """What stands in the field now."""
        return self._box.toPlainText()

    def type_text(self, text: str) -> None:
        """Let ``text`` stand in the field, as if somebody had typed it."""
        self._box.setPlainText(text)

    @property
    def is_changed(self) -> bool:
        """Whether something was typed that is not kept yet."""
        return self.text.strip() != self._as_shown

    @property
    def read(self) -> str:
        """What is kept, as far as was read: what stands in the field was changed from it."""
        return self._kept

    @property
    def is_contested(self) -> bool:
        """Whether somebody else has written another text meanwhile, and nobody has said which of them stays."""
        return self._theirs is not None

    def show_text(self, text: str) -> None:
        """Show what the card says; what somebody is typing at this moment stays, and another text beside it."""
        if not self.is_changed:
            self._kept = text
            self._restore()
        else:
            self.show_theirs(None if text == self._kept else text)

    def bring_back(self, text: str, read: str) -> None:
        """Let ``text`` wait in the field again that was changed from what was ``read`` and could not be kept."""
        now = self._kept
        self.type_text(text)
        self._kept, self._as_shown, self.is_refused = read, read.strip(), True
        self.show_text(now)
        self._check()

    def show_theirs(self, text: str | None) -> None:
        """Show what somebody else has written meanwhile; None: nothing, after all."""
        self._theirs = text
        if self._contest is None and text is not None:
            self._contest = _Contest(self)
            self._contest.both.clicked.connect(self._keep_both)
            self._contest.mine.clicked.connect(self._keep_mine)
            self._contest.theirs.clicked.connect(self._restore)
            self.layout().addWidget(self._contest)
        if self._contest is not None:
            self._contest.show_text(text)
        if text is not None:
            self.contested.emit()

    def join(self) -> bool:
        """Nobody says which of two texts stays: both do, or where they are too long, the own one after all.

        Returns whether both do. An own text that is too long by itself is not kept.
        """
        own, is_both = self.text, True
        while self._theirs is not None:  # keeping it may meet a text that the other has written since
            both = self._with_theirs(own)
            is_both = len(both) <= self._longest
            self._answer(both if is_both else own)
        return is_both

    def not_saved(self) -> None:
        """It could not be kept: what was typed is a change still."""
        self._kept, self._as_shown = self._before
        self.is_refused = True
        self._check()

    def _with_theirs(self, own: str) -> str:
        """The text of the other, and the own below it."""
        return "\n".join(part for part in ((self._theirs or "").strip(), own.strip()) if part)

    def _keep_both(self) -> None:
        self._answer(self._with_theirs(self.text))

    def _keep_mine(self) -> None:
        self._answer(self.text)

    def _answer(self, text: str) -> None:
        """The text of the other was read, and this is to stand now."""
        self._kept = self._theirs or ""
        self.show_theirs(None)
        if text != self.text:
            self.type_text(text)
        self._as_shown = self._kept.strip()
        self._check()
        self.commit()

    def forget(self) -> None:
        """What was typed is dropped as soon as another text is shown: that of another client."""
        self._as_shown = self.text.strip()
        self.is_refused = False
        self._check()

    def commit(self) -> None:
        """Tell the new text, if there is one and it fits."""
        if self.is_changed and not self.error and not self.is_contested:
            self._before = read, _shown = self._kept, self._as_shown
            self._kept = self._as_shown = self.text.strip()
            self.is_refused = False
            self.saved.emit(self._kept, read)

    def _check(self) -> None:
        too_long = len(self.text.strip()) > self._longest
        self.set_error(sentence(TextTooLong(self._longest)) if too_long else "")
        self._box.has_news = self.is_changed

    def _restore(self) -> None:
        if self._theirs is not None:
            self._kept = self._theirs
            self.show_theirs(None)
        if self.text != self._kept:
            self._box.setPlainText(self._kept)
        self._as_shown = self.text.strip()
        self.is_refused = False
        self._check()


class _Contest(QWidget):
    """What somebody else has written meanwhile, and which of the two texts stays."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = Label("", FontRole.BODY, "warn", wrap=True)
        self.both = Button(_("Keep both"))
        self.mine = Button(_("Mine"))
        self.theirs = Button("")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._words)
        column.addLayout(answers(self.both, self.mine, self.theirs))

    def show_text(self, text: str | None) -> None:
        """Show the other's text, which may be empty; None: nothing is in the way any more."""
        if text is not None:
            said = sentence(TextChangedMeanwhile(text.strip()))
            self._words.setText(said)
            self.setAccessibleName(said)
            self.both.setVisible(bool(text.strip()))
            self.theirs.setText(_("The other") if text.strip() else _("Take it away"))
        self.setVisible(text is not None)


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
