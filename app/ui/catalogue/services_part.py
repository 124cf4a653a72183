"""The price list by category."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QHeaderView, QWidget

from app import wording
from app.language import _
from app.salon.catalogue import services
from app.salon.catalogue.services import ListedService
from app.ui import theme
from app.ui.catalogue import words
from app.ui.catalogue.drawer import DrawerForm
from app.ui.catalogue.part import NEW_KEY, RecordPart
from app.ui.catalogue.service_form import ServiceForm
from app.ui.desk import Desk
from app.ui.tables.columns import Column
from app.ui.tables.record_model import RecordModel
from app.ui.theme import FontRole
from app.ui.widgets.empty_state import EmptyState

_CATEGORY, _NAME, _CODE, _LENGTHS, _PRICE, _MASTERS, _AGAIN = range(7)
_WIDTHS = (176, 168, 70, 130, 110, 120, 110)
_DOT = 16
_Index = QModelIndex | QPersistentModelIndex


def columns(currency: str) -> list[Column[ListedService]]:
    """What the table says of a service."""

    def price(service: ListedService) -> str:
        return words.price(service.price, currency)

    right = Qt.AlignmentFlag.AlignRight
    return [
        Column(_("Category"), _category),
        Column(_("Service"), _name),
        Column(_("Code"), _code),
        Column(_("Time"), _lengths, _total, right),
        Column(_("Price"), price, _price, right),
        Column(_("Who does it"), _masters),
        Column(_("Again after"), _again, _interval, right, _("When the salon recommends to come again")),
    ]


def _category(service: ListedService) -> str:
    return service.category_name


def _name(service: ListedService) -> str:
    return service.name


def _code(service: ListedService) -> str:
    return service.code


def _lengths(service: ListedService) -> str:
    return words.lengths(service.lengths)


def _total(service: ListedService) -> int:
    return service.lengths.total


def _price(service: ListedService) -> int | None:
    return service.price


def _masters(service: ListedService) -> str:
    if not service.masters:
        return _("nobody yet")
    return ", ".join(name if len(service.masters) == 1 else name.split()[0] for _id, name in service.masters)


def _again(service: ListedService) -> str:
    return wording.days(service.interval_days) if service.interval_days else ""


def _interval(service: ListedService) -> int | None:
    return service.interval_days


class ServiceModel(RecordModel[ListedService]):
    """The services; the colour of the category is a dot before its name."""

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words of a cell, its colour, or its type."""
        if index.isValid() and index.column() == _CATEGORY and role == Qt.ItemDataRole.DecorationRole:
            return _dot(theme.current().category(self.record(index.row()).colour))
        if index.isValid() and index.column() == _NAME and role == Qt.ItemDataRole.FontRole:
            return theme.font(FontRole.STRONG)
        return super().data(index, role)


class ServicesPart(RecordPart[ListedService]):
    """Lists what the salon offers."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, ServiceModel(columns(desk.salon.profile.currency)), _("Price list"), parent)
        self.table.horizontalHeader().setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Stretch)

    def make_empty(self, parent: QWidget) -> EmptyState:
        """Nothing is offered yet."""
        return EmptyState(
            "scissors",
            _("Nothing is offered yet"),
            _("A service needs a name, a time and a price. Then it can be booked."),
            action=_("New service"),
            key=NEW_KEY,
            is_echo=True,
            parent=parent,
        )

    def read(self) -> list[ListedService]:
        """The price list as it stands now."""
        return services.listed(self.desk.salon.database, self.desk.salon.today())

    def matches(self, record: ListedService, typed: str) -> bool:
        """By name, code, category or master."""
        return words.service_matches(record, typed)

    def detail(self, shown: Sequence[ListedService]) -> str:
        """How many services."""
        return wording.services(len(shown))

    def key_of(self, record: ListedService) -> int:
        """Its id."""
        return record.service_id

    def make_form(self, record: ListedService | None) -> DrawerForm:
        """The form of a service; a new one comes into the category that is looked at."""
        form = ServiceForm(self.desk, record, self)
        current = self.table.current
        if record is None and current is not None:
            form.begin_in(current.category_id)
        form.saved.connect(self.close_saved)
        form.archive_wanted.connect(self.archive)
        return form

    def archive(self, record: ListedService) -> None:
        """Offer it no more; undo is in the toast."""
        if self.desk.perform(services.archive, record.service_id) is None:
            return
        if self.form is not None:
            self.leave()
        self.desk.perform.tell(_("“{service}” is no longer offered; its visits stay").format(service=record.name))

    def archived(self) -> Mapping[int, str]:
        """By id."""
        return services.archived(self.desk.salon.database)

    def bring_back(self, record_id: int, name: str) -> None:
        """As it was when it went."""
        if self.desk.perform(services.bring_back, record_id) is not None:
            self.desk.perform.tell(_("“{service}” is offered again").format(service=name))

    def widths(self) -> Sequence[int]:
        """As they are set."""
        return _WIDTHS

    def giving_way(self) -> Sequence[int]:
        """A name and what is changed most often are kept longest."""
        return (_AGAIN, _CODE, _MASTERS, _CATEGORY, _LENGTHS)


def _dot(colour: QColor) -> QIcon:
    ratio = 2
    picture = QPixmap(_DOT * ratio, _DOT * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawEllipse(QPointF(_DOT / 2, _DOT / 2), 5, 5)
    painter.end()
    return QIcon(picture)
