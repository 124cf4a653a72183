"""How it was done last time: the formula, in two lines; all of it is on the tab beside."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app import wording
from app.language import _
from app.salon.clients import mixtures
from app.salon.clients.formulas import Formula
from app.ui.theme import FontRole
from app.ui.widgets.label import Label, breakable


class LastWork(QWidget):
    """The formula of last time; without one it takes no room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heading = Label("", FontRole.SECONDARY, "muted", wrap=True)
        self._mixture = Label("", FontRole.STRONG, wrap=True)
        self._text = Label("", FontRole.BODY, wrap=True)
        self._mixture.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for widget in (self._heading, self._mixture, self._text):
            column.addWidget(widget)

    def show_formula(self, formula: Formula | None, today: date) -> None:
        """Show how it was mixed and applied."""
        self.setVisible(formula is not None)
        if formula is None:
            return
        recipe = formula.recipe
        parts = (_("Formula"), recipe.title, wording.short_date(formula.day, today), formula.master)
        self._heading.setText(breakable(" · ".join(part for part in parts if part)))
        self._mixture.setText(breakable(mixtures.written(recipe.parts, wording.material_unit)))
        self._mixture.setVisible(bool(recipe.parts))
        self._text.setText(breakable(recipe.text))
        self._text.setVisible(bool(recipe.text))
        self.setAccessibleName(". ".join((self._heading.text(), self._mixture.text(), recipe.text)))
