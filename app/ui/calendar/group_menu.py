"""Who comes together with a client: to be joined, left, and moved as one."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial

from PySide6.QtWidgets import QMenu, QWidget

from app import wording
from app.language import _, ngettext
from app.salon.scheduling import groups
from app.salon.scheduling.agenda import AgendaEntry
from app.salon.scheduling.groups import Group, GroupVisit
from app.ui.calendar import words
from app.ui.desk import Desk
from app.ui.widgets.menu import Menu
from app.vocabulary import LIVE_STATUSES

_DISTANCES = (-60, -30, -15, 15, 30, 60)


class GroupMenu(Menu):
    """The part of a visit's menu about those who come together."""

    def __init__(self, desk: Desk, entry: AgendaEntry, book: Callable[[], object], parent: QWidget) -> None:
        """``book`` begins the visit of another client who comes along."""
        super().__init__(_("Comes together"), parent)
        self.setTitle(_("Comes together"))
        self._desk = desk
        self._entry = entry
        self._book = book
        database = desk.salon.database
        group = groups.of_visit(database, entry.visit_id)
        coming = [] if group is None else [one for one in group.visits if one.status in LIVE_STATUSES]
        if group is not None and len(coming) > 1:
            self._show(group, coming)
        self._offer(groups.near(database, entry.visit_id))

    def _show(self, group: Group, coming: Sequence[GroupVisit]) -> None:
        """Who comes; where only one is left of a group, that is no group any more."""
        for one in coming:
            self.addAction(_named(one)).setEnabled(False)
        self.addSeparator()
        self.addMenu(self._distances(group))
        self.addAction(_("Comes alone")).triggered.connect(self._leave)
        self.addSeparator()

    def _distances(self, group: Group) -> QMenu:
        menu = Menu(_("Move all of them"), self)
        menu.setTitle(_("Move all of them"))
        for minutes in _DISTANCES:
            length = wording.duration(abs(minutes))
            said = _("{duration} earlier") if minutes < 0 else _("{duration} later")
            by = timedelta(minutes=minutes)
            menu.addAction(said.format(duration=length)).triggered.connect(partial(self._move, group, by))
        menu.addSeparator()
        for days, said in ((1, _("To the next day")), (7, _("A week later"))):
            menu.addAction(said).triggered.connect(partial(self._move, group, timedelta(days=days)))
        return menu

    def _offer(self, near: tuple[GroupVisit, ...]) -> None:
        for one in near:
            self.addAction(_("With: {client}").format(client=_named(one))).triggered.connect(partial(self._join, one))
        if near:
            self.addSeparator()
        self.addAction(_("Book another client…")).triggered.connect(self._want_another)

    # ---- acting ----------------------------------------------------------------------------------------------

    def _join(self, one: GroupVisit, _checked: bool = False) -> None:
        if self._desk.perform(groups.join, self._entry.visit_id, one.visit_id) is not None:
            both = wording.listed([words.client(self._entry), one.client_name or _("Without a card")])
            self._desk.perform.tell(_("Come together: {clients}").format(clients=both))

    def _want_another(self, _checked: bool = False) -> None:
        self._book()

    def _leave(self, _checked: bool = False) -> None:
        if self._desk.perform(groups.leave, self._entry.visit_id) is not None:
            self._desk.perform.tell(_("{client} comes alone").format(client=words.client(self._entry)))

    def _move(self, group: Group, by: timedelta, _checked: bool = False) -> None:
        day = self._entry.starts_at.date()
        done = self._desk.perform(groups.move_group, group.group_id, by, day)
        if done is not None:
            moved, begins = done.value, min(done.value.values())
            said = ngettext("{n} visit was moved: {day}, {time}", "{n} visits were moved: {day}, {time}", len(moved))
            self._desk.perform.tell(
                said.format(
                    n=wording.number(len(moved)),
                    day=wording.weekday_and_date(begins.date(), self._desk.salon.today()),
                    time=wording.clock_time(begins),
                )
            )


def _named(one: GroupVisit) -> str:
    client = one.client_name or _("Without a card")
    return f"{wording.clock_time(one.starts_at)} {client}"
