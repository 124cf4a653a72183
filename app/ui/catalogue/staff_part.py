"""Who works here."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QHeaderView, QWidget

from app import wording
from app.language import _
from app.salon.catalogue import staff
from app.salon.catalogue.staff import ListedColleague
from app.ui import theme
from app.ui.catalogue import words
from app.ui.catalogue.drawer import DrawerForm
from app.ui.catalogue.part import NEW_KEY, RecordPart
from app.ui.catalogue.staff_form import StaffForm
from app.ui.desk import Desk
from app.ui.tables.columns import Column
from app.ui.tables.record_model import RecordModel
from app.ui.theme import FontRole
from app.ui.widgets.empty_state import EmptyState

_NAME, _TITLE, _ROLES, _HOURS, _UNTIL, _SERVICES, _AHEAD = range(7)
_WIDTHS = (200, 170, 190, 290, 130, 80, 90)
_Index = QModelIndex | QPersistentModelIndex


def columns(today: date) -> list[Column[ListedColleague]]:
    """What the table says of a colleague."""

    def until(colleague: ListedColleague) -> str:
        last = colleague.planned_until
        return _("no shifts") if last is None or last < today else wording.short_date(last, today)

    right = Qt.AlignmentFlag.AlignRight
    return [
        Column(_("Name"), _name),
        Column(_("Title"), _title),
        Column(_("Roles"), _roles),
        Column(_("Next seven days"), _hours),
        Column(_("Planned until"), until, _last_day),
        Column(_("Services"), _service_words, _service_count, right),
        Column(_("Booked"), _booked_words, _booked_count, right, _("Visits that are still to come")),
    ]


def _name(colleague: ListedColleague) -> str:
    return colleague.facts.name


def _title(colleague: ListedColleague) -> str:
    return colleague.facts.title


def _roles(colleague: ListedColleague) -> str:
    return words.roles(colleague.facts)


def _hours(colleague: ListedColleague) -> str:
    return words.week(colleague.week)


def _last_day(colleague: ListedColleague) -> date | None:
    return colleague.planned_until


def _service_words(colleague: ListedColleague) -> str:
    return wording.number(len(colleague.services)) if colleague.services else ""


def _service_count(colleague: ListedColleague) -> int:
    return len(colleague.services)


def _booked_words(colleague: ListedColleague) -> str:
    return wording.number(colleague.visits_ahead) if colleague.visits_ahead else ""


def _booked_count(colleague: ListedColleague) -> int:
    return colleague.visits_ahead


class StaffModel(RecordModel[ListedColleague]):
    """The colleagues; their names stand out."""

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words of a cell, or its type."""
        if index.isValid() and index.column() == _NAME and role == Qt.ItemDataRole.FontRole:
            return theme.font(FontRole.STRONG)
        return super().data(index, role)


class StaffPart(RecordPart[ListedColleague]):
    """Lists who works here."""

    hours_wanted = Signal(int)
    """The id of a colleague whose hours are to be planned."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, StaffModel(columns(desk.salon.today())), _("Staff"), parent)
        self.table.horizontalHeader().setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Stretch)

    def make_empty(self, parent: QWidget) -> EmptyState:
        """Nobody works here yet."""
        return EmptyState(
            "users",
            _("Nobody works here yet"),
            _("A master needs a name, services and hours. Then clients can be booked."),
            action=_("New colleague"),
            key=NEW_KEY,
            is_echo=True,
            parent=parent,
        )

    def read(self) -> list[ListedColleague]:
        """Everybody as they stand now."""
        return staff.listed(self.desk.salon.database, self.desk.salon.today())

    def matches(self, record: ListedColleague, typed: str) -> bool:
        """By name, title or role."""
        return words.colleague_matches(record, typed)

    def detail(self, shown: Sequence[ListedColleague]) -> str:
        """How many stand in the list."""
        return wording.colleagues(len(shown))

    def key_of(self, record: ListedColleague) -> int:
        """Their id."""
        return record.staff_id

    def make_form(self, record: ListedColleague | None) -> DrawerForm:
        """The form of a colleague."""
        form = StaffForm(self.desk, record, self)
        form.saved.connect(self.close_saved)
        form.archive_wanted.connect(self.archive)
        form.hours_wanted.connect(self.plan_hours)
        return form

    def plan_hours(self, record: ListedColleague) -> None:
        """The hours of a colleague are planned among the shifts."""
        self.leave()
        self.hours_wanted.emit(record.staff_id)

    def archive(self, record: ListedColleague) -> None:
        """They leave; undo is in the toast."""
        if self.desk.perform(staff.archive, record.staff_id) is None:
            return
        if self.form is not None:
            self.leave()
        self.desk.perform.tell(_("{name} is in the archive; visits stay where they are").format(name=record.facts.name))

    def archived(self) -> Mapping[int, str]:
        """By id."""
        return staff.left(self.desk.salon.database)

    def bring_back(self, record_id: int, name: str) -> None:
        """As it was when it went."""
        if self.desk.perform(staff.bring_back, record_id) is not None:
            self.desk.perform.tell(_("{name} works here again; look at their hours").format(name=name))

    def widths(self) -> Sequence[int]:
        """As they are set."""
        return _WIDTHS

    def giving_way(self) -> Sequence[int]:
        """A name and what is changed most often are kept longest."""
        return (_ROLES, _SERVICES, _AHEAD, _TITLE, _UNTIL, _HOURS)
