"""One category of clients: what it is called, and its colour."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.errors import SalonError
from app.explain import sentence
from app.language import _, pgettext
from app.salon.clients import categories
from app.salon.clients.categories import ListedCategory
from app.ui.catalogue.drawer import DrawerForm
from app.ui.desk import Desk
from app.ui.theme import FontRole
from app.ui.widgets.colour_choice import ColourChoice
from app.ui.widgets.field_line import FieldLine
from app.ui.widgets.label import Label


class CategoryForm(DrawerForm):
    """Sets a category up, or changes the one that is given."""

    saved = Signal(int)
    """The id of the category."""
    archive_wanted = Signal(object)
    """The ``ListedCategory`` that is used no more."""

    def __init__(
        self, desk: Desk, category: ListedCategory | None = None, colour: int = 0, parent: QWidget | None = None
    ) -> None:
        """``colour`` is proposed for a new one."""
        super().__init__(_("Change category") if category else _("New category"), _("Save"), parent)
        self.desk = desk
        self.category = category
        self.name = QLineEdit(category.name if category else "")
        self.name.setMaxLength(categories.LONGEST_NAME)
        self.name.setPlaceholderText(_("For example: brides"))
        self.name_line = FieldLine(pgettext("category", "Name"), self.name)
        self.colour = ColourChoice(_("Colour"))
        self.colour.choose(category.colour if category else colour)
        self.fields.addWidget(self.name_line)
        part = QVBoxLayout()
        part.setSpacing(4)
        part.addWidget(Label(_("Colour"), FontRole.SECONDARY, "muted"))
        part.addWidget(self.colour)
        self.fields.addLayout(part)
        if category is not None:
            self.add_order(_("Its place on the cards"), category)
            self.archive_button.show()
            self.archive_button.clicked.connect(self._want_archive)
        self.name.textChanged.connect(self._check_name)
        self.name.returnPressed.connect(self.save)

    def focus_first(self) -> None:
        """The name is first."""
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        """Keep the category, if it has a name."""
        self._check_name()
        if self.name_line.error:
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        before = self.category.category_id if self.category else None
        try:
            done = self.desk.perform.attempt(categories.keep, before, self.name.text(), self.colour.colour)
        except SalonError as error:
            self.say_problem(sentence(error))
            return
        if done.entry_id is not None:
            self.desk.perform.tell(_("“{category}”: kept").format(category=self.name.text().strip()))
        self.saved.emit(done.value)

    def _check_name(self) -> None:
        self.name_line.set_error("" if self.name.text().strip() else _("Please give a name."))

    def _want_archive(self) -> None:
        self.archive_wanted.emit(self.category)
