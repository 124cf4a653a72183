"""Writing a formula down, as fast as it is said: "30 г 7.1 + 45 мл 6%"."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from app import wording
from app.errors import FormulaEmpty, SalonError, TextTooLong
from app.explain import sentence
from app.language import _
from app.salon.clients import mixtures
from app.salon.clients.formulas import LONGEST_TITLE, Recipe
from app.salon.typed import LONGEST_TEXT
from app.ui import theme
from app.ui.theme import FontRole
from app.ui.widgets.buttons import PrimaryButton, QuietButton
from app.ui.widgets.field_line import FieldLine
from app.ui.widgets.label import breakable

_TEXT_HEIGHT = 72
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class _MaterialCompleter(QCompleter):
    """Completes the material that is being typed, whatever stands before it."""

    def splitPath(self, path: str) -> list[str]:
        """The letters of the material so far; what cannot be the beginning of one finds nothing."""
        return [mixtures.begun_material(path) or "\n"]

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        """The whole line with the material in full."""
        field = self.widget()
        typed = field.text() if isinstance(field, QLineEdit) else ""
        return mixtures.completed(typed, str(index.data()))


class FormulaForm(QWidget):
    """What it is for, what was mixed, how it was applied. Ctrl+Enter keeps it, Esc gives it up."""

    kept = Signal(object)
    """The ``Recipe``."""
    given_up = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Formula"))
        self.mixture = QLineEdit()
        self.mixture.setPlaceholderText(_("30 g 7.1 + 45 ml 6%"))
        self.title = QLineEdit()
        self.title.setMaxLength(LONGEST_TITLE)
        self.title.setPlaceholderText(_("Roots, toning…"))
        self.text = QPlainTextEdit()
        self.text.setFont(theme.font(FontRole.BODY))
        self.text.setPlaceholderText(_("How long it stayed, how it turned out"))
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(_TEXT_HEIGHT)
        self.mixture_line = FieldLine(_("Mixture"), self.mixture)
        self.title_line = FieldLine(_("What for"), self.title)
        self.text_line = FieldLine(_("How it was done"), self.text)
        self._materials = QStringListModel(self)
        completer = _MaterialCompleter(self._materials, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setMaxVisibleItems(6)
        completer.popup().setProperty("kind", "completions")
        self.mixture.setCompleter(completer)
        self.save = PrimaryButton(_("Keep the formula"), key="Ctrl+Enter")
        self.save.clicked.connect(self.keep)
        no = QuietButton(_("Cancel"), key=_("Esc"))
        no.clicked.connect(self.given_up)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.save)
        foot.addWidget(no)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for line in (self.mixture_line, self.title_line, self.text_line):
            column.addWidget(line)
        column.addLayout(foot)
        self.mixture.textChanged.connect(self._look)
        self.text.textChanged.connect(self._look_at_text)

    def begin(self, recipe: Recipe, materials: Sequence[str]) -> None:
        """Show what is to be changed; ``materials`` are those that were used before."""
        self._materials.setStringList(list(materials))
        self.mixture_line.begin_with(mixtures.written(recipe.parts, wording.material_unit))
        self.title_line.begin_with(recipe.title)
        self.text_line.begin_with(recipe.text)
        for line in (self.mixture_line, self.title_line, self.text_line):
            line.set_error("")

    def take_focus(self) -> None:
        """Bring the keyboard to the first field."""
        self.mixture.setFocus(Qt.FocusReason.OtherFocusReason)
        self.mixture.setCursorPosition(len(self.mixture.text()))

    def keep(self) -> None:
        """Tell what was written, or what is wrong with it, beside its field."""
        try:
            parts = mixtures.read(self.mixture.text())
        except SalonError as error:
            self.mixture_line.set_error(sentence(error))
            self.mixture.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if not parts and not self.text.toPlainText().strip():
            self.mixture_line.set_error(sentence(FormulaEmpty()))
            self.mixture.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not self.text_line.error:
            self.kept.emit(Recipe(self.title.text(), parts, self.text.toPlainText()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter keeps, Enter goes to the next field, Esc gives up."""
        if event.key() in _ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.keep()
        elif event.key() in _ENTER:
            self.focusNextChild()
        elif event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)

    def _look(self, typed: str) -> None:
        """While typing: say what was understood. What is not finished is no mistake yet."""
        self.mixture_line.set_error("")
        try:
            parts = mixtures.read(typed)
        except SalonError:
            return
        lines = [f"{wording.amount(one.thousandths, one.unit)} — {one.material}" for one in parts]
        self.mixture_line.set_hint(breakable("\n".join(lines)))

    def _look_at_text(self) -> None:
        too_long = len(self.text.toPlainText().strip()) > LONGEST_TEXT
        self.text_line.set_error(sentence(TextTooLong(LONGEST_TEXT)) if too_long else "")
