"""The rooms, chairs and machines, in the order in which they are taken."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QHeaderView, QWidget

from app import wording
from app.language import _, pgettext
from app.salon.catalogue import rooms, services
from app.salon.catalogue.rooms import ListedRoom
from app.ui import theme
from app.ui.catalogue import words
from app.ui.catalogue.drawer import DrawerForm
from app.ui.catalogue.ordered_part import OrderedPart
from app.ui.catalogue.part import NEW_KEY
from app.ui.catalogue.room_form import RoomForm
from app.ui.desk import Desk
from app.ui.tables.columns import Column
from app.ui.tables.record_model import RecordModel
from app.ui.theme import FontRole
from app.ui.widgets.empty_state import EmptyState

_NAME, _KIND, _SERVICES, _AHEAD = range(4)
_WIDTHS = (220, 130, 420, 110)
_LEAST_NAME, _LEAST_SERVICES = 220, 120
_Index = QModelIndex | QPersistentModelIndex


class RoomModel(RecordModel[ListedRoom]):
    """The rooms; their names stand out."""

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words of a cell, or its type."""
        if index.isValid() and index.column() == _NAME and role == Qt.ItemDataRole.FontRole:
            return theme.font(FontRole.STRONG)
        return super().data(index, role)


class RoomsPart(OrderedPart[ListedRoom]):
    """Lists the rooms. Alt+Up and Alt+Down change their order."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self._names: dict[int, str] = {}
        super().__init__(desk, RoomModel(self._columns()), _("Rooms"), rooms.set_order, parent)
        self.table.horizontalHeader().setSectionResizeMode(_SERVICES, QHeaderView.ResizeMode.Stretch)

    def _columns(self) -> list[Column[ListedRoom]]:
        right = Qt.AlignmentFlag.AlignRight
        return [
            Column(pgettext("room", "Name"), _name),
            Column(_("What it is"), _kind),
            Column(_("Suitable for"), self._fit_for),
            Column(_("Booked"), _booked_words, _booked_count, right, _("Visits that are still to come")),
        ]

    def _fit_for(self, room: ListedRoom) -> str:
        return words.fit_for([self._names[one] for one in room.services if one in self._names])

    def make_empty(self, parent: QWidget) -> EmptyState:
        """There is no room yet."""
        return EmptyState(
            "door-open",
            _("There are no rooms yet"),
            _("Add what one client at a time can use: a room, a chair, a machine. Then it is never taken twice."),
            action=_("New room"),
            key=NEW_KEY,
            is_echo=True,
            parent=parent,
        )

    def read(self) -> list[ListedRoom]:
        """The rooms as they stand now."""
        salon = self.desk.salon
        self._names = {one.service_id: one.name for one in services.offered(salon.database)}
        return rooms.listed(salon.database, salon.today())

    def matches(self, record: ListedRoom, typed: str) -> bool:
        """By name, kind or service."""
        return words.room_matches(record, self._fit_for(record), typed)

    def detail(self, shown: Sequence[ListedRoom]) -> str:
        """How many."""
        return words.rooms_count(len(shown)) if shown else ""

    def key_of(self, record: ListedRoom) -> int:
        """Its id."""
        return record.room_id

    def make_form(self, record: ListedRoom | None) -> DrawerForm:
        """The form of a room."""
        form = RoomForm(self.desk, record, self)
        form.saved.connect(self.close_saved)
        form.archive_wanted.connect(self.archive)
        return form

    def archive(self, record: ListedRoom) -> None:
        """Use it no more; undo is in the toast."""
        if self.desk.perform(rooms.archive, record.room_id) is None:
            return
        if self.form is not None:
            self.leave()
        self.desk.perform.tell(_("“{room}” is used no more; its visits stay").format(room=record.facts.name))

    def archived(self) -> Mapping[int, str]:
        """By id."""
        return rooms.archived(self.desk.salon.database)

    def bring_back(self, record_id: int, name: str) -> None:
        """As it was when it went."""
        if self.desk.perform(rooms.bring_back, record_id) is not None:
            self.desk.perform.tell(_("“{room}” is used again").format(room=name))

    def widths(self) -> Sequence[int]:
        """As they are set; what the services need is elastic."""
        return (_LEAST_NAME, _WIDTHS[_KIND], _LEAST_SERVICES, _WIDTHS[_AHEAD])

    def lists(self) -> Collection[int]:
        """For what a room is fit may be the whole price list."""
        return (_SERVICES,)

    def giving_way(self) -> Sequence[int]:
        """The name is kept longest."""
        return (_AHEAD, _KIND, _SERVICES)


def _name(room: ListedRoom) -> str:
    return room.facts.name


def _kind(room: ListedRoom) -> str:
    return wording.room_kind(room.facts.kind)


def _booked_words(room: ListedRoom) -> str:
    return wording.number(room.visits_ahead) if room.visits_ahead else ""


def _booked_count(room: ListedRoom) -> int:
    return room.visits_ahead
