"""A formula on the card: what was mixed, how it was applied, and the way to do it again."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app import wording
from app.language import _
from app.salon.clients.formulas import Formula
from app.ui.theme import FontRole
from app.ui.widgets.buttons import IconButton
from app.ui.widgets.label import Label, breakable


class FormulaBox(QFrame):
    """One formula in a well of its own."""

    repeat_wanted = Signal(object)
    change_wanted = Signal(object)
    put_away_wanted = Signal(object)
    """Each with the ``Formula``."""

    def __init__(self, formula: Formula, *, can_repeat: bool, parent: QWidget | None = None) -> None:
        """``can_repeat``: the formula belongs to another visit than the current one."""
        super().__init__(parent)
        self.formula = formula
        recipe = formula.recipe
        self.setProperty("kind", "well")
        self.setAccessibleName(_("Formula: {text}").format(text=told(formula)))
        title = Label(breakable(recipe.title) or _("Formula"), FontRole.STRONG, wrap=True)
        self.repeat_button = IconButton("repeat", _("Repeat the formula in the current visit"))
        self.repeat_button.clicked.connect(self._repeat)
        self.repeat_button.setVisible(can_repeat)
        change = IconButton("pencil", _("Change the formula"))
        change.clicked.connect(self._change)
        put_away = IconButton("trash-2", _("Take the formula off the card"))
        put_away.clicked.connect(self._put_away)
        head = QHBoxLayout()
        head.setSpacing(0)
        head.addWidget(title, 1)
        for button in (self.repeat_button, change, put_away):
            head.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 6, 6, 10)
        column.setSpacing(4)
        column.addLayout(head)
        if recipe.parts:
            column.addLayout(_parts(formula))
        if recipe.text:
            text = Label(breakable(recipe.text), FontRole.BODY, "muted", wrap=True)
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            text.setContentsMargins(0, 0, 6, 0)
            column.addWidget(text)

    def _repeat(self) -> None:
        self.repeat_wanted.emit(self.formula)

    def _change(self) -> None:
        self.change_wanted.emit(self.formula)

    def _put_away(self) -> None:
        self.put_away_wanted.emit(self.formula)


def _parts(formula: Formula) -> QGridLayout:
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 6, 0)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(2)
    for row, part in enumerate(formula.recipe.parts):
        how_much = Label(wording.amount(part.thousandths, part.unit), FontRole.STRONG)
        how_much.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        grid.addWidget(how_much, row, 0)
        grid.addWidget(Label(breakable(part.material), FontRole.BODY, wrap=True), row, 1)
    grid.setColumnStretch(1, 1)
    return grid


def told(formula: Formula) -> str:
    """A formula in one line: ``30 г 7.1 + 45 мл 6%``, or its words where nothing was mixed."""
    recipe = formula.recipe
    mixture = " + ".join(f"{wording.amount(one.thousandths, one.unit)} {one.material}" for one in recipe.parts)
    return mixture or " ".join(recipe.text.split())
