"""The salon: its price list, who works here and where, to look at and to change."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.language import _, pgettext
from app.ui import theme
from app.ui.catalogue.part import NEW_KEY, RecordPart
from app.ui.desk import Desk
from app.ui.screen import Screen
from app.ui.unkept import is_untold
from app.ui.widgets.buttons import PrimaryButton
from app.ui.widgets.screen_header import ScreenHeader
from app.ui.widgets.search_field import SearchField
from app.ui.widgets.segmented_control import SegmentedControl
from app.vocabulary import Topic

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.ui.catalogue.backups_part import BackupsPart
    from app.ui.catalogue.categories_part import CategoriesPart
    from app.ui.catalogue.drawer import DrawerForm
    from app.ui.catalogue.facts_part import FactsPart
    from app.ui.catalogue.import_part import ImportPart
    from app.ui.catalogue.privacy_part import PrivacyPart
    from app.ui.catalogue.questions_part import QuestionsPart
    from app.ui.catalogue.rooms_part import RoomsPart
    from app.ui.catalogue.services_part import ServicesPart
    from app.ui.catalogue.staff_part import StaffPart

_Part = TypeVar("_Part", bound=QWidget)
_Records = TypeVar("_Records", bound=RecordPart[Any])
SERVICES, STAFF, ROOMS, QUESTIONS, FACTS = "services", "staff", "rooms", "questions", "facts"
CATEGORIES = "categories"
PRIVACY, BACKUPS, IMPORT = "privacy", "backups", "import"
_NARROW, _WIDE = 140, 280


class CatalogueScreen(Screen):
    """What is offered and by whom, one part at a time. A part is made when it is first looked at."""

    topics: ClassVar[frozenset[Topic]] = frozenset(
        {Topic.CATALOGUE, Topic.STAFF, Topic.ROOMS, Topic.VISITS, Topic.SALON, Topic.QUESTIONS, Topic.CLIENTS}
    )

    client_wanted = Signal(int)
    """The id of a client whose card is to be opened."""
    form_left = Signal(object, str)
    """A ``DrawerForm`` was left with something entered, and what it is for: it stays, to be taken up again."""
    hours_wanted = Signal(int)
    """The id of a colleague whose hours are to be planned."""
    part_made = Signal(object)
    """A part, or a form of it, that is about to be seen for the first time."""
    restore_wanted = Signal(object)
    """The path of a copy that is to take the place of this salon."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setAccessibleName(pgettext("screen", "Salon"))
        self.header = ScreenHeader(pgettext("screen", "Salon"), parent=self)
        self.search = SearchField(_("Find: name, code, master"), parent=self.header)
        self.new_button = PrimaryButton(_("New service"), icon="plus", key=NEW_KEY, parent=self.header)
        self._records: dict[str, Callable[[], RecordPart[Any]]] = {
            SERVICES: lambda: self.services,
            STAFF: lambda: self.staff,
            ROOMS: lambda: self.rooms,
            QUESTIONS: lambda: self.questions,
            CATEGORIES: lambda: self.categories,
        }
        self._forms: dict[str, Callable[[], FactsPart | PrivacyPart | BackupsPart | ImportPart]] = {
            FACTS: lambda: self.facts,
            PRIVACY: lambda: self.privacy,
            BACKUPS: lambda: self.backups,
            IMPORT: lambda: self.importing,
        }
        self.choice = SegmentedControl(
            _("Part"),
            (
                (SERVICES, _("Services")),
                (STAFF, _("Staff")),
                (ROOMS, _("Rooms")),
                (QUESTIONS, _("Questions")),
                (CATEGORIES, _("Client categories")),
                (PRIVACY, _("Consents")),
                (FACTS, _("About the salon")),
                (BACKUPS, _("Backups")),
                (IMPORT, pgettext("part of the salon", "Import")),
            ),
            self,
            goes_on=True,
        )
        self._stack = QStackedWidget(self)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.search.setMinimumWidth(_NARROW)
        self.search.setMaximumWidth(_WIDE)
        self.header.add_action(self.search)
        self.header.add_action(self.new_button)
        self.setFocusProxy(self.search)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        # A row of its own: beside the title there is no room for so many parts on a small screen.
        parts = QHBoxLayout()
        parts.setContentsMargins(theme.MARGIN, 0, theme.MARGIN, 12)
        parts.addWidget(self.choice)
        column.addLayout(parts)
        column.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self.choice.chosen.connect(self.show_part)
        self.search.textChanged.connect(self._find)
        self.search.entered.connect(self._open_first)
        self.search.down_wanted.connect(self._go_into_table)
        self.new_button.clicked.connect(self.begin)
        shortcut = QShortcut(QKeySequence(NEW_KEY), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.begin)

    # ---- the parts -------------------------------------------------------------------------------------------

    @cached_property
    def services(self) -> ServicesPart:
        """The price list."""
        from app.ui.catalogue.services_part import ServicesPart

        return self._take_records(ServicesPart(self.desk, self._stack))

    @cached_property
    def staff(self) -> StaffPart:
        """Who works here."""
        from app.ui.catalogue.staff_part import StaffPart

        staff = self._take_records(StaffPart(self.desk, self._stack))
        staff.hours_wanted.connect(self.hours_wanted)
        return staff

    @cached_property
    def rooms(self) -> RoomsPart:
        """Where clients are served."""
        from app.ui.catalogue.rooms_part import RoomsPart

        return self._take_records(RoomsPart(self.desk, self._stack))

    @cached_property
    def questions(self) -> QuestionsPart:
        """What clients are asked."""
        from app.ui.catalogue.questions_part import QuestionsPart

        return self._take_records(QuestionsPart(self.desk, self._stack))

    @cached_property
    def categories(self) -> CategoriesPart:
        """Groups of clients."""
        from app.ui.catalogue.categories_part import CategoriesPart

        return self._take_records(CategoriesPart(self.desk, self._stack))

    @cached_property
    def facts(self) -> FactsPart:
        """The salon itself."""
        from app.ui.catalogue.facts_part import FactsPart

        return self._take(FactsPart(self.desk, self._stack))

    @cached_property
    def privacy(self) -> PrivacyPart:
        """What clients consent to."""
        from app.ui.catalogue.privacy_part import PrivacyPart

        privacy = self._take(PrivacyPart(self.desk, self._stack))
        privacy.client_wanted.connect(self.client_wanted)
        return privacy

    @cached_property
    def backups(self) -> BackupsPart:
        """Copies of the salon."""
        from app.ui.catalogue.backups_part import BackupsPart

        backups = self._take(BackupsPart(self.desk, self._stack))
        backups.restore_wanted.connect(self.restore_wanted)
        return backups

    @cached_property
    def importing(self) -> ImportPart:
        """What another program has kept so far."""
        from app.ui.catalogue.import_part import ImportPart

        return self._take(ImportPart(self.desk, self._stack))

    def _take(self, part: _Part) -> _Part:
        self._stack.addWidget(part)
        self.part_made.emit(part)
        return part

    def _take_records(self, part: _Records) -> _Records:
        part.detail_changed.connect(self.header.set_detail)
        part.form_left.connect(self.form_left)
        part.form_opened.connect(self.new_button.give_way_to)
        part.form_opened.connect(self.part_made)
        return self._take(part)

    @property
    def part(self) -> RecordPart[Any] | None:
        """The records that are looked at; None while it is the salon itself."""
        records = self._records.get(self.choice.choice)
        return None if records is None else records()

    # ---- looking ---------------------------------------------------------------------------------------------

    def show_part(self, key: str) -> None:
        """Look at the services, at the staff, at the rooms, or at the salon itself."""
        self.choice.choose(key)
        if key not in self._records and self.search.hasFocus():
            self.choice.take_focus()  # the keyboard would go to the first part, and choose it with the next key
        self.search.clear()
        self.search.setVisible(key in self._records)
        self.new_button.setVisible(key in self._records)
        if key not in self._records:
            self.header.set_detail("")
            self._stack.setCurrentWidget(self._forms[key]())
        else:
            self._show_records(key)
        self.reload()

    def _show_records(self, key: str) -> None:
        part = self._records[key]()
        self._stack.setCurrentWidget(part)
        new, hint = {
            SERVICES: (_("New service"), _("Find: name, code, master")),
            STAFF: (_("New colleague"), _("Find: name, title, role")),
            ROOMS: (_("New room"), _("Find: name, service")),
            QUESTIONS: (_("New question"), _("Find: words, answers")),
            CATEGORIES: (_("New category"), _("Find: name")),
        }[key]
        self.new_button.setText(new)
        self.new_button.set_tip("", NEW_KEY)
        self.search.setPlaceholderText(hint)
        self.search.setAccessibleName(hint)
        part.find("")

    def take_up(self, form: DrawerForm) -> None:
        """Go on with a form as it was left."""
        self.bring_forward(form)
        if self.part is not None:
            self.part.take_up(form)

    @property
    def begun(self) -> list[tuple[str, QWidget]]:
        """The forms that are open with something chosen in them, and nothing typed that is told by itself."""
        made = [part() for key, part in self._records.items() if key in vars(self)]
        forms = [(part.form, part.form.changed) for part in made if part.form is not None]
        return [(form.accessibleName(), field) for form, field in forms if field is not None and is_untold(form)]

    def bring_forward(self, part: QWidget) -> None:
        """Look at the part of the salon on which it stands; the others are not made for that."""
        parts = {**self._records, **self._forms}
        for key in parts.keys() & vars(self).keys():
            if parts[key]().isAncestorOf(part) and key != self.choice.choice:
                self.show_part(key)

    def reload(self) -> None:
        """Read what is looked at; the rest is read when it is chosen."""
        (self.part or self._forms[self.choice.choice]()).reload()

    def begin(self) -> None:
        """Open the form of a new record."""
        if self.part is not None:
            self.part.begin()

    def _find(self, typed: str) -> None:
        if self.part is not None:
            self.part.find(typed)

    def _open_first(self) -> None:
        if self.part is not None:
            self.part.open_first()

    def _go_into_table(self) -> None:
        if self.part is not None:
            self.part.go_into_table()
