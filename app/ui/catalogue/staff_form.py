"""Somebody who works here: what they are called, their roles, and what they do."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app import wording
from app.errors import SalonError
from app.explain import sentence
from app.language import _, ngettext
from app.salon.catalogue import services, staff
from app.salon.catalogue.staff import ListedColleague, StaffFacts
from app.salon.clients.register import LONGEST_NAME
from app.ui.catalogue import words
from app.ui.catalogue.drawer import DrawerForm
from app.ui.catalogue.terms_row import TermsRow
from app.ui.desk import Desk
from app.ui.theme import FontRole
from app.ui.widgets.buttons import Button
from app.ui.widgets.field_line import FieldLine
from app.ui.widgets.label import Label


class StaffForm(DrawerForm):
    """Takes somebody on, or changes the colleague that is given."""

    saved = Signal(int)
    """The id of the colleague."""
    archive_wanted = Signal(object)
    """The ``ListedColleague`` who leaves."""
    hours_wanted = Signal(object)
    """The ``ListedColleague`` whose hours are to be planned."""

    def __init__(self, desk: Desk, colleague: ListedColleague | None = None, parent: QWidget | None = None) -> None:
        super().__init__(_("Change colleague") if colleague else _("New colleague"), _("Save"), parent)
        self.desk = desk
        self.colleague = colleague
        facts = colleague.facts if colleague else StaffFacts("")
        self.name = QLineEdit(facts.name)
        self.name.setMaxLength(LONGEST_NAME)
        self.name_line = FieldLine(_("Name"), self.name)
        self.title = QLineEdit(facts.title)
        self.title.setMaxLength(LONGEST_NAME)
        self.title.setPlaceholderText(_("For example: nail master"))
        self.is_master = _ticked(_("Master: serves clients"), ticked=facts.is_master)
        self.is_administrator = _ticked(_("Administrator"), ticked=facts.is_administrator)
        self.is_owner = _ticked(_("Owner"), ticked=facts.is_owner)
        self.services: dict[int, QCheckBox] = {}
        self.rows: dict[int, TermsRow] = {}
        self._does = QWidget()
        self._build()
        self._show_services()
        self.name.textChanged.connect(self._check_name)
        self.is_master.toggled.connect(self._show_services)

    def _build(self) -> None:
        self.fields.addWidget(self.name_line)
        self.fields.addWidget(FieldLine(_("Title on the calendar"), self.title))
        if self.colleague is not None:
            self.fields.addLayout(self._hours(self.colleague))
            self.archive_button.show()
            self.archive_button.clicked.connect(self._want_archive)
        roles = QVBoxLayout()
        roles.setSpacing(4)
        roles.addWidget(Label(_("Roles"), FontRole.SECONDARY, "muted"))
        for box in (self.is_master, self.is_administrator, self.is_owner):
            roles.addWidget(box)
        self.fields.addLayout(roles)
        self._build_services()
        self.fields.addWidget(self._does)

    def _hours(self, colleague: ListedColleague) -> QVBoxLayout:
        part = QVBoxLayout()
        part.setSpacing(6)
        part.addWidget(Label(_("Hours of the next seven days"), FontRole.SECONDARY, "muted"))
        part.addWidget(Label(words.week(colleague.week) or _("no shifts"), wrap=True))
        button = Button(_("Plan shifts…"), icon="calendar")
        button.clicked.connect(self._want_hours)
        row = QHBoxLayout()
        row.addWidget(button)
        row.addStretch(1)
        part.addLayout(row)
        if colleague.visits_ahead:
            part.addWidget(Label(_ahead(colleague.visits_ahead), FontRole.SECONDARY, "muted", wrap=True))
        return part

    def _build_services(self) -> None:
        able = set(self.colleague.services) if self.colleague else set[int]()
        column = QVBoxLayout(self._does)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        category = ""
        terms, currency = services.master_terms(self.desk.salon.database), self.desk.salon.profile.currency
        for one in services.listed(self.desk.salon.database, self.desk.salon.today()):
            if one.category_name != category:
                category = one.category_name
                column.addWidget(Label(_("Does: {category}").format(category=category), FontRole.SECONDARY, "muted"))
            own = terms.get(one.service_id, {}).get(self.colleague.staff_id) if self.colleague else None
            row = TermsRow(one, currency, own, ticked=one.service_id in able)
            row.opened.connect(self.bring_into_sight)
            self.rows[one.service_id], self.services[one.service_id] = row, row.box
            column.addWidget(row)

    @property
    def changed(self) -> QWidget | None:
        """Also a time or a price of their own: the fields for these are made when somebody asks for them."""
        own = (row.changed for row in self.rows.values())
        return super().changed or next((field for field in own if field is not None), None)

    def focus_first(self) -> None:
        """The name is first."""
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        """Keep the colleague, if there is a name and a role."""
        self._check_name()
        if self.name_line.error:
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        facts = StaffFacts(
            self.name.text(),
            self.title.text(),
            is_master=self.is_master.isChecked(),
            is_administrator=self.is_administrator.isChecked(),
            is_owner=self.is_owner.isChecked(),
        )
        if not words.roles(facts):
            self.say_problem(_("Choose at least one role."))
            return
        does = [service_id for service_id, box in self.services.items() if box.isChecked()]
        wrong = next((row for row in self.rows.values() if facts.is_master and not row.is_fine), None)
        if wrong is not None and wrong.fields is not None:
            wrong.fields.price.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        terms = {service_id: self.rows[service_id].terms for service_id in does}
        before = self.colleague.staff_id if self.colleague else None
        try:
            done = self.desk.perform.attempt(staff.keep, before, facts, does if facts.is_master else [], terms)
        except SalonError as error:
            self.say_problem(sentence(error))
            return
        if done.entry_id is not None:
            self.desk.perform.tell(_("{name}: kept").format(name=facts.name.strip()))
        self.saved.emit(done.value)

    def _check_name(self) -> None:
        self.name_line.set_error("" if self.name.text().strip() else _("Please give a name."))

    def _show_services(self) -> None:
        self._does.setVisible(self.is_master.isChecked())

    def _want_archive(self) -> None:
        self.archive_wanted.emit(self.colleague)

    def _want_hours(self) -> None:
        self.hours_wanted.emit(self.colleague)


def _ahead(visits: int) -> str:
    return ngettext(
        "{n} visit is booked with them; before they leave, hand it on.",
        "{n} visits are booked with them; before they leave, hand them on.",
        visits,
    ).format(n=wording.number(visits))


def _ticked(words_: str, *, ticked: bool) -> QCheckBox:
    box = QCheckBox(words_)
    box.setChecked(ticked)
    return box
