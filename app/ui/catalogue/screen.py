"""The salon: its price list and who works here, to look at and to change."""

from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.language import _, pgettext
from app.ui.catalogue.part import NEW_KEY, RecordPart
from app.ui.catalogue.services_part import ServicesPart
from app.ui.catalogue.staff_part import StaffPart
from app.ui.desk import Desk
from app.ui.screen import Screen
from app.ui.widgets.buttons import PrimaryButton
from app.ui.widgets.screen_header import ScreenHeader
from app.ui.widgets.search_field import SearchField
from app.ui.widgets.segmented_control import SegmentedControl
from app.vocabulary import Topic

SERVICES, STAFF = "services", "staff"


class CatalogueScreen(Screen):
    """What is offered and by whom, one part at a time."""

    topics: ClassVar[frozenset[Topic]] = frozenset({Topic.CATALOGUE, Topic.STAFF, Topic.VISITS, Topic.SALON})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setAccessibleName(pgettext("screen", "Salon"))
        self.header = ScreenHeader(pgettext("screen", "Salon"))
        self.search = SearchField(_("Find: name, code, master"))
        self.new_button = PrimaryButton(_("New service"), icon="plus", key=NEW_KEY)
        self.services = ServicesPart(desk)
        self.staff = StaffPart(desk)
        self._parts: dict[str, RecordPart] = {SERVICES: self.services, STAFF: self.staff}
        self.choice = SegmentedControl(_("Part"), ((SERVICES, _("Services")), (STAFF, _("Staff"))))
        self._build()
        self._connect()

    def _build(self) -> None:
        self.search.setFixedWidth(280)
        self.header.add_beside_title(self.choice)
        self.header.add_action(self.search)
        self.header.add_action(self.new_button)
        self._stack = QStackedWidget()
        for part in self._parts.values():
            self._stack.addWidget(part)
        self.setFocusProxy(self.search)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self.choice.chosen.connect(self.show_part)
        self.search.textChanged.connect(self._find)
        self.search.entered.connect(self._open_first)
        self.search.down_wanted.connect(self._go_into_table)
        self.new_button.clicked.connect(self.begin)
        for part in self._parts.values():
            part.detail_changed.connect(self.header.set_detail)
        shortcut = QShortcut(QKeySequence(NEW_KEY), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.begin)

    @property
    def part(self) -> RecordPart:
        """The part that is looked at."""
        return self._stack.currentWidget()  # type: ignore[return-value]

    def show_part(self, key: str) -> None:
        """Look at the services or at the staff."""
        self.choice.choose(key)
        self._stack.setCurrentWidget(self._parts[key])
        self.new_button.setText(_("New service") if key == SERVICES else _("New colleague"))
        self.new_button.set_tip("", NEW_KEY)
        self.search.setPlaceholderText(
            _("Find: name, code, master") if key == SERVICES else _("Find: name, title, role")
        )
        self.search.setAccessibleName(self.search.placeholderText())
        self.search.clear()
        self.part.find("")
        self.part.reload()

    def reload(self) -> None:
        """Read the part that is looked at; the others read when they are chosen."""
        self.part.reload()

    def begin(self) -> None:
        """Open the form of a new record."""
        self.part.begin()

    def _find(self, typed: str) -> None:
        self.part.find(typed)

    def _open_first(self) -> None:
        self.part.open_first()

    def _go_into_table(self) -> None:
        self.part.go_into_table()
