"""One room, chair or machine: what it is called, what it is, and for which services it is fit."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from app import wording
from app.errors import SalonError
from app.explain import sentence
from app.language import _, ngettext, pgettext
from app.salon.catalogue import rooms, services
from app.salon.catalogue.rooms import ListedRoom, RoomFacts
from app.ui.catalogue.drawer import DrawerForm
from app.ui.desk import Desk
from app.ui.theme import FontRole
from app.ui.widgets.field_line import FieldLine
from app.ui.widgets.label import Label
from app.ui.widgets.segmented_control import SegmentedControl
from app.vocabulary import RoomKind


class RoomForm(DrawerForm):
    """Sets a room up, or changes the one that is given. Visits that are booked keep their room."""

    saved = Signal(int)
    """The id of the room."""
    archive_wanted = Signal(object)
    """The ``ListedRoom`` that is used no more."""

    def __init__(self, desk: Desk, room: ListedRoom | None = None, parent: QWidget | None = None) -> None:
        super().__init__(_("Change room") if room else _("New room"), _("Save"), parent)
        self.desk = desk
        self.room = room
        facts = room.facts if room else RoomFacts("")
        self.name = QLineEdit(facts.name)
        self.name.setMaxLength(rooms.LONGEST_NAME)
        self.name.setPlaceholderText(_("For example: chair by the window"))
        self.name_line = FieldLine(pgettext("room", "Name"), self.name)
        self.kind = SegmentedControl(_("What it is"), [(kind, wording.room_kind(kind)) for kind in RoomKind])
        self.kind.choose(facts.kind)
        self.services: dict[int, QCheckBox] = {}
        self._build()
        self.name.textChanged.connect(self._check_name)

    def _build(self) -> None:
        self.fields.addWidget(self.name_line)
        kind = QVBoxLayout()
        kind.setSpacing(4)
        kind.addWidget(Label(_("What it is"), FontRole.SECONDARY, "muted"))
        kind.addWidget(self.kind, 0, Qt.AlignmentFlag.AlignLeft)
        self.fields.addLayout(kind)
        if self.room is not None:
            self.add_order(_("The first free one in the list is taken"), self.room)
            self.archive_button.show()
            self.archive_button.clicked.connect(self._want_archive)
        self.fields.addWidget(
            Label(
                _("A service takes one free room, chair and machine of those suitable for it."),
                FontRole.SECONDARY,
                "muted",
                wrap=True,
            )
        )
        self.fields.addLayout(self._services())
        if self.room is not None and self.room.visits_ahead:
            self.fields.addWidget(Label(_promise(self.room.visits_ahead), FontRole.SECONDARY, "muted", wrap=True))

    def _services(self) -> QVBoxLayout:
        fit = set(self.room.services) if self.room else set[int]()
        part = QVBoxLayout()
        part.setSpacing(4)
        category = ""
        for one in services.listed(self.desk.salon.database, self.desk.salon.today()):
            if one.category_name != category:
                category = one.category_name
                part.addWidget(
                    Label(_("Suitable for: {category}").format(category=category), FontRole.SECONDARY, "muted")
                )
            box = QCheckBox(one.name)
            box.setChecked(one.service_id in fit)
            self.services[one.service_id] = box
            part.addWidget(box)
        return part

    def focus_first(self) -> None:
        """The name is first."""
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        """Keep the room, if it has a name."""
        self._check_name()
        if self.name_line.error:
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        facts = RoomFacts(self.name.text(), RoomKind(self.kind.choice))
        fit = [service_id for service_id, box in self.services.items() if box.isChecked()]
        before = self.room.room_id if self.room else None
        try:
            done = self.desk.perform.attempt(rooms.keep, before, facts, fit)
        except SalonError as error:
            self.say_problem(sentence(error))
            return
        if done.entry_id is not None:
            self.desk.perform.tell(_("“{room}”: kept").format(room=facts.name.strip()))
        self.saved.emit(done.value)

    def _check_name(self) -> None:
        self.name_line.set_error("" if self.name.text().strip() else _("Please give a name."))

    def _want_archive(self) -> None:
        self.archive_wanted.emit(self.room)


def _promise(visits_ahead: int) -> str:
    return ngettext(
        "{n} visit that is booked takes it, and keeps it.",
        "{n} visits that are booked take it, and keep it.",
        visits_ahead,
    ).format(n=wording.number(visits_ahead))
