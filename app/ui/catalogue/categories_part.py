"""The categories of clients, with their colours, in the order in which cards show them."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QHeaderView, QWidget

from app import wording
from app.language import _, ngettext, pgettext
from app.salon.clients import categories
from app.salon.clients.categories import ListedCategory
from app.salon.clients.spelling import folded
from app.ui import theme
from app.ui.catalogue.category_form import CategoryForm
from app.ui.catalogue.drawer import DrawerForm
from app.ui.catalogue.ordered_part import OrderedPart
from app.ui.catalogue.part import NEW_KEY
from app.ui.desk import Desk
from app.ui.tables.columns import Column
from app.ui.tables.record_model import RecordModel
from app.ui.theme import FontRole
from app.ui.widgets.category_pill import paint_dot
from app.ui.widgets.empty_state import EmptyState

_NAME, _CLIENTS = range(2)
_WIDTHS = (360, 120)
_DOT = 16
_Index = QModelIndex | QPersistentModelIndex


class CategoryModel(RecordModel[ListedCategory]):
    """The categories; each name with its dot."""

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words of a cell, its type, or its dot."""
        if index.isValid() and index.column() == _NAME:
            if role == Qt.ItemDataRole.FontRole:
                return theme.font(FontRole.STRONG)
            if role == Qt.ItemDataRole.DecorationRole:
                return _dot(self.record(index.row()).colour)
        return super().data(index, role)


def _dot(colour: int) -> QIcon:
    picture = QPixmap(QSize(_DOT, _DOT) * 2)
    picture.setDevicePixelRatio(2)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    paint_dot(painter, QPointF(_DOT / 2, _DOT / 2), colour)
    painter.end()
    return QIcon(picture)


class CategoriesPart(OrderedPart[ListedCategory]):
    """Lists the categories. Alt+Up and Alt+Down change their order."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, CategoryModel(_columns()), _("Client categories"), categories.set_order, parent)
        self.table.horizontalHeader().setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Stretch)

    def make_empty(self, parent: QWidget) -> EmptyState:
        """There is no category yet."""
        return EmptyState(
            "star",
            _("There are no categories yet"),
            _("Brides, models, neighbours: groups of clients by your own idea, each with its colour on the cards."),
            action=_("New category"),
            key=NEW_KEY,
            is_echo=True,
            parent=parent,
        )

    def read(self) -> list[ListedCategory]:
        """The categories as they stand now."""
        return categories.listed(self.desk.salon.database)

    def matches(self, record: ListedCategory, typed: str) -> bool:
        """By name."""
        return all(part in folded(record.name) for part in folded(typed).split())

    def detail(self, shown: Sequence[ListedCategory]) -> str:
        """How many."""
        count = len(shown)
        return ngettext("{n} category", "{n} categories", count).format(n=wording.number(count)) if shown else ""

    def key_of(self, record: ListedCategory) -> int:
        """Its id."""
        return record.category_id

    def make_form(self, record: ListedCategory | None) -> DrawerForm:
        """The form of a category; a new one is proposed the next colour."""
        form = CategoryForm(self.desk, record, len(self._all), self)
        form.saved.connect(self.close_saved)
        form.archive_wanted.connect(self.archive)
        return form

    def archive(self, record: ListedCategory) -> None:
        """Use it no more; undo is in the toast."""
        if self.desk.perform(categories.archive, record.category_id) is None:
            return
        if self.form is not None:
            self.leave()
        self.desk.perform.tell(_("“{category}” is used no more").format(category=record.name))

    def widths(self) -> Sequence[int]:
        """The name is elastic."""
        return (220, _WIDTHS[_CLIENTS])

    def giving_way(self) -> Sequence[int]:
        """The name is kept longest."""
        return (_CLIENTS,)


def _columns() -> list[Column[ListedCategory]]:
    right = Qt.AlignmentFlag.AlignRight
    return [
        Column(pgettext("category", "Name"), _name),
        Column(_("Clients"), _clients_words, _clients_count, right),
    ]


def _name(category: ListedCategory) -> str:
    return category.name


def _clients_words(category: ListedCategory) -> str:
    return wording.number(category.clients) if category.clients else ""


def _clients_count(category: ListedCategory) -> int:
    return category.clients
