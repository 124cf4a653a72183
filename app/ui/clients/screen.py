"""All clients in one table: found while typing, sorted by any column, opened by Enter or a click."""

from datetime import date
from typing import Any, ClassVar

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QIcon, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHeaderView, QStackedLayout, QVBoxLayout, QWidget

from app import wording
from app.language import _, ngettext
from app.salon.clients import listing
from app.salon.clients.listing import ListedClient
from app.ui import icons, theme
from app.ui.desk import Desk
from app.ui.screen import Screen
from app.ui.tables.columns import Column
from app.ui.tables.record_model import RECORD_ROLE, RecordModel
from app.ui.tables.record_table import RecordTable
from app.ui.theme import FontRole
from app.ui.widgets.buttons import PrimaryButton
from app.ui.widgets.card import Card
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.screen_header import ScreenHeader
from app.ui.widgets.search_field import SearchField
from app.vocabulary import Topic

_NAME, _ALERT, _PHONE, _LAST, _NEXT, _VISITS, _SPENT = range(7)
_WIDTHS = (180, 36, 146, 126, 132, 76, 104)
_NEW_KEY = "Ctrl+Shift+N"
_Index = QModelIndex | QPersistentModelIndex


def columns(today: date, currency: str) -> list[Column[ListedClient]]:
    """What the table says of a client. A cell is worded when it is painted."""

    def coming(client: ListedClient) -> str:
        return "" if client.next_visit is None else _day(client.next_visit, today)

    def last(client: ListedClient) -> str:
        return "" if client.last_visit is None else _day(client.last_visit, today)

    def spent(client: ListedClient) -> str:
        return wording.money(client.spent, currency) if client.spent else ""

    right = Qt.AlignmentFlag.AlignRight
    return [
        Column(_("Name"), _name),
        Column("", _alert_words, _has_alert, tip=_("Has an alert")),
        Column(_("Phone"), _phone, _phone_digits),
        Column(_("Last visit"), last, _last_day),
        Column(_("Next visit"), coming, _next_day),
        Column(_("Visits"), _visits, _visit_count, right),
        Column(_("Spent"), spent, _spent_minor, right),
    ]


def _day(day: date, today: date) -> str:
    return wording.relative_day(day, today) if abs((day - today).days) < 2 else wording.short_date(day, today)


def _name(client: ListedClient) -> str:
    return client.name


def _alert_words(client: ListedClient) -> str:
    return _("Has an alert") if client.has_alert else ""


def _has_alert(client: ListedClient) -> bool:
    return client.has_alert


def _phone(client: ListedClient) -> str:
    return wording.phone(client.phone) if client.phone else ""


def _phone_digits(client: ListedClient) -> str:
    return client.phone


def _last_day(client: ListedClient) -> date | None:
    return client.last_visit


def _next_day(client: ListedClient) -> date | None:
    return client.next_visit


def _visits(client: ListedClient) -> str:
    return wording.number(client.visits)


def _visit_count(client: ListedClient) -> int:
    return client.visits


def _spent_minor(client: ListedClient) -> int:
    return client.spent


class ClientModel(RecordModel[ListedClient]):
    """The clients; an alert is an icon, its words are for the tool tip and the screen reader."""

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words of a cell, or its icon."""
        if index.isValid() and index.column() == _ALERT:
            if role == Qt.ItemDataRole.DisplayRole:
                return ""
            if role == Qt.ItemDataRole.AccessibleTextRole:
                return super().data(index, Qt.ItemDataRole.DisplayRole)
            if role == Qt.ItemDataRole.DecorationRole:
                return self._mark() if self.record(index.row()).has_alert else None
        if index.isValid() and index.column() == _NAME and role == Qt.ItemDataRole.FontRole:
            return theme.font(FontRole.STRONG)
        return super().data(index, role)

    def _mark(self) -> QIcon:
        return icons.icon("triangle-alert", theme.current().danger, size=16)


class ClientsScreen(Screen):
    """The list of all clients."""

    topics: ClassVar[frozenset[Topic]] = frozenset({Topic.CLIENTS, Topic.VISITS, Topic.MONEY, Topic.SALON})

    client_wanted = Signal(int)
    """The card of a client is to be opened."""
    new_client_wanted = Signal(str)
    """A new card is wanted, with what was typed into the search."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setAccessibleName(_("Clients"))
        self._clients: list[ListedClient] = []
        self._day = desk.salon.today()
        self.header = ScreenHeader(_("Clients"))
        self.search = SearchField(_("Find in the list: phone or name"))
        self.new_button = PrimaryButton(_("New client"), icon="user-plus", key=_NEW_KEY)
        self.model = ClientModel(columns(self._day, desk.salon.profile.currency), self)
        self.table: RecordTable[ListedClient] = RecordTable(self.model, _("Clients"))
        self._nobody = EmptyState(
            "users",
            _("No clients yet"),
            _("A card opens with a name and a phone. The history of the salon can be imported."),
            action=_("New client"),
            key=_NEW_KEY,
        )
        self._not_found = EmptyState("search", _("Nobody found"), "", action=_("New client"), key=_NEW_KEY)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.search.setFixedWidth(320)
        self.header.add_action(self.search)
        self.header.add_action(self.new_button)
        self.table.set_widths(*_WIDTHS)
        head = self.table.horizontalHeader()
        head.setStretchLastSection(False)
        head.setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Stretch)
        head.setSortIndicator(_LAST, Qt.SortOrder.DescendingOrder)
        self.setFocusProxy(self.search)
        card = Card(padding=1)
        body = QWidget()
        self._stack = QStackedLayout(body)
        for page in (self.table, self._nobody, self._not_found):
            self._stack.addWidget(page)
        card.body.addWidget(body)
        frame = QFrame()
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(theme.MARGIN, 0, theme.MARGIN, theme.MARGIN)
        inside.addWidget(card)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(frame, 1)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._filter)
        self.search.entered.connect(self._open_first)
        self.search.down_wanted.connect(self._go_into_table)
        self.new_button.clicked.connect(self._want_new)
        self._nobody.acted.connect(self._want_new)
        self._not_found.acted.connect(self._want_new)
        # One click opens: ``activated`` would come once more with a double click, and differs from system to system.
        self.table.activated.disconnect()
        self.table.clicked.connect(self._open_row)
        self.table.opened.connect(self._open)
        shortcut = QShortcut(QKeySequence(_NEW_KEY), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self._want_new)

    # ---- reading ---------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read all clients again; the cursor stays on its client."""
        self._clients = listing.read(self.desk.salon.database, self.desk.salon.today())
        self._filter()

    def _filter(self) -> None:
        current = self.table.current
        shown = listing.matching(self._clients, self.search.text())
        self.model.set_records(shown)
        if current is not None:
            self._stand_on(current.client_id)
        self._count(len(shown))
        if shown:
            self._stack.setCurrentWidget(self.table)
        elif self._clients:
            self._not_found.say(
                _("Nobody found"), _("No card matches “{typed}”.").format(typed=self.search.text().strip())
            )
            self._stack.setCurrentWidget(self._not_found)
        else:
            self._stack.setCurrentWidget(self._nobody)

    def _count(self, shown: int) -> None:
        total = len(self._clients)
        if shown == total:
            self.header.set_detail(wording.clients(total))
        else:
            self.header.set_detail(
                ngettext("{shown} of {n} client", "{shown} of {n} clients", total).format(
                    shown=wording.number(shown), n=wording.number(total)
                )
            )

    def _stand_on(self, client_id: int) -> None:
        for row, client in enumerate(self.model.records):
            if client.client_id == client_id:
                self.table.setCurrentIndex(self.model.index(row, 0))
                return

    # ---- going -----------------------------------------------------------------------------------------------

    def _open_first(self) -> None:
        if self.search.text().strip() and self.model.rowCount():
            self._open(self.model.record(0))
        elif self.search.text().strip():
            self._want_new()

    def _go_into_table(self) -> None:
        if self.model.rowCount():
            self.table.setFocus(Qt.FocusReason.TabFocusReason)
            if not self.table.currentIndex().isValid():
                self.table.setCurrentIndex(self.model.index(0, 0))

    def _open_row(self, index: QModelIndex) -> None:
        self._open(index.data(RECORD_ROLE))

    def _open(self, client: ListedClient) -> None:
        self.client_wanted.emit(client.client_id)

    def _want_new(self) -> None:
        self.new_client_wanted.emit(self.search.text().strip())
