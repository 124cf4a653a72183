"""All clients in one table: found while typing, filtered, sorted by any column, opened by Enter or a click."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QStackedLayout, QVBoxLayout, QWidget

from app import wording
from app.errors import BadSegment, SalonError, Trouble
from app.explain import sentence
from app.language import _, ngettext
from app.salon.clients import listing, segments
from app.salon.clients.conditions import ANYBODY, Conditions
from app.salon.clients.listing import Beginning, Listed, ListedClient, ListOrder, ListQuery
from app.salon.exchange import client_table
from app.salon.reminders import invitations
from app.salon.reminders.invitations import Invitable
from app.salon.reminders.message import default_invitation
from app.ui import inviting, sight, theme
from app.ui.asking import FileKind
from app.ui.background import Job
from app.ui.clients.clients_table import ClientModel, ClientsTable
from app.ui.clients.filter_bar import FilterBar
from app.ui.clients.invite_part import InvitePart
from app.ui.desk import Desk
from app.ui.screen import Screen
from app.ui.widgets.buttons import PrimaryButton, QuietButton
from app.ui.widgets.card import Card
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.progress_strip import ProgressStrip
from app.ui.widgets.screen_header import ScreenHeader
from app.ui.widgets.search_field import SearchField
from app.ui.widgets.skeleton import Skeleton
from app.vocabulary import Topic

if TYPE_CHECKING:
    from app.ui.clients.duplicates_page import DuplicatesPage

T = TypeVar("T")
_ORDERS = (
    ListOrder.NAME,
    ListOrder.ALERT,
    ListOrder.PHONE,
    ListOrder.LAST_VISIT,
    ListOrder.NEXT_VISIT,
    ListOrder.VISITS,
    ListOrder.SPENT,
)
_NEW_KEY = "Ctrl+Shift+N"
_QUICKLY_COMPARED = 2_000
"""Among so many cards the duplicates are found in a moment, so that nobody has to ask how many there are."""


class ClientsScreen(Screen):
    """The list of all clients. It is read beside the window, and its lines only where somebody looks."""

    topics: ClassVar[frozenset[Topic]] = frozenset(
        {Topic.CLIENTS, Topic.VISITS, Topic.MONEY, Topic.SALON, Topic.SEGMENTS, Topic.QUESTIONS, Topic.CATALOGUE}
    )

    client_wanted = Signal(int)
    """The card of a client is to be opened."""
    new_client_wanted = Signal(str)
    """A new card is wanted, with what was typed into the search."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setAccessibleName(_("Clients"))
        currency = desk.salon.profile.currency
        self._day = desk.salon.today()
        self._query = ListQuery()
        self._listed: Listed | None = None
        self._shown: ListQuery | None = None
        """What the whole list answers that is shown; None before there is any."""
        self._turn = 0
        self._is_fetching = False
        self._takes_first = False
        """Whether Enter wants the first hit of what was typed, which is still being looked for."""
        self.header = ScreenHeader(_("Clients"))
        self.search = SearchField(_("Find in the list: phone or name"))
        self.new_button = PrimaryButton(_("New client"), icon="user-plus", key=_NEW_KEY)
        self.filters = FilterBar(currency)
        self.invite = InvitePart()
        self.progress = ProgressStrip()
        self._writing: Job | None = None
        self.model = ClientModel(self._day, currency, self)
        self.table = ClientsTable(self.model, _("Clients"))
        self._skeleton = Skeleton()
        self._nobody = EmptyState(
            "users",
            _("No clients yet"),
            _("A card opens with a name and a phone. The history of the salon can be imported."),
            action=_("New client"),
            key=_NEW_KEY,
            is_echo=True,
        )
        self._not_found = EmptyState(
            "search", _("Nobody found"), "", action=_("New client"), key=_NEW_KEY, is_echo=True
        )
        self._none_meant = EmptyState(
            "filter",
            _("No clients match"),
            _("Remove a condition, or show all clients."),
            action=_("Show all clients"),
        )
        self.duplicates_button = QuietButton(_("Possible duplicates"), icon="users")
        self._duplicates: DuplicatesPage | None = None
        self._has_looked_for_duplicates = False
        self._build()
        self._connect()

    def _build(self) -> None:
        self.search.setFixedWidth(320)
        self.header.keep_detail()
        self.header.add_action(self.duplicates_button)
        self.header.add_action(self.search)
        self.header.add_action(self.new_button)
        self.setFocusProxy(self.search)
        card = Card(padding=1)
        body = QWidget()
        self._stack = QStackedLayout(body)
        for page in (self._skeleton, self.table, self._nobody, self._not_found, self._none_meant):
            self._stack.addWidget(page)
        card.body.addWidget(body)
        frame = QFrame()
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(theme.MARGIN, 0, theme.MARGIN, theme.MARGIN)
        inside.setSpacing(16)
        inside.addWidget(self.filters)
        inside.addWidget(self.invite)
        inside.addWidget(self.progress)
        inside.addWidget(card, 1)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(frame, 1)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(whole)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._find)
        self.search.entered.connect(self._open_first)
        self.search.down_wanted.connect(self._go_into_table)
        self.duplicates_button.clicked.connect(self.show_duplicates)
        self.new_button.clicked.connect(self._want_new)
        for asking in (self.invite, self.filters.range_form, self.filters.name_line, self._none_meant):
            self.new_button.give_way_to(asking)
        self._nobody.acted.connect(self._want_new)
        self._not_found.acted.connect(self._want_new)
        self._none_meant.acted.connect(self._show_everybody)
        self.filters.changed.connect(self._filter)
        self.filters.save_wanted.connect(self._save_segment)
        self.filters.archive_wanted.connect(self._archive_segment)
        self.filters.unreadable.connect(self._say_unreadable)
        self.filters.export_wanted.connect(self._export)
        self.filters.invite_wanted.connect(self._open_invite)
        self.invite.taken.connect(self._put_into_queue)
        self.invite.given_up.connect(self._close_invite)
        self.progress.cancel_wanted.connect(self._give_up_writing)
        self.model.order_wanted.connect(self._order)
        self.model.records_wanted.connect(self._fetch)
        # One click opens: ``activated`` would come once more with a double click, and differs from system to system.
        self.table.activated.disconnect()
        self.table.clicked.connect(self._open_row)
        self.table.row_opened.connect(self._open_row)
        self.table.letter_typed.connect(self._type_on)
        shortcut = QShortcut(QKeySequence(_NEW_KEY), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self._want_new)

    # ---- reading ---------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read the list again, beside the window; the cursor stays on its client."""
        database = self.desk.salon.database
        self._day = self.desk.salon.today()
        self.filters.show_choices(segments.choices(database), segments.listed(database))
        self._read()

    def _read(self) -> None:
        self._turn += 1
        self._takes_first = False
        self._query = replace(self._query, hides_contacts=sight.hides_phones(self.desk))
        if self._query.begins_soon and self._query != self._shown:
            self._read_beginning()
        else:
            self._read_whole()
        self._say_meant()

    def _read_beginning(self) -> None:
        """Show the first lines of everybody before the order of all is known; the rest comes under them."""
        query, today = self._query, self._day
        most = self.model.page_around(0).stop

        def work(reading: Any) -> tuple[Beginning, list[ListedClient]]:
            begun = listing.beginning(reading, query, today, most)
            return begun, listing.lines(reading, begun.client_ids, today, query)

        self._beside(work, partial(self._show_beginning, self._turn))

    def _show_beginning(self, turn: int, found: tuple[Beginning, list[ListedClient]]) -> None:
        if turn != self._turn:
            return
        begun, lines = found
        if len(begun.client_ids) < begun.everybody:
            self._listed = None
            self._say_meant()
            self.header.set_detail(wording.clients(begun.everybody))
            self._fill(begun.client_ids, lines)
            self.table.scrollToTop()
            self._stack.setCurrentWidget(self.table)
        self._read_whole()

    def _read_whole(self) -> None:
        query, today = self._query, self._day
        first = self.model.page_around(max(0, self.table.rowAt(0)))

        def work(reading: Any) -> tuple[Listed, list[ListedClient]]:
            listed = listing.everybody(reading, query, today)
            return listed, listing.lines(reading, listed.client_ids[first], today, query)

        self._beside(work, partial(self._show, self._turn))

    def _beside(self, work: Callable[[Any], T], done: Callable[[T], None]) -> None:
        """Read beside the window. A database in memory belongs to this thread: that one is read here."""
        database = self.desk.salon.database
        if database.path is None:
            try:
                found = work(database)
            except (SalonError, Trouble) as problem:
                self._say_trouble(problem)
            else:
                done(found)
            return

        def read(_job: Job) -> T:
            with database.in_thread() as reading:
                return work(reading)

        self.desk.background.run(read, done, self._say_trouble, label=_("Clients"))

    def _show(self, turn: int, found: tuple[Listed, list[ListedClient]]) -> None:
        if turn != self._turn:
            return  # something else is wanted by now, and being read
        listed, lines = found
        had_begun, is_again = self._listed is None, self._shown == self._query
        above, is_cursor_in_sight = self.table.verticalScrollBar().value(), self.table.is_current_in_sight
        self._listed, self._shown = listed, self._query
        self._fill(listed.client_ids, lines)
        if had_begun or (is_again and not is_cursor_in_sight):
            self.table.verticalScrollBar().setValue(above)
        self._count(listed)
        self._stack.setCurrentWidget(self._page(listed))
        self._say_meant()
        if self.invite.isVisible():
            self.invite.say(self._invitable(listed))
        if self._takes_first:
            self._open_first()
        self._look_for_duplicates(listed.everybody)

    @property
    def _meant(self) -> Listed | None:
        """Who is shown; None until it is known who is meant by what is typed and filtered now."""
        return self._listed if self._shown == self._query else None

    def _say_meant(self) -> None:
        """Until it is known who is meant, nobody is written out or invited."""
        meant = self._meant
        self.filters.set_meant(0 if meant is None else len(meant.client_ids))
        if meant is None:
            self.invite.wait()

    def _fill(self, client_ids: Sequence[int], lines: list[ListedClient]) -> None:
        """Show these clients; the cursor stays on its client."""
        row, keys = self.table.currentIndex().row(), self.model.keys
        self.model.show_found_by(self._query.typed)
        self.model.set_keys(client_ids, lines)
        self.table.executeDelayedItemsLayout()  # until then it scrolls no further than the list before reached
        if row >= 0:
            self._stand_on(keys[row])

    def _page(self, listed: Listed) -> QWidget:
        if listed.client_ids:
            return self.table
        if not listed.everybody:
            return self._nobody
        if self._query.typed.strip():
            self._not_found.say(
                _("Nobody found"), _("No card matches “{typed}”.").format(typed=self._query.typed.strip())
            )
            return self._not_found
        return self._none_meant

    def _fetch(self) -> None:
        """Read the lines that are looked at; while others are being read, those wait."""
        keys = [] if self._is_fetching else self.model.wanted()
        if not keys:
            return
        self._is_fetching = True
        query, today = self._query, self._day
        put = partial(self._put, self._turn, keys)
        self._beside(lambda reading: listing.lines(reading, keys, today, query), put)

    def _put(self, turn: int, keys: list[int], lines: list[ListedClient]) -> None:
        self._is_fetching = False
        if turn == self._turn:
            self.model.put(lines, keys)
        self._fetch()

    def _say_trouble(self, problem: Exception) -> None:
        self._is_fetching = False
        if isinstance(problem, SalonError | Trouble):
            self.desk.perform.tell(sentence(problem), undoable=False)

    def _count(self, listed: Listed) -> None:
        shown, total = len(listed.client_ids), listed.everybody
        if self._query.is_everybody:
            self.header.set_detail(wording.clients(total))
            return
        counted = ngettext("{shown} of {n} client", "{shown} of {n} clients", total).format(
            shown=wording.number(shown), n=wording.number(total)
        )
        if self._query.conditions.is_empty:
            self.header.set_detail(counted)
            return
        if sight.Here.hides_money:
            self.header.set_detail(counted)
            return
        money = wording.money(listed.spent, self.desk.salon.profile.currency)
        self.header.set_detail(_("{clients}, spent {money}").format(clients=counted, money=money), (counted,))

    def _stand_on(self, client_id: int) -> None:
        row = self.model.row_of(client_id)
        if row is not None:
            self.table.setCurrentIndex(self.model.index(row, 0))

    # ---- what is wanted --------------------------------------------------------------------------------------

    def _find(self) -> None:
        self._query = replace(self._query, typed=self.search.text())
        self._read()

    def _filter(self, conditions: Conditions) -> None:
        self._query = replace(self._query, conditions=conditions)
        self._read()

    def _show_everybody(self) -> None:
        self.filters.show_conditions(ANYBODY)
        self._filter(ANYBODY)

    def show_segment(self, conditions: Conditions) -> None:
        """Look at the clients for whom ``conditions`` hold."""
        self.show_list()
        self.search.clear()
        self.filters.show_conditions(conditions)
        self._filter(conditions)

    def _order(self, column: int, order: Qt.SortOrder) -> None:
        descending = order == Qt.SortOrder.DescendingOrder
        wanted = replace(self._query, order=_ORDERS[column], descending=descending)
        if wanted != self._query:
            self._query = wanted
            self._read()

    # ---- segments --------------------------------------------------------------------------------------------

    def _save_segment(self, name: str) -> None:
        try:
            self.desk.perform.attempt(segments.keep, None, name, self.filters.conditions)
        except SalonError as error:
            self.filters.refuse_name(sentence(error))
            return
        self.filters.was_saved()
        self.desk.perform.tell(_("Saved: {name}").format(name=self.filters.segment_name))

    def _archive_segment(self, segment_id: int) -> None:
        name = self.filters.segment_name
        if self.desk.perform(segments.archive, segment_id) is not None:
            self.desk.perform.tell(_("Taken off the list: {name}").format(name=name))

    def _say_unreadable(self) -> None:
        self.desk.perform.tell(sentence(BadSegment()), undoable=False)

    # ---- inviting --------------------------------------------------------------------------------------------

    def _invitable(self, listed: Listed) -> Invitable:
        return invitations.invitable(self.desk.salon.database, listed.client_ids)

    def _open_invite(self) -> None:
        if self._meant is not None:
            self.invite.open_for(self._invitable(self._meant))

    def _close_invite(self) -> None:
        self.invite.hide()
        self.filters.invite_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _put_into_queue(self, words: str) -> None:
        meant = self._meant
        if meant is None:
            return
        # The usual words are kept as none, so that they follow the language of whoever sends them.
        said = "" if words == default_invitation() else words
        if inviting.invite(self.desk, meant.client_ids, said):
            self._close_invite()

    # ---- exporting -------------------------------------------------------------------------------------------

    def question_of_export(self) -> tuple[str, str, tuple[FileKind, ...]]:
        """What is asked before writing: the title, the name that is proposed, and the kinds of files."""
        kinds = (FileKind(_("Excel workbook"), (client_table.XLSX,)), FileKind(_("CSV table"), (client_table.CSV,)))
        name = f"{self.filters.segment_name or _('Clients')} {self._day:%Y-%m-%d}.{client_table.XLSX}"
        return _("Export clients"), name, kinds

    def _export(self) -> None:
        """Write the clients that are shown into a file, beside the window."""
        path = self.desk.asker.save_file(*self.question_of_export())
        meant = self._meant
        if path is None or meant is None or self._writing is not None:
            return
        database, today, ids = self.desk.salon.database, self._day, meant.client_ids
        currency = self.desk.salon.profile.currency

        def work(job: Job) -> int:
            with database.in_thread() as reading:
                client_table.write(reading, ids, path, today, currency, job.report)
            return len(ids)

        self.progress.begin(_("Writing {file}").format(file=path.name))
        job = self.desk.background.run(work, partial(self._written, path.name), self._not_written, label=_("Export"))
        if self.progress.isVisibleTo(self):
            self._writing = job
            job.is_wished = True
            job.progressed.connect(self.progress.report)
            job.ended.connect(self._end_writing)

    def _written(self, name: str, count: int) -> None:
        self._end_writing()
        self.desk.perform(client_table.note, count)
        self.desk.perform.tell(
            _("{clients} in {file}").format(clients=wording.clients(count), file=name), undoable=False
        )

    def _not_written(self, problem: Exception) -> None:
        self._end_writing()
        self._say_trouble(problem)

    def _give_up_writing(self) -> None:
        if self._writing is not None:
            self._writing.cancel()

    def _end_writing(self) -> None:
        self._writing = None
        self.progress.end()

    # ---- duplicates ------------------------------------------------------------------------------------------

    @property
    def duplicates(self) -> "DuplicatesPage":
        """The page of possible duplicates, made when it is first wanted."""
        from app.ui.clients.duplicates_page import DuplicatesPage

        if self._duplicates is None:
            self._duplicates = DuplicatesPage(self.desk)
            self._duplicates.left.connect(self.show_list)
            self._duplicates.counted.connect(self._count_duplicates)
            self._pages.addWidget(self._duplicates)
        return self._duplicates

    def show_duplicates(self) -> None:
        """Look at the cards that may be of one person."""
        page = self.duplicates
        self._pages.setCurrentWidget(page)
        page.search_once()
        page.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def compare(self, one: int, other: int) -> None:
        """Look at two cards side by side."""
        self._pages.setCurrentWidget(self.duplicates)
        self.duplicates.compare(one, other)

    def bring_forward(self, part: QWidget) -> None:
        """Fields stand above the list, and none on the page of duplicates."""
        if self.filters.isAncestorOf(part) or self.invite.isAncestorOf(part):
            self._pages.setCurrentIndex(0)

    def show_list(self) -> None:
        """Back to the list of clients."""
        self._pages.setCurrentIndex(0)
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def _look_for_duplicates(self, everybody: int) -> None:
        """Say once how many there are, beside the window; in a very large salon whoever asks has to wait for it."""
        if self._has_looked_for_duplicates or everybody > _QUICKLY_COMPARED:
            return
        self._has_looked_for_duplicates = True

        def look(reading: Any) -> int:
            from app.salon.clients import duplicates

            return len(duplicates.find(reading))

        def tell(count: int) -> None:
            if self._duplicates is None:  # else the page counts what it shows
                self._count_duplicates(count)

        self._beside(look, tell)

    def _count_duplicates(self, count: int) -> None:
        words = _("Possible duplicates ({n})").format(n=wording.number(count)) if count else _("Possible duplicates")
        self.duplicates_button.setText(words)

    # ---- going -----------------------------------------------------------------------------------------------

    def _open_first(self) -> None:
        """Enter takes the best hit of what was typed; while that is still looked for, as soon as it is found."""
        self._takes_first = self._meant is None
        if self._takes_first:
            return
        if self.search.text().strip() and self.model.rowCount():
            self.client_wanted.emit(self.model.keys[0])
        elif self.search.text().strip():
            self._want_new()

    def _go_into_table(self) -> None:
        if self.model.rowCount():
            self.table.setFocus(Qt.FocusReason.TabFocusReason)
            if not self.table.currentIndex().isValid():
                self.table.setCurrentIndex(self.model.index(0, 0))

    def _open_row(self, index: QModelIndex) -> None:
        self.client_wanted.emit(self.model.keys[index.row()])

    def _type_on(self, typed: str) -> None:
        """A letter typed in the table goes on in the search."""
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.search.end(False)  # noqa: FBT003 - Qt knows no name for it: nothing is marked
        self.search.insert(typed)

    def _want_new(self) -> None:
        self.new_client_wanted.emit(self.search.text().strip())
