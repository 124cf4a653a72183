"""A label, the field it names, and below it what is wrong, in words."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from app.ui import theme
from app.ui.theme import FontRole
from app.ui.widgets.label import Label

BEGAN_WITH = "beganWith"
"""The property of a field that opened filled: what stood in it then."""


class FieldLine(QWidget):
    """One line of a form. The field is told its name and its fault, so that a screen reader says them."""

    def __init__(self, name: str, editor: QWidget, *, hint: str = "", parent: QWidget | None = None) -> None:
        """``hint`` stands below the field as long as nothing is wrong."""
        super().__init__(parent)
        self.editor = editor
        self._hint = hint
        self._label = Label(name, FontRole.SECONDARY, "muted", parent=self)
        self._label.setBuddy(editor)
        self._below = Label("", FontRole.SECONDARY, "muted", wrap=True, parent=self)
        self._wrong = ""
        editor.setAccessibleName(name)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._label)
        column.addWidget(editor)
        column.addWidget(self._below)
        tall = bool(editor.sizePolicy().expandingDirections() & Qt.Orientation.Vertical)
        upright = QSizePolicy.Policy.Expanding if tall else QSizePolicy.Policy.Maximum
        self.setSizePolicy(QSizePolicy.Policy.Preferred, upright)
        self._show_below()
        self._remember()

    def begin_with(self, text: str) -> None:
        """Let ``text`` stand in the field as its form opens: whoever types it back has changed nothing."""
        if isinstance(self.editor, QLineEdit):
            self.editor.setText(text)
        elif isinstance(self.editor, QPlainTextEdit):
            self.editor.setPlainText(text)
        self._remember()

    def _remember(self) -> None:
        if isinstance(self.editor, QLineEdit):
            self.editor.setProperty(BEGAN_WITH, self.editor.text())
        elif isinstance(self.editor, QPlainTextEdit):
            self.editor.setProperty(BEGAN_WITH, self.editor.toPlainText())

    @property
    def error(self) -> str:
        """What is wrong, or an empty text."""
        return self._wrong

    def set_error(self, sentence: str) -> None:
        """Say next to the field what is wrong with it; an empty text says that all is well."""
        if sentence == self._wrong:
            return
        self._wrong = sentence
        theme.dress(self.editor, wrong=bool(sentence))
        self._show_below()

    def set_hint(self, hint: str) -> None:
        """Say what stands below the field when nothing is wrong."""
        self._hint = hint
        self._show_below()

    def _show_below(self) -> None:
        below = self._wrong or self._hint
        self._below.setText(below)
        self._below.set_tone("danger" if self._wrong else "muted")
        self._below.setVisible(bool(below))
        self.editor.setAccessibleDescription(below)
