"""Where what leaves the program is put: the day and a master's week as PDF, visits as files for calendars.

The system's own viewer opens a PDF: it shows the pages and knows the printers.
"""

from __future__ import annotations

import re
import secrets
from contextlib import suppress
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QWidget

from app.errors import FileExists, FileUnwritable, SalonError, Trouble
from app.explain import sentence
from app.language import _
from app.salon.catalogue import staff
from app.salon.exchange import calendars
from app.salon.scheduling import day_list
from app.ui import shortcuts
from app.ui.asking import FileKind
from app.ui.desk import Desk
from app.ui.shortcuts import Key
from app.ui.widgets.menu import Menu

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QTextDocument

    from app.ui.background import Job

_LONGEST = 60


class PaperTray(QObject):
    """Asks where, writes, and says so."""

    begun = Signal(object, str)
    """A sheet is being made beside the window: its ``Job``, and what is said meanwhile."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self.menu: Menu | None = None
        """The menu that was opened last."""

    def open_menu(self, day: date, place: QPoint, week_of: int = 0) -> None:
        """What can be had of ``day`` and its week; ``place`` is a point of the screen.

        ``week_of``: the master whose week is shown. What is shown comes first, and has the key.
        """
        if self.menu is not None:
            self.menu.deleteLater()
        self.menu = menu = Menu(_("On paper"), self._window)
        masters = staff.masters(self._desk.salon.database)
        shown = next((one for one in masters if one.staff_id == week_of), None)
        key = shortcuts.shown(Key.PRINT_DAY)
        if shown is not None:
            the_week = _("The week of {master} as PDF…").format(master=shown.name)
            act = partial(self._save_week, shown.staff_id, shown.name, day)
            menu.addAction(f"{the_week}\t{key}").triggered.connect(act)
        the_day = _("The day as PDF…")
        menu.addAction(the_day if shown else f"{the_day}\t{key}").triggered.connect(partial(self._save_day, day))
        for title, act in (
            (_("A master's week as PDF"), self._save_week),
            (_("A master's week for a calendar"), self._save_week_file),
        ):
            weeks = Menu(title, menu)
            weeks.setTitle(title)
            for master in masters:
                weeks.addAction(f"{master.name}…").triggered.connect(partial(act, master.staff_id, master.name, day))
            menu.addMenu(weeks).setEnabled(bool(masters))
        menu.popup(place)

    def save_shown(self, day: date, week_of: int) -> None:
        """What the calendar shows: the week of a master, or the day."""
        name = next((one.name for one in staff.masters(self._desk.salon.database) if one.staff_id == week_of), None)
        if name is None:
            self.save_day(day)
        else:
            self.save_week(week_of, name, day)

    def save_day(self, day: date) -> None:
        """The salon's day as a list."""
        from app.ui.paper import day_sheet

        salon = self._desk.salon
        where = self._ask(_("The day as PDF"), _("Day {date}").format(date=day.isoformat()), "pdf")
        if where is not None:
            listed = day_list.of_day(salon.database, day)
            self._make(where, partial(day_sheet.of_day, listed, day, salon.profile.name))

    def save_week(self, staff_id: int, name: str, day: date) -> None:
        """A master's week as a list."""
        from app.ui.paper import day_sheet

        salon = self._desk.salon
        monday = day - timedelta(days=day.weekday())
        where = self._ask(_("A master's week as PDF"), _week_name(name, monday), "pdf")
        if where is not None:
            listed = day_list.of_week(salon.database, staff_id, day)
            sunday = monday + timedelta(days=6)
            self._make(where, partial(day_sheet.of_week, listed, name, monday, sunday, salon.profile.name))

    def save_week_file(self, staff_id: int, name: str, day: date) -> None:
        """A master's week for the calendar of their phone."""
        text = self._text_of(partial(calendars.of_master_week, self._desk.salon, staff_id, day))
        if text is not None:
            monday = day - timedelta(days=day.weekday())
            where = self._ask(_("A master's week for a calendar"), _week_name(name, monday), "ics")
            if where is not None:
                self._keep(where, text.encode("utf-8"))

    def save_visit_file(self, visit_id: int) -> None:
        """A visit for the client's calendar."""
        text = self._text_of(partial(calendars.of_visit, self._desk.salon, visit_id))
        if text is not None:
            where = self._ask(_("The visit for a calendar"), _("Visit {number}").format(number=visit_id), "ics")
            if where is not None:
                self._keep(where, text.encode("utf-8"))

    def _save_day(self, day: date, _checked: bool = False) -> None:
        self.save_day(day)

    def _save_week(self, staff_id: int, name: str, day: date, _checked: bool = False) -> None:
        self.save_week(staff_id, name, day)

    def _save_week_file(self, staff_id: int, name: str, day: date, _checked: bool = False) -> None:
        self.save_week_file(staff_id, name, day)

    def _text_of(self, made: partial[str]) -> str | None:
        try:
            return made()
        except (SalonError, Trouble) as problem:
            self._desk.perform.explain(problem)
        return None

    def _ask(self, title: str, suggested: str, ending: str) -> Path | None:
        words = {"pdf": _("PDF document"), "ics": _("Calendar file")}[ending]
        where = self._desk.asker.save_file(title, f"{suggested}.{ending}", [FileKind(words, (ending,))])
        if where is None or where.suffix.lower() == f".{ending}":
            return where
        named = where.with_name(f"{where.name}.{ending}")
        if named.exists():
            # The window asked about another name.
            self._desk.perform.refused.emit(sentence(FileExists(named)))
            return None
        return named

    def _make(self, where: Path, sheet: Callable[[], QTextDocument]) -> None:
        """Lay a sheet out and write it, beside the window: a full day is a second of work. It may be given up."""
        from app.ui.paper import day_sheet

        def work(job: Job) -> None:
            job.report(0)
            content = day_sheet.as_pdf(sheet())
            job.finalise()
            _write(where, content)

        perform = self._desk.perform
        job = self._desk.background.run(work, partial(self._made, where), perform.explain, label=_("On paper"))
        if not job.is_over:
            job.is_wished = True
            self.begun.emit(job, _("Writing {file}").format(file=where.name))

    def _made(self, where: Path, _nothing: None) -> None:
        self._tell_saved(where)
        self._desk.open_link(where.absolute().as_uri())

    def _keep(self, where: Path, content: bytes) -> None:
        try:
            _write(where, content)
        except Trouble as problem:
            self._desk.perform.explain(problem)
        else:
            self._tell_saved(where)

    def _tell_saved(self, where: Path) -> None:
        self._desk.perform.tell(_("Saved: {name}").format(name=where.name), undoable=False)


def _write(where: Path, content: bytes) -> None:
    """What stood there is replaced when all of it is on the disk, which may be full. Raises FileUnwritable."""
    # A short name of its own: that of the file may be as long as the system allows.
    unfinished = where.with_name(f"{secrets.token_hex(4)}.unfinished")
    try:
        unfinished.write_bytes(content)
        unfinished.replace(where)
    except OSError as problem:
        with suppress(OSError):
            unfinished.unlink()
        raise FileUnwritable(where) from problem


def _week_name(name: str, monday: date) -> str:
    """A name that every system allows; Linux counts a Cyrillic letter twice, and a name has 255 bytes."""
    said = _("{master}, week of {date}").format(master=name[:_LONGEST].strip(), date=monday.isoformat())
    return re.sub(r'[\\/:*?"<>|\x00-\x1f]', "-", said)
