"""One service of the price list: what it is called, how long it takes, what it costs, and who does it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app import wording
from app.errors import SalonError
from app.explain import sentence
from app.language import _, ngettext
from app.salon.catalogue import rooms, services, staff
from app.salon.catalogue.services import ListedService, NewService
from app.salon.checklists import templates
from app.salon.clients.register import LONGEST_NAME
from app.salon.scheduling.availability import SHORTEST_MINUTES
from app.salon.scheduling.intervals import Lengths
from app.ui.catalogue import words
from app.ui.catalogue.drawer import DrawerForm
from app.ui.desk import Desk
from app.ui.theme import FontRole
from app.ui.widgets.choice_box import ChoiceBox
from app.ui.widgets.field_line import FieldLine
from app.ui.widgets.label import Label
from app.ui.widgets.number_field import NumberField
from app.vocabulary import RoomKind

_NEW = -1
_LONGEST_PART = 600
_LONGEST_CODE = 20
_LONGEST_INTERVAL = 730
_USUAL_MINUTES = 60
_NARROW = 96


class ServiceForm(DrawerForm):
    """Adds a service, or changes the one that is given. What is booked stays as it was agreed."""

    saved = Signal(int)
    """The id of the service that was added or changed."""
    archive_wanted = Signal(object)
    """The ``ListedService`` that is to be offered no more."""

    def __init__(self, desk: Desk, service: ListedService | None = None, parent: QWidget | None = None) -> None:
        super().__init__(_("Change service") if service else _("New service"), _("Save"), parent)
        self.desk = desk
        self.service = service
        self.name = QLineEdit()
        self.name.setMaxLength(LONGEST_NAME)
        self.name_line = FieldLine(_("Name of the service"), self.name)
        self.code = QLineEdit()
        self.code.setMaxLength(_LONGEST_CODE)
        self.code_line = FieldLine(_("Code"), self.code)
        self.category = ChoiceBox(gives_way=True)
        self.new_category = QLineEdit()
        self.new_category.setMaxLength(LONGEST_NAME)
        self.new_category_line = FieldLine(_("Name of the new category"), self.new_category)
        self.working = NumberField(SHORTEST_MINUTES, _LONGEST_PART, step=5, unit=_("min"))
        self.gap = NumberField(0, _LONGEST_PART, step=5, unit=_("min"))
        self.finishing = NumberField(0, _LONGEST_PART, step=5, unit=_("min"))
        self.before = NumberField(0, _LONGEST_PART, step=5, unit=_("min"))
        self.after = NumberField(0, _LONGEST_PART, step=5, unit=_("min"))
        self.price = QLineEdit()
        self.price_line = FieldLine(_("Price"), self.price)
        self.on_request = QCheckBox(_("Price on request"))
        self.interval = NumberField(0, _LONGEST_INTERVAL, step=7)
        self.interval.setSpecialValueText(_("no advice"))
        self.checklist = ChoiceBox(gives_way=True)
        self.masters: dict[int, QCheckBox] = {}
        self.rooms: dict[int, QCheckBox] = {}
        self._lengths_hint = Label("", FontRole.SECONDARY, "muted", wrap=True)
        self._build()
        self._fill()
        self._connect()

    # ---- building --------------------------------------------------------------------------------------------

    def _build(self) -> None:
        for field in (self.working, self.gap, self.finishing, self.before, self.after):
            field.setMinimumWidth(_NARROW)
        self.fields.addWidget(self.name_line)
        category = FieldLine(_("Category"), self.category)
        self.fields.addLayout(_beside((category, 2), (self.code_line, 1)))
        self.fields.addWidget(self.new_category_line)
        lengths = QVBoxLayout()
        lengths.setSpacing(4)
        lengths.addLayout(
            _beside(
                (FieldLine(_("Work"), self.working), 1),
                (FieldLine(_("Pause"), self.gap), 1),
                (FieldLine(_("Finishing"), self.finishing), 1),
            )
        )
        lengths.addSpacing(8)
        lengths.addLayout(
            _beside(
                (FieldLine(_("Before the client"), self.before), 1), (FieldLine(_("After the client"), self.after), 1)
            )
        )
        lengths.addWidget(self._lengths_hint)
        self.fields.addLayout(lengths)
        self.fields.addLayout(_beside((self.price_line, 1), (_lowered(self.on_request), 1)))
        again = FieldLine(_("Come again after, days"), self.interval)
        checklist = FieldLine(_("Checklist"), self.checklist)
        self.fields.addLayout(_beside((again, 1), (checklist, 1)))
        self.fields.addLayout(self._masters_part())
        self._add_rooms()
        if self.service is not None:
            self.fields.addWidget(Label(_promise(self.service.visits_ahead), FontRole.SECONDARY, "muted", wrap=True))
            self.archive_button.show()

    def _masters_part(self) -> QVBoxLayout:
        part = QVBoxLayout()
        part.setSpacing(4)
        part.addWidget(Label(_("Who does it"), FontRole.SECONDARY, "muted"))
        for colleague in staff.masters(self.desk.salon.database):
            box = QCheckBox(colleague.name)
            self.masters[colleague.staff_id] = box
            part.addWidget(box)
        if not self.masters:
            part.addWidget(Label(_("Nobody works here yet: add a master first."), wrap=True))
        return part

    def _add_rooms(self) -> None:
        """The rooms that are fit for it, by kind; nothing where the salon keeps none."""
        salon = self.desk.salon
        standing = rooms.listed(salon.database, salon.today())
        for kind in RoomKind:
            part = QVBoxLayout()
            part.setSpacing(4)
            part.addWidget(Label(words.one_of(kind), FontRole.SECONDARY, "muted"))
            of_kind = [room for room in standing if room.facts.kind is kind]
            for room in of_kind:
                box = QCheckBox(room.facts.name)
                box.setChecked(self.service is not None and self.service.service_id in room.services)
                self.rooms[room.room_id] = box
                part.addWidget(box)
            if of_kind:
                self.fields.addLayout(part)

    def _fill(self) -> None:
        database = self.desk.salon.database
        for one in services.categories(database):
            self.category.addItem(one.name, one.category_id)
        self.category.addItem(_("New category…"), _NEW)
        self.checklist.addItem(_("without"), None)
        for template_id, name in templates.named(database):
            self.checklist.addItem(name, template_id)
        service = self.service
        if service is None:
            self.working.setValue(_USUAL_MINUTES)
            for box in self.masters.values():
                box.setChecked(len(self.masters) == 1)
        else:
            self._show(service)
        self._choose_category()
        self._tell_lengths()

    def _show(self, service: ListedService) -> None:
        self.name_line.begin_with(service.name)
        self.code_line.begin_with(service.code)
        self.category.setCurrentIndex(self.category.findData(service.category_id))
        self.working.setValue(service.lengths.working)
        self.gap.setValue(service.lengths.gap)
        self.finishing.setValue(service.lengths.finishing)
        self.before.setValue(service.lengths.before)
        self.after.setValue(service.lengths.after)
        self.price_line.begin_with("" if service.price is None else words.price_to_type(service.price))
        self.on_request.setChecked(service.price is None)
        self.price.setEnabled(service.price is not None)
        self.interval.setValue(service.interval_days or 0)
        self.checklist.setCurrentIndex(max(0, self.checklist.findData(service.template_id)))
        able = {staff_id for staff_id, _name in service.masters}
        for staff_id, box in self.masters.items():
            box.setChecked(staff_id in able)

    def _connect(self) -> None:
        self.name.textChanged.connect(self._check_name)
        self.new_category.textChanged.connect(self._check_category)
        self.price.textChanged.connect(self._check_price)
        self.on_request.toggled.connect(self._choose_price)
        self.category.currentIndexChanged.connect(self._choose_category)
        for field in (self.working, self.gap, self.finishing, self.before, self.after):
            field.valueChanged.connect(self._tell_lengths)
        self.archive_button.clicked.connect(self._want_archive)

    # ---- typing ----------------------------------------------------------------------------------------------

    def focus_first(self) -> None:
        """The name is first."""
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def begin_in(self, category_id: int) -> None:
        """A new service comes into the category that is looked at."""
        place = self.category.findData(category_id)
        if place >= 0:
            self.category.setCurrentIndex(place)

    def _check_name(self) -> None:
        self.name_line.set_error("" if self.name.text().strip() else _("Please give a name."))

    def _check_category(self) -> None:
        missing = self._opens_category and not self.new_category.text().strip()
        self.new_category_line.set_error(_("Please give a name.") if missing else "")

    def _check_price(self) -> None:
        fine = self.on_request.isChecked() or words.price_typed(self.price.text()) is not None
        self.price_line.set_error("" if fine else _("Type a number, as 1800, or choose “on request”."))

    def _choose_price(self, on_request: bool) -> None:
        self.price.setEnabled(not on_request)
        if on_request:
            self.price_line.set_error("")
        else:
            self.price.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose_category(self) -> None:
        self.new_category_line.setVisible(self._opens_category)

    def _tell_lengths(self) -> None:
        said = self._lengths
        if said.gap:
            hint = _("In the pause the master is free for another client; the visit takes {minutes} in all.")
        else:
            hint = _("The visit takes {minutes}.")
        told = hint.format(minutes=words.whole_length(said))
        if said.before or said.after:
            busy = wording.duration(said.busy)
            told += " " + _("Laying out and cleaning up included, the master is taken for {minutes}.").format(
                minutes=busy
            )
        self._lengths_hint.setText(told)

    @property
    def _opens_category(self) -> bool:
        return self.category.currentData() == _NEW

    @property
    def _lengths(self) -> Lengths:
        parts = (self.working, self.gap, self.finishing, self.before, self.after)
        return Lengths(*(part.value() for part in parts))

    # ---- acting ----------------------------------------------------------------------------------------------

    def save(self) -> None:
        """Keep the service, if everything is fine; else the cursor goes to what is not."""
        if not self._is_fine():
            return
        new = NewService(
            category_id=self.category.currentData(),
            name=self.name.text(),
            lengths=self._lengths,
            price=None if self.on_request.isChecked() else words.price_typed(self.price.text()),
            code=self.code.text(),
            interval_days=self.interval.value() or None,
            template_id=self.checklist.currentData(),
        )
        able = [staff_id for staff_id, box in self.masters.items() if box.isChecked()]
        category = self.new_category.text() if self._opens_category else ""
        before = self.service.service_id if self.service else None
        try:
            done = self.desk.perform.attempt(services.keep, before, new, able, category, self._fit_rooms())
        except SalonError as error:
            self.say_problem(sentence(error))
            return
        if done.entry_id is not None:
            self.desk.perform.tell(_("“{service}” is in the price list").format(service=new.name.strip()))
        self.saved.emit(done.value)

    def _fit_rooms(self) -> list[int]:
        return [room_id for room_id, box in self.rooms.items() if box.isChecked()]

    def _is_fine(self) -> bool:
        self._check_name()
        self._check_category()
        self._check_price()
        for line in (self.name_line, self.new_category_line, self.price_line):
            if line.error:
                line.editor.setFocus(Qt.FocusReason.OtherFocusReason)
                return False
        return True

    def _want_archive(self) -> None:
        self.archive_wanted.emit(self.service)


def _promise(visits_ahead: int) -> str:
    if not visits_ahead:
        return _("A change holds for new bookings; visits that are booked keep their price and time.")
    return ngettext(
        "{n} visit is booked with it: it keeps its price and time. A change holds for new bookings.",
        "{n} visits are booked with it: they keep their price and time. A change holds for new bookings.",
        visits_ahead,
    ).format(n=visits_ahead)


def _beside(*parts: tuple[QWidget, int]) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(12)
    for widget, share in parts:
        row.addWidget(widget, share, Qt.AlignmentFlag.AlignTop)
    return row


def _lowered(box: QCheckBox) -> QWidget:
    """A tick box at the height of the field beside it, below where its name stands."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 26, 0, 0)
    column.addWidget(box)
    return holder
